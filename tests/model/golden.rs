//! Bills of whole scenarios, to show what a change of price or rule changes. `INSTA_UPDATE=always cargo test` writes
//! them anew; that they are right is for the other tests to show.

use crate::common::{inputs, shown};
use plimsoll_formats::scenario;
use plimsoll_model::{
    assess,
    bill::CostCategory,
    compare::compare,
    explore::flips,
    inputs::Inputs,
    presets::{CLAIMS, Claim, PRESETS, Preset},
    prices::PriceBook,
};
use plimsoll_wording::{answer, explain, format};

fn bills(text: &str) -> String {
    let inputs = inputs(text);
    let book = PriceBook::bundled();
    let comparison = compare(&inputs, &book);
    let mut out = String::new();
    for platform in &comparison.ranked {
        match comparison.quote(*platform) {
            Err(refusal) => out += &format!("{}: {}\n", platform.id(), explain::refusal(refusal)),
            Ok(bill) => {
                out += &format!(
                    "{}: infrastructure {:.4}, total {:.4}\n",
                    platform.id(),
                    bill.infrastructure().get(),
                    bill.total().get()
                );
                for line in &bill.lines {
                    out += &format!("  {}\n", shown(line));
                }
                for figure in &bill.figures {
                    out += &format!("  {} {:.4} {}\n", figure.id, figure.value, figure.unit);
                }
            }
        }
    }
    out
}

#[test]
fn golden_bills() {
    insta::glob!("../cases/scenarios", "*.json", |path| {
        let text = std::fs::read_to_string(path).unwrap();
        insta::assert_snapshot!(bills(&text));
    });
}

/// A preset as a reader of the article would check it: what it says, our figures, why they differ, our advice.
fn advice(preset: &Preset, said: &Claim) -> String {
    let inputs = preset.inputs();
    let book = PriceBook::bundled();
    let assessment = assess(&inputs, &book);
    let comparison = &assessment.comparison;
    let mut out = format!(
        "{}\n{}\n\nThe article: {}\n\nOurs, a month:\n",
        preset.name,
        scenario::write_changes(&inputs),
        said.claim
    );
    for platform in &comparison.ranked {
        out += &match comparison.quote(*platform) {
            Err(refusal) => format!("{:<24} {}\n", platform.name(), explain::refusal(refusal)),
            Ok(bill) => {
                let part = |part| format::usd(bill.subtotal(part));
                let figures: Vec<String> = bill
                    .figures
                    .iter()
                    .map(|figure| format!("{} {}", figure.id, format::number(figure.value)))
                    .collect();
                format!(
                    "{:<24} compute {}, platform {}, network {}, observability {}, people {}: {}\n{:<24} {}\n",
                    platform.name(),
                    part(CostCategory::Compute),
                    part(CostCategory::Platform),
                    part(CostCategory::Network),
                    part(CostCategory::Observability),
                    part(CostCategory::People),
                    format::usd(bill.total()),
                    "",
                    figures.join(", ")
                )
            }
        };
    }
    out + &format!(
        "\nThe difference: {}\n{}\n\n{}\nWhat would change it\n{}",
        said.difference,
        answer::by_the_article(&inputs, &book),
        answer::in_words(&assessment, &inputs),
        explain::change::flips(&flips::all(&inputs, &book), &inputs)
    )
}

#[test]
fn golden_presets() {
    for (preset, said) in PRESETS.iter().zip(CLAIMS) {
        insta::assert_snapshot!(format!("preset_{}", preset.id), advice(preset, said));
    }
}

#[test]
fn the_document_of_formats_shows_every_input_with_its_default() {
    let block = block(include_str!("../../docs/formats.md"), "## Scenario");
    let shown: serde_json::Value = serde_json::from_str(block).unwrap();
    let written = scenario::write(&Inputs::default()).to_string();
    let mut written: serde_json::Value = serde_json::from_str(&written).unwrap();
    // The assumptions that are not the default: none.
    written["assumptions"] = serde_json::json!({});
    let (read, notices) = scenario::read(&shown.to_string());
    assert_eq!(notices, vec![]);
    assert_eq!(read, Inputs::default());
    assert_eq!(paths(&shown), paths(&written));
}

/// The first JSON behind a heading of a document.
fn block<'a>(document: &'a str, heading: &str) -> &'a str {
    let (_, below) = document.split_once(heading).unwrap();
    let (_, block) = below.split_once("```json\n").unwrap();
    block.split("```").next().unwrap()
}

#[test]
fn the_readme_shows_defaults_of_a_site_that_can_be_used() {
    let site = scenario::site::Site::read(block(
        include_str!("../../README.md"),
        "### The site's own defaults",
    ));
    assert_eq!(site.diagnostics, vec![]);
    assert!(site.title.is_some() && site.links.len() == 1 && site.locked.len() == 2);
    assert_eq!(site.base.team.engineers, 12);
}

/// The paths of all values.
fn paths(value: &serde_json::Value) -> Vec<String> {
    let Some(object) = value.as_object() else {
        return vec![String::new()];
    };
    let mut all: Vec<String> = object
        .iter()
        .flat_map(|(key, value)| {
            paths(value)
                .into_iter()
                .map(move |rest| format!("{key}.{rest}"))
        })
        .collect();
    all.sort();
    all
}
