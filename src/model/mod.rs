//! The model: what a workload costs on each platform, people included. Pure.
//!
//! Inputs → workload → plan → usage → bill → comparison, each a plain function. No web, no I/O, no clock, no
//! randomness of its own, no serde. Prices are an argument.

pub mod basis;
pub mod bill;
pub mod capacity;
pub mod compare;
pub mod inputs;
pub mod people;
pub mod platform;
pub mod platforms;
pub mod prices;
pub mod region;
pub mod sentence;
pub mod tiers;
pub mod units;
pub mod workload;
