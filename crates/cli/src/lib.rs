//! Plimsoll on the command line: what the program `plimsoll` is made of.

pub mod capacity;
pub mod decision;
pub mod import;
pub mod output;
pub mod reconcile;
