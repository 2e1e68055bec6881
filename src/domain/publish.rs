//! From the figures as they are known here to those that may leave the device: the one way for files, drawings, prints
//! and the public view.
//!
//! A figure that rests on fewer than five persons is hidden. So is what it could be worked out from: where totals are
//! shown beside the parts, further figures are hidden until linear elimination fixes none of the hidden ones. Of what is
//! hidden nothing is left, neither share nor number.

use super::series::{FEWEST_SHOWN, Observation, ObservationState, Series};

/// The fewest units that a median is shown of.
pub const FEWEST_UNITS: usize = 5;

/// What is shown as the sum, or weighted mean, of other figures beside them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// Which of the cells it is, where it is one of them (the area above its houses); else it stands by itself.
    pub cell: Option<usize>,
    /// The cells that it is made from.
    pub parts: Vec<usize>,
}

/// Cells as they may be shown, with totals over them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Published {
    /// The cells, in their order.
    pub cells: Vec<Observation>,
    /// Whether each total may be shown, in their order.
    pub totals: Vec<bool>,
}

/// What of cells may be shown together, with the totals that are shown beside them.
pub fn publish(cells: &[Observation], totals: &[Total]) -> Published {
    let mut hidden: Vec<bool> = cells.iter().map(is_small).collect();
    let mut shown: Vec<bool> = totals.iter().map(|total| !rests_on_few(total, cells)).collect();
    loop {
        let equations = |shown: &[bool]| -> Vec<&Total> {
            totals.iter().zip(shown).filter(|(_, shown)| **shown).map(|(total, _)| total).collect()
        };
        let Some(&given_away) = fixed(&equations(&shown), &hidden).first() else { break };
        let has_it = |total: &Total| total.cell == Some(given_away) || total.parts.contains(&given_away);
        let beside = || equations(&shown).into_iter().filter(|total| has_it(total));
        let others: Vec<usize> = beside()
            .flat_map(|total| total.parts.iter().chain(&total.cell))
            .copied()
            .filter(|&cell| !hidden[cell])
            .collect();
        let mut all = hidden.clone();
        for &cell in &others {
            all[cell] = true;
        }
        let smallest = others.into_iter().min_by_key(|&cell| (cells[cell].n.unwrap_or(u32::MAX), cell));
        if let Some(cell) = smallest.filter(|_| !fixed(&equations(&shown), &all).contains(&given_away)) {
            // The smallest figure that is still shown beside it goes with it.
            hidden[cell] = true;
        } else {
            // Nothing is left to hide behind: the largest total that it takes part in goes.
            let with_it = (0..totals.len()).filter(|&at| shown[at] && has_it(&totals[at]));
            let Some(largest) = with_it.max_by_key(|&at| totals[at].parts.len()) else { break };
            shown[largest] = false;
        }
    }
    let cells = cells.iter().zip(&hidden).map(|(cell, hidden)| if *hidden { masked(cell) } else { cell.clone() });
    Published { cells: cells.collect(), totals: shown }
}

/// A series as it may be shown by itself: figures that rest on few are hidden, and so is what is said of them.
pub fn series(series: &Series) -> Series {
    let mut published = series.clone();
    let cells: Vec<Observation> = series.observations.values().cloned().collect();
    let cells = publish(&cells, &[]).cells;
    for ((period, observation), cell) in published.observations.iter_mut().zip(cells) {
        if cell != *observation {
            published.notes.remove(period);
        }
        *observation = cell;
    }
    published
}

/// The median of figures; `None` of fewer than [`FEWEST_UNITS`].
pub fn median(figures: impl IntoIterator<Item = f64>) -> Option<f64> {
    let mut figures: Vec<f64> = figures.into_iter().collect();
    if figures.len() < FEWEST_UNITS {
        return None;
    }
    figures.sort_by(f64::total_cmp);
    let middle = figures.len() / 2;
    Some(if figures.len() % 2 == 1 { figures[middle] } else { f64::midpoint(figures[middle - 1], figures[middle]) })
}

/// Whether a figure rests on too few, or was hidden before it came here.
fn is_small(cell: &Observation) -> bool {
    cell.state == ObservationState::Hidden || cell.n.is_some_and(|n| n < FEWEST_SHOWN)
}

/// Whether all the parts of a total together are too few.
fn rests_on_few(total: &Total, cells: &[Observation]) -> bool {
    let n: u64 = total.parts.iter().map(|&part| u64::from(cells[part].n.unwrap_or(0))).sum();
    n < u64::from(FEWEST_SHOWN)
}

/// A cell of which nothing is left but that it is hidden, and what it would be counted in.
fn masked(cell: &Observation) -> Observation {
    Observation { measure: cell.measure, state: ObservationState::Hidden, ..Observation::default() }
}

/// The hidden cells whose numbers follow from the totals: Gauss and Jordan, over the hidden cells alone.
fn fixed(totals: &[&Total], hidden: &[bool]) -> Vec<usize> {
    let unknown: Vec<usize> = (0..hidden.len()).filter(|&cell| hidden[cell]).collect();
    let row = |total: &&Total| -> Vec<f64> {
        let of_parts = |cell: &usize| total.parts.iter().filter(|part| *part == cell).fold(0.0, |sum, _| sum + 1.0);
        unknown.iter().map(|cell| of_parts(cell) - f64::from(total.cell == Some(*cell))).collect()
    };
    let mut rows: Vec<Vec<f64>> = totals.iter().map(row).collect();
    let mut done = 0;
    for column in 0..unknown.len() {
        let Some(pivot) = (done..rows.len()).max_by(|&a, &b| rows[a][column].abs().total_cmp(&rows[b][column].abs()))
        else {
            break;
        };
        if is_nought(rows[pivot][column]) {
            continue;
        }
        rows.swap(done, pivot);
        let lead = rows[done].clone();
        for (_, row) in rows.iter_mut().enumerate().filter(|(index, _)| *index != done) {
            let times = row[column] / lead[column];
            if !is_nought(times) {
                row.iter_mut().zip(&lead).for_each(|(own, other)| *own -= times * other);
            }
        }
        done += 1;
    }
    let alone = |row: &Vec<f64>| {
        let mut places = (0..row.len()).filter(|&place| !is_nought(row[place]));
        places.next().filter(|_| places.next().is_none())
    };
    rows.iter().filter_map(alone).map(|place| unknown[place]).collect()
}

fn is_nought(number: f64) -> bool {
    number.abs() < 1e-9
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::date::Date;
    use crate::domain::period::Period;

    fn cell(n: u32) -> Observation {
        Observation { value: Some(f64::from(n) / 2.0), n: Some(n), source: "Skolen".into(), ..Observation::default() }
    }

    fn of(parts: &[usize]) -> Total {
        Total { cell: None, parts: parts.to_vec() }
    }

    /// Which cells are hidden, and which totals shown.
    #[track_caller]
    fn check(n: &[u32], totals: &[Total], hidden: &[usize], shown: &[bool]) {
        let published = publish(&n.iter().map(|&n| cell(n)).collect::<Vec<_>>(), totals);
        let is_hidden = |index: &usize| published.cells[*index].state == ObservationState::Hidden;
        assert_eq!((0..n.len()).filter(is_hidden).collect::<Vec<_>>(), hidden);
        assert_eq!(published.totals, shown);
    }

    #[test]
    fn indicators_publishing_hides_what_rests_on_few_and_what_gives_it_away() {
        check(&[4, 5, 60], &[], &[0], &[]);
        // One hidden in a sum: the next smallest goes with it.
        check(&[4, 60, 7], &[of(&[0, 1, 2])], &[0, 2], &[true]);
        // Two are hidden already, and neither can be told.
        check(&[4, 3, 60], &[of(&[0, 1, 2])], &[0, 1], &[true]);
        // Two sums that differ by one cell tell it, whatever else is hidden.
        check(&[4, 3, 20, 30], &[of(&[0, 1, 2, 3]), of(&[1, 2, 3])], &[0, 1, 2], &[false, true]);
        // Nothing to hide behind: the sum goes.
        check(&[4], &[of(&[0])], &[0], &[false]);
        check(&[2, 2], &[of(&[0, 1])], &[0, 1], &[false]);
        // A sum that is a cell itself: the area above its houses.
        let area = Total { cell: Some(3), parts: vec![0, 1, 2] };
        check(&[4, 40, 30, 74], std::slice::from_ref(&area), &[0, 2], &[true]);
    }

    #[test]
    fn indicators_publishing_leaves_nothing_of_what_is_hidden() {
        let published = publish(&[cell(4)], &[]);
        assert_eq!(published.cells, [Observation { state: ObservationState::Hidden, ..Observation::default() }]);
        let mut whole = Series::default();
        for (year, n) in [(2023, 4), (2024, 40)] {
            whole.observations.insert(Period::SchoolYear(year), cell(n));
            whole.notes.insert(Period::SchoolYear(year), "Fire børn svarede".into());
        }
        whole.targets.insert(Date::new(2024, 8, 1).unwrap(), 6.0);
        let shown = series(&whole);
        assert_eq!(shown.figure(Period::SchoolYear(2023)), None);
        assert_eq!(shown.notes.keys().collect::<Vec<_>>(), [&Period::SchoolYear(2024)]);
        assert_eq!(shown.observations[&Period::SchoolYear(2024)], whole.observations[&Period::SchoolYear(2024)]);
        assert_eq!(series(&shown), shown, "what was published is published as it is");
    }

    #[test]
    fn indicators_publishing_gives_no_median_of_few() {
        assert_eq!(median([1.0, 2.0, 3.0, 4.0]), None);
        assert_eq!(median([9.0, 1.0, 3.0, 2.0, 4.0]), Some(3.0));
        assert_eq!(median([9.0, 1.0, 3.0, 2.0, 4.0, 5.0]), Some(3.5));
    }

    const PRIME: i128 = 2_305_843_009_213_693_951;

    /// The rank of a matrix over the numbers modulo a large prime: not the way it is done above.
    fn rank(rows: &[Vec<i128>]) -> usize {
        let mut rows = rows.to_vec();
        let inverse = |number: i128| {
            let (mut result, mut base, mut exponent) = (1, number.rem_euclid(PRIME), PRIME - 2);
            while exponent > 0 {
                if exponent % 2 == 1 {
                    result = result * base % PRIME;
                }
                base = base * base % PRIME;
                exponent /= 2;
            }
            result
        };
        let mut rank = 0;
        for column in 0..rows.first().map_or(0, Vec::len) {
            let Some(pivot) = (rank..rows.len()).find(|&row| rows[row][column].rem_euclid(PRIME) != 0) else {
                continue;
            };
            rows.swap(rank, pivot);
            let lead = rows[rank].clone();
            for row in &mut rows[rank + 1..] {
                let times = row[column] * inverse(lead[column]) % PRIME;
                for (own, other) in row.iter_mut().zip(&lead) {
                    *own = (*own - times * other).rem_euclid(PRIME);
                }
            }
            rank += 1;
        }
        rank
    }

    /// The hidden cells whose number all the shown figures together give away. A weighted mean over the same parts is an
    /// equation of the same form, in shares times numbers; so what fixes none here fixes none there.
    fn given_away(published: &Published, totals: &[Total]) -> Vec<usize> {
        let hidden: Vec<usize> = (0..published.cells.len()).filter(|&cell| published.cells[cell].n.is_none()).collect();
        let equations: Vec<Vec<i128>> = totals
            .iter()
            .zip(&published.totals)
            .filter(|(_, shown)| **shown)
            .map(|(total, _)| {
                let place =
                    |cell: &usize| i128::from(total.parts.contains(cell)) - i128::from(total.cell == Some(*cell));
                hidden.iter().map(place).collect()
            })
            .collect();
        let alone = |place: usize| {
            let mut with: Vec<Vec<i128>> = equations.clone();
            with.push((0..hidden.len()).map(|other| i128::from(other == place)).collect());
            rank(&with) == rank(&equations)
        };
        (0..hidden.len()).filter(|&place| alone(place)).map(|place| hidden[place]).collect()
    }

    proptest! {
        #[test]
        fn indicators_publishing_fixes_no_masked_count(
            n in prop::collection::vec(prop_oneof![3 => 0u32..8, 2 => 5u32..90], 1..14),
            picks in prop::collection::vec((prop::collection::vec(any::<bool>(), 14), any::<prop::sample::Index>(), any::<bool>()), 0..6),
        ) {
            let cells: Vec<Observation> = n.iter().map(|&n| cell(n)).collect();
            let totals: Vec<Total> = picks.iter().map(|(takes, cell, is_cell)| {
                let own = is_cell.then(|| cell.index(n.len()));
                let parts = (0..n.len()).filter(|&part| takes[part] && Some(part) != own).collect();
                Total { cell: own, parts }
            }).collect();
            let published = publish(&cells, &totals);
            for (known, shown) in cells.iter().zip(&published.cells) {
                let is_masked = shown.state == ObservationState::Hidden;
                prop_assert!(is_masked || known.n >= Some(FEWEST_SHOWN));
                prop_assert_eq!(is_masked, shown.n.is_none() && shown.value.is_none());
            }
            prop_assert_eq!(given_away(&published, &totals), Vec::<usize>::new());
        }
    }
}
