//! The actions of a history, and their random generation.

use kvalitetshjul::domain::body::{Body, Entries, Field, FieldTable, KindWords};
use kvalitetshjul::domain::goal::Goal;
use kvalitetshjul::domain::registry::{Kind, RegisteredBody};
use kvalitetshjul::domain::slot::{FieldSlot, Fields};
use kvalitetshjul::domain::text::UserText;
use proptest::prelude::*;

/// The goal as an older version of the app knows it: with fewer leaves, also in its initiatives.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct OlderGoal {
    pub(crate) text: UserText,
    pub(crate) initiatives: Entries<OlderInitiative>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct OlderInitiative {
    pub(crate) text: UserText,
}

impl RegisteredBody for OlderGoal {
    const KIND: Kind = Kind::Goal;
}

impl Body for OlderGoal {
    const WORDS: KindWords = Goal::WORDS;
    const TITLE: &'static str = "text";
}

impl FieldTable for OlderGoal {
    const FIELDS: &'static [Field] = &[
        Field::text("text", "målets tekst"),
        Field::entries("initiatives", "indsatsen", &[Field::text("text", "indsatsens tekst")]),
    ];
}

impl Fields for OlderGoal {
    fn each_field(&mut self, take: &mut dyn FnMut(&'static str, FieldSlot<'_>)) {
        take("text", FieldSlot::Leaf(&mut self.text));
        take("initiatives", FieldSlot::Entries(&mut self.initiatives));
    }
}

impl Fields for OlderInitiative {
    fn each_field(&mut self, take: &mut dyn FnMut(&'static str, FieldSlot<'_>)) {
        take("text", FieldSlot::Leaf(&mut self.text));
    }
}

/// One action of a person. The numbers select among the existing values, modulo their count.
#[derive(Clone, Debug)]
pub(crate) enum Action {
    EditText(u8),
    EditEffect(u8),
    EditOrder(u8),
    EditHorizon(u8),
    ClearText,
    AddInitiative(u8),
    EditInitiative(u8, u8),
    RemoveInitiative(u8),
    SetAnchor(u8, u8),
    RemoveAnchor(u8),
    OlderVersion(u8, u8),
    WriteRaw(u8, u8),
    EditOther(u8, u8),
    WriteFigure(u8, u8),
    AnswerSameUnit,
    Focus,
    TypeInFocus(u8),
    Delete,
    Restore,
    DeleteEntry(u8),
    RestoreEntry(u8),
    Clear(u8),
    Forget(u8),
    Undo(u8),
    UndoLast,
    DeleteThenMore(u8),
    Resolve(u8),
    Reload,
    SnapshotStore,
    RevertToSnapshot(u8),
    MergeFrom(u8),
    SaveFile(bool),
    SharePart(u8),
    OpenFile(u8, u8),
    OpenThree(u8, u8),
    UndoImport,
    RedoImport,
}

/// Generates an action with the numbers that select its person and its record.
pub(crate) fn actions() -> impl Strategy<Value = (u8, u8, Action)> {
    use Action::*;
    let n = any::<u8>;
    let action = prop_oneof![
        5 => n().prop_map(EditText),
        3 => n().prop_map(EditEffect),
        1 => n().prop_map(EditOrder),
        1 => n().prop_map(EditHorizon),
        2 => Just(ClearText),
        3 => n().prop_map(AddInitiative),
        3 => (n(), n()).prop_map(|(a, b)| EditInitiative(a, b)),
        2 => n().prop_map(RemoveInitiative),
        1 => (n(), n()).prop_map(|(a, b)| SetAnchor(a, b)),
        1 => n().prop_map(RemoveAnchor),
        2 => (n(), n()).prop_map(|(a, b)| OlderVersion(a, b)),
        2 => (n(), n()).prop_map(|(a, b)| WriteRaw(a, b)),
        6 => (n(), n()).prop_map(|(a, b)| EditOther(a, b)),
        3 => (n(), n()).prop_map(|(a, b)| WriteFigure(a, b)),
        1 => Just(AnswerSameUnit),
        3 => Just(Focus),
        4 => n().prop_map(TypeInFocus),
        3 => Just(Delete),
        2 => Just(Restore),
        2 => n().prop_map(DeleteEntry),
        1 => n().prop_map(RestoreEntry),
        2 => n().prop_map(Clear),
        1 => n().prop_map(Forget),
        5 => n().prop_map(Undo),
        3 => Just(UndoLast),
        4 => n().prop_map(DeleteThenMore),
        3 => n().prop_map(Resolve),
        2 => Just(Reload),
        2 => Just(SnapshotStore),
        2 => n().prop_map(RevertToSnapshot),
        7 => n().prop_map(MergeFrom),
        3 => any::<bool>().prop_map(SaveFile),
        6 => n().prop_map(SharePart),
        9 => (n(), n()).prop_map(|(a, b)| OpenFile(a, b)),
        1 => (n(), n()).prop_map(|(a, b)| OpenThree(a, b)),
        4 => Just(UndoImport),
        2 => Just(RedoImport),
    ];
    (any::<u8>(), any::<u8>(), action)
}
