//! The page and its workbench: Leptos components. They place and print; what they print comes from the model.
//!
//! Two programs on one document. The page has the state and gives the first answer; the workbench is loaded behind it and
//! follows it.

mod app;
mod attributes;
mod controls;
mod html;
mod keep;
mod named;
mod panels;
mod rest;
mod slices;
mod state;
mod workbench;

pub use app::start;
pub use workbench::start as start_workbench;
