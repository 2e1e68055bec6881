//! The items of a foundation and their sorts.

use serde_json::Value;

use crate::domain::cycle::Turn;
use crate::domain::date::Date;
use crate::domain::measure::Measure;
use crate::domain::measure::Wanted;

/// An item of a foundation, with the items that it consists of.
///
/// All sorts of item share this type, so a new sort needs only a line in [`Sort`] and no further code in the download.
/// Empty and false fields are left out in files.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FundamentItem {
    /// The sort of item. Left out in a file if the item is copied from another edition.
    pub sort: Sort,
    /// The permanent id, unique in its edition. Items with the same id in several editions are the same thing.
    pub id: String,
    /// The name, as in the documents.
    pub label: String,
    /// The description, in the product's own words.
    pub text: String,
    /// The documents that the item comes from; if empty, those of the item that contains it.
    pub source: Vec<SourceDocument>,
    /// Whether the item is a proposal of the product on a point that the documents leave open.
    pub proposal: bool,
    /// The ids of the items that it refers to: the task above, the theme of a goal, the goals of a pejlemærke, the
    /// indicators that follow a goal of a draft today.
    pub on: Vec<String>,
    /// The id of the edition from which the item is copied with all its parts.
    pub from: Option<String>,
    /// The items that it consists of.
    pub parts: Vec<Self>,
    /// The measure of an indicator.
    pub measure: Option<Measure>,
    /// The direction that is better for an indicator.
    pub wanted: Option<Wanted>,
    /// The figure that a goal aims at, in words.
    pub target: String,
    /// The turns of an element of the wheel.
    pub quarters: Vec<Turn>,
    /// The levels of leader that take part in an element of the wheel.
    pub concerns: Vec<u8>,
}

impl FundamentItem {
    /// Reads an item with all its parts. Written by hand, since a derived deserialiser takes seven times as much code.
    ///
    /// # Errors
    /// Names an unknown field, or a field with an invalid value, in a message for authors of content.
    pub(super) fn read(value: Value) -> Result<Self, String> {
        let Value::Object(fields) = value else { return Err("an item is an object".to_owned()) };
        let mut item = Self::default();
        for (name, value) in fields {
            let error = || format!("«{name}» cannot be {value}");
            match &*name {
                "sort" => item.sort = value.as_str().and_then(Sort::named).ok_or_else(error)?,
                "id" => item.id = read_text(&value).ok_or_else(error)?,
                "label" => item.label = read_text(&value).ok_or_else(error)?,
                "text" => item.text = read_text(&value).ok_or_else(error)?,
                "target" => item.target = read_text(&value).ok_or_else(error)?,
                "from" => item.from = Some(read_text(&value).ok_or_else(error)?),
                "proposal" => item.proposal = value.as_bool().ok_or_else(error)?,
                "measure" => item.measure = Some(read_named(&Measure::ALL, &value).ok_or_else(error)?),
                "wanted" => item.wanted = Some(read_named(&Wanted::ALL, &value).ok_or_else(error)?),
                "source" => item.source = read_list(&value, read_source).ok_or_else(error)?,
                "on" => item.on = read_list(&value, read_text).ok_or_else(error)?,
                "concerns" => item.concerns = read_list(&value, read_small_number).ok_or_else(error)?,
                "quarters" => item.quarters = read_list(&value, read_turn).ok_or_else(error)?,
                "parts" => {
                    let Value::Array(parts) = value else { return Err(error()) };
                    item.parts = parts.into_iter().map(Self::read).collect::<Result<_, _>>()?;
                }
                _ => return Err(format!("«{name}» is no field of an item")),
            }
        }
        Ok(item)
    }
}

fn read_text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn read_small_number(value: &Value) -> Option<u8> {
    value.as_u64().and_then(|number| number.try_into().ok())
}

fn read_list<T>(value: &Value, read: impl Fn(&Value) -> Option<T>) -> Option<Vec<T>> {
    value.as_array()?.iter().map(read).collect()
}

/// Returns the value with the name that a JSON text gives.
fn read_named<T: Copy>(all: &[(&str, T)], value: &Value) -> Option<T> {
    let name = value.as_str()?;
    all.iter().find(|(candidate, _)| *candidate == name).map(|(_, one)| *one)
}

fn read_source(value: &Value) -> Option<SourceDocument> {
    read_named(&SourceDocument::ALL, value)
}

fn read_turn(value: &Value) -> Option<Turn> {
    let fields = value.as_object()?;
    let is_known = |name: &String| ["from", "to", "levels", "after"].contains(&name.as_str());
    if !fields.keys().all(is_known) {
        return None;
    }
    let levels = fields.get("levels").map_or(Some(Vec::new()), |levels| read_list(levels, read_small_number))?;
    let after = fields.get("after").map_or(Some(None), |after| read_text(after).map(Some))?;
    Some(Turn {
        from: read_small_number(fields.get("from")?)?,
        to: read_small_number(fields.get("to")?)?,
        levels,
        after,
    })
}

/// A source document of Viborg Kommune.
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
    /// All documents with their names in a file.
    const ALL: [(&'static str, Self); 4] =
        [("FIF-12", Self::Fif12), ("FIF-11", Self::Fif11), ("EFF", Self::Eff), ("JV16", Self::Jv16)];

    /// Returns the Danish title of the document.
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
        /// The sort of an item of a foundation.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub enum Sort {
            $($(#[$doc])* $sort,)*
            /// Not stated, since the item is copied from another edition.
            #[default]
            Unsaid,
        }

        impl Sort {
            /// All sorts with their names in a file.
            const ALL: &'static [(&'static str, Self)] = &[$(($name, Self::$sort)),*];

            /// Returns the sort with a name from a file.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().find(|(candidate, _)| *candidate == name).map(|(_, sort)| *sort)
            }

            /// Returns the sorts of item that can directly contain this sort.
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

// Each line: sort = name in a file, in the sorts of item that can contain it.
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
    /// One of the three common goals that the indicators belong to.
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
    /// A guiding image of practice.
    Practice = "practice" in Section;
    /// One of the three fields of a professional.
    Field = "field" in Section;
    /// One of the six ways of working.
    Way = "way" in Section;
    /// One of the four daily expectations.
    Expectation = "expectation" in Section;
    /// Something that the foundation or the council's model aims at. It is no promise.
    Aim = "aim" in Section;
    /// An element of the wheel.
    Element = "element" in Section;
    /// Who carries out an element.
    Who = "who" in Element;
    /// An input of an element.
    Into = "into" in Element;
    /// An output of an element.
    OutOf = "out_of" in Element;
    /// What to do while an element is due.
    Do = "do" in Element;
    /// A track of the earlier wheel.
    Track = "track" in Section;
    /// A step of the earlier wheel.
    Step = "step" in Section Tool;
    /// A level of the cross-professional model.
    Level = "level" in Section;
    /// A part of the common system of work.
    System = "system" in Section;
    /// A forum.
    Forum = "forum" in Section;
    /// A method.
    Method = "method" in Section;
    /// A corner of the TEK triangle.
    Corner = "corner" in Section;
    /// A lever against the shortage of staff.
    Lever = "lever" in Section;
    /// A pair of opposites.
    Pair = "pair" in Section;
    /// One end of a pair.
    Pole = "pole" in Pair;
    /// A strategic area.
    Area = "area" in Section;
    /// One aspect of an area or a model.
    Aspect = "aspect" in Area Section;
    /// A criterion of success.
    Criterion = "criterion" in Section;
    /// A row of a table.
    Row = "row" in Section;
    /// A cell of a row.
    Cell = "cell" in Row;
    /// A plain item with a label and a text.
    Point = "point" in Section Point Cell Tool Row Syn Theme;
    /// A slot for a link to a page of the municipality.
    Slot = "slot" in Section;
}

impl FundamentItem {
    /// Returns the item and all items in it, at any depth, in reading order.
    pub fn all(&self) -> Box<dyn Iterator<Item = &Self> + '_> {
        Box::new(std::iter::once(self).chain(self.parts.iter().flat_map(Self::all)))
    }

    /// Returns the direct parts of a sort, in order.
    pub fn parts_of(&self, sort: Sort) -> impl Iterator<Item = &Self> {
        self.parts.iter().filter(move |part| part.sort == sort)
    }

    /// Returns the year that a goal should be reached in, if that year has passed and the goal is history. `None` for
    /// goals without a year, and for other sorts.
    pub fn past_year(&self, today: Date) -> Option<u16> {
        let is_between_numbers = |char: char| !char.is_ascii_digit();
        let numbers = self.text.split(is_between_numbers).chain(self.target.split(is_between_numbers));
        let years = numbers.filter(|number| number.len() == 4).filter_map(|number| number.parse::<u16>().ok());
        years.max().filter(|year| self.sort == Sort::Goal && *year < today.year())
    }
}
