//! What runs in a cluster: the pods of the workload, and those that the cluster has for itself.

use super::super::Case;
use crate::{
    capacity::nodes::{self, Pods, Room},
    inputs::Inputs,
    units::HOURS_PER_MONTH,
};

/// What a cluster is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runs {
    /// Kubernetes, whose own pods run on the nodes: DNS, metrics, ingress, autoscaler.
    Kubernetes,
    /// Kubernetes, whose own pods run elsewhere.
    KubernetesAlone,
    /// ECS: tasks of the size that is set, nothing of the cluster's own, monitored from outside.
    Tasks,
}

impl Runs {
    /// Whether it is Kubernetes.
    pub(super) fn is_kubernetes(self) -> bool {
        self != Self::Tasks
    }

    /// Whether the cluster's own pods take room on its nodes.
    pub(super) fn has_add_ons(self) -> bool {
        self == Self::Kubernetes
    }

    /// What a pod or task of this size asks for.
    pub(super) fn pod(self, case: &Case<'_>, vcpu: f64, gib: f64) -> Room {
        if self.is_kubernetes() {
            case.padded(vcpu, gib)
        } else {
            Room { vcpu, gib }
        }
    }

    /// What one of a service asks for.
    fn service(self, case: &Case<'_>) -> Room {
        let instance = &case.inputs.instance;
        if self.is_kubernetes() {
            case.service_pod()
        } else {
            Room {
                vcpu: instance.vcpu,
                gib: instance.memory_gib,
            }
        }
    }
}

/// Pods of services.
pub(super) fn service_pods(case: &Case<'_>, cluster: Runs, count: f64) -> Pods {
    Pods {
        each: cluster.service(case),
        count: whole(count),
    }
}

fn whole(count: f64) -> u64 {
    (count - 1e-9).ceil().max(0.0) as u64
}

/// Everything that must find room at the same time.
pub(super) struct Set {
    /// By [`Kind`].
    pub(super) kinds: [Pods; 5],
    /// Mean number of runs at the same time.
    jobs_at_once: f64,
}

/// What a pod is there for, by its place in a [`Set`].
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Services,
    Workers,
    Jobs,
    Monitoring,
    AddOns,
}

impl Set {
    pub(super) fn of(case: &Case<'_>, cluster: Runs, replicas: f64) -> Self {
        let inputs = case.inputs;
        let assumptions = &inputs.assumptions;
        let pods = |count: f64, each: Room| Pods {
            each,
            count: whole(count),
        };
        let mut kinds = [
            service_pods(case, cluster, replicas),
            pods(
                case.worker_hours() / HOURS_PER_MONTH,
                cluster.pod(case, inputs.workers.vcpu, inputs.workers.memory_gib),
            ),
            // Where nodes don't come and go, the room for those that run at once is kept free.
            pods(
                case.jobs_at_once(),
                cluster.pod(case, inputs.jobs.vcpu, inputs.jobs.memory_gib),
            ),
            pods(
                0.0,
                Room {
                    vcpu: assumptions.monitoring_vcpu,
                    gib: assumptions.monitoring_gib,
                },
            ),
            pods(
                0.0,
                Room {
                    vcpu: assumptions.add_ons_vcpu,
                    gib: assumptions.add_ons_gib,
                },
            ),
        ];
        if kinds.iter().any(|kind| kind.count > 0) {
            kinds[Kind::Monitoring as usize].count =
                u64::from(cluster.is_kubernetes() && case.monitors_itself());
            // In a cluster that exists they run already.
            let own = cluster.has_add_ons() && !inputs.team.existing_cluster;
            kinds[Kind::AddOns as usize].count = u64::from(own);
        }
        Self {
            kinds,
            jobs_at_once: case.jobs_at_once(),
        }
    }

    /// What is there whether a job runs or not.
    pub(super) fn without_jobs(&self) -> [Pods; 5] {
        let mut kinds = self.kinds;
        kinds[Kind::Jobs as usize].count = 0;
        kinds
    }

    /// Mean number of pods of the workload and its monitoring: what writes logs that are counted.
    pub(super) fn count(&self) -> f64 {
        let whole = |kind: Kind| self.kinds[kind as usize].count as f64;
        whole(Kind::Services) + whole(Kind::Workers) + whole(Kind::Monitoring) + self.jobs_at_once
    }

    pub(super) fn vcpu(&self, kind: Kind) -> f64 {
        let pods = &self.kinds[kind as usize];
        pods.count as f64 * pods.each.vcpu
    }

    /// What they ask for on average, vCPU.
    pub(super) fn asked_vcpu(&self) -> f64 {
        let job = self.kinds[Kind::Jobs as usize].each.vcpu;
        nodes::asked(&self.without_jobs()).vcpu + self.jobs_at_once * job
    }
}

/// Mean number of pods that write logs, where so many are of services.
pub fn instance_months(case: &Case<'_>, cluster: Runs, replicas: f64) -> f64 {
    Set::of(case, cluster, replicas).count() + case.environment_replicas()
}

impl Case<'_> {
    /// What a pod of a service asks for, with what padding and a mesh add to it.
    pub(in super::super) fn service_pod(&self) -> Room {
        let Inputs {
            instance,
            assumptions: a,
            needs,
            ..
        } = self.inputs;
        let sidecar = f64::from(u8::from(needs.mesh));
        Room {
            vcpu: instance.vcpu * a.requests_padding + sidecar * a.sidecar_vcpu,
            gib: instance.memory_gib * a.requests_padding + sidecar * a.sidecar_gib,
        }
    }

    /// What a pod of this size asks for with padding.
    pub(in super::super) fn padded(&self, vcpu: f64, gib: f64) -> Room {
        let padding = self.inputs.assumptions.requests_padding;
        Room {
            vcpu: vcpu * padding,
            gib: gib * padding,
        }
    }

    /// Whether a monitoring stack of one's own runs in the cluster.
    pub(in super::super) fn monitors_itself(&self) -> bool {
        self.inputs.surroundings.counted && self.inputs.surroundings.monitoring
    }

    /// Clusters to pay for, one for each environment unless they share one: one that exists is paid for already.
    pub(in super::super) fn clusters(&self) -> f64 {
        if self.inputs.team.existing_cluster {
            0.0
        } else if self.inputs.cluster.namespaces {
            1.0
        } else {
            1.0 + self.inputs.environments.len() as f64
        }
    }

    /// Hours of clusters to pay for in a month.
    pub(in super::super) fn cluster_hours(&self) -> f64 {
        self.clusters() * HOURS_PER_MONTH
    }

    /// vCPU that the load uses on average, whatever it runs on.
    pub(in super::super) fn useful_vcpu(&self) -> f64 {
        let w = &self.workload;
        let (workers, jobs) = (&self.inputs.workers, &self.inputs.jobs);
        w.services * w.mean(|level| level.rate) * w.cpu_s
            + self.worker_hours() / HOURS_PER_MONTH * workers.vcpu
            + self.jobs_at_once() * jobs.vcpu
    }
}
