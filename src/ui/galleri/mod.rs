//! Every component in all its states, on a page that nothing links to: where the look is judged and kept.

use std::rc::Rc;

use leptos::prelude::*;

use crate::chart::line::{Point, line};

use super::components::{Field, Figure, Icon, OneOf, Sort, icon};
use super::made::{Made, made};
use super::markup::markup;

/// The gallery.
#[component]
pub(super) fn Galleri() -> Made {
    let picked = RwSignal::new(Some(1));
    let field = |id: &str, label: &'static str, help: &'static str, value: &str, error: Option<&str>, sort: Sort| {
        let (value, error) = (value.to_owned(), RwSignal::new(error.map(str::to_owned)));
        made(
            view! { <Field id=id.to_owned() label help value=Rc::new(move || value.clone()) error sort on_event=Rc::new(|_| ())/> },
        )
    };
    let (drawn, rows) = absence();
    let status = view! {
        <OneOf
            id="g6"
            legend="Status"
            options=vec!["Ikke begyndt", "Begyndt", "Gjort"]
            value=Rc::new(move || picked.get())
            on_pick=Rc::new(move |place| picked.set(Some(place)))
        />
    };
    let caption = || "Fravær, 2021/22 til 2025/26. Måles i %. Aksen viser et udsnit.".to_owned();
    markup!(
        r##"
        <header class="page-head">
            <p class="eyebrow">Galleri</p>
            <h1>Det, siderne er lavet af</h1>
            <p class="purpose">Hver del i alle sine tilstande. Her bedømmes udseendet, lyst, mørkt og på papir.</p>
        </header>
        <div class="gallery">
            <section class="part">
                <h2>Knapper</h2>
                <div class="buttons">
                    <button type="button" class="primary">Gem som fil</button>
                    <button type="button">Åbn fil</button>
                    <button type="button" class="quiet">Spring over</button>
                    <button type="button" disabled>Kan ikke nu</button>
                    <a class="button" href="#/galleri">Et link</a>
                </div>
            </section>
            <section class="part form"><h2>Felter</h2>{}{}{}{}{}{}</section>
            <section class="part">
                <h2>Figur med tabel</h2>
                {}
                <table>
                    <caption>Fravær</caption>
                    <thead><tr><th scope="col">Skoleår</th><th scope="col">%</th></tr></thead>
                    <tbody>{}</tbody>
                </table>
            </section>
            <section class="part">
                <h2>Beskeder</h2>
                <section class="report"><h2>Filen er flettet ind.</h2><p>Det, du havde i forvejen, er her stadig.</p></section>
                <section class="report refused">
                    <h2>Filen er ufuldstændig</h2>
                    <p>Slutningen mangler. Intet er ændret hos dig. Bed om filen igen.</p>
                </section>
                <div class="choice"><p><strong>Åbent valg. </strong>Her er skrevet forskelligt. Begge dele er gemt.</p></div>
                <p class="notice">Du ser siden, som den er en anden dag.</p>
                <p class="all-well">Der mangler ikke noget lige nu.</p>
                <p class="purpose">En tom side siger, hvad der kommer her, og hvordan man begynder.</p>
            </section>
            <section class="part">
                <h2>Faner, mærker og tegn</h2>
                <nav aria-label="Faner"><ul class="tabs">
                    <li><a href="#/galleri" aria-current="page">12 indikatorer</a></li>
                    <li><a href="#/galleri">11 indikatorer</a></li>
                </ul></nav>
                <p>Noget, vi foreslår <span class="tag">forslag</span></p>
                <p class="icons">{}</p>
            </section>
        </div>"##,
        field("g1", "Enhedens navn", "", "Børnehuset Solstrålen", None, Sort::Line),
        field(
            "g2",
            "Geografisk netværk",
            "De dagtilbud, skoler og familietilbud, I samarbejder med.",
            "",
            None,
            Sort::Line
        ),
        field("g3", "2025/26", "", "seks", Some("Skriv et tal, for eksempel 6,1."), Sort::Figure),
        field("g4", "Dato", "", "2026-03-15", None, Sort::Day),
        field(
            "g5",
            "Note",
            "Ingen navne eller initialer på børn.",
            "Vi talte om, hvad der ligger bag tallene.",
            None,
            Sort::Text
        ),
        made(status),
        made(view! { <Figure svg=Rc::new(move || drawn.clone()) caption=Rc::new(caption)/> }),
        rows,
        Icon::ALL.map(icon).into_iter().collect::<Vec<_>>()
    )
}

/// Made figures as a line, and as the rows of a table.
fn absence() -> (String, Vec<Made>) {
    let points: Vec<Point> = [Some(7.4), Some(7.1), None, Some(6.6), Some(6.1)]
        .into_iter()
        .enumerate()
        .map(|(year, figure)| Point { label: format!("{}/{}", 2021 + year, 22 + year), figure })
        .collect();
    let drawn = line(&points, Some((0.0, 100.0)), "Fravær reduceres");
    let rows: Vec<_> = points
        .iter()
        .map(|point| {
            let figure = point.figure.map_or_else(|| "mangler".to_owned(), crate::domain::number::danish);
            markup!(r#"<tr><th scope="row">{}</th><td>{}</td></tr>"#, point.label.clone(), figure)
        })
        .collect();
    (drawn, rows)
}
