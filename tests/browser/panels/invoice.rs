//! The last invoice held against our bill, and padding as it is in the field.

use super::bundled;
use crate::engine::{Browser, Engine, Wish, in_each_engine};
use plimsoll_model::{
    explore::invoice::reconcile,
    inputs::{FIELD_PADDING, Inputs},
    platform::Platform,
};
use plimsoll_wording::{explain, invoice::summary};
use thirtyfour::By;

in_each_engine!(
    an_invoice_is_explained_and_its_quantities_taken_over,
    padding_of_the_field_is_one_click_away,
);

async fn an_invoice_is_explained_and_its_quantities_taken_over(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open_at("?nosw").await;
    let field = browser.found(By::Id("already_on")).await;
    field.send_keys("AWS Fargate").await.unwrap();
    browser
        .script("[...document.querySelectorAll('.topic')].at(-1).open = true")
        .await;
    browser.says("our bill is held against it").await;
    let mut inputs = Inputs {
        already_on: Some(Platform::Fargate),
        ..Inputs::default()
    };
    inputs.invoice.total_usd = Some(3_412.0);
    inputs.invoice.egress_gb = Some(2_000.0);
    browser.enter("invoice.total_usd", "3412").await;
    browser.enter("invoice.egress_gb", "2000").await;
    let told = |inputs: &Inputs| summary(&reconcile(inputs, &bundled()).unwrap());
    browser.says(&told(&inputs)).await;
    browser
        .press_at("[aria-label='Set it, Response size: 200 kB']")
        .await;
    inputs.http.response_kb = 200.0;
    browser.says(&told(&inputs)).await;
    browser.agrees(&inputs).await;
    // And back.
    browser.press("Undo").await;
    inputs.http.response_kb = 10.0;
    browser.says(&told(&inputs)).await;
    browser.end().await;
}

async fn padding_of_the_field_is_one_click_away(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open_at("?nosw").await;
    browser.bills(Platform::Eks).await;
    let mut inputs = Inputs::default();
    let told = |inputs: &Inputs, other: f64| {
        let there = explain::with_padding(Platform::Eks, other, inputs, &bundled());
        explain::padding(other, there)
    };
    browser.says(&told(&inputs, FIELD_PADDING)).await;
    browser.press("Use the field\u{2019}s figure").await;
    inputs.assumptions.requests_padding = FIELD_PADDING;
    browser.says(&told(&inputs, 1.0)).await;
    browser.agrees(&inputs).await;
    browser.press("Undo").await;
    inputs.assumptions.requests_padding = 1.0;
    browser.says(&told(&inputs, FIELD_PADDING)).await;
    browser.end().await;
}
