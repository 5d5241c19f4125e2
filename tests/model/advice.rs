//! What holds for every advice, tried on random scenarios: each reason's condition, written here a second time from the
//! article and not from the rules; whole sentences; no two reasons that contradict each other.

use crate::common::legal;
use plimsoll_model::{
    Assessment, Fit, assess,
    bill::{Bar, Refusal},
    decide::{
        Class, Effect, Fired, Side, rules,
        tie::{Doubt, Held, Slopes},
    },
    inputs::{Gpu, Inputs, Isolation},
    platform::Platform,
    platforms::gpu,
    prices::PriceBook,
    units::{SECONDS_PER_MONTH, Usd},
};
use plimsoll_wording::{answer, explain, format};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Requests in flight at once, in all services.
fn in_flight(inputs: &Inputs) -> f64 {
    inputs.http.requests_per_month / SECONDS_PER_MONTH * inputs.http.latency_ms / 1_000.0
}

/// Whether nobody else runs a cluster for the team.
fn runs_alone(inputs: &Inputs) -> bool {
    !inputs.team.platform_team && !inputs.team.existing_cluster
}

/// Whether the condition that a rule states holds, and the number of the user that its sentence must show.
fn holds(rule: &str, given: &Inputs, assessment: &Assessment) -> (bool, Option<f64>) {
    let (team, needs) = (&given.team, &given.needs);
    let services = f64::from(given.services);
    let leaning = needs.mesh || needs.chatty_services;
    let serves = given.http.requests_per_month > 0.0;
    let excluded = Platform::ALL
        .into_iter()
        .filter(|p| match assessment.comparison.quote(*p) {
            Err(Refusal::CannotRun(cannot)) => ![Bar::Promise, Bar::Objective].contains(&cannot.by),
            _ => false,
        })
        .count();
    let too_fast = serves && given.slo_ms.is_some_and(|slo| slo < given.http.latency_ms);
    match rule {
        // An objective that nothing can keep is no limit of a platform, nor is what its vendor doesn't promise.
        "limits" => (excluded > 0, Some(excluded as f64)),
        "objective" => (too_fast, given.slo_ms),
        "background" => (serves && needs.background, None),
        "hiring" => (needs.hiring, None),
        "one-way-to-deploy" => (needs.one_way_to_deploy, None),
        "audit-trail" => (needs.audit_trail, None),
        "small-team" => (
            team.engineers <= 3 && runs_alone(given),
            Some(f64::from(team.engineers)),
        ),
        "no-platform-team" => (team.engineers == 4 && runs_alone(given), Some(4.0)),
        "fluent" => (
            team.fluent >= 3 && (team.engineers >= 5 || !runs_alone(given)),
            Some(f64::from(team.fluent)),
        ),
        "single-expert" => (team.fluent == 1, None),
        "gpu-serving" => (needs.gpu == Gpu::Serving, Some(f64::from(needs.gpu_nodes))),
        "gpu-light" => (needs.gpu == Gpu::Light, None),
        "mesh" => (
            needs.mesh && services >= 20.0 && (team.fluent >= 2 || !runs_alone(given)),
            Some(services),
        ),
        "mesh-without-people" => (
            needs.mesh && services >= 20.0 && team.fluent < 2 && runs_alone(given),
            Some(services),
        ),
        "chatty" => (
            leaning && services >= 10.0 && !(needs.mesh && services >= 20.0),
            Some(services),
        ),
        "stateful" => (needs.stateful, None),
        "pipeline" => (needs.pipeline, None),
        "connections" => (given.connections.count > 0.0, Some(given.connections.count)),
        "event-driven" => (needs.event_driven && !needs.pipeline, None),
        "scheduled" => {
            let minutes = given.jobs.runs_per_month * given.jobs.minutes;
            (
                given.jobs.runs_per_month > 0.0 && minutes < 0.5 * SECONDS_PER_MONTH / 60.0,
                Some(given.jobs.runs_per_month),
            )
        }
        "stateless" => (
            serves
                && !(needs.stateful || needs.local_state || needs.hostile_tenants)
                && !(needs.private_network || needs.udp || needs.tcp || needs.windows)
                && !(needs.privileged || needs.pipeline || leaning)
                && needs.gpu == Gpu::None
                && needs.isolation == Isolation::None,
            Some(services),
        ),
        "idle" => (serves && in_flight(given) / services < 0.2, None),
        "constant" => (
            in_flight(given) >= 10.0 && in_flight(given) / services >= 1.0 && !needs.cold_starts_ok,
            None,
        ),
        "cold-starts" => (serves && !needs.cold_starts_ok, None),
        "hostile-tenants" => (needs.hostile_tenants, None),
        "isolation-own" => (needs.isolation == Isolation::Own, None),
        "isolation-managed" => (needs.isolation == Isolation::ManagedOk, None),
        "private-network" => (needs.private_network, None),
        "multi-cloud" => (needs.multi_cloud, None),
        _ => holds_for_money(rule, given, assessment),
    }
}

/// [`holds`] for what reads bills and the answer.
fn holds_for_money(rule: &str, given: &Inputs, assessment: &Assessment) -> (bool, Option<f64>) {
    let verdict = &assessment.verdict;
    let total = |p: Platform| assessment.comparison.total(p).unwrap().get();
    match rule {
        "availability" => {
            let falls_short = |p: &Platform| match assessment.comparison.quote(*p) {
                Err(Refusal::CannotRun(cannot)) => cannot.by == Bar::Promise,
                _ => false,
            };
            let out = Platform::ALL.iter().filter(|p| falls_short(p)).count();
            (out > 0, None)
        }
        "attestation" => {
            let asked = given.promises.attestation.is_some();
            (asked, asked.then_some(Platform::ALL.len() as f64))
        }
        "hours-down" => {
            let told = verdict.platform.is_some() && given.promises.hour_down_usd > 0.0;
            (told, None)
        }
        "gpu-types" => {
            let types: BTreeSet<&str> = assessment
                .comparison
                .open(given)
                .filter_map(|(p, _)| gpu::on_bill(assessment.comparison.quote(p).ok()?))
                .map(|(gpu, _)| gpu)
                .collect();
            (types.len() > 1, None)
        }
        "data-elsewhere" => {
            let elsewhere = |home| {
                let open = || assessment.comparison.open(given);
                open().any(|(p, _)| p.vendor() != home) && open().any(|(p, _)| p.vendor() == home)
            };
            (given.data_on.is_some_and(elsewhere), None)
        }
        "credits" => {
            let pays = |p: &Platform| {
                let bill = assessment.comparison.quote(*p);
                let credited = given.credits[p.vendor()].usd > 0.0;
                credited && bill.is_ok_and(|bill| bill.infrastructure().get() > 0.0)
            };
            let open = |p: &Platform| assessment.comparison.is_open(*p, given);
            (
                Platform::ALL.into_iter().filter(open).any(|p| pays(&p)),
                None,
            )
        }
        "cost" => {
            // Of what the team can start on, nothing is cheaper.
            let chosen = verdict.platform.unwrap();
            let cheaper = verdict
                .runner_up
                .is_some_and(|other| total(other) < total(chosen));
            (!cheaper, None)
        }
        "stay" => {
            // Another one costs less, and the move is not worth it.
            let cheaper = verdict
                .runner_up
                .is_some_and(|other| total(other) < total(given.already_on.unwrap()));
            (verdict.stays && cheaper, None)
        }
        "too-close" => (verdict.group.len() > 1, None),
        "reversible" => (
            verdict.group.iter().any(|p| p.is_kubernetes())
                && verdict.group.iter().any(|p| !p.is_kubernetes()),
            None,
        ),
        other => panic!("no condition is written here for {other}"),
    }
}

/// Reasons that would contradict each other.
const NEVER_TOGETHER: &[(&str, &str)] = &[
    ("small-team", "no-platform-team"),
    ("small-team", "fluent"),
    ("no-platform-team", "fluent"),
    ("single-expert", "fluent"),
    ("gpu-serving", "gpu-light"),
    ("gpu-serving", "stateless"),
    ("gpu-light", "stateless"),
    ("mesh", "chatty"),
    ("mesh", "mesh-without-people"),
    ("chatty", "mesh-without-people"),
    ("mesh-without-people", "stateless"),
    ("mesh", "stateless"),
    ("chatty", "stateless"),
    ("stateful", "stateless"),
    ("pipeline", "stateless"),
    ("pipeline", "event-driven"),
    ("idle", "constant"),
    ("hostile-tenants", "stateless"),
    ("isolation-own", "stateless"),
    ("isolation-own", "isolation-managed"),
    ("isolation-managed", "stateless"),
    ("private-network", "stateless"),
];

/// A text that a reader takes for whole sentences: it begins with a capital, a name or a number, ends with a full stop,
/// and nothing in it was left open.
fn is_whole(text: &str) -> bool {
    let begins = text.chars().next().is_some_and(|c| !c.is_lowercase());
    let ends = text.ends_with(['.', '?']);
    let open = [
        "{}",
        "{",
        "}",
        "  ",
        "NaN",
        "inf ",
        "$-",
        "--",
        " 1 engineers",
        " 0 engineer-weeks",
    ];
    begins && ends && !open.iter().any(|mark| text.contains(mark))
}

fn decides_for(fired: &Fired) -> Option<Side> {
    match fired.effect {
        Effect::Decides(side) => Some(side),
        _ => None,
    }
}

/// Whoever is somewhere moves only where that pays back in time, or because a rule bars staying.
fn moves_only_where_it_pays(inputs: &Inputs, assessment: &Assessment) -> Result<(), TestCaseError> {
    let verdict = &assessment.verdict;
    let today = inputs
        .already_on
        .filter(|today| inputs.clouds.allow(today.vendor()))
        .filter(|today| assessment.comparison.total(*today).is_some());
    if let (Some(today), Some(platform)) = (today, verdict.platform) {
        prop_assert_eq!(verdict.stays, platform == today);
        let bars = |fired: &Fired| {
            fired.rule.id != "cost" && decides_for(fired).is_some_and(|side| !side.allows(today))
        };
        // A team too small for a cluster has none beside its platform either.
        let small = |fired: &Fired| {
            let of_the_team = ["small-team", "no-platform-team"].contains(&fired.rule.id);
            of_the_team && decides_for(fired) == Some(Side::Serverless)
        };
        let pool = today.has_pool_beside(inputs) && verdict.rules.iter().any(small);
        let barred = pool || verdict.rules.iter().any(bars);
        let the_move = verdict.moves.iter().find(|to| to.to == platform);
        let pays = the_move
            .and_then(|to| to.payback_months)
            .is_some_and(|months| months <= inputs.payback_months * (1.0 + 1e-9));
        prop_assert!(
            platform == today || barred || pays,
            "{today:?} to {platform:?}: {the_move:?}"
        );
    } else {
        prop_assert!(!verdict.stays);
    }
    Ok(())
}

/// "Ruled out" is said of what a rule other than money bars, and "dearer" of what is.
fn is_ruled_out_by_rules_alone(
    inputs: &Inputs,
    assessment: &Assessment,
) -> Result<(), TestCaseError> {
    let verdict = &assessment.verdict;
    for platform in Platform::ALL {
        let barred = || {
            verdict.rules.iter().any(|fired| {
                !["cost", "stay"].contains(&fired.rule.id)
                    && decides_for(fired).is_some_and(|side| !side.allows(platform))
            })
        };
        match assessment.fit(platform, inputs) {
            Fit::RuledOut => prop_assert!(barred(), "{platform:?}"),
            Fit::Dearer(more) => {
                let [this, answer] = [Some(platform), verdict.platform]
                    .map(|platform| assessment.comparison.total(platform.unwrap()).unwrap());
                prop_assert!(more == this - answer && this > answer, "{platform:?}");
            }
            _ => {}
        }
    }
    Ok(())
}

/// Nothing outside the clouds is recommended, nor held against what is.
fn stays_on_the_clouds(inputs: &Inputs, assessment: &Assessment) -> Result<(), TestCaseError> {
    let verdict = &assessment.verdict;
    let named = verdict.group.iter().copied().chain(verdict.platform);
    let others = verdict
        .runner_up
        .into_iter()
        .chain(verdict.against.map(|one| one.platform));
    for platform in named
        .chain(others)
        .chain(verdict.pays_off.map(|one| one.platform))
    {
        prop_assert!(inputs.clouds.allow(platform.vendor()), "{platform:?}");
    }
    if let Some(elsewhere) = verdict.elsewhere {
        prop_assert!(!inputs.clouds.allow(elsewhere.platform.vendor()));
        let total = |p: Platform| assessment.comparison.total(p).unwrap();
        let saving = verdict
            .platform
            .map(|here| total(here) - total(elsewhere.platform));
        prop_assert!(saving.is_none_or(|saving| saving == elsewhere.saving));
    }
    Ok(())
}

/// Who ties with another is tied with by that one; the answer ties, and the table says so.
fn ties_are_symmetric(inputs: &Inputs, assessment: &Assessment) -> Result<(), TestCaseError> {
    let (comparison, verdict) = (&assessment.comparison, &assessment.verdict);
    let slopes = Slopes::default();
    let doubt = Doubt::of(inputs, comparison, &slopes);
    let amount = |platform: Platform| {
        doubt.amount(Held {
            platform,
            beyond: 0.0,
        })
    };
    let all: Vec<_> = Platform::ALL.into_iter().filter_map(amount).collect();
    for (n, one) in all.iter().enumerate() {
        for other in &all[..n] {
            prop_assert_eq!(one.ties_with(other), other.ties_with(one));
        }
    }
    for platform in Platform::ALL {
        let tied = verdict.group.contains(&platform) && verdict.platform != Some(platform);
        let said = assessment.fit(platform, inputs) == Fit::Ties;
        prop_assert_eq!(tied, said, "{:?}", platform);
    }
    prop_assert_eq!(verdict.platform.is_some(), !verdict.group.is_empty());
    prop_assert!(
        verdict
            .platform
            .is_none_or(|platform| verdict.group.contains(&platform))
    );
    Ok(())
}

/// The differences that the sentence tells are those of the two rows.
fn the_sentence_has_the_numbers_of_the_table(
    inputs: &Inputs,
    assessment: &Assessment,
) -> Result<(), TestCaseError> {
    let verdict = &assessment.verdict;
    let bill = |platform: Platform| assessment.comparison.quote(platform).unwrap();
    let (Some(here), Some(against)) = (verdict.platform, verdict.against) else {
        return Ok(());
    };
    let more = bill(against.platform).infrastructure() - bill(here).infrastructure();
    prop_assert_eq!(more, against.infrastructure);
    prop_assert_eq!(
        bill(against.platform).total() - bill(here).total(),
        against.total
    );
    let sentence = answer::sentence(assessment, inputs);
    if sentence.contains("a month more in infrastructure")
        || sentence.contains("a month in infrastructure")
    {
        let number = format::usd_about(Usd::of(more.get().abs()));
        prop_assert!(
            sentence.contains(&number),
            "{sentence} does not say {number}"
        );
    }
    let summary = answer::summary(assessment, inputs).join(" ");
    let total = format::usd_about(bill(here).total());
    prop_assert!(summary.contains(&total), "{summary} does not say {total}");
    Ok(())
}

fn check(inputs: &Inputs, book: &PriceBook) -> Result<(), TestCaseError> {
    let assessment = assess(inputs, book);
    let verdict = &assessment.verdict;
    let fired: Vec<&str> = verdict.rules.iter().map(|fired| fired.rule.id).collect();

    for reason in &verdict.rules {
        let (holds, shown) = holds(reason.rule.id, inputs, &assessment);
        prop_assert!(
            holds,
            "{} fired: {}",
            reason.rule.id,
            explain::reason_of(reason)
        );
        let text = explain::reason_of(reason);
        prop_assert!(is_whole(&text), "{}: {text}", reason.rule.id);
        if let Some(number) = shown {
            let number = format::number(number);
            prop_assert!(text.contains(&number), "{text} does not say {number}");
        }
    }
    // What holds is said.
    for rule in rules::RULES {
        let silent = !fired.contains(&rule.id);
        let (holds, _) = match rule.id {
            "idle" | "constant" | "scheduled" if silent => (false, None),
            id => holds(id, inputs, &assessment),
        };
        prop_assert!(!(silent && holds), "{} is silent", rule.id);
    }
    prop_assert!(verdict.rules.is_sorted_by_key(|fired| fired.rule.question));
    for (one, other) in NEVER_TOGETHER {
        let both = fired.contains(one) && fired.contains(other);
        prop_assert!(!both, "{one} and {other} in {fired:?}");
    }

    // The reasons that decide agree with the answer, and with each other.
    let side = match verdict.class {
        Class::Serverless => Some(Side::Serverless),
        Class::Kubernetes => Some(Side::Kubernetes),
        Class::Hybrid => Some(Side::Hybrid),
        Class::None => None,
    };
    if let Some(side) = side {
        for decided in verdict.rules.iter().filter_map(decides_for) {
            let api_of_hybrid = side == Side::Hybrid && decided == Side::Serverless;
            prop_assert!(
                decided == side || api_of_hybrid,
                "{decided:?} in {fired:?} for {side:?}"
            );
        }
    }

    moves_only_where_it_pays(inputs, &assessment)?;
    stays_on_the_clouds(inputs, &assessment)?;
    ties_are_symmetric(inputs, &assessment)?;
    the_sentence_has_the_numbers_of_the_table(inputs, &assessment)?;
    is_ruled_out_by_rules_alone(inputs, &assessment)?;
    let lone = inputs.team.engineers <= 4 && runs_alone(inputs);
    if lone {
        // Nodes of ECS serve models without a cluster.
        let clusterless = |p: Platform| !p.is_kubernetes() && !p.has_pool_beside(inputs);
        let allowed = match verdict.class {
            Class::Serverless | Class::None => true,
            Class::Hybrid => verdict.platform.is_some_and(clusterless),
            Class::Kubernetes => false,
        };
        prop_assert!(
            allowed,
            "{:?} for {} engineers",
            verdict.class,
            inputs.team.engineers
        );
    }
    if let Some(platform) = verdict.platform {
        prop_assert!(assessment.comparison.total(platform).is_some());
        let kubernetes = platform.definition().people.is_kubernetes();
        prop_assert_eq!(kubernetes, verdict.class == Class::Kubernetes);
        prop_assert!(assessment.comparison.is_open(platform, inputs));
    } else {
        prop_assert_eq!(verdict.class, Class::None);
        let named = verdict.least_operated;
        prop_assert!(named.is_none_or(|platform| platform.definition().people.is_kubernetes()));
    }

    // Everything that is said is said whole.
    let mut texts = vec![
        answer::sentence(&assessment, inputs),
        format::sentence(&verdict.caution),
    ];
    texts.extend(answer::summary(&assessment, inputs));
    texts.extend(explain::consequences(verdict, inputs));
    for text in texts {
        prop_assert!(is_whole(&text), "{text}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_reason_holds_is_whole_and_contradicts_no_other(inputs in legal(), engineers in 1u32..9, plain in any::<bool>()) {
        let mut inputs = inputs;
        // Half of the teams are small, and half of the workloads ask for little: there the advice turns.
        if plain {
            let drawn = inputs.needs.clone();
            inputs.needs = Inputs::default().needs;
            inputs.needs.cold_starts_ok = drawn.cold_starts_ok;
            inputs.needs.mesh = drawn.mesh;
            inputs.team.engineers = engineers;
            inputs.clamp_dependents();
        }
        check(&inputs, &PriceBook::bundled())?;
    }
}
