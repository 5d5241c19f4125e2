//! Samples against the point result, against known distributions, and against themselves.

use crate::common::{inputs, legal};
use plimsoll_model::{
    Assessment, assess,
    bill::CostCategory,
    decide::winner,
    explore::sample::{Bands, Sampled, Sampling, Spread},
    inputs::{Between, Calibration, Field, Inputs, Kind, at, fields},
    people::{self, Class},
    platform::Platform,
    platforms::Case,
    prices::PriceBook,
    units::WEEKS_PER_MONTH,
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};

/// How many standard deviations from the middle nine of ten lie below, and one in twenty lies beyond.
const NINE_TENTHS: f64 = 1.281_551_565_5;
const NINETEEN_TWENTIETHS: f64 = 1.644_853_626_9;

fn drawn(inputs: &Inputs, bands: Bands, seed: u64, samples: usize) -> Sampled {
    let mut sampling = Sampling::new(inputs, &PriceBook::bundled(), bands, seed, samples);
    while sampling.step() {}
    sampling.result()
}

fn point(inputs: &Inputs) -> Assessment {
    assess(inputs, &PriceBook::bundled())
}

fn of(sampled: &Sampled, platform: Platform) -> Spread {
    let mut all = sampled.spreads.iter();
    *all.find(|spread| spread.platform == platform).unwrap()
}

fn totals(sampled: &Sampled, platform: Platform) -> [f64; 3] {
    of(sampled, platform).totals.unwrap()
}

fn between(inputs: &mut Inputs, path: &str, low: f64, high: f64) {
    inputs.set_between(Between::new(Field::by_path(path), low, high).unwrap());
}

/// Nothing varies but what a test lets vary: no doubt about prices and the model, hours that were tracked.
fn certain() -> Inputs {
    inputs(
        r#"{"team":{"ops_hours_per_week":{"kubernetes":10,"serverless":4}},
            "assumptions":{"uncertainty_of_assumed":0,"uncertainty_of_model":0}}"#,
    )
}

fn random(count: usize) -> Vec<Inputs> {
    let mut runner = TestRunner::deterministic();
    let one = |_| legal().new_tree(&mut runner).unwrap().current();
    (0..count).map(one).collect()
}

/// A scenario with a range as wide as it may be on every third number.
fn widened(mut inputs: Inputs, turn: usize) -> Inputs {
    for (n, field) in fields::all().enumerate() {
        let Kind::Number { range, get, .. } = field.kind else {
            continue;
        };
        if n % 3 == turn % 3 {
            let x = get(&inputs);
            let ends = [range.clamp(x * 0.6), range.clamp(x * 1.5)];
            let (low, high) = (ends[0].min(ends[1]), ends[0].max(ends[1]));
            inputs.set_between(Between::new(field, low, high).unwrap());
        }
    }
    inputs.clamp_dependents();
    inputs
}

#[test]
fn shares_are_a_whole_and_quantiles_rise() {
    for (n, scenario) in random(240).into_iter().enumerate() {
        let sampled = drawn(&widened(scenario, n), Bands::All, n as u64, 25);
        let sum = |share: fn(&Spread) -> f64| sampled.spreads.iter().map(share).sum::<f64>();
        let recommended = sum(|spread| spread.recommended) + sampled.none;
        assert!((recommended - 1.0).abs() < 1e-9, "{n}: {recommended}");
        let cheapest = sum(|spread| spread.cheapest);
        assert!(cheapest < 1.0 + 1e-9, "{n}: {cheapest}");
        assert_eq!(sampled.spreads.len(), Platform::ALL.len());
        for spread in &sampled.spreads {
            let known = spread.recommended.max(spread.cheapest);
            assert!(known <= spread.priced && spread.priced <= 1.0, "{spread:?}");
            assert_eq!(spread.totals.is_some(), spread.priced > 0.0);
            if let Some([low, middle, high]) = spread.totals {
                assert!(low <= middle && middle <= high, "{n}: {spread:?}");
                // A bill may be all credits, never less.
                assert!(low > -0.01, "{n}: {spread:?}");
            }
        }
    }
}

#[test]
fn without_a_width_every_sample_is_the_point_to_the_last_bit() {
    for (n, scenario) in random(240).into_iter().enumerate() {
        let mut narrow = scenario.clone();
        for field in fields::all() {
            let x = match field.kind {
                Kind::Number { get, .. } => Some(get(&scenario)),
                Kind::Optional { get, .. } => get(&scenario),
                _ => None,
            };
            if let Some(x) = x {
                narrow.set_between(Between::new(field, x, x).unwrap());
            }
        }
        assert!(narrow.ranges.len() > 80);
        let point = point(&scenario);
        for inputs in [&scenario, &narrow] {
            let sampled = drawn(inputs, Bands::None, n as u64, 3);
            let ranked: Vec<Platform> = sampled.spreads.iter().map(|one| one.platform).collect();
            assert_eq!(ranked, point.comparison.ranked);
            for spread in &sampled.spreads {
                let bits = |x: f64| [x.to_bits(); 3];
                let total = point.comparison.total(spread.platform);
                let expected = total.map(|total| bits(total.get()));
                assert_eq!(spread.totals.map(|all| all.map(f64::to_bits)), expected);
                // Where every number is known there is no tie, and nobody stays for one.
                let case = Case::of(&scenario);
                let wins = winner(&case, &point.comparison) == Some(spread.platform);
                assert_eq!(spread.recommended, f64::from(u8::from(wins)));
            }
            let none = point.verdict.platform.is_none();
            assert_eq!(sampled.none, f64::from(u8::from(none)));
        }
    }
}

#[test]
fn the_same_seed_draws_the_same_and_slices_do_not_matter() {
    let inputs = widened(Inputs::default(), 1);
    let whole = drawn(&inputs, Bands::All, 7, 60);
    assert_eq!(drawn(&inputs, Bands::All, 7, 60), whole);
    assert_ne!(drawn(&inputs, Bands::All, 8, 60), whole);
    let mut sampling = Sampling::new(&inputs, &PriceBook::bundled(), Bands::All, 7, 60);
    for done in 1..=60 {
        assert_eq!(sampling.step(), done < 60);
        assert_eq!((sampling.done(), sampling.samples()), (done, 60));
        // To look at what there is so far changes nothing.
        assert_eq!(sampling.result().samples, done);
    }
    assert!(!sampling.step());
    assert_eq!(sampling.result(), whole);
}

#[test]
fn a_range_on_a_rate_is_normal_in_the_total() {
    let mut inputs = certain();
    between(&mut inputs, "team.rate_usd_per_hour", 60.0, 100.0);
    let sampled = drawn(&inputs, Bands::None, 1, 4_000);
    let middle = point(&inputs)
        .comparison
        .total(Platform::Eks)
        .unwrap()
        .get();
    let width = NINE_TENTHS * 20.0 / NINETEEN_TWENTIETHS * 10.0 * WEEKS_PER_MONTH;
    let found = totals(&sampled, Platform::Eks);
    for (found, expected) in found.iter().zip([middle - width, middle, middle + width]) {
        assert!(
            (found - expected).abs() < 0.05 * width,
            "{found}, {expected}"
        );
    }
}

#[test]
fn a_range_on_a_log_scale_is_log_normal_in_the_total() {
    // Fly.io bills what is sent in proportion, and nothing else moves with it.
    let mut inputs = certain();
    inputs.team.ops_hours_per_week.serverless = Some(0.0);
    let without = |inputs: &Inputs| {
        let mut quiet = inputs.clone();
        at::http::response_kb.set_number(&mut quiet, 0.0);
        point(&quiet).comparison.total(Platform::Fly).unwrap().get()
    };
    between(&mut inputs, "http.response_kb", 20.0, 320.0);
    let sampled = drawn(&inputs, Bands::None, 2, 4_000);
    let sent = point(&inputs)
        .comparison
        .total(Platform::Fly)
        .unwrap()
        .get()
        - without(&inputs);
    let factor = 4.0_f64.powf(NINE_TENTHS / NINETEEN_TWENTIETHS);
    let found = totals(&sampled, Platform::Fly).map(|total| total - without(&inputs));
    for (found, expected) in found.iter().zip([sent / factor, sent, sent * factor]) {
        assert!((found / expected - 1.0).abs() < 0.08, "{found}, {expected}");
    }
}

#[test]
fn engineering_time_spreads_over_its_documented_range_alike_for_a_kind() {
    let mut inputs = certain();
    inputs.people.calibration = Calibration::Vendor;
    inputs.team.ops_hours_per_week.kubernetes = None;
    inputs.team.ops_hours_per_week.serverless = None;
    let sampled = drawn(&inputs, Bands::All, 3, 4_000);
    let point = point(&inputs);
    let found = |platform: Platform| {
        let bill = point.comparison.quote(platform).unwrap();
        let people = bill.subtotal(CostCategory::People).get();
        totals(&sampled, platform).map(|total| (total - bill.infrastructure().get()) / people)
    };
    // Evenly from 0.7 to 1.3 times what the chosen calibration says.
    for platform in [Platform::Eks, Platform::Fargate, Platform::ContainerApps] {
        for (found, expected) in found(platform).iter().zip([0.76, 1.0, 1.24]) {
            assert!(
                (found / expected - 1.0).abs() < 0.03,
                "{platform:?}: {found}, {expected}"
            );
        }
    }
    for (one, other) in [
        (Platform::Eks, Platform::Gke),
        (Platform::Gke, Platform::GkeAutopilot),
        (Platform::Fly, Platform::Render),
    ] {
        for (one, other) in found(one).iter().zip(found(other)) {
            assert!((one / other - 1.0).abs() < 1e-9, "{one}, {other}");
        }
    }
    let fargate = found(Platform::Fargate);
    assert!((fargate[0] - found(Platform::Eks)[0]).abs() > 1e-6);
}

#[test]
fn in_the_middle_each_calibration_is_drawn_as_often() {
    let mut inputs = certain();
    inputs.team.ops_hours_per_week.kubernetes = None;
    let of_eks = people::hours(Class::KubernetesNodes, &inputs);
    let rate = inputs.team.rate_usd_per_hour * WEEKS_PER_MONTH;
    let infrastructure = point(&inputs)
        .comparison
        .quote(Platform::Eks)
        .unwrap()
        .infrastructure()
        .get();
    let [low, _, high] = totals(&drawn(&inputs, Bands::All, 4, 4_000), Platform::Eks)
        .map(|usd| (usd - infrastructure) / rate);
    // A third of the samples spreads evenly around each of the three: a tenth of all is three tenths of the least third.
    let [article, vendor, _] = of_eks.by_calibration;
    let tenth = vendor * (0.7 + 0.3 * 0.6);
    let ninetieth = article * (0.7 + 0.7 * 0.6);
    assert!((low / tenth - 1.0).abs() < 0.03, "{low}, {tenth}");
    assert!((high / ninetieth - 1.0).abs() < 0.03, "{high}, {ninetieth}");
    let (least, most) = (0.7 * vendor, 1.3 * article);
    assert!(least < low && high < most);
}

#[test]
fn what_is_tracked_and_published_does_not_spread() {
    let mut inputs = certain();
    inputs.team.ops_hours_per_week.serverless = Some(0.0);
    inputs.surroundings.counted = false;
    inputs.assumptions.uncertainty_of_assumed = 0.3;
    let sampled = drawn(&inputs, Bands::All, 5, 400);
    for platform in [Platform::Fargate, Platform::Fly, Platform::Render] {
        let [low, middle, high] = totals(&sampled, platform);
        assert!(high - low < 1e-9 * middle, "{platform:?}: {low} to {high}");
    }
    // All compute of Railway rests on an assumption: one standard deviation of its median.
    let [low, middle, high] = totals(&sampled, Platform::Railway);
    assert!(
        low < 0.99 * middle && high > 1.01 * middle,
        "{low}, {middle}, {high}"
    );
}

#[test]
fn an_assumed_price_is_the_same_for_all_who_pay_it() {
    // The images in AWS's registry are all that is not certain of EKS and Fargate.
    let mut inputs = certain();
    inputs.assumptions.uncertainty_of_assumed = 0.3;
    inputs.assumptions.registry_gb = 1_000.0;
    inputs.assumptions.nat_kb_per_request = 0.0;
    for surrounding in fields::all().filter(|field| field.path.starts_with("surroundings.")) {
        if let Kind::Flag { set, .. } = surrounding.kind {
            set(&mut inputs, surrounding.path == "surroundings.registry");
        }
    }
    let sampled = drawn(&inputs, Bands::All, 6, 1_000);
    let point = point(&inputs);
    let spread = |platform: Platform| {
        let total = point.comparison.total(platform).unwrap().get();
        totals(&sampled, platform).map(|found| found - total)
    };
    let (one, other) = (spread(Platform::Fargate), spread(Platform::EksFargate));
    let factor = 1.3_f64.powf(NINE_TENTHS);
    let expected = [100.0 / factor - 100.0, 0.0, 100.0 * factor - 100.0];
    for n in 0..3 {
        assert!((one[n] - other[n]).abs() < 1e-6, "{one:?}, {other:?}");
        assert!((one[n] - expected[n]).abs() < 5.0, "{one:?}, {expected:?}");
    }
}

#[test]
fn cloud_run_stays_between_the_bounds_of_its_routing() {
    let mut inputs = certain();
    inputs.team.ops_hours_per_week.serverless = Some(0.0);
    inputs.surroundings.counted = false;
    inputs.http.requests_per_month = 3e7;
    inputs.http.latency_ms = 120.0;
    inputs.http.concurrency = 2;
    let point = point(&inputs);
    let bill = point.comparison.quote(Platform::CloudRun).unwrap();
    let people = bill.subtotal(CostCategory::People).get();
    let bound = |id: &str| {
        let figure = bill.figures.iter().find(|figure| figure.id == id).unwrap();
        figure.value + people
    };
    let (least, most) = (
        bound("infrastructure_low_usd"),
        bound("infrastructure_high_usd"),
    );
    assert!(most > 1.05 * least, "{least}, {most}");
    let sampled = drawn(&inputs, Bands::All, 7, 1_000);
    let [low, middle, high] = totals(&sampled, Platform::CloudRun);
    assert!(least < low && low < middle && middle < high && high < most);
    // A triangle: a tenth of its draws lies below the root of a tenth of the way, as far as the top.
    let top = bill.total().get();
    let width = most - least;
    let expected = least + (0.1 * width * (top - least)).sqrt();
    assert!(
        expected <= top && (low - expected).abs() < 0.03 * width,
        "{low}, {expected}"
    );
}

#[test]
fn a_range_over_a_limit_runs_in_some_samples_and_no_closed_platform_is_the_cheapest() {
    let mut inputs = Inputs::default();
    between(&mut inputs, "instance.memory_gib", 20.0, 50.0);
    let sampled = drawn(&inputs, Bands::None, 8, 400);
    let run = of(&sampled, Platform::CloudRun);
    assert!((0.3..0.7).contains(&run.priced), "{run:?}");
    let closed = of(&sampled, Platform::AppRunner);
    assert_eq!((closed.cheapest, closed.recommended), (0.0, 0.0));
}

#[test]
fn where_none_fits_that_is_a_share_too() {
    let inputs =
        inputs(r#"{"needs":{"hostile_tenants":true,"stateful":true},"team":{"engineers":2}}"#);
    let sampled = drawn(&inputs, Bands::All, 9, 40);
    let advised = point(&inputs).verdict.platform;
    assert_eq!((advised, sampled.none), (None, 1.0));
}
