//! What to talk about, proposed from the data: each proposal says why it was made. It opens a conversation; it judges
//! nobody.

use crate::domain::dialogue::MissingVoice;
use crate::domain::fractional_index;
use crate::domain::measure::Wanted;
use crate::domain::series_analysis::{SeriesAnalysis, TargetStatus, Trend};

/// Something to talk about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The indicator's id.
    pub indicator: String,
    /// What it is about: the indicator's name.
    pub title: String,
    /// Why it is proposed, the weightiest reason first.
    pub why: Vec<String>,
    weight: u8,
}

/// What is known of an indicator for a unit.
#[derive(Clone, Debug)]
pub struct ProposalContext {
    /// The unit's figures, as they are read today.
    pub reading: SeriesAnalysis,
    /// What the agreement wants the figure to be.
    pub wanted: Option<f64>,
    /// The median of the unit's network in the period of its last figure, where there are enough units for one.
    pub network: Option<f64>,
    /// What is still to be heard of the last figure.
    pub unheard: Vec<MissingVoice>,
}

/// How far a figure lies from another, before a difference to the network is worth a word: a tenth of the network's.
const APART: f64 = 0.1;

/// What to talk about, the weightiest first; an indicator is proposed once, with all the reasons.
pub fn propose(known: &[ProposalContext]) -> Vec<Proposal> {
    fractional_index::sorted(known.iter().filter_map(of).collect(), &|one: &Proposal, other| one.weight > other.weight)
}

fn of(known: &ProposalContext) -> Option<Proposal> {
    let reading = &known.reading;
    let (indicator, measure) = (&reading.indicator, reading.measure());
    let last = reading.latest()?;
    let now = last.observation.value?;
    let is_better = |one: f64, other: f64| if indicator.wanted == Wanted::Up { one > other } else { one < other };
    let (mut why, mut weight) = (Vec::new(), 0u8);
    if let Some(change) =
        reading.change().filter(|change| change.way != Trend::Level && change.may_be_chance == Some(false))
    {
        let ((before, was), (after, is)) = (change.from, change.to);
        let way = if is_better(is, was) { "i den ønskede retning" } else { "mod den ønskede retning" };
        why.push(format!(
            "Tallet er gået fra {} ({}) til {} ({}), {way}. Det er mere, end tilfældet plejer at give.",
            measure.figure(was),
            before.danish(),
            measure.figure(is),
            after.danish()
        ));
        weight += if is_better(is, was) { 3 } else { 4 };
    }
    if let Some(wanted) = known.wanted.filter(|wanted| is_better(*wanted, now)) {
        why.push(format!(
            "Aftalen ønsker {}; tallet er {} ({}).",
            measure.figure(wanted),
            measure.figure(now),
            last.period.danish()
        ));
        weight += 3;
    } else if let Some(TargetStatus::Missed(target)) = reading.aim() {
        why.push(format!(
            "Målet er {}; tallet er {} ({}).",
            measure.figure(target),
            measure.figure(now),
            last.period.danish()
        ));
        weight += 3;
    }
    if let Some(network) = known.network.filter(|network| (now - network).abs() > network.abs() * APART) {
        why.push(format!(
            "I jeres netværk er tallet typisk {}; hos jer er det {}. Hvad kan I lære af hinanden?",
            measure.figure(network),
            measure.figure(now)
        ));
        weight += 2;
    }
    if known.unheard.contains(&MissingVoice::Voices) {
        why.push("Ingen har skrevet, hvad børn, forældre og medarbejdere oplever bag tallet.".to_owned());
        // By itself it is no topic: else all would be one.
        weight += u8::from(weight > 0);
    }
    let (indicator, title) = (indicator.id.clone(), indicator.name.clone());
    (weight > 0).then_some(Proposal { indicator, title, why, weight })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::date::Date;
    use crate::domain::indicator::Indicator;
    use crate::domain::measure::Measure;
    use crate::domain::period::Period;
    use crate::domain::series::Series;

    fn series(figures: &[(u16, f64, u32)]) -> Series {
        let mut series = Series::default();
        for &(year, figure, n) in figures {
            let period = Period::SchoolYear(year);
            series.set_figure(period, Measure::Percent, Some(figure));
            series.observations.get_or_default(period).n = Some(n);
        }
        series
    }

    #[track_caller]
    fn check(
        figures: &[(u16, f64, u32)],
        is_heard: bool,
        wanted: Option<f64>,
        network: Option<f64>,
        expected: &[&str],
    ) {
        let indicator = Indicator {
            id: "hoejt-fravaer".to_owned(),
            name: "Færre med højt fravær".to_owned(),
            about: String::new(),
            measure: Measure::Percent,
            wanted: Wanted::Down,
            is_own: false,
        };
        let reading = SeriesAnalysis::of(&indicator, &series(figures), Date::new(2026, 11, 25).unwrap());
        let unheard = if is_heard { Vec::new() } else { vec![MissingVoice::Voices] };
        let found = propose(&[ProposalContext { reading, wanted, network, unheard }]);
        let why: Vec<String> = found.into_iter().flat_map(|proposal| proposal.why).collect();
        assert_eq!(why.len(), expected.len(), "{why:?}");
        for (why, expected) in why.iter().zip(expected) {
            assert!(why.contains(expected), "{why}");
        }
    }

    #[test]
    fn agreement_what_to_talk_about_says_why() {
        // The same change is chance among few, and more among many.
        check(&[(2024, 10.0, 40), (2025, 14.0, 40)], true, None, None, &[]);
        check(&[(2024, 10.0, 900), (2025, 14.0, 900)], true, None, None, &["mod den ønskede retning. Det er mere"]);
        check(&[(2025, 14.0, 40)], true, Some(8.0), None, &["Aftalen ønsker 8 %"]);
        check(&[(2025, 7.0, 40)], true, Some(8.0), None, &[]);
        check(&[(2025, 14.0, 40)], true, None, Some(8.5), &["I jeres netværk"]);
        check(&[(2025, 14.0, 40)], true, None, Some(14.5), &[]);
        // That nobody has said anything is a reason more, and none alone.
        check(&[(2025, 14.0, 40)], false, None, None, &[]);
        check(&[(2025, 14.0, 40)], false, Some(8.0), None, &["Aftalen ønsker", "Ingen har skrevet"]);
        check(&[], false, Some(8.0), Some(8.5), &[]);
    }
}
