//! Every check and test: format, lints, the model alone, everything native, and the page in three real browsers.

use crate::{
    engines::{ENGINES, NGINX},
    pace, page,
    run::{cargo, run},
    say, tools,
};

/// Tests of the model that take minutes. The step without the web has run them already.
const LONG: [&str; 2] = ["flips::", "damage::"];

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

/// Runs everything. What could not run is named; with [`Ci::Yes`] it fails the whole.
pub fn run_all(ci: Ci) -> Result<(), String> {
    let mut steps = say::Steps::of(6 + tools::STEPS + page::STEPS + 2 + ENGINES.len());
    steps.next("format");
    tools::component("rustfmt")?;
    run(cargo().args(["fmt", "--all", "--check"]))
        .map_err(|_| "some files are not formatted; `cargo fmt` does it".to_owned())?;
    steps.next("the model alone, without the web");
    run(cargo().args(["test", "--quiet", "--locked", "--no-default-features"]))?;
    steps.next("lints, native");
    tools::component("clippy")?;
    let strict = ["--", "--deny", "warnings"];
    run(cargo()
        .args([
            "clippy",
            "--quiet",
            "--locked",
            "--workspace",
            "--all-targets",
            "--features",
            "browser-tests",
        ])
        .args(strict))?;
    steps.next("everything native");
    run(cargo()
        .args(["test", "--quiet", "--locked", "--workspace", "--"])
        .args(LONG.iter().flat_map(|long| ["--skip", long])))?;
    steps.next("the same cents natively and as WebAssembly");
    match (pace::same_cents(), ci) {
        (Err(why), Ci::No) if why.starts_with("it needs") => say::loud(&format!("NOT RUN: {why}")),
        (result, _) => result?,
    }
    let built = page::build_with(&mut steps)?;
    built.check_sizes()?;
    steps.next("lints, WebAssembly");
    run(cargo()
        .args([
            "clippy",
            "--quiet",
            "--locked",
            "--lib",
            "--bins",
            "--target",
            "wasm32-unknown-unknown",
        ])
        .args(strict))?;
    browsers(&built, &mut steps, ci)?;
    println!("\nDone in {:.0} s.", steps.seconds());
    Ok(())
}

/// The page in each engine, one result for each. What is missing is named.
fn browsers(built: &page::Built, steps: &mut say::Steps, ci: Ci) -> Result<(), String> {
    steps.next("nginx, whose example configuration is tested");
    let mut left_out = Vec::new();
    let nginx = NGINX.get();
    if let Err(how) = &nginx {
        left_out.push(format!("the tests behind {}. {how}", NGINX.name));
    }
    steps.next("axe-core, which looks for what shuts people out");
    let axe = tools::get_axe();
    if let Err(why) = &axe {
        left_out.push(format!("the tests with axe-core. {why}"));
    }
    let mut failed = Vec::new();
    for engine in ENGINES {
        steps.next(&format!("the page in {}", engine.name));
        if let Err(how) = engine.get() {
            left_out.push(format!("the tests in {}. {how}", engine.name));
            continue;
        }
        let mut tests = cargo();
        tests
            .args(["test", "--quiet", "--locked", "--features", "browser-tests"])
            .args(["--test", "browser", "--", engine.tests])
            .env("PLIMSOLL_DIST", &built.dist);
        if nginx.is_err() {
            tests.args(["--skip", NGINX.tests]);
        }
        if axe.is_err() {
            tests.args(["--skip", "accessible::axe"]);
        }
        if run(&mut tests).is_err() {
            failed.push(engine.name);
        }
    }
    for what in &left_out {
        say::loud(&format!("NOT RUN: {what}"));
    }
    if !failed.is_empty() {
        return Err(format!("tests failed in {}", failed.join(" and ")));
    }
    if ci == Ci::Yes && !left_out.is_empty() {
        return Err("something could not run, and CI=true leaves nothing out".into());
    }
    Ok(())
}
