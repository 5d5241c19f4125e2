//! What holds for every legal input, tried on random ones.

use crate::common::everywhere;
use plimsoll::{
    model::{
        bill::{Part, Refusal},
        compare::compare,
        inputs::{Below, FIELDS, Inputs, Kind, Range, Scale},
        platforms::{Case, Platform},
        prices::PriceBook,
        units::Usd,
    },
    scenario,
};
use proptest::prelude::*;

/// A number of the range from a number between 0 and 1, as a slider would have it; ends and zero come up often.
fn pick(range: &Range, share: f64) -> f64 {
    let x = if share < 0.03 {
        if range.below == Below::Nothing {
            range.min
        } else {
            0.0
        }
    } else if share > 0.97 {
        range.max
    } else {
        match range.scale {
            Scale::Linear => range.min + share * (range.max - range.min),
            Scale::Log => range.min * (range.max / range.min).powf(share),
        }
    };
    range.clamp(x)
}

/// Legal inputs, every one drawn from its range.
fn legal() -> impl Strategy<Value = Inputs> {
    proptest::collection::vec(0.0..1.0f64, FIELDS.len()).prop_map(|shares| {
        let mut inputs = Inputs::default();
        for (field, share) in FIELDS.iter().zip(shares) {
            match field.kind {
                Kind::Number { range, set, .. } => set(&mut inputs, pick(&range, share)),
                Kind::Optional { range, set, .. } => {
                    set(
                        &mut inputs,
                        (share > 0.7).then(|| pick(&range, (share - 0.7) / 0.3)),
                    );
                }
                Kind::Flag { set, .. } => set(&mut inputs, share > 0.5),
                Kind::Choice { options, set, .. } => {
                    set(&mut inputs, (share * options.len() as f64) as usize);
                }
            }
        }
        inputs.settle();
        inputs
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_platform_answers_with_a_finite_bill_or_a_reason(inputs in legal()) {
        let book = PriceBook::bundled();
        let comparison = compare(&inputs, &book);
        for platform in Platform::ALL {
            match comparison.quote(platform) {
                Ok(bill) => {
                    prop_assert!(bill.total().get().is_finite());
                    prop_assert!(bill.total().get() < 1e12, "{} costs {:?}", platform.about().id, bill.total());
                    prop_assert!(bill.infrastructure() >= Usd::ZERO);
                }
                Err(refusal) => {
                    let reason = scenario::reason(refusal);
                    prop_assert!(reason.ends_with('.') && !reason.contains("{}"), "{reason}");
                    let has_page = match refusal {
                        Refusal::CannotRun(cannot) => cannot.page.starts_with("https://"),
                        Refusal::NoPrice(_) => true,
                    };
                    prop_assert!(has_page, "{reason}");
                }
            }
        }
    }

    #[test]
    fn totals_are_the_sum_of_lines(inputs in legal()) {
        let book = PriceBook::bundled();
        let comparison = compare(&inputs, &book);
        for platform in Platform::ALL {
            let Ok(bill) = comparison.quote(platform) else { continue };
            let lines: f64 = bill.lines.iter().map(|line| line.quantity * line.unit_price).sum();
            let total = bill.total().get();
            prop_assert!((lines - total).abs() <= 1e-9 * total.abs().max(1.0));
            let parts: f64 = Part::ALL.into_iter().map(|part| bill.subtotal(part).get()).sum();
            prop_assert!((parts - total).abs() <= 1e-9 * total.abs().max(1.0));
            for line in &bill.lines {
                let product: f64 = line.factors.iter().map(|factor| factor.value).product();
                prop_assert!(
                    (product - line.quantity).abs() <= 1e-9 * line.quantity,
                    "{}: {:?} is not {}", line.meter, line.factors, line.quantity
                );
            }
        }
    }

    #[test]
    fn no_load_bills_no_usage(inputs in legal()) {
        let mut inputs = inputs;
        inputs.http.requests_per_month = 0.0;
        inputs.workers.count = 0;
        inputs.jobs.runs_per_month = 0.0;
        let book = PriceBook::bundled();
        for platform in Platform::ALL {
            let bill = platform.quote(&Case::of(&inputs), &book.at(inputs.region)).unwrap();
            for part in [Part::Compute, Part::Network, Part::Observability] {
                prop_assert_eq!(bill.part(part).count(), 0, "{} {:?}", platform.about().id, part);
            }
        }
    }

    #[test]
    fn a_scenario_survives_its_file(inputs in legal()) {
        let (read, notices) = scenario::read(&scenario::write(&inputs).to_string());
        prop_assert_eq!(notices, vec![]);
        prop_assert_eq!(read, inputs);
    }

    #[test]
    fn free_tiers_never_cost(inputs in legal()) {
        let mut with = inputs;
        with.options.free_tier = true;
        let mut without = with.clone();
        without.options.free_tier = false;
        let book = PriceBook::bundled();
        let (with, without) = (compare(&with, &book), compare(&without, &book));
        for platform in Platform::ALL {
            if let (Some(with), Some(without)) = (with.total(platform), without.total(platform)) {
                prop_assert!(with.get() <= without.get() * (1.0 + 1e-12));
            }
        }
    }
}

/// More requests never cost less (E18), over the whole range, everywhere.
#[test]
fn more_requests_never_cost_less() {
    let book = PriceBook::bundled();
    for (platform, region) in everywhere() {
        let mut inputs = Inputs {
            region,
            ..Inputs::default()
        };
        let mut before = Usd::ZERO;
        for step in 0..=700 {
            inputs.http.requests_per_month = 1e3 * 10f64.powf(f64::from(step) / 100.0);
            let Some(total) = compare(&inputs, &book).total(platform) else {
                continue;
            };
            assert!(
                total.get() >= before.get() - 1e-6,
                "{} in {region:?} at {}: {total:?} after {before:?}",
                platform.about().id,
                inputs.http.requests_per_month
            );
            before = total;
        }
    }
}
