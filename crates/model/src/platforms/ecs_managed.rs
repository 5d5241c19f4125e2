//! Amazon ECS Managed Instances: ECS on virtual machines that AWS picks, patches and replaces.
//!
//! Billed: as ECS on EC2, and a management fee of 12 % of the on-demand price of every node, of GPU nodes 35 % (G series) or
//! 60 % (P series) less since 2026-07-01.
//!
//! Pages: aws.amazon.com/ecs/managed-instances/pricing (2026-09-20), docs.aws.amazon.com/AmazonECS/latest/developerguide/
//! managed-instances-storage.html (recalled).

use super::{
    Definition, Limits, Support, ecs_ec2, eks,
    gpu::GpuNodes,
    kubernetes::{Cluster, Usage},
    surroundings::Around,
};
use crate::{
    bill::Bill,
    people::Class,
    prices::{NoPrice, Prices, meters as m},
};

const PRICING_PAGE: &str = "https://aws.amazon.com/ecs/managed-instances/pricing/";

/// What is known of ECS Managed Instances.
pub const DEFINITION: Definition = Definition {
    billed: "As ECS on EC2, and 12 % of the on-demand price of every node for managing it, less of GPU nodes.",
    left_out: &["service discovery", "burstable node types"],
    pages: &[PRICING_PAGE],
    people: Class::Fargate,
    cities: ["us-east-1", "eu-west-1", "ap-northeast-1"],
    limits: Limits {
        windows: Support::no(PRICING_PAGE, "recalled"),
        ..Limits::NONE
    },
    closed: None,
    proprietary: "The task definition, the service, capacity providers and IAM roles are AWS's.",
    portable: "The image moves as it is; the rest is written anew.",
    counterpart: None,
    bill: |case, prices| CLUSTER.bill(case, prices),
    trace: |case, prices| CLUSTER.trace(case, prices),
};

const CLUSTER: Cluster = Cluster {
    nodes: &ecs_ec2::NODES,
    lines,
    around: |usage, case| Around {
        gpus: GpuNodes::Managed {
            g: m::ECS_MANAGED_FEE_G,
            p: m::ECS_MANAGED_FEE_P,
        },
        ..ecs_ec2::around(usage, case)
    },
};

/// Disk of a node, GB: the default of its storage (recalled).
const DISK_GB: f64 = 80.0;

/// The lines of a month's usage.
///
/// # Errors
///
/// [`NoPrice`], if the book lacks a price on the bill.
pub fn lines(usage: &Usage, prices: &Prices<'_>) -> Result<Bill, NoPrice> {
    let mut bill = eks::nodes_with_disk(usage, DISK_GB, prices)?;
    usage.management_line(m::ECS_MANAGED_FEE, prices, &mut bill)?;
    Ok(bill)
}
