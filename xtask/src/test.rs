//! Every check and test: format, spelling, lints, everything native, and the page in three real browsers.
//!
//! Each crate is compiled once for all tests, those in browsers among them, and once for all lints.

use crate::{
    engines::{ENGINES, NGINX, Needed},
    model_bench, page,
    run::{BROWSER_TESTS, cargo, run},
    say, scripts, spelling,
    timing::{self, Timed},
    tools,
};
use std::{process::Command, time::SystemTime};

/// Whether this is the machine that decides: there, nothing may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ci {
    /// `CI=true`.
    Yes,
    /// Somebody's own machine.
    No,
}

impl Ci {
    /// As the environment says.
    pub fn from_env() -> Self {
        match std::env::var("CI").as_deref() {
            Ok("true" | "1") => Self::Yes,
            _ => Self::No,
        }
    }
}

/// How much of what is random is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// A seeded sample of the long scans.
    Sampled,
    /// The long scans whole.
    Long,
}

/// Tells the tests that the long scans run whole.
const LONG: (&str, &str) = ("PLIMSOLL_LONG", "1");

/// Where the random inputs of property tests begin; `.cargo/config.toml` sets it for every other run.
const SEED: &str = "PROPTEST_RNG_SEED";

/// What has run so far.
struct Run {
    steps: say::Steps,
    times: Vec<Timed>,
    left_out: Vec<String>,
    failed: Vec<&'static str>,
    extent: Extent,
    /// For [`Extent::Long`]: another one each time.
    seed: u64,
}

/// Runs everything, and says how long each step took. What could not run is named; with [`Ci::Yes`] it fails the whole.
pub fn run_all(ci: Ci, extent: Extent) -> Result<(), String> {
    let mut all = Run {
        steps: say::Steps::of(8 + tools::STEPS + page::STEPS + 2 + ENGINES.len()),
        times: Vec::new(),
        left_out: Vec::new(),
        failed: Vec::new(),
        extent,
        seed: SystemTime::now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .map_or(0, |since| since.as_secs()),
    };
    if extent == Extent::Long {
        println!("{SEED}={}", all.seed);
    }
    let result = all.every_step();
    timing::print(&all.steps.durations(), std::mem::take(&mut all.times));
    for what in &all.left_out {
        say::loud(&format!("NOT RUN: {what}"));
    }
    result?;
    if !all.failed.is_empty() {
        return Err(format!("tests failed in {}", all.failed.join(" and ")));
    }
    if ci == Ci::Yes && !all.left_out.is_empty() {
        return Err("something could not run, and CI=true leaves nothing out".into());
    }
    println!("\nDone in {:.0} s.", all.steps.seconds());
    Ok(())
}

impl Run {
    fn every_step(&mut self) -> Result<(), String> {
        self.texts()?;
        self.lints()?;
        self.native()?;
        let built = page::build_with(&mut self.steps)?;
        built.check_sizes()?;
        self.browsers(&built);
        Ok(())
    }

    /// What is wrong without compiling anything.
    fn texts(&mut self) -> Result<(), String> {
        self.steps.next("format");
        tools::component("rustfmt")?;
        run(cargo().args(["fmt", "--all", "--check"]))
            .map_err(|_| "some files are not formatted; `cargo fmt` does it".to_owned())?;
        self.with_package("spelling", tools::CSPELL, spelling::check)?;
        self.with_package(
            "types of the page's scripts",
            tools::TYPESCRIPT,
            scripts::types,
        )?;
        self.with_package("lints of the page's scripts", tools::OXLINT, scripts::lints)
    }

    /// A check that needs a package of npm. Where that can't be had, the check is named as left out.
    fn with_package(
        &mut self,
        what: &'static str,
        package: &str,
        check: fn() -> Result<(), String>,
    ) -> Result<(), String> {
        self.steps.next(what);
        match tools::from_npm_once(package) {
            Ok(()) => check(),
            Err(how) => {
                self.left_out.push(format!("{what}. {how}"));
                Ok(())
            }
        }
    }

    /// The page's own code is linted here too: no code is for WebAssembly alone, which a test of this program holds.
    fn lints(&mut self) -> Result<(), String> {
        self.steps.next("lints");
        tools::component("clippy")?;
        run(cargo()
            .args(["clippy", "--quiet", "--locked", "--workspace"])
            .args(["--all-targets", "--features", BROWSER_TESTS])
            .args(["--", "--deny", "warnings"]))
    }

    /// All that needs no browser.
    fn native(&mut self) -> Result<(), String> {
        self.steps.next("compiling all tests");
        run(tests().arg("--no-run"))?;
        self.steps.next("everything native");
        let mut native = tests();
        native.arg("--");
        for engine in ENGINES {
            native.args(["--skip", engine.tests]);
        }
        self.run(&mut native)?;
        self.steps
            .next("the same cents natively and as WebAssembly");
        match model_bench::same_cents() {
            Err(why) if why.starts_with("it needs") => {
                self.left_out
                    .push(format!("the same cents in WebAssembly: {why}"));
                Ok(())
            }
            result => result,
        }
    }

    /// The page in each engine, one result for each. What is missing is named.
    fn browsers(&mut self, built: &page::Built) {
        self.steps
            .next("nginx, whose example configuration is tested");
        let mut skipped = Vec::new();
        if let Err(how) = NGINX.get() {
            self.left_out
                .push(format!("the tests behind {}. {how}", NGINX.name));
            skipped.push(NGINX.tests);
        }
        self.steps
            .next("axe-core, which looks for what shuts people out");
        if let Err(why) = tools::from_npm_once(tools::AXE) {
            self.left_out
                .push(format!("the tests with axe-core. {why}"));
            skipped.push("accessible::axe");
        }
        for engine in ENGINES {
            self.steps.next(&format!("the page in {}", engine.name));
            self.engine(engine, built, &skipped);
        }
    }

    fn engine(&mut self, engine: Needed, built: &page::Built, skipped: &[&str]) {
        if let Err(how) = engine.get() {
            let name = engine.name;
            self.left_out.push(format!("the tests in {name}. {how}"));
            return;
        }
        let mut tests = tests();
        tests
            .args(["--test", "browser", "--", engine.tests])
            .args(skipped.iter().flat_map(|test| ["--skip", *test]))
            .env("PLIMSOLL_DIST", &built.dist);
        if self.run(&mut tests).is_err() {
            self.failed.push(engine.name);
        }
    }

    fn run(&mut self, tests: &mut Command) -> Result<(), String> {
        if self.extent == Extent::Long {
            tests.env(LONG.0, LONG.1);
            tests.env(SEED, self.seed.to_string());
        }
        timing::run_tests(tests, &mut self.times)
    }
}

/// `cargo test` with all features, the same wherever tests are compiled or run, so that nothing is compiled twice.
fn tests() -> Command {
    let mut tests = cargo();
    tests.args(["test", "--locked", "--workspace"]);
    tests.args(["--features", BROWSER_TESTS]);
    tests
}

#[cfg(test)]
mod tests {
    use crate::folders::{files, root, text_of};

    /// Else the lints, which run natively, would not see it.
    #[test]
    fn no_code_is_for_webassembly_alone() {
        let sources = ["src", "crates"]
            .map(|folder| files(&root().join(folder)))
            .concat();
        assert!(sources.len() > 50);
        for file in sources {
            let text = text_of(&file).unwrap_or_default();
            for word in ["target_arch", "target_family", "target_os"] {
                assert!(!text.contains(word), "{}: {word}", file.display());
            }
        }
    }
}
