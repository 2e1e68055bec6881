//! «Begynd med digitalisering»: the four questions of the foundation, whose answers become a trial.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use web_sys::SubmitEvent;

use crate::domain::fundament::{self, FundamentItem};
use crate::domain::goal::Anchor;
use crate::domain::id::Id;
use crate::domain::practice::{DIGITAL_LEVER, DIGITAL_START, Practice, PracticeSort};
use crate::domain::proevehandling::Proevehandling;

use super::new::{
    FormText, NewForm, TITLE_INPUT, accepted_title, change_unfinished, close_button, close_form, create, start_from,
    start_notice, title_field,
};
use super::similar::{SimilarPractices, similar_part};
use crate::ui::kit::components::{FieldType, no_names_note};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, dynamic_view};
use crate::ui::state::app_context::AppContext;

/// The texts of the form: the title, and an answer to each question.
#[derive(Clone)]
struct DigitalForm {
    title: FormText,
    answers: Vec<(&'static FundamentItem, FormText)>,
}

/// Builds the form. `open` holds the form that is shown.
pub(super) fn digital_form(app: AppContext, open: RwSignal<Option<NewForm>>) -> BuiltView {
    let (draft, written) =
        change_unfinished(|unfinished| (unfinished.draft.clone(), unfinished.answers.clone())).unwrap_or_default();
    let mut written = written.into_iter();
    let answers = questions().iter().map(|question| (question, FormText::new(written.next().unwrap_or_default())));
    let form = DigitalForm { title: FormText::new(draft.title), answers: answers.collect() };
    let built_on = RwSignal::new(draft.built_on);
    let fields = {
        let form = form.clone();
        dynamic_view(move || {
            // A field shows what was typed in it for as long as it has the focus, so it is built again for other text.
            built_on.track();
            form.fields()
        })
    };
    let (submitted, used) = (form.clone(), form.clone());
    let similar = Arc::new(SimilarPractices::collect(app));
    let start = start_notice(app, &similar, built_on);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        submitted.submit(app);
    };
    let inner = markup!(
        r#"
        <div class="form">
            <div><h2>Begynd med digitalisering</h2><p class="help">Svar på fire spørgsmål. Svarene bliver til situationen i en prøvehandling.</p></div>
            {}
            <div class="form">{}</div>
            <div>{}</div>
            <div class="buttons"><button type="submit" class="primary">Opret den</button>{}</div>
        </div>"#,
        no_names_note(),
        fields,
        start,
        close_button(open)
    );
    let on_use: Rc<dyn Fn(&Practice)> = Rc::new(move |practice: &Practice| {
        if let Some(draft) = start_from(app, practice) {
            used.title.text.set(draft.title);
            built_on.set(draft.built_on);
            inputs::focus_on(TITLE_INPUT.to_owned());
        }
    });
    let beside = similar_part(app, similar, move || form.texts(), built_on, on_use);
    build_view(view! { <form class="new-practice" on:submit=submit novalidate>{inner}{beside}</form> })
}

/// Returns the questions of the foundation. The field for the answer to a question has its id.
fn questions() -> &'static [FundamentItem] {
    let item = fundament::present_edition().and_then(|edition| edition.find(DIGITAL_START));
    item.map(|item| item.parts.as_slice()).unwrap_or_default()
}

/// Moves the focus to the field for the first answer.
pub(super) fn focus_on_first_question() {
    if let Some(question) = questions().first() {
        inputs::focus_on(question.id.clone());
    }
}

impl DigitalForm {
    fn fields(&self) -> BuiltView {
        let answer = |(index, (question, answer)): (usize, &(&'static FundamentItem, FormText))| {
            answer.field(
                &question.id,
                (question.label.as_str(), question.text.as_str()),
                FieldType::Text,
                move |text| {
                    change_unfinished(|unfinished| {
                        if unfinished.answers.len() <= index {
                            unfinished.answers.resize(index + 1, String::new());
                        }
                        if let Some(answer) = unfinished.answers.get_mut(index) {
                            *answer = text;
                        }
                    });
                },
            )
        };
        let mut fields: Vec<BuiltView> = self.answers.iter().enumerate().map(answer).collect();
        fields.push(title_field(self.title, PracticeSort::Trial));
        build_view(fields)
    }

    /// Returns what is written, tracked.
    fn texts(&self) -> Vec<String> {
        let answers = self.answers.iter().map(|(_, answer)| answer.text.get());
        std::iter::once(self.title.text.get()).chain(answers).collect()
    }

    /// Creates the trial, or says at a field why that is not possible.
    fn submit(&self, app: AppContext) {
        let mut situation = Vec::new();
        for (question, answer) in &self.answers {
            let Some(answer) = answer.accepted(&question.id) else { return };
            if !answer.is_empty() {
                situation.push(format!("{}\n{answer}", question.label));
            }
        }
        if let Some((question, answer)) = self.answers.first().filter(|_| situation.is_empty()) {
            answer.refuse(&question.id, "Svar på mindst ét af spørgsmålene.");
            return;
        }
        let Some(title) = accepted_title(self.title, PracticeSort::Trial) else { return };
        let draft = change_unfinished(|unfinished| {
            unfinished.draft.title = title;
            unfinished.draft.need = situation.join("\n\n");
            if let Some(lever) = Id::parse(DIGITAL_LEVER) {
                unfinished.draft.anchors.insert(lever.clone(), Anchor::Lever(lever));
            }
            unfinished.draft.clone()
        });
        let Some(draft) = draft else { return };
        if create(app, PracticeSort::Trial, &draft, &Proevehandling::default(), "idea") {
            close_form(false);
        }
    }
}
