//! Visits practice of all three sorts.

use crate::Outcome;
use crate::browser::Browser;
use crate::server::Server;

/// Visits the forms for new practice, a positive deviation, the trial that grows out of it, and a prototype.
pub(super) fn practice(server: &Server, browser: &Browser, look: &mut impl FnMut(&str) -> Outcome) -> Outcome {
    browser.open(&format!("{}#/praksis", server.url()))?;
    browser.press("Begynd med digitalisering")?;
    browser.write("Hvad tager tid?", "At finde vikarer om morgenen.")?;
    look("praksis-digitalt")?;
    browser.press("Vent med det")?;
    browser.press("Ny positiv afvigelse")?;
    browser.write("Hvad skal den positive afvigelse hedde?", "Ro i garderoben")?;
    browser.write("Hvad gør de?", "De går fem børn ad gangen og har to minutter til hvert barn i garderoben.")?;
    browser.see("Det findes måske allerede")?;
    look("praksis-ny")?;
    browser.press("Opret den")?;
    browser.write("Hvor lykkes det?", "På rød stue, også når to er syge.")?;
    browser.write("Hvorfor tror vi, det virker?", "Børnene venter ikke på hinanden, og den voksne er ved ét barn.")?;
    browser.pick("Efter: Trivsel: Stiger tydeligt")?;
    look("positiv-afvigelse")?;
    browser.press("Prøv det af")?;
    browser.see("Det vil vi prøve")?;
    browser.write("Forældre", "De kommer ti minutter før og hjælper med skoene.")?;
    browser.pick("Skalér – gør mere af det")?;
    browser.pick("Sæt i kataloget")?;
    browser.write("Med enkle ord", "Vi tager tøj på få ad gangen, så der er ro.")?;
    look("proevehandling-skaleret")?;
    browser.press("Gør det til en prototype")?;
    browser.see("Versioner")?;
    browser.write("Hvad skete der med version 1?", "De store ventede for længe.")?;
    browser.pick("Version 1 gælder")?;
    browser.press("Lav en ny version")?;
    browser.write("Hvad er ændret i version 2?", "De store går først.")?;
    look("prototype")
}
