//! The page: state, panels and controls, and the only files that touch the browser.
//!
//! The model, its formats, its words and its charts are crates of their own in `crates/`, which know nothing of the page.

// Pages as text, by which the start is made, are of deeper types than pages in a document.
#![recursion_limit = "512"]

pub mod history;
pub mod ui;
pub mod web;
