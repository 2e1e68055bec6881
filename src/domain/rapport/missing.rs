//! Suggestions for improving a report, the most useful first, at most one for each chapter.

use crate::domain::id::Id;
use crate::domain::text::join_names;

use super::Rapport;
use super::compose::{Chapter, ChapterTopic};
use super::sources::{ReportUnit, Sources};

/// The part of a report that a suggestion is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReportGapLocation {
    /// One chapter.
    Chapter(Id),
    /// The description of the report: its writers.
    Writers,
    /// The records on this device: files have to be opened.
    Files,
}

/// A suggestion for improving a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportGap {
    /// The part that the suggestion is about.
    pub location: ReportGapLocation,
    /// What to do, in Danish.
    pub text: String,
}

/// The suggestions for a report, the most useful first. Chapters that were left out give no suggestions.
pub fn missing(report: &Rapport, chapters: &[Chapter], sources: &Sources) -> Vec<ReportGap> {
    let is_of_one_unit = report.unit.is_some();
    let mut gaps = Vec::new();
    let mut add = |place: ReportGapLocation, words: String| gaps.push(ReportGap { location: place, text: words });
    let location = |chapter: &Chapter| ReportGapLocation::Chapter(chapter.id.clone());
    if sources.units.is_empty() {
        add(ReportGapLocation::Files, "Åbn enhedernes filer, så rapporten har noget at bygge på".to_owned());
    }
    let shown = || chapters.iter().filter(|chapter| chapter.is_included);
    let has_patterns_chapter = shown().any(|chapter| chapter.topic == ChapterTopic::FoundPatterns);
    if !sources.units.is_empty() && has_patterns_chapter && !sources.package.has_content() {
        add(
            ReportGapLocation::Files,
            "Åbn sekretariatets datapakke, så mønstrene og forummernes svar kommer med".to_owned(),
        );
    }
    for chapter in shown() {
        if let Some(words) = first_need(chapter, sources, is_of_one_unit) {
            add(location(chapter), words);
        }
    }
    // Chapters of figures with the same need share one suggestion.
    let names = |chapters: Vec<&Chapter>| -> Vec<String> {
        let label = |chapter: &Chapter| match &chapter.topic {
            ChapterTopic::Patterns(label) => Some(format!("«{label}»")),
            _ => None,
        };
        chapters.into_iter().filter_map(label).collect()
    };
    let figure_chapters = || shown().filter(|chapter| matches!(chapter.topic, ChapterTopic::Patterns(_)));
    let without: Vec<&Chapter> = figure_chapters().filter(|chapter| chapter.items.is_empty()).collect();
    if let Some(first) = without.first() {
        add(location(first), format!("Der er ingen tal endnu om {}", join_names(&names(without.clone()))));
    }
    let uninterpreted: Vec<&Chapter> =
        figure_chapters().filter(|chapter| !chapter.items.is_empty() && chapter.text.is_empty()).collect();
    if let Some(first) = uninterpreted.first() {
        add(
            location(first),
            format!("Skriv, hvad I læser ud af tallene om {}", join_names(&names(uninterpreted.clone()))),
        );
    }
    if report.writers.as_str().trim().is_empty() {
        add(ReportGapLocation::Writers, "Skriv, hvem rapporten er fra".to_owned());
    }
    gaps
}

/// The most useful suggestion for a chapter.
fn first_need(chapter: &Chapter, sources: &Sources, is_of_one_unit: bool) -> Option<String> {
    let is_empty = chapter.items.is_empty() && chapter.text.is_empty();
    let units = |count: usize, words: &str| match count {
        0 => None,
        _ if is_of_one_unit => Some(words.to_owned()),
        1 => Some(format!("1 enhed: {words}")),
        more => Some(format!("{more} enheder: {words}")),
    };
    match chapter.topic {
        ChapterTopic::Introduction | ChapterTopic::Own if chapter.text.is_empty() => {
            Some(format!("Skriv afsnittet «{}»", chapter.title))
        }
        ChapterTopic::Themes if is_empty => Some("Skriv, hvilke temaer de to år har handlet om".to_owned()),
        ChapterTopic::Voices if is_empty => {
            Some("Ingen stemmer om tallene er frigivet til rapporten. Det gør I på tallets side".to_owned())
        }
        ChapterTopic::Conversations if is_empty => Some(
            "Intet fra samtalerne er frigivet til rapporten. Det gør leder og chef i samtalens opsamling".to_owned(),
        ),
        // A new agreement has no midtvejs status yet. Only the agreements that the report accounts for need one.
        ChapterTopic::Effects => {
            let unanswered = sources.units.iter().filter(|unit| {
                unit.agreement.is_some() && !unit.status.goals.values().any(|status| status.difference.is_some())
            });
            units(unanswered.count(), "det er ikke sagt i midtvejsstatus, om indsatserne gjorde en forskel")
        }
        ChapterTopic::Practice if is_empty => Some("Ingen praksis er samlet op som noget, der virker".to_owned()),
        ChapterTopic::Stories if chapter.items.is_empty() => {
            let has_candidates = !sources.stories(&Rapport::default()).is_empty();
            let words = match (has_candidates, is_of_one_unit) {
                (true, true) => "Tag en af jeres gode historier med",
                (true, false) => "Tag en god historie med fra enhederne",
                (false, _) => "Skriv en god historie",
            };
            Some(words.to_owned())
        }
        ChapterTopic::Agreements => {
            let without = sources.units.iter().filter(|unit| unit.agreement.is_none()).count();
            let is_open = |unit: &&ReportUnit| unit.agreement.as_ref().is_some_and(|agreement| !agreement.is_agreed);
            let open = sources.units.iter().filter(is_open).count();
            units(without, "ingen aftale fra den periode i denne browser")
                .or_else(|| units(open, "aftalen fra den periode er ikke indgået i denne browser"))
        }
        _ => None,
    }
}
