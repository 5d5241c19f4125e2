//! Where the cheapest serverless platform and the cheapest Kubernetes change places as requests grow.
//!
//! Costs have steps (replicas, nodes), so they may change places more than once: the first and the last change between
//! the points of a sweep are found, each narrowed by bisection. Only platforms that a team can start on count.

use super::sweep::{Curve, Sweep};
use crate::model::{
    compare::{Comparison, compare},
    inputs::Inputs,
    platform::Platform,
    prices::PriceBook,
    units::SECONDS_PER_MONTH,
};

/// A break-even lies between two numbers of requests that differ by no more than this share.
pub const PRECISION: f64 = 0.001;

/// The cheapest platform of either side, with its dollars a month.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Best {
    /// The serverless one.
    pub serverless: Option<(Platform, f64)>,
    /// The Kubernetes.
    pub kubernetes: Option<(Platform, f64)>,
}

impl Best {
    fn offer(&mut self, platform: Platform, usd: f64) {
        let side = if platform.about().people.is_kubernetes() {
            &mut self.kubernetes
        } else {
            &mut self.serverless
        };
        if side.is_none_or(|(_, best)| usd < best) {
            *side = Some((platform, usd));
        }
    }

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

    /// The best of a comparison.
    pub fn of(comparison: &Comparison, inputs: &Inputs) -> Self {
        let mut best = Self::default();
        for platform in Platform::ALL {
            if comparison.is_open(platform, inputs)
                && let Some(usd) = comparison.total(platform)
            {
                best.offer(platform, usd.get());
            }
        }
        best
    }

    /// The cheaper of the two, serverless if they cost the same; none unless both sides have one.
    pub fn winner(&self) -> Option<(Platform, f64)> {
        let (serverless, kubernetes) = (self.serverless?, self.kubernetes?);
        Some(if kubernetes.1 < serverless.1 {
            kubernetes
        } else {
            serverless
        })
    }
}

/// A break-even.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BreakEven {
    /// From so many requests a month on the platform `above` costs less.
    pub per_month: f64,
    /// The same per second, on average over the month.
    pub per_second: f64,
    /// Requests a month at which `below` still costs less: no more than [`PRECISION`] under `per_month`.
    pub still_below: f64,
    /// Dollars a month that `above` costs there.
    pub usd: f64,
    /// The cheapest of the side that wins below.
    pub below: Platform,
    /// The cheapest of the side that wins above.
    pub above: Platform,
}

/// The search for the break-evens of a sweep.
#[derive(Clone, Debug, PartialEq)]
pub struct Search {
    inputs: Inputs,
    found: Vec<BreakEven>,
}

impl Search {
    /// A search that has not begun, in a sweep that is complete.
    pub fn new(sweep: &Sweep) -> Self {
        let mut found: Vec<BreakEven> = Vec::new();
        for point in 1..sweep.done() {
            let old = Best::at(&sweep.curves, point - 1).winner();
            let new = Best::at(&sweep.curves, point).winner();
            let (Some(old), Some(new)) = (old, new) else {
                continue;
            };
            if is_kubernetes(old.0) != is_kubernetes(new.0) {
                // Between the first and the last nothing is kept.
                found.truncate(1);
                let requests = |point: usize| sweep.curves[0].points[point].0;
                found.push(BreakEven {
                    still_below: requests(point - 1),
                    below: old.0,
                    ..from(requests(point), new)
                });
            }
        }
        Self {
            inputs: sweep.inputs(),
            found,
        }
    }

    /// Makes one comparison. Whether there is more to do.
    pub fn step(&mut self, book: &PriceBook) -> bool {
        let Some(place) = self.found.iter().position(is_wide) else {
            return false;
        };
        let wide = self.found[place];
        let middle = libm::sqrt(wide.still_below * wide.per_month);
        self.inputs.http.requests_per_month = middle;
        let comparison = compare(&self.inputs, book);
        match Best::of(&comparison, &self.inputs).winner() {
            // A side that can't run the workload has no price to break even with.
            None => {
                self.found.remove(place);
            }
            Some(winner) if is_kubernetes(winner.0) == is_kubernetes(wide.below) => {
                self.found[place].still_below = middle;
                self.found[place].below = winner.0;
            }
            Some(winner) => {
                self.found[place] = BreakEven {
                    still_below: wide.still_below,
                    below: wide.below,
                    ..from(middle, winner)
                };
            }
        }
        self.found.iter().any(is_wide)
    }

    /// The first and the last break-even, once there is no more to do; one if there is one, none if one side is the
    /// cheaper everywhere.
    pub fn found(&self) -> &[BreakEven] {
        &self.found
    }
}

/// A break-even above which a platform wins, what is below not known yet.
fn from(per_month: f64, (above, usd): (Platform, f64)) -> BreakEven {
    BreakEven {
        per_month,
        per_second: per_month / SECONDS_PER_MONTH,
        still_below: 0.0,
        usd,
        below: above,
        above,
    }
}

fn is_wide(break_even: &BreakEven) -> bool {
    break_even.still_below < break_even.per_month * (1.0 - PRECISION)
}

fn is_kubernetes(platform: Platform) -> bool {
    platform.about().people.is_kubernetes()
}
