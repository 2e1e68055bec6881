//! Texts about how safely changes are stored.

use crate::store::{Safety, WriteBlock};

use super::{SaveStatus, StorageStatus};

/// Returns the text of the status bar about the latest change.
pub(crate) fn save_status_text(closed: Option<WriteBlock>, status: &SaveStatus) -> String {
    match (closed, status) {
        (Some(WriteBlock::Outdated), _) => "Der gemmes ikke – siden er forældet".to_owned(),
        (Some(WriteBlock::Reset), _) => "Der gemmes ikke – alt er slettet i en anden fane".to_owned(),
        (Some(WriteBlock::ReadOnly), _) => "Der gemmes ikke – gem en sikkerhedskopi".to_owned(),
        (_, SaveStatus::Loading) => "Henter …".to_owned(),
        (_, SaveStatus::Unchanged) => "Alt er gemt i denne browser".to_owned(),
        (_, SaveStatus::Saving) => "Gemmer …".to_owned(),
        (_, SaveStatus::Saved { at, safety: Safety::Durable }) => format!("Gemt i denne browser kl. {at}"),
        (_, SaveStatus::Saved { safety: Safety::LocalStorageFull, at }) => {
            format!("Gemt kl. {at} – hurtiglageret er fuldt")
        }
        (_, SaveStatus::Saved { safety: Safety::LocalStorageOnly, .. }) => {
            "Gemt uden reserve – gem også en sikkerhedskopi".to_owned()
        }
        (_, SaveStatus::Saved { .. }) => "IKKE gemt – gem en sikkerhedskopi nu".to_owned(),
    }
}

/// A notice about the storage of this browser, with the label of a button where the user can do something about it.
pub(crate) struct Notice {
    pub(crate) heading: &'static str,
    pub(crate) text: &'static str,
    pub(crate) action_label: Option<&'static str>,
}

/// Returns the notice about a problem with the storage.
pub(crate) const fn storage_notice(status: StorageStatus) -> Notice {
    match status {
        StorageStatus::Denied => Notice {
            heading: "Browseren gemmer ikke noget her",
            text: "Det kan være et privat vindue eller en spærring. Du kan arbejde videre, men det forsvinder, når siden \
                    lukkes. Gem en sikkerhedskopi, før du går.",
            action_label: None,
        },
        StorageStatus::Closed(WriteBlock::Outdated) => Notice {
            heading: "Siden er forældet",
            text: "En nyere udgave af Kvalitetshjul har gemt i denne browser. Denne side gemmer ikke mere, så intet \
                    bliver overskrevet. Gem en sikkerhedskopi, hvis du lige har skrevet noget, og hent så siden igen.",
            action_label: Some("Hent siden igen"),
        },
        StorageStatus::Closed(WriteBlock::Reset) => Notice {
            heading: "Alt er slettet i en anden fane",
            text: "Nogen har valgt at slette alt, hvad Kvalitetshjul havde i denne browser. Denne fane viser og gemmer \
                    derfor ikke mere. Begynd forfra, eller åbn en fil, du har gemt, når du er begyndt forfra.",
            action_label: Some("Begynd forfra"),
        },
        StorageStatus::Closed(WriteBlock::ReadOnly) => Notice {
            heading: "Der gemmes ikke",
            text: "Du er startet uden at gemme. Her er det, der ligger i browseren, og det bliver ikke ændret. Det, du \
                    skriver nu, forsvinder, når siden lukkes, medmindre du gemmer en sikkerhedskopi.",
            action_label: Some("Start almindeligt"),
        },
    }
}
