//! Google Cloud: commitments and Spot of Compute Engine, Cloud Run and Autopilot; balancers, addresses, NAT, egress, logs
//! and registry.

use super::{egress::Egress, profile::Profile};
use crate::{
    bill::CostCategory,
    platforms::{
        buying::Reduction,
        surroundings::{Adder, GIB},
    },
    prices::{Account, NoPrice, meters as m},
    tiers::Band,
    units::{Gib, GibMonth},
};

/// What is Google Cloud's own.
pub static PROFILE: Profile = Profile {
    reductions: &[
        Reduction {
            meters: &["google-cloud/compute-engine/"],
            commitment: [Some(m::GCE_1Y), Some(m::GCE_3Y)],
            spot: None,
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
    egress: Egress::Gib(m::GCP_EGRESS_0),
    surroundings,
};

/// A Cloud NAT gateway costs no more than with 32 machines behind it (<https://cloud.google.com/nat/pricing>).
const CLOUD_NAT_MACHINES: f64 = 32.0;

fn surroundings(adder: &mut Adder<'_>) -> Result<(), NoPrice> {
    const TIB: f64 = 1_024.0;
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
    let mut addresses = balancers + adder.machine_addresses();
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
    let bands = [
        Band {
            upto: TIB,
            price: adder.prices.get(m::GCP_EGRESS_0)?,
        },
        Band {
            upto: 10.0 * TIB,
            price: adder.prices.get(m::GCP_EGRESS_1)?,
        },
        Band {
            upto: f64::MAX,
            price: adder.prices.get(m::GCP_EGRESS_10)?,
        },
    ];
    adder.egress::<Gib, Account>(GIB, &bands, None)?;
    adder.logs(GIB, m::GCP_LOGS, m::GCP_FREE_LOGS)?;
    adder.registry::<GibMonth>(m::GCP_REGISTRY)?;
    adder.monitoring_disk(m::PD_BALANCED)
}
