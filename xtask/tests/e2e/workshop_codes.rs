//! Codes of participants, scanned from a phone.

use kvalitetshjul::domain::id::Id;
use kvalitetshjul::domain::instrument::Round;
use kvalitetshjul::domain::workshop::Setup;
use xtask::browser::{Browser, Engine, Media};
use xtask::e2e::workshop::{nine, open_room, place};
use xtask::e2e::{assert_no_errors, go_to, server};

#[test]
fn code_on_a_phone_can_be_scanned() {
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
    for _ in 0..8 {
        phone.press("Næste").unwrap();
    }
    phone.go("Få min kode", "Dine svar er klar").unwrap();
    let code = phone.texts(".code").unwrap().concat();
    for media in [Media::Light, Media::Dark] {
        assert_eq!(phone.scan(390, media).unwrap(), code);
    }
    let sheet = setup.codes().unwrap().decode(&code).unwrap();
    assert_eq!((sheet.now[0], sheet.wanted.unwrap()[0]), (Some(3), Some(-1)));
    // The answers are stored only if the participant keeps them as a reflection.
    assert!(!phone.stored().unwrap().contains("modsaetninger"));
    phone.go("Behold dem også som min egen refleksion", "Se din refleksion").unwrap();
    phone.go("Se din refleksion", "2 af 9").unwrap();
    assert_no_errors(&[&phone]);
}

#[test]
fn camera_reads_codes_where_the_browser_can() {
    let server = server();
    let film = std::env::temp_dir().join(format!("kvalitetshjul-film-{}.y4m", std::process::id()));
    let facilitator = Browser::start_with_camera(&film).unwrap();
    facilitator.can_read_codes().unwrap();
    let (address, setup) = open_room(&facilitator, &server, "");
    let phone = Browser::start(Engine::Chromium).unwrap();
    phone.open(&address).unwrap();
    phone.press("Begynd").unwrap();
    place(&phone, 0, Round::Now, 2);
    for _ in 0..8 {
        phone.press("Næste").unwrap();
    }
    phone.press("Få min kode").unwrap();
    phone.see("Dine svar er klar").unwrap();
    std::fs::write(&film, phone.film(390, Media::Dark).unwrap()).unwrap();
    facilitator.go("Gå til saml ind", "Flere på én gang").unwrap();
    facilitator.press("Scan med kameraet").unwrap();
    facilitator.see("Taget imod. 1 svar i alt.").unwrap();
    // A code that stays in sight of the camera is counted once, without a question.
    assert!(!facilitator.sees("er her allerede").unwrap());
    facilitator.press("Luk kameraet").unwrap();
    facilitator.see("Scan med kameraet").unwrap();
    facilitator.see_count("video", 0).unwrap();
    facilitator.press("Scan med kameraet").unwrap();
    facilitator.see("er her allerede. Er det samme person?").unwrap();
    facilitator.press("Samme person").unwrap();
    let code = phone.texts(".code").unwrap().concat();
    assert_eq!(setup.codes().unwrap().decode(&code).unwrap().now[0], Some(2));
    std::fs::remove_file(&film).unwrap();

    // A browser that can read codes but has no camera, and one that cannot read codes.
    let without_camera = Browser::start(Engine::Chromium).unwrap();
    without_camera.can_read_codes().unwrap();
    drop(open_room(&without_camera, &server, ""));
    without_camera.go("Gå til saml ind", "Flere på én gang").unwrap();
    without_camera.press("Scan med kameraet").unwrap();
    without_camera.see("Kameraet kunne ikke åbnes.").unwrap();
    let other = Browser::start(Engine::Firefox).unwrap();
    drop(open_room(&other, &server, ""));
    other.go("Gå til saml ind", "Browseren her kan ikke læse QR-koder med kameraet.").unwrap();
    assert!(!other.sees("Scan med kameraet").unwrap());
    assert_no_errors(&[&facilitator, &phone, &without_camera, &other]);
}
