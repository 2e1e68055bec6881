//! The bundle on a plain web server.

use std::process::{Command, Stdio};

use xtask::browser::{Browser, Engine};
use xtask::build::dist;
use xtask::e2e::server;

#[test]
fn address_without_trailing_slash_works() {
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    person.open(server.url().trim_end_matches('/')).unwrap();
    person.see("Hvem er du?").unwrap();
}

#[test]
fn pythons_http_server_serves_the_app() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let mut python = Command::new("python3");
    python.args(["-m", "http.server", &port.to_string(), "--bind", "127.0.0.1", "--directory"]).arg(dist());
    let mut python = python.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let person = Browser::start(Engine::Chromium).unwrap();
    let seen = person.open_when_there(&format!("http://127.0.0.1:{port}")).and_then(|()| person.see("Hvem er du?"));
    python.kill().unwrap();
    python.wait().unwrap();
    seen.unwrap();
}

#[test]
fn bundle_names_no_foreign_address() {
    let folder = std::fs::read_dir(dist()).unwrap();
    for file in folder {
        let file = file.unwrap();
        let bytes = std::fs::read(file.path()).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            for (at, _) in line.match_indices("://") {
                let scheme = line[..at].chars().rev().take_while(char::is_ascii_alphabetic).collect::<String>();
                let is_address = matches!(scheme.as_str(), "ptth" | "sptth");
                let is_name = ["www.w3.org/", "json-schema.org/"].iter().any(|name| line[at + 3..].starts_with(name));
                assert!(
                    is_name || !is_address,
                    "{:?}: {}",
                    file.file_name(),
                    line[at..].chars().take(80).collect::<String>()
                );
            }
        }
    }
}
