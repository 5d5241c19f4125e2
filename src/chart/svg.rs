//! Charts as stand-alone SVG, with a title and a legend of their own.
//!
//! The backend is our own: that of plotters writes files, handles pixels one by one and brings a further crate, and the
//! page pays for each byte. This one joins the dashes of a line to one path besides.

use super::{
    bars::{self, Bar, Marks},
    curve::{self, View},
    scene::{Align, Label, SMALL, Scene, wide},
    theme::Theme,
};
use crate::model::bill::Part;
use plotters::style::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontStyle,
};
use std::convert::Infallible;

/// Units of a file in a CSS pixel: the backend counts in whole ones, and a curve needs finer steps.
const FINE: f64 = 10.0;
/// Space for the title, CSS pixels.
const HEAD: f64 = 28.0;
/// Height of a line of the legend, CSS pixels.
const LINE: f64 = 18.0;

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
    let mut svg = Svg::new(size, title, theme);
    // This backend never fails.
    let _ = scene.paint(&mut svg, FINE);
    svg.finish()
}

/// A backend that writes SVG.
struct Svg {
    out: String,
    size: (u32, u32),
    /// The style of the path that is still open; empty if none is.
    path: String,
}

impl Svg {
    fn new((width, height): (f64, f64), title: &str, theme: &Theme) -> Self {
        let size = ((width * FINE) as u32, (height * FINE) as u32);
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {} {}\" role=\"img\" font-family=\"",
            size.0, size.1
        );
        escape(&mut out, &theme.font);
        out += "\">\n<title>";
        escape(&mut out, title);
        out += "</title>\n";
        let mut svg = Self {
            out,
            size,
            path: String::new(),
        };
        let panel = BackendColor {
            alpha: 1.0,
            rgb: (theme.panel.0, theme.panel.1, theme.panel.2),
        };
        let corner = (size.0.cast_signed(), size.1.cast_signed());
        svg.rect((0, 0), corner, &fill(panel));
        svg
    }

    fn finish(mut self) -> String {
        self.close();
        self.out + "</svg>\n"
    }

    /// Ends the open path.
    fn close(&mut self) {
        if !self.path.is_empty() {
            self.path.clear();
            self.out += "\"/>\n";
        }
    }

    fn rect(&mut self, from: BackendCoord, to: BackendCoord, paint: &str) {
        self.close();
        let size = (to.0 - from.0, to.1 - from.1);
        self.out += &format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" {paint}/>\n",
            from.0, from.1, size.0, size.1
        );
    }

    /// A path; of the same style as the one before, it goes on with that.
    fn path(&mut self, points: &mut dyn Iterator<Item = BackendCoord>, paint: String) {
        if self.path != paint {
            self.close();
            self.out += "<path ";
            self.out += &paint;
            self.out += " d=\"";
            self.path = paint;
        }
        let mut command = 'M';
        for (x, y) in points {
            self.out += &format!("{command}{x} {y}");
            command = 'L';
        }
    }
}

fn hex(colour: BackendColor) -> String {
    let (r, g, b) = colour.rgb;
    format!("#{r:02x}{g:02x}{b:02x}")
}

fn fill(colour: BackendColor) -> String {
    let hex = hex(colour);
    if colour.alpha < 1.0 {
        format!("fill=\"{hex}\" fill-opacity=\"{}\"", colour.alpha)
    } else {
        format!("fill=\"{hex}\"")
    }
}

fn stroke<S: BackendStyle>(style: &S) -> String {
    let (hex, width) = (hex(style.color()), style.stroke_width());
    format!("fill=\"none\" stroke=\"{hex}\" stroke-width=\"{width}\"")
}

fn paint<S: BackendStyle>(style: &S, filled: bool) -> String {
    if filled {
        fill(style.color())
    } else {
        stroke(style)
    }
}

/// Text as it may stand in an element or between double quotes.
fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => *out += "&amp;",
            '<' => *out += "&lt;",
            '>' => *out += "&gt;",
            '"' => *out += "&quot;",
            _ => out.push(c),
        }
    }
}

type Done = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Svg {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Done {
        Ok(())
    }

    fn present(&mut self) -> Done {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, colour: BackendColor) -> Done {
        self.rect((x, y), (x + 1, y + 1), &fill(colour));
        Ok(())
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Done {
        self.path(&mut [from, to].into_iter(), stroke(style));
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
        filled: bool,
    ) -> Done {
        self.rect(from, to, &paint(style, filled));
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Done {
        self.path(&mut path.into_iter(), stroke(style));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        filled: bool,
    ) -> Done {
        self.close();
        let paint = paint(style, filled);
        self.out += &format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" {paint}/>\n");
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Done {
        self.path(&mut corners.into_iter(), fill(style.color()));
        self.close();
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        (x, y): BackendCoord,
    ) -> Done {
        self.close();
        let anchor = match style.anchor().h_pos {
            HPos::Left => "start",
            HPos::Center => "middle",
            HPos::Right => "end",
        };
        // Not every reader knows other baselines than the letters' own.
        let down = match style.anchor().v_pos {
            VPos::Top => 0.76,
            VPos::Center => 0.36,
            VPos::Bottom => -0.24,
        };
        let size = style.size().round() as i32;
        let y = y + (f64::from(size) * down) as i32;
        let weight = match style.style() {
            FontStyle::Bold => " font-weight=\"bold\"",
            _ => "",
        };
        let paint = fill(style.color());
        self.out += &format!(
            "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" text-anchor=\"{anchor}\"{weight} {paint}>"
        );
        escape(&mut self.out, text);
        self.out += "</text>\n";
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that fails panics")]
mod tests {
    use super::*;
    use plotters::style::{Color, RGBColor};

    fn svg() -> Svg {
        let theme = Theme {
            font: "\"Segoe UI\", sans-serif".into(),
            ..Theme::light()
        };
        Svg::new((100.0, 50.0), "a < b & c", &theme)
    }

    #[test]
    fn what_would_break_the_file_is_escaped() {
        let text = svg().finish();
        assert!(text.contains("<title>a &lt; b &amp; c</title>"));
        assert!(text.contains("font-family=\"&quot;Segoe UI&quot;, sans-serif\""));
        assert!(text.contains("viewBox=\"0 0 1000 500\""));
    }

    #[test]
    fn pieces_of_one_style_are_one_path_and_others_are_not() {
        let mut svg = svg();
        let red = RGBColor(255, 0, 0);
        let thick = |colour: RGBColor| Color::stroke_width(&colour, 3);
        let blue = thick(RGBColor(0, 0, 255));
        let before = svg.out.len();
        svg.draw_path([(0, 0), (1, 2)], &thick(red)).unwrap();
        svg.draw_line((3, 4), (5, 6), &thick(red)).unwrap();
        svg.draw_path([(7, 8), (9, 9)], &blue).unwrap();
        svg.fill_polygon([(0, 0), (1, 0), (1, 1)], &red).unwrap();
        svg.draw_pixel((2, 3), red.mix(0.5).to_backend_color())
            .unwrap();
        let text = svg.finish();
        assert_eq!(
            &text[before..],
            "<path fill=\"none\" stroke=\"#ff0000\" stroke-width=\"3\" d=\"M0 0L1 2M3 4L5 6\"/>\n\
             <path fill=\"none\" stroke=\"#0000ff\" stroke-width=\"3\" d=\"M7 8L9 9\"/>\n\
             <path fill=\"#ff0000\" d=\"M0 0L1 0L1 1\"/>\n\
             <rect x=\"2\" y=\"3\" width=\"1\" height=\"1\" fill=\"#ff0000\" fill-opacity=\"0.5\"/>\n\
             </svg>\n"
        );
    }
}
