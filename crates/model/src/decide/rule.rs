//! What a rule is: the question it answers, what it does, what it says, and what it is when it applies.

use crate::{
    compare::Comparison,
    inputs::Inputs,
    platform::Platform,
    platforms::Case,
    sentence::{Sentence, Word},
    units::Usd,
};

/// A side of the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// A serverless platform.
    Serverless,
    /// Kubernetes.
    Kubernetes,
    /// Both: a pool of GPU nodes behind an API that is not on Kubernetes.
    Hybrid,
}

impl Side {
    /// The side that a platform stands on.
    pub fn of(platform: Platform) -> Self {
        if platform.is_kubernetes() {
            Self::Kubernetes
        } else {
            Self::Serverless
        }
    }

    /// Whether a platform stands on this side; the API of a hybrid runs on a serverless one.
    pub fn allows(self, platform: Platform) -> bool {
        platform.is_kubernetes() == (self == Self::Kubernetes)
    }
}

/// The questions, in the order in which they are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    /// Where nothing else tells two apart.
    Leave,
    /// Limits of the platforms.
    Run,
    /// The team.
    Who,
    /// The workload.
    What,
    /// The traffic.
    Traffic,
    /// Networks and audits.
    Reach,
    /// Other clouds.
    Movable,
    /// SLAs, attestations, outages.
    Promise,
    /// The bills.
    Money,
}

impl Question {
    /// The question as it is asked.
    pub fn text(self) -> &'static str {
        match self {
            Self::Leave => "Which is cheaper to leave?",
            Self::Run => "Can it run at all?",
            Self::Who => "Who will run it?",
            Self::What => "What is it?",
            Self::Traffic => "What is the traffic?",
            Self::Reach => "What must it reach, and who audits it?",
            Self::Movable => "How movable must it be?",
            Self::Promise => "What does it promise?",
            Self::Money => "What does it cost, all in?",
        }
    }
}

/// What a rule does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It takes platforms out.
    Excludes,
    /// It decides for a side.
    Decides(Side),
    /// It speaks for a side where the money does not.
    Leans(Side),
    /// It warns.
    Warns,
}

impl Effect {
    /// The name in result files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Excludes => "excludes",
            Self::Decides(_) => "decides",
            Self::Leans(_) => "leans",
            Self::Warns => "warns",
        }
    }
}

/// What a rule reads.
pub struct Facts<'a> {
    /// What the user set.
    pub inputs: &'a Inputs,
    /// The demand.
    pub case: &'a Case<'a>,
    /// All bills.
    pub comparison: &'a Comparison,
}

/// A rule.
pub struct Rule {
    /// Its name in result files.
    pub id: &'static str,
    /// The question it answers, which is its place.
    pub question: Question,
    /// What it does.
    pub effect: Effect,
    /// What it says; a `{}` for each word that its condition gives.
    pub text: &'static str,
    /// Who says so.
    pub source: &'static str,
    /// Its condition, and the words of its sentence.
    pub(super) when: fn(&Facts<'_>) -> Option<Vec<Word>>,
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id)
    }
}

/// A rule that applies.
#[derive(Clone, Debug, PartialEq)]
pub struct Fired {
    /// Which.
    pub rule: &'static Rule,
    /// What it does here: a deciding rule that lost warns.
    pub effect: Effect,
    /// What it says here.
    pub sentence: Sentence,
    /// What following it would cost more in a month, where it lost.
    pub price: Option<Usd>,
}

impl Rule {
    /// The rule as it applies to these facts, if it does.
    pub fn fire(&'static self, facts: &Facts<'_>) -> Option<Fired> {
        (self.when)(facts).map(|words| self.with(words))
    }

    pub(super) fn with(&'static self, words: Vec<Word>) -> Fired {
        Fired {
            rule: self,
            effect: self.effect,
            sentence: Sentence::new(self.text, words),
            price: None,
        }
    }
}
