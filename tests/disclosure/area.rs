//! Random areas: which person is in which unit at which time, and the records of the area's figures.

use kvalitetshjul::domain::aftale::Aftale;
use kvalitetshjul::domain::aftale::bundle::AgreementBundle;
use kvalitetshjul::domain::aftale::progress::IndicatorSource;
use kvalitetshjul::domain::aftale::version::{Version, fingerprint, write_content};
use kvalitetshjul::domain::date::{Date, Timestamp};
use kvalitetshjul::domain::deviation::Deviation;
use kvalitetshjul::domain::dialogue::Dialogue;
use kvalitetshjul::domain::enhed::Enhed;
use kvalitetshjul::domain::goal::{Anchor, Figure, Goal};
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::indicator::{Indicator, OwnIndicator};
use kvalitetshjul::domain::measure::Measure;
use kvalitetshjul::domain::measure::Wanted;
use kvalitetshjul::domain::meeting::Meeting;
use kvalitetshjul::domain::midtvejs::Midtvejsstatus;
use kvalitetshjul::domain::period::{Period, Span};
use kvalitetshjul::domain::proevehandling::Proevehandling;
use kvalitetshjul::domain::prototype::Prototype;
use kvalitetshjul::domain::publish::{Published, PublishedProgress};
use kvalitetshjul::domain::registry::RegisteredBody;
use kvalitetshjul::domain::series::{Observation, ObservationState, Series};
use kvalitetshjul::domain::syn_review::SynReview;
use kvalitetshjul::domain::text::UserText;
use kvalitetshjul::domain::unit_story::UnitStory;
use kvalitetshjul::domain::unit_task::UnitTask;
use kvalitetshjul::exchange::figures;
use kvalitetshjul::record::dot::Actor;
use kvalitetshjul::record::edit::Author;
use kvalitetshjul::record::{Record, Records};

/// A unit.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    /// The unit above it.
    pub(crate) above: Option<usize>,
    /// At each time, the number of persons who are in this unit and in no unit below it.
    pub(crate) persons: Vec<u32>,
}

/// A figure of a unit and a period.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    pub(crate) unit: usize,
    pub(crate) period: Period,
    /// The times that the period covers.
    pub(crate) times: Vec<usize>,
    /// The value, unless the figure has another state than a value.
    pub(crate) value: Option<f64>,
    /// Whether the record holds the number of persons, or the figure is that number.
    pub(crate) persons_are_known: bool,
    /// Whether the figure rests on fewer than five persons, or its source hides it.
    pub(crate) is_protected: bool,
}

/// Units, figures and records of an area.
pub(crate) struct Area {
    pub(crate) units: Vec<Unit>,
    /// The number of times.
    pub(crate) times: usize,
    pub(crate) cells: Vec<Cell>,
    pub(crate) indicator: Indicator,
    pub(crate) records: Records,
}

/// `SplitMix64`: a random number generator with the same sequence for the same seed on every platform.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// Returns true with a probability in per cent.
    fn chance(&mut self, per_cent: u64) -> bool {
        self.below(100) < per_cent
    }
}

pub(crate) fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

pub(crate) fn moment() -> Timestamp {
    Timestamp::parse("2026-06-01T10:00:00Z").unwrap()
}

pub(crate) fn today() -> Date {
    Date::new(2026, 6, 1).unwrap()
}

pub(crate) fn name(unit: usize) -> String {
    format!("hus{unit}")
}

fn author() -> Author {
    Author { actor: Actor::from_random([1; 10]), at: moment(), by: None }
}

fn put<B: RegisteredBody>(records: &mut Records, name: &str, body: &B) {
    records.insert(id(name), Record::create(id(name), body, &author()).unwrap());
}

/// Chooses the periods of the figures, each with the months that it covers, counted from January 2023.
fn periods(random: &mut Random) -> Vec<(Period, std::ops::Range<u32>)> {
    let school_years = || [(Period::SchoolYear(2023), 7..19), (Period::SchoolYear(2024), 19..31)].to_vec();
    let quarters = |from: u16, count: u16| {
        let quarter = move |at: u16| {
            let of_year = u8::try_from(at % 4).unwrap() + 1;
            (Period::Quarter(2023 + at / 4, of_year), u32::from(at) * 3..u32::from(at) * 3 + 3)
        };
        (from..from + count).map(quarter).collect::<Vec<_>>()
    };
    let year = |year: u16| (Period::Year(year), u32::from(year - 2023) * 12..u32::from(year - 2023) * 12 + 12);
    match random.below(8) {
        0 | 1 => school_years(),
        2 => vec![year(2023), year(2024)],
        3 | 4 => [vec![year(2024)], quarters(4, 4)].concat(),
        5 => quarters(4, 3),
        6 => [vec![year(2023), year(2024)], school_years()].concat(),
        _ => [school_years(), quarters(6, 4)].concat(),
    }
}

impl Area {
    /// Creates the area of a seed.
    pub(crate) fn random(seed: u64) -> Self {
        let mut random = Random(seed.wrapping_mul(0x5851_f42d_4c95_7f2d));
        let periods = periods(&mut random);
        let mut ends: Vec<u32> = periods.iter().flat_map(|(_, months)| [months.start, months.end]).collect();
        ends.sort_unstable();
        ends.dedup();
        let times: Vec<std::ops::Range<u32>> = ends.windows(2).map(|ends| ends[0]..ends[1]).collect();
        let mut units: Vec<Unit> = Vec::new();
        for unit in 0..=usize::try_from(1 + random.below(6)).unwrap() {
            let depth = |mut at: usize| {
                let mut depth = 0;
                while let Some(above) = units[at].above {
                    (at, depth) = (above, depth + 1);
                }
                depth
            };
            let above = (unit > 0 && !random.chance(10)).then(|| usize::try_from(random.below(unit as u64)).unwrap());
            let above = above.filter(|&above| depth(above) < 4);
            units.push(Unit { above, persons: Vec::new() });
        }
        let has_parts: Vec<bool> =
            (0..units.len()).map(|unit| units.iter().any(|other| other.above == Some(unit))).collect();
        let is_even = random.chance(50);
        for (unit, has_parts) in units.iter_mut().zip(&has_parts) {
            // Most units with parts have no persons outside their parts. A few units without parts have no persons.
            let kind = if *has_parts { random.below(10) } else { 7 + random.below(8) };
            // A unit has persons at all times or at none; otherwise two different periods could cover the same persons.
            let mut persons = || match kind {
                0..=6 | 14 => 0,
                7 | 8 => 1 + random.below(4),
                9 => 1 + random.below(8),
                _ => 5 + random.below(60),
            };
            let first = persons();
            let all = times.iter().map(|_| if is_even { first } else { persons() });
            unit.persons = all.map(|persons| u32::try_from(persons).unwrap()).collect();
        }
        let measure = if random.chance(20) { Measure::Number } else { Measure::Percent };
        let mut area = Self {
            units,
            times: times.len(),
            cells: Vec::new(),
            indicator: indicator(measure),
            records: Records::new(),
        };
        let (has_all_numbers, has_all_periods) = (random.chance(50), random.chance(50));
        let mut all_series: Vec<Series> = vec![Series::default(); area.units.len()];
        for (unit, series) in all_series.iter_mut().enumerate() {
            for (period, months) in &periods {
                let covered =
                    (0..times.len()).filter(|&at| months.start <= times[at].start && times[at].end <= months.end);
                let covered: Vec<usize> = covered.collect();
                area.add_figure(&mut random, series, (unit, *period, covered), (has_all_numbers, has_all_periods));
            }
        }
        area.build_records(&mut random, all_series);
        area
    }

    /// Creates an area with one time and one figure a unit. Each unit is given as the unit above it and the number of
    /// persons who are in no unit below it.
    pub(crate) fn of(units: &[(Option<usize>, u32)]) -> Self {
        let units: Vec<Unit> = units.iter().map(|&(above, persons)| Unit { above, persons: vec![persons] }).collect();
        let mut area = Self {
            units,
            times: 1,
            cells: Vec::new(),
            indicator: indicator(Measure::Percent),
            records: Records::new(),
        };
        for unit in 0..area.units.len() {
            let is_protected = area.persons(unit, &[0]) < 5;
            let (period, times) = (Period::Year(2024), vec![0]);
            area.cells.push(Cell { unit, period, times, value: Some(1.0), persons_are_known: true, is_protected });
        }
        area
    }

    /// Returns whether a figure counts the persons of a column: those of one unit and no unit below it, at a time.
    pub(crate) fn covers(&self, cell: usize, unit: usize, time: usize) -> bool {
        let Cell { unit: counted, times, .. } = &self.cells[cell];
        times.contains(&time) && self.is_in(unit, *counted)
    }

    /// Returns whether a unit is another unit or lies below it.
    fn is_in(&self, unit: usize, ancestor: usize) -> bool {
        std::iter::successors(Some(unit), |&unit| self.units[unit].above).any(|unit| unit == ancestor)
    }

    /// Sums the persons of a unit and the units below it over some times.
    fn persons(&self, of: usize, times: &[usize]) -> u32 {
        let parts = self.units.iter().enumerate().filter(|(unit, _)| self.is_in(*unit, of));
        parts.flat_map(|(_, unit)| times.iter().map(|&time| unit.persons[time])).sum()
    }

    /// Adds a figure of a unit to a series and to the cells, or leaves it out. The flags say whether all figures have a
    /// number of persons, and whether all periods have a figure.
    fn add_figure(
        &mut self,
        random: &mut Random,
        series: &mut Series,
        cell: (usize, Period, Vec<usize>),
        (has_all_numbers, has_all_periods): (bool, bool),
    ) {
        let (unit, period, times) = cell;
        let persons = self.persons(unit, &times);
        let has_number = has_all_numbers || random.chance(60);
        // A figure about no persons exists only with its number of persons.
        if (!has_all_periods && random.chance(20)) || (persons == 0 && !has_number) {
            return;
        }
        let is_count = self.indicator.measure == Measure::Number;
        let state = match random.below(if has_all_periods { 400 } else { 40 }) {
            0 => ObservationState::Missing,
            1 => ObservationState::Unpublished,
            2 => ObservationState::Hidden,
            _ => ObservationState::Value,
        };
        // Nobody can know that a hidden figure is about no persons, so such a figure would protect no other.
        if persons == 0 && state != ObservationState::Value {
            return;
        }
        let n = has_number.then_some(persons).filter(|_| !is_count || random.chance(30));
        #[allow(clippy::cast_precision_loss, reason = "a float has that many digits")]
        let share = (100_000_000 + random.below(800_000_000)) as f64 / 10_000_000.0;
        let value = (state == ObservationState::Value).then_some(if is_count { f64::from(persons) } else { share });
        let observation = Observation {
            value,
            measure: Some(self.indicator.measure),
            n,
            state,
            source: "Skolen".into(),
            ..Observation::default()
        };
        series.observations.insert(period, observation);
        series.notes.insert(period, UserText(format!("Her er tallet {}", value.unwrap_or_default())));
        if state == ObservationState::Missing {
            return;
        }
        let is_small = n.is_some_and(|n| n < 5) || (is_count && n.is_none() && (1..5).contains(&persons));
        let is_protected = is_small || state != ObservationState::Value;
        let persons_are_known = value.is_some() && (n.is_some() || is_count);
        self.cells.push(Cell { unit, period, times, value, persons_are_known, is_protected });
    }

    /// Builds the records of the units and series.
    fn build_records(&mut self, random: &mut Random, all_series: Vec<Series>) {
        let indicator = id(&self.indicator.id);
        let mut records = Records::new();
        if self.indicator.measure == Measure::Number {
            let body =
                OwnIndicator { name: "Antal klager".into(), measure: Some(Measure::Number), ..OwnIndicator::default() };
            put(&mut records, indicator.as_str(), &body);
        }
        for (unit, mut series) in all_series.into_iter().enumerate() {
            let above = self.units[unit].above.map(|above| id(&name(above)));
            let body = Enhed { name: UserText(name(unit)), above, network: "Nord".into(), ..Enhed::default() };
            put(&mut records, &name(unit), &body);
            for (period, observation) in series.observations.iter() {
                let dialogue = Dialogue::id(&Id::derived(&id(&name(unit)), &indicator).unwrap(), *period);
                let dialogue = dialogue.filter(|_| observation.value.is_some() && random.chance(20));
                let text = format!("Fordi det er {}", observation.value.unwrap_or_default());
                let series = Id::derived(&id(&name(unit)), &indicator);
                let (period, assessment, released) = (Some(*period), UserText(text), Some(true));
                let body = Dialogue { series, period, assessment, released, ..Dialogue::default() };
                if let Some(dialogue) = dialogue {
                    put(&mut records, dialogue.as_str(), &body);
                }
            }
            series.unit = Some(id(&name(unit)));
            series.indicator = Some(indicator.clone());
            // Some units exist under two ids, each with some of the figures.
            if random.chance(8) {
                let twin = format!("{}b", name(unit));
                put(
                    &mut records,
                    &twin,
                    &Enhed { name: UserText(name(unit)), network: "Nord".into(), ..Enhed::default() },
                );
                records.get_mut(&id(&twin)).unwrap().set_same_as(Some(&id(&name(unit))), &author()).unwrap();
                let mut other = Series { unit: Some(id(&twin)), ..series.clone() };
                other.observations.retain(|_, _| random.chance(50));
                series.observations.retain(|period, _| !other.observations.contains_key(period) || random.chance(50));
                put(&mut records, &format!("{twin}.{indicator}"), &other);
            }
            put(&mut records, &format!("{}.{indicator}", name(unit)), &series);
        }
        // In some areas the small figures came in a file that masked them.
        let is_withheld = random.chance(20);
        if is_withheld {
            for record in records.values_mut() {
                record.withhold(|path, value| {
                    path.to_string().starts_with("/observations/")
                        && value.json()["n"].as_u64().is_some_and(|n| (1..5).contains(&n))
                });
            }
        }
        self.add_agreement(random, &mut records, is_withheld);
        let mut review = SynReview { unit: Some(id(&name(0))), next: Some(today()), ..SynReview::default() };
        review.visits.insert(today(), "Vi øver os i at spørge.".into());
        put(&mut records, &format!("{}.syn", name(0)), &review);
        self.add_practice(&mut records);
        self.records = records;
    }

    /// Adds practice that a unit shares with its network, and a story that stands beside a figure.
    fn add_practice(&self, records: &mut Records) {
        let (unit, shared) = (id(&name(0)), Some(true));
        let deviation =
            Deviation { practice: "Fem ad gangen".into(), unit: Some(unit.clone()), shared, ..Deviation::default() };
        put(records, "afvigelse", &deviation);
        let mut prototype =
            Prototype { title: "Tavlen".into(), unit: Some(unit.clone()), shared, ..Prototype::default() };
        prototype.add_version(id("v1"));
        prototype.standing = Some(id("v1"));
        put(records, "prototype", &prototype);
        let story = UnitStory {
            title: "En god dag".into(),
            text: "Det lykkedes.".into(),
            series: Id::derived(&unit, &id(&self.indicator.id)),
            period: self.cells.iter().find(|cell| cell.unit == 0).map(|cell| cell.period),
            unit: Some(unit),
            shared,
            ..UnitStory::default()
        };
        put(records, "historie", &story);
    }

    /// Adds an agreement of a unit, with figures that were copied into a goal, and two versions: one of each format.
    fn add_agreement(&self, random: &mut Random, records: &mut Records, is_withheld: bool) {
        if self.cells.is_empty() {
            return;
        }
        let copied = &self.cells[usize::try_from(random.below(self.cells.len() as u64)).unwrap()];
        let figure = Figure {
            value: copied.value,
            measure: Some(self.indicator.measure),
            // Where the figure itself was masked, only the period says which figure the copy is of.
            period: (is_withheld || random.chance(50)).then_some(copied.period),
            is_hidden: false,
        };
        let mut goal = Goal { text: "Et mål".into(), aftale: Some(id("aftale")), ..Goal::default() };
        if random.chance(60) {
            goal.baseline = Some(figure);
        } else if random.chance(50) {
            goal.wanted = Some(figure);
        }
        let indicator = id(&self.indicator.id);
        goal.anchors.insert(indicator.clone(), Anchor::Indicator(indicator.clone()));
        goal.anchors.insert(id("opgave"), Anchor::CoreService(id("opgave")));
        let unit = id(&name(copied.unit));
        let task = UnitTask { title: "Undervisning".into(), unit: Some(unit.clone()), ..UnitTask::default() };
        put(records, "opgave", &task);
        let mut trial = Proevehandling { title: "Opkald".into(), unit: Some(unit), ..Proevehandling::default() };
        trial.anchors.insert(indicator.clone(), Anchor::Indicator(indicator));
        put(records, "proeve", &Proevehandling { shared: Some(true), ..trial });
        let head = Aftale { title: "Aftalen".into(), unit: Some(id(&name(copied.unit))), ..Aftale::default() };
        put(records, "aftale", &head);
        put(records, "maal", &goal);
        let status = Midtvejsstatus { aftale: Some(id("aftale")), shared: Some(true), ..Midtvejsstatus::default() };
        put(records, "aftale.midtvejs", &status);
        put(records, "moede", &Meeting { title: "Mødet".into(), ..Meeting::default() });
        let bundle = AgreementBundle { head, goals: vec![(id("maal"), goal.clone())], ..AgreementBundle::default() };
        let add_version = |records: &mut Records, text: String| {
            let body = Version { title: "1".into(), aftale: Some(id("aftale")), content: UserText(text) };
            put(records, fingerprint(body.content.as_str()).unwrap().as_str(), &body);
        };
        let raw = format!(
            r#"{{"format":"sammenhaengsaftale","version":1,"number":1,"goals":[{{"id":"maal","goal":{{"baseline":{{"value":{},"measure":"percent","period":null}}}}}}]}}"#,
            copied.value.unwrap_or_default()
        );
        add_version(records, raw);
        let source = GoalSource { area: self, published: figures::published(records), unit: copied.unit, records };
        let text = write_content(&bundle, &source, 2, None, today());
        add_version(records, text);
    }
}

/// The source of a goal's figures, as a page has it.
pub(crate) struct GoalSource<'a> {
    pub(crate) area: &'a Area,
    pub(crate) published: Published,
    pub(crate) unit: usize,
    pub(crate) records: &'a Records,
}

impl IndicatorSource for GoalSource<'_> {
    fn name(&self, anchor: &Anchor) -> String {
        anchor.id().to_string()
    }

    fn progress(&self, goal: &Goal, period: Option<Span>) -> Option<PublishedProgress> {
        let unit = id(&name(self.unit));
        let series = Id::derived(&unit, &id(&self.area.indicator.id)).and_then(|series| self.records.get(&series));
        let series: Series = series.and_then(|series| series.view().ok()).unwrap_or_default();
        self.published.progress(Some(&unit), goal, Some((&self.area.indicator, &series)), period)
    }
}

fn indicator(measure: Measure) -> Indicator {
    Indicator {
        id: if measure == Measure::Number { "klager" } else { "fravaer" }.to_owned(),
        name: "Fravær reduceres".to_owned(),
        about: String::new(),
        measure,
        wanted: Wanted::Down,
        is_own: false,
    }
}
