//! Imports of a unit that exists under another id: undone, repeated, masked, by way of a third person.

use kvalitetshjul::domain::series::Series;
use kvalitetshjul::exchange::apply;
use kvalitetshjul::exchange::plan::PlanAction;
use kvalitetshjul::exchange::scope::{Scope, SharedPart};
use kvalitetshjul::record::Record;
use kvalitetshjul::record::delta::undo_all;
use kvalitetshjul::record::edit::Focus;

use super::{
    EARLIER, YEAR, author, id, identities, import, observation, plan, put, shown_figures, sorted, unit, write_figure,
};

#[test]
fn undone_import_can_be_repeated() {
    let mut local = unit("a", 1);
    let mut file = unit("b", 2);
    write_figure(&mut file, "b", YEAR, 9.0, 2);
    let report = import(&mut local, &file, 1);
    undo_all(&mut local, &report.steps, &author(1)).unwrap();
    assert!(shown_figures(&local, "a", YEAR).is_empty());
    let mut plan = plan(&local, &file, &Scope::Backup);
    assert_eq!(plan.same_units.len(), 1, "the question is asked again");
    for item in plan.items.iter_mut().filter(|item| item.can_write_again) {
        item.action = PlanAction::WriteAgain;
    }
    apply::apply(&mut local, plan, &author(1));
    assert_eq!(shown_figures(&local, "a", YEAR), [9.0]);
}

#[test]
fn writing_again_keeps_figures_that_the_file_does_not_have() {
    let mut local = unit("a", 1);
    let mut file = unit("b", 2);
    write_figure(&mut file, "b", YEAR, 9.0, 2);
    let older = file.clone();
    write_figure(&mut file, "b", YEAR, 8.0, 2);
    import(&mut local, &file, 1);
    // This figure is written under the representative id; the other id has none for the year.
    write_figure(&mut local, "a", EARLIER, 5.0, 1);
    let mut plan = plan(&local, &older, &Scope::Backup);
    for item in plan.items.iter_mut().filter(|item| item.can_write_again) {
        item.action = PlanAction::WriteAgain;
    }
    apply::apply(&mut local, plan, &author(1));
    assert_eq!((shown_figures(&local, "a", YEAR), shown_figures(&local, "a", EARLIER)), (vec![9.0], vec![5.0]));
}

#[test]
fn figures_written_after_an_import_stay_when_it_is_undone() {
    // The imported unit has the lower id; the local unit stands for both all the same.
    let mut local = unit("b", 1);
    let mut file = unit("a", 2);
    write_figure(&mut file, "a", YEAR, 9.0, 2);
    let report = import(&mut local, &file, 1);
    assert_eq!(identities(&local).representative_id(&id("a")), id("b"));
    write_figure(&mut local, "b", EARLIER, 5.0, 1);
    undo_all(&mut local, &report.steps, &author(3)).unwrap();
    assert_eq!((shown_figures(&local, "b", YEAR), shown_figures(&local, "b", EARLIER)), (vec![], vec![5.0]));
}

#[test]
fn figure_changed_by_another_replaces_the_original_at_home() {
    // Both answer that the other's unit is the same as their own.
    let (mut a, mut b) = (unit("a", 1), unit("b", 2));
    write_figure(&mut a, "a", YEAR, 7.0, 1);
    let file = a.clone();
    import(&mut b, &file, 2);
    write_figure(&mut b, "b", YEAR, 8.0, 2);
    import(&mut a, &b, 1);
    assert_eq!(shown_figures(&a, "a", YEAR), [8.0], "the new figure replaces the figure it was written over");
}

#[test]
fn unit_of_a_third_person_opens_no_choice_by_two_routes() {
    let mut b = unit("b", 2);
    let mut c = unit("c", 3);
    write_figure(&mut c, "c", YEAR, 9.0, 3);
    import(&mut b, &c, 2);
    let mut a = unit("a", 1);
    import(&mut a, &b, 1);
    write_figure(&mut c, "c", YEAR, 8.0, 3);
    import(&mut a, &c, 1);
    assert_eq!(shown_figures(&a, "a", YEAR), [8.0], "no choice between the older figure and the newer one");
    assert_eq!(shown_figures(&a, "c", YEAR), [8.0]);
}

#[test]
fn masked_copy_coming_home_deletes_nothing() {
    let mut home = unit("b", 2);
    let series = Series { unit: Some(id("b")), indicator: Some(id("fravaer")), ..Series::default() };
    let mut series = Record::create(id("b.fravaer"), &series, &author(2)).unwrap();
    let write = |series: &mut Series| drop(series.observations.insert(YEAR, observation(9.0, 3)));
    series.edit::<Series>(&mut Focus::default(), &author(2), write).unwrap();
    put(&mut home, series);
    let mut local = unit("a", 1);
    let scope = Scope::Share { part: SharedPart::Enhed { id: id("b") }, unmasked_for: None };
    let masked = plan(&local, &home, &scope);
    apply::apply(&mut local, masked, &author(1));
    assert!(shown_figures(&local, "a", YEAR).is_empty());
    write_figure(&mut local, "a", YEAR, 7.0, 1);
    assert_eq!(shown_figures(&local, "a", YEAR), [7.0]);
    import(&mut home, &local, 2);
    assert_eq!(sorted(shown_figures(&home, "b", YEAR)), [7.0, 9.0], "both figures are in an open choice");
}
