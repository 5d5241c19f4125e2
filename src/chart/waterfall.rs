//! From the vCPU that requests use to the vCPU that is paid: a row for each step, its bar where the last one ended, and the
//! whole below. What is used is filled with one pattern and what comes on top with another; a step down is an empty frame.

use super::{
    bars::{EDGE, LEFT, NARROW, ROW, TOP, fill},
    scale::linear_ticks,
    scene::{Align, BOLD, Dash, Label, Scene, TYPE, wide},
    theme::Theme,
};
use crate::{
    format,
    model::{
        bill::Part,
        platforms::behind::{Behind, Step},
    },
};
use plotters::prelude::DrawingBackend;

const BOTTOM: f64 = 26.0;
/// How what is used and what comes on top is filled.
const USED: usize = Part::Compute as usize;
const ON_TOP: usize = Part::Observability as usize;

/// The steps as rows: the name of each, what it adds, and where it ends. The last is the whole.
pub fn rows(steps: &[Step]) -> Vec<(&'static str, f64, f64)> {
    let mut end = 0.0;
    let mut rows: Vec<(&'static str, f64, f64)> = steps
        .iter()
        .map(|step| {
            end += step.vcpu;
            (step.what, step.vcpu, end)
        })
        .collect();
    rows.push(("Paid", end, end));
    rows
}

/// The height that the chart needs for so many steps, CSS pixels.
pub fn height(steps: usize) -> f64 {
    TOP + BOTTOM + ROW * (steps + 1) as f64
}

/// The row at a place in CSS pixels.
pub fn at(steps: usize, width: f64, x: f64, y: f64) -> Option<usize> {
    let row = (y - TOP) / ROW;
    let inside = (0.0..=width).contains(&x) && row >= 0.0;
    (inside && row < (steps + 1) as f64).then_some(row as usize)
}

/// A row in words.
pub fn read_out(steps: &[Step], row: usize) -> String {
    match rows(steps).get(row) {
        None => String::new(),
        Some((what, vcpu, _)) if row == 0 || row == steps.len() => {
            [*what, ": ", &format::number(*vcpu), " vCPU on average."].concat()
        }
        Some((what, vcpu, end)) => [
            *what,
            ": ",
            &signed(*vcpu),
            " vCPU, which makes ",
            &format::number(*end),
            ".",
        ]
        .concat(),
    }
}

/// What the steps say, in a sentence.
pub fn reading(behind: &Behind) -> String {
    let (paid, used) = (behind.paid(), behind.used());
    let [told_paid, told_used] = [paid, used].map(format::number);
    if told_paid == "0" {
        return "No vCPU is paid for.".into();
    }
    if told_paid == told_used {
        return [
            "All of the ",
            &told_paid,
            " vCPU that are paid for are used by requests.",
        ]
        .concat();
    }
    if used > paid {
        return [
            "Requests use ",
            &told_used,
            " vCPU, and ",
            &told_paid,
            " are paid for.",
        ]
        .concat();
    }
    [
        "Of ",
        &told_paid,
        " vCPU paid for, requests use ",
        &told_used,
        ".",
    ]
    .concat()
}

fn signed(vcpu: f64) -> String {
    let sign = if vcpu < 0.0 { "\u{2212}" } else { "+" };
    String::from(sign) + &format::number(vcpu.abs())
}

/// Draws the chart. `scale` is device pixels per CSS pixel. Fails only if the backend does.
pub fn draw<B: DrawingBackend>(
    mut backend: B,
    steps: &[Step],
    highlighted: Option<usize>,
    theme: &Theme,
    scale: f64,
) -> Result<(), String> {
    let width = f64::from(backend.get_size().0) / scale;
    scene(steps, highlighted, theme, width).paint(&mut backend, scale)
}

/// The picture of the steps at a width in CSS pixels.
pub fn scene(steps: &[Step], highlighted: Option<usize>, theme: &Theme, width: f64) -> Scene {
    let mut scene = Scene::new(width, theme);
    let rows = rows(steps);
    let texts: Vec<String> = rows
        .iter()
        .enumerate()
        .map(|(n, (_, vcpu, _))| {
            if n == 0 || n == steps.len() {
                format::number(*vcpu)
            } else {
                signed(*vcpu)
            }
        })
        .collect();
    let room = texts
        .iter()
        .map(|text| BOLD * wide(text, TYPE))
        .fold(40.0, f64::max);
    let is_narrow = width < NARROW;
    let left = if is_narrow { EDGE } else { LEFT + 50.0 };
    let right = if is_narrow {
        width - EDGE
    } else {
        width - EDGE - room - 10.0
    };
    let right = right.max(left + 40.0);
    let largest = rows.iter().map(|(_, _, end)| *end).fold(0.0, f64::max);
    let ticks = linear_ticks(largest, if right - left < 320.0 { 3 } else { 5 });
    let last = ticks.len() - 1;
    let x = |vcpu: f64| left + (right - left) * vcpu / ticks[last];
    let bottom = TOP + ROW * rows.len() as f64;
    for (n, tick) in ticks.iter().enumerate() {
        let align = match n {
            0 if is_narrow => Align::Left,
            _ if n == last => Align::Right,
            _ => Align::Centre,
        };
        let mut text = format::short(*tick);
        if n == last && right - left >= 320.0 {
            text += " vCPU";
        }
        scene.label(Label::new(
            text,
            (x(*tick), bottom + 13.0),
            align,
            theme.muted,
        ));
        if !is_narrow {
            scene.hair((x(*tick), TOP), (x(*tick), bottom), theme.grid);
        }
    }
    let used = rows[0].2;
    let mut before = 0.0;
    for (n, (what, _, end)) in rows.iter().enumerate() {
        let is_paid = n == steps.len();
        let top = TOP + ROW * n as f64;
        if highlighted == Some(n) {
            scene.tint([(0.0, top + 1.0), (width, top + ROW - 1.0)], theme.accent);
            scene.rect([(0.0, top + 1.0), (3.0, top + ROW - 1.0)], theme.accent);
        }
        let (text, middle, thick) = if is_narrow {
            (top + 11.0, top + 25.0, 10.0)
        } else {
            (top + ROW / 2.0, top + ROW / 2.0, 20.0)
        };
        let (at, align) = if is_narrow {
            ((EDGE, text), Align::Left)
        } else {
            ((left - 10.0, text), Align::Right)
        };
        let name = Label::new(*what, at, align, theme.text).bold(is_paid);
        scene.label(if is_narrow { name.small() } else { name });
        let at = (width - EDGE, text);
        scene.label(Label::new(&*texts[n], at, Align::Right, theme.text).bold(is_paid));
        let (above, below) = (middle - thick / 2.0, middle + thick / 2.0);
        let corners = |from: f64, to: f64| [(x(from), above), (x(to), below)];
        if n == 0 {
            fill(&mut scene, theme, USED, corners(0.0, *end));
        } else if is_paid {
            let shared = used.min(*end);
            fill(&mut scene, theme, USED, corners(0.0, shared));
            fill(&mut scene, theme, ON_TOP, corners(shared, *end));
        } else if *end >= before {
            fill(&mut scene, theme, ON_TOP, corners(before, *end));
        } else {
            let (start, stop) = (x(*end), x(before));
            let frame = [
                (start, above),
                (stop, above),
                (stop, below),
                (start, below),
                (start, above),
            ];
            scene.line(&frame, theme.text, 1.0, Dash::SOLID);
        }
        // From where one bar ends to where the next one begins.
        if !is_paid && !is_narrow {
            let ends = [(x(*end), below), (x(*end), below + ROW - thick)];
            scene.line(&ends, theme.muted, 1.0, Dash::new(2.0, 3.0));
        }
        before = *end;
    }
    scene
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: [Step; 3] = [
        Step {
            what: "Used by requests",
            vcpu: 1.0,
        },
        Step {
            what: "Room for bursts",
            vcpu: 2.5,
        },
        Step {
            what: "Sizes that are sold",
            vcpu: -0.5,
        },
    ];

    #[test]
    fn rows_end_where_the_next_begins_and_the_last_is_the_whole() {
        let ends: Vec<f64> = rows(&STEPS).iter().map(|(_, _, end)| *end).collect();
        assert_eq!(ends, [1.0, 3.5, 3.0, 3.0]);
    }

    #[test]
    fn rows_are_read_out() {
        let told = [0, 1, 2, 3, 4].map(|row| read_out(&STEPS, row));
        assert_eq!(
            told,
            [
                "Used by requests: 1 vCPU on average.",
                "Room for bursts: +2.5 vCPU, which makes 3.5.",
                "Sizes that are sold: \u{2212}0.5 vCPU, which makes 3.",
                "Paid: 3 vCPU on average.",
                ""
            ]
        );
        assert_eq!(at(3, 600.0, 10.0, TOP + ROW * 3.5), Some(3));
        assert_eq!(at(3, 600.0, 10.0, TOP + ROW * 4.0), None);
        assert_eq!(at(3, 600.0, -1.0, TOP), None);
    }
}
