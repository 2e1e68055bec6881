//! What an agreement expects from each party next.

use super::Party;
use super::bundle::AgreementBundle;
use super::state::{AftaleState, AgreementStatus};

/// The next thing that an agreement expects from a party, in Danish. `None` if it expects nothing.
pub fn expected_move(bundle: &AgreementBundle, status: &AgreementStatus, party: Party) -> Option<String> {
    let comments = || match bundle.open_comments {
        1 => "1 kommentar venter på svar".to_owned(),
        more => format!("{more} kommentarer venter på svar"),
    };
    if bundle.open_choices > 0 && status.state.is_open() {
        return Some("der er skrevet forskelligt, og I skal vælge".to_owned());
    }
    match (status.state, party) {
        (AftaleState::Shared, Party::Counterpart) => Some("aftalen er delt: læs den, og skriv i margenen".to_owned()),
        (AftaleState::UnderRevision, Party::Counterpart) if status.is_shared => {
            Some("revisionen er delt: læs den".to_owned())
        }
        (AftaleState::Commented, Party::Leader) => Some(comments()),
        (AftaleState::ToSign, _) => {
            let version = status.to_sign.as_ref()?;
            bundle.head.assent(version, party).is_none().then(|| "aftalen venter på, at du siger ja".to_owned())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::aftale::state::AftaleEvent;
    use crate::domain::date::Date;
    use crate::domain::id::Id;

    #[test]
    fn waits_for_the_party_with_the_next_move() {
        let (day, id) = (Date::new(2026, 5, 1).unwrap(), |text: &str| Id::parse(text).unwrap());
        let mut bundle = AgreementBundle::default();
        let waits_for_each = |bundle: &AgreementBundle| {
            let status = bundle.head.status(bundle.open_comments);
            Party::ALL.map(|party| expected_move(bundle, &status, party).is_some())
        };
        assert_eq!(waits_for_each(&bundle), [false, false]);
        bundle.head.record_event(id("a"), AftaleEvent::Shared, day, None);
        assert_eq!(waits_for_each(&bundle), [false, true]);
        bundle.open_comments = 2;
        assert_eq!(waits_for_each(&bundle), [true, false]);
        bundle.head.record_event(id("b"), AftaleEvent::Frozen, day, Some(id("v")));
        assert_eq!(waits_for_each(&bundle), [true, true]);
        bundle.head.record_assent(&id("v"), Party::Leader, day);
        assert_eq!(waits_for_each(&bundle), [false, true]);
        bundle.head.record_assent(&id("v"), Party::Counterpart, day);
        assert_eq!(waits_for_each(&bundle), [false, false]);
    }
}
