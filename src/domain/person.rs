//! Who uses this browser: what the page asks once, to show each person their own next step.
//!
//! It is a preference of the device, not a record: it is never in a file, and a person on two devices may be two things.

use serde::{Deserialize, Serialize};

use super::enhed::Level;
use super::id::Id;

/// Who uses this browser, as far as they have said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Person {
    /// What they come as.
    pub role: Option<Role>,
    /// The name that they write under, or nothing.
    pub name: String,
    /// The unit they look at.
    pub unit: Option<Id>,
    /// Whether they have answered the question of who they are, be it by passing it over.
    pub is_asked: bool,
    /// The colours they want, whatever the device says.
    pub colours: Option<Colours>,
    /// How tables with certain headings were read the last time, by the headings.
    pub tables: Vec<(String, String)>,
    /// The indicators in the order that they want them beside one another, as far as they have said.
    pub columns: Vec<String>,
}

/// What a person comes as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A leader of niveau 3 or 4.
    Leader,
    /// A chef, niveau 2.
    Head,
    /// The director, niveau 1.
    Director,
    /// The secretariat.
    Secretariat,
    /// An employee.
    Employee,
    /// Someone who runs workshops.
    Facilitator,
    /// A politician, or a member of a MED committee or a board of parents.
    Board,
}

/// The colours a person wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Colours {
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Role {
    /// All, in the order they are offered.
    pub const ALL: [Self; 7] =
        [Self::Leader, Self::Head, Self::Director, Self::Secretariat, Self::Employee, Self::Facilitator, Self::Board];

    /// What a person of the role calls themselves.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Leader => "Leder",
            Self::Head => "Chef",
            Self::Director => "Direktør",
            Self::Secretariat => "Sekretariatet",
            Self::Employee => "Medarbejder",
            Self::Facilitator => "Facilitator af workshops",
            Self::Board => "Udvalg, MED eller forældrebestyrelse",
        }
    }

    /// The levels that a leader of the role can have.
    pub const fn levels(self) -> &'static [u8] {
        match self {
            Self::Leader => &[3, 4],
            Self::Head => &[2],
            Self::Director => &[1],
            Self::Secretariat | Self::Employee | Self::Facilitator | Self::Board => &[],
        }
    }

    /// The level that follows from the role, and the unit's where it leaves a choice. Who leads nothing has none.
    pub fn level(self, of_unit: Option<Level>) -> Option<Level> {
        match self.levels() {
            [] => None,
            [only] => Level::new(*only),
            several => of_unit.filter(|level| several.contains(&(*level).into())),
        }
    }

    /// Whether they have several units to look at, as a rule.
    pub const fn has_several_units(self) -> bool {
        matches!(self, Self::Head | Self::Director | Self::Secretariat)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wheel_the_level_follows_from_the_role_and_the_unit() {
        for (role, of_unit, level) in [
            (Role::Leader, Some(4), Some(4)),
            (Role::Leader, Some(2), None),
            (Role::Leader, None, None),
            (Role::Head, Some(3), Some(2)),
            (Role::Director, None, Some(1)),
            (Role::Employee, Some(3), None),
        ] {
            assert_eq!(role.level(of_unit.and_then(Level::new)), level.and_then(Level::new), "{role:?} {of_unit:?}");
        }
    }
}
