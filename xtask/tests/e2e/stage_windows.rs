//! The facilitator's page and the wall, in two tabs of one browser: each is closed or reloaded, and moves the other.

use std::time::Instant;

use kvalitetshjul::domain::workshop::Phase;
use xtask::browser::{Browser, Engine, Tab};
use xtask::e2e::workshop::{go_to_phase, open_room, open_wall, papers, set_day, show, wait_until_loaded};
use xtask::e2e::{assert_no_errors, server};
use xtask::in_every_engine;
use xtask::server::Server;

in_every_engine! {
    phase_time_and_counts_outlive_every_window
    either_window_moves_the_other
}

/// The key Page Up, which clickers send too.
const PAGE_UP: char = '\u{e00e}';
/// The key Page Down, which clickers send too.
const PAGE_DOWN: char = '\u{e00f}';
/// The countdown on the facilitator's page.
const LEAD_TIME: &str = ".timer [role=timer]";
/// The countdown on the wall.
const WALL_TIME: &str = ".scene .wall-time";
/// The number of answers that are given.
const PEOPLE: usize = 6;

/// A facilitator with two tabs.
struct Windows {
    facilitator: Browser,
    lead: Tab,
    wall: Tab,
}

/// What the windows showed when the time was started.
struct Shown {
    phase: Phase,
    /// The line above the title, with the number of answers.
    eyebrow: String,
    /// The seconds that were left.
    left: u64,
    started: Instant,
}

/// Returns the seconds of a countdown such as `7.59`.
fn seconds(text: &str) -> Option<u64> {
    let (minutes, seconds) = text.split_once('.')?;
    Some(minutes.parse::<u64>().ok()? * 60 + seconds.parse::<u64>().ok()?)
}

impl Windows {
    /// Opens a room and its wall. The facilitator's page is the current tab.
    fn open(engine: Engine, server: &Server) -> Self {
        let facilitator = Browser::start(engine).unwrap();
        drop(open_room(&facilitator, server, ""));
        let lead = facilitator.this_tab().unwrap();
        wait_until_loaded(&facilitator);
        let wall = open_wall(&facilitator, server);
        wait_until_loaded(&facilitator);
        facilitator.tab(&lead).unwrap();
        Self { facilitator, lead, wall }
    }

    /// Goes to the wall.
    fn to_wall(&self) -> &Browser {
        self.facilitator.tab(&self.wall).unwrap();
        &self.facilitator
    }

    /// Goes to the facilitator's page.
    fn to_lead(&self) -> &Browser {
        self.facilitator.tab(&self.lead).unwrap();
        &self.facilitator
    }

    /// Collects answers from paper.
    fn collect(&self) {
        self.facilitator.press("Fra papir").unwrap();
        papers(&self.facilitator, 0, PEOPLE, 0);
    }

    /// Starts the time of a phase, and returns what is shown then.
    fn start_time(&self, phase: Phase) -> Shown {
        let facilitator = self.to_lead();
        facilitator.go("Start uret", "Stop uret").unwrap();
        let started = Instant::now();
        let left = seconds(&facilitator.texts(LEAD_TIME).unwrap().concat()).unwrap();
        let eyebrow = facilitator.texts(".workshop-head .eyebrow").unwrap().concat();
        Shown { phase, eyebrow, left, started }
    }

    /// Waits until a countdown is within two seconds of where it should be.
    fn check_time(&self, selector: &str, shown: &Shown) {
        let is_right = || {
            let left = seconds(&self.facilitator.texts(selector)?.concat());
            let expected = shown.left.saturating_sub(shown.started.elapsed().as_secs());
            Ok(left.is_some_and(|left| left.abs_diff(expected) <= 2))
        };
        self.facilitator.wait_for(&format!("the right time in {selector}"), is_right).unwrap();
    }

    /// Checks the facilitator's page.
    fn check_lead(&self, shown: &Shown) {
        let facilitator = self.to_lead();
        let is_phase = || {
            let current = facilitator.texts(".phases [aria-current]")?.concat();
            Ok(current.starts_with(&format!("{} ", shown.phase.danish())))
        };
        facilitator.wait_for(shown.phase.danish(), is_phase).unwrap();
        facilitator.see_texts(".workshop-head .eyebrow", &[&shown.eyebrow]).unwrap();
        facilitator.see("Stop uret").unwrap();
        self.check_time(LEAD_TIME, shown);
        if shown.phase == Phase::Gather {
            facilitator.see_texts(".answer-total", &[&PEOPLE.to_string()]).unwrap();
        }
    }

    /// Checks the wall.
    fn check_wall(&self, shown: &Shown) {
        self.see_on_wall(shown.phase);
        self.check_time(WALL_TIME, shown);
        if shown.phase == Phase::Gather {
            self.facilitator.see_texts(".scene .wall-count", &[&PEOPLE.to_string()]).unwrap();
        }
    }

    /// Closes the facilitator's page and opens it in a new tab, and reloads the wall. Checks both after each.
    fn close_and_reload(&mut self, shown: &Shown) {
        let address = self.to_lead().address().unwrap();
        wait_until_loaded(&self.facilitator);
        self.facilitator.close_tab().unwrap();
        self.check_wall(shown);
        self.lead = self.facilitator.new_tab().unwrap();
        self.facilitator.open(&address).unwrap();
        self.check_lead(shown);
        self.check_wall(shown);
        wait_until_loaded(&self.facilitator);
        self.facilitator.reload().unwrap();
        self.check_wall(shown);
        self.check_lead(shown);
    }

    /// Marks both pages, so that a page that is loaded again can be told from them.
    fn mark(&self) {
        for tab in [&self.wall, &self.lead] {
            self.facilitator.tab(tab).unwrap();
            self.facilitator.run("window.isSame = 1;").unwrap();
        }
    }

    /// Checks that neither page was loaded again since it was marked.
    fn check_marks(&self) {
        for tab in [&self.wall, &self.lead] {
            self.facilitator.tab(tab).unwrap();
            self.facilitator.number("return window.isSame ?? null;").unwrap();
        }
    }

    /// Presses a key on the wall, and waits until it shows a phase.
    fn turn_wall(&self, key: char, phase: Phase) {
        self.to_wall().key(key).unwrap();
        self.see_on_wall(phase);
    }

    /// Waits until the wall shows a phase.
    fn see_on_wall(&self, phase: Phase) {
        self.to_wall().see_texts(".scene .wall-phase", &[phase.danish()]).unwrap();
    }

    /// Checks whether the wall is dark.
    fn check_darkness(&self, is_dark: bool) {
        self.to_wall().see_count(".scene .wall-dark", usize::from(is_dark)).unwrap();
    }
}

fn phase_time_and_counts_outlive_every_window(engine: Engine) {
    let server = server();
    let mut windows = Windows::open(engine, &server);
    for phase in Phase::ALL {
        if phase == Phase::Show {
            show(windows.to_lead());
        }
        go_to_phase(windows.to_lead(), phase);
        if phase == Phase::Gather {
            windows.collect();
        }
        let shown = windows.start_time(phase);
        windows.close_and_reload(&shown);
        if phase == Phase::Gather {
            windows.facilitator.see(&format!("{PEOPLE} svar er kommet, før siden blev hentet igen")).unwrap();
            windows.facilitator.see("kommer en af deres koder igen, kan det ikke ses").unwrap();
        }
    }
    println!("{engine:?}: both windows closed or reloaded in 6 phases: same phase, time and counts");
    assert_no_errors(&[windows.to_lead()]);
    assert_no_errors(&[windows.to_wall()]);
}

fn either_window_moves_the_other(engine: Engine) {
    let server = server();
    let windows = Windows::open(engine, &server);
    go_to_phase(windows.to_lead(), Phase::Welcome);
    windows.mark();
    windows.see_on_wall(Phase::Welcome);
    windows.turn_wall(Browser::RIGHT, Phase::Answer);
    windows.turn_wall(PAGE_DOWN, Phase::Gather);
    // No key closes the room: the next one leads back from the same phase.
    windows.to_wall().key(PAGE_DOWN).unwrap();
    windows.turn_wall(PAGE_UP, Phase::Answer);
    windows.to_lead().see("Svar på telefonen").unwrap();

    windows.to_wall().key('b').unwrap();
    windows.check_darkness(true);
    windows.to_lead().go("Lys igen (B)", "Mørk væg (B)").unwrap();
    windows.check_darkness(false);
    windows.to_lead().key('b').unwrap();
    windows.check_darkness(true);
    // Whoever turns the wall wants to see it.
    windows.turn_wall(PAGE_DOWN, Phase::Gather);
    windows.check_darkness(false);

    windows.to_lead();
    windows.collect();
    show(&windows.facilitator);
    go_to_phase(&windows.facilitator, Phase::Talk);
    windows.see_on_wall(Phase::Talk);
    for _ in 0..3 {
        windows.facilitator.key(Browser::RIGHT).unwrap();
    }
    let lead = windows.to_lead();
    lead.see_texts(".single-result .eyebrow", &["2 af 9"]).unwrap();
    lead.press("Frem ›").unwrap();
    windows.to_wall().see_texts(".scene .wall-question > p:first-child", &["Spørgsmål 2 af 3"]).unwrap();
    windows.check_marks();
    assert_no_errors(&[windows.to_lead()]);
    assert_no_errors(&[windows.to_wall()]);
}

#[test]
fn page_that_is_left_for_a_trial_comes_back_to_the_same_question() {
    let server = server();
    let windows = Windows::open(Engine::Chromium, &server);
    let facilitator = &windows.facilitator;
    go_to_phase(facilitator, Phase::Gather);
    windows.collect();
    show(facilitator);
    go_to_phase(facilitator, Phase::Talk);
    facilitator.go("Næste", "2 af 9").unwrap();
    facilitator.go("Næste", "3 af 9").unwrap();
    facilitator.write("Hvad beslutter I?", "Vi ringer, før vi skriver.").unwrap();
    let shown = windows.start_time(Phase::Talk);
    facilitator.go("Gør beslutningen til en prøvehandling", "Hvem er ansvarlig?").unwrap();
    facilitator.write("Hvem er ansvarlig?", "Mette").unwrap();
    set_day(facilitator, "Hvornår ser I på det igen?", "2099-03-15");
    facilitator.go("Opret prøvehandlingen", "Se prøvehandlingen").unwrap();
    facilitator.go("Se prøvehandlingen", "Det vil vi prøve").unwrap();
    facilitator.see_in("Hvem er ansvarlig?", "Mette").unwrap();
    windows.check_wall(&shown);
    windows.to_lead().go("workshoppen Personaledag i maj", "Hvad beslutter I?").unwrap();
    windows.check_lead(&shown);
    facilitator.see_texts(".single-result .eyebrow", &["3 af 9"]).unwrap();
    assert_no_errors(&[facilitator]);
}

#[test]
fn wall_fills_the_screen_and_leaves_it_by_a_key() {
    let server = server();
    let windows = Windows::open(Engine::Chromium, &server);
    let facilitator = windows.to_wall();
    facilitator.key('f').unwrap();
    facilitator.number("return document.fullscreenElement ? 1 : null;").unwrap();
    facilitator.key('f').unwrap();
    facilitator.number("return document.fullscreenElement ? null : 1;").unwrap();
    facilitator.key(Browser::ESCAPE).unwrap();
    facilitator.see("Svar på telefonen").unwrap();
    assert_no_errors(&[facilitator]);
}
