//! The advice as data.

use super::{
    money::{Leaving, Move, Pool, ScaleCheck},
    rule::Fired,
};
use crate::{platform::Platform, sentence::Sentence, units::Usd};

/// Where the answer lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A serverless container platform.
    Serverless,
    /// Kubernetes.
    Kubernetes,
    /// A Kubernetes GPU pool behind a serverless API.
    Hybrid,
    /// Nothing that this team should run.
    None,
}

impl Class {
    /// The name in result files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Serverless => "serverless",
            Self::Kubernetes => "kubernetes",
            Self::Hybrid => "hybrid",
            Self::None => "none",
        }
    }
}

/// Engineering time that an answer ties up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effort {
    /// Hours a week.
    pub hours_per_week: f64,
    /// Engineers of the team that it takes.
    pub engineers: f64,
}

/// The advice.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// Where the answer lies.
    pub class: Class,
    /// The platform; none where none fits.
    pub platform: Option<Platform>,
    /// The next best.
    pub runner_up: Option<Platform>,
    /// What the runner-up costs more in a month; negative where softer reasons decided.
    pub gap: Option<Usd>,
    /// The gap lies inside the uncertainty.
    pub too_close: bool,
    /// The answer is to stay: no move pays back in time, or none is clearly better.
    pub stays: bool,
    /// The rules that fired, in their order.
    pub rules: Vec<Fired>,
    /// What to keep in mind.
    pub caution: Sentence,
    /// What the answer costs more than the cheapest of all, because a rule decided.
    pub price_of_rule: Option<Usd>,
    /// Where none fits: the Kubernetes that takes the least work.
    pub least_operated: Option<Platform>,
    /// Engineering time that the answer (or the least operated Kubernetes) ties up.
    pub effort: Option<Effort>,
    /// What leaving the platform later would cost.
    pub leaving: Option<Leaving>,
    /// The GPU pool of a hybrid.
    pub pool: Option<Pool>,
    /// From where the team is today.
    pub moves: Vec<Move>,
    /// Whether the efficiency of Kubernetes would pay for its team.
    pub scale_check: Option<ScaleCheck>,
}

/// A platform that was chosen, and the next best.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The platform.
    pub platform: Platform,
    /// The next best.
    pub runner_up: Option<Platform>,
    /// What it costs more.
    pub gap: Option<Usd>,
    /// They are closer than the uncertainty.
    pub too_close: bool,
    /// It is the platform of today.
    pub stays: bool,
    /// A softer reason decided between two sides, by the rule's id.
    pub by_lean: Option<&'static str>,
}
