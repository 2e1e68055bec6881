//! Defines the purpose of a file and selects the records for it. The table in [`release`] decides what of these records
//! goes.

use serde::{Deserialize, Serialize};

use crate::domain::id::Id;
use crate::domain::registry::Kind;
use crate::domain::sorted::SortedSet;
use crate::record::identity::Identities;
use crate::record::life::Life;
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
    /// The position of a forum: a package's patterns and themes with what forums say about them.
    Feedback {
        /// The package.
        id: Id,
    },
    /// A meeting, with what its units share of their midtvejs status.
    Meeting {
        /// The meeting.
        id: Id,
    },
    /// Records chosen one by one: the only way a private one gets into a file for others.
    Chosen {
        /// The records.
        ids: Vec<Id>,
    },
}

impl Scope {
    /// Selects the records of the file, reduced to what may go.
    pub fn select(&self, records: &Records) -> Vec<Outgoing> {
        let Self::Share { part, .. } = self else { return release::release_everything(records) };
        let mut chosen = part.ids(records);
        // The links of the municipality are for everyone and belong to no part.
        let links = records.values().filter(|record| record.kind() == Some(Kind::Links));
        chosen.extend(links.map(|record| record.id().clone()));
        let chosen = records.values().filter(|record| chosen.contains(record.id())).cloned().collect();
        let mask = self.is_masked().then(|| Mask::of(records));
        release::release(Column::of(part), chosen, mask.as_ref())
    }

    /// Whether a file of this scope may carry links. In other files a receiver refuses them.
    pub fn carries_links(&self) -> bool {
        match self {
            Self::Backup => true,
            Self::Share { part, .. } => Column::of(part).can_hold(Kind::Links),
        }
    }

    /// Whether figures that rest on few persons are masked in the file.
    pub fn is_masked(&self) -> bool {
        match self {
            Self::Backup => false,
            Self::Share { part: SharedPart::Network { .. }, .. } => true,
            Self::Share { unmasked_for, .. } => unmasked_for.is_none(),
        }
    }
}

impl Column {
    /// The column of the table for a part.
    pub const fn of(part: &SharedPart) -> Self {
        match part {
            SharedPart::Enhed { .. } => Self::Unit,
            SharedPart::Samtale { .. } => Self::Samtale,
            SharedPart::Aftale { .. } => Self::Agreement,
            SharedPart::DataPackage { .. } => Self::Package,
            SharedPart::Network { .. } => Self::Network,
            SharedPart::Workshop { .. } => Self::Workshop,
            SharedPart::Chosen { .. } => Self::Chosen,
            SharedPart::Feedback { .. } => Self::Feedback,
            SharedPart::Meeting { .. } => Self::Meeting,
        }
    }
}

impl SharedPart {
    /// Keeps the records that a data package can hold. Called once when a file is made for each of many units.
    pub fn package_records(records: Records) -> Records {
        let mut selected = Records::new();
        let can_be_held = |record: &Record| record.kind().is_some_and(|kind| Column::Package.can_hold(kind));
        selected.extend(records.into_iter().filter(|(_, record)| can_be_held(record)));
        selected
    }

    /// The ids of the records that the file is about. The table decides what of them goes.
    fn ids(&self, records: &Records) -> SortedSet<Id> {
        let identities = Identities::of(records.values());
        let equivalents = |id: &Id| equivalent_ids(records, &identities, id);
        let with_all_below = |roots: SortedSet<Id>| with_descendants(records, roots, |_| true);
        let with_figures = |id: &Id| {
            let unit = records.get(id).and_then(Record::parent);
            unit.map(|unit| with_figures(records, equivalents(&unit))).unwrap_or_default()
        };
        match self {
            Self::Enhed { id } => with_all_below(equivalents(id)),
            Self::Samtale { id } => {
                let mut ids = with_figures(id);
                ids = with_descendants(records, ids, |record| record.kind() == Some(Kind::Dialogue));
                ids.extend(equivalents(id));
                ids
            }
            Self::Aftale { id } => {
                let mut ids = with_all_below(SortedSet::from([id.clone()]));
                ids.extend(with_figures(id));
                // Goals hang on the unit's own tasks.
                let units = records.get(id).and_then(Record::parent).map(|unit| equivalents(&unit)).unwrap_or_default();
                ids.extend(with_descendants(records, units, |record| record.kind() == Some(Kind::UnitTask)));
                ids
            }
            Self::DataPackage { units, package } => {
                let mut ids = self::with_figures(records, units.iter().flat_map(equivalents).collect());
                ids.extend(package.iter().filter(|id| records.contains_key(*id)).cloned());
                ids
            }
            Self::Network { name } => {
                let network = Path::root("network");
                let is_in_network = |record: &&Record| {
                    record.kind() == Some(Kind::Enhed)
                        && !is_archived(record)
                        && record.shown_text(&network).is_some_and(|text| text.trim() == name.trim())
                };
                let units = records.values().filter(is_in_network).flat_map(|unit| equivalents(unit.id()));
                with_all_below(units.collect())
            }
            Self::Workshop { id } | Self::Feedback { id } => SortedSet::from([id.clone()]),
            Self::Meeting { id } => with_shared_statuses(records, id, &equivalents),
            Self::Chosen { ids } => ids.iter().cloned().collect(),
        }
    }
}

/// The ids in `records` that mean the same as `id`: ids of one unit, or ids derived from them.
fn equivalent_ids(records: &Records, identities: &Identities, id: &Id) -> SortedSet<Id> {
    if identities.is_empty() {
        return records.get_key_value(id).into_iter().map(|(id, _)| id.clone()).collect();
    }
    let parts = |id: &Id| {
        let (unit, rest) = id.as_str().split_once('.').unwrap_or((id.as_str(), ""));
        (Id::parse(unit), rest.to_owned())
    };
    let (unit, rest) = parts(id);
    let is_equivalent = |other: &&Id| {
        let (other_unit, other_rest) = parts(other);
        *other == id
            || (other_rest == rest
                && unit.as_ref().zip(other_unit).is_some_and(|(one, other)| identities.is_same(one, &other)))
    };
    records.keys().filter(is_equivalent).cloned().collect()
}

/// A meeting, the units that it names, and each shared midtvejs status with the agreement and the unit that it is of.
/// Left out are statuses of agreements in the trash and of archived units.
fn with_shared_statuses(records: &Records, meeting: &Id, equivalents: &dyn Fn(&Id) -> SortedSet<Id>) -> SortedSet<Id> {
    let leaves = records.get(meeting).into_iter().flat_map(|meeting| meeting.leaves().values());
    let mut units: Vec<Id> = leaves.filter_map(|leaf| Id::parse(leaf.shown()?.json().as_str()?)).collect();
    let mut ids = SortedSet::from([meeting.clone()]);
    let flag = Path::root("shared");
    let statuses = records.values().filter(|record| record.kind() == Some(Kind::Midtvejsstatus));
    for status in statuses.filter(|status| release::is_flag_set(status, &flag)) {
        let agreement = status.parent().and_then(|agreement| records.get(&agreement));
        let Some(agreement) = agreement.filter(|agreement| agreement.life(None) != Life::Deleted) else { continue };
        let unit = agreement.parent();
        if unit.as_ref().and_then(|unit| records.get(unit)).is_some_and(is_archived) {
            continue;
        }
        units.extend(unit);
        ids.extend([agreement.id().clone(), status.id().clone()]);
    }
    let is_unit = |id: &Id| records.get(id).is_some_and(|record| record.kind() == Some(Kind::Enhed));
    ids.extend(units.iter().flat_map(equivalents).filter(is_unit));
    ids
}

/// Units with their series, and with their own indicators that the series are of.
fn with_figures(records: &Records, units: SortedSet<Id>) -> SortedSet<Id> {
    let mut ids = with_descendants(records, units, |record| record.kind() == Some(Kind::Series));
    let indicators = own_indicators(records, &ids);
    ids.extend(indicators);
    ids
}

/// The own indicators of the series among `ids`. Without them a receiver cannot tell what is counted.
fn own_indicators(records: &Records, ids: &SortedSet<Id>) -> Vec<Id> {
    let path = Path::root("indicator");
    let series = records.values().filter(|record| record.kind() == Some(Kind::Series) && ids.contains(record.id()));
    let indicators = series.filter_map(|record| Id::parse(record.shown_text(&path)?));
    let is_own = |id: &Id| records.get(id).is_some_and(|record| record.kind() == Some(Kind::Indicator));
    indicators.filter(is_own).collect()
}

/// The roots and everything below them that passes `includes`, at any depth. Private records, and whatever belongs to
/// those, are left out.
fn with_descendants(records: &Records, roots: SortedSet<Id>, includes: impl Fn(&Record) -> bool) -> SortedSet<Id> {
    let is_public = |record: &Record| record.kind().is_some_and(|kind| !kind.is_private());
    let mut ids: SortedSet<Id> = roots.into_iter().filter(|id| records.get(id).is_some_and(is_public)).collect();
    loop {
        let children: Vec<Id> = records
            .values()
            .filter(|record| !ids.contains(record.id()) && is_public(record) && includes(record))
            .filter(|record| record.parent().is_some_and(|parent| ids.contains(&parent)))
            .map(|record| record.id().clone())
            .collect();
        if children.is_empty() {
            return ids;
        }
        ids.extend(children);
    }
}

/// Returns whether the record of a unit says that the unit is archived. An archived unit stays out of a network's file.
pub fn is_archived(unit: &Record) -> bool {
    unit.leaf(&Path::root("archived")).and_then(|leaf| leaf.shown()?.json().as_bool()) == Some(true)
}
