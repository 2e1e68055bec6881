//! Every page on screens of given sizes, at every scroll position: nothing is covered, cut, or too small to be read or
//! hit.

use xtask::browser::{Browser, Engine, Media, Viewport};
use xtask::e2e::{UserRole, assert_no_errors, go_to, go_to_unit, server, start_as, wait_until_saved};
use xtask::pages;

/// Checks two phones with touch, and a laptop. The wall of a workshop is never on a phone: `stage_wall` checks it on
/// large screens.
#[test]
fn nothing_is_covered_cut_or_too_small_on_any_page() {
    const SCREENS: [Viewport; 3] = [Viewport::LAPTOP, Viewport::PHONE, Viewport::SMALL_PHONE];
    // The small copy of the wall is a picture, whose text is not to be read.
    const HIDE_PICTURE: &str =
        "document.querySelectorAll('.wall-preview').forEach(picture => { picture.style.visibility = 'hidden'; });";
    const SHOW_PICTURE: &str =
        "document.querySelectorAll('.wall-preview').forEach(picture => { picture.style.visibility = ''; });";
    let server = server();
    let person = Browser::start(Engine::Chromium).unwrap();
    let (mut count, mut faults) = (0, Vec::new());
    pages::each(&server, &person, |name| {
        person.run(HIDE_PICTURE)?;
        for screen in SCREENS.into_iter().take(if name.starts_with("scene") { 1 } else { SCREENS.len() }) {
            let found = person.layout_faults(screen)?;
            faults.extend(found.into_iter().map(|fault| format!("{name}, {}: {fault}", screen.name)));
        }
        person.run(SHOW_PICTURE)?;
        count += 1;
        Ok(())
    })
    .unwrap();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    println!("{count} pages on two phones and a laptop: nothing is covered, cut or too small");
    assert_no_errors(&[&person]);
}

/// Puts each kind of fault into a page, to show that the test above finds faults.
#[test]
fn each_sort_of_fault_is_found() {
    #[track_caller]
    fn check(person: &Browser, screen: Viewport, plant: &str, expected: &[&str]) {
        person
            .run(&format!(
                "const planted = document.createElement('div');
            planted.className = 'planted';
            document.querySelector('main').prepend(planted);
            {plant}"
            ))
            .unwrap();
        let faults = person.layout_faults(screen).unwrap();
        person.run("document.querySelectorAll('.planted').forEach(node => node.remove());").unwrap();
        for words in expected {
            assert!(faults.iter().any(|fault| fault.contains(words)), "«{words}» is not among {faults:?}");
        }
        assert_eq!(faults.is_empty(), expected.is_empty(), "{faults:?}");
    }
    let server = server();
    let person = start_as(Engine::Chromium, &server, UserRole::leader(UserRole::LEVEL_4, "Børnehuset Solstrålen"));
    go_to(&person, &server, "#/enheder");
    person.wait_for_page().unwrap();
    let (phone, laptop) = (Viewport::PHONE, Viewport::LAPTOP);
    check(&person, phone, "", &[]);
    check(&person, laptop, "", &[]);
    let cover = "planted.style.cssText = 'position: fixed; inset: auto 0 0; height: 30px; z-index: 9';
        document.body.append(planted);";
    check(&person, phone, cover, &["navigation", "is covered by div.planted"]);
    check(&person, laptop, cover, &["status-bar", "is covered by div.planted"]);
    let wide = "planted.textContent = 'Bredt'; planted.style.cssText = 'width: 400px; height: 9px';";
    check(&person, phone, wide, &["the page is 41", "div.planted «Bredt» reaches from 16 to 416 px"]);
    check(&person, laptop, wide, &[]);
    let scrolled = "planted.style.cssText = 'overflow-x: auto';
        planted.append(document.createElement('div'));
        planted.firstChild.style.cssText = 'width: 900px; height: 9px';";
    check(&person, phone, scrolled, &[]);
    let small = "planted.textContent = 'Småt'; planted.style.fontSize = '11px';";
    check(&person, laptop, small, &["div.planted «Småt» is written in 11 px, at least 12"]);
    let drawing =
        "planted.innerHTML = `<svg class='drawn' viewBox='0 0 200 20'><text y='15' x='150'>Sidste måned</text></svg>`;
        planted.firstChild.style.cssText = 'display: block; width: 100px; font-size: 16px';";
    check(&person, phone, drawing, &["text «Sidste måned» is written in 8 px, at least 11", "cut at the edge"]);
    let target = "planted.innerHTML = '<a class=dot href=\"#/\">.</a>';
        planted.firstChild.style.cssText = 'display: block; width: 20px; height: 30px';";
    check(&person, phone, target, &["a.dot «.» can be hit on 20 × 30 px only"]);
    let sentence = "planted.innerHTML = '<p>En <a href=\"#/\">i</a> sætning</p>';";
    check(&person, phone, sentence, &[]);
    assert_no_errors(&[&person]);
}

/// On a phone the status bar takes one line as long as all is well, and it does not cover the text being typed.
#[test]
fn status_bar_is_one_line_on_a_phone() {
    const HEIGHT: &str = "return document.querySelector('.status-bar').getBoundingClientRect().height;";
    let server = server();
    let person = start_as(Engine::Chromium, &server, UserRole::leader(UserRole::LEVEL_4, "Børnehuset Solstrålen"));
    go_to_unit(&person, "Børnehuset Solstrålen");
    person.write("Enhedens navn", "Børnehuset Solstrålen ved den lange strand").unwrap();
    wait_until_saved(&person);
    person.see_count(".undo-button", 1).unwrap();
    for screen in [Viewport::PHONE, Viewport::SMALL_PHONE] {
        let height = person.on_screen(screen, Media::Light, || person.number(HEIGHT)).unwrap();
        assert!(height <= 45.0, "{height} px at {}", screen.name);
    }
    assert_no_errors(&[&person]);
}
