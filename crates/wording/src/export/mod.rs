//! What is on the page as a text to take along: every bill as a table, the decision as a record, and manifests to start from.
//!
//! Money is written as it is on the screen, by [`crate::format`]: who compares the two finds the same cents.

pub mod csv;
pub mod manifests;
pub mod markdown;
