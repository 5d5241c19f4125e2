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
pub mod model_bench;
pub mod new;
pub mod pack;
pub mod page;
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

use std::{
    fs,
    path::{Path, PathBuf},
};

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

/// The text of a file, or which one can't be read and why.
pub fn text_of(file: &Path) -> Result<String, String> {
    fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))
}

/// The files of a folder and of those below it, in order.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
