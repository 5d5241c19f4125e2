//! The page: Leptos components. They place and print; what they print comes from the model.

mod app;
mod attributes;
mod controls;
mod html;
mod keep;
mod named;
mod panels;
mod state;
mod workbench;

pub use app::start;
pub use workbench::start as start_workbench;
