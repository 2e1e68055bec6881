//! A practice as a card that is read in ten seconds: whose it is, what people do, how far it is, what rises, and who
//! has taken it up.

use crate::domain::fundament;
use crate::domain::id::Id;
use crate::domain::instrument::CORNER_WORDS;
use crate::domain::practice::{Practice, count_units, line_of, takers_of};
use crate::domain::practice_filter::LibraryEntry;
use crate::domain::proevehandling::Tek;
use crate::domain::text::to_lowercase_danish;

use super::LibraryContents;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, button_with_label, on_click};
use crate::ui::pages::practice::practices::{begin_trial, capitalised};
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

/// Builds the card.
pub(super) fn card(app: AppContext, contents: &LibraryContents, entry: &LibraryEntry) -> BuiltView {
    let LibraryEntry { practice, unit_name, is_own, .. } = entry;
    let mut eyebrow = practice.sort.danish().to_owned();
    if !unit_name.is_empty() {
        eyebrow.push_str(" · ");
        eyebrow.push_str(unit_name);
    }
    let summary = Some(practice.summary.as_str()).filter(|summary| !summary.is_empty() && *summary != practice.title);
    let summary = summary.map(|summary| markup!("<p>{}</p>", summary));
    let action = (!is_own).then(|| take_up(app, contents, entry));
    markup!(
        r#"
        <li class="practice-card">
            <p class="eyebrow">{}</p>
            <h2><a id="{}" href="{}">{}</a></h2>
            {}
            <p class="practice-marks">{}{}</p>
            {}{}{}{}
        </li>"#,
        eyebrow,
        link_id(&practice.id),
        address(practice),
        practice.title.as_str(),
        summary,
        tag(practice.state.heading()),
        is_own.then(|| own_marks(practice)),
        tek_words(practice),
        built_on(contents, practice),
        takers(contents, practice),
        action
    )
}

/// Returns the id of the link of a card.
pub(super) fn link_id(id: &Id) -> String {
    format!("card-{id}")
}

/// Returns the address of the page of a practice.
fn address(practice: &Practice) -> String {
    Route::Practice(practice.id.clone()).to_string()
}

fn tag(words: &str) -> BuiltView {
    markup!(r#"<span class="tag">{}</span>"#, words)
}

/// Builds the marks of the unit's own practice: who else sees it.
fn own_marks(practice: &Practice) -> BuiltView {
    let shared = if practice.shared == Some(true) { "Deles med netværket" } else { "Kun hos jer" };
    let catalogue = practice.is_in_catalogue.then(|| tag("I kataloget"));
    markup!(r#"<span class="contents">{}{}</span>"#, tag(shared), catalogue)
}

/// Builds the changes of the corners of the TEK triangle in words; `None` if none is weighed. Where some were seen, the
/// others are marked as expected.
fn tek_words(practice: &Practice) -> Option<BuiltView> {
    let edition = fundament::present_edition()?;
    let (mut tek, mut seen) = (practice.tek(), practice.tek_after.unwrap_or_default());
    let is_seen = seen != Tek::default();
    let is_expected = seen.corners().map(|(_, seen)| is_seen && seen.is_none());
    let change = |((corner, weight), is_expected): ((&str, &mut Option<i8>), bool)| {
        let weight = (*weight)?;
        let words = usize::try_from(weight.checked_add(2)?).ok().and_then(|index| CORNER_WORDS.get(index))?;
        let arrow = match weight {
            1.. => "↑",
            0 => "→",
            _ => "↓",
        };
        let label = edition.find(corner)?.label.as_str();
        let note = if is_expected { " (ventet)" } else { "" };
        let words = format!("{label} {}{note}", to_lowercase_danish(words));
        Some(markup!(r#"<li><span aria-hidden="true">{}</span> {}</li>"#, arrow, words))
    };
    let changes: Vec<BuiltView> = tek.corners().into_iter().zip(is_expected).filter_map(change).collect();
    let when = if is_seen { "Set" } else { "Ventet" };
    (!changes.is_empty()).then(|| {
        markup!(
            r#"<div class="practice-tek"><span class="help">{}:</span><ul class="tek-changes">{}</ul></div>"#,
            when,
            changes
        )
    })
}

/// Builds the line that says what a practice builds on; `None` if it builds on nothing.
fn built_on(contents: &LibraryContents, practice: &Practice) -> Option<BuiltView> {
    let above = line_of(&contents.all, &practice.id).first().and_then(|above| contents.entry(&above.id));
    if let Some(above) = above {
        let of_unit = if above.is_own { "fra jer selv".to_owned() } else { format!("fra {}", above.unit_name) };
        return Some(markup!(
            r#"<p class="help">Bygger på <a href="{}">{}</a> {}</p>"#,
            address(&above.practice),
            above.practice.title.as_str(),
            of_unit
        ));
    }
    let credit = practice.credit.trim();
    let start = if credit.starts_with("efter ") { "lavet " } else { "" };
    (!credit.is_empty()).then(|| markup!(r#"<p class="help">{}</p>"#, capitalised(&format!("{start}{credit}"))))
}

/// Builds the units that have taken a practice up, and what they have learned; `None` if no unit has.
fn takers(contents: &LibraryContents, practice: &Practice) -> Option<BuiltView> {
    let mut found = takers_of(&contents.all, &practice.id);
    found.retain(|taker| contents.entry(&taker.id).is_some());
    let takers: Vec<&LibraryEntry> = found.iter().filter_map(|taker| contents.entry(&taker.id)).collect();
    if takers.is_empty() {
        return None;
    }
    let link = |(index, taker): (usize, &&LibraryEntry)| {
        markup!(
            r#"<span>{}<a href="{}">{}</a> ({})</span>"#,
            if index == 0 { "" } else { ", " },
            address(&taker.practice),
            taker_name(taker),
            taker.practice.state.danish()
        )
    };
    let links: Vec<BuiltView> = takers.iter().enumerate().map(link).collect();
    let learned = |taker: &&LibraryEntry| {
        let (learned, name) = (taker.practice.learned.trim(), capitalised(&taker_name(taker)));
        (!learned.is_empty())
            .then(|| markup!(r#"<li><strong>{}</strong><span class="learned">{}</span></li>"#, name.as_str(), learned))
    };
    let learned: Vec<BuiltView> = takers.iter().filter_map(learned).collect();
    let learned = (!learned.is_empty()).then(|| {
        markup!(
            r#"<details class="practice-learned"><summary>Det lærte de</summary><ul class="learned-list">{}</ul></details>"#,
            learned
        )
    });
    Some(markup!(
        r#"<div class="practice-takers"><p>Taget op af {}: {}</p>{}</div>"#,
        count_units(&found).to_string(),
        links,
        learned
    ))
}

/// Returns the name of a unit that has taken practice up, for use within a sentence.
fn taker_name(taker: &LibraryEntry) -> String {
    if taker.is_own { "jer selv".to_owned() } else { taker.unit_name.clone() }
}

/// Builds the button that begins a trial of another unit's practice; a link to that trial once there is one.
fn take_up(app: AppContext, contents: &LibraryContents, entry: &LibraryEntry) -> BuiltView {
    let LibraryEntry { practice, unit_name, .. } = entry;
    let is_own_taker = |other: &&LibraryEntry| other.is_own && other.practice.built_on.as_ref() == Some(&practice.id);
    if let Some(own) = contents.entries.iter().find(is_own_taker) {
        let state = own.practice.state.danish();
        return markup!(
            r#"<p class="buttons"><a class="button" href="{}">I prøver den også ({})</a></p>"#,
            address(&own.practice),
            state
        );
    }
    if !contents.has_unit {
        return markup!(r##"<p class="help"><a href="#/enheder">Vælg jeres enhed</a>, så kan I prøve det samme.</p>"##);
    }
    let (practice, unit_name, label) =
        (practice.clone(), unit_name.clone(), format!("Vi prøver også: {}", practice.title));
    // The trial gets the unit that the user works with when it is created.
    let begin = on_click(move || begin_trial(app, practice.draft(Some(&unit_name)).trial(None)));
    markup!(r#"<p class="buttons no-print">{}</p>"#, button_with_label("", "Vi prøver også", label, begin))
}
