//! What panels are made of, whatever they show.

pub(super) mod chart_canvas;
pub(super) mod chart_table;
pub(super) mod events;
pub(super) mod fold;
pub(super) mod link_out;
mod picture;
pub(super) mod scrolled;
