//! What bills used to leave out or to treat unequally; long because each fault has its figure, and each public report of a bill.

use crate::common::{CENT, amount, amount_below, bill, book_with, inputs, nothing, printed};
use plimsoll_formats::scenario;
use plimsoll_model::{
    basis::Basis,
    bill::{Bill, CostCategory, Line},
    inputs::Inputs,
    platform::Platform,
    platforms::{Case, Item, Treatment, aks, cloud_run, gke},
    prices::PriceBook,
};
use plimsoll_wording::{explain, format};
use proptest::prelude::*;
use serde_json::Value;

fn of(platform: Platform, text: &str) -> Bill {
    bill(platform, &inputs(text), &PriceBook::bundled())
}

fn infrastructure(platform: Platform, text: &str) -> f64 {
    of(platform, text).infrastructure().get()
}

fn figure(bill: &Bill, id: &str) -> f64 {
    let found = bill.figures.iter().find(|figure| figure.id == id);
    found.unwrap_or_else(|| panic!("no figure {id}")).value
}

/// Quantity of the lines of a meter.
fn quantity(bill: &Bill, meter: &str) -> f64 {
    let lines = bill.lines.iter().filter(|line| line.meter == meter);
    lines.map(|line| line.quantity).sum()
}

/// A million connections: at 64 KiB and 10,000 a vCPU a hundred instances of one vCPU and 1 GiB, and a load balancer that holds
/// 3,000 with a unit: 1e6 ÷ 3,000 × 730 × 0.008 = 1,946.67.
#[test]
fn a_million_connections_need_memory_places_and_capacity_units() {
    let text = r#"{"http":{"requests_per_month":1e6},"connections":{"count":1e6,"seconds":3600}}"#;
    let fargate = of(Platform::Fargate, text);
    printed(amount(&fargate, "aws/load-balancer/lcu"), 1_946.67, CENT);
    printed(figure(&fargate, "replicas"), 100.0, 1e-9);
    for platform in Platform::ALL {
        let one = inputs(
            r#"{"http":{"requests_per_month":1e6},"connections":{"count":1,"seconds":3600}}"#,
        );
        let many = inputs(text);
        let book = PriceBook::bundled();
        let quote =
            |inputs: &Inputs| platform.quote(&Case::of(inputs), &book.in_region(inputs.region));
        let (Ok(one), Ok(many)) = (quote(&one), quote(&many)) else {
            continue;
        };
        let more = (many.infrastructure() - one.infrastructure()).get();
        assert!(
            more > 500.0,
            "{}: {more} for a million connections",
            platform.id()
        );
    }
}

/// By memory: 8 MiB each are 128 of a GiB, so that 1,000 of them need eight instances.
#[test]
fn heavy_connections_are_held_by_memory() {
    let text = r#"{"connections":{"count":1000},"assumptions":{"connection_kib":8192}}"#;
    printed(figure(&of(Platform::Fargate, text), "replicas"), 8.0, 1e-9);
}

/// EKS on Fargate as AWS runs it: no Spot; two NAT gateways 65.70, their data 0.45 and four addresses 14.60 in place of four
/// addresses of pods and balancer; two pods of cluster DNS 18.02.
#[test]
fn eks_on_fargate_has_nat_and_dns_and_no_spot() {
    let plain = of(Platform::EksFargate, "{}");
    let dns = 2.0 * 730.0 * (0.25 * 0.04048 + 0.5 * 0.004_445);
    printed(plain.infrastructure().get() - dns, 270.56, CENT);
    assert_eq!(plain, of(Platform::EksFargate, r#"{"buy":{"spot":1}}"#));
    let fewer = infrastructure(Platform::Fargate, r#"{"buy":{"spot":1}}"#);
    assert!(fewer < infrastructure(Platform::Fargate, "{}"));
}

/// A longer promise never costs more: where no rate for three years is known, that for one holds.
#[test]
fn three_years_cost_no_more_than_one() {
    let of_years = |platform, years| {
        let text = format!(r#"{{"buy":{{"commitment":"{years}","coverage":1}}}}"#);
        infrastructure(platform, &text)
    };
    for platform in Platform::ALL {
        let [none, one, three] = ["none", "1y", "3y"].map(|years| of_years(platform, years));
        assert!(none >= one && one >= three, "{}", platform.id());
    }
    // Of 72.08 for two tasks 45 %.
    let tasks = 2.0 * 730.0 * (0.04048 + 2.0 * 0.004_445);
    let off = of_years(Platform::Fargate, "none") - of_years(Platform::Fargate, "3y");
    printed(off, 0.45 * tasks, CENT);
}

/// 40, 52 and 40 % off a node of GKE.
#[test]
fn gke_has_spot() {
    for (region, share) in [("us", 0.40), ("europe", 0.52), ("asia", 0.40)] {
        let text = format!(r#"{{"region":"{region}","buy":{{"spot":1}}}}"#);
        let bill = of(Platform::Gke, &text);
        let off = -amount(&bill, "google-cloud/spot/compute-engine");
        printed(
            off / amount_below(&bill, "google-cloud/compute-engine/"),
            share,
            1e-9,
        );
    }
}

/// Sidecars and padding are billed wherever pods are billed.
#[test]
fn pods_pay_for_padding_and_sidecars_on_every_kubernetes() {
    let plain = r#"{"services":25,"http":{"requests_per_month":2e9}}"#;
    let meshed = r#"{"services":25,"http":{"requests_per_month":2e9},"needs":{"mesh":true},
        "assumptions":{"sidecar_vcpu":1,"sidecar_gib":1}}"#;
    let padded =
        r#"{"services":25,"http":{"requests_per_month":2e9},"assumptions":{"requests_padding":2}}"#;
    for platform in Platform::ALL.into_iter().filter(|one| one.is_kubernetes()) {
        let before = infrastructure(platform, plain);
        assert!(
            infrastructure(platform, padded) > 1.2 * before,
            "{}",
            platform.id()
        );
        if platform != Platform::EksFargate {
            assert!(
                infrastructure(platform, meshed) > 1.2 * before,
                "{}",
                platform.id()
            );
        }
    }
    // No DaemonSet, no init container with NET_ADMIN: no mesh.
    let meshed = inputs(meshed);
    let book = PriceBook::bundled();
    let quote = Platform::EksFargate.quote(&Case::of(&meshed), &book.in_region(meshed.region));
    assert!(quote.is_err());
}

/// 20 pods of 1.25 vCPU asked for 1 needed: what Autopilot bills of vCPU grows by a quarter.
#[test]
fn autopilot_bills_what_padding_adds() {
    let vcpu = |text: &str| {
        amount(
            &of(Platform::GkeAutopilot, text),
            "google-cloud/gke-autopilot/vcpu",
        )
    };
    let text = |padding: f64| {
        format!(
            r#"{{"surroundings":{{"monitoring":false}},"http":{{"requests_per_month":1e9}},"assumptions":{{"requests_padding":{padding}}}}}"#
        )
    };
    printed(vcpu(&text(1.25)) / vcpu(&text(1.0)), 1.25, 1e-9);
}

/// A kept instance is billed either active or idle: together the 2,628,000 s of a month.
#[test]
fn an_instance_that_is_kept_has_one_month() {
    let text = r#"{"min_instances":1,"http":{"latency_ms":10,"cpu_ms":5}}"#;
    let bill = of(Platform::CloudRun, text);
    let of = |kind: &str| {
        quantity(
            &bill,
            &format!("google-cloud/cloud-run/request-based/{kind}"),
        )
    };
    printed(of("vcpu-active") + of("vcpu-idle"), 2_628_000.0, 1.0);
}

/// The figure is where Cloud Run's own bill changes from one way of billing to the other.
#[test]
fn instance_billing_begins_where_the_bill_changes() {
    let inputs = Inputs::default();
    let found = cloud_run::instance_billing_from(&inputs, &PriceBook::bundled()).unwrap();
    let is_instance_based = |requests: f64| {
        let bill = of(
            Platform::CloudRun,
            &format!(r#"{{"http":{{"requests_per_month":{requests}}}}}"#),
        );
        amount(&bill, "google-cloud/cloud-run/requests") == 0.0
    };
    assert!(
        !is_instance_based(0.999 * found) && is_instance_based(1.001 * found),
        "{found}"
    );
    printed(found, 20.2e6, 0.1e6);
}

/// Staging all week and dev in office hours cost nothing where a platform scales to zero, unless a minimum is set.
#[test]
fn other_environments_scale_to_zero_where_the_platform_does() {
    let without = r#"{"services":8}"#;
    let with = r#"{"services":8,"environments":[{"name":"staging","hours_per_week":168,"replicas":2},
        {"name":"dev","hours_per_week":50,"replicas":1}]}"#;
    let kept = |text: &str| text.replacen('{', r#"{"min_instances":1,"#, 1);
    for platform in [Platform::CloudRun, Platform::ContainerApps, Platform::Fly] {
        printed(
            infrastructure(platform, with),
            infrastructure(platform, without),
            CENT,
        );
        let more = infrastructure(platform, &kept(with)) - infrastructure(platform, &kept(without));
        assert!(more > 5.0, "{}: {more}", platform.id());
    }
}

/// By default AKS gives a node of 8, 16 and 64 vCPU a disk of 256, 512 and 1,024 GiB.
#[test]
fn aks_nodes_have_the_disk_of_their_size() {
    for (vcpu, disk) in [
        (4, "p10-128gib"),
        (8, "p15-256gib"),
        (16, "p20-512gib"),
        (32, "p20-512gib"),
        (64, "p30-1024gib"),
    ] {
        let bill = of(
            Platform::Aks,
            &format!(r#"{{"cluster":{{"node_vcpu":{vcpu}}}}}"#),
        );
        assert!(
            amount(&bill, &format!("azure/disk/{disk}")) > 0.0,
            "{vcpu} vCPU"
        );
    }
}

/// Thirty runs of half an hour on a cluster without anything else: one small node for what the cluster itself runs, and the
/// runs with five minutes each for boot and going: 730 + 30 × 35 ÷ 60 = 747.5 hours, not two nodes all month.
#[test]
fn nodes_come_and_go_with_nightly_runs() {
    let text = r#"{"http":{"requests_per_month":0},"jobs":{"runs_per_month":30,"minutes":30,"vcpu":1.5,"memory_gib":4}}"#;
    for (platform, nodes) in [(Platform::Eks, "aws/ec2/"), (Platform::Aks, "azure/vm/")] {
        let bill = of(platform, text);
        let hours: f64 = bill
            .lines
            .iter()
            .filter(|line| line.meter.starts_with(nodes))
            .map(|line| line.quantity)
            .sum();
        printed(hours, 747.5, 0.1);
    }
    // Where nothing else runs there are only the nodes of the runs.
    let mut alone = nothing();
    alone.jobs.runs_per_month = 30.0;
    alone.jobs.minutes = 30.0;
    let bill = bill(Platform::EksAuto, &alone, &PriceBook::bundled());
    let hours: f64 = bill
        .lines
        .iter()
        .filter(|line| line.meter.starts_with("aws/ec2/"))
        .map(|line| line.quantity)
        .sum();
    printed(hours, 17.5, 0.1);
}

/// A disk of one's own price may be dearer than its node: the fewest disks win then.
#[test]
fn the_cheapest_nodes_are_found_at_any_price_of_their_disks() {
    let inputs = inputs(r#"{"services":10}"#);
    let book = book_with(&[("azure/disk/p10-128gib", 80.0)]);
    let found = bill(Platform::Aks, &inputs, &book).infrastructure().get();
    let of_size = |vcpu: f64| {
        let mut inputs = inputs.clone();
        inputs.cluster.node_vcpu = Some(vcpu);
        bill(Platform::Aks, &inputs, &book).infrastructure().get()
    };
    let sizes = aks::NODE_TYPES.iter().map(|node| of_size(node.vcpu));
    printed(found, sizes.fold(f64::MAX, f64::min), 1e-6);
}

/// A gateway of Google's counts 32 machines at most: with more, small nodes cost no more of it than large ones.
#[test]
fn the_cheapest_nodes_are_found_behind_a_gateway_too() {
    let text = r#"{"services":10,"http":{"requests_per_month":1e10,"latency_ms":1000,"cpu_ms":1000},"surroundings":{"nat":true}}"#;
    let inputs = inputs(text);
    let book = book_with(&[("google-cloud/nat/gateway", 5.0)]);
    let of = |inputs: &Inputs| bill(Platform::Gke, inputs, &book).infrastructure().get();
    let of_size = |vcpu: f64| {
        let mut inputs = inputs.clone();
        inputs.cluster.node_vcpu = Some(vcpu);
        of(&inputs)
    };
    let sizes = gke::NODE_TYPES.iter().map(|node| of_size(node.vcpu));
    printed(of(&inputs), sizes.fold(f64::MAX, f64::min), 1e-6);
}

/// A machine of one vCPU of Fly.io never costs more for asking for less.
#[test]
fn fly_takes_a_larger_machine_where_it_is_cheaper() {
    let of = |vcpu: f64| {
        infrastructure(
            Platform::Fly,
            &format!(r#"{{"http":{{"requests_per_month":1e8}},"instance":{{"vcpu":{vcpu}}}}}"#),
        )
    };
    assert!(of(1.0) <= of(4.0));
    printed(of(1.0), 64.46, CENT);
}

/// The address of Google's load balancer is free, its NAT isn't, and one zonal cluster is covered by the credit.
#[test]
fn googles_addresses_nat_and_credit() {
    let nodes = |bill: &Bill| quantity(bill, "google-cloud/ipv4/external") / 730.0;
    let bill = of(Platform::Gke, "{}");
    printed(nodes(&bill), figure(&bill, "nodes"), 1e-9);
    let nat = of(Platform::GkeAutopilot, r#"{"surroundings":{"nat":true}}"#);
    printed(
        amount(&nat, "google-cloud/nat/gateway"),
        2.0 * 730.0 * 0.0014,
        CENT,
    );
    printed(amount(&nat, "google-cloud/ipv4/external"), 3.65, CENT);
    let staging = of(
        Platform::Gke,
        r#"{"environments":[{"name":"staging","hours_per_week":168,"replicas":1}]}"#,
    );
    printed(amount(&staging, "google-cloud/gke/cluster"), 146.0, CENT);
    printed(amount(&staging, "google-cloud/gke/credit"), -73.0, CENT);
}

/// Where the rate of worker pools is missing, the bill says what stands in for it.
#[test]
fn a_missing_rate_of_worker_pools_is_said() {
    for (region, notes) in [("us", 0), ("europe", 1), ("asia", 1)] {
        let text = format!(r#"{{"region":"{region}","workers":{{"count":1}}}}"#);
        assert_eq!(of(Platform::CloudRun, &text).notes.len(), notes, "{region}");
    }
}

/// DNS, metrics, ingress and the autoscaler take half a vCPU and a GiB once, and Google's agents 0.45 vCPU of each node.
#[test]
fn a_cluster_runs_its_own_pods() {
    let asked = |text: &str| figure(&of(Platform::Eks, text), "asked_vcpu");
    let quiet = r#"{"surroundings":{"monitoring":false}}"#;
    let without = r#"{"surroundings":{"monitoring":false},"assumptions":{"add_ons_vcpu":0}}"#;
    printed(asked(quiet) - asked(without), 0.5, 1e-9);
    let gke = of(Platform::Gke, "{}");
    printed(
        figure(&gke, "agents_vcpu") / figure(&gke, "nodes"),
        0.45,
        1e-9,
    );
}

/// An explicit minimum of one is obeyed by all; two is what is counted where none is set.
#[test]
fn a_minimum_is_obeyed_by_every_platform() {
    let quiet = |min: &str| format!(r#"{{{min}"http":{{"requests_per_month":1000}}}}"#);
    for platform in Platform::ALL {
        let bill = of(platform, &quiet(r#""min_instances":1,"#));
        let count = bill
            .figures
            .iter()
            .find(|figure| ["replicas", "alive_instances", "instances"].contains(&figure.id));
        let count = count.unwrap_or_else(|| panic!("{}", platform.id())).value;
        assert!((count - 1.0).abs() < 1e-6, "{}: {count}", platform.id());
    }
    assert_eq!(figure(&of(Platform::Fargate, &quiet("")), "replicas"), 2.0);
}

/// A program that works between requests gets CPU then: 99.90 a month for 2 vCPU and 2 GiB after the free tier.
#[test]
fn work_between_requests_is_instance_based() {
    let text = r#"{"instance":{"vcpu":2,"memory_gib":2},"min_instances":1,"http":{"requests_per_month":1400},"needs":{"background":true}}"#;
    let bill = of(Platform::CloudRun, text);
    printed(amount_below(&bill, "google-cloud/cloud-run/"), 99.90, CENT);
    let app_runner = inputs(text);
    let book = PriceBook::bundled();
    assert!(
        Platform::AppRunner
            .quote(&Case::of(&app_runner), &book.in_region(app_runner.region))
            .is_err()
    );
}

/// The spread of a start is the program's, not the platform's: by one way for all.
#[test]
fn a_cold_start_is_the_platform_and_the_program() {
    let latency = |platform, id: &str, startup: f64| {
        // Every request waits.
        let text = format!(
            r#"{{"http":{{"requests_per_month":1000}},"traffic":{{"cv2":1}},"instance":{{"startup_s":{startup}}}}}"#
        );
        figure(&of(platform, &text), id) / 1_000.0
    };
    let container_apps = |id| latency(Platform::ContainerApps, id, 1.0);
    let median = container_apps("added_latency_p50_ms");
    assert!((15.0..=23.0).contains(&median), "{median}");
    assert!(container_apps("added_latency_p95_ms") < 45.0);
    for platform in [Platform::CloudRun, Platform::ContainerApps] {
        // What the platform does adds to the program's time and does not multiply its spread.
        let at = |startup| latency(platform, "added_latency_p95_ms", startup);
        assert!(at(2.0) - at(1.0) <= 2.6, "{}", platform.id());
    }
}

/// Three small services with a balancer each: 3 × 730 × 0.0225 = 49.28 and six addresses 21.90 before any task's.
#[test]
fn services_share_a_load_balancer_or_have_one_each() {
    let text = |each: bool| {
        format!(
            r#"{{"services":3,"surroundings":{{"balancer_per_service":{each},"nat":true}},"http":{{"requests_per_month":3000}}}}"#
        )
    };
    let each = of(Platform::Fargate, &text(true));
    printed(amount(&each, "aws/load-balancer/alb"), 49.28, CENT);
    // Two gateways have an address, too.
    printed(amount(&each, "aws/ipv4/public"), 21.90 + 7.30, CENT);
    printed(
        amount(
            &of(Platform::Fargate, &text(false)),
            "aws/load-balancer/alb",
        ),
        16.43,
        CENT,
    );
}

/// A connection that is kept is open all the time.
#[test]
fn a_connection_that_is_kept_keeps_its_instance_busy() {
    let text = r#"{"http":{"requests_per_month":0},"connections":{"count":1,"seconds":600}}"#;
    let bill = of(Platform::CloudRun, text);
    printed(figure(&bill, "billed_instance_seconds"), 2_628_000.0, 1.0);
}

/// Traffic between zones, extended support and private endpoints cost what an input says there is.
#[test]
fn zones_support_and_endpoints_are_billed_once_they_are_set() {
    let zones = r#"{"surroundings":{"gb_between_zones":1000}}"#;
    printed(
        amount(&of(Platform::Eks, zones), "aws/zone-traffic/each-side"),
        20.0,
        CENT,
    );
    let gib = 1e12 / 1_073_741_824.0;
    printed(
        amount(
            &of(Platform::Gke, zones),
            "google-cloud/zone-traffic/sender",
        ),
        gib * 0.01,
        CENT,
    );
    assert_eq!(
        infrastructure(Platform::Aks, zones),
        infrastructure(Platform::Aks, "{}")
    );
    let endpoint = r#"{"surroundings":{"private_endpoints":1}}"#;
    printed(
        amount(
            &of(Platform::Fargate, endpoint),
            "aws/vpc-endpoint/interface",
        ),
        14.60,
        CENT,
    );
    printed(
        amount(
            &of(Platform::ContainerApps, endpoint),
            "azure/container-apps/environment-management",
        ),
        73.0,
        CENT,
    );
    let through = r#"{"surroundings":{"private_endpoints":1,"gb_through_endpoints":1000}}"#;
    for (platform, meter) in [
        (Platform::Eks, "aws/vpc-endpoint/data"),
        (Platform::Aks, "azure/private-endpoint/data"),
    ] {
        printed(amount(&of(platform, through), meter), 10.0, CENT);
    }
    // Without an endpoint nothing goes through one.
    let none = r#"{"surroundings":{"gb_through_endpoints":1000}}"#;
    assert_eq!(
        infrastructure(Platform::Eks, none),
        infrastructure(Platform::Eks, "{}")
    );
    let extended = r#"{"cluster":{"extended_support":true}}"#;
    printed(
        amount(&of(Platform::Eks, extended), "aws/eks/cluster-extended"),
        438.0,
        CENT,
    );
    printed(
        amount(&of(Platform::Aks, extended), "azure/aks/premium"),
        438.0,
        CENT,
    );
    let runs =
        r#"{"jobs":{"runs_per_month":1000,"minutes":1},"assumptions":{"run_overhead_s":47}}"#;
    let short = r#"{"jobs":{"runs_per_month":1000,"minutes":1}}"#;
    let hours = |text: &str| {
        quantity(
            &of(Platform::ContainerApps, text),
            "azure/container-apps/vcpu-active",
        )
    };
    printed(hours(runs) - hours(short), 47_000.0, 1.0);
}

/// Logs that a platform doesn't bill: its limit is told, a service of one's own has its price, and sampling keeps a part.
#[test]
fn logs_are_sampled_sent_elsewhere_and_dropped() {
    let service =
        r#"{"http":{"requests_per_month":2e9},"surroundings":{"log_service_usd_per_gb":0.5}}"#;
    for platform in [Platform::Fly, Platform::Render] {
        let volume = quantity(&of(platform, service), "own/price");
        assert!(volume > 2_000.0, "{}: {volume} GB", platform.id());
        printed(
            amount(&of(platform, service), "own/price"),
            0.5 * volume,
            CENT,
        );
    }
    let sampled = r#"{"http":{"requests_per_month":2e9},"surroundings":{"log_share":0.1}}"#;
    let all = r#"{"http":{"requests_per_month":2e9}}"#;
    let logs = |text: &str| quantity(&of(Platform::Aks, text), "azure/logs/ingestion");
    printed(logs(sampled) / logs(all), 0.1, 1e-9);
    let busy = r#"{"http":{"requests_per_month":3e9,"latency_ms":1,"cpu_ms":0.2}}"#;
    assert_eq!(of(Platform::Railway, busy).notes.len(), 1);
    assert_eq!(of(Platform::Railway, "{}").notes.len(), 0);
}

/// A sixteenth of a core makes 20 ms of CPU 320 ms, and more where others queue for it.
#[test]
fn a_shared_cpu_is_said_to_be_slow() {
    let told = |text: &str| of(Platform::Fly, text).notes.first().map(format::sentence);
    let quiet = told(r#"{"http":{"requests_per_month":1000}}"#).unwrap();
    assert!(
        quiet.contains("20 ms of CPU of a request take about 320 ms"),
        "{quiet}"
    );
    let busy = told(r#"{"http":{"requests_per_month":1e9}}"#);
    assert!(busy.is_none_or(|busy| busy != quiet));
    let large = r#"{"instance":{"vcpu":16,"memory_gib":64}}"#;
    assert_eq!(told(large), None);
}

/// Padding as it is in the field stands beside that of a well-run cluster, and the other way round.
#[test]
fn the_padding_of_the_field_stands_beside_ours() {
    let book = PriceBook::bundled();
    for platform in Platform::ALL {
        let trace = |text: &str| {
            let inputs = inputs(text);
            let prices = book.in_region(inputs.region);
            platform
                .capacity_trace(&Case::of(&inputs), &prices)
                .unwrap()
        };
        let busy = r#"{"http":{"requests_per_month":1e9}}"#;
        let padded = r#"{"http":{"requests_per_month":1e9},"assumptions":{"requests_padding":5}}"#;
        let (ours, field) = (trace(busy), trace(padded));
        let billed = platform.treatment(Item::Padding) == Treatment::Billed;
        assert_eq!(ours.beside.is_some(), billed, "{}", platform.id());
        if let (Some(there), Some(here)) = (ours.beside, field.beside) {
            printed(there.vcpu, field.paid(), 1e-9);
            printed(here.vcpu, ours.paid(), 1e-9);
            assert!(there.vcpu > 2.0 * ours.paid(), "{}", platform.id());
        }
    }
}

/// Prices that were read more than ninety days ago are named where a hundredth of a bill rests on them.
#[test]
fn old_prices_that_decide_a_bill_are_named() {
    let book = PriceBook::bundled();
    // Tokyo's tasks were read on 2026-09-16.
    let told = |today: &str| {
        let bill = of(Platform::Fargate, r#"{"region":"asia"}"#);
        explain::old_prices(&bill, &book, today)
    };
    let named = |today| told(today).is_some_and(|told| told.contains("Fargate vCPU-Hours"));
    assert!(named("2027-01-05") && !named("2026-12-01"));
    let later = told("2027-01-05").unwrap();
    assert!(later.contains("older than 90 days"), "{later}");
    assert_eq!(told("no day"), None);
    // A year that has not ended may be fresh.
    let railway = of(Platform::Railway, "{}");
    assert_eq!(explain::old_prices(&railway, &book, "2026-11-28"), None);
}

/// A runtime without requests uses some CPU: two replicas at a hundredth of a vCPU.
#[test]
fn railway_bills_idle_cpu() {
    let minutes = |idle: f64| {
        quantity(
            &of(
                Platform::Railway,
                &format!(r#"{{"assumptions":{{"idle_vcpu":{idle}}}}}"#),
            ),
            "railway/vcpu",
        )
    };
    printed(
        minutes(0.01) - minutes(0.0),
        2.0 * 730.0 * 60.0 * 0.01,
        1e-6,
    );
}

/// Environments as namespaces share the control plane, the balancer's cluster and its add-ons, and take less work.
#[test]
fn environments_may_be_namespaces() {
    let text = |namespaces: bool| {
        format!(
            r#"{{"cluster":{{"namespaces":{namespaces}}},"environments":[{{"name":"staging","hours_per_week":168,"replicas":1}}]}}"#
        )
    };
    for platform in [
        Platform::Eks,
        Platform::Gke,
        Platform::Aks,
        Platform::GkeAutopilot,
    ] {
        let own = of(platform, &text(false));
        let shared = of(platform, &text(true));
        assert!(
            shared.infrastructure() < own.infrastructure(),
            "{}",
            platform.id()
        );
        let people = |bill: &Bill| bill.subtotal(CostCategory::People).get();
        assert!(people(&shared) < people(&own), "{}", platform.id());
    }
    printed(
        amount(&of(Platform::Eks, &text(true)), "aws/eks/cluster"),
        73.0,
        CENT,
    );
}

/// A discount stands in the part of the bill in which it was spent.
#[test]
fn a_discount_is_taken_off_each_part() {
    let text = r#"{"buy":{"discount_percent":{"aws":60}},"http":{"requests_per_month":1e9}}"#;
    let plain = of(Platform::Fargate, r#"{"http":{"requests_per_month":1e9}}"#);
    let bill = of(Platform::Fargate, text);
    for category in CostCategory::INFRASTRUCTURE {
        printed(
            bill.subtotal(category).get(),
            0.4 * plain.subtotal(category).get(),
            1e-6,
        );
    }
}

/// A line is as sure as the least sure of what it is made of.
#[test]
fn lines_that_rest_on_the_idle_share_are_assumed() {
    let bill = of(
        Platform::ContainerApps,
        r#"{"min_instances":1,"http":{"requests_per_month":1e6}}"#,
    );
    let lines = bill
        .lines
        .iter()
        .filter(|line| line.meter.starts_with("azure/container-apps/vcpu-"));
    assert!(lines.clone().count() >= 2 && lines.clone().all(|line| line.basis == Basis::Assumed));
}

/// What changes the bill of an item, as scenario text without its braces; none for those that no input asks for.
fn probe(item: Item) -> Option<(&'static str, &'static str)> {
    let pair = match item {
        Item::Connections => ("", r#""connections":{"count":1e6}"#),
        Item::Balancers => (r#""surroundings":{"load_balancer":false}"#, ""),
        Item::Addresses => (r#""surroundings":{"public_ipv4":false}"#, ""),
        Item::Nat => (
            r#""assumptions":{"nat_kb_per_request":1},"surroundings":{"nat":true}"#,
            r#""assumptions":{"nat_kb_per_request":90},"surroundings":{"nat":true}"#,
        ),
        Item::RawPorts => ("", r#""needs":{"tcp":true}"#),
        Item::Windows => ("", r#""needs":{"windows":true}"#),
        Item::Egress => (r#""surroundings":{"egress":false}"#, ""),
        Item::Logs => (r#""surroundings":{"logs":false}"#, ""),
        Item::Registry => (r#""surroundings":{"registry":false}"#, ""),
        Item::Sidecars => (
            r#""assumptions":{"sidecar_vcpu":1,"sidecar_gib":1}"#,
            r#""assumptions":{"sidecar_vcpu":1,"sidecar_gib":1},"needs":{"mesh":true}"#,
        ),
        Item::Padding => ("", r#""assumptions":{"requests_padding":2}"#),
        Item::AddOns => (
            r#""assumptions":{"add_ons_vcpu":0,"add_ons_gib":0},"cluster":{"node_vcpu":2}"#,
            r#""assumptions":{"add_ons_vcpu":1.5,"add_ons_gib":4},"cluster":{"node_vcpu":2}"#,
        ),
        Item::Environments => (
            "",
            r#""environments":[{"name":"staging","hours_per_week":168,"replicas":2}]"#,
        ),
        Item::Minimums => (r#""min_instances":1"#, ""),
        Item::Commitments => ("", r#""buy":{"commitment":"1y"}"#),
        Item::Spot => ("", r#""buy":{"spot":0.5}"#),
        Item::ZoneTraffic => ("", r#""surroundings":{"gb_between_zones":1000}"#),
        Item::ServiceTraffic => return None,
        Item::ExtendedSupport => ("", r#""cluster":{"extended_support":true}"#),
        Item::PrivateEndpoints => ("", r#""surroundings":{"private_endpoints":2}"#),
        Item::ImagePulls => (
            r#""assumptions":{"run_overhead_s":0}"#,
            r#""assumptions":{"run_overhead_s":60}"#,
        ),
        Item::GpuNodes => ("", r#""needs":{"gpu":"serving"}"#),
    };
    Some(pair)
}

const SERVICES: &str = r#""services":4,"http":{"requests_per_month":4e8,"response_kb":20}"#;

/// The table of equal treatment says what the bills do: what is billed changes them, what is included, left out or absent
/// doesn't. So no platform is cheaper by silence.
#[test]
fn the_table_of_treatments_says_what_bills_do() {
    let book = PriceBook::bundled();
    let base = format!(r#"{SERVICES},"jobs":{{"runs_per_month":20000,"minutes":5}}"#);
    for item in Item::ALL {
        let Some((before, after)) = probe(item) else {
            continue;
        };
        for platform in Platform::ALL {
            let treatment = platform.treatment(item);
            // Its two pods of DNS are what it has of add-ons; they have a test of their own.
            if (item, platform) == (Item::AddOns, Platform::EksFargate) {
                continue;
            }
            let total = |more: &str| {
                let base = match (item, platform) {
                    // A busy service has more instances for its load.
                    (Item::Minimums, _) => r#""http":{"requests_per_month":1000}"#,
                    // App Runner runs no jobs.
                    (_, Platform::AppRunner) => SERVICES,
                    _ => base.as_str(),
                };
                let comma = if more.is_empty() { "" } else { "," };
                let inputs = inputs(&format!("{{{base}{comma}{more}}}"));
                let quote = platform.quote(&Case::of(&inputs), &book.in_region(inputs.region));
                quote.ok().map(|bill| bill.infrastructure().get())
            };
            // A platform that says it can't is not silent.
            let (Some(before), Some(after)) = (total(before), total(after)) else {
                continue;
            };
            let changes = match item {
                // A second one by itself, not a first one that is kept.
                Item::Minimums => after > before + 1e-6,
                _ => (after - before).abs() > 1e-6,
            };
            let billed = matches!(treatment, Treatment::Billed | Treatment::WhenSet);
            assert_eq!(
                changes,
                billed,
                "{item:?} on {}: {before}, {after}, {treatment:?}",
                platform.id()
            );
        }
    }
}

/// The rows of `tests/cases/real-bills.json`, by id.
fn real(id: &str) -> (Value, f64) {
    let rows: Value = serde_json::from_str(include_str!("../cases/real-bills.json")).unwrap();
    let rows = rows["bills"].as_array().unwrap().clone();
    let row = rows.into_iter().find(|row| row["id"] == id).unwrap();
    let tolerance = row["tolerance"].as_f64().unwrap_or(0.0);
    (row, tolerance)
}

fn near(ours: f64, reported: &Value, tolerance: f64, id: &str) {
    let reported = reported.as_f64().unwrap();
    assert!(
        (ours - reported).abs() <= tolerance * reported,
        "{id}: {ours}, reported {reported}"
    );
}

/// Every row, so that a new one is not forgotten.
#[test]
fn public_reports_of_real_bills_are_met() {
    let rows: Value = serde_json::from_str(include_str!("../cases/real-bills.json")).unwrap();
    for row in rows["bills"].as_array().unwrap() {
        let id = row["id"].as_str().unwrap();
        let met = REAL.iter().find(|(of, _)| *of == id);
        let (_, meets) = met.unwrap_or_else(|| panic!("nothing meets {id}"));
        let (row, tolerance) = real(id);
        meets(&row, tolerance);
    }
}

/// What meets a report.
type Meets = fn(&Value, f64);

const REAL: &[(&str, Meets)] = &[
    ("aws-egress-59tb", |row, tolerance| {
        let lines = row["reported"]["lines"].as_array().unwrap();
        let gb: f64 = lines.iter().map(|line| line[1].as_f64().unwrap()).sum();
        let sent = gb + row["reported"]["free_gb"].as_f64().unwrap();
        let inputs = inputs(&format!(
            r#"{{"http":{{"requests_per_month":1e9,"response_kb":{}}}}}"#,
            sent / 1e9 * 1e6
        ));
        let bill = bill(Platform::Fargate, &inputs, &PriceBook::bundled());
        near(
            amount_below(&bill, "aws/egress/"),
            &row["reported"]["total_usd"],
            tolerance,
            "egress",
        );
        let bands = ["first-10-tb", "next-40-tb", "next-100-tb"];
        for (band, line) in bands.iter().zip(lines).skip(1) {
            near(
                amount(&bill, &format!("aws/egress/{band}")),
                &line[2],
                tolerance,
                band,
            );
        }
    }),
    ("cloud-run-always-allocated", |row, tolerance| {
        let text = r#"{"instance":{"vcpu":2,"memory_gib":2},"min_instances":1,"http":{"requests_per_month":1400},"needs":{"background":true}}"#;
        let bill = of(Platform::CloudRun, text);
        let after = amount_below(&bill, "google-cloud/cloud-run/");
        near(
            after,
            &row["expected_usd"]["after_credit"],
            tolerance,
            "after the credit",
        );
        let credit = amount_below(&bill, "google-cloud/cloud-run/free/");
        near(
            after - credit,
            &row["expected_usd"]["before_credit"],
            tolerance,
            "before it",
        );
    }),
    ("three-balancers", |row, tolerance| {
        let text = r#"{"services":3,"surroundings":{"balancer_per_service":true},"min_instances":1,"http":{"requests_per_month":3000}}"#;
        let bill = of(Platform::Fargate, text);
        // That May had 744 hours.
        let may = 744.0 / 730.0;
        near(
            may * amount(&bill, "aws/load-balancer/alb"),
            &row["reported"]["load_balancing_usd"],
            tolerance,
            "balancers",
        );
        near(
            may * amount(&bill, "aws/ipv4/public"),
            &row["reported"]["public_ipv4_usd"],
            tolerance,
            "addresses",
        );
    }),
    ("one-fargate-task", |row, tolerance| {
        let text = r#"{"instance":{"vcpu":0.25,"memory_gib":0.5},"min_instances":1,"http":{"requests_per_month":1000}}"#;
        let compute = of(Platform::Fargate, text)
            .subtotal(CostCategory::Compute)
            .get();
        near(
            compute,
            &row["expected_usd"]["compute"],
            tolerance,
            "one task",
        );
    }),
    ("container-apps-active", |row, tolerance| {
        let text = r#"{"instance":{"vcpu":0.5,"memory_gib":1},"min_instances":1,"http":{"requests_per_month":1000},
            "assumptions":{"idle_share":0},"options":{"free_tier":false}}"#;
        let compute = of(Platform::ContainerApps, text)
            .subtotal(CostCategory::Compute)
            .get();
        near(
            compute,
            &row["expected_usd"]["compute"],
            tolerance,
            "one replica",
        );
    }),
    ("cloud-run-tier-2", |row, tolerance| {
        let book = book_with(&[
            (
                "google-cloud/cloud-run/request-based/vcpu-active",
                0.000_033_6,
            ),
            (
                "google-cloud/cloud-run/request-based/memory-active",
                0.000_003_5,
            ),
        ]);
        let active = row["inputs"]["active_seconds"].as_f64().unwrap();
        let usage = cloud_run::Usage {
            service: cloud_run::Size {
                vcpu: 2.0,
                gib: 1.0,
            },
            service_s: active,
            ..empty_usage()
        };
        let bill = cloud_run::lines(
            &usage,
            &book
                .in_region(Inputs::default().region)
                .with_free_tiers(false),
        )
        .unwrap();
        let cpu = amount(&bill, "google-cloud/cloud-run/request-based/vcpu-active");
        near(cpu, &row["expected_usd"]["cpu"], tolerance, "tier 2");
    }),
    ("fargate-jobs", |row, tolerance| {
        let text = r#"{"http":{"requests_per_month":0},"jobs":{"runs_per_month":300000,"minutes":10,"vcpu":0.25,"memory_gib":0.5}}"#;
        let compute = of(Platform::Fargate, text)
            .subtotal(CostCategory::Compute)
            .get();
        near(compute, &row["expected_usd"]["compute"], tolerance, "runs");
    }),
    ("eks-extended-support", |row, tolerance| {
        let text = |extended: bool| {
            format!(
                r#"{{"region":"europe","cluster":{{"extended_support":{extended}}},"environments":[{{"name":"staging","hours_per_week":168,"replicas":1}}]}}"#
            )
        };
        let fee = |extended| amount_below(&of(Platform::Eks, &text(extended)), "aws/eks/");
        near(
            fee(false),
            &row["expected_usd"]["standard"],
            tolerance,
            "standard",
        );
        near(
            fee(true),
            &row["expected_usd"]["extended"],
            tolerance,
            "extended",
        );
    }),
    ("aca-cold-start", |row, _| {
        let text = r#"{"http":{"requests_per_month":1000},"traffic":{"cv2":1},"instance":{"startup_s":1}}"#;
        let bill = of(Platform::ContainerApps, text);
        let [low, high] = [0, 1].map(|n| row["expected"]["median_s"][n].as_f64().unwrap());
        let median = figure(&bill, "added_latency_p50_ms") / 1_000.0;
        assert!((low..=high).contains(&median), "{median}");
        let below = row["expected"]["p95_s_below"].as_f64().unwrap();
        assert!(figure(&bill, "added_latency_p95_ms") / 1_000.0 < below);
    }),
    ("zone-traffic", |row, tolerance| {
        let gb = row["inputs"]["gb_between_zones"].as_f64().unwrap();
        let bill = of(
            Platform::Eks,
            &format!(r#"{{"surroundings":{{"gb_between_zones":{gb}}}}}"#),
        );
        near(
            amount(&bill, "aws/zone-traffic/each-side"),
            &row["expected_usd"]["cross_zone"],
            tolerance,
            "zones",
        );
    }),
];

fn empty_usage() -> cloud_run::Usage {
    let inputs = nothing();
    let case = Case::of(&inputs);
    cloud_run::usage(&cloud_run::plans(&case)[0], &case)
}

/// What first-fit packing may save where there is more to pack: it is known not to be monotone, and one pod more may need a node
/// less. Dollars a month: the dearest node with its disk, once for each cluster.
fn packing_anomaly(bill: &Bill, inputs: &Inputs) -> f64 {
    let nodes = bill.lines.iter().filter(|line| {
        line.category == CostCategory::Compute && line.unit == "hour" && line.quantity > 0.0
    });
    let node_hours: f64 = nodes.clone().map(|line| line.quantity).sum();
    let dearest = nodes.map(|line| line.unit_price).fold(0.0, f64::max);
    let disks = bill
        .lines
        .iter()
        .filter(|line| line.name.to_lowercase().contains("disk") || line.meter.contains("ebs"))
        .map(|line| line.amount().get())
        .sum::<f64>();
    let disk = if node_hours > 0.0 {
        disks / node_hours * 730.0
    } else {
        0.0
    };
    let clusters = 1 + inputs.environments.len();
    clusters as f64 * (dearest * 730.0 + disk)
}

/// What is more of the same never makes a bill smaller.
fn grows(inputs: &Inputs, change: impl Fn(&mut Inputs), what: &str) -> Result<(), TestCaseError> {
    let book = PriceBook::bundled();
    let mut more = inputs.clone();
    change(&mut more);
    for platform in Platform::ALL {
        let quote =
            |inputs: &Inputs| platform.quote(&Case::of(inputs), &book.in_region(inputs.region));
        let (Ok(before), Ok(after)) = (quote(inputs), quote(&more)) else {
            continue;
        };
        let anomaly = packing_anomaly(&after, &more);
        let (before, after) = (before.infrastructure().get(), after.infrastructure().get());
        prop_assert!(
            after >= before * (1.0 - 1e-9) - anomaly - 0.02,
            "{what} on {}: {before} to {after}",
            platform.id()
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn more_never_costs_less(inputs in crate::common::legal()) {
        let mut inputs = inputs;
        inputs.buy.commitment = plimsoll_model::inputs::Commitment::None;
        grows(&inputs, |i| i.connections.count = (2.0 * i.connections.count + 100.0).min(1e6), "connections")?;
        // One more of the same kind, with as much to do as each of the others.
        let one_more = |i: &mut Inputs| {
            let share = f64::from(i.services + 1) / f64::from(i.services);
            i.services += 1;
            i.http.requests_per_month *= share;
            i.connections.count *= share;
        };
        grows(&inputs, one_more, "a service more")?;
        grows(&inputs, |i| i.assumptions.zones = (i.assumptions.zones + 1.0).min(3.0), "zones")?;
        grows(&inputs, |i| i.surroundings.gb_between_zones += 100.0, "traffic between zones")?;
        grows(&inputs, |i| i.surroundings.private_endpoints += 1, "private endpoints")?;
        grows(&inputs, |i| i.cluster.extended_support = true, "extended support")?;
        grows(&inputs, |i| i.assumptions.run_overhead_s += 30.0, "time around a run")?;
    }

    /// With so little to do that one instance is enough, a larger one never costs less.
    #[test]
    fn a_larger_instance_never_costs_less(
        vcpu in 0.1..4.0f64, gib in 0.2..16.0f64, more_vcpu in 0.0..4.0f64, more_gib in 0.0..16.0f64,
    ) {
        let mut inputs = Inputs::default();
        inputs.http.requests_per_month = 1_000.0;
        (inputs.instance.vcpu, inputs.instance.memory_gib) = (vcpu, gib);
        let larger = |i: &mut Inputs| {
            i.instance.vcpu += more_vcpu;
            i.instance.memory_gib += more_gib;
        };
        grows(&inputs, larger, "a larger instance")?;
    }

    #[test]
    fn a_longer_commitment_never_costs_more(inputs in crate::common::legal()) {
        use plimsoll_model::inputs::Commitment;
        let mut inputs = inputs;
        inputs.buy.commitment = Commitment::ThreeYears;
        grows(&inputs, |i| i.buy.commitment = Commitment::OneYear, "a shorter commitment")?;
        grows(&inputs, |i| i.buy.commitment = Commitment::None, "no commitment")?;
    }
}

#[test]
fn a_scenario_with_the_new_inputs_survives_its_file() {
    let text = r#"{"cluster":{"namespaces":true,"extended_support":true},"needs":{"background":true},
        "surroundings":{"balancer_per_service":true,"gb_between_zones":5,"private_endpoints":2,"log_share":0.5,"log_service_usd_per_gb":0.4}}"#;
    let (read, notices) = scenario::read(text);
    assert!(notices.is_empty(), "{notices:?}");
    let (again, notices) = scenario::read(&scenario::write(&read).to_string());
    assert_eq!((again, notices), (read, vec![]));
}

/// Lines of a bill have a place among its categories.
#[test]
fn an_own_log_price_is_the_users() {
    let bill = of(
        Platform::Fly,
        r#"{"surroundings":{"log_service_usd_per_gb":0.5}}"#,
    );
    let line: &Line = bill
        .lines
        .iter()
        .find(|line| line.meter == "own/price")
        .unwrap();
    assert_eq!(
        (line.basis, line.category),
        (Basis::Own, CostCategory::Observability)
    );
}
