//! What the app asks of the browser, one file a capability. Nothing here knows a record or a page.
//!
//! | file | purpose |
//! | --- | --- |
//! | `clipboard` | the clipboard |
//! | `clock` | the time, by this device's clock, and how long work takes |
//! | `files` | files that the user chooses or saves |
//! | `focus` | where the keyboard and the eye are led after a change of page |
//! | `ids` | random bits and new ids |
//! | `navigation` | the address of the page |
//! | `page` | the document itself: colours, focus, printing, sorting in Danish |
//! | `storage` | how much room the browser gives this site, and whether it may clear it |

pub(crate) mod clipboard;
pub(crate) mod clock;
pub(crate) mod files;
pub(crate) mod focus;
pub(crate) mod ids;
pub(crate) mod navigation;
pub(crate) mod page;
pub(crate) mod storage;
