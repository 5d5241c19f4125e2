//! A witness of the model: hashes of the results of 10,000 seeded scenarios, kept from before the walls of the code moved.
//! They say nothing of what is right; they say that a change of structure changed no cent and no sentence.
//!
//! `cargo xtask bless` writes them anew after a change that is meant.

use crate::seeded_damage::Dice;
use plimsoll_formats::scenario::{self, result::result};
use plimsoll_model::{assess, prices::PriceBook};
use plimsoll_wording::{answer, explain};
use std::fmt::Write;

/// How many scenarios share one hash: few enough to find the one that differs.
const BLOCK: usize = 100;
const BLOCKS: usize = 100;
const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/cases/witness.txt");

/// FNV-1a, whose sums are the same with every compiler.
fn hash(sum: u64, text: &str) -> u64 {
    text.bytes().fold(sum, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The hash of one block of scenarios: the scenario as a file has it, its bills, its advice. Flips and break-evens are
/// searches of many comparisons, so one scenario of each block has them.
fn block(number: usize, book: &PriceBook) -> u64 {
    let mut dice = Dice(0x5eed_0000 + number as u64);
    let mut sum = 0xcbf2_9ce4_8422_2325;
    for n in 0..BLOCK {
        let inputs = dice.inputs(1 + n % 12);
        let book = book.with_own(&inputs.prices);
        let assessment = assess(&inputs, &book);
        sum = hash(sum, &scenario::write_changes(&inputs).to_string());
        for platform in &assessment.comparison.ranked {
            sum = hash(sum, platform.id());
            match assessment.comparison.quote(*platform) {
                Ok(bill) => {
                    for line in &bill.lines {
                        let (quantity, price) = (line.quantity, line.unit_price);
                        let amount = line.amount().get();
                        let text = format!("{} {quantity} {price} {amount}", line.meter);
                        sum = hash(sum, &text);
                    }
                    for figure in &bill.figures {
                        sum = hash(
                            sum,
                            &format!("{} {} {}", figure.id, figure.value, figure.unit),
                        );
                    }
                }
                Err(refusal) => sum = hash(sum, &explain::refusal(refusal)),
            }
        }
        sum = hash(sum, &answer::in_words(&assessment, &inputs));
        if n == 0 {
            let result = result(&assessment, &inputs, &book);
            sum = hash(sum, &serde_json::to_string(&result).unwrap());
        }
    }
    sum
}

#[test]
fn ten_thousand_results_are_what_they_were() {
    let book = PriceBook::bundled();
    let mut text = String::new();
    for number in 0..BLOCKS {
        writeln!(text, "{:016x}", block(number, &book)).unwrap();
    }
    if std::env::var_os("UPDATE_WITNESS").is_some() {
        std::fs::write(FILE, &text).unwrap();
    }
    let kept = std::fs::read_to_string(FILE).unwrap();
    let differ: Vec<usize> = text
        .lines()
        .zip(kept.lines())
        .enumerate()
        .filter(|(_, (now, then))| now != then)
        .map(|(number, _)| number)
        .collect();
    assert!(
        differ.is_empty(),
        "blocks of {BLOCK} scenarios that differ: {differ:?}"
    );
    assert_eq!(kept.lines().count(), BLOCKS);
}
