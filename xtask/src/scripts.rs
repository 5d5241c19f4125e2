//! The types of the scripts that start the page and keep it offline, as the comments in them say.

use crate::run::{command, find, run};

/// One configuration for each of the two worlds: a page has a document, a worker has none.
const CONFIGURATIONS: [&str; 2] = ["tsconfig.json", "tsconfig.worker.json"];

/// Checks them with TypeScript, which writes nothing.
///
/// # Errors
///
/// What is wrong, after TypeScript has printed where.
pub fn check() -> Result<(), String> {
    let tsc = find("tsc").ok_or("tsc is gone from .tools/npm")?;
    for configuration in CONFIGURATIONS {
        let file = crate::root().join("src/shell").join(configuration);
        run(command(&tsc).arg("--project").arg(file))?;
    }
    Ok(())
}
