//! Amazon EKS with managed nodes.
//!
//! Billed: each cluster by the hour, every node by the hour at its EC2 price with its disk, whatever runs on it. Pods
//! are packed on the cheapest node type that holds them, after what the kubelet, the system and DaemonSets take. Left
//! out: extended support, Karpenter's own pods, traffic between zones, EC2 credits of burstable types (none are used).
//!
//! Pages: aws.amazon.com/eks/pricing (2026-09-28), aws.amazon.com/ec2/pricing/on-demand, docs.aws.amazon.com/eks/
//! latest/userguide/choosing-instance-type.html (2026).

use super::{
    About, Case, Limit, Limits, cheapest, fargate,
    surroundings::{self, Cloud},
};
use crate::model::{
    bill::{Bill, Factor, Line, Part, Refusal},
    capacity::nodes::{self, Bin, Pods, Room},
    people::Class,
    prices::{Meter, NoPrice, Price, Prices, meters as m},
    units::{HOURS_PER_MONTH, Hour, Qty},
};

/// What is known of EKS.
pub const ABOUT: About = About {
    id: "eks",
    name: "Amazon EKS",
    billed: "Every cluster-hour, and every node by the hour with its disk, whatever runs on it.",
    left_out: "Extended support, traffic between zones and burstable node types.",
    pages: &[
        "https://aws.amazon.com/eks/pricing/",
        "https://aws.amazon.com/ec2/pricing/on-demand/",
    ],
    people: Class::KubernetesNodes,
    cities: ["us-east-1", "eu-west-1", "ap-northeast-1"],
    limits: Limits {
        // A pod is as large as a node; what fits no node of the price book has no price.
        vcpu: Limit::None,
        memory_gib: Limit::None,
        request_s: Limit::None,
        job_s: Limit::None,
    },
};

/// Production runs two pods of each service at least, on two nodes.
const REDUNDANT: f64 = 2.0;

/// A node type: its size, how many pods its network interfaces allow, its price.
#[derive(Clone, Copy, Debug)]
pub struct NodeType {
    /// vCPU.
    pub vcpu: f64,
    /// Memory, GiB.
    pub gib: f64,
    /// Most pods on one node: by network interfaces, at most 110 below 30 vCPU and 250 above.
    pub max_pods: u64,
    /// Its price.
    pub price: Meter<Price<Hour>>,
}

const fn node(vcpu: f64, gib: f64, max_pods: u64, price: Meter<Price<Hour>>) -> NodeType {
    NodeType {
        vcpu,
        gib,
        max_pods,
        price,
    }
}

/// The node types that are tried, smallest first.
pub const NODE_TYPES: &[NodeType] = &[
    node(2.0, 8.0, 29, m::EC2_M5_LARGE),
    node(2.0, 8.0, 29, m::EC2_M7I_LARGE),
    node(4.0, 16.0, 58, m::EC2_M5_XLARGE),
    node(4.0, 16.0, 58, m::EC2_M7I_XLARGE),
    node(8.0, 32.0, 58, m::EC2_M5_2XLARGE),
    node(16.0, 64.0, 110, m::EC2_M5_4XLARGE),
    node(32.0, 128.0, 250, m::EC2_M5_8XLARGE),
    node(64.0, 256.0, 250, m::EC2_M5_16XLARGE),
    node(96.0, 384.0, 250, m::EC2_M5_24XLARGE),
];

impl NodeType {
    /// What the node offers to pods after the kubelet, the system, evictions and DaemonSets.
    pub fn empty(&self, daemonsets: Room) -> Bin {
        let mib = nodes::eks_allocatable_mib(self.gib * 1_024.0, self.max_pods as f64);
        Bin {
            room: Room {
                vcpu: self.vcpu - nodes::reserved_vcpu(self.vcpu) - daemonsets.vcpu,
                gib: mib / 1_024.0 - daemonsets.gib,
            },
            // The network and proxy agents count against the limit.
            pods: self.max_pods - 2,
        }
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
    /// Disk of a node, GB.
    pub disk_gb: f64,
}

/// One plan for each node type that holds the largest pod.
pub fn plans(case: &Case<'_>) -> Vec<Plan> {
    let inputs = case.inputs;
    let assumptions = &inputs.assumptions;
    let replicas = fargate::replicas(case, inputs.instance.vcpu);
    let pods = pods(case, replicas);
    let spread = if case.has_services() || inputs.workers.count > 0 {
        assumptions.zones.max(REDUNDANT)
    } else {
        1.0
    };
    let daemonsets = Room {
        vcpu: assumptions.daemonset_vcpu,
        gib: assumptions.daemonset_gib,
    };
    NODE_TYPES
        .iter()
        .filter_map(|node| {
            let packed = nodes::pack(&pods, node.empty(daemonsets))? as f64;
            Some(Plan {
                node: *node,
                // Nothing to run, nothing to run it on.
                nodes: if packed > 0.0 {
                    packed.max(spread)
                } else {
                    0.0
                },
                replicas,
                disk_gb: assumptions.eks_node_disk_gb,
            })
        })
        .collect()
}

/// Everything that must find room at the same time.
fn pods(case: &Case<'_>, replicas: f64) -> Vec<Pods> {
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
    let worker_share = inputs.workers.hours_per_month / HOURS_PER_MONTH;
    add(
        f64::from(inputs.workers.count) * worker_share.min(1.0),
        inputs.workers.vcpu,
        inputs.workers.memory_gib,
    );
    // Runs are spread evenly; the room for those that run at once is kept free.
    let at_once = inputs.jobs.runs_per_month * inputs.jobs.minutes / 60.0 / HOURS_PER_MONTH;
    add(at_once, inputs.jobs.vcpu, inputs.jobs.memory_gib);
    if !pods.is_empty() && inputs.options.surroundings {
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

/// What one month meters.
#[derive(Clone, Copy, Debug)]
pub struct Usage {
    /// Clusters.
    pub clusters: f64,
    /// The node type.
    pub node: NodeType,
    /// Nodes.
    pub nodes: f64,
    /// Disk of a node, GB.
    pub disk_gb: f64,
}

/// What a plan uses.
pub fn usage(plan: &Plan, case: &Case<'_>) -> Usage {
    Usage {
        // A cluster that exists is paid for already.
        clusters: if case.inputs.team.existing_cluster {
            0.0
        } else {
            1.0
        },
        node: plan.node,
        nodes: plan.nodes,
        disk_gb: plan.disk_gb,
    }
}

/// The lines of a month's usage.
pub fn lines(usage: &Usage, prices: &Prices<'_>) -> Result<Bill, NoPrice> {
    let mut bill = Bill::default();
    let month = Factor::new("hours in a month", HOURS_PER_MONTH, "hours");
    let nodes = Factor::new("nodes", usage.nodes, "");
    bill.push(Line::charge(
        Part::Compute,
        prices.get(usage.node.price)?,
        Qty::of(usage.nodes * HOURS_PER_MONTH),
        [nodes, month],
    ));
    bill.push(
        Line::charge(
            Part::Compute,
            prices.get(m::EBS_GP3)?,
            Qty::of(usage.nodes * usage.disk_gb),
            [nodes, Factor::new("disk of a node", usage.disk_gb, "GB")],
        )
        .assumed(),
    );
    bill.push(Line::charge(
        Part::Platform,
        prices.get(m::EKS_CLUSTER)?,
        Qty::of(usage.clusters * HOURS_PER_MONTH),
        [Factor::new("clusters", usage.clusters, ""), month],
    ));
    Ok(bill)
}

/// The whole bill without people.
pub(super) fn bill(case: &Case<'_>, prices: &Prices<'_>) -> Result<Bill, Refusal> {
    let plans = plans(case);
    if plans.is_empty() {
        // Larger than every node type that is known: the largest one's successor has no price.
        return Err(Refusal::NoPrice(NoPrice {
            meter: m::EC2_M5_24XLARGE.id(),
            region: case.inputs.region,
        }));
    }
    cheapest(plans.iter().map(|plan| {
        let usage = usage(plan, case);
        let mut bill = lines(&usage, prices)?;
        let around = surroundings::Around {
            cloud: Cloud::Aws,
            instance_months: pods(case, plan.replicas)
                .iter()
                .map(|pods| pods.count as f64)
                .sum(),
            load_balancer: case.has_services(),
            // Without NAT every node needs an address of its own to reach the registry.
            addresses: plan.nodes,
            in_cluster_monitoring: plan.nodes > 0.0,
        };
        surroundings::lines(&around, case, prices, &mut bill)?;
        bill.figure("replicas", plan.replicas, "");
        bill.figure("nodes", plan.nodes, "");
        Ok(bill)
    }))
}
