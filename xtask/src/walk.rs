//! How every walk begins and ends. What is not as expected ends it there: a walk is a test.
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

pub mod apart;
pub mod kept;
pub mod room;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use crate::browser::{Browser, Engine};
use crate::build::dist;
use crate::server::Server;

/// The release bundle, in a folder of a host as it will be, with a recorder of what goes wrong in it.
///
/// # Panics
/// It is not built.
#[must_use]
pub fn server() -> Server {
    Server::watched(dist(), "/et/sted/").unwrap()
}

/// Goes to an address of the app: its fragment.
///
/// # Panics
/// The browser does not go there.
pub fn on(person: &Browser, server: &Server, address: &str) {
    person.open(&format!("{}{address}", server.url())).unwrap();
}

/// A person who opens the app for the first time.
///
/// # Panics
/// They are not asked who they are.
#[must_use]
pub fn arrived(engine: Engine, server: &Server) -> Browser {
    let person = Browser::start(engine).unwrap();
    on(&person, server, "");
    person.see("Hvem er du?").unwrap();
    person
}

/// Somebody's answers to «Hvem er du?».
#[derive(Clone, Copy, Debug)]
pub struct Who<'a> {
    /// «Leder», «Chef» …
    pub role: &'a str,
    /// A leader's level, as it is offered.
    pub level: Option<&'a str>,
    /// What the unit is called.
    pub unit: &'a str,
    /// «Skole», «Dagtilbud» …
    pub kind: &'a str,
}

impl<'a> Who<'a> {
    /// The third level, as it is offered.
    pub const LEVEL_3: &'static str = "Niveau 3 – fx skoleleder eller områdeleder";
    /// The fourth.
    pub const LEVEL_4: &'static str = "Niveau 4 – fx børnehusleder";

    /// The leader of a school.
    #[must_use]
    pub const fn leader(level: &'a str, unit: &'a str) -> Self {
        Self { role: "Leder", level: Some(level), unit, kind: "Skole" }
    }

    /// A chef, of an administration.
    #[must_use]
    pub const fn chef(unit: &'a str) -> Self {
        Self { role: "Chef", level: None, unit, kind: "Administration" }
    }
}

/// A person who has begun as somebody, and stands on the front page.
///
/// # Panics
/// They do not come to it.
#[must_use]
pub fn begun_as(engine: Engine, server: &Server, who: Who<'_>) -> Browser {
    let person = arrived(engine, server);
    for answer in [Some(who.role), who.level].into_iter().flatten() {
        person.pick(answer).unwrap();
    }
    person.write("Hvad hedder enheden?", who.unit).unwrap();
    person.pick(who.kind).unwrap();
    person.go("Begynd", "Det mangler").unwrap();
    person
}

/// A person who has begun with the name of a unit alone, and stands on the front page.
///
/// # Panics
/// They do not come to it.
#[must_use]
pub fn begun(engine: Engine, server: &Server, unit: &str) -> Browser {
    let person = arrived(engine, server);
    person.write("Hvad hedder enheden?", unit).unwrap();
    person.go("Begynd", "Det mangler").unwrap();
    person
}

/// A person who has begun with a unit, and looks at what is known of it.
///
/// # Panics
/// They do not come to it.
#[must_use]
pub fn at_unit(engine: Engine, server: &Server, unit: &str) -> Browser {
    let person = begun(engine, server, unit);
    to_unit(&person, unit);
    person
}

/// Goes to what is known of a unit.
///
/// # Panics
/// There is no such unit.
pub fn to_unit(person: &Browser, unit: &str) {
    person.go("Enheder", "Dine enheder").unwrap();
    person.go(unit, "Enhedens navn").unwrap();
    person.see_in("Enhedens navn", unit).unwrap();
}

/// What they wrote is kept.
///
/// # Panics
/// It is not said to be.
pub fn saved(person: &Browser) {
    person.see("Gemt i denne browser kl.").unwrap();
}

/// Writes a file into a folder of its own. Walks run beside one another, and a browser gives up a file that changes while it
/// is read: so no two share a file, whatever they call it.
///
/// # Panics
/// It cannot be written.
#[must_use]
pub fn own_file(name: &str, bytes: &[u8]) -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("kvalitetshjul-walk-{}-{count}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join(name);
    std::fs::write(&file, bytes).unwrap();
    file
}

/// Opens a file that someone sent, and takes in all that it brings.
///
/// # Panics
/// It is not taken in.
pub fn receive(person: &Browser, file: &Path) {
    person.choose(file).unwrap();
    person.see("Filen er flettet ind.").unwrap();
    person.press("Luk").unwrap();
}

/// Nothing went wrong in anyone's page.
///
/// # Panics
/// Something did.
pub fn all_is_well(people: &[&Browser]) {
    for person in people {
        assert_eq!(person.complaints().unwrap(), Vec::<String>::new());
    }
}
