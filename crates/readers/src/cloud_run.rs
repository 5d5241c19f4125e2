//! Cloud Run: services and jobs as `gcloud run services describe` and `export` write them.

use super::{Reading, documents::Document};
use serde_json::Value;

/// Whether a document is one of these.
pub(crate) fn knows(_value: &Value) -> bool {
    false
}

/// Reads these documents together.
pub(crate) fn read(_documents: Vec<Document>, _reading: &mut Reading) {}
