//! Demand: what the inputs ask of one service, as load levels.
//!
//! From [`Inputs`]; the platforms read it to plan. The levels describe one service: requests are split evenly, and
//! each service has its own instances.

use super::{
    inputs::Inputs,
    units::{Qty, Request, SECONDS_PER_MONTH},
};

/// A share of the month during which requests arrive at one rate (Poisson).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Level {
    /// Share of the month, 0 to 1; all levels sum to 1.
    pub weight: f64,
    /// Requests per second at one service.
    pub rate: f64,
}

/// Demand of one service, and how many services there are.
#[derive(Clone, Debug, PartialEq)]
pub struct Workload {
    /// Services, all alike.
    pub services: f64,
    /// Load of one service.
    pub levels: Vec<Level>,
    /// Mean wall time of a warm request, s.
    pub service_s: f64,
    /// CPU time of a request, vCPU-s.
    pub cpu_s: f64,
    /// Requests in a month, all services together.
    pub requests: Qty<Request>,
    /// Bytes sent to clients in a month, all services together.
    pub egress_bytes: f64,
}

impl Workload {
    /// The demand that the inputs describe.
    pub fn of(inputs: &Inputs) -> Self {
        let services = f64::from(inputs.services);
        let requests = inputs.http.requests_per_month;
        Self {
            services,
            levels: vec![Level {
                weight: 1.0,
                rate: requests / services / SECONDS_PER_MONTH,
            }],
            service_s: inputs.http.latency_ms / 1_000.0,
            cpu_s: inputs.http.cpu_ms / 1_000.0,
            requests: Qty::of(requests),
            egress_bytes: requests * inputs.http.response_kb * 1_000.0,
        }
    }

    /// The rate of the busiest level, requests per second.
    pub fn peak(&self) -> f64 {
        self.levels
            .iter()
            .map(|level| level.rate)
            .fold(0.0, f64::max)
    }

    /// The mean over the month of a figure that depends on the load level.
    pub fn mean(&self, figure: impl Fn(&Level) -> f64) -> f64 {
        self.levels
            .iter()
            .map(|level| level.weight * figure(level))
            .sum()
    }
}
