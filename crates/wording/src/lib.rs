//! Every rule about how a number is written, and results in words.
//!
//! - [`calendar`]: days and dates.
//! - [`format`]: numbers, money, ranges as people read them.
//! - [`difference`]: in which inputs scenarios differ.
//! - [`beside`]: scenarios side by side, their answers and what they cost.
//! - [`explain`]: the advice and its reasons in sentences.
//! - [`billed`]: a vendor's bill held against ours.
//! - [`promises`]: what each platform promises.
//! - [`watch`]: a decision held against today.
//! - [`export`]: bills, the decision and first manifests as a text to take along.

pub mod answer;
pub mod beside;
pub mod billed;
pub mod calendar;
pub mod difference;
pub mod explain;
pub mod export;
pub mod format;
pub mod invoice;
pub mod placement;
pub mod promises;
pub mod watch;
