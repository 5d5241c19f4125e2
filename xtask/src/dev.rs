//! The page while somebody works on it: Trunk builds it anew at every edit, and the browser takes it.

use crate::{
    run::{command, find, run},
    say, server, tools,
};

/// Where Trunk puts this page, apart from the one that is published.
const FOLDER: &str = "target/dev-page";
/// See Cargo.toml: quick to build, not small.
const PROFILE: &str = "page-dev";
/// What the page is made of. Tests, tools and this program are not.
const WATCHED: [&str; 6] = [
    "src",
    "crates",
    "style",
    "deploy",
    "index.html",
    "Cargo.toml",
];

/// Serves the page and builds it anew at every edit, until it is stopped.
pub fn serve(port: u16) -> Result<(), String> {
    let mut steps = say::Steps::of(tools::STEPS + 1);
    // Better to learn of a taken port now than after ten minutes. Trunk opens it itself.
    drop(server::listen("dev", port)?);
    tools::get(&mut steps)?;
    tools::fetch()?;
    steps.next(&format!(
        "building, watching and serving on http://127.0.0.1:{port}/; stop with Ctrl-C"
    ));
    let trunk = find("trunk").ok_or("Trunk is gone from .tools/bin")?;
    // There is no service worker, as index.html names none before it is packed; and Trunk's script reloads the page.
    run(command(trunk)
        .args(["serve", "--release=false", "--offline", "true"])
        .args(["--cargo-profile", PROFILE, "--dist", FOLDER])
        .args(["--address", "127.0.0.1", "--port", &port.to_string()])
        .args(["--disable-address-lookup=true", "--no-spa=true"])
        .args(WATCHED.iter().flat_map(|path| ["--watch", *path])))
}
