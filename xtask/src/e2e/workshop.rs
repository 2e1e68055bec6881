//! Shared steps of the workshop tests: opening a room, the wall, answers on phones and on paper, the result in a file.

use std::path::Path;

use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::instrument::{Instrument, Round, instrument};
use kvalitetshjul::domain::svarkode::{AnswerSheet, format_code};
use kvalitetshjul::domain::workshop::{Phase, Setup, Workshop};
use kvalitetshjul::exchange::read;

use crate::browser::{Browser, Media, Tab, Viewport};
use crate::build::dist;
use crate::server::Server;
use crate::split::is_chunk;

use super::go_to;

/// Waits until every chunk of the app is fetched.
///
/// Before that, leaving the page cancels a fetch, and a page without a network lacks its code.
///
/// # Panics
/// A chunk is not fetched in time.
pub fn wait_until_loaded(person: &Browser) {
    let names = std::fs::read_dir(dist()).unwrap().flatten();
    let chunks: Vec<String> = names
        .map(|file| file.file_name().to_string_lossy().into_owned())
        .filter(|name| is_chunk(name))
        .map(|name| format!("/{name}"))
        .collect();
    let has_all = || {
        let fetched = person.fetched(".wasm")?;
        Ok(chunks.iter().all(|chunk| fetched.iter().any(|address| address.ends_with(chunk))))
    };
    person.wait_for("all chunks to be fetched", has_all).unwrap();
}

/// Lists the requests for the reader of QR codes.
#[must_use]
pub fn reader_requests(server: &Server) -> Vec<String> {
    server.asked().into_iter().filter(|request| request.contains("scanner")).collect()
}

/// Waits until the reader of QR codes is fetched, which the pages of workshops need where the browser reads none.
///
/// # Panics
/// The reader is not fetched in time.
pub fn wait_for_reader(facilitator: &Browser, server: &Server) {
    let is_fetched = || Ok(reader_requests(server).iter().any(|request| request.starts_with("200 ")));
    facilitator.wait_for("the reader of QR codes", is_fetched).unwrap();
}

/// The instrument with the nine pairs of opposites.
///
/// # Panics
/// The content has none.
#[must_use]
pub fn nine() -> &'static Instrument {
    instrument("modsaetninger").unwrap()
}

/// Answers an item of the nine pairs with a point.
///
/// # Panics
/// The item is not shown.
pub fn place(person: &Browser, item: usize, round: Round, point: i8) {
    let words = nine().point(&nine().items[item], point);
    person.pick(&format!("{}: {words}", round.danish())).unwrap();
}

/// Returns the answers of a participant on the nine pairs, over the whole scale. They differ for up to 64 people.
///
/// Of forty people, twelve answer for the wished state too. A third of the people belongs to no group, and a third each
/// to the groups 1 and 2.
///
/// # Panics
/// A point is out of range.
#[must_use]
pub fn sheet(person: usize) -> AnswerSheet {
    let digit = |item: usize| if item % 3 == 2 { person / 8 * 3 + item } else { person * 5 + item * item };
    // The eighth point stands for an item that is not answered.
    let point = |item: usize| i8::try_from(digit(item) % 8).unwrap() - 3;
    let now = (0..9).map(|item| Some(point(item)).filter(|point| *point <= 3)).collect();
    let wanted = |item: usize| i8::try_from((person + item * 2) % 7).unwrap() - 3;
    let wanted = (person % 10 < 3).then(|| (0..9).map(|item| Some(wanted(item))).collect());
    AnswerSheet { group: person % 3, now, wanted }
}

/// Answers an item of the nine pairs on a phone as a sheet says.
///
/// # Panics
/// The item is not shown.
pub fn place_answers(phone: &Browser, sheet: &AnswerSheet, item: usize) {
    for (round, answers) in Round::BOTH.into_iter().zip([Some(&sheet.now), sheet.wanted.as_ref()]) {
        if let Some(point) = answers.and_then(|answers| answers[item]) {
            place(phone, item, round, point);
        }
    }
}

/// Leaves the other items of the nine pairs open, from the first of them on, and returns the code.
///
/// # Panics
/// The phone shows no code.
#[must_use]
pub fn finish_answers(phone: &Browser) -> String {
    for item in 1..9 {
        phone.go("Næste", &format!("{} af 9", item + 1)).unwrap();
    }
    phone.go("Få min kode", "Dine svar er klar").unwrap();
    phone.texts(".code").unwrap().concat()
}

/// Opens a room on the nine pairs, and returns its address and setup as the participants get them.
///
/// # Panics
/// The room does not open.
#[must_use]
pub fn open_room(facilitator: &Browser, server: &Server, groups: &str) -> (String, Setup) {
    open_room_on(facilitator, server, &nine().title, groups)
}

/// Opens a room on the instrument with a title.
///
/// # Panics
/// The room does not open.
#[must_use]
pub fn open_room_on(facilitator: &Browser, server: &Server, instrument: &str, groups: &str) -> (String, Setup) {
    open_room_called(facilitator, server, "Personaledag i maj", instrument, groups)
}

/// Opens a room for a workshop with a title, on the instrument that `instrument` names. Its phase is «Svar» then.
///
/// # Panics
/// The room does not open.
#[must_use]
pub fn open_room_called(
    facilitator: &Browser,
    server: &Server,
    title: &str,
    instrument: &str,
    groups: &str,
) -> (String, Setup) {
    go_to(facilitator, server, "#/workshop");
    facilitator.write("Hvad hedder workshoppen?", title).unwrap();
    facilitator.write("Grupper", groups).unwrap();
    facilitator.choose_option(instrument).unwrap();
    facilitator.go("Åbn rummet", "Gå til svar").unwrap();
    facilitator.go("Gå til svar", "Svar på telefonen").unwrap();
    let address = facilitator.texts(".address").unwrap().concat();
    let (_, link) = address.split_once("#/svar/").unwrap();
    let setup = Setup::parse(link).unwrap();
    assert_eq!(setup.title, title);
    (address, setup)
}

/// Goes to a phase on the facilitator's page, in a workshop on the nine pairs.
///
/// # Panics
/// The phase cannot be gone to.
pub fn go_to_phase(facilitator: &Browser, phase: Phase) {
    let button = format!("{} {} min", phase.danish(), phase.minutes(nine().minutes));
    facilitator.press(&button).unwrap();
    facilitator.see_texts(".phases [aria-current]", &[button.as_str()]).unwrap();
}

/// Opens the wall in a tab of its own, and returns the tab, which is the current one then.
///
/// # Panics
/// The wall is not shown.
pub fn open_wall(facilitator: &Browser, server: &Server) -> Tab {
    let wall = facilitator.new_tab().unwrap();
    go_to(facilitator, server, "#/scene");
    facilitator.see_count(".scene > .wall", 1).unwrap();
    wall
}

/// Reads the QR code on the wall from a picture of a laptop's screen.
///
/// # Panics
/// The wall shows no code that can be read.
#[must_use]
pub fn scan_wall(facilitator: &Browser, server: &Server, media: Media) -> String {
    let room = facilitator.this_tab().unwrap();
    open_wall(facilitator, server);
    facilitator.see_count(".scene .wall-qr svg", 1).unwrap();
    let address = facilitator.on_screen(Viewport::LAPTOP, media, || facilitator.scan_screen()).unwrap();
    facilitator.close_tab().unwrap();
    facilitator.tab(&room).unwrap();
    address
}

/// Shows the answers, which closes the room.
///
/// # Panics
/// The answers are not shown.
pub fn show(facilitator: &Browser) {
    facilitator.go("Vis svarene", "Når svarene er vist, er rummet lukket").unwrap();
    facilitator.go("Ja, vis svarene", "hvor I ligger længst fra hinanden").unwrap();
}

/// Types a svarkode, and waits for the response.
///
/// # Panics
/// The response is another one.
pub fn take(facilitator: &Browser, code: &str, words: &str) {
    facilitator.write("Kode", code).unwrap();
    facilitator.go("Tag imod", words).unwrap();
}

/// Pastes a chat with codes in the phase «Saml ind», and waits for the response.
///
/// # Panics
/// The response is another one.
pub fn paste_chat(facilitator: &Browser, chat: &str, words: &str) {
    const PASTE: &str = "
        const field = document.getElementById('chat');
        field.value = arguments[0];
        field.dispatchEvent(new Event('input', { bubbles: true }));";
    facilitator.press("Flere på én gang").unwrap();
    facilitator.run_with(PASTE, &[chat]).unwrap();
    facilitator.go("Find koderne", words).unwrap();
    facilitator.see_in("Indsæt en hel chat", "").unwrap();
}

/// Gives the codes of answers all at once, as the first ones of the room, in the phase «Saml ind».
///
/// # Panics
/// A code is refused.
pub fn give_sheets(facilitator: &Browser, setup: &Setup, sheets: &[AnswerSheet]) {
    let codes = setup.codes().unwrap();
    let chat: Vec<String> = sheets.iter().map(|sheet| format_code(&codes.encode(sheet))).collect();
    let count = sheets.len();
    paste_chat(facilitator, &chat.join("\n"), &format!("{count} nye koder. Taget imod. {count} svar i alt."));
}

/// Sets the day in the date field with a label, as `2099-03-15`.
///
/// # Panics
/// There is no such field.
pub fn set_day(person: &Browser, label: &str, day: &str) {
    const SET: &str = "
        const field = [...document.querySelectorAll('input[type=date]')].find(node => name(node) === arguments[0]);
        field.focus();
        field.value = arguments[1];
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));";
    person.run_with(SET, &[label, day]).unwrap();
}

/// Reads the workshop in a file.
///
/// # Panics
/// The file holds no workshop, or other records too.
#[must_use]
pub fn result_of(file: &Path) -> (Id, Workshop) {
    let opened = read::read(&std::fs::read(file).unwrap()).unwrap();
    let records: Vec<_> = opened.records.values().collect();
    assert_eq!(records.len(), 1, "the file holds the workshop alone");
    (records[0].id().clone(), records[0].view::<Workshop>().unwrap())
}

/// Types in a number of paper sheets that differ in the first point only.
///
/// # Panics
/// A sheet is refused.
pub fn papers(facilitator: &Browser, group: usize, count: usize, before: usize) {
    for sheet in 0..count {
        let digits = format!("{}44444444 444444444", sheet % 7 + 1);
        paper(facilitator, group, &digits, before + sheet + 1);
    }
}

/// Types in a paper sheet, and checks the number of answers afterwards.
///
/// # Panics
/// The sheet is refused.
pub fn paper(facilitator: &Browser, group: usize, sheet: &str, after: usize) {
    if group > 0 {
        facilitator.write("Gruppens nummer", &group.to_string()).unwrap();
    }
    facilitator.write("Et skema", sheet).unwrap();
    facilitator.go("Tæl med", &format!("Taget imod. {after} svar i alt.")).unwrap();
}
