//! Visits every page of the app with content on it, for pictures and for axe-core.

mod agreement;
mod figures;
mod package;
mod practice;
mod reflection;
mod report;

use crate::Outcome;
use crate::browser::Browser;
use crate::process::root;
use crate::server::Server;
use kvalitetshjul::domain::demo::tour::STATIONS;
use kvalitetshjul::ui::route::Route;

/// Visits every page, and calls `look` with its name.
///
/// # Errors
/// A page cannot be reached, or the error of `look`.
pub fn each(server: &Server, browser: &Browser, mut look: impl FnMut(&str) -> Outcome) -> Outcome {
    let mut look = |name: &str| {
        browser.wait_for_page()?;
        look(name)
    };
    browser.open(&server.url())?;
    browser.see("Hvem er du?")?;
    look("overblik-tom")?;
    browser.pick("Leder")?;
    browser.see("Hvilket niveau leder du på?")?;
    look("overblik-hvem")?;
    // The files of two people, so that the pages show figures and an open conflict.
    browser.choose(&sample("leder"))?;
    browser.see("Filen er flettet ind.")?;
    browser.press("Luk")?;
    browser.look_into(&[&sample("omdoebt")])?;
    look("plan")?;
    browser.take_in()?;
    browser.see("Filen er flettet ind.")?;
    look("rapport")?;
    browser.press("Fortryd import")?;
    browser.see("Det, filen kom med, er fortrudt.")?;
    look("rapport-fortrudt")?;
    browser.press("Luk")?;
    browser.choose(&sample("omdoebt"))?;
    browser.see("Skriv filens ord igen")?;
    look("rapport-igen")?;
    browser.press("Skriv filens ord igen")?;
    browser.see("Filen er flettet ind.")?;
    browser.press("Luk")?;
    browser.open(&format!("{}#/enhed/solstraalen", server.url()))?;
    browser.press("Arbejd med denne enhed")?;
    browser.pick("Niveau 4 – fx børnehusleder")?;
    for address in Route::EXAMPLES {
        browser.open(&format!("{}{address}", server.url()))?;
        look(&name_of(address))?;
    }
    browser.open(&format!("{}#/filer", server.url()))?;
    browser.choose_option("Min enhed med alt, hvad der hører til")?;
    browser.see("Det følger aldrig med")?;
    look("filer-del")?;
    browser.save_with("Gem filen")?;
    browser.press("Send den til en kollega eller din leder")?;
    browser.see("Mailens emne")?;
    look("filer-kvittering")?;
    browser.press("Luk beskeden om filen")?;
    figures::figures(server, browser, &mut look)?;
    browser.open(&format!("{}#/?dato=2026-02-11", server.url()))?;
    browser.see("Du ser siden, som den er den 11. februar 2026.")?;
    look("overblik-samtale")?;
    browser.press("Tilbage til i dag")?;
    browser.open(&format!("{}#/hjulet", server.url()))?;
    browser.pick("Vis de fem spor fra en tidligere tegning af hjulet")?;
    look("hjulet-spor")?;
    browser.open(&format!("{}#/hjulet/sammenhaengsaftale?dato=2026-05-11", server.url()))?;
    browser.pick("Begyndt")?;
    browser.write("Note", "Vi har holdt samtalen og begynder på aftalen i LokalMED.")?;
    look("element-begyndt")?;
    reflection::reflection(server, browser, &mut look)?;
    practice::practice(server, browser, &mut look)?;
    reflection::workshop(server, browser, &mut look)?;
    find(server, browser, &mut look)?;
    package::package(server, browser, &mut look)?;
    agreement::agreement(server, browser, &mut look)?;
    report::report(server, browser, &mut look)?;
    package::units(server, browser, &mut look)?;
    package::twin(server, browser, &mut look)?;
    demo(server, browser, &mut look)?;
    browser.open(&format!("{}#/enheder", server.url()))?;
    browser.write("Hvad hedder enheden?", "Skolen")?;
    browser.press("Tilføj enheden")?;
    browser.write("Enhedens navn", "Skolen 150312-1234")?;
    browser.see("Et CPR-nummer er skjult")?;
    look("cpr")?;
    // A damaged record, and a record of a newer version.
    browser.run(
        "const prefix = `kvalitetshjul/1${location.pathname.replace(/[^/]*$/, '')}`;
        localStorage.setItem(`${prefix}record.3/beskadiget`, '{');",
    )?;
    browser.reload()?;
    browser.see("Noget kunne ikke læses")?;
    browser.run(
        "const prefix = `kvalitetshjul/1${location.pathname.replace(/[^/]*$/, '')}`;
        localStorage.setItem(`${prefix}version`, '99');",
    )?;
    browser.write("Enhedens navn", "Skolen ved Åen")?;
    browser.see("Siden er forældet")?;
    look("notitser")?;
    browser.open(&format!("{}#/redning", server.url()))?;
    browser.reload()?;
    browser.see("Hent det, der ligger i browseren")?;
    look("redning")
}

/// Visits the search in the foundation, the palette and the help.
fn find(server: &Server, browser: &Browser, look: &mut impl FnMut(&str) -> Outcome) -> Outcome {
    browser.open(&format!("{}#/fundament", server.url()))?;
    browser.write("Søg i fundamentet", "ensom")?;
    look("fundament-soegt")?;
    browser.press("Find")?;
    browser.see("Senest fundet, og det man oftest går til.")?;
    look("find-tom")?;
    browser.type_on("Find side, enhed, mål eller ord", "fravaer")?;
    browser.see("Fravær reduceres")?;
    look("find")?;
    browser.press("Luk")?;
    browser.press("Hjælp")?;
    browser.see("Fortryd det seneste")?;
    look("hjaelp")?;
    browser.press("Luk")?;
    Ok(())
}

/// Visits the stations of the demo.
fn demo(server: &Server, browser: &Browser, look: &mut impl FnMut(&str) -> Outcome) -> Outcome {
    for (number, station) in (1..).zip(STATIONS) {
        browser.open(&format!("{}?proevekommune{}", server.url(), station.address))?;
        browser.see(&format!("Rundtur {number} af"))?;
        look(&format!("prøve-{number}"))?;
    }
    Ok(())
}

/// The name of the page at an address: `#/hjulet/x` is `hjulet-x`.
fn name_of(address: &str) -> String {
    match address.trim_start_matches("#/") {
        "" => "overblik".to_owned(),
        path => path.replace('/', "-"),
    }
}

fn sample(name: &str) -> std::path::PathBuf {
    root().join(format!("xtask/screens/solstraalen-{name}.kvalitetshjul.json"))
}
