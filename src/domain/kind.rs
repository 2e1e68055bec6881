//! The kinds of record: one table, so that a new kind cannot forget a decision.

use std::fmt;

use super::body::{Body, Field, Role, Words};

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
            pub const fn words(self) -> Words {
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

            /// Whether a body, or any part of one, is of this kind.
            ///
            /// # Errors
            /// What the part should have been, for a developer's eyes.
            pub fn check(self, body: serde_json::Value) -> Result<(), serde_json::Error> {
                match self { $(Self::$kind => serde_json::from_value::<$body>(body).map(drop),)* }
            }

            /// The JSON Schema of the kind's body.
            #[cfg(not(target_arch = "wasm32"))]
            pub fn schema(self, generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                match self { $(Self::$kind => <$body as schemars::JsonSchema>::json_schema(generator),)* }
            }

            /// The body of the kind with nothing in it, as a file has it.
            #[cfg(test)]
            pub(crate) fn empty(self) -> serde_json::Value {
                match self { $(Self::$kind => serde_json::to_value(<$body>::default()).expect("a body is JSON"),)* }
            }
        }
    };
}

kinds! {
    /// A unit.
    Enhed = "enhed", super::enhed::Enhed;
    /// A unit's figures on one indicator.
    Series = "series", super::series::Series;
    /// The head of an agreement; its goals are records of their own.
    Aftale = "aftale", super::aftale::Aftale;
    /// A goal of an agreement, with its initiatives.
    Goal = "goal", super::goal::Goal;
    /// A comment at a record, or at one of its fields.
    Comment = "comment", super::comment::Comment;
    /// A trial.
    Proevehandling = "proevehandling", super::proevehandling::Proevehandling;
    /// A person's own reflection.
    Reflection = "reflection", super::reflection::Reflection;
}

impl Kind {
    /// Reads the name in the file.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// The field that names the record this one belongs to.
    pub fn parent(self) -> Option<&'static Field> {
        self.fields().iter().find(|field| field.role == Role::Parent)
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

    use super::*;
    use crate::domain::body::Shape;

    #[test]
    fn the_field_list_of_each_kind_is_its_struct() {
        for &kind in Kind::ALL {
            let written: BTreeSet<_> = kind.empty().as_object().unwrap().keys().cloned().collect();
            let listed: BTreeSet<_> = kind.fields().iter().map(|field| field.name.to_owned()).collect();
            assert_eq!(written, listed, "{kind}");
            assert!(listed.contains(kind.title()), "{kind} is named by a field it has");
        }
    }

    #[test]
    fn a_field_of_an_entry_is_accepted_alone() {
        for &kind in Kind::ALL {
            for field in kind.fields() {
                if let Shape::Entries(fields) = field.shape {
                    for inner in fields {
                        let words =
                            if inner.role == Role::Words { serde_json::json!("ord") } else { serde_json::Value::Null };
                        for value in [serde_json::Value::Null, words] {
                            let body = serde_json::json!({ field.name: { "a1": { inner.name: value } } });
                            assert!(kind.check(body).is_ok(), "{kind}/{}/{}", field.name, inner.name);
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn words_are_texts_and_any_text_is_words() {
        for &kind in Kind::ALL {
            for field in kind.fields().iter().filter(|field| field.role == Role::Words) {
                let body = match field.shape {
                    Shape::Leaf => serde_json::json!({ field.name: "ord" }),
                    _ => serde_json::json!({ field.name: { "a1": "ord", "2024": "ord" } }),
                };
                assert!(kind.check(body).is_ok(), "{kind}/{}", field.name);
            }
        }
    }

    #[test]
    fn every_kind_deserialises_from_nothing_and_from_nulls() {
        for &kind in Kind::ALL {
            assert!(kind.check(serde_json::json!({})).is_ok(), "{kind}");
            for field in kind.fields() {
                if matches!(field.shape, Shape::Leaf) {
                    assert!(kind.check(serde_json::json!({ field.name: null })).is_ok(), "{kind}/{}", field.name);
                }
            }
        }
    }
}
