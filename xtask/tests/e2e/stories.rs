//! Stories that a unit tells, shares and withdraws, and where others meet them.

use std::path::PathBuf;

use kvalitetshjul::domain::date::Date;
use kvalitetshjul::domain::enhed::{Enhed, EnhedKind, Level};
use kvalitetshjul::domain::measure::Measure;
use kvalitetshjul::domain::period::Period;
use kvalitetshjul::domain::registry::RegisteredBody;
use kvalitetshjul::domain::series::Series;
use kvalitetshjul::domain::unit_story::UnitStory;
use kvalitetshjul::record::{Record, Records};
use xtask::browser::{Browser, Engine, Media, Viewport};
use xtask::e2e::records::{author, file_of, id};
use xtask::e2e::{
    UserRole, assert_no_errors, go_to, open_first_time, receive, server, start_as, start_with_unit, wait_until_saved,
};
use xtask::in_every_engine;
use xtask::pdf::Pdf;
use xtask::server::Server;

in_every_engine! {
    story_is_told_shared_read_elsewhere_and_withdrawn
}

const STORIES: &str = "#/historier?dato=2026-03-12";
const FRONT: &str = "#/?dato=2026-03-12";
const TITLE: &str = "Alle var med på tur";
const TEXT: &str = "To klasser byttede lærer en dag. Bagefter spurgte børnene, hvornår vi gør det igen.";
const SENTENCE: &str = "I 2023/24 var tallet for «Fravær reduceres» 7 %.";
const DRAFT: &str = "Kladden om biblioteket";
/// The titles of the rows on the page of stories.
const ROWS: &str = ".story h3";
/// The titles of the stories in large type.
const LARGE: &str = ".story-large h3";

fn put<B: RegisteredBody>(records: &mut Records, name: &str, body: &B) {
    records.insert(id(name), Record::create(id(name), body, &author(1, "Anne")).unwrap());
}

/// A school with two figures on an indicator. The later one rests on three persons.
fn school_with_figures() -> Records {
    let (kind, level) = (Some(EnhedKind::Skole), Level::new(3));
    let unit = Enhed { name: "Skolen ved Søen".into(), kind, level, network: "Vest".into(), ..Enhed::default() };
    let mut series = Series { unit: Some(id("soeen")), indicator: Some(id("fravaer")), ..Series::default() };
    for (year, value, n) in [(2023, 7.0, 40), (2024, 61.0, 3)] {
        let period = Period::SchoolYear(year);
        series.set_figure(period, Measure::Percent, Some(value));
        series.observations.get_mut(&period).unwrap().n = Some(n);
    }
    let mut records = Records::new();
    put(&mut records, "soeen", &unit);
    put(&mut records, "soeen.fravaer", &series);
    records
}

/// The school with a story that it shares, and a newer one that it does not share.
fn school_with_stories() -> Records {
    let mut records = school_with_figures();
    let shared = UnitStory {
        title: TITLE.into(),
        unit: Some(id("soeen")),
        text: TEXT.into(),
        date: Date::parse("2026-03-02"),
        series: Some(id("soeen.fravaer")),
        period: Some(Period::SchoolYear(2023)),
        shared: Some(true),
    };
    let draft = UnitStory {
        title: DRAFT.into(),
        date: Date::parse("2026-03-10"),
        // A figure that became hidden after it was chosen.
        period: Some(Period::SchoolYear(2024)),
        shared: None,
        ..shared.clone()
    };
    put(&mut records, "turen", &shared);
    put(&mut records, "kladden", &draft);
    records
}

/// Starts as the leader of the school in some records.
fn start_as_leader(engine: Engine, server: &Server, name: &str, records: &Records) -> Browser {
    let person = open_first_time(engine, server);
    person.pick("Leder").unwrap();
    receive(&person, &file_of(name, records));
    person
}

/// Saves the file for the network.
fn network_file(person: &Browser, server: &Server) -> PathBuf {
    go_to(person, server, "#/filer?dato=2026-03-12");
    person.choose_option("Et geografisk netværk").unwrap();
    let file = person.save_with("Gem filen").unwrap();
    person.press("Luk beskeden om filen").unwrap();
    file
}

/// Checks the layout of the page on a phone and a laptop, and its accessibility.
#[track_caller]
fn check_screens(person: &Browser, page: &str) {
    for screen in [Viewport::PHONE, Viewport::SMALL_PHONE, Viewport::LAPTOP] {
        assert_eq!(person.layout_faults(screen).unwrap(), Vec::<String>::new(), "{page}, {}", screen.name);
    }
    for media in [Media::Light, Media::Dark, Media::ForcedColors] {
        assert_eq!(person.barriers(media).unwrap(), Vec::<String>::new(), "{page}, {media:?}");
    }
}

fn story_is_told_shared_read_elsewhere_and_withdrawn(engine: Engine) {
    let server = server();
    let anne = start_as_leader(engine, &server, "tal", &school_with_figures());
    let bo = start_as(engine, &server, UserRole::leader(UserRole::LEVEL_3, "Skolen ved Åen"));

    // A story with a figure. The hidden figure is not among the choices.
    go_to(&anne, &server, STORIES);
    anne.press("Skriv en historie").unwrap();
    anne.wait_for("the focus in the title", || Ok(anne.focused("id")?.ends_with("-title"))).unwrap();
    anne.write("Overskrift", TITLE).unwrap();
    anne.write("Hvad skete der?", TEXT).unwrap();
    anne.choose_in("Et tal ved siden af", "Fravær reduceres").unwrap();
    anne.see(SENTENCE).unwrap();
    anne.see_texts("select[id$='-period'] option", &["Vælg en periode", "2023/24: 7 %"]).unwrap();
    anne.see("12. marts 2026 · Kun hos jer").unwrap();
    wait_until_saved(&anne);
    anne.reload().unwrap();
    anne.see_texts(ROWS, &[TITLE]).unwrap();
    anne.see(SENTENCE).unwrap();

    // It is shown to others once it is shared.
    anne.pick("Offentlig visning").unwrap();
    anne.see("Ingen historier er delt endnu.").unwrap();
    assert!(!anne.sees(TITLE).unwrap());
    anne.pick("Offentlig visning").unwrap();
    anne.press("Ret: Alle var med på tur").unwrap();
    anne.see_in("Hvad skete der?", TEXT).unwrap();
    anne.pick("Del med netværket").unwrap();
    anne.press("Færdig").unwrap();
    anne.see("12. marts 2026 · Deles med netværket").unwrap();
    anne.see_focus("id", "begin-story").unwrap();
    anne.pick("Offentlig visning").unwrap();
    anne.see_texts(LARGE, &[TITLE]).unwrap();
    anne.see(SENTENCE).unwrap();
    anne.pick("Offentlig visning").unwrap();

    // The other unit reads it, and cannot edit it.
    receive(&bo, &network_file(&anne, &server));
    go_to(&bo, &server, STORIES);
    bo.see_texts(ROWS, &[TITLE]).unwrap();
    bo.see("Skolen ved Søen · 12. marts 2026").unwrap();
    bo.see(SENTENCE).unwrap();
    bo.see_count(".story button", 0).unwrap();

    // A story that is withdrawn is gone there too, and the page says so.
    go_to(&anne, &server, STORIES);
    anne.press("Ret: Alle var med på tur").unwrap();
    anne.pick("Del med netværket").unwrap();
    anne.press("Færdig").unwrap();
    anne.see("12. marts 2026 · Kun hos jer").unwrap();
    receive(&bo, &network_file(&anne, &server));
    go_to(&bo, &server, STORIES);
    bo.see("Skolen ved Søen har trukket «Alle var med på tur» tilbage.").unwrap();
    bo.see_count(ROWS, 0).unwrap();
    assert!(!bo.sees(TEXT).unwrap());
    assert_no_errors(&[&anne, &bo]);
}

#[test]
fn deleted_story_can_be_restored() {
    let server = server();
    let person = start_with_unit(Engine::Chromium, &server, "Børnehuset Solstrålen");
    go_to(&person, &server, STORIES);
    person.see("Her kommer jeres historier.").unwrap();
    // Nothing is created before something is written.
    person.press("Skriv en historie").unwrap();
    person.press("Slet historien").unwrap();
    person.see_focus("id", "begin-story").unwrap();
    person.see_count(ROWS, 0).unwrap();
    person.press("Skriv en historie").unwrap();
    person.write("Hvad skete der?", TEXT).unwrap();
    person.see_texts(".story-text", &[TEXT]).unwrap();
    person.press("Slet historien").unwrap();
    person.see_focus("id", "story-deleted").unwrap();
    person.see_count(ROWS, 0).unwrap();
    person.press("Hent den tilbage").unwrap();
    person.see_in("Hvad skete der?", TEXT).unwrap();
    person.see_texts(".story-text", &[TEXT]).unwrap();
    assert_no_errors(&[&person]);
}

#[test]
fn shared_stories_come_first_for_a_board_and_in_the_public_view() {
    let server = server();
    let leader = start_as_leader(Engine::Chromium, &server, "historier", &school_with_stories());
    let board = open_first_time(Engine::Chromium, &server);
    board.pick("Udvalg, MED eller forældrebestyrelse").unwrap();
    receive(&board, &file_of("historier", &school_with_stories()));

    go_to(&board, &server, FRONT);
    board.see_texts(LARGE, &[TITLE]).unwrap();
    board.see(SENTENCE).unwrap();
    assert_eq!(board.texts(".front-agenda h2").unwrap().first().map(String::as_str), Some("Det lykkes"));
    assert!(!board.sees(DRAFT).unwrap());
    check_screens(&board, "the front page of a board");
    board.press("Alle historier").unwrap();
    board.see_heading("Historier").unwrap();

    // The leader's own work comes first, except in the public view.
    go_to(&leader, &server, FRONT);
    leader.wait_for("the agenda", || Ok(leader.count(".front-agenda h2")? > 0)).unwrap();
    leader.see_count(LARGE, 0).unwrap();
    go_to(&leader, &server, STORIES);
    leader.see_texts(ROWS, &[DRAFT, TITLE]).unwrap();
    check_screens(&leader, "the stories of a unit");
    leader.pick("Offentlig visning").unwrap();
    leader.see_texts(LARGE, &[TITLE]).unwrap();
    check_screens(&leader, "the stories in the public view");
    leader.press("Overblik").unwrap();
    leader.see_texts(LARGE, &[TITLE]).unwrap();
    assert!(!leader.sees(DRAFT).unwrap());
    assert_no_errors(&[&leader, &board]);
}

#[test]
fn paper_holds_the_shared_stories_alone() {
    let server = server();
    let person = start_as_leader(Engine::Chromium, &server, "papir", &school_with_stories());
    go_to(&person, &server, STORIES);
    person.see_texts(ROWS, &[DRAFT, TITLE]).unwrap();
    person.press(&format!("Ret: {DRAFT}")).unwrap();
    person.see("Det valgte tal må ikke vises for andre nu").unwrap();
    person.write("Overskrift", "Kladden om skolens bibliotek").unwrap();

    let pages = Pdf::keep("historier", &person.printed(true).unwrap()).unwrap().pages().unwrap();
    let lines: Vec<&str> = pages.iter().flat_map(|page| &page.lines).map(|line| line.text.as_str()).collect();
    let paper = lines.join(" ");
    for words in ["Historier", TITLE, "Skolen ved Søen · 2. marts 2026", TEXT, SENTENCE] {
        assert!(paper.contains(words), "«{words}» is not on paper: {paper}");
    }
    for words in ["Kladden", "61 %", "Overskrift", "Offentlig visning", "Det valgte tal"] {
        assert!(!paper.contains(words), "«{words}» is on paper: {paper}");
    }
    // Afterwards the form is as it was. The hidden figure can be removed, though the list does not offer it.
    person.see_in("Overskrift", "Kladden om skolens bibliotek").unwrap();
    person.press("Fjern tallet").unwrap();
    person.wait_for("the note to be gone", || Ok(!person.sees("Det valgte tal")?)).unwrap();
    assert_no_errors(&[&person]);
}
