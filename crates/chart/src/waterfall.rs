//! From the vCPU that requests use to the vCPU that is paid: a row for each step, its bar where the last one ended, and the
//! whole below. What is used is filled with one pattern and what comes on top with another; a step down is an empty frame.

use super::{
    Chart, Table,
    bars::fill,
    rows::{self, EDGE, LEFT, ROW, Rows},
    scale::linear_ticks,
    scene::{Align, BOLD, Dash, Label, Scene, TYPE, wide},
    theme::Theme,
};
use plimsoll_model::{
    bill::CostCategory,
    platforms::capacity_trace::{CapacityTrace, Step},
    sentence::Word,
};
use plimsoll_wording::format;

impl Chart for CapacityTrace {
    fn count(&self) -> usize {
        rows(self).len()
    }

    fn reading(&self) -> String {
        reading(self)
    }

    fn read_out(&self, row: usize) -> String {
        read_out(self, row)
    }

    fn hit(&self, width: f64, x: f64, y: f64) -> Option<usize> {
        rows::hit_test(TOP, self.count(), width, (x, y))
    }

    fn height(&self, _: f64) -> f64 {
        rows::height(TOP, self.count())
    }

    fn scene(&self, highlighted: Option<usize>, theme: &Theme, width: f64) -> Scene {
        scene(self, highlighted, theme, width)
    }

    fn table(&self) -> Table {
        let heads = ["Step", "Mean vCPU", "Together"].map(str::to_owned);
        let row = |(what, vcpu, end): Row| {
            vec![what.to_owned(), format::number(vcpu), format::number(end)]
        };
        (heads.into(), rows(self).into_iter().map(row).collect())
    }
}

/// Space above the rows, CSS pixels.
const TOP: f64 = 4.0;
const DOTTED: Dash = Dash::new(2.0, 3.0);
/// How what is used and what comes on top is filled.
const USED: usize = CostCategory::Compute as usize;
const ON_TOP: usize = CostCategory::Observability as usize;

/// A row: its name, the vCPU that it adds, and where it ends.
type Row = (&'static str, f64, f64);

/// The steps as rows, then the whole, and last the whole with other padding.
fn rows(trace: &CapacityTrace) -> Vec<Row> {
    let mut end = 0.0;
    let mut rows: Vec<Row> = trace
        .steps
        .iter()
        .map(|step| {
            end += step.vcpu;
            (step.what, step.vcpu, end)
        })
        .collect();
    rows.push(("Paid", end, end));
    rows.extend(trace.beside.map(|Step { what, vcpu }| (what, vcpu, vcpu)));
    rows
}

/// Whether a row stands for itself, not for a step.
fn is_whole(trace: &CapacityTrace, row: usize) -> bool {
    row == 0 || row >= trace.steps.len()
}

/// A row in words.
fn read_out(trace: &CapacityTrace, row: usize) -> String {
    let rows = rows(trace);
    let Some((what, vcpu, end)) = rows.get(row) else {
        return String::new();
    };
    let what = Word::Name(what);
    if is_whole(trace, row) {
        return format::said("{}: {} vCPU on average.", &[what, Word::Number(*vcpu)]);
    }
    let text = if *vcpu < 0.0 {
        "{}: \u{2212}{} vCPU, which makes {}."
    } else {
        "{}: +{} vCPU, which makes {}."
    };
    format::said(text, &[what, Word::Number(vcpu.abs()), Word::Number(*end)])
}

/// What the steps say, in a sentence.
fn reading(trace: &CapacityTrace) -> String {
    let (paid, used) = (trace.paid(), trace.used());
    let words = [Word::Number(paid), Word::Number(used)];
    // What is written alike is the same to a reader.
    let text = if format::number(paid) == "0" {
        "No vCPU is paid for."
    } else if format::number(paid) == format::number(used) {
        "All of the {} vCPU that are paid for are used by requests."
    } else if used > paid {
        "{} vCPU are paid for, and requests use {}."
    } else {
        "Of {} vCPU paid for, requests use {}."
    };
    format::said(text, &words)
}

fn signed(vcpu: f64) -> String {
    let sign = if vcpu < 0.0 { "\u{2212}" } else { "+" };
    String::from(sign) + &format::number(vcpu.abs())
}

fn scene(trace: &CapacityTrace, highlighted: Option<usize>, theme: &Theme, width: f64) -> Scene {
    let rows = rows(trace);
    let text = |(n, row): (usize, &Row)| {
        if is_whole(trace, n) {
            format::number(row.1)
        } else {
            signed(row.1)
        }
    };
    let texts: Vec<String> = rows.iter().enumerate().map(text).collect();
    let room = texts
        .iter()
        .map(|text| BOLD * wide(text, TYPE))
        .fold(40.0, f64::max);
    let mut chart = Drawing {
        scene: Scene::new(width, theme),
        theme,
        rows: Rows::new(width, TOP, LEFT + 50.0, room + 10.0),
        end: 1.0,
    };
    chart.axis(&rows);
    for (n, text) in texts.into_iter().enumerate() {
        if highlighted == Some(n) {
            chart.rows.highlight(n, &mut chart.scene, theme);
        }
        chart.row(n, is_whole(trace, n), &rows, text);
    }
    chart.scene
}

struct Drawing<'a> {
    scene: Scene,
    theme: &'a Theme,
    rows: Rows,
    /// The vCPU at the right end.
    end: f64,
}

impl Drawing<'_> {
    fn x(&self, vcpu: f64) -> f64 {
        self.rows.left + (self.rows.right - self.rows.left) * vcpu / self.end
    }

    fn axis(&mut self, rows: &[Row]) {
        let largest = rows.iter().map(|row| row.2).fold(0.0, f64::max);
        let is_wide = self.rows.right - self.rows.left >= 320.0;
        let ticks = linear_ticks(largest, if is_wide { 5 } else { 3 });
        let last = ticks.len() - 1;
        self.end = ticks[last];
        let bottom = self.rows.top_of(rows.len());
        for (n, tick) in ticks.into_iter().enumerate() {
            let align = match n {
                0 if self.rows.is_narrow => Align::Left,
                _ if n == last => Align::Right,
                _ => Align::Centre,
            };
            let mut text = format::short(tick);
            if n == last && is_wide {
                text += " vCPU";
            }
            let (x, theme) = (self.x(tick), self.theme);
            let label = Label::new(text, (x, bottom + 13.0), align, theme.muted);
            self.scene.label(label);
            if !self.rows.is_narrow {
                self.scene.hair((x, TOP), (x, bottom), theme.grid);
            }
        }
    }

    fn bar(&mut self, part: usize, (from, to): (f64, f64), (above, below): (f64, f64)) {
        let corners = [(self.x(from), above), (self.x(to), below)];
        fill(&mut self.scene, self.theme, part, false, corners);
    }

    fn row(&mut self, n: usize, is_whole: bool, rows: &[Row], text: String) {
        let (what, _, end) = rows[n];
        let is_paid = is_whole && n > 0;
        let theme = self.theme;
        let (at, middle) = self.rows.middles(n);
        let thick = if self.rows.is_narrow { 10.0 } else { 20.0 };
        let name = if self.rows.is_narrow {
            Label::new(what, (EDGE, at), Align::Left, theme.text).small()
        } else {
            Label::new(what, (self.rows.left - 10.0, at), Align::Right, theme.text)
        };
        self.scene.label(name.bold(is_paid));
        let at = (self.scene.width - EDGE, at);
        let value = Label::new(text, at, Align::Right, theme.text);
        self.scene.label(value.bold(is_paid));
        let (above, below) = (middle - thick / 2.0, middle + thick / 2.0);
        let before = if n == 0 { 0.0 } else { rows[n - 1].2 };
        if n == 0 {
            self.bar(USED, (0.0, end), (above, below));
        } else if is_paid {
            let used = rows[0].2.min(end);
            self.bar(USED, (0.0, used), (above, below));
            self.bar(ON_TOP, (used, end), (above, below));
        } else if end >= before {
            self.bar(ON_TOP, (before, end), (above, below));
        } else {
            let (from, to) = (self.x(end), self.x(before));
            let frame = [
                (from, above),
                (to, above),
                (to, below),
                (from, below),
                (from, above),
            ];
            self.scene.line(&frame, theme.text, 1.0, Dash::SOLID);
        }
        // From where one bar ends to where the next one begins.
        if !is_paid && !self.rows.is_narrow {
            let x = self.x(end);
            let ends = [(x, below), (x, below + ROW - thick)];
            self.scene.line(&ends, theme.muted, 1.0, DOTTED);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll_model::platforms::capacity_trace::Hourly;

    fn trace(beside: Option<Step>) -> CapacityTrace {
        CapacityTrace {
            hourly: Hourly {
                unit: "pods",
                by_hour: Vec::new(),
                period: 1,
            },
            steps: STEPS.to_vec(),
            beside,
        }
    }

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
        let ends: Vec<f64> = rows(&trace(None)).iter().map(|(_, _, end)| *end).collect();
        assert_eq!(ends, [1.0, 3.5, 3.0, 3.0]);
        let beside = Step {
            what: "Paid in the field",
            vcpu: 14.0,
        };
        let both = trace(Some(beside));
        assert_eq!(rows(&both)[4], ("Paid in the field", 14.0, 14.0));
        assert_eq!(read_out(&both, 4), "Paid in the field: 14 vCPU on average.");
        assert_eq!(both.count(), 5);
    }

    #[test]
    fn rows_are_read_out() {
        let alone = trace(None);
        let told = [0, 1, 2, 3, 4].map(|row| read_out(&alone, row));
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
        assert_eq!(
            rows::hit_test(TOP, 4, 600.0, (10.0, TOP + ROW * 3.5)),
            Some(3)
        );
        assert_eq!(rows::hit_test(TOP, 4, 600.0, (10.0, TOP + ROW * 4.0)), None);
        assert_eq!(rows::hit_test(TOP, 4, 600.0, (-1.0, TOP)), None);
    }
}
