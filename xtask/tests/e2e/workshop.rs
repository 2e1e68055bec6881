//! A workshop: participants on paper, in a chat, in several rooms; the facilitator counts and shows.

use kvalitetshjul::domain::instrument::Round;
use kvalitetshjul::domain::svarkode::{self, AnswerSheet};
use kvalitetshjul::domain::workshop::{Phase, Setup};
use xtask::browser::{Browser, Engine};
use xtask::e2e::workshop::{
    go_to_phase, open_room, papers, paste_chat, place, result_of, set_day, sheet, show, wait_for_reader,
    wait_until_loaded,
};
use xtask::e2e::{assert_no_errors, go_to, server};

#[test]
fn workshop_works_offline_and_finds_codes_in_a_chat() {
    let server = server();
    let facilitator = Browser::start(Engine::Chromium).unwrap();
    go_to(&facilitator, &server, "#/workshop");
    facilitator.see("Ny workshop").unwrap();
    wait_until_loaded(&facilitator);
    wait_for_reader(&facilitator, &server);
    facilitator.set_offline(true).unwrap();
    facilitator.write("Hvad hedder workshoppen?", "Uden net").unwrap();
    facilitator.go("Åbn rummet", "Gå til svar").unwrap();
    facilitator.go("Gå til svar", "Svar på telefonen").unwrap();
    let address = facilitator.texts(".address").unwrap().concat();
    let setup = Setup::parse(address.split_once("#/svar/").unwrap().1).unwrap();
    let codes = setup.codes().unwrap();
    facilitator.go("Gå til saml ind", "Flere på én gang").unwrap();
    let mut chat = String::new();
    for person in 0..30 {
        let sheet = AnswerSheet { group: 0, ..sheet(person) };
        chat.extend([format!(
            "[09.{person:02}] Karen Holm: her er min kode, hilsen Karen\n{}\n",
            svarkode::format_code(&codes.encode(&sheet))
        )]);
    }
    paste_chat(&facilitator, &chat, "30 nye koder. Taget imod. 30 svar i alt.");
    assert!(!facilitator.stored().unwrap().contains("Karen"));
    // A paper sheet is typed in digit by digit.
    facilitator.press("Fra papir").unwrap();
    facilitator.write("Et skema", "1234567 01 444444444").unwrap();
    facilitator.go("Tæl med", "Taget imod. 31 svar i alt.").unwrap();
    facilitator.go("Fortryd det seneste svar", "Det seneste svar er taget ud igen.").unwrap();
    facilitator.see_texts(".answer-total", &["30"]).unwrap();

    show(&facilitator);
    show_wall_on_this_screen(&facilitator);
    discuss_and_decide(&facilitator);
    assert_no_errors(&[&facilitator]);
}

/// Shows the wall on the only screen, turns it by keys, and returns to the result.
fn show_wall_on_this_screen(facilitator: &Browser) {
    facilitator.press("Vis væggen på denne skærm").unwrap();
    facilitator.see_texts(".scene .wall-foot", &["1 af 9 · størst spredning først"]).unwrap();
    for width in [1024, 1920, 3840] {
        assert!(facilitator.overflow(width, 1.0).unwrap() <= 0.0, "{width} px");
    }
    facilitator.key(Browser::RIGHT).unwrap();
    facilitator.see_texts(".scene .wall-foot", &["2 af 9 · størst spredning først"]).unwrap();
    facilitator.key(Browser::ESCAPE).unwrap();
    facilitator.see("hvor I ligger længst fra hinanden").unwrap();
}

/// Writes a note and a decision, saves the result, and makes a trial of the decision.
fn discuss_and_decide(facilitator: &Browser) {
    go_to_phase(facilitator, Phase::Talk);
    facilitator.go("Næste", "2 af 9").unwrap();
    facilitator.write("Hvad blev der sagt?", "Vi er ikke enige om skemaerne.").unwrap();
    facilitator.write("Hvad beslutter I?", "Vi prøver en uge uden skema.").unwrap();
    go_to_phase(facilitator, Phase::Decide);
    facilitator.see("Vi prøver en uge uden skema.").unwrap();
    let (_, workshop) = result_of(&facilitator.save_with("Gem resultatet som fil").unwrap());
    assert!(workshop.decisions.values().any(|decision| decision.as_str() == "Vi prøver en uge uden skema."));
    go_to_phase(facilitator, Phase::Talk);
    facilitator.see_texts(".single-result .eyebrow", &["1 af 9"]).unwrap();
    facilitator.go("Næste", "2 af 9").unwrap();
    facilitator.go("Gør beslutningen til en prøvehandling", "Hvem er ansvarlig?").unwrap();
    set_day(facilitator, "Hvornår ser I på det igen?", "2099-03-15");
    facilitator.go("Opret prøvehandlingen", "Se prøvehandlingen").unwrap();
    facilitator.go("Se prøvehandlingen", "Det vil vi prøve").unwrap();
    facilitator.see_in("Hvad vil I prøve?", "Vi prøver en uge uden skema.").unwrap();
    facilitator.see_in("Sidste dag", "2099-03-15").unwrap();
}

#[test]
fn four_answers_stay_hidden_and_so_does_a_group_of_two_beside_nine() {
    let server = server();
    let facilitator = Browser::start(Engine::Chromium).unwrap();
    drop(open_room(&facilitator, &server, "Skole, Familie"));
    facilitator.go("Gå til saml ind", "Flere på én gang").unwrap();
    facilitator.press("Fra papir").unwrap();
    papers(&facilitator, 1, 2, 0);
    papers(&facilitator, 2, 2, 2);
    facilitator.see("Svarene kan vises, når der er mindst fem.").unwrap();
    assert_eq!(facilitator.count(".workshop-foot .primary").unwrap(), 0, "four answers can be shown");
    assert!(!facilitator.sees("Gem resultatet som fil").unwrap());
    // After a reload the counts are kept, and the page says so.
    wait_until_loaded(&facilitator);
    facilitator.reload().unwrap();
    facilitator.see("4 svar er kommet, før siden blev hentet igen").unwrap();
    facilitator.press("Fra papir").unwrap();
    papers(&facilitator, 2, 7, 4);
    show(&facilitator);
    assert!(!facilitator.sees("Skole, nu").unwrap() && !facilitator.sees("Familie, nu").unwrap());
    assert!(!facilitator.sees("Nu, i hver gruppe").unwrap(), "the wall shows groups");
    let (_, workshop) = result_of(&facilitator.save_with("Gem resultatet som fil").unwrap());
    assert_eq!(workshop.total().people, 11);
    assert_eq!(workshop.parts(), [], "a group is shown");
    assert_no_errors(&[&facilitator]);
}

#[test]
fn rooms_are_combined_by_files_without_double_counting() {
    let server = server();
    let one = Browser::start(Engine::Chromium).unwrap();
    let (address, _) = open_room(&one, &server, "");
    let other = Browser::start(Engine::Chromium).unwrap();
    other.open(&address).unwrap();
    other.press("Leder du workshoppen i et andet rum?").unwrap();
    other.go("Åbn et rum mere", "Gå til svar").unwrap();
    let mut files = Vec::new();
    for (room, count) in [(&one, 6), (&other, 7)] {
        go_to_phase(room, Phase::Gather);
        room.press("Fra papir").unwrap();
        papers(room, 0, count, 0);
        show(room);
        files.push(room.save_with("Gem resultatet som fil").unwrap());
    }
    for _ in 0..2 {
        one.choose(&files[1]).unwrap();
        one.see("13 svar fra 2 rum").unwrap();
        one.press("Luk").unwrap();
    }
    let (_, workshop) = result_of(&one.save_with("Gem resultatet som fil").unwrap());
    assert_eq!((workshop.rooms.len(), workshop.total().people), (2, 13));
    assert_no_errors(&[&one]);
}

/// Each answer is counted at once, and the next participant starts with an empty sheet.
#[test]
fn answers_are_given_in_turn_on_one_device() {
    let server = server();
    let device = Browser::start(Engine::Chromium).unwrap();
    drop(open_room(&device, &server, ""));
    device.go("Svar på denne enhed", "Svaret lægges direkte i bunken").unwrap();
    for _ in 0..5 {
        device.go("Begynd", "1 af 9").unwrap();
        assert_eq!(device.count(".scale input:checked").unwrap(), 0);
        place(&device, 0, Round::Now, -3);
        for _ in 0..8 {
            device.press("Næste").unwrap();
        }
        device.go("Få min kode", "Læg dit svar i bunken").unwrap();
        device.go("Læg i bunken, og giv enheden videre", "Svaret lægges direkte i bunken").unwrap();
    }
    go_to(&device, &server, "#/workshop/rum");
    device.see("5 svar").unwrap();
    assert_no_errors(&[&device]);
}
