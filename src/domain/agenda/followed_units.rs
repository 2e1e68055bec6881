//! The items about the units that a person follows. A leader above the units gets agreements and conversations. The
//! secretariat gets the data package, the report, and units with missing information.

use crate::domain::aftale::moment::AftaleMoment;
use crate::domain::cycle::Cycle;
use crate::domain::enhed::EnhedKind;
use crate::domain::followed::SamtaleStatus;
use crate::domain::fundament;
use crate::domain::person::Role;
use crate::domain::wheel;

use super::facts::{AgendaFacts, UnitFacts};
use super::own_unit::{SOON_DAYS, own_move, push, state_in_words};
use super::{AgendaItem, AgendaTarget, Urgency, count_in_words, leads, names_in_words};

/// Adds the items about the units that the person follows.
pub(super) fn add(items: &mut Vec<AgendaItem>, facts: &AgendaFacts) {
    if facts.role == Some(Role::Secretariat) {
        add_package(items, facts);
        add_report(items, facts);
        add_gaps(items, &facts.followed);
    } else if leads(facts.role) {
        add_moves(items, facts);
        add_samtaler(items, facts);
    }
}

/// Adds the agreements of followed units that wait for the person.
fn add_moves(items: &mut Vec<AgendaItem>, facts: &AgendaFacts) {
    for unit in &facts.followed {
        for agreement in &unit.agreements {
            let status = agreement.status();
            let own = agreement.party.and_then(|party| own_move(facts, agreement, &status, party));
            if let Some((urgency, words)) = own {
                let target = AgendaTarget::Agreement(agreement.id.clone());
                let text = format!("{}: {words}", unit.name);
                push(items, urgency, status.since, target, text, state_in_words(&status));
            }
        }
    }
}

/// Returns whether the person holds the conversation of a unit, as the leader one level above the unit's leader.
/// Returns `true` where a level is unknown.
fn holds_conversation(facts: &AgendaFacts, unit: &UnitFacts) -> bool {
    match (facts.level.map(u8::from), unit.body.level.map(u8::from)) {
        (Some(own), Some(of_unit)) => of_unit == own + 1,
        _ => true,
    }
}

/// Adds the conversations without a day in their season, as one item, and those whose day is near.
fn add_samtaler(items: &mut Vec<AgendaItem>, facts: &AgendaFacts) {
    let mut unplanned: Vec<&UnitFacts> = Vec::new();
    for unit in facts.followed.iter().filter(|unit| holds_conversation(facts, unit)) {
        match SamtaleStatus::of(&unit.samtale, &unit.progress, facts.day) {
            SamtaleStatus::Unplanned if unit.moment(facts.day, unit.body.level) == AftaleMoment::Samtale => {
                unplanned.push(unit);
            }
            SamtaleStatus::Planned(on) if on.days_since(facts.day) <= SOON_DAYS => {
                let (target, text) =
                    (AgendaTarget::Samtale(unit.id.clone()), format!("Kvalitetssamtale med {}", unit.name));
                push(items, Urgency::Soon, Some(on), target, text, format!("den holdes {}", on.danish()));
            }
            _ => {}
        }
    }
    match &*unplanned {
        [] => {}
        [only] => {
            let text = format!("Aftal en dag for samtalen med {}", only.name);
            let target = AgendaTarget::Samtale(only.id.clone());
            push(items, Urgency::Season, None, target, text, "samtalerne holdes nu");
        }
        several => {
            let text = format!("Aftal dage for {} kvalitetssamtaler", several.len());
            push(items, Urgency::Season, None, AgendaTarget::UnitsBelow, text, names(several));
        }
    }
}

/// Joins the names of units into a Danish list.
fn names(units: &[&UnitFacts]) -> String {
    names_in_words(&units.iter().map(|unit| unit.name.as_str()).collect::<Vec<_>>())
}

/// Returns whether one of the elements of the wheel has its turn on the day, for any level.
pub(super) fn has_turn(facts: &AgendaFacts, elements: &[&str]) -> bool {
    let status = fundament::present_at_hand().map(|edition| wheel::status(edition, facts.day, None, |_| false));
    status.is_some_and(|status| status.now.iter().any(|now| elements.contains(&now.element.id.as_str())))
}

/// Adds the data package while the wheel is at data collection or feedback and the package has gaps.
fn add_package(items: &mut Vec<AgendaItem>, facts: &AgendaFacts) {
    let gaps = facts.package.gaps(facts.followed.iter().any(|unit| unit.has_figures));
    if gaps.is_empty() || !has_turn(facts, &["dataindsamling", "feedback"]) {
        return;
    }
    let text = if facts.package.has_content() { "Gør datapakken færdig" } else { "Begynd på datapakken" };
    let detail = count_in_words(gaps.len(), "punkt mangler", "punkter mangler");
    push(items, Urgency::Season, None, AgendaTarget::PackageEditor, text, detail);
}

/// Adds the report in its quarter, until it is final.
fn add_report(items: &mut Vec<AgendaItem>, facts: &AgendaFacts) {
    let cycle = Cycle::of(facts.day);
    let report = facts.report.as_ref().filter(|report| report.cycle == cycle);
    let is_final = report.is_some_and(|report| report.finished.is_some());
    if is_final || !has_turn(facts, &["kvalitetsrapport"]) {
        return;
    }
    let text = if report.is_some() { "Gør kvalitetsrapporten færdig" } else { "Begynd på kvalitetsrapporten" };
    let target = AgendaTarget::Report(report.map(|report| report.id.clone()));
    push(items, Urgency::Season, None, target, text, "den skrives i dette kvartal");
}

/// Adds the units without figures, without a kind, and without records of their own.
fn add_gaps(items: &mut Vec<AgendaItem>, units: &[UnitFacts]) {
    let mut add = |is_missing: fn(&UnitFacts) -> bool, words: &str, target: AgendaTarget| {
        let without: Vec<&UnitFacts> = units.iter().filter(|unit| is_missing(unit)).collect();
        match &*without {
            [] => {}
            [only] => {
                let target = if target == AgendaTarget::Units { AgendaTarget::Unit(only.id.clone()) } else { target };
                push(items, Urgency::Gap, None, target, format!("{} {words}", only.name), "");
            }
            several => {
                push(items, Urgency::Gap, None, target, format!("{} enheder {words}", several.len()), names(several));
            }
        }
    };
    // The figures of a chef's area are those of the units below it.
    let lacks_figures = |unit: &UnitFacts| !unit.has_figures && unit.body.kind != Some(EnhedKind::Chefomraade);
    add(lacks_figures, "mangler tal", AgendaTarget::ImportFigures);
    add(|unit| unit.body.kind.is_none(), "mangler en enhedstype", AgendaTarget::Units);
    add(|unit| !unit.has_own_records, "har ikke sendt en fil endnu", AgendaTarget::UnitsBelow);
}
