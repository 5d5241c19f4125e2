//! Every rule about how a number is written, and results in words.
//!
//! - [`calendar`]: days and dates.
//! - [`format`]: numbers, money, ranges as people read them.
//! - [`difference`]: which inputs differ between two scenarios, and what that does to the money.
//! - [`explain`]: the advice and its reasons in sentences.
//! - [`promises`]: what each platform promises.
//! - [`export`]: bills and the decision as a text to take along.

pub mod answer;
pub mod calendar;
pub mod difference;
pub mod explain;
pub mod export;
pub mod format;
pub mod invoice;
pub mod promises;
