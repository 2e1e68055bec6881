//! What would make a report a better one: a friendly list, a line a chapter at most, the most useful first.

use crate::domain::id::Id;
use crate::domain::midtvejs::Difference;

use super::Rapport;
use super::compose::{Chapter, ChapterTopic};
use super::sources::Sources;

/// Where something is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReportGapLocation {
    /// In a chapter.
    Chapter(Id),
    /// In what is said of the report.
    Writers,
    /// In the records that are here: files are to be opened.
    Files,
}

/// Something that would help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportGap {
    /// Where.
    pub place: ReportGapLocation,
    /// What to do, in Danish.
    pub words: String,
}

/// What is missing, the most useful first. Of a chapter that was left out nothing is asked.
pub fn missing(report: &Rapport, chapters: &[Chapter], sources: &Sources) -> Vec<ReportGap> {
    let is_of_one = report.unit.is_some();
    let mut gaps = Vec::new();
    let mut add = |place: ReportGapLocation, words: String| gaps.push(ReportGap { place, words });
    let at = |chapter: &Chapter| ReportGapLocation::Chapter(chapter.id.clone());
    if sources.units.is_empty() {
        add(ReportGapLocation::Files, "Åbn enhedernes filer, så rapporten har noget at bygge på".to_owned());
    }
    let shown = || chapters.iter().filter(|chapter| chapter.is_in);
    for chapter in shown() {
        if let Some(words) = of(chapter, sources, is_of_one) {
            add(at(chapter), words);
        }
    }
    // One line of all that is alike.
    let names = |chapters: Vec<&Chapter>| -> Vec<String> {
        let label = |chapter: &Chapter| match &chapter.part {
            ChapterTopic::Patterns(label) => Some(format!("«{label}»")),
            _ => None,
        };
        chapters.into_iter().filter_map(label).collect()
    };
    let of_figures = || shown().filter(|chapter| matches!(chapter.part, ChapterTopic::Patterns(_)));
    let without: Vec<&Chapter> = of_figures().filter(|chapter| chapter.items.is_empty()).collect();
    if let Some(first) = without.first() {
        add(at(first), format!("Der er ingen tal endnu om {}", listed(&names(without.clone()))));
    }
    let unread: Vec<&Chapter> =
        of_figures().filter(|chapter| !chapter.items.is_empty() && chapter.words.is_empty()).collect();
    if let Some(first) = unread.first() {
        add(at(first), format!("Skriv, hvad I læser ud af tallene om {}", listed(&names(unread.clone()))));
    }
    if report.writers.as_str().trim().is_empty() {
        add(ReportGapLocation::Writers, "Skriv, hvem rapporten er fra".to_owned());
    }
    gaps
}

/// What a chapter needs first.
fn of(chapter: &Chapter, sources: &Sources, is_of_one: bool) -> Option<String> {
    let is_empty = chapter.items.is_empty() && chapter.words.is_empty();
    let units = |count: usize, words: &str| match count {
        0 => None,
        _ if is_of_one => Some(words.to_owned()),
        1 => Some(format!("1 enhed: {words}")),
        more => Some(format!("{more} enheder: {words}")),
    };
    match chapter.part {
        ChapterTopic::Introduction | ChapterTopic::Own if chapter.words.is_empty() => {
            Some(format!("Skriv afsnittet «{}»", chapter.title))
        }
        ChapterTopic::Themes if is_empty => Some("Skriv, hvilke temaer de to år har handlet om".to_owned()),
        ChapterTopic::Conversations if is_empty => Some(
            "Intet fra samtalerne er frigivet til rapporten. Det gør leder og chef i samtalens opsamling".to_owned(),
        ),
        ChapterTopic::Effects => {
            let told = |difference: Option<Difference>| difference.is_some();
            let silent = sources.units.iter().filter(|unit| {
                unit.agreement.is_some() && !unit.status.goals.values().any(|status| told(status.difference))
            });
            units(silent.count(), "det er ikke sagt i midtvejsstatus, om indsatserne gjorde en forskel")
        }
        ChapterTopic::Practice if is_empty => {
            Some("Ingen prøvehandling er samlet op som noget, I vil gøre mere af".to_owned())
        }
        ChapterTopic::Stories if chapter.items.is_empty() => {
            let waiting = !sources.stories(&Rapport::default()).is_empty();
            let words = if waiting { "Tag en god historie med fra midtvejsstatus" } else { "Skriv en god historie" };
            Some(words.to_owned())
        }
        ChapterTopic::Agreements => {
            let without = sources.units.iter().filter(|unit| unit.agreement.as_ref().is_none_or(|own| !own.is_agreed));
            units(without.count(), "aftalen er ikke indgået, eller ikke i denne browser")
        }
        _ => None,
    }
}

/// Names as one says them.
fn listed(names: &[String]) -> String {
    match names {
        [before @ .., last] if !before.is_empty() => format!("{} og {last}", before.join(", ")),
        _ => names.concat(),
    }
}
