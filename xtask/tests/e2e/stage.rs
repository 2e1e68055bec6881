//! A workshop for forty people: phones, two devices that collect, a rehearsal, the way in by a code, no network, the
//! keyboard.

use std::collections::BTreeSet;

use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::instrument::{Form, Round};
use kvalitetshjul::domain::svarkode::{AnswerSheet, CodeError, Codes};
use kvalitetshjul::domain::workshop::{Phase, Setup, Workshop};
use xtask::browser::{Browser, Engine, Media, Viewport};
use xtask::e2e::workshop::{
    finish_answers, go_to_phase, nine, open_room, open_wall, papers, place, place_answers, result_of, scan_wall, sheet,
    show, take, wait_for_reader, wait_until_loaded,
};
use xtask::e2e::{assert_no_errors, go_to, server};
use xtask::server::Server;

/// The number of participants.
const PEOPLE: usize = 40;
/// The number of codes that the first device collects.
const ON_FIRST_DEVICE: usize = 25;
/// The participants who reload their page at the fifth pair.
const RELOADING: [usize; 2] = [7, 20];

/// A participant's code and answers.
type Participant = (String, AnswerSheet);

/// Answers on a phone, from the link to the code, and returns the code. Nothing is left on the phone.
fn answer(address: &str, setup: &Setup, person: usize) -> String {
    let sheet = sheet(person);
    let phone = Browser::start(Engine::Chromium).unwrap();
    phone.open(address).unwrap();
    phone.see("Personaledag i maj").unwrap();
    assert!(phone.overflow(320, 1.0).unwrap() <= 0.0);
    if sheet.group > 0 {
        phone.pick(&setup.groups[sheet.group - 1]).unwrap();
    }
    phone.press("Begynd").unwrap();
    for item in 0..9 {
        phone.see(&format!("{} af 9", item + 1)).unwrap();
        place_answers(&phone, &sheet, item);
        if item == 4 && RELOADING.contains(&person) {
            reload(&phone, &sheet, item);
        }
        phone.press(if item == 8 { "Få min kode" } else { "Næste" }).unwrap();
    }
    phone.see("Dine svar er klar").unwrap();
    assert!(phone.overflow(320, 1.0).unwrap() <= 0.0);
    let code = phone.texts(".code").unwrap().concat();
    check_phone(&phone, &code, &sheet);
    assert_no_errors(&[&phone]);
    code
}

/// Reloads a phone, and checks that the step and its answers are kept.
fn reload(phone: &Browser, sheet: &AnswerSheet, item: usize) {
    phone.reload().unwrap();
    phone.see("Du er tilbage, hvor du slap.").unwrap();
    phone.see(&format!("{} af 9", item + 1)).unwrap();
    let words = |round: Round, answers: &[Option<i8>]| {
        Some(format!("{}: {}", round.danish(), nine().point(&nine().items[item], answers[item]?)))
    };
    let wanted = sheet.wanted.as_ref().and_then(|wanted| words(Round::Wanted, wanted));
    let expected: Vec<String> = words(Round::Now, &sheet.now).into_iter().chain(wanted).collect();
    let checked = phone.texts_of("return [...document.querySelectorAll('.scale input:checked')].map(name);").unwrap();
    assert_eq!(checked, expected, "the answers of the step");
}

/// Checks that the answers lie under one key of localStorage, and the code nowhere. Nothing is left when the participant
/// is done.
fn check_phone(phone: &Browser, code: &str, sheet: &AnswerSheet) {
    let row = serde_json::to_string(&sheet.now).unwrap();
    let keys_with = |words: &str| {
        let find = format!("return Object.keys(localStorage).filter(key => localStorage[key].includes('{words}'));");
        phone.texts_of(&find).unwrap()
    };
    let keys = keys_with(&row);
    assert!(keys.len() == 1 && keys[0].ends_with("answers"), "the answers are under {keys:?}");
    let stored = phone.stored().unwrap();
    assert!(!stored.lines().skip(1).any(|database| database.contains(&row)), "the answers are in a database");
    let plain = code.replace('-', "");
    for written in [code, plain.as_str(), plain.to_lowercase().as_str()] {
        assert!(!stored.contains(written), "the phone stores the code {written}");
    }
    phone.go("Jeg er færdig", "Tak for dine svar").unwrap();
    assert_eq!(keys_with("modsaetninger"), Vec::<String>::new(), "something is left on the phone");
    let stored = phone.stored().unwrap();
    assert!(!stored.contains(&row) && !stored.contains(&plain), "the answers are left on the phone");
}

/// Checks that a text of the facilitator's browser holds no code and nobody's row of answers.
fn check_no_person(text: &str, people: &[Participant]) {
    for (code, sheet) in people {
        let plain = code.replace('-', "");
        for written in [code.clone(), plain.clone(), plain.to_lowercase()] {
            assert!(!text.contains(&written), "the code {written} is in it");
        }
        let row = serde_json::to_string(&sheet.now).unwrap();
        assert!(!text.contains(&row), "a row of answers is in it");
    }
}

/// Gives wrong codes to the first device: two mistyped ones, one of another workshop, and one that was already counted.
fn give_wrong_codes(facilitator: &Browser, setup: &Setup, people: &[Participant]) {
    let (first, second) = (&people[0].0, &people[1].0);
    let last = if first.ends_with('K') { "M" } else { "K" };
    take(facilitator, &format!("{}{last}", &first[..first.len() - 1]), "Et tegn i koden er forkert.");
    take(facilitator, &second[1..], "det har ingen af workshoppens koder");
    // By chance a code of another workshop may look like a mistyped code of this one, so a clear case is searched for.
    let others = (0..).map(|number| Id::parse(&format!("{number:04}")).unwrap());
    let mut others = others.map(|id| Codes::new(&id, Form::Pairs, 9, 2).encode(&sheet(4)));
    let is_elsewhere = |code: &String| matches!(setup.codes().unwrap().decode(code), Err(CodeError::Elsewhere));
    let elsewhere = others.find(is_elsewhere).unwrap();
    take(facilitator, &elsewhere, "fra en anden workshop");
    take(facilitator, second, "Den kode er her allerede.");
    facilitator.see_count(".choice", 1).unwrap();
    facilitator.go("Samme person", "Den er ikke talt med igen.").unwrap();
    facilitator.see_count(".choice", 0).unwrap();
    facilitator.see_texts(".answer-total", &[&ON_FIRST_DEVICE.to_string()]).unwrap();
}

/// Collects codes on a device that opened the participants' link, and returns the device with the code of all of them.
fn collect_elsewhere(address: &str, people: &[Participant]) -> (Browser, String) {
    let other = Browser::start(Engine::Chromium).unwrap();
    other.open(address).unwrap();
    other.press("Leder du workshoppen i et andet rum?").unwrap();
    other.go("Åbn et rum mere", "Gå til svar").unwrap();
    go_to_phase(&other, Phase::Gather);
    for (place, (code, _)) in people.iter().enumerate() {
        take(&other, code, &format!("Taget imod. {} svar i alt.", place + 1));
    }
    other.press("Saml ind på flere enheder").unwrap();
    other.go("Vis koden med alle svar herfra", "Koden har antal, også for grupper under fem, og ingen navne.").unwrap();
    let transfer = other.scan_drawing(".transfer .qr").unwrap();
    check_no_person(&transfer, people);
    check_no_person(&other.stored().unwrap(), people);
    assert!(!other.stored().unwrap().contains(&transfer), "the code of a device is stored");
    (other, transfer)
}

/// Brings the answers of another device to the first one, twice, and once with a mistake.
fn receive(facilitator: &Browser, transfer: &str) {
    let count = PEOPLE - ON_FIRST_DEVICE;
    let words = format!("{count} svar fra en anden enhed er med. Taget imod. {PEOPLE} svar i alt.");
    let last = if transfer.ends_with('K') { "M" } else { "K" };
    take(facilitator, transfer, &words);
    take(facilitator, &format!("{}{last}", &transfer[..transfer.len() - 1]), "Et tegn i koden er forkert.");
    take(facilitator, transfer, &words);
    facilitator.see_texts(".answer-total", &[&PEOPLE.to_string()]).unwrap();
}

/// Checks that the wall shows the count, and nothing that a participant gave.
fn check_wall(facilitator: &Browser, server: &Server, people: &[Participant]) {
    let room = facilitator.this_tab().unwrap();
    open_wall(facilitator, server);
    facilitator.see_texts(".scene .wall-count", &[&PEOPLE.to_string()]).unwrap();
    facilitator.see_texts(".scene .wall-huge", &["af cirka 40 svar"]).unwrap();
    check_no_person(&facilitator.texts("html").unwrap().concat(), people);
    facilitator.close_tab().unwrap();
    facilitator.tab(&room).unwrap();
}

/// Counts, for each point of an item, the sheets that chose it.
fn count_points<'s>(sheets: impl Iterator<Item = &'s AnswerSheet>, round: Round, item: usize) -> Vec<u16> {
    let mut counts = vec![0; 7];
    let answers = |sheet: &'s AnswerSheet| match round {
        Round::Now => Some(&sheet.now),
        Round::Wanted => sheet.wanted.as_ref(),
    };
    for point in sheets.filter_map(|sheet| answers(sheet)?[item]) {
        counts[usize::try_from(point + 3).unwrap()] += 1;
    }
    counts
}

/// Checks the counts of a result against the sheets, for every item and round. Returns the number of counts of groups
/// that are shown.
fn check_counts(workshop: &Workshop, setup: &Setup, people: &[Participant]) -> usize {
    let all = || people.iter().map(|(_, sheet)| sheet);
    let (total, mut shown) = (workshop.total(), 0);
    assert_eq!(usize::from(total.people), people.len());
    for (round, item) in Round::BOTH.into_iter().flat_map(|round| (0..9).map(move |item| (round, item))) {
        assert_eq!(total.item(round, item), count_points(all(), round, item), "{round:?}, item {item}");
        for (name, part) in workshop.parts() {
            let group = setup.groups.iter().position(|group| *group == name).unwrap() + 1;
            let expected = count_points(all().filter(|sheet| sheet.group == group), round, item);
            let counts = part.item(round, item);
            assert!(counts.is_empty() || counts == expected, "{name}");
            shown += usize::from(!counts.is_empty());
        }
    }
    shown
}

#[test]
fn forty_phones_are_counted_on_two_devices_and_no_person_is_stored() {
    let server = server();
    let facilitator = Browser::start(Engine::Chromium).unwrap();
    let (address, setup) = open_room(&facilitator, &server, "Skole, Familie");
    assert_eq!(scan_wall(&facilitator, &server, Media::Dark), address, "the code on the wall is the link");
    facilitator.write("Cirka hvor mange er I?", &PEOPLE.to_string()).unwrap();
    let people: Vec<Participant> =
        (0..PEOPLE).map(|person| (answer(&address, &setup, person), sheet(person))).collect();
    for (code, sheet) in &people {
        assert_eq!(setup.codes().unwrap().decode(code).as_ref(), Ok(sheet));
    }
    assert_eq!(people.iter().map(|(code, _)| code).collect::<BTreeSet<_>>().len(), PEOPLE, "two people answer alike");
    let with_wanted = people.iter().filter(|(_, sheet)| sheet.wanted.is_some()).count();

    go_to_phase(&facilitator, Phase::Gather);
    let (here, elsewhere) = people.split_at(ON_FIRST_DEVICE);
    for (place, (code, _)) in here.iter().enumerate() {
        take(&facilitator, code, &format!("Taget imod. {} svar i alt.", place + 1));
    }
    give_wrong_codes(&facilitator, &setup, &people);
    let (other, transfer) = collect_elsewhere(&address, elsewhere);
    receive(&facilitator, &transfer);
    check_no_person(&facilitator.stored().unwrap(), &people);
    check_wall(&facilitator, &server, &people);
    other.press("De er flyttet: luk rummet her").unwrap();
    other.see("Ny workshop").unwrap();
    assert!(!other.stored().unwrap().contains("tally"), "the counts are left on the other device");

    show(&facilitator);
    facilitator.see("Gemt i denne browser kl.").unwrap();
    let stored = facilitator.stored().unwrap();
    check_no_person(&stored, &people);
    assert!(!stored.contains("tally"), "the counts stored during the workshop are still there");
    assert!(!stored.contains(&transfer), "the code of the other device is stored");
    let file = facilitator.save_with("Gem resultatet som fil").unwrap();
    check_no_person(&std::fs::read_to_string(&file).unwrap(), &people);
    let (id, workshop) = result_of(&file);
    assert_eq!(id, setup.id);
    let shown = check_counts(&workshop, &setup, &people);
    println!(
        "{PEOPLE} phones, {with_wanted} with wanted, {} reloaded, {} collected elsewhere ({} characters): all counts are \
        right, {shown} counts of groups are shown; 2 mistyped, 1 from elsewhere and 1 double told apart",
        RELOADING.len(),
        elsewhere.len(),
        transfer.len()
    );
    assert_no_errors(&[&facilitator, &other]);
}

/// Checks that there is no record of a workshop.
fn check_no_record(facilitator: &Browser, setup: &Setup) {
    let stored = facilitator.stored().unwrap();
    let id = setup.id.as_str();
    assert!(!stored.contains(&format!("record.3/{id}")), "a record is in localStorage");
    assert!(!stored.lines().skip(1).any(|database| database.contains(id)), "a record is in a database");
}

#[test]
fn rehearsal_is_marked_and_leaves_nothing() {
    let server = server();
    let facilitator = Browser::start(Engine::Chromium).unwrap();
    let (_, setup) = open_room(&facilitator, &server, "Skole, Familie");
    let lead = facilitator.this_tab().unwrap();
    go_to_phase(&facilitator, Phase::Welcome);
    facilitator.go("Prøv med 12 opdigtede svar", "Du prøver.").unwrap();
    facilitator.see_texts(".answer-total", &["12"]).unwrap();
    let wall = open_wall(&facilitator, &server);
    facilitator.see_texts(".scene .wall-mark", &["Prøve: svarene er opdigtede"]).unwrap();
    facilitator.see_texts(".scene .wall-count", &["12"]).unwrap();
    facilitator.tab(&lead).unwrap();
    show(&facilitator);
    assert!(!facilitator.sees("Gem resultatet som fil").unwrap(), "a rehearsal can be saved");
    for (phase, words) in [(Phase::Talk, "1 af 9"), (Phase::Decide, "I en prøve gemmes intet")] {
        go_to_phase(&facilitator, phase);
        facilitator.see(words).unwrap();
        facilitator.see("Du prøver.").unwrap();
        check_no_record(&facilitator, &setup);
        facilitator.tab(&wall).unwrap();
        facilitator.see_texts(".scene .wall-phase", &[phase.danish()]).unwrap();
        facilitator.see_count(".scene .wall-mark", 1).unwrap();
        facilitator.tab(&lead).unwrap();
    }
    facilitator.go("Smid prøven væk", "Prøv med 12 opdigtede svar").unwrap();
    assert!(!facilitator.sees("Du prøver.").unwrap());
    check_no_record(&facilitator, &setup);
    let stored = facilitator.stored().unwrap();
    assert!(stored.contains(r#"\"tally\":{\"groups\":[]}"#) && !stored.contains("is_rehearsal"), "{stored}");
    facilitator.tab(&wall).unwrap();
    facilitator.see_texts(".scene .wall-phase", &["Velkommen"]).unwrap();
    facilitator.see_count(".scene .wall-mark", 0).unwrap();
    facilitator.tab(&lead).unwrap();
    go_to_phase(&facilitator, Phase::Gather);
    facilitator.see_texts(".answer-total", &["0"]).unwrap();
    go_to(&facilitator, &server, "#/workshop");
    facilitator.see("er i gang med 0 svar").unwrap();
    assert!(!facilitator.sees("Holdte workshopper").unwrap());
    assert_no_errors(&[&facilitator]);
}

#[test]
fn code_of_the_wall_leads_into_the_workshop_without_its_link() {
    let server = server();
    let facilitator = Browser::start(Engine::Chromium).unwrap();
    let (_, setup) = open_room(&facilitator, &server, "Skole, Familie");
    let lead = facilitator.this_tab().unwrap();
    open_wall(&facilitator, &server);
    facilitator.see_count(".scene .wall-code", 1).unwrap();
    let code = facilitator.texts(".scene .wall-code").unwrap().concat();
    let address = facilitator.texts(".scene .wall-address").unwrap().concat();
    assert_eq!(format!("http://{address}"), format!("{}#/svar", server.url()));
    let phone = Browser::start(Engine::Chromium).unwrap();
    phone.open(&format!("http://{address}")).unwrap();
    phone.write("Workshoppens kode", "K7QM-3XPD").unwrap();
    phone.go("Gå til workshoppen", "Det ligner en svarkode.").unwrap();
    phone.write("Workshoppens kode", &code.to_lowercase()).unwrap();
    phone.go("Gå til workshoppen", "Hvor hører du til?").unwrap();
    assert!(!phone.sees("Leder du workshoppen i et andet rum?").unwrap(), "a code does not open another room");
    phone.pick("Gruppe 2").unwrap();
    phone.go("Begynd", "1 af 9").unwrap();
    place(&phone, 0, Round::Now, 1);
    let svarkode = finish_answers(&phone);
    let sheet = setup.codes().unwrap().decode(&svarkode).unwrap();
    assert_eq!((sheet.group, sheet.now[0]), (2, Some(1)));
    facilitator.tab(&lead).unwrap();
    go_to_phase(&facilitator, Phase::Gather);
    take(&facilitator, &svarkode, "Taget imod. 1 svar i alt.");
    assert_no_errors(&[&facilitator, &phone]);
}

#[test]
fn stage_works_without_a_network_after_the_first_load() {
    let server = server();
    let facilitator = Browser::start(Engine::Chromium).unwrap();
    let (address, _) = open_room(&facilitator, &server, "");
    let lead = facilitator.this_tab().unwrap();
    let wall = open_wall(&facilitator, &server);
    for tab in [&lead, &wall] {
        facilitator.tab(tab).unwrap();
        wait_until_loaded(&facilitator);
    }
    wait_for_reader(&facilitator, &server);
    for tab in [&lead, &wall] {
        facilitator.tab(tab).unwrap();
        facilitator.set_offline(true).unwrap();
    }
    let phone = Browser::start(Engine::Chromium).unwrap();
    phone.open(&address).unwrap();
    phone.see("Personaledag i maj").unwrap();
    phone.set_offline(true).unwrap();
    phone.go("Begynd", "1 af 9").unwrap();
    place(&phone, 0, Round::Now, -3);
    place(&phone, 0, Round::Wanted, 3);
    let code = finish_answers(&phone);
    phone.go("Jeg er færdig", "Tak for dine svar").unwrap();
    phone.go("Svar igen", "Begynd").unwrap();

    facilitator.tab(&lead).unwrap();
    go_to_phase(&facilitator, Phase::Gather);
    take(&facilitator, &code, "Taget imod. 1 svar i alt.");
    facilitator.press("Fra papir").unwrap();
    papers(&facilitator, 0, 5, 1);
    facilitator.tab(&wall).unwrap();
    facilitator.see_texts(".scene .wall-count", &["6"]).unwrap();
    facilitator.tab(&lead).unwrap();
    show(&facilitator);
    go_to_phase(&facilitator, Phase::Talk);
    facilitator.write("Hvad blev der sagt?", "Uden net.").unwrap();
    facilitator.tab(&wall).unwrap();
    facilitator.see_texts(".scene .wall-note", &["Uden net."]).unwrap();
    assert_no_errors(&[&facilitator, &phone]);
}

/// Presses Tab until the control with a name has the focus.
#[track_caller]
fn tab_to(person: &Browser, control: &str) {
    let has_focus = || person.texts_of("return [name(document.activeElement)];").unwrap() == [control];
    let is_reached = (0..40).any(|_| {
        person.key(Browser::TAB).unwrap();
        has_focus()
    });
    assert!(is_reached, "Tab does not lead to «{control}»");
}

#[test]
fn phone_is_used_by_the_keyboard_alone() {
    let server = server();
    let phone = Browser::start(Engine::Chromium).unwrap();
    let link = "k7qm1234~modsaetninger~2~Personaledag%20i%20maj~Skole~Familie";
    go_to(&phone, &server, &format!("#/svar/{link}"));
    phone.see("Hvor hører du til?").unwrap();
    tab_to(&phone, "Siger jeg ikke");
    phone.key(Browser::RIGHT).unwrap();
    tab_to(&phone, "Begynd");
    phone.key(Browser::ENTER).unwrap();
    for (index, item) in nine().items.iter().enumerate() {
        phone.see(&format!("{} af 9", index + 1)).unwrap();
        phone.see_focus("id", "step").unwrap();
        tab_to(&phone, &format!("Nu: {}", nine().point(item, -3)));
        for _ in 0..=index % 4 {
            phone.key(Browser::RIGHT).unwrap();
        }
        tab_to(&phone, if index == 8 { "Få min kode" } else { "Næste" });
        phone.key(Browser::ENTER).unwrap();
    }
    phone.see("Dine svar er klar").unwrap();
    phone.see_focus("id", "step").unwrap();
    let code = phone.texts(".code").unwrap().concat();
    let sheet = Setup::parse(link).unwrap().codes().unwrap().decode(&code).unwrap();
    assert_eq!((sheet.group, sheet.wanted), (1, None));
    assert_eq!(sheet.now, [-2, -1, 0, 1, -2, -1, 0, 1, -2].map(Some));
    tab_to(&phone, "Jeg er færdig");
    phone.key(Browser::ENTER).unwrap();
    phone.see("Tak for dine svar").unwrap();
    tab_to(&phone, "Svar igen");
    assert_no_errors(&[&phone]);
}

/// Also checks that the button to the next step is in sight on a common phone.
#[test]
fn phone_steps_fit_320_px() {
    const NARROW: Viewport = Viewport { name: "320x568", width: 320, height: 568, is_phone: true };
    const IS_IN_SIGHT: &str = "
        const box = document.querySelector('.step-buttons .primary').getBoundingClientRect();
        return box.top >= 0 && box.bottom <= innerHeight ? 1 : null;";
    let server = server();
    let phone = Browser::start(Engine::Chromium).unwrap();
    let look = |step: &str| {
        assert_eq!(phone.layout_faults(NARROW).unwrap(), Vec::<String>::new(), "{step}");
        if phone.count(".step-buttons .primary").unwrap() > 0 && step != "the welcome" {
            phone.on_screen(Viewport::PHONE, Media::Light, || phone.number(IS_IN_SIGHT)).unwrap();
        }
    };
    go_to(&phone, &server, "#/svar");
    phone.see("Workshoppens kode").unwrap();
    look("the field for a code");
    go_to(&phone, &server, "#/svar/k7qm1234~modsaetninger~2~Personaledag%20i%20maj~Skole~Familie");
    phone.see("Hvor hører du til?").unwrap();
    look("the welcome");
    phone.go("Begynd", "1 af 9").unwrap();
    place(&phone, 0, Round::Now, 2);
    look("an item");
    phone.reload().unwrap();
    phone.see("Du er tilbage, hvor du slap.").unwrap();
    look("an item after a reload");
    place(&phone, 0, Round::Wanted, -2);
    drop(finish_answers(&phone));
    look("the code");
    phone.go("Jeg er færdig", "Tak for dine svar").unwrap();
    look("the thanks");
    go_to(&phone, &server, "#/svar/k7qm1234~medlemskab~2~Personaledag");
    phone.go("Begynd", "Fordel 100 på de tre").unwrap();
    look("the weights");
    assert_no_errors(&[&phone]);
}
