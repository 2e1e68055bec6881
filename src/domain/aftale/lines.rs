//! The agreement as labelled lines: what is printed, and what versions are compared by.

use crate::domain::date::Date;
use crate::domain::goal::{Figure, Goal, Initiative};
use crate::domain::period::Span;
use crate::domain::proevehandling::Tek;

use super::Aftale;
use super::progress::{IndicatorProgress, IndicatorSource, figure_text};
use super::whole::AgreementBundle;

/// One line: a label and what it says. Empty ones are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AftaleLine {
    /// What it is among the lines of its part: the same in every version.
    pub key: String,
    /// What it is called.
    pub label: &'static str,
    /// What it says.
    pub text: String,
}

/// Gathers lines that say something.
#[derive(Debug, Default)]
struct AftaleLines(Vec<AftaleLine>);

impl AftaleLines {
    fn add(&mut self, key: &str, label: &'static str, text: impl Into<String>) {
        let text = text.into();
        let text = text.trim();
        if !text.is_empty() {
            self.0.push(AftaleLine { key: key.to_owned(), label, text: text.to_owned() });
        }
    }
}

/// The lines of the head: who, when, and what it builds on.
pub fn head(whole: &AgreementBundle) -> Vec<AftaleLine> {
    let AgreementBundle { head, unit, .. } = whole;
    let mut lines = AftaleLines::default();
    lines.add("unit", "Enhed", unit);
    lines.add("period", "Periode", head.period.map(span).unwrap_or_default());
    lines.add("leader", "Leder", head.leader.as_str());
    lines.add("counterpart", "Indgået med", head.counterpart.as_str());
    lines.add("themes", "Temaer", head.themes.as_str());
    lines.add("background", "Det bygger vi på", head.background.as_str());
    lines.0
}

/// The lines on who was involved, and how.
pub fn involved(head: &Aftale) -> Vec<AftaleLine> {
    let mut lines = AftaleLines::default();
    let local_med = [head.local_med.map(|day| format!("Drøftet {}.", day.danish())).unwrap_or_default()];
    let local_med = local_med.into_iter().chain([head.local_med_note.0.clone()]).collect::<Vec<_>>().join(" ");
    lines.add("local_med", "LokalMED", local_med);
    lines.add("employees", "Medarbejdere", head.employees.as_str());
    lines.add("parents", "Forældrebestyrelse", head.parents.as_str());
    lines.add("children", "Børn og unge", head.children.as_str());
    lines.add("involvement", "Andre", head.involvement.as_str());
    lines.0
}

/// The lines of a goal, its own words first.
pub fn goal(goal: &Goal, known: &dyn IndicatorSource, period: Option<Span>) -> Vec<AftaleLine> {
    let mut lines = AftaleLines::default();
    lines.add("text", "Mål", goal.text.as_str());
    let sort =
        [goal.reach.map(crate::domain::goal::Reach::danish), goal.horizon.map(crate::domain::goal::Horizon::danish)];
    lines.add("sort", "Art", sort.into_iter().flatten().collect::<Vec<_>>().join(", "));
    for anchor in goal.anchors.values() {
        lines.add(&format!("anchors/{}", anchor.id()), anchor.danish(), known.name(anchor));
    }
    let published = known.progress(goal, period).unwrap_or_default();
    let progress: &IndicatorProgress = &published;
    let figure = |figure: Option<&Figure>| figure.and_then(figure_text).unwrap_or_default();
    lines.add("baseline", "Udgangspunkt", figure(progress.from.as_ref()));
    lines.add("wanted", "Ønsket", figure(progress.wanted.as_ref()));
    lines.add("signs", "Tegn på progression", goal.signs_of_progression.as_str());
    lines.add("effect", "Forventet effekt", goal.expected_effect.as_str());
    lines.add("tek", "TEK", goal.tek.map(tek).unwrap_or_default());
    for (id, own) in goal.initiatives_in_order() {
        lines.add(&format!("initiatives/{id}"), "Indsats", initiative(own));
    }
    lines.0
}

/// An initiative in a line: `Legegrupper på tværs (stuernes ledere; 1. august 2026 – 1. juni 2027)`.
pub fn initiative(own: &Initiative) -> String {
    let text = own.text.as_str().trim();
    let about = [own.responsible.as_str().trim().to_owned(), own.period.map(span).unwrap_or_default()];
    let about: Vec<String> = about.into_iter().filter(|words| !words.is_empty()).collect();
    if text.is_empty() || about.is_empty() { text.to_owned() } else { format!("{text} ({})", about.join("; ")) }
}

/// A span of days: `1. august 2026 – 31. juli 2028`.
pub fn span(span: Span) -> String {
    match (span.from, span.to) {
        (Some(from), Some(to)) => format!("{} – {}", from.danish(), to.danish()),
        (Some(from), None) => format!("fra {}", from.danish()),
        (None, Some(to)) => format!("til {}", to.danish()),
        (None, None) => String::new(),
    }
}

/// A weighing on the TEK triangle: `Trivsel op, effektivitet uændret, kvalitet op`.
pub fn tek(tek: Tek) -> String {
    let corner = |name: &str, weight: Option<i8>| {
        let way = match weight? {
            2.. => "meget op",
            1 => "op",
            0 => "uændret",
            -1 => "ned",
            _ => "meget ned",
        };
        Some(format!("{name} {way}"))
    };
    let corners = [corner("trivsel", tek.trivsel), corner("effekt", tek.effekt), corner("kvalitet", tek.kvalitet)];
    corners.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// A day in words, or nothing.
pub fn day(day: Option<Date>) -> String {
    day.map(Date::danish).unwrap_or_default()
}
