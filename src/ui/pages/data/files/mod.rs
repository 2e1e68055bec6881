//! The page of files: save and open, share, snapshots, data that is out of sight or quarantined, room, and reset.
//!
//! | file | purpose |
//! | --- | --- |
//! | `mod.rs` | the page, and its smaller sections |
//! | `share` | the form that saves a part to share with others |
//! | `reset` | deletes everything |

mod reset;
mod share;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::store::snapshot::Occasion;

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{
    BuiltView, build_view, button, button_with_label, dynamic_text, dynamic_view, on_click, or_empty,
};
use crate::ui::pages::data::import::FileButtons;
use crate::ui::pages::data::import::Files;
use crate::ui::platform;
use crate::ui::state::app_context::AppContext;
use crate::ui::state::workspace::Workspace;
use reset::ResetForm;
use share::ShareForm;

/// The page of files.
#[component]
pub(crate) fn FilesPage(app: AppContext, files: Files) -> BuiltView {
    let workspace = app.workspace;
    markup!(
        r#"
        <header class="page-head">
            <h1>Filer</h1>
            <p class="purpose">Det, du skriver, ligger i denne browser. Her kan du gemme en sikkerhedskopi, dele med andre, åbne filer og hente noget tilbage.</p>
        </header>
        <section class="data-section">
            <h2>Sikkerhedskopi og filer, du får</h2>
            <p>En sikkerhedskopi har alt, også det, der kun er dit. Browseren kan miste det, den har; filen er den sikreste opbevaring. Læg den et sted, du kender, og hvor kun du kan læse den.</p>
            {}
            <p class="help">Du kan åbne filer fra Kvalitetshjul, også samlet i en ZIP, og tabeller med tal: Excel (.xlsx), ODS, CSV og JSON-stat. Vælg gerne flere på én gang, træk dem ind på siden, eller indsæt dem. De viser først, hvad de kommer med.</p>
        </section>
        <div>{}{}{}{}{}{}{}</div>"#,
        build_view(view! { <FileButtons files has_share_link=false/> }),
        build_view(view! { <ShareForm app files/> }),
        links_to_earlier_data(),
        build_view(view! { <Snapshots workspace files/> }),
        build_view(view! { <OutOfSight workspace/> }),
        build_view(view! { <Quarantine workspace/> }),
        build_view(view! { <Space/> }),
        build_view(view! { <ResetForm workspace files/> })
    )
}

/// Links to the pages where earlier data can be found.
fn links_to_earlier_data() -> BuiltView {
    markup!(
        r##"
        <section class="data-section">
            <h2>Find noget igen</h2>
            <ul class="data-links">
                <li><a href="#/historik">Historik</a> <span class="help">hvad der er ændret her, af hvem og hvornår</span></li>
                <li><a href="#/papirkurv">Papirkurv</a> <span class="help">det, der er slettet</span></li>
                <li><a href="#/valg">Åbne valg</a> <span class="help">steder, hvor I har skrevet forskelligt</span></li>
            </ul>
        </section>"##
    )
}

/// Lists the snapshots, each with buttons to look at it and to restore it.
#[component]
fn Snapshots(workspace: Workspace, files: Files) -> BuiltView {
    let list = dynamic_view(move || {
        let items = workspace.snapshots.get().into_iter().rev().map(|snapshot| {
            let moment = platform::clock::danish(snapshot.at);
            let occasion = match snapshot.occasion {
                Occasion::Work => "mens du arbejdede",
                Occasion::File => "før en fil blev åbnet",
                Occasion::Restore => "før noget blev hentet tilbage",
            };
            let noun = if snapshot.records == 1 { "post" } else { "poster" };
            let words = format!("{occasion} · {} {noun} · {}", snapshot.records, size(snapshot.bytes));
            // The accessible names include the occasion and the size, since two snapshots may be of one minute.
            let restore_label = format!("Hent tilbage fra {moment}, {words}");
            let look_label = format!("Se, hvordan det var {moment}, {words}");
            let looked_at = snapshot.clone();
            let on_look = on_click(move || files.view_snapshot(looked_at.clone()));
            let look_button = button_with_label("quiet", "Se", look_label, on_look);
            let restore = on_click(move || files.restore(snapshot.clone()));
            let restore_button = button_with_label("", "Hent tilbage", restore_label, restore);
            markup!(
                r#"<li><span>{}</span><span class="help">{}</span><span class="buttons">{}{}</span></li>"#,
                moment,
                words,
                look_button,
                restore_button
            )
        });
        let items: Vec<_> = items.collect();
        if items.is_empty() {
            markup!("<p>Der er ingen endnu. Det første tages, når du har skrevet noget.</p>")
        } else {
            markup!(r#"<ul class="rows">{}</ul>"#, items)
        }
    });
    markup!(
        r#"
        <section class="data-section">
            <h2>Sådan var det før</h2>
            <p>Browseren gemmer øjebliksbilleder af alt: de sidste ti, og ét om dagen i tre uger. Henter du et tilbage, kan du fortryde det bagefter.</p>
            {}
        </section>"#,
        list
    )
}

/// Lists the imported records that were put out of sight, if any.
#[component]
fn OutOfSight(workspace: Workspace) -> BuiltView {
    dynamic_view(move || {
        let items = workspace.out_of_sight_lists().into_iter().map(|list| {
            let (noun, label) =
                if list.count == 1 { ("post", "Hent den frem igen") } else { ("poster", "Hent dem frem igen") };
            let words = format!("{} {noun} fra {} er lagt væk her", list.count, list.from);
            let label_with_count = format!("{label}: {} {noun} fra {}", list.count, list.from);
            let on_press = on_click(move || workspace.bring_back_list(&list.list));
            markup!(
                r#"<li><span>{}</span><span class="buttons">{}</span></li>"#,
                words,
                button_with_label("", label, label_with_count, on_press)
            )
        });
        let items: Vec<_> = items.collect();
        or_empty((!items.is_empty()).then(|| {
            markup!(
                r#"<section class="data-section"><h2>Lagt væk her</h2><p>Det kom fra andre og blev fortrudt. Det er ikke slettet hos dem og følger ikke med i dine filer.</p><ul class="rows">{}</ul></section>"#,
                items
            )
        }))
    })
}

/// Shows the quarantined texts, if any, with a button to save them.
#[component]
fn Quarantine(workspace: Workspace) -> BuiltView {
    dynamic_view(move || {
        let (damaged, migrated) = workspace.quarantine.with(|quarantine| {
            let damaged = quarantine.iter().filter(|entry| entry.is_damaged()).count();
            (damaged, quarantine.len() - damaged)
        });
        or_empty((damaged + migrated > 0).then(|| {
            let count_line = |count: usize, reason: &str| {
                let noun = if count == 1 { "tekst" } else { "tekster" };
                (count > 0).then(|| format!("{count} {noun}, {reason}"))
            };
            let lines = [
                count_line(damaged, "der ikke kunne læses."),
                count_line(migrated, "som en ældre udgave af Kvalitetshjul havde skrevet. De er læst og bragt videre."),
            ];
            let items: Vec<_> = lines.into_iter().flatten().map(|line| markup!("<li>{}</li>", line)).collect();
            markup!(
                r#"<section class="data-section"><h2>Lagt til side</h2><ul>{}</ul>{}</section>"#,
                items,
                button("Gem det, der er lagt til side", move || save_quarantine(workspace))
            )
        }))
    })
}

/// Shows how much room the browser gives.
#[component]
fn Space() -> BuiltView {
    let words = RwSignal::new("Spørger browseren …".to_owned());
    spawn_local(async move {
        let answer = match platform::storage::space().await {
            Some((used, granted)) if used / 4 * 5 >= granted => format!(
                "Der er brugt {}, og browseren er næsten fuld. Alt, der er gemt, er her stadig. Gem en sikkerhedskopi, og skaf \
                 plads ved at slette data fra andre sider eller filer på din enhed.",
                size(used)
            ),
            Some((used, _)) => format!("Der er brugt {}, og browseren har god plads.", size(used)),
            None => "Browseren siger ikke, hvor meget plads der er.".to_owned(),
        };
        words.try_set(answer);
    });
    markup!(r#"<section class="data-section"><h2>Plads</h2><p>{}</p></section>"#, dynamic_text(move || words.get()))
}

/// Formats a number of bytes in Danish: `34 kB`, `3,4 MB`.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{},{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}

/// Saves the quarantined texts as a file, byte for byte, for whoever can repair them.
pub(crate) fn save_quarantine(workspace: Workspace) {
    let texts = workspace.quarantine.with_untracked(|quarantine| {
        let texts = quarantine.iter().flat_map(|entry| [entry.name.as_str(), "\n", entry.text.as_str(), "\n\n"]);
        texts.collect::<String>()
    });
    let name = format!("Kvalitetshjul – lagt til side – {}.txt", platform::clock::today());
    if platform::files::save_file(&name, &texts).is_err() {
        workspace
            .error_message
            .set(Some("Filen kunne ikke gemmes. Det ligger stadig i browseren. Prøv igen.".to_owned()));
    }
}
