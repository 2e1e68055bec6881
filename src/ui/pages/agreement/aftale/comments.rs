//! Comments in the margin of a field. Both parties can write comments, and settle them.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::comment::Comment;
use crate::domain::id::Id;
use crate::domain::text::UserText;
use crate::record::edit::Focus;
use crate::record::path::Path;

use super::AftaleContext;
use crate::ui::kit::components::{FieldType, MenuItems, RecordText};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button_with_class, button_with_label, dynamic_view, on_click};
use crate::ui::platform;
use crate::ui::state::queries::agreements;

/// The comments on a record, shared by all fields of a page.
#[derive(Clone)]
pub(crate) struct Margin {
    ctx: AftaleContext,
    record_id: Id,
    comments: Memo<Vec<(Id, Comment)>>,
    /// The comment that is being written on this page.
    writing: RwSignal<Option<Id>>,
}

impl Margin {
    /// Returns the margin of a record.
    pub(crate) fn of(ctx: &AftaleContext, record_id: &Id) -> Self {
        let (workspace, parent) = (ctx.app.workspace, record_id.clone());
        Self {
            ctx: ctx.clone(),
            record_id: record_id.clone(),
            comments: Memo::new(move |_| agreements::comments(workspace, &parent)),
            writing: RwSignal::new(None),
        }
    }

    /// Returns the menu item that begins a comment on `path`. `about` names the field for screen readers.
    pub(crate) fn menu_item(&self, path: &Path, about: &'static str) -> MenuItems {
        let (margin, path) = (self.clone(), path.as_str().to_owned());
        Rc::new(move || {
            let (margin, path) = (margin.clone(), path.clone());
            let name = format!("Kommentér {about}");
            button_with_label("quiet", "Kommentér", name, on_click(move || margin.begin_comment(&path)))
        })
    }

    /// Adds the margin to a field: the comments on `path`. `about` names the field for screen readers.
    pub(crate) fn wrap(&self, path: &Path, about: &'static str, field: BuiltView) -> BuiltView {
        let (margin, field_path) = (self.clone(), path.as_str().to_owned());
        // The comment that is being written is listed without its text, so that typing does not rebuild its field.
        let (comments, writing) = (self.comments, self.writing);
        let field_comments = Memo::new(move |_| {
            let writing = writing.get();
            let is_of_field = |(_, comment): &&(Id, Comment)| comment.field.as_deref() == Some(&field_path);
            let without_typed_text = |(id, comment): &(Id, Comment)| {
                let is_being_written = writing.as_ref() == Some(id);
                (id.clone(), if is_being_written { None } else { Some(comment.clone()) })
            };
            comments.with(|comments| comments.iter().filter(is_of_field).map(without_typed_text).collect::<Vec<_>>())
        });
        let notes = dynamic_view(move || {
            let views: Vec<_> = field_comments
                .get()
                .iter()
                .map(|(id, comment)| margin.comment_view(id, comment.as_ref(), about))
                .collect();
            markup!(r#"<div class="notes">{}</div>"#, views)
        });
        markup!(r#"<div class="with-notes"><div>{}</div>{}</div>"#, field, notes)
    }

    /// Begins a comment. The record is created at once, so that everything typed is saved without a button.
    fn begin_comment(&self, path: &str) {
        let head = untrack(|| agreements::head(&self.ctx));
        let author = untrack(|| agreements::own_party(&self.ctx)).map(|party| UserText::from(head.party(party)));
        let id = platform::ids::new_id();
        self.ctx.app.workspace.create(
            id.clone(),
            &Comment {
                on: Some(self.record_id.clone()),
                field: Some(path.to_owned()),
                author: author.unwrap_or_default(),
                date: Some(self.ctx.app.today.get_untracked()),
                ..Comment::default()
            },
        );
        self.writing.set(Some(id.clone()));
        inputs::focus_on(format!("{id}-text"));
    }

    /// Builds a comment. `comment` is `None` while the comment is being written; the view is a text field then.
    fn comment_view(&self, id: &Id, comment: Option<&Comment>, about: &'static str) -> BuiltView {
        let workspace = self.ctx.app.workspace;
        let Some(comment) = comment else {
            let (writing, comment_id) = (self.writing, id.clone());
            let finish = move || {
                // An empty comment is deleted.
                let is_empty = workspace
                    .record(&comment_id)
                    .is_some_and(|record| record.with_untracked(|record| record.title().trim().is_empty()));
                if is_empty {
                    let author = workspace.author();
                    workspace.change(&comment_id, |record| record.delete(None, &author));
                }
                writing.set(None);
                workspace.save_now();
            };
            let text = build_view(view! {
                <RecordText workspace record=id.clone() path=Path::root("text") label="Kommentar" help="Ingen navne eller initialer på børn." sort=FieldType::Text/>
            });
            return markup!(r#"<div class="note">{}{}</div>"#, text, button_with_class("", "Færdig", on_click(finish)));
        };
        if comment.text.as_str().trim().is_empty() {
            return build_view(());
        }
        let today = self.ctx.app.today;
        let set_settled: Rc<dyn Fn(bool)> = {
            let comment_id = id.clone();
            Rc::new(move |is_settled| {
                let today = today.get_untracked();
                agreements::edit::<Comment>(workspace, &comment_id, &mut Focus::default(), |comment| {
                    comment.settled = is_settled.then_some(today);
                });
                workspace.save_now();
            })
        };
        let byline = [
            comment.author.as_str().to_owned(),
            comment.date.map(crate::domain::date::Date::danish).unwrap_or_default(),
        ];
        let byline = byline.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(", ");
        if let Some(settled) = comment.settled {
            let reopen_button = button_with_class("quiet", "Åbn igen", on_click(move || set_settled(false)));
            return markup!(
                r#"<details class="note settled"><summary>{}</summary><p class="text">{}</p><p class="help">{}</p>{}</details>"#,
                format!("Afsluttet {}", settled.danish()),
                comment.text.as_str(),
                byline,
                reopen_button
            );
        }
        let name = format!("Afslut kommentaren til {about}");
        let settle_button = on_click(move || set_settled(true));
        let settle_button = button_with_label("quiet", "Afslut", name, settle_button);
        let (writing, comment_id) = (self.writing, id.clone());
        let edit_button = button_with_class("quiet", "Ret", on_click(move || writing.set(Some(comment_id.clone()))));
        markup!(
            r#"<div class="note"><p class="text">{}</p><p class="help">{}</p><div class="buttons">{}{}</div></div>"#,
            comment.text.as_str(),
            byline,
            settle_button,
            edit_button
        )
    }
}
