//! The page: Leptos components. They place and print; what they print comes from the model.
#![allow(
    clippy::large_types_passed_by_value,
    reason = "the state is a set of handles, handed on as Leptos hands on each of them; where it runs it has half the bytes"
)]

mod app;
mod autosave;
mod controls;
mod debounce;
mod kit;
mod later;
mod loaded_state;
mod named;
mod panels;

mod slices;
mod state;

pub use app::{start, start_as_text};
