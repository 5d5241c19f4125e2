//! The page: Leptos components. They place and print; what they print comes from the model.

mod app;
mod controls;
mod html;
mod keep;
mod later;
mod named;
mod panels;
mod rest;
mod slices;
mod state;

pub use app::start;
