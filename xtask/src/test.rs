//! Every check and test: format, lints, the model alone, everything native, and the page in a real browser.

use crate::{
    pace, page,
    run::{cargo, command, find, output, run},
    say, tools,
};

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

/// A browser that the tests need, and how to get it.
struct Browser {
    name: &'static str,
    programs: &'static [&'static str],
    debian: &'static [&'static str],
    macos: &'static str,
}

const CHROMIUM: Browser = Browser {
    name: "Chromium",
    programs: &["chromium", "chromedriver"],
    debian: &["chromium", "chromium-driver"],
    macos: "brew install --cask chromium chromedriver",
};

/// Runs everything. What could not run is named; with [`Ci::Yes`] it fails the whole.
pub fn run_all(ci: Ci) -> Result<(), String> {
    let mut steps = say::Steps::of(6 + tools::STEPS + page::STEPS + 2);
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
    run(cargo().args(["test", "--quiet", "--locked", "--workspace"]))?;
    steps.next("the same cents natively and as WebAssembly");
    match (pace::same_cents(), ci) {
        (Err(why), Ci::No) if why.starts_with("it needs") => say::loud(&format!("NOT RUN: {why}")),
        (result, _) => result?,
    }
    let built = page::build_with(&mut steps)?;
    built.print_sizes();
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
    steps.next("Chromium and its driver");
    let missing = get(&CHROMIUM);
    steps.next("the page in a real browser");
    if let Some(how) = &missing {
        say::loud(&format!("NOT RUN: the tests in {}. {how}", CHROMIUM.name));
        if ci == Ci::Yes {
            return Err("the browser tests could not run, and CI=true leaves nothing out".into());
        }
    } else {
        run(cargo()
            .args([
                "test",
                "--quiet",
                "--locked",
                "--features",
                "browser-tests",
                "--test",
                "browser",
            ])
            .env("PLIMSOLL_DIST", &built.dist))?;
    }
    println!("\nDone in {:.0} s.", steps.seconds());
    Ok(())
}

/// Gets a browser where that can be done; `Some` is how the user can.
fn get(browser: &Browser) -> Option<String> {
    let present = || {
        browser
            .programs
            .iter()
            .all(|program| find(program).is_some())
    };
    if present() {
        return None;
    }
    let packages = browser.debian.join(" ");
    if cfg!(target_os = "macos") {
        return Some(format!("Install it with: {}", browser.macos));
    }
    let how = format!("Install it with: sudo apt-get install {packages}");
    let Some(apt) = find("apt-get") else {
        return Some(format!(
            "It needs the programs {} on PATH.",
            browser.programs.join(" and ")
        ));
    };
    let root = output(command("id").arg("-u")).is_ok_and(|id| id == "0");
    if !root {
        return Some(how);
    }
    say::detail(&format!("installing {packages}"));
    let got = output(command(&apt).arg("update")).and_then(|_| {
        output(
            command(&apt)
                .args(["install", "--yes", "--no-install-recommends"])
                .args(browser.debian)
                .env("DEBIAN_FRONTEND", "noninteractive"),
        )
    });
    match got {
        Ok(_) if present() => None,
        Ok(_) => Some(how),
        Err(why) => Some(format!("{why}\n{how}")),
    }
}
