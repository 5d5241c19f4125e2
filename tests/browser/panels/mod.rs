//! The panels of the page, each as the model has it; here is what their tests have in common.

mod bill;
pub(crate) mod bills;
mod charts;
mod controls;
mod corners;
mod embed;
mod flips;
mod import;
mod invoice;
mod later;
mod layout;
mod pictures;
mod prices;
mod promises;
mod ranges;
mod ranking;
mod scenarios;
mod share;
mod workloads;

use crate::engine::Browser;
use plimsoll_model::{
    Assessment, assess,
    inputs::{Field, Inputs, Kind},
    prices::PriceBook,
};
use serde_json::{Value, json};
use thirtyfour::{By, Key};

pub(super) fn bundled() -> PriceBook {
    PriceBook::bundled()
}

/// What the page prices these inputs with.
pub(super) fn book_of(inputs: &Inputs) -> PriceBook {
    bundled().with_own(&inputs.prices)
}

pub(super) fn assessed(inputs: &Inputs) -> Assessment {
    assess(inputs, &book_of(inputs))
}

pub(super) fn sets(inputs: &mut Inputs, path: &str, x: f64) {
    let Kind::Number { set, .. } = Field::by_path(path).kind else {
        panic!("{path} is no number")
    };
    set(inputs, x);
    inputs.clamp_dependents();
}

pub(super) fn gets(inputs: &Inputs, path: &str) -> f64 {
    let Kind::Number { get, .. } = Field::by_path(path).kind else {
        panic!("{path} is no number")
    };
    get(inputs)
}

pub(super) fn label(path: &str) -> &'static str {
    Field::by_path(path).label
}

pub(super) fn with_engineers(engineers: u32) -> Inputs {
    let mut inputs = Inputs::default();
    inputs.team.engineers = engineers;
    inputs
}

/// The element that a control of an input has.
pub(super) fn id_of(field: &Field) -> String {
    field.path.replace('.', "-")
}

pub(super) const REQUESTS: &str = "http.requests_per_month";
pub(super) const ENGINEERS: &str = "team.engineers";

impl Browser {
    /// The texts of all elements that a selector finds.
    pub(crate) async fn texts(&self, css: &str) -> Vec<String> {
        let script = format!(
            "return [...document.querySelectorAll({})].map((found) => found.textContent)",
            json!(css)
        );
        serde_json::from_value(self.script(&script).await).unwrap()
    }

    /// Waits until a script returns what is expected.
    pub(crate) async fn returns(&self, script: &str, expected: Value) {
        let began = std::time::Instant::now();
        loop {
            let found = self.script(script).await;
            if found == expected {
                return;
            }
            assert!(
                began.elapsed() < std::time::Duration::from_mins(1),
                "{script}\ngives {found}\nand not {expected}"
            );
            tokio::time::sleep(std::time::Duration::from_millis(30)).await;
        }
    }

    /// Waits until the texts of all elements that a selector finds are these.
    pub(crate) async fn reads(&self, css: &str, expected: &[String]) {
        let script = format!(
            "return [...document.querySelectorAll({})].map((found) => found.textContent)",
            json!(css)
        );
        self.returns(&script, json!(expected)).await;
    }

    /// Waits until the cells of all rows that a selector finds are these.
    pub(crate) async fn tabulates(&self, css: &str, expected: &[Vec<String>]) {
        let script = format!(
            "return [...document.querySelectorAll({})].map((row) => [...row.cells].map((cell) => cell.textContent))",
            json!(css)
        );
        self.returns(&script, json!(expected)).await;
    }

    /// Waits until fields have these values.
    pub(crate) async fn holds(&self, css: &str, expected: &[String]) {
        let script = format!(
            "return [...document.querySelectorAll({})].map((field) => field.value)",
            json!(css)
        );
        self.returns(&script, json!(expected)).await;
    }

    /// Clicks what a selector finds.
    pub(crate) async fn press_at(&self, css: &str) {
        self.click_found(By::Css(css)).await;
    }

    /// Writes into what a selector finds, and leaves it.
    pub(crate) async fn write_at(&self, css: &str, text: &str) {
        let field = self.found(By::Css(css)).await;
        self.click(&field).await;
        field.send_keys(Key::Control + "a").await.unwrap();
        field.send_keys(text).await.unwrap();
        field.send_keys(Key::Tab).await.unwrap();
    }

    /// Types into a field and leaves it.
    pub(crate) async fn enter(&self, path: &str, text: &str) {
        self.type_into(label(path), text).await;
        let field = self.labelled(label(path)).await;
        field.send_keys(Key::Tab).await.unwrap();
    }

    /// Waits until every row shows what the model says, with the user's own prices.
    pub(crate) async fn agrees(&self, inputs: &Inputs) {
        self.shows_with(inputs, &book_of(inputs)).await;
    }

    /// Whether an element is in the window with all of its height.
    pub(crate) async fn in_sight(&self, css: &str) -> bool {
        let script = format!(
            "const {{ top, bottom, width, height }} = document.querySelector({}).getBoundingClientRect();\
             return width > 0 && height > 0 && top >= -1 && bottom <= innerHeight + 1",
            json!(css)
        );
        self.script(&script).await == json!(true)
    }

    /// Brings an element into the middle of the window: what is not in sight is not worked out.
    pub(crate) async fn looks_at(&self, css: &str) {
        let there = format!(
            "const found = document.querySelector({});\
             found?.scrollIntoView({{ block: 'center', behavior: 'instant' }}); return found !== null",
            json!(css)
        );
        self.returns(&there, json!(true)).await;
    }

    /// Opens a fold.
    pub(crate) async fn opens(&self, id: &str) {
        // The page grows while its panels are made, and a click may miss what moves: then a user clicks again.
        let open = format!("return document.querySelector('#{id}').open");
        self.until("the fold to be open", async || {
            self.press_at(&format!("#{id} > summary")).await;
            self.script(&open).await == json!(true)
        })
        .await;
        let filled = format!("return document.querySelector('#{id} > :nth-child(2)') !== null");
        self.returns(&filled, json!(true)).await;
    }
}
