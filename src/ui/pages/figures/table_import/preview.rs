//! What a table would bring, in numbers and cell by cell.

use crate::domain::number;
use crate::exchange::table::dry_run::{CellStatus, DryRun, DryRunCell};
use crate::exchange::table::rows::ReadRows;

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::BuiltView;

/// So many cells are named; of more it is said how many there are.
const NAMED: usize = 40;

/// What would happen, in numbers and cell by cell.
pub(crate) fn preview(read: &ReadRows, run: &DryRun) -> BuiltView {
    let counts = [
        (run.count(CellStatus::New), "nye tal"),
        (run.count(CellStatus::Changed), "ændrede tal"),
        (run.count(CellStatus::Same), "er her allerede"),
        (run.count(CellStatus::Kept), "mangler i filen og bliver stående her"),
        (run.errors.len(), "celler med fejl, som ikke kommer med"),
    ];
    let counts: Vec<BuiltView> = counts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| markup!("<li><strong>{}</strong> {}</li>", count.to_string(), words))
        .collect();
    let totals = (!read.totals.is_empty()).then(|| {
        let names: Vec<&str> = read.totals.iter().map(|(name, _)| name.as_str()).collect();
        markup!("<p>Linjer med totaler er udeladt: {}.</p>", names.join(", "))
    });
    let errors: Vec<BuiltView> = run
        .errors
        .iter()
        .take(NAMED)
        .map(|error| {
            markup!(
                r#"<tr><th scope="row">{}</th><td>{}</td><td>{}</td></tr>"#,
                error.name(),
                error.cell.as_str(),
                error.words.as_str()
            )
        })
        .collect();
    let errors = (!errors.is_empty()).then(|| {
        markup!(
            r#"<h3>Celler med fejl</h3><div class="wide" tabindex="0" role="group" aria-label="Celler med fejl"><table class="faults"><thead><tr><th scope="col">Celle</th><th scope="col">Der står</th><th scope="col">Hvad er galt?</th></tr></thead><tbody>{}</tbody></table></div>"#,
            errors
        )
    });
    let changed: Vec<BuiltView> =
        run.items.iter().filter(|item| item.standing == CellStatus::Changed).take(NAMED).map(changed_row).collect();
    let changed = (!changed.is_empty()).then(|| {
        markup!(
            r#"<h3>Tal, der ændres</h3><div class="wide" tabindex="0" role="group" aria-label="Tal, der ændres"><table class="changes"><thead><tr><th scope="col">Enhed</th><th scope="col">Indikator</th><th scope="col">Periode</th><th scope="col">Nu</th><th scope="col">I filen</th></tr></thead><tbody>{}</tbody></table></div>"#,
            changed
        )
    });
    markup!(
        r#"
        <section class="part" aria-live="polite">
            <h2>Det sker der</h2>
            <ul class="counts">{}</ul>
            {}
            <div>{}{}</div>
        </section>"#,
        counts,
        totals,
        errors,
        changed
    )
}

fn changed_row(item: &DryRunCell) -> BuiltView {
    let figure = |value: Option<f64>| value.map_or_else(|| "mangler".to_owned(), number::danish);
    let before = item.before.as_ref().and_then(|before| before.value);
    markup!(
        r#"<tr><th scope="row">{}</th><td>{}</td><td>{}</td><td class="number">{}</td><td class="number">{}</td></tr>"#,
        item.row.unit.as_str(),
        item.row.indicator.as_str(),
        item.row.period.danish(),
        figure(before),
        figure(item.row.value)
    )
}
