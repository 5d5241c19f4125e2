//! Charts, drawn with plotters on any backend: the canvas of the page, SVG in tests and downloads.
//!
//! A chart is laid out as a [`scene`] in CSS pixels and painted times `scale`, so that a canvas in device pixels is sharp.
//! No captions and no legends of plotters, they would measure text in the browser: title, legend and numbers stand in
//! the page, and [`svg`] writes its own.

pub mod bars;
mod chart;
mod contour;
pub mod curve;
pub mod load_line;
pub mod map;
pub mod months;
pub mod ranges;
mod rows;
pub mod scale;
pub mod scene;
pub mod svg;
pub mod table;
pub mod theme;
pub mod waterfall;
pub mod week;

pub use chart::{Chart, Table, nothing};
