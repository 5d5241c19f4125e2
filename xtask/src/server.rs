//! A small static server for the built page, on loopback only: for `cargo xtask serve` and for the browser tests.

use crate::{page, say, tools};
use std::{
    fs,
    io::{self, BufRead, BufReader, ErrorKind, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    path::{Component, Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

/// Builds the page and serves it until it is stopped.
pub fn serve_page(port: u16) -> Result<(), String> {
    let mut steps = say::Steps::of(tools::STEPS + page::STEPS + 1);
    // Better to learn of a taken port now than after ten minutes.
    let listener = listen(port)?;
    let built = page::build_with(&mut steps)?;
    let server = Server::on(listener, built.dist).map_err(|error| error.to_string())?;
    steps.next(&format!(
        "serving on {} after {:.0} s; stop with Ctrl-C",
        server.url(),
        steps.seconds()
    ));
    loop {
        thread::park();
    }
}

fn listen(port: u16) -> Result<TcpListener, String> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| {
        if error.kind() == ErrorKind::AddrInUse {
            format!(
                "port {port} is taken by another program. Stop that one, or take another port: \
                 cargo xtask serve --port {}",
                port.wrapping_add(1)
            )
        } else {
            format!("port {port} of 127.0.0.1 can't be opened: {error}")
        }
    })
}

/// A running server. It stops when it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    stop: Arc<AtomicBool>,
    seen: Arc<Mutex<Vec<String>>>,
    worker: Option<thread::JoinHandle<()>>,
}

impl Server {
    /// Serves a folder on a free port.
    pub fn start(folder: PathBuf) -> io::Result<Self> {
        Self::on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?, folder)
    }

    fn on(listener: TcpListener, folder: PathBuf) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let stop = Arc::new(AtomicBool::new(false));
        let seen = Arc::new(Mutex::new(Vec::new()));
        let worker = thread::spawn({
            let (stop, seen) = (Arc::clone(&stop), Arc::clone(&seen));
            move || {
                for stream in listener.incoming() {
                    if stop.load(Ordering::Relaxed) {
                        return;
                    }
                    let Ok(stream) = stream else { continue };
                    let (folder, seen) = (folder.clone(), Arc::clone(&seen));
                    thread::spawn(move || {
                        // A browser that goes away in the middle is no failure of ours.
                        let _ = answer(stream, &folder, &seen);
                    });
                }
            }
        });
        Ok(Self {
            address,
            stop,
            seen,
            worker: Some(worker),
        })
    }

    /// Where it serves.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// The paths that were asked for, in order.
    pub fn seen(&self) -> Vec<String> {
        self.seen
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
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

/// Longest request line and headers that are read, bytes.
const HEAD_LIMIT: u64 = 64 * 1024;

fn answer(mut stream: TcpStream, folder: &Path, seen: &Mutex<Vec<String>>) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut head = BufReader::new(io::Read::take(stream.try_clone()?, HEAD_LIMIT));
    let mut request = String::new();
    head.read_line(&mut request)?;
    let mut header = String::new();
    while head.read_line(&mut header)? > 2 {
        header.clear();
    }
    let mut words = request.split_whitespace();
    let (method, target) = (words.next().unwrap_or(""), words.next().unwrap_or("/"));
    let path = target.split(['?', '#']).next().unwrap_or("/");
    if path.is_empty() {
        return Ok(());
    }
    seen.lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(target.to_owned());
    if !matches!(method, "GET" | "HEAD") {
        return respond(
            &mut stream,
            "405 Method Not Allowed",
            "text/plain",
            b"",
            true,
        );
    }
    match file_of(folder, path).and_then(|file| Some((fs::read(&file).ok()?, file))) {
        Some((bytes, file)) => respond(&mut stream, "200 OK", mime(&file), &bytes, method == "GET"),
        None => respond(
            &mut stream,
            "404 Not Found",
            "text/plain",
            b"not found",
            method == "GET",
        ),
    }
}

fn respond(
    stream: &mut TcpStream,
    status: &str,
    mime: &str,
    bytes: &[u8],
    with_body: bool,
) -> io::Result<()> {
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {mime}\r\nContent-Length: {}\r\nCache-Control: no-cache\r\n\
         Connection: close\r\n\r\n",
        bytes.len()
    )?;
    if with_body {
        stream.write_all(bytes)?;
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

fn mime(file: &Path) -> &'static str {
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
