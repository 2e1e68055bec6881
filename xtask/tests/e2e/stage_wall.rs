//! The wall in every phase, on screens from a small projector to 4K: nothing scrolls, all text can be read from the back
//! of a room, and the QR code is read off a picture.

use std::ops::Range;

use kvalitetshjul::domain::svarkode::AnswerSheet;
use kvalitetshjul::domain::workshop::Phase;
use xtask::browser::{Browser, Engine, Media, Tab, Viewport};
use xtask::e2e::workshop::{
    give_sheets, go_to_phase, nine, open_room, open_room_called, open_room_on, open_wall, sheet, show,
};
use xtask::e2e::{assert_no_errors, server};
use xtask::server::Server;

/// The screens of projectors and laptops.
const SCREENS: [Viewport; 4] = [
    Viewport::LOW,
    Viewport::LAPTOP,
    Viewport::LARGE,
    Viewport { name: "3840x2160", width: 3840, height: 2160, is_phone: false },
];

/// The smallest text, as a share of the height of the screen.
const SMALLEST_TEXT: f64 = 0.03;

/// Finds what is wrong with the wall on the present screen. Returns the size of the smallest text in percent of the
/// height, and then one sentence for each fault.
///
/// A line of text counts with the height of its capital letters. What a frame cuts off is not seen, but a line must not
/// be cut through.
const LOOK: &str = "
    const root = document.documentElement;
    const faults = new Set();
    if (root.scrollHeight > innerHeight) faults.add(`the page is ${root.scrollHeight} px high`);
    if (root.scrollWidth > innerWidth) faults.add(`the page is ${root.scrollWidth} px wide`);
    const wall = document.querySelector('.scene > .wall');
    const edge = wall.getBoundingClientRect();
    if (Math.abs(edge.width - innerWidth) > 1 || Math.abs(edge.height - innerHeight) > 1) {
        faults.add(`the wall has ${edge.width} × ${edge.height} px`);
    }
    const isShown = node => !node.closest('.visually-hidden')
        && node.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    const cutByFrames = (box, node) => {
        const part = { ...box };
        for (let frame = node; frame !== wall; frame = frame.parentElement) {
            if (getComputedStyle(frame).overflowY === 'visible') continue;
            const inside = frame.getBoundingClientRect();
            part.left = Math.max(part.left, inside.left);
            part.right = Math.min(part.right, inside.right);
            part.top = Math.max(part.top, inside.top);
            part.bottom = Math.min(part.bottom, inside.bottom);
        }
        return part;
    };
    const lines = [];
    let smallest = Infinity;
    const nodes = document.createTreeWalker(wall, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (nodes.nextNode()) {
        const node = nodes.currentNode;
        const element = node.parentElement;
        if (!node.data.trim() || !isShown(element)) continue;
        const words = node.data.trim().slice(0, 40);
        if (element.closest('svg')) faults.add(`«${words}» is in a drawing, which may be stretched`);
        const size = parseFloat(getComputedStyle(element).fontSize);
        range.selectNodeContents(node);
        for (const box of range.getClientRects()) {
            const middle = (box.top + box.bottom) / 2;
            const ink = { left: box.left, right: box.right, top: middle - size * 0.35, bottom: middle + size * 0.35 };
            const part = cutByFrames(ink, element);
            if (part.right - part.left < 1 || part.bottom - part.top < 1) continue;
            smallest = Math.min(smallest, size);
            if (part.bottom - part.top < size * 0.7 - 1) faults.add(`a line of «${words}» is cut through`);
            const sticksOut = part.left < edge.left - 1 || part.right > edge.right + 1
                || part.top < edge.top - 1 || part.bottom > edge.bottom + 1;
            if (sticksOut) faults.add(`«${words}» sticks out of the wall`);
            lines.push({ ...part, node, words });
        }
        if (size < innerHeight * LEAST - 0.05) faults.add(`«${words}» is written in ${size} px`);
    }
    lines.forEach((one, index) => {
        for (const other of lines.slice(index + 1)) {
            const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
            const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
            if (one.node !== other.node && across > 1 && down > 1) {
                faults.add(`«${one.words}» and «${other.words}» lie over each other`);
            }
        }
    });
    return [String(smallest / innerHeight * 100), ...faults];";

/// A facilitator with the wall in a tab of its own.
struct LedWall {
    facilitator: Browser,
    lead: Tab,
    wall: Tab,
    /// The number of states of the wall that were looked at, each on every screen.
    states: usize,
    /// The size of the smallest text, in percent of the height.
    smallest: f64,
    faults: Vec<String>,
}

impl LedWall {
    /// Opens the wall of a facilitator whose page is the current tab, and returns to the page.
    fn open(facilitator: Browser, server: &Server) -> Self {
        let lead = facilitator.this_tab().unwrap();
        let wall = open_wall(&facilitator, server);
        facilitator.tab(&lead).unwrap();
        Self { facilitator, lead, wall, states: 0, smallest: f64::INFINITY, faults: Vec::new() }
    }

    /// Looks at the wall on every screen, as soon as a selector matches the expected texts there. The current tab is the
    /// facilitator's page, before and after.
    fn look(&mut self, state: &str, selector: &str, expected: &[&str]) {
        let facilitator = &self.facilitator;
        facilitator.tab(&self.wall).unwrap();
        facilitator.see_texts(&format!(".scene {selector}"), expected).unwrap();
        let look = format!("const LEAST = {SMALLEST_TEXT};\n{LOOK}");
        for screen in SCREENS {
            let found = facilitator.on_screen(screen, Media::Light, || facilitator.texts_of(&look)).unwrap();
            let (smallest, faults) = found.split_first().unwrap();
            self.smallest = self.smallest.min(smallest.parse().unwrap());
            self.faults.extend(faults.iter().map(|fault| format!("{state}, {}: {fault}", screen.name)));
        }
        self.states += 1;
        facilitator.tab(&self.lead).unwrap();
    }

    /// Presses a key on the wall, and returns to the facilitator's page.
    fn key(&self, key: char) {
        self.facilitator.tab(&self.wall).unwrap();
        self.facilitator.key(key).unwrap();
        self.facilitator.tab(&self.lead).unwrap();
    }

    /// Looks at the answers to each item, then at all answers, and then at the first question.
    fn look_at_answers(&mut self, instrument: &str, items: usize, labels: &[String]) {
        for rank in 1..=items {
            let foot = format!("{rank} af {items} · størst spredning først");
            self.look(&format!("{instrument}: answers {rank}"), ".wall-foot", &[&foot]);
            self.key(Browser::RIGHT);
        }
        let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
        self.look(&format!("{instrument}: all answers"), ".wall-overview .left", &labels);
        self.key(Browser::RIGHT);
        self.look(&format!("{instrument}: first question"), ".wall-phase", &["Drøft"]);
    }

    /// Writes decisions on items, by their ranks, and then looks at all decisions on the wall.
    fn decide(&mut self, ranks: &Range<usize>, decision: &str) {
        let facilitator = &self.facilitator;
        go_to_phase(facilitator, Phase::Talk);
        for rank in 0..ranks.end {
            facilitator.see_texts(".single-result .eyebrow", &[&format!("{} af 9", rank + 1)]).unwrap();
            if ranks.contains(&rank) {
                facilitator.write("Hvad beslutter I?", decision).unwrap();
            }
            if rank + 1 < ranks.end {
                facilitator.press("Næste").unwrap();
            }
        }
        go_to_phase(facilitator, Phase::Decide);
        let all = vec![decision; ranks.end];
        self.look(&format!("{} decisions", ranks.end), ".wall-decision", &all);
    }

    /// Fails if there was any fault.
    fn finish(self) {
        let Self { facilitator, states, smallest, faults, .. } = self;
        assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
        println!("{states} states of the wall on 4 screens: nothing scrolls or overlaps; least text {smallest:.2} %");
        assert_no_errors(&[&facilitator]);
    }
}

/// Returns a text of a number of characters.
fn text(sentence: &str, length: usize) -> String {
    let text: String = sentence.chars().cycle().take(length - 1).collect();
    // No white space at the end, which a page leaves out.
    format!("{}.", text.trim_end())
}

/// Holds a first workshop, so that the later one has something to compare with.
fn hold_earlier_workshop(facilitator: &Browser, server: &Server) {
    let (_, setup) = open_room(facilitator, server, "");
    go_to_phase(facilitator, Phase::Gather);
    let sheets: Vec<AnswerSheet> = (0..10).map(|person| AnswerSheet { group: 0, ..sheet(person) }).collect();
    give_sheets(facilitator, &setup, &sheets);
    show(facilitator);
    facilitator.see("Gemt i denne browser kl.").unwrap();
}

/// Tries long texts, many groups, an earlier workshop, a long note, and up to nine long decisions.
#[test]
fn wall_fits_every_screen_in_every_phase() {
    const TITLE: &str = "Personaledag i maj for dagtilbud, skole og familieområdet";
    const GROUPS: &str = "Vuggestue, Børnehave, Dagpleje, Indskoling, Mellemtrin, Udskoling, Familie";
    const SENTENCE: &str = "Vi vil gerne have mere ro i overgangene og aftaler, hvem der tager imod om morgenen; ";
    const PEOPLE: usize = 42;
    let server = server();
    let facilitator = Browser::start(Engine::Chromium).unwrap();
    hold_earlier_workshop(&facilitator, &server);
    let (_, setup) = open_room_called(&facilitator, &server, TITLE, &nine().title, GROUPS);
    facilitator.write("Cirka hvor mange er I?", "48").unwrap();
    let mut led_wall = LedWall::open(facilitator, &server);

    go_to_phase(&led_wall.facilitator, Phase::Welcome);
    led_wall.look("Velkommen", ".wall-phase", &["Velkommen"]);
    go_to_phase(&led_wall.facilitator, Phase::Answer);
    led_wall.look("Svar", ".wall-phase", &["Svar"]);
    go_to_phase(&led_wall.facilitator, Phase::Gather);
    // A seventh of the people belongs to each group, and all answer for the wished state.
    let of_group = |person: usize| {
        let wanted = (0..9).map(|item| Some(i8::try_from((person * 3 + item) % 7).unwrap() - 3)).collect();
        AnswerSheet { group: person % 7 + 1, wanted: Some(wanted), ..sheet(person) }
    };
    let sheets: Vec<AnswerSheet> = (0..PEOPLE).map(of_group).collect();
    give_sheets(&led_wall.facilitator, &setup, &sheets);
    led_wall.look("Saml ind", ".wall-count", &["42"]);
    led_wall.key('b');
    led_wall.look("dark", ".wall-dark", &["Væggen er mørk."]);
    led_wall.key('b');

    show(&led_wall.facilitator);
    let earlier = led_wall.facilitator.texts("#earlier option").unwrap();
    led_wall.facilitator.choose_in("Sammenlign med en tidligere workshop", &earlier[1]).unwrap();
    led_wall.look("then and now", ".wall-foot + p", &[&format!("Stregen er {}.", earlier[1])]);
    let order = led_wall.facilitator.texts(".result-items h2 .left").unwrap();
    assert_eq!(order.len(), 9);
    led_wall.look_at_answers("nine pairs", 9, &order);

    go_to_phase(&led_wall.facilitator, Phase::Talk);
    let note = text(SENTENCE, 400);
    led_wall.facilitator.write("Hvad blev der sagt?", &note).unwrap();
    for question in 1..=3 {
        led_wall.look(&format!("question {question} with a long note"), ".wall-note", &[&note]);
        led_wall.key(Browser::RIGHT);
    }
    let decision = text(SENTENCE, 200);
    go_to_phase(&led_wall.facilitator, Phase::Decide);
    led_wall.look("no decision", ".wall-decide .wall-huge", &["Hvad beslutter vi?"]);
    for ranks in [0..1, 1..5, 5..9] {
        led_wall.decide(&ranks, &decision);
    }
    led_wall.finish();
}

/// Tries the instruments with the most items and with the most points, in a rehearsal, whose mark is on the wall.
#[test]
fn wall_fits_every_screen_for_statements_and_weights() {
    let server = server();
    let facilitator = Browser::start(Engine::Chromium).unwrap();
    drop(open_room(&facilitator, &server, ""));
    let mut led_wall = LedWall::open(facilitator, &server);
    for instrument in ["De fire syn", "Organisatorisk medlemskab"] {
        led_wall.facilitator.press("Opgiv workshoppen").unwrap();
        led_wall.facilitator.go("Ja, opgiv workshoppen", "Ny workshop").unwrap();
        let (_, setup) = open_room_on(&led_wall.facilitator, &server, instrument, "Skole, Familie");
        led_wall.look(&format!("{instrument}: Svar"), ".wall-phase", &["Svar"]);
        go_to_phase(&led_wall.facilitator, Phase::Welcome);
        led_wall.facilitator.go("Prøv med 12 opdigtede svar", "Du prøver.").unwrap();
        led_wall.look(&format!("{instrument}: Saml ind"), ".wall-mark", &["Prøve: svarene er opdigtede"]);
        go_to_phase(&led_wall.facilitator, Phase::Welcome);
        led_wall.look(&format!("{instrument}: Velkommen"), ".wall-phase", &["Velkommen"]);
        show(&led_wall.facilitator);
        let labels = led_wall.facilitator.texts(".result-items h2").unwrap();
        let items = setup.instrument().unwrap().items.len();
        assert_eq!(labels.len(), items);
        led_wall.look_at_answers(instrument, items, &labels);
        go_to_phase(&led_wall.facilitator, Phase::Decide);
        led_wall.look(&format!("{instrument}: Beslut"), ".wall-phase", &["Beslut"]);
        led_wall.facilitator.go("Smid prøven væk", "Prøv med 12 opdigtede svar").unwrap();
    }
    led_wall.finish();
}

/// Reads the code with an independent reader, also as a bad camera sees it from the back of the room.
#[test]
fn code_on_the_wall_is_read_from_every_screen() {
    const SIDE: &str = "
        const box = document.querySelector('.scene .wall-qr svg').getBoundingClientRect();
        return Math.min(box.width, box.height);";
    let server = server();
    let facilitator = Browser::start(Engine::Chromium).unwrap();
    let (address, _) = open_room(&facilitator, &server, "Dagtilbud, Skole");
    open_wall(&facilitator, &server);
    facilitator.see_count(".scene .wall-qr svg", 1).unwrap();
    let mut unread = Vec::new();
    for screen in SCREENS {
        for media in [Media::Light, Media::Dark] {
            let look = || Ok((facilitator.number(SIDE)?, facilitator.scan_worn()?));
            let (side, texts) = facilitator.on_screen(screen, media, look).unwrap();
            let most = f64::from(screen.height) * 0.75 + 0.5;
            assert!((400.0..=most).contains(&side), "{side} px on {}", screen.name);
            let failed = texts.iter().filter(|(_, text)| *text != address);
            unread.extend(failed.map(|(picture, text)| format!("{} {picture}, {media:?}: {text}", screen.name)));
            println!("{}, {media:?}: the code is {side:.0} px wide", screen.name);
        }
    }
    assert!(unread.is_empty(), "{unread:#?}");
    println!("the code of {} characters is read from {} pictures of 4 screens", address.len(), 8 * 4);
    assert_no_errors(&[&facilitator]);
}
