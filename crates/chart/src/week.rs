//! A week hour by hour on one axis of time: requests as an area, below them what a serverless platform and a Kubernetes have,
//! as steps. Each strip has its own scale from zero: an instance and a node are not the same.

use super::{
    Chart, Table,
    scale::linear_ticks,
    scene::{Align, Dash, Label, Point, Scene},
    theme::Theme,
};
use plimsoll_model::{
    platform::Platform, platforms::capacity_trace::Hourly, sentence::Word, traffic::HOURS,
};
use plimsoll_wording::format;
use plotters::style::RGBColor;

/// What is to be known of the numbers.
const TERMS: &str = "Means of each hour, as they are billed. Hours that are nearly alike count as one load; what \
    is kept after the load has fallen stands in the hour after.";

/// A week of requests, and of what platforms have for them.
#[derive(Clone, Debug)]
pub struct Week {
    /// Requests per second in each hour.
    pub requests: Vec<f64>,
    /// What the platforms have, a serverless one and a Kubernetes.
    pub options: Vec<(Platform, Hourly)>,
}

impl Chart for Week {
    fn count(&self) -> usize {
        HOURS
    }

    fn reading(&self) -> String {
        reading(&self.options)
    }

    fn terms(&self) -> String {
        TERMS.to_owned()
    }

    fn read_out(&self, hour: usize) -> String {
        read_out(self, hour)
    }

    fn hit(&self, width: f64, x: f64, _: f64) -> Option<usize> {
        hour_at(width, x)
    }

    fn height(&self, _: f64) -> f64 {
        (NAME + STRIP) * (self.options.len() + 1) as f64 + BOTTOM
    }

    fn scene(&self, highlighted: Option<usize>, theme: &Theme, width: f64) -> Scene {
        scene(self, highlighted, theme, width)
    }

    fn table(&self) -> Table {
        let mut heads = vec!["Hour".to_owned(), "Requests a second".to_owned()];
        for (platform, hourly) in &self.options {
            heads.push([platform.name(), ", ", hourly.unit].concat());
        }
        let row = |hour: usize| {
            let mut row = vec![hour_name(hour), format::number(self.requests[hour])];
            for (_, hourly) in &self.options {
                row.push(format::number(hourly.by_hour[hour]));
            }
            row
        };
        (heads, (0..HOURS).map(row).collect())
    }
}

/// Space for the numbers.
const LEFT: f64 = 46.0;
const EDGE: f64 = 8.0;
/// Height of the name of a strip, and of the strip.
const NAME: f64 = 28.0;
const STRIP: f64 = 84.0;
/// Space for the days.
const BOTTOM: f64 = 24.0;

const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// The hour at a place across the chart, in CSS pixels; none beside the strips.
fn hour_at(width: f64, x: f64) -> Option<usize> {
    let frame = Frame::new(width);
    let hour = (x - frame.left) / (frame.right - frame.left) * HOURS as f64;
    (0.0..HOURS as f64).contains(&hour).then_some(hour as usize)
}

/// The name of an hour of the week: `Tuesday 14:00`.
fn hour_name(hour: usize) -> String {
    let clock = hour % 24;
    let tens = if clock < 10 { " 0" } else { " " };
    [DAYS[hour / 24 % 7], tens, &clock.to_string(), ":00"].concat()
}

/// An hour in words.
fn read_out(week: &Week, hour: usize) -> String {
    let Some(requests) = week.requests.get(hour) else {
        return String::new();
    };
    let mut text = hour_name(hour);
    text += &format::said(": {} requests a second", &[Word::Number(*requests)]);
    for (platform, hourly) in &week.options {
        let words = [
            Word::Name(platform.name()),
            count(hourly.by_hour[hour], hourly.unit),
        ];
        text += &format::said("; {} {}", &words);
    }
    text + "."
}

/// What the strips say, in a sentence.
fn reading(options: &[(Platform, Hourly)]) -> String {
    let mut text = String::new();
    for (platform, hourly) in options {
        let (fewest, most) = hourly.range();
        text += if text.is_empty() { "" } else { "; " };
        text += platform.name();
        let most_of = count(most, hourly.unit);
        text += &if most == 0.0 {
            format::said(" has no {} all week", &[Word::Name(hourly.unit)])
        } else if format::number(fewest) == format::number(most) {
            // What is written alike is the same to a reader.
            format::said(" pays for {} all week", &[most_of])
        } else {
            format::said(
                " follows between {} and {}",
                &[Word::Number(fewest), most_of],
            )
        };
    }
    text + "."
}

/// A number of things whose plural ends in an s.
fn count(x: f64, many: &'static str) -> Word {
    Word::Count(x, many.strip_suffix('s').unwrap_or(many), many)
}

fn scene(week: &Week, highlighted: Option<usize>, theme: &Theme, width: f64) -> Scene {
    let mut chart = Drawing {
        scene: Scene::new(width, theme),
        theme,
        frame: Frame::new(width),
        highlighted,
    };
    chart.days(week.height(width) - BOTTOM);
    let series = Series {
        by_hour: &week.requests,
        colour: theme.accent,
        dash: Dash::SOLID,
        is_area: true,
    };
    chart.strip(0, "Requests a second".into(), series);
    for (n, (platform, hourly)) in week.options.iter().enumerate() {
        let is_kubernetes = platform.is_kubernetes();
        let series = Series {
            by_hour: &hourly.by_hour,
            colour: theme.series[*platform as usize],
            dash: if is_kubernetes {
                Dash::new(7.0, 4.0)
            } else {
                Dash::SOLID
            },
            is_area: false,
        };
        let mut name = String::from(if width < 480.0 {
            platform.short_name()
        } else {
            platform.name()
        });
        let words = [Word::Name(hourly.unit), Word::Number(hourly.mean())];
        name += &format::said(": {}, mean {}", &words);
        chart.strip(n + 1, name, series);
    }
    chart.scene
}

#[derive(Clone, Copy, Debug)]
struct Frame {
    left: f64,
    right: f64,
}

impl Frame {
    fn new(width: f64) -> Self {
        Self {
            left: LEFT,
            right: (width - EDGE).max(LEFT + 40.0),
        }
    }

    fn x(&self, hour: usize) -> f64 {
        self.left + (self.right - self.left) * hour as f64 / HOURS as f64
    }
}

/// What is drawn in a strip.
struct Series<'a> {
    by_hour: &'a [f64],
    colour: RGBColor,
    dash: Dash,
    is_area: bool,
}

struct Drawing<'a> {
    scene: Scene,
    theme: &'a Theme,
    frame: Frame,
    highlighted: Option<usize>,
}

impl Drawing<'_> {
    fn small(&mut self, text: String, at: Point, align: Align) {
        let label = Label::new(text, at, align, self.theme.muted);
        self.scene.label(label.small());
    }

    fn days(&mut self, bottom: f64) {
        for (n, day) in DAYS.into_iter().enumerate() {
            let (from, to) = (self.frame.x(n * 24), self.frame.x(n * 24 + 24));
            let day = if to - from < 80.0 { &day[..3] } else { day };
            let at = (f64::midpoint(from, to), bottom + 14.0);
            self.small(day.to_owned(), at, Align::Centre);
        }
    }

    fn strip(&mut self, n: usize, name: String, series: Series<'_>) {
        let (frame, theme) = (self.frame, self.theme);
        let top = NAME + (NAME + STRIP) * n as f64;
        let bottom = top + STRIP;
        let name = Label::new(name, (6.0, top - 16.0), Align::Left, theme.text);
        // A narrow chart has no room for bold names.
        let is_bold = self.scene.width >= 480.0;
        self.scene.label(name.small().bold(is_bold));
        let most = series.by_hour.iter().copied().fold(0.0, f64::max);
        let ticks = linear_ticks(most, 2);
        let end = ticks[ticks.len() - 1];
        let y = |value: f64| bottom - STRIP * value / end;
        for tick in ticks {
            let y = y(tick);
            self.scene
                .hair((frame.left, y), (frame.right, y), theme.grid);
            self.small(format::short(tick), (frame.left - 6.0, y), Align::Right);
        }
        for day in 0..=7 {
            let x = frame.x(day * 24);
            self.scene.hair((x, top), (x, bottom), theme.grid);
        }
        let line = self.steps(&series, bottom, &y);
        self.scene.line(&line, series.colour, 2.0, series.dash);
        if let Some(hour) = self.highlighted.filter(|hour| *hour < series.by_hour.len()) {
            let x = f64::midpoint(frame.x(hour), frame.x(hour + 1));
            self.scene.hair((x, top), (x, bottom), theme.text);
            let at = (x, y(series.by_hour[hour]));
            self.scene.circle(at, 4.5, theme.panel, 0.0);
            self.scene.circle(at, 3.0, series.colour, 0.0);
        }
    }

    /// The line of the hours, with what is below it filled where it is an area.
    fn steps(&mut self, series: &Series<'_>, bottom: f64, y: &dyn Fn(f64) -> f64) -> Vec<Point> {
        let mut line = Vec::new();
        let mut from = 0;
        for hour in 1..=series.by_hour.len() {
            let value = series.by_hour[from];
            if series.by_hour.get(hour) == Some(&value) {
                continue;
            }
            let (left, right, top) = (self.frame.x(from), self.frame.x(hour), y(value));
            line.extend([(left, top), (right, top)]);
            if series.is_area {
                self.scene
                    .tint([(left, top), (right, bottom)], series.colour);
            }
            from = hour;
        }
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_belongs_to_the_hour_over_it() {
        let frame = Frame::new(600.0);
        for hour in [0, 1, 99, HOURS - 1] {
            let middle = f64::midpoint(frame.x(hour), frame.x(hour + 1));
            assert_eq!(hour_at(600.0, middle), Some(hour));
        }
        assert_eq!(hour_at(600.0, frame.left - 0.1), None);
        assert_eq!(hour_at(600.0, frame.right), None);
        assert_eq!(hour_at(600.0, f64::NAN), None);
        assert_eq!(hour_name(0), "Monday 00:00");
        assert_eq!(hour_name(HOURS - 1), "Sunday 23:00");
    }

    #[test]
    fn a_week_is_told_in_a_sentence() {
        let hourly = |unit, by_hour: Vec<f64>| Hourly {
            unit,
            by_hour,
            period: 1,
        };
        let options = [
            (Platform::CloudRun, hourly("instances", vec![0.0, 4.0])),
            (Platform::Gke, hourly("nodes", vec![1.0, 1.0])),
        ];
        assert_eq!(
            reading(&options),
            "Cloud Run follows between 0 and 4 instances; GKE Standard pays for 1 node all week."
        );
        let week = Week {
            requests: vec![0.5, 12.0],
            options: options.into(),
        };
        assert_eq!(
            read_out(&week, 1),
            "Monday 01:00: 12 requests a second; Cloud Run 4 instances; GKE Standard 1 node."
        );
        assert_eq!(read_out(&week, 2), "");
    }
}
