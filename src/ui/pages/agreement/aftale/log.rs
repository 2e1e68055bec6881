//! The follow-up log: dated entries on what happened during the agreement.

use leptos::prelude::*;

use crate::domain::aftale::{Aftale, FollowUpEntry};
use crate::domain::date::Date;
use crate::domain::fractional_index;
use crate::domain::id::Id;
use crate::record::edit::Focus;
use crate::record::path::Path;

use super::AftaleContext;
use crate::ui::kit::components::{FieldType, RecordText};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, button_with_class, dynamic_view, on_click};
use crate::ui::platform;
use crate::ui::state::queries::agreements;

/// Builds the log, the newest entry first.
pub(crate) fn log(ctx: &AftaleContext) -> BuiltView {
    let ctx = ctx.clone();
    let writing = RwSignal::new(None::<Id>);
    // Holds dates and ids without the texts, so that typing in an entry does not rebuild its field.
    let entries = {
        let ctx = ctx.clone();
        Memo::new(move |_| {
            let head: Aftale = agreements::head(&ctx);
            let entries: Vec<(Option<Date>, Id)> =
                head.log.iter().map(|(id, entry)| (entry.date, id.clone())).collect();
            fractional_index::sorted(entries, &|one, other| one > other)
        })
    };
    let add_entry = {
        let ctx = ctx.clone();
        move || {
            let id = platform::ids::new_id();
            let date = Some(ctx.app.today.get_untracked());
            agreements::edit::<Aftale>(ctx.app.workspace, &ctx.id, &mut Focus::default(), |head| {
                head.log.insert(id.clone(), FollowUpEntry { date, ..FollowUpEntry::default() });
            });
            inputs::focus_on(format!("{}-log-{id}-text", ctx.id));
            writing.set(Some(id));
        }
    };
    let list = dynamic_view(move || {
        let rows: Vec<_> = entries.with(|entries| entries.iter().map(|(_, id)| entry_row(&ctx, id, writing)).collect());
        let empty_hint = rows.is_empty().then(|| {
            markup!(r#"<p class="help">Her skriver I, hvad der sker undervejs: et tegn, I så, en indsats, der blev ændret, en samtale.</p>"#)
        });
        markup!(r#"<div>{}<ul class="log">{}</ul></div>"#, empty_hint, rows)
    });
    markup!(
        r#"<section class="agreement-log"><h2>Logbog</h2>{}{}</section>"#,
        button("Skriv i logbogen", add_entry),
        list
    )
}

/// Builds one entry: as text, or as fields if it is the one in `writing`.
fn entry_row(ctx: &AftaleContext, id: &Id, writing: RwSignal<Option<Id>>) -> BuiltView {
    let (ctx, id) = (ctx.clone(), id.clone());
    dynamic_view(move || {
        let workspace = ctx.app.workspace;
        let entry = {
            let (ctx, id) = (ctx.clone(), id.clone());
            move || agreements::head(&ctx).log.get(&id).cloned().unwrap_or_default()
        };
        let path = Path::root("log").child(id.as_str());
        if writing.get().as_ref() != Some(&id) {
            let FollowUpEntry { text, date } = entry();
            let entry_id = id.clone();
            let edit = button_with_class("quiet", "Ret", on_click(move || writing.set(Some(entry_id.clone()))));
            return markup!(
                r#"<li><span class="when">{}</span><span class="text">{}</span>{}</li>"#,
                date.map(Date::danish).unwrap_or_default(),
                if text.as_str().is_empty() { "(ikke skrevet endnu)" } else { text.as_str() },
                edit
            );
        }
        let leaf = inputs::LeafInput { workspace, record: ctx.id.clone(), path: path.child("date") };
        let (record_id, entry_id) = (ctx.id.clone(), id.clone());
        let read_entry = entry.clone();
        let day_field = inputs::day_field(
            leaf,
            format!("log-{id}-date"),
            "Dato",
            move || read_entry().date,
            move |day, focus| {
                agreements::edit::<Aftale>(workspace, &record_id, focus, |head| {
                    head.log.get_or_default(entry_id.clone()).date = day;
                });
            },
        );
        let text = build_view(view! {
            <RecordText workspace record=ctx.id.clone() path=path.child("text") label="Hvad skete der?" help="Ingen navne eller initialer på børn." sort=FieldType::Text/>
        });
        let (record_id, entry_id) = (ctx.id.clone(), id.clone());
        let finish = move || {
            if untrack(|| entry().text.as_str().trim().is_empty()) {
                agreements::edit::<Aftale>(workspace, &record_id, &mut Focus::default(), |head| {
                    drop(head.log.remove(&entry_id));
                });
            }
            writing.set(None);
            workspace.save_now();
        };
        markup!(
            r#"<li class="editing">{}{}{}</li>"#,
            text,
            day_field,
            button_with_class("primary", "Færdig", on_click(finish))
        )
    })
}
