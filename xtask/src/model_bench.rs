//! The model natively and as WebAssembly, side by side: the same cents, and how fast each is.

use crate::{
    run::{BROWSER_TESTS, cargo, command, find, output},
    say, tools,
};
use std::path::PathBuf;

/// WebAssembly may take so many times as long.
const MOST_TIMES: f64 = 2.0;

/// The program in both forms.
struct Both {
    native: PathBuf,
    wasm: PathBuf,
    node: PathBuf,
}

/// What the program is built for.
#[derive(Clone, Copy)]
enum For {
    /// Comparing: natively it is the example that `cargo test` has built with the tests.
    Cents,
    /// Measuring: optimised.
    Times,
}

impl For {
    /// The folder of what is built so, and how cargo is asked for it.
    fn profile(self, target: Option<&str>) -> (&'static str, Vec<&'static str>) {
        match (self, target) {
            (Self::Cents, None) => ("debug", vec!["--workspace", "--features", BROWSER_TESTS]),
            (Self::Cents, Some(_)) => ("debug", vec!["--package", "plimsoll-cli"]),
            (Self::Times, _) => (
                "bench-model",
                vec!["--profile", "bench-model", "--package", "plimsoll-cli"],
            ),
        }
    }
}

impl Both {
    fn build(what: For) -> Result<Self, String> {
        let node = find("node").ok_or(NO_NODE)?;
        let wasm = "wasm32-wasip1";
        tools::target(wasm)?;
        let build = |target: Option<&str>| {
            let (folder, args) = what.profile(target);
            let mut cargo = cargo();
            cargo.args(["build", "--quiet", "--locked", "--example", "model_bench"]);
            cargo.args(args);
            cargo.args(target.iter().flat_map(|target| ["--target", *target]));
            output(&mut cargo)?;
            let all = crate::folders::root()
                .join("target")
                .join(target.unwrap_or(""));
            Ok::<PathBuf, String>(all.join(folder).join("examples"))
        };
        Ok(Self {
            native: build(None)?.join("model_bench"),
            wasm: build(Some(wasm))?.join("model_bench.wasm"),
            node,
        })
    }

    /// What both print.
    fn run(&self, what: &str) -> Result<[String; 2], String> {
        let runner = crate::folders::root().join("xtask/src/wasi.mjs");
        Ok([
            output(command(&self.native).arg(what))?,
            output(
                command(&self.node)
                    .arg("--no-warnings")
                    .arg(runner)
                    .arg(&self.wasm)
                    .arg(what),
            )?,
        ])
    }
}

const NO_NODE: &str = "it needs Node.js 20 or newer (https://nodejs.org) to run WebAssembly";

/// Whether a comparison's results are the same natively and as WebAssembly on seeded random inputs, and what samples of one
/// seed come to. Numbers don't depend on optimisation, so what is built quickest is run.
pub fn same_cents() -> Result<(), String> {
    let both = Both::build(For::Cents)?;
    let count = same(&both, "cents", 10_000)?;
    let sampled = same(&both, "samples", 200)?;
    say::detail(&format!(
        "{count} inputs, the same to the cent; samples of {sampled}, the same to the last bit"
    ));
    Ok(())
}

/// How many lines both print for their inputs; fails where one differs, or where there are fewer than there should be.
fn same(both: &Both, what: &str, fewest: usize) -> Result<usize, String> {
    let [native, wasm] = both.run(what)?;
    let differ = native
        .lines()
        .zip(wasm.lines())
        .enumerate()
        .find(|(_, (native, wasm))| native != wasm);
    if let Some((n, (native, wasm))) = differ {
        return Err(format!(
            "random input {n} has other {what} in WebAssembly:\n{native}\n{wasm}"
        ));
    }
    let (count, other) = (native.lines().count(), wasm.lines().count());
    if count < fewest || count != other {
        return Err(format!(
            "{count} {what} natively, {other} in WebAssembly; at least {fewest} are expected"
        ));
    }
    Ok(count)
}

/// Prints how long comparisons take natively and as WebAssembly, both in one run, and what is made of many of them.
pub fn bench() -> Result<(), String> {
    let both = Both::build(For::Times)?;
    print_times(&both, "times", "one comparison", "µs")?;
    print_times(&both, "sampling", "2,000 samples", "ms")?;
    print_times(&both, "splits", "the best split", "ms")?;
    print_times(&both, "flips", "all flips", "ms")?;
    print_times(&both, "break-evens", "break-evens of all pairs", "ms")
}

fn print_times(both: &Both, what: &str, title: &str, unit: &str) -> Result<(), String> {
    let [native, wasm] = both.run(what)?;
    println!(
        "{title:<44} {:>9} {:>12} {:>7}",
        "native", "WebAssembly", "ratio"
    );
    let mut worst: f64 = 0.0;
    for (native, wasm) in native.lines().zip(wasm.lines()) {
        let (name, first) = timed(native)?;
        let (_, second) = timed(wasm)?;
        let ratio = second / first;
        worst = worst.max(ratio);
        println!("{name:<44} {first:>6.1} {unit} {second:>9.1} {unit} {ratio:>7.2}");
    }
    if worst > MOST_TIMES {
        return Err(format!(
            "WebAssembly takes {worst:.2} times as long as native, allowed are {MOST_TIMES}"
        ));
    }
    Ok(())
}

fn timed(line: &str) -> Result<(&str, f64), String> {
    line.split_once('\t')
        .and_then(|(name, time)| Some((name, time.parse().ok()?)))
        .ok_or_else(|| format!("not a measurement: {line}"))
}
