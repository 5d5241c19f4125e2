//! What stands around the containers and is billed beside them: load balancers, addresses, egress, logs.
//!
//! The same rules for every platform of a cloud; the platform says what it needs. Left out: NAT, DNS, certificates,
//! registries, traffic between zones and between services.

use super::Case;
use crate::model::{
    bill::{Bill, Factor, Line, Part},
    prices::{Free, Meter, NoPrice, Price, Prices, Quoted, SharedBy, meters as m},
    tiers::{self, Band},
    units::{Gb, Gib, HOURS_PER_MONTH, Qty, Rate, Unit},
};

/// Whose meters count the surroundings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cloud {
    /// Amazon Web Services.
    Aws,
    /// Google Cloud.
    Google,
}

/// What a platform needs around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Around {
    /// Whose meters.
    pub cloud: Cloud,
    /// Mean number of instances running, over the month.
    pub instance_months: f64,
    /// A load balancer of one's own receives the requests.
    pub load_balancer: bool,
    /// Mean number of public IPv4 addresses besides those of the load balancer.
    pub addresses: f64,
    /// Monitoring runs in the cluster and keeps its data on a disk.
    pub in_cluster_monitoring: bool,
}

/// Bytes in a GB and in a GiB.
const GB: f64 = 1e9;
const GIB: f64 = 1_073_741_824.0;

/// What one load balancer capacity unit carries: new connections per second, and GB per hour
/// (<https://aws.amazon.com/elasticloadbalancing/pricing/>).
const LCU_CONNECTIONS_PER_S: f64 = 25.0;
const LCU_GB_PER_HOUR: f64 = 1.0;

/// Adds the lines of the surroundings, if the user wants them.
pub fn lines(
    around: &Around,
    case: &Case<'_>,
    prices: &Prices<'_>,
    bill: &mut Bill,
) -> Result<(), NoPrice> {
    if !case.inputs.options.surroundings {
        return Ok(());
    }
    match around.cloud {
        Cloud::Aws => aws(around, case, prices, bill),
        Cloud::Google => google(around, case, prices, bill),
    }
}

fn aws(
    around: &Around,
    case: &Case<'_>,
    prices: &Prices<'_>,
    bill: &mut Bill,
) -> Result<(), NoPrice> {
    let assumptions = &case.inputs.assumptions;
    let mut addresses = around.addresses;
    if around.load_balancer {
        let month = Factor::new("hours in a month", HOURS_PER_MONTH, "hours");
        bill.push(Line::charge(
            Part::Network,
            prices.get(m::AWS_ALB)?,
            Qty::of(HOURS_PER_MONTH),
            [month, Factor::new("load balancers", 1.0, "")],
        ));
        let connections = case.workload.requests.get()
            / assumptions.requests_per_connection
            / crate::model::units::SECONDS_PER_MONTH;
        let gb_per_hour = case.workload.egress_bytes / GB / HOURS_PER_MONTH;
        let units = (connections / LCU_CONNECTIONS_PER_S).max(gb_per_hour / LCU_GB_PER_HOUR);
        bill.push(
            Line::charge(
                Part::Network,
                prices.get(m::AWS_LCU)?,
                Qty::of(units * HOURS_PER_MONTH),
                [
                    month,
                    Factor::new("capacity units, the largest dimension", units, "LCU"),
                ],
            )
            .assumed(),
        );
        addresses += assumptions.zones;
    }
    if addresses > 0.0 {
        bill.push(Line::charge(
            Part::Network,
            prices.get(m::AWS_IPV4)?,
            Qty::of(addresses * HOURS_PER_MONTH),
            [
                Factor::new("public addresses", addresses, ""),
                Factor::new("hours in a month", HOURS_PER_MONTH, "hours"),
            ],
        ));
    }
    let gb = Qty::<Gb>::of(case.workload.egress_bytes / GB);
    // The book has the first band only; the later ones are cheaper, so this is an upper bound.
    let price = prices.get(m::AWS_EGRESS)?;
    let bands = [
        Band {
            upto: 10_000.0,
            price,
        },
        Band {
            upto: f64::MAX,
            price: Quoted {
                basis: price.basis.with(crate::model::bill::Basis::Assumed),
                ..price
            },
        },
    ];
    egress(case, gb, &bands, Some(m::AWS_FREE_EGRESS), prices, bill)?;
    logs(
        around,
        case,
        GB,
        m::AWS_LOGS,
        m::AWS_FREE_LOGS,
        prices,
        bill,
    )?;
    if around.in_cluster_monitoring {
        let disk = assumptions.monitoring_disk_gb;
        bill.push(
            Line::charge(
                Part::Observability,
                prices.get(m::EBS_GP3)?,
                Qty::of(disk),
                [Factor::new("disk of the monitoring stack", disk, "GB")],
            )
            .assumed(),
        );
    }
    Ok(())
}

fn google(
    around: &Around,
    case: &Case<'_>,
    prices: &Prices<'_>,
    bill: &mut Bill,
) -> Result<(), NoPrice> {
    const TIB: f64 = 1_024.0;
    let gib = Qty::<Gib>::of(case.workload.egress_bytes / GIB);
    let bands = [
        Band {
            upto: TIB,
            price: prices.get(m::GCP_EGRESS_0)?,
        },
        Band {
            upto: 10.0 * TIB,
            price: prices.get(m::GCP_EGRESS_1)?,
        },
        Band {
            upto: f64::MAX,
            price: prices.get(m::GCP_EGRESS_10)?,
        },
    ];
    egress::<_, crate::model::prices::Account>(case, gib, &bands, None, prices, bill)?;
    logs(
        around,
        case,
        GIB,
        m::GCP_LOGS,
        m::GCP_FREE_LOGS,
        prices,
        bill,
    )
}

/// Traffic to clients: what is free first, the rest over the bands.
fn egress<U: Unit, S: SharedBy>(
    case: &Case<'_>,
    volume: Qty<U>,
    bands: &[Band<Quoted<Rate<U>>>],
    free: Option<Meter<Free<U, S>>>,
    prices: &Prices<'_>,
    bill: &mut Bill,
) -> Result<(), NoPrice> {
    for (price, part) in tiers::split(volume, bands) {
        let factors = [Factor::new("sent in this band", part.get(), U::NAME)];
        bill.push(Line::charge(Part::Network, price, part, factors));
    }
    if let (Some(free), Some(band), true) = (free, bands.first(), case.inputs.options.free_tier) {
        let free = prices.get(free)?;
        bill.push(Line::credit(
            Part::Network,
            free,
            band.price,
            free.value.of_quantity(volume),
        ));
    }
    Ok(())
}

/// Logs taken in: a part for each request and a part for each running instance.
fn logs<U: Unit, S: SharedBy>(
    around: &Around,
    case: &Case<'_>,
    bytes_per_unit: f64,
    meter: Meter<Price<U>>,
    free: Meter<Free<U, S>>,
    prices: &Prices<'_>,
    bill: &mut Bill,
) -> Result<(), NoPrice> {
    let assumptions = &case.inputs.assumptions;
    let by_requests = case.workload.requests.get() * assumptions.log_kb_per_request * 1_000.0;
    let by_instances = around.instance_months * assumptions.log_gb_per_instance_month * GB;
    let volume = Qty::of((by_requests + by_instances) / bytes_per_unit);
    let price = prices.get(meter)?;
    let factors = [Factor::new("log volume", volume.get(), U::NAME)];
    bill.push(Line::charge(Part::Observability, price, volume, factors).assumed());
    if case.inputs.options.free_tier {
        let free = prices.get(free)?;
        bill.push(Line::credit(
            Part::Observability,
            free,
            price,
            free.value.of_quantity(volume),
        ));
    }
    Ok(())
}
