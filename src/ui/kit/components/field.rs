//! A field: label above, help under it, error in words. And a field bound to a text of a record.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use send_wrapper::SendWrapper;

use crate::domain::cpr;
use crate::domain::id::Id;
use crate::record::Record;
use crate::record::edit::Focus;
use crate::record::path::Path;
use crate::record::value::LeafValue;

use super::Choices;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_view, on_click, or_empty};
use crate::ui::state::workspace::Workspace;

/// What a user does in a field.
#[derive(Clone, Debug)]
pub(crate) enum FieldEvent {
    /// They have begun: what stands in the field has been shown to them.
    Entered,
    /// They have typed.
    Typed(String),
    /// They have left it, with what they typed in it, if they typed.
    Left(Option<String>),
}

/// What is typed in a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum FieldType {
    /// A text on one line.
    #[default]
    Line,
    /// A text of any length; the field grows with it.
    Text,
    /// A figure.
    Figure,
    /// A day.
    Day,
}

/// A field. While it has focus it shows what the user types; else the value.
#[component]
pub(crate) fn Field(
    /// The id of the input, unique on the page.
    id: String,
    /// What it is for.
    #[prop(into)]
    label: String,
    /// What helps to fill it in.
    #[prop(into, default = String::new())]
    help: String,
    /// The value as it is now.
    value: Rc<dyn Fn() -> String>,
    /// What is wrong with what is being typed.
    #[prop(default = RwSignal::new(None))]
    error: RwSignal<Option<String>>,
    /// What the user does.
    on_event: Rc<dyn Fn(FieldEvent)>,
    /// What it is one of, where a heading says so to those who see it.
    #[prop(into, default = String::new())]
    group: String,
    /// What is typed in it.
    #[prop(default = FieldType::Line)]
    sort: FieldType,
) -> BuiltView {
    let (entered, typed) = (Rc::clone(&on_event), Rc::clone(&on_event));
    // Counted, not owned by the view: a field that is taken away while it has focus is left after its signals are gone.
    let kept = Rc::new(RefCell::new(None::<String>));
    let keeps = Rc::clone(&kept);
    let typing = RwSignal::new(None::<String>);
    let value = SendWrapper::new(value);
    let shown = move || match typing.get() {
        Some(typed) => typed,
        None => value(),
    };
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
    let is_invalid = move || error.with(Option::is_some).then_some("true");
    let on_focus = move |_| entered(FieldEvent::Entered);
    let on_input = move |text: String| {
        typing.set(Some(text.clone()));
        keeps.replace(Some(text.clone()));
        typed(FieldEvent::Typed(text));
    };
    let on_blur = move |_| {
        on_event(FieldEvent::Left(kept.take()));
        // What could not be taken stays in the field, with the word on why; nothing typed is thrown away.
        if error.try_with_untracked(Option::is_none).unwrap_or(true) {
            typing.set(None);
        }
    };
    let input_id = id.clone();
    let input = if sort == FieldType::Text {
        build_view(view! {
            <textarea
                id=input_id
                rows="2"
                // By this the style knows that it is empty.
                placeholder=" "
                autocomplete="off"
                aria-describedby=described
                aria-invalid=is_invalid
                prop:value=shown
                on:focus=on_focus
                on:input:target=move |event| on_input(event.target().value())
                on:blur=on_blur
            ></textarea>
        })
    } else {
        build_view(view! {
            <input
                id=input_id
                type=if sort == FieldType::Day { "date" } else { "text" }
                autocomplete="off"
                inputmode=(sort == FieldType::Figure).then_some("decimal")
                aria-describedby=described
                aria-invalid=is_invalid
                prop:value=shown
                on:focus=on_focus
                on:input:target=move |event| on_input(event.target().value())
                on:blur=on_blur
            />
        })
    };
    build_view(view! {
        <div class="field">
            <label for=id>
                {(!group.is_empty()).then(|| build_view(view! { <span class="visually-hidden">{group}", "</span> }))}
                {label}
            </label>
            {input}
            {(!help.is_empty()).then(|| build_view(view! { <p class="help" id=help_id>{help}</p> }))}
            {dynamic_view(move || {
                let error = error.get();
                or_empty(error.map(|words| build_view(view! { <p class="error" id=error_id.clone() role="alert">{words}</p> })))
            })}
        </div>
    })
}

/// A field that writes one text of a record, with the guard against CPR numbers and, under it, its open choice.
#[component]
pub(crate) fn RecordText(
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
    /// What is typed in it.
    #[prop(default = FieldType::Line)]
    sort: FieldType,
    /// What is done before the first word is written: the record is made, where it is not there yet.
    #[prop(optional)]
    make: Option<Rc<dyn Fn()>>,
) -> BuiltView {
    let input_id = format!("{record}{}", path.as_str().replace('/', "-"));
    // The quiet line stands at every free text.
    let help = if sort == FieldType::Text && !help.contains(NO_NAMES) { format!("{help} {NO_NAMES}.") } else { help };
    let help = help.trim().to_owned();
    let asked = label.clone();
    let focus = RefCell::new(Focus::default());
    // The text as it was before the last key: what it differs by is what is being written.
    let last = RefCell::new(String::new());
    // The text in which a number was masked, and the numbers: kept until the user types on or says that it is none.
    let masked = RwSignal::new(None::<(String, Vec<String>)>);
    let value = {
        let (record, path) = (record.clone(), path.clone());
        move || workspace.text(&record, &path)
    };
    let write = {
        let (record, path) = (record.clone(), path.clone());
        move |text: &str, typed: cpr::TypedText, focus: &mut Focus| {
            if !typed.masked.is_empty() {
                masked.set(Some((text.to_owned(), typed.masked)));
            }
            let is_there = |there: &Record| there.shown_text(&path).unwrap_or_default() == typed.save;
            let there = workspace.record(&record);
            if there.map_or(typed.save.is_empty(), |there| there.with_untracked(is_there)) {
                return;
            }
            if let Some(make) = &make {
                make();
            }
            let text = if typed.save.is_empty() { LeafValue::NULL } else { LeafValue::from(typed.save.as_str()) };
            let author = workspace.author();
            workspace.change(&record, |record| record.write([(path.clone(), text)], focus, &author));
        }
    };
    let on_event = {
        let (record, path) = (record.clone(), path.clone());
        move |event: FieldEvent| {
            let there = workspace.record(&record);
            let mut focus = focus.borrow_mut();
            let allowed = || there.as_ref().map(|record| record.with_untracked(Record::not_cpr)).unwrap_or_default();
            match event {
                FieldEvent::Entered => {
                    if let Some(record) = &there {
                        record.with_untracked(|record| focus.enter(record, path.clone()));
                    }
                    last.replace(untrack(|| workspace.text(&record, &path)));
                }
                FieldEvent::Typed(text) => {
                    masked.set(None);
                    let before = last.replace(text.clone());
                    write(&text, cpr::while_typing(&text, &before, &allowed()), &mut focus);
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
    build_view(view! {
        <Field
            id=input_id
            label
            help
            sort
            value=Rc::new(value)
            on_event=Rc::new(on_event)
        />
        {dynamic_view(move || {
            or_empty(masked.get().map(|said| {
                let is_none = is_none.clone();
                build_view(view! {
                    <div class="masked">
                        <p class="help" role="status">"Et CPR-nummer er skjult: de må ikke gemmes her."</p>
                        <button type="button" on:click=on_click(move || is_none(&said))>"Det er ikke et CPR-nummer"</button>
                    </div>
                })
            }))
        })}
        <Choices workspace record path label=asked/>
    })
}

/// What stands at every free text about practice.
const NO_NAMES: &str = "Ingen navne eller initialer på børn";
