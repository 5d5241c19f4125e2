//! Inside of another site's page, in every kind of frame that a wiki makes, and as one file.

use crate::{
    engine::{Browser, Engine, Wish, in_each_engine},
    page_object::NO_STORAGE,
};
use plimsoll_model::{inputs::Inputs, region::Region};
use serde_json::json;
use std::fs;
use thirtyfour::By;

in_each_engine!(
    a_plain_frame_has_everything_and_the_right_height,
    a_sandboxed_frame_of_its_own_origin_has_everything,
    a_sandboxed_frame_without_an_origin_has_everything,
    a_frame_whose_storage_is_refused_has_everything,
    only_the_parent_is_answered_and_only_about_theme_and_height,
    the_full_version_opens_with_the_same_numbers_and_overwrites_nothing,
    the_defaults_of_the_site_hold,
    the_one_file_works_from_a_disk,
    the_one_file_works_in_a_frame_without_an_origin,
    the_one_file_works_as_the_text_of_a_frame,
    the_one_file_takes_the_defaults_that_stand_in_it,
);

/// The shipped example of an embedding page, with a frame of this kind. It writes down what it hears.
fn parent(src: &str, attributes: &str) -> String {
    let example = fs::read_to_string(xtask::folders::root().join("deploy/embed.html")).unwrap();
    let frame = "src=\"https://example.com/plimsoll/?embed=1\"";
    assert!(example.contains(frame));
    example
        .replace(frame, &format!("src=\"{src}\" {attributes}"))
        .replace(
            "</title>",
            "</title><script>window.heard = []; addEventListener('message', (e) => heard.push(e.data))</script>",
        )
}

impl Browser {
    /// Opens an embedding page, on another site than the page, and steps into its frame.
    async fn embed(&self, src: &str, attributes: &str) {
        let page = parent(&(self.site.url() + src), attributes);
        self.site.add("/wiki/page.html", &page);
        // Another address each time: coming back to the same one, a browser puts the same page into the frame again.
        let query: String = src.chars().filter(char::is_ascii_alphanumeric).collect();
        self.driver
            .goto(format!("{}wiki/page.html?{query}", self.site.elsewhere()))
            .await
            .unwrap();
        self.enter_frame().await;
        self.ready().await;
        self.all_panels().await;
    }

    /// Full function: inputs move everything, the chart is drawn, the frame is as high as what is in it.
    async fn is_whole(&self) {
        self.type_into("Engineers", "12").await;
        let mut inputs = Inputs::default();
        inputs.team.engineers = 12;
        self.shows(&inputs).await;
        self.push_slider_once().await;
        let drawn = "const c = document.querySelector('canvas.bars'); return c.width > 100 && c.height > 100";
        assert_eq!(self.script(drawn).await, json!(true));
        self.unfold("The link as text").await;
        let link = self.value_of("Link").await;
        assert!(link.contains("#v=1&"), "{link}");
    }

    async fn push_slider_once(&self) {
        let before = self.value_of("Services").await;
        self.push("Services", thirtyfour::Key::Right, 1).await;
        assert_ne!(self.value_of("Services").await, before);
    }

    /// The frame's height on the embedding page is the height of what is in it.
    async fn has_the_right_height(&self) {
        let inner = "return Math.ceil(document.documentElement.getBoundingClientRect().height)";
        self.until("the right height", async || {
            let needs = self.script(inner).await;
            self.leave_frame().await;
            let has = self
                .script("return Math.round(document.querySelector('iframe').getBoundingClientRect().height)")
                .await;
            self.enter_frame().await;
            needs == has && needs.as_u64().is_some_and(|height| height > 1_000)
        })
        .await;
    }

    async fn keeps_nothing(&self) {
        let kept = "try { return localStorage.length } catch { return 0 }";
        assert_eq!(self.script(kept).await, json!(0));
        let workers = "try { return navigator.serviceWorker.getRegistrations().then((all) => all.length, () => 0) }\
             catch { return 0 }";
        assert_eq!(self.script(workers).await, json!(0));
    }
}

async fn a_plain_frame_has_everything_and_the_right_height(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.embed("?embed=1", "").await;
    browser.has_the_right_height().await;
    browser.is_whole().await;
    browser.has_the_right_height().await;
    browser.keeps_nothing().await;
    browser.end().await;
}

async fn a_sandboxed_frame_of_its_own_origin_has_everything(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser
        .embed("?embed=1", "sandbox=\"allow-scripts allow-same-origin\"")
        .await;
    browser.is_whole().await;
    browser.has_the_right_height().await;
    browser.keeps_nothing().await;
    browser.end().await;
}

async fn a_sandboxed_frame_without_an_origin_has_everything(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    // In WebKit 'self' matches nothing there, so no policy can let the page's own files in: the one file it is.
    let src = match engine {
        Engine::WebKit => "plimsoll.html?embed=1",
        _ => "?embed=1",
    };
    browser.embed(src, "sandbox=\"allow-scripts\"").await;
    browser.is_whole().await;
    browser.has_the_right_height().await;
    browser.keeps_nothing().await;
    browser.end().await;
}

async fn a_frame_whose_storage_is_refused_has_everything(engine: Engine) {
    let browser = Browser::start(
        engine,
        Wish {
            no_storage: true,
            ..Wish::default()
        },
    )
    .await;
    if engine == Engine::WebKit {
        browser.site.inject(NO_STORAGE);
    }
    // Asked to keep its state, and refused.
    browser.embed("?embed=1&persist=1", "").await;
    browser.is_whole().await;
    browser.has_the_right_height().await;
    browser.says("keeps nothing").await;
    browser.end().await;
}

async fn only_the_parent_is_answered_and_only_about_theme_and_height(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.embed("?embed=1&theme=light", "").await;
    browser.has_the_right_height().await;
    let theme = "return document.documentElement.dataset.theme";
    assert_eq!(browser.script(theme).await, json!("light"));
    let before = browser.value_of("Services").await;
    browser.leave_frame().await;

    // A busy frame may still tell a height of its own accord: first it has to be quiet.
    browser
        .until("a quiet frame", async || {
            browser.script("window.heard = []").await;
            tokio::time::sleep(std::time::Duration::from_secs(1)).await;
            browser.script("return heard.length").await == json!(0)
        })
        .await;
    // Of what the parent says, theme and height are understood.
    browser
        .script(
            "for (const data of [\
                 { type: 'plimsoll:theme', theme: 'dark' }, { type: 'plimsoll:theme', theme: 'evil' },\
                 { type: 'plimsoll:scenario', services: 99 }, { type: 'plimsoll:take-over' }, 'plimsoll:get-height', null, 5,\
                 { type: 'plimsoll:get-height' },\
             ]) frames[0].postMessage(data, '*')",
        )
        .await;
    browser
        .until("the height", async || {
            browser.script("return heard.length > 0").await == json!(true)
        })
        .await;
    assert_eq!(browser.script("return heard.length").await, json!(1));
    let heard = browser.script("return heard[0]").await;
    assert_eq!(heard["type"], "plimsoll:height");
    assert_eq!(heard["version"], 1);
    assert_eq!(heard.as_object().unwrap().len(), 3, "{heard}");

    // A stranger beside it, in the same page, is not answered.
    browser
        .script(
            "const stranger = document.createElement('iframe');\
             stranger.srcdoc = `<script>window.heard = []; addEventListener('message', (e) => heard.push(e.data));\
                 parent.frames[0].postMessage({ type: 'plimsoll:get-height' }, '*');\
                 parent.frames[0].postMessage({ type: 'plimsoll:theme', theme: 'light' }, '*');</scr` + 'ipt>';\
             document.body.append(stranger); window.heard = []",
        )
        .await;
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    assert_eq!(browser.script("return heard").await, json!([]));
    assert_eq!(browser.script("return frames[1].heard").await, json!([]));
    browser.enter_frame().await;
    assert_eq!(browser.script(theme).await, json!("dark"));
    assert_eq!(browser.value_of("Services").await, before);
    browser.end().await;
}

async fn the_full_version_opens_with_the_same_numbers_and_overwrites_nothing(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    // The user's own work, kept.
    browser.open().await;
    browser.type_into("Engineers", "33").await;
    browser.reload().await;
    browser.embed("?embed=1", "").await;
    assert_eq!(browser.value_of("Engineers").await, "5");
    browser.type_into("Engineers", "12").await;
    let link = browser
        .driver
        .find(By::LinkText("Open the full version with these numbers"))
        .await
        .unwrap();
    browser
        .until("a link with the numbers", async || {
            let href = link.prop("href").await.unwrap();
            href.is_some_and(|href| href.contains("engineers=12"))
        })
        .await;
    let href = link.prop("href").await.unwrap().unwrap();
    assert_eq!(
        link.attr("target").await.unwrap().as_deref(),
        Some("_blank")
    );
    assert!(!href.contains("embed"), "{href}");
    browser.leave_frame().await;
    browser.driver.goto(&href).await.unwrap();
    browser.ready().await;
    assert_eq!(browser.value_of("Engineers").await, "12");
    browser.says("somebody shared").await;
    browser.type_into("Services", "3").await;
    browser.open().await;
    assert_eq!(browser.value_of("Engineers").await, "33");
    // Followed on the same page, a link is taken up as well; kept, it is the user's own.
    let fragment = href.split_once('#').unwrap().1;
    browser
        .script(&format!("location.hash = '{fragment}'"))
        .await;
    browser.says("somebody shared").await;
    browser.press("Back to mine").await;
    assert_eq!(browser.value_of("Engineers").await, "33");
    assert_eq!(browser.script("return location.hash").await, json!(""));
    browser
        .script(&format!("location.hash = '{fragment}'"))
        .await;
    browser.says("somebody shared").await;
    browser.press("Keep this").await;
    browser.reload().await;
    assert_eq!(browser.value_of("Engineers").await, "12");
    // A damaged link opens what it can, and says what it could not.
    browser.driver.goto("about:blank").await.unwrap();
    browser
        .open_at("#v=1&engineers=900&region=mars&nonsense=1")
        .await;
    browser.says("region: \"mars\"").await;
    browser.says("nonsense").await;
    assert_eq!(browser.value_of("Engineers").await, "200");
    browser.end().await;
}

/// What a site may set, all of it.
const DEFAULTS: &str = r#"{
    "v": 1, "title": "Platforms at work",
    "scenario": { "region": "europe", "team": { "engineers": 12 } },
    "prices": ["meter,region_group,region,value,unit,page,read,confidence,note",
        "google-cloud/cloud-run/request-based/vcpu-active,europe,,0.5,USD per vCPU-second,,,own,agreed"],
    "lock": ["region"],
    "links": [{ "text": "Handbook", "href": "https://example.com/handbook" }]
}"#;

impl Browser {
    async fn has_the_defaults(&self) {
        assert_eq!(self.driver.title().await.unwrap(), "Platforms at work");
        assert_eq!(self.value_of("Engineers").await, "12");
        assert_eq!(self.value_of("Region").await, "europe");
        assert!(!self.labelled("Region").await.is_enabled().await.unwrap());
        let mut inputs = Inputs {
            region: Region::Europe,
            ..Inputs::default()
        };
        inputs.team.engineers = 12;
        let site = plimsoll_formats::scenario::site::Site::read(DEFAULTS);
        self.shows_with(&inputs, &site.book).await;
        let link = self.found(By::LinkText("Handbook")).await;
        assert_eq!(
            link.prop("href").await.unwrap().as_deref(),
            Some("https://example.com/handbook")
        );
    }
}

async fn the_defaults_of_the_site_hold(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    let file = browser.site.folder().join("plimsoll.config.json");
    fs::write(file, DEFAULTS).unwrap();
    browser.open().await;
    browser.has_the_defaults().await;
    browser.end().await;
}

/// The one file, on a disk.
fn one_file() -> std::path::PathBuf {
    crate::site::dist().join(xtask::pack::ONE_FILE)
}

async fn the_one_file_works_from_a_disk(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    let url = format!("file://{}", one_file().display());
    browser.driver.goto(&url).await.unwrap();
    browser.ready().await;
    browser.type_into("Engineers", "12").await;
    let mut inputs = Inputs::default();
    inputs.team.engineers = 12;
    browser.shows(&inputs).await;
    // It asks for nothing, and keeps its state where the browser lets it.
    let asked = "return performance.getEntriesByType('resource').map((e) => e.name)\
         .filter((name) => !name.startsWith('data:') && !name.startsWith('blob:'))";
    assert_eq!(browser.script(asked).await, json!([]));
    browser.reload().await;
    assert_eq!(browser.value_of("Engineers").await, "12");
    browser.reads_in_a_worker("blob").await;
    browser.end().await;
}

async fn the_one_file_works_in_a_frame_without_an_origin(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser
        .embed(
            "plimsoll.html?embed=1&theme=dark",
            "sandbox=\"allow-scripts\"",
        )
        .await;
    browser.is_whole().await;
    browser.has_the_right_height().await;
    browser.keeps_nothing().await;
    browser.end().await;
}

async fn the_one_file_works_as_the_text_of_a_frame(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    let text = fs::read_to_string(one_file()).unwrap();
    let escaped = text.replace('&', "&amp;").replace('"', "&quot;");
    let page = format!(
        "<!doctype html><iframe sandbox='allow-scripts' width='900' height='800' srcdoc=\"{escaped}\"></iframe>"
    );
    browser.site.add("/wiki/page.html", &page);
    let url = browser.site.elsewhere() + "wiki/page.html";
    browser.driver.goto(url).await.unwrap();
    browser.enter_frame().await;
    browser.ready().await;
    // WebKit's driver can't bring the focus into such a frame, so the field is filled by script.
    let field = "const field = document.getElementById('team-engineers'); field.value = '12';\
         field.dispatchEvent(new Event('input', { bubbles: true }))";
    browser.script(field).await;
    let mut inputs = Inputs::default();
    inputs.team.engineers = 12;
    browser.shows(&inputs).await;
    browser.reads_in_a_worker("blob").await;
    browser.end().await;
}

async fn the_one_file_takes_the_defaults_that_stand_in_it(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    let text = fs::read_to_string(one_file()).unwrap();
    let defaults = format!(
        "<script type=\"application/json\" id=\"plimsoll-config\">{DEFAULTS}</script></head>"
    );
    let folder = browser.site.folder();
    fs::write(
        folder.join("ours.html"),
        text.replacen("</head>", &defaults, 1),
    )
    .unwrap();
    browser.open_at("ours.html").await;
    browser.has_the_defaults().await;
    browser.end().await;
}
