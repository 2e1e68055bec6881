//! The workflow of an agreement: its state, the next step, and the other steps. A step that is not allowed says why.

use leptos::prelude::*;

use crate::domain::aftale::bundle::AgreementBundle;
use crate::domain::aftale::gaps::{AftaleGap, gaps};
use crate::domain::aftale::state::{AftaleEvent, AftaleState, AgreementStatus};
use crate::domain::aftale::step::{AftaleStep, StepConditions, check_step};
use crate::domain::aftale::version::{Version, fingerprint, short_fingerprint, write_content};
use crate::domain::aftale::{Aftale, Party};
use crate::domain::id::Id;
use crate::domain::text::UserText;
use crate::exchange::scope::SharedPart;
use crate::record::edit::Focus;

use super::{AftaleContext, overview};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, button_with_class, dynamic_view, on_click, or_empty};
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::queries::agreements::{self, UnitIndicators};

/// The reply of the panel to an attempted step.
#[derive(Clone, Copy, PartialEq)]
enum StepReply {
    /// The step is not allowed, for a reason.
    Refused(&'static str),
    /// Sharing changes the state and makes a file, so the panel asks the user first.
    ConfirmShare,
    /// The agreement has gaps, so the panel lists the gaps before a version is frozen.
    MissingBeforeFreeze,
}

/// The id of the panel.
const PANEL: &str = "workflow";
/// The id of the reply to the attempted step.
const REPLY: &str = "step-reply";

/// Builds the workflow panel.
pub(crate) fn workflow(ctx: &AftaleContext, bundle: Memo<AgreementBundle>) -> BuiltView {
    let reply = RwSignal::new(None::<StepReply>);
    let ctx = ctx.clone();
    dynamic_view(move || {
        bundle.with(|bundle| {
            let status = bundle.head.status(bundle.open_comments);
            let next = next_step(&ctx, bundle, &status, reply);
            let reply_ctx = ctx.clone();
            markup!(
                r#"<section class="aside-section workflow" id="workflow" tabindex="-1"><h2>Aftalens vej</h2>{}{}{}{}{}</section>"#,
                stations(&status),
                next,
                dynamic_view(move || or_empty(reply.get().map(|shown| reply_view(&reply_ctx, shown, reply)))),
                signing(&ctx, bundle, &status, reply),
                other_steps(&ctx, bundle, &status, reply)
            )
        })
    })
}

/// Builds the list of stations and marks the current one.
fn stations(status: &AgreementStatus) -> BuiltView {
    const STATIONS: [(&str, &[AftaleState]); 4] = [
        ("Kladde", &[AftaleState::Draft]),
        ("Delt", &[AftaleState::Shared, AftaleState::Commented]),
        ("Underskrift", &[AftaleState::ToSign]),
        ("Indgået", &[AftaleState::InForce, AftaleState::UnderRevision, AftaleState::Midterm, AftaleState::Closed]),
    ];
    let current = STATIONS.iter().position(|(_, states)| states.contains(&status.state)).unwrap_or_default();
    let items: Vec<_> = STATIONS
        .iter()
        .enumerate()
        .map(|(index, (name, _))| match index.cmp(&current) {
            std::cmp::Ordering::Less => markup!(r#"<li class="past">{}</li>"#, *name),
            std::cmp::Ordering::Equal => markup!(r#"<li class="current" aria-current="step">{}</li>"#, *name),
            std::cmp::Ordering::Greater => markup!("<li>{}</li>", *name),
        })
        .collect();
    let current_state = match status.state {
        AftaleState::UnderRevision | AftaleState::Midterm | AftaleState::Closed => {
            Some(markup!(r#"<p class="help">Nu: {}</p>"#, status.state.danish().to_lowercase()))
        }
        _ => None,
    };
    markup!(r#"<div><ol class="workflow-steps">{}</ol>{}</div>"#, items, current_state)
}

/// Builds the next step: an explanation and the primary button.
fn next_step(
    ctx: &AftaleContext,
    bundle: &AgreementBundle,
    status: &AgreementStatus,
    reply: RwSignal<Option<StepReply>>,
) -> BuiltView {
    let other_party = other_party(ctx, bundle);
    let (explanation, label, step): (String, &'static str, Option<AftaleStep>) = match status.state {
        AftaleState::Draft => (
            format!("Skriv i ro og mag. Når {other_party} skal læse med, deler du den: du får en fil, som du sender."),
            "Del aftalen",
            Some(AftaleStep::Share),
        ),
        AftaleState::UnderRevision if !status.is_shared => (
            format!("Ret mål og indsatser. Del revisionen med {other_party}, når den er værd at læse."),
            "Del revisionen",
            Some(AftaleStep::Share),
        ),
        AftaleState::Commented => (
            match bundle.open_comments {
                1 => "Der er 1 kommentar, som ikke er afsluttet. Svar i margenen, og lås aftalen, når I er enige."
                    .to_owned(),
                more => format!(
                    "Der er {more} kommentarer, som ikke er afsluttet. Svar i margenen, og lås aftalen, når I er enige."
                ),
            },
            "Gør klar til underskrift",
            Some(AftaleStep::Freeze),
        ),
        AftaleState::Shared | AftaleState::UnderRevision => (
            "Er I enige, så lås ordene. Så kan begge sige ja til det samme.".to_owned(),
            "Gør klar til underskrift",
            Some(AftaleStep::Freeze),
        ),
        AftaleState::ToSign => ("Ordene ligger fast. Aftalen er indgået, når begge har sagt ja.".to_owned(), "", None),
        AftaleState::InForce => {
            ("Aftalen gælder. Følg indsatserne, og skriv i logbogen, når noget sker.".to_owned(), "", None)
        }
        AftaleState::Midterm => {
            ("I gør status halvvejs: hvad gjorde en forskel, og hvad tager I videre?".to_owned(), "", None)
        }
        AftaleState::Closed => ("Aftalen er afsluttet. Planen kan kopieres til den næste.".to_owned(), "", None),
    };
    let step_button = step.map(|step| {
        let ctx = ctx.clone();
        button_with_class("primary", label, on_click(move || try_step(&ctx, step, reply)))
    });
    let file_action = matches!(
        status.state,
        AftaleState::Shared
            | AftaleState::Commented
            | AftaleState::ToSign
            | AftaleState::UnderRevision
            | AftaleState::InForce
            | AftaleState::Midterm
    )
    .then(|| {
        let ctx = ctx.clone();
        let save_button = button("Gem fil til modparten", move || save(&ctx));
        markup!(
            r#"<div>{}<p class="help">Filen har aftalen, målene, kommentarerne i margenen og enhedens tal.</p></div>"#,
            save_button
        )
    });
    let status_link = (status.state == AftaleState::Midterm).then(|| {
        let address = Route::Midtvejs(Some(ctx.id.clone())).to_string();
        markup!(r#"<a class="button primary" href="{}">Skriv midtvejsstatus</a>"#, address)
    });
    markup!(
        r#"<div class="next-step"><p>{}</p><div class="buttons">{}{}{}</div></div>"#,
        explanation,
        step_button,
        status_link,
        file_action
    )
}

/// Builds the list of the parties' assents to a version, with a button for each missing assent. The version is the one
/// to sign, or else the last agreed one. Empty if there is neither.
fn signing(
    ctx: &AftaleContext,
    bundle: &AgreementBundle,
    status: &AgreementStatus,
    reply: RwSignal<Option<StepReply>>,
) -> BuiltView {
    let Some(version) = status.to_sign.as_ref().or(status.agreed.last()).cloned() else { return build_view(()) };
    let content = agreements::version_content(ctx, &version);
    let is_waiting = status.to_sign.is_some();
    let version_line = match &content {
        Some((agreed, true)) => markup!(
            r#"<p><a href="{}">Version {}</a> <span class="tag">{}</span></p>"#,
            ctx.part(version.as_str()),
            agreed.number.to_string(),
            short_fingerprint(&version)
        ),
        Some((_, false)) => markup!(
            r#"<p class="warning" role="alert">Versionen {} er ændret, efter at den blev låst: indholdet passer ikke til fingeraftrykket. Sig ikke ja til den. Åbn filen fra den, der låste den, eller træk den tilbage.</p>"#,
            short_fingerprint(&version)
        ),
        None => markup!(
            r#"<p class="warning" role="alert">Versionen {} er ikke i denne browser. Bed den, der låste den, om filen.</p>"#,
            short_fingerprint(&version)
        ),
    };
    let own_party = agreements::own_party(ctx);
    let rows: Vec<_> = Party::ALL
        .into_iter()
        .map(|party| {
            let name = bundle.head.party(party).to_owned();
            let assent_text =
                bundle.head.assent(&version, party).map(|assent| format!("har sagt ja {}", assent.date.danish()));
            // If the person's party is unknown, the person may assent for either party.
            let may_assent = own_party.is_none_or(|own_party| own_party == party);
            let assent_button = (assent_text.is_none() && is_waiting && may_assent).then(|| {
                let ctx = ctx.clone();
                let label = format!("Sig ja som {name}");
                let assent = on_click(move || try_step(&ctx, AftaleStep::Assent(party), reply));
                build_view(view! { <button type="button" class="primary" on:click=assent>{label}</button> })
            });
            let assent_text = assent_text.unwrap_or_else(|| {
                if is_waiting && !may_assent { "mangler at sige ja".to_owned() } else { String::new() }
            });
            markup!(r#"<li><span>{} </span><span class="help">{}</span>{}</li>"#, name, assent_text, assent_button)
        })
        .collect();
    let reminder = (!is_waiting).then(|| {
        let ctx = ctx.clone();
        markup!(
            r#"<p class="help">Underskriften er på papir eller i kommunens eget system, og den underskrevne aftale hører til i ESDH. Det, der er delt som fil, skal slettes igen en dag{}</p>"#,
            dynamic_view(move || {
                let day = agreements::head(&ctx).delete_by;
                markup!("<span>{}</span>", day.map_or_else(|| ".".to_owned(), |day| format!(": {}.", day.danish())))
            })
        )
    });
    markup!(r#"<div class="signing">{}<ul>{}</ul>{}</div>"#, version_line, rows, reminder)
}

/// Builds the buttons of the other steps, and the link to the versions.
fn other_steps(
    ctx: &AftaleContext,
    bundle: &AgreementBundle,
    status: &AgreementStatus,
    reply: RwSignal<Option<StepReply>>,
) -> BuiltView {
    let steps: &[(&'static str, AftaleStep)] = match status.state {
        AftaleState::Draft => &[("Gør klar til underskrift", AftaleStep::Freeze)],
        AftaleState::Shared | AftaleState::Commented | AftaleState::ToSign => &[("Træk tilbage", AftaleStep::Withdraw)],
        AftaleState::InForce => &[
            ("Begynd den årlige revision", AftaleStep::Revise),
            ("Begynd midtvejsstatus", AftaleStep::Midterm),
            ("Afslut aftalen", AftaleStep::Close),
        ],
        AftaleState::Midterm => {
            &[("Begynd den årlige revision", AftaleStep::Revise), ("Afslut aftalen", AftaleStep::Close)]
        }
        AftaleState::UnderRevision => &[],
        AftaleState::Closed => &[("Åbn aftalen igen", AftaleStep::Reopen)],
    };
    let steps: Vec<_> = steps
        .iter()
        .map(|&(label, step)| {
            let ctx = ctx.clone();
            button_with_class("quiet", label, on_click(move || try_step(&ctx, step, reply)))
        })
        .collect();
    let versions = (!bundle.head.facts.is_empty())
        .then(|| markup!(r#"<a href="{}">Versioner og ændringer</a>"#, ctx.part("versioner")));
    markup!(r#"<div class="more-steps">{}{}</div>"#, steps, versions)
}

/// Returns the name of the other party; of the counterpart where the person's own party is unknown.
fn other_party(ctx: &AftaleContext, bundle: &AgreementBundle) -> String {
    let party = match agreements::own_party(ctx) {
        Some(Party::Counterpart) => Party::Leader,
        Some(Party::Leader) | None => Party::Counterpart,
    };
    bundle.head.party(party).to_owned()
}

/// Builds the reply to the attempted step: the reason of a refusal, a question, or the gaps.
fn reply_view(ctx: &AftaleContext, shown: StepReply, reply: RwSignal<Option<StepReply>>) -> BuiltView {
    let bundle: AgreementBundle = untrack(|| agreements::bundle(ctx));
    let take = |label: &'static str, step: AftaleStep| {
        let ctx = ctx.clone();
        button_with_class("primary", label, on_click(move || take_step(&ctx, step, reply)))
    };
    let wait = move || {
        button_with_class(
            "quiet",
            "Vent med det",
            on_click(move || {
                reply.set(None);
                inputs::focus_on(PANEL.to_owned());
            }),
        )
    };
    match shown {
        StepReply::Refused(reason) => markup!(r#"<p class="warning" role="alert">{}</p>"#, reason),
        StepReply::ConfirmShare => {
            let other_party = untrack(|| other_party(ctx, &bundle));
            let is_revision = bundle.head.status(bundle.open_comments).state == AftaleState::UnderRevision;
            let words = if is_revision {
                format!(
                    "Revisionen kommer til at stå som delt, og du får en fil, som du sender til {other_party}. Den aftale, der gælder, ændres ikke."
                )
            } else {
                format!(
                    "Aftalen går fra kladde til delt, og du får en fil, som du sender til {other_party}. Derefter kan I begge rette i ordene og skrive i margenen. Du kan trække den tilbage igen."
                )
            };
            markup!(
                r#"<div class="step-reply" id="step-reply" tabindex="-1"><p>{}</p><div class="buttons">{}{}</div></div>"#,
                words,
                take("Ja, del og gem filen", AftaleStep::Share),
                wait()
            )
        }
        StepReply::MissingBeforeFreeze => {
            let (required, optional): (Vec<_>, Vec<_>) = gaps(&bundle).into_iter().partition(|gap| gap.is_required);
            let is_allowed = required.is_empty();
            let list = |words: &'static str, gaps: Vec<AftaleGap>| {
                (!gaps.is_empty()).then(|| markup!("<div><p>{}</p>{}</div>", words, overview::gap_list(ctx, gaps)))
            };
            markup!(
                r#"<div class="step-reply" id="step-reply" tabindex="-1">{}{}<div class="buttons">{}{}</div></div>"#,
                list("Det skal på plads, før ordene kan låses:", required),
                list("Det står der ikke noget om endnu. I kan også låse ordene uden:", optional),
                is_allowed.then(|| take("Gør klar alligevel", AftaleStep::Freeze)),
                wait()
            )
        }
    }
}

/// Takes a step. If the user must answer a question or see the gaps first, shows a reply instead.
fn try_step(ctx: &AftaleContext, step: AftaleStep, reply: RwSignal<Option<StepReply>>) {
    let bundle: AgreementBundle = untrack(|| agreements::bundle(ctx));
    let status = bundle.head.status(bundle.open_comments);
    let answer = match step {
        AftaleStep::Freeze if status.state.is_open() && !gaps(&bundle).is_empty() => StepReply::MissingBeforeFreeze,
        AftaleStep::Share if check(ctx, step, &bundle, &status).is_ok() => StepReply::ConfirmShare,
        _ => return take_step(ctx, step, reply),
    };
    reply.set(Some(answer));
    inputs::focus_on(REPLY.to_owned());
}

/// Checks whether a step is allowed now.
fn check(
    ctx: &AftaleContext,
    step: AftaleStep,
    bundle: &AgreementBundle,
    status: &AgreementStatus,
) -> Result<(), &'static str> {
    let party = if let AftaleStep::Assent(party) = step { party } else { Party::Leader };
    let conditions: StepConditions = untrack(|| agreements::conditions(ctx, bundle, status, party));
    check_step(step, status.state, &conditions)
}

/// Takes a step if it is allowed. Otherwise puts the reason into `reply`.
fn take_step(ctx: &AftaleContext, step: AftaleStep, reply: RwSignal<Option<StepReply>>) {
    let bundle: AgreementBundle = untrack(|| agreements::bundle(ctx));
    let status = bundle.head.status(bundle.open_comments);
    if let Err(reason) = check(ctx, step, &bundle, &status) {
        reply.set(Some(StepReply::Refused(reason)));
        return;
    }
    reply.set(None);
    // The panel is rebuilt, which removes the focused element, so the focus returns to the panel.
    inputs::focus_on(PANEL.to_owned());
    let day = ctx.app.today.get_untracked();
    match step {
        AftaleStep::Share => {
            note(ctx, AftaleEvent::Shared, None);
            save(ctx);
        }
        AftaleStep::Withdraw => note(ctx, AftaleEvent::Withdrawn, None),
        AftaleStep::Freeze => freeze(ctx, &bundle, &status),
        AftaleStep::Assent(party) => {
            if let Some(version) = status.to_sign {
                edit(ctx, |head| head.record_assent(&version, party, day));
            }
        }
        AftaleStep::Revise => note(ctx, AftaleEvent::Revision, None),
        AftaleStep::Midterm => {
            note(ctx, AftaleEvent::Midterm, None);
            platform::navigation::go_to(&Route::Midtvejs(Some(ctx.id.clone())).to_string());
        }
        AftaleStep::Close => note(ctx, AftaleEvent::Closed, None),
        AftaleStep::Reopen => note(ctx, AftaleEvent::Reopened, None),
    }
    ctx.app.workspace.save_now();
}

/// Freezes the agreement's content as a version: a record whose id is the fingerprint of the content.
fn freeze(ctx: &AftaleContext, bundle: &AgreementBundle, status: &AgreementStatus) {
    let number = status.agreed.len() + 1;
    let day = ctx.app.today.get_untracked();
    let content = untrack(|| write_content(bundle, &UnitIndicators::of(ctx), number, status.agreed.last(), day));
    let Some(id) = fingerprint(&content) else { return };
    let version = Version {
        title: UserText(format!("{number} af {}", agreements::title(&bundle.head))),
        aftale: Some(ctx.id.clone()),
        content: UserText(content),
    };
    ctx.app.workspace.ensure(&id, || version);
    note(ctx, AftaleEvent::Frozen, Some(id));
}

/// Adds an event of today to the agreement.
fn note(ctx: &AftaleContext, event: AftaleEvent, version: Option<Id>) {
    let day = ctx.app.today.get_untracked();
    edit(ctx, |head| head.record_event(platform::ids::new_id(), event, day, version));
}

/// Changes the agreement's head.
fn edit(ctx: &AftaleContext, change: impl FnOnce(&mut Aftale)) {
    agreements::edit::<Aftale>(ctx.app.workspace, &ctx.id, &mut Focus::default(), change);
}

/// Saves the agreement as a file for the other party.
fn save(ctx: &AftaleContext) {
    let workspace = ctx.app.workspace;
    let title = untrack(|| agreements::title(&agreements::head(ctx)));
    let part = SharedPart::Aftale { id: ctx.id.clone() };
    workspace.save_share_file(&title, "aftale", part, "Aftalen er stadig her på siden.");
}
