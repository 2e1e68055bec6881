//! The end-to-end tests: users in real browsers on the release bundle, served in a subfolder of a host.
//!
//! A file carries the name of a page group or a feature. `cargo xtask test` builds the bundle first.
//!
//! | file | content |
//! | --- | --- |
//! | `accessibility` | axe-core on every page, narrow and magnified screens, the keyboard |
//! | `agreement` | the agreement, agreed to by files; the conversation before it and the status halfway |
//! | `agreement_cycle` | a whole two-year cycle of secretariat, chef and leader, who exchange files only |
//! | `conflicts` | open choices after files from several people were imported |
//! | `cpr` | CPR numbers that are typed, pasted or imported are never stored |
//! | `crash` | a browser that is killed, and an app that fails |
//! | `demo` | the demo: its tour, its own stores, its files |
//! | `feedback` | the answer of a forum on the data package, by files |
//! | `figures` | the pages of figures: sheet, indicator page, matrix |
//! | `file_exchange` | two people who exchange files |
//! | `files` | files that leave the app: sharing, passwords, receipts, the reminder of a backup |
//! | `forum` | the midterm meeting: help asked for and offered, decisions, carried home and back by files |
//! | `front` | the items that wait for each role on the front page |
//! | `fundament_relations` | what hangs on what, followed both ways, and a unit's own core services |
//! | `history` | the history page and earlier states |
//! | `hostile_text` | hostile texts in every kind of field |
//! | `hosting` | the bundle on a plain web server |
//! | `import` | import: preview, progress, pasted and dropped files, archives and tables, a unit imported as new |
//! | `import_undo` | undone imports: nothing is deleted at the sender, and the records can be brought back |
//! | `lazy_pages` | pages whose code is fetched when they are first opened |
//! | `navigation` | addresses, the back button, focus in a new page |
//! | `palette` | the palette, the help, the word list |
//! | `practice` | reflection alone, the pyramid, and the trials that come of them |
//! | `practice_library` | the library of practice and the catalogue: filters, taking up, withdrawal, paper |
//! | `practice_spread` | practice that spreads through four schools by files, is scaled, reported and withdrawn |
//! | `print` | the agreement and the report on paper, printed by Chromium |
//! | `release` | what files and other outputs hold, made on their pages, and which files may bring links |
//! | `report` | the quality report: composed from the units' records and edited; what it looks back at on each day |
//! | `same_unit` | a unit that exists under two ids |
//! | `setup` | the first visit, settings, units, and the foundation |
//! | `stage` | a workshop for forty people: phones, two devices that collect, a rehearsal, no network, the keyboard |
//! | `stage_camera` | a film of forty codes, which the page's own reader reads |
//! | `stage_wall` | the wall in every phase on every screen, and its QR code |
//! | `stage_windows` | the facilitator's page and the wall, closed and opened again |
//! | `storage` | what the browser stores: snapshots, data of other versions, a start without saving |
//! | `storage_failures` | stores that are full, denied, silent, cleared or damaged |
//! | `stories` | stories that a unit tells, shares and withdraws, and where others meet them |
//! | `table_import` | import of the sample tables through the page |
//! | `tabs` | several tabs, and several deployments on one host |
//! | `trash` | the trash: restoring, forgetting, emptying |
//! | `undo` | undo and redo |
//! | `viewport` | every page on screens of given sizes: nothing is covered, cut or too small |
//! | `wheel` | the wheel, and the element that the front page names on each day |
//! | `workbook` | workbooks, which a web worker reads |
//! | `workshop` | a workshop: answers on paper, in a chat, in several rooms and in turn on one device |
//! | `workshop_codes` | codes of participants, scanned from a phone and by the page's camera |
//! | `workshop_instruments` | workshops on an instrument of the unit's own and on weights |
//! | `workshop_results` | what follows a workshop: goals, trials, the comparison with an earlier workshop |

mod accessibility;
mod agreement;
mod agreement_cycle;
mod conflicts;
mod cpr;
mod crash;
mod demo;
mod feedback;
mod figures;
mod file_exchange;
mod files;
mod forum;
mod front;
mod fundament_relations;
mod history;
mod hostile_text;
mod hosting;
mod import;
mod import_undo;
mod lazy_pages;
mod navigation;
mod palette;
mod practice;
mod practice_library;
mod practice_spread;
mod print;
mod release;
mod report;
mod same_unit;
mod setup;
mod stage;
mod stage_camera;
mod stage_wall;
mod stage_windows;
mod storage;
mod storage_failures;
mod stories;
mod table_import;
mod tabs;
mod trash;
mod undo;
mod viewport;
mod wheel;
mod workbook;
mod workshop;
mod workshop_codes;
mod workshop_instruments;
mod workshop_results;

use xtask::browser::{Browser, Engine};
use xtask::e2e::{assert_no_errors, go_to_unit};
use xtask::server::Server;

/// Checks that no page reported an error, and that the pages requested nothing outside the app's own folder.
pub(crate) fn assert_no_errors_or_foreign_requests(server: &Server, people: &[&Browser]) {
    assert_no_errors(people);
    for request in server.asked() {
        assert!(request.starts_with("200 /et/sted/"), "{request}");
    }
}

/// The labels of the fields for the current school year and the year before.
pub(crate) struct Years {
    pub(crate) last: String,
    pub(crate) before: String,
}

/// Returns the labels for the school year of today.
pub(crate) fn years() -> Years {
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let moment = kvalitetshjul::domain::date::Timestamp::from_seconds(i64::try_from(seconds).unwrap()).unwrap();
    let (year, month) = (moment.date().year(), moment.date().month());
    let current = if month >= 8 { year } else { year - 1 };
    let name = |year| format!("Fravær reduceres, {}", kvalitetshjul::domain::period::Period::SchoolYear(year).danish());
    Years { last: name(current), before: name(current - 1) }
}

/// Opens the figures of the first indicator.
pub(crate) fn to_figures(person: &Browser) {
    person.go("Indikatorer", "Tallene står aldrig alene").unwrap();
    person.go("Fravær reduceres", "Det siger vi om tallet").unwrap();
}

/// Checks that a file opens in a new browser without a fault.
pub(crate) fn assert_opens_in_new_browser(server: &Server, file: &std::path::Path, unit: &str) {
    let other = Browser::start(Engine::Chromium).unwrap();
    other.open(&server.url()).unwrap();
    other.see("Hvem er du?").unwrap();
    other.choose(file).unwrap();
    other.see("Filen er flettet ind.").unwrap();
    assert_eq!(other.count(".faults li").unwrap(), 0);
    other.press("Luk").unwrap();
    go_to_unit(&other, unit);
}
