//! The tints and the stripes of a map, and its legend.

use super::{
    super::{
        contour::stripes,
        scene::{Align, Dash, LEGEND_LINE, Label, Point, Scene},
        theme::Theme,
    },
    KEYS,
};
use plotters::style::RGBColor;

/// How much of a side's colour its water has: serverless is the darker one, in grey too.
const TINTS: [f64; 2] = [0.25, 0.16];
/// How wide a stripe is, and how far from the next one it begins, CSS pixels.
const STRIPE: (f64, f64) = (4.5, 9.0);
/// The same where lines stand for colours.
const LINES: (f64, f64) = (1.0, 7.0);
/// Draws the legend of a file from a height on, and returns where it ends.
pub(super) fn legend(scene: &mut Scene, theme: &Theme, y: f64) -> f64 {
    let mut y = y + LEGEND_LINE / 2.0;
    for (n, text) in KEYS.into_iter().enumerate() {
        let box_of = |top: f64, low: f64| vec![(6.0, top), (32.0, top), (32.0, low), (6.0, low)];
        let around = box_of(y - 6.0, y + 6.0);
        match n {
            0 | 1 => water(scene, theme, &around, [n == 0, n == 1]),
            2 => water(scene, theme, &around, [true; 2]),
            3 => scene.line(&[(6.0, y), (32.0, y)], theme.text, 2.25, Dash::SOLID),
            _ => scene.label(Label::new("2.4", (19.0, y), Align::Centre, theme.text).small()),
        }
        if n < 3 {
            let mut edge = around;
            edge.extend(edge.first().copied());
            scene.line(&edge, theme.muted, 0.75, Dash::SOLID);
        }
        let label = Label::new(text, (40.0, y), Align::Left, theme.text);
        scene.label(label.small());
        y += LEGEND_LINE;
    }
    y
}

/// Fills an area where serverless wins by an estimate, or Kubernetes, or the one by some and the other by others.
pub(super) fn water(scene: &mut Scene, theme: &Theme, around: &[Point], wins: [bool; 2]) {
    let [serverless, kubernetes] = wins;
    let base = usize::from(!serverless);
    let colour = if theme.patterned {
        theme.panel
    } else {
        tint(theme, base)
    };
    scene.area(around.to_vec(), colour, 1.0);
    let mut stripe = |(width, each): (f64, f64), colour, rising| {
        for stripe in stripes(around, width, each, rising) {
            scene.area(stripe, colour, 1.0);
        }
    };
    // Without colours Kubernetes has falling lines, and contested water both.
    match (theme.patterned, serverless && kubernetes) {
        (false, true) => stripe(STRIPE, tint(theme, 1), true),
        (true, both) if kubernetes => {
            stripe(LINES, theme.text, false);
            if both {
                stripe(LINES, theme.text, true);
            }
        }
        _ => {}
    }
}

/// A colour between two.
pub(super) fn mixed(one: RGBColor, other: RGBColor, share: f64) -> RGBColor {
    let channel = |one: u8, other: u8| {
        (f64::from(one) + (f64::from(other) - f64::from(one)) * share).round() as u8
    };
    RGBColor(
        channel(one.0, other.0),
        channel(one.1, other.1),
        channel(one.2, other.2),
    )
}

/// The water of a side. It lets nothing through: a hole is filled with what is around it.
fn tint(theme: &Theme, side: usize) -> RGBColor {
    mixed(theme.panel, theme.sides[side], TINTS[side])
}
