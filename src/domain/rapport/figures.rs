//! The patterns in published figures: the line of one unit, the median of many units, or a row for each of a few units.
//! A single figure is said in a sentence, since a line would show one point between empty axes.

use crate::domain::enhed::{EnhedKind, Sector};
use crate::domain::indicator::Indicator;
use crate::domain::pattern::Pattern;
use crate::domain::publish::{FEWEST_UNITS, PublishedSeries};
use crate::domain::series_analysis::SeriesAnalysis;

use super::sources::{ReportUnit, Sources};

/// An indicator as shown in a report, for one sector.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportedIndicator {
    /// The sector: `Skoler`; empty if the report is about one unit.
    pub sector: &'static str,
    /// The figures to show.
    pub view: FigureView,
}

/// The figures of an indicator in the form in which they are shown.
#[derive(Clone, Debug, PartialEq)]
pub enum FigureView {
    /// A line: the figures of one unit, or the median of several. The second value is the number of units.
    Line(Box<SeriesAnalysis>, usize, Option<Pattern>),
    /// The only figure in a sentence, or why there is no median.
    Sentence(String),
    /// One row per unit, if there are too few units for a median: name, last figure, and change.
    Units(Vec<[String; 3]>),
}

/// The figures of an indicator in the units of a report: one view per sector, or a single view for a report on one
/// unit.
pub fn reported_indicator(sources: &Sources, indicator: &Indicator) -> Vec<ReportedIndicator> {
    let empty = PublishedSeries::default();
    let published: Vec<&PublishedSeries> =
        sources.units.iter().map(|unit| unit.series.get(&indicator.id).unwrap_or(&empty)).collect();
    let analyse = |series: &PublishedSeries| SeriesAnalysis::of(indicator, series, sources.today);
    if let [only] = &*published {
        let analysis = analyse(only);
        if analysis.latest().is_none() {
            return Vec::new();
        }
        let sentence = only_figure(&analysis);
        let view = sentence.map_or_else(|| FigureView::Line(Box::new(analysis), 1, None), FigureView::Sentence);
        return vec![ReportedIndicator { sector: "", view }];
    }
    let sectors = Sector::ALL.into_iter().map(Some).chain([None]);
    let of_sector = |sector: Option<Sector>| {
        let members = sources.units.iter().zip(published.iter().copied());
        let members =
            members.filter(|(unit, series)| unit.kind.map(EnhedKind::sector) == sector && series.has_figures());
        let members: Vec<(&ReportUnit, &PublishedSeries)> = members.collect();
        let view = if members.len() < FEWEST_UNITS {
            FigureView::Units(members.iter().filter_map(|(unit, series)| row(&unit.name, &analyse(series))).collect())
        } else {
            let analyses: Vec<SeriesAnalysis> = members.iter().map(|(_, series)| analyse(series)).collect();
            let all: Vec<&PublishedSeries> = members.iter().map(|(_, series)| *series).collect();
            let median = analyse(&PublishedSeries::median(&all, indicator.measure));
            median_view(median, members.len(), sector, Pattern::of(&analyses))
        };
        (!members.is_empty()).then_some(ReportedIndicator { sector: sector_name(sector), view })
    };
    sectors.filter_map(of_sector).collect()
}

/// The name of a sector: `Skoler`.
fn sector_name(sector: Option<Sector>) -> &'static str {
    sector.map_or("Andre enheder", Sector::danish)
}

/// The view of the median of several units of a sector.
fn median_view(median: SeriesAnalysis, units: usize, sector: Option<Sector>, pattern: Option<Pattern>) -> FigureView {
    let sector = sector_name(sector).to_lowercase();
    let sentence = if median.latest().is_none() {
        let name = &median.indicator.name;
        format!("{name}: Der er ikke tal fra mindst {FEWEST_UNITS} af {units} enheder ({sector}) i samme periode.")
    } else if let Some(figure) = only_figure(&median) {
        format!("{figure} Medianen af {units} enheder ({sector}).")
    } else {
        return FigureView::Line(Box::new(median), units, pattern);
    };
    let pattern = pattern.map(|pattern| format!(" {}.", pattern.in_words())).unwrap_or_default();
    FigureView::Sentence(sentence + &pattern)
}

/// Says the only figure of a series in a sentence: `Fravær reduceres: 6,1 % (2024/25). Det første tal.` `None` if the
/// series has no figure or several.
fn only_figure(analysis: &SeriesAnalysis) -> Option<String> {
    let mut with_figure = analysis.points.iter().filter(|point| point.observation.value.is_some());
    let (only, None) = (with_figure.next()?, with_figure.next()) else { return None };
    let figure = analysis.measure().format_figure(only.observation.value?);
    let is_first = analysis.points.first().is_some_and(|point| point.period == only.period);
    let which = if is_first { "Det første tal." } else { "Det eneste tal." };
    Some(format!("{}: {figure} ({}). {which}", analysis.indicator.name, only.period.danish()))
}

/// Formats the row of a unit: name, last figure with its period, and change. `None` if there is no figure.
fn row(name: &str, analysis: &SeriesAnalysis) -> Option<[String; 3]> {
    let last = analysis.latest()?;
    let figure = analysis.measure().format_figure(last.observation.value?);
    let change = analysis.change_in_words();
    let change = if change.is_empty() { "Det første tal".to_owned() } else { change };
    Some([name.to_owned(), format!("{figure} ({})", last.period.danish()), change])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::cycle::Cycle;
    use crate::domain::date::Date;
    use crate::domain::id::Id;
    use crate::domain::measure::Measure;
    use crate::domain::measure::Wanted;
    use crate::domain::package::Package;
    use crate::domain::period::Period;
    use crate::domain::publish::KnownFigures;
    use crate::domain::series::Series;

    fn indicator() -> Indicator {
        Indicator {
            id: "fravaer".to_owned(),
            name: "Fravær reduceres".to_owned(),
            about: String::new(),
            measure: Measure::Percent,
            wanted: Wanted::Down,
            is_own: false,
        }
    }

    fn unit(name: &str, above: Option<&str>, figures: &[(u16, f64, u32)]) -> (ReportUnit, Series) {
        let mut series = Series { indicator: Id::parse("fravaer"), ..Series::default() };
        for &(year, figure, n) in figures {
            series.set_figure(Period::SchoolYear(year), Measure::Percent, Some(figure));
            series.observations.get_or_default(Period::SchoolYear(year)).n = Some(n);
        }
        let unit = ReportUnit {
            id: Id::parse(name),
            name: name.to_owned(),
            kind: Some(EnhedKind::Skole),
            above: above.and_then(Id::parse),
            ..ReportUnit::default()
        };
        (unit, series)
    }

    fn report(units: Vec<(ReportUnit, Series)>) -> Vec<ReportedIndicator> {
        let mut known = KnownFigures::default();
        for (unit, series) in &units {
            let (id, indicator) = (unit.id.clone().unwrap(), series.indicator.clone().unwrap());
            unit.above.iter().for_each(|above| known.put_under(id.clone(), above.clone()));
            known.add_series(&id, &indicator, series, None);
        }
        let published = known.publish();
        let with_series = |(mut unit, series): (ReportUnit, Series)| {
            let series = published.series(unit.id.as_ref().unwrap(), &series);
            unit.series.insert("fravaer".to_owned(), series);
            unit
        };
        let units = units.into_iter().map(with_series).collect();
        let today = Date::new(2026, 8, 12).unwrap();
        let (cycle, groups, package) = (Cycle::of(today), Vec::new(), Package::default());
        reported_indicator(&Sources { today, cycle, groups, package, units }, &indicator())
    }

    #[test]
    fn five_units_show_a_median_and_fewer_show_rows() {
        let five: Vec<(ReportUnit, Series)> = (0..5u8)
            .map(|number| {
                let figures = [(2024, f64::from(number) + 4.0, 40), (2025, f64::from(number), 40)];
                unit(&format!("u{number}"), None, &figures)
            })
            .collect();
        let shown = report(five.clone());
        let [ReportedIndicator { sector: "Skoler", view: FigureView::Line(analysis, 5, Some(_)) }] = &*shown else {
            panic!("{shown:?}")
        };
        assert_eq!(analysis.latest().and_then(|point| point.observation.value), Some(2.0));
        let shown = report(five[..4].to_vec());
        let [ReportedIndicator { view: FigureView::Units(rows), .. }] = &*shown else { panic!("{shown:?}") };
        assert_eq!(rows.len(), 4);
        assert_eq!(rows[0][1].replace('\u{a0}', " "), "0 % (2025/26)");
        let shown = report(five[..1].to_vec());
        assert!(matches!(&*shown, [ReportedIndicator { sector: "", view: FigureView::Line(_, 1, None) }]), "{shown:?}");
        // One of the five has no figure that may be published, so only four count.
        let mut small = five;
        small[4] = unit("u4", None, &[(2024, 3.0, 4), (2025, 4.0, 4)]);
        assert!(
            matches!(&report(small)[..], [ReportedIndicator { view: FigureView::Units(rows), .. }] if rows.len() == 4)
        );
    }

    #[track_caller]
    fn check_sentence(units: Vec<(ReportUnit, Series)>, expected: &str) {
        let shown = report(units);
        let [ReportedIndicator { view: FigureView::Sentence(sentence), .. }] = &*shown else { panic!("{shown:?}") };
        assert_eq!(sentence.replace('\u{a0}', " "), expected);
    }

    #[test]
    fn single_figure_is_said_in_a_sentence() {
        let single = unit("u", None, &[(2024, 6.1, 40)]);
        check_sentence(vec![single], "Fravær reduceres: 6,1 % (2024/25). Det første tal.");
        let with_hidden = unit("u", None, &[(2023, 5.0, 4), (2024, 6.1, 40)]);
        check_sentence(vec![with_hidden], "Fravær reduceres: 6,1 % (2024/25). Det eneste tal.");
        let five = |year: fn(u16) -> u16| {
            (0..5u16)
                .map(|number| unit(&format!("u{number}"), None, &[(year(number), f64::from(number) + 4.0, 40)]))
                .collect::<Vec<_>>()
        };
        check_sentence(
            five(|_| 2024),
            "Fravær reduceres: 6 % (2024/25). Det første tal. Medianen af 5 enheder (skoler).",
        );
        check_sentence(
            five(|number| 2021 + number % 2),
            "Fravær reduceres: Der er ikke tal fra mindst 5 af 5 enheder (skoler) i samme periode.",
        );
        assert_eq!(report(vec![unit("u", None, &[(2024, 6.1, 4)])]), Vec::new(), "a hidden figure is no figure");
    }

    /// The small figure of one house could be computed from the figures of its area and of the other house.
    #[test]
    fn figures_that_would_reveal_a_hidden_one_are_hidden() {
        let shown = report(vec![
            unit("area", None, &[(2025, 11.0, 64)]),
            unit("big", Some("area"), &[(2025, 12.0, 60)]),
            unit("small", Some("area"), &[(2025, 77.7, 4)]),
        ]);
        let [ReportedIndicator { view: FigureView::Units(rows), .. }] = &*shown else { panic!("{shown:?}") };
        let names: Vec<_> = rows.iter().map(|row| row[0].as_str()).collect();
        assert_eq!(names, ["area"], "the other house is hidden as well");
        assert!(!format!("{shown:?}").contains("77"), "{shown:?}");
    }
}
