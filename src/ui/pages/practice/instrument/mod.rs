//! The page of a unit's own instrument: a draft, until it is taken into use; then it is used like the built-in
//! instruments.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::fractional_index;
use crate::domain::id::Id;
use crate::domain::instrument::{
    FEWEST_ITEMS, Form, Instrument, MAX_ENCODED_LENGTH, MOST_ITEMS, OwnInstrument, OwnItem,
};
use crate::domain::registry::Kind;
use crate::exchange::scope::SharedPart;
use crate::record::edit::Focus;
use crate::record::life::Life;
use crate::record::path::Path;

use crate::ui::kit::components::{DeletedButChanged, FieldExtras, FieldType, RadioGroup, RecordText};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{
    BuiltView, build_view, button, button_with_class, button_with_label, dynamic_text, dynamic_view, on_click, or_empty,
};
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

/// The forms that can be chosen, and their names.
const FORMS: [(Form, &str); 2] = [
    (Form::Pairs, "Par: man placerer sig mellem to ender"),
    (Form::Statements, "Udsagn: man siger, hvor tydeligt det viser sig"),
];

/// The unit's own instruments and those that belong to no unit, drafts included, sorted by title.
pub(crate) fn own_instruments(app: AppContext) -> Vec<(Id, OwnInstrument)> {
    let unit = app.unit();
    let of_unit = |id: Id| {
        // A record that passed `Record::check` can always be viewed.
        let body = app.workspace.get_unless_deleted(&id)?.view::<OwnInstrument>().ok()?;
        let is_of_unit = body.unit.is_none() || app.workspace.is_same_unit(body.unit.as_ref(), unit.as_ref());
        is_of_unit.then_some((id, body))
    };
    let instruments = app.workspace.ids(Kind::Instrument).into_iter().filter_map(of_unit).collect();
    fractional_index::sorted(instruments, &|(_, one), (_, other)| one.title.as_str() < other.title.as_str())
}

/// Those of [`own_instruments`] that are in use, and so can be answered.
pub(crate) fn own_instruments_in_use(app: AppContext) -> Vec<&'static Instrument> {
    own_instruments(app).into_iter().filter_map(|(id, body)| body.in_use?.instrument(&id)).collect()
}

/// The page of an instrument. Without an id, a new id is made and the address changed to it.
#[component]
pub(crate) fn InstrumentPage(app: AppContext, id: Option<Id>) -> BuiltView {
    let Some(id) = id else {
        let id = platform::ids::new_id();
        platform::navigation::replace_with(&Route::OwnInstrument(Some(id)).to_string());
        return build_view(());
    };
    let workspace = app.workspace;
    let (record_id, body_id) = (id.clone(), id.clone());
    let is_deleted =
        Memo::new(move |_| workspace.get(&record_id).is_some_and(|record| record.life(None) == Life::Deleted));
    let instrument = Memo::new(move |_| {
        let body = app.body::<OwnInstrument>(Some(&body_id));
        body.in_use.and_then(|wording| wording.instrument(&body_id))
    });
    let title = {
        let id = id.clone();
        dynamic_text(move || {
            let title = app.body::<OwnInstrument>(Some(&id)).title.0;
            if title.trim().is_empty() { "Jeres eget redskab".to_owned() } else { title }
        })
    };
    let notice = build_view(view! { <DeletedButChanged workspace record=id.clone()/> });
    let body = dynamic_view(move || match (is_deleted.get(), instrument.get()) {
        (true, _) => deleted_notice(app, &id),
        (false, Some(instrument)) => view_in_use(app, &id, instrument),
        (false, None) => edit_draft(app, &id),
    });
    markup!(
        r##"
        <header class="page-head">
            <p class="eyebrow"><a href="#/refleksion">Refleksion</a> · eget redskab</p>
            <h1>{}</h1>
        </header>
        <div>{}</div>
        <div>{}</div>"##,
        title,
        notice,
        body
    )
}

fn deleted_notice(app: AppContext, id: &Id) -> BuiltView {
    let id = id.clone();
    let restore = move || {
        app.workspace.ensure(&id, OwnInstrument::default);
        app.workspace.save_now();
    };
    markup!(
        r#"<section class="part"><p>Redskabet er slettet. Det, der er svaret med det, har stadig sine spørgsmål.</p>{}</section>"#,
        button_with_class("primary", "Hent det tilbage", on_click(restore))
    )
}

/// The form of an instrument that is not in use yet.
fn edit_draft(app: AppContext, id: &Id) -> BuiltView {
    let workspace = app.workspace;
    let ensure: Rc<dyn Fn()> = {
        let id = id.clone();
        Rc::new(move || {
            let unit = untrack(|| app.unit());
            workspace.ensure(&id, || OwnInstrument { unit, ..OwnInstrument::default() });
        })
    };
    let body_id = id.clone();
    let body = Memo::new(move |_| app.body::<OwnInstrument>(Some(&body_id)));
    let form = Memo::new(move |_| body.with(OwnInstrument::form));
    let item_ids =
        Memo::new(move |_| body.with(|body| body.ordered().into_iter().map(|(id, _)| id.clone()).collect::<Vec<_>>()));
    let title = view! {
        <RecordText
            workspace
            record=id.clone()
            path=Path::root("title")
            label="Hvad hedder redskabet?"
            help="For eksempel: Vores måde at tage imod på. Alle, der svarer, ser det."
            make=Rc::clone(&ensure)
        />
    };
    let rows = {
        let id = id.clone();
        dynamic_view(move || {
            let (form, item_ids) = (form.get(), item_ids.get());
            let rows: Vec<BuiltView> = item_ids
                .iter()
                .enumerate()
                .map(|(index, item)| item_row(app, &id, item, index, form, &item_ids))
                .collect();
            markup!(r#"<ol class="own-items">{}</ol>"#, rows)
        })
    };
    let add = {
        let (id, ensure) = (id.clone(), Rc::clone(&ensure));
        move || {
            ensure();
            let item = platform::ids::new_id();
            let last = untrack(|| body.with(|body| body.ordered().last().and_then(|(_, item)| item.order.clone())));
            let order = Some(fractional_index::after(last.as_deref()));
            let key = item.clone();
            workspace.edit::<OwnInstrument>(&id, &mut Focus::default(), |body| {
                body.items.insert(key, OwnItem { order, ..OwnItem::default() });
            });
            workspace.save_now();
            let field = format!("{id}-items-{item}-text");
            request_animation_frame(move || platform::page::focus_on(&field));
        }
    };
    let add_button = dynamic_view(move || {
        let add = add.clone();
        or_empty((item_ids.with(Vec::len) < MOST_ITEMS).then(|| {
            let label = if form.get() == Form::Pairs { "Tilføj et par" } else { "Tilføj et udsagn" };
            button(label, add)
        }))
    });
    markup!(
        r#"
        <section class="part">
            <p>Skriv de par eller udsagn, I vil se jeres praksis i. Begge ender af et par skal have deres plads: ingen af dem er den rigtige. Ingen navne eller initialer på børn.</p>
            <div class="form">{}{}</div>
        </section>
        <section class="part"><h2>Det, der svares på</h2><div>{}</div><div>{}</div></section>
        <section class="part"><h2>Tag det i brug</h2>{}</section>
        <p class="part-end">{}</p>"#,
        build_view(title),
        form_choice(app, id, form, ensure),
        rows,
        add_button,
        take_into_use(app, id, body),
        delete_button(app, id)
    )
}

/// The choice of the form. `ensure` creates the record before the first edit.
fn form_choice(app: AppContext, id: &Id, form: Memo<Form>, ensure: Rc<dyn Fn()>) -> BuiltView {
    let (workspace, edited_id) = (app.workspace, id.clone());
    let value = move || FORMS.iter().position(|(option, _)| *option == form.get());
    let pick = move |index: usize| {
        ensure();
        let chosen = FORMS.get(index).map(|(option, _)| *option);
        workspace.edit::<OwnInstrument>(&edited_id, &mut Focus::default(), |body| body.form = chosen);
        workspace.save_now();
    };
    build_view(view! {
        <RadioGroup
            id="own-form"
            legend="Hvordan svarer man?"
            options=FORMS.map(|(_, name)| name).to_vec()
            value=Rc::new(value)
            on_pick=Rc::new(pick)
        />
        <FieldExtras workspace record=id.clone() path=Path::root("form") about="måden at svare på"/>
    })
}

/// The fields of a pair or a statement, with buttons to move it up and to remove it. `item_ids` are all items in their
/// order.
fn item_row(app: AppContext, id: &Id, item: &Id, index: usize, form: Form, item_ids: &[Id]) -> BuiltView {
    let workspace = app.workspace;
    let path = Path::root("items").child(item.as_str());
    let text = |name: &str, label: String| {
        let field = build_view(
            view! { <RecordText workspace record=id.clone() path=path.child(name) label sort=FieldType::Line/> },
        );
        // Keeps a field together with what stands under it, beside the field of the other end.
        markup!("<div>{}</div>", field)
    };
    let number = index + 1;
    let fields = if form == Form::Pairs {
        vec![text("text", format!("{number}. Den ene ende")), text("opposite", format!("{number}. Den anden ende"))]
    } else {
        vec![text("text", format!("{number}. Udsagn"))]
    };
    let up_button = (index > 0).then(|| {
        let (id, item, item_ids) = (id.clone(), item.clone(), item_ids.to_vec());
        let move_up = move || {
            workspace.edit::<OwnInstrument>(&id, &mut Focus::default(), |body| {
                let orders: Vec<_> =
                    item_ids.iter().map(|id| body.items.get(id).and_then(|item| item.order.clone())).collect();
                body.items.get_or_default(item.clone()).order = Some(fractional_index::move_up(&orders, index));
            });
            workspace.save_now();
        };
        button_with_label("quiet", "Flyt op", format!("Flyt op: {number}"), on_click(move_up))
    });
    let (edited_id, key) = (id.clone(), item.clone());
    let remove = move || {
        workspace.edit::<OwnInstrument>(&edited_id, &mut Focus::default(), |body| {
            body.items.remove(&key);
        });
        workspace.save_now();
    };
    markup!(
        r#"<li><div class="own-item">{}</div><div class="buttons">{}{}</div><div>{}</div></li>"#,
        fields,
        up_button,
        button_with_label("quiet", "Fjern", format!("Fjern {number}"), on_click(remove)),
        build_view(view! { <DeletedButChanged workspace record=id.clone() entry=Some(path.clone())/> })
    )
}

/// The button that takes the instrument into use, or a list of what is missing; and the room that the wording takes in
/// a workshop's link.
fn take_into_use(app: AppContext, id: &Id, body: Memo<OwnInstrument>) -> BuiltView {
    let (workspace, id) = (app.workspace, id.clone());
    let unfinished = Memo::new(move |_| body.with(|body| (body.unfinished(), body.form())));
    let length = dynamic_text(move || {
        let used = body.with(|body| body.written().encode_for_address().len());
        format!(
            "Redskabet følger med i workshoppens link, så deltagernes telefoner får det uden en server. Det bruger {used} af \
             de {MAX_ENCODED_LENGTH} tegn, der er plads til; der kan være {FEWEST_ITEMS}–{MOST_ITEMS} {}.",
            if body.with(OwnInstrument::form) == Form::Pairs { "par" } else { "udsagn" }
        )
    });
    let action = dynamic_view(move || {
        let (missing, form) = unfinished.get();
        if !missing.is_empty() {
            let rows: Vec<BuiltView> = missing.iter().map(|part| markup!("<li>{}</li>", part.danish(form))).collect();
            return markup!(r#"<div><p>Før I kan bruge det:</p><ul class="missing-parts">{}</ul></div>"#, rows);
        }
        let id = id.clone();
        let take_into_use = move || {
            workspace.edit::<OwnInstrument>(&id, &mut Focus::default(), |body| body.in_use = Some(body.written()));
            workspace.save_now();
        };
        markup!(
            "<div><p>Herefter ligger ordene fast, så svar altid hører til det, der blev spurgt om. Vil I rette senere, laver I en kopi.</p>{}</div>",
            button_with_class("primary", "Tag redskabet i brug", on_click(take_into_use))
        )
    });
    markup!(r#"<p class="help">{}</p><div>{}</div>"#, length, action)
}

/// An instrument that is in use: its questions, and what can be done with it.
fn view_in_use(app: AppContext, id: &Id, instrument: &'static Instrument) -> BuiltView {
    let workspace = app.workspace;
    let rows: Vec<BuiltView> =
        instrument.items.iter().map(|item| markup!("<li>{}</li>", item.label.as_str())).collect();
    let copy = {
        let id = id.clone();
        move || {
            let body = untrack(|| app.body::<OwnInstrument>(Some(&id)));
            let copy = platform::ids::new_id();
            workspace.create(copy.clone(), &body.copy());
            workspace.save_now();
            platform::navigation::go_to(&Route::OwnInstrument(Some(copy)).to_string());
        }
    };
    let save = {
        let id = id.clone();
        move || {
            let part = SharedPart::Chosen { ids: vec![id.clone()] };
            workspace.save_share_file(&instrument.title, "redskab", part, "Redskabet er stadig her på siden.");
        }
    };
    let choices = view! { <FieldExtras workspace record=id.clone() path=Path::root("in_use") about="redskabets ord"/> };
    markup!(
        r##"
        <section class="part">
            <p>{}</p>
            <ol class="question-list">{}</ol>
            <div>{}</div>
            <div class="buttons"><a class="button primary" href="{}">Begynd en refleksion</a><a class="button" href="#/workshop">Hold en workshop</a></div>
            <p class="help">Redskabet er taget i brug, og ordene ligger fast. Det følger med i enhedens filer.</p>
            <div class="buttons">{}{}</div>
        </section>
        <p class="part-end">{}</p>"##,
        instrument.about.as_str(),
        rows,
        build_view(choices),
        Route::Reflection { instrument: instrument.id.to_string(), id: None }.to_string(),
        button("Lav en kopi at rette i", copy),
        button("Gem redskabet som fil", save),
        delete_button(app, id)
    )
}

fn delete_button(app: AppContext, id: &Id) -> BuiltView {
    let (workspace, id) = (app.workspace, id.clone());
    let record_id = id.clone();
    let exists = Memo::new(move |_| workspace.get(&record_id).is_some());
    dynamic_view(move || {
        let id = id.clone();
        or_empty(exists.get().then(|| {
            let delete = move || {
                let author = workspace.author();
                workspace.change(&id, |record| record.delete(None, &author));
                workspace.save_now();
            };
            button_with_class("quiet", "Slet redskabet", on_click(delete))
        }))
    })
}
