//! Charts as stand-alone SVG, with a title and a legend of their own.

use super::{
    Chart,
    scene::{Align, Label, Scene},
    theme::Theme,
};
use plotters::prelude::SVGBackend;

/// Units of a file in a CSS pixel: the backend counts in whole ones, and a curve needs finer steps.
const FINE: f64 = 10.0;
/// Space for the title, CSS pixels.
const HEAD: f64 = 28.0;
/// The backend takes a font's size for the height of its lines, and divides it by this.
const LINE_HEIGHT: f64 = 1.24;

/// A chart as a file, `width` CSS pixels wide, with its legend below.
pub fn chart_svg(chart: &dyn Chart, title: &str, theme: &Theme, width: f64) -> String {
    let mut scene = chart.scene(None, theme, width);
    scene.shift(HEAD);
    let end = chart.legend(&mut scene, theme, HEAD + chart.height(width));
    written(scene, title, theme, end)
}

/// A picture without a legend as a file, `height` CSS pixels high without its title.
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
