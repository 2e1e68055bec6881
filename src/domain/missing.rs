//! What is still missing for a person and their unit: a short friendly list, never a wall.

use super::enhed::Enhed;
use super::person::Role;

/// Something that would help the page to help its user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// There is no unit.
    Unit,
    /// Which of several units is looked at.
    ChosenUnit,
    /// What the person comes as: whoever began with a file was never asked.
    Role,
    /// What kind of unit it is.
    Kind,
    /// The level of its leader, where it decides what comes next.
    Level,
    /// The geographic network it belongs to.
    Network,
    /// Any figure at all.
    Figures,
}

impl Missing {
    /// What to do about it, in Danish.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Unit => "Skriv, hvilken enhed du arbejder i",
            Self::ChosenUnit => "Vælg, hvilken af enhederne du arbejder med",
            Self::Role => "Skriv, hvem du er, så siden kan vise dit næste skridt",
            Self::Kind => "Vælg, hvilken slags enhed det er",
            Self::Level => "Vælg lederens niveau, så hjulet viser jeres trin",
            Self::Network => "Skriv jeres geografiske netværk",
            Self::Figures => "Skriv jeres første tal på en indikator",
        }
    }
}

/// What is missing, the most useful first. Who has no unit of their own is not asked for one.
pub fn missing(role: Option<Role>, unit: Option<&Enhed>, has_units: bool, has_figures: bool) -> Vec<Missing> {
    let Some(unit) = unit else {
        // The secretariat and the director look at all units alike.
        return match role {
            Some(Role::Secretariat | Role::Director) => Vec::new(),
            Some(Role::Facilitator | Role::Board) if !has_units => Vec::new(),
            _ if has_units => vec![Missing::ChosenUnit],
            _ => vec![Missing::Unit],
        };
    };
    let all = [
        (Missing::Role, role.is_none()),
        (Missing::Kind, unit.kind.is_none()),
        (Missing::Level, role == Some(Role::Leader) && Role::Leader.level(unit.level).is_none()),
        (Missing::Network, unit.network.as_str().is_empty()),
        (Missing::Figures, !has_figures),
    ];
    all.into_iter().filter(|(_, is_missing)| *is_missing).map(|(missing, _)| missing).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::enhed::{EnhedKind, Level};

    #[test]
    fn wheel_what_is_missing_is_asked_for_once() {
        let whole =
            Enhed { kind: Some(EnhedKind::Skole), level: Level::new(3), network: "Vest".into(), ..Enhed::default() };
        assert_eq!(missing(Some(Role::Leader), Some(&whole), true, true), []);
        assert_eq!(missing(Some(Role::Leader), Some(&whole), true, false), [Missing::Figures]);
        assert_eq!(
            missing(Some(Role::Leader), Some(&Enhed::default()), true, false),
            [Missing::Kind, Missing::Level, Missing::Network, Missing::Figures]
        );
        assert_eq!(missing(None, Some(&whole), true, true), [Missing::Role]);
        assert_eq!(missing(Some(Role::Head), Some(&Enhed { level: None, ..whole }), true, true), []);
        assert_eq!(missing(None, None, false, false), [Missing::Unit]);
        assert_eq!(missing(None, None, true, false), [Missing::ChosenUnit]);
        assert_eq!(missing(Some(Role::Board), None, false, false), []);
        assert_eq!(missing(Some(Role::Secretariat), None, true, true), []);
    }
}
