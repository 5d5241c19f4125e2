//! What stands around the containers and is billed beside them: load balancers, addresses, NAT, egress, logs, registry.
//!
//! The platform says what it needs, the user what is counted, and the vendor (in [`vendors`](crate::vendors)) on which meters. Left out:
//! DNS, certificates, traffic between zones and between services, retention of logs.

use super::Case;
pub use crate::around::Around;
use crate::{
    basis::Basis,
    bill::{Bill, CostCategory, Factor, Line},
    inputs::{Needs, Surroundings, at},
    prices::{Free, Meter, NoPrice, Price, Prices, Quoted, SharedBy},
    tiers::{self, Allowance},
    units::{Gb, HOURS_PER_MONTH, Qty, Unit},
    vendor::Vendor,
    vendors::{Bands, Egress},
};

impl Around {
    /// What stands around so many machines in a month, US dollars.
    pub(super) fn of_machines(&self, count: f64, case: &Case<'_>, prices: &Prices<'_>) -> f64 {
        let counted = case.counted();
        let profile = self.vendor.profile();
        let hourly = if counted.nat || self.nat_comes_with_it {
            profile.nat_of_machines.and_then(|(meter, most)| {
                let price = prices.get(meter).ok()?;
                Some(count.min(most) * price.value.get())
            })
        } else {
            let address = profile
                .address
                .filter(|_| self.own_addresses && counted.public_ipv4);
            address.and_then(|meter| Some(count * prices.get(meter).ok()?.value.get()))
        };
        hourly.unwrap_or(0.0) * HOURS_PER_MONTH
    }
}

/// Bytes in a GB and in a GiB.
pub(crate) const GB: f64 = 1e9;
pub(crate) const GIB: f64 = 1_073_741_824.0;
const BYTES_PER_KB: f64 = 1e3;

impl Case<'_> {
    /// What the user wants counted, nothing of it where the surroundings are switched off.
    fn counted(&self) -> Surroundings {
        if self.inputs.surroundings.counted {
            self.inputs.surroundings.clone()
        } else {
            Surroundings::NOTHING
        }
    }

    /// Public addresses for UDP and raw TCP, one with each load balancer that takes them, where addresses are counted.
    pub(super) fn addresses_for_raw_ports(&self) -> f64 {
        if self.any(Needs::raw_ports) && self.counted().public_ipv4 {
            self.load_balancers()
        } else {
            0.0
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

/// What adds the lines of the surroundings to a bill, of all that the user wants counted. Which there are is a vendor's own.
pub struct Adder<'a> {
    /// What the platform needs.
    pub around: &'a Around,
    /// What it runs.
    pub case: &'a Case<'a>,
    /// The prices in force.
    pub prices: &'a Prices<'a>,
    /// The bill that grows.
    pub bill: &'a mut Bill,
    /// What the user wants counted.
    pub counted: Surroundings,
}

impl<'a> Adder<'a> {
    /// Adds to that bill what a platform needs around it.
    pub fn new(
        around: &'a Around,
        case: &'a Case<'a>,
        prices: &'a Prices<'a>,
        bill: &'a mut Bill,
    ) -> Self {
        Self {
            around,
            case,
            prices,
            bill,
            counted: case.counted(),
        }
    }

    /// A line on something that is there all month, `count` of it.
    pub(crate) fn all_month<U: Unit>(
        &mut self,
        category: CostCategory,
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
            category,
            self.prices.get(meter)?,
            Qty::of(count * HOURS_PER_MONTH),
            factors,
        );
        self.bill.push(line);
        Ok(())
    }

    /// A line on an amount that we assume or that follows from assumptions.
    pub(crate) fn assumed<U: Unit>(
        &mut self,
        category: CostCategory,
        meter: Meter<Price<U>>,
        what: &'static str,
        amount: f64,
    ) -> Result<(), NoPrice> {
        if amount <= 0.0 {
            return Ok(());
        }
        let factors = [Factor::new(what, amount, U::NAME)];
        let price = self.prices.get(meter)?;
        let line = Line::charge(category, price, Qty::of(amount), factors);
        self.bill.push(line.assumed(self.prices.doubt(price)));
        Ok(())
    }

    pub(crate) fn load_balancers(&self) -> f64 {
        if self.counted.load_balancer {
            self.around.load_balancers
        } else {
            0.0
        }
    }

    /// Load balancers for HTTP, where those for UDP and raw TCP are others.
    pub(crate) fn application_load_balancers(&self) -> f64 {
        if self.case.has_services() || !self.case.any(Needs::raw_ports) {
            self.load_balancers()
        } else {
            0.0
        }
    }

    /// Load balancers for UDP and raw TCP, beside those for HTTP.
    pub(crate) fn network_load_balancers(&self) -> f64 {
        if self.case.any(Needs::raw_ports) {
            self.load_balancers()
        } else {
            0.0
        }
    }

    /// GB that machines of one's own network send from one zone to another.
    pub(crate) fn gb_between_zones(&self) -> f64 {
        let inputs = self.case.inputs;
        if self.around.machines > 0.0 && inputs.surroundings.counted {
            inputs.gb_between_zones(|_| true)
        } else {
            0.0
        }
    }

    /// Whether machines share a NAT gateway.
    pub(crate) fn nat(&self) -> bool {
        let wanted = self.counted.nat && self.around.machines > 0.0;
        let given = self.around.nat_comes_with_it && self.case.inputs.surroundings.counted;
        wanted || given
    }

    /// Public addresses of machines without NAT.
    pub(crate) fn machine_addresses(&self) -> f64 {
        if self.around.own_addresses && !self.nat() {
            self.around.machines
        } else {
            0.0
        }
    }

    /// Data through NAT in a month, bytes.
    pub(crate) fn nat_bytes(&self) -> f64 {
        self.case.workload.requests.get()
            * self.case.inputs.assumptions.nat_kb_per_request
            * BYTES_PER_KB
    }

    pub(crate) fn zones(&self) -> f64 {
        self.case.inputs.assumptions.zones
    }

    pub(crate) fn runs_anything(&self) -> bool {
        self.around.instance_months > 0.0
    }

    pub(crate) fn monitoring_disk_gb(&self) -> f64 {
        if self.around.cluster && self.case.monitors_itself() {
            self.case.inputs.assumptions.monitoring_disk_gb
        } else {
            0.0
        }
    }

    /// Addresses that are billed all month, where they are counted.
    pub(crate) fn public_addresses<U: Unit>(
        &mut self,
        meter: Meter<Price<U>>,
        addresses: f64,
    ) -> Result<(), NoPrice> {
        if !self.counted.public_ipv4 {
            return Ok(());
        }
        self.all_month(CostCategory::Network, meter, "public addresses", addresses)
    }

    /// The disk of the monitoring stack, where it is billed by the GB.
    pub(crate) fn monitoring_disk<U: Unit>(
        &mut self,
        meter: Meter<Price<U>>,
    ) -> Result<(), NoPrice> {
        let disk = self.monitoring_disk_gb();
        let what = "disk of the monitoring stack";
        self.assumed(CostCategory::Observability, meter, what, disk)
    }

    pub(crate) fn registry<U: Unit>(&mut self, meter: Meter<Price<U>>) -> Result<(), NoPrice> {
        if self.counted.registry && self.runs_anything() {
            let stored = self.case.inputs.assumptions.registry_gb;
            self.assumed(
                CostCategory::Platform,
                meter,
                "images in the registry",
                stored,
            )?;
        }
        Ok(())
    }

    /// What goes through private endpoints, if there are any.
    pub(crate) fn endpoint_data(&mut self, meter: Meter<Price<Gb>>) -> Result<(), NoPrice> {
        if self.counted.private_endpoints == 0 {
            return Ok(());
        }
        let gb = self.counted.gb_through_endpoints;
        self.assumed(
            CostCategory::Network,
            meter,
            "through private endpoints",
            gb,
        )
    }

    /// Traffic to clients, in the bands of the vendor.
    pub(crate) fn egress(&mut self) -> Result<(), NoPrice> {
        match self.around.vendor.profile().egress {
            Egress::Gb(bands) => self.in_bands(GB, &bands),
            Egress::Gib(bands) => self.in_bands(GIB, &bands),
        }
    }

    /// What is free is taken off at the first band's price, and the bands begin after it.
    fn in_bands<U: Unit>(&mut self, bytes_per_unit: f64, table: &Bands<U>) -> Result<(), NoPrice> {
        let volume = Qty::<U>::of(self.case.workload.egress_bytes / bytes_per_unit);
        if !self.counted.egress || volume == Qty::ZERO {
            return Ok(());
        }
        let free = match table.free {
            Some(free) => free(self.prices)?,
            None => None,
        };
        let covered = free.map_or(0.0, |free: Quoted<Allowance<U>>| free.value.quantity.get());
        let mut bands = table.in_force(self.prices)?;
        let first = bands[0].price;
        for band in &mut bands {
            band.upto += covered;
        }
        for (price, part) in tiers::split(volume, &bands) {
            let factors = [Factor::new("sent in this band", part.get(), U::NAME)];
            let line = Line::charge(CostCategory::Network, price, part, factors);
            self.bill.push(if price.basis == Basis::Assumed {
                line.assumed(self.prices.doubt(price))
            } else {
                line
            });
        }
        if let Some(free) = free {
            let part = free.value.of_quantity(volume);
            self.bill
                .push(Line::credit(CostCategory::Network, free, first, part));
        }
        Ok(())
    }

    /// Queries that leave for data on another cloud, at this cloud's price of the first band.
    pub(crate) fn queries_elsewhere(&mut self) -> Result<(), NoPrice> {
        let what = "sent to the data on another cloud";
        match self.data_elsewhere() {
            Some(_) => self.between_clouds(self.around.vendor, what),
            None => Ok(()),
        }
    }

    /// Answers that come back from data on another cloud, at that cloud's price of the first band.
    pub(crate) fn answers_from_elsewhere(&mut self) -> Result<(), NoPrice> {
        let what = "sent back by the data on another cloud";
        match self.data_elsewhere() {
            Some(there) => self.between_clouds(there, what),
            None => Ok(()),
        }
    }

    /// The other cloud where the data lies, where traffic is counted.
    fn data_elsewhere(&self) -> Option<Vendor> {
        let there = self.case.inputs.data_on?;
        (self.counted.egress && there != self.around.vendor).then_some(there)
    }

    fn between_clouds(&mut self, from: Vendor, what: &'static str) -> Result<(), NoPrice> {
        let kb = self.case.inputs.assumptions.data_kb_per_request;
        let bytes = self.case.workload.requests.get() * kb * BYTES_PER_KB;
        match from.profile().egress {
            Egress::Gb(bands) => {
                self.assumed(CostCategory::Network, bands.first(), what, bytes / GB)
            }
            Egress::Gib(bands) => {
                self.assumed(CostCategory::Network, bands.first(), what, bytes / GIB)
            }
        }
    }

    /// Bytes of logs that are kept in a month: a part for each request and a part for each running instance.
    fn log_bytes(&self) -> f64 {
        if !self.counted.logs {
            return 0.0;
        }
        let assumptions = &self.case.inputs.assumptions;
        let by_requests =
            self.case.workload.requests.get() * assumptions.log_kb_per_request * BYTES_PER_KB;
        let by_instances = self.around.instance_months * assumptions.log_gb_per_instance_month * GB;
        self.counted.log_share * (by_requests + by_instances)
    }

    /// Logs that the platform doesn't bill, at the price of a service of the user's own.
    pub(crate) fn log_service(&mut self) {
        let path = at::surroundings::log_service_usd_per_gb.path;
        let gb = self.log_bytes() / GB;
        if let Some(price) = self.counted.log_service_usd_per_gb.filter(|_| gb > 0.0) {
            let factors = [Factor::new("log volume", gb, Gb::NAME)];
            self.bill.push(Line::own_price(
                CostCategory::Observability,
                "Log service",
                path,
                price,
                Qty::<Gb>::of(gb),
                factors,
            ));
        }
    }

    /// Logs taken in.
    pub(crate) fn logs<U: Unit, S: SharedBy>(
        &mut self,
        bytes_per_unit: f64,
        meter: Meter<Price<U>>,
        free: Meter<Free<U, S>>,
    ) -> Result<(), NoPrice> {
        let volume = Qty::<U>::of(self.log_bytes() / bytes_per_unit);
        if volume == Qty::ZERO {
            return Ok(());
        }
        self.assumed(
            CostCategory::Observability,
            meter,
            "log volume",
            volume.get(),
        )?;
        if let Some(free) = self.prices.free_tier(free)? {
            let price = self.prices.get(meter)?;
            let part = free.value.of_quantity(volume * self.prices.doubt(price));
            self.bill
                .push(Line::credit(CostCategory::Observability, free, price, part));
        }
        Ok(())
    }
}
