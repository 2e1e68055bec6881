//! Files, how everything once was, what was put aside, space, and the way to delete it all.

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

/// The page of what this browser keeps.
#[component]
pub(crate) fn FilesPage(desk: AppContext, files: Files) -> BuiltView {
    let workspace = desk.workspace;
    markup!(
        r#"
        <header class="page-head">
            <h1>Filer</h1>
            <p class="purpose">Det, du skriver, ligger i denne browser. Her kan du gemme det som fil, åbne filer fra andre og hente noget tilbage.</p>
        </header>
        <section class="room">
            <h2>Gem og åbn</h2>
            <p>En sikkerhedskopi har alt, også det, der kun er dit. Browseren kan miste det, den har; filen er den sikreste opbevaring. Læg den et sted, du kender, og hvor kun du kan læse den.</p>
            {}
            <p class="help">Du kan også trække filer ind på siden, indsætte dem, eller vælge flere på én gang. De viser først, hvad de kommer med.</p>
        </section>
        <div>{}{}{}{}{}{}{}</div>"#,
        build_view(view! { <FileButtons files/> }),
        build_view(view! { <ShareForm desk files/> }),
        ways_back(),
        build_view(view! { <Snapshots workspace files/> }),
        build_view(view! { <Away workspace/> }),
        build_view(view! { <Aside workspace/> }),
        build_view(view! { <Space/> }),
        build_view(view! { <ResetForm workspace files/> })
    )
}

/// The pages where one finds what was.
fn ways_back() -> BuiltView {
    markup!(
        r##"
        <section class="room">
            <h2>Find noget igen</h2>
            <ul class="links">
                <li><a href="#/historik">Historik</a> <span class="help">hvad der er ændret her, af hvem og hvornår</span></li>
                <li><a href="#/papirkurv">Papirkurv</a> <span class="help">det, der er slettet</span></li>
                <li><a href="#/valg">Åbne valg</a> <span class="help">steder, hvor I har skrevet forskelligt</span></li>
            </ul>
        </section>"##
    )
}

/// How everything once was, to be brought back.
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
            // Two of one minute are told apart by the rest.
            let name = format!("Hent tilbage fra {moment}, {words}");
            let looks = format!("Se, hvordan det var {moment}, {words}");
            let looked = snapshot.clone();
            let look = on_click(move || files.look_back(looked.clone()));
            let look = button_with_label("quiet", "Se", looks, look);
            let restore = on_click(move || files.restore(snapshot.clone()));
            let button = button_with_label("", "Hent tilbage", name, restore);
            markup!(
                r#"<li><span>{}</span><span class="help">{}</span><span class="buttons">{}{}</span></li>"#,
                moment,
                words,
                look,
                button
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
        <section class="room">
            <h2>Sådan var det før</h2>
            <p>Browseren gemmer øjebliksbilleder af alt: de sidste ti, og ét om dagen i tre uger. Henter du et tilbage, kan du fortryde det bagefter.</p>
            {}
        </section>"#,
        list
    )
}

/// What came with files and was put out of sight here, where something was.
#[component]
fn Away(workspace: Workspace) -> BuiltView {
    dynamic_view(move || {
        let items = workspace.away().into_iter().map(|away| {
            let (noun, label) =
                if away.count == 1 { ("post", "Hent den frem igen") } else { ("poster", "Hent dem frem igen") };
            let words = format!("{} {noun} fra {} er lagt væk her", away.count, away.from);
            let named = format!("{label}: {} {noun} fra {}", away.count, away.from);
            let act = on_click(move || workspace.bring_forth_all(&away.list));
            markup!(
                r#"<li><span>{}</span><span class="buttons">{}</span></li>"#,
                words,
                button_with_label("", label, named, act)
            )
        });
        let items: Vec<_> = items.collect();
        or_empty((!items.is_empty()).then(|| {
            markup!(
                r#"<section class="room"><h2>Lagt væk her</h2><p>Det kom fra andre og blev fortrudt. Det er ikke slettet hos dem og følger ikke med i dine filer.</p><ul class="rows">{}</ul></section>"#,
                items
            )
        }))
    })
}

/// What was put aside, where something was.
#[component]
fn Aside(workspace: Workspace) -> BuiltView {
    dynamic_view(move || {
        let (damaged, migrated) = workspace.aside.with(|aside| {
            let damaged = aside.iter().filter(|piece| piece.is_damaged()).count();
            (damaged, aside.len() - damaged)
        });
        or_empty((damaged + migrated > 0).then(|| {
            let line = |count: usize, words: &str| {
                let noun = if count == 1 { "tekst" } else { "tekster" };
                (count > 0).then(|| format!("{count} {noun}, {words}"))
            };
            let lines = [
                line(damaged, "der ikke kunne læses."),
                line(migrated, "som en ældre udgave af Kvalitetshjul havde skrevet. De er læst og bragt videre."),
            ];
            let items: Vec<_> = lines.into_iter().flatten().map(|words| markup!("<li>{}</li>", words)).collect();
            markup!(
                r#"<section class="room"><h2>Lagt til side</h2><ul>{}</ul>{}</section>"#,
                items,
                button("Gem det, der er lagt til side", move || save_aside(workspace))
            )
        }))
    })
}

/// How much room there is.
#[component]
fn Space() -> BuiltView {
    let words = RwSignal::new("Spørger browseren …".to_owned());
    spawn_local(async move {
        let said = match platform::storage::space().await {
            Some((used, granted)) if used / 4 * 5 >= granted => format!(
                "Der er brugt {}, og browseren er næsten fuld. Alt, der er gemt, er her stadig. Gem som fil, og skaf plads \
                 ved at slette data fra andre sider eller filer på din enhed.",
                size(used)
            ),
            Some((used, _)) => format!("Der er brugt {}, og browseren har god plads.", size(used)),
            None => "Browseren siger ikke, hvor meget plads der er.".to_owned(),
        };
        words.try_set(said);
    });
    markup!(r#"<section class="room"><h2>Plads</h2><p>{}</p></section>"#, dynamic_text(move || words.get()))
}

/// Bytes as a person reads them: `34 kB`, `3,4 MB`.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{},{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}

/// Hands what was put aside to the user, as it lay there: whoever can mend it needs every byte.
pub(crate) fn save_aside(workspace: Workspace) {
    let pieces = workspace.aside.with_untracked(|aside| {
        let pieces = aside.iter().flat_map(|piece| [piece.name.as_str(), "\n", piece.text.as_str(), "\n\n"]);
        pieces.collect::<String>()
    });
    let name = format!("Kvalitetshjul – lagt til side – {}.txt", platform::clock::today());
    if platform::files::save_file(&name, &pieces).is_err() {
        workspace.trouble.set(Some("Filen kunne ikke gemmes. Det ligger stadig i browseren. Prøv igen.".to_owned()));
    }
}
