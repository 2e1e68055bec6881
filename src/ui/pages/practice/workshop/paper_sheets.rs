//! Answers on paper: a sheet to print, and a field for typing in the answers.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::domain::instrument::{Form, Instrument};
use crate::domain::workshop::{Setup, parse_paper_sheet};

use super::collect::{CollectMessage, accepted_text, input_by_id, say};
use super::session::change;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button};
use crate::ui::platform;
use crate::ui::state::app_context::AppContext;

/// The field for the answers of a sheet, one digit for each item, and the sheet to print.
pub(crate) fn paper_answers(app: AppContext, setup: &Setup, message: RwSignal<CollectMessage>) -> BuiltView {
    let Some(instrument) = setup.instrument() else { return build_view(()) };
    let (items, form, asks_wanted) = (instrument.items.len(), instrument.form, setup.asks_wanted);
    let count = items * (1 + usize::from(asks_wanted));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(field) = input_by_id("paper") else { return };
        // Without a number, or with a text that is no number, the sheet belongs to no group.
        let group = input_by_id("paper-group").and_then(|group| group.value().trim().parse().ok()).unwrap_or_default();
        let Some(sheet) = parse_paper_sheet(&field.value(), form, items, asks_wanted, group) else {
            let expected = if form == Form::Weights {
                "Der skal stå tre tal, som er 100 tilsammen, for hver gang der er spurgt.".to_owned()
            } else {
                format!("Der skal stå {count} cifre, et for hvert svar.")
            };
            say(message, format!("{expected} Du skrev: {}", field.value()), true);
            return;
        };
        change(app, |run| run.take_sheet(sheet));
        say(message, accepted_text(app), false);
        field.set_value("");
        // Focusing an element of the page does not fail.
        drop(field.focus());
    };
    let points = form.points().count();
    let help = if form == Form::Weights {
        let both = if asks_wanted { ", og så tre for ønsket" } else { "" };
        format!("Tre tal for nu{both}, med mellemrum: 50 30 20. De tre er 100 tilsammen.")
    } else if asks_wanted {
        format!(
            "{items} cifre for nu og {items} for ønsket: 1 er helt til venstre, {points} helt til højre, 0 er ikke besvaret."
        )
    } else {
        format!("{items} cifre, et for hvert svar: 1 er helt til venstre, {points} helt til højre, 0 er ikke besvaret.")
    };
    let groups: Vec<BuiltView> = setup
        .groups
        .iter()
        .enumerate()
        .map(|(index, group)| markup!("<li>{}: {}</li>", (index + 1).to_string(), group.as_str()))
        .collect();
    let group = (!groups.is_empty()).then(|| {
        markup!(
            r#"<div class="field"><label for="paper-group">Gruppens nummer</label><input id="paper-group" type="text" inputmode="numeric" autocomplete="off"/><ul class="help">{}</ul></div>"#,
            groups
        )
    });
    let one_sheet = build_view(view! {
        <form class="field" on:submit=submit>
            <label for="paper">"Et skema"</label>
            <div class="with-button">
                <input id="paper" type="text" inputmode="numeric" autocomplete="off" aria-describedby="paper-help"/>
                <button type="submit">"Tæl med"</button>
            </div>
            <p class="help" id="paper-help">{help}</p>
        </form>
    });
    markup!(
        r#"
        <details class="more"><summary>Fra papir</summary>
            {}{}
            {}
            {}
        </details>"#,
        group,
        one_sheet,
        sheet_to_print(setup, instrument),
        button("Udskriv skemaet", platform::page::print)
    )
}

/// The sheet to print.
fn sheet_to_print(setup: &Setup, instrument: &Instrument) -> BuiltView {
    let (form, points) = (instrument.form, instrument.form.points().count());
    let if_wanted = |text: &'static str| if setup.asks_wanted { text } else { "" };
    let rows: Vec<BuiltView> = instrument
        .items
        .iter()
        .enumerate()
        .map(|(index, item)| {
            let (left, right) = match &item.poles {
                Some([left, right]) => (left.label.as_str(), right.label.as_str()),
                None => (item.label.as_str(), ""),
            };
            let cells: Vec<BuiltView> = if form == Form::Weights {
                let blank = |name: &'static str| markup!(r#"<td class="blank">{}</td>"#, name);
                vec![blank("nu"), blank(if_wanted("ønsket"))]
            } else {
                (1..=points).map(|point| markup!("<td>{}</td>", point.to_string())).collect()
            };
            markup!(
                r#"<tr><th scope="row">{}</th><td>{}</td>{}<td>{}</td></tr>"#,
                (index + 1).to_string(),
                left,
                cells,
                right
            )
        })
        .collect();
    let groups = (!setup.groups.is_empty())
        .then(|| markup!("<p>Sæt en ring om, hvor du hører til: <strong>{}</strong></p>", setup.groups.join(" · ")));
    let instruction = if form == Form::Weights {
        "Skriv et tal i hvert felt, så de er 100 tilsammen, i trin på fem.".to_owned()
    } else {
        format!("Sæt en ring om ét tal i hver linje{}.", if_wanted(", og en streg under det, du ønsker"))
    };
    markup!(
        r#"
        <div class="paper" tabindex="0" role="group" aria-label="Skemaet på papir">
            <h3>{}</h3>
            <p>{} Spring over, hvad du vil. Det er frivilligt, og det er hverken APV eller trivselsmåling. Skriv ikke navn.</p>
            {}
            <table><tbody>{}</tbody></table>
        </div>"#,
        setup.title.as_str(),
        instruction,
        groups,
        rows
    )
}
