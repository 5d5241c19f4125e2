//! The browsers and the server that the tests need, and how each is got where it is missing.

use crate::{
    run::{command, find, output},
    say, tools,
};
use std::{fs, path::PathBuf};

/// Programs that the tests need, and how to get them.
#[derive(Clone, Copy, Debug)]
pub struct Needed {
    /// As people call it.
    pub name: &'static str,
    /// What the names of its tests end in, if it is a browser.
    pub tests: &'static str,
    /// All of it.
    parts: &'static [Part],
    debian: &'static [&'static str],
    macos: &'static str,
}

/// A part of what is needed.
#[derive(Clone, Copy, Debug)]
enum Part {
    /// A program on PATH.
    Program(&'static str),
    /// WebKit's own small browser, which is on no PATH.
    MiniBrowser,
    /// A driver that comes from its crate, at this version.
    Crate(&'static str, &'static str),
}

/// The three engines.
pub const ENGINES: [Needed; 3] = [
    Needed {
        name: "Chromium",
        tests: "::chromium",
        parts: &[Part::Program("chromium"), Part::Program("chromedriver")],
        debian: &["chromium", "chromium-driver"],
        macos: "brew install --cask chromium chromedriver",
    },
    Needed {
        name: "Firefox",
        tests: "::firefox",
        parts: &[
            Part::Program("firefox-esr"),
            Part::Crate("geckodriver", "0.37.1"),
        ],
        debian: &["firefox-esr"],
        macos: "(there is no Firefox ESR package)",
    },
    Needed {
        name: "WebKit",
        tests: "::webkit",
        parts: &[
            Part::Program("WebKitWebDriver"),
            Part::Program("Xvfb"),
            Part::MiniBrowser,
        ],
        debian: &["webkit2gtk-driver", "xvfb"],
        macos: "(WebKitGTK runs on Linux only)",
    },
];

/// The server whose example configuration is tested.
pub const NGINX: Needed = Needed {
    name: "nginx",
    tests: "hosting::",
    parts: &[Part::Program("nginx")],
    debian: &["nginx", "libnginx-mod-http-brotli-static"],
    macos: "brew install nginx",
};

/// Where WebKitGTK keeps its small browser.
pub fn minibrowser() -> Option<PathBuf> {
    let libraries = fs::read_dir("/usr/lib").ok()?.flatten();
    libraries
        .map(|entry| entry.path().join("webkit2gtk-4.1/MiniBrowser"))
        .find(|file| file.is_file())
}

impl Part {
    fn is_there(self) -> bool {
        match self {
            Self::Program(name) | Self::Crate(name, _) => find(name).is_some(),
            Self::MiniBrowser => minibrowser().is_some(),
        }
    }
}

impl Needed {
    fn is_there(&self) -> bool {
        self.parts.iter().all(|part| part.is_there())
    }

    /// Gets it where that can be done. The error is how the user can.
    pub fn get(&self) -> Result<(), String> {
        for part in self.parts {
            if let (Part::Crate(name, version), false) = (part, part.is_there()) {
                say::detail(&format!("building {name}, about 2 minutes on two cores"));
                tools::install(&[name, "--version", version, "--locked"])?;
            }
        }
        if self.is_there() {
            return Ok(());
        }
        if cfg!(target_os = "macos") {
            return Err(format!("Install it with: {}", self.macos));
        }
        let packages = self.debian.join(" ");
        let how = format!("Install it with: sudo apt-get install {packages}");
        let Some(apt) = find("apt-get") else {
            return Err(format!(
                "It needs what Debian has in the packages {packages}."
            ));
        };
        if !output(command("id").arg("-u")).is_ok_and(|id| id == "0") {
            return Err(how);
        }
        say::detail(&format!("installing {packages}"));
        output(command(&apt).arg("update"))
            .and_then(|_| {
                output(
                    command(&apt)
                        .args(["install", "--yes", "--no-install-recommends"])
                        .args(self.debian)
                        .env("DEBIAN_FRONTEND", "noninteractive"),
                )
            })
            .map_err(|why| format!("{why}\n{how}"))?;
        if self.is_there() { Ok(()) } else { Err(how) }
    }
}
