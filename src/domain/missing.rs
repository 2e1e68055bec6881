//! The information that is missing about a person and their unit, as a short list of suggestions.

use super::enhed::{Enhed, EnhedKind};
use super::person::Role;

/// A piece of information that would help the app to help its user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Any unit at all.
    Unit,
    /// The choice between several units.
    ChosenUnit,
    /// The role of the person. A person who began with a file was never asked.
    Role,
    /// The kind of the unit.
    Kind,
    /// The level of the unit's leader, if the next step depends on it.
    Level,
    /// The geographic network of the unit.
    Network,
    /// Any figure at all.
    Figures,
}

impl Missing {
    /// The suggestion in Danish.
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

/// Lists what is missing, the most useful first. People whose role has no unit of its own are not asked for one.
pub fn missing(role: Option<Role>, unit: Option<&Enhed>, has_units: bool, has_figures: bool) -> Vec<Missing> {
    let Some(unit) = unit else {
        // The secretariat, the director and boards look at all units.
        return match role {
            Some(Role::Secretariat | Role::Director | Role::Board) => Vec::new(),
            Some(Role::Facilitator) if !has_units => Vec::new(),
            _ if has_units => vec![Missing::ChosenUnit],
            _ => vec![Missing::Unit],
        };
    };
    let all = [
        (Missing::Role, role.is_none()),
        (Missing::Kind, unit.kind.is_none()),
        (Missing::Level, role == Some(Role::Leader) && Role::Leader.level(unit.level).is_none()),
        // The area of a chef lies in several networks.
        (Missing::Network, unit.network.as_str().is_empty() && unit.kind != Some(EnhedKind::Chefomraade)),
        (Missing::Figures, !has_figures),
    ];
    all.into_iter().filter(|(_, is_missing)| *is_missing).map(|(missing, _)| missing).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::enhed::Level;

    #[test]
    fn missing_depends_on_role_unit_and_figures() {
        let complete =
            Enhed { kind: Some(EnhedKind::Skole), level: Level::new(3), network: "Vest".into(), ..Enhed::default() };
        assert_eq!(missing(Some(Role::Leader), Some(&complete), true, true), []);
        assert_eq!(missing(Some(Role::Leader), Some(&complete), true, false), [Missing::Figures]);
        assert_eq!(
            missing(Some(Role::Leader), Some(&Enhed::default()), true, false),
            [Missing::Kind, Missing::Level, Missing::Network, Missing::Figures]
        );
        assert_eq!(missing(None, Some(&complete), true, true), [Missing::Role]);
        assert_eq!(missing(Some(Role::Head), Some(&Enhed { level: None, ..complete }), true, true), []);
        let area = Enhed { kind: Some(EnhedKind::Chefomraade), ..Enhed::default() };
        assert_eq!(missing(Some(Role::Head), Some(&area), true, true), []);
        assert_eq!(missing(None, None, false, false), [Missing::Unit]);
        assert_eq!(missing(None, None, true, false), [Missing::ChosenUnit]);
        assert_eq!(missing(Some(Role::Board), None, true, false), []);
        assert_eq!(missing(Some(Role::Facilitator), None, false, false), []);
        assert_eq!(missing(Some(Role::Secretariat), None, true, true), []);
    }
}
