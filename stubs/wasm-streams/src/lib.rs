//! Stands in for `wasm-streams`, which Leptos builds in for server functions that stream.
//!
//! The page has no server, so none of this is ever called. But the real crate hands functions to JavaScript whether they are
//! called or not, and what JavaScript may call is never left out of the download: 3 kB of it.

use futures_util::stream::{self, Stream};
use wasm_bindgen::JsValue;

/// A stream of the browser, as far as `server_fn` needs it to compile.
#[derive(Debug)]
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    /// Would stream what Rust gives; it is nothing to the browser.
    pub fn from_stream<S>(_stream: S) -> Self
    where
        S: Stream<Item = Result<JsValue, JsValue>> + 'static,
    {
        Self(JsValue::UNDEFINED.into())
    }

    /// Wraps a stream of the browser.
    pub fn from_raw(raw: web_sys::ReadableStream) -> Self {
        Self(raw)
    }

    /// The stream of the browser.
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// Would stream what the browser gives; ends at once.
    pub fn into_stream(self) -> impl Stream<Item = Result<JsValue, JsValue>> {
        stream::empty()
    }
}
