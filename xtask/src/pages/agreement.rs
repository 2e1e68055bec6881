//! Visits the pages of the agreement and of the conversation before it.

use crate::Outcome;
use crate::browser::Browser;
use crate::server::Server;

/// Visits the conversation, and the agreement from the examples to the version that both parties sign.
pub(super) fn agreement(server: &Server, browser: &Browser, look: &mut impl FnMut(&str) -> Outcome) -> Outcome {
    browser.open(&format!("{}#/aftale?dato=2026-05-11", server.url()))?;
    browser.press("Begynd med eksempler")?;
    browser.see("Hvad mangler?")?;
    look("aftale-kladde")?;
    browser.press("Parter og inddragelse")?;
    browser.write("Leder", "Anne Holm")?;
    browser.write("Modpart", "Bo Lund")?;
    browser.write("Medarbejdere", "På personalemødet i maj, hvor hvert team gav to forslag.")?;
    look("aftale-om")?;
    browser.press("Tilbage til aftalen")?;
    browser.follow(".goals h3 a")?;
    browser.write("Forventet effekt", "Flere er med hver dag.")?;
    browser.open_field_menu("Målet")?;
    look("aftale-feltmenu")?;
    browser.press("Kommentér Målet")?;
    browser.write("Kommentar", "Kan vi nævne de ældste?")?;
    browser.press("Færdig")?;
    look("aftale-maal")?;
    browser.press("Tilbage til aftalen")?;
    browser.press("Vis og udskriv")?;
    look("aftale-udskrift")?;
    browser.back()?;
    browser.press("Gør klar til underskrift")?;
    browser.see("Det står der ikke noget om endnu.")?;
    look("aftale-mangler")?;
    browser.press("Gør klar alligevel")?;
    browser.see("Ordene ligger fast.")?;
    look("aftale-underskrift")?;
    browser.press("Versioner og ændringer")?;
    look("aftale-versioner")?;
    browser.open(&format!("{}#/", server.url()))?;
    browser.see("Det venter på dig")?;
    look("overblik-venter")?;
    browser.open(&format!("{}#/samtale", server.url()))?;
    browser.press("Tilføj jeres eget emne")?;
    browser.write("Emne 1", "Overgangen til skole")?;
    look("samtale-forberedt")?;
    browser.press("Begynd samtalen")?;
    browser.see("1. Rigets tilstand: hvordan ser det ud?")?;
    look("samtale-emne")?;
    browser.press("Til opsamlingen")?;
    look("samtale-opsamling")?;
    browser.press("Tilbage til i dag")
}
