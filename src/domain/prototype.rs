//! A prototype: one thing in numbered versions that are tried and changed [FIF-12].

use super::body::{Body, Entries, FieldRole, KindWords, Map};
use super::date::Date;
use super::fractional_index;
use super::goal::Anchor;
use super::id::Id;
use super::proevehandling::{Tek, TrialNext, name_of};
use super::slot::fields;
use super::text::UserText;

/// One thing in numbered versions that are tried and changed.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Prototype {
    /// The title.
    pub title: UserText,
    /// The unit that makes it.
    pub unit: Option<Id>,
    /// What it is to solve.
    pub need: UserText,
    /// The versions.
    pub versions: Entries<PrototypeVersion>,
    /// The version that stands; `None` if none does yet.
    pub standing: Option<Id>,
    /// Who takes part, by the id of the group.
    pub participants: Map<Id, UserText>,
    /// What it is anchored to. One leaf per anchor.
    pub anchors: Map<Id, Anchor>,
    /// The weights on the TEK triangle before the first version. One leaf.
    pub tek_before: Option<Tek>,
    /// The weights on the TEK triangle with the version that stands. One leaf.
    pub tek_after: Option<Tek>,
    /// The decision on what comes next.
    pub next: Option<TrialNext>,
    /// The practice that it builds on.
    pub built_on: Option<Id>,
    /// Whose idea it builds on, in words.
    pub credit: UserText,
    /// The practice in plain words, for the catalogue.
    pub plain: UserText,
    /// Whether the unit has put it in its catalogue for parents, children and staff.
    pub in_catalogue: Option<bool>,
    /// Whether the unit shares it with its network.
    pub shared: Option<bool>,
}

/// A version of a prototype. Its number is its position among the versions.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct PrototypeVersion {
    /// What the version is.
    pub text: UserText,
    /// What is changed since the version before.
    pub change: UserText,
    /// Why it was changed.
    pub reason: UserText,
    /// What happened when it was tried.
    pub outcome: UserText,
    /// The day from which the version is tried.
    pub date: Option<Date>,
    /// The position among the versions: a fractional index.
    pub order: Option<String>,
}

impl Prototype {
    /// The name of a prototype without words.
    pub const UNTITLED: &'static str = "Prototype uden titel";

    /// Returns the name of the prototype: its title, or else the beginning of what it is to solve.
    pub fn name(&self) -> String {
        name_of(&self.title, &self.need, Self::UNTITLED)
    }

    /// Returns the versions in order: the first has the number 1. Versions without a position come last.
    pub fn versions_in_order(&self) -> Vec<(&Id, &PrototypeVersion)> {
        let sort_key = |entry: &(&Id, &PrototypeVersion)| {
            (entry.1.order.clone().unwrap_or_else(|| "~".to_owned()), entry.0.clone())
        };
        fractional_index::sorted(self.versions.iter().collect(), &|one, other| sort_key(one) < sort_key(other))
    }

    /// Returns the version that stands; `None` if none does yet.
    pub fn standing_version(&self) -> Option<&PrototypeVersion> {
        self.versions.get(self.standing.as_ref()?)
    }

    /// Returns the version that stands, or else the last one.
    pub fn current_version(&self) -> Option<&PrototypeVersion> {
        self.standing_version().or_else(|| self.versions_in_order().last().map(|(_, version)| *version))
    }

    /// Adds a version after the last one. It starts from the text of the last one.
    pub fn add_version(&mut self, id: Id) {
        let versions = self.versions_in_order();
        let last = versions.last().map(|(_, version)| *version);
        let text = last.map(|version| version.text.clone()).unwrap_or_default();
        let position = self.versions.values().filter_map(|version| version.order.as_deref()).max();
        let order = Some(fractional_index::after(position));
        self.versions.insert(id, PrototypeVersion { text, order, ..PrototypeVersion::default() });
    }
}

fields!(PrototypeVersion {
    text: text("versionen"),
    change: text("det, der er ændret"),
    reason: text("hvorfor det er ændret"),
    outcome: text("det, der skete"),
    date: value("dagen, den tages i brug"),
    order: order(),
});

fields!(Prototype {
    title: text("titlen"),
    unit: parent("enheden"),
    need: text("det, den skal løse"),
    versions: entries("versionen", <PrototypeVersion as super::body::FieldTable>::FIELDS),
    standing: value("den version, der gælder"),
    participants: leaves("hvem der er med", FieldRole::Text),
    anchors: leaves("det, den hænger på", FieldRole::Plain),
    tek_before: value("TEK-vægtningen før"),
    tek_after: value("TEK-vægtningen efter"),
    next: value("næste skridt"),
    built_on: value("den praksis, den bygger på"),
    credit: text("hvis idé det er"),
    plain: text("praksis med enkle ord"),
    in_catalogue: value("om den er i kataloget"),
    shared: value("om den deles med netværket"),
});

impl Body for Prototype {
    const WORDS: KindWords = KindWords { definite: "prototypen", singular: "prototype", plural: "prototyper" };
    const TITLE: &'static str = "title";
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    #[test]
    fn new_version_comes_last_and_starts_from_the_text_of_the_last_one() {
        let mut prototype = Prototype::default();
        prototype.add_version(id("b"));
        let first = prototype.versions.get_mut(&id("b")).unwrap();
        (first.text, first.outcome) = ("Skema på døren".into(), "Ingen så det".into());
        prototype.add_version(id("a"));
        let versions: Vec<(&str, &str, &str)> = prototype
            .versions_in_order()
            .into_iter()
            .map(|(id, version)| (id.as_str(), version.text.as_str(), version.outcome.as_str()))
            .collect();
        assert_eq!(versions, [("b", "Skema på døren", "Ingen så det"), ("a", "Skema på døren", "")]);
    }

    #[test]
    fn current_version_is_the_standing_one_or_else_the_last() {
        let mut prototype = Prototype::default();
        assert_eq!(prototype.current_version(), None);
        for (name, text) in [("a", "Første"), ("b", "Anden")] {
            prototype.add_version(id(name));
            prototype.versions.get_mut(&id(name)).unwrap().text = text.into();
        }
        for (standing, text) in [(None, "Anden"), (Some("a"), "Første"), (Some("fjernet"), "Anden")] {
            prototype.standing = standing.map(id);
            assert_eq!(prototype.current_version().unwrap().text.as_str(), text, "{standing:?}");
        }
    }
}
