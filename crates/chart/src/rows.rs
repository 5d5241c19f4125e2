//! What charts of rows have alike: a name, a bar and a number in each, the names above the bars where there is little room.

use super::{
    scene::{Align, Scene},
    theme::Theme,
};

/// Height of a row, CSS pixels.
pub(super) const ROW: f64 = 34.0;
/// Where the bars begin if the names stand beside them, CSS pixels.
pub const LEFT: f64 = 180.0;
/// A chart that is less wide than this has the names above the bars, CSS pixels.
pub const NARROW: f64 = 480.0;
/// Space at the sides, CSS pixels.
pub(super) const EDGE: f64 = 6.0;
/// Space for the numbers of the axis, CSS pixels.
pub(super) const BOTTOM: f64 = 26.0;

/// The height of a chart of so many rows below `top`, CSS pixels.
pub(super) fn height(top: f64, rows: usize) -> f64 {
    top + BOTTOM + ROW * rows as f64
}

/// The row of so many below `top` in which a place lies, all in CSS pixels.
pub(super) fn hit_test(top: f64, rows: usize, width: f64, (x, y): (f64, f64)) -> Option<usize> {
    let row = (y - top) / ROW;
    let inside = (0.0..=width).contains(&x) && row >= 0.0;
    (inside && row < rows as f64).then_some(row as usize)
}

/// Where the rows of a chart are, CSS pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rows {
    top: f64,
    /// Whether the names stand above the bars.
    pub(super) is_narrow: bool,
    /// Where the axis begins.
    pub(super) left: f64,
    /// Where it ends.
    pub(super) right: f64,
}

impl Rows {
    /// Rows below `top` whose bars begin at `left` and leave `room` for what stands at their right, unless they are narrow.
    pub(super) fn new(width: f64, top: f64, left: f64, room: f64) -> Self {
        let is_narrow = width < NARROW;
        let (left, right) = if is_narrow {
            (EDGE, width - EDGE)
        } else {
            (left, width - EDGE - room)
        };
        Self {
            top,
            is_narrow,
            left,
            right: right.max(left + 40.0),
        }
    }

    /// Where a row begins; that of the one after the last is where the axis is.
    pub(super) fn top_of(&self, row: usize) -> f64 {
        self.top + ROW * row as f64
    }

    /// The middle of a row's text, and of its bar.
    pub(super) fn middles(&self, row: usize) -> (f64, f64) {
        let top = self.top_of(row);
        if self.is_narrow {
            (top + 11.0, top + 25.0)
        } else {
            (top + ROW / 2.0, top + ROW / 2.0)
        }
    }

    /// Marks a row that is pointed at.
    pub(super) fn highlight(&self, row: usize, scene: &mut Scene, theme: &Theme) {
        let (above, below) = (self.top_of(row) + 1.0, self.top_of(row + 1) - 1.0);
        let width = scene.width;
        scene.tint([(0.0, above), (width, below)], theme.accent);
        scene.rect([(0.0, above), (3.0, below)], theme.accent);
    }

    /// The line of a tick through so many rows.
    pub(super) fn grid(&self, x: f64, rows: usize, scene: &mut Scene, theme: &Theme) {
        if !self.is_narrow {
            return scene.hair((x, self.top), (x, self.top_of(rows)), theme.grid);
        }
        // Between the bars of a narrow chart there is text.
        for row in 0..rows {
            let top = self.top_of(row);
            scene.hair((x, top + 18.0), (x, top + 32.0), theme.grid);
        }
    }

    /// How the number of a tick stands to it: at the edges of a narrow chart there is nothing beside the axis to write on.
    pub(super) fn align(&self, tick: usize, last: usize) -> Align {
        match tick {
            0 if self.is_narrow => Align::Left,
            _ if self.is_narrow && tick == last => Align::Right,
            _ => Align::Centre,
        }
    }
}
