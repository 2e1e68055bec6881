//! What people say of a figure: it never stands alone.

use super::body::{Body, KindWords};
use super::fractional_index;
use super::goal::{Anchor, Area, Goal};
use super::id::Id;
use super::indicator;
use super::period::Period;
use super::proevehandling::Proevehandling;
use super::slot::fields;
use super::text::UserText;

/// What is said of one indicator in one period by a unit: the professional assessment, three voices, and the note of the
/// conversation. Its id is [`Dialogue::id`], so that whoever writes first, and wherever, writes in the same record.
///
/// A record of its own and no part of the series: figures travel in the secretariat's package, what was said of them
/// does not.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Dialogue {
    /// The series.
    pub series: Option<Id>,
    /// The period.
    pub period: Option<Period>,
    /// What professionals make of the figure.
    pub assessment: UserText,
    /// What children and young people say.
    pub children: UserText,
    /// What parents say.
    pub parents: UserText,
    /// What professionals say from their everyday.
    pub professionals: UserText,
    /// The question that the figure raises.
    pub question: UserText,
    /// What may lie behind it.
    pub mechanism: UserText,
    /// What could be done.
    pub initiative: UserText,
    /// What the initiative became: a goal or a trial.
    pub became: Option<Id>,
}

/// What is still to be heard of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissingVoice {
    /// No professional has assessed it.
    Assessment,
    /// No voice was heard: no child's, no parent's, no professional's.
    Voices,
    /// Nobody has talked about it.
    Note,
}

impl MissingVoice {
    /// In Danish, after «mangler».
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Assessment => "vurdering",
            Self::Voices => "stemmer",
            Self::Note => "dialognote",
        }
    }
}

impl Dialogue {
    /// The id of what is said of a series in a period; `None` if it would be too long.
    pub fn id(series: &Id, period: Period) -> Option<Id> {
        Id::derived(series, &Id::parse(&period.to_string())?)
    }

    /// The unit and the indicator that it is about, by the series' id: there may be no figure yet, and so no series.
    pub fn about(&self) -> Option<(Id, Id)> {
        let (unit, indicator) = self.series.as_ref()?.as_str().rsplit_once('.')?;
        Some((Id::parse(unit)?, Id::parse(indicator)?))
    }

    /// Whether an initiative is noted, that can become something.
    pub fn has_initiative(&self) -> bool {
        !self.initiative.as_str().trim().is_empty()
    }

    /// The goal that the initiative becomes, last in an agreement: it hangs on the indicator, and knows where it comes from.
    /// `own` is this note's id, `last` the place of the agreement's last goal.
    pub fn as_goal(&self, own: &Id, indicator: &Id, aftale: &Id, last: Option<&str>) -> Goal {
        let mut goal = Goal {
            text: self.initiative.clone(),
            aftale: Some(aftale.clone()),
            area: Some(indicator::area(indicator.as_str()).unwrap_or(Area::Quality)),
            origin: Some(own.clone()),
            order: Some(fractional_index::after(last)),
            ..Goal::default()
        };
        goal.anchors.insert(indicator.clone(), Anchor::Indicator(indicator.clone()));
        goal
    }

    /// The trial that the initiative becomes: the question and what may lie behind it are its situation.
    pub fn as_trial(&self, own: &Id, unit: &Id) -> Proevehandling {
        let said = [&self.question, &self.mechanism].map(|text| text.as_str().trim().to_owned());
        let situation: Vec<String> = said.into_iter().filter(|text| !text.is_empty()).collect();
        Proevehandling {
            unit: Some(unit.clone()),
            context: situation.join("\n").as_str().into(),
            idea: self.initiative.clone(),
            origin: Some(own.clone()),
            ..Proevehandling::default()
        }
    }

    /// What is still to be heard.
    pub fn unheard(&self) -> Vec<MissingVoice> {
        let is_silent = |texts: &[&UserText]| texts.iter().all(|text| text.as_str().trim().is_empty());
        [
            (MissingVoice::Assessment, is_silent(&[&self.assessment])),
            (MissingVoice::Voices, is_silent(&[&self.children, &self.parents, &self.professionals])),
            (MissingVoice::Note, is_silent(&[&self.question, &self.mechanism, &self.initiative])),
        ]
        .into_iter()
        .filter_map(|(unheard, is_silent)| is_silent.then_some(unheard))
        .collect()
    }
}

fields!(Dialogue {
    series: parent("talrækken"),
    period: value("perioden"),
    assessment: text("vurderingen"),
    children: text("børnenes stemme"),
    parents: text("forældrenes stemme"),
    professionals: text("fagprofessionelles stemme"),
    question: text("spørgsmålet"),
    mechanism: text("mekanismen"),
    initiative: text("den mulige indsats"),
    became: value("hvad indsatsen blev til"),
});

impl Body for Dialogue {
    const WORDS: KindWords = KindWords { definite: "dialogen", singular: "dialog", plural: "dialoger" };
    const TITLE: &'static str = "question";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indicators_what_is_still_to_be_heard_is_named() {
        let mut said = Dialogue::default();
        assert_eq!(said.unheard(), [MissingVoice::Assessment, MissingVoice::Voices, MissingVoice::Note]);
        said.parents = "Vi ringer først kl. 9.".into();
        assert_eq!(said.unheard(), [MissingVoice::Assessment, MissingVoice::Note]);
        said.mechanism = " ".into();
        assert_eq!(said.unheard(), [MissingVoice::Assessment, MissingVoice::Note], "blank is nothing said");
        said.assessment = "Fraværet er højest om mandagen.".into();
        said.question = "Hvorfor?".into();
        assert_eq!(said.unheard(), []);
    }

    #[test]
    fn indicators_what_is_noted_becomes_a_goal_or_a_trial_that_knows_where_it_comes_from() {
        let [own, indicator, aftale, unit] =
            ["skolen.fravaer.2024-25", "fravaer", "a1", "skolen"].map(|id| Id::parse(id).unwrap());
        let said = Dialogue {
            question: "Hvorfor mandag?".into(),
            mechanism: " ".into(),
            initiative: "Vi ringer samme dag.".into(),
            ..Dialogue::default()
        };
        assert!(said.has_initiative() && !Dialogue { initiative: " ".into(), ..said.clone() }.has_initiative());
        let goal = said.as_goal(&own, &indicator, &aftale, Some("m"));
        assert_eq!((goal.text.as_str(), goal.origin.as_ref()), ("Vi ringer samme dag.", Some(&own)));
        assert_eq!((goal.aftale.as_ref(), goal.area), (Some(&aftale), Some(Area::Quality)));
        assert!(goal.anchors.contains_key(&indicator) && goal.order.as_deref() > Some("m"));
        let budget = Id::parse("budgetafvigelse").unwrap();
        assert_eq!(said.as_goal(&own, &budget, &aftale, None).area, Some(Area::Economy));
        let trial = said.as_trial(&own, &unit);
        assert_eq!((trial.context.as_str(), trial.idea.as_str()), ("Hvorfor mandag?", "Vi ringer samme dag."));
        assert_eq!((trial.unit, trial.origin), (Some(unit), Some(own)));
    }

    #[test]
    fn indicators_two_who_write_of_the_same_figure_write_in_the_same_record() {
        let series = Id::parse("skolen.fravaer").unwrap();
        let id = Dialogue::id(&series, Period::SchoolYear(2024)).unwrap();
        assert_eq!(id.as_str(), "skolen.fravaer.2024-25");
        let about = Dialogue { series: Some(series), ..Dialogue::default() }.about();
        assert_eq!(about, Some((Id::parse("skolen").unwrap(), Id::parse("fravaer").unwrap())));
        assert_eq!(Dialogue::default().about(), None);
    }
}
