//! The form for new practice. What looks like it already is shown while the user types, before anything is created.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use web_sys::SubmitEvent;

use crate::domain::body::Map;
use crate::domain::cpr::{self, Allowed};
use crate::domain::id::Id;
use crate::domain::practice::{Practice, PracticeDraft, PracticeSort};
use crate::domain::proevehandling::Proevehandling;

use super::similar::{SimilarPractices, similar_part};
use super::words::words;
use crate::ui::kit::components::{Field, FieldEvent, FieldType, no_names_note};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button_with_class, dynamic_view, on_click, or_empty};
use crate::ui::platform;
use crate::ui::platform::focus::focus_after_navigation;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries::practice::{is_of_other_unit, unit_name};

/// The id of the field for the title.
pub(super) const TITLE_INPUT: &str = "new-practice-title";
/// The id of the field for what people do.
const IDEA_INPUT: &str = "new-practice-idea";

thread_local! {
    /// What is written in the forms. It outlives the page, so that a visit to another page loses no text.
    static UNFINISHED: RefCell<UnfinishedForms> =
        const { RefCell::new(UnfinishedForms { written: Vec::new(), open: None }) };
}

/// A form for new practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NewForm {
    /// Title and idea of practice of a sort.
    Practice(PracticeSort),
    /// The four questions on digitalisation, which become a trial.
    Digital,
}

impl NewForm {
    /// Returns the id of the button that opens the form.
    pub(super) const fn button(self) -> &'static str {
        match self {
            Self::Practice(PracticeSort::Deviation) => "begin-deviation",
            Self::Practice(PracticeSort::Trial) => "begin-trial",
            Self::Practice(PracticeSort::Prototype) => "begin-prototype",
            Self::Digital => "begin-digital",
        }
    }
}

/// What is written in the forms for new practice.
struct UnfinishedForms {
    /// What is written, once for each form.
    written: Vec<UnfinishedPractice>,
    /// The form that is open. A closed form keeps its words until it is opened again.
    open: Option<NewForm>,
}

/// New practice that is not created yet.
#[derive(Clone)]
pub(super) struct UnfinishedPractice {
    /// The form in which it is written.
    form: NewForm,
    /// What is written, and what it builds on.
    pub(super) draft: PracticeDraft,
    /// The answers to the questions on digitalisation.
    pub(super) answers: Vec<String>,
    /// What another page knows of a trial that it began.
    trial: Proevehandling,
}

impl UnfinishedPractice {
    fn has_words(&self) -> bool {
        let mut texts = [&self.draft.title, &self.draft.idea].into_iter().chain(&self.answers);
        texts.any(|text| !text.trim().is_empty())
    }
}

/// Returns the form that is open, if any.
pub(super) fn begun_form() -> Option<NewForm> {
    UNFINISHED.with_borrow(|forms| forms.open)
}

/// Opens a form, with the words that were written in it earlier.
pub(super) fn begin_form(form: NewForm) {
    UNFINISHED.with_borrow_mut(|forms| {
        forms.open = Some(form);
        if !forms.written.iter().any(|written| written.form == form) {
            forms.written.push(UnfinishedPractice {
                form,
                draft: PracticeDraft::default(),
                answers: Vec::new(),
                trial: Proevehandling::default(),
            });
        }
    });
}

/// Closes the open form, and drops what is written in it, unless there are words to keep.
pub(super) fn close_form(keeps_words: bool) {
    UNFINISHED.with_borrow_mut(|forms| {
        let closed = forms.open.take();
        forms.written.retain(|written| Some(written.form) != closed || (keeps_words && written.has_words()));
    });
}

/// Changes what is written in the open form. `None` if no form is open.
pub(super) fn change_unfinished<T>(change: impl FnOnce(&mut UnfinishedPractice) -> T) -> Option<T> {
    UNFINISHED.with_borrow_mut(|forms| {
        let open = forms.open?;
        forms.written.iter_mut().find(|written| written.form == open).map(change)
    })
}

/// Creates a trial that belongs to the chosen unit, saves it, and opens its page. For a trial without any text, opens
/// the page of practice, which asks for a title first. What is written in the form there stays.
pub(crate) fn begin_trial(app: AppContext, trial: Proevehandling) {
    let trial = trial.with_title();
    let draft = PracticeDraft {
        title: trial.title.0.clone(),
        idea: trial.idea.0.clone(),
        need: trial.context.0.clone(),
        anchors: Map::default(),
        built_on: trial.built_on.clone(),
        credit: trial.credit.0.clone(),
    };
    if !draft.title.is_empty() {
        create(app, PracticeSort::Trial, &draft, &trial, words(PracticeSort::Trial).first_field);
        return;
    }
    begin_form(NewForm::Practice(PracticeSort::Trial));
    change_unfinished(|unfinished| {
        if draft.built_on.is_some() {
            (unfinished.draft.built_on, unfinished.draft.credit) = (draft.built_on, draft.credit);
        }
        unfinished.trial = trial;
    });
    focus_after_navigation(TITLE_INPUT.to_owned());
    platform::navigation::go_to(&Route::Praksis.to_string());
}

/// Creates practice of the chosen unit from a draft, saves it, and opens its page at a field. A trial has the anchors
/// and the further fields of `trial` too. Returns whether it was created; if not, a message says why.
pub(super) fn create(
    app: AppContext,
    sort: PracticeSort,
    draft: &PracticeDraft,
    trial: &Proevehandling,
    field: &str,
) -> bool {
    let (workspace, id, unit) = (app.workspace, platform::ids::new_id(), untrack(|| app.unit()));
    match sort {
        PracticeSort::Deviation => workspace.create(id.clone(), &draft.deviation(unit)),
        PracticeSort::Trial => {
            let Proevehandling { title, unit, context, idea, mut anchors, built_on, credit, .. } = draft.trial(unit);
            anchors.extend(trial.anchors.iter().map(|(id, anchor)| (id.clone(), anchor.clone())));
            let trial = Proevehandling { title, unit, context, idea, anchors, built_on, credit, ..trial.clone() };
            workspace.create(id.clone(), &trial);
        }
        PracticeSort::Prototype => workspace.create(id.clone(), &draft.prototype(unit, platform::ids::new_id())),
    }
    if workspace.record(&id).is_none() {
        return false;
    }
    workspace.save_now();
    focus_after_navigation(format!("{id}-{field}"));
    platform::navigation::go_to(&Route::Practice(id).to_string());
    true
}

/// A text of the form, with what is wrong with it.
#[derive(Clone, Copy)]
pub(super) struct FormText {
    pub(super) text: RwSignal<String>,
    error: RwSignal<Option<String>>,
}

impl FormText {
    pub(super) fn new(text: String) -> Self {
        Self { text: RwSignal::new(text), error: RwSignal::new(None) }
    }

    /// Builds the field. `note` notes what is typed.
    pub(super) fn field(
        self,
        id: &str,
        (label, help): (&str, &str),
        sort: FieldType,
        note: impl Fn(String) + 'static,
    ) -> BuiltView {
        let on_event = move |event: FieldEvent| {
            if let FieldEvent::Typed(text) = event {
                self.error.set(None);
                note(text.clone());
                self.text.set(text);
            }
        };
        build_view(view! {
            <Field
                id=id.to_owned()
                label=label.to_owned()
                help=help.to_owned()
                sort
                value=Rc::new(move || self.text.get())
                error=self.error
                on_event=Rc::new(on_event)
            />
        })
    }

    /// Returns the text without the space around it; `None` if it has a CPR number, which the field then says.
    pub(super) fn accepted(self, id: &str) -> Option<String> {
        let typed = self.text.with_untracked(|text| cpr::mask(text.trim(), &Allowed::new()));
        if typed.masked.is_empty() {
            return Some(typed.save);
        }
        self.refuse(id, cpr::REFUSED);
        None
    }

    /// Says at the field with an id why the text is refused.
    pub(super) fn refuse(self, id: &str, reason: &str) {
        self.error.set(Some(reason.to_owned()));
        inputs::focus_on(id.to_owned());
    }
}

/// The form for practice of a sort.
#[derive(Clone, Copy)]
struct PracticeForm {
    sort: PracticeSort,
    title: FormText,
    idea: FormText,
    /// The practice that the new one builds on.
    built_on: RwSignal<Option<Id>>,
}

/// Builds the form for new practice of a sort. `open` holds the form that is shown.
pub(super) fn practice_form(app: AppContext, sort: PracticeSort, open: RwSignal<Option<NewForm>>) -> BuiltView {
    let draft = change_unfinished(|unfinished| unfinished.draft.clone()).unwrap_or_default();
    let form = PracticeForm {
        sort,
        title: FormText::new(draft.title),
        idea: FormText::new(draft.idea),
        built_on: RwSignal::new(draft.built_on),
    };
    let similar = Arc::new(SimilarPractices::collect(app));
    let fields = dynamic_view(move || {
        // A field shows what was typed in it for as long as it has the focus, so it is built again for other text.
        form.built_on.track();
        form.fields()
    });
    let start = start_notice(app, &similar, form.built_on);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        form.submit(app);
    };
    let words = words(sort);
    let inner = markup!(
        r#"
        <div class="form">
            <div><h2>{}</h2><p class="help">{}</p></div>
            {}
            <div class="form">{}</div>
            <div>{}</div>
            <div class="buttons"><button type="submit" class="primary">Opret den</button>{}</div>
        </div>"#,
        words.new,
        words.about,
        no_names_note(),
        fields,
        start,
        close_button(open)
    );
    let on_use: Rc<dyn Fn(&Practice)> = Rc::new(move |practice: &Practice| form.use_as_start(app, practice));
    let texts = move || vec![form.title.text.get(), form.idea.text.get()];
    let beside = similar_part(app, similar, texts, form.built_on, on_use);
    build_view(view! { <form class="new-practice" on:submit=submit novalidate>{inner}{beside}</form> })
}

/// Builds the button that closes the form. What is written in it is there when it is opened again.
pub(super) fn close_button(open: RwSignal<Option<NewForm>>) -> BuiltView {
    let close = move || {
        let closed = open.get_untracked();
        close_form(true);
        open.set(None);
        if let Some(form) = closed {
            inputs::focus_on(form.button().to_owned());
        }
    };
    button_with_class("quiet", "Vent med det", on_click(close))
}

/// Builds the field for the title of practice of a sort.
pub(super) fn title_field(title: FormText, sort: PracticeSort) -> BuiltView {
    let question = (words(sort).title_question, "Et par ord, som I alle kan kende igen.");
    title.field(TITLE_INPUT, question, FieldType::Line, |text| {
        change_unfinished(|unfinished| unfinished.draft.title = text);
    })
}

/// Returns the title; `None` if it is empty or refused, which the field then says.
pub(super) fn accepted_title(title: FormText, sort: PracticeSort) -> Option<String> {
    let accepted = title.accepted(TITLE_INPUT)?;
    if accepted.is_empty() {
        let definite = words(sort).definite;
        title.refuse(TITLE_INPUT, &format!("Skriv et kort navn, så I kan finde {definite} igen."));
        return None;
    }
    Some(accepted)
}

/// Makes practice the start of what is being written: its idea is copied, and the credit kept. What is typed stays, and
/// what was copied from an earlier start without being shown does not.
pub(super) fn start_from(app: AppContext, practice: &Practice) -> Option<PracticeDraft> {
    let from = untrack(|| is_of_other_unit(app, practice).then(|| unit_name(app, practice.unit.as_ref())));
    let PracticeDraft { title, idea, need, anchors, built_on, credit } = practice.draft(from.as_deref());
    change_unfinished(|unfinished| {
        let typed = unfinished.draft.clone();
        let title = if typed.title.trim().is_empty() { title } else { typed.title };
        let idea = match unfinished.form {
            // The form does not show the idea.
            NewForm::Digital => idea,
            NewForm::Practice(_) if typed.idea.contains(&idea) => typed.idea,
            NewForm::Practice(_) => joined(&typed.idea, &idea),
        };
        unfinished.draft = PracticeDraft { title, idea, need, anchors, built_on, credit };
        unfinished.draft.clone()
    })
}

/// Builds the notice on the practice that the new one builds on, with the button that drops it. Empty without one.
pub(super) fn start_notice(
    app: AppContext,
    similar: &Arc<SimilarPractices>,
    built_on: RwSignal<Option<Id>>,
) -> BuiltView {
    let similar = Arc::clone(similar);
    let drop_start = move || {
        let dropped = change_unfinished(|unfinished| {
            // What was copied and is not shown goes with it.
            let is_idea_shown = unfinished.form != NewForm::Digital;
            let PracticeDraft { title, idea, .. } = unfinished.draft.clone();
            let idea = if is_idea_shown { idea } else { String::new() };
            unfinished.draft = PracticeDraft { title, idea, ..PracticeDraft::default() };
        });
        if dropped.is_some() {
            built_on.set(None);
            inputs::focus_on(TITLE_INPUT.to_owned());
        }
    };
    dynamic_view(move || {
        let built_on = built_on.get();
        or_empty(similar.find(built_on.as_ref()).map(|practice| {
            let of_unit = if is_of_other_unit(app, practice) {
                format!(" fra {}", unit_name(app, practice.unit.as_ref()))
            } else {
                String::new()
            };
            let idea =
                if begun_form() == Some(NewForm::Digital) { " Dens idé kommer med i prøvehandlingen." } else { "" };
            markup!(
                r#"<div class="notice"><p role="status">Bygger på «{}»{}. Det, du har skrevet, står her stadig.{}</p>{}</div>"#,
                practice.title.as_str(),
                of_unit,
                idea,
                button_with_class("quiet", "Begynd uden den", on_click(drop_start))
            )
        }))
    })
}

/// Joins two texts by an empty line.
fn joined(first: &str, second: &str) -> String {
    if first.trim().is_empty() { second.to_owned() } else { format!("{first}\n\n{second}") }
}

impl PracticeForm {
    fn fields(self) -> BuiltView {
        let (label, help) = words(self.sort).idea_question;
        let idea = self.idea.field(IDEA_INPUT, (label, help), FieldType::Text, |text| {
            change_unfinished(|unfinished| unfinished.draft.idea = text);
        });
        build_view(vec![title_field(self.title, self.sort), idea])
    }

    fn use_as_start(self, app: AppContext, practice: &Practice) {
        let Some(draft) = start_from(app, practice) else { return };
        self.title.text.set(draft.title);
        self.idea.text.set(draft.idea);
        self.built_on.set(draft.built_on);
        inputs::focus_on(TITLE_INPUT.to_owned());
    }

    fn submit(self, app: AppContext) {
        let Some(title) = accepted_title(self.title, self.sort) else { return };
        let Some(idea) = self.idea.accepted(IDEA_INPUT) else { return };
        let unfinished = change_unfinished(|unfinished| {
            unfinished.draft.title = title;
            unfinished.draft.idea = idea;
            unfinished.clone()
        });
        let Some(UnfinishedPractice { draft, trial, .. }) = unfinished else { return };
        if create(app, self.sort, &draft, &trial, words(self.sort).first_field) {
            close_form(false);
        }
    }
}
