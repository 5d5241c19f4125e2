//! The bill: each line with how it is derived, and the prices changed there.

use super::{REQUESTS, assessed, bundled, id_of, label, sets};
use crate::engine::{Browser, Engine, Wish, in_each_engine};
use plimsoll_model::{
    basis::Basis,
    bill::{Bill, CostCategory, Line, Source},
    inputs::{Field, Inputs},
    platform::Platform,
    prices::{OwnPrice, RowId},
};
use plimsoll_wording::{explain, format};
use serde_json::json;
use thirtyfour::By;

in_each_engine!(
    each_line_of_a_bill_is_derived,
    a_price_of_ones_own_changes_every_total,
    a_discount_leads_to_its_control,
);

impl Browser {
    /// Opens the bill of a platform.
    pub(crate) async fn bills(&self, platform: Platform) {
        // Its row may be folded.
        self.row(platform).await;
        let button = format!(".ranking tr[data-platform={}] th button", platform.id());
        let open = format!(
            "return document.querySelector('{button}')?.getAttribute('aria-expanded') === 'true'"
        );
        if self.script(&open).await != json!(true) {
            self.press_at(&button).await;
        }
        self.returns(&open, json!(true)).await;
    }

    /// Opens or closes the line at a place of the bill.
    pub(crate) async fn press_line(&self, place: usize) {
        let lines = self
            .driver
            .find_all(By::Css(".bill tr[data-meter] th button"))
            .await
            .unwrap();
        self.click(&lines[place]).await;
    }

    /// Waits until the lines of the bill are these: name with mark, quantity, price, amount.
    pub(crate) async fn itemizes(&self, bill: &Bill) {
        let lines = "return [...document.querySelectorAll('.bill tr[data-meter]')].map((row) => [0, 1, 2, 4]\
             .map((cell) => row.cells[cell].textContent.trim()))";
        let expected: Vec<[String; 4]> = lines_of(bill).map(cells_of).collect();
        self.returns(lines, json!(expected)).await;
        let total = format::usd(bill.total());
        self.reads(".bill tfoot .number", &[total]).await;
    }
}

/// The lines of a bill in their order on the page.
pub(super) fn lines_of(bill: &Bill) -> impl Iterator<Item = &Line> {
    CostCategory::ALL
        .into_iter()
        .flat_map(|part| bill.category(part))
}

pub(super) fn cells_of(line: &Line) -> [String; 4] {
    let mark = match line.basis {
        Basis::Published => "",
        Basis::Derived => "derived",
        Basis::Assumed => "assumed",
        Basis::Own => "own",
    };
    [
        format!("{} {mark}", line.name).trim().to_owned(),
        explain::quantity(line),
        format::unit_price(line.unit_price),
        format::usd(line.amount()),
    ]
}

async fn each_line_of_a_bill_is_derived(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let mut inputs = Inputs::default();
    let advised = assessed(&inputs).verdict.platform.unwrap();
    for (platform, requests) in [(advised, "10M"), (Platform::Eks, "300M")] {
        browser.enter(REQUESTS, requests).await;
        sets(
            &mut inputs,
            REQUESTS,
            format::parse_quantity(requests, "requests").unwrap(),
        );
        browser.agrees(&inputs).await;
        browser.bills(platform).await;
        let assessment = assessed(&inputs);
        let bill = assessment.comparison.quote(platform).unwrap();
        browser.itemizes(bill).await;
        for (place, line) in lines_of(bill).enumerate() {
            browser.press_line(place).await;
            let derivation = [explain::derivation(line)];
            browser
                .reads(".derivation p:first-child", &derivation)
                .await;
        }
        browser.press_line(lines_of(bill).count() - 1).await;
        browser.reads(".derivation", &[]).await;
    }
    browser.end().await;
}

/// The first line of a bill whose price stands in the price book, with that row and its place.
pub(super) fn first_priced(bill: &Bill) -> (usize, RowId) {
    let row = |line: &Line| match line.source {
        Source::Row(id) => Some(id),
        _ => None,
    };
    let mut lines = lines_of(bill).enumerate();
    lines
        .find_map(|(place, line)| Some((place, row(line)?)))
        .unwrap()
}

async fn a_price_of_ones_own_changes_every_total(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let begin = Inputs::default();
    let assessment = assessed(&begin);
    let bill = assessment.comparison.quote(Platform::Eks).unwrap();
    let (place, id) = first_priced(bill);
    let book = bundled();
    let row = book.row(id);
    let price = row.value.unwrap();
    let priced = |value: f64| {
        let mut inputs = begin.clone();
        inputs.prices.push(OwnPrice {
            meter: row.meter,
            region: row.region,
            value,
        });
        inputs
    };
    browser.bills(Platform::Eks).await;
    browser.press_line(place).await;
    // A little less, so that it stays what is taken.
    for (share, back) in [(0.9, "Back to the book\u{2019}s"), (0.95, "Undo")] {
        let value = price * share;
        let inputs = priced(value);
        let now = assessed(&inputs);
        assert_ne!(now.comparison, assessment.comparison);
        browser
            .write_at("#own-price", &format::editable(value))
            .await;
        browser.agrees(&inputs).await;
        browser
            .itemizes(now.comparison.quote(Platform::Eks).unwrap())
            .await;
        let marked = format!(
            "return document.querySelectorAll('.bill tr[data-meter]')[{place}].querySelector('.mark').textContent"
        );
        browser.returns(&marked, json!("own")).await;
        browser.press(back).await;
        browser.agrees(&begin).await;
        browser.itemizes(bill).await;
    }
    // What is no price is told and changes nothing.
    browser.write_at("#own-price", "dear").await;
    let told = browser.texts(".derivation .message").await.concat();
    assert!(told.contains("dear"), "{told}");
    browser.agrees(&begin).await;
    browser.end().await;
}

pub(super) const DISCOUNT: &str = "buy.discount_percent.aws";

impl Browser {
    /// Enters a discount, and gives the place of its line in the bill of EKS.
    pub(crate) async fn discounts(&self) -> usize {
        let mut inputs = Inputs::default();
        self.enter(DISCOUNT, "20").await;
        sets(&mut inputs, DISCOUNT, 20.0);
        self.agrees(&inputs).await;
        let assessment = assessed(&inputs);
        let bill = assessment.comparison.quote(Platform::Eks).unwrap();
        let place = lines_of(bill).position(|line| line.source == Source::Input(DISCOUNT));
        place.unwrap()
    }

    /// Sees that the explained line leads to the control of an input.
    pub(crate) async fn leads_to(&self, path: &str) {
        self.press("Change it").await;
        let focused = "return document.activeElement.id";
        self.returns(focused, json!(id_of(Field::by_path(path))))
            .await;
    }
}

async fn a_discount_leads_to_its_control(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let place = browser.discounts().await;
    browser.bills(Platform::Eks).await;
    browser.press_line(place).await;
    browser.says(label(DISCOUNT)).await;
    // Also where its topic is closed.
    let close = "document.querySelectorAll('.topic').forEach((topic) => { topic.open = false })";
    browser.script(close).await;
    browser.leads_to(DISCOUNT).await;
    browser.end().await;
}
