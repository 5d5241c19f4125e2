//! The built page in three real browsers. `cargo xtask test` builds it and names it in `PLIMSOLL_DIST`.
//!
//! One suite for all: a test is a function that takes an engine, and is run in each. Things are found by what a user sees.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that fails panics"
)]

mod accessible;
mod agreement;
mod embed;
mod engine;
mod faults;
mod first_release;
mod hosting;
mod offline;
mod page_object;
mod panels;
mod parameters;
mod site;
mod skeleton;
mod start;
