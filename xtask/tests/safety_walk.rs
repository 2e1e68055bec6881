//! The walks of what keeps words safe: undo, open choices of files that cross, the trash, other times. On the release bundle.
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

use kvalitetshjul::domain::aftale::Aftale;
use kvalitetshjul::domain::cpr::{self, Allowed};
use kvalitetshjul::domain::goal::Goal;
use kvalitetshjul::record::Record;
use xtask::browser::{Browser, Engine};
use xtask::in_every_engine;
use xtask::walk::apart::{agreement, all_of, apart, author, file_of, id, with_private_things};
use xtask::walk::{all_is_well, arrived, at_unit, on, server, to_unit};

in_every_engine! {
    what_is_written_is_undone_and_done_again_by_named_steps
    three_people_write_apart_choose_differently_and_end_equal
}

fn three_people_write_apart_choose_differently_and_end_equal(engine: Engine) {
    let server = server();
    let [of_anne, of_bo, of_carl] = apart();
    let [anne, bo, carl] = [(); 3].map(|()| arrived(engine, &server));
    // Their own first, then the others', in three orders; one all at once.
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
        assert_eq!(person.texts(".choice mark").unwrap(), marks(person), "word by word");
    }
    let equal = all_of(&anne);
    assert_eq!(equal, all_of(&bo));
    assert_eq!(equal, all_of(&carl));

    // Each settles it otherwise.
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

    // The files cross again: what each settled stands, and none of it is lost.
    let [from_anne, from_bo, from_carl] = [&anne, &bo, &carl].map(|person| person.save_with("Gem som fil").unwrap());
    for (person, files) in
        [(&anne, [&from_carl, &from_bo]), (&bo, [&from_anne, &from_carl]), (&carl, [&from_bo, &from_anne])]
    {
        for file in files {
            person.choose(file).unwrap();
            person.press("Luk").unwrap();
        }
        on(person, &server, "#/valg");
        for words in ["Flere børn er med i fællesskabet", "Alle børn er med i fællesskabet"] {
            person.see(&format!("«{words}»")).unwrap();
        }
    }
    assert_eq!(all_of(&anne), all_of(&bo));
    assert_eq!(all_of(&anne), all_of(&carl));

    // One settles it, and nobody is asked again.
    bo.press("Behold «Alle børn er med i fællesskabet»").unwrap();
    bo.see("valg").unwrap();
    if bo.sees("Slettet, men ændret").unwrap() {
        bo.press("Behold: målet «Flere læser hver dag»").unwrap();
    }
    bo.see("Der er ingen åbne valg.").unwrap();
    let settled = bo.save_with("Gem som fil").unwrap();
    for person in [&anne, &carl] {
        person.choose(&settled).unwrap();
        person.see("Filen er flettet ind.").unwrap();
        person.see("Der er ingen åbne valg.").unwrap();
    }
    let end = all_of(&bo);
    assert_eq!(all_of(&anne), end);
    assert_eq!(all_of(&carl), end);
    let goal = end[&id("maal1")].view::<Goal>().unwrap();
    assert_eq!(goal.text.as_str(), "Alle børn er med i fællesskabet");
    assert_eq!(goal.signs_of_progression.as_str(), "De spørger efter hinanden");
    assert_eq!(end[&id("maal2")].view::<Goal>().unwrap().expected_effect.as_str(), "Læselyst hos alle");

    // And undone, and written again.
    anne.press("Fortryd import").unwrap();
    anne.see("Det, filen kom med, er fortrudt.").unwrap();
    anne.see("«Flere børn er med i fællesskabet»").unwrap();
    anne.press("Luk").unwrap();
    anne.choose(&settled).unwrap();
    anne.press("Skriv filens ord igen").unwrap();
    anne.see("Filen er flettet ind.").unwrap();
    let again = all_of(&anne)[&id("maal1")].view::<Goal>().unwrap();
    assert_eq!(again.text.as_str(), "Alle børn er med i fællesskabet");
    all_is_well(&[&anne, &bo, &carl]);
}

/// What is marked in the two wordings, whichever is shown first.
fn marks(person: &Browser) -> Vec<String> {
    let first = person.texts(".choice .wording").unwrap()[0].clone();
    if first.contains("Alle") {
        vec!["Alle".into(), "Flere børn".into()]
    } else {
        vec!["Flere børn".into(), "Alle".into()]
    }
}

fn what_is_written_is_undone_and_done_again_by_named_steps(engine: Engine) {
    let server = server();
    let person = at_unit(engine, &server, "Skolen");
    person.write("Enhedens navn", "Skolen ved Søen").unwrap();
    person.pick("Skole").unwrap();
    person.see("Fortryd: skrev typen i enheden «Skolen ved Søen»").unwrap();
    person.press("Fortryd: skrev typen i enheden «Skolen ved Søen»").unwrap();
    person.press("Fortryd: ændrede navnet i enheden «Skolen ved Søen»").unwrap();
    person.see_in("Enhedens navn", "Skolen").unwrap();
    person.press("Gentag: ændrede navnet i enheden «Skolen ved Søen»").unwrap();
    person.see_in("Enhedens navn", "Skolen ved Søen").unwrap();
    // By the keys, outside of fields.
    person.focus("#main").unwrap();
    person.undo_by_key().unwrap();
    person.see_in("Enhedens navn", "Skolen").unwrap();
    person.redo_by_key().unwrap();
    person.see_in("Enhedens navn", "Skolen ved Søen").unwrap();
    // In a field its own comes first, and then what was done before.
    person.type_on("Geografisk netværk", "Vest").unwrap();
    let mut typed = person.read("Geografisk netværk").unwrap();
    // Engines differ in how much of it they take at a time.
    while !typed.is_empty() {
        person.undo_by_key().unwrap();
        person.wait_for("the field's own undoing", || Ok(person.read("Geografisk netværk")? != typed)).unwrap();
        typed = person.read("Geografisk netværk").unwrap();
    }
    person.see_in("Enhedens navn", "Skolen ved Søen").unwrap();
    // What was typed and taken back is no act: the next is what was done before.
    person.undo_by_key().unwrap();
    person.see_in("Enhedens navn", "Skolen").unwrap();
    all_is_well(&[&person]);
}

/// Numbers that look like chance, and are the same every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % most).unwrap()
    }
}

/// What stands on the page of a unit.
fn shown(person: &Browser) -> Vec<String> {
    person
        .texts_of(
            "return [...document.querySelectorAll('main input')]
                .map(field => field.type === 'radio' ? String(field.checked) : field.value);",
        )
        .unwrap()
}

/// Something that a person does on the page of a unit.
fn does_something(person: &Browser, chance: &mut Chance, act: usize) {
    const KINDS: [&str; 4] = ["Børnehus", "Dagpleje", "Skole", "Klub"];
    const LEVELS: [&str; 2] = ["Niveau 2 – chef", "Niveau 4 – fx børnehusleder"];
    match chance.below(6) {
        0 => person.choose_option(KINDS[chance.below(4)]).unwrap(),
        1 => person.choose_option(LEVELS[chance.below(2)]).unwrap(),
        2 => person.write("Geografisk netværk", &format!("Netværk {act}")).unwrap(),
        3 => person.write("Institutionsnummer", &format!("7912{act:02}")).unwrap(),
        4 => person.type_on("Enhedens navn", &format!(" {act}")).unwrap(),
        _ => person.write("Enhedens navn", &format!("Skolen {act}")).unwrap(),
    }
}

#[test]
fn sixty_acts_are_undone_to_the_start_and_a_reload_loses_nothing() {
    let server = server();
    let person = at_unit(Engine::Chromium, &server, "Skolen");
    let mut chance = Chance(2026);
    for act in 0..30 {
        does_something(&person, &mut chance, act);
    }
    person.see("Gemt i denne browser").unwrap();
    person.focus("#main").unwrap();
    let middle = shown(&person);
    person.reload().unwrap();
    person.see_in("Enhedens navn", &person.read_when_loaded("Enhedens navn").unwrap()).unwrap();
    assert_eq!(shown(&person), middle, "what was stored is there");
    for act in 30..90 {
        does_something(&person, &mut chance, act);
    }
    person.focus("#main").unwrap();
    let end = shown(&person);
    assert_ne!(end, middle);
    let presses = |class: &str| {
        let mut presses = 0;
        while person.count(class).unwrap() > 0 && presses < 200 {
            person.follow(class).unwrap();
            presses += 1;
        }
        presses
    };
    let undone = presses(".act.back");
    assert_eq!(shown(&person), middle, "after {undone} steps");
    assert!(undone > 20, "{undone}");
    let redone = presses(".act.again");
    assert_eq!((shown(&person), redone), (end, undone));
    println!("60 acts: {undone} steps undone and done again");
    all_is_well(&[&person]);
}

#[test]
fn what_is_forgotten_is_nowhere_and_what_is_in_the_trash_comes_back() {
    let server = server();
    let person = arrived(Engine::Chromium, &server);
    let mut records = with_private_things();
    let second = Aftale { title: "Hemmelige ord".into(), unit: Some(id("skolen")), ..Aftale::default() };
    let mut second = Record::create(id("anden"), &second, &author(1, "Anne")).unwrap();
    second.delete(None, &author(1, "Anne")).unwrap();
    records.insert(id("anden"), second);
    let file = file_of("papirkurv", &records);
    person.choose(&file).unwrap();
    on(&person, &server, "#/papirkurv");
    person.press("Hent tilbage: aftalen «Smidt ud»").unwrap();
    person.see("Gemt i denne browser").unwrap();
    person.see_count(".rows li", 1).unwrap();
    person.press("Glem for altid: aftalen «Hemmelige ord»").unwrap();
    person.see("De filer, du allerede har gemt eller givet videre, når det ikke.").unwrap();
    person.press("Ja, glem det for altid").unwrap();
    person.see("Det er glemt for altid i denne browser.").unwrap();
    person.see("Papirkurven er tom.").unwrap();
    assert!(!person.stored().unwrap().contains("Hemmelige ord"));
    // A file that still has the words does not bring them back.
    person.choose(&file).unwrap();
    let all = all_of(&person);
    assert!(!serde_json::to_string(&all[&id("anden")]).unwrap().contains("Hemmelige ord"));
    assert_eq!(all[&id("aftalen")].title(), "Smidt ud");
    all_is_well(&[&person]);
}

#[test]
fn an_emptied_trash_stays_empty_in_every_tab() {
    let server = server();
    let person = arrived(Engine::Chromium, &server);
    person.choose(&file_of("tabs", &with_private_things())).unwrap();
    person.see("Gemt ").unwrap();
    let first = person.this_tab().unwrap();
    let second = person.new_tab().unwrap();
    on(&person, &server, "#/papirkurv");
    person.see("aftalen «Smidt ud»").unwrap();
    person.tab(&first).unwrap();
    on(&person, &server, "#/papirkurv");
    person.press("Tøm papirkurven").unwrap();
    person.press("Ja, tøm papirkurven").unwrap();
    person.see("Papirkurven er tom.").unwrap();
    // The other tab knew the words, and goes on writing.
    person.tab(&second).unwrap();
    person.see("Papirkurven er tom.").unwrap();
    to_unit(&person, "Skolen ved Søen");
    person.write("Enhedens navn", "Skolen ved Åen").unwrap();
    person.see("Gemt i denne browser").unwrap();
    person.reload().unwrap();
    on(&person, &server, "#/papirkurv");
    person.see("Papirkurven er tom.").unwrap();
    all_is_well(&[&person]);
}

#[test]
fn another_time_is_looked_at_and_a_text_is_brought_back() {
    let server = server();
    let person = at_unit(Engine::Chromium, &server, "Skolen");
    person.write("Geografisk netværk", "Vest").unwrap();
    person.see("Gemt i denne browser kl.").unwrap();
    // A snapshot is taken before a file is.
    person.choose(&file_of("noget", &agreement())).unwrap();
    person.press("Luk").unwrap();
    to_unit(&person, "Skolen");
    person.write("Enhedens navn", "Skolen, omdøbt").unwrap();
    person.write("Geografisk netværk", "Øst").unwrap();
    person.see("Gemt i denne browser kl.").unwrap();
    person.go("Filer", "Sådan var det før").unwrap();
    person.follow("button[aria-label^='Se, hvordan det var']").unwrap();
    person.see("Du ser tilbage.").unwrap();
    person.see("Nu: Skolen, omdøbt").unwrap();
    person.press("Hent denne tekst frem: navnet").unwrap();
    person.see("Fortryd: ændrede navnet i enheden «Skolen»").unwrap();
    to_unit(&person, "Skolen");
    person.see_in("Geografisk netværk", "Øst").unwrap();
    // Who wrote it, and what was written before.
    person.press("Hvem skrev det? Enhedens navn").unwrap();
    person.see("Skrevet af dig").unwrap();
    person.press("Se historikken").unwrap();
    person.see_heading("Historik").unwrap();
    person.see("Navnet i enheden «Skolen»").unwrap();
    person.write("Ord, navn eller person", "omdøbt").unwrap();
    person.see("Navnet i enheden «Skolen»").unwrap();
    assert!(!person.sees("Netværket i enheden").unwrap());
    all_is_well(&[&person]);
}

#[test]
fn one_is_reminded_of_a_file_and_one_press_saves_it() {
    let server = server();
    let person = at_unit(Engine::Chromium, &server, "Skolen");
    person.see("1 ændring, og ingen sikkerhedskopi endnu").unwrap();
    for change in 0..50 {
        person.write("Institutionsnummer", &format!("79{change:02}")).unwrap();
        person.choose_option(if change % 2 == 0 { "Skole" } else { "Klub" }).unwrap();
        if person.count(".keep.due").unwrap() > 0 {
            break;
        }
    }
    person.see("Tid til en sikkerhedskopi: 5").unwrap();
    let file = person.save_with("Gem sikkerhedskopi").unwrap();
    assert!(file.file_name().unwrap().to_string_lossy().contains("sikkerhedskopi"));
    person.see("Intet er ændret siden filen fra i dag").unwrap();
    person.reload().unwrap();
    person.see("Intet er ændret siden filen fra i dag").unwrap();
    all_is_well(&[&person]);
}

#[test]
fn the_list_of_naughty_strings_comes_back_through_every_kind_of_field_and_stays_text() {
    const PASTE: &str = "
        const [label, words] = arguments;
        const field = [...document.querySelectorAll('input, textarea')].find(node => seen(node) && name(node) === label);
        field.focus();
        field.value = words;
        field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }));
        field.blur();";
    let server = server();
    let person = at_unit(Engine::Chromium, &server, "Skolen");
    let paste = |label: &str, words: &str| person.run_with(PASTE, &[label, words]).unwrap();
    let kept = |words: &str| cpr::mask(words, &Allowed::new()).save;
    let lines = |words: &str| words.replace("\r\n", "\n").replace('\r', "\n");
    let on_one = |words: &str| words.replace(['\r', '\n'], "");
    for label in ["Enhedens navn", "Geografisk netværk", "Institutionsnummer"] {
        for words in naughty_strings::BLNS {
            paste(label, words);
            assert_eq!(person.read(label).unwrap(), kept(&on_one(words)), "{label}");
        }
    }
    // The last of them, and one that is no less naughty, everywhere that names are shown.
    let script = "<img src=x onerror=window.isRun=1><script>window.isRun=1</script>{{7*7}}";
    paste("Enhedens navn", script);
    person.see("Gemt i denne browser").unwrap();
    let unit = all_of(&person).into_values().find(|record| record.kind_name() == "enhed").unwrap();
    assert_eq!(unit.title(), script);
    for address in ["#/", "#/enheder", "#/filer", "#/historik", "#/valg", "#/papirkurv", "#/indikatorer"] {
        on(&person, &server, address);
        person.see("Fortryd: ").unwrap();
    }
    let elements = ["kvalitetssamtale", "sammenhaengsaftale", "midtvejsstatus"];
    for (turn, element) in elements.into_iter().enumerate() {
        on(&person, &server, &format!("#/hjulet/{element}"));
        person.see("Hvor langt er I?").unwrap();
        for words in naughty_strings::BLNS.iter().skip(turn).step_by(3) {
            paste("Note", words);
            assert_eq!(person.read("Note").unwrap(), kept(&lines(words)), "{element}");
        }
    }
    assert!(person.texts_of("return window.isRun ? ['run'] : [];").unwrap().is_empty());
    println!("{} naughty strings through six fields", naughty_strings::BLNS.len());
    all_is_well(&[&person]);
}

#[test]
fn who_wrote_is_said_at_choices_and_boxes_too_and_what_was_deleted_but_changed_where_it_is() {
    let server = server();
    let person = at_unit(Engine::Chromium, &server, "Skolen");
    person.pick("Skole").unwrap();
    person.press("Hvem skrev det? slags").unwrap();
    person.see("Skrevet af dig").unwrap();
    let [of_anne, _, of_carl] = apart();
    for file in [&of_carl, &of_anne] {
        person.choose(file).unwrap();
        person.press("Luk").unwrap();
    }
    on(&person, &server, "#/aftale/aftalen/maal2");
    person.see("Slettet, men ændret").unwrap();
    person.see("Læselyst hos alle").unwrap();
    person.press("Behold: målet «Flere læser hver dag»").unwrap();
    person.wait_for("the question to be settled", || Ok(!person.sees("Slettet, men ændret")?)).unwrap();
    all_is_well(&[&person]);
}
