//! The demo: an invented municipality in stores of its own, with a tour.

use kvalitetshjul::domain::demo::tour::STATIONS;
use xtask::browser::Engine;
use xtask::e2e::{assert_no_errors, go_to, server, start_at_unit, wait_until_saved};
use xtask::in_every_engine;

in_every_engine! {
    demo_is_toured_and_left_without_touching_the_visitors_own
}

fn demo_is_toured_and_left_without_touching_the_visitors_own(engine: Engine) {
    let server = server();
    let person = start_at_unit(engine, &server, "Skolen ved Åen");
    person.press("Overblik").unwrap();
    person.go("se dig om i en opdigtet kommune", "Alt her er opdigtet").unwrap();
    person.see("Saml op på «Frokost ude»").unwrap();
    go_to(&person, &server, "?proevekommune#/enheder");
    person.see("Børnehuset Solstrålen").unwrap();
    assert!(!person.sees("Skolen ved Åen").unwrap(), "the visitor's own unit is in the demo");

    go_to(&person, &server, "?proevekommune#/");
    for (number, station) in (1..).zip(STATIONS) {
        if number > 1 {
            person.press(&format!("Næste: {}", station.title)).unwrap();
        }
        person.see(&format!("Rundtur {number} af {}: {}", STATIONS.len(), station.title)).unwrap();
        person.wait_for_page().unwrap();
        assert!(!person.sees("findes ikke").unwrap() && !person.sees("er her ikke").unwrap(), "{}", station.title);
    }
    let file = person.save_with("Gem sikkerhedskopi").unwrap();
    go_to(&person, &server, "?proevekommune#/enhed/proevekommune-skolen-ved-soeen");
    person.write("Enhedens navn", "Skolen ved Dammen").unwrap();
    wait_until_saved(&person);

    // The visitor's own records are as they were, and nothing of the demo can get among them.
    person.press("Forlad prøvekommunen").unwrap();
    person.wait_for("the demo to be left", || Ok(!person.address()?.contains("proevekommune"))).unwrap();
    person.go("Enheder", "Dine enheder").unwrap();
    person.see("Skolen ved Åen").unwrap();
    assert!(!person.sees("Prøvekommune").unwrap() && !person.sees("Børnehuset Solstrålen").unwrap());
    person.look_into(&[&file]).unwrap();
    person.see("Filen er fra prøvekommunen").unwrap();
    person.press("Luk").unwrap();
    assert!(!person.sees("Børnehuset Solstrålen").unwrap());

    // The demo goes on where it was left, and takes its own file in.
    go_to(&person, &server, "?proevekommune#/enhed/proevekommune-skolen-ved-soeen");
    person.see_in("Enhedens navn", "Skolen ved Dammen").unwrap();
    person.look_into(&[&file]).unwrap();
    assert!(!person.sees("Filen er fra prøvekommunen").unwrap());
    assert_no_errors(&[&person]);
}
