//! Fractional indexes: positions in a list that several people can reorder independently.
//!
//! A position is a text of the digits `0`–`9` and `a`–`z`. Positions sort as texts, and between two of them there is
//! always another one, so moving an item never changes the positions of others.

/// The digits, in ASCII order.
const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// Returns a position after `last`; the first position of a list if there is no last one.
pub fn after(last: Option<&str>) -> String {
    let Some(last) = last.filter(|last| !last.is_empty()) else { return "a0".to_owned() };
    let (head, digit) = last.split_at(last.len() - last.chars().next_back().map_or(0, char::len_utf8));
    match DIGITS.iter().position(|&candidate| digit.as_bytes() == [candidate]).and_then(|value| DIGITS.get(value + 1)) {
        Some(&next) => format!("{head}{}", char::from(next)),
        None => format!("{last}1"),
    }
}

/// Returns a position between two others. An empty `lower` means before all, no `upper` means after all.
///
/// If there is nothing between the two, since two people assigned the same position, the result is a position after
/// `lower`. Items with equal positions are ordered by id.
pub fn between(lower: &str, upper: Option<&str>) -> String {
    let Some(upper) = upper else { return after(Some(lower)) };
    let position = middle(lower.as_bytes(), Some(upper.as_bytes()));
    if lower < position.as_str() && position.as_str() < upper { position } else { after(Some(lower)) }
}

/// Returns the position that moves the item at `index` one step up in a list with these positions.
pub fn move_up(positions: &[Option<String>], index: usize) -> String {
    let position = |index: Option<usize>| index.and_then(|index| positions.get(index)?.clone());
    let previous = index.checked_sub(1);
    let before_previous = previous.and_then(|previous| previous.checked_sub(1));
    between(&position(before_previous).unwrap_or_default(), position(previous).as_deref())
}

/// Sorts items stably by insertion. The lists are short, and the code of the standard library's sort would enlarge the
/// download more than its speed is worth.
pub fn sorted<T>(items: Vec<T>, is_before: &dyn Fn(&T, &T) -> bool) -> Vec<T> {
    let mut sorted: Vec<T> = Vec::with_capacity(items.len());
    for item in items {
        let index = sorted.partition_point(|other| !is_before(&item, other));
        sorted.insert(index, item);
    }
    sorted
}

/// Returns the value of a digit; 0 for any other character.
fn digit_value(byte: u8) -> usize {
    DIGITS.iter().position(|&digit| digit == byte).unwrap_or(0)
}

/// Returns a short text between two others: their common digits, then a digit half-way between the next ones.
fn middle(lower: &[u8], upper: Option<&[u8]>) -> String {
    let tail = |bytes: &'_ [u8]| bytes.get(1..).unwrap_or_default().to_vec();
    let low = lower.first().map_or(0, |&byte| digit_value(byte));
    match upper {
        Some([first, more @ ..]) if digit_value(*first) == low => {
            char::from(DIGITS[low]).to_string() + &middle(&tail(lower), (!more.is_empty()).then_some(more))
        }
        _ => {
            let high = upper.and_then(|upper| upper.first()).map_or(DIGITS.len(), |&byte| digit_value(byte));
            if high > low + 1 {
                char::from(DIGITS[usize::midpoint(low, high)]).to_string()
            } else {
                char::from(DIGITS[low]).to_string() + &middle(&tail(lower), None)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn after_and_between_return_known_positions() {
        assert_eq!(after(None), "a0");
        assert_eq!(after(Some("a0")), "a1");
        assert_eq!(after(Some("az")), "az1");
        assert_eq!(between("a0", None), "a1");
        assert_eq!(between("", Some("a0")), "5");
    }

    #[test]
    fn one_up_lies_before_the_previous_item() {
        let positions = ["a0", "a1", "a2"].map(|position| Some(position.to_owned()));
        assert!(move_up(&positions, 1).as_str() < "a0");
        let new = move_up(&positions, 2);
        assert!("a0" < new.as_str() && new.as_str() < "a1", "{new}");
        // An item without a position can be moved before one that has a position.
        assert!(!move_up(&[Some("a0".to_owned()), None], 1).is_empty());
    }

    #[test]
    fn sorted_is_stable() {
        let sorted = sorted(vec![(2, 'a'), (1, 'b'), (2, 'c'), (1, 'd')], &|one, other| one.0 < other.0);
        assert_eq!(sorted, [(1, 'b'), (1, 'd'), (2, 'a'), (2, 'c')]);
    }

    proptest! {
        #![proptest_config(crate::property_test_config())]

        #[test]
        fn between_keeps_any_sequence_of_insertions_sorted(moves in prop::collection::vec(0usize..20, 1..60)) {
            let mut positions: Vec<String> = Vec::new();
            for at in moves {
                let at = at.min(positions.len());
                let lower = at.checked_sub(1).map_or("", |index| positions[index].as_str());
                let position = between(lower, positions.get(at).map(String::as_str));
                positions.insert(at, position);
                prop_assert!(positions.is_sorted_by(|one, other| one < other), "{:?}", positions);
            }
        }
    }
}
