//! Billed busy time where only the time with requests in flight is billed.
//!
//! Requests that overlap on one instance share one billed interval: the union of their times is billed, not the sum.
//! From the rate, the duration and the number of instances that the autoscaler keeps in service.

use super::queue::expected_groups;

/// Instances in service under a constant load, and how many of them are busy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Busy {
    /// Mean number of instances with at least one request in flight.
    pub instances: f64,
    /// The same, with every busy period rounded up to the billing granularity.
    pub rounded: f64,
}

/// Busy instances when `in_service` instances share `rate` requests per second of `service_s` each, at most `c` at
/// once on one, and each busy period is rounded up to `granularity_s`.
///
/// Exact for one instance with endless concurrency (1 − e^−ρ) and for c = 1 (ρ). The vendor's routing is not
/// published; this is symmetric routing.
pub fn busy(rate: f64, service_s: f64, c: f64, in_service: f64, granularity_s: f64) -> Busy {
    let load = rate * service_s;
    if load <= 0.0 || in_service <= 0.0 {
        return Busy {
            instances: 0.0,
            rounded: 0.0,
        };
    }
    let idle = idle_share((load / in_service).min(c), c);
    let instances = (in_service * (1.0 - idle.share))
        .max(expected_groups(load, c))
        .min(load.max(in_service));
    // Busy periods of one instance begin at this rate.
    let begins = idle.offered * idle.share / service_s;
    let rounded = if begins * granularity_s < 1e-12 {
        instances
    } else {
        let mean_period = instances / in_service / begins;
        let billed =
            in_service * begins * granularity_s / -libm::expm1(-granularity_s / mean_period);
        // Separate round-ups can exceed wall time; a bill can't.
        billed.min(in_service).max(instances)
    };
    Busy { instances, rounded }
}

/// How often an instance is idle, and the load offered to it that makes it so.
struct Idle {
    /// Share of time without a request.
    share: f64,
    /// Parameter of the Poisson distribution truncated to 0..=c.
    offered: f64,
}

/// The idle share of an instance that has `mean` requests in flight on average, never more than `c`: P(0) of the
/// Poisson distribution truncated to 0..=c whose mean is `mean`.
fn idle_share(mean: f64, c: f64) -> Idle {
    if c == 1.0 {
        let share = (1.0 - mean).max(0.0);
        return Idle {
            share,
            offered: if share > 0.0 { mean / share } else { f64::MAX },
        };
    }
    if c >= 24.0 && mean < 0.75 * c {
        return Idle {
            share: libm::exp(-mean),
            offered: mean,
        };
    }
    if mean >= c * (1.0 - 1e-9) {
        return Idle {
            share: 0.0,
            offered: f64::MAX,
        };
    }
    truncated(mean, c)
}

/// Newton's method for the parameter whose truncated Poisson distribution has this mean.
fn truncated(mean: f64, c: f64) -> Idle {
    let mut a = mean / (1.0 - mean / (c + 1.0));
    for _ in 0..60 {
        let (share, at_a, variance) = moments(a, c);
        let step = (at_a - mean) * a / variance;
        // A step may not leave the positive numbers, nor run away where the distribution is nearly full.
        let next = (a - step).clamp(a / 4.0, a * 4.0);
        if (next - a).abs() <= 1e-12 * a {
            return Idle { share, offered: a };
        }
        a = next;
    }
    Idle {
        share: moments(a, c).0,
        offered: a,
    }
}

/// P(0), mean and variance of the Poisson distribution with parameter `a`, truncated to 0..=c.
fn moments(a: f64, c: f64) -> (f64, f64, f64) {
    // Scaled by the largest term, so that nothing overflows.
    let mode = a.floor().min(c);
    let log_mode = mode * libm::log(a) - libm::lgamma(mode + 1.0);
    let mut term = libm::exp(-log_mode);
    let first = term;
    let (mut sum, mut mean, mut square) = (term, 0.0, 0.0);
    let mut k = 0.0;
    while k < c {
        k += 1.0;
        term *= a / k;
        sum += term;
        mean += k * term;
        square += k * k * term;
    }
    mean /= sum;
    (first / sum, mean, square / sum - mean * mean)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64, rel: f64) {
        assert!((a - b).abs() <= rel * b.abs(), "{a} is not {b}");
    }

    #[test]
    fn one_instance_is_busy_unless_nothing_is_in_flight() {
        for rho in [2e-4, 0.02, 0.2, 1.0, 4.0] {
            let busy = busy(rho / 0.2, 0.2, 80.0, 1.0, 0.0);
            close(busy.instances, -libm::expm1(-rho), 1e-9);
        }
    }

    #[test]
    fn without_concurrency_the_sum_of_durations_is_billed() {
        for rho in [1e-6, 0.3, 10.0] {
            let busy = busy(rho / 0.2, 0.2, 1.0, rho / 0.6 + 1.0, 0.0);
            close(busy.instances, rho, 1e-9);
        }
    }

    #[test]
    fn short_requests_are_rounded_up_at_low_traffic() {
        // Exponential around 200 ms at almost no traffic bills 1.27 times its duration.
        let quiet = busy(1e-6, 0.2, 80.0, 1.0, 0.1);
        close(quiet.rounded / quiet.instances, 1.27, 0.002);
    }

    #[test]
    fn ten_in_flight_meet_the_simulated_figures() {
        // Simulated with random routing, printed to two decimals: (c, N, busy instances).
        for (c, n, expected) in [
            (1.0, 17.0, 10.01),
            (2.0, 9.0, 6.81),
            (4.0, 5.0, 4.44),
            (10.0, 2.0, 2.00),
        ] {
            close(busy(50.0, 0.2, c, n, 0.0).instances, expected, 0.007);
        }
    }
}
