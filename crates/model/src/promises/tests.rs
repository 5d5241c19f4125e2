//! Tests of what is promised.

use super::*;
use crate::attestation::Attestation;

/// Page, day, confidence and a text of everything that is said of a platform.
type Source = (&'static str, &'static str, Confidence, &'static str);

fn of_platform(platform: Platform) -> Vec<Source> {
    fn source<T: Copy>(fact: &Fact<T>) -> Source {
        (fact.page, fact.read, fact.confidence, fact.note)
    }
    let promises = platform.promises();
    let mut all = match &promises.uptime {
        Uptime::Promised(parts) => parts.iter().map(source).collect(),
        Uptime::None(fact) => vec![source(fact)],
        Uptime::NotKnown { .. } => vec![],
    };
    all.extend(promises.scaling.as_ref().map(source));
    all.extend(promises.attestations.iter().flatten().map(source));
    all.extend(promises.log_days.as_ref().map(source));
    all.extend(promises.log_limit.as_ref().map(source));
    all
}

fn of_vendor(vendor: Vendor) -> Vec<Source> {
    let VendorPromises {
        support, outages, ..
    } = *vendor.promises();
    let support = support
        .iter()
        .map(|plan| (plan.page, plan.read, plan.confidence, plan.plan));
    let outages = outages
        .iter()
        .map(|outage| (outage.page, outage.read, outage.confidence, outage.what));
    support.chain(outages).collect()
}

#[test]
fn every_fact_has_a_page_and_a_day() {
    let platforms = Platform::ALL.into_iter().flat_map(of_platform);
    let vendors = Vendor::ALL.into_iter().flat_map(of_vendor);
    for (page, read, confidence, text) in platforms.chain(vendors) {
        assert!(page.starts_with("https://"), "{page}: {text}");
        // What has no year was not read.
        if !read.contains("20") {
            assert!(["recalled", Support::NOT_READ].contains(&read), "{text}");
            assert_eq!(confidence, Confidence::Low, "{page}: {text}");
        }
        assert!(text.chars().count() <= 110, "{text}");
    }
}

#[test]
fn what_is_not_known_has_a_page_to_look_at() {
    for platform in Platform::ALL {
        if let Uptime::NotKnown { page } = platform.promises().uptime {
            assert!(page.starts_with("https://"), "{platform:?}");
        }
        let page = platform.vendor().promises().outages_page;
        assert!(page.starts_with("https://"), "{platform:?}");
    }
}

#[test]
fn a_plan_of_support_is_known_where_it_was_read() {
    for plan in Vendor::ALL.iter().flat_map(|v| v.promises().support) {
        let known = plan.price.is_some() || plan.answers.is_some();
        assert_eq!(known, plan.read != Support::NOT_READ, "{}", plan.plan);
    }
}

#[test]
fn a_promise_is_most_of_a_month_and_less_without_what_it_asks() {
    let mut seen = 0;
    for platform in Platform::ALL {
        let Uptime::Promised(parts) = platform.promises().uptime else {
            continue;
        };
        assert!(!parts.is_empty());
        for Fact { value: sla, .. } in parts {
            assert!((90.0..100.0).contains(&sla.percent));
            assert!(sla.otherwise.is_none_or(|left| left < sla.percent));
            assert!(sla.asks != Asks::Nothing || sla.otherwise.is_none());
            seen += 1;
        }
        let serverless = !platform.is_kubernetes();
        assert!(parts.iter().all(|part| part.value.serves) || !serverless);
    }
    assert!(seen > Platform::ALL.len() / 2);
}

/// Per cent; none for a promise of nothing.
fn percent(platform: Platform, two_zones: bool) -> Option<f64> {
    match platform.promises().uptime.in_case(two_zones) {
        Promised::Percent(_, percent) => Some(percent),
        Promised::Nothing { .. } | Promised::NotKnown => None,
    }
}

#[test]
fn a_promise_depends_on_the_zones() {
    for (platform, two_zones, expected) in [
        (Platform::CloudRun, false, Some(99.95)),
        (Platform::Fargate, true, Some(99.99)),
        (Platform::Fargate, false, None),
        (Platform::EcsEc2, false, Some(99.5)),
        (Platform::Eks, true, Some(99.95)),
        (Platform::Eks, false, Some(99.5)),
        (Platform::EksFargate, true, Some(99.95)),
        (Platform::EksFargate, false, None),
        (Platform::Gke, true, Some(99.95)),
        (Platform::Gke, false, Some(99.5)),
        (Platform::GkeAutopilot, true, Some(99.9)),
        (Platform::GkeAutopilot, false, None),
        (Platform::Aks, true, Some(99.95)),
        (Platform::Aks, false, Some(99.9)),
        (Platform::AksAutomatic, false, Some(99.95)),
        (Platform::ContainerApps, false, Some(99.95)),
    ] {
        let found = percent(platform, two_zones);
        assert_eq!(found, expected, "{platform:?}, two zones: {two_zones}");
    }
}

#[test]
fn the_weakest_part_is_named() {
    let in_case = |two_zones| Platform::Eks.promises().uptime.in_case(two_zones);
    assert!(matches!(in_case(true), Promised::Percent(part, _) if !part.value.serves));
    assert!(matches!(in_case(false), Promised::Percent(part, _) if part.value.serves));
}

#[test]
fn nothing_promised_is_not_the_same_as_not_known() {
    for two_zones in [false, true] {
        let in_case = |platform: Platform| platform.promises().uptime.in_case(two_zones);
        for platform in [Platform::Fly, Platform::Railway] {
            assert!(matches!(in_case(platform), Promised::Nothing { .. }));
        }
        for platform in [Platform::Render, Platform::AppRunner] {
            assert_eq!(in_case(platform), Promised::NotKnown);
        }
    }
}

#[test]
fn outages_are_those_of_the_vendors_own_platforms_in_order() {
    for vendor in Vendor::ALL {
        let outages = vendor.promises().outages;
        assert!(outages.is_sorted_by_key(|outage| outage.from));
        for outage in outages {
            assert!(outage.from.len() == 10 && outage.from >= "2025-01-01");
            assert!(outage.hours.is_none_or(|hours| hours > 0.0));
            assert!(!outage.platforms.is_empty());
            assert!(outage.platforms.iter().all(|p| p.vendor() == vendor));
        }
    }
}

#[test]
fn railways_longest_outage_is_there() {
    let found = Platform::Railway
        .outages()
        .find(|outage| outage.from == "2026-05-19");
    assert_eq!(found.and_then(|outage| outage.hours), Some(7.9));
}

#[test]
fn hours_of_outages_add_up() {
    for (platform, hours, open) in [
        (Platform::Render, 0.0, 0),
        (Platform::AppRunner, 14.5, 0),
        (Platform::Fargate, 49.5, 0),
        (Platform::CloudRun, 7.5, 0),
        (Platform::ContainerApps, 14.2, 0),
        (Platform::Aks, 18.9, 0),
        (Platform::Fly, 3.0, 2),
        (Platform::Railway, 20.2, 0),
    ] {
        let (sum, without) = platform.outage_hours();
        assert!((sum - hours).abs() < 1e-9, "{platform:?}: {sum}");
        assert_eq!(without, open, "{platform:?}");
    }
}

#[test]
fn something_is_known_of_every_platform() {
    for platform in Platform::ALL {
        let (known, of) = platform.known_promises();
        assert!((1..=of).contains(&known), "{platform:?}: {known} of {of}");
    }
    assert_eq!(Platform::CloudRun.known_promises(), (9, 9));
    // Instances, how long logs are kept, and support.
    assert_eq!(Platform::AppRunner.known_promises(), (3, 9));
    assert_eq!(Platform::Render.known_promises(), (5, 9));
}

#[test]
fn attestations_stand_in_the_order_of_their_names() {
    for (n, attestation) in Attestation::ALL.into_iter().enumerate() {
        assert_eq!(attestation as usize, n);
    }
    // Railway: a report for everybody, an agreement on a plan, nothing known of the rest.
    let value = Platform::Railway
        .promises()
        .attestations
        .map(|one| one.map(|fact| fact.value));
    let expected = [Some(Attested::Yes), Some(Attested::OnPlan), None, None];
    assert_eq!(value, expected);
}
