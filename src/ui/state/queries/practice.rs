//! Queries about practice of all three sorts, each in the view that the sorts share.

use leptos::prelude::*;

use crate::domain::date::Date;
use crate::domain::enhed::Enhed;
use crate::domain::id::Id;
use crate::domain::practice::{Practice, PracticeSort};
use crate::record::Record;
use crate::record::life::Life;

use crate::ui::state::app_context::AppContext;

/// Returns all practice that is not in the trash. `except` is left out, and is not followed.
pub(crate) fn practices(app: AppContext, except: Option<&Id>) -> Vec<Practice> {
    let ids = PracticeSort::ALL.into_iter().flat_map(|sort| app.workspace.ids(sort.kind()));
    ids.filter(|id| except != Some(id)).filter_map(|id| practice(app, &id)).collect()
}

/// Returns a practice. `None` if it is not here or is in the trash.
///
/// Its unit is the representative one. Practice of no unit belongs to the unit that the person works with.
pub(crate) fn practice(app: AppContext, id: &Id) -> Option<Practice> {
    let today = app.today.get();
    let practice = app.workspace.read(id, |record| view_of(record, today)).flatten()?;
    let unit = practice.unit.as_ref().map(|unit| app.workspace.representative_id(unit)).or_else(|| app.unit());
    Some(practice.with_unit(unit))
}

/// Returns whether a practice belongs to another unit than the one that the person works with.
pub(crate) fn is_of_other_unit(app: AppContext, practice: &Practice) -> bool {
    practice.unit != app.unit()
}

/// Returns the name of the unit of a practice, for use within a sentence.
pub(crate) fn unit_name(app: AppContext, unit: Option<&Id>) -> String {
    let name = app.body::<Enhed>(unit).name.0;
    if name.trim().is_empty() { "en anden enhed".to_owned() } else { name }
}

fn view_of(record: &Record, today: Date) -> Option<Practice> {
    if record.life(None) == Life::Deleted {
        return None;
    }
    let id = record.id().clone();
    // A record that passed `Record::check` can always be viewed.
    Some(match PracticeSort::of_kind(record.kind()?)? {
        PracticeSort::Deviation => Practice::of_deviation(id, &record.view().ok()?),
        PracticeSort::Trial => Practice::of_trial(id, &record.view().ok()?, today),
        PracticeSort::Prototype => Practice::of_prototype(id, &record.view().ok()?, today),
    })
}
