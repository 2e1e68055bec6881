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
//!   changes nothing more: every actor becomes another one ([`Actor::under`]), but for those that came from a third record,
//!   who stay, and those that came from the very record that it flows into, who become who they were.
//! * What lies in the trash does not flow.
//! * A unit's own record does not flow. Where it says nothing, the one that stands for both is written what the other says.

use crate::domain::id::Id;
use crate::domain::kind::Kind;
use crate::domain::sorted::SortedMap;
use crate::record::Record;
use crate::record::dot::{Actor, Dot};
use crate::record::identity::Identities;
use crate::record::life::Life;

use super::afresh::{Names, under_new_names};

/// The kinds whose ids follow from a unit's.
pub const FLOWING: [Kind; 5] = [Kind::Series, Kind::Dialogue, Kind::Progress, Kind::Samtale, Kind::Rapport];

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
    /// Those who stand for others in it already, and who stands for them where it flows to.
    known: SortedMap<Actor, Actor>,
}

impl<'r> Flow<'r> {
    /// The flow of a record, where it flows.
    pub(super) fn of(from: &'r Record, identities: &Identities, here: &dyn Fn(&Id) -> Option<Record>) -> Option<Self> {
        let to = identities.standing(from.id());
        let flows = from.kind().is_some_and(|kind| FLOWING.contains(&kind)) && from.life(None) != Life::Deleted;
        if !flows || to == *from.id() {
            return None;
        }
        let mut known = SortedMap::new();
        for other in identities.others(&to).into_iter().chain([to.clone()]).filter(|other| other != from.id()) {
            for (actor, _) in here(&other).iter().flat_map(|other| other.seen().iter()) {
                let came = actor.under(&other);
                known.insert(came, if other == to { actor } else { came });
            }
        }
        let unit = |id: &Id| id.as_str().split('.').next().unwrap_or_default().to_owned();
        let mut names = Names::default();
        names.put(&Id::parse(&unit(from.id()))?, &Id::parse(&unit(&to))?, Some(Kind::Enhed));
        Some(Self { from, to, names, known })
    }

    /// The id that it flows to.
    pub(super) const fn to(&self) -> &Id {
        &self.to
    }

    fn stands_for(&self, actor: Actor) -> Actor {
        self.known.get(&actor).copied().unwrap_or_else(|| actor.under(self.from.id()))
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
    pub(super) fn copy(&self) -> Option<Record> {
        let copy = under_new_names(self.from, &self.names)?.by(&|actor| self.stands_for(actor))?;
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
