use proptest::prelude::*;

use super::*;

/// Texts with CPR numbers, and the ten digits of each number.
const DETECTED: &[(&str, &[&str])] = &[
    // The common notations.
    ("1503121234", &["1503121234"]),
    ("150312-1234", &["1503121234"]),
    ("Barnet (150312-1234) trives.", &["1503121234"]),
    ("CPR:1503121234.", &["1503121234"]),
    ("x1503121234x", &["1503121234"]),
    ("2.150312-1234", &["1503121234"]),
    ("150312-1234 og CVR-nr. 87654321", &["1503121234"]),
    ("010190-1234, 020290-4321", &["0101901234", "0202904321"]),
    ("010190-1234,020290-4321", &["0101901234", "0202904321"]),
    ("0101901234,0202904321", &["0101901234", "0202904321"]),
    ("0101901234;0202904321", &["0101901234", "0202904321"]),
    ("150312-1234 150312-1234", &["1503121234", "1503121234"]),
    // Numbers issued without a valid check digit: 1 January of many years.
    ("010165-0000", &["0101650000"]),
    ("010160-0000", &["0101600000"]),
    // A day that exists in at least one century.
    ("290200-1234 er en skuddag", &["2902001234"]),
    ("290204-1234", &["2902041234"]),
    ("311299-9999", &["3112999999"]),
    // In a list of other numbers, with and without spaces.
    ("Navn,7,1503121234", &["1503121234"]),
    ("1503121234,7,Navn", &["1503121234"]),
    ("1.1503121234", &["1503121234"]),
    ("1,1503121234", &["1503121234"]),
    ("123.1503121234", &["1503121234"]),
    ("1.150312 1234", &["1503121234"]),
    ("7;150312-1234;x", &["1503121234"]),
    ("2024\t1503121234\tja", &["1503121234"]),
    ("1503121234,50", &["1503121234"]),
    ("1503121234.5", &["1503121234"]),
    ("1503121234/2", &["1503121234"]),
    // Every dash, with and without spaces around it.
    ("150312\u{2010}1234", &["1503121234"]),
    ("150312\u{2011}1234", &["1503121234"]),
    ("150312\u{2012}1234", &["1503121234"]),
    ("150312\u{2013}1234", &["1503121234"]),
    ("150312\u{2014}1234", &["1503121234"]),
    ("150312\u{2015}1234", &["1503121234"]),
    ("150312\u{2212}1234", &["1503121234"]),
    ("150312\u{2043}1234", &["1503121234"]),
    ("150312\u{fe63}1234", &["1503121234"]),
    ("150312\u{ff0d}1234", &["1503121234"]),
    ("150312_1234", &["1503121234"]),
    ("150312--1234", &["1503121234"]),
    ("150312 - 1234", &["1503121234"]),
    ("150312- 1234", &["1503121234"]),
    ("150312 -1234", &["1503121234"]),
    ("150312 – 1234", &["1503121234"]),
    ("150312\u{a0}\u{2014}\u{a0}1234", &["1503121234"]),
    ("150312  -  1234", &["1503121234"]),
    // Every space.
    ("150312 1234", &["1503121234"]),
    ("150312  1234", &["1503121234"]),
    ("150312    1234", &["1503121234"]),
    ("150312\t1234", &["1503121234"]),
    ("150312\n1234", &["1503121234"]),
    ("150312\r\n1234", &["1503121234"]),
    ("150312\u{a0}1234", &["1503121234"]),
    ("150312\u{2009}1234", &["1503121234"]),
    ("150312\u{202f}1234", &["1503121234"]),
    ("150312\u{2003}1234", &["1503121234"]),
    ("150312\u{3000}1234", &["1503121234"]),
    // Point, comma and slash.
    ("150312.1234", &["1503121234"]),
    ("150312,1234", &["1503121234"]),
    ("150312·1234", &["1503121234"]),
    ("150312/1234", &["1503121234"]),
    ("150312 / 1234", &["1503121234"]),
    ("150312\\1234", &["1503121234"]),
    // With the century.
    ("15032012-1234", &["1503121234"]),
    ("15032012 1234", &["1503121234"]),
    ("150320121234", &["1503121234"]),
    ("15031912.1234", &["1503121234"]),
    ("15031890-1234", &["1503901234"]),
    // The date in groups.
    ("15-03-12-1234", &["1503121234"]),
    ("15.03.12-1234", &["1503121234"]),
    ("15.03.12.1234", &["1503121234"]),
    ("15/03/12-1234", &["1503121234"]),
    ("15/03/12 1234", &["1503121234"]),
    ("15 03 12 1234", &["1503121234"]),
    ("15 03 12-1234", &["1503121234"]),
    ("15–03–12–1234", &["1503121234"]),
    ("15-03-121234", &["1503121234"]),
    ("15-03-2012-1234", &["1503121234"]),
    ("15.03.2012 1234", &["1503121234"]),
    ("15/03/2012/1234", &["1503121234"]),
    ("født 15.03.2012 - 1234", &["1503121234"]),
    // Digits of other scripts.
    ("１５０３１２１２３４", &["1503121234"]),
    ("１５０３１２－１２３４", &["1503121234"]),
    ("150312-１２３４", &["1503121234"]),
    ("١٥٠٣١٢١٢٣٤", &["1503121234"]),
    ("۱۵۰۳۱۲-۱۲۳۴", &["1503121234"]),
    ("१५०३१२१२३४", &["1503121234"]),
    ("𝟏𝟓𝟎𝟑𝟏𝟐𝟏𝟐𝟑𝟒", &["1503121234"]),
    // Invisible characters.
    ("1503\u{ad}121234", &["1503121234"]),
    ("15\u{200b}0312-12\u{200b}34", &["1503121234"]),
    ("150312\u{200d}1234", &["1503121234"]),
    ("150312\u{200c}-\u{200c}1234", &["1503121234"]),
    ("150312\u{2060}1234", &["1503121234"]),
    ("\u{feff}1503121234", &["1503121234"]),
    ("1\u{ad}5\u{ad}0\u{ad}3\u{ad}1\u{ad}2\u{ad}1\u{ad}2\u{ad}3\u{ad}4", &["1503121234"]),
    ("\u{202a}150312\u{202c}-1234", &["1503121234"]),
    ("1\u{fe0f}503121234", &["1503121234"]),
    // Replacement numbers: the day is 60 higher.
    ("610190-1234", &["6101901234"]),
    ("7503121234", &["7503121234"]),
    ("750312-1234", &["7503121234"]),
    ("910112-1234", &["9101121234"]),
    ("75-03-2012-1234", &["7503121234"]),
    // False positives: the text does not show what the number is. The author can declare it allowed.
    ("SP-nr. 1503121234", &["1503121234"]),
    ("ordre 1503121234", &["1503121234"]),
    ("version 10.11.12.1234", &["1011121234"]),
    ("uge 10-11-12 2024", &["1011122024"]),
    ("skole 281065 1234 elever", &["2810651234"]),
    ("1503121234 kr.", &["1503121234"]),
    ("møde 15.03.24 1430", &["1503241430"]),
];

/// Texts without CPR numbers, and the reason.
const ALLOWED: &[(&str, &str)] = &[
    ("", "the text is empty"),
    ("ring på 12 34 56 78", "a Danish telephone number has eight digits"),
    ("ring på 12 10 12 34", "a telephone number in pairs that begin like a date"),
    ("tlf. 12101234", "a telephone number that begins like a date"),
    ("tlf. 12 10 12 34, 13 10 12 34", "two telephone numbers beside each other"),
    ("+45 12345678", "a telephone number with the country code"),
    ("+4512345678", "ten digits in a run, but there is no 45th day"),
    ("004512345678", "there is no 0th day"),
    ("+1503121234", "a plus marks a foreign telephone number"),
    ("(+46) 850112345", "nine digits"),
    ("EAN 5798004123456", "thirteen digits"),
    ("EAN 5798 0041 2345 6", "groups of four"),
    ("CVR-nr. 12101234", "eight digits"),
    ("institutionsnummer 791234", "six digits"),
    ("skole 281065", "six digits that are a date"),
    ("skole 281065, 123 elever", "a serial number has four digits"),
    ("skole 281065, 1234 elever", "a comma and a space separate two numbers of a list"),
    ("skole 281065. 1234 elever", "a point and a space end a sentence"),
    ("skole 281065: 1234 elever", "a colon joins nothing"),
    ("skole 281065 (1234 elever)", "brackets join nothing"),
    ("281065 og 1234", "words join nothing"),
    ("281065; 1234", "a semicolon separates cells"),
    ("150312     1234", "five spaces are a column of a table"),
    ("skoleåret 2024/2025", "years"),
    ("2024–2026", "a range of years"),
    ("2019 2020 2021", "a list of years"),
    ("20242025", "no date"),
    ("20192020 2021", "no date"),
    ("01.08.2024 – 31.07.2026", "a range of days"),
    ("01.08.24-31.07.26", "a range of days"),
    ("den 15-03-2026", "a day"),
    ("den 15/3-2012 kl. 14.30", "a day and an hour"),
    ("2012-03-15 1430", "a day in the notation of databases"),
    ("2012-03-15T09:42:00Z", "a timestamp"),
    ("20120315 1430", "year first"),
    ("15. marts 2012 1234", "a month in letters"),
    ("uge 10, 11 og 12 2024", "a list of weeks"),
    ("320112-1234", "no 32nd day"),
    ("001212-1234", "no 0th day"),
    ("600112-1234", "no 60th day: replacement numbers begin with 61"),
    ("920112-1234", "no 92nd day"),
    ("151312-1234", "no 13th month"),
    ("150012-1234", "no 0th month"),
    ("156312-1234", "a replacement number raises the day, never the month"),
    ("154312-1234", "the month is not raised by 40 as in Norway"),
    ("310412-1234", "April has 30 days"),
    ("910412-1234", "in replacement numbers too"),
    ("290201-1234", "not a leap year in any century"),
    ("15032112-1234", "nobody is born in 2112 yet"),
    ("150317121234", "nobody born in 1712 is alive"),
    ("150312-12345", "a serial number has four digits"),
    ("150312-123", "a serial number never has three digits"),
    ("15031212345", "eleven digits"),
    ("9150312-1234", "seven digits before the dash"),
    ("1503121234567", "thirteen digits"),
    ("15-03/12-1234", "a date has the same separator twice"),
    ("15-3-12-1234", "the groups of a date have two digits"),
    ("1.503.121.234", "a number with grouped thousands (refused in a number field)"),
    ("1.503.121.234,50 kr.", "an amount with grouped thousands"),
    ("1503121234,50 kr.", "an amount with decimals and currency"),
    ("1503121234,5 mio. kr.", "an amount with one decimal and currency"),
    ("1503121234,50 DKK", "an amount with decimals and currency"),
    ("150.312,50 kr.", "an amount"),
    ("150312,50 kr.", "two decimals"),
    ("6,1 %", "a share"),
    ("P-nr. 1503121234", "labelled as a P number"),
    ("P-nr: 1503121234", "labelled as a P number"),
    ("p-nummer 1503121234", "labelled as a P number"),
    ("P nr. 1503121234", "labelled as a P number"),
    ("Pnr 1503121234", "labelled as a P number"),
    ("(P-nr.\u{a0}1503121234)", "labelled as a P number"),
    ("1 5 0 3 1 2 1 2 3 4", "separate digits are a list of answers"),
    ("15 0312 1234", "not a usual grouping of a CPR number"),
    ("150312-••••", "already masked"),
    ("150312-XXXX", "masked by hand"),
    ("150312-12AB", "letters in the serial number"),
    ("§ 150312 a", "no serial number follows"),
    ("²²⁰³¹²¹²³⁴", "superscripts do not count as digits"),
];

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let found: Vec<_> = find(text).into_iter().map(|found| found.digits).collect();
    assert_eq!(found, expected, "{text:?}");
}

#[test]
fn find_and_mask_cover_all_notations() {
    for (text, digits) in DETECTED {
        check(text, digits);
        let masked = mask_all(text);
        check(&masked, &[]);
        assert!(digits.iter().all(|digits| !masked.contains(&digits[6..])), "{masked:?}");
    }
    // Inside a sentence with multi-byte characters.
    for (text, digits) in DETECTED {
        check(&format!("Æblet – {text} – trives"), digits);
    }
}

#[test]
fn find_ignores_other_numbers() {
    for (text, reason) in ALLOWED {
        let found = find(text);
        assert!(found.is_empty(), "{text:?} should be allowed ({reason}): {found:?}");
    }
    let cases = DETECTED.len() + ALLOWED.len();
    println!("{cases} cases: {} detected, {} allowed", DETECTED.len(), ALLOWED.len());
    assert!(cases >= 120 && ALLOWED.len() >= 60);
}

#[test]
fn find_whole_words_ignores_digits_inside_ids_and_fingerprints() {
    let fingerprint = "ba7816bf8f01cfea1503121234de5dae2223b00361a396177a9cb410ff61f200";
    for text in [fingerprint, "7h1503121234xyz0", "skolen.k1503121234", "1503121234abcdef", "abcdef1503121234"] {
        assert_eq!(find(text).len(), 1, "{text} is detected as free text");
        assert!(find_whole_words(text).is_empty(), "{text}");
    }
    for text in ["1503121234", "skolen.1503121234", "150312-1234", "Barnet 1503121234 trives"] {
        assert_eq!(find_whole_words(text).len(), 1, "{text}");
    }
}

#[test]
fn in_figure_and_in_number_refuse_cpr_numbers() {
    for text in [
        "1503121234",
        "150312-1234",
        " 1503121234 ",
        "1.503.121.234",
        "1 503 121 234",
        "1503121234,5",
        "1503121234 %",
        "-1503121234",
        "150312,1234",
        "150312.1234",
        "１５０３１２１２３４",
        "1503\u{ad}121234",
        "15032012 1234",
        "150320121234",
        "0101901234",
        // A spreadsheet dropped the leading zero.
        "101901234",
        "101.901.234",
        "7503121234",
    ] {
        assert_eq!(assess_figure_text(text), DigitShape::Refused, "{text:?}");
    }
    for text in ["150312", "1503121", "15031212", "150312123", "150.312", "150312,12", "15032012123"] {
        assert_eq!(assess_figure_text(text), DigitShape::Incomplete, "{text:?}");
    }
    for text in
        ["", "6,1", "24", "1.234,5", "2024", "45.678", "159.312", "7.234.567", "1234567", "99999", "-", "*", "0"]
    {
        assert_eq!(assess_figure_text(text), DigitShape::Harmless, "{text:?}");
    }
    for number in [
        1_503_121_234.0,
        101_901_234.0,
        -1_503_121_234.0,
        150_312.123_4,
        10_190.123_4,
        7_503_121_234.0,
        1_503_121_234.5,
    ] {
        assert!(is_like_cpr(number), "{number}");
    }
    for number in [0.0, 6.1, 24.0, 150_312.0, 150_312.12, 1_234_567.0, 4_294_967_295.0, 1.5e21, f64::MAX] {
        assert!(!is_like_cpr(number), "{number}");
    }
}

#[test]
fn p_number_headings_are_recognised() {
    for heading in ["P-nr.", "P-nummer", "P-numre", "Pnummer", "Produktionsenhedsnummer"] {
        assert!(is_p_number_heading(heading), "{heading}");
    }
    for heading in ["Personnr.", "CPR-nummer", "Telefonnummer", "Gruppenr.", "Nr."] {
        assert!(!is_p_number_heading(heading), "{heading}");
    }
}

/// Checks what is saved after the last character of a text was typed.
#[track_caller]
fn check_typing(text: &str, save: &str, held_back: bool) {
    let before: String = text.chars().take(text.chars().count().saturating_sub(1)).collect();
    let typed = while_typing(text, &before, &Allowed::new());
    assert_eq!((typed.save.as_str(), typed.held_back), (save, held_back), "{text}");
}

#[test]
fn while_typing_holds_back_the_beginning_of_a_number() {
    check_typing("Barnet 15031", "Barnet 15031", false);
    for beginning in [
        "150312",
        "1503121",
        "15031212",
        "150312123",
        "150312-",
        "150312-1",
        "150312 123",
        "150312–12",
        "150312 - 1",
        "150312  12",
        "15-03-12",
        "15-03-12-1",
        "15.03.2012 12",
        "15032012123",
        "１５０３１２",
        "1503\u{ad}12",
    ] {
        check_typing(&format!("Barnet {beginning}"), "Barnet ", true);
    }
    check_typing("Barnet 1503121234", "Barnet 150312-••••", false);
    check_typing("Barnet 150312-1234", "Barnet 150312-••••", false);
    check_typing("Barnet 150312-1234 trives", "Barnet 150312-•••• trives", false);
    check_typing("den 150312, hvor", "den 150312, hvor", false);
    check_typing("ring 12101234 nu", "ring 12101234 nu", false);
    check_typing("451234", "451234", false);
    // Pasted text is masked too, and a date away from the cursor is not held back.
    assert_eq!(while_typing("150312-1234 trives", "", &Allowed::new()).save, "150312-•••• trives");
    assert!(!while_typing("den 150312, hvor", "", &Allowed::new()).held_back);
}

#[test]
fn while_typing_holds_back_a_number_typed_before_other_text() {
    for (before, after) in
        [("", " trives."), ("", "trives."), ("Barnet ", "trives"), ("Æblet og ", "\nhar det godt"), ("", ", som")]
    {
        for number in ["1503121234", "150312-1234", "15-03-12-1234", "150312  1234", "15032012-1234"] {
            let mut last = format!("{before}{after}");
            for typed in 1..=number.chars().count() {
                let part: String = number.chars().take(typed).collect();
                let text = format!("{before}{part}{after}");
                let saved = while_typing(&text, &last, &Allowed::new()).save;
                let digits = saved.chars().filter(char::is_ascii_digit).count();
                let is_masked = saved.contains("••••");
                assert!(digits < 6 || is_masked, "{text:?} is saved as {saved:?}");
                assert!(saved.starts_with(before) && saved.ends_with(after.trim_start()), "{saved:?}");
                last = text;
            }
            assert_eq!(while_typing(&last, &last, &Allowed::new()).save, mask_all(&last));
        }
    }
}

#[test]
fn allowed_numbers_are_neither_masked_nor_held_back() {
    let allowed = Allowed::from(["1503121234".to_owned()]);
    assert_eq!(mask("ordre 1503121234", &allowed).save, "ordre 1503121234");
    assert_eq!(mask("ordre 1503121234, 160312-1234", &allowed).save, "ordre 1503121234, 160312-••••");
    assert!(!while_typing("ordre 15031212", "ordre 1503121", &allowed).held_back);
    assert!(while_typing("ordre 15031213", "ordre 1503121", &allowed).held_back);
}

fn any_fragment() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[0-9]{1,12}",
        2 => "[-–. ,/\t\n]{1,2}",
        1 => "[a-zæøå ]{1,6}",
        1 => Just("150312".to_owned()),
        1 => Just("1234".to_owned()),
        1 => Just("\u{ad}".to_owned()),
    ]
}

proptest! {
    #![proptest_config(crate::property_test_config())]

    #[test]
    fn masked_text_contains_no_number(fragments in prop::collection::vec(any_fragment(), 0..12)) {
        let text = fragments.concat();
        let masked = mask_all(&text);
        prop_assert!(find(&masked).is_empty(), "{:?} became {:?}", text, masked);
    }

    #[test]
    fn any_text_is_processed_without_panic_and_ranges_are_valid(text in ".{0,60}", before in ".{0,20}") {
        for found in find(&text) {
            prop_assert_eq!(found.digits.len(), 10);
            prop_assert!(text.get(found.range).is_some());
        }
        let typed = while_typing(&text, &before, &Allowed::new());
        prop_assert!(find(&typed.save).is_empty());
        assess_figure_text(&text);
    }

    #[test]
    fn number_typed_at_any_position_is_never_saved(
        words in "[a-zæøå .]{0,20}",
        at in 0usize..20,
        day in 1u8..29,
        serial in 0u16..10_000,
    ) {
        let number = format!("{day:02}0312-{serial:04}");
        let chars: Vec<char> = words.chars().collect();
        let (before, after) = chars.split_at(at.min(chars.len()));
        let (before, after): (String, String) = (before.iter().collect(), after.iter().collect());
        let mut last = words;
        for typed in 1..=number.len() {
            let text = format!("{before}{}{after}", &number[..typed]);
            let saved = while_typing(&text, &last, &Allowed::new()).save;
            prop_assert!(typed < 6 || !saved.contains(&number[..6]) || saved.contains("••••"), "{:?} is saved as {:?}", text, saved);
            last = text;
        }
    }
}
