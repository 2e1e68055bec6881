//! Places in an order that people change apart: fractional indexes, texts that sort as they stand.

/// The digits, in the order of their bytes.
const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// The place after the last one, where there is one.
pub fn after(last: Option<&str>) -> String {
    let Some(last) = last.filter(|last| !last.is_empty()) else { return "a0".to_owned() };
    let (head, digit) = last.split_at(last.len() - last.chars().next_back().map_or(0, char::len_utf8));
    match DIGITS.iter().position(|&own| digit.as_bytes() == [own]).and_then(|place| DIGITS.get(place + 1)) {
        Some(&next) => format!("{head}{}", char::from(next)),
        None => format!("{last}1"),
    }
}

/// A place between two; nothing on a side: before all, or after all. Where there is none between (two people have given
/// the same place) it is the place after the first: the order of ids decides there.
pub fn between(before: &str, behind: Option<&str>) -> String {
    let Some(behind) = behind else { return after(Some(before)) };
    let place = middle(before.as_bytes(), Some(behind.as_bytes()));
    if before < place.as_str() && place.as_str() < behind { place } else { after(Some(before)) }
}

/// The place that brings one of several, which stand at these places in this order, before the one that it follows.
pub fn one_up(places: &[Option<String>], index: usize) -> String {
    let place = |index: Option<usize>| index.and_then(|index| places.get(index)?.clone());
    let before = index.checked_sub(1);
    between(&place(before.and_then(|before| before.checked_sub(1))).unwrap_or_default(), place(before).as_deref())
}

/// Puts things in an order, those that are equal as they came. By insertion: what is ordered here is a few things, and the
/// code of the standard library's sort weighs more in the page than it wins.
pub fn sorted<T>(items: Vec<T>, is_before: &dyn Fn(&T, &T) -> bool) -> Vec<T> {
    let mut sorted: Vec<T> = Vec::with_capacity(items.len());
    for item in items {
        let place = sorted.partition_point(|other| !is_before(&item, other));
        sorted.insert(place, item);
    }
    sorted
}

fn digit(byte: u8) -> usize {
    DIGITS.iter().position(|&own| own == byte).unwrap_or(0)
}

fn middle(before: &[u8], behind: Option<&[u8]>) -> String {
    let rest = |bytes: &'_ [u8]| bytes.get(1..).unwrap_or_default().to_vec();
    let low = before.first().map_or(0, |&byte| digit(byte));
    match behind {
        Some([first, more @ ..]) if digit(*first) == low => {
            char::from(DIGITS[low]).to_string() + &middle(&rest(before), (!more.is_empty()).then_some(more))
        }
        _ => {
            let high = behind.and_then(|behind| behind.first()).map_or(DIGITS.len(), |&byte| digit(byte));
            if high > low + 1 {
                char::from(DIGITS[usize::midpoint(low, high)]).to_string()
            } else {
                char::from(DIGITS[low]).to_string() + &middle(&rest(before), None)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn places_follow_one_another() {
        assert_eq!(after(None), "a0");
        assert_eq!(after(Some("a0")), "a1");
        assert_eq!(after(Some("az")), "az1");
        assert_eq!(between("a0", None), "a1");
        assert_eq!(between("", Some("a0")), "5");
    }

    #[test]
    fn package_one_up_is_before_the_one_it_followed() {
        let places = ["a0", "a1", "a2"].map(|place| Some(place.to_owned()));
        assert!(one_up(&places, 1).as_str() < "a0");
        let new = one_up(&places, 2);
        assert!("a0" < new.as_str() && new.as_str() < "a1", "{new}");
        // What has no place is brought before what has one.
        assert!(!one_up(&[Some("a0".to_owned()), None], 1).is_empty());
    }

    #[test]
    fn agreement_what_is_equal_stays_as_it_came() {
        let sorted = sorted(vec![(2, 'a'), (1, 'b'), (2, 'c'), (1, 'd')], &|one, other| one.0 < other.0);
        assert_eq!(sorted, [(1, 'b'), (1, 'd'), (2, 'a'), (2, 'c')]);
    }

    proptest! {
        /// A row that is moved lies where it was put, however often.
        #[test]
        fn agreement_there_is_always_a_place_between(moves in prop::collection::vec(0usize..20, 1..60)) {
            let mut places: Vec<String> = Vec::new();
            for at in moves {
                let at = at.min(places.len());
                let before = at.checked_sub(1).map_or("", |place| places[place].as_str());
                let place = between(before, places.get(at).map(String::as_str));
                places.insert(at, place);
                prop_assert!(places.is_sorted_by(|one, other| one < other), "{:?}", places);
            }
        }
    }
}
