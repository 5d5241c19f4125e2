//! Plimsoll on the command line: `cargo run -q -p plimsoll-cli -- compare scenario.json`.
//!
//! Results go to standard output, messages to standard error. Exit codes: 0 for a result, 1 for input that is refused (then
//! nothing is printed to standard output), 2 for arguments that are not understood.

use clap::{Parser, Subcommand, ValueEnum};
use plimsoll_cli::{capacity, import, output, reconcile};
use plimsoll_formats::{scenario, schema};
use plimsoll_model::{
    assess, explore::flips, inputs::Inputs, placement, platform::Platform, prices::PriceBook,
};
use plimsoll_readers::Reader;
use plimsoll_wording::{
    answer, explain,
    export::manifests::{Target, manifests},
    placement as words, promises,
};
use std::{
    io::{self, Read},
    path::Path,
    process::ExitCode,
};

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
    match run(Arguments::parse().command) {
        Ok(text) => output::print(|out| writeln!(out, "{text}")),
        Err(messages) => {
            for message in messages {
                eprintln!("error: {message}");
            }
            ExitCode::FAILURE
        }
    }
}

/// What a command prints, or why it refuses its input.
fn run(command: Command) -> Result<String, Vec<String>> {
    match command {
        Command::Compare { scenario } => compare(&inputs(scenario)?),
        Command::Explain { scenario } => Ok(explanation(&inputs(scenario)?)),
        Command::Import { files, explain } => {
            let mut reader = Reader::default();
            for file in &files {
                take(&mut reader, file)
                    .map_err(|error| vec![format!("{} can't be read: {error}", name_of(file))])?;
            }
            let (scenario, told) = import::written(reader.finish())?;
            if explain {
                for told in told {
                    eprintln!("{told}");
                }
            }
            Ok(format!("{scenario:#}"))
        }
        Command::Manifests { scenario, target } => {
            let target = match target {
                For::Kubernetes => Target::Kubernetes,
                For::CloudRun => Target::CloudRun,
            };
            let text = manifests(&inputs(scenario)?, target);
            // Printing ends the last line.
            Ok(text.trim_end().to_owned())
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
            let mut reader = Reader::new(reconcile::choices(&rates, group.as_deref())?, None);
            for file in &bills {
                take(&mut reader, file)
                    .map_err(|error| vec![format!("{} can't be read: {error}", name_of(file))])?;
            }
            let held = reconcile::held(&reader.finish(), &inputs, platform)?;
            Ok(if explain {
                held.words.trim_end().to_owned()
            } else {
                format!("{:#}", held.json)
            })
        }
        Command::Schema { of } => {
            let schema = match of {
                Described::Scenario => schema::scenario(),
                Described::Results => schema::results(),
            };
            Ok(format!("{schema:#}"))
        }
        Command::Capacity { rows } => {
            let answers = capacity::answers(&text_of(&rows)?)
                .map_err(|error| vec![format!("{}: {error}", name_of(&rows))])?;
            Ok(format!("{answers:#}"))
        }
    }
}

/// The platform of that id.
fn named(id: &str) -> Result<Platform, Vec<String>> {
    let found = Platform::ALL
        .into_iter()
        .find(|platform| platform.id() == id);
    found.ok_or_else(|| {
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
            let text = run(Arguments::try_parse_from(arguments).unwrap().command).unwrap();
            assert!(text.starts_with(first) && text.contains(kind), "{text}");
        }
        let without = Arguments::try_parse_from(["plimsoll", "manifests"]);
        assert!(without.is_err());
    }
}
