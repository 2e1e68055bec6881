//! The sheet: all indicators of the unit over several periods, to write in as in a spreadsheet.
//!
//! The table is made once as text; what stands in its cells, and where the cursor is, is put into it by two effects. A key
//! that is typed goes into one input in the cell, and touches nothing else.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::html;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent, MouseEvent};

use crate::domain::id::Id;
use crate::domain::indicator::Indicator;
use crate::domain::number;
use crate::domain::period::Period;
use crate::domain::series::{Observation, ObservationState, Series};
use crate::exchange::table::csv;
use crate::exchange::table::rows::{self, Said};
use crate::record::edit::Focus;
use crate::record::step::Step;

use super::super::desk::Desk;
use super::super::made::{Made, button, live, made, says};
use super::super::markup::markup;
use super::super::needs_unit;
use super::super::readings;
use super::super::route::Route;
use super::super::sheet::{Act, Key, Place, Sheet, Writing};
use super::ways;

/// How many periods there are at first, and how many more at a time.
const PERIODS: u16 = 6;

/// The page of the sheet.
#[component]
pub(super) fn Skema(desk: Desk) -> Made {
    let count = RwSignal::new(PERIODS);
    let kind = RwSignal::new(0usize);
    live(move || {
        let Some(unit) = desk.unit() else { return needs_unit("tal") };
        let indicators = {
            let unit = unit.clone();
            Memo::new(move |_| {
                readings::groups_of(desk, &unit).into_iter().flat_map(|group| group.indicators).collect::<Vec<_>>()
            })
        };
        let sheet = live(move || {
            let (indicators, periods) = (indicators.get(), periods(desk, kind.get(), count.get()));
            made(view! { <SheetView desk unit=unit.clone() indicators periods/> })
        });
        let choose = move |name: String| kind.set(KINDS.iter().position(|kind| **kind == *name).unwrap_or_default());
        let kinds: Vec<Made> = KINDS.iter().map(|kind| markup!("<option>{}</option>", *kind)).collect();
        markup!(
            r#"
            <header class="page-head">
                <h1>Skriv tal</h1>
                <p class="purpose">Skriv, kopiér og indsæt som i et regneark. Alt gemmes, mens I skriver, og kan fortrydes.</p>
            </header>
            <div class="bar">{}{}{}</div>
            <div>{}</div>
            <div class="more-of">{}</div>"#,
            ways(&Route::Skema),
            made(view! {
                <label class="choose-kind"><span>"Perioder"</span><select on:change:target=move |event| choose(event.target().value())>{kinds}</select></label>
            }),
            button("Vis tidligere perioder", move || count.update(|count| *count += PERIODS)),
            sheet,
            help()
        )
    })
}

const KINDS: [&str; 3] = ["Skoleår", "Kalenderår", "Kvartaler"];

fn help() -> Made {
    markup!(
        r#"
        <details class="more">
            <summary>Taster i skemaet</summary>
            <ul class="keys">
                <li><kbd>Pile</kbd>, <kbd>Tab</kbd> og <kbd>Enter</kbd> går fra celle til celle; med <kbd>Skift</kbd> markerer pilene flere</li>
                <li><kbd>F2</kbd> retter i cellen, <kbd>Esc</kbd> fortryder rettelsen, <kbd>Delete</kbd> tømmer</li>
                <li><kbd>Ctrl</kbd>+<kbd>C</kbd> og <kbd>Ctrl</kbd>+<kbd>V</kbd> kopierer og indsætter blokke til og fra Excel</li>
                <li><kbd>Ctrl</kbd>+<kbd>D</kbd> fylder ned, <kbd>Ctrl</kbd>+<kbd>Z</kbd> fortryder, <kbd>Ctrl</kbd>+<kbd>Y</kbd> gentager</li>
                <li>«..» eller «-» betyder, at tallet mangler, «*» at det ikke er offentliggjort</li>
            </ul>
        </details>"#
    )
}

/// The last periods of a kind, up to today.
fn periods(desk: Desk, kind: usize, count: u16) -> Vec<Period> {
    let today = desk.today.get();
    let last = match kind {
        0 => Period::school_year_of(today),
        1 => Period::Year(today.year()),
        _ => Period::Quarter(today.year(), (today.month() - 1) / 3 + 1),
    };
    let back = |steps: u16| match last {
        Period::SchoolYear(year) => Period::SchoolYear(year - steps),
        Period::Year(year) => Period::Year(year - steps),
        Period::Quarter(year, quarter) => {
            let quarters = year * 4 + u16::from(quarter) - 1 - steps;
            Period::Quarter(quarters / 4, u8::try_from(quarters % 4).unwrap_or_default() + 1)
        }
    };
    (0..count).rev().map(back).collect()
}

/// A change that can be undone: what it did to the records, and what stood unread before it.
struct Done {
    steps: Vec<Step>,
    unread: Vec<(Place, String)>,
}

/// All that the sheet keeps while it is looked at.
#[derive(Clone, Copy)]
struct State {
    desk: Desk,
    unit: StoredValue<Id, LocalStorage>,
    indicators: StoredValue<Vec<Indicator>, LocalStorage>,
    periods: StoredValue<Vec<Period>, LocalStorage>,
    sheet: RwSignal<Sheet>,
    /// What was typed and is no figure: it stays in its cell until it is mended.
    unread: RwSignal<Vec<(Place, String)>>,
    /// What happened last, in words.
    said: RwSignal<String>,
    writing: StoredValue<Option<Writing>, LocalStorage>,
    done: StoredValue<Vec<Done>, LocalStorage>,
    undone: StoredValue<Vec<Done>, LocalStorage>,
    can_undo: RwSignal<bool>,
}

#[component]
fn SheetView(desk: Desk, unit: Id, indicators: Vec<Indicator>, periods: Vec<Period>) -> Made {
    let state = State {
        desk,
        sheet: RwSignal::new(Sheet::new(indicators.len(), periods.len())),
        unit: StoredValue::new_local(unit),
        indicators: StoredValue::new_local(indicators),
        periods: StoredValue::new_local(periods),
        unread: RwSignal::new(Vec::new()),
        said: RwSignal::new(String::new()),
        writing: StoredValue::new_local(None),
        done: StoredValue::new_local(Vec::new()),
        undone: StoredValue::new_local(Vec::new()),
        can_undo: RwSignal::new(false),
    };
    let frame = NodeRef::<html::Div>::new();
    let shown_texts = SendWrapper::new(Rc::new(RefCell::new(Vec::<String>::new())));
    Effect::new(move |_| {
        if let Some(frame) = frame.get() {
            state.show_texts(&frame, &mut shown_texts.borrow_mut());
        }
    });
    Effect::new(move |before: Option<Option<Sheet>>| {
        let sheet = state.sheet.get();
        let frame = frame.get()?;
        State::show_cursor(&frame, before.flatten(), sheet);
        Some(sheet)
    });
    let cell = move |place: Place| frame.get_untracked().and_then(|frame| cell_of(&frame, place));
    let on_key = move |event: KeyboardEvent| state.on_key(&event, &cell);
    let on_press = move |event: MouseEvent, extend: bool| {
        if let Some(place) = place_of(&event) {
            state.leave_input(&cell);
            state.sheet.update(|sheet| sheet.go_to(place, extend));
            focus(cell(place));
            event.prevent_default();
        }
    };
    let table = state.table();
    made(view! {
        <div
            class="wide sheet"
            node_ref=frame
            on:keydown=on_key
            on:mousedown=move |event| {
                // Inside the input a press places the caret.
                if event.button() == 0 && !is_input(&event) { on_press(event.clone(), event.shift_key()) }
            }
            on:mouseover=move |event| if event.buttons() == 1 && !is_input(&event) { on_press(event, true) }
            on:dblclick=move |event| if place_of(&event).is_some() { state.begin(Writing::Within, &cell) }
            on:copy=move |event| { state.on_copy(&event); }
            on:cut=move |event| if state.on_copy(&event) { state.empty() }
            on:paste=move |event| state.on_paste(&event)
            on:focusout=move |event: web_sys::FocusEvent| if is_input(&event) { state.leave_input(&cell) }
        >
            {table}
        </div>
        <div class="sheet-foot">
            <p class="help" role="status">{says(move || state.said_of_cursor())}</p>
            <button type="button" disabled=move || !state.can_undo.get() on:click=move |_| state.undo(false)>"Fortryd"</button>
        </div>
    })
}

impl State {
    fn table(self) -> Made {
        let heads: Vec<Made> = self.periods.with_value(|periods| {
            periods.iter().map(|period| markup!(r#"<th scope="col">{}</th>"#, period.danish())).collect()
        });
        let columns = self.periods.with_value(Vec::len);
        let rows: Vec<Made> = self.indicators.with_value(|indicators| {
            let row = |(at, indicator): (usize, &Indicator)| {
                let cells: Vec<Made> = (0..columns)
                    .map(|column| markup!(r#"<td tabindex="-1" data-cell="{}"></td>"#, format!("{at}-{column}")))
                    .collect();
                markup!(
                    r#"<tr><th scope="row">{} <span class="help">{}</span></th>{}</tr>"#,
                    indicator.name.as_str(),
                    indicator.measure.danish(),
                    cells
                )
            };
            indicators.iter().enumerate().map(row).collect()
        });
        markup!(
            r#"
            <table role="grid" aria-multiselectable="true" aria-label="Tal på indikatorerne">
                <thead><tr><th scope="col">Indikator</th>{}</tr></thead>
                <tbody>{}</tbody>
            </table>"#,
            heads,
            rows
        )
    }

    /// What stands in a cell, and whether it could not be read.
    fn text(self, series: &Series, (row, column): Place) -> (String, bool) {
        let unread = self.unread.with_untracked(|unread| unread.iter().find(|(at, _)| *at == (row, column)).cloned());
        if let Some((_, text)) = unread {
            return (text, true);
        }
        let period = self.periods.with_value(|periods| periods[column]);
        let text = series.observations.get(&period).map(written).unwrap_or_default();
        (text, false)
    }

    fn series_of(self, row: usize) -> Series {
        let id = self.series_id(row);
        self.desk.body(id.as_ref())
    }

    fn series_id(self, row: usize) -> Option<Id> {
        let indicator = self.indicators.with_value(|indicators| indicators.get(row).map(|own| own.id.clone()))?;
        self.unit.with_value(|unit| readings::series_id(unit, &indicator))
    }

    /// Puts the texts that have changed into their cells.
    fn show_texts(self, frame: &HtmlElement, shown: &mut Vec<String>) {
        self.unread.track();
        let Sheet { rows, columns, .. } = self.sheet.get_untracked();
        shown.resize(rows * columns, String::new());
        for row in 0..rows {
            let series = self.series_of(row);
            for column in 0..columns {
                let (text, is_unread) = self.text(&series, (row, column));
                // The text with its mark: that it could not be read is seen as well.
                let now = if is_unread { format!("{text}\u{0}") } else { text.clone() };
                if shown[row * columns + column] == now {
                    continue;
                }
                shown[row * columns + column] = now;
                if let Some(cell) = cell_of(frame, (row, column)) {
                    cell.set_text_content(Some(&text));
                    // Refused for no name that is ours.
                    drop(if is_unread {
                        cell.set_attribute("aria-invalid", "true")
                    } else {
                        cell.remove_attribute("aria-invalid")
                    });
                }
            }
        }
    }

    /// Shows where the cursor is and what is selected, in the cells where that has changed.
    fn show_cursor(frame: &HtmlElement, before: Option<Sheet>, now: Sheet) {
        let were = before.map(|before| before.places()).unwrap_or_default();
        for place in were.iter().chain(&now.places()) {
            if let Some(cell) = cell_of(frame, *place) {
                let is_selected = now.is_selected(*place);
                drop(cell.set_attribute("aria-selected", if is_selected { "true" } else { "false" }));
                cell.set_tab_index(if *place == now.cursor { 0 } else { -1 });
            }
        }
        let is_inside = document().active_element().is_some_and(|active| frame.contains(Some(&active)));
        if is_inside && before.is_some_and(|before| before.cursor != now.cursor) {
            focus(cell_of(frame, now.cursor));
        }
    }

    fn on_key(self, event: &KeyboardEvent, cell: &dyn Fn(Place) -> Option<HtmlElement>) {
        let name = event.key();
        let key = Key { name: &name, shift: event.shift_key(), control: event.ctrl_key() || event.meta_key() };
        // A sign that is put together of several is not finished.
        if event.alt_key() || event.is_composing() {
            return;
        }
        let mut sheet = self.sheet.get_untracked();
        let from = sheet.cursor;
        let act = sheet.press(key, self.writing.get_value());
        match act {
            Act::Nothing => return,
            // The sign itself goes into the input, by the browser.
            Act::Begin(Writing::Over) => return self.begin(Writing::Over, cell),
            Act::Begin(writing) => self.begin(writing, cell),
            Act::Keep => {
                self.keep(from, cell);
                self.sheet.set(sheet);
                focus(cell(sheet.cursor));
            }
            Act::Drop => {
                self.writing.set_value(None);
                self.put_text_back(from, cell);
                focus(cell(from));
            }
            Act::Empty => self.empty(),
            Act::FillDown => self.fill_down(),
            Act::Undo => self.undo(false),
            Act::Redo => self.undo(true),
            Act::Go | Act::All => self.sheet.set(sheet),
        }
        event.prevent_default();
        // What a key does here it does nowhere else.
        event.stop_propagation();
    }

    /// Begins to write in the cell of the cursor.
    fn begin(self, writing: Writing, cell: &dyn Fn(Place) -> Option<HtmlElement>) {
        let place = self.sheet.get_untracked().cursor;
        let Some(cell) = cell(place) else { return };
        if self.writing.get_value().is_some() {
            return;
        }
        let (text, _) = untrack(|| self.text(&self.series_of(place.0), place));
        let input = document().create_element("input").ok().and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = input else { return };
        input.set_autocomplete("off");
        let (row, column) = place;
        let name = format!(
            "{}, {}",
            self.indicators.with_value(|indicators| indicators[row].name.clone()),
            self.periods.with_value(|periods| periods[column].danish())
        );
        drop(input.set_attribute("aria-label", &name));
        drop(input.set_attribute("inputmode", "decimal"));
        input.set_value(if writing == Writing::Within { &text } else { "" });
        cell.set_text_content(None);
        drop(cell.append_child(&input));
        self.writing.set_value(Some(writing));
        drop(input.focus());
        let end = u32::try_from(input.value().encode_utf16().count()).unwrap_or_default();
        drop(input.set_selection_range(end, end));
    }

    /// What was written in a cell is kept.
    fn keep(self, place: Place, cell: &dyn Fn(Place) -> Option<HtmlElement>) {
        if self.writing.get_value().is_none() {
            return;
        }
        let typed = cell(place).and_then(|cell| cell.query_selector("input").ok().flatten());
        let typed = typed.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()).map(|input| input.value());
        // Before the input goes: taking it away tells it that it was left.
        self.writing.set_value(None);
        self.put_text_back(place, cell);
        if let Some(text) = typed {
            let before = untrack(|| self.text(&self.series_of(place.0), place).0);
            if before != text.trim() {
                self.write(&[(place, text)], "");
            }
        }
    }

    /// The input is left by whatever way.
    fn leave_input(self, cell: &dyn Fn(Place) -> Option<HtmlElement>) {
        if self.writing.get_value().is_some() {
            self.keep(self.sheet.get_untracked().cursor, cell);
        }
    }

    fn put_text_back(self, place: Place, cell: &dyn Fn(Place) -> Option<HtmlElement>) {
        let (text, _) = untrack(|| self.text(&self.series_of(place.0), place));
        if let Some(cell) = cell(place) {
            cell.set_text_content(Some(&text));
        }
    }

    fn empty(self) {
        let writes: Vec<(Place, String)> =
            self.sheet.get_untracked().places().into_iter().map(|place| (place, String::new())).collect();
        self.write(&writes, "");
    }

    fn fill_down(self) {
        let fills = self.sheet.get_untracked().fill_down();
        let text = |place: Place| untrack(|| self.text(&self.series_of(place.0), place).0);
        let writes: Vec<(Place, String)> = fills.into_iter().map(|(to, from)| (to, text(from))).collect();
        self.write(&writes, "");
    }

    fn on_paste(self, event: &Event) {
        if self.writing.get_value().is_some() {
            return;
        }
        let Some(text) = pasted(event) else { return };
        event.prevent_default();
        let block = csv::read_block(&text);
        let mut sheet = self.sheet.get_untracked();
        let (writes, outside) = sheet.paste(&block);
        let writes: Vec<(Place, String)> = writes.into_iter().map(|(place, text)| (place, text.to_owned())).collect();
        let outside =
            if outside > 0 { format!(" {outside} celler var der ikke plads til i skemaet.") } else { String::new() };
        self.sheet.set(sheet);
        self.write(&writes, &format!("Indsat.{outside}"));
    }

    /// Puts what is selected on the clipboard; whether the event was ours to take.
    fn on_copy(self, event: &Event) -> bool {
        if self.writing.get_value().is_some() {
            return false;
        }
        let (from, to) = self.sheet.get_untracked().selected();
        let block = (from.0..=to.0)
            .map(|row| {
                let series = untrack(|| self.series_of(row));
                (from.1..=to.1).map(|column| self.text(&series, (row, column)).0).collect()
            })
            .collect();
        event.prevent_default();
        copied(event, &csv::write_block(&block));
        true
    }

    /// Writes texts into cells, as one change.
    fn write(self, writes: &[(Place, String)], said: &str) {
        let mut unread = self.unread.get_untracked();
        let before = unread.clone();
        let mut wrong = 0;
        let mut rows: Vec<usize> = writes.iter().map(|((row, _), _)| *row).collect();
        rows.dedup();
        let mut steps = Vec::new();
        for row in rows {
            let mut figures: Vec<(Period, Said)> = Vec::new();
            for (place, text) in writes.iter().filter(|((own, _), _)| *own == row) {
                unread.retain(|(at, _)| at != place);
                let period = self.periods.with_value(|periods| periods[place.1]);
                if let Ok(figure) = rows::cell(text) {
                    figures.push((period, figure));
                } else {
                    wrong += 1;
                    unread.push((*place, text.clone()));
                }
            }
            steps.extend(self.write_row(row, &figures));
        }
        if steps.is_empty() && unread == before {
            return;
        }
        self.remember(Done { steps, unread: before });
        self.unread.set(unread);
        let wrong = if wrong > 1 { format!(" {wrong} celler er ikke tal; de er markeret.") } else { String::new() };
        self.said.set(format!("{said}{wrong}"));
        self.desk.workspace.save_now();
    }

    fn write_row(self, row: usize, figures: &[(Period, Said)]) -> Option<Step> {
        let id = self.series_id(row)?;
        let workspace = self.desk.workspace;
        let (name, measure) = self.indicators.with_value(|own| (own[row].id.clone(), own[row].measure));
        let before = workspace.record(&id).map(|record| record.get_untracked());
        // A blank where nothing was is nothing to write.
        let is_change = |(period, figure): &&(Period, Said)| {
            let there = before
                .as_ref()
                .and_then(|record| record.view::<Series>().ok())
                .and_then(|series| series.observations.get(period).cloned());
            match (figure, there) {
                (None, None) => false,
                (None, Some(there)) => there.value.is_some() || there.state != ObservationState::Missing,
                (Some(_), None) => true,
                (Some((value, state)), Some(there)) => there.value != *value || there.state != *state,
            }
        };
        let figures: Vec<_> = figures.iter().filter(is_change).collect();
        if figures.is_empty() {
            return None;
        }
        self.unit.with_value(|unit| readings::ensure(self.desk, unit, &name));
        workspace.edit::<Series>(&id, &mut Focus::default(), |series| {
            for (period, figure) in figures {
                let own = series.observations.get_or_default(*period);
                let (value, state) = figure.unwrap_or((None, ObservationState::Missing));
                (own.value, own.state) = (value, state);
                own.measure = own.measure.or(Some(measure));
            }
        });
        let after = workspace.record(&id)?.get_untracked();
        Some(Step::between(before.as_ref(), &after)).filter(|step| !step.is_empty())
    }

    fn remember(self, done: Done) {
        self.done.update_value(|all| all.push(done));
        self.undone.update_value(Vec::clear);
        self.can_undo.set(true);
    }

    /// Undoes the last change, or the last undoing.
    fn undo(self, again: bool) {
        let (from, to) = if again { (self.undone, self.done) } else { (self.done, self.undone) };
        let mut last = None;
        from.update_value(|all| last = all.pop());
        let Some(Done { steps, unread }) = last else { return };
        let back = readings::undo(self.desk, &steps);
        let before = self.unread.get_untracked();
        self.unread.set(unread);
        to.update_value(|all| all.push(Done { steps: back, unread: before }));
        self.can_undo.set(self.done.with_value(|done| !done.is_empty()));
        self.said.set(if again { "Gentaget." } else { "Fortrudt." }.to_owned());
    }

    /// What is wrong with the cell of the cursor; else what happened last.
    fn said_of_cursor(self) -> String {
        let cursor = self.sheet.get().cursor;
        let unread = self.unread.with(|unread| unread.iter().find(|(at, _)| *at == cursor).cloned());
        match unread {
            Some((_, text)) => format!("«{text}» er ikke et tal og er ikke gemt. Skriv et tal, for eksempel 6,1."),
            None => self.said.get(),
        }
    }
}

/// A figure as it is written in its cell.
fn written(own: &Observation) -> String {
    match (own.value, own.state) {
        (Some(value), _) => number::danish(value),
        (None, ObservationState::Unpublished) => "*".to_owned(),
        (None, ObservationState::Hidden) => "skjult".to_owned(),
        (None, _) => String::new(),
    }
}

fn cell_of(frame: &HtmlElement, (row, column): Place) -> Option<HtmlElement> {
    frame.query_selector(&format!("[data-cell='{row}-{column}']")).ok().flatten()?.dyn_into().ok()
}

fn focus(cell: Option<HtmlElement>) {
    if let Some(cell) = cell {
        // A cell without focus is still a cell.
        drop(cell.focus());
    }
}

fn is_input(event: &Event) -> bool {
    event.target().is_some_and(|target| target.dyn_ref::<HtmlInputElement>().is_some())
}

/// The cell that an event happened in.
fn place_of(event: &Event) -> Option<Place> {
    let cell = event.target()?.dyn_into::<Element>().ok()?.closest("[data-cell]").ok().flatten()?;
    let (row, column) =
        cell.get_attribute("data-cell")?.split_once('-').map(|(row, column)| (row.parse(), column.parse()))?;
    Some((row.ok()?, column.ok()?))
}

/// What an event brings of a clipboard.
fn pasted(event: &Event) -> Option<String> {
    event.dyn_ref::<web_sys::ClipboardEvent>()?.clipboard_data()?.get_data("text/plain").ok()
}

/// Gives an event what is to be on the clipboard.
fn copied(event: &Event, text: &str) {
    if let Some(data) = event.dyn_ref::<web_sys::ClipboardEvent>().and_then(web_sys::ClipboardEvent::clipboard_data) {
        drop(data.set_data("text/plain", text));
    }
}
