//! The secretariat's package of a cycle (*datapakke*), but for the figures, which are series: when which element has its
//! turn, the patterns found, and the themes of the two years with who prioritised them and why.

use serde::{Deserialize, Serialize};

use super::body::{Body, Entries, FieldRole, KindWords, Map};
use super::cycle::Cycle;
use super::fractional_index;
use super::id::Id;
use super::period::Span;
use super::slot::fields;
use super::text::UserText;

/// A package. There is one a cycle, and its id is derived: the files of all people meet in it.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Package {
    /// What it is called.
    pub title: UserText,
    /// The cycle, as it is called: `2025–2027`.
    pub cycle: UserText,
    /// The edition of the foundation whose indicators hold; none: the present one.
    pub edition: Option<Id>,
    /// What the secretariat wants to say with it.
    pub letter: UserText,
    /// From when to when an element has its turn, by the element's id. Where nothing is said the wheel's quarters hold.
    pub calendar: Map<Id, Span>,
    /// The patterns found in the data.
    pub patterns: Entries<FoundPattern>,
    /// The themes that were pointed out.
    pub themes: Entries<PackageTheme>,
}

/// A pattern found in the data.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Found"), schemars(default))]
pub struct FoundPattern {
    /// What is seen.
    pub text: UserText,
    /// Its place among the patterns: a fractional index.
    pub order: Option<String>,
}

/// A theme that was pointed out from the patterns.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Theme"), schemars(default))]
pub struct PackageTheme {
    /// What it is called.
    pub title: UserText,
    /// Why it was pointed out.
    pub reason: UserText,
    /// What BU Lederforum said of it.
    pub lederforum: Option<Priority>,
    /// What Børne- og Ungdomsudvalget said of it.
    pub committee: Option<Priority>,
    /// The feedback of `FællesMED`.
    pub joint_med: UserText,
    /// Its place among the themes: a fractional index.
    pub order: Option<String>,
}

/// What those who prioritise say of a theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// It is one of the themes of the two years.
    Prioritised,
    /// It is not one this time.
    NotNow,
}

/// What has become of a theme, by what both have said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Both have prioritised it.
    Chosen,
    /// Someone has not said anything yet.
    Open,
    /// Someone has put it off.
    NotNow,
}

impl Priority {
    /// Both, in the order they are offered.
    pub const ALL: [Self; 2] = [Self::Prioritised, Self::NotNow];

    /// In Danish.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Prioritised => "Prioriteret",
            Self::NotNow => "Ikke denne gang",
        }
    }
}

impl Decision {
    /// In Danish.
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Chosen => "prioriteret",
            Self::Open => "ikke besluttet endnu",
            Self::NotNow => "ikke denne gang",
        }
    }
}

impl PackageTheme {
    /// What has become of it. BU Lederforum and the committee prioritise; `FællesMED` gives feedback, and decides nothing.
    pub fn decision(&self) -> Decision {
        match [self.lederforum, self.committee] {
            [Some(Priority::Prioritised), Some(Priority::Prioritised)] => Decision::Chosen,
            said if said.contains(&Some(Priority::NotNow)) => Decision::NotNow,
            _ => Decision::Open,
        }
    }

    fn has_words(&self) -> bool {
        !self.title.as_str().trim().is_empty()
    }
}

impl Package {
    /// The id of a cycle's package.
    pub fn id(cycle: Cycle) -> Option<Id> {
        Id::parse(&format!("datapakke-{}", cycle.begins()))
    }

    /// A package with nothing in it but its name.
    pub fn of(cycle: Cycle) -> Self {
        let cycle = cycle.to_string();
        Self { title: UserText(format!("Datapakke {cycle}")), cycle: UserText(cycle), ..Self::default() }
    }

    /// The themes in their order.
    pub fn themes_in_order(&self) -> Vec<(&Id, &PackageTheme)> {
        in_order(&self.themes, |theme| theme.order.as_deref())
    }

    /// The patterns in their order.
    pub fn patterns_in_order(&self) -> Vec<(&Id, &FoundPattern)> {
        in_order(&self.patterns, |found| found.order.as_deref())
    }

    /// The themes that units work from: those that were prioritised. As long as none is, those that may still be.
    pub fn themes_for_units(&self) -> Vec<(&Id, &PackageTheme)> {
        let of = |decision: Decision| {
            let named = self.themes_in_order().into_iter().filter(|(_, theme)| theme.has_words());
            named.filter(|(_, theme)| theme.decision() == decision).collect::<Vec<_>>()
        };
        let chosen = of(Decision::Chosen);
        if chosen.is_empty() { of(Decision::Open) } else { chosen }
    }

    /// Whether the themes that units are shown have been decided on.
    pub fn is_decided(&self) -> bool {
        self.themes.values().any(|theme| theme.has_words() && theme.decision() == Decision::Chosen)
    }

    /// From when to when an element has its turn, where the secretariat has said so.
    pub fn turn(&self, element: &str) -> Option<Span> {
        self.calendar.iter().find(|(id, _)| id.as_str() == element).map(|(_, span)| *span)
    }

    /// Whether it says anything.
    pub fn says_something(&self) -> bool {
        let has_patterns = self.patterns.values().any(|found| !found.text.as_str().trim().is_empty());
        let has_themes = self.themes.values().any(PackageTheme::has_words);
        has_patterns || has_themes || !self.calendar.is_empty() || !self.letter.as_str().trim().is_empty()
    }

    /// What would make it a better one before it is sent, the most useful first, in Danish. `has_figures`: whether any unit
    /// has any.
    pub fn gaps(&self, has_figures: bool) -> Vec<&'static str> {
        let themes = || self.themes.values().filter(|theme| theme.has_words());
        let is_empty = |text: &UserText| text.as_str().trim().is_empty();
        let gaps = [
            (!has_figures, "Hent enhedernes tal ind under Indikatorer"),
            (self.patterns.values().all(|found| is_empty(&found.text)), "Skriv de mønstre, I ser i tallene"),
            (themes().next().is_none(), "Skriv de temaer, mønstrene peger på"),
            (themes().any(|theme| is_empty(&theme.reason)), "Skriv, hvorfor hvert tema er peget ud"),
            (
                themes().any(|theme| theme.decision() == Decision::Open),
                "Skriv, hvad BU Lederforum og Børne- og Ungdomsudvalget har prioriteret",
            ),
            (themes().any(|theme| is_empty(&theme.joint_med)), "Skriv FællesMEDs feedback til temaerne"),
            (self.calendar.is_empty(), "Sæt datoer på kalenderen, hvor I kender dem"),
        ];
        gaps.into_iter().filter(|(is_missing, _)| *is_missing).map(|(_, words)| words).collect()
    }
}

/// Entries by their places, those without one last.
fn in_order<T>(entries: &Entries<T>, place: fn(&T) -> Option<&str>) -> Vec<(&Id, &T)> {
    let key = |own: &(&Id, &T)| (place(own.1).unwrap_or("~").to_owned(), own.0.clone());
    fractional_index::sorted(entries.iter().collect(), &|one, other| key(one) < key(other))
}

fields!(FoundPattern { text: text("mønsteret"), order: order() });

fields!(PackageTheme {
    title: text("temaet"),
    reason: text("begrundelsen for temaet"),
    lederforum: value("BU Lederforums prioritering"),
    committee: value("Børne- og Ungdomsudvalgets prioritering"),
    joint_med: text("FællesMEDs feedback"),
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
});

impl Body for Package {
    const WORDS: KindWords = KindWords { definite: "datapakken", singular: "datapakke", plural: "datapakker" };
    const TITLE: &'static str = "title";
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::date::Date;

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    fn theme(title: &str, said: [Option<Priority>; 2], order: &str) -> PackageTheme {
        let [lederforum, committee] = said;
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
    fn package_a_theme_is_chosen_by_both_and_by_nobody_alone() {
        for (said, decision) in [
            ([None, None], Decision::Open),
            ([YES, None], Decision::Open),
            ([None, YES], Decision::Open),
            ([YES, YES], Decision::Chosen),
            ([YES, NO], Decision::NotNow),
            ([NO, None], Decision::NotNow),
        ] {
            assert_eq!(theme("x", said, "a0").decision(), decision, "{said:?}");
        }
    }

    #[test]
    fn package_units_work_from_what_was_chosen_and_until_then_from_what_may_be() {
        let mut package = Package::default();
        for (own, title, said, order) in [
            ("a", "Fravær", [YES, None], "a1"),
            ("b", "Ensomhed", [None, None], "a0"),
            ("c", "Overvægt", [YES, NO], "a2"),
            ("d", "", [YES, YES], "a3"),
        ] {
            package.themes.insert(id(own), theme(title, said, order));
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
    fn package_one_a_cycle_and_its_calendar_by_element() {
        let cycle = |day: &str| Cycle::of(Date::parse(day).unwrap());
        assert_eq!(Package::id(cycle("2025-11-05")), Package::id(cycle("2027-08-11")));
        assert_ne!(Package::id(cycle("2025-11-05")), Package::id(cycle("2027-10-01")));
        let mut package = Package::of(cycle("2026-02-11"));
        assert_eq!((package.title.as_str(), package.says_something()), ("Datapakke 2025–2027", false));
        let span = Span { from: Date::new(2026, 2, 1), to: Date::new(2026, 4, 30) };
        package.calendar.insert(id("kvalitetssamtale"), span);
        assert_eq!((package.turn("kvalitetssamtale"), package.turn("feedback")), (Some(span), None));
        assert!(package.says_something());
    }

    #[test]
    fn package_what_is_missing_is_a_short_list_that_ends() {
        let mut package = Package::default();
        assert_eq!(package.gaps(false).len(), 4);
        package.patterns.insert(id("p"), FoundPattern { text: "Fraværet stiger".into(), order: None });
        package.themes.insert(id("t"), theme("Fravær", [YES, None], "a0"));
        assert_eq!(package.gaps(true).len(), 4, "{:?}", package.gaps(true));
        let own = package.themes.get_mut(&id("t")).unwrap();
        (own.committee, own.reason, own.joint_med) = (YES, "Vi ser det i alle områder".into(), "Vi er enige".into());
        package.calendar.insert(id("kvalitetssamtale"), Span::default());
        assert_eq!(package.gaps(true), [""; 0]);
    }
}
