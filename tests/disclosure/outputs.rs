//! Everything the app hands out about an area, as text, and the figures that can be read from the texts.

use std::collections::{BTreeSet, HashMap};

use kvalitetshjul::chart::line::Median;
use kvalitetshjul::chart::standalone;
use kvalitetshjul::document::aftale::aftale;
use kvalitetshjul::document::rapport::rapport;
use kvalitetshjul::domain::aftale::Aftale;
use kvalitetshjul::domain::aftale::bundle::AgreementBundle;
use kvalitetshjul::domain::aftale::version::{self, Version};
use kvalitetshjul::domain::cycle::Cycle;
use kvalitetshjul::domain::dialogue::Dialogue;
use kvalitetshjul::domain::goal::Goal;
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::indicator::Group;
use kvalitetshjul::domain::measure::Measure;
use kvalitetshjul::domain::package::Package;
use kvalitetshjul::domain::period::Period;
use kvalitetshjul::domain::publish::{PublishedSeries, median};
use kvalitetshjul::domain::rapport::Rapport;
use kvalitetshjul::domain::rapport::compose::compose;
use kvalitetshjul::domain::rapport::sources::{ReportUnit, Sources};
use kvalitetshjul::domain::registry::{Kind, RegisteredBody};
use kvalitetshjul::domain::series::Series;
use kvalitetshjul::domain::series_analysis::SeriesAnalysis;
use kvalitetshjul::exchange::figures;
use kvalitetshjul::exchange::scope::{Scope, SharedPart};
use kvalitetshjul::exchange::table::{csv, out};
use kvalitetshjul::exchange::write::write;
use kvalitetshjul::record::Record;
use serde_json::Value;

use super::area::{Area, Cell, GoalSource, id, moment, name, today};

/// A text that leaves the device, by the format it is read back from.
pub(crate) enum Output {
    /// A file of records.
    File(String),
    /// A table of one series as CSV.
    Csv(String),
    /// A table of one series for the clipboard.
    Block(String),
    /// A table of all units as CSV.
    Matrix(String),
    /// A document or a drawing.
    Text(String),
}

impl Output {
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::File(text) | Self::Csv(text) | Self::Block(text) | Self::Matrix(text) | Self::Text(text) => text,
        }
    }
}

/// Returns the indices of the figures that the rule under test shows.
pub(crate) fn shown_figures(area: &Area) -> BTreeSet<usize> {
    let (published, indicator) = (figures::published(&area.records), id(&area.indicator.id));
    let is_shown = |&at: &usize| {
        let cell = &area.cells[at];
        cell.value.is_some() && !cell.is_protected && published.is_shown(&id(&name(cell.unit)), &indicator, cell.period)
    };
    (0..area.cells.len()).filter(is_shown).collect()
}

/// Produces every text that the app can hand out.
pub(crate) fn texts(area: &Area) -> Vec<Output> {
    let mut texts = Vec::new();
    let units: Vec<Id> = (0..area.units.len()).map(|unit| id(&name(unit))).collect();
    let mut parts = vec![
        SharedPart::Network { name: "Nord".to_owned() },
        SharedPart::DataPackage { units: units.clone(), package: None },
        SharedPart::Aftale { id: id("aftale") },
        SharedPart::Meeting { id: id("moede") },
        SharedPart::Chosen { ids: area.records.keys().cloned().collect() },
    ];
    parts.extend(units.iter().map(|id| SharedPart::Enhed { id: id.clone() }));
    for part in parts {
        let scope = Scope::Share { part, unmasked_for: None };
        texts.push(Output::File(write(&area.records, &scope, moment()).unwrap()));
    }
    let published = figures::published(&area.records);
    // One for each series record; a unit may have several.
    let series: Vec<(Id, PublishedSeries)> = area
        .records
        .values()
        .filter(|record| record.kind() == Some(Kind::Series))
        .map(|record| {
            let body: Series = record.view().unwrap();
            let unit = id(body.unit.as_ref().unwrap().as_str().trim_end_matches('b'));
            let series = published.series(&unit, &body);
            (unit, series)
        })
        .collect();
    for (unit, unit_series) in &series {
        let cells = out::of_series(unit.as_str(), &area.indicator, unit_series, today());
        texts.push(Output::Csv(csv::write(&cells)));
        texts.push(Output::Block(csv::write_block(&cells)));
        let periods: Vec<Period> = unit_series.observations.keys().copied().collect();
        let row = (unit.as_str(), &area.indicator, Some(unit_series.clone()));
        texts.push(Output::Text(csv::write(&out::sheet(&[row], &periods))));
        let median = median_of(area, unit_series, &series);
        texts.push(Output::Text(standalone::series_file(
            unit.as_str(),
            &area.indicator,
            unit_series,
            &[median],
            today(),
        )));
    }
    let names: Vec<String> = series.iter().map(|(unit, _)| unit.to_string()).collect();
    let column = series.iter().map(|(_, series)| series.clone()).collect();
    texts.push(Output::Matrix(csv::write(&out::matrix(&names, &[(&area.indicator, column)]))));
    let report_of = |takes: &dyn Fn(&Id) -> bool| {
        let units = series.iter().filter(|(unit, _)| takes(unit)).map(|(unit, unit_series)| {
            let mut report_unit =
                ReportUnit { id: Some(unit.clone()), name: unit.to_string(), ..ReportUnit::default() };
            report_unit.series.insert(area.indicator.id.clone(), unit_series.clone());
            report_unit.dialogues = dialogues_of(area, unit);
            (report_unit.trials, report_unit.deviations) = (children_of(area, unit), children_of(area, unit));
            (report_unit.prototypes, report_unit.stories) = (children_of(area, unit), children_of(area, unit));
            report_unit
        });
        report(area, units.collect())
    };
    texts.push(report_of(&|_| true));
    texts.extend(units.iter().map(|one| report_of(&|unit| unit == one)));
    texts.extend(agreement(area));
    texts
}

/// Computes the medians of all units that a drawing shows beside the line of one unit.
fn median_of(area: &Area, series: &PublishedSeries, all: &[(Id, PublishedSeries)]) -> Median {
    let points = SeriesAnalysis::of(&area.indicator, series, today()).points;
    let figure = |period: Period| median(all.iter().filter_map(|(_, series)| series.figure(period)));
    Median { label: "kommunen".to_owned(), figures: points.iter().map(|point| figure(point.period)).collect() }
}

/// Returns the records of a kind that belong to a unit.
fn children_of<B: RegisteredBody>(area: &Area, unit: &Id) -> Vec<(Id, B)> {
    let of_unit = |record: &&Record| record.kind() == Some(B::KIND) && record.parent().as_ref() == Some(unit);
    let records = area.records.values().filter(of_unit);
    records.map(|record| (record.id().clone(), record.view::<B>().unwrap())).collect()
}

/// Returns the dialogues of a unit, all of them released to the report.
fn dialogues_of(area: &Area, unit: &Id) -> Vec<(Id, Dialogue)> {
    let dialogues = area.records.values().filter(|record| record.kind() == Some(Kind::Dialogue));
    let dialogues = dialogues.map(|record| (record.id().clone(), record.view::<Dialogue>().unwrap()));
    dialogues.filter(|(_, dialogue)| dialogue.about().is_some_and(|(own_unit, _)| own_unit == *unit)).collect()
}

fn report(area: &Area, units: Vec<ReportUnit>) -> Output {
    let group = Group { id: "g".to_owned(), label: "Tal".to_owned(), indicators: vec![area.indicator.clone()] };
    let (cycle, groups, package) = (Cycle::of(today()), vec![group], Package::default());
    let sources = Sources { today: today(), cycle, groups, package, units };
    let report = Rapport::default();
    Output::Text(rapport(&report, &compose(&report, &sources), &sources).as_str().to_owned())
}

/// Produces the documents of the agreement and of its versions.
fn agreement(area: &Area) -> Vec<Output> {
    let Some(head) = area.records.get(&id("aftale")).map(|head| head.view::<Aftale>().unwrap()) else {
        return Vec::new();
    };
    let unit = head.unit.as_ref().unwrap().as_str().trim_start_matches("hus").parse().unwrap();
    let goal: Goal = area.records[&id("maal")].view().unwrap();
    let bundle = AgreementBundle { head, goals: vec![(id("maal"), goal)], ..AgreementBundle::default() };
    let source = GoalSource { area, published: figures::published(&area.records), unit, records: &area.records };
    let mut outputs = vec![Output::Text(aftale(&bundle, &source, None, &[]).as_str().to_owned())];
    let versions = area.records.values().filter(|record| record.kind() == Some(Kind::Version));
    for version in versions {
        let agreed = version::parse_content(version.view::<Version>().unwrap().content.as_str()).unwrap();
        if !agreed.has_raw_figures {
            outputs.push(Output::Text(aftale(&agreed.bundle, &source, None, &[]).as_str().to_owned()));
        }
    }
    outputs
}

/// Returns the indices of the figures that can be read from texts.
pub(crate) fn read_back(area: &Area, texts: &[Output]) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let find_cell = |unit: &str, period: Option<Period>| {
        let matches = |cell: &Cell| name(cell.unit) == unit && Some(cell.period) == period;
        area.cells.iter().position(matches)
    };
    let is_number = |cell: &str| cell.replace(',', ".").parse::<f64>().is_ok();
    for text in texts {
        match text {
            Output::File(text) => {
                let file: Value = serde_json::from_str(text).unwrap();
                for record in file["records"].as_array().unwrap().iter().filter(|record| record["kind"] == "series") {
                    let unit =
                        record["id"].as_str().unwrap().split('.').next().unwrap().trim_end_matches('b').to_owned();
                    observations(record, &mut |period| found.extend(find_cell(&unit, Period::parse(period))));
                }
            }
            Output::Csv(text) | Output::Block(text) => {
                let separator = if matches!(*text, ref text if text.contains(';')) { ';' } else { '\t' };
                for line in text.lines().skip(1) {
                    let cells: Vec<&str> = line.split(separator).collect();
                    if is_number(cells[3]) {
                        found.extend(find_cell(cells[0], Period::parse_notation(cells[2])));
                    }
                }
            }
            Output::Matrix(text) => {
                let mut lines = text.lines();
                let head = lines.next().unwrap().split(';').nth(1).unwrap();
                let period = head.strip_prefix(&area.indicator.name).and_then(Period::parse_notation);
                for line in lines {
                    let (unit, figure) = line.split_once(';').unwrap();
                    found.extend(find_cell(unit, period).filter(|_| is_number(figure)));
                }
            }
            Output::Text(_) => {}
        }
    }
    // Percentages have so many digits that each is recognised anywhere: in a sentence, a drawing, a goal, a version.
    if area.indicator.measure == Measure::Percent {
        let by_digits: HashMap<String, usize> =
            (0..area.cells.len()).filter_map(|at| Some((area.cells[at].value?.to_string(), at))).collect();
        for text in texts {
            let words = text.text().split(|letter: char| !letter.is_ascii_digit() && letter != '.' && letter != ',');
            let long = words.filter(|word| word.len() > 5);
            let digits = long.map(|word| word.trim_matches(['.', ',']).replace(',', "."));
            found.extend(digits.filter_map(|digits| by_digits.get(&digits).copied()));
        }
    }
    found
}

/// Calls `found` with the period of every observation with a figure, at any depth of a record.
fn observations(value: &Value, found: &mut dyn FnMut(&str)) {
    match value {
        Value::Object(object) => {
            for (key, inner) in object {
                match key.strip_prefix("/observations/") {
                    Some(period) if has_figure(inner) => found(period),
                    _ => observations(inner, found),
                }
            }
        }
        Value::Array(array) => array.iter().for_each(|inner| observations(inner, found)),
        _ => {}
    }
}

fn has_figure(value: &Value) -> bool {
    match value {
        Value::Object(object) => {
            object.iter().any(|(key, inner)| (key == "value" && inner.is_number()) || has_figure(inner))
        }
        Value::Array(array) => array.iter().any(has_figure),
        _ => false,
    }
}
