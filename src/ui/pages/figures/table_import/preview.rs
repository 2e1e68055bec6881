//! The preview of an import: counts, errors, and changed figures.

use crate::domain::number;
use crate::exchange::table::dry_run::{CellStatus, DryRun, DryRunCell};
use crate::exchange::table::rows::ReadRows;

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::BuiltView;

/// Number of cells listed in each table. The counts include all cells.
const SHOWN: usize = 40;

/// Builds the preview of a dry run.
pub(crate) fn preview(read_rows: &ReadRows, dry_run: &DryRun) -> BuiltView {
    let counts = [
        (dry_run.count(CellStatus::New), "nye tal"),
        (dry_run.count(CellStatus::Changed), "ændrede tal"),
        (dry_run.count(CellStatus::Same), "er her allerede"),
        (dry_run.count(CellStatus::MissingInFile), "mangler i filen og bliver stående her"),
        (dry_run.out_of_range().count(), "tal ligger uden for det mulige"),
        (dry_run.errors.len(), "celler med fejl, som ikke kommer med"),
        (read_rows.decimal_points, "tal med punktum er læst med komma"),
    ];
    let counts: Vec<BuiltView> = counts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| markup!("<li><strong>{}</strong> {}</li>", count.to_string(), words))
        .collect();
    let example = read_rows
        .first_decimal_point
        .as_ref()
        .map(|(cell, figure)| markup!("<p>«{}» er læst som {}.</p>", cell.as_str(), number::format_danish(*figure)));
    let totals = (!read_rows.totals.is_empty()).then(|| {
        let names: Vec<&str> = read_rows.totals.iter().map(|(name, _)| name.as_str()).collect();
        markup!("<p>Linjer med totaler er udeladt: {}.</p>", names.join(", "))
    });
    let errors: Vec<BuiltView> = dry_run
        .errors
        .iter()
        .take(SHOWN)
        .map(|error| {
            markup!(
                r#"<tr><th scope="row">{}</th><td>{}</td><td>{}</td></tr>"#,
                error.name(),
                error.cell.as_str(),
                error.message.as_str()
            )
        })
        .collect();
    let errors = (!errors.is_empty()).then(|| {
        markup!(
            r#"<h3>Celler med fejl</h3><div class="table-scroll" tabindex="0" role="group" aria-label="Celler med fejl"><table class="faults"><thead><tr><th scope="col">Celle</th><th scope="col">Der står</th><th scope="col">Hvad er galt?</th></tr></thead><tbody>{}</tbody></table></div>"#,
            errors
        )
    });
    let out_of_range: Vec<BuiltView> = dry_run.out_of_range().take(SHOWN).map(out_of_range_row).collect();
    let out_of_range = (!out_of_range.is_empty()).then(|| {
        markup!(
            r#"<h3>Tal uden for det mulige</h3><p>De hentes ind og tæller ikke med, før I har svaret ved hvert tal.</p><div class="table-scroll" tabindex="0" role="group" aria-label="Tal uden for det mulige"><table><thead><tr><th scope="col">Enhed</th><th scope="col">Indikator</th><th scope="col">Periode</th><th scope="col">I filen</th></tr></thead><tbody>{}</tbody></table></div>"#,
            out_of_range
        )
    });
    let changed: Vec<BuiltView> =
        dry_run.items.iter().filter(|item| item.status == CellStatus::Changed).take(SHOWN).map(changed_row).collect();
    let changed = (!changed.is_empty()).then(|| {
        markup!(
            r#"<h3>Tal, der ændres</h3><div class="table-scroll" tabindex="0" role="group" aria-label="Tal, der ændres"><table><thead><tr><th scope="col">Enhed</th><th scope="col">Indikator</th><th scope="col">Periode</th><th scope="col">Nu</th><th scope="col">I filen</th></tr></thead><tbody>{}</tbody></table></div>"#,
            changed
        )
    });
    markup!(
        r#"
        <section class="part" aria-live="polite">
            <h2>Det sker der</h2>
            <ul class="import-counts">{}</ul>
            {}{}
            <div>{}{}{}</div>
        </section>"#,
        counts,
        example,
        totals,
        errors,
        out_of_range,
        changed
    )
}

/// Builds the row of a figure that is out of range.
fn out_of_range_row(item: &DryRunCell) -> BuiltView {
    markup!(
        r#"<tr><th scope="row">{}</th><td>{}</td><td>{}</td><td class="number">{}</td></tr>"#,
        item.row.unit.as_str(),
        item.row.indicator.as_str(),
        item.row.period.danish(),
        item.row.value.map(number::format_danish).unwrap_or_default()
    )
}

/// Builds the row of a figure that changes: the stored figure and the figure in the file.
fn changed_row(item: &DryRunCell) -> BuiltView {
    let figure = |value: Option<f64>| value.map_or_else(|| "mangler".to_owned(), number::format_danish);
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
