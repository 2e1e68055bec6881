//! Reading and writing numbers in Danish notation: `1.234,5`.

use super::cpr::{self, DigitShape};

/// A number read from a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ParsedNumber {
    /// The number.
    pub value: f64,
    /// Whether a point was read as the decimal comma, as in `94.5`. The user is told so.
    pub has_decimal_point: bool,
}

/// Reads a number in Danish notation: decimal comma, points between thousands, and possibly a per cent sign. A single
/// point that cannot stand between thousands is read as the decimal comma. A text that looks like a CPR number is
/// refused.
///
/// # Errors
/// A Danish sentence that says what was expected, or [`cpr::REFUSED`].
pub fn parse(text: &str) -> Result<ParsedNumber, &'static str> {
    if cpr::assess_figure_text(text) == DigitShape::Refused { Err(cpr::REFUSED) } else { parse_unguarded(text) }
}

/// Reads a number in Danish notation without looking for CPR numbers.
fn parse_unguarded(text: &str) -> Result<ParsedNumber, &'static str> {
    const EXPECTED: &str = "Skriv et tal, for eksempel 6,1.";
    let bare = text.trim().trim_end_matches('%').trim_end();
    let bare = bare.replace(['\u{a0}', '\u{202f}', ' '], "").replace('\u{2212}', "-");
    let (sign, digits) = bare.strip_prefix('-').map_or(("", &*bare), |rest| ("-", rest));
    let has_decimal_point = has_decimal_point(digits);
    let comma = if has_decimal_point { '.' } else { ',' };
    let (integer, fraction) = digits.split_once(comma).unwrap_or((digits, ""));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let groups: Vec<&str> = integer.split('.').collect();
    let is_grouped_in_thousands = groups.len() == 1
        || (groups[0].len() <= 3 && groups[0] != "0" && groups[1..].iter().all(|group| group.len() == 3));
    let is_fraction_valid = !digits.contains(comma) || is_digits(fraction);
    if !is_grouped_in_thousands || !groups.iter().all(|group| is_digits(group)) || !is_fraction_valid {
        return Err(EXPECTED);
    }
    let integer = groups.concat();
    let integer = match integer.trim_start_matches('0') {
        "" => "0",
        digits => digits,
    };
    // `serde_json` is as exact as the standard library and, unlike its parser, is in the download anyway.
    let value = serde_json::from_str(&format!("{sign}{integer}.{fraction}0")).map_err(|_| EXPECTED)?;
    Ok(ParsedNumber { value, has_decimal_point })
}

/// Returns whether digits have one point and no comma, and the point cannot stand between thousands.
fn has_decimal_point(digits: &str) -> bool {
    let Some((integer, fraction)) = digits.split_once('.') else { return false };
    let is_between_thousands = fraction.len() == 3 && integer.len() <= 3 && integer != "0";
    !is_between_thousands && !digits.contains(',') && !fraction.contains('.')
}

/// Writes a number in Danish notation with all its significant digits: `1.234,5`.
pub fn format_danish(number: f64) -> String {
    let (integer, fraction) = decimal_digits(number.abs());
    let mut grouped = String::new();
    for (index, digit) in integer.chars().enumerate() {
        if index > 0 && (integer.len() - index).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    let sign = if number < 0.0 { "\u{2212}" } else { "" };
    let comma = if fraction.is_empty() { "" } else { "," };
    format!("{sign}{grouped}{comma}{fraction}")
}

/// Writes a number for a Danish spreadsheet, without points between thousands: `-1234,5`.
pub fn format_for_spreadsheet(number: f64) -> String {
    format_danish(number).replace('.', "").replace('\u{2212}', "-")
}

/// Returns the digits of a number before and after the decimal point: the fewest that identify the number.
fn decimal_digits(number: f64) -> (String, String) {
    // `serde_json` is in the download anyway. It writes very large and very small numbers as `1.5e21`.
    let text = serde_json::to_string(&number).unwrap_or_default();
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = [integer, fraction.trim_end_matches('0')].concat();
    let exponent: isize = exponent.trim_start_matches('+').parse().unwrap_or(0);
    let point = integer.len().saturating_add_signed(exponent);
    let zeros = "0".repeat((integer.len().cast_signed() + exponent).min(0).unsigned_abs());
    match digits.get(..point) {
        Some("") => ("0".to_owned(), zeros + &digits),
        Some(integer) => (integer.to_owned(), digits[point..].to_owned()),
        None => (format!("{digits:0<point$}"), String::new()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn parse_accepts_danish_notation_only() {
        for (text, number) in [
            ("6,1", 6.1),
            (" 6,1 % ", 6.1),
            ("1.234,5", 1234.5),
            ("1234,5", 1234.5),
            ("12.345.678", 12_345_678.0),
            ("-0,5", -0.5),
            ("−3", -3.0),
            ("0", 0.0),
            ("1 234", 1234.0),
            ("007,50", 7.5),
        ] {
            assert_eq!(parse(text), Ok(ParsedNumber { value: number, has_decimal_point: false }), "{text}");
        }
        for text in [
            "",
            "-",
            ",",
            "6,",
            "6.",
            ".5",
            "5,0.1",
            "1,234.5",
            "1,2,3",
            "1..000",
            "seks",
            "1e5",
            "%",
            "NaN",
            "+1",
            &"9".repeat(400),
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn point_that_separates_no_thousands_is_the_decimal_comma() {
        for (text, number, has_decimal_point) in [
            ("94.5", 94.5, true),
            (" 94.5 % ", 94.5, true),
            ("-0.5", -0.5, true),
            ("1.23", 1.23, true),
            ("0.123", 0.123, true),
            ("1.2345", 1.2345, true),
            ("1234.567", 1234.567, true),
            ("1.234", 1234.0, false),
            ("999.000", 999_000.0, false),
            ("1.234.567", 1_234_567.0, false),
        ] {
            assert_eq!(parse(text), Ok(ParsedNumber { value: number, has_decimal_point }), "{text}");
        }
    }

    #[test]
    fn parse_refuses_cpr_numbers() {
        for text in [
            "1503121234",
            "150312-1234",
            "1.503.121.234",
            "150312,1234",
            "150312.1234",
            "0101901234",
            "101901234",
            "1503121234 %",
        ] {
            assert_eq!(parse(text), Err(cpr::REFUSED), "{text}");
        }
        for text in ["150312", "15031212", "1.503.121", "12.345.678"] {
            assert!(parse(text).is_ok(), "{text}");
        }
    }

    proptest! {
        #![proptest_config(crate::property_test_config())]

        #[test]
        fn written_numbers_parse_back(tenths in -1_000_000_000i64..1_000_000_000) {
            #[allow(clippy::cast_precision_loss)]
            let number = tenths as f64 / 100.0;
            let read = Ok(ParsedNumber { value: number, has_decimal_point: false });
            prop_assert_eq!(parse(&format_danish(number)), read);
            prop_assert_eq!(parse(&format_for_spreadsheet(number)), read);
        }

        #[test]
        fn any_finite_number_parses_back(bits: u64) {
            let number = f64::from_bits(bits);
            prop_assume!(number.is_finite());
            // Unguarded, since some of the numbers look like CPR numbers.
            let read = Ok(ParsedNumber { value: number, has_decimal_point: false });
            prop_assert_eq!(parse_unguarded(&format_danish(number)), read, "{}", format_danish(number));
        }
    }
}
