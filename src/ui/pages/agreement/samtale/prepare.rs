//! The preparation of the conversation: proposals from the data with their reasons, own topics, and the agenda. The
//! parties prepare separately; importing the other party's file merges both into one conversation.

use std::rc::Rc;

use leptos::prelude::*;
use web_sys::MouseEvent;

use crate::domain::aftale::Party;
use crate::domain::date::Date;
use crate::domain::enhed::Enhed;
use crate::domain::fractional_index;
use crate::domain::goal::Goal;
use crate::domain::id::Id;
use crate::domain::indicator::Indicator;
use crate::domain::package::Package;
use crate::domain::person::Role;
use crate::domain::samtale::propose::{Proposal, ProposalContext, propose};
use crate::domain::samtale::{Agenda, Samtale, Topic};
use crate::exchange::scope::SharedPart;
use crate::record::edit::Focus;
use crate::record::path::Path;

use super::SamtaleContext;
use crate::ui::kit::components::{DeletedButChanged, FieldType, RecordText, no_names_note};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{
    BuiltView, build_view, button, button_with_class, button_with_label, dynamic_view, on_click, or_empty,
};
use crate::ui::pages::agreement::aftale::{AftaleContext, newest_agreement};
use crate::ui::platform;
use crate::ui::state::queries;
use crate::ui::state::queries::agreements;

/// Builds the page.
pub(crate) fn prepare(ctx: &SamtaleContext) -> BuiltView {
    // Only the ids, so that typing in a topic does not rebuild the agenda.
    let agenda = {
        let ctx = ctx.clone();
        Memo::new(move |_| ctx.body().agenda().into_iter().map(|(id, _)| id.clone()).collect::<Vec<_>>())
    };
    let party = {
        let ctx = ctx.clone();
        Memo::new(move |_| own_party(&ctx))
    };
    let topics = {
        let ctx = ctx.clone();
        dynamic_view(move || {
            let (ids, party) = (agenda.get(), party.get());
            let rows: Vec<_> = ids.iter().enumerate().map(|(index, id)| row(&ctx, party, &ids, id, index)).collect();
            let empty_hint = rows.is_empty().then(|| {
                markup!(
                    r#"<p class="help">Dagsordenen er tom. Tag et tema eller et forslag fra tallene, eller skriv jeres eget.</p>"#
                )
            });
            let begin_link = ids.first().map(|first| {
                markup!(
                    r#"<p class="no-print"><a class="button primary" href="{}">Begynd samtalen</a></p>"#,
                    ctx.part(Some(first.as_str()))
                )
            });
            markup!(r#"<div>{}<ol class="topics">{}</ol>{}</div>"#, empty_hint, rows, begin_link)
        })
    };
    let add_button = {
        let ctx = ctx.clone();
        button("Tilføj jeres eget emne", move || {
            let id = platform::ids::new_id();
            add_topic(&ctx, id.clone(), |_| {});
            inputs::focus_on(format!("{}-topics-{id}-title", ctx.record));
        })
    };
    let share_button = {
        let ctx = ctx.clone();
        button("Gem fil til den anden part", move || save(&ctx))
    };
    let themes = {
        let ctx = ctx.clone();
        dynamic_view(move || or_empty(themes(&ctx)))
    };
    let proposals = {
        let ctx = ctx.clone();
        dynamic_view(move || proposal_list(&ctx))
    };
    markup!(
        r##"
        <header class="page-head">
            <p class="eyebrow"><a href="#/hjulet/kvalitetssamtale">Hjulet</a> · Kvalitetssamtale {}</p>
            <h1>Forbered samtalen</h1>
            <p class="purpose">I forbereder jer hver for sig og sender hinanden filen. Alt, hvad I skriver, samles i den samme samtale.</p>
        </header>
        <div>{}</div>
        <div class="agreement">
            <div class="agreement-main">
                <section class="part"><h2>Dagsorden</h2>{}{}<div class="buttons">{}{}</div><p class="help">Filen har samtalen, enhedens tal og det, der er skrevet om dem. Den er kun til den anden part.</p></section>
                {}
                <section class="part"><h2>Forslag fra tallene</h2>{}</section>
            </div>
            <aside class="agreement-aside" aria-label="Om samtalen">
                <section class="aside-section"><h2>Hvornår og hvem</h2>{}{}</section>
                <section class="aside-section"><h2>Bagefter</h2><p>Det, I aftaler, går videre med et tryk: ind i aftalen eller ud i en prøvehandling.</p><p><a href="{}">Opsamling og referat</a></p></section>
            </aside>
        </div>"##,
        ctx.cycle.to_string(),
        build_view(view! { <DeletedButChanged workspace=ctx.app.workspace record=ctx.record.clone()/> }),
        no_names_note(),
        topics,
        add_button,
        share_button,
        themes,
        proposals,
        day_field(ctx),
        text(ctx, Path::root("participants"), "Hvem er med?", FieldType::Line),
        ctx.part(Some("referat"))
    )
}

/// Builds a text field of the conversation.
pub(crate) fn text(ctx: &SamtaleContext, path: Path, label: &str, sort: FieldType) -> BuiltView {
    let (ensure_ctx, workspace) = (ctx.clone(), ctx.app.workspace);
    build_view(view! {
        <RecordText workspace record=ctx.record.clone() path label=label.to_owned() sort make=Rc::new(move || ensure_ctx.ensure())/>
    })
}

/// Builds the field for the day of the meeting.
fn day_field(ctx: &SamtaleContext) -> BuiltView {
    let leaf = inputs::LeafInput { workspace: ctx.app.workspace, record: ctx.record.clone(), path: Path::root("date") };
    let (read_ctx, write_ctx) = (ctx.clone(), ctx.clone());
    inputs::day_field(
        leaf,
        "samtale-date".to_owned(),
        "Dato",
        move || read_ctx.body().date,
        move |day: Option<Date>, focus| {
            write_ctx.ensure();
            agreements::edit::<Samtale>(write_ctx.app.workspace, &write_ctx.record, focus, |samtale| {
                samtale.date = day;
            });
        },
    )
}

/// Puts a topic at the end of the agenda.
fn add_topic(ctx: &SamtaleContext, id: Id, change: impl Fn(&mut Topic)) {
    ctx.ensure();
    agreements::edit::<Samtale>(ctx.app.workspace, &ctx.record, &mut Focus::default(), |samtale| {
        let last = samtale.topics.values().filter_map(|topic| topic.order.as_deref()).max().map(str::to_owned);
        let topic = samtale.topics.get_or_default(id.clone());
        topic.agenda = Some(Agenda::On);
        topic.order = Some(fractional_index::after(last.as_deref()));
        change(topic);
    });
    ctx.app.workspace.save_now();
}

/// Builds the themes of the cycle that are not on the agenda yet. `None` if there are none.
fn themes(ctx: &SamtaleContext) -> Option<BuiltView> {
    let package: Package = ctx.app.body(Package::id(ctx.cycle).as_ref());
    let body = ctx.body();
    let is_off_agenda = |id: &Id| body.topics.get(id).is_none_or(|topic| topic.agenda != Some(Agenda::On));
    let items: Vec<_> = package
        .themes_for_units()
        .into_iter()
        .filter(|(id, _)| is_off_agenda(id))
        .map(|(id, theme)| {
            let (ctx, theme_id, title) = (ctx.clone(), id.clone(), theme.title.0.clone());
            let name = format!("Tag med: «{title}»");
            let take_theme =
                on_click(move || add_topic(&ctx, theme_id.clone(), |topic| topic.title = title.as_str().into()));
            proposal_row(theme.title.as_str(), std::slice::from_ref(&theme.reason.0), name, take_theme)
        })
        .collect();
    let explanation = if package.is_decided() {
        "BU Lederforum og Børne- og Ungdomsudvalget har prioriteret dem for de to år."
    } else {
        "De er peget ud, men ikke besluttet endnu."
    };
    (!items.is_empty()).then(|| {
        markup!(
            r##"<section class="part"><h2>De fælles temaer</h2><p class="help">{} <a href="#/datapakke">Læs datapakken</a></p><ul class="proposals">{}</ul></section>"##,
            explanation,
            items
        )
    })
}

/// Builds a proposed topic with its reasons and the button that puts it on the agenda.
fn proposal_row(title: &str, reasons: &[String], name: String, on_take: Box<dyn FnMut(MouseEvent)>) -> BuiltView {
    let reasons = reasons.iter().filter(|reason| !reason.trim().is_empty());
    let reasons: Vec<_> = reasons.map(|reason| markup!("<li>{}</li>", reason.as_str())).collect();
    markup!(
        r#"<li><div><h3>{}</h3><ul class="reasons">{}</ul></div>{}</li>"#,
        title,
        reasons,
        button_with_label("", "Tag med", name, on_take)
    )
}

/// Builds the proposals from the data, without the topics that are on the agenda already.
fn proposal_list(ctx: &SamtaleContext) -> BuiltView {
    let body = ctx.body();
    let items: Vec<_> = proposals(ctx)
        .into_iter()
        .filter_map(|proposal| Some((Id::parse(&proposal.indicator)?, proposal)))
        .filter(|(id, _)| body.topics.get(id).is_none_or(|topic| topic.agenda != Some(Agenda::On)))
        .map(|(id, proposal)| {
            let (ctx, title) = (ctx.clone(), proposal.title.clone());
            let name = format!("Tag med: «{title}»");
            let add = on_click(move || {
                let title = title.clone();
                add_topic(&ctx, id.clone(), |topic| {
                    topic.title = title.as_str().into();
                    topic.indicator = Some(id.clone());
                });
            });
            proposal_row(&proposal.title, &proposal.reasons, name, add)
        })
        .collect();
    if items.is_empty() {
        return markup!(
            r##"<p class="help">Tallene foreslår ikke mere lige nu. Jo flere tal og noter der er under <a href="#/indikatorer">Indikatorer</a>, jo mere er der at tale ud fra.</p>"##
        );
    }
    markup!(r#"<ul class="proposals">{}</ul>"#, items)
}

/// Computes the proposals from the unit's indicators, its goals and its dialogue notes.
fn proposals(ctx: &SamtaleContext) -> Vec<Proposal> {
    let app = ctx.app;
    let goals = newest_agreement(app, &ctx.unit)
        .map(|aftale: AftaleContext| agreements::bundle(&aftale).goals)
        .unwrap_or_default();
    let context = |indicator: &Indicator| {
        let analysis = queries::figures::analysis(app, &ctx.unit, indicator);
        let refers_to_indicator =
            |(_, goal): &&(Id, Goal)| goal.indicator().is_some_and(|id| id.as_str() == indicator.id);
        let wanted = goals.iter().find(refers_to_indicator).and_then(|(_, goal)| goal.wanted.as_ref()?.value);
        let last_index = analysis.points.iter().rposition(|point| point.observation.value.is_some());
        let network = queries::figures::network_median(app, &ctx.unit, &analysis)
            .and_then(|median| median.figures.get(last_index?).copied().flatten());
        let last_figure = last_index.zip(queries::figures::series_id(&ctx.unit, &indicator.id));
        let unheard = last_figure.map(|(last_index, series)| {
            queries::figures::dialogue(app, &series, analysis.points[last_index].period).missing_voices()
        });
        ProposalContext { analysis, wanted, network, missing_voices: unheard.unwrap_or_default() }
    };
    let groups = queries::figures::indicator_groups(app, &ctx.unit);
    let contexts: Vec<ProposalContext> = groups.iter().flat_map(|group| &group.indicators).map(context).collect();
    propose(&contexts)
}

/// Builds a topic on the agenda with the preparation fields of the person's party, or of both if the party is unknown.
/// `ids` is the agenda, `index` the position of this topic.
fn row(ctx: &SamtaleContext, own_party: Option<Party>, ids: &[Id], id: &Id, index: usize) -> BuiltView {
    let path = Path::root("topics").child(id.as_str());
    let workspace = ctx.app.workspace;
    let fields: Vec<_> = [
        (Party::Leader, "leader", "Lederens forberedelse"),
        (Party::Counterpart, "counterpart", "Modpartens forberedelse"),
    ]
    .into_iter()
    .filter(|(party, ..)| own_party.is_none_or(|own_party| own_party == *party))
    .map(|(_, name, label)| text(ctx, path.child(name), &format!("{label} til emne {}", index + 1), FieldType::Text))
    .collect();
    // The list is rebuilt, and the button with it. The focus goes to a topic that stays, not to a field of it, which
    // would open the keyboard of a phone.
    let item_id = |id: &Id| format!("emne-{id}");
    let edit = |change: Rc<dyn Fn(&mut Samtale)>, stays: Option<&Id>| {
        let (record, item) = (ctx.record.clone(), stays.map(item_id));
        on_click(move || {
            agreements::edit::<Samtale>(workspace, &record, &mut Focus::default(), |samtale| change(samtale));
            workspace.save_now();
            item.clone().into_iter().for_each(inputs::focus_on);
        })
    };
    let up_button = (index > 0).then(|| {
        let (topic_id, ids) = (id.clone(), ids.to_vec());
        let move_up: Rc<dyn Fn(&mut Samtale)> = Rc::new(move |samtale| {
            let orders: Vec<_> =
                ids.iter().map(|id| samtale.topics.get(id).and_then(|topic| topic.order.clone())).collect();
            samtale.topics.get_or_default(topic_id.clone()).order = Some(fractional_index::move_up(&orders, index));
        });
        let name = format!("Flyt op: emne {}", index + 1);
        let move_up = edit(move_up, Some(id));
        build_view(view! { <button type="button" class="quiet" aria-label=name on:click=move_up>"Flyt op"</button> })
    });
    let topic_id = id.clone();
    let take_off: Rc<dyn Fn(&mut Samtale)> =
        Rc::new(move |samtale| samtale.topics.get_or_default(topic_id.clone()).agenda = Some(Agenda::Off));
    let remove = edit(take_off, ids.get(index + 1).or_else(|| ids.get(index.checked_sub(1)?)));
    let name = format!("Tag af dagsordenen: emne {}", index + 1);
    let remove = build_view(
        view! { <button type="button" class="quiet" aria-label=name on:click=remove>"Tag af dagsordenen"</button> },
    );
    markup!(
        r#"<li id="{}" tabindex="-1">{}{}<div class="buttons">{}{}</div></li>"#,
        item_id(id),
        text(ctx, path.child("title"), &format!("Emne {}", index + 1), FieldType::Line),
        fields,
        or_empty(up_button),
        remove
    )
}

/// Returns the person's party, or `None` if role and levels do not tell.
fn own_party(ctx: &SamtaleContext) -> Option<Party> {
    let unit_level = ctx.app.body::<Enhed>(Some(&ctx.unit)).level;
    match (ctx.app.person.with(|person| person.role)?, ctx.app.level(), unit_level) {
        (Role::Head | Role::Director | Role::Leader, Some(own_level), Some(unit_level)) if own_level < unit_level => {
            Some(Party::Counterpart)
        }
        (Role::Head | Role::Director, ..) => Some(Party::Counterpart),
        (Role::Leader, ..) => Some(Party::Leader),
        _ => None,
    }
}

/// Saves the conversation as a file for the other party.
fn save(ctx: &SamtaleContext) {
    ctx.ensure();
    let (name, part) = (untrack(|| ctx.unit_name()), SharedPart::Samtale { id: ctx.record.clone() });
    ctx.app.workspace.save_share_file(&name, "samtale", part, "Samtalen er stadig her på siden.");
}

/// Builds the button that goes back to the preparation.
pub(crate) fn back(ctx: &SamtaleContext) -> BuiltView {
    button_with_class(
        "quiet",
        "Tilbage til forberedelsen",
        on_click({
            let address = ctx.part(None);
            move || platform::navigation::go_to(&address)
        }),
    )
}
