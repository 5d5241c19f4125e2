//! AWS: commitments and Spot of EC2 and Fargate; balancers, addresses, NAT, egress, logs and registry.
//!
//! The fee of EKS Auto Mode is billed on the on-demand price, whatever the node is bought at (recalled).

use super::{
    egress::{Bands, Egress, band},
    profile::Profile,
};
use crate::{
    bill::CostCategory,
    platform::Platform,
    platforms::{
        buying::Reduction,
        gpu::{GpuNode, Gpus},
        surroundings::{Adder, GB},
    },
    prices::{Meter, NoPrice, Price, meters as m},
    units::{GbMonth, HOURS_PER_MONTH, LcuHour, SECONDS_PER_MONTH},
};

/// What is AWS's own.
pub static PROFILE: Profile = Profile {
    reductions: &[
        Reduction {
            meters: &["aws/ec2/"],
            commitment: [Some(m::EC2_1Y), Some(m::EC2_3Y)],
            spot: Some(m::EC2_SPOT),
        },
        Reduction {
            meters: &["aws/fargate/x86/", "aws/fargate/arm/"],
            commitment: [Some(m::FARGATE_1Y), Some(m::FARGATE_3Y)],
            spot: Some(m::FARGATE_SPOT),
        },
    ],
    egress: Egress::Gb(Bands {
        steps: &[
            band(10.0 * TB, m::AWS_EGRESS_0),
            band(50.0 * TB, m::AWS_EGRESS_10),
            band(150.0 * TB, m::AWS_EGRESS_50),
            band(f64::MAX, m::AWS_EGRESS_150),
        ],
        free: Some(|prices| prices.free_tier(m::AWS_FREE_EGRESS)),
    }),
    address: Some(m::AWS_IPV4),
    nat_of_machines: None,
    gpus: Some(&GPUS),
    surroundings,
};

/// What one capacity unit of a load balancer carries.
struct Carries {
    /// New connections in a second.
    opened_per_s: f64,
    /// Open ones.
    open: f64,
    /// GB in an hour.
    gb_per_hour: f64,
}

/// Both by <https://aws.amazon.com/elasticloadbalancing/pricing/>; a Network Load Balancer's unit as it is for TCP.
const ALB: Carries = Carries {
    opened_per_s: 25.0,
    open: 3_000.0,
    gb_per_hour: 1.0,
};
const NLB: Carries = Carries {
    opened_per_s: 800.0,
    open: 100_000.0,
    gb_per_hour: 1.0,
};
/// A TB of AWS's bands, GB.
const TB: f64 = 1_024.0;

/// Sizes of the G and P series, by GPU memory.
static GPUS: Gpus = Gpus {
    nodes: &[
        GpuNode::new(m::EC2_G4DN_XLARGE, "T4", 16.0, 4.0, 16.0),
        GpuNode::new(m::EC2_G5_XLARGE, "A10G", 24.0, 4.0, 16.0),
        GpuNode::new(m::EC2_G6_XLARGE, "L4", 24.0, 4.0, 16.0),
        GpuNode::new(m::EC2_G6E_XLARGE, "L40S", 48.0, 4.0, 32.0),
        GpuNode::new(m::EC2_P5_4XLARGE, "H100", 80.0, 16.0, 256.0),
        GpuNode::new(m::EC2_G7E_2XLARGE, "RTX PRO 6000", 96.0, 8.0, 64.0),
        GpuNode::new(m::EC2_P4D_24XLARGE, "A100", 320.0, 96.0, 1_152.0),
        GpuNode::new(m::EC2_P4DE_24XLARGE, "A100", 640.0, 96.0, 1_152.0),
        GpuNode::new(m::EC2_P5_48XLARGE, "H100", 640.0, 192.0, 2_048.0),
    ],
    nodes_page: (
        "https://aws.amazon.com/ec2/pricing/on-demand/",
        "2026-01-21",
    ),
    cluster: Platform::Eks,
    fee: m::EKS_CLUSTER,
    seconds: &[],
    seconds_page: ("https://aws.amazon.com/fargate/pricing/", "2026"),
};

/// The capacity units of load balancers of one kind, if there are any. What part of the traffic takes which kind is not known:
/// each bills all of it.
fn capacity_units(
    adder: &mut Adder<'_>,
    balancers: f64,
    carries: &Carries,
    meter: Meter<Price<LcuHour>>,
) -> Result<(), NoPrice> {
    if balancers <= 0.0 {
        return Ok(());
    }
    let w = &adder.case.workload;
    let per_connection = adder.case.inputs.assumptions.requests_per_connection;
    let connections = w.requests.get() / per_connection / SECONDS_PER_MONTH;
    let gb_per_hour = w.egress_bytes / GB / HOURS_PER_MONTH;
    let open = adder.case.inputs.connections.count;
    let opened = connections + open / w.connection_s;
    let units = (opened / carries.opened_per_s)
        .max(open / carries.open)
        .max(gb_per_hour / carries.gb_per_hour);
    adder.assumed(
        CostCategory::Network,
        meter,
        "capacity unit hours, by the largest dimension",
        units * HOURS_PER_MONTH,
    )
}

fn surroundings(adder: &mut Adder<'_>) -> Result<(), NoPrice> {
    let balancers = adder.application_load_balancers();
    adder.all_month(
        CostCategory::Network,
        m::AWS_ALB,
        "load balancers",
        balancers,
    )?;
    capacity_units(adder, balancers, &ALB, m::AWS_LCU)?;
    let raw = adder.network_load_balancers();
    adder.all_month(
        CostCategory::Network,
        m::AWS_NLB,
        "load balancers for UDP and raw TCP",
        raw,
    )?;
    capacity_units(adder, raw, &NLB, m::AWS_NLCU)?;
    let mut addresses = adder.zones() * (balancers + raw) + adder.machine_addresses();
    if adder.nat() {
        let gateways = adder.zones();
        adder.all_month(
            CostCategory::Network,
            m::AWS_NAT,
            "NAT gateways, one in each zone",
            gateways,
        )?;
        adder.assumed(
            CostCategory::Network,
            m::AWS_NAT_DATA,
            "data through NAT",
            adder.nat_bytes() / GB,
        )?;
        addresses += gateways;
    }
    adder.public_addresses(m::AWS_IPV4, addresses)?;
    adder.assumed(
        CostCategory::Network,
        m::AWS_ZONES,
        "between zones, billed on both sides",
        2.0 * adder.gb_between_zones(),
    )?;
    let endpoints = f64::from(adder.counted.private_endpoints) * adder.zones();
    adder.all_month(
        CostCategory::Network,
        m::AWS_ENDPOINT,
        "private endpoints, one in each zone",
        endpoints,
    )?;
    adder.endpoint_data(m::AWS_ENDPOINT_DATA)?;
    adder.egress()?;
    adder.logs(GB, m::AWS_LOGS, m::AWS_FREE_LOGS)?;
    adder.registry::<GbMonth>(m::AWS_REGISTRY)?;
    adder.monitoring_disk(m::EBS_GP3)
}
