//! Behind nginx with the shipped configuration, below a path, under the strict policy.

use crate::{
    engine::{Browser, Engine, Folder, Process, Wish, in_each_engine},
    site::{Site, dist},
};
use plimsoll_model::inputs::Inputs;
use serde_json::json;
use std::{
    fs,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    time::{Duration, Instant},
};

in_each_engine!(it_runs_below_a_path_without_violating_its_policy);

/// nginx with `deploy/nginx.conf`, of which only the port, the folder and the path are others, and with somebody who hears
/// of violations.
struct Nginx {
    _process: Process,
    _folder: Folder,
    port: u16,
}

impl Nginx {
    fn start(path: &str, report_to: &str) -> Self {
        let folder = Folder::new();
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let shipped = fs::read_to_string(xtask::folders::root().join("deploy/nginx.conf")).unwrap();
        let mut conf = shipped;
        for (before, after) in [
            ("listen 80;", format!("listen 127.0.0.1:{port};")),
            ("/srv/plimsoll/;", format!("{}/;", dist().display())),
            ("location = /plimsoll {", format!("location = {path} {{")),
            ("location /plimsoll/ {", format!("location {path}/ {{")),
            (
                "form-action 'none'\";",
                format!("form-action 'none'; report-uri {report_to}\";"),
            ),
        ] {
            assert_eq!(conf.matches(before).count(), 1, "{before}");
            conf = conf.replace(before, &after);
        }
        // The modules as Debian's own main configuration loads them, and everything it writes in a folder that goes away.
        let here = folder.0.display();
        let main = format!(
            "include /etc/nginx/modules-enabled/*.conf;\nuser root;\ndaemon off;\npid {here}/pid;\nerror_log {here}/log;\n\
             events {{}}\nhttp {{\naccess_log off;\nclient_body_temp_path {here}/a;\nproxy_temp_path {here}/b;\n\
             fastcgi_temp_path {here}/c;\nuwsgi_temp_path {here}/d;\nscgi_temp_path {here}/e;\ninclude {here}/site;\n}}\n"
        );
        fs::write(folder.0.join("site"), conf).unwrap();
        fs::write(folder.0.join("main"), main).unwrap();
        let process = Process::start(
            Process::command("nginx", Path::new(""))
                .arg("-c")
                .arg(folder.0.join("main")),
        );
        let began = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let log = fs::read_to_string(folder.0.join("log")).unwrap_or_default();
            assert!(began.elapsed() < Duration::from_secs(20), "no nginx: {log}");
            std::thread::sleep(Duration::from_millis(20));
        }
        Self {
            _process: process,
            _folder: folder,
            port,
        }
    }

    /// Status line and headers of an answer, in lower case.
    fn head(&self, path: &str, accepts: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: {accepts}\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let text = String::from_utf8_lossy(&answer).into_owned();
        text.split("\r\n\r\n").next().unwrap().to_lowercase()
    }
}

async fn it_runs_below_a_path_without_violating_its_policy(engine: Engine) {
    let witness = Site::new();
    let nginx = Nginx::start("/a/b", &(witness.url() + "csp"));
    headers_are_as_they_should_be(&nginx);
    let browser = Browser::start(engine, Wish::default()).await;
    let url = format!("http://127.0.0.1:{}/a/b/", nginx.port);
    browser.driver.goto(&url).await.unwrap();
    browser.ready().await;
    browser.all_panels().await;
    browser.type_into("Engineers", "12").await;
    let mut inputs = Inputs::default();
    inputs.team.engineers = 12;
    browser.shows(&inputs).await;
    browser
        .script("document.querySelectorAll('details').forEach((d) => { d.open = true })")
        .await;
    browser
        .choose("Start from an example", "LLM inference")
        .await;
    browser
        .script("navigator.serviceWorker.ready.then(() => { window.kept = true })")
        .await;
    browser
        .until("the service worker", async || {
            browser.script("return window.kept === true").await == json!(true)
        })
        .await;
    browser.reload().await;
    browser.open_one_file(&url).await;
    assert_eq!(witness.posted(), Vec::<String>::new());
    // The witness would have heard of one.
    browser.driver.goto(&url).await.unwrap();
    browser.ready().await;
    browser
        .script(
            "const script = document.createElement('script'); script.textContent = 'window.evil = 1';\
             document.body.append(script)",
        )
        .await;
    browser
        .until("the report of a violation", async || {
            !witness.posted().is_empty()
        })
        .await;
    assert_eq!(
        browser.script("return window.evil ?? 0").await,
        json!(0),
        "an inline script ran"
    );
    browser.end().await;
}

impl Browser {
    /// The one file has a policy of its own, which the server's must not break.
    async fn open_one_file(&self, url: &str) {
        self.driver
            .goto(format!("{url}{}", xtask::pack::ONE_FILE))
            .await
            .unwrap();
        self.ready().await;
    }
}

/// Types, compression, caching, policy and openness to frames, as `deploy/README.md` promises.
fn headers_are_as_they_should_be(nginx: &Nginx) {
    for file in xtask::folders::files(&dist()) {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let ending = name.rsplit('.').next().unwrap();
        if ["br", "gz"].contains(&ending) {
            continue;
        }
        let head = nginx.head(&format!("/a/b/{name}"), "br, gzip");
        let has = |line: &str| assert!(head.contains(line), "{name} lacks {line}:\n{head}");
        assert!(head.starts_with("http/1.1 200"), "{name}: {head}");
        has("x-content-type-options: nosniff");
        has("referrer-policy: no-referrer");
        let by_content = name.contains('-');
        has(if by_content {
            "cache-control: public, max-age=31536000, immutable"
        } else {
            "cache-control: no-cache"
        });
        if name == xtask::pack::ONE_FILE {
            assert!(!head.contains("content-security-policy"), "{head}");
        } else {
            has("content-security-policy: default-src 'none'");
        }
        has(match ending {
            "html" => "content-type: text/html; charset=utf-8",
            "js" => "content-type: text/javascript; charset=utf-8",
            "css" => "content-type: text/css; charset=utf-8",
            "wasm" => "content-type: application/wasm",
            "json" => "content-type: application/json",
            "webmanifest" => "content-type: application/manifest+json",
            "svg" => "content-type: image/svg+xml",
            _ => "content-type: image/png",
        });
        if ["js", "wasm", "css", "json"].contains(&ending) {
            has("access-control-allow-origin: *");
        }
        if by_content && ending != "png" {
            has("content-encoding: br");
            let gzip = nginx.head(&format!("/a/b/{name}"), "gzip");
            assert!(gzip.contains("content-encoding: gzip"), "{gzip}");
        }
    }
    let missing = nginx.head("/a/b/plimsoll-000000000000.js", "br");
    assert!(missing.starts_with("http/1.1 404"), "{missing}");
    let folder = nginx.head("/a/b?embed=1", "br");
    assert!(
        folder.starts_with("http/1.1 301") && folder.contains("location: /a/b/?embed=1"),
        "{folder}"
    );
}
