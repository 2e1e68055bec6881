//! An agreement as labelled lines, for printing and for comparing versions.

use crate::domain::date::Date;
use crate::domain::goal::{Figure, Goal, Initiative};
use crate::domain::instrument::CORNER_WORDS;
use crate::domain::period::Span;
use crate::domain::proevehandling::Tek;

use super::Aftale;
use super::bundle::AgreementBundle;
use super::progress::{IndicatorProgress, IndicatorSource, figure_text};

/// A labelled line of an agreement. Lines without text are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AftaleLine {
    /// The key of the line within its part; the same in every version.
    pub key: String,
    /// The Danish label.
    pub label: &'static str,
    /// The text.
    pub text: String,
}

/// Collects lines that have text.
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

/// The lines of the head: parties, period, themes and background.
pub fn head(bundle: &AgreementBundle) -> Vec<AftaleLine> {
    let AgreementBundle { head, unit, .. } = bundle;
    let mut lines = AftaleLines::default();
    lines.add("unit", "Enhed", unit);
    lines.add("period", "Periode", head.period.map(span).unwrap_or_default());
    lines.add("leader", "Leder", head.leader.as_str());
    lines.add("counterpart", "Indgået med", head.counterpart.as_str());
    lines.add("themes", "Temaer", head.themes.as_str());
    lines.add("background", "Det bygger vi på", head.background.as_str());
    lines.0
}

/// The lines about who was involved, and how.
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

/// The lines of a goal, its text first.
pub fn goal(goal: &Goal, indicators: &dyn IndicatorSource, period: Option<Span>) -> Vec<AftaleLine> {
    let mut lines = AftaleLines::default();
    lines.add("text", "Mål", goal.text.as_str());
    let kind =
        [goal.reach.map(crate::domain::goal::Reach::danish), goal.horizon.map(crate::domain::goal::Horizon::danish)];
    lines.add("sort", "Art", kind.into_iter().flatten().collect::<Vec<_>>().join(", "));
    for anchor in goal.anchors.values() {
        lines.add(&format!("anchors/{}", anchor.id()), anchor.danish(), indicators.name(anchor));
    }
    let published = indicators.progress(goal, period).unwrap_or_default();
    let progress: &IndicatorProgress = &published;
    let figure = |figure: Option<&Figure>| figure.and_then(figure_text).unwrap_or_default();
    lines.add("baseline", "Udgangspunkt", figure(progress.from.as_ref()));
    lines.add("wanted", "Ønsket", figure(progress.wanted.as_ref()));
    lines.add("signs", "Tegn på progression", goal.signs_of_progression.as_str());
    lines.add("effect", "Forventet effekt", goal.expected_effect.as_str());
    lines.add("tek", "TEK", goal.tek.map(tek).unwrap_or_default());
    for (id, entry) in goal.initiatives_in_order() {
        lines.add(&format!("initiatives/{id}"), "Indsats", initiative(entry));
    }
    lines.0
}

/// Formats an initiative as one line: `Legegrupper på tværs (stuernes ledere; 1. august 2026 – 1. juni 2027)`.
pub fn initiative(initiative: &Initiative) -> String {
    let text = initiative.text.as_str().trim();
    let details = [initiative.responsible.as_str().trim().to_owned(), initiative.period.map(span).unwrap_or_default()];
    let details: Vec<String> = details.into_iter().filter(|detail| !detail.is_empty()).collect();
    if text.is_empty() || details.is_empty() { text.to_owned() } else { format!("{text} ({})", details.join("; ")) }
}

/// Formats a span of days in Danish: `1. august 2026 – 31. juli 2028`. Empty for a reversed span, which is a mistake.
pub fn span(span: Span) -> String {
    match (span.from, span.to) {
        _ if span.is_reversed() => String::new(),
        (Some(from), Some(to)) => format!("{} – {}", from.danish(), to.danish()),
        (Some(from), None) => format!("fra {}", from.danish()),
        (None, Some(to)) => format!("til {}", to.danish()),
        (None, None) => String::new(),
    }
}

/// Formats weights on the TEK triangle in Danish: `trivsel stiger lidt, effekt uændret, kvalitet stiger tydeligt`.
pub fn tek(tek: Tek) -> String {
    let corner = |name: &str, weight: Option<i8>| {
        let words = CORNER_WORDS.get(usize::try_from(weight?.clamp(-2, 2) + 2).ok()?)?;
        Some(format!("{name} {}", words.to_ascii_lowercase()))
    };
    let corners = [corner("trivsel", tek.trivsel), corner("effekt", tek.effekt), corner("kvalitet", tek.kvalitet)];
    corners.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Formats a day in Danish; empty for `None`.
pub fn day(day: Option<Date>) -> String {
    day.map(Date::danish).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn span_is_written_unless_it_is_reversed() {
        for (from, to, words) in [
            ("2026-08-01", "2028-07-31", "1. august 2026 – 31. juli 2028"),
            ("2026-08-01", "2026-08-01", "1. august 2026 – 1. august 2026"),
            ("2026-08-01", "", "fra 1. august 2026"),
            ("", "2028-07-31", "til 31. juli 2028"),
            ("", "", ""),
            ("2028-07-31", "2026-08-01", ""),
        ] {
            assert_eq!(span(Span { from: Date::parse(from), to: Date::parse(to) }), words, "{from} {to}");
        }
        let period = Some(Span { from: Date::new(2028, 7, 31), to: Date::new(2026, 8, 1) });
        let mut body = Initiative { text: "Legegrupper".into(), period, ..Initiative::default() };
        assert_eq!(initiative(&body), "Legegrupper");
        body.responsible = "Lederne".into();
        assert_eq!(initiative(&body), "Legegrupper (Lederne)");
    }
}
