//! Sweeps and break-evens against single comparisons.

use crate::common::legal;
use plimsoll_model::{
    compare::{Best, compare},
    explore::{
        break_even::{BreakEven, PRECISION, Search},
        sweep::{FIRST, LAST, POINTS, Sweep},
    },
    inputs::Inputs,
    platform::Platform,
    prices::PriceBook,
    units::{SECONDS_PER_MONTH, Usd},
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};

fn swept(inputs: &Inputs, book: &PriceBook) -> Sweep {
    let mut sweep = Sweep::new(inputs);
    while sweep.step(book) {}
    sweep
}

fn break_evens(sweep: &Sweep, book: &PriceBook) -> Vec<BreakEven> {
    let mut search = Search::new(sweep);
    while search.step(book) {}
    search.found().to_vec()
}

fn is_kubernetes(platform: Platform) -> bool {
    platform.definition().people.is_kubernetes()
}

#[test]
fn each_step_does_one_point_and_the_last_says_so() {
    let book = PriceBook::bundled();
    let mut sweep = Sweep::new(&Inputs::default());
    assert_eq!(sweep.done(), 0);
    for point in 1..=POINTS {
        assert_eq!(sweep.step(&book), point < POINTS);
        assert_eq!(sweep.done(), point);
    }
    assert!(!sweep.step(&book));
    assert_eq!(sweep.done(), POINTS);
}

#[test]
fn a_closed_platform_is_swept_but_never_the_best() {
    let book = PriceBook::bundled();
    let mut inputs = Inputs::default();
    let is_open = |inputs: &Inputs| {
        let sweep = swept(inputs, &book);
        let curve = &sweep.curves[Platform::AppRunner as usize];
        assert!(curve.points.iter().any(|(_, usd)| usd.is_some()));
        curve.open
    };
    assert!(!is_open(&inputs));
    inputs.already_on = Some(Platform::AppRunner);
    assert!(is_open(&inputs));
}

/// The cheapest platform of each side that is open: an own reading of the comparison, dollars a month.
fn cheapest(inputs: &Inputs, requests: f64, book: &PriceBook) -> (f64, f64) {
    let mut inputs = inputs.clone();
    inputs.http.requests_per_month = requests;
    let comparison = compare(&inputs, book);
    let least = |side: bool| {
        Platform::ALL
            .into_iter()
            .filter(|platform| is_kubernetes(*platform) == side)
            .filter(|platform| comparison.is_open(*platform, &inputs))
            .filter_map(|platform| comparison.total(platform))
            .map(Usd::get)
            .fold(f64::INFINITY, f64::min)
    };
    (least(false), least(true))
}

#[test]
fn just_below_a_break_even_one_side_is_cheaper_and_just_above_the_other() {
    let book = PriceBook::bundled();
    let mut runner = TestRunner::deterministic();
    let (mut checked, mut twice) = (0, 0);
    for _ in 0..2_500 {
        let mut inputs = legal().new_tree(&mut runner).unwrap().current();
        // With hours of the team's own that are nearly the same on either side money decides, and break-evens are common.
        let hours = (0.0..4.0f64, 0.0..4.0f64).new_tree(&mut runner).unwrap();
        let (serverless, kubernetes) = hours.current();
        inputs.team.ops_hours_per_week.serverless = Some(serverless);
        inputs.team.ops_hours_per_week.kubernetes = Some(kubernetes);
        let found = break_evens(&swept(&inputs, &book), &book);
        for at in &found {
            assert!(at.still_below < at.per_month);
            assert!(at.still_below >= at.per_month * (1.0 - PRECISION));
            assert!(FIRST <= at.still_below && at.per_month <= LAST);
            assert_ne!(is_kubernetes(at.below), is_kubernetes(at.above));
            let (serverless, kubernetes) = cheapest(&inputs, at.still_below, &book);
            assert_eq!(kubernetes < serverless, is_kubernetes(at.below), "{at:?}");
            let (serverless, kubernetes) = cheapest(&inputs, at.per_month, &book);
            assert_eq!(kubernetes < serverless, is_kubernetes(at.above), "{at:?}");
            assert_eq!(at.usd, serverless.min(kubernetes));
            let per_second = at.per_month / SECONDS_PER_MONTH;
            assert!((at.per_second - per_second).abs() <= 1e-9 * per_second);
            checked += 1;
        }
        twice += usize::from(found.len() == 2);
    }
    assert!(checked >= 24, "only {checked} break-evens");
    assert!(twice >= 1, "only {twice} with a first and a last");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_sweep_is_the_comparisons_of_its_points(inputs in legal()) {
        let book = PriceBook::bundled();
        let sweep = swept(&inputs, &book);
        for point in [0, 7, 18, POINTS - 1] {
            let mut there = inputs.clone();
            there.http.requests_per_month = sweep.curves[0].points[point].0;
            let comparison = compare(&there, &book);
            for curve in &sweep.curves {
                let total = comparison.total(curve.platform).map(Usd::get);
                prop_assert_eq!(curve.usd(point), total, "{}", curve.platform.id());
            }
            prop_assert_eq!(Best::at(&sweep.curves, point), Best::of(&comparison, &there));
        }
    }

    #[test]
    fn nothing_changes_below_the_first_and_above_the_last(inputs in legal()) {
        let book = PriceBook::bundled();
        let sweep = swept(&inputs, &book);
        let found = break_evens(&sweep, &book);
        prop_assert!(found.len() <= 2);
        // Below the first and above the last nothing changes on the grid, and with none nothing changes at all.
        let winners: Vec<(f64, bool)> = (0..POINTS)
            .filter_map(|point| {
                let winner = Best::at(&sweep.curves, point).winner()?;
                Some((sweep.curves[0].points[point].0, is_kubernetes(winner.0)))
            })
            .collect();
        for (requests, side) in winners {
            match (found.first(), found.last()) {
                (Some(first), _) if requests <= first.still_below => {
                    prop_assert_eq!(side, is_kubernetes(first.below));
                }
                (_, Some(last)) if requests >= last.per_month => {
                    prop_assert_eq!(side, is_kubernetes(last.above));
                }
                _ => {}
            }
        }
    }
}
