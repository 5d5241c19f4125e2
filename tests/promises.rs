//! What README and page promise, as far as it needs no browser: each row of the README's table of parameters has a browser
//! test of that name, and what the page offers to set can be set.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that fails panics"
)]

use plimsoll_model::{
    explore::flips::{self, Setting},
    inputs::Inputs,
    platform::Platform,
    prices::PriceBook,
};
use std::fs;

fn read(path: &str) -> String {
    let file = plimsoll_tests::root().join(path);
    fs::read_to_string(&file).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What stands between backticks.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The parameters of the table, as it writes them: the first column, and what a row adds with a value of its own.
fn parameters(readme: &str) -> Vec<String> {
    let table = readme.split_once("| parameter | meaning |").unwrap().1;
    let rows = table
        .lines()
        .skip(2)
        .take_while(|line| line.starts_with('|'));
    rows.flat_map(|row| {
        let (parameter, meaning) = row[1..].split_once('|').unwrap();
        let more = code(meaning).filter(|code| code.contains('='));
        code(parameter).chain(more)
    })
    .map(str::to_owned)
    .collect()
}

/// The name of a parameter: `#v=1&requests=3e6` is about `v`.
fn name(parameter: &str) -> &str {
    let name = parameter.trim_start_matches(['#', '&', '?']);
    name.split('=').next().unwrap()
}

/// Whether a source has a test for a parameter: named as it, run in each engine, and opening what the table says.
fn is_tested(source: &str, parameter: &str) -> bool {
    let name = name(parameter);
    let (listed, tests) = source.split_once(");").unwrap();
    let listed = listed.split_once("in_each_engine!(").unwrap().1;
    let test = format!("/// `{parameter}`\nasync fn {name}(engine: Engine) {{");
    let Some((_, test)) = tests.split_once(&test) else {
        return false;
    };
    let body = test.split("\n}\n").next().unwrap();
    let is_listed = listed.split(',').any(|one| one.trim() == name);
    is_listed
        && body.contains(
            parameter
                .split_once('=')
                .map_or(parameter, |(_, value)| value),
        )
}

#[test]
fn each_parameter_of_the_readme_has_its_test() {
    let (readme, source) = (read("README.md"), read("tests/browser/parameters.rs"));
    let parameters = parameters(&readme);
    assert!(parameters.len() >= 11, "{parameters:?}");
    let without: Vec<&String> = parameters
        .iter()
        .filter(|parameter| !is_tested(&source, parameter))
        .collect();
    assert!(
        without.is_empty(),
        "tests/browser/parameters.rs has no test for {without:?}"
    );
}

#[test]
fn a_row_without_a_test_is_found() {
    let source = read("tests/browser/parameters.rs");
    let readme =
        read("README.md").replacen("| `nosw` |", "| `speak=1` | reads aloud |\n| `nosw` |", 1);
    let without: Vec<String> = parameters(&readme)
        .into_iter()
        .filter(|parameter| !is_tested(&source, parameter))
        .collect();
    assert_eq!(without, ["speak=1"]);
}

#[test]
fn flips_of_the_first_visit_are_numbers_of_their_sliders() {
    let flips = flips::all(&Inputs::default(), &PriceBook::bundled());
    assert!(flips.len() > 5, "{flips:?}");
    for flip in flips {
        if let (Setting::Number(x), Some(range)) = (flip.round, flip.field.range()) {
            assert!(range.contains(x), "{flip:?}");
        }
    }
}

#[test]
fn the_page_names_every_serverless_platform_before_it_has_started() {
    let page = read("index.html");
    let page: Vec<&str> = page.split_whitespace().collect();
    let page = page.join(" ");
    for platform in Platform::ALL {
        let named = platform.is_kubernetes() || page.contains(platform.short_name());
        assert!(named, "index.html does not name {}", platform.name());
    }
}
