//! The only files that touch the browser: storage, the canvas, files, the size of things.
//!
//! The browser may refuse anything here; then the page goes on without it.

pub mod canvas;
pub mod files;
pub mod page;
pub mod sight;
pub mod storage;
