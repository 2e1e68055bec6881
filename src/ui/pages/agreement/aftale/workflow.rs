//! The way of an agreement: how far it is, the next step, and the others. A step that makes no sense says why.

use leptos::prelude::*;

use crate::domain::aftale::state::{Standing, State, What};
use crate::domain::aftale::step::{Conditions, Step, may};
use crate::domain::aftale::version::{Version, content, fingerprint, short};
use crate::domain::aftale::whole::Whole;
use crate::domain::aftale::{Aftale, Party};
use crate::domain::id::Id;
use crate::domain::text::Text;
use crate::exchange::scope::Part;
use crate::record::edit::Focus;

use super::Ctx;
use super::gather::{self, Here};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{Made, button, button_of, live, made, maybe, press};
use crate::ui::platform;
use crate::ui::route::Route;

/// Where it stands, and what can be done.
pub(crate) fn way(ctx: &Ctx, whole: Memo<Whole>) -> Made {
    // Why the last step that was tried makes no sense.
    let refused = RwSignal::new(None::<&'static str>);
    let ctx = ctx.clone();
    live(move || {
        whole.with(|whole| {
            let standing = whole.head.standing(whole.open_comments);
            let next = next(&ctx, whole, &standing, refused);
            let why =
                live(move || maybe(refused.get().map(|why| markup!(r#"<p class="why" role="alert">{}</p>"#, why))));
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
fn stations(standing: &Standing) -> Made {
    const STATIONS: [(&str, &[State]); 4] = [
        ("Kladde", &[State::Draft]),
        ("Delt", &[State::Shared, State::Commented]),
        ("Underskrift", &[State::ToSign]),
        ("Indgået", &[State::InForce, State::UnderRevision, State::Midterm, State::Closed]),
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
        State::UnderRevision | State::Midterm | State::Closed => {
            Some(markup!(r#"<p class="help">Nu: {}</p>"#, standing.state.danish().to_lowercase()))
        }
        _ => None,
    };
    markup!(r#"<div><ol class="stations">{}</ol>{}</div>"#, items, then)
}

/// The next step, in words and as the one button that stands out.
fn next(ctx: &Ctx, whole: &Whole, standing: &Standing, refused: RwSignal<Option<&'static str>>) -> Made {
    let other = whole.head.party(gather::me(ctx).map_or(Party::Counterpart, |me| match me {
        Party::Leader => Party::Counterpart,
        Party::Counterpart => Party::Leader,
    }));
    let (words, label, step): (String, &'static str, Option<Step>) = match standing.state {
        State::Draft => (
            format!("Skriv i ro og mag. Når {other} skal læse med, deler du den: du får en fil, som du sender."),
            "Del aftalen",
            Some(Step::Share),
        ),
        State::UnderRevision if !standing.is_shared => (
            format!("Ret mål og indsatser. Del revisionen med {other}, når den er værd at læse."),
            "Del revisionen",
            Some(Step::Share),
        ),
        State::Commented => (
            match whole.open_comments {
                1 => "Der er 1 kommentar, som ikke er afsluttet. Svar i margenen, og lås aftalen, når I er enige."
                    .to_owned(),
                more => format!(
                    "Der er {more} kommentarer, som ikke er afsluttet. Svar i margenen, og lås aftalen, når I er enige."
                ),
            },
            "Gør klar til underskrift",
            Some(Step::Freeze),
        ),
        State::Shared | State::UnderRevision => (
            "Er I enige, så lås ordene. Så kan begge sige ja til det samme.".to_owned(),
            "Gør klar til underskrift",
            Some(Step::Freeze),
        ),
        State::ToSign => ("Ordene ligger fast. Aftalen er indgået, når begge har sagt ja.".to_owned(), "", None),
        State::InForce => {
            ("Aftalen gælder. Følg indsatserne, og skriv i logbogen, når noget sker.".to_owned(), "", None)
        }
        State::Midterm => {
            ("I gør status halvvejs: hvad gjorde en forskel, og hvad tager I videre?".to_owned(), "", None)
        }
        State::Closed => ("Aftalen er afsluttet. Planen kan kopieres til den næste.".to_owned(), "", None),
    };
    let act = step.map(|step| {
        let ctx = ctx.clone();
        button_of("primary", label, press(move || take(&ctx, step, refused)))
    });
    let file = matches!(
        standing.state,
        State::Shared | State::Commented | State::ToSign | State::UnderRevision | State::InForce | State::Midterm
    )
    .then(|| {
        let ctx = ctx.clone();
        let save = button("Gem fil til modparten", move || save(&ctx));
        markup!(
            r#"<div>{}<p class="help">Filen har aftalen, målene, kommentarerne i margenen og enhedens tal.</p></div>"#,
            save
        )
    });
    let status = (standing.state == State::Midterm).then(|| {
        let address = Route::Midtvejs(Some(ctx.id.clone())).to_string();
        markup!(r#"<a class="button primary" href="{}">Skriv midtvejsstatus</a>"#, address)
    });
    markup!(r#"<div class="next"><p>{}</p><div class="buttons">{}{}{}</div></div>"#, words, act, status, file)
}

/// Who has said yes to the version that waits, and the buttons to say it with.
fn signing(ctx: &Ctx, whole: &Whole, standing: &Standing, refused: RwSignal<Option<&'static str>>) -> Made {
    let Some(version) = standing.to_sign.as_ref().or(standing.agreed.last()).cloned() else { return made(()) };
    let found = gather::agreed(ctx, &version);
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
    let me = gather::me(ctx);
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
                let press = press(move || take(&ctx, Step::Assent(party), refused));
                made(view! { <button type="button" class="primary" on:click=press>{label}</button> })
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
            live(move || {
                let day = gather::head(&ctx).delete_by;
                markup!("<span>{}</span>", day.map_or_else(|| ".".to_owned(), |day| format!(": {}.", day.danish())))
            })
        )
    });
    markup!(r#"<div class="signing">{}<ul>{}</ul>{}</div>"#, seal, rows, reminder)
}

/// The other steps, and what there is to look back at.
fn more(ctx: &Ctx, whole: &Whole, standing: &Standing, refused: RwSignal<Option<&'static str>>) -> Made {
    let steps: &[(&'static str, Step)] = match standing.state {
        State::Draft => &[("Gør klar til underskrift", Step::Freeze)],
        State::Shared | State::Commented | State::ToSign => &[("Træk tilbage", Step::Withdraw)],
        State::InForce => &[
            ("Begynd den årlige revision", Step::Revise),
            ("Begynd midtvejsstatus", Step::Midterm),
            ("Afslut aftalen", Step::Close),
        ],
        State::Midterm => &[("Begynd den årlige revision", Step::Revise), ("Afslut aftalen", Step::Close)],
        State::UnderRevision => &[],
        State::Closed => &[("Åbn aftalen igen", Step::Reopen)],
    };
    let steps: Vec<_> = steps
        .iter()
        .map(|&(label, step)| {
            let ctx = ctx.clone();
            button_of("quiet", label, press(move || take(&ctx, step, refused)))
        })
        .collect();
    let versions = (!whole.head.facts.is_empty())
        .then(|| markup!(r#"<a href="{}">Versioner og ændringer</a>"#, ctx.part("versioner")));
    markup!(r#"<div class="more-steps">{}{}</div>"#, steps, versions)
}

/// Takes a step, where it makes sense; else says why it does not.
fn take(ctx: &Ctx, step: Step, refused: RwSignal<Option<&'static str>>) {
    let whole: Whole = untrack(|| gather::whole(ctx));
    let standing = whole.head.standing(whole.open_comments);
    let party = if let Step::Assent(party) = step { party } else { Party::Leader };
    let is: Conditions = untrack(|| gather::conditions(ctx, &whole, &standing, party));
    if let Err(why) = may(step, standing.state, &is) {
        refused.set(Some(why));
        return;
    }
    refused.set(None);
    let day = ctx.desk.today.get_untracked();
    match step {
        Step::Share => {
            note(ctx, What::Shared, None);
            save(ctx);
        }
        Step::Withdraw => note(ctx, What::Withdrawn, None),
        Step::Freeze => freeze(ctx, &whole, &standing),
        Step::Assent(party) => {
            if let Some(version) = standing.to_sign {
                edit(ctx, |head| head.agree(&version, party, day));
            }
        }
        Step::Revise => note(ctx, What::Revision, None),
        Step::Midterm => {
            note(ctx, What::Midterm, None);
            platform::navigation::go_to(&Route::Midtvejs(Some(ctx.id.clone())).to_string());
        }
        Step::Close => note(ctx, What::Closed, None),
        Step::Reopen => note(ctx, What::Reopened, None),
    }
    ctx.desk.workspace.save_now();
}

/// Lays down what the agreement says, as a record of its own.
fn freeze(ctx: &Ctx, whole: &Whole, standing: &Standing) {
    let number = standing.agreed.len() + 1;
    let day = ctx.desk.today.get_untracked();
    let content = untrack(|| content(whole, &Here::of(ctx), number, standing.agreed.last(), day));
    let Some(id) = fingerprint(&content) else { return };
    let version = Version {
        title: Text(format!("{number} af {}", gather::title(&whole.head))),
        aftale: Some(ctx.id.clone()),
        content: Text(content),
    };
    ctx.desk.workspace.ensure(&id, || version);
    note(ctx, What::Frozen, Some(id));
}

fn note(ctx: &Ctx, what: What, version: Option<Id>) {
    let day = ctx.desk.today.get_untracked();
    edit(ctx, |head| head.note(platform::ids::mint(), what, day, version));
}

fn edit(ctx: &Ctx, change: impl FnOnce(&mut Aftale)) {
    gather::edit::<Aftale>(ctx.desk.workspace, &ctx.id, &mut Focus::default(), change);
}

/// Hands the agreement to the user as a file for the other party.
fn save(ctx: &Ctx) {
    let workspace = ctx.desk.workspace;
    let title = untrack(|| gather::title(&gather::head(ctx)));
    let part = Part::Aftale { id: ctx.id.clone() };
    workspace.hand_out(&title, "aftale", part, "Aftalen er stadig her på siden.");
}
