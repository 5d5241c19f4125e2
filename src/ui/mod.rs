//! The page: Leptos components. They place and print; what they print comes from the model.
#![allow(
    clippy::large_types_passed_by_value,
    reason = "the state is a set of handles, handed on as Leptos hands on each of them; where it runs it has half the bytes"
)]

mod app;
mod controls;
mod html;
mod keep;
mod kit;
mod later;
mod named;
mod panels;
mod rest;
mod slices;
mod state;

pub use app::start;
