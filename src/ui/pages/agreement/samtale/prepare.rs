//! The preparation: what the data propose to talk about and why, one's own points, and the order of the agenda. Both
//! parties prepare apart; their files meet in one conversation.

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
use crate::ui::kit::components::{DeletedButChanged, FieldType, RecordText};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{
    BuiltView, build_view, button, button_with_class, button_with_label, dynamic_view, on_click, or_empty,
};
use crate::ui::pages::agreement::aftale::{AftaleContext, newest};
use crate::ui::platform;
use crate::ui::state::queries;
use crate::ui::state::queries::agreements;

/// The page.
pub(crate) fn prepare(talk: &SamtaleContext) -> BuiltView {
    // By the topics and their order, and not by what is written of them.
    let agenda = {
        let talk = talk.clone();
        Memo::new(move |_| talk.body().agenda().into_iter().map(|(id, _)| id.clone()).collect::<Vec<_>>())
    };
    let mine = {
        let talk = talk.clone();
        Memo::new(move |_| me(&talk))
    };
    let topics = {
        let talk = talk.clone();
        dynamic_view(move || {
            let (ids, mine) = (agenda.get(), mine.get());
            let rows: Vec<_> = ids.iter().enumerate().map(|(index, id)| row(&talk, mine, &ids, id, index)).collect();
            let none = rows.is_empty().then(|| {
                markup!(
                    r#"<p class="help">Dagsordenen er tom. Tag et tema eller et forslag fra tallene, eller skriv jeres eget.</p>"#
                )
            });
            let begin = ids.first().map(|first| {
                markup!(
                    r#"<p class="no-print"><a class="button primary" href="{}">Begynd samtalen</a></p>"#,
                    talk.part(Some(first.as_str()))
                )
            });
            markup!(r#"<div>{}<ol class="topics">{}</ol>{}</div>"#, none, rows, begin)
        })
    };
    let own = {
        let talk = talk.clone();
        button("Tilføj jeres eget emne", move || {
            put(&talk, platform::ids::mint(), |_| {});
        })
    };
    let share = {
        let talk = talk.clone();
        button("Gem fil til den anden part", move || save(&talk))
    };
    let themes = {
        let talk = talk.clone();
        dynamic_view(move || or_empty(themes(&talk)))
    };
    let proposals = {
        let talk = talk.clone();
        dynamic_view(move || proposed(&talk))
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
                <section class="part"><h2>Dagsorden</h2>{}<div class="buttons">{}{}</div><p class="help">Filen har samtalen, enhedens tal og det, der er skrevet om dem. Den er kun til den anden part.</p></section>
                {}
                <section class="part"><h2>Forslag fra tallene</h2>{}</section>
            </div>
            <aside class="agreement-aside" aria-label="Om samtalen">
                <section class="side"><h2>Hvornår og hvem</h2>{}{}</section>
                <section class="side"><h2>Bagefter</h2><p>Det, I aftaler, går videre med et tryk: ind i aftalen eller ud i en prøvehandling.</p><p><a href="{}">Opsamling og referat</a></p></section>
            </aside>
        </div>"##,
        talk.cycle.to_string(),
        build_view(view! { <DeletedButChanged workspace=talk.desk.workspace record=talk.record.clone()/> }),
        topics,
        own,
        share,
        themes,
        proposals,
        day(talk),
        text(talk, Path::root("participants"), "Hvem er med?", FieldType::Line),
        talk.part(Some("referat"))
    )
}

/// A text of the conversation.
pub(crate) fn text(talk: &SamtaleContext, path: Path, label: &str, sort: FieldType) -> BuiltView {
    let (make, workspace) = (talk.clone(), talk.desk.workspace);
    build_view(view! {
        <RecordText workspace record=talk.record.clone() path label=label.to_owned() sort make=Rc::new(move || make.ensure())/>
    })
}

fn day(talk: &SamtaleContext) -> BuiltView {
    let at =
        inputs::LeafInput { workspace: talk.desk.workspace, record: talk.record.clone(), path: Path::root("date") };
    let (read, write) = (talk.clone(), talk.clone());
    inputs::day_field(
        at,
        "samtale-date".to_owned(),
        "Dato",
        move || read.body().date,
        move |day: Option<Date>, focus| {
            write.ensure();
            agreements::edit::<Samtale>(write.desk.workspace, &write.record, focus, |samtale| samtale.date = day);
        },
    )
}

/// Puts a topic on the agenda, last.
fn put(talk: &SamtaleContext, id: Id, change: impl Fn(&mut Topic)) {
    talk.ensure();
    agreements::edit::<Samtale>(talk.desk.workspace, &talk.record, &mut Focus::default(), |samtale| {
        let last = samtale.topics.values().filter_map(|topic| topic.order.as_deref()).max().map(str::to_owned);
        let topic = samtale.topics.get_or_default(id.clone());
        topic.agenda = Some(Agenda::On);
        topic.order = Some(fractional_index::after(last.as_deref()));
        change(topic);
    });
    talk.desk.workspace.save_now();
}

/// The themes of the cycle that are not on the agenda yet.
fn themes(talk: &SamtaleContext) -> Option<BuiltView> {
    let package: Package = talk.desk.body(Package::id(talk.cycle).as_ref());
    let body = talk.body();
    let is_open = |id: &Id| body.topics.get(id).is_none_or(|topic| topic.agenda != Some(Agenda::On));
    let items: Vec<_> = package
        .themes_for_units()
        .into_iter()
        .filter(|(id, _)| is_open(id))
        .map(|(id, theme)| {
            let (talk, own, title) = (talk.clone(), id.clone(), theme.title.0.clone());
            let name = format!("Tag med: «{title}»");
            let take = on_click(move || put(&talk, own.clone(), |topic| topic.title = title.as_str().into()));
            proposal(theme.title.as_str(), std::slice::from_ref(&theme.reason.0), name, take)
        })
        .collect();
    let about = if package.is_decided() {
        "BU Lederforum og Børne- og Ungdomsudvalget har prioriteret dem for de to år."
    } else {
        "De er peget ud, men ikke besluttet endnu."
    };
    (!items.is_empty()).then(|| {
        markup!(
            r##"<section class="part"><h2>De fælles temaer</h2><p class="help">{} <a href="#/datapakke">Læs datapakken</a></p><ul class="proposals">{}</ul></section>"##,
            about,
            items
        )
    })
}

/// Something that is proposed, with the reasons and the way to take it.
fn proposal(title: &str, why: &[String], name: String, take: Box<dyn FnMut(MouseEvent)>) -> BuiltView {
    let why = why.iter().filter(|why| !why.trim().is_empty());
    let why: Vec<_> = why.map(|why| markup!("<li>{}</li>", why.as_str())).collect();
    markup!(
        r#"<li><div><h3>{}</h3><ul class="reasons">{}</ul></div>{}</li>"#,
        title,
        why,
        button_with_label("", "Tag med", name, take)
    )
}

/// What the data propose, without what is on the agenda already.
fn proposed(talk: &SamtaleContext) -> BuiltView {
    let body = talk.body();
    let items: Vec<_> = proposals(talk)
        .into_iter()
        .filter_map(|proposal| Some((Id::parse(&proposal.indicator)?, proposal)))
        .filter(|(id, _)| body.topics.get(id).is_none_or(|topic| topic.agenda != Some(Agenda::On)))
        .map(|(id, own)| {
            let (talk, title) = (talk.clone(), own.title.clone());
            let name = format!("Tag med: «{title}»");
            let take = on_click(move || {
                let title = title.clone();
                put(&talk, id.clone(), |topic| {
                    topic.title = title.as_str().into();
                    topic.indicator = Some(id.clone());
                });
            });
            proposal(&own.title, &own.why, name, take)
        })
        .collect();
    if items.is_empty() {
        return markup!(
            r##"<p class="help">Tallene foreslår ikke mere lige nu. Jo flere tal og noter der er under <a href="#/indikatorer">Indikatorer</a>, jo mere er der at tale ud fra.</p>"##
        );
    }
    markup!(r#"<ul class="proposals">{}</ul>"#, items)
}

fn proposals(talk: &SamtaleContext) -> Vec<Proposal> {
    let desk = talk.desk;
    let goals = newest(desk, &talk.unit).map(|ctx: AftaleContext| agreements::bundle(&ctx).goals).unwrap_or_default();
    let known = |indicator: &Indicator| {
        let reading = queries::figures::analysis(desk, &talk.unit, indicator);
        let hangs_on_it = |(_, goal): &&(Id, Goal)| goal.indicator().is_some_and(|id| id.as_str() == indicator.id);
        let wanted = goals.iter().find(hangs_on_it).and_then(|(_, goal)| goal.wanted.as_ref()?.value);
        let last = reading.points.iter().rposition(|point| point.observation.value.is_some());
        let network = queries::figures::network_median(desk, &talk.unit, &reading)
            .and_then(|median| median.figures.get(last?).copied().flatten());
        let said = last.zip(queries::figures::series_id(&talk.unit, &indicator.id));
        let unheard =
            said.map(|(last, series)| queries::figures::dialogue(desk, &series, reading.points[last].period).unheard());
        ProposalContext { reading, wanted, network, unheard: unheard.unwrap_or_default() }
    };
    let groups = queries::figures::indicator_groups(desk, &talk.unit);
    let known: Vec<ProposalContext> = groups.iter().flat_map(|group| &group.indicators).map(known).collect();
    propose(&known)
}

/// A topic on the agenda, with what the person prepares for it.
fn row(talk: &SamtaleContext, mine: Option<Party>, ids: &[Id], id: &Id, index: usize) -> BuiltView {
    let path = Path::root("topics").child(id.as_str());
    let workspace = talk.desk.workspace;
    let fields: Vec<_> = [
        (Party::Leader, "leader", "Lederens forberedelse"),
        (Party::Counterpart, "counterpart", "Modpartens forberedelse"),
    ]
    .into_iter()
    .filter(|(party, ..)| mine.is_none_or(|mine| mine == *party))
    .map(|(_, name, label)| text(talk, path.child(name), &format!("{label} til emne {}", index + 1), FieldType::Text))
    .collect();
    let edit = |change: Rc<dyn Fn(&mut Samtale)>| {
        let record = talk.record.clone();
        on_click(move || {
            agreements::edit::<Samtale>(workspace, &record, &mut Focus::default(), |samtale| change(samtale));
            workspace.save_now();
        })
    };
    let above = (index > 0).then(|| {
        let (own, ids) = (id.clone(), ids.to_vec());
        let up: Rc<dyn Fn(&mut Samtale)> = Rc::new(move |samtale| {
            let places: Vec<_> =
                ids.iter().map(|id| samtale.topics.get(id).and_then(|topic| topic.order.clone())).collect();
            samtale.topics.get_or_default(own.clone()).order = Some(fractional_index::one_up(&places, index));
        });
        let name = format!("Flyt op: emne {}", index + 1);
        let up = edit(up);
        build_view(view! { <button type="button" class="quiet" aria-label=name on:click=up>"Flyt op"</button> })
    });
    let own = id.clone();
    let off = edit(Rc::new(move |samtale| samtale.topics.get_or_default(own.clone()).agenda = Some(Agenda::Off)));
    let name = format!("Tag af dagsordenen: emne {}", index + 1);
    let off = build_view(
        view! { <button type="button" class="quiet" aria-label=name on:click=off>"Tag af dagsordenen"</button> },
    );
    markup!(
        r#"<li>{}{}<div class="buttons">{}{}</div></li>"#,
        text(talk, path.child("title"), &format!("Emne {}", index + 1), FieldType::Line),
        fields,
        or_empty(above),
        off
    )
}

/// Which of the two the person is; where it cannot be told, both fields are shown.
fn me(talk: &SamtaleContext) -> Option<Party> {
    let of_unit = talk.desk.body::<Enhed>(Some(&talk.unit)).level;
    match (talk.desk.person.with(|person| person.role)?, talk.desk.level(), of_unit) {
        (Role::Head | Role::Director | Role::Leader, Some(own), Some(unit)) if own < unit => Some(Party::Counterpart),
        (Role::Head | Role::Director, ..) => Some(Party::Counterpart),
        (Role::Leader, ..) => Some(Party::Leader),
        _ => None,
    }
}

/// Hands the conversation to the user, as a file for the other party.
fn save(talk: &SamtaleContext) {
    talk.ensure();
    let (name, part) = (untrack(|| talk.unit_name()), SharedPart::Samtale { id: talk.record.clone() });
    talk.desk.workspace.save_share_file(&name, "samtale", part, "Samtalen er stadig her på siden.");
}

/// The way back to the preparation.
pub(crate) fn back(talk: &SamtaleContext) -> BuiltView {
    button_with_class(
        "quiet",
        "Tilbage til forberedelsen",
        on_click({
            let address = talk.part(None);
            move || platform::navigation::go_to(&address)
        }),
    )
}
