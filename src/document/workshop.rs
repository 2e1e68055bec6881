//! Builds the result of a workshop as a document: each item with its answers, its note and its decision, and what the
//! decisions became.

use crate::domain::body::Map;
use crate::domain::date::Date;
use crate::domain::goal::Goal;
use crate::domain::id::Id;
use crate::domain::instrument::{Instrument, InstrumentItem, Round};
use crate::domain::proevehandling::Proevehandling;
use crate::domain::text::UserText;
use crate::domain::workshop::{FEWEST, RoomItem, Workshop, spread};

use super::html::Html;

/// What the document of a workshop states.
#[derive(Clone, Debug)]
pub struct WorkshopPaper<'a> {
    /// The result of the workshop.
    pub workshop: &'a Workshop,
    /// The instrument of the workshop.
    pub instrument: &'a Instrument,
    /// The name of the unit; may be empty.
    pub unit: &'a str,
    /// What the decisions became, by the item that was decided on. An item can occur several times.
    pub outcomes: Vec<(Id, DecisionOutcome)>,
    /// The day on which the document is made.
    pub today: Date,
}

/// What a decision became: a goal of an agreement, or a trial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionOutcome {
    /// The kind of record in Danish.
    pub kind: &'static str,
    /// The person or team responsible; may be empty.
    pub responsible: String,
    /// The day on which the matter is looked at again.
    pub date: Option<Date>,
}

impl DecisionOutcome {
    /// The outcome of a decision that became a goal. The goal's first initiative holds the person responsible and the
    /// date.
    pub fn of_goal(goal: &Goal) -> Self {
        let initiatives = goal.initiatives_in_order();
        let first = initiatives.first().map(|(_, initiative)| *initiative);
        Self {
            kind: "Mål",
            responsible: first.map(|first| first.responsible.as_str().trim().to_owned()).unwrap_or_default(),
            date: first.and_then(|first| first.period.filter(|span| !span.is_reversed())?.to),
        }
    }

    /// The outcome of a decision that became a trial.
    pub fn of_trial(trial: &Proevehandling) -> Self {
        Self {
            kind: "Prøvehandling",
            responsible: trial.responsible.as_str().trim().to_owned(),
            date: trial.period.filter(|span| !span.is_reversed()).and_then(|span| span.to),
        }
    }

    /// The outcome in one line of Danish: `Prøvehandling · Mette · 15. marts 2027`.
    pub fn danish(&self) -> String {
        joined(&[self.kind, &self.responsible, &self.date.map(Date::danish).unwrap_or_default()])
    }
}

/// Builds the document of a workshop: a spread of two A4 pages for nine items. Items whose answers lie furthest apart
/// come first.
pub fn workshop(paper: &WorkshopPaper<'_>) -> Html {
    let total = paper.workshop.total();
    let mut items: Vec<(usize, &InstrumentItem)> = paper.instrument.items.iter().enumerate().collect();
    items.sort_by_key(|(index, _)| std::cmp::Reverse(spread(total.item(Round::Now, *index))));
    let mut html = Html::default();
    html.put(r#"<article class="paper paper-workshop">"#);
    head(&mut html, paper, &total);
    html.put("<section><h2>Svarene: det, I ligger længst fra hinanden om, står først</h2>");
    for (index, item) in &items {
        item_section(&mut html, paper, &total, *index, item);
    }
    html.put("</section>");
    decisions(&mut html, paper, &items);
    html.put(r#"<footer class="paper-foot"><p>"#);
    html.say(&format!("Grupper under fem vises ikke. Lavet {}.", paper.today.danish()));
    html.put("</p></footer></article>");
    html
}

/// The title of a workshop.
pub fn title(workshop: &Workshop) -> &str {
    let title = workshop.title.as_str().trim();
    if title.is_empty() { "Workshop" } else { title }
}

/// Joins the texts that are not empty to one line.
fn joined(texts: &[&str]) -> String {
    let texts: Vec<&str> = texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
    texts.join(" · ")
}

/// The text of an item, without white space around it; empty if there is none.
fn text_of<'w>(texts: &'w Map<Id, UserText>, item: &InstrumentItem) -> &'w str {
    texts.get(&item.id).map_or("", |text| text.as_str().trim())
}

/// Title, unit, date, instrument, and the numbers of answers.
fn head(html: &mut Html, paper: &WorkshopPaper<'_>, total: &RoomItem) {
    let workshop = paper.workshop;
    let date = workshop.date.map(Date::danish).unwrap_or_default();
    html.put(r#"<header><p class="paper-kind">"#).say(&joined(&["Workshop", paper.unit, &date])).put("</p><h1>");
    html.say(title(workshop)).put("</h1><p>");
    let rooms = workshop.rooms.values().filter(|room| room.counts()).count();
    let rooms = if rooms > 1 { format!(" fra {rooms} rum") } else { String::new() };
    let groups: Vec<String> =
        workshop.parts().iter().map(|(name, group)| format!("{name} ({})", group.people)).collect();
    let groups = if groups.is_empty() { String::new() } else { format!("Grupper: {}", groups.join(", ")) };
    html.say(&joined(&[&paper.instrument.title, &format!("{} svar{rooms}", total.people), &groups]));
    html.put("</p></header>");
}

/// An item: its poles or its statement, its drawings, its note and its decision. `index` is its position in the
/// instrument.
fn item_section(html: &mut Html, paper: &WorkshopPaper<'_>, total: &RoomItem, index: usize, item: &InstrumentItem) {
    html.put(r#"<section class="paper-item"><div>"#);
    if let Some([left, right]) = &item.poles {
        html.put(r#"<h3 class="paper-poles"><span>"#).say(&left.label).put("</span> <span>–</span> <span>");
        html.say(&right.label).put("</span></h3>");
    } else {
        html.put("<h3>").say(&item.label).put("</h3>");
    }
    drawings(html, paper.instrument, total, index, item);
    html.put("</div>");
    let texts = [
        ("Det blev sagt: ", text_of(&paper.workshop.notes, item)),
        ("Beslutning: ", text_of(&paper.workshop.decisions, item)),
    ];
    if texts.iter().any(|(_, text)| !text.is_empty()) {
        html.put("<div>");
        for (label, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
            html.put("<p><strong>").put(label).put("</strong>").text(text).put("</p>");
        }
        html.put("</div>");
    }
    html.put("</section>");
}

/// The answers to an item, now and as wished. Rounds without counts that may be shown are left out.
fn drawings(html: &mut Html, instrument: &Instrument, total: &RoomItem, index: usize, item: &InstrumentItem) {
    let has_answers = |round: &Round| total.item(*round, index).iter().any(|count| *count > 0);
    let rounds: Vec<Round> = Round::BOTH.into_iter().filter(has_answers).collect();
    if rounds.is_empty() {
        html.put("<p>").say(&format!("Færre end {FEWEST} har svaret på dette, så det vises ikke.")).put("</p>");
        return;
    }
    let points = instrument.form.points();
    html.put(r#"<div class="paper-drawings">"#);
    for round in rounds {
        let counts = total.item(round, index);
        let answers: Vec<String> = points
            .clone()
            .zip(counts)
            .filter(|(_, count)| **count > 0)
            .map(|(point, count)| format!("{count} {}", instrument.point(item, point)))
            .collect();
        let name = format!("{}: {}", round.danish(), answers.join(", "));
        html.put("<figure>").distribution(counts, &name, item.poles.is_some()).put("<figcaption>");
        // The names of two poles are in the heading already.
        if item.poles.is_none() {
            let [first, last] = [points.start(), points.end()].map(|point| instrument.point(item, *point));
            html.put(r#"<span class="paper-ends"><span>"#).say(&first).put("</span> <span>").say(&last);
            html.put("</span></span> ");
        }
        let people: u32 = counts.iter().map(|count| u32::from(*count)).sum();
        html.say(&format!("{} · {people} svar", round.danish())).put("</figcaption></figure>");
    }
    html.put("</div>");
}

/// The decisions in the order of the items, each with what it became.
fn decisions(html: &mut Html, paper: &WorkshopPaper<'_>, items: &[(usize, &InstrumentItem)]) {
    let decisions: Vec<(&Id, &str)> = items
        .iter()
        .map(|(_, item)| (&item.id, text_of(&paper.workshop.decisions, item)))
        .filter(|(_, text)| !text.is_empty())
        .collect();
    if decisions.is_empty() {
        return;
    }
    html.put(r#"<section class="paper-decisions"><h2>Det har I besluttet</h2><ol>"#);
    for (id, text) in decisions {
        html.put("<li>").text(text);
        for (_, outcome) in paper.outcomes.iter().filter(|(of, _)| of == id) {
            html.put(" <strong>").say(&outcome.danish()).put("</strong>");
        }
        html.put("</li>");
    }
    html.put("</ol></section>");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::goal::Initiative;
    use crate::domain::instrument::instrument;
    use crate::domain::period::Span;
    use crate::domain::workshop::RoomResult;

    /// The answers of ten people: all to the third item lie at the ends, all to the others at the middle.
    fn answers() -> Vec<Vec<u16>> {
        let mut answers = vec![vec![0, 0, 0, 10, 0, 0, 0]; 9];
        answers[2] = vec![4, 0, 0, 0, 0, 0, 6];
        answers
    }

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    fn held() -> Workshop {
        let total = RoomItem { people: 10, now: answers(), wanted: vec![vec![0, 0, 0, 0, 10, 0, 0]; 9] };
        let mut workshop = Workshop { title: "Personaledag & kage".into(), ..Workshop::default() };
        workshop.date = Date::new(2027, 1, 15);
        workshop.rooms.insert(id("a"), RoomResult { total, groups: Vec::new() });
        workshop
    }

    fn nine() -> &'static Instrument {
        instrument("modsaetninger").unwrap()
    }

    fn text(workshop: &Workshop, outcomes: Vec<(Id, DecisionOutcome)>) -> String {
        let today = Date::new(2027, 1, 16).unwrap();
        let unit = "Skolen ved Søen";
        let paper = WorkshopPaper { workshop, instrument: nine(), unit, outcomes, today };
        super::workshop(&paper).as_str().to_owned()
    }

    fn mette() -> DecisionOutcome {
        DecisionOutcome { kind: "Prøvehandling", responsible: "Mette".to_owned(), date: Date::new(2027, 3, 15) }
    }

    #[test]
    fn document_holds_every_item_and_escapes_every_text() {
        let mut workshop = held();
        let item = &nine().items[0];
        workshop.notes.insert(item.id.clone(), "Vi <mener>\nto ting".into());
        workshop.decisions.insert(item.id.clone(), "Vi ringer, før vi skriver.".into());
        let text = text(&workshop, vec![(item.id.clone(), mette())]);
        for part in [
            "Workshop · Skolen ved Søen · 15. januar 2027",
            "<h1>Personaledag &amp; kage</h1>",
            "Ni modsætninger · 10 svar</p>",
            "<strong>Det blev sagt: </strong>Vi &lt;mener&gt;<br>to ting</p>",
            "<strong>Beslutning: </strong>Vi ringer, før vi skriver.</p>",
            "<li>Vi ringer, før vi skriver. <strong>Prøvehandling · Mette · 15. marts 2027</strong></li>",
            "Nu · 10 svar",
            "Ønsket · 10 svar",
            "Grupper under fem vises ikke. Lavet 16. januar 2027.",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert_eq!(text.matches(r#"class="paper-item""#).count(), 9);
        assert_eq!(text.matches("<svg").count(), 18);
        assert!(!text.contains("style="));
    }

    #[test]
    fn items_with_the_widest_spread_come_first() {
        let text = text(&held(), Vec::new());
        let headings: Vec<&str> = text.split("<h3 class=\"paper-poles\"><span>").skip(1).collect();
        for (position, index) in [2, 0, 1, 3, 4, 5, 6, 7, 8].into_iter().enumerate() {
            let [left, _] = nine().items[index].poles.as_ref().unwrap();
            assert!(headings[position].starts_with(&crate::chart::escaped(&left.label)), "{position}: {index}");
        }
    }

    #[test]
    fn empty_parts_have_no_label() {
        let mut workshop = held();
        workshop.notes.insert(nine().items[1].id.clone(), " ".into());
        for (_, room) in workshop.rooms.iter_mut() {
            room.total.wanted.clear();
        }
        let text = text(&workshop, vec![(nine().items[1].id.clone(), mette())]);
        for label in ["Det blev sagt", "Beslutning", "Det har I besluttet", "Ønsket", "Grupper:", "Mette"] {
            assert!(!text.contains(label), "{label}: {text}");
        }
    }

    #[test]
    fn hidden_counts_are_not_in_the_document() {
        let mut workshop = held();
        for (number, name) in [(1, "Skole"), (2, "Familie")] {
            workshop.groups.insert(Workshop::group_key(number).unwrap(), name.into());
        }
        let school = RoomItem { people: 7, now: answers(), wanted: Vec::new() };
        for (_, room) in workshop.rooms.iter_mut() {
            room.total.now[4].clear();
            room.total.wanted[4].clear();
            room.groups = vec![Some(school.clone()), None];
        }
        // A room of four people has been forged.
        let small = RoomItem { people: 4, now: vec![vec![4, 0, 0, 0, 0, 0, 0]; 9], wanted: Vec::new() };
        workshop.rooms.insert(id("b"), RoomResult { total: small, groups: Vec::new() });
        let text = text(&workshop, Vec::new());
        assert!(text.contains("10 svar · Grupper: Skole (7)</p>") && !text.contains("Familie"), "{text}");
        assert!(text.contains("Færre end 5 har svaret på dette, så det vises ikke."));
        assert_eq!(text.matches("<svg").count(), 16);
    }

    #[test]
    fn statements_show_what_the_ends_of_the_scale_mean() {
        let syn = instrument("syn").unwrap();
        let total = RoomItem { people: 6, now: vec![vec![1, 1, 1, 1, 2]; 14], wanted: Vec::new() };
        let mut workshop = Workshop::default();
        workshop.rooms.insert(id("a"), RoomResult { total, groups: Vec::new() });
        let today = Date::new(2027, 1, 16).unwrap();
        let paper = WorkshopPaper { workshop: &workshop, instrument: syn, unit: "", outcomes: Vec::new(), today };
        let text = super::workshop(&paper).as_str().to_owned();
        assert!(text.contains("<span>Ikke endnu</span> <span>Næsten altid</span>"), "{text}");
        assert!(text.contains(r#"<p class="paper-kind">Workshop</p><h1>Workshop</h1>"#), "{text}");
    }

    #[test]
    fn outcome_names_kind_person_and_date_as_far_as_they_are_known() {
        let to = Date::new(2027, 3, 15);
        let mut goal = Goal::default();
        assert_eq!(DecisionOutcome::of_goal(&goal).danish(), "Mål");
        let initiative = Initiative { period: Some(Span { from: None, to }), ..Initiative::default() };
        goal.initiatives.insert(id("i"), initiative);
        assert_eq!(DecisionOutcome::of_goal(&goal).danish(), "Mål · 15. marts 2027");
        let mut trial = Proevehandling { responsible: " Mette ".into(), ..Proevehandling::default() };
        assert_eq!(DecisionOutcome::of_trial(&trial).danish(), "Prøvehandling · Mette");
        trial.period = Some(Span { from: None, to });
        assert_eq!(DecisionOutcome::of_trial(&trial), mette());
    }
}
