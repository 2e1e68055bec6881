//! The steps that are taken with an agreement: which make sense where it stands, and of the others why not and what to do.

use super::Party;
use super::state::AftaleState;

/// A step that a person takes with an agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AftaleStep {
    /// Share it with the counterpart.
    Share,
    /// Take it back.
    Withdraw,
    /// Make a version for both to agree to.
    Freeze,
    /// Agree to it.
    Assent(Party),
    /// Begin the yearly revision.
    Revise,
    /// Begin the status halfway.
    Midterm,
    /// End it.
    Close,
    /// Open it again.
    Reopen,
}

/// What a step hangs on beside the state.
#[allow(clippy::struct_excessive_bools, reason = "each is a thing of its own, with a name")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StepConditions {
    /// How many fields have several wordings.
    pub open_choices: usize,
    /// How many goals have words.
    pub goals: usize,
    /// Whether both parties are named.
    pub has_parties: bool,
    /// Whether it is said from when to when it holds.
    pub has_period: bool,
    /// Whether the version that waits is here, and is what its fingerprint says.
    pub version_is_sound: bool,
    /// Whether the party has agreed to it already.
    pub has_assented: bool,
}

/// Whether a step makes sense where an agreement stands.
///
/// # Errors
/// It does not: why, and what to do, in Danish.
pub fn may(step: AftaleStep, state: AftaleState, is: &StepConditions) -> Result<(), &'static str> {
    match (step, state) {
        (AftaleStep::Reopen, AftaleState::Closed)
        | (AftaleStep::Share, AftaleState::Draft | AftaleState::UnderRevision)
        | (AftaleStep::Withdraw, AftaleState::Shared | AftaleState::Commented | AftaleState::ToSign)
        | (AftaleStep::Revise | AftaleStep::Midterm, AftaleState::InForce)
        | (AftaleStep::Revise, AftaleState::Midterm)
        | (AftaleStep::Close, AftaleState::InForce | AftaleState::Midterm) => Ok(()),
        (AftaleStep::Reopen, _) => Err("Aftalen er ikke afsluttet, så den er åben allerede. Skriv videre i den."),
        (_, AftaleState::Closed) => Err("Aftalen er afsluttet. Åbn den igen, hvis der skal ske mere med den."),
        (AftaleStep::Share, _) => {
            Err("Aftalen er delt allerede. Vil du sende det nyeste, så gem filen til modparten igen.")
        }
        (AftaleStep::Withdraw, AftaleState::InForce | AftaleState::Midterm) => {
            Err("Aftalen er indgået og kan ikke trækkes tilbage. Begynd en revision, hvis den skal ændres.")
        }
        (AftaleStep::Withdraw, AftaleState::UnderRevision) => Err(
            "En revision kan ikke trækkes tilbage, for den gældende version står ved siden af. Ret målene videre, og lås den næste version, når I er enige.",
        ),
        (AftaleStep::Withdraw, _) => Err(
            "Aftalen er ikke delt, så der er ikke noget at trække tilbage. Skriv videre, og del den, når den er klar.",
        ),
        (AftaleStep::Freeze, AftaleState::ToSign) => {
            Err("Der ligger allerede en version til underskrift. Træk den tilbage, hvis noget skal rettes først.")
        }
        (AftaleStep::Freeze, AftaleState::InForce | AftaleState::Midterm) => {
            Err("Aftalen er indgået. Begynd en revision, så bliver ændringerne til den næste version.")
        }
        (AftaleStep::Freeze, _) => may_freeze(is),
        (AftaleStep::Assent(_), AftaleState::ToSign) if is.has_assented => {
            Err("Der er allerede sagt ja til denne version. Gem filen til modparten, så de kan se det.")
        }
        (AftaleStep::Assent(_), AftaleState::ToSign) if is.version_is_sound => Ok(()),
        (AftaleStep::Assent(_), AftaleState::ToSign) => Err(
            "Versionen er ikke her, eller den er ikke længere, som den var, da den blev låst. Åbn filen fra den, der låste den, eller træk den tilbage og lås aftalen igen.",
        ),
        (AftaleStep::Assent(_), AftaleState::InForce | AftaleState::Midterm) => {
            Err("Begge parter har sagt ja, og aftalen er indgået. Begynd en revision, hvis den skal ændres.")
        }
        (AftaleStep::Assent(_), _) => Err(
            "Der er ikke noget at sige ja til endnu. Gør aftalen klar til underskrift først, så ordene ligger fast.",
        ),
        (AftaleStep::Revise, AftaleState::UnderRevision) => {
            Err("Revisionen er i gang. Ret målene, og lås den næste version.")
        }
        (AftaleStep::Midterm, AftaleState::Midterm) => Err("Midtvejsstatus er begyndt. Skriv videre i den."),
        (AftaleStep::Midterm, AftaleState::UnderRevision) => {
            Err("Aftalen er under revision. Gør den næste version færdig først, så I gør status på det, der gælder.")
        }
        (AftaleStep::Revise | AftaleStep::Midterm, _) => {
            Err("Aftalen er ikke indgået endnu. Gør den klar til underskrift; den er indgået, når begge har sagt ja.")
        }
        (AftaleStep::Close, AftaleState::UnderRevision | AftaleState::ToSign) => {
            Err("Der er en version i gang. Gør den færdig, eller træk den tilbage, før aftalen afsluttes.")
        }
        (AftaleStep::Close, _) => Err("En aftale, der ikke er indgået, kan ikke afsluttes. Skal den væk, så slet den."),
    }
}

/// What must be settled before words are laid down for good.
fn may_freeze(is: &StepConditions) -> Result<(), &'static str> {
    let conditions = [
        (is.open_choices > 0, "Der er åbne valg, hvor I har skrevet forskelligt. Vælg først, hvad der skal stå."),
        (is.goals == 0, "Aftalen har ikke noget mål endnu. Skriv mindst ét."),
        (!is.has_parties, "Skriv først, hvem der indgår aftalen: både lederen og modparten."),
        (!is.has_period, "Skriv først, hvornår aftalen gælder fra og til."),
    ];
    conditions.into_iter().find(|(stops, _)| *stops).map_or(Ok(()), |(_, why)| Err(why))
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: [AftaleStep; 9] = [
        AftaleStep::Share,
        AftaleStep::Withdraw,
        AftaleStep::Freeze,
        AftaleStep::Assent(Party::Leader),
        AftaleStep::Assent(Party::Counterpart),
        AftaleStep::Revise,
        AftaleStep::Midterm,
        AftaleStep::Close,
        AftaleStep::Reopen,
    ];

    /// Every step that is refused says why and what to do, in sentences a person reads: whatever it was refused for.
    #[test]
    fn agreement_every_refusal_says_why_and_what_to_do() {
        const TO_DO: [&str; 12] = [
            "Skriv",
            "Begynd",
            "Åbn ",
            "Træk",
            "træk den",
            "Gør ",
            "Ret ",
            "Vælg",
            "så gem",
            "Gem ",
            "så slet",
            "del den",
        ];
        let ready = StepConditions {
            goals: 1,
            has_parties: true,
            has_period: true,
            version_is_sound: true,
            ..StepConditions::default()
        };
        let mut taken = Vec::new();
        let mut refused = std::collections::BTreeSet::new();
        let unready = [
            StepConditions { open_choices: 2, ..ready },
            StepConditions { goals: 0, ..ready },
            StepConditions { has_parties: false, ..ready },
            StepConditions { has_period: false, ..ready },
            StepConditions { version_is_sound: false, ..ready },
            StepConditions { has_assented: true, ..ready },
        ];
        for (state, step) in AftaleState::ALL.into_iter().flat_map(|state| STEPS.map(|step| (state, step))) {
            let all = std::iter::once(&ready).chain(&unready);
            for why in all.filter_map(|is| may(step, state, is).err()) {
                refused.insert(why);
                assert!(
                    why.ends_with('.') && TO_DO.iter().any(|words| why.contains(words)),
                    "{state:?} {step:?}: {why}"
                );
            }
        }
        for state in AftaleState::ALL {
            for step in STEPS {
                taken.extend(may(step, state, &ready).ok().map(|()| (state, step)));
            }
            assert!(taken.iter().any(|(own, _)| *own == state), "{state:?} is a dead end");
        }
        println!("{} steps make sense, the others are refused for {} reasons", taken.len(), refused.len());
        assert!(taken.contains(&(AftaleState::Draft, AftaleStep::Freeze)));
        assert!(taken.contains(&(AftaleState::ToSign, AftaleStep::Assent(Party::Counterpart))));
        assert!(!taken.contains(&(AftaleState::InForce, AftaleStep::Withdraw)));
    }

    #[test]
    fn agreement_open_choices_block_freezing() {
        let ready = StepConditions { goals: 1, has_parties: true, has_period: true, ..StepConditions::default() };
        assert_eq!(may(AftaleStep::Freeze, AftaleState::Commented, &ready), Ok(()));
        for (unready, word) in [
            (StepConditions { open_choices: 1, ..ready }, "åbne valg"),
            (StepConditions { goals: 0, ..ready }, "mål"),
            (StepConditions { has_parties: false, ..ready }, "modparten"),
            (StepConditions { has_period: false, ..ready }, "gælder"),
        ] {
            assert!(may(AftaleStep::Freeze, AftaleState::Shared, &unready).unwrap_err().contains(word));
        }
        let tampered = StepConditions { version_is_sound: false, ..ready };
        assert!(may(AftaleStep::Assent(Party::Leader), AftaleState::ToSign, &tampered).is_err());
    }
}
