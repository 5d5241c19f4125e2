//! Charts as stand-alone SVG, with a title and a legend of their own.

use super::{
    bars::{self, Bar, Marks},
    curve::{self, View},
    scene::{Align, Label, SMALL, Scene, wide},
    theme::Theme,
};
use plimsoll_model::bill::Part;
use plotters::prelude::SVGBackend;

/// Units of a file in a CSS pixel: the backend counts in whole ones, and a curve needs finer steps.
const FINE: f64 = 10.0;
/// Space for the title, CSS pixels.
const HEAD: f64 = 28.0;
/// Height of a line of the legend, CSS pixels.
const LINE: f64 = 18.0;
/// The backend takes a font's size for the height of its lines, and divides it by this.
const LINE_HEIGHT: f64 = 1.24;

/// The bars as a file, `width` CSS pixels wide.
pub fn bars_svg(bars: &[Bar], marks: Marks, theme: &Theme, width: f64) -> String {
    let title = "Monthly cost, US dollars";
    let mut scene = bars::scene(bars, marks, theme, width);
    scene.shift(HEAD);
    let mut y = HEAD + bars::height(bars.len()) + LINE / 2.0;
    let mut x = 6.0;
    for part in Part::ALL {
        let room = 16.0 + wide(part.name(), SMALL);
        if x + room > width && x > 6.0 {
            (x, y) = (6.0, y + LINE);
        }
        let key = [(x, y - 5.0), (x + 10.0, y + 5.0)];
        bars::fill(&mut scene, theme, part as usize, key);
        let label = Label::new(part.name(), (x + 15.0, y), Align::Left, theme.text);
        scene.label(label.small());
        x += room + 10.0;
    }
    if marks.recommended.is_some() {
        y += LINE;
        bars::load_line(&mut scene, theme, (15.0, y));
        let label = Label::new("Recommended", (28.0, y), Align::Left, theme.text);
        scene.label(label.small());
    }
    written(scene, title, theme, y + LINE)
}

/// The curves as a file, `width` CSS pixels wide.
pub fn curve_svg(view: View<'_>, theme: &Theme, width: f64) -> String {
    let height = curve::height(width);
    let mut scene = curve::scene(view, theme, (width, height));
    scene.shift(HEAD);
    let mut y = HEAD + height + LINE / 2.0;
    for text in [
        "Solid: serverless. Dashed: Kubernetes.",
        "Thick: the cheapest of either side.",
    ] {
        let label = Label::new(text, (6.0, y), Align::Left, theme.text);
        scene.label(label.small());
        y += LINE;
    }
    written(scene, "Cost against requests", theme, y)
}

/// Any other picture as a file, `height` CSS pixels high without its title.
pub fn scene_svg(mut scene: Scene, title: &str, theme: &Theme, height: f64) -> String {
    scene.shift(HEAD);
    written(scene, title, theme, HEAD + height)
}

fn written(mut scene: Scene, title: &str, theme: &Theme, height: f64) -> String {
    let label = Label::new(title, (6.0, HEAD / 2.0), Align::Left, theme.text);
    scene.label(label.bold(true));
    let size = (scene.width, height.ceil());
    scene.background([(0.0, 0.0), size], theme.panel);
    scene.enlarge_text(LINE_HEIGHT);
    let mut svg = String::new();
    let units = ((size.0 * FINE) as u32, (size.1 * FINE) as u32);
    // Writing to memory doesn't fail.
    let _ = scene.paint(&mut SVGBackend::with_string(&mut svg, units), FINE);
    finish(&svg, title, size)
}

/// Completes what the backend wrote: the size in CSS pixels, and the title for those who don't see the picture. Text is
/// centred on capitals and digits instead of on half an x-height, which sits a pixel too high and differs from font to font.
fn finish(svg: &str, title: &str, (width, height): (f64, f64)) -> String {
    let (_, shapes) = svg.split_once('\n').unwrap_or_default();
    let shapes = shapes.replace(" dy=\"0.5ex\"", " dy=\"0.36em\"");
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {} {}\" role=\"img\">\n<title>{}</title>\n{shapes}",
        width * FINE,
        height * FINE,
        escaped(title)
    )
}

/// Text as it may stand in an element.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_break_the_file_is_escaped() {
        let theme = Theme {
            font: "\"Segoe UI\", sans-serif".into(),
            ..Theme::light()
        };
        let text = scene_svg(Scene::new(100.0, &theme), "a < b & c", &theme, 22.0);
        assert!(text.contains("<title>a &lt; b &amp; c</title>"));
        assert!(text.contains("\na &lt; b &amp; c\n</text>"));
        assert!(text.contains("font-family=\"&quot;Segoe UI&quot;, sans-serif\""));
        assert!(text.contains("width=\"100\" height=\"50\" viewBox=\"0 0 1000 500\""));
    }

    #[test]
    fn text_has_its_size_and_is_centred_on_capitals() {
        let theme = Theme::light();
        let mut scene = Scene::new(100.0, &theme);
        scene.label(Label::new("label", (6.0, 10.0), Align::Left, theme.text));
        scene.label(Label::new("small", (6.0, 20.0), Align::Left, theme.text).small());
        let text = scene_svg(scene, "title", &theme, 22.0);
        assert_eq!(text.matches(" dy=\"0.36em\"").count(), 3);
        assert_eq!(text.matches(" font-size=\"125\"").count(), 2);
        assert_eq!(text.matches(" font-size=\"110\"").count(), 1);
    }
}
