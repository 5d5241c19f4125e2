//! What is exact, bounded or monotone in the capacity model, at random points over its whole range.

use plimsoll_model::capacity::{
    autoscaler::{self, Capacity, Target},
    busy,
    cold::KeepAliveLoad,
    queue,
};
use proptest::prelude::*;

fn close(a: f64, b: f64, rel: f64) -> bool {
    (a - b).abs() <= rel * b.abs() + 1e-300
}

/// Erlangs, from almost nothing to a million.
fn loads() -> impl Strategy<Value = f64> {
    (-9.0..6.0f64).prop_map(|power| 10f64.powf(power))
}

/// Seconds of a request.
fn times() -> impl Strategy<Value = f64> {
    (-3.0..3.5f64).prop_map(|power| 10f64.powf(power))
}

/// Slots of an instance.
fn slots() -> impl Strategy<Value = u32> {
    (0.0..3.0f64).prop_map(|power| 10f64.powf(power) as u32)
}

const TARGET: Target = Target {
    concurrency_share: 0.6,
    cpu_share: 0.6,
};

fn in_service(load: f64, service_s: f64, slots: u32) -> f64 {
    let one = Capacity {
        concurrency: f64::from(slots),
        vcpu: 1.0,
    };
    autoscaler::instances(load / service_s, service_s, 0.0, one, TARGET).max(1.0)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_instance_that_holds_all_is_busy_unless_nothing_is_there(load in (-9.0..1.0f64).prop_map(|p| 10f64.powf(p)), s in times()) {
        let busy = busy::busy(load / s, s, 1e6, 1.0, 0.0);
        prop_assert!(close(busy.instances, -libm::expm1(-load), 1e-9));
        let first = busy::first_fit(load / s, s, 1_000_000, 0.0);
        prop_assert!(close(first.instances, -libm::expm1(-load), 1e-6));
    }

    #[test]
    fn without_concurrency_the_sum_of_durations_is_busy(load in loads(), s in times()) {
        let n = in_service(load, s, 1);
        let busy = busy::busy(load / s, s, 1.0, n, 0.0);
        prop_assert!(close(busy.instances, load, 1e-6), "{} for {load}", busy.instances);
    }

    #[test]
    fn at_low_traffic_every_request_is_rounded_up_alone(s in times(), slots in 2u32..1_000) {
        let load = 1e-9;
        let busy = busy::busy(load / s, s, f64::from(slots), 1.0, 0.1);
        let alone = load * 0.1 / s / -libm::expm1(-0.1 / s);
        prop_assert!(close(busy.instances, load, 1e-6));
        prop_assert!(close(busy.rounded, alone.min(1.0), 1e-3), "{} and {alone}", busy.rounded);
    }

    #[test]
    fn at_high_traffic_every_instance_is_busy(load in (3.0..6.0f64).prop_map(|p| 10f64.powf(p)), s in times(), slots in 10u32..200) {
        let n = in_service(load, s, slots);
        let wanted = load / (0.6 * f64::from(slots));
        // So many instances that rounding up no longer shows.
        prop_assume!(wanted > 20.0);
        prop_assert!((n - wanted).abs() <= 1.0, "{n} for {wanted}");
        let busy = busy::busy(load / s, s, f64::from(slots), n, 0.1);
        prop_assert!(close(busy.instances, n, 5e-3), "{} of {n}", busy.instances);
        prop_assert!(busy.rounded <= n * (1.0 + 1e-9));
    }

    #[test]
    fn the_busy_lie_between_packed_and_spread(load in loads(), s in times(), slots in slots()) {
        let n = in_service(load, s, slots);
        let c = f64::from(slots);
        let busy = busy::busy(load / s, s, c, n, 0.1);
        let packed = queue::expected_groups(load, c);
        prop_assert!(busy.instances.is_finite() && busy.rounded.is_finite());
        prop_assert!(busy.instances >= packed * (1.0 - 1e-6), "{busy:?} packed {packed}");
        prop_assert!(busy.instances <= load.min(n.max(packed)) * (1.0 + 1e-6), "{busy:?} of {n} for {load}");
        prop_assert!(busy.rounded >= busy.instances * (1.0 - 1e-12));
        let (low, high) = busy::band(load / s, s, c, n);
        prop_assert!(low <= busy.instances * (1.0 + 1e-6));
        prop_assert!(high >= busy.instances * (1.0 - 0.02), "{busy:?} above {high}");
    }

    #[test]
    fn more_traffic_and_longer_requests_are_never_fewer_busy(load in loads(), s in times(), slots in slots(), more in 1.0..3.0f64) {
        let c = f64::from(slots);
        let at = |rate: f64, s: f64| busy::busy(rate, s, c, in_service(rate * s, s, slots), 0.0).instances;
        let rate = load / s;
        prop_assert!(at(rate * more, s) >= at(rate, s) * (1.0 - 1e-6));
        prop_assert!(at(rate, s * more) >= at(rate, s) * (1.0 - 1e-6));
    }

    #[test]
    fn more_kept_are_never_fewer_alive_nor_more_cold(load in loads(), s in times(), slots in slots(), min in 0u32..20, cv2 in 1.0..20.0f64) {
        let alive = KeepAliveLoad { rate: load / s, service_s: s, concurrency: slots, keep_s: 300.0, min_instances: min, cv2 };
        let (fewer, more) = (alive.cold(1.0), KeepAliveLoad { min_instances: min + 1, ..alive }.cold(1.0));
        prop_assert!(more.alive >= fewer.alive * (1.0 - 1e-9));
        prop_assert!(more.probability <= fewer.probability * (1.0 + 1e-9));
        prop_assert!(more.delayed <= fewer.delayed * (1.0 + 1e-9) + 1e-15);
        prop_assert!(fewer.alive >= f64::from(min) && fewer.alive.is_finite());
        prop_assert!((0.0..=1.0).contains(&fewer.probability) && (0.0..=1.0).contains(&fewer.delayed));
    }

    #[test]
    fn what_is_kept_is_busy_or_idle(load in (-6.0..3.0f64).prop_map(|p| 10f64.powf(p)), s in times(), slots in slots(), min in 0u32..30) {
        let min = f64::from(min);
        let n = in_service(load, s, slots).max(min);
        let c = f64::from(slots);
        let busy = busy::busy(load / s, s, c, n, 0.0);
        let idle = busy::kept_idle(min, n, busy::idle(load / s, s, c, n));
        prop_assert!(idle >= 0.0 && idle <= min + 1e-9);
        prop_assert!(busy.instances + idle >= min * (1.0 - 1e-6), "{} busy and {idle} idle of {min}", busy.instances);
    }

    #[test]
    fn nothing_jumps(load in loads(), s in times(), slots in slots()) {
        // A millionth more traffic moves nothing by more than a thousandth, not even where a limit takes over.
        let c = f64::from(slots);
        let figures = |load: f64| {
            let n = in_service(load, s, slots);
            let alive = KeepAliveLoad { rate: load / s, service_s: s, concurrency: slots, keep_s: 300.0, min_instances: 0, cv2: 4.0 };
            [n, busy::busy(load / s, s, c, n, 0.1).rounded, alive.cold(1.0).alive]
        };
        for (a, b) in figures(load).into_iter().zip(figures(load * (1.0 + 1e-6))) {
            prop_assert!(close(a, b, 1e-3), "{a} and {b}");
        }
    }
}

/// Where the normal limit takes over at a thousand requests in flight, the figures meet.
#[test]
fn the_normal_limit_joins_the_exact_sums() {
    for slots in [1, 2, 10, 80] {
        let at = |load: f64| {
            let alive = KeepAliveLoad {
                rate: load,
                service_s: 1.0,
                concurrency: slots,
                keep_s: 300.0,
                min_instances: 0,
                cv2: 4.0,
            };
            [
                alive.cold(1.0).alive,
                queue::expected_groups(load, f64::from(slots)),
                queue::expected_capped(load, 900.0),
            ]
        };
        for (below, above) in at(999.9).into_iter().zip(at(1_000.1)) {
            assert!(
                close(below, above, 0.01),
                "{slots} slots: {below} and {above}"
            );
        }
    }
}

/// Added latency, blocking and waiting have their known values.
#[test]
fn the_mathematics_has_its_known_values() {
    assert!(close(
        queue::normal_quantile(0.95),
        1.644_853_626_951_472,
        1e-9
    ));
    assert!(close(
        queue::normal_quantile(0.001),
        -3.090_232_306_167_813,
        1e-9
    ));
    assert!(close(
        queue::normal_cdf(1.0),
        0.841_344_746_068_542_9,
        1e-12
    ));
    assert!(close(queue::erlang_c(2, 1.0), 1.0 / 3.0, 1e-12));
    assert!(close(queue::erlang_b(1_000, 2_016.0), 0.504_454, 1e-5));
    assert_eq!(queue::erlang_c(3, 3.0), 1.0);
    assert!(close(
        queue::expected_capped(1.0, 1.0),
        -libm::expm1(-1.0),
        1e-12
    ));
    assert!(close(queue::expected_capped(5.0, 1e9), 5.0, 1e-12));
}
