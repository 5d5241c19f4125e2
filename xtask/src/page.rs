//! Builds the deployable page: Trunk, then wasm-opt.

use crate::{
    root,
    run::{command, find, output, run},
    say, tools,
};
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

/// A page that was built.
#[derive(Debug)]
pub struct Built {
    /// The folder.
    pub dist: PathBuf,
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
    steps.next("the page in release mode, about 2 minutes the first time");
    let trunk = find("trunk").ok_or("Trunk is gone from .tools/bin")?;
    run(command(trunk)
        .args(["build", "--release", "--offline", "true"])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags())
        .env("TRUNK_LOG", "warn"))?;
    let built = Built {
        dist: root().join("dist"),
    };
    if optimise {
        built.optimise()?;
    }
    Ok(built)
}

/// Compiler flags for the page. Leptos keeps its views as one type instead of a type for each: 3 kB less to download.
fn flags() -> String {
    format!("--cfg erase_components {}", short_paths())
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

impl Built {
    fn optimise(&self) -> Result<(), String> {
        let wasm = self.dist.join("plimsoll_bg.wasm");
        let smaller = self.dist.join("optimised.wasm");
        let wasm_opt = find("wasm-opt").ok_or("wasm-opt is gone from .tools/npm")?;
        output(
            command(wasm_opt)
                .args(FEATURES)
                .args(SMALLER)
                .arg("--output")
                .arg(&smaller)
                .arg(&wasm),
        )?;
        fs::rename(&smaller, &wasm).map_err(|error| format!("{}: {error}", wasm.display()))
    }

    /// Prints the size of every file: raw, gzip and brotli.
    pub fn print_sizes(&self) {
        println!(
            "\n{:<28} {:>10} {:>10} {:>10}",
            "dist/", "raw", "gzip", "brotli"
        );
        let mut sums = [0; 3];
        for file in files(&self.dist) {
            let Ok(bytes) = fs::read(&file) else { continue };
            let sizes = [bytes.len(), gzip(&bytes), brotli(&bytes)];
            for (sum, size) in sums.iter_mut().zip(sizes) {
                *sum += size;
            }
            let name = file
                .strip_prefix(&self.dist)
                .unwrap_or(&file)
                .display()
                .to_string();
            print_row(&name, sizes);
        }
        print_row("first load, everything", sums);
    }
}

fn print_row(name: &str, [raw, gzip, brotli]: [usize; 3]) {
    println!("{name:<28} {raw:>10} {gzip:>10} {brotli:>10}");
}

/// The files of a folder and of those below it, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn gzip(bytes: &[u8]) -> usize {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let written = writer.write_all(bytes).and_then(|()| writer.finish());
    written.map_or(0, |bytes| bytes.len())
}

fn brotli(bytes: &[u8]) -> usize {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..brotli::enc::BrotliEncoderParams::default()
    };
    brotli::BrotliCompress(&mut &bytes[..], &mut out, &params).map_or(0, |_| out.len())
}
