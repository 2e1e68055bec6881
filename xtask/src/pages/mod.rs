//! Every page of the app, with something on it, as use makes it: what is looked at, and what is looked over by axe-core.

mod agreement;
mod figures;
mod package;
mod reflection;
mod report;

use crate::Outcome;
use crate::browser::Browser;
use crate::process::root;
use crate::server::Server;

/// The pages that an address alone leads to: what each is called, and its address.
const ADDRESSES: &[(&str, &str)] = &[
    ("overblik", "#/"),
    ("hjulet", "#/hjulet"),
    ("element", "#/hjulet/kvalitetssamtale"),
    ("element-ukendt", "#/hjulet/x"),
    ("datapakke-tom", "#/datapakke"),
    ("mine-enheder-tom", "#/enheder/mine"),
    ("indikatorer", "#/indikatorer"),
    ("praksis-tom", "#/praksis"),
    ("proevehandling-ukendt", "#/praksis/x"),
    ("refleksion-ukendt", "#/refleksion/x"),
    ("workshop", "#/workshop"),
    ("workshop-ukendt", "#/workshop/x"),
    ("svar", "#/svar/7f3a~modsaetninger~2~Personaledag%20i%20maj~Skole~Familie"),
    ("svar-ukendt", "#/svar/x"),
    ("aftale", "#/aftale"),
    ("aftale-ukendt", "#/aftale/x"),
    ("samtale", "#/samtale"),
    ("midtvejs-forum", "#/midtvejs"),
    ("rapport-start", "#/rapport"),
    ("rapport-ukendt", "#/rapport/x"),
    ("indikator", "#/indikator/fravaer"),
    ("indikator-ukendt", "#/indikator/x"),
    ("skema", "#/indikatorer/skema"),
    ("hent", "#/indikatorer/hent"),
    ("enhedstal", "#/indikatorer/enheder"),
    ("moenstre", "#/indikatorer/moenstre"),
    ("filer", "#/filer"),
    ("valg", "#/valg"),
    ("papirkurv", "#/papirkurv"),
    ("historik", "#/historik"),
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
    for (name, address) in ADDRESSES {
        browser.open(&format!("{}{address}", server.url()))?;
        look(name)?;
    }
    browser.open(&format!("{}#/filer", server.url()))?;
    browser.choose_option("Min enhed med alt, hvad der hører til")?;
    browser.see("Det følger aldrig med")?;
    look("filer-del")?;
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
    reflection::workshop(server, browser, &mut look)?;
    browser.open(&format!("{}#/fundament", server.url()))?;
    browser.write("Søg i fundamentet", "ensom")?;
    look("fundament-soegt")?;
    package::package(server, browser, &mut look)?;
    agreement::agreement(server, browser, &mut look)?;
    report::report(server, browser, &mut look)?;
    package::units(server, browser, &mut look)?;
    package::twin(server, browser, &mut look)?;
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

fn sample(name: &str) -> std::path::PathBuf {
    root().join(format!("xtask/screens/solstraalen-{name}.kvalitetshjul.json"))
}
