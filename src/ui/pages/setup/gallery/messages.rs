//! All messages about files and storage, as they are shown to users.

use std::rc::Rc;

use crate::exchange::error::{FileError, RecordError, RecordFault};
use crate::exchange::file_kind::ForeignKind;
use crate::record::edit::EditError;
use crate::store::{Safety, WriteBlock};

use crate::ui::kit::markup::markup;
use crate::ui::kit::view::BuiltView;
use crate::ui::pages::data::import::{ImportOutcome, WorkProgress, outcome_view, working_view};
use crate::ui::state::workspace::{SaveStatus, StorageStatus, save_status_text, storage_notice};

/// Shows all messages.
pub(crate) fn messages() -> BuiltView {
    markup!(
        r#"
        <section class="part">
            <h2>Beskeder</h2>
            <section class="report"><h2>Filen er flettet ind.</h2><p>Det, du havde i forvejen, er her stadig.</p></section>
            <section class="report refused">
                <h2>Filen er ufuldstændig</h2>
                <p>Slutningen mangler. Intet er ændret hos dig. Bed om filen igen.</p>
            </section>
            <div class="choice">
                <p><strong>Åbent valg. </strong>Her er skrevet forskelligt. Begge dele er gemt; det, der kun står det ene sted, er markeret.</p>
                <ul>
                    <li><p class="wording">«Flere <mark>børn </mark>er med»</p><p class="help">dig, 15. marts 2026 kl. 10.42</p><button type="button">Behold denne</button></li>
                    <li><p class="wording">«Flere er med <mark>i fællesskabet</mark>»</p><p class="help">Anne, 14. marts 2026 kl. 9.05</p><button type="button">Behold denne</button></li>
                </ul>
            </div>
            <p class="notice">Du ser siden, som den er en anden dag.</p>
            <p class="all-well">Alle samtaler er holdt.</p>
            <p class="purpose">En tom side siger, hvad der kommer her, og hvordan man begynder.</p>
        </section>
        <section class="part"><h2>Striben</h2><ul class="rows">{}</ul></section>
        <section class="part"><h2>Filer, der ikke kan åbnes</h2>{}</section>
        <section class="part"><h2>Filer, der åbnes</h2>{}</section>
        <section class="part"><h2>Det, der gælder browseren</h2>{}</section>
        <section class="part"><h2>Ændringer, der ikke kan skrives</h2>{}</section>"#,
        save_statuses(),
        refused_files(),
        other_outcomes(),
        storage_notices(),
        edit_errors()
    )
}

/// The texts of the status bar.
fn save_statuses() -> Vec<BuiltView> {
    let time = || "10.42".to_owned();
    let saved = |safety| SaveStatus::Saved { at: time(), safety };
    let states = [
        (None, SaveStatus::Loading),
        (None, SaveStatus::Unchanged),
        (None, SaveStatus::Saving),
        (None, saved(Safety::Durable)),
        (None, saved(Safety::LocalStorageFull)),
        (None, saved(Safety::LocalStorageOnly)),
        (None, saved(Safety::NotSaved)),
        (Some(WriteBlock::ReadOnly), SaveStatus::Unchanged),
        (Some(WriteBlock::Reset), SaveStatus::Unchanged),
        (Some(WriteBlock::Outdated), SaveStatus::Unchanged),
    ];
    states.iter().map(|(closed, state)| markup!("<li>{}</li>", save_status_text(*closed, state))).collect()
}

/// The messages about files that cannot be opened.
fn refused_files() -> Vec<BuiltView> {
    let errors = [
        FileError::NotJson { line: Some(7) },
        FileError::NotJson { line: None },
        FileError::NotThisFormat,
        FileError::Incomplete,
        FileError::TooDeep,
        FileError::TooLarge,
        FileError::TooNew { version: 9 },
        FileError::MigrationFailed { version: 0 },
        FileError::ChangedSinceLocked,
        FileError::NoPassword,
        FileError::WrongPassword,
        FileError::CannotUnlock,
        FileError::ArchiveDamaged,
        FileError::Foreign(ForeignKind::Image),
    ];
    let view = |error: &FileError| {
        outcome_view(None, "solstraalen.kvalitetshjul.json", ImportOutcome::Refused(error.to_string()))
    };
    errors.iter().map(view).collect()
}

/// The other messages about opening files.
fn other_outcomes() -> Vec<BuiltView> {
    let fault =
        |fault| RecordError { number: Some(3), name: "målet «Flere er med»".to_owned(), fault, text: String::new() };
    let faults = [
        fault(RecordFault::Invalid { why: "/text: expected a string".to_owned() }),
        fault(RecordFault::NoLeaves),
        fault(RecordFault::NotAsNew { why: "/baseline: expected a number".to_owned() }),
        fault(RecordFault::Damaged { why: "/text findes i to udgaver under samme ændring".to_owned() }),
        fault(RecordFault::Links),
    ];
    let name = "solstraalen.kvalitetshjul.json";
    let working = |total| {
        working_view(name, Rc::new(move || WorkProgress { activity: "Læser", done: 120, total }), Rc::new(|| ()))
    };
    let mut views = vec![
        working(0),
        working(400),
        outcome_view(None, name, ImportOutcome::Cancelled("Du stoppede. Intet er ændret hos dig.")),
        outcome_view(
            None,
            name,
            ImportOutcome::Undone("Det, filen kom med, er fortrudt.", vec!["målet «Flere er med»".to_owned()]),
        ),
    ];
    views.extend(
        faults.iter().map(|fault| markup!(r#"<section class="report"><p>{}</p></section>"#, fault.to_string())),
    );
    views
}

/// The notices about the storage of the browser.
fn storage_notices() -> Vec<BuiltView> {
    let closed = [WriteBlock::Outdated, WriteBlock::Reset, WriteBlock::ReadOnly].map(StorageStatus::Closed);
    std::iter::once(StorageStatus::Denied)
        .chain(closed)
        .map(|status| {
            let notice = storage_notice(status);
            markup!(r#"<section class="report refused"><h3>{}</h3><p>{}</p></section>"#, notice.heading, notice.text)
        })
        .collect()
}

/// The messages about changes that cannot be written.
fn edit_errors() -> Vec<BuiltView> {
    let errors = [EditError::CountedOut, EditError::PathTooLong, EditError::NotDeleted];
    errors
        .iter()
        .map(|error| markup!(r#"<section class="report refused"><p>{}</p></section>"#, error.to_string()))
        .collect()
}
