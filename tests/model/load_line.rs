//! The load line: who stands for the sides, what their bands hold, and that they meet where it says.

use crate::common::inputs;
use plimsoll_model::{
    assess,
    explore::{
        load_line::LoadLine,
        sample::{Bands, Sampling},
        sweep::LAST,
    },
    inputs::Inputs,
    platform::Platform,
    platforms::Case,
    presets::PRESETS,
    prices::PriceBook,
};

fn load_line(inputs: &Inputs) -> LoadLine {
    let book = PriceBook::bundled();
    LoadLine::of(inputs, &assess(inputs, &book), &book)
}

/// Heavy requests, and a team for which Kubernetes is little work.
const MEETS: &str = r#"{"http":{"latency_ms":2000,"concurrency":10},"instance":{"memory_gib":2},"buy":{"commitment":"3y"},
    "clouds":["google-cloud"],"team":{"engineers":20,"fluent":6,"existing_cluster":true,"platform_team":true}}"#;

#[test]
fn the_answer_stands_for_its_side() {
    let book = PriceBook::bundled();
    for preset in PRESETS {
        let inputs = preset.inputs();
        let assessment = assess(&inputs, &book);
        let line = LoadLine::of(&inputs, &assessment, &book);
        let verdict = &assessment.verdict;
        let named: Vec<Platform> = line.sides.iter().map(|side| side.platform).collect();
        for platform in [
            verdict.platform,
            verdict.against.map(|other| other.platform),
        ] {
            assert!(
                platform.is_none_or(|platform| named.contains(&platform)),
                "{}",
                preset.id
            );
        }
        for side in &line.sides {
            let bill = assessment.comparison.quote(side.platform).unwrap();
            let here = side.here.unwrap();
            assert_eq!(here.total, bill.total().get());
            assert_eq!(here.infrastructure, bill.infrastructure().get());
        }
    }
}

#[test]
fn a_band_holds_eight_of_ten_samples() {
    let text = r#"{"ranges":{"http.requests_per_month":[2e6,5e7]}}"#;
    for inputs in [Inputs::default(), inputs(MEETS), inputs(text)] {
        let book = PriceBook::bundled();
        let line = load_line(&inputs);
        let mut sampling = Sampling::new(&inputs, &book, Bands::All, 3, 2_000);
        while sampling.step() {}
        let sampled = sampling.result();
        for side in &line.sides {
            let spread = sampled
                .spreads
                .iter()
                .find(|spread| spread.platform == side.platform);
            let [low, _, high] = spread.unwrap().totals.unwrap();
            let here = side.here.unwrap();
            assert!(here.low <= here.total && here.total <= here.high);
            for (drawn, sampled) in [(here.low, low), (here.high, high)] {
                let off = (drawn / sampled - 1.0).abs();
                assert!(
                    off < 0.06,
                    "{:?}: {drawn}, {sampled} sampled",
                    side.platform
                );
            }
        }
    }
}

#[test]
fn on_either_side_of_a_meeting_another_is_cheaper() {
    let inputs = inputs(MEETS);
    let line = load_line(&inputs);
    let book = PriceBook::bundled();
    let prices = book.in_region(inputs.region);
    let [one, other] = [0, 1].map(|n| line.sides[n].platform);
    let cheaper = |requests: f64| {
        let mut there = inputs.clone();
        there.http.requests_per_month = requests;
        let case = Case::of(&there);
        let total = |platform: Platform| platform.quote(&case, &prices).unwrap().total();
        total(one) < total(other)
    };
    assert!(!line.meetings.is_empty());
    for requests in &line.meetings {
        assert_ne!(
            cheaper(requests * (1.0 - 1e-3)),
            cheaper(requests * (1.0 + 1e-3))
        );
    }
}

#[test]
fn it_begins_at_a_million_or_at_the_users_own_decade() {
    for (here, first) in [
        (1e7, 1e6),
        (1e6, 1e6),
        (20_000.0, 1e4),
        (0.0, 1e3),
        (9e9, 1e6),
    ] {
        let mut inputs = Inputs::default();
        inputs.http.requests_per_month = here;
        let line = load_line(&inputs);
        assert!((line.requests[0] / first - 1.0).abs() < 1e-9, "{here}");
        assert_eq!(line.requests.last(), Some(&LAST));
        assert!(line.requests.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
