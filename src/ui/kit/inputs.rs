//! Form fields for a choice in a list, a day and a figure, and a field whose value is held in memory only.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use send_wrapper::SendWrapper;

use crate::domain::cpr;
use crate::domain::date::Date;
use crate::domain::id::Id;
use crate::domain::number;
use crate::domain::period::Span;
use crate::record::edit::Focus;
use crate::record::path::Path;

use crate::ui::kit::components::{Field, FieldEvent, FieldMenu, FieldType, MenuItems, OpenChoice};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_view, or_empty};
use crate::ui::platform;
use crate::ui::state::workspace::Workspace;

/// Moves the focus to an element in the next animation frame, when the element exists.
pub(crate) fn focus_on(id: String) {
    request_animation_frame(move || platform::page::focus_on(&id));
}

/// Builds a list to choose one option from. The first option stands for no choice (`None`).
pub(crate) fn select_field(
    id: String,
    label: String,
    options: Vec<String>,
    value: impl Fn() -> Option<usize> + 'static,
    pick: impl Fn(Option<usize>) + 'static,
) -> BuiltView {
    build_select(id, label, options, Rc::new(value), Box::new(pick))
}

/// Builds the list. Its arguments are boxed, so the code is compiled once.
fn build_select(
    id: String,
    label: String,
    options: Vec<String>,
    value: Rc<dyn Fn() -> Option<usize>>,
    pick: Box<dyn Fn(Option<usize>)>,
) -> BuiltView {
    let chosen = {
        let value = SendWrapper::new(value);
        Memo::new(move |_| value().map_or(0, |index| index + 1))
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

/// The leaf that a field writes. The write replaces exactly the values that the field showed.
#[derive(Clone)]
pub(crate) struct LeafInput {
    pub(crate) workspace: Workspace,
    pub(crate) record: Id,
    pub(crate) path: Path,
}

/// Builds a field for a day with its menu, followed by the open choice of its leaf.
pub(crate) fn day_field(
    leaf: LeafInput,
    id: String,
    label: &'static str,
    value: impl Fn() -> Option<Date> + 'static,
    write: impl Fn(Option<Date>, &mut Focus) + 'static,
) -> BuiltView {
    let LeafInput { workspace, record, path } = leaf.clone();
    let menu = leaf_menu(&leaf, label, None);
    let field = day_input_with_menu(leaf, id, label, Some(menu), value, write);
    build_view(view! {
        <div>
            {field}
            <OpenChoice workspace record path about=label/>
        </div>
    })
}

/// Builds the menu of a leaf, for callers that put it into one of several fields of the leaf.
pub(crate) fn leaf_menu(leaf: &LeafInput, label: &str, items: Option<MenuItems>) -> BuiltView {
    let LeafInput { workspace, record, path } = leaf.clone();
    build_view(view! { <FieldMenu workspace record path label=label.to_owned() items/> })
}

/// Builds a field for a day without menu and open choice.
///
/// `group` names the heading that the field belongs to, for screen readers; it may be empty.
pub(crate) fn day_input(
    group: String,
    leaf: LeafInput,
    id: String,
    label: &'static str,
    value: impl Fn() -> Option<Date> + 'static,
    write: impl Fn(Option<Date>, &mut Focus) + 'static,
) -> BuiltView {
    build_day_input((group, label.to_owned()), leaf, id, None, Rc::new(value), Box::new(write))
}

/// Builds a field for a day without open choice, for callers that show two days of one leaf: one of the two fields has
/// the menu of the leaf.
pub(crate) fn day_input_with_menu(
    leaf: LeafInput,
    id: String,
    label: &'static str,
    menu: Option<BuiltView>,
    value: impl Fn() -> Option<Date> + 'static,
    write: impl Fn(Option<Date>, &mut Focus) + 'static,
) -> BuiltView {
    build_day_input((String::new(), label.to_owned()), leaf, id, menu, Rc::new(value), Box::new(write))
}

/// Writes a day, or removes it.
type WriteDay = Box<dyn Fn(Option<Date>, &mut Focus)>;

/// Builds the field for a day. Its arguments are boxed, so the code is compiled once.
fn build_day_input(
    names: (String, String),
    leaf: LeafInput,
    id: String,
    menu: Option<BuiltView>,
    value: Rc<dyn Fn() -> Option<Date>>,
    write: WriteDay,
) -> BuiltView {
    let parse: fn(&str) -> Result<Option<Date>, &'static str> = |text| {
        let is_empty = text.trim().is_empty();
        Date::parse(text)
            .map(Some)
            .or(if is_empty { Some(None) } else { None })
            .ok_or("Vælg en dag, for eksempel 15-03-2026.")
    };
    let value = move || value().map(|day| day.to_string()).unwrap_or_default();
    let write: WriteInput = Box::new(move |text, focus| parse(text).map(|day| write(day, focus)));
    leaf_field(leaf, id, names, String::new(), (FieldType::Day, menu), (Rc::new(value), write))
}

/// Builds the sentence beside the two days of a span, for as long as the last day lies before the first.
pub(crate) fn reversed_span_note(span: impl Fn() -> Option<Span> + 'static) -> BuiltView {
    let span: SendWrapper<Box<dyn Fn() -> Option<Span>>> = SendWrapper::new(Box::new(span));
    let is_reversed = Memo::new(move |_| span().is_some_and(Span::is_reversed));
    dynamic_view(move || {
        or_empty(is_reversed.get().then(|| markup!(r#"<p class="error" role="alert">{}</p>"#, Span::REVERSED)))
    })
}

/// Builds the note on how a text with a decimal point was read. Empty while there is no such text.
pub(crate) fn read_as_note(read_as: RwSignal<Option<f64>>) -> BuiltView {
    dynamic_view(move || {
        let words = read_as.get().map(|figure| format!("Læst som {}", number::format_danish(figure)));
        or_empty(words.map(|words| markup!(r#"<p class="help" role="status">{}</p>"#, words)))
    })
}

/// Reads the text of a figure field; `None` if the text is blank. Sets `read_as` to the figure if a point was read as
/// the decimal comma.
///
/// # Errors
/// Why the text is no figure, in Danish.
pub(crate) fn read_figure(text: &str, read_as: RwSignal<Option<f64>>) -> Result<Option<f64>, &'static str> {
    let read = if text.trim().is_empty() { Ok(None) } else { number::parse(text).map(Some) };
    read_as.set(read.ok().flatten().filter(|read| read.has_decimal_point).map(|read| read.value));
    read.map(|read| read.map(|read| read.value))
}

/// Builds a field for a figure.
pub(crate) fn figure_field(
    leaf: LeafInput,
    id: String,
    label: String,
    help: String,
    value: impl Fn() -> Option<f64> + 'static,
    write: impl Fn(Option<f64>, &mut Focus) + 'static,
) -> BuiltView {
    let value = move || value().map(number::format_danish).unwrap_or_default();
    let read_as = RwSignal::new(None::<f64>);
    let write: WriteInput = Box::new(move |text, focus| read_figure(text, read_as).map(|figure| write(figure, focus)));
    let field = leaf_field(leaf, id, (String::new(), label), help, (FieldType::Figure, None), (Rc::new(value), write));
    // The class keeps the menu of a caller beside the field.
    markup!(r#"<div class="field">{}{}</div>"#, field, read_as_note(read_as))
}

/// Parses a text and writes its value, or returns why the text is invalid.
type WriteInput = Box<dyn Fn(&str, &mut Focus) -> Result<(), &'static str>>;

/// Builds a field that parses its text, writes the leaf, and shows why a text cannot be parsed.
fn leaf_field(
    leaf: LeafInput,
    id: String,
    (group, label): (String, String),
    help: String,
    (sort, menu): (FieldType, Option<BuiltView>),
    (value, write): (Rc<dyn Fn() -> String>, WriteInput),
) -> BuiltView {
    let error = RwSignal::new(None::<String>);
    let focus = RefCell::new(Focus::default());
    let before = RefCell::new(String::new());
    let LeafInput { workspace, record, path } = leaf;
    let shown = Rc::clone(&value);
    let on_event = move |event: FieldEvent| {
        if let (FieldEvent::Entered, Some(record)) = (&event, workspace.record(&record)) {
            record.with_untracked(|record| focus.borrow_mut().enter(record, path.clone()));
        }
        if sort == FieldType::Figure {
            let write = |text: &str| write(text, &mut focus.borrow_mut());
            guard_figure_input(&event, &before, &*shown, &write, error);
        } else if let FieldEvent::Typed(text) = &event {
            error.set(write(text, &mut focus.borrow_mut()).err().map(str::to_owned));
        }
        if let FieldEvent::Left(_) = event {
            focus.borrow_mut().leave(&path);
            workspace.save_now();
        }
    };
    build_view(view! { <Field id label help group sort value error on_event=Rc::new(on_event) menu/> })
}

/// Handles an event of a figure field so that no CPR number is written.
///
/// A text that may become a CPR number is not written before the user leaves the field. A text that has become one is
/// replaced by the value that the field had when the user entered it, and `error` says why. `before` holds that value
/// between events; `shown` reads the current value.
pub(crate) fn guard_figure_input(
    event: &FieldEvent,
    before: &RefCell<String>,
    shown: &dyn Fn() -> String,
    write: &dyn Fn(&str) -> Result<(), &'static str>,
    error: RwSignal<Option<String>>,
) {
    match event {
        FieldEvent::Entered => drop(before.replace(untrack(shown))),
        FieldEvent::Typed(text) | FieldEvent::Left(Some(text)) => match (cpr::assess_figure_text(text), event) {
            (cpr::DigitShape::Incomplete, FieldEvent::Typed(_)) => error.set(None),
            (cpr::DigitShape::Refused, _) => {
                // The earlier value was valid when it was written. If it cannot be written now, the record still holds
                // it.
                write(&before.borrow()).unwrap_or_default();
                error.set(Some(cpr::REFUSED.to_owned()));
            }
            // A valid figure was written while it was typed.
            (cpr::DigitShape::Harmless, FieldEvent::Left(_)) => {}
            _ => error.set(write(text).err().map(str::to_owned)),
        },
        FieldEvent::Left(None) => {}
    }
}

/// Builds a field whose text is held in a signal and never written to a record.
pub(crate) fn transient_field(
    id: &'static str,
    label: &'static str,
    help: &'static str,
    sort: FieldType,
    answer: RwSignal<String>,
) -> BuiltView {
    let on_event = move |event: FieldEvent| {
        if let FieldEvent::Typed(text) = event {
            answer.set(text);
        }
    };
    let value = Rc::new(move || answer.get());
    build_view(view! { <Field id=id.to_owned() label help sort value on_event=Rc::new(on_event)/> })
}
