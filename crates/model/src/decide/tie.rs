//! Whether two totals can be told apart: the one definition of a tie, for the verdict, the ranking and the flips. The samples of
//! [`explore::sample`](crate::explore::sample) draw from the same distributions.
//!
//! What differs between platforms in ways that nobody knows: which calibration of engineering time is right (one draw, the
//! same for all platforms), by how much a kind of platform is off (a draw for each [`Kind`]), what is assumed (a draw for each
//! row of the price book), and routing on Cloud Run. Two platforms tie where neither is cheaper in 90 % of the samples, or
//! where their totals lie within [`Assumptions::uncertainty_of_model`] of the cheaper one and within [`LITTLE_USD`]. A tie is
//! symmetric and not transitive: a group is what ties with the cheapest.
//!
//! A total is infrastructure and a sum of parts times factors, so that fixed quasi-random points need no other plan and no
//! other bill. A range that the user gave an input enters by its slope: two further bills, made once.

use crate::sorting::by_number;
use crate::{
    basis::Basis,
    bill::{Bill, CostCategory, Line, Source},
    compare::{Comparison, compare_for},
    inputs::{Assumptions, Calibration, Field, Inputs},
    people::{self, FITTED, Kind, OFF},
    platform::Platform,
    platforms::Case,
    prices::{PriceBook, Prices},
    routing::{routing, triangular},
    units::{Dollar, Unit, Usd, WEEKS_PER_MONTH},
};
use std::{borrow::Cow, cell::OnceCell, sync::OnceLock};

/// How many points there are.
pub const POINTS: usize = 256;
/// The share of the samples in which one of two has to be cheaper to be the cheaper one.
pub const SURE: f64 = 0.9;
/// Two totals this near to each other, US dollars a month, are near; a share of the cheaper is asked for, too.
pub const LITTLE_USD: f64 = 100.0;

/// No point lies so many standard deviations from the middle.
const FARTHEST_DEVIATIONS: f64 = 4.0;

/// Rows of the price book that have a factor of their own; further ones share. A prime, since rows of a kind stand at like
/// distances in the book.
const ROWS: usize = 61;
/// Ranges of the user that have a draw of their own; further ones share.
const RANGES: usize = 8;

/// A number for each point.
type Samples = [f64; POINTS];

/// The points: what is drawn, in columns.
struct Points {
    /// Which of [`FITTED`] is right.
    calibration: [usize; POINTS],
    /// By what factor each kind of platform is off.
    kinds: [Samples; Kind::ALL.len()],
    /// The place among all routings, 0 to 1.
    routing: Samples,
    /// Standard normal, for each row.
    rows: [Samples; ROWS],
    /// Standard normal, for each range.
    ranges: [Samples; RANGES],
}

/// How many columns there are.
const COLUMNS: usize = 2 + Kind::ALL.len() + ROWS + RANGES;

/// The primes whose roots the columns step by: no two columns are ever in step. Of the first five, tried against 20,000 samples
/// of 300 contests, these err by 0.2 % in the mean and 1.9 % at most.
const PRIMES: [f64; COLUMNS] = [
    2.0, 3.0, 7.0, 23.0, 31.0, 5.0, 11.0, 13.0, 17.0, 19.0, 29.0, 37.0, 41.0, 43.0, 47.0, 53.0,
    59.0, 61.0, 67.0, 71.0, 73.0, 79.0, 83.0, 89.0, 97.0, 101.0, 103.0, 107.0, 109.0, 113.0, 127.0,
    131.0, 137.0, 139.0, 149.0, 151.0, 157.0, 163.0, 167.0, 173.0, 179.0, 181.0, 191.0, 193.0,
    197.0, 199.0, 211.0, 223.0, 227.0, 229.0, 233.0, 239.0, 241.0, 251.0, 257.0, 263.0, 269.0,
    271.0, 277.0, 281.0, 283.0, 293.0, 307.0, 311.0, 313.0, 317.0, 331.0, 337.0, 347.0, 349.0,
    353.0, 359.0, 367.0, 373.0,
];

/// The place of each point in the order of a column.
fn ranks(column: usize) -> [usize; POINTS] {
    let step = libm::sqrt(PRIMES[column]);
    let at = |n: usize| ((n as f64 + 0.5) * step).fract();
    let mut order: [usize; POINTS] = std::array::from_fn(|n| n);
    by_number(&mut order, |n| at(*n));
    let mut ranks = [0; POINTS];
    for (rank, n) in order.into_iter().enumerate() {
        ranks[n] = rank;
    }
    ranks
}

/// The middle of each of so many equally likely parts of what lies between 0 and 1.
fn middle_of_part(rank: usize) -> f64 {
    (rank as f64 + 0.5) / POINTS as f64
}

/// The number that so large a share of a standard normal distribution is below.
fn normal_quantile(share: f64) -> f64 {
    let (mut low, mut high) = (-FARTHEST_DEVIATIONS, FARTHEST_DEVIATIONS);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        let below = 0.5 * libm::erfc(-middle / core::f64::consts::SQRT_2);
        if below < share {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

impl Points {
    fn fixed() -> &'static Self {
        static FIXED: OnceLock<Points> = OnceLock::new();
        FIXED.get_or_init(|| {
            let column = |place: usize| ranks(place).map(middle_of_part);
            let normals: Samples = std::array::from_fn(|n| normal_quantile(middle_of_part(n)));
            let normal = |place: usize| ranks(place).map(|rank| normals[rank]);
            let calibration = column(0).map(|share| (share * FITTED.len() as f64) as usize);
            let kind = |kind: usize| column(1 + kind).map(|share| OFF.0 + (OFF.1 - OFF.0) * share);
            let rows = 2 + Kind::ALL.len();
            Self {
                calibration,
                kinds: std::array::from_fn(kind),
                routing: column(rows - 1),
                rows: std::array::from_fn(|row| normal(rows + row)),
                ranges: std::array::from_fn(|range| normal(rows + ROWS + range)),
            }
        })
    }

    /// The factors on what rests on each row, one standard deviation up being so large a share more.
    fn factors(&self, share: f64) -> [Samples; ROWS] {
        let step = libm::log1p(share);
        self.rows
            .map(|normal| normal.map(|deviations| libm::exp(step * deviations)))
    }

    /// [`factors`](Self::factors), those of the default without a further computation.
    fn factors_of(&self, assumptions: &Assumptions) -> Cow<'static, [Samples; ROWS]> {
        static DEFAULT: OnceLock<(f64, [Samples; ROWS])> = OnceLock::new();
        let (share, factors) = DEFAULT.get_or_init(|| {
            let share = Assumptions::default().uncertainty_of_assumed;
            (share, self.factors(share))
        });
        if *share == assumptions.uncertainty_of_assumed {
            Cow::Borrowed(factors)
        } else {
            Cow::Owned(self.factors(assumptions.uncertainty_of_assumed))
        }
    }
}

/// What each platform's total changes by where an input with a range is one standard deviation below or above its middle, US
/// dollars a month.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Slopes(Vec<[(f64, f64); Platform::ALL.len()]>);

impl Slopes {
    /// The slopes of every range; nothing to do where there is none.
    pub fn of(inputs: &Inputs, book: &PriceBook, comparison: &Comparison) -> Self {
        Self::by(inputs, &|there| {
            let moved = compare_for(&Case::of(there), book);
            Platform::ALL.map(|platform| {
                let totals = (moved.total(platform), comparison.total(platform));
                match totals {
                    (Some(there), Some(here)) => (there - here).get(),
                    _ => 0.0,
                }
            })
        })
    }

    /// Those of one platform alone, whose total is known.
    pub(crate) fn of_one(
        platform: Platform,
        total: Usd,
        inputs: &Inputs,
        prices: &Prices<'_>,
    ) -> Self {
        Self::by(inputs, &|there| {
            let mut moved = [0.0; Platform::ALL.len()];
            if let Ok(bill) = platform.quote(&Case::of(there), prices) {
                moved[platform as usize] = (bill.total() - total).get();
            }
            moved
        })
    }

    /// The slopes of every range, from what the platforms' totals change by where the inputs are others.
    fn by(inputs: &Inputs, moved: &dyn Fn(&Inputs) -> [f64; Platform::ALL.len()]) -> Self {
        let of_range = |between: &crate::inputs::Between| {
            let at = |deviations: f64| {
                let mut there = inputs.clone();
                if let Some(field) = Field::find(between.path) {
                    field.set_number(&mut there, between.at_deviations(deviations));
                }
                there.clamp_dependents();
                moved(&there)
            };
            let (below, above) = (at(-1.0), at(1.0));
            std::array::from_fn(|place| (below[place], above[place]))
        };
        Self(inputs.ranges.iter().map(of_range).collect())
    }
}

/// A platform in a contest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Held {
    /// Which.
    pub platform: Platform,
    /// What it is held by beyond its total, US dollars a month: what moving there costs.
    pub beyond: f64,
}

/// How totals may be off.
pub struct Doubt<'a> {
    inputs: &'a Inputs,
    comparison: &'a Comparison,
    slopes: &'a Slopes,
    /// Engineering time as one calibration has it; as any may where there is none.
    calibration: Option<Calibration>,
    points: &'static Points,
    factors: Cow<'static, [Samples; ROWS]>,
    /// The factor that none of these is beyond.
    farthest: f64,
}

impl<'a> Doubt<'a> {
    /// The doubt of a comparison.
    pub fn of(inputs: &'a Inputs, comparison: &'a Comparison, slopes: &'a Slopes) -> Self {
        let points = Points::fixed();
        Self {
            inputs,
            comparison,
            slopes,
            calibration: None,
            points,
            factors: points.factors_of(&inputs.assumptions),
            farthest: libm::pow(
                1.0 + inputs.assumptions.uncertainty_of_assumed,
                FARTHEST_DEVIATIONS,
            ),
        }
    }

    /// The doubt that is left where a calibration is right.
    pub(super) fn under(&self, calibration: Calibration) -> Self {
        Self {
            calibration: Some(calibration),
            factors: self.factors.clone(),
            ..*self
        }
    }

    /// Estimated engineering time on a platform under each of [`FITTED`] that may be right, US dollars a month, each kind
    /// apart; under the one that is right what it comes to.
    fn people(
        &self,
        platform: Platform,
        by_kind: &mut [[f64; FITTED.len()]; Kind::ALL.len()],
    ) -> f64 {
        let usd = |week: f64| week * WEEKS_PER_MONTH * self.inputs.team.rate_usd_per_hour;
        let mut sum = 0.0;
        for (class, inputs) in people::run(platform, self.inputs) {
            let weeks = if let Some(one) = self.calibration {
                let week = people::under(class, one, &inputs).unwrap_or(0.0);
                sum += usd(week);
                [week; FITTED.len()]
            } else {
                let hours = people::hours(class, &inputs);
                let estimated = hours.basis == Basis::Assumed;
                hours
                    .by_calibration
                    .map(|week| if estimated { week } else { 0.0 })
            };
            for (all, week) in by_kind[class.kind() as usize].iter_mut().zip(weeks) {
                *all += usd(week);
            }
        }
        sum
    }

    /// What a platform comes to, and how far it may be off; none where it has no bill.
    pub fn amount(&self, held: Held) -> Option<Amount<'_>> {
        let bill = self.comparison.quote(held.platform).ok()?;
        Some(self.amount_of(held, bill))
    }

    /// What a bill of a platform comes to, and how far it may be off.
    pub(crate) fn amount_of(&self, held: Held, bill: &Bill) -> Amount<'_> {
        let (mut sure, mut assumed, mut people) = (held.beyond, Vec::with_capacity(8), 0.0);
        let mut discounted = false;
        for line in &bill.lines {
            let usd = line.amount().get();
            match (line.basis, line.category, line.source) {
                (Basis::Assumed, CostCategory::People, _) => people += usd,
                // Of a share that is taken off, what is left to pay is in doubt.
                (Basis::Assumed, _, Source::Row(row)) if takes_off_a_share(line) => {
                    sure -= line.quantity;
                    assumed.push((row.place() % ROWS, line.quantity + usd));
                }
                (Basis::Assumed, _, Source::Row(row)) => {
                    assumed.push((row.place() % ROWS, usd));
                }
                // A discount of one's own contract takes its share off what is in doubt before it, too: a line for each part
                // of the bill, of one share.
                (Basis::Own, _, _) if takes_off_a_share(line) => {
                    sure += usd;
                    if std::mem::replace(&mut discounted, true) {
                        continue;
                    }
                    for (_, doubtful) in &mut assumed {
                        sure -= line.unit_price * *doubtful;
                        *doubtful *= 1.0 + line.unit_price;
                    }
                }
                _ => sure += usd,
            }
        }
        let infrastructure = sure + assumed.iter().map(|(_, usd)| usd).sum::<f64>();
        let mut by_kind = [[0.0; FITTED.len()]; Kind::ALL.len()];
        if people != 0.0 {
            let estimated = self.people(held.platform, &mut by_kind);
            if self.calibration.is_some() {
                people = estimated;
            }
        }
        Amount {
            doubt: self,
            platform: held.platform,
            rate: infrastructure + people,
            sure,
            assumed,
            people: by_kind,
            routing: routing(bill),
            samples: OnceCell::new(),
        }
    }
}

/// How many hours a week a platform takes at each point.
fn hours(platform: Platform, inputs: &Inputs) -> Samples {
    let points = Points::fixed();
    let mut samples = [0.0; POINTS];
    for (class, inputs) in people::run(platform, inputs) {
        let hours = people::hours(class, &inputs);
        let off = &points.kinds[class.kind() as usize];
        for (n, sample) in samples.iter_mut().enumerate() {
            let week = hours.by_calibration[points.calibration[n]];
            let factor = if hours.basis == Basis::Assumed {
                off[n]
            } else {
                1.0
            };
            *sample += factor * week;
        }
    }
    samples
}

/// Between how many hours a week a platform probably takes: what 10 of 100 points are at or below, and what 90 are.
pub fn hours_likely(platform: Platform, inputs: &Inputs) -> (f64, f64) {
    most_likely(hours(platform, inputs))
}

/// Between how many hours a week more one platform probably takes than another, with one draw for both.
pub fn hours_apart(one: Platform, other: Platform, inputs: &Inputs) -> (f64, f64) {
    let (one, other) = (hours(one, inputs), hours(other, inputs));
    most_likely(std::array::from_fn(|n| one[n] - other[n]))
}

/// What 10 of 100 points are at or below, and what 90 are.
fn most_likely(mut samples: Samples) -> (f64, f64) {
    let mut at = |share: f64| {
        let place = (share * (POINTS - 1) as f64).round() as usize;
        *samples.select_nth_unstable_by(place, f64::total_cmp).1
    };
    (at(1.0 - SURE), at(SURE))
}

/// Whether a line takes a share off dollars.
fn takes_off_a_share(line: &Line) -> bool {
    line.unit == Dollar::NAME && (-1.0..0.0).contains(&line.unit_price)
}

/// What a platform comes to, and how far it may be off, US dollars a month.
pub struct Amount<'d> {
    doubt: &'d Doubt<'d>,
    /// Of which platform.
    pub platform: Platform,
    /// What it is held by.
    pub rate: f64,
    /// What nobody doubts of it.
    sure: f64,
    /// What rests on assumptions, by the row of the price book.
    assumed: Vec<(usize, f64)>,
    /// Estimated engineering time of each kind under each of [`FITTED`] that may be right.
    people: [[f64; FITTED.len()]; Kind::ALL.len()],
    /// What routing takes off or adds.
    routing: Option<(f64, f64)>,
    samples: OnceCell<Box<Samples>>,
}

impl Amount<'_> {
    /// What it is held by at each point.
    fn samples(&self) -> &Samples {
        self.samples.get_or_init(|| {
            let points = self.doubt.points;
            let mut samples = Box::new([self.sure; POINTS]);
            for (row, usd) in &self.assumed {
                for (sample, factor) in samples.iter_mut().zip(&self.doubt.factors[*row]) {
                    *sample += usd * factor;
                }
            }
            let of_kinds = self.people.iter().zip(&points.kinds);
            for (people, off) in of_kinds.filter(|(people, _)| **people != [0.0; FITTED.len()]) {
                for (n, sample) in samples.iter_mut().enumerate() {
                    *sample += people[points.calibration[n]] * off[n];
                }
            }
            if let Some((low, high)) = self.routing {
                for (sample, share) in samples.iter_mut().zip(&points.routing) {
                    *sample += triangular(low, high, *share);
                }
            }
            for (range, slopes) in self.doubt.slopes.0.iter().enumerate() {
                let (below, above) = slopes[self.platform as usize];
                for (sample, deviations) in samples.iter_mut().zip(&points.ranges[range % RANGES]) {
                    let slope = if *deviations < 0.0 { -below } else { above };
                    *sample += slope * deviations;
                }
            }
            samples
        })
    }

    /// What 10 of 100 points are at or below, and what 90 are.
    pub(crate) fn most_likely(&self) -> (f64, f64) {
        self::most_likely(*self.samples())
    }

    /// Between which amounts it lies at every point.
    fn extent(&self) -> (f64, f64) {
        if !self.doubt.slopes.0.is_empty() {
            return (f64::NEG_INFINITY, f64::INFINITY);
        }
        let (mut low, mut high) = (self.sure, self.sure);
        let far = self.doubt.farthest;
        for (_, usd) in &self.assumed {
            low += (usd / far).min(usd * far);
            high += (usd / far).max(usd * far);
        }
        for people in self.people {
            low += OFF.0 * people.into_iter().fold(f64::INFINITY, f64::min);
            high += OFF.1 * people.into_iter().fold(0.0, f64::max);
        }
        let (least, most) = self.routing.unwrap_or_default();
        (low + least, high + most)
    }

    /// The share of the points at which it is cheaper than another.
    pub fn cheaper_than(&self, other: &Self) -> f64 {
        let both = self.samples().iter().zip(other.samples());
        let below = both.filter(|(here, there)| here < there).count();
        below as f64 / POINTS as f64
    }

    /// Whether neither of the two can be called the cheaper one; with itself everything ties, however little is near.
    pub fn ties_with(&self, other: &Self) -> bool {
        if self.platform == other.platform {
            return true;
        }
        if self.rate <= other.rate {
            other.shortfall_usd(self) > 0.0
        } else {
            self.shortfall_usd(other) > 0.0
        }
    }

    /// By how many dollars a month `other` fails to be clearly cheaper; zero or less where it is.
    pub(super) fn shortfall_usd(&self, other: &Self) -> f64 {
        let gap = self.rate - other.rate;
        let share = self.doubt.inputs.assumptions.uncertainty_of_model;
        let near = (share * self.rate.min(other.rate)).min(LITTLE_USD) - gap;
        if gap <= 0.0 || near > 0.0 {
            return near;
        }
        // Most are so far apart that no point can bring them together.
        let least = self.extent().0 - other.extent().1;
        if least > 0.0 {
            return near.max(-least);
        }
        let (here, there) = (self.samples(), other.samples());
        let mut differences: Samples = std::array::from_fn(|n| here[n] - there[n]);
        // One in ten of the points lies below it.
        let place = POINTS - (SURE * POINTS as f64).ceil() as usize;
        let (_, tenth, _) = differences.select_nth_unstable_by(place, f64::total_cmp);
        (-*tenth).max(near)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::compare;

    #[test]
    fn the_points_have_the_moments_that_they_should() {
        let points = Points::fixed();
        let mean = |samples: &Samples| samples.iter().sum::<f64>() / POINTS as f64;
        for calibration in 0..FITTED.len() {
            let drawn = points
                .calibration
                .iter()
                .filter(|n| **n == calibration)
                .count();
            assert!((84..=87).contains(&drawn), "{drawn}");
        }
        for kind in &points.kinds {
            assert!((mean(kind) - 1.0).abs() < 0.005);
        }
        for normal in points.rows.iter().chain(&points.ranges) {
            assert!(normal.iter().all(|x| x.abs() < FARTHEST_DEVIATIONS));
            let squares = mean(&normal.map(|x| x * x));
            assert!(
                mean(normal).abs() < 1e-9 && (squares - 1.0).abs() < 0.02,
                "{squares}"
            );
        }
    }

    #[test]
    fn a_tie_is_symmetric_and_a_platform_ties_with_itself() {
        let inputs = Inputs::default();
        let comparison = compare(&inputs, &PriceBook::bundled());
        let slopes = Slopes::default();
        let doubt = Doubt::of(&inputs, &comparison, &slopes);
        let amount = |platform: Platform| {
            doubt.amount(Held {
                platform,
                beyond: 0.0,
            })
        };
        let all: Vec<Amount<'_>> = Platform::ALL.into_iter().filter_map(amount).collect();
        assert!(all.len() > 10);
        for one in &all {
            let total = comparison.total(one.platform).map_or(0.0, Usd::get);
            assert!((one.rate - total).abs() < 1e-9);
            assert!(one.ties_with(one));
            let (low, high) = one.extent();
            assert!(one.samples().iter().all(|usd| (low..=high).contains(usd)));
            for other in &all {
                assert_eq!(one.ties_with(other), other.ties_with(one));
                assert!(one.cheaper_than(other) + other.cheaper_than(one) <= 1.0);
            }
        }
    }
}
