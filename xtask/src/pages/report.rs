//! Visits the quality report.

use crate::Outcome;
use crate::browser::Browser;
use crate::sample_data::area;
use crate::server::Server;

/// Visits the report of all units: its chapters, its stories, and both documents.
pub(super) fn report(server: &Server, browser: &Browser, look: &mut impl FnMut(&str) -> Outcome) -> Outcome {
    let file = std::env::temp_dir().join(format!("kvalitetshjul-{}-area.kvalitetshjul.json", std::process::id()));
    area::area_file(&file)?;
    browser.choose(&file)?;
    std::fs::remove_file(&file)?;
    browser.press("Luk")?;
    browser.open(&format!("{}#/rapport?dato=2026-08-12", server.url()))?;
    browser.see("Alle enheder")?;
    look("rapport-begynd")?;
    browser.press("Begynd rapporten over alle enheder")?;
    browser.see("Det mangler")?;
    look("rapport-afsnit")?;
    for chapter in ["temaer", "fundne-moenstre", "stemmer", "aftaler"] {
        browser.follow(&format!("#afsnit-{chapter} > summary"))?;
    }
    look("rapport-trinene-foer")?;
    browser.press("Skriv afsnittet «Indledning»")?;
    browser.write(
        "Jeres egne ord: Indledning",
        "Rapporten handler om to år, hvor vi har øvet os i at se på tallene sammen.",
    )?;
    browser.follow("#afsnit-effekt > summary")?;
    look("rapport-skrevet")?;
    browser.press("Gode historier")?;
    browser.press("Tag med: Bakkeskolen")?;
    browser.write("Overskrift på historie 1", "Et opkald samme dag")?;
    browser.write("Til forældre", "Ring til os, hvis morgenen er svær. Vi ringer også til jer.")?;
    look("rapport-historier")?;
    browser.press("Se kataloget")?;
    browser.see("Det lykkes hos os")?;
    look("rapport-katalog")?;
    browser.open(&format!("{}#/rapport/rapport-2025/udskrift", server.url()))?;
    browser.see("Figur 1.")?;
    look("rapport-udskrift")?;
    browser.press("Tilbage til i dag")
}
