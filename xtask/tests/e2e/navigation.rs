//! Addresses, the back button, focus in a new page.

use xtask::browser::{Browser, Engine};
use xtask::e2e::{go_to, server, start_at_unit, start_with_unit};
use xtask::in_every_engine;

use super::assert_no_errors_or_foreign_requests;

in_every_engine! {
    text_is_kept_when_going_back_while_typing
    early_focus_in_a_new_page_is_kept
}

fn text_is_kept_when_going_back_while_typing(engine: Engine) {
    let server = server();
    let person = start_at_unit(engine, &server, "Skolen");
    person.type_on("Enhedens navn", " ved Søen").unwrap();
    person.back().unwrap();
    person.see("Dine enheder").unwrap();
    person.see("Skolen ved Søen").unwrap();
    person.see("Gemt i denne browser kl.").unwrap();
    person.reload().unwrap();
    person.see("Skolen ved Søen").unwrap();
    assert_no_errors_or_foreign_requests(&server, &[&person]);
}

/// A new page takes the focus in the next animation frame. The script focuses a field before that frame, as a fast user
/// does.
fn early_focus_in_a_new_page_is_kept(engine: Engine) {
    const FOCUS_AT_ONCE: &str = "
        const main = document.getElementById('main');
        new MutationObserver((_, observer) => {
            const cell = main.querySelector('[data-cell]');
            if (!cell) return;
            observer.disconnect();
            cell.focus();
            const mark = () => { document.body.dataset.frames = '2'; };
            requestAnimationFrame(() => requestAnimationFrame(mark));
        }).observe(main, { childList: true, subtree: true });
        location.hash = '#/indikatorer/skema';";
    let server = server();
    let person = start_with_unit(engine, &server, "Skolen ved Søen");
    go_to(&person, &server, "#/indikatorer");
    person.see("Tallene står aldrig alene").unwrap();
    person.run(FOCUS_AT_ONCE).unwrap();
    person.see_texts("body[data-frames] [data-cell='0-0']:focus", &[""]).unwrap();
    assert_no_errors_or_foreign_requests(&server, &[&person]);
}

#[test]
fn unknown_address_says_so_and_leads_back() {
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    person.open(&format!("{}#/findes/ikke", server.url())).unwrap();
    person.see("Siden findes ikke").unwrap();
    person.press("Til overblikket").unwrap();
    person.see("Hvem er du?").unwrap();
    for (address, words) in [
        ("#/enhed/ukendt", "Enheden er her ikke"),
        ("#/hjulet/ukendt", "Elementet findes ikke"),
        ("#/fundament/bu-12/ukendt", "Det står ikke i fundamentet"),
        ("#/fundament/bu-13", "Det står ikke i fundamentet"),
    ] {
        person.open(&format!("{}{address}", server.url())).unwrap();
        person.see(words).unwrap();
    }
    assert_no_errors_or_foreign_requests(&server, &[&person]);
}
