//! A unit that exists under two ids.

use std::path::Path;

use kvalitetshjul::domain::enhed::Enhed;
use kvalitetshjul::domain::measure::Measure;
use kvalitetshjul::domain::period::Period;
use kvalitetshjul::domain::registry::Kind;
use kvalitetshjul::domain::series::Series;
use kvalitetshjul::record::Record;
use kvalitetshjul::record::identity::SameUnitAnswer;
use xtask::browser::{Browser, Engine};
use xtask::e2e::records::{agreement, author, exported_records, file_of, id};
use xtask::e2e::{assert_no_errors, go_to, go_to_unit, open_first_time, server, start_at_unit};

/// Imports a file in which the user's unit has another id, an agreement and a figure, and answers that the units are
/// the same.
fn import_as_same_unit(person: &Browser) {
    let mut records = agreement();
    let mut series = Series { unit: Some(id("skolen")), indicator: Some(id("fravaer")), ..Series::default() };
    series.set_figure(Period::SchoolYear(2024), Measure::Percent, Some(9.4));
    let series = Record::create(id("skolen.fravaer"), &series, &author(1, "Sekretariatet")).unwrap();
    records.insert(series.id().clone(), series);
    person.look_into(&[file_of("samme", &records).as_path() as &Path]).unwrap();
    person.see("Samme enhed?").unwrap();
    person.pick("«Skolen ved Søen» i filen er den samme enhed som den, du har").unwrap();
    person.take_in().unwrap();
    person.see("Filen er flettet ind.").unwrap();
}

/// A script that returns the text of the page and the values of its fields.
const PAGE_TEXTS: &str = "
    const page = document.querySelector('main');
    return [page.innerText, ...[...page.querySelectorAll('input')].map(input => input.value)];";

#[test]
fn unit_under_two_ids_is_shown_as_one_until_the_import_is_undone() {
    let server = server();
    let person = start_at_unit(Engine::Chromium, &server, "Skolen ved Søen");
    let has_figure = || person.texts_of(PAGE_TEXTS).unwrap().iter().any(|words| words.contains("9,4"));
    import_as_same_unit(&person);
    // Every page shows one unit with the records of both ids.
    go_to(&person, &server, "#/enheder");
    person.see_texts(".unit-table th a", &["Skolen ved Søen"]).unwrap();
    go_to(&person, &server, "#/aftale");
    person.see("Jeres aftaler").unwrap();
    person.see("2 mål").unwrap();
    go_to(&person, &server, "#/indikator/fravaer");
    person.wait_for("the figure of the file", || Ok(has_figure())).unwrap();
    // The address of either id leads to the same page.
    go_to(&person, &server, "#/enhed/skolen");
    person.see("Vises sammen med «Skolen ved Søen» fra en anden fil.").unwrap();
    // The import wrote only the answer; nothing was copied.
    let all = exported_records(&person);
    assert_eq!(all.values().map(|record| record.read_unit_answers().len()).sum::<usize>(), 1);
    assert_eq!(all.values().filter(|record| record.kind() == Some(Kind::Series)).count(), 1);

    // The report went away with its page. The import is still the last action.
    assert!(!person.sees("Fortryd import").unwrap());
    person.undo_by_key().unwrap();
    person.see("Enheden er her ikke").unwrap();
    go_to(&person, &server, "#/enheder");
    person.see_texts(".unit-table th a", &["Skolen ved Søen"]).unwrap();
    go_to(&person, &server, "#/aftale");
    person.see("Begynd med eksempler").unwrap();
    assert!(!person.sees("Jeres aftaler").unwrap());
    go_to(&person, &server, "#/indikator/fravaer");
    person.see_heading("Fravær reduceres").unwrap();
    assert!(!has_figure());
    assert_no_errors(&[&person]);
}

#[test]
fn joined_unit_can_be_separated_again() {
    let server = server();
    let person = start_at_unit(Engine::Chromium, &server, "Skolen ved Søen");
    import_as_same_unit(&person);
    person.press("Luk").unwrap();
    go_to_unit(&person, "Skolen ved Søen");
    person.press("Det er ikke den samme enhed: Skolen ved Søen").unwrap();
    person.see("«Skolen ved Søen» står nu for sig selv igen blandt dine enheder.").unwrap();
    go_to(&person, &server, "#/enheder");
    person.see_texts(".unit-table th a", &["Skolen ved Søen", "Skolen ved Søen"]).unwrap();
    // The figures of the file go with their unit.
    let has_figure = || person.texts_of(PAGE_TEXTS).unwrap().iter().any(|words| words.contains("9,4"));
    go_to(&person, &server, "#/indikator/fravaer");
    person.see_heading("Fravær reduceres").unwrap();
    assert!(!has_figure());
    go_to(&person, &server, "#/enheder");
    person.see_texts(".unit-table th a", &["Skolen ved Søen", "Skolen ved Søen"]).unwrap();
    person.undo_by_key().unwrap();
    person.see_texts(".unit-table th a", &["Skolen ved Søen"]).unwrap();
    go_to(&person, &server, "#/indikator/fravaer");
    person.wait_for("the figure of the file", || Ok(has_figure())).unwrap();
    assert_no_errors(&[&person]);
}

#[test]
fn contradicting_answers_about_a_unit_are_an_open_choice() {
    let server = server();
    let person = open_first_time(Engine::Chromium, &server);
    let answered = |says: SameUnitAnswer, who: u8| {
        let mut records = agreement();
        let other = Enhed { name: "Skolen ved Åen".into(), ..Enhed::default() };
        let other = Record::create(id("anden"), &other, &author(7, "Sekretariatet")).unwrap();
        records.insert(other.id().clone(), other);
        let lower = records.get_mut(&id("anden")).unwrap();
        lower.write_unit_answer(&id("skolen"), Some(&says), &author(who, "Bo")).unwrap();
        records
    };
    let (yes, no) = (answered(SameUnitAnswer::Same(id("skolen")), 8), answered(SameUnitAnswer::Different, 9));
    person.choose(&file_of("svar-ja", &yes)).unwrap();
    person.press("Luk").unwrap();
    go_to(&person, &server, "#/enheder");
    person.see_texts(".unit-table th a", &["Skolen ved Søen"]).unwrap();
    person.choose(&file_of("svar-nej", &no)).unwrap();
    person.press("Luk").unwrap();
    // Until the choice is resolved, two units are shown.
    go_to(&person, &server, "#/enheder");
    person.see("Skolen ved Åen").unwrap();
    go_to(&person, &server, "#/valg");
    person.see("Er «Skolen ved Åen» og «Skolen ved Søen» den samme enhed?").unwrap();
    person.press("Ja, det er den samme enhed").unwrap();
    person.see("Der er valgt.").unwrap();
    go_to(&person, &server, "#/enheder");
    person.see_texts(".unit-table th a", &["Skolen ved Søen"]).unwrap();
    assert_no_errors(&[&person]);
}
