//! The invented municipality that measurements use: the same bytes on every machine.
//!
//! 150 units, each with 12 indicators over 10 school years and 4 agreements of 9 goals; a goal has texts of 250 characters
//! and 3 initiatives.

use kvalitetshjul::domain::aftale::Aftale;
use kvalitetshjul::domain::date::{Date, Timestamp};
use kvalitetshjul::domain::enhed::{Enhed, EnhedKind, Level};
use kvalitetshjul::domain::fundament::{self, Edition};
use kvalitetshjul::domain::goal::{Area, Goal, Horizon, Initiative, InitiativeStatus, Reach};
use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::indicator::Indicator;
use kvalitetshjul::domain::measure::Measure;
use kvalitetshjul::domain::period::{Period, Span};
use kvalitetshjul::domain::series::{Observation, Series};
use kvalitetshjul::domain::text::UserText;
use kvalitetshjul::exchange::scope::Scope;
use kvalitetshjul::exchange::write;
use kvalitetshjul::record::dot::Actor;
use kvalitetshjul::record::edit::{Author, Focus};
use kvalitetshjul::record::{Record, Records};

use crate::Outcome;

const UNITS: u64 = 150;
const INDICATORS: usize = 12;
const YEARS: u16 = 10;
const AGREEMENTS: u16 = 4;
const GOALS: u64 = 9;
const INITIATIVES: u64 = 3;
const TEXT: usize = 250;

const WORDS: [&str; 40] = [
    "børnene",
    "og",
    "de",
    "unge",
    "skal",
    "mærke",
    "at",
    "fællesskabet",
    "er",
    "større",
    "end",
    "den",
    "enkelte",
    "vi",
    "øver",
    "os",
    "i",
    "lyttende",
    "samtaler",
    "på",
    "tværs",
    "af",
    "skole",
    "dagtilbud",
    "familie",
    "hver",
    "uge",
    "prøver",
    "en",
    "ny",
    "vej",
    "for",
    "læring",
    "trivsel",
    "leg",
    "ærlighed",
    "åbner",
    "døre",
    "sammen",
    "med",
];

/// A pseudo-random generator with a fixed sequence (`SplitMix64`).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn bits(&mut self) -> [u8; 10] {
        let mut bits = [0; 10];
        bits[..8].copy_from_slice(&self.next().to_be_bytes());
        bits[8..].copy_from_slice(&self.next().to_be_bytes()[..2]);
        bits
    }

    fn id(&mut self) -> Id {
        Id::from_random(self.bits())
    }

    fn text(&mut self) -> UserText {
        let mut text = String::new();
        while text.chars().count() < TEXT {
            let word = WORDS[usize::try_from(self.below(40)).unwrap_or_default()];
            text.push_str(word);
            text.push(' ');
        }
        UserText(text.chars().take(TEXT).collect::<String>().trim_end().to_owned() + ".")
    }
}

/// The records.
///
/// # Errors
/// A record is invalid, which the fixed data rule out.
pub fn records() -> Outcome<Records> {
    first_records(usize::MAX)
}

/// The first records, unit by unit. The last unit may be incomplete.
///
/// # Errors
/// A record is invalid, which the fixed data rule out.
pub fn first_records(count: usize) -> Outcome<Records> {
    let mut numbers = Numbers(2026);
    let at = Timestamp::parse("2026-03-15T09:42:00Z").ok_or("not a moment")?;
    let mut records = Records::new();
    let mut put = |record: Record| {
        if records.len() < count {
            records.insert(record.id().clone(), record);
        }
    };
    let indicators = fundament::present_edition().into_iter().flat_map(Edition::indicators);
    let indicators: Vec<Indicator> = indicators.flat_map(|(_, own)| own).take(INDICATORS).collect();
    for unit_number in 1..=UNITS {
        let actor = Actor::from_random(numbers.bits());
        let author = Author { actor, at, by: Some(format!("Leder {unit_number}")) };
        let unit = numbers.id();
        put(Record::create(unit.clone(), &enhed(unit_number), &author)?);
        for indicator in &indicators {
            let id = Id::parse(&indicator.id).and_then(|own| Id::derived(&unit, &own)).ok_or("too long an id")?;
            put(Record::create(id, &series(&mut numbers, &unit, indicator), &author)?);
        }
        for cycle in 0..AGREEMENTS {
            let aftale_id = numbers.id();
            put(Record::create(aftale_id.clone(), &aftale(&mut numbers, &unit, cycle), &author)?);
            for place in 0..GOALS {
                let mut record = Record::create(numbers.id(), &goal(&mut numbers, &aftale_id, place), &author)?;
                // A third of the goals were later edited by another person.
                if place % 3 == 0 {
                    let chef = Author { actor: Actor::from_random(numbers.bits()), at, by: Some("Chef".to_owned()) };
                    let effect = numbers.text();
                    record.edit::<Goal>(&mut Focus::default(), &chef, |goal| goal.expected_effect = effect)?;
                }
                put(record);
            }
        }
    }
    Ok(records)
}

/// The municipality as a file.
///
/// # Errors
/// A record is invalid, which the fixed data rule out.
pub fn file() -> Outcome<String> {
    file_of(&records()?)
}

/// Writes records as a backup file.
///
/// # Errors
/// A record cannot be serialised, which the types rule out.
pub fn file_of(records: &Records) -> Outcome<String> {
    let at = Timestamp::parse("2026-11-23T08:00:00Z").ok_or("not a moment")?;
    Ok(write::write(records, &Scope::Backup, at)?)
}

fn enhed(number: u64) -> Enhed {
    let kinds = [EnhedKind::Skole, EnhedKind::Omraade, EnhedKind::Boernehus, EnhedKind::Klub, EnhedKind::Familie];
    let kind = kinds[usize::try_from(number).unwrap_or_default() % kinds.len()];
    Enhed {
        name: UserText(format!("Enhed {number} ved Søen")),
        kind: Some(kind),
        level: Level::new(if kind == EnhedKind::Boernehus { 4 } else { 3 }),
        network: UserText(format!("Netværk {}", number % 9)),
        ..Enhed::default()
    }
}

fn series(numbers: &mut Numbers, unit: &Id, indicator: &Indicator) -> Series {
    let (id, measure) = (Id::parse(&indicator.id), indicator.measure);
    let mut series = Series { unit: Some(unit.clone()), indicator: id, ..Series::default() };
    // Within the range of the measure.
    let (least, span) = if measure == Measure::Index { (10, 40) } else { (0, 1000) };
    for year in 0..YEARS {
        // One decimal.
        let tenths = u32::try_from(least + numbers.below(span)).unwrap_or_default();
        let figure = Observation {
            value: Some(f64::from(tenths) / 10.0),
            measure: Some(measure),
            n: u32::try_from(20 + numbers.below(600)).ok(),
            source: UserText::from("Sekretariatet"),
            retrieved: Date::new(2026, 1, 15),
            ..Observation::default()
        };
        series.observations.insert(Period::SchoolYear(2016 + year), figure);
    }
    series
}

fn aftale(numbers: &mut Numbers, unit: &Id, cycle: u16) -> Aftale {
    let from = 2020 + 2 * cycle;
    Aftale {
        title: UserText(format!("Sammenhængsaftale {from}–{}", from + 2)),
        unit: Some(unit.clone()),
        period: Some(Span { from: Date::new(from, 8, 1), to: Date::new(from + 2, 7, 31) }),
        level: Level::new(3),
        leader: UserText::from("Leder"),
        counterpart: UserText::from("Chef"),
        background: numbers.text(),
        local_med: Date::new(from, 6, 1),
        involvement: numbers.text(),
        ..Aftale::default()
    }
}

fn goal(numbers: &mut Numbers, aftale: &Id, place: u64) -> Goal {
    let area = [Area::Quality, Area::Economy, Area::StaffWellbeing][usize::try_from(place % 3).unwrap_or_default()];
    let mut goal = Goal {
        text: numbers.text(),
        aftale: Some(aftale.clone()),
        area: Some(area),
        reach: Some(if place < 5 { Reach::Common } else { Reach::Local }),
        horizon: Some(if place.is_multiple_of(2) { Horizon::Short } else { Horizon::Long }),
        signs_of_progression: numbers.text(),
        expected_effect: numbers.text(),
        order: Some(format!("a{place}")),
        ..Goal::default()
    };
    for place in 0..INITIATIVES {
        let initiative = Initiative {
            text: numbers.text(),
            responsible: UserText::from("Teamet"),
            period: Some(Span { from: Date::new(2026, 1, 1), to: Date::new(2026, 12, 31) }),
            status: Some(InitiativeStatus::Running),
            order: Some(format!("a{place}")),
            ..Initiative::default()
        };
        goal.initiatives.insert(numbers.id(), initiative);
    }
    goal
}
