//! A film of codes that are held up one after the other, which the page's own reader reads: Chromium on Linux has none.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use kvalitetshjul::domain::svarkode::{AnswerSheet, format_code};
use kvalitetshjul::domain::workshop::{Phase, Setup};
use xtask::browser::{Browser, Engine};
use xtask::build::dist;
use xtask::e2e::workshop::{go_to_phase, open_room, reader_requests, sheet, wait_for_reader, wait_until_loaded};
use xtask::e2e::{assert_no_errors, go_to, server};

/// Returns the path of the film of a test. No two tests share a film.
fn film(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("kvalitetshjul-film-{name}-{}.y4m", std::process::id()))
}

/// Films the codes of some people in a workshop without groups, as their phones show them.
fn film_people(film: &Path, setup: &Setup, people: usize) {
    let codes = setup.codes().unwrap();
    let code = |person: usize| format_code(&codes.encode(&AnswerSheet { group: 0, ..sheet(person) }));
    Browser::film_codes(film, &(0..people).map(code).collect::<Vec<_>>()).unwrap();
}

/// Returns the size of the reader's files in the bundle, in bytes.
fn reader_size() -> u64 {
    let files = std::fs::read_dir(dist()).unwrap().flatten();
    let files = files.filter(|file| file.file_name().to_string_lossy().contains("scanner"));
    files.map(|file| file.metadata().unwrap().len()).sum()
}

/// Returns the number of answers that were counted.
fn counted(facilitator: &Browser) -> usize {
    facilitator.texts(".answer-total").unwrap().concat().parse().unwrap_or_default()
}

#[test]
fn camera_needs_no_network_once_the_room_is_open() {
    const PEOPLE: usize = 6;
    let server = server();
    let film = film("offline");
    let facilitator = Browser::start_with_camera(&film).unwrap();
    let (_, setup) = open_room(&facilitator, &server, "");
    wait_until_loaded(&facilitator);
    wait_for_reader(&facilitator, &server);
    film_people(&film, &setup, PEOPLE);
    facilitator.set_offline(true).unwrap();
    go_to_phase(&facilitator, Phase::Gather);
    facilitator.press("Scan med kameraet").unwrap();
    facilitator.wait_for("the codes of the film", || Ok(counted(&facilitator) == PEOPLE)).unwrap();
    facilitator.press("Luk kameraet").unwrap();
    facilitator.see_count("video", 0).unwrap();
    std::fs::remove_file(&film).unwrap();
    // Chromium asks for the icon, for its own sign that the camera is on.
    let complaints = facilitator.complaints().unwrap();
    assert!(complaints.iter().all(|words| words.contains("/icon-")), "{complaints:?}");
}

/// A participant's phone never needs the reader.
#[test]
fn reader_is_not_fetched_by_a_phone() {
    let server = server();
    let phone = Browser::start(Engine::Chromium).unwrap();
    go_to(&phone, &server, "#/svar/k7qm1234~modsaetninger~2~Personaledag");
    phone.go("Begynd", "1 af 9").unwrap();
    assert_eq!(reader_requests(&server), Vec::<String>::new());
    assert_no_errors(&[&phone]);
}

mod timing {
    use super::*;

    /// The number of codes in the film.
    const CODES: usize = 40;
    /// The number of codes that must be read.
    const FEWEST: usize = 39;
    /// The time in which they must be read.
    const LIMIT: Duration = Duration::from_mins(3);

    #[test]
    fn film_of_forty_codes_is_read_within_three_minutes() {
        let server = server();
        let film = film("forty");
        let facilitator = Browser::start_with_camera(&film).unwrap();
        go_to(&facilitator, &server, "#/refleksion");
        facilitator.see("Ni modsætninger").unwrap();
        assert_eq!(reader_requests(&server), Vec::<String>::new(), "the reader is fetched before it can be used");
        let (_, setup) = open_room(&facilitator, &server, "");
        wait_for_reader(&facilitator, &server);
        film_people(&film, &setup, CODES);
        go_to_phase(&facilitator, Phase::Gather);
        facilitator.press("Scan med kameraet").unwrap();
        let begun = Instant::now();
        let is_read = || Ok(counted(&facilitator) >= FEWEST);
        // Each turn waits for half a minute at most.
        while begun.elapsed() < LIMIT && facilitator.wait_for("the codes of the film", is_read).is_err() {}
        let (read, seconds) = (counted(&facilitator), begun.elapsed().as_secs());
        let requests = reader_requests(&server).len();
        println!(
            "{read} of {CODES} codes, held up for 2 s each, read after {seconds} s; the reader has {} bytes, \
            fetched in {requests} requests, and 0 before the pages of workshops",
            reader_size()
        );
        facilitator.press("Luk kameraet").unwrap();
        facilitator.see_count("video", 0).unwrap();
        std::fs::remove_file(&film).unwrap();
        assert!((FEWEST..=CODES).contains(&read), "{read} codes are read after {seconds} s");
        assert!(requests > 0 && begun.elapsed() < LIMIT + Duration::from_secs(30));
        assert_no_errors(&[&facilitator]);
    }
}
