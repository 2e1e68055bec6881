//! The midterm status.
//!
//! | file | contents |
//! | --- | --- |
//! | `status` | the status of one agreement |
//! | `forum` | the statuses of many units by theme, for a lederforum |

mod forum;
mod status;

use leptos::prelude::*;

use crate::domain::id::Id;
use crate::domain::registry::Kind;

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, dynamic_view};
use crate::ui::pages::agreement::aftale::newest_agreement;
use crate::ui::state::app_context::AppContext;

/// Page of the midterm status of one agreement, or of all statuses in this browser if `about` is `None`. The id of a
/// unit stands for its newest agreement.
#[component]
pub(crate) fn MidtvejsPage(app: AppContext, about: Option<Id>) -> BuiltView {
    let Some(about) = about else { return dynamic_view(move || forum::forum(app)) };
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
