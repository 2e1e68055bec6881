//! A workshop: participants on phones, on paper, in a chat, in several rooms; the facilitator counts and shows.

use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::instrument::{Form, Round};
use kvalitetshjul::domain::svarkode::{self, AnswerSheet, CodeError, Codes};
use kvalitetshjul::domain::workshop::Setup;
use xtask::browser::{Browser, Engine, Media};
use xtask::e2e::workshop::{open_room, papers, place, result_of, show, take, wait_until_loaded};
use xtask::e2e::{assert_no_errors, go_to, server};

/// Returns the answers of a participant: all different, over the whole scale.
fn answers(person: usize) -> AnswerSheet {
    let digit = |item: usize| if item % 3 == 2 { person / 8 * 3 + item } else { person * 5 + item * item };
    let point = |item: usize| i8::try_from(digit(item) % 8).unwrap() - 3;
    let on_scale = |point: i8| (point <= 3).then_some(point);
    let now: Vec<Option<i8>> = (0..9).map(|item| on_scale(point(item))).collect();
    let wanted =
        person.is_multiple_of(3).then(|| (0..9).map(|item| Some(2 - i8::try_from(item % 3).unwrap())).collect());
    AnswerSheet { group: person % 3, now, wanted }
}

/// Answers on a phone, from the link to the code, and returns the code.
fn answer(engine: Engine, address: &str, setup: &Setup, sheet: &AnswerSheet) -> String {
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
    assert!(!phone.stored().unwrap().contains(&code), "the phone stores the code");
    assert_no_errors(&[&phone]);
    code
}

/// Checks that a text of the facilitator's browser holds no code and nobody's row of answers.
fn check_no_person(text: &str, sheets: &[(String, AnswerSheet)]) {
    for (code, sheet) in sheets {
        let plain = code.replace('-', "");
        for written in [code.clone(), plain.clone(), plain.to_lowercase()] {
            assert!(!text.contains(&written), "the code {written} is in it");
        }
        let row = serde_json::to_string(&sheet.now).unwrap();
        assert!(!text.contains(&row) && !text.contains(&row.replace('"', "\\\"")), "a row of answers is in it");
    }
}

/// Counts, for each point of an item, the sheets that chose it.
fn count_points<'s>(sheets: impl Iterator<Item = &'s AnswerSheet>, item: usize) -> Vec<u16> {
    let mut counts = vec![0; 7];
    for point in sheets.filter_map(|sheet| sheet.now[item]) {
        counts[usize::try_from(point + 3).unwrap()] += 1;
    }
    counts
}

#[test]
fn thirty_phones_are_counted_and_no_person_is_stored() {
    let server = server();
    let facilitator = Browser::start(Engine::Chromium).unwrap();
    let (address, setup) = open_room(&facilitator, &server, "Skole, Familie");
    assert_eq!(facilitator.scan(1366, Media::Dark).unwrap(), address, "the code on the wall is the link");
    let sheets: Vec<(String, AnswerSheet)> = (0..30)
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
    // Two mistyped codes, one of another workshop, and one that was already counted.
    let (first, second) = (&sheets[0].0, &sheets[1].0);
    let last = if first.ends_with('K') { "M" } else { "K" };
    take(&facilitator, &format!("{}{last}", &first[..first.len() - 1]), "Et tegn i koden er forkert.");
    take(&facilitator, &second[1..], "det har ingen af workshoppens koder");
    // By chance a code of another workshop may look like a mistyped code of this one, so a clear case is searched for.
    let others = (0..).map(|n| Id::parse(&format!("another{n}")).unwrap());
    let mut others = others.map(|id| Codes::new(&id, Form::Pairs, 9, 2).encode(&answers(4)));
    let is_elsewhere = |code: &String| matches!(setup.codes().unwrap().decode(code), Err(CodeError::Elsewhere));
    let elsewhere = others.find(is_elsewhere).unwrap();
    take(&facilitator, &elsewhere, "fra en anden workshop");
    take(&facilitator, second, "er her allerede.");
    facilitator.go("Samme person", "Den er ikke talt med igen.").unwrap();
    facilitator.see_texts(".answer-total", &["30"]).unwrap();
    check_no_person(&facilitator.stored().unwrap(), &sheets);

    show(&facilitator);
    facilitator.see("Gemt i denne browser kl.").unwrap();
    let stored = facilitator.stored().unwrap();
    check_no_person(&stored, &sheets);
    assert!(!stored.contains("tally"), "the counts stored during the workshop are still there");

    let file = facilitator.save_with("Gem resultatet som fil").unwrap();
    check_no_person(&std::fs::read_to_string(&file).unwrap(), &sheets);
    let (id, workshop) = result_of(&file);
    assert_eq!(id, setup.id);
    let total = workshop.total();
    assert_eq!(total.people, 30);
    let all = || sheets.iter().map(|(_, sheet)| sheet);
    for item in 0..9 {
        assert_eq!(total.item(Round::Now, item), count_points(all(), item), "item {item}");
        for (group, (name, part)) in workshop.parts().iter().enumerate() {
            let expected = count_points(all().filter(|sheet| sheet.group == group + 1), item);
            assert!(part.item(Round::Now, item).is_empty() || part.item(Round::Now, item) == expected, "{name}");
        }
        assert_eq!(total.item(Round::Wanted, item).iter().sum::<u16>(), 10);
    }
    println!(
        "30 phones, 10 with wanted: the counts of 9 pairs are right; 2 mistyped, 1 from elsewhere and 1 double told apart"
    );
    assert_no_errors(&[&facilitator]);
}

#[test]
fn workshop_works_offline_and_finds_codes_in_a_chat() {
    let server = server();
    let facilitator = Browser::start(Engine::Chromium).unwrap();
    go_to(&facilitator, &server, "#/workshop");
    facilitator.see("Ny workshop").unwrap();
    wait_until_loaded(&facilitator);
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
        let sheet = AnswerSheet { group: 0, ..answers(person) };
        chat.extend([format!(
            "[09.{person:02}] Karen Holm: her er min kode, hilsen Karen\n{}\n",
            svarkode::format_code(&codes.encode(&sheet))
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
    // A paper sheet is typed in digit by digit.
    facilitator.press("Fra papir").unwrap();
    facilitator.write("Et skema", "1234567 01 444444444").unwrap();
    facilitator.go("Tæl med", "Taget imod. 31 svar i alt.").unwrap();
    facilitator.go("Fortryd det seneste svar", "Det seneste svar er taget ud igen.").unwrap();
    facilitator.see_texts(".answer-total", &["30"]).unwrap();

    show(&facilitator);
    // On a projector, the page fits every width and is controlled by keys.
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
    assert_no_errors(&[&facilitator]);
}

#[test]
fn four_answers_stay_hidden_and_so_does_a_group_of_two_beside_nine() {
    let server = server();
    let facilitator = Browser::start(Engine::Chromium).unwrap();
    drop(open_room(&facilitator, &server, "Skole, Familie"));
    facilitator.go("Gå til saml ind", "Flere på én gang").unwrap();
    facilitator.press("Fra papir").unwrap();
    papers(&facilitator, 1, 2, 0);
    papers(&facilitator, 2, 2, 2);
    facilitator.see("Svarene kan vises, når der er mindst fem.").unwrap();
    assert_eq!(facilitator.count(".workshop-foot .primary").unwrap(), 0, "four answers can be shown");
    assert!(!facilitator.sees("Gem resultatet som fil").unwrap());
    // After a reload the counts are kept, and the page says so.
    wait_until_loaded(&facilitator);
    facilitator.reload().unwrap();
    facilitator.see("De 4 svar fra før er talt med").unwrap();
    facilitator.press("Fra papir").unwrap();
    papers(&facilitator, 2, 7, 4);
    show(&facilitator);
    assert!(!facilitator.sees("Skole, nu").unwrap() && !facilitator.sees("Familie, nu").unwrap());
    let (_, workshop) = result_of(&facilitator.save_with("Gem resultatet som fil").unwrap());
    assert_eq!(workshop.total().people, 11);
    assert_eq!(workshop.parts(), [], "a group is shown");
    assert_no_errors(&[&facilitator]);
}

#[test]
fn rooms_are_combined_by_files_without_double_counting() {
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
        show(room);
        files.push(room.save_with("Gem resultatet som fil").unwrap());
    }
    for _ in 0..2 {
        one.choose(&files[1]).unwrap();
        one.see("13 svar fra 2 rum").unwrap();
        one.press("Luk").unwrap();
    }
    let (_, workshop) = result_of(&one.save_with("Gem resultatet som fil").unwrap());
    assert_eq!((workshop.rooms.len(), workshop.total().people), (2, 13));
    assert_no_errors(&[&one]);
}

/// Each answer is counted at once, and the next participant starts with an empty sheet.
#[test]
fn answers_are_given_in_turn_on_one_device() {
    let server = server();
    let device = Browser::start(Engine::Chromium).unwrap();
    drop(open_room(&device, &server, ""));
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
    go_to(&device, &server, "#/workshop/rum");
    device.see("5 svar").unwrap();
    assert_no_errors(&[&device]);
}
