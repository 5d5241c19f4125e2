//! Amazon EKS Auto Mode: EKS whose nodes AWS picks, patches and replaces.
//!
//! Billed: as EKS, and a management fee of 12 % of the on-demand price of every node, of GPU nodes 35 % (G series) or 60 % (P
//! series) less since 2026-07-01. Nodes have an 80 GiB data disk.
//! Left out: as EKS.
//!
//! Pages: aws.amazon.com/eks/pricing (2026-09-29), docs.aws.amazon.com/eks/latest/userguide/create-node-class.html
//! (2026).

use super::{
    Definition, Limits, Support, eks,
    gpu::GpuNodes,
    kubernetes::{Cluster, Nodes, Runs, Usage},
    surroundings::Around,
};
use crate::{
    bill::Bill,
    people::Class,
    platform::Platform,
    prices::{NoPrice, Prices, meters as m},
};

/// What is known of EKS Auto Mode.
pub const DEFINITION: Definition = Definition {
    billed: "As EKS, and 12 % of the on-demand price of every node for managing it, less of GPU nodes.",
    left_out: &["burstable node types"],
    pages: &["https://aws.amazon.com/eks/pricing/"],
    people: Class::KubernetesManaged,
    cities: ["us-east-1", "eu-west-1", "ap-northeast-1"],
    limits: Limits {
        windows: Support::no(
            "https://docs.aws.amazon.com/eks/latest/userguide/automode-learn-instances.html",
            "2026",
        ),
        ..Limits::NONE
    },
    closed: None,
    proprietary: "Node classes, the load balancer and the storage provisioner are AWS's.",
    portable: "Manifests, Helm charts and images move to any Kubernetes.",
    counterpart: Some(Platform::Fargate),
    bill: |case, prices| CLUSTER.bill(case, prices),
    trace: |case, prices| CLUSTER.trace(case, prices),
};

const CLUSTER: Cluster = Cluster {
    nodes: &Nodes {
        // DNS, load balancing and scaling run outside the nodes or as parts of their system.
        cluster: Runs::KubernetesAlone,
        ..eks::NODES
    },
    lines,
    around: |usage, case| Around {
        gpus: GpuNodes::Managed {
            g: m::EKS_AUTO_FEE_G,
            p: m::EKS_AUTO_FEE_P,
        },
        ..eks::around(usage, case)
    },
};

/// Data disk of a node, GB (create-node-class, 2026).
const DISK_GB: f64 = 80.0;

/// The lines of a month's usage.
///
/// # Errors
///
/// [`NoPrice`], if the book lacks a price on the bill.
pub fn lines(usage: &Usage, prices: &Prices<'_>) -> Result<Bill, NoPrice> {
    let mut bill = eks::lines_with_disk(usage, DISK_GB, prices)?;
    usage.management_line(m::EKS_AUTO_FEE, prices, &mut bill)?;
    Ok(bill)
}
