//! A unit's own tasks in the hierarchy of tasks (*opgavehierarki*): core services (*kerneydelser*) under the common core
//! task, and professional tasks under those [FIF-12].

use super::body::{Body, KindWords};
use super::id::Id;
use super::slot::fields;
use super::text::UserText;

/// A task of a unit.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct UnitTask {
    /// The name of the task.
    pub title: UserText,
    /// The unit whose task it is.
    pub unit: Option<Id>,
    /// The task that it hangs on; `None` for a core service, which hangs on the common core task.
    pub above: Option<Id>,
    /// The position among the tasks that hang on the same task: a fractional index.
    pub order: Option<String>,
}

fields!(UnitTask {
    title: text("opgaven"),
    unit: parent("enheden"),
    above: value("den opgave, den hænger på"),
    order: order(),
});

impl Body for UnitTask {
    const WORDS: KindWords = KindWords { definite: "opgaven", singular: "opgave", plural: "opgaver" };
    const TITLE: &'static str = "title";
}
