//! Several tabs, and several deployments on one host.

use xtask::browser::{Browser, Engine};
use xtask::build::dist;
use xtask::e2e::server;
use xtask::e2e::storage::{
    begin_at_school, delete_all, fields, fields_of_two_records, figure, idle, start_at_school, years,
};
use xtask::server::Server;

#[test]
fn two_tabs_end_equal_in_chromium() {
    race_tabs(Engine::Chromium, 2, 600);
}

#[test]
fn three_tabs_end_equal_in_chromium() {
    race_tabs(Engine::Chromium, 3, 900);
}

#[test]
fn two_tabs_end_equal_in_firefox() {
    race_tabs(Engine::Firefox, 2, 50);
}

#[test]
fn two_tabs_end_equal_in_webkit() {
    race_tabs(Engine::WebKit, 2, 50);
}

/// Lets several tabs write in turn, in the same and in different fields and records, with reloads, and checks that all
/// end equal.
fn race_tabs(engine: Engine, count: usize, changes: usize) {
    let server = server();
    let person = start_at_school(engine, &server);
    let years = fields_of_two_records(&person);
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
        see_all(&person, &years, &last);
    }
    let seen = fields(&person);
    person.reload().unwrap();
    see_all(&person, &years, &last);
    assert_eq!(fields(&person), seen);
    assert_eq!(person.complaints().unwrap(), Vec::<String>::new());
    println!("{count} tabs, {changes} changes: equal in the end");
}

/// Waits until the tab shows all figures. There must be no open choice, since each tab knew the other tabs' writes.
fn see_all(person: &Browser, years: &[String], figures: &[String]) {
    for (year, figure) in years.iter().zip(figures) {
        person.see_in(year, figure).unwrap();
    }
    assert_eq!(person.count("[aria-label='Åbent valg']").unwrap(), 0);
}

#[test]
fn sleeping_tab_catches_up_when_it_wakes() {
    let server = server();
    let person = start_at_school(Engine::Chromium, &server);
    let years = fields_of_two_records(&person);
    let address = person.address().unwrap();
    let sleeping_tab = person.this_tab().unwrap();
    let waking_tab = person.new_tab().unwrap();
    person.open(&address).unwrap();
    let mut last = vec![String::new(); years.len()];
    for round in 0..10 {
        person.tab(&sleeping_tab).unwrap();
        idle(&person);
        person.put_to_sleep(true).unwrap();
        person.tab(&waking_tab).unwrap();
        for change in round * 6..round * 6 + 5 {
            last[change * 5 % years.len()] = figure(change);
            person.write(&years[change * 5 % years.len()], &figure(change)).unwrap();
        }
        person.see("Gemt i denne browser").unwrap();
        person.tab(&sleeping_tab).unwrap();
        person.put_to_sleep(false).unwrap();
        see_all(&person, &years, &last);
        // The tab that woke up writes too.
        let change = round * 6 + 5;
        last[change * 5 % years.len()] = figure(change);
        person.write(&years[change * 5 % years.len()], &figure(change)).unwrap();
        person.see("Gemt i denne browser").unwrap();
    }
    person.tab(&waking_tab).unwrap();
    see_all(&person, &years, &last);
    assert_eq!(person.complaints().unwrap(), Vec::<String>::new());
}

#[test]
fn page_returned_to_catches_up_in_chromium() {
    check_return(Engine::Chromium);
}

#[test]
fn page_returned_to_catches_up_in_firefox() {
    check_return(Engine::Firefox);
}

/// Lets one tab leave the app and return by the back button while another tab writes.
fn check_return(engine: Engine) {
    let server = Server::watched_under(dist(), &["/et/sted/", "/et/"]).unwrap();
    let person = start_at_school(engine, &server);
    let years = fields_of_two_records(&person);
    let address = person.address().unwrap();
    let leaving_tab = person.this_tab().unwrap();
    let staying_tab = person.new_tab().unwrap();
    person.open(&address).unwrap();
    let mut last = vec![String::new(); years.len()];
    let mut restored_count = 0;
    for round in 0..6 {
        person.tab(&leaving_tab).unwrap();
        person.run("window.isKept = 1;").unwrap();
        // The test does not wait until the last text is saved before leaving.
        last[0] = figure(round + 40);
        person.write(&years[0], &last[0]).unwrap();
        person.open(&server.urls()[1]).unwrap();
        person.tab(&staying_tab).unwrap();
        person.see_in(&years[0], &last[0]).unwrap();
        for change in round * 5..round * 5 + 5 {
            last[change % 5 + 1] = figure(change);
            person.write(&years[change % 5 + 1], &figure(change)).unwrap();
        }
        person.see("Gemt i denne browser").unwrap();
        person.tab(&leaving_tab).unwrap();
        person.back().unwrap();
        see_all(&person, &years, &last);
        restored_count += usize::from(!person.texts_of("return window.isKept ? ['kept'] : [];").unwrap().is_empty());
    }
    println!("{engine:?}: returned to 6 times, {restored_count} times from the back-forward cache");
}

#[test]
fn message_during_loading_is_not_missed() {
    // Without localStorage, which would tell the other tab too.
    const DENY: &str = "
        Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });";
    // Delays the records from IndexedDB.
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
    begin_at_school(&person);
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
fn two_tabs_lose_nothing_without_indexed_db() {
    const DENY: &str =
        "Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('no', 'SecurityError'); } });";
    // Browsers synchronise localStorage between processes late, so a tab may overwrite what another has written.
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
    begin_at_school(&person);
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
fn reset_in_one_tab_holds_in_all_tabs() {
    let server = Server::watched_under(dist(), &["/et/sted/", "/et/"]).unwrap();
    let person = Browser::start(Engine::Chromium).unwrap();
    person.open(&server.urls()[1]).unwrap();
    person.see("Hvem er du?").unwrap();
    person.write("Hvad hedder enheden?", "Naboen").unwrap();
    person.press("Begynd").unwrap();
    person.see("Gemt i denne browser").unwrap();
    person.open(&server.url()).unwrap();
    begin_at_school(&person);
    person.see("Gemt i denne browser").unwrap();
    let address = person.address().unwrap();
    let resetting_tab = person.this_tab().unwrap();
    let [awake_tab, sleeping_tab, returning_tab] = [(); 3].map(|()| {
        let tab = person.new_tab().unwrap();
        person.open(&address).unwrap();
        person.see_in("Enhedens navn", "Skolen ved Søen").unwrap();
        idle(&person);
        tab
    });
    person.open(&server.urls()[1]).unwrap();
    person.tab(&sleeping_tab).unwrap();
    // Puts the tab to sleep in the middle of a word. (A browser lets a hidden tab save before it sleeps; the driver
    // does not, so the test waits until the text is saved.)
    person.type_on("Enhedens navn", " og").unwrap();
    person.see("Gemt i denne browser kl.").unwrap();
    idle(&person);
    person.put_to_sleep(true).unwrap();
    person.tab(&resetting_tab).unwrap();
    person.press("Filer").unwrap();
    let file = person.save_with("Gem sikkerhedskopi, før alt slettes").unwrap();
    person.press("Kvalitetshjul").unwrap();
    delete_all(&person);

    person.tab(&awake_tab).unwrap();
    person.see("Alt er slettet i en anden fane").unwrap();
    person.see("Enheden er her ikke").unwrap();
    person.tab(&sleeping_tab).unwrap();
    person.put_to_sleep(false).unwrap();
    person.see("Alt er slettet i en anden fane").unwrap();
    person.tab(&returning_tab).unwrap();
    person.back().unwrap();
    person.see("her ikke").unwrap();
    let stored = person.stored().unwrap();
    assert!(!stored.contains("Skolen ved Søen"), "{stored}");
    assert!(stored.contains("Naboen"), "the data of another deployment is gone");
    person.tab(&awake_tab).unwrap();
    person.press("Begynd forfra").unwrap();
    person.see("Hvem er du?").unwrap();
    // New data is stored, and the file brings its records back.
    person.choose(&file).unwrap();
    person.see("Filen er flettet ind.").unwrap();
    person.see("Gemt i denne browser").unwrap();
    person.reload().unwrap();
    person.see("Skolen ved Søen").unwrap();
    person.tab(&resetting_tab).unwrap();
    person.see("Skolen ved Søen").unwrap();
    person.open(&server.urls()[1]).unwrap();
    person.see("Naboen").unwrap();
    assert_eq!(person.complaints().unwrap(), Vec::<String>::new());
}

#[test]
fn deployments_of_one_host_keep_separate_data() {
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
        person.see_count(".unit-table th a", 1).unwrap();
    }
}
