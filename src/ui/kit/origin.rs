//! The link from a goal or a trial back to the record it was created from.

use crate::domain::id::Id;
use crate::domain::reflection::Reflection;
use crate::domain::registry::Kind;
use crate::record::Record;

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::BuiltView;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries;

/// Shows a link to the record that an origin id refers to.
///
/// An origin within a record (an item of a workshop, a topic of a samtale) has an id that is the id of the record, a
/// dot, and the id of the part. So the id itself is looked up first, then its prefixes up to each dot.
pub(crate) fn origin_link(app: AppContext, origin: &Id) -> BuiltView {
    let full_id = std::iter::once(origin.as_str());
    let prefixes = origin.as_str().rmatch_indices('.').map(|(end, _)| &origin.as_str()[..end]);
    let record = full_id.chain(prefixes).find_map(|id| app.workspace.get(&Id::parse(id)?));
    match record.and_then(|record| link_target(app, &record)) {
        Some((route, text)) => {
            markup!(r#"<p class="help">Kommer af <a href="{}">{}</a></p>"#, route.to_string(), text)
        }
        None => markup!(r#"<p class="help">Begyndt et andet sted, som ikke ligger i denne browser.</p>"#),
    }
}

/// Returns the route to a record, and the text of the link. `None` for kinds that nothing is created from.
fn link_target(app: AppContext, record: &Record) -> Option<(Route, String)> {
    let id = record.id().clone();
    Some(match record.kind()? {
        Kind::Reflection => {
            let instrument = record.view::<Reflection>().ok()?.instrument?.to_string();
            let text = format!("din refleksion: {}", record.title());
            (Route::Reflection { instrument, id: Some(id) }, text)
        }
        Kind::Workshop => (Route::Workshop(id), format!("workshoppen {}", record.title())),
        Kind::Pyramid => (Route::Pyramide(Some(id)), "arbejdet med et udsagn".to_owned()),
        Kind::Series => (Route::Indikatorer, "jeres tal".to_owned()),
        Kind::Dialogue => return queries::figures::note_origin(app, &id),
        Kind::Samtale => (Route::Samtale { unit: record.parent(), part: None }, "kvalitetssamtalen".to_owned()),
        Kind::Proevehandling => (Route::Practice(id), format!("prøvehandlingen {}", record.title())),
        Kind::Deviation => (Route::Practice(id), format!("den positive afvigelse {}", record.title())),
        Kind::Prototype => (Route::Practice(id), format!("prototypen {}", record.title())),
        Kind::UnitStory => (Route::Stories, format!("historien {}", record.title())),
        _ => return None,
    })
}
