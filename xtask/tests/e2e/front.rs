//! The front page: the items that wait for a person by role, with a link to each.

use std::cell::RefCell;
use std::path::PathBuf;

use kvalitetshjul::domain::aftale::state::AftaleEvent;
use kvalitetshjul::domain::aftale::{Aftale, Party};
use kvalitetshjul::domain::date::Date;
use kvalitetshjul::domain::enhed::{Enhed, EnhedKind, Level};
use kvalitetshjul::domain::goal::{Goal, Initiative, InitiativeStatus};
use kvalitetshjul::domain::instrument::instrument;
use kvalitetshjul::domain::measure::Measure;
use kvalitetshjul::domain::period::{Period, Span};
use kvalitetshjul::domain::proevehandling::Proevehandling;
use kvalitetshjul::domain::registry::RegisteredBody;
use kvalitetshjul::domain::series::Series;
use kvalitetshjul::record::{Record, Records};
use xtask::browser::{Browser, Engine, Media, Viewport};
use xtask::e2e::records::{author, file_of, id};
use xtask::e2e::{
    UserRole, assert_no_errors, finish_first_step, go_to, open_first_time, receive, server, wait_until_saved,
};

/// The heading of an agenda without items.
const QUIET: &str = "Intet venter på dig lige nu";
/// The links of the waiting items that are shown without unfolding.
const SHOWN: &str = ".agenda > .agenda-items a";

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn put<B: RegisteredBody>(records: &mut Records, name: &str, body: &B) {
    let record = Record::create(id(name), body, &author(1, "Anne")).unwrap();
    records.insert(id(name), record);
}

fn school(name: &str) -> Enhed {
    let (kind, level) = (Some(EnhedKind::Skole), Level::new(3));
    Enhed { name: name.into(), kind, level, network: "Vest".into(), ..Enhed::default() }
}

/// A school whose revised agreement waits for both parties. One of its initiatives and a trial are past their last day.
fn school_with_three_waiting_things() -> Records {
    let span = |from: &str, to: &str| Some(Span { from: Date::parse(from), to: Date::parse(to) });
    let mut aftale = Aftale {
        title: "Sammenhængsaftale 2026–2028".into(),
        unit: Some(id("skolen")),
        period: span("2026-08-01", "2028-07-31"),
        level: Level::new(3),
        leader: "Anne Holm".into(),
        counterpart: "Bo Lund".into(),
        ..Aftale::default()
    };
    aftale.record_event(id("f1"), AftaleEvent::Frozen, day("2026-06-01"), Some(id("v1")));
    for party in Party::ALL {
        aftale.record_assent(&id("v1"), party, day("2026-06-10"));
    }
    aftale.record_event(id("f2"), AftaleEvent::Revision, day("2026-10-20"), None);
    aftale.record_event(id("f3"), AftaleEvent::Frozen, day("2026-11-02"), Some(id("v2")));
    let mut goal = Goal { text: "Færre har højt fravær".into(), aftale: Some(id("aftalen")), ..Goal::default() };
    let initiative = Initiative {
        text: "En voksen ringer hjem samme dag".into(),
        period: span("2026-08-10", "2026-11-01"),
        status: Some(InitiativeStatus::Running),
        ..Initiative::default()
    };
    goal.initiatives.insert(id("indsats"), initiative);
    let trial = Proevehandling {
        title: "Frokost ude".into(),
        unit: Some(id("skolen")),
        period: span("2026-10-01", "2026-11-10"),
        ..Proevehandling::default()
    };
    let mut records = Records::new();
    put(&mut records, "skolen", &school("Skolen ved Søen"));
    put(&mut records, "aftalen", &aftale);
    put(&mut records, "maal1", &goal);
    put(&mut records, "frokost", &trial);
    records
}

/// Waits until the address contains a text.
fn wait_for_address(person: &Browser, words: &str) {
    person.wait_for(words, || Ok(person.address()?.contains(words))).unwrap();
}

#[test]
fn leader_reaches_each_waiting_thing_with_one_press() {
    const FRONT: &str = "#/?dato=2026-11-25";
    let server = server();
    let leader = open_first_time(Engine::Chromium, &server);
    leader.pick("Leder").unwrap();
    receive(&leader, &file_of("venter", &school_with_three_waiting_things()));
    go_to(&leader, &server, FRONT);
    leader.see("Det venter på dig").unwrap();
    let waiting = ["Aftalen venter på, at du siger ja", "En voksen ringer hjem samme dag", "Saml op på «Frokost ude»"];
    leader.see_texts(SHOWN, &waiting).unwrap();
    assert!(!leader.sees(QUIET).unwrap());
    for (words, address) in waiting.iter().zip(["#/aftale/aftalen", "#/aftale/aftalen/maal1", "#/praksis/frokost"]) {
        leader.press(words).unwrap();
        wait_for_address(&leader, address);
        go_to(&leader, &server, FRONT);
        leader.see_texts(SHOWN, &waiting).unwrap();
    }

    // A trial that is summed up no longer waits; the other items still do.
    leader.press("Saml op på «Frokost ude»").unwrap();
    leader.pick("Skalér – gør mere af det").unwrap();
    wait_until_saved(&leader);
    go_to(&leader, &server, FRONT);
    leader.see_texts(SHOWN, &waiting[..2]).unwrap();
    assert!(!leader.sees(QUIET).unwrap());
    assert_no_errors(&[&leader]);
}

#[test]
fn secretariat_sees_what_units_lack() {
    let mut records = Records::new();
    put(&mut records, "soeen", &school("Skolen ved Søen"));
    put(&mut records, "aaen", &Enhed { kind: None, ..school("Skolen ved Åen") });
    let mut series = Series { unit: Some(id("soeen")), indicator: Some(id("fravaer")), ..Series::default() };
    series.set_figure(Period::SchoolYear(2024), Measure::Percent, Some(6.1));
    put(&mut records, "soeen.fravaer", &series);
    let server = server();
    let person = open_first_time(Engine::Chromium, &server);
    person.pick("Sekretariatet").unwrap();
    receive(&person, &file_of("enheder", &records));
    go_to(&person, &server, "#/?dato=2026-11-25");
    let lacking =
        ["Skolen ved Åen mangler tal", "Skolen ved Åen mangler en enhedstype", "2 enheder har ikke sendt en fil endnu"];
    person.see_texts(SHOWN, &lacking).unwrap();
    person.see("Skolen ved Søen og Skolen ved Åen").unwrap();
    person.see("Lav datapakken").unwrap();
    assert!(!person.sees(QUIET).unwrap());
    person.press(lacking[1]).unwrap();
    person.see_in("Enhedens navn", "Skolen ved Åen").unwrap();
    go_to(&person, &server, "#/?dato=2026-11-25");
    person.press(lacking[0]).unwrap();
    person.see_heading("Hent fra regneark").unwrap();
    assert_no_errors(&[&person]);
}

/// The main jobs of a new user, each from the front page, with the most presses that it may take. A press is a button, a
/// link, an option, or a field that is written in.
const JOBS: [(&str, usize); 7] = [
    ("set unit", 5),
    ("read wheel", 1),
    ("figure", 3),
    ("goal", 4),
    ("reflection", 29),
    ("file out", 1),
    ("file into another browser", 2),
];

/// Does the main jobs, and returns the presses of each. The day makes the wheel call for the agreement.
fn do_jobs(screen: Viewport) -> Vec<usize> {
    const FRONT: &str = "#/?dato=2026-05-11";
    let server = server();
    let anne = open_first_time(Engine::Chromium, &server);
    let bo = open_first_time(Engine::Chromium, &server);
    let mut counts = Vec::new();
    let mut job = |person: &Browser, act: &dyn Fn()| {
        go_to(person, &server, FRONT);
        let before = person.presses();
        act();
        counts.push(person.presses() - before);
    };
    let file = anne.on_screen(screen, Media::Light, || {
        job(&anne, &|| {
            anne.pick("Leder").unwrap();
            anne.pick(UserRole::LEVEL_3).unwrap();
            anne.write("Hvad hedder enheden?", "Skolen ved Søen").unwrap();
            anne.choose_in("Hvad er det for en enhed?", "Skole").unwrap();
            finish_first_step(&anne);
        });
        job(&anne, &|| {
            anne.press("Hjulet").unwrap();
            anne.see_heading("Kvalitetshjulet").unwrap();
            anne.see("Elementerne i rækkefølge").unwrap();
        });
        job(&anne, &|| {
            anne.press("Indikatorer").unwrap();
            anne.press("Færre med højt fravær").unwrap();
            anne.write("Færre med højt fravær, 2024/25", "14,2").unwrap();
            wait_until_saved(&anne);
        });
        job(&anne, &|| {
            anne.press("Aftale").unwrap();
            anne.press("Begynd tomt").unwrap();
            anne.press("Tilføj et mål for kvalitet").unwrap();
            anne.write("Målet", "Færre har højt fravær").unwrap();
            wait_until_saved(&anne);
        });
        job(&anne, &|| {
            anne.press("Refleksion").unwrap();
            anne.press("Begynd · cirka 8 minutter").unwrap();
            let nine = instrument("modsaetninger").unwrap();
            for (number, item) in nine.items.iter().enumerate() {
                for round in ["Nu", "Ønsket"] {
                    anne.pick(&format!("{round}: {}", nine.point(item, 1))).unwrap();
                }
                anne.press(if number + 1 == nine.items.len() { "Se det samlet" } else { "Næste" }).unwrap();
            }
            anne.see("Sådan ser det ud").unwrap();
        });
        let file = RefCell::new(PathBuf::new());
        job(&anne, &|| drop(file.replace(anne.save_with("Gem sikkerhedskopi").unwrap())));
        Ok(file.into_inner())
    });
    let file = file.unwrap();
    bo.on_screen(screen, Media::Light, || {
        job(&bo, &|| {
            bo.choose(&file).unwrap();
            bo.see("Filen er flettet ind.").unwrap();
        });
        Ok(())
    })
    .unwrap();
    assert_no_errors(&[&anne, &bo]);
    counts
}

#[track_caller]
fn check_jobs(screen: Viewport) {
    let counts = do_jobs(screen);
    assert_eq!(counts.len(), JOBS.len());
    for ((job, most), count) in JOBS.into_iter().zip(counts) {
        println!("{}: {job}: {count} presses (at most {most})", screen.name);
        assert!(count <= most, "{job} takes {count} presses on {}", screen.name);
    }
}

#[test]
fn main_jobs_take_few_presses_on_a_phone() {
    check_jobs(Viewport::PHONE);
}

#[test]
fn main_jobs_take_few_presses_on_a_laptop() {
    check_jobs(Viewport::LAPTOP);
}

/// The frame of the page does not depend on the code of the agenda.
#[test]
fn agenda_that_cannot_be_fetched_leaves_the_rest_of_the_page() {
    let server = server();
    let person = open_first_time(Engine::Chromium, &server);
    person.cut_off(&["*/split_*"]).unwrap();
    person.pick("Facilitator af workshops").unwrap();
    person.press("Spring over").unwrap();
    person.see("En del af siden kunne ikke hentes.").unwrap();
    person.see_heading("Overblik").unwrap();
    person.see_count(".front-wheel svg", 1).unwrap();
    person.cut_off(&[]).unwrap();
    person.press("Prøv igen").unwrap();
    person.press("Hold en workshop").unwrap();
    person.see_heading("Workshop").unwrap();
}
