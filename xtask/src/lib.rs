//! What the developer commands are made of; the browser tests use the server too.
//!
//! Every failure is a sentence that says what to do, as a `String`.
#![allow(
    clippy::missing_errors_doc,
    reason = "every error here is such a sentence"
)]

pub mod bench;
pub mod bless;
pub mod chromium;
pub mod dev;
pub mod engines;
mod first_visit;
pub mod folders;
pub mod large_file;
pub mod model_bench;
pub mod new;
pub mod pack;
pub mod page;
mod report;
pub mod run;
pub mod say;
pub mod scripts;
pub mod server;
pub mod shots;
pub mod spelling;
pub mod test;
pub mod timing;
pub mod tools;
pub mod trace;
