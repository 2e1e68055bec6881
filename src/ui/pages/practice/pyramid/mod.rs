//! The page of a pyramid of concretisation: from a statement to its meaning here, to what can be seen and heard; then
//! many ideas, of which one is tried.

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

use crate::ui::kit::components::{DeletedButChanged, FieldExtras, FieldType, RecordText, share_checkbox};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, button_with_class, dynamic_view, on_click, or_empty};
use crate::ui::pages::practice::practices::begin_trial;
use crate::ui::pages::practice::workshop::timer;
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

/// The suggested minutes for collecting ideas.
const MINUTES: u8 = 5;

/// The pyramids of the unit and those that belong to no unit: id and statement of each.
pub(crate) fn pyramids(app: AppContext) -> Vec<(Id, String)> {
    let unit = app.unit();
    let of_unit = |id: Id| {
        // A record that passed `Record::check` can always be viewed.
        let pyramid = app.workspace.get_unless_deleted(&id)?.view::<Pyramid>().ok()?;
        (pyramid.unit.is_none() || app.workspace.is_same_unit(pyramid.unit.as_ref(), unit.as_ref()))
            .then_some((id, pyramid.statement.0))
    };
    app.workspace.ids(Kind::Pyramid).into_iter().filter_map(of_unit).collect()
}

/// The page of a pyramid. Without an id, a new id is made and the address changed to it.
#[component]
pub(crate) fn PyramidPage(app: AppContext, id: Option<Id>) -> BuiltView {
    let Some(id) = id else {
        let id = platform::ids::new_id();
        platform::navigation::replace_with(&Route::Pyramide(Some(id)).to_string());
        return build_view(());
    };
    let ensure: Rc<dyn Fn()> = {
        let id = id.clone();
        Rc::new(move || {
            let unit = untrack(|| app.unit());
            app.workspace.ensure(&id, || Pyramid { unit, ..Pyramid::default() });
        })
    };
    let text = |name: &str, label: &'static str, help: &'static str| {
        build_view(view! {
            <RecordText
                workspace=app.workspace
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
        build_view(view! { <DeletedButChanged workspace=app.workspace record=id.clone()/> }),
        statement_choice(app, &id, Rc::clone(&ensure)),
        text("statement", "Udsagnet, I arbejder med", "Vælg et af synenes udsagn, eller skriv jeres eget."),
        text("meaning", "Det betyder, at …", "For netop jer, i jeres hverdag."),
        text(
            "practice",
            "Man ser os … Man hører os …",
            "Så konkret, at en gæst kunne få øje på det. Ingen navne eller initialer på børn."
        ),
        timer(MINUTES),
        new_idea(app, &id, Rc::clone(&ensure)),
        idea_list(app, &id),
        share_checkbox(app.workspace, &id, "det, I har skrevet her,", move || ensure()),
    )
}

/// The choice of a statement from the instrument on the four views (*syn*), as a beginning.
fn statement_choice(app: AppContext, id: &Id, ensure: Rc<dyn Fn()>) -> BuiltView {
    let views = instrument("syn");
    let options: Vec<BuiltView> = views
        .into_iter()
        .flat_map(|views| &views.items)
        .map(|item| {
            let name = format!("{}: {}", item.theme, item.label);
            markup!(r#"<option value="{}">{}</option>"#, item.id.as_str(), name)
        })
        .collect();
    let id = id.clone();
    let pick = move |value: String| {
        let item = views.and_then(|views| views.items.iter().find(|item| item.id.as_str() == value));
        let Some(item) = item else { return };
        ensure();
        app.workspace.edit::<Pyramid>(&id, &mut Focus::default(), |pyramid| {
            pyramid.statement = item.label.as_str().into();
        });
        app.workspace.save_now();
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

/// The field for a new idea. It keeps the focus, so that ideas can be typed one after the other.
fn new_idea(app: AppContext, id: &Id, ensure: Rc<dyn Fn()>) -> BuiltView {
    let id = id.clone();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let field =
            document().get_element_by_id("new-idea").and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
        let Some(field) = field else { return };
        let text = cpr::mask(field.value().trim(), &Allowed::new()).save;
        if !text.is_empty() {
            ensure();
            app.workspace.edit::<Pyramid>(&id, &mut Focus::default(), |pyramid| {
                let order = Some(pyramid.next_position());
                let idea = Idea { text: text.as_str().into(), group: None, order };
                pyramid.ideas.insert(platform::ids::new_id(), idea);
            });
            app.workspace.save_now();
        }
        field.set_value("");
        // Focusing an element of the page does not fail.
        drop(field.focus());
    };
    build_view(view! {
        <form class="field" on:submit=submit>
            <label for="new-idea">"Ny idé"</label>
            <div class="with-button">
                <input id="new-idea" type="text" autocomplete="off"/>
                <button type="submit">"Tilføj"</button>
            </div>
        </form>
    })
}

/// The ideas, by their groups.
fn idea_list(app: AppContext, id: &Id) -> BuiltView {
    let (body_id, id) = (id.clone(), id.clone());
    // The ids by group alone: typing in an idea does not rebuild the list.
    let grouped = Memo::new(move |_| app.body::<Pyramid>(Some(&body_id)).grouped());
    let list = dynamic_view(move || {
        let groups: Vec<BuiltView> = grouped
            .get()
            .into_iter()
            .map(|(group, ideas)| {
                let rows: Vec<BuiltView> = ideas.iter().map(|idea| idea_row(app, &id, idea)).collect();
                let name = group.map_or_else(|| "Endnu ikke lagt sammen".to_owned(), |group| format!("Gruppe {group}"));
                markup!(r#"<section><h3>{}</h3><ul class="rows">{}</ul></section>"#, name, rows)
            })
            .collect();
        or_empty((!groups.is_empty()).then(|| markup!(r#"<div class="ideas">{}</div>"#, groups)))
    });
    build_view(view! { <div class="wide">{list}</div> })
}

/// An idea: its text, its group, and buttons to try it and to remove it.
fn idea_row(app: AppContext, id: &Id, idea: &Id) -> BuiltView {
    let options: Vec<BuiltView> = (1..=GROUPS)
        .map(|group| {
            let group = group.to_string();
            markup!(r#"<option value="{}">Gruppe {}</option>"#, group.as_str(), group.as_str())
        })
        .collect();
    let (shown_id, shown_idea) = (id.clone(), idea.clone());
    let value = move || {
        let group = app.body::<Pyramid>(Some(&shown_id)).ideas.get(&shown_idea).and_then(|idea| idea.group);
        group.map(|group| group.to_string()).unwrap_or_default()
    };
    let (edited_id, edited_idea) = (id.clone(), idea.clone());
    let pick = move |value: String| {
        app.workspace.edit::<Pyramid>(&edited_id, &mut Focus::default(), |pyramid| {
            // The empty value stands for no group.
            pyramid.ideas.get_or_default(edited_idea.clone()).group = value.parse().ok();
        });
        app.workspace.save_now();
    };
    let (tried_id, tried_idea) = (id.clone(), idea.clone());
    let try_idea = move || {
        let body = untrack(|| app.body::<Pyramid>(Some(&tried_id)));
        let idea = body.ideas.get(&tried_idea).map(|idea| idea.text.clone()).unwrap_or_default();
        let context = body.statement.clone();
        let trial = Proevehandling {
            idea,
            context,
            signs_of_progression: body.practice,
            origin: Some(tried_id.clone()),
            ..Proevehandling::default()
        };
        begin_trial(app, trial);
    };
    let (edited_id, removed_idea) = (id.clone(), idea.clone());
    let remove = move || {
        app.workspace.edit::<Pyramid>(&edited_id, &mut Focus::default(), |pyramid| {
            pyramid.ideas.remove(&removed_idea);
        });
        app.workspace.save_now();
    };
    let path = Path::root("ideas").child(idea.as_str());
    markup!(
        r#"<li class="idea">{}<div class="buttons">{}{}{}</div><div>{}{}</div></li>"#,
        build_view(
            view! { <RecordText workspace=app.workspace record=id.clone() path=path.child("text") label="Idé" sort=FieldType::Text/> }
        ),
        build_view(view! {
            <select aria-label="Gruppe" prop:value=value on:change:target=move |event| pick(event.target().value())>
                <option value="">"Ingen gruppe"</option>
                {options}
            </select>
        }),
        button("Prøv denne", try_idea),
        button_with_class("quiet", "Fjern", on_click(remove)),
        build_view(
            view! { <FieldExtras workspace=app.workspace record=id.clone() path=path.child("group") about="gruppen"/> }
        ),
        build_view(view! { <DeletedButChanged workspace=app.workspace record=id.clone() entry=Some(path.clone())/> })
    )
}
