//! Two units that are the same («Samme enhed?»: yes): what the one has flows into the one that stands for both.
//!
//! Nothing is renamed where it lies. Of a record whose id follows from a unit's (its figures, what is said of them, its
//! progress, conversations and reports) there is one under each id. A copy of the other's is given the standing one's id and
//! is merged with what is there, as a copy from elsewhere would be. Records with ids of their own stay as they are: whoever
//! shows them goes by what means the same.
//!
//! # Invariants
//!
//! * **The same write has the same dot in every copy**, so flowing again, here or on another device and in whatever order,
//!   changes nothing more. What came into a record by flowing from a third keeps the dot that it came with.
//! * **It flows from the higher id to the lower alone**, so it never comes back to where it was written.
//! * What lies in the trash does not flow, and neither does a unit's answer to this very question.
//! * Of a unit's own record that alone flows which the standing one says nothing of: a second spelling of a name is no
//!   open choice.

use crate::domain::id::Id;
use crate::domain::kind::Kind;
use crate::domain::sorted::SortedSet;
use crate::record::Record;
use crate::record::dot::{Actor, Dot};
use crate::record::identity::Identities;
use crate::record::life::Life;

use super::afresh::{Names, under_new_names};

/// The kinds whose ids follow from a unit's, and the unit's own.
pub const FLOWING: [Kind; 6] =
    [Kind::Enhed, Kind::Series, Kind::Dialogue, Kind::Progress, Kind::Samtale, Kind::Rapport];

/// The identities among units: those that do not lie in the trash.
pub fn identities<'r>(units: impl IntoIterator<Item = &'r Record>) -> Identities {
    let living = units.into_iter().filter(|unit| unit.kind() == Some(Kind::Enhed) && unit.life(None) != Life::Deleted);
    Identities::among(&living.map(|unit| (unit.id().clone(), unit.same_as())).collect::<Vec<_>>())
}

/// A record that flows, on its way.
pub(super) struct Flow<'r> {
    from: &'r Record,
    to: Id,
    /// The unit's name, and that of the one that stands for it.
    names: Names,
    /// Those who stand for others already: what they wrote came from a third record.
    kept: SortedSet<Actor>,
}

impl<'r> Flow<'r> {
    /// The flow of a record, where it flows.
    pub(super) fn of(from: &'r Record, identities: &Identities, here: &dyn Fn(&Id) -> Option<Record>) -> Option<Self> {
        let to = identities.standing(from.id());
        let flows = from.kind().is_some_and(|kind| FLOWING.contains(&kind)) && from.life(None) != Life::Deleted;
        if !flows || to == *from.id() {
            return None;
        }
        let unit = match from.kind() {
            Some(Kind::Enhed) => from.id().clone(),
            _ => Id::parse(from.id().as_str().split('.').next()?)?,
        };
        let stands = identities.resolve(&unit).clone();
        let rest = &from.id().as_str()[unit.as_str().len()..];
        let thirds = identities.iter().filter(|(third, own)| **own == stands && **third != unit);
        let mut kept = SortedSet::new();
        for third in thirds.filter_map(|(third, _)| here(&Id::parse(&format!("{third}{rest}"))?)) {
            kept.extend(third.seen().iter().map(|(actor, _)| actor.under(third.id())));
        }
        let names = [(unit.to_string(), stands.to_string())].into_iter().collect();
        Some(Self { from, to, names, kept })
    }

    /// The id that it flows to.
    pub(super) const fn to(&self) -> &Id {
        &self.to
    }

    fn stands_for(&self, actor: Actor) -> Actor {
        if self.kept.contains(&actor) { actor } else { actor.under(self.from.id()) }
    }

    /// Whether all of it has flowed before.
    pub(super) fn is_known(&self, standing: Option<&Record>) -> bool {
        let seen = |standing: &Record| {
            let mut counts = self.from.seen().iter();
            counts.all(|(actor, n)| standing.seen().has(Dot { actor: self.stands_for(actor), n }))
        };
        standing.is_some_and(seen)
    }

    /// The copy that is merged with the standing record; `None` where none can be made.
    pub(super) fn copy(&self, standing: Option<&Record>) -> Option<Record> {
        let copy = under_new_names(self.from, &self.names)?.by(&|actor| self.stands_for(actor))?;
        let copy = match standing {
            Some(standing) if copy.kind() == Some(Kind::Enhed) => copy.only_where_empty(standing),
            _ => copy,
        };
        (*copy.id() == self.to && copy.kind() == self.from.kind()).then_some(copy)
    }
}

/// What takes a unit out of those that mean the same: the answers that must be given anew, of all units with their answers.
/// Those that were the same by way of it still are.
pub fn apart(units: &[(Id, Vec<Id>)], unit: &Id) -> Vec<(Id, Option<Id>)> {
    let all = Identities::among(units);
    let stands = all.resolve(unit).clone();
    let with: Vec<_> = units.iter().filter(|(own, _)| all.same(own, &stands)).collect();
    let says = |others: &[Id]| others.contains(unit);
    let rest = with.iter().filter(|(own, others)| own != unit && !says(others)).map(|own| (*own).clone());
    let rest = Identities::among(&rest.chain([(stands.clone(), Vec::new())]).collect::<Vec<_>>());
    let anew = |(own, others): &&(Id, Vec<Id>)| {
        let is_out = own == unit || *own == stands;
        let is_changed =
            if is_out { says(others) || (own == unit && !others.is_empty()) } else { !rest.same(own, &stands) };
        is_changed.then(|| (own.clone(), (!is_out).then(|| stands.clone())))
    };
    with.iter().filter_map(anew).collect()
}

#[cfg(test)]
mod tests;
