//! A unit: a school, a daycare area, a club, a family service, an administration.

use serde::{Deserialize, Serialize};

use super::body::{Body, KindWords};
use super::id::Id;
use super::slot::fields;
use super::text::UserText;

/// A unit.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Enhed {
    /// What the unit is called.
    pub name: UserText,
    /// What kind of unit it is.
    pub kind: Option<EnhedKind>,
    /// The level of its leader.
    pub level: Option<Level>,
    /// The unit above it: the area of a børnehus, the administration of a school.
    pub above: Option<Id>,
    /// The geographic network it belongs to.
    pub network: UserText,
    /// The national institution number, where it has one.
    pub institution_number: UserText,
}

/// The kinds of unit that Børn & Unge has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum EnhedKind {
    /// A daycare area.
    Omraade,
    /// A daycare house.
    Boernehus,
    /// Childminders.
    Dagpleje,
    /// A school.
    Skole,
    /// A club.
    Klub,
    /// A family and counselling service.
    Familie,
    /// An administration.
    Administration,
}

impl EnhedKind {
    /// All, in the order they are offered.
    pub const ALL: [Self; 7] =
        [Self::Omraade, Self::Boernehus, Self::Dagpleje, Self::Skole, Self::Klub, Self::Familie, Self::Administration];

    /// In Danish, as it is offered.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Omraade => "Dagtilbudsområde",
            Self::Boernehus => "Børnehus",
            Self::Dagpleje => "Dagpleje",
            Self::Skole => "Skole",
            Self::Klub => "Klub",
            Self::Familie => "Familie- og rådgivningstilbud",
            Self::Administration => "Administration",
        }
    }
}

/// What units are like one another in: they are compared with their like alone, since a school's absence says nothing of a
/// nursery's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sector {
    /// Daycare: areas, houses, childminders.
    Daycare,
    /// Schools.
    School,
    /// Clubs.
    Club,
    /// Family and counselling services.
    Family,
    /// Administrations.
    Administration,
}

impl Sector {
    /// All, in the order they are read.
    pub const ALL: [Self; 5] = [Self::Daycare, Self::School, Self::Club, Self::Family, Self::Administration];

    /// In Danish, of several units.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Daycare => "Dagtilbud",
            Self::School => "Skoler",
            Self::Club => "Klubber",
            Self::Family => "Familie- og rådgivningstilbud",
            Self::Administration => "Administration",
        }
    }
}

impl EnhedKind {
    /// What it is like others in.
    pub const fn sector(self) -> Sector {
        match self {
            Self::Omraade | Self::Boernehus | Self::Dagpleje => Sector::Daycare,
            Self::Skole => Sector::School,
            Self::Klub => Sector::Club,
            Self::Familie => Sector::Family,
            Self::Administration => Sector::Administration,
        }
    }
}

/// The level of a leader: 1 director, 2 head (chef), 3 leader of a school or area, 4 leader of a house.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(extend("minimum" = 1, "maximum" = 4)))]
#[serde(try_from = "u8", into = "u8")]
pub struct Level(u8);

impl Level {
    /// The level, or `None` outside 1 to 4.
    pub fn new(level: u8) -> Option<Self> {
        (1..=4).contains(&level).then_some(Self(level))
    }
}

impl TryFrom<u8> for Level {
    type Error = &'static str;
    fn try_from(level: u8) -> Result<Self, Self::Error> {
        Self::new(level).ok_or("a level is 1 to 4")
    }
}

impl From<Level> for u8 {
    fn from(level: Level) -> Self {
        level.0
    }
}

fields!(Enhed {
    name: text("navnet"),
    kind: value("typen"),
    level: value("lederens niveau"),
    above: value("enheden ovenover"),
    network: text("netværket"),
    institution_number: value("institutionsnummeret"),
});

impl Body for Enhed {
    const WORDS: KindWords = KindWords { definite: "enheden", singular: "enhed", plural: "enheder" };
    const TITLE: &'static str = "name";
}
