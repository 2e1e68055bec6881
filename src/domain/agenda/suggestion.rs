//! Suggestions for a day on which nothing waits, by role and quarter.

use crate::domain::cycle::QuarterIndex;
use crate::domain::person::Role;

use super::{AgendaLine, AgendaTarget};

/// Returns the suggestion for a role in a quarter.
pub(super) fn suggestion(role: Option<Role>, quarter: QuarterIndex) -> AgendaLine {
    let (target, text, detail) = match role {
        None | Some(Role::Leader) => for_leader(quarter),
        Some(Role::Head | Role::Director) => for_chef(quarter),
        Some(Role::Secretariat) => for_secretariat(quarter),
        Some(Role::Employee) => for_employee(quarter),
        Some(Role::Facilitator) => for_facilitator(quarter),
        Some(Role::Board) => for_board(quarter),
    };
    AgendaLine::new(target, text, detail)
}

type Suggestion = (AgendaTarget, &'static str, &'static str);

const fn for_leader(quarter: QuarterIndex) -> Suggestion {
    match quarter {
        1 => (AgendaTarget::Figures, "Se, hvad jeres tal fortæller", "så er I klar til samtalen"),
        2 | 3 => (AgendaTarget::Package, "Læs temaerne, før I skriver aftalen", "de viser, hvad I er fælles om"),
        4 => (AgendaTarget::Report(None), "Læs kvalitetsrapporten sammen", "find én ting, I vil låne af andre"),
        5 => (AgendaTarget::Trials, "Prøv noget lille af", "aftalen giver retningen, og I finder vejen"),
        6 => (AgendaTarget::Workshops, "Hold en workshop med personalet", "fem minutter er nok til at begynde"),
        7 => (AgendaTarget::Agreements, "Se målene igennem", "midtvejsstatus kommer i næste kvartal"),
        _ => (AgendaTarget::Midtvejs(None), "Læs, hvad andre har lært midtvejs", "og ræk ud, hvor I kan hjælpe"),
    }
}

const fn for_chef(quarter: QuarterIndex) -> Suggestion {
    match quarter {
        1 => (AgendaTarget::UnitFigures, "Se tallene på tværs", "hvilke spørgsmål vil du tage med til samtalerne?"),
        2 | 3 => (AgendaTarget::UnitsBelow, "Forbered samtalerne", "se, hvor enhederne er i hjulet"),
        4 => (AgendaTarget::Report(None), "Læs kvalitetsrapporten", "den er grundlaget for din egen aftale"),
        8 => (AgendaTarget::Midtvejs(None), "Læs midtvejsstatus på tværs", "se, hvem der beder om hjælp"),
        _ => (AgendaTarget::UnitsBelow, "Spørg en enhed, hvordan det går", "aftalerne er i gang"),
    }
}

const fn for_secretariat(quarter: QuarterIndex) -> Suggestion {
    match quarter {
        1..=3 => (AgendaTarget::Package, "Læs datapakken igennem", "som enhederne læser den"),
        4 => (AgendaTarget::Report(None), "Læs kvalitetsrapporten igennem", "som udvalget læser den"),
        8 => (AgendaTarget::Midtvejs(None), "Saml midtvejsstatus", "åbn enhedernes filer, så samles de efter tema"),
        _ => (AgendaTarget::UnitFigures, "Se tallene på tværs", "mangler der et år eller en kilde?"),
    }
}

const fn for_employee(quarter: QuarterIndex) -> Suggestion {
    match quarter {
        1 => (AgendaTarget::Figures, "Se, hvad tallene fortæller", "genkender du det fra hverdagen?"),
        4 => (AgendaTarget::Report(None), "Læs kvalitetsrapporten", "find én ting, du vil låne af andre"),
        5..=7 => (AgendaTarget::Trials, "Prøv noget lille af", "en anden måde at sige godmorgen på er nok"),
        8 => (AgendaTarget::Midtvejs(None), "Læs, hvad andre har lært midtvejs", "og ræk ud, hvor du kan hjælpe"),
        _ => (AgendaTarget::Reflections, "Tag en refleksion", "den er din egen, og du bestemmer, om den deles"),
    }
}

const fn for_facilitator(quarter: QuarterIndex) -> Suggestion {
    let text = match quarter {
        1 => "Forbered en workshop om tallene",
        2 | 3 => "Forbered en workshop om temaerne",
        8 => "Hold den samme workshop igen, og se forskellen",
        _ => "Gør den næste workshop klar",
    };
    (AgendaTarget::Workshops, text, "prøv spørgsmålene selv først")
}

const fn for_board(quarter: QuarterIndex) -> Suggestion {
    match quarter {
        1 => (AgendaTarget::UnitFigures, "Se tallene på tværs", "små tal kan skjules med offentlig visning"),
        2 => (AgendaTarget::Element("feedback"), "Giv feedback på temaerne", "I prioriterer for de næste to år"),
        4 | 5 => (AgendaTarget::Report(None), "Læs kvalitetsrapporten", "den samler hele områdets udvikling"),
        _ => (AgendaTarget::Foundation, "Læs, hvad vi er fælles om", "fundamentet er kort"),
    }
}
