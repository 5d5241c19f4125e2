//! Bills derived by hand, for platforms of which nobody outside published one; and for every platform, what shows that
//! its bill is right. A new platform does not compile here before it has such a thing.

use crate::common::{CENT, bill, book_with, inputs, nothing, printed};
use plimsoll_model::{
    inputs::Inputs,
    platform::Platform,
    platforms::{
        ecs_managed, eks, eks_auto,
        kubernetes::{Chain, Usage},
    },
    prices::PriceBook,
};

/// What shows that a platform's bill is right.
enum Evidence {
    /// Rows of `tests/cases/examples.json` that `examples.rs` meets.
    Examples(&'static [&'static str]),
    /// Nothing outside: a bill derived by hand, here.
    ByHand(fn()),
}

fn evidence(platform: Platform) -> Evidence {
    use Evidence::{ByHand, Examples};
    match platform {
        Platform::CloudRun => Examples(&["gcp-worker-pool-1vcpu", "infracost-run-t2-instance"]),
        Platform::Fargate => Examples(&["aws-fargate-ex1", "aws-realbill-eu-west-1-2026-07"]),
        Platform::EcsExpress => ByHand(ecs_express),
        Platform::AppRunner => Examples(&["apprunner-tokyo-6h"]),
        Platform::ContainerApps => Examples(&["aca-eastus-idle-30d", "aca-uks-mostly-idle-gbp"]),
        Platform::Fly => Examples(&["fly-discord-bot"]),
        Platform::Railway => Examples(&["railway-hobby-3"]),
        Platform::Render => ByHand(render),
        Platform::Eks => Examples(&["infracost-eks-nodes-m5.large-x3"]),
        Platform::EksAuto => ByHand(auto_mode),
        Platform::EksFargate => ByHand(eks_on_fargate),
        Platform::Gke => Examples(&["infracost-gke-standard-zonal"]),
        Platform::GkeAutopilot => Examples(&["gke-autopilot-prod"]),
        Platform::Aks => ByHand(aks),
        Platform::AksAutomatic => Examples(&["aks-automatic-two-nodes"]),
        Platform::EcsEc2 => ByHand(ecs_on_ec2),
        Platform::EcsManaged => ByHand(managed_instances),
    }
}

#[test]
fn every_platform_has_evidence() {
    for platform in Platform::ALL {
        match evidence(platform) {
            Evidence::ByHand(test) => test(),
            Evidence::Examples(ids) => {
                for id in ids {
                    assert!(
                        crate::examples::is_met(id),
                        "{}: {id} is not met",
                        platform.id()
                    );
                }
            }
        }
    }
}

fn infrastructure(platform: Platform, inputs: &Inputs) -> f64 {
    bill(platform, inputs, &PriceBook::bundled())
        .infrastructure()
        .get()
}

/// 26 services, too many for one load balancer, each with two tasks of 0.25 vCPU and 0.5 GB:
/// 52 × 730 × (0.25 × 0.04048 + 0.5 × 0.004445) = 468.52; two load balancers 2 × 730 × 0.0225 = 32.85; 52 addresses of
/// tasks and 4 of load balancers in two zones 56 × 730 × 0.005 = 204.40.
fn ecs_express() {
    let inputs = inputs(
        r#"{"services":26,"http":{"requests_per_month":1000,"response_kb":0},"instance":{"vcpu":0.25,"memory_gib":0.5},
            "surroundings":{"logs":false,"registry":false}}"#,
    );
    printed(
        infrastructure(Platform::EcsExpress, &inputs),
        468.52 + 32.85 + 204.40,
        CENT,
    );
}

/// Two Standard instances for a service and one Starter for a worker, on Pro: 2 × 25 + 7 + 25 = 82; 30 GB out, 25 of
/// them included: 5 × 0.15 = 0.75.
fn render() {
    let inputs = inputs(
        r#"{"http":{"requests_per_month":3e6,"latency_ms":20,"cpu_ms":5},"workers":{"count":1,"vcpu":0.5,"memory_gib":0.5}}"#,
    );
    printed(infrastructure(Platform::Render, &inputs), 82.75, CENT);
}

/// Two m5.large for a month 2 × 730 × 0.096 = 140.16, 12 % of it 16.82, two disks of 80 GB at 0.08 = 12.80, and the
/// cluster 73.
fn auto_mode() {
    let inputs = nothing();
    let usage = Usage {
        extended_support: false,
        windows: false,
        cluster_hours: 730.0,
        node: eks::NODE_TYPES[0],
        node_hours: 2.0 * 730.0,
        environment_node_hours: 0.0,
        chain: Chain::default(),
        replicas: 0.0,
    };
    let bill = eks_auto::lines(&usage, &PriceBook::bundled().in_region(inputs.region)).unwrap();
    printed(bill.total().get(), 140.16 + 16.8192 + 12.80 + 73.0, CENT);
}

/// A worker of 0.25 vCPU and 0.5 GiB becomes a pod of 1 GB: 730 × (0.25 × 0.04048 + 0.004445) = 10.63; two pods of cluster
/// DNS of 0.25 vCPU and 0.5 GB 2 × 730 × (0.25 × 0.04048 + 0.5 × 0.004445) = 18.02; and the cluster 73.
fn eks_on_fargate() {
    let mut inputs = nothing();
    inputs.workers.count = 1;
    inputs.workers.vcpu = 0.25;
    inputs.workers.memory_gib = 0.5;
    printed(
        infrastructure(Platform::EksFargate, &inputs),
        10.63 + 18.02 + 73.0,
        CENT,
    );
}

/// One worker on two m5.large: 2 × 730 × 0.096 = 140.16, and two disks of 30 GB at 0.08 = 4.80; no fee for a cluster, nothing of
/// its own on the nodes.
fn ecs_on_ec2() {
    let mut inputs = nothing();
    inputs.workers.count = 1;
    printed(
        infrastructure(Platform::EcsEc2, &inputs),
        140.16 + 4.80,
        CENT,
    );
}

/// The pricing page's own example: 0.037 an hour on a c6a.2xlarge of 0.306. Two nodes at that price for a month 446.76, 12 % of it
/// 53.61, two disks of 80 GB 12.80.
fn managed_instances() {
    let book = book_with(&[("aws/ec2/m5.large", 0.306)]);
    let usage = Usage {
        extended_support: false,
        windows: false,
        cluster_hours: 0.0,
        node: eks::NODE_TYPES[0],
        node_hours: 2.0 * 730.0,
        environment_node_hours: 0.0,
        chain: Chain::default(),
        replicas: 0.0,
    };
    let bill = ecs_managed::lines(&usage, &book.in_region(nothing().region)).unwrap();
    printed(bill.total().get(), 446.76 + 53.6112 + 12.80, CENT);
    let fee = bill
        .lines
        .iter()
        .find(|line| line.meter == "aws/ecs-managed/fee");
    printed(fee.unwrap().unit_price, 0.037, 0.0005);
}

/// One worker on two D2as v5 nodes, the cheaper ones: 2 × 730 × 0.086 = 125.56, two premium disks 39.42, the uptime SLA
/// 73.
fn aks() {
    let mut inputs = nothing();
    inputs.workers.count = 1;
    printed(
        infrastructure(Platform::Aks, &inputs),
        125.56 + 39.42 + 73.0,
        CENT,
    );
}

/// However requests are packed, instances give no more CPU than they have: a second of CPU each, of one vCPU, is a second billed.
#[test]
fn no_routing_on_cloud_run_gives_more_cpu_than_instances_have() {
    let inputs = inputs(
        r#"{"http":{"requests_per_month":2e9,"latency_ms":1500,"cpu_ms":1000},"clouds":["google-cloud"]}"#,
    );
    let bill = bill(Platform::CloudRun, &inputs, &PriceBook::bundled());
    let figure = |id: &str| bill.figures.iter().find(|figure| figure.id == id).unwrap();
    let vcpu = bill
        .lines
        .iter()
        .find(|line| line.meter == "google-cloud/cloud-run/request-based/vcpu-active")
        .unwrap();
    let least = 2e9 * vcpu.unit_price;
    let low = figure("infrastructure_low_usd").value;
    assert!(low >= least, "{low} is less than {least} of CPU alone");
}
