//! What can be priced excludes nobody: UDP and raw TCP, Windows; and what no platform can do is said of all.

use crate::common::{amount, inputs, to_the_cent};
use plimsoll_model::{
    bill::{Bar, Bill, Refusal},
    platform::Platform,
    platforms::Case,
    prices::PriceBook,
    region::Region,
    units::HOURS_PER_MONTH,
};
use plimsoll_wording::explain;

fn quote(platform: Platform, text: &str) -> Result<Bill, Refusal> {
    let inputs = inputs(text);
    platform.quote(
        &Case::of(&inputs),
        &PriceBook::bundled().in_region(inputs.region),
    )
}

fn bill(platform: Platform, text: &str) -> Bill {
    quote(platform, text).unwrap_or_else(|why| panic!("{platform:?}: {why:?}"))
}

fn refused(platform: Platform, text: &str) -> String {
    explain::refusal(&quote(platform, text).unwrap_err())
}

const UDP: &str = r#"{"needs":{"udp":true}}"#;
const TCP: &str = r#"{"needs":{"tcp":true}}"#;
const WINDOWS: &str = r#"{"needs":{"windows":true}}"#;

#[test]
fn a_network_load_balancer_stands_beside_the_other_one() {
    for platform in [
        Platform::Fargate,
        Platform::EcsEc2,
        Platform::EcsManaged,
        Platform::Eks,
        Platform::EksAuto,
        Platform::EksFargate,
    ] {
        for need in [UDP, TCP] {
            let with = bill(platform, need);
            to_the_cent(
                amount(&with, "aws/load-balancer/nlb"),
                0.0225 * HOURS_PER_MONTH,
            );
            // 10 M requests of 10 kB are 100 GB in 730 hours, the largest dimension.
            to_the_cent(amount(&with, "aws/load-balancer/nlcu"), 0.006 * 100.0);
            // It has an address in each of two zones.
            let more =
                amount(&with, "aws/ipv4/public") - amount(&bill(platform, "{}"), "aws/ipv4/public");
            to_the_cent(more, 2.0 * 0.005 * HOURS_PER_MONTH);
        }
    }
}

#[test]
fn where_connections_stay_open_they_count_by_the_hundred_thousand() {
    let open = r#"{"needs":{"tcp":true},"http":{"response_kb":0},
        "connections":{"count":1e6,"seconds":86400},"instance":{"vcpu":4,"memory_gib":16}}"#;
    let with = bill(Platform::Fargate, open);
    to_the_cent(
        amount(&with, "aws/load-balancer/nlcu"),
        10.0 * 0.006 * HOURS_PER_MONTH,
    );
}

/// Workers that take UDP, as game servers do, stand behind a balancer and an address without a single HTTP request.
#[test]
fn workers_that_take_raw_ports_have_what_stands_before_them() {
    let text = r#"{"http":{"requests_per_month":0},"workers":{"count":3},"needs":{"udp":true}}"#;
    let all_month = |price: f64| price * HOURS_PER_MONTH;
    let eks = bill(Platform::Eks, text);
    to_the_cent(amount(&eks, "aws/load-balancer/nlb"), all_month(0.0225));
    to_the_cent(amount(&eks, "aws/load-balancer/alb"), 0.0);
    to_the_cent(
        amount(&bill(Platform::Fly, text), "fly/ipv4/dedicated"),
        2.0,
    );
    for (platform, meter) in [
        (Platform::Aks, "azure/load-balancer/rules"),
        (Platform::Gke, "google-cloud/load-balancer/forwarding-rules"),
    ] {
        assert!(amount(&bill(platform, text), meter) > 0.0, "{platform:?}");
    }
}

#[test]
fn fly_gives_an_address_and_the_others_take_tcp_as_it_comes() {
    for need in [UDP, TCP] {
        to_the_cent(
            amount(&bill(Platform::Fly, need), "fly/ipv4/dedicated"),
            2.0,
        );
    }
    to_the_cent(
        amount(&bill(Platform::Fly, "{}"), "fly/ipv4/dedicated"),
        0.0,
    );
    let total = |need: &str| bill(Platform::Railway, need).total();
    assert_eq!(total(TCP), total("{}"));
    // A network of one's own has a load balancer and its address.
    let apps = bill(Platform::ContainerApps, TCP);
    to_the_cent(
        amount(&apps, "azure/load-balancer/rules"),
        0.025 * HOURS_PER_MONTH,
    );
    to_the_cent(amount(&apps, "azure/ipv4/public"), 0.005 * HOURS_PER_MONTH);
    for platform in [Platform::Gke, Platform::Aks] {
        assert_eq!(bill(platform, UDP).total(), bill(platform, "{}").total());
    }
}

#[test]
fn udp_and_tcp_are_two_questions() {
    for platform in [Platform::Railway, Platform::ContainerApps] {
        assert!(refused(platform, UDP).contains("UDP"));
    }
    for platform in [
        Platform::CloudRun,
        Platform::AppRunner,
        Platform::EcsExpress,
        Platform::Render,
    ] {
        assert!(refused(platform, UDP).contains("UDP"));
        assert!(refused(platform, TCP).contains("TCP"));
    }
}

/// The input of former versions is both, in files and in links.
#[test]
fn udp_or_tcp_of_older_files_is_both() {
    use plimsoll_formats::scenario;
    let both = inputs(r#"{"needs":{"udp":true,"tcp":true}}"#);
    let (read, told) = scenario::read(r#"{"v":1,"needs":{"udp_or_tcp":true}}"#);
    assert_eq!((&read, told.len()), (&both, 0));
    for link in ["v=1&udp_or_tcp=1", "v=1&ut=1"] {
        let (read, told) = scenario::link::read(link);
        assert_eq!((&read, told.len()), (&both, 0), "{link}");
    }
    // What is said of one of the two itself is meant.
    for text in [
        r#"{"v":1,"needs":{"udp_or_tcp":true,"udp":false}}"#,
        r#"{"v":1,"needs":{"udp_or_tcp":false,"tcp":true}}"#,
    ] {
        assert_eq!(
            scenario::read(text).0,
            inputs(r#"{"needs":{"tcp":true}}"#),
            "{text}"
        );
    }
    let (read, told) = scenario::read(r#"{"v":1,"needs":{"udp_or_tcp":"yes"}}"#);
    assert_eq!(read, inputs("{}"));
    assert!(!told.is_empty());
}

/// Fargate's rates of Windows in us-east-1: vCPU, memory and licence, sizes from 1 vCPU on, five minutes at least.
#[test]
fn windows_has_rates_of_its_own_on_fargate() {
    let text = r#"{"needs":{"windows":true},"instance":{"vcpu":0.5,"memory_gib":1},"min_instances":2,
        "http":{"requests_per_month":1000}}"#;
    let tasks = bill(Platform::Fargate, text);
    let hours = 2.0 * HOURS_PER_MONTH;
    to_the_cent(amount(&tasks, "aws/fargate/windows/vcpu"), hours * 0.09148);
    to_the_cent(amount(&tasks, "aws/fargate/windows/licence"), hours * 0.046);
    to_the_cent(
        amount(&tasks, "aws/fargate/windows/memory"),
        hours * 2.0 * 0.01005,
    );
    to_the_cent(amount(&tasks, "aws/fargate/x86/vcpu"), 0.0);
    let jobs = r#"{"needs":{"windows":true},"http":{"requests_per_month":0},"assumptions":{"run_overhead_s":0},
        "jobs":{"runs_per_month":1200,"minutes":1,"vcpu":1,"memory_gib":2}}"#;
    to_the_cent(
        amount(&bill(Platform::Fargate, jobs), "aws/fargate/windows/vcpu"),
        100.0 * 0.09148,
    );
    let large = r#"{"needs":{"windows":true},"instance":{"vcpu":8,"memory_gib":16}}"#;
    assert!(refused(Platform::Fargate, large).contains("at most 4 vCPU"));
    let europe = r#"{"needs":{"windows":true},"region":"europe"}"#;
    assert!(matches!(
        quote(Platform::Fargate, europe),
        Err(Refusal::NoPrice(_))
    ));
}

/// Arm nodes run no Windows.
#[test]
fn windows_takes_no_arm_nodes() {
    let arm = r#"{"needs":{"windows":true},"buy":{"arm":true}}"#;
    for platform in [
        Platform::Eks,
        Platform::EcsEc2,
        Platform::Aks,
        Platform::Fargate,
    ] {
        assert_eq!(bill(platform, arm).total(), bill(platform, WINDOWS).total());
    }
}

/// Nodes of Windows pay for the licence by their vCPU, and the line says that it is assumed.
#[test]
fn windows_is_a_line_on_nodes() {
    for (platform, meter) in [
        (Platform::Eks, "aws/windows/ec2-licence"),
        (Platform::EcsEc2, "aws/windows/ec2-licence"),
        (Platform::Gke, "google-cloud/windows/licence"),
        (Platform::Aks, "azure/windows/licence"),
    ] {
        let with = bill(platform, WINDOWS);
        let line = with.lines.iter().find(|line| line.meter == meter).unwrap();
        assert_eq!(line.basis, plimsoll_model::basis::Basis::Assumed);
        let figure = |id: &str| with.figures.iter().find(|one| one.id == id).unwrap().value;
        let nodes = figure("nodes");
        to_the_cent(
            amount(&with, meter),
            0.046 * nodes * figure("node_vcpu") * HOURS_PER_MONTH,
        );
    }
}

#[test]
fn an_objective_below_the_latency_can_be_kept_by_nobody() {
    for platform in Platform::ALL {
        match quote(platform, r#"{"slo_ms":10}"#) {
            Err(Refusal::CannotRun(cannot)) => assert_eq!(cannot.by, Bar::Objective),
            other => panic!("{platform:?}: {other:?}"),
        }
    }
    assert!(refused(Platform::Fly, r#"{"slo_ms":10}"#).contains("no platform can"));
    assert!(quote(Platform::Fly, r#"{"slo_ms":50}"#).is_ok());
    // Without requests there is nothing to answer.
    let workers = r#"{"slo_ms":10,"http":{"requests_per_month":0},"workers":{"count":1}}"#;
    assert!(quote(Platform::Fly, workers).is_ok());
}

#[test]
fn instances_that_are_kept_warm_are_held_against_the_limit() {
    let kept = |n: u32| format!(r#"{{"min_instances":{n}}}"#);
    assert!(refused(Platform::Railway, &kept(150)).contains("at most 42 instances"));
    assert!(refused(Platform::Render, &kept(101)).contains("at most 100 instances"));
    assert!(quote(Platform::Railway, &kept(42)).is_ok());
    assert_eq!(inputs(&kept(42)).region, Region::Us);
}
