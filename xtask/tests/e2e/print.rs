//! The agreement and the report on paper, printed by Chromium.

use std::collections::BTreeMap;

use xtask::browser::{Browser, Engine};
use xtask::e2e::{UserRole, assert_no_errors, go_to, server, start_as};
use xtask::pdf::{Line, Page, Pdf};
use xtask::sample_data::area::{SMALL, UNRELEASED, area_file};
use xtask::server::Server;

/// A millimetre in points. The margins below are those of `style/paper.css`, less a point for rounding.
const MM: f64 = 72.0 / 25.4;
const SIDE: f64 = 18.0 * MM - 1.0;
const ABOVE: f64 = 20.0 * MM - 1.0;
const BELOW: f64 = 22.0 * MM - 1.0;

/// Starts as a chef with the records of a whole area.
fn start_with_area(server: &Server, name: &str) -> Browser {
    let person = start_as(Engine::Chromium, server, UserRole::chef("Børn & Unge"));
    let file = std::env::temp_dir().join(format!("print-{}-{name}.kvalitetshjul.json", std::process::id()));
    area_file(&file).unwrap();
    person.choose(&file).unwrap();
    person.press("Luk").unwrap();
    std::fs::remove_file(&file).unwrap();
    person
}

/// Returns the words of the document on screen, in order, without those that paper does not show.
fn screen_words(person: &Browser) -> Vec<String> {
    const WORDS: &str = "
        const texts = document.createTreeWalker(document.querySelector('.paper'), NodeFilter.SHOW_TEXT), all = [];
        while (texts.nextNode()) {
            const node = texts.currentNode;
            if (!node.parentElement.closest('details, svg')) all.push(...node.textContent.split(/\\s+/).filter(word => word));
        }
        return all;";
    person.texts_of(WORDS).unwrap()
}

/// Returns the lines of a page above the page number.
fn body_lines(page: &Page) -> Vec<&Line> {
    page.lines.iter().filter(|line| line.bottom <= page.height - BELOW).collect()
}

/// Prints the page and checks its layout and words.
fn print_and_check(person: &Browser, name: &str) -> Vec<Page> {
    let words = screen_words(person);
    let headings: Vec<String> =
        person.texts(".paper :is(h1, h2, h3, caption, .paper-seen, .paper-sort, p.paper-by)").unwrap();
    // A title in the table of contents is no heading. On paper its number may be part of the line.
    let contents: Vec<String> = person.texts(".paper-contents a").unwrap();
    let contents_heads: Vec<String> = person.texts(".paper-contents h2").unwrap();
    let pdf = Pdf::keep(name, &person.printed(true).unwrap()).unwrap();
    let pages = pdf.pages().unwrap();
    let all = joined_text(&pages);

    // Only the page number lies outside the margins, and it is correct.
    for (at, page) in pages.iter().enumerate() {
        assert!((page.width - 210.0 * MM).abs() < 1.5 && (page.height - 297.0 * MM).abs() < 1.5, "A4: {page:?}");
        let number = format!("{} af {}", at + 1, pages.len());
        let below: Vec<&Line> = page.lines.iter().filter(|line| line.bottom > page.height - BELOW).collect();
        let texts: Vec<&str> = below.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(texts, [number.as_str()], "{name}, page {}: other text beside the page number", at + 1);
        for line in body_lines(page) {
            let is_within = line.left >= SIDE && line.right <= page.width - SIDE && line.top >= ABOVE;
            assert!(is_within, "{name}, page {}: clipped or outside the margins: {line:?}", at + 1);
        }
    }
    // No page ends with a heading or a part of one.
    for (at, page) in pages.iter().enumerate() {
        let last = body_lines(page).into_iter().max_by(|one, other| one.bottom.total_cmp(&other.bottom));
        assert!(last.is_some(), "{name}: page {} is empty", at + 1);
        let last = &last.unwrap().text;
        let lists_contents = body_lines(page).iter().any(|line| contents_heads.contains(&line.text));
        let is_in_contents =
            contents.contains(last) || (lists_contents && contents.iter().any(|title| last.ends_with(title.as_str())));
        let is_heading = headings.iter().any(|heading| heading.ends_with(last.as_str())) && !is_in_contents;
        assert!(!is_heading || at + 1 == pages.len(), "{name}, page {}: «{last}» is the last line", at + 1);
    }
    // Every word of the document is on paper.
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
    // Nothing else is on paper, except words of drawings, page numbers and list numbers.
    let drawn = person.texts(".paper svg text").unwrap().join(" ");
    let is_number = |word: &str| word == "af" || word == "•" || word.trim_end_matches('.').parse::<usize>().is_ok();
    let is_known = |word: &str| is_number(word) || drawn.split_whitespace().any(|drawn| drawn == word);
    let more: Vec<&str> =
        printed.iter().filter(|(word, left)| **left > 0 && !is_known(word)).map(|(word, _)| *word).collect();
    assert!(more.is_empty(), "{name}: words that are not in the document are on paper: {more:?}");
    // Paper is light, whatever colours the user chose.
    for (at, light) in pdf.light().unwrap().into_iter().enumerate() {
        let is_light = light.corner == 255 && light.mean > 205 && light.darkest < 120;
        assert!(is_light, "{name}, page {}: {light:?}", at + 1);
    }
    println!("{name}: {} pages, {} words, {} headings", pages.len(), words.len(), headings.len());
    pages
}

/// Switches the page to dark colours.
fn use_dark_colours(person: &Browser) {
    person.run("document.documentElement.setAttribute('data-colours', 'dark');").unwrap();
}

/// Joins the text of all pages.
fn joined_text(pages: &[Page]) -> String {
    let lines: Vec<&str> = pages.iter().flat_map(|page| &page.lines).map(|line| line.text.as_str()).collect();
    lines.join(" ")
}

#[test]
fn agreement_of_nine_goals_prints_completely() {
    let server = server();
    let person = start_with_area(&server, "aftale");
    go_to(&person, &server, "#/aftale/aftale-skolen-ved-soeen/udskrift");
    person.see("Underskrifter").unwrap();
    use_dark_colours(&person);
    person.see_count(".paper-goal", 9).unwrap();
    assert_eq!(person.texts(".paper h2").unwrap()[..3], ["Kvalitet", "Økonomi", "Medarbejdertrivsel"]);
    let pages = print_and_check(&person, "aftale");
    assert!(pages.len() > 3, "{}", pages.len());
    assert_no_errors(&[&person]);
}

#[test]
fn report_of_twelve_charts_prints_completely() {
    let server = server();
    let person = start_with_area(&server, "rapport");
    for (name, report) in [("rapport-enhed", "skolen-ved-soeen.rapport-2025"), ("rapport-alle", "rapport-2025")] {
        go_to(&person, &server, &format!("#/rapport/{report}/udskrift?dato=2026-08-12"));
        person.see("Figur 12.").unwrap();
        use_dark_colours(&person);
        person.see_count(".paper figure svg", 12).unwrap();
        let pages = print_and_check(&person, name);
        let all = joined_text(&pages);
        assert!(
            !all.contains(SMALL.1) && !all.contains(UNRELEASED),
            "{name}: a hidden figure or an unreleased text is printed"
        );
    }
    // The saved web page prints in the same way.
    assert_no_errors(&[&person]);
    let file = person.save_as("Gem som webside", "html").unwrap();
    person.open(&format!("file://{}", file.display())).unwrap();
    print_and_check(&person, "rapport-fil");
}
