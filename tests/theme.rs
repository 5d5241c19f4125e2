//! The colours of `style/tokens.css`, by measure: text can be read, and what stands side by side can be told apart, by
//! people who see fewer colours too.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that fails panics"
)]

use plimsoll_model::bill::CostCategory;

/// Red, green and blue of linear light, 0 to 1.
type Light = [f64; 3];

/// A theme's colours by name, those that it does not set being the other's.
struct Theme {
    name: &'static str,
    colours: Vec<(String, Light)>,
}

/// How somebody sees: a name, and what becomes of linear light.
struct Sight {
    name: &'static str,
    of: [Light; 3],
}

/// Everybody's eyes, and three kinds that lack a cone: Machado, Oliveira and Fernandes, "A Physiologically-based Model for
/// Simulation of Color Vision Deficiency" (2009), at severity 1.
const SIGHTS: [Sight; 4] = [
    Sight {
        name: "all three cones",
        of: [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    },
    Sight {
        name: "protanopia",
        of: [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    },
    Sight {
        name: "deuteranopia",
        of: [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    },
    Sight {
        name: "tritanopia",
        of: [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    },
];

/// WCAG 2.2, 1.4.3.
const TEXT_CONTRAST: f64 = 4.5;

/// A difference of 1 is just noticed between large patches side by side. Parts of a bar are small and are looked up in a
/// legend some way off, from memory, where several times as much is needed; 10 is what palettes for charts commonly keep
/// between their colours.
const TOLD_APART: f64 = 10.0;

/// Text, and what it stands on.
const TEXTS: [&str; 7] = [
    "text",
    "second",
    "muted",
    "accent",
    "warn",
    "serverless",
    "kubernetes",
];
const GROUNDS: [&str; 3] = ["page", "panel", "card"];

impl Theme {
    /// Both of them.
    fn all() -> [Self; 2] {
        let file = plimsoll_tests::root().join("style/tokens.css");
        let style = std::fs::read_to_string(file).unwrap();
        let light = block(&style, ":root {");
        let mut dark = block(&style, ":root[data-theme=\"dark\"] {");
        assert!(light.len() > 8 && dark.len() > 8, "too few colours");
        for (name, colour) in &light {
            if !dark.iter().any(|(known, _)| known == name) {
                dark.push((name.clone(), *colour));
            }
        }
        [("light", light), ("dark", dark)].map(|(name, colours)| Self { name, colours })
    }

    fn colour(&self, name: &str) -> Light {
        let found = self.colours.iter().find(|(known, _)| known == name);
        found
            .unwrap_or_else(|| panic!("{} has no --{name}", self.name))
            .1
    }

    /// The tints of a side, from that of compute to that of logs, in light that adds.
    fn tints(&self, side: &str) -> Vec<(String, Light)> {
        let file = plimsoll_tests::root().join("style/panels.css");
        let style = std::fs::read_to_string(file).unwrap();
        let shares = style.split("--tint: ").skip(1);
        let shares = shares.map(|rest| rest.split_once('%').unwrap().0.parse().unwrap());
        let [side, page] = [side, "page"].map(|name| self.colour(name).map(encoded));
        let mixed = |share: f64| {
            let mix = |n: usize| (share * side[n] + (100.0 - share) * page[n]) / 100.0;
            [mix(0), mix(1), mix(2)].map(linear)
        };
        let all = [100.0].into_iter().chain(shares);
        all.map(|share: f64| (format!("{share} %"), mixed(share)))
            .collect()
    }
}

/// The colours that a rule sets.
fn block(style: &str, head: &str) -> Vec<(String, Light)> {
    let (_, rest) = style
        .split_once(head)
        .unwrap_or_else(|| panic!("no {head}"));
    let (body, _) = rest.split_once('}').unwrap();
    body.lines()
        .filter_map(|line| {
            line.trim()
                .strip_prefix("--")?
                .trim_end_matches(';')
                .split_once(": ")
        })
        .filter_map(|(name, value)| Some((name.to_owned(), light(value.strip_prefix('#')?))))
        .collect()
}

/// Linear light of six hexadecimal digits.
fn light(digits: &str) -> Light {
    assert_eq!(digits.len(), 6, "#{digits} is not #rrggbb");
    let channel = |n: usize| f64::from(u8::from_str_radix(&digits[n..n + 2], 16).unwrap()) / 255.0;
    [0, 2, 4].map(|n| linear(channel(n)))
}

/// Linear light of what sRGB has, IEC 61966-2-1.
fn linear(x: f64) -> f64 {
    if x <= 0.040_45 {
        x / 12.92
    } else {
        ((x + 0.055) / 1.055).powf(2.4)
    }
}

/// What sRGB has of linear light.
fn encoded(light: f64) -> f64 {
    if light <= 0.003_130_8 {
        12.92 * light
    } else {
        1.055 * light.powf(1.0 / 2.4) - 0.055
    }
}

fn times(matrix: &[Light; 3], x: Light) -> Light {
    matrix.map(|row| row.iter().zip(x).map(|(a, b)| a * b).sum())
}

fn seen(sight: &Sight, colour: Light) -> Light {
    times(&sight.of, colour).map(|x| x.clamp(0.0, 1.0))
}

/// The contrast of WCAG 2.2.
fn contrast(a: Light, b: Light) -> f64 {
    let luminance = |c: Light| 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2] + 0.05;
    let (a, b) = (luminance(a), luminance(b));
    a.max(b) / a.min(b)
}

/// CIE L*a*b* under daylight, D65.
fn lab(colour: Light) -> [f64; 3] {
    let xyz = times(
        &[
            [0.412_456_4, 0.357_576_1, 0.180_437_5],
            [0.212_672_9, 0.715_152_2, 0.072_175_0],
            [0.019_333_9, 0.119_192_0, 0.950_304_1],
        ],
        colour,
    );
    let f = |t: f64| {
        if t > 216.0 / 24_389.0 {
            t.cbrt()
        } else {
            (24_389.0 / 27.0 * t + 16.0) / 116.0
        }
    };
    let [x, y, z] = [xyz[0] / 0.950_47, xyz[1], xyz[2] / 1.088_83].map(f);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// CIEDE2000, as Sharma, Wu and Dalal write it down (2005).
fn difference([l1, a1, b1]: [f64; 3], [l2, a2, b2]: [f64; 3]) -> f64 {
    let seventh = |c: f64| (c.powi(7) / (c.powi(7) + 25.0_f64.powi(7))).sqrt();
    let stretch = 1.5 - 0.5 * seventh(a1.hypot(b1).midpoint(a2.hypot(b2)));
    let (a1, a2) = (a1 * stretch, a2 * stretch);
    let (c1, c2) = (a1.hypot(b1), a2.hypot(b2));
    let angle = |a: f64, b: f64| b.atan2(a).to_degrees().rem_euclid(360.0);
    let (h1, h2) = (angle(a1, b1), angle(a2, b2));
    let grey = c1 * c2 == 0.0;
    let turn = match h2 - h1 {
        _ if grey => 0.0,
        turn if turn > 180.0 => turn - 360.0,
        turn if turn < -180.0 => turn + 360.0,
        turn => turn,
    };
    let across = 2.0 * (c1 * c2).sqrt() * (turn / 2.0).to_radians().sin();
    let (lightness, chroma) = (l1.midpoint(l2), c1.midpoint(c2));
    let hue = match (h1 + h2, (h1 - h2).abs()) {
        (sum, _) if grey => sum,
        (sum, apart) if apart <= 180.0 => sum / 2.0,
        (sum, _) if sum < 360.0 => sum.midpoint(360.0),
        (sum, _) => sum.midpoint(-360.0),
    };
    let cos = |degrees: f64| degrees.to_radians().cos();
    let weight = 1.0 - 0.17 * cos(hue - 30.0) + 0.24 * cos(2.0 * hue) + 0.32 * cos(3.0 * hue + 6.0)
        - 0.20 * cos(4.0 * hue - 63.0);
    let off = (lightness - 50.0).powi(2);
    let of_lightness = (l2 - l1) / (1.0 + 0.015 * off / (20.0 + off).sqrt());
    let of_chroma = (c2 - c1) / (1.0 + 0.045 * chroma);
    let of_hue = across / (1.0 + 0.015 * chroma * weight);
    let around = 60.0 * (-((hue - 275.0) / 25.0).powi(2)).exp();
    let turned = -2.0 * seventh(chroma) * around.to_radians().sin();
    let sum = of_lightness.powi(2) + of_chroma.powi(2) + of_hue.powi(2);
    (sum + turned * of_chroma * of_hue).sqrt()
}

#[test]
fn text_can_be_read_on_what_it_stands_on() {
    let mut poor = Vec::new();
    for theme in Theme::all() {
        for text in TEXTS {
            for ground in GROUNDS {
                let has = contrast(theme.colour(text), theme.colour(ground));
                if has < TEXT_CONTRAST {
                    poor.push(format!("{}: {text} on {ground} has {has:.2}", theme.name));
                }
            }
        }
    }
    assert!(poor.is_empty(), "{poor:#?}");
}

/// Any part of a bill may be nothing, so that any two may be neighbours in a bar.
#[test]
fn neighbours_in_a_bar_are_told_apart_by_everybody() {
    let mut alike = Vec::new();
    for theme in Theme::all() {
        for side in ["serverless", "kubernetes"] {
            let parts = theme.tints(side);
            assert_eq!(parts.len(), CostCategory::INFRASTRUCTURE.len());
            for (n, (first, a)) in parts.iter().enumerate() {
                for (second, b) in &parts[n + 1..] {
                    for sight in &SIGHTS {
                        let has = difference(lab(seen(sight, *a)), lab(seen(sight, *b)));
                        if has < TOLD_APART {
                            let (theme, sight) = (theme.name, sight.name);
                            alike.push(format!(
                                "{theme}, {sight}: {first} and {second} of {side} differ by {has:.1}"
                            ));
                        }
                    }
                }
            }
        }
    }
    assert!(alike.is_empty(), "{alike:#?}");
}

/// Lines, bars, dots and the waters of the map are told apart by their side's colour, and in print without colour by its
/// lightness; WCAG 2.2, 1.4.11, asks for 3:1 to what is beside a drawing.
#[test]
fn the_sides_are_told_apart_by_everybody_and_without_colour() {
    const DRAWN_CONTRAST: f64 = 3.0;
    let mut poor = Vec::new();
    for theme in Theme::all() {
        let [serverless, kubernetes, page] =
            ["serverless", "kubernetes", "page"].map(|name| theme.colour(name));
        let water = |side: Light| {
            let mix = |n: usize| 0.25 * encoded(side[n]) + 0.75 * encoded(page[n]);
            [mix(0), mix(1), mix(2)].map(linear)
        };
        let mut at_least = |what: String, has: f64, least: f64| {
            if has < least {
                poor.push(format!("{}: {what}: {has:.2} of {least}", theme.name));
            }
        };
        for (name, side) in [("serverless", serverless), ("kubernetes", kubernetes)] {
            at_least(
                format!("{name} on the page"),
                contrast(side, page),
                DRAWN_CONTRAST,
            );
        }
        for sight in &SIGHTS {
            let apart = |a: Light, b: Light| difference(lab(seen(sight, a)), lab(seen(sight, b)));
            at_least(
                format!("sides, {}", sight.name),
                apart(serverless, kubernetes),
                TOLD_APART,
            );
            let waters = apart(water(serverless), water(kubernetes));
            at_least(format!("waters, {}", sight.name), waters, TOLD_APART / 2.0);
        }
        let lightness = (lab(serverless)[0] - lab(kubernetes)[0]).abs();
        at_least("lightness of the sides".into(), lightness, TOLD_APART);
    }
    assert!(poor.is_empty(), "{poor:#?}");
}

/// Pairs from the table that comes with the formula, each chosen to catch another mistake.
#[test]
fn the_difference_is_the_published_one() {
    for (a, b, expected) in [
        ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
        ([50.0, 0.0, 0.0], [50.0, -1.0, 2.0], 2.3669),
        ([50.0, 2.49, -0.001], [50.0, -2.49, 0.0009], 7.1792),
        ([50.0, 2.49, -0.001], [50.0, -2.49, 0.0011], 7.2195),
        ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
        ([50.0, 2.5, 0.0], [50.0, 3.1736, 0.5854], 1.0000),
        (
            [60.2574, -34.0099, 36.2677],
            [60.4626, -34.1751, 39.4387],
            1.2644,
        ),
        (
            [22.7233, 20.0904, -46.6940],
            [23.0331, 14.9730, -42.5619],
            2.0373,
        ),
        (
            [2.0776, 0.0795, -1.1350],
            [0.9033, -0.0636, -0.5514],
            0.9082,
        ),
    ] {
        let has = difference(a, b);
        assert!((has - expected).abs() < 6e-5, "{has} is not {expected}");
        assert!((difference(b, a) - has).abs() < 1e-9);
    }
}

#[test]
fn black_and_white_are_as_far_apart_as_it_goes() {
    let (black, white) = (light("000000"), light("ffffff"));
    assert!((contrast(black, white) - 21.0).abs() < 1e-9);
    assert!((difference(lab(black), lab(white)) - 100.0).abs() < 0.01);
    // Who lacks a cone sees white as white.
    for sight in &SIGHTS {
        assert!(
            difference(lab(seen(sight, white)), lab(white)) < 0.1,
            "{}",
            sight.name
        );
    }
}
