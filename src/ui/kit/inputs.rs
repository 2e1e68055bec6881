//! Fields that are no texts: a choice in a list, a day, a figure; and a field of what is in memory alone.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use send_wrapper::SendWrapper;

use crate::domain::cpr;
use crate::domain::date::Date;
use crate::domain::id::Id;
use crate::domain::number;
use crate::record::edit::Focus;
use crate::record::path::Path;

use crate::ui::kit::components::{Choices, Field, FieldEvent, FieldType};
use crate::ui::kit::view::{BuiltView, build_view};
use crate::ui::platform;
use crate::ui::state::workspace::Workspace;

/// Leads the keyboard to an element, once it is there.
pub(crate) fn focus_on(id: String) {
    request_animation_frame(move || platform::page::focus_on(&id));
}

/// A choice of one in a list, the first of which is none.
pub(crate) fn select_field(
    id: String,
    label: String,
    options: Vec<String>,
    value: impl Fn() -> Option<usize> + 'static,
    pick: impl Fn(Option<usize>) + 'static,
) -> BuiltView {
    select_of(id, label, options, Rc::new(value), Box::new(pick))
}

fn select_of(
    id: String,
    label: String,
    options: Vec<String>,
    value: Rc<dyn Fn() -> Option<usize>>,
    pick: Box<dyn Fn(Option<usize>)>,
) -> BuiltView {
    let chosen = {
        let value = SendWrapper::new(value);
        Memo::new(move |_| value().map_or(0, |place| place + 1))
    };
    let options: Vec<_> = options
        .into_iter()
        .enumerate()
        .map(|(index, words)| {
            let is_chosen = move || chosen.get() == index;
            build_view(view! { <option value=index.to_string() prop:selected=is_chosen>{words}</option> })
        })
        .collect();
    let pick: Box<dyn Fn(String)> = Box::new(move |chosen| {
        pick(chosen.parse::<usize>().ok().and_then(|index| index.checked_sub(1)));
    });
    let input = id.clone();
    build_view(view! {
        <div class="field">
            <label for=id>{label}</label>
            <select id=input on:change:target=move |event| pick(event.target().value())>{options}</select>
        </div>
    })
}

/// The leaf that a field writes: what was shown of it decides what is replaced.
#[derive(Clone)]
pub(crate) struct LeafInput {
    pub(crate) workspace: Workspace,
    pub(crate) record: Id,
    pub(crate) path: Path,
}

/// A day that is a leaf of its own, with what stands under each field.
pub(crate) fn day_field(
    at: LeafInput,
    id: String,
    label: &'static str,
    value: impl Fn() -> Option<Date> + 'static,
    write: impl Fn(Option<Date>, &mut Focus) + 'static,
) -> BuiltView {
    let LeafInput { workspace, record, path } = at.clone();
    let field = day_input(String::new(), at, id, label, value, write);
    build_view(view! {
        <div>
            {field}
            <Choices workspace record path about=label/>
        </div>
    })
}

/// A day without what stands under each field: where two days are one leaf it stands under both, and is put there by whoever
/// shows them. The group is what they are of, where a heading names it.
pub(crate) fn day_input(
    group: String,
    at: LeafInput,
    id: String,
    label: &'static str,
    value: impl Fn() -> Option<Date> + 'static,
    write: impl Fn(Option<Date>, &mut Focus) + 'static,
) -> BuiltView {
    let parse: fn(&str) -> Result<Option<Date>, &'static str> = |text| {
        let is_empty = text.trim().is_empty();
        Date::parse(text)
            .map(Some)
            .or(if is_empty { Some(None) } else { None })
            .ok_or("Vælg en dag, for eksempel 15-03-2026.")
    };
    let value = move || value().map(|day| day.to_string()).unwrap_or_default();
    field(
        at,
        id,
        (group, label.to_owned()),
        String::new(),
        FieldType::Day,
        Rc::new(value),
        Box::new(move |text, focus| parse(text).map(|day| write(day, focus))),
    )
}

/// A figure.
pub(crate) fn figure_field(
    at: LeafInput,
    id: String,
    label: String,
    help: String,
    value: impl Fn() -> Option<f64> + 'static,
    write: impl Fn(Option<f64>, &mut Focus) + 'static,
) -> BuiltView {
    let value = move || value().map(number::danish).unwrap_or_default();
    field(
        at,
        id,
        (String::new(), label),
        help,
        FieldType::Figure,
        Rc::new(value),
        Box::new(move |text, focus| {
            let figure = if text.trim().is_empty() { Ok(None) } else { number::parse(text).map(Some) };
            figure.map(|figure| write(figure, focus))
        }),
    )
}

type WriteInput = Box<dyn Fn(&str, &mut Focus) -> Result<(), &'static str>>;

fn field(
    at: LeafInput,
    id: String,
    (group, label): (String, String),
    help: String,
    sort: FieldType,
    value: Rc<dyn Fn() -> String>,
    write: WriteInput,
) -> BuiltView {
    let error = RwSignal::new(None::<String>);
    let focus = RefCell::new(Focus::default());
    let before = RefCell::new(String::new());
    let LeafInput { workspace, record, path } = at;
    let shown = Rc::clone(&value);
    let on_event = move |event: FieldEvent| {
        if let (FieldEvent::Entered, Some(record)) = (&event, workspace.record(&record)) {
            record.with_untracked(|record| focus.borrow_mut().enter(record, path.clone()));
        }
        if sort == FieldType::Figure {
            let write = |text: &str| write(text, &mut focus.borrow_mut());
            guarded(&event, &before, &*shown, &write, error);
        } else if let FieldEvent::Typed(text) = &event {
            error.set(write(text, &mut focus.borrow_mut()).err().map(str::to_owned));
        }
        if let FieldEvent::Left(_) = event {
            focus.borrow_mut().leave(&path);
            workspace.save_now();
        }
    };
    build_view(view! { <Field id label help group sort value error on_event=Rc::new(on_event)/> })
}

/// What happens in a field for a number, past the guard against CPR numbers. What may become one is not written before the
/// field is left; where it has become one, what stood there before is written back, and the field says why. `before` keeps what
/// stood there when the field was entered.
pub(crate) fn guarded(
    event: &FieldEvent,
    before: &RefCell<String>,
    shown: &dyn Fn() -> String,
    write: &dyn Fn(&str) -> Result<(), &'static str>,
    error: RwSignal<Option<String>>,
) {
    match event {
        FieldEvent::Entered => drop(before.replace(untrack(shown))),
        FieldEvent::Typed(text) | FieldEvent::Left(Some(text)) => match (cpr::in_figure(text), event) {
            (cpr::DigitShape::Begun, FieldEvent::Typed(_)) => error.set(None),
            (cpr::DigitShape::Refused, _) => {
                // What stood there could be written once; where it cannot be now, it stands there still.
                write(&before.borrow()).unwrap_or_default();
                error.set(Some(cpr::REFUSED.to_owned()));
            }
            // What is sound was written as it was typed.
            (cpr::DigitShape::Sound, FieldEvent::Left(_)) => {}
            _ => error.set(write(text).err().map(str::to_owned)),
        },
        FieldEvent::Left(None) => {}
    }
}

/// A field of what is in memory alone, until it is used: an answer, and no record.
pub(crate) fn transient_field(
    id: &'static str,
    label: &'static str,
    help: &'static str,
    sort: FieldType,
    answer: RwSignal<String>,
) -> BuiltView {
    let typed = move |event: FieldEvent| {
        if let FieldEvent::Typed(text) = event {
            answer.set(text);
        }
    };
    let value = Rc::new(move || answer.get());
    build_view(view! { <Field id=id.to_owned() label help sort value on_event=Rc::new(typed)/> })
}
