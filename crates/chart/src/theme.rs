//! The colours and the type of a chart.
//!
//! Each platform has a colour of its own, and each side a dash: serverless lines are solid, Kubernetes lines dashed.
//! Within a side the colours can be told apart with any kind of colour blindness; the tests below compute it.

use plimsoll_model::{bill::CostCategory, platform::Platform};
use plotters::style::RGBColor;

/// How much of its side's colour each part of the infrastructure has.
const TINTS: [f64; CostCategory::INFRASTRUCTURE.len()] = [1.0, 0.72, 0.46, 0.22];

/// Which of these tints edges of bands have.
const EDGE: usize = 2;

/// The colours and the type of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// Text that matters.
    pub text: RGBColor,
    /// Other text.
    pub muted: RGBColor,
    /// Lines behind the data.
    pub grid: RGBColor,
    /// What the chart is drawn on.
    pub panel: RGBColor,
    /// What is recommended, or the user's own.
    pub accent: RGBColor,
    /// Serverless and Kubernetes, which differ in lightness too.
    pub sides: [RGBColor; 2],
    /// One colour for each of [`Platform::ALL`]: `--series-1`, `--series-2` and so on in a style sheet.
    pub series: [RGBColor; Platform::ALL.len()],
    /// The family of the text, as CSS writes it.
    pub font: String,
    /// Tell parts apart by hatching, for forced colours and print: all parts and series then have the text's colour.
    pub patterned: bool,
}

impl Theme {
    /// On white.
    pub fn light() -> Self {
        Self {
            text: hex(0x0014_202b),
            muted: hex(0x005c_666f),
            grid: hex(0x00e3_ded3),
            panel: hex(0x00fb_faf6),
            accent: hex(0x0014_202b),
            sides: [0x000b_4f73, 0x00b0_510b].map(hex),
            series: [
                0x0025_50c6,
                0x00c4_1533,
                0x00f1_4ca6,
                0x00ae_6670,
                0x0081_7af7,
                0x0062_386b,
                0x0007_5f0c,
                0x007e_971c,
                0x0097_0000,
                0x00c8_5bc9,
                0x0088_5881,
                0x000a_6551,
                0x003d_927c,
                0x0082_0081,
                0x0099_8952,
                0x0070_1c38,
                0x001f_9cb4,
            ]
            .map(hex),
            font: "sans-serif".into(),
            patterned: false,
        }
    }

    /// On near black.
    pub fn dark() -> Self {
        Self {
            text: hex(0x00ee_f2f5),
            muted: hex(0x0094_a1ac),
            grid: hex(0x0027_333d),
            panel: hex(0x0010_181f),
            accent: hex(0x00ee_f2f5),
            sides: [0x008c_cdec, 0x00e5_8f3f].map(hex),
            series: [
                0x00c0_84f0,
                0x00d2_a38d,
                0x00ff_74ae,
                0x00bf_515e,
                0x00b8_c5f6,
                0x00a6_4cb2,
                0x0070_a644,
                0x0071_eb73,
                0x00ff_5778,
                0x00d6_a5e0,
                0x00a8_5d81,
                0x002a_822e,
                0x0030_e0ad,
                0x008a_7eef,
                0x008d_9c12,
                0x0080_6800,
                0x0074_687c,
            ]
            .map(hex),
            ..Self::light()
        }
    }

    /// The colour of Kubernetes, or that of serverless.
    pub(super) fn side(&self, kubernetes: bool) -> RGBColor {
        self.sides[usize::from(kubernetes)]
    }

    /// The colour of the edge of a band of serverless or of Kubernetes.
    pub fn edge(&self, kubernetes: bool) -> RGBColor {
        self.part(EDGE, kubernetes)
    }

    /// The tint of a part of the infrastructure, by its place in [`CostCategory::INFRASTRUCTURE`]: compute is the colour of the side,
    /// and each further part nearer to the panel.
    pub(super) fn part(&self, part: usize, kubernetes: bool) -> RGBColor {
        let share = TINTS[part.min(TINTS.len() - 1)];
        let (side, panel) = (self.side(kubernetes), self.panel);
        let mixed = |side: u8, panel: u8| {
            (share * f64::from(side) + (1.0 - share) * f64::from(panel)).round() as u8
        };
        RGBColor(
            mixed(side.0, panel.0),
            mixed(side.1, panel.1),
            mixed(side.2, panel.2),
        )
    }

    /// This theme without any colour but the text's.
    #[must_use]
    pub fn patterned(self) -> Self {
        Self {
            muted: self.text,
            accent: self.text,
            sides: [self.text; 2],
            series: [self.text; Platform::ALL.len()],
            patterned: true,
            ..self
        }
    }
}

impl Default for Theme {
    fn default() -> Self {
        Self::light()
    }
}

/// The colour that CSS writes as `#rrggbb`.
const fn hex(rgb: u32) -> RGBColor {
    RGBColor((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8)
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "a test of colours needs no cent")]
#[allow(clippy::many_single_char_names, reason = "the names of the formulas")]
mod tests {
    use super::*;

    type Triple = [f64; 3];

    /// Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency" (2009),
    /// table 1, severity 1.0: protanopia, deuteranopia and tritanopia, on linear RGB.
    const BLIND: [(&str, [Triple; 3]); 3] = [
        (
            "protanopia",
            [
                [0.152_286, 1.052_583, -0.204_868],
                [0.114_503, 0.786_281, 0.099_216],
                [-0.003_882, -0.048_116, 1.051_998],
            ],
        ),
        (
            "deuteranopia",
            [
                [0.367_322, 0.860_646, -0.227_968],
                [0.280_085, 0.672_501, 0.047_413],
                [-0.011_820, 0.042_940, 0.968_881],
            ],
        ),
        (
            "tritanopia",
            [
                [1.255_528, -0.076_749, -0.178_779],
                [-0.078_411, 0.930_809, 0.147_602],
                [0.004_733, 0.691_367, 0.303_900],
            ],
        ),
    ];
    const SEEING: [Triple; 3] = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
    /// Linear sRGB to XYZ with D65 white, IEC 61966-2-1.
    const XYZ: [Triple; 3] = [
        [0.412_456_4, 0.357_576_1, 0.180_437_5],
        [0.212_672_9, 0.715_152_2, 0.072_175_0],
        [0.019_333_9, 0.119_192_0, 0.950_304_1],
    ];

    fn times(matrix: &[Triple; 3], v: Triple) -> Triple {
        matrix.map(|row| row.iter().zip(v).map(|(a, b)| a * b).sum())
    }

    fn linear(colour: RGBColor) -> Triple {
        [colour.0, colour.1, colour.2].map(|channel| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.040_45 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        })
    }

    /// WCAG 2.2, contrast ratio.
    fn contrast(a: RGBColor, b: RGBColor) -> f64 {
        let [x, y] = [a, b].map(|colour| times(&XYZ, linear(colour))[1] + 0.05);
        x.max(y) / x.min(y)
    }

    /// CIE L*a*b* of a colour as somebody sees it.
    fn lab(colour: RGBColor, eyes: &[Triple; 3]) -> Triple {
        let seen = times(eyes, linear(colour)).map(|c| c.clamp(0.0, 1.0));
        let [x, y, z] = times(&XYZ, seen);
        let f = |t: f64| {
            if t > 216.0 / 24_389.0 {
                t.cbrt()
            } else {
                (24_389.0 / 27.0 * t + 16.0) / 116.0
            }
        };
        let (x, y, z) = (f(x / 0.950_47), f(y), f(z / 1.088_83));
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    /// CIEDE2000, after Sharma, Wu and Dalal (2005).
    fn difference([l1, a1, b1]: Triple, [l2, a2, b2]: Triple) -> f64 {
        let seventh = |c: f64| (c.powi(7) / (c.powi(7) + 25f64.powi(7))).sqrt();
        let g = 0.5 * (1.0 - seventh(f64::midpoint(a1.hypot(b1), a2.hypot(b2))));
        let (a1, a2) = (a1 * (1.0 + g), a2 * (1.0 + g));
        let (c1, c2) = (a1.hypot(b1), a2.hypot(b2));
        let hue = |a: f64, b: f64| b.atan2(a).to_degrees().rem_euclid(360.0);
        let (h1, h2) = (hue(a1, b1), hue(a2, b2));
        let grey = c1 * c2 == 0.0;
        let turn = if grey {
            0.0
        } else {
            (h2 - h1 + 180.0).rem_euclid(360.0) - 180.0
        };
        let mean_hue = if grey {
            h1 + h2
        } else {
            (h1 + turn / 2.0).rem_euclid(360.0)
        };
        let (l, c) = (f64::midpoint(l1, l2), f64::midpoint(c1, c2));
        let cos = |factor: f64, degrees: f64| (factor * mean_hue + degrees).to_radians().cos();
        let t = 1.0 - 0.17 * cos(1.0, -30.0) + 0.24 * cos(2.0, 0.0) + 0.32 * cos(3.0, 6.0)
            - 0.20 * cos(4.0, -63.0);
        let bulge = (l - 50.0).powi(2);
        let lightness = (l2 - l1) / (1.0 + 0.015 * bulge / (20.0 + bulge).sqrt());
        let chroma = (c2 - c1) / (1.0 + 0.045 * c);
        let hue = 2.0 * (c1 * c2).sqrt() * (turn / 2.0).to_radians().sin() / (1.0 + 0.015 * c * t);
        let rotation = 60.0 * (-((mean_hue - 275.0) / 25.0).powi(2)).exp();
        let rotation = -2.0 * seventh(c) * rotation.to_radians().sin();
        (lightness.powi(2) + chroma.powi(2) + hue.powi(2) + rotation * chroma * hue).sqrt()
    }

    #[test]
    fn the_formula_gives_the_published_differences() {
        // Sharma, Wu and Dalal (2005), table 1: pairs 1, 7, 9, 17, 20 and 25.
        for (a, b, published) in [
            ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
            ([50.0, 0.0, 0.0], [50.0, -1.0, 2.0], 2.3669),
            ([50.0, 2.49, -0.001], [50.0, -2.49, 0.0009], 7.1792),
            ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
            ([50.0, 2.5, 0.0], [58.0, 24.0, 15.0], 19.4535),
            (
                [60.2574, -34.0099, 36.2677],
                [60.4626, -34.1751, 39.4387],
                1.2644,
            ),
        ] {
            let computed = difference(a, b);
            assert!(
                (computed - published).abs() < 6e-5,
                "{computed}, published {published}"
            );
        }
    }

    #[test]
    fn everything_drawn_stands_out_from_the_panel() {
        for theme in [Theme::light(), Theme::dark()] {
            for text in [theme.text, theme.muted, theme.accent] {
                assert!(contrast(text, theme.panel) >= 4.5, "{text:?}");
            }
            for ink in theme.series {
                assert!(contrast(ink, theme.panel) >= 3.0, "{ink:?}");
            }
            // These name the sides in text, too.
            for ink in theme.sides {
                assert!(contrast(ink, theme.panel) >= 4.5, "{ink:?}");
            }
        }
    }

    #[test]
    fn the_sides_differ_for_everybody_and_in_grey() {
        for theme in [Theme::light(), Theme::dark()] {
            let [one, other] = theme.sides;
            for eyes in BLIND.iter().map(|(_, eyes)| eyes).chain([&SEEING]) {
                assert!(difference(lab(one, eyes), lab(other, eyes)) >= 20.0);
            }
            let lightness = |colour| lab(colour, &SEEING)[0];
            assert!((lightness(one) - lightness(other)).abs() >= 10.0);
        }
    }

    #[test]
    fn the_parts_of_a_side_differ_for_everybody() {
        for theme in [Theme::light(), Theme::dark()] {
            for kubernetes in [false, true] {
                for eyes in BLIND.iter().map(|(_, eyes)| eyes).chain([&SEEING]) {
                    let seen = |part| lab(theme.part(part, kubernetes), eyes);
                    for part in 1..TINTS.len() {
                        assert!(difference(seen(part - 1), seen(part)) >= 8.0, "{part}");
                    }
                    let last = seen(TINTS.len() - 1);
                    assert!(difference(last, lab(theme.panel, eyes)) >= 8.0);
                }
            }
        }
    }

    #[test]
    fn lines_of_the_same_dash_differ_for_everybody() {
        for theme in [Theme::light(), Theme::dark()] {
            let pairs = Platform::ALL.into_iter().enumerate().flat_map(|(n, a)| {
                let rest = Platform::ALL.into_iter().skip(n + 1);
                rest.map(move |b| (a, b))
            });
            for (a, b) in pairs {
                let sides = [a, b].map(Platform::is_kubernetes);
                let colours = [a, b].map(|platform| theme.series[platform as usize]);
                let seen = |eyes| difference(lab(colours[0], eyes), lab(colours[1], eyes));
                assert!(seen(&SEEING) >= 9.0, "{a:?} and {b:?}: {}", seen(&SEEING));
                if sides[0] != sides[1] {
                    continue;
                }
                for (name, eyes) in &BLIND {
                    assert!(
                        seen(eyes) >= 10.0,
                        "{a:?} and {b:?}, {name}: {}",
                        seen(eyes)
                    );
                }
            }
        }
    }
}
