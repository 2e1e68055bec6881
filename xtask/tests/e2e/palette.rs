//! The palette, the help with the keys, and the word list.

use xtask::browser::{Browser, Engine, Media};
use xtask::e2e::{assert_no_errors, go_to, go_to_unit, open_first_time, server, start_at_unit, start_with_unit};
use xtask::in_every_engine;

use super::assert_no_errors_or_foreign_requests;

in_every_engine! {
    unit_is_found_without_danish_letters_and_opened_by_keys
    slash_and_question_mark_in_a_field_are_typed
    escape_closes_the_dialogs_and_gives_the_focus_back
}

/// Ctrl+K.
const FIND: &str = "\u{e009}k\u{e000}";
const ESCAPE: char = '\u{e00c}';
const DOWN: char = '\u{e015}';

/// Opens the palette by its key, and waits until something can be found.
fn open_palette(person: &Browser) {
    person.keys(FIND).unwrap();
    person.see("Senest fundet, og det man oftest går til.").unwrap();
    person.see_count("dialog[open] input:focus", 1).unwrap();
}

/// Waits until the entry that Enter opens has the given title.
fn see_selected(person: &Browser, title: &str) {
    person.see_texts("[role=option][aria-selected=true] .option-title", &[title]).unwrap();
}

fn unit_is_found_without_danish_letters_and_opened_by_keys(engine: Engine) {
    let server = server();
    let person = start_with_unit(engine, &server, "Møllehøj Skole");
    open_palette(&person);
    person.keys("moellehoej").unwrap();
    see_selected(&person, "Møllehøj Skole");
    person.key(Browser::ENTER).unwrap();
    person.see_in("Enhedens navn", "Møllehøj Skole").unwrap();
    person.see_count("dialog", 0).unwrap();
    assert_no_errors_or_foreign_requests(&server, &[&person]);
}

fn slash_and_question_mark_in_a_field_are_typed(engine: Engine) {
    let server = server();
    let person = start_at_unit(engine, &server, "Skolen");
    person.type_on("Enhedens navn", "/?").unwrap();
    person.see_in("Enhedens navn", "Skolen/?").unwrap();
    assert_eq!(person.count("dialog").unwrap(), 0);
    // A character that is typed in the sheet replaces the text of a cell.
    go_to(&person, &server, "#/indikatorer/skema");
    person.focus("[data-cell='0-0']").unwrap();
    person.keys("/").unwrap();
    person.see_count("[data-cell='0-0'] input:focus", 1).unwrap();
    assert_eq!(person.count("dialog").unwrap(), 0);
    person.key(ESCAPE).unwrap();
    assert_no_errors(&[&person]);
}

fn escape_closes_the_dialogs_and_gives_the_focus_back(engine: Engine) {
    let server = server();
    let person = start_at_unit(engine, &server, "Skolen");
    person.focus("a.brand").unwrap();
    person.keys("/").unwrap();
    person.see("Find side, enhed, mål eller ord").unwrap();
    person.see_count("dialog[open] input:focus", 1).unwrap();
    person.key(ESCAPE).unwrap();
    person.see_count("dialog", 0).unwrap();
    person.see_count("a.brand:focus", 1).unwrap();
    person.keys("?").unwrap();
    person.see("Fortryd det seneste").unwrap();
    person.see_count(".page-help li", 3).unwrap();
    person.key(ESCAPE).unwrap();
    person.see_count("dialog", 0).unwrap();
    person.see_count("a.brand:focus", 1).unwrap();
    assert_no_errors(&[&person]);
}

#[test]
fn goal_term_and_command_are_found_and_arrows_choose() {
    let server = server();
    let person = start_with_unit(Engine::Chromium, &server, "Møllehøj Skole");
    go_to(&person, &server, "#/filer");
    person.see_heading("Filer").unwrap();
    open_palette(&person);
    person.keys("svrakode").unwrap();
    see_selected(&person, "Svarkode");
    person.key(Browser::ENTER).unwrap();
    person.see_heading("Ordliste").unwrap();
    person.see_count("#svarkode:focus", 1).unwrap();
    open_palette(&person);
    // The entry that was opened last comes first.
    see_selected(&person, "Svarkode");
    person.key(DOWN).unwrap();
    see_selected(&person, "Overblik");
    person.keys("mørke farver").unwrap();
    see_selected(&person, "Mørke farver");
    person.key(Browser::ENTER).unwrap();
    person.see_count("html[data-colours=dark]", 1).unwrap();
    open_palette(&person);
    person.keys("xyzxyz").unwrap();
    person.see("Intet fundet. Prøv et kortere ord").unwrap();
    person.press("Luk").unwrap();
    person.see_count("dialog", 0).unwrap();
    assert_no_errors_or_foreign_requests(&server, &[&person]);
}

#[test]
fn unit_is_switched_from_the_palette() {
    let server = server();
    let person = start_with_unit(Engine::Chromium, &server, "Møllehøj Skole");
    person.go("Enheder", "Dine enheder").unwrap();
    person.write("Hvad hedder enheden?", "Åskolen").unwrap();
    person.press("Tilføj enheden").unwrap();
    person.see_in("Enhedens navn", "Åskolen").unwrap();
    for (typed, name) in [("moellehoej", "Møllehøj Skole"), ("aaskolen", "Åskolen")] {
        open_palette(&person);
        person.keys("skift enhed").unwrap();
        see_selected(&person, "Skift enhed");
        person.key(Browser::ENTER).unwrap();
        person.see("Skift til enheden").unwrap();
        person.see_count("[role=option]", 2).unwrap();
        person.keys(typed).unwrap();
        person.see_count("[role=option]", 1).unwrap();
        person.key(Browser::ENTER).unwrap();
        person.see_count("dialog", 0).unwrap();
        person.see_texts(".unit-switch option:checked", &[name]).unwrap();
    }
    assert_no_errors(&[&person]);
}

#[test]
fn help_of_a_page_is_three_sentences_and_leads_to_the_word_list() {
    let server = server();
    let person = open_first_time(Engine::Chromium, &server);
    for address in ["#/", "#/hjulet", "#/indikatorer", "#/workshop"] {
        go_to(&person, &server, address);
        person.wait_for_page().unwrap();
        person.press("Hjælp").unwrap();
        person.see("Fortryd det seneste").unwrap();
        person.see_count(".page-help li", 3).unwrap();
        person.press("Luk").unwrap();
        person.see_count("dialog", 0).unwrap();
    }
    person.press("Hjælp").unwrap();
    person.press("Slå et ord op i ordlisten").unwrap();
    person.see_heading("Ordliste").unwrap();
    person.see_count("dialog", 0).unwrap();
    assert_no_errors(&[&person]);
}

/// The dialogs fit a phone, and axe-core finds no barrier in them.
#[test]
fn dialogs_fit_a_phone_and_have_no_barriers() {
    let server = server();
    let person = start_at_unit(Engine::Chromium, &server, "Møllehøj Skole");
    go_to_unit(&person, "Møllehøj Skole");
    person.press("Find").unwrap();
    person.see("Senest fundet, og det man oftest går til.").unwrap();
    assert!(person.overflow(360, 1.0).unwrap() <= 0.0, "the palette");
    person.keys("møllehøj").unwrap();
    see_selected(&person, "Møllehøj Skole");
    for media in [Media::Light, Media::Dark] {
        assert_eq!(person.barriers(media).unwrap(), Vec::<String>::new(), "the palette, {media:?}");
    }
    person.key(ESCAPE).unwrap();
    person.see_count("dialog", 0).unwrap();
    person.press("Hjælp").unwrap();
    person.see("Fortryd det seneste").unwrap();
    assert!(person.overflow(360, 1.0).unwrap() <= 0.0, "the help");
    for media in [Media::Light, Media::Dark] {
        assert_eq!(person.barriers(media).unwrap(), Vec::<String>::new(), "the help, {media:?}");
    }
    assert_no_errors(&[&person]);
}
