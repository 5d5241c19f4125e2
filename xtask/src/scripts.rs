//! The scripts that start the page and keep it offline, and those beside them: their types, as the comments in them say, and
//! what a linter finds.

use crate::run::{command, find, run};

/// One configuration for each of the two worlds: a page has a document, a worker has none.
const CONFIGURATIONS: [&str; 2] = ["tsconfig.json", "tsconfig.worker.json"];

/// Where scripts are.
const FOLDERS: [&str; 3] = ["src/shell", "deploy", "xtask/src"];

/// Checks their types with TypeScript, which writes nothing.
///
/// # Errors
///
/// What is wrong, after TypeScript has printed where.
pub fn types() -> Result<(), String> {
    let tsc = find("tsc").ok_or("tsc is gone from .tools/npm")?;
    for configuration in CONFIGURATIONS {
        let file = crate::folders::root().join("src/shell").join(configuration);
        run(command(&tsc).arg("--project").arg(file))?;
    }
    Ok(())
}

/// Looks for mistakes: what is wrong for certain, and what most likely is.
///
/// # Errors
///
/// That something was found, after the linter has printed where.
pub fn lints() -> Result<(), String> {
    let oxlint = find("oxlint").ok_or("oxlint is gone from .tools/npm")?;
    let mut lint = command(&oxlint);
    lint.args(["--deny=correctness", "--deny=suspicious", "--deny-warnings"]);
    // Its own taste beyond ESLint's rules.
    lint.arg("--disable-unicorn-plugin");
    run(lint.args(FOLDERS.map(|folder| crate::folders::root().join(folder))))
}
