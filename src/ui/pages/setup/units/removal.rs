//! Archiving and deleting a unit.

use leptos::prelude::*;

use crate::domain::enhed::Enhed;
use crate::domain::id::Id;
use crate::record::belongings::Belongings;
use crate::record::edit::Focus;

use super::placed_units;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, button, dynamic_view, or_empty};
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

/// Returns a memo of whether a unit is archived.
fn is_archived(app: AppContext, unit: &Id) -> Memo<bool> {
    let unit = unit.clone();
    Memo::new(move |_| app.body::<Enhed>(Some(&unit)).is_archived())
}

/// Builds the notice that a unit is archived. Empty for a unit in use.
pub(super) fn archived_notice(app: AppContext, unit: &Id) -> BuiltView {
    let is_archived = is_archived(app, unit);
    let unit = unit.clone();
    dynamic_view(move || {
        let unit = unit.clone();
        or_empty(is_archived.get().then(|| {
            markup!(
                r#"<div class="notice" role="status"><p>Enheden er arkiveret. Alt, hvad der hører til, ligger her stadig, men enheden er ikke med i valg, overblik og sammenligninger.</p>{}</div>"#,
                button("Tag enheden i brug igen", move || archive(app, &unit, false))
            )
        }))
    })
}

/// The part of the page where a unit is archived or deleted.
pub(super) fn removal_section(app: AppContext, unit: &Id) -> BuiltView {
    let is_archived = is_archived(app, unit);
    let is_asking = RwSignal::new(false);
    let (archived_id, unit) = (unit.clone(), unit.clone());
    let archive_part = dynamic_view(move || {
        let unit = archived_id.clone();
        or_empty((!is_archived.get()).then(|| {
            markup!(
                r#"<div><p>Bruges enheden ikke mere, så arkivér den. Alt bliver liggende og kan læses, men enheden er ikke længere med i valg, overblik og sammenligninger.</p><p class="buttons">{}</p></div>"#,
                button("Arkivér enheden", move || archive(app, &unit, true))
            )
        }))
    });
    let delete_part = dynamic_view(move || {
        if is_asking.get() {
            deletion_question(app, &unit, is_asking)
        } else {
            button("Slet enheden", move || is_asking.set(true))
        }
    });
    markup!(
        r#"
        <section class="part no-print unit-removal">
            <h2>Arkivér eller slet</h2>
            {}
            <p>Er enheden oprettet ved en fejl, så slet den.</p>
            <div>{}</div>
        </section>"#,
        archive_part,
        delete_part
    )
}

/// Lists the records that are deleted with a unit, and asks for confirmation.
fn deletion_question(app: AppContext, unit: &Id, is_asking: RwSignal<bool>) -> BuiltView {
    let workspace = app.workspace;
    let belongings = Belongings::of(&untrack(|| workspace.all_records()), unit);
    let name = unit_name(app, unit);
    let what = match belongings.danish() {
        what if what.is_empty() => format!("«{name}» kommer i papirkurven. Der hører ikke andet til enheden."),
        what => format!("«{name}» kommer i papirkurven sammen med alt, hvad der hører til: {what}."),
    };
    let below = untrack(|| placed_units(app)).iter().filter(|placed| placed.above.as_ref() == Some(unit)).count();
    let below = match below {
        0 => String::new(),
        1 => " Den ene enhed, der hører under den, bliver.".to_owned(),
        count => format!(" De {count} enheder, der hører under den, bliver."),
    };
    let (delete_name, unit) = (name.clone(), unit.clone());
    let delete = move || {
        let author = workspace.author();
        let last = workspace.last_action();
        // Records may have come since the question was asked.
        for id in &Belongings::of(&untrack(|| workspace.all_records()), &unit).ids {
            workspace.change_unjoined(id, |record| record.delete(None, &author));
        }
        rename_action(app, last, format!("slettede enheden «{delete_name}» med alt, hvad der hører til"));
        platform::navigation::go_to(&Route::Enheder.to_string());
    };
    markup!(
        r#"
        <div class="report refused" role="alert">
            <p><strong>Skal enheden slettes?</strong> {}{} Du kan fortryde, så længe siden er åben, og hente det tilbage fra papirkurven.</p>
            <div class="buttons">{}{}</div>
        </div>"#,
        what,
        below,
        button("Ja, slet enheden", delete),
        button("Nej, behold den", move || is_asking.set(false))
    )
}

/// Archives a unit, or takes it into use again.
fn archive(app: AppContext, unit: &Id, is_archived: bool) {
    let last = app.workspace.last_action();
    let name = unit_name(app, unit);
    app.workspace.edit::<Enhed>(unit, &mut Focus::default(), |unit| unit.archived = is_archived.then_some(true));
    let name = if is_archived {
        format!("arkiverede enheden «{name}»")
    } else {
        format!("tog enheden «{name}» i brug igen")
    };
    rename_action(app, last, name);
}

/// Returns the name of a unit.
fn unit_name(app: AppContext, unit: &Id) -> String {
    let name = untrack(|| app.body::<Enhed>(Some(unit))).name.0;
    if name.is_empty() { "Enhed uden navn".to_owned() } else { name }
}

/// Saves the changes made since an action, and names them as one action. Does not rename an action if nothing changed.
pub(super) fn rename_action(app: AppContext, last: u64, name: String) {
    if app.workspace.last_action() > last {
        app.workspace.rename_last_action(name);
    }
    app.workspace.save_now();
}
