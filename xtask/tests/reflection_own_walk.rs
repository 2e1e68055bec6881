//! The walks of what a workshop can be held on besides the documents' scales (an instrument of one's own, weights), of what
//! comes of it in an agreement, of then and now, and of the camera: on the release bundle.
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

use kvalitetshjul::domain::aftale::Aftale;
use kvalitetshjul::domain::date::Timestamp;
use kvalitetshjul::domain::enhed::Enhed;
use kvalitetshjul::domain::goal::{Area, Goal};
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::instrument::{OwnInstrument, Round};
use kvalitetshjul::exchange::read;
use kvalitetshjul::exchange::scope::Scope;
use kvalitetshjul::exchange::write::write;
use kvalitetshjul::record::dot::Actor;
use kvalitetshjul::record::edit::Author;
use kvalitetshjul::record::{Record, Records};
use xtask::browser::{Browser, Engine, Media};
use xtask::walk::room::{open_room, open_room_on, paper, papers, place, result_of, show, take};
use xtask::walk::{all_is_well, on, server};

/// Writes an instrument of pairs, as long as it is a draft.
fn writes(person: &Browser, pairs: &[(&str, &str)]) {
    for (place, (left, right)) in pairs.iter().enumerate() {
        person.press("Tilføj et par").unwrap();
        person.write(&format!("{}. Den ene ende", place + 1), left).unwrap();
        person.write(&format!("{}. Den anden ende", place + 1), right).unwrap();
    }
}

#[test]
fn an_instrument_of_ones_own_is_written_used_alone_and_reaches_the_phones_in_the_link() {
    let server = server();
    let facilitator = Browser::start(Engine::Chromium).unwrap();
    on(&facilitator, &server, "#/refleksion");
    facilitator.go("Lav jeres eget redskab", "Det, der svares på").unwrap();
    facilitator.see("Skriv mindst 2 par.").unwrap();
    facilitator.write("Hvad hedder redskabet?", "Vores måde at tage imod på").unwrap();
    writes(&facilitator, &[("Ro", "Fart"), ("Nær", ""), ("Aftalt på forhånd", "Set an på dagen")]);
    facilitator.see("Ét af jeres par mangler ord.").unwrap();
    assert!(!facilitator.sees("Tag redskabet i brug").unwrap());
    facilitator.write("2. Den anden ende", "Fjern").unwrap();
    facilitator.press("Flyt op: 3").unwrap();
    facilitator.see_in("2. Den ene ende", "Aftalt på forhånd").unwrap();
    // Words that a code on a wall has no room for are said so.
    facilitator.write("3. Den anden ende", &"lang ".repeat(140)).unwrap();
    facilitator.see("for meget til en QR-kode, der kan læses på en væg.").unwrap();
    facilitator.write("3. Den anden ende", "Fjern").unwrap();
    facilitator.go("Tag redskabet i brug", "ordene ligger fast").unwrap();
    assert_eq!(
        facilitator.texts(".asked li").unwrap(),
        ["Ro – Fart", "Aftalt på forhånd – Set an på dagen", "Nær – Fjern"]
    );
    let file = facilitator.save_with("Gem redskabet som fil").unwrap();
    let records = read::read(&std::fs::read(&file).unwrap()).unwrap().records;
    let own = records.values().next().unwrap();
    assert!(own.view::<OwnInstrument>().unwrap().in_use.is_some());

    // Alone, in another's browser that got it by file.
    let colleague = Browser::start(Engine::Chromium).unwrap();
    on(&colleague, &server, "");
    colleague.choose(&file).unwrap();
    on(&colleague, &server, "#/refleksion");
    colleague.go("Vores måde at tage imod på", "Begynd en refleksion").unwrap();
    colleague.go("Begynd en refleksion", "1 af 3").unwrap();
    colleague.pick("Nu: Næsten altid ro").unwrap();
    colleague.pick("Ønsket: Lidt mere fart").unwrap();
    colleague.go("Samlet", "Længst fra nu til ønsket").unwrap();
    colleague.see("Næsten altid ro → Lidt mere fart").unwrap();

    // In a workshop: a phone that has met nothing of it answers by the link alone.
    let (address, setup) = open_room_on(&facilitator, &server, "Vores måde at tage imod på", "Børnehave, Vuggestue");
    assert_eq!(facilitator.scan(1366, Media::Light).unwrap(), address, "the code on the wall is the link");
    let codes = setup.codes().unwrap();
    assert_eq!((codes.length(false), codes.length(true)), (5, 8), "derived from three pairs");
    let phone = Browser::start(Engine::Chromium).unwrap();
    phone.open(&address).unwrap();
    phone.see("3 par, som enheden selv har skrevet.").unwrap();
    phone.press("Begynd").unwrap();
    phone.pick("Nu: Mest ro").unwrap();
    phone.press("Næste").unwrap();
    phone.see("Set an på dagen").unwrap();
    assert!(phone.overflow(320, 1.0).unwrap() <= 0.0);
    phone.press("Næste").unwrap();
    phone.see("3 af 3").unwrap();
    phone.press("Få min kode").unwrap();
    phone.see("Dine svar er klar").unwrap();
    let code = phone.texts(".code").unwrap().concat();
    assert_eq!(codes.decode(&code).unwrap().now, [Some(-2), None, None]);
    phone.go("Behold dem også som min egen refleksion", "Se din refleksion").unwrap();
    phone.go("Se din refleksion", "2 af 3").unwrap();
    facilitator.go("Gå til saml ind", "Flere på én gang").unwrap();
    take(&facilitator, &code, "Taget imod. 1 svar i alt.");
    facilitator.press("Fra papir").unwrap();
    for sheet in 2..=6 {
        paper(&facilitator, 1, "741 147", sheet);
    }
    show(&facilitator);
    let file = facilitator.save_with("Gem resultatet som fil").unwrap();
    let (_, workshop) = result_of(&file);
    assert_eq!(workshop.total().item(Round::Now, 0), [0, 1, 0, 0, 0, 0, 5]);
    // The result is whole where nothing else of it is.
    let other = Browser::start(Engine::Chromium).unwrap();
    on(&other, &server, "");
    other.choose(&file).unwrap();
    on(&other, &server, &format!("#/workshop/{}", setup.id));
    other.see("Aftalt på forhånd").unwrap();
    all_is_well(&[&facilitator, &colleague, &phone, &other]);
}

/// Moves a slider, as a hand does.
fn slide(person: &Browser, label: &str, weight: &str) {
    const SLIDE: &str = "
        const [label, weight] = arguments;
        const field = [...document.querySelectorAll('input[type=range]')].find(node => name(node) === label);
        field.value = weight;
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));";
    person.run_with(SLIDE, &[label, weight]).unwrap();
}

#[test]
fn weights_are_weighed_in_a_room_and_no_score_comes_of_them() {
    let server = server();
    let facilitator = Browser::start(Engine::Chromium).unwrap();
    let (address, setup) = open_room_on(&facilitator, &server, "Organisatorisk medlemskab", "");
    let phone = Browser::start(Engine::Chromium).unwrap();
    phone.open(&address).unwrap();
    phone.press("Begynd").unwrap();
    phone.see("Fordel 100 på de tre").unwrap();
    let three = setup.of().unwrap();
    let labels: Vec<&str> = three.items.iter().map(|item| item.label.as_str()).collect();
    for (label, weight) in labels.iter().zip(["50", "30", "15"]) {
        slide(&phone, &format!("Nu: {label}"), weight);
    }
    phone.see("Tilsammen 95: der er 5 tilbage.").unwrap();
    phone.press("Få min kode").unwrap();
    phone.see("De tre skal være 100 tilsammen").unwrap();
    slide(&phone, &format!("Nu: {}", labels[2]), "20");
    for (label, weight) in labels.iter().zip(["20", "40", "40"]) {
        slide(&phone, &format!("Ønsket: {label}"), weight);
    }
    assert!(phone.overflow(320, 1.0).unwrap() <= 0.0);
    phone.press("Få min kode").unwrap();
    phone.see("Dine svar er klar").unwrap();
    let code = phone.texts(".code").unwrap().concat();
    let sheet = setup.codes().unwrap().decode(&code).unwrap();
    assert_eq!(setup.codes().unwrap().length(true), 10);
    assert_eq!(sheet.now, [Some(10), Some(6), Some(4)]);
    assert_eq!(sheet.wanted.unwrap(), [Some(4), Some(8), Some(8)]);
    assert!(!phone.stored().unwrap().contains(&code), "a participant's phone keeps nothing");

    facilitator.go("Gå til saml ind", "Flere på én gang").unwrap();
    take(&facilitator, &code, "Taget imod. 1 svar i alt.");
    facilitator.press("Fra papir").unwrap();
    facilitator.write("Et skema", "50 30 25 20 40 40").unwrap();
    facilitator.go("Tæl med", "som er 100 tilsammen").unwrap();
    for sheet in 2..=4 {
        paper(&facilitator, 0, "60 20 20", sheet);
    }
    facilitator.see("Svarene kan vises, når der er mindst fem.").unwrap();
    for sheet in 5..=7 {
        paper(&facilitator, 0, "30 30 40, 20 40 40", sheet);
    }
    show(&facilitator);
    let page = facilitator.texts("main").unwrap().concat().to_lowercase();
    for score in ["gennemsnit", "snit", "score", "point i alt"] {
        assert!(!page.contains(score), "{score}");
    }
    facilitator.see_count(".items .item", 3).unwrap();
    let (_, workshop) = result_of(&facilitator.save_with("Gem resultatet som fil").unwrap());
    let total = workshop.total();
    let chose = |round: Round, weight: usize| total.item(round, 0).get(weight / 5).copied().unwrap_or_default();
    assert_eq!([30, 50, 60].map(|weight| chose(Round::Now, weight)), [3, 1, 3]);
    // Four alone said how they would wish it, which is nobody.
    assert!(total.item(Round::Wanted, 0).is_empty());
    all_is_well(&[&facilitator, &phone]);
}

/// A unit with an agreement that is being written.
fn agreement() -> Records {
    let id = |text| Id::parse(text).unwrap();
    let author = Author {
        actor: Actor::from_random([1; 10]),
        at: Timestamp::from_seconds(1_790_000_000).unwrap(),
        by: Some("Anne".to_owned()),
    };
    let unit = Enhed { name: "Skolen ved Søen".into(), ..Enhed::default() };
    let head = Aftale { title: "Aftale 2026".into(), unit: Some(id("skolen")), ..Aftale::default() };
    let goal = Goal {
        text: "Flere er med".into(),
        aftale: Some(id("aftalen")),
        area: Some(Area::Quality),
        order: Some("a0".to_owned()),
        ..Goal::default()
    };
    let records = [
        Record::create(id("skolen"), &unit, &author).unwrap(),
        Record::create(id("aftalen"), &head, &author).unwrap(),
        Record::create(id("maalet"), &goal, &author).unwrap(),
    ];
    records.into_iter().map(|record| (record.id().clone(), record)).collect()
}

#[test]
fn a_decision_becomes_a_goal_and_a_trial_and_both_lead_back() {
    let server = server();
    let facilitator = Browser::start(Engine::Chromium).unwrap();
    on(&facilitator, &server, "");
    let file = std::env::temp_dir().join(format!("kvalitetshjul-decision-{}.json", std::process::id()));
    let text = write(&agreement(), &Scope::Backup, Timestamp::from_seconds(1_790_000_000).unwrap()).unwrap();
    std::fs::write(&file, text).unwrap();
    facilitator.choose(&file).unwrap();
    facilitator.press("Luk").unwrap();
    let (_, setup) = open_room(&facilitator, &server, "");
    facilitator.go("Gå til saml ind", "Flere på én gang").unwrap();
    facilitator.press("Fra papir").unwrap();
    papers(&facilitator, 0, 5, 0);
    show(&facilitator);
    facilitator.press("Drøft 20 min").unwrap();
    facilitator.see("1 af 9").unwrap();
    facilitator.write("Hvad beslutter I?", "Vi ringer, før vi skriver.").unwrap();
    facilitator.go("Gør beslutningen til et mål i aftalen", "Mål 2 af 2").unwrap();
    facilitator.see_in("Målet", "Vi ringer, før vi skriver.").unwrap();
    facilitator.go("workshoppen Personaledag i maj", "hvor I ligger længst fra hinanden").unwrap();
    facilitator.press("Beslut 10 min").unwrap();
    facilitator.see("Se målet i aftalen").unwrap();
    facilitator.go("Gør beslutningen til en prøvehandling", "Det vil vi prøve").unwrap();
    facilitator.see_in("Hvad vil I prøve?", "Vi ringer, før vi skriver.").unwrap();
    facilitator.go("workshoppen Personaledag i maj", "hvor I ligger længst fra hinanden").unwrap();
    facilitator.press("Beslut 10 min").unwrap();
    facilitator.see("Se prøvehandlingen").unwrap();
    facilitator.go("Se målet i aftalen", "Mål 2 af 2").unwrap();
    // Given to others it is the result alone, and nothing of what came of it.
    facilitator.go("Filer", "Del med andre").unwrap();
    facilitator.choose_option("Resultatet af en workshop").unwrap();
    facilitator.see("1 workshop").unwrap();
    let (id, workshop) = result_of(&facilitator.save_with("Gem filen").unwrap());
    assert_eq!((id, workshop.total().people), (setup.id, 5));
    all_is_well(&[&facilitator]);
}

#[test]
fn answers_are_seen_beside_those_of_an_earlier_workshop() {
    let server = server();
    let facilitator = Browser::start(Engine::Chromium).unwrap();
    for (turn, sheet) in ["111111111 444444444", "777777777 444444444"].into_iter().enumerate() {
        drop(open_room(&facilitator, &server, ""));
        facilitator.go("Gå til saml ind", "Flere på én gang").unwrap();
        facilitator.press("Fra papir").unwrap();
        for count in 1..=5 + turn {
            paper(&facilitator, 0, sheet, count);
        }
        show(&facilitator);
        facilitator.see("Gemt i denne browser kl.").unwrap();
    }
    assert_eq!(facilitator.count(".before").unwrap(), 0);
    let earlier = facilitator
        .texts_of("return [...document.querySelectorAll('#earlier option')].map(option => option.textContent);")
        .unwrap();
    assert_eq!(earlier.len(), 2, "none, and the one before: {earlier:?}");
    facilitator.choose_in("Sammenlign med en tidligere workshop", &earlier[1]).unwrap();
    // Then all were furthest to the left, now furthest to the right; as wished there is no difference.
    facilitator.wait_for("the earlier answers", || Ok(facilitator.count(".before").unwrap_or_default() == 18)).unwrap();
    let places = facilitator
        .texts_of(
            "const svg = document.querySelector('.items .distribution');
            return [svg.querySelector('.before').getAttribute('d'), svg.querySelector('.bar').getAttribute('x')];",
        )
        .unwrap();
    assert!(places[0].starts_with("M2 ") && places[1] == "245", "{places:?}");
    facilitator.choose_in("Sammenlign med en tidligere workshop", "Ingen").unwrap();
    facilitator.wait_for("no earlier answers", || Ok(facilitator.count(".before").unwrap_or_default() == 0)).unwrap();
    all_is_well(&[&facilitator]);
}

#[test]
fn a_code_is_read_off_a_phone_by_the_camera_where_the_browser_can() {
    let server = server();
    let film = std::env::temp_dir().join(format!("kvalitetshjul-film-{}.y4m", std::process::id()));
    let facilitator = Browser::start_with_camera(&film).unwrap();
    facilitator.can_read_codes().unwrap();
    let (address, setup) = open_room(&facilitator, &server, "");
    let phone = Browser::start(Engine::Chromium).unwrap();
    phone.open(&address).unwrap();
    phone.press("Begynd").unwrap();
    place(&phone, 0, Round::Now, 2);
    for _ in 0..8 {
        phone.press("Næste").unwrap();
    }
    phone.press("Få min kode").unwrap();
    phone.see("Dine svar er klar").unwrap();
    std::fs::write(&film, phone.film(390, Media::Dark).unwrap()).unwrap();
    facilitator.go("Gå til saml ind", "Flere på én gang").unwrap();
    facilitator.press("Scan med kameraet").unwrap();
    facilitator.see("Taget imod. 1 svar i alt.").unwrap();
    // What stays in sight is one code, and is not asked about.
    assert!(!facilitator.sees("er her allerede").unwrap());
    facilitator.press("Luk kameraet").unwrap();
    facilitator.see("Scan med kameraet").unwrap();
    facilitator.see_count("video", 0).unwrap();
    facilitator.press("Scan med kameraet").unwrap();
    facilitator.see("er her allerede. Er det samme person?").unwrap();
    facilitator.press("Samme person").unwrap();
    let code = phone.texts(".code").unwrap().concat();
    assert_eq!(setup.codes().unwrap().decode(&code).unwrap().now[0], Some(2));
    std::fs::remove_file(&film).unwrap();

    // A browser that can, and has no camera; and one that cannot.
    let blind = Browser::start(Engine::Chromium).unwrap();
    blind.can_read_codes().unwrap();
    drop(open_room(&blind, &server, ""));
    blind.go("Gå til saml ind", "Flere på én gang").unwrap();
    blind.press("Scan med kameraet").unwrap();
    blind.see("Kameraet kunne ikke åbnes.").unwrap();
    let other = Browser::start(Engine::Firefox).unwrap();
    drop(open_room(&other, &server, ""));
    other.go("Gå til saml ind", "Browseren her kan ikke læse QR-koder med kameraet.").unwrap();
    assert!(!other.sees("Scan med kameraet").unwrap());
    all_is_well(&[&facilitator, &phone, &blind, &other]);
}
