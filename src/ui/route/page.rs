//! The table of pages: what the app needs to know of the page at a route.

use super::Route;

impl Route {
    /// What the app needs to know of the page at this route.
    pub const fn page(&self) -> Page {
        use {Chunk as C, NavItem as N, PageGroup as G, StyleArea as A};
        match self {
            Self::Overblik => Page::new("Overblik", G::Setup, C::First, Some(N::Overview), A::Common),
            Self::Hjulet => Page::new("Hjulet", G::Wheel, C::Front, Some(N::Wheel), A::Common),
            Self::Element(_) => Page::new("Hjulet", G::Wheel, C::Reading, Some(N::Wheel), A::Common),
            Self::Datapakke { .. } | Self::Feedback(_) => {
                Page::new("Hjulet", G::Agreement, C::Agreement, Some(N::Wheel), A::Agreement)
            }
            Self::Indikatorer | Self::Indikator(_) | Self::Skema | Self::Hent | Self::Enhedstal | Self::Moenstre => {
                Page::new("Indikatorer", G::Figures, C::Figures, Some(N::Figures), A::Figures)
            }
            Self::Aftale { .. } | Self::Midtvejs(_) | Self::Samtale { .. } => {
                Page::new("Aftale", G::Agreement, C::Agreement, Some(N::Agreement), A::Agreement)
            }
            Self::Rapport { .. } => Page::new("Kvalitetsrapport", G::Agreement, C::Report, Some(N::Report), A::Report),
            Self::Praksis | Self::Practice(_) | Self::PracticeLibrary(_) | Self::PracticeCatalogue => {
                Page::new("Praksis", G::Practice, C::Practice, Some(N::Practice), A::Practice)
            }
            Self::Stories => Page::new("Historier", G::Practice, C::Practice, Some(N::Practice), A::Practice),
            Self::Refleksion | Self::Reflection { .. } | Self::OwnInstrument(_) | Self::Pyramide(_) => {
                Page::new("Refleksion", G::Practice, C::Practice, Some(N::Reflection), A::Practice)
            }
            Self::Workshops | Self::Room | Self::Workshop(_) => {
                Page::new("Refleksion", G::Practice, C::Workshop, Some(N::Reflection), A::Practice)
            }
            Self::Scene => Page::new("Væggen", G::Practice, C::Workshop, None, A::Alone),
            Self::Join { .. } | Self::JoinByCode => Page::new("Workshop", G::Practice, C::Join, None, A::Alone),
            Self::Fundament { .. } => Page::new("Fundament", G::Setup, C::Reading, Some(N::Fundament), A::Common),
            Self::Ny(_) => Page::new("Ny i Børn & Unge", G::Setup, C::Reading, None, A::Common),
            Self::Ordliste(_) => Page::new("Ordliste", G::Setup, C::Glossary, Some(N::Fundament), A::Common),
            Self::Enheder | Self::Enhed(_) => Page::new("Enheder", G::Setup, C::Units, Some(N::Units), A::Common),
            Self::MineEnheder => Page::new("Enheder", G::Setup, C::Units, Some(N::Units), A::Agreement),
            Self::Indstillinger => Page::new("Indstillinger", G::Setup, C::Units, Some(N::Settings), A::Common),
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
    /// Data package, feedback, conversation, agreement, midterm status, report.
    Agreement,
    /// Practice of three sorts, the library and the catalogue, stories, reflection, workshops.
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
    /// The agenda of the front page, and the page of the wheel.
    Front,
    /// An element of the wheel; the foundation.
    Reading,
    /// The figures.
    Figures,
    /// Data package, feedback, conversation, agreement, midterm status.
    Agreement,
    /// The quality report.
    Report,
    /// Practice of three sorts, the library and the catalogue, stories, reflection, own instruments, the pyramid.
    Practice,
    /// A workshop, as its facilitator sees it.
    Workshop,
    /// A workshop, as a participant sees it on a phone.
    Join,
    /// The units, and the settings.
    Units,
    /// The page of files.
    Files,
    /// Open choices, history, earlier states, trash.
    Data,
    /// The result of opening a file. It is shown above any page.
    ImportReport,
    /// The receipt of a saved file. It is shown above any page.
    Receipt,
    /// The word list.
    Glossary,
    /// The palette and the help dialog. They are shown above any page.
    Palette,
    /// The bar of the demo. It is shown above any page of the demo.
    Demo,
    /// The component gallery.
    Gallery,
}

impl Chunk {
    /// Every chunk, the first one first.
    pub const ALL: [Self; 18] = [
        Self::First,
        Self::Front,
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
        Self::Receipt,
        Self::Glossary,
        Self::Palette,
        Self::Demo,
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
    /// The unit's practice, the library and the catalogue, and the stories.
    Practice,
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
    /// The settings.
    Settings,
}

impl NavItem {
    /// Every item, in the order of the navigation.
    pub const ALL: [Self; 11] = [
        Self::Overview,
        Self::Wheel,
        Self::Figures,
        Self::Agreement,
        Self::Practice,
        Self::Reflection,
        Self::Report,
        Self::Fundament,
        Self::Files,
        Self::Units,
        Self::Settings,
    ];

    /// The route that the item leads to, and its label.
    pub const fn target(self) -> (Route, &'static str) {
        match self {
            Self::Overview => (Route::Overblik, "Overblik"),
            Self::Wheel => (Route::Hjulet, "Hjulet"),
            Self::Figures => (Route::Indikatorer, "Indikatorer"),
            Self::Agreement => (Route::Aftale { id: None, part: None }, "Aftale"),
            Self::Practice => (Route::Praksis, "Praksis"),
            Self::Reflection => (Route::Refleksion, "Refleksion"),
            Self::Report => (Route::Rapport { id: None, part: None }, "Rapport"),
            Self::Fundament => (Route::Fundament { edition: None, item: None }, "Fundament"),
            Self::Files => (Route::Filer, "Filer"),
            Self::Units => (Route::Enheder, "Enheder"),
            Self::Settings => (Route::Indstillinger, "Indstillinger"),
        }
    }
}

/// The style rules that apply to a page beside the common ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StyleArea {
    /// The common rules alone.
    Common,
    /// The rules of figures.
    Figures,
    /// The rules of the agreement.
    Agreement,
    /// The rules of the report.
    Report,
    /// The rules of practice.
    Practice,
    /// The rules of pages that are shown without navigation and status bar.
    Alone,
    /// The rules of all areas: the gallery shows every component.
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
            Self::Alone => "alone",
            Self::Gallery => "gallery",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_navigation_item_leads_to_a_page_that_marks_it() {
        for item in NavItem::ALL {
            assert_eq!(item.target().0.page().nav, Some(item));
        }
    }
}
