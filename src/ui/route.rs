//! Where the user is, as the fragment of the address. It works on any host and in any folder, and no server sees it.

use std::fmt;

use crate::domain::date::Date;
use crate::domain::id::Id;

/// Where the user is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The front page.
    Overblik,
    /// The wheel.
    Hjulet,
    /// An element of the wheel, by its id in the foundation.
    Element(String),
    /// The secretariat's package of the cycle: to be read, or to be made.
    Datapakke {
        /// To be made.
        is_made: bool,
    },
    /// The units under the person: where they are, and what waits.
    MineEnheder,
    /// The figures of the unit that is looked at.
    Indikatorer,
    /// The sheet to write figures in.
    Skema,
    /// Figures from a spreadsheet.
    Hent,
    /// Units beside one another.
    Enhedstal,
    /// The patterns in the figures.
    Moenstre,
    /// An indicator of the unit that is looked at, by its id.
    Indikator(String),
    /// Agreements: one, and a part of its page; where nothing is said those of the unit that is looked at.
    Aftale {
        /// The agreement.
        id: Option<Id>,
        /// The part: a goal, a version, or what the page calls it.
        part: Option<String>,
    },
    /// The conversation of a unit; where none is named of the one that is looked at. A part: a topic shown large.
    Samtale {
        /// The unit.
        unit: Option<Id>,
        /// The part.
        part: Option<String>,
    },
    /// The status halfway through an agreement; where none is named all that are here.
    Midtvejs(Option<Id>),
    /// Quality reports: one, and a part of its page; where nothing is said the ways to begin.
    Rapport {
        /// The report.
        id: Option<Id>,
        /// The part.
        part: Option<String>,
    },
    /// The unit's own trials.
    Praksis,
    /// A trial.
    Proevehandling(Id),
    /// The person's own reflections.
    Refleksion,
    /// A reflection on an instrument; a new one where none is named.
    Reflection {
        /// The instrument.
        instrument: String,
        /// The reflection.
        id: Option<Id>,
    },
    /// An instrument of a unit's own; a new one where none is named.
    OwnInstrument(Option<Id>),
    /// A statement made concrete, with ideas; a new one where none is named.
    Pyramide(Option<Id>),
    /// Workshops: setting one up, and those that were held.
    Workshops,
    /// The workshop that is being run here.
    Room,
    /// What came of a workshop.
    Workshop(Id),
    /// Taking part in a workshop.
    Join {
        /// What its link carries.
        link: String,
        /// The code of answers, where the link brings one.
        code: Option<String>,
    },
    /// The foundation: an edition, and in it an item; where nothing is said the present one, and its contents.
    Fundament {
        /// The edition.
        edition: Option<String>,
        /// The item.
        item: Option<String>,
    },
    /// The foundation in ten minutes: a step, from 1.
    Ny(usize),
    /// The units of this browser, and who uses it.
    Enheder,
    /// A unit.
    Enhed(Id),
    /// Files, earlier states, space, and the way to delete everything.
    Filer,
    /// The open choices.
    Valg,
    /// What changed in this browser.
    Historik,
    /// How everything was at another time, or what a file holds: to be looked at.
    Dengang,
    /// What was deleted.
    Papirkurv,
    /// Every component in all its states: where the look is judged.
    Galleri,
    /// An address that leads nowhere, as it stands.
    Unknown(String),
}

impl Route {
    /// The front page as the rescue page leads to it: nothing is to be written, as long as the page is open.
    pub const WITHOUT_SAVING: &'static str = "#/uden-at-gemme";

    /// Reads the fragment, with or without its `#`, but for the question at its end.
    pub fn parse(fragment: &str) -> Self {
        let path = fragment.trim_start_matches('#').split('?').next().unwrap_or_default();
        let steps: Vec<&str> = path.split('/').filter(|step| !step.is_empty()).collect();
        let unknown = || Self::Unknown(path.to_owned());
        let name = |text: &str| Some(text.to_owned());
        match *steps.as_slice() {
            [] | ["uden-at-gemme"] => Self::Overblik,
            ["hjulet"] => Self::Hjulet,
            ["hjulet", element] => Self::Element(element.to_owned()),
            ["datapakke"] => Self::Datapakke { is_made: false },
            ["datapakke", "lav"] => Self::Datapakke { is_made: true },
            ["enheder", "mine"] => Self::MineEnheder,
            ["indikatorer"] => Self::Indikatorer,
            ["indikatorer", "skema"] => Self::Skema,
            ["indikatorer", "hent"] => Self::Hent,
            ["indikatorer", "enheder"] => Self::Enhedstal,
            ["indikatorer", "moenstre"] => Self::Moenstre,
            ["indikator", id] => Self::Indikator(id.to_owned()),
            ["aftale"] => Self::Aftale { id: None, part: None },
            ["aftale", id] => Id::parse(id).map_or_else(unknown, |id| Self::Aftale { id: Some(id), part: None }),
            ["aftale", id, part] => {
                Id::parse(id).map_or_else(unknown, |id| Self::Aftale { id: Some(id), part: name(part) })
            }
            ["samtale"] => Self::Samtale { unit: None, part: None },
            ["samtale", unit] => {
                Id::parse(unit).map_or_else(unknown, |unit| Self::Samtale { unit: Some(unit), part: None })
            }
            ["samtale", unit, part] => {
                Id::parse(unit).map_or_else(unknown, |unit| Self::Samtale { unit: Some(unit), part: name(part) })
            }
            ["midtvejs"] => Self::Midtvejs(None),
            ["midtvejs", id] => Id::parse(id).map_or_else(unknown, |id| Self::Midtvejs(Some(id))),
            ["rapport"] => Self::Rapport { id: None, part: None },
            ["rapport", id] => Id::parse(id).map_or_else(unknown, |id| Self::Rapport { id: Some(id), part: None }),
            ["rapport", id, part] => {
                Id::parse(id).map_or_else(unknown, |id| Self::Rapport { id: Some(id), part: name(part) })
            }
            ["praksis"] => Self::Praksis,
            ["praksis", id] => Id::parse(id).map_or_else(unknown, Self::Proevehandling),
            ["refleksion"] => Self::Refleksion,
            ["refleksion", instrument] => Self::Reflection { instrument: instrument.to_owned(), id: None },
            ["refleksion", instrument, id] => Id::parse(id)
                .map_or_else(unknown, |id| Self::Reflection { instrument: instrument.to_owned(), id: Some(id) }),
            ["redskab"] => Self::OwnInstrument(None),
            ["redskab", id] => Id::parse(id).map_or_else(unknown, |id| Self::OwnInstrument(Some(id))),
            ["pyramide"] => Self::Pyramide(None),
            ["pyramide", id] => Id::parse(id).map_or_else(unknown, |id| Self::Pyramide(Some(id))),
            ["workshop"] => Self::Workshops,
            ["workshop", "rum"] => Self::Room,
            ["workshop", id] => Id::parse(id).map_or_else(unknown, Self::Workshop),
            ["svar", link] => Self::Join { link: link.to_owned(), code: None },
            ["svar", link, code] => Self::Join { link: link.to_owned(), code: name(code) },
            ["fundament"] => Self::Fundament { edition: None, item: None },
            ["fundament", edition] => Self::Fundament { edition: name(edition), item: None },
            ["fundament", edition, item] => Self::Fundament { edition: name(edition), item: name(item) },
            ["ny"] => Self::Ny(1),
            ["ny", step] => step.parse().ok().filter(|step| *step > 0).map_or_else(unknown, Self::Ny),
            ["enheder"] => Self::Enheder,
            ["enhed", id] => Id::parse(id).map_or_else(unknown, Self::Enhed),
            ["filer"] => Self::Filer,
            ["valg"] => Self::Valg,
            ["historik"] => Self::Historik,
            ["dengang"] => Self::Dengang,
            ["papirkurv"] => Self::Papirkurv,
            ["galleri"] => Self::Galleri,
            _ => unknown(),
        }
    }

    /// Where an item of the foundation is read.
    pub fn item(edition: &str, item: &str) -> Self {
        Self::Fundament { edition: Some(edition.to_owned()), item: Some(item.to_owned()) }
    }

    /// What the app needs to know of the page at this route: the one table of pages.
    pub const fn page(&self) -> Page {
        use {Chunk as C, NavItem as N, PageGroup as G, StyleArea as A};
        match self {
            Self::Overblik => Page::new("Overblik", G::Setup, C::First, Some(N::Overview), A::Common),
            Self::Hjulet => Page::new("Hjulet", G::Wheel, C::First, Some(N::Wheel), A::Common),
            Self::Element(_) => Page::new("Hjulet", G::Wheel, C::Reading, Some(N::Wheel), A::Common),
            Self::Datapakke { .. } => Page::new("Hjulet", G::Agreement, C::Agreement, Some(N::Wheel), A::Agreement),
            Self::Indikatorer | Self::Indikator(_) | Self::Skema | Self::Hent | Self::Enhedstal | Self::Moenstre => {
                Page::new("Indikatorer", G::Figures, C::Figures, Some(N::Figures), A::Figures)
            }
            Self::Aftale { .. } | Self::Midtvejs(_) | Self::Samtale { .. } => {
                Page::new("Aftale", G::Agreement, C::Agreement, Some(N::Agreement), A::Agreement)
            }
            Self::Rapport { .. } => Page::new("Kvalitetsrapport", G::Agreement, C::Report, Some(N::Report), A::Report),
            Self::Praksis | Self::Proevehandling(_) => {
                Page::new("Praksis", G::Practice, C::Practice, Some(N::Trials), A::Practice)
            }
            Self::Refleksion | Self::Reflection { .. } | Self::OwnInstrument(_) | Self::Pyramide(_) => {
                Page::new("Refleksion", G::Practice, C::Practice, Some(N::Reflection), A::Practice)
            }
            Self::Workshops | Self::Room | Self::Workshop(_) => {
                Page::new("Refleksion", G::Practice, C::Workshop, Some(N::Reflection), A::Practice)
            }
            Self::Join { .. } => Page::new("Refleksion", G::Practice, C::Join, Some(N::Reflection), A::Practice),
            Self::Fundament { .. } => Page::new("Fundament", G::Setup, C::Reading, Some(N::Fundament), A::Common),
            Self::Ny(_) => Page::new("Ny i Børn & Unge", G::Setup, C::Reading, None, A::Common),
            Self::Enheder | Self::Enhed(_) => Page::new("Enheder", G::Setup, C::Units, Some(N::Units), A::Common),
            Self::MineEnheder => Page::new("Enheder", G::Setup, C::Units, Some(N::Units), A::Agreement),
            Self::Filer => Page::new("Filer", G::Data, C::Files, Some(N::Files), A::Common),
            Self::Valg => Page::new("Åbne valg", G::Data, C::Data, None, A::Common),
            Self::Historik => Page::new("Historik", G::Data, C::Data, None, A::Common),
            Self::Dengang => Page::new("Dengang", G::Data, C::Data, None, A::Common),
            Self::Papirkurv => Page::new("Papirkurv", G::Data, C::Data, None, A::Common),
            Self::Galleri => Page::new("Galleri", G::Setup, C::Gallery, None, A::Gallery),
            Self::Unknown(_) => Page::new("Siden findes ikke", G::Setup, C::First, None, A::Common),
        }
    }
}

/// What the app needs to know of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// What the page is called, in the browser's title and by screen readers.
    pub title: &'static str,
    /// The folder of `pages` that the page lies in.
    pub group: PageGroup,
    /// The code that must be fetched before the page can be shown.
    pub chunk: Chunk,
    /// The navigation item that is marked as current while the page is shown.
    pub nav: Option<NavItem>,
    /// The style rules that apply to the page.
    pub area: StyleArea,
}

impl Page {
    const fn new(title: &'static str, group: PageGroup, chunk: Chunk, nav: Option<NavItem>, area: StyleArea) -> Self {
        Self { title, group, chunk, nav, area }
    }
}

/// A group of pages: a folder of `pages`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageGroup {
    /// The wheel and its elements.
    Wheel,
    /// Indicators and everything that is done with figures.
    Figures,
    /// Data package, conversation, agreement, midterm status, report.
    Agreement,
    /// Trials, reflection, workshops.
    Practice,
    /// Files, open choices, history, trash.
    Data,
    /// Front page, units, foundation, gallery.
    Setup,
}

/// Code that is fetched together. Each chunk but the first is fetched when one of its pages is first shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chunk {
    /// What every visit fetches.
    First,
    /// An element of the wheel; the foundation.
    Reading,
    /// The figures.
    Figures,
    /// Data package, conversation, agreement, midterm status.
    Agreement,
    /// The quality report.
    Report,
    /// Trials, reflection, own instruments, the pyramid.
    Practice,
    /// A workshop, as its facilitator sees it.
    Workshop,
    /// A workshop, as a participant sees it on a phone.
    Join,
    /// The units.
    Units,
    /// The page of files.
    Files,
    /// Open choices, history, earlier states, trash.
    Data,
    /// What came of opening a file. It is shown above any page.
    ImportReport,
    /// The component gallery.
    Gallery,
}

impl Chunk {
    /// Every chunk, the first one first.
    pub const ALL: [Self; 13] = [
        Self::First,
        Self::Reading,
        Self::Figures,
        Self::Agreement,
        Self::Report,
        Self::Practice,
        Self::Workshop,
        Self::Join,
        Self::Units,
        Self::Files,
        Self::Data,
        Self::ImportReport,
        Self::Gallery,
    ];
}

/// An item of the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NavItem {
    /// The front page.
    Overview,
    /// The wheel.
    Wheel,
    /// The figures.
    Figures,
    /// The agreement.
    Agreement,
    /// The trials.
    Trials,
    /// Reflection and workshops.
    Reflection,
    /// The quality report.
    Report,
    /// The foundation.
    Fundament,
    /// The files.
    Files,
    /// The units.
    Units,
}

impl NavItem {
    /// Every item, in the order of the navigation.
    pub const ALL: [Self; 10] = [
        Self::Overview,
        Self::Wheel,
        Self::Figures,
        Self::Agreement,
        Self::Trials,
        Self::Reflection,
        Self::Report,
        Self::Fundament,
        Self::Files,
        Self::Units,
    ];

    /// Where the item leads, and what it is called.
    pub const fn target(self) -> (Route, &'static str) {
        match self {
            Self::Overview => (Route::Overblik, "Overblik"),
            Self::Wheel => (Route::Hjulet, "Hjulet"),
            Self::Figures => (Route::Indikatorer, "Indikatorer"),
            Self::Agreement => (Route::Aftale { id: None, part: None }, "Aftale"),
            Self::Trials => (Route::Praksis, "Praksis"),
            Self::Reflection => (Route::Refleksion, "Refleksion"),
            Self::Report => (Route::Rapport { id: None, part: None }, "Rapport"),
            Self::Fundament => (Route::Fundament { edition: None, item: None }, "Fundament"),
            Self::Files => (Route::Filer, "Filer"),
            Self::Units => (Route::Enheder, "Enheder"),
        }
    }
}

/// The style rules that apply to a page beside the common ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StyleArea {
    /// None but the common ones.
    Common,
    /// Those of figures.
    Figures,
    /// Those of the agreement.
    Agreement,
    /// Those of the report.
    Report,
    /// Those of practice.
    Practice,
    /// Those of all areas: the gallery shows every component.
    Gallery,
}

impl StyleArea {
    /// The area's name in the style sheets.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Common => "",
            Self::Figures => "figures",
            Self::Agreement => "agreement",
            Self::Report => "report",
            Self::Practice => "practice",
            Self::Gallery => "gallery",
        }
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Overblik => f.write_str("#/"),
            Self::Hjulet => f.write_str("#/hjulet"),
            Self::Element(element) => write!(f, "#/hjulet/{element}"),
            Self::Datapakke { is_made: false } => f.write_str("#/datapakke"),
            Self::Datapakke { is_made: true } => f.write_str("#/datapakke/lav"),
            Self::MineEnheder => f.write_str("#/enheder/mine"),
            Self::Indikatorer => f.write_str("#/indikatorer"),
            Self::Skema => f.write_str("#/indikatorer/skema"),
            Self::Hent => f.write_str("#/indikatorer/hent"),
            Self::Enhedstal => f.write_str("#/indikatorer/enheder"),
            Self::Moenstre => f.write_str("#/indikatorer/moenstre"),
            Self::Indikator(id) => write!(f, "#/indikator/{id}"),
            Self::Aftale { id: Some(id), part: Some(part) } => write!(f, "#/aftale/{id}/{part}"),
            Self::Aftale { id: Some(id), .. } => write!(f, "#/aftale/{id}"),
            Self::Aftale { .. } => f.write_str("#/aftale"),
            Self::Samtale { unit: Some(unit), part: Some(part) } => write!(f, "#/samtale/{unit}/{part}"),
            Self::Samtale { unit: Some(unit), .. } => write!(f, "#/samtale/{unit}"),
            Self::Samtale { .. } => f.write_str("#/samtale"),
            Self::Midtvejs(Some(id)) => write!(f, "#/midtvejs/{id}"),
            Self::Midtvejs(None) => f.write_str("#/midtvejs"),
            Self::Rapport { id: Some(id), part: Some(part) } => write!(f, "#/rapport/{id}/{part}"),
            Self::Rapport { id: Some(id), .. } => write!(f, "#/rapport/{id}"),
            Self::Rapport { .. } => f.write_str("#/rapport"),
            Self::Praksis => f.write_str("#/praksis"),
            Self::Proevehandling(id) => write!(f, "#/praksis/{id}"),
            Self::Refleksion => f.write_str("#/refleksion"),
            Self::Reflection { instrument, id: Some(id) } => write!(f, "#/refleksion/{instrument}/{id}"),
            Self::Reflection { instrument, .. } => write!(f, "#/refleksion/{instrument}"),
            Self::OwnInstrument(Some(id)) => write!(f, "#/redskab/{id}"),
            Self::OwnInstrument(None) => f.write_str("#/redskab"),
            Self::Pyramide(Some(id)) => write!(f, "#/pyramide/{id}"),
            Self::Pyramide(None) => f.write_str("#/pyramide"),
            Self::Workshops => f.write_str("#/workshop"),
            Self::Room => f.write_str("#/workshop/rum"),
            Self::Workshop(id) => write!(f, "#/workshop/{id}"),
            Self::Join { link, code: Some(code) } => write!(f, "#/svar/{link}/{code}"),
            Self::Join { link, .. } => write!(f, "#/svar/{link}"),
            Self::Fundament { edition: Some(edition), item: Some(item) } => write!(f, "#/fundament/{edition}/{item}"),
            Self::Fundament { edition: Some(edition), .. } => write!(f, "#/fundament/{edition}"),
            Self::Fundament { .. } => f.write_str("#/fundament"),
            Self::Ny(step) => write!(f, "#/ny/{step}"),
            Self::Enheder => f.write_str("#/enheder"),
            Self::Enhed(id) => write!(f, "#/enhed/{id}"),
            Self::Galleri => f.write_str("#/galleri"),
            Self::Filer => f.write_str("#/filer"),
            Self::Valg => f.write_str("#/valg"),
            Self::Historik => f.write_str("#/historik"),
            Self::Dengang => f.write_str("#/dengang"),
            Self::Papirkurv => f.write_str("#/papirkurv"),
            Self::Unknown(path) => write!(f, "#{path}"),
        }
    }
}

/// The day that an address asks to see the app on: `?dato=2026-03-15`.
///
/// # Errors
/// It asks for a day that is none, or lies outside the years the wheel is sure of: a Danish sentence.
pub fn day(fragment: &str) -> Option<Result<Date, String>> {
    const YEARS: std::ops::RangeInclusive<u16> = 1990..=2100;
    let (_, question) = fragment.split_once('?')?;
    let asked = question.split('&').find_map(|part| part.strip_prefix("dato="))?;
    let day = Date::parse(asked).filter(|day| YEARS.contains(&day.year()));
    Some(day.ok_or_else(|| {
        format!("Adressen beder om datoen «{asked}», men en dato skrives som 2026-03-15 og ligger mellem 1990 og 2100. Du ser siden, som den er i dag.")
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_reads_back() {
        for address in [
            "#/",
            "#/hjulet",
            "#/hjulet/kvalitetssamtale",
            "#/datapakke",
            "#/datapakke/lav",
            "#/enheder/mine",
            "#/indikatorer",
            "#/indikatorer/skema",
            "#/indikatorer/hent",
            "#/indikatorer/enheder",
            "#/indikatorer/moenstre",
            "#/indikator/fravaer",
            "#/aftale",
            "#/aftale/7f3a",
            "#/aftale/7f3a/om",
            "#/aftale/__proto__",
            "#/samtale",
            "#/samtale/7f3a",
            "#/samtale/7f3a/hoejt-fravaer",
            "#/midtvejs",
            "#/midtvejs/7f3a",
            "#/rapport",
            "#/rapport/7f3a.rapport-2025",
            "#/rapport/rapport-2025/udskrift",
            "#/praksis",
            "#/praksis/7f3a",
            "#/refleksion",
            "#/refleksion/modsaetninger",
            "#/refleksion/modsaetninger/7f3a",
            "#/pyramide",
            "#/pyramide/7f3a",
            "#/workshop",
            "#/workshop/rum",
            "#/workshop/7f3a",
            "#/svar/7f3a~modsaetninger~2~Vores%20praksis~Skole",
            "#/svar/7f3a~modsaetninger~2~Vores%20praksis~Skole/K7QM3XPD",
            "#/fundament",
            "#/fundament/bu-11",
            "#/fundament/bu-12/boernesyn",
            "#/ny/3",
            "#/enheder",
            "#/enhed/7f3a",
            "#/filer",
            "#/valg",
            "#/historik",
            "#/dengang",
            "#/papirkurv",
            "#/galleri",
            "#/findes/ikke",
            "#/enhed/__proto__",
            "#/ny/0",
        ] {
            assert_eq!(Route::parse(address).to_string(), address);
        }
        for (address, route) in [
            ("", Route::Overblik),
            ("#", Route::Overblik),
            ("#/?dato=2026-03-15", Route::Overblik),
            ("#/hjulet/?dato=x", Route::Hjulet),
            (Route::WITHOUT_SAVING, Route::Overblik),
            ("#/enhed/7f3a/", Route::Enhed(Id::parse("7f3a").unwrap())),
            ("#/enhed", Route::Unknown("/enhed".to_owned())),
            ("#/ny/-1", Route::Unknown("/ny/-1".to_owned())),
            ("#/enhed/<script>", Route::Unknown("/enhed/<script>".to_owned())),
        ] {
            assert_eq!(Route::parse(address), route, "{address}");
        }
    }

    #[test]
    fn every_navigation_item_leads_to_a_page_that_marks_it() {
        for item in NavItem::ALL {
            assert_eq!(item.target().0.page().nav, Some(item));
        }
    }

    #[test]
    fn wheel_an_address_may_ask_for_another_day() {
        let asked = |fragment| day(fragment).map(|day| day.map(|day| day.to_string()).map_err(drop));
        assert_eq!(asked("#/hjulet?dato=2026-03-15"), Some(Ok("2026-03-15".to_owned())));
        assert_eq!(asked("#/?x=1&dato=2100-12-31"), Some(Ok("2100-12-31".to_owned())));
        for none in ["#/hjulet", "", "#/?x=1"] {
            assert_eq!(asked(none), None, "{none}");
        }
        for bad in ["#/?dato=", "#/?dato=2026-02-30", "#/?dato=1989-12-31", "#/?dato=2101-01-01", "#/?dato=i morgen"] {
            assert_eq!(asked(bad), Some(Err(())), "{bad}");
        }
    }
}
