//! Objects of JSON out of bytes as they arrive: one a line, or in one list.

use super::columns::{Cells, PATHS, ROLES};
use crate::{documents, traffic::LONGEST};
use serde_json::Value;

/// Splits bytes into objects, whatever the pieces in which they come.
#[derive(Default)]
pub(super) struct Objects {
    bytes: Vec<u8>,
    depth: usize,
    is_in_text: bool,
    is_escaped: bool,
    /// Lines so far, and that on which the object begins.
    lines: u64,
    begins: u64,
}

/// What was found: an object and its line, or the line of what is none.
pub(super) enum Found<'a> {
    Object(&'a [u8], u64),
    Other(u64),
}

impl Objects {
    /// Hands on each object of these bytes; stops where `each` says so, or with the line of one that is too long.
    pub(super) fn feed(
        &mut self,
        bytes: &[u8],
        each: &mut dyn FnMut(Found<'_>) -> bool,
    ) -> Result<(), u64> {
        for &b in bytes {
            self.lines += u64::from(b == b'\n');
            if self.depth == 0 {
                match b {
                    b'{' => {
                        self.depth = 1;
                        self.begins = self.lines + 1;
                        self.bytes.clear();
                        self.bytes.push(b);
                    }
                    b'[' | b']' | b',' | b' ' | b'\n' | b'\r' | b'\t' => {}
                    // Once a line is enough.
                    _ if self.begins == self.lines + 1 => {}
                    _ => {
                        self.begins = self.lines + 1;
                        if !each(Found::Other(self.begins)) {
                            return Ok(());
                        }
                    }
                }
                continue;
            }
            if self.bytes.len() >= LONGEST {
                return Err(self.begins);
            }
            self.bytes.push(b);
            if self.is_in_text {
                match b {
                    _ if self.is_escaped => self.is_escaped = false,
                    b'\\' => self.is_escaped = true,
                    b'"' => self.is_in_text = false,
                    _ => {}
                }
                continue;
            }
            match b {
                b'"' => self.is_in_text = true,
                b'{' => self.depth += 1,
                b'}' => self.depth -= 1,
                _ => {}
            }
            if self.depth == 0 && !each(Found::Object(&self.bytes, self.begins)) {
                return Ok(());
            }
        }
        Ok(())
    }

    /// The line of an object that does not end.
    pub(super) fn open(&self) -> Option<u64> {
        (self.depth > 0).then_some(self.begins)
    }
}

/// Whether an object is a row of Google Cloud's export.
pub(super) fn knows(object: &[u8]) -> bool {
    let value: Value = serde_json::from_slice(object).unwrap_or_default();
    let has = |path: &str| !documents::dig(&value, path).is_null();
    has("service.description") && has("cost") && (has("sku") || has("usage"))
}

/// Hands on the cells of an object; whether it is one.
pub(super) fn cells(object: &[u8], each: &mut dyn FnMut(&Cells<'_>)) -> bool {
    let Ok(value) = serde_json::from_slice::<Value>(object) else {
        return false;
    };
    let mut texts: [String; ROLES] = std::array::from_fn(|_| String::new());
    for (role, path) in PATHS {
        if !texts[role].is_empty() {
            continue;
        }
        texts[role] = match documents::dig(&value, path) {
            Value::Null => continue,
            Value::String(text) => text.trim().to_owned(),
            other => other.to_string(),
        };
    }
    each(&std::array::from_fn(|role| texts[role].as_str()));
    true
}
