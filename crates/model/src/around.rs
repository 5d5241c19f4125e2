//! What a platform needs around its containers. What that costs is worked out in `platforms::surroundings`.

use crate::{
    prices::{Meter, Price, Share},
    units::VcpuHour,
    vendor::Vendor,
};

/// How a platform gets at GPU nodes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GpuNodes {
    /// Its own machines have none: a pool stands in a cluster beside it.
    Beside,
    /// In its own cluster.
    Own,
    /// In its own cluster, for a share of their on-demand price.
    Managed {
        /// Of the G series.
        g: Meter<Share>,
        /// Of the P series.
        p: Meter<Share>,
    },
    /// In its own cluster, for a fee by the vCPU, that of ordinary nodes: the one of GPU nodes is not known.
    ManagedByVcpu(Meter<Price<VcpuHour>>),
}

/// What a platform needs around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Around {
    /// Who bills it.
    pub vendor: Vendor,
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
    /// Interruptible capacity can be had, where the vendor sells it.
    pub spot: bool,
    /// Where GPU nodes stand.
    pub gpus: GpuNodes,
}

impl Around {
    /// Logs and egress alone, by so many running instances.
    pub fn of(vendor: Vendor, instance_months: f64) -> Self {
        Self {
            vendor,
            instance_months,
            load_balancers: 0.0,
            machines: 0.0,
            own_addresses: false,
            nat_comes_with_it: false,
            cluster: false,
            spot: true,
            gpus: GpuNodes::Beside,
        }
    }

    /// Nothing: the platform's own price covers it, or its own file bills it.
    pub fn included(vendor: Vendor) -> Self {
        Self::of(vendor, 0.0)
    }
}

impl Around {
    /// Around both: what another workload on the same platform needs beside this.
    #[must_use]
    pub(crate) fn and(self, other: Self, balancer_per_service: bool) -> Self {
        Self {
            instance_months: self.instance_months + other.instance_months,
            load_balancers: if balancer_per_service {
                self.load_balancers + other.load_balancers
            } else {
                self.load_balancers.max(other.load_balancers)
            },
            machines: self.machines + other.machines,
            own_addresses: self.own_addresses || other.own_addresses,
            nat_comes_with_it: self.nat_comes_with_it || other.nat_comes_with_it,
            cluster: self.cluster || other.cluster,
            spot: self.spot && other.spot,
            ..self
        }
    }
}
