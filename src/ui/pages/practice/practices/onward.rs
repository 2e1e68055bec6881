//! What practice becomes: another practice, an initiative of the agreement, a part of the catalogue and the report.

use leptos::prelude::*;
use serde_json::Value;

use crate::domain::aftale::bundle::AgreementBundle;
use crate::domain::fractional_index;
use crate::domain::goal::{Anchor, Goal};
use crate::domain::id::Id;
use crate::domain::practice::{Practice, PracticeDraft, PracticeSort, PracticeState, next_version_title};
use crate::domain::proevehandling::{Proevehandling, TrialNext};
use crate::domain::registry::Kind;
use crate::record::Record;
use crate::record::edit::Focus;
use crate::record::life::Life;
use crate::record::path::Path;

use super::lines::PracticeLines;
use super::new::create;
use super::parts::PracticeContext;
use super::words::words;
use crate::ui::kit::components::{FieldExtras, FieldType, share_checkbox};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, checkbox, dynamic_text, dynamic_view, or_empty};
use crate::ui::pages::agreement::aftale::newest_agreement;
use crate::ui::route::Route;
use crate::ui::state::queries::{self, agreements};

/// The id of the list of goals.
const GOAL_SELECT: &str = "initiative-goal";
/// The id of the link to the initiative.
const INITIATIVE_LINK: &str = "practice-initiative";

/// Builds the part on what the practice becomes.
pub(super) fn onward_part(
    ctx: &PracticeContext,
    practice: Memo<Option<Practice>>,
    lines: Memo<PracticeLines>,
) -> BuiltView {
    let decision = Memo::new(move |_| {
        let of_practice = |practice: &Practice| (practice.next, practice.is_found_to_work());
        practice.with(|practice| practice.as_ref().map(of_practice)).unwrap_or_default()
    });
    let growth = {
        let ctx = ctx.clone();
        dynamic_view(move || growth(&ctx, lines, decision.get()))
    };
    let initiative = {
        let (read, shown) = (ctx.clone(), ctx.clone());
        // Follows what the state depends on alone, so that typing in a text does not read the goals again.
        let state_and_unit = Memo::new(move |_| {
            practice.with(|practice| practice.as_ref().map(|practice| (practice.state, practice.unit.clone())))
        });
        let state = Memo::new(move |_| {
            // Reading the value, unlike `track`, also computes it, so that it follows the practice.
            state_and_unit.with(|_| ());
            practice.with_untracked(|practice| initiative_state(&read, practice.as_ref()))
        });
        dynamic_view(move || initiative(&shown, &state.get()))
    };
    markup!(
        r#"<section class="part no-print"><h2>Hvad bliver det til?</h2><div class="growth">{}</div><div>{}</div></section>"#,
        growth,
        initiative
    )
}

/// Builds the buttons that make another practice of this one. A button becomes a link when the other practice exists.
fn growth(
    ctx: &PracticeContext,
    lines: Memo<PracticeLines>,
    (next, is_found_to_work): (Option<TrialNext>, bool),
) -> BuiltView {
    let growths: &[(PracticeSort, &'static str)] = match (ctx.sort, next) {
        (PracticeSort::Deviation, _) => &[(PracticeSort::Trial, "Prøv det af")],
        (PracticeSort::Trial, None) => &[(PracticeSort::Prototype, "Gør det til en prototype")],
        (PracticeSort::Trial, Some(_)) => {
            &[(PracticeSort::Trial, "Lav en ny version"), (PracticeSort::Prototype, "Gør det til en prototype")]
        }
        // A prototype has its versions.
        (PracticeSort::Prototype, _) => &[],
    };
    let of_sort = |growth: &(PracticeSort, &'static str)| {
        let (ctx, (sort, label)) = (ctx.clone(), *growth);
        let existing = lines.with(|lines| lines.grown.iter().find(|grown| grown.sort == sort).cloned());
        match existing {
            Some(grown) => markup!(
                r#"<a class="button" href="{}">{}</a>"#,
                Route::Practice(grown.id).to_string(),
                format!("Se {}: {}", words(sort).definite, grown.title)
            ),
            None => button(label, move || grow(&ctx, sort)),
        }
    };
    let buttons: Vec<BuiltView> = growths.iter().map(of_sort).collect();
    let hint = match (ctx.sort, next) {
        (PracticeSort::Trial, None) => {
            Some("Når I har valgt, hvad der skal ske nu, kan den også blive til en ny version eller en indsats.")
        }
        (PracticeSort::Prototype, None) if !is_found_to_work => {
            Some("Når en version gælder, kan den blive til en indsats i aftalen.")
        }
        (PracticeSort::Prototype, Some(TrialNext::Stop)) => Some("I stoppede den. Det, I lærte, står her stadig."),
        (PracticeSort::Prototype, Some(_)) => Some("Vil I lave den om, så lav en ny version ovenfor."),
        _ => None,
    };
    markup!(
        r#"<div>{}<div class="buttons">{}</div></div>"#,
        hint.map(|hint| markup!(r#"<p class="help">{}</p>"#, hint)),
        buttons
    )
}

/// Creates practice that grows out of this one. What is written so far is its start.
fn grow(ctx: &PracticeContext, sort: PracticeSort) {
    let Some(practice) = untrack(|| queries::practice::practice(ctx.app, &ctx.id)) else { return };
    let draft = practice.draft(None);
    let title = if sort == ctx.sort { next_version_title(&draft.title) } else { draft.title.clone() };
    let draft = PracticeDraft { title, ..draft };
    create(ctx.app, sort, &draft, &Proevehandling::default(), words(sort).first_field);
}

/// Whether the practice is an initiative of the unit's newest agreement, or can become one.
#[derive(Clone, PartialEq, Eq)]
enum InitiativeState {
    /// Nothing says yet that it should.
    Undecided,
    /// It is an initiative of a goal: the address and the name of the goal.
    Created(String, String),
    /// It can become an initiative of one of these goals.
    Possible(Vec<(Id, String)>),
    /// The agreement at an address has no goal.
    NoGoal(String),
    /// The texts of the agreement are fixed.
    Fixed,
    /// The unit has no agreement.
    NoAgreement,
}

/// Returns whether the practice is an initiative or can become one, tracked.
fn initiative_state(ctx: &PracticeContext, practice: Option<&Practice>) -> InitiativeState {
    let Some(practice) = practice.filter(|practice| practice.can_be_initiative()) else {
        return InitiativeState::Undecided;
    };
    let agreement = practice.unit.as_ref().and_then(|unit| newest_agreement(ctx.app, unit));
    let Some(agreement) = agreement else { return InitiativeState::NoAgreement };
    let records = agreements::children_of(ctx.app.workspace, Kind::Goal, &agreement.id, Life::Living).into_iter();
    // A record that passed `Record::check` can always be viewed.
    let goal = |record: Record| Some((record.id().clone(), record.view::<Goal>().ok()?));
    let goals = AgreementBundle::in_order(records.filter_map(goal).collect());
    if let Some((id, goal)) = goals.iter().find(|(_, goal)| practice.is_initiative_of(goal)) {
        return InitiativeState::Created(agreement.part(id.as_str()), goal.name().to_owned());
    }
    if !agreements::is_open(&agreement) {
        return InitiativeState::Fixed;
    }
    if goals.is_empty() {
        return InitiativeState::NoGoal(agreement.address());
    }
    InitiativeState::Possible(goals.into_iter().map(|(id, goal)| (id, goal.name().to_owned())).collect())
}

fn initiative(ctx: &PracticeContext, state: &InitiativeState) -> BuiltView {
    match state {
        InitiativeState::Undecided => or_empty(None),
        InitiativeState::Created(address, goal) => markup!(
            r#"<p>Den er en indsats under målet <a id="{}" href="{}">{}</a>.</p>"#,
            INITIATIVE_LINK,
            address.as_str(),
            goal.as_str()
        ),
        InitiativeState::Possible(goals) => goal_choice(ctx, goals),
        InitiativeState::NoGoal(address) => markup!(
            r#"<p><a class="button" href="{}">Skriv et mål i aftalen, som indsatsen kan stå under</a></p>"#,
            address.as_str()
        ),
        InitiativeState::Fixed => markup!(
            r#"<p class="help">Aftalens ord ligger fast lige nu, så en ny indsats må vente på en revision.</p>"#
        ),
        InitiativeState::NoAgreement => markup!(
            r#"<p><a class="button" href="{}">Begynd en aftale at skrive indsatsen ind i</a></p>"#,
            Route::Aftale { id: None, part: None }.to_string()
        ),
    }
}

/// Builds the choice of a goal, and the button that makes the practice an initiative of it.
fn goal_choice(ctx: &PracticeContext, goals: &[(Id, String)]) -> BuiltView {
    let practice = untrack(|| queries::practice::practice(ctx.app, &ctx.id));
    let hangs_on = |(id, _): &(Id, String)| {
        let anchor = practice.as_ref().and_then(|practice| practice.anchors.get(id));
        matches!(anchor, Some(Anchor::Goal(_)))
    };
    let only = (goals.len() == 1).then_some(0);
    let chosen = RwSignal::new(goals.iter().position(hangs_on).or(only));
    let error = RwSignal::new(false);
    let names = std::iter::once("Vælg et mål".to_owned()).chain(goals.iter().map(|(_, name)| name.clone()));
    let select = inputs::select_field(
        GOAL_SELECT.to_owned(),
        "Hvilket mål hører indsatsen til?".to_owned(),
        names.collect(),
        move || chosen.get(),
        move |index| {
            error.set(false);
            chosen.set(index);
        },
    );
    let missing = dynamic_view(move || {
        or_empty(error.get().then(|| markup!(r#"<p class="error" role="alert">Vælg først et mål.</p>"#)))
    });
    let (ctx, ids) = (ctx.clone(), goals.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>());
    let add = move || {
        if let Some(goal) = chosen.get_untracked().and_then(|index| ids.get(index)) {
            add_initiative(&ctx, goal);
        } else {
            error.set(true);
            inputs::focus_on(GOAL_SELECT.to_owned());
        }
    };
    markup!(
        r#"<div class="form">{}<div>{}</div><div class="buttons">{}</div></div>"#,
        select,
        missing,
        button("Gør det til en indsats i aftalen", add)
    )
}

/// Makes the practice an initiative of a goal, unless it is one already.
fn add_initiative(ctx: &PracticeContext, goal: &Id) {
    let workspace = ctx.app.workspace;
    let Some(practice) = untrack(|| queries::practice::practice(ctx.app, &ctx.id)) else { return };
    if !matches!(untrack(|| initiative_state(ctx, Some(&practice))), InitiativeState::Possible(_)) {
        let message =
            "Aftalen er ændret imens, så indsatsen er ikke oprettet. Praksis står her stadig. Se, hvad siden siger nu.";
        workspace.error_message.set(Some(message.to_owned()));
        return;
    }
    agreements::edit::<Goal>(workspace, goal, &mut Focus::default(), |goal| {
        let last = goal.initiatives.values().filter_map(|initiative| initiative.order.as_deref()).max();
        let order = fractional_index::after(last);
        goal.initiatives.insert(practice.id.clone(), practice.initiative(order));
    });
    workspace.save_now();
    inputs::focus_on(INITIATIVE_LINK.to_owned());
}

/// Builds the part on who hears of the practice: the network, the catalogue, the report.
pub(super) fn telling_part(ctx: &PracticeContext, practice: Memo<Option<Practice>>) -> BuiltView {
    let credit = ctx.field(
        Path::root("credit"),
        "Hvis idé bygger den på?",
        "For eksempel: efter en idé fra naboskolen. Kan udelades.",
        FieldType::Line,
    );
    let report = dynamic_text(move || practice.with(|practice| practice.as_ref().map_or("", report_words).to_owned()));
    markup!(
        r#"
        <section class="part no-print">
            <h2>Del det, og fortæl om det</h2>
            {}
            {}
            <div class="form">{}</div>
            <div><h3>Kom med i rapporten</h3><p class="help">{}</p></div>
        </section>"#,
        share_checkbox(ctx.app.workspace, &ctx.id, words(ctx.sort).definite, || ()),
        catalogue(ctx),
        credit,
        report
    )
}

/// Builds the box that puts the practice into the catalogue, and the field for it in plain words.
fn catalogue(ctx: &PracticeContext) -> BuiltView {
    let path = Path::root("in_catalogue");
    let is_in_catalogue = {
        let (ctx, path) = (ctx.clone(), path.clone());
        Memo::new(move |_| ctx.leaf::<bool>(&path).unwrap_or_default())
    };
    let (written, written_path) = (ctx.clone(), path.clone());
    let put = checkbox(
        "Sæt i kataloget".to_owned(),
        move || is_in_catalogue.get(),
        move |is_on| written.write(&written_path, Value::from(is_on)),
    );
    let extras = build_view(view! {
        <FieldExtras
            workspace=ctx.app.workspace
            record=ctx.id.clone()
            path
            about="om den er i kataloget"
            label="Sæt i kataloget"
            words=catalogue_in_words
        />
    });
    let ctx = ctx.clone();
    let plain = dynamic_view(move || {
        or_empty(is_in_catalogue.get().then(|| {
            let plain = ctx.field(
                Path::root("plain"),
                "Med enkle ord",
                "Som I ville sige det til et barn eller en forælder. Ingen navne eller initialer på børn.",
                FieldType::Text,
            );
            markup!(
                r#"<div class="form">{}<p><a class="button" href="{}">Se kataloget</a></p></div>"#,
                plain,
                Route::PracticeCatalogue.to_string()
            )
        }))
    });
    markup!(
        r#"<div>{}<p class="help">Så står den i det katalog, I kan vise til forældre, børn og medarbejdere.</p>{}<div>{}</div></div>"#,
        put,
        extras,
        plain
    )
}

/// A stored choice about the catalogue in Danish.
fn catalogue_in_words(value: &Value) -> String {
    if *value == true { "I kataloget" } else { "Ikke i kataloget" }.to_owned()
}

/// Says whether the practice comes into the quality report, and what it takes.
fn report_words(practice: &Practice) -> &'static str {
    if practice.may_be_reported() {
        return if practice.is_found_to_work() {
            "Den kommer med i rapportens kapitel «Praksis, der virker», når sekretariatet får jeres fil."
        } else {
            "Sekretariatet kan tage den med i rapportens kapitel «Praksis, der virker», når de får jeres fil."
        };
    }
    match (practice.state, practice.sort) {
        (PracticeState::Stopped, _) => {
            "Den kommer ikke med i rapporten. Andre kan læse, hvad I lærte, hvis I deler den."
        }
        (_, PracticeSort::Deviation) => {
            "Del den med netværket, så kan den komme med i rapportens kapitel «Praksis, der virker»."
        }
        (_, PracticeSort::Prototype) => {
            "Når en version gælder, kommer den med i rapportens kapitel «Praksis, der virker»."
        }
        (_, PracticeSort::Trial) => {
            "Når I har valgt at skalere den, kommer den med i rapportens kapitel «Praksis, der virker»."
        }
    }
}
