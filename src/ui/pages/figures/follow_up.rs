//! Turns the initiative of a dialogue note into a goal or a trial. The note links to the new record.

use leptos::prelude::*;

use crate::domain::dialogue::Dialogue;
use crate::domain::goal::Goal;
use crate::domain::id::Id;
use crate::domain::registry::Kind;
use crate::record::edit::Focus;
use crate::record::life::Life;

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, button_with_class, dynamic_view, empty_view, on_click};
use crate::ui::pages::agreement::aftale::newest_agreement;
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries::agreements;

/// Builds the buttons that turn a note's initiative into a goal or a trial, or the link to the record that it became.
/// Empty if the note has no initiative. `indicator` is the indicator of the note's figure.
pub(crate) fn follow_up(app: AppContext, unit: Id, indicator: Id, note: Id) -> BuiltView {
    let status = {
        let note = note.clone();
        // Only what the view depends on, so that typing in the note does not rebuild it.
        Memo::new(move |_| {
            let dialogue: Dialogue = app.body(Some(&note));
            (dialogue.has_initiative(), dialogue.became)
        })
    };
    dynamic_view(move || {
        let (has_initiative, became) = status.get();
        let deleted_note = match became.map(|id| find_follow_up(app, &id)) {
            Some(FollowUp::Present(kind_text, route)) => {
                return markup!(
                    r#"<p role="status">{} <a href="{}">{}</a></p>"#,
                    "Den mulige indsats er blevet til",
                    route.to_string(),
                    kind_text
                );
            }
            Some(FollowUp::Unknown) => {
                return markup!("<p>Den mulige indsats er blevet til noget, som ikke ligger i denne browser.</p>");
            }
            Some(FollowUp::Deleted(kind_text)) => Some(kind_text),
            None if !has_initiative => return empty_view(),
            None => None,
        };
        let deleted_note = deleted_note.map(|kind_text| {
            markup!(r#"<p class="help">Den blev til {}, som er slettet og ligger i papirkurven.</p>"#, kind_text)
        });
        markup!(
            r#"<div>{}<div class="buttons">{}{}</div></div>"#,
            deleted_note,
            goal_button(app, &unit, &indicator, &note),
            trial_button(app, &unit, &note)
        )
    })
}

/// What an initiative has become.
enum FollowUp {
    /// A record in this browser: its kind in Danish, and its route.
    Present(&'static str, Route),
    /// A record in the trash: its kind in Danish.
    Deleted(&'static str),
    /// A record that is not in this browser, or of another kind.
    Unknown,
}

/// Finds the record that an initiative became.
fn find_follow_up(app: AppContext, id: &Id) -> FollowUp {
    let Some(record) = app.workspace.get(id) else { return FollowUp::Unknown };
    let (kind_text, route) = match record.kind() {
        Some(Kind::Goal) => {
            let aftale = record.view::<Goal>().ok().and_then(|goal| goal.aftale);
            ("et mål i aftalen", Route::Aftale { id: aftale, part: Some(id.to_string()) })
        }
        Some(Kind::Proevehandling) => ("en prøvehandling", Route::Practice(id.clone())),
        _ => return FollowUp::Unknown,
    };
    if record.life(None) == Life::Deleted { FollowUp::Deleted(kind_text) } else { FollowUp::Present(kind_text, route) }
}

/// Builds the button that writes the initiative into the unit's newest agreement as a goal, or a link to what has to be
/// done first.
fn goal_button(app: AppContext, unit: &Id, indicator: &Id, note: &Id) -> BuiltView {
    let Some(ctx) = newest_agreement(app, unit) else {
        return markup!(
            r#"<a class="button" href="{}">Begynd en aftale at skrive det ind i</a>"#,
            Route::Aftale { id: None, part: None }.to_string()
        );
    };
    if !agreements::is_open(&ctx) {
        return markup!(
            r#"<a class="button" href="{}">Aftalen ligger fast: begynd en revision for at skrive det ind</a>"#,
            ctx.address()
        );
    }
    let (indicator, note) = (indicator.clone(), note.clone());
    let create_goal = move || {
        let bundle = untrack(|| agreements::bundle(&ctx));
        let last = bundle.goals.iter().filter_map(|(_, goal)| goal.order.as_deref()).max();
        let dialogue: Dialogue = untrack(|| app.body(Some(&note)));
        let id = platform::ids::new_id();
        app.workspace.create(id.clone(), &dialogue.as_goal(&note, &indicator, &ctx.id, last));
        record_follow_up(app, &note, id, "skrev en mulig indsats ind i aftalen");
    };
    button_with_class("", "Skriv ind i aftalen", on_click(create_goal))
}

/// Builds the button that makes a trial of the initiative.
fn trial_button(app: AppContext, unit: &Id, note: &Id) -> BuiltView {
    let (unit, note) = (unit.clone(), note.clone());
    let create_trial = move || {
        let dialogue: Dialogue = untrack(|| app.body(Some(&note)));
        let id = platform::ids::new_id();
        app.workspace.create(id.clone(), &dialogue.as_trial(&note, &unit));
        record_follow_up(app, &note, id, "gjorde en mulig indsats til en prøvehandling");
    };
    button_with_class("", "Prøv det af", on_click(create_trial))
}

/// Stores in the note which record its initiative became. Both writes form one action, which is undone as a whole.
/// `action` is the name of the action in Danish.
fn record_follow_up(app: AppContext, note: &Id, id: Id, action: &str) {
    let workspace = app.workspace;
    workspace.edit::<Dialogue>(note, &mut Focus::default(), |dialogue| dialogue.became = Some(id));
    workspace.rename_last_action(action.to_owned());
    workspace.save_now();
}
