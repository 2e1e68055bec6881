//! Reads answers from paper that were typed in as numbers.

use crate::domain::instrument::Form;
use crate::domain::svarkode::AnswerSheet;

/// Parses typed numbers as an answer sheet. Returns `None` if the numbers do not fit the instrument.
///
/// On a scale each item is one digit: 1 is the leftmost point, 0 is an open answer. For weights each item is a number
/// in percent, and the numbers are separated by other characters. With `asks_wanted` the answers for the wished state
/// follow those for the present state; for weights they may be left out.
pub fn parse_paper_sheet(text: &str, form: Form, items: usize, asks_wanted: bool, group: usize) -> Option<AnswerSheet> {
    let rounds = 1 + usize::from(asks_wanted);
    let mut now = if form == Form::Weights { weights(text, items, rounds) } else { digits(text, form) }?;
    if now.len() != items * rounds {
        return None;
    }
    let wanted = asks_wanted.then(|| now.split_off(items));
    let is_consistent = std::iter::once(&now).chain(&wanted).all(|answers| form.are_answers_valid(answers));
    is_consistent.then_some(AnswerSheet { group, now, wanted })
}

/// Parses one digit per answer as points on a scale. White space is ignored.
fn digits(text: &str, form: Form) -> Option<Vec<Option<i8>>> {
    let answer = |char: char| match usize::try_from(char.to_digit(10)?).ok()?.checked_sub(1) {
        None => Some(None),
        Some(index) => form.points().nth(index).map(Some),
    };
    text.chars().filter(|char| !char.is_whitespace()).map(answer).collect()
}

/// Parses percentages in steps of 5 as weights.
fn weights(text: &str, items: usize, rounds: usize) -> Option<Vec<Option<i8>>> {
    let numbers = text.split(|char: char| !char.is_ascii_digit()).filter(|number| !number.is_empty());
    let steps =
        |number: &str| number.parse::<i8>().ok().filter(|number| number % 5 == 0).map(|number| Some(number / 5));
    let mut answers: Vec<Option<i8>> = numbers.map(steps).collect::<Option<_>>()?;
    // The participant answered for the present state only; the wished state is open.
    if answers.len() == items {
        answers.resize(items * rounds, None);
    }
    Some(answers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_reads_one_digit_per_item_on_a_scale() {
        let sheet = parse_paper_sheet("17 40", Form::Pairs, 2, true, 3).unwrap();
        assert_eq!((sheet.group, sheet.now, sheet.wanted), (3, vec![Some(-3), Some(3)], Some(vec![Some(0), None])));
        for bad in ["174", "1740x", "18", "1", ""] {
            assert_eq!(parse_paper_sheet(bad, Form::Pairs, 2, true, 0), None, "{bad}");
        }
        assert_eq!(parse_paper_sheet("5 6", Form::Statements, 2, false, 0), None, "five points");
    }

    #[test]
    fn typed_reads_weights_that_add_up_to_a_hundred() {
        let sheet = parse_paper_sheet("50 30 20, 40/30/30", Form::Weights, 3, true, 0).unwrap();
        assert_eq!((sheet.now, sheet.wanted.unwrap()[0]), (vec![Some(10), Some(6), Some(4)], Some(8)));
        assert_eq!(parse_paper_sheet("50 30 20", Form::Weights, 3, true, 0).unwrap().wanted, Some(vec![None; 3]));
        for bad in ["50 30 25", "51 29 20", "100", "50 30 20 10 10 10", "", "500 0 0"] {
            assert_eq!(parse_paper_sheet(bad, Form::Weights, 3, true, 0), None, "{bad}");
        }
    }
}
