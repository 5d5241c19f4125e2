//! Rules of the house that the compiler does not know.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that fails panics"
)]

use plimsoll_tests::root;
use std::{fs, path::PathBuf};

/// Every file below a folder whose name ends so.
fn files(below: &str, ending: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(below)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "nothing below {below} ends in {ending}");
    found
}

/// The sources of the page and of all crates.
fn all_sources() -> Vec<(PathBuf, String)> {
    [files("src", ".rs"), files("crates", ".rs")].concat()
}

/// A file's code without its tests and comments.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap();
    text.lines()
        .map(|line| line.split("//").next().unwrap())
        .collect::<Vec<_>>()
        .join("\n")
}

/// The crates and what each may be made of. Arrows between crates stand in their manifests, and the compiler holds them;
/// this holds the manifests.
const MADE_OF: [(&str, &[&str]); 5] = [
    ("model", &["csv-core", "libm", "rand_pcg"]),
    ("wording", &["libm", "plimsoll-model"]),
    (
        "formats",
        &[
            "percent-encoding",
            "plimsoll-model",
            "plimsoll-wording",
            "schemars",
            "serde",
            "serde_json",
        ],
    ),
    (
        "chart",
        &["libm", "plimsoll-model", "plimsoll-wording", "plotters"],
    ),
    (
        "cli",
        &[
            "clap",
            "libm",
            "plimsoll-formats",
            "plimsoll-model",
            "plimsoll-wording",
            "serde_json",
        ],
    ),
];

#[test]
fn crates_are_made_of_what_they_may_be() {
    let there = files("crates", "Cargo.toml");
    assert_eq!(there.len(), MADE_OF.len(), "a crate has no row");
    for (name, allowed) in MADE_OF {
        let manifest = root().join("crates").join(name).join("Cargo.toml");
        let text = fs::read_to_string(&manifest).unwrap();
        let mut section = "";
        let mut found = Vec::new();
        for line in text.lines() {
            if line.starts_with('[') {
                section = line;
            } else if section == "[dependencies]"
                && let Some((package, _)) = line.split_once(['.', ' '])
                && !line.starts_with([' ', '#'])
            {
                found.push(package);
            }
        }
        found.sort_unstable();
        assert_eq!(found, allowed, "{name}");
    }
}

#[test]
fn the_month_has_its_hours_in_one_place() {
    let places: Vec<String> = all_sources()
        .iter()
        .flat_map(|(path, text)| {
            code(text)
                .lines()
                .filter(|line| line.contains("730") && !line.contains("_per_730h"))
                .map(|line| format!("{}: {line}", path.display()))
                .collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(places.len(), 1, "{places:?}");
}

#[test]
fn styles_stand_in_the_style_folder() {
    for (path, text) in files("src", ".rs") {
        let code = code(&text);
        // A style attribute is refused by a strict Content-Security-Policy.
        assert!(
            !code.contains("style=\"") && !code.contains("inner_html"),
            "{}",
            path.display()
        );
    }
}

#[test]
fn every_file_says_what_it_is() {
    for below in ["src", "crates", "tests", "xtask/src", "fuzz/targets"] {
        for (path, text) in files(below, ".rs") {
            assert!(text.starts_with("//!"), "{} has no header", path.display());
        }
    }
}
