//! The formulas against the simulator, which knows none of them, at points that are in no file.

use crate::simulation::{self, Controller, Estimate, Routing, Service, Setting};
use plimsoll_model::capacity::{
    autoscaler::{self, Capacity, Target},
    busy,
    cold::KeepAliveLoad,
};

#[track_caller]
fn agree(formula: f64, simulated: Estimate, share: f64, what: &str) {
    assert!(
        simulated.is_near(formula, share),
        "{what}: the formula gives {formula}, the simulation {simulated:?}"
    );
}

const MEAN_S: f64 = 0.25;

/// Requests in flight on average, slots, instances in service.
const SPREAD: [(f64, u32, u32); 14] = [
    (0.05, 1, 1),
    (0.4, 8, 1),
    (0.8, 100, 1),
    (2.5, 100, 1),
    (3.0, 2, 4),
    (5.0, 3, 4),
    (6.0, 1, 12),
    (8.0, 4, 4),
    (12.0, 5, 5),
    (20.0, 2, 18),
    (20.0, 16, 3),
    (30.0, 50, 2),
    (45.0, 12, 7),
    (1.5, 2, 3),
];

/// Random routing: within 0.6 %, or 1.6 % where the fleet is nearly full now and then.
#[test]
fn spread_requests_keep_so_many_instances_busy() {
    for (load, slots, instances) in SPREAD {
        let rate = load / MEAN_S;
        let setting = Setting {
            rate,
            service: Service::Exponential(MEAN_S),
            concurrency: slots,
            routing: Routing::Random,
            in_service: Some(instances),
            ..Setting::default()
        };
        let found = simulation::active(&setting);
        let (slots, instances) = (f64::from(slots), f64::from(instances));
        let formula = busy::busy(rate, MEAN_S, slots, instances, 0.1);
        let what = format!("{load} in flight, {slots} slots, {instances} instances");
        let full = load / (slots * instances);
        let share = if full > 0.35 { 0.016 } else { 0.006 };
        agree(formula.instances, found.active_instances, share, &what);
        let (low, high) = busy::band(rate, MEAN_S, slots, instances);
        let mean = found.active_instances.mean;
        let slack = found.active_instances.half_width + 1e-6 * instances;
        assert!(
            low - slack <= mean && mean <= high + slack,
            "{what}: {low}..{high}"
        );
    }
}

/// The busy share of one instance does not depend on the law of the times, only on their mean.
#[test]
fn the_law_of_the_times_does_not_matter_to_one_instance() {
    for (load, service) in [
        (0.3, Service::Constant(MEAN_S)),
        (1.2, Service::Constant(MEAN_S)),
        (
            0.7,
            Service::Lognormal {
                mean: MEAN_S,
                cv: 2.0,
            },
        ),
        (
            1.8,
            Service::Lognormal {
                mean: MEAN_S,
                cv: 2.0,
            },
        ),
    ] {
        let setting = Setting {
            rate: load / MEAN_S,
            service,
            concurrency: 1_000,
            routing: Routing::Random,
            in_service: Some(1),
            ..Setting::default()
        };
        let found = simulation::active(&setting);
        let formula = busy::busy(load / MEAN_S, MEAN_S, 1_000.0, 1.0, 0.0);
        agree(
            formula.instances,
            found.active_instances,
            0.006,
            &format!("{load}, {service:?}"),
        );
    }
}

/// Least-loaded routing lies within nine per cent, and inside the band.
#[test]
fn least_loaded_routing_lies_in_the_band() {
    for (load, slots, instances) in [(6.0, 3, 4), (10.0, 5, 4), (15.0, 2, 14), (3.0, 10, 2)] {
        let rate = load / MEAN_S;
        let setting = Setting {
            rate,
            service: Service::Exponential(MEAN_S),
            concurrency: slots,
            routing: Routing::LeastLoaded,
            in_service: Some(instances),
            ..Setting::default()
        };
        let found = simulation::active(&setting).active_instances;
        let (slots, instances) = (f64::from(slots), f64::from(instances));
        let what = format!("{load} in flight, {slots} slots, {instances} instances");
        let (low, high) = busy::band(rate, MEAN_S, slots, instances);
        let inside = low - found.half_width <= found.mean && found.mean <= high + found.half_width;
        assert!(inside, "{what}: {found:?} is not in {low}..{high}");
    }
}

/// First-fit routing: within five per cent.
#[test]
fn packed_requests_keep_so_many_instances_busy() {
    for (load, slots) in [
        (1.5, 1),
        (2.0, 2),
        (6.0, 2),
        (6.0, 5),
        (15.0, 4),
        (25.0, 8),
        (60.0, 30),
    ] {
        let rate = load / MEAN_S;
        let setting = Setting {
            rate,
            service: Service::Exponential(MEAN_S),
            concurrency: slots,
            routing: Routing::FirstFit,
            in_service: None,
            ..Setting::default()
        };
        let found = simulation::active(&setting).active_instances;
        let formula = busy::first_fit(rate, MEAN_S, slots, 0.1).instances;
        agree(
            formula,
            found,
            0.05,
            &format!("{load} in flight, {slots} slots"),
        );
    }
}

/// Cold starts: within 1 % for one instance, a third in the tail of several; instances alive within 9 %.
#[test]
fn instances_are_alive_and_start_as_often() {
    for (rate, service_s, slots, keep_s, min) in [
        (1.0 / 400.0, 0.5, 200, 600.0, 0),
        (1.0 / 90.0, 1.0, 200, 120.0, 0),
        (1.0 / 20.0, 2.0, 200, 45.0, 0),
        (0.6, 1.5, 1, 240.0, 0),
        (0.2, 3.0, 1, 300.0, 0),
        (1.2, 0.8, 1, 60.0, 0),
        (0.6, 1.5, 1, 240.0, 3),
        (1.2, 0.8, 1, 60.0, 2),
    ] {
        let load = KeepAliveLoad {
            rate,
            service_s,
            concurrency: slots,
            keep_s,
            min_instances: min,
            cv2: 1.0,
        };
        let formula = load.cold(0.5);
        let found = simulation::cold(&Setting {
            rate,
            service: Service::Exponential(service_s),
            concurrency: slots,
            keep_s,
            startup_s: 0.5,
            min_instances: min,
            requests: 50_000,
            ..Setting::default()
        });
        let what = format!("{load:?}");
        let share = if slots > 1 { 0.01 } else { 0.35 };
        agree(formula.probability, found.cold_prob, share, &what);
        agree(formula.alive, found.alive_instances, 0.09, &what);
    }
}

/// The autoscaler's noisy staircase: within one per cent.
#[test]
fn the_autoscaler_keeps_so_many_instances() {
    for (rate, service_s, slots) in [
        (12.0, 0.5, 4),
        (30.0, 0.2, 5),
        (100.0, 0.1, 20),
        (7.0, 1.0, 3),
    ] {
        let target = 0.6;
        let setting = Setting {
            rate,
            service: Service::Exponential(service_s),
            concurrency: slots,
            routing: Routing::Random,
            requests: 40_000,
            ..Setting::default()
        };
        let found = simulation::autoscaled(&setting, &Controller { target, cpu: None });
        let one = Capacity {
            concurrency: f64::from(slots),
            vcpu: 1.0,
        };
        let aim = Target {
            concurrency_share: target,
            cpu_share: target,
        };
        let n = autoscaler::instances(rate, service_s, 0.0, one, aim).max(1.0);
        let what = format!("{rate} a second of {service_s} s, {slots} slots");
        agree(n, found.in_service, 0.015, &what);
        let formula = busy::busy(rate, service_s, f64::from(slots), n, 0.0).instances;
        agree(formula, found.active_instances, 0.02, &what);
    }
}
