//! From a statement, through what it means here, to what one sees and hears; then many ideas, and one to try.

use std::rc::Rc;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use crate::domain::cpr::{self, Allowed};
use crate::domain::id::Id;
use crate::domain::instrument::instrument;
use crate::domain::proevehandling::Proevehandling;
use crate::domain::pyramid::{GROUPS, Idea, Pyramid};
use crate::domain::registry::Kind;
use crate::record::edit::Focus;
use crate::record::path::Path;

use crate::ui::kit::components::{Choices, DeletedButChanged, FieldType, RecordText, shared};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, button_with_class, dynamic_view, on_click, or_empty};
use crate::ui::pages::practice::trials::begin_trial;
use crate::ui::pages::practice::workshop::timer;
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

/// The minutes of a round of ideas.
const MINUTES: u8 = 5;

/// Those of the unit, for the page that leads here.
pub(crate) fn all(desk: AppContext) -> Vec<(Id, String)> {
    let unit = desk.unit();
    let of_unit = |id: Id| {
        let pyramid = desk.workspace.living(&id)?.view::<Pyramid>().ok()?;
        (pyramid.unit.is_none() || desk.workspace.is_same_unit(pyramid.unit.as_ref(), unit.as_ref()))
            .then_some((id, pyramid.statement.0))
    };
    desk.workspace.ids(Kind::Pyramid).into_iter().filter_map(of_unit).collect()
}

/// The page of one; a new one where none is named.
#[component]
pub(crate) fn PyramidPage(desk: AppContext, id: Option<Id>) -> BuiltView {
    let Some(id) = id else {
        let id = platform::ids::mint();
        platform::navigation::go_on_to(&Route::Pyramide(Some(id)).to_string());
        return build_view(());
    };
    let ensure: Rc<dyn Fn()> = {
        let id = id.clone();
        Rc::new(move || {
            let unit = untrack(|| desk.unit());
            desk.workspace.ensure(&id, || Pyramid { unit, ..Pyramid::default() });
        })
    };
    let text = |name: &str, label: &'static str, help: &'static str| {
        build_view(view! {
            <RecordText
                workspace=desk.workspace
                record=id.clone()
                path=Path::root(name)
                label
                help
                sort=FieldType::Text
                make=Rc::clone(&ensure)
            />
        })
    };
    markup!(
        r##"
        <header class="page-head">
            <p class="eyebrow"><a href="#/refleksion">Refleksion</a></p>
            <h1>Fra ord til handling</h1>
            <p class="purpose">Konkretiseringspyramiden fører et udsagn ned til det, man kan se og høre. Idégeneratoren fører mange idéer frem til én prøvehandling.</p>
        </header>
        <div>{}</div>
        <ol class="pyramid">
            <li class="part"><h2>1. Et udsagn</h2>{}{}</li>
            <li class="part"><h2>2. Hvad betyder det her?</h2>{}</li>
            <li class="part"><h2>3. Hvad ser og hører man os gøre?</h2>{}</li>
            <li class="part"><h2>4. Idéer til mere af det</h2><p class="help">Så mange som muligt, uden at vurdere dem. Bagefter lægger I dem sammen, der ligner hinanden, og vælger én.</p>{}{}{}</li>
        </ol>
        <div>{}</div>"##,
        build_view(view! { <DeletedButChanged workspace=desk.workspace record=id.clone()/> }),
        statements(desk, &id, Rc::clone(&ensure)),
        text("statement", "Udsagnet, I arbejder med", "Vælg et af synenes udsagn, eller skriv jeres eget."),
        text("meaning", "Det betyder, at …", "For netop jer, i jeres hverdag."),
        text(
            "practice",
            "Man ser os … Man hører os …",
            "Så konkret, at en gæst kunne få øje på det. Ingen navne eller initialer på børn."
        ),
        timer(MINUTES),
        new_idea(desk, &id, Rc::clone(&ensure)),
        ideas(desk, &id),
        shared(desk.workspace, &id, "det, I har skrevet her,", move || ensure()),
    )
}

/// The statements of the views, to begin with.
fn statements(desk: AppContext, id: &Id, ensure: Rc<dyn Fn()>) -> BuiltView {
    let views = instrument("syn");
    let options: Vec<BuiltView> = views
        .into_iter()
        .flat_map(|views| &views.items)
        .map(|item| {
            let words = format!("{}: {}", item.theme, item.label);
            markup!(r#"<option value="{}">{}</option>"#, item.id.as_str(), words)
        })
        .collect();
    let id = id.clone();
    let pick = move |value: String| {
        let item = views.and_then(|views| views.items.iter().find(|item| item.id.as_str() == value));
        let Some(item) = item else { return };
        ensure();
        desk.workspace.edit::<Pyramid>(&id, &mut Focus::default(), |pyramid| {
            pyramid.statement = item.label.as_str().into();
        });
        desk.workspace.save_now();
    };
    build_view(view! {
        <div class="field">
            <label for="statement-of-views">"Et udsagn fra de fire syn"</label>
            <select id="statement-of-views" on:change:target=move |event| pick(event.target().value())>
                <option value="">"Vælg et udsagn"</option>
                {options}
            </select>
        </div>
    })
}

/// The field for one idea more. The keyboard stays in it.
fn new_idea(desk: AppContext, id: &Id, ensure: Rc<dyn Fn()>) -> BuiltView {
    let id = id.clone();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let field =
            document().get_element_by_id("new-idea").and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
        let Some(field) = field else { return };
        let text = cpr::mask(field.value().trim(), &Allowed::new()).save;
        if !text.is_empty() {
            ensure();
            desk.workspace.edit::<Pyramid>(&id, &mut Focus::default(), |pyramid| {
                let order = Some(pyramid.next_place());
                let idea = Idea { text: text.as_str().into(), group: None, order };
                pyramid.ideas.insert(platform::ids::mint(), idea);
            });
            desk.workspace.save_now();
        }
        field.set_value("");
        drop(field.focus());
    };
    build_view(view! {
        <form class="field one-line" on:submit=submit>
            <label for="new-idea">"Ny idé"</label>
            <div class="with-button">
                <input id="new-idea" type="text" autocomplete="off"/>
                <button type="submit">"Tilføj"</button>
            </div>
        </form>
    })
}

fn ideas(desk: AppContext, id: &Id) -> BuiltView {
    let (of, id) = (id.clone(), id.clone());
    // The places alone: what is typed in an idea does not build the list anew.
    let grouped = Memo::new(move |_| desk.body::<Pyramid>(Some(&of)).grouped());
    let list = dynamic_view(move || {
        let groups: Vec<BuiltView> = grouped
            .get()
            .into_iter()
            .map(|(group, ideas)| {
                let rows: Vec<BuiltView> = ideas.iter().map(|idea| row(desk, &id, idea)).collect();
                let name = group.map_or_else(|| "Endnu ikke lagt sammen".to_owned(), |group| format!("Gruppe {group}"));
                markup!(r#"<section><h3>{}</h3><ul class="rows">{}</ul></section>"#, name, rows)
            })
            .collect();
        or_empty((!groups.is_empty()).then(|| markup!(r#"<div class="ideas">{}</div>"#, groups)))
    });
    build_view(view! { <div class="wide">{list}</div> })
}

fn row(desk: AppContext, id: &Id, idea: &Id) -> BuiltView {
    let (of, to, own) = (id.clone(), id.clone(), idea.clone());
    let options: Vec<BuiltView> = (1..=GROUPS)
        .map(|group| {
            let group = group.to_string();
            markup!(r#"<option value="{}">Gruppe {}</option>"#, group.as_str(), group.as_str())
        })
        .collect();
    let (shown, key) = (id.clone(), idea.clone());
    let value = move || {
        let group = desk.body::<Pyramid>(Some(&shown)).ideas.get(&key).and_then(|idea| idea.group);
        group.map(|group| group.to_string()).unwrap_or_default()
    };
    let pick = move |value: String| {
        desk.workspace.edit::<Pyramid>(&to, &mut Focus::default(), |pyramid| {
            pyramid.ideas.get_or_default(own.clone()).group = value.parse().ok();
        });
        desk.workspace.save_now();
    };
    let (tried, removed) = (idea.clone(), (id.clone(), idea.clone()));
    let begin = move || {
        let body = untrack(|| desk.body::<Pyramid>(Some(&of)));
        let idea = body.ideas.get(&tried).map(|idea| idea.text.clone()).unwrap_or_default();
        let context = body.statement.clone();
        let trial = Proevehandling {
            idea,
            context,
            signs_of_progression: body.practice,
            origin: Some(of.clone()),
            ..Proevehandling::default()
        };
        begin_trial(desk, trial);
    };
    let remove = move || {
        let (id, idea) = removed.clone();
        desk.workspace.edit::<Pyramid>(&id, &mut Focus::default(), |pyramid| {
            pyramid.ideas.remove(&idea);
        });
        desk.workspace.save_now();
    };
    let path = Path::root("ideas").child(idea.as_str());
    markup!(
        r#"<li class="idea">{}<div class="buttons">{}{}{}</div><div>{}{}</div></li>"#,
        build_view(
            view! { <RecordText workspace=desk.workspace record=id.clone() path=path.child("text") label="Idé" sort=FieldType::Text/> }
        ),
        build_view(view! {
            <select aria-label="Gruppe" prop:value=value on:change:target=move |event| pick(event.target().value())>
                <option value="">"Ingen gruppe"</option>
                {options}
            </select>
        }),
        button("Prøv denne", begin),
        button_with_class("quiet", "Fjern", on_click(remove)),
        build_view(
            view! { <Choices workspace=desk.workspace record=id.clone() path=path.child("group") about="gruppen"/> }
        ),
        build_view(view! { <DeletedButChanged workspace=desk.workspace record=id.clone() entry=Some(path.clone())/> })
    )
}
