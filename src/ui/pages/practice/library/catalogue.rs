//! The catalogue: the practice that the unit shows to parents, children and staff, in plain words [FIF-12]. Nothing
//! else of a practice is on it.

use leptos::prelude::*;

use crate::document::html::Html;
use crate::domain::date::Date;
use crate::domain::enhed::Enhed;
use crate::domain::fractional_index;
use crate::domain::id::Id;
use crate::domain::practice::{Practice, PracticeSort, PracticeState};
use crate::exchange::file;
use crate::record::edit::Focus;
use crate::record::leaf::Leaf;
use crate::record::path::Path;
use crate::record::value::LeafValue;

use crate::ui::kit::components::{FieldType, OpenChoice, RecordText, needs_unit, no_names_note};
use crate::ui::kit::markup::markup;
use crate::ui::kit::paper;
use crate::ui::kit::view::{BuiltView, build_view, checkbox, dynamic_view, empty_view, or_empty};
use crate::ui::platform::page::DanishOrder;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries::practice::practices;

/// Practice that the unit can choose. Equal as long as none of these change, so that typing in the plain words rebuilds
/// no field.
#[derive(Clone, PartialEq)]
struct CatalogueChoice {
    id: Id,
    title: String,
    sort: PracticeSort,
    state: PracticeState,
}

/// The page of the catalogue.
#[component]
pub(crate) fn CataloguePage(app: AppContext) -> BuiltView {
    let unit = Memo::new(move |_| app.unit());
    dynamic_view(move || unit.get().map_or_else(|| needs_unit("kataloget"), |unit| catalogue(app, &unit)))
}

fn catalogue(app: AppContext, unit: &Id) -> BuiltView {
    let own = {
        let unit = unit.clone();
        Memo::new(move |_| own_practices(app, &unit))
    };
    let choices = Memo::new(move |_| {
        let choice = |practice: &Practice| {
            let Practice { id, title, sort, state, .. } = practice;
            CatalogueChoice { id: id.clone(), title: title.clone(), sort: *sort, state: *state }
        };
        own.with(|own| own.iter().map(choice).collect::<Vec<_>>())
    });
    let list = dynamic_view(move || {
        let rows: Vec<BuiltView> = choices.get().iter().map(|choice| row(app, choice)).collect();
        if rows.is_empty() {
            return markup!(
                r##"<p>Her kan I vælge, når I har praksis at vise frem. <a href="#/praksis">Begynd i Praksis</a></p>"##
            );
        }
        markup!(r#"<ul class="catalogue-choices">{}</ul>"#, rows)
    });
    let sheet = {
        let unit = unit.clone();
        dynamic_view(move || own.with(|own| sheet(app, &unit, own)))
    };
    markup!(
        r##"
        <header class="page-head no-print">
            <p class="eyebrow"><a href="#/praksis">Praksis</a></p>
            <h1>Katalog</h1>
            <p class="purpose">Det, I vil vise forældre, børn og medarbejdere, med jeres egne enkle ord. Kun titlen og de ord kommer med.</p>
        </header>
        <section class="part no-print">
            <h2>Vælg, og skriv det enkelt</h2>
            {}
            {}
        </section>
        <div class="catalogue-paper">{}</div>"##,
        no_names_note(),
        list,
        sheet
    )
}

/// Returns the practice of a unit by title, tracked.
fn own_practices(app: AppContext, unit: &Id) -> Vec<Practice> {
    let collator = DanishOrder::new();
    let is_own = |practice: &Practice| practice.unit.as_ref() == Some(unit) && !practice.is_blank();
    let own = practices(app, None).into_iter().filter(is_own).collect();
    fractional_index::sorted(own, &|one: &Practice, other: &Practice| collator.is_before(&one.title, &other.title))
}

/// Builds the row of a practice: a box to choose it, and a field for its plain words once it is chosen.
fn row(app: AppContext, choice: &CatalogueChoice) -> BuiltView {
    let CatalogueChoice { id, title, sort, state } = choice;
    let (workspace, path) = (app.workspace, Path::root("in_catalogue"));
    let is_chosen = {
        let (id, path) = (id.clone(), path.clone());
        Memo::new(move |_| {
            let is_chosen = workspace.read_at(&id, &path, |record| {
                record.leaf(&path).and_then(Leaf::shown).is_some_and(|value| *value.json() == true)
            });
            is_chosen.unwrap_or_default()
        })
    };
    let write = {
        let (id, path) = (id.clone(), path.clone());
        move |is_chosen: bool| {
            let author = workspace.author();
            let value = LeafValue::new(is_chosen.into());
            workspace.change(&id, |record| record.write([(path.clone(), value)], &mut Focus::default(), &author));
            workspace.save_now();
        }
    };
    let words = {
        let (id, label) = (id.clone(), format!("Med enkle ord: {title}"));
        dynamic_view(move || {
            or_empty(is_chosen.get().then(|| {
                build_view(view! {
                    <RecordText
                        workspace
                        record=id.clone()
                        path=Path::root("plain")
                        label=label.clone()
                        help="Hvad gør I, og hvad bliver bedre? Skriv, så et barn kan læse det."
                        sort=FieldType::Text
                    />
                })
            }))
        })
    };
    let open_choice = view! { <OpenChoice workspace record=id.clone() path about="om den er i kataloget" words=Some(choice_in_words)/> };
    markup!(
        r#"<li>{}<p class="help">{}</p>{}<div>{}</div></li>"#,
        checkbox(title.clone(), move || is_chosen.get(), write),
        format!("{} · {}", sort.danish(), state.danish()),
        build_view(open_choice),
        words
    )
}

fn choice_in_words(value: &serde_json::Value) -> String {
    if *value == true { "I kataloget" } else { "Ikke i kataloget" }.to_owned()
}

/// Builds the sheet of the catalogue. Until something is chosen and written, says that it will come here.
fn sheet(app: AppContext, unit: &Id, own: &[Practice]) -> BuiltView {
    let chosen = own.iter().filter(|practice| practice.is_in_catalogue);
    let (written, missing): (Vec<&Practice>, Vec<&Practice>) =
        chosen.partition(|practice| !practice.plain.trim().is_empty());
    let missing = (!missing.is_empty()).then(|| {
        let titles: Vec<String> = missing.iter().map(|practice| format!("«{}»", practice.title)).collect();
        markup!(
            r#"<p class="help no-print">{} kommer med, når I har skrevet det med enkle ord.</p>"#,
            titles.join(", ")
        )
    });
    if written.is_empty() {
        return markup!(
            r#"<section class="part no-print"><h2>Kataloget</h2><p>Her kommer kataloget, klar til at skrive ud, når I har valgt noget og skrevet det med enkle ord.</p>{}</section>"#,
            missing
        );
    }
    let unit_name = app.body::<Enhed>(Some(unit)).name.0;
    let name = file::subject(&unit_name, "Katalog");
    let title = |practice: &&Practice| app.workspace.text(&practice.id, &Path::root("title"));
    let entries: Vec<(String, &str)> =
        written.iter().map(|practice| (title(practice), practice.plain.as_str())).collect();
    let html = document(&unit_name, app.today.get(), &entries);
    paper::document_page(app.workspace, empty_view(), &name, &html, missing)
}

/// Builds the document of practice, each with its title and its plain words.
///
/// Practice without a title has no heading: its name in lists is the beginning of a text that is for the unit alone.
fn document(unit_name: &str, today: Date, practices: &[(String, &str)]) -> Html {
    let mut html = Html::default();
    html.put(r#"<article class="paper paper-catalogue"><header class="paper-cover"><p class="paper-kind">"#);
    if !unit_name.trim().is_empty() {
        html.say(unit_name).put(" · ");
    }
    html.say(&today.danish()).put("</p><h1>Sådan gør vi</h1></header>");
    for (title, plain) in practices {
        html.put(r#"<section class="paper-greeting">"#);
        if !title.trim().is_empty() {
            html.put("<h2>").say(title).put("</h2>");
        }
        html.paragraphs(plain).put("</section>");
    }
    html.put("</article>");
    html
}
