//! Random areas: who is in which unit and when, and the records that a municipality keeps of it.

use kvalitetshjul::domain::aftale::Aftale;
use kvalitetshjul::domain::aftale::progress::IndicatorSource;
use kvalitetshjul::domain::aftale::version::{Version, content, fingerprint};
use kvalitetshjul::domain::aftale::whole::AgreementBundle;
use kvalitetshjul::domain::date::{Date, Timestamp};
use kvalitetshjul::domain::dialogue::Dialogue;
use kvalitetshjul::domain::enhed::Enhed;
use kvalitetshjul::domain::goal::{Anchor, Figure, Goal};
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::indicator::{Indicator, OwnIndicator};
use kvalitetshjul::domain::measure::Measure;
use kvalitetshjul::domain::measure::Wanted;
use kvalitetshjul::domain::period::{Period, Span};
use kvalitetshjul::domain::publish::{Published, PublishedProgress};
use kvalitetshjul::domain::registry::RegisteredBody;
use kvalitetshjul::domain::series::{Observation, ObservationState, Series};
use kvalitetshjul::domain::text::UserText;
use kvalitetshjul::exchange::figures;
use kvalitetshjul::record::dot::Actor;
use kvalitetshjul::record::edit::Author;
use kvalitetshjul::record::{Record, Records};

/// A unit: the one it lies under, and how many are in it and in no unit under it, at each time.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    pub(crate) above: Option<usize>,
    pub(crate) persons: Vec<u32>,
}

/// A figure that was kept.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    pub(crate) unit: usize,
    pub(crate) period: Period,
    /// The times that its period covers.
    pub(crate) times: Vec<usize>,
    /// The figure, where there is one.
    pub(crate) value: Option<f64>,
    /// Whether its record says how many persons it rests on, or it is that number itself.
    pub(crate) persons_are_known: bool,
    /// Whether it rests on few, or is hidden by its source.
    pub(crate) is_protected: bool,
}

/// An area, and what is kept of it.
pub(crate) struct Area {
    pub(crate) units: Vec<Unit>,
    pub(crate) times: usize,
    pub(crate) cells: Vec<Cell>,
    pub(crate) indicator: Indicator,
    pub(crate) records: Records,
}

/// A sequence of numbers that look random, the same for each seed.
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

    /// Whether something happens that happens so many times in a hundred.
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

fn put<B: RegisteredBody>(records: &mut Records, own: &str, body: &B) {
    records.insert(id(own), Record::create(id(own), body, &author()).unwrap());
}

/// The periods that figures are kept of, and the months that each covers, counted from January 2023.
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
    /// An area by a seed.
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
            (0..units.len()).map(|unit| units.iter().any(|own| own.above == Some(unit))).collect();
        let is_even = random.chance(50);
        for (unit, has_parts) in units.iter_mut().zip(&has_parts) {
            // Most areas are their houses and nothing else; of some a house is not known here.
            let kind = if *has_parts { random.below(10) } else { 7 + random.below(8) };
            // A unit has somebody at all times or at none: else two periods could be the same.
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
        let (all_numbers, all_periods) = (random.chance(50), random.chance(50));
        let mut own: Vec<Series> = vec![Series::default(); area.units.len()];
        for (unit, series) in own.iter_mut().enumerate() {
            for (period, months) in &periods {
                let covered =
                    (0..times.len()).filter(|&at| months.start <= times[at].start && times[at].end <= months.end);
                let covered: Vec<usize> = covered.collect();
                area.add(&mut random, series, (unit, *period, covered), (all_numbers, all_periods));
            }
        }
        area.keep(&mut random, own);
        area
    }

    /// An area with a figure a unit, of so many persons who are in no unit under it.
    pub(crate) fn of(units: &[(Option<usize>, u32)]) -> Self {
        let units: Vec<Unit> = units.iter().map(|&(above, own)| Unit { above, persons: vec![own] }).collect();
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

    /// Whether a figure is of a column: a unit's own, at a time.
    pub(crate) fn covers(&self, cell: usize, unit: usize, time: usize) -> bool {
        let Cell { unit: own, times, .. } = &self.cells[cell];
        times.contains(&time) && self.is_in(unit, *own)
    }

    fn is_in(&self, unit: usize, of: usize) -> bool {
        std::iter::successors(Some(unit), |&unit| self.units[unit].above).any(|unit| unit == of)
    }

    fn persons(&self, of: usize, times: &[usize]) -> u32 {
        let own = self.units.iter().enumerate().filter(|(unit, _)| self.is_in(*unit, of));
        own.flat_map(|(_, unit)| times.iter().map(|&time| unit.persons[time])).sum()
    }

    /// Adds a figure of a unit, or none.
    fn add(
        &mut self,
        random: &mut Random,
        series: &mut Series,
        cell: (usize, Period, Vec<usize>),
        (numbers, all): (bool, bool),
    ) {
        let (unit, period, times) = cell;
        let persons = self.persons(unit, &times);
        let says_number = numbers || random.chance(60);
        // A figure of nobody is none, but where it says so.
        if (!all && random.chance(20)) || (persons == 0 && !says_number) {
            return;
        }
        let is_count = self.indicator.measure == Measure::Number;
        let state = match random.below(if all { 400 } else { 40 }) {
            0 => ObservationState::Missing,
            1 => ObservationState::Unpublished,
            2 => ObservationState::Hidden,
            _ => ObservationState::Value,
        };
        // That a hidden figure is nobody's cannot be known by anyone: then it hides no other.
        if persons == 0 && state != ObservationState::Value {
            return;
        }
        let n = says_number.then_some(persons).filter(|_| !is_count || random.chance(30));
        #[allow(clippy::cast_precision_loss, reason = "so many digits it has")]
        let share = (100_000_000 + random.below(800_000_000)) as f64 / 10_000_000.0;
        let value = (state == ObservationState::Value).then_some(if is_count { f64::from(persons) } else { share });
        let own = Observation {
            value,
            measure: Some(self.indicator.measure),
            n,
            state,
            source: "Skolen".into(),
            retrieved: None,
        };
        series.observations.insert(period, own);
        series.notes.insert(period, UserText(format!("Her er tallet {}", value.unwrap_or_default())));
        if state == ObservationState::Missing {
            return;
        }
        let is_small = n.is_some_and(|n| n < 5) || (is_count && n.is_none() && (1..5).contains(&persons));
        let is_protected = is_small || state != ObservationState::Value;
        let persons_are_known = value.is_some() && (n.is_some() || is_count);
        self.cells.push(Cell { unit, period, times, value, persons_are_known, is_protected });
    }

    /// Makes the records.
    fn keep(&mut self, random: &mut Random, own: Vec<Series>) {
        let indicator = id(&self.indicator.id);
        let mut records = Records::new();
        if self.indicator.measure == Measure::Number {
            let own =
                OwnIndicator { name: "Antal klager".into(), measure: Some(Measure::Number), ..OwnIndicator::default() };
            put(&mut records, indicator.as_str(), &own);
        }
        for (unit, mut series) in own.into_iter().enumerate() {
            let above = self.units[unit].above.map(|above| id(&name(above)));
            let body = Enhed { name: UserText(name(unit)), above, network: "Nord".into(), ..Enhed::default() };
            put(&mut records, &name(unit), &body);
            for (period, own) in series.observations.iter() {
                let said = Dialogue::id(&Id::derived(&id(&name(unit)), &indicator).unwrap(), *period);
                let said = said.filter(|_| own.value.is_some() && random.chance(20));
                let words = format!("Fordi det er {}", own.value.unwrap_or_default());
                let series = Id::derived(&id(&name(unit)), &indicator);
                let note =
                    Dialogue { series, period: Some(*period), assessment: UserText(words), ..Dialogue::default() };
                if let Some(said) = said {
                    put(&mut records, said.as_str(), &note);
                }
            }
            series.unit = Some(id(&name(unit)));
            series.indicator = Some(indicator.clone());
            // Some units lie under two ids, each with some of the figures.
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
        // Some figures came in a file that withheld them.
        let is_withheld = random.chance(20);
        if is_withheld {
            for record in records.values_mut() {
                record.withhold(|path, value| {
                    path.to_string().starts_with("/observations/")
                        && value.json()["n"].as_u64().is_some_and(|n| (1..5).contains(&n))
                });
            }
        }
        self.agree(random, &mut records, is_withheld);
        self.records = records;
    }

    /// An agreement of a unit, with figures that were copied into it, and two versions: one of each format.
    fn agree(&self, random: &mut Random, records: &mut Records, is_withheld: bool) {
        if self.cells.is_empty() {
            return;
        }
        let copied = &self.cells[usize::try_from(random.below(self.cells.len() as u64)).unwrap()];
        let figure = Figure {
            value: copied.value,
            measure: Some(self.indicator.measure),
            // Where the figure itself was withheld from here, nothing but its period can tell the copy.
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
        goal.anchors.insert(indicator.clone(), Anchor::Indicator(indicator));
        let head = Aftale { title: "Aftalen".into(), unit: Some(id(&name(copied.unit))), ..Aftale::default() };
        put(records, "aftale", &head);
        put(records, "maal", &goal);
        let whole = AgreementBundle { head, goals: vec![(id("maal"), goal.clone())], ..AgreementBundle::default() };
        let lay_down = |records: &mut Records, content: String| {
            let body = Version { title: "1".into(), aftale: Some(id("aftale")), content: UserText(content) };
            put(records, fingerprint(body.content.as_str()).unwrap().as_str(), &body);
        };
        let raw = format!(
            r#"{{"format":"sammenhaengsaftale","version":1,"number":1,"goals":[{{"id":"maal","goal":{{"baseline":{{"value":{},"measure":"percent","period":null}}}}}}]}}"#,
            copied.value.unwrap_or_default()
        );
        lay_down(records, raw);
        let known = Followed { area: self, published: figures::published(records), unit: copied.unit, records };
        let text = content(&whole, &known, 2, None, today());
        lay_down(records, text);
    }
}

/// What a page knows of a goal.
pub(crate) struct Followed<'a> {
    pub(crate) area: &'a Area,
    pub(crate) published: Published,
    pub(crate) unit: usize,
    pub(crate) records: &'a Records,
}

impl IndicatorSource for Followed<'_> {
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
