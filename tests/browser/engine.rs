//! The three engines with their drivers. A browser that a test leaves in order serves the next one, which has a site of its
//! own and with it an origin of its own: what an earlier page kept, cached or registered is out of reach.

use crate::site::Site;
use serde_json::{Value, json};
use std::{
    ffi::OsStr,
    fs::File,
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{LazyLock, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};
use thirtyfour::{Capabilities, WebDriver};
use tokio::runtime::Runtime;

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
        $crate::engine::in_engines!(run; $($name),+);
    };
}
pub(crate) use in_each_engine;

/// As [`in_each_engine`], for tests of which one engine tells nearly all: the others run them in the long run alone, which has
/// `PLIMSOLL_LONG=1`.
macro_rules! in_each_engine_when_long {
    ($($name:ident),+ $(,)?) => {
        $crate::engine::in_engines!(run_when_long; $($name),+);
    };
}
pub(crate) use in_each_engine_when_long;

/// A test in Chromium, and by a way of running it in the other engines.
macro_rules! in_engines {
    ($others:ident; $($name:ident),+) => {
        $(mod $name {
            #[test]
            fn chromium() {
                $crate::engine::run(module_path!(), $crate::engine::Engine::Chromium, super::$name);
            }
            #[test]
            fn firefox() {
                $crate::engine::$others(module_path!(), $crate::engine::Engine::Firefox, super::$name);
            }
            #[test]
            fn webkit() {
                $crate::engine::$others(module_path!(), $crate::engine::Engine::WebKit, super::$name);
            }
        })+
    };
}
pub(crate) use in_engines;

/// Runs a test in an engine in the long run, and not at all in the others.
pub(crate) fn run_when_long<Test: Future<Output = ()>>(
    name: &str,
    engine: Engine,
    test: impl Fn(Engine) -> Test,
) {
    if std::env::var("PLIMSOLL_LONG").is_ok_and(|text| text == "1") {
        run(name, engine, test);
    }
}

/// Runs a test in an engine. One runtime for all, as the connection to a browser lives in one.
pub(crate) fn run<Test: Future<Output = ()>>(
    name: &str,
    engine: Engine,
    test: impl Fn(Engine) -> Test,
) {
    static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());
    let began = Instant::now();
    RUNTIME.block_on(test(engine));
    note_duration(name, engine, began.elapsed());
}

/// Appends how long a test took to the file that `PLIMSOLL_TIMES` names, if it does: `sort -rn` puts the slowest first.
fn note_duration(name: &str, engine: Engine, took: Duration) {
    let Some(file) = std::env::var_os("PLIMSOLL_TIMES").filter(|file| !file.is_empty()) else {
        return;
    };
    let mut file = File::options()
        .create(true)
        .append(true)
        .open(file)
        .unwrap();
    // One write, so that tests side by side don't mix their lines.
    let line = format!("{:.1}\t{engine:?}\t{name}\n", took.as_secs_f64());
    file.write_all(line.as_bytes()).unwrap();
}

/// What is special about a browser. One about which something is serves no other test.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Wish {
    /// The test changes what outlives a page.
    pub(crate) alone: bool,
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
    processes: Processes,
    wish: Wish,
    pub(crate) engine: Engine,
    pub(crate) driver: WebDriver,
    pub(crate) site: Site,
}

/// What runs for a browser, held until it goes.
struct Processes {
    _driver: Process,
    _display: Option<Process>,
}

/// A browser without a site.
struct Running {
    processes: Processes,
    engine: Engine,
    driver: WebDriver,
}

/// Those that wait for their next test.
fn idle() -> MutexGuard<'static, Vec<Running>> {
    static IDLE: Mutex<Vec<Running>> = Mutex::new(Vec::new());
    IDLE.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Running {
    async fn start(engine: Engine, wish: Wish) -> Self {
        let (display, number) = if engine == Engine::WebKit {
            let mut xvfb = Process::command("Xvfb", Path::new(""));
            xvfb.args(["-displayfd", "1", "-screen", "0", "1280x1000x24"])
                .args(["-nolisten", "tcp"])
                .stdout(Stdio::piped());
            let mut display = Process::start(&mut xvfb);
            let number = display.hears(|line| line.trim().parse().ok());
            (Some(display), Some(number))
        } else {
            (None, None)
        };
        let profile = new_folder();
        let (process, port) = engine.driver(number, &profile);
        let driver = WebDriver::builder(
            format!("http://127.0.0.1:{port}"),
            engine.capabilities(wish, &profile),
        )
        .request_timeout(Duration::from_mins(2))
        .await
        .unwrap();
        Self {
            processes: Processes {
                _driver: process,
                _display: display,
            },
            engine,
            driver,
        }
    }
}

/// A folder that goes with its owner.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    /// A new empty one.
    pub(crate) fn new() -> Self {
        Self(new_folder())
    }
}

/// A new empty folder, which somebody has to clear away.
fn new_folder() -> PathBuf {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!(
        "plimsoll-{}-{}",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::Relaxed)
    );
    let folder = std::env::temp_dir().join(name);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A program with all that it started, in a process group of its own. It ends with its owner, and at the latest with the
/// tests, however they end: the pipe that a shell beside it reads breaks then.
pub(crate) struct Process(Child);

/// What the shell does: it starts the program, waits until nobody holds its input any more, and clears up.
const WATCH: &str = r#"set -m; "$@" < /dev/null & read; kill -KILL -- -$!; wait; rm -rf -- "$0""#;

impl Process {
    /// The command of a program with a folder that goes when it ends.
    pub(crate) fn command(program: impl AsRef<OsStr>, scratch: &Path) -> Command {
        let mut command = Command::new("bash");
        command.args(["-c", WATCH]).arg(scratch).arg(program);
        command.stderr(Stdio::null());
        command
    }

    pub(crate) fn start(command: &mut Command) -> Self {
        let child = command
            .process_group(0)
            .stdin(Stdio::piped())
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
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}

impl Engine {
    /// Starts the driver, and tells its port.
    fn driver(self, display: Option<u32>, profile: &Path) -> (Process, u16) {
        let piped = |program: &str, args: &[&str]| {
            let program = xtask::run::find(program).unwrap_or(program.into());
            let mut command = Process::command(program, profile);
            // Firefox's driver makes profiles of its own among the temporary files.
            command.args(args).env("TMPDIR", profile);
            command.stdout(Stdio::piped());
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
                    // With every function of WebAssembly that another thread has compiled, that thread interrupts all
                    // others, and the signal's frame overwrites what they have just below their stack pointer: once in
                    // some hundred page loads the process is gone, or the calculator stands on something unreachable.
                    // (github.com/oven-sh/WebKit/pull/45 has such a place.) So whoever wants a function waits for it: what is
                    // interrupted then is the wait. Results are the same.
                    .env("JSC_useConcurrentJIT", "0")
                    .stdout(Stdio::null());
                // A second compilation makes functions faster, but a test is over before that pays: it took a quarter of
                // the suite's time. The long run has it.
                if std::env::var_os("PLIMSOLL_LONG").is_none() {
                    command.env("JSC_useOMGJIT", "0");
                }
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

    fn capabilities(self, wish: Wish, profile: &Path) -> Capabilities {
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
                    format!("--user-data-dir={}", profile.display()),
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
    /// A browser with a site of its own.
    pub(crate) async fn start(engine: Engine, wish: Wish) -> Self {
        Self::start_at(engine, wish, Site::new()).await
    }

    /// A browser with this site.
    pub(crate) async fn start_at(engine: Engine, wish: Wish, site: Site) -> Self {
        let kept = if wish == Wish::default() {
            let mut idle = idle();
            let place = idle.iter().position(|kept| kept.engine == engine);
            place.map(|place| idle.swap_remove(place))
        } else {
            None
        };
        let running = match kept {
            Some(kept) => kept,
            None => Running::start(engine, wish).await,
        };
        Self {
            processes: running.processes,
            wish,
            engine,
            driver: running.driver,
            site,
        }
    }

    /// What a test does that went well: others may have the browser as it was.
    pub(crate) async fn end(self) {
        if self.wish != Wish::default() {
            self.driver.quit().await.unwrap();
            return;
        }
        let [first, others @ ..] = &self.driver.windows().await.unwrap()[..] else {
            panic!("no window");
        };
        for other in others {
            self.driver.switch_to_window(other.clone()).await.unwrap();
            self.driver.close_window().await.unwrap();
        }
        self.driver.switch_to_window(first.clone()).await.unwrap();
        self.driver.goto("about:blank").await.unwrap();
        if self.engine == Engine::Chromium {
            // Reading the log empties it.
            self.driver.browser_log().await.unwrap();
        }
        idle().push(Running {
            processes: self.processes,
            engine: self.engine,
            driver: self.driver,
        });
    }
}
