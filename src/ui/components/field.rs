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

use super::super::workspace::Workspace;
use super::Choices;

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
    /// The user has begun: what stands in the field has been shown to them.
    #[prop(into, default = Callback::new(|()| ()))]
    on_enter: Callback<()>,
    /// The user has typed.
    #[prop(into)]
    on_type: Callback<String>,
    /// The user has left the field, with what they typed in it, if they typed.
    #[prop(into, default = Callback::new(|_| ()))]
    on_leave: Callback<Option<String>>,
    /// What it is one of, where a heading says so to those who see it.
    #[prop(into, default = String::new())]
    group: String,
    /// Whether a figure is what is to be typed.
    #[prop(default = false)]
    is_figure: bool,
) -> impl IntoView {
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
    view! {
        <div class="field">
            <label for=id.clone()>
                {(!group.is_empty()).then(|| view! { <span class="visually-hidden">{group}", "</span> })}
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
                on:focus=move |_| on_enter.run(())
                on:input:target=move |event| {
                    let text = event.target().value();
                    typing.set(Some(text.clone()));
                    on_type.run(text);
                }
                on:blur=move |_| {
                    on_leave.run(typing.get_untracked());
                    // What could not be taken stays in the field, with the word on why; nothing typed is thrown away.
                    if error.with_untracked(Option::is_none) {
                        typing.set(None);
                    }
                }
            />
            {(!help.is_empty()).then(|| view! { <p class="help" id=help_id>{help}</p> })}
            {move || error.get().map(|words| view! { <p class="error" id=error_id.clone() role="alert">{words}</p> })}
        </div>
    }
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
) -> impl IntoView {
    let input_id = format!("{record}{}", path.as_str().replace('/', "-"));
    let focus = Rc::new(RefCell::new(Focus::default()));
    // The text in which a number was masked, and the numbers: kept until the user types on or says that it is none.
    let masked = RwSignal::new(None::<(String, Vec<String>)>);
    let value = {
        let (record, path) = (record.clone(), path.clone());
        Memo::new(move |_| {
            workspace.get(&record).and_then(|record| record.shown_text(&path).map(str::to_owned)).unwrap_or_default()
        })
    };
    let write = {
        let (record, path, focus) = (record.clone(), path.clone(), Rc::clone(&focus));
        move |text: &str, typed: cpr::Typed| {
            if !typed.masked.is_empty() {
                masked.set(Some((text.to_owned(), typed.masked)));
            }
            if value.get_untracked() == typed.save {
                return;
            }
            let text = if typed.save.is_empty() { LeafValue::NULL } else { LeafValue::from(typed.save.as_str()) };
            let author = workspace.author();
            workspace.change(&record, |record| record.write([(path.clone(), text)], &mut focus.borrow_mut(), &author));
        }
    };
    let allowed = {
        let record = record.clone();
        move || workspace.record(&record).map(|record| record.with_untracked(Record::not_cpr)).unwrap_or_default()
    };
    let on_enter = {
        let (record, path, focus) = (record.clone(), path.clone(), Rc::clone(&focus));
        move |()| {
            if let Some(record) = workspace.record(&record) {
                record.with_untracked(|record| focus.borrow_mut().enter(record, path.clone()));
            }
        }
    };
    let on_type = {
        let (write, allowed) = (write.clone(), allowed.clone());
        move |text: String| {
            masked.set(None);
            write(&text, cpr::while_typing(&text, &allowed()));
        }
    };
    let on_leave = {
        let path = path.clone();
        move |text: Option<String>| {
            // Who only passed through has written nothing.
            if let Some(text) = text {
                write(&text, cpr::mask(&text, &allowed()));
            }
            focus.borrow_mut().leave(&path);
            workspace.save_now();
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
    // The callbacks live as long as the component, and in this thread.
    view! {
        <Field
            id=input_id
            label
            help
            value=value
            on_enter=UnsyncCallback::new(on_enter).into_callback()
            on_type=UnsyncCallback::new(on_type).into_callback()
            on_leave=UnsyncCallback::new(on_leave).into_callback()
        />
        {move || {
            masked.get().map(|said| {
                let is_none = is_none.clone();
                view! {
                    <p class="help" role="status">"Et CPR-nummer er skjult: de må ikke gemmes her."</p>
                    <button type="button" on:click=move |_| is_none(&said)>"Det er ikke et CPR-nummer"</button>
                }
            })
        }}
        <Choices workspace record path/>
    }
}

/// Callbacks of one thread where callbacks of any are asked for: there is but one.
trait IntoCallback<In> {
    fn into_callback(self) -> Callback<In>;
}

impl<In: 'static> IntoCallback<In> for UnsyncCallback<In> {
    fn into_callback(self) -> Callback<In> {
        let held = StoredValue::new_local(self);
        Callback::new(move |input| {
            held.with_value(|callback| callback.run(input));
        })
    }
}
