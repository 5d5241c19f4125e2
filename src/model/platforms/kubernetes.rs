//! What the Kubernetes platforms share: what runs in the cluster, and how many nodes of which type hold it.
//!
//! Pods are packed after what the kubelet, the system and DaemonSets take of each node; every node type of the list is
//! a way to run the cluster, and the cheapest is taken.

use super::{
    Case,
    replicas::{self, REDUNDANT},
};
use crate::model::{
    bill::{Bill, Factor, Line, Part},
    capacity::nodes::{self, Bin, Pods, Room},
    prices::{Meter, NoPrice, Price, Prices},
    units::{ClusterHour, HOURS_PER_MONTH, Hour, Qty},
};

/// A node type: its size and its price.
#[derive(Clone, Copy, Debug)]
pub struct NodeType {
    /// vCPU.
    pub vcpu: f64,
    /// Memory, GiB.
    pub gib: f64,
    /// Most pods on one node.
    pub max_pods: u64,
    /// Its price.
    pub price: Meter<Price<Hour>>,
}

impl NodeType {
    /// A node type of that size.
    pub const fn new(vcpu: f64, gib: f64, max_pods: u64, price: Meter<Price<Hour>>) -> Self {
        Self {
            vcpu,
            gib,
            max_pods,
            price,
        }
    }
}

/// How a cloud's kubelet and system leave a node to pods: allocatable vCPU and MiB.
pub type Allocatable = fn(&NodeType) -> (f64, f64);

/// What a node offers to pods once the agents of the cluster are on it.
pub fn empty(node: &NodeType, allocatable: Allocatable, case: &Case<'_>) -> Bin {
    let (vcpu, mib) = allocatable(node);
    let assumptions = &case.inputs.assumptions;
    Bin {
        room: Room {
            vcpu: vcpu - assumptions.daemonset_vcpu,
            gib: mib / 1_024.0 - assumptions.daemonset_gib,
        },
        // The network and proxy agents count against the limit.
        pods: node.max_pods.saturating_sub(2),
    }
}

/// The workload on nodes of one type.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// The node type.
    pub node: NodeType,
    /// Nodes.
    pub nodes: f64,
    /// Mean number of pods of services.
    pub replicas: f64,
}

/// One plan for each node type that holds the largest pod.
pub fn plans(case: &Case<'_>, types: &[NodeType], allocatable: Allocatable) -> Vec<Plan> {
    let replicas = replicas::autoscaled(case, case.inputs.instance.vcpu);
    let pods = pods(case, replicas);
    types
        .iter()
        .filter_map(|node| {
            let packed = nodes::pack(&pods, empty(node, allocatable, case))? as f64;
            Some(Plan {
                node: *node,
                // Nothing to run, nothing to run it on.
                nodes: if packed > 0.0 {
                    packed.max(spread(case))
                } else {
                    0.0
                },
                replicas,
            })
        })
        .collect()
}

/// The fewest nodes: one in each zone for what serves people, one for jobs alone.
fn spread(case: &Case<'_>) -> f64 {
    if case.has_services() || case.inputs.workers.count > 0 {
        case.inputs.assumptions.zones.max(REDUNDANT)
    } else {
        1.0
    }
}

/// Everything that must find room at the same time.
pub fn pods(case: &Case<'_>, replicas: f64) -> Vec<Pods> {
    let inputs = case.inputs;
    let mut pods = Vec::new();
    let mut add = |count: f64, vcpu: f64, gib: f64| {
        if count > 0.0 {
            pods.push(Pods {
                each: Room { vcpu, gib },
                count: (count - 1e-9).ceil() as u64,
            });
        }
    };
    add(replicas, inputs.instance.vcpu, inputs.instance.memory_gib);
    add(
        case.worker_hours() / HOURS_PER_MONTH,
        inputs.workers.vcpu,
        inputs.workers.memory_gib,
    );
    // Runs are spread evenly; the room for those that run at once is kept free.
    add(
        case.jobs_at_once(),
        inputs.jobs.vcpu,
        inputs.jobs.memory_gib,
    );
    if !pods.is_empty() && case.monitors_itself() {
        let assumptions = &inputs.assumptions;
        pods.push(Pods {
            each: Room {
                vcpu: assumptions.monitoring_vcpu,
                gib: assumptions.monitoring_gib,
            },
            count: 1,
        });
    }
    pods
}

impl Case<'_> {
    /// Whether a monitoring stack of one's own runs in the cluster.
    pub(super) fn monitors_itself(&self) -> bool {
        self.inputs.options.surroundings && self.inputs.surroundings.monitoring
    }

    /// Clusters to pay for: one that exists is paid for already.
    pub(super) fn clusters(&self) -> f64 {
        if self.inputs.team.existing_cluster {
            0.0
        } else {
            1.0
        }
    }

    /// Hours of clusters to pay for in a month.
    pub(super) fn cluster_hours(&self) -> f64 {
        self.clusters() * HOURS_PER_MONTH
    }
}

/// What one month meters of the cluster and its nodes.
#[derive(Clone, Copy, Debug)]
pub struct Usage {
    /// Hours of clusters.
    pub cluster_hours: f64,
    /// The node type.
    pub node: NodeType,
    /// Hours of nodes.
    pub node_hours: f64,
    /// Mean number of pods of services.
    pub replicas: f64,
}

impl Usage {
    /// What a plan uses.
    pub fn of(plan: &Plan, case: &Case<'_>) -> Self {
        Self {
            cluster_hours: case.cluster_hours(),
            node: plan.node,
            node_hours: plan.nodes * HOURS_PER_MONTH,
            replicas: plan.replicas,
        }
    }

    /// Mean number of nodes.
    pub fn nodes(&self) -> f64 {
        self.node_hours / HOURS_PER_MONTH
    }

    /// The line of the nodes, and the figures behind it.
    pub fn node_lines(&self, prices: &Prices<'_>, bill: &mut Bill) -> Result<(), NoPrice> {
        bill.push(Line::charge(
            Part::Compute,
            prices.get(self.node.price)?,
            Qty::of(self.node_hours),
            [Factor::new("node hours", self.node_hours, "hours")],
        ));
        bill.figure("replicas", self.replicas, "");
        bill.figure("nodes", self.nodes(), "");
        bill.figure("node_vcpu", self.node.vcpu, "vCPU");
        Ok(())
    }

    /// The line of the cluster's own fee.
    pub fn cluster_line(
        &self,
        fee: Meter<Price<ClusterHour>>,
        prices: &Prices<'_>,
        bill: &mut Bill,
    ) -> Result<(), NoPrice> {
        bill.push(Line::charge(
            Part::Platform,
            prices.get(fee)?,
            Qty::of(self.cluster_hours),
            [Factor::new("cluster hours", self.cluster_hours, "hours")],
        ));
        Ok(())
    }
}

/// Mean number of pods that write logs.
pub fn instance_months(case: &Case<'_>, replicas: f64) -> f64 {
    pods(case, replicas)
        .iter()
        .map(|pods| pods.count as f64)
        .sum()
}
