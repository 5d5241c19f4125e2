//! Rules of the house that the compiler does not know.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that fails panics"
)]

use plimsoll_tests::root;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

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
const MADE_OF: [(&str, &[&str]); 6] = [
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
            "flate2",
            "libm",
            "plimsoll-formats",
            "plimsoll-model",
            "plimsoll-readers",
            "plimsoll-wording",
            "serde_json",
        ],
    ),
    (
        "readers",
        &[
            "chrono",
            "csv-core",
            "granit-parser",
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

/// The longest file that needs no reason, in lines.
const LONG: usize = 600;

#[test]
fn a_long_file_says_why_in_its_first_line() {
    for below in ["src", "crates", "tests", "xtask/src"] {
        for (path, text) in files(below, ".rs") {
            let first = text.lines().next().unwrap();
            let lines = text.lines().count();
            let is_fine = lines <= LONG || first.contains("because");
            assert!(is_fine, "{} has {lines} lines", path.display());
        }
    }
}

/// The circles between files that stay: a row of the table of inputs makes a field of `Inputs` and a `Field` that reads it, so
/// that what is known of an input needs what has all of them.
const CIRCLES: [(&str, &[&str]); 1] = [(
    "crates/model/src",
    &[
        "inputs::assumptions",
        "inputs::credits",
        "inputs::discounts",
        "inputs::fields",
        "inputs::ranges",
        "inputs::table",
        "inputs::workloads",
    ],
)];

#[test]
fn no_file_needs_itself_by_way_of_others() {
    let mut circles = Vec::new();
    for folder in [
        "crates/chart/src",
        "crates/cli/src",
        "crates/formats/src",
        "crates/model/src",
        "crates/wording/src",
        "src",
        "xtask/src",
    ] {
        for circle in Needs::of(folder).circles() {
            circles.push((folder, circle));
        }
    }
    let circles: Vec<(&str, Vec<&str>)> = circles
        .iter()
        .map(|(folder, circle)| (*folder, circle.iter().map(String::as_str).collect()))
        .collect();
    let allowed: Vec<(&str, Vec<&str>)> = CIRCLES
        .iter()
        .map(|(folder, circle)| (*folder, circle.to_vec()))
        .collect();
    assert_eq!(circles, allowed);
}

/// Which modules the files of a crate name, in `use` and by paths from `crate` or `super`.
struct Needs(BTreeMap<String, BTreeSet<String>>);

impl Needs {
    fn of(folder: &str) -> Self {
        let files: BTreeMap<String, String> = files(folder, ".rs")
            .into_iter()
            .filter(|(path, _)| !path.ends_with("tests.rs"))
            .map(|(path, text)| (module(&root().join(folder), &path), code(&text)))
            .collect();
        // What a file names by the one above it: `pub use rows::Row;`.
        let passed_on: BTreeMap<String, String> = files
            .iter()
            .flat_map(|(module, text)| {
                let inside = |path: String| {
                    let own = path.strip_prefix("self::").unwrap_or(&path).to_owned();
                    let name = own.rsplit("::").next().unwrap().to_owned();
                    (join(module, &name), join(module, &own))
                };
                uses(text).into_iter().map(inside)
            })
            .collect();
        let needs = files.iter().map(|(module, text)| {
            let targets = paths(text)
                .into_iter()
                .filter_map(|path| absolute(module, &path));
            let targets = targets.filter_map(|path| owner(&path, &files, &passed_on));
            let targets = targets.filter(|target| target != module);
            (module.clone(), targets.collect())
        });
        Self(needs.collect())
    }

    /// What a module needs, by way of others too.
    fn reach(&self, module: &str) -> BTreeSet<&str> {
        let mut reached = BTreeSet::new();
        let mut next = vec![module];
        while let Some(module) = next.pop() {
            for needed in self.0.get(module).into_iter().flatten() {
                if reached.insert(needed.as_str()) {
                    next.push(needed);
                }
            }
        }
        reached
    }

    /// Each group of modules that need each other.
    fn circles(&self) -> BTreeSet<Vec<String>> {
        let reach: BTreeMap<&str, BTreeSet<&str>> = self
            .0
            .keys()
            .map(|module| (module.as_str(), self.reach(module)))
            .collect();
        let circle = |module: &&str| -> Vec<String> {
            let others = reach[module].iter();
            let both = |other: &&&str| reach.get(**other).is_some_and(|back| back.contains(module));
            others
                .filter(both)
                .map(|other| (*other).to_owned())
                .collect()
        };
        let all = reach.keys().map(circle);
        all.filter(|circle: &Vec<String>| circle.len() > 1)
            .collect()
    }
}

/// The path of a file's module in its crate; that of the root is empty.
fn module(folder: &Path, file: &Path) -> String {
    let path = file.strip_prefix(folder).unwrap().with_extension("");
    let mut parts: Vec<&str> = path.iter().map(|part| part.to_str().unwrap()).collect();
    if ["mod", "lib", "main"].contains(parts.last().unwrap()) {
        parts.pop();
    }
    parts.join("::")
}

fn join(module: &str, path: &str) -> String {
    [module, path]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("::")
}

/// Every path that a file brings in.
fn uses(text: &str) -> Vec<String> {
    let statements = text.split("use ").skip(1);
    let statements = statements.filter_map(|after| after.split(';').next());
    statements
        .flat_map(|tree| spread(&tree.split_whitespace().collect::<String>()))
        .collect()
}

/// The paths of a tree such as `a::{b, c::d}`.
fn spread(tree: &str) -> Vec<String> {
    let Some((before, rest)) = tree.split_once('{') else {
        return vec![tree.replace("::self", "")];
    };
    let inner = rest.rsplit_once('}').map_or(rest, |(inner, _)| inner);
    let (mut parts, mut depth, mut part) = (Vec::new(), 0, String::new());
    for c in inner.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if c == ',' && depth == 0 {
            parts.push(std::mem::take(&mut part));
        } else {
            part.push(c);
        }
    }
    parts.push(part);
    let parts = parts.iter().filter(|part| !part.is_empty());
    parts
        .flat_map(|part| spread(&[before, part].concat()))
        .collect()
}

/// Every path of a file that begins at `crate`, `super` or `self`.
fn paths(text: &str) -> Vec<String> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let words = text.split(|c: char| !is_part(c)).map(str::to_owned);
    let inline = words.filter(|word| word.contains("::"));
    uses(text)
        .into_iter()
        .chain(inline)
        .filter(|path| ["crate", "super", "self"].contains(&path.split("::").next().unwrap()))
        .collect()
}

/// A path from the root of its crate.
fn absolute(module: &str, path: &str) -> Option<String> {
    let mut base: Vec<&str> = module.split("::").filter(|part| !part.is_empty()).collect();
    let mut parts = path.split("::").peekable();
    match parts.next()? {
        "crate" => base.clear(),
        "super" => {
            base.pop()?;
        }
        _ => {}
    }
    while parts.next_if_eq(&"super").is_some() {
        base.pop()?;
    }
    base.extend(parts);
    Some(base.join("::"))
}

/// The file that has what a path names, behind what other files pass on.
fn owner(
    path: &str,
    files: &BTreeMap<String, String>,
    passed_on: &BTreeMap<String, String>,
) -> Option<String> {
    let mut path = path.to_owned();
    for _ in 0..4 {
        let mut start = path.as_str();
        let next = loop {
            if let Some(target) = passed_on.get(start).filter(|target| *target != start) {
                break Some([target, &path[start.len()..]].concat());
            }
            match start.rsplit_once("::") {
                Some((shorter, _)) => start = shorter,
                None => break None,
            }
        };
        match next {
            Some(next) => path = next,
            None => break,
        }
    }
    loop {
        if files.contains_key(&path) {
            return Some(path);
        }
        path = path
            .rsplit_once("::")
            .map_or_else(String::new, |(shorter, _)| shorter.to_owned());
    }
}
