//! The snippet that puts the page into a wiki.

use super::{ENGINEERS, bundled, label, with_engineers};
use crate::engine::{Browser, Engine, Wish, in_each_engine};
use plimsoll_formats::{query::Panel, scenario::link};
use plimsoll_model::{
    inputs::{Kind, at},
    region::Region,
};
use serde_json::json;
use thirtyfour::By;

in_each_engine!(the_snippet_opens_what_was_chosen,);

async fn the_snippet_opens_what_was_chosen(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    browser.opens("embed").await;
    let mut inputs = with_engineers(9);
    inputs.region = Region::Europe;
    browser.enter(ENGINEERS, "9").await;
    let Kind::Choice { options, .. } = at::region.kind else {
        panic!("a choice")
    };
    let (_, europe) = options
        .iter()
        .find(|(id, _)| *id == Region::Europe.id())
        .unwrap();
    browser.choose(label("region"), europe).await;
    browser.agrees(&inputs).await;
    let snippet = "document.getElementById('embed-snippet').value";
    let src = async |part: &str| {
        let has = format!("return {snippet}.includes({})", json!(part));
        browser.returns(&has, json!(true)).await;
        let snippet = browser.script(&format!("return {snippet}")).await;
        let snippet = snippet.as_str().unwrap().to_owned();
        let src = snippet
            .split_once("src=\"")
            .unwrap()
            .1
            .split('"')
            .next()
            .unwrap();
        src.replace("&amp;", "&")
    };
    let fragment = link::write(&inputs, bundled().day()).replace('&', "&amp;");
    let plain = src(&fragment).await;
    let tick = async |name: &str| {
        let xpath = format!("//*[@id='embed']//label[normalize-space()='{name}']/input");
        let found = browser.found(By::XPath(xpath)).await;
        browser.click(&found).await;
    };
    for (_, name) in [Panel::ALL[0], Panel::ALL[2]] {
        tick(name).await;
    }
    tick("the size of the team").await;
    browser.choose("Theme", "dark").await;
    let chosen = src("theme=dark").await;
    let frame = async |src: &str| {
        let page = format!("<!doctype html><iframe src=\"{src}\" width=1000 height=900></iframe>");
        browser.site.add("/wiki/page.html", &page);
        browser.driver.goto("about:blank").await.unwrap();
        let url = format!("{}wiki/page.html", browser.site.elsewhere());
        browser.driver.goto(url).await.unwrap();
        browser.enter_frame().await;
        browser.ready_in_frame().await;
    };
    frame(&plain).await;
    browser.agrees(&inputs).await;
    let sections = "return ['.inputs', '.verdict', '.ranking', 'canvas.bars', '.bill'].map((css) => document.querySelector(css) !== null)";
    browser
        .returns(sections, json!([true, true, true, true, false]))
        .await;
    browser.leave_frame().await;
    frame(&chosen).await;
    browser
        .returns(sections, json!([true, false, true, false, false]))
        .await;
    let theme = "return document.documentElement.dataset.theme";
    assert_eq!(browser.script(theme).await, json!("dark"));
    let field = browser.labelled(label(ENGINEERS)).await;
    assert!(!field.is_enabled().await.unwrap());
    let field = browser.labelled(label("services")).await;
    assert!(field.is_enabled().await.unwrap());
    browser.end().await;
}

impl Browser {
    /// Waits for the page in a frame, whatever panels it has.
    pub(crate) async fn ready_in_frame(&self) {
        let there = "return document.readyState === 'complete' && document.querySelector('.page') !== null\
             && document.querySelector('.page section') !== null";
        self.returns(there, json!(true)).await;
        self.all_panels().await;
    }
}
