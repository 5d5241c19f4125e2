//! How long each test takes. Stable Rust's test harness doesn't say; but it prints each test as it ends, and starts them by
//! name in as many threads as there are, so each start follows from the ends before it.

use crate::run::shown;
use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
    time::Instant,
};

/// A test with the seconds that it took, waiting for what it shares with others included.
pub type Timed = (String, f64);

/// How many tests the table of the slowest has.
const SLOWEST: usize = 20;

/// Runs `cargo test` without `--quiet`: of what it prints, passed tests are left out. Their times go to `times`, those of
/// failed ones too.
pub fn run_tests(command: &mut Command, times: &mut Vec<Timed>) -> Result<(), String> {
    let name = shown(command);
    let failed = |why: &dyn std::fmt::Display| format!("`{name}` failed: {why}");
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| failed(&error))?;
    let output = child.stdout.take().ok_or_else(|| failed(&"no output"))?;
    let threads = threads();
    let mut program = Program::default();
    for line in BufReader::new(output).lines() {
        let line = line.map_err(|error| failed(&error))?;
        if line.starts_with("running ") {
            program = Program::default();
        } else if line.starts_with("test result: ") {
            println!("      {line}");
            times.extend(program.times(threads));
            program = Program::default();
        } else if let Some((test, result)) = ended(&line) {
            program.ends.push((test.to_owned(), program.seconds()));
            if result != "ok" {
                println!("{line}");
            }
        } else if !line.is_empty() {
            println!("{line}");
        }
    }
    match child.wait() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(failed(&format!("{status}; its output above says why"))),
        Err(error) => Err(failed(&error)),
    }
}

/// As many threads as the harness runs tests in.
fn threads() -> usize {
    let set = std::env::var("RUST_TEST_THREADS").ok();
    set.and_then(|text| text.parse().ok())
        .or_else(|| std::thread::available_parallelism().ok().map(usize::from))
        .unwrap_or(1)
}

/// The test that a line tells the end of, and its result.
fn ended(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix("test ")?
        .split_once(" ... ")
        .map(|(test, result)| (test.trim_end_matches(" - should panic"), result))
}

/// One test program: its tests in the order in which they ended, with the seconds from its beginning.
struct Program {
    began: Instant,
    ends: Vec<(String, f64)>,
}

impl Default for Program {
    fn default() -> Self {
        Self {
            began: Instant::now(),
            ends: Vec::new(),
        }
    }
}

impl Program {
    fn seconds(&self) -> f64 {
        self.began.elapsed().as_secs_f64()
    }

    fn times(self, threads: usize) -> Vec<Timed> {
        durations(self.ends, threads)
    }
}

/// What each test took, from when each ended. The first ones by name start at once, and whenever one ends, the next starts.
fn durations(ends: Vec<(String, f64)>, threads: usize) -> Vec<Timed> {
    let mut by_name: Vec<&str> = ends.iter().map(|(name, _)| name.as_str()).collect();
    by_name.sort_unstable();
    let starts: Vec<f64> = std::iter::repeat_n(0.0, threads)
        .chain(ends.iter().map(|(_, end)| *end))
        .collect();
    ends.iter()
        .map(|(name, end)| {
            let place = by_name.binary_search(&name.as_str()).unwrap_or_default();
            (name.clone(), (end - starts[place]).max(0.0))
        })
        .collect()
}

/// Prints every step with its seconds, and the slowest tests.
pub fn print(steps: &[(&str, f64)], mut tests: Vec<Timed>) {
    println!("\n{:<84} {:>7}", "step", "s");
    for (what, seconds) in steps {
        println!("{what:<84} {seconds:>7.1}");
    }
    let (count, sum) = (tests.len(), tests.iter().map(|(_, s)| s).sum::<f64>());
    tests.sort_by(|a, b| b.1.total_cmp(&a.1));
    println!("\nthe slowest of {count} tests, which took {sum:.0} s in all threads");
    for (name, seconds) in tests.iter().take(SLOWEST) {
        println!("{name:<84} {seconds:>7.1}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_starts_when_one_before_it_has_ended() {
        // a and b start at once, c when a has ended, d when c has.
        let ends = [("a", 1.0), ("c", 3.0), ("d", 3.5), ("b", 4.0)];
        let ends = ends.map(|(name, end)| (name.to_owned(), end)).to_vec();
        let times = durations(ends, 2);
        let times: Vec<(&str, f64)> = times.iter().map(|(name, s)| (name.as_str(), *s)).collect();
        assert_eq!(times, [("a", 1.0), ("c", 2.0), ("d", 0.5), ("b", 4.0)]);
    }

    #[test]
    fn lines_of_the_harness_are_told_apart() {
        assert_eq!(ended("test a::b ... ok"), Some(("a::b", "ok")));
        assert_eq!(
            ended("test a - should panic ... FAILED"),
            Some(("a", "FAILED"))
        );
        assert_eq!(ended("test result: ok. 3 passed; 0 failed"), None);
    }
}
