//! A server of the built page that does what is asked of it: serve, stop, come back, change, fail.

use crate::engine::Folder;
use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
    time::Duration,
};
use xtask::{
    pack,
    server::{self, Handler, Request, Response, Server},
};

/// What goes wrong with a file.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    /// The server answers with another status.
    Status(&'static str),
    /// The connection breaks after so many bytes.
    Cut(usize),
    /// The file ends after so many bytes, and nobody says that this is not all.
    Short(usize),
    /// The type is another.
    Type(&'static str),
    /// It takes so long.
    Takes(Duration),
    /// Another header.
    Header(&'static str, String),
}

/// What a site answers with.
#[derive(Default)]
struct State {
    /// Faults, by the ending of the path.
    faults: Vec<(String, Fault)>,
    /// A script that runs before all of the page's.
    injected: Option<String>,
    /// Files that are not in the folder.
    extra: Vec<(String, String)>,
    /// Whether a file that is there in its packed form alone goes out as that.
    packed: bool,
    /// The paths that were asked for, in order.
    seen: Vec<String>,
    /// The bodies that were posted.
    posted: Vec<String>,
}

/// A copy of the built page with a server in front of it.
pub(crate) struct Site {
    folder: Folder,
    state: Arc<Mutex<State>>,
    port: u16,
    server: Option<Server>,
}

/// The built page. `cargo xtask test` builds it and names it.
pub(crate) fn dist() -> PathBuf {
    let dist = std::env::var_os("PLIMSOLL_DIST")
        .map_or_else(|| xtask::folders::root().join("dist"), PathBuf::from);
    assert!(
        dist.join("index.html").is_file(),
        "no page in {}; `cargo xtask build` makes one",
        dist.display()
    );
    dist
}

/// Another version of the page, as another build would have made it: every file that can differ does.
pub(crate) fn second_version() -> &'static Path {
    static SECOND: OnceLock<PathBuf> = OnceLock::new();
    SECOND.get_or_init(|| {
        let raw = Folder::new();
        // It serves all tests, so it goes with none of them. Several engines may be tested at once, each by its own process.
        let name = format!("second-version-{}", std::process::id());
        let packed = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        clear_old(env!("CARGO_TARGET_TMPDIR"));
        copy(&xtask::page::raw(), &raw.0);
        let change = |name: &str, change: &dyn Fn(String) -> String| {
            let file = raw.0.join(name);
            fs::write(&file, change(fs::read_to_string(&file).unwrap())).unwrap();
        };
        change("index.html", &|text| {
            text.replace("<title>", "<title>Second: ")
        });
        change("boot.js", &|text| text + "\nwindow.bootVersion = 2;\n");
        change("plimsoll-page.js", &|text| {
            text + "\nwindow.glueVersion = 2;\n"
        });
        change("tokens.css", &|text| text + "\n:root { --version: 2; }\n");
        // A section that no engine knows is skipped.
        let mut wasm = fs::read(raw.0.join("plimsoll-page_bg.wasm")).unwrap();
        wasm.extend([0, 2, 1, b'2']);
        fs::write(raw.0.join("plimsoll-page_bg.wasm"), wasm).unwrap();
        pack::pack(&raw.0, &packed).unwrap();
        packed
    })
}

/// Removes what processes that are gone left in a folder of second versions, where the system tells which are gone.
fn clear_old(folder: &str) {
    if !Path::new("/proc/self").exists() {
        return;
    }
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let process = name.strip_prefix("second-version-");
        if process.is_some_and(|id| !Path::new("/proc").join(id).exists()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn copy(from: &Path, to: &Path) {
    for file in xtask::folders::files(from) {
        fs::copy(&file, to.join(file.file_name().unwrap())).unwrap();
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Site {
    /// With the built page.
    pub(crate) fn new() -> Self {
        Self::of(&dist())
    }

    /// With a page of which large files are there in their packed form alone.
    pub(crate) fn of_packed(page: &Path) -> Self {
        let site = Self::of(page);
        lock(&site.state).packed = true;
        site
    }

    fn of(page: &Path) -> Self {
        let folder = Folder::new();
        copy(page, &folder.0);
        let state = Arc::new(Mutex::new(State::default()));
        let server = new_port(|| Server::start(0, handler(&folder, &state)).unwrap());
        Self {
            port: server.port(),
            folder,
            state,
            server: Some(server),
        }
    }

    /// Where it serves.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// This server under a name that is another site to a browser.
    pub(crate) fn elsewhere(&self) -> String {
        format!("http://localhost:{}/", self.port)
    }

    /// The folder that is served.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder.0
    }

    /// Stops the server: from now on, connections are refused.
    pub(crate) fn stop(&mut self) {
        self.server = None;
    }

    /// Serves again at the same place.
    pub(crate) fn serve_again(&mut self) {
        self.server = Some(Server::start(self.port, handler(&self.folder, &self.state)).unwrap());
    }

    /// Puts another version in place of this one, as an upload does: old files stay where they are not replaced.
    pub(crate) fn deploy(&self, version: &Path) {
        copy(version, self.folder());
    }

    /// Files whose path ends so fail from now on.
    pub(crate) fn fault(&self, ending: &str, fault: Fault) {
        lock(&self.state).faults.push((ending.to_owned(), fault));
    }

    /// No more faults.
    pub(crate) fn mend(&self) {
        lock(&self.state).faults.clear();
    }

    /// Runs a script before all of the page's.
    pub(crate) fn inject(&self, script: &str) {
        lock(&self.state).injected = Some(script.to_owned());
    }

    /// Serves one more page.
    pub(crate) fn add(&self, path: &str, text: &str) {
        let mut state = lock(&self.state);
        state.extra.retain(|(known, _)| known != path);
        state.extra.push((path.to_owned(), text.to_owned()));
    }

    /// The paths that were asked for, in order.
    pub(crate) fn seen(&self) -> Vec<String> {
        lock(&self.state).seen.clone()
    }

    /// What was posted.
    pub(crate) fn posted(&self) -> Vec<String> {
        lock(&self.state).posted.clone()
    }
}

/// A server on a port that no site had before: an earlier page of the same origin may have left something in the browser.
fn new_port(start: impl Fn() -> Server) -> Server {
    static HAD: Mutex<Vec<u16>> = Mutex::new(Vec::new());
    loop {
        let server = start();
        let mut had = HAD.lock().unwrap_or_else(PoisonError::into_inner);
        if !had.contains(&server.port()) {
            had.push(server.port());
            return server;
        }
    }
}

/// The packed form of a file, if there is one, as a server sends it to a browser that unpacks it.
fn packed(folder: &Path, path: &str) -> Option<Response> {
    let bytes = fs::read(folder.join(format!("{}.br", path.trim_start_matches('/')))).ok()?;
    let mut response = Response::new("200 OK", server::mime(Path::new(path)), bytes);
    let encoding = ("Content-Encoding", "br".to_owned());
    response.headers.push(encoding);
    Some(response)
}

const INJECTED: &str = "/injected.js";

fn handler(folder: &Folder, state: &Arc<Mutex<State>>) -> Handler {
    let (folder, state) = (folder.0.clone(), Arc::clone(state));
    Arc::new(move |request| respond(&folder, &mut lock(&state), request))
}

fn respond(folder: &Path, state: &mut State, request: &Request) -> Response {
    let path = request.path.as_str();
    if request.method == "POST" {
        let body = String::from_utf8_lossy(&request.body).into_owned();
        state.posted.push(body);
        return Response::new("204 No Content", "text/plain", Vec::new());
    }
    state.seen.push(path.to_owned());
    let extra = state.extra.iter().find(|(known, _)| known == path);
    let mut response = match (extra, &state.injected) {
        (Some((_, text)), _) => {
            Response::new("200 OK", server::mime(Path::new(path)), text.clone().into())
        }
        (None, Some(script)) if path == INJECTED => {
            Response::new("200 OK", "text/javascript", script.clone().into())
        }
        (None, injected) => {
            let mut response = server::file(folder, path);
            if state.packed && !response.status.starts_with("200") {
                response = packed(folder, path).unwrap_or(response);
            }
            if injected.is_some() && (path == "/" || path == "/index.html") {
                let page = String::from_utf8_lossy(&response.body);
                let with = format!("<script src=\".{INJECTED}\"></script><script src=\"./boot-");
                response.body = page.replacen("<script src=\"./boot-", &with, 1).into();
            }
            response
        }
    };
    // A sandboxed frame has no origin, and asks for the page's own parts as a stranger.
    let open = ("Access-Control-Allow-Origin", "*".to_owned());
    response.headers.push(open);
    for (ending, fault) in &state.faults {
        if path.ends_with(ending.as_str()) {
            match fault.clone() {
                Fault::Status(status) => response.status = status,
                Fault::Cut(bytes) => response.cut = Some(bytes),
                Fault::Short(bytes) => response.body.truncate(bytes),
                Fault::Type(mime) => mime.clone_into(&mut response.headers[0].1),
                Fault::Takes(time) => response.takes = time,
                Fault::Header(name, value) => response.headers.push((name, value)),
            }
        }
    }
    response
}
