//! What is said of how safely changes are stored.

use crate::store::{Closed, Safety};

use super::{SaveStatus, StorageStatus};

/// What is said of how safe what was written is.
pub(crate) fn save_status_text(closed: Option<Closed>, strip: &SaveStatus) -> String {
    match (closed, strip) {
        (Some(Closed::Outdated), _) => "Der gemmes ikke – siden er forældet".to_owned(),
        (Some(Closed::Reset), _) => "Der gemmes ikke – alt er slettet i en anden fane".to_owned(),
        (Some(Closed::ReadOnly), _) => "Der gemmes ikke – gem som fil".to_owned(),
        (_, SaveStatus::Loading) => "Henter …".to_owned(),
        (_, SaveStatus::Unchanged) => "Alt er gemt i denne browser".to_owned(),
        (_, SaveStatus::Saving) => "Gemmer …".to_owned(),
        (_, SaveStatus::Saved { at, safety: Safety::Kept }) => format!("Gemt i denne browser kl. {at}"),
        (_, SaveStatus::Saved { safety: Safety::FastFull, at }) => format!("Gemt kl. {at} – hurtiglageret er fuldt"),
        (_, SaveStatus::Saved { safety: Safety::WithoutMirror, .. }) => {
            "Gemt uden reserve – gem også som fil".to_owned()
        }
        (_, SaveStatus::Saved { .. }) => "IKKE gemt – gem som fil nu".to_owned(),
    }
}

/// What is said of how this browser stands, and the way on where there is one.
pub(crate) struct Notice {
    pub(crate) heading: &'static str,
    pub(crate) words: &'static str,
    pub(crate) way: Option<&'static str>,
}

pub(crate) const fn storage_notice(standing: StorageStatus) -> Notice {
    match standing {
        StorageStatus::Denied => Notice {
            heading: "Browseren gemmer ikke noget her",
            words: "Det kan være et privat vindue eller en spærring. Du kan arbejde videre, men det forsvinder, når siden \
                    lukkes. Gem det som fil, før du går.",
            way: None,
        },
        StorageStatus::Closed(Closed::Outdated) => Notice {
            heading: "Siden er forældet",
            words: "En nyere udgave af Kvalitetshjul har gemt i denne browser. Denne side gemmer ikke mere, så intet \
                    bliver overskrevet. Gem som fil, hvis du lige har skrevet noget, og hent så siden igen.",
            way: Some("Hent siden igen"),
        },
        StorageStatus::Closed(Closed::Reset) => Notice {
            heading: "Alt er slettet i en anden fane",
            words: "Nogen har valgt at slette alt, hvad Kvalitetshjul havde i denne browser. Denne fane viser og gemmer \
                    derfor ikke mere. Begynd forfra, eller åbn en fil, du har gemt, når du er begyndt forfra.",
            way: Some("Begynd forfra"),
        },
        StorageStatus::Closed(Closed::ReadOnly) => Notice {
            heading: "Der gemmes ikke",
            words: "Du er startet uden at gemme. Her er det, der ligger i browseren, og det bliver ikke ændret. Det, du \
                    skriver nu, forsvinder, når siden lukkes, medmindre du gemmer det som fil.",
            way: Some("Start almindeligt"),
        },
    }
}
