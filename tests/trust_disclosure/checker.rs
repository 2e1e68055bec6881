//! What follows from figures. Each figure is the sum over persons, in a unit and a time; persons who are in the same units and
//! times are one column. What can be worked out from shown figures is their span.

use std::collections::BTreeSet;

use crate::area::Area;

/// What shown figures give away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Finding {
    /// A group of one to four persons: its columns, each a unit and a time.
    Group(Vec<(usize, usize)>),
    /// A hidden figure.
    Figure(usize),
}

/// The fewest persons of a group that may be told from others.
const FEWEST: u64 = 5;

const PRIME: u64 = (1 << 61) - 1;

fn times(one: u64, other: u64) -> u64 {
    u64::try_from(u128::from(one) * u128::from(other) % u128::from(PRIME)).unwrap()
}

fn inverse(number: u64) -> u64 {
    let (mut result, mut base, mut exponent) = (1, number, PRIME - 2);
    while exponent > 0 {
        if exponent % 2 == 1 {
            result = times(result, base);
        }
        base = times(base, base);
        exponent /= 2;
    }
    result
}

/// Rows in echelon form, each with the column that it leads.
#[derive(Default)]
struct Span(Vec<(usize, Vec<u64>)>);

impl Span {
    fn of(rows: impl IntoIterator<Item = Vec<u64>>) -> Self {
        let mut span = Self::default();
        for row in rows {
            let row = span.reduced(row);
            if let Some(lead) = row.iter().position(|number| *number != 0) {
                let by = inverse(row[lead]);
                span.0.push((lead, row.into_iter().map(|number| times(number, by)).collect()));
            }
        }
        span
    }

    fn reduced(&self, mut row: Vec<u64>) -> Vec<u64> {
        for (lead, own) in &self.0 {
            let by = row[*lead];
            if by != 0 {
                for (number, own) in row.iter_mut().zip(own) {
                    *number = (*number + PRIME - times(by, *own)) % PRIME;
                }
            }
        }
        row
    }

    fn has(&self, row: Vec<u64>) -> bool {
        self.reduced(row).into_iter().all(|number| number == 0)
    }

    fn rank(&self) -> usize {
        self.0.len()
    }
}

/// What some figures of an area give away, were they shown.
pub(crate) fn check(area: &Area, shown: &BTreeSet<usize>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let columns: Vec<(usize, usize)> = (0..area.units.len())
        .flat_map(|unit| (0..area.times).map(move |time| (unit, time)))
        .filter(|&(unit, time)| area.units[unit].persons[time] > 0)
        .collect();
    let row = |cell: usize| -> Vec<u64> {
        let is_in = |&(unit, time): &(usize, usize)| area.covers(cell, unit, time);
        columns.iter().map(|column| u64::from(is_in(column))).collect()
    };
    let span = Span::of(shown.iter().map(|&cell| row(cell)));
    for cell in (0..area.cells.len()).filter(|cell| !shown.contains(cell)) {
        let row = row(cell);
        // A figure of nobody is nobody's.
        if row.iter().any(|number| *number != 0) && span.has(row) {
            findings.push(Finding::Figure(cell));
        }
    }
    // Figures of which the number of persons is known: of what follows from them it is known as well.
    let known: Vec<Vec<u64>> =
        shown.iter().filter(|&&cell| area.cells[cell].persons_are_known).map(|&cell| row(cell)).collect();
    let rank = Span::of(known.iter().cloned()).rank();
    let persons: Vec<u64> = columns.iter().map(|&(unit, time)| u64::from(area.units[unit].persons[time])).collect();
    for group in small_groups(&persons) {
        let others = known.iter().map(|row| {
            row.iter().enumerate().map(|(at, number)| if group.contains(&at) { 0 } else { *number }).collect()
        });
        // Something follows that concerns the group alone.
        if Span::of(others).rank() < rank {
            findings.push(Finding::Group(group.into_iter().map(|at| columns[at]).collect()));
        }
    }
    findings
}

/// All groups of one to four persons to which nobody can be added.
fn small_groups(persons: &[u64]) -> Vec<Vec<usize>> {
    let small: Vec<usize> = (0..persons.len()).filter(|&at| persons[at] < FEWEST).collect();
    let mut all = Vec::new();
    grow(&small, persons, 0, &mut Vec::new(), &mut all);
    all
}

fn grow(small: &[usize], persons: &[u64], from: usize, group: &mut Vec<usize>, all: &mut Vec<Vec<usize>>) {
    let size: u64 = group.iter().map(|&at| persons[at]).sum();
    let fits = |at: &usize| !group.contains(at) && size + persons[*at] < FEWEST;
    if !group.is_empty() && !small.iter().any(fits) {
        all.push(group.clone());
        return;
    }
    for (place, &at) in small.iter().enumerate().skip(from) {
        if size + persons[at] < FEWEST {
            group.push(at);
            grow(small, persons, place + 1, group, all);
            group.pop();
        }
    }
}
