//! The frame of the facilitator's pages: title, phases, timer, and a preview of the wall with what steers it.

use std::rc::Rc;

use leptos::prelude::*;
use send_wrapper::SendWrapper;

use crate::domain::instrument::Instrument;
use crate::domain::workshop::{Phase, Run, Stage};

use super::keys::{KeyUse, WallKey, on_wall_keys};
use super::session::{change, end, put_stage, remove_stage, run_signal, stages_signal};
use super::timer::{TimerChange, timer_view};
use super::wall::wall;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{
    BuiltView, build_view, button, button_with_class, dynamic_text, dynamic_view, empty_view, on_click,
};
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

/// The name of the window that shows the wall, so that it is opened once.
pub(super) const WALL_WINDOW: &str = "kvalitetshjul-scene";

/// The id of the element that holds the phase.
const PHASE: &str = "phase";

/// What a facilitator's page leads: the stage of one workshop.
#[derive(Clone)]
pub(super) struct Lead {
    pub(super) app: AppContext,
    pub(super) instrument: &'static Instrument,
    /// The stage of the workshop, when none is stored.
    pub(super) initial: Stage,
}

impl Lead {
    /// The stage as it is now, followed by whoever asks.
    pub(super) fn stage(&self) -> Stage {
        let workshop = &self.initial.workshop;
        let stage = stages_signal(self.app).with(|stages| stages.of(workshop).cloned());
        // The room of a result is closed, and that of a running workshop is open, whatever an older stage says.
        let is_open = self.initial.phase.is_before_result();
        stage
            .filter(|stage| self.is_rehearsal() || stage.phase.is_before_result() == is_open)
            .unwrap_or_else(|| self.initial.clone())
    }

    fn is_rehearsal(&self) -> bool {
        let workshop = &self.initial.workshop;
        run_signal(self.app).with(|run| run.as_ref().is_some_and(|run| run.is_rehearsal() && run.setup.id == *workshop))
    }

    /// Changes the stage, in all windows. What the wall shows goes on: who looks something up in an older result must not
    /// show it to the room.
    pub(super) fn change(&self, change: impl FnOnce(&mut Stage)) {
        let workshop = &self.initial.workshop;
        let takes_wall = run_signal(self.app).with_untracked(|run| match run {
            Some(run) => run.setup.id == *workshop,
            None => stages_signal(self.app)
                .with_untracked(|stages| stages.on_wall().is_none_or(|shown| shown.workshop == *workshop)),
        });
        self.put(takes_wall, change);
    }

    /// Shows the stage on the wall.
    fn show_on_wall(&self) {
        self.put(true, |_| ());
    }

    fn put(&self, shows_it: bool, change: impl FnOnce(&mut Stage)) {
        // Another room of a workshop that has a result already is open: the stage belongs to that room.
        let is_of_room = run_signal(self.app)
            .with_untracked(|run| run.as_ref().is_some_and(|run| run.setup.id == self.initial.workshop));
        if is_of_room && !self.initial.phase.is_before_result() {
            return;
        }
        let mut stage = untrack(|| self.stage());
        change(&mut stage);
        put_stage(self.app, stage, shows_it);
    }

    /// Goes to a phase by a button within the page, which the phase replaces. The focus goes to the phase.
    pub(super) fn open(&self, phase: Phase) {
        self.go_to(phase);
        focus_phase();
    }

    /// Goes to a phase.
    pub(super) fn go_to(&self, phase: Phase) {
        self.change(|stage| stage.go_to(phase, self.instrument.minutes));
    }

    /// Goes a step forward or back on the wall.
    pub(super) fn turn(&self, is_forward: bool) {
        self.change(|stage| stage.turn(is_forward, self.instrument));
    }
}

/// Moves the focus to the phase, once it is shown.
pub(super) fn focus_phase() {
    request_animation_frame(|| platform::page::focus_on(PHASE));
}

/// The frame around a phase. `eyebrow` and `title` stand above it; `notice` below; `foot` ends the page.
pub(super) fn lead_frame(lead: &Lead, [eyebrow, title, notice, content, foot]: [BuiltView; 5]) -> BuiltView {
    let key_lead = lead.clone();
    on_wall_keys(KeyUse::BesideAPage, move |key| match key {
        WallKey::Forward => {
            key_lead.turn(true);
            true
        }
        WallKey::Back => {
            key_lead.turn(false);
            true
        }
        WallKey::Blank => {
            key_lead.change(|stage| stage.is_blank = !stage.is_blank);
            true
        }
        WallKey::FullScreen | WallKey::Leave => false,
    });
    let (read_lead, change_lead) = (SendWrapper::new(lead.clone()), lead.clone());
    let timer = Memo::new(move |_| read_lead.stage().timer);
    let change_timer = Rc::new(move |change: TimerChange<'_>| change_lead.change(|stage| change(&mut stage.timer)));
    markup!(
        r##"
        <div class="workshop">
            <header class="workshop-head">
                <div>
                    <p class="eyebrow"><a href="#/workshop">Workshop</a> · {}</p>
                    <h1>{}</h1>
                </div>
                <div>{}</div>
            </header>
            <div>{}</div>
            <div>{}</div>
            <nav aria-label="Faser">{}</nav>
            <div class="lead-columns">
                <div class="lead-main" id="phase" tabindex="-1">{}</div>
                <div class="lead-wall no-print">{}</div>
            </div>
            <footer class="workshop-foot no-print">{}</footer>
        </div>"##,
        eyebrow,
        title,
        timer_view(move || timer.get(), change_timer),
        notice,
        rehearsal_bar(lead),
        phases(lead),
        content,
        wall_controls(lead),
        foot,
    )
}

/// The phases, of which those that can be gone to now are buttons.
fn phases(lead: &Lead) -> BuiltView {
    let phase_lead = SendWrapper::new(lead.clone());
    let current = Memo::new(move |_| phase_lead.stage().phase);
    // A button that is pressed is not rebuilt, and keeps the focus.
    let is_open = Memo::new(move |_| current.get().is_before_result());
    let lead = lead.clone();
    dynamic_view(move || {
        let is_before_result = is_open.get();
        let items: Vec<BuiltView> = Phase::ALL
            .into_iter()
            .map(|phase| {
                let minutes = phase.minutes(lead.instrument.minutes);
                if phase.is_before_result() != is_before_result {
                    return markup!(r#"<li><span class="phase-ahead">{}</span></li>"#, phase.danish());
                }
                let lead = lead.clone();
                let is_current = move || (current.get() == phase).then_some("step");
                build_view(view! {
                    <li><button type="button" class="quiet" aria-current=is_current on:click=on_click(move || lead.go_to(phase))>{phase.danish()}<span class="help">" "{minutes}" min"</span></button></li>
                })
            })
            .collect();
        markup!(r#"<ol class="phases">{}</ol>"#, items)
    })
}

/// The mark of a rehearsal, with the button that throws it away.
fn rehearsal_bar(lead: &Lead) -> BuiltView {
    let (memo_lead, lead) = (SendWrapper::new(lead.clone()), lead.clone());
    let is_rehearsal = Memo::new(move |_| memo_lead.is_rehearsal());
    dynamic_view(move || {
        if !is_rehearsal.get() {
            return empty_view();
        }
        let end_lead = lead.clone();
        let throw_away = move || {
            change(end_lead.app, Run::end_rehearsal);
            // The times of the rehearsal go as well.
            put_stage(end_lead.app, end_lead.initial.clone(), true);
            focus_phase();
        };
        markup!(
            r#"<section class="notice rehearsal" aria-label="Prøve"><p><strong>Du prøver.</strong> De viste svar er opdigtede og gemmes ikke. Rigtige svar, der kommer nu, vises først, når prøven er smidt væk.</p>{}</section>"#,
            button("Smid prøven væk", throw_away)
        )
    })
}

/// The preview of the wall, the buttons that show it, and those that turn it.
fn wall_controls(lead: &Lead) -> BuiltView {
    let scene = Route::Scene.to_string();
    let (back_lead, forward_lead, blank_lead, label_lead) = (lead.clone(), lead.clone(), lead.clone(), lead.clone());
    let window_lead = lead.clone();
    // The wall shows the workshop that is led last. The link opens its window.
    let own_window = build_view(view! {
        <a class="button" href=scene.clone() target=WALL_WINDOW on:click=on_click(move || window_lead.show_on_wall())>
            "Åbn væggen i et vindue"
        </a>
    });
    let here = {
        let lead = lead.clone();
        move || {
            lead.show_on_wall();
            platform::navigation::go_to(&scene);
        }
    };
    let label =
        dynamic_text(move || if label_lead.stage().is_blank { "Lys igen (B)" } else { "Mørk væg (B)" }.to_owned());
    let toggle = move || blank_lead.change(|stage| stage.is_blank = !stage.is_blank);
    let blank = build_view(view! { <button type="button" class="quiet" on:click=on_click(toggle)>{label}</button> });
    let preview_lead = lead.clone();
    let preview = markup!(
        r#"<div class="wall-preview" aria-hidden="true" inert>{}</div>"#,
        wall(lead.app, Rc::new(move || Some(preview_lead.stage())))
    );
    markup!(
        r#"
        <h2>På væggen</h2>
        {}
        <div class="lead-turn">{}{}</div>
        <div class="buttons">{}{}{}</div>
        <p class="help">Væggen er det, rummet ser. Træk vinduet over på projektoren, og tryk F. Piletaster, Page Up, Page Down og en fjernbetjening bladrer i begge vinduer.</p>"#,
        preview,
        button("‹ Tilbage", move || back_lead.turn(false)),
        button("Frem ›", move || forward_lead.turn(true)),
        own_window,
        button_with_class("quiet", "Vis væggen på denne skærm", on_click(here)),
        blank
    )
}

/// Gives up the workshop that runs here, on the wall as well.
pub(super) fn give_up(app: AppContext) {
    let workshop = run_signal(app).with_untracked(|run| run.as_ref().map(|run| run.setup.id.clone()));
    end(app);
    if let Some(workshop) = workshop {
        remove_stage(app, &workshop);
    }
    platform::navigation::go_to(&Route::Workshops.to_string());
}
