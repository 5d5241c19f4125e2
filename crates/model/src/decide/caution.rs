//! The one thing to keep in mind about an answer.

use super::{
    rule::Facts,
    tie::hours_likely,
    verdict::Verdict,
    words::{about, count, number},
};
use crate::{
    basis::Basis,
    bill::CostCategory,
    platform::Platform,
    promises::Promised,
    sentence::{Sentence, Word},
    units::{Usd, WEEKS_PER_MONTH},
};

/// The one thing to keep in mind about a verdict.
pub(super) fn caution(facts: &Facts<'_>, verdict: &Verdict) -> Sentence {
    let inputs = facts.inputs;
    let (Some(effort), Some(shown)) = (verdict.effort, verdict.platform.or(verdict.least_operated))
    else {
        if verdict
            .rules
            .iter()
            .any(|fired| fired.rule.id == "objective")
        {
            return Sentence::new(
                "Set an objective that your service can keep, or make it faster.",
                [],
            );
        }
        return Sentence::new(
            "No platform can be priced for this workload. The table says what each lacks.",
            [],
        );
    };
    let hours = about(effort.hours_per_week);
    let people = facts
        .comparison
        .quote(shown)
        .map_or(Usd::ZERO, |bill| bill.subtotal(CostCategory::People));
    if verdict.platform.is_none() {
        return Sentence::new(
            "{} takes the least work, about {} hours a week or {} a month. Hire that help first, or drop the requirement that \
             forces it.",
            [Word::Name(shown.name()), hours, roughly(people.get())],
        );
    }
    if let Some(open) = not_read(facts, shown) {
        return open;
    }
    let on_kubernetes = shown.is_kubernetes();
    if on_kubernetes && inputs.team.fluent == 1 {
        return Sentence::new(
            "Everything depends on the one engineer who is fluent in Kubernetes. Train a second one first.",
            [],
        );
    }
    if effort.hours_per_week
        > inputs.assumptions.hours_per_engineer * f64::from(inputs.team.engineers)
    {
        return Sentence::new(
            "It takes about {} hours a week, the work of {}; you have {}.",
            [
                hours,
                count(effort.engineers.ceil(), "engineer", "engineers"),
                number(inputs.team.engineers),
            ],
        );
    }
    if let Some(pool) = &verdict.pool {
        let mut words = vec![
            count(pool.nodes, "node", "nodes"),
            Word::Name(pool.node),
            Word::Name(pool.platform.name()),
            Word::Money(pool.cost),
        ];
        if pool.hours_per_week == 0.0 {
            return Sentence::new(
                "The pool is {} of {} on {}: {} a month of the bill. Measure how much one of them serves.",
                words,
            );
        }
        words.push(about(pool.hours_per_week));
        return Sentence::new(
            "The pool is {} of {} on {}: {} a month of the bill with its cluster, and about {} hours a week to run it. Measure \
             how much one node serves.",
            words,
        );
    }
    assumed_share(facts, shown).unwrap_or_else(|| {
        let hours = crate::people::on(shown, inputs);
        if hours.basis == Basis::Own {
            return Sentence::new(
                "The hours on {} are your own. What remains uncertain is the load, above all the requests.",
                [Word::Name(shown.name())],
            );
        }
        let (low, high) = hours_likely(shown, inputs);
        let usd = |week: f64| roughly(week * WEEKS_PER_MONTH * inputs.team.rate_usd_per_hour);
        Sentence::new(
            "People on {}: likely {} to {} a month.",
            [
                Word::Name(shown.name()),
                usd(low),
                usd(high),
            ],
        )
    })
}

/// That nobody has read whether the answer keeps what is needed: it excludes nothing, and is no yes.
fn not_read(facts: &Facts<'_>, shown: Platform) -> Option<Sentence> {
    let inputs = facts.inputs;
    let name = Word::Name(shown.name());
    if let (Some(needed), Promised::NotKnown) =
        (inputs.promises.availability_pct, shown.promised(inputs))
    {
        return Some(Sentence::new(
            "Nobody has read what uptime {} promises, and you need {} %. Ask before you sign.",
            [name, Word::Uptime(needed)],
        ));
    }
    let asked = inputs.promises.attestation?;
    shown.attested(inputs).is_none().then(|| {
        Sentence::new(
            "Nobody has read whether {} has what you need, a {}. Ask before you sign.",
            [name, Word::Name(asked.name())],
        )
    })
}

/// Money to two digits: more of an estimate would pretend.
fn roughly(usd: f64) -> Word {
    match about(usd) {
        Word::Number(usd) => Word::Money(Usd::of(usd)),
        other => other,
    }
}

/// That much of the infrastructure is assumed, where that matters more than the people.
fn assumed_share(facts: &Facts<'_>, platform: Platform) -> Option<Sentence> {
    let bill = facts.comparison.quote(platform).ok()?;
    let infrastructure = bill.infrastructure().get();
    let assumed: f64 = bill
        .lines
        .iter()
        .filter(|line| line.category != CostCategory::People && line.basis == Basis::Assumed)
        .map(|line| line.amount().get())
        .sum();
    let people = bill.subtotal(CostCategory::People).get();
    (assumed > 0.5 * infrastructure && infrastructure > people).then(|| {
        Sentence::new(
            "{} of the {} for infrastructure is assumed, and marked in the bill. Check it against your own figures.",
            [Word::Money(Usd::of(assumed)), Word::Money(Usd::of(infrastructure))],
        )
    })
}
