//! How many replicas of each service an always-on platform keeps.

use super::Case;
use crate::{
    bill::Bill,
    capacity::autoscaler::{self, Capacity, Target},
    inputs::{Environment, Needs},
    sentence::Word,
    traffic,
    workload::Level,
};

/// Production runs two instances of each service at least, wherever the platform does not spread one service over
/// zones by itself: then all platforms are compared with the same safety.
pub const REDUNDANT: u32 = 2;

/// How long the Horizontal Pod Autoscaler looks back before it takes a replica away, s: its default.
pub const HPA_LAG_S: f64 = 300.0;

/// How long target tracking of ECS waits before it takes a task away, s: its alarm of 15 minutes and its cool-down of
/// 300 s (recalled).
pub const ECS_LAG_S: f64 = 1_200.0;

/// How long others wait, s: none publishes it.
pub const OTHER_LAG_S: f64 = 300.0;

/// Mean number of replicas that an autoscaler keeps, over all services: enough for the load, two of each service at least,
/// none without traffic, and each some time longer than the load asks for. `vcpu` is the size of one.
pub fn autoscaled(case: &Case<'_>, vcpu: f64, lag_s: f64) -> f64 {
    let w = &case.workload;
    w.services * w.lagging(&by_level(case, vcpu), lag_s)
}

/// Replicas of one service at each load level.
pub fn by_level(case: &Case<'_>, vcpu: f64) -> Vec<f64> {
    let floor = case.floor();
    let mut replicas = case.needed_by_level(vcpu);
    for replicas in &mut replicas {
        *replicas = if case.has_services() {
            replicas.max(floor)
        } else {
            0.0
        };
    }
    replicas
}

/// Number of replicas where nobody scales: enough for the busiest level, in whole replicas.
pub fn fixed(case: &Case<'_>, vcpu: f64) -> f64 {
    if !case.has_services() {
        return 0.0;
    }
    case.workload.services * case.most_needed(vcpu).max(case.floor())
}

impl Case<'_> {
    /// Replicas of `vcpu` that one service needs at each load level.
    pub(super) fn needed_by_level(&self, vcpu: f64) -> Vec<f64> {
        if vcpu == self.inputs.instance.vcpu && !self.needed.is_empty() {
            return self.needed.to_vec();
        }
        let levels = &self.workload.levels;
        levels
            .iter()
            .map(|level| self.needed(level, vcpu))
            .collect()
    }

    /// Replicas of `vcpu` that one service needs at a load, by concurrency, by CPU and by open connections, headroom included.
    fn needed(&self, level: &Level, vcpu: f64) -> f64 {
        let by_requests = self.needed_at(level.rate, f64::from(self.inputs.http.concurrency), vcpu);
        if level.connections <= 0.0 {
            return by_requests;
        }
        let headroom = 1.0 + self.inputs.assumptions.headroom;
        let by_connections = level.connections * headroom / self.connections_held(vcpu);
        by_requests.max((by_connections - 1e-9).ceil())
    }

    /// Whole replicas of `vcpu` that one service needs at its busiest load.
    pub(super) fn most_needed(&self, vcpu: f64) -> f64 {
        // Levels grow.
        let busiest = self.workload.levels.last();
        let most = busiest.map_or(0.0, |level| self.needed(level, vcpu));
        (most - 1e-9).ceil()
    }

    /// Open connections that a replica holds, by memory and by CPU.
    fn connections_held(&self, vcpu: f64) -> f64 {
        const KIB_PER_GIB: f64 = 1_048_576.0;
        let assumptions = &self.inputs.assumptions;
        let by_memory = self.inputs.instance.memory_gib * KIB_PER_GIB / assumptions.connection_kib;
        by_memory
            .min(vcpu * assumptions.connections_per_vcpu)
            .max(1.0)
    }

    /// Replicas that one service needs at a rate, with another concurrency than the user's.
    pub(super) fn needed_at(&self, rate: f64, concurrency: f64, vcpu: f64) -> f64 {
        let w = &self.workload;
        let (rate, target) = self.aimed(rate);
        let one = Capacity { concurrency, vcpu };
        autoscaler::instances(rate, w.service_s, w.cpu_s, one, target)
    }

    /// What the autoscaler aims at, before it is rounded up to whole replicas.
    pub(super) fn wanted(&self, rate: f64, vcpu: f64) -> f64 {
        let w = &self.workload;
        let (rate, target) = self.aimed(rate);
        let one = Capacity {
            concurrency: f64::from(self.inputs.http.concurrency),
            vcpu,
        };
        autoscaler::wanted(rate, w.service_s, w.cpu_s, one, target)
    }

    /// The rate that an autoscaler makes room for, and where it aims.
    fn aimed(&self, rate: f64) -> (f64, Target) {
        let assumptions = &self.inputs.assumptions;
        let target = Target {
            concurrency_share: assumptions.target_concurrency,
            cpu_share: assumptions.target_cpu,
        };
        (rate * (1.0 + assumptions.headroom), target)
    }

    /// The fewest replicas of a service in production, where none can be there only at no time: the user's number, else two.
    pub(super) fn floor(&self) -> f64 {
        f64::from(self.inputs.min_instances.unwrap_or(REDUNDANT).max(1))
    }

    /// Mean number of instances of environments beside production, `count` of each service in one of them.
    fn environment_instances(&self, count: impl Fn(&Environment) -> f64) -> f64 {
        let hours: f64 = self
            .inputs
            .environments
            .iter()
            .map(|environment| count(environment) * environment.hours_per_week)
            .sum();
        self.workload.services * hours / traffic::HOURS as f64
    }

    /// Mean number of replicas of environments beside production, where they run as long as the environment is up.
    pub(super) fn environment_replicas(&self) -> f64 {
        if let Some(parts) = self.several() {
            return parts.map(|part| part.case().environment_replicas()).sum();
        }
        self.environment_instances(|environment| f64::from(environment.replicas))
    }

    /// Mean number of replicas of environments beside production that are kept where a platform scales to zero: none, unless
    /// the user sets a minimum. Nobody counts the requests of tests.
    pub(super) fn environment_replicas_kept(&self) -> f64 {
        let min = self.inputs.min_instances.unwrap_or(0);
        self.environment_instances(|environment| f64::from(environment.replicas.min(min)))
    }

    /// Load balancers: one for each environment, production included, or one for each of its services.
    pub(super) fn load_balancers(&self) -> f64 {
        if self.inputs.surroundings.balancer_per_service {
            self.environments_served() * self.workload.services
        } else {
            self.environments_served()
        }
    }

    /// Notes that a platform drops logs, where each of so many replicas of all services would write more lines a second at the
    /// busiest load than it takes. An access log has one line of a kB for each request.
    pub(super) fn note_dropped_logs(
        &self,
        replicas: f64,
        lines_per_s: f64,
        text: &'static str,
        bill: &mut Bill,
    ) {
        let around = &self.inputs.surroundings;
        let lines = self.inputs.assumptions.log_kb_per_request * around.log_share;
        let each = self.workload.services * self.workload.peak() * lines / replicas.max(1.0);
        if around.counted && around.logs && each > lines_per_s {
            bill.note(text, [Word::Number(lines_per_s), Word::Number(each)]);
        }
    }

    /// Environments, production included, in which requests are served, or in which workers take UDP and raw TCP.
    pub(super) fn environments_served(&self) -> f64 {
        let raw = self.any(Needs::raw_ports) && self.inputs.workers.count > 0;
        let production = f64::from(u8::from(self.has_services() || raw));
        production + self.inputs.environments.len() as f64
    }
}
