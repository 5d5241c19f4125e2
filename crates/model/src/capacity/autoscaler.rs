//! How many instances an autoscaler keeps: the smoothed staircase.
//!
//! A controller rounds a noisy average up to whole instances, so the mean number lies on a smooth staircase and not on
//! ⌈x⌉. The two drivers are requests in flight against concurrency, and CPU against the instance's size.

use super::queue::expected_ceil_normal;

/// The window over which the metric is averaged, s. Cloud Run documents 60 s; HPA and target tracking are alike.
const WINDOW_S: f64 = 60.0;

/// What drives an autoscaler and where it aims.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// Share of an instance's concurrency that it aims at, 0 to 1.
    pub concurrency_share: f64,
    /// Share of an instance's CPU that it aims at, 0 to 1.
    pub cpu_share: f64,
}

/// One instance: what it can do at once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Capacity {
    /// Requests at once.
    pub concurrency: f64,
    /// vCPU.
    pub vcpu: f64,
}

impl Target {
    /// The requests at once and the vCPU of an instance that are to be used.
    fn of(self, one: Capacity) -> (f64, f64) {
        let slots = self.concurrency_share * one.concurrency;
        (slots, self.cpu_share * one.vcpu)
    }
}

/// What [`instances`] rounds up: the load in instances, by the driver that asks for more.
pub fn wanted(rate: f64, service_s: f64, cpu_s: f64, one: Capacity, target: Target) -> f64 {
    let (slots, cores) = target.of(one);
    (rate * service_s / slots).max(rate * cpu_s / cores)
}

/// Mean number of instances at `rate` requests per second of `service_s` wall time and `cpu_s` CPU time each. Zero
/// without traffic.
pub fn instances(rate: f64, service_s: f64, cpu_s: f64, one: Capacity, target: Target) -> f64 {
    if rate <= 0.0 {
        return 0.0;
    }
    let load = rate * service_s;
    let (slots, cores) = target.of(one);
    let by_concurrency = load / slots;
    let by_cpu = rate * cpu_s / cores;
    // The driver that asks for more decides, and its noise is the noise that is rounded up.
    let sigma = if by_concurrency >= by_cpu {
        let w = WINDOW_S / service_s;
        let smooth = 1.0 + libm::expm1(-w) / w;
        libm::sqrt(2.0 * load / w * smooth) / slots
    } else {
        libm::sqrt(2.0 * rate * cpu_s * cpu_s / WINDOW_S) / cores
    };
    expected_ceil_normal(by_concurrency.max(by_cpu), sigma)
}

/// Replicas that the Horizontal Pod Autoscaler wants where its metric is `ratio` times its target; within a tenth it leaves
/// things as they are.
pub fn hpa_desired(current: f64, ratio: f64) -> f64 {
    const TOLERANCE: f64 = 0.1;
    if (ratio - 1.0).abs() <= TOLERANCE {
        current
    } else {
        (current * ratio - 1e-9).ceil()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLOUD_RUN: Target = Target {
        concurrency_share: 0.6,
        cpu_share: 0.6,
    };

    #[test]
    fn cpu_decides_where_concurrency_would_allow_one_instance() {
        let one = Capacity {
            concurrency: 80.0,
            vcpu: 1.0,
        };
        let at = |cpu_s| instances(200.0, 0.2, cpu_s, one, CLOUD_RUN);
        assert!((at(0.0) - 1.0).abs() < 0.02, "{}", at(0.0));
        assert!((at(0.020) - 7.0).abs() < 0.35, "{}", at(0.020));
        assert!((at(0.050) - 17.0).abs() < 0.35, "{}", at(0.050));
    }

    #[test]
    fn the_noise_of_the_average_decides_near_a_whole_number() {
        let normal = super::super::queue::normal_cdf;
        // By concurrency: 1.97 instances' worth of requests of five seconds, averaged over a minute.
        let one = Capacity {
            concurrency: 50.0,
            vcpu: 1.0,
        };
        let service_s = 5.0;
        let load = 1.97 * 0.6 * 50.0;
        let share = service_s / 60.0;
        let variance: f64 = 2.0 * load * share * (1.0 - share * (1.0 - libm::exp(-1.0 / share)));
        let sigma = libm::sqrt(variance) / (0.6 * 50.0);
        let n = instances(load / service_s, service_s, 0.0, one, CLOUD_RUN);
        let expected: f64 = (0..6).map(|j| normal((1.97 - f64::from(j)) / sigma)).sum();
        assert!((n - expected).abs() < 1e-9, "{n}, {expected}");
        // By CPU: each request is a draw of its own.
        let (rate, cpu_s) = (1.97 * 0.6 / 0.02, 0.02);
        let sigma = libm::sqrt(2.0 * rate * cpu_s * cpu_s / 60.0) / 0.6;
        let n = instances(rate, 0.02, cpu_s, one, CLOUD_RUN);
        let expected: f64 = (0..6).map(|j| normal((1.97 - f64::from(j)) / sigma)).sum();
        assert!((n - expected).abs() < 1e-9, "{n}, {expected}");
    }

    #[test]
    fn a_tenth_off_its_target_leaves_things_as_they_are() {
        let cases = [
            (5.0, 1.05, 5.0),
            (5.0, 0.91, 5.0),
            (5.0, 1.2, 6.0),
            (5.0, 0.5, 3.0),
            (4.0, 1.5, 6.0),
        ];
        for (current, ratio, wanted) in cases {
            assert_eq!(hpa_desired(current, ratio), wanted, "{current} at {ratio}");
        }
    }

    #[test]
    fn more_load_never_needs_fewer() {
        let one = Capacity {
            concurrency: 8.0,
            vcpu: 1.0,
        };
        let mut before = 0.0;
        for step in 0..4_000 {
            let rate = libm::exp(f64::from(step) * 0.008 - 16.0);
            let now = instances(rate, 0.2, 0.02, one, CLOUD_RUN);
            assert!(now >= before - 1e-9, "{rate}: {now} after {before}");
            before = now;
        }
    }
}
