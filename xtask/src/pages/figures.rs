//! Visits the pages of figures.

use crate::Outcome;
use crate::browser::Browser;
use crate::process::root;
use crate::server::Server;

/// Visits the pages of figures after figures are written.
pub(super) fn figures(server: &Server, browser: &Browser, look: &mut impl FnMut(&str) -> Outcome) -> Outcome {
    browser.open(&format!("{}#/indikator/fravaer", server.url()))?;
    browser.press("Nyt mål")?;
    browser.write("Målet gælder fra", "08012022")?;
    browser.write("Måltal", "6,0")?;
    browser.press("Tilføj målet")?;
    browser.see("Fra 1. august 2022: 6 %")?;
    browser.press("Ny begivenhed")?;
    browser.write("Dag", "10012024")?;
    browser.write("Hvad skete der?", "Ny leder")?;
    browser.press("Tilføj begivenheden")?;
    browser.see("1. oktober 2024: Ny leder")?;
    browser.press("Nyt brud")?;
    browser.write("Første periode, der tælles anderledes", "2025/26")?;
    browser.write("Hvad er anderledes?", "Nyt system")?;
    browser.press("Tilføj bruddet")?;
    browser.see("Opgjort anderledes fra 2025/26: Nyt system")?;
    browser.write("Antal personer bag tallet", "64")?;
    browser.write("Hvad læser I ud af tallet?", "Fraværet ligger mest om mandagen.")?;
    look("indikator-fuld")?;
    browser.open(&format!("{}#/indikatorer/skema", server.url()))?;
    browser.focus("[data-cell='0-5']")?;
    browser.keys("seks")?;
    browser.key(Browser::ENTER)?;
    browser.see("«seks» er ikke et tal og er ikke gemt.")?;
    look("skema-afvist")?;
    browser.focus("[data-cell='1-5']")?;
    browser.keys("712")?;
    browser.key(Browser::ENTER)?;
    browser.see("712 % ligger ikke mellem 0 og 100 %")?;
    look("skema-spoergsmaal")?;
    browser.open(&format!("{}#/indikator/hoejt-fravaer", server.url()))?;
    browser.see("1 tal venter på svar.")?;
    look("indikator-spoergsmaal")?;
    browser.open(&format!("{}#/indikatorer/hent", server.url()))?;
    browser.choose_at("#open-table", &root().join("tests/samples/bred-windows1252.csv"))?;
    browser.see("Kolonnerne i «bred-windows1252.csv»")?;
    browser.choose_in("Indikatoren «Elevfravær i procent» er", "Fravær reduceres")?;
    browser.press("Opret alle ukendte enheder")?;
    browser.see("nye tal")?;
    look("hent-set")?;
    browser.press("Hent tallene ind")?;
    browser.see("Tallene er hentet ind")?;
    look("hent-gjort")?;
    browser.open(&format!("{}#/indikatorer/enheder", server.url()))?;
    browser.see("Møllebakkeskolen")?;
    look("enhedstal-fuld")?;
    browser.choose_in("Vis", "Fravær reduceres")?;
    browser.see("Alle tegninger har samme akse")?;
    look("enhedstal-tegninger")
}
