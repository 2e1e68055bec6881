//! The follow-up log: what happened on the way, with dates.

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

/// The log, the newest line first.
pub(crate) fn log(ctx: &AftaleContext) -> BuiltView {
    let ctx = ctx.clone();
    let writing = RwSignal::new(None::<Id>);
    // By its lines, and not by their words: a line that is written must not be built anew under its writer's hands.
    let lines = {
        let ctx = ctx.clone();
        Memo::new(move |_| {
            let head: Aftale = agreements::head(&ctx);
            let lines: Vec<(Option<Date>, Id)> = head.log.iter().map(|(id, entry)| (entry.date, id.clone())).collect();
            fractional_index::sorted(lines, &|one, other| one > other)
        })
    };
    let begin = {
        let ctx = ctx.clone();
        move || {
            let id = platform::ids::mint();
            let date = Some(ctx.desk.today.get_untracked());
            agreements::edit::<Aftale>(ctx.desk.workspace, &ctx.id, &mut Focus::default(), |head| {
                head.log.insert(id.clone(), FollowUpEntry { date, ..FollowUpEntry::default() });
            });
            writing.set(Some(id.clone()));
        }
    };
    let list = dynamic_view(move || {
        let rows: Vec<_> = lines.with(|lines| lines.iter().map(|(_, id)| line(&ctx, id, writing)).collect());
        let none = rows.is_empty().then(|| {
            markup!(r#"<p class="help">Her skriver I, hvad der sker undervejs: et tegn, I så, en indsats, der blev ændret, en samtale.</p>"#)
        });
        markup!(r#"<div>{}<ul class="log">{}</ul></div>"#, none, rows)
    });
    markup!(r#"<section class="agreement-log"><h2>Logbog</h2>{}{}</section>"#, button("Skriv i logbogen", begin), list)
}

fn line(ctx: &AftaleContext, id: &Id, writing: RwSignal<Option<Id>>) -> BuiltView {
    let (ctx, id) = (ctx.clone(), id.clone());
    dynamic_view(move || {
        let workspace = ctx.desk.workspace;
        let entry = {
            let (ctx, id) = (ctx.clone(), id.clone());
            move || agreements::head(&ctx).log.get(&id).cloned().unwrap_or_default()
        };
        let path = Path::root("log").child(id.as_str());
        if writing.get().as_ref() != Some(&id) {
            let FollowUpEntry { text, date } = entry();
            let own = id.clone();
            let edit = button_with_class("quiet", "Ret", on_click(move || writing.set(Some(own.clone()))));
            return markup!(
                r#"<li><span class="when">{}</span><span class="text">{}</span>{}</li>"#,
                date.map(Date::danish).unwrap_or_default(),
                if text.as_str().is_empty() { "(ikke skrevet endnu)" } else { text.as_str() },
                edit
            );
        }
        let at = inputs::LeafInput { workspace, record: ctx.id.clone(), path: path.child("date") };
        let (record, own) = (ctx.id.clone(), id.clone());
        let read = entry.clone();
        let day = inputs::day_field(
            at,
            format!("log-{id}-date"),
            "Dato",
            move || read().date,
            move |day, focus| {
                agreements::edit::<Aftale>(workspace, &record, focus, |head| {
                    head.log.get_or_default(own.clone()).date = day;
                });
            },
        );
        let text = build_view(view! {
            <RecordText workspace record=ctx.id.clone() path=path.child("text") label="Hvad skete der?" help="Ingen navne eller initialer på børn." sort=FieldType::Text/>
        });
        let (record, own) = (ctx.id.clone(), id.clone());
        let done = move || {
            if untrack(|| entry().text.as_str().trim().is_empty()) {
                agreements::edit::<Aftale>(workspace, &record, &mut Focus::default(), |head| {
                    drop(head.log.remove(&own));
                });
            }
            writing.set(None);
            workspace.save_now();
        };
        markup!(r#"<li class="writing">{}{}{}</li>"#, text, day, button_with_class("primary", "Færdig", on_click(done)))
    })
}
