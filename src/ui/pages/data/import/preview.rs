//! What files would bring, record by record, before they bring it.

use std::sync::Arc;

use leptos::prelude::*;

use crate::domain::id::Id;
use crate::domain::registry::Kind;
use crate::domain::sorted::SortedSet;
use crate::exchange::plan::{ImportStatus, Plan, PlanAction, PlanItem};
use crate::exchange::read::FileHead;
use crate::exchange::scope::{Scope, SharedPart};

use super::{Files, ImportPreview};
use crate::ui::kit::compare::comparison;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{
    BuiltView, build_view, button, button_with_class, button_with_label, checkbox, dynamic_view, on_click, or_empty,
    toggle_button,
};
use crate::ui::platform;

/// So many records of a group are listed at once; more on demand.
const LISTED: usize = 40;

/// What the user has chosen otherwise than it is proposed.
#[derive(Clone, Copy)]
struct ImportChoices {
    /// The records that are left, or whose words are written again.
    turned: RwSignal<SortedSet<Id>>,
    /// The units that are the same as one that is here.
    same: RwSignal<SortedSet<Id>>,
}

impl ImportChoices {
    fn is_turned(self, id: &Id) -> bool {
        self.turned.with(|turned| turned.contains(id))
    }

    fn turn(ids: RwSignal<SortedSet<Id>>, id: &Id, is_in: bool) {
        ids.update(|ids| {
            if is_in {
                ids.insert(id.clone());
            } else {
                let mut rest = SortedSet::new();
                rest.extend(ids.iter().filter(|other| *other != id).cloned());
                *ids = rest;
            }
        });
    }

    /// The plan as it was chosen.
    fn plan(self, plan: &Plan) -> Plan {
        let mut plan = plan.clone();
        let (turned, same) = (self.turned.get_untracked(), self.same.get_untracked());
        for item in &mut plan.items {
            item.act = match (item.brings(), turned.contains(item.incoming.id())) {
                (true, true) => PlanAction::Leave,
                (false, true) => PlanAction::WriteAgain,
                (_, false) => PlanAction::Take,
            };
        }
        for unit in &mut plan.same_units {
            unit.yes = same.contains(&unit.incoming);
        }
        plan
    }
}

/// What files would bring, to be chosen among.
pub(crate) fn plan_view(files: Files, look: &Arc<ImportPreview>) -> BuiltView {
    let chosen = ImportChoices { turned: RwSignal::new(SortedSet::new()), same: RwSignal::new(SortedSet::new()) };
    let about: Vec<_> = look.heads.iter().flat_map(|(name, head)| about(name, head, look.heads.len() > 1)).collect();
    let refused = look.refused.iter().map(|(name, why)| format!("{name}: {why}"));
    let faults = refused.chain(look.plan.faults.iter().map(ToString::to_string));
    let faults: Vec<_> = faults.map(|words| markup!("<li>{}</li>", words)).collect();
    let deleting: usize = look.plan.items.iter().map(|item| item.deletes.len()).sum();
    let deletes = group(look, chosen, format!("Sletter ({deleting})"), |item| !item.deletes.is_empty());
    let groups = [
        (ImportStatus::OpenChoice, "Skrevet forskelligt hos jer: begge ordlyde gemmes, og du kan vælge bagefter"),
        (ImportStatus::New, "Nyt"),
        (ImportStatus::Newer, "Nyere end det, du har"),
    ];
    let groups: Vec<_> = groups
        .into_iter()
        .filter_map(|(standing, words)| {
            counted(look, chosen, words, |item| item.standing == standing && item.deletes.is_empty())
        })
        .collect();
    let again = counted(
        look,
        chosen,
        "Siden fortrudt eller skrevet om hos dig: sæt kryds for at skrive filens ord igen",
        |item| item.can_write_again,
    );
    let same: Vec<_> = look
        .plan
        .same_units
        .iter()
        .map(|unit| {
            let id = unit.incoming.clone();
            let words = format!("«{}» i filen er den samme enhed som den, du har", unit.name);
            checkbox(words, move || chosen.same.with(|same| same.contains(&id)), {
                let id = unit.incoming.clone();
                move |is_same| ImportChoices::turn(chosen.same, &id, is_same)
            })
        })
        .collect();
    let same = (!same.is_empty()).then(|| {
        markup!(
            r#"<div class="group"><h3>Samme enhed?</h3><p class="help">Siger du ja, vises deres tal og aftaler sammen. Det kan fortrydes.</p>{}</div>"#,
            same
        )
    });
    let others = others(files, look);
    let counts = look.plan.counts();
    let rest = [(ImportStatus::Same, "uændret"), (ImportStatus::Older, "ældre end det, du har")]
        .into_iter()
        .filter_map(|(standing, words)| {
            let count = *counts.get(&standing)?;
            Some(format!("{count} {} {words}", if count == 1 { "post er" } else { "poster er" }))
        });
    let rest: Vec<_> = rest.map(|words| markup!(r#"<p class="help">{}.</p>"#, words)).collect();
    let (take, leave, at) = (Arc::clone(look), look.name.clone(), Arc::clone(look));
    let cpr = (!look.plan.cpr.is_empty()).then(|| {
        markup!("<p>Der står CPR-numre i filen. De tekster holdes tilbage: CPR-numre må ikke gemmes her.</p>")
    });
    markup!(
        r#"
        <section class="report look" aria-label="Om filen">
            <h2>{}</h2>
            {}{}
            <p>Intet er ændret endnu. Vælg, hvad der skal flettes ind; du kan fortryde det hele bagefter.</p>
            {}{}{}{}{}{}
            <ul class="faults">{}</ul>
            <div class="buttons">{}{}{}</div>
        </section>"#,
        look.name.clone(),
        about,
        cpr,
        deletes,
        same,
        others,
        groups,
        again,
        rest,
        faults,
        button_with_class("primary", "Flet ind", on_click(move || files.take(&take, chosen.plan(&take.plan)))),
        button("Se det for sig selv", move || files.view_without_import(&at)),
        button("Lad være", move || files.leave(&leave))
    )
}

/// The units of the files that have the id, or the name, of one that is here: they may be others.
fn others(files: Files, look: &Arc<ImportPreview>) -> Option<BuiltView> {
    let is_likely = |id: &Id| look.plan.same_units.iter().any(|unit| unit.incoming == *id);
    let units = look.plan.items.iter().filter(|item| {
        item.incoming.kind() == Some(Kind::Enhed) && (item.here.is_some() || is_likely(item.incoming.id()))
    });
    let rows: Vec<BuiltView> = units
        .take(LISTED)
        .map(|item| {
            let (again, unit) = (Arc::clone(look), item.incoming.id().clone());
            let name = format!("Opret som ny: {}", item.name);
            let act = on_click(move || files.preview_as_new(&again, unit.clone()));
            markup!("<li>{} {}</li>", item.name.clone(), button_with_label("", "Opret som ny", name, act))
        })
        .collect();
    (!rows.is_empty()).then(|| {
        markup!(
            r#"<details class="more"><summary>Er en enhed i filen en anden end den, du har?</summary><p class="help">Så kommer den ind som en ny enhed med alt, hvad der hører til, og rører ikke det, du har. Aftaler kommer som kladder: ingen har aftalt noget med den nye enhed.</p><ul class="others">{}</ul></details>"#,
            rows
        )
    })
}

/// What an envelope says: when it was saved and what for, and what to know of it.
fn about(name: &str, head: &FileHead, is_one_of_several: bool) -> Vec<BuiltView> {
    let mut lines = Vec::new();
    let what = match head.scope() {
        Some(Scope::Backup) => "Sikkerhedskopi af alt".to_owned(),
        Some(Scope::Share { part: SharedPart::Enhed { .. }, .. }) => "En enhed med alt, hvad der hører til".to_owned(),
        Some(Scope::Share { part: SharedPart::Samtale { .. }, .. }) => "En samtale med enhedens tal".to_owned(),
        Some(Scope::Share { part: SharedPart::Aftale { .. }, .. }) => {
            "En aftale med mål, kommentarer og tal".to_owned()
        }
        Some(Scope::Share { part: SharedPart::DataPackage { .. }, .. }) => {
            "Datapakke: enheder og deres tal, temaer og kalender".to_owned()
        }
        Some(Scope::Share { part: SharedPart::Workshop { .. }, .. }) => "Resultatet af en workshop".to_owned(),
        Some(Scope::Share { part: SharedPart::Network { name }, .. }) => format!("Netværket {name}"),
        Some(Scope::Share { part: SharedPart::Chosen { .. }, .. }) | None => "Udvalgte poster".to_owned(),
    };
    let when = head.exported.map(|at| format!(", gemt {}", platform::clock::danish(at))).unwrap_or_default();
    let of = if is_one_of_several { format!("{name}: ") } else { String::new() };
    lines.push(markup!("<p>{}{}{}.</p>", of, what, when));
    if head.changed_since {
        lines.push(markup!("<p>Filen er ændret, efter at den blev gemt. Se efter, om den er, som den skal være.</p>"));
    }
    if let Some(day) = head.delete_by {
        lines.push(markup!(
            "<p>Afsenderen beder dig slette filen senest den {}. Det, du fletter ind, bliver hos dig.</p>",
            day.danish()
        ));
    }
    lines
}

/// The same with how many there are.
fn counted(
    look: &Arc<ImportPreview>,
    chosen: ImportChoices,
    heading: &str,
    is_in: impl Fn(&PlanItem) -> bool,
) -> Option<BuiltView> {
    let count = look.plan.items.iter().filter(|item| is_in(item)).count();
    group(look, chosen, format!("{heading} ({count})"), is_in)
}

/// The records of a group, where there are any: the first of them, and the rest on demand.
fn group(
    look: &Arc<ImportPreview>,
    chosen: ImportChoices,
    heading: String,
    is_in: impl Fn(&PlanItem) -> bool,
) -> Option<BuiltView> {
    let places: Vec<usize> =
        look.plan.items.iter().enumerate().filter(|(_, item)| is_in(item)).map(|(place, _)| place).collect();
    if places.is_empty() {
        return None;
    }
    let ids: Vec<Id> = places.iter().map(|&place| look.plan.items[place].incoming.id().clone()).collect();
    let brings = places.first().is_some_and(|&place| look.plan.items[place].brings());
    let all = (places.len() > 1).then(|| {
        let are_ticked = Memo::new({
            let ids = ids.clone();
            move |_| ids.iter().all(|id| chosen.is_turned(id) != brings)
        });
        let words = dynamic_view(move || {
            markup!("<span>{}</span>", if are_ticked.get() { "Fravælg alle" } else { "Vælg alle" })
        });
        let turn = on_click(move || {
            let is_in = are_ticked.get_untracked() == brings;
            for id in &ids {
                ImportChoices::turn(chosen.turned, id, is_in);
            }
        });
        build_view(view! { <button type="button" class="quiet" on:click=turn>{words}</button> })
    });
    let listed = RwSignal::new(LISTED);
    let count = places.len();
    let look = Arc::clone(look);
    let list = dynamic_view(move || {
        let shown: Vec<_> =
            places.iter().take(listed.get()).map(|&place| item_view(&look.plan.items[place], chosen)).collect();
        markup!(r#"<ul class="items">{}</ul>"#, shown)
    });
    let more = dynamic_view(move || {
        or_empty((listed.get() < count).then(|| button("Vis flere", move || listed.update(|listed| *listed += LISTED))))
    });
    Some(markup!(r#"<div class="group"><h3>{}</h3>{}<div>{}</div><div>{}</div></div>"#, heading, all, list, more))
}

/// A record of the plan: its box, from whom it is, and what it brings.
fn item_view(item: &PlanItem, chosen: ImportChoices) -> BuiltView {
    let id = item.incoming.id().clone();
    let brings = item.brings();
    let from = item.from.iter().cloned().collect::<Vec<_>>().join(", ");
    let brought = match (item.deletes.len(), item.lines.len()) {
        (0, _) => item.name.clone(),
        // A line of it tells of each deletion.
        (deleted, told) if told <= deleted => format!("Sletter: {}", item.deletes.join(", ")),
        _ => format!("Sletter: {}. Ændrer også andet i {}", item.deletes.join(", "), item.name),
    };
    let words = if from.is_empty() { brought } else { format!("{brought} – fra {from}") };
    let value = {
        let id = id.clone();
        move || chosen.is_turned(&id) != brings
    };
    let on_tick = move |is_ticked: bool| ImportChoices::turn(chosen.turned, &id, is_ticked != brings);
    let is_open = RwSignal::new(false);
    let (here, incoming) = (item.here.clone(), item.incoming.clone());
    let merged = here.as_ref().and_then(|here| here.merge(&incoming).ok());
    let compared =
        dynamic_view(move || {
            or_empty(is_open.get().then(|| {
                comparison(here.as_deref(), merged.as_ref().unwrap_or(&incoming), ["Hos dig nu", "Efter filen"])
            }))
        });
    let compare = toggle_button("Sammenlign".to_owned(), format!("Sammenlign {}", item.name), is_open);
    markup!(r#"<li>{}{}<div class="compared">{}</div></li>"#, checkbox(words, value, on_tick), compare, compared)
}
