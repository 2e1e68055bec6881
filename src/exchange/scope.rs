//! What a file is for, and which records it is made of. What goes of them is the table's to say: see [`release`].

use serde::{Deserialize, Serialize};

use crate::domain::id::Id;
use crate::domain::registry::Kind;
use crate::domain::sorted::SortedSet;
use crate::record::identity::Identities;
use crate::record::path::Path;
use crate::record::{Record, Records};

use super::mask::Mask;
use super::release::{self, Column, Outgoing};

/// What a file is for. It is written into the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// *Sikkerhedskopi*: everything, private records too, nothing masked. For the user alone.
    Backup,
    /// *Del*: a part, for others.
    Share {
        /// What of the workspace.
        part: SharedPart,
        /// The one named recipient for whom the user lifted the mask of small numbers, if one was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unmasked_for: Option<String>,
    },
}

/// A part of the workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Part"))]
#[serde(rename_all = "snake_case")]
pub enum SharedPart {
    /// A unit with all that belongs to it and is not between two parties.
    Enhed {
        /// The unit.
        id: Id,
    },
    /// A conversation whole, and the unit it is of with its figures and what is said of them.
    Samtale {
        /// The conversation.
        id: Id,
    },
    /// An agreement with its goals and their comments, and the unit it is for with its figures.
    Aftale {
        /// The agreement.
        id: Id,
    },
    /// *Datapakke*: units with their figures, and nothing that anyone wrote about them; with the themes and the calendar
    /// of a cycle, which are everyone's.
    DataPackage {
        /// The units.
        units: Vec<Id>,
        /// The package of the cycle, where there is one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        package: Option<Id>,
    },
    /// The units of a geographic network, with their common figures and what each chose to share; always masked.
    Network {
        /// The network's name.
        name: String,
    },
    /// The result of a workshop, and nothing else.
    Workshop {
        /// The workshop.
        id: Id,
    },
    /// Records chosen one by one: the only way a private one gets into a file for others.
    Chosen {
        /// The records.
        ids: Vec<Id>,
    },
}

impl Scope {
    /// The records that go into the file, as they go into it.
    pub fn select(&self, records: &Records) -> Vec<Outgoing> {
        let Self::Share { part, .. } = self else { return release::everything(records) };
        let mut chosen = part.ids(records);
        // The municipality's own links are everyone's, and no part's.
        let links = records.values().filter(|record| record.kind() == Some(Kind::Links));
        chosen.extend(links.map(|record| record.id().clone()));
        let chosen = records.values().filter(|record| chosen.contains(record.id())).cloned().collect();
        let mask = self.masks().then(|| Mask::of(records));
        release::release(Column::of(part), chosen, mask.as_ref())
    }

    /// Whether a file for this carries links: where a receiver need not wonder that it does.
    pub fn carries_links(&self) -> bool {
        match self {
            Self::Backup => true,
            Self::Share { part, .. } => Column::of(part).takes(Kind::Links),
        }
    }

    /// Whether small numbers are masked in the file.
    pub fn masks(&self) -> bool {
        match self {
            Self::Backup => false,
            Self::Share { part: SharedPart::Network { .. }, .. } => true,
            Self::Share { unmasked_for, .. } => unmasked_for.is_none(),
        }
    }
}

impl Column {
    /// The column of a part.
    pub const fn of(part: &SharedPart) -> Self {
        match part {
            SharedPart::Enhed { .. } => Self::Unit,
            SharedPart::Samtale { .. } => Self::Conversation,
            SharedPart::Aftale { .. } => Self::Agreement,
            SharedPart::DataPackage { .. } => Self::Package,
            SharedPart::Network { .. } => Self::Network,
            SharedPart::Workshop { .. } => Self::Workshop,
            SharedPart::Chosen { .. } => Self::Chosen,
        }
    }
}

impl SharedPart {
    /// Those of some records that a data package can hold at all: gone through once, where a file is made for each unit.
    pub fn package_records(records: Records) -> Records {
        let mut held = Records::new();
        let is_held = |record: &Record| record.kind().is_some_and(|kind| Column::Package.takes(kind));
        held.extend(records.into_iter().filter(|(_, record)| is_held(record)));
        held
    }

    /// The records that the file is about. What goes of them, and whether anything does, is for the table to say.
    fn ids(&self, records: &Records) -> SortedSet<Id> {
        let identities = Identities::of(records.values());
        let meaning = |id: &Id| same(records, &identities, id);
        let with_all_below = |roots: SortedSet<Id>| below(records, roots, |_| true);
        let with_figures = |id: &Id| {
            let unit = records.get(id).and_then(Record::parent);
            unit.map(|unit| with_figures(records, meaning(&unit))).unwrap_or_default()
        };
        match self {
            Self::Enhed { id } => with_all_below(meaning(id)),
            Self::Samtale { id } => {
                let mut ids = with_figures(id);
                ids = below(records, ids, |record| record.kind() == Some(Kind::Dialogue));
                ids.extend(meaning(id));
                ids
            }
            Self::Aftale { id } => {
                let mut ids = with_all_below(SortedSet::from([id.clone()]));
                ids.extend(with_figures(id));
                ids
            }
            Self::DataPackage { units, package } => {
                let mut ids = self::with_figures(records, units.iter().flat_map(meaning).collect());
                ids.extend(package.iter().filter(|id| records.contains_key(*id)).cloned());
                ids
            }
            Self::Network { name } => {
                let network = Path::root("network");
                let of_it = |record: &&Record| {
                    record.kind() == Some(Kind::Enhed)
                        && record.shown_text(&network).is_some_and(|text| text.trim() == name.trim())
                };
                let units = records.values().filter(of_it).flat_map(|unit| meaning(unit.id()));
                with_all_below(units.collect())
            }
            Self::Workshop { id } => SortedSet::from([id.clone()]),
            Self::Chosen { ids } => ids.iter().cloned().collect(),
        }
    }
}

/// The ids here that mean the same as one: of a unit, or of what follows from a unit's id.
fn same(records: &Records, identities: &Identities, id: &Id) -> SortedSet<Id> {
    if identities.is_empty() {
        return records.get_key_value(id).into_iter().map(|(own, _)| own.clone()).collect();
    }
    let parts = |id: &Id| {
        let (unit, rest) = id.as_str().split_once('.').unwrap_or((id.as_str(), ""));
        (Id::parse(unit), rest.to_owned())
    };
    let (unit, rest) = parts(id);
    let means = |other: &&Id| {
        let (others, own) = parts(other);
        *other == id
            || (own == rest && unit.as_ref().zip(others).is_some_and(|(one, other)| identities.same(one, &other)))
    };
    records.keys().filter(means).cloned().collect()
}

/// Units with their figures, and with the own indicators that these are of.
fn with_figures(records: &Records, units: SortedSet<Id>) -> SortedSet<Id> {
    let mut ids = below(records, units, |record| record.kind() == Some(Kind::Series));
    let measured = indicators_of(records, &ids);
    ids.extend(measured);
    ids
}

/// The own indicators that series among some records are kept on: without them nobody could tell what is counted.
fn indicators_of(records: &Records, ids: &SortedSet<Id>) -> Vec<Id> {
    let path = Path::root("indicator");
    let series = records.values().filter(|record| record.kind() == Some(Kind::Series) && ids.contains(record.id()));
    let named = series.filter_map(|record| Id::parse(record.shown_text(&path)?));
    let is_own = |id: &Id| records.get(id).is_some_and(|record| record.kind() == Some(Kind::Indicator));
    named.filter(is_own).collect()
}

/// The roots and all that belongs to them, at any depth; private records, and what belongs to them, stay out.
fn below(records: &Records, roots: SortedSet<Id>, takes: impl Fn(&Record) -> bool) -> SortedSet<Id> {
    let is_open = |record: &Record| record.kind().is_some_and(|kind| !kind.is_private());
    let mut ids: SortedSet<Id> = roots.into_iter().filter(|id| records.get(id).is_some_and(is_open)).collect();
    loop {
        let more: Vec<Id> = records
            .values()
            .filter(|record| !ids.contains(record.id()) && is_open(record) && takes(record))
            .filter(|record| record.parent().is_some_and(|parent| ids.contains(&parent)))
            .map(|record| record.id().clone())
            .collect();
        if more.is_empty() {
            return ids;
        }
        ids.extend(more);
    }
}
