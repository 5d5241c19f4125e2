//! AKS Automatic: AKS whose nodes Azure picks, patches and replaces.
//!
//! Billed: each hosted control plane by the hour, every node by the hour at its VM price with its OS disk, and a
//! surcharge on every vCPU of every node. Nodes reach the outside through a NAT gateway that comes with it. Left out: as
//! AKS. The surcharge is known for the United States alone.
//!
//! Pages: learn.microsoft.com/azure/aks/intro-aks-automatic (2026-05-22), prices.azure.com (2026-09-30).

use super::{
    Case, Definition, Limits, Support, aks,
    gpu::GpuNodes,
    kubernetes::{Cluster, Usage},
    surroundings::Around,
};
use crate::{
    bill::{Bill, CostCategory, Factor, Line},
    people::Class,
    platform::Platform,
    prices::{NoPrice, Prices, meters as m},
    units::Qty,
};

const INTRODUCTION_PAGE: &str = "https://learn.microsoft.com/en-us/azure/aks/intro-aks-automatic";

/// What is known of AKS Automatic.
pub const DEFINITION: Definition = Definition {
    billed: "Every hosted control plane, every node with its OS disk, and a surcharge on every vCPU of the nodes.",
    left_out: &[
        "burstable node types",
        "compute-optimised surcharges",
        "node types with local disks",
    ],
    pages: &[INTRODUCTION_PAGE],
    people: Class::KubernetesManaged,
    cities: ["eastus", "northeurope", "japaneast"],
    limits: Limits {
        windows: Support::no(INTRODUCTION_PAGE, "2026-05-22"),
        privileged: Support::only(
            "past its deployment safeguards",
            INTRODUCTION_PAGE,
            "2026-05-22",
        ),
        ..Limits::NONE
    },
    closed: None,
    proprietary: "Identities, deployment safeguards and storage classes are Azure's.",
    portable: "Manifests, Helm charts and images move to any Kubernetes.",
    counterpart: Some(Platform::ContainerApps),
    bill: |case, prices| CLUSTER.bill(case, prices),
    trace: |case, prices| CLUSTER.trace(case, prices),
};

const CLUSTER: Cluster = Cluster {
    nodes: &aks::NODES,
    lines,
    around,
};

/// The lines of a month's usage.
///
/// # Errors
///
/// [`NoPrice`], if the book lacks a price on the bill.
pub fn lines(usage: &Usage, prices: &Prices<'_>) -> Result<Bill, NoPrice> {
    let mut bill = Bill::default();
    aks::node_lines(usage, prices, &mut bill)?;
    bill.push(Line::charge(
        CostCategory::Platform,
        prices.get(m::AKS_AUTOMATIC_CPU)?,
        Qty::of(usage.all_node_hours() * usage.node.vcpu),
        [
            Factor::new("node hours", usage.all_node_hours(), "hours"),
            Factor::new("size", usage.node.vcpu, "vCPU"),
        ],
    ));
    usage.cluster_line(m::AKS_AUTOMATIC, prices, &mut bill)?;
    Ok(bill)
}

fn around(usage: &Usage, case: &Case<'_>) -> Around {
    Around {
        nat_comes_with_it: usage.all_node_hours() > 0.0,
        gpus: GpuNodes::ManagedByVcpu(m::AKS_AUTOMATIC_CPU),
        ..aks::around(usage, case)
    }
}
