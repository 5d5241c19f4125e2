//! Who is left to be recommended: what the deciding rules leave, who is the cheapest of them, and who is too near to tell.

use super::{
    money,
    rule::{Effect, Fired, Side},
    rules,
    verdict::Choice,
};
use crate::{
    bill::{Bill, CostCategory},
    compare::Comparison,
    inputs::Inputs,
    people,
    platform::Platform,
    units::Usd,
};

/// What the deciding rules leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// Nothing.
    None,
    /// One side.
    Only(Side),
    /// Everything; the money decides.
    Any,
}

/// What the deciding rules leave of the contenders.
pub(super) fn answer(fired: &[Fired], contenders: &Contenders<'_>) -> Answer {
    let decided = |side: fn(Side) -> bool| {
        fired.iter().find_map(|fired| match fired.effect {
            Effect::Decides(decided) if side(decided) => Some(decided),
            _ => None,
        })
    };
    let barred = decided(|side| side == Side::Serverless).is_some();
    let wanted = decided(|side| side != Side::Serverless);
    let has = |kubernetes: bool| {
        contenders
            .platforms()
            .any(|platform| platform.is_kubernetes() == kubernetes)
    };
    if barred {
        // A team that should not run Kubernetes, and a workload that needs it.
        return if wanted.is_some() || !has(false) {
            Answer::None
        } else {
            Answer::Only(Side::Serverless)
        };
    }
    match wanted {
        Some(Side::Hybrid) if !has(false) => Answer::Only(Side::Kubernetes),
        Some(side) => Answer::Only(side),
        None => Answer::Any,
    }
}

/// How many standard deviations a range reaches to each side that holds nine values of ten.
const DEVIATIONS_OF_RANGE: f64 = 1.645;

/// The platforms that can run the workload, are priced, and take this team. A team that is somewhere today moves only where
/// that pays back in time: a platform is held by its rate, which is its total and, where it isn't the one of today, what the
/// move costs in each month of that time.
pub(super) struct Contenders<'a> {
    inputs: &'a Inputs,
    comparison: &'a Comparison,
    /// By rate: the platform, its total and its rate.
    totals: Vec<(Platform, Usd, Usd)>,
}

impl<'a> Contenders<'a> {
    pub(super) fn of(inputs: &'a Inputs, comparison: &'a Comparison) -> Self {
        let today = inputs.already_on.and_then(|today| {
            let bill = comparison.quote(today).ok()?;
            Some((today, bill))
        });
        let rate = |(platform, total): (Platform, Usd)| match today {
            Some((today, bill)) if platform != today => {
                let rate = total + money::handicap(platform, bill, inputs);
                (platform, total, rate)
            }
            _ => (platform, total, total),
        };
        let mut totals: Vec<_> = comparison.open(inputs).map(rate).collect();
        totals.sort_by_key(|(_, _, rate)| *rate);
        Self {
            inputs,
            comparison,
            totals,
        }
    }

    pub(super) fn platforms(&self) -> impl Iterator<Item = Platform> {
        self.totals.iter().map(|(platform, ..)| *platform)
    }

    fn total(&self, platform: Platform) -> Usd {
        self.of_platform(platform).0
    }

    fn rate(&self, platform: Platform) -> Usd {
        self.of_platform(platform).1
    }

    fn of_platform(&self, platform: Platform) -> (Usd, Usd) {
        self.totals
            .iter()
            .find(|(other, ..)| *other == platform)
            .map_or((Usd::ZERO, Usd::ZERO), |(_, total, rate)| (*total, *rate))
    }

    /// Whether a platform is the one of today.
    fn is_today(&self, platform: Platform) -> bool {
        self.inputs.already_on == Some(platform)
    }

    fn bill(&self, platform: Platform) -> Option<&Bill> {
        self.comparison.quote(platform).ok()
    }

    /// What the deciding rules leave, by rate.
    pub(super) fn allowed(&self, answer: Answer) -> Vec<Platform> {
        self.platforms()
            .filter(|platform| match answer {
                Answer::None => false,
                Answer::Only(side) => side.allows(*platform),
                Answer::Any => true,
            })
            .collect()
    }

    /// The best of those that are allowed.
    pub(super) fn choose(&self, allowed: &[Platform], fired: &[Fired]) -> Option<Choice> {
        let cheapest = *allowed.first()?;
        let today = allowed
            .iter()
            .copied()
            .find(|platform| self.is_today(*platform));
        // What doesn't pay back in time is no candidate, however near it is to what does.
        let pays =
            |platform: Platform| today.is_none_or(|today| self.rate(platform) <= self.rate(today));
        let near: Vec<Platform> = allowed
            .iter()
            .copied()
            .filter(|platform| pays(*platform) && self.is_near(cheapest, *platform))
            .collect();
        let (kubernetes, by_lean) = side_of(cheapest, &near, fired);
        let today = today.filter(|today| near.contains(today));
        // Nobody moves for what can't be told apart. Between sides softer reasons may decide; on a side money does.
        let platform = today.unwrap_or_else(|| {
            let of_side = |platform: &Platform| platform.is_kubernetes() == kubernetes;
            let mut paying = allowed.iter().copied().filter(|platform| pays(*platform));
            let of_side = paying.find(of_side);
            of_side.unwrap_or(cheapest)
        });
        let others = |of: &[Platform]| of.iter().copied().find(|other| *other != platform);
        let all: Vec<Platform> = self.platforms().collect();
        let runner_up = others(allowed).or_else(|| others(&all));
        let is_near = |other: Platform| match today {
            // Whoever stays compares what both cost, without the move.
            Some(today) if self.total(other) > self.total(today) => {
                self.are_near(self.total(today), today, self.total(other), other)
            }
            Some(today) => self.are_near(self.total(other), other, self.total(today), today),
            None => near.contains(&other),
        };
        let too_close = runner_up.is_some_and(is_near);
        Some(Choice {
            platform,
            runner_up,
            gap: runner_up.map(|other| self.total(other) - self.total(platform)),
            too_close,
            stays: today.is_some(),
            // The cheapest before a runner-up that is clearly dearer needs no softer reason, nor does who stays.
            by_lean: by_lean.filter(|_| today.is_none() && (too_close || platform != cheapest)),
        })
    }

    /// By how many dollars a month `other` fails to win against `winner`, where `kubernetes` is the side that wins if both
    /// are close.
    pub(super) fn shortfall_usd(&self, winner: Platform, other: Platform, kubernetes: bool) -> f64 {
        let gap = (self.rate(other) - self.rate(winner)).get();
        if self.is_today(winner) {
            gap + self.uncertainty(other, winner)
        } else if self.is_today(other) {
            gap - self.uncertainty(winner, other)
        } else if winner.is_kubernetes() == other.is_kubernetes() {
            gap
        } else if winner.is_kubernetes() == kubernetes {
            gap + self.uncertainty(other, winner)
        } else {
            gap - self.uncertainty(winner, other)
        }
    }

    /// Whether `other` costs no more than the uncertainty above `best`.
    fn is_near(&self, best: Platform, other: Platform) -> bool {
        best == other || self.are_near(self.rate(best), best, self.rate(other), other)
    }

    /// Whether a dearer platform costs no more than the uncertainty above a cheaper one.
    fn are_near(&self, less: Usd, cheaper: Platform, more: Usd, dearer: Platform) -> bool {
        (more - less).get() <= self.uncertainty(cheaper, dearer)
    }

    /// How far above `best` another total must lie to differ, US dollars: one standard deviation.
    fn uncertainty(&self, best: Platform, other: Platform) -> f64 {
        let assumptions = &self.inputs.assumptions;
        let (Some(bill), Some(other_bill)) = (self.bill(best), self.bill(other)) else {
            return 0.0;
        };
        // The same hours on both sides are off by the same, so that they cancel.
        let same = best.definition().people == other.definition().people;
        let people = |platform: Platform, bill: &Bill, off: fn((f64, f64)) -> f64| {
            let range = people::hours(platform.definition().people, self.inputs).range;
            let factor = if same { 0.0 } else { off(range) };
            bill.subtotal(CostCategory::People).get() * factor / DEVIATIONS_OF_RANGE
        };
        let parts = [
            money::uncertainty(bill, assumptions),
            money::uncertainty(other_bill, assumptions),
            // They would change places if the best took more than we think, and the other less.
            people(best, bill, |(_, high)| high - 1.0),
            people(other, other_bill, |(low, _)| 1.0 - low),
        ];
        let sum: f64 = parts.iter().map(|part| part * part).sum();
        libm::sqrt(sum).max(assumptions.uncertainty_of_model * self.total(best).get())
    }

    /// What a platform costs more than the cheapest of all.
    pub(super) fn price_of(&self, platform: Platform) -> Option<Usd> {
        let least = self.totals.iter().map(|(_, total, _)| *total).min()?;
        let more = self.total(platform) - least;
        (more > Usd::ZERO).then_some(more)
    }

    /// What the cheapest of a side costs more than the platform that was chosen.
    pub(super) fn more_on(&self, side: Side, chosen: Platform) -> Option<Usd> {
        let other = self.platforms().find(|platform| side.allows(*platform))?;
        Some(self.total(other) - self.total(chosen))
    }

    /// The Kubernetes that takes the least work, and of those the cheapest.
    pub(super) fn least_operated(&self) -> Option<Platform> {
        self.platforms()
            .filter(|platform| platform.is_kubernetes())
            .map(|platform| (hours(platform, self.inputs), platform))
            .reduce(|best, other| if other.0 < best.0 { other } else { best })
            .map(|(_, platform)| platform)
    }
}

/// Whether Kubernetes is meant where both sides are near: the first soft reason decides, and without one the side that
/// is cheaper to leave.
fn side_of(cheapest: Platform, near: &[Platform], fired: &[Fired]) -> (bool, Option<&'static str>) {
    let both = near.iter().any(|platform| platform.is_kubernetes())
        && near.iter().any(|platform| !platform.is_kubernetes());
    if !both {
        return (cheapest.is_kubernetes(), None);
    }
    lean(fired)
}

/// Whether the softer reasons speak for Kubernetes: the first of them, or that serverless is cheaper to leave.
pub(super) fn lean(fired: &[Fired]) -> (bool, Option<&'static str>) {
    let lean = fired.iter().find_map(|fired| match fired.effect {
        Effect::Leans(side) => Some((side == Side::Kubernetes, Some(fired.rule.id))),
        _ => None,
    });
    lean.unwrap_or((false, Some(rules::REVERSIBLE.id)))
}

pub(super) fn hours(platform: Platform, inputs: &Inputs) -> f64 {
    people::hours(platform.definition().people, inputs).total()
}
