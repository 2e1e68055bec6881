//! The contrast of the style's colours, in the pairs in which they are used (WCAG 2.1).

use std::collections::BTreeMap;

/// Colours of text, each with its backgrounds. The contrast is at least 4.5 : 1 (1.4.3).
const TEXTS: &[(&str, &[&str])] = &[
    ("ink", &["paper", "card", "shade", "accent-paper", "warn-paper"]),
    ("ink-quiet", &["paper", "card", "shade", "accent-paper"]),
    ("accent", &["paper", "card", "shade", "accent-paper"]),
    ("on-accent", &["accent"]),
    ("error", &["paper", "card"]),
    ("education", &["paper", "card"]),
    ("community", &["paper", "card"]),
    ("health", &["paper", "card"]),
    ("system", &["paper", "card"]),
    ("relation", &["paper", "card"]),
];

/// Colours of marks and of the edges of controls, each with its backgrounds. The contrast is at least 3 : 1 (1.4.11).
const MARKS: &[(&str, &[&str])] =
    &[("control", &["paper", "card"]), ("accent", &["paper", "card"]), ("warn-line", &["paper", "warn-paper"])];

/// Reads the colours by name, in light and in dark.
fn colours() -> BTreeMap<String, [String; 2]> {
    let style = std::fs::read_to_string(xtask::process::root().join("style/tokens.css")).unwrap();
    let pair = |line: &str| {
        let (name, value) = line.trim().strip_prefix("--")?.split_once(": light-dark(")?;
        let (light, dark) = value.split_once(')')?.0.split_once(", ")?;
        Some((name.to_owned(), [light.to_owned(), dark.to_owned()]))
    };
    style.lines().filter_map(pair).collect()
}

fn luminance(colour: &str) -> f64 {
    let part = |at: usize| {
        let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn every_colour_pair_meets_wcag_contrast() {
    let colours = colours();
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
    let mut least = f64::INFINITY;
    for (pairs, required) in [(TEXTS, 4.5), (MARKS, 3.0)] {
        for (name, grounds) in pairs {
            for ground in *grounds {
                for (index, scheme) in ["light", "dark"].into_iter().enumerate() {
                    let found = contrast(&colours[*name][index], &colours[*ground][index]);
                    assert!(found >= required, "{name} on {ground}, {scheme}: {found:.2} : 1, at least {required}");
                    least = least.min(found);
                }
            }
        }
    }
    println!("the lowest contrast of all pairs: {least:.2} : 1");
}
