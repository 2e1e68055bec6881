//! Units (*enheder*): schools, daycare areas, clubs, family services, areas of chefs, administrations.

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

    /// Sets the kind. If the unit has no level yet, it gets the level of the kind, where all units of the kind have the
    /// same.
    pub fn set_kind(&mut self, kind: Option<EnhedKind>) {
        self.kind = kind;
        self.level = self.level.or_else(|| kind.and_then(EnhedKind::level));
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
    /// The area of a chef: all daycare, all schools, or the family services.
    Chefomraade,
    /// An administration.
    Administration,
}

impl EnhedKind {
    /// All kinds, in the order of menus.
    pub const ALL: [Self; 8] = [
        Self::Omraade,
        Self::Boernehus,
        Self::Dagpleje,
        Self::Skole,
        Self::Klub,
        Self::Familie,
        Self::Chefomraade,
        Self::Administration,
    ];

    /// Returns the Danish name, as in menus.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Omraade => "Dagtilbudsområde",
            Self::Boernehus => "Børnehus",
            Self::Dagpleje => "Dagpleje",
            Self::Skole => "Skole",
            Self::Klub => "Klub",
            Self::Familie => "Familie- og rådgivningstilbud",
            Self::Chefomraade => "Chefområde",
            Self::Administration => "Administration",
        }
    }
}

/// A group of kinds of unit whose figures can be compared. Units are compared only within their sector: the absence at
/// a school says nothing about a nursery. The areas of chefs are one sector that is not compared at all: each holds the
/// units of another sector.
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
    /// The areas of chefs.
    HeadArea,
    /// Administrations.
    Administration,
}

impl Sector {
    /// All sectors, in reading order.
    pub const ALL: [Self; 6] =
        [Self::Daycare, Self::School, Self::Club, Self::Family, Self::HeadArea, Self::Administration];

    /// Returns the Danish plural.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Daycare => "Dagtilbud",
            Self::School => "Skoler",
            Self::Club => "Klubber",
            Self::Family => "Familie- og rådgivningstilbud",
            Self::HeadArea => "Chefområder",
            Self::Administration => "Administration",
        }
    }

    /// Returns whether units of the sector are compared with each other.
    pub const fn is_compared(self) -> bool {
        !matches!(self, Self::HeadArea)
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
            Self::Chefomraade => Sector::HeadArea,
            Self::Administration => Sector::Administration,
        }
    }

    /// Returns the level of the leaders, if all units of the kind have the same: a chef is on niveau 2.
    pub fn level(self) -> Option<Level> {
        if self == Self::Chefomraade { Level::new(2) } else { None }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kind_gives_its_level_to_a_unit_without_one() {
        for (kind, before, after) in [
            (Some(EnhedKind::Chefomraade), None, Level::new(2)),
            (Some(EnhedKind::Chefomraade), Level::new(3), Level::new(3)),
            (Some(EnhedKind::Skole), None, None),
            (Some(EnhedKind::Skole), Level::new(3), Level::new(3)),
            (None, None, None),
        ] {
            let mut unit = Enhed { level: before, ..Enhed::default() };
            unit.set_kind(kind);
            assert_eq!((unit.kind, unit.level), (kind, after), "{kind:?} {before:?}");
        }
    }

    /// The name in a file is for ever.
    #[test]
    fn kinds_are_named_in_files_as_before() {
        let names = EnhedKind::ALL.map(|kind| serde_json::to_value(kind).unwrap().as_str().unwrap().to_owned());
        let expected =
            ["omraade", "boernehus", "dagpleje", "skole", "klub", "familie", "chefomraade", "administration"];
        assert_eq!(names, expected);
    }

    #[test]
    fn only_areas_of_chefs_are_compared_with_no_other_unit() {
        for kind in EnhedKind::ALL {
            assert_eq!(kind.sector().is_compared(), kind != EnhedKind::Chefomraade, "{kind:?}");
        }
    }
}
