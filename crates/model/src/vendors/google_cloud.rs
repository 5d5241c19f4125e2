//! Google Cloud: commitments and Spot of Compute Engine, Cloud Run and Autopilot; balancers, addresses, NAT, egress, logs
//! and registry.

use super::{
    egress::{Bands, Egress, band},
    profile::Profile,
};
use crate::{
    bill::CostCategory,
    platform::Platform,
    platforms::{
        buying::Reduction,
        gpu::{GpuNode, GpuSize, Gpus},
        surroundings::{Adder, GB, GIB},
    },
    prices::{NoPrice, meters as m},
    units::GibMonth,
};

/// What is Google Cloud's own.
pub static PROFILE: Profile = Profile {
    reductions: &[
        Reduction {
            meters: &["google-cloud/compute-engine/"],
            commitment: [Some(m::GCE_1Y), Some(m::GCE_3Y)],
            spot: Some(m::GCE_SPOT),
        },
        Reduction {
            meters: &[
                "google-cloud/cloud-run/request-based/",
                "google-cloud/cloud-run/requests",
                "google-cloud/cloud-run/free/vcpu",
                "google-cloud/cloud-run/free/memory",
                "google-cloud/cloud-run/free/requests",
            ],
            commitment: [Some(m::CLOUD_RUN_CUD), Some(m::CLOUD_RUN_CUD)],
            spot: None,
        },
        Reduction {
            meters: &[
                "google-cloud/cloud-run/instance-based/",
                "google-cloud/cloud-run/worker-pool/",
                "google-cloud/cloud-run/free/instance-",
            ],
            commitment: [Some(m::FLEXIBLE_1Y), Some(m::FLEXIBLE_3Y)],
            spot: None,
        },
        Reduction {
            meters: &["google-cloud/gke-autopilot/"],
            commitment: [Some(m::FLEXIBLE_1Y), Some(m::FLEXIBLE_3Y)],
            spot: Some(m::AUTOPILOT_SPOT),
        },
    ],
    egress: Egress::Gib(Bands {
        steps: &[
            band(TIB, m::GCP_EGRESS_0),
            band(10.0 * TIB, m::GCP_EGRESS_1),
            band(f64::MAX, m::GCP_EGRESS_10),
        ],
        free: None,
    }),
    address: Some(m::GCP_IPV4),
    nat_of_machines: Some((m::GCP_NAT, CLOUD_NAT_MACHINES)),
    gpus: Some(&GPUS),
    surroundings,
};

/// A Cloud NAT gateway costs no more than with 32 machines behind it (<https://cloud.google.com/nat/pricing>).
const CLOUD_NAT_MACHINES: f64 = 32.0;
/// A TiB, GiB.
const TIB: f64 = 1_024.0;

/// Accelerator-optimised machine types, and what Cloud Run sells by the second, by GPU memory.
static GPUS: Gpus = Gpus {
    nodes: &[
        GpuNode::new(m::GCE_G2_4, "L4", 24.0, 4.0, 16.0),
        GpuNode::new(m::GCE_A2_1, "A100", 40.0, 12.0, 85.0),
        GpuNode::new(m::GCE_A3_1, "H100", 80.0, 26.0, 234.0),
        GpuNode::new(m::GCE_G4_48, "RTX PRO 6000", 96.0, 48.0, 180.0),
        GpuNode::new(m::GCE_A3_2, "H100", 160.0, 52.0, 468.0),
        GpuNode::new(m::GCE_A3_4, "H100", 320.0, 104.0, 936.0),
    ],
    nodes_page: (
        "https://cloud.google.com/products/compute/pricing/accelerator-optimized",
        "2026-07-30",
    ),
    cluster: Platform::Gke,
    fee: m::GKE_CLUSTER,
    seconds: &[
        GpuSize {
            price: m::CLOUD_RUN_L4,
            gpu: "L4",
            gpu_gib: 24.0,
            vcpu: 4.0,
            gib: 16.0,
        },
        GpuSize {
            price: m::CLOUD_RUN_RTX_6000,
            gpu: "RTX PRO 6000",
            gpu_gib: 96.0,
            vcpu: 20.0,
            gib: 80.0,
        },
    ],
    seconds_page: (
        "https://docs.cloud.google.com/run/docs/configuring/services/gpu",
        "2026-10-01",
    ),
};

fn surroundings(adder: &mut Adder<'_>) -> Result<(), NoPrice> {
    let balancers = adder.load_balancers();
    adder.all_month(
        CostCategory::Network,
        m::GCP_LB,
        "load balancers",
        balancers,
    )?;
    if balancers > 0.0 {
        let gib = adder.case.workload.egress_bytes / GIB;
        adder.assumed(
            CostCategory::Network,
            m::GCP_LB_DATA,
            "data through the load balancer",
            gib,
        )?;
    }
    // The address of a load balancer is free for as long as a forwarding rule has it
    // (<https://cloud.google.com/vpc/network-pricing>).
    let mut addresses = adder.machine_addresses();
    if adder.nat() {
        let machines = adder.around.machines.min(CLOUD_NAT_MACHINES);
        adder.all_month(
            CostCategory::Network,
            m::GCP_NAT,
            "machines behind NAT, 32 at most",
            machines,
        )?;
        adder.assumed(
            CostCategory::Network,
            m::GCP_NAT_DATA,
            "data through NAT",
            adder.nat_bytes() / GIB,
        )?;
        addresses += 1.0;
    }
    adder.public_addresses(m::GCP_IPV4, addresses)?;
    adder.assumed(
        CostCategory::Network,
        m::GCP_ZONES,
        "between zones, billed to the sender",
        adder.gb_between_zones() * GB / GIB,
    )?;
    adder.egress()?;
    adder.logs(GIB, m::GCP_LOGS, m::GCP_FREE_LOGS)?;
    adder.registry::<GibMonth>(m::GCP_REGISTRY)?;
    adder.monitoring_disk(m::PD_BALANCED)
}
