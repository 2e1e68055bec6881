//! The history page and earlier states.

use xtask::browser::Engine;
use xtask::e2e::records::{agreement, file_of};
use xtask::e2e::{assert_no_errors, go_to_unit, server, start_at_unit};

#[test]
fn earlier_text_is_shown_and_brought_back() {
    let server = server();
    let person = start_at_unit(Engine::Chromium, &server, "Skolen");
    person.write("Geografisk netværk", "Vest").unwrap();
    person.see("Gemt i denne browser kl.").unwrap();
    // Importing a file takes a snapshot first.
    person.choose(&file_of("noget", &agreement())).unwrap();
    person.press("Luk").unwrap();
    go_to_unit(&person, "Skolen");
    person.write("Enhedens navn", "Skolen, omdøbt").unwrap();
    person.write("Geografisk netværk", "Øst").unwrap();
    person.see("Gemt i denne browser kl.").unwrap();
    person.go("Filer", "Sådan var det før").unwrap();
    person.follow("button[aria-label^='Se, hvordan det var']").unwrap();
    person.see("Du ser tilbage.").unwrap();
    person.see("Nu: Skolen, omdøbt").unwrap();
    person.press("Hent denne tekst frem: navnet").unwrap();
    person.see("Fortryd: ændrede navnet i enheden «Skolen»").unwrap();
    go_to_unit(&person, "Skolen");
    person.see_in("Geografisk netværk", "Øst").unwrap();
    // The author of a text, and its earlier texts.
    person.open_field_menu("Enhedens navn").unwrap();
    person.press("Hvem skrev det? Enhedens navn").unwrap();
    person.see("Skrevet af dig").unwrap();
    person.press("Se historikken").unwrap();
    person.see_heading("Historik").unwrap();
    person.see("Navnet i enheden «Skolen»").unwrap();
    person.write("Ord, navn eller person", "omdøbt").unwrap();
    person.see("Navnet i enheden «Skolen»").unwrap();
    assert!(!person.sees("Netværket i enheden").unwrap());
    assert_no_errors(&[&person]);
}
