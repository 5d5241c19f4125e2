//! The spelling of whatever people read: documents, the page, and the comments and texts in the code.

use crate::run::{command, find, run};

/// Checks it, as `cspell.json` says.
pub fn check() -> Result<(), String> {
    let cspell = find("cspell").ok_or("cspell is gone from .tools/npm")?;
    run(command(cspell).args(["lint", "--no-progress", "--no-summary", "--dot"])).map_err(
        |why| {
            format!(
                "{why}. A word that is right goes into words.txt, in lower case, where the alphabet puts it"
            )
        },
    )
}
