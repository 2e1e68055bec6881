//! Access to features of the browser, one file for each. No file here refers to records or pages.
//!
//! | file | purpose |
//! | --- | --- |
//! | `clipboard` | the clipboard |
//! | `clock` | the time by the clock of this device, and measuring how long work takes |
//! | `files` | files that the user chooses, saves or shares |
//! | `focus` | the focus and the scroll position after a change of page |
//! | `ids` | random bits and new ids |
//! | `navigation` | the address of the page |
//! | `page` | the document itself: colours, focus, printing, sorting in Danish |
//! | `reflect` | interfaces of the browser that are called by name |
//! | `screen` | full screen, and a screen that stays lit |
//! | `sound` | a short sound |
//! | `storage` | how much room the browser gives this site, and whether it may clear the data |

pub(crate) mod clipboard;
pub(crate) mod clock;
pub(crate) mod files;
pub(crate) mod focus;
pub(crate) mod ids;
pub(crate) mod navigation;
pub(crate) mod page;
pub(crate) mod reflect;
pub(crate) mod screen;
pub(crate) mod sound;
pub(crate) mod storage;
