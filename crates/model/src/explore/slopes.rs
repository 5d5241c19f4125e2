//! What the cheapest of either side costs over the positions of a slider, all else as the user has it: how steep it is says
//! how much the input matters.

use super::{flips::Setting, levels::CachedLevels};
use crate::{
    compare::{Best, compare_for},
    inputs::{Field, Inputs},
    prices::PriceBook,
};

/// The outcome over a slider, as far as it has come.
#[derive(Clone, Debug, PartialEq)]
pub struct Slope {
    /// The input.
    pub field: &'static Field,
    /// Positions on the slider, from 0 to 1 and rising, each with the value there.
    pub places: Vec<(f64, f64)>,
    /// The cheapest of either side at each of them; as many as there are so far.
    pub points: Vec<Best>,
    levels: Option<CachedLevels>,
}

/// Dollars a month of both sides at a position; none where a side has no platform.
pub type Sides = [Option<f64>; 2];

impl Slope {
    /// A slope that has not begun.
    pub fn new(field: &'static Field, places: Vec<(f64, f64)>) -> Self {
        Self {
            field,
            places,
            points: Vec::new(),
            levels: None,
        }
    }

    /// Does one more point. Whether there is more to do.
    pub fn step(&mut self, inputs: &Inputs, book: &PriceBook) -> bool {
        let Some((_, value)) = self.places.get(self.points.len()) else {
            return false;
        };
        let inputs = Setting::Number(*value).put(self.field, inputs);
        let levels = self.levels.get_or_insert_with(|| CachedLevels::of(&inputs));
        let comparison = compare_for(&levels.case(&inputs), book);
        self.points.push(Best::of(&comparison, &inputs));
        self.points.len() < self.places.len()
    }

    /// Whether every point is there.
    pub fn is_complete(&self) -> bool {
        self.points.len() == self.places.len()
    }

    /// Dollars of serverless and of Kubernetes at a point.
    pub fn sides(&self, point: usize) -> Sides {
        self.points.get(point).map_or([None; 2], Best::sides)
    }

    /// The dollars at a position between points, in a straight line from one to the other.
    pub fn at(&self, position: f64) -> Sides {
        let after = self.places.partition_point(|(place, _)| *place < position);
        let last = self.places.len().saturating_sub(1);
        let (low, high) = (after.saturating_sub(1), after.min(last));
        let (from, to) = (self.places[low].0, self.places[high].0);
        let share = if to > from {
            ((position - from) / (to - from)).clamp(0.0, 1.0)
        } else {
            0.0
        };
        let (a, b) = (self.sides(low), self.sides(high));
        [0, 1].map(|side| {
            let (a, b) = (a[side]?, b[side]?);
            Some(a + (b - a) * share)
        })
    }

    /// The positions at which the sides change places, in a straight line from point to point.
    pub fn crossings(&self) -> Vec<f64> {
        let gap = |point: usize| {
            let [serverless, kubernetes] = self.sides(point);
            Some(kubernetes? - serverless?)
        };
        (1..self.points.len())
            .filter_map(|point| {
                let (before, after) = (gap(point - 1)?, gap(point)?);
                // Where they cost the same serverless wins: it is the one that is cheaper to leave.
                if (before < 0.0) == (after < 0.0) {
                    return None;
                }
                let (from, to) = (self.places[point - 1].0, self.places[point].0);
                Some(from + (to - from) * before / (before - after))
            })
            .collect()
    }

    /// By how many dollars a month the cheapest of both sides differs between where it is the least and where it is the most.
    pub fn swing(&self) -> f64 {
        let (mut least, mut most) = (f64::INFINITY, 0.0_f64);
        for point in 0..self.points.len() {
            if let Some(usd) = self.points[point].least() {
                least = least.min(usd);
                most = most.max(usd);
            }
        }
        (most - least).max(0.0)
    }
}
