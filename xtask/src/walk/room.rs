//! A workshop as those in it act: a room that is opened, answers on phones and on paper, a result in a file.

use std::path::Path;

use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::instrument::{Instrument, Round, instrument};
use kvalitetshjul::domain::workshop::{Setup, Workshop};
use kvalitetshjul::exchange::read;

use crate::browser::Browser;
use crate::build::dist;
use crate::server::Server;
use crate::split::is_piece;

use super::on;

/// Waits until every piece of the app is here, and what several of them share. A page that is left before leaves a fetch behind,
/// and a network that is cut before leaves a page without its code.
///
/// # Panics
/// It does not come.
pub fn is_whole(person: &Browser) {
    let names = std::fs::read_dir(dist()).unwrap().flatten();
    let pieces: Vec<String> = names
        .map(|file| file.file_name().to_string_lossy().into_owned())
        .filter(|name| is_piece(name))
        .map(|name| format!("/{name}"))
        .collect();
    let has_all = || {
        let fetched = person.fetched(".wasm")?;
        Ok(pieces.iter().all(|piece| fetched.iter().any(|address| address.ends_with(piece))))
    };
    person.wait_for("the app to be whole", has_all).unwrap();
}

/// The nine pairs.
///
/// # Panics
/// They are not there.
#[must_use]
pub fn nine() -> &'static Instrument {
    instrument("modsaetninger").unwrap()
}

/// Places a round's point on the item of the nine that is shown.
///
/// # Panics
/// It is not there.
pub fn place(person: &Browser, item: usize, round: Round, point: i8) {
    let words = nine().point(&nine().items[item], point);
    person.pick(&format!("{}: {words}", round.danish())).unwrap();
}

/// Opens a room on the nine pairs, and gives its address and setup as the participants get them.
///
/// # Panics
/// It does not open.
#[must_use]
pub fn open_room(facilitator: &Browser, server: &Server, groups: &str) -> (String, Setup) {
    open_room_on(facilitator, server, &nine().title, groups)
}

/// The same, on an instrument of a name.
///
/// # Panics
/// It does not open.
#[must_use]
pub fn open_room_on(facilitator: &Browser, server: &Server, instrument: &str, groups: &str) -> (String, Setup) {
    on(facilitator, server, "#/workshop");
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
/// They are not shown.
pub fn show(facilitator: &Browser) {
    facilitator.go("Vis svarene", "Når svarene er vist, er rummet lukket").unwrap();
    facilitator.go("Ja, vis svarene", "hvor I ligger længst fra hinanden").unwrap();
}

/// Types a code, and sees what is said of it.
///
/// # Panics
/// It is not said.
pub fn take(facilitator: &Browser, code: &str, words: &str) {
    facilitator.write("Kode", code).unwrap();
    facilitator.go("Tag imod", words).unwrap();
}

/// What a file with a result holds.
///
/// # Panics
/// It is no such file.
#[must_use]
pub fn result_of(file: &Path) -> (Id, Workshop) {
    let opened = read::read(&std::fs::read(file).unwrap()).unwrap();
    let records: Vec<_> = opened.records.values().collect();
    assert_eq!(records.len(), 1, "the file holds the workshop alone");
    (records[0].id().clone(), records[0].view::<Workshop>().unwrap())
}

/// Types sheets of paper in, all alike but for a point.
///
/// # Panics
/// One is not taken.
pub fn papers(facilitator: &Browser, group: usize, count: usize, before: usize) {
    for sheet in 0..count {
        let digits = format!("{}44444444 444444444", sheet % 7 + 1);
        paper(facilitator, group, &digits, before + sheet + 1);
    }
}

/// Types a sheet of paper in, after which there are so many.
///
/// # Panics
/// It is not taken.
pub fn paper(facilitator: &Browser, group: usize, sheet: &str, after: usize) {
    if group > 0 {
        facilitator.write("Gruppens nummer", &group.to_string()).unwrap();
    }
    facilitator.write("Et skema", sheet).unwrap();
    facilitator.go("Tæl med", &format!("Taget imod. {after} svar i alt.")).unwrap();
}
