//! The total of every platform over requests per month, all else as the user has it.

use super::levels::CachedLevels;
use crate::{
    bill::CostCategory,
    compare::{Best, compare_for},
    inputs::Inputs,
    platform::Platform,
    prices::PriceBook,
    units::Usd,
};

/// Requests per month at which each decade of the sweep begins; it ends with the first point of the last one.
const DECADES: [f64; 8] = [1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10];
/// The points of a decade: round numbers, because they are read out, and nearly even steps on a log scale.
const DIGITS: [f64; 6] = [1.0, 1.5, 2.0, 3.0, 5.0, 7.0];

/// Where the sweep begins, requests per month: the fewest that a slider has.
pub const FIRST: f64 = DECADES[0];
/// Where it ends, requests per month: the most that can be entered.
pub const LAST: f64 = DECADES[DECADES.len() - 1];
/// How many points it has.
pub const POINTS: usize = (DECADES.len() - 1) * DIGITS.len() + 1;

/// Requests per month at a point.
pub fn requests_at(point: usize) -> f64 {
    let point = point.min(POINTS - 1);
    DECADES[point / DIGITS.len()] * DIGITS[point % DIGITS.len()]
}

/// What one platform costs over requests per month.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// The platform.
    pub platform: Platform,
    /// Whether a team can start on it.
    pub open: bool,
    /// Requests per month, and infrastructure and people together in US dollars a month; none where it can't run or has
    /// no price.
    pub points: Vec<(f64, Option<f64>)>,
    /// What of it is infrastructure, by each of [`CostCategory::INFRASTRUCTURE`]; nothing where there is no bill.
    pub parts: Vec<[f64; CostCategory::INFRASTRUCTURE.len()]>,
}

impl Curve {
    /// The dollars at a point.
    pub fn usd(&self, point: usize) -> Option<f64> {
        self.points.get(point).and_then(|(_, usd)| *usd)
    }

    /// The dollars of infrastructure at a point.
    pub fn infrastructure_usd(&self, point: usize) -> Option<f64> {
        self.usd(point)?;
        Some(self.parts.get(point)?.iter().sum())
    }
}

impl Best {
    /// The best at a point of a sweep.
    pub fn at(curves: &[Curve], point: usize) -> Self {
        let mut best = Self::default();
        for curve in curves.iter().filter(|curve| curve.open) {
            if let Some(usd) = curve.usd(point) {
                best.offer(curve.platform, usd);
            }
        }
        best
    }
}

/// The sweep, as far as it has come.
#[derive(Clone, Debug, PartialEq)]
pub struct Sweep {
    /// What stays the same.
    inputs: Inputs,
    levels: CachedLevels,
    /// One curve for each of [`Platform::ALL`], in that order, all with as many points as there are so far.
    pub curves: Vec<Curve>,
}

impl Sweep {
    /// A sweep that has not begun.
    pub fn new(inputs: &Inputs) -> Self {
        let curve = |platform| Curve {
            platform,
            open: false,
            points: Vec::new(),
            parts: Vec::new(),
        };
        Self {
            inputs: inputs.clone(),
            levels: CachedLevels::of(inputs),
            curves: Platform::ALL.into_iter().map(curve).collect(),
        }
    }

    /// How many points there are so far.
    pub fn done(&self) -> usize {
        self.curves[0].points.len()
    }

    /// Does one more point. Whether there is more to do.
    pub fn step(&mut self, book: &PriceBook) -> bool {
        let done = self.done();
        if done == POINTS {
            return false;
        }
        let requests = requests_at(done);
        self.inputs.http.requests_per_month = requests;
        let comparison = compare_for(&self.levels.case(&self.inputs), book);
        for curve in &mut self.curves {
            let usd = comparison.total(curve.platform).map(Usd::get);
            curve.points.push((requests, usd));
            let part = |category| {
                let bill = comparison.quote(curve.platform).ok();
                bill.map_or(0.0, |bill| bill.subtotal(category).get())
            };
            curve.parts.push(CostCategory::INFRASTRUCTURE.map(part));
            curve.open = comparison.is_open(curve.platform, &self.inputs);
        }
        done + 1 < POINTS
    }

    /// The inputs, with some other requests per month.
    pub(super) fn inputs(&self) -> Inputs {
        self.inputs.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_rise_in_nearly_even_steps_between_the_ends() {
        assert_eq!(requests_at(0), FIRST);
        assert_eq!(requests_at(POINTS - 1), LAST);
        for point in 1..POINTS {
            let step = requests_at(point) / requests_at(point - 1);
            assert!((1.3..1.7).contains(&step), "{point}: {step}");
        }
    }
}
