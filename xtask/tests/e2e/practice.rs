//! Reflection alone, the pyramid, and the trials that come of them; practice of all three sorts, from what exists
//! already to an initiative of the agreement.

use std::path::PathBuf;

use kvalitetshjul::domain::enhed::{Enhed, EnhedKind};
use kvalitetshjul::domain::instrument::Round;
use kvalitetshjul::domain::proevehandling::{Proevehandling, TrialNext};
use kvalitetshjul::record::{Record, Records};
use xtask::browser::{Browser, Engine, MOST_KEYS, Media, Viewport};
use xtask::e2e::records::{author, file_of, id};
use xtask::e2e::workshop::{place, wait_until_loaded};
use xtask::e2e::{UserRole, assert_no_errors, go_to, receive, server, start_as, wait_until_saved};
use xtask::in_every_engine;
use xtask::server::Server;

in_every_engine! {
    reflection_alone_leads_to_a_trial
    similar_practice_is_the_start_of_a_trial
}

const SCHOOL: &str = "Skolen ved Søen";
const OTHER_SCHOOL: &str = "Møllehøj Skole";
const CALLS: &str = "Opkald samme dag";
const TITLE_QUESTION: &str = "Hvad skal prøvehandlingen hedde?";

/// Starts as the leader of a school, on the page of its practice.
fn start_with_practice(engine: Engine, server: &Server) -> Browser {
    let person = start_as(engine, server, UserRole::leader(UserRole::LEVEL_3, SCHOOL));
    go_to(&person, server, "#/praksis");
    person.see_heading("Praksis").unwrap();
    person
}

/// Writes a file with another school and its trials: the title and the idea of each.
fn file_of_other_school(trials: &[(String, String)]) -> PathBuf {
    let by = author(1, "Anne");
    let unit = Enhed { name: OTHER_SCHOOL.into(), kind: Some(EnhedKind::Skole), ..Enhed::default() };
    let mut records = Records::new();
    records.insert(id("moellehoej"), Record::create(id("moellehoej"), &unit, &by).unwrap());
    for (index, (title, idea)) in trials.iter().enumerate() {
        let trial = Proevehandling {
            title: title.as_str().into(),
            unit: Some(id("moellehoej")),
            idea: idea.as_str().into(),
            next: Some(TrialNext::Scale),
            shared: Some(true),
            ..Proevehandling::default()
        };
        let name = id(&format!("proeve{index}"));
        records.insert(name.clone(), Record::create(name, &trial, &by).unwrap());
    }
    file_of("moellehoej", &records)
}

/// Waits until a field whose id has an ending has the focus.
fn see_focus_in(person: &Browser, ending: &str) {
    person.wait_for(ending, || Ok(person.focused("id")?.ends_with(ending))).unwrap();
}

/// Checks the page on a phone and a laptop, and with axe-core.
#[track_caller]
fn check_screens(person: &Browser, page: &str) {
    for screen in [Viewport::PHONE, Viewport::SMALL_PHONE, Viewport::LAPTOP] {
        assert_eq!(person.layout_faults(screen).unwrap(), Vec::<String>::new(), "{page}, {}", screen.name);
    }
    for media in [Media::Light, Media::Dark, Media::ForcedColors] {
        assert_eq!(person.barriers(media).unwrap(), Vec::<String>::new(), "{page}, {media:?}");
    }
}

/// What is typed is lost neither by closing the form, nor by a look at the other trial, nor by starting from it. The
/// credit is kept.
fn similar_practice_is_the_start_of_a_trial(engine: Engine) {
    const IDEA: &str = "Vi ringer hjem, når et barn mangler.";
    let server = server();
    let person = start_with_practice(engine, &server);
    let others = [(CALLS, IDEA), ("Gåmøder", "Vi holder møder på gåben.")];
    receive(&person, &file_of_other_school(&others.map(|(title, idea)| (title.to_owned(), idea.to_owned()))));
    go_to(&person, &server, "#/praksis");
    person.press("Ny prøvehandling").unwrap();
    person.see_focus("id", "new-practice-title").unwrap();
    person.write(TITLE_QUESTION, "Opkald").unwrap();
    person.press("Vent med det").unwrap();
    person.see_focus("id", "begin-trial").unwrap();
    person.press("Ny prøvehandling").unwrap();
    person.see_in(TITLE_QUESTION, "Opkald").unwrap();
    person.see("Det findes måske allerede").unwrap();
    person.see_texts(".similar-practices strong", &[CALLS]).unwrap();
    person.see("Møllehøj Skole · Prøvehandling · skaleret").unwrap();
    person.press("Åbn: Opkald samme dag").unwrap();
    person.see_heading(CALLS).unwrap();
    person.see("Det gør Møllehøj Skole.").unwrap();
    person.back().unwrap();
    person.see_in(TITLE_QUESTION, "Opkald").unwrap();
    person.press("Brug som udgangspunkt: Opkald samme dag").unwrap();
    person.see("Bygger på «Opkald samme dag» fra Møllehøj Skole.").unwrap();
    person.see_in(TITLE_QUESTION, "Opkald").unwrap();
    person.see_in("Hvad vil I prøve?", IDEA).unwrap();
    person.see_count(".similar", 0).unwrap();
    person.press("Opret den").unwrap();
    person.see_heading("Opkald").unwrap();
    see_focus_in(&person, "-context");
    person.see_in("Hvad vil I prøve?", IDEA).unwrap();
    person.see("(Møllehøj Skole, skaleret)").unwrap();
    person.see("Efter en idé fra Møllehøj Skole").unwrap();
    wait_until_saved(&person);
    go_to(&person, &server, "#/praksis/proeve0");
    person.see("I prøver den også: Opkald").unwrap();
    person.see("Taget op af 1").unwrap();
    person.see_count("main textarea", 0).unwrap();

    // The form is empty the next time, and what other units do is not listed as the unit's own.
    go_to(&person, &server, "#/praksis");
    person.see_texts(".link-list strong", &["Opkald"]).unwrap();
    person.press("Ny prøvehandling").unwrap();
    person.see_in(TITLE_QUESTION, "").unwrap();
    assert_no_errors(&[&person]);
}

/// Practice that works becomes a trial, the trial a prototype, and each keeps what the one before had.
#[test]
fn positive_deviation_grows_into_a_trial_and_a_prototype() {
    const IDEA: &str = "Fem børn går ud ad gangen.";
    let server = server();
    let person = start_with_practice(Engine::Chromium, &server);
    person.see("Her kommer jeres praksis").unwrap();
    check_screens(&person, "no practice");
    person.press("Ny positiv afvigelse").unwrap();
    person.write("Hvad skal den positive afvigelse hedde?", "Rolig garderobe").unwrap();
    person.write("Hvad gør de?", IDEA).unwrap();
    check_screens(&person, "the form");
    person.press("Opret den").unwrap();
    person.see_heading("Rolig garderobe").unwrap();
    see_focus_in(&person, "-place");
    person.write("Hvor lykkes det?", "På rød stue").unwrap();
    person.see("Del den med netværket, så kan den komme med i rapportens kapitel").unwrap();
    check_screens(&person, "the positive deviation");

    person.go("Prøv det af", "Det vil vi prøve").unwrap();
    person.see_in("Hvad vil I prøve?", IDEA).unwrap();
    person.see("(virker allerede)").unwrap();
    person.write("Forældre", "De kommer ti minutter før.").unwrap();
    person.pick("Før: Trivsel: Stiger lidt").unwrap();
    check_screens(&person, "the trial");

    person.go("Gør det til en prototype", "Versioner").unwrap();
    person.see_in("Hvordan er version 1?", IDEA).unwrap();
    person.pick("Version 1 gælder").unwrap();
    person.see("Version 1 · gælder").unwrap();
    person.press("Lav en ny version").unwrap();
    person.see_in("Hvordan er version 2?", IDEA).unwrap();
    see_focus_in(&person, "-change");
    person.write("Hvad er ændret i version 2?", "Tre ad gangen").unwrap();
    person.pick("Version 2 gælder").unwrap();
    person.see_texts(".version > summary", &["Version 1", "Version 2 · gælder"]).unwrap();
    check_screens(&person, "the prototype");
    wait_until_saved(&person);
    wait_until_loaded(&person);
    person.reload().unwrap();
    person.see_texts(".version > summary", &["Version 1", "Version 2 · gælder"]).unwrap();
    person.see_in("Hvad er ændret i version 2?", "Tre ad gangen").unwrap();

    go_to(&person, &server, "#/praksis");
    person.see_texts("main h2", &["Idéer", "Gælder nu", "Virker allerede"]).unwrap();
    person.follow("section:last-of-type .link-list a").unwrap();
    person.see("Blev til").unwrap();
    person.see("Se prøvehandlingen: Rolig garderobe").unwrap();
    assert_no_errors(&[&person]);
}

/// A trial that is done more of becomes an initiative under a goal, once, and is written for parents in plain words.
#[test]
fn decided_trial_becomes_an_initiative_once() {
    const GOAL: &str = "Flere kommer hver dag";
    const PLAIN: &str = "Vi ringer til dig, når dit barn mangler.";
    let server = server();
    let person = start_with_practice(Engine::Chromium, &server);
    go_to(&person, &server, "#/aftale?dato=2026-05-11");
    person.go("Begynd tomt", "Hvad mangler?").unwrap();
    person.go("Tilføj et mål for kvalitet", "Hvad hænger målet på?").unwrap();
    person.write("Målet", GOAL).unwrap();
    wait_until_saved(&person);
    go_to(&person, &server, "#/praksis");
    person.press("Ny prøvehandling").unwrap();
    person.write(TITLE_QUESTION, CALLS).unwrap();
    person.press("Opret den").unwrap();
    person.see_heading(CALLS).unwrap();
    let address = person.address().unwrap();
    let trial = format!("#{}", address.split_once('#').unwrap().1);
    assert!(!person.sees("Gør det til en indsats i aftalen").unwrap());
    person.pick("Skalér – gør mere af det").unwrap();
    person.see("Den kommer med i rapportens kapitel «Praksis, der virker»").unwrap();
    person.go("Gør det til en indsats i aftalen", "Den er en indsats under målet").unwrap();
    person.see_focus("id", "practice-initiative").unwrap();
    person.see_count("#initiative-goal", 0).unwrap();
    person.pick("Sæt i kataloget").unwrap();
    person.write("Med enkle ord", PLAIN).unwrap();
    check_screens(&person, "the decided trial");
    person.follow("#practice-initiative").unwrap();
    person.see_in("Indsats 1", CALLS).unwrap();
    wait_until_saved(&person);

    go_to(&person, &server, &trial);
    person.see("Den er en indsats under målet").unwrap();
    person.see_in("Med enkle ord", PLAIN).unwrap();
    person.press("Lav en ny version").unwrap();
    person.see_heading("Opkald samme dag, version 2").unwrap();
    person.see("(skaleret)").unwrap();
    assert_no_errors(&[&person]);
}

/// Without a unit of one's own, practice of a unit is read and not written.
#[test]
fn practice_of_a_unit_is_read_only_while_no_unit_is_chosen() {
    let other = Enhed { name: "Skolen ved Åen".into(), kind: Some(EnhedKind::Skole), ..Enhed::default() };
    let other = Record::create(id("aaen"), &other, &author(2, "Bo")).unwrap();
    let mut records = Records::new();
    records.insert(id("aaen"), other);
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    go_to(&person, &server, "");
    person.see("Hvem er du?").unwrap();
    receive(&person, &file_of("aaen", &records));
    receive(&person, &file_of_other_school(&[(CALLS.to_owned(), "Vi ringer hjem.".to_owned())]));
    go_to(&person, &server, "#/praksis/proeve0");
    person.see_heading(CALLS).unwrap();
    person.see("Det gør Møllehøj Skole.").unwrap();
    person.see("Vælg jeres enhed").unwrap();
    person.see_count("main textarea", 0).unwrap();
    assert!(!person.sees("Slet prøvehandlingen").unwrap());
    assert_no_errors(&[&person]);
}

#[test]
fn four_questions_on_digitalisation_become_a_trial() {
    const IDEA: &str = "Vi skriver fravær i et delt skema.";
    let server = server();
    let person = start_with_practice(Engine::Chromium, &server);
    receive(&person, &file_of_other_school(&[("Digitalt vikarskema".to_owned(), IDEA.to_owned())]));
    go_to(&person, &server, "#/praksis");
    person.press("Begynd med digitalisering").unwrap();
    person.see_focus("id", "digitalt-tid").unwrap();
    person.go("Opret den", "Svar på mindst ét af spørgsmålene.").unwrap();
    person.write("Hvad tager tid?", "At finde vikarer om morgenen").unwrap();
    person.write("Hvilken kompetence mangler?", "At dele et skema").unwrap();
    check_screens(&person, "the questions");
    person.go("Opret den", "Skriv et kort navn, så I kan finde prøvehandlingen igen.").unwrap();
    person.write(TITLE_QUESTION, "Fælles vikarskema").unwrap();
    // The form does not show the idea of the practice that it builds on, so it says that the idea comes along.
    for _ in 0..2 {
        person.press("Brug som udgangspunkt: Digitalt vikarskema").unwrap();
        person.see("Bygger på «Digitalt vikarskema» fra Møllehøj Skole.").unwrap();
        person.see("Dens idé kommer med i prøvehandlingen.").unwrap();
        person.see_focus("id", "new-practice-title").unwrap();
        person.press("Begynd uden den").unwrap();
        person.see_count(".new-practice .notice", 0).unwrap();
    }
    person.press("Brug som udgangspunkt: Digitalt vikarskema").unwrap();
    person.press("Opret den").unwrap();
    person.see_heading("Fælles vikarskema").unwrap();
    see_focus_in(&person, "-idea");
    person.see_in("Hvad vil I prøve?", IDEA).unwrap();
    person.see("Efter en idé fra Møllehøj Skole").unwrap();
    let answers = "Hvad tager tid?\nAt finde vikarer om morgenen\n\nHvilken kompetence mangler?\nAt dele et skema";
    person.see_in("Hvad er situationen?", answers).unwrap();
    person.see("Greb mod mangel på arbejdskraft · 1 valgt").unwrap();
    assert_no_errors(&[&person]);
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
    person.see("Skaleret").unwrap();
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
    person.see_focus("id", "new-practice-title").unwrap();
    person.go("Opret den", "Skriv et kort navn, så I kan finde prøvehandlingen igen.").unwrap();
    person.see_focus("id", "new-practice-title").unwrap();
    person.write("Hvad skal prøvehandlingen hedde?", "Opkald samme dag").unwrap();
    person.press("Opret den").unwrap();
    person.see_heading("Opkald samme dag").unwrap();
    person.wait_for("the first question", || Ok(person.focused("id")?.ends_with("-context"))).unwrap();
    person.write("Kort navn", "").unwrap();
    person.see("Prøvehandlingen skal have et navn.").unwrap();
    person.see_heading("Opkald samme dag").unwrap();
    person.write("Kort navn", "Opkald før kl. 9").unwrap();
    person.see_heading("Opkald før kl. 9").unwrap();
    // What was deleted can be brought back, and the focus follows.
    person.press("Slet prøvehandlingen").unwrap();
    person.see_heading("Prøvehandlingen er slettet").unwrap();
    person.see_focus("id", "practice-deleted").unwrap();
    person.press("Hent den tilbage").unwrap();
    person.see_heading("Opkald før kl. 9").unwrap();
    see_focus_in(&person, "-title");
    // A reflection without a next step gives no text for a title, so the page asks for one.
    go_to(&person, &server, "#/refleksion/syn");
    person.see("1 af 14").unwrap();
    person.pick("Nu: Ofte").unwrap();
    person.go("Samlet", "Sådan ser det ud").unwrap();
    person.press("Gør det til en prøvehandling").unwrap();
    person.see_focus("id", "new-practice-title").unwrap();
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

/// Tests that measure time. `cargo xtask test` runs no other test beside them.
mod timing {
    use super::*;

    /// The longest that the page may work at a key on a slow processor, in milliseconds.
    const LONGEST_KEY: f64 = 16.0;
    /// Words of the titles and ideas.
    const WORDS: [&str; 12] = [
        "opkald",
        "garderobe",
        "makkere",
        "læsning",
        "frokost",
        "forældre",
        "skema",
        "overgang",
        "legegruppe",
        "venner",
        "møde",
        "frikvarter",
    ];

    #[test]
    fn keys_of_a_new_title_are_compared_with_300_practices_in_time() {
        let server = server();
        let person = Browser::start_recorded().unwrap();
        go_to(&person, &server, "");
        person.see("Hvem er du?").unwrap();
        let word = |number: usize| WORDS[number % WORDS.len()];
        let trials: Vec<(String, String)> = (0..300)
            .map(|number| {
                let words = [word(number), word(number / 12), word(number * 5 + 1), word(number * 7 + 2)];
                (format!("Om {} og {}", words[0], words[1]), format!("Vi prøver {}. ", words.join(" med ")).repeat(6))
            })
            .collect();
        receive(&person, &file_of_other_school(&trials));
        go_to(&person, &server, "#/praksis");
        person.press("Ny prøvehandling").unwrap();
        person.focus("#new-practice-title").unwrap();
        let typed = "opkald forældre frokost skema venner garderobe møde ".chars();
        let pace = person.measure_keys(typed.take(MOST_KEYS)).unwrap();
        person.see_count(".similar-practices li", 3).unwrap();
        let (median, late) = (pace.percentile(50), pace.percentile(95));
        println!("a key of a new title, longest own task: median {median:.1}, p95 {late:.1} ms");
        assert!(median <= LONGEST_KEY, "{median:.1} ms");
        assert_no_errors(&[&person]);
    }
}
