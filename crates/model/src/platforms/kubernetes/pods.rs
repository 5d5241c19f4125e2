//! What runs in a cluster: the pods of the workload, and those that the cluster has for itself.

use super::super::Case;
use crate::{
    capacity::nodes::{self, Bin, Pods, Room},
    inputs::Inputs,
    units::HOURS_PER_MONTH,
};
use std::borrow::Cow;

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

/// Pods of services that differ, so many of each service.
pub(super) fn services_of_several(case: &Case<'_>, cluster: Runs, each: f64) -> Vec<Pods> {
    // Other workloads have no environments.
    let services = case
        .parts()
        .iter()
        .filter(|part| !part.inputs.environments.is_empty());
    let pods = services.map(|part| {
        let part = part.case();
        service_pods(&part, cluster, part.workload.services * each)
    });
    pods.collect()
}

fn whole(count: f64) -> u64 {
    (count - 1e-9).ceil().max(0.0) as u64
}

/// Everything that must find room at the same time.
pub(super) struct Set {
    /// Pods of one size and purpose each: by [`Kind`] where all workloads are alike.
    pub(super) kinds: Vec<Pods>,
    /// What each of them is there for.
    purposes: Cow<'static, [Kind]>,
    /// Mean number of runs at the same time, and the vCPU of these.
    jobs_at_once: f64,
    jobs_vcpu: f64,
    /// The workloads differ.
    several: bool,
}

/// Pods before they are whole: what for, of which size, how many.
type Wanted = (Kind, Room, f64);

/// What the pods are there for where all workloads are alike.
const ALIKE: [Kind; 5] = [
    Kind::Services,
    Kind::Workers,
    Kind::Jobs,
    Kind::Monitoring,
    Kind::AddOns,
];

/// What a pod is there for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Services,
    Workers,
    Jobs,
    Monitoring,
    AddOns,
}

/// What a case runs, where its services have so many replicas together.
fn wanted(case: &Case<'_>, cluster: Runs, replicas: f64) -> [Wanted; 3] {
    let inputs = case.inputs;
    [
        (Kind::Services, cluster.service(case), replicas),
        (
            Kind::Workers,
            cluster.pod(case, inputs.workers.vcpu, inputs.workers.memory_gib),
            case.worker_hours() / HOURS_PER_MONTH,
        ),
        // Where nodes don't come and go, the room for those that run at once is kept free.
        (
            Kind::Jobs,
            cluster.pod(case, inputs.jobs.vcpu, inputs.jobs.memory_gib),
            case.jobs_at_once(),
        ),
    ]
}

impl Set {
    pub(super) fn of(case: &Case<'_>, cluster: Runs, replicas: f64) -> Self {
        let wanted = wanted(case, cluster, replicas);
        Self::done(&wanted, Cow::Borrowed(&ALIKE), case, cluster)
    }

    /// The pods of workloads that differ, with so many replicas of the services of each. Pods of one size are one kind, whoever
    /// they are of.
    pub(super) fn of_several(case: &Case<'_>, cluster: Runs, replicas: &[f64]) -> Self {
        let mut all: Vec<Wanted> = Vec::new();
        for (part, replicas) in case.parts().iter().zip(replicas) {
            for (purpose, each, count) in wanted(&part.case(), cluster, *replicas) {
                let same = |one: &&mut Wanted| (one.0, one.1) == (purpose, each);
                match all.iter_mut().find(same) {
                    Some(known) => known.2 += count,
                    None if count > 0.0 => all.push((purpose, each, count)),
                    None => {}
                }
            }
        }
        let purposes = all.iter().map(|(purpose, ..)| *purpose);
        let purposes = purposes.chain([Kind::Monitoring, Kind::AddOns]).collect();
        Self::done(&all, purposes, case, cluster)
    }

    fn done(
        wanted: &[Wanted],
        purposes: Cow<'static, [Kind]>,
        case: &Case<'_>,
        cluster: Runs,
    ) -> Self {
        let inputs = case.inputs;
        let assumptions = &inputs.assumptions;
        let jobs = || wanted.iter().filter(|(purpose, ..)| *purpose == Kind::Jobs);
        let mut set = Self {
            kinds: Vec::with_capacity(wanted.len() + 2),
            purposes,
            jobs_at_once: jobs().map(|(.., count)| count).sum(),
            jobs_vcpu: jobs().map(|(_, each, count)| each.vcpu * count).sum(),
            several: !case.parts().is_empty(),
        };
        for (_, each, count) in wanted {
            set.add(*each, whole(*count));
        }
        let any = set.kinds.iter().any(|kind| kind.count > 0);
        // In a cluster that exists they run already.
        let own = cluster.has_add_ons() && !inputs.team.existing_cluster;
        let monitored = cluster.is_kubernetes() && case.monitors_itself();
        set.add(
            Room {
                vcpu: assumptions.monitoring_vcpu,
                gib: assumptions.monitoring_gib,
            },
            u64::from(any && monitored),
        );
        set.add(
            Room {
                vcpu: assumptions.add_ons_vcpu,
                gib: assumptions.add_ons_gib,
            },
            u64::from(any && own),
        );
        set
    }

    fn add(&mut self, each: Room, count: u64) {
        self.kinds.push(Pods { each, count });
    }

    /// How many nodes hold them; none if a pod fits on no node.
    pub(super) fn packed(&self, empty: Bin) -> Option<u64> {
        self.pack(&self.kinds, empty)
    }

    /// How many nodes hold them where each kind has nodes of its own; none if a pod fits on no node.
    pub(super) fn packed_apart(&self, empty: Bin) -> Option<u64> {
        let kinds = self.kinds.iter();
        kinds.map(|kind| nodes::pack(&[*kind], empty)).sum()
    }

    /// How many nodes hold what is there whether a job runs or not.
    pub(super) fn packed_without_jobs(&self, empty: Bin) -> Option<u64> {
        self.pack(&self.without_jobs(), empty)
    }

    fn pack(&self, kinds: &[Pods], empty: Bin) -> Option<u64> {
        if self.several {
            nodes::pack_many(kinds, empty)
        } else {
            nodes::pack(kinds, empty)
        }
    }

    /// What is there whether a job runs or not.
    pub(super) fn without_jobs(&self) -> Cow<'_, [Pods]> {
        if self.jobs_at_once <= 0.0 {
            return Cow::Borrowed(&self.kinds);
        }
        let mut kinds = self.kinds.clone();
        for (pods, purpose) in kinds.iter_mut().zip(&*self.purposes) {
            if *purpose == Kind::Jobs {
                pods.count = 0;
            }
        }
        kinds.into()
    }

    fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Pods> {
        let all = self.kinds.iter().zip(&*self.purposes);
        all.filter(move |(_, purpose)| **purpose == kind)
            .map(|(pods, _)| pods)
    }

    /// Mean number of pods of the workload and its monitoring: what writes logs that are counted.
    pub(super) fn count(&self) -> f64 {
        let whole = |kind: Kind| {
            self.of_kind(kind)
                .map(|pods| pods.count as f64)
                .sum::<f64>()
        };
        whole(Kind::Services) + whole(Kind::Workers) + whole(Kind::Monitoring) + self.jobs_at_once
    }

    pub(super) fn vcpu(&self, kind: Kind) -> f64 {
        let pods = self.of_kind(kind);
        pods.map(|pods| pods.count as f64 * pods.each.vcpu).sum()
    }

    /// What they ask for on average, vCPU.
    pub(super) fn asked_vcpu(&self) -> f64 {
        nodes::asked(&self.without_jobs()).vcpu + self.jobs_vcpu
    }
}

/// Mean number of pods that write logs, where so many are of services.
pub fn instance_months(case: &Case<'_>, cluster: Runs, replicas: f64) -> f64 {
    if case.parts().is_empty() {
        return Set::of(case, cluster, replicas).count() + case.environment_replicas();
    }
    let monitored = cluster.is_kubernetes() && case.monitors_itself();
    let all = |count: f64| whole(count) as f64;
    let workers = all(case.worker_hours() / HOURS_PER_MONTH);
    let standing = all(replicas) + workers + case.jobs_at_once();
    standing + f64::from(u8::from(monitored && standing > 0.0)) + case.environment_replicas()
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
        if let Some(parts) = self.several() {
            return parts.map(|part| part.case().useful_vcpu()).sum();
        }
        let w = &self.workload;
        let (workers, jobs) = (&self.inputs.workers, &self.inputs.jobs);
        w.services * w.mean(|level| level.rate) * w.cpu_s
            + self.worker_hours() / HOURS_PER_MONTH * workers.vcpu
            + self.jobs_at_once() * jobs.vcpu
    }
}

/// How many nodes hold the busiest load, together and kind by kind.
pub(super) fn packed_and_apart(case: &Case<'_>, levels: &[Set], empty: Bin) -> Option<[u64; 2]> {
    if case.parts().is_empty() {
        return None;
    }
    let busiest = levels
        .iter()
        .max_by(|a, b| a.asked_vcpu().total_cmp(&b.asked_vcpu()))?;
    Some([busiest.packed(empty)?, busiest.packed_apart(empty)?])
}
