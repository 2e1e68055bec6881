//! Which records go into a file, and what is masked on the way.

use serde::{Deserialize, Serialize};

use crate::domain::id::Id;
use crate::domain::kind::Kind;
use crate::domain::sorted::SortedSet;
use crate::record::identity::Identities;
use crate::record::path::Path;
use crate::record::{Record, Records};

use super::figures::is_in;
use super::mask::Mask;

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
        part: Part,
        /// The one named recipient for whom the user lifted the mask of small numbers, if one was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unmasked_for: Option<String>,
    },
}

/// A part of the workspace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// A unit with all that belongs to it.
    Enhed {
        /// The unit.
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
    /// The units of a geographic network, with all that belongs to them; always masked.
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
    pub fn select(&self, records: &Records) -> Vec<Record> {
        let Self::Share { part, .. } = self else { return records.values().cloned().collect() };
        let mut chosen = part.ids(records);
        // The municipality's own links are everyone's, and say nothing of anyone.
        if !matches!(part, Part::Chosen { .. } | Part::Workshop { .. }) {
            chosen.extend(
                records.values().filter(|record| record.kind() == Some(Kind::Links)).map(|record| record.id().clone()),
            );
        }
        let mut selected: Vec<_> = records.values().filter(|record| chosen.contains(record.id())).cloned().collect();
        let mask = self.masks().then(|| Mask::of(records));
        if let Some(mask) = &mask {
            let said = mask.said();
            selected.retain(|record| !said.contains(record.id()));
        }
        for record in &mut selected {
            record.withhold_trash();
            if let Some(mask) = &mask {
                mask.withhold(record);
            }
            if matches!(part, Part::DataPackage { .. }) {
                record.withhold(|path, _| is_in(path, "notes"));
            }
        }
        selected
    }

    /// Whether small numbers are masked in the file.
    pub fn masks(&self) -> bool {
        match self {
            Self::Backup => false,
            Self::Share { part: Part::Network { .. }, .. } => true,
            Self::Share { unmasked_for, .. } => unmasked_for.is_none(),
        }
    }
}

impl Part {
    /// Those of some records that a data package can hold at all: gone through once, where a file is made for each unit.
    pub fn package_records(records: Records) -> Records {
        let kinds = [Kind::Enhed, Kind::Series, Kind::Indicator, Kind::Package, Kind::Links];
        let mut held = Records::new();
        let is_held = |record: &Record| record.kind().is_some_and(|kind| kinds.contains(&kind));
        held.extend(records.into_iter().filter(|(_, record)| is_held(record)));
        held
    }

    fn ids(&self, records: &Records) -> SortedSet<Id> {
        let identities = Identities::of(records.values());
        let meaning = |id: &Id| {
            let same = records.keys().filter(|other| identities.same(other, id));
            same.cloned().collect::<SortedSet<_>>()
        };
        let with_all_below = |roots: SortedSet<Id>| below(records, roots, |_| true);
        match self {
            Self::Enhed { id } => with_all_below(meaning(id)),
            Self::Aftale { id } => {
                let mut ids = with_all_below(SortedSet::from([id.clone()]));
                if let Some(unit) = records.get(id).and_then(Record::parent) {
                    ids.extend(with_figures(records, meaning(&unit)));
                }
                ids
            }
            Self::DataPackage { units, package } => {
                let mut ids = with_figures(records, units.iter().flat_map(meaning).collect());
                let measured = indicators_of(records, &ids);
                ids.extend(measured);
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
            Self::Workshop { id } => with_all_below(SortedSet::from([id.clone()])),
            Self::Chosen { ids } => ids.iter().cloned().collect(),
        }
    }
}

fn with_figures(records: &Records, units: SortedSet<Id>) -> SortedSet<Id> {
    below(records, units, |record| record.kind() == Some(Kind::Series))
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
