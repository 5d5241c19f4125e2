//! Rules of the house that the compiler does not know.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that fails panics"
)]

use std::{
    fs,
    path::{Path, PathBuf},
};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

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

/// A file's code without its tests and comments.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap();
    text.lines()
        .map(|line| line.split("//").next().unwrap())
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn the_model_knows_nothing_of_web_files_clocks_or_serde() {
    for (path, text) in files("src/model", ".rs") {
        for word in [
            "leptos",
            "web_sys",
            "wasm_bindgen",
            "gloo",
            "js_sys",
            "serde",
            "std::time",
            "std::fs",
            "std::env",
            "rand::",
            "crate::ui",
            "crate::web",
            "crate::chart",
            "crate::scenario",
            "crate::format",
        ] {
            assert!(!code(&text).contains(word), "{}: {word}", path.display());
        }
    }
}

#[test]
fn the_model_takes_transcendental_functions_from_libm() {
    for (path, text) in files("src/model", ".rs") {
        for call in [
            ".exp(", ".ln(", ".log10(", ".powf(", ".powi(", ".sqrt(", ".exp_m1(", ".ln_1p(",
            ".sin(",
        ] {
            assert!(!code(&text).contains(call), "{}: {call}", path.display());
        }
    }
}

#[test]
fn arrows_point_one_way() {
    for (path, text) in files("src", ".rs") {
        let name = path
            .strip_prefix(root())
            .unwrap()
            .to_string_lossy()
            .into_owned();
        let code = code(&text);
        if !name.starts_with("src/ui") && !name.starts_with("src/web") && name != "src/main.rs" {
            for word in ["leptos", "web_sys", "crate::ui", "crate::web"] {
                assert!(!code.contains(word), "{name}: {word}");
            }
        }
        if name != "src/scenario.rs" && !name.starts_with("src/scenario/") {
            assert!(
                !code.contains("serde::"),
                "{name}: only the scenario knows serde"
            );
        }
        if !name.starts_with("src/web") {
            for word in ["window()", "document()", "local_storage", "LocalStorage"] {
                assert!(!code.contains(word), "{name}: {word} belongs to src/web");
            }
        }
    }
}

#[test]
fn the_month_has_its_hours_in_one_place() {
    let places: Vec<String> = files("src", ".rs")
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
    for below in ["src", "tests", "examples", "xtask/src", "fuzz/targets"] {
        for (path, text) in files(below, ".rs") {
            assert!(text.starts_with("//!"), "{} has no header", path.display());
        }
    }
}
