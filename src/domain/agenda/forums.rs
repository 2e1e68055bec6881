//! The item about the positions of the forums on the data package, in the quarter in which they are taken. The forums'
//! own people get it until their forum has answered, the secretariat until all have.

use crate::domain::package::FeedbackForum;
use crate::domain::person::Role;

use super::facts::AgendaFacts;
use super::followed_units::has_turn;
use super::own_unit::push;
use super::{AgendaItem, AgendaTarget, Urgency, names_in_words};

/// Adds the item for the forums that are awaited and concern the person.
pub(super) fn add(items: &mut Vec<AgendaItem>, facts: &AgendaFacts) {
    let mut awaited = facts.package.awaited_forums();
    awaited.retain(|forum| concerns(facts, *forum));
    if awaited.is_empty() || !has_turn(facts, &["feedback"]) {
        return;
    }
    let names = names_in_words(&awaited.iter().map(|forum| forum.danish()).collect::<Vec<_>>());
    if facts.role == Some(Role::Secretariat) {
        let detail = format!("venter på {names}");
        push(items, Urgency::Season, None, AgendaTarget::PackageEditor, "Tag imod forummernes svar", detail);
    } else {
        let only = if let [only] = &*awaited { Some(*only) } else { None };
        let (target, detail) = (AgendaTarget::Feedback(only), format!("{names} har ikke svaret endnu"));
        push(items, Urgency::Season, None, target, "Tag stilling til mønstrene", detail);
    }
}

/// Returns whether a person waits for a forum or is in it. BU Lederforum is the leaders who report to a chef: niveau 3,
/// and above [FIF-12].
fn concerns(facts: &AgendaFacts, forum: FeedbackForum) -> bool {
    match facts.role {
        Some(Role::Secretariat) => true,
        Some(Role::Board) => forum != FeedbackForum::Lederforum,
        Some(Role::Leader) => forum == FeedbackForum::Lederforum && facts.level.map(u8::from) == Some(3),
        Some(Role::Head | Role::Director) => forum == FeedbackForum::Lederforum,
        Some(Role::Employee | Role::Facilitator) | None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::date::Date;
    use crate::domain::enhed::Level;
    use crate::domain::id::Id;
    use crate::domain::package::{Package, PackageTheme, Priority};

    const FORUMS_ANSWER: &str = "2026-02-11";

    fn package(lederforum: Option<Priority>) -> Package {
        let theme = PackageTheme { title: "Til stede hver dag".into(), lederforum, ..PackageTheme::default() };
        let mut package = Package::default();
        package.themes.insert(Id::parse("t").unwrap(), theme);
        package
    }

    #[track_caller]
    fn check(
        role: Option<Role>,
        level: Option<u8>,
        day: &str,
        package: Package,
        expected: Option<(&str, AgendaTarget)>,
    ) {
        let day = Date::parse(day).unwrap();
        let facts = AgendaFacts { role, level: level.and_then(Level::new), package, ..AgendaFacts::new(day) };
        let mut items = Vec::new();
        add(&mut items, &facts);
        let found: Vec<_> = items.iter().map(|item| (item.line.detail.as_str(), item.line.target.clone())).collect();
        let expected: Vec<_> = expected.into_iter().map(|(detail, target)| (detail, Some(target))).collect();
        assert_eq!(found, expected, "{role:?} {level:?} {day}");
    }

    #[test]
    fn item_is_for_the_people_of_awaited_forums_in_their_quarter() {
        const LEDERFORUM: &str = "BU Lederforum har ikke svaret endnu";
        let own = || Some((LEDERFORUM, AgendaTarget::Feedback(Some(FeedbackForum::Lederforum))));
        for (role, level, expected) in [
            (Some(Role::Leader), Some(3), own()),
            (Some(Role::Leader), Some(4), None),
            (Some(Role::Leader), None, None),
            (Some(Role::Head), Some(2), own()),
            (Some(Role::Director), Some(1), own()),
            (Some(Role::Employee), None, None),
            (Some(Role::Facilitator), None, None),
            (None, None, None),
        ] {
            check(role, level, FORUMS_ANSWER, package(None), expected);
            check(role, level, FORUMS_ANSWER, package(Some(Priority::NotNow)), None);
            check(role, level, FORUMS_ANSWER, Package::default(), None);
            check(role, level, "2026-05-11", package(None), None);
        }
        let both = "Børne- og Ungdomsudvalget og FællesMED har ikke svaret endnu";
        check(Some(Role::Board), None, FORUMS_ANSWER, package(None), Some((both, AgendaTarget::Feedback(None))));
    }

    #[test]
    fn secretariat_is_told_which_forums_it_waits_for() {
        let waits = "venter på Børne- og Ungdomsudvalget og FællesMED";
        let expected = Some((waits, AgendaTarget::PackageEditor));
        check(Some(Role::Secretariat), None, FORUMS_ANSWER, package(Some(Priority::Prioritised)), expected);
    }
}
