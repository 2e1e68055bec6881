//! The secretariat's package for a cycle (*datapakke*): dates of the elements, patterns found, and themes with their
//! priorities and reasons. The figures are not in the package record; they are series.

use serde::{Deserialize, Serialize};

use super::body::{Body, Entries, FieldRole, KindWords, Map};
use super::cycle::Cycle;
use super::date::Date;
use super::fractional_index;
use super::id::Id;
use super::period::Span;
use super::slot::fields;
use super::text::UserText;

/// The package of a cycle. There is one per cycle with a derived id, so that the files of all people are merged into
/// it.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Package {
    /// The title of the package.
    pub title: UserText,
    /// The name of the cycle: `2025–2027`.
    pub cycle: UserText,
    /// The edition of the foundation whose indicators apply; `None` for the present edition.
    pub edition: Option<Id>,
    /// The secretariat's letter that goes with the package.
    pub letter: UserText,
    /// The period in which an element has its turn, by element id. For other elements the wheel's quarters apply.
    pub calendar: Map<Id, Span>,
    /// The patterns found in the data.
    pub patterns: Entries<FoundPattern>,
    /// The themes pointed out from the patterns.
    pub themes: Entries<PackageTheme>,
    /// What each forum says about the package as a whole, by the id of the forum.
    pub answers: Entries<ForumAnswer>,
}

/// A pattern found in the data.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Found"), schemars(default))]
pub struct FoundPattern {
    /// The description of the pattern.
    pub text: UserText,
    /// How much the pattern weighs for BU Lederforum.
    pub lederforum: Option<PatternWeight>,
    /// The reason given by BU Lederforum.
    pub lederforum_reason: UserText,
    /// How much the pattern weighs for Børne- og Ungdomsudvalget.
    pub committee: Option<PatternWeight>,
    /// The reason given by Børne- og Ungdomsudvalget.
    pub committee_reason: UserText,
    /// How much the pattern weighs for `FællesMED`.
    pub joint_med: Option<PatternWeight>,
    /// The reason given by `FællesMED`.
    pub joint_med_reason: UserText,
    /// The position among the patterns: a fractional index.
    pub order: Option<String>,
}

/// A theme pointed out from the patterns.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Theme"), schemars(default))]
pub struct PackageTheme {
    /// The name of the theme.
    pub title: UserText,
    /// The reason why the theme was pointed out.
    pub reason: UserText,
    /// The priority given by BU Lederforum.
    pub lederforum: Option<Priority>,
    /// The reason given by BU Lederforum.
    pub lederforum_reason: UserText,
    /// The priority given by Børne- og Ungdomsudvalget.
    pub committee: Option<Priority>,
    /// The reason given by Børne- og Ungdomsudvalget.
    pub committee_reason: UserText,
    /// The feedback of `FællesMED`.
    pub joint_med: UserText,
    /// The priority given by `FællesMED`, which decides nothing.
    pub joint_med_priority: Option<Priority>,
    /// The forum that proposed the theme; `None` for the secretariat.
    pub proposed_by: Option<FeedbackForum>,
    /// The decision that the secretariat noted; `None` if it follows from the priorities.
    pub decision: Option<Priority>,
    /// The reason for the decision.
    pub decision_reason: UserText,
    /// The position among the themes: a fractional index.
    pub order: Option<String>,
}

/// What a forum says about a package as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct ForumAnswer {
    /// What the forum wants to add.
    pub remark: UserText,
    /// The day on which the forum finished its position.
    pub finished: Option<Date>,
}

/// A forum that takes a position on the package [FIF-12].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FeedbackForum {
    /// BU Lederforum, which prioritises.
    Lederforum,
    /// Børne- og Ungdomsudvalget, which prioritises.
    Committee,
    /// `FællesMED`, which gives feedback.
    JointMed,
}

/// How much a pattern weighs for a forum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PatternWeight {
    /// It weighs heavily.
    High,
    /// It weighs something.
    Some,
    /// It weighs little.
    Low,
}

impl FeedbackForum {
    /// All forums, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Lederforum, Self::Committee, Self::JointMed];

    /// The name of the forum in the documents.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Lederforum => "BU Lederforum",
            Self::Committee => "Børne- og Ungdomsudvalget",
            Self::JointMed => "FællesMED",
        }
    }

    /// The name of the forum in addresses and records.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lederforum => "lederforum",
            Self::Committee => "udvalg",
            Self::JointMed => "faellesmed",
        }
    }
}

impl PatternWeight {
    /// All values, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::High, Self::Some, Self::Low];

    /// The Danish name.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::High => "Vejer tungt",
            Self::Some => "Vejer noget",
            Self::Low => "Vejer lidt",
        }
    }
}

/// The priority that one body gives to a theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// The theme is one of the themes of the two years.
    Prioritised,
    /// The theme is not one of them this time.
    NotNow,
}

/// The decision on a theme, derived from both priorities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Both bodies have prioritised the theme.
    Chosen,
    /// No body has put the theme off, and at least one has not answered yet.
    Open,
    /// At least one body has put the theme off.
    NotNow,
}

impl Priority {
    /// Both values, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::Prioritised, Self::NotNow];

    /// The Danish name.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Prioritised => "Prioriteret",
            Self::NotNow => "Ikke denne gang",
        }
    }
}

impl Decision {
    /// The Danish name.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Chosen => "prioriteret",
            Self::Open => "ikke besluttet endnu",
            Self::NotNow => "ikke denne gang",
        }
    }
}

impl PackageTheme {
    /// The decision on the theme: the one that the secretariat noted, or else what follows from the priorities.
    ///
    /// BU Lederforum and the committee prioritise. `FællesMED` gives feedback and decides nothing.
    pub fn outcome(&self) -> Decision {
        match self.decision {
            Some(Priority::Prioritised) => return Decision::Chosen,
            Some(Priority::NotNow) => return Decision::NotNow,
            None => {}
        }
        match [self.lederforum, self.committee] {
            [Some(Priority::Prioritised), Some(Priority::Prioritised)] => Decision::Chosen,
            priorities if priorities.contains(&Some(Priority::NotNow)) => Decision::NotNow,
            _ => Decision::Open,
        }
    }

    fn has_title(&self) -> bool {
        !self.title.as_str().trim().is_empty()
    }
}

impl Package {
    /// The id of a cycle's package.
    pub fn id(cycle: Cycle) -> Option<Id> {
        Id::parse(&format!("datapakke-{}", cycle.first_year()))
    }

    /// Creates a package that has a title and a cycle, and nothing else.
    pub fn new(cycle: Cycle) -> Self {
        let cycle = cycle.to_string();
        Self { title: UserText(format!("Datapakke {cycle}")), cycle: UserText(cycle), ..Self::default() }
    }

    /// The themes in order.
    pub fn themes_in_order(&self) -> Vec<(&Id, &PackageTheme)> {
        in_order(&self.themes, |theme| theme.order.as_deref())
    }

    /// The patterns in order.
    pub fn patterns_in_order(&self) -> Vec<(&Id, &FoundPattern)> {
        in_order(&self.patterns, |found| found.order.as_deref())
    }

    /// The themes that units work from: the prioritised ones, or the open ones as long as none is prioritised.
    pub fn themes_for_units(&self) -> Vec<(&Id, &PackageTheme)> {
        let themes_with = |decision: Decision| {
            let named = self.themes_in_order().into_iter().filter(|(_, theme)| theme.has_title());
            named.filter(|(_, theme)| theme.outcome() == decision).collect::<Vec<_>>()
        };
        let chosen = themes_with(Decision::Chosen);
        if chosen.is_empty() { themes_with(Decision::Open) } else { chosen }
    }

    /// Whether [`Self::themes_for_units`] returns prioritised themes.
    pub fn is_decided(&self) -> bool {
        self.themes.values().any(|theme| theme.has_title() && theme.outcome() == Decision::Chosen)
    }

    /// The period in which an element has its turn, if the secretariat has set one.
    pub fn element_dates(&self, element: &str) -> Option<Span> {
        self.calendar.iter().find(|(id, _)| id.as_str() == element).map(|(_, span)| *span)
    }

    /// Whether the package has patterns, themes, dates or a letter.
    pub fn has_content(&self) -> bool {
        let has_patterns = self.patterns.values().any(|found| !found.text.as_str().trim().is_empty());
        let has_themes = self.themes.values().any(PackageTheme::has_title);
        has_patterns || has_themes || !self.calendar.is_empty() || !self.letter.as_str().trim().is_empty()
    }

    /// Suggestions for improving the package before it is sent, in Danish, the most useful first. `has_figures` says
    /// whether any unit has figures.
    pub fn gaps(&self, has_figures: bool) -> Vec<&'static str> {
        let themes = || self.themes.values().filter(|theme| theme.has_title());
        let is_empty = |text: &UserText| text.as_str().trim().is_empty();
        let gaps = [
            (!has_figures, "Hent enhedernes tal ind under Indikatorer"),
            (self.patterns.values().all(|found| is_empty(&found.text)), "Skriv de mønstre, I ser i tallene"),
            (themes().next().is_none(), "Skriv de temaer, mønstrene peger på"),
            (themes().any(|theme| is_empty(&theme.reason)), "Skriv, hvorfor hvert tema er peget ud"),
            (
                themes().any(|theme| theme.outcome() == Decision::Open),
                "Skriv, hvad BU Lederforum og Børne- og Ungdomsudvalget har prioriteret",
            ),
            (themes().any(|theme| is_empty(&theme.joint_med)), "Skriv FællesMEDs feedback til temaerne"),
            (self.calendar.is_empty(), "Sæt datoer på kalenderen, hvor I kender dem"),
        ];
        gaps.into_iter().filter(|(is_missing, _)| *is_missing).map(|(_, words)| words).collect()
    }
}

/// Sorts entries by position, then by id. Entries without a position come last.
fn in_order<T>(entries: &Entries<T>, position: fn(&T) -> Option<&str>) -> Vec<(&Id, &T)> {
    let sort_key = |entry: &(&Id, &T)| (position(entry.1).unwrap_or("~").to_owned(), entry.0.clone());
    fractional_index::sorted(entries.iter().collect(), &|one, other| sort_key(one) < sort_key(other))
}

fields!(ForumAnswer { remark: text("forummets bemærkning"), finished: value("om svaret er færdigt") });

fields!(FoundPattern {
    text: text("mønsteret"),
    lederforum: value("BU Lederforums vægt"),
    lederforum_reason: text("BU Lederforums begrundelse"),
    committee: value("Børne- og Ungdomsudvalgets vægt"),
    committee_reason: text("Børne- og Ungdomsudvalgets begrundelse"),
    joint_med: value("FællesMEDs vægt"),
    joint_med_reason: text("FællesMEDs begrundelse"),
    order: order(),
});

fields!(PackageTheme {
    title: text("temaet"),
    reason: text("begrundelsen for temaet"),
    lederforum: value("BU Lederforums prioritering"),
    lederforum_reason: text("BU Lederforums begrundelse"),
    committee: value("Børne- og Ungdomsudvalgets prioritering"),
    committee_reason: text("Børne- og Ungdomsudvalgets begrundelse"),
    joint_med: text("FællesMEDs feedback"),
    joint_med_priority: value("FællesMEDs prioritering"),
    proposed_by: value("hvem der foreslog temaet"),
    decision: value("beslutningen"),
    decision_reason: text("begrundelsen for beslutningen"),
    order: order(),
});

fields!(Package {
    title: text("titlen"),
    cycle: value("perioden"),
    edition: value("indikatorsættet"),
    letter: text("sekretariatets brev"),
    calendar: leaves("datoerne i kalenderen", FieldRole::Plain),
    patterns: entries("mønsteret", <FoundPattern as super::body::FieldTable>::FIELDS),
    themes: entries("temaet", <PackageTheme as super::body::FieldTable>::FIELDS),
    answers: entries("forummets svar", <ForumAnswer as super::body::FieldTable>::FIELDS),
});

impl Body for Package {
    const WORDS: KindWords = KindWords { definite: "datapakken", singular: "datapakke", plural: "datapakker" };
    const TITLE: &'static str = "title";
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    fn theme(title: &str, priorities: [Option<Priority>; 2], order: &str) -> PackageTheme {
        let [lederforum, committee] = priorities;
        PackageTheme {
            title: title.into(),
            lederforum,
            committee,
            order: Some(order.to_owned()),
            ..PackageTheme::default()
        }
    }

    const YES: Option<Priority> = Some(Priority::Prioritised);
    const NO: Option<Priority> = Some(Priority::NotNow);

    #[test]
    fn theme_is_chosen_only_if_both_bodies_prioritise_it() {
        for (priorities, decision) in [
            ([None, None], Decision::Open),
            ([YES, None], Decision::Open),
            ([None, YES], Decision::Open),
            ([YES, YES], Decision::Chosen),
            ([YES, NO], Decision::NotNow),
            ([NO, None], Decision::NotNow),
        ] {
            assert_eq!(theme("x", priorities, "a0").outcome(), decision, "{priorities:?}");
        }
    }

    #[test]
    fn themes_for_units_are_open_ones_until_one_is_chosen() {
        let mut package = Package::default();
        for (name, title, priorities, order) in [
            ("a", "Fravær", [YES, None], "a1"),
            ("b", "Ensomhed", [None, None], "a0"),
            ("c", "Overvægt", [YES, NO], "a2"),
            ("d", "", [YES, YES], "a3"),
        ] {
            package.themes.insert(id(name), theme(title, priorities, order));
        }
        let titles = |package: &Package| {
            let themes = package.themes_for_units().into_iter();
            themes.map(|(_, theme)| theme.title.0.clone()).collect::<Vec<_>>()
        };
        assert_eq!((titles(&package), package.is_decided()), (vec!["Ensomhed".to_owned(), "Fravær".to_owned()], false));
        package.themes.get_mut(&id("a")).unwrap().committee = YES;
        assert_eq!((titles(&package), package.is_decided()), (vec!["Fravær".to_owned()], true));
    }

    #[test]
    fn id_is_per_cycle_and_turn_is_per_element() {
        let cycle = |day: &str| Cycle::of(Date::parse(day).unwrap());
        assert_eq!(Package::id(cycle("2025-11-05")), Package::id(cycle("2027-08-11")));
        assert_ne!(Package::id(cycle("2025-11-05")), Package::id(cycle("2027-10-01")));
        let mut package = Package::new(cycle("2026-02-11"));
        assert_eq!((package.title.as_str(), package.has_content()), ("Datapakke 2025–2027", false));
        let span = Span { from: Date::new(2026, 2, 1), to: Date::new(2026, 4, 30) };
        package.calendar.insert(id("kvalitetssamtale"), span);
        assert_eq!((package.element_dates("kvalitetssamtale"), package.element_dates("feedback")), (Some(span), None));
        assert!(package.has_content());
    }

    #[test]
    fn gaps_are_empty_for_a_complete_package() {
        let mut package = Package::default();
        assert_eq!(package.gaps(false).len(), 4);
        package.patterns.insert(id("p"), FoundPattern { text: "Fraværet stiger".into(), ..FoundPattern::default() });
        package.themes.insert(id("t"), theme("Fravær", [YES, None], "a0"));
        assert_eq!(package.gaps(true).len(), 4, "{:?}", package.gaps(true));
        let theme = package.themes.get_mut(&id("t")).unwrap();
        (theme.committee, theme.reason, theme.joint_med) =
            (YES, "Vi ser det i alle områder".into(), "Vi er enige".into());
        package.calendar.insert(id("kvalitetssamtale"), Span::default());
        assert_eq!(package.gaps(true), [""; 0]);
    }
}
