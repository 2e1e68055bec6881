//! The icons: a few strokes each, drawn for this app in a square of 24 by 24.

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::BuiltView;
use crate::ui::route::NavItem;

/// Returns the strokes of an icon as SVG path data.
const fn strokes(item: NavItem) -> &'static str {
    match item {
        NavItem::Overview => "M4 11.5 12 5l8 6.5M6.5 10v9h11v-9M10 19v-5h4v5",
        NavItem::Wheel => "M12 4a8 8 0 1 0 8 8M12 8a4 4 0 1 0 4 4M12 12l5.5-5.5M15 4.5a8 8 0 0 1 4.5 4.5",
        NavItem::Figures => "M4 5v14h16M7.5 15l3.5-4 3 2.5L19 8",
        NavItem::Practice => "M9 4h6M10 4v6l-4.6 8a1.4 1.4 0 0 0 1.2 2h10.8a1.4 1.4 0 0 0 1.2-2L14 10V4M7.6 15h8.8",
        NavItem::Reflection => {
            "M3 12h18M7 12m-2.2 0a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0-4.4 0M16 5v4M16 15v4M3 8v8M21 8v8"
        }
        NavItem::Agreement => "M6 4h9l4 4v12H6V4m9 0v4h4M9.5 12.5h6M9.5 16h3.5",
        NavItem::Report => "M6 4h12v16H6V4M9.5 16v-3M12 16V9.5M14.5 16v-4.5M9.5 7h1",
        NavItem::Fundament => "M12 7c-2-1.6-4.5-2-8-2v13c3.5 0 6 .4 8 2 2-1.6 4.5-2 8-2V5c-3.5 0-6 .4-8 2Zm0 0v13",
        NavItem::Files => "M4 7.5V19h16V8.5h-8L10 6H4v1.5",
        NavItem::Settings => {
            "M4 8h8M17 8h3M14.5 8m-2.2 0a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0-4.4 0M4 16h3M12 16h8M9.5 16m-2.2 0a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0-4.4 0"
        }
        NavItem::Units => "M5 20V9l7-5 7 5v11M9 20v-4h6v4M9.5 11h.01M14.5 11h.01",
    }
}

/// Shows the icon of a navigation item. It is hidden from screen readers, since the text beside it says the same.
pub(crate) fn icon(item: NavItem) -> BuiltView {
    markup!(r#"<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>"#, strokes(item))
}
