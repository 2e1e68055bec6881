//! The walks of workbooks, on the release bundle: they are read by a worker that comes when it is first needed.
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

use std::fs;
use std::path::{Path, PathBuf};

use workbook::message::{Message, VERSION};
use xtask::browser::{Browser, Engine};
use xtask::build::dist;
use xtask::in_every_engine;
use xtask::process::root;
use xtask::server::Server;
use xtask::walk::{all_is_well, on, own_file, server};

in_every_engine! {
    a_workbook_is_read_by_a_worker_that_comes_on_first_use
}

fn sample(name: &str) -> PathBuf {
    root().join("tests/samples").join(name)
}

fn choose(person: &Browser, file: &Path) {
    person.choose_at("#open-table", file).unwrap();
}

/// What the server was asked for of the worker.
fn asked(server: &Server) -> Vec<String> {
    server.asked().into_iter().filter(|asked| asked.contains("workbook")).collect()
}

fn a_workbook_is_read_by_a_worker_that_comes_on_first_use(engine: Engine) {
    let server = server();
    let person = Browser::start(engine).unwrap();
    on(&person, &server, "#/indikatorer/hent");
    choose(&person, &sample("bred-windows1252.csv"));
    person.see("Kolonnerne i «bred-windows1252.csv»").unwrap();
    assert_eq!(asked(&server), Vec::<String>::new(), "no byte of it before a workbook is chosen");

    choose(&person, &sample("trivsel.xlsx"));
    person.see("Kolonnerne i «trivsel.xlsx»").unwrap();
    let fetched = asked(&server);
    assert_eq!(fetched.len(), 3, "its loader, its script, its module: {fetched:?}");
    assert!(fetched.iter().all(|asked| asked.starts_with("200 ")), "{fetched:?}");

    // The sheet with the most in it is chosen, and another can be.
    person.see("Møllebakkeskolen").unwrap();
    let sheets = person.texts(".choose-kind option").unwrap();
    assert_eq!(sheets.len(), 2, "{sheets:?}");
    person.choose_in("Ark", &sheets[1]).unwrap();
    person.wait_for("the other sheet", || Ok(!person.sees("Møllebakkeskolen")?)).unwrap();
    person.choose_in("Ark", &sheets[0]).unwrap();
    person.see("Møllebakkeskolen").unwrap();

    // What cannot be read is said, and nothing has happened; the next is read by the worker that is there.
    choose(&person, &own_file("beskadiget.xlsx", b"PK\x03\x04 og saa ikke mere"));
    person.see("Filen er beskadiget og kan ikke læses.").unwrap();
    person.see("Intet er ændret hos dig.").unwrap();
    let locked =
        [&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], &[0; 600], b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"];
    choose(&person, &own_file("laast.xlsx", &locked.concat()));
    person.see("Regnearket er låst med en kode.").unwrap();
    choose(&person, &sample("trivsel.ods"));
    person.see("Kolonnerne i «trivsel.ods»").unwrap();
    assert_eq!(asked(&server).len(), 3, "it is fetched once, and works without a network from then on");
    all_is_well(&[&person]);
}

/// The bundle with another worker in it.
fn with_worker(name: &str, script: Option<String>) -> Server {
    let folder = root().join("target/walk").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    for file in fs::read_dir(dist()).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), folder.join(file.file_name())).unwrap();
    }
    let page = folder.join("index.html");
    let html = fs::read_to_string(&page).unwrap();
    let from = html.find("workbook_loader-").unwrap();
    let to = from + html[from..].find(".js").unwrap();
    fs::write(&page, format!("{}another{}", &html[..from], &html[to..])).unwrap();
    if let Some(script) = script {
        fs::write(folder.join("another.js"), script).unwrap();
    }
    Server::watched(folder, "/et/sted/").unwrap()
}

/// A worker that says this first, and then nothing.
fn says(message: &Message) -> String {
    format!("postMessage({:?})", message.text())
}

#[test]
fn a_worker_of_another_version_is_refused_with_a_sentence() {
    let server = with_worker("stale", Some(says(&Message::Ready("en anden".to_owned()))));
    let person = Browser::start(Engine::Chromium).unwrap();
    on(&person, &server, "#/indikatorer/hent");
    choose(&person, &sample("trivsel.xlsx"));
    person.see("hører til en anden udgave af Kvalitetshjul. Genindlæs siden, og prøv igen.").unwrap();
    all_is_well(&[&person]);
}

#[test]
fn a_worker_that_does_not_come_is_said_and_the_rest_goes_on() {
    let server = with_worker("missing", None);
    let person = Browser::start(Engine::Chromium).unwrap();
    on(&person, &server, "#/indikatorer/hent");
    choose(&person, &sample("trivsel.xlsx"));
    person.see("Læseren af regneark kunne ikke hentes.").unwrap();
    choose(&person, &sample("bred-windows1252.csv"));
    person.see("Kolonnerne i «bred-windows1252.csv»").unwrap();
}

#[test]
fn a_workbook_that_takes_long_can_be_stopped() {
    let server = with_worker("slow", Some(says(&Message::Ready(VERSION.to_owned()))));
    let person = Browser::start(Engine::Chromium).unwrap();
    on(&person, &server, "#/indikatorer/hent");
    choose(&person, &sample("trivsel.xlsx"));
    person.see("Læser «trivsel.xlsx» …").unwrap();
    person.press("Stop").unwrap();
    person.see("Du stoppede læsningen. Intet er ændret hos dig.").unwrap();
    // Another worker is begun for the next.
    choose(&person, &sample("trivsel.ods"));
    person.see("Læser «trivsel.ods» …").unwrap();
    choose(&person, &sample("bred-windows1252.csv"));
    person.see("Kolonnerne i «bred-windows1252.csv»").unwrap();
    all_is_well(&[&person]);
}
