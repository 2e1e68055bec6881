//! The choices that narrow the library: a list for each facet, with how much each choice leaves, and a link for each
//! choice that takes it back. The lists are folded until they are asked for.

use std::cell::Cell;

use leptos::prelude::*;

use crate::domain::fundament::{self, Edition};
use crate::domain::practice_filter::{Facet, FacetOption, LibraryEntry, PracticeFilter};

use super::{FilteredPractice, LibraryContents, address};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, empty_view, toggle_button};
use crate::ui::platform;
use crate::ui::platform::focus::focus_after_navigation;

thread_local! {
    /// Whether the lists are unfolded on the page that replaces this one.
    static STAYS_UNFOLDED: Cell<bool> = const { Cell::new(false) };
}

/// Returns whether the lists are unfolded. They stay so when a choice replaces the page.
pub(super) fn is_unfolded() -> RwSignal<bool> {
    RwSignal::new(STAYS_UNFOLDED.replace(false))
}

/// Builds the lists, and the links that take choices back.
pub(super) fn choices(
    contents: &LibraryContents,
    filtered: &FilteredPractice,
    is_unfolded: RwSignal<bool>,
) -> BuiltView {
    let Some(edition) = fundament::present_edition() else { return empty_view() };
    let (filter, found) = (&filtered.filter, contents.at(&filtered.found));
    let list = |facet: Facet| facet_list(facet, &facet.options(edition, &contents.themes), &found, filter);
    let lists: Vec<BuiltView> = Facet::ALL.into_iter().map(list).collect();
    let label = match filter.facets().len() {
        0 => "Filtre".to_owned(),
        count => format!("Filtre · {count} valgt"),
    };
    let is_folded = move || !is_unfolded.get();
    let lists = build_view(view! { <div class="library-filters" class:folded=is_folded>{lists}</div> });
    let unknown = filtered.has_unknown.then(|| {
        markup!(r#"<p class="help" role="status">Adressen har et valg, der ikke findes her. Det er ikke brugt.</p>"#)
    });
    markup!(
        "<div><div>{}</div>{}{}{}</div>",
        toggle_button(label.clone(), label, is_unfolded),
        lists,
        unknown,
        chosen_links(edition, contents, filter)
    )
}

/// Builds the list of a facet. Each option says how many practices it leaves.
fn facet_list(facet: Facet, options: &[FacetOption], found: &[&LibraryEntry], filter: &PracticeFilter) -> BuiltView {
    let [label, everything] = facet.danish();
    let name = |name: &str, value: Option<&str>| format!("{name} ({})", filter.count_with(found, facet, value));
    let names = options.iter().map(|option| name(&option.name, Some(option.value.as_str())));
    let names: Vec<String> = std::iter::once(name(everything, None)).chain(names).collect();
    let values: Vec<String> = options.iter().map(|option| option.value.clone()).collect();
    let chosen = values.iter().position(|value| Some(value.as_str()) == filter.chosen(facet));
    let id = format!("library-{}", facet.name());
    let (filter, focus) = (filter.clone(), id.clone());
    let pick = move |index: Option<usize>| {
        let value = index.and_then(|index| values.get(index));
        STAYS_UNFOLDED.set(true);
        // The choice replaces the page.
        focus_after_navigation(focus.clone());
        platform::navigation::go_to(&address(&filter.with(facet, value.map(String::as_str))));
    };
    inputs::select_field(id, label.to_owned(), names, move || chosen, pick)
}

/// Builds a link for each choice that takes it back, and one for all. Empty without any choice and without words.
fn chosen_links(edition: &Edition, contents: &LibraryContents, filter: &PracticeFilter) -> BuiltView {
    let facets = filter.facets();
    if facets.is_empty() && filter.words.trim().is_empty() {
        return empty_view();
    }
    let link = |facet: Facet| {
        let name = chosen_name(facet, edition, contents, filter);
        markup!(
            r#"<li><a class="tag" href="{}" aria-label="Fjern valget {}">{} <span aria-hidden="true">×</span></a></li>"#,
            address(&filter.with(facet, None)),
            name.as_str(),
            name.as_str()
        )
    };
    markup!(
        r#"<ul class="library-chosen">{}<li><a href="{}">Fjern alle valg</a></li></ul>"#,
        facets.into_iter().map(link).collect::<Vec<_>>(),
        address(&PracticeFilter::default())
    )
}

/// Returns the name of what is chosen in a facet.
fn chosen_name(facet: Facet, edition: &Edition, contents: &LibraryContents, filter: &PracticeFilter) -> String {
    let options = facet.options(edition, &contents.themes).into_iter();
    let mut chosen = options.filter(|option| Some(option.value.as_str()) == filter.chosen(facet));
    chosen.next().map(|option| option.name).unwrap_or_default()
}

/// Builds what is shown while nothing passes, with the choices that could be taken back.
pub(super) fn nothing_found(contents: &LibraryContents, filtered: &FilteredPractice) -> BuiltView {
    let Some(edition) = fundament::present_edition() else { return empty_view() };
    let (filter, found) = (&filtered.filter, contents.at(&filtered.found));
    let link = |facet: Facet| {
        let count = filter.count_with(&found, facet, None);
        (count > 0).then(|| {
            markup!(
                r#"<li><a href="{}">Uden «{}»: {}</a></li>"#,
                address(&filter.with(facet, None)),
                chosen_name(facet, edition, contents, filter),
                count.to_string()
            )
        })
    };
    let links: Vec<BuiltView> = filter.facets().into_iter().filter_map(link).collect();
    let words = match (found.is_empty(), links.is_empty()) {
        (true, _) => "Ingen praksis her har de ord. Prøv et kortere ord eller en del af et.",
        (false, true) => "Ingen praksis her passer på de valg. Fjern alle valg, og begynd forfra.",
        (false, false) => "Ingen praksis her passer på alt det, der er valgt. Tag et valg tilbage:",
    };
    let links = (!links.is_empty()).then(|| markup!(r#"<ul class="link-list">{}</ul>"#, links));
    markup!(r#"<section class="part"><h2>Ingen fundet</h2><p>{}</p>{}</section>"#, words, links)
}
