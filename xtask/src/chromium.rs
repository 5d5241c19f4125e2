//! A Chromium without a window, for measuring and for pictures: one tab, spoken to in the protocol of its developer tools.
//!
//! Commands go over a pair of pipes, so that there is neither a driver nor a port between; events come with the trace that a
//! driver would keep for itself.

use crate::run::find;
use serde_json::{Value, json};
use std::{
    fs,
    io::{BufRead, BufReader, Write},
    os::unix::process::CommandExt,
    path::PathBuf,
    process::{Child, ChildStdin, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::{Duration, Instant},
};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_mins(5);

/// The browser reads commands from 3 and writes answers to 4; both begin as what the shell was given.
const WITH_PIPES: &str = r#"exec "$0" "$@" 3<&0 4>&1 </dev/null >/dev/null"#;

const FLAGS: [&str; 9] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
];

/// A running browser with one tab. It ends when it is dropped.
#[derive(Debug)]
pub struct Chromium {
    child: Child,
    commands: ChildStdin,
    answers: Receiver<Value>,
    last_id: u64,
    tab: Option<String>,
    trace: Vec<Value>,
    profile: PathBuf,
}

impl Chromium {
    /// Starts it with a profile of its own.
    pub fn start() -> Result<Self, String> {
        let chromium = find("chromium").ok_or(
            "it needs Chromium (Debian: sudo apt-get install chromium) to look at the page",
        )?;
        let profile =
            std::env::temp_dir().join(format!("plimsoll-chromium-{}", std::process::id()));
        let mut child = Command::new("sh")
            .args(["-c", WITH_PIPES])
            .arg(chromium)
            .args(FLAGS)
            .arg(format!("--user-data-dir={}", profile.display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .map_err(|error| format!("Chromium could not be started: {error}"))?;
        let (commands, output) = child
            .stdin
            .take()
            .zip(child.stdout.take())
            .ok_or("no pipes")?;
        let (tell, answers) = channel();
        thread::spawn(move || {
            let messages = BufReader::new(output).split(0).map_while(Result::ok);
            for message in messages.filter_map(|text| serde_json::from_slice(&text).ok()) {
                if tell.send(message).is_err() {
                    return;
                }
            }
        });
        let mut browser = Self {
            child,
            commands,
            answers,
            last_id: 0,
            tab: None,
            trace: Vec::new(),
            profile,
        };
        let target = browser.call("Target.createTarget", &json!({ "url": "about:blank" }))?;
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        let attached = browser.call("Target.attachToTarget", &attach)?;
        browser.tab = attached["sessionId"].as_str().map(str::to_owned);
        browser.call("Page.enable", &json!({}))?;
        Ok(browser)
    }

    /// Gives a command to the tab and waits for what it answers.
    pub fn call(&mut self, method: &str, params: &Value) -> Result<Value, String> {
        self.last_id += 1;
        let mut command = json!({ "id": self.last_id, "method": method, "params": params });
        if let Some(tab) = &self.tab {
            command["sessionId"] = json!(tab);
        }
        let mut text = command.to_string().into_bytes();
        text.push(0);
        self.commands
            .write_all(&text)
            .map_err(|error| format!("Chromium is gone: {error}"))?;
        loop {
            let message = self.next(method)?;
            if message["id"].as_u64() == Some(self.last_id) {
                return match message.get("error") {
                    Some(error) => Err(format!("{method}: {}", error["message"])),
                    None => Ok(message["result"].clone()),
                };
            }
        }
    }

    /// The next message. What belongs to a trace is put to the trace.
    fn next(&mut self, waiting_for: &str) -> Result<Value, String> {
        let mut message = self
            .answers
            .recv_timeout(PATIENCE)
            .map_err(|_| format!("Chromium does not answer {waiting_for}"))?;
        if message["method"] == "Tracing.dataCollected"
            && let Value::Array(events) = message["params"]["value"].take()
        {
            self.trace.extend(events);
        }
        Ok(message)
    }

    /// Runs a script and gives what it returns, or what it promised.
    pub fn script(&mut self, script: &str) -> Result<Value, String> {
        let params = json!({ "expression": script, "awaitPromise": true, "returnByValue": true });
        let answer = self.call("Runtime.evaluate", &params)?;
        match answer.get("exceptionDetails") {
            Some(details) => Err(format!(
                "a script failed: {}",
                details["exception"]["description"]
            )),
            None => Ok(answer["result"]["value"].clone()),
        }
    }

    /// Goes to an address and waits until a script says that the page is there.
    pub fn open(&mut self, url: &str, there: &str) -> Result<(), String> {
        let went = self.call("Page.navigate", &json!({ "url": url }))?;
        if let Some(why) = went["errorText"].as_str() {
            return Err(format!("{url}: {why}"));
        }
        self.until(url, there)
    }

    /// Waits until a script says so.
    pub fn until(&mut self, what: &str, so: &str) -> Result<(), String> {
        let began = Instant::now();
        while !matches!(self.script(so), Ok(Value::Bool(true))) {
            if began.elapsed() > Duration::from_secs(30) {
                return Err(format!("waited in vain for {what}"));
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    /// Sets the size of the window in CSS pixels.
    pub fn resize(&mut self, width: u32, height: u32) -> Result<(), String> {
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.call("Emulation.setDeviceMetricsOverride", &size)
            .map(drop)
    }

    /// Runs a script and gives, beside what it returns, what the browser noted down meanwhile.
    pub fn traced(
        &mut self,
        script: &str,
        categories: &[&str],
    ) -> Result<(Value, Vec<Value>), String> {
        self.trace.clear();
        let config = json!({ "includedCategories": categories, "excludedCategories": ["*"], "recordMode": "recordAsMuchAsPossible" });
        self.call(
            "Tracing.start",
            &json!({ "traceConfig": config, "transferMode": "ReportEvents" }),
        )?;
        let result = self.script(script);
        self.call("Tracing.end", &json!({}))?;
        while self.next("the end of the trace")?["method"] != "Tracing.tracingComplete" {}
        Ok((result?, std::mem::take(&mut self.trace)))
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // All that it started is in its group.
        let group = format!("-{}", self.child.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.profile);
    }
}
