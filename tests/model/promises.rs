//! What vendors promise: it bars only where it is known to fall short, breaks ties by what an hour down costs, and stands in no bill.

use crate::common::{inputs, legal};
use plimsoll_model::{
    assess,
    bill::{Bar, Refusal},
    compare::compare,
    inputs::Inputs,
    platform::Platform,
    prices::PriceBook,
    promises::{Promised, Support, Uptime},
    vendor::Vendor,
};
use plimsoll_wording::{explain, promises as promises_in_words};
use proptest::prelude::*;

/// Who falls short, of all platforms.
fn short(text: &str) -> Vec<Platform> {
    let comparison = compare(&inputs(text), &PriceBook::bundled());
    let by_promise = |platform: &Platform| match comparison.quote(*platform) {
        Err(Refusal::CannotRun(cannot)) => cannot.by == Bar::Promise,
        _ => false,
    };
    Platform::ALL.into_iter().filter(by_promise).collect()
}

/// 99.95 % in one zone: tasks and nodes of AWS are promised as single instances, a zonal GKE 99.5 %, pods of Autopilot nothing.
#[test]
fn zones_decide_what_is_promised() {
    let needed = |zones: u32| {
        format!(r#"{{"promises":{{"availability_pct":99.95}},"assumptions":{{"zones":{zones}}}}}"#)
    };
    let (one, two) = (short(&needed(1)), short(&needed(2)));
    for platform in [
        Platform::Fargate,
        Platform::EcsExpress,
        Platform::Eks,
        Platform::Gke,
        Platform::Aks,
        Platform::EcsEc2,
    ] {
        assert!(one.contains(&platform), "{platform:?}");
        assert!(!two.contains(&platform), "{platform:?}");
    }
    for platform in [
        Platform::CloudRun,
        Platform::ContainerApps,
        Platform::AksAutomatic,
    ] {
        assert!(!one.contains(&platform), "{platform:?}");
    }
    // Its pods have 99.9 %, Fly.io asks for a plan, Railway publishes none; of Render and App Runner nobody has read it.
    for platform in [Platform::GkeAutopilot, Platform::Fly, Platform::Railway] {
        assert!(two.contains(&platform), "{platform:?}");
    }
    for platform in [Platform::Render, Platform::AppRunner] {
        assert_eq!(platform.promised(&Inputs::default()), Promised::NotKnown);
        assert!(!one.contains(&platform) && !two.contains(&platform));
    }
}

/// One task that is kept is one instance, whatever the zones.
#[test]
fn a_single_task_is_outside_of_the_promise_for_two_zones() {
    let text = r#"{"promises":{"availability_pct":99.95},"min_instances":1}"#;
    assert!(short(text).contains(&Platform::Fargate));
    let comparison = compare(&inputs(text), &PriceBook::bundled());
    let why = |platform| explain::refusal(comparison.quote(platform).unwrap_err());
    let task = why(Platform::Fargate);
    assert!(
        task.contains("in two zones") && task.contains("99.95 %"),
        "{task}"
    );
    // What is left is promised of a single EC2 instance.
    let node = why(Platform::EcsEc2);
    assert!(
        node.contains("99.5 %") && node.contains("99.95 %"),
        "{node}"
    );
    // A worker is one instance, too.
    let worker = r#"{"promises":{"availability_pct":99.95},"http":{"requests_per_month":0},"workers":{"count":1}}"#;
    assert!(short(worker).contains(&Platform::Fargate));
    let two = r#"{"promises":{"availability_pct":99.95},"min_instances":2}"#;
    assert!(!short(two).contains(&Platform::Fargate));
}

/// 99.95 % of 8,760 hours leave 4.38, 99.99 % leave 0.876.
#[test]
fn hours_down_follow_from_the_promise_and_stand_in_no_bill() {
    let text = r#"{"promises":{"hour_down_usd":1000}}"#;
    let with = inputs(text);
    let near = |platform: Platform, usd: f64| {
        let cost = platform.cost_of_hours_down(&with).unwrap().get();
        assert!((cost - usd).abs() < 0.01, "{platform:?}: {cost}");
    };
    near(Platform::CloudRun, 4_380.0);
    near(Platform::Fargate, 876.0);
    for unbound in [Platform::Fly, Platform::Railway, Platform::Render] {
        assert_eq!(unbound.cost_of_hours_down(&with), None);
    }
    let book = PriceBook::bundled();
    let (plain, asked) = (compare(&Inputs::default(), &book), compare(&with, &book));
    for platform in Platform::ALL {
        assert_eq!(plain.total(platform), asked.total(platform));
    }
}

/// Where platforms tie and both promises are known, what an hour down costs tells them apart; what is not known never does.
#[test]
fn an_hour_down_breaks_a_tie_between_what_is_known() {
    let book = PriceBook::bundled();
    let answer = |hour: f64, more: &str| {
        let text = format!(r#"{{"promises":{{"hour_down_usd":{hour}}},{more}}}"#);
        let verdict = assess(&inputs(&text), &book).verdict;
        assert!(verdict.group.len() > 1, "{:?}", verdict.group);
        (verdict.platform.unwrap(), verdict.group)
    };
    // Autopilot's pods may be down 8.76 hours a year, Fargate's tasks 0.876; they are $65 a month apart.
    let busy = r#""clouds":["aws","google-cloud"],"needs":{"tcp":true},"http":{"requests_per_month":1e9},
        "team":{"ops_hours_per_week":{"kubernetes":4}}"#;
    let (before, group) = answer(0.0, busy);
    assert_eq!(before, Platform::GkeAutopilot);
    assert!(group.contains(&Platform::Fargate));
    assert_eq!(answer(1.0, busy).0, Platform::GkeAutopilot);
    assert_eq!(answer(1_000.0, busy), (Platform::Fargate, group));
    // Fly.io is the cheapest of all and is known to promise nothing without a plan: any promise is better than that.
    let (free, _) = answer(0.0, r#""services":1"#);
    assert_eq!(free, Platform::Fly);
    let (safe, group) = answer(1.0, r#""services":1"#);
    assert!(group.contains(&safe) && safe.hours_down_per_year(&Inputs::default()).is_some());
    // Of Render nobody has read it, which loses no tie to Railway and wins none.
    let small = r#""clouds":["railway","render"]"#;
    assert_eq!(answer(0.0, small).0, answer(1e6, small).0);
}

/// Who is barred by a promise today moves, and the move has its cost.
#[test]
fn the_move_from_what_promises_less_has_its_cost() {
    let text = r#"{"promises":{"availability_pct":99.99},"already_on":"eks"}"#;
    let verdict = assess(&inputs(text), &PriceBook::bundled()).verdict;
    assert_ne!(verdict.platform, Some(Platform::Eks));
    let the_move = verdict.moves.first().unwrap();
    assert_eq!(the_move.from, Platform::Eks);
    assert!(the_move.work.cost.get() > 0.0 && the_move.saving.unwrap().get() > 0.0);
}

/// What nobody has read excludes nothing, and is no yes: the answer says so.
#[test]
fn an_answer_that_nobody_has_read_of_is_told_as_such() {
    let book = PriceBook::bundled();
    for text in [
        r#"{"promises":{"availability_pct":99.9},"clouds":["render"]}"#,
        r#"{"promises":{"attestation":"fedramp"},"clouds":["fly"]}"#,
    ] {
        let verdict = assess(&inputs(text), &book).verdict;
        let told = plimsoll_wording::format::sentence(&verdict.caution);
        assert!(
            verdict.platform.is_some() && told.starts_with("Nobody has read"),
            "{told}"
        );
    }
}

/// A business associate agreement is a share of the usage at Render and a floor under it at Railway.
#[test]
fn a_baa_is_priced_where_it_costs() {
    let book = PriceBook::bundled();
    let total = |platform: Platform, text: &str| {
        let inputs = inputs(text);
        let comparison = compare(&inputs, &book);
        comparison.quote(platform).unwrap().infrastructure().get()
    };
    let baa = r#"{"promises":{"attestation":"hipaa-baa"}}"#;
    // Two Starter instances of $7 and a fifth of that, on a workspace of $499 that has room for the traffic.
    let small =
        r#"{"instance":{"vcpu":0.5,"memory_gib":0.5},"promises":{"attestation":"hipaa-baa"}}"#;
    let render = total(Platform::Render, small);
    assert!((render - (499.0 + 1.2 * 14.0)).abs() < 0.01, "{render}");
    assert!(total(Platform::Railway, "{}") < 1_000.0);
    assert!((total(Platform::Railway, baa) - 1_000.0).abs() < 0.01);
    let busy = r#"{"http":{"requests_per_month":3e9}"#;
    let more = [format!("{busy}}}"), format!("{busy},{}", &baa[1..])];
    let [plain, with] = more.map(|text| total(Platform::Railway, &text));
    assert!(
        plain > 1_000.0 && (plain - with).abs() < 0.01,
        "{plain}, {with}"
    );
    assert_eq!(total(Platform::Fly, "{}"), total(Platform::Fly, baa));
}

/// Each thing that is said of a promise has its page.
#[test]
fn every_promise_has_a_page_or_is_not_known() {
    for platform in Platform::ALL {
        let promises = platform.promises();
        match promises.uptime {
            Uptime::Promised(parts) => {
                assert!(parts.iter().all(|part| part.page.starts_with("https://")));
            }
            Uptime::None(fact) => assert!(fact.page.starts_with("https://")),
            Uptime::NotKnown { page } => assert!(page.starts_with("https://")),
        }
        let told = promises_in_words::all(platform);
        for line in &told {
            let known = line.confidence.is_some() && line.page.starts_with("https://");
            let open = line.text.to_lowercase().contains("not known");
            assert!(known || open, "{line:?}");
            assert!(
                line.text.ends_with('.') && !line.text.contains(".."),
                "{line:?}"
            );
        }
        assert!(told.len() >= 10, "{platform:?}");
    }
    for vendor in Vendor::ALL {
        for plan in vendor.promises().support {
            let known = plan.answers.is_some() || plan.price.is_some();
            assert!(known || plan.read == Support::NOT_READ);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// What nobody has read bars nothing, and what is barred is known to fall short.
    #[test]
    fn only_a_known_promise_bars(inputs in legal()) {
        let comparison = compare(&inputs, &PriceBook::bundled());
        for platform in Platform::ALL {
            if let Err(Refusal::CannotRun(cannot)) = comparison.quote(platform)
                && cannot.by == Bar::Promise
            {
                let needed = inputs.promises.availability_pct.unwrap();
                match platform.promised(&inputs) {
                    Promised::Percent(_, percent) => prop_assert!(percent < needed),
                    Promised::Nothing { .. } => {}
                    Promised::NotKnown => prop_assert!(false, "{platform:?}"),
                }
                prop_assert!(cannot.page.starts_with("https://"));
            }
        }
    }
}
