//! Making a statement concrete, step by step, and collecting ideas for it: *konkretiseringspyramiden* and
//! *idégeneratoren*.
//!
//! The documents name the two tools but not their steps. The steps here are the product's proposal.

use super::body::{Body, Entries, KindWords};
use super::id::Id;
use super::slot::fields;
use super::text::UserText;

/// A statement that a unit makes concrete.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Pyramid {
    /// The statement that the work begins with: one of the four views, or the unit's own.
    pub statement: UserText,
    /// The unit that works with the statement.
    pub unit: Option<Id>,
    /// What the statement means in this unit.
    pub meaning: UserText,
    /// What can be seen and heard when people act by the statement.
    pub practice: UserText,
    /// Ideas for more such practice.
    pub ideas: Entries<Idea>,
    /// Whether the unit shares this record with its network.
    pub shared: Option<bool>,
}

/// An idea for more of the practice that a statement describes.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Idea {
    /// The idea in words.
    pub text: UserText,
    /// The group that the idea was put into, from 1; empty if none.
    pub group: Option<u8>,
    /// The position in the list: a number with at least six digits, as text.
    pub order: Option<String>,
}

/// The number of groups for ideas.
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
    /// Returns the ids of the ideas by group, ideas without a group last. Within a group they are in the order in which
    /// they were added.
    pub fn grouped(&self) -> Vec<(Option<u8>, Vec<Id>)> {
        let groups = (1..=GROUPS).map(Some).chain([None]);
        groups
            .map(|group| {
                let members = self.ideas.iter().filter(|(_, idea)| idea.group.filter(|&own| own <= GROUPS) == group);
                let mut members: Vec<_> = members.map(|(id, idea)| (idea.order.clone(), id.clone())).collect();
                members.sort();
                (group, members.into_iter().map(|(_, id)| id).collect())
            })
            .filter(|(_, ideas): &(_, Vec<Id>)| !ideas.is_empty())
            .collect()
    }

    /// Returns the position after the last idea: a number of at least six digits, so that positions sort as text.
    pub fn next_position(&self) -> String {
        let last = self.ideas.values().filter_map(|idea| idea.order.as_deref()?.parse::<u32>().ok()).max();
        format!("{:06}", last.map_or(0, |last| last.saturating_add(1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grouped_keeps_the_order_of_addition_within_groups() {
        let mut pyramid = Pyramid::default();
        for (id, group) in [("z", Some(2)), ("b", None), ("a", Some(2)), ("c", Some(1)), ("d", Some(9))] {
            let order = Some(pyramid.next_position());
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
