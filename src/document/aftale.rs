//! An agreement as a document.

use crate::domain::aftale::Party;
use crate::domain::aftale::lines::{self, AftaleLine};
use crate::domain::aftale::progress::IndicatorSource;
use crate::domain::aftale::state::Assent;
use crate::domain::aftale::version::short;
use crate::domain::aftale::whole::AgreementBundle;
use crate::domain::date::Date;
use crate::domain::goal::{Area, Goal};
use crate::domain::id::Id;

use super::html::Html;

/// What is said of the version that a document shows.
#[derive(Clone, Copy, Debug)]
pub struct Seal<'a> {
    /// Which version it is.
    pub number: usize,
    /// Its fingerprint.
    pub fingerprint: &'a Id,
    /// The day it was laid down.
    pub date: Option<Date>,
}

/// The agreement, with the seal of the version where it is one, and with who has agreed to it.
pub fn aftale(
    whole: &AgreementBundle,
    known: &dyn IndicatorSource,
    seal: Option<Seal<'_>>,
    assents: &[&Assent],
) -> Html {
    let mut html = Html::default();
    html.put(r#"<article class="paper"><header><p class="paper-kind">Sammenhængsaftale"#);
    match seal {
        Some(seal) => html.say(&format!(" · version {}", seal.number)),
        None => html.put(" · kladde"),
    };
    let title = whole.head.title.as_str();
    html.put("</p><h1>").say(if title.is_empty() { "Sammenhængsaftale" } else { title }).put("</h1>");
    labelled(&mut html, &lines::head(whole));
    html.put("</header>");
    for area in Area::ALL.into_iter().map(Some).chain([None]) {
        let goals: Vec<_> = whole.of_area(area).collect();
        if goals.is_empty() {
            continue;
        }
        html.put("<section><h2>").say(area.map_or("Mål uden område", Area::danish)).put("</h2>");
        for (number, _, own) in goals {
            goal(&mut html, whole, known, number, own);
        }
        html.put("</section>");
    }
    let involved = lines::involved(&whole.head);
    if !involved.is_empty() {
        html.put("<section><h2>Sådan har vi inddraget</h2>");
        labelled(&mut html, &involved);
        html.put("</section>");
    }
    signatures(&mut html, whole, assents);
    html.put(r#"<footer class="paper-foot"><p>"#);
    match seal {
        Some(seal) => {
            let day = seal.date.map(|day| format!(", låst {}", day.danish())).unwrap_or_default();
            html.say(&format!("Version {}{day}. Fingeraftryk: {}. ", seal.number, short(seal.fingerprint)));
            html.put("Den underskrevne aftale hører til i kommunens ESDH-system.");
        }
        None => drop(html.put("Kladde: teksten kan stadig ændres.")),
    }
    html.put("</p></footer></article>");
    html
}

fn labelled(html: &mut Html, lines: &[AftaleLine]) {
    html.put("<dl>");
    for line in lines {
        html.put("<div><dt>").say(line.label).put("</dt><dd>").text(&line.text).put("</dd></div>");
    }
    html.put("</dl>");
}

fn goal(html: &mut Html, whole: &AgreementBundle, known: &dyn IndicatorSource, number: usize, own: &Goal) {
    html.put(r#"<section class="paper-goal"><h3>"#).say(&format!("{number}. "));
    let words = own.text.as_str().trim();
    html.text(if words.is_empty() { "(målet er ikke skrevet endnu)" } else { words }).put("</h3>");
    let all = lines::goal(own, known, whole.head.period);
    if let Some(sort) = all.iter().find(|line| line.key == "sort") {
        html.put(r#"<p class="paper-sort">"#).say(&sort.text).put("</p>");
    }
    let is_shown = |line: &&AftaleLine| !matches!(&*line.key, "text" | "sort") && !line.key.starts_with("initiatives/");
    labelled(html, &all.iter().filter(is_shown).cloned().collect::<Vec<_>>());
    let initiatives: Vec<_> =
        own.initiatives_in_order().into_iter().filter(|(_, own)| !own.text.as_str().trim().is_empty()).collect();
    if !initiatives.is_empty() {
        html.put("<table><thead><tr><th scope=\"col\">Indsats</th><th scope=\"col\">Ansvarlig</th><th scope=\"col\">Fra – til</th></tr></thead><tbody>");
        for (_, own) in initiatives {
            html.put("<tr><td>").text(own.text.as_str()).put("</td><td>").say(own.responsible.as_str());
            html.put("</td><td>").say(&own.period.map(lines::span).unwrap_or_default()).put("</td></tr>");
        }
        html.put("</tbody></table>");
    }
    html.put("</section>");
}

fn signatures(html: &mut Html, whole: &AgreementBundle, assents: &[&Assent]) {
    html.put(r#"<section class="paper-signatures"><h2>Underskrifter</h2><div>"#);
    for party in Party::ALL {
        html.put(r#"<p><span class="paper-line"></span><strong>"#).say(whole.head.party(party)).put("</strong>");
        match assents.iter().find(|assent| assent.party == party) {
            Some(assent) => html.say(&format!(" har sagt ja i Kvalitetshjul {}", assent.date.danish())),
            None => html.put(" · dato"),
        };
        html.put("</p>");
    }
    html.put("</div></section>");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::aftale::progress::NoIndicators;
    use crate::domain::goal::Initiative;

    #[test]
    fn agreement_a_document_holds_every_word_of_it() {
        let mut goal = Goal { text: "Flere <børn> er med".into(), area: Some(Area::Economy), ..Goal::default() };
        goal.signs_of_progression = "Første linje\nAnden linje".into();
        let initiative =
            Initiative { text: "Legegrupper".into(), responsible: "Teamet".into(), ..Initiative::default() };
        goal.initiatives.insert(Id::parse("i1").unwrap(), initiative);
        let mut whole = AgreementBundle { goals: vec![(Id::parse("g1").unwrap(), goal)], ..AgreementBundle::default() };
        whole.head.leader = "Anne & Bo".into();
        whole.head.parents = "Drøftet på mødet".into();
        let text = aftale(&whole, &NoIndicators, None, &[]).as_str().to_owned();
        for words in [
            "1. Flere &lt;børn&gt; er med",
            "Første linje<br>Anden linje",
            "<td>Legegrupper</td><td>Teamet</td>",
            "Anne &amp; Bo",
            "Drøftet på mødet",
            "<h2>Økonomi</h2>",
            "kladde",
        ] {
            assert!(text.contains(words), "{words}: {text}");
        }
        assert!(!text.contains("<h2>Kvalitet</h2>"), "an area without goals has no heading");
        let fingerprint = Id::parse("ba7816bf8f01cfea").unwrap();
        let seal = Seal { number: 2, fingerprint: &fingerprint, date: Date::new(2026, 6, 1) };
        let sealed = aftale(&whole, &NoIndicators, Some(seal), &[]).as_str().to_owned();
        assert!(sealed.contains("Version 2, låst 1. juni 2026. Fingeraftryk: ba7816bf. "), "{sealed}");
    }
}
