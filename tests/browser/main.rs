//! The built page in a real browser. `cargo xtask test` builds it and names it in `PLIMSOLL_DIST`.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that fails panics"
)]

mod browser;
mod skeleton;
mod words;
