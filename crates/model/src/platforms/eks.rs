//! Amazon EKS with managed nodes.
//!
//! Billed: each cluster by the hour, every node by the hour at its EC2 price with its disk, whatever runs on it. Left
//! out: extended support, Karpenter's own pods, traffic between zones, burstable node types.
//!
//! Pages: aws.amazon.com/eks/pricing (2026-09-28), aws.amazon.com/ec2/pricing/on-demand, docs.aws.amazon.com/eks/
//! latest/userguide/choosing-instance-type.html (2026).

use super::{
    Case, Definition, Limits,
    gpu::GpuNodes,
    kubernetes::{self, Cluster, NodeType, Nodes, Plan, Runs, Usage},
    replicas,
    surroundings::Around,
};
use crate::{
    bill::{Bill, CostCategory, Factor, Line},
    capacity::nodes,
    people::Class,
    platform::Platform,
    prices::{Meter, NoPrice, Price, Prices, meters as m},
    units::{ClusterHour, Qty},
    vendor::Vendor,
};

/// What is known of EKS.
pub const DEFINITION: Definition = Definition {
    billed: "Every cluster-hour, and every node by the hour with its disk, whatever runs on it.",
    left_out: &["burstable node types"],
    pages: &[
        "https://aws.amazon.com/eks/pricing/",
        "https://aws.amazon.com/ec2/pricing/on-demand/",
    ],
    people: Class::KubernetesNodes,
    cities: ["us-east-1", "eu-west-1", "ap-northeast-1"],
    // A pod is as large as a node.
    limits: Limits::NONE,
    closed: None,
    proprietary: "IAM roles, load balancer annotations and storage classes are AWS's.",
    portable: "Manifests, Helm charts and images move to any Kubernetes.",
    counterpart: Some(Platform::Fargate),
    bill: |case, prices| CLUSTER.bill(case, prices),
    trace: |case, prices| CLUSTER.trace(case, prices),
};

const CLUSTER: Cluster = Cluster {
    nodes: &NODES,
    lines,
    around,
};

/// The node types that are tried. Most pods on one by its network interfaces, at most 110 below 30 vCPU, else 250.
pub const NODE_TYPES: &[NodeType] = &[
    NodeType::new(2.0, 8.0, 29, m::EC2_M5_LARGE),
    NodeType::new(2.0, 8.0, 29, m::EC2_M7I_LARGE),
    NodeType::new(4.0, 16.0, 58, m::EC2_M5_XLARGE),
    NodeType::new(4.0, 16.0, 58, m::EC2_M7I_XLARGE),
    NodeType::new(8.0, 32.0, 58, m::EC2_M5_2XLARGE),
    NodeType::new(16.0, 64.0, 110, m::EC2_M5_4XLARGE),
    NodeType::new(32.0, 128.0, 250, m::EC2_M5_8XLARGE),
    NodeType::new(64.0, 256.0, 250, m::EC2_M5_16XLARGE),
    NodeType::new(96.0, 384.0, 250, m::EC2_M5_24XLARGE),
    NodeType::arm(2.0, 8.0, 29, m::EC2_M7G_LARGE),
    NodeType::arm(4.0, 16.0, 58, m::EC2_M7G_XLARGE),
];

/// Disk of a managed node, GB: the default of a managed node group (recalled).
const DISK_GB: f64 = 20.0;

/// What an EKS node leaves to pods: vCPU and MiB.
pub fn allocatable(node: &NodeType) -> (f64, f64) {
    (
        node.vcpu - nodes::reserved_vcpu(node.vcpu),
        nodes::eks_allocatable_mib(node.gib * 1_024.0, node.max_pods as f64),
    )
}

/// The nodes of EKS.
pub(super) const NODES: Nodes = Nodes {
    types: NODE_TYPES,
    allocatable,
    agents: kubernetes::usual_agents,
    cluster: Runs::Kubernetes,
    lag_s: replicas::HPA_LAG_S,
};

/// The workload on each node type.
pub fn plans(case: &Case<'_>) -> Vec<Plan> {
    kubernetes::plans(case, &NODES)
}

/// The fee of a cluster.
pub(super) fn cluster_fee(extended_support: bool) -> Meter<Price<ClusterHour>> {
    if extended_support {
        m::EKS_EXTENDED
    } else {
        m::EKS_CLUSTER
    }
}

/// The lines of a month's usage.
///
/// # Errors
///
/// [`NoPrice`], if the book lacks a price on the bill.
pub fn lines(usage: &Usage, prices: &Prices<'_>) -> Result<Bill, NoPrice> {
    lines_with_disk(usage, DISK_GB, prices)
}

/// The lines of a month's usage with another disk on every node.
///
/// # Errors
///
/// [`NoPrice`], if the book lacks a price on the bill.
pub fn lines_with_disk(usage: &Usage, disk_gb: f64, prices: &Prices<'_>) -> Result<Bill, NoPrice> {
    let mut bill = nodes_with_disk(usage, disk_gb, prices)?;
    usage.cluster_line(cluster_fee(usage.extended_support), prices, &mut bill)?;
    Ok(bill)
}

/// The lines of nodes on EC2 and their disks.
pub(super) fn nodes_with_disk(
    usage: &Usage,
    disk_gb: f64,
    prices: &Prices<'_>,
) -> Result<Bill, NoPrice> {
    let mut bill = Bill::default();
    usage.node_lines(prices, &mut bill)?;
    usage.windows_line(m::EC2_WINDOWS, prices, &mut bill)?;
    let disk = prices.get(m::EBS_GP3)?;
    bill.push(
        Line::charge(
            CostCategory::Compute,
            disk,
            Qty::of(usage.nodes() * disk_gb),
            [
                Factor::new("nodes", usage.nodes(), ""),
                Factor::new("disk of a node", disk_gb, "GB"),
            ],
        )
        .assumed(prices.doubt(disk)),
    );
    Ok(bill)
}

/// What stands around the cluster. Without NAT every node needs an address of its own to reach the registry.
pub(super) fn around(usage: &Usage, case: &Case<'_>) -> Around {
    Around {
        load_balancers: case.load_balancers(),
        machines: usage.nodes(),
        own_addresses: true,
        gpus: GpuNodes::Own,
        cluster: usage.all_node_hours() > 0.0,
        ..Around::of(
            Vendor::Aws,
            kubernetes::instance_months(case, Runs::Kubernetes, usage.replicas),
        )
    }
}
