//! The advice: a short list of rules that a person can argue with, then the money.
//!
//! From the inputs and the comparison. The order of the rules matters and is shown: the first deciding rule wins, a later
//! one that disagrees becomes a warning with its price. Among what is left the cheapest all in is recommended; what ties with
//! it is named beside it.

mod caution;
mod contenders;
pub mod money;
mod promise_rules;
mod rule;
pub mod rules;
pub mod tie;
mod verdict;
mod words;

use super::{
    compare::Comparison, inputs::Inputs, platform::Platform, platforms::Case, prices::PriceBook,
    sentence::Sentence, units::Usd,
};
pub use contenders::Answer;
use contenders::{Contenders, answer, hours};
pub use rule::{Effect, Facts, Fired, Question, Rule, Side};
use tie::{Doubt, Slopes};
pub use verdict::{Against, Choice, Class, Effort, Elsewhere, PaysOff, Shape, Under, Verdict};

/// How the answer to other inputs fares here, and who wins: what a search for another answer looks at.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The recommended platform; none where none fits.
    pub platform: Option<Platform>,
    /// The answer to the other inputs is one of those that tie with the cheapest here.
    pub holds: bool,
    /// What the rules and limits leave, as one number: between two inputs with the same number nothing but money changes the
    /// answer.
    pub terms: u32,
    /// For each of [`Platform::ALL`] that is left the dollars a month by which it fails to push out the other answer; none
    /// for that itself.
    pub shortfall_usd: [Option<f64>; Platform::ALL.len()],
}

/// How an answer fares in a case, from its comparison.
pub fn standing(
    case: &Case<'_>,
    comparison: &Comparison,
    slopes: &Slopes,
    answer: Option<Platform>,
) -> Standing {
    let (contenders, allowed) = left(case, comparison);
    let doubt = Doubt::of(case.inputs, comparison, slopes);
    let mut terms = 0;
    for platform in &allowed {
        terms |= 1 << (*platform as u32);
    }
    let (holds, shortfall_usd) = contenders.standing(&allowed, answer, &doubt);
    let platform = if holds {
        answer
    } else {
        contenders
            .choose(&allowed, &doubt)
            .map(|choice| choice.platform)
    };
    Standing {
        platform,
        holds,
        terms,
        shortfall_usd,
    }
}

/// Who wins where every number is known: the lowest rate of what the rules leave.
pub fn winner(case: &Case<'_>, comparison: &Comparison) -> Option<Platform> {
    let (_, allowed) = left(case, comparison);
    allowed.first().copied()
}

/// What the deciding rules leave, whatever it costs.
pub(crate) fn left_by_rules(case: &Case<'_>, comparison: &Comparison) -> Answer {
    let facts = Facts {
        inputs: case.inputs,
        case,
        comparison,
    };
    let fired = rules::fired(&facts);
    answer(&fired, &Contenders::of(case.inputs, comparison))
}

/// The contenders, and what the rules leave of them, by rate.
fn left<'a>(case: &'a Case<'_>, comparison: &'a Comparison) -> (Contenders<'a>, Vec<Platform>) {
    let facts = Facts {
        inputs: case.inputs,
        case,
        comparison,
    };
    let fired = rules::fired(&facts);
    let contenders = Contenders::of(case.inputs, comparison);
    let allowed = contenders.allowed(answer(&fired, &contenders));
    (contenders, allowed)
}

/// The advice for a case, from its comparison.
pub fn decide(case: &Case<'_>, book: &PriceBook, comparison: &Comparison) -> Verdict {
    let inputs = case.inputs;
    let facts = Facts {
        inputs,
        case,
        comparison,
    };
    let mut fired = rules::fired(&facts);
    let contenders = Contenders::of(inputs, comparison);
    let slopes = Slopes::of(inputs, book, comparison);
    let doubt = Doubt::of(inputs, comparison, &slopes);
    let side = answer(&fired, &contenders);
    let allowed = contenders.allowed(side);
    let choice = contenders.choose(&allowed, &doubt);
    let class = match (&choice, side) {
        (None, _) => Class::None,
        (_, Answer::Only(Side::Hybrid) | Answer::NoCluster) => Class::Hybrid,
        (Some(choice), _) if choice.platform.is_kubernetes() => Class::Kubernetes,
        _ => Class::Serverless,
    };
    demote_losers(&mut fired, class, side, &contenders, choice.as_ref());
    let platform = choice.as_ref().map(|choice| choice.platform);
    let least_operated = if platform.is_none() {
        contenders.least_operated()
    } else {
        None
    };
    let shown = platform.or(least_operated);
    let pool = shown.and_then(|platform| {
        let bill = comparison.quote(platform).ok()?;
        money::pool(platform, bill, inputs)
    });
    let effort = shown.map(|platform| effort(platform, inputs));
    let stays = choice.as_ref().is_some_and(|choice| choice.stays);
    let group = choice
        .as_ref()
        .map_or(Vec::new(), |choice| choice.group.clone());
    let mut verdict = Verdict {
        class,
        platform,
        runner_up: choice.as_ref().and_then(|choice| choice.runner_up),
        gap: choice.as_ref().and_then(|choice| choice.gap),
        shape: match class {
            Class::None => Shape::None,
            Class::Hybrid => Shape::Hybrid,
            _ if stays => Shape::Stay,
            _ if group.len() > 1 => Shape::Choose,
            _ => Shape::Use,
        },
        against: platform.and_then(|platform| contenders.against(platform)),
        pays_off: contenders.pays_off(platform),
        elsewhere: contenders.elsewhere(platform),
        under: platform.map_or(Vec::new(), |platform| {
            contenders.under_each(&allowed, platform, &doubt)
        }),
        group,
        stays,
        // Who stays for the sake of the move follows no rule.
        price_of_rule: platform
            .filter(|_| side != Answer::Any)
            .and_then(|platform| contenders.price_of(platform)),
        caution: Sentence::new("", []),
        least_operated,
        effort,
        leaving: platform.map(|platform| money::leaving(platform, inputs)),
        pool,
        moves: choice.as_ref().map_or(Vec::new(), |choice| {
            let suggested = Some(choice.platform).filter(|_| !choice.stays);
            money::moves(suggested.or(choice.runner_up), inputs, comparison)
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
    verdict.caution = caution::caution(&facts, &verdict);
    verdict
}

fn effort(platform: Platform, inputs: &Inputs) -> Effort {
    let hours = hours(platform, inputs);
    Effort {
        hours_per_week: hours,
        engineers: hours / inputs.assumptions.hours_per_engineer,
    }
}

/// Turns deciding rules that lost into warnings, and tells what following them would cost; that of reasons that lean the other
/// way, too.
fn demote_losers(
    fired: &mut [Fired],
    class: Class,
    answer: Answer,
    contenders: &Contenders<'_>,
    choice: Option<&Choice>,
) {
    let agrees = |side: Side| match class {
        // Where none fits, it is these rules that left nothing: all of them stand.
        Class::None => true,
        Class::Serverless => side == Side::Serverless,
        Class::Kubernetes => side == Side::Kubernetes,
        // A pool without Kubernetes is what both ask for.
        Class::Hybrid => {
            side == Side::Hybrid || (answer == Answer::NoCluster && side == Side::Serverless)
        }
    };
    for fired in fired {
        let (Effect::Decides(side) | Effect::Leans(side)) = fired.effect else {
            continue;
        };
        if !agrees(side) {
            if let Effect::Decides(_) = fired.effect {
                fired.effect = Effect::Warns;
            }
            // What is on that side already follows it.
            fired.price = choice
                .and_then(|choice| contenders.more_on(side, choice.platform))
                .filter(|more| *more != Usd::ZERO);
        }
    }
}
