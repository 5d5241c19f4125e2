//! Charts, drawn with plotters on any backend: the canvas of the page, SVG in tests and downloads.
//!
//! All lengths are in CSS pixels times `scale`, so that a canvas in device pixels is sharp. No captions and no legends:
//! they would measure text in the browser. Title, legend and numbers stand in the page.

pub mod bars;
pub mod scale;
