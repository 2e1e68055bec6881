//! What a page shows and writes for a unit under two ids.

use std::collections::BTreeMap;

use kvalitetshjul::domain::date::Date;
use kvalitetshjul::domain::dialogue::Dialogue;
use kvalitetshjul::domain::enhed::Enhed;
use kvalitetshjul::domain::period::Period;
use kvalitetshjul::domain::series::Series;
use kvalitetshjul::domain::syn_review::SynReview;
use kvalitetshjul::exchange::apply;
use kvalitetshjul::exchange::scope::Scope;
use kvalitetshjul::record::choice::Resolution;
use kvalitetshjul::record::delta::undo_all;
use kvalitetshjul::record::edit::Focus;
use kvalitetshjul::record::identity::{separate_unit, unit_answers};
use kvalitetshjul::record::path::Path;
use kvalitetshjul::record::{Record, Records};

use super::{
    EARLIER, YEAR, author, change, figures_in, id, identities, import, plan, put, shown_figures, shown_record, sorted,
    store_answers, texts, unit, write_figure, year_leaf,
};

#[test]
fn same_units_are_shown_as_one_and_undo_shows_two_again() {
    // The unit that existed locally stands for both, whichever id is lower.
    for (representative, other) in [("a", "b"), ("b", "a")] {
        let mut local = unit(representative, 1);
        write_figure(&mut local, representative, YEAR, 7.0, 1);
        let mut file = unit(other, 2);
        write_figure(&mut file, other, EARLIER, 9.0, 2);
        let body = Dialogue {
            series: Some(id(&format!("{other}.fravaer"))),
            period: Some(YEAR),
            question: format!("{other}.fravaer").as_str().into(),
            ..Dialogue::default()
        };
        put(&mut file, Record::create(id(&format!("{other}.fravaer.2024-25")), &body, &author(2)).unwrap());
        let before = local.clone();
        let report = import(&mut local, &file, 1);
        let derived = |rest: &str| id(&format!("{representative}.{rest}"));
        assert_eq!(
            (shown_figures(&local, representative, YEAR), shown_figures(&local, representative, EARLIER)),
            (vec![7.0], vec![9.0])
        );
        assert_eq!((shown_figures(&local, other, YEAR), shown_figures(&local, other, EARLIER)), (vec![7.0], vec![9.0]));
        let dialogue: Dialogue = shown_record(&local, &derived("fravaer.2024-25")).unwrap().view().unwrap();
        // References name the representative unit; users' texts are unchanged.
        assert_eq!((dialogue.question.0, dialogue.series), (format!("{other}.fravaer"), Some(derived("fravaer"))));
        let series = shown_record(&local, &derived("fravaer")).unwrap();
        assert_eq!(series.view::<Series>().unwrap().unit, Some(id(representative)));
        assert!(series.choices().is_empty() && report.new_choices == 0, "the two ids of the unit open no choice");
        assert!(series.stamps().any(|(_, stamp)| stamp.by.as_deref() == Some("person 2")), "the author is kept");
        // Nothing is copied.
        assert!(!local.contains_key(&derived("fravaer.2024-25")));
        assert!(figures_in(&local[&derived("fravaer")], EARLIER).is_empty());
        assert_eq!(local[&id(&format!("{other}.fravaer"))], file[&id(&format!("{other}.fravaer"))]);

        undo_all(&mut local, &report.steps, &author(3)).unwrap();
        assert!(identities(&local).is_empty());
        for (id, before) in &before {
            assert_eq!(
                texts(&Records::from([(id.clone(), local[id].clone())])),
                texts(&Records::from([(id.clone(), before.clone())]))
            );
        }
    }
}

#[test]
fn reviews_of_the_four_views_are_shown_as_one() {
    let review = |unit: &str, day: Date, text: &str| {
        let mut body = SynReview { unit: Some(id(unit)), ..SynReview::default() };
        body.visits.insert(day, text.into());
        body
    };
    let (march, may) = (Date::new(2025, 3, 3).unwrap(), Date::new(2026, 5, 20).unwrap());
    let (mut local, mut file) = (unit("a", 1), unit("b", 2));
    put(&mut local, Record::create(id("a.syn"), &review("a", march, "Tillid"), &author(1)).unwrap());
    put(&mut file, Record::create(id("b.syn"), &review("b", may, "Mod"), &author(2)).unwrap());
    import(&mut local, &file, 1);
    let shown: SynReview = shown_record(&local, &id("a.syn")).unwrap().view().unwrap();
    assert_eq!(shown.unit, Some(id("a")));
    let visits: Vec<_> = shown.visits.iter().map(|(day, text)| (*day, text.as_str())).collect();
    assert_eq!(visits, [(march, "Tillid"), (may, "Mod")]);
}

#[test]
fn records_are_joined_in_any_order_of_arrival() {
    let mut all = unit("a", 1);
    write_figure(&mut all, "a", YEAR, 7.0, 1);
    import(&mut all, &unit("b", 2), 1);
    let mut of_b = unit("b", 2);
    write_figure(&mut of_b, "b", EARLIER, 9.0, 2);
    // The first unit with the answer and its series; the second unit; the second unit's series.
    let files = [
        all.iter()
            .filter(|(key, _)| **key != id("b"))
            .map(|(id, record)| (id.clone(), record.clone()))
            .collect::<Records>(),
        Records::from([(id("b"), of_b[&id("b")].clone())]),
        Records::from([(id("b.fravaer"), of_b[&id("b.fravaer")].clone())]),
    ];
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let mut local = Records::new();
        for file in order {
            let mut plan = plan(&local, &files[file], &Scope::Backup);
            plan.same_units.clear();
            apply::apply(&mut local, plan, &author(3));
        }
        assert_eq!(
            (shown_figures(&local, "b", YEAR), shown_figures(&local, "a", EARLIER)),
            (vec![7.0], vec![9.0]),
            "{order:?}"
        );
        assert_eq!(local.len(), 4);
    }
}

#[test]
fn taking_units_apart_separates_them_completely_on_every_device() {
    let mut local = unit("a", 1);
    write_figure(&mut local, "a", YEAR, 7.0, 1);
    let mut home = unit("b", 2);
    write_figure(&mut home, "b", EARLIER, 9.0, 2);
    let (texts_of_a, texts_of_b) = (texts(&local), texts(&home));
    import(&mut local, &home, 1);
    let mut third = unit("c", 3);
    import(&mut third, &local, 3);
    let answers = separate_unit(&local.values().filter_map(unit_answers).collect::<Vec<_>>(), &id("b"));
    store_answers(&mut local, answers, 1);
    for device in [&mut home, &mut third] {
        import(device, &local, 4);
        assert_eq!((shown_figures(device, "a", YEAR), shown_figures(device, "a", EARLIER)), (vec![7.0], vec![]));
        assert_eq!((shown_figures(device, "b", YEAR), shown_figures(device, "b", EARLIER)), (vec![], vec![9.0]));
        device.remove(&id("c"));
    }
    let both: BTreeMap<_, _> = texts_of_a.into_iter().chain(texts_of_b).collect();
    assert_eq!((texts(&local), texts(&home), texts(&third)), (both.clone(), both.clone(), both));
    assert!(plan(&home, &local, &Scope::Backup).same_units.is_empty(), "the question is not asked again");
}

#[test]
fn equal_dots_in_both_records_lose_nothing_and_different_figures_open_a_choice() {
    // One actor wrote in both records, so that their dots are equal.
    let mut local = unit("a", 1);
    let mut file = unit("b", 1);
    write_figure(&mut local, "a", YEAR, 7.0, 1);
    write_figure(&mut file, "b", YEAR, 9.0, 1);
    write_figure(&mut local, "a", EARLIER, 6.0, 1);
    write_figure(&mut file, "b", Period::SchoolYear(2022), 4.0, 1);
    let report = import(&mut local, &file, 2);
    assert_eq!(sorted(shown_figures(&local, "a", YEAR)), [7.0, 9.0]);
    assert_eq!(report.new_choices, 1);
    assert_eq!(shown_figures(&local, "a", EARLIER), [6.0]);
    assert_eq!(shown_figures(&local, "a", Period::SchoolYear(2022)), [4.0]);
    // The resolution holds under both ids and after another import.
    let before = texts(&local);
    let path = year_leaf(YEAR);
    let dot = local[&id("a.fravaer")].leaf(&path).unwrap().dots().next().unwrap();
    let steps = change(&mut local, &id("a.fravaer"), |record| {
        record.resolve(&path, Resolution::Keep(dot), &mut Focus::default(), &author(2))
    });
    import(&mut local, &file, 2);
    assert_eq!(shown_figures(&local, "b", YEAR), [7.0]);
    assert_eq!(figures_in(&local[&id("b.fravaer")], YEAR), [7.0]);
    // Undo opens the choice again under both ids.
    undo_all(&mut local, &steps, &author(2)).unwrap();
    assert_eq!(texts(&local), before);
}

#[test]
fn fields_of_the_standing_unit_are_shown_and_written() {
    let unit = |name: &str, network: &str, number: &str, (unit_id, user): (&str, u8)| {
        let number = number.into();
        let body = Enhed { name: name.into(), network: network.into(), institution_number: number, ..Enhed::default() };
        Records::from([(id(unit_id), Record::create(id(unit_id), &body, &author(user)).unwrap())])
    };
    let shown_fields = |records: &Records| {
        let unit = shown_record(records, &id("a")).unwrap();
        assert!(unit.choices().is_empty(), "different spellings open no choice");
        let unit: Enhed = unit.view().unwrap();
        (unit.name.0, unit.network.0, unit.institution_number.0)
    };
    let fields = |name: &str, network: &str, number: &str| (name.to_owned(), network.to_owned(), number.to_owned());
    let mut local = unit("Skolen", "Nord", "", ("a", 1));
    let mut file = unit("SKOLEN ", "Syd", "123", ("b", 2));
    import(&mut local, &file, 1);
    assert_eq!(shown_fields(&local), fields("Skolen", "Nord", "123"));
    // A written field goes to the representative unit. A later change of the other unit does not show.
    let edit = |records: &mut Records, unit: &str, user: u8, number: &str| {
        let write = |unit: &mut Enhed| unit.institution_number = number.into();
        change(records, &id(unit), |record| record.edit::<Enhed>(&mut Focus::default(), &author(user), write));
    };
    edit(&mut local, "a", 1, "125");
    edit(&mut file, "b", 2, "126");
    import(&mut local, &file, 1);
    assert_eq!(shown_fields(&local), fields("Skolen", "Nord", "125"));
    assert_eq!(local[&id("b")].view::<Enhed>().unwrap().institution_number.0, "126");
    // A field that was emptied stays empty.
    edit(&mut local, "a", 1, "");
    assert_eq!(shown_fields(&local), fields("Skolen", "Nord", ""));
}

#[test]
fn typing_in_a_joined_field_opens_no_choice_with_the_same_author() {
    let mut local = unit("a", 1);
    let mut file = unit("b", 2);
    let body = |unit: &str, words: &str| Dialogue {
        series: Some(id(&format!("{unit}.fravaer"))),
        period: Some(YEAR),
        question: words.into(),
        ..Dialogue::default()
    };
    let (representative, other) = (id("a.fravaer.2024-25"), id("b.fravaer.2024-25"));
    put(&mut local, Record::create(representative.clone(), &body("a", ""), &author(1)).unwrap());
    put(&mut file, Record::create(other.clone(), &body("b", "Hv"), &author(2)).unwrap());
    import(&mut local, &file, 1);
    let path = Path::root("question");
    let mut focus = Focus::default();
    focus.enter(&shown_record(&local, &representative).unwrap(), path.clone());
    let type_in = |local: &mut Records, focus: &mut Focus, text: &str| {
        change(local, &representative, |record| record.write([(path.clone(), text.into())], focus, &author(1)));
        assert_eq!(shown_record(local, &representative).unwrap().shown_text(&path), Some(text));
        shown_record(local, &representative).unwrap().choices().len()
    };
    for text in ["Hvo", "Hvor", "Hvorf"] {
        assert_eq!(type_in(&mut local, &mut focus, text), 0, "{text}");
    }
    assert_eq!(local[&other].shown_text(&path), Some("Hvorf"), "typing continued the other record's text");
    // A text imported while a person types stays beside their text.
    change(&mut file, &other, |record| record.write([(path.clone(), "Nej".into())], &mut Focus::default(), &author(2)));
    import(&mut local, &file, 1);
    assert_eq!(type_in(&mut local, &mut focus, "Hvorfor"), 1);
}
