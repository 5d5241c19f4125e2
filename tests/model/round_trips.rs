//! A scenario is the same through a link, a file and the browser's storage, and the links of former versions open.

use crate::{
    decoders::{comes_back, in_range},
    seeded_damage::Dice,
};
use plimsoll_formats::scenario::{self, link};
use plimsoll_model::{
    diagnostic::Diagnostic,
    inputs::Inputs,
    presets::PRESETS,
    prices::{MeterId, PriceBook, REGION_GROUPS},
    traffic,
};
use plimsoll_readers::{File, read};
use std::{collections::BTreeMap, fs};

#[test]
fn ten_thousand_random_scenarios_come_back() {
    let mut dice = Dice(2_026);
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let defaults = scenario::write(&Inputs::default());
    for n in 0..10_000 {
        let inputs = dice.inputs(1 + n % 12);
        in_range(&inputs, "random inputs");
        comes_back(&inputs);
        if n % 10 == 0 {
            // As a file that a program of somebody else has formatted.
            let text = scenario::write(&inputs).to_string();
            let value: serde_json::Value = serde_json::from_str(&text).unwrap();
            let pretty = serde_json::to_string_pretty(&value).unwrap();
            assert_eq!(scenario::read(&pretty), (inputs.clone(), vec![]));
        }
        let length = link::write(&inputs, "2026-10-09").len();
        let lists = [
            inputs.prices.is_empty(),
            inputs.environments.is_empty(),
            inputs.ranges.is_empty(),
        ];
        assert!(length < 2_000 || lists.contains(&false));
        for (name, there) in [
            ("grid", !inputs.traffic.grid.is_empty()),
            ("environments", !inputs.environments.is_empty()),
            ("prices", !inputs.prices.is_empty()),
            ("ranges", !inputs.ranges.is_empty()),
            ("all", scenario::write(&inputs) != defaults),
        ] {
            *seen.entry(name).or_default() += usize::from(there);
        }
    }
    // The generator makes what it should.
    assert!(
        seen["grid"] > 3_000 && seen["environments"] > 3_000 && seen["prices"] > 3_000,
        "{seen:?}"
    );
    assert!(seen["ranges"] > 4_000, "{seen:?}");
    assert!(seen["all"] > 9_900, "{seen:?}");
}

#[test]
fn a_range_alone_has_its_middle_for_a_number_and_a_number_beside_it_stands() {
    for link in [
        "v=1&ranges=latency:25..100,requests:1000000..4e6",
        "v=1&ranges=http.latency_ms:25..100,rq:1e6..4e6",
        "v=1&rn=latency%3A25..100%2Crequests%3A1e6..4e6",
    ] {
        let (inputs, notices) = link::read(link);
        assert_eq!(notices, [], "{link}");
        assert_eq!(
            (inputs.http.latency_ms, inputs.ranges.len()),
            (50.0, 2),
            "{link}"
        );
        assert!((inputs.http.requests_per_month - 2e6).abs() < 1e-6);
        let written = link::write(&inputs, "");
        assert_eq!(written, "v=1&ranges=requests:1e6..4e6,latency:25..100");
    }
    let (inputs, _) = link::read("v=1&latency=60&ranges=latency:25..100");
    assert_eq!(inputs.http.latency_ms, 60.0);
    comes_back(&inputs);
    // The default beside it is a number of its own, too.
    let (inputs, _) =
        scenario::read(r#"{"http":{"latency_ms":50},"ranges":{"http.latency_ms":[60,90]}}"#);
    assert_eq!(inputs.http.latency_ms, 50.0);
    comes_back(&inputs);
    // CPU that follows a shorter latency is told where somebody gave it.
    let (_, notices) =
        scenario::read(r#"{"ranges":{"http.latency_ms":[1,4],"http.cpu_ms":[1,25]}}"#);
    assert_eq!(notices.len(), 1, "{notices:?}");
}

#[test]
fn ranges_that_can_not_be_used_are_named_and_left_out() {
    let cases = [
        (
            "[5, 9]",
            "ranges: a list; allowed: an object of inputs by their paths",
        ),
        (
            r#"{"http.latncy": [5, 9]}"#,
            "ranges.http.latncy: not a number; allowed: inputs such as",
        ),
        (r#"{"region": [0, 1]}"#, "ranges.region: not a number"),
        (
            r#"{"services": [9, 5]}"#,
            "ranges.services: [9,5]; allowed: two numbers, the smaller one first, whole numbers, 1 to 200",
        ),
        (
            r#"{"services": [1, 500]}"#,
            "ranges.services: [1,500]; allowed: two numbers",
        ),
        (
            r#"{"services": [1.5, 5]}"#,
            "ranges.services: [1.5,5]; allowed: two numbers",
        ),
        (
            r#"{"services": [1]}"#,
            "ranges.services: [1]; allowed: two numbers",
        ),
        (
            r#"{"services": [1, "5"]}"#,
            "ranges.services: [1,\"5\"]; allowed: two numbers",
        ),
        (
            r#"{"services": "1..5"}"#,
            "ranges.services: \"1..5\"; allowed: two numbers",
        ),
    ];
    for (ranges, start) in cases {
        let (inputs, notices) = scenario::read(&format!(r#"{{"ranges": {ranges}}}"#));
        assert_eq!((inputs, notices.len()), (Inputs::default(), 1), "{ranges}");
        assert!(notices[0].to_string().starts_with(start), "{}", notices[0]);
    }
}

#[test]
fn presets_come_back() {
    for preset in PRESETS {
        comes_back(&preset.inputs());
    }
}

#[test]
fn every_meter_can_have_an_own_price_in_a_link() {
    let mut inputs = Inputs::default();
    for meter in MeterId::all() {
        for (_, region) in REGION_GROUPS {
            let value = [0.123_456_789_012_345_67, 1e-12][usize::from(region.is_none())];
            plimsoll_model::prices::OwnPrice {
                meter,
                region,
                value,
            }
            .put(&mut inputs.prices);
        }
    }
    comes_back(&inputs);
}

#[test]
fn a_week_with_fractions_is_read_as_its_link_opens() {
    let mut dice = Dice(5);
    for _ in 0..300 {
        let grid = dice.loads();
        let text = serde_json::json!({ "traffic": { "grid": grid } }).to_string();
        let (inputs, notices) = scenario::read(&text);
        assert_eq!(notices, []);
        assert_eq!(inputs.traffic.grid, link::whole_loads(&grid));
        comes_back(&inputs);
        let most = grid.iter().copied().fold(0.0, f64::max);
        let largest = inputs.traffic.grid.iter().copied().fold(0.0, f64::max);
        for (meant, kept) in grid.iter().zip(&inputs.traffic.grid) {
            assert!((meant / most - kept / largest).abs() <= 0.000_2);
        }
    }
}

#[test]
fn a_pasted_week_is_the_one_that_its_link_opens() {
    let mut dice = Dice(6);
    for _ in 0..100 {
        let text = week(&mut dice);
        let file = File {
            name: "week.csv",
            text: &text,
        };
        comes_back(&read(&[file]).onto(&Inputs::default()));
    }
}

/// Hourly counts of a week, as a monitoring tool exports them.
pub(crate) fn week(dice: &mut Dice) -> String {
    let mut csv = String::from("time,requests\n");
    for hour in 0..traffic::HOURS {
        let (day, hour, count) = (5 + hour / 24, hour % 24, dice.below(9_000));
        csv += &format!("2026-10-{day:02}T{hour:02}:00:00Z,{count}\n");
    }
    csv
}

// Links of former versions, frozen.

/// The links and damaged links that are kept, each with its text and that of the file beside it.
fn kept(ending: &str) -> Vec<(String, String, String)> {
    let folder = plimsoll_tests::root().join("tests/cases/links");
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let beside = path.with_extension(ending);
        if path.extension().is_some_and(|end| end == "txt") && beside.exists() {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            all.push((
                name,
                fs::read_to_string(&path).unwrap(),
                fs::read_to_string(beside).unwrap(),
            ));
        }
    }
    all.sort();
    all
}

/// None of these files may ever be changed: somebody may have such a link.
#[test]
fn links_of_version_1_open_for_ever() {
    let all = kept("json");
    assert!(all.len() >= 12, "{}", all.len());
    for (name, link, scenario) in all {
        let meant = scenario::read(&scenario);
        let retired = |told: &Diagnostic| told.to_string().contains("no longer an input");
        assert!(meant.1.iter().all(retired), "{name}: {:?}", meant.1);
        assert_eq!(link::read(&link), meant, "{name}");
        comes_back(&meant.0);
    }
}

#[test]
fn damaged_links_say_what_was_not_understood() {
    let all = kept("notices");
    assert!(all.len() >= 6, "{}", all.len());
    for (name, link, expected) in all {
        let (inputs, notices) = link::read(&link);
        let told: Vec<String> = notices.iter().map(Diagnostic::to_string).collect();
        assert_eq!(told.join("\n"), expected.trim_end(), "{name}");
        in_range(&inputs, &link);
    }
}

#[test]
fn own_prices_of_a_scenario_change_its_bill() {
    let book = PriceBook::bundled();
    let (inputs, notices) =
        scenario::read(r#"{"prices":[{"meter":"aws/eks/cluster","region":"us","value":0.2}]}"#);
    assert_eq!(notices, []);
    let total = |book: &PriceBook| {
        let comparison = plimsoll_model::compare::compare(&inputs, book);
        comparison
            .total(plimsoll_model::platform::Platform::Eks)
            .unwrap()
            .get()
    };
    let more = total(&book.with_own(&inputs.prices)) - total(&book);
    assert!((more - 0.1 * 730.0).abs() < 1e-6, "{more}");
}
