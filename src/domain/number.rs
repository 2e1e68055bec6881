//! Numbers as Danes write them: `1.234,5`.

use super::cpr::{self, DigitShape};

/// Reads a number as a Dane types it: decimal comma, points between thousands, a per cent sign allowed. What looks like a CPR
/// number is none.
///
/// # Errors
/// A Danish sentence on what was expected, or [`cpr::REFUSED`].
pub fn parse(text: &str) -> Result<f64, &'static str> {
    if cpr::in_figure(text) == DigitShape::Refused { Err(cpr::REFUSED) } else { read(text) }
}

fn read(text: &str) -> Result<f64, &'static str> {
    const EXPECTED: &str = "Skriv et tal, for eksempel 6,1.";
    let bare = text.trim().trim_end_matches('%').trim_end();
    let bare = bare.replace(['\u{a0}', '\u{202f}', ' '], "").replace('\u{2212}', "-");
    let (sign, digits) = bare.strip_prefix('-').map_or(("", &*bare), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once(',').unwrap_or((digits, ""));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let groups: Vec<&str> = whole.split('.').collect();
    let in_thousands = groups.len() == 1
        || (groups[0].len() <= 3 && groups[0] != "0" && groups[1..].iter().all(|group| group.len() == 3));
    let fraction_is_sound = !digits.contains(',') || is_number(fraction);
    if !in_thousands || !groups.iter().all(|group| is_number(group)) || !fraction_is_sound {
        return Err(EXPECTED);
    }
    let whole = groups.concat();
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        digits => digits,
    };
    // By the reader of the files, which is as exact as the standard library's and is in the page anyway.
    serde_json::from_str(&format!("{sign}{whole}.{fraction}0")).map_err(|_| EXPECTED)
}

/// Writes a number as a Dane does, with all the digits it has: `1.234,5`.
pub fn danish(number: f64) -> String {
    let (whole, fraction) = decimals(number.abs());
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    let sign = if number < 0.0 { "\u{2212}" } else { "" };
    let comma = if fraction.is_empty() { "" } else { "," };
    format!("{sign}{grouped}{comma}{fraction}")
}

/// Writes a number as a spreadsheet reads it: `-1234,5`.
pub fn plain(number: f64) -> String {
    danish(number).replace('.', "").replace('\u{2212}', "-")
}

/// The digits of a number before and after its point, as few as tell it from all others.
fn decimals(number: f64) -> (String, String) {
    // By the writer of the files, which is in the page anyway; it writes what is very large or small as `1.5e21`.
    let text = serde_json::to_string(&number).unwrap_or_default();
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = [whole, fraction.trim_end_matches('0')].concat();
    let exponent: isize = exponent.trim_start_matches('+').parse().unwrap_or(0);
    let point = whole.len().saturating_add_signed(exponent);
    let zeros = "0".repeat((whole.len().cast_signed() + exponent).min(0).unsigned_abs());
    match digits.get(..point) {
        Some("") => ("0".to_owned(), zeros + &digits),
        Some(whole) => (whole.to_owned(), digits[point..].to_owned()),
        None => (format!("{digits:0<point$}"), String::new()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_danes_type() {
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
            assert_eq!(parse(text), Ok(number), "{text}");
        }
        for text in [
            "",
            "-",
            ",",
            "6,",
            "6.1",
            "1.23",
            "0.123",
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
    fn trust_cpr_number_is_no_number() {
        for text in
            ["1503121234", "150312-1234", "1.503.121.234", "150312,1234", "0101901234", "101901234", "1503121234 %"]
        {
            assert_eq!(parse(text), Err(cpr::REFUSED), "{text}");
        }
        for text in ["150312", "15031212", "1.503.121", "12.345.678"] {
            assert!(parse(text).is_ok(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(tenths in -1_000_000_000i64..1_000_000_000) {
            #[allow(clippy::cast_precision_loss)]
            let number = tenths as f64 / 100.0;
            prop_assert_eq!(parse(&danish(number)), Ok(number));
            prop_assert_eq!(parse(&plain(number)), Ok(number));
        }

        #[test]
        fn any_number_reads_back(bits: u64) {
            let number = f64::from_bits(bits);
            prop_assume!(number.is_finite());
            // Some look like a CPR number.
            prop_assert_eq!(read(&danish(number)), Ok(number), "{}", danish(number));
        }
    }
}
