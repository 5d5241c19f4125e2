//! The capacity model's answers to rows of published or simulated results: `cargo run -q --no-default-features --example
//! capacity -- rows.json`.

use plimsoll::{output, scenario::rows};
use std::process::ExitCode;

fn main() -> ExitCode {
    match run() {
        Ok(text) => output::print(|out| writeln!(out, "{text}")),
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<String, String> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [path] = args.as_slice() else {
        return Err("the arguments: allowed is one file of rows".into());
    };
    let text = std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    let answers = rows::answers(&text).map_err(|error| format!("{path}: {error}"))?;
    Ok(format!("{answers:#}"))
}
