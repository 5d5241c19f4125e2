//! A browser that holds the first release, with all that was made in it, is brought up to the present page.

use crate::{
    engine::{Browser, Engine, Wish, in_each_engine},
    parameters::own_price,
    site::{Site, dist},
};
use plimsoll_model::{inputs::Inputs, prices::PriceBook, region::Region};
use serde_json::json;
use std::{fs, path::PathBuf};

in_each_engine!(the_first_release_is_brought_up_with_everything_in_it);

/// The files of the first release, as they were deployed.
fn first_release() -> PathBuf {
    xtask::folders::root().join("tests/cases/first-release")
}

/// The version that stands in a page.
const VERSION: &str = "return document.querySelector('meta[name=plimsoll-version]').content";

/// The version of the page that is tested.
fn present_version() -> String {
    let page = fs::read_to_string(dist().join("index.html")).unwrap();
    let (_, version) = page
        .split_once("name=\"plimsoll-version\" content=\"")
        .unwrap();
    version.split('"').next().unwrap().to_owned()
}

impl Browser {
    /// Keeps what is on the page under a name, by the button that the first release had.
    async fn keep_as_it_was(&self, name: &str) {
        self.write_at("#scenario-name", name).await;
        self.press("Keep").await;
    }

    /// Sees that the fields of the page have what was entered in the first release.
    async fn has_what_was_entered(&self) {
        // Labels are not what they were.
        self.holds("#team-engineers", &["12".to_owned()]).await;
        let requests = "#http-requests_per_month";
        self.holds(requests, &["300,000,000".to_owned()]).await;
        let names = ["Before".to_owned(), "With a mesh".to_owned()];
        self.holds(".named input", &names).await;
    }
}

async fn the_first_release_is_brought_up_with_everything_in_it(engine: Engine) {
    let site = Site::of_packed(&first_release());
    let mut browser = Browser::start_at(engine, Wish::default(), site).await;
    browser.open_and_keep().await;
    let first = browser.script(VERSION).await;
    // Own numbers, an own price, two names.
    browser.keep_as_it_was("Before").await;
    let fragment = "v=1&requests=3e8&mesh=1&prices=aws/eks/cluster:us:0.08";
    browser
        .script(&format!("location.hash = '{fragment}'"))
        .await;
    browser.press("Keep this one").await;
    browser.keep_as_it_was("With a mesh").await;
    browser.type_into("Engineers in the team", "12").await;
    browser.reload().await;
    browser.has_what_was_entered().await;
    let old = browser.caches().await;
    assert_eq!(old.len(), 2, "one version and the site's defaults: {old:?}");

    browser.site.deploy(&dist());
    browser.reload().await;
    browser.says("A new version of Plimsoll is ready.").await;
    assert_eq!(
        browser.script(VERSION).await,
        first,
        "taken without being asked"
    );
    browser.has_what_was_entered().await;
    browser.press("Use it now").await;
    let present = json!(present_version());
    assert_ne!(present, first, "the page is the first release itself");
    browser
        .until("the present version", async || {
            let version = browser.driver.execute(VERSION, vec![]).await;
            version.is_ok_and(|version| version.json() == &present)
        })
        .await;
    browser.ready().await;
    browser.all_panels().await;
    browser.has_everything().await;
    // Of the first release nothing is left, and the present one is whole without a server.
    let caches = browser.caches().await;
    assert_eq!(caches.len(), 2, "{caches:?}");
    let left: Vec<&String> = caches
        .iter()
        .filter(|name| old.contains(name) && !name.ends_with(":site"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
    browser.site.stop();
    browser.reload().await;
    assert_eq!(browser.script(VERSION).await, present);
    browser.has_everything().await;
    browser.end().await;
}

impl Browser {
    /// Sees that all that was made in the first release means the same: numbers, price and names.
    async fn has_everything(&self) {
        self.has_what_was_entered().await;
        let book = PriceBook::bundled();
        let mut inputs = Inputs::default();
        inputs.http.requests_per_month = 3e8;
        inputs.needs.mesh = true;
        inputs.prices = vec![own_price(&book, "aws/eks/cluster", Some(Region::Us), 0.08)];
        let named = inputs.clone();
        inputs.team.engineers = 12;
        let own = book.with_own(&inputs.prices);
        self.shows_with(&inputs, &own).await;
        for (name, then) in [("Before", &Inputs::default()), ("With a mesh", &named)] {
            self.press_named("Open", name).await;
            self.shows_with(then, &book.with_own(&then.prices)).await;
            self.press("Undo").await;
            self.shows_with(&inputs, &own).await;
        }
    }

    /// Does something with a named scenario.
    async fn press_named(&self, what: &str, name: &str) {
        let css = format!(".named button[aria-label='{what} {name}']");
        self.click_found(thirtyfour::By::Css(css)).await;
    }
}
