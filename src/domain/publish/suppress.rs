//! The rule: which figures of an indicator are hidden.
//!
//! **Over units.** In one period the units form trees. For a shown unit, its *remainder* is the unit without the shown
//! units under it. Remainders share nobody, and whatever sums and differences isolate is a union of them. So two conditions
//! are enough: every remainder whose number of persons is known rests on nobody or on at least five; and no hidden unit is a
//! union of remainders. A hidden unit is one if all of it is shown in its parts, or if the remainder of the nearest shown
//! unit above it holds nothing else. What a total holds beside its known parts counts as nothing, unless the numbers prove
//! that it holds somebody. Where a condition does not hold, the smallest figure that helps is hidden, and all is asked again.
//!
//! **Over time.** Periods of one kind do not overlap, and are looked at one by one. Where periods of several kinds overlap
//! in a tree (a year and its quarters, a calendar year and a school year), all are shown only if nothing in them is hidden
//! and every difference rests on nobody or on at least five: then the remainders over units and over time together share
//! nobody either. Otherwise one kind of year is shown, and the other kinds are hidden; for any sum that is left concerns
//! one period alone.

use super::super::id::Id;
use super::super::period::{Period, PeriodKind};
use super::super::sorted::SortedMap;
use super::{Cell, is_few};

type CellKeys<'c> = [(&'c Id, Period, Cell)];

/// Which of an indicator's figures are hidden. They are in the order of their units.
pub(super) fn hidden(above: &SortedMap<Id, Id>, cells: &CellKeys<'_>) -> Vec<bool> {
    let mut hidden: Vec<bool> = cells.iter().map(|(.., cell)| cell.is_protected).collect();
    let involved = (0..cells.len()).filter(|&at| cells[at].2.value.is_some() || cells[at].2.is_protected).collect();
    for tree in trees(above, cells, involved) {
        for cluster in clusters(cells, tree) {
            for part in trees(above, cells, cluster) {
                settle(above, cells, &part, &mut hidden);
            }
        }
    }
    hidden
}

/// The units above one, the nearest first.
fn units_above<'a>(above: &'a SortedMap<Id, Id>, unit: &'a Id) -> impl Iterator<Item = &'a Id> {
    std::iter::successors(above.get(unit), |unit| above.get(*unit))
}

/// Figures by the trees that their units form, where only units with figures among them count.
fn trees(above: &SortedMap<Id, Id>, cells: &CellKeys<'_>, set: Vec<usize>) -> Vec<Vec<usize>> {
    let mut trees: SortedMap<&Id, Vec<usize>> = SortedMap::new();
    let units: SortedMap<&Id, ()> = set.iter().map(|&at| (cells[at].0, ())).collect();
    for at in set {
        let own = cells[at].0;
        let root = units_above(above, own).filter(|unit| units.contains_key(unit)).last().unwrap_or(own);
        trees.get_or_default(root).push(at);
    }
    trees.into_values().collect()
}

/// The months of a period: its first, and the first after it.
fn months(period: Period) -> (u32, u32) {
    let (year, month, length) = match period {
        Period::Year(year) => (year, 0, 12),
        Period::SchoolYear(year) => (year, 7, 12),
        Period::Quarter(year, quarter) => (year, u32::from(quarter) * 3 - 3, 3),
    };
    let first = u32::from(year) * 12 + month;
    (first, first + length)
}

/// Figures by their periods: those that overlap stand together.
fn clusters(cells: &CellKeys<'_>, mut set: Vec<usize>) -> Vec<Vec<usize>> {
    set.sort_by_key(|&at| (months(cells[at].1), at));
    let mut clusters: Vec<Vec<usize>> = Vec::new();
    let mut end = 0;
    for at in set {
        let (first, after) = months(cells[at].1);
        match clusters.last_mut().filter(|_| first < end) {
            Some(cluster) => cluster.push(at),
            None => clusters.push(vec![at]),
        }
        end = end.max(after);
    }
    clusters
}

/// Figures by their periods, in the order of their units.
fn by_period(cells: &CellKeys<'_>, part: &[usize]) -> SortedMap<Period, Vec<usize>> {
    let mut by_period: SortedMap<Period, Vec<usize>> = SortedMap::new();
    for &at in part {
        by_period.get_or_default(cells[at].1).push(at);
    }
    by_period
}

/// Hides what must be hidden among the figures of a tree of units in periods that overlap.
fn settle(above: &SortedMap<Id, Id>, cells: &CellKeys<'_>, part: &[usize], hidden: &mut [bool]) {
    let kinds = PeriodKind::ALL.into_iter().filter(|kind| part.iter().any(|&at| cells[at].1.kind() == *kind));
    let kinds: Vec<PeriodKind> = kinds.collect();
    if kinds.len() > 1 && !may_overlap(above, cells, part, &kinds) {
        // Of the kinds of year the one with the most figures; a school year where they are as many.
        let count = |kind: PeriodKind| {
            part.iter().filter(|&&at| cells[at].1.kind() == kind && cells[at].2.value.is_some()).count()
        };
        let years = kinds.iter().rev().filter(|kind| **kind != PeriodKind::Quarter);
        let kept = years.max_by_key(|kind| count(**kind)).copied();
        for &at in part.iter().filter(|&&at| Some(cells[at].1.kind()) != kept && cells[at].2.value.is_some()) {
            hidden[at] = true;
        }
    }
    for of_period in by_period(cells, part).into_values() {
        let mut tree = Tree::of(above, cells, &of_period);
        tree.nodes.iter_mut().zip(&of_period).for_each(|(node, at)| node.is_hidden |= hidden[*at]);
        tree.suppress();
        for (node, at) in tree.nodes.iter().zip(of_period) {
            hidden[at] |= node.is_hidden;
        }
    }
}

/// Whether figures of overlapping periods may be shown beside one another.
fn may_overlap(above: &SortedMap<Id, Id>, cells: &CellKeys<'_>, part: &[usize], kinds: &[PeriodKind]) -> bool {
    let cell = |at: &usize| &cells[*at].2;
    if part.iter().any(|at| cell(at).is_protected) {
        return false;
    }
    let passes: Vec<Persons> = Persons::ALL.into_iter().filter(|pass| pass.matters(part.iter().map(cell))).collect();
    if passes.is_empty() {
        return true;
    }
    // Each unit has a figure in each period, so that sums over units and over time are of the same parts.
    let by_period = by_period(cells, part);
    let units = |set: &Vec<usize>| set.iter().map(|&at| cells[at].0).collect::<Vec<_>>();
    let mut sets = by_period.values().map(units);
    let first = sets.next();
    if kinds.contains(&PeriodKind::SchoolYear) || !sets.all(|units| Some(units) == first) {
        return false;
    }
    passes.into_iter().all(|pass| {
        let mut rests: Vec<f64> = Vec::new();
        for (period, set) in &by_period {
            let mut tree = Tree::of(above, cells, set);
            if set.iter().any(|at| pass.of(cell(at)).is_none()) {
                return false;
            }
            tree.suppress();
            if tree.nodes.iter().any(|node| node.is_hidden) {
                return false;
            }
            let times = if period.kind() == PeriodKind::Quarter { -1.0 } else { 1.0 };
            let remainders = tree.remainders(pass);
            rests.resize(remainders.len(), 0.0);
            let known = remainders.iter().map(|rest| rest.unwrap_or_default());
            rests.iter_mut().zip(known).for_each(|(rest, own)| *rest += times * own);
        }
        !rests.into_iter().any(is_few)
    })
}

/// What persons are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Persons {
    /// The number that a figure rests on.
    Number,
    /// The figure itself, which is a count.
    Count,
}

impl Persons {
    const ALL: [Self; 2] = [Self::Number, Self::Count];

    fn of(self, cell: &Cell) -> Option<f64> {
        match self {
            Self::Number => cell.n.map(f64::from),
            Self::Count => cell.value.filter(|_| cell.is_count),
        }
    }

    /// Whether persons are counted so in some of the figures. Counts are numbers of persons where nothing else says what
    /// they rest on.
    fn matters<'c>(self, mut cells: impl Iterator<Item = &'c Cell>) -> bool {
        match self {
            Self::Number => cells.any(|cell| cell.n.is_some()),
            Self::Count => cells.any(|cell| cell.is_count && cell.n.is_none()),
        }
    }
}

/// A unit in a period.
struct Node {
    cell: Cell,
    parent: Option<usize>,
    children: Vec<usize>,
    is_hidden: bool,
    /// Whether somebody is in it who is in none of the units under it.
    has_own: bool,
    /// How many persons are in it, by either count, where it is known or follows from all its parts.
    size: [Option<f64>; 2],
}

/// The units of a period: trees, each unit under the nearest one above it that has a figure.
struct Tree {
    nodes: Vec<Node>,
    /// The units, each after those above it.
    downward: Vec<usize>,
}

impl Tree {
    fn of(above: &SortedMap<Id, Id>, cells: &CellKeys<'_>, set: &[usize]) -> Self {
        let place: SortedMap<&Id, usize> = set.iter().enumerate().map(|(node, &at)| (cells[at].0, node)).collect();
        let node = |&at: &usize| {
            let (unit, _, cell) = cells[at];
            let parent = units_above(above, unit).find_map(|unit| place.get(&unit)).copied();
            let is_hidden = cell.is_protected;
            Node { cell, parent, children: Vec::new(), is_hidden, has_own: true, size: [None; 2] }
        };
        let mut nodes: Vec<Node> = set.iter().map(node).collect();
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
        tree.count();
        tree
    }

    /// Works out how many persons are in each unit, and protects figures that can rest on few alone.
    fn count(&mut self) {
        for pass in Persons::ALL {
            if !pass.matters(self.nodes.iter().map(|node| &node.cell)) {
                continue;
            }
            let slot = pass as usize;
            let mut least = vec![0.0; self.nodes.len()];
            for &at in self.downward.iter().rev() {
                let node = &self.nodes[at];
                let parts = node.children.iter().map(|&child| self.nodes[child].size[slot]).sum::<Option<f64>>();
                let own = pass.of(&node.cell);
                least[at] = own.unwrap_or_else(|| node.children.iter().map(|&child| least[child]).sum());
                self.nodes[at].size[slot] = own.or(parts.filter(|_| !node.children.is_empty()));
            }
            // Figures of which no number is known, though what is known around them leaves few.
            let mut most: Vec<Option<f64>> = vec![None; self.nodes.len()];
            for &at in &self.downward {
                let node = &self.nodes[at];
                let left = node.parent.and_then(|parent| {
                    let beside = self.nodes[parent].children.iter().filter(|child| **child != at);
                    most[parent].map(|most| most - beside.map(|&child| least[child]).sum::<f64>())
                });
                most[at] = pass.of(&node.cell).or(left.filter(|left| *left >= 0.0));
                let is_few = most[at].is_some_and(is_few) && node.cell.n.is_none() && pass == Persons::Number;
                self.nodes[at].is_hidden |= is_few;
            }
        }
        let mut is_nobody = vec![false; self.nodes.len()];
        for &at in self.downward.iter().rev() {
            let node = &self.nodes[at];
            // What is known of all its parts proves it; what follows from parts of them does not.
            let is_proven = |pass: Persons| {
                let parts = node.children.iter().map(|&child| pass.of(&self.nodes[child].cell)).sum::<Option<f64>>();
                pass.of(&node.cell).zip(parts).is_some_and(|(own, parts)| own > parts)
            };
            let has_empty_parts = node.children.iter().all(|&child| is_nobody[child]);
            let is_zero = |pass: Persons| pass.of(&node.cell) == Some(0.0);
            let has_own = if has_empty_parts {
                !Persons::ALL.into_iter().any(is_zero)
            } else {
                Persons::ALL.into_iter().any(is_proven)
            };
            is_nobody[at] = has_empty_parts && !has_own;
            self.nodes[at].has_own = has_own;
        }
    }

    /// The nearest unit above one that is shown, and of which the number is known where that is asked for.
    fn shown_above(&self, at: usize, known: Option<Persons>) -> Option<usize> {
        let is_shown = |node: &Node| !node.is_hidden && known.is_none_or(|pass| node.size[pass as usize].is_some());
        let mut above = self.nodes[at].parent;
        while let Some(own) = above.filter(|&own| !is_shown(&self.nodes[own])) {
            above = self.nodes[own].parent;
        }
        above
    }

    /// The persons of each shown unit who are in no shown unit under it, where their number is known.
    fn remainders(&self, pass: Persons) -> Vec<Option<f64>> {
        let size = |at: usize| self.nodes[at].size[pass as usize].filter(|_| !self.nodes[at].is_hidden);
        let mut rests: Vec<Option<f64>> = (0..self.nodes.len()).map(size).collect();
        for at in 0..self.nodes.len() {
            if let Some((size, above)) = size(at).zip(self.shown_above(at, Some(pass))) {
                rests[above] = rests[above].map(|rest| rest - size);
            }
        }
        rests
    }

    /// Hides figures until nothing that must not be seen can be worked out.
    fn suppress(&mut self) {
        while let Some(at) = self.small_remainder().or_else(|| self.given_away()) {
            self.nodes[at].is_hidden = true;
        }
    }

    /// The smallest of some units that are shown.
    fn smallest(&self, takes: impl Fn(usize) -> bool) -> Option<usize> {
        let shown = (0..self.nodes.len()).filter(|&at| !self.nodes[at].is_hidden && takes(at));
        let size = |at: usize| self.nodes[at].size[0].or(self.nodes[at].size[1]).unwrap_or(f64::INFINITY);
        shown.min_by(|&one, &other| size(one).total_cmp(&size(other)))
    }

    /// What to hide since what is left of a shown unit is a small group.
    fn small_remainder(&self) -> Option<usize> {
        Persons::ALL.into_iter().find_map(|pass| {
            let rests = self.remainders(pass);
            let small = rests.iter().position(|rest| rest.is_some_and(is_few))?;
            let is_part = |at: usize| {
                self.nodes[at].size[pass as usize].is_some() && self.shown_above(at, Some(pass)) == Some(small)
            };
            self.smallest(is_part).or(Some(small))
        })
    }

    /// What to hide since a hidden unit can be worked out.
    fn given_away(&self) -> Option<usize> {
        if !self.nodes.iter().any(|node| node.is_hidden) {
            return None;
        }
        // How many there are in each unit of those who are in no shown unit under it: units without parts, and the rests of
        // others.
        let mut free = vec![0usize; self.nodes.len()];
        for &at in self.downward.iter().rev() {
            let node = &self.nodes[at];
            free[at] += usize::from(node.has_own);
            if let Some(parent) = node.parent.filter(|_| node.is_hidden) {
                free[parent] += free[at];
            }
        }
        let is_in =
            |at: usize, of: usize| std::iter::successors(Some(at), |&at| self.nodes[at].parent).any(|at| at == of);
        for at in (0..self.nodes.len()).filter(|&at| self.nodes[at].is_hidden) {
            let above = self.shown_above(at, None);
            if free[at] == 0 {
                // All of it is shown in its parts, if there are any.
                let part = self.smallest(|part| is_in(part, at) && self.shown_above(part, None) == above);
                if part.is_some() {
                    return part;
                }
                continue;
            }
            if let Some(above) = above.filter(|&above| free[above] == free[at]) {
                let beside = |part| self.shown_above(part, None) == Some(above) && !is_in(part, at);
                return self.smallest(beside).or(Some(above));
            }
        }
        None
    }
}
