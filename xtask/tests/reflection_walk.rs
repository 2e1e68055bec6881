//! The walks of reflecting alone, and of what comes of it: on the release bundle.
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

use kvalitetshjul::domain::instrument::Round;
use xtask::browser::{Browser, Engine};
use xtask::in_every_engine;
use xtask::walk::room::{is_whole, nine, open_room, papers, place, show};
use xtask::walk::{all_is_well, on, server};

in_every_engine! {
    a_person_reflects_alone_and_goes_on_to_a_trial
}

fn a_person_reflects_alone_and_goes_on_to_a_trial(engine: Engine) {
    let server = server();
    let person = Browser::start(engine).unwrap();
    on(&person, &server, "#/refleksion");
    person.see_heading("Refleksion").unwrap();
    person.go("Begynd · cirka 8 minutter", "1 af 9").unwrap();
    let address = person.address().unwrap();
    assert!(address.contains("#/refleksion/modsaetninger/"), "{address}");

    // Two of nine, one with a thought; then left, and come back to where one was.
    place(&person, 0, Round::Now, -2);
    place(&person, 0, Round::Wanted, 2);
    person.write("Hvad gør vi konkret?", "Vi ringer, før vi skriver.").unwrap();
    person.go("Næste", "2 af 9").unwrap();
    person.see_focus("id", "step").unwrap();
    place(&person, 1, Round::Now, 1);
    place(&person, 1, Round::Wanted, 2);
    person.see("Gemt i denne browser kl.").unwrap();
    is_whole(&person);
    person.reload().unwrap();
    person.see("3 af 9").unwrap();
    person.go("1: Bureaukratisk – Transparent, besvaret", "1 af 9").unwrap();
    person.see_in("Hvad gør vi konkret?", "Vi ringer, før vi skriver.").unwrap();

    // The mirror names the widest way first, and leads on to a trial.
    person.go("Samlet", "Sådan ser det ud").unwrap();
    person.see("Længst fra nu til ønsket").unwrap();
    let widest = person.texts(".rows li strong").unwrap();
    assert_eq!(widest, ["Bureaukratisk – Transparent", "Akademisk – Personlig"]);
    person.pick("Hvornår lykkedes det sidst, og hvem gjorde hvad?").unwrap();
    person.write("Dit svar", "Da vi mødtes hjemme hos familien.").unwrap();
    person.write("Det mindste skridt, der kunne gøre en forskel", "Vi ringer, før vi skriver et brev.").unwrap();
    let file = person.save_with("Gem netop denne refleksion som fil").unwrap();
    let file = std::fs::read_to_string(file).unwrap();
    assert!(file.contains("\"reflection\"") && file.contains("Da vi mødtes hjemme hos familien."));
    person.go("Gør det til en prøvehandling", "Det vil vi prøve").unwrap();
    person.see_in("Hvad vil I prøve?", "Vi ringer, før vi skriver et brev.").unwrap();
    person.see("Kommer af").unwrap();
    person.pick("Før: Trivsel: Stiger lidt").unwrap();
    person.pick("Skalér – gør mere af det").unwrap();
    person.see("Gemt i denne browser kl.").unwrap();
    is_whole(&person);
    person.reload().unwrap();
    on(&person, &server, "#/praksis");
    person.see("Samlet op").unwrap();
    person.see("Vi ringer, før vi skriver et brev.").unwrap();

    // The second round sees the first as what was.
    on(&person, &server, "#/refleksion/modsaetninger");
    person.see("1 af 9").unwrap();
    place(&person, 0, Round::Now, 0);
    person.go("Samlet", "Sådan ser det ud").unwrap();
    person.see_count(".dot.ghost.at-2", 1).unwrap();
    on(&person, &server, "#/refleksion");
    person.see("Dine runder").unwrap();
    person.see_count(".units a[href^='#/refleksion/modsaetninger/']", 2).unwrap();
    all_is_well(&[&person]);
}

/// What a reflection may not do: go along in a file that is not the person's own.
#[test]
fn a_round_that_is_deleted_can_be_brought_back() {
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    on(&person, &server, "#/refleksion/syn");
    person.see("1 af 14").unwrap();
    person.pick("Nu: Ofte").unwrap();
    person.write("Et eksempel fra os selv", "Vi spørger først os selv.").unwrap();
    person.go("Samlet", "Sådan ser det ud").unwrap();
    person.go("Slet refleksionen", "Refleksionen er slettet").unwrap();
    person.go("Hent den tilbage", "2 af 14").unwrap();
    person.go("Forrige", "1 af 14").unwrap();
    person.see_in("Et eksempel fra os selv", "Vi spørger først os selv.").unwrap();
    all_is_well(&[&person]);
}

/// From a statement to ideas, and from one of them to a trial.
#[test]
fn a_statement_becomes_ideas_and_one_of_them_a_trial() {
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    on(&person, &server, "#/pyramide");
    person.see_heading("Fra ord til handling").unwrap();
    person.write("Udsagnet, I arbejder med", "Vi beder om hjælp, og vi rækker den ud").unwrap();
    person.write("Man ser os … Man hører os …", "Døren står åben, og nogen banker på.").unwrap();
    for idea in ["En fast time, hvor døren står åben", "Et kort på døren: jeg kan hjælpe med …"] {
        person.write("Ny idé", idea).unwrap();
        person.press("Tilføj").unwrap();
    }
    person.see("Endnu ikke lagt sammen").unwrap();
    person
        .run(
            "const groups = document.querySelectorAll('select[aria-label=Gruppe]');
            groups[1].value = '2';
            groups[1].dispatchEvent(new Event('change', { bubbles: true }));",
        )
        .unwrap();
    person.see("Gruppe 2").unwrap();
    person.see("Gemt i denne browser kl.").unwrap();
    is_whole(&person);
    person.reload().unwrap();
    person.see_heading("Fra ord til handling").unwrap();
    person.follow(".ideas section:first-child .idea button:not([aria-expanded])").unwrap();
    person.see("Det vil vi prøve").unwrap();
    person.see_in("Hvad vil I prøve?", "Et kort på døren: jeg kan hjælpe med …").unwrap();
    person.see_in("Hvad er situationen?", "Vi beder om hjælp, og vi rækker den ud").unwrap();
    all_is_well(&[&person]);
}

/// The keyboard alone, and what a screen reader says of each point.
#[test]
fn a_scale_is_answered_by_the_keyboard_and_every_point_has_a_name() {
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    on(&person, &server, "#/refleksion/modsaetninger");
    person.see("1 af 9").unwrap();
    let names = person
        .texts_of(
            "return [...document.querySelectorAll('.scale input')].map(point => point.getAttribute('aria-label'));",
        )
        .unwrap();
    let item = &nine().items[0];
    let expected: Vec<String> = Round::BOTH
        .into_iter()
        .flat_map(|round| {
            nine().form.points().map(move |point| format!("{}: {}", round.danish(), nine().point(item, point)))
        })
        .collect();
    assert_eq!(names, expected);
    person.focus(".scale input").unwrap();
    for _ in 0..3 {
        person.key(Browser::RIGHT).unwrap();
    }
    person.see("Lige meget af begge").unwrap();
    person.see("Gemt i denne browser kl.").unwrap();
    let chosen = person
        .texts_of("return [...document.querySelectorAll('.scale input:checked')].map(point => point.title);")
        .unwrap();
    assert_eq!(chosen, ["Lige meget af begge"]);
    all_is_well(&[&person]);
}

/// 320 px, and 200 % of 640: what a magnified page has left.
#[test]
fn nothing_of_it_is_cut_off_on_the_narrowest_screen() {
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    for (address, words) in [
        ("#/refleksion", "Sammen med andre"),
        ("#/refleksion/modsaetninger", "1 af 9"),
        ("#/refleksion/medlemskab", "Ikke besvaret"),
        ("#/praksis", "Ny prøvehandling"),
        ("#/pyramide", "1. Et udsagn"),
        ("#/workshop", "Ny workshop"),
        ("#/svar/7f3a~modsaetninger~2~Personaledag~Skole", "Hvor hører du til?"),
    ] {
        on(&person, &server, address);
        person.see(words).unwrap();
        for (width, scale) in [(320, 1.0), (640, 2.0)] {
            assert!(person.overflow(width, scale).unwrap() <= 0.0, "{address} at {width} px");
        }
    }
    drop(open_room(&person, &server, "Skole"));
    assert!(person.overflow(320, 1.0).unwrap() <= 0.0, "the room's code");
    person.go("Gå til saml ind", "Flere på én gang").unwrap();
    person.press("Fra papir").unwrap();
    assert!(person.overflow(320, 1.0).unwrap() <= 0.0, "gathering in");
    papers(&person, 1, 5, 0);
    show(&person);
    assert!(person.overflow(320, 1.0).unwrap() <= 0.0, "what came of it");
    all_is_well(&[&person]);
}
