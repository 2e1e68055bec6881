//! Reflection alone, the pyramid, and the trials that come of them.

use kvalitetshjul::domain::instrument::Round;
use xtask::browser::{Browser, Engine};
use xtask::e2e::workshop::{place, wait_until_loaded};
use xtask::e2e::{assert_no_errors, go_to, server};
use xtask::in_every_engine;

in_every_engine! {
    reflection_alone_leads_to_a_trial
}

fn reflection_alone_leads_to_a_trial(engine: Engine) {
    let server = server();
    let person = Browser::start(engine).unwrap();
    go_to(&person, &server, "#/refleksion");
    person.see_heading("Refleksion").unwrap();
    person.go("Begynd · cirka 8 minutter", "1 af 9").unwrap();
    let address = person.address().unwrap();
    assert!(address.contains("#/refleksion/modsaetninger/"), "{address}");

    // Answers two of nine pairs, one with a text, and returns to the third after a reload.
    place(&person, 0, Round::Now, -2);
    place(&person, 0, Round::Wanted, 2);
    person.write("Hvad gør vi konkret?", "Vi ringer, før vi skriver.").unwrap();
    person.go("Næste", "2 af 9").unwrap();
    person.see_focus("id", "step").unwrap();
    place(&person, 1, Round::Now, 1);
    place(&person, 1, Round::Wanted, 2);
    person.see("Gemt i denne browser kl.").unwrap();
    wait_until_loaded(&person);
    person.reload().unwrap();
    person.see("3 af 9").unwrap();
    person.go("1: Bureaukratisk – Transparent, besvaret", "1 af 9").unwrap();
    person.see_in("Hvad gør vi konkret?", "Vi ringer, før vi skriver.").unwrap();

    // The overview lists the widest distance first and leads to a trial.
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
    wait_until_loaded(&person);
    person.reload().unwrap();
    go_to(&person, &server, "#/praksis");
    person.see("Samlet op").unwrap();
    person.see("Vi ringer, før vi skriver et brev.").unwrap();

    // The second round shows the answers of the first.
    go_to(&person, &server, "#/refleksion/modsaetninger");
    person.see("1 af 9").unwrap();
    place(&person, 0, Round::Now, 0);
    person.go("Samlet", "Sådan ser det ud").unwrap();
    person.see_count(".dot.ghost.at-2", 1).unwrap();
    go_to(&person, &server, "#/refleksion");
    person.see("Dine runder").unwrap();
    person.see_count(".link-list a[href^='#/refleksion/modsaetninger/']", 2).unwrap();
    assert_no_errors(&[&person]);
}

/// A trial gets its title before it is created. The title cannot be removed.
#[test]
fn trial_has_a_title() {
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    go_to(&person, &server, "#/praksis");
    person.press("Ny prøvehandling").unwrap();
    person.see_focus("id", "new-trial-title").unwrap();
    person.go("Opret den", "Skriv et kort navn, så I kan finde prøvehandlingen igen.").unwrap();
    person.see_focus("id", "new-trial-title").unwrap();
    person.write("Hvad skal prøvehandlingen hedde?", "Opkald samme dag").unwrap();
    person.press("Opret den").unwrap();
    person.see_heading("Opkald samme dag").unwrap();
    person.wait_for("the first question", || Ok(person.focused("id")?.ends_with("-context"))).unwrap();
    person.write("Kort navn", "").unwrap();
    person.see("Prøvehandlingen skal have et navn.").unwrap();
    person.see_heading("Opkald samme dag").unwrap();
    person.write("Kort navn", "Opkald før kl. 9").unwrap();
    person.see_heading("Opkald før kl. 9").unwrap();
    // A reflection without a next step gives no text for a title, so the page asks for one.
    go_to(&person, &server, "#/refleksion/syn");
    person.see("1 af 14").unwrap();
    person.pick("Nu: Ofte").unwrap();
    person.go("Samlet", "Sådan ser det ud").unwrap();
    person.press("Gør det til en prøvehandling").unwrap();
    person.see_focus("id", "new-trial-title").unwrap();
    person.write("Hvad skal prøvehandlingen hedde?", "Spørg først os selv").unwrap();
    person.press("Opret den").unwrap();
    person.see_heading("Spørg først os selv").unwrap();
    person.see("Kommer af").unwrap();
    assert_no_errors(&[&person]);
}

#[test]
fn deleted_reflection_can_be_restored() {
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    go_to(&person, &server, "#/refleksion/syn");
    person.see("1 af 14").unwrap();
    person.pick("Nu: Ofte").unwrap();
    person.write("Et eksempel fra os selv", "Vi spørger først os selv.").unwrap();
    person.go("Samlet", "Sådan ser det ud").unwrap();
    person.go("Slet refleksionen", "Refleksionen er slettet").unwrap();
    person.go("Hent den tilbage", "2 af 14").unwrap();
    person.go("Forrige", "1 af 14").unwrap();
    person.see_in("Et eksempel fra os selv", "Vi spørger først os selv.").unwrap();
    assert_no_errors(&[&person]);
}

#[test]
fn pyramid_statement_becomes_ideas_and_a_trial() {
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    go_to(&person, &server, "#/pyramide");
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
    wait_until_loaded(&person);
    person.reload().unwrap();
    person.see_heading("Fra ord til handling").unwrap();
    person.follow(".ideas section:first-child .idea button:not([aria-expanded])").unwrap();
    person.see("Det vil vi prøve").unwrap();
    person.see_in("Hvad vil I prøve?", "Et kort på døren: jeg kan hjælpe med …").unwrap();
    person.see_in("Hvad er situationen?", "Vi beder om hjælp, og vi rækker den ud").unwrap();
    assert_no_errors(&[&person]);
}
