//! The model: what a workload costs on each platform, people included. Pure.
//!
//! Inputs → workload → plan → usage → bill → comparison, each a plain function. No web, no I/O, no clock, no
//! randomness but from a seed, no serde. Prices are an argument.

mod around;
mod assessment;
pub mod attestation;
pub mod basis;
pub mod bill;
pub mod capacity;
pub mod compare;
pub mod decide;
pub mod diagnostic;
pub mod duties;
pub mod explore;
pub mod inputs;
pub mod people;
pub mod placement;
pub mod platform;
pub mod platforms;
pub mod presets;
pub mod prices;
pub mod promises;
pub mod region;
mod routing;
pub mod sentence;
pub mod sorting;
pub mod tiers;
pub mod traffic;
pub mod units;
pub mod vendor;
pub mod vendors;
pub mod workload;

pub use assessment::{Assessment, Fit, assess};
