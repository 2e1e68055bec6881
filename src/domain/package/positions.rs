//! The positions of the forums on a pattern or a theme of a package, and how far they agree.

use crate::domain::text::{join_names, to_lowercase_danish};

use super::FeedbackForum;

/// The position of a forum on a pattern or a theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ForumPosition<'p> {
    /// The forum.
    pub forum: FeedbackForum,
    /// The Danish name of its choice; `None` if it has made none.
    pub choice: Option<&'static str>,
    /// Its reason; may be empty.
    pub reason: &'p str,
}

/// How far the forums agree on a pattern or a theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ForumAgreement {
    /// All forums have answered, and no two of them made different choices.
    Agree,
    /// Two forums made different choices.
    Differ,
    /// No two forums made different choices, and these have not answered.
    Waiting(Vec<FeedbackForum>),
}

impl ForumPosition<'_> {
    /// Whether the forum has made a choice or given a reason.
    pub fn is_given(&self) -> bool {
        self.choice.is_some() || !self.reason.trim().is_empty()
    }
}

impl ForumAgreement {
    /// Compares the positions of the forums.
    pub fn of(positions: &[ForumPosition<'_>]) -> Self {
        let mut choices = positions.iter().filter_map(|position| position.choice);
        if choices.next().is_some_and(|first| choices.any(|other| other != first)) {
            return Self::Differ;
        }
        let waiting: Vec<FeedbackForum> = awaited(positions).collect();
        if waiting.is_empty() { Self::Agree } else { Self::Waiting(waiting) }
    }
}

/// Says in Danish whether the forums agree, what each chose if they differ, and which have not answered.
pub fn agreement_in_words(positions: &[ForumPosition<'_>]) -> String {
    let chosen: Vec<(&str, String)> = positions
        .iter()
        .filter_map(|position| Some((position.forum.danish(), to_lowercase_danish(position.choice?))))
        .collect();
    let mut parts = Vec::new();
    match &*chosen {
        [] => {}
        _ if ForumAgreement::of(positions) == ForumAgreement::Differ => {
            let each: Vec<String> = chosen.iter().map(|(name, choice)| format!("{name} ({choice})")).collect();
            parts.push(format!("Uenige: {}", each.join(", ")));
        }
        [(_, choice), ..] => {
            let names: Vec<&str> = chosen.iter().map(|(name, _)| *name).collect();
            let who = if names.len() == FeedbackForum::ALL.len() { "Alle tre".to_owned() } else { join_names(&names) };
            parts.push(format!("{who}: {choice}"));
        }
    }
    let waiting: Vec<&str> = awaited(positions).map(FeedbackForum::danish).collect();
    if !waiting.is_empty() {
        parts.push(format!("Venter på {}", join_names(&waiting)));
    }
    parts.join(" · ")
}

/// Returns the forums that have not answered.
pub(super) fn awaited(positions: &[ForumPosition<'_>]) -> impl Iterator<Item = FeedbackForum> {
    positions.iter().filter(|position| !position.is_given()).map(|position| position.forum)
}
