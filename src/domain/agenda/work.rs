//! The sections about the person's own work: running work, and links to read and do more.

use crate::domain::aftale::due::{self, DueReason};
use crate::domain::aftale::state::AftaleState;
use crate::domain::date::Date;
use crate::domain::followed::SamtaleStatus;
use crate::domain::goal::Goal;
use crate::domain::id::Id;
use crate::domain::person::Role;
use crate::domain::proevehandling::{Proevehandling, TrialState};
use crate::domain::series_analysis::SeriesAnalysis;

use super::facts::{AgendaFacts, AgreementFacts, ChangeCounts, ChangeDirection, UnitFacts};
use super::own_unit::{state_in_words, waits_for};
use super::{AgendaLine, AgendaTarget, WorkSection, capitalise, count_in_words, leads};

/// The number of lines that a section shows of a long list.
const SHOWN: usize = 4;

/// Returns the sections about the person's own work, those of their role first.
pub(super) fn sections(facts: &AgendaFacts) -> Vec<WorkSection> {
    let mut sections = Vec::new();
    let mut add = |heading: &str, lines: Vec<AgendaLine>| {
        if !lines.is_empty() {
            sections.push(WorkSection { heading: heading.to_owned(), lines });
        }
    };
    match facts.role {
        Some(Role::Facilitator) => {
            add("Workshop", vec![hold_workshop()]);
            add("De seneste workshops", workshops(facts));
        }
        Some(Role::Employee) => add("Det kan du gøre nu", employee_lines()),
        Some(Role::Board) => add("Det kan du læse", board_lines(facts)),
        Some(Role::Secretariat) => add("Tjekliste til datapakken", package_checklist(facts)),
        _ => {}
    }
    let own = facts.own.as_ref();
    if leads(facts.role) {
        add("Samtale og aftale", own.map(|unit| agreement_lines(facts, unit)).unwrap_or_default());
        let initiatives = own.map(|unit| running_initiatives(facts.day, unit)).unwrap_or_default();
        add("I gang", initiatives.into_iter().chain(running_trials(facts)).collect());
        add("Tal, der har flyttet sig", own.map(moved_figures).unwrap_or_default());
    } else if matches!(facts.role, Some(Role::Employee | Role::Facilitator)) {
        add("Det prøver vi", running_trials(facts));
        add("Det siger aftalen", own.map(goals_in_short).unwrap_or_default());
    }
    if facts.role.is_some_and(Role::has_several_units) || !facts.followed.is_empty() {
        add("Enhederne", vec![units_line(&facts.followed)]);
        add("De seneste filer", opened_files(facts));
    }
    if facts.role == Some(Role::Director) {
        add("Tallene på tværs", change_lines(facts));
    }
    let themes = facts.package.themes_for_units();
    let heading = if themes.is_empty() { "Fælles for enhederne" } else { "Temaerne i de to år" };
    add(heading, theme_lines(facts));
    sections
}

/// Creates a line without a link.
fn read_only(text: &str, detail: impl Into<String>) -> AgendaLine {
    AgendaLine { target: None, text: text.to_owned(), detail: detail.into() }
}

fn hold_workshop() -> AgendaLine {
    AgendaLine::new(AgendaTarget::Workshops, "Hold en workshop", "5 til 60 deltagere svarer på deres egne telefoner")
}

fn workshops(facts: &AgendaFacts) -> Vec<AgendaLine> {
    let line = |(id, title, day): &(Id, String, Option<Date>)| {
        let title = if title.trim().is_empty() { "Workshop uden titel" } else { title };
        AgendaLine::new(AgendaTarget::Workshop(id.clone()), title, day.map(Date::danish).unwrap_or_default())
    };
    facts.workshops.iter().take(SHOWN).map(line).collect()
}

fn opened_files(facts: &AgendaFacts) -> Vec<AgendaLine> {
    let line = |(name, day): &(String, Date)| read_only(name, format!("åbnet {}", day.danish()));
    facts.files.iter().take(SHOWN).map(line).collect()
}

fn employee_lines() -> Vec<AgendaLine> {
    vec![
        AgendaLine::new(
            AgendaTarget::Reflections,
            "Reflektér i otte minutter",
            "frivilligt, og svarene bliver i din browser",
        ),
        read_only("Deltag i en workshop", "scan koden på skærmen, eller åbn det link, du har fået"),
    ]
}

fn board_lines(facts: &AgendaFacts) -> Vec<AgendaLine> {
    let report = facts.report.as_ref();
    let report = report.map_or_else(
        || read_only("Kvalitetsrapporten", "den kommer, når du åbner filen fra sekretariatet"),
        |report| {
            let detail = report.finished.map_or_else(|| "er ved at blive skrevet".to_owned(), Date::danish);
            AgendaLine::new(AgendaTarget::Report(Some(report.id.clone())), "Læs den seneste kvalitetsrapport", detail)
        },
    );
    vec![
        AgendaLine::new(
            AgendaTarget::UnitFigures,
            "Tal på tværs af enhederne",
            "slå offentlig visning til, så små tal skjules",
        ),
        report,
        AgendaLine::new(AgendaTarget::Element("feedback"), "Giv feedback på temaerne", "sådan og hvornår"),
    ]
}

/// Lists the gaps of the data package.
fn package_checklist(facts: &AgendaFacts) -> Vec<AgendaLine> {
    let mut lines = Vec::new();
    if !facts.package.has_content() {
        lines.push(AgendaLine::new(
            AgendaTarget::PackageEditor,
            "Lav datapakken",
            "temaer, mønstre og datoer til alle",
        ));
    }
    let gaps = facts.package.gaps(facts.followed.iter().any(|unit| unit.has_figures)).into_iter();
    lines.extend(gaps.map(|gap| AgendaLine::new(AgendaTarget::PackageEditor, gap, "")));
    lines
}

/// Returns the conversation with its day, and each agreement that has not ended.
fn agreement_lines(facts: &AgendaFacts, unit: &UnitFacts) -> Vec<AgendaLine> {
    let mut lines = Vec::new();
    if let SamtaleStatus::Planned(day) = SamtaleStatus::of(&unit.samtale, &unit.progress, facts.day) {
        let target = AgendaTarget::Samtale(unit.id.clone());
        lines.push(AgendaLine::new(target, "Kvalitetssamtale", format!("holdes {}", day.danish())));
    }
    lines.extend(unit.agreements.iter().filter_map(agreement_line));
    lines
}

/// Builds the line of an agreement: its state, the parties it waits for, and its last day.
fn agreement_line(agreement: &AgreementFacts) -> Option<AgendaLine> {
    let status = agreement.status();
    let head = &agreement.bundle.head;
    let title = head.title.as_str().trim();
    let waits = waits_for(agreement, &status);
    let details = [
        capitalise(&state_in_words(&status)),
        if waits.is_empty() { waits } else { format!("venter på {waits}") },
        head.period.and_then(|span| span.to).map(|to| format!("gælder til {}", to.danish())).unwrap_or_default(),
    ];
    let details: Vec<String> = details.into_iter().filter(|words| !words.is_empty()).collect();
    let title = if title.is_empty() { "Aftalen" } else { title };
    let line = AgendaLine::new(AgendaTarget::Agreement(agreement.id.clone()), title, details.join(" · "));
    (status.state != AftaleState::Closed).then_some(line)
}

/// Returns the initiatives that run.
fn running_initiatives(day: Date, unit: &UnitFacts) -> Vec<AgendaLine> {
    let mut lines = Vec::new();
    for agreement in unit.agreements.iter().filter(|agreement| agreement.status().applies()) {
        for due in due::due(&agreement.bundle, day) {
            if due.reason == DueReason::Running {
                let target = AgendaTarget::Goal(agreement.id.clone(), due.goal.clone());
                let detail = format!("indsats i mål {}, {}", due.number, due.reason.danish(due.initiative));
                lines.push(AgendaLine::new(target, due.initiative.text.as_str().trim(), detail));
            }
        }
    }
    lines.truncate(SHOWN);
    lines
}

/// Returns the trials that run.
fn running_trials(facts: &AgendaFacts) -> Vec<AgendaLine> {
    let running = facts.trials.iter().filter(|(_, trial)| trial.state(facts.day) == TrialState::Running);
    let line = |(id, trial): &(Id, Proevehandling)| {
        let to = trial.period.and_then(|span| span.to).map(|to| format!(" til {}", to.danish())).unwrap_or_default();
        AgendaLine::new(AgendaTarget::Trial(id.clone()), trial.name(), format!("prøvehandling{to}"))
    };
    running.take(SHOWN).map(line).collect()
}

/// Returns the figures that moved more than chance explains, in the order of the indicators.
fn moved_figures(unit: &UnitFacts) -> Vec<AgendaLine> {
    let has_moved = |direction: Option<ChangeDirection>| {
        matches!(direction, Some(ChangeDirection::Better | ChangeDirection::Worse))
    };
    let moved = unit.figures.iter().filter(|figure| has_moved(ChangeDirection::of(&figure.analysis)));
    let line = |analysis: &SeriesAnalysis| {
        let indicator = &analysis.indicator;
        AgendaLine::new(AgendaTarget::Indicator(indicator.id.clone()), indicator.name.as_str(), analysis.headline())
    };
    moved.take(SHOWN).map(|figure| line(&figure.analysis)).collect()
}

/// Returns the goals of the agreement in force, each with its signs of progression.
fn goals_in_short(unit: &UnitFacts) -> Vec<AgendaLine> {
    let Some(agreement) = unit.agreements.iter().find(|agreement| agreement.status().applies()) else {
        return Vec::new();
    };
    let goals = agreement.bundle.goals.iter().filter(|(_, goal)| !goal.text.as_str().trim().is_empty());
    let line = |(id, goal): &(Id, Goal)| {
        let signs = goal.signs_of_progression.as_str().trim();
        let detail = if signs.is_empty() { String::new() } else { format!("det ser vi på: {signs}") };
        AgendaLine::new(AgendaTarget::Goal(agreement.id.clone(), id.clone()), goal.text.as_str().trim(), detail)
    };
    goals.take(SHOWN).map(line).collect()
}

/// Builds the link to the followed units, with the number of agreements in each state.
fn units_line(units: &[UnitFacts]) -> AgendaLine {
    let newest = |unit: &UnitFacts| unit.agreements.first().map(|agreement| agreement.status().state);
    let states = std::iter::once((None, "uden aftale".to_owned()))
        .chain(AftaleState::ALL.map(|state| (Some(state), state.danish().to_lowercase())));
    let counts: Vec<String> = states
        .filter_map(|(state, words)| {
            let count = units.iter().filter(|unit| newest(unit) == state).count();
            (count > 0).then(|| format!("{count} {words}"))
        })
        .collect();
    AgendaLine::new(AgendaTarget::UnitsBelow, "Mine enheder: hvor langt er de?", counts.join(" · "))
}

/// Returns how many figures of all units changed, a line for each group of indicators.
fn change_lines(facts: &AgendaFacts) -> Vec<AgendaLine> {
    let line = |changes: &ChangeCounts| {
        let part = |count: usize, words: &str| (count > 0).then(|| format!("{count} {words}"));
        let counts = [
            part(changes.better, "i den ønskede retning"),
            part(changes.worse, "mod den"),
            part(changes.unsure, "uden sikker ændring"),
        ];
        let counts: Vec<String> = counts.into_iter().flatten().collect();
        let detail = if counts.is_empty() { "ingen tal, der kan sammenlignes".to_owned() } else { counts.join(" · ") };
        AgendaLine::new(AgendaTarget::UnitFigures, changes.name.as_str(), detail)
    };
    facts.change_counts.iter().map(line).collect()
}

/// Returns the themes of the cycle, and the link to the data package.
fn theme_lines(facts: &AgendaFacts) -> Vec<AgendaLine> {
    if !facts.package.has_content() {
        return Vec::new();
    }
    let themes = facts.package.themes_for_units().into_iter();
    let mut lines: Vec<AgendaLine> = themes.map(|(_, theme)| read_only(theme.title.as_str().trim(), "")).collect();
    let patterns = facts.package.patterns_in_order().len();
    let detail = if patterns == 0 {
        String::new()
    } else {
        count_in_words(patterns, "mønster i tallene", "mønstre i tallene")
    };
    lines.push(AgendaLine::new(AgendaTarget::Package, "Læs datapakken", detail));
    lines
}
