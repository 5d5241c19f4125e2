//! The map: who wins over two inputs. Calm water has the tint of the side that wins by every estimate of people, contested water the
//! stripes of both; a thick line is the border by the estimate that the user chose. Ink is the user's: the mark at their own place,
//! and the course of 36 months of growth.

mod axes;
mod drawing;
mod water;

use super::{Chart, Table, scene::Scene, theme::Theme};
use plimsoll_model::{
    decide::Answer,
    explore::map::{Axis, Map, Outcome},
    inputs::Calibration,
    units::Usd,
};
use plimsoll_wording::format;

/// The chart of a map.
#[derive(Clone, Debug, PartialEq)]
pub struct WhoWins {
    /// What it shows, from its first shape on.
    pub map: Map,
}

/// What the tints, the lines and the numbers mean, in the order of the legend.
pub const KEYS: [&str; 5] = [
    "Serverless by every estimate",
    "Kubernetes by every estimate",
    "Estimates disagree",
    "Your border",
    "Saved, $1,000s a month",
];

/// A chart that is less wide than this says less, CSS pixels.
const NARROW: f64 = 560.0;

/// The estimates as they are named in a sentence, in the order of [`Calibration::ALL`].
const ESTIMATES: [&str; Calibration::ALL.len()] = [
    "the middle of the three",
    "the article",
    "the vendor",
    "the practitioner",
];

/// What is said of a side.
fn side(kubernetes: bool) -> &'static str {
    if kubernetes {
        "Kubernetes"
    } else {
        "serverless"
    }
}

/// A value of an axis, beside the name of the input: `50 ms`, but `15` of what that name counts.
fn value(axis: &Axis, x: f64) -> String {
    let range = axis.field.range();
    let unit = range.filter(|range| !range.counts_things() && !range.unit.is_empty());
    unit.map_or_else(
        || format::number(x),
        |range| [&format::number(x), " ", range.unit].concat(),
    )
}

/// A value of an axis by itself, in short: `50 ms`, `15 engineers`, `200M`.
fn short(axis: &Axis, x: f64) -> String {
    let text = format::short(x);
    match axis.field.range() {
        Some(range) if !range.unit.is_empty() && range.unit != "requests" => {
            // There are several of all but one of what comes in whole ones.
            let plural = if range.whole && x == 1.0 { "s" } else { "" };
            let unit = range.unit.strip_suffix(plural).unwrap_or(range.unit);
            [&text, " ", unit].concat()
        }
        _ => text,
    }
}

/// In which waters a course lies, in words, and for how long: the first is today, each next one a month later.
fn waters(along: &[Option<Outcome>]) -> String {
    let water = |outcome: Option<Outcome>| outcome.map(|outcome| outcome.agreed());
    let (mut text, mut from) = (String::new(), 0);
    while let Some(first) = along.get(from) {
        let is_same = |other: &&Option<Outcome>| water(**other) == water(*first);
        let to = from + along[from..].iter().take_while(is_same).count();
        let name = match water(*first) {
            None => "nothing can run it".to_owned(),
            Some(None) => "the estimates disagree".to_owned(),
            Some(Some(kubernetes)) => [side(kubernetes), " wins by every estimate"].concat(),
        };
        text += &match (from, to < along.len()) {
            (0, true) => format!("{name} for {}", format::count(to as f64, "month", "months")),
            (0, false) => format!("{name} for all {} months", along.len() - 1),
            (_, true) => format!(", {name} until month {to}"),
            (_, false) => format!(", then {name}"),
        };
        from = to;
    }
    text
}

impl WhoWins {
    /// The places on both axes of a part: of the coarse grid, row by row from the top.
    pub fn stop(&self, part: usize) -> Option<[usize; 2]> {
        let (columns, rows) = (self.map.x.coarse(), self.map.y.coarse());
        let row = rows.len().checked_sub(1 + part / columns.len())?;
        Some([columns[part % columns.len()], rows[row]])
    }

    fn outcome(&self, part: usize) -> Option<Outcome> {
        let [x, y] = self.stop(part)?;
        self.map.at(x, y)
    }

    /// How an outcome is told.
    fn told(outcome: &Outcome) -> String {
        let chosen = outcome.chosen();
        let kubernetes = outcome.is_kubernetes(chosen);
        let [serverless, other] = [outcome.best.serverless, outcome.best.kubernetes]
            .map(|best| best.map(|(platform, _)| platform.name()));
        let (here, there) = if kubernetes {
            (other, serverless)
        } else {
            (serverless, other)
        };
        let here = here.unwrap_or("nobody");
        let money = |usd: f64| format::usd_estimated(Usd::of(usd.abs()));
        let saves = match (outcome.saves_usd(), there) {
            (Some(usd), Some(there)) if usd < 0.0 => {
                format!("costs {} a month more than {there}", money(usd))
            }
            (Some(usd), Some(there)) => format!("saves {} a month against {there}", money(usd)),
            _ => format!("stands alone: no {} can run it", side(!kubernetes)),
        };
        if outcome.is_ruled() {
            let side = side(kubernetes);
            return format!("a rule, not money, says {side}; {here} {saves}.");
        }
        if outcome.agreed().is_some() {
            return format!("{here} {saves}, by every estimate.");
        }
        let others: Vec<&str> = Calibration::ALL
            .into_iter()
            .filter(|other| outcome.is_kubernetes(*other) != kubernetes)
            .map(|other| ESTIMATES[other as usize])
            .collect();
        format!(
            "the estimates disagree. By {} {here} wins and {saves}; by {} {} does.",
            ESTIMATES[chosen as usize],
            format::listed(&others),
            side(!kubernetes)
        )
    }
}

impl Chart for WhoWins {
    fn count(&self) -> usize {
        self.map.x.coarse().len() * self.map.y.coarse().len()
    }

    fn reading(&self) -> String {
        match (&self.map.along[..], self.map.at_here) {
            (along @ [_, .., _], _) => {
                let [now, next, ..] = &self.map.course[..] else {
                    return String::new();
                };
                let change = 100.0 * (next / now - 1.0);
                let word = if change < 0.0 { "Shrinking" } else { "Growing" };
                let change = format::number((change.abs() * 100.0).round() / 100.0);
                format!("{word} {change} % a month: {}.", waters(along))
            }
            (_, Some(outcome)) if self.map.here.is_some() => {
                format::capital(&format!("where you are, {}", Self::told(&outcome)))
            }
            _ => String::new(),
        }
    }

    fn read_out(&self, part: usize) -> String {
        let Some([x, y]) = self.stop(part) else {
            return String::new();
        };
        let (x, y) = ((&self.map.x, x), (&self.map.y, y));
        let [x, y] = [x, y].map(|(axis, place)| {
            let value = value(axis, axis.stops[place]);
            [axis.field.label, " ", &value].concat()
        });
        let told = match self.outcome(part) {
            Some(outcome) => Self::told(&outcome),
            None => "nothing can run it, or the two can\u{2019}t be had together.".into(),
        };
        format!("{x}; {y}: {told}")
    }

    fn hit(&self, width: f64, x: f64, y: f64) -> Option<usize> {
        let frame = drawing::Frame::new(self, width);
        if !frame.contains((x, y), 10.0) {
            return None;
        }
        let away = |part: &usize| {
            let at = self
                .stop(*part)
                .map_or((0.0, 0.0), |stop| frame.at(&self.map, stop));
            libm::hypot(at.0 - x, at.1 - y)
        };
        (0..self.count()).min_by(|a, b| away(a).total_cmp(&away(b)))
    }

    fn height(&self, width: f64) -> f64 {
        if width < NARROW { 350.0 } else { 460.0 }
    }

    fn scene(&self, highlighted: Option<usize>, theme: &Theme, width: f64) -> Scene {
        drawing::scene(self, highlighted, theme, width)
    }

    fn legend(&self, scene: &mut Scene, theme: &Theme, y: f64) -> f64 {
        water::legend(scene, theme, y)
    }

    fn table(&self) -> Table {
        let heads = [
            self.map.x.field.label,
            self.map.y.field.label,
            "Wins",
            "Saves a month",
            "By every estimate",
            "Serverless",
            "Kubernetes",
        ];
        let none = || "\u{2013}".to_owned();
        let row = |part: usize| {
            let [x, y] = self.stop(part).unwrap_or_default();
            let mut row = vec![
                value(&self.map.x, self.map.x.stops[x]),
                value(&self.map.y, self.map.y.stops[y]),
            ];
            let outcome = self.outcome(part);
            let winner = outcome.and_then(|outcome| outcome.winner());
            row.push(winner.map_or_else(none, |platform| platform.name().into()));
            let saves = outcome.and_then(|outcome| outcome.saves_usd());
            row.push(saves.map_or_else(none, |usd| format::usd(Usd::of(usd))));
            row.push(outcome.map_or_else(none, |outcome| {
                let word = match (outcome.left, outcome.agreed()) {
                    (Answer::Any, Some(_)) => "yes",
                    (Answer::Any, None) => "no",
                    _ => "by a rule",
                };
                word.into()
            }));
            for best in [0, 1] {
                let best = outcome
                    .and_then(|outcome| [outcome.best.serverless, outcome.best.kubernetes][best]);
                row.push(best.map_or_else(none, |(platform, usd)| {
                    [platform.name(), ", ", &format::usd(Usd::of(usd))].concat()
                }));
            }
            row
        };
        (
            heads.map(str::to_owned).into(),
            (0..self.count()).map(row).collect(),
        )
    }
}
