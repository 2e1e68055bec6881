//! The tour of the demo: a few pages, each with what there is to see.

/// A station of the tour.
#[derive(Clone, Copy, Debug)]
pub struct Station {
    /// The address of the page.
    pub address: &'static str,
    /// The name of the station.
    pub title: &'static str,
    /// What there is to see and to try.
    pub text: &'static str,
}

/// The stations, in order.
pub const STATIONS: [Station; 7] = [
    Station {
        address: "#/",
        title: "Overblikket",
        text: "Du er Anne Holm, leder af Skolen ved Søen. Øverst står det, der venter på dig i dag, ét tryk væk.",
    },
    Station {
        address: "#/hjulet",
        title: "Hjulet",
        text: "To år fra tal over samtaler til aftale og status. Viseren står på i dag, og prikkerne er skolens egne datoer.",
    },
    Station {
        address: "#/indikator/hoejt-fravaer",
        title: "Et tal",
        text: "Et tal står aldrig alene: kurven, jeres vurdering og tre stemmer hører sammen. Prøv at skrive en vurdering.",
    },
    Station {
        address: "#/aftale/proevekommune-aftale-soeen",
        title: "Aftalen",
        text: "Mål, indsatser og hvem der har sagt ja til hvad. En indsats er forbi sin sidste dag: giv den en ny status.",
    },
    Station {
        address: "#/praksis",
        title: "Praksis",
        text: "Det, der virker, og det, I prøver af. «Frokost ude» er slut og venter på, at I siger, hvad I lærte.",
    },
    Station {
        address: "#/refleksion/modsaetninger/proevekommune-refleksion-temadag",
        title: "Refleksion",
        text: "Ni modsætninger mellem systemvelfærd og relationsvelfærd: nu og ønsket. Den er din egen og følger kun med i en fil, hvis du vælger den.",
    },
    Station {
        address: "#/filer",
        title: "Filer",
        text: "Der er ingen server. I deler ved at gemme en fil og sende den, og den, der åbner den, fletter den ind uden at miste sit eget.",
    },
];
