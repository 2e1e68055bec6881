//! The midterm status, and the meeting of a lederforum about the statuses of many units.
//!
//! | file | contents |
//! | --- | --- |
//! | `mod` | chooses the page for an address; the meeting |
//! | `status` | the status of one agreement |
//! | `own_unit` | what the meeting brought one unit, on the page of its status |
//! | `forum` | the statuses of many units by theme, for a lederforum |
//! | `help` | the help that units ask for, and what others offer |
//! | `decisions` | title, day, decisions and notes of the meeting, and its file |
//! | `fields` | fields of the meeting: texts, units, the button that deletes an entry |

mod decisions;
mod fields;
mod forum;
mod help;
mod own_unit;
mod status;

use leptos::prelude::*;

use crate::domain::cycle::Cycle;
use crate::domain::enhed::Enhed;
use crate::domain::id::Id;
use crate::domain::meeting::Meeting;
use crate::domain::registry::Kind;
use crate::exchange::scope::SharedPart;
use crate::record::edit::Focus;

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, dynamic_view};
use crate::ui::pages::agreement::aftale::newest_agreement;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries::agreements;
pub(crate) use own_unit::meeting_facts;

/// The meeting about the midterm statuses of a cycle.
#[derive(Clone)]
pub(crate) struct MeetingContext {
    app: AppContext,
    cycle: Cycle,
    record: Id,
    /// The names and ids of the units in use. A change of a unit that is not in its name rebuilds no field.
    units: Memo<Vec<(String, Id)>>,
}

impl MeetingContext {
    /// Creates the context of the meeting of a cycle.
    fn new(app: AppContext, cycle: Cycle) -> Option<Self> {
        let record = Meeting::midtvejs_id(cycle)?;
        Some(Self { app, cycle, record, units: Memo::new(move |_| app.units()) })
    }

    /// Returns the meeting as it is now. Tracked.
    fn body(&self) -> Meeting {
        self.app.body(Some(&self.record))
    }

    /// Creates the record if it does not exist.
    fn ensure(&self) {
        self.app.workspace.ensure(&self.record, || Meeting::midtvejs(self.cycle));
    }

    /// Edits the meeting and saves it. Creates the record if it does not exist.
    fn edit(&self, change: impl FnOnce(&mut Meeting)) {
        self.ensure();
        agreements::edit::<Meeting>(self.app.workspace, &self.record, &mut Focus::default(), change);
        self.app.workspace.save_now();
    }

    /// Returns whether two ids mean the same unit. Tracked.
    fn is_same_unit(&self, one: &Id, other: &Id) -> bool {
        self.app.workspace.is_same_unit(Some(one), Some(other))
    }

    /// Saves the meeting as a file for the participants.
    fn save_file(&self) {
        self.ensure();
        let title = untrack(|| self.body().title.0);
        let part = SharedPart::Meeting { id: self.record.clone() };
        self.app.workspace.save_share_file(&title, "møde", part, "Mødet er stadig her på siden.");
    }
}

/// Returns the name of a unit, tracked.
fn unit_name(app: AppContext, unit: &Id) -> String {
    let unit = app.workspace.representative_id(unit);
    if !app.workspace.has_living(&unit, Kind::Enhed) {
        return "En enhed, der ikke ligger her".to_owned();
    }
    let name = app.body::<Enhed>(Some(&unit)).name.0;
    if name.trim().is_empty() { "Enhed uden navn".to_owned() } else { name }
}

/// Page of the midterm status of one agreement, or of all statuses in this browser if `about` is `None`. The id of a
/// unit stands for its newest agreement.
#[component]
pub(crate) fn MidtvejsPage(app: AppContext, about: Option<Id>) -> BuiltView {
    let Some(about) = about else { return forum::forum(app) };
    let aftale = Memo::new(move |_| {
        let unit = app.workspace.representative_id(&about);
        if app.workspace.has_living(&unit, Kind::Enhed) {
            newest_agreement(app, &unit).map(|ctx| ctx.id)
        } else {
            Some(about.clone())
        }
    });
    dynamic_view(move || match aftale.get() {
        Some(aftale) => status::status(app, &aftale),
        None => markup!(
            r##"
            <header class="page-head">
                <h1>Midtvejsstatus</h1>
                <p class="purpose">Her ser I halvvejs på aftalen: Hvad er sket, og gjorde det en forskel? Enheden har ingen aftale i denne browser endnu.</p>
            </header>
            <p class="buttons"><a class="button primary" href="#/aftale">Begynd en aftale</a><a class="button" href="#/midtvejs">Se midtvejsstatus på tværs</a></p>"##
        ),
    })
}
