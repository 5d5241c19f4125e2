//! Plimsoll: serverless containers or Kubernetes, what each costs per month with engineering time included.
//!
//! Data flows one way: inputs → workload → plan → usage → bill → comparison → view. Modules in reading order:
//!
//! - [`model`]: the pure model, from [`model::inputs`] to [`model::compare`].
//! - [`format`]: every rule about how a number is written; [`explain`]: results in words.
//! - [`scenario`]: inputs and results as JSON, as a link, and a site's defaults; the only place that knows serde.
//! - [`history`]: undo and redo.
//! - [`export`]: bills and the decision as a text to take along.
//! - [`query`]: what the address asks of the page.
//! - [`traffic_csv`]: a week's load from a pasted file.
//! - [`output`]: what the native programs print.
//! - `chart`: drawing, on any plotters backend.
//! - `ui`, `web`: the page, and the only files that touch the browser.
//!
//! Arrows point down that list only: the page uses the model, never the other way round.

pub mod explain;
pub mod export;
pub mod format;
pub mod history;
pub mod model;
pub mod output;
pub mod query;
pub mod scenario;
pub mod traffic_csv;

#[cfg(feature = "chart")]
pub mod chart;
#[cfg(feature = "web")]
pub mod ui;
#[cfg(feature = "web")]
pub mod web;
