//! The preview of an import: the changes that files would make, by unit, kind and record, with the user's choices.

use std::sync::Arc;

use leptos::prelude::*;

use crate::domain::id::Id;
use crate::domain::registry::Kind;
use crate::domain::sorted::SortedSet;
use crate::exchange::plan::{ImportStatus, Plan, PlanAction, PlanItem};
use crate::exchange::plan_groups::{PlannedUnit, group_by_unit};
use crate::exchange::read::FileHead;
use crate::exchange::scope::{Scope, SharedPart};

use crate::record::choice::Choice;
use crate::record::path::Path;
use crate::record::{Record, compare};

use super::{Files, ImportPreview};
use crate::ui::kit::compare::{comparison, comparison_row};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{
    BuiltView, build_view, button, button_with_class, button_with_label, checkbox, dynamic_view, empty_view, on_click,
    or_empty, toggle_button,
};
use crate::ui::platform;
use crate::ui::platform::page::DanishOrder;

/// The number of records of a unit that are listed at a time.
const PAGE_SIZE: usize = 40;
/// The maximum number of records of a status whose units are unfolded from the start.
const MAX_UNFOLDED: usize = 12;

/// The choices of the user that differ from the proposal.
#[derive(Clone, Copy)]
struct ImportChoices {
    /// Records with the opposite of the proposal: not imported, or written again.
    inverted: RwSignal<SortedSet<Id>>,
    /// Units of the files that the user declares to be the same as a unit here.
    same_units: RwSignal<SortedSet<Id>>,
}

impl ImportChoices {
    /// Returns whether the proposal for a record is inverted.
    fn is_inverted(self, id: &Id) -> bool {
        self.inverted.with(|inverted| inverted.contains(id))
    }

    /// Adds an id to a set, or removes it.
    fn set_member(ids: RwSignal<SortedSet<Id>>, id: &Id, is_in: bool) {
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

    /// Returns the plan with the choices applied.
    fn plan(self, plan: &Plan) -> Plan {
        let mut plan = plan.clone();
        let (inverted, same_units) = (self.inverted.get_untracked(), self.same_units.get_untracked());
        for item in &mut plan.items {
            item.action = match (item.has_changes(), inverted.contains(item.incoming.id())) {
                (true, true) => PlanAction::Leave,
                (false, true) => PlanAction::WriteAgain,
                (_, false) => PlanAction::Take,
            };
        }
        for unit in &mut plan.same_units {
            unit.is_same = same_units.contains(&unit.incoming);
        }
        plan
    }
}

/// Shows what files would change, for the user to choose from.
pub(crate) fn plan_view(files: Files, preview: &Arc<ImportPreview>) -> BuiltView {
    let choices =
        ImportChoices { inverted: RwSignal::new(SortedSet::new()), same_units: RwSignal::new(SortedSet::new()) };
    let descriptions: Vec<_> =
        preview.heads.iter().flat_map(|(name, head)| file_description(name, head, preview.heads.len() > 1)).collect();
    let unreadable = preview.refused.iter().map(|(name, reason)| format!("{name}: {reason}"));
    let faults = unreadable.chain(preview.plan.faults.iter().map(ToString::to_string));
    let faults: Vec<_> = faults.map(|words| markup!("<li>{}</li>", words)).collect();
    let deletion_count: usize = preview.plan.items.iter().map(|item| item.deletions.len()).sum();
    let deletions =
        group(files, preview, choices, format!("Sletter ({deletion_count})"), |item| !item.deletions.is_empty());
    let groups = [
        (ImportStatus::OpenChoice, "Skrevet forskelligt hos jer: begge ordlyde gemmes, og du kan vælge bagefter"),
        (ImportStatus::New, "Nyt"),
        (ImportStatus::Newer, "Nyere end det, du har"),
    ];
    let groups: Vec<_> = groups
        .into_iter()
        .filter_map(|(status, words)| {
            counted_group(files, preview, choices, words, |item| item.status == status && item.deletions.is_empty())
        })
        .collect();
    let rewritable = counted_group(
        files,
        preview,
        choices,
        "Siden fortrudt eller skrevet om hos dig: sæt kryds for at skrive filens ord igen",
        |item| item.can_write_again,
    );
    let same_unit_questions: Vec<_> = preview
        .plan
        .same_units
        .iter()
        .map(|unit| {
            let id = unit.incoming.clone();
            let words = format!("«{}» i filen er den samme enhed som den, du har", unit.name);
            checkbox(words, move || choices.same_units.with(|same_units| same_units.contains(&id)), {
                let id = unit.incoming.clone();
                move |is_same| ImportChoices::set_member(choices.same_units, &id, is_same)
            })
        })
        .collect();
    let same_unit_questions = (!same_unit_questions.is_empty()).then(|| {
        markup!(
            r#"<div class="import-group"><h3>Samme enhed?</h3><p class="help">Siger du ja, vises deres tal og aftaler sammen. Det kan fortrydes.</p>{}</div>"#,
            same_unit_questions
        )
    });
    let other_units = other_units(files, preview);
    let counts = preview.plan.counts();
    let unchanged = [(ImportStatus::Same, "uændret"), (ImportStatus::Older, "ældre end det, du har")]
        .into_iter()
        .filter_map(|(status, words)| {
            let count = *counts.get(&status)?;
            Some(format!("{count} {} {words}", if count == 1 { "post er" } else { "poster er" }))
        });
    let unchanged: Vec<_> = unchanged.map(|words| markup!(r#"<p class="help">{}.</p>"#, words)).collect();
    let (preview_to_import, name_to_dismiss, preview_to_view) =
        (Arc::clone(preview), preview.name.clone(), Arc::clone(preview));
    let cpr_notice = (!preview.plan.cpr.is_empty()).then(|| {
        markup!("<p>Der står CPR-numre i filen. De tekster holdes tilbage: CPR-numre må ikke gemmes her.</p>")
    });
    markup!(
        r#"
        <section class="report import-preview" aria-label="Om filen">
            <h2>{}</h2>
            {}{}
            <p>Intet er ændret endnu. Vælg, hvad der skal flettes ind; du kan fortryde det hele bagefter.</p>
            <ul class="faults">{}</ul>
            <div class="buttons import-actions">{}{}{}</div>
            {}{}{}{}{}{}
        </section>"#,
        preview.name.clone(),
        descriptions,
        cpr_notice,
        faults,
        button_with_class(
            "primary",
            "Flet ind",
            on_click(move || files.import_chosen(&preview_to_import, choices.plan(&preview_to_import.plan)))
        ),
        button("Se det for sig selv", move || files.view_without_import(&preview_to_view)),
        button("Lad være", move || files.dismiss(&name_to_dismiss)),
        deletions,
        same_unit_questions,
        other_units,
        groups,
        rewritable,
        unchanged
    )
}

/// Lists the units of the files that share the id or the name of a unit here, each with a button to import it as a new
/// unit.
fn other_units(files: Files, preview: &Arc<ImportPreview>) -> Option<BuiltView> {
    let is_likely = |id: &Id| preview.plan.same_units.iter().any(|unit| unit.incoming == *id);
    let units = preview.plan.items.iter().filter(|item| {
        item.incoming.kind() == Some(Kind::Enhed) && (item.local.is_some() || is_likely(item.incoming.id()))
    });
    let rows: Vec<BuiltView> = units
        .take(PAGE_SIZE)
        .map(|item| {
            let (preview_again, unit) = (Arc::clone(preview), item.incoming.id().clone());
            let label = format!("Opret som ny: {}", item.name);
            let on_press = on_click(move || files.preview_as_new(&preview_again, unit.clone()));
            markup!("<li>{} {}</li>", item.name.clone(), button_with_label("", "Opret som ny", label, on_press))
        })
        .collect();
    (!rows.is_empty()).then(|| {
        markup!(
            r#"<details class="more"><summary>Er en enhed i filen en anden end den, du har?</summary><p class="help">Så kommer den ind som en ny enhed med alt, hvad der hører til, og rører ikke det, du har. Aftaler kommer som kladder: ingen har aftalt noget med den nye enhed.</p><ul>{}</ul></details>"#,
            rows
        )
    })
}

/// Describes a file by its envelope: what it contains, when it was saved, and warnings.
fn file_description(name: &str, head: &FileHead, is_one_of_several: bool) -> Vec<BuiltView> {
    let mut lines = Vec::new();
    let contents = match head.scope() {
        Some(Scope::Backup) => "Sikkerhedskopi af alt".to_owned(),
        Some(Scope::Share { part: SharedPart::Enhed { .. }, .. }) => "En enhed med alt, hvad der hører til".to_owned(),
        Some(Scope::Share { part: SharedPart::Samtale { .. }, .. }) => "En samtale med enhedens tal".to_owned(),
        Some(Scope::Share { part: SharedPart::Aftale { .. }, .. }) => {
            "En aftale med mål, kommentarer og tal".to_owned()
        }
        Some(Scope::Share { part: SharedPart::DataPackage { units, .. }, .. }) if units.is_empty() => {
            "Datapakke: mønstre, temaer og kalender".to_owned()
        }
        Some(Scope::Share { part: SharedPart::DataPackage { .. }, .. }) => {
            "Datapakke: enheder og deres tal, temaer og kalender".to_owned()
        }
        Some(Scope::Share { part: SharedPart::Workshop { .. }, .. }) => "Resultatet af en workshop".to_owned(),
        Some(Scope::Share { part: SharedPart::Feedback { .. }, .. }) => "Svar fra et forum på datapakken".to_owned(),
        Some(Scope::Share { part: SharedPart::Meeting { .. }, .. }) => {
            "Et møde med tilbud om hjælp og beslutninger".to_owned()
        }
        Some(Scope::Share { part: SharedPart::Network { name }, .. }) => format!("Netværket {name}"),
        Some(Scope::Share { part: SharedPart::Chosen { .. }, .. }) | None => "Udvalgte poster".to_owned(),
    };
    let saved = head.exported.map(|at| format!(", gemt {}", platform::clock::danish(at))).unwrap_or_default();
    let prefix = if is_one_of_several { format!("{name}: ") } else { String::new() };
    lines.push(markup!("<p>{}{}{}.</p>", prefix, contents, saved));
    if head.is_changed_after_export {
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

/// Builds a group whose heading ends with the number of its records.
fn counted_group(
    files: Files,
    preview: &Arc<ImportPreview>,
    choices: ImportChoices,
    heading: &str,
    is_in: impl Fn(&PlanItem) -> bool,
) -> Option<BuiltView> {
    let count = preview.plan.items.iter().filter(|item| is_in(item)).count();
    group(files, preview, choices, format!("{heading} ({count})"), is_in)
}

/// Builds a group of records by unit and kind, if it has any.
fn group(
    files: Files,
    preview: &Arc<ImportPreview>,
    choices: ImportChoices,
    heading: String,
    is_in: impl Fn(&PlanItem) -> bool,
) -> Option<BuiltView> {
    let indices: Vec<usize> =
        preview.plan.items.iter().enumerate().filter(|(_, item)| is_in(item)).map(|(index, _)| index).collect();
    let brings = preview.plan.items[*indices.first()?].has_changes();
    let is_unfolded = indices.len() <= MAX_UNFOLDED;
    let units: Vec<_> = sorted_groups(files, preview, &indices)
        .into_iter()
        .map(|group| unit_view(preview, choices, group, is_unfolded))
        .collect();
    let toggle_all = (indices.len() > 1).then(|| toggle_all_button(preview, choices, &indices, brings));
    Some(markup!(r#"<div class="import-group"><h3>{}</h3>{}{}</div>"#, heading, toggle_all, units))
}

/// Groups records by unit, in the order of the Danish alphabet. Records without a unit come last.
fn sorted_groups(files: Files, preview: &ImportPreview, indices: &[usize]) -> Vec<PlannedUnit> {
    let order = DanishOrder::new();
    let mut sorted: Vec<PlannedUnit> = Vec::new();
    for group in group_by_unit(&preview.plan.items, indices, &|id| files.workspace.stored(id)) {
        let is_before = |other: &PlannedUnit| match (&other.unit, &group.unit) {
            (Some(other), Some(name)) => !order.is_before(name, other),
            (other, _) => other.is_some(),
        };
        let index = sorted.partition_point(is_before);
        sorted.insert(index, group);
    }
    sorted
}

/// Builds the button that ticks or unticks all records of a group.
fn toggle_all_button(
    preview: &Arc<ImportPreview>,
    choices: ImportChoices,
    indices: &[usize],
    brings: bool,
) -> BuiltView {
    let ids: Vec<Id> = indices.iter().map(|&index| preview.plan.items[index].incoming.id().clone()).collect();
    let are_ticked = Memo::new({
        let ids = ids.clone();
        move |_| ids.iter().all(|id| choices.is_inverted(id) != brings)
    });
    let label =
        dynamic_view(move || markup!("<span>{}</span>", if are_ticked.get() { "Fravælg alle" } else { "Vælg alle" }));
    let on_press = on_click(move || {
        let is_in = are_ticked.get_untracked() == brings;
        for id in &ids {
            ImportChoices::set_member(choices.inverted, id, is_in);
        }
    });
    build_view(view! { <button type="button" class="quiet" on:click=on_press>{label}</button> })
}

/// Builds the records of a unit by kind, below a button with the name of the unit and the counts. The list is built
/// when the user unfolds it, because a file may have hundreds of units.
fn unit_view(preview: &Arc<ImportPreview>, choices: ImportChoices, group: PlannedUnit, is_unfolded: bool) -> BuiltView {
    let unit = match group.unit.as_deref() {
        Some("") => "Enhed uden navn".to_owned(),
        Some(name) => name.to_owned(),
        None => "Uden enhed".to_owned(),
    };
    let label = format!("{unit}: {}", group.counts());
    let more_label = format!("Vis flere fra {unit}");
    let is_open = RwSignal::new(is_unfolded);
    let shown_count = RwSignal::new(PAGE_SIZE);
    let preview = Arc::clone(preview);
    let list = dynamic_view(move || {
        if !is_open.get() {
            return empty_view();
        }
        let mut remaining = shown_count.get();
        let mut kinds = Vec::new();
        for (kind, indices) in &group.kinds {
            let shown: Vec<_> = indices.iter().take(remaining).collect();
            remaining -= shown.len();
            if shown.is_empty() {
                break;
            }
            let name = kind.map_or("poster", |kind| kind.words().plural);
            let rows: Vec<_> =
                shown.into_iter().map(|&index| item_view(&preview.plan.items[index], choices, is_unfolded)).collect();
            kinds.push(markup!(
                r#"<div><p class="help import-kind">{} ({})</p><ul class="import-items">{}</ul></div>"#,
                name,
                indices.len().to_string(),
                rows
            ));
        }
        let more = (shown_count.get() < group.len()).then(|| {
            let show_more = on_click(move || shown_count.update(|count| *count += PAGE_SIZE));
            button_with_label("", "Vis flere", more_label.clone(), show_more)
        });
        markup!("<div>{}{}</div>", kinds, more)
    });
    markup!(r#"<div class="import-unit">{}<div>{}</div></div>"#, toggle_button(label.clone(), label, is_open), list)
}

/// Shows a record of the plan: its checkbox, its authors, and its changes. With `is_unfolded`, the comparison of an
/// open choice is shown from the start.
fn item_view(item: &PlanItem, choices: ImportChoices, is_unfolded: bool) -> BuiltView {
    let id = item.incoming.id().clone();
    let brings = item.has_changes();
    let from = item.authors.iter().cloned().collect::<Vec<_>>().join(", ");
    let change_text = match (item.deletions.len(), item.lines.len()) {
        (0, _) => item.name.clone(),
        // Each deletion has a line of its own, so there are no other changes.
        (deletion_count, line_count) if line_count <= deletion_count => {
            format!("Sletter: {}", item.deletions.join(", "))
        }
        _ => format!("Sletter: {}. Ændrer også andet i {}", item.deletions.join(", "), item.name),
    };
    let words = if from.is_empty() { change_text } else { format!("{change_text} – fra {from}") };
    let value = {
        let id = id.clone();
        move || choices.is_inverted(&id) != brings
    };
    let on_tick = move |is_ticked: bool| ImportChoices::set_member(choices.inverted, &id, is_ticked != brings);
    let is_open = RwSignal::new(is_unfolded && item.status == ImportStatus::OpenChoice);
    let (here, incoming) = (item.local.clone(), item.incoming.clone());
    let compared = dynamic_view(move || or_empty(is_open.get().then(|| item_comparison(here.as_deref(), &incoming))));
    let compare = toggle_button("Sammenlign".to_owned(), format!("Sammenlign {}", item.name), is_open);
    markup!(
        r#"<li>{}{}<div class="import-comparison">{}</div></li>"#,
        checkbox(words, value, on_tick),
        compare,
        compared
    )
}

/// Compares a record here with the state after the import. A field that becomes an open choice shows the wording here
/// and the wording of the file.
fn item_comparison(here: Option<&Record>, incoming: &Record) -> BuiltView {
    let merged = here.and_then(|here| here.merge(incoming).ok());
    let after = merged.as_ref().unwrap_or(incoming);
    let Some(here) = here else { return comparison(None, after, ["", "Efter filen"]) };
    let open: SortedSet<Path> = after
        .choices()
        .into_iter()
        .filter_map(|choice| match choice {
            Choice::Wordings { path, .. } => Some(path.clone()),
            Choice::DeletedButChanged { .. } => None,
        })
        .collect();
    let rows_with = |other: &Record, are_open: bool, names: [&'static str; 2]| {
        let rows = compare::rows(Some(here), other).into_iter();
        let rows = rows.filter(|row| row.differs() && open.contains(&row.path) == are_open);
        rows.map(|row| comparison_row(&row, Some(names), None)).collect::<Vec<_>>()
    };
    let mut rows = rows_with(incoming, true, ["Hos dig", "I filen"]);
    rows.extend(rows_with(after, false, ["Hos dig nu", "Efter filen"]));
    if rows.is_empty() {
        return comparison(Some(here), after, ["Hos dig nu", "Efter filen"]);
    }
    markup!(r#"<dl class="comparison">{}</dl>"#, rows)
}
