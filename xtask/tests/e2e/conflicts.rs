//! Open choices after files from several people were imported.

use kvalitetshjul::domain::goal::Goal;
use xtask::browser::{Browser, Engine};
use xtask::e2e::records::{exported_records, id, three_versions};
use xtask::e2e::{assert_no_errors, go_to, open_first_time, server, start_at_unit};
use xtask::in_every_engine;

in_every_engine! {
    three_people_resolve_choices_differently_and_end_equal
}

fn three_people_resolve_choices_differently_and_end_equal(engine: Engine) {
    let server = server();
    let [of_anne, of_bo, of_carl] = three_versions();
    let [anne, bo, carl] = [(); 3].map(|()| open_first_time(engine, &server));
    // Each imports the three files in another order; one imports them at once.
    for (person, files) in [(&anne, [&of_anne, &of_bo, &of_carl]), (&bo, [&of_bo, &of_carl, &of_anne])] {
        for file in files {
            person.choose(file).unwrap();
            person.see("Filen er flettet ind.").unwrap();
            person.press("Luk").unwrap();
        }
    }
    carl.look_into(&[&of_carl, &of_anne, &of_bo]).unwrap();
    carl.see("og 2 til").unwrap();
    carl.see("Intet er ændret endnu.").unwrap();
    carl.take_in().unwrap();
    carl.press("Luk").unwrap();
    for person in [&anne, &bo, &carl] {
        person.see("2 åbne valg").unwrap();
        person.go("2 åbne valg", "Åbne valg").unwrap();
        person.see("«Flere børn er med i fællesskabet»").unwrap();
        person.see("«Alle er med i fællesskabet»").unwrap();
        person.see("Slettet, men ændret").unwrap();
        person.see("Læselyst hos alle").unwrap();
        assert_eq!(person.texts(".choice mark").unwrap(), expected_marks(person), "the differing words are marked");
    }
    let equal = exported_records(&anne);
    assert_eq!(equal, exported_records(&bo));
    assert_eq!(equal, exported_records(&carl));

    // Each resolves the choices differently.
    anne.press("Behold «Flere børn er med i fællesskabet»").unwrap();
    anne.press("Behold: målet «Flere læser hver dag»").unwrap();
    bo.press("Skriv en tredje: målets tekst").unwrap();
    bo.write("Din tekst: målets tekst", "Alle børn er med i fællesskabet").unwrap();
    bo.press("Brug min tekst").unwrap();
    bo.press("Slet alligevel: målet «Flere læser hver dag»").unwrap();
    carl.press("Behold begge: målets tekst").unwrap();
    for person in [&anne, &bo] {
        person.see("Der er ingen åbne valg.").unwrap();
    }
    carl.see("1 åbent valg").unwrap();

    // They exchange files again. No resolution is lost.
    let [from_anne, from_bo, from_carl] =
        [&anne, &bo, &carl].map(|person| person.save_with("Gem sikkerhedskopi").unwrap());
    for (person, files) in
        [(&anne, [&from_carl, &from_bo]), (&bo, [&from_anne, &from_carl]), (&carl, [&from_bo, &from_anne])]
    {
        for file in files {
            person.choose(file).unwrap();
            person.press("Luk").unwrap();
        }
        go_to(person, &server, "#/valg");
        for words in ["Flere børn er med i fællesskabet", "Alle børn er med i fællesskabet"] {
            person.see(&format!("«{words}»")).unwrap();
        }
    }
    assert_eq!(exported_records(&anne), exported_records(&bo));
    assert_eq!(exported_records(&anne), exported_records(&carl));

    // One resolves the choices for all; nobody is asked again.
    bo.press("Behold «Alle børn er med i fællesskabet»").unwrap();
    bo.see("valg").unwrap();
    if bo.sees("Slettet, men ændret").unwrap() {
        bo.press("Behold: målet «Flere læser hver dag»").unwrap();
    }
    bo.see("Der er ingen åbne valg.").unwrap();
    let settled = bo.save_with("Gem sikkerhedskopi").unwrap();
    for person in [&anne, &carl] {
        person.choose(&settled).unwrap();
        person.see("Filen er flettet ind.").unwrap();
        person.see("Der er ingen åbne valg.").unwrap();
    }
    let end = exported_records(&bo);
    assert_eq!(exported_records(&anne), end);
    assert_eq!(exported_records(&carl), end);
    let goal = end[&id("maal1")].view::<Goal>().unwrap();
    assert_eq!(goal.text.as_str(), "Alle børn er med i fællesskabet");
    assert_eq!(goal.signs_of_progression.as_str(), "De spørger efter hinanden");
    assert_eq!(end[&id("maal2")].view::<Goal>().unwrap().expected_effect.as_str(), "Læselyst hos alle");

    // The import is undone and written again.
    anne.press("Fortryd import").unwrap();
    anne.see("Det, filen kom med, er fortrudt.").unwrap();
    anne.see("«Flere børn er med i fællesskabet»").unwrap();
    anne.press("Luk").unwrap();
    anne.choose(&settled).unwrap();
    anne.press("Skriv filens ord igen").unwrap();
    anne.see("Filen er flettet ind.").unwrap();
    let again = exported_records(&anne)[&id("maal1")].view::<Goal>().unwrap();
    assert_eq!(again.text.as_str(), "Alle børn er med i fællesskabet");
    assert_no_errors(&[&anne, &bo, &carl]);
}

/// Returns the expected marked words of the two wordings, in the order in which the page shows them.
fn expected_marks(person: &Browser) -> Vec<String> {
    let first = person.texts(".choice .wording").unwrap()[0].clone();
    if first.contains("Alle") {
        vec!["Alle".into(), "Flere børn".into()]
    } else {
        vec!["Flere børn".into(), "Alle".into()]
    }
}

#[test]
fn author_is_shown_and_deleted_but_changed_is_resolved_on_the_goals_page() {
    let server = server();
    let person = start_at_unit(Engine::Chromium, &server, "Skolen");
    person.pick("Skole").unwrap();
    person.open_field_menu("slags").unwrap();
    person.press("Hvem skrev det? slags").unwrap();
    person.see("Skrevet af dig").unwrap();
    let [of_anne, _, of_carl] = three_versions();
    for file in [&of_carl, &of_anne] {
        person.choose(file).unwrap();
        person.press("Luk").unwrap();
    }
    go_to(&person, &server, "#/aftale/aftalen/maal2");
    person.see("Slettet, men ændret").unwrap();
    person.see("Læselyst hos alle").unwrap();
    person.press("Behold: målet «Flere læser hver dag»").unwrap();
    person.wait_for("the question to be settled", || Ok(!person.sees("Slettet, men ændret")?)).unwrap();
    assert_no_errors(&[&person]);
}
