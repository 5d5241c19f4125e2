//! How many replicas of each service an always-on platform keeps.

use super::Case;
use crate::model::capacity::autoscaler::{self, Capacity, Target};

/// Production runs two instances of each service at least, wherever the platform does not spread one service over
/// zones by itself: then all platforms are compared with the same safety.
pub const REDUNDANT: f64 = 2.0;

/// Mean number of replicas that an autoscaler of the usual kind keeps, over all services: enough for the load, two of
/// each service at least, none without traffic. `vcpu` is the size of one.
pub fn autoscaled(case: &Case<'_>, vcpu: f64) -> f64 {
    over_levels(case, |rate| case.needed(rate, vcpu))
}

/// Number of replicas where nobody scales: enough for the busiest level, in whole replicas.
pub fn fixed(case: &Case<'_>, vcpu: f64) -> f64 {
    let needed = (case.needed(case.workload.peak(), vcpu) - 1e-9).ceil();
    over_levels(case, |_| needed)
}

fn over_levels(case: &Case<'_>, needed: impl Fn(f64) -> f64) -> f64 {
    if !case.has_services() {
        return 0.0;
    }
    let w = &case.workload;
    w.services * w.mean(|level| needed(level.rate).max(REDUNDANT))
}

impl Case<'_> {
    /// Replicas of `vcpu` that one service needs at a rate, by concurrency and by CPU.
    pub(super) fn needed(&self, rate: f64, vcpu: f64) -> f64 {
        self.needed_at(rate, f64::from(self.inputs.http.concurrency), vcpu)
    }

    /// The same with another concurrency than the user's.
    pub(super) fn needed_at(&self, rate: f64, concurrency: f64, vcpu: f64) -> f64 {
        let assumptions = &self.inputs.assumptions;
        let target = Target {
            concurrency_share: assumptions.target_concurrency,
            cpu_share: assumptions.target_cpu,
        };
        let one = Capacity { concurrency, vcpu };
        let w = &self.workload;
        autoscaler::instances(rate, w.service_s, w.cpu_s, one, target)
    }
}
