//! What looks like new practice while it is being written: «We look for what exists before we build anew» [FIF-12].

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use crate::domain::id::Id;
use crate::domain::practice::Practice;
use crate::domain::similar::SimilarityIndex;

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, button_with_label, dynamic_text, dynamic_view, on_click, or_empty};
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries::practice::{is_of_other_unit, practices, unit_name};

/// The number of similar practices that are shown.
const MOST_SHOWN: usize = 3;
/// The fewest letters that are compared.
const FEWEST_LETTERS: usize = 3;

/// The practices that new practice is compared with, and the index of their words.
pub(super) struct SimilarPractices {
    practices: Vec<Practice>,
    index: SimilarityIndex,
}

impl SimilarPractices {
    /// Collects and indexes all practices that may be shown, untracked. Done once for each visit of a form.
    pub(super) fn collect(app: AppContext) -> Self {
        let practices: Vec<Practice> = untrack(|| {
            let is_shown = |practice: &Practice| practice.is_in_library(!is_of_other_unit(app, practice));
            practices(app, None).into_iter().filter(is_shown).collect()
        });
        let texts: Vec<(String, String)> =
            practices.iter().map(|practice| (practice.title.clone(), practice.words.clone())).collect();
        Self { index: SimilarityIndex::new(&texts), practices }
    }

    /// Returns the positions of the practices that look most like one of some texts. Each text is compared by itself,
    /// because a long text about something else would hide what another text has in common with a practice.
    fn most_similar(&self, texts: &[String], except: Option<&Id>) -> Vec<usize> {
        let is_long_enough = |text: &&String| text.chars().nth(FEWEST_LETTERS - 1).is_some();
        let compared = texts.iter().filter(is_long_enough);
        let lists: Vec<Vec<usize>> = compared.map(|text| self.index.most_similar(text, MOST_SHOWN + 1)).collect();
        let mut found = Vec::new();
        for rank in 0..=MOST_SHOWN {
            for position in lists.iter().filter_map(|list| list.get(rank)) {
                let is_other = self.practices.get(*position).is_some_and(|practice| Some(&practice.id) != except);
                if is_other && found.len() < MOST_SHOWN && !found.contains(position) {
                    found.push(*position);
                }
            }
        }
        found
    }

    /// Returns the practice with an id.
    pub(super) fn find(&self, id: Option<&Id>) -> Option<&Practice> {
        self.practices.iter().find(|practice| Some(&practice.id) == id)
    }
}

/// Builds the list of the practices that look most like one of some texts. `built_on` is not among them.
pub(super) fn similar_part(
    app: AppContext,
    similar: Arc<SimilarPractices>,
    texts: impl Fn() -> Vec<String> + Send + Sync + 'static,
    built_on: RwSignal<Option<Id>>,
    on_use: Rc<dyn Fn(&Practice)>,
) -> BuiltView {
    // A space more is no other text, so it is not compared again. The list is built again only when others are found.
    let texts = Memo::new(move |_| texts().iter().map(|text| text.trim().to_owned()).collect::<Vec<String>>());
    let found = {
        let similar = Arc::clone(&similar);
        Memo::new(move |_| texts.with(|texts| similar.most_similar(texts, built_on.get().as_ref())))
    };
    let status = dynamic_text(move || match found.with(Vec::len) {
        0 => String::new(),
        count => format!("{count} ligner det, du skriver."),
    });
    let list = dynamic_view(move || {
        let found: Vec<&Practice> =
            found.get().into_iter().filter_map(|position| similar.practices.get(position)).collect();
        or_empty((!found.is_empty()).then(|| {
            let rows: Vec<BuiltView> = found.into_iter().map(|practice| row(app, practice, &on_use)).collect();
            markup!(
                r#"
                <section class="similar">
                    <h3>Det findes måske allerede</h3>
                    <p class="help">Læs det, før I begynder forfra. Bruger I det, følger det med, hvis idé det er.</p>
                    <ul class="similar-practices">{}</ul>
                </section>"#,
                rows
            )
        }))
    });
    markup!(r#"<div><p class="visually-hidden" role="status">{}</p><div>{}</div></div>"#, status, list)
}

fn row(app: AppContext, practice: &Practice, on_use: &Rc<dyn Fn(&Practice)>) -> BuiltView {
    let is_of_other = is_of_other_unit(app, practice);
    let unit = if is_of_other { unit_name(app, practice.unit.as_ref()) } else { "Jeres egen".to_owned() };
    let summary = Some(practice.summary.as_str()).filter(|summary| *summary != practice.title);
    let (used, on_use) = (practice.clone(), Rc::clone(on_use));
    markup!(
        r#"
        <li>
            <p><strong>{}</strong> <span class="help">{}</span></p>
            {}
            <div class="buttons">{}<a class="button" href="{}" aria-label="Åbn: {}">Åbn</a></div>
        </li>"#,
        practice.title.as_str(),
        format!("{unit} · {} · {}", practice.sort.danish(), practice.state.danish()),
        summary.map(|summary| markup!("<p>{}</p>", summary)),
        button_with_label(
            "",
            "Brug som udgangspunkt",
            format!("Brug som udgangspunkt: {}", practice.title),
            on_click(move || on_use(&used))
        ),
        Route::Practice(practice.id.clone()).to_string(),
        practice.title.as_str()
    )
}
