//! Amazon ECS on EC2: tasks on virtual machines of one's own, without Kubernetes.
//!
//! Billed: every node by the hour at its EC2 price with its disk, whatever runs on it; ECS itself takes nothing, and there is no
//! fee for a cluster. Tasks are packed as pods are. Monitoring is CloudWatch's, so that none runs on the nodes.
//!
//! Pages: aws.amazon.com/ecs/pricing (2026-09-20), docs.aws.amazon.com/AmazonECS/latest/developerguide/
//! memory-management.html and …/eni-trunking-supported-instance-types.html (recalled).

use super::{
    Case, Definition, Limits, eks,
    gpu::GpuNodes,
    kubernetes::{self, Cluster, NodeType, Nodes, Runs, Usage},
    replicas,
    surroundings::Around,
};
use crate::{
    bill::Bill,
    capacity::nodes::Room,
    inputs::Assumptions,
    people::Class,
    prices::{NoPrice, Prices, meters as m},
    vendor::Vendor,
};

/// What is known of ECS on EC2.
pub const DEFINITION: Definition = Definition {
    billed: "Every node by the hour with its disk, whatever runs on it. ECS itself takes nothing.",
    left_out: &["service discovery", "burstable node types"],
    pages: &[
        "https://aws.amazon.com/ecs/pricing/",
        "https://aws.amazon.com/ec2/pricing/on-demand/",
    ],
    people: Class::EcsNodes,
    cities: ["us-east-1", "eu-west-1", "ap-northeast-1"],
    // A task is as large as a node.
    limits: Limits::NONE,
    closed: None,
    proprietary: "The task definition, the service, capacity providers and IAM roles are AWS's.",
    portable: "The image moves as it is; the rest is written anew.",
    counterpart: None,
    bill: |case, prices| CLUSTER.bill(case, prices),
    trace: |case, prices| CLUSTER.trace(case, prices),
};

const CLUSTER: Cluster = Cluster {
    nodes: &NODES,
    lines,
    around,
};

/// The node types that are tried. Most tasks on one: each has a network interface of its own, with trunking (recalled).
pub const NODE_TYPES: &[NodeType] = &[
    NodeType::new(2.0, 8.0, 10, m::EC2_M5_LARGE),
    NodeType::new(2.0, 8.0, 10, m::EC2_M7I_LARGE),
    NodeType::new(4.0, 16.0, 20, m::EC2_M5_XLARGE),
    NodeType::new(4.0, 16.0, 20, m::EC2_M7I_XLARGE),
    NodeType::new(8.0, 32.0, 40, m::EC2_M5_2XLARGE),
    NodeType::new(16.0, 64.0, 60, m::EC2_M5_4XLARGE),
    NodeType::new(32.0, 128.0, 60, m::EC2_M5_8XLARGE),
    NodeType::new(64.0, 256.0, 120, m::EC2_M5_16XLARGE),
    NodeType::new(96.0, 384.0, 120, m::EC2_M5_24XLARGE),
    NodeType::arm(2.0, 8.0, 10, m::EC2_M7G_LARGE),
    NodeType::arm(4.0, 16.0, 20, m::EC2_M7G_XLARGE),
];

/// Disk of a node, GB: the default of the ECS-optimised image (recalled).
const DISK_GB: f64 = 30.0;
/// Memory that the virtual machine and its kernel take: as on the nodes of EKS.
const VISIBLE: f64 = 0.925;

/// The nodes of ECS.
pub(super) const NODES: Nodes = Nodes {
    types: NODE_TYPES,
    allocatable,
    agents,
    cluster: Runs::Tasks,
    lag_s: replicas::ECS_LAG_S,
};

/// What a node leaves to tasks: vCPU and MiB. Nothing of its vCPU is kept back.
fn allocatable(node: &NodeType) -> (f64, f64) {
    (node.vcpu, (node.gib * 1_024.0 * VISIBLE).floor())
}

/// What the agents of ECS and of the log router take of that (recalled).
fn agents(_assumptions: &Assumptions) -> Room {
    Room {
        vcpu: 0.1,
        gib: 0.25,
    }
}

/// The lines of a month's usage.
///
/// # Errors
///
/// [`NoPrice`], if the book lacks a price on the bill.
pub fn lines(usage: &Usage, prices: &Prices<'_>) -> Result<Bill, NoPrice> {
    eks::nodes_with_disk(usage, DISK_GB, prices)
}

/// What stands around the tasks. Without NAT every node needs an address of its own to reach the registry.
pub(super) fn around(usage: &Usage, case: &Case<'_>) -> Around {
    Around {
        load_balancers: case.load_balancers(),
        machines: usage.nodes(),
        own_addresses: true,
        gpus: GpuNodes::Own,
        ..Around::of(
            Vendor::Aws,
            kubernetes::instance_months(case, Runs::Tasks, usage.replicas),
        )
    }
}
