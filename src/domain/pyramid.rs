//! From a statement to what one can see and hear, and on to ideas: *konkretiseringspyramiden* and *idégeneratoren*.
//!
//! The documents name the two tools and leave their steps open; these are the product's proposal.

use super::body::{Body, Entries, KindWords};
use super::id::Id;
use super::slot::fields;
use super::text::UserText;

/// A statement made concrete by those who work by it.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Pyramid {
    /// What it begins with, in words: a statement of the views, or one of their own.
    pub statement: UserText,
    /// The unit that works with it.
    pub unit: Option<Id>,
    /// What it means here.
    pub meaning: UserText,
    /// What one sees and hears people do.
    pub practice: UserText,
    /// Ideas for how there can be more of it.
    pub ideas: Entries<Idea>,
    /// Whether the unit shares it with its network.
    pub shared: Option<bool>,
}

/// An idea.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Idea {
    /// The idea.
    pub text: UserText,
    /// What it belongs together with: a group, from 1; none as long as nobody has said.
    pub group: Option<u8>,
    /// Its place: a fractional index.
    pub order: Option<String>,
}

/// So many groups ideas are put into.
pub const GROUPS: u8 = 4;

fields!(Idea { text: text("idéen"), group: value("gruppen"), order: order() });

fields!(Pyramid {
    statement: text("udsagnet"),
    unit: parent("enheden"),
    meaning: text("betydningen"),
    practice: text("det, man ser og hører"),
    ideas: entries("idéen", <Idea as super::body::FieldTable>::FIELDS),
    shared: value("om konkretiseringen deles med netværket"),
});

impl Body for Pyramid {
    const WORDS: KindWords =
        KindWords { definite: "konkretiseringen", singular: "konkretisering", plural: "konkretiseringer" };
    const TITLE: &'static str = "statement";
}

impl Pyramid {
    /// The ideas by their groups, those of none last; in a group as they came.
    pub fn grouped(&self) -> Vec<(Option<u8>, Vec<Id>)> {
        let groups = (1..=GROUPS).map(Some).chain([None]);
        groups
            .map(|group| {
                let own = self.ideas.iter().filter(|(_, idea)| idea.group.filter(|own| *own <= GROUPS) == group);
                let mut own: Vec<_> = own.map(|(id, idea)| (idea.order.clone(), id.clone())).collect();
                own.sort();
                (group, own.into_iter().map(|(_, id)| id).collect())
            })
            .filter(|(_, ideas): &(_, Vec<Id>)| !ideas.is_empty())
            .collect()
    }

    /// The place after the last idea.
    pub fn next_place(&self) -> String {
        let last = self.ideas.values().filter_map(|idea| idea.order.as_deref()?.parse::<u32>().ok()).max();
        format!("{:06}", last.map_or(0, |last| last.saturating_add(1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reflection_ideas_stand_in_their_groups_as_they_came() {
        let mut pyramid = Pyramid::default();
        for (id, group) in [("z", Some(2)), ("b", None), ("a", Some(2)), ("c", Some(1)), ("d", Some(9))] {
            let order = Some(pyramid.next_place());
            pyramid.ideas.insert(Id::parse(id).unwrap(), Idea { text: id.into(), group, order });
        }
        let grouped: Vec<_> = pyramid
            .grouped()
            .into_iter()
            .map(|(group, ideas)| (group, ideas.iter().map(Id::to_string).collect::<String>()))
            .collect();
        assert_eq!(grouped, [(Some(1), "c".to_owned()), (Some(2), "za".to_owned()), (None, "bd".to_owned())]);
    }
}
