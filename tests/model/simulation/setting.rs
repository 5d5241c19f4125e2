//! What is simulated, and what is found.

use super::{REPETITIONS, STUDENT};

/// How long a request takes, in seconds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Service {
    /// Exponential with this mean.
    Exponential(f64),
    /// Always the same.
    Constant(f64),
    /// Lognormal with this mean and standard deviation / mean.
    Lognormal { mean: f64, cv: f64 },
}

/// Which of the instances with a free slot takes a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Routing {
    /// The one with the lowest number: the oldest.
    FirstFit,
    /// Any, each as likely.
    Random,
    /// The one with the fewest requests; among equals any.
    LeastLoaded,
}

/// What is simulated. Times are in seconds, and requests arrive as a Poisson process.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting {
    /// Requests per second.
    pub(crate) rate: f64,
    pub(crate) service: Service,
    /// Slots of an instance.
    pub(crate) concurrency: u32,
    pub(crate) routing: Routing,
    /// Instances among which `active` routes; without a number there are as many as it takes, first-fit.
    /// `autoscaled` starts from it. `cold` has no use for it.
    pub(crate) in_service: Option<u32>,
    /// How long an idle instance is kept; only for `cold`.
    pub(crate) keep_s: f64,
    /// How long an instance starts; only for `cold`.
    pub(crate) startup_s: f64,
    /// Instances that always live: for `cold` and `autoscaled`.
    pub(crate) min_instances: u32,
    /// Busy periods are billed in such steps; 0 bills them as they are. Only for `active`.
    pub(crate) granularity_s: f64,
    /// Requests of one repetition on average, warm-up included; there are eight repetitions.
    pub(crate) requests: usize,
    pub(crate) seed: u64,
}

impl Default for Setting {
    fn default() -> Self {
        Self {
            rate: 1.0,
            service: Service::Exponential(0.2),
            concurrency: 80,
            routing: Routing::FirstFit,
            in_service: None,
            keep_s: 900.0,
            startup_s: 2.0,
            min_instances: 0,
            granularity_s: 0.1,
            requests: 25_000,
            seed: 1,
        }
    }
}

/// A mean over the repetitions, and how far the true one may be from it with 95 % confidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Estimate {
    pub(crate) mean: f64,
    pub(crate) half_width: f64,
}

impl Estimate {
    pub(super) fn of<T>(runs: &[T], value: impl Fn(&T) -> f64) -> Self {
        let count = f64::from(REPETITIONS);
        let mean = runs.iter().map(&value).sum::<f64>() / count;
        let squares: f64 = runs.iter().map(|run| (value(run) - mean).powi(2)).sum();
        Self {
            mean,
            half_width: STUDENT * (squares / (count - 1.0) / count).sqrt(),
        }
    }

    /// No further from a number than this share of it, beyond what chance explains.
    pub(crate) fn is_near(self, expected: f64, share: f64) -> bool {
        (self.mean - expected).abs() <= share * expected.abs() + self.half_width
    }
}

/// What `active` finds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Active {
    /// Instances with at least one request, averaged over time.
    pub(crate) active_instances: Estimate,
    /// Busy time with every busy period rounded up; where a rounded period reaches into the next one of the same
    /// instance, that time counts once, so nothing is billed beyond the time that passes.
    pub(crate) rounded: Estimate,
    /// Busy time with every busy period rounded up alone, even if that bills a moment twice.
    pub(crate) rounded_apart: Estimate,
    /// Busy periods that begin per second, over all instances.
    pub(crate) busy_periods_per_s: Estimate,
}

/// What `cold` finds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cold {
    /// Share of the requests that started an instance.
    pub(crate) cold_prob: Estimate,
    /// Share of the requests that waited for an instance to start, these included.
    pub(crate) delayed_prob: Estimate,
    /// Instances alive, starting ones included, averaged over time.
    pub(crate) alive_instances: Estimate,
}

/// What `autoscaled` finds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Autoscaled {
    /// Instances that the controller wants, averaged over time.
    pub(crate) in_service: Estimate,
    /// Instances with at least one request, averaged over time.
    pub(crate) active_instances: Estimate,
}

/// What the autoscaler aims at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Controller {
    /// The share of an instance's slots that should be taken.
    pub(crate) target: f64,
    pub(crate) cpu: Option<Cpu>,
}

/// CPU as a second reason to scale.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cpu {
    /// CPU-seconds of a request: the mean of an exponential, used up as it arrives.
    pub(crate) mean_s: f64,
    /// The share of an instance's CPU that should be used.
    pub(crate) target: f64,
    /// CPUs of an instance.
    pub(crate) cpus: f64,
}
