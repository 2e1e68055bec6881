//! An instrument of a unit's own: written, taken into use, and then used as the others are.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::fractional_index;
use crate::domain::id::Id;
use crate::domain::instrument::{FEWEST_ITEMS, Form, Instrument, LONGEST, MOST_ITEMS, OwnInstrument, OwnItem};
use crate::domain::registry::Kind;
use crate::exchange::scope::SharedPart;
use crate::record::edit::Focus;
use crate::record::life::Life;
use crate::record::path::Path;

use crate::ui::kit::components::{Choices, DeletedButChanged, FieldType, RadioGroup, RecordText};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{
    BuiltView, build_view, button, button_with_class, button_with_label, dynamic_text, dynamic_view, on_click, or_empty,
};
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

/// The forms that can be chosen, and what they are called.
const FORMS: [(Form, &str); 2] = [
    (Form::Pairs, "Par: man placerer sig mellem to ender"),
    (Form::Statements, "Udsagn: man siger, hvor tydeligt det viser sig"),
];

/// The unit's own instruments, and those of none, by their names.
pub(crate) fn all(desk: AppContext) -> Vec<(Id, OwnInstrument)> {
    let unit = desk.unit();
    let of_unit = |id: Id| {
        let own = desk.workspace.living(&id)?.view::<OwnInstrument>().ok()?;
        (own.unit.is_none() || desk.workspace.is_same_unit(own.unit.as_ref(), unit.as_ref())).then_some((id, own))
    };
    let all = desk.workspace.ids(Kind::Instrument).into_iter().filter_map(of_unit).collect();
    fractional_index::sorted(all, &|(_, one), (_, other)| one.title.as_str() < other.title.as_str())
}

/// Those of them that can be answered.
pub(crate) fn in_use(desk: AppContext) -> Vec<&'static Instrument> {
    let all = all(desk).into_iter();
    all.filter_map(|(id, own)| own.in_use?.instrument(&id)).collect()
}

/// The page of one; a new one where none is named.
#[component]
pub(crate) fn InstrumentPage(desk: AppContext, id: Option<Id>) -> BuiltView {
    let Some(id) = id else {
        let id = platform::ids::mint();
        platform::navigation::go_on_to(&Route::OwnInstrument(Some(id)).to_string());
        return build_view(());
    };
    let workspace = desk.workspace;
    let (of, at) = (id.clone(), id.clone());
    let is_deleted = Memo::new(move |_| workspace.get(&of).is_some_and(|record| record.life(None) == Life::Deleted));
    let instrument = Memo::new(move |_| {
        let own = desk.body::<OwnInstrument>(Some(&at));
        own.in_use.and_then(|wording| wording.instrument(&at))
    });
    let title = {
        let id = id.clone();
        dynamic_text(move || {
            let title = desk.body::<OwnInstrument>(Some(&id)).title.0;
            if title.trim().is_empty() { "Jeres eget redskab".to_owned() } else { title }
        })
    };
    let revived = build_view(view! { <DeletedButChanged workspace record=id.clone()/> });
    let body = dynamic_view(move || match (is_deleted.get(), instrument.get()) {
        (true, _) => deleted(desk, &id),
        (false, Some(instrument)) => used(desk, &id, instrument),
        (false, None) => draft(desk, &id),
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
        revived,
        body
    )
}

fn deleted(desk: AppContext, id: &Id) -> BuiltView {
    let id = id.clone();
    let restore = move || {
        desk.workspace.ensure(&id, OwnInstrument::default);
        desk.workspace.save_now();
    };
    markup!(
        r#"<section class="part"><p>Redskabet er slettet. Det, der er svaret med det, har stadig sine spørgsmål.</p>{}</section>"#,
        button_with_class("primary", "Hent det tilbage", on_click(restore))
    )
}

/// It is being written.
fn draft(desk: AppContext, id: &Id) -> BuiltView {
    let workspace = desk.workspace;
    let ensure: Rc<dyn Fn()> = {
        let id = id.clone();
        Rc::new(move || {
            let unit = untrack(|| desk.unit());
            workspace.ensure(&id, || OwnInstrument { unit, ..OwnInstrument::default() });
        })
    };
    let of = id.clone();
    let body = Memo::new(move |_| desk.body::<OwnInstrument>(Some(&of)));
    let form = Memo::new(move |_| body.with(OwnInstrument::form));
    let places =
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
            let (form, places) = (form.get(), places.get());
            let rows: Vec<BuiltView> =
                places.iter().enumerate().map(|(place, item)| row(desk, &id, item, place, form, &places)).collect();
            markup!(r#"<ol class="own-items">{}</ol>"#, rows)
        })
    };
    let add = {
        let (id, ensure) = (id.clone(), Rc::clone(&ensure));
        move || {
            ensure();
            let item = platform::ids::mint();
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
    let more = dynamic_view(move || {
        let add = add.clone();
        or_empty((places.with(Vec::len) < MOST_ITEMS).then(|| {
            let words = if form.get() == Form::Pairs { "Tilføj et par" } else { "Tilføj et udsagn" };
            button(words, add)
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
        choose_form(desk, id, form, ensure),
        rows,
        more,
        taking(desk, id, body),
        delete(desk, id)
    )
}

fn choose_form(desk: AppContext, id: &Id, form: Memo<Form>, ensure: Rc<dyn Fn()>) -> BuiltView {
    let (workspace, to) = (desk.workspace, id.clone());
    let value = move || FORMS.iter().position(|(own, _)| *own == form.get());
    let pick = move |place: usize| {
        ensure();
        let chosen = FORMS.get(place).map(|(own, _)| *own);
        workspace.edit::<OwnInstrument>(&to, &mut Focus::default(), |body| body.form = chosen);
        workspace.save_now();
    };
    build_view(view! {
        <RadioGroup
            id="own-form"
            legend="Hvordan svarer man?"
            options=FORMS.map(|(_, words)| words).to_vec()
            value=Rc::new(value)
            on_pick=Rc::new(pick)
        />
        <Choices workspace record=id.clone() path=Path::root("form") about="måden at svare på"/>
    })
}

/// A pair or a statement, with the way to move it up and out.
fn row(desk: AppContext, id: &Id, item: &Id, place: usize, form: Form, all: &[Id]) -> BuiltView {
    let workspace = desk.workspace;
    let path = Path::root("items").child(item.as_str());
    let text = |name: &str, label: String| {
        let field = build_view(
            view! { <RecordText workspace record=id.clone() path=path.child(name) label sort=FieldType::Line/> },
        );
        // A field and what stands under it keep together, beside the other end.
        markup!("<div>{}</div>", field)
    };
    let number = place + 1;
    let fields = if form == Form::Pairs {
        vec![text("text", format!("{number}. Den ene ende")), text("opposite", format!("{number}. Den anden ende"))]
    } else {
        vec![text("text", format!("{number}. Udsagn"))]
    };
    let up = (place > 0).then(|| {
        let (id, item, all) = (id.clone(), item.clone(), all.to_vec());
        let up = move || {
            workspace.edit::<OwnInstrument>(&id, &mut Focus::default(), |body| {
                let places: Vec<_> =
                    all.iter().map(|id| body.items.get(id).and_then(|item| item.order.clone())).collect();
                body.items.get_or_default(item.clone()).order = Some(fractional_index::one_up(&places, place));
            });
            workspace.save_now();
        };
        button_with_label("quiet", "Flyt op", format!("Flyt op: {number}"), on_click(up))
    });
    let (of, key) = (id.clone(), item.clone());
    let remove = move || {
        workspace.edit::<OwnInstrument>(&of, &mut Focus::default(), |body| {
            body.items.remove(&key);
        });
        workspace.save_now();
    };
    markup!(
        r#"<li><div class="own-item">{}</div><div class="buttons">{}{}</div><div>{}</div></li>"#,
        fields,
        up,
        button_with_label("quiet", "Fjern", format!("Fjern {number}"), on_click(remove)),
        build_view(view! { <DeletedButChanged workspace record=id.clone() entry=Some(path.clone())/> })
    )
}

/// What is missing, what it fills, and the act that takes it into use.
fn taking(desk: AppContext, id: &Id, body: Memo<OwnInstrument>) -> BuiltView {
    let (workspace, id) = (desk.workspace, id.clone());
    let unfinished = Memo::new(move |_| body.with(|body| (body.unfinished(), body.form())));
    let room = dynamic_text(move || {
        let used = body.with(|body| body.written().in_address().len());
        format!(
            "Redskabet følger med i workshoppens link, så deltagernes telefoner får det uden en server. Det bruger {used} af \
             de {LONGEST} tegn, der er plads til; der kan være {FEWEST_ITEMS}–{MOST_ITEMS} {}.",
            if body.with(OwnInstrument::form) == Form::Pairs { "par" } else { "udsagn" }
        )
    });
    let act = dynamic_view(move || {
        let (missing, form) = unfinished.get();
        if !missing.is_empty() {
            let rows: Vec<BuiltView> = missing.iter().map(|own| markup!("<li>{}</li>", own.danish(form))).collect();
            return markup!(r#"<div><p>Før I kan bruge det:</p><ul class="missing">{}</ul></div>"#, rows);
        }
        let id = id.clone();
        let take = move || {
            workspace.edit::<OwnInstrument>(&id, &mut Focus::default(), |body| body.in_use = Some(body.written()));
            workspace.save_now();
        };
        markup!(
            "<div><p>Herefter ligger ordene fast, så svar altid hører til det, der blev spurgt om. Vil I rette senere, laver I en kopi.</p>{}</div>",
            button_with_class("primary", "Tag redskabet i brug", on_click(take))
        )
    });
    markup!(r#"<p class="help">{}</p><div>{}</div>"#, room, act)
}

/// It is in use: what it asks, and what can be done with it.
fn used(desk: AppContext, id: &Id, own: &'static Instrument) -> BuiltView {
    let workspace = desk.workspace;
    let rows: Vec<BuiltView> = own.items.iter().map(|item| markup!("<li>{}</li>", item.label.as_str())).collect();
    let copy = {
        let id = id.clone();
        move || {
            let body = untrack(|| desk.body::<OwnInstrument>(Some(&id)));
            let copy = platform::ids::mint();
            workspace.create(copy.clone(), &body.copy());
            workspace.save_now();
            platform::navigation::go_to(&Route::OwnInstrument(Some(copy)).to_string());
        }
    };
    let save = {
        let id = id.clone();
        move || {
            let part = SharedPart::Chosen { ids: vec![id.clone()] };
            workspace.save_share_file(&own.title, "redskab", part, "Redskabet er stadig her på siden.");
        }
    };
    let choices = view! { <Choices workspace record=id.clone() path=Path::root("in_use") about="redskabets ord"/> };
    markup!(
        r##"
        <section class="part">
            <p>{}</p>
            <ol class="asked">{}</ol>
            <div>{}</div>
            <div class="buttons"><a class="button primary" href="{}">Begynd en refleksion</a><a class="button" href="#/workshop">Hold en workshop</a></div>
            <p class="help">Redskabet er taget i brug, og ordene ligger fast. Det følger med i enhedens filer.</p>
            <div class="buttons">{}{}</div>
        </section>
        <p class="part-end">{}</p>"##,
        own.about.as_str(),
        rows,
        build_view(choices),
        Route::Reflection { instrument: own.id.to_string(), id: None }.to_string(),
        button("Lav en kopi at rette i", copy),
        button("Gem redskabet som fil", save),
        delete(desk, id)
    )
}

fn delete(desk: AppContext, id: &Id) -> BuiltView {
    let (workspace, id) = (desk.workspace, id.clone());
    let of = id.clone();
    let is_there = Memo::new(move |_| workspace.get(&of).is_some());
    dynamic_view(move || {
        let id = id.clone();
        or_empty(is_there.get().then(|| {
            let delete = move || {
                let author = workspace.author();
                workspace.change(&id, |record| record.delete(None, &author));
                workspace.save_now();
            };
            button_with_class("quiet", "Slet redskabet", on_click(delete))
        }))
    })
}
