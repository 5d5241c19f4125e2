//! The platforms: one file each, all of one shape.
//!
//! A file has a header (what is billed, what is left out, which pages say so), then `plans` (ways to run the workload)
//! → `usage` (metered amounts) → `lines`. Where a platform offers several ways, each is priced and the cheapest is
//! taken; a way whose price is missing counts only if no other is priced. What a file shares with others stands in
//! [`replicas`], `scale_to_zero`, [`kubernetes`] and [`surroundings`].

pub mod aks;
pub mod aks_automatic;
pub mod app_runner;
pub mod buying;
pub mod capacity_trace;
mod case;
pub mod cloud_run;
pub mod container_apps;
mod definition;
pub mod ecs_ec2;
pub mod ecs_express;
pub mod ecs_managed;
pub mod eks;
pub mod eks_auto;
pub mod eks_fargate;
pub mod fargate;
pub mod fly;
pub mod gke;
pub mod gke_autopilot;
pub mod gpu;
pub mod kubernetes;
mod limits;
pub mod local_disk;
mod plans;
pub mod railway;
mod registry;
pub mod render;
pub mod replicas;
mod scale_to_zero;
mod several;
pub mod surroundings;
#[cfg(test)]
mod template;
mod treatment;

pub use case::{Case, Part};
pub use definition::{Closed, Definition};
pub use limits::{Limit, Limits, Support};
use plans::{best, cheapest, whole};
pub use several::Prepared;
pub use treatment::{Item, Treatment};
