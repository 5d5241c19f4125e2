//! The load levels of the traffic, which most of what is tried leaves as it is.

use crate::{
    inputs::{Inputs, Traffic},
    platforms::Case,
    traffic::{self, Levels},
};

/// Levels that are worked out anew only for other traffic: with a week of hours of one's own that is a quarter of a
/// comparison.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct CachedLevels {
    traffic: Traffic,
    levels: Levels,
}

impl CachedLevels {
    pub(super) fn of(inputs: &Inputs) -> Self {
        Self {
            traffic: inputs.traffic.clone(),
            levels: traffic::levels_of(&inputs.traffic),
        }
    }

    /// The case that the inputs describe.
    pub(super) fn case<'a>(&mut self, inputs: &'a Inputs) -> Case<'a> {
        if inputs.traffic != self.traffic {
            *self = Self::of(inputs);
        }
        Case::with_levels(inputs, &self.levels)
    }
}
