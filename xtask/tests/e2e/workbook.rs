//! Workbooks, which a web worker reads.

use std::fs;
use std::path::{Path, PathBuf};

use workbook::message::{Message, VERSION};
use xtask::browser::{Browser, Engine};
use xtask::build::dist;
use xtask::e2e::{assert_no_errors, go_to, own_file, server};
use xtask::in_every_engine;
use xtask::process::root;
use xtask::server::Server;

in_every_engine! {
    workbook_is_read_by_a_worker_fetched_on_first_use
}

fn sample(name: &str) -> PathBuf {
    root().join("tests/samples").join(name)
}

fn choose(person: &Browser, file: &Path) {
    person.choose_at("#open-table", file).unwrap();
}

/// Lists the requests for files of the worker.
fn worker_requests(server: &Server) -> Vec<String> {
    server.asked().into_iter().filter(|request| request.contains("workbook")).collect()
}

fn workbook_is_read_by_a_worker_fetched_on_first_use(engine: Engine) {
    let server = server();
    let person = Browser::start(engine).unwrap();
    go_to(&person, &server, "#/indikatorer/hent");
    choose(&person, &sample("bred-windows1252.csv"));
    person.see("Kolonnerne i «bred-windows1252.csv»").unwrap();
    assert_eq!(worker_requests(&server), Vec::<String>::new(), "the worker was fetched before a workbook was chosen");

    choose(&person, &sample("trivsel.xlsx"));
    person.see("Kolonnerne i «trivsel.xlsx»").unwrap();
    let fetched = worker_requests(&server);
    assert_eq!(fetched.len(), 3, "loader, script and wasm module: {fetched:?}");
    assert!(fetched.iter().all(|request| request.starts_with("200 ")), "{fetched:?}");

    // The page proposes the sheet with the most cells; the user can choose another.
    person.see("Møllebakkeskolen").unwrap();
    let sheets = person.texts(".choose-kind option").unwrap();
    assert_eq!(sheets.len(), 2, "{sheets:?}");
    person.choose_in("Ark", &sheets[1]).unwrap();
    person.wait_for("the other sheet", || Ok(!person.sees("Møllebakkeskolen")?)).unwrap();
    person.choose_in("Ark", &sheets[0]).unwrap();
    person.see("Møllebakkeskolen").unwrap();

    // An unreadable workbook is reported, and the same worker reads the next one.
    choose(&person, &own_file("beskadiget.xlsx", b"PK\x03\x04 og saa ikke mere"));
    person.see("Filen er beskadiget og kan ikke læses.").unwrap();
    person.see("Intet er ændret hos dig.").unwrap();
    let locked =
        [&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], &[0; 600], b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"];
    choose(&person, &own_file("laast.xlsx", &locked.concat()));
    person.see("Regnearket er låst med en kode.").unwrap();
    choose(&person, &sample("trivsel.ods"));
    person.see("Kolonnerne i «trivsel.ods»").unwrap();
    assert_eq!(worker_requests(&server).len(), 3, "the worker was fetched again");
    assert_no_errors(&[&person]);
}

/// Serves the bundle with another worker, or with none.
fn serve_with_worker(name: &str, script: Option<String>) -> Server {
    let folder = root().join("target/e2e").join(name);
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

/// Returns the script of a worker that posts one message and then nothing.
fn worker_that_posts(message: &Message) -> String {
    format!("postMessage({:?})", message.text())
}

#[test]
fn worker_of_another_version_is_refused_with_a_message() {
    let server = serve_with_worker("stale", Some(worker_that_posts(&Message::Ready("en anden".to_owned()))));
    let person = Browser::start(Engine::Chromium).unwrap();
    go_to(&person, &server, "#/indikatorer/hent");
    choose(&person, &sample("trivsel.xlsx"));
    person.see("hører til en anden udgave af Kvalitetshjul. Genindlæs siden, og prøv igen.").unwrap();
    assert_no_errors(&[&person]);
}

#[test]
fn missing_worker_is_reported_and_csv_still_works() {
    let server = serve_with_worker("missing", None);
    let person = Browser::start(Engine::Chromium).unwrap();
    go_to(&person, &server, "#/indikatorer/hent");
    choose(&person, &sample("trivsel.xlsx"));
    person.see("Læseren af regneark kunne ikke hentes.").unwrap();
    choose(&person, &sample("bred-windows1252.csv"));
    person.see("Kolonnerne i «bred-windows1252.csv»").unwrap();
}

#[test]
fn slow_workbook_can_be_stopped() {
    let server = serve_with_worker("slow", Some(worker_that_posts(&Message::Ready(VERSION.to_owned()))));
    let person = Browser::start(Engine::Chromium).unwrap();
    go_to(&person, &server, "#/indikatorer/hent");
    choose(&person, &sample("trivsel.xlsx"));
    person.see("Læser «trivsel.xlsx» …").unwrap();
    person.press("Stop").unwrap();
    person.see("Du stoppede læsningen. Intet er ændret hos dig.").unwrap();
    // A new worker is started for the next workbook.
    choose(&person, &sample("trivsel.ods"));
    person.see("Læser «trivsel.ods» …").unwrap();
    choose(&person, &sample("bred-windows1252.csv"));
    person.see("Kolonnerne i «bred-windows1252.csv»").unwrap();
    assert_no_errors(&[&person]);
}
