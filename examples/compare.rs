//! The native front door: `cargo run -q --no-default-features --example compare -- scenario.json`.
//!
//! Reads a scenario file, or takes the defaults without one, and prints the whole comparison as JSON; with `--explain` it
//! prints the advice in words. Anything in the file that is not understood is an error that names it; then nothing is
//! printed to standard output.

use plimsoll::{
    explain,
    model::{assess, explore::flips, inputs::Inputs, prices::PriceBook},
    output, scenario,
};
use std::process::ExitCode;

fn main() -> ExitCode {
    match run() {
        Ok(text) => output::print(|out| writeln!(out, "{text}")),
        Err(messages) => {
            for message in messages {
                eprintln!("error: {message}");
            }
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<String, Vec<String>> {
    let (mut file, mut in_words) = (None, false);
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--explain" => in_words = true,
            _ if argument.starts_with('-') || file.is_some() => {
                let allowed = "one scenario file, and --explain";
                return Err(vec![format!(
                    "{argument} is not understood; allowed: {allowed}"
                )]);
            }
            _ => file = Some(argument),
        }
    }
    let inputs = match file {
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
    let book = PriceBook::bundled().with_own(&inputs.prices);
    let assessment = assess(&inputs, &book);
    if in_words {
        let flips = flips::all(&inputs, &book);
        return Ok([
            &explain::in_words(&assessment, &inputs),
            "\nWhat would change it\n",
            &explain::change::flips(&flips, &inputs),
        ]
        .concat());
    }
    let result = scenario::result::result(&assessment, &inputs, &book);
    serde_json::to_string_pretty(&result).map_err(|error| vec![error.to_string()])
}
