//! The steps that are taken with an agreement: which make sense where it stands, and of the others why not and what to do.

use super::Party;
use super::state::State;

/// A step that a person takes with an agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
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
pub struct Conditions {
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
pub fn may(step: Step, state: State, is: &Conditions) -> Result<(), &'static str> {
    match (step, state) {
        (Step::Reopen, State::Closed)
        | (Step::Share, State::Draft | State::UnderRevision)
        | (Step::Withdraw, State::Shared | State::Commented | State::ToSign)
        | (Step::Revise | Step::Midterm, State::InForce)
        | (Step::Revise, State::Midterm)
        | (Step::Close, State::InForce | State::Midterm) => Ok(()),
        (Step::Reopen, _) => Err("Aftalen er ikke afsluttet, så den er åben allerede. Skriv videre i den."),
        (_, State::Closed) => Err("Aftalen er afsluttet. Åbn den igen, hvis der skal ske mere med den."),
        (Step::Share, _) => Err("Aftalen er delt allerede. Vil du sende det nyeste, så gem filen til modparten igen."),
        (Step::Withdraw, State::InForce | State::Midterm) => {
            Err("Aftalen er indgået og kan ikke trækkes tilbage. Begynd en revision, hvis den skal ændres.")
        }
        (Step::Withdraw, State::UnderRevision) => Err(
            "En revision kan ikke trækkes tilbage, for den gældende version står ved siden af. Ret målene videre, og lås den næste version, når I er enige.",
        ),
        (Step::Withdraw, _) => Err(
            "Aftalen er ikke delt, så der er ikke noget at trække tilbage. Skriv videre, og del den, når den er klar.",
        ),
        (Step::Freeze, State::ToSign) => {
            Err("Der ligger allerede en version til underskrift. Træk den tilbage, hvis noget skal rettes først.")
        }
        (Step::Freeze, State::InForce | State::Midterm) => {
            Err("Aftalen er indgået. Begynd en revision, så bliver ændringerne til den næste version.")
        }
        (Step::Freeze, _) => may_freeze(is),
        (Step::Assent(_), State::ToSign) if is.has_assented => {
            Err("Der er allerede sagt ja til denne version. Gem filen til modparten, så de kan se det.")
        }
        (Step::Assent(_), State::ToSign) if is.version_is_sound => Ok(()),
        (Step::Assent(_), State::ToSign) => Err(
            "Versionen er ikke her, eller den er ikke længere, som den var, da den blev låst. Åbn filen fra den, der låste den, eller træk den tilbage og lås aftalen igen.",
        ),
        (Step::Assent(_), State::InForce | State::Midterm) => {
            Err("Begge parter har sagt ja, og aftalen er indgået. Begynd en revision, hvis den skal ændres.")
        }
        (Step::Assent(_), _) => Err(
            "Der er ikke noget at sige ja til endnu. Gør aftalen klar til underskrift først, så ordene ligger fast.",
        ),
        (Step::Revise, State::UnderRevision) => Err("Revisionen er i gang. Ret målene, og lås den næste version."),
        (Step::Midterm, State::Midterm) => Err("Midtvejsstatus er begyndt. Skriv videre i den."),
        (Step::Midterm, State::UnderRevision) => {
            Err("Aftalen er under revision. Gør den næste version færdig først, så I gør status på det, der gælder.")
        }
        (Step::Revise | Step::Midterm, _) => {
            Err("Aftalen er ikke indgået endnu. Gør den klar til underskrift; den er indgået, når begge har sagt ja.")
        }
        (Step::Close, State::UnderRevision | State::ToSign) => {
            Err("Der er en version i gang. Gør den færdig, eller træk den tilbage, før aftalen afsluttes.")
        }
        (Step::Close, _) => Err("En aftale, der ikke er indgået, kan ikke afsluttes. Skal den væk, så slet den."),
    }
}

/// What must be settled before words are laid down for good.
fn may_freeze(is: &Conditions) -> Result<(), &'static str> {
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

    const STEPS: [Step; 9] = [
        Step::Share,
        Step::Withdraw,
        Step::Freeze,
        Step::Assent(Party::Leader),
        Step::Assent(Party::Counterpart),
        Step::Revise,
        Step::Midterm,
        Step::Close,
        Step::Reopen,
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
        let ready = Conditions {
            goals: 1,
            has_parties: true,
            has_period: true,
            version_is_sound: true,
            ..Conditions::default()
        };
        let mut taken = Vec::new();
        let mut refused = std::collections::BTreeSet::new();
        let unready = [
            Conditions { open_choices: 2, ..ready },
            Conditions { goals: 0, ..ready },
            Conditions { has_parties: false, ..ready },
            Conditions { has_period: false, ..ready },
            Conditions { version_is_sound: false, ..ready },
            Conditions { has_assented: true, ..ready },
        ];
        for (state, step) in State::ALL.into_iter().flat_map(|state| STEPS.map(|step| (state, step))) {
            let all = std::iter::once(&ready).chain(&unready);
            for why in all.filter_map(|is| may(step, state, is).err()) {
                refused.insert(why);
                assert!(
                    why.ends_with('.') && TO_DO.iter().any(|words| why.contains(words)),
                    "{state:?} {step:?}: {why}"
                );
            }
        }
        for state in State::ALL {
            for step in STEPS {
                taken.extend(may(step, state, &ready).ok().map(|()| (state, step)));
            }
            assert!(taken.iter().any(|(own, _)| *own == state), "{state:?} is a dead end");
        }
        println!("{} steps make sense, the others are refused for {} reasons", taken.len(), refused.len());
        assert!(taken.contains(&(State::Draft, Step::Freeze)));
        assert!(taken.contains(&(State::ToSign, Step::Assent(Party::Counterpart))));
        assert!(!taken.contains(&(State::InForce, Step::Withdraw)));
    }

    #[test]
    fn agreement_open_choices_block_freezing() {
        let ready = Conditions { goals: 1, has_parties: true, has_period: true, ..Conditions::default() };
        assert_eq!(may(Step::Freeze, State::Commented, &ready), Ok(()));
        for (unready, word) in [
            (Conditions { open_choices: 1, ..ready }, "åbne valg"),
            (Conditions { goals: 0, ..ready }, "mål"),
            (Conditions { has_parties: false, ..ready }, "modparten"),
            (Conditions { has_period: false, ..ready }, "gælder"),
        ] {
            assert!(may(Step::Freeze, State::Shared, &unready).unwrap_err().contains(word));
        }
        let tampered = Conditions { version_is_sound: false, ..ready };
        assert!(may(Step::Assent(Party::Leader), State::ToSign, &tampered).is_err());
    }
}
