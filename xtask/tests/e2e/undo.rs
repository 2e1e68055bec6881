//! Undo and redo.

use xtask::browser::{Browser, Engine};
use xtask::e2e::{assert_no_errors, server, start_at_unit};
use xtask::in_every_engine;

in_every_engine! {
    edits_are_undone_and_redone_by_button_and_key
}

fn edits_are_undone_and_redone_by_button_and_key(engine: Engine) {
    let server = server();
    let person = start_at_unit(engine, &server, "Skolen");
    person.write("Enhedens navn", "Skolen ved Søen").unwrap();
    person.pick("Skole").unwrap();
    person.see("Fortryd: skrev typen i enheden «Skolen ved Søen»").unwrap();
    person.press("Fortryd: skrev typen i enheden «Skolen ved Søen»").unwrap();
    person.press("Fortryd: ændrede navnet i enheden «Skolen ved Søen»").unwrap();
    person.see_in("Enhedens navn", "Skolen").unwrap();
    person.press("Gentag: ændrede navnet i enheden «Skolen ved Søen»").unwrap();
    person.see_in("Enhedens navn", "Skolen ved Søen").unwrap();
    // By the keys, outside fields.
    person.focus("#main").unwrap();
    person.undo_by_key().unwrap();
    person.see_in("Enhedens navn", "Skolen").unwrap();
    person.redo_by_key().unwrap();
    person.see_in("Enhedens navn", "Skolen ved Søen").unwrap();
    // Inside a field, the keys first undo the typing in the field, then earlier actions.
    person.type_on("Geografisk netværk", "Vest").unwrap();
    let mut typed = person.read("Geografisk netværk").unwrap();
    // Engines differ in how much typing one undo takes back.
    while !typed.is_empty() {
        person.undo_by_key().unwrap();
        person.wait_for("the field's own undoing", || Ok(person.read("Geografisk netværk")? != typed)).unwrap();
        typed = person.read("Geografisk netværk").unwrap();
    }
    person.see_in("Enhedens navn", "Skolen ved Søen").unwrap();
    // Typing that was taken back completely is no action of its own.
    person.undo_by_key().unwrap();
    person.see_in("Enhedens navn", "Skolen").unwrap();
    assert_no_errors(&[&person]);
}

/// A linear congruential generator: the same numbers every time.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % end).unwrap()
    }
}

/// Returns the values of all fields on the page of a unit.
fn field_values(person: &Browser) -> Vec<String> {
    person
        .texts_of(
            "return [...document.querySelectorAll('main input')]
                .map(field => field.type === 'radio' ? String(field.checked) : field.value);",
        )
        .unwrap()
}

/// Performs a random action on the page of a unit.
fn act_randomly(person: &Browser, random: &mut Random, act: usize) {
    const KINDS: [&str; 4] = ["Børnehus", "Dagpleje", "Skole", "Klub"];
    const LEVELS: [&str; 2] = ["Niveau 2 – chef", "Niveau 4 – fx børnehusleder"];
    match random.below(6) {
        0 => person.choose_option(KINDS[random.below(4)]).unwrap(),
        1 => person.choose_option(LEVELS[random.below(2)]).unwrap(),
        2 => person.write("Geografisk netværk", &format!("Netværk {act}")).unwrap(),
        3 => person.write("Institutionsnummer", &format!("7912{act:02}")).unwrap(),
        4 => person.type_on("Enhedens navn", &format!(" {act}")).unwrap(),
        _ => person.write("Enhedens navn", &format!("Skolen {act}")).unwrap(),
    }
}

#[test]
fn sixty_actions_are_undone_and_redone_after_a_reload() {
    let server = server();
    let person = start_at_unit(Engine::Chromium, &server, "Skolen");
    let mut random = Random(2026);
    for act in 0..30 {
        act_randomly(&person, &mut random, act);
    }
    person.see("Gemt i denne browser").unwrap();
    person.focus("#main").unwrap();
    let middle = field_values(&person);
    person.reload().unwrap();
    person.see_in("Enhedens navn", &person.read_when_loaded("Enhedens navn").unwrap()).unwrap();
    assert_eq!(field_values(&person), middle, "the stored values differ after a reload");
    for act in 30..90 {
        act_randomly(&person, &mut random, act);
    }
    person.focus("#main").unwrap();
    let end = field_values(&person);
    assert_ne!(end, middle);
    let press_all = |class: &str| {
        let mut presses = 0;
        while person.count(class).unwrap() > 0 && presses < 200 {
            person.follow(class).unwrap();
            presses += 1;
        }
        presses
    };
    let undone = press_all(".undo-button.undo");
    assert_eq!(field_values(&person), middle, "after {undone} steps");
    assert!(undone > 20, "{undone}");
    let redone = press_all(".undo-button.redo");
    assert_eq!((field_values(&person), redone), (end, undone));
    println!("60 actions: {undone} steps undone and redone");
    assert_no_errors(&[&person]);
}
