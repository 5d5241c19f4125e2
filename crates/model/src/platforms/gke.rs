//! GKE Standard: Kubernetes on Compute Engine nodes of one's own.
//!
//! Billed: each cluster by the hour, every node by the hour at its machine type's price with its boot disk, whatever
//! runs on it. Production is a regional cluster, which the free credit does not cover; those of
//! other environments are zonal, and it covers one of them. Left out: sustained-use
//! discounts (E2 and N4 have none), traffic between zones.
//!
//! Pages: cloud.google.com/kubernetes-engine/pricing (2026-09), cloud.google.com/compute/vm-instance-pricing
//! (2026-07-30).

use super::{
    Case, Definition, Limits,
    gpu::GpuNodes,
    kubernetes::{self, Cluster, NodeType, Nodes, Plan, Runs, Usage},
    replicas,
    surroundings::Around,
};
use crate::{
    bill::{Bill, CostCategory, Factor, Line},
    capacity::nodes::{self, Room},
    inputs::Assumptions,
    people::Class,
    platform::Platform,
    prices::{NoPrice, Prices, meters as m},
    units::{ClusterHour, HOURS_PER_MONTH, Qty},
    vendor::Vendor,
};

/// What is known of GKE Standard.
pub const DEFINITION: Definition = Definition {
    billed: "Every cluster-hour, and every node by the hour with its boot disk, whatever runs on it.",
    left_out: &["shared-core machine types"],
    pages: &[
        "https://cloud.google.com/kubernetes-engine/pricing",
        "https://cloud.google.com/compute/vm-instance-pricing",
    ],
    people: Class::KubernetesNodes,
    cities: ["us-central1", "europe-west1", "asia-northeast1"],
    limits: Limits::NONE,
    closed: None,
    proprietary: "Backend configuration, workload identity and storage classes are Google's.",
    portable: "Manifests, Helm charts and images move to any Kubernetes.",
    counterpart: Some(Platform::CloudRun),
    bill: |case, prices| CLUSTER.bill(case, prices),
    trace: |case, prices| CLUSTER.trace(case, prices),
};

const CLUSTER: Cluster = Cluster {
    nodes: &NODES,
    lines,
    around,
};

/// Most pods on a node, by default (recalled).
const MAX_PODS: u64 = 110;

/// The node types that are tried.
pub const NODE_TYPES: &[NodeType] = &[
    NodeType::new(2.0, 8.0, MAX_PODS, m::GCE_E2_2),
    NodeType::new(2.0, 8.0, MAX_PODS, m::GCE_N4_2),
    NodeType::new(4.0, 16.0, MAX_PODS, m::GCE_E2_4),
    NodeType::new(4.0, 16.0, MAX_PODS, m::GCE_N4_4),
    NodeType::new(8.0, 32.0, MAX_PODS, m::GCE_E2_8),
    NodeType::new(16.0, 64.0, MAX_PODS, m::GCE_E2_16),
    NodeType::new(32.0, 128.0, MAX_PODS, m::GCE_E2_32),
    NodeType::new(48.0, 192.0, MAX_PODS, m::GCE_N4_48),
    NodeType::new(80.0, 320.0, MAX_PODS, m::GCE_N4_80),
];

/// Boot disk of a node, GiB: the default (recalled).
const DISK_GIB: f64 = 100.0;

/// What a GKE node leaves to pods: vCPU and MiB.
pub fn allocatable(node: &NodeType) -> (f64, f64) {
    (
        node.vcpu - nodes::reserved_vcpu(node.vcpu),
        nodes::gke_allocatable_mib(node.gib * 1_024.0),
    )
}

/// What Google's own agents take of a node, as measured, not as the usual ones.
fn agents(assumptions: &Assumptions) -> Room {
    Room {
        vcpu: assumptions.gke_agents_vcpu,
        gib: assumptions.gke_agents_gib,
    }
}

/// The nodes of GKE.
const NODES: Nodes = Nodes {
    types: NODE_TYPES,
    allocatable,
    agents,
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
    usage.node_lines(prices, &mut bill)?;
    usage.windows_line(m::GCE_WINDOWS, prices, &mut bill)?;
    let disk = prices.get(m::PD_BALANCED)?;
    bill.push(
        Line::charge(
            CostCategory::Compute,
            disk,
            Qty::of(usage.nodes() * DISK_GIB),
            [
                Factor::new("nodes", usage.nodes(), ""),
                Factor::new("boot disk of a node", DISK_GIB, "GiB"),
            ],
        )
        .assumed(prices.doubt(disk)),
    );
    usage.cluster_line(m::GKE_CLUSTER, prices, &mut bill)?;
    // Production is regional; the credit covers one zonal cluster, such as that of another environment.
    let zonal = Qty::<ClusterHour>::of(usage.cluster_hours - HOURS_PER_MONTH);
    if zonal > Qty::ZERO {
        credit_line(zonal, prices, &mut bill)?;
    }
    Ok(bill)
}

/// The line of the credit that covers the fee of one cluster, of so many hours that it may cover.
pub(super) fn credit_line(
    hours: Qty<ClusterHour>,
    prices: &Prices<'_>,
    bill: &mut Bill,
) -> Result<(), NoPrice> {
    if let Some(credit) = prices.free_tier(m::GKE_CREDIT)? {
        let fees = hours * prices.get(m::GKE_CLUSTER)?.value;
        let off = credit.value.min(Qty::of(fees.get()));
        bill.push(Line::dollars_off(CostCategory::Platform, credit, off).up_to(credit.value.get()));
    }
    Ok(())
}

fn around(usage: &Usage, case: &Case<'_>) -> Around {
    Around {
        load_balancers: case.load_balancers(),
        machines: usage.nodes(),
        own_addresses: true,
        gpus: GpuNodes::Own,
        cluster: usage.all_node_hours() > 0.0,
        ..Around::of(
            Vendor::GoogleCloud,
            kubernetes::instance_months(case, Runs::Kubernetes, usage.replicas),
        )
    }
}
