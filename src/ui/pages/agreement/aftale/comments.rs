//! Notes in the margin of a field: either party's, answered by being settled.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::comment::Comment;
use crate::domain::id::Id;
use crate::domain::text::UserText;
use crate::record::edit::Focus;
use crate::record::path::Path;

use super::AftaleContext;
use crate::ui::kit::components::{FieldType, RecordText};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button_with_class, dynamic_view, on_click};
use crate::ui::platform;
use crate::ui::state::queries::agreements;

/// The notes at a record: what a page of fields shares.
#[derive(Clone)]
pub(crate) struct Margin {
    ctx: AftaleContext,
    on: Id,
    all: Memo<Vec<(Id, Comment)>>,
    /// The note that is being written here.
    writing: RwSignal<Option<Id>>,
}

impl Margin {
    /// The margin of a record.
    pub(crate) fn of(ctx: &AftaleContext, on: &Id) -> Self {
        let (workspace, record) = (ctx.desk.workspace, on.clone());
        Self {
            ctx: ctx.clone(),
            on: on.clone(),
            all: Memo::new(move |_| agreements::comments(workspace, &record)),
            writing: RwSignal::new(None),
        }
    }

    /// A field with its margin.
    pub(crate) fn at(&self, path: &Path, about: &'static str, field: BuiltView) -> BuiltView {
        let (margin, path) = (self.clone(), path.as_str().to_owned());
        // Without the words of the one that is being written: its field must not be built anew under its writer's hands.
        let (all, writing, at) = (self.all, self.writing, path.clone());
        let found = Memo::new(move |_| {
            let written = writing.get();
            let here = |(_, comment): &&(Id, Comment)| comment.field.as_deref() == Some(&at);
            let said = |(id, comment): &(Id, Comment)| {
                let is_written = written.as_ref() == Some(id);
                (id.clone(), if is_written { None } else { Some(comment.clone()) })
            };
            all.with(|all| all.iter().filter(here).map(said).collect::<Vec<_>>())
        });
        let notes = dynamic_view(move || {
            let notes: Vec<_> =
                found.get().iter().map(|(id, comment)| margin.note(id, comment.as_ref(), about)).collect();
            let (again, path) = (margin.clone(), path.clone());
            let name = format!("Kommentér {about}");
            let begin = on_click(move || again.begin(&path));
            let begin = build_view(
                view! { <button type="button" class="quiet comment" aria-label=name on:click=begin>"Kommentér"</button> },
            );
            markup!(r#"<div class="notes">{}{}</div>"#, notes, begin)
        });
        markup!(r#"<div class="margined"><div>{}</div>{}</div>"#, field, notes)
    }

    /// Begins a note: it is a record at once, so nothing typed in it waits for a button.
    fn begin(&self, path: &str) {
        let head = untrack(|| agreements::head(&self.ctx));
        let author = untrack(|| agreements::own_party(&self.ctx)).map(|party| UserText::from(head.party(party)));
        let id = platform::ids::mint();
        self.ctx.desk.workspace.create(
            id.clone(),
            &Comment {
                on: Some(self.on.clone()),
                field: Some(path.to_owned()),
                author: author.unwrap_or_default(),
                date: Some(self.ctx.desk.today.get_untracked()),
                ..Comment::default()
            },
        );
        self.writing.set(Some(id.clone()));
        inputs::focus_on(format!("{id}-text"));
    }

    /// A note; one without words is being written.
    fn note(&self, id: &Id, comment: Option<&Comment>, about: &'static str) -> BuiltView {
        let workspace = self.ctx.desk.workspace;
        let Some(comment) = comment else {
            let (writing, own) = (self.writing, id.clone());
            let done = move || {
                // Nothing was said.
                let is_empty = workspace
                    .record(&own)
                    .is_some_and(|record| record.with_untracked(|record| record.title().trim().is_empty()));
                if is_empty {
                    let author = workspace.author();
                    workspace.change(&own, |record| record.delete(None, &author));
                }
                writing.set(None);
                workspace.save_now();
            };
            let text = build_view(view! {
                <RecordText workspace record=id.clone() path=Path::root("text") label="Kommentar" help="Ingen navne eller initialer på børn." sort=FieldType::Text/>
            });
            return markup!(r#"<div class="note">{}{}</div>"#, text, button_with_class("", "Færdig", on_click(done)));
        };
        if comment.text.as_str().trim().is_empty() {
            return build_view(());
        }
        let day = self.ctx.desk.today;
        let act: Rc<dyn Fn(bool)> = {
            let own = id.clone();
            Rc::new(move |is_settled| {
                let day = day.get_untracked();
                agreements::edit::<Comment>(workspace, &own, &mut Focus::default(), |comment| {
                    comment.settled = is_settled.then_some(day);
                });
                workspace.save_now();
            })
        };
        let by = [
            comment.author.as_str().to_owned(),
            comment.date.map(crate::domain::date::Date::danish).unwrap_or_default(),
        ];
        let by = by.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(", ");
        if let Some(settled) = comment.settled {
            let again = button_with_class("quiet", "Åbn igen", on_click(move || act(false)));
            return markup!(
                r#"<details class="note settled"><summary>{}</summary><p class="text">{}</p><p class="help">{}</p>{}</details>"#,
                format!("Afsluttet {}", settled.danish()),
                comment.text.as_str(),
                by,
                again
            );
        }
        let name = format!("Afslut kommentaren til {about}");
        let settle = on_click(move || act(true));
        let settle =
            build_view(view! { <button type="button" class="quiet" aria-label=name on:click=settle>"Afslut"</button> });
        let (writing, own) = (self.writing, id.clone());
        let edit = button_with_class("quiet", "Ret", on_click(move || writing.set(Some(own.clone()))));
        markup!(
            r#"<div class="note"><p class="text">{}</p><p class="help">{}</p><div class="buttons">{}{}</div></div>"#,
            comment.text.as_str(),
            by,
            settle,
            edit
        )
    }
}
