//! Objects of JSON out of bytes as they arrive: one a line, or in one list.

use super::{
    cells::{closing, text},
    columns::{Cells, PATHS, ROLES},
};
use crate::{documents, traffic::LONGEST};
use serde_json::Value;
use std::borrow::Cow;

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
        // Where the object begins of which these bytes have more.
        let mut from = 0;
        for (n, &b) in bytes.iter().enumerate() {
            self.lines += u64::from(b == b'\n');
            if self.is_in_text {
                match b {
                    _ if self.is_escaped => self.is_escaped = false,
                    b'\\' => self.is_escaped = true,
                    b'"' => self.is_in_text = false,
                    _ => {}
                }
                continue;
            }
            if self.depth == 0 {
                match b {
                    b'{' => {
                        self.depth = 1;
                        self.begins = self.lines + 1;
                        self.bytes.clear();
                        from = n;
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
            match b {
                b'"' => self.is_in_text = true,
                b'{' => self.depth += 1,
                b'}' => self.depth -= 1,
                _ => {}
            }
            if self.depth > 0 {
                continue;
            }
            let mut object = &bytes[from..=n];
            if !self.bytes.is_empty() {
                self.bytes.extend_from_slice(object);
                object = &self.bytes;
            }
            if object.len() > LONGEST {
                return Err(self.begins);
            }
            if !each(Found::Object(object, self.begins)) {
                return Ok(());
            }
        }
        if self.depth > 0 {
            self.bytes.extend_from_slice(&bytes[from..]);
            if self.bytes.len() > LONGEST {
                return Err(self.begins);
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

/// Hands on the cells of an object; whether it is one. Most of its fields are of no use: no tree of them is made.
pub(super) fn cells(object: &[u8], each: &mut dyn FnMut(&Cells<'_>)) -> bool {
    let Ok(object) = std::str::from_utf8(object) else {
        return false;
    };
    let mut found: [Cow<'_, str>; PATHS.len()] = std::array::from_fn(|_| Cow::from(""));
    let is_whole = fields(object, "", &mut |front, key, value| {
        // The name of the outer field, a point, and that of the inner one.
        let is_here = |path: &str| match front.len() {
            0 => path == key,
            n => {
                path.len() == n + 1 + key.len()
                    && path.as_bytes()[n] == b'.'
                    && path.starts_with(front)
                    && path.ends_with(key)
            }
        };
        if value != "null"
            && let Some(n) = PATHS.iter().position(|(_, path)| is_here(path))
        {
            found[n] = if value.starts_with('"') {
                text(value)
            } else {
                Cow::from(value)
            };
        }
    });
    if !is_whole {
        return false;
    }
    let mut cells = [""; ROLES];
    for ((role, _), text) in PATHS.iter().zip(&found) {
        if cells[*role].is_empty() {
            cells[*role] = text.trim();
        }
    }
    each(&cells);
    true
}

/// Hands on the fields of an object and of those in it, as they are written: the name of the outer field, which is empty for
/// those outside, the name, and the value. Whether all of it is an object.
fn fields<'a>(
    object: &'a str,
    outer: &'a str,
    each: &mut dyn FnMut(&'a str, &'a str, &'a str),
) -> bool {
    let inner = object.strip_prefix('{');
    let Some(inner) = inner.and_then(|rest| rest.strip_suffix('}')) else {
        return false;
    };
    let mut rest = inner.trim_ascii();
    while !rest.is_empty() {
        let (key, behind) = rest.split_at(closing(rest));
        let name = key.strip_prefix('"');
        let name = name.and_then(|name| name.strip_suffix('"'));
        let value = behind.trim_ascii_start().strip_prefix(':');
        let (Some(name), Some(value)) = (name, value) else {
            return false;
        };
        let value = value.trim_ascii_start();
        let (value, behind) = value.split_at(length(value));
        each(outer, name, value);
        let is_object = value.starts_with('{') && outer.is_empty();
        if value.is_empty() || is_object && !fields(value, name, each) {
            return false;
        }
        rest = behind.trim_ascii_start();
        if !rest.is_empty() {
            let Some(behind) = rest.strip_prefix(',') else {
                return false;
            };
            rest = behind.trim_ascii_start();
            if rest.is_empty() {
                return false;
            }
        }
    }
    true
}

/// How long the value is with which a text begins.
fn length(text: &str) -> usize {
    match text.bytes().next() {
        Some(b'"') => return closing(text),
        Some(b'{' | b'[') => {}
        _ => {
            let ends = |c: char| c == ',' || c.is_ascii_whitespace();
            return text.find(ends).unwrap_or(text.len());
        }
    }
    let (mut depth, mut n) = (0, 0);
    let bytes = text.as_bytes();
    while let Some(b) = bytes.get(n) {
        match b {
            b'"' => {
                n += closing(&text[n..]);
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        n += 1;
        if depth == 0 {
            return n;
        }
    }
    text.len()
}
