//! The mirror at the end of a round: the profile of the answers, a question to think about, a next step, and what can
//! be done with the round.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::instrument::Answer;
use crate::domain::instrument::{Instrument, InstrumentItem};
use crate::domain::proevehandling::Proevehandling;
use crate::domain::reflection::Reflection;
use crate::exchange::scope::SharedPart;
use crate::record::edit::Focus;
use crate::record::path::Path;

use super::round::RoundContext;
use super::rounds;
use crate::ui::kit::components::{FieldExtras, FieldType, RadioGroup, RecordText};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button, button_with_class, dynamic_view, on_click, or_empty};
use crate::ui::pages::practice::practices::begin_trial;
use crate::ui::route::Route;

/// The number of items that are named as furthest from now to wanted, and the number of earlier rounds in the profile.
const FEW: usize = 3;

/// The mirror of a round. `go` opens the item with the given index.
pub(crate) fn mirror(ctx: &RoundContext, go: impl Fn(usize) + Copy + 'static) -> BuiltView {
    let instrument = ctx.instrument;
    let body_ctx = ctx.clone();
    // The answers alone: typing in the texts below does not rebuild the profile.
    let answers = Memo::new(move |_| body_ctx.body().answers);
    let earlier = earlier_rounds(ctx);
    let profile = dynamic_view(move || {
        let answers = answers.get();
        let rows: Vec<BuiltView> = instrument
            .items
            .iter()
            .enumerate()
            .map(|(index, item)| {
                let earlier_answers: Vec<Answer> =
                    earlier.iter().filter_map(|round| round.answers.get(&item.id).copied()).collect();
                let name = format!("Ret {}: {}", index + 1, item.label);
                let change = build_view(view! {
                    <button type="button" class="profile-button" aria-label=name on:click=on_click(move || go(index))></button>
                });
                let answer = answers.get(&item.id).copied().unwrap_or_default();
                profile_row(instrument, item, answer, &earlier_answers, change)
            })
            .collect();
        let key = (!earlier.is_empty()).then(|| markup!(r#"<li><span class="dot ghost"></span> før</li>"#));
        markup!(
            r#"<ul class="profile-legend" aria-hidden="true"><li><span class="dot now"></span> nu</li><li><span class="dot wanted"></span> ønsket</li>{}</ul><ol class="profile">{}</ol>"#,
            or_empty(key),
            rows
        )
    });
    let widest =
        dynamic_view(move || widest_gaps(instrument, &Reflection { answers: answers.get(), ..Reflection::default() }));
    markup!(
        r#"
        <section class="step mirror">
            <h2 id="step" tabindex="-1">Sådan ser det ud</h2>
            {}
            {}
            {}
            {}
            {}
        </section>"#,
        build_view(view! { <div>{profile}</div> }),
        build_view(view! { <div>{widest}</div> }),
        prompt_section(ctx),
        next_step_section(ctx),
        file_section(ctx),
    )
}

/// Up to [`FEW`] other rounds on the same instrument, no later than this one, the latest first.
fn earlier_rounds(ctx: &RoundContext) -> Vec<Reflection> {
    untrack(|| {
        let day = ctx.body().date.unwrap_or_else(|| ctx.app.today.get());
        let others = rounds(ctx.app, Some(&ctx.instrument.id)).into_iter().filter(|(id, _)| *id != ctx.id);
        let earlier = others.map(|(_, round)| round).filter(|round| round.date.is_none_or(|date| date <= day));
        earlier.filter(|round| round.answered() > 0).take(FEW).collect()
    })
}

/// An item in the profile: dots for the answer now, the wanted one and, fainter, those of earlier rounds. `change` is
/// the button that opens the item.
fn profile_row(
    instrument: &Instrument,
    item: &InstrumentItem,
    answer: Answer,
    earlier: &[Answer],
    change: BuiltView,
) -> BuiltView {
    // The number of a point on the track, from 1.
    let column = |point: i8| point - instrument.form.points().start() + 1;
    let dot = |class: &str, point: Option<i8>| {
        point.map(|point| markup!(r#"<span class="dot {} at-{}"></span>"#, class, column(point).to_string()))
    };
    let gap = answer.now.zip(answer.wanted).filter(|(now, wanted)| now != wanted).map(|(now, wanted)| {
        let (from, to) = (column(now.min(wanted)), column(now.max(wanted)));
        markup!(r#"<span class="profile-link from-{} to-{}"></span>"#, from.to_string(), to.to_string())
    });
    let ghosts: Vec<BuiltView> = earlier.iter().filter_map(|round| dot("ghost", round.now)).collect();
    let (left, right) = match &item.poles {
        Some([left, right]) => (left.label.as_str(), right.label.as_str()),
        None => (item.label.as_str(), ""),
    };
    let track_class = if instrument.form.points().count() > 5 { "profile-track seven" } else { "profile-track" };
    markup!(
        r#"
        <li class="profile-row">
            <span class="left">{}</span><span class="right">{}</span>
            <span class="{}" aria-hidden="true">{}{}{}{}</span>
            <span class="visually-hidden">{}</span>
            {}
        </li>"#,
        left,
        right,
        track_class,
        ghosts,
        or_empty(gap),
        or_empty(dot("wanted", answer.wanted)),
        or_empty(dot("now", answer.now)),
        instrument.answer(item, answer),
        change
    )
}

/// The items with the widest gaps between now and wanted.
fn widest_gaps(instrument: &'static Instrument, round: &Reflection) -> BuiltView {
    let widest = round.widest(instrument.items.iter().map(|item| &item.id));
    let rows: Vec<BuiltView> = widest
        .into_iter()
        .take(FEW)
        .filter_map(|(id, _)| {
            let item = instrument.items.iter().find(|item| item.id == *id)?;
            let answer = round.answers.get(id)?;
            let (now, wanted) = (instrument.point(item, answer.now?), instrument.point(item, answer.wanted?));
            Some(markup!(
                r#"<li><strong>{}</strong><span class="help">{} → {}</span></li>"#,
                item.label.as_str(),
                now,
                wanted
            ))
        })
        .collect();
    if rows.is_empty() {
        return markup!(
            r#"<p class="help">Når du også siger, hvad du ønsker, ser du her, hvor der er længst imellem.</p>"#
        );
    }
    markup!(r#"<section class="part"><h2>Længst fra nu til ønsket</h2><ul class="rows">{}</ul></section>"#, rows)
}

/// The instrument's questions to think about, of which one is chosen and answered.
pub(crate) fn prompt_section(ctx: &RoundContext) -> BuiltView {
    let (value_ctx, pick_ctx, make_ctx) = (ctx.clone(), ctx.clone(), ctx.clone());
    // The record numbers the questions from 1.
    let value = move || value_ctx.body().prompt.map(|prompt| usize::from(prompt.saturating_sub(1)));
    let on_pick = move |index: usize| {
        pick_ctx.ensure();
        pick_ctx.app.workspace.edit::<Reflection>(&pick_ctx.id, &mut Focus::default(), |body| {
            body.prompt = u8::try_from(index + 1).ok();
        });
    };
    let prompts = &ctx.instrument.prompts;
    let in_words = move |chosen: &serde_json::Value| {
        let index = chosen.as_u64().and_then(|number| usize::try_from(number).ok()?.checked_sub(1));
        index.and_then(|index| prompts.get(index)).cloned().unwrap_or_default()
    };
    markup!(
        r#"<section class="part wide"><h2>Tænk videre</h2>{}</section>"#,
        build_view(view! {
            <RadioGroup
                id="prompt"
                legend="Vælg det spørgsmål, der siger dig mest"
                options=prompts.iter().map(String::as_str).collect()
                value=Rc::new(value)
                on_pick=Rc::new(on_pick)
            />
            <FieldExtras
                workspace=ctx.app.workspace
                record=ctx.id.clone()
                path=Path::root("prompt")
                about="spørgsmålet"
                name_of=Rc::new(in_words)
            />
            <RecordText
                workspace=ctx.app.workspace
                record=ctx.id.clone()
                path=Path::root("reply")
                label="Dit svar"
                help="Ingen navne eller initialer på børn."
                sort=FieldType::Text
                make=Rc::new(move || make_ctx.ensure())
            />
        })
    )
}

/// One thing to try, and the button that makes a trial of it.
pub(crate) fn next_step_section(ctx: &RoundContext) -> BuiltView {
    let (make_ctx, trial_ctx) = (ctx.clone(), ctx.clone());
    let begin = move || {
        let idea = untrack(|| trial_ctx.body().try_next);
        let trial = Proevehandling { idea, origin: Some(trial_ctx.id.clone()), ..Proevehandling::default() };
        begin_trial(trial_ctx.app, trial);
    };
    markup!(
        r#"
        <section class="part wide">
            <h2>Én ting at prøve</h2>
            {}
            <div class="buttons">{}</div>
            <p class="help">En prøvehandling er jeres fælles: den kan følge med i enhedens filer. Af refleksionen følger kun den linje med, du har skrevet her.</p>
        </section>"#,
        build_view(view! {
            <RecordText
                workspace=ctx.app.workspace
                record=ctx.id.clone()
                path=Path::root("try_next")
                label="Det mindste skridt, der kunne gøre en forskel"
                help="Ingen navne eller initialer på børn."
                sort=FieldType::Text
                make=Rc::new(move || make_ctx.ensure())
            />
        }),
        button_with_class("primary", "Gør det til en prøvehandling", on_click(begin))
    )
}

/// Where the round is stored, and buttons to save it as a file, to begin a new round, and to delete it.
pub(crate) fn file_section(ctx: &RoundContext) -> BuiltView {
    let (save_ctx, delete_ctx, instrument) = (ctx.clone(), ctx.clone(), ctx.instrument);
    let save = move || {
        let part = SharedPart::Chosen { ids: vec![save_ctx.id.clone()] };
        let workspace = save_ctx.app.workspace;
        workspace.save_share_file(&instrument.title, "refleksion", part, "Refleksionen er stadig her på siden.");
    };
    let delete = move || {
        let workspace = delete_ctx.app.workspace;
        let author = workspace.author();
        workspace.change(&delete_ctx.id, |record| record.delete(None, &author));
        workspace.save_now();
    };
    let record_ctx = ctx.clone();
    let exists = Memo::new(move |_| record_ctx.app.workspace.get(&record_ctx.id).is_some());
    let buttons = dynamic_view(move || {
        let (save, delete) = (save.clone(), delete.clone());
        or_empty(exists.get().then(|| {
            markup!(
                r#"<div class="buttons">{}<a class="button" href="{}">Ny runde</a>{}</div>"#,
                button("Gem netop denne refleksion som fil", save),
                Route::Reflection { instrument: instrument.id.to_string(), id: None }.to_string(),
                button_with_class("quiet", "Slet refleksionen", on_click(delete))
            )
        }))
    });
    markup!(
        r#"
        <section class="part">
            <h2>Den er din</h2>
            <p>Refleksionen bliver i denne browser. Den er kun med i en fil, hvis du vælger netop den her, og i din egen sikkerhedskopi.</p>
            {}
        </section>"#,
        buttons
    )
}
