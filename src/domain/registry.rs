//! The kinds of record: one table, so that a new kind cannot forget a decision.

use std::fmt;

use super::body::{Body, Field, FieldRole, FieldTable as _, KindWords};
use super::slot::Fields;

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $name:literal, $body:ty;)*) => {
        /// A kind of record that this version of the app knows. Records of other kinds are carried along untouched.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $($(#[$doc])* $kind,)*
        }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];

            /// The name in the file.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$kind => $name,)* }
            }

            /// The kind's Danish words.
            pub const fn words(self) -> KindWords {
                match self { $(Self::$kind => <$body>::WORDS,)* }
            }

            /// The fields of the kind's body.
            pub const fn fields(self) -> &'static [Field] {
                match self { $(Self::$kind => <$body>::FIELDS,)* }
            }

            /// The field that names a record of this kind in lists.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$kind => <$body>::TITLE,)* }
            }

            /// Whether records of this kind stay on the device unless chosen themselves.
            pub const fn is_private(self) -> bool {
                match self { $(Self::$kind => <$body>::PRIVATE,)* }
            }

            /// A body of the kind with nothing in it.
            pub fn blank(self) -> Box<dyn Fields> {
                match self { $(Self::$kind => Box::new(<$body>::default()),)* }
            }

            /// The JSON Schema of the kind's body.
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

/// A body of which the table below names the kind.
pub trait RegisteredBody: Body {
    /// The kind of record whose body this is.
    const KIND: Kind;
}

kinds! {
    /// A unit.
    Enhed = "enhed", super::enhed::Enhed;
    /// A unit's figures on one indicator.
    Series = "series", super::series::Series;
    /// An indicator of a unit's own.
    Indicator = "indicator", super::indicator::OwnIndicator;
    /// What is said of one figure.
    Dialogue = "dialogue", super::dialogue::Dialogue;
    /// The head of an agreement; its goals are records of their own.
    Aftale = "aftale", super::aftale::Aftale;
    /// A version of an agreement: what both parties agree to, verbatim.
    Version = "aftale_version", super::aftale::version::Version;
    /// A goal of an agreement, with its initiatives.
    Goal = "goal", super::goal::Goal;
    /// The status halfway through an agreement.
    Midtvejsstatus = "midtvejsstatus", super::midtvejs::Midtvejsstatus;
    /// A conversation of a unit, with its topics.
    Samtale = "samtale", super::samtale::Samtale;
    /// A comment at a record, or at one of its fields.
    Comment = "comment", super::comment::Comment;
    /// A trial.
    Proevehandling = "proevehandling", super::proevehandling::Proevehandling;
    /// A person's own reflection.
    Reflection = "reflection", super::reflection::Reflection;
    /// An instrument of a unit's own.
    Instrument = "instrument", super::instrument::OwnInstrument;
    /// The result of a workshop.
    Workshop = "workshop", super::workshop::Workshop;
    /// A statement made concrete, with ideas.
    Pyramid = "pyramid", super::pyramid::Pyramid;
    /// The secretariat's package of a cycle, but for the figures.
    Package = "package", super::package::Package;
    /// A unit's progress through one turn of the wheel.
    Progress = "progress", super::progress::WheelProgress;
    /// A quality report.
    Rapport = "kvalitetsrapport", super::rapport::Rapport;
    /// Links to the municipality's own pages.
    Links = "links", super::links::Links;
}

impl Kind {
    /// Reads the name in the file.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// The field that names the record this one belongs to.
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

    /// Whether a value fits a field, in a blank body or in a blank entry of one, whatever the keys of the field are.
    fn fits(fields: &mut dyn Fields, of: &Field, value: &Value) -> bool {
        ["2024", "2026-06-30", "a1"].iter().all(|key| fits_at(fields, of, key, value))
    }

    fn fits_at(fields: &mut dyn Fields, of: &Field, key: &str, value: &Value) -> bool {
        let mut fits = false;
        fields.each_field(&mut |name, slot| {
            if name == of.name {
                fits = match slot {
                    FieldSlot::Leaf(leaf) => leaf.read(value).is_ok(),
                    FieldSlot::Leaves(leaves) => leaves.read(key, value).is_ok(),
                    FieldSlot::Entries(entries) => entries.entry("a1").is_some(),
                };
            }
        });
        fits
    }

    #[test]
    fn the_fields_of_each_kind_are_its_struct() {
        let mut generator = schemars::SchemaGenerator::default();
        for &kind in Kind::ALL {
            let schema = kind.schema(&mut generator).to_value();
            let written: BTreeSet<&str> =
                schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
            let listed: BTreeSet<&str> = kind.fields().iter().map(|field| field.name).collect();
            assert_eq!(written, listed, "{kind}");
            assert!(listed.contains(kind.title()), "{kind} is named by a field it has");
        }
    }

    #[test]
    fn words_are_texts_any_text_is_words_and_every_leaf_can_be_empty() {
        for &kind in Kind::ALL {
            for field in kind.fields() {
                let mut blank = kind.blank();
                assert!(fits(&mut *blank, field, &Value::Null), "{kind}/{}", field.name);
                if field.role == FieldRole::Text {
                    assert!(fits(&mut *blank, field, &json!("ord")), "{kind}/{}", field.name);
                    assert!(!fits(&mut *blank, field, &json!(5)), "{kind}/{}", field.name);
                }
                if let Shape::Entries(inner) = field.shape {
                    blank.each_field(&mut |name, slot| {
                        if let (true, FieldSlot::Entries(entries)) = (name == field.name, slot) {
                            let entry = entries.entry("a1").unwrap();
                            for inner in inner {
                                let value = if inner.role == FieldRole::Text { json!("ord") } else { Value::Null };
                                assert!(fits(entry, inner, &value), "{kind}/{}/{}", field.name, inner.name);
                            }
                        }
                    });
                }
            }
        }
    }
}
