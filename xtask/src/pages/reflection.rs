//! Visits reflection and workshops.

use kvalitetshjul::domain::instrument::instrument;

use crate::Outcome;
use crate::browser::Browser;
use crate::server::Server;

/// Visits a round of reflection, its result, and the trial that follows from it.
pub(super) fn reflection(server: &Server, browser: &Browser, look: &mut impl FnMut(&str) -> Outcome) -> Outcome {
    // An earlier round, so that the page compares the two.
    for (wanted, place) in [(false, 0), (true, 3)] {
        browser.open(&format!("{}#/refleksion/modsaetninger", server.url()))?;
        browser.see("1 af 9")?;
        let nine = instrument("modsaetninger").ok_or("the nine pairs are there")?;
        for (at, item) in nine.items.iter().enumerate() {
            let now = i8::try_from((at * 4 + place) % 7)? - 3;
            browser.pick(&format!("Nu: {}", nine.point(item, now)))?;
            if wanted {
                let wanted = i8::try_from((at * 2 + 5) % 4)?;
                browser.pick(&format!("Ønsket: {}", nine.point(item, wanted)))?;
                if at == 2 {
                    browser.press("Eksempler fra praksis")?;
                    browser.write("Hvad gør vi konkret?", "Vi sætter os ned i garderoben, når nogen afleverer.")?;
                    look("refleksion-besvaret")?;
                }
            }
            browser.press(if at + 1 == nine.items.len() { "Se det samlet" } else { "Næste" })?;
        }
        browser.see("Sådan ser det ud")?;
    }
    browser
        .write("Det mindste skridt, der kunne gøre en forskel", "To minutter i garderoben uden noget i hænderne.")?;
    look("refleksion-spejl")?;
    browser.press("Gør det til en prøvehandling")?;
    browser.write("Kort navn", "To minutter i garderoben")?;
    browser.pick("Før: Trivsel: Stiger lidt")?;
    look("proevehandling")?;
    for (name, address) in [("praksis", "#/praksis"), ("refleksion", "#/refleksion")] {
        browser.open(&format!("{}{address}", server.url()))?;
        look(name)?;
    }
    Ok(())
}

/// Visits a workshop from the open room to its result, and a participant's code.
pub(super) fn workshop(server: &Server, browser: &Browser, look: &mut impl FnMut(&str) -> Outcome) -> Outcome {
    browser.open(&format!("{}#/workshop", server.url()))?;
    browser.write("Hvad hedder workshoppen?", "Personaledag i maj")?;
    browser.write("Grupper", "Dagtilbud, Skole")?;
    browser.press("Åbn rummet")?;
    browser.see("Gå til svar")?;
    look("rum-velkommen")?;
    browser.press("Gå til svar")?;
    browser.see("Svar på din telefon")?;
    look("rum-svar")?;
    browser.press("Gå til saml ind")?;
    browser.press("Fra papir")?;
    for person in 0..14 {
        let digits: String = (0..18).map(|item| ((person * (item % 3 + 1) + item) % 7 + 1).to_string()).collect();
        browser.write("Gruppens nummer", if person < 6 { "1" } else { "2" })?;
        browser.write("Et skema", &digits)?;
        browser.press("Tæl med")?;
        browser.see(&format!("Taget imod. {} svar i alt.", person + 1))?;
    }
    look("rum-saml-ind")?;
    browser.press("Vis svarene")?;
    browser.press("Ja, vis svarene")?;
    browser.see("hvor I ligger længst fra hinanden")?;
    look("workshop-svarene")?;
    browser.press("Drøft 20 min")?;
    browser.see("1 af 9")?;
    look("workshop-droeft")?;
    browser.press("Projektor (F)")?;
    look("workshop-projektor")?;
    browser.press("Projektor (F)")?;
    own(server, browser, look)?;
    let link = "7f3a~modsaetninger~1~Personaledag%20i%20maj";
    browser.open(&format!("{}#/svar/{link}", server.url()))?;
    browser.press("Begynd")?;
    for _ in 0..8 {
        browser.press("Næste")?;
    }
    browser.press("Få min kode")?;
    browser.see("Dine svar er klar")?;
    look("svar-kode")
}

/// Visits an instrument of the unit as a draft and in use, and a room that distributes weights.
fn own(server: &Server, browser: &Browser, look: &mut impl FnMut(&str) -> Outcome) -> Outcome {
    browser.open(&format!("{}#/redskab", server.url()))?;
    browser.write("Hvad hedder redskabet?", "Vores måde at tage imod på")?;
    for (place, (left, right)) in [("Ro", "Fart"), ("Nær", "Fjern"), ("Aftalt på forhånd", "")].into_iter().enumerate()
    {
        browser.press("Tilføj et par")?;
        browser.write(&format!("{}. Den ene ende", place + 1), left)?;
        browser.write(&format!("{}. Den anden ende", place + 1), right)?;
    }
    look("redskab-kladde")?;
    browser.write("3. Den anden ende", "Set an på dagen")?;
    browser.press("Tag redskabet i brug")?;
    browser.see("ordene ligger fast")?;
    look("redskab")?;
    browser.open(&format!("{}#/workshop", server.url()))?;
    browser.choose_option("Organisatorisk medlemskab")?;
    browser.press("Åbn rummet")?;
    browser.press("Saml ind 5 min")?;
    browser.press("Fra papir")?;
    for person in 0..12 {
        let (first, second) = (20 + person * 5 % 35, 25 + person * 10 % 30);
        let now = format!("{first} {second} {}", 100 - first - second);
        browser.write("Et skema", &format!("{now}, 30 30 40"))?;
        browser.press("Tæl med")?;
        browser.see(&format!("Taget imod. {} svar i alt.", person + 1))?;
    }
    look("rum-vaegte")?;
    browser.press("Vis svarene")?;
    browser.press("Ja, vis svarene")?;
    browser.see("hvor I ligger længst fra hinanden")?;
    look("workshop-vaegte")?;
    let link = "7f3a~medlemskab~2~Personaledag";
    browser.open(&format!("{}#/svar/{link}", server.url()))?;
    browser.press("Begynd")?;
    browser.see("Fordel 100 på de tre")?;
    look("svar-vaegte")
}
