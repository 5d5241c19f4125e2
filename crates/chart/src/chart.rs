//! What every chart can be asked for, so that a panel need not know which one it shows.

use super::{
    scene::{Align, Label, Scene},
    theme::Theme,
};

/// A table: the names of its columns, and its rows, each with its own name first.
pub type Table = (Vec<String>, Vec<Vec<String>>);

/// A chart of some data: drawn, pointed at, said in words, and as numbers.
pub trait Chart: Send + Sync {
    /// How many of its parts can be pointed at: hours, rows, months.
    fn count(&self) -> usize;

    /// What it says, in a sentence or two; empty where the page says it elsewhere.
    fn reading(&self) -> String {
        String::new()
    }

    /// What is to be known of its numbers; empty where nothing is.
    fn terms(&self) -> String {
        String::new()
    }

    /// What a part says.
    fn read_out(&self, part: usize) -> String;

    /// The part at a point of a chart that is so wide, CSS pixels.
    fn hit(&self, width: f64, x: f64, y: f64) -> Option<usize>;

    /// How high it is at a width, CSS pixels.
    fn height(&self, width: f64) -> f64;

    /// What is drawn, with one part highlighted.
    fn scene(&self, highlighted: Option<usize>, theme: &Theme, width: f64) -> Scene;

    /// Draws the legend of a file of its own from the height `y` on, CSS pixels, and returns where it ends. On the page the
    /// legend is text.
    fn legend(&self, _scene: &mut Scene, _theme: &Theme, y: f64) -> f64 {
        y
    }

    /// Its numbers.
    fn table(&self) -> Table;
}

/// What stands where there is no chart, at a width in CSS pixels.
pub fn nothing(theme: &Theme, width: f64) -> Scene {
    let mut scene = Scene::new(width, theme);
    let middle = (width / 2.0, 170.0);
    let label = Label::new("Nothing to draw.", middle, Align::Centre, theme.text);
    scene.label(label);
    scene
}
