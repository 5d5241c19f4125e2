//! What every chart can be asked for, so that a panel need not know which one it shows.

use super::{scene::Scene, theme::Theme};

/// A table: the names of its columns, and its rows, each with its own name first.
pub type Table = (Vec<String>, Vec<Vec<String>>);

/// A chart of some data: drawn, pointed at, said in words, and as numbers.
pub trait Chart: Send + Sync {
    /// How many of its parts can be pointed at: hours, rows, months.
    fn count(&self) -> usize;

    /// What it says, in a sentence or two.
    fn reading(&self) -> String;

    /// What is to be known of its numbers; empty where nothing is.
    fn terms(&self) -> String {
        String::new()
    }

    /// What a part says.
    fn read_out(&self, part: usize) -> String;

    /// The part at a point of a chart that is so wide, CSS pixels.
    fn hit(&self, width: f64, x: f64, y: f64) -> Option<usize>;

    /// What is drawn, with one part highlighted.
    fn scene(&self, highlighted: Option<usize>, theme: &Theme, width: f64) -> Scene;

    /// Its numbers.
    fn table(&self) -> Table;
}
