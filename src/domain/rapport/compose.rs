//! Composes the chapters of a report from its record and its sources.

use crate::domain::aftale::lines;
use crate::domain::fractional_index;
use crate::domain::goal::{Area, Goal};
use crate::domain::id::Id;
use crate::domain::indicator::Group;
use crate::domain::midtvejs::{Difference, GoalStatus};
use crate::domain::proevehandling::TrialNext;

use super::figures::{FigureView, ReportedIndicator, reported_indicator};
use super::sources::{ReportUnit, Sources};
use super::{Inclusion, Rapport};

/// The topic of a chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChapterTopic {
    /// An introduction, written by the writers.
    Introduction,
    /// The themes of the cycle and those that agreements take up.
    Themes,
    /// The patterns in the figures of a pejlemærke or another group of indicators, with the label of the group.
    Patterns(String),
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
pub const AGREEMENT_HEADS: [&str; 6] = ["Enhed", "Periode", "Status", "Kvalitet", "Økonomi", "Trivsel"];

/// The standard chapters of a report in the proposed order, each with its topic, id and position.
fn proposed(groups: &[Group]) -> Vec<(ChapterTopic, String, String)> {
    let mut all: Vec<(ChapterTopic, String, String)> = Vec::new();
    let mut add = |part: ChapterTopic, id: &str, order: String| all.push((part, id.to_owned(), order));
    add(ChapterTopic::Introduction, "indledning", "a0".to_owned());
    add(ChapterTopic::Themes, "temaer", "b0".to_owned());
    let mut last: Option<String> = None;
    for group in groups {
        let order = last.map_or_else(|| "c0".to_owned(), |last| fractional_index::after(Some(&last)));
        add(ChapterTopic::Patterns(group.label.clone()), &format!("moenstre-{}", group.id), order.clone());
        last = Some(order);
    }
    for (part, id, order) in [
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
            Self::Themes => "Temaer, vi har arbejdet med",
            Self::Patterns(label) => return format!("Mønstre: {label}"),
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

/// Composes the items of a chapter from the sources.
fn items(report: &Rapport, sources: &Sources, part: &ChapterTopic, id: &str) -> Vec<ChapterItem> {
    let item = |id: Id, name: String, is_proposed: bool, content: ItemContent| ChapterItem {
        is_included: report.has(&id, is_proposed),
        id,
        name,
        content,
    };
    match part {
        ChapterTopic::Introduction | ChapterTopic::Own => Vec::new(),
        ChapterTopic::Themes => {
            themes(sources).into_iter().map(|(id, name, content)| item(id, name, true, content)).collect()
        }
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
        ChapterTopic::Practice => practice(sources, &item),
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
        ChapterTopic::Agreements => sources
            .units
            .iter()
            .filter_map(|unit| {
                let agreement = unit.agreement.as_ref()?;
                let goals = |area| agreement.bundle.of_area(Some(area)).count().to_string();
                let period = agreement.bundle.head.period.map(lines::span).unwrap_or_default();
                let mut row = vec![unit.name.clone(), period, agreement.state.danish().to_owned()];
                row.extend(Area::ALL.map(goals));
                let name = format!("{} ({})", unit.name, agreement.state.danish().to_lowercase());
                Some(item(agreement.id.clone(), name, agreement.is_agreed, ItemContent::Row(row)))
            })
            .collect(),
    }
}

/// The prioritised themes of the cycle, then other themes that agreements take up, each with the units that do.
///
/// Themes with the same text are one theme, whatever their case.
fn themes(sources: &Sources) -> Vec<(Id, String, ItemContent)> {
    let mut themes: Vec<(String, Vec<&str>)> =
        sources.themes.iter().map(|(_, name, _)| (name.clone(), Vec::new())).collect();
    for unit in &sources.units {
        let words = unit.agreement.as_ref().map_or("", |agreement| agreement.bundle.head.themes.as_str());
        for theme in words.split(['\n', ';']).map(str::trim).filter(|theme| !theme.is_empty()) {
            match themes.iter_mut().find(|(name, _)| name.to_lowercase() == theme.to_lowercase()) {
                Some((_, units)) => units.push(&unit.name),
                None => themes.push((theme.to_owned(), vec![&unit.name])),
            }
        }
    }
    let with_id = |(name, units): (String, Vec<&str>)| {
        if let Some((id, _, reason)) = sources.themes.iter().find(|(_, given, _)| *given == name) {
            let lines = if reason.is_empty() { Vec::new() } else { vec![("", reason.clone())] };
            return Some((id.clone(), name, ItemContent::Texts { by: unit_list(&units), lines }));
        }
        // The id is made of the letters of the name, so that the same name has the same id on every device.
        let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' };
        let id = Id::parse(&format!("tema-{}", name.chars().take(80).map(plain).collect::<String>()))?;
        Some((id, name, ItemContent::Texts { by: unit_list(&units), lines: Vec::new() }))
    };
    themes.into_iter().filter_map(with_id).collect()
}

/// Joins the names of up to six units; for more units, their number.
fn unit_list(units: &[&str]) -> String {
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

/// The goals of all agreements that have a midtvejs status, with that status.
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

/// The trials that were evaluated and not stopped. Those to be scaled up are proposed for the report.
fn practice(sources: &Sources, item: &dyn Fn(Id, String, bool, ItemContent) -> ChapterItem) -> Vec<ChapterItem> {
    let mut found = Vec::new();
    for unit in &sources.units {
        for (id, trial) in
            unit.trials.iter().filter(|(_, trial)| trial.next.is_some_and(|next| next != TrialNext::Stop))
        {
            let lines = non_empty_lines([
                ("Vi prøvede", trial.idea.0.clone()),
                ("Det skete", trial.happened.0.clone()),
                ("Det lærte vi", trial.learned.0.clone()),
            ]);
            let title = trial.title.as_str().trim();
            let title = if title.is_empty() { "Prøvehandling uden navn" } else { title };
            if !lines.is_empty() {
                let content = ItemContent::Texts { by: unit.name.clone(), lines };
                found.push(item(id.clone(), title.to_owned(), trial.next == Some(TrialNext::Scale), content));
            }
        }
    }
    found
}

/// Trims labelled texts and drops the empty ones.
fn non_empty_lines<const N: usize>(lines: [(&'static str, String); N]) -> Vec<(&'static str, String)> {
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
        ItemContent::Row(row) => row.get(1).cloned().unwrap_or_default(),
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
