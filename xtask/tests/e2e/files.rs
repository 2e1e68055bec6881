//! Files that leave the app: sharing, passwords, the reminder of a backup.

use xtask::browser::{Browser, Engine};
use xtask::e2e::records::{file_of, with_private_things};
use xtask::e2e::{assert_no_errors, go_to_unit, open_first_time, server, start_at_unit};

/// Opens the form for sharing and chooses what to share.
fn choose_share(person: &Browser, what: &str) {
    person.go("Filer", "Del med andre").unwrap();
    person.choose_option(what).unwrap();
    person.see("Det følger aldrig med").unwrap();
}

#[test]
fn locked_file_opens_in_another_engine_with_its_password_only() {
    let server = server();
    let sender = start_at_unit(Engine::Chromium, &server, "Børnehuset Solstrålen");
    choose_share(&sender, "Min enhed med alt, hvad der hører til");
    sender.press("Frist, navn og adgangskode").unwrap();
    sender.see("Glemmes den, kan ingen åbne filen, heller ikke du.").unwrap();
    sender.write("Dit navn", "Anne").unwrap();
    sender.write("Adgangskode", "lys i øjnene").unwrap();
    let file = sender.save_with("Gem filen").unwrap();
    let name = file.file_name().unwrap().to_string_lossy().into_owned();
    assert!(
        name.starts_with("Børnehuset Solstrålen – Anne – enhed – ") && name.ends_with(".kvalitetshjul.json"),
        "{name}"
    );
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(!text.contains("Solstrålen"));

    let receiver = open_first_time(Engine::Firefox, &server);
    let changed = file.with_file_name("changed.kvalitetshjul.json");
    let at = text.find("\"sealed\":\"").unwrap() + 40;
    let other = if text.as_bytes()[at] == b'A' { "B" } else { "A" };
    std::fs::write(&changed, format!("{}{other}{}", &text[..at], &text[at + 1..])).unwrap();
    receiver.look_into(&[&changed]).unwrap();
    receiver.see("Filen er ændret, efter at den blev låst med adgangskode").unwrap();
    receiver.press("Luk").unwrap();

    receiver.look_into(&[&file]).unwrap();
    receiver.press("Lås op").unwrap();
    receiver.see("Skriv den adgangskode, du har fået af afsenderen.").unwrap();
    receiver.write("Adgangskode", "lys i ojnene").unwrap();
    receiver.press("Lås op").unwrap();
    receiver.see("Adgangskoden passer ikke til filen.").unwrap();
    receiver.write("Adgangskode", "lys i øjnene").unwrap();
    receiver.press("Lås op").unwrap();
    receiver.see("Intet er ændret endnu.").unwrap();
    receiver.take_in().unwrap();
    receiver.see("Filen er flettet ind.").unwrap();
    receiver.press("Luk").unwrap();
    go_to_unit(&receiver, "Børnehuset Solstrålen");
    assert_no_errors(&[&sender, &receiver]);
}

#[test]
fn shared_file_is_described_first_and_holds_no_small_figures() {
    let server = server();
    let person = open_first_time(Engine::Chromium, &server);
    person.choose(&file_of("privat", &with_private_things())).unwrap();
    choose_share(&person, "Min enhed med alt, hvad der hører til");
    person.see("1 enhed").unwrap();
    person.see("1 talrække").unwrap();
    person.see("Refleksioner og andet, der kun er dit").unwrap();
    let saved_file = |person: &Browser| std::fs::read_to_string(person.save_with("Gem filen").unwrap()).unwrap();
    let text = saved_file(&person);
    for stays in ["61", "Kun til mig", "Smidt ud"] {
        assert!(!text.contains(stays), "{stays}");
    }
    // Small figures can be shown to one named recipient, and never to a network.
    person.pick("Vis også tal, der bygger på færre end fem personer, til én navngiven modtager").unwrap();
    person.write("Hvem er filen til?", "Bo i forvaltningen").unwrap();
    person.see("Alle tal, også dem, der bygger på færre end fem personer.").unwrap();
    let text = saved_file(&person);
    assert!(text.contains("61") && text.contains("Bo i forvaltningen") && !text.contains("Kun til mig"));
    person.choose_option("Et geografisk netværk").unwrap();
    person.see("Det kan ikke slås fra i et netværk.").unwrap();
    assert!(!saved_file(&person).contains("61"));
    assert_no_errors(&[&person]);
}

#[test]
fn backup_reminder_is_cleared_by_saving_a_backup() {
    let server = server();
    let person = start_at_unit(Engine::Chromium, &server, "Skolen");
    person.see("1 ændring, og ingen sikkerhedskopi endnu").unwrap();
    for change in 0..50 {
        person.write("Institutionsnummer", &format!("79{change:02}")).unwrap();
        person.choose_option(if change % 2 == 0 { "Skole" } else { "Klub" }).unwrap();
        if person.count(".backup-status.due").unwrap() > 0 {
            break;
        }
    }
    person.see("Tid til en sikkerhedskopi: 5").unwrap();
    let file = person.save_with("Gem sikkerhedskopi").unwrap();
    assert!(file.file_name().unwrap().to_string_lossy().contains("sikkerhedskopi"));
    person.see("Intet er ændret siden filen fra i dag").unwrap();
    person.reload().unwrap();
    person.see("Intet er ændret siden filen fra i dag").unwrap();
    assert_no_errors(&[&person]);
}
