//! Visits reflection and workshops.

use kvalitetshjul::domain::instrument::instrument;
use kvalitetshjul::domain::svarkode::AnswerSheet;
use kvalitetshjul::domain::workshop::Setup;

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

/// Visits a workshop from the open room to the decisions, its wall in every phase, a rehearsal, and a phone.
pub(super) fn workshop(server: &Server, browser: &Browser, look: &mut impl FnMut(&str) -> Outcome) -> Outcome {
    open_room(server, browser)?;
    look("rum-velkommen")?;
    wall(server, browser, "scene-velkommen", look)?;
    browser.press("Gå til svar")?;
    browser.see("Svar på telefonen")?;
    browser.write("Cirka hvor mange er I?", "16")?;
    look("rum-svar")?;
    wall(server, browser, "scene-svar", look)?;
    let address = browser.texts(".address")?.concat();
    let (_, link) = address.split_once("#/svar/").ok_or("the room has a link")?;
    let setup = Setup::parse(link).ok_or("the link leads to the workshop")?;
    browser.press("Gå til saml ind")?;
    collect(browser, &setup, look)?;
    wall(server, browser, "scene-saml-ind", look)?;
    browser.press("Vis svarene")?;
    browser.press("Ja, vis svarene")?;
    browser.see("hvor I ligger længst fra hinanden")?;
    look("workshop-svarene")?;
    result(server, browser, look)?;
    rehearsal(server, browser, look)?;
    own(server, browser, look)?;
    phone(server, browser, look)
}

/// Opens a room with two groups.
fn open_room(server: &Server, browser: &Browser) -> Outcome {
    browser.open(&format!("{}#/workshop", server.url()))?;
    browser.write("Hvad hedder workshoppen?", "Personaledag i maj")?;
    browser.write("Grupper", "Dagtilbud, Skole")?;
    browser.press("Åbn rummet")?;
    browser.see("Gå til svar")
}

/// Looks at the wall, and returns to the facilitator's page.
fn wall(server: &Server, browser: &Browser, name: &str, look: &mut impl FnMut(&str) -> Outcome) -> Outcome {
    let address = browser.address()?;
    browser.open(&format!("{}#/scene", server.url()))?;
    browser.see_count(".scene > .wall", 1)?;
    look(name)?;
    browser.open(&address)?;
    browser.see_count(".lead-columns", 1)
}

/// Collects answers from paper, a code that comes twice, and the code for another device.
fn collect(browser: &Browser, setup: &Setup, look: &mut impl FnMut(&str) -> Outcome) -> Outcome {
    browser.press("Fra papir")?;
    for person in 0..14 {
        let digits: String = (0..18).map(|item| ((person * (item % 3 + 1) + item) % 7 + 1).to_string()).collect();
        browser.write("Gruppens nummer", if person < 6 { "1" } else { "2" })?;
        browser.write("Et skema", &digits)?;
        browser.press("Tæl med")?;
        browser.see(&format!("Taget imod. {} svar i alt.", person + 1))?;
    }
    let sheet = AnswerSheet { group: 2, now: vec![Some(1); 9], wanted: None };
    let code = setup.codes().ok_or("the workshop has codes")?.encode(&sheet);
    for words in ["Taget imod. 15 svar i alt.", "Den kode er her allerede."] {
        browser.write("Kode", &code)?;
        browser.press("Tag imod")?;
        browser.see(words)?;
    }
    look("rum-saml-ind")?;
    browser.press("Samme person")?;
    browser.press("Saml ind på flere enheder")?;
    browser.press("Vis koden med alle svar herfra")?;
    browser.see("Scan den på den enhed, der skal vise svarene.")?;
    look("rum-flere-enheder")?;
    browser.press("Skjul koden")?;
    browser.press("De blev ikke flyttet")
}

/// Visits the answers, the discussion and the decisions, each with its wall. The answers are shown already.
fn result(server: &Server, browser: &Browser, look: &mut impl FnMut(&str) -> Outcome) -> Outcome {
    wall(server, browser, "scene-vis-svarene", look)?;
    for rank in 2..=9 {
        browser.press("Frem ›")?;
        browser.see(&format!("{rank} af 9 · størst spredning først"))?;
    }
    browser.press("Frem ›")?;
    browser.see_count(".wall-overview", 1)?;
    wall(server, browser, "scene-samlet", look)?;
    browser.press("Drøft 20 min")?;
    browser.see("Hvad beslutter I?")?;
    browser.write("Hvad blev der sagt?", "Vi ringer for sjældent, og brevene er svære at læse.")?;
    browser.write("Hvad beslutter I?", "Vi ringer, før vi skriver et brev.")?;
    browser.press("Gør beslutningen til en prøvehandling")?;
    browser.see("Hvem er ansvarlig?")?;
    look("workshop-droeft")?;
    wall(server, browser, "scene-droeft", look)?;
    browser.press("Gør beslutningen til en prøvehandling")?;
    browser.write("Hvem er ansvarlig?", "Mette fra team Vest")?;
    browser.press("Opret prøvehandlingen")?;
    browser.see("Se prøvehandlingen")?;
    browser.press("Næste")?;
    browser.see("2 af 9")?;
    browser.write("Hvad beslutter I?", "Vi tager imod ved døren om morgenen.")?;
    browser.press("Beslut 10 min")?;
    browser.see("Prøvehandling · Mette fra team Vest")?;
    look("workshop-beslut")?;
    wall(server, browser, "scene-beslut", look)
}

/// Visits a rehearsal, and throws it away.
fn rehearsal(server: &Server, browser: &Browser, look: &mut impl FnMut(&str) -> Outcome) -> Outcome {
    open_room(server, browser)?;
    browser.press("Prøv med 12 opdigtede svar")?;
    browser.see("Du prøver.")?;
    look("rum-proeve")?;
    browser.press("Vis svarene")?;
    browser.press("Ja, vis svarene")?;
    browser.see("hvor I ligger længst fra hinanden")?;
    wall(server, browser, "scene-proeve", look)?;
    browser.press("Smid prøven væk")?;
    browser.see("Prøv med 12 opdigtede svar")?;
    browser.press("Opgiv workshoppen")?;
    browser.press("Ja, opgiv workshoppen")?;
    browser.see("Ny workshop")
}

/// Visits the steps of a participant on a phone.
fn phone(server: &Server, browser: &Browser, look: &mut impl FnMut(&str) -> Outcome) -> Outcome {
    let link = "7f3a~modsaetninger~1~Personaledag%20i%20maj";
    let nine = instrument("modsaetninger").ok_or("the nine pairs are there")?;
    browser.open(&format!("{}#/svar/{link}", server.url()))?;
    browser.press("Begynd")?;
    browser.see("1 af 9")?;
    browser.pick(&format!("Nu: {}", nine.point(&nine.items[0], -2)))?;
    look("svar-spoergsmaal")?;
    browser.reload()?;
    browser.see("Du er tilbage, hvor du slap.")?;
    look("svar-tilbage")?;
    for _ in 0..8 {
        browser.press("Næste")?;
    }
    browser.press("Få min kode")?;
    browser.see("Dine svar er klar")?;
    look("svar-kode")?;
    browser.press("Jeg er færdig")?;
    browser.see("Tak for dine svar")?;
    look("svar-tak")
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
