//! A node type: its size and its price.

use crate::{
    prices::{Meter, Price},
    units::Hour,
};

/// A node type: its size and its price.
#[derive(Clone, Copy, Debug)]
pub struct NodeType {
    /// vCPU.
    pub vcpu: f64,
    /// Memory, GiB.
    pub gib: f64,
    /// Most pods on one node.
    pub max_pods: u64,
    /// Its price.
    pub price: Meter<Price<Hour>>,
    /// Its processor is an Arm one.
    pub arm: bool,
}

impl NodeType {
    /// Whether it holds the same pods.
    pub(super) fn is_as_large_as(&self, other: &Self) -> bool {
        (self.vcpu, self.gib, self.max_pods) == (other.vcpu, other.gib, other.max_pods)
    }

    /// A node type of that size.
    pub const fn new(vcpu: f64, gib: f64, max_pods: u64, price: Meter<Price<Hour>>) -> Self {
        Self {
            vcpu,
            gib,
            max_pods,
            price,
            arm: false,
        }
    }

    /// This node type with an Arm processor.
    pub const fn arm(vcpu: f64, gib: f64, max_pods: u64, price: Meter<Price<Hour>>) -> Self {
        Self {
            arm: true,
            ..Self::new(vcpu, gib, max_pods, price)
        }
    }
}
