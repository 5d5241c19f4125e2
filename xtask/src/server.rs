//! A small server on loopback only: for `cargo xtask serve`, and for the browser tests, which answer with faults.

use crate::{page, say, tools};
use std::{
    fs,
    io::{self, BufRead, BufReader, ErrorKind, Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::{Component, Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

/// Builds the page and serves it until it is stopped.
pub fn serve_page(port: u16) -> Result<(), String> {
    let mut steps = say::Steps::of(tools::STEPS + page::STEPS + 1);
    // Better to learn of a taken port now than after ten minutes.
    let listener = listen("serve", port)?;
    let built = page::build_with(&mut steps)?;
    let server = Server::on(listener, files(built.dist)).map_err(|error| error.to_string())?;
    steps.next(&format!(
        "serving on {} after {:.0} s; stop with Ctrl-C",
        server.url(),
        steps.seconds()
    ));
    loop {
        thread::park();
    }
}

/// Opens a port, or says how `cargo xtask` with that command takes another one.
pub(crate) fn listen(command: &str, port: u16) -> Result<TcpListener, String> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| {
        if error.kind() == ErrorKind::AddrInUse {
            format!(
                "port {port} is taken by another program. Stop that one, or take another port: \
                 cargo xtask {command} --port {}",
                port.wrapping_add(1)
            )
        } else {
            format!("port {port} of 127.0.0.1 can't be opened: {error}")
        }
    })
}

/// What a browser asks.
#[derive(Clone, Debug)]
pub struct Request {
    /// GET, HEAD, POST.
    pub method: String,
    /// The path without its query.
    pub path: String,
    /// Whether it takes what is packed with brotli.
    pub brotli: bool,
    /// What came with it.
    pub body: Vec<u8>,
}

/// What it is told.
#[derive(Clone, Debug)]
pub struct Response {
    /// The code and its name.
    pub status: &'static str,
    /// Headers beside the length.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// After how many bytes the connection breaks, if it does.
    pub cut: Option<usize>,
    /// How long the body takes.
    pub takes: Duration,
}

impl Response {
    /// A whole answer of a type, at once.
    pub fn new(status: &'static str, mime: &str, body: Vec<u8>) -> Self {
        Self {
            status,
            headers: vec![
                ("Content-Type", mime.to_owned()),
                ("Cache-Control", "no-cache".to_owned()),
            ],
            body,
            cut: None,
            takes: Duration::ZERO,
        }
    }

    /// Not found.
    pub fn missing() -> Self {
        Self::new("404 Not Found", "text/plain", b"not found".to_vec())
    }
}

/// What answers requests.
pub type Handler = Arc<dyn Fn(&Request) -> Response + Send + Sync>;

/// Answers with the files of a folder, packed where there is such a file beside and it is asked for.
pub fn files(folder: PathBuf) -> Handler {
    Arc::new(move |request| {
        let plain = file(&folder, &request.path);
        let packed = file_of(&folder, &request.path)
            .filter(|_| request.brotli)
            .and_then(|file| fs::read(format!("{}.br", file.display())).ok());
        match packed {
            Some(body) => {
                let mut response = Response { body, ..plain };
                let encoding = ("Content-Encoding", "br".to_owned());
                response.headers.push(encoding);
                response
            }
            None => plain,
        }
    })
}

/// The answer with the file that a path asks for.
pub fn file(folder: &Path, path: &str) -> Response {
    match file_of(folder, path).and_then(|file| Some((fs::read(&file).ok()?, file))) {
        Some((bytes, file)) => Response::new("200 OK", mime(&file), bytes),
        None => Response::missing(),
    }
}

/// A running server. It stops when it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    stop: Arc<AtomicBool>,
    worker: Option<thread::JoinHandle<()>>,
}

impl Server {
    /// Serves on a port of 127.0.0.1; 0 is any free one.
    pub fn start(port: u16, handler: Handler) -> io::Result<Self> {
        Self::on(TcpListener::bind((Ipv4Addr::LOCALHOST, port))?, handler)
    }

    fn on(listener: TcpListener, handler: Handler) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let stop = Arc::new(AtomicBool::new(false));
        let worker = thread::spawn({
            let stop = Arc::clone(&stop);
            move || {
                for stream in listener.incoming() {
                    if stop.load(Ordering::Relaxed) {
                        return;
                    }
                    let Ok(stream) = stream else { continue };
                    let handler = Arc::clone(&handler);
                    thread::spawn(move || {
                        // A browser that goes away in the middle is no failure of ours.
                        let _ = answer(stream, &handler);
                    });
                }
            }
        });
        Ok(Self {
            address,
            stop,
            worker: Some(worker),
        })
    }

    /// The port that it serves on.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Where it serves.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // The listener wakes up only for a connection.
        let _ = TcpStream::connect_timeout(&self.address, Duration::from_secs(1));
        if let Some(worker) = self.worker.take() {
            let _ = worker.join();
        }
    }
}

/// Longest request line and headers that are read, bytes; the longest body.
const HEAD_LIMIT: u64 = 64 * 1024;
const BODY_LIMIT: usize = 1024 * 1024;

fn answer(mut stream: TcpStream, handler: &Handler) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut head = io::Read::take(&mut reader, HEAD_LIMIT);
    let mut request = String::new();
    head.read_line(&mut request)?;
    let (mut header, mut length, mut brotli) = (String::new(), 0, false);
    while head.read_line(&mut header)? > 2 {
        let lower = header.to_ascii_lowercase();
        if let Some(value) = lower.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
        if let Some(value) = lower.strip_prefix("accept-encoding:") {
            brotli = value.split(',').any(|one| one.trim() == "br");
        }
        header.clear();
    }
    let mut words = request.split_whitespace();
    let (method, target) = (words.next().unwrap_or(""), words.next().unwrap_or("/"));
    let path = target.split(['?', '#']).next().unwrap_or("/");
    if path.is_empty() {
        return Ok(());
    }
    let mut body = vec![0; length.min(BODY_LIMIT)];
    reader.read_exact(&mut body)?;
    let request = Request {
        method: method.to_owned(),
        path: path.to_owned(),
        brotli,
        body,
    };
    respond(&mut stream, &handler(&request), method != "HEAD")
}

fn respond(stream: &mut TcpStream, response: &Response, with_body: bool) -> io::Result<()> {
    write!(stream, "HTTP/1.1 {}\r\n", response.status)?;
    for (name, value) in &response.headers {
        write!(stream, "{name}: {value}\r\n")?;
    }
    write!(
        stream,
        "Content-Length: {}\r\nConnection: close\r\n\r\n",
        response.body.len()
    )?;
    if with_body {
        let end = response.cut.unwrap_or(usize::MAX).min(response.body.len());
        let parts = if response.takes.is_zero() { 1 } else { 20 };
        for part in response.body[..end].chunks(response.body.len().div_ceil(parts).max(1)) {
            thread::sleep(response.takes / parts as u32);
            stream.write_all(part)?;
            stream.flush()?;
        }
    }
    stream.flush()
}

/// The file that a path asks for, never one outside the folder.
fn file_of(folder: &Path, path: &str) -> Option<PathBuf> {
    let relative = Path::new(path.trim_start_matches('/'));
    let inside = relative
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    if !inside {
        return None;
    }
    let file = folder.join(relative);
    if file.is_dir() {
        Some(file.join("index.html"))
    } else {
        Some(file)
    }
}

/// The type of a file, by its ending.
pub fn mime(file: &Path) -> &'static str {
    match file
        .extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or("")
    {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leads_out_of_the_folder() {
        let folder = Path::new("/srv");
        for path in ["/../etc/passwd", "/a/../../b", "//etc/passwd/..", "/.."] {
            assert_eq!(file_of(folder, path), None, "{path}");
        }
        assert_eq!(file_of(folder, "/a.js"), Some(PathBuf::from("/srv/a.js")));
    }
}
