//! The three engines with their drivers, one started for each test and ended with it.

use crate::site::Site;
use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
    os::unix::process::CommandExt,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use thirtyfour::{Capabilities, WebDriver};

/// A browser engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    /// Chromium.
    Chromium,
    /// Firefox ESR.
    Firefox,
    /// WebKitGTK, as its MiniBrowser has it.
    WebKit,
}

/// Makes a test of each function in each engine: `name::chromium`, `name::firefox`, `name::webkit`.
macro_rules! in_each_engine {
    ($($name:ident),+ $(,)?) => {
        $(mod $name {
            #[tokio::test]
            async fn chromium() {
                super::$name($crate::engine::Engine::Chromium).await;
            }
            #[tokio::test]
            async fn firefox() {
                super::$name($crate::engine::Engine::Firefox).await;
            }
            #[tokio::test]
            async fn webkit() {
                super::$name($crate::engine::Engine::WebKit).await;
            }
        })+
    };
}
pub(crate) use in_each_engine;

/// What is special about a browser.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Wish {
    /// The user blocks all site data. WebKit has no such setting.
    pub(crate) no_storage: bool,
    /// The user has switched scripts off. WebKit has no such setting that its driver survives.
    pub(crate) no_scripts: bool,
    /// Device pixels in a CSS pixel, where it is not one. In Chromium alone.
    pub(crate) pixel_ratio: Option<f64>,
}

/// A browser and a site for it.
pub(crate) struct Browser {
    // The processes end first: a driver that is gone keeps nobody waiting for its answer.
    _driver: Process,
    _display: Option<Process>,
    _profile: Folder,
    pub(crate) engine: Engine,
    pub(crate) driver: WebDriver,
    pub(crate) site: Site,
}

/// A folder that goes with its owner.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    /// A new empty one.
    pub(crate) fn new() -> Self {
        use std::sync::atomic::{AtomicU32, Ordering};
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!(
            "plimsoll-{}-{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        );
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A program with all that it started, in a process group of its own.
pub(crate) struct Process(Child);

impl Process {
    pub(crate) fn start(command: &mut Command) -> Self {
        let child = command
            .process_group(0)
            .spawn()
            .unwrap_or_else(|error| panic!("{command:?}: {error}"));
        Self(child)
    }

    /// Reads what the program says until a line has what is looked for; the rest is read and dropped, so that it never
    /// waits for a reader.
    pub(crate) fn hears<T>(&mut self, wanted: impl Fn(&str) -> Option<T>) -> T {
        let output = self.0.stdout.take().expect("its output");
        let mut lines = BufReader::new(output).lines();
        let found = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| wanted(&line))
            .expect("the program says what is waited for");
        std::thread::spawn(move || lines.for_each(drop));
        found
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let group = format!("-{}", self.0.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = self.0.wait();
    }
}

impl Engine {
    /// Starts the driver, and tells its port.
    fn driver(self, display: Option<u32>) -> (Process, u16) {
        let piped = |program: &str, args: &[&str]| {
            let mut command = Command::new(xtask::run::find(program).unwrap_or(program.into()));
            command
                .args(args)
                .stdin(Stdio::null())
                .stdout(Stdio::piped())
                .stderr(Stdio::null());
            command
        };
        match self {
            Self::Chromium => {
                let mut driver = Process::start(&mut piped("chromedriver", &["--port=0"]));
                let port = driver.hears(|line| {
                    let (_, rest) = line.split_once("successfully on port ")?;
                    rest.trim_end_matches('.').parse().ok()
                });
                (driver, port)
            }
            Self::Firefox => {
                let args = ["--port=0", "--allow-system-access"];
                let mut driver = Process::start(&mut piped("geckodriver", &args));
                let port = driver.hears(|line| {
                    let (_, rest) = line.split_once("Listening on 127.0.0.1:")?;
                    rest.trim().parse().ok()
                });
                (driver, port)
            }
            Self::WebKit => {
                // It says nothing of its port, so one is chosen that is free just now.
                let free = TcpListener::bind("127.0.0.1:0").unwrap();
                let port = free.local_addr().unwrap().port();
                drop(free);
                let mut command = piped("WebKitWebDriver", &[&format!("--port={port}")]);
                command
                    .env("DISPLAY", format!(":{}", display.expect("a display")))
                    .env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1")
                    .env("LIBGL_ALWAYS_SOFTWARE", "1")
                    .stdout(Stdio::null());
                let driver = Process::start(&mut command);
                let began = Instant::now();
                while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
                    assert!(
                        began.elapsed() < Duration::from_secs(20),
                        "no WebKitWebDriver"
                    );
                    std::thread::sleep(Duration::from_millis(20));
                }
                (driver, port)
            }
        }
    }

    fn capabilities(self, wish: Wish, profile: &Folder) -> Capabilities {
        let mut caps = Capabilities::new();
        let mut set = |key: &str, value: Value| caps.set(key, value).unwrap();
        match self {
            Self::Chromium => {
                let mut args = vec![
                    "--headless=new".to_owned(),
                    "--no-sandbox".into(),
                    "--disable-gpu".into(),
                    "--disable-background-networking".into(),
                    "--disable-component-update".into(),
                    "--disable-sync".into(),
                    "--no-first-run".into(),
                    "--window-size=1280,1000".into(),
                    format!("--user-data-dir={}", profile.0.display()),
                ];
                if let Some(ratio) = wish.pixel_ratio {
                    args.push(format!("--force-device-scale-factor={ratio}"));
                }
                let refused = |refused: bool| if refused { 2 } else { 1 };
                let prefs = json!({
                    "profile.default_content_setting_values.cookies": refused(wish.no_storage),
                    "profile.managed_default_content_settings.javascript": refused(wish.no_scripts),
                });
                set("browserName", "chrome".into());
                set(
                    "goog:chromeOptions",
                    json!({ "args": args, "prefs": prefs }),
                );
                set("goog:loggingPrefs", json!({ "browser": "ALL" }));
            }
            Self::Firefox => {
                let mut prefs = json!({
                    "javascript.enabled": !wish.no_scripts,
                    // Nothing but the page itself asks for anything.
                    "network.captive-portal-service.enabled": false,
                    "network.connectivity-service.enabled": false,
                });
                if wish.no_storage {
                    prefs["network.cookie.cookieBehavior"] = 2.into();
                }
                set("browserName", "firefox".into());
                set(
                    "moz:firefoxOptions",
                    json!({
                        "args": ["-headless", "--width=1280", "--height=1000"],
                        "binary": xtask::run::find("firefox-esr"),
                        "prefs": prefs,
                    }),
                );
            }
            Self::WebKit => {
                set("browserName", "MiniBrowser".into());
                set(
                    "webkitgtk:browserOptions",
                    json!({
                        "binary": xtask::engines::minibrowser(),
                        "args": ["--automation"],
                    }),
                );
            }
        }
        caps
    }
}

impl Browser {
    /// Starts an engine with a site of its own.
    pub(crate) async fn start(engine: Engine, wish: Wish) -> Self {
        let (display, number) = if engine == Engine::WebKit {
            let mut xvfb = Command::new("Xvfb");
            xvfb.args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1280x1000x24",
                "-nolisten",
                "tcp",
            ])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
            let mut display = Process::start(&mut xvfb);
            let number = display.hears(|line| line.trim().parse().ok());
            (Some(display), Some(number))
        } else {
            (None, None)
        };
        let profile = Folder::new();
        let (process, port) = engine.driver(number);
        let driver = WebDriver::builder(
            format!("http://127.0.0.1:{port}"),
            engine.capabilities(wish, &profile),
        )
        .request_timeout(Duration::from_secs(30))
        .await
        .unwrap();
        Self {
            _driver: process,
            _display: display,
            _profile: profile,
            engine,
            driver,
            site: Site::new(),
        }
    }

    pub(crate) async fn end(self) {
        self.driver.quit().await.unwrap();
    }
}
