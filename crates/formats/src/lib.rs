//! What Plimsoll reads and writes: the only crate that knows JSON.
//!
//! - [`scenario`]: inputs and results as JSON, as a link, saved in the browser, and a site's defaults.
//! - [`decision`]: a decision as the end of its record, and back.
//! - [`percent`]: escapes of an address.
//! - [`query`]: what the address asks of the page.
//! - `schema`: JSON Schema of scenarios and results.

pub mod decision;
pub mod percent;
pub mod query;
pub mod scenario;
#[cfg(feature = "schema")]
pub mod schema;
