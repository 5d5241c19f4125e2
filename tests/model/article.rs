//! `docs/article.md` says of each claim of the article where it is in the product: no cell is empty, and what it names exists.

use plimsoll_model::{
    decide::rules,
    inputs::{Field, fields},
};

/// The words in backticks that begin with a mark.
fn named<'a>(text: &'a str, mark: &'a str) -> impl Iterator<Item = &'a str> {
    text.split('`')
        .filter_map(move |part| part.strip_prefix(mark))
}

#[test]
fn every_claim_has_its_place() {
    let path = plimsoll_tests::root().join("docs/article.md");
    let text = std::fs::read_to_string(path).unwrap();
    let rows: Vec<Vec<&str>> = text
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| ---"))
        .map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect())
        .collect();
    assert!(rows.len() > 60, "{}", rows.len());
    for row in &rows {
        assert_eq!(row.len(), 3, "{row:?}");
        assert!(row.iter().all(|cell| !cell.is_empty()), "{row:?}");
    }
    for id in named(&text, "rule: ") {
        assert!(rules::all().any(|rule| rule.id == id), "no rule {id}");
    }
    for path in named(&text, "input: ") {
        assert!(Field::find(path).is_some(), "no input {path}");
    }
    // Each need stands for something that the article, or an architect, asks for.
    let asked = fields::all().filter(|field| field.path.starts_with("needs."));
    let missing: Vec<&str> = asked
        .map(|field| field.path)
        .filter(|path| {
            !OF_OTHER_SECTIONS.contains(path) && !text.contains(&format!("input: {path}`"))
        })
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// Needs that the article asks for in other sections, or that it doesn't know.
const OF_OTHER_SECTIONS: [&str; 7] = [
    "needs.local_state",
    "needs.stateful",
    "needs.windows",
    "needs.privileged",
    "needs.hiring",
    "needs.one_way_to_deploy",
    "needs.cold_starts_ok",
];

#[test]
fn the_files_that_it_names_exist() {
    let text = std::fs::read_to_string(plimsoll_tests::root().join("docs/article.md")).unwrap();
    let files = text
        .split('`')
        .filter(|part| part.starts_with("crates/") && part.contains(".rs"));
    for file in files {
        assert!(plimsoll_tests::root().join(file).exists(), "{file}");
    }
}
