//! Composes the chapters of a report from its record and its sources.

use crate::domain::aftale::lines;
use crate::domain::fractional_index;
use crate::domain::goal::{Area, Goal};
use crate::domain::id::Id;
use crate::domain::indicator::Group;
use crate::domain::midtvejs::{Difference, GoalStatus};

use super::evaluated::evaluated_quarter;
use super::feedback;
use super::figures::{FigureView, ReportedIndicator, reported_indicator};
use super::practice::practice;
use super::sources::{ReportAgreement, ReportUnit, Sources};
use super::voices::voices;
use super::{Inclusion, Rapport};

/// The topic of a chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChapterTopic {
    /// An introduction, written by the writers.
    Introduction,
    /// The themes of the cycle with the positions of the forums, and those that agreements take up.
    Themes,
    /// The patterns that the secretariat wrote, with the weight that the forums give them.
    FoundPatterns,
    /// The patterns in the figures of a pejlemærke or another group of indicators, with the label of the group.
    Patterns(String),
    /// The released voices and assessments about figures.
    Voices,
    /// Lessons from the conversations.
    Conversations,
    /// The effect of selected initiatives.
    Effects,
    /// Practice that works.
    Practice,
    /// Good stories.
    Stories,
    /// A table of the agreements.
    Agreements,
    /// A chapter that the writers added.
    Own,
}

/// A chapter of a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Chapter {
    /// The id of the chapter in the record.
    pub id: Id,
    /// The topic.
    pub topic: ChapterTopic,
    /// The heading.
    pub title: String,
    /// The text by the writers.
    pub text: String,
    /// Whether the chapter is in the report.
    pub is_included: bool,
    /// The position among the chapters: a fractional index.
    pub order: String,
    /// What a reader has to know about the items, in Danish; empty for most chapters.
    pub note: String,
    /// The composed items.
    pub items: Vec<ChapterItem>,
}

/// An item of a chapter. The writers can leave it out.
#[derive(Clone, Debug, PartialEq)]
pub struct ChapterItem {
    /// The id of the item in the record.
    pub id: Id,
    /// The name of the item, in one line.
    pub name: String,
    /// Whether the item is in the report.
    pub is_included: bool,
    /// The content.
    pub content: ItemContent,
}

/// The content of an item.
#[derive(Clone, Debug, PartialEq)]
pub enum ItemContent {
    /// The figures of an indicator.
    Figures(Vec<ReportedIndicator>),
    /// Texts by somebody.
    Texts {
        /// The name of the unit, units or people that the texts come from.
        by: String,
        /// The texts, each with a label. The label is empty where none is needed.
        lines: Vec<(&'static str, String)>,
    },
    /// A row of the table of the chapter.
    Row(Vec<String>),
}

/// The column headings of the table of agreements.
pub const AGREEMENT_HEADS: [&str; 7] = ["Enhed", "Aftale", "Periode", "Status", "Kvalitet", "Økonomi", "Trivsel"];
/// The name of the agreement that the report accounts for.
const PREVIOUS_AGREEMENT: &str = "Den forrige";
/// The name of the agreement that was made in the cycle of the report.
const NEW_AGREEMENT: &str = "Den nye";
/// The sentence about a unit without an agreement that the report could account for.
const NO_AGREEMENT: &str = "Ingen aftale fra den periode i denne browser";

/// The standard chapters of a report in the proposed order, each with its topic, id and position.
fn proposed(groups: &[Group]) -> Vec<(ChapterTopic, String, String)> {
    let mut all: Vec<(ChapterTopic, String, String)> = Vec::new();
    let mut add = |part: ChapterTopic, id: &str, order: String| all.push((part, id.to_owned(), order));
    add(ChapterTopic::Introduction, "indledning", "a0".to_owned());
    add(ChapterTopic::Themes, "temaer", "b0".to_owned());
    add(ChapterTopic::FoundPatterns, "fundne-moenstre", "b8".to_owned());
    let mut last: Option<String> = None;
    for group in groups {
        let order = last.map_or_else(|| "c0".to_owned(), |last| fractional_index::after(Some(&last)));
        add(ChapterTopic::Patterns(group.label.clone()), &format!("moenstre-{}", group.id), order.clone());
        last = Some(order);
    }
    for (part, id, order) in [
        (ChapterTopic::Voices, "stemmer", "cz"),
        (ChapterTopic::Conversations, "samtaler", "d0"),
        (ChapterTopic::Effects, "effekt", "e0"),
        (ChapterTopic::Practice, "praksis", "f0"),
        (ChapterTopic::Stories, "historier", "g0"),
        (ChapterTopic::Agreements, "aftaler", "h0"),
    ] {
        add(part, id, order.to_owned());
    }
    all
}

impl ChapterTopic {
    /// The proposed heading.
    pub fn heading(&self) -> String {
        let heading = match self {
            Self::Introduction => "Indledning",
            Self::Themes => "Temaer og prioriteringer",
            Self::FoundPatterns => "Mønstre, som sekretariatet ser dem",
            Self::Patterns(label) => return format!("Mønstre: {label}"),
            Self::Voices => "Stemmerne bag tallene",
            Self::Conversations => "Det har vi lært i samtalerne",
            Self::Effects => "Det gjorde en forskel",
            Self::Practice => "Praksis, der virker",
            Self::Stories => "De gode historier",
            Self::Agreements => "Aftalerne på et blik",
            Self::Own => "Eget afsnit",
        };
        heading.to_owned()
    }
}

/// Composes the chapters of a report in order, including chapters that were left out.
pub fn compose(report: &Rapport, sources: &Sources) -> Vec<Chapter> {
    let chapter = |part: ChapterTopic, id: Id, order: String| {
        let section = report.chapters.get(&id).cloned().unwrap_or_default();
        let title = section.title.as_str().trim();
        Chapter {
            title: if title.is_empty() { part.heading() } else { title.to_owned() },
            text: section.text.as_str().trim().to_owned(),
            is_included: section.shown != Some(Inclusion::Out),
            order: section.order.unwrap_or(order),
            note: note(sources, &part),
            items: items(report, sources, &part, id.as_str()),
            id,
            topic: part,
        }
    };
    let standard = proposed(&sources.groups);
    // A pattern chapter of a group that the current edition does not have stays in the record and is not shown.
    let is_standard =
        |id: &Id| standard.iter().any(|(_, known, _)| known == id.as_str()) || id.as_str().starts_with("moenstre-");
    let added = report.chapters.keys().filter(|id| !is_standard(id));
    let added: Vec<Chapter> = added.map(|id| chapter(ChapterTopic::Own, id.clone(), "z0".to_owned())).collect();
    let all = standard.into_iter().filter_map(|(part, id, order)| Some(chapter(part, Id::parse(&id)?, order)));
    let sort_key = |chapter: &Chapter| (chapter.order.clone(), chapter.id.clone());
    fractional_index::sorted(all.chain(added).collect(), &|one: &Chapter, other| sort_key(one) < sort_key(other))
}

/// Says which agreements a chapter looks back at, and for the chapter on effects which units have none of them.
fn note(sources: &Sources, part: &ChapterTopic) -> String {
    let quarter = evaluated_quarter(sources.cycle).danish();
    match part {
        ChapterTopic::Effects => {}
        ChapterTopic::Agreements => return format!("Den forrige er den, der gjaldt i {quarter}."),
        _ => return String::new(),
    }
    let without: Vec<&str> =
        sources.units.iter().filter(|unit| unit.agreement.is_none()).map(|unit| unit.name.as_str()).collect();
    let missing = if without.is_empty() { String::new() } else { format!(" {NO_AGREEMENT}: {}.", unit_list(&without)) };
    format!("Afsnittet ser tilbage på aftalerne fra {quarter}, da midtvejsstatus blev gjort.{missing}")
}

/// Composes the items of a chapter from the sources.
fn items(report: &Rapport, sources: &Sources, part: &ChapterTopic, id: &str) -> Vec<ChapterItem> {
    let item = |id: Id, name: String, is_proposed: bool, content: ItemContent| ChapterItem {
        is_included: report.has(&id, is_proposed),
        id,
        name,
        content,
    };
    let all_proposed = |found: Vec<(Id, String, ItemContent)>| -> Vec<ChapterItem> {
        found.into_iter().map(|(id, name, content)| item(id, name, true, content)).collect()
    };
    match part {
        ChapterTopic::Introduction | ChapterTopic::Own => Vec::new(),
        ChapterTopic::Themes => all_proposed(feedback::themes(sources)),
        ChapterTopic::FoundPatterns => all_proposed(feedback::patterns(&sources.package)),
        ChapterTopic::Voices => all_proposed(voices(sources)),
        ChapterTopic::Patterns(_) => {
            let group = sources.groups.iter().find(|group| id == format!("moenstre-{}", group.id));
            let figures = group.into_iter().flat_map(|group| &group.indicators).filter_map(|indicator| {
                let views = reported_indicator(sources, indicator);
                let id = Id::parse(&indicator.id).filter(|_| !views.is_empty())?;
                Some(item(id, indicator.name.clone(), true, ItemContent::Figures(views)))
            });
            figures.collect()
        }
        ChapterTopic::Conversations => conversations(sources)
            .into_iter()
            .map(|(id, name, by, learned)| item(id, name, true, ItemContent::Texts { by, lines: vec![("", learned)] }))
            .collect(),
        ChapterTopic::Effects => goals_with_status(sources)
            .filter(|(.., status)| !matches!(status.difference, None | Some(Difference::NotRelevant)))
            .map(|(unit, id, goal, status)| {
                let content = ItemContent::Texts { by: unit.name.clone(), lines: effect(goal, status) };
                item(id.clone(), goal.text.as_str().trim().to_owned(), true, content)
            })
            .collect(),
        ChapterTopic::Practice => practice(sources)
            .into_iter()
            .map(|(id, name, is_proposed, content)| item(id, name, is_proposed, content))
            .collect(),
        ChapterTopic::Stories => report
            .stories_in_order()
            .into_iter()
            .filter(|(_, story)| !story.text.as_str().trim().is_empty())
            .map(|(id, story)| {
                let lines = vec![("", story.text.as_str().trim().to_owned())];
                let content = ItemContent::Texts { by: story.place.as_str().trim().to_owned(), lines };
                item(id.clone(), story.title.as_str().trim().to_owned(), true, content)
            })
            .collect(),
        ChapterTopic::Agreements => agreements(sources, &item),
    }
}

/// The rows of the table of agreements: for each unit the agreement that the report accounts for, then the new one.
fn agreements(sources: &Sources, item: &dyn Fn(Id, String, bool, ItemContent) -> ChapterItem) -> Vec<ChapterItem> {
    let row = |unit: &ReportUnit, agreement: &ReportAgreement, which: &str| {
        let goals = |area| agreement.bundle.of_area(Some(area)).count().to_string();
        let period = agreement.bundle.head.period.map(lines::span).unwrap_or_default();
        let mut cells = vec![unit.name.clone(), which.to_owned(), period, agreement.state.danish().to_owned()];
        cells.extend(Area::ALL.map(goals));
        let name = format!("{}: {} ({})", unit.name, which.to_lowercase(), agreement.state.danish().to_lowercase());
        item(agreement.id.clone(), name, agreement.is_agreed, ItemContent::Row(cells))
    };
    let row_without_agreement = |unit: &ReportUnit| {
        let id = Id::derived(unit.id.as_ref()?, &Id::parse("uden-aftale")?)?;
        let mut cells = Vec::from([unit.name.as_str(), PREVIOUS_AGREEMENT, "", NO_AGREEMENT].map(str::to_owned));
        cells.resize(AGREEMENT_HEADS.len(), String::new());
        let name = format!("{}: {}", unit.name, PREVIOUS_AGREEMENT.to_lowercase());
        Some(item(id, name, true, ItemContent::Row(cells)))
    };
    let mut rows = Vec::new();
    for unit in &sources.units {
        match &unit.agreement {
            Some(agreement) => rows.push(row(unit, agreement, PREVIOUS_AGREEMENT)),
            None => rows.extend(row_without_agreement(unit)),
        }
        rows.extend(unit.new_agreement.as_ref().map(|agreement| row(unit, agreement, NEW_AGREEMENT)));
    }
    rows
}

/// Joins the names of up to six units; for more units, their number.
pub(super) fn unit_list(units: &[&str]) -> String {
    if units.len() <= 6 { units.join(", ") } else { format!("{} enheder", units.len()) }
}

/// The released lessons of conversations, topic by topic: id, title, name of the unit, and lesson.
fn conversations(sources: &Sources) -> Vec<(Id, String, String, String)> {
    let mut found: Vec<(Id, String, String, String)> = Vec::new();
    for unit in &sources.units {
        let Some((record, samtale)) = &unit.samtale else { continue };
        for (id, topic) in samtale.agenda() {
            let (Some(id), Some(learned)) = (Id::derived(record, id), topic.for_report()) else { continue };
            let title = topic.title.as_str().trim();
            let title = if title.is_empty() { "Et emne uden navn" } else { title };
            // Lessons of several units on the same topic follow one another.
            let index = found.iter().rposition(|(_, other, ..)| other == title).map_or(found.len(), |index| index + 1);
            found.insert(index, (id, title.to_owned(), unit.name.clone(), learned.to_owned()));
        }
    }
    found
}

/// The goals of the agreements that the report accounts for, where they have a midtvejs status, with that status.
pub(super) fn goals_with_status(sources: &Sources) -> impl Iterator<Item = (&ReportUnit, &Id, &Goal, &GoalStatus)> {
    sources.units.iter().flat_map(|unit| {
        let goals = unit.agreement.iter().flat_map(|agreement| &agreement.bundle.goals);
        goals.filter_map(move |(id, goal)| Some((unit, id, goal, unit.status.goals.get(id)?)))
    })
}

/// The lines on the effect of a goal's initiatives. They contain no figures, because figures are masked elsewhere.
fn effect(goal: &Goal, status: &GoalStatus) -> Vec<(&'static str, String)> {
    let initiatives: Vec<&str> =
        goal.initiatives_in_order().into_iter().map(|(_, initiative)| initiative.text.as_str().trim()).collect();
    let initiatives: Vec<&str> = initiatives.into_iter().filter(|text| !text.is_empty()).collect();
    let difference = status.difference.map(|difference| difference.danish().to_owned()).unwrap_or_default();
    non_empty_lines([
        ("Indsats", initiatives.join("\n")),
        ("Gjorde det en forskel?", difference),
        ("Tegn, vi så", status.signs_seen.0.clone()),
        ("Det fortsætter vi med", status.keep.0.clone()),
        ("Det ændrer vi", status.change.0.clone()),
        ("Det stopper vi med", status.stop.0.clone()),
    ])
}

/// Trims labelled texts and drops the empty ones.
pub(super) fn non_empty_lines<const N: usize>(lines: [(&'static str, String); N]) -> Vec<(&'static str, String)> {
    let trimmed = lines.into_iter().map(|(label, text)| (label, text.trim().to_owned()));
    trimmed.filter(|(_, text)| !text.is_empty()).collect()
}

/// Summarises an item in a few words, for choosing between items: `Skoler (7 enheder): Faldet fra 7,2 til 6,8 %`.
pub fn summarize_item(item: &ChapterItem) -> String {
    match &item.content {
        ItemContent::Figures(views) => {
            let summaries: Vec<String> = views
                .iter()
                .map(|shown| match &shown.view {
                    FigureView::Line(analysis, ..) if shown.sector.is_empty() => analysis.headline(),
                    FigureView::Line(analysis, units, _) => {
                        format!("{} ({units}): {}", shown.sector, analysis.headline())
                    }
                    FigureView::Sentence(sentence) => sentence.clone(),
                    FigureView::Units(rows) => format!("{}: {} hver for sig", shown.sector, rows.len()),
                })
                .collect();
            summaries.join(" · ")
        }
        ItemContent::Texts { by, lines } => {
            let line = lines.iter().find(|(label, _)| label.is_empty() || *label == "Gjorde det en forskel?");
            let text = line.or(lines.first()).map(|(_, text)| text.replace('\n', " ")).unwrap_or_default();
            [by.clone(), text].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ")
        }
        // The row says in its third column which period, or in its fourth that there is none.
        ItemContent::Row(row) => row.iter().skip(2).find(|cell| !cell.is_empty()).cloned().unwrap_or_default(),
    }
}

/// Counts the goals for each degree of difference, in Danish: `I høj grad: 3 mål · I nogen grad: 1 mål`.
pub fn degrees(sources: &Sources) -> String {
    let count = |degree: Difference| {
        goals_with_status(sources).filter(|(.., status)| status.difference == Some(degree)).count()
    };
    let degrees = Difference::ALL.into_iter().filter(|degree| *degree != Difference::NotRelevant);
    let counted = degrees.map(|degree| (degree, count(degree))).filter(|(_, count)| *count > 0);
    counted.map(|(degree, count)| format!("{}: {count} mål", degree.danish())).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests;
