//! The agreement: written, shared, agreed to by both parties through files; the conversation before and the status
//! halfway.

use kvalitetshjul::domain::aftale::Aftale;
use kvalitetshjul::domain::date::Date;
use kvalitetshjul::domain::dialogue::Dialogue;
use kvalitetshjul::domain::enhed::{Enhed, EnhedKind, Level};
use kvalitetshjul::domain::goal::{Anchor, Goal};
use kvalitetshjul::domain::measure::Measure;
use kvalitetshjul::domain::midtvejs::{Difference, GoalCourse, GoalStatus, Midtvejsstatus};
use kvalitetshjul::domain::period::{Period, Span};
use kvalitetshjul::domain::registry::RegisteredBody;
use kvalitetshjul::domain::series::Series;
use kvalitetshjul::record::{Record, Records};
use xtask::browser::{Browser, Engine, KeyLatencies, MOST_KEYS, Media, SLOWER, Viewport};
use xtask::e2e::records::{author, file_of, id};
use xtask::e2e::{UserRole, assert_no_errors, go_to, open_first_time, receive, server, start_as, wait_until_saved};
use xtask::in_every_engine;
use xtask::sample_data::large_agreement::{self, AGREEMENT, FIRST_GOAL, FIRST_TEXT, Size};
use xtask::server::Server;

in_every_engine! {
    agreement_is_written_shared_and_agreed_by_files
}

/// Starts as a leader with an agreement made from examples, on a day of the second quarter.
fn start_with_examples(engine: Engine, server: &Server) -> Browser {
    let leader = start_as(engine, server, UserRole::leader(UserRole::LEVEL_3, "Skolen ved Søen"));
    go_to(&leader, server, "#/aftale?dato=2026-05-11");
    leader.see_heading("Sammenhængsaftale").unwrap();
    leader.go("Begynd med eksempler", "Hvad mangler?").unwrap();
    leader.see_heading("Sammenhængsaftale 2026–2028").unwrap();
    leader
}

fn name_the_parties(person: &Browser) {
    person.press("Parter og inddragelse").unwrap();
    person.write("Leder", "Anne Holm").unwrap();
    person.write("Modpart", "Bo Lund").unwrap();
    person.write("Medarbejdere", "På personalemødet i maj").unwrap();
    wait_until_saved(person);
    person.go("Tilbage til aftalen", "Aftalens vej").unwrap();
}

/// Returns the id of the agreement whose page, or a part of it, is shown.
fn agreement_id(person: &Browser) -> String {
    let address = person.address().unwrap();
    let id = address.split("#/aftale/").nth(1).unwrap();
    id.split(['/', '?']).next().unwrap().to_owned()
}

fn open_goal(person: &Browser, words: &str) {
    person.go(words, "Tegn på progression").unwrap();
}

fn agreement_is_written_shared_and_agreed_by_files(engine: Engine) {
    let server = server();
    let leader = start_with_examples(engine, &server);
    let chef = start_as(engine, &server, UserRole::chef("Skoleafdelingen"));

    // The panel lists the gaps that prevent a step, with links to the fields.
    leader.go("Gør klar til underskrift", "Det skal på plads, før ordene kan låses").unwrap();
    leader.see_texts(".step-reply > div:first-child a", &["Skriv, hvem der indgår aftalen"]).unwrap();
    leader.follow(".step-reply a").unwrap();
    leader.see_heading("Parter, periode og inddragelse").unwrap();
    leader.see_focus("id", &format!("{}-leader", agreement_id(&leader))).unwrap();
    leader.go("Tilbage til aftalen", "Aftalens vej").unwrap();
    name_the_parties(&leader);
    open_goal(&leader, "Færre elever har højt fravær");
    leader.write("Forventet effekt", "Flere er i skole hver dag.").unwrap();
    leader.write("Ansvarlig", "Teamlederne").unwrap();
    leader.go("Tilbage til aftalen", "Aftalens vej").unwrap();
    // The panel asks before sharing, because sharing changes the state.
    leader.go("Del aftalen", "Aftalen går fra kladde til delt").unwrap();
    leader.press("Vent med det").unwrap();
    leader.see_texts(".agreement-state", &["Kladde"]).unwrap();
    leader.press("Del aftalen").unwrap();
    let to_chef = leader.save_with("Ja, del og gem filen").unwrap();
    leader.see("Er I enige, så lås ordene.").unwrap();

    // The chef comments, and both change the same text.
    receive(&chef, &to_chef);
    go_to(&chef, &server, "#/enheder/mine?dato=2026-05-20");
    chef.press("Skolen ved Søen: aftalen er delt: læs den, og skriv i margenen").unwrap();
    open_goal(&chef, "Færre elever har højt fravær");
    chef.open_field_menu("Målet").unwrap();
    chef.press("Kommentér Målet").unwrap();
    chef.write("Kommentar", "Kan vi nævne udskolingen?").unwrap();
    chef.go("Færdig", "Kan vi nævne udskolingen?").unwrap();
    chef.write("Målet", "Færre elever i udskolingen har højt fravær").unwrap();
    wait_until_saved(&chef);
    chef.go("Tilbage til aftalen", "Aftalens vej").unwrap();
    let to_leader = chef.save_with("Gem fil til modparten").unwrap();
    open_goal(&leader, "Færre elever har højt fravær");
    leader.write("Målet", "Færre elever har højt fravær, og flere siger hvorfor").unwrap();
    wait_until_saved(&leader);
    receive(&leader, &to_leader);
    leader.see("Åbent valg").unwrap();
    leader.see("Kan vi nævne udskolingen?").unwrap();
    leader.go("Tilbage til aftalen", "Aftalens vej").unwrap();
    leader.see("Kommenteret").unwrap();
    leader.go("Gør klar til underskrift", "Det skal på plads, før ordene kan låses").unwrap();
    let required = leader.texts(".step-reply > div:first-child a").unwrap();
    assert_eq!(required, ["Vælg, hvad der skal stå, hvor I har skrevet forskelligt"]);

    // The choice is resolved, the comment closed, the text frozen, and both agree.
    leader
        .press("Færre elever i udskolingen har højt fravær")
        .or_else(|_| leader.press("Færre elever har højt fravær, og flere siger hvorfor"))
        .unwrap();
    leader.press("Behold «Færre elever i udskolingen har højt fravær»").unwrap();
    leader.see_in("Målet", "Færre elever i udskolingen har højt fravær").unwrap();
    leader.go("Afslut kommentaren til Målet", "Afsluttet 11. maj 2026").unwrap();
    leader.go("Tilbage til aftalen", "Aftalens vej").unwrap();
    leader.go("Gør klar til underskrift", "Det står der ikke noget om endnu.").unwrap();
    leader.go("Gør klar alligevel", "Ordene ligger fast.").unwrap();
    leader.go("Sig ja som Anne Holm", "har sagt ja 11. maj 2026").unwrap();
    leader.see("mangler at sige ja").unwrap();
    let to_sign = leader.save_with("Gem fil til modparten").unwrap();
    receive(&chef, &to_sign);
    chef.see("Ordene ligger fast.").unwrap();
    chef.go("Sig ja som Bo Lund", "Aftalen gælder.").unwrap();
    let agreed = chef.save_with("Gem fil til modparten").unwrap();
    receive(&leader, &agreed);
    leader.see("Aftalen gælder.").unwrap();
    leader.see("hører til i ESDH").unwrap();

    // The status of an initiative is chosen on the agreement itself.
    let initiative = leader.texts(".goals .due-initiatives > li > div:first-child").unwrap()[0].clone();
    leader.choose_in(&format!("Status for {initiative}"), "I gang").unwrap();
    wait_until_saved(&leader);
    leader.see("i gang").unwrap();

    // The agreed text cannot be edited. A year later it is revised.
    leader.press("Færre elever i udskolingen har højt fravær").unwrap();
    leader.see("Ordene ligger fast. Begynd en revision").unwrap();
    leader.go("Tilbage til aftalen", "Aftalens vej").unwrap();
    go_to(&leader, &server, "#/aftale?dato=2027-05-25");
    leader.press("Sammenhængsaftale 2026–2028").unwrap();
    leader.see("det er tid til den årlige revision").unwrap();
    leader.go("Begynd den årlige revision", "Under revision").unwrap();
    open_goal(&leader, "Færre elever i udskolingen har højt fravær");
    leader.write("Målet", "Færre elever i udskolingen har meget højt fravær").unwrap();
    wait_until_saved(&leader);
    leader.go("Tilbage til aftalen", "Aftalens vej").unwrap();
    leader.go("Versioner og ændringer", "begge har sagt ja").unwrap();
    leader.see("omskrevet").unwrap();
    leader.see_texts(".comparison ins", &["meget"]).unwrap();
    assert_no_errors(&[&leader, &chef]);
}

#[test]
fn conversation_prepared_by_both_is_carried_into_the_agreement() {
    let server = server();
    let leader = start_as(Engine::Chromium, &server, UserRole::leader(UserRole::LEVEL_3, "Skolen ved Søen"));
    go_to(&leader, &server, "#/indikator/hoejt-fravaer?dato=2026-02-11");
    leader.write("Færre med højt fravær, 2025/26", "14,2").unwrap();
    go_to(&leader, &server, "#/aftale?dato=2026-02-11");
    leader.go("Begynd tomt", "Hvad mangler?").unwrap();
    leader.press("Tilføj et mål for kvalitet").unwrap();
    leader.see_heading("Mål 1 af 1").unwrap();
    let goal = leader.address().unwrap().rsplit('/').next().unwrap().split('?').next().unwrap().to_owned();
    leader.see_focus("id", &format!("{goal}-text")).unwrap();
    leader.write("Målet", "Færre er væk").unwrap();
    leader.choose_in("Indikator", "Færre med højt fravær").unwrap();
    leader.write("Ønsket ved aftalens slutning (%)", "8").unwrap();
    wait_until_saved(&leader);

    // The page proposes a topic from the figures, with the reason.
    go_to(&leader, &server, "#/samtale?dato=2026-02-11");
    leader.see("Aftalen ønsker 8").unwrap();
    leader.press("Tag med: «Færre med højt fravær»").unwrap();
    leader.write("Lederens forberedelse til emne 1", "Det er svært efter vinterferien.").unwrap();
    leader.press("Tilføj jeres eget emne").unwrap();
    leader.write("Emne 2", "Overgangen til udskolingen").unwrap();
    let to_chef = leader.save_with("Gem fil til den anden part").unwrap();

    let chef = start_as(Engine::Chromium, &server, UserRole::chef("Skoleafdelingen"));
    receive(&chef, &to_chef);
    go_to(&chef, &server, "#/enheder/mine?dato=2026-02-12");
    chef.press("Skolen ved Søen: ingen dag aftalt").unwrap();
    chef.see_heading("Forbered samtalen").unwrap();
    assert_no_errors(&[&chef]);

    // The conversation shows one topic at a time; the arrow keys move on.
    leader.press("Begynd samtalen").unwrap();
    leader.see("Lederen har forberedt").unwrap();
    leader.see("Emne 1 af 2").unwrap();
    leader.focus(".talk nav a").unwrap();
    leader.key(Browser::RIGHT).unwrap();
    leader.see("Emne 2 af 2").unwrap();
    leader.focus(".talk nav a").unwrap();
    leader.key(Browser::LEFT).unwrap();
    leader.see("Emne 1 af 2").unwrap();
    leader.write("Det aftaler vi", "En voksen ringer hjem samme dag").unwrap();
    leader.press("Næste emne").unwrap();
    leader.press("Til opsamlingen").unwrap();
    leader.see("En voksen ringer hjem samme dag").unwrap();
    leader.see_texts(".minutes h2", &["Færre med højt fravær", "Overgangen til udskolingen"]).unwrap();
    leader.follow(".minutes li:first-child .buttons button").unwrap();
    leader.press("Se målet i aftalen").unwrap();
    leader.see_in("Målet", "En voksen ringer hjem samme dag").unwrap();
    assert_no_errors(&[&leader]);
}

/// A school whose share with high absence rose three times in a row, of unknown numbers of persons; what people said
/// about the latest figure; and an agreement whose midterm status is finished, with a goal on the indicator.
fn school_with_a_figure_that_gets_worse() -> Records {
    fn put<B: RegisteredBody>(records: &mut Records, name: &str, body: &B) {
        records.insert(id(name), Record::create(id(name), body, &author(1, "Anne")).unwrap());
    }
    let (latest, indicator) = (Period::SchoolYear(2024), id("hoejt-fravaer"));
    let mut series = Series { unit: Some(id("skolen")), indicator: Some(indicator.clone()), ..Series::default() };
    for (year, value) in (2021..).zip([5.1, 5.8, 6.3, 7.0]) {
        series.set_figure(Period::SchoolYear(year), Measure::Percent, Some(value));
    }
    series.notes.insert(latest, "Opgjort uden langtidssyge.".into());
    let dialogue = Dialogue {
        series: Some(id("skolen.hoejt-fravaer")),
        period: Some(latest),
        assessment: "Flest er væk om mandagen.".into(),
        children: "Vi ved ikke, hvem der er der.".into(),
        parents: "Vi hører det først sent.".into(),
        ..Dialogue::default()
    };
    let head = Aftale {
        title: "Sammenhængsaftale 2024–2026".into(),
        unit: Some(id("skolen")),
        period: Some(Span { from: Date::new(2024, 8, 1), to: Date::new(2026, 7, 31) }),
        ..Aftale::default()
    };
    let mut goal = Goal { text: "Flere kommer hver dag".into(), aftale: Some(id("aftalen")), ..Goal::default() };
    goal.anchors.insert(indicator.clone(), Anchor::Indicator(indicator));
    let mut midtvejs =
        Midtvejsstatus { aftale: Some(id("aftalen")), finished: Date::new(2025, 8, 20), ..Midtvejsstatus::default() };
    let status = GoalStatus {
        signs_seen: "Flere hilser om morgenen.".into(),
        course: Some(GoalCourse::OnItsWay),
        difference: Some(Difference::Some),
        ..GoalStatus::default()
    };
    midtvejs.goals.insert(id("maal"), status);
    let (kind, level) = (Some(EnhedKind::Skole), Level::new(3));
    let mut records = Records::new();
    put(&mut records, "skolen", &Enhed { name: "Skolen ved Søen".into(), kind, level, ..Enhed::default() });
    put(&mut records, "skolen.hoejt-fravaer", &series);
    put(&mut records, "skolen.hoejt-fravaer.2024-25", &dialogue);
    put(&mut records, "aftalen", &head);
    put(&mut records, "maal", &goal);
    put(&mut records, "aftalen.midtvejs", &midtvejs);
    records
}

/// The screen of a topic shows the unit, the figure, the assessment, the voices, the note, and the last midterm status,
/// all on one screen of a laptop and of a projector.
#[test]
fn conversation_proposes_a_figure_that_gets_worse_and_shows_what_is_known() {
    /// By how many pixels the questions and what is known end below the screen. 24 pixels are the space above.
    const BELOW_SCREEN: &str = "
        const top = document.querySelector('.talk').getBoundingClientRect().top;
        const ends = [...document.querySelectorAll('.talk textarea, .talk figure, .talk-words')]
            .map(node => node.getBoundingClientRect().bottom);
        return Math.max(...ends) - top + 24 - innerHeight;";
    const TOO_WIDE: &str = "return document.documentElement.scrollWidth - document.documentElement.clientWidth;";
    let server = server();
    let leader = open_first_time(Engine::Chromium, &server);
    leader.pick("Leder").unwrap();
    receive(&leader, &file_of("samtale", &school_with_a_figure_that_gets_worse()));
    go_to(&leader, &server, "#/samtale?dato=2026-02-11");
    leader.see("Tallet er gået mod den ønskede retning tre gange i træk: 5,1 → 5,8 → 6,3 → 7,0.").unwrap();
    leader.press("Tag med: «Færre med højt fravær»").unwrap();
    leader.go("Begynd samtalen", "Emne 1 af 1").unwrap();
    leader.see_heading("Færre med højt fravær").unwrap();
    leader.see_texts(".talk .eyebrow strong", &["Skolen ved Søen"]).unwrap();
    leader.see_count(".talk figure svg", 1).unwrap();
    let labels =
        ["Faglig vurdering", "Børn og unge", "Forældre", "Bemærkning til tallet", "Midtvejsstatus, 20. august 2025"];
    leader.see_texts(".talk-words dt", &labels).unwrap();
    for words in [
        "Flest er væk om mandagen.",
        "Vi ved ikke, hvem der er der.",
        "Vi hører det først sent.",
        "Opgjort uden langtidssyge.",
        "Flere kommer hver dag",
        "På vej · Gjorde det en forskel? i nogen grad",
        "Tegn, vi så: Flere hilser om morgenen.",
        "Ikke skrevet her endnu: fagprofessionelles stemme, dialognote.",
    ] {
        leader.see(words).unwrap();
    }
    for screen in [Viewport::LAPTOP, Viewport::LARGE] {
        let below = leader.on_screen(screen, Media::Light, || leader.number(BELOW_SCREEN)).unwrap();
        assert!(below <= 0.0, "{}: {below} pixels are below the screen", screen.name);
    }
    for screen in [Viewport::PHONE, Viewport::LAPTOP, Viewport::LARGE] {
        let wide = leader.on_screen(screen, Media::Light, || leader.number(TOO_WIDE)).unwrap();
        assert!(wide <= 0.0, "{}: the page is {wide} pixels too wide", screen.name);
    }
    assert_no_errors(&[&leader]);
}

/// Without an agreement in force the status says what it waits for. Its texts are stored all the same.
#[test]
fn midtvejs_status_waits_for_the_agreement_and_is_shown_across_units() {
    let server = server();
    let leader = start_with_examples(Engine::Chromium, &server);
    let id = agreement_id(&leader);
    go_to(&leader, &server, &format!("#/midtvejs/{id}?dato=2027-08-11"));
    leader.see("Aftalen er ikke indgået endnu.").unwrap();
    leader.choose_in("Gjorde det en forskel? (mål 1)", "I høj grad").unwrap();
    leader.write("Det deler vi", "Vi ringer hjem samme dag.").unwrap();
    wait_until_saved(&leader);
    go_to(&leader, &server, "#/midtvejs?dato=2027-08-11");
    leader.see("i høj grad: 1 mål").unwrap();
    leader.see("Vi ringer hjem samme dag.").unwrap();
    assert_no_errors(&[&leader]);
}

/// The button of a field's menu is no tab stop. F2 opens the menu, Escape closes it and goes back to the field.
#[test]
fn field_menu_opens_by_key_and_gives_the_focus_back() {
    let server = server();
    let leader = start_with_examples(Engine::Chromium, &server);
    open_goal(&leader, "Færre elever har højt fravær");
    let goal = leader.address().unwrap().rsplit('/').next().unwrap().split('?').next().unwrap().to_owned();
    leader.focus(&format!("[id='{goal}-signs_of_progression']")).unwrap();
    leader.key(Browser::TAB).unwrap();
    leader.see_focus("id", &format!("{goal}-expected_effect")).unwrap();
    leader.key(Browser::F2).unwrap();
    leader.see_focus("aria-label", "Hvem skrev det? Forventet effekt").unwrap();
    leader.see_count(".field-menu[open]", 1).unwrap();
    leader.key(Browser::ESCAPE).unwrap();
    leader.see_focus("id", &format!("{goal}-expected_effect")).unwrap();
    leader.see_count(".field-menu[open]", 0).unwrap();
    assert_no_errors(&[&leader]);
}

/// The fields of an initiative stay in one row when one of them gets a menu.
#[test]
fn new_initiative_has_the_focus_and_field_menus_move_no_field() {
    let server = server();
    let leader = start_with_examples(Engine::Chromium, &server);
    open_goal(&leader, "Færre elever har højt fravær");
    leader.press("Tilføj en indsats").unwrap();
    leader.wait_for("the new initiative", || Ok(leader.focused("id")?.contains("-initiatives-"))).unwrap();
    let tops = "return [...document.querySelectorAll('.initiative-rows > li:last-child .field-row :is(input, select)')]
        .map(field => String(Math.round(field.getBoundingClientRect().bottom)));";
    let before = leader.texts_of(tops).unwrap();
    leader.run("[...document.querySelectorAll('[id$=-responsible]')].at(-1).focus();").unwrap();
    leader.keys("Teamlederne").unwrap();
    leader.see_count(".initiative-rows > li:last-child .field-row .field-menu", 1).unwrap();
    assert_eq!(leader.texts_of(tops).unwrap(), before);
    assert_no_errors(&[&leader]);
}

/// Measures, with the processor slowed down, the time to open an agreement in milliseconds a goal, and the latencies of
/// keys in one of its goals.
fn measure(server: &Server, size: Size) -> (f64, KeyLatencies) {
    const OPEN: &str = "
        window.opened = null;
        const shown = () => document.querySelectorAll('.goals > li').length;
        const start = performance.now();
        const look = new MutationObserver(() => {
            if (shown() === Number(arguments[0])) { look.disconnect(); window.opened = performance.now() - start; }
        });
        look.observe(document.body, { childList: true, subtree: true });
        location.hash = '#/aftale/aftale';";
    let person = Browser::start_recorded().unwrap();
    go_to(&person, server, "");
    person.see("Hvem er du?").unwrap();
    let goals = size.goals;
    let file = std::env::temp_dir().join(format!("agreement-{}-{goals}.kvalitetshjul.json", std::process::id()));
    std::fs::write(&file, large_agreement::agreement(size).unwrap()).unwrap();
    receive(&person, &file);
    std::fs::remove_file(&file).unwrap();
    // Opened once before, so that the code is fetched and compiled.
    go_to(&person, server, AGREEMENT);
    person.see_heading("Aftalen").unwrap();
    person.slow_down(SLOWER).unwrap();
    let opened = (0..3).map(|_| {
        go_to(&person, server, "#/hjulet");
        person.see_heading("Kvalitetshjulet").unwrap();
        person.run_with(OPEN, &[&goals.to_string()]).unwrap();
        person.number("return window.opened;").unwrap()
    });
    let opened = opened.fold(f64::INFINITY, f64::min);
    go_to(&person, server, FIRST_GOAL);
    person.see("Tegn på progression").unwrap();
    person.focus(FIRST_TEXT).unwrap();
    let pace = person.measure_keys(['d', 'e', ' ', 'ø'].into_iter().cycle().take(MOST_KEYS)).unwrap();
    assert_no_errors(&[&person]);
    #[allow(clippy::cast_precision_loss, reason = "a few goals")]
    let each = opened / goals as f64;
    (each, pace)
}

/// Tests that measure time. `cargo xtask test` runs no other test beside them.
mod timing {
    use super::*;

    #[test]
    fn large_agreement_costs_no_more_per_goal() {
        let server = server();
        let (small, small_pace) = measure(&server, Size::USUAL);
        let (large, large_pace) = measure(&server, Size::LARGE);
        println!(
            "opening, a goal shown: {small:.1} ms with 6 goals, {large:.1} ms with 60 goals, 300 indsatser, 200 comments"
        );
        // The upper limit is checked by `cargo xtask bench typing-agreement`; this test compares the two sizes.
        let [small_key, large_key] = [small_pace.percentile(50), large_pace.percentile(50)];
        println!(
            "a key, longest own task: median {small_key:.1}, p95 {:.1} ms with 6; median {large_key:.1}, p95 {:.1} ms with 60",
            small_pace.percentile(95),
            large_pace.percentile(95)
        );
        assert!(large <= small * 1.5, "opening {large:.1} ms a goal, against {small:.1}");
        assert!(large_key <= small_key * 1.5, "a key {large_key:.1} ms, against {small_key:.1}");
    }
}
