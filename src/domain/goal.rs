//! A goal of an agreement, with its initiatives.

use serde::{Deserialize, Serialize};

use super::body::{Body, Entries, FieldRole, KindWords, Map};
use super::fractional_index;
use super::id::Id;
use super::measure::Measure;
use super::period::{Period, Span};
use super::proevehandling::Tek;
use super::slot::fields;
use super::text::UserText;

/// A goal of an agreement.
///
/// Signs of progression and expected effect come from the documents; initiatives are chosen by them.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Goal {
    /// The text of the goal.
    pub text: UserText,
    /// The agreement that the goal belongs to.
    pub aftale: Option<Id>,
    /// The area of the agreement that the goal is in.
    pub area: Option<Area>,
    /// Whether the goal is common to all units or local to this one.
    pub reach: Option<Reach>,
    /// Whether the goal is short-term or longer-term.
    pub horizon: Option<Horizon>,
    /// The things that the goal is anchored to. One leaf per anchor.
    pub anchors: Map<Id, Anchor>,
    /// The figure at the start. One leaf.
    pub baseline: Option<Figure>,
    /// The wanted figure. One leaf.
    pub wanted: Option<Figure>,
    /// The signs that show progress towards the goal.
    pub signs_of_progression: UserText,
    /// The expected effect.
    pub expected_effect: UserText,
    /// The initiatives for reaching the goal.
    pub initiatives: Entries<Initiative>,
    /// The expected effect on the corners of the TEK triangle. One leaf.
    pub tek: Option<Tek>,
    /// The record that the goal came from: a topic of a conversation, a dialogue, a trial.
    pub origin: Option<Id>,
    /// The position among the goals of the agreement: a fractional index.
    pub order: Option<String>,
    /// Whether the unit shares the goal with its network. Not part of a version of the agreement.
    pub shared: Option<bool>,
}

/// The three areas of an agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// Kvalitet.
    Quality,
    /// Økonomi.
    Economy,
    /// Medarbejdertrivsel.
    StaffWellbeing,
}

/// Whether a goal is common or local.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// Common to all units.
    Common,
    /// Local to the unit.
    Local,
}

/// The time horizon of a goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Horizon {
    /// Short-term.
    Short,
    /// Longer-term.
    Long,
}

/// Something that a goal or practice is anchored to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// An indicator.
    Indicator(Id),
    /// One of the three pejlemærker.
    Pejlemaerke(Id),
    /// A theme of the cycle.
    Theme(Id),
    /// A goal of the council's Sammenhængsmodel.
    CouncilGoal(Id),
    /// A core service: one of the unit's own tasks, or a task of the foundation.
    CoreService(Id),
    /// A guiding image of the preferred practice (*foretrukken praksis*).
    Practice(Id),
    /// One of the four views, or a statement of one.
    Syn(Id),
    /// One of the six ways of working, or of the four daily expectations.
    Behaviour(Id),
    /// A pair of opposites.
    Pair(Id),
    /// A lever against the shortage of staff.
    Lever(Id),
    /// A goal of an agreement. Only practice is anchored to goals.
    Goal(Id),
}

/// A figure with its unit of measure and its period.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Figure {
    /// The value.
    pub value: Option<f64>,
    /// The unit of measure.
    pub measure: Option<Measure>,
    /// The period that the figure is about.
    pub period: Option<Period>,
    /// Whether the figure was hidden, because it rests on too few people or would reveal a figure that does.
    #[serde(skip_serializing_if = "is_false")]
    pub is_hidden: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}

/// An initiative for reaching a goal (*indsats*).
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Initiative {
    /// The text of the initiative.
    pub text: UserText,
    /// The person or team responsible.
    pub responsible: UserText,
    /// The first and last day. One leaf.
    pub period: Option<Span>,
    /// The status of the initiative.
    pub status: Option<InitiativeStatus>,
    /// The practice that the initiative comes from. Not part of a version of the agreement.
    pub origin: Option<Id>,
    /// The position among the initiatives of the goal: a fractional index.
    pub order: Option<String>,
}

/// The status of an initiative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum InitiativeStatus {
    /// Not begun.
    Planned,
    /// Under way.
    Running,
    /// Done.
    Done,
    /// Stopped before completion.
    Stopped,
}

fields!(Initiative {
    text: text("indsatsens tekst"),
    responsible: text("den ansvarlige"),
    period: value("indsatsens periode"),
    status: value("indsatsens status"),
    origin: value("den praksis, indsatsen kommer fra"),
    order: order(),
});

fields!(Goal {
    text: text("målets tekst"),
    aftale: parent("aftalen"),
    area: value("området"),
    reach: value("om målet er fælles eller lokalt"),
    horizon: value("sigtet"),
    anchors: leaves("det, målet hænger på", FieldRole::Plain),
    baseline: value("udgangspunktet"),
    wanted: value("det ønskede tal"),
    signs_of_progression: text("tegn på progression"),
    expected_effect: text("forventet effekt"),
    initiatives: entries("indsatsen", Initiative::FIELDS),
    tek: value("TEK-vægtningen"),
    origin: value("hvor målet kommer fra"),
    order: order(),
    shared: value("om målet deles med netværket"),
});

impl Goal {
    /// Replaces each text that is not empty by a marker.
    ///
    /// Pages depend on the result, so that they are not drawn again at every keystroke.
    #[must_use]
    pub fn outline(mut self) -> Self {
        for text in [&mut self.text, &mut self.signs_of_progression, &mut self.expected_effect] {
            text.replace_by_ellipsis();
        }
        for (_, initiative) in self.initiatives.iter_mut() {
            initiative.text.replace_by_ellipsis();
            initiative.responsible.replace_by_ellipsis();
        }
        self
    }
}

impl Area {
    /// All areas, in the order of the documents.
    pub const ALL: [Self; 3] = [Self::Quality, Self::Economy, Self::StaffWellbeing];

    /// The Danish name.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Quality => "Kvalitet",
            Self::Economy => "Økonomi",
            Self::StaffWellbeing => "Medarbejdertrivsel",
        }
    }
}

impl Reach {
    /// Both values.
    pub const ALL: [Self; 2] = [Self::Common, Self::Local];

    /// The Danish name.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Common => "Fælles mål",
            Self::Local => "Lokalt mål",
        }
    }
}

impl Horizon {
    /// Both values.
    pub const ALL: [Self; 2] = [Self::Short, Self::Long];

    /// The Danish name.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Short => "Kort sigt",
            Self::Long => "Langt sigt",
        }
    }
}

impl InitiativeStatus {
    /// All values, in the order in which an initiative passes through them.
    pub const ALL: [Self; 4] = [Self::Planned, Self::Running, Self::Done, Self::Stopped];

    /// The Danish name.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Planned => "Ikke begyndt",
            Self::Running => "I gang",
            Self::Done => "Gjort",
            Self::Stopped => "Stoppet",
        }
    }
}

impl Anchor {
    /// The id of the thing.
    pub const fn id(&self) -> &Id {
        match self {
            Self::Indicator(id)
            | Self::Pejlemaerke(id)
            | Self::Theme(id)
            | Self::CouncilGoal(id)
            | Self::CoreService(id)
            | Self::Practice(id)
            | Self::Syn(id)
            | Self::Behaviour(id)
            | Self::Pair(id)
            | Self::Lever(id)
            | Self::Goal(id) => id,
        }
    }

    /// The kind of thing, in Danish.
    pub const fn danish(&self) -> &'static str {
        match self {
            Self::Indicator(_) => "Indikator",
            Self::Pejlemaerke(_) => "Pejlemærke",
            Self::Theme(_) => "Tema",
            Self::CouncilGoal(_) => "Mål i Sammenhængsmodellen",
            Self::CoreService(_) => "Kerneydelse",
            Self::Practice(_) => "Foretrukken praksis",
            Self::Syn(_) => "De fire syn",
            Self::Behaviour(_) => "Adfærd",
            Self::Pair(_) => "Modsætninger",
            Self::Lever(_) => "Greb mod mangel på arbejdskraft",
            Self::Goal(_) => "Mål i aftalen",
        }
    }
}

impl Goal {
    /// The indicator that the goal is anchored to. If there are several, the first by id.
    pub fn indicator(&self) -> Option<&Id> {
        self.anchors.values().find_map(|anchor| match anchor {
            Anchor::Indicator(id) => Some(id),
            _ => None,
        })
    }

    /// The name of the goal in lists: its text, if there is one.
    pub fn name(&self) -> &str {
        let text = self.text.as_str().trim();
        if text.is_empty() { "Mål uden ord endnu" } else { text }
    }

    /// The initiatives in order. Initiatives without a position come last.
    pub fn initiatives_in_order(&self) -> Vec<(&Id, &Initiative)> {
        let sort_key =
            |entry: &(&Id, &Initiative)| (entry.1.order.clone().unwrap_or_else(|| "~".to_owned()), entry.0.clone());
        fractional_index::sorted(self.initiatives.iter().collect(), &|one, other| sort_key(one) < sort_key(other))
    }
}

impl Body for Goal {
    const WORDS: KindWords = KindWords { definite: "målet", singular: "mål", plural: "mål" };
    const TITLE: &'static str = "text";
}
