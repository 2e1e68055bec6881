//! The texts of the content are the product's own: none repeats a run of words of the documents.

use std::collections::BTreeSet;

use serde_json::Value;

use super::*;
use crate::domain::glossary::TERMS;

/// The hashes of runs of words of the documents. Names and labels that the content uses as written are left out. Its
/// first lines explain the form.
const HASHES: &str = include_str!("../own_words.txt");

/// Returns the FNV-1a hash of a text, 64 bits.
fn fnv_1a(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Collects the texts in a JSON value.
fn collect_texts(value: &Value, texts: &mut Vec<String>) {
    match value {
        Value::String(text) => texts.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| collect_texts(value, texts)),
        Value::Object(fields) => fields.values().for_each(|value| collect_texts(value, texts)),
        _ => {}
    }
}

/// Returns the first run of words of a text that the documents have too.
fn borrowed_run(text: &str, hashes: &BTreeSet<(usize, u64)>) -> Option<String> {
    let text = text.to_lowercase();
    let words: Vec<&str> = text.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let lengths: BTreeSet<usize> = hashes.iter().map(|(length, _)| *length).collect();
    let runs = lengths.into_iter().flat_map(|length| words.windows(length).map(|run| run.join(" ")));
    let mut runs = runs.map(|run| (run.split(' ').count(), run));
    runs.find(|(length, run)| hashes.contains(&(*length, fnv_1a(run)))).map(|(_, run)| run)
}

#[test]
fn no_text_of_the_content_repeats_a_run_of_words_of_the_documents() {
    let parse = |line: &str| {
        let (length, hash) = line.split_once(' ').unwrap();
        (length.parse::<usize>().unwrap(), u64::from_str_radix(hash, 16).unwrap())
    };
    let hashes: BTreeSet<(usize, u64)> = HASHES.lines().filter(|line| !line.starts_with('#')).map(parse).collect();
    assert!(hashes.len() > 300 && hashes.iter().any(|(length, _)| *length == 5));
    assert_eq!(fnv_1a("a"), 0xaf63_dc4c_8601_ec8c, "the published value of FNV-1a");

    let mut texts = Vec::new();
    for json in TEXTS.iter().chain(&TEXTS_AT_HAND).chain(&[include_str!("../../../content/instruments.json")]) {
        collect_texts(&serde_json::from_str(json).unwrap(), &mut texts);
    }
    texts.extend(TERMS.iter().map(|term| term.meaning.to_owned()));
    for text in &texts {
        assert_eq!(borrowed_run(text, &hashes), None, "{text}");
    }

    // A run is found in any case and across punctuation. These criteria are one sentence of their document.
    let sentence = "Ressourcer og aktiviteter koordineres – borgerne er tilfredse, forløb opleves sammenhængende.";
    assert!(borrowed_run(sentence, &hashes).is_some());
}
