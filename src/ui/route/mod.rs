//! The address of a page, read from the fragment of the URL and written back to it.
//!
//! A fragment works on any host and in any folder, and the browser sends it to no server.
//!
//! | file | purpose |
//! | --- | --- |
//! | this one | [`Route`]: what the address says, and the day that it asks for |
//! | `page` | [`Page`]: title, page group, chunk, navigation item and style area of each route |
//! | `help` | the help for each page: users and purpose, the first step, and the storage of the entered text |

use std::fmt;

use crate::domain::date::Date;
use crate::domain::id::Id;

mod help;
mod page;

pub use page::{Chunk, NavItem, Page, PageGroup, StyleArea};

/// The page that an address names, with its parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The front page.
    Overblik,
    /// The wheel.
    Hjulet,
    /// An element of the wheel, by its id in the foundation.
    Element(String),
    /// The data package of the secretariat for the current cycle.
    Datapakke {
        /// Whether the page to edit the package is shown, instead of the package.
        is_editing: bool,
    },
    /// The answers of the forums on the data package; with a forum, by its name, the answer of that forum.
    Feedback(Option<String>),
    /// The units below the user's own unit: their status, and what they wait for.
    MineEnheder,
    /// The figures of the current unit.
    Indikatorer,
    /// The sheet to write figures in.
    Skema,
    /// Import of figures from a spreadsheet.
    Hent,
    /// A comparison of units.
    Enhedstal,
    /// The patterns in the figures.
    Moenstre,
    /// An indicator of the current unit, by its id.
    Indikator(String),
    /// An agreement; without an id, all agreements of the current unit.
    Aftale {
        /// The agreement.
        id: Option<Id>,
        /// A part of its page: the id of a goal or a version, or the name of a tab.
        part: Option<String>,
    },
    /// The conversation of a unit; without an id, of the current unit.
    Samtale {
        /// The unit.
        unit: Option<Id>,
        /// The topic that is shown in large type.
        part: Option<String>,
    },
    /// The midterm status of an agreement, or of the newest agreement of a unit; without an id, all midterm statuses in
    /// this browser.
    Midtvejs(Option<Id>),
    /// A quality report; without an id, the ways to begin one.
    Rapport {
        /// The report.
        id: Option<Id>,
        /// A part of its page.
        part: Option<String>,
    },
    /// The practice of the current unit.
    Praksis,
    /// Practice of any sort: a positive deviation, a trial or a prototype.
    Practice(Id),
    /// The library of practice: of the unit, of others, and of imported files. Holds the filters, as the address has
    /// them.
    PracticeLibrary(String),
    /// The practice that the unit shows to parents, children and staff.
    PracticeCatalogue,
    /// The positive stories of the current unit, and those that other units share.
    Stories,
    /// The user's own reflections.
    Refleksion,
    /// A reflection on an instrument; without an id, a new one.
    Reflection {
        /// The instrument.
        instrument: String,
        /// The reflection.
        id: Option<Id>,
    },
    /// An instrument that the unit wrote; without an id, a new one.
    OwnInstrument(Option<Id>),
    /// A pyramid: a statement made concrete, with ideas; without an id, a new one.
    Pyramide(Option<Id>),
    /// Setting up a workshop, and the results of earlier ones.
    Workshops,
    /// The room of the workshop that this browser runs.
    Room,
    /// The result of a workshop.
    Workshop(Id),
    /// The wall of the workshop that is led in this browser, alone on a screen.
    Scene,
    /// The way into a workshop for a participant who has its code and no link.
    JoinByCode,
    /// Taking part in a workshop.
    Join {
        /// The workshop's setup, encoded; or the code of the workshop.
        link: String,
        /// A svarkode, when the link carries one.
        code: Option<String>,
    },
    /// The foundation; without an edition, the current one; without an item, its table of contents.
    Fundament {
        /// The edition.
        edition: Option<String>,
        /// The item.
        item: Option<String>,
    },
    /// A step of the tour of the foundation, counted from 1.
    Ny(usize),
    /// The word list; with a word, by its id, the list at that word.
    Ordliste(Option<String>),
    /// The units in this browser.
    Enheder,
    /// The settings: who uses this browser, and how the pages look.
    Indstillinger,
    /// A unit.
    Enhed(Id),
    /// Files, snapshots, storage space, and deletion of everything.
    Filer,
    /// The open conflicts.
    Valg,
    /// The history of changes in this browser.
    Historik,
    /// A snapshot, or the content of a file, to be read only.
    Dengang,
    /// The trash.
    Papirkurv,
    /// Every component in every state.
    Galleri,
    /// An address without a page, as it was typed.
    Unknown(String),
}

impl Route {
    /// The address to which the rescue page leads: the front page, and nothing is written while it is open.
    pub const WITHOUT_SAVING: &'static str = "#/uden-at-gemme";

    /// An address of each page, and of what the page shows for an id that does not exist.
    ///
    /// The end-to-end tests and the pictures go through these addresses.
    pub const EXAMPLES: &'static [&'static str] = &[
        "#/",
        "#/hjulet",
        "#/hjulet/kvalitetssamtale",
        "#/hjulet/x",
        "#/datapakke",
        "#/feedback",
        "#/feedback/lederforum",
        "#/enheder/mine",
        "#/indikatorer",
        "#/praksis",
        "#/praksis/x",
        "#/praksis/bibliotek",
        "#/praksis/bibliotek/tema=tema-sundhed~greb=gentaenke~ord=leg",
        "#/praksis/katalog",
        "#/historier",
        "#/refleksion/x",
        "#/workshop",
        "#/workshop/x",
        "#/svar/7f3a~modsaetninger~2~Personaledag%20i%20maj~Skole~Familie",
        "#/svar/x",
        "#/svar",
        "#/scene",
        "#/aftale",
        "#/aftale/x",
        "#/samtale",
        "#/midtvejs",
        "#/rapport",
        "#/rapport/x",
        "#/indikator/fravaer",
        "#/indikator/x",
        "#/indikatorer/skema",
        "#/indikatorer/hent",
        "#/indikatorer/enheder",
        "#/indikatorer/moenstre",
        "#/filer",
        "#/valg",
        "#/papirkurv",
        "#/historik",
        "#/enheder",
        "#/indstillinger",
        "#/enhed/solstraalen",
        "#/enhed/x",
        "#/fundament",
        "#/fundament/bu-12/formaal",
        "#/fundament/bu-12/sammenhaengsmodellen",
        "#/fundament/bu-12/pejlemaerker",
        "#/fundament/bu-12/syn",
        "#/fundament/bu-11/hjul",
        "#/fundament/bu-12/tvaerfaglig",
        "#/fundament/bu-12/velfaerd",
        "#/fundament/bu-12/procesplan",
        "#/fundament/udkast/maal-matrix",
        "#/fundament/jv/omraader",
        "#/fundament/bu-12/x",
        "#/ny/2",
        "#/ny/12",
        "#/ordliste",
        "#/ordliste/svarkode",
        "#/galleri",
        "#/x/y",
    ];

    /// Reads a fragment, with or without its `#`. A question (`?…`) at its end is left out.
    pub fn parse(fragment: &str) -> Self {
        let path = fragment.trim_start_matches('#').split('?').next().unwrap_or_default();
        let steps: Vec<&str> = path.split('/').filter(|step| !step.is_empty()).collect();
        Self::from_steps(&steps).unwrap_or_else(|| Self::Unknown(path.to_owned()))
    }

    /// The route of an address, by the steps of its path; `None` when no page has such an address.
    fn from_steps(steps: &[&str]) -> Option<Self> {
        Some(match steps {
            [] | ["uden-at-gemme"] => Self::Overblik,
            ["hjulet"] => Self::Hjulet,
            ["hjulet", element] => Self::Element((*element).to_owned()),
            ["datapakke"] => Self::Datapakke { is_editing: false },
            ["datapakke", "lav"] => Self::Datapakke { is_editing: true },
            ["feedback", rest @ ..] if rest.len() <= 1 => Self::Feedback(text(rest, 0)),
            ["enheder"] => Self::Enheder,
            ["enheder", "mine"] => Self::MineEnheder,
            ["indstillinger"] => Self::Indstillinger,
            ["enhed", id] => Self::Enhed(Id::parse(id)?),
            ["indikatorer"] => Self::Indikatorer,
            ["indikatorer", "skema"] => Self::Skema,
            ["indikatorer", "hent"] => Self::Hent,
            ["indikatorer", "enheder"] => Self::Enhedstal,
            ["indikatorer", "moenstre"] => Self::Moenstre,
            ["indikator", id] => Self::Indikator((*id).to_owned()),
            ["aftale", rest @ ..] if rest.len() <= 2 => Self::Aftale { id: id(rest).ok()?, part: text(rest, 1) },
            ["samtale", rest @ ..] if rest.len() <= 2 => Self::Samtale { unit: id(rest).ok()?, part: text(rest, 1) },
            ["rapport", rest @ ..] if rest.len() <= 2 => Self::Rapport { id: id(rest).ok()?, part: text(rest, 1) },
            ["midtvejs", rest @ ..] if rest.len() <= 1 => Self::Midtvejs(id(rest).ok()?),
            ["praksis"] => Self::Praksis,
            ["praksis", "bibliotek", rest @ ..] if rest.len() <= 1 => {
                Self::PracticeLibrary(text(rest, 0).unwrap_or_default())
            }
            ["praksis", "katalog"] => Self::PracticeCatalogue,
            ["historier"] => Self::Stories,
            ["praksis", id] => Self::Practice(Id::parse(id)?),
            ["refleksion"] => Self::Refleksion,
            ["refleksion", instrument, rest @ ..] if rest.len() <= 1 => {
                Self::Reflection { instrument: (*instrument).to_owned(), id: id(rest).ok()? }
            }
            ["redskab", rest @ ..] if rest.len() <= 1 => Self::OwnInstrument(id(rest).ok()?),
            ["pyramide", rest @ ..] if rest.len() <= 1 => Self::Pyramide(id(rest).ok()?),
            ["workshop"] => Self::Workshops,
            ["workshop", "rum"] => Self::Room,
            ["workshop", id] => Self::Workshop(Id::parse(id)?),
            ["scene"] => Self::Scene,
            ["svar"] => Self::JoinByCode,
            ["svar", link, rest @ ..] if rest.len() <= 1 => {
                Self::Join { link: (*link).to_owned(), code: text(rest, 0) }
            }
            ["fundament", rest @ ..] if rest.len() <= 2 => {
                Self::Fundament { edition: text(rest, 0), item: text(rest, 1) }
            }
            ["ny"] => Self::Ny(1),
            ["ny", step] => Self::Ny(step.parse().ok().filter(|step| *step > 0)?),
            ["ordliste", rest @ ..] if rest.len() <= 1 => Self::Ordliste(text(rest, 0)),
            ["filer"] => Self::Filer,
            ["valg"] => Self::Valg,
            ["historik"] => Self::Historik,
            ["dengang"] => Self::Dengang,
            ["papirkurv"] => Self::Papirkurv,
            ["galleri"] => Self::Galleri,
            _ => return None,
        })
    }

    /// The page of an item of the foundation.
    pub fn item(edition: &str, item: &str) -> Self {
        Self::Fundament { edition: Some(edition.to_owned()), item: Some(item.to_owned()) }
    }
}

/// A parameter that must be an id is none.
struct InvalidId;

/// The optional id that the parameters begin with.
fn id(parameters: &[&str]) -> Result<Option<Id>, InvalidId> {
    parameters.first().map(|text| Id::parse(text).ok_or(InvalidId)).transpose()
}

/// The optional text of a parameter.
fn text(parameters: &[&str], index: usize) -> Option<String> {
    parameters.get(index).map(|text| (*text).to_owned())
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number;
        let (name, first, second): (&str, Option<&str>, Option<&str>) = match self {
            Self::Overblik => ("", None, None),
            Self::Hjulet => ("hjulet", None, None),
            Self::Element(element) => ("hjulet", Some(element), None),
            Self::Datapakke { is_editing } => ("datapakke", is_editing.then_some("lav"), None),
            Self::Feedback(forum) => ("feedback", forum.as_deref(), None),
            Self::Enheder => ("enheder", None, None),
            Self::MineEnheder => ("enheder", Some("mine"), None),
            Self::Indstillinger => ("indstillinger", None, None),
            Self::Enhed(id) => ("enhed", Some(id.as_str()), None),
            Self::Indikatorer => ("indikatorer", None, None),
            Self::Skema => ("indikatorer", Some("skema"), None),
            Self::Hent => ("indikatorer", Some("hent"), None),
            Self::Enhedstal => ("indikatorer", Some("enheder"), None),
            Self::Moenstre => ("indikatorer", Some("moenstre"), None),
            Self::Indikator(id) => ("indikator", Some(id), None),
            Self::Aftale { id, part } => ("aftale", id.as_ref().map(Id::as_str), part.as_deref()),
            Self::Samtale { unit, part } => ("samtale", unit.as_ref().map(Id::as_str), part.as_deref()),
            Self::Rapport { id, part } => ("rapport", id.as_ref().map(Id::as_str), part.as_deref()),
            Self::Midtvejs(id) => ("midtvejs", id.as_ref().map(Id::as_str), None),
            Self::Praksis => ("praksis", None, None),
            Self::Practice(id) => ("praksis", Some(id.as_str()), None),
            Self::PracticeLibrary(filters) => {
                ("praksis", Some("bibliotek"), (!filters.is_empty()).then_some(filters.as_str()))
            }
            Self::PracticeCatalogue => ("praksis", Some("katalog"), None),
            Self::Stories => ("historier", None, None),
            Self::Refleksion => ("refleksion", None, None),
            Self::Reflection { instrument, id } => ("refleksion", Some(instrument), id.as_ref().map(Id::as_str)),
            Self::OwnInstrument(id) => ("redskab", id.as_ref().map(Id::as_str), None),
            Self::Pyramide(id) => ("pyramide", id.as_ref().map(Id::as_str), None),
            Self::Workshops => ("workshop", None, None),
            Self::Room => ("workshop", Some("rum"), None),
            Self::Workshop(id) => ("workshop", Some(id.as_str()), None),
            Self::Scene => ("scene", None, None),
            Self::JoinByCode => ("svar", None, None),
            Self::Join { link, code } => ("svar", Some(link), code.as_deref()),
            Self::Fundament { edition, item } => ("fundament", edition.as_deref(), item.as_deref()),
            Self::Ny(step) => {
                number = step.to_string();
                ("ny", Some(&number), None)
            }
            Self::Ordliste(word) => ("ordliste", word.as_deref(), None),
            Self::Filer => ("filer", None, None),
            Self::Valg => ("valg", None, None),
            Self::Historik => ("historik", None, None),
            Self::Dengang => ("dengang", None, None),
            Self::Papirkurv => ("papirkurv", None, None),
            Self::Galleri => ("galleri", None, None),
            Self::Unknown(path) => return write!(f, "#{path}"),
        };
        f.write_str("#/")?;
        f.write_str(name)?;
        // The second parameter means nothing without the first.
        for parameter in [first, first.and(second)].into_iter().flatten() {
            f.write_str("/")?;
            f.write_str(parameter)?;
        }
        Ok(())
    }
}

/// The date that an address asks the app to show: `?dato=2026-03-15`.
///
/// # Errors
/// The text is no date, or lies outside 1990–2100: a Danish sentence.
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
    fn every_address_is_written_back_as_it_was_read() {
        for address in [
            "#/datapakke/lav",
            "#/aftale/7f3a",
            "#/aftale/7f3a/om",
            "#/aftale/__proto__",
            "#/samtale/7f3a",
            "#/samtale/7f3a/hoejt-fravaer",
            "#/midtvejs/7f3a",
            "#/rapport/7f3a.rapport-2025",
            "#/rapport/rapport-2025/udskrift",
            "#/praksis/7f3a",
            "#/refleksion",
            "#/refleksion/modsaetninger",
            "#/refleksion/modsaetninger/7f3a",
            "#/pyramide",
            "#/pyramide/7f3a",
            "#/workshop/rum",
            "#/workshop/7f3a",
            "#/svar/7f3a~modsaetninger~2~Vores%20praksis~Skole",
            "#/svar/7f3a~modsaetninger~2~Vores%20praksis~Skole/K7QM3XPD",
            "#/fundament/bu-11",
            "#/fundament/bu-12/boernesyn",
            "#/ny/3",
            "#/enhed/7f3a",
            "#/dengang",
            "#/findes/ikke",
            "#/enhed/__proto__",
            "#/ny/0",
        ]
        .iter()
        .chain(Route::EXAMPLES)
        {
            assert_eq!(Route::parse(address).to_string(), *address);
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
    fn date_of_an_address_is_read_or_refused() {
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
