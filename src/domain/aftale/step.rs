//! The steps that a person can take with an agreement: which ones its state allows, and why the others are refused.

use super::Party;
use super::state::AftaleState;

/// A step that a person takes with an agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AftaleStep {
    /// Share the agreement with the counterpart.
    Share,
    /// Take the shared agreement or the waiting version back.
    Withdraw,
    /// Freeze a version for both parties to agree to.
    Freeze,
    /// Agree to the waiting version.
    Assent(Party),
    /// Begin the yearly revision.
    Revise,
    /// Begin the midtvejs status.
    Midterm,
    /// Close the agreement.
    Close,
    /// Open the agreement again.
    Reopen,
}

/// The conditions, apart from the state, that a step depends on.
#[allow(clippy::struct_excessive_bools, reason = "the conditions are independent of each other")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StepConditions {
    /// The number of fields with several concurrent values.
    pub open_choices: usize,
    /// The number of goals with a text.
    pub goals: usize,
    /// Whether both parties are named.
    pub has_parties: bool,
    /// Whether the period has a first and a last day.
    pub has_period: bool,
    /// Whether the waiting version is on this device and matches its fingerprint.
    pub version_is_sound: bool,
    /// Whether the party has already agreed to the waiting version.
    pub has_assented: bool,
}

/// Checks whether a step is allowed in a state.
///
/// # Errors
/// If the step is not allowed: the reason and what to do instead, in Danish.
pub fn check_step(step: AftaleStep, state: AftaleState, conditions: &StepConditions) -> Result<(), &'static str> {
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
        (AftaleStep::Freeze, _) => may_freeze(conditions),
        (AftaleStep::Assent(_), AftaleState::ToSign) if conditions.has_assented => {
            Err("Der er allerede sagt ja til denne version. Gem filen til modparten, så de kan se det.")
        }
        (AftaleStep::Assent(_), AftaleState::ToSign) if conditions.version_is_sound => Ok(()),
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

/// Checks the conditions for freezing a version.
fn may_freeze(conditions: &StepConditions) -> Result<(), &'static str> {
    let obstacles = [
        (
            conditions.open_choices > 0,
            "Der er åbne valg, hvor I har skrevet forskelligt. Vælg først, hvad der skal stå.",
        ),
        (conditions.goals == 0, "Aftalen har ikke noget mål endnu. Skriv mindst ét."),
        (!conditions.has_parties, "Skriv først, hvem der indgår aftalen: både lederen og modparten."),
        (!conditions.has_period, "Skriv først, hvornår aftalen gælder fra og til."),
    ];
    obstacles.into_iter().find(|(is_present, _)| *is_present).map_or(Ok(()), |(_, why)| Err(why))
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

    /// Every refusal is a full sentence that says what to do instead.
    #[test]
    fn every_refusal_names_an_action_and_no_state_is_a_dead_end() {
        const ACTIONS: [&str; 12] = [
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
        let mut allowed = Vec::new();
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
            for why in all.filter_map(|conditions| check_step(step, state, conditions).err()) {
                refused.insert(why);
                assert!(
                    why.ends_with('.') && ACTIONS.iter().any(|action| why.contains(action)),
                    "{state:?} {step:?}: {why}"
                );
            }
        }
        for state in AftaleState::ALL {
            for step in STEPS {
                allowed.extend(check_step(step, state, &ready).ok().map(|()| (state, step)));
            }
            assert!(allowed.iter().any(|(from, _)| *from == state), "{state:?} is a dead end");
        }
        println!("{} steps are allowed, the others are refused for {} reasons", allowed.len(), refused.len());
        assert!(allowed.contains(&(AftaleState::Draft, AftaleStep::Freeze)));
        assert!(allowed.contains(&(AftaleState::ToSign, AftaleStep::Assent(Party::Counterpart))));
        assert!(!allowed.contains(&(AftaleState::InForce, AftaleStep::Withdraw)));
    }

    #[test]
    fn freeze_is_refused_with_open_choices_or_missing_content() {
        let ready = StepConditions { goals: 1, has_parties: true, has_period: true, ..StepConditions::default() };
        assert_eq!(check_step(AftaleStep::Freeze, AftaleState::Commented, &ready), Ok(()));
        for (unready, word) in [
            (StepConditions { open_choices: 1, ..ready }, "åbne valg"),
            (StepConditions { goals: 0, ..ready }, "mål"),
            (StepConditions { has_parties: false, ..ready }, "modparten"),
            (StepConditions { has_period: false, ..ready }, "gælder"),
        ] {
            assert!(check_step(AftaleStep::Freeze, AftaleState::Shared, &unready).unwrap_err().contains(word));
        }
        let tampered = StepConditions { version_is_sound: false, ..ready };
        assert!(check_step(AftaleStep::Assent(Party::Leader), AftaleState::ToSign, &tampered).is_err());
    }
}
