//! Files of traffic: request counts of CloudWatch, Cloud Monitoring, Azure Monitor, Prometheus, Grafana, load balancers and web
//! analytics, as a week's load for the system or for each service.

mod columns;
mod json;
mod load;
mod numbers;
mod series;
mod table;
#[cfg(test)]
mod tests;
mod times;
mod week;

pub(crate) use columns::{Record, cut};
pub(crate) use json::{knows, read};
pub(crate) use load::Source;
pub use load::{Load, Traffic, Zone};
pub(crate) use numbers::plain;
pub(crate) use table::{LONGEST, Records, Table};
