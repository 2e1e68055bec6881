//! Queries about units: where they are placed, and which ones are shown side by side.

use crate::domain::enhed::{Enhed, EnhedKind};
use crate::domain::hierarchy::{PlacedUnit, units_below};
use crate::domain::id::Id;

use crate::ui::state::app_context::AppContext;

/// Returns all units, archived ones too, with their level and the unit above them.
pub(crate) fn placed_units(app: AppContext) -> Vec<PlacedUnit> {
    let units = app.units_and_archived().into_iter();
    units
        .map(|(_, id)| {
            let Enhed { above, level, .. } = app.body(Some(&id));
            PlacedUnit { above: above.map(|above| app.workspace.representative_id(&above)), id, level }
        })
        .collect()
}

/// Returns the current unit, if it is the area of a chef.
pub(crate) fn current_head_area(app: AppContext) -> Option<Id> {
    app.unit().filter(|unit| app.body::<Enhed>(Some(unit)).kind == Some(EnhedKind::Chefomraade))
}

/// Returns the units that are shown side by side, in the order of their names: while the current unit is the area of a
/// chef, the area and the units below it; otherwise all. All as well while no unit is below the area.
pub(crate) fn units_side_by_side(app: AppContext) -> Vec<(String, Id)> {
    let all = app.units();
    let Some(area) = current_head_area(app) else { return all };
    let below = units_below(&placed_units(app), &area);
    if below.is_empty() {
        return all;
    }
    all.into_iter().filter(|(_, id)| *id == area || below.contains(id)).collect()
}
