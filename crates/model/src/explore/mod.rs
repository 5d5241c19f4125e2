//! What if: the model asked again and again with one input changed.
//!
//! A page can't wait for dozens of comparisons at once, so each search here goes on in steps of one comparison.

pub mod billed;
pub mod break_even;
pub mod flips;
pub mod invoice;
mod levels;
pub mod line;
pub mod load_line;
pub mod map;
pub mod months;
pub mod sample;
pub mod slopes;
pub mod sweep;
mod walk;
pub mod watch;
