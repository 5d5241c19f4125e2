//! What is asked of a part of the inputs as a whole.

use super::{Needs, Surroundings};

impl Needs {
    /// Whether anything but HTTP comes from outside: UDP, or TCP of another protocol.
    pub fn raw_ports(&self) -> bool {
        self.udp || self.tcp
    }
}

impl Surroundings {
    /// None of them.
    pub const NOTHING: Self = Self {
        counted: false,
        load_balancer: false,
        balancer_per_service: false,
        public_ipv4: false,
        nat: false,
        egress: false,
        logs: false,
        registry: false,
        monitoring: false,
        log_share: 1.0,
        log_service_usd_per_gb: None,
        gb_between_zones: 0.0,
        private_endpoints: 0,
        gb_through_endpoints: 0.0,
    };
}
