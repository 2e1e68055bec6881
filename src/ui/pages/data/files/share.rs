//! Giving a part to others: what goes along is said before, and what never does.

use std::rc::Rc;

use leptos::prelude::*;

use crate::domain::cpr::{self, Allowed};
use crate::domain::date::Date;
use crate::domain::enhed::Enhed;
use crate::domain::id::Id;
use crate::domain::package::Package;
use crate::domain::registry::Kind;
use crate::domain::sorted::SortedSet;
use crate::exchange::file;
use crate::exchange::release::words::{Told, told};
use crate::exchange::scope::{Scope, SharedPart};
use crate::record::Record;
use crate::record::path::Path;

use crate::ui::kit::components::{FieldType, RadioGroup};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button_with_class, checkbox, dynamic_view, on_click, or_empty};
use crate::ui::pages::data::import::Files;
use crate::ui::pages::setup::units::name_field;
use crate::ui::platform;
use crate::ui::state::app_context::AppContext;

/// What can be given to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ShareKind {
    Unit,
    Conversation,
    Agreement,
    DataPackage,
    Network,
    Workshop,
}

const WHATS: [(ShareKind, &str); 6] = [
    (ShareKind::Unit, "Min enhed med alt, hvad der hører til"),
    (ShareKind::Conversation, "Én samtale, til den anden part"),
    (ShareKind::Agreement, "Én aftale med mål og tal"),
    (ShareKind::DataPackage, "Datapakke: alle enheder og deres tal, temaer og kalender"),
    (ShareKind::Network, "Et geografisk netværk"),
    (ShareKind::Workshop, "Resultatet af en workshop"),
];

/// What was answered.
#[derive(Clone, Copy)]
struct ShareAnswers {
    what: RwSignal<Option<ShareKind>>,
    /// Which unit, agreement or network, by its place in the list.
    which: RwSignal<usize>,
    /// Whom small numbers are shown to.
    recipient: RwSignal<String>,
    is_unmasked: RwSignal<bool>,
    delete_by: RwSignal<String>,
    password: RwSignal<String>,
}

/// What there is of a sort: its name, and the part that it is.
fn offered(desk: AppContext, what: ShareKind) -> Vec<(String, SharedPart)> {
    let workspace = desk.workspace;
    match what {
        ShareKind::Unit => desk.units().into_iter().map(|(name, id)| (name, SharedPart::Enhed { id })).collect(),
        ShareKind::Conversation => {
            let held = workspace.ids(Kind::Samtale).into_iter().filter_map(|id| workspace.living(&id));
            let unit = |record: &Record| desk.body::<Enhed>(record.parent().as_ref()).name.0;
            let named = |record: &Record| format!("{} – {}", record.title(), unit(record));
            held.map(|record| (named(&record), SharedPart::Samtale { id: record.id().clone() })).collect()
        }
        ShareKind::Agreement => {
            let agreements = workspace.ids(Kind::Aftale).into_iter().filter_map(|id| workspace.living(&id));
            let named = |title: &str| if title.is_empty() { "Aftale uden titel".to_owned() } else { title.to_owned() };
            agreements.map(|record| (named(record.title()), SharedPart::Aftale { id: record.id().clone() })).collect()
        }
        ShareKind::Workshop => {
            let held = workspace.ids(Kind::Workshop).into_iter().filter_map(|id| workspace.living(&id));
            held.map(|record| (record.title().to_owned(), SharedPart::Workshop { id: record.id().clone() })).collect()
        }
        ShareKind::DataPackage => {
            let units: Vec<Id> = desk.units().into_iter().map(|(_, id)| id).collect();
            let package = Package::id(desk.cycle()).filter(|id| workspace.living(id).is_some());
            let all = || vec![("Datapakke".to_owned(), SharedPart::DataPackage { units: units.clone(), package })];
            if units.is_empty() { Vec::new() } else { all() }
        }
        ShareKind::Network => {
            let field = Path::root("network");
            let units = workspace.ids(Kind::Enhed).into_iter().filter_map(|id| workspace.living(&id));
            let names: SortedSet<String> = units
                .filter_map(|unit| unit.shown_text(&field).map(|name| name.trim().to_owned()))
                .filter(|name| !name.is_empty())
                .collect();
            names.iter().map(|name| (name.clone(), SharedPart::Network { name: name.clone() })).collect()
        }
    }
}

/// The way to give a part to others.
#[component]
pub(crate) fn ShareForm(desk: AppContext, files: Files) -> BuiltView {
    let answers = ShareAnswers {
        what: RwSignal::new(None),
        which: RwSignal::new(0),
        recipient: RwSignal::new(String::new()),
        is_unmasked: RwSignal::new(false),
        delete_by: RwSignal::new(String::new()),
        password: RwSignal::new(String::new()),
    };
    let pick = move |place: usize| {
        answers.what.set(WHATS.get(place).map(|(what, _)| *what));
        answers.which.set(0);
    };
    let what = view! {
        <RadioGroup
            id="share-what"
            legend="Hvad vil du dele?"
            options=WHATS.iter().map(|(_, words)| *words).collect()
            value=Rc::new(move || WHATS.iter().position(|(what, _)| Some(*what) == answers.what.get()))
            on_pick=Rc::new(pick)
        />
    };
    let rest = dynamic_view(move || or_empty(answers.what.get().map(|what| of_sort(desk, files, answers, what))));
    markup!(
        r#"
        <section class="room share">
            <h2>Del med andre</h2>
            <p>Modtageren åbner filen i sin egen browser og fletter den ind. Ingen ord går tabt: har I skrevet forskelligt, bliver begge dele stående, til nogen vælger.</p>
            {}
            <div class="form">{}</div>
        </section>"#,
        build_view(what),
        rest
    )
}

fn of_sort(desk: AppContext, files: Files, answers: ShareAnswers, what: ShareKind) -> BuiltView {
    let offered = offered(desk, what);
    if offered.is_empty() {
        return markup!("<p>Der er ikke noget af den slags i denne browser endnu.</p>");
    }
    let options: Vec<_> = offered
        .iter()
        .enumerate()
        .map(|(place, (name, _))| markup!(r#"<option value="{}">{}</option>"#, place.to_string(), name.clone()))
        .collect();
    let which = (offered.len() > 1).then(|| {
        let pick = move |value: String| answers.which.set(value.parse().unwrap_or_default());
        build_view(view! {
            <div class="field">
                <label for="share-which">"Hvilken?"</label>
                <select id="share-which" on:change:target=move |event| pick(event.target().value())>{options}</select>
            </div>
        })
    });
    // Small numbers are never shown to a whole network, and a workshop has none.
    let can_unmask = !matches!(what, ShareKind::Network | ShareKind::Workshop);
    let scope = {
        let offered = offered.clone();
        move || {
            let (_, part) = offered.get(answers.which.get())?;
            let recipient = answers.recipient.get();
            let is_unmasked = can_unmask && answers.is_unmasked.get() && !recipient.trim().is_empty();
            let recipient = cpr::mask(recipient.trim(), &Allowed::new()).save;
            Some(Scope::Share { part: part.clone(), unmasked_for: is_unmasked.then_some(recipient) })
        }
    };
    let goes = {
        let scope = scope.clone();
        dynamic_view(move || or_empty(scope().map(|scope| goes_along(desk, &scope))))
    };
    let save = on_click(move || {
        let (Some(scope), Some((name, _))) = (untrack(&scope), offered.get(answers.which.get_untracked())) else {
            return;
        };
        let is = match what {
            ShareKind::Unit => "enhed",
            ShareKind::Conversation => "samtale",
            ShareKind::Agreement => "aftale",
            ShareKind::DataPackage => "tal",
            ShareKind::Network => "netværk",
            ShareKind::Workshop => "workshop",
        };
        let by = desk.person.with_untracked(|person| person.name.trim().to_owned());
        let what = if by.is_empty() { name.clone() } else { format!("{name} – {by}") };
        let delete_by = Date::parse(&answers.delete_by.get_untracked());
        files.share(
            file::name(&what, is, platform::clock::today()),
            scope,
            delete_by,
            answers.password.get_untracked(),
        );
    });
    markup!(
        r#"
        <div class="form">
            {}
            <div>{}</div>
            {}
            <details class="more"><summary>Frist, navn og adgangskode</summary><div class="form">{}{}{}</div></details>
            <div class="buttons">{}</div>
        </div>"#,
        which,
        goes,
        can_unmask.then(|| unmask(answers)),
        name_field(desk),
        delete_field(answers),
        password_field(answers),
        button_with_class("primary", "Gem filen", save)
    )
}

/// What goes along, and what never does: as the table says it.
fn goes_along(desk: AppContext, scope: &Scope) -> BuiltView {
    let Told { along, never } = told(scope, &scope.select(&desk.workspace.all_records()));
    let items = |words: Vec<String>| words.into_iter().map(|words| markup!("<li>{}</li>", words)).collect::<Vec<_>>();
    markup!(
        r#"
        <div class="along">
            <div><h3>Det følger med</h3><ul>{}</ul></div>
            <div><h3>Det følger aldrig med</h3><ul>{}</ul></div>
        </div>"#,
        items(along),
        items(never)
    )
}

fn unmask(answers: ShareAnswers) -> BuiltView {
    let field = dynamic_view(move || {
        or_empty(answers.is_unmasked.get().then(|| {
            const HELP: &str = "Navnet skrives i filen. Så længe feltet er tomt, holdes de små tal tilbage.";
            inputs::transient_field("share-recipient", "Hvem er filen til?", HELP, FieldType::Line, answers.recipient)
        }))
    });
    let words = "Vis også tal, der bygger på færre end fem personer, til én navngiven modtager".to_owned();
    let tick = checkbox(words, move || answers.is_unmasked.get(), move |is_ticked| answers.is_unmasked.set(is_ticked));
    markup!("<div>{}<div>{}</div></div>", tick, field)
}

fn delete_field(answers: ShareAnswers) -> BuiltView {
    const HELP: &str = "Kan udelades. Det er en bøn, ikke en lås: filen bliver ikke ulæselig den dag.";
    inputs::transient_field(
        "share-delete",
        "Bed modtageren slette filen senest",
        HELP,
        FieldType::Day,
        answers.delete_by,
    )
}

fn password_field(answers: ShareAnswers) -> BuiltView {
    if !Files::can_lock() {
        return markup!(
            r#"<p class="help">En fil kan kun låses med adgangskode, når siden er åbnet over https. Det er den ikke her.</p>"#
        );
    }
    build_view(view! {
        <div class="field">
            <label for="share-password">"Adgangskode"</label>
            <input
                id="share-password"
                type="password"
                autocomplete="new-password"
                aria-describedby="share-password-help"
                prop:value=move || answers.password.get()
                on:input:target=move |event| answers.password.set(event.target().value())
            />
            <p class="help" id="share-password-help">
                "Kan udelades. Giv koden videre ad en anden vej end filen. Glemmes den, kan ingen åbne filen, heller ikke du."
            </p>
        </div>
    })
}
