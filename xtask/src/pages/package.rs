//! Visits the data package of the secretariat, the pages that show its themes, and the units below a leader.

use crate::Outcome;
use crate::browser::Browser;
use crate::sample_data::large_agreement::{Size, agreement};
use crate::server::Server;

/// Visits a package as it is edited, answered by a forum, and read.
pub(super) fn package(server: &Server, browser: &Browser, look: &mut impl FnMut(&str) -> Outcome) -> Outcome {
    let to = |address: &str| browser.open(&format!("{}{address}", server.url()));
    to("#/datapakke/lav?dato=2026-02-11")?;
    browser.press("Skriv et mønster")?;
    browser.write("Mønster 1", "Flere børn har højt fravær i 7. til 9. klasse. I dagtilbud er det uændret.")?;
    browser.press("Skriv et mønster")?;
    browser.write("Mønster 2", "Den sociale trivsel er steget, mest hvor der er arbejdet med hele gruppen.")?;
    for (number, title, reason) in [
        ("1", "Alle er med i et fællesskab", "Trivslen stiger, men tallene for ensomhed følger ikke med."),
        ("2", "Til stede hver dag", "Højt fravær er steget to år i træk i udskolingen."),
    ] {
        browser.press("Tilføj et tema")?;
        browser.write(&format!("Tema {number}"), title)?;
        browser.write(&format!("Hvorfor er det peget ud? Tema {number}"), reason)?;
        browser.choose_in(&format!("BU Lederforum (tema {number})"), "Prioriteret")?;
        browser.choose_in(&format!("Børne- og Ungdomsudvalget (tema {number})"), "Prioriteret")?;
    }
    browser.write("FællesMEDs feedback til tema 1", "Godt, at det gælder både børn og medarbejdere.")?;
    look("datapakke-lav")?;
    browser.press("Sæt datoer på kalenderen")?;
    browser.press("Hver fil for sig")?;
    browser.write("Kvalitetssamtale, Fra", "02022026")?;
    browser.write("Kvalitetssamtale, Til", "04302026")?;
    look("datapakke-lav-aaben")?;
    to("#/feedback")?;
    browser.see("Tag stilling til mønstre og temaer")?;
    look("feedback-valg")?;
    to("#/feedback/faellesmed")?;
    browser.pick("Vejer tungt (mønster 1)")?;
    browser.write("Begrundelse (mønster 1)", "Det fylder også i medarbejdernes hverdag.")?;
    browser.pick("Ikke denne gang (tema 2)")?;
    browser.press("Foreslå et tema")?;
    browser.write("Tema 3", "Tid til at tale sammen")?;
    browser.see("Mangler svar på 1 mønster.")?;
    look("feedback-svar")?;
    to("#/datapakke/lav")?;
    browser.press("Forummernes svar på mønster 1")?;
    browser.write("Begrundelse for beslutningen (tema 2)", "Udskolingen kan ikke vente to år mere.")?;
    look("datapakke-svar")?;
    to("#/datapakke")?;
    browser.see("Mønstrene i tallene")?;
    look("datapakke")?;
    to("#/")?;
    browser.see("Temaerne i de to år")?;
    look("overblik-temaer")?;
    to("#/samtale")?;
    browser.see("De fælles temaer")?;
    look("samtale-temaer")?;
    browser.press("Tilbage til i dag")
}

/// Visits the list of units below a leader, one of which has an agreement.
pub(super) fn units(server: &Server, browser: &Browser, look: &mut impl FnMut(&str) -> Outcome) -> Outcome {
    let to = |address: &str| browser.open(&format!("{}{address}", server.url()));
    to("#/indstillinger?dato=2026-05-11")?;
    browser.pick("Chef")?;
    for (name, level) in [("Skolen ved Åen", None), ("Dagtilbud og Skole", Some("Niveau 2 – chef"))] {
        to("#/enheder")?;
        browser.write("Hvad hedder enheden?", name)?;
        browser.press("Tilføj enheden")?;
        browser.see_in("Enhedens navn", name)?;
        if let Some(level) = level {
            browser.choose_option(level)?;
        }
    }
    look("enhed-under")?;
    browser.press("Slet enheden")?;
    browser.see("Skal enheden slettes?")?;
    look("enhed-slet")?;
    browser.press("Nej, behold den")?;
    to("#/enheder")?;
    browser.pick("Sæt kryds ved alle")?;
    browser.press("Ret Skolen ved Åen")?;
    browser.see("Færdig")?;
    look("enheder-ret")?;
    to("#/enheder/mine")?;
    browser.see("Samtaler, der skal holdes")?;
    look("mine-enheder")?;
    to("#/")?;
    browser.see("Mine enheder: hvor langt er de?")?;
    look("overblik-chef")?;
    browser.press("Tilbage til i dag")
}

/// Visits a unit that a file has under another id: the question, then both as one unit.
pub(super) fn twin(server: &Server, browser: &Browser, look: &mut impl FnMut(&str) -> Outcome) -> Outcome {
    let file = std::env::temp_dir().join(format!("twin-{}.kvalitetshjul.json", std::process::id()));
    std::fs::write(&file, agreement(Size::USUAL)?)?;
    browser.open(&format!("{}#/enheder", server.url()))?;
    browser.look_into(&[&file])?;
    std::fs::remove_file(&file)?;
    browser.pick("«Skolen ved Søen» i filen er den samme enhed som den, du har")?;
    look("plan-samme")?;
    browser.take_in()?;
    browser.see("Filen er flettet ind.")?;
    look("rapport-samme")?;
    browser.press("Luk")?;
    // The address with the other id leads to the representative unit.
    browser.open(&format!("{}#/enhed/enhed", server.url()))?;
    browser.see("Vises sammen med «Skolen ved Søen»")?;
    look("enhed-sammen")
}
