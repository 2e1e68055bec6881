//! Accessibility: axe-core on every page, narrow and magnified screens, the keyboard.

use kvalitetshjul::domain::instrument::Round;
use xtask::browser::{Browser, Engine, Media};
use xtask::e2e::workshop::{nine, open_room, papers, show};
use xtask::e2e::{UserRole, assert_no_errors, go_to, server, start_as};
use xtask::pages;

use super::assert_no_errors_or_foreign_requests;

#[test]
fn axe_finds_no_violation_on_any_page() {
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    let mut pages = 0;
    pages::each(&server, &person, |name| {
        for media in [Media::Light, Media::Dark, Media::ForcedColors] {
            assert_eq!(person.barriers(media)?, Vec::<String>::new(), "{name}, {media:?}");
        }
        assert_eq!(person.borderless_controls()?, Vec::<String>::new(), "{name}, in forced colours");
        pages += 1;
        Ok(())
    })
    .unwrap();
    println!("axe-core: {pages} pages, light, dark and in forced colours, nothing found");
    assert_no_errors_or_foreign_requests(&server, &[&person]);
}

/// Checks a width of 320 px, and 640 px at 200 %, which leaves as little room.
#[test]
fn pages_fit_narrow_and_magnified_screens() {
    let server = server();
    let person = start_as(Engine::Chromium, &server, UserRole::leader(UserRole::LEVEL_4, "Børnehuset Solstrålen"));
    let mut pages = 0;
    for address in [
        "#/",
        "#/hjulet",
        "#/hjulet/sammenhaengsaftale",
        "#/indikatorer",
        "#/indikatorer/skema",
        "#/indikatorer/hent",
        "#/indikatorer/enheder",
        "#/indikatorer/moenstre",
        "#/indikator/fravaer",
        "#/midtvejs",
        "#/fundament",
        "#/fundament/bu-12/velfaerd",
        "#/fundament/bu-12/procesplan",
        "#/fundament/udkast/maal-matrix",
        "#/ny/1",
        "#/enheder",
        "#/galleri",
    ] {
        go_to(&person, &server, address);
        person.wait_for_page().unwrap();
        for (width, scale) in [(320, 1.0), (640, 2.0)] {
            let over = person.overflow(width, scale).unwrap();
            assert!(over <= 0.0, "{address} at {width} px, {scale} times: {over} px too wide");
        }
        pages += 1;
    }
    println!("{pages} pages at 320 px and at 200 %: none scrolls sideways");
}

/// Checks a width of 320 px, and 640 px at 200 %, which leaves as little room.
#[test]
fn practice_pages_fit_narrow_and_magnified_screens() {
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
        ("#/svar", "Workshoppens kode"),
    ] {
        go_to(&person, &server, address);
        person.see(words).unwrap();
        for (width, scale) in [(320, 1.0), (640, 2.0)] {
            assert!(person.overflow(width, scale).unwrap() <= 0.0, "{address} at {width} px");
        }
    }
    drop(open_room(&person, &server, "Skole"));
    assert!(person.overflow(320, 1.0).unwrap() <= 0.0, "the page of the phase in which all answer");
    person.go("Gå til saml ind", "Flere på én gang").unwrap();
    person.press("Fra papir").unwrap();
    assert!(person.overflow(320, 1.0).unwrap() <= 0.0, "the page that collects answers");
    papers(&person, 1, 5, 0);
    show(&person);
    assert!(person.overflow(320, 1.0).unwrap() <= 0.0, "the results");
    assert_no_errors(&[&person]);
}

/// Checks the keyboard alone, and the name that a screen reader reads for each point.
#[test]
fn scale_is_answered_by_keyboard_and_every_point_has_a_name() {
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    go_to(&person, &server, "#/refleksion/modsaetninger");
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
    assert_no_errors(&[&person]);
}
