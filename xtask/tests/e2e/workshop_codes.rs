//! Codes of participants, scanned from a phone.

use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::instrument::Round;
use kvalitetshjul::domain::workshop::{Phase, Setup};
use xtask::browser::{Browser, Engine, Media};
use xtask::e2e::workshop::{finish_answers, go_to_phase, nine, open_room, place, reader_requests};
use xtask::e2e::{assert_no_errors, go_to, server};

#[test]
fn code_on_a_phone_can_be_scanned_and_is_never_stored() {
    let server = server();
    let phone = Browser::start(Engine::Chromium).unwrap();
    let setup = Setup {
        id: Id::parse("prv123").unwrap(),
        title: "Personaledag i maj".to_owned(),
        instrument: nine().id.clone(),
        wording: None,
        groups: Vec::new(),
        asks_wanted: true,
    };
    go_to(&phone, &server, &format!("#/svar/{}", setup.link()));
    phone.go("Begynd", "1 af 9").unwrap();
    place(&phone, 0, Round::Now, 3);
    place(&phone, 0, Round::Wanted, -1);
    let code = finish_answers(&phone);
    for media in [Media::Light, Media::Dark] {
        assert_eq!(phone.scan(390, media).unwrap(), code);
    }
    let sheet = setup.codes().unwrap().decode(&code).unwrap();
    assert_eq!((sheet.now[0], sheet.wanted.unwrap()[0]), (Some(3), Some(-1)));
    let check_code_is_not_stored = || {
        let stored = phone.stored().unwrap();
        assert!(!stored.contains(&code) && !stored.contains(&code.replace('-', "")), "the phone stores the code");
        stored
    };
    // The answers are kept until the participant is done, and afterwards as a reflection only.
    assert!(check_code_is_not_stored().contains("modsaetninger"));
    phone.go("Behold dem også som min egen refleksion", "Se din refleksion").unwrap();
    phone.go("Jeg er færdig", "Tak for dine svar").unwrap();
    let keys = phone.texts_of("return Object.keys(localStorage);").unwrap();
    assert!(!keys.iter().any(|key| key.ends_with("answers")), "{keys:?}");
    check_code_is_not_stored();
    go_to(&phone, &server, "#/refleksion");
    phone.see("Dine runder").unwrap();
    phone.follow(".link-list a[href^='#/refleksion/modsaetninger/']").unwrap();
    phone.see("2 af 9").unwrap();
    assert_no_errors(&[&phone]);
}

#[test]
fn camera_reads_codes_with_the_browsers_own_reader() {
    let server = server();
    let film = std::env::temp_dir().join(format!("kvalitetshjul-film-{}.y4m", std::process::id()));
    let facilitator = Browser::start_with_camera(&film).unwrap();
    facilitator.can_read_codes().unwrap();
    let (address, setup) = open_room(&facilitator, &server, "");
    let phone = Browser::start(Engine::Chromium).unwrap();
    phone.open(&address).unwrap();
    phone.go("Begynd", "1 af 9").unwrap();
    place(&phone, 0, Round::Now, 2);
    let code = finish_answers(&phone);
    std::fs::write(&film, phone.film(390, Media::Dark).unwrap()).unwrap();
    go_to_phase(&facilitator, Phase::Gather);
    facilitator.press("Scan med kameraet").unwrap();
    facilitator.see("Taget imod. 1 svar i alt.").unwrap();
    // A code that stays in sight of the camera is counted once, without a question.
    assert!(!facilitator.sees("er her allerede").unwrap());
    facilitator.press("Luk kameraet").unwrap();
    facilitator.see("Scan med kameraet").unwrap();
    facilitator.see_count("video", 0).unwrap();
    facilitator.press("Scan med kameraet").unwrap();
    facilitator.see("Den kode er her allerede.").unwrap();
    facilitator.see("Koder, der kom igen").unwrap();
    facilitator.go("Samme person", "Den er ikke talt med igen.").unwrap();
    facilitator.see_texts(".answer-total", &["1"]).unwrap();
    assert_eq!(setup.codes().unwrap().decode(&code).unwrap().now[0], Some(2));
    assert_eq!(reader_requests(&server), Vec::<String>::new(), "a reader is fetched where the browser has one");
    std::fs::remove_file(&film).unwrap();

    // A browser that can read codes but has no camera.
    let without_camera = Browser::start(Engine::Chromium).unwrap();
    without_camera.can_read_codes().unwrap();
    drop(open_room(&without_camera, &server, ""));
    go_to_phase(&without_camera, Phase::Gather);
    without_camera.press("Scan med kameraet").unwrap();
    without_camera.see("Kameraet kunne ikke åbnes.").unwrap();
    assert_no_errors(&[&facilitator, &phone, &without_camera]);
}

/// Firefox reads no QR codes itself.
#[test]
fn camera_is_offered_where_the_browser_reads_no_codes() {
    let server = server();
    let facilitator = Browser::start(Engine::Firefox).unwrap();
    drop(open_room(&facilitator, &server, ""));
    go_to_phase(&facilitator, Phase::Gather);
    facilitator.see("Scan med kameraet").unwrap();
    let is_fetched = || Ok(reader_requests(&server).iter().any(|request| request.starts_with("200 ")));
    facilitator.wait_for("the reader of QR codes", is_fetched).unwrap();
    assert_no_errors(&[&facilitator]);
}
