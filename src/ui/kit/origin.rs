//! Where a goal or a trial comes from, and the way back there.

use crate::domain::id::Id;
use crate::domain::reflection::Reflection;
use crate::domain::registry::Kind;
use crate::record::Record;

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::BuiltView;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries;

/// What something grew out of, and the way back there. What came of a part of a record (an item of a workshop, a topic of a
/// conversation) has an origin that follows from both.
pub(crate) fn origin_link(desk: AppContext, origin: &Id) -> BuiltView {
    let whole = std::iter::once(origin.as_str());
    let parts = origin.as_str().rmatch_indices('.').map(|(at, _)| &origin.as_str()[..at]);
    let record = whole.chain(parts).find_map(|id| desk.workspace.get(&Id::parse(id)?));
    match record.and_then(|record| way(desk, &record)) {
        Some((route, words)) => {
            markup!(r#"<p class="help">Kommer af <a href="{}">{}</a></p>"#, route.to_string(), words)
        }
        None => markup!(r#"<p class="help">Begyndt et andet sted, som ikke ligger i denne browser.</p>"#),
    }
}

fn way(desk: AppContext, record: &Record) -> Option<(Route, String)> {
    let id = record.id().clone();
    Some(match record.kind()? {
        Kind::Reflection => {
            let instrument = record.view::<Reflection>().ok()?.instrument?.to_string();
            let words = format!("din refleksion: {}", record.title());
            (Route::Reflection { instrument, id: Some(id) }, words)
        }
        Kind::Workshop => (Route::Workshop(id), format!("workshoppen {}", record.title())),
        Kind::Pyramid => (Route::Pyramide(Some(id)), "arbejdet med et udsagn".to_owned()),
        Kind::Series => (Route::Indikatorer, "jeres tal".to_owned()),
        Kind::Dialogue => return queries::figures::note_origin(desk, &id),
        Kind::Samtale => (Route::Samtale { unit: record.parent(), part: None }, "kvalitetssamtalen".to_owned()),
        Kind::Proevehandling => (Route::Proevehandling(id), format!("prøvehandlingen {}", record.title())),
        _ => return None,
    })
}
