//! The pages of figures: sheet, indicator page, matrix.

use xtask::browser::{Browser, Engine};
use xtask::e2e::{
    UserRole, assert_no_errors, go_to, go_to_unit, own_file, server, start_as, start_at_unit, start_with_unit,
    wait_until_saved,
};
use xtask::in_every_engine;

use super::{assert_no_errors_or_foreign_requests, to_figures, years};

in_every_engine! {
    sheet_is_filled_by_keyboard_alone
    figures_are_kept_after_a_reload
}

/// The number of rows of the sheet: the 12 indicators, economy and staff.
const ROWS: usize = 14;
const COLUMNS: usize = 6;
const END: &str = "\u{e010}";
const HOME: &str = "\u{e011}";
const CONTROL: &str = "\u{e009}";
const ESCAPE: &str = "\u{e00c}";
const ENTER: &str = "\u{e007}";
const TAB: &str = "\u{e004}";
const F2: &str = "\u{e032}";
const BACKSPACE: &str = "\u{e003}";
const ALT: &str = "\u{e00a}";
const DOWN: &str = "\u{e015}";

/// Waits until a column of the sheet shows the expected texts, from the top.
fn see_column(person: &Browser, column: usize, expected: &[&str]) {
    person.see_texts(&format!("[data-cell$='-{column}']"), expected).unwrap();
}

fn figures_are_kept_after_a_reload(engine: Engine) {
    let (server, years) = (server(), years());
    let person = start_at_unit(engine, &server, "Børnehuset Solstrålen");
    to_figures(&person);
    person.write(&years.before, "7,4").unwrap();
    person.write(&years.last, "6,1").unwrap();
    person.see("fra 7,4 til 6,1 % – i den ønskede retning").unwrap();
    person.see("Gemt i denne browser kl.").unwrap();
    let address = person.address().unwrap();
    person.reload().unwrap();
    person.see_in(&years.before, "7,4").unwrap();
    person.see_in(&years.last, "6,1").unwrap();
    assert_eq!(person.address().unwrap(), address);
    go_to_unit(&person, "Børnehuset Solstrålen");
    assert_no_errors_or_foreign_requests(&server, &[&person]);
}

#[test]
fn invalid_figure_is_reported_and_stays_in_its_field() {
    let (server, years) = (server(), years());
    let person = start_at_unit(Engine::Chromium, &server, "Skolen");
    to_figures(&person);
    person.write(&years.last, "seks").unwrap();
    person.see("Skriv et tal, for eksempel 6,1.").unwrap();
    assert_eq!(person.read(&years.last).unwrap(), "seks");
    person.write(&years.last, "6").unwrap();
    person.see("6 % – det første tal").unwrap();
    person.see_in(&years.last, "6").unwrap();
    assert_no_errors_or_foreign_requests(&server, &[&person]);
}

fn sheet_is_filled_by_keyboard_alone(engine: Engine) {
    let server = server();
    let leader = start_with_unit(engine, &server, "Skolen ved Søen");
    go_to(&leader, &server, "#/indikatorer/skema");
    leader.see("Skriv, kopiér og indsæt som i et regneark.").unwrap();
    leader.focus("[data-cell='0-0']").unwrap();

    // Fills the last column: a year of all indicators.
    leader.keys(END).unwrap();
    leader.see_focus("data-cell", "0-5").unwrap();
    let figures: Vec<String> =
        (0..12).map(|row| if matches!(row, 2 | 7) { "3,9".to_owned() } else { format!("{},5", row + 4) }).collect();
    for (row, figure) in figures.iter().enumerate() {
        leader.keys(figure).unwrap();
        leader.keys("\u{e007}").unwrap();
        leader.see_focus("data-cell", &format!("{}-5", row + 1)).unwrap();
    }
    let mut year: Vec<&str> = figures.iter().map(String::as_str).collect();
    year.resize(ROWS, "");
    see_column(&leader, 5, &year);

    // Pastes a block of 12 × 6 cells over it, undoes and redoes.
    leader.focus("[data-cell='0-0']").unwrap();
    leader.keys(&format!("{CONTROL}{HOME}")).unwrap();
    leader.see_focus("data-cell", "0-0").unwrap();
    // The figures of the row with an index stay below 5.
    let whole = |row: usize| if row == 7 { 4 } else { row + 1 };
    let line =
        |row: usize| (0..COLUMNS).map(|column| format!("{},{column}", whole(row))).collect::<Vec<_>>().join("\t");
    leader.paste(&(0..12).map(line).collect::<Vec<_>>().join("\r\n")).unwrap();
    let pasted: Vec<String> =
        (0..12).map(|row| format!("{},5", whole(row))).chain([String::new(), String::new()]).collect();
    see_column(&leader, 5, &pasted.iter().map(String::as_str).collect::<Vec<_>>());
    leader.keys(&format!("{CONTROL}z")).unwrap();
    see_column(&leader, 5, &year);
    see_column(&leader, 0, &[""; ROWS]);
    leader.keys(&format!("{CONTROL}y")).unwrap();
    see_column(&leader, 5, &pasted.iter().map(String::as_str).collect::<Vec<_>>());

    // An invalid cell keeps its text, says what is wrong, and can be corrected.
    leader.keys(END).unwrap();
    leader.see_focus("data-cell", "0-5").unwrap();
    leader.keys("seks").unwrap();
    leader.keys("\u{e007}").unwrap();
    leader.keys("\u{e013}").unwrap();
    leader.see("«seks» er ikke et tal og er ikke gemt.").unwrap();
    leader.see_texts("[data-cell='0-5'][aria-invalid]", &["seks"]).unwrap();
    leader.keys("6,2").unwrap();
    leader.keys("\u{e007}").unwrap();
    leader.see_texts("[data-cell='0-5']", &["6,2"]).unwrap();
    assert_eq!(leader.count("[aria-invalid]").unwrap(), 0);
    // F2 edits the text of a cell; Esc cancels.
    leader.keys("\u{e013}").unwrap();
    leader.see_focus("data-cell", "0-5").unwrap();
    leader.keys(F2).unwrap();
    leader.keys(&format!("{BACKSPACE}4")).unwrap();
    leader.keys("\u{e007}").unwrap();
    leader.see_texts("[data-cell='0-5']", &["6,4"]).unwrap();
    leader.keys("9").unwrap();
    leader.keys(ESCAPE).unwrap();
    leader.see_texts("[data-cell='1-5']", &["2,5"]).unwrap();

    leader.see("Gemt i denne browser").unwrap();
    leader.reload().unwrap();
    leader.see_texts("[data-cell='0-5']", &["6,4"]).unwrap();
    // The indicator page shows and describes the figures.
    leader.press("Oversigt").unwrap();
    leader.press("Fravær reduceres").unwrap();
    leader.see("Steget").unwrap();
    let drawing = leader.drawings().unwrap().into_iter().find(|svg| svg.contains("class=\"chart\"")).unwrap();
    assert!(drawing.contains("til 6,4 %, mod den ønskede retning, ønsket retning ned"), "{drawing}");
    assert_no_errors(&[&leader]);
}

#[test]
fn tap_edits_a_cell_and_refused_text_stays_with_its_reason_below() {
    const IS_UNCOVERED: &str = "
        const box = document.querySelector('.refusal p').getBoundingClientRect();
        const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return [String(top?.closest('.refusal') !== null)];";
    let server = server();
    let leader = start_with_unit(Engine::Chromium, &server, "Skolen ved Søen");
    go_to(&leader, &server, "#/indikatorer/skema");
    leader.see_count("[data-cell]", ROWS * COLUMNS).unwrap();
    let period = leader.texts(".sheet thead th").unwrap().pop().unwrap();
    leader.tap("[data-cell='0-5']").unwrap();
    leader.see_focus("inputmode", "decimal").unwrap();
    leader.keys("6,1").unwrap();
    // Enter stores the figure and edits the cell below, so that the keyboard on the screen stays open.
    leader.keys(ENTER).unwrap();
    leader.see_texts("[data-cell='0-5']", &["6,1"]).unwrap();
    leader.see_count("[data-cell='1-5'] input:focus", 1).unwrap();
    leader.keys("seks").unwrap();
    leader.tap("[data-cell='3-5']").unwrap();
    leader.see_count("[data-cell='3-5'] input:focus", 1).unwrap();
    leader.see_texts("[data-cell='1-5'][aria-invalid]", &["seks"]).unwrap();
    let reason = format!("{period}: «seks» er ikke et tal og er ikke gemt. Skriv et tal, for eksempel 6,1.");
    leader.see_texts(".refusal [role='alert']", &[&reason]).unwrap();
    leader.wait_for("the reason in sight", || Ok(leader.texts_of(IS_UNCOVERED)? == ["true"])).unwrap();
    // A refused text stays when other periods are shown.
    leader.press("Vis tidligere perioder").unwrap();
    leader.see_texts("[data-cell='1-11'][aria-invalid]", &["seks"]).unwrap();
    leader.tap("[data-cell='1-11']").unwrap();
    leader.see_count("[data-cell='1-11'] input:focus", 1).unwrap();
    leader.keys("6,2").unwrap();
    leader.keys(ENTER).unwrap();
    leader.see_texts("[data-cell='1-11']", &["6,2"]).unwrap();
    leader.see_count(".refusal", 0).unwrap();
    wait_until_saved(&leader);
    leader.reload().unwrap();
    leader.see_texts("[data-cell='0-5']", &["6,1"]).unwrap();
    leader.see_texts("[data-cell='1-5']", &["6,2"]).unwrap();
    assert_no_errors(&[&leader]);
}

#[test]
fn enter_after_tab_returns_to_the_column_where_the_row_was_begun() {
    let server = server();
    let leader = start_with_unit(Engine::Chromium, &server, "Skolen ved Søen");
    go_to(&leader, &server, "#/indikatorer/skema");
    leader.focus("[data-cell='0-3']").unwrap();
    for row in 0..2 {
        for (column, figure) in [(3, "1,1"), (4, "1,2")] {
            leader.keys(figure).unwrap();
            leader.keys(TAB).unwrap();
            leader.see_focus("data-cell", &format!("{row}-{}", column + 1)).unwrap();
        }
        leader.keys("1,3").unwrap();
        leader.keys(ENTER).unwrap();
        leader.see_focus("data-cell", &format!("{}-3", row + 1)).unwrap();
        let figures = ["", "", "", "1,1", "1,2", "1,3"];
        leader.see_texts(&format!("[data-cell^='{row}-']"), &figures).unwrap();
    }
    assert_no_errors(&[&leader]);
}

#[test]
fn newest_period_is_in_view_when_the_sheet_opens_on_a_narrow_screen() {
    const IN_VIEW: &str = "
        const [frame, cell] = ['.sheet', \"[data-cell='0-5']\"].map(found => document.querySelector(found)?.getBoundingClientRect());
        if (!cell) return [];
        const { scrollWidth, clientWidth } = document.querySelector('.sheet');
        return [scrollWidth > clientWidth, cell.left >= frame.left && cell.right <= frame.right + 1].map(String);";
    let server = server();
    let leader = start_with_unit(Engine::Chromium, &server, "Skolen ved Søen");
    assert!(leader.overflow(390, 1.0).unwrap() <= 0.0);
    go_to(&leader, &server, "#/indikatorer/skema");
    leader.wait_for("the newest period in view", || Ok(leader.texts_of(IN_VIEW)? == ["true", "true"])).unwrap();
    assert_no_errors(&[&leader]);
}

#[test]
fn template_that_is_filled_in_is_read_back_without_mapping() {
    let server = server();
    let leader = start_with_unit(Engine::Chromium, &server, "Skolen ved Søen");
    go_to(&leader, &server, "#/indikatorer/skema");
    let read = |file: std::path::PathBuf| std::fs::read_to_string(file).unwrap();
    let template = read(leader.save_as("Gem en skabelon (CSV)", "csv").unwrap());
    assert!(template.starts_with("\u{feff}Enhed;Indikator;Måleenhed;Skoleår "), "{template}");
    let filled: Vec<String> = template
        .lines()
        .enumerate()
        .map(|(line, words)| if line == 1 { format!("{words}6,1") } else { words.to_owned() })
        .collect();
    assert_eq!(filled.len(), ROWS + 1);
    go_to(&leader, &server, "#/indikatorer/hent");
    assert_eq!(read(leader.save_as("Gem en skabelon (CSV)", "csv").unwrap()), template);
    let file = own_file("Skabelon Skolen ved Søen.csv", filled.join("\r\n").as_bytes());
    leader.choose_at("#open-table", &file).unwrap();
    leader.see("1 nye tal").unwrap();
    assert_eq!(leader.count(".name-matching").unwrap(), 0);
    leader.press("Hent tallene ind").unwrap();
    leader.see("Tallene er hentet ind").unwrap();
    go_to(&leader, &server, "#/indikatorer/skema");
    leader.see_texts("[data-cell='0-5']", &["6,1"]).unwrap();
    // Importing the saved sheet changes nothing.
    let sheet = leader.save_as("Gem skemaet (CSV)", "csv").unwrap();
    assert!(read(sheet.clone()).lines().nth(1).unwrap().ends_with(";6,1"));
    go_to(&leader, &server, "#/indikatorer/hent");
    leader.choose_at("#open-table", &sheet).unwrap();
    leader.see("Der er intet nyt i filen.").unwrap();
    assert_no_errors(&[&leader]);
}

#[test]
fn parts_of_the_indicator_page_are_reached_by_buttons_and_folded_on_a_phone() {
    let server = server();
    let leader = start_with_unit(Engine::Chromium, &server, "Skolen ved Søen");
    go_to(&leader, &server, "#/indikator/fravaer");
    leader.see_count("#part-voices[open]", 1).unwrap();
    let address = leader.address().unwrap();
    leader.press("Mål og begivenheder").unwrap();
    leader.see_focus("id", "part-details").unwrap();
    leader.press("Skriv tal").unwrap();
    leader.see_focus("inputmode", "decimal").unwrap();
    assert_eq!(leader.address().unwrap(), address);
    go_to(&leader, &server, "#/indikatorer");
    leader.see("Tallene står aldrig alene").unwrap();
    assert!(leader.overflow(390, 1.0).unwrap() <= 0.0);
    leader.go("Fravær reduceres", "Det siger vi om tallet").unwrap();
    assert_eq!(leader.count("#part-voices[open], #part-basis[open]").unwrap(), 0);
    leader.press("Kilde").unwrap();
    leader.see_count("#part-basis[open] > summary:focus", 1).unwrap();
    leader.write("Antal personer bag tallet", "24").unwrap();
    wait_until_saved(&leader);
    // A part with written texts is unfolded from the start.
    leader.reload().unwrap();
    leader.see_in("Antal personer bag tallet", "24").unwrap();
    leader.see_count("#part-basis[open]", 1).unwrap();
    assert_no_errors(&[&leader]);
}

/// The public view hides a figure on four persons, also from the drawing's coordinates.
#[test]
fn dialogue_is_kept_and_figures_on_few_persons_are_hidden() {
    let server = server();
    let leader = start_with_unit(Engine::Chromium, &server, "Børnehuset Solstrålen");
    go_to(&leader, &server, "#/indikatorer");
    leader.press("Fravær reduceres").unwrap();
    leader.see("Det siger vi om tallet").unwrap();
    let labels = leader.texts(".years label").unwrap();
    leader.write(&labels[4], "7,0").unwrap();
    leader.write(&labels[5], "8,0").unwrap();
    leader.see("Steget fra 7 til 8 % – mod den ønskede retning").unwrap();
    leader.write("Antal personer bag tallet", "4").unwrap();
    leader.write("Hvad læser I ud af tallet?", "Det er de samme fire.").unwrap();
    leader.press("Nyt mål").unwrap();
    leader.write("Målet gælder fra", "08012020").unwrap();
    leader.write("Måltal", "6,0").unwrap();
    leader.press("Tilføj målet").unwrap();
    leader.see("Målet 6 % ikke nået").unwrap();
    leader.pick("Offentlig visning").unwrap();
    leader.see("7 % – det første tal").unwrap();
    leader.see("skjult (færre end 5)").unwrap();
    let drawing = leader.drawings().unwrap().into_iter().find(|svg| svg.contains("class=\"chart\"")).unwrap();
    assert_eq!(
        drawing.matches("class=\"point\"").count(),
        1,
        "the drawing holds a coordinate of the hidden figure: {drawing}"
    );
    leader.pick("Offentlig visning").unwrap();
    leader.see("Fra 7 til 8 % – kan være et tilfældigt udsving").unwrap();
    leader.see("Gemt i denne browser").unwrap();
    leader.reload().unwrap();
    leader.see_in("Hvad læser I ud af tallet?", "Det er de samme fire.").unwrap();
    leader.see_in("Antal personer bag tallet", "4").unwrap();
    assert_no_errors(&[&leader]);
}

#[test]
fn possible_action_becomes_a_trial_or_a_goal_with_links_both_ways() {
    let server = server();
    let leader = start_as(Engine::Chromium, &server, UserRole::leader(UserRole::LEVEL_3, "Skolen ved Søen"));
    go_to(&leader, &server, "#/aftale?dato=2026-05-11");
    leader.go("Begynd med eksempler", "Hvad mangler?").unwrap();
    go_to(&leader, &server, "#/indikator/fravaer");
    leader.see("Det siger vi om tallet").unwrap();
    assert!(!leader.sees("Prøv det af").unwrap(), "the button is shown without a possible action");
    leader.write("Spørgsmål", "Hvorfor er det om mandagen?").unwrap();
    leader.write("Mulig indsats", "Vi ringer hjem samme dag.").unwrap();
    leader.press("Prøv det af").unwrap();
    leader.see("Den mulige indsats er blevet til en prøvehandling").unwrap();
    leader.go("en prøvehandling", "Det vil vi prøve").unwrap();
    leader.see_in("Hvad vil I prøve?", "Vi ringer hjem samme dag.").unwrap();
    leader.see("Kommer af dialogen om Fravær reduceres").unwrap();
    leader.back().unwrap();
    leader.see("Den mulige indsats er blevet til en prøvehandling").unwrap();
    // Undo takes back the trial and the link to it in one step.
    leader.press("Fortryd: gjorde en mulig indsats til en prøvehandling").unwrap();
    leader.press("Skriv ind i aftalen").unwrap();
    leader.see("Den mulige indsats er blevet til et mål i aftalen").unwrap();
    leader.go("et mål i aftalen", "Tegn på progression").unwrap();
    leader.see_in("Målet", "Vi ringer hjem samme dag.").unwrap();
    leader.see("Kommer af dialogen om Fravær reduceres").unwrap();
    assert_no_errors(&[&leader]);
}

#[test]
fn figures_and_drawings_are_saved_as_files() {
    let server = server();
    let leader = start_with_unit(Engine::Chromium, &server, "Skolen ved Søen");
    go_to(&leader, &server, "#/indikator/fravaer");
    leader.see("Det siger vi om tallet").unwrap();
    let labels = leader.texts(".years label").unwrap();
    leader.write(&labels[4], "7,0").unwrap();
    leader.write(&labels[5], "8,0").unwrap();
    leader.see("Steget fra 7 til 8 %").unwrap();
    let table = std::fs::read_to_string(leader.save_as("Gem tal (CSV)", "csv").unwrap()).unwrap();
    assert!(table.starts_with("\u{feff}Enhed;Indikator;Periode;Tal;") && table.contains(";8;%;"), "{table}");
    let drawing = std::fs::read_to_string(leader.save_as("Gem tegning (SVG)", "svg").unwrap()).unwrap();
    assert!(drawing.starts_with("<svg ") && !drawing.contains("class=") && drawing.contains("Skolen ved Søen"));
    let picture = std::fs::read(leader.save_as("Gem tegning (PNG)", "png").unwrap()).unwrap();
    assert!(picture.starts_with(b"\x89PNG") && picture.len() > 5_000, "{} bytes", picture.len());
    assert_no_errors(&[&leader]);
}

#[test]
fn quarters_have_fields_of_their_own() {
    let server = server();
    let leader = start_with_unit(Engine::Chromium, &server, "Børnehuset Solstrålen");
    go_to(&leader, &server, "#/indikator/sygefravaer?dato=2026-05-11");
    leader.see("Det siger vi om tallet").unwrap();
    leader.see_count(".years input", COLUMNS).unwrap();
    leader.choose_in("Perioder", "Kvartaler").unwrap();
    leader.see("2. kvartal 2026").unwrap();
    leader.see_count(".years input", 8).unwrap();
    leader.write("Sygefraværet falder, 4. kvartal 2025", "5,5").unwrap();
    leader.write("Sygefraværet falder, 1. kvartal 2026", "6,5").unwrap();
    leader.see("Steget fra 5,5 til 6,5").unwrap();
    leader.see("Gemt i denne browser").unwrap();
    leader.reload().unwrap();
    leader.see_in("Sygefraværet falder, 1. kvartal 2026", "6,5").unwrap();
    assert_no_errors(&[&leader]);
}

/// Nothing ranks units by their figures.
#[test]
fn matrix_columns_can_be_reordered_and_units_stay_alphabetical() {
    const HEADS: &str = "return [...document.querySelectorAll('.matrix thead th')].slice(1, 4).map(head => head.firstChild.data.trim());";
    let server = server();
    let secretariat = start_with_unit(Engine::Chromium, &server, "Sekretariatet");
    let table = std::env::temp_dir().join(format!("indicators-{}-columns.csv", std::process::id()));
    std::fs::write(&table, "Enhed;Indikator;2024/25\r\nÅdalsskolen;Fravær reduceres;5,0\r\nAskeskolen;Fravær reduceres;9,0\r\nBirkeskolen;Fravær reduceres;2,0\r\n").unwrap();
    go_to(&secretariat, &server, "#/indikatorer/hent");
    secretariat.choose_at("#open-table", &table).unwrap();
    secretariat.press("Opret alle ukendte enheder").unwrap();
    secretariat.press("Hent tallene ind").unwrap();
    secretariat.see("Tallene er hentet ind").unwrap();
    std::fs::remove_file(&table).unwrap();
    go_to(&secretariat, &server, "#/indikatorer/enheder");
    secretariat.see("Enhederne står alfabetisk og bliver aldrig rangordnet").unwrap();
    secretariat.see_texts(".matrix tbody th", &["Askeskolen", "Birkeskolen", "Sekretariatet", "Ådalsskolen"]).unwrap();
    let before = secretariat.texts_of(HEADS).unwrap();
    secretariat.press("Rækkefølge af kolonner").unwrap();
    secretariat.press(&format!("Længere tilbage: {}", before[0])).unwrap();
    let after = [&before[1], &before[0], &before[2]];
    secretariat
        .wait_for("the first two to have changed places", || Ok(secretariat.texts_of(HEADS)?.iter().eq(after)))
        .unwrap();
    secretariat.reload().unwrap();
    secretariat.wait_for("the order to be kept", || Ok(secretariat.texts_of(HEADS)?.iter().eq(after))).unwrap();
    secretariat.press("Rækkefølge af kolonner").unwrap();
    secretariat.press("Som i fundamentet").unwrap();
    secretariat.wait_for("the order of the foundation", || Ok(secretariat.texts_of(HEADS)? == before)).unwrap();
    assert_no_errors(&[&secretariat]);
}

/// The number of figures that the chart of the page draws.
fn drawn_points(person: &Browser) -> usize {
    let drawings = person.drawings().unwrap();
    let charts = drawings.iter().filter(|svg| svg.contains("class=\"chart\""));
    charts.map(|svg| svg.matches("class=\"point\"").count()).sum()
}

/// A figure that its measure does not allow is kept as typed, asked about, and drawn only after an answer.
#[test]
fn figure_out_of_range_in_the_sheet_counts_only_after_an_answer() {
    let server = server();
    let leader = start_with_unit(Engine::Chromium, &server, "Skolen ved Søen");
    go_to(&leader, &server, "#/indikatorer/skema");
    for (cell, figure) in [("0-3", "7,4"), ("0-4", "712"), ("0-5", "6,9")] {
        leader.focus(&format!("[data-cell='{cell}']")).unwrap();
        leader.keys(figure).unwrap();
        leader.keys(ENTER).unwrap();
        leader.see_texts(&format!("[data-cell='{cell}']"), &[figure]).unwrap();
    }
    leader.see("712 % ligger ikke mellem 0 og 100 % og tæller ikke med endnu. Mente du 7,12?").unwrap();
    leader.see_count("[data-cell='0-4'][data-asked][aria-describedby]", 1).unwrap();
    go_to(&leader, &server, "#/indikator/fravaer");
    leader.see("Faldet fra 7,4 til 6,9 % – i den ønskede retning").unwrap();
    leader.see("1 tal venter på svar.").unwrap();
    assert_eq!(drawn_points(&leader), 2);

    // The keyboard leads from the cell to the answers, and the answer leads back.
    go_to(&leader, &server, "#/indikatorer/skema");
    leader.focus("[data-cell='0-4']").unwrap();
    leader.see_count(".asking", 1).unwrap();
    leader.keys(&format!("{ALT}{DOWN}")).unwrap();
    leader.see_focus("type", "button").unwrap();
    leader.keys(ESCAPE).unwrap();
    leader.see_focus("data-cell", "0-4").unwrap();
    leader.keys(&format!("{ALT}{DOWN}")).unwrap();
    leader.see_focus("type", "button").unwrap();
    leader.keys(ENTER).unwrap();
    leader.see_texts("[data-cell='0-4']", &["7,12"]).unwrap();
    leader.see_focus("data-cell", "0-4").unwrap();
    leader.see_count(".asking, [data-asked]", 0).unwrap();
    // Without a question the focus stays in the cell, also if the cell was being edited.
    leader.keys(F2).unwrap();
    leader.see_count("[data-cell='0-4'] input:focus", 1).unwrap();
    leader.keys(&format!("{ALT}{DOWN}")).unwrap();
    leader.see_focus("data-cell", "0-4").unwrap();
    leader.undo_by_key().unwrap();
    leader.see_texts("[data-cell='0-4'][data-asked]", &["712"]).unwrap();
    leader.press("Behold 712").unwrap();
    leader.see("712 er beholdt og tæller med.").unwrap();
    leader.see_count(".asking, [data-asked]", 0).unwrap();
    wait_until_saved(&leader);
    go_to(&leader, &server, "#/indikator/fravaer");
    leader.see("Faldet fra 712 til 6,9 %").unwrap();
    assert_eq!(drawn_points(&leader), 3);
    assert_no_errors(&[&leader]);
}

/// Five units have a median of 7. The sixth figure is out of range; with it, the median would be 7,5.
#[test]
fn median_and_comparison_leave_out_a_figure_out_of_range() {
    let server = server();
    let leader = start_with_unit(Engine::Chromium, &server, "Skolen ved Søen");
    let rows = [
        ("Skolen ved Søen", "9,0"),
        ("Askeskolen", "5,0"),
        ("Birkeskolen", "6,0"),
        ("Cedergården", "7,0"),
        ("Duevejen", "8,0"),
        ("Egeskolen", "712"),
    ];
    let rows = rows.map(|(unit, figure)| format!("{unit};2024/25;{figure}\r\n")).concat();
    let table = format!("Enhed;Skoleår;Fravær reduceres\r\n{rows}");
    go_to(&leader, &server, "#/indikatorer/hent");
    leader.choose_at("#open-table", &own_file("Fravær.csv", table.as_bytes())).unwrap();
    leader.press("Opret alle ukendte enheder").unwrap();
    leader.see("1 tal ligger uden for det mulige").unwrap();
    leader.press("Hent tallene ind").unwrap();
    leader.see("1 tal ligger uden for det mulige og venter på svar ved indikatoren.").unwrap();
    go_to(&leader, &server, "#/indikator/fravaer");
    leader.see("9 % – det første tal").unwrap();
    let has_median = |label: &str| {
        let drawings = leader.drawings().unwrap();
        drawings.iter().any(|svg| svg.contains(&format!(">kommunen {label}</text>")))
    };
    leader.wait_for("the median", || Ok(has_median("7"))).unwrap();
    go_to(&leader, &server, "#/indikatorer/enheder");
    leader.see("712 % venter på svar").unwrap();
    leader.choose_in("Vis", "Fravær reduceres").unwrap();
    leader.see("Alle tegninger har samme akse").unwrap();
    leader.see_count(".small-multiples li", 5).unwrap();
    assert_no_errors(&[&leader]);
}

#[test]
fn imported_figure_out_of_range_waits_at_its_indicator() {
    let server = server();
    let leader = start_with_unit(Engine::Chromium, &server, "Skolen ved Søen");
    let table = "Enhed;Skoleår;Fravær reduceres\r\nSkolen ved Søen;2023/24;7.4\r\nSkolen ved Søen;2024/25;712\r\n";
    go_to(&leader, &server, "#/indikatorer/hent");
    leader.choose_at("#open-table", &own_file("Fravær.csv", table.as_bytes())).unwrap();
    leader.see("2 nye tal").unwrap();
    leader.see("1 tal ligger uden for det mulige").unwrap();
    leader.see("«7.4» er læst som 7,4.").unwrap();
    leader.press("Hent tallene ind").unwrap();
    leader.see("venter på svar ved indikatoren").unwrap();
    go_to(&leader, &server, "#/indikator/fravaer");
    leader.see("7,4 % – det første tal").unwrap();
    leader.see("Mente du 7,12?").unwrap();
    // The exported table has no such figure.
    let exported = std::fs::read_to_string(leader.save_as("Gem tal (CSV)", "csv").unwrap()).unwrap();
    assert!(exported.contains(";7,4;") && !exported.contains("712"), "{exported}");
    leader.press("Brug 7,12").unwrap();
    leader.see("Faldet fra 7,4 til 7,12 %").unwrap();
    leader.see("2024/25: Tallet er nu 7,12.").unwrap();
    leader.see_count(".figure-question", 0).unwrap();
    // Once another figure is written, the sentence is no longer true.
    leader.write("Fravær reduceres, 2024/25", "7,2").unwrap();
    leader.see("Faldet fra 7,4 til 7,2 %").unwrap();
    leader.wait_for("the sentence to be gone", || Ok(!leader.sees("Tallet er nu 7,12")?)).unwrap();
    assert_no_errors(&[&leader]);
}

#[test]
fn field_says_how_a_point_was_read_and_asks_about_a_figure_out_of_range() {
    let (server, years) = (server(), years());
    let person = start_at_unit(Engine::Chromium, &server, "Skolen");
    to_figures(&person);
    person.write(&years.before, "94.5").unwrap();
    person.see("Læst som 94,5").unwrap();
    person.see_in(&years.before, "94,5").unwrap();
    // A text that is no figure was not read as one.
    person.write(&years.before, "94.5x").unwrap();
    person.see("Skriv et tal, for eksempel 6,1.").unwrap();
    assert!(!person.sees("Læst som 94,5").unwrap());
    person.write(&years.before, "1,5").unwrap();
    person.wait_for("the note to be gone", || Ok(!person.sees("Læst som 94,5")?)).unwrap();
    // A point between thousands is read as such, and per cent allows no thousands.
    person.write(&years.last, "1.234").unwrap();
    person.see("Mente du 1,234?").unwrap();
    person.see("1,5 % – det første tal").unwrap();
    person.press("Brug 1,234").unwrap();
    person.see_in(&years.last, "1,234").unwrap();
    person.see("Faldet fra 1,5 til 1,234 %").unwrap();
    person.see_focus("id", "figure-questions").unwrap();
    person.undo_by_key().unwrap();
    person.see("Mente du 1,234?").unwrap();
    person.write(&years.last, "-3").unwrap();
    person.see("Mente du 3?").unwrap();
    person.press("Behold −3").unwrap();
    person.see("Faldet fra 1,5 til −3 %").unwrap();
    assert_no_errors_or_foreign_requests(&server, &[&person]);
}

/// The day lies two months into the second of two school years.
#[test]
fn event_is_drawn_at_its_day_between_two_figures() {
    let server = server();
    let leader = start_with_unit(Engine::Chromium, &server, "Skolen ved Søen");
    go_to(&leader, &server, "#/indikator/fravaer?dato=2026-05-11");
    leader.see("Det siger vi om tallet").unwrap();
    leader.write("Fravær reduceres, 2024/25", "7,0").unwrap();
    leader.write("Fravær reduceres, 2025/26", "8,0").unwrap();
    leader.press("Ny begivenhed").unwrap();
    leader.write("Dag", "10012025").unwrap();
    leader.write("Hvad skete der?", "Ny leder").unwrap();
    leader.press("Tilføj begivenheden").unwrap();
    leader.see("1. oktober 2025: Ny leder").unwrap();
    // Positions in the drawing: of the figures in tenths, of the event in units.
    let positions = |mark: &str| -> Vec<f64> {
        let drawings = leader.drawings().unwrap();
        let chart = drawings.iter().find(|svg| svg.contains("class=\"chart\"")).unwrap();
        let digits = |rest: &str| rest.split(|letter: char| !letter.is_ascii_digit()).next().unwrap().parse().unwrap();
        chart.split(mark).skip(1).map(digits).collect()
    };
    let (figures, events) = (positions("class=\"point\" cx=\""), positions("class=\"stem\" d=\"M"));
    let ([first, second], [event]) = (&*figures, &*events) else { panic!("{figures:?} {events:?}") };
    let share = (event * 10.0 - first) / (second - first);
    // The second school year begins halfway between the figures.
    assert!((0.55..0.75).contains(&share), "{share}");
    assert_no_errors(&[&leader]);
}

#[test]
fn reversed_dates_are_told_beside_the_fields_and_not_printed() {
    const REVERSED: &str = "Slutdatoen ligger før startdatoen. Ret den ene.";
    let server = server();
    let leader = start_as(Engine::Chromium, &server, UserRole::leader(UserRole::LEVEL_3, "Skolen ved Søen"));
    go_to(&leader, &server, "#/aftale?dato=2026-05-11");
    leader.go("Begynd med eksempler", "Hvad mangler?").unwrap();
    let address = leader.address().unwrap();
    let agreement = address.split("#/aftale/").nth(1).unwrap().split(['/', '?']).next().unwrap().to_owned();
    leader.press("Parter og inddragelse").unwrap();
    leader.write("Gælder fra", "08012026").unwrap();
    leader.write("Gælder til", "07312025").unwrap();
    leader.see(REVERSED).unwrap();
    wait_until_saved(&leader);
    let document = |is_printed: bool| {
        go_to(&leader, &server, &format!("#/aftale/{agreement}/udskrift?dato=2026-05-11"));
        leader.see("Underskrifter").unwrap();
        leader.wait_for("the period", || Ok(leader.sees("1. august 2026 –")? == is_printed)).unwrap();
        assert!(!leader.sees("31. juli 2025").unwrap());
    };
    document(false);
    go_to(&leader, &server, &format!("#/aftale/{agreement}/om?dato=2026-05-11"));
    leader.see(REVERSED).unwrap();
    leader.write("Gælder til", "07312028").unwrap();
    leader.wait_for("the sentence to be gone", || Ok(!leader.sees(REVERSED)?)).unwrap();
    wait_until_saved(&leader);
    document(true);

    go_to(&leader, &server, "#/praksis?dato=2026-05-11");
    leader.press("Ny prøvehandling").unwrap();
    leader.write("Hvad skal prøvehandlingen hedde?", "Opkald samme dag").unwrap();
    leader.press("Opret den").unwrap();
    leader.write("Første dag", "03152027").unwrap();
    leader.see("fra 15. marts 2027").unwrap();
    leader.write("Sidste dag", "03012027").unwrap();
    leader.see(REVERSED).unwrap();
    assert!(!leader.sees("15. marts 2027").unwrap(), "the head of the page shows the reversed days");
    assert_no_errors(&[&leader]);
}
