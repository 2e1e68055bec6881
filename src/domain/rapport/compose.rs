//! The report as chapters: what its writers chose and wrote, with what there is.

use crate::domain::aftale::lines;
use crate::domain::fractional_index;
use crate::domain::goal::{Area, Goal};
use crate::domain::id::Id;
use crate::domain::indicator::Group;
use crate::domain::midtvejs::{Difference, GoalStatus};
use crate::domain::proevehandling::TrialNext;

use super::figures::{FigureView, ReportedIndicator, reported_indicator};
use super::sources::{Sources, Unit};
use super::{Inclusion, Rapport};

/// What a chapter is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChapterTopic {
    /// What the report is about, in its writers' words.
    Introduction,
    /// The themes that the agreements of the cycle take up.
    Themes,
    /// The patterns in the figures of a pejlemærke, or of another group of indicators: its label.
    Patterns(String),
    /// What was learned in the conversations.
    Conversations,
    /// The effect of selected initiatives.
    Effects,
    /// Practice that works.
    Practice,
    /// The good stories.
    Stories,
    /// The agreements at a glance.
    Agreements,
    /// A chapter of its writers' own.
    Own,
}

/// A chapter.
#[derive(Clone, Debug, PartialEq)]
pub struct Chapter {
    /// Its id: what it is known by in the record.
    pub id: Id,
    /// What it is about.
    pub part: ChapterTopic,
    /// Its heading.
    pub title: String,
    /// Its writers' own words.
    pub words: String,
    /// Whether it is in the report.
    pub is_in: bool,
    /// Its place.
    pub order: String,
    /// What there is for it.
    pub items: Vec<ChapterItem>,
}

/// Something in a chapter that can be left out.
#[derive(Clone, Debug, PartialEq)]
pub struct ChapterItem {
    /// What it is known by in the record.
    pub id: Id,
    /// What it is, in a line.
    pub name: String,
    /// Whether it is in the report.
    pub is_in: bool,
    /// What it says.
    pub content: ItemContent,
}

/// What an item says.
#[derive(Clone, Debug, PartialEq)]
pub enum ItemContent {
    /// An indicator: what is seen of it.
    Figures(Vec<ReportedIndicator>),
    /// Words of somebody, under a heading, each with a label where it needs one.
    Said {
        /// Whose they are.
        by: String,
        /// What they say.
        lines: Vec<(&'static str, String)>,
    },
    /// A row of the chapter's table.
    Row(Vec<String>),
}

/// The heads of the table of agreements.
pub const AGREEMENT_HEADS: [&str; 6] = ["Enhed", "Periode", "Status", "Kvalitet", "Økonomi", "Trivsel"];

/// The chapters of a report that come by themselves, in the order they are proposed: what each is about, its id, its place.
fn proposed(groups: &[Group]) -> Vec<(ChapterTopic, String, String)> {
    let mut all: Vec<(ChapterTopic, String, String)> = Vec::new();
    let mut add = |part: ChapterTopic, id: &str, place: String| all.push((part, id.to_owned(), place));
    add(ChapterTopic::Introduction, "indledning", "a0".to_owned());
    add(ChapterTopic::Themes, "temaer", "b0".to_owned());
    let mut last: Option<String> = None;
    for group in groups {
        let place = last.map_or_else(|| "c0".to_owned(), |last| fractional_index::after(Some(&last)));
        add(ChapterTopic::Patterns(group.label.clone()), &format!("moenstre-{}", group.id), place.clone());
        last = Some(place);
    }
    for (part, id, place) in [
        (ChapterTopic::Conversations, "samtaler", "d0"),
        (ChapterTopic::Effects, "effekt", "e0"),
        (ChapterTopic::Practice, "praksis", "f0"),
        (ChapterTopic::Stories, "historier", "g0"),
        (ChapterTopic::Agreements, "aftaler", "h0"),
    ] {
        add(part, id, place.to_owned());
    }
    all
}

impl ChapterTopic {
    /// The heading that is proposed.
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

/// A report as chapters in their order, those that were left out among them.
pub fn compose(report: &Rapport, sources: &Sources) -> Vec<Chapter> {
    let own = |id: &Id| report.chapters.get(id).cloned().unwrap_or_default();
    let chapter = |part: ChapterTopic, id: Id, place: String| {
        let section = own(&id);
        let title = section.title.as_str().trim();
        Chapter {
            title: if title.is_empty() { part.heading() } else { title.to_owned() },
            words: section.text.as_str().trim().to_owned(),
            is_in: section.shown != Some(Inclusion::Out),
            order: section.order.unwrap_or(place),
            items: items(report, sources, &part, id.as_str()),
            id,
            part,
        }
    };
    let known = proposed(&sources.groups);
    let is_known =
        |id: &Id| known.iter().any(|(_, known, _)| known == id.as_str()) || id.as_str().starts_with("moenstre-");
    let added = report.chapters.keys().filter(|id| !is_known(id));
    let added: Vec<Chapter> = added.map(|id| chapter(ChapterTopic::Own, id.clone(), "z0".to_owned())).collect();
    let all = known.into_iter().filter_map(|(part, id, place)| Some(chapter(part, Id::parse(&id)?, place)));
    let key = |chapter: &Chapter| (chapter.order.clone(), chapter.id.clone());
    fractional_index::sorted(all.chain(added).collect(), &|one: &Chapter, other| key(one) < key(other))
}

fn items(report: &Rapport, sources: &Sources, part: &ChapterTopic, id: &str) -> Vec<ChapterItem> {
    let item = |id: Id, name: String, is_proposed: bool, content: ItemContent| ChapterItem {
        is_in: report.has(&id, is_proposed),
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
            let seen = group.into_iter().flat_map(|group| &group.indicators).filter_map(|indicator| {
                let seen = reported_indicator(sources, indicator);
                let id = Id::parse(&indicator.id).filter(|_| !seen.is_empty())?;
                Some(item(id, indicator.name.clone(), true, ItemContent::Figures(seen)))
            });
            seen.collect()
        }
        ChapterTopic::Conversations => conversations(sources)
            .into_iter()
            .map(|(id, name, by, learned)| item(id, name, true, ItemContent::Said { by, lines: vec![("", learned)] }))
            .collect(),
        ChapterTopic::Effects => of_goals(sources)
            .filter(|(.., status)| !matches!(status.difference, None | Some(Difference::NotRelevant)))
            .map(|(unit, id, goal, status)| {
                let content = ItemContent::Said { by: unit.name.clone(), lines: effect(goal, status) };
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
                let content = ItemContent::Said { by: story.place.as_str().trim().to_owned(), lines };
                item(id.clone(), story.title.as_str().trim().to_owned(), true, content)
            })
            .collect(),
        ChapterTopic::Agreements => sources
            .units
            .iter()
            .filter_map(|unit| {
                let agreement = unit.agreement.as_ref()?;
                let goals = |area| agreement.whole.of_area(Some(area)).count().to_string();
                let period = agreement.whole.head.period.map(lines::span).unwrap_or_default();
                let mut row = vec![unit.name.clone(), period, agreement.state.danish().to_owned()];
                row.extend(Area::ALL.map(goals));
                let name = format!("{} ({})", unit.name, agreement.state.danish().to_lowercase());
                Some(item(agreement.id.clone(), name, agreement.is_agreed, ItemContent::Row(row)))
            })
            .collect(),
    }
}

/// The themes that the cycle was given, and those that agreements take up beside them, each with the units that do; by
/// their words, however they are written.
fn themes(sources: &Sources) -> Vec<(Id, String, ItemContent)> {
    let mut themes: Vec<(String, Vec<&str>)> =
        sources.themes.iter().map(|(_, name, _)| (name.clone(), Vec::new())).collect();
    for unit in &sources.units {
        let words = unit.agreement.as_ref().map_or("", |agreement| agreement.whole.head.themes.as_str());
        for theme in words.split(['\n', ';']).map(str::trim).filter(|theme| !theme.is_empty()) {
            match themes.iter_mut().find(|(own, _)| own.to_lowercase() == theme.to_lowercase()) {
                Some((_, units)) => units.push(&unit.name),
                None => themes.push((theme.to_owned(), vec![&unit.name])),
            }
        }
    }
    let with_id = |(name, units): (String, Vec<&str>)| {
        if let Some((id, _, why)) = sources.themes.iter().find(|(_, given, _)| *given == name) {
            let lines = if why.is_empty() { Vec::new() } else { vec![("", why.clone())] };
            return Some((id.clone(), name, ItemContent::Said { by: several(&units), lines }));
        }
        // An id of its own, the same wherever the words are: their letters.
        let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' };
        let id = Id::parse(&format!("tema-{}", name.chars().take(80).map(plain).collect::<String>()))?;
        Some((id, name, ItemContent::Said { by: several(&units), lines: Vec::new() }))
    };
    themes.into_iter().filter_map(with_id).collect()
}

/// The names of units; of many how many they are.
fn several(units: &[&str]) -> String {
    if units.len() <= 6 { units.join(", ") } else { format!("{} enheder", units.len()) }
}

/// What was learned in conversations and released, topic by topic: its id, its name, whose, and what.
fn conversations(sources: &Sources) -> Vec<(Id, String, String, String)> {
    let mut found: Vec<(Id, String, String, String)> = Vec::new();
    for unit in &sources.units {
        let Some((record, samtale)) = &unit.samtale else { continue };
        for (id, topic) in samtale.agenda() {
            let (Some(id), Some(learned)) = (Id::derived(record, id), topic.for_report()) else { continue };
            let title = topic.title.as_str().trim();
            let title = if title.is_empty() { "Et emne uden navn" } else { title };
            // What several units have learned of the same stands together.
            let place = found.iter().rposition(|(_, own, ..)| own == title).map_or(found.len(), |place| place + 1);
            found.insert(place, (id, title.to_owned(), unit.name.clone(), learned.to_owned()));
        }
    }
    found
}

/// The goals of all agreements with what their status says of them.
pub(super) fn of_goals(sources: &Sources) -> impl Iterator<Item = (&Unit, &Id, &Goal, &GoalStatus)> {
    sources.units.iter().flat_map(|unit| {
        let goals = unit.agreement.iter().flat_map(|agreement| &agreement.whole.goals);
        goals.filter_map(move |(id, goal)| Some((unit, id, goal, unit.status.goals.get(id)?)))
    })
}

/// What a goal's initiatives came to. No figures: those stand where they are masked.
fn effect(goal: &Goal, status: &GoalStatus) -> Vec<(&'static str, String)> {
    let initiatives: Vec<&str> =
        goal.initiatives_in_order().into_iter().map(|(_, own)| own.text.as_str().trim()).collect();
    let initiatives: Vec<&str> = initiatives.into_iter().filter(|text| !text.is_empty()).collect();
    let difference = status.difference.map(|difference| difference.danish().to_owned()).unwrap_or_default();
    said([
        ("Indsats", initiatives.join("\n")),
        ("Gjorde det en forskel?", difference),
        ("Tegn, vi så", status.signs_seen.0.clone()),
        ("Det fortsætter vi med", status.keep.0.clone()),
        ("Det ændrer vi", status.change.0.clone()),
        ("Det stopper vi med", status.stop.0.clone()),
    ])
}

/// Trials that were gathered up: those that are wanted more of are proposed.
fn practice(sources: &Sources, item: &dyn Fn(Id, String, bool, ItemContent) -> ChapterItem) -> Vec<ChapterItem> {
    let mut found = Vec::new();
    for unit in &sources.units {
        for (id, trial) in
            unit.trials.iter().filter(|(_, trial)| trial.next.is_some_and(|next| next != TrialNext::Stop))
        {
            let lines = said([
                ("Vi prøvede", trial.idea.0.clone()),
                ("Det skete", trial.happened.0.clone()),
                ("Det lærte vi", trial.learned.0.clone()),
            ]);
            let title = trial.title.as_str().trim();
            let title = if title.is_empty() { "Prøvehandling uden navn" } else { title };
            if !lines.is_empty() {
                let content = ItemContent::Said { by: unit.name.clone(), lines };
                found.push(item(id.clone(), title.to_owned(), trial.next == Some(TrialNext::Scale), content));
            }
        }
    }
    found
}

fn said<const N: usize>(lines: [(&'static str, String); N]) -> Vec<(&'static str, String)> {
    let trimmed = lines.into_iter().map(|(label, text)| (label, text.trim().to_owned()));
    trimmed.filter(|(_, text)| !text.is_empty()).collect()
}

/// A chapter's items in a few words, for whoever chooses between them: `Fravær reduceres: Faldet fra 7,2 til 6,8 %`.
pub fn in_short(item: &ChapterItem) -> String {
    match &item.content {
        ItemContent::Figures(seen) => {
            let seen: Vec<String> = seen
                .iter()
                .map(|seen| match &seen.view {
                    FigureView::Line(reading, ..) if seen.of.is_empty() => reading.headline(),
                    FigureView::Line(reading, units, _) => format!("{} ({units}): {}", seen.of, reading.headline()),
                    FigureView::Units(rows) => format!("{}: {} hver for sig", seen.of, rows.len()),
                })
                .collect();
            seen.join(" · ")
        }
        ItemContent::Said { by, lines } => {
            let words = lines.iter().find(|(label, _)| label.is_empty() || *label == "Gjorde det en forskel?");
            let words = words.or(lines.first()).map(|(_, text)| text.replace('\n', " ")).unwrap_or_default();
            [by.clone(), words].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ")
        }
        ItemContent::Row(row) => row.get(1).cloned().unwrap_or_default(),
    }
}

/// How many goals made a difference to each degree, in words: `I høj grad: 3 mål · I nogen grad: 1 mål`.
pub fn degrees(sources: &Sources) -> String {
    let count = |degree: Difference| of_goals(sources).filter(|(.., own)| own.difference == Some(degree)).count();
    let degrees = Difference::ALL.into_iter().filter(|degree| *degree != Difference::NotRelevant);
    let counted = degrees.map(|degree| (degree, count(degree))).filter(|(_, count)| *count > 0);
    counted.map(|(degree, count)| format!("{}: {count} mål", degree.danish())).collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests;
