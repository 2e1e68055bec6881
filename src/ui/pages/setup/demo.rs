//! The tour of the demo, a few pages with what there is to see. Fills the stores of the demo on its first visit.

use std::cell::Cell;

use leptos::prelude::*;

use crate::domain::date::Timestamp;
use crate::domain::demo::tour::{STATIONS, Station};
use crate::domain::demo::{self, DemoSink};
use crate::domain::id::Id;
use crate::domain::registry::RegisteredBody;
use crate::record::Record;
use crate::record::dot::Actor;
use crate::record::edit::Author;
use crate::record::history::ChangeOrigin;
use crate::store::report::report;

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::BuiltView;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::workspace::SaveStatus;

thread_local! {
    /// Whether this page has tried to fill the demo. A page whose records another tab has deleted is not filled again
    /// before it is loaded again.
    static HAS_TRIED_TO_FILL: Cell<bool> = const { Cell::new(false) };
}

/// Builds the tour for the bar above a page of the demo.
pub(crate) fn demo_tour(app: AppContext, route: &Route) -> BuiltView {
    fill_if_empty(app);
    match STATIONS.iter().position(|station| Route::parse(station.address) == *route) {
        Some(index) => station_view(index),
        None => markup!(r#"<p class="no-print"><a href="{}">Begynd rundturen</a></p>"#, STATIONS[0].address),
    }
}

/// Builds the text of a station, by its index, and the links to its neighbours.
fn station_view(index: usize) -> BuiltView {
    let Station { title, text, .. } = STATIONS[index];
    let back = index
        .checked_sub(1)
        .map(|before| markup!(r#"<a class="button" href="{}">Tilbage</a>"#, STATIONS[before].address));
    let next = STATIONS.get(index + 1).map(|station| {
        markup!(r#"<a class="button primary" href="{}">{}</a>"#, station.address, format!("Næste: {}", station.title))
    });
    markup!(
        r#"<div class="demo-tour no-print"><p><span class="eyebrow">{}</span>{}</p><p class="buttons">{}{}</p></div>"#,
        format!("Rundtur {} af {}: {title}", index + 1, STATIONS.len()),
        text,
        back,
        next
    )
}

/// Adds the records of the demo, once both stores have answered, if they are empty. (A status other than «unchanged»
/// means that they are not, or that IndexedDB has not answered in time.)
fn fill_if_empty(app: AppContext) {
    let workspace = app.workspace;
    Effect::new(move |_| {
        let has_answered = workspace.save_status.with(|status| *status == SaveStatus::Unchanged);
        if !has_answered || HAS_TRIED_TO_FILL.replace(true) || untrack(|| workspace.has_records()) {
            return;
        }
        app.change_person(|person| *person = demo::visitor());
        demo::build(app.today.get_untracked(), &mut Filling { app, authors: Vec::new() });
        workspace.save_now();
    });
}

/// Puts the records of the demo into the workspace.
struct Filling {
    app: AppContext,
    /// The names of the authors so far.
    authors: Vec<String>,
}

impl Filling {
    /// Returns the author with a name.
    fn author(&mut self, name: &str) -> Option<Author> {
        let index = self.authors.iter().position(|author| author == name).unwrap_or_else(|| {
            self.authors.push(name.to_owned());
            self.authors.len() - 1
        });
        let (day, bits) = demo::authorship(self.app.today.get_untracked(), u8::try_from(index).ok()?)?;
        let at = Timestamp::parse(&format!("{day}T12:00:00Z"))?;
        Some(Author { actor: Actor::from_random(bits), at, by: Some(name.to_owned()) })
    }
}

impl DemoSink for Filling {
    fn put<B: RegisteredBody>(&mut self, id: Id, body: &B, author: &str) {
        let Some(author) = self.author(author) else { return };
        match Record::create(id, body, &author) {
            Ok(record) => self.app.workspace.put(record, ChangeOrigin::File),
            Err(error) => report("a record of the demo", &error),
        }
    }
}
