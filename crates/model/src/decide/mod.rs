//! The advice: a short list of rules that a person can argue with, then the money.
//!
//! From the inputs and the comparison. The order of the rules matters and is shown: the first deciding rule wins, a later
//! one that disagrees becomes a warning with its price. Among what is left the cheapest all in is recommended; where two
//! are closer than the uncertainty, the softer reasons decide.

mod contenders;
pub mod money;
mod rule;
pub mod rules;
mod verdict;

use super::{
    compare::Comparison, inputs::Inputs, platform::Platform, platforms::Case, prices::PriceBook,
    sentence::Sentence,
};
use contenders::{Answer, Contenders, answer, hours, lean};
use money::Pool;
pub use rule::{Effect, Facts, Fired, Question, Rule, Side};
pub use verdict::{Choice, Class, Effort, Verdict};

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
    let fired = rules::fired(&facts);
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
    let mut fired = rules::fired(&facts);
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
        stays: choice.as_ref().is_some_and(|choice| choice.stays),
        // Who stays for the sake of the move follows no rule.
        price_of_rule: choice
            .as_ref()
            .filter(|choice| !choice.stays || side != Answer::Any)
            .and_then(|choice| contenders.price_of(choice.platform)),
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
