//! Hostile texts in every kind of field.

use kvalitetshjul::domain::cpr::{self, Allowed};
use xtask::browser::Engine;
use xtask::e2e::records::exported_records;
use xtask::e2e::{assert_no_errors, go_to, server, start_at_unit};

#[test]
fn naughty_strings_stay_text_in_every_kind_of_field() {
    const PASTE: &str = "
        const [label, words] = arguments;
        const field = [...document.querySelectorAll('input, textarea')].find(node => seen(node) && name(node) === label);
        field.focus();
        field.value = words;
        field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }));
        field.blur();";
    let server = server();
    let person = start_at_unit(Engine::Chromium, &server, "Skolen");
    let paste = |label: &str, words: &str| person.run_with(PASTE, &[label, words]).unwrap();
    let masked = |words: &str| cpr::mask(words, &Allowed::new()).save;
    let with_line_feeds = |words: &str| words.replace("\r\n", "\n").replace('\r', "\n");
    let on_one_line = |words: &str| words.replace(['\r', '\n'], "");
    for label in ["Enhedens navn", "Geografisk netværk", "Institutionsnummer"] {
        for words in naughty_strings::BLNS {
            paste(label, words);
            assert_eq!(person.read(label).unwrap(), masked(&on_one_line(words)), "{label}");
        }
    }
    // A name with markup, on every page that shows names.
    let script = "<img src=x onerror=window.isRun=1><script>window.isRun=1</script>{{7*7}}";
    paste("Enhedens navn", script);
    person.see("Gemt i denne browser").unwrap();
    let unit = exported_records(&person).into_values().find(|record| record.kind_name() == "enhed").unwrap();
    assert_eq!(unit.title(), script);
    for address in ["#/", "#/enheder", "#/filer", "#/historik", "#/valg", "#/papirkurv", "#/indikatorer"] {
        go_to(&person, &server, address);
        person.see("Fortryd: ").unwrap();
    }
    let elements = ["kvalitetssamtale", "sammenhaengsaftale", "midtvejsstatus"];
    for (turn, element) in elements.into_iter().enumerate() {
        go_to(&person, &server, &format!("#/hjulet/{element}"));
        person.see("Hvor langt er I?").unwrap();
        for words in naughty_strings::BLNS.iter().skip(turn).step_by(3) {
            paste("Note", words);
            assert_eq!(person.read("Note").unwrap(), masked(&with_line_feeds(words)), "{element}");
        }
    }
    assert!(person.texts_of("return window.isRun ? ['run'] : [];").unwrap().is_empty());
    println!("{} naughty strings through six fields", naughty_strings::BLNS.len());
    assert_no_errors(&[&person]);
}
