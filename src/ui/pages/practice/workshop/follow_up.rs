//! Turns the decision on an item into a goal of the unit's agreement, or into a trial. A small form asks first who is
//! responsible, and when the matter is looked at again.
//!
//! The new record stores its origin. The decision finds the record by that origin, and links to it.

use std::rc::Rc;

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;

use crate::document::workshop::DecisionOutcome;
use crate::domain::cpr::{self, Allowed};
use crate::domain::date::Date;
use crate::domain::fractional_index;
use crate::domain::goal::{Area, Goal, Initiative};
use crate::domain::id::Id;
use crate::domain::instrument::InstrumentItem;
use crate::domain::period::Span;
use crate::domain::proevehandling::Proevehandling;
use crate::domain::registry::Kind;
use crate::domain::text::UserText;
use crate::record::Record;
use crate::record::life::Life;
use crate::record::path::Path;

use crate::ui::kit::components::{Field, FieldEvent, FieldType};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button_with_class, dynamic_view, on_click, or_empty};
use crate::ui::pages::agreement::aftale::{AftaleContext, newest_agreement};
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries::agreements;

/// Links to the goal and the trial that a decision became, or buttons that open the form which creates them. Empty as
/// long as nothing is decided.
pub(crate) fn follow_up(app: AppContext, workshop: &Id, item: &'static InstrumentItem) -> BuiltView {
    let Some(origin) = Id::derived(workshop, &item.id) else { return markup!("<span></span>") };
    let path = Path::root("decisions").child(item.id.as_str());
    let decision = ItemDecision { app, workshop: workshop.clone(), path, item, origin, form: FollowUpForm::default() };
    let status = {
        let decision = decision.clone();
        // Only what the view depends on, so that typing in a goal or a trial does not rebuild the form.
        Memo::new(move |_| decision.status())
    };
    dynamic_view(move || decision.view(&status.get()))
}

/// What the decision on an item became, in a line of Danish: `Prøvehandling · Mette · 15. marts 2027`. `None` as long as
/// it became nothing.
pub(crate) fn outcome_text(app: AppContext, workshop: &Id, item: &InstrumentItem) -> Option<String> {
    let outcomes: Vec<String> = outcomes(app, workshop, item).iter().map(DecisionOutcome::danish).collect();
    (!outcomes.is_empty()).then(|| outcomes.join("; "))
}

/// What the decision on an item became: a goal, a trial, both, or nothing.
pub(crate) fn outcomes(app: AppContext, workshop: &Id, item: &InstrumentItem) -> Vec<DecisionOutcome> {
    let Some(origin) = Id::derived(workshop, &item.id) else { return Vec::new() };
    // A record that passed `Record::check` can always be viewed.
    let goal = find_by_origin(app, Kind::Goal, &origin).and_then(|record| record.view::<Goal>().ok());
    let trial = find_by_origin(app, Kind::Proevehandling, &origin);
    let trial = trial.and_then(|record| record.view::<Proevehandling>().ok());
    let goal = goal.as_ref().map(DecisionOutcome::of_goal);
    goal.into_iter().chain(trial.as_ref().map(DecisionOutcome::of_trial)).collect()
}

/// The record of a kind that has the given origin and is not in the trash.
fn find_by_origin(app: AppContext, kind: Kind, origin: &Id) -> Option<Record> {
    let path = Path::root("origin");
    let has_origin =
        |record: &Record| record.shown_text(&path) == Some(origin.as_str()) && record.life(None) != Life::Deleted;
    let ids = app.workspace.ids(kind);
    let found = ids.iter().find(|id| app.workspace.read(id, has_origin).unwrap_or_default())?;
    app.workspace.get(found)
}

/// Reads the day of the form: a day from `today` on, or none.
fn read_day(text: &str, today: Date) -> Result<Option<Date>, &'static str> {
    match Date::parse(text.trim()) {
        Some(day) if day >= today => Ok(Some(day)),
        Some(_) => Err("Dagen er gået. Vælg i dag eller en senere dag."),
        None if text.trim().is_empty() => Ok(None),
        None => Err("Vælg en dag, for eksempel 15-03-2026."),
    }
}

/// What a decision can become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FollowUpTarget {
    /// A goal of the unit's newest agreement.
    Goal,
    /// A trial.
    Trial,
}

impl FollowUpTarget {
    /// The name of the target in the ids of elements.
    const fn name(self) -> &'static str {
        match self {
            Self::Goal => "goal",
            Self::Trial => "trial",
        }
    }

    /// The label of the button that opens the form.
    const fn open_label(self) -> &'static str {
        match self {
            Self::Goal => "Gør beslutningen til et mål i aftalen",
            Self::Trial => "Gør beslutningen til en prøvehandling",
        }
    }

    /// The label of the button that creates the record.
    const fn create_label(self) -> &'static str {
        match self {
            Self::Goal => "Opret målet",
            Self::Trial => "Opret prøvehandlingen",
        }
    }
}

/// The form. What is typed is in memory alone until the record is created.
#[derive(Clone, Copy, Default)]
struct FollowUpForm {
    /// What the decision is about to become; `None` while the form is closed.
    target: RwSignal<Option<FollowUpTarget>>,
    /// Who is responsible.
    responsible: RwSignal<String>,
    responsible_error: RwSignal<Option<String>>,
    /// The day on which the matter is looked at again, as a date field gives it.
    day: RwSignal<String>,
    day_error: RwSignal<Option<String>>,
}

impl FollowUpForm {
    /// Opens the form for a target, or closes it. Nothing that was typed is kept.
    fn set(self, target: Option<FollowUpTarget>) {
        self.responsible.set(String::new());
        self.responsible_error.set(None);
        self.day.set(String::new());
        self.day_error.set(None);
        self.target.set(target);
    }
}

/// What the view of a decision depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct FollowUpStatus {
    /// Whether a decision is written.
    is_decided: bool,
    goal: GoalFollowUp,
    /// The trial that the decision became.
    trial: Option<Id>,
}

/// Whether a decision became a goal, or can become one.
#[derive(Clone, Debug, PartialEq, Eq)]
enum GoalFollowUp {
    /// It became the goal at an address.
    Created(String),
    /// It can become a goal of the unit's newest agreement.
    Possible,
    /// The texts of the agreement are fixed.
    Fixed,
    /// The unit has no agreement.
    NoAgreement,
}

/// The decision on an item of a workshop.
#[derive(Clone)]
struct ItemDecision {
    app: AppContext,
    workshop: Id,
    /// The path of the decision in the record of the workshop.
    path: Path,
    item: &'static InstrumentItem,
    /// The origin of what the decision becomes.
    origin: Id,
    form: FollowUpForm,
}

impl ItemDecision {
    /// What the view depends on, tracked.
    fn status(&self) -> FollowUpStatus {
        FollowUpStatus {
            is_decided: !self.app.workspace.text(&self.workshop, &self.path).trim().is_empty(),
            goal: self.goal_status(),
            trial: find_by_origin(self.app, Kind::Proevehandling, &self.origin).map(|record| record.id().clone()),
        }
    }

    /// Whether the decision became a goal, or can become one, tracked.
    fn goal_status(&self) -> GoalFollowUp {
        if let Some(goal) = find_by_origin(self.app, Kind::Goal, &self.origin) {
            let route = Route::Aftale { id: goal.parent(), part: Some(goal.id().to_string()) };
            return GoalFollowUp::Created(route.to_string());
        }
        match self.agreement() {
            Some(agreement) if agreements::is_open(&agreement) => GoalFollowUp::Possible,
            Some(_) => GoalFollowUp::Fixed,
            None => GoalFollowUp::NoAgreement,
        }
    }

    /// The newest agreement of the unit.
    fn agreement(&self) -> Option<AftaleContext> {
        newest_agreement(self.app, &self.app.unit()?)
    }

    /// The id of an element of the decision.
    fn element_id(&self, name: &str) -> String {
        format!("{}-{name}", self.origin)
    }

    /// The links, the buttons, and the form where it is open.
    fn view(&self, status: &FollowUpStatus) -> BuiltView {
        let goal = match &status.goal {
            GoalFollowUp::Created(address) => Some(self.link(FollowUpTarget::Goal, address, "Se målet i aftalen")),
            _ if !status.is_decided => None,
            GoalFollowUp::Possible => Some(self.opener(FollowUpTarget::Goal)),
            GoalFollowUp::Fixed => Some(markup!(
                r#"<p class="help">Aftalens ord ligger fast lige nu, så et nyt mål må vente på en revision.</p>"#
            )),
            GoalFollowUp::NoAgreement => Some(markup!(
                r#"<a class="button" href="{}">Begynd en aftale at skrive det ind i</a>"#,
                Route::Aftale { id: None, part: None }.to_string()
            )),
        };
        let trial = match &status.trial {
            Some(trial) => {
                let address = Route::Practice(trial.clone()).to_string();
                Some(self.link(FollowUpTarget::Trial, &address, "Se prøvehandlingen"))
            }
            None => status.is_decided.then(|| self.opener(FollowUpTarget::Trial)),
        };
        let decision = self.clone();
        let form = dynamic_view(move || or_empty(decision.form.target.get().map(|target| decision.form_view(target))));
        markup!(r#"<div class="follow-up"><div class="buttons">{}{}</div><div>{}</div></div>"#, goal, trial, form)
    }

    /// The link to the record that the decision became.
    fn link(&self, target: FollowUpTarget, address: &str, label: &'static str) -> BuiltView {
        markup!(r#"<a class="button" id="{}" href="{}">{}</a>"#, self.element_id(target.name()), address, label)
    }

    /// The button that opens the form and closes it.
    fn opener(&self, target: FollowUpTarget) -> BuiltView {
        let (form, field) = (self.form, self.element_id("responsible"));
        let toggle = on_click(move || {
            if form.target.get_untracked() == Some(target) {
                form.set(None);
            } else {
                form.set(Some(target));
                inputs::focus_on(field.clone());
            }
        });
        let is_expanded = move || if form.target.get() == Some(target) { "true" } else { "false" };
        let id = self.element_id(target.name());
        build_view(view! {
            <button type="button" id=id aria-expanded=is_expanded on:click=toggle>{target.open_label()}</button>
        })
    }

    /// The form. Escape closes it, and nothing is kept.
    fn form_view(&self, target: FollowUpTarget) -> BuiltView {
        let form = self.form;
        let store_in = |text: RwSignal<String>, error: RwSignal<Option<String>>| {
            Rc::new(move |event: FieldEvent| {
                if let FieldEvent::Typed(typed) = event {
                    error.set(None);
                    text.set(typed);
                }
            })
        };
        let fields = build_view(view! {
            <Field
                id=self.element_id("responsible")
                label="Hvem er ansvarlig?"
                help="Kan udelades. En funktion eller navnet på en medarbejder, aldrig på et barn."
                value=Rc::new(move || form.responsible.get())
                error=form.responsible_error
                on_event=store_in(form.responsible, form.responsible_error)
            />
            <Field
                id=self.element_id("day")
                label="Hvornår ser I på det igen?"
                help="Kan udelades."
                value=Rc::new(move || form.day.get())
                error=form.day_error
                sort=FieldType::Day
                on_event=store_in(form.day, form.day_error)
            />
        });
        let opener = self.element_id(target.name());
        let close = move || {
            form.set(None);
            inputs::focus_on(opener.clone());
        };
        let close_by_key = close.clone();
        let on_key = move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                // The page has other uses for this key.
                event.stop_propagation();
                close_by_key();
            }
        };
        let decision = self.clone();
        let submit = move |event: SubmitEvent| {
            event.prevent_default();
            decision.submit(target);
        };
        let content = markup!(
            r#"<div class="form">{}<div class="buttons"><button type="submit" class="primary">{}</button>{}</div></div>"#,
            fields,
            target.create_label(),
            button_with_class("quiet", "Fortryd", on_click(close))
        );
        build_view(view! {
            <form aria-label=target.open_label() on:submit=submit on:keydown=on_key>{content}</form>
        })
    }

    /// Creates the record from what is in the form, or shows at the field why this is not possible.
    fn submit(&self, target: FollowUpTarget) {
        let form = self.form;
        let responsible = form.responsible.with_untracked(|text| cpr::mask(text.trim(), &Allowed::new()));
        if !responsible.masked.is_empty() {
            form.responsible_error.set(Some(cpr::REFUSED.to_owned()));
            inputs::focus_on(self.element_id("responsible"));
            return;
        }
        let day = match form.day.with_untracked(|text| read_day(text, self.app.today.get_untracked())) {
            Ok(day) => day,
            Err(reason) => {
                form.day_error.set(Some(reason.to_owned()));
                inputs::focus_on(self.element_id("day"));
                return;
            }
        };
        let (id, responsible) = (platform::ids::new_id(), UserText(responsible.save));
        match target {
            FollowUpTarget::Goal => self.create_goal(&id, responsible, day),
            FollowUpTarget::Trial => self.create_trial(&id, responsible, day),
        }
        // Where the record could not be created, a message says why. The form stays as it is.
        if self.app.workspace.record(&id).is_some() {
            self.app.workspace.save_now();
            form.set(None);
            inputs::focus_on(self.element_id(target.name()));
        }
    }

    /// The text of the decision.
    fn text(&self) -> UserText {
        UserText(untrack(|| self.app.workspace.text(&self.workshop, &self.path)))
    }

    /// Creates the goal. Who is responsible, and the day, are those of its first initiative.
    fn create_goal(&self, id: &Id, responsible: UserText, day: Option<Date>) {
        let workspace = self.app.workspace;
        let Some(agreement) = untrack(|| self.agreement().filter(agreements::is_open)) else {
            let message = "Aftalens ord ligger fast nu, så målet er ikke oprettet. Beslutningen står her stadig. Begynd en revision af aftalen først.";
            workspace.error_message.set(Some(message.to_owned()));
            return;
        };
        let goals = untrack(|| agreements::children_of(workspace, Kind::Goal, &agreement.id, Life::Living));
        let order = Path::root("order");
        let last = goals.iter().filter_map(|record| record.shown_text(&order)).max();
        let mut goal = Goal {
            text: self.text(),
            aftale: Some(agreement.id),
            area: Some(Area::Quality),
            origin: Some(self.origin.clone()),
            order: Some(fractional_index::after(last)),
            ..Goal::default()
        };
        if !responsible.as_str().is_empty() || day.is_some() {
            let initiative = Initiative {
                text: goal.text.clone(),
                responsible,
                period: day.map(|day| Span { from: None, to: Some(day) }),
                order: Some(fractional_index::after(None)),
                ..Initiative::default()
            };
            goal.initiatives.insert(platform::ids::new_id(), initiative);
        }
        workspace.create(id.clone(), &goal);
    }

    /// Creates the trial. With a day, it runs from today to that day.
    fn create_trial(&self, id: &Id, responsible: UserText, day: Option<Date>) {
        let trial = Proevehandling {
            unit: untrack(|| self.app.unit()),
            context: format!("I talte om: {}.", self.item.label).as_str().into(),
            idea: self.text(),
            responsible,
            period: day.map(|day| Span { from: Some(self.app.today.get_untracked()), to: Some(day) }),
            origin: Some(self.origin.clone()),
            ..Proevehandling::default()
        };
        self.app.workspace.create(id.clone(), &trial.with_title());
    }
}
