//! The advice as data.

use super::{
    money::{Leaving, Move, Pool, ScaleCheck},
    rule::Fired,
};
use crate::{inputs::Calibration, platform::Platform, sentence::Sentence, units::Usd};

/// Where the answer lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A serverless container platform.
    Serverless,
    /// Kubernetes.
    Kubernetes,
    /// A pool of GPU nodes behind an API that is not on Kubernetes.
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

/// The shape of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Stay on the platform of today.
    Stay,
    /// Use one platform.
    Use,
    /// Choose among several that tie.
    Choose,
    /// A pool of GPU nodes behind an API that is not on Kubernetes.
    Hybrid,
    /// Nothing that this team should run.
    None,
}

impl Shape {
    /// Every shape.
    pub const ALL: [Self; 5] = [
        Self::Stay,
        Self::Use,
        Self::Choose,
        Self::Hybrid,
        Self::None,
    ];

    /// The name in result files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Stay => "stay",
            Self::Use => "use",
            Self::Choose => "choose",
            Self::Hybrid => "hybrid",
            Self::None => "none",
        }
    }
}

/// The best of the other side, held against the answer: what it costs and takes more.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Against {
    /// Which.
    pub platform: Platform,
    /// Infrastructure, US dollars a month; below zero where it costs less.
    pub infrastructure: Usd,
    /// Engineering time, hours a week; below zero where it takes less.
    pub hours_per_week: f64,
    /// All in, US dollars a month.
    pub total: Usd,
}

/// The most hours a week that Kubernetes may take and still cost no more than the best serverless platform.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PaysOff {
    /// The Kubernetes that may take the most.
    pub platform: Platform,
    /// Hours a week.
    pub hours_per_week: f64,
}

/// What is cheapest on clouds that may not be used.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Elsewhere {
    /// Which.
    pub platform: Platform,
    /// How many platforms there are.
    pub count: usize,
    /// What it costs less than the answer, US dollars a month; below zero where it costs more.
    pub saving: Usd,
}

/// The answer under a calibration of engineering time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Under {
    /// Which.
    pub calibration: Calibration,
    /// Who would be the answer.
    pub platform: Platform,
    /// The answer is the same: what was chosen still belongs to the group.
    pub agrees: bool,
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
    /// The shape of the answer.
    pub shape: Shape,
    /// What ties with the cheapest, the cheapest first: it and the answer alone where nothing else does.
    pub group: Vec<Platform>,
    /// The best of the other side.
    pub against: Option<Against>,
    /// At how many hours a week Kubernetes would pay; none where it would at no number.
    pub pays_off: Option<PaysOff>,
    /// What is cheapest on clouds that may not be used.
    pub elsewhere: Option<Elsewhere>,
    /// The answer under each calibration of engineering time.
    pub under: Vec<Under>,
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
    /// The GPU pool on the bill of the answer (or of the least operated Kubernetes).
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
    /// What ties with the cheapest, the cheapest first.
    pub group: Vec<Platform>,
    /// It is the platform of today.
    pub stays: bool,
}

impl Verdict {
    /// Whether several platforms tie.
    pub fn too_close(&self) -> bool {
        self.group.len() > 1
    }

    /// How many calibrations give the same answer, and how many there are.
    pub fn agreement(&self) -> (usize, usize) {
        let agree = self.under.iter().filter(|under| under.agrees).count();
        (agree, self.under.len())
    }

    /// Whether platforms of both sides tie.
    pub fn either_side(&self) -> bool {
        let kubernetes = self
            .group
            .iter()
            .filter(|platform| platform.is_kubernetes());
        let count = kubernetes.count();
        count > 0 && count < self.group.len()
    }
}
