//! The tools of the project: check, build, test, measure. `cargo xtask` lists the commands.
//!
//! | module | purpose |
//! | --- | --- |
//! | `build`, `split`, `linkage`, `worker` | the release bundle |
//! | `check`, `test` | checks, and all tests |
//! | `browser`, `server`, `e2e`, `pdf` | what the end-to-end tests (`xtask/tests`) are written with |
//! | `pages`, `screens` | a visit to every page, and pictures of it |
//! | `bench` | measurements |
//! | `sample_data` | invented records |
//! | `merge` | the merge of files on the command line |
//! | `tools`, `process` | installed tools, other programs |

pub mod bench;
pub mod browser;
pub mod build;
pub mod check;
pub mod e2e;
pub mod linkage;
pub mod merge;
pub mod pages;
pub mod pdf;
pub mod process;
pub mod sample_data;
pub mod screens;
pub mod server;
pub mod split;
pub mod test;
pub mod tools;
pub mod worker;

/// The result of a command. The error is a message for the person who ran it.
pub type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;
