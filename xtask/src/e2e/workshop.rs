//! Shared steps of the workshop tests: opening a room, answers on phones and on paper, the result in a file.

use std::path::Path;

use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::instrument::{Instrument, Round, instrument};
use kvalitetshjul::domain::workshop::{Setup, Workshop};
use kvalitetshjul::exchange::read;

use crate::browser::Browser;
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
    go_to(facilitator, server, "#/workshop");
    facilitator.write("Hvad hedder workshoppen?", "Personaledag i maj").unwrap();
    facilitator.write("Grupper", groups).unwrap();
    facilitator.choose_option(instrument).unwrap();
    facilitator.go("Åbn rummet", "Gå til svar").unwrap();
    facilitator.go("Gå til svar", "Svar på din telefon").unwrap();
    let address = facilitator.texts(".address").unwrap().concat();
    let (_, link) = address.split_once("#/svar/").unwrap();
    let setup = Setup::parse(link).unwrap();
    assert_eq!(setup.title, "Personaledag i maj");
    (address, setup)
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
