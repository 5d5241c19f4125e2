//! Azure: commitments and Spot of virtual machines; balancers, addresses, NAT, egress, logs and registry.

use super::{
    egress::{Bands, Egress, band},
    profile::Profile,
};
use crate::{
    bill::CostCategory,
    platforms::{
        buying::Reduction,
        surroundings::{Adder, GB},
    },
    prices::{NoPrice, meters as m},
    units::{Day, HOURS_PER_MONTH},
};

/// What is Azure's own.
pub static PROFILE: Profile = Profile {
    reductions: &[Reduction {
        meters: &["azure/vm/"],
        commitment: [Some(m::VM_1Y), Some(m::VM_3Y)],
        spot: Some(m::VM_SPOT),
    }],
    egress: Egress::Gb(Bands {
        steps: &[
            band(10_000.0, m::AZURE_EGRESS_0),
            band(50_000.0, m::AZURE_EGRESS_10),
            band(150_000.0, m::AZURE_EGRESS_50),
            band(f64::MAX, m::AZURE_EGRESS_150),
        ],
        free: Some(|prices| prices.free_tier(m::AZURE_FREE_EGRESS)),
    }),
    address: Some(m::AZURE_IPV4),
    nat_of_machines: None,
    surroundings,
};

fn surroundings(adder: &mut Adder<'_>) -> Result<(), NoPrice> {
    let balancers = adder.load_balancers();
    adder.all_month(
        CostCategory::Network,
        m::AZURE_LB,
        "load balancers",
        balancers,
    )?;
    if balancers > 0.0 {
        let gb = adder.case.workload.egress_bytes / GB;
        adder.assumed(
            CostCategory::Network,
            m::AZURE_LB_DATA,
            "data through the load balancer",
            gb,
        )?;
    }
    let mut addresses = balancers + adder.machine_addresses();
    if adder.nat() {
        adder.all_month(CostCategory::Network, m::AZURE_NAT, "NAT gateways", 1.0)?;
        adder.assumed(
            CostCategory::Network,
            m::AZURE_NAT_DATA,
            "data through NAT",
            adder.nat_bytes() / GB,
        )?;
        addresses += 1.0;
    }
    adder.public_addresses(m::AZURE_IPV4, addresses)?;
    let endpoints = f64::from(adder.counted.private_endpoints);
    adder.all_month(
        CostCategory::Network,
        m::AZURE_ENDPOINT,
        "private endpoints",
        endpoints,
    )?;
    adder.egress()?;
    adder.logs(GB, m::AZURE_LOGS, m::AZURE_FREE_LOGS)?;
    if adder.counted.registry && adder.runs_anything() {
        // The Basic registry includes 10 GiB and is billed by the day.
        let days = HOURS_PER_MONTH / 24.0;
        adder.assumed::<Day>(
            CostCategory::Platform,
            m::AZURE_REGISTRY,
            "days of a Basic registry",
            days,
        )?;
    }
    if adder.monitoring_disk_gb() > 0.0 {
        adder.assumed(
            CostCategory::Observability,
            m::DISK_E4,
            "disk of the monitoring stack, 32 GiB",
            1.0,
        )?;
    }
    Ok(())
}
