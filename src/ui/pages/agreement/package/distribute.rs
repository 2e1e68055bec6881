//! A file for each unit, and the whole, by one press. Browsers ask about many files in a row, or stop them; so one press gives
//! one ZIP file with all of them, and each can be had by itself as well.

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
use crate::store::pause::Pauses;

use super::PackageContext;
use crate::ui::kit::components::FieldType;
use crate::ui::kit::inputs;
use crate::ui::kit::markup::markup;
use crate::ui::kit::view::{
    BuiltView, button_with_class, button_with_label, dynamic_text, dynamic_view, on_click, or_empty,
};
use crate::ui::platform;

/// A file that is sent: its name, and the units whose figures are in it.
#[derive(Clone, Debug, PartialEq)]
struct Parcel {
    to: String,
    file: String,
    units: Vec<Id>,
}

/// What is known of the sending, as long as the page is shown.
#[derive(Clone, Copy)]
struct Sending {
    delete_by: RwSignal<String>,
    /// When each file was handed out, by its name.
    handed: RwSignal<SortedMap<String, String>>,
    /// How many files are made, while they are.
    made: RwSignal<Option<usize>>,
}

/// The files there are to send: the whole first, then the units' in the order of the Danish alphabet.
fn parcels(sent: &PackageContext) -> Vec<Parcel> {
    let units = sent.desk.units();
    if units.is_empty() {
        return Vec::new();
    }
    let day = platform::clock::today();
    let all = Parcel {
        to: "Hele pakken, til sekretariatet og cheferne".to_owned(),
        file: file::name("Alle enheder", Package::WORDS.singular, day),
        units: units.iter().map(|(_, id)| id.clone()).collect(),
    };
    let each = units.into_iter().map(|(name, id)| Parcel {
        file: file::name(&name, Package::WORDS.singular, day),
        to: name,
        units: vec![id],
    });
    let mut parcels: Vec<Parcel> = std::iter::once(all).chain(each).collect();
    // Two units of one name are two files.
    let names = archive::unique_names(parcels.iter().map(|parcel| parcel.file.clone()).collect());
    for (parcel, name) in parcels.iter_mut().zip(names) {
        parcel.file = name;
    }
    parcels
}

/// The way to send it.
pub(crate) fn distribute(sent: &PackageContext) -> BuiltView {
    let last_day = sent.cycle.quarter(QUARTERS).last_day();
    let sending = Sending {
        delete_by: RwSignal::new(last_day.to_string()),
        handed: RwSignal::new(SortedMap::new()),
        made: RwSignal::new(None),
    };
    let list = {
        let sent = sent.clone();
        // By the units and what they are called, and not by what is written on this page.
        let parcels = Memo::new({
            let sent = sent.clone();
            move |_| parcels(&sent)
        });
        dynamic_view(move || {
            let parcels = parcels.get();
            if parcels.is_empty() {
                return markup!(
                    r##"<p>Der er ingen enheder i denne browser endnu. De kommer, når <a href="#/indikatorer/hent">deres tal hentes ind</a>, eller du kan <a href="#/enheder">skrive dem</a>.</p>"##
                );
            }
            let rows: Vec<_> = parcels.iter().map(|parcel| row(&sent, sending, parcel)).collect();
            let all = parcels.clone();
            let count = all.len();
            let sent = sent.clone();
            let save = on_click(move || save_all(&sent, sending, all.clone()));
            let how_far = dynamic_text(move || {
                sending.made.get().map(|done| format!("Laver filerne: {done} af {count}")).unwrap_or_default()
            });
            markup!(
                r#"
                <div class="buttons">{}</div>
                <p class="help" role="status">{}</p>
                <p>Én fil, som du pakker ud: en mappe med en fil til hver enhed og én med det hele. Enhedens fil har dens egne tal og de fælles temaer, og ikke andet. Tal, der bygger på færre end fem personer, er holdt tilbage i dem alle.</p>
                <details class="others"><summary>Hver fil for sig</summary><ul class="rows parcels">{}</ul></details>"#,
                button_with_class("primary", "Gem alle filerne", save),
                how_far,
                rows
            )
        })
    };
    markup!(r#"<div class="stack">{}{}</div>"#, delete_field(sending), list)
}

fn delete_field(sending: Sending) -> BuiltView {
    const HELP: &str = "Foreslået: når de to år er gået. Det er en bøn, ikke en lås.";
    inputs::transient_field(
        "package-delete",
        "Bed modtagerne slette filen senest",
        HELP,
        FieldType::Day,
        sending.delete_by,
    )
}

fn row(sent: &PackageContext, sending: Sending, parcel: &Parcel) -> BuiltView {
    let name = format!("Gem filen: {}", parcel.to);
    let (to, file, own) = (parcel.to.clone(), parcel.file.clone(), parcel.clone());
    let sent = sent.clone();
    let save = on_click(move || {
        let text = text(&sent, &sent.desk.workspace.all_records(), &own, sending);
        match text.map_err(drop).and_then(|text| platform::files::save_file(&own.file, &text).map_err(drop)) {
            Ok(()) => {
                sending.handed.update(|handed| drop(handed.insert(own.file.clone(), platform::clock::time_of_day())));
            }
            Err(()) => could_not_save(&sent),
        }
    });
    let mark = dynamic_view(move || {
        let at = sending.handed.with(|handed| handed.get(&file).cloned());
        or_empty(at.map(|at| markup!(r#"<span class="tag">gemt kl. {}</span>"#, at)))
    });
    markup!("<li><span>{} {}</span>{}</li>", to, mark, button_with_label("quiet", "Gem", name, save))
}

/// The text of a file.
fn text(
    sent: &PackageContext,
    records: &Records,
    parcel: &Parcel,
    sending: Sending,
) -> Result<String, serde_json::Error> {
    let part = SharedPart::DataPackage { units: parcel.units.clone(), package: Some(sent.record.clone()) };
    let delete_by = sending.delete_by.try_get_untracked().and_then(|day| Date::parse(&day));
    let scope = Scope::Share { part, unmasked_for: None };
    write::write_to_be_deleted(records, &scope, platform::clock::now(), delete_by)
}

/// Makes all files, a little at a time, and hands them out as one.
fn save_all(sent: &PackageContext, sending: Sending, parcels: Vec<Parcel>) {
    if sending.made.get_untracked().is_some() {
        return;
    }
    let sent = sent.clone();
    sending.made.set(Some(0));
    spawn_local(async move {
        // What can be in such a file at all, once and not for each of them.
        let all = SharedPart::package_records(sent.desk.workspace.all_records());
        let (mut files, mut pauses) = (Vec::with_capacity(parcels.len()), Pauses::begin());
        for (place, parcel) in parcels.into_iter().enumerate() {
            let Ok(text) = text(&sent, &all, &parcel, sending) else {
                could_not_save(&sent);
                sending.made.try_set(None);
                return;
            };
            files.push((parcel.file, text));
            if pauses.breathe().await {
                sending.made.try_set(Some(place + 1));
            }
        }
        let today = platform::clock::today();
        let name = format!("Datapakke {} – {today}.zip", sent.cycle);
        let saved =
            archive::archive(&files, today).map(|bytes| platform::files::save_bytes(&name, "application/zip", &bytes));
        if matches!(saved, Some(Ok(()))) {
            let at = platform::clock::time_of_day();
            sending.handed.try_update(|handed| handed.extend(files.iter().map(|(name, _)| (name.clone(), at.clone()))));
        } else {
            could_not_save(&sent);
        }
        sending.made.try_set(None);
    });
}

fn could_not_save(sent: &PackageContext) {
    let words = "Filerne kunne ikke gemmes. Datapakken er stadig her på siden. Prøv igen, eller gem filerne en for en.";
    sent.desk.workspace.trouble.set(Some(words.to_owned()));
}
