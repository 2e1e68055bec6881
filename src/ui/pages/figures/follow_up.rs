//! From words to deeds: the initiative of a dialogue note becomes a goal or a trial, and the note shows which.

use leptos::prelude::*;

use crate::domain::dialogue::Dialogue;
use crate::domain::goal::Goal;
use crate::domain::id::Id;
use crate::domain::registry::Kind;
use crate::record::edit::Focus;
use crate::record::life::Life;

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, button_with_class, dynamic_view, empty_view, on_click};
use crate::ui::pages::agreement::aftale::newest;
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries::agreements;

/// What a note's initiative can become, or became. `indicator` is what it is about.
pub(crate) fn follow_up(desk: AppContext, unit: Id, indicator: Id, note: Id) -> BuiltView {
    let standing = {
        let note = note.clone();
        // Typing in the note builds nothing here anew.
        Memo::new(move |_| {
            let said: Dialogue = desk.body(Some(&note));
            (said.has_initiative(), said.became)
        })
    };
    dynamic_view(move || {
        let (has_initiative, became) = standing.get();
        let gone = match became.map(|id| went(desk, &id)) {
            Some(FollowUp::There(words, way)) => {
                return markup!(
                    r#"<p class="became" role="status">{} <a href="{}">{}</a></p>"#,
                    "Den mulige indsats er blevet til",
                    way.to_string(),
                    words
                );
            }
            Some(FollowUp::Elsewhere) => {
                return markup!(
                    r#"<p class="became">Den mulige indsats er blevet til noget, som ikke ligger i denne browser.</p>"#
                );
            }
            Some(FollowUp::Deleted(words)) => Some(words),
            None if !has_initiative => return empty_view(),
            None => None,
        };
        let gone = gone.map(|words| {
            markup!(r#"<p class="help">Den blev til {}, som er slettet og ligger i papirkurven.</p>"#, words)
        });
        markup!(
            r#"<div class="deeds">{}<div class="buttons">{}{}</div></div>"#,
            gone,
            to_goal(desk, &unit, &indicator, &note),
            to_trial(desk, &unit, &note)
        )
    })
}

/// Where an initiative went.
enum FollowUp {
    /// What it is, and the way there.
    There(&'static str, Route),
    /// What it was: it lies in the trash.
    Deleted(&'static str),
    /// It is not in this browser.
    Elsewhere,
}

fn went(desk: AppContext, id: &Id) -> FollowUp {
    let Some(record) = desk.workspace.get(id) else { return FollowUp::Elsewhere };
    let (words, way) = match record.kind() {
        Some(Kind::Goal) => {
            let aftale = record.view::<Goal>().ok().and_then(|goal| goal.aftale);
            ("et mål i aftalen", Route::Aftale { id: aftale, part: Some(id.to_string()) })
        }
        Some(Kind::Proevehandling) => ("en prøvehandling", Route::Proevehandling(id.clone())),
        _ => return FollowUp::Elsewhere,
    };
    if record.life(None) == Life::Deleted { FollowUp::Deleted(words) } else { FollowUp::There(words, way) }
}

fn to_goal(desk: AppContext, unit: &Id, indicator: &Id, note: &Id) -> BuiltView {
    let Some(ctx) = newest(desk, unit) else {
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
    let act = move || {
        let whole = untrack(|| agreements::bundle(&ctx));
        let last = whole.goals.iter().filter_map(|(_, goal)| goal.order.as_deref()).max();
        let said: Dialogue = untrack(|| desk.body(Some(&note)));
        let id = platform::ids::mint();
        desk.workspace.create(id.clone(), &said.as_goal(&note, &indicator, &ctx.id, last));
        became(desk, &note, id, "skrev en mulig indsats ind i aftalen");
    };
    button_with_class("", "Skriv ind i aftalen", on_click(act))
}

fn to_trial(desk: AppContext, unit: &Id, note: &Id) -> BuiltView {
    let (unit, note) = (unit.clone(), note.clone());
    let act = move || {
        let said: Dialogue = untrack(|| desk.body(Some(&note)));
        let id = platform::ids::mint();
        desk.workspace.create(id.clone(), &said.as_trial(&note, &unit));
        became(desk, &note, id, "gjorde en mulig indsats til en prøvehandling");
    };
    button_with_class("", "Prøv det af", on_click(act))
}

/// The note knows what came of it. Both are one act, to be undone at once.
fn became(desk: AppContext, note: &Id, id: Id, what: &str) {
    let workspace = desk.workspace;
    workspace.edit::<Dialogue>(note, &mut Focus::default(), |said| said.became = Some(id));
    workspace.rename_last_action(what.to_owned());
    workspace.save_now();
}
