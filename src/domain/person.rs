//! The person who uses this browser. The page asks once, in order to show each person their own next step.
//!
//! These are preferences of the device rather than a record. They are never in a file, and one person can have
//! different preferences on two devices.

use serde::{Deserialize, Serialize};

use super::cpr::{self, Allowed};
use super::date::Date;
use super::enhed::Level;
use super::id::Id;

/// The person who uses this browser, with their preferences. Unanswered questions are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Person {
    /// The person's role.
    pub role: Option<Role>,
    /// The name under which the person writes; possibly empty.
    pub name: String,
    /// The unit that the person is looking at.
    pub unit: Option<Id>,
    /// Whether the person has answered or skipped the question of who they are.
    pub is_asked: bool,
    /// The colour scheme chosen; if empty, the device's.
    pub colours: Option<Colours>,
    /// How imported tables were last read: pairs of a table's headings and the mapping of its columns.
    pub tables: Vec<(String, String)>,
    /// The ids of indicators in the order of columns that the person chose. Others follow.
    pub columns: Vec<String>,
    /// The names of the files that were opened last, each with the day. The newest comes first.
    pub files: Vec<(String, Date)>,
}

impl Person {
    /// The number of opened files that are remembered.
    const MOST_FILES: usize = 4;

    /// Remembers that a file was opened on a day, for a person who follows several units: others do not see the list.
    /// CPR numbers in the name are masked.
    pub fn remember_file(&mut self, name: &str, day: Date) {
        if !self.role.is_some_and(Role::has_several_units) {
            return;
        }
        let name = cpr::mask(name, &Allowed::new()).save;
        self.files.retain(|(other, _)| *other != name);
        self.files.insert(0, (name, day));
        self.files.truncate(Self::MOST_FILES);
    }
}

/// The role of the person who uses this browser.
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
    /// A facilitator of workshops.
    Facilitator,
    /// A politician, or a member of a MED committee or a board of parents.
    Board,
}

/// A colour scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Colours {
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Role {
    /// All roles, in the order of menus.
    pub const ALL: [Self; 7] =
        [Self::Leader, Self::Head, Self::Director, Self::Secretariat, Self::Employee, Self::Facilitator, Self::Board];

    /// Returns the Danish name of the role.
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

    /// Returns the levels of leader that the role can have; empty for roles that lead nothing.
    pub const fn levels(self) -> &'static [u8] {
        match self {
            Self::Leader => &[3, 4],
            Self::Head => &[2],
            Self::Director => &[1],
            Self::Secretariat | Self::Employee | Self::Facilitator | Self::Board => &[],
        }
    }

    /// Returns the person's level of leader. If the role allows several levels, the level of the unit decides.
    pub fn level(self, of_unit: Option<Level>) -> Option<Level> {
        match self.levels() {
            [] => None,
            [only] => Level::new(*only),
            several => of_unit.filter(|level| several.contains(&(*level).into())),
        }
    }

    /// Returns whether a person of the role usually follows several units.
    pub const fn has_several_units(self) -> bool {
        matches!(self, Self::Head | Self::Director | Self::Secretariat)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn newest_files_are_remembered_once_each() {
        let day = |number: u8| Date::new(2026, 3, number).unwrap();
        let mut person = Person { role: Some(Role::Leader), ..Person::default() };
        person.remember_file("a", day(1));
        assert!(person.files.is_empty());
        person.role = Some(Role::Head);
        for (number, name) in (1..).zip(["a", "b", "a", "c", "d", "150312-1234", "e", "f"]) {
            person.remember_file(name, day(number));
        }
        let names: Vec<&str> = person.files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["f", "e", "150312-••••", "d"]);
        assert_eq!(person.files[0].1, day(8));
    }

    #[test]
    fn level_follows_from_the_role_and_the_unit() {
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
