//! The rule that selects the figures of an indicator to hide.
//!
//! **Over units.** In one period the units form trees. The *remainder* of a shown unit is the unit without the shown
//! units under it. No person is in two remainders, and everything that sums and differences can isolate is a union of
//! remainders. Two conditions are therefore sufficient:
//!
//! * every remainder whose number of persons is known has 0 or at least 5 persons;
//! * no hidden unit is a union of remainders. A hidden unit is such a union if all its parts are shown, or if the
//!   remainder of the nearest shown unit above it contains nothing else.
//!
//! A total is assumed to contain nobody besides its known parts, unless the numbers prove the opposite. As long as a
//! condition is violated, the smallest figure that helps is hidden and both conditions are checked again.
//!
//! **Over time.** Periods of one kind do not overlap and are treated one by one. Periods of several kinds can overlap
//! in a tree: a year and its quarters, a calendar year and a school year. All of them are shown only if nothing in them
//! is hidden and every difference has 0 or at least 5 persons; then no person is in two remainders over units and over
//! time together either. Otherwise one kind of year is shown and the other kinds are hidden, so that every remaining
//! sum concerns a single period.

use super::{Cell, is_few};
use crate::domain::id::Id;
use crate::domain::period::{Period, PeriodKind};
use crate::domain::sorted::SortedMap;

/// The figures of an indicator: unit, period and figure. The functions below refer to them by index.
type CellEntries<'c> = [(&'c Id, Period, Cell)];

/// Returns for each figure of an indicator whether it is hidden. `cells` must be sorted by unit.
pub(super) fn hidden(above: &SortedMap<Id, Id>, cells: &CellEntries<'_>) -> Vec<bool> {
    let mut hidden: Vec<bool> = cells.iter().map(|(.., cell)| cell.is_protected).collect();
    let relevant = (0..cells.len()).filter(|&at| cells[at].2.value.is_some() || cells[at].2.is_protected).collect();
    for tree in trees(above, cells, relevant) {
        for cluster in clusters(cells, tree) {
            for part in trees(above, cells, cluster) {
                suppress_cluster(above, cells, &part, &mut hidden);
            }
        }
    }
    hidden
}

/// Returns the units above a unit, the nearest first.
fn units_above<'a>(above: &'a SortedMap<Id, Id>, unit: &'a Id) -> impl Iterator<Item = &'a Id> {
    std::iter::successors(above.get(unit), |unit| above.get(*unit))
}

/// Groups figures by the trees of their units. Only units that have figures in `indices` are part of a tree.
fn trees(above: &SortedMap<Id, Id>, cells: &CellEntries<'_>, indices: Vec<usize>) -> Vec<Vec<usize>> {
    let mut trees: SortedMap<&Id, Vec<usize>> = SortedMap::new();
    let units: SortedMap<&Id, ()> = indices.iter().map(|&at| (cells[at].0, ())).collect();
    for at in indices {
        let unit = cells[at].0;
        let root = units_above(above, unit).filter(|unit| units.contains_key(unit)).last().unwrap_or(unit);
        trees.get_or_default(root).push(at);
    }
    trees.into_values().collect()
}

/// Returns the first month of a period and the first month after the period, counted from year 0.
fn months(period: Period) -> (u32, u32) {
    let (year, month, length) = match period {
        Period::Year(year) => (year, 0, 12),
        Period::SchoolYear(year) => (year, 7, 12),
        Period::Quarter(year, quarter) => (year, u32::from(quarter) * 3 - 3, 3),
    };
    let first = u32::from(year) * 12 + month;
    (first, first + length)
}

/// Groups figures by their periods, so that overlapping periods are in one group.
fn clusters(cells: &CellEntries<'_>, mut indices: Vec<usize>) -> Vec<Vec<usize>> {
    indices.sort_by_key(|&at| (months(cells[at].1), at));
    let mut clusters: Vec<Vec<usize>> = Vec::new();
    let mut end = 0;
    for at in indices {
        let (first, after) = months(cells[at].1);
        match clusters.last_mut().filter(|_| first < end) {
            Some(cluster) => cluster.push(at),
            None => clusters.push(vec![at]),
        }
        end = end.max(after);
    }
    clusters
}

/// Groups figures by their exact period, in the order of their units.
fn by_period(cells: &CellEntries<'_>, part: &[usize]) -> SortedMap<Period, Vec<usize>> {
    let mut by_period: SortedMap<Period, Vec<usize>> = SortedMap::new();
    for &at in part {
        by_period.get_or_default(cells[at].1).push(at);
    }
    by_period
}

/// Hides the figures that must be hidden in one tree of units and one group of overlapping periods.
fn suppress_cluster(above: &SortedMap<Id, Id>, cells: &CellEntries<'_>, part: &[usize], hidden: &mut [bool]) {
    let kinds = PeriodKind::ALL.into_iter().filter(|kind| part.iter().any(|&at| cells[at].1.kind() == *kind));
    let kinds: Vec<PeriodKind> = kinds.collect();
    if kinds.len() > 1 && !may_show_all_kinds(above, cells, part, &kinds) {
        // The kind of year with the most figures is shown; the school year if the numbers are equal.
        let count = |kind: PeriodKind| {
            part.iter().filter(|&&at| cells[at].1.kind() == kind && cells[at].2.value.is_some()).count()
        };
        let years = kinds.iter().rev().filter(|kind| **kind != PeriodKind::Quarter);
        let shown_kind = years.max_by_key(|kind| count(**kind)).copied();
        for &at in part.iter().filter(|&&at| Some(cells[at].1.kind()) != shown_kind && cells[at].2.value.is_some()) {
            hidden[at] = true;
        }
    }
    for same_period in by_period(cells, part).into_values() {
        let mut tree = Tree::of(above, cells, &same_period);
        tree.nodes.iter_mut().zip(&same_period).for_each(|(node, at)| node.is_hidden |= hidden[*at]);
        tree.suppress();
        for (node, at) in tree.nodes.iter().zip(same_period) {
            hidden[at] |= node.is_hidden;
        }
    }
}

/// Returns whether figures of overlapping periods of several kinds may all be shown.
fn may_show_all_kinds(
    above: &SortedMap<Id, Id>,
    cells: &CellEntries<'_>,
    part: &[usize],
    kinds: &[PeriodKind],
) -> bool {
    let cell = |at: &usize| &cells[*at].2;
    if part.iter().any(|at| cell(at).is_protected) {
        return false;
    }
    let sources: Vec<CountSource> =
        CountSource::ALL.into_iter().filter(|source| source.is_used(part.iter().map(cell))).collect();
    if sources.is_empty() {
        return true;
    }
    // Sums over units and over time consist of the same parts only if every unit has a figure in every period.
    let by_period = by_period(cells, part);
    let units = |indices: &Vec<usize>| indices.iter().map(|&at| cells[at].0).collect::<Vec<_>>();
    let mut units_of_periods = by_period.values().map(units);
    let first = units_of_periods.next();
    if kinds.contains(&PeriodKind::SchoolYear) || !units_of_periods.all(|units| Some(units) == first) {
        return false;
    }
    sources.into_iter().all(|source| {
        // For each unit the remainder of the year minus the remainders of its quarters.
        let mut differences: Vec<f64> = Vec::new();
        for (period, indices) in &by_period {
            let mut tree = Tree::of(above, cells, indices);
            if indices.iter().any(|at| source.count(cell(at)).is_none()) {
                return false;
            }
            tree.suppress();
            if tree.nodes.iter().any(|node| node.is_hidden) {
                return false;
            }
            let sign = if period.kind() == PeriodKind::Quarter { -1.0 } else { 1.0 };
            let remainders = tree.remainders(source);
            differences.resize(remainders.len(), 0.0);
            let counts = remainders.iter().map(|remainder| remainder.unwrap_or_default());
            differences.iter_mut().zip(counts).for_each(|(difference, count)| *difference += sign * count);
        }
        !differences.into_iter().any(is_few)
    })
}

/// Where the number of persons behind a figure comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CountSource {
    /// The number of persons that the figure is based on, `n`.
    Number,
    /// The value of the figure, which is a count itself.
    Value,
}

impl CountSource {
    const ALL: [Self; 2] = [Self::Number, Self::Value];

    /// Returns the number of persons behind a figure according to this source.
    fn count(self, cell: &Cell) -> Option<f64> {
        match self {
            Self::Number => cell.n.map(f64::from),
            Self::Value => cell.value.filter(|_| cell.is_count),
        }
    }

    /// Returns whether this source counts persons in any of the figures. A count is taken as a number of persons only
    /// if no `n` is given.
    fn is_used<'c>(self, mut cells: impl Iterator<Item = &'c Cell>) -> bool {
        match self {
            Self::Number => cells.any(|cell| cell.n.is_some()),
            Self::Value => cells.any(|cell| cell.is_count && cell.n.is_none()),
        }
    }
}

/// A unit with its figure in one period.
struct Node {
    cell: Cell,
    /// The index of the nearest unit above it that has a figure.
    parent: Option<usize>,
    children: Vec<usize>,
    is_hidden: bool,
    /// Whether somebody is in the unit who is in none of the units under it.
    has_own_persons: bool,
    /// The number of persons by each [`CountSource`], if it is known or is the sum over all children.
    size: [Option<f64>; 2],
}

/// The units of one period. They form one or several trees, each unit under the nearest unit above it that has a
/// figure.
struct Tree {
    nodes: Vec<Node>,
    /// The indices of all units, each one after its parent.
    downward: Vec<usize>,
}

impl Tree {
    fn of(above: &SortedMap<Id, Id>, cells: &CellEntries<'_>, indices: &[usize]) -> Self {
        let index_of: SortedMap<&Id, usize> =
            indices.iter().enumerate().map(|(node, &at)| (cells[at].0, node)).collect();
        let node = |&at: &usize| {
            let (unit, _, cell) = cells[at];
            let parent = units_above(above, unit).find_map(|unit| index_of.get(&unit)).copied();
            let is_hidden = cell.is_protected;
            Node { cell, parent, children: Vec::new(), is_hidden, has_own_persons: true, size: [None; 2] }
        };
        let mut nodes: Vec<Node> = indices.iter().map(node).collect();
        for at in 0..nodes.len() {
            if let Some(parent) = nodes[at].parent {
                nodes[parent].children.push(at);
            }
        }
        let mut downward: Vec<usize> = (0..nodes.len()).filter(|&at| nodes[at].parent.is_none()).collect();
        let mut next = 0;
        while let Some(&at) = downward.get(next) {
            downward.extend(nodes[at].children.clone());
            next += 1;
        }
        let mut tree = Self { nodes, downward };
        tree.compute_sizes();
        tree.find_own_persons();
        tree
    }

    /// Computes the number of persons in each unit, and hides figures of unknown size that can only be based on few
    /// persons.
    fn compute_sizes(&mut self) {
        for source in CountSource::ALL {
            if !source.is_used(self.nodes.iter().map(|node| &node.cell)) {
                continue;
            }
            let slot = source as usize;
            // The smallest possible number of persons in each unit.
            let mut least = vec![0.0; self.nodes.len()];
            for &at in self.downward.iter().rev() {
                let node = &self.nodes[at];
                let parts = node.children.iter().map(|&child| self.nodes[child].size[slot]).sum::<Option<f64>>();
                let count = source.count(&node.cell);
                least[at] = count.unwrap_or_else(|| node.children.iter().map(|&child| least[child]).sum());
                self.nodes[at].size[slot] = count.or(parts.filter(|_| !node.children.is_empty()));
            }
            // The largest possible number of persons in each unit, given the units above and beside it.
            let mut most: Vec<Option<f64>> = vec![None; self.nodes.len()];
            for &at in &self.downward {
                let node = &self.nodes[at];
                let available = node.parent.and_then(|parent| {
                    let siblings = self.nodes[parent].children.iter().filter(|child| **child != at);
                    most[parent].map(|most| most - siblings.map(|&child| least[child]).sum::<f64>())
                });
                most[at] = source.count(&node.cell).or(available.filter(|count| *count >= 0.0));
                let is_few = most[at].is_some_and(is_few) && node.cell.n.is_none() && source == CountSource::Number;
                self.nodes[at].is_hidden |= is_few;
            }
        }
    }

    /// Computes for each unit whether it has persons of its own.
    fn find_own_persons(&mut self) {
        let mut is_empty = vec![false; self.nodes.len()];
        for &at in self.downward.iter().rev() {
            let node = &self.nodes[at];
            // Only the stated numbers of all children prove that the unit has more persons than its children.
            let is_proven = |source: CountSource| {
                let parts =
                    node.children.iter().map(|&child| source.count(&self.nodes[child].cell)).sum::<Option<f64>>();
                source.count(&node.cell).zip(parts).is_some_and(|(total, parts)| total > parts)
            };
            let are_children_empty = node.children.iter().all(|&child| is_empty[child]);
            let is_zero = |source: CountSource| source.count(&node.cell) == Some(0.0);
            let has_own_persons = if are_children_empty {
                !CountSource::ALL.into_iter().any(is_zero)
            } else {
                CountSource::ALL.into_iter().any(is_proven)
            };
            is_empty[at] = are_children_empty && !has_own_persons;
            self.nodes[at].has_own_persons = has_own_persons;
        }
    }

    /// Returns the nearest shown unit above a unit. With a `source`, units of unknown size by that source are skipped.
    fn shown_above(&self, at: usize, source: Option<CountSource>) -> Option<usize> {
        let is_shown =
            |node: &Node| !node.is_hidden && source.is_none_or(|source| node.size[source as usize].is_some());
        let mut ancestor = self.nodes[at].parent;
        while let Some(skipped) = ancestor.filter(|&index| !is_shown(&self.nodes[index])) {
            ancestor = self.nodes[skipped].parent;
        }
        ancestor
    }

    /// Returns for each shown unit the number of persons who are in no shown unit under it, if that is known.
    fn remainders(&self, source: CountSource) -> Vec<Option<f64>> {
        let size = |at: usize| self.nodes[at].size[source as usize].filter(|_| !self.nodes[at].is_hidden);
        let mut remainders: Vec<Option<f64>> = (0..self.nodes.len()).map(size).collect();
        for at in 0..self.nodes.len() {
            if let Some((size, above)) = size(at).zip(self.shown_above(at, Some(source))) {
                remainders[above] = remainders[above].map(|remainder| remainder - size);
            }
        }
        remainders
    }

    /// Hides figures until both conditions of the module documentation hold.
    fn suppress(&mut self) {
        while let Some(at) = self.fix_for_small_remainder().or_else(|| self.fix_for_computable_unit()) {
            self.nodes[at].is_hidden = true;
        }
    }

    /// Returns the smallest shown unit that satisfies a condition. Units of unknown size come last.
    fn smallest_shown(&self, is_candidate: impl Fn(usize) -> bool) -> Option<usize> {
        let shown = (0..self.nodes.len()).filter(|&at| !self.nodes[at].is_hidden && is_candidate(at));
        let size = |at: usize| self.nodes[at].size[0].or(self.nodes[at].size[1]).unwrap_or(f64::INFINITY);
        shown.min_by(|&one, &other| size(one).total_cmp(&size(other)))
    }

    /// Returns a unit to hide because the remainder of a shown unit is a small group; `None` if there is no such
    /// remainder.
    fn fix_for_small_remainder(&self) -> Option<usize> {
        CountSource::ALL.into_iter().find_map(|source| {
            let remainders = self.remainders(source);
            let total = remainders.iter().position(|remainder| remainder.is_some_and(is_few))?;
            let is_part = |at: usize| {
                self.nodes[at].size[source as usize].is_some() && self.shown_above(at, Some(source)) == Some(total)
            };
            self.smallest_shown(is_part).or(Some(total))
        })
    }

    /// Returns a unit to hide because a hidden unit can be computed from shown ones; `None` if there is no such hidden
    /// unit.
    fn fix_for_computable_unit(&self) -> Option<usize> {
        if !self.nodes.iter().any(|node| node.is_hidden) {
            return None;
        }
        // For each unit the number of groups in it that belong to no shown unit under it. A group is the persons of one
        // unit who are in none of the units under that one.
        let mut groups = vec![0usize; self.nodes.len()];
        for &at in self.downward.iter().rev() {
            let node = &self.nodes[at];
            groups[at] += usize::from(node.has_own_persons);
            if let Some(parent) = node.parent.filter(|_| node.is_hidden) {
                groups[parent] += groups[at];
            }
        }
        let is_within =
            |at: usize, top: usize| std::iter::successors(Some(at), |&at| self.nodes[at].parent).any(|at| at == top);
        for at in (0..self.nodes.len()).filter(|&at| self.nodes[at].is_hidden) {
            let above = self.shown_above(at, None);
            if groups[at] == 0 {
                // All persons of the hidden unit are in shown units under it, if there are any.
                let part = self.smallest_shown(|part| is_within(part, at) && self.shown_above(part, None) == above);
                if part.is_some() {
                    return part;
                }
                continue;
            }
            // The remainder of the shown unit above contains nothing but the hidden unit.
            if let Some(above) = above.filter(|&above| groups[above] == groups[at]) {
                let is_beside = |part| self.shown_above(part, None) == Some(above) && !is_within(part, at);
                return self.smallest_shown(is_beside).or(Some(above));
            }
        }
        None
    }
}
