//! A browser with its driver, started for one test and ended with it.

use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
};
use thirtyfour::{ChromiumLikeCapabilities, DesiredCapabilities, WebDriver};
use xtask::server::Server;

/// What is special about a browser.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Wish {
    /// The user blocks all site data.
    pub(crate) no_storage: bool,
    /// Device pixels in a CSS pixel, where it is not one.
    pub(crate) pixel_ratio: Option<f64>,
}

/// Chromium with its driver and a server of the built page.
pub(crate) struct Browser {
    pub(crate) driver: WebDriver,
    pub(crate) server: Server,
    _process: Process,
}

struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn dist() -> PathBuf {
    let dist =
        std::env::var_os("PLIMSOLL_DIST").map_or_else(|| xtask::root().join("dist"), PathBuf::from);
    assert!(
        dist.join("index.html").is_file(),
        "no page in {}; `cargo xtask build` makes one",
        dist.display()
    );
    dist
}

/// Starts the driver on a port of its own choice and reads which one.
fn start_driver() -> (Process, u16) {
    let mut child = Command::new("chromedriver")
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("chromedriver");
    let output = child.stdout.take().expect("its output");
    let process = Process(child);
    let mut lines = BufReader::new(output).lines();
    let port = lines
        .by_ref()
        .map_while(Result::ok)
        .find_map(|line| {
            line.split_once("successfully on port ")?
                .1
                .trim_end_matches('.')
                .parse()
                .ok()
        })
        .expect("chromedriver tells its port");
    // What it says later is read and dropped, so that it never waits for a reader.
    std::thread::spawn(move || lines.for_each(drop));
    (process, port)
}

impl Browser {
    pub(crate) async fn start(wish: Wish) -> Self {
        let (process, port) = start_driver();
        let mut caps = DesiredCapabilities::chrome();
        for arg in [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--window-size=1280,1000",
        ] {
            caps.add_arg(arg).unwrap();
        }
        if let Some(ratio) = wish.pixel_ratio {
            caps.add_arg(&format!("--force-device-scale-factor={ratio}"))
                .unwrap();
        }
        caps.set_browser_log_level(thirtyfour::LoggingPrefsLogLevel::All)
            .unwrap();
        if wish.no_storage {
            let prefs = serde_json::json!({ "profile.default_content_setting_values.cookies": 2 });
            caps.add_experimental_option("prefs", prefs).unwrap();
        }
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), caps)
            .await
            .unwrap();
        let server = Server::start(dist()).unwrap();
        Self {
            driver,
            server,
            _process: process,
        }
    }

    pub(crate) async fn end(self) {
        self.driver.quit().await.unwrap();
    }
}
