//! Two people who exchange files.

use xtask::browser::Engine;
use xtask::e2e::{go_to_unit, open_first_time, server, start_at_unit};
use xtask::in_every_engine;

use super::{assert_no_errors_or_foreign_requests, to_figures, years};

in_every_engine! {
    file_brings_all_figures_to_a_new_browser
    two_people_exchange_files_and_resolve_a_choice
}

fn file_brings_all_figures_to_a_new_browser(engine: Engine) {
    let (server, years) = (server(), years());
    let anne = start_at_unit(engine, &server, "Børnehuset Solstrålen");
    to_figures(&anne);
    anne.write(&years.before, "7,4").unwrap();
    anne.write(&years.last, "6,1").unwrap();
    anne.see("fra 7,4 til 6,1 % – i den ønskede retning").unwrap();
    let bo = open_first_time(engine, &server);
    bo.choose(&anne.save_with("Gem sikkerhedskopi").unwrap()).unwrap();
    bo.see("Filen er flettet ind.").unwrap();
    bo.press("Luk").unwrap();
    to_figures(&bo);
    bo.see("fra 7,4 til 6,1 % – i den ønskede retning").unwrap();
    bo.wait_for("the same picture", || Ok(bo.drawings()? == anne.drawings()?)).unwrap();
    assert_no_errors_or_foreign_requests(&server, &[&anne, &bo]);
}

fn two_people_exchange_files_and_resolve_a_choice(engine: Engine) {
    let (server, years) = (server(), years());
    let anne = start_at_unit(engine, &server, "Børnehuset Solstrålen");
    to_figures(&anne);
    anne.write(&years.last, "6,1").unwrap();
    let from_anne = anne.save_with("Gem sikkerhedskopi").unwrap();

    let bo = open_first_time(engine, &server);
    bo.choose(&from_anne).unwrap();
    bo.see("Filen er flettet ind.").unwrap();
    bo.press("Luk").unwrap();
    to_figures(&bo);
    bo.see_in(&years.last, "6,1").unwrap();

    // Both change the name of the unit; one writes another figure.
    anne.write(&years.before, "7,4").unwrap();
    go_to_unit(&anne, "Børnehuset Solstrålen");
    anne.write("Enhedens navn", "Solstrålen ved Søen").unwrap();
    go_to_unit(&bo, "Børnehuset Solstrålen");
    bo.write("Enhedens navn", "Solstrålen i Skoven").unwrap();
    let (from_anne, from_bo) =
        (anne.save_with("Gem sikkerhedskopi").unwrap(), bo.save_with("Gem sikkerhedskopi").unwrap());
    anne.choose(&from_bo).unwrap();
    bo.choose(&from_anne).unwrap();
    for person in [&anne, &bo] {
        person.see("Ét sted er der skrevet forskelligt.").unwrap();
        person.see("«Solstrålen ved Søen»").unwrap();
        person.see("«Solstrålen i Skoven»").unwrap();
    }
    assert_eq!(anne.read("Enhedens navn").unwrap(), bo.read("Enhedens navn").unwrap(), "both see the same");

    let unit = bo.address().unwrap();
    to_figures(&bo);
    bo.see_in(&years.before, "7,4").unwrap();
    bo.open(&unit).unwrap();

    // One resolves the choice; the other is not asked again.
    bo.press("Behold «Solstrålen i Skoven»").unwrap();
    bo.see_in("Enhedens navn", "Solstrålen i Skoven").unwrap();
    anne.press("Luk").unwrap();
    anne.choose(&bo.save_with("Gem sikkerhedskopi").unwrap()).unwrap();
    anne.see_in("Enhedens navn", "Solstrålen i Skoven").unwrap();

    // An import can be undone.
    anne.press("Fortryd import").unwrap();
    anne.see("Det, filen kom med, er fortrudt.").unwrap();
    anne.see("«Solstrålen ved Søen»").unwrap();

    // An undone import can be written again.
    anne.press("Luk").unwrap();
    anne.choose(&bo.save_with("Gem sikkerhedskopi").unwrap()).unwrap();
    anne.press("Skriv filens ord igen").unwrap();
    anne.see("Filen er flettet ind.").unwrap();
    anne.see_in("Enhedens navn", "Solstrålen i Skoven").unwrap();
    assert_no_errors_or_foreign_requests(&server, &[&anne, &bo]);
}
