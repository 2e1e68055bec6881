//! Tests of a running workshop.

use super::*;

fn run() -> Run {
    let id = |text| Id::parse(text).unwrap();
    let setup = Setup {
        id: id("w1"),
        title: "Vores praksis".to_owned(),
        instrument: id("modsaetninger"),
        wording: None,
        groups: vec!["Skole".to_owned(), "Familie".to_owned()],
        asks_wanted: true,
    };
    Run::begin(setup, id("r1"))
}

fn sheet(point: i8, group: usize) -> AnswerSheet {
    AnswerSheet { group, now: vec![Some(point); 9], wanted: None }
}

#[test]
fn take_asks_about_an_equal_code_and_counts_it_as_another_person() {
    let mut run = run();
    let code = run.setup.codes().unwrap().encode(&sheet(1, 1));
    assert_eq!(run.take(&code), Ok(CodeOutcome::New));
    assert_eq!(run.take(&code.to_lowercase()), Ok(CodeOutcome::Again));
    assert_eq!(run.take(&code), Ok(CodeOutcome::Again));
    assert_eq!((run.people(), run.repeated().len()), (1, 2));
    run.settle(&code, true);
    assert_eq!((run.people(), run.repeated().len()), (2, 1));
    run.settle(&code, false);
    assert_eq!((run.people(), run.repeated().len()), (2, 0));
    assert!(run.remove_last());
    assert_eq!(run.people(), 1);
}

#[test]
fn stored_run_holds_no_code_and_continues_counting() {
    let mut run = run();
    let codes = run.setup.codes().unwrap();
    for point in -3..=3 {
        run.take(&codes.encode(&sheet(point, 2))).unwrap();
    }
    let stored = serde_json::to_string(&run).unwrap();
    for point in -3..=3 {
        assert!(!stored.contains(&codes.encode(&sheet(point, 2))), "{stored}");
    }
    let mut reloaded = serde_json::from_str::<Run>(&stored).unwrap().resume();
    assert_eq!((reloaded.people(), reloaded.forgotten_count()), (7, 7));
    // A duplicate cannot be recognised after a reload.
    assert_eq!(reloaded.take(&codes.encode(&sheet(0, 2))), Ok(CodeOutcome::New));
    assert!(reloaded.remove_last() && !reloaded.remove_last());
    assert_eq!(reloaded.people(), 7);
    let day = Date::parse("2026-03-15").unwrap();
    let result = reloaded.result(None, day).unwrap();
    assert_eq!(result.total().people, 7);
    assert_eq!(result.parts().len(), 1);
}

#[test]
fn result_is_none_for_four_people() {
    let mut run = run();
    for point in -2..=1 {
        run.take_sheet(sheet(point, 0));
    }
    assert_eq!(run.result(None, Date::parse("2026-03-15").unwrap()), None);
}

#[test]
fn take_all_counts_new_repeated_and_invalid_codes() {
    let mut run = run();
    let codes = run.setup.codes().unwrap();
    let [one, other] = [codes.encode(&sheet(1, 1)), codes.encode(&sheet(-1, 0))];
    let (new, again, unfit) = run.take_all(&format!("Eva: {one}\nBo: {other} hej\nEva igen: {one}"));
    assert_eq!((new, again, unfit), (2, 1, 0));
    assert_eq!(run.repeated(), [one]);
}

#[test]
fn adopt_keeps_the_codes_where_nothing_was_counted_elsewhere() {
    let mut here = run();
    let code = here.setup.codes().unwrap().encode(&sheet(1, 1));
    here.take(&code).unwrap();
    let stored = |run: &Run| serde_json::from_str::<Run>(&serde_json::to_string(run).unwrap()).unwrap();
    let renamed = Run { expected: Some(40), revision: 1, ..stored(&here) };
    let adopted = here.adopt(renamed);
    assert_eq!((adopted.expected, adopted.forgotten_count(), adopted.has_last()), (Some(40), 0, true));
    // Another window has counted one more. The code that came here is still known.
    let mut elsewhere = Run { revision: 2, ..stored(&here) };
    elsewhere.take_sheet(sheet(2, 0));
    let mut adopted = here.adopt(stored(&elsewhere));
    assert_eq!((adopted.people(), adopted.forgotten_count(), adopted.has_last()), (2, 1, false));
    assert_eq!(adopted.take(&code), Ok(CodeOutcome::Again));
    // What is older than the counts here changes nothing.
    assert_eq!(adopted.adopt(stored(&here)), adopted);
}

#[test]
fn another_devices_answers_are_added_once_and_replaced_by_newer_ones() {
    let (mut here, mut there) = (run(), Run { room: Id::parse("r2").unwrap(), ..run() });
    for point in -3..=3 {
        here.take_sheet(sheet(point, 1));
        there.take_sheet(sheet(point, 2));
    }
    let first = there.transfer().unwrap();
    assert_eq!(here.take(&first), Ok(CodeOutcome::Device(7)));
    assert_eq!(here.take(&first), Ok(CodeOutcome::Device(7)));
    assert_eq!(here.people(), 14);
    there.take_sheet(sheet(0, 0));
    assert_eq!(here.take(&there.transfer().unwrap().to_lowercase()), Ok(CodeOutcome::Device(8)));
    assert_eq!(here.take(&first), Ok(CodeOutcome::OlderDevice));
    assert_eq!((here.people(), here.received().len()), (15, 1));
    let [(device, 8)] = &here.received()[..] else { panic!() };
    let mut without = here.clone();
    without.remove_received(device);
    assert_eq!(without.people(), 7);
    // What has come back to its own device is not counted twice.
    assert_eq!(there.take(&there.transfer().unwrap()), Err(CodeError::Elsewhere));
    let other = Run::begin(Setup { id: Id::parse("zzzz").unwrap(), ..run().setup }, Id::parse("r3").unwrap());
    let mut other = Run { setup: Setup { id: Id::parse("zz9z").unwrap(), ..other.setup.clone() }, ..other };
    assert_eq!(other.take(&first), Err(CodeError::Elsewhere));
    let result = here.result(None, Date::parse("2026-03-15").unwrap()).unwrap();
    assert_eq!(result.total().people, 15);
    assert_eq!(result.total().item(crate::domain::instrument::Round::Now, 0), [2, 2, 2, 3, 2, 2, 2]);
}

#[test]
fn no_way_from_device_to_device_counts_an_answer_twice() {
    let [mut one, mut two, mut three] = ["r1", "r2", "r3"].map(|room| Run { room: Id::parse(room).unwrap(), ..run() });
    for (device, count) in [(&mut one, 2), (&mut two, 3), (&mut three, 4)] {
        for point in 0..count {
            device.take_sheet(sheet(point - 1, 0));
        }
    }
    // The first device shows its code by mistake, the second one passes on what it has, and both go to the third.
    two.take(&one.transfer().unwrap()).unwrap();
    one.take(&two.transfer().unwrap()).unwrap();
    assert_eq!((one.people(), two.people()), (5, 5));
    three.take(&two.transfer().unwrap()).unwrap();
    three.take(&one.transfer().unwrap()).unwrap();
    assert_eq!(three.people(), 9);
}

#[test]
fn answers_that_are_not_in_the_shown_code_are_left_behind() {
    let (mut here, mut there) = (run(), Run { room: Id::parse("r2").unwrap(), ..run() });
    here.hand_over();
    assert_eq!(here.left_behind(), None, "there is no code without answers");
    here.take_sheet(sheet(1, 0));
    here.hand_over();
    assert_eq!(here.left_behind(), Some(0));
    here.take_sheet(sheet(2, 0));
    there.take_sheet(sheet(3, 0));
    here.take(&there.transfer().unwrap()).unwrap();
    assert_eq!(here.left_behind(), Some(2));
    here.take_back_hand_over();
    assert_eq!(here.left_behind(), None);
}

#[test]
fn rehearsal_leaves_the_real_answers_and_takes_the_invented_ones_with_it() {
    let mut run = run();
    run.rehearse();
    assert!(run.is_rehearsal() && !run.has_last());
    assert_eq!(run.people(), 12);
    assert_eq!(run.result(None, Date::parse("2026-03-15").unwrap()).unwrap().parts().len(), 2);
    assert_eq!(run.transfer(), None);
    run.take_sheet(sheet(1, 1));
    assert_eq!(run.people(), 13);
    let result = run.result(None, Date::parse("2026-03-15").unwrap()).unwrap();
    assert_eq!(result.total().people, 12, "a real answer beside known ones could be computed");
    run.end_rehearsal();
    assert_eq!((run.is_rehearsal(), run.people()), (false, 1));
    run.rehearse();
    assert!(!run.is_rehearsal(), "a rehearsal begins before the first real answer");
}
