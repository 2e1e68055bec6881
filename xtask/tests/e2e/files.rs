//! Files that leave the app: sharing, passwords, receipts, the reminder of a backup.

use xtask::browser::{Browser, Engine};
use xtask::e2e::records::{file_of, with_private_things};
use xtask::e2e::{assert_no_errors, go_to, go_to_unit, open_first_time, server, start_at_unit};

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
    let file = person.save_with("Gem den nu").unwrap();
    assert!(file.file_name().unwrap().to_string_lossy().starts_with("Skolen – sikkerhedskopi – "));
    person.see("Intet er ændret siden filen fra i dag").unwrap();
    person.reload().unwrap();
    person.see("Intet er ændret siden filen fra i dag").unwrap();
    assert_no_errors(&[&person]);
}

#[test]
fn receipt_names_the_file_and_offers_a_mail_that_fits_it() {
    const CLIPBOARD: &str = "
        const writeText = async text => { window.copied = text; };
        Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });";
    let server = server();
    let person = start_at_unit(Engine::Chromium, &server, "Børnehuset Solstrålen");
    person.run(CLIPBOARD).unwrap();
    let name_of = |file: std::path::PathBuf| file.file_name().unwrap().to_string_lossy().into_owned();
    let backup = name_of(person.save_with("Gem sikkerhedskopi").unwrap());
    assert!(backup.starts_with("Børnehuset Solstrålen – sikkerhedskopi – "), "{backup}");
    person.see(&format!("{backup} er gemt. Den ligger i mappen Overførsler")).unwrap();
    person.see("Den er kun til dig").unwrap();
    assert!(!person.sees("Send den til").unwrap(), "a backup is for the user alone");

    choose_share(&person, "Min enhed med alt, hvad der hører til");
    let shared = name_of(person.save_with("Gem filen").unwrap());
    person.see(&format!("{shared} er gemt.")).unwrap();
    person.see_count(".receipt", 1).unwrap();
    assert!(!person.sees("Den er kun til dig").unwrap());
    person.press("Send den til en kollega eller din leder").unwrap();
    person.see_in("Mailens emne", "Børnehuset Solstrålen: fra Kvalitetshjul").unwrap();
    let mail = person.read("Mailens tekst").unwrap();
    assert!(mail.contains("Børnehuset Solstrålen") && mail.contains(&server.url()), "{mail}");
    assert!(!mail.contains("adgangskode"), "{mail}");
    person.press("Kopiér teksten").unwrap();
    person.see("Kopieret.").unwrap();
    assert_eq!(person.texts_of("return [window.copied];").unwrap(), [mail]);

    // The receipt stays on other pages, until it is closed.
    go_to(&person, &server, "#/hjulet");
    person.wait_for_page().unwrap();
    person.see(&format!("{shared} er gemt.")).unwrap();
    person.press("Luk beskeden om filen").unwrap();
    person.see_count(".receipt", 0).unwrap();
    assert_no_errors(&[&person]);
}

#[test]
fn receipt_hands_the_file_to_the_share_sheet_where_there_is_one() {
    // A system that takes no JSON, as phones do.
    const SHARE_SHEET: &str = "
        const define = (name, value) => Object.defineProperty(navigator, name, { value, configurable: true });
        define('canShare', data => data.files.length === 1 && data.files[0].type === 'text/plain');
        define('share', async data => { window.shared = [data.files[0].name, await data.files[0].text()]; });";
    const CANCELLED: &str = "
        const share = async () => { throw new DOMException('closed', 'AbortError'); };
        Object.defineProperty(navigator, 'share', { value: share, configurable: true });";
    let server = server();
    let person = start_at_unit(Engine::Chromium, &server, "Børnehuset Solstrålen");
    person.run(SHARE_SHEET).unwrap();
    choose_share(&person, "Min enhed med alt, hvad der hører til");
    let file = person.save_with("Gem filen").unwrap();
    person.press("Del filen …").unwrap();
    person.see("Filen er givet videre.").unwrap();
    let name = format!("{}.txt", file.file_name().unwrap().to_string_lossy());
    let text = std::fs::read_to_string(&file).unwrap();
    assert_eq!(person.texts_of("return window.shared;").unwrap(), [name, text]);
    person.run(CANCELLED).unwrap();
    person.press("Del filen …").unwrap();
    person.see("Du delte den ikke. Filen ligger, hvor den blev gemt.").unwrap();
    assert_no_errors(&[&person]);
}
