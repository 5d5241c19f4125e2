//! Damaged defaults of a site.

use super::{
    Count, expect,
    links::visible,
    only,
    prices::{few_rows, says_rows},
    says,
};
use crate::{common::Scan, decoders::in_range, seeded_damage::Dice};
use plimsoll_formats::scenario::{self, site::Site};
use plimsoll_model::{
    inputs::{Inputs, fields},
    prices::PriceBook,
};
use serde_json::Value;

/// A site whose parts are all there.
pub(super) fn site_text(book: &PriceBook, dice: &mut Dice) -> String {
    let mut inputs = dice.inputs(30);
    inputs.traffic.grid.clear();
    let changes: Value =
        serde_json::from_str(&scenario::write_changes(&inputs).to_string()).unwrap();
    let prices = few_rows(book, dice);
    let prices: Value = if dice.below(2) == 0 {
        prices.into()
    } else {
        prices.lines().collect()
    };
    let value = serde_json::json!({
        "v": 1,
        "title": "Where do our containers run?",
        "scenario": changes,
        "prices": prices,
        "lock": ["region", "team.rate_usd_per_hour", "prices", "needs"],
        "links": [
            { "text": "Handbook", "href": "https://wiki.example.com/handbook" },
            { "text": "Ask us", "href": "mailto:us@example.com" },
        ],
    });
    value.to_string()
}

pub(super) fn says_site(said: &Value, site: &Site, bundled: usize) -> Result<(), String> {
    let object = said.as_object().ok_or("it is no object")?;
    for (key, value) in object {
        let text = |value: &Value| value.as_str().map(|text| text.trim().to_owned());
        let fits = match key.as_str() {
            "v" => value == 1,
            "title" => text(value) == Some(site.title.clone().unwrap_or_default()),
            "scenario" => {
                says(value, &site.base)?;
                true
            }
            "prices" => {
                let text = match value {
                    Value::Array(lines) => {
                        let lines: Option<Vec<&str>> = lines.iter().map(Value::as_str).collect();
                        lines.ok_or("a line that is no text")?.join("\n")
                    }
                    other => other.as_str().ok_or("prices that are no text")?.to_owned(),
                };
                says_rows(&text, &site.book.rows()[bundled..])?;
                true
            }
            "lock" => value.as_array().is_some_and(|names| {
                let covered = |path: &str| {
                    let covers = |name: &Value| {
                        let name = name.as_str().unwrap_or_default();
                        path == name || path.starts_with(&format!("{name}."))
                    };
                    names.iter().any(covers)
                };
                let paths = fields::all().map(|field| field.path);
                let mut paths = paths.chain(["traffic.grid", "environments", "prices", "ranges"]);
                paths.all(|path| covered(path) == site.locked.contains(&path))
            }),
            "links" => value.as_array().is_some_and(|links| {
                links.len() == site.links.len()
                    && links.iter().zip(&site.links).all(|(said, read)| {
                        only(said, &["text", "href"])
                            && text(&said["text"]).as_deref() == Some(&read.text)
                            && text(&said["href"]).as_deref() == Some(&read.href)
                    })
            }),
            _ => false,
        };
        expect(fits, || format!("{key} is read otherwise"))?;
    }
    Ok(())
}

#[test]
fn damaged_defaults_of_a_site() {
    let bundled = PriceBook::bundled();
    let mut dice = Dice(104);
    let mut count = Count::default();
    let scan = Scan::of(1_000, 8_000);
    for _ in 0..scan.cases {
        let whole = site_text(&bundled, &mut dice);
        let text = dice.damaged(&whole);
        let site = Site::read(&text);
        in_range(&site.base, &text);
        for row in site.book.rows() {
            assert!(
                row.value
                    .is_none_or(|value| (row.meter.info().accepts)(value)),
                "{text}"
            );
        }
        for shown in site.links.iter().map(|link| &link.text).chain(&site.title) {
            assert!(
                visible(shown) == *shown && (1..=120).contains(&shown.chars().count()),
                "{text}"
            );
        }
        let mut inputs = Inputs::default();
        site.hold(&mut inputs);
        count.add(!site.diagnostics.is_empty(), &text, || {
            let said: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
            says_site(&said, &site, bundled.rows().len())
        });
    }
    assert!(
        count.told > scan.least(4_000) && count.right > scan.least(800),
        "{count:?}"
    );
}
