//! Builds the deployable page: Trunk, then wasm-opt, then the final bytes.

use crate::{
    folders::root,
    pack,
    run::{cargo, command, find, output, run},
    say, tools,
};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// A page that was built.
#[derive(Debug)]
pub struct Built {
    /// The folder.
    pub dist: PathBuf,
    /// Whether everything was there that makes it small; without it the page is larger than it may be.
    smallest: bool,
}

/// How many steps [`build_with`] tells after those of the tools.
pub const STEPS: usize = 1;

/// Gets the tools and builds the page.
pub fn build() -> Result<Built, String> {
    let mut steps = say::Steps::of(tools::STEPS + STEPS);
    build_with(&mut steps)
}

/// Gets the tools and builds the page, telling the steps of a longer command.
pub fn build_with(steps: &mut say::Steps) -> Result<Built, String> {
    let optimise = tools::get(steps)?;
    tools::fetch()?;
    steps.next("the page in release mode, about 2 minutes the first time");
    let trunk = find("trunk").ok_or("Trunk is gone from .tools/bin")?;
    run(command(trunk)
        .args(["build", "--release", "--offline", "true", "--log", "warn"])
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
            short_paths(),
        ))?;
    let raw = raw();
    if optimise {
        make_smaller(&raw.join("plimsoll-page_bg.wasm"))?;
    }
    let dist = root().join("dist");
    fs::write(raw.join(pack::START), start()?)
        .map_err(|error| format!("{}: {error}", pack::START))?;
    pack::pack(&raw, &dist)?;
    Ok(Built {
        dist,
        smallest: optimise,
    })
}

/// The page as it stands there before its program, as HTML: with the defaults of the site that is deployed.
fn start() -> Result<String, String> {
    let package = ["--package", "plimsoll", "--bin", "plimsoll-start"];
    let features = ["--no-default-features", "--features", "ssr"];
    output(
        cargo()
            .args(["run", "--quiet", "--locked"])
            .args(package)
            .args(features)
            .args(["--", "deploy/plimsoll.config.json"]),
    )
}

impl Built {
    /// Prints the sizes. Fails where the page is larger than it may be and nothing excuses it.
    pub fn check_sizes(&self) -> Result<(), String> {
        match pack::check_sizes(&self.dist) {
            Err(why) if !self.smallest => {
                say::loud(&format!("{why}; that is without what was missing above"));
                Ok(())
            }
            result => result,
        }
    }
}

/// Where Trunk puts what it made, as Trunk.toml says; and after wasm-opt, what the deployable folder is made of.
pub fn raw() -> PathBuf {
    root().join("target/page")
}

/// The page that was built before: the folder that `PLIMSOLL_DIST` names, or `dist/`.
pub fn ready_made() -> Result<PathBuf, String> {
    let dist = std::env::var_os("PLIMSOLL_DIST").map_or_else(|| root().join("dist"), PathBuf::from);
    if dist.join("index.html").is_file() {
        return Ok(dist);
    }
    let dist = dist.display();
    Err(format!(
        "there is no page in {dist}; `cargo xtask build` makes one"
    ))
}

/// Compiler flags that shorten the paths in panic messages: whoever built the page is nobody's business, and paths are
/// bytes.
fn short_paths() -> String {
    let cargo_home = std::env::var_os("CARGO_HOME").map_or_else(
        || std::env::home_dir().unwrap_or_default().join(".cargo"),
        PathBuf::from,
    );
    let sources = fs::read_dir(cargo_home.join("registry/src"))
        .into_iter()
        .flatten()
        .flatten();
    sources
        .map(|entry| entry.path())
        .chain([root().to_owned()])
        // Flags are told apart by spaces here, so a path with one can't be named.
        .filter(|path| !path.to_string_lossy().contains(' '))
        .map(|path| format!("--remap-path-prefix={}=", path.display()))
        .collect::<Vec<_>>()
        .join(" ")
}

/// How wasm-opt works, tried for the fewest bytes to download, not on disk: smaller code that repeats itself less is larger
/// after compression. `-Oz` saves nothing there. Control flow that is built anew and functions next to those of like names
/// repeat themselves most: 4 kB less. The exports are of a crate that the page never uses.
const SMALLER: [&str; 8] = [
    "--flatten",
    "--rereloop",
    "-O2",
    "--remove-exports=*intounderlying*",
    "-O2",
    "--reorder-functions-by-name",
    "--strip-debug",
    "--strip-producers",
];

/// What today's compiler emits and wasm-opt must be told of.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

fn make_smaller(wasm: &Path) -> Result<(), String> {
    let smaller = wasm.with_extension("smaller");
    let wasm_opt = find("wasm-opt").ok_or("wasm-opt is gone from .tools/npm")?;
    output(
        command(wasm_opt)
            .args(FEATURES)
            .args(SMALLER)
            .arg("--output")
            .arg(&smaller)
            .arg(wasm),
    )?;
    fs::rename(&smaller, wasm).map_err(|error| format!("{}: {error}", wasm.display()))
}
