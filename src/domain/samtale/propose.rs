//! What to talk about, proposed from the data: each proposal says why it was made. It opens a conversation; it judges
//! nobody.

use crate::domain::indicator::{Indicator, Wanted};
use crate::domain::number;
use crate::domain::order;
use crate::domain::period::Period;
use crate::domain::series::{Measure, Observation, Series};

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
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The indicator.
    pub indicator: Indicator<'a>,
    /// The unit's figures.
    pub series: &'a Series,
    /// What the agreement wants it to be.
    pub wanted: Option<f64>,
    /// The figures of the other units of its network, of the same period as the unit's last one.
    pub network: &'a [f64],
}

/// How far a figure lies from another, before a difference to the network is worth a word: a tenth of the network's.
const APART: f64 = 0.1;
/// How many units a network needs, beside the unit itself, to be a measure of anything.
const FEWEST: usize = 2;

/// What to talk about, the weightiest first; an indicator is proposed once, with all the reasons.
pub fn propose(known: &[Known<'_>]) -> Vec<Proposal> {
    order::sorted(known.iter().filter_map(of).collect(), &|one: &Proposal, other| one.weight > other.weight)
}

fn of(known: &Known<'_>) -> Option<Proposal> {
    let figures: Vec<(Period, f64, &Observation)> =
        known.series.observations.iter().filter_map(|(period, own)| Some((*period, own.value?, own))).collect();
    let &(last, now, _) = figures.last()?;
    let unit = if known.indicator.measure == Measure::Percent { "\u{a0}%" } else { "" };
    let said = |figure: f64| format!("{}{unit}", number::danish(rounded(figure)));
    let better = |one: f64, other: f64| if known.indicator.wanted == Wanted::Up { one > other } else { one < other };
    let (mut why, mut weight) = (Vec::new(), 0u8);
    if let [.., (before, earlier, was), (_, _, is)] = *figures
        && is_beyond_chance(known.indicator.measure, was, is)
    {
        let way = if better(now, earlier) { "i den ønskede retning" } else { "mod den ønskede retning" };
        why.push(format!(
            "Tallet er gået fra {} ({}) til {} ({}), {way}. Det er mere, end tilfældet plejer at give.",
            said(earlier),
            before.danish(),
            said(now),
            last.danish()
        ));
        weight += if better(now, earlier) { 3 } else { 4 };
    }
    if let Some(wanted) = known.wanted.filter(|wanted| better(*wanted, now)) {
        why.push(format!("Aftalen ønsker {}; tallet er {} ({}).", said(wanted), said(now), last.danish()));
        weight += 3;
    }
    if known.network.len() >= FEWEST {
        #[allow(clippy::cast_precision_loss, reason = "a network has a few units")]
        let mean = known.network.iter().sum::<f64>() / known.network.len() as f64;
        if (now - mean).abs() > mean.abs() * APART {
            why.push(format!(
                "I jeres netværk er tallet {} i gennemsnit; hos jer er det {}. Hvad kan I lære af hinanden?",
                said(mean),
                said(now)
            ));
            weight += 2;
        }
    }
    if known.series.notes.get(&last).is_none_or(|note| note.as_str().trim().is_empty()) {
        why.push("Ingen har skrevet, hvad børn, forældre og medarbejdere oplever bag tallet.".to_owned());
        // By itself it is no topic: else all would be one.
        weight += u8::from(weight > 0);
    }
    (weight > 0).then(|| Proposal {
        indicator: known.indicator.id.to_owned(),
        title: known.indicator.name.to_owned(),
        why,
        weight,
    })
}

fn rounded(figure: f64) -> f64 {
    (figure * 10.0).round() / 10.0
}

/// Whether two shares of so many persons differ beyond chance: by more than 1.96 standard errors of the difference of
/// two proportions. Of figures that rest on an unknown number nothing is claimed.
fn is_beyond_chance(measure: Measure, was: &Observation, is: &Observation) -> bool {
    let (Measure::Percent, Some(one), Some(other)) = (measure, was.value, is.value) else { return false };
    let (Some(m), Some(n)) = (was.n, is.n) else { return false };
    let (m, n) = (f64::from(m.max(1)), f64::from(n.max(1)));
    let (p, q) = (one / 100.0, other / 100.0);
    let pooled = (p * m + q * n) / (m + n);
    let variance = pooled * (1.0 - pooled) * (1.0 / m + 1.0 / n);
    // Squared, so that there is no root in it.
    (p - q) * (p - q) > 1.96 * 1.96 * variance
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABSENCE: Indicator<'static> = Indicator {
        id: "hoejt-fravaer",
        name: "Færre med højt fravær",
        about: "",
        measure: Measure::Percent,
        wanted: Wanted::Down,
    };

    fn series(figures: &[(u16, f64, u32)], note: &str) -> Series {
        let mut series = Series::default();
        for &(year, figure, n) in figures {
            let period = Period::SchoolYear(year);
            series.set_figure(period, Measure::Percent, Some(figure));
            series.observations.get_or_default(period).n = Some(n);
            series.notes.insert(period, note.into());
        }
        series
    }

    #[track_caller]
    fn check(figures: &[(u16, f64, u32)], note: &str, wanted: Option<f64>, network: &[f64], expected: &[&str]) {
        let series = series(figures, note);
        let found = propose(&[Known { indicator: ABSENCE, series: &series, wanted, network }]);
        let why: Vec<String> = found.into_iter().flat_map(|proposal| proposal.why).collect();
        assert_eq!(why.len(), expected.len(), "{why:?}");
        for (why, expected) in why.iter().zip(expected) {
            assert!(why.contains(expected), "{why}");
        }
    }

    #[test]
    fn agreement_what_to_talk_about_says_why() {
        // The same change is chance among few, and more among many.
        check(&[(2024, 10.0, 40), (2025, 14.0, 40)], "Set", None, &[], &[]);
        check(&[(2024, 10.0, 900), (2025, 14.0, 900)], "Set", None, &[], &["mod den ønskede retning. Det er mere"]);
        check(&[(2025, 14.0, 40)], "Set", Some(8.0), &[], &["Aftalen ønsker 8"]);
        check(&[(2025, 7.0, 40)], "Set", Some(8.0), &[], &[]);
        check(&[(2025, 14.0, 40)], "Set", None, &[8.0, 9.0], &["I jeres netværk"]);
        check(&[(2025, 14.0, 40)], "Set", None, &[8.0], &[]);
        // That nobody has said anything is a reason more, and none alone.
        check(&[(2025, 14.0, 40)], "", None, &[], &[]);
        check(&[(2025, 14.0, 40)], "", Some(8.0), &[], &["Aftalen ønsker", "Ingen har skrevet"]);
        check(&[], "", Some(8.0), &[8.0, 9.0], &[]);
    }
}
