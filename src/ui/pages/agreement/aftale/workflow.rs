//! The way of an agreement: how far it is, the next step, and the others. A step that makes no sense says why.

use leptos::prelude::*;

use crate::domain::aftale::state::{AftaleEvent, AftaleState, AgreementStatus};
use crate::domain::aftale::step::{AftaleStep, StepConditions, may};
use crate::domain::aftale::version::{Version, content, fingerprint, short};
use crate::domain::aftale::whole::AgreementBundle;
use crate::domain::aftale::{Aftale, Party};
use crate::domain::id::Id;
use crate::domain::text::UserText;
use crate::exchange::scope::SharedPart;
use crate::record::edit::Focus;

use super::AftaleContext;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, button_with_class, dynamic_view, on_click, or_empty};
use crate::ui::platform;
use crate::ui::route::Route;
use crate::ui::state::queries::agreements::{self, UnitIndicators};

/// Where it stands, and what can be done.
pub(crate) fn workflow(ctx: &AftaleContext, whole: Memo<AgreementBundle>) -> BuiltView {
    // Why the last step that was tried makes no sense.
    let refused = RwSignal::new(None::<&'static str>);
    let ctx = ctx.clone();
    dynamic_view(move || {
        whole.with(|whole| {
            let standing = whole.head.standing(whole.open_comments);
            let next = next(&ctx, whole, &standing, refused);
            let why = dynamic_view(move || {
                or_empty(refused.get().map(|why| markup!(r#"<p class="why" role="alert">{}</p>"#, why)))
            });
            markup!(
                r#"<section class="side way"><h2>Aftalens vej</h2>{}{}{}{}{}</section>"#,
                stations(&standing),
                next,
                why,
                signing(&ctx, whole, &standing, refused),
                more(&ctx, whole, &standing, refused)
            )
        })
    })
}

/// The stations of the way, and which of them it is at.
fn stations(standing: &AgreementStatus) -> BuiltView {
    const STATIONS: [(&str, &[AftaleState]); 4] = [
        ("Kladde", &[AftaleState::Draft]),
        ("Delt", &[AftaleState::Shared, AftaleState::Commented]),
        ("Underskrift", &[AftaleState::ToSign]),
        ("Indgået", &[AftaleState::InForce, AftaleState::UnderRevision, AftaleState::Midterm, AftaleState::Closed]),
    ];
    let here = STATIONS.iter().position(|(_, states)| states.contains(&standing.state)).unwrap_or_default();
    let items: Vec<_> = STATIONS
        .iter()
        .enumerate()
        .map(|(index, (name, _))| match index.cmp(&here) {
            std::cmp::Ordering::Less => markup!(r#"<li class="past">{}</li>"#, *name),
            std::cmp::Ordering::Equal => markup!(r#"<li class="here" aria-current="step">{}</li>"#, *name),
            std::cmp::Ordering::Greater => markup!("<li>{}</li>", *name),
        })
        .collect();
    let then = match standing.state {
        AftaleState::UnderRevision | AftaleState::Midterm | AftaleState::Closed => {
            Some(markup!(r#"<p class="help">Nu: {}</p>"#, standing.state.danish().to_lowercase()))
        }
        _ => None,
    };
    markup!(r#"<div><ol class="stations">{}</ol>{}</div>"#, items, then)
}

/// The next step, in words and as the one button that stands out.
fn next(
    ctx: &AftaleContext,
    whole: &AgreementBundle,
    standing: &AgreementStatus,
    refused: RwSignal<Option<&'static str>>,
) -> BuiltView {
    let other = whole.head.party(agreements::own_party(ctx).map_or(Party::Counterpart, |me| match me {
        Party::Leader => Party::Counterpart,
        Party::Counterpart => Party::Leader,
    }));
    let (words, label, step): (String, &'static str, Option<AftaleStep>) = match standing.state {
        AftaleState::Draft => (
            format!("Skriv i ro og mag. Når {other} skal læse med, deler du den: du får en fil, som du sender."),
            "Del aftalen",
            Some(AftaleStep::Share),
        ),
        AftaleState::UnderRevision if !standing.is_shared => (
            format!("Ret mål og indsatser. Del revisionen med {other}, når den er værd at læse."),
            "Del revisionen",
            Some(AftaleStep::Share),
        ),
        AftaleState::Commented => (
            match whole.open_comments {
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
    let act = step.map(|step| {
        let ctx = ctx.clone();
        button_with_class("primary", label, on_click(move || take(&ctx, step, refused)))
    });
    let file = matches!(
        standing.state,
        AftaleState::Shared
            | AftaleState::Commented
            | AftaleState::ToSign
            | AftaleState::UnderRevision
            | AftaleState::InForce
            | AftaleState::Midterm
    )
    .then(|| {
        let ctx = ctx.clone();
        let save = button("Gem fil til modparten", move || save(&ctx));
        markup!(
            r#"<div>{}<p class="help">Filen har aftalen, målene, kommentarerne i margenen og enhedens tal.</p></div>"#,
            save
        )
    });
    let status = (standing.state == AftaleState::Midterm).then(|| {
        let address = Route::Midtvejs(Some(ctx.id.clone())).to_string();
        markup!(r#"<a class="button primary" href="{}">Skriv midtvejsstatus</a>"#, address)
    });
    markup!(r#"<div class="next"><p>{}</p><div class="buttons">{}{}{}</div></div>"#, words, act, status, file)
}

/// Who has said yes to the version that waits, and the buttons to say it with.
fn signing(
    ctx: &AftaleContext,
    whole: &AgreementBundle,
    standing: &AgreementStatus,
    refused: RwSignal<Option<&'static str>>,
) -> BuiltView {
    let Some(version) = standing.to_sign.as_ref().or(standing.agreed.last()).cloned() else { return build_view(()) };
    let found = agreements::agreed(ctx, &version);
    let is_waiting = standing.to_sign.is_some();
    let seal = match &found {
        Some((agreed, true)) => markup!(
            r#"<p><a href="{}">Version {}</a> <span class="tag">{}</span></p>"#,
            ctx.part(version.as_str()),
            agreed.number.to_string(),
            short(&version)
        ),
        Some((_, false)) => markup!(
            r#"<p class="why" role="alert">Versionen {} er ændret, efter at den blev låst: indholdet passer ikke til fingeraftrykket. Sig ikke ja til den. Åbn filen fra den, der låste den, eller træk den tilbage.</p>"#,
            short(&version)
        ),
        None => markup!(
            r#"<p class="why" role="alert">Versionen {} er ikke i denne browser. Bed den, der låste den, om filen.</p>"#,
            short(&version)
        ),
    };
    let me = agreements::own_party(ctx);
    let rows: Vec<_> = Party::ALL
        .into_iter()
        .map(|party| {
            let name = whole.head.party(party).to_owned();
            let said = whole.head.assent(&version, party).map(|assent| format!("har sagt ja {}", assent.date.danish()));
            // Either can be said by whoever is not known to be the other.
            let is_mine = me.is_none_or(|me| me == party);
            let act = (said.is_none() && is_waiting && is_mine).then(|| {
                let ctx = ctx.clone();
                let label = format!("Sig ja som {name}");
                let press = on_click(move || take(&ctx, AftaleStep::Assent(party), refused));
                build_view(view! { <button type="button" class="primary" on:click=press>{label}</button> })
            });
            let said = said.unwrap_or_else(|| {
                if is_waiting && !is_mine { "mangler at sige ja".to_owned() } else { String::new() }
            });
            markup!(r#"<li><span>{} </span><span class="help">{}</span>{}</li>"#, name, said, act)
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
    markup!(r#"<div class="signing">{}<ul>{}</ul>{}</div>"#, seal, rows, reminder)
}

/// The other steps, and what there is to look back at.
fn more(
    ctx: &AftaleContext,
    whole: &AgreementBundle,
    standing: &AgreementStatus,
    refused: RwSignal<Option<&'static str>>,
) -> BuiltView {
    let steps: &[(&'static str, AftaleStep)] = match standing.state {
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
            button_with_class("quiet", label, on_click(move || take(&ctx, step, refused)))
        })
        .collect();
    let versions = (!whole.head.facts.is_empty())
        .then(|| markup!(r#"<a href="{}">Versioner og ændringer</a>"#, ctx.part("versioner")));
    markup!(r#"<div class="more-steps">{}{}</div>"#, steps, versions)
}

/// Takes a step, where it makes sense; else says why it does not.
fn take(ctx: &AftaleContext, step: AftaleStep, refused: RwSignal<Option<&'static str>>) {
    let whole: AgreementBundle = untrack(|| agreements::bundle(ctx));
    let standing = whole.head.standing(whole.open_comments);
    let party = if let AftaleStep::Assent(party) = step { party } else { Party::Leader };
    let is: StepConditions = untrack(|| agreements::conditions(ctx, &whole, &standing, party));
    if let Err(why) = may(step, standing.state, &is) {
        refused.set(Some(why));
        return;
    }
    refused.set(None);
    let day = ctx.desk.today.get_untracked();
    match step {
        AftaleStep::Share => {
            note(ctx, AftaleEvent::Shared, None);
            save(ctx);
        }
        AftaleStep::Withdraw => note(ctx, AftaleEvent::Withdrawn, None),
        AftaleStep::Freeze => freeze(ctx, &whole, &standing),
        AftaleStep::Assent(party) => {
            if let Some(version) = standing.to_sign {
                edit(ctx, |head| head.agree(&version, party, day));
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
    ctx.desk.workspace.save_now();
}

/// Lays down what the agreement says, as a record of its own.
fn freeze(ctx: &AftaleContext, whole: &AgreementBundle, standing: &AgreementStatus) {
    let number = standing.agreed.len() + 1;
    let day = ctx.desk.today.get_untracked();
    let content = untrack(|| content(whole, &UnitIndicators::of(ctx), number, standing.agreed.last(), day));
    let Some(id) = fingerprint(&content) else { return };
    let version = Version {
        title: UserText(format!("{number} af {}", agreements::title(&whole.head))),
        aftale: Some(ctx.id.clone()),
        content: UserText(content),
    };
    ctx.desk.workspace.ensure(&id, || version);
    note(ctx, AftaleEvent::Frozen, Some(id));
}

fn note(ctx: &AftaleContext, what: AftaleEvent, version: Option<Id>) {
    let day = ctx.desk.today.get_untracked();
    edit(ctx, |head| head.note(platform::ids::mint(), what, day, version));
}

fn edit(ctx: &AftaleContext, change: impl FnOnce(&mut Aftale)) {
    agreements::edit::<Aftale>(ctx.desk.workspace, &ctx.id, &mut Focus::default(), change);
}

/// Hands the agreement to the user as a file for the other party.
fn save(ctx: &AftaleContext) {
    let workspace = ctx.desk.workspace;
    let title = untrack(|| agreements::title(&agreements::head(ctx)));
    let part = SharedPart::Aftale { id: ctx.id.clone() };
    workspace.save_share_file(&title, "aftale", part, "Aftalen er stadig her på siden.");
}
