//! The only files that touch the browser: storage, the canvas, files, the size of things.
//!
//! The browser may refuse anything here; then the page goes on without it.

pub mod canvas;
pub mod files;
pub mod glide;
pub mod page;
pub mod reading;
pub mod sight;
pub mod storage;

/// Whether there is a browser: the start of the page, which stands there before its program, is made without one.
pub const IN_BROWSER: bool = !cfg!(feature = "ssr");

/// The window, where there is one.
fn window() -> Option<web_sys::Window> {
    if IN_BROWSER { web_sys::window() } else { None }
}
