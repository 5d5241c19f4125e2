//! The tools that build the page: the wasm target, Trunk, wasm-bindgen, wasm-opt, esbuild.
//!
//! A fitting one on PATH is taken. Else a prebuilt one is downloaded where that is possible, and run only if its
//! sha256 is the one written down here; else it is built from source. All goes into `.tools/`.

use crate::{
    folders::{root, tools_folder},
    pack::sha256,
    run::{cargo, command, find, output},
    say,
};
use std::{
    env::consts::{ARCH, OS},
    fs,
    path::{Path, PathBuf},
};

/// wasm-opt and esbuild, as the npm packages that carry them.
const FROM_NPM: [&str; 2] = ["binaryen@132.0.0", "esbuild@0.25.12"];

/// Looks for what shuts people out of a page. Its licence is the MPL 2.0; the tests alone run it, and it is part of nothing
/// that is published.
pub const AXE: &str = "axe-core@4.14.1";

/// Looks for misspellings. Its dictionaries come with it, so it asks no network. This line of versions runs on Node.js 20.
pub const CSPELL: &str = "cspell@9.8.0";

/// Checks the types of the page's scripts, by the comments in them. Nothing of it is published.
pub const TYPESCRIPT: &str = "typescript@5.9.3";

/// The linter of scripts, with the rules of ESLint.
pub const OXLINT: &str = "oxlint@1.94.0";

/// A prebuilt archive of a tool.
struct Prebuilt {
    os: &'static str,
    arch: &'static str,
    url: &'static str,
    sha256: &'static str,
}

const TRUNK: &[Prebuilt] = &[
    Prebuilt {
        os: "linux",
        arch: "x86_64",
        url: "https://github.com/trunk-rs/trunk/releases/download/v0.21.14/trunk-x86_64-unknown-linux-gnu.tar.gz",
        sha256: "f2b4680cd239693a646a2795e4633c625328d7b2a044fbe749fa3a2fe9e7036b",
    },
    Prebuilt {
        os: "linux",
        arch: "aarch64",
        url: "https://github.com/trunk-rs/trunk/releases/download/v0.21.14/trunk-aarch64-unknown-linux-gnu.tar.gz",
        sha256: "b1d8e60e454f7fc182d9a4d95d1506ffbae947d8ba90f8f6f02da93b60f980f9",
    },
    Prebuilt {
        os: "macos",
        arch: "x86_64",
        url: "https://github.com/trunk-rs/trunk/releases/download/v0.21.14/trunk-x86_64-apple-darwin.tar.gz",
        sha256: "f1ba0e3bbe24e0ae219c6d22c33e24e2825c1608dd27c2556e323495110f1a95",
    },
    Prebuilt {
        os: "macos",
        arch: "aarch64",
        url: "https://github.com/trunk-rs/trunk/releases/download/v0.21.14/trunk-aarch64-apple-darwin.tar.gz",
        sha256: "764e299dd50d89442a4e96a236349f57961984b701e74d3dbdb39cd1c9f5101e",
    },
];

const WASM_BINDGEN: &[Prebuilt] = &[
    Prebuilt {
        os: "linux",
        arch: "x86_64",
        url: "https://github.com/wasm-bindgen/wasm-bindgen/releases/download/0.2.129/wasm-bindgen-0.2.129-x86_64-unknown-linux-musl.tar.gz",
        sha256: "82d12bb940e2d4e72e0d5605387fc1b8ca179044e012b620f0ce4e7440e8320e",
    },
    Prebuilt {
        os: "linux",
        arch: "aarch64",
        url: "https://github.com/wasm-bindgen/wasm-bindgen/releases/download/0.2.129/wasm-bindgen-0.2.129-aarch64-unknown-linux-musl.tar.gz",
        sha256: "2ed4351c35dd9440308bbb02767d47ea278efe851a52465300f3c94f5b6c2a87",
    },
    Prebuilt {
        os: "macos",
        arch: "x86_64",
        url: "https://github.com/wasm-bindgen/wasm-bindgen/releases/download/0.2.129/wasm-bindgen-0.2.129-x86_64-apple-darwin.tar.gz",
        sha256: "7e028879a68ec53dae14048b55cc5215f6df75b17a9c1426fac8fa086d3202fd",
    },
    Prebuilt {
        os: "macos",
        arch: "aarch64",
        url: "https://github.com/wasm-bindgen/wasm-bindgen/releases/download/0.2.129/wasm-bindgen-0.2.129-aarch64-apple-darwin.tar.gz",
        sha256: "81d4a23d56b3c3eb8187658329116d50e0b228a93b343825fb71f70179051cd1",
    },
];

/// How many steps [`get`] tells.
pub const STEPS: usize = 4;

/// Gets everything that building the page needs. wasm-opt and esbuild alone may be missing: then `false`, and it was said why.
pub fn get(steps: &mut say::Steps) -> Result<bool, String> {
    steps.next("the compiler for WebAssembly (wasm32-unknown-unknown)");
    target("wasm32-unknown-unknown")?;
    steps.next("Trunk 0.21.14");
    trunk()?;
    let version = locked_version("wasm-bindgen")?;
    steps.next(&format!("wasm-bindgen {version}"));
    wasm_bindgen(&version)?;
    steps.next("wasm-opt and esbuild");
    Ok(smaller())
}

/// The compiler's components, which a minimal installation lacks.
pub fn component(name: &str) -> Result<(), String> {
    let program = if name == "clippy" { "clippy" } else { "fmt" };
    if output(cargo().args([program, "--version"])).is_ok() {
        return Ok(());
    }
    say::detail(&format!("adding {name}"));
    rustup(&["component", "add", name]).map_err(|why| {
        format!("{name} is missing and rustup could not add it ({why}).\nInstall it with: rustup component add {name}")
    })
}

/// Rust's standard library for a target.
pub fn target(target: &str) -> Result<(), String> {
    let sysroot = output(command("rustc").args(["--print", "sysroot"]))?;
    if Path::new(&sysroot)
        .join("lib/rustlib")
        .join(target)
        .is_dir()
    {
        return Ok(());
    }
    rustup(&["target", "add", target]).map_err(|why| {
        format!(
            "Rust's standard library for {target} is missing and rustup could not add it ({why}).\n\
             Install it with: rustup target add {target}"
        )
    })
}

/// Fetches the sources of everything that runs here and in the browser: Trunk builds without a network.
pub fn fetch() -> Result<(), String> {
    let version = output(command("rustc").arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    let mut fetch = cargo();
    fetch.args(["fetch", "--locked", "--target", "wasm32-unknown-unknown"]);
    fetch.args(host.iter().flat_map(|host| ["--target", *host]));
    output(&mut fetch).map(drop)
}

fn rustup(args: &[&str]) -> Result<(), String> {
    match find("rustup") {
        Some(rustup) => output(command(rustup).args(args)).map(drop),
        None => Err("there is no rustup on this machine, see https://rustup.rs".into()),
    }
}

/// The version of a package in the lock file.
fn locked_version(package: &str) -> Result<String, String> {
    let lock = fs::read_to_string(root().join("Cargo.lock"))
        .map_err(|error| format!("Cargo.lock: {error}"))?;
    let entry = format!("name = \"{package}\"\nversion = \"");
    lock.split_once(&entry)
        .and_then(|(_, rest)| rest.split_once('"'))
        .map(|(version, _)| version.to_owned())
        .ok_or_else(|| format!("Cargo.lock has no {package}"))
}

/// The version that a program tells, its second word.
fn version_of(program: &Path) -> Option<String> {
    let text = output(command(program).arg("--version")).ok()?;
    text.split_whitespace().nth(1).map(str::to_owned)
}

fn trunk() -> Result<(), String> {
    let fits = |version: &str| version.starts_with("0.21.") || version.starts_with("0.22.");
    if find("trunk")
        .and_then(|file| version_of(&file))
        .is_some_and(|version| fits(&version))
    {
        return Ok(());
    }
    if prebuilt("trunk", TRUNK) {
        return Ok(());
    }
    say::detail("building it from source, about 4 minutes on two cores");
    // Its features are TLS and news of newer versions; with `--offline` it asks no network.
    install(&[
        "trunk",
        "--version",
        "0.21.14",
        "--locked",
        "--no-default-features",
    ])
}

fn wasm_bindgen(version: &str) -> Result<(), String> {
    if find("wasm-bindgen")
        .and_then(|file| version_of(&file))
        .as_deref()
        == Some(version)
    {
        return Ok(());
    }
    let pinned: Vec<&Prebuilt> = WASM_BINDGEN
        .iter()
        .filter(|archive| archive.url.contains(version))
        .collect();
    if !pinned.is_empty() && prebuilt("wasm-bindgen", WASM_BINDGEN) {
        return Ok(());
    }
    say::detail("building it from source, about 2 minutes on two cores");
    // Its own lock file asks for versions that a registry may no longer have.
    let program = ["--bin", "wasm-bindgen"];
    install(&[&["wasm-bindgen-cli", "--version", version], &program[..]].concat())
}

/// How tools are built: quickly. Each runs for seconds, and building one with what its authors release it with takes longer
/// than all its runs. What several are made of is built once, in a folder that `cargo clean` removes.
const QUICKLY: [(&str, &str); 5] = [
    ("CARGO_TARGET_DIR", "target/tools"),
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"),
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "256"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "false"),
];

/// Builds a tool from source into the tools folder.
pub fn install(package: &[&str]) -> Result<(), String> {
    let log = tools_folder().join("install.log");
    let folder = tools_folder();
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let file = fs::File::create(&log).map_err(|error| format!("{}: {error}", log.display()))?;
    let status = cargo()
        .arg("install")
        .args(package)
        .arg("--root")
        .arg(&folder)
        .envs(QUICKLY)
        .stderr(file)
        .status()
        .map_err(|error| format!("cargo could not be started: {error}"))?;
    if status.success() {
        return Ok(());
    }
    let text = fs::read_to_string(&log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    let last = lines[lines.len().saturating_sub(6)..].join("\n  ");
    Err(format!(
        "cargo install {} failed. Is there a network, and a C compiler? Its last words (all of them: {}):\n  {last}",
        package[0],
        log.display()
    ))
}

/// Downloads a prebuilt tool, if there is one for this machine that can be had.
fn prebuilt(name: &str, archives: &[Prebuilt]) -> bool {
    let Some(archive) = archives
        .iter()
        .find(|archive| archive.os == OS && archive.arch == ARCH)
    else {
        return false;
    };
    match download(name, archive) {
        Ok(()) => true,
        Err(why) => {
            let why = why
                .lines()
                .last()
                .unwrap_or_default()
                .rsplit("failed: ")
                .next()
                .unwrap_or_default()
                .to_owned();
            say::detail(&format!("no prebuilt one: {why}"));
            false
        }
    }
}

fn download(name: &str, archive: &Prebuilt) -> Result<(), String> {
    let (Some(curl), Some(tar)) = (find("curl"), find("tar")) else {
        return Err("curl and tar are needed to fetch one".into());
    };
    let folder = tools_folder().join("download");
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let file = folder.join(format!("{name}.tar.gz"));
    output(
        command(curl)
            .args([
                "--fail",
                "--silent",
                "--show-error",
                "--location",
                "--proto",
                "=https",
            ])
            .args(["--connect-timeout", "5", "--max-time", "180", "--output"])
            .arg(&file)
            .arg(archive.url),
    )?;
    let bytes = fs::read(&file).map_err(|error| error.to_string())?;
    let sum = sha256(&bytes);
    if sum != archive.sha256 {
        return Err(format!(
            "the downloaded file has the sha256 {sum} and not {}",
            archive.sha256
        ));
    }
    output(command(tar).arg("-xzf").arg(&file).arg("-C").arg(&folder))?;
    let unpacked = newest(&folder, name).ok_or("the archive does not contain it")?;
    let bin = tools_folder().join("bin");
    fs::create_dir_all(&bin).map_err(|error| error.to_string())?;
    fs::copy(&unpacked, bin.join(name)).map_err(|error| error.to_string())?;
    version_of(&bin.join(name)).map(drop).ok_or_else(|| {
        let _ = fs::remove_file(bin.join(name));
        "it does not run on this machine".into()
    })
}

/// The file of that name in the folder or one below it.
fn newest(folder: &Path, name: &str) -> Option<PathBuf> {
    let direct = folder.join(name);
    if direct.is_file() {
        return Some(direct);
    }
    fs::read_dir(folder)
        .ok()?
        .flatten()
        .map(|entry| entry.path().join(name))
        .find(|file| file.is_file())
}

/// wasm-opt and esbuild from npm; without npm the page is built without them.
fn smaller() -> bool {
    if find("wasm-opt").is_some_and(|file| is_recent(&file)) && find("esbuild").is_some() {
        return true;
    }
    let Some(npm) = find("npm") else {
        say::loud(
            "There is no npm: the page is built without wasm-opt and esbuild and is larger than it could be.",
        );
        return false;
    };
    match from_npm(&npm, &FROM_NPM) {
        Ok(()) => true,
        Err(why) => {
            say::loud(&format!(
                "npm could not get wasm-opt and esbuild, so the page is built without them: {why}"
            ));
            false
        }
    }
}

/// Gets npm packages.
fn from_npm(npm: &Path, packages: &[&str]) -> Result<(), String> {
    let folder = tools_folder().join("npm");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut install = command(npm);
    install.args(["install", "--no-audit", "--no-fund", "--no-package-lock"]);
    install.args(["--ignore-scripts", "--prefix"]).arg(&folder);
    output(install.args(packages)).map(drop)
}

/// The script of axe-core, where the tests find it.
pub fn axe() -> PathBuf {
    tools_folder().join("npm/node_modules/axe-core/axe.min.js")
}

/// Gets a package of npm at its version, where it isn't there yet. The error is why it is not there.
pub fn from_npm_once(package: &str) -> Result<(), String> {
    let (name, version) = package.split_once('@').unwrap_or_default();
    let manifest = tools_folder().join(format!("npm/node_modules/{name}/package.json"));
    let there = fs::read_to_string(manifest).unwrap_or_default();
    if there.contains(&format!("\"version\": \"{version}\"")) {
        return Ok(());
    }
    let npm =
        find("npm").ok_or_else(|| format!("It needs npm (https://nodejs.org) to get {name}"))?;
    from_npm(&npm, &[package])
}

/// Whether a wasm-opt knows what today's compiler writes: `wasm-opt version 132 (…)`.
fn is_recent(file: &Path) -> bool {
    let text = output(command(file).arg("--version")).unwrap_or_default();
    text.split_whitespace()
        .nth(2)
        .and_then(|version| version.parse().ok())
        .is_some_and(|version: u32| version >= 120)
}
