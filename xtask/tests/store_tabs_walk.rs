//! The walks of several tabs and several apps in one browser: what one writes, another has; what is not its own, it never
//! sees. On the release bundle.
#![allow(clippy::unwrap_used, reason = "a test that meets what it did not expect should stop there")]

use xtask::browser::{Browser, Engine};
use xtask::build::dist;
use xtask::server::Server;
use xtask::walk::{
    kept::{begin, begun, delete_all, fields, figure, idle, in_two_records, years},
    server,
};

#[test]
fn two_tabs_write_and_both_have_it_all() {
    tabs_race(Engine::Chromium, 2, 600);
}

#[test]
fn three_tabs_write_and_all_have_it_all() {
    tabs_race(Engine::Chromium, 3, 900);
}

#[test]
fn two_tabs_write_and_both_have_it_all_in_firefox() {
    tabs_race(Engine::Firefox, 2, 50);
}

#[test]
fn two_tabs_write_and_both_have_it_all_in_webkit() {
    tabs_race(Engine::WebKit, 2, 50);
}

/// Tabs write in turn, in the same and in different fields and records; one is loaded again now and then.
fn tabs_race(engine: Engine, count: usize, changes: usize) {
    let server = server();
    let person = begun(engine, &server);
    let years = in_two_records(&person);
    let address = person.address().unwrap();
    let mut tabs = vec![person.this_tab().unwrap()];
    while tabs.len() < count {
        tabs.push(person.new_tab().unwrap());
        person.open(&address).unwrap();
    }
    let mut last = vec![String::new(); years.len()];
    for change in 0..changes {
        person.tab(&tabs[change % count]).unwrap();
        let year = change * 5 % years.len();
        last[year] = figure(change);
        person.write(&years[year], &last[year]).unwrap();
        if change % 40 == 39 {
            person.see("Gemt i denne browser").unwrap();
            person.reload().unwrap();
        }
    }
    person.see("emt i denne browser").unwrap();
    for tab in &tabs {
        person.tab(tab).unwrap();
        has_all(&person, &years, &last);
    }
    let seen = fields(&person);
    person.reload().unwrap();
    has_all(&person, &years, &last);
    assert_eq!(fields(&person), seen);
    assert_eq!(person.complaints().unwrap(), Vec::<String>::new());
    println!("{count} tabs, {changes} changes: equal in the end");
}

/// The tab shows the figures, and no open choice: whoever wrote knew what the others had written.
fn has_all(person: &Browser, years: &[String], figures: &[String]) {
    for (year, figure) in years.iter().zip(figures) {
        person.see_in(year, figure).unwrap();
    }
    assert_eq!(person.count("[aria-label='Åbent valg']").unwrap(), 0);
}

#[test]
fn a_tab_that_slept_has_it_all_when_it_wakes() {
    let server = server();
    let person = begun(Engine::Chromium, &server);
    let years = in_two_records(&person);
    let address = person.address().unwrap();
    let sleeper = person.this_tab().unwrap();
    let waker = person.new_tab().unwrap();
    person.open(&address).unwrap();
    let mut last = vec![String::new(); years.len()];
    for round in 0..10 {
        person.tab(&sleeper).unwrap();
        idle(&person);
        person.put_to_sleep(true).unwrap();
        person.tab(&waker).unwrap();
        for change in round * 6..round * 6 + 5 {
            last[change * 5 % years.len()] = figure(change);
            person.write(&years[change * 5 % years.len()], &figure(change)).unwrap();
        }
        person.see("Gemt i denne browser").unwrap();
        person.tab(&sleeper).unwrap();
        person.put_to_sleep(false).unwrap();
        has_all(&person, &years, &last);
        // And it goes on writing itself.
        let change = round * 6 + 5;
        last[change * 5 % years.len()] = figure(change);
        person.write(&years[change * 5 % years.len()], &figure(change)).unwrap();
        person.see("Gemt i denne browser").unwrap();
    }
    person.tab(&waker).unwrap();
    has_all(&person, &years, &last);
    assert_eq!(person.complaints().unwrap(), Vec::<String>::new());
}

#[test]
fn a_page_that_is_come_back_to_has_it_all() {
    come_back(Engine::Chromium);
}

#[test]
fn a_page_that_is_come_back_to_has_it_all_in_firefox() {
    come_back(Engine::Firefox);
}

/// One tab goes to another page of the host and comes back, while another writes.
fn come_back(engine: Engine) {
    let server = Server::watched_under(dist(), &["/et/sted/", "/et/"]).unwrap();
    let person = begun(engine, &server);
    let years = in_two_records(&person);
    let address = person.address().unwrap();
    let goer = person.this_tab().unwrap();
    let stayer = person.new_tab().unwrap();
    person.open(&address).unwrap();
    let mut last = vec![String::new(); years.len()];
    let mut kept = 0;
    for round in 0..6 {
        person.tab(&goer).unwrap();
        person.run("window.isKept = 1;").unwrap();
        // The last word before one leaves is not waited for.
        last[0] = figure(round + 40);
        person.write(&years[0], &last[0]).unwrap();
        person.open(&server.urls()[1]).unwrap();
        person.tab(&stayer).unwrap();
        person.see_in(&years[0], &last[0]).unwrap();
        for change in round * 5..round * 5 + 5 {
            last[change % 5 + 1] = figure(change);
            person.write(&years[change % 5 + 1], &figure(change)).unwrap();
        }
        person.see("Gemt i denne browser").unwrap();
        person.tab(&goer).unwrap();
        person.back().unwrap();
        has_all(&person, &years, &last);
        kept += usize::from(!person.texts_of("return window.isKept ? ['kept'] : [];").unwrap().is_empty());
    }
    println!("{engine:?}: come back to 6 times, {kept} times as it was left");
}

#[test]
fn what_is_told_while_a_tab_reads_its_mirror_is_not_missed() {
    // Without localStorage, which would tell it as well.
    const DENY: &str = "
        Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });";
    // What the mirror holds comes late.
    const LATE: &str = "
        const own = IDBObjectStore.prototype.getAll;
        IDBObjectStore.prototype.getAll = function () {
            const request = own.call(this);
            if (this.name !== 'records') return request;
            const late = event => handler => setTimeout(() => handler(event), 3000);
            Object.defineProperty(request, 'onsuccess', {
                set(handler) {
                    window.isRead = 1;
                    request.addEventListener('success', event => late(event)(handler));
                },
            });
            return request;
        };";
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    person.before_every_page(DENY).unwrap();
    person.open(&server.url()).unwrap();
    begin(&person);
    person.see("Gemt i denne browser").unwrap();
    let address = person.address().unwrap();
    let first = person.this_tab().unwrap();
    let second = person.new_tab().unwrap();
    person.before_every_page(DENY).unwrap();
    person.before_every_page(LATE).unwrap();
    person.open(&address).unwrap();
    person.number("return window.isRead ?? null;").unwrap();
    person.tab(&first).unwrap();
    person.write("Enhedens navn", "Skolen ved Åen").unwrap();
    person.see("Gemt i denne browser").unwrap();
    person.tab(&second).unwrap();
    person.see_in("Enhedens navn", "Skolen ved Åen").unwrap();
}

#[test]
fn without_a_mirror_two_tabs_still_lose_nothing() {
    const DENY: &str =
        "Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('no', 'SecurityError'); } });";
    // A tab that is behind writes over what the other put there: browsers tell their processes late.
    const CAN_BE_BEHIND: &str = "
        const own = Storage.prototype.getItem;
        Storage.prototype.getItem = function (key) {
            return window.isBehind && key.includes('/record') ? null : own.call(this, key);
        };
        addEventListener('storage', event => { if (window.isBehind) event.stopImmediatePropagation(); }, true);";
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    person.before_every_page(DENY).unwrap();
    person.open(&server.url()).unwrap();
    begin(&person);
    person.see("Gemt uden reserve").unwrap();
    let years = years(&person);
    let address = person.address().unwrap();
    let first = person.this_tab().unwrap();
    let second = person.new_tab().unwrap();
    person.before_every_page(DENY).unwrap();
    person.before_every_page(CAN_BE_BEHIND).unwrap();
    person.open(&address).unwrap();
    person.write(&years[0], "1,1").unwrap();
    person.see("Gemt uden reserve").unwrap();
    person.tab(&first).unwrap();
    person.see_in(&years[0], "1,1").unwrap();
    person.tab(&second).unwrap();
    person.run("window.isBehind = 1;").unwrap();
    person.tab(&first).unwrap();
    person.write(&years[1], "2,2").unwrap();
    person.see("Gemt uden reserve").unwrap();
    person.tab(&second).unwrap();
    person.write(&years[2], "3,3").unwrap();
    person.see("Gemt uden reserve").unwrap();
    person.tab(&first).unwrap();
    person.see_in(&years[2], "3,3").unwrap();
    person.see("Gemt uden reserve").unwrap();
    person.reload().unwrap();
    for (year, figure) in years.iter().zip(["1,1", "2,2", "3,3"]) {
        person.see_in(year, figure).unwrap();
    }
}

#[test]
fn a_reset_in_one_tab_is_not_undone_by_another() {
    let server = Server::watched_under(dist(), &["/et/sted/", "/et/"]).unwrap();
    let person = Browser::start(Engine::Chromium).unwrap();
    person.open(&server.urls()[1]).unwrap();
    person.see("Hvem er du?").unwrap();
    person.write("Hvad hedder enheden?", "Naboen").unwrap();
    person.press("Begynd").unwrap();
    person.see("Gemt i denne browser").unwrap();
    person.open(&server.url()).unwrap();
    begin(&person);
    person.see("Gemt i denne browser").unwrap();
    let address = person.address().unwrap();
    let resetter = person.this_tab().unwrap();
    let [awake, asleep, away] = [(); 3].map(|()| {
        let tab = person.new_tab().unwrap();
        person.open(&address).unwrap();
        person.see_in("Enhedens navn", "Skolen ved Søen").unwrap();
        idle(&person);
        tab
    });
    person.open(&server.urls()[1]).unwrap();
    person.tab(&asleep).unwrap();
    // In the middle of a word. (Going to sleep begins with being hidden, and that with saving; a browser leaves it the
    // time for that, its driver does not.)
    person.type_on("Enhedens navn", " og").unwrap();
    person.see("Gemt i denne browser kl.").unwrap();
    idle(&person);
    person.put_to_sleep(true).unwrap();
    person.tab(&resetter).unwrap();
    person.press("Filer").unwrap();
    let file = person.save_with("Gem som fil, før alt slettes").unwrap();
    person.press("Kvalitetshjul").unwrap();
    delete_all(&person);

    person.tab(&awake).unwrap();
    person.see("Alt er slettet i en anden fane").unwrap();
    person.see("Enheden er her ikke").unwrap();
    person.tab(&asleep).unwrap();
    person.put_to_sleep(false).unwrap();
    person.see("Alt er slettet i en anden fane").unwrap();
    person.tab(&away).unwrap();
    person.back().unwrap();
    person.see("her ikke").unwrap();
    let stored = person.stored().unwrap();
    assert!(!stored.contains("Skolen ved Søen"), "{stored}");
    assert!(stored.contains("Naboen"), "another deployment is not touched");
    person.tab(&awake).unwrap();
    person.press("Begynd forfra").unwrap();
    person.see("Hvem er du?").unwrap();
    // What is begun now is kept, and the file brings back what was in it.
    person.choose(&file).unwrap();
    person.see("Filen er flettet ind.").unwrap();
    person.see("Gemt i denne browser").unwrap();
    person.reload().unwrap();
    person.see("Skolen ved Søen").unwrap();
    person.tab(&resetter).unwrap();
    person.see("Skolen ved Søen").unwrap();
    person.open(&server.urls()[1]).unwrap();
    person.see("Naboen").unwrap();
    assert_eq!(person.complaints().unwrap(), Vec::<String>::new());
}

#[test]
fn two_deployments_of_one_host_never_see_one_anothers_data() {
    let server = Server::watched_under(dist(), &["/et/sted/", "/et/", "/"]).unwrap();
    let person = Browser::start(Engine::Chromium).unwrap();
    for (number, url) in server.urls().iter().enumerate() {
        person.open(url).unwrap();
        person.see("Hvem er du?").unwrap();
        person.write("Hvad hedder enheden?", &format!("Skolen {number}")).unwrap();
        person.press("Begynd").unwrap();
        person.see("Gemt i denne browser").unwrap();
    }
    for (number, url) in server.urls().iter().enumerate() {
        person.open(url).unwrap();
        person.reload().unwrap();
        person.press("Enheder").unwrap();
        person.see(&format!("Skolen {number}")).unwrap();
        person.see_count(".units a", 1).unwrap();
    }
}
