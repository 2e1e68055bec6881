//! An item of a foundation, and what it can be.

use serde_json::Value;

use crate::domain::cycle::Turn;
use crate::domain::measure::Measure;
use crate::domain::measure::Wanted;

/// One thing that a foundation says, with what it consists of.
///
/// All sorts have one type, so that a new sort is a line in [`Sort`] and no code in what the page downloads. In a file
/// what is empty or false is left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FundamentItem {
    /// What it is. In a file it is left out where the item is taken from another edition.
    pub sort: Sort,
    /// Its name for life, unique in its edition; the same in another edition is the same thing.
    pub id: String,
    /// What it is called, as the documents have it.
    pub label: String,
    /// What it says, in the product's own words.
    pub text: String,
    /// The documents it comes from; none of its own: those of the item it lies in.
    pub source: Vec<SourceDocument>,
    /// Whether the documents leave it open, and it is the product's proposal.
    pub proposal: bool,
    /// The ids of what it hangs on.
    pub on: Vec<String>,
    /// The edition that it is taken from whole.
    pub from: Option<String>,
    /// What it consists of.
    pub parts: Vec<Self>,
    /// What an indicator is counted in.
    pub measure: Option<Measure>,
    /// Which way is better for an indicator.
    pub wanted: Option<Wanted>,
    /// The figure that a goal aims at, in words.
    pub target: String,
    /// When an element of the wheel has its turn.
    pub quarters: Vec<Turn>,
    /// The levels of leader that take part in an element of the wheel.
    pub concerns: Vec<u8>,
}

impl FundamentItem {
    /// Reads an item with all that lies in it. By hand: derived code for the same weighs seven times as much in the page.
    ///
    /// # Errors
    /// The field that is none, or holds what it cannot, in words for whoever writes content.
    pub(super) fn read(value: Value) -> Result<Self, String> {
        let Value::Object(fields) = value else { return Err("an item is an object".to_owned()) };
        let mut item = Self::default();
        for (name, value) in fields {
            let wrong = || format!("«{name}» cannot be {value}");
            match &*name {
                "sort" => item.sort = value.as_str().and_then(Sort::named).ok_or_else(wrong)?,
                "id" => item.id = text(&value).ok_or_else(wrong)?,
                "label" => item.label = text(&value).ok_or_else(wrong)?,
                "text" => item.text = text(&value).ok_or_else(wrong)?,
                "target" => item.target = text(&value).ok_or_else(wrong)?,
                "from" => item.from = Some(text(&value).ok_or_else(wrong)?),
                "proposal" => item.proposal = value.as_bool().ok_or_else(wrong)?,
                "measure" => item.measure = Some(named(&Measure::ALL, &value).ok_or_else(wrong)?),
                "wanted" => item.wanted = Some(named(&Wanted::ALL, &value).ok_or_else(wrong)?),
                "source" => item.source = list(&value, |one| named(&SourceDocument::ALL, one)).ok_or_else(wrong)?,
                "on" => item.on = list(&value, text).ok_or_else(wrong)?,
                "concerns" => item.concerns = list(&value, small).ok_or_else(wrong)?,
                "quarters" => item.quarters = list(&value, turn).ok_or_else(wrong)?,
                "parts" => {
                    let Value::Array(parts) = value else { return Err(wrong()) };
                    item.parts = parts.into_iter().map(Self::read).collect::<Result<_, _>>()?;
                }
                _ => return Err(format!("«{name}» is no field of an item")),
            }
        }
        Ok(item)
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn small(value: &Value) -> Option<u8> {
    value.as_u64().and_then(|number| number.try_into().ok())
}

fn list<T>(value: &Value, read: impl Fn(&Value) -> Option<T>) -> Option<Vec<T>> {
    value.as_array()?.iter().map(read).collect()
}

/// The one that a text names.
fn named<T: Copy>(all: &[(&str, T)], value: &Value) -> Option<T> {
    let name = value.as_str()?;
    all.iter().find(|(own, _)| *own == name).map(|(_, one)| *one)
}

fn turn(value: &Value) -> Option<Turn> {
    let fields = value.as_object()?;
    let is_known = |name: &String| ["from", "to", "levels", "after"].contains(&name.as_str());
    if !fields.keys().all(is_known) {
        return None;
    }
    let levels = fields.get("levels").map_or(Some(Vec::new()), |levels| list(levels, small))?;
    let after = fields.get("after").map_or(Some(None), |after| text(after).map(Some))?;
    Some(Turn { from: small(fields.get("from")?)?, to: small(fields.get("to")?)?, levels, after })
}

/// A document of Viborg Kommune.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceDocument {
    /// The booklet with 12 indicators.
    Fif12,
    /// Its earlier edition with 11.
    Fif11,
    /// The slides on effects and common goals.
    Eff,
    /// The strategy of Job & Velfærd.
    Jv16,
}

impl SourceDocument {
    /// All, by their names in a file.
    const ALL: [(&'static str, Self); 4] =
        [("FIF-12", Self::Fif12), ("FIF-11", Self::Fif11), ("EFF", Self::Eff), ("JV16", Self::Jv16)];

    /// What the document is called.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Fif12 => "Forskellige i fællesskab (12 indikatorer)",
            Self::Fif11 => "Forskellige i fællesskab (11 indikatorer)",
            Self::Eff => "Oplæg om effektmåling og fælles mål",
            Self::Jv16 => "Job & Velfærds strategiplan 2016–2017",
        }
    }
}

macro_rules! sorts {
    ($($(#[$doc:meta])* $sort:ident = $name:literal in $($parent:ident)*;)*) => {
        /// What an item is.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub enum Sort {
            $($(#[$doc])* $sort,)*
            /// Not said: what it is taken from says it.
            #[default]
            Unsaid,
        }

        impl Sort {
            /// All, by their names in a file.
            const ALL: &'static [(&'static str, Self)] = &[$(($name, Self::$sort)),*];

            /// The sort of a name in a file.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().find(|(own, _)| *own == name).map(|(_, sort)| *sort)
            }

            /// The sorts of item that it can lie in.
            #[cfg(not(target_arch = "wasm32"))]
            pub(super) const fn parents(self) -> &'static [Self] {
                match self {
                    $(Self::$sort => &[$(Self::$parent),*],)*
                    Self::Unsaid => &[],
                }
            }
        }
    };
}

sorts! {
    /// An edition: the root.
    Edition = "edition" in;
    /// A section, read as a page.
    Section = "section" in Edition;
    /// The overall core task.
    Vision = "vision" in Section;
    /// The motto.
    Motto = "motto" in Section;
    /// A task of the hierarchy of tasks.
    Task = "task" in Section;
    /// A branch of Sammenhængsmodellen.
    Theme = "theme" in Section;
    /// A goal of Sammenhængsmodellen.
    Goal = "goal" in Section;
    /// One of the three goals that the indicators hang on.
    Pejlemaerke = "pejlemaerke" in Section;
    /// An indicator.
    Indicator = "indicator" in Pejlemaerke;
    /// A reason to measure.
    Reason = "reason" in Section;
    /// A kind of data.
    Data = "data" in Section;
    /// One of the four views.
    Syn = "syn" in Section;
    /// A statement of a view.
    Statement = "statement" in Syn;
    /// A tool for a conversation.
    Tool = "tool" in Section;
    /// A picture that steers practice.
    Practice = "practice" in Section;
    /// One of the three fields of a professional.
    Field = "field" in Section;
    /// One of the six ways of working.
    Way = "way" in Section;
    /// One of the four daily expectations.
    Expectation = "expectation" in Section;
    /// What an edition promises.
    Promise = "promise" in Section;
    /// An element of the wheel.
    Element = "element" in Section;
    /// Who does an element.
    Who = "who" in Element;
    /// What goes into an element.
    Into = "into" in Element;
    /// What comes out of it.
    OutOf = "out_of" in Element;
    /// What to do in it now.
    Do = "do" in Element;
    /// A track of the earlier wheel.
    Track = "track" in Section;
    /// A step of the earlier wheel.
    Step = "step" in Section Tool;
    /// A level of the cross-professional model.
    Level = "level" in Section;
    /// A part of the common systematics.
    System = "system" in Section;
    /// A forum.
    Forum = "forum" in Section;
    /// A method.
    Method = "method" in Section;
    /// A corner of the TEK triangle.
    Corner = "corner" in Section;
    /// A lever against the lack of hands.
    Lever = "lever" in Section;
    /// A pair of opposites.
    Pair = "pair" in Section;
    /// One end of a pair.
    Pole = "pole" in Pair;
    /// A strategic area.
    Area = "area" in Section;
    /// One side of an area or a model.
    Aspect = "aspect" in Area Section;
    /// A criterion of success.
    Criterion = "criterion" in Section;
    /// A row of a table.
    Row = "row" in Section;
    /// A cell of a row.
    Cell = "cell" in Row;
    /// What needs no more than a name and words.
    Point = "point" in Section Point Cell Tool Row Syn Theme;
    /// A place for a link to the municipality's own page.
    Slot = "slot" in Section;
}

impl FundamentItem {
    /// The item and all that lies in it, in the order it is read.
    pub fn all(&self) -> Box<dyn Iterator<Item = &Self> + '_> {
        Box::new(std::iter::once(self).chain(self.parts.iter().flat_map(Self::all)))
    }

    /// What of a sort it consists of, in order.
    pub fn parts_of(&self, sort: Sort) -> impl Iterator<Item = &Self> {
        self.parts.iter().filter(move |part| part.sort == sort)
    }
}
