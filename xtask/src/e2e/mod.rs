//! Shared steps of the end-to-end tests. A step that fails panics, which fails the test.
//!
//! | file | purpose |
//! | --- | --- |
//! | this one | starting a server and users, going to pages, the checks at the end |
//! | `records` | records and files of several authors |
//! | `storage` | figures in fields, for the tests of the stores |
//! | `workshop` | a workshop: its room, its participants, its result |
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

pub mod records;
pub mod storage;
pub mod workshop;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use crate::browser::{Browser, Engine};
use crate::build::dist;
use crate::server::Server;

/// Serves the release bundle in a subfolder of a host, with a recorder of its errors.
///
/// # Panics
/// The bundle is not built.
#[must_use]
pub fn server() -> Server {
    Server::watched(dist(), "/et/sted/").unwrap()
}

/// Goes to a fragment of the app.
///
/// # Panics
/// The driver reports an error.
pub fn go_to(person: &Browser, server: &Server, address: &str) {
    person.open(&format!("{}{address}", server.url())).unwrap();
}

/// Opens the app in a fresh profile.
///
/// # Panics
/// The app does not ask for the user's role.
#[must_use]
pub fn open_first_time(engine: Engine, server: &Server) -> Browser {
    let person = Browser::start(engine).unwrap();
    go_to(&person, server, "");
    person.see("Hvem er du?").unwrap();
    person
}

/// The answers to «Hvem er du?».
#[derive(Clone, Copy, Debug)]
pub struct UserRole<'a> {
    /// «Leder», «Chef» …
    pub role: &'a str,
    /// The level of a leader, by its label.
    pub level: Option<&'a str>,
    /// The name of the unit.
    pub unit: &'a str,
    /// «Skole», «Børnehus» …
    pub kind: &'a str,
}

impl<'a> UserRole<'a> {
    /// The label of the third level.
    pub const LEVEL_3: &'static str = "Niveau 3 – fx skoleleder eller områdeleder";
    /// The label of the fourth level.
    pub const LEVEL_4: &'static str = "Niveau 4 – fx børnehusleder";

    /// The leader of a school.
    #[must_use]
    pub const fn leader(level: &'a str, unit: &'a str) -> Self {
        Self { role: "Leder", level: Some(level), unit, kind: "Skole" }
    }

    /// The chef of an administration.
    #[must_use]
    pub const fn chef(unit: &'a str) -> Self {
        Self { role: "Chef", level: None, unit, kind: "Administration" }
    }
}

/// Opens the app in a fresh profile, and answers all questions on role and unit.
///
/// # Panics
/// The front page or the unit's page is not reached.
#[must_use]
pub fn start_as(engine: Engine, server: &Server, who: UserRole<'_>) -> Browser {
    let person = open_first_time(engine, server);
    for answer in [Some(who.role), who.level].into_iter().flatten() {
        person.pick(answer).unwrap();
    }
    person.write("Hvad hedder enheden?", who.unit).unwrap();
    person.choose_in("Hvad er det for en enhed?", who.kind).unwrap();
    finish_first_step(&person);
    person
}

/// Sends the answers to «Hvem er du?», and waits until the question is gone.
///
/// # Panics
/// The question stays.
pub fn finish_first_step(person: &Browser) {
    person.press("Begynd").unwrap();
    person.wait_for("the first step to be done", || Ok(!person.sees("Hvem er du?")?)).unwrap();
}

/// Opens the app in a fresh profile, and answers with the name of a unit only.
///
/// # Panics
/// The front page or the unit's page is not reached.
#[must_use]
pub fn start_with_unit(engine: Engine, server: &Server, unit: &str) -> Browser {
    let person = open_first_time(engine, server);
    person.write("Hvad hedder enheden?", unit).unwrap();
    finish_first_step(&person);
    person
}

/// Opens the app in a fresh profile with a unit, and goes to the page of the unit.
///
/// # Panics
/// The front page or the unit's page is not reached.
#[must_use]
pub fn start_at_unit(engine: Engine, server: &Server, unit: &str) -> Browser {
    let person = start_with_unit(engine, server, unit);
    go_to_unit(&person, unit);
    person
}

/// Goes to the page of a unit.
///
/// # Panics
/// There is no such unit.
pub fn go_to_unit(person: &Browser, unit: &str) {
    person.go("Enheder", "Dine enheder").unwrap();
    person.go(unit, "Enhedens navn").unwrap();
    person.see_in("Enhedens navn", unit).unwrap();
}

/// Waits until the status bar says that everything is saved.
///
/// # Panics
/// It does not say so in time.
pub fn wait_until_saved(person: &Browser) {
    person.see("Gemt i denne browser kl.").unwrap();
}

/// Writes a file into its own folder.
///
/// Tests run in parallel, and a browser fails to read a file that changes meanwhile. So no two tests share a file.
///
/// # Panics
/// The file cannot be written.
#[must_use]
pub fn own_file(name: &str, bytes: &[u8]) -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("kvalitetshjul-e2e-{}-{count}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join(name);
    std::fs::write(&file, bytes).unwrap();
    file
}

/// Opens a file, and imports everything in it.
///
/// # Panics
/// The import fails.
pub fn receive(person: &Browser, file: &Path) {
    person.choose(file).unwrap();
    person.see("Filen er flettet ind.").unwrap();
    person.press("Luk").unwrap();
}

/// Asserts that no page has reported an error.
///
/// # Panics
/// A page has reported one.
pub fn assert_no_errors(people: &[&Browser]) {
    for person in people {
        assert_eq!(person.complaints().unwrap(), Vec::<String>::new());
    }
}
