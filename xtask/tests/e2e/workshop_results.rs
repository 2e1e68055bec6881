//! What follows a workshop: goals, trials, the comparison with an earlier workshop.

use kvalitetshjul::domain::aftale::Aftale;
use kvalitetshjul::domain::date::Timestamp;
use kvalitetshjul::domain::enhed::Enhed;
use kvalitetshjul::domain::goal::{Area, Goal};
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::workshop::Phase;
use kvalitetshjul::exchange::scope::Scope;
use kvalitetshjul::exchange::write::write;
use kvalitetshjul::record::dot::Actor;
use kvalitetshjul::record::edit::Author;
use kvalitetshjul::record::{Record, Records};
use xtask::browser::{Browser, Engine};
use xtask::e2e::workshop::{go_to_phase, open_room, paper, papers, result_of, set_day, show};
use xtask::e2e::{assert_no_errors, go_to, server};

/// Builds a unit with an agreement in work.
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
fn decision_becomes_a_goal_and_a_trial_with_links_both_ways() {
    let server = server();
    let facilitator = Browser::start(Engine::Chromium).unwrap();
    go_to(&facilitator, &server, "");
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
    go_to_phase(&facilitator, Phase::Talk);
    facilitator.go("Næste", "2 af 9").unwrap();
    assert!(!facilitator.sees("Gør beslutningen til").unwrap(), "nothing is decided yet");
    facilitator.write("Hvad beslutter I?", "Vi ringer, før vi skriver.").unwrap();
    // Without a press on the button, nothing is created and nothing typed is kept.
    facilitator.go("Gør beslutningen til et mål i aftalen", "Hvem er ansvarlig?").unwrap();
    facilitator.write("Hvem er ansvarlig?", "Ane").unwrap();
    facilitator.press("Fortryd").unwrap();
    facilitator.wait_for("the form to be closed", || Ok(!facilitator.sees("Hvem er ansvarlig?")?)).unwrap();
    facilitator.go("Gør beslutningen til et mål i aftalen", "Hvem er ansvarlig?").unwrap();
    facilitator.see_in("Hvem er ansvarlig?", "").unwrap();
    facilitator.write("Hvem er ansvarlig?", "Ledelsen").unwrap();
    facilitator.go("Opret målet", "Se målet i aftalen").unwrap();
    facilitator.go("Se målet i aftalen", "Mål 2 af 2").unwrap();
    facilitator.see_in("Målet", "Vi ringer, før vi skriver.").unwrap();
    // Who comes back finds the phase and the question as they were.
    facilitator.go("workshoppen Personaledag i maj", "Hvad beslutter I?").unwrap();
    facilitator.see_texts(".single-result .eyebrow", &["2 af 9"]).unwrap();
    go_to_phase(&facilitator, Phase::Decide);
    facilitator.see("Mål · Ledelsen").unwrap();
    facilitator.go("Gør beslutningen til en prøvehandling", "Hvem er ansvarlig?").unwrap();
    facilitator.write("Hvem er ansvarlig?", "Mette").unwrap();
    set_day(&facilitator, "Hvornår ser I på det igen?", "2099-03-15");
    facilitator.go("Opret prøvehandlingen", "Prøvehandling · Mette · 15. marts 2099").unwrap();
    facilitator.go("Se prøvehandlingen", "Det vil vi prøve").unwrap();
    facilitator.see_in("Hvad vil I prøve?", "Vi ringer, før vi skriver.").unwrap();
    facilitator.see_in("Hvem er ansvarlig?", "Mette").unwrap();
    facilitator.go("workshoppen Personaledag i maj", "Det har I besluttet").unwrap();
    facilitator.go("Se målet i aftalen", "Mål 2 af 2").unwrap();
    // The shared file holds the result alone, without the goal and the trial.
    facilitator.go("Filer", "Del med andre").unwrap();
    facilitator.choose_option("Resultatet af en workshop").unwrap();
    facilitator.see("1 workshop").unwrap();
    let (id, workshop) = result_of(&facilitator.save_with("Gem filen").unwrap());
    assert_eq!((id, workshop.total().people), (setup.id, 5));
    assert_no_errors(&[&facilitator]);
}

#[test]
fn answers_are_compared_with_an_earlier_workshop() {
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
    assert_eq!(earlier.len(), 2, "no comparison, and the earlier workshop: {earlier:?}");
    facilitator.choose_in("Sammenlign med en tidligere workshop", &earlier[1]).unwrap();
    // In the earlier workshop all answers were furthest left, now furthest right. The wishes are equal.
    facilitator.wait_for("the earlier answers", || Ok(facilitator.count(".result-items .before")? == 18)).unwrap();
    // The wall compares too.
    facilitator.see_texts(".wall-preview .wall-foot + p", &[&format!("Stregen er {}.", earlier[1])]).unwrap();
    let places = facilitator
        .texts_of(
            "const svg = document.querySelector('.result-items .distribution');
            return [svg.querySelector('.before').getAttribute('d'), svg.querySelector('.bar').getAttribute('x')];",
        )
        .unwrap();
    assert!(places[0].starts_with("M2 ") && places[1] == "245", "{places:?}");
    facilitator.choose_in("Sammenlign med en tidligere workshop", "Ingen").unwrap();
    facilitator.wait_for("no earlier answers", || Ok(facilitator.count(".before")? == 0)).unwrap();
    assert_no_errors(&[&facilitator]);
}
