//! Workshops on other instruments than the nine pairs: an instrument of the unit's own, and weights.

use kvalitetshjul::domain::instrument::{OwnInstrument, Round};
use kvalitetshjul::exchange::read;
use xtask::browser::{Browser, Engine, Media};
use xtask::e2e::workshop::{open_room_on, paper, result_of, scan_wall, show, take};
use xtask::e2e::{assert_no_errors, go_to, server};

/// Adds pairs to the draft of an instrument.
fn add_pairs(person: &Browser, pairs: &[(&str, &str)]) {
    for (place, (left, right)) in pairs.iter().enumerate() {
        person.press("Tilføj et par").unwrap();
        person.write(&format!("{}. Den ene ende", place + 1), left).unwrap();
        person.write(&format!("{}. Den anden ende", place + 1), right).unwrap();
    }
}

#[test]
fn own_instrument_works_alone_and_on_phones_by_its_link() {
    let server = server();
    let facilitator = Browser::start(Engine::Chromium).unwrap();
    go_to(&facilitator, &server, "#/refleksion");
    facilitator.go("Lav jeres eget redskab", "Det, der svares på").unwrap();
    facilitator.see("Skriv mindst 2 par.").unwrap();
    facilitator.write("Hvad hedder redskabet?", "Vores måde at tage imod på").unwrap();
    add_pairs(&facilitator, &[("Ro", "Fart"), ("Nær", ""), ("Aftalt på forhånd", "Set an på dagen")]);
    facilitator.see("Ét af jeres par mangler ord.").unwrap();
    assert!(!facilitator.sees("Tag redskabet i brug").unwrap());
    facilitator.write("2. Den anden ende", "Fjern").unwrap();
    facilitator.press("Flyt op: 3").unwrap();
    facilitator.see_in("2. Den ene ende", "Aftalt på forhånd").unwrap();
    // Texts too long for a QR code on a wall are reported.
    facilitator.write("3. Den anden ende", &"lang ".repeat(140)).unwrap();
    facilitator.see("for meget til en QR-kode, der kan læses på en væg.").unwrap();
    facilitator.write("3. Den anden ende", "Fjern").unwrap();
    facilitator.go("Tag redskabet i brug", "ordene ligger fast").unwrap();
    assert_eq!(
        facilitator.texts(".question-list li").unwrap(),
        ["Ro – Fart", "Aftalt på forhånd – Set an på dagen", "Nær – Fjern"]
    );
    let file = facilitator.save_with("Gem redskabet som fil").unwrap();
    let records = read::read(&std::fs::read(&file).unwrap()).unwrap().records;
    let record = records.values().next().unwrap();
    assert!(record.view::<OwnInstrument>().unwrap().in_use.is_some());

    // A colleague got the instrument by file and reflects alone.
    let colleague = Browser::start(Engine::Chromium).unwrap();
    go_to(&colleague, &server, "");
    colleague.choose(&file).unwrap();
    go_to(&colleague, &server, "#/refleksion");
    colleague.go("Vores måde at tage imod på", "Begynd en refleksion").unwrap();
    colleague.go("Begynd en refleksion", "1 af 3").unwrap();
    colleague.pick("Nu: Næsten altid ro").unwrap();
    colleague.pick("Ønsket: Lidt mere fart").unwrap();
    colleague.go("Samlet", "Længst fra nu til ønsket").unwrap();
    colleague.see("Næsten altid ro → Lidt mere fart").unwrap();

    // In a workshop, a phone without the record answers by the link alone.
    let (address, setup) = open_room_on(&facilitator, &server, "Vores måde at tage imod på", "Børnehave, Vuggestue");
    assert_eq!(scan_wall(&facilitator, &server, Media::Light), address, "the code on the wall is the link");
    let codes = setup.codes().unwrap();
    assert_eq!((codes.length(false), codes.length(true)), (5, 8), "the lengths of codes for three pairs");
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
    // The file of the result shows the texts of the instrument in a browser without the instrument.
    let other = Browser::start(Engine::Chromium).unwrap();
    go_to(&other, &server, "");
    other.choose(&file).unwrap();
    go_to(&other, &server, &format!("#/workshop/{}", setup.id));
    other.see("Aftalt på forhånd").unwrap();
    assert_no_errors(&[&facilitator, &colleague, &phone, &other]);
}

/// Moves a slider.
fn slide(person: &Browser, label: &str, weight: &str) {
    const SLIDE: &str = "
        const [label, weight] = arguments;
        const field = [...document.querySelectorAll('input[type=range]')].find(node => name(node) === label);
        field.value = weight;
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));";
    person.run_with(SLIDE, &[label, weight]).unwrap();
}

#[test]
fn weights_are_distributed_without_a_score() {
    let server = server();
    let facilitator = Browser::start(Engine::Chromium).unwrap();
    let (address, setup) = open_room_on(&facilitator, &server, "Organisatorisk medlemskab", "");
    let phone = Browser::start(Engine::Chromium).unwrap();
    phone.open(&address).unwrap();
    phone.press("Begynd").unwrap();
    phone.see("Fordel 100 på de tre").unwrap();
    let three = setup.instrument().unwrap();
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
    assert!(!phone.stored().unwrap().contains(&code), "the phone stores the code");
    phone.go("Jeg er færdig", "Tak for dine svar").unwrap();
    assert!(!phone.stored().unwrap().contains("medlemskab"), "the phone keeps the answers");

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
    facilitator.see_count(".result-items .result-item", 3).unwrap();
    let (_, workshop) = result_of(&facilitator.save_with("Gem resultatet som fil").unwrap());
    let total = workshop.total();
    let chose = |round: Round, weight: usize| total.item(round, 0).get(weight / 5).copied().unwrap_or_default();
    assert_eq!([30, 50, 60].map(|weight| chose(Round::Now, weight)), [3, 1, 3]);
    // Only four answered for the wish, so nothing is shown of it.
    assert!(total.item(Round::Wanted, 0).is_empty());
    assert_no_errors(&[&facilitator, &phone]);
}
