//! The items about the person's own unit: agreement, initiatives, conversation, midterm status, four views, trials,
//! figures.

use crate::domain::aftale::Party;
use crate::domain::aftale::due::{self, DueReason};
use crate::domain::aftale::moment::AftaleMoment;
use crate::domain::aftale::next_move::expected_move;
use crate::domain::aftale::state::{AftaleState, AgreementStatus};
use crate::domain::date::Date;
use crate::domain::followed::SamtaleStatus;
use crate::domain::person::Role;
use crate::domain::proevehandling::TrialState;

use super::facts::{AgendaFacts, AgreementFacts, ChangeDirection, UnitFacts};
use super::{AgendaItem, AgendaLine, AgendaTarget, Urgency, capitalise, leads};

/// The number of days within which a coming day counts as soon.
pub(super) const SOON_DAYS: i64 = 30;

/// Adds the items about the person's own unit.
pub(super) fn add(items: &mut Vec<AgendaItem>, facts: &AgendaFacts) {
    if let Some(unit) = facts.own.as_ref().filter(|_| leads(facts.role)) {
        let moment = unit.moment(facts.day, facts.level);
        for agreement in &unit.agreements {
            add_agreement(items, facts, agreement, moment);
        }
        add_samtale(items, facts, unit, moment);
        if moment == AftaleMoment::Write && unit.agreement_of_cycle(facts.day).is_none() {
            let text = "Begynd på sammenhængsaftalen";
            push(items, Urgency::Season, None, AgendaTarget::Agreements, text, "det er tid nu");
        }
        add_syn_review(items, facts.day, unit);
        add_figures(items, unit);
    }
    if !matches!(facts.role, Some(Role::Secretariat | Role::Board)) {
        add_trials(items, facts);
    }
}

/// Adds the trials whose period is over and that nobody has summed up.
fn add_trials(items: &mut Vec<AgendaItem>, facts: &AgendaFacts) {
    for (id, trial) in facts.trials.iter().filter(|(_, trial)| trial.state(facts.day) == TrialState::Due) {
        let to = trial.period.and_then(|span| span.to);
        let detail = format!("prøvehandlingen sluttede {}", to.map(Date::danish).unwrap_or_default());
        let text = format!("Saml op på «{}»", trial.name());
        push(items, Urgency::Overdue, to, AgendaTarget::Trial(id.clone()), text, detail);
    }
}

/// Adds an item.
pub(super) fn push(
    items: &mut Vec<AgendaItem>,
    urgency: Urgency,
    day: Option<Date>,
    target: AgendaTarget,
    text: impl Into<String>,
    detail: impl Into<String>,
) {
    items.push(AgendaItem { urgency, day, line: AgendaLine::new(target, text, detail) });
}

/// Returns the move that an agreement expects from a party, with its urgency. Returns `None` for an agreement that
/// waits for an open choice, if the agenda has an item about all open choices.
pub(super) fn own_move(
    facts: &AgendaFacts,
    agreement: &AgreementFacts,
    status: &AgreementStatus,
    party: Party,
) -> Option<(Urgency, String)> {
    if facts.open_choices > 0 && waits_for_choice(agreement, status) {
        return None;
    }
    let urgency = if status.state == AftaleState::ToSign { Urgency::Signature } else { Urgency::Reply };
    Some((urgency, expected_move(&agreement.bundle, status, party)?))
}

/// Returns whether an agreement waits for a choice between texts. It then expects the same move from both parties.
fn waits_for_choice(agreement: &AgreementFacts, status: &AgreementStatus) -> bool {
    agreement.bundle.open_choices > 0 && status.state.is_open()
}

/// Formats the state of an agreement in Danish, with its day.
pub(super) fn state_in_words(status: &AgreementStatus) -> String {
    let since = status.since.map(|day| format!(" siden {}", day.danish())).unwrap_or_default();
    format!("{}{since}", status.state.danish().to_lowercase())
}

/// Returns the parties that an agreement waits for, in Danish; empty if the agreement waits for none.
pub(super) fn waits_for(agreement: &AgreementFacts, status: &AgreementStatus) -> String {
    let waits = |party: &Party| expected_move(&agreement.bundle, status, *party).is_some();
    let names: Vec<&str> =
        Party::ALL.into_iter().filter(waits).map(|party| agreement.bundle.head.party(party)).collect();
    names.join(" og ")
}

/// Adds the move that an agreement expects, its initiatives, its midterm status and its reminders.
fn add_agreement(items: &mut Vec<AgendaItem>, facts: &AgendaFacts, agreement: &AgreementFacts, moment: AftaleMoment) {
    let status = agreement.status();
    if status.state == AftaleState::Closed {
        return;
    }
    let target = || AgendaTarget::Agreement(agreement.id.clone());
    let own = agreement.party.and_then(|party| own_move(facts, agreement, &status, party));
    let others = waits_for(agreement, &status);
    if let Some((urgency, words)) = own {
        push(items, urgency, status.since, target(), capitalise(&words), state_in_words(&status));
    } else if !(others.is_empty() || waits_for_choice(agreement, &status)) {
        let text = format!("Aftalen venter på {others}");
        push(items, Urgency::Other, status.since, target(), text, state_in_words(&status));
    }
    let is_writer = agreement.party != Some(Party::Counterpart);
    if is_writer && !status.is_shared {
        let urgency = if moment == AftaleMoment::Write { Urgency::Season } else { Urgency::Draft };
        if status.state == AftaleState::Draft {
            push(items, urgency, None, target(), "Skriv aftalen færdig, og del den", "aftalen er en kladde");
        } else if status.state == AftaleState::UnderRevision {
            push(items, urgency, status.since, target(), "Ret målene, og del revisionen", state_in_words(&status));
        }
    }
    if status.applies() {
        add_initiatives(items, facts.day, agreement);
        add_midtvejs(items, agreement, &status, moment);
        let since = if status.state == AftaleState::InForce { status.since } else { None };
        for reminder in due::reminders(&agreement.bundle, since, facts.day) {
            push(items, Urgency::Reminder, None, target(), reminder, "");
        }
    }
}

/// Adds the initiatives that are late, begin or end soon, or have no status.
fn add_initiatives(items: &mut Vec<AgendaItem>, day: Date, agreement: &AgreementFacts) {
    for due in due::due(&agreement.bundle, day) {
        let span = due.initiative.period.unwrap_or_default();
        let (urgency, at) = match due.reason {
            DueReason::Over => (Urgency::Overdue, span.to),
            DueReason::ShouldHaveBegun => (Urgency::Begin, span.from),
            DueReason::EndsSoon => (Urgency::Soon, span.to),
            DueReason::BeginsSoon => (Urgency::Soon, span.from),
            DueReason::NoStatus => (Urgency::Reminder, None),
            DueReason::Running => continue,
        };
        let target = AgendaTarget::Goal(agreement.id.clone(), due.goal.clone());
        let detail = format!("indsats i mål {}: {}", due.number, due.reason.danish(due.initiative));
        push(items, urgency, at, target, due.initiative.text.as_str().trim(), detail);
    }
}

/// Adds the midterm status that the quarter calls for, or that was begun and is not finished.
fn add_midtvejs(
    items: &mut Vec<AgendaItem>,
    agreement: &AgreementFacts,
    status: &AgreementStatus,
    moment: AftaleMoment,
) {
    let is_finished = agreement.midtvejs.as_ref().is_some_and(|midtvejs| midtvejs.finished.is_some());
    let has_season = moment == AftaleMoment::Midterm && status.state == AftaleState::InForce;
    if is_finished || !(has_season || status.state == AftaleState::Midterm) {
        return;
    }
    let is_begun = agreement.midtvejs.is_some() || status.state == AftaleState::Midterm;
    let text = if is_begun { "Skriv midtvejsstatus færdig" } else { "Skriv midtvejsstatus" };
    let target = AgendaTarget::Midtvejs(Some(agreement.id.clone()));
    push(items, Urgency::Season, None, target, text, "den deles på BU Lederforum");
}

/// Adds the conversation if it has no day yet, or if its day is near. An item about a missing day is for leaders only:
/// a chef and the director fix the days of the units below them.
fn add_samtale(items: &mut Vec<AgendaItem>, facts: &AgendaFacts, unit: &UnitFacts, moment: AftaleMoment) {
    let target = AgendaTarget::Samtale(unit.id.clone());
    let is_leader = matches!(facts.role, None | Some(Role::Leader));
    match SamtaleStatus::of(&unit.samtale, &unit.progress, facts.day) {
        SamtaleStatus::Unplanned if is_leader && moment == AftaleMoment::Samtale => {
            push(items, Urgency::Season, None, target, "Aftal en dag for kvalitetssamtalen", "samtalerne holdes nu");
        }
        SamtaleStatus::Planned(on) if on.days_since(facts.day) <= SOON_DAYS => {
            let detail = format!("den holdes {}", on.danish());
            push(items, Urgency::Soon, Some(on), target, "Forbered kvalitetssamtalen", detail);
        }
        _ => {}
    }
}

/// Adds the day on which the unit takes up the four views again, if the day is near or past.
fn add_syn_review(items: &mut Vec<AgendaItem>, day: Date, unit: &UnitFacts) {
    let Some(next) = unit.syn_review.planned().filter(|next| next.days_since(day) <= SOON_DAYS) else { return };
    let (urgency, words) =
        if next < day { (Urgency::Overdue, "dagen var") } else { (Urgency::Soon, "det er aftalt til") };
    let mut detail = format!("{words} {}", next.danish());
    if let Some((_, last)) = unit.syn_review.last_visit() {
        for part in [" · sidst: «", last.as_str(), "»"] {
            detail.push_str(part);
        }
    }
    push(items, urgency, Some(next), AgendaTarget::FourViews, "Tag de fire syn op igen", detail);
}

/// Adds the figures that moved against the wanted direction and have no assessment.
fn add_figures(items: &mut Vec<AgendaItem>, unit: &UnitFacts) {
    for figure in &unit.figures {
        if ChangeDirection::of(&figure.analysis) == Some(ChangeDirection::Worse) && !figure.has_assessment {
            let indicator = &figure.analysis.indicator;
            let text = format!("Skriv jeres vurdering af «{}»", indicator.name);
            let target = AgendaTarget::Indicator(indicator.id.clone());
            push(items, Urgency::Figure, None, target, text, figure.analysis.change_in_words());
        }
    }
}
