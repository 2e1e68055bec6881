//! Computes what follows from a set of shown figures.
//!
//! A figure is a sum over persons: a row of zeros and ones with a column for each unit and time. Persons who are in the
//! same units at the same times share a column. The figures that can be computed from shown figures are the linear span
//! of their rows.

use std::collections::BTreeSet;

use super::area::Area;

/// Something that shown figures disclose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Finding {
    /// A group of one to four persons: their columns, each a unit and a time.
    Group(Vec<(usize, usize)>),
    /// A hidden figure.
    Figure(usize),
}

/// The size from which a group of persons may be distinguished from others.
const MIN_GROUP: u64 = 5;

/// The modulus of the arithmetic.
const PRIME: u64 = (1 << 61) - 1;

fn multiply(one: u64, other: u64) -> u64 {
    u64::try_from(u128::from(one) * u128::from(other) % u128::from(PRIME)).unwrap()
}

fn inverse(number: u64) -> u64 {
    let (mut result, mut base, mut exponent) = (1, number, PRIME - 2);
    while exponent > 0 {
        if exponent % 2 == 1 {
            result = multiply(result, base);
        }
        base = multiply(base, base);
        exponent /= 2;
    }
    result
}

/// A basis in echelon form: rows, each with its leading column.
#[derive(Default)]
struct Span(Vec<(usize, Vec<u64>)>);

impl Span {
    fn of(rows: impl IntoIterator<Item = Vec<u64>>) -> Self {
        let mut span = Self::default();
        for row in rows {
            let row = span.reduced(row);
            if let Some(lead) = row.iter().position(|number| *number != 0) {
                let by = inverse(row[lead]);
                span.0.push((lead, row.into_iter().map(|number| multiply(number, by)).collect()));
            }
        }
        span
    }

    fn reduced(&self, mut row: Vec<u64>) -> Vec<u64> {
        for (lead, basis_row) in &self.0 {
            let by = row[*lead];
            if by != 0 {
                for (number, basis_number) in row.iter_mut().zip(basis_row) {
                    *number = (*number + PRIME - multiply(by, *basis_number)) % PRIME;
                }
            }
        }
        row
    }

    fn contains(&self, row: Vec<u64>) -> bool {
        self.reduced(row).into_iter().all(|number| number == 0)
    }

    fn rank(&self) -> usize {
        self.0.len()
    }
}

/// Lists what some figures of an area would disclose if they were shown.
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
        // A figure about no persons discloses nothing.
        if row.iter().any(|number| *number != 0) && span.contains(row) {
            findings.push(Finding::Figure(cell));
        }
    }
    // Figures with a known number of persons: for everything that follows from them, the number is known as well.
    let known: Vec<Vec<u64>> =
        shown.iter().filter(|&&cell| area.cells[cell].persons_are_known).map(|&cell| row(cell)).collect();
    let rank = Span::of(known.iter().cloned()).rank();
    let persons: Vec<u64> = columns.iter().map(|&(unit, time)| u64::from(area.units[unit].persons[time])).collect();
    for group in small_groups(&persons) {
        let others = known.iter().map(|row| {
            row.iter().enumerate().map(|(at, number)| if group.contains(&at) { 0 } else { *number }).collect()
        });
        // A lower rank without the group means that some combination of figures concerns the group alone.
        if Span::of(others).rank() < rank {
            findings.push(Finding::Group(group.into_iter().map(|at| columns[at]).collect()));
        }
    }
    findings
}

/// Lists all groups of one to four persons that no further column fits into.
fn small_groups(persons: &[u64]) -> Vec<Vec<usize>> {
    let small: Vec<usize> = (0..persons.len()).filter(|&at| persons[at] < MIN_GROUP).collect();
    let mut groups = Vec::new();
    extend_group(&small, persons, 0, &mut Vec::new(), &mut groups);
    groups
}

/// Extends a group by columns from `from` on, and adds the complete groups to `groups`.
fn extend_group(small: &[usize], persons: &[u64], from: usize, group: &mut Vec<usize>, groups: &mut Vec<Vec<usize>>) {
    let size: u64 = group.iter().map(|&at| persons[at]).sum();
    let fits = |at: &usize| !group.contains(at) && size + persons[*at] < MIN_GROUP;
    if !group.is_empty() && !small.iter().any(fits) {
        groups.push(group.clone());
        return;
    }
    for (place, &at) in small.iter().enumerate().skip(from) {
        if size + persons[at] < MIN_GROUP {
            group.push(at);
            extend_group(small, persons, place + 1, group, groups);
            group.pop();
        }
    }
}
