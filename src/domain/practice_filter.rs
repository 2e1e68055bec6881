//! The filters of the library of practice: what can be chosen, how the choices stand in an address, and which practice
//! passes them.
//!
//! A filter in an address is a list of `name=value`, joined by `~`: `tema=tema-sundhed~greb=gentaenke~ord=leg_ude`.
//! People send such addresses to each other, so a name or a value must never get another meaning.

use std::cmp::Ordering;

use super::enhed::Sector;
use super::fractional_index;
use super::fundament::{Edition, Sort};
use super::goal::Anchor;
use super::id::Id;
use super::indicator;
use super::practice::{Practice, PracticeSort, PracticeState};
use super::proevehandling::Proevehandling;
use super::relations::{LocalFacts, RelationMap};
use super::search::{SearchEntry, SearchIndex, SearchKind, SearchTarget, is_in_danish_order};
use super::text::{decode_from_address, encode_for_address};

/// The name of the words in an address.
const WORDS: &str = "ord";

/// A property of practice that the library is filtered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facet {
    /// The sort of practice.
    Sort,
    /// The state.
    State,
    /// The sector of the unit.
    UnitKind,
    /// A theme that it hangs on, directly or through something else.
    Theme,
    /// A pejlemærke that it hangs on, directly or through something else.
    Pejlemaerke,
    /// A corner of the TEK triangle that rises.
    Corner,
    /// A lever against the shortage of staff.
    Lever,
}

/// A value that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetOption {
    /// The value in an address. It has the form of an [`Id`].
    pub value: String,
    /// The Danish name.
    pub name: String,
}

impl Facet {
    /// All facets, in reading order.
    pub const ALL: [Self; 7] =
        [Self::Sort, Self::State, Self::UnitKind, Self::Theme, Self::Pejlemaerke, Self::Corner, Self::Lever];

    /// Returns the name in an address.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sort => "slags",
            Self::State => "trin",
            Self::UnitKind => "enheder",
            Self::Theme => "tema",
            Self::Pejlemaerke => "pejlemaerke",
            Self::Corner => "stiger",
            Self::Lever => "greb",
        }
    }

    /// Returns the Danish label, and the Danish words for no choice.
    pub const fn danish(self) -> [&'static str; 2] {
        match self {
            Self::Sort => ["Slags praksis", "Alle slags"],
            Self::State => ["Hvor langt", "Alle trin"],
            Self::UnitKind => ["Slags enhed", "Alle enheder"],
            Self::Theme => ["Tema", "Alle temaer"],
            Self::Pejlemaerke => ["Pejlemærke", "Alle pejlemærker"],
            Self::Corner => ["Hjørne i TEK", "Alle hjørner"],
            Self::Lever => ["Greb mod mangel på arbejdskraft", "Alle greb"],
        }
    }

    /// Returns what can be chosen. `themes` are those of the cycles, each with its title.
    pub fn options(self, edition: &Edition, themes: &[(Id, String)]) -> Vec<FacetOption> {
        let items = |sort: Sort| -> Vec<FacetOption> {
            edition.of_sort(sort).map(|item| option(&item.id, &item.label)).collect()
        };
        match self {
            Self::Sort => PracticeSort::ALL.map(|sort| option(sort_value(sort), sort.plural())).into(),
            Self::State => PracticeState::ALL.map(|state| option(state_value(state), state.heading())).into(),
            Self::UnitKind => Sector::ALL.map(|sector| option(sector_value(sector), sector.danish())).into(),
            Self::Theme => {
                let mut options = items(Sort::Theme);
                options.extend(themes.iter().map(|(id, title)| option(id.as_str(), title)));
                options
            }
            Self::Pejlemaerke => items(Sort::Pejlemaerke),
            Self::Corner => {
                let mut options = items(Sort::Corner);
                for corner in &mut options {
                    corner.name.push_str(" stiger");
                }
                options
            }
            Self::Lever => items(Sort::Lever),
        }
    }
}

fn option(value: &str, name: &str) -> FacetOption {
    FacetOption { value: value.to_owned(), name: name.to_owned() }
}

/// Returns the value of a sort of practice in an address.
const fn sort_value(sort: PracticeSort) -> &'static str {
    match sort {
        PracticeSort::Deviation => "afvigelse",
        PracticeSort::Trial => "proevehandling",
        PracticeSort::Prototype => "prototype",
    }
}

/// Returns the value of a state in an address.
const fn state_value(state: PracticeState) -> &'static str {
    match state {
        PracticeState::Due => "samles-op",
        PracticeState::Running => "i-gang",
        PracticeState::Idea => "ide",
        PracticeState::Scaled => "skaleret",
        PracticeState::Standing => "gaelder",
        PracticeState::Working => "virker",
        PracticeState::Adjusted => "justeres",
        PracticeState::Stopped => "stoppet",
    }
}

/// Returns the value of a sector in an address.
const fn sector_value(sector: Sector) -> &'static str {
    match sector {
        Sector::Daycare => "dagtilbud",
        Sector::School => "skoler",
        Sector::Club => "klubber",
        Sector::Family => "familie",
        Sector::HeadArea => "chefomraader",
        Sector::Administration => "administration",
    }
}

/// What a person has chosen to see of the library.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PracticeFilter {
    /// The chosen value of each facet, in the order of [`Facet::ALL`].
    chosen: [Option<String>; Facet::ALL.len()],
    /// The words to search for.
    pub words: String,
}

impl PracticeFilter {
    /// Reads the filter of an address. Parts that this version does not know are left out.
    pub fn parse(address: &str) -> Self {
        let mut filter = Self::default();
        for (name, value) in address.split('~').filter_map(|part| part.split_once('=')) {
            if name == WORDS {
                filter.words = decode_from_address(value).unwrap_or_default();
            } else if let Some(facet) = Facet::ALL.into_iter().find(|facet| facet.name() == name) {
                filter.chosen[facet as usize] = Id::parse(value).map(|value| value.to_string());
            }
        }
        filter
    }

    /// Returns the filter as an address has it; empty without any choice.
    pub fn address(&self) -> String {
        let mut address = String::new();
        let mut add = |name: &str, value: &str| {
            for part in [if address.is_empty() { "" } else { "~" }, name, "=", value] {
                address.push_str(part);
            }
        };
        for facet in Facet::ALL {
            if let Some(value) = self.chosen(facet) {
                add(facet.name(), value);
            }
        }
        let words = self.words.trim();
        if !words.is_empty() {
            add(WORDS, &encode_for_address(words));
        }
        address
    }

    /// Returns the chosen value of a facet.
    pub fn chosen(&self, facet: Facet) -> Option<&str> {
        self.chosen[facet as usize].as_deref()
    }

    /// Returns the filter with another choice in a facet, or with none.
    #[must_use]
    pub fn with(&self, facet: Facet, value: Option<&str>) -> Self {
        let mut filter = self.clone();
        filter.chosen[facet as usize] = value.map(str::to_owned);
        filter
    }

    /// Returns the facets in which something is chosen.
    pub fn facets(&self) -> Vec<Facet> {
        Facet::ALL.into_iter().filter(|facet| self.chosen(*facet).is_some()).collect()
    }

    /// Removes choices that are not offered here, as in an address from a colleague who has other themes. Returns
    /// whether there were any.
    pub fn drop_unknown(&mut self, edition: &Edition, themes: &[(Id, String)]) -> bool {
        let mut has_unknown = false;
        for facet in self.facets() {
            let chosen = self.chosen(facet);
            if !facet.options(edition, themes).iter().any(|option| Some(option.value.as_str()) == chosen) {
                self.chosen[facet as usize] = None;
                has_unknown = true;
            }
        }
        has_unknown
    }

    /// Returns whether practice passes all choices. The words are not looked at: see [`find`].
    pub fn passes(&self, entry: &LibraryEntry) -> bool {
        self.passes_but(entry, None)
    }

    /// Returns how many entries pass all choices when a facet has a value, or no choice.
    pub fn count_with(&self, entries: &[&LibraryEntry], facet: Facet, value: Option<&str>) -> usize {
        let with_value = entries.iter().filter(|entry| value.is_none_or(|value| entry.has(facet, value)));
        with_value.filter(|entry| self.passes_but(entry, Some(facet))).count()
    }

    /// Returns whether practice passes all choices but that of one facet.
    fn passes_but(&self, entry: &LibraryEntry, left_out: Option<Facet>) -> bool {
        let mut facets = Facet::ALL.into_iter().filter(|facet| Some(*facet) != left_out);
        facets.all(|facet| self.chosen(facet).is_none_or(|value| entry.has(facet, value)))
    }
}

/// Practice as the library lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LibraryEntry {
    /// The practice.
    pub practice: Practice,
    /// The name of its unit; empty without a unit.
    pub unit_name: String,
    /// The sector of its unit.
    pub sector: Option<Sector>,
    /// Whether it belongs to the unit of the person who reads.
    pub is_own: bool,
    /// The ids of all that it hangs on: see [`hangs_on`].
    pub hangs_on: Vec<String>,
}

impl LibraryEntry {
    /// Returns whether a facet of the practice has a value.
    fn has(&self, facet: Facet, value: &str) -> bool {
        match facet {
            Facet::Sort => sort_value(self.practice.sort) == value,
            Facet::State => state_value(self.practice.state) == value,
            Facet::UnitKind => self.sector.is_some_and(|sector| sector_value(sector) == value),
            Facet::Corner => self.practice.rising_corners().contains(&value),
            Facet::Theme | Facet::Pejlemaerke | Facet::Lever => self.hangs_on.iter().any(|id| id == value),
        }
    }
}

/// Returns for each practice the ids of all that it hangs on: what it is anchored to, and what that hangs on in turn.
pub fn hangs_on(practices: &[Practice], edition: &'static Edition, facts: &LocalFacts) -> Vec<Vec<String>> {
    // For the map, practice of any sort is a trial with its anchors.
    let trials = practices.iter().map(|practice| {
        let mut anchors = practice.anchors.clone();
        anchors.retain(|_, anchor| leads_further(anchor, facts));
        (practice.id.clone(), Proevehandling { anchors, ..Proevehandling::default() })
    });
    let facts = LocalFacts { trials: trials.collect(), ..facts.clone() };
    let map = RelationMap::of(edition, &facts);
    let ids = |practice: &Practice| -> Vec<String> {
        let direct = practice.anchors.values().map(|anchor| anchor.id().to_string());
        direct.chain(map.relations(practice.id.as_str()).up.into_iter().map(|thing| thing.id)).collect()
    };
    practices.iter().map(ids).collect()
}

/// Returns whether what an anchor names hangs on a theme or a pejlemærke in turn. The map would search all editions for
/// what is not here, such as the goal of another unit.
fn leads_further(anchor: &Anchor, facts: &LocalFacts) -> bool {
    match anchor {
        Anchor::Indicator(id) => {
            indicator::name(id.as_str()).is_some() || facts.indicators.iter().any(|(own, _)| own == id)
        }
        Anchor::Goal(id) => facts.goals.iter().any(|(own, _)| own == id),
        Anchor::Pejlemaerke(_) | Anchor::CouncilGoal(_) => true,
        _ => false,
    }
}

/// Sorts practice as the library lists it: what is found to work first, then what began last, then by title in Danish
/// order.
pub fn in_library_order(entries: Vec<LibraryEntry>) -> Vec<LibraryEntry> {
    fractional_index::sorted(entries, &is_listed_before)
}

fn is_listed_before(one: &LibraryEntry, other: &LibraryEntry) -> bool {
    let key = |entry: &LibraryEntry| (entry.practice.is_found_to_work(), entry.practice.date);
    match key(other).cmp(&key(one)) {
        Ordering::Less => true,
        Ordering::Greater => false,
        Ordering::Equal => !is_in_danish_order([other.practice.title.as_str(), one.practice.title.as_str()]),
    }
}

/// Indexes entries by their words: the title, the sort, the unit, and all that is written.
pub fn index(entries: &[LibraryEntry]) -> SearchIndex {
    let entry = |(position, listed): (usize, &LibraryEntry)| {
        let LibraryEntry { practice, unit_name, is_own, .. } = listed;
        SearchEntry {
            kind: match practice.sort {
                PracticeSort::Deviation => SearchKind::Deviation,
                PracticeSort::Trial => SearchKind::Trial,
                PracticeSort::Prototype => SearchKind::Prototype,
            },
            title: practice.title.clone(),
            aliases: practice.sort.danish().to_owned(),
            place: unit_name.clone(),
            details: practice.words.clone(),
            is_own: *is_own,
            target: SearchTarget::Command(position),
        }
    };
    SearchIndex::new(entries.iter().enumerate().map(entry).collect())
}

/// Returns the positions of the entries that have every word, the best first.
pub fn find(index: &SearchIndex, words: &str) -> Vec<usize> {
    let found = index.search(words, usize::MAX).best.into_iter();
    found
        .filter_map(|entry| match entry.target {
            SearchTarget::Command(position) => Some(position),
            SearchTarget::Address(_) => None,
        })
        .collect()
}

#[cfg(test)]
mod tests;
