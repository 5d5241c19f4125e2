//! Without a network, and when versions change: what was loaded once goes on working, and nobody gets half of a version.

use crate::{
    engine::{Browser, Engine, Wish, in_each_engine},
    site::{Fault, second_version},
};
use serde_json::json;
use std::{fs, time::Duration};

in_each_engine!(
    after_the_first_load_it_works_without_a_server,
    a_new_version_is_announced_and_taken_as_a_whole_on_request,
    a_half_uploaded_version_leaves_the_first_one_working,
    a_version_that_came_while_the_page_was_busy_is_announced,
    the_kill_switch_removes_everything_of_ours,
    a_slow_network_does_not_keep_anyone_waiting,
    what_the_network_says_goes_if_it_is_not_another_version,
    the_site_can_change_its_defaults_without_a_new_version,
    where_the_worker_is_refused_the_page_works,
);

impl Browser {
    /// Opens the page and waits until its service worker has everything.
    pub(crate) async fn open_and_keep(&self) {
        self.open().await;
        self.script("navigator.serviceWorker.ready.then(() => { window.kept = true })")
            .await;
        self.until("the service worker", async || {
            self.script("return window.kept === true").await == json!(true)
        })
        .await;
    }

    /// What the page has loaded and its service worker does not keep. The browser's own cache would hide that it is missing.
    async fn not_kept(&self) -> serde_json::Value {
        self.script(
            "const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
             const own = loaded.filter((name) => !/(sw\\.js|config\\.json)$/.test(name));
             Promise.all(own.map((name) => caches.match(name)))
                 .then((kept) => { window.notKept = own.length < 4 ? loaded : own.filter((_, n) => !kept[n]) })",
        )
        .await;
        let known = "return window.notKept !== undefined";
        self.until("what is kept", async || {
            self.script(known).await == json!(true)
        })
        .await;
        self.script("return window.notKept").await
    }

    async fn title(&self) -> String {
        self.driver.title().await.unwrap()
    }

    /// The names of all caches of the origin.
    pub(crate) async fn caches(&self) -> Vec<String> {
        self.script("caches.keys().then((names) => { window.cacheNames = names })")
            .await;
        self.until("the names of the caches", async || {
            !self
                .script("return window.cacheNames ?? null")
                .await
                .is_null()
        })
        .await;
        let names = self
            .script("const names = window.cacheNames; delete window.cacheNames; return names")
            .await;
        serde_json::from_value(names).unwrap()
    }
}

async fn after_the_first_load_it_works_without_a_server(engine: Engine) {
    let mut browser = Browser::start(engine, Wish::default()).await;
    browser.open_and_keep().await;
    assert_eq!(browser.not_kept().await, json!([]));
    browser.site.stop();
    browser.reload().await;
    browser.sets_engineers(9).await;
    // What was changed without a network is there after the next reload without one.
    browser.reload().await;
    assert_eq!(browser.value_of("Engineers").await, "9");
    // The other address of the page, and one with a query.
    for rest in ["index.html", "?panel=verdict,ranking"] {
        browser.open_at(rest).await;
    }
    browser.end().await;
}

async fn a_new_version_is_announced_and_taken_as_a_whole_on_request(engine: Engine) {
    let mut browser = Browser::start(engine, Wish::default()).await;
    browser.open_and_keep().await;
    let first = browser.title().await;
    browser.site.deploy(second_version());
    browser.reload().await;
    // Announced, and not a byte of it used.
    browser.says("A new version of Plimsoll is ready.").await;
    assert_eq!(browser.title().await, first);
    let used = "return [window.bootVersion ?? 1, window.glueVersion ?? 1, \
        getComputedStyle(document.documentElement).getPropertyValue('--version').trim() || '1']";
    assert_eq!(browser.script(used).await, json!([1, 1, "1"]));
    browser.sets_engineers(9).await;
    browser.press("Use it now").await;
    browser
        .until("the second version", async || {
            browser.title().await == format!("Second: {first}")
        })
        .await;
    browser.ready().await;
    assert_eq!(browser.script(used).await, json!([2, 2, "2"]));
    // What was entered is still there, and of the first version nothing.
    assert_eq!(browser.value_of("Engineers").await, "9");
    let ours = browser.caches().await;
    assert_eq!(
        ours.len(),
        2,
        "one version and the site's defaults: {ours:?}"
    );
    browser.site.stop();
    browser.reload().await;
    assert_eq!(browser.script(used).await, json!([2, 2, "2"]));
    browser.sets_engineers(12).await;
    browser.end().await;
}

/// The name of a file of the second version.
fn second_file(start: &str, end: &str) -> String {
    let names = xtask::folders::files(second_version())
        .into_iter()
        .map(|file| {
            let name = file.file_name().unwrap().to_string_lossy();
            name.into_owned()
        });
    let mut ours = names.filter(|name| name.starts_with(start) && name.ends_with(end));
    ours.next().unwrap()
}

async fn a_half_uploaded_version_leaves_the_first_one_working(engine: Engine) {
    let mut browser = Browser::start(engine, Wish::default()).await;
    browser.open_and_keep().await;
    let first = browser.title().await;
    let wasm = second_file("plimsoll-", ".wasm");
    let boot = second_file("boot-", ".js");
    browser.site.deploy(second_version());
    let asked = |browser: &Browser| {
        let seen = browser.site.seen();
        seen.iter().filter(|path| path.ends_with(&wasm)).count()
    };
    for damage in ["missing", "corrupt"] {
        if damage == "missing" {
            fs::remove_file(browser.site.folder().join(&wasm)).unwrap();
        } else {
            browser.site.deploy(second_version());
            let file = browser.site.folder().join(&boot);
            let mut bytes = fs::read(&file).unwrap();
            bytes[100] ^= 1;
            fs::write(&file, bytes).unwrap();
        }
        let before = asked(&browser);
        browser.reload().await;
        browser
            .until("an attempt at the new version", async || {
                asked(&browser) > before
            })
            .await;
        tokio::time::sleep(Duration::from_millis(1_500)).await;
        assert_eq!(browser.title().await, first, "{damage}");
        assert_eq!(
            browser
                .script("return document.getElementById('update')")
                .await,
            json!(null),
            "{damage}"
        );
        browser.sets_engineers(7).await;
        browser.site.stop();
        browser.reload().await;
        assert_eq!(browser.title().await, first, "{damage}");
        browser.sets_engineers(8).await;
        browser.site.serve_again();
    }
    // The rest of the upload arrives.
    browser.site.deploy(second_version());
    browser.reload().await;
    browser.says("A new version of Plimsoll is ready.").await;
    browser.end().await;
}

async fn a_version_that_came_while_the_page_was_busy_is_announced(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open_and_keep().await;
    // From the second visit on the worker has the page.
    browser.reload().await;
    browser.site.deploy(second_version());
    // Long enough for all of it to arrive.
    let update = "navigator.serviceWorker.getRegistration().then((worker) => worker.update());\
         setTimeout(() => { for (const end = Date.now() + 6000; Date.now() < end; ); }, 10)";
    browser.script(update).await;
    browser.says("A new version of Plimsoll is ready.").await;
    browser.end().await;
}

async fn the_kill_switch_removes_everything_of_ours(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open_and_keep().await;
    browser
        .script("caches.open('other:app').then(() => { window.other = true })")
        .await;
    browser
        .until("another app's cache", async || {
            browser.script("return window.other === true").await == json!(true)
        })
        .await;
    assert!(browser.caches().await.len() >= 2);
    browser.sets_engineers(9).await;
    let off = fs::read(xtask::folders::root().join("deploy/sw-off.js")).unwrap();
    fs::write(browser.site.folder().join("sw.js"), off).unwrap();
    browser.load_again().await;
    browser
        .until("the end of the worker", async || {
            browser
                .script(
                    "navigator.serviceWorker.getRegistrations().then((all) => { window.left = all.length });\
                     caches.keys().then((names) => { window.names = names.join() });\
                     return [window.left ?? -1, window.names ?? '', navigator.serviceWorker.controller === null]",
                )
                .await
                == json!([0, "other:app", true])
        })
        .await;
    // It does not go round in circles, and the page works, with what was entered.
    tokio::time::sleep(Duration::from_secs(1)).await;
    let loads = |browser: &Browser| {
        let seen = browser.site.seen();
        seen.iter().filter(|path| *path == "/").count()
    };
    let before = loads(&browser);
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    assert_eq!(loads(&browser), before);
    browser.ready().await;
    assert_eq!(browser.value_of("Engineers").await, "9");
    browser.end().await;
}

async fn a_slow_network_does_not_keep_anyone_waiting(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open_and_keep().await;
    browser
        .site
        .fault("/", Fault::Takes(Duration::from_mins(10)));
    browser.reload().await;
    browser.sets_engineers(9).await;
    browser.end().await;
}

async fn what_the_network_says_goes_if_it_is_not_another_version(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open_and_keep().await;
    // Something else stands there now: nobody is held in the old page.
    let page = browser.site.folder().join("index.html");
    fs::write(&page, "<!doctype html><title>Moved</title><p>We moved.</p>").unwrap();
    browser.load_again().await;
    browser.says("We moved.").await;
    // The server has lost it: what is kept is shown.
    fs::remove_file(&page).unwrap();
    browser.reload().await;
    browser.sets_engineers(9).await;
    browser.end().await;
}

async fn the_site_can_change_its_defaults_without_a_new_version(engine: Engine) {
    let mut browser = Browser::start(engine, Wish::default()).await;
    let config = |title: &str| {
        let text = json!({ "v": 1, "title": title, "scenario": { "services": 7 } });
        fs::write(
            browser.site.folder().join("plimsoll.config.json"),
            text.to_string(),
        )
        .unwrap();
    };
    config("Platforms at work");
    browser.open_and_keep().await;
    assert_eq!(browser.title().await, "Platforms at work");
    config("Platforms at home");
    browser.reload().await;
    assert_eq!(browser.title().await, "Platforms at home");
    browser.site.stop();
    browser.reload().await;
    assert_eq!(browser.title().await, "Platforms at home");
    assert_eq!(browser.value_of("Services").await, "7");
    browser.end().await;
}

async fn where_the_worker_is_refused_the_page_works(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.site.inject(
        "ServiceWorkerContainer.prototype.register = () => Promise.reject(new DOMException('no', 'SecurityError'));",
    );
    browser.open().await;
    browser.sets_engineers(9).await;
    // Where there is none at all.
    browser.site.inject(
        "Object.defineProperty(Navigator.prototype, 'serviceWorker', { get: () => undefined });",
    );
    browser.reload().await;
    browser.sets_engineers(8).await;
    browser.end().await;
}
