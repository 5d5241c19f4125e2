//! Staying and moving over three years, against single bills and against the advice.

use crate::common::{bill, inputs, legal};
use plimsoll_model::{
    assess,
    explore::months::{MONTHS, Months},
    inputs::Inputs,
    platform::Platform,
    prices::PriceBook,
};
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};

fn run(inputs: &Inputs, to: Option<Platform>) -> Option<Months> {
    let book = PriceBook::bundled();
    let mut months = Months::new(inputs, &assess(inputs, &book), to)?;
    for month in 1..=MONTHS {
        assert_eq!(months.step(&book), month < MONTHS);
        assert_eq!(months.done(), month);
    }
    assert!(!months.step(&book));
    for way in [&months.stay, &months.go] {
        assert_eq!(way.spent.len(), MONTHS);
    }
    assert_eq!(months.requests.len(), MONTHS);
    Some(months)
}

/// A team on EKS for which the advice is to move.
const ON_EKS: &str = r#"{"already_on":"eks","services":2}"#;

fn spent(spent: &[Option<f64>]) -> Vec<f64> {
    spent.iter().map(|spent| spent.unwrap()).collect()
}

#[test]
fn without_growth_the_lines_are_straight_and_the_payback_is_that_of_the_advice() {
    let mut inputs = inputs(ON_EKS);
    inputs.assumptions.move_overlap_months = 0.0;
    let book = PriceBook::bundled();
    let moves = assess(&inputs, &book).verdict.moves;
    assert!(!moves.is_empty());
    let mut paid_back = 0;
    for told in moves {
        let months = run(&inputs, Some(told.to)).unwrap();
        assert_eq!(
            (months.stay.platform, months.go.platform),
            (told.from, told.to)
        );
        for way in [&months.stay, &months.go] {
            let month = bill(way.platform, &inputs, &book).total().get();
            for (n, spent) in spent(&way.spent).into_iter().enumerate() {
                let line = way.one_off.cost.get() + month * (n + 1) as f64;
                assert!((spent - line).abs() < 1e-6 * line, "{n}: {spent} {line}");
            }
        }
        assert_eq!(months.go.one_off, told.work);
        match (told.payback_months, months.payback()) {
            (Some(told), Some(found)) => {
                let later = found as f64 - told;
                assert!((0.0..=1.0).contains(&later), "{told} {found}");
                paid_back += 1;
            }
            (told, None) => assert!(told.is_none_or(|told| told >= MONTHS as f64)),
            (None, Some(found)) => unreachable!("{found} where nothing is saved"),
        }
    }
    assert!(paid_back >= 1);
}

#[test]
fn while_both_run_the_old_infrastructure_is_paid_too() {
    let mut inputs = inputs(ON_EKS);
    let book = PriceBook::bundled();
    let at = |inputs: &Inputs| run(inputs, Some(Platform::CloudRun)).unwrap();
    inputs.assumptions.move_overlap_months = 0.0;
    let without = at(&inputs);
    let old = bill(Platform::Eks, &inputs, &book).infrastructure().get();
    for (overlap, after) in [(1.0, [1.0, 1.0, 1.0]), (2.25, [1.0, 2.0, 2.25])] {
        inputs.assumptions.move_overlap_months = overlap;
        let with = at(&inputs);
        assert_eq!(with.stay, without.stay);
        for (n, months) in after.into_iter().enumerate() {
            let more = with.go.spent[n].unwrap() - without.go.spent[n].unwrap();
            assert!((more - months * old).abs() < 1e-6, "{overlap}, {n}: {more}");
        }
    }
}

#[test]
fn who_is_on_nothing_starts_on_either_with_its_set_up() {
    let inputs = Inputs::default();
    let months = run(&inputs, None).unwrap();
    assert!(!months.moving);
    let is_kubernetes = |platform: Platform| platform.definition().people.is_kubernetes();
    let sides = [&months.stay, &months.go].map(|way| is_kubernetes(way.platform));
    assert_eq!(sides, [false, true]);
    let a = &inputs.assumptions;
    assert_eq!(months.stay.one_off.weeks, a.setup_weeks_serverless);
    assert_eq!(months.go.one_off.weeks, a.setup_weeks_kubernetes);
}

/// Beyond its break-even Kubernetes is cheaper: a team on Cloud Run for which it is little work grows past it.
#[test]
fn growth_through_a_break_even_changes_who_is_cheaper() {
    let mut inputs = inputs(
        r#"{"already_on":"cloud-run","http":{"requests_per_month":2e6,"latency_ms":2000,"concurrency":10},
            "instance":{"memory_gib":8},"buy":{"commitment":"3y"},
            "team":{"fluent":6,"engineers":20,"existing_cluster":true,"platform_team":true},
            "assumptions":{"move_weeks":0.1,"move_weeks_per_service":0}}"#,
    );
    let slow = run(&inputs, Some(Platform::Gke)).unwrap();
    assert_eq!(slow.payback(), None);
    inputs.growth_percent_per_month = 25.0;
    let fast = run(&inputs, Some(Platform::Gke)).unwrap();
    let month = fast.payback().unwrap();
    assert!(month > 6, "{month}");
    let monthly = |spent: &[Option<f64>], n: usize| spent[n].unwrap() - spent[n - 1].unwrap();
    let dearer = |n: usize| monthly(&fast.go.spent, n) > monthly(&fast.stay.spent, n);
    assert!(dearer(2) && !dearer(MONTHS - 1));
    for (n, requests) in fast.requests.iter().enumerate() {
        let grown = 2e6 * 1.25f64.powf(n as f64);
        assert!((requests - grown).abs() < 1e-6 * grown);
    }
}

#[test]
fn requests_stay_in_their_range_and_that_is_told() {
    let mut inputs = inputs(r#"{"already_on":"fly","http":{"requests_per_month":5e9}}"#);
    inputs.growth_percent_per_month = 50.0;
    let months = run(&inputs, Some(Platform::Eks)).unwrap();
    assert_eq!(months.held_from, Some(3));
    assert_eq!(months.requests[2..], [1e10; MONTHS - 2]);
    inputs.growth_percent_per_month = 0.0;
    assert_eq!(run(&inputs, None).unwrap().held_from, None);
}

#[test]
fn what_is_spent_never_falls() {
    let mut runner = TestRunner::deterministic();
    let mut checked = 0;
    for _ in 0..200 {
        let inputs = legal().new_tree(&mut runner).unwrap().current();
        let Some(months) = run(&inputs, None) else {
            continue;
        };
        for way in [&months.stay, &months.go] {
            let mut before = way.one_off.cost.get();
            let mut ended = false;
            for spent in &way.spent {
                let Some(spent) = spent else {
                    ended = true;
                    continue;
                };
                assert!(!ended, "{way:?}");
                assert!(*spent >= before - 1e-9, "{way:?}");
                before = *spent;
            }
        }
        checked += 1;
    }
    assert!(checked > 30, "only {checked}");
}
