//! The voices and assessments about figures that may be in a report.

use crate::domain::cycle::{Cycle, QuarterIndex};
use crate::domain::dialogue::Dialogue;
use crate::domain::id::Id;
use crate::domain::indicator::Indicator;
use crate::domain::period::Period;
use crate::domain::publish::PublishedSeries;

use super::compose::{ItemContent, non_empty_lines};
use super::sources::Sources;

/// The quarter of a cycle in which the report is written [FIF-12].
const REPORT_QUARTER: QuarterIndex = 4;

/// Returns the released voices and assessments about published figures, indicator by indicator: id, title, content.
pub(super) fn voices(sources: &Sources) -> Vec<(Id, String, ItemContent)> {
    let mut found = Vec::new();
    for indicator in sources.groups.iter().flat_map(|group| &group.indicators) {
        for unit in &sources.units {
            let Some(series) = unit.series.get(&indicator.id) else { continue };
            for (id, dialogue) in &unit.dialogues {
                let Some((period, figure)) = reported_figure(dialogue, indicator, series, sources.cycle) else {
                    continue;
                };
                let lines = non_empty_lines([
                    ("Faglig vurdering", dialogue.assessment.0.clone()),
                    ("Børn og unge", dialogue.children.0.clone()),
                    ("Forældre", dialogue.parents.0.clone()),
                    ("Fagprofessionelle", dialogue.professionals.0.clone()),
                ]);
                if !lines.is_empty() {
                    let title = format!("{}, {}: {figure}", indicator.name, period.danish());
                    found.push((id.clone(), title, ItemContent::Texts { by: unit.name.clone(), lines }));
                }
            }
        }
    }
    found
}

/// Returns the period and the figure that a dialogue is about, if the dialogue may be in the report of a cycle: it is
/// about the indicator, it was released, its period belongs to the report, and its figure is published in `series`.
///
/// A dialogue without a published figure stays out, since it could tell about a hidden one.
fn reported_figure(
    dialogue: &Dialogue,
    indicator: &Indicator,
    series: &PublishedSeries,
    cycle: Cycle,
) -> Option<(Period, String)> {
    let period = dialogue.period.filter(|period| dialogue.released == Some(true) && is_of_report(*period, cycle))?;
    let (_, of_indicator) = dialogue.about()?;
    let figure = series.counted(period, Some(indicator.measure)).filter(|_| of_indicator.as_str() == indicator.id)?;
    let measure = series.observations.get(&period).and_then(|observation| observation.measure);
    Some((period, measure.unwrap_or(indicator.measure).format_figure(figure)))
}

/// Whether a period of figures belongs to the report of a cycle: it ended before the report was due, and after the
/// report before it was due. Each period therefore belongs to one report.
fn is_of_report(period: Period, cycle: Cycle) -> bool {
    let due = |cycle: Cycle| cycle.quarter(REPORT_QUARTER).last_day();
    period.last_day() > due(cycle.previous()) && period.last_day() <= due(cycle)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::date::Date;
    use crate::domain::indicator::groups;
    use crate::domain::measure::Measure;
    use crate::domain::package::Package;
    use crate::domain::publish::KnownFigures;
    use crate::domain::rapport::sources::ReportUnit;
    use crate::domain::series::Series;

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    fn cycle() -> Cycle {
        Cycle::of(Date::new(2026, 8, 12).unwrap())
    }

    #[test]
    fn period_belongs_to_exactly_one_report() {
        for (period, is_of_this, is_of_next) in [
            (Period::SchoolYear(2023), false, false),
            (Period::SchoolYear(2024), true, false),
            (Period::SchoolYear(2025), true, false),
            (Period::SchoolYear(2026), false, true),
            (Period::Year(2024), true, false),
            (Period::Year(2025), true, false),
            (Period::Year(2026), false, true),
            (Period::Quarter(2024, 3), false, false),
            (Period::Quarter(2024, 4), true, false),
            (Period::Quarter(2026, 3), true, false),
            (Period::Quarter(2026, 4), false, true),
        ] {
            let belongs = [cycle(), cycle().next()].map(|cycle| is_of_report(period, cycle));
            assert_eq!(belongs, [is_of_this, is_of_next], "{period:?}");
        }
    }

    /// The dialogues of a unit about its figures of `fravaer` that enter the report. `given` has the first year of each
    /// school year with the number of persons behind its figure, and whether the dialogue was released.
    fn reported(given: &[(u16, Option<f64>, u32, Option<bool>)]) -> Vec<(String, String)> {
        let mut series = Series { indicator: Some(id("fravaer")), ..Series::default() };
        let mut unit = ReportUnit { id: Some(id("u")), name: "Skolen".to_owned(), ..ReportUnit::default() };
        for &(year, figure, n, released) in given {
            let period = Period::SchoolYear(year);
            if let Some(figure) = figure {
                series.set_figure(period, Measure::Percent, Some(figure));
                series.observations.get_or_default(period).n = Some(n);
            }
            let dialogue = Dialogue {
                series: Some(id("u.fravaer")),
                period: Some(period),
                assessment: " ".into(),
                parents: format!("Stemme {year}").as_str().into(),
                question: "Mellem os".into(),
                mechanism: "Mellem os".into(),
                initiative: "Mellem os".into(),
                released,
                ..Dialogue::default()
            };
            unit.dialogues.push((Dialogue::id(&id("u.fravaer"), period).unwrap(), dialogue));
        }
        let mut known = KnownFigures::default();
        known.add_series(&id("u"), &id("fravaer"), &series, None);
        unit.series.insert("fravaer".to_owned(), known.publish().series(&id("u"), &series));
        let sources = Sources {
            today: Date::new(2026, 8, 12).unwrap(),
            cycle: cycle(),
            groups: groups(crate::domain::fundament::present_at_hand(), &[]),
            package: Package::default(),
            units: vec![unit],
        };
        let found = voices(&sources).into_iter();
        found.map(|(_, title, content)| (title.replace('\u{a0}', " "), format!("{content:?}"))).collect()
    }

    #[test]
    fn released_voices_enter_with_their_figure_and_nothing_else_of_the_dialogue() {
        let found = reported(&[(2024, Some(6.1), 80, Some(true)), (2025, Some(6.8), 80, None)]);
        let [(title, content)] = &*found else { panic!("{found:?}") };
        assert_eq!(title, "Fravær reduceres, 2024/25: 6,1 %");
        assert!(content.contains("Stemme 2024") && content.contains("Skolen"), "{content}");
        assert!(!content.contains("Mellem os") && !content.contains("Faglig vurdering"), "{content}");
    }

    #[test]
    fn voices_stay_out_that_are_unreleased_old_or_about_a_figure_that_is_hidden_or_absent() {
        for (what, given) in [
            ("not released", (2025, Some(6.1), 80, None)),
            ("taken back", (2025, Some(6.1), 80, Some(false))),
            ("of the report before", (2023, Some(6.1), 80, Some(true))),
            ("of the next report", (2026, Some(6.1), 80, Some(true))),
            ("about a hidden figure", (2025, Some(6.1), 4, Some(true))),
            ("about a figure out of range", (2025, Some(712.0), 80, Some(true))),
            ("about no figure", (2025, None, 80, Some(true))),
        ] {
            assert_eq!(reported(&[given]), Vec::new(), "{what}");
        }
    }
}
