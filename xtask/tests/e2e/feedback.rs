//! The answer of a forum on the data package: by files from the secretariat to the forum and back, and on to the units.

use std::path::Path;

use xtask::browser::{Browser, Engine};
use xtask::e2e::{assert_no_errors, go_to, open_first_time, receive, server, wait_until_saved};
use xtask::in_every_engine;
use xtask::server::Server;

in_every_engine! {
    answers_and_decision_travel_by_files_alone
}

const UNIT: &str = "Skolen ved Søen";
const PATTERN: &str = "Flere har højt fravær i udskolingen.";
const LETTER: &str = "Her er tallene til samtalerne.";
const PATTERN_REASON: &str = "Vi ser det på alle skoler.";
const REASON: &str = "Fraværet begynder tidligere, end vi troede.";
const PROPOSAL: &str = "Tid til at tale sammen";
const REMARK: &str = "Vi vil gerne høre mere om dagtilbud.";
const DECISION: &str = "Lederforums begrundelse vejede tungest.";
const MEMBER: &str = "Anne Holm";

/// The sentences on the agreement of the forums, in the order of the page.
const AGREEMENT: &str = ".forum-agreement";
const AWAITED: &str = "Venter på Børne- og Ungdomsudvalget og FællesMED";

/// Starts as the secretariat with a unit and a package of one pattern and two themes.
fn start_as_secretariat(engine: Engine, server: &Server) -> Browser {
    let person = open_first_time(engine, server);
    person.pick("Sekretariatet").unwrap();
    go_to(&person, server, "#/enheder");
    person.write("Hvad hedder enheden?", UNIT).unwrap();
    person.press("Tilføj enheden").unwrap();
    person.see_in("Enhedens navn", UNIT).unwrap();
    go_to(&person, server, "#/datapakke/lav?dato=2026-01-20");
    person.press("Skriv et mønster").unwrap();
    person.write("Mønster 1", PATTERN).unwrap();
    for (number, title) in [("1", "Til stede hver dag"), ("2", "Alle har en ven")] {
        person.press("Tilføj et tema").unwrap();
        person.write(&format!("Tema {number}"), title).unwrap();
        person.write(&format!("Hvorfor er det peget ud? Tema {number}"), "Det peger tallene på.").unwrap();
    }
    person.write("Det vil vi sige til enhederne", LETTER).unwrap();
    wait_until_saved(&person);
    person
}

/// Lets BU Lederforum answer on everything and propose a theme. Nobody has said who uses the browser, except by name.
fn answer_as_lederforum(person: &Browser, server: &Server) {
    go_to(person, server, "#/indstillinger");
    person.write("Dit navn", MEMBER).unwrap();
    go_to(person, server, "#/feedback?dato=2026-02-11");
    person.go("BU Lederforum", "Svar fra BU Lederforum").unwrap();
    person.see(PATTERN).unwrap();
    person.see("Mangler svar på 1 mønster og 2 temaer.").unwrap();
    person.pick("Vejer tungt (mønster 1)").unwrap();
    person.write("Begrundelse (mønster 1)", PATTERN_REASON).unwrap();
    person.pick("Prioriteret (tema 1)").unwrap();
    person.write("Begrundelse (tema 1)", REASON).unwrap();
    person.pick("Ikke denne gang (tema 2)").unwrap();
    person.press("Foreslå et tema").unwrap();
    person.write("Tema 3", PROPOSAL).unwrap();
    person.write("Bemærkning", REMARK).unwrap();
    person.see("Der er svaret på alt.").unwrap();
    wait_until_saved(person);
}

/// Saves the package file of the unit.
fn save_unit_file(secretariat: &Browser) -> std::path::PathBuf {
    secretariat.press("Hver fil for sig").unwrap();
    secretariat.save_with(&format!("Gem filen: {UNIT}")).unwrap()
}

fn text(file: &Path) -> String {
    std::fs::read_to_string(file).unwrap()
}

fn answers_and_decision_travel_by_files_alone(engine: Engine) {
    let server = server();
    let secretariat = start_as_secretariat(engine, &server);
    let to_forums = secretariat.save_with("Gem fil til forummerne").unwrap();
    assert!(text(&to_forums).contains(PATTERN) && !text(&to_forums).contains(UNIT));

    let forum = open_first_time(engine, &server);
    go_to(&forum, &server, "#/feedback/lederforum?dato=2026-02-11");
    forum.see("Åbn sekretariatets datapakke").unwrap();
    receive(&forum, &to_forums);
    answer_as_lederforum(&forum, &server);
    let answer = forum.save_with("Gem svaret som fil til sekretariatet").unwrap();
    for words in [PATTERN_REASON, REASON, PROPOSAL, REMARK] {
        assert!(text(&answer).contains(words), "{words}");
    }
    for words in [LETTER, MEMBER] {
        assert!(!text(&answer).contains(words), "{words}");
    }

    // The secretariat merges the answer, writes the one of the committee by hand, and decides.
    secretariat.look_into(&[&answer]).unwrap();
    secretariat.see("Svar fra et forum på datapakken").unwrap();
    secretariat.take_in().unwrap();
    secretariat.see("Filen er flettet ind.").unwrap();
    secretariat.press("Luk").unwrap();
    go_to(&secretariat, &server, "#/datapakke/lav?dato=2026-02-20");
    let line = |words: &str| format!("{words} · {AWAITED}");
    let [heavy, prioritised, put_off] =
        ["vejer tungt", "prioriteret", "ikke denne gang"].map(|choice| line(&format!("BU Lederforum: {choice}")));
    secretariat.see_texts(AGREEMENT, &[&heavy, &prioritised, &put_off, &prioritised]).unwrap();
    secretariat.see("Foreslået af BU Lederforum").unwrap();
    secretariat.see_in("BU Lederforums begrundelse (tema 1)", REASON).unwrap();
    secretariat.see(REMARK).unwrap();
    secretariat.choose_in("Børne- og Ungdomsudvalget (tema 1)", "Ikke denne gang").unwrap();
    let differ =
        "Uenige: BU Lederforum (prioriteret), Børne- og Ungdomsudvalget (ikke denne gang) · Venter på FællesMED";
    secretariat.see_texts(AGREEMENT, &[&heavy, differ, &put_off, &prioritised]).unwrap();
    secretariat.see("Prioriteringen siger: ikke denne gang.").unwrap();
    secretariat.see("Begrund beslutningen, hvor forummerne er uenige").unwrap();
    secretariat.choose_in("Beslutning (tema 1)", "Prioriteret").unwrap();
    secretariat.write("Begrundelse for beslutningen (tema 1)", DECISION).unwrap();
    wait_until_saved(&secretariat);

    // The forum changes its mind: the later answer replaces the earlier one and leaves the decision alone.
    forum.pick("Prioriteret (tema 2)").unwrap();
    wait_until_saved(&forum);
    let second = forum.save_with("Gem svaret som fil til sekretariatet").unwrap();
    receive(&secretariat, &second);
    secretariat.see_texts(AGREEMENT, &[&heavy, differ, &prioritised, &prioritised]).unwrap();
    assert!(!secretariat.sees("Åbent valg").unwrap());
    secretariat.see_in("Begrundelse for beslutningen (tema 1)", DECISION).unwrap();

    // The unit reads the decision with its reasons, and so does the forum.
    let decided = save_unit_file(&secretariat);
    let unit = open_first_time(engine, &server);
    unit.pick("Leder").unwrap();
    receive(&unit, &decided);
    receive(&forum, &decided);
    for person in [&unit, &forum] {
        go_to(person, &server, "#/datapakke?dato=2026-03-02");
        for words in ["De er besluttet for de to år.", DECISION, REASON, PATTERN_REASON, "Foreslået af BU Lederforum"]
        {
            person.see(words).unwrap();
        }
    }
    assert_no_errors(&[&secretariat, &forum, &unit]);
}

/// Two members of one forum who answer each for themselves leave an open choice for the secretariat.
#[test]
fn members_of_one_forum_who_disagree_leave_an_open_choice() {
    let server = server();
    let secretariat = start_as_secretariat(Engine::Chromium, &server);
    let to_forums = secretariat.save_with("Gem fil til forummerne").unwrap();
    let members = ["Prioriteret (tema 1)", "Ikke denne gang (tema 1)"].map(|choice| {
        let member = open_first_time(Engine::Chromium, &server);
        receive(&member, &to_forums);
        go_to(&member, &server, "#/feedback/faellesmed?dato=2026-02-11");
        member.pick(choice).unwrap();
        wait_until_saved(&member);
        let answer = member.save_with("Gem svaret som fil til sekretariatet").unwrap();
        receive(&secretariat, &answer);
        member
    });
    go_to(&secretariat, &server, "#/datapakke/lav?dato=2026-02-20");
    secretariat.see("Åbent valg om FællesMED (tema 1).").unwrap();
    secretariat.press("Behold «Ikke denne gang»").unwrap();
    secretariat.wait_for("the choice to be made", || Ok(!secretariat.sees("Åbent valg")?)).unwrap();
    secretariat.see("FællesMED: ikke denne gang · Venter på BU Lederforum og Børne- og Ungdomsudvalget").unwrap();
    let [one, other] = &members;
    assert_no_errors(&[&secretariat, one, other]);
}
