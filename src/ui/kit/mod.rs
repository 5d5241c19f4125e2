//! What panels are made of, whatever they show.

pub(super) mod chart_canvas;
pub(super) mod chart_table;
