//! A goal of an agreement, with the initiatives that carry it.

use serde::{Deserialize, Serialize};

use super::body::{Body, Entries, FieldRole, KindWords, Map};
use super::fractional_index;
use super::id::Id;
use super::measure::Measure;
use super::period::{Period, Span};
use super::proevehandling::Tek;
use super::slot::fields;
use super::text::UserText;

/// A goal of an agreement. The parts that initiatives are chosen by (signs of progression, expected effect) are the
/// documents' own.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Goal {
    /// The goal itself.
    pub text: UserText,
    /// The agreement it belongs to.
    pub aftale: Option<Id>,
    /// Which of the agreement's three areas it is in.
    pub area: Option<Area>,
    /// Whether it is common to all or wholly the unit's own.
    pub reach: Option<Reach>,
    /// Whether it is short-term or longer-term.
    pub horizon: Option<Horizon>,
    /// What it hangs on: indicators, pejlemærker, themes, core tasks. One leaf each.
    pub anchors: Map<Id, Anchor>,
    /// Where it starts: a figure. One leaf.
    pub baseline: Option<Figure>,
    /// Where it should end: a figure. One leaf.
    pub wanted: Option<Figure>,
    /// Signs that it is on its way.
    pub signs_of_progression: UserText,
    /// What it is expected to bring.
    pub expected_effect: UserText,
    /// The initiatives that carry it.
    pub initiatives: Entries<Initiative>,
    /// What it is expected to do to the corners of the TEK triangle. One leaf.
    pub tek: Option<Tek>,
    /// The record it grew out of: a point of a conversation, a trial.
    pub origin: Option<Id>,
    /// Its place among the goals of the agreement: a fractional index.
    pub order: Option<String>,
    /// Whether the unit shares it with its network. It is no part of what is agreed to.
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

/// Whose goal it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// Common to all.
    Common,
    /// The unit's own.
    Local,
}

/// How far ahead it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Horizon {
    /// Short-term.
    Short,
    /// Longer-term.
    Long,
}

/// What a goal hangs on.
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
    /// A core service of the unit.
    CoreService(Id),
}

/// A figure with what it is counted in and when.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Figure {
    /// The figure.
    pub value: Option<f64>,
    /// What it is counted in.
    pub measure: Option<Measure>,
    /// The period it speaks of.
    pub period: Option<Period>,
    /// Whether it rests on so few, or gives away one that does, that it was hidden.
    #[serde(skip_serializing_if = "is_false")]
    pub is_hidden: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}

/// Something that is done to reach a goal (*indsats*).
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Initiative {
    /// What is done.
    pub text: UserText,
    /// Who sees to it.
    pub responsible: UserText,
    /// From when to when. One leaf.
    pub period: Option<Span>,
    /// How far it is.
    pub status: Option<InitiativeStatus>,
    /// Its place among the initiatives: a fractional index.
    pub order: Option<String>,
}

/// How far an initiative is.
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
    /// Stopped before it was done.
    Stopped,
}

fields!(Initiative {
    text: text("indsatsens tekst"),
    responsible: text("den ansvarlige"),
    period: value("indsatsens periode"),
    status: value("indsatsens status"),
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
    /// All that is chosen in it, its words cut to whether there are any: what a page goes by beside the fields themselves.
    #[must_use]
    pub fn outline(mut self) -> Self {
        for text in [&mut self.text, &mut self.signs_of_progression, &mut self.expected_effect] {
            text.cut();
        }
        for (_, initiative) in self.initiatives.iter_mut() {
            initiative.text.cut();
            initiative.responsible.cut();
        }
        self
    }
}

impl Area {
    /// All, in the order of the documents.
    pub const ALL: [Self; 3] = [Self::Quality, Self::Economy, Self::StaffWellbeing];

    /// In Danish.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Quality => "Kvalitet",
            Self::Economy => "Økonomi",
            Self::StaffWellbeing => "Medarbejdertrivsel",
        }
    }
}

impl Reach {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Common, Self::Local];

    /// In Danish.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Common => "Fælles mål",
            Self::Local => "Lokalt mål",
        }
    }
}

impl Horizon {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Short, Self::Long];

    /// In Danish.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Short => "Kort sigt",
            Self::Long => "Langt sigt",
        }
    }
}

impl InitiativeStatus {
    /// All, in the order of their course.
    pub const ALL: [Self; 4] = [Self::Planned, Self::Running, Self::Done, Self::Stopped];

    /// In Danish.
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
    /// The id of what it is.
    pub const fn id(&self) -> &Id {
        match self {
            Self::Indicator(id)
            | Self::Pejlemaerke(id)
            | Self::Theme(id)
            | Self::CouncilGoal(id)
            | Self::CoreService(id) => id,
        }
    }

    /// In Danish, what kind of thing it is.
    pub const fn danish(&self) -> &'static str {
        match self {
            Self::Indicator(_) => "Indikator",
            Self::Pejlemaerke(_) => "Pejlemærke",
            Self::Theme(_) => "Tema",
            Self::CouncilGoal(_) => "Mål i Sammenhængsmodellen",
            Self::CoreService(_) => "Kerneydelse",
        }
    }
}

impl Goal {
    /// The indicator it hangs on; where it hangs on several, the first by id.
    pub fn indicator(&self) -> Option<&Id> {
        self.anchors.values().find_map(|anchor| match anchor {
            Anchor::Indicator(id) => Some(id),
            _ => None,
        })
    }

    /// Its initiatives in their order.
    pub fn initiatives_in_order(&self) -> Vec<(&Id, &Initiative)> {
        let place = |own: &(&Id, &Initiative)| (own.1.order.clone().unwrap_or_else(|| "~".to_owned()), own.0.clone());
        fractional_index::sorted(self.initiatives.iter().collect(), &|one, other| place(one) < place(other))
    }
}

impl Body for Goal {
    const WORDS: KindWords = KindWords { definite: "målet", singular: "mål", plural: "mål" };
    const TITLE: &'static str = "text";
}
