//! Plimsoll on the command line: `cargo run -q -p plimsoll-cli -- compare scenario.json`.
//!
//! Results go to standard output, messages to standard error. Exit codes: 0 for a result, 1 for input that is refused (then
//! nothing is printed to standard output), 2 for arguments that are not understood. `watch` alone says with 1 that somebody has to
//! look again, and with 3 that input is refused, so that a scheduled run can tell one from the other.

use clap::{Parser, Subcommand, ValueEnum};
use plimsoll_cli::{capacity, decision, import, output, reconcile};
use plimsoll_formats::{scenario, schema};
use plimsoll_model::{
    assess,
    explore::{billed::month_of, flips},
    inputs::Inputs,
    placement,
    platform::Platform,
    prices::PriceBook,
};
use plimsoll_readers::{Choices, Reader, Reading};
use plimsoll_wording::{
    answer, explain,
    export::manifests::{Target, manifests},
    placement as words, promises,
};
use std::{
    io::{self, Read},
    path::Path,
    process::ExitCode,
    time::{SystemTime, UNIX_EPOCH},
};

/// `watch` found something that is due.
const LOOK_AGAIN: u8 = 1;
/// `watch` was given what it can't read.
const REFUSED: u8 = 3;

/// Serverless containers or Kubernetes: what each costs a month, engineering time included.
#[derive(Parser)]
#[command(name = "plimsoll", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Compare all platforms; prints bills, ranking and advice as JSON
    Compare {
        /// Scenario as JSON; `-` is standard input, none is the default scenario
        scenario: Option<String>,
    },
    /// Explain the advice in words, and what would change it
    Explain {
        /// Scenario as JSON; `-` is standard input, none is the default scenario
        scenario: Option<String>,
    },
    /// Read what you have as a scenario for `compare`: Kubernetes manifests, task definitions, spreadsheets, files of traffic
    Import {
        /// Files that belong together; `-` is standard input
        #[arg(required = true)]
        files: Vec<String>,
        /// Say to standard error what was understood, assumed and left out, each with its file and line
        #[arg(long)]
        explain: bool,
    },
    /// Print first manifests of a scenario's workloads as YAML: a start, with what has to be checked in comments
    Manifests {
        /// Scenario as JSON; `-` is standard input, none is the default scenario
        scenario: Option<String>,
        /// Whose manifests they are
        #[arg(long = "for")]
        target: For,
    },
    /// Hold a bill against a scenario: FOCUS, AWS cost and usage reports, Google Cloud and Azure exports; prints JSON
    Reconcile {
        /// Scenario as JSON; `-` is standard input
        scenario: String,
        /// Exports of the bill, as CSV or JSON, packed with gzip or not
        #[arg(required = true)]
        bills: Vec<String>,
        /// Print it in words instead
        #[arg(long)]
        explain: bool,
        /// Whose bill of ours it is held against, such as `fargate`; usually the one that it is of
        #[arg(long)]
        platform: Option<String>,
        /// How many US dollars a unit of a currency is, and of which day: `EUR=1.08@2026-11-01`
        #[arg(long = "rate")]
        rates: Vec<String>,
        /// What its groups are: `service`, `account`, or a tag or label such as `tag:team`
        #[arg(long)]
        group: Option<String>,
    },
    /// Print the decision as a record in Markdown, with what would turn it; `watch` reads it again
    Record {
        /// Scenario as JSON; `-` is standard input, none is the default scenario
        scenario: Option<String>,
        /// The day that it is written; today where none is given
        #[arg(long, value_parser = decision::day)]
        date: Option<String>,
        /// Its title
        #[arg(long, default_value = "")]
        title: String,
    },
    /// Say what has changed since a record was written, and whether its decision still stands
    ///
    /// Exit codes: 0 where it stands and nothing is crossed, 1 where a tripwire is crossed or it no longer stands, 2 for
    /// arguments that are not understood, 3 for a record, a scenario or a bill that can't be read.
    #[command(verbatim_doc_comment)]
    Watch {
        /// The record; `-` is standard input
        record: String,
        /// The scenario of now as JSON, in place of the record's own
        #[arg(long)]
        scenario: Option<String>,
        /// What the vendor billed: exports that belong together
        bill: Vec<String>,
        /// How many US dollars a unit of a currency is, and of which day: `EUR=1.08@2026-11-01`
        #[arg(long = "rate")]
        rates: Vec<String>,
    },
    /// Print the JSON Schema of scenarios or of results
    Schema {
        /// What it describes
        of: Described,
    },
    /// Answer rows of capacity measurements with the capacity model, as JSON
    Capacity {
        /// List of rows as JSON; `-` is standard input
        rows: String,
    },
}

/// What has a schema.
#[derive(Clone, Copy, ValueEnum)]
enum Described {
    /// What `compare` and `explain` read
    Scenario,
    /// What `compare` prints
    Results,
}

/// Whose manifests are printed.
#[derive(Clone, Copy, ValueEnum)]
enum For {
    /// Any cluster of Kubernetes
    Kubernetes,
    /// Google Cloud Run
    CloudRun,
}

fn main() -> ExitCode {
    let command = Arguments::parse().command;
    let refused = match command {
        Command::Watch { .. } => REFUSED,
        _ => 1,
    };
    match run(command) {
        Ok(Printed { text, code }) => {
            let printed = output::print(|out| writeln!(out, "{text}"));
            if printed == ExitCode::SUCCESS {
                code.into()
            } else {
                printed
            }
        }
        Err(messages) => {
            for message in messages {
                eprintln!("error: {message}");
            }
            refused.into()
        }
    }
}

/// What a command prints, and its exit code.
struct Printed {
    text: String,
    code: u8,
}

fn found(
    record: &str,
    scenario: Option<String>,
    files: &[String],
    rates: &[String],
) -> Result<decision::Findings, Vec<String>> {
    let text = text_of(record)?;
    let now = scenario.map(|file| inputs(Some(file))).transpose()?;
    let bill = match files {
        [] => None,
        files => {
            let reading = reading(files, reconcile::choices(rates, None)?)?;
            import::readable(&reading)?;
            Some(reading.bill)
        }
    };
    decision::findings(&text, now, bill.as_ref(), month_of(&today()))
}

#[expect(
    clippy::disallowed_methods,
    reason = "a record says the day that it is written, and a bill is whole when its month is over"
)]
fn today() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    decision::day_of(since.map_or(0, |since| since.as_secs()))
}

/// The files read together.
fn reading(files: &[String], choices: Choices) -> Result<Reading, Vec<String>> {
    let mut reader = Reader::new(choices, None);
    for file in files {
        take(&mut reader, file)
            .map_err(|error| vec![format!("{} can't be read: {error}", name_of(file))])?;
    }
    Ok(reader.finish())
}

/// What a command prints, or why it refuses its input.
fn run(command: Command) -> Result<Printed, Vec<String>> {
    let text = match command {
        Command::Compare { scenario } => compare(&inputs(scenario)?)?,
        Command::Explain { scenario } => explanation(&inputs(scenario)?),
        Command::Import { files, explain } => {
            let (scenario, told) = import::written(reading(&files, Choices::new())?)?;
            if explain {
                for told in told {
                    eprintln!("{told}");
                }
            }
            format!("{scenario:#}")
        }
        Command::Manifests { scenario, target } => {
            let target = match target {
                For::Kubernetes => Target::Kubernetes,
                For::CloudRun => Target::CloudRun,
            };
            let text = manifests(&inputs(scenario)?, target);
            // Printing ends the last line.
            text.trim_end().to_owned()
        }
        Command::Record {
            scenario,
            date,
            title,
        } => {
            let date = date.unwrap_or_else(today);
            let text = decision::record(&inputs(scenario)?, &title, &date);
            text.trim_end().to_owned()
        }
        Command::Watch {
            record,
            scenario,
            bill,
            rates,
        } => {
            let found = found(&record, scenario, &bill, &rates)?;
            for unread in &found.unread {
                eprintln!("left out: {unread}");
            }
            return Ok(Printed {
                text: found.told.join("\n"),
                code: if found.is_due { LOOK_AGAIN } else { 0 },
            });
        }
        Command::Reconcile {
            scenario,
            bills,
            explain,
            platform,
            rates,
            group,
        } => {
            let inputs = inputs(Some(scenario))?;
            let platform = platform.map(|id| named(&id)).transpose()?;
            let reading = reading(&bills, reconcile::choices(&rates, group.as_deref())?)?;
            let today = month_of(&today());
            let held = reconcile::held(&reading, &inputs, platform, group.as_deref(), today)?;
            if explain {
                held.words.trim_end().to_owned()
            } else {
                format!("{:#}", held.json)
            }
        }
        Command::Schema { of } => {
            let schema = match of {
                Described::Scenario => schema::scenario(),
                Described::Results => schema::results(),
            };
            format!("{schema:#}")
        }
        Command::Capacity { rows } => {
            let answers = capacity::answers(&text_of(&rows)?)
                .map_err(|error| vec![format!("{}: {error}", name_of(&rows))])?;
            format!("{answers:#}")
        }
    };
    Ok(Printed { text, code: 0 })
}

/// The platform of that id.
fn named(id: &str) -> Result<Platform, Vec<String>> {
    Platform::find(id).ok_or_else(|| {
        let allowed = Platform::ALL.map(Platform::id).join(", ");
        vec![format!(
            "--platform: there is no platform {id}; allowed: {allowed}"
        )]
    })
}

fn compare(inputs: &Inputs) -> Result<String, Vec<String>> {
    let book = PriceBook::bundled().with_own(&inputs.prices);
    let result = scenario::result::result(&assess(inputs, &book), inputs, &book);
    serde_json::to_string_pretty(&result).map_err(|error| vec![error.to_string()])
}

fn explanation(inputs: &Inputs) -> String {
    let book = PriceBook::bundled().with_own(&inputs.prices);
    let assessment = assess(inputs, &book);
    let promised = assessment
        .verdict
        .platform
        .map_or(String::new(), |platform| {
            let told = promises::all(platform).into_iter();
            let lines = told.map(|told| format!("- {}: {} {}\n", told.what, told.text, told.page));
            format!("\nWhat {} promises\n", platform.name()) + &lines.collect::<String>()
        });
    let placed = placement::placement(inputs, &book, &assessment);
    let placed = placed.map_or(String::new(), |placement| {
        let mut text = format!(
            "\nWhere each belongs\n{}\n",
            words::sentence(&placement, inputs)
        );
        let rows = inputs.workloads.rows().iter().zip(&placement.workloads);
        for (place, (row, placed)) in rows.enumerate() {
            let platform = placement.platform_of(placed).name();
            let why = words::told(place, &placement, inputs, &book);
            text += &format!("- {} ({}): {platform}. {why}\n", row.name, row.count);
        }
        text
    });
    [
        &answer::in_words(&assessment, inputs),
        &placed,
        &promised,
        "\nWhat would change it\n",
        &explain::change::flips(&flips::all(inputs, &book), inputs),
    ]
    .concat()
}

/// The inputs of a scenario file. Unlike the page, which goes on with what it understood, this refuses what it did not.
fn inputs(file: Option<String>) -> Result<Inputs, Vec<String>> {
    let Some(file) = file else {
        return Ok(Inputs::default());
    };
    let (inputs, notices) = scenario::read(&text_of(&file)?);
    if notices.is_empty() {
        return Ok(inputs);
    }
    let name = name_of(&file);
    Err(notices
        .iter()
        .map(|notice| format!("{name}: {notice}"))
        .collect())
}

#[expect(
    clippy::disallowed_methods,
    reason = "files are what a command line is given"
)]
fn text_of(file: &str) -> Result<String, Vec<String>> {
    let text = if file == "-" {
        let mut text = String::new();
        io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        std::fs::read_to_string(Path::new(file))
    };
    text.map_err(|error| vec![format!("{} can't be read: {error}", name_of(file))])
}

/// Reads a file of any length.
fn take(reader: &mut Reader, file: &str) -> io::Result<()> {
    if file == "-" {
        import::take(reader, name_of(file), io::stdin())
    } else {
        import::take(reader, file, std::fs::File::open(Path::new(file))?)
    }
}

fn name_of(file: &str) -> &str {
    if file == "-" { "standard input" } else { file }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that fails panics")]
mod tests {
    use super::*;

    #[test]
    fn manifests_are_of_whom_they_are_asked_for() {
        for (target, first, kind) in [
            (
                "kubernetes",
                "# First manifests for Kubernetes",
                "\nkind: Deployment\n",
            ),
            (
                "cloud-run",
                "# First manifests for Cloud Run",
                "\nkind: Service\n",
            ),
        ] {
            let arguments = ["plimsoll", "manifests", "--for", target];
            let command = Arguments::try_parse_from(arguments).unwrap().command;
            let Printed { text, .. } = run(command).unwrap();
            assert!(text.starts_with(first) && text.contains(kind), "{text}");
        }
        let without = Arguments::try_parse_from(["plimsoll", "manifests"]);
        assert!(without.is_err());
    }
}
