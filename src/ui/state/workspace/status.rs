//! What is said of how safely changes are stored.

use crate::store::{Closed, Safety};

use super::{Standing, Strip};

/// What is said of how safe what was written is.
pub(crate) fn save_status_text(closed: Option<Closed>, strip: &Strip) -> String {
    match (closed, strip) {
        (Some(Closed::Outdated), _) => "Der gemmes ikke – siden er forældet".to_owned(),
        (Some(Closed::Reset), _) => "Der gemmes ikke – alt er slettet i en anden fane".to_owned(),
        (Some(Closed::ReadOnly), _) => "Der gemmes ikke – gem som fil".to_owned(),
        (_, Strip::Loading) => "Henter …".to_owned(),
        (_, Strip::Unchanged) => "Alt er gemt i denne browser".to_owned(),
        (_, Strip::Saving) => "Gemmer …".to_owned(),
        (_, Strip::Saved { at, safety: Safety::Kept }) => format!("Gemt i denne browser kl. {at}"),
        (_, Strip::Saved { safety: Safety::FastFull, at }) => format!("Gemt kl. {at} – hurtiglageret er fuldt"),
        (_, Strip::Saved { safety: Safety::WithoutMirror, .. }) => "Gemt uden reserve – gem også som fil".to_owned(),
        (_, Strip::Saved { .. }) => "IKKE gemt – gem som fil nu".to_owned(),
    }
}

/// What is said of how this browser stands, and the way on where there is one.
pub(crate) struct Said {
    pub(crate) heading: &'static str,
    pub(crate) words: &'static str,
    pub(crate) way: Option<&'static str>,
}

pub(crate) const fn storage_notice(standing: Standing) -> Said {
    match standing {
        Standing::Denied => Said {
            heading: "Browseren gemmer ikke noget her",
            words: "Det kan være et privat vindue eller en spærring. Du kan arbejde videre, men det forsvinder, når siden \
                    lukkes. Gem det som fil, før du går.",
            way: None,
        },
        Standing::Closed(Closed::Outdated) => Said {
            heading: "Siden er forældet",
            words: "En nyere udgave af Kvalitetshjul har gemt i denne browser. Denne side gemmer ikke mere, så intet \
                    bliver overskrevet. Gem som fil, hvis du lige har skrevet noget, og hent så siden igen.",
            way: Some("Hent siden igen"),
        },
        Standing::Closed(Closed::Reset) => Said {
            heading: "Alt er slettet i en anden fane",
            words: "Nogen har valgt at slette alt, hvad Kvalitetshjul havde i denne browser. Denne fane viser og gemmer \
                    derfor ikke mere. Begynd forfra, eller åbn en fil, du har gemt, når du er begyndt forfra.",
            way: Some("Begynd forfra"),
        },
        Standing::Closed(Closed::ReadOnly) => Said {
            heading: "Der gemmes ikke",
            words: "Du er startet uden at gemme. Her er det, der ligger i browseren, og det bliver ikke ændret. Det, du \
                    skriver nu, forsvinder, når siden lukkes, medmindre du gemmer det som fil.",
            way: Some("Start almindeligt"),
        },
    }
}
