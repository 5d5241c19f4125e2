//! The advice: a short list of rules that a person can argue with, then the money.
//!
//! From the inputs and the comparison. The order of the rules matters and is shown: the first deciding rule wins, a later
//! one that disagrees becomes a warning with its price. Among what is left the cheapest all in is recommended; where two
//! are closer than the uncertainty, the softer reasons decide.

pub mod money;
pub mod rules;

use super::{
    bill::{Bill, Part},
    compare::Comparison,
    inputs::Inputs,
    platform::Platform,
    platforms::Case,
    prices::PriceBook,
    sentence::{Sentence, Word},
    units::Usd,
};
use money::{Leaving, Move, Pool, ScaleCheck};
use rules::{Effect, Facts, Fired, Side};

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

/// Who wins, and how far every other platform is from that: what a search for another winner looks at.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The recommended platform; none where none fits.
    pub platform: Option<Platform>,
    /// What the rules and limits leave, and which side wins where both are close, as one number: between two inputs with
    /// the same number nothing but money changes the answer.
    pub terms: u32,
    /// For each of [`Platform::ALL`] that is left the dollars a month by which it fails to win; none for the winner.
    pub shortfall_usd: [Option<f64>; Platform::ALL.len()],
}

/// Who wins in a case, from its comparison. It is the verdict's platform, in less time.
pub fn standing(case: &Case<'_>, comparison: &Comparison) -> Standing {
    let inputs = case.inputs;
    let facts = Facts {
        inputs,
        case,
        comparison,
    };
    let fired = facts.fired();
    let contenders = Contenders::of(inputs, comparison);
    let allowed = contenders.allowed(answer(&fired, &contenders));
    let (side, _) = lean(&fired);
    let mut terms = u32::from(side);
    for platform in &allowed {
        terms |= 2 << (*platform as u32);
    }
    let mut shortfall_usd = [None; Platform::ALL.len()];
    let platform = contenders
        .choose(&allowed, &fired)
        .map(|choice| choice.platform);
    if let Some(winner) = platform {
        for other in allowed.into_iter().filter(|other| *other != winner) {
            shortfall_usd[other as usize] = Some(contenders.shortfall_usd(winner, other, side));
        }
    }
    Standing {
        platform,
        terms,
        shortfall_usd,
    }
}

/// The advice for a case, from its comparison.
pub fn decide(case: &Case<'_>, book: &PriceBook, comparison: &Comparison) -> Verdict {
    let inputs = case.inputs;
    let facts = Facts {
        inputs,
        case,
        comparison,
    };
    let mut fired = facts.fired();
    let contenders = Contenders::of(inputs, comparison);
    let side = answer(&fired, &contenders);
    let choice = contenders.choose(&contenders.allowed(side), &fired);
    let class = match (&choice, side) {
        (None, _) => Class::None,
        (_, Answer::Only(Side::Hybrid)) => Class::Hybrid,
        (Some(choice), _) if choice.platform.is_kubernetes() => Class::Kubernetes,
        _ => Class::Serverless,
    };
    demote_losers(&mut fired, class, &contenders, choice.as_ref());
    let platform = choice.as_ref().map(|choice| choice.platform);
    let least_operated = if platform.is_none() {
        contenders.least_operated()
    } else {
        None
    };
    let shown = platform.or(least_operated);
    let pool = if class == Class::Hybrid {
        money::pool(inputs, book)
    } else {
        None
    };
    let effort = shown.map(|platform| effort(platform, pool.as_ref(), inputs));
    let mut verdict = Verdict {
        class,
        platform,
        runner_up: choice.as_ref().and_then(|choice| choice.runner_up),
        gap: choice.as_ref().and_then(|choice| choice.gap),
        too_close: choice.as_ref().is_some_and(|choice| choice.too_close),
        price_of_rule: choice
            .as_ref()
            .and_then(|choice| contenders.price_of(choice.platform)),
        caution: Sentence::new("", []),
        least_operated,
        effort,
        leaving: platform.map(|platform| money::leaving(platform, inputs)),
        pool,
        moves: platform.map_or(Vec::new(), |platform| {
            money::moves(platform, inputs, comparison)
        }),
        scale_check: money::scale_check(inputs, comparison),
        rules: fired,
    };
    if let Some(choice) = &choice {
        for fired in rules::by_money(&facts, choice) {
            let order = |other: &Fired| other.rule.question <= fired.rule.question;
            let place = verdict.rules.partition_point(order);
            verdict.rules.insert(place, fired);
        }
    }
    verdict.caution = rules::caution(&facts, &verdict);
    verdict
}

fn effort(platform: Platform, pool: Option<&Pool>, inputs: &Inputs) -> Effort {
    let hours = hours(platform, inputs) + pool.map_or(0.0, |pool| pool.hours_per_week);
    Effort {
        hours_per_week: hours,
        engineers: hours / inputs.assumptions.hours_per_engineer,
    }
}

fn hours(platform: Platform, inputs: &Inputs) -> f64 {
    super::people::hours(platform.definition().people, inputs).total()
}

/// What the deciding rules leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    /// Nothing.
    None,
    /// One side.
    Only(Side),
    /// Everything; the money decides.
    Any,
}

/// What the deciding rules leave of the contenders.
fn answer(fired: &[Fired], contenders: &Contenders<'_>) -> Answer {
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

/// Turns deciding rules that lost into warnings, and tells what following them would cost.
fn demote_losers(
    fired: &mut [Fired],
    class: Class,
    contenders: &Contenders<'_>,
    choice: Option<&Choice>,
) {
    let agrees = |side: Side| match class {
        // Where none fits, it is these rules that left nothing: all of them stand.
        Class::None => true,
        Class::Serverless => side == Side::Serverless,
        Class::Kubernetes => side == Side::Kubernetes,
        Class::Hybrid => side == Side::Hybrid,
    };
    for fired in fired {
        let Effect::Decides(side) = fired.effect else {
            continue;
        };
        if !agrees(side) {
            fired.effect = Effect::Warns;
            fired.price = choice.and_then(|choice| contenders.more_on(side, choice.platform));
        }
    }
}

/// How many standard deviations a range reaches to each side that holds nine values of ten.
const DEVIATIONS_OF_RANGE: f64 = 1.645;

/// The platforms that can run the workload, are priced, and take this team; by total.
struct Contenders<'a> {
    inputs: &'a Inputs,
    comparison: &'a Comparison,
    totals: Vec<(Platform, Usd)>,
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
    /// A softer reason decided between two sides, by the rule's id.
    pub by_lean: Option<&'static str>,
}

impl<'a> Contenders<'a> {
    fn of(inputs: &'a Inputs, comparison: &'a Comparison) -> Self {
        let totals = comparison
            .ranked
            .iter()
            .filter(|platform| comparison.is_open(**platform, inputs))
            .filter_map(|platform| Some((*platform, comparison.total(*platform)?)))
            .collect();
        Self {
            inputs,
            comparison,
            totals,
        }
    }

    fn platforms(&self) -> impl Iterator<Item = Platform> {
        self.totals.iter().map(|(platform, _)| *platform)
    }

    fn total(&self, platform: Platform) -> Usd {
        self.totals
            .iter()
            .find(|(other, _)| *other == platform)
            .map_or(Usd::ZERO, |(_, total)| *total)
    }

    fn bill(&self, platform: Platform) -> Option<&Bill> {
        self.comparison.quote(platform).ok()
    }

    /// What the deciding rules leave, by total.
    fn allowed(&self, answer: Answer) -> Vec<Platform> {
        self.platforms()
            .filter(|platform| match answer {
                Answer::None => false,
                Answer::Only(side) => side.allows(*platform),
                Answer::Any => true,
            })
            .collect()
    }

    /// The best of those that are allowed.
    fn choose(&self, allowed: &[Platform], fired: &[Fired]) -> Option<Choice> {
        let cheapest = *allowed.first()?;
        let near: Vec<Platform> = allowed
            .iter()
            .copied()
            .filter(|platform| self.is_near(cheapest, *platform))
            .collect();
        let (kubernetes, by_lean) = side_of(cheapest, &near, fired);
        // Between sides softer reasons may decide; on a side money does.
        let platform = allowed
            .iter()
            .copied()
            .find(|platform| platform.is_kubernetes() == kubernetes)
            .unwrap_or(cheapest);
        let others = |of: &[Platform]| of.iter().copied().find(|other| *other != platform);
        let all: Vec<Platform> = self.platforms().collect();
        let runner_up = others(allowed).or_else(|| others(&all));
        let too_close = runner_up.is_some_and(|other| near.contains(&other));
        Some(Choice {
            platform,
            runner_up,
            gap: runner_up.map(|other| self.total(other) - self.total(platform)),
            too_close,
            // The cheapest before a runner-up that is clearly dearer needs no softer reason.
            by_lean: by_lean.filter(|_| too_close || platform != cheapest),
        })
    }

    /// By how many dollars a month `other` fails to win against `winner`, where `kubernetes` is the side that wins if both
    /// are close.
    fn shortfall_usd(&self, winner: Platform, other: Platform, kubernetes: bool) -> f64 {
        let gap = (self.total(other) - self.total(winner)).get();
        if winner.is_kubernetes() == other.is_kubernetes() {
            gap
        } else if winner.is_kubernetes() == kubernetes {
            gap + self.uncertainty(other, winner)
        } else {
            gap - self.uncertainty(winner, other)
        }
    }

    /// Whether `other` costs no more than the uncertainty above `best`.
    fn is_near(&self, best: Platform, other: Platform) -> bool {
        let gap = (self.total(other) - self.total(best)).get();
        best == other || gap <= self.uncertainty(best, other)
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
            let range = super::people::hours(platform.definition().people, self.inputs).range;
            let factor = if same { 0.0 } else { off(range) };
            bill.subtotal(Part::People).get() * factor / DEVIATIONS_OF_RANGE
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
    fn price_of(&self, platform: Platform) -> Option<Usd> {
        let (_, least) = self.totals.first()?;
        let more = self.total(platform) - *least;
        (more > Usd::ZERO).then_some(more)
    }

    /// What the cheapest of a side costs more than the platform that was chosen.
    fn more_on(&self, side: Side, chosen: Platform) -> Option<Usd> {
        let other = self.platforms().find(|platform| side.allows(*platform))?;
        Some(self.total(other) - self.total(chosen))
    }

    /// The Kubernetes that takes the least work, and of those the cheapest.
    fn least_operated(&self) -> Option<Platform> {
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
fn lean(fired: &[Fired]) -> (bool, Option<&'static str>) {
    let lean = fired.iter().find_map(|fired| match fired.effect {
        Effect::Leans(side) => Some((side == Side::Kubernetes, Some(fired.rule.id))),
        _ => None,
    });
    lean.unwrap_or((false, Some(rules::REVERSIBLE.id)))
}

impl Side {
    /// Whether a platform stands on this side; the API of a hybrid runs on a serverless one.
    pub fn allows(self, platform: Platform) -> bool {
        platform.is_kubernetes() == (self == Self::Kubernetes)
    }
}

/// Money as a word.
pub(crate) fn usd(amount: Usd) -> Word {
    Word::Money(amount)
}
