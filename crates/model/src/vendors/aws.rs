//! AWS: commitments and Spot of EC2 and Fargate; balancers, addresses, NAT, egress, logs and registry.
//!
//! The fee of EKS Auto Mode is billed on the on-demand price, whatever the node is bought at (recalled).

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
    units::{GbMonth, HOURS_PER_MONTH, SECONDS_PER_MONTH},
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
    surroundings,
};

/// What one load balancer capacity unit carries: new connections per second, open ones, and GB per hour
/// (<https://aws.amazon.com/elasticloadbalancing/pricing/>).
const LCU_CONNECTIONS_PER_S: f64 = 25.0;
const LCU_OPEN: f64 = 3_000.0;
const LCU_GB_PER_HOUR: f64 = 1.0;
/// A TB of AWS's bands, GB.
const TB: f64 = 1_024.0;

fn surroundings(adder: &mut Adder<'_>) -> Result<(), NoPrice> {
    let balancers = adder.load_balancers();
    adder.all_month(
        CostCategory::Network,
        m::AWS_ALB,
        "load balancers",
        balancers,
    )?;
    if balancers > 0.0 {
        let w = &adder.case.workload;
        let per_connection = adder.case.inputs.assumptions.requests_per_connection;
        let connections = w.requests.get() / per_connection / SECONDS_PER_MONTH;
        let gb_per_hour = w.egress_bytes / GB / HOURS_PER_MONTH;
        let open = adder.case.inputs.connections.count;
        let opened = connections + open / w.connection_s;
        let units = (opened / LCU_CONNECTIONS_PER_S)
            .max(open / LCU_OPEN)
            .max(gb_per_hour / LCU_GB_PER_HOUR);
        adder.assumed(
            CostCategory::Network,
            m::AWS_LCU,
            "capacity unit hours, by the largest dimension",
            units * HOURS_PER_MONTH,
        )?;
    }
    let mut addresses = adder.zones() * balancers + adder.machine_addresses();
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
    adder.egress()?;
    adder.logs(GB, m::AWS_LOGS, m::AWS_FREE_LOGS)?;
    adder.registry::<GbMonth>(m::AWS_REGISTRY)?;
    adder.monitoring_disk(m::EBS_GP3)
}
