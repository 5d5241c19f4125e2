//! What the developer commands are made of; the browser tests use the server too.
//!
//! Every failure is a sentence that says what to do, as a `String`.

pub mod pace;
pub mod page;
pub mod run;
pub mod say;
pub mod server;
pub mod test;
pub mod tools;

use std::path::{Path, PathBuf};

/// The project's folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap_or_else(|| Path::new("."))
}

/// The folder of the tools that are got for this project, which git ignores.
pub fn tools_folder() -> PathBuf {
    root().join(".tools")
}
