//! The small vocabulary of the browser tests: things are found by what a user sees, labels, headings and rows.

use crate::browser::Browser;
use plimsoll::{
    format,
    model::{
        bill::{Bill, Part},
        compare::compare,
        inputs::Inputs,
        platform::Platform,
        prices::PriceBook,
    },
};
use std::time::{Duration, Instant};
use thirtyfour::{By, Key, WebElement};

impl Browser {
    /// Opens the page and waits for its answer.
    pub(crate) async fn open(&self) {
        self.driver.goto(self.server.url()).await.unwrap();
        self.ready().await;
    }

    pub(crate) async fn ready(&self) {
        self.until("the answer", async || {
            let found = self.driver.find(By::Css("p.answer")).await;
            match found {
                Ok(answer) => !answer.text().await.unwrap_or_default().is_empty(),
                Err(_) => false,
            }
        })
        .await;
    }

    /// Waits until something is so.
    pub(crate) async fn until(&self, what: &str, so: impl AsyncFn() -> bool) {
        let began = Instant::now();
        while !so().await {
            assert!(
                began.elapsed() < Duration::from_secs(20),
                "waited in vain for {what}"
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// The element that a label names.
    pub(crate) async fn labelled(&self, label: &str) -> WebElement {
        let xpath = format!("//label[normalize-space()='{label}']");
        let label = self
            .driver
            .find(By::XPath(xpath))
            .await
            .unwrap_or_else(|_| panic!("no label {label}"));
        match label.attr("for").await.unwrap() {
            Some(id) => self.driver.find(By::Id(id)).await.unwrap(),
            None => label.find(By::Tag("input")).await.unwrap(),
        }
    }

    /// The slider of that name.
    pub(crate) async fn slider(&self, name: &str) -> WebElement {
        let css = format!("input[type=range][aria-label='{name}']");
        self.driver
            .find(By::Css(css))
            .await
            .unwrap_or_else(|_| panic!("no slider {name}"))
    }

    /// Moves a slider by keys, as a user would.
    pub(crate) async fn push(&self, slider: &str, key: Key, times: usize) {
        let slider = self.slider(slider).await;
        for _ in 0..times {
            slider.send_keys(key.clone()).await.unwrap();
        }
    }

    /// Types a text into a field, in place of what stands there.
    pub(crate) async fn type_into(&self, label: &str, text: &str) {
        let field = self.labelled(label).await;
        field.send_keys(Key::Control + "a").await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Chooses an option by what it says.
    pub(crate) async fn choose(&self, label: &str, option: &str) {
        let xpath = format!("./option[normalize-space()='{option}']");
        let select = self.labelled(label).await;
        select
            .find(By::XPath(xpath))
            .await
            .unwrap_or_else(|_| panic!("{label} has no {option}"))
            .click()
            .await
            .unwrap();
    }

    /// What stands in a field.
    pub(crate) async fn value_of(&self, label: &str) -> String {
        self.labelled(label)
            .await
            .prop("value")
            .await
            .unwrap()
            .unwrap_or_default()
    }

    /// The message beside a field.
    pub(crate) async fn message_of(&self, label: &str) -> String {
        let field = self.labelled(label).await;
        let id = field.attr("aria-describedby").await.unwrap().unwrap();
        self.driver
            .find(By::Id(id))
            .await
            .unwrap()
            .text()
            .await
            .unwrap()
    }

    /// The cells of a platform's row: infrastructure, people, total; or the reason why there are none.
    pub(crate) async fn row(&self, platform: Platform) -> Vec<String> {
        let css = format!("tr[data-platform={}] td", platform.id());
        let mut texts = Vec::new();
        for cell in self.driver.find_all(By::Css(css)).await.unwrap() {
            texts.push(cell.text().await.unwrap());
        }
        texts
    }

    /// Waits until every row shows what the model says of these inputs, to the cent.
    pub(crate) async fn shows(&self, inputs: &Inputs) {
        let comparison = compare(inputs, &PriceBook::bundled());
        for platform in Platform::ALL {
            let expected = match comparison.quote(platform) {
                Ok(bill) => cells(bill),
                Err(refusal) => vec![plimsoll::explain::refusal(refusal)],
            };
            let began = Instant::now();
            loop {
                let row = self.row(platform).await;
                if row == expected {
                    break;
                }
                assert!(
                    began.elapsed() < Duration::from_secs(10),
                    "{}: the page shows {row:?}, the model says {expected:?}",
                    platform.id()
                );
                tokio::time::sleep(Duration::from_millis(30)).await;
            }
        }
    }

    /// The messages of the console that are worse than information.
    pub(crate) async fn complaints(&self) -> Vec<String> {
        let log = self.driver.browser_log().await.unwrap();
        log.into_iter()
            .filter(|entry| entry.level == "SEVERE" || entry.level == "WARNING")
            .map(|entry| entry.message)
            .collect()
    }

    /// Runs a script and gives what it returns.
    pub(crate) async fn script(&self, script: &str) -> serde_json::Value {
        self.driver
            .execute(script, vec![])
            .await
            .unwrap()
            .json()
            .clone()
    }
}

fn cells(bill: &Bill) -> Vec<String> {
    [
        bill.infrastructure(),
        bill.subtotal(Part::People),
        bill.total(),
    ]
    .map(format::usd)
    .to_vec()
}
