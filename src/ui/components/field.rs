//! A field: label above, help under it, error in words. And a field bound to a text of a record.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::cpr;
use crate::domain::id::Id;
use crate::record::Record;
use crate::record::edit::Focus;
use crate::record::path::Path;
use crate::record::value::LeafValue;

use super::super::made::{Made, made};
use super::super::workspace::Workspace;
use super::Choices;

/// What a user does in a field.
#[derive(Clone, Debug)]
pub(in super::super) enum FieldEvent {
    /// They have begun: what stands in the field has been shown to them.
    Entered,
    /// They have typed.
    Typed(String),
    /// They have left it, with what they typed in it, if they typed.
    Left(Option<String>),
}

/// A one-line field. While it has focus it shows what the user types; else the value.
#[component]
pub(in super::super) fn Field(
    /// The id of the input, unique on the page.
    id: String,
    /// What it is for.
    #[prop(into)]
    label: String,
    /// What helps to fill it in.
    #[prop(into, default = String::new())]
    help: String,
    /// The value as it is now.
    #[prop(into)]
    value: Signal<String>,
    /// What is wrong with what is being typed.
    #[prop(into, default = Signal::stored(None))]
    error: Signal<Option<String>>,
    /// What the user does.
    on_event: Rc<dyn Fn(FieldEvent)>,
    /// What it is one of, where a heading says so to those who see it.
    #[prop(into, default = String::new())]
    group: String,
    /// Whether a figure is what is to be typed.
    #[prop(default = false)]
    is_figure: bool,
) -> Made {
    let (entered, typed) = (Rc::clone(&on_event), Rc::clone(&on_event));
    // Counted, not owned by the view: a field that is taken away while it has focus is left after its signals are gone.
    let kept = Rc::new(RefCell::new(None::<String>));
    let keeps = Rc::clone(&kept);
    let typing = RwSignal::new(None::<String>);
    let shown = move || typing.get().unwrap_or_else(|| value.get());
    let (help_id, error_id) = (format!("{id}-help"), format!("{id}-error"));
    let described = {
        let (help_id, error_id) = (help_id.clone(), error_id.clone());
        let has_help = !help.is_empty();
        move || match (error.with(Option::is_some), has_help) {
            (true, _) => Some(error_id.clone()),
            (false, true) => Some(help_id.clone()),
            (false, false) => None,
        }
    };
    made(view! {
        <div class="field">
            <label for=id.clone()>
                {(!group.is_empty()).then(|| made(view! { <span class="visually-hidden">{group}", "</span> }))}
                {label}
            </label>
            <input
                id=id
                type="text"
                autocomplete="off"
                inputmode=is_figure.then_some("decimal")
                aria-describedby=described
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                prop:value=shown
                on:focus=move |_| entered(FieldEvent::Entered)
                on:input:target=move |event| {
                    let text = event.target().value();
                    typing.set(Some(text.clone()));
                    keeps.replace(Some(text.clone()));
                    typed(FieldEvent::Typed(text));
                }
                on:blur=move |_| {
                    on_event(FieldEvent::Left(kept.take()));
                    // What could not be taken stays in the field, with the word on why; nothing typed is thrown away.
                    if error.try_with_untracked(Option::is_none).unwrap_or(true) {
                        typing.set(None);
                    }
                }
            />
            {(!help.is_empty()).then(|| made(view! { <p class="help" id=help_id>{help}</p> }))}
            {move || {
                error.get().map(|words| made(view! { <p class="error" id=error_id.clone() role="alert">{words}</p> }))
            }}
        </div>
    })
}

/// A field that writes one text of a record, with the guard against CPR numbers and, under it, its open choice.
#[component]
pub(in super::super) fn RecordText(
    workspace: Workspace,
    /// The record.
    record: Id,
    /// The leaf.
    path: Path,
    /// What it is for.
    #[prop(into)]
    label: String,
    /// What helps to fill it in.
    #[prop(into, default = String::new())]
    help: String,
) -> Made {
    let input_id = format!("{record}{}", path.as_str().replace('/', "-"));
    let focus = RefCell::new(Focus::default());
    // The text in which a number was masked, and the numbers: kept until the user types on or says that it is none.
    let masked = RwSignal::new(None::<(String, Vec<String>)>);
    let value = {
        let (record, path) = (record.clone(), path.clone());
        Memo::new(move |_| {
            workspace.get(&record).and_then(|record| record.shown_text(&path).map(str::to_owned)).unwrap_or_default()
        })
    };
    let write = {
        let (record, path) = (record.clone(), path.clone());
        move |text: &str, typed: cpr::Typed, focus: &mut Focus| {
            if !typed.masked.is_empty() {
                masked.set(Some((text.to_owned(), typed.masked)));
            }
            let is_there = |there: &Record| there.shown_text(&path).unwrap_or_default() == typed.save;
            if workspace.record(&record).is_none_or(|there| there.with_untracked(is_there)) {
                return;
            }
            let text = if typed.save.is_empty() { LeafValue::NULL } else { LeafValue::from(typed.save.as_str()) };
            let author = workspace.author();
            workspace.change(&record, |record| record.write([(path.clone(), text)], focus, &author));
        }
    };
    let on_event = {
        let (record, path) = (record.clone(), path.clone());
        move |event: FieldEvent| {
            let Some(record) = workspace.record(&record) else { return };
            let mut focus = focus.borrow_mut();
            let allowed = || record.with_untracked(Record::not_cpr);
            match event {
                FieldEvent::Entered => record.with_untracked(|record| focus.enter(record, path.clone())),
                FieldEvent::Typed(text) => {
                    masked.set(None);
                    write(&text, cpr::while_typing(&text, &allowed()), &mut focus);
                }
                FieldEvent::Left(text) => {
                    // Who only passed through has written nothing.
                    if let Some(text) = text {
                        write(&text, cpr::mask(&text, &allowed()), &mut focus);
                    }
                    focus.leave(&path);
                    workspace.save_now();
                }
            }
        }
    };
    let is_none = {
        let (record, path) = (record.clone(), path.clone());
        move |(text, numbers): &(String, Vec<String>)| {
            let author = workspace.author();
            let said = numbers.iter().map(|digits| Record::not_cpr_leaf(digits));
            let writes: Vec<_> = std::iter::once((path.clone(), LeafValue::from(text.as_str()))).chain(said).collect();
            workspace.change(&record, |record| record.write(writes, &mut Focus::default(), &author));
            masked.set(None);
        }
    };
    made(view! {
        <Field
            id=input_id
            label
            help
            value
            on_event=Rc::new(on_event)
        />
        {move || {
            masked.get().map(|said| {
                let is_none = is_none.clone();
                made(view! {
                    <div class="masked">
                        <p class="help" role="status">"Et CPR-nummer er skjult: de må ikke gemmes her."</p>
                        <button type="button" on:click=move |_| is_none(&said)>"Det er ikke et CPR-nummer"</button>
                    </div>
                })
            })
        }}
        <Choices workspace record path/>
    })
}
