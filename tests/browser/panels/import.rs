//! What a team has, as files: dropped several at once, picked by keys, turned where it was assumed, taken over and undone.

use crate::engine::{Browser, Engine, Wish, in_each_engine};
use plimsoll_model::inputs::Inputs;
use plimsoll_readers::{Choices, File, Reading, read_with};
use serde_json::json;
use thirtyfour::{By, Key};

in_each_engine!(
    files_are_dropped_turned_taken_over_and_undone,
    files_are_picked_and_kept_as_a_scenario,
    files_are_read_in_slices_where_a_worker_is_refused,
);

const MANIFESTS: &str = "apiVersion: apps/v1
kind: Deployment
metadata: { name: cart }
spec:
  replicas: 3
  template:
    spec:
      containers:
        - name: cart
          ports: [{ containerPort: 8080 }]
          env: [{ name: PASSWORD, value: hunter2 }]
          resources: { requests: { cpu: 500m, memory: 512Mi } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: mails }
spec:
  replicas: 2
  template:
    spec:
      containers: [{ name: mails, resources: { requests: { cpu: 250m, memory: 256Mi } } }]
";

/// Hours of a week with requests of one service.
fn traffic() -> String {
    let mut text = "time,service,requests\n".to_owned();
    for hour in 0..168 {
        let (day, hour, count) = (5 + hour / 24, hour % 24, 900 + 10 * (hour * 37 % 168));
        text += &format!("2026-10-{day:02} {hour:02}:00,cart,{count}\n");
        text += &format!("2026-10-{day:02} {hour:02}:00,other,5\n");
    }
    text
}

/// What the files come to, natively.
fn expected(files: &[(&str, &str)], choices: &Choices) -> (Inputs, Reading) {
    let files: Vec<File<'_>> = files
        .iter()
        .map(|(name, text)| File { name, text })
        .collect();
    let mut reading = read_with(&files, choices);
    (reading.onto(&Inputs::default()), reading)
}

impl Browser {
    /// Presses a key where the focus is.
    pub(super) async fn types(&self, key: Key) {
        let keys = self.driver.action_chain();
        let keys = keys.key_down(key.clone()).key_up(key);
        keys.perform().await.unwrap();
    }

    /// Drops files somewhere on the page.
    pub(crate) async fn drops(&self, files: &[(&str, &str)]) {
        let script = format!(
            "const data = new DataTransfer();\
             for (const [name, text] of {}) data.items.add(new File([text], name));\
             document.body.dispatchEvent(new DragEvent('drop', {{ bubbles: true, cancelable: true, dataTransfer: data }}))",
            json!(files)
        );
        self.script(&script).await;
    }

    /// Notes what workers are made of, and which of them say something.
    pub(crate) async fn notes_workers(&self) {
        let script = "const Real = Worker; window.made = []; window.heard = 0;\
             window.Worker = class extends Real {\
                 constructor(...given) {\
                     super(...given);\
                     window.made.push(String(given[0]).split(':')[0]);\
                     this.addEventListener('message', () => { window.heard += 1; });\
                 }\
             }";
        self.script(script).await;
    }

    /// Reads a pasted file, in a worker of such an address.
    pub(crate) async fn reads_in_a_worker(&self, scheme: &str) {
        self.notes_workers().await;
        self.unfold("Your files").await;
        self.paste(&traffic()).await;
        self.previewed(&["336 rows of 2026-10-05 00:00", "What it would change"])
            .await;
        let made = self
            .script("return [window.made[0], window.heard > 1]")
            .await;
        assert_eq!(made, json!([scheme, true]));
    }

    /// Waits until the preview says each of these.
    pub(super) async fn previewed(&self, texts: &[&str]) {
        for text in texts {
            let script = format!(
                "return (document.getElementById('preview')?.textContent ?? '').includes({})",
                json!(text)
            );
            self.until(text, async || self.is_so(&script).await).await;
        }
    }
}

async fn files_are_dropped_turned_taken_over_and_undone(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.watch();
    browser.open().await;
    let traffic = traffic();
    let files = [("all.yaml", MANIFESTS), ("traffic.csv", &*traffic)];
    browser.notes_workers().await;
    browser.drops(&files).await;
    browser
        .previewed(&[
            "all.yaml, line 1: Deployment cart: a service, 3 instances, 0.5 vCPU, 0.5 GiB",
            "all.yaml, line 14: Deployment mails: a worker, as no Service leads to it and it opens no port",
            "traffic.csv, line 1: 1 of 2 series have the name of a workload",
            "series without a workload: other",
            "What it would change",
        ])
        .await;
    let secret = "return document.body.textContent.includes('hunter2')";
    assert!(!browser.is_so(secret).await);
    let made = browser
        .script("return [window.made[0], window.heard > 1]")
        .await;
    assert_eq!(made, json!(["http", true]));
    // What was assumed is turned; nothing has changed yet.
    browser.shows(&Inputs::default()).await;
    let turned =
        "Instead of: Deployment mails: a worker, as no Service leads to it and it opens no port";
    let script = format!(
        "const all = [...document.querySelectorAll('#preview select')];\
         const select = all.find((select) => select.getAttribute('aria-label') === {});\
         select.value = 'service';\
         select.dispatchEvent(new Event('change', {{ bubbles: true }}))",
        json!(turned)
    );
    browser.script(&script).await;
    browser
        .previewed(&["all.yaml, line 14: Deployment mails: a service, as no Service"])
        .await;
    let (_, reading) = expected(&files, &Choices::new());
    let choice = reading.told.iter().find_map(|told| {
        let choice = told.choice.as_ref()?;
        told.text.contains("mails").then_some(choice)
    });
    let choice = (choice.unwrap().id.clone(), "service".to_owned());
    let (inputs, _) = expected(&files, &Choices::from([choice]));
    assert_eq!(inputs.services, 2);
    browser.press("Take it over").await;
    browser.shows(&inputs).await;
    browser.press("Undo").await;
    browser.shows(&Inputs::default()).await;
    assert_eq!(browser.complaints().await, Vec::<String>::new());
    browser.end().await;
}

async fn files_are_picked_and_kept_as_a_scenario(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.watch();
    browser.open().await;
    browser.unfold("Your files").await;
    let field = browser.found(By::Css("#import input[type=file]")).await;
    let folder = plimsoll_tests::root().join("tests/cases/import/shop-of-twelve");
    let path = folder.join("shop.yaml");
    field.send_keys(path.display().to_string()).await.unwrap();
    browser.previewed(&["12 workloads."]).await;
    // What can't be read is told with its line beside the rest.
    browser.paste("kind: [\n").await;
    browser
        .previewed(&["what you pasted, line 1: no YAML", "12 workloads."])
        .await;
    browser.paste("").await;
    // By keys alone: from the field to the button, and pressed.
    let again = "return !document.getElementById('preview').textContent.includes('no YAML')\
                 && document.querySelector('#preview [name=keep]') !== null";
    let read_again = async || {
        browser
            .until("the preview without it", async || {
                browser.is_so(again).await
            })
            .await;
    };
    read_again().await;
    browser
        .script("document.getElementById('import-text').focus()")
        .await;
    let mut steps = 0;
    while !browser
        .is_so("return document.activeElement.textContent.trim() === 'Keep it as a scenario'")
        .await
    {
        steps += 1;
        assert!(steps < 60, "Tab doesn't lead to the button");
        browser.types(Key::Tab).await;
    }
    // The preview is made anew with every change of what is read, and the focus stays where it was.
    let pasted = |text: &str| {
        format!(
            "const field = document.getElementById('import-text'); field.value = {text:?}; field.dispatchEvent(new Event('input', {{ bubbles: true }}))"
        )
    };
    browser.script(&pasted("kind: [")).await;
    browser
        .previewed(&["what you pasted, line 1: no YAML"])
        .await;
    browser.script(&pasted("")).await;
    read_again().await;
    browser
        .until("the focus where it was", async || {
            browser
                .is_so("return document.activeElement.getAttribute('name') === 'keep'")
                .await
        })
        .await;
    browser.types(Key::Enter).await;
    browser.shows(&Inputs::default()).await;
    let kept = "return [...document.querySelectorAll('.named input')].some((field) => field.value === 'From files')";
    browser.unfold("Scenarios").await;
    browser
        .until("a scenario more", async || browser.is_so(kept).await)
        .await;
    assert_eq!(browser.complaints().await, Vec::<String>::new());
    browser.end().await;
}

async fn files_are_read_in_slices_where_a_worker_is_refused(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.watch();
    browser.open().await;
    browser
        .script("window.Worker = class { constructor() { throw new DOMException('refused', 'SecurityError'); } }")
        .await;
    browser.unfold("Your files").await;
    let text = traffic();
    browser.paste(&text).await;
    browser.previewed(&["336 rows of 2026-10-05 00:00"]).await;
    let (inputs, _) = expected(&[("what you pasted", &text)], &Choices::new());
    browser.press("Take it over").await;
    browser.shows(&inputs).await;
    assert_eq!(browser.complaints().await, Vec::<String>::new());
    browser.end().await;
}
