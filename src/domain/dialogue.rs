//! The dialogue about a figure: assessment, voices and note, so that a figure never stands alone.

use super::body::{Body, KindWords};
use super::fractional_index;
use super::goal::{Anchor, Area, Goal};
use super::id::Id;
use super::indicator;
use super::period::Period;
use super::proevehandling::Proevehandling;
use super::slot::fields;
use super::text::UserText;

/// The dialogue of a unit about one indicator in one period: the professional assessment, three voices, and the note of
/// the conversation.
///
/// The id is derived from series and period, so that people who write on separate devices write in the same record.
///
/// The dialogue is a separate record and not part of the series, because figures travel in the secretariat's package
/// and dialogues do not.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(default))]
pub struct Dialogue {
    /// The series of the figure.
    pub series: Option<Id>,
    /// The period of the figure.
    pub period: Option<Period>,
    /// The professional assessment of the figure.
    pub assessment: UserText,
    /// What children and young people say.
    pub children: UserText,
    /// What parents say.
    pub parents: UserText,
    /// What professionals say from their daily work.
    pub professionals: UserText,
    /// The question that the figure raises.
    pub question: UserText,
    /// The mechanism that may lie behind the figure.
    pub mechanism: UserText,
    /// A possible initiative.
    pub initiative: UserText,
    /// The goal or trial that the initiative became.
    pub became: Option<Id>,
    /// Whether the assessment and the voices are released to the quality report. Nothing else of a dialogue enters the
    /// report.
    pub released: Option<bool>,
}

/// A part that is missing from the dialogue about a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissingVoice {
    /// The professional assessment.
    Assessment,
    /// All three voices: children, parents and professionals.
    Voices,
    /// The note of the conversation: question, mechanism and initiative.
    Note,
}

impl MissingVoice {
    /// The Danish name, as used after «mangler».
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Assessment => "vurdering",
            Self::Voices => "stemmer",
            Self::Note => "dialognote",
        }
    }
}

impl Dialogue {
    /// The id of the dialogue about a series in a period; `None` if the id would be too long.
    pub fn id(series: &Id, period: Period) -> Option<Id> {
        Id::derived(series, &Id::parse(&period.to_string())?)
    }

    /// The unit and the indicator that the dialogue is about, read from the id of the series. The series itself need
    /// not exist yet.
    pub fn about(&self) -> Option<(Id, Id)> {
        let (unit, indicator) = self.series.as_ref()?.as_str().rsplit_once('.')?;
        Some((Id::parse(unit)?, Id::parse(indicator)?))
    }

    /// Whether there is an initiative that can become a goal or a trial.
    pub fn has_initiative(&self) -> bool {
        !self.initiative.as_str().trim().is_empty()
    }

    /// Converts the initiative to a goal at the end of an agreement, anchored to the indicator.
    ///
    /// `id` is the id of this dialogue, which becomes the origin of the goal. `last` is the position of the agreement's
    /// last goal.
    pub fn as_goal(&self, id: &Id, indicator: &Id, aftale: &Id, last: Option<&str>) -> Goal {
        let mut goal = Goal {
            text: self.initiative.clone(),
            aftale: Some(aftale.clone()),
            area: Some(indicator::area(indicator.as_str()).unwrap_or(Area::Quality)),
            origin: Some(id.clone()),
            order: Some(fractional_index::after(last)),
            ..Goal::default()
        };
        goal.anchors.insert(indicator.clone(), Anchor::Indicator(indicator.clone()));
        goal
    }

    /// Converts the initiative to a trial. Question and mechanism become the situation of the trial.
    ///
    /// `id` is the id of this dialogue, which becomes the origin of the trial.
    pub fn as_trial(&self, id: &Id, unit: &Id) -> Proevehandling {
        let texts = [&self.question, &self.mechanism].map(|text| text.as_str().trim().to_owned());
        let situation: Vec<String> = texts.into_iter().filter(|text| !text.is_empty()).collect();
        Proevehandling {
            unit: Some(unit.clone()),
            context: situation.join("\n").as_str().into(),
            idea: self.initiative.clone(),
            origin: Some(id.clone()),
            ..Proevehandling::default()
        }
        .with_title()
    }

    /// The parts of the dialogue that are missing.
    pub fn missing_voices(&self) -> Vec<MissingVoice> {
        let are_empty = |texts: &[&UserText]| texts.iter().all(|text| text.as_str().trim().is_empty());
        [
            (MissingVoice::Assessment, are_empty(&[&self.assessment])),
            (MissingVoice::Voices, are_empty(&[&self.children, &self.parents, &self.professionals])),
            (MissingVoice::Note, are_empty(&[&self.question, &self.mechanism, &self.initiative])),
        ]
        .into_iter()
        .filter_map(|(part, is_missing)| is_missing.then_some(part))
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
    released: value("om stemmerne må komme i rapporten"),
});

impl Body for Dialogue {
    const WORDS: KindWords = KindWords { definite: "dialogen", singular: "dialog", plural: "dialoger" };
    const TITLE: &'static str = "question";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unheard_names_the_parts_without_text() {
        let mut dialogue = Dialogue::default();
        assert_eq!(dialogue.missing_voices(), [MissingVoice::Assessment, MissingVoice::Voices, MissingVoice::Note]);
        dialogue.parents = "Vi ringer først kl. 9.".into();
        assert_eq!(dialogue.missing_voices(), [MissingVoice::Assessment, MissingVoice::Note]);
        dialogue.mechanism = " ".into();
        assert_eq!(dialogue.missing_voices(), [MissingVoice::Assessment, MissingVoice::Note], "white space is no text");
        dialogue.assessment = "Fraværet er højest om mandagen.".into();
        dialogue.question = "Hvorfor?".into();
        assert_eq!(dialogue.missing_voices(), []);
    }

    #[test]
    fn initiative_becomes_a_goal_or_trial_with_its_origin() {
        let [dialogue_id, indicator, aftale, unit] =
            ["skolen.fravaer.2024-25", "fravaer", "a1", "skolen"].map(|id| Id::parse(id).unwrap());
        let dialogue = Dialogue {
            question: "Hvorfor mandag?".into(),
            mechanism: " ".into(),
            initiative: "Vi ringer samme dag.".into(),
            ..Dialogue::default()
        };
        assert!(dialogue.has_initiative() && !Dialogue { initiative: " ".into(), ..dialogue.clone() }.has_initiative());
        let goal = dialogue.as_goal(&dialogue_id, &indicator, &aftale, Some("m"));
        assert_eq!((goal.text.as_str(), goal.origin.as_ref()), ("Vi ringer samme dag.", Some(&dialogue_id)));
        assert_eq!((goal.aftale.as_ref(), goal.area), (Some(&aftale), Some(Area::Quality)));
        assert!(goal.anchors.contains_key(&indicator) && goal.order.as_deref() > Some("m"));
        let budget = Id::parse("budgetafvigelse").unwrap();
        assert_eq!(dialogue.as_goal(&dialogue_id, &budget, &aftale, None).area, Some(Area::Economy));
        let trial = dialogue.as_trial(&dialogue_id, &unit);
        assert_eq!((trial.context.as_str(), trial.idea.as_str()), ("Hvorfor mandag?", "Vi ringer samme dag."));
        assert_eq!(trial.title.as_str(), "Vi ringer samme dag.");
        assert_eq!((trial.unit, trial.origin), (Some(unit), Some(dialogue_id)));
    }

    #[test]
    fn id_and_about_follow_series_and_period() {
        let series = Id::parse("skolen.fravaer").unwrap();
        let id = Dialogue::id(&series, Period::SchoolYear(2024)).unwrap();
        assert_eq!(id.as_str(), "skolen.fravaer.2024-25");
        let about = Dialogue { series: Some(series), ..Dialogue::default() }.about();
        assert_eq!(about, Some((Id::parse("skolen").unwrap(), Id::parse("fravaer").unwrap())));
        assert_eq!(Dialogue::default().about(), None);
    }
}
