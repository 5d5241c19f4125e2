//! From traffic to billed seconds, replicas and nodes.
//!
//! Closed forms for Poisson arrivals at a constant rate; each says where it holds. Pure numbers: seconds, requests
//! per second, instances. Nothing here knows a vendor or a price.

pub mod autoscaler;
pub mod breakeven;
pub mod busy;
pub mod cold;
pub mod nodes;
pub mod queue;
