//! A positive deviation (*positiv afvigelse*): where practice works against the odds, and why.

use super::parts::{PracticeContext, TextField, anchors_part, tek_part};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::BuiltView;

/// The texts.
const TEXTS: [TextField; 4] = [
    ("place", "Hvor lykkes det?", "Stuen, klassen, holdet eller stedet. Ingen navne eller initialer på børn."),
    ("practice", "Hvad gør de?", "Det, man kan se og høre, når det lykkes."),
    ("reason", "Hvorfor tror vi, det virker?", "Jeres bedste bud. Spørg dem, der gør det, og børnene selv."),
    ("elsewhere", "Hvad kunne prøves andre steder?", "Den del, som andre kan tage med sig."),
];

/// Builds the parts of the page that are about the positive deviation itself.
pub(super) fn body(ctx: &PracticeContext) -> BuiltView {
    markup!(
        r#"
        <div>
            <section class="part">
                <h2>Her virker det allerede</h2>
                <div class="form">{}{}</div>
            </section>
            {}
            {}
        </div>"#,
        ctx.title(),
        ctx.texts(&TEXTS),
        tek_part(ctx),
        anchors_part(ctx, true)
    )
}
