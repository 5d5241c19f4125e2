//! The simulator against what is known without it.

use super::*;

/// The laws of service time with one mean.
fn laws(mean: f64) -> [Service; 3] {
    [
        Service::Exponential(mean),
        Service::Constant(mean),
        Service::Lognormal { mean, cv: 2.0 },
    ]
}

fn assert_within(found: Estimate, expected: f64, share: f64, what: &Setting) {
    assert!(
        (found.mean - expected).abs() <= share * expected,
        "{found:?} instead of {expected}: {what:?}"
    );
}

#[test]
fn one_large_instance_is_active_while_anything_runs() {
    // Poisson's probability of no request at all, whatever the law of the service time.
    for in_flight in [0.2, 1.0, 3.0] {
        for service in laws(0.2) {
            let setting = Setting {
                rate: in_flight / 0.2,
                service,
                concurrency: 1_000_000,
                requests: 50_000,
                ..Setting::default()
            };
            let expected = 1.0 - (-in_flight).exp();
            assert_within(active(&setting).active_instances, expected, 0.01, &setting);
        }
    }
}

#[test]
fn with_one_slot_each_instances_add_up_to_the_requests_in_flight() {
    for in_flight in [0.2, 1.0, 3.0] {
        for routing in [Routing::FirstFit, Routing::Random, Routing::LeastLoaded] {
            let setting = Setting {
                rate: in_flight / 0.2,
                concurrency: 1,
                routing,
                in_service: Some(5),
                requests: 50_000,
                ..Setting::default()
            };
            let found = active(&setting);
            assert_within(found.active_instances, in_flight, 0.01, &setting);
            // A busy period is a request, and an exponential one lasts a geometric number of steps.
            assert_within(found.busy_periods_per_s, setting.rate, 0.01, &setting);
            let steps = setting.rate * 0.1 / (1.0 - (-0.1_f64 / 0.2).exp());
            assert_within(found.rounded_apart, steps, 0.01, &setting);
        }
    }
}

#[test]
fn a_moment_is_billed_once_where_rounded_periods_overlap() {
    // A request of a microsecond is billed as 0.1 s: as if each ran so long, on one large instance.
    let setting = Setting {
        rate: 10.0,
        service: Service::Constant(1e-6),
        ..Setting::default()
    };
    let found = active(&setting);
    assert_within(found.rounded, 1.0 - (-1.0_f64).exp(), 0.01, &setting);
    assert_within(found.rounded_apart, 1.0, 0.01, &setting);
    // A whole number of steps stays that number.
    let whole = Setting {
        rate: 0.001,
        service: Service::Constant(0.2),
        ..Setting::default()
    };
    let found = active(&whole);
    assert_within(found.rounded, found.active_instances.mean, 1e-3, &whole);
}

#[test]
fn routing_that_spreads_keeps_more_instances_active() {
    let mean = |routing| {
        let setting = Setting {
            rate: 50.0,
            concurrency: 4,
            routing,
            in_service: Some(5),
            ..Setting::default()
        };
        active(&setting).active_instances.mean
    };
    let packed = mean(Routing::FirstFit);
    let random = mean(Routing::Random);
    let spread = mean(Routing::LeastLoaded);
    assert!(packed * 1.05 < random && random * 1.05 < spread);
}

#[test]
fn one_large_instance_dies_when_nothing_came_for_as_long_as_it_is_kept() {
    for service in laws(2.0) {
        for keep_s in [10.0, 100.0, 300.0] {
            let setting = Setting {
                rate: 0.01,
                service,
                concurrency: 1_000_000,
                keep_s,
                startup_s: 0.0,
                ..Setting::default()
            };
            let found = cold(&setting);
            let dead = (-0.01 * (2.0 + keep_s)).exp();
            assert!(found.cold_prob.is_near(dead, 0.03), "{found:?} {setting:?}");
            let alive = 1.0 - dead;
            assert!(
                found.alive_instances.is_near(alive, 0.01),
                "{found:?} {setting:?}"
            );
        }
    }
}

#[test]
fn who_comes_during_a_start_waits_too() {
    let setting = Setting {
        rate: 0.05,
        keep_s: 60.0,
        startup_s: 10.0,
        ..Setting::default()
    };
    let found = cold(&setting);
    // Per start itself and, on average, half a request.
    let waiting = found.cold_prob.mean * 1.5;
    assert!(found.delayed_prob.is_near(waiting, 0.01), "{found:?}");
    // An instance that is always there leaves nobody waiting.
    let kept = cold(&Setting {
        min_instances: 1,
        ..setting
    });
    assert_eq!(kept.delayed_prob.mean, 0.0);
    assert!((kept.alive_instances.mean - 1.0).abs() < 1e-9);
}

#[test]
fn the_autoscaler_follows_slots_or_cpu() {
    let slots_only = Controller {
        target: 0.6,
        cpu: None,
    };
    let quiet = Setting {
        rate: 5.0,
        routing: Routing::Random,
        ..Setting::default()
    };
    let found = autoscaled(&quiet, &slots_only);
    assert_within(found.in_service, 1.0, 1e-9, &quiet);
    assert_within(found.active_instances, 1.0 - (-1.0_f64).exp(), 0.02, &quiet);

    let busy = Setting {
        rate: 200.0,
        ..quiet
    };
    // 40 requests at once in 0.6 x 80 slots each, and 10 CPUs at 0.6 each.
    assert_within(autoscaled(&busy, &slots_only).in_service, 1.0, 0.01, &busy);
    let both = Controller {
        cpu: Some(Cpu {
            mean_s: 0.05,
            target: 0.6,
            cpus: 1.0,
        }),
        ..slots_only
    };
    let in_service = autoscaled(&busy, &both).in_service.mean;
    // Rounding up a number that wavers adds something below one.
    assert!(
        (10.0 / 0.6..1.0 + 10.0 / 0.6).contains(&in_service),
        "{in_service}"
    );
}

#[test]
fn the_same_seed_gives_the_same_numbers() {
    let setting = Setting {
        rate: 50.0,
        service: Service::Lognormal { mean: 0.2, cv: 2.0 },
        concurrency: 4,
        routing: Routing::Random,
        in_service: Some(5),
        keep_s: 5.0,
        requests: 5_000,
        ..Setting::default()
    };
    let controller = Controller {
        target: 0.6,
        cpu: None,
    };
    let other = Setting { seed: 2, ..setting };
    assert_eq!(active(&setting), active(&setting));
    assert_ne!(active(&setting), active(&other));
    assert_eq!(cold(&setting), cold(&setting));
    assert_ne!(cold(&setting), cold(&other));
    assert_eq!(
        autoscaled(&setting, &controller),
        autoscaled(&setting, &controller)
    );
}
