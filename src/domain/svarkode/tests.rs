#![allow(clippy::cast_possible_truncation, reason = "the tests only use small numbers")]

use proptest::prelude::*;

use super::*;
use crate::domain::id::ALPHABET;
use crate::domain::instrument::instruments;

/// A deterministic generator of pseudo-random numbers.
struct Random(u64);

impl Random {
    fn below(&mut self, count: u64) -> u64 {
        self.0 = self.0.wrapping_add(1);
        mix(self.0) % count
    }

    fn sheet(&mut self, codes: &Codes, has_wanted: bool) -> AnswerSheet {
        let points: Vec<i8> = codes.form.points().collect();
        let mut answers = || -> Vec<Option<i8>> {
            if codes.form == Form::Weights {
                let first = self.below(21);
                let second = self.below(21 - first);
                return [first, second, 20 - first - second].map(|steps| Some(steps as i8)).to_vec();
            }
            let answer = |_| points.get(self.below(points.len() as u64 + 1) as usize).copied();
            (0..codes.items).map(answer).collect()
        };
        let (now, wanted) = (answers(), answers());
        let group = self.below(codes.groups as u64 + 1) as usize;
        AnswerSheet { group, now, wanted: has_wanted.then_some(wanted) }
    }

    fn workshop(&mut self) -> Id {
        Id::from_random(std::array::from_fn(|_| self.below(256) as u8))
    }
}

fn nine(workshop: &Id) -> Codes {
    Codes::new(workshop, Form::Pairs, 9, 7)
}

fn id() -> Id {
    Id::parse("v3ry0wn").unwrap()
}

#[test]
fn code_lengths_match_the_documentation() {
    let codes = nine(&id());
    assert_eq!((codes.binding_bits(1), codes.binding_bits(2)), (5, 13));
    assert_eq!((codes.length(false), codes.length(true)), (8, 15));
    for instrument in instruments() {
        assert!(Codes::can_hold(instrument.form, instrument.items.len()), "{}", instrument.id);
        let codes = Codes::new(&id(), instrument.form, instrument.items.len(), 7);
        println!("{}: {} and {} characters", instrument.id, codes.length(false), codes.length(true));
        assert_ne!(codes.length(false), codes.length(true));
        assert!(codes.length(true) <= MOST_SYMBOLS);
    }
}

#[test]
fn weights_that_do_not_sum_to_100_are_encoded_as_unanswered() {
    let codes = Codes::new(&id(), Form::Weights, 3, 0);
    assert_eq!((codes.length(false), codes.length(true)), (6, 10));
    let sheet = |now: [i8; 3]| AnswerSheet { group: 0, now: now.map(Some).to_vec(), wanted: None };
    assert_eq!(codes.decode(&codes.encode(&sheet([10, 6, 4]))), Ok(sheet([10, 6, 4])));
    let unanswered = AnswerSheet { group: 0, now: vec![None; 3], wanted: None };
    assert_eq!(codes.decode(&codes.encode(&sheet([10, 6, 5]))), Ok(unanswered));
}

#[test]
fn codes_of_every_instrument_decode_back() {
    let mut random = Random(1);
    for instrument in instruments() {
        let codes = Codes::new(&id(), instrument.form, instrument.items.len(), 7);
        for has_wanted in [false, true] {
            let sheet = random.sheet(&codes, has_wanted);
            assert_eq!(codes.decode(&codes.encode(&sheet)), Ok(sheet), "{}", instrument.id);
        }
    }
}

proptest! {
    #![proptest_config(crate::property_test_config())]

    #[test]
    fn codes_of_any_answers_decode_back(
        group in 0usize..=7,
        now in prop::collection::vec(prop::option::of(-3i8..=3), 9),
        wanted in prop::option::of(prop::collection::vec(prop::option::of(-3i8..=3), 9)),
        bits in any::<[u8; 10]>(),
    ) {
        let codes = nine(&Id::from_random(bits));
        let sheet = AnswerSheet { group, now, wanted };
        let code = codes.encode(&sheet);
        prop_assert_eq!(code.len(), if sheet.wanted.is_some() { 15 } else { 8 });
        for written in [code.clone(), code.to_lowercase(), format_code(&code), format!(" {} ", format_code(&code).replace('-', " "))] {
            prop_assert_eq!(codes.decode(&written), Ok(sheet.clone()));
        }
    }
}

/// 1,000 codes of both lengths, each with every other character at every position, and with every pair of neighbours
/// swapped.
#[test]
fn decode_detects_every_wrong_character_and_swap_of_neighbours() {
    let mut random = Random(2);
    let (mut wrong, mut swapped) = (0, 0);
    for round in 0..1000 {
        let codes = nine(&random.workshop());
        let sheet = random.sheet(&codes, round % 2 == 1);
        let code: Vec<char> = codes.encode(&sheet).chars().collect();
        for position in 0..code.len() {
            for other in ALPHABET.iter().map(|digit| char::from(digit.to_ascii_uppercase())) {
                if other != code[position] {
                    let mut mistyped = code.clone();
                    mistyped[position] = other;
                    assert!(codes.decode(&mistyped.iter().collect::<String>()).is_err());
                    wrong += 1;
                }
            }
            if position > 0 && code[position] != code[position - 1] {
                let mut mistyped = code.clone();
                mistyped.swap(position, position - 1);
                assert!(codes.decode(&mistyped.iter().collect::<String>()).is_err());
                swapped += 1;
            }
        }
    }
    println!("1000 codes: {wrong} wrong characters and {swapped} swaps, all detected");
}

/// A million codes decoded for another workshop: 1 of 2¹⁰ is accepted, of the longer codes 1 of 2¹⁸.
#[test]
fn code_of_another_workshop_is_accepted_with_the_documented_chance_only() {
    const TRIES: u32 = 1_000_000;
    for (has_wanted, chance) in [(false, 1u32 << 10), (true, 1 << 18)] {
        let mut random = Random(3);
        let mut accepted = 0;
        for _ in 0..TRIES {
            let (codes, other) = (nine(&random.workshop()), nine(&random.workshop()));
            let sheet = random.sheet(&codes, has_wanted);
            accepted += u32::from(other.decode(&codes.encode(&sheet)).is_ok());
        }
        let expected = f64::from(TRIES) / f64::from(chance);
        println!(
            "{accepted} of {TRIES} codes of {} characters were accepted elsewhere; {expected:.1} are expected",
            if has_wanted { 15 } else { 8 }
        );
        // Five standard deviations.
        assert!((f64::from(accepted) - expected).abs() < 5.0 * expected.sqrt(), "{accepted}, expected {expected}");
    }
}

#[test]
fn decode_distinguishes_the_kinds_of_error() {
    let codes = nine(&id());
    let code = codes.encode(&Random(4).sheet(&codes, false));
    let decode_with = |position: usize, char: &str| {
        let mut code = code.clone();
        code.replace_range(position..=position, char);
        codes.decode(&code)
    };
    assert_eq!(codes.decode(&code[1..]), Err(CodeError::Length(7)));
    assert_eq!(decode_with(3, "*"), Err(CodeError::Character('*')));
    let other = if code.ends_with('K') { "M" } else { "K" };
    assert_eq!(decode_with(7, other), Err(CodeError::Mistyped));
    let first = if code.starts_with('K') { "M" } else { "K" };
    assert_eq!(decode_with(0, first), Err(CodeError::Elsewhere));
}

#[test]
fn codes_have_display_and_spoken_forms_and_decode_with_look_alikes() {
    assert_eq!(format_code("K7QM3XPD"), "K7QM-3XPD");
    assert_eq!(spell_code("K7Q"), "Karen · 7 · Quintus");
    assert!(ALPHABET.iter().all(|digit| !spell_code(&char::from(*digit).to_string()).is_empty()));
    let codes = nine(&id());
    let mut random = Random(5);
    let code = std::iter::repeat_with(|| codes.encode(&random.sheet(&codes, false)))
        .find(|code| code.contains('0') && code.contains('1'))
        .unwrap();
    let misread = code.replace('0', "O").replacen('1', "l", 1).replace('1', "I");
    assert_eq!(codes.decode(&misread), codes.decode(&code));
    assert!(codes.decode(&code).is_ok());
}

#[test]
fn find_returns_exactly_the_codes_of_a_chat() {
    let codes = nine(&id());
    let mut random = Random(6);
    let (mut chat, mut expected) = (String::new(), Vec::new());
    for line in 0..60 {
        let code = codes.encode(&random.sheet(&codes, line % 3 == 2));
        let written = match line % 5 {
            0 => format_code(&code),
            1 if code.chars().any(|char| char.is_ascii_digit()) => code.to_lowercase(),
            2 => format_code(&code).replace('-', " "),
            3 => format!("min kode er {}, tak for i dag!", format_code(&code).to_lowercase()),
            _ if line % 2 == 0 => format!("https://kommune.example/app/#/svar/v3ry0wn~modsaetninger~2~20Skoler/{code}"),
            _ => code.clone(),
        };
        let chatter = [
            "jeg er klar efter pausen",
            "se madpakke.dk/2026-2027 kl. 10.30",
            "ring 2345 6789 eller 23456789",
            "Så er den her",
            "prøvehandling 2 starter 2026-03-15",
            "WWW-DAGE er gode dage",
        ];
        chat.extend([format!("[09.{line:02}] Karen Nørgaard-Holm: {}\n", chatter[line % 6])]);
        chat.extend([format!("[09.{line:02}] Søren: {written}\n")]);
        expected.push(code);
    }
    let found = codes.find(&chat);
    assert_eq!(found.codes.iter().map(|(code, _)| code.clone()).collect::<Vec<_>>(), expected);
    assert_eq!(found.rejected_count, 0);
    for (code, sheet) in &found.codes {
        assert_eq!(codes.decode(code).as_ref(), Ok(sheet));
    }
    // A code of another workshop is counted and not returned.
    let other_workshop = Codes::new(&Id::parse("another").unwrap(), Form::Pairs, 9, 7);
    let foreign = std::iter::repeat_with(|| other_workshop.encode(&random.sheet(&other_workshop, false)))
        .find(|code| {
            codes.decode(code).is_err()
                && code.bytes().any(|byte| byte.is_ascii_digit())
                && code.bytes().any(|byte| byte.is_ascii_alphabetic())
        })
        .unwrap();
    let found = codes.find(&format!("Eva: {}\nBo: {}", format_code(&foreign), format_code(&expected[0])));
    assert_eq!((found.codes.len(), found.rejected_count), (1, 1));
}
