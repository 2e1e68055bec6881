//! The library of practice: what units here, in the network and in imported files have found and tried, to browse and
//! to take up. «Look for what exists before inventing something new» [FIF-12].
//!
//! | file | purpose |
//! | --- | --- |
//! | this one | the page, and what it lists |
//! | `filters` | the choices that narrow the list |
//! | `card` | a practice as a card, with the units that took it up |
//! | `catalogue` | what the unit shows to parents, children and staff |
//!
//! # Invariants
//!
//! * The filters are in the address, so that a list can be sent and the back button goes to the list before.
//! * Practice that another unit has withdrawn must not be listed.

mod card;
mod catalogue;
mod filters;

use std::rc::Rc;

use leptos::ev;
use leptos::prelude::*;

use crate::domain::cpr;
use crate::domain::enhed::{Enhed, EnhedKind, Sector};
use crate::domain::fundament;
use crate::domain::id::Id;
use crate::domain::practice::Practice;
use crate::domain::practice_filter::{self, LibraryEntry, PracticeFilter};
use crate::domain::relations::LocalFacts;
use crate::domain::sorted::SortedMap;

use crate::ui::kit::components::{Field, FieldEvent};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, dynamic_text, dynamic_view, or_empty};
use crate::ui::pages::practice::practices::capitalised;
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries::practice::{practices, unit_name};
use crate::ui::state::queries::relations;

pub(crate) use catalogue::CataloguePage;

/// The largest number of cards that is shown before the user asks for all. More would slow the search down.
const MOST_CARDS: usize = 60;

/// What the library holds.
#[derive(Clone, PartialEq)]
struct LibraryContents {
    /// The practice that is listed, in order.
    entries: Vec<LibraryEntry>,
    /// All practice here, also what is not listed. Chains of units that took practice up are derived from it.
    all: Vec<Practice>,
    /// A line for each practice that another unit has withdrawn.
    withdrawn: Vec<String>,
    /// The themes of all cycles, with their titles.
    themes: Vec<(Id, String)>,
    /// Whether the user works with a unit.
    has_unit: bool,
}

impl LibraryContents {
    /// Collects what the library holds, tracked.
    fn read(app: AppContext, facts: &LocalFacts) -> Self {
        let (all, own) = (practices(app, None), app.unit());
        let hangs_on = fundament::present_edition().map(|edition| practice_filter::hangs_on(&all, edition, facts));
        let mut hangs_on = hangs_on.unwrap_or_default().into_iter();
        let mut units = SortedMap::<Id, (String, Option<Sector>)>::new();
        let (mut entries, mut withdrawn) = (Vec::new(), Vec::new());
        for practice in &all {
            let hangs_on = hangs_on.next().unwrap_or_default();
            let is_own = practice.unit == own;
            let (name, sector) = match &practice.unit {
                Some(unit) => units.get_or_insert_with(unit.clone(), || name_and_sector(app, unit)).clone(),
                None => (String::new(), None),
            };
            withdrawn.extend(practice.withdrawn_line(is_own, &name).map(|line| capitalised(&line)));
            if practice.is_in_library(is_own) {
                entries.push(LibraryEntry { practice: practice.clone(), unit_name: name, sector, is_own, hangs_on });
            }
        }
        let entries = practice_filter::in_library_order(entries);
        Self { entries, all, withdrawn, themes: facts.themes.clone(), has_unit: own.is_some() }
    }

    /// Returns the entry of a practice; `None` for practice that is not listed.
    fn entry(&self, id: &Id) -> Option<&LibraryEntry> {
        self.entries.iter().find(|entry| entry.practice.id == *id)
    }

    /// Returns the entries at positions.
    fn at(&self, positions: &[usize]) -> Vec<&LibraryEntry> {
        positions.iter().filter_map(|position| self.entries.get(*position)).collect()
    }
}

/// What a filter leaves of the library.
#[derive(Clone, PartialEq)]
struct FilteredPractice {
    /// The filter, without choices that are not offered here.
    filter: PracticeFilter,
    /// Whether the address has such choices.
    has_unknown: bool,
    /// The positions of the entries that have the words, the best first. All without words.
    found: Vec<usize>,
    /// The positions of those that pass the choices too.
    shown: Vec<usize>,
}

/// The page of the library.
#[component]
pub(crate) fn LibraryPage(app: AppContext, filters: String) -> BuiltView {
    let filter = RwSignal::new(PracticeFilter::parse(&filters));
    follow_address(filter);
    let unit = Memo::new(move |_| app.unit());
    let facts = [relations::common(app, unit), relations::goals(app, unit)];
    let contents = Memo::new(move |_| LibraryContents::read(app, &relations::joined(&facts)));
    let filtered = filtered(contents, filter);
    let is_empty = Memo::new(move |_| contents.with(|contents| contents.entries.is_empty()));
    let count = dynamic_text(move || {
        let total = contents.with(|contents| contents.entries.len());
        filtered.with(|filtered| count_in_words(filtered.shown.len(), total))
    });
    let list =
        dynamic_view(
            move || {
                if is_empty.get() { empty_library() } else { filtered_list(app, contents, filter, filtered) }
            },
        );
    markup!(
        r##"
        <header class="page-head">
            <p class="eyebrow"><a href="#/praksis">Praksis</a></p>
            <h1>Bibliotek</h1>
            <p class="purpose">Se, hvad der allerede virker eller bliver prøvet hos jer og andre, før I begynder på noget nyt.</p>
            <p class="library-count" role="status">{}</p>
        </header>
        <div>{}</div>
        <div>{}</div>"##,
        count,
        list,
        withdrawn_part(contents)
    )
}

/// Applies the filter. The index of the words is built when the first word is typed.
fn filtered(contents: Memo<LibraryContents>, filter: RwSignal<PracticeFilter>) -> Memo<FilteredPractice> {
    let index = Memo::new_with_compare(
        move |_| contents.with(|contents| practice_filter::index(&contents.entries)),
        |_, _| true,
    );
    Memo::new(move |_| {
        let mut filter = filter.get();
        contents.with(|contents| {
            let edition = fundament::present_edition();
            let has_unknown = edition.is_some_and(|edition| filter.drop_unknown(edition, &contents.themes));
            let found = if filter.words.trim().is_empty() {
                (0..contents.entries.len()).collect()
            } else {
                index.with(|index| practice_filter::find(index, &filter.words))
            };
            let passes = |position: &usize| contents.entries.get(*position).is_some_and(|entry| filter.passes(entry));
            let shown = found.iter().copied().filter(passes).collect();
            FilteredPractice { filter, has_unknown, found, shown }
        })
    })
}

/// Follows the address. Words are written to it without a change of page, so that going back to an address may leave
/// the page as it is.
fn follow_address(filter: RwSignal<PracticeFilter>) {
    let listener = window_event_listener(ev::hashchange, move |_| {
        if let Route::PracticeLibrary(filters) = Route::parse(&platform::navigation::fragment()) {
            // The page may already be gone.
            filter.try_set(PracticeFilter::parse(&filters));
        }
    });
    on_cleanup(move || listener.remove());
}

/// Returns the address of the library with a filter. No CPR number gets into an address.
fn address(filter: &PracticeFilter) -> String {
    let mut filter = filter.clone();
    filter.words = cpr::mask_all(&filter.words);
    Route::PracticeLibrary(filter.address()).to_string()
}

/// Builds the search field, the filters and the cards.
fn filtered_list(
    app: AppContext,
    contents: Memo<LibraryContents>,
    filter: RwSignal<PracticeFilter>,
    filtered: Memo<FilteredPractice>,
) -> BuiltView {
    let is_unfolded = filters::is_unfolded();
    let choices = dynamic_view(move || {
        contents.with(|contents| filtered.with(|filtered| filters::choices(contents, filtered, is_unfolded)))
    });
    let shows_all = RwSignal::new(false);
    let cards = dynamic_view(move || {
        let shows_all_now = shows_all.get();
        contents.with(|contents| filtered.with(|filtered| cards(app, contents, filtered, (shows_all, shows_all_now))))
    });
    markup!(
        r#"<search class="library-search no-print">{}{}</search><div>{}</div>"#,
        words_field(filter),
        choices,
        cards
    )
}

/// Builds the search field. While the user types, the list follows; the address has the words when they leave the
/// field.
fn words_field(filter: RwSignal<PracticeFilter>) -> BuiltView {
    let on_event = move |event: FieldEvent| match event {
        FieldEvent::Typed(words) => filter.update(|filter| filter.words = words),
        FieldEvent::Left(Some(_)) => {
            // `None` where the page was left with the focus in the field: the address is another page's then.
            let is_here = filter.try_update(|filter| filter.words = cpr::mask_all(&filter.words)).is_some();
            if is_here {
                platform::navigation::rewrite_fragment(&filter.with_untracked(address));
            }
        }
        FieldEvent::Entered | FieldEvent::Left(None) => {}
    };
    build_view(view! {
        <Field
            id="library-words".to_owned()
            label="Søg med ord"
            help="Ord fra titlen, teksten eller enhedens navn."
            value=Rc::new(move || filter.with(|filter| filter.words.clone()))
            on_event=Rc::new(on_event)
        />
    })
}

/// Builds the cards, at most [`MOST_CARDS`] before the user asks for all.
fn cards(
    app: AppContext,
    contents: &LibraryContents,
    filtered: &FilteredPractice,
    (shows_all, shows_all_now): (RwSignal<bool>, bool),
) -> BuiltView {
    if filtered.shown.is_empty() {
        return filters::nothing_found(contents, filtered);
    }
    let most = if shows_all_now { usize::MAX } else { MOST_CARDS };
    let shown = contents.at(&filtered.shown);
    let cards: Vec<BuiltView> = shown.iter().take(most).map(|entry| card::card(app, contents, entry)).collect();
    let more = shown.get(most).map(|next| {
        let next = card::link_id(&next.practice.id);
        let unfold = button("Vis dem alle", move || {
            shows_all.set(true);
            // The button is gone then.
            inputs::focus_on(next.clone());
        });
        markup!(r#"<p class="buttons no-print">{}</p>"#, unfold)
    });
    markup!(r#"<div><ul class="practice-cards">{}</ul>{}</div>"#, cards, more)
}

/// Builds the list of what other units have withdrawn. Empty if there is nothing.
fn withdrawn_part(contents: Memo<LibraryContents>) -> BuiltView {
    let withdrawn = Memo::new(move |_| contents.with(|contents| contents.withdrawn.clone()));
    dynamic_view(move || {
        let lines: Vec<BuiltView> =
            withdrawn.get().into_iter().map(|line| markup!("<li><span>{}</span></li>", line)).collect();
        or_empty((!lines.is_empty()).then(|| {
            markup!(
                r#"
                <section class="part withdrawn">
                    <h2>Trukket tilbage</h2>
                    <p class="help">Enheden deler det ikke længere. Det, I selv har bygget på det, har I stadig.</p>
                    <ul class="rows">{}</ul>
                </section>"#,
                lines
            )
        }))
    })
}

/// Builds what is shown while there is no practice here.
fn empty_library() -> BuiltView {
    markup!(
        r##"
        <section class="part">
            <h2>Her kommer det, I og andre prøver</h2>
            <p>Jeres egen praksis kommer her af sig selv. Andres kommer, når du åbner en fil fra netværket, hvor de har delt den.</p>
            <p class="buttons"><a class="button primary" href="#/praksis">Begynd selv</a><a class="button" href="#/filer">Åbn en fil</a></p>
        </section>"##
    )
}

/// Says how many practices are shown; nothing while there are none at all.
fn count_in_words(shown: usize, total: usize) -> String {
    match (shown, total) {
        (_, 0) => String::new(),
        (shown, total) if shown == total => format!("{total} i alt"),
        (shown, total) => format!("{shown} af {total}"),
    }
}

/// Returns the name of a unit, for use within a sentence, and its sector.
fn name_and_sector(app: AppContext, unit: &Id) -> (String, Option<Sector>) {
    (unit_name(app, Some(unit)), app.body::<Enhed>(Some(unit)).kind.map(EnhedKind::sector))
}
