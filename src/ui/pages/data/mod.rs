//! Pages about the data as a whole: export, import, receipts, open choices, history, trash.
//!
//! | file | purpose |
//! | --- | --- |
//! | `files` | the page of files: backup, sharing, snapshots, reset |
//! | `import` | import of files: buttons, preview, progress, report |
//! | `receipt` | the receipt of a saved file |
//! | `conflicts` | the open choices |
//! | `history` | the history, and earlier states |
//! | `trash` | the trash |

use leptos::prelude::*;

use crate::ui::kit::view::{BuiltView, build_view};
use crate::ui::pages::PageResult;
use crate::ui::route::Route;
use crate::ui::state::app_context::AppContext;

pub(crate) mod conflicts;
pub(crate) mod files;
pub(crate) mod history;
pub(crate) mod import;
mod receipt;
pub(crate) mod trash;

use conflicts::ConflictsPage;
use files::FilesPage;
use history::{HistoryPage, PastStatePage};
use import::{Files, ImportReport};
use trash::TrashPage;

/// Builds the page of the chunk [`Files`](crate::ui::route::Chunk::Files).
pub(crate) fn files_page(app: AppContext, files: Files, route: Route) -> PageResult {
    match route {
        Route::Filer => Ok(build_view(view! { <FilesPage app files/> })),
        other => Err(other),
    }
}

/// Builds a page of the chunk [`Data`](crate::ui::route::Chunk::Data).
pub(crate) fn page(app: AppContext, files: Files, route: Route) -> PageResult {
    let workspace = app.workspace;
    Ok(match route {
        Route::Valg => build_view(view! { <ConflictsPage workspace/> }),
        Route::Historik => build_view(view! { <HistoryPage workspace/> }),
        Route::Dengang => build_view(view! { <PastStatePage files/> }),
        Route::Papirkurv => build_view(view! { <TrashPage workspace/> }),
        other => return Err(other),
    })
}

/// Builds the report of an import, which is shown above any page.
pub(crate) fn import_report(files: Files) -> BuiltView {
    build_view(view! { <ImportReport files/> })
}

/// Builds the receipt of a saved file, which is shown above any page.
pub(crate) fn receipt(files: Files) -> BuiltView {
    receipt::receipt_view(files)
}
