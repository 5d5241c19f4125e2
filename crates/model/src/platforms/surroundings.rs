//! What stands around the containers and is billed beside them: load balancers, addresses, NAT, egress, logs, registry.
//!
//! The same rules for every platform of a cloud; the platform says what it needs, the user what is counted. Left out:
//! DNS, certificates, traffic between zones and between services, retention of logs.

use super::Case;
use crate::{
    basis::Basis,
    bill::{Bill, Factor, Line, Part},
    inputs::Surroundings,
    prices::{Free, Meter, NoPrice, Price, Prices, Quoted, SharedBy, meters as m},
    tiers::{self, Allowance, Band},
    units::{Day, Gb, GbMonth, Gib, GibMonth, HOURS_PER_MONTH, Qty, Rate, SECONDS_PER_MONTH, Unit},
};

/// Whose meters count the surroundings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cloud {
    /// Amazon Web Services.
    Aws,
    /// Google Cloud.
    Google,
    /// Microsoft Azure.
    Azure,
    /// The platform's own price covers them, or its own file bills them.
    Included,
}

/// What a platform needs around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Around {
    /// Whose meters.
    pub cloud: Cloud,
    /// Mean number of instances running, over the month.
    pub instance_months: f64,
    /// Load balancers of one's own that receive the requests.
    pub load_balancers: f64,
    /// Mean number of machines in a network of one's own that need a way out.
    pub machines: f64,
    /// Each of them has a public address, unless they share a NAT gateway.
    pub own_addresses: bool,
    /// A NAT gateway comes with the platform, wanted or not.
    pub nat_comes_with_it: bool,
    /// There is a cluster whose monitoring keeps its data on a disk.
    pub cluster: bool,
}

impl Around {
    /// Logs and egress alone, by so many running instances.
    pub fn of(cloud: Cloud, instance_months: f64) -> Self {
        Self {
            cloud,
            instance_months,
            load_balancers: 0.0,
            machines: 0.0,
            own_addresses: false,
            nat_comes_with_it: false,
            cluster: false,
        }
    }

    /// Nothing that the platform does not include.
    pub fn included() -> Self {
        Self::of(Cloud::Included, 0.0)
    }
}

/// Bytes in a GB and in a GiB.
const GB: f64 = 1e9;
const GIB: f64 = 1_073_741_824.0;
const BYTES_PER_KB: f64 = 1e3;

/// What one load balancer capacity unit carries: new connections per second, and GB per hour
/// (<https://aws.amazon.com/elasticloadbalancing/pricing/>).
const LCU_CONNECTIONS_PER_S: f64 = 25.0;
const LCU_GB_PER_HOUR: f64 = 1.0;

/// A Cloud NAT gateway costs no more than with 32 machines behind it (<https://cloud.google.com/nat/pricing>).
const CLOUD_NAT_MACHINES: f64 = 32.0;

impl Case<'_> {
    /// What the user wants counted, nothing of it where the surroundings are switched off.
    fn counted(&self) -> Surroundings {
        if self.inputs.surroundings.counted {
            self.inputs.surroundings.clone()
        } else {
            Surroundings::NOTHING
        }
    }

    /// GB sent to clients, where egress is counted.
    pub(super) fn egress_gb(&self) -> f64 {
        if self.counted().egress {
            self.workload.egress_bytes / GB
        } else {
            0.0
        }
    }
}

/// Adds the lines of the surroundings that the user wants counted.
///
/// # Errors
///
/// [`NoPrice`], if the book lacks a price of what is counted.
pub fn lines(
    around: &Around,
    case: &Case<'_>,
    prices: &Prices<'_>,
    bill: &mut Bill,
) -> Result<(), NoPrice> {
    let mut adder = Adder {
        around,
        case,
        prices,
        bill,
        counted: case.counted(),
    };
    match around.cloud {
        Cloud::Aws => adder.aws(),
        Cloud::Google => adder.google(),
        Cloud::Azure => adder.azure(),
        Cloud::Included => Ok(()),
    }
}

struct Adder<'a> {
    around: &'a Around,
    case: &'a Case<'a>,
    prices: &'a Prices<'a>,
    bill: &'a mut Bill,
    counted: Surroundings,
}

impl Adder<'_> {
    /// A line on something that is there all month, `count` of it.
    fn all_month<U: Unit>(
        &mut self,
        part: Part,
        meter: Meter<Price<U>>,
        what: &'static str,
        count: f64,
    ) -> Result<(), NoPrice> {
        if count <= 0.0 {
            return Ok(());
        }
        let factors = [
            Factor::new(what, count, ""),
            Factor::new("hours in a month", HOURS_PER_MONTH, "hours"),
        ];
        let line = Line::charge(
            part,
            self.prices.get(meter)?,
            Qty::of(count * HOURS_PER_MONTH),
            factors,
        );
        self.bill.push(line);
        Ok(())
    }

    /// A line on an amount that we assume or that follows from assumptions.
    fn assumed<U: Unit>(
        &mut self,
        part: Part,
        meter: Meter<Price<U>>,
        what: &'static str,
        amount: f64,
    ) -> Result<(), NoPrice> {
        if amount <= 0.0 {
            return Ok(());
        }
        let factors = [Factor::new(what, amount, U::NAME)];
        let price = self.prices.get(meter)?;
        let line = Line::charge(part, price, Qty::of(amount), factors);
        self.bill.push(line.assumed(self.prices.doubt(price)));
        Ok(())
    }

    fn load_balancers(&self) -> f64 {
        if self.counted.load_balancer {
            self.around.load_balancers
        } else {
            0.0
        }
    }

    /// Whether machines share a NAT gateway.
    fn nat(&self) -> bool {
        let wanted = self.counted.nat && self.around.machines > 0.0;
        let given = self.around.nat_comes_with_it && self.case.inputs.surroundings.counted;
        wanted || given
    }

    /// Public addresses of machines without NAT.
    fn machine_addresses(&self) -> f64 {
        if self.around.own_addresses && !self.nat() {
            self.around.machines
        } else {
            0.0
        }
    }

    /// Data through NAT in a month, bytes.
    fn nat_bytes(&self) -> f64 {
        self.case.workload.requests.get()
            * self.case.inputs.assumptions.nat_kb_per_request
            * BYTES_PER_KB
    }

    fn zones(&self) -> f64 {
        self.case.inputs.assumptions.zones
    }

    fn aws(&mut self) -> Result<(), NoPrice> {
        let balancers = self.load_balancers();
        self.all_month(Part::Network, m::AWS_ALB, "load balancers", balancers)?;
        if balancers > 0.0 {
            let w = &self.case.workload;
            let per_connection = self.case.inputs.assumptions.requests_per_connection;
            let connections = w.requests.get() / per_connection / SECONDS_PER_MONTH;
            let gb_per_hour = w.egress_bytes / GB / HOURS_PER_MONTH;
            let units = (connections / LCU_CONNECTIONS_PER_S).max(gb_per_hour / LCU_GB_PER_HOUR);
            self.assumed(
                Part::Network,
                m::AWS_LCU,
                "capacity unit hours, by the largest dimension",
                units * HOURS_PER_MONTH,
            )?;
        }
        let mut addresses = self.zones() * balancers + self.machine_addresses();
        if self.nat() {
            let gateways = self.zones();
            self.all_month(
                Part::Network,
                m::AWS_NAT,
                "NAT gateways, one in each zone",
                gateways,
            )?;
            self.assumed(
                Part::Network,
                m::AWS_NAT_DATA,
                "data through NAT",
                self.nat_bytes() / GB,
            )?;
            addresses += gateways;
        }
        if self.counted.public_ipv4 {
            self.all_month(Part::Network, m::AWS_IPV4, "public addresses", addresses)?;
        }
        let first = self.prices.get(m::AWS_EGRESS_0)?;
        let bands = [
            Band {
                upto: 10_000.0,
                price: first,
            },
            Band {
                upto: f64::MAX,
                price: self.prices.band(m::AWS_EGRESS_10, first),
            },
        ];
        self.egress::<Gb, _>(GB, &bands, Some(m::AWS_FREE_EGRESS))?;
        self.logs(GB, m::AWS_LOGS, m::AWS_FREE_LOGS)?;
        self.registry::<GbMonth>(m::AWS_REGISTRY)?;
        let disk = self.monitoring_disk_gb();
        self.assumed(
            Part::Observability,
            m::EBS_GP3,
            "disk of the monitoring stack",
            disk,
        )
    }

    fn google(&mut self) -> Result<(), NoPrice> {
        const TIB: f64 = 1_024.0;
        let balancers = self.load_balancers();
        self.all_month(Part::Network, m::GCP_LB, "load balancers", balancers)?;
        if balancers > 0.0 {
            let gib = self.case.workload.egress_bytes / GIB;
            self.assumed(
                Part::Network,
                m::GCP_LB_DATA,
                "data through the load balancer",
                gib,
            )?;
        }
        let mut addresses = balancers + self.machine_addresses();
        if self.nat() {
            let machines = self.around.machines.min(CLOUD_NAT_MACHINES);
            self.all_month(
                Part::Network,
                m::GCP_NAT,
                "machines behind NAT, 32 at most",
                machines,
            )?;
            self.assumed(
                Part::Network,
                m::GCP_NAT_DATA,
                "data through NAT",
                self.nat_bytes() / GIB,
            )?;
            addresses += 1.0;
        }
        if self.counted.public_ipv4 {
            self.all_month(Part::Network, m::GCP_IPV4, "public addresses", addresses)?;
        }
        let bands = [
            Band {
                upto: TIB,
                price: self.prices.get(m::GCP_EGRESS_0)?,
            },
            Band {
                upto: 10.0 * TIB,
                price: self.prices.get(m::GCP_EGRESS_1)?,
            },
            Band {
                upto: f64::MAX,
                price: self.prices.get(m::GCP_EGRESS_10)?,
            },
        ];
        self.egress::<Gib, crate::prices::Account>(GIB, &bands, None)?;
        self.logs(GIB, m::GCP_LOGS, m::GCP_FREE_LOGS)?;
        self.registry::<GibMonth>(m::GCP_REGISTRY)?;
        let disk = self.monitoring_disk_gb();
        self.assumed(
            Part::Observability,
            m::PD_BALANCED,
            "disk of the monitoring stack",
            disk,
        )
    }

    fn azure(&mut self) -> Result<(), NoPrice> {
        let balancers = self.load_balancers();
        self.all_month(Part::Network, m::AZURE_LB, "load balancers", balancers)?;
        if balancers > 0.0 {
            let gb = self.case.workload.egress_bytes / GB;
            self.assumed(
                Part::Network,
                m::AZURE_LB_DATA,
                "data through the load balancer",
                gb,
            )?;
        }
        let mut addresses = balancers + self.machine_addresses();
        if self.nat() {
            self.all_month(Part::Network, m::AZURE_NAT, "NAT gateways", 1.0)?;
            self.assumed(
                Part::Network,
                m::AZURE_NAT_DATA,
                "data through NAT",
                self.nat_bytes() / GB,
            )?;
            addresses += 1.0;
        }
        if self.counted.public_ipv4 {
            self.all_month(Part::Network, m::AZURE_IPV4, "public addresses", addresses)?;
        }
        let first = self.prices.get(m::AZURE_EGRESS_0)?;
        let second = self.prices.band(m::AZURE_EGRESS_10, first);
        let third = self.prices.band(m::AZURE_EGRESS_50, second);
        let bands = [
            Band {
                upto: 10_000.0,
                price: first,
            },
            Band {
                upto: 50_000.0,
                price: second,
            },
            Band {
                upto: 150_000.0,
                price: third,
            },
            Band {
                upto: f64::MAX,
                price: self.prices.band(m::AZURE_EGRESS_150, third),
            },
        ];
        self.egress::<Gb, _>(GB, &bands, Some(m::AZURE_FREE_EGRESS))?;
        self.logs(GB, m::AZURE_LOGS, m::AZURE_FREE_LOGS)?;
        if self.counted.registry && self.runs_anything() {
            // The Basic registry includes 10 GiB and is billed by the day.
            let days = HOURS_PER_MONTH / 24.0;
            self.assumed::<Day>(
                Part::Platform,
                m::AZURE_REGISTRY,
                "days of a Basic registry",
                days,
            )?;
        }
        if self.monitoring_disk_gb() > 0.0 {
            self.assumed(
                Part::Observability,
                m::DISK_E4,
                "disk of the monitoring stack, 32 GiB",
                1.0,
            )?;
        }
        Ok(())
    }

    fn runs_anything(&self) -> bool {
        self.around.instance_months > 0.0
    }

    fn monitoring_disk_gb(&self) -> f64 {
        if self.around.cluster && self.case.monitors_itself() {
            self.case.inputs.assumptions.monitoring_disk_gb
        } else {
            0.0
        }
    }

    fn registry<U: Unit>(&mut self, meter: Meter<Price<U>>) -> Result<(), NoPrice> {
        if self.counted.registry && self.runs_anything() {
            let stored = self.case.inputs.assumptions.registry_gb;
            self.assumed(Part::Platform, meter, "images in the registry", stored)?;
        }
        Ok(())
    }

    /// Traffic to clients: what is free is taken off at the first band's price, and the bands begin after it.
    fn egress<U: Unit, S: SharedBy>(
        &mut self,
        bytes_per_unit: f64,
        bands: &[Band<Quoted<Rate<U>>>],
        free: Option<Meter<Free<U, S>>>,
    ) -> Result<(), NoPrice> {
        let volume = Qty::<U>::of(self.case.workload.egress_bytes / bytes_per_unit);
        if !self.counted.egress || volume == Qty::ZERO {
            return Ok(());
        }
        let free = match free {
            Some(meter) => self.prices.free_tier(meter)?,
            None => None,
        };
        let covered = free.map_or(0.0, |free: Quoted<Allowance<U>>| free.value.quantity.get());
        let shifted: Vec<_> = bands
            .iter()
            .map(|band| Band {
                upto: band.upto + covered,
                ..*band
            })
            .collect();
        for (price, part) in tiers::split(volume, &shifted) {
            let factors = [Factor::new("sent in this band", part.get(), U::NAME)];
            let line = Line::charge(Part::Network, price, part, factors);
            self.bill.push(if price.basis == Basis::Assumed {
                line.assumed(self.prices.doubt(price))
            } else {
                line
            });
        }
        if let (Some(free), Some(band)) = (free, bands.first()) {
            let part = free.value.of_quantity(volume);
            self.bill
                .push(Line::credit(Part::Network, free, band.price, part));
        }
        Ok(())
    }

    /// Logs taken in: a part for each request and a part for each running instance.
    fn logs<U: Unit, S: SharedBy>(
        &mut self,
        bytes_per_unit: f64,
        meter: Meter<Price<U>>,
        free: Meter<Free<U, S>>,
    ) -> Result<(), NoPrice> {
        let assumptions = &self.case.inputs.assumptions;
        let by_requests =
            self.case.workload.requests.get() * assumptions.log_kb_per_request * BYTES_PER_KB;
        let by_instances = self.around.instance_months * assumptions.log_gb_per_instance_month * GB;
        let volume = Qty::<U>::of((by_requests + by_instances) / bytes_per_unit);
        if !self.counted.logs || volume == Qty::ZERO {
            return Ok(());
        }
        self.assumed(Part::Observability, meter, "log volume", volume.get())?;
        if let Some(free) = self.prices.free_tier(free)? {
            let price = self.prices.get(meter)?;
            let part = free.value.of_quantity(volume * self.prices.doubt(price));
            self.bill
                .push(Line::credit(Part::Observability, free, price, part));
        }
        Ok(())
    }
}
