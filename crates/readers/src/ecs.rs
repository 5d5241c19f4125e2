//! Amazon ECS: task definitions and services, as JSON.

use super::{Reading, documents::Document};
use serde_json::Value;

/// Whether a document is one of these.
pub(crate) fn knows(_value: &Value) -> bool {
    false
}

/// Reads these documents together.
pub(crate) fn read(_documents: Vec<Document>, _reading: &mut Reading) {}
