//! Controls: a slider and a typed field in one.

use super::{ENGINEERS, REQUESTS, gets, id_of, label, sets};
use crate::engine::{Browser, Engine, Wish, in_each_engine};
use plimsoll_model::inputs::{Below, Field, Inputs};
use plimsoll_wording::format;
use serde_json::json;
use thirtyfour::Key;

in_each_engine!(
    numbers_are_typed_as_people_write_them,
    a_slider_goes_by_preferred_numbers,
    what_is_mistyped_stays_and_the_numbers_too,
);

impl Browser {
    /// Whether a control looks set by the user, and whether there is a way back.
    pub(crate) async fn is_own(&self, path: &str, own: bool) {
        let field = Field::by_path(path);
        let marks = format!(
            "const frame = document.getElementById('{}').closest('.field');\
             return [frame.hasAttribute('data-own'), frame.querySelector('.reset') !== null]",
            id_of(field)
        );
        self.returns(&marks, json!([own, own])).await;
    }

    pub(crate) async fn reset(&self, path: &str) {
        self.press_at(&format!(".reset[aria-label='Reset {}']", label(path)))
            .await;
    }
}

async fn numbers_are_typed_as_people_write_them(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let mut inputs = Inputs::default();
    for (path, text) in [
        (REQUESTS, "3M"),
        (REQUESTS, "1.5k/s"),
        ("instance.startup_s", "250ms"),
        ("instance.startup_s", "4.5"),
    ] {
        let range = Field::by_path(path).range().unwrap();
        let value = format::parse_quantity(text, range.unit).unwrap();
        assert!(range.contains(value));
        browser.type_into(label(path), text).await;
        sets(&mut inputs, path, value);
        browser.agrees(&inputs).await;
        assert_eq!(browser.value_of(label(path)).await, text);
        browser.enter(path, text).await;
        let field = format!("#{}", id_of(Field::by_path(path)));
        browser.holds(&field, &[format::editable(value)]).await;
        browser.is_own(path, true).await;
    }
    browser.is_own(ENGINEERS, false).await;
    for path in [REQUESTS, "instance.startup_s"] {
        browser.reset(path).await;
        sets(&mut inputs, path, gets(&Inputs::default(), path));
        browser.agrees(&inputs).await;
        browser.is_own(path, false).await;
        let begin = format::editable(gets(&inputs, path));
        assert_eq!(browser.value_of(label(path)).await, begin);
    }
    browser.end().await;
}

/// The next number above, of those that begin with one of these digits.
pub(super) fn next_preferred(x: f64) -> f64 {
    const PREFERRED: [f64; 11] = [1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0];
    let decade = 10_f64.powf(x.log10().floor());
    let next = PREFERRED.into_iter().find(|y| y * decade > x * 1.000_001);
    next.unwrap() * decade
}

async fn a_slider_goes_by_preferred_numbers(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let mut inputs = Inputs::default();
    for path in [REQUESTS, "http.latency_ms"] {
        let field = Field::by_path(path);
        let range = field.range().unwrap();
        let value = async || {
            let text = browser.value_of(field.label).await;
            format::parse_number(&text).unwrap_or_else(|| panic!("{path} shows {text}"))
        };
        let slider = browser.slider(field.label).await;
        let before = value().await;
        browser.push(field.label, Key::Right, 1).await;
        let after = value().await;
        assert!(
            (after / next_preferred(before) - 1.0).abs() < 1e-9,
            "{path}: {after}"
        );
        slider.send_keys(Key::PageUp).await.unwrap();
        let large = value().await;
        assert!(large > next_preferred(after), "{path}: {large}");
        sets(&mut inputs, path, large);
        browser.agrees(&inputs).await;
        slider.send_keys(Key::PageDown).await.unwrap();
        assert_eq!(value().await, after);
        slider.send_keys(Key::End).await.unwrap();
        assert_eq!(value().await, range.max);
        slider.send_keys(Key::Home).await.unwrap();
        let least = if range.below == Below::Nothing {
            range.min
        } else {
            0.0
        };
        assert_eq!(value().await, least);
        sets(&mut inputs, path, least);
        browser.agrees(&inputs).await;
        let words = slider.attr("aria-valuetext").await.unwrap().unwrap();
        assert_eq!(words, format!("{} {}", format::number(least), range.unit));
        browser.reset(path).await;
        sets(&mut inputs, path, before);
        browser.agrees(&inputs).await;
        let words = slider.attr("aria-valuetext").await.unwrap().unwrap();
        assert_eq!(words, format!("{} {}", format::number(before), range.unit));
    }
    browser.end().await;
}

async fn what_is_mistyped_stays_and_the_numbers_too(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    browser.open().await;
    let path = "team.rate_usd_per_hour";
    let mut inputs = Inputs::default();
    browser.enter(path, "90").await;
    sets(&mut inputs, path, 90.0);
    browser.agrees(&inputs).await;
    browser.enter(path, "dear").await;
    assert_eq!(browser.value_of(label(path)).await, "dear");
    let message = browser.message_of(label(path)).await;
    let allowed = format::allowed(Field::by_path(path).range().unwrap());
    assert!(
        message.contains("dear") && message.contains(&allowed),
        "{message}"
    );
    let field = browser.labelled(label(path)).await;
    let invalid = field.attr("aria-invalid").await.unwrap();
    assert_eq!(invalid.as_deref(), Some("true"));
    browser.agrees(&inputs).await;
    // What is done elsewhere does not take it away.
    browser.enter(ENGINEERS, "9").await;
    inputs.team.engineers = 9;
    browser.agrees(&inputs).await;
    assert_eq!(browser.value_of(label(path)).await, "dear");
    browser.end().await;
}
