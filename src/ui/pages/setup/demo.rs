//! The bar of the demo: says that everything is invented, leads through the tour, and leads out again. Fills the stores
//! of the demo on its first visit.

use std::cell::Cell;

use leptos::prelude::*;

use crate::domain::date::{Date, Timestamp};
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
use crate::ui::kit::view::{BuiltView, or_empty};
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::workspace::SaveStatus;

thread_local! {
    /// Whether this page has looked if the demo needs its records. A visitor who deletes everything gets an empty app.
    static HAS_LOOKED: Cell<bool> = const { Cell::new(false) };
}

/// Builds the bar above a page of the demo.
pub(crate) fn demo_bar(app: AppContext, route: &Route) -> BuiltView {
    fill_if_empty(app);
    let place = STATIONS.iter().position(|station| Route::parse(station.address) == *route);
    let begin = place.is_none().then(|| markup!(r#"<a href="{}">Begynd rundturen</a>"#, STATIONS[0].address));
    markup!(
        r#"
        <section class="demo-bar" aria-label="Prøvekommune">
            <p class="demo-mark"><strong>Prøvekommune</strong> <span>Alt her er opdigtet.</span> <span class="demo-links no-print">{} <a href="{}">Forlad prøvekommunen</a></span></p>
            {}
        </section>"#,
        begin,
        platform::navigation::path(),
        or_empty(place.map(station))
    )
}

/// Builds the text of a station, by its place in the tour, and the links to its neighbours.
fn station(place: usize) -> BuiltView {
    let Station { title, text, .. } = STATIONS[place];
    let back = place
        .checked_sub(1)
        .map(|before| markup!(r#"<a class="button" href="{}">Tilbage</a>"#, STATIONS[before].address));
    let next = STATIONS.get(place + 1).map(|station| {
        markup!(r#"<a class="button primary" href="{}">{}</a>"#, station.address, format!("Næste: {}", station.title))
    });
    markup!(
        r#"<div class="demo-tour no-print"><p><span class="eyebrow">{}</span>{}</p><p class="buttons">{}{}</p></div>"#,
        format!("Rundtur {} af {}: {title}", place + 1, STATIONS.len()),
        text,
        back,
        next
    )
}

/// Adds the records of the demo, once the stores have answered, if they are empty.
fn fill_if_empty(app: AppContext) {
    let workspace = app.workspace;
    Effect::new(move |_| {
        let is_loading = workspace.save_status.with(|status| *status == SaveStatus::Loading);
        if is_loading || HAS_LOOKED.replace(true) || untrack(|| workspace.has_records()) {
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
    /// Returns an author with a name. Two demos that were filled on the same day have the same authors, so that their
    /// files can be merged as if they came from one municipality.
    fn author(&mut self, name: &str) -> Option<Author> {
        let number = self.authors.iter().position(|author| author == name).unwrap_or_else(|| {
            self.authors.push(name.to_owned());
            self.authors.len() - 1
        });
        let at = Timestamp::parse(&format!("{}T07:30:00Z", self.app.today.get_untracked()))?;
        let mut bits = [0; 10];
        bits[0] = u8::try_from(number).ok()?;
        let days = at.date().days_since(Date::new(2000, 1, 1)?);
        bits[2..].copy_from_slice(&days.to_be_bytes());
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
