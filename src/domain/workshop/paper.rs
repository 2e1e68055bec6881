//! Answers from paper, typed in as numbers.

use crate::domain::instrument::Form;
use crate::domain::svarkode::AnswerSheet;

/// The sheet that some numbers stand for; `None` where they do not fit. Of a scale a digit an item, from 1 for what is
/// furthest to the left, 0 for what was left open; of weights a number an item, apart, with nothing for what was left open.
pub fn typed(text: &str, form: Form, items: usize, asks_wanted: bool, group: usize) -> Option<AnswerSheet> {
    let rounds = 1 + usize::from(asks_wanted);
    let mut now = if form == Form::Weights { weights(text, items, rounds) } else { digits(text, form) }?;
    if now.len() != items * rounds {
        return None;
    }
    let wanted = asks_wanted.then(|| now.split_off(items));
    let hangs_together = std::iter::once(&now).chain(&wanted).all(|answers| form.hang_together(answers));
    hangs_together.then_some(AnswerSheet { group, now, wanted })
}

fn digits(text: &str, form: Form) -> Option<Vec<Option<i8>>> {
    let answer = |char: char| match usize::try_from(char.to_digit(10)?).ok()?.checked_sub(1) {
        None => Some(None),
        Some(place) => form.points().nth(place).map(Some),
    };
    text.chars().filter(|char| !char.is_whitespace()).map(answer).collect()
}

fn weights(text: &str, items: usize, rounds: usize) -> Option<Vec<Option<i8>>> {
    let numbers = text.split(|char: char| !char.is_ascii_digit()).filter(|number| !number.is_empty());
    let steps =
        |number: &str| number.parse::<i8>().ok().filter(|number| number % 5 == 0).map(|number| Some(number / 5));
    let mut answers: Vec<Option<i8>> = numbers.map(steps).collect::<Option<_>>()?;
    // Who said nothing of how they would wish it, said how it is.
    if answers.len() == items {
        answers.resize(items * rounds, None);
    }
    Some(answers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reflection_a_sheet_is_a_digit_an_item() {
        let sheet = typed("17 40", Form::Pairs, 2, true, 3).unwrap();
        assert_eq!((sheet.group, sheet.now, sheet.wanted), (3, vec![Some(-3), Some(3)], Some(vec![Some(0), None])));
        for bad in ["174", "1740x", "18", "1", ""] {
            assert_eq!(typed(bad, Form::Pairs, 2, true, 0), None, "{bad}");
        }
        assert_eq!(typed("5 6", Form::Statements, 2, false, 0), None, "five points");
    }

    #[test]
    fn reflection_weights_are_numbers_that_are_a_hundred_together() {
        let sheet = typed("50 30 20, 40/30/30", Form::Weights, 3, true, 0).unwrap();
        assert_eq!((sheet.now, sheet.wanted.unwrap()[0]), (vec![Some(10), Some(6), Some(4)], Some(8)));
        assert_eq!(typed("50 30 20", Form::Weights, 3, true, 0).unwrap().wanted, Some(vec![None; 3]));
        for bad in ["50 30 25", "51 29 20", "100", "50 30 20 10 10 10", "", "500 0 0"] {
            assert_eq!(typed(bad, Form::Weights, 3, true, 0), None, "{bad}");
        }
    }
}
