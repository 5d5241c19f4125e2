//! The native front door: `cargo run -q --no-default-features --example compare -- scenario.json`.
//!
//! Reads a scenario file, or takes the defaults without one, and prints the whole comparison as JSON. Anything in the
//! file that is not understood is an error that names it; then nothing is printed to standard output.

use plimsoll::{
    model::{compare::compare, inputs::Inputs, prices::PriceBook},
    scenario,
};
use std::process::ExitCode;

fn main() -> ExitCode {
    match run() {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(messages) => {
            for message in messages {
                eprintln!("error: {message}");
            }
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<String, Vec<String>> {
    let inputs = match std::env::args().nth(1) {
        None => Inputs::default(),
        Some(path) => {
            let text = std::fs::read_to_string(&path)
                .map_err(|error| vec![format!("{path} can't be read: {error}")])?;
            let (inputs, notices) = scenario::read(&text);
            if !notices.is_empty() {
                return Err(notices
                    .iter()
                    .map(|notice| format!("{path}: {notice}"))
                    .collect());
            }
            inputs
        }
    };
    let book = PriceBook::bundled();
    let result = scenario::result(&compare(&inputs, &book), &inputs, &book);
    serde_json::to_string_pretty(&result).map_err(|error| vec![error.to_string()])
}
