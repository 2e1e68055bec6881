//! Units (*enheder*): schools, daycare areas, clubs, family services, administrations.

use serde::{Deserialize, Serialize};

use super::body::{Body, KindWords};
use super::id::Id;
use super::slot::fields;
use super::text::UserText;

/// A unit.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Enhed {
    /// The name.
    pub name: UserText,
    /// The kind of unit.
    pub kind: Option<EnhedKind>,
    /// The level of its leader.
    pub level: Option<Level>,
    /// The unit above it: the area of a børnehus, the administration of a school.
    pub above: Option<Id>,
    /// The geographic network that the unit belongs to.
    pub network: UserText,
    /// The national institution number, if the unit has one.
    pub institution_number: UserText,
    /// Whether the unit is archived: not in use any more, and left out of lists to choose from and of comparisons.
    pub archived: Option<bool>,
}

impl Enhed {
    /// Returns whether the unit is archived.
    pub fn is_archived(&self) -> bool {
        self.archived == Some(true)
    }
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
    /// All kinds, in the order of menus.
    pub const ALL: [Self; 7] =
        [Self::Omraade, Self::Boernehus, Self::Dagpleje, Self::Skole, Self::Klub, Self::Familie, Self::Administration];

    /// Returns the Danish name, as in menus.
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

/// A group of kinds of unit whose figures can be compared. Units are compared only within their sector: the absence at
/// a school says nothing about a nursery.
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
    /// All sectors, in reading order.
    pub const ALL: [Self; 5] = [Self::Daycare, Self::School, Self::Club, Self::Family, Self::Administration];

    /// Returns the Danish plural.
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
    /// Returns the sector of the kind.
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
    /// Returns the level; `None` outside 1 to 4.
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
    archived: value("arkiveringen"),
});

impl Body for Enhed {
    const WORDS: KindWords = KindWords { definite: "enheden", singular: "enhed", plural: "enheder" };
    const TITLE: &'static str = "name";
}
