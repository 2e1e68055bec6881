//! The walks of the agreement, on the release bundle: people who exchange nothing but files.
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

use std::path::PathBuf;

use xtask::browser::{Browser, Engine};
use xtask::build::dist;
use xtask::in_every_engine;
use xtask::server::Server;

in_every_engine! {
    an_agreement_is_written_shared_and_agreed_to
}

const LEADER: (&str, Option<&str>) = ("Leder", Some("Niveau 3 – fx skoleleder eller områdeleder"));

fn server() -> Server {
    Server::watched(dist(), "/et/sted/").unwrap()
}

fn on(person: &Browser, server: &Server, address: &str) {
    person.open(&format!("{}{address}", server.url())).unwrap();
}

/// Someone who has begun with a unit of their own.
fn begun(engine: Engine, server: &Server, (role, level): (&str, Option<&str>), unit: &str, kind: &str) -> Browser {
    let person = Browser::start(engine).unwrap();
    person.open(&server.url()).unwrap();
    person.see("Hvem er du?").unwrap();
    person.pick(role).unwrap();
    if let Some(level) = level {
        person.pick(level).unwrap();
    }
    person.write("Hvad hedder enheden?", unit).unwrap();
    person.pick(kind).unwrap();
    person.go("Begynd", "Det mangler").unwrap();
    person
}

fn all_is_well(person: &Browser) {
    assert_eq!(person.complaints().unwrap(), Vec::<String>::new());
}

fn saved(person: &Browser) {
    person.see("Gemt i denne browser kl.").unwrap();
}

/// Opens a file that someone sent.
fn receive(person: &Browser, file: &PathBuf) {
    person.choose(file).unwrap();
    person.see("Filen er flettet ind.").unwrap();
    person.press("Luk").unwrap();
}

/// A leader's agreement from examples, on a day of the second quarter.
fn with_examples(engine: Engine, server: &Server) -> Browser {
    let leader = begun(engine, server, LEADER, "Skolen ved Søen", "Skole");
    on(&leader, server, "#/aftale?dato=2026-05-11");
    leader.see_heading("Sammenhængsaftale").unwrap();
    leader.go("Begynd med eksempler", "Hvad mangler?").unwrap();
    leader.see_heading("Sammenhængsaftale 2026–2028").unwrap();
    leader
}

fn name_the_parties(person: &Browser) {
    person.press("Parter og inddragelse").unwrap();
    person.write("Leder", "Anne Holm").unwrap();
    person.write("Modpart", "Bo Lund").unwrap();
    person.write("Medarbejdere", "På personalemødet i maj").unwrap();
    saved(person);
    person.press("Tilbage til aftalen").unwrap();
}

fn open_goal(person: &Browser, words: &str) {
    person.press(words).unwrap();
    person.see("Tegn på progression").unwrap();
}

fn an_agreement_is_written_shared_and_agreed_to(engine: Engine) {
    let server = server();
    let leader = with_examples(engine, &server);
    let chef = begun(engine, &server, ("Chef", None), "Skoleafdelingen", "Administration");

    // A step that makes no sense yet says why.
    leader.press("Gør klar til underskrift").unwrap();
    leader.see("Skriv først, hvem der indgår aftalen").unwrap();
    name_the_parties(&leader);
    open_goal(&leader, "Færre elever har højt fravær");
    leader.write("Forventet effekt", "Flere er i skole hver dag.").unwrap();
    leader.write("Ansvarlig", "Teamlederne").unwrap();
    leader.press("Tilbage til aftalen").unwrap();
    let to_chef = leader.save_with("Del aftalen").unwrap();
    leader.see("Er I enige, så lås ordene.").unwrap();

    // The chef comments, and both change the same words meanwhile.
    receive(&chef, &to_chef);
    on(&chef, &server, "#/aftale?dato=2026-05-20");
    chef.press("Skolen ved Søen: aftalen er delt: læs den, og skriv i margenen").unwrap();
    open_goal(&chef, "Færre elever har højt fravær");
    chef.press("Kommentér Målet").unwrap();
    chef.write("Kommentar", "Kan vi nævne udskolingen?").unwrap();
    chef.press("Færdig").unwrap();
    chef.see("Kan vi nævne udskolingen?").unwrap();
    chef.write("Målet", "Færre elever i udskolingen har højt fravær").unwrap();
    saved(&chef);
    chef.press("Tilbage til aftalen").unwrap();
    let to_leader = chef.save_with("Gem fil til modparten").unwrap();
    open_goal(&leader, "Færre elever har højt fravær");
    leader.write("Målet", "Færre elever har højt fravær, og flere siger hvorfor").unwrap();
    saved(&leader);
    receive(&leader, &to_leader);
    leader.see("Åbent valg").unwrap();
    leader.see("Kan vi nævne udskolingen?").unwrap();
    leader.press("Tilbage til aftalen").unwrap();
    leader.see("Kommenteret").unwrap();
    leader.press("Gør klar til underskrift").unwrap();
    leader.see("Der er åbne valg").unwrap();

    // Solved, settled, laid down, and agreed to by both.
    leader
        .press("Færre elever i udskolingen har højt fravær")
        .or_else(|_| leader.press("Færre elever har højt fravær, og flere siger hvorfor"))
        .unwrap();
    leader.press("Behold «Færre elever i udskolingen har højt fravær»").unwrap();
    leader.see_in("Målet", "Færre elever i udskolingen har højt fravær").unwrap();
    leader.press("Afslut kommentaren til Målet").unwrap();
    leader.see("Afsluttet 11. maj 2026").unwrap();
    leader.press("Tilbage til aftalen").unwrap();
    leader.press("Gør klar til underskrift").unwrap();
    leader.see("Ordene ligger fast.").unwrap();
    leader.press("Sig ja som Anne Holm").unwrap();
    leader.see("Bo Lund mangler at sige ja").unwrap();
    let to_sign = leader.save_with("Gem fil til modparten").unwrap();
    receive(&chef, &to_sign);
    chef.see("Ordene ligger fast.").unwrap();
    chef.press("Sig ja som Bo Lund").unwrap();
    chef.see("Aftalen gælder.").unwrap();
    let agreed = chef.save_with("Gem fil til modparten").unwrap();
    receive(&leader, &agreed);
    leader.see("Aftalen gælder.").unwrap();
    leader.see("hører til i ESDH").unwrap();

    // What was agreed to stands; a year later it is revised.
    leader.press("Færre elever i udskolingen har højt fravær").unwrap();
    leader.see("Ordene ligger fast. Begynd en revision").unwrap();
    leader.press("Tilbage til aftalen").unwrap();
    on(&leader, &server, "#/aftale?dato=2027-05-25");
    leader.press("Sammenhængsaftale 2026–2028").unwrap();
    leader.see("det er tid til den årlige revision").unwrap();
    leader.press("Begynd den årlige revision").unwrap();
    leader.see("Under revision").unwrap();
    open_goal(&leader, "Færre elever i udskolingen har højt fravær");
    leader.write("Målet", "Færre elever i udskolingen har meget højt fravær").unwrap();
    saved(&leader);
    leader.press("Tilbage til aftalen").unwrap();
    leader.press("Versioner og ændringer").unwrap();
    leader.see("begge har sagt ja").unwrap();
    leader.see("omskrevet").unwrap();
    assert_eq!(leader.texts(".comparison ins").unwrap(), ["meget "]);
    all_is_well(&leader);
    all_is_well(&chef);
}
