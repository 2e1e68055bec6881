//! Notes in the margin of a field: either party's, answered by being settled.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::comment::Comment;
use crate::domain::id::Id;
use crate::domain::text::Text;
use crate::record::edit::Focus;
use crate::record::path::Path;

use super::{Ctx, gather};
use crate::ui::kit::components::{RecordText, Sort};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{Made, button_of, live, made, press};
use crate::ui::platform;

/// The notes at a record: what a page of fields shares.
#[derive(Clone)]
pub(crate) struct Margin {
    ctx: Ctx,
    on: Id,
    all: Memo<Vec<(Id, Comment)>>,
    /// The note that is being written here.
    writing: RwSignal<Option<Id>>,
}

impl Margin {
    /// The margin of a record.
    pub(crate) fn of(ctx: &Ctx, on: &Id) -> Self {
        let (workspace, record) = (ctx.desk.workspace, on.clone());
        Self {
            ctx: ctx.clone(),
            on: on.clone(),
            all: Memo::new(move |_| gather::comments(workspace, &record)),
            writing: RwSignal::new(None),
        }
    }

    /// A field with its margin.
    pub(crate) fn at(&self, path: &Path, about: &'static str, field: Made) -> Made {
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
        let notes = live(move || {
            let notes: Vec<_> =
                found.get().iter().map(|(id, comment)| margin.note(id, comment.as_ref(), about)).collect();
            let (again, path) = (margin.clone(), path.clone());
            let name = format!("Kommentér {about}");
            let begin = press(move || again.begin(&path));
            let begin = made(
                view! { <button type="button" class="quiet comment" aria-label=name on:click=begin>"Kommentér"</button> },
            );
            markup!(r#"<div class="notes">{}{}</div>"#, notes, begin)
        });
        markup!(r#"<div class="margined"><div>{}</div>{}</div>"#, field, notes)
    }

    /// Begins a note: it is a record at once, so nothing typed in it waits for a button.
    fn begin(&self, path: &str) {
        let head = untrack(|| gather::head(&self.ctx));
        let author = untrack(|| gather::me(&self.ctx)).map(|party| Text::from(head.party(party)));
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
    fn note(&self, id: &Id, comment: Option<&Comment>, about: &'static str) -> Made {
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
            let text = made(view! {
                <RecordText workspace record=id.clone() path=Path::root("text") label="Kommentar" help="Ingen navne eller initialer på børn." sort=Sort::Text/>
            });
            return markup!(r#"<div class="note">{}{}</div>"#, text, button_of("", "Færdig", press(done)));
        };
        if comment.text.as_str().trim().is_empty() {
            return made(());
        }
        let day = self.ctx.desk.today;
        let act: Rc<dyn Fn(bool)> = {
            let own = id.clone();
            Rc::new(move |is_settled| {
                let day = day.get_untracked();
                gather::edit::<Comment>(workspace, &own, &mut Focus::default(), |comment| {
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
            let again = button_of("quiet", "Åbn igen", press(move || act(false)));
            return markup!(
                r#"<details class="note settled"><summary>{}</summary><p class="text">{}</p><p class="help">{}</p>{}</details>"#,
                format!("Afsluttet {}", settled.danish()),
                comment.text.as_str(),
                by,
                again
            );
        }
        let name = format!("Afslut kommentaren til {about}");
        let settle = press(move || act(true));
        let settle =
            made(view! { <button type="button" class="quiet" aria-label=name on:click=settle>"Afslut"</button> });
        let (writing, own) = (self.writing, id.clone());
        let edit = button_of("quiet", "Ret", press(move || writing.set(Some(own.clone()))));
        markup!(
            r#"<div class="note"><p class="text">{}</p><p class="help">{}</p><div class="buttons">{}{}</div></div>"#,
            comment.text.as_str(),
            by,
            settle,
            edit
        )
    }
}
