//! The secretariat's patterns and themes in a report, with what the forums and the secretariat said about them.

use crate::domain::id::Id;
use crate::domain::package::{Decision, FeedbackForum, FoundPattern, Package, PackageTheme, PatternWeight, Priority};
use crate::domain::text::UserText;

use super::compose::{ItemContent, non_empty_lines, unit_list};
use super::sources::Sources;

/// A theme with the units whose agreements take it up.
struct ReportTheme<'s> {
    /// The theme in the package, with its id; `None` for a theme of agreements alone.
    given: Option<(&'s Id, &'s PackageTheme)>,
    name: String,
    units: Vec<&'s str>,
}

/// Returns the themes of the package, then other themes that agreements take up, each with the units that do. What the
/// forums say besides comes last.
///
/// Themes with the same text are one theme, whatever their case.
pub(super) fn themes(sources: &Sources) -> Vec<(Id, String, ItemContent)> {
    let mut themes: Vec<ReportTheme<'_>> = package_themes(&sources.package)
        .into_iter()
        .map(|(id, theme)| ReportTheme {
            given: Some((id, theme)),
            name: theme.title.as_str().trim().to_owned(),
            units: Vec::new(),
        })
        .collect();
    for unit in &sources.units {
        for agreement in unit.agreement.iter().chain(&unit.new_agreement) {
            let words = agreement.bundle.head.themes.as_str();
            for name in words.split(['\n', ';']).map(str::trim).filter(|name| !name.is_empty()) {
                let same = themes.iter_mut().find(|theme| theme.name.to_lowercase() == name.to_lowercase());
                match same {
                    Some(theme) if theme.units.last() == Some(&unit.name.as_str()) => {}
                    Some(theme) => theme.units.push(unit.name.as_str()),
                    None => {
                        let (name, units) = (name.to_owned(), vec![unit.name.as_str()]);
                        themes.push(ReportTheme { given: None, name, units });
                    }
                }
            }
        }
    }
    let item = |theme: ReportTheme<'_>| {
        let by = unit_list(&theme.units);
        if let Some((id, given)) = theme.given {
            return Some((id.clone(), theme.name, ItemContent::Texts { by, lines: theme_lines(given) }));
        }
        // The id is made of the letters of the name, so that the same name has the same id on every device.
        let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' };
        let id = Id::parse(&format!("tema-{}", theme.name.chars().take(80).map(plain).collect::<String>()))?;
        Some((id, theme.name, ItemContent::Texts { by, lines: Vec::new() }))
    };
    themes.into_iter().filter_map(item).chain(remarks(&sources.package)).collect()
}

/// Returns the themes of the package that have a name: those that units work from, then the rest.
fn package_themes(package: &Package) -> Vec<(&Id, &PackageTheme)> {
    let mut themes = package.themes_for_units();
    for (id, theme) in package.themes_in_order() {
        if !theme.title.as_str().trim().is_empty() && themes.iter().all(|(other, _)| *other != id) {
            themes.push((id, theme));
        }
    }
    themes
}

/// The lines on a theme: the secretariat's reason, the position of each forum, and the decision.
fn theme_lines(theme: &PackageTheme) -> Vec<(&'static str, String)> {
    let positions = [
        (FeedbackForum::Lederforum, theme.lederforum, &theme.lederforum_reason),
        (FeedbackForum::Committee, theme.committee, &theme.committee_reason),
        (FeedbackForum::JointMed, theme.joint_med_priority, &theme.joint_med),
    ];
    let [lederforum, committee, joint_med] =
        positions.map(|(forum, priority, reason)| (forum.danish(), statement(priority.map(Priority::danish), reason)));
    let is_answered =
        theme.decision.is_some() || [&lederforum, &committee, &joint_med].into_iter().any(|(_, text)| !text.is_empty());
    let outcome = match theme.outcome() {
        Decision::Chosen => Priority::Prioritised.danish(),
        Decision::NotNow => Priority::NotNow.danish(),
        Decision::Open => "Ikke besluttet endnu",
    };
    let decision = statement(is_answered.then_some(outcome), &theme.decision_reason);
    let proposed_by = theme.proposed_by.map(|forum| forum.danish().to_owned()).unwrap_or_default();
    non_empty_lines([
        ("", theme.reason.0.clone()),
        ("Foreslået af", proposed_by),
        lederforum,
        committee,
        joint_med,
        ("Beslutning", decision),
    ])
}

/// Returns the patterns that the secretariat wrote, each with the weight that the forums give it.
pub(super) fn patterns(package: &Package) -> Vec<(Id, String, ItemContent)> {
    let item = |(id, pattern): (&Id, &FoundPattern)| {
        let name = pattern.text.as_str().trim().replace('\n', " ");
        let content = ItemContent::Texts { by: String::new(), lines: pattern_lines(pattern) };
        (!name.is_empty()).then(|| (id.clone(), name, content))
    };
    package.patterns_in_order().into_iter().filter_map(item).collect()
}

/// The lines on a pattern: the weight that each forum gives it, and why.
fn pattern_lines(pattern: &FoundPattern) -> Vec<(&'static str, String)> {
    let weights = [
        (FeedbackForum::Lederforum, pattern.lederforum, &pattern.lederforum_reason),
        (FeedbackForum::Committee, pattern.committee, &pattern.committee_reason),
        (FeedbackForum::JointMed, pattern.joint_med, &pattern.joint_med_reason),
    ];
    let lines =
        weights.map(|(forum, weight, reason)| (forum.danish(), statement(weight.map(PatternWeight::danish), reason)));
    non_empty_lines(lines)
}

/// What the forums want to add to the package as a whole.
fn remarks(package: &Package) -> impl Iterator<Item = (Id, String, ItemContent)> {
    FeedbackForum::ALL.into_iter().filter_map(move |forum| {
        let remark = package.answers.get(&Id::parse(forum.name())?)?.remark.as_str().trim();
        let content = ItemContent::Texts { by: String::new(), lines: vec![("", remark.to_owned())] };
        let id = Id::parse(&format!("svar-{}", forum.name()))?;
        (!remark.is_empty()).then(|| (id, format!("Bemærkning fra {}", forum.danish()), content))
    })
}

/// Joins a position and its reason: `Prioriteret. Vi ser det samme hos os.`
fn statement(position: Option<&'static str>, reason: &UserText) -> String {
    let reason = reason.as_str().trim();
    match position {
        Some(position) if reason.is_empty() => position.to_owned(),
        Some(position) => format!("{position}. {reason}"),
        None => reason.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::package::ForumAnswer;

    const YES: Option<Priority> = Some(Priority::Prioritised);
    const NO: Option<Priority> = Some(Priority::NotNow);

    fn theme(lederforum: Option<Priority>, committee: Option<Priority>) -> PackageTheme {
        PackageTheme { title: "Fravær".into(), lederforum, committee, ..PackageTheme::default() }
    }

    #[track_caller]
    fn check(theme: &PackageTheme, expected: &[(&str, &str)]) {
        let lines = theme_lines(theme);
        let lines: Vec<(&str, &str)> = lines.iter().map(|(label, text)| (*label, text.as_str())).collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn theme_says_each_position_with_its_reason_and_the_decision() {
        check(&theme(None, None), &[]);
        check(&PackageTheme { reason: " Det stiger ".into(), ..theme(None, None) }, &[("", "Det stiger")]);
        let lederforum = ("BU Lederforum", "Prioriteret");
        check(&theme(YES, None), &[lederforum, ("Beslutning", "Ikke besluttet endnu")]);
        let disagreed = PackageTheme {
            committee_reason: "Ikke i år".into(),
            joint_med: "Det fylder".into(),
            decision_reason: "Vi venter".into(),
            ..theme(YES, NO)
        };
        check(
            &disagreed,
            &[
                lederforum,
                ("Børne- og Ungdomsudvalget", "Ikke denne gang. Ikke i år"),
                ("FællesMED", "Det fylder"),
                ("Beslutning", "Ikke denne gang. Vi venter"),
            ],
        );
        let proposed = PackageTheme {
            proposed_by: Some(FeedbackForum::JointMed),
            joint_med_priority: YES,
            decision: YES,
            ..theme(None, None)
        };
        check(&proposed, &[("Foreslået af", "FællesMED"), ("FællesMED", "Prioriteret"), ("Beslutning", "Prioriteret")]);
    }

    #[test]
    fn pattern_says_the_weight_and_reason_of_each_forum() {
        let id = |text: &str| Id::parse(text).unwrap();
        let mut package = Package::default();
        let pattern = FoundPattern {
            text: "Flere er væk\nom mandagen".into(),
            lederforum: Some(PatternWeight::High),
            lederforum_reason: "Vi ser det".into(),
            committee_reason: "Vi er i tvivl".into(),
            joint_med: Some(PatternWeight::Low),
            order: Some("a1".to_owned()),
            ..FoundPattern::default()
        };
        package.patterns.insert(id("a"), pattern);
        package.patterns.insert(id("b"), FoundPattern { text: " ".into(), ..FoundPattern::default() });
        let first = FoundPattern { text: "Først".into(), order: Some("a0".to_owned()), ..FoundPattern::default() };
        package.patterns.insert(id("c"), first);
        let found = patterns(&package);
        let names: Vec<_> = found.iter().map(|(_, name, _)| name.as_str()).collect();
        assert_eq!(names, ["Først", "Flere er væk om mandagen"]);
        let lines = vec![
            ("BU Lederforum", "Vejer tungt. Vi ser det".to_owned()),
            ("Børne- og Ungdomsudvalget", "Vi er i tvivl".to_owned()),
            ("FællesMED", "Vejer lidt".to_owned()),
        ];
        assert_eq!(found[1].2, ItemContent::Texts { by: String::new(), lines });
    }

    #[test]
    fn remarks_of_forums_are_items_of_their_own() {
        let mut package = Package::default();
        for (forum, remark) in [(FeedbackForum::Lederforum, " "), (FeedbackForum::JointMed, "Tak for at spørge")] {
            let answer = ForumAnswer { remark: remark.into(), ..ForumAnswer::default() };
            package.answers.insert(Id::parse(forum.name()).unwrap(), answer);
        }
        let names: Vec<String> = remarks(&package).map(|(_, name, _)| name).collect();
        assert_eq!(names, ["Bemærkning fra FællesMED"]);
    }
}
