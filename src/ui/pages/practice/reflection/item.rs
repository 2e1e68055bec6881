//! The view of an item of an instrument: its two ends or its statement, the scales now and wanted, examples, and a
//! thought.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::enhed::Enhed;
use crate::domain::instrument::Answer;
use crate::domain::instrument::{Form, Instrument, InstrumentItem, Round};
use crate::domain::reflection::Reflection;
use crate::record::edit::Focus;
use crate::record::path::Path;

use super::round::RoundContext;
use crate::ui::kit::components::{FieldExtras, FieldType, RecordText, Scale};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view};

/// An item to answer. `index` is its position in the instrument.
pub(crate) fn item_view(ctx: &RoundContext, index: usize, item: &'static InstrumentItem) -> BuiltView {
    let scales: Vec<BuiltView> = Round::BOTH.into_iter().map(|round| scale(ctx, item, round)).collect();
    let instrument = ctx.instrument;
    let in_words = move |answer: &serde_json::Value| {
        // A value that is no answer is described as an empty one.
        let answer = serde_json::from_value::<Answer>(answer.clone()).unwrap_or_default();
        instrument.answer(item, answer)
    };
    let choices = build_view(view! {
        <FieldExtras
            workspace=ctx.app.workspace
            record=ctx.id.clone()
            path=Path::root("answers").child(item.id.as_str())
            about="svaret"
            name_of=Rc::new(in_words)
        />
    });
    let (make_ctx, app) = (ctx.clone(), ctx.app);
    let is_pair = instrument.form == Form::Pairs;
    let label = if is_pair { "Hvad gør vi konkret?" } else { "Et eksempel fra os selv" };
    let thought = build_view(view! {
        <RecordText
            workspace=app.workspace
            record=ctx.id.clone()
            path=Path::root("thoughts").child(item.id.as_str())
            label
            help="Kan springes over. Ingen navne eller initialer på børn."
            sort=FieldType::Text
            make=Rc::new(move || make_ctx.ensure())
        />
    });
    let unit = untrack(|| app.unit().map(|unit| app.body::<Enhed>(Some(&unit))));
    let examples = item.examples(unit.and_then(|unit| unit.kind)).map(|[left, right]| {
        markup!(
            r#"<details class="more"><summary>Eksempler fra praksis</summary><div class="ends"><p class="left">{}</p><p class="right">{}</p></div></details>"#,
            left.as_str(),
            right.as_str()
        )
    });
    markup!(
        r#"
        <section class="step">
            {}
            {}
            <div>{}</div>
            {}
            {}
        </section>"#,
        heading(item, index),
        scales,
        choices,
        examples,
        thought
    )
}

/// The heading of an item. It takes the focus when its step is opened: see [`focus_step`](super::focus_step).
pub(crate) fn heading(item: &InstrumentItem, index: usize) -> BuiltView {
    if let Some([left, right]) = &item.poles {
        let descriptions = (!left.text.is_empty()).then(|| {
            markup!(
                r#"<div class="ends"><p class="left">{}</p><p class="right">{}</p></div>"#,
                left.text.as_str(),
                right.text.as_str()
            )
        });
        return markup!(
            r#"
            <h2 id="step" tabindex="-1" class="ends"><span class="left">{}</span><span class="visually-hidden"> til </span><span class="right">{}</span></h2>
            <div>{}</div>"#,
            left.label.as_str(),
            right.label.as_str(),
            descriptions
        );
    }
    let eyebrow = if item.theme.is_empty() { format!("{}.", index + 1) } else { item.theme.clone() };
    markup!(
        r#"<div><p class="eyebrow">{}</p><h2 id="step" tabindex="-1">{}</h2><p>{}</p></div>"#,
        eyebrow,
        item.label.as_str(),
        item.text.as_str()
    )
}

/// The scale of an item in this round, now or wanted.
fn scale(ctx: &RoundContext, item: &'static InstrumentItem, round: Round) -> BuiltView {
    let (value_ctx, pick_ctx) = (ctx.clone(), ctx.clone());
    let value = move || value_ctx.body().answers.get(&item.id).and_then(|answer| answer.of(round));
    let on_pick = move |point: Option<i8>| {
        pick_ctx.ensure();
        pick_ctx.app.workspace.edit::<Reflection>(&pick_ctx.id, &mut Focus::default(), |body| {
            body.answers.get_or_default(item.id.clone()).set(round, point);
        });
    };
    answer_scale(ctx.instrument, item, round, Rc::new(value), Rc::new(on_pick))
}

/// The scale of an item, now or wanted. It is used in a person's own reflection and on a participant's phone.
pub(crate) fn answer_scale(
    instrument: &Instrument,
    item: &InstrumentItem,
    round: Round,
    value: Rc<dyn Fn() -> Option<i8>>,
    on_pick: Rc<dyn Fn(Option<i8>)>,
) -> BuiltView {
    let points = instrument.form.points().map(|point| (point, instrument.point(item, point))).collect();
    let class = if instrument.form == Form::Pairs { "pairs" } else { "degrees" };
    let id = format!("{}-{}", item.id, round.danish());
    build_view(view! { <Scale id legend=round.danish().to_owned() points class value on_pick/> })
}
