//! Paper: a sheet to print, and its answers typed in digit by digit.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::domain::instrument::{Form, Instrument};
use crate::domain::workshop::{Setup, typed};

use super::change;
use super::collect::{CollectMessage, input, take_code};
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button};
use crate::ui::platform;
use crate::ui::state::app_context::AppContext;

/// Answers from paper: a digit an item, so that a sheet takes seconds.
pub(crate) fn paper_answers(desk: AppContext, setup: &Setup, said: RwSignal<CollectMessage>) -> BuiltView {
    let Some(instrument) = setup.of() else { return build_view(()) };
    let (items, form, asks_wanted) = (instrument.items.len(), instrument.form, setup.asks_wanted);
    let count = items * (1 + usize::from(asks_wanted));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(field) = input("paper") else { return };
        let group = input("paper-group").and_then(|group| group.value().trim().parse().ok()).unwrap_or_default();
        let Some(sheet) = typed(&field.value(), form, items, asks_wanted, group) else {
            let needs = if form == Form::Weights {
                "Der skal stå tre tal, som er 100 tilsammen, for hver gang der er spurgt.".to_owned()
            } else {
                format!("Der skal stå {count} cifre, et for hvert svar.")
            };
            let words = format!("{needs} Du skrev: {}", field.value());
            said.set(CollectMessage { words, is_wrong: true, ..CollectMessage::default() });
            return;
        };
        change(desk, |run| run.take_sheet(sheet));
        said.set(CollectMessage { words: take_code(desk), ..CollectMessage::default() });
        field.set_value("");
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
        .map(|(place, group)| markup!("<li>{}: {}</li>", (place + 1).to_string(), group.as_str()))
        .collect();
    let group = (!groups.is_empty()).then(|| {
        markup!(
            r#"<div class="field"><label for="paper-group">Gruppens nummer</label><input id="paper-group" type="text" inputmode="numeric" autocomplete="off"/><ul class="help">{}</ul></div>"#,
            groups
        )
    });
    let one_sheet = build_view(view! {
        <form class="field one-line" on:submit=submit>
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
        printed(setup, instrument),
        button("Udskriv skemaet", platform::page::print)
    )
}

/// The sheet to print.
fn printed(setup: &Setup, instrument: &Instrument) -> BuiltView {
    let (form, points) = (instrument.form, instrument.form.points().count());
    let round = |name: &'static str| if setup.asks_wanted { name } else { "" };
    let rows: Vec<BuiltView> = instrument
        .items
        .iter()
        .enumerate()
        .map(|(place, item)| {
            let (left, right) = match &item.poles {
                Some([left, right]) => (left.label.as_str(), right.label.as_str()),
                None => (item.label.as_str(), ""),
            };
            let cells: Vec<BuiltView> = if form == Form::Weights {
                let blank = |name: &'static str| markup!(r#"<td class="blank">{}</td>"#, name);
                vec![blank("nu"), blank(round("ønsket"))]
            } else {
                (1..=points).map(|point| markup!("<td>{}</td>", point.to_string())).collect()
            };
            markup!(
                r#"<tr><th scope="row">{}</th><td>{}</td>{}<td>{}</td></tr>"#,
                (place + 1).to_string(),
                left,
                cells,
                right
            )
        })
        .collect();
    let groups = (!setup.groups.is_empty())
        .then(|| markup!("<p>Sæt en ring om, hvor du hører til: <strong>{}</strong></p>", setup.groups.join(" · ")));
    let how = if form == Form::Weights {
        "Skriv et tal i hvert felt, så de er 100 tilsammen, i trin på fem.".to_owned()
    } else {
        format!("Sæt en ring om ét tal i hver linje{}.", round(", og en streg under det, du ønsker"))
    };
    markup!(
        r#"
        <div class="paper">
            <h3>{}</h3>
            <p>{} Spring over, hvad du vil. Det er frivilligt, og det er hverken APV eller trivselsmåling. Skriv ikke navn.</p>
            {}
            <table><tbody>{}</tbody></table>
        </div>"#,
        setup.title.as_str(),
        how,
        groups,
        rows
    )
}
