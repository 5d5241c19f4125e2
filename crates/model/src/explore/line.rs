//! The scale of an input's slider as a line that a search walks along.

use crate::inputs::{Below, Field, Inputs, Range, Scale, at, bound_by_others};

/// A number at which the answer is another one lies no farther than this share from one at which it is the old one.
pub const PRECISION: f64 = 1e-6;
/// Intervals up to this share of a slider are looked into however calm they seem.
pub(super) const COARSE: f64 = 1.0 / 8.0;

/// The values that a number may have, with the others as they are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    pub(super) range: Range,
    /// Whether it is the size of pods.
    pub(super) sized: bool,
    /// The smallest.
    pub min: f64,
    /// The largest.
    pub max: f64,
}

impl Line {
    /// The values of a field; none if it is no number.
    pub fn of(field: &Field, inputs: &Inputs) -> Option<Self> {
        let range = *field.range()?;
        let min = if range.below == Below::Nothing {
            range.min
        } else {
            0.0
        };
        // Below the latency nothing fits, which needs no search.
        let min = match inputs.slo_ms {
            _ if field != at::slo_ms => min,
            Some(slo) => inputs.http.latency_ms.min(slo).max(min),
            None => inputs.http.latency_ms.max(min),
        };
        let most = bound_by_others(field.path, inputs).map_or(range.max, |(most, _)| most);
        Some(Self {
            range,
            sized: matches!(field.path.split_once('.'), Some((_, "vcpu" | "memory_gib"))),
            min,
            max: range.clamp(most),
        })
    }

    /// Where a value lies on its slider, from 0 to 1; what lies below the smallest of a logarithmic one comes before that.
    pub fn share(&self, x: f64) -> f64 {
        let range = &self.range;
        match range.scale {
            Scale::Linear => (x - range.min) / (range.max - range.min),
            Scale::Log if x < range.min => (x / range.min - 1.0) * COARSE,
            Scale::Log => libm::log(x / range.min) / libm::log(range.max / range.min),
        }
    }

    /// The value at a share of the slider.
    pub fn at(&self, share: f64) -> f64 {
        let range = &self.range;
        let x = match range.scale {
            Scale::Linear => range.min + share * (range.max - range.min),
            Scale::Log => range.min * libm::pow(range.max / range.min, share),
        };
        range.clamp(x).max(self.min).min(self.max)
    }

    /// The largest, or the smallest.
    pub(super) fn end(&self, up: bool) -> f64 {
        if up { self.max } else { self.min }
    }

    /// How far apart two values lie, as a share of the slider.
    pub(super) fn apart(&self, a: f64, b: f64) -> f64 {
        (self.share(a) - self.share(b)).abs()
    }

    pub(super) fn middle(&self, a: f64, b: f64) -> f64 {
        let (low, high) = (a.min(b), a.max(b));
        if self.range.scale == Scale::Log && low < self.range.min && high > self.range.min {
            return self.range.min;
        }
        let middle = if self.range.scale == Scale::Log && low >= self.range.min {
            libm::sqrt(a * b)
        } else {
            f64::midpoint(a, b)
        };
        if self.range.whole {
            middle.round().max(low + 1.0).min(high - 1.0)
        } else {
            middle
        }
    }

    /// Whether there is nothing to look at between two values, or nothing that can be told from them.
    pub(super) fn is_exact(&self, a: f64, b: f64) -> bool {
        let apart = (a - b).abs();
        let range = &self.range;
        let jumps = range.below == Below::Zero && a.min(b) == 0.0 && a.max(b) <= range.min;
        // Towards zero nothing is small beside what is left.
        let least = match range.scale {
            Scale::Linear => (range.max - range.min) / 1_000.0,
            Scale::Log => range.min / 1_000.0,
        };
        let size = a.abs().max(b.abs()).max(least);
        jumps || apart <= PRECISION * size || (range.whole && apart <= 1.0)
    }
}
