//! The practice that a page shows, and the parts that the pages of several sorts share.
//!
//! The parts read and write single leaves, which have the same names in all three kinds of record.

use std::rc::Rc;

use leptos::prelude::*;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::domain::aftale::lines;
use crate::domain::anchor_choice;
use crate::domain::body::Map;
use crate::domain::fundament;
use crate::domain::goal::Anchor;
use crate::domain::id::Id;
use crate::domain::instrument::{CORNER_WORDS, instrument};
use crate::domain::package::Package;
use crate::domain::practice::PracticeSort;
use crate::domain::proevehandling::{Proevehandling, Tek, TrialNext};
use crate::domain::relations::LocalFacts;
use crate::record::Record;
use crate::record::edit::Focus;
use crate::record::path::Path;
use crate::record::value::LeafValue;

use super::words::words;
use crate::ui::kit::anchors::{AnchorChoices, AnchorInput, anchor_picker, own_tasks_hint};
use crate::ui::kit::components::{FieldExtras, FieldType, RadioGroup, RecordText, Scale, no_names_note};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::relations::relations_part;
use crate::ui::kit::view::{BuiltView, build_view, button, button_with_class, dynamic_view, on_click, or_empty};
use crate::ui::state::app_context::AppContext;
use crate::ui::state::queries::{self, relations};

/// The id of the heading that says that the practice is deleted.
pub(super) const DELETED_HEADING: &str = "practice-deleted";

/// A field for a text: its name, label and help.
pub(super) type TextField = (&'static str, &'static str, &'static str);

/// Who takes part: the key of each group in the record, the label and the help.
pub(super) const PARTICIPANTS: [TextField; 4] = [
    ("boern", "Børn og unge", "Hvad gør de, og hvad siger de selv?"),
    ("foraeldre", "Forældre", "Hvad gør de, og hvad siger de selv?"),
    ("frivillige", "Frivillige og civilsamfund", "Foreninger, naboer, bedsteforældre, arbejdspladser."),
    ("teknologi", "Teknologi", "Et værktøj, der hjælper, og hvem der kan bruge det."),
];

/// The practice that a page shows. A handle that all parts of the page share.
#[derive(Clone)]
pub(super) struct PracticeContext {
    pub(super) app: AppContext,
    pub(super) id: Id,
    pub(super) sort: PracticeSort,
}

impl PracticeContext {
    /// Returns the value of a leaf, tracked. `None` for an empty leaf.
    pub(super) fn leaf<T: DeserializeOwned>(&self, path: &Path) -> Option<T> {
        read_leaf(self.app, &self.id, path)
    }

    /// Writes a leaf, and saves the practice.
    pub(super) fn write(&self, path: &Path, value: Value) {
        let (workspace, value) = (self.app.workspace, LeafValue::new(value));
        let author = workspace.author();
        workspace.change(&self.id, |record| record.write([(path.clone(), value)], &mut Focus::default(), &author));
        workspace.save_now();
    }

    /// Builds a field for a text.
    pub(super) fn field(&self, path: Path, label: &str, help: &'static str, sort: FieldType) -> BuiltView {
        let label = label.to_owned();
        build_view(view! { <RecordText workspace=self.app.workspace record=self.id.clone() path label help sort/> })
    }

    /// Builds a field of several lines for each text.
    pub(super) fn texts(&self, fields: &[TextField]) -> Vec<BuiltView> {
        let field = |&(name, label, help): &TextField| self.field(Path::root(name), label, help, FieldType::Text);
        fields.iter().map(field).collect()
    }

    /// Builds the field for the title, which cannot be removed.
    pub(super) fn title(&self) -> BuiltView {
        build_view(view! {
            <RecordText
                workspace=self.app.workspace
                record=self.id.clone()
                path=Path::root("title")
                label="Kort navn"
                required=words(self.sort).required
            />
        })
    }
}

/// Returns the value of a leaf of a record, tracked. `None` for an empty leaf.
pub(super) fn read_leaf<T: DeserializeOwned>(app: AppContext, id: &Id, path: &Path) -> Option<T> {
    let read = |record: &Record| -> Option<T> { T::deserialize(record.leaf(path)?.shown()?.json()).ok() };
    app.workspace.read_at(id, path, read).flatten()
}

/// Returns a text with a large first letter.
pub(crate) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Builds the part on who takes part.
pub(super) fn participants_part(ctx: &PracticeContext) -> BuiltView {
    let path = Path::root("participants");
    let fields = PARTICIPANTS.map(|(key, label, help)| ctx.field(path.child(key), label, help, FieldType::Text));
    markup!(
        r#"<section class="part"><h2>Hvem er med?</h2>{}<div class="participants">{}</div></section>"#,
        no_names_note(),
        Vec::from(fields)
    )
}

/// Returns the unit of the practice; of practice without a unit, the unit that the person works with.
pub(super) fn unit_of(ctx: &PracticeContext) -> Memo<Option<Id>> {
    let ctx = ctx.clone();
    Memo::new(move |_| {
        let unit = ctx.leaf::<Id>(&Path::root("unit"));
        unit.map(|unit| ctx.app.workspace.representative_id(&unit)).or_else(|| ctx.app.unit())
    })
}

/// Returns what the practice hangs on. Follows the anchors alone, so that typing in a text builds nothing again.
fn anchors_of(ctx: &PracticeContext) -> Memo<Map<Id, Anchor>> {
    let (workspace, id, path) = (ctx.app.workspace, ctx.id.clone(), Path::root("anchors"));
    Memo::new(move |_| {
        let read = |record: &Record| {
            let mut anchors: Map<Id, Anchor> = Map::default();
            for (_, leaf) in record.leaves().iter().filter(|(leaf_path, _)| leaf_path.is_below(&path)) {
                let anchor = leaf.shown().and_then(|value| serde_json::from_value::<Anchor>(value.json().clone()).ok());
                if let Some(anchor) = anchor {
                    anchors.insert(anchor.id().clone(), anchor);
                }
            }
            anchors
        };
        workspace.read_at(&id, &path, read).unwrap_or_default()
    })
}

/// Builds the part where the user says what the practice hangs on, and the part that shows it. Without
/// `is_editable` the second part alone.
pub(super) fn anchors_part(ctx: &PracticeContext, is_editable: bool) -> BuiltView {
    let (app, unit, anchors) = (ctx.app, unit_of(ctx), anchors_of(ctx));
    let (common, goals) = (relations::common(app, unit), relations::goals(app, unit));
    let own = {
        let ctx = ctx.clone();
        Memo::new(move |_| {
            let origin = ctx.leaf(&Path::root("origin"));
            let trial = Proevehandling { anchors: anchors.get(), origin, ..Proevehandling::default() };
            LocalFacts { trials: vec![(ctx.id.clone(), trial)], ..LocalFacts::default() }
        })
    };
    let map = relations::map_of_facts(fundament::present_edition(), vec![common, goals, own]);
    let related = relations_part(app, map, ctx.id.as_str(), words(ctx.sort).no_relations);
    if !is_editable {
        return related;
    }
    let groups = Memo::new(move |_| {
        let indicators = unit.get().map(|unit| queries::figures::indicator_groups(app, &unit));
        let indicators = indicators.unwrap_or_else(|| queries::figures::common_groups(app));
        let facts = relations::joined(&[common, goals]);
        let edition = fundament::present_edition();
        edition.map(|edition| anchor_choice::practice_groups(edition, &indicators, &facts)).unwrap_or_default()
    });
    let themes = Memo::new(move |_| relations::theme_options(&app.body::<Package>(Package::id(app.cycle()).as_ref())));
    let edited = ctx.clone();
    let write = move |anchor: &Anchor, is_on: bool| {
        let value = if is_on { serde_json::to_value(anchor).unwrap_or_default() } else { Value::Null };
        edited.write(&Path::root("anchors").child(anchor.id().as_str()), value);
    };
    let input = AnchorInput { anchors, write: Rc::new(write) };
    let definite = words(ctx.sort).definite;
    markup!(
        r#"
        <div>
            <section class="part">
                <h2>Hvad hænger {} på?</h2>
                <p class="help">Sæt kryds ved det, I vil påvirke. Så kan andre finde {} i biblioteket.</p>
                {}
            </section>
            {}
        </div>"#,
        definite,
        definite,
        anchor_picker(app, AnchorChoices { themes, groups }, &input, own_tasks_hint(unit)),
        related
    )
}

/// Builds the part with the scales of the three corners (*trivsel, effekt, kvalitet*), before and after.
pub(super) fn tek_part(ctx: &PracticeContext) -> BuiltView {
    markup!(
        r#"<section class="part"><h2>Trivsel, effekt, kvalitet</h2><p class="help">{}</p><div class="tek">{}{}</div></section>"#,
        words(ctx.sort).tek,
        tek(ctx, "tek_before", "Før"),
        tek(ctx, "tek_after", "Efter")
    )
}

/// Builds the scales of the three corners. `leaf` is `tek_before` or `tek_after`.
fn tek(ctx: &PracticeContext, leaf: &'static str, legend: &'static str) -> BuiltView {
    let Some(instrument) = instrument("tek") else { return build_view(()) };
    let corners: Vec<BuiltView> = instrument
        .items
        .iter()
        .enumerate()
        .map(|(index, item)| {
            let points = instrument.form.points().map(|point| (point, instrument.point(item, point))).collect();
            let (shown, edited, path, edited_path) = (ctx.clone(), ctx.clone(), Path::root(leaf), Path::root(leaf));
            let value = move || {
                let mut tek: Tek = shown.leaf(&path).unwrap_or_default();
                *tek.corners()[index].1
            };
            let on_pick = move |point: Option<i8>| {
                let mut tek: Tek = untrack(|| edited.leaf(&edited_path)).unwrap_or_default();
                *tek.corners()[index].1 = point;
                // Three empty corners are stored as no value.
                let is_empty = tek == Tek::default();
                let value = if is_empty { Value::Null } else { serde_json::to_value(tek).unwrap_or_default() };
                edited.write(&edited_path, value);
            };
            let scale = build_view(view! {
                <Scale
                    id=format!("{leaf}-{index}")
                    legend=format!("{legend}: {}", item.label)
                    points
                    class="degrees"
                    value=Rc::new(value)
                    on_pick=Rc::new(on_pick)
                />
            });
            // Screen readers read the words of each point.
            markup!(
                r#"<div class="corner">{}<p class="scale-ends" aria-hidden="true"><span>{}</span><span>{}</span></p></div>"#,
                scale,
                CORNER_WORDS[0],
                CORNER_WORDS[4]
            )
        })
        .collect();
    let choices = view! { <FieldExtras workspace=ctx.app.workspace record=ctx.id.clone() path=Path::root(leaf) about="vægtning" words=tek_in_words/> };
    markup!(
        r#"<div class="corners"><h3 class="visually-hidden">{}</h3>{}<div>{}</div></div>"#,
        legend,
        corners,
        build_view(choices)
    )
}

/// A stored weighing of the three corners in Danish; empty for a value that is none.
fn tek_in_words(value: &Value) -> String {
    serde_json::from_value::<Tek>(value.clone()).map(lines::tek).unwrap_or_default()
}

/// Builds the choice of what comes next.
pub(super) fn next_choice(ctx: &PracticeContext) -> BuiltView {
    let path = Path::root("next");
    let next = {
        let (ctx, path) = (ctx.clone(), path.clone());
        Memo::new(move |_| ctx.leaf::<TrialNext>(&path))
    };
    let value = move || TrialNext::ALL.iter().position(|option| Some(*option) == next.get());
    let (edited, cleared, edited_path, cleared_path) = (ctx.clone(), ctx.clone(), path.clone(), path.clone());
    let pick = move |index: usize| {
        edited.write(&edited_path, serde_json::to_value(TrialNext::ALL.get(index)).unwrap_or_default());
    };
    let choice = view! {
        <RadioGroup
            id="next"
            legend="Hvad nu?"
            options=TrialNext::ALL.map(TrialNext::danish).to_vec()
            value=Rc::new(value)
            on_pick=Rc::new(pick)
        />
        <FieldExtras workspace=ctx.app.workspace record=ctx.id.clone() path about="næste skridt" words=next_in_words/>
    };
    let clear = dynamic_view(move || {
        let (ctx, path) = (cleared.clone(), cleared_path.clone());
        let clear = move || {
            ctx.write(&path, Value::Null);
            inputs::focus_on("next-0".to_owned());
        };
        or_empty(next.get().is_some().then(|| button("Det er ikke afgjort endnu", clear)))
    });
    markup!("<div>{}{}</div>", build_view(choice), clear)
}

/// A stored next step in Danish; empty for a value that is none.
fn next_in_words(value: &Value) -> String {
    serde_json::from_value::<TrialNext>(value.clone()).map(|next| next.danish().to_owned()).unwrap_or_default()
}

/// Builds the button that puts the practice in the trash.
pub(super) fn delete_button(ctx: &PracticeContext) -> BuiltView {
    let (workspace, id) = (ctx.app.workspace, ctx.id.clone());
    let delete = move || {
        let author = workspace.author();
        workspace.change(&id, |record| record.delete(None, &author));
        workspace.save_now();
        inputs::focus_on(DELETED_HEADING.to_owned());
    };
    button_with_class("quiet", words(ctx.sort).delete, on_click(delete))
}
