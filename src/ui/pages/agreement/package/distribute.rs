//! Saves the files of the package: one for each unit, and one with everything. Browsers ask before saving many
//! files in a row, or block them, so one button saves a single ZIP file with all files. Each file can also be saved by
//! itself.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::domain::body::Body;
use crate::domain::cycle::QUARTERS;
use crate::domain::date::Date;
use crate::domain::id::Id;
use crate::domain::package::Package;
use crate::domain::sorted::SortedMap;
use crate::exchange::archive;
use crate::exchange::file;
use crate::exchange::scope::{Scope, SharedPart};
use crate::exchange::write;
use crate::record::Records;
use crate::store::pause::TimeSlices;

use super::PackageContext;
use crate::ui::kit::components::FieldType;
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{
    BuiltView, button_with_class, button_with_label, dynamic_text, dynamic_view, on_click, or_empty,
};
use crate::ui::platform;
use crate::ui::platform::files::NotSaved;

/// A file to send.
#[derive(Clone, Debug, PartialEq)]
struct PackageFile {
    /// For whom the file is, in Danish.
    recipient: String,
    /// Name of the file.
    name: String,
    /// The units whose figures are in the file.
    units: Vec<Id>,
}

/// State of the page while it is shown.
#[derive(Clone, Copy)]
struct DistributionState {
    /// The day by which recipients are asked to delete the file, in ISO form.
    delete_by: RwSignal<String>,
    /// The time of day at which each file was saved, by file name.
    saved_at: RwSignal<SortedMap<String, String>>,
    /// How many files are done while the ZIP file is being made, otherwise `None`.
    progress: RwSignal<Option<usize>>,
}

/// Returns the files to send: the one with everything first, then those of the units in Danish alphabetical order.
fn package_files(ctx: &PackageContext) -> Vec<PackageFile> {
    let units = ctx.app.units();
    if units.is_empty() {
        return Vec::new();
    }
    let day = platform::clock::today();
    let all = PackageFile {
        recipient: "Hele pakken, til sekretariatet og cheferne".to_owned(),
        name: file::name("Alle enheder", Package::WORDS.singular, day),
        units: units.iter().map(|(_, id)| id.clone()).collect(),
    };
    let each = units.into_iter().map(|(name, id)| PackageFile {
        name: file::name(&name, Package::WORDS.singular, day),
        recipient: name,
        units: vec![id],
    });
    let mut package_files: Vec<PackageFile> = std::iter::once(all).chain(each).collect();
    // Two units of the same name need different file names.
    let names = archive::unique_names(package_files.iter().map(|package_file| package_file.name.clone()).collect());
    for (package_file, name) in package_files.iter_mut().zip(names) {
        package_file.name = name;
    }
    package_files
}

/// Builds the section with the files to send.
pub(crate) fn distribute(ctx: &PackageContext) -> BuiltView {
    let last_day = ctx.cycle.quarter(QUARTERS).last_day();
    let state = DistributionState {
        delete_by: RwSignal::new(last_day.to_string()),
        saved_at: RwSignal::new(SortedMap::new()),
        progress: RwSignal::new(None),
    };
    let list = {
        let ctx = ctx.clone();
        // Depends on the units and their names alone, so that typing on this page does not rebuild the list.
        let package_files = Memo::new({
            let ctx = ctx.clone();
            move |_| package_files(&ctx)
        });
        dynamic_view(move || {
            let package_files = package_files.get();
            if package_files.is_empty() {
                return markup!(
                    r##"<p>Der er ingen enheder i denne browser endnu. De kommer, når <a href="#/indikatorer/hent">deres tal hentes ind</a>, eller du kan <a href="#/enheder">skrive dem</a>.</p>"##
                );
            }
            let rows: Vec<_> = package_files.iter().map(|package_file| row(&ctx, state, package_file)).collect();
            let zip_files = package_files.clone();
            let count = zip_files.len();
            let ctx = ctx.clone();
            let save_zip = on_click(move || save_all(&ctx, state, zip_files.clone()));
            let progress_text = dynamic_text(move || {
                state.progress.get().map(|done| format!("Laver filerne: {done} af {count}")).unwrap_or_default()
            });
            markup!(
                r#"
                <div class="buttons">{}</div>
                <p class="help" role="status">{}</p>
                <p>Én fil, som du pakker ud: en mappe med en fil til hver enhed og én med det hele. Enhedens fil har dens egne tal og de fælles temaer, og ikke andet. Tal, der bygger på færre end fem personer, er holdt tilbage i dem alle.</p>
                <details class="fold"><summary>Hver fil for sig</summary><ul class="rows parcels">{}</ul></details>"#,
                button_with_class("primary", "Gem alle filerne", save_zip),
                progress_text,
                rows
            )
        })
    };
    markup!(r#"<div class="stack">{}{}</div>"#, delete_field(state), list)
}

/// Builds the field for the day by which recipients are asked to delete the file.
fn delete_field(state: DistributionState) -> BuiltView {
    const HELP: &str = "Foreslået: når de to år er gået. Det er en bøn, ikke en lås.";
    inputs::transient_field(
        "package-delete",
        "Bed modtagerne slette filen senest",
        HELP,
        FieldType::Day,
        state.delete_by,
    )
}

/// Builds the row of one file, with a button to save it.
fn row(ctx: &PackageContext, state: DistributionState, package_file: &PackageFile) -> BuiltView {
    let label = format!("Gem filen: {}", package_file.recipient);
    let (recipient, name, saved_file) =
        (package_file.recipient.clone(), package_file.name.clone(), package_file.clone());
    let ctx = ctx.clone();
    let save = on_click(move || {
        let file_text = file_text(&ctx, &ctx.app.workspace.all_records(), &saved_file, state);
        match platform::files::save_export(&saved_file.name, file_text) {
            Ok(()) => {
                state
                    .saved_at
                    .update(|saved_at| drop(saved_at.insert(saved_file.name.clone(), platform::clock::time_of_day())));
            }
            Err(NotSaved) => show_save_error(&ctx),
        }
    });
    let saved_tag = dynamic_view(move || {
        let at = state.saved_at.with(|saved_at| saved_at.get(&name).cloned());
        or_empty(at.map(|at| markup!(r#"<span class="tag">gemt kl. {}</span>"#, at)))
    });
    markup!("<li><span>{} {}</span>{}</li>", recipient, saved_tag, button_with_label("quiet", "Gem", label, save))
}

/// Writes the content of a file.
///
/// # Errors
/// If the records cannot be serialized.
fn file_text(
    ctx: &PackageContext,
    records: &Records,
    package_file: &PackageFile,
    state: DistributionState,
) -> Result<String, serde_json::Error> {
    let part = SharedPart::DataPackage { units: package_file.units.clone(), package: Some(ctx.record.clone()) };
    let delete_by = state.delete_by.try_get_untracked().and_then(|day| Date::parse(&day));
    let scope = Scope::Share { part, unmasked_for: None };
    write::write_to_be_deleted(records, &scope, platform::clock::now(), delete_by)
}

/// Makes all files in slices, so that the page stays responsive, and saves them as one ZIP file. Does nothing while a
/// ZIP file is already being made.
fn save_all(ctx: &PackageContext, state: DistributionState, package_files: Vec<PackageFile>) {
    if state.progress.get_untracked().is_some() {
        return;
    }
    let ctx = ctx.clone();
    state.progress.set(Some(0));
    spawn_local(async move {
        // The records that can be in any of the files are selected once, not once per file.
        let records = SharedPart::package_records(ctx.app.workspace.all_records());
        let (mut files, mut pauses) = (Vec::with_capacity(package_files.len()), TimeSlices::begin());
        for (index, package_file) in package_files.into_iter().enumerate() {
            let Ok(file_text) = file_text(&ctx, &records, &package_file, state) else {
                show_save_error(&ctx);
                state.progress.try_set(None);
                return;
            };
            files.push((package_file.name, file_text));
            if pauses.yield_if_due().await {
                state.progress.try_set(Some(index + 1));
            }
        }
        let today = platform::clock::today();
        let name = format!("Datapakke {} – {today}.zip", ctx.cycle);
        let saved =
            archive::archive(&files, today).map(|bytes| platform::files::save_bytes(&name, "application/zip", &bytes));
        if matches!(saved, Some(Ok(()))) {
            let at = platform::clock::time_of_day();
            state
                .saved_at
                .try_update(|saved_at| saved_at.extend(files.iter().map(|(name, _)| (name.clone(), at.clone()))));
        } else {
            show_save_error(&ctx);
        }
        state.progress.try_set(None);
    });
}

/// Shows the error message that files could not be saved.
fn show_save_error(ctx: &PackageContext) {
    let message =
        "Filerne kunne ikke gemmes. Datapakken er stadig her på siden. Prøv igen, eller gem filerne en for en.";
    ctx.app.workspace.error_message.set(Some(message.to_owned()));
}
