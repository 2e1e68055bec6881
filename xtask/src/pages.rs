//! Every page of the app, with something on it, as use makes it: what is looked at, and what is looked over by axe-core.

use kvalitetshjul::domain::instrument::instrument;

use crate::Outcome;
use crate::browser::Browser;
use crate::process::root;
use crate::server::Server;

/// The pages that an address alone leads to: what each is called, and its address.
const ADDRESSES: [(&str, &str); 32] = [
    ("overblik", "#/"),
    ("hjulet", "#/hjulet"),
    ("element", "#/hjulet/kvalitetssamtale"),
    ("element-ukendt", "#/hjulet/x"),
    ("indikatorer", "#/indikatorer"),
    ("praksis-tom", "#/praksis"),
    ("proevehandling-ukendt", "#/praksis/x"),
    ("refleksion-ukendt", "#/refleksion/x"),
    ("workshop", "#/workshop"),
    ("workshop-ukendt", "#/workshop/x"),
    ("svar", "#/svar/7f3a~modsaetninger~2~Personaledag%20i%20maj~Skole~Familie"),
    ("svar-ukendt", "#/svar/x"),
    ("filer", "#/filer"),
    ("enheder", "#/enheder"),
    ("enhed", "#/enhed/solstraalen"),
    ("enhed-ukendt", "#/enhed/x"),
    ("fundament", "#/fundament"),
    ("fundament-formaal", "#/fundament/bu-12/formaal"),
    ("fundament-sammenhaengsmodellen", "#/fundament/bu-12/sammenhaengsmodellen"),
    ("fundament-pejlemaerker", "#/fundament/bu-12/pejlemaerker"),
    ("fundament-syn", "#/fundament/bu-12/syn"),
    ("fundament-hjul", "#/fundament/bu-11/hjul"),
    ("fundament-tvaerfaglig", "#/fundament/bu-12/tvaerfaglig"),
    ("fundament-velfaerd", "#/fundament/bu-12/velfaerd"),
    ("fundament-procesplan", "#/fundament/bu-12/procesplan"),
    ("fundament-udkast", "#/fundament/udkast/maal-matrix"),
    ("fundament-omraader", "#/fundament/jv/omraader"),
    ("fundament-ukendt", "#/fundament/bu-12/x"),
    ("ny", "#/ny/2"),
    ("ny-slut", "#/ny/8"),
    ("galleri", "#/galleri"),
    ("findes-ikke", "#/x/y"),
];

/// Shows every page to `look`, with its name.
///
/// # Errors
/// A page cannot be come to, or those of `look`.
pub fn each(server: &Server, browser: &Browser, mut look: impl FnMut(&str) -> Outcome) -> Outcome {
    let mut look = |name: &str| {
        browser.arrive()?;
        look(name)
    };
    browser.open(&server.url())?;
    browser.see("Hvem er du?")?;
    look("overblik-tom")?;
    browser.pick("Leder")?;
    browser.see("Hvilket niveau leder du på?")?;
    look("overblik-hvem")?;
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
    browser.open(&format!("{}#/enhed/solstraalen", server.url()))?;
    browser.press("Arbejd med denne enhed")?;
    browser.pick("Niveau 4 – fx børnehusleder")?;
    for (name, address) in ADDRESSES {
        browser.open(&format!("{}{address}", server.url()))?;
        look(name)?;
    }
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
    reflection(server, browser, &mut look)?;
    workshop(server, browser, &mut look)?;
    browser.open(&format!("{}#/fundament", server.url()))?;
    browser.write("Søg i fundamentet", "ensom")?;
    look("fundament-soegt")?;
    browser.open(&format!("{}#/enheder", server.url()))?;
    browser.write("Hvad hedder enheden?", "Skolen")?;
    browser.press("Tilføj enheden")?;
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

/// A round of reflection, its mirror, and the trial that it leads to.
fn reflection(server: &Server, browser: &Browser, look: &mut impl FnMut(&str) -> Outcome) -> Outcome {
    // An earlier round, for what was.
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

/// A workshop from the open room to what came of it, and a participant's code.
fn workshop(server: &Server, browser: &Browser, look: &mut impl FnMut(&str) -> Outcome) -> Outcome {
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

fn sample(name: &str) -> std::path::PathBuf {
    root().join(format!("xtask/screens/solstraalen-{name}.kvalitetshjul.json"))
}
