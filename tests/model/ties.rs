//! The tie that a verdict tells at once against the samples that it stands for.

use crate::{
    common::{Scan, inputs},
    seeded_damage::Dice,
};
use plimsoll_model::{
    compare::compare,
    decide::tie::{Doubt, Held, Slopes},
    explore::sample::{Bands, Sampling},
    inputs::Inputs,
    platform::Platform,
    prices::PriceBook,
};

/// How far the share of points at which one platform is cheaper lies from that of the samples: of all pairs, the largest and
/// the mean.
fn error(inputs: &Inputs, samples: usize) -> (f64, f64) {
    let book = PriceBook::bundled();
    let comparison = compare(inputs, &book);
    let slopes = Slopes::of(inputs, &book, &comparison);
    let doubt = Doubt::of(inputs, &comparison, &slopes);
    let amount = |platform: Platform| {
        doubt.amount(Held {
            platform,
            beyond: 0.0,
        })
    };
    let mut sampling = Sampling::new(inputs, &book, Bands::All, 18, samples);
    while sampling.step() {}
    let sampled = sampling.result();
    let (mut most, mut sum, mut pairs) = (0.0_f64, 0.0, 0.0);
    let all: Vec<_> = Platform::ALL.into_iter().filter_map(amount).collect();
    for (n, one) in all.iter().enumerate() {
        for other in &all[..n] {
            let error = one.cheaper_than(other) - sampled.cheaper(one.platform, other.platform);
            most = most.max(error.abs());
            sum += error.abs();
            pairs += 1.0;
        }
    }
    (most, sum / f64::max(pairs, 1.0))
}

#[test]
fn the_points_say_what_the_samples_say() {
    let scan = Scan::of(6, 40);
    let samples = if scan.cases > 6 { 20_000 } else { 4_000 };
    let mut scenarios = vec![
        Inputs::default(),
        inputs(
            r#"{"clouds":["aws"],"services":3,"http":{"requests_per_month":2e7},"team":{"engineers":6}}"#,
        ),
        inputs(
            r#"{"clouds":["google-cloud"],"http":{"requests_per_month":5e8,"latency_ms":1500,"cpu_ms":900},
                "team":{"engineers":10,"fluent":1}}"#,
        ),
    ];
    let mut dice = Dice(18);
    while scenarios.len() < scan.cases {
        let mut inputs = dice.inputs(3);
        inputs.prices.clear();
        inputs.ranges.clear();
        // Beyond it a discount in doubt is more than all, which the points don't know.
        inputs.assumptions.uncertainty_of_assumed = 0.3;
        if inputs.http.requests_per_month < 1e9 && inputs.connections.count < 1e4 {
            scenarios.push(inputs);
        }
    }
    let (mut most, mut mean) = (0.0_f64, 0.0);
    for inputs in &scenarios {
        let (largest, of_pairs) = error(inputs, samples);
        most = most.max(largest);
        mean += of_pairs / scenarios.len() as f64;
    }
    println!(
        "of {} scenarios: at most {most:.3}, in the mean {mean:.4}",
        scenarios.len()
    );
    assert!(
        most < 0.06 && mean < 0.003,
        "at most {most}, in the mean {mean}"
    );
}
