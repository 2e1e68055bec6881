//! The patterns in the figures, as they may be published: one unit's own line, the median of many, or a few units beside
//! one another.

use crate::domain::enhed::{EnhedKind, Sector};
use crate::domain::indicator::Indicator;
use crate::domain::pattern::Pattern;
use crate::domain::publish::{FEWEST_UNITS, PublishedSeries};
use crate::domain::series_analysis::SeriesAnalysis;

use super::sources::{Sources, Unit};

/// What is seen of an indicator.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportedIndicator {
    /// What it is seen in: `Skoler`; nothing where the report is of one unit.
    pub of: &'static str,
    /// How it is shown.
    pub view: FigureView,
}

/// How an indicator is shown.
#[derive(Clone, Debug, PartialEq)]
pub enum FigureView {
    /// A line: the unit's own figures, or the median of so many units.
    Line(Box<SeriesAnalysis>, usize, Option<Pattern>),
    /// Fewer units than a median is shown of: each in its own row, with its last figure and what became of it.
    Units(Vec<[String; 3]>),
}

/// What is seen of an indicator in the units of a report.
pub fn reported_indicator(sources: &Sources, indicator: &Indicator) -> Vec<ReportedIndicator> {
    let nothing = PublishedSeries::default();
    let published: Vec<&PublishedSeries> =
        sources.units.iter().map(|unit| unit.series.get(&indicator.id).unwrap_or(&nothing)).collect();
    let read = |series: &PublishedSeries| SeriesAnalysis::of(indicator, series, sources.today);
    if let [only] = &*published {
        let reading = read(only);
        let view = FigureView::Line(Box::new(reading), 1, None);
        return if only.has_figures() { vec![ReportedIndicator { of: "", view }] } else { Vec::new() };
    }
    let sectors = Sector::ALL.into_iter().map(Some).chain([None]);
    let of_sector = |sector: Option<Sector>| {
        let own = sources.units.iter().zip(published.iter().copied());
        let own = own.filter(|(unit, series)| unit.kind.map(EnhedKind::sector) == sector && series.has_figures());
        let own: Vec<(&Unit, &PublishedSeries)> = own.collect();
        let view = if own.len() < FEWEST_UNITS {
            FigureView::Units(own.iter().filter_map(|(unit, series)| row(&unit.name, &read(series))).collect())
        } else {
            let readings: Vec<SeriesAnalysis> = own.iter().map(|(_, series)| read(series)).collect();
            let all: Vec<&PublishedSeries> = own.iter().map(|(_, series)| *series).collect();
            FigureView::Line(
                Box::new(read(&PublishedSeries::median(&all, indicator.measure))),
                own.len(),
                Pattern::of(&readings),
            )
        };
        (!own.is_empty()).then_some(ReportedIndicator { of: sector.map_or("Andre enheder", Sector::danish), view })
    };
    sectors.filter_map(of_sector).collect()
}

fn row(name: &str, reading: &SeriesAnalysis) -> Option<[String; 3]> {
    let last = reading.latest()?;
    let figure = reading.measure().figure(last.observation.value?);
    let change = reading.change_in_words();
    let change = if change.is_empty() { "Det første tal".to_owned() } else { change };
    Some([name.to_owned(), format!("{figure} ({})", last.period.danish()), change])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::date::Date;
    use crate::domain::id::Id;
    use crate::domain::measure::Measure;
    use crate::domain::measure::Wanted;
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

    fn unit(name: &str, above: Option<&str>, figures: &[(u16, f64, u32)]) -> (Unit, Series) {
        let mut series = Series { indicator: Id::parse("fravaer"), ..Series::default() };
        for &(year, figure, n) in figures {
            series.set_figure(Period::SchoolYear(year), Measure::Percent, Some(figure));
            series.observations.get_or_default(Period::SchoolYear(year)).n = Some(n);
        }
        let unit = Unit {
            id: Id::parse(name),
            name: name.to_owned(),
            kind: Some(EnhedKind::Skole),
            above: above.and_then(Id::parse),
            ..Unit::default()
        };
        (unit, series)
    }

    fn of(units: Vec<(Unit, Series)>) -> Vec<ReportedIndicator> {
        let mut known = KnownFigures::default();
        for (unit, series) in &units {
            let (id, indicator) = (unit.id.clone().unwrap(), series.indicator.clone().unwrap());
            unit.above.iter().for_each(|above| known.put_under(id.clone(), above.clone()));
            known.add_series(&id, &indicator, series, None);
        }
        let published = known.publish();
        let with_series = |(mut unit, series): (Unit, Series)| {
            let series = published.series(unit.id.as_ref().unwrap(), &series);
            unit.series.insert("fravaer".to_owned(), series);
            unit
        };
        let units = units.into_iter().map(with_series).collect();
        let sources = Sources { today: Date::new(2026, 8, 12).unwrap(), groups: Vec::new(), themes: Vec::new(), units };
        reported_indicator(&sources, &indicator())
    }

    #[test]
    fn agreement_report_shows_a_median_of_five_units_and_rows_of_fewer() {
        let five: Vec<(Unit, Series)> = (0..5u8)
            .map(|at| unit(&format!("u{at}"), None, &[(2024, f64::from(at) + 4.0, 40), (2025, f64::from(at), 40)]))
            .collect();
        let seen = of(five.clone());
        let [ReportedIndicator { of: "Skoler", view: FigureView::Line(reading, 5, Some(_)) }] = &*seen else {
            panic!("{seen:?}")
        };
        assert_eq!(reading.latest().and_then(|point| point.observation.value), Some(2.0));
        let seen = of(five[..4].to_vec());
        let [ReportedIndicator { view: FigureView::Units(rows), .. }] = &*seen else { panic!("{seen:?}") };
        assert_eq!(rows.len(), 4);
        assert_eq!(rows[0][1].replace('\u{a0}', " "), "0 % (2025/26)");
        let seen = of(five[..1].to_vec());
        assert!(matches!(&*seen, [ReportedIndicator { of: "", view: FigureView::Line(_, 1, None) }]), "{seen:?}");
        // One of them has no figures that may be shown: then they are four.
        let mut small = five;
        small[4] = unit("u4", None, &[(2024, 3.0, 4), (2025, 4.0, 4)]);
        assert!(matches!(&of(small)[..], [ReportedIndicator { view: FigureView::Units(rows), .. }] if rows.len() == 4));
    }

    /// A house's small figure could be worked out from its area's and its sister's.
    #[test]
    fn agreement_report_hides_what_an_area_would_give_away() {
        let seen = of(vec![
            unit("area", None, &[(2025, 11.0, 64)]),
            unit("big", Some("area"), &[(2025, 12.0, 60)]),
            unit("small", Some("area"), &[(2025, 77.7, 4)]),
        ]);
        let [ReportedIndicator { view: FigureView::Units(rows), .. }] = &*seen else { panic!("{seen:?}") };
        let names: Vec<_> = rows.iter().map(|row| row[0].as_str()).collect();
        assert_eq!(names, ["area"], "the sister is hidden with it");
        assert!(!format!("{seen:?}").contains("77"), "{seen:?}");
    }
}
