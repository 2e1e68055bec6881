//! The sheet for the meeting of a forum, which is printed only: patterns and themes with the choices to tick, and room
//! to write.

use crate::domain::package::{FeedbackForum, ForumPosition, Package, PatternWeight, Priority};

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, dynamic_view};
use crate::ui::pages::agreement::package::PackageContext;

/// Builds the sheet. What the forum has answered is on it.
pub(crate) fn meeting_paper(ctx: &PackageContext, forum: FeedbackForum) -> BuiltView {
    let ctx = ctx.clone();
    dynamic_view(move || {
        let package = ctx.body();
        markup!(r#"<div class="meeting-paper">{}{}</div>"#, patterns(&package, forum), themes(&package, forum))
    })
}

/// Builds the part with the patterns.
fn patterns(package: &Package, forum: FeedbackForum) -> BuiltView {
    let described = package.patterns_in_order().into_iter().filter(|(_, pattern)| pattern.has_text());
    let rows: Vec<_> = described
        .map(|(_, pattern)| {
            row(pattern.text.as_str(), "", &PatternWeight::CHOICES, position_of(&pattern.positions(), forum))
        })
        .collect();
    markup!(r"<h2>Mønstrene i tallene</h2><ol>{}</ol>", rows)
}

/// Builds the part with the themes, and room for a proposal.
fn themes(package: &Package, forum: FeedbackForum) -> BuiltView {
    let named = package.themes_in_order().into_iter().filter(|(_, theme)| theme.has_title());
    let rows: Vec<_> = named
        .map(|(_, theme)| {
            let position = position_of(&theme.positions(), forum);
            row(theme.title.as_str(), theme.reason.as_str(), &Priority::CHOICES, position)
        })
        .collect();
    markup!(
        r#"<h2>Temaerne</h2><ol>{}</ol><h2>Vi foreslår også</h2><p class="meeting-room"></p><h2>Bemærkning</h2><p class="meeting-room"></p>"#,
        rows
    )
}

/// Returns the choice and the reason of a forum.
fn position_of(positions: &[ForumPosition<'_>], forum: FeedbackForum) -> (Option<&'static str>, String) {
    let position = positions.iter().find(|position| position.forum == forum);
    position.map(|position| (position.choice, position.reason.trim().to_owned())).unwrap_or_default()
}

/// Builds one pattern or theme with the choices as boxes, and the reason or the room for it.
fn row(
    subject: &str,
    details: &str,
    choices: &[(&'static str, &'static str)],
    (choice, reason): (Option<&'static str>, String),
) -> BuiltView {
    let boxes: Vec<_> = choices
        .iter()
        .map(|(_, danish)| markup!("<span>{} {}</span>", if choice == Some(*danish) { "☒" } else { "☐" }, *danish))
        .collect();
    markup!(
        r#"<li><p class="text"><strong>{}</strong></p><p class="text">{}</p><p class="meeting-choices">{}</p><p class="meeting-room">{}</p></li>"#,
        subject.trim(),
        details.trim(),
        boxes,
        reason
    )
}
