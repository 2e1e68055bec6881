//! Deleted records of units that are joined.

use kvalitetshjul::domain::samtale::{Agenda, Samtale};
use kvalitetshjul::record::delta::undo_all;
use kvalitetshjul::record::life::Life;
use kvalitetshjul::record::path::Path;
use kvalitetshjul::record::{Record, Records};

use super::{
    EARLIER, YEAR, author, change, figures_in, id, identities, import, put, shown_figures, shown_record, texts, unit,
    write_figure,
};

#[test]
fn deleted_records_are_not_joined_with_living_ones() {
    let add_samtale = |records: &mut Records, unit: &str, user: u8| {
        let mut body = Samtale { unit: Some(id(unit)), ..Samtale::default() };
        for topic in ["fravaer", "trivsel"] {
            let entry = body.topics.get_or_default(id(topic));
            (entry.title, entry.agenda) = (topic.into(), Some(Agenda::On));
        }
        put(records, Record::create(id(&format!("{unit}.samtale-2025")), &body, &author(user)).unwrap());
    };
    let topic = Path::root("topics").child("trivsel");
    let mut local = unit("a", 1);
    let mut file = unit("b", 2);
    write_figure(&mut file, "b", YEAR, 9.0, 2);
    change(&mut file, &id("b.fravaer"), |record| record.delete(None, &author(2)));
    add_samtale(&mut file, "b", 2);
    change(&mut file, &id("b.samtale-2025"), |record| record.delete(Some(&topic), &author(2)));
    import(&mut local, &file, 1);
    // Where all records are deleted, the joined record is deleted.
    assert_eq!(shown_record(&local, &id("a.fravaer")).unwrap().life(None), Life::Deleted);
    let imported = shown_record(&local, &id("a.samtale-2025")).unwrap();
    assert_eq!(imported.life(Some(&topic)), Life::Deleted);
    assert_eq!(imported.view::<Samtale>().unwrap().topics.keys().collect::<Vec<_>>(), [&id("fravaer")]);
    // A living local record is shown without the deleted record of the other id.
    write_figure(&mut local, "a", YEAR, 7.0, 1);
    add_samtale(&mut local, "a", 1);
    assert_eq!(shown_figures(&local, "a", YEAR), [7.0]);
    let both = shown_record(&local, &id("a.samtale-2025")).unwrap();
    assert_eq!((both.life(Some(&topic)), both.choices().len()), (Life::Living, 0));
    assert_eq!(figures_in(&local[&id("b.fravaer")], YEAR), [9.0], "the deleted record is unchanged");
    // A deleted unit is joined with no other.
    change(&mut local, &id("b"), |record| record.delete(None, &author(1)));
    assert!(identities(&local).is_empty());
    assert_eq!(shown_figures(&local, "a", YEAR), [7.0]);
}

#[test]
fn deleting_restoring_and_emptying_change_all_joined_records() {
    let mut local = unit("a", 1);
    let mut file = unit("b", 2);
    write_figure(&mut local, "a", YEAR, 7.0, 1);
    write_figure(&mut file, "b", EARLIER, 9.0, 2);
    import(&mut local, &file, 1);
    let before = texts(&local);
    let series = id("a.fravaer");
    let deleted = change(&mut local, &series, |record| record.delete(None, &author(1)));
    for source in ["a.fravaer", "b.fravaer"] {
        assert_eq!(local[&id(source)].life(None), Life::Deleted, "{source}");
    }
    let mut undone = local.clone();
    undo_all(&mut undone, &deleted, &author(1)).unwrap();
    assert_eq!((shown_figures(&undone, "a", YEAR), shown_figures(&undone, "a", EARLIER)), (vec![7.0], vec![9.0]));
    let mut restored = local.clone();
    change(&mut restored, &series, |record| record.restore(None, &author(1)));
    assert_eq!(texts(&restored), before);
    assert_eq!(shown_record(&restored, &series).unwrap().life(None), Life::Living);
    // A concurrent change of one of the records opens a choice.
    write_figure(&mut file, "b", EARLIER, 8.0, 2);
    let mut changed = local.clone();
    import(&mut changed, &file, 1);
    assert_eq!(shown_record(&changed, &series).unwrap().life(None), Life::DeletedButChanged);
    let emptied = change(&mut local, &series, |record| record.empty_trash(None, &author(1)));
    assert!(
        shown_record(&local, &series).unwrap().has_no_values()
            && shown_record(&local, &series).unwrap().life(None) == Life::Deleted
    );
    assert_eq!(emptied.len(), 2);
    undo_all(&mut local, &emptied, &author(1)).unwrap();
    undo_all(&mut local, &deleted, &author(1)).unwrap();
    assert_eq!(texts(&local), before);
}
