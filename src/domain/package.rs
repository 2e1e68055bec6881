//! The secretariat's package for a cycle (*datapakke*): dates of the elements, patterns found, and themes, with what
//! three forums say about them and what was decided. The figures are not in the package record; they are series.

mod positions;

use serde::{Deserialize, Serialize};

use super::body::{Body, Entries, FieldRole, KindWords, Map};
use super::cycle::Cycle;
use super::date::Date;
use super::id::Id;
use super::period::Span;
use super::slot::fields;
use super::text::UserText;

use positions::awaited;
pub use positions::{ForumAgreement, ForumPosition, agreement_in_words};

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

    /// Returns the forum with a name in addresses and records.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|forum| forum.name() == name)
    }

    /// Returns the key of the forum in [`Package::answers`].
    pub fn id(self) -> Option<Id> {
        Id::parse(self.name())
    }

    /// Whether the forum prioritises. One that does not gives feedback, which decides nothing [FIF-12].
    pub const fn prioritises(self) -> bool {
        !matches!(self, Self::JointMed)
    }

    /// Returns the names of the leaves of a pattern that hold the forum's choice and its reason.
    pub const fn pattern_leaves(self) -> [&'static str; 2] {
        match self {
            Self::Lederforum => ["lederforum", "lederforum_reason"],
            Self::Committee => ["committee", "committee_reason"],
            Self::JointMed => ["joint_med", "joint_med_reason"],
        }
    }

    /// Returns the names of the leaves of a theme that hold the forum's choice and its reason.
    pub const fn theme_leaves(self) -> [&'static str; 2] {
        match self {
            Self::Lederforum => ["lederforum", "lederforum_reason"],
            Self::Committee => ["committee", "committee_reason"],
            Self::JointMed => ["joint_med_priority", "joint_med"],
        }
    }

    /// Returns the suggestion to get the answer of the forum.
    const fn missing_answer(self) -> &'static str {
        match self {
            Self::Lederforum => "Hent svaret fra BU Lederforum",
            Self::Committee => "Hent svaret fra Børne- og Ungdomsudvalget",
            Self::JointMed => "Hent svaret fra FællesMED",
        }
    }
}

impl PatternWeight {
    /// The values as records hold them, each with its Danish name, in the order in which they are offered.
    pub const CHOICES: [(&'static str, &'static str); 3] =
        [("high", Self::High.danish()), ("some", Self::Some.danish()), ("low", Self::Low.danish())];

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

/// The decision on a theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The secretariat noted that the theme is chosen; or both bodies have prioritised it.
    Chosen,
    /// Nothing is noted, no body has put the theme off, and at least one has not answered yet.
    Open,
    /// The secretariat noted that the theme is put off; or at least one body has put it off.
    NotNow,
}

impl Priority {
    /// The values as records hold them, each with its Danish name, in the order in which they are offered.
    pub const CHOICES: [(&'static str, &'static str); 2] =
        [("prioritised", Self::Prioritised.danish()), ("not_now", Self::NotNow.danish())];

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

impl FoundPattern {
    /// The positions of the forums on the pattern.
    pub fn positions(&self) -> [ForumPosition<'_>; 3] {
        FeedbackForum::ALL.map(|forum| {
            let (weight, reason) = match forum {
                FeedbackForum::Lederforum => (self.lederforum, &self.lederforum_reason),
                FeedbackForum::Committee => (self.committee, &self.committee_reason),
                FeedbackForum::JointMed => (self.joint_med, &self.joint_med_reason),
            };
            ForumPosition { forum, choice: weight.map(PatternWeight::danish), reason: reason.as_str() }
        })
    }

    /// Whether the pattern is described.
    pub fn has_text(&self) -> bool {
        !self.text.as_str().trim().is_empty()
    }
}

impl PackageTheme {
    /// Creates a theme that a forum proposes, and so prioritises; `None` for the secretariat.
    pub fn new(proposed_by: Option<FeedbackForum>) -> Self {
        let priority = |forum: FeedbackForum| (proposed_by == Some(forum)).then_some(Priority::Prioritised);
        Self {
            lederforum: priority(FeedbackForum::Lederforum),
            committee: priority(FeedbackForum::Committee),
            joint_med_priority: priority(FeedbackForum::JointMed),
            proposed_by,
            ..Self::default()
        }
    }

    /// The decision on the theme: the one that the secretariat noted, or else what follows from the priorities.
    pub fn outcome(&self) -> Decision {
        match self.decision {
            Some(Priority::Prioritised) => Decision::Chosen,
            Some(Priority::NotNow) => Decision::NotNow,
            None => self.outcome_of_priorities(),
        }
    }

    /// The decision that follows from the priorities of BU Lederforum and the committee. `FællesMED` gives feedback and
    /// decides nothing.
    pub fn outcome_of_priorities(&self) -> Decision {
        match [self.lederforum, self.committee] {
            [Some(Priority::Prioritised), Some(Priority::Prioritised)] => Decision::Chosen,
            priorities if priorities.contains(&Some(Priority::NotNow)) => Decision::NotNow,
            _ => Decision::Open,
        }
    }

    /// The positions of the forums on the theme.
    pub fn positions(&self) -> [ForumPosition<'_>; 3] {
        FeedbackForum::ALL.map(|forum| {
            let (priority, reason) = match forum {
                FeedbackForum::Lederforum => (self.lederforum, &self.lederforum_reason),
                FeedbackForum::Committee => (self.committee, &self.committee_reason),
                FeedbackForum::JointMed => (self.joint_med_priority, &self.joint_med),
            };
            ForumPosition { forum, choice: priority.map(Priority::danish), reason: reason.as_str() }
        })
    }

    /// Whether the theme has a name.
    pub fn has_title(&self) -> bool {
        !self.title.as_str().trim().is_empty()
    }

    /// Whether the forums differ and nobody has written why the decision became as it is.
    fn lacks_explanation(&self) -> bool {
        let is_explained = !self.decision_reason.as_str().trim().is_empty();
        !is_explained && ForumAgreement::of(&self.positions()) == ForumAgreement::Differ
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
        self.themes.in_order(|theme| theme.order.as_deref())
    }

    /// The patterns in order.
    pub fn patterns_in_order(&self) -> Vec<(&Id, &FoundPattern)> {
        self.patterns.in_order(|found| found.order.as_deref())
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

    /// The period in which an element has its turn, if the secretariat has set one. A reversed period, which is a
    /// mistake, is none.
    pub fn element_dates(&self, element: &str) -> Option<Span> {
        let dates = self.calendar.iter().find(|(id, _)| id.as_str() == element).map(|(_, span)| *span);
        dates.filter(|span| !span.is_reversed())
    }

    /// Whether the package has patterns, themes, dates or a letter.
    pub fn has_content(&self) -> bool {
        self.can_be_answered() || !self.calendar.is_empty() || !self.letter.as_str().trim().is_empty()
    }

    /// Whether the package has patterns or themes, on which the forums take a position.
    pub fn can_be_answered(&self) -> bool {
        self.patterns.values().any(FoundPattern::has_text) || self.themes.values().any(PackageTheme::has_title)
    }

    /// The numbers of patterns and of themes on which a forum has taken no position.
    pub fn unanswered(&self, forum: FeedbackForum) -> [usize; 2] {
        let is_awaited = |positions: [ForumPosition<'_>; 3]| awaited(&positions).any(|awaited| awaited == forum);
        let patterns = self.patterns.values().filter(|found| found.has_text() && is_awaited(found.positions()));
        let themes = self.themes.values().filter(|theme| theme.has_title() && is_awaited(theme.positions()));
        [patterns.count(), themes.count()]
    }

    /// The day on which a forum finished its position.
    pub fn finished(&self, forum: FeedbackForum) -> Option<Date> {
        self.answers.get(&forum.id()?)?.finished
    }

    /// The forums that have neither finished their position nor taken one on every theme. A package without themes is
    /// answered by a position on every pattern. Empty for a package without both.
    pub fn awaited_forums(&self) -> Vec<FeedbackForum> {
        let has_themes = self.themes.values().any(PackageTheme::has_title);
        let has_answered = |forum: FeedbackForum| {
            let [patterns, themes] = self.unanswered(forum);
            self.finished(forum).is_some() || if has_themes { themes == 0 } else { patterns == 0 }
        };
        FeedbackForum::ALL.into_iter().filter(|forum| !has_answered(*forum)).collect()
    }

    /// Suggestions for improving the package before it is sent, in Danish, the most useful first. `has_figures` says
    /// whether any unit has figures.
    pub fn gaps(&self, has_figures: bool) -> Vec<&'static str> {
        let themes = || self.themes.values().filter(|theme| theme.has_title());
        let has_patterns = self.patterns.values().any(FoundPattern::has_text);
        let gaps = [
            (!has_figures, "Hent enhedernes tal ind under Indikatorer"),
            (!has_patterns, "Skriv de mønstre, I ser i tallene"),
            (themes().next().is_none(), "Skriv de temaer, mønstrene peger på"),
            (themes().any(|theme| theme.reason.as_str().trim().is_empty()), "Skriv, hvorfor hvert tema er peget ud"),
        ];
        let later_gaps = [
            (themes().any(PackageTheme::lacks_explanation), "Begrund beslutningen, hvor forummerne er uenige"),
            (self.calendar.is_empty(), "Sæt datoer på kalenderen, hvor I kender dem"),
        ];
        let missing = |(is_missing, words): (bool, &'static str)| is_missing.then_some(words);
        let answers = self.awaited_forums().into_iter().map(FeedbackForum::missing_answer);
        gaps.into_iter().filter_map(missing).chain(answers).chain(later_gaps.into_iter().filter_map(missing)).collect()
    }
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
    fn noted_decision_replaces_what_follows_from_the_priorities() {
        for (decision, outcome) in [(YES, Decision::Chosen), (NO, Decision::NotNow), (None, Decision::NotNow)] {
            let theme = PackageTheme { decision, ..theme("x", [YES, NO], "a0") };
            assert_eq!((theme.outcome(), theme.outcome_of_priorities()), (outcome, Decision::NotNow), "{decision:?}");
        }
    }

    #[test]
    fn proposed_theme_is_prioritised_by_its_forum_alone() {
        for forum in FeedbackForum::ALL {
            let theme = PackageTheme::new(Some(forum));
            let positions = theme.positions();
            assert!(positions.iter().all(|position| position.is_given() == (position.forum == forum)), "{forum:?}");
            assert_eq!((theme.proposed_by, theme.outcome()), (Some(forum), Decision::Open));
        }
        assert_eq!(PackageTheme::new(None), PackageTheme::default());
    }

    /// Checks the agreement on a theme with a choice of each forum, and the feedback of `FællesMED` in words.
    #[track_caller]
    fn check_agreement(choices: [Option<Priority>; 3], joint_med: &str, expected: &ForumAgreement, words: &str) {
        let [lederforum, committee, joint_med_priority] = choices;
        let theme = PackageTheme {
            joint_med: joint_med.into(),
            joint_med_priority,
            ..theme("x", [lederforum, committee], "a0")
        };
        let positions = theme.positions();
        assert_eq!(ForumAgreement::of(&positions), *expected, "{choices:?}");
        assert_eq!(agreement_in_words(&positions), words, "{choices:?}");
    }

    #[test]
    fn agreement_names_differences_and_awaited_forums() {
        use FeedbackForum::{Committee, JointMed, Lederforum};
        use ForumAgreement::{Agree, Differ, Waiting};
        let waiting_for_all = "Venter på BU Lederforum, Børne- og Ungdomsudvalget og FællesMED";
        check_agreement([None; 3], "", &Waiting(vec![Lederforum, Committee, JointMed]), waiting_for_all);
        check_agreement(
            [YES, None, None],
            " ",
            &Waiting(vec![Committee, JointMed]),
            "BU Lederforum: prioriteret · Venter på Børne- og Ungdomsudvalget og FællesMED",
        );
        check_agreement(
            [None, NO, NO],
            "",
            &Waiting(vec![Lederforum]),
            "Børne- og Ungdomsudvalget og FællesMED: ikke denne gang · Venter på BU Lederforum",
        );
        check_agreement([YES; 3], "", &Agree, "Alle tre: prioriteret");
        check_agreement([NO; 3], "Enig", &Agree, "Alle tre: ikke denne gang");
        // Feedback in words is an answer.
        let both = "BU Lederforum og Børne- og Ungdomsudvalget: prioriteret";
        check_agreement([YES, YES, None], "Vi bakker op", &Agree, both);
        check_agreement(
            [YES, NO, None],
            "",
            &Differ,
            "Uenige: BU Lederforum (prioriteret), Børne- og Ungdomsudvalget (ikke denne gang) · Venter på FællesMED",
        );
        check_agreement(
            [YES, YES, NO],
            "",
            &Differ,
            "Uenige: BU Lederforum (prioriteret), Børne- og Ungdomsudvalget (prioriteret), FællesMED (ikke denne gang)",
        );
    }

    #[test]
    fn weights_of_a_pattern_are_compared_as_priorities_are() {
        let mut found = FoundPattern { lederforum: Some(PatternWeight::High), ..FoundPattern::default() };
        found.committee = Some(PatternWeight::Low);
        found.joint_med_reason = "Det kender vi".into();
        assert_eq!(
            agreement_in_words(&found.positions()),
            "Uenige: BU Lederforum (vejer tungt), Børne- og Ungdomsudvalget (vejer lidt)"
        );
        found.committee = Some(PatternWeight::High);
        assert_eq!(agreement_in_words(&found.positions()), "BU Lederforum og Børne- og Ungdomsudvalget: vejer tungt");
    }

    #[test]
    fn forum_is_awaited_until_it_has_finished_or_answered_every_theme() {
        use FeedbackForum::{Committee, JointMed, Lederforum};
        let mut package = Package::default();
        assert!(package.awaited_forums().is_empty());
        package.patterns.insert(id("p"), FoundPattern { text: "Fraværet stiger".into(), ..FoundPattern::default() });
        assert_eq!(package.awaited_forums(), FeedbackForum::ALL);
        package.patterns.get_mut(&id("p")).unwrap().committee = Some(PatternWeight::Low);
        assert_eq!(package.awaited_forums(), [Lederforum, JointMed]);
        for (name, title) in [("a", "Fravær"), ("b", "Ensomhed"), ("c", " ")] {
            package.themes.insert(id(name), theme(title, [None, None], "a0"));
        }
        assert_eq!((package.unanswered(Committee), package.unanswered(JointMed)), ([0, 2], [1, 2]));
        package.themes.get_mut(&id("a")).unwrap().lederforum = YES;
        assert_eq!(package.awaited_forums(), FeedbackForum::ALL);
        package.themes.get_mut(&id("b")).unwrap().lederforum = NO;
        assert_eq!(package.awaited_forums(), [Committee, JointMed]);
        let finished = ForumAnswer { finished: Date::new(2026, 2, 11), ..ForumAnswer::default() };
        package.answers.insert(JointMed.id().unwrap(), finished);
        assert_eq!((package.finished(JointMed), package.awaited_forums()), (Date::new(2026, 2, 11), vec![Committee]));
    }

    #[test]
    fn names_of_forums_leaves_and_choices_are_those_in_records() {
        use crate::domain::body::{Field, FieldTable};
        let names = |fields: &[Field]| fields.iter().map(|field| field.name).collect::<Vec<_>>();
        let (of_pattern, of_theme) = (names(FoundPattern::FIELDS), names(PackageTheme::FIELDS));
        for forum in FeedbackForum::ALL {
            assert_eq!(FeedbackForum::parse(forum.name()), Some(forum));
            assert!(forum.id().is_some() && forum.pattern_leaves().iter().all(|name| of_pattern.contains(name)));
            assert!(forum.theme_leaves().iter().all(|name| of_theme.contains(name)), "{forum:?}");
        }
        let stored = |value: serde_json::Value| value.as_str().unwrap().to_owned();
        for (name, danish) in Priority::CHOICES {
            let priority: Priority = serde_json::from_value(name.into()).unwrap();
            assert_eq!((priority.danish(), stored(serde_json::to_value(priority).unwrap()).as_str()), (danish, name));
        }
        for (name, danish) in PatternWeight::CHOICES {
            let weight: PatternWeight = serde_json::from_value(name.into()).unwrap();
            assert_eq!((weight.danish(), stored(serde_json::to_value(weight).unwrap()).as_str()), (danish, name));
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
        package.themes.get_mut(&id("t")).unwrap().joint_med_priority = NO;
        assert_eq!(package.gaps(true), ["Begrund beslutningen, hvor forummerne er uenige"]);
        package.themes.get_mut(&id("t")).unwrap().decision_reason = "Begge, der prioriterer, er enige".into();
        assert_eq!(package.gaps(true), [""; 0]);
    }

    #[test]
    fn gaps_name_each_forum_that_is_awaited() {
        let mut package = Package::default();
        package.themes.insert(id("t"), theme("Fravær", [YES, None], "a0"));
        let gaps = package.gaps(true);
        assert!(gaps.contains(&"Hent svaret fra Børne- og Ungdomsudvalget"), "{gaps:?}");
        assert!(gaps.contains(&"Hent svaret fra FællesMED") && !gaps.contains(&"Hent svaret fra BU Lederforum"));
    }
}
