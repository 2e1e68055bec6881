//! What hangs on what, followed both ways by clicks: a goal of the council, a pejlemærke, an indicator, a goal of the
//! unit's agreement, practice of every sort; and the unit's own core services.

use xtask::browser::{Browser, Engine, Media, Viewport};
use xtask::e2e::{UserRole, assert_no_errors, go_to, go_to_unit, server, start_as, wait_until_saved};
use xtask::in_every_engine;
use xtask::server::Server;

in_every_engine! {
    line_from_council_goal_to_trial_is_followed_both_ways
    own_core_service_shows_what_hangs_on_it
}

const SCHOOL: &str = "Skolen ved Søen";
const GOAL: &str = "Alle har en ven";
const TRIAL: &str = "Frokost ude";
const DEVIATION: &str = "Rolig garderobe";
const PROTOTYPE: &str = "Tavlen";
const NOT_OFFERED: &str = "Valgt, men ikke længere på listerne";
const COUNCIL_GOAL: &str = "#/fundament/bu-12/maal-ensomme";

/// Starts as the leader of a school, with an agreement of one goal whose page is shown.
fn start_with_goal(engine: Engine, server: &Server) -> Browser {
    let person = start_as(engine, server, UserRole::leader(UserRole::LEVEL_3, SCHOOL));
    go_to(&person, server, "#/aftale?dato=2026-05-11");
    person.go("Begynd tomt", "Hvad mangler?").unwrap();
    person.go("Tilføj et mål for kvalitet", "Hvad hænger målet på?").unwrap();
    person.write("Målet", GOAL).unwrap();
    person
}

/// Chooses an indicator for the goal, and makes a trial that hangs on the goal.
fn hang_goal_and_trial(person: &Browser, server: &Server) {
    person.see("Målet hænger ikke på noget endnu.").unwrap();
    person.choose_in("Indikator", "Den sociale trivsel styrkes").unwrap();
    person.see_count(".relations a[href$='/p-ensomme']", 1).unwrap();
    wait_until_saved(person);
    go_to(person, server, "#/praksis");
    person.press("Ny prøvehandling").unwrap();
    person.write("Hvad skal prøvehandlingen hedde?", TRIAL).unwrap();
    person.press("Opret den").unwrap();
    person.see_heading(TRIAL).unwrap();
    person.see("Prøvehandlingen hænger ikke på noget endnu.").unwrap();
    person.press("Mål i aftalen").unwrap();
    person.pick(GOAL).unwrap();
    person.see("Mål i aftalen · 1 valgt").unwrap();
    person.press("Relationel velfærd").unwrap();
    person.pick("Distanceret – Nærværende").unwrap();
    wait_until_saved(person);
}

/// Follows a link among the relations, and waits for the page that it leads to.
fn follow(person: &Browser, end: &str, words: &str) {
    person.follow(&format!(".relations a[href$='{end}']")).unwrap();
    person.wait_for(end, || Ok(person.address()?.contains(end))).unwrap();
    person.see(words).unwrap();
    person.see("Hænger her").unwrap();
}

/// Follows the link with a name, and waits for the page that it leads to.
fn press(person: &Browser, name: &str, words: &str) {
    person.press(name).unwrap();
    person.see(words).unwrap();
    person.see("Hænger her").unwrap();
}

/// Follows the line down and back up.
fn follow_both_ways(person: &Browser, server: &Server) {
    go_to(person, server, COUNCIL_GOAL);
    person.see("gennem Den sociale trivsel styrkes").unwrap();
    follow(person, "/p-ensomme", "Byrådets mål");
    follow(person, "#/indikator/social-trivsel", "Det siger vi om tallet");
    press(person, GOAL, "Hvad hænger målet på?");
    press(person, TRIAL, "Hvad hænger prøvehandlingen på?");
    person.see_heading(TRIAL).unwrap();
    press(person, GOAL, "Hvad hænger målet på?");
    follow(person, "#/indikator/social-trivsel", "Det siger vi om tallet");
    follow(person, "/p-ensomme", "Byrådets mål");
    follow(person, "/maal-ensomme", "Temaer i Sammenhængsmodellen");
    follow(person, "/tema-oplevelser", "gennem Den sociale trivsel styrkes");
    follow(person, "/maal-ensomme", "Temaer i Sammenhængsmodellen");
}

fn line_from_council_goal_to_trial_is_followed_both_ways(engine: Engine) {
    let server = server();
    let person = start_with_goal(engine, &server);
    hang_goal_and_trial(&person, &server);
    follow_both_ways(&person, &server);
    // The pair shows the trial, and the trial shows the pair.
    go_to(&person, &server, "#/fundament/bu-12/par-3");
    press(&person, TRIAL, "Hvad hænger prøvehandlingen på?");
    follow(&person, "/par-3", "Prøvehandlinger");
    // The trial does not hang on the goal any more when the box is emptied.
    press(&person, TRIAL, "Hvad hænger prøvehandlingen på?");
    person.press("Mål i aftalen · 1 valgt").unwrap();
    person.pick(GOAL).unwrap();
    wait_until_saved(&person);
    go_to(&person, &server, COUNCIL_GOAL);
    person.see_heading("Sammenhængsmodellen").unwrap();
    person.see(GOAL).unwrap();
    // The action in the status bar names the trial, so only the links are looked at.
    let related = person.texts(".relations a").unwrap().join("; ");
    assert!(related.contains(GOAL) && !related.contains(TRIAL), "{related}");
    assert_no_errors(&[&person]);
}

fn own_core_service_shows_what_hangs_on_it(engine: Engine) {
    let server = server();
    let person = start_with_goal(engine, &server);
    let goal_address = format!("#{}", person.address().unwrap().split('#').nth(1).unwrap());
    go_to_unit(&person, SCHOOL);
    person.see("I har ikke skrevet nogen endnu.").unwrap();
    for (label, title) in [("Kerneydelse 1", "Undervisning for alle"), ("Kerneydelse 2", "En tryg fritid")] {
        person.press("Tilføj en kerneydelse").unwrap();
        person.wait_for("the focus in the new field", || Ok(person.focused("id")?.ends_with("-title"))).unwrap();
        person.write(label, title).unwrap();
    }
    // The rows are built again, and the focus follows the one that was moved.
    person.press("Flyt op: kerneydelse 2").unwrap();
    person.see_in("Kerneydelse 1", "En tryg fritid").unwrap();
    person.see_focus("aria-label", "Flyt ned: kerneydelse 1").unwrap();
    person.press("Flyt ned: kerneydelse 1").unwrap();
    person.see_in("Kerneydelse 1", "Undervisning for alle").unwrap();
    person.see_focus("aria-label", "Flyt op: kerneydelse 2").unwrap();
    person.press("Slet kerneydelse 2").unwrap();
    person.see_count(".unit-tasks > li", 1).unwrap();
    person.see_focus("id", "add-unit-task").unwrap();
    wait_until_saved(&person);
    go_to(&person, &server, "#/papirkurv");
    person.see("En tryg fritid").unwrap();

    go_to(&person, &server, &goal_address);
    person.press("Jeres kerneydelser").unwrap();
    person.pick("Undervisning for alle").unwrap();
    wait_until_saved(&person);
    person.follow(".relations a[href*='#/enhed/']").unwrap();
    person.see_in("Kerneydelse 1", "Undervisning for alle").unwrap();
    person.wait_for("the focus in the field", || Ok(person.focused("id")?.ends_with("-title"))).unwrap();
    person.press("Sådan hænger det sammen: kerneydelse 1").unwrap();
    press(&person, GOAL, "Hvad hænger målet på?");
    follow(&person, "/kerneopgave", "gennem Undervisning for alle");
    press(&person, GOAL, "Hvad hænger målet på?");

    // The goal can be taken off a core service that is deleted.
    go_to_unit(&person, SCHOOL);
    person.press("Slet kerneydelse 1").unwrap();
    person.see_count(".unit-tasks > li", 0).unwrap();
    wait_until_saved(&person);
    go_to(&person, &server, &goal_address);
    person.see(NOT_OFFERED).unwrap();
    person.pick("Kerneydelse: Undervisning for alle").unwrap();
    wait_until_saved(&person);
    person.reload().unwrap();
    person.see("Hvad hænger målet på?").unwrap();
    person.see("Jeres kerneydelser").unwrap();
    assert!(!person.sees(NOT_OFFERED).unwrap());
    assert_no_errors(&[&person]);
}

/// All three sorts of practice hang on a goal, each under a heading of its own.
#[test]
fn positive_deviation_and_prototype_are_found_from_their_goal() {
    let server = server();
    let person = start_with_goal(Engine::Chromium, &server);
    let goal_address = format!("#{}", person.address().unwrap().split('#').nth(1).unwrap());
    person.see("Ingen prøvehandling eller anden praksis hænger på målet endnu.").unwrap();
    wait_until_saved(&person);
    for (new, question, title) in [
        ("Ny positiv afvigelse", "Hvad skal den positive afvigelse hedde?", DEVIATION),
        ("Ny prototype", "Hvad skal prototypen hedde?", PROTOTYPE),
    ] {
        go_to(&person, &server, "#/praksis");
        person.press(new).unwrap();
        person.write(question, title).unwrap();
        person.press("Opret den").unwrap();
        person.see_heading(title).unwrap();
        person.press("Mål i aftalen").unwrap();
        person.pick(GOAL).unwrap();
        person.see("Mål i aftalen · 1 valgt").unwrap();
        wait_until_saved(&person);
    }
    go_to(&person, &server, &goal_address);
    person.see_texts(".relations dt", &["Positive afvigelser", "Prototyper"]).unwrap();
    person.see_texts(".relation-links a", &[DEVIATION, PROTOTYPE]).unwrap();
    press(&person, DEVIATION, "Hvad hænger den positive afvigelse på?");
    press(&person, GOAL, "Hvad hænger målet på?");
    press(&person, PROTOTYPE, "Hvad hænger prototypen på?");
    assert_no_errors(&[&person]);
}

/// A leader reads this on a phone between two meetings.
#[test]
fn relations_fit_every_screen_and_are_followed_on_a_phone() {
    let server = server();
    let person = start_with_goal(Engine::Chromium, &server);
    let goal_address = format!("#{}", person.address().unwrap().split('#').nth(1).unwrap());
    hang_goal_and_trial(&person, &server);
    let trial_address = format!("#{}", person.address().unwrap().split('#').nth(1).unwrap());
    person
        .on_screen(Viewport::PHONE, Media::Light, || {
            follow_both_ways(&person, &server);
            Ok(())
        })
        .unwrap();
    for (address, group) in
        [(COUNCIL_GOAL, ""), (&*goal_address, "De fire syn"), (&*trial_address, "Pejlemærker og indikatorer")]
    {
        go_to(&person, &server, address);
        person.see("Hænger her").unwrap();
        if !group.is_empty() {
            person.press(group).unwrap();
        }
        for screen in [Viewport::PHONE, Viewport::SMALL_PHONE, Viewport::LAPTOP] {
            let faults = person.layout_faults(screen).unwrap();
            assert!(faults.is_empty(), "{address}, {}: {faults:?}", screen.name);
        }
        assert_eq!(person.barriers(Media::Light).unwrap(), Vec::<String>::new(), "{address}");
        assert!(person.overflow(320, 1.0).unwrap() <= 0.0, "{address} is too wide at 320 px");
    }
    assert_no_errors(&[&person]);
}
