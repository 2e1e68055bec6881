//! Paper: a sheet to print, and its answers typed in digit by digit.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use crate::domain::instrument::Form;
use crate::domain::svarkode::Sheet;
use crate::domain::workshop::Setup;

use super::super::desk::Desk;
use super::super::device;
use super::super::made::{Made, button, made};
use super::super::markup::markup;
use super::change;
use super::gather::{Said, input, taken};

/// Answers from paper: a digit an item, so that a sheet takes seconds.
pub(super) fn on_paper(desk: Desk, setup: &Setup, said: RwSignal<Said>) -> Made {
    let Some(instrument) = setup.of() else { return made(()) };
    let (items, form, asks_wanted) = (instrument.items.len(), instrument.form, setup.asks_wanted);
    let count = items * (1 + usize::from(asks_wanted));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(field) = input("paper") else { return };
        let group = input("paper-group").and_then(|group| group.value().trim().parse().ok()).unwrap_or_default();
        let Some(sheet) = sheet(&field.value(), form, items, asks_wanted, group) else {
            let words = format!("Der skal stå {count} cifre, et for hvert svar. Du skrev: {}", field.value());
            said.set(Said { words, is_wrong: true, ..Said::default() });
            return;
        };
        change(desk, |run| run.take_sheet(sheet));
        said.set(Said { words: taken(desk), ..Said::default() });
        field.set_value("");
        drop(field.focus());
    };
    let points = form.points().count();
    let help = if asks_wanted {
        format!(
            "{items} cifre for nu og {items} for ønsket: 1 er helt til venstre, {points} helt til højre, 0 er ikke besvaret."
        )
    } else {
        format!("{items} cifre, et for hvert svar: 1 er helt til venstre, {points} helt til højre, 0 er ikke besvaret.")
    };
    let groups: Vec<Made> = setup
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
    let form = made(view! {
        <form class="field one-line" on:submit=submit>
            <label for="paper">"Et skema"</label>
            <div class="with-button">
                <input id="paper" type="text" inputmode="numeric" autocomplete="off" aria-describedby="paper-help"/>
                <button type="submit">"Tæl med"</button>
            </div>
            <p class="help" id="paper-help">{help}</p>
        </form>
    });
    let rows: Vec<Made> = instrument
        .items
        .iter()
        .enumerate()
        .map(|(place, item)| {
            let (left, right) = match &item.poles {
                Some([left, right]) => (left.label.as_str(), right.label.as_str()),
                None => (item.label.as_str(), ""),
            };
            let cells: Vec<Made> = (1..=points).map(|point| markup!("<td>{}</td>", point.to_string())).collect();
            markup!(
                r#"<tr><th scope="row">{}</th><td>{}</td>{}<td>{}</td></tr>"#,
                (place + 1).to_string(),
                left,
                cells,
                right
            )
        })
        .collect();
    let on_sheet = (!setup.groups.is_empty())
        .then(|| markup!("<p>Sæt en ring om, hvor du hører til: <strong>{}</strong></p>", setup.groups.join(" · ")));
    let round = |name: &'static str| if asks_wanted { name } else { "" };
    markup!(
        r#"
        <details class="more"><summary>Fra papir</summary>
            {}{}
            <div class="paper">
                <h3>{}</h3>
                <p>Sæt en ring om ét tal i hver linje{}. Spring over, hvad du vil. Det er frivilligt, og det er hverken APV eller trivselsmåling. Skriv ikke navn.</p>
                {}
                <table><tbody>{}</tbody></table>
            </div>
            {}
        </details>"#,
        group,
        form,
        setup.title.as_str(),
        round(", og en streg under det, du ønsker"),
        on_sheet,
        rows,
        button("Udskriv skemaet", device::print)
    )
}

/// The answers that some digits stand for.
fn sheet(digits: &str, form: Form, items: usize, asks_wanted: bool, group: usize) -> Option<Sheet> {
    let digits: Option<Vec<usize>> = digits
        .chars()
        .filter(|char| !char.is_whitespace())
        .map(|char| char.to_digit(10).and_then(|digit| usize::try_from(digit).ok()))
        .collect();
    let answers: Option<Vec<Option<i8>>> = digits?
        .into_iter()
        .map(|digit| match digit.checked_sub(1) {
            None => Some(None),
            Some(place) => form.points().nth(place).map(Some),
        })
        .collect();
    let mut now = answers.filter(|answers| answers.len() == items * (1 + usize::from(asks_wanted)))?;
    let wanted = asks_wanted.then(|| now.split_off(items));
    Some(Sheet { group, now, wanted })
}
