//! Every page of the app, with something on it, as use makes it: what is looked at, and what is looked over by axe-core.

use crate::Outcome;
use crate::browser::Browser;
use crate::process::root;
use crate::server::Server;

/// The pages that an address alone leads to: what each is called, and its address.
const ADDRESSES: [(&str, &str); 5] = [
    ("overblik", "#/"),
    ("filer", "#/filer"),
    ("enhed", "#/enhed/solstraalen"),
    ("enhed-ukendt", "#/enhed/x"),
    ("findes-ikke", "#/x/y"),
];

/// Shows every page to `look`, with its name.
///
/// # Errors
/// A page cannot be come to, or those of `look`.
pub fn each(server: &Server, browser: &Browser, mut look: impl FnMut(&str) -> Outcome) -> Outcome {
    browser.open(&server.url())?;
    browser.see("Begynd med din enhed")?;
    look("overblik-tom")?;
    // Two people's files, so that what is seen is what use looks like: figures, and an open choice.
    browser.choose(&sample("leder"))?;
    browser.see("Filen er flettet ind.")?;
    browser.press("Luk")?;
    browser.choose(&sample("omdoebt"))?;
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
    for (name, address) in ADDRESSES {
        browser.open(&format!("{}{address}", server.url()))?;
        look(name)?;
    }
    browser.open(&server.url())?;
    browser.write("Hvad hedder enheden?", "Skolen")?;
    browser.press("Begynd")?;
    browser.write("Enhedens navn", "Skolen 150312-1234")?;
    browser.see("Et CPR-nummer er skjult")?;
    look("cpr")?;
    // Something damaged, and something that a newer version has written.
    browser.run(
        "const prefix = `kvalitetshjul/1${location.pathname.replace(/[^/]*$/, '')}`;
        localStorage.setItem(`${prefix}record/beskadiget`, '{');",
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

fn sample(name: &str) -> std::path::PathBuf {
    root().join(format!("xtask/screens/solstraalen-{name}.kvalitetshjul.json"))
}
