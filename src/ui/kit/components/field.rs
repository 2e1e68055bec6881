//! A labelled field with help and error text, and a field that is bound to a text of a record.

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

use super::{FieldMenu, MenuItems, OpenChoice};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_view, on_click, or_empty};
use crate::ui::state::workspace::Workspace;

/// What the user does in a field.
#[derive(Clone, Debug)]
pub(crate) enum FieldEvent {
    /// The field has received the focus; the user has seen its value.
    Entered,
    /// The text of the field has changed.
    Typed(String),
    /// The field has lost the focus. Holds the text, if the user typed.
    Left(Option<String>),
}

/// The type of a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum FieldType {
    /// A text of one line.
    #[default]
    Line,
    /// A text of any length; the field grows with the text.
    Text,
    /// A figure.
    Figure,
    /// A day.
    Day,
}

/// A labelled field. While it has the focus it shows what the user types; otherwise the value.
#[component]
pub(crate) fn Field(
    /// The id of the input, unique on the page.
    id: String,
    /// The label.
    #[prop(into)]
    label: String,
    /// The help text under the field; may be empty.
    #[prop(into, default = String::new())]
    help: String,
    /// The current value.
    value: Rc<dyn Fn() -> String>,
    /// Why the typed text is invalid.
    #[prop(default = RwSignal::new(None))]
    error: RwSignal<Option<String>>,
    /// Called for every event.
    on_event: Rc<dyn Fn(FieldEvent)>,
    /// The heading the field belongs to, read out before the label by screen readers; may be empty.
    #[prop(into, default = String::new())]
    group: String,
    /// The type of the field.
    #[prop(default = FieldType::Line)]
    sort: FieldType,
    /// The menu of the field.
    #[prop(default = None)]
    menu: Option<BuiltView>,
) -> BuiltView {
    let (entered, typed) = (Rc::clone(&on_event), Rc::clone(&on_event));
    // Reference-counted, not owned by the view: a field that is removed while it has the focus fires `blur` after its
    // signals are disposed.
    let typed_text = Rc::new(RefCell::new(None::<String>));
    let typed_text_writer = Rc::clone(&typed_text);
    let typing = RwSignal::new(None::<String>);
    let value = SendWrapper::new(value);
    let shown = move || match typing.get() {
        Some(typed) => typed,
        None => value(),
    };
    let (help_id, error_id) = (format!("{id}-help"), format!("{id}-error"));
    let described_by = {
        let (help_id, error_id) = (help_id.clone(), error_id.clone());
        let has_help = !help.is_empty();
        move || match (error.with(Option::is_some), has_help) {
            (true, _) => Some(error_id.clone()),
            (false, true) => Some(help_id.clone()),
            (false, false) => None,
        }
    };
    let is_invalid = move || error.with(Option::is_some).then_some("true");
    let shortcuts = menu.is_some().then_some("F2");
    let on_focus = move |_| entered(FieldEvent::Entered);
    let on_input = move |text: String| {
        typing.set(Some(text.clone()));
        typed_text_writer.replace(Some(text.clone()));
        typed(FieldEvent::Typed(text));
    };
    let on_blur = move |_| {
        on_event(FieldEvent::Left(typed_text.take()));
        // An invalid text stays in the field, with the error: nothing typed is thrown away.
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
                // The style sheet recognises an empty field by its placeholder.
                placeholder=" "
                autocomplete="off"
                aria-describedby=described_by
                aria-invalid=is_invalid
                aria-keyshortcuts=shortcuts
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
                aria-describedby=described_by
                aria-invalid=is_invalid
                aria-keyshortcuts=shortcuts
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
            {or_empty(menu)}
            {input}
            {(!help.is_empty()).then(|| build_view(view! { <p class="help" id=help_id>{help}</p> }))}
            {dynamic_view(move || {
                let error = error.get();
                or_empty(error.map(|words| build_view(view! { <p class="error" id=error_id.clone() role="alert">{words}</p> })))
            })}
        </div>
    })
}

/// A field that writes one text of a record, with the guard against CPR numbers and its menu, and the open choice under
/// it.
#[component]
pub(crate) fn RecordText(
    workspace: Workspace,
    /// The record.
    record: Id,
    /// The leaf.
    path: Path,
    /// The label.
    #[prop(into)]
    label: String,
    /// The help text under the field; may be empty.
    #[prop(into, default = String::new())]
    help: String,
    /// The type of the field.
    #[prop(default = FieldType::Line)]
    sort: FieldType,
    /// Called before the first write; creates the record where it does not exist yet.
    #[prop(optional)]
    make: Option<Rc<dyn Fn()>>,
    /// The items that the page adds to the menu of the field.
    #[prop(default = None)]
    items: Option<MenuItems>,
    /// The error to show while the field is empty, for a text that must not be removed: an empty text is not written.
    /// Empty where the text may be removed.
    #[prop(default = "")]
    required: &'static str,
) -> BuiltView {
    let input_id = format!("{record}{}", path.as_str().replace('/', "-"));
    let menu =
        build_view(view! { <FieldMenu workspace record=record.clone() path=path.clone() label=label.clone() items/> });
    let error = RwSignal::new(None::<String>);
    let focus = RefCell::new(Focus::default());
    // The text before the latest key. The guard compares the two texts to find what is being typed.
    let previous_text = RefCell::new(String::new());
    // The text in which numbers were masked, and these numbers. The value is unchanged until the user types on, or
    // declares that the numbers are no CPR numbers.
    let masked = RwSignal::new(None::<(String, Vec<String>)>);
    let value = {
        let (record, path) = (record.clone(), path.clone());
        move || workspace.text(&record, &path)
    };
    let write = {
        let (record, path) = (record.clone(), path.clone());
        move |text: &str, typed: cpr::TypedText, focus: &mut Focus| {
            if !required.is_empty() {
                let is_refused = text.trim().is_empty();
                // The field may have been removed with the focus in it.
                error.try_set(is_refused.then(|| required.to_owned()));
                if is_refused {
                    return;
                }
            }
            if !typed.masked.is_empty() {
                masked.set(Some((text.to_owned(), typed.masked)));
            }
            let is_unchanged = |record: &Record| record.shown_text(&path).unwrap_or_default() == typed.save;
            let current = workspace.record(&record);
            if current.map_or(typed.save.is_empty(), |current| current.with_untracked(is_unchanged)) {
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
            let current = workspace.record(&record);
            let mut focus = focus.borrow_mut();
            let allowed = || current.as_ref().map(|record| record.with_untracked(Record::not_cpr)).unwrap_or_default();
            match event {
                FieldEvent::Entered => {
                    if let Some(record) = &current {
                        record.with_untracked(|record| focus.enter(record, path.clone()));
                    }
                    previous_text.replace(untrack(|| workspace.text(&record, &path)));
                }
                FieldEvent::Typed(text) => {
                    masked.set(None);
                    let before = previous_text.replace(text.clone());
                    write(&text, cpr::while_typing(&text, &before, &allowed()), &mut focus);
                }
                FieldEvent::Left(text) => {
                    // A user who only passed through the field has written nothing.
                    if let Some(text) = text {
                        write(&text, cpr::mask(&text, &allowed()), &mut focus);
                    }
                    focus.leave(&path);
                    workspace.save_now();
                }
            }
        }
    };
    let confirm_not_cpr = {
        let (record, path) = (record.clone(), path.clone());
        move |(text, numbers): &(String, Vec<String>)| {
            let author = workspace.author();
            let allowed = numbers.iter().map(|digits| Record::not_cpr_leaf(digits));
            let writes: Vec<_> =
                std::iter::once((path.clone(), LeafValue::from(text.as_str()))).chain(allowed).collect();
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
            error
            on_event=Rc::new(on_event)
            menu=Some(menu)
        />
        {dynamic_view(move || {
            or_empty(masked.get().map(|masked_text| {
                let confirm_not_cpr = confirm_not_cpr.clone();
                build_view(view! {
                    <div class="cpr-warning">
                        <p class="help" role="status">"Et CPR-nummer er skjult: de må ikke gemmes her."</p>
                        <button type="button" on:click=on_click(move || confirm_not_cpr(&masked_text))>"Det er ikke et CPR-nummer"</button>
                    </div>
                })
            }))
        })}
        <OpenChoice workspace record path/>
    })
}

/// Reminds the user to leave out the names of children. Shown once in each section with texts of several lines.
pub(crate) fn no_names_note() -> BuiltView {
    markup!(r#"<p class="help">Ingen navne eller initialer på børn.</p>"#)
}
