//! The agreement and the report on paper, printed by Chromium from the release bundle: what a person would see at once.
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

use std::collections::BTreeMap;

use xtask::browser::{Browser, Engine};
use xtask::made::{SMALL, UNRELEASED, area_file};
use xtask::pdf::{Line, Page, Pdf};
use xtask::server::Server;
use xtask::walk::{Who, all_is_well, begun_as, on, server};

/// The margins of `style/paper.css`, in points, with a hair for rounding.
const MM: f64 = 72.0 / 25.4;
const SIDE: f64 = 18.0 * MM - 1.0;
const ABOVE: f64 = 20.0 * MM - 1.0;
const BELOW: f64 = 22.0 * MM - 1.0;

/// Somebody who has the whole area, in dark colours.
fn with_area(server: &Server, name: &str) -> Browser {
    let person = begun_as(Engine::Chromium, server, Who::chef("Børn & Unge"));
    let file = std::env::temp_dir().join(format!("print-{}-{name}.kvalitetshjul.json", std::process::id()));
    area_file(&file).unwrap();
    person.choose(&file).unwrap();
    person.press("Luk").unwrap();
    std::fs::remove_file(&file).unwrap();
    person
}

/// The words of the document in the page, in the order of its text; what paper does not show is left out.
fn words(person: &Browser) -> Vec<String> {
    const WORDS: &str = "
        const texts = document.createTreeWalker(document.querySelector('.paper'), NodeFilter.SHOW_TEXT), all = [];
        while (texts.nextNode()) {
            const node = texts.currentNode;
            if (!node.parentElement.closest('details, svg')) all.push(...node.textContent.split(/\\s+/).filter(word => word));
        }
        return all;";
    person.texts_of(WORDS).unwrap()
}

/// What stands on every page, beside its number.
fn body(page: &Page) -> Vec<&Line> {
    page.lines.iter().filter(|line| line.bottom <= page.height - BELOW).collect()
}

/// Prints the page and looks at it.
fn print(person: &Browser, name: &str) -> Vec<Page> {
    let words = words(person);
    let headings: Vec<String> =
        person.texts(".paper :is(h1, h2, h3, caption, .paper-seen, .paper-sort, p.paper-by)").unwrap();
    // What stands in the contents stands there without its number, and is no heading.
    let contents: Vec<String> = person.texts(".paper-contents a").unwrap();
    let pdf = Pdf::keep(name, &person.printed(true).unwrap()).unwrap();
    let pages = pdf.pages().unwrap();
    let all = text(&pages);

    // Nothing lies outside the margins but the page's number, and that is right.
    for (at, page) in pages.iter().enumerate() {
        assert!((page.width - 210.0 * MM).abs() < 1.5 && (page.height - 297.0 * MM).abs() < 1.5, "A4: {page:?}");
        let number = format!("{} af {}", at + 1, pages.len());
        let below: Vec<&Line> = page.lines.iter().filter(|line| line.bottom > page.height - BELOW).collect();
        let said: Vec<&str> = below.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(said, [number.as_str()], "{name}, page {}: only its number stands below", at + 1);
        for line in body(page) {
            let is_within = line.left >= SIDE && line.right <= page.width - SIDE && line.top >= ABOVE;
            assert!(is_within, "{name}, page {}: clipped or outside: {line:?}", at + 1);
        }
    }
    // No heading, and nothing that belongs to one, is the last line of its page: not the end of several lines either.
    for (at, page) in pages.iter().enumerate() {
        let last = body(page).into_iter().max_by(|one, other| one.bottom.total_cmp(&other.bottom));
        assert!(last.is_some(), "{name}: page {} is empty", at + 1);
        let last = &last.unwrap().text;
        let is_heading = headings.iter().any(|heading| heading.ends_with(last.as_str())) && !contents.contains(last);
        assert!(!is_heading || at + 1 == pages.len(), "{name}, page {}: «{last}» is the last line", at + 1);
    }
    // Every word of it is on paper.
    let mut printed: BTreeMap<&str, usize> = BTreeMap::new();
    for word in all.split_whitespace() {
        *printed.entry(word).or_default() += 1;
    }
    let lost: Vec<&String> = words
        .iter()
        .filter(|word| match printed.get_mut(word.as_str()) {
            Some(left) if *left > 0 => {
                *left -= 1;
                false
            }
            _ => true,
        })
        .collect();
    assert!(lost.is_empty(), "{name}: not on paper: {lost:?}");
    // And nothing else is, but the words of drawings, and numbers of pages and of lines in a list.
    let drawn = person.texts(".paper svg text").unwrap().join(" ");
    let is_number = |word: &str| word == "af" || word == "•" || word.trim_end_matches('.').parse::<usize>().is_ok();
    let is_known = |word: &str| is_number(word) || drawn.split_whitespace().any(|drawn| drawn == word);
    let more: Vec<&str> =
        printed.iter().filter(|(word, left)| **left > 0 && !is_known(word)).map(|(word, _)| *word).collect();
    assert!(more.is_empty(), "{name}: what is no part of it is on paper: {more:?}");
    // Light, whatever the room is.
    for (at, light) in pdf.light().unwrap().into_iter().enumerate() {
        let is_light = light.corner == 255 && light.mean > 205 && light.darkest < 120;
        assert!(is_light, "{name}, page {}: {light:?}", at + 1);
    }
    println!("{name}: {} pages, {} words, {} headings", pages.len(), words.len(), headings.len());
    pages
}

/// The page in dark colours, as its user chose them.
fn in_the_dark(person: &Browser) {
    person.run("document.documentElement.setAttribute('data-colours', 'dark');").unwrap();
}

/// All that stands on the pages.
fn text(pages: &[Page]) -> String {
    let lines: Vec<&str> = pages.iter().flat_map(|page| &page.lines).map(|line| line.text.as_str()).collect();
    lines.join(" ")
}

#[test]
fn an_agreement_of_nine_goals_is_printed_whole() {
    let server = server();
    let person = with_area(&server, "aftale");
    on(&person, &server, "#/aftale/aftale-skolen-ved-soeen/udskrift");
    person.see("Underskrifter").unwrap();
    in_the_dark(&person);
    person.see_count(".paper-goal", 9).unwrap();
    assert_eq!(person.texts(".paper h2").unwrap()[..3], ["Kvalitet", "Økonomi", "Medarbejdertrivsel"]);
    let pages = print(&person, "aftale");
    assert!(pages.len() > 3, "{}", pages.len());
    all_is_well(&[&person]);
}

#[test]
fn a_report_of_twelve_charts_is_printed_whole() {
    let server = server();
    let person = with_area(&server, "rapport");
    for (name, report) in [("rapport-enhed", "skolen-ved-soeen.rapport-2025"), ("rapport-alle", "rapport-2025")] {
        on(&person, &server, &format!("#/rapport/{report}/udskrift?dato=2026-08-12"));
        person.see("Figur 12.").unwrap();
        in_the_dark(&person);
        person.see_count(".paper figure svg", 12).unwrap();
        let pages = print(&person, name);
        let all = text(&pages);
        assert!(!all.contains(SMALL.1) && !all.contains(UNRELEASED), "{name}: what must be seen nowhere is printed");
    }
    // The file of it is the same on paper.
    all_is_well(&[&person]);
    let file = person.save_as("Gem som webside", "html").unwrap();
    person.open(&format!("file://{}", file.display())).unwrap();
    print(&person, "rapport-fil");
}
