//! Azure: commitments and Spot of virtual machines; balancers, addresses, NAT, egress, logs and registry.

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
    gpus: Some(&GPUS),
    surroundings,
};

/// Virtual machines with GPUs, and what Container Apps sells by the second, by GPU memory.
static GPUS: Gpus = Gpus {
    nodes: &[
        GpuNode::new(m::VM_NC4AS_T4, "T4", 16.0, 4.0, 28.0),
        GpuNode::new(m::VM_NV36ADS_A10, "A10", 24.0, 36.0, 440.0),
        GpuNode::new(m::VM_NC24ADS_A100, "A100", 80.0, 24.0, 220.0),
        GpuNode::new(m::VM_NC40ADS_H100, "H100 NVL", 94.0, 40.0, 320.0),
        GpuNode::new(m::VM_NC48ADS_A100, "A100", 160.0, 48.0, 440.0),
        GpuNode::new(m::VM_NC80ADIS_H100, "H100 NVL", 188.0, 80.0, 640.0),
    ],
    nodes_page: (
        "https://azure.microsoft.com/pricing/details/virtual-machines/linux/",
        "2026-06-18",
    ),
    cluster: Platform::Aks,
    fee: m::AKS_STANDARD,
    seconds: &[
        GpuSize {
            price: m::ACA_T4,
            gpu: "T4",
            gpu_gib: 16.0,
            vcpu: 8.0,
            gib: 56.0,
        },
        GpuSize {
            price: m::ACA_A100,
            gpu: "A100",
            gpu_gib: 80.0,
            vcpu: 24.0,
            gib: 220.0,
        },
    ],
    seconds_page: (
        "https://learn.microsoft.com/en-us/azure/container-apps/gpu-serverless-overview",
        "2026-10-01",
    ),
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
    adder.endpoint_data(m::AZURE_ENDPOINT_DATA)?;
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
