//! The unit's own practice by its state, and the ways to begin.

use leptos::prelude::*;

use crate::domain::practice::{Practice, PracticeSort, PracticeState};

use super::digital::{digital_form, focus_on_first_question};
use super::new::{NewForm, TITLE_INPUT, begin_form, begun_form, practice_form};
use super::page::summary;
use super::words::words;
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_view, on_click};
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries::practice::{is_of_other_unit, practices};

/// The page of the unit's practice.
#[component]
pub(crate) fn PracticesPage(app: AppContext) -> BuiltView {
    let open = RwSignal::new(begun_form());
    let begin = dynamic_view(move || match open.get() {
        Some(NewForm::Practice(sort)) => practice_form(app, sort, open),
        Some(NewForm::Digital) => digital_form(app, open),
        None => ways_to_begin(open),
    });
    markup!(
        r#"
        <header class="page-head">
            <h1>Praksis</h1>
            <p class="purpose">Det, der lykkes, det, I prøver af, og det, I har lært. Øverst står det, der venter på jer.</p>
        </header>
        <div>{}</div>
        <nav class="practice-links no-print" aria-label="Mere om praksis">
            <a href="{}">Bibliotek: hvad gør andre?</a>
            <a href="{}">Katalog med enkle ord</a>
            <a href="{}">Historier</a>
        </nav>
        <div>{}</div>"#,
        begin,
        Route::PracticeLibrary(String::new()).to_string(),
        Route::PracticeCatalogue.to_string(),
        Route::Stories.to_string(),
        dynamic_view(move || list(app))
    )
}

/// Builds the buttons that open a form.
fn ways_to_begin(open: RwSignal<Option<NewForm>>) -> BuiltView {
    let way = |class: &'static str, label: &'static str, form: NewForm| {
        let begin = on_click(move || {
            begin_form(form);
            open.set(Some(form));
            match form {
                NewForm::Digital => focus_on_first_question(),
                NewForm::Practice(_) => inputs::focus_on(TITLE_INPUT.to_owned()),
            }
        });
        build_view(view! { <button id=form.button() type="button" class=class on:click=begin>{label}</button> })
    };
    let of_sort = |class: &'static str, sort: PracticeSort| way(class, words(sort).new, NewForm::Practice(sort));
    markup!(
        r#"<div class="buttons no-print">{}{}{}{}</div>"#,
        of_sort("primary", PracticeSort::Trial),
        of_sort("", PracticeSort::Deviation),
        of_sort("", PracticeSort::Prototype),
        way("quiet", "Begynd med digitalisering", NewForm::Digital)
    )
}

/// Builds the unit's practice by its state, the latest first.
fn list(app: AppContext) -> BuiltView {
    let mut own: Vec<Practice> =
        practices(app, None).into_iter().filter(|practice| !is_of_other_unit(app, practice)).collect();
    if own.is_empty() {
        return empty_list();
    }
    own.sort_by_key(|practice| std::cmp::Reverse(practice.date));
    let parts: Vec<BuiltView> = PracticeState::ALL
        .into_iter()
        .filter_map(|state| {
            let of_state = own.iter().filter(|practice| practice.state == state);
            let rows: Vec<BuiltView> = of_state.map(|practice| row(app, practice)).collect();
            (!rows.is_empty()).then(|| {
                markup!(
                    r#"<section class="part"><h2>{}</h2><ul class="link-list">{}</ul></section>"#,
                    state.heading(),
                    rows
                )
            })
        })
        .collect();
    markup!("<div>{}</div>", parts)
}

/// Builds what is shown while the unit has no practice.
fn empty_list() -> BuiltView {
    let sorts = PracticeSort::ALL
        .map(|sort| markup!(r#"<div><dt>{}</dt><dd class="help">{}</dd></div>"#, sort.danish(), words(sort).about));
    markup!(
        r##"
        <section class="part">
            <h2>Her kommer jeres praksis</h2>
            <p>Find først det, der lykkes. Prøv så noget lille i en kort tid, og lav det om, til det holder.</p>
            <dl class="practice-sorts">{}</dl>
            <p class="help">Det kan komme af en refleksion, en workshop eller en samtale om tal, eller begynde her.</p>
            <p><a class="button" href="#/refleksion">Begynd med en refleksion</a></p>
        </section>"##,
        Vec::from(sorts)
    )
}

fn row(app: AppContext, practice: &Practice) -> BuiltView {
    let mut about = summary(app, practice);
    for (mark, is_marked) in
        [("Deles med netværket", practice.shared == Some(true)), ("I kataloget", practice.is_in_catalogue)]
    {
        if is_marked {
            about.push_str(" · ");
            about.push_str(mark);
        }
    }
    markup!(
        r#"<li><a href="{}"><strong>{}</strong><span class="help">{}</span></a></li>"#,
        Route::Practice(practice.id.clone()).to_string(),
        practice.title.as_str(),
        about
    )
}
