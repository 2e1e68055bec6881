//! The table of all kinds of record.
//!
//! Each line of the table gives every property of a kind, through its body, so a new kind cannot leave one out.

use std::fmt;

use super::body::{Body, Field, FieldRole, FieldTable as _, KindWords};
use super::slot::Fields;

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $name:literal, $body:ty;)*) => {
        /// A kind of record that this version of the app knows.
        ///
        /// Records of other kinds are stored and passed on unchanged.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $($(#[$doc])* $kind,)*
        }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];

            /// Returns the kind's name in a file.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$kind => $name,)* }
            }

            /// Returns the Danish nouns for the kind.
            pub const fn words(self) -> KindWords {
                match self { $(Self::$kind => <$body>::WORDS,)* }
            }

            /// Returns the fields of the kind's body.
            pub const fn fields(self) -> &'static [Field] {
                match self { $(Self::$kind => <$body>::FIELDS,)* }
            }

            /// Returns the name of the field that titles a record of this kind in lists.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$kind => <$body>::TITLE,)* }
            }

            /// Returns whether records of this kind leave the device only if they are selected individually.
            pub const fn is_private(self) -> bool {
                match self { $(Self::$kind => <$body>::PRIVATE,)* }
            }

            /// Returns an empty body of the kind.
            pub fn blank(self) -> Box<dyn Fields> {
                match self { $(Self::$kind => Box::new(<$body>::default()),)* }
            }

            /// Returns the JSON Schema of the kind's body.
            #[cfg(not(target_arch = "wasm32"))]
            pub fn schema(self, generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                match self { $(Self::$kind => <$body as schemars::JsonSchema>::json_schema(generator),)* }
            }
        }

        $(impl RegisteredBody for $body {
            const KIND: Kind = Kind::$kind;
        })*
    };
}

/// A body that is listed in the table of kinds.
pub trait RegisteredBody: Body {
    /// The kind of record whose body this is.
    const KIND: Kind;
}

kinds! {
    /// A unit.
    Enhed = "enhed", super::enhed::Enhed;
    /// A unit's figures on one indicator.
    Series = "series", super::series::Series;
    /// An indicator that a unit defined itself.
    Indicator = "indicator", super::indicator::OwnIndicator;
    /// What people say about one figure.
    Dialogue = "dialogue", super::dialogue::Dialogue;
    /// The head of an agreement. Its goals are separate records.
    Aftale = "aftale", super::aftale::Aftale;
    /// A version of an agreement: the exact text that both parties agree to.
    Version = "aftale_version", super::aftale::version::Version;
    /// A goal of an agreement, with its initiatives.
    Goal = "goal", super::goal::Goal;
    /// The status halfway through an agreement.
    Midtvejsstatus = "midtvejsstatus", super::midtvejs::Midtvejsstatus;
    /// A conversation of a unit, with its topics.
    Samtale = "samtale", super::samtale::Samtale;
    /// A comment on a record or on one of its fields.
    Comment = "comment", super::comment::Comment;
    /// A trial.
    Proevehandling = "proevehandling", super::proevehandling::Proevehandling;
    /// A person's own reflection.
    Reflection = "reflection", super::reflection::Reflection;
    /// An instrument that a unit wrote itself.
    Instrument = "instrument", super::instrument::OwnInstrument;
    /// The result of a workshop.
    Workshop = "workshop", super::workshop::Workshop;
    /// A statement made concrete, with ideas for practice.
    Pyramid = "pyramid", super::pyramid::Pyramid;
    /// The secretariat's package for a cycle, without the figures.
    Package = "package", super::package::Package;
    /// A unit's progress through one cycle.
    Progress = "progress", super::progress::WheelProgress;
    /// A quality report.
    Rapport = "kvalitetsrapport", super::rapport::Rapport;
    /// Links to the municipality's own pages.
    Links = "links", super::links::Links;
    /// A meeting of units, with offers of help and decisions.
    Meeting = "meeting", super::meeting::Meeting;
    /// A task of a unit in the hierarchy of tasks: a core service, or a professional task under one.
    UnitTask = "unit_task", super::unit_task::UnitTask;
    /// When a unit takes up the four views again, and what came of it.
    SynReview = "syn_review", super::syn_review::SynReview;
    /// Practice that already works somewhere, against the odds.
    Deviation = "deviation", super::deviation::Deviation;
    /// One thing in numbered versions that are tried and changed.
    Prototype = "prototype", super::prototype::Prototype;
    /// A positive story that a unit tells.
    UnitStory = "unit_story", super::unit_story::UnitStory;
}

impl Kind {
    /// Finds the kind with a name from a file; `None` for a kind that this version does not know.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// Returns the field that refers to the record which a record of this kind belongs to.
    pub fn parent(self) -> Option<&'static Field> {
        self.fields().iter().find(|field| field.role == FieldRole::Parent)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::{Value, json};

    use super::*;
    use crate::domain::body::Shape;
    use crate::domain::slot::FieldSlot;

    /// Whether a field of an empty body or entry accepts a value, under a key of each type that maps have.
    fn accepts(fields: &mut dyn Fields, field: &Field, value: &Value) -> bool {
        ["2024", "2026-06-30", "a1"].iter().all(|key| accepts_at(fields, field, key, value))
    }

    fn accepts_at(fields: &mut dyn Fields, field: &Field, key: &str, value: &Value) -> bool {
        let mut accepts = false;
        fields.each_field(&mut |name, slot| {
            if name == field.name {
                accepts = match slot {
                    FieldSlot::Leaf(leaf) => leaf.read(value).is_ok(),
                    FieldSlot::Leaves(leaves) => leaves.read(key, value).is_ok(),
                    FieldSlot::Entries(entries) => entries.entry("a1").is_some(),
                };
            }
        });
        accepts
    }

    #[test]
    fn field_table_of_each_kind_matches_its_struct() {
        let mut generator = schemars::SchemaGenerator::default();
        for &kind in Kind::ALL {
            let schema = kind.schema(&mut generator).to_value();
            let struct_fields: BTreeSet<&str> =
                schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
            let table_fields: BTreeSet<&str> = kind.fields().iter().map(|field| field.name).collect();
            assert_eq!(struct_fields, table_fields, "{kind}");
            assert!(table_fields.contains(kind.title()), "the title of {kind} is not one of its fields");
        }
    }

    #[test]
    fn text_fields_accept_exactly_text_and_every_field_accepts_null() {
        for &kind in Kind::ALL {
            for field in kind.fields() {
                let mut blank = kind.blank();
                assert!(accepts(&mut *blank, field, &Value::Null), "{kind}/{}", field.name);
                if field.role == FieldRole::Text {
                    assert!(accepts(&mut *blank, field, &json!("ord")), "{kind}/{}", field.name);
                    assert!(!accepts(&mut *blank, field, &json!(5)), "{kind}/{}", field.name);
                }
                if let Shape::Entries(inner) = field.shape {
                    blank.each_field(&mut |name, slot| {
                        if let (true, FieldSlot::Entries(entries)) = (name == field.name, slot) {
                            let entry = entries.entry("a1").unwrap();
                            for inner in inner {
                                let value = if inner.role == FieldRole::Text { json!("ord") } else { Value::Null };
                                assert!(accepts(entry, inner, &value), "{kind}/{}/{}", field.name, inner.name);
                            }
                        }
                    });
                }
            }
        }
    }
}
