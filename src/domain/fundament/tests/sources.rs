//! The documents that each item comes from, and which texts are proposals, compared with a table that people review.

use std::collections::BTreeSet;

use super::*;

/// The table. Its first lines explain it.
const TABLE: &str = include_str!("../sources.txt");

/// Returns the short name of a document in the table.
const fn short_name(source: SourceDocument) -> &'static str {
    match source {
        SourceDocument::Fif12 => "FIF-12",
        SourceDocument::Fif11 => "FIF-11",
        SourceDocument::Eff => "EFF",
        SourceDocument::Jv16 => "JV16",
    }
}

/// Adds the line of an item and of all items in it. `inherited` are the documents of the item that contains it.
fn add_lines(edition: &str, item: &FundamentItem, inherited: &[SourceDocument], lines: &mut Vec<String>) {
    let sources = if item.source.is_empty() { inherited } else { &item.source };
    let names: Vec<&str> = sources.iter().copied().map(short_name).collect();
    assert!(!names.is_empty(), "{edition}/{} has no source", item.id);
    let mark = if item.proposal { " forslag" } else { "" };
    lines.push(format!("{edition} {} {}{mark}", item.id, names.join("+")));
    item.parts.iter().for_each(|part| add_lines(edition, part, sources, lines));
}

/// A new or changed item needs a decision: which document says this, and is the text a proposal?
#[test]
fn every_item_has_the_sources_and_the_mark_of_the_table() {
    let mut lines = Vec::new();
    for edition in editions() {
        add_lines(edition.id(), edition.about(), &[], &mut lines);
    }
    let content: BTreeSet<&str> = lines.iter().map(String::as_str).collect();
    let table: BTreeSet<&str> = TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    let missing: Vec<&&str> = content.difference(&table).collect();
    let surplus: Vec<&&str> = table.difference(&content).collect();
    assert!(missing.is_empty() && surplus.is_empty(), "not in sources.txt: {missing:#?}\nonly there: {surplus:#?}");
}

/// What the documents name without describing has texts of the product only.
#[test]
fn texts_that_the_documents_lack_are_marked_as_proposals() {
    let present = present_edition().unwrap();
    for sort in [Sort::Pole, Sort::Statement, Sort::Indicator, Sort::Theme, Sort::Level, Sort::Corner, Sort::Lever] {
        for item in present.of_sort(sort) {
            assert!(item.proposal, "{}", item.id);
        }
    }
    for tool in present.of_sort(Sort::Tool) {
        assert!(!tool.proposal && tool.parts.iter().all(|step| step.proposal), "{}", tool.id);
    }
    let policies = ["sundhed", "aeldre", "social", "beskaeftigelse"];
    assert!(policies.iter().all(|id| edition("jv").unwrap().find(id).unwrap().proposal));
    let mut cells = present.find("procesplan").unwrap().all().filter(|item| item.sort == Sort::Cell);
    assert!(cells.all(|cell| cell.proposal));
}
