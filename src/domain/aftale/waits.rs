//! What an agreement waits for from one of its parties.

use super::Party;
use super::state::{AftaleState, AgreementStatus};
use super::whole::AgreementBundle;

/// What waits for a party, in Danish.
pub fn waits(whole: &AgreementBundle, standing: &AgreementStatus, party: Party) -> Option<String> {
    let comments = || match whole.open_comments {
        1 => "1 kommentar venter på svar".to_owned(),
        more => format!("{more} kommentarer venter på svar"),
    };
    if whole.open_choices > 0 && standing.state.is_open() {
        return Some("der er skrevet forskelligt, og I skal vælge".to_owned());
    }
    match (standing.state, party) {
        (AftaleState::Shared, Party::Counterpart) => Some("aftalen er delt: læs den, og skriv i margenen".to_owned()),
        (AftaleState::UnderRevision, Party::Counterpart) if standing.is_shared => {
            Some("revisionen er delt: læs den".to_owned())
        }
        (AftaleState::Commented, Party::Leader) => Some(comments()),
        (AftaleState::ToSign, _) => {
            let version = standing.to_sign.as_ref()?;
            whole.head.assent(version, party).is_none().then(|| "aftalen venter på, at du siger ja".to_owned())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::state::AftaleEvent;
    use super::*;
    use crate::domain::date::Date;
    use crate::domain::id::Id;

    #[test]
    fn agreement_waits_for_the_one_who_has_the_next_move() {
        let (day, id) = (Date::new(2026, 5, 1).unwrap(), |text: &str| Id::parse(text).unwrap());
        let mut whole = AgreementBundle::default();
        let who = |whole: &AgreementBundle| {
            let standing = whole.head.standing(whole.open_comments);
            Party::ALL.map(|party| waits(whole, &standing, party).is_some())
        };
        assert_eq!(who(&whole), [false, false]);
        whole.head.note(id("a"), AftaleEvent::Shared, day, None);
        assert_eq!(who(&whole), [false, true]);
        whole.open_comments = 2;
        assert_eq!(who(&whole), [true, false]);
        whole.head.note(id("b"), AftaleEvent::Frozen, day, Some(id("v")));
        assert_eq!(who(&whole), [true, true]);
        whole.head.agree(&id("v"), Party::Leader, day);
        assert_eq!(who(&whole), [false, true]);
        whole.head.agree(&id("v"), Party::Counterpart, day);
        assert_eq!(who(&whole), [false, false]);
    }
}
