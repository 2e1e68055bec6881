//! What the meeting brought one unit, on the page of its status: offers of help to it and from it, and decisions.

use leptos::prelude::*;

use crate::domain::agenda::facts::MeetingFacts;
use crate::domain::cycle::Cycle;
use crate::domain::fractional_index;
use crate::domain::goal::Goal;
use crate::domain::id::Id;
use crate::domain::meeting::{Meeting, MeetingDecision};
use crate::domain::registry::Kind;
use crate::record::edit::Focus;

use super::help::{answer, answer_in_words};
use super::{MeetingContext, unit_name};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{
    BuiltView, button_with_class, button_with_label, dynamic_view, empty_view, on_click, or_empty,
};
use crate::ui::pages::agreement::aftale::AftaleContext;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries::agreements;

/// What a meeting brought a unit, as the page shows it.
#[derive(Clone, Debug, Default, PartialEq)]
struct OwnResults {
    /// The title of the meeting, with its day.
    title: String,
    /// The offers to the unit: the offer, the name of the unit that offers, and the text.
    received: Vec<(Id, String, String)>,
    /// The offers of the unit: the name of the unit that asks, the text, and the answer.
    given: Vec<(String, String, &'static str)>,
    /// The decisions about the unit or all units: the decision, its text, and who carries it out by when.
    decisions: Vec<(Id, String, String)>,
}

/// Whether a decision became an initiative of the agreement, or can become one.
#[derive(Clone, Debug, PartialEq)]
enum InitiativeFollowUp {
    /// It is an initiative of the goal at an address and with a number.
    Created(String, usize),
    /// It can become an initiative of one of these goals, each with its label.
    Possible(Vec<(Id, String)>),
    /// The texts of the agreement are fixed.
    Fixed,
}

/// Builds what the meetings brought the unit of an agreement: the meeting of the day, and the one that reads the status
/// of the agreement. Empty if they brought nothing.
pub(super) fn own_results(ctx: &AftaleContext) -> BuiltView {
    let app = ctx.app;
    let ctx = ctx.clone();
    let source = {
        let ctx = ctx.clone();
        Memo::new(move |_| {
            let head = agreements::head(&ctx);
            let of_day = Meeting::midtvejs_cycle(app.today.get());
            let of_agreement = head.period.and_then(|span| span.from).map(Meeting::cycle_of_agreement);
            let cycles: Vec<Cycle> =
                std::iter::once(of_day).chain(of_agreement.filter(|cycle| *cycle != of_day)).collect();
            (head.unit.map(|unit| app.workspace.representative_id(&unit)), cycles)
        })
    };
    dynamic_view(move || {
        let (unit, cycles) = source.get();
        let Some(unit) = unit else { return empty_view() };
        let meetings = cycles.into_iter().filter_map(|cycle| MeetingContext::new(app, cycle));
        let sections: Vec<_> = meetings.map(|meeting| results_section(&ctx, &meeting, &unit)).collect();
        markup!("<div>{}</div>", sections)
    })
}

/// Builds the section of one meeting. Empty if the meeting brought the unit nothing.
fn results_section(ctx: &AftaleContext, meeting: &MeetingContext, unit: &Id) -> BuiltView {
    let results = {
        let (meeting, unit) = (meeting.clone(), unit.clone());
        Memo::new(move |_| collect_results(&meeting, &unit))
    };
    let (ctx, meeting) = (ctx.clone(), meeting.clone());
    dynamic_view(move || {
        let OwnResults { title, received, given, decisions } = results.get();
        if received.is_empty() && given.is_empty() && decisions.is_empty() {
            return empty_view();
        }
        let received = received.iter().map(|(offer, from, text)| {
            let answer = answer(&meeting, offer, &format!("tilbuddet fra {from}"));
            markup!(
                r#"<li><p><strong>{}</strong> tilbyder:</p><p class="text">{}</p>{}</li>"#,
                from.as_str(),
                text.as_str(),
                answer
            )
        });
        let given = given.iter().map(|(to, text, answer)| {
            markup!(
                r#"<li><p><strong>{}</strong></p><p class="text">{}</p><p class="offer-state">{}</p></li>"#,
                to.as_str(),
                text.as_str(),
                *answer
            )
        });
        let decisions = decisions.iter().enumerate().map(|(index, (decision, text, details))| {
            markup!(
                r#"<li><p class="text">{}</p><p class="help">{}</p>{}</li>"#,
                text.as_str(),
                details.as_str(),
                follow_up(&ctx, &meeting, decision, index + 1)
            )
        });
        let save_meeting = meeting.clone();
        markup!(
            r##"
            <section class="part own-results">
                <h2>Fra {}</h2>
                {}{}{}
                <div class="buttons no-print"><a class="button" href="#/midtvejs">Se hele mødet, og byd jer til</a>{}</div>
                <p class="help no-print">Har I svaret eller budt jer til, så send mødet tilbage som fil. Så ser de andre det.</p>
            </section>"##,
            title,
            list("Tilbud om hjælp til jer", received.collect()),
            list("I har budt jer til", given.collect()),
            list("Besluttet på mødet", decisions.collect()),
            button_with_class("", "Gem mødet som fil", on_click(move || save_meeting.save_file()))
        )
    })
}

/// Builds rows under a heading; empty if there are none.
fn list(heading: &str, rows: Vec<BuiltView>) -> BuiltView {
    or_empty((!rows.is_empty()).then(|| markup!(r#"<div><h3>{}</h3><ul class="voices">{}</ul></div>"#, heading, rows)))
}

/// Collects what a meeting brought a unit. Offers that say nothing yet are left out.
fn collect_results(ctx: &MeetingContext, unit: &Id) -> OwnResults {
    let (app, meeting) = (ctx.app, ctx.body());
    let is_unit = |other: &Id| ctx.is_same_unit(other, unit);
    let name = |id: Option<&Id>| id.map_or_else(|| "En enhed".to_owned(), |id| unit_name(app, id));
    let received = meeting.offers_to(&is_unit).into_iter().filter(|(_, offer)| offer.has_text());
    let given = meeting.offers_from(&is_unit).into_iter().filter(|(_, offer)| offer.has_text());
    let decisions = meeting.decisions_about(&is_unit).into_iter();
    let title = meeting.title.as_str().trim();
    let title = if title.is_empty() { "mødet i BU Lederforum" } else { title };
    OwnResults {
        title: meeting.date.map_or_else(|| title.to_owned(), |date| format!("{title}, {}", date.danish())),
        received: received.map(|(id, offer)| (id.clone(), name(offer.from.as_ref()), offer.text.0.clone())).collect(),
        given: given
            .map(|(_, offer)| (name(offer.to.as_ref()), offer.text.0.clone(), answer_in_words(offer.accepted)))
            .collect(),
        decisions: decisions
            .map(|(id, decision)| (id.clone(), decision.text.0.clone(), details(app, decision)))
            .collect(),
    }
}

/// Returns who carries a decision out, for which unit, and by when.
fn details(app: AppContext, decision: &MeetingDecision) -> String {
    let unit = decision.unit.as_ref().map_or_else(|| "Alle enheder".to_owned(), |unit| unit_name(app, unit));
    let by = decision.by.map(|by| format!("senest {}", by.danish())).unwrap_or_default();
    let parts = [decision.who.0.trim().to_owned(), unit, by];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// Returns whether a decision became an initiative of the agreement, or can become one. Tracked.
fn follow_up_status(ctx: &AftaleContext, decision: &Id) -> InitiativeFollowUp {
    let goals = agreements::bundle(ctx).goals;
    let created = goals.iter().position(|(_, goal)| goal.initiatives.contains_key(decision));
    if let Some((index, (goal, _))) = created.and_then(|index| Some((index, goals.get(index)?))) {
        return InitiativeFollowUp::Created(ctx.part(goal.as_str()), index + 1);
    }
    if !agreements::is_open(ctx) {
        return InitiativeFollowUp::Fixed;
    }
    let label = |(index, (id, goal)): (usize, &(Id, Goal))| (id.clone(), format!("{}. {}", index + 1, goal.name()));
    InitiativeFollowUp::Possible(goals.iter().enumerate().map(label).collect())
}

/// Builds the link to the initiative that a decision became, or the choice of a goal and the button that makes the
/// decision an initiative of it. `number` counts the decisions from 1.
fn follow_up(ctx: &AftaleContext, meeting: &MeetingContext, decision: &Id, number: usize) -> BuiltView {
    let status = {
        let (ctx, decision) = (ctx.clone(), decision.clone());
        Memo::new(move |_| follow_up_status(&ctx, &decision))
    };
    let chosen = RwSignal::new(0_usize);
    let (ctx, meeting, decision) = (ctx.clone(), meeting.clone(), decision.clone());
    dynamic_view(move || match status.get() {
        InitiativeFollowUp::Created(address, goal) => markup!(
            r#"<p class="no-print"><a class="button" id="{}" href="{}">Se indsatsen i mål {}</a></p>"#,
            link_id(&decision),
            address,
            goal.to_string()
        ),
        InitiativeFollowUp::Fixed => markup!(
            r#"<p class="help no-print">Aftalens ord ligger fast. Begynd en revision, så kan beslutningen blive en indsats. <a href="{}">Til aftalen</a></p>"#,
            ctx.address()
        ),
        InitiativeFollowUp::Possible(goals) if goals.is_empty() => markup!(
            r#"<p class="help no-print">Skriv først et mål, som beslutningen kan være en indsats i. <a href="{}">Til aftalen</a></p>"#,
            ctx.address()
        ),
        InitiativeFollowUp::Possible(goals) => {
            let (ids, labels): (Vec<Id>, Vec<String>) = goals.into_iter().unzip();
            let select = inputs::select_field(
                format!("goal-of-{decision}"),
                format!("Mål (beslutning {number})"),
                labels,
                // The first option of the list is the first goal.
                move || chosen.get().checked_sub(1),
                move |index| chosen.set(index.map_or(0, |index| index + 1)),
            );
            let (meeting, decision) = (meeting.clone(), decision.clone());
            let create = on_click(move || {
                if let Some(goal) = ids.get(chosen.get_untracked()) {
                    create_initiative(&meeting, goal, &decision);
                }
            });
            markup!(
                r#"<div class="decision-follow-up no-print">{}{}</div>"#,
                select,
                button_with_label("", "Gør til indsats", format!("Gør til indsats: beslutning {number}"), create)
            )
        }
    })
}

/// Returns the id of the link to the initiative of a decision.
fn link_id(decision: &Id) -> String {
    format!("initiative-of-{decision}")
}

/// Makes a decision an initiative of a goal, and moves the focus to the link that replaces the button.
fn create_initiative(ctx: &MeetingContext, goal: &Id, decision: &Id) {
    let workspace = ctx.app.workspace;
    let Some(body) = untrack(|| ctx.body()).decisions.get(decision).cloned() else { return };
    agreements::edit::<Goal>(workspace, goal, &mut Focus::default(), |goal| {
        let last = goal.initiatives.values().filter_map(|initiative| initiative.order.as_deref()).max();
        let order = fractional_index::after(last);
        goal.initiatives.insert(decision.clone(), body.initiative(order));
    });
    workspace.save_now();
    inputs::focus_on(link_id(decision));
}

/// Collects what the meeting of the day brought a unit, for the agenda of the front page. Tracked.
pub(crate) fn meeting_facts(app: AppContext, unit: &Id) -> MeetingFacts {
    let meeting: Meeting = app.body(Meeting::midtvejs_id(Meeting::midtvejs_cycle(app.today.get())).as_ref());
    let is_unit = |other: &Id| app.workspace.is_same_unit(Some(other), Some(unit));
    let unanswered = meeting.offers_to(&is_unit).into_iter().filter(|(_, offer)| offer.is_unanswered());
    let is_here = |id: &&Id| app.workspace.has_living(&app.workspace.representative_id(id), Kind::Enhed);
    let name = |id: Option<&Id>| id.filter(is_here).map_or_else(|| "en enhed".to_owned(), |id| unit_name(app, id));
    MeetingFacts {
        offers: unanswered.map(|(_, offer)| name(offer.from.as_ref())).collect(),
        decisions: meeting
            .decisions_about(&is_unit)
            .into_iter()
            .map(|(id, decision)| (id.clone(), decision.clone()))
            .collect(),
    }
}
