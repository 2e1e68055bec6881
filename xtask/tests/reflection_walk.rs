//! The walks of reflection, trials and workshops, on the release bundle.
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

use std::path::PathBuf;

use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::instrument::{Form, Instrument, Round, instrument};
use kvalitetshjul::domain::svarkode::{Codes, Sheet, shown};
use kvalitetshjul::domain::workshop::{Setup, Workshop};
use kvalitetshjul::exchange::read;
use xtask::browser::{Browser, Engine, Media};
use xtask::in_every_engine;
use xtask::server::Server;
use xtask::walk::{all_is_well, on, server};

in_every_engine! {
    a_person_reflects_alone_and_goes_on_to_a_trial
}

/// Waits until every piece of the app is here: the last of them is. A page that is left before leaves a fetch behind.
fn is_whole(person: &Browser) {
    person.wait_for("the app to be whole", || Ok(!person.fetched("split_files")?.is_empty())).unwrap();
}

fn nine() -> &'static Instrument {
    instrument("modsaetninger").unwrap()
}

/// Places a round's point on the item that is shown.
fn place(person: &Browser, item: usize, round: Round, point: i8) {
    let words = nine().point(&nine().items[item], point);
    person.pick(&format!("{}: {words}", round.danish())).unwrap();
}

fn a_person_reflects_alone_and_goes_on_to_a_trial(engine: Engine) {
    let server = server();
    let person = Browser::start(engine).unwrap();
    on(&person, &server, "#/refleksion");
    person.see_heading("Refleksion").unwrap();
    person.go("Begynd · cirka 8 minutter", "1 af 9").unwrap();
    let address = person.address().unwrap();
    assert!(address.contains("#/refleksion/modsaetninger/"), "{address}");

    // Two of nine, one with a thought; then left, and come back to where one was.
    place(&person, 0, Round::Now, -2);
    place(&person, 0, Round::Wanted, 2);
    person.write("Hvad gør vi konkret?", "Vi ringer, før vi skriver.").unwrap();
    person.go("Næste", "2 af 9").unwrap();
    person.see_focus("id", "step").unwrap();
    place(&person, 1, Round::Now, 1);
    place(&person, 1, Round::Wanted, 2);
    person.see("Gemt i denne browser kl.").unwrap();
    is_whole(&person);
    person.reload().unwrap();
    person.see("3 af 9").unwrap();
    person.go("1: Bureaukratisk – Transparent, besvaret", "1 af 9").unwrap();
    person.see_in("Hvad gør vi konkret?", "Vi ringer, før vi skriver.").unwrap();

    // The mirror names the widest way first, and leads on to a trial.
    person.go("Samlet", "Sådan ser det ud").unwrap();
    person.see("Længst fra nu til ønsket").unwrap();
    let widest = person.texts(".rows li strong").unwrap();
    assert_eq!(widest, ["Bureaukratisk – Transparent", "Akademisk – Personlig"]);
    person.pick("Hvornår lykkedes det sidst, og hvem gjorde hvad?").unwrap();
    person.write("Dit svar", "Da vi mødtes hjemme hos familien.").unwrap();
    person.write("Det mindste skridt, der kunne gøre en forskel", "Vi ringer, før vi skriver et brev.").unwrap();
    let file = person.save_with("Gem netop denne refleksion som fil").unwrap();
    let file = std::fs::read_to_string(file).unwrap();
    assert!(file.contains("\"reflection\"") && file.contains("Da vi mødtes hjemme hos familien."));
    person.go("Gør det til en prøvehandling", "Det vil vi prøve").unwrap();
    person.see_in("Hvad vil I prøve?", "Vi ringer, før vi skriver et brev.").unwrap();
    person.see("Kommer af").unwrap();
    person.pick("Før: Trivsel: Stiger lidt").unwrap();
    person.pick("Skalér – gør mere af det").unwrap();
    person.see("Gemt i denne browser kl.").unwrap();
    is_whole(&person);
    person.reload().unwrap();
    on(&person, &server, "#/praksis");
    person.see("Samlet op").unwrap();
    person.see("Vi ringer, før vi skriver et brev.").unwrap();

    // The second round sees the first as what was.
    on(&person, &server, "#/refleksion/modsaetninger");
    person.see("1 af 9").unwrap();
    place(&person, 0, Round::Now, 0);
    person.go("Samlet", "Sådan ser det ud").unwrap();
    assert_eq!(person.count(".dot.ghost.at-2").unwrap(), 1, "where it was, one of seven");
    on(&person, &server, "#/refleksion");
    person.see("Dine runder").unwrap();
    assert_eq!(person.count(".units a[href^='#/refleksion/modsaetninger/']").unwrap(), 2);
    all_is_well(&[&person]);
}

/// What a reflection may not do: go along in a file that is not the person's own.
#[test]
fn a_round_that_is_deleted_can_be_brought_back() {
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    on(&person, &server, "#/refleksion/syn");
    person.see("1 af 14").unwrap();
    person.pick("Nu: Ofte").unwrap();
    person.write("Et eksempel fra os selv", "Vi spørger først os selv.").unwrap();
    person.go("Samlet", "Sådan ser det ud").unwrap();
    person.go("Slet refleksionen", "Refleksionen er slettet").unwrap();
    person.go("Hent den tilbage", "2 af 14").unwrap();
    person.go("Forrige", "1 af 14").unwrap();
    person.see_in("Et eksempel fra os selv", "Vi spørger først os selv.").unwrap();
    all_is_well(&[&person]);
}

/// From a statement to ideas, and from one of them to a trial.
#[test]
fn a_statement_becomes_ideas_and_one_of_them_a_trial() {
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    on(&person, &server, "#/pyramide");
    person.see_heading("Fra ord til handling").unwrap();
    person.write("Udsagnet, I arbejder med", "Vi beder om hjælp, og vi rækker den ud").unwrap();
    person.write("Man ser os … Man hører os …", "Døren står åben, og nogen banker på.").unwrap();
    for idea in ["En fast time, hvor døren står åben", "Et kort på døren: jeg kan hjælpe med …"] {
        person.write("Ny idé", idea).unwrap();
        person.press("Tilføj").unwrap();
    }
    person.see("Endnu ikke lagt sammen").unwrap();
    person
        .run(
            "const groups = document.querySelectorAll('select[aria-label=Gruppe]');
            groups[1].value = '2';
            groups[1].dispatchEvent(new Event('change', { bubbles: true }));",
        )
        .unwrap();
    person.see("Gruppe 2").unwrap();
    person.see("Gemt i denne browser kl.").unwrap();
    is_whole(&person);
    person.reload().unwrap();
    person.see_heading("Fra ord til handling").unwrap();
    person.follow(".ideas section:first-child .idea button:not([aria-expanded])").unwrap();
    person.see("Det vil vi prøve").unwrap();
    person.see_in("Hvad vil I prøve?", "Et kort på døren: jeg kan hjælpe med …").unwrap();
    person.see_in("Hvad er situationen?", "Vi beder om hjælp, og vi rækker den ud").unwrap();
    all_is_well(&[&person]);
}

/// Opens a room, and gives its setup as the participants get it.
fn open_room(facilitator: &Browser, server: &Server, groups: &str) -> (String, Setup) {
    on(facilitator, server, "#/workshop");
    facilitator.write("Hvad hedder workshoppen?", "Personaledag i maj").unwrap();
    facilitator.write("Grupper", groups).unwrap();
    facilitator.go("Åbn rummet", "Gå til svar").unwrap();
    facilitator.go("Gå til svar", "Svar på din telefon").unwrap();
    let address = facilitator.texts(".address").unwrap().concat();
    let (_, link) = address.split_once("#/svar/").unwrap();
    let setup = Setup::parse(link).unwrap();
    assert_eq!(setup.title, "Personaledag i maj");
    (address, setup)
}

/// What a participant answers: no two alike, and all ends of the scale among them.
fn answers(person: usize) -> Sheet {
    let digit = |item: usize| if item % 3 == 2 { person / 8 * 3 + item } else { person * 5 + item * item };
    let point = |item: usize| i8::try_from(digit(item) % 8).unwrap() - 3;
    let on_scale = |point: i8| (point <= 3).then_some(point);
    let now: Vec<Option<i8>> = (0..9).map(|item| on_scale(point(item))).collect();
    let wanted =
        person.is_multiple_of(3).then(|| (0..9).map(|item| Some(2 - i8::try_from(item % 3).unwrap())).collect());
    Sheet { group: person % 3, now, wanted }
}

/// A participant on a phone of their own: from the link to the code.
fn answer(engine: Engine, address: &str, setup: &Setup, sheet: &Sheet) -> String {
    let phone = Browser::start(engine).unwrap();
    phone.open(address).unwrap();
    phone.see("Personaledag i maj").unwrap();
    assert!(phone.overflow(320, 1.0).unwrap() <= 0.0);
    if sheet.group > 0 {
        phone.pick(&setup.groups[sheet.group - 1]).unwrap();
    }
    phone.press("Begynd").unwrap();
    for item in 0..9 {
        phone.see(&format!("{} af 9", item + 1)).unwrap();
        for (round, answers) in Round::BOTH.into_iter().zip([Some(&sheet.now), sheet.wanted.as_ref()]) {
            if let Some(point) = answers.and_then(|answers| answers[item]) {
                place(&phone, item, round, point);
            }
        }
        phone.press(if item == 8 { "Få min kode" } else { "Næste" }).unwrap();
    }
    phone.see("Dine svar er klar").unwrap();
    assert!(phone.overflow(320, 1.0).unwrap() <= 0.0);
    let code = phone.texts(".code").unwrap().concat();
    assert!(!phone.stored().unwrap().contains(&code), "a participant's phone keeps nothing");
    all_is_well(&[&phone]);
    code
}

fn take(facilitator: &Browser, code: &str, words: &str) {
    facilitator.write("Kode", code).unwrap();
    facilitator.go("Tag imod", words).unwrap();
}

/// Nothing that the facilitator's browser keeps, or hands out, holds a code or anyone's row of answers.
fn holds_no_person(text: &str, sheets: &[(String, Sheet)]) {
    for (code, sheet) in sheets {
        let plain = code.replace('-', "");
        for written in [code.clone(), plain.clone(), plain.to_lowercase()] {
            assert!(!text.contains(&written), "the code {written} is in it");
        }
        let row = serde_json::to_string(&sheet.now).unwrap();
        assert!(!text.contains(&row) && !text.contains(&row.replace('"', "\\\"")), "a row of answers is in it");
    }
}

fn result_of(file: &PathBuf) -> (Id, Workshop) {
    let opened = read::read(&std::fs::read(file).unwrap()).unwrap();
    let records: Vec<_> = opened.records.values().collect();
    assert_eq!(records.len(), 1, "the file holds the workshop alone");
    (records[0].id().clone(), records[0].view::<Workshop>().unwrap())
}

/// How many of some sheets chose each point of an item.
fn counted<'s>(sheets: impl Iterator<Item = &'s Sheet>, item: usize) -> Vec<u16> {
    let mut counts = vec![0; 7];
    for point in sheets.filter_map(|sheet| sheet.now[item]) {
        counts[usize::try_from(point + 3).unwrap()] += 1;
    }
    counts
}

#[test]
fn thirty_phones_and_a_facilitator_see_what_lies_apart_and_nobody_is_kept() {
    let server = server();
    let facilitator = Browser::start(Engine::Chromium).unwrap();
    let (address, setup) = open_room(&facilitator, &server, "Skole, Familie");
    assert_eq!(facilitator.scan(1366, Media::Dark).unwrap(), address, "the code on the wall is the link");
    let sheets: Vec<(String, Sheet)> = (0..30)
        .map(|person| {
            let sheet = answers(person);
            (answer(Engine::Chromium, &address, &setup, &sheet), sheet)
        })
        .collect();
    let with_wanted = sheets.iter().filter(|(_, sheet)| sheet.wanted.is_some()).count();
    assert_eq!(with_wanted, 10);

    facilitator.go("Gå til saml ind", "Flere på én gang").unwrap();
    for (place, (code, _)) in sheets.iter().enumerate() {
        take(&facilitator, code, &format!("Taget imod. {} svar i alt.", place + 1));
    }
    // Two mistyped, one from elsewhere, and one that is here already.
    let (first, second) = (&sheets[0].0, &sheets[1].0);
    let last = if first.ends_with('K') { "M" } else { "K" };
    take(&facilitator, &format!("{}{last}", &first[..first.len() - 1]), "Et tegn i koden er forkert.");
    take(&facilitator, &second[1..], "det har ingen af workshoppens koder");
    let elsewhere = Codes::new(&Id::parse("another").unwrap(), Form::Pairs, 9, 2).encode(&answers(4));
    assert!(setup.codes().unwrap().decode(&elsewhere).is_err());
    take(&facilitator, &elsewhere, "fra en anden workshop");
    take(&facilitator, second, "er her allerede.");
    facilitator.go("Samme person", "Den er ikke talt med igen.").unwrap();
    assert_eq!(facilitator.texts(".number").unwrap(), ["30"]);
    holds_no_person(&facilitator.stored().unwrap(), &sheets);

    facilitator.go("Vis svarene", "Når svarene er vist, er rummet lukket").unwrap();
    facilitator.go("Ja, vis svarene", "hvor I ligger længst fra hinanden").unwrap();
    facilitator.see("Gemt i denne browser kl.").unwrap();
    let stored = facilitator.stored().unwrap();
    holds_no_person(&stored, &sheets);
    assert!(!stored.contains("tally"), "what was kept while it ran is gone");

    let file = facilitator.save_with("Gem resultatet som fil").unwrap();
    holds_no_person(&std::fs::read_to_string(&file).unwrap(), &sheets);
    let (id, workshop) = result_of(&file);
    assert_eq!(id, setup.id);
    let total = workshop.total();
    assert_eq!(total.people, 30);
    let all = || sheets.iter().map(|(_, sheet)| sheet);
    for item in 0..9 {
        assert_eq!(total.item(Round::Now, item), counted(all(), item), "item {item}");
        for (group, (name, part)) in workshop.parts().iter().enumerate() {
            let own = counted(all().filter(|sheet| sheet.group == group + 1), item);
            assert!(part.item(Round::Now, item).is_empty() || part.item(Round::Now, item) == own, "{name}");
        }
        assert_eq!(total.item(Round::Wanted, item).iter().sum::<u16>(), 10);
    }
    println!(
        "30 phones, 10 with wanted: the counts of 9 pairs are right; 2 mistyped, 1 from elsewhere and 1 double told apart"
    );
    all_is_well(&[&facilitator]);
}

/// The room is loaded once, and then the network is gone: a chat, paper, talk, decision, trial and file all the same.
#[test]
fn a_workshop_needs_no_network_and_a_chat_gives_exactly_its_codes() {
    let server = server();
    let facilitator = Browser::start(Engine::Chromium).unwrap();
    on(&facilitator, &server, "#/workshop");
    facilitator.see("Ny workshop").unwrap();
    facilitator.wait_for("the app to be whole", || Ok(!facilitator.fetched("split_files")?.is_empty())).unwrap();
    facilitator.set_offline(true).unwrap();
    facilitator.write("Hvad hedder workshoppen?", "Uden net").unwrap();
    facilitator.go("Åbn rummet", "Gå til svar").unwrap();
    facilitator.go("Gå til svar", "Svar på din telefon").unwrap();
    let address = facilitator.texts(".address").unwrap().concat();
    let setup = Setup::parse(address.split_once("#/svar/").unwrap().1).unwrap();
    let codes = setup.codes().unwrap();
    facilitator.go("Gå til saml ind", "Flere på én gang").unwrap();
    facilitator.press("Flere på én gang").unwrap();
    let mut chat = String::new();
    for person in 0..30 {
        let sheet = Sheet { group: 0, ..answers(person) };
        chat.extend([format!(
            "[09.{person:02}] Karen Holm: her er min kode, hilsen Karen\n{}\n",
            shown(&codes.encode(&sheet))
        )]);
    }
    facilitator
        .run_with(
            "const field = document.getElementById('chat'); field.value = arguments[0];
        field.dispatchEvent(new Event('input', { bubbles: true }));",
            &[&chat],
        )
        .unwrap();
    facilitator.go("Find koderne", "30 nye koder. Taget imod. 30 svar i alt.").unwrap();
    assert_eq!(facilitator.values("#chat").unwrap(), [""]);
    assert!(!facilitator.stored().unwrap().contains("Karen"));
    // A sheet of paper, digit by digit.
    facilitator.press("Fra papir").unwrap();
    facilitator.write("Et skema", "1234567 01 444444444").unwrap();
    facilitator.go("Tæl med", "Taget imod. 31 svar i alt.").unwrap();
    facilitator.go("Fortryd det seneste svar", "Det seneste svar er taget ud igen.").unwrap();
    assert_eq!(facilitator.texts(".number").unwrap(), ["30"]);

    facilitator.go("Vis svarene", "Når svarene er vist, er rummet lukket").unwrap();
    facilitator.go("Ja, vis svarene", "hvor I ligger længst fra hinanden").unwrap();
    // On a wall: by the keys, at the sizes of projectors, nothing scrolls sideways.
    facilitator.key('f').unwrap();
    facilitator.number("return document.documentElement.hasAttribute('data-projector') ? 1 : null;").unwrap();
    for width in [1024, 1920, 3840] {
        assert!(facilitator.overflow(width, 1.0).unwrap() <= 0.0, "{width} px");
    }
    facilitator.key(Browser::RIGHT).unwrap();
    facilitator.see("1 af 9").unwrap();
    facilitator.key(Browser::RIGHT).unwrap();
    facilitator.see("2 af 9").unwrap();
    for width in [1024, 3840] {
        assert!(facilitator.overflow(width, 1.0).unwrap() <= 0.0, "{width} px");
    }
    facilitator.key('f').unwrap();
    facilitator.write("Hvad blev der sagt?", "Vi er ikke enige om skemaerne.").unwrap();
    facilitator.write("Hvad beslutter I?", "Vi prøver en uge uden skema.").unwrap();
    facilitator.press("Beslut 10 min").unwrap();
    facilitator.see("Vi prøver en uge uden skema.").unwrap();
    let (_, workshop) = result_of(&facilitator.save_with("Gem resultatet som fil").unwrap());
    assert!(workshop.decisions.values().any(|decision| decision.as_str() == "Vi prøver en uge uden skema."));
    facilitator.press("Drøft 20 min").unwrap();
    facilitator.see("1 af 9").unwrap();
    facilitator.go("Næste", "2 af 9").unwrap();
    facilitator.go("Gør beslutningen til en prøvehandling", "Det vil vi prøve").unwrap();
    facilitator.see_in("Hvad vil I prøve?", "Vi prøver en uge uden skema.").unwrap();
    all_is_well(&[&facilitator]);
}

/// Types sheets of paper in, all alike but for a point.
fn papers(facilitator: &Browser, group: usize, count: usize, before: usize) {
    for sheet in 0..count {
        if group > 0 {
            facilitator.write("Gruppens nummer", &group.to_string()).unwrap();
        }
        facilitator.write("Et skema", &format!("{}44444444 444444444", sheet % 7 + 1)).unwrap();
        facilitator.go("Tæl med", &format!("Taget imod. {} svar i alt.", before + sheet + 1)).unwrap();
    }
}

#[test]
fn four_answers_show_nothing_and_a_group_of_two_beside_nine_hides() {
    let server = server();
    let facilitator = Browser::start(Engine::Chromium).unwrap();
    open_room(&facilitator, &server, "Skole, Familie");
    facilitator.go("Gå til saml ind", "Flere på én gang").unwrap();
    facilitator.press("Fra papir").unwrap();
    papers(&facilitator, 1, 2, 0);
    papers(&facilitator, 2, 2, 2);
    facilitator.see("Svarene kan vises, når der er mindst fem.").unwrap();
    assert_eq!(facilitator.count(".close .primary").unwrap(), 0, "four cannot be shown");
    assert!(!facilitator.sees("Gem resultatet som fil").unwrap());
    // A reload keeps the counts, and says what it forgot.
    is_whole(&facilitator);
    facilitator.reload().unwrap();
    facilitator.see("De 4 svar fra før er talt med").unwrap();
    facilitator.press("Fra papir").unwrap();
    papers(&facilitator, 2, 7, 4);
    facilitator.go("Vis svarene", "Når svarene er vist, er rummet lukket").unwrap();
    facilitator.go("Ja, vis svarene", "hvor I ligger længst fra hinanden").unwrap();
    assert!(!facilitator.sees("Skole, nu").unwrap() && !facilitator.sees("Familie, nu").unwrap());
    let (_, workshop) = result_of(&facilitator.save_with("Gem resultatet som fil").unwrap());
    assert_eq!(workshop.total().people, 11);
    assert_eq!(workshop.parts(), [], "neither the two nor the nine");
    all_is_well(&[&facilitator]);
}

/// Two rooms of one workshop: their files come together, and the same room is never counted twice.
#[test]
fn rooms_come_together_by_their_files() {
    let server = server();
    let one = Browser::start(Engine::Chromium).unwrap();
    let (address, _) = open_room(&one, &server, "");
    let other = Browser::start(Engine::Chromium).unwrap();
    other.open(&address).unwrap();
    other.press("Leder du workshoppen i et andet rum?").unwrap();
    other.go("Åbn et rum mere", "Gå til svar").unwrap();
    let mut files = Vec::new();
    for (room, count) in [(&one, 6), (&other, 7)] {
        room.press("Saml ind 5 min").unwrap();
        room.press("Fra papir").unwrap();
        papers(room, 0, count, 0);
        room.go("Vis svarene", "Når svarene er vist, er rummet lukket").unwrap();
        room.go("Ja, vis svarene", "hvor I ligger længst fra hinanden").unwrap();
        files.push(room.save_with("Gem resultatet som fil").unwrap());
    }
    for _ in 0..2 {
        one.choose(&files[1]).unwrap();
        one.see("13 svar fra 2 rum").unwrap();
        one.press("Luk").unwrap();
    }
    let (_, workshop) = result_of(&one.save_with("Gem resultatet som fil").unwrap());
    assert_eq!((workshop.rooms.len(), workshop.total().people), (2, 13));
    all_is_well(&[&one]);
}

/// The device is passed round: each answer goes straight into the pile, and the next begins with nothing.
#[test]
fn one_device_is_passed_round() {
    let server = server();
    let device = Browser::start(Engine::Chromium).unwrap();
    open_room(&device, &server, "");
    device.go("Svar på denne enhed", "Svaret lægges direkte i bunken").unwrap();
    for _ in 0..5 {
        device.go("Begynd", "1 af 9").unwrap();
        assert_eq!(device.count(".scale input:checked").unwrap(), 0);
        place(&device, 0, Round::Now, -3);
        for _ in 0..8 {
            device.press("Næste").unwrap();
        }
        device.go("Få min kode", "Læg dit svar i bunken").unwrap();
        device.go("Læg i bunken, og giv enheden videre", "Svaret lægges direkte i bunken").unwrap();
    }
    on(&device, &server, "#/workshop/rum");
    device.see("5 svar").unwrap();
    all_is_well(&[&device]);
}

/// The keyboard alone, and what a screen reader says of each point.
#[test]
fn a_scale_is_answered_by_the_keyboard_and_every_point_has_a_name() {
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    on(&person, &server, "#/refleksion/modsaetninger");
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
    all_is_well(&[&person]);
}

/// A participant's own code can be scanned off their phone, in light and dark.
#[test]
fn the_code_on_a_phone_can_be_scanned() {
    let server = server();
    let phone = Browser::start(Engine::Chromium).unwrap();
    let setup = Setup {
        id: Id::parse("prv123").unwrap(),
        title: "Personaledag i maj".to_owned(),
        instrument: nine().id.clone(),
        groups: Vec::new(),
        asks_wanted: true,
    };
    on(&phone, &server, &format!("#/svar/{}", setup.link()));
    phone.go("Begynd", "1 af 9").unwrap();
    place(&phone, 0, Round::Now, 3);
    place(&phone, 0, Round::Wanted, -1);
    for _ in 0..8 {
        phone.press("Næste").unwrap();
    }
    phone.go("Få min kode", "Dine svar er klar").unwrap();
    let code = phone.texts(".code").unwrap().concat();
    for media in [Media::Light, Media::Dark] {
        assert_eq!(phone.scan(390, media).unwrap(), code);
    }
    let sheet = setup.codes().unwrap().decode(&code).unwrap();
    assert_eq!((sheet.now[0], sheet.wanted.unwrap()[0]), (Some(3), Some(-1)));
    // It can be kept as one's own, and then only.
    assert!(!phone.stored().unwrap().contains("modsaetninger"));
    phone.go("Behold dem også som min egen refleksion", "Se din refleksion").unwrap();
    phone.go("Se din refleksion", "2 af 9").unwrap();
    all_is_well(&[&phone]);
}

/// 320 px, and 200 % of 640: what a magnified page has left.
#[test]
fn nothing_of_it_is_cut_off_on_the_narrowest_screen() {
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
    ] {
        on(&person, &server, address);
        person.see(words).unwrap();
        for (width, scale) in [(320, 1.0), (640, 2.0)] {
            assert!(person.overflow(width, scale).unwrap() <= 0.0, "{address} at {width} px");
        }
    }
    open_room(&person, &server, "Skole");
    assert!(person.overflow(320, 1.0).unwrap() <= 0.0, "the room's code");
    person.go("Gå til saml ind", "Flere på én gang").unwrap();
    person.press("Fra papir").unwrap();
    assert!(person.overflow(320, 1.0).unwrap() <= 0.0, "gathering in");
    papers(&person, 1, 5, 0);
    person.go("Vis svarene", "Når svarene er vist, er rummet lukket").unwrap();
    person.go("Ja, vis svarene", "hvor I ligger længst fra hinanden").unwrap();
    assert!(person.overflow(320, 1.0).unwrap() <= 0.0, "what came of it");
    all_is_well(&[&person]);
}
