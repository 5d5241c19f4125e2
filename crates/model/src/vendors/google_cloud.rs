//! Google Cloud: commitments and Spot of Compute Engine, Cloud Run and Autopilot; balancers, addresses, NAT, egress, logs
//! and registry.

use super::{
    egress::{Bands, Egress, band},
    profile::Profile,
};
use crate::{
    bill::CostCategory,
    platforms::{
        buying::Reduction,
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
    surroundings,
};

/// A Cloud NAT gateway costs no more than with 32 machines behind it (<https://cloud.google.com/nat/pricing>).
const CLOUD_NAT_MACHINES: f64 = 32.0;
/// A TiB, GiB.
const TIB: f64 = 1_024.0;

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
