//! The frame around every page: what starts the app, what stays in sight, and which page is shown.
//!
//! | file | purpose |
//! | --- | --- |
//! | `app` | starts the app, listens to the browser, shows the page of the current route |
//! | `find` | opens the palette and the help, by buttons and keys |
//! | `lazy` | loads the code of pages on first use |
//! | `sidebar` | navigation, the unit switch, and the file buttons |
//! | `status_bar` | how safely the last change is stored, open choices, undo, age of the backup |
//! | `notices` | warnings about this browser: storage denied, page outdated, unreadable records |
//! | `undo` | undo and redo buttons and keys |
//!
//! Nothing below imports this module.

mod app;
mod find;
mod lazy;
mod notices;
mod sidebar;
mod status_bar;
mod undo;

pub use app::mount;
