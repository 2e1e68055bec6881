//! A unit's own tasks in the hierarchy of tasks (*opgavehierarki*): core services (*kerneydelser*) under the common
//! core task, and professional tasks under those [FIF-12].

use super::body::{Body, KindWords};
use super::fractional_index;
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

impl UnitTask {
    /// The name of the task in lists: its title, if there is one.
    pub fn name(&self) -> &str {
        let title = self.title.as_str().trim();
        if title.is_empty() { "Kerneydelse uden navn" } else { title }
    }

    /// Sorts tasks by their positions, then by id. Tasks without a position come last.
    pub fn in_order(tasks: Vec<(Id, Self)>) -> Vec<(Id, Self)> {
        let sort_key = |(id, task): &(Id, Self)| (task.order.clone().unwrap_or_else(|| "~".to_owned()), id.clone());
        fractional_index::sorted(tasks, &|one, other| sort_key(one) < sort_key(other))
    }
}

impl Body for UnitTask {
    const WORDS: KindWords = KindWords { definite: "opgaven", singular: "opgave", plural: "opgaver" };
    const TITLE: &'static str = "title";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_order_sorts_by_position_and_then_by_id() {
        let task = |id: &str, order: Option<&str>| {
            (Id::parse(id).unwrap(), UnitTask { order: order.map(str::to_owned), ..UnitTask::default() })
        };
        let tasks = vec![task("d", None), task("c", Some("a1")), task("b", Some("a0")), task("a", Some("a1"))];
        let ids: Vec<String> = UnitTask::in_order(tasks).iter().map(|(id, _)| id.to_string()).collect();
        assert_eq!(ids, ["b", "a", "c", "d"]);
    }

    #[test]
    fn task_without_a_title_has_a_name() {
        assert_eq!(UnitTask { title: " Undervisning ".into(), ..UnitTask::default() }.name(), "Undervisning");
        assert_eq!(UnitTask { title: " ".into(), ..UnitTask::default() }.name(), "Kerneydelse uden navn");
    }
}
