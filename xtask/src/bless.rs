//! Writes every golden file anew, and says what that changed.

use crate::{
    run::{cargo, command, find, run},
    say,
};

/// The tests that have golden files. Each is a part of a test's path.
const GOLDEN: [(&str, &[&str]); 2] = [
    (
        "model",
        &["golden::", "export::", "verdicts::", "witness::"],
    ),
    ("charts", &[]),
];
/// Where golden files are.
const PLACES: [&str; 3] = ["tests/snapshots", "tests/model/snapshots", "tests/cases"];

/// Writes bills, presets, exports, advice, the witness and charts anew. Fails where a test fails in another way.
pub fn all() -> Result<(), String> {
    let mut steps = say::Steps::of(GOLDEN.len() + 1);
    for (tests, paths) in GOLDEN {
        steps.next(&format!("the golden files of tests/{tests}"));
        run(cargo()
            .args(["test", "--quiet", "--locked"])
            .args(["--package", "plimsoll-tests", "--test", tests, "--"])
            .args(paths)
            .env("INSTA_UPDATE", "always")
            .env("UPDATE_VERDICTS", "1")
            .env("UPDATE_WITNESS", "1"))?;
    }
    steps.next("what changed; read the whole with git diff");
    let Some(git) = find("git") else {
        say::detail("there is no git on PATH to tell");
        return Ok(());
    };
    run(command(&git)
        .args(["--no-pager", "diff", "--stat", "--"])
        .args(PLACES))?;
    run(command(&git).args(["status", "--short", "--"]).args(PLACES))
}
