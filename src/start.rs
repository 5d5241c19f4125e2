//! Prints the page as it stands there before its program: `plimsoll-start [plimsoll.config.json]`.

use std::process::ExitCode;

fn main() -> ExitCode {
    let defaults = match std::env::args().nth(1).map(std::fs::read_to_string) {
        Some(Err(error)) => {
            eprintln!("error: the site's defaults can't be read: {error}");
            return ExitCode::FAILURE;
        }
        Some(Ok(text)) => Some(text),
        None => None,
    };
    println!("{}", plimsoll::ui::start_as_text(defaults));
    ExitCode::SUCCESS
}
