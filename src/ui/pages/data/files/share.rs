//! Saves a part of the data as a file for others. The form lists in advance what the file will and will never contain.

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
use crate::exchange::release::words::{ReleaseSummary, summarize_release};
use crate::exchange::scope::{Scope, SharedPart, is_archived};
use crate::record::Record;
use crate::record::path::Path;

use crate::ui::kit::components::{FieldType, RadioGroup};
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{BuiltView, build_view, button_with_class, checkbox, dynamic_view, on_click, or_empty};
use crate::ui::pages::data::import::Files;
use crate::ui::pages::setup::settings::name_field;
use crate::ui::platform;
use crate::ui::state::app_context::AppContext;

/// A kind of part that can be shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ShareKind {
    Unit,
    Samtale,
    Agreement,
    DataPackage,
    Network,
    Workshop,
    Meeting,
}

/// The kinds with their labels.
const SHARE_KINDS: [(ShareKind, &str); 7] = [
    (ShareKind::Unit, "Min enhed med alt, hvad der hører til"),
    (ShareKind::Samtale, "Én samtale, til den anden part"),
    (ShareKind::Agreement, "Én aftale med mål og tal"),
    (ShareKind::DataPackage, "Datapakke: alle enheder og deres tal, temaer og kalender"),
    (ShareKind::Network, "Et geografisk netværk"),
    (ShareKind::Workshop, "Resultatet af en workshop"),
    (ShareKind::Meeting, "Et møde med tilbud om hjælp og beslutninger"),
];

/// The answers in the form.
#[derive(Clone, Copy)]
struct ShareAnswers {
    /// The kind of part.
    kind: RwSignal<Option<ShareKind>>,
    /// The index of the unit, samtale, aftale, network, workshop or meeting in the list of candidates.
    selected: RwSignal<usize>,
    /// The recipient that small figures are shown to.
    recipient: RwSignal<String>,
    /// Whether small figures are shown.
    is_unmasked: RwSignal<bool>,
    /// The day by which the recipient is asked to delete the file.
    delete_by: RwSignal<String>,
    /// The password that locks the file; empty for none.
    password: RwSignal<String>,
}

/// Returns the parts of a kind that can be shared, with their names.
fn candidates(app: AppContext, kind: ShareKind) -> Vec<(String, SharedPart)> {
    let workspace = app.workspace;
    match kind {
        ShareKind::Unit => app.units().into_iter().map(|(name, id)| (name, SharedPart::Enhed { id })).collect(),
        ShareKind::Samtale => {
            let records = workspace.ids(Kind::Samtale).into_iter().filter_map(|id| workspace.get_unless_deleted(&id));
            let unit = |record: &Record| app.body::<Enhed>(record.parent().as_ref()).name.0;
            let label = |record: &Record| format!("{} – {}", record.title(), unit(record));
            records.map(|record| (label(&record), SharedPart::Samtale { id: record.id().clone() })).collect()
        }
        ShareKind::Agreement => {
            let agreements = workspace.ids(Kind::Aftale).into_iter().filter_map(|id| workspace.get_unless_deleted(&id));
            let label = |title: &str| if title.is_empty() { "Aftale uden titel".to_owned() } else { title.to_owned() };
            agreements.map(|record| (label(record.title()), SharedPart::Aftale { id: record.id().clone() })).collect()
        }
        ShareKind::Workshop => {
            let records = workspace.ids(Kind::Workshop).into_iter().filter_map(|id| workspace.get_unless_deleted(&id));
            records
                .map(|record| (record.title().to_owned(), SharedPart::Workshop { id: record.id().clone() }))
                .collect()
        }
        ShareKind::Meeting => {
            let records = workspace.ids(Kind::Meeting).into_iter().filter_map(|id| workspace.get_unless_deleted(&id));
            let label = |title: &str| if title.is_empty() { "Møde uden titel".to_owned() } else { title.to_owned() };
            records.map(|record| (label(record.title()), SharedPart::Meeting { id: record.id().clone() })).collect()
        }
        ShareKind::DataPackage => {
            let units: Vec<Id> = app.units().into_iter().map(|(_, id)| id).collect();
            let package = Package::id(app.cycle()).filter(|id| workspace.get_unless_deleted(id).is_some());
            let all = || vec![("Datapakke".to_owned(), SharedPart::DataPackage { units: units.clone(), package })];
            if units.is_empty() { Vec::new() } else { all() }
        }
        ShareKind::Network => {
            let field = Path::root("network");
            let units = workspace.ids(Kind::Enhed).into_iter().filter_map(|id| workspace.get_unless_deleted(&id));
            let names: SortedSet<String> = units
                .filter(|unit| !is_archived(unit))
                .filter_map(|unit| unit.shown_text(&field).map(|name| name.trim().to_owned()))
                .filter(|name| !name.is_empty())
                .collect();
            names.iter().map(|name| (name.clone(), SharedPart::Network { name: name.clone() })).collect()
        }
    }
}

/// The form that saves a part for others.
#[component]
pub(crate) fn ShareForm(app: AppContext, files: Files) -> BuiltView {
    let answers = ShareAnswers {
        kind: RwSignal::new(None),
        selected: RwSignal::new(0),
        recipient: RwSignal::new(String::new()),
        is_unmasked: RwSignal::new(false),
        delete_by: RwSignal::new(String::new()),
        password: RwSignal::new(String::new()),
    };
    let pick = move |index: usize| {
        answers.kind.set(SHARE_KINDS.get(index).map(|(kind, _)| *kind));
        answers.selected.set(0);
    };
    let kind_choice = view! {
        <RadioGroup
            id="share-what"
            legend="Hvad vil du dele?"
            options=SHARE_KINDS.iter().map(|(_, words)| *words).collect()
            value=Rc::new(move || SHARE_KINDS.iter().position(|(kind, _)| Some(*kind) == answers.kind.get()))
            on_pick=Rc::new(pick)
        />
    };
    let details =
        dynamic_view(move || or_empty(answers.kind.get().map(|kind| details_form(app, files, answers, kind))));
    markup!(
        r#"
        <section class="data-section share">
            <h2>Del med andre</h2>
            <p>Modtageren åbner filen i sin egen browser og fletter den ind. Ingen ord går tabt: har I skrevet forskelligt, bliver begge dele stående, til nogen vælger.</p>
            {}
            <div class="form">{}</div>
        </section>"#,
        build_view(kind_choice),
        details
    )
}

/// Builds the part of the form that depends on the kind.
fn details_form(app: AppContext, files: Files, answers: ShareAnswers, kind: ShareKind) -> BuiltView {
    let candidates = candidates(app, kind);
    if candidates.is_empty() {
        return markup!("<p>Der er ikke noget af den slags i denne browser endnu.</p>");
    }
    let options: Vec<_> = candidates
        .iter()
        .enumerate()
        .map(|(index, (name, _))| markup!(r#"<option value="{}">{}</option>"#, index.to_string(), name.clone()))
        .collect();
    let candidate_choice = (candidates.len() > 1).then(|| {
        let pick = move |value: String| answers.selected.set(value.parse().unwrap_or_default());
        build_view(view! {
            <div class="field">
                <label for="share-which">"Hvilken?"</label>
                <select id="share-which" on:change:target=move |event| pick(event.target().value())>{options}</select>
            </div>
        })
    });
    // A file for a whole network never shows small figures, and a workshop or a meeting has none.
    let can_unmask = !matches!(kind, ShareKind::Network | ShareKind::Workshop | ShareKind::Meeting);
    let scope = {
        let candidates = candidates.clone();
        move || {
            let (_, part) = candidates.get(answers.selected.get())?;
            let recipient = answers.recipient.get();
            let is_unmasked = can_unmask && answers.is_unmasked.get() && !recipient.trim().is_empty();
            let recipient = cpr::mask(recipient.trim(), &Allowed::new()).save;
            Some(Scope::Share { part: part.clone(), unmasked_for: is_unmasked.then_some(recipient) })
        }
    };
    let contents = {
        let scope = scope.clone();
        dynamic_view(move || or_empty(scope().map(|scope| content_lists(app, &scope))))
    };
    let save = on_click(move || {
        let (Some(scope), Some((name, part))) = (untrack(&scope), candidates.get(answers.selected.get_untracked()))
        else {
            return;
        };
        let type_word = match kind {
            ShareKind::Unit => "enhed",
            ShareKind::Samtale => "samtale",
            ShareKind::Agreement => "aftale",
            ShareKind::DataPackage => "tal",
            ShareKind::Network => "netværk",
            ShareKind::Workshop => "workshop",
            ShareKind::Meeting => "møde",
        };
        let author = app.person.with_untracked(|person| person.name.trim().to_owned());
        let subject = file::subject(&app.workspace.unit_name_of_part(part), name);
        let title = if author.is_empty() { subject } else { format!("{subject} – {author}") };
        let delete_by = Date::parse(&answers.delete_by.get_untracked());
        files.share(
            file::name(&title, type_word, platform::clock::today()),
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
        candidate_choice,
        contents,
        can_unmask.then(|| unmask_field(answers)),
        name_field(app),
        delete_field(answers),
        password_field(answers),
        button_with_class("primary", "Gem filen", save)
    )
}

/// Lists what the file will contain, and what it will never contain.
fn content_lists(app: AppContext, scope: &Scope) -> BuiltView {
    let ReleaseSummary { included: along, never_included: never } =
        summarize_release(scope, &scope.select(&app.workspace.all_records()));
    let items = |words: Vec<String>| words.into_iter().map(|words| markup!("<li>{}</li>", words)).collect::<Vec<_>>();
    markup!(
        r#"
        <div class="share-contents">
            <div><h3>Det følger med</h3><ul>{}</ul></div>
            <div><h3>Det følger aldrig med</h3><ul>{}</ul></div>
        </div>"#,
        items(along),
        items(never)
    )
}

/// The checkbox that shows small figures to one named recipient.
fn unmask_field(answers: ShareAnswers) -> BuiltView {
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

/// The field for the day by which the recipient is asked to delete the file.
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

/// The field for the password, where this browser can lock files.
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
