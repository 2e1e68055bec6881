//! What is done to the project: check, test, measure, make files. `cargo xtask` lists the commands.

pub mod bench;
pub mod browser;
pub mod build;
pub mod check;
pub mod large;
pub mod made;
pub mod merge;
pub mod municipality;
pub mod pages;
pub mod pdf;
pub mod process;
pub mod screens;
pub mod server;
pub mod split;
pub mod test;
pub mod tools;
pub mod walk;
pub mod worker;

/// What a command came to: nothing to say, or why it failed, in words for the one who ran it.
pub type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;
