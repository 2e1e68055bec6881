//! Builds an agreement as a document.

use crate::domain::aftale::Party;
use crate::domain::aftale::bundle::AgreementBundle;
use crate::domain::aftale::lines::{self, AftaleLine};
use crate::domain::aftale::progress::IndicatorSource;
use crate::domain::aftale::state::Assent;
use crate::domain::aftale::version::short_fingerprint;
use crate::domain::date::Date;
use crate::domain::goal::{Area, Goal};
use crate::domain::id::Id;

use super::html::Html;

/// What a document states about the version that it shows.
#[derive(Clone, Copy, Debug)]
pub struct VersionSeal<'a> {
    /// The number of the version.
    pub number: usize,
    /// The fingerprint of the version.
    pub fingerprint: &'a Id,
    /// The day on which the version was locked.
    pub date: Option<Date>,
}

/// Builds the document of an agreement. `seal` is that of the version; without one the document is a draft. `assents`
/// are those given so far.
pub fn aftale(
    agreement: &AgreementBundle,
    indicators: &dyn IndicatorSource,
    seal: Option<VersionSeal<'_>>,
    assents: &[&Assent],
) -> Html {
    let mut html = Html::default();
    html.put(r#"<article class="paper"><header><p class="paper-kind">Sammenhængsaftale"#);
    match seal {
        Some(seal) => html.say(&format!(" · version {}", seal.number)),
        None => html.put(" · kladde"),
    };
    let title = agreement.head.title.as_str();
    html.put("</p><h1>").say(if title.is_empty() { "Sammenhængsaftale" } else { title }).put("</h1>");
    definition_list(&mut html, &lines::head(agreement));
    html.put("</header>");
    for area in Area::ALL.into_iter().map(Some).chain([None]) {
        let goals: Vec<_> = agreement.of_area(area).collect();
        if goals.is_empty() {
            continue;
        }
        html.put("<section><h2>").say(area.map_or("Mål uden område", Area::danish)).put("</h2>");
        for (number, _, body) in goals {
            goal(&mut html, agreement, indicators, number, body);
        }
        html.put("</section>");
    }
    let involved = lines::involved(&agreement.head);
    if !involved.is_empty() {
        html.put("<section><h2>Sådan har vi inddraget</h2>");
        definition_list(&mut html, &involved);
        html.put("</section>");
    }
    signatures(&mut html, agreement, assents);
    html.put(r#"<footer class="paper-foot"><p>"#);
    match seal {
        Some(seal) => {
            let day = seal.date.map(|day| format!(", låst {}", day.danish())).unwrap_or_default();
            html.say(&format!("Version {}{day}. Fingeraftryk: {}. ", seal.number, short_fingerprint(seal.fingerprint)));
            html.put("Den underskrevne aftale hører til i kommunens ESDH-system.");
        }
        None => drop(html.put("Kladde: teksten kan stadig ændres.")),
    }
    html.put("</p></footer></article>");
    html
}

/// Labels and texts as a definition list.
fn definition_list(html: &mut Html, lines: &[AftaleLine]) {
    html.put("<dl>");
    for line in lines {
        html.put("<div><dt>").say(line.label).put("</dt><dd>").text(&line.text).put("</dd></div>");
    }
    html.put("</dl>");
}

/// A goal with its initiatives.
fn goal(html: &mut Html, agreement: &AgreementBundle, indicators: &dyn IndicatorSource, number: usize, body: &Goal) {
    html.put(r#"<section class="paper-goal"><h3>"#).say(&format!("{number}. "));
    let text = body.text.as_str().trim();
    html.text(if text.is_empty() { "(målet er ikke skrevet endnu)" } else { text }).put("</h3>");
    let all = lines::goal(body, indicators, agreement.head.period);
    if let Some(sort) = all.iter().find(|line| line.key == "sort") {
        html.put(r#"<p class="paper-sort">"#).say(&sort.text).put("</p>");
    }
    let is_shown = |line: &&AftaleLine| !matches!(&*line.key, "text" | "sort") && !line.key.starts_with("initiatives/");
    definition_list(html, &all.iter().filter(is_shown).cloned().collect::<Vec<_>>());
    let initiatives: Vec<_> = body
        .initiatives_in_order()
        .into_iter()
        .filter(|(_, initiative)| !initiative.text.as_str().trim().is_empty())
        .collect();
    if !initiatives.is_empty() {
        html.put("<table><thead><tr><th scope=\"col\">Indsats</th><th scope=\"col\">Ansvarlig</th><th scope=\"col\">Fra – til</th></tr></thead><tbody>");
        for (_, initiative) in initiatives {
            html.put("<tr><td>").text(initiative.text.as_str()).put("</td><td>").say(initiative.responsible.as_str());
            html.put("</td><td>").say(&initiative.period.map(lines::span).unwrap_or_default()).put("</td></tr>");
        }
        html.put("</tbody></table>");
    }
    html.put("</section>");
}

/// The lines for signatures, with the date of an assent where one was given in the app.
fn signatures(html: &mut Html, agreement: &AgreementBundle, assents: &[&Assent]) {
    html.put(r#"<section class="paper-signatures"><h2>Underskrifter</h2><div>"#);
    for party in Party::ALL {
        html.put(r#"<p><span class="paper-line"></span><strong>"#).say(agreement.head.party(party)).put("</strong>");
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
    fn document_contains_every_text_of_the_agreement() {
        let mut goal = Goal { text: "Flere <børn> er med".into(), area: Some(Area::Economy), ..Goal::default() };
        goal.signs_of_progression = "Første linje\nAnden linje".into();
        let initiative =
            Initiative { text: "Legegrupper".into(), responsible: "Teamet".into(), ..Initiative::default() };
        goal.initiatives.insert(Id::parse("i1").unwrap(), initiative);
        let mut agreement =
            AgreementBundle { goals: vec![(Id::parse("g1").unwrap(), goal)], ..AgreementBundle::default() };
        agreement.head.leader = "Anne & Bo".into();
        agreement.head.parents = "Drøftet på mødet".into();
        let text = aftale(&agreement, &NoIndicators, None, &[]).as_str().to_owned();
        for part in [
            "1. Flere &lt;børn&gt; er med",
            "Første linje<br>Anden linje",
            "<td>Legegrupper</td><td>Teamet</td>",
            "Anne &amp; Bo",
            "Drøftet på mødet",
            "<h2>Økonomi</h2>",
            "kladde",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(!text.contains("<h2>Kvalitet</h2>"), "an area without goals has no heading");
        let fingerprint = Id::parse("ba7816bf8f01cfea").unwrap();
        let seal = VersionSeal { number: 2, fingerprint: &fingerprint, date: Date::new(2026, 6, 1) };
        let sealed = aftale(&agreement, &NoIndicators, Some(seal), &[]).as_str().to_owned();
        assert!(sealed.contains("Version 2, låst 1. juni 2026. Fingeraftryk: ba7816bf. "), "{sealed}");
    }
}
