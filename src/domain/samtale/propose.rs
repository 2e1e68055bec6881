//! Topics for a conversation, proposed from the data.
//!
//! Each proposal states its reasons. A proposal is an opening for a conversation and must never judge anybody.

use crate::domain::dialogue::MissingVoice;
use crate::domain::fractional_index;
use crate::domain::measure::Wanted;
use crate::domain::series_analysis::{SeriesAnalysis, TargetStatus, Trend};

use super::worsening::worsening_in_words;

/// A proposed topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The indicator's id.
    pub indicator: String,
    /// The title of the topic: the indicator's name.
    pub title: String,
    /// The reasons for the proposal in Danish, the weightiest first.
    pub reasons: Vec<String>,
    /// The sum of the weights of all reasons.
    weight: u8,
}

/// The data of one indicator for one unit.
#[derive(Clone, Debug)]
pub struct ProposalContext {
    /// The analysis of the unit's figures as of today.
    pub analysis: SeriesAnalysis,
    /// The figure that the agreement wants to reach.
    pub wanted: Option<f64>,
    /// The median of the unit's network in the period of the unit's last figure, if the network has enough units for a
    /// median.
    pub network: Option<f64>,
    /// The parts that are still missing from the dialogue about the last figure.
    pub missing_voices: Vec<MissingVoice>,
}

/// The smallest difference to the network that is a reason, as a share of the network's median.
const MIN_NETWORK_DIFFERENCE: f64 = 0.1;

/// Proposes topics, the weightiest first. An indicator is proposed once, with all reasons.
pub fn propose(known: &[ProposalContext]) -> Vec<Proposal> {
    fractional_index::sorted(known.iter().filter_map(proposal_for).collect(), &|one: &Proposal, other| {
        one.weight > other.weight
    })
}

/// Proposes one indicator; `None` if there is no figure or no reason that carries weight.
fn proposal_for(context: &ProposalContext) -> Option<Proposal> {
    let analysis = &context.analysis;
    let (indicator, measure) = (&analysis.indicator, analysis.measure());
    let last = analysis.latest()?;
    let now = last.observation.value?;
    let is_better = |one: f64, other: f64| if indicator.wanted == Wanted::Up { one > other } else { one < other };
    let (mut reasons, mut weight) = (Vec::new(), 0u8);
    if let Some(words) = worsening_in_words(analysis) {
        reasons.push(words);
        weight += 4;
    }
    if let Some(change) =
        analysis.change().filter(|change| change.trend != Trend::Level && change.may_be_chance == Some(false))
    {
        let ((from_period, from_figure), (to_period, to_figure)) = (change.from, change.to);
        let direction =
            if is_better(to_figure, from_figure) { "i den ønskede retning" } else { "mod den ønskede retning" };
        reasons.push(format!(
            "Tallet er gået fra {} ({}) til {} ({}), {direction}. Det er mere, end tilfældet plejer at give.",
            measure.format_figure(from_figure),
            from_period.danish(),
            measure.format_figure(to_figure),
            to_period.danish()
        ));
        weight += if is_better(to_figure, from_figure) { 3 } else { 4 };
    }
    if let Some(wanted) = context.wanted.filter(|wanted| is_better(*wanted, now)) {
        reasons.push(format!(
            "Aftalen ønsker {}; tallet er {} ({}).",
            measure.format_figure(wanted),
            measure.format_figure(now),
            last.period.danish()
        ));
        weight += 3;
    } else if let Some(TargetStatus::Missed(target)) = analysis.target_status() {
        reasons.push(format!(
            "Målet er {}; tallet er {} ({}).",
            measure.format_figure(target),
            measure.format_figure(now),
            last.period.danish()
        ));
        weight += 3;
    }
    if let Some(network) =
        context.network.filter(|network| (now - network).abs() > network.abs() * MIN_NETWORK_DIFFERENCE)
    {
        reasons.push(format!(
            "I jeres netværk er tallet typisk {}; hos jer er det {}. Hvad kan I lære af hinanden?",
            measure.format_figure(network),
            measure.format_figure(now)
        ));
        weight += 2;
    }
    if context.missing_voices.contains(&MissingVoice::Voices) {
        reasons.push("Ingen har skrevet, hvad børn, forældre og medarbejdere oplever bag tallet.".to_owned());
        // Missing voices add weight only to another reason. Otherwise nearly every indicator would become a topic.
        weight += u8::from(weight > 0);
    }
    let (indicator, title) = (indicator.id.clone(), indicator.name.clone());
    (weight > 0).then_some(Proposal { indicator, title, reasons, weight })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::date::Date;
    use crate::domain::indicator::Indicator;
    use crate::domain::measure::Measure;
    use crate::domain::period::Period;
    use crate::domain::series::Series;

    /// Figures by year, each with the number of persons; 0 if the number is unknown.
    fn series(figures: &[(u16, f64, u32)]) -> Series {
        let mut series = Series::default();
        for &(year, figure, n) in figures {
            let period = Period::SchoolYear(year);
            series.set_figure(period, Measure::Percent, Some(figure));
            series.observations.get_or_default(period).n = Some(n).filter(|n| *n > 0);
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
        let found = propose(&[ProposalContext { analysis: reading, wanted, network, missing_voices: unheard }]);
        let why: Vec<String> = found.into_iter().flat_map(|proposal| proposal.reasons).collect();
        assert_eq!(why.len(), expected.len(), "{why:?}");
        for (why, expected) in why.iter().zip(expected) {
            assert!(why.contains(expected), "{why}");
        }
    }

    #[test]
    fn propose_states_a_reason_for_each_topic() {
        // The same change may be chance among few children, but not among many.
        check(&[(2024, 10.0, 40), (2025, 14.0, 40)], true, None, None, &[]);
        check(&[(2024, 10.0, 900), (2025, 14.0, 900)], true, None, None, &["mod den ønskede retning. Det er mere"]);
        check(&[(2025, 14.0, 40)], true, Some(8.0), None, &["Aftalen ønsker 8 %"]);
        check(&[(2025, 7.0, 40)], true, Some(8.0), None, &[]);
        check(&[(2025, 14.0, 40)], true, None, Some(8.5), &["I jeres netværk"]);
        check(&[(2025, 14.0, 40)], true, None, Some(14.5), &[]);
        // Missing voices are an additional reason, but never the only one.
        check(&[(2025, 14.0, 40)], false, None, None, &[]);
        check(&[(2025, 14.0, 40)], false, Some(8.0), None, &["Aftalen ønsker", "Ingen har skrevet"]);
        check(&[], false, Some(8.0), Some(8.5), &[]);
    }

    #[test]
    fn propose_takes_figures_that_get_worse_three_times_in_a_row() {
        let figures = |n: u32| [(2022u16, 5.1, n), (2023, 5.8, n), (2024, 6.3, n), (2025, 7.0, n)];
        let worse = "mod den ønskede retning tre gange i træk: 5,1 → 5,8 → 6,3 → 7,0.";
        // Chance may explain each change among few children, and of an unknown number nothing can be said.
        for n in [0, 12, 40] {
            check(&figures(n), true, None, None, &[worse]);
            check(&figures(n)[1..], true, None, None, &[]);
        }
        check(&figures(40), false, Some(5.0), None, &[worse, "Aftalen ønsker 5 %", "Ingen har skrevet"]);
        check(&figures(90_000), true, None, None, &[worse, "Det er mere, end tilfældet plejer at give."]);
        // The wanted direction is down.
        check(&[(2022, 7.0, 0), (2023, 6.3, 0), (2024, 5.8, 0), (2025, 5.1, 0)], true, None, None, &[]);
    }

    #[test]
    fn propose_puts_the_figure_with_the_weightiest_reasons_first() {
        let context = |name: &str, figures: &[(u16, f64, u32)], wanted: Option<f64>| {
            let indicator = Indicator {
                id: name.to_owned(),
                name: name.to_owned(),
                about: String::new(),
                measure: Measure::Percent,
                wanted: Wanted::Down,
                is_own: false,
            };
            let analysis = SeriesAnalysis::of(&indicator, &series(figures), Date::new(2026, 11, 25).unwrap());
            ProposalContext { analysis, wanted, network: None, missing_voices: Vec::new() }
        };
        let found = propose(&[
            context("uændret", &[(2024, 8.0, 0), (2025, 8.0, 0)], None),
            context("over det ønskede", &[(2025, 8.0, 0)], Some(7.0)),
            context("værre", &[(2022, 5.1, 0), (2023, 5.8, 0), (2024, 6.3, 0), (2025, 7.0, 0)], None),
        ]);
        let titles: Vec<&str> = found.iter().map(|proposal| proposal.title.as_str()).collect();
        assert_eq!(titles, ["værre", "over det ønskede"]);
    }
}
