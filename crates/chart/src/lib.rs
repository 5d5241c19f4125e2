//! Charts, drawn with plotters on any backend: the canvas of the page, SVG in tests and downloads.
//!
//! A chart is laid out as a [`scene`] in CSS pixels and painted times `scale`, so that a canvas in device pixels is sharp.
//! No captions and no legends of plotters, they would measure text in the browser: title, legend and numbers stand in
//! the page, and [`svg`] writes its own.

pub mod bars;
mod chart;
pub mod curve;
pub mod months;
pub mod ranges;
mod rows;
pub mod scale;
pub mod scene;
pub mod slope;
pub mod svg;
pub mod theme;
pub mod waterfall;
pub mod week;

pub use chart::{Chart, Table};

use plimsoll_model::sentence::{Sentence, Word};
use plimsoll_wording::format;
use scene::{Align, Label, Scene};
use theme::Theme;

/// What stands where there is no chart, at a width in CSS pixels.
pub fn nothing(theme: &Theme, width: f64) -> Scene {
    let mut scene = Scene::new(width, theme);
    let middle = (width / 2.0, 170.0);
    let label = Label::new("Nothing to draw.", middle, Align::Centre, theme.text);
    scene.label(label);
    scene
}

/// A text with its words in their places.
fn said(text: &'static str, words: &[Word]) -> String {
    let words = words.to_vec();
    format::sentence(&Sentence { text, words })
}
