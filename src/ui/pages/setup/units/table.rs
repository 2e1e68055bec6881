//! The table of units: a row for each unit, one of which can be edited in place. On a phone the rows are cards.
//!
//! A row follows its own record only. The order of the rows follows all units, except while a row is edited, so that
//! the row does not move while the user renames the unit.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::domain::enhed::{Enhed, EnhedKind, Level};
use crate::domain::id::Id;
use crate::domain::unit_table::{ListedUnit, NetworkGroup, TableFilter, arrange};
use crate::record::edit::Focus;
use crate::record::path::Path;

use super::bulk::bulk_change;
use super::enhed::above;
use super::new_unit::with_none;
use super::{LEVELS, kind_index, kinds, level_index, levels};
use crate::ui::kit::components::{FieldType, RecordText};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, checkbox, dynamic_view, on_click, or_empty};
use crate::ui::platform::page::DanishOrder;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

/// The smallest number of units for which the table can be searched and grouped.
const MANY: usize = 6;

/// The columns between the name and the buttons.
const COLUMNS: [&str; 4] = ["Type", "Netværk", "Niveau", "Hører under"];

/// The state of the table. A handle that is copied freely.
#[derive(Clone, Copy)]
struct Table {
    app: AppContext,
    /// The row that is edited.
    edited: RwSignal<Option<Id>>,
    /// The ticked rows, also those that are not shown.
    ticked: RwSignal<Vec<Id>>,
}

/// The content of a unit's row.
#[derive(Clone, PartialEq)]
struct Row {
    name: String,
    cells: [String; 4],
    is_archived: bool,
}

/// The table, with the parts above it: search, grouping, and the change to all ticked units.
#[component]
pub(super) fn UnitTable(app: AppContext) -> BuiltView {
    let table = Table { app, edited: RwSignal::new(None), ticked: RwSignal::new(Vec::new()) };
    let query = RwSignal::new(String::new());
    let (is_by_network, shows_archived) = (RwSignal::new(false), RwSignal::new(false));
    let groups = Memo::new(move |before: Option<&Vec<NetworkGroup>>| {
        let filter = TableFilter {
            query: query.get(),
            is_by_network: is_by_network.get(),
            shows_archived: shows_archived.get(),
        };
        match before {
            Some(before) if table.edited.with(Option::is_some) => before.clone(),
            _ => {
                let order = DanishOrder::new();
                arrange(&listed_units(app), &filter, &|one, other| order.is_before(one, other))
            }
        }
    });
    // A new search or grouping rearranges the rows, so it ends the editing of a row.
    let end_editing = move || table.edited.set(None);
    Effect::new(move |_| {
        query.track();
        end_editing();
    });
    let shown = Memo::new(move |_| {
        groups.with(|groups| groups.iter().flat_map(|group| group.units.iter().cloned()).collect::<Vec<_>>())
    });
    let chosen = Memo::new(move |_| {
        table.ticked.with(|ticked| shown.with(|shown| shown.iter().filter(|id| ticked.contains(id)).cloned().collect()))
    });
    let counts = Memo::new(move |_| {
        let all = app.units_and_archived().len();
        (all, all - app.units().len())
    });
    let has_several = Memo::new(move |_| counts.get().0 > 1);
    let is_long = Memo::new(move |_| counts.get().0 >= MANY);
    let search = dynamic_view(move || {
        or_empty(is_long.get().then(|| {
            markup!(
                r#"<div class="unit-search">{}{}</div>"#,
                inputs::transient_field("unit-search", "Søg i enhederne", "", FieldType::Line, query),
                checkbox(
                    "Saml efter netværk".to_owned(),
                    move || is_by_network.get(),
                    move |is_on| {
                        end_editing();
                        is_by_network.set(is_on);
                    }
                )
            )
        }))
    });
    let has_archived = Memo::new(move |_| counts.get().1 > 0);
    let archived = dynamic_view(move || {
        or_empty(has_archived.get().then(|| {
            checkbox(
                "Vis arkiverede enheder".to_owned(),
                move || shows_archived.get(),
                move |is_on| {
                    end_editing();
                    shows_archived.set(is_on);
                },
            )
        }))
    });
    let body = dynamic_view(move || table.body(&groups.get(), has_several.get(), shown));
    markup!(
        r#"<div class="units">{}{}<div>{}</div>{}</div>"#,
        search,
        archived,
        dynamic_view(move || or_empty(has_several.get().then(|| bulk_change(app, chosen, table.ticked)))),
        body
    )
}

/// Returns all units in the order of their names.
fn listed_units(app: AppContext) -> Vec<ListedUnit> {
    let units = app.units_and_archived().into_iter();
    units
        .map(|(name, id)| {
            let unit: Enhed = app.body(Some(&id));
            ListedUnit { id, name, kind: unit.kind, is_archived: unit.is_archived(), network: unit.network.0 }
        })
        .collect()
}

/// Returns the content of a unit's row.
fn row(app: AppContext, id: &Id) -> Row {
    let unit: Enhed = app.body(Some(id));
    let above = unit.above.as_ref().map(|above| {
        let name = app.workspace.text(&app.workspace.representative_id(above), &Path::root("name"));
        if name.is_empty() { "En enhed, der ikke ligger her".to_owned() } else { name }
    });
    let level = unit.level.map(|level| u8::from(level).to_string());
    let is_archived = unit.is_archived();
    Row {
        name: if unit.name.as_str().is_empty() { "Enhed uden navn".to_owned() } else { unit.name.0 },
        cells: [
            unit.kind.map(EnhedKind::danish).unwrap_or_default().to_owned(),
            unit.network.0,
            level.unwrap_or_default(),
            above.unwrap_or_default(),
        ],
        is_archived,
    }
}

impl Table {
    /// Builds the table of groups of units.
    fn body(self, groups: &[NetworkGroup], has_several: bool, shown: Memo<Vec<Id>>) -> BuiltView {
        if groups.is_empty() {
            return markup!(
                r#"<p class="help" role="status">Ingen af enhederne passer til det, du har valgt at se.</p>"#
            );
        }
        let is_grouped = groups.len() > 1 || groups.iter().any(|group| !group.network.is_empty());
        let bodies: Vec<_> = groups
            .iter()
            .map(|group| {
                let heading = is_grouped.then(|| {
                    let network = if group.network.is_empty() { "Uden netværk" } else { &group.network };
                    markup!(r#"<tr class="network"><th colspan="7" scope="rowgroup">{}</th></tr>"#, network)
                });
                let rows: Vec<_> = group.units.iter().map(|id| self.row(id, has_several)).collect();
                markup!("<tbody>{}{}</tbody>", heading, rows)
            })
            .collect();
        let heads: Vec<_> = COLUMNS.iter().map(|column| markup!(r#"<th scope="col">{}</th>"#, *column)).collect();
        markup!(
            r#"
            <table class="unit-table">
                <thead><tr><td class="tick">{}</td><th scope="col">Navn</th>{}<td></td></tr></thead>
                {}
            </table>"#,
            has_several.then(|| self.tick_all(shown)),
            heads,
            bodies
        )
    }

    /// Builds the checkbox that ticks or unticks all rows that are shown.
    fn tick_all(self, shown: Memo<Vec<Id>>) -> BuiltView {
        let ticked = self.ticked;
        let is_ticked = move || ticked.with(|ticked| shown.with(|shown| shown.iter().all(|id| ticked.contains(id))));
        build_view(view! {
            <input
                type="checkbox"
                aria-label="Sæt kryds ved alle"
                prop:checked=is_ticked
                on:change:target=move |event| {
                    ticked.set(if event.target().checked() { shown.get_untracked() } else { Vec::new() });
                }
            />
        })
    }

    /// Builds the row of a unit: to read, or to edit.
    fn row(self, id: &Id, has_several: bool) -> BuiltView {
        let (app, edited) = (self.app, self.edited);
        let (row_id, edited_id, id) = (id.clone(), id.clone(), id.clone());
        let shown = Memo::new(move |_| row(app, &row_id));
        let is_edited = Memo::new(move |_| edited.with(|edited| edited.as_ref() == Some(&edited_id)));
        dynamic_view(move || {
            let tick = has_several.then(|| self.tick(&id, shown));
            if is_edited.get() { self.row_to_edit(&id, tick) } else { self.row_to_read(&id, &shown.get(), tick) }
        })
    }

    /// Builds the checkbox of a row.
    fn tick(self, id: &Id, shown: Memo<Row>) -> BuiltView {
        let (ticked, read_id, write_id) = (self.ticked, id.clone(), id.clone());
        let is_ticked = move || ticked.with(|ticked| ticked.contains(&read_id));
        let tick: Box<dyn Fn(bool)> = Box::new(move |is_on| {
            ticked.update(|ticked| {
                ticked.retain(|id| *id != write_id);
                if is_on {
                    ticked.push(write_id.clone());
                }
            });
        });
        let name = move || shown.with(|row| format!("Vælg {}", row.name));
        build_view(view! {
            <input type="checkbox" aria-label=name prop:checked=is_ticked on:change:target=move |event| tick(event.target().checked())/>
        })
    }

    fn row_to_read(self, id: &Id, row: &Row, tick: Option<BuiltView>) -> BuiltView {
        let cells: Vec<_> = COLUMNS
            .iter()
            .zip(&row.cells)
            .map(|(column, words)| {
                let label = if words.is_empty() { "" } else { *column };
                markup!(r#"<td data-label="{}">{}</td>"#, label, words.as_str())
            })
            .collect();
        let (edited, edited_id) = (self.edited, id.clone());
        let edit = on_click(move || {
            inputs::focus_on(format!("{edited_id}-name"));
            edited.set(Some(edited_id.clone()));
        });
        let (button_id, name) = (edit_button_id(id), format!("Ret {}", row.name));
        let button = build_view(view! {
            <button type="button" class="quiet" id=button_id aria-label=name on:click=edit>"Ret"</button>
        });
        let archived = row.is_archived.then(|| markup!(r#"<span class="tag">arkiveret</span>"#));
        markup!(
            r#"<tr><td class="tick">{}</td><th scope="row"><a href="{}">{}</a> {}</th>{}<td class="row-button">{}</td></tr>"#,
            tick,
            Route::Enhed(id.clone()).to_string(),
            row.name.as_str(),
            archived,
            cells,
            button
        )
    }

    /// Builds the row that is edited. Each field saves itself; Escape and the button close the row.
    fn row_to_edit(self, id: &Id, tick: Option<BuiltView>) -> BuiltView {
        let (app, workspace) = (self.app, self.app.workspace);
        let (kind_id, level_id, close_id) = (id.clone(), id.clone(), id.clone());
        let close = move || {
            inputs::focus_on(edit_button_id(&close_id));
            self.edited.set(None);
        };
        let close_by_key = close.clone();
        let on_key = move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                close_by_key();
            }
        };
        let text = |name: &str, label: &'static str| {
            build_view(view! { <RecordText workspace record=id.clone() path=Path::root(name) label/> })
        };
        let kind = {
            let (read_id, write_id) = (kind_id.clone(), kind_id);
            inputs::select_field(
                "row-kind".to_owned(),
                "Type".to_owned(),
                with_none("Ikke sagt", kinds()),
                move || kind_index(app.body::<Enhed>(Some(&read_id)).kind),
                move |index| {
                    let kind = index.and_then(|index| EnhedKind::ALL.get(index).copied());
                    workspace.edit::<Enhed>(&write_id, &mut Focus::default(), |unit| unit.set_kind(kind));
                    workspace.save_now();
                },
            )
        };
        let level = {
            let (read_id, write_id) = (level_id.clone(), level_id);
            inputs::select_field(
                "row-level".to_owned(),
                "Niveau".to_owned(),
                with_none("Ikke sagt", levels(LEVELS)),
                move || level_index(LEVELS, app.body::<Enhed>(Some(&read_id)).level),
                move |index| {
                    let level = index.and_then(|index| LEVELS.get(index).copied()).and_then(Level::new);
                    workspace.edit::<Enhed>(&write_id, &mut Focus::default(), |unit| unit.level = level);
                    workspace.save_now();
                },
            )
        };
        let cells = markup!(
            r#"<td class="tick">{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td class="row-button">{}</td>"#,
            tick,
            text("name", "Navn"),
            kind,
            text("network", "Netværk"),
            level,
            above(app, id),
            button("Færdig", close)
        );
        build_view(view! { <tr class="edited" on:keydown=on_key>{cells}</tr> })
    }
}

/// Returns the id of the button that edits a row.
fn edit_button_id(unit: &Id) -> String {
    format!("edit-{unit}")
}
