//! Azure Kubernetes Service, Standard tier: Kubernetes on virtual machines of one's own.
//!
//! Billed: each cluster by the hour for its uptime SLA, every node by the hour at its VM price with its OS disk,
//! whatever runs on it. Left out: the Free tier (no SLA), long-term support, node types with local disks or burstable
//! CPU.
//!
//! Pages: azure.microsoft.com/pricing/details/kubernetes-service (2026), learn.microsoft.com/azure/aks/
//! node-resource-reservations.

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
    prices::{NoPrice, Prices, Quoted, meters as m},
    units::{DiskMonth, HOURS_PER_MONTH, Qty, Rate},
    vendor::Vendor,
};

/// What is known of AKS.
pub const DEFINITION: Definition = Definition {
    billed: "Every cluster-hour of the Standard tier, and every node by the hour with its OS disk.",
    left_out: &["burstable node types", "node types with local disks"],
    pages: &["https://azure.microsoft.com/en-us/pricing/details/kubernetes-service/"],
    people: Class::KubernetesNodes,
    cities: ["eastus", "northeurope", "japaneast"],
    limits: Limits::NONE,
    closed: None,
    proprietary: "Identities, load balancer annotations and storage classes are Azure's.",
    portable: "Manifests, Helm charts and images move to any Kubernetes.",
    counterpart: Some(Platform::ContainerApps),
    bill: |case, prices| CLUSTER.bill(case, prices),
    trace: |case, prices| CLUSTER.trace(case, prices),
};

const CLUSTER: Cluster = Cluster {
    nodes: &NODES,
    lines,
    around,
};

/// Most pods on a node: the default of a pod subnet (2024-05-28); an overlay network allows 250.
const MAX_PODS: u64 = 110;

/// The node types that are tried.
pub const NODE_TYPES: &[NodeType] = &[
    NodeType::new(2.0, 8.0, MAX_PODS, m::VM_D2S),
    NodeType::new(2.0, 8.0, MAX_PODS, m::VM_D2AS),
    NodeType::new(4.0, 16.0, MAX_PODS, m::VM_D4S),
    NodeType::new(4.0, 16.0, MAX_PODS, m::VM_D4AS),
    NodeType::new(8.0, 32.0, MAX_PODS, m::VM_D8S),
    NodeType::new(16.0, 64.0, MAX_PODS, m::VM_D16S),
    NodeType::new(32.0, 128.0, MAX_PODS, m::VM_D32S),
    NodeType::new(64.0, 256.0, MAX_PODS, m::VM_D64S),
    NodeType::new(96.0, 384.0, MAX_PODS, m::VM_D96S),
    NodeType::arm(2.0, 8.0, MAX_PODS, m::VM_D2PS),
    NodeType::arm(4.0, 16.0, MAX_PODS, m::VM_D4PS),
];

/// What an AKS node leaves to pods: vCPU and MiB.
pub fn allocatable(node: &NodeType) -> (f64, f64) {
    (
        node.vcpu - nodes::aks_reserved_vcpu(node.vcpu),
        nodes::aks_allocatable_mib(node.gib * 1_024.0, node.max_pods as f64),
    )
}

/// The nodes of AKS.
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

/// The lines of a month's usage.
///
/// # Errors
///
/// [`NoPrice`], if the book lacks a price on the bill.
pub fn lines(usage: &Usage, prices: &Prices<'_>) -> Result<Bill, NoPrice> {
    let mut bill = Bill::default();
    node_lines(usage, prices, &mut bill)?;
    // Only production needs the Standard tier; the Free tier does for other environments.
    let production = Usage {
        cluster_hours: usage.cluster_hours.min(HOURS_PER_MONTH),
        ..*usage
    };
    let fee = if usage.extended_support {
        m::AKS_PREMIUM
    } else {
        m::AKS_STANDARD
    };
    production.cluster_line(fee, prices, &mut bill)?;
    Ok(bill)
}

/// Nodes and their OS disks: premium, as AKS takes them by itself, or standard where no price of those is known.
pub(super) fn node_lines(
    usage: &Usage,
    prices: &Prices<'_>,
    bill: &mut Bill,
) -> Result<(), NoPrice> {
    usage.node_lines(prices, bill)?;
    usage.windows_line(m::VM_WINDOWS, prices, bill)?;
    let disk = os_disk(&usage.node, prices)?;
    let nodes = usage.nodes();
    let factors = [Factor::new("nodes, an OS disk each", nodes, "")];
    bill.push(Line::charge(
        CostCategory::Compute,
        disk,
        Qty::of(nodes),
        factors,
    ));
    Ok(())
}

/// The OS disk that AKS gives a node by itself, by its vCPU (learn.microsoft.com/azure/aks/concepts-storage, 2026).
fn os_disk(node: &NodeType, prices: &Prices<'_>) -> Result<Quoted<Rate<DiskMonth>>, NoPrice> {
    let (premium, standard) = match node.vcpu {
        vcpu if vcpu < 8.0 => (m::DISK_P10, m::DISK_E10),
        vcpu if vcpu < 16.0 => (m::DISK_P15, m::DISK_E15),
        vcpu if vcpu < 64.0 => (m::DISK_P20, m::DISK_E20),
        _ => (m::DISK_P30, m::DISK_E30),
    };
    prices.get(premium).or_else(|_| prices.get(standard))
}

/// What stands around the cluster. Nodes reach the outside through the load balancer.
pub(super) fn around(usage: &Usage, case: &Case<'_>) -> Around {
    Around {
        load_balancers: case.load_balancers(),
        machines: usage.nodes(),
        gpus: GpuNodes::Own,
        cluster: usage.all_node_hours() > 0.0,
        ..Around::of(
            Vendor::Azure,
            kubernetes::instance_months(case, Runs::Kubernetes, usage.replicas),
        )
    }
}
