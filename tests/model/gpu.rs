//! Graphics processors: a pool of GPU nodes on every bill, and occasional jobs.

use crate::common::{amount, inputs, to_the_cent};
use plimsoll_model::{
    assess, bill::Refusal, compare::Comparison, decide::Class, inputs::Inputs, people,
    platform::Platform, prices::PriceBook, vendor::Vendor,
};

fn compared(scenario: &str) -> (Inputs, Comparison) {
    let inputs = inputs(scenario);
    let comparison = plimsoll_model::compare::compare(&inputs, &PriceBook::bundled());
    (inputs, comparison)
}

/// The GPU of each platform's bill.
fn types(comparison: &Comparison) -> Vec<(Platform, &'static str, f64)> {
    let of = |platform| {
        let (gpu, gib) = plimsoll_model::platforms::gpu::on_bill(comparison.quote(platform).ok()?)?;
        Some((platform, gpu, gib))
    };
    Platform::ALL.into_iter().filter_map(of).collect()
}

const SERVING: &str = r#"{"needs":{"gpu":"serving"},"team":{"engineers":8,"fluent":2}}"#;

/// API and pool stand in one cloud, and the total has both.
#[test]
fn the_pool_is_a_part_of_the_bill() {
    let (_, with) = compared(SERVING);
    let (_, without) = compared(r#"{"team":{"engineers":8,"fluent":2}}"#);
    let more = |platform: Platform| {
        let totals = [&with, &without].map(|all| all.total(platform).unwrap().get());
        totals[0] - totals[1]
    };
    // Two nodes in the cluster that is there.
    to_the_cent(more(Platform::Eks), 2.0 * 730.0 * 0.526);
    to_the_cent(more(Platform::EksFargate), 2.0 * 730.0 * 0.526);
    to_the_cent(more(Platform::EcsEc2), 2.0 * 730.0 * 0.526);
    to_the_cent(more(Platform::Gke), 2.0 * 730.0 * 0.706_832_255);
    to_the_cent(more(Platform::GkeAutopilot), 2.0 * 730.0 * 0.706_832_255);
    to_the_cent(more(Platform::Aks), 2.0 * 730.0 * 0.526);
    // Beside what isn't Kubernetes: a cluster with one service, too.
    let mut one = inputs(SERVING);
    one.services = 1;
    let people: f64 = people::lines(people::Class::KubernetesNodes, &one)
        .iter()
        .map(|line| line.amount().get())
        .sum();
    for platform in [Platform::Fargate, Platform::EcsExpress, Platform::AppRunner] {
        to_the_cent(more(platform), 2.0 * 730.0 * 0.526 + 73.0 + people);
    }
    to_the_cent(
        more(Platform::CloudRun),
        2.0 * 730.0 * 0.706_832_255 + 73.0 + people,
    );
    to_the_cent(
        more(Platform::ContainerApps),
        2.0 * 730.0 * 0.526 + 73.0 + people,
    );
}

/// A3: the answer's pool is on its vendor's bill.
#[test]
fn one_cloud_has_the_api_and_the_pool() {
    let inputs = inputs(SERVING);
    let assessment = assess(&inputs, &PriceBook::bundled());
    let verdict = &assessment.verdict;
    let (platform, pool) = (verdict.platform.unwrap(), verdict.pool.unwrap());
    assert_eq!(verdict.class, Class::Hybrid);
    assert_eq!(platform.vendor(), pool.platform.vendor());
    let total = assessment.comparison.total(platform).unwrap().get();
    assert!(total > pool.cost.get() + pool.people.get());
    let mut clouds = [Vendor::Aws, Vendor::GoogleCloud, Vendor::Azure].into_iter();
    let answers = ["aws", "google-cloud", "azure"].map(|cloud| {
        let scenario = format!(r#"{{"clouds":["{cloud}"],{}"#, &SERVING[1..]);
        let inputs = crate::common::inputs(&scenario);
        let verdict = assess(&inputs, &PriceBook::bundled()).verdict;
        assert_eq!(verdict.class, Class::Hybrid);
        let (answer, pool) = (verdict.platform.unwrap(), verdict.pool.unwrap());
        assert_eq!(Some(answer.vendor()), clouds.next());
        assert_eq!(answer.vendor(), pool.platform.vendor());
        (answer, pool.platform)
    });
    assert_eq!(
        answers,
        [
            (Platform::EcsManaged, Platform::EcsManaged),
            (Platform::CloudRun, Platform::Gke),
            (Platform::ContainerApps, Platform::Aks),
        ]
    );
}

/// A pool elsewhere would put two clouds into the path of one request.
#[test]
fn a_vendor_without_gpu_nodes_serves_no_models() {
    let (_, comparison) = compared(SERVING);
    for platform in [Platform::Fly, Platform::Railway, Platform::Render] {
        let Err(Refusal::CannotRun(why)) = comparison.quote(platform) else {
            panic!("{platform:?} has a bill");
        };
        assert!(why.page.starts_with("https://"), "{platform:?}");
        assert!(why.reason.text.contains("two clouds"));
    }
    let (_, comparison) = compared(r#"{"needs":{"gpu":"none"}}"#);
    assert!(comparison.quote(Platform::Fly).is_ok());
}

/// B28: 12 % of the on-demand price, less 35 % (G series) or 60 % (P series) since 2026-07-01.
#[test]
fn accelerated_nodes_are_managed_for_less() {
    let hours = 730.0;
    // GPU memory in GiB, the series, the price of the node.
    for (gib, series, cut, price) in [
        (16, "g", 0.65, 0.526),
        (24, "g", 0.65, 0.804_8),
        (40, "g", 0.65, 1.861),
        (320, "p", 0.4, 21.957_642),
    ] {
        let scenario = format!(
            r#"{{"needs":{{"gpu":"serving","gpu_nodes":1,"gpu_memory_gib":{gib}}},"team":{{"engineers":8}}}}"#
        );
        let (_, comparison) = compared(&scenario);
        for (platform, id) in [
            (Platform::EksAuto, "eks-auto"),
            (Platform::EcsManaged, "ecs-managed"),
        ] {
            let bill = comparison.quote(platform).unwrap();
            let fee = amount(bill, &format!("aws/{id}/fee-{series}"));
            to_the_cent(fee, 0.12 * cut * price * hours);
        }
    }
}

/// The case of B28 itself: g5.xlarge, the smallest node in Ireland with 24 GiB.
#[test]
fn the_fee_of_a_g5_is_to_the_cent() {
    let (_, comparison) = compared(
        r#"{"region":"europe","needs":{"gpu":"serving","gpu_nodes":1,"gpu_memory_gib":24},"team":{"engineers":8}}"#,
    );
    let bill = comparison.quote(Platform::EksAuto).unwrap();
    to_the_cent(amount(bill, "aws/ec2/g5.xlarge"), 730.0 * 1.123);
    to_the_cent(
        amount(bill, "aws/eks-auto/fee-g"),
        0.12 * 0.65 * 1.123 * 730.0,
    );
    to_the_cent(amount(bill, "aws/eks-auto/fee-g"), 63.943_62);
}

#[test]
fn a_larger_model_takes_a_larger_node() {
    let at = |gib: f64, region: &str| {
        let scenario = format!(
            r#"{{"region":"{region}","needs":{{"gpu":"serving","gpu_memory_gib":{gib}}},"team":{{"engineers":8}}}}"#
        );
        let (_, comparison) = compared(&scenario);
        [Platform::Eks, Platform::Gke, Platform::Aks].map(|platform| {
            let all = types(&comparison);
            let found = all.iter().find(|(of, _, _)| *of == platform);
            found.map(|(_, gpu, gib)| (*gpu, *gib))
        })
    };
    let some = |gpu, gib| Some((gpu, gib));
    assert_eq!(
        at(16.0, "us"),
        [some("T4", 16.0), some("L4", 24.0), some("T4", 16.0)]
    );
    assert_eq!(
        at(40.0, "us"),
        [some("L40S", 48.0), some("A100", 40.0), some("A100", 80.0)]
    );
    assert_eq!(
        at(80.0, "us"),
        [
            some("RTX PRO 6000", 96.0),
            some("RTX PRO 6000", 96.0),
            some("A100", 80.0)
        ]
    );
    // A price that nobody has read is no node: in Europe and Asia those of the RTX PRO 6000.
    assert_eq!(
        at(80.0, "asia"),
        [some("H100", 80.0), some("H100", 80.0), some("A100", 80.0)]
    );
    // Sold in Frankfurt and not in Ireland.
    assert_eq!(at(40.0, "europe")[0], some("L40S", 48.0));
    // Google's and Azure's largest that we know of are smaller.
    assert_eq!(at(640.0, "us"), [some("A100", 640.0), None, None]);
}

#[test]
fn what_is_too_large_or_has_no_price_is_refused_with_its_reason() {
    let (_, comparison) =
        compared(r#"{"needs":{"gpu":"serving","gpu_memory_gib":640},"team":{"engineers":8}}"#);
    assert!(matches!(
        comparison.quote(Platform::CloudRun),
        Err(Refusal::CannotRun(_))
    ));
    // Nobody has read what Cloud Run's GPUs cost in Europe.
    let (_, comparison) = compared(r#"{"region":"europe","needs":{"gpu":"light"}}"#);
    assert!(matches!(
        comparison.quote(Platform::CloudRun),
        Err(Refusal::NoPrice(_))
    ));
    let (_, comparison) = compared(r#"{"needs":{"gpu":"light","gpu_memory_gib":100}}"#);
    for platform in [Platform::CloudRun, Platform::ContainerApps] {
        assert!(matches!(
            comparison.quote(platform),
            Err(Refusal::CannotRun(_))
        ));
    }
}

/// Commitments and Spot are those of other types; a discount of one's own contract holds for all that the vendor bills.
#[test]
fn gpu_nodes_are_bought_at_list_price() {
    let of = |more: &str| {
        let scenario =
            format!(r#"{{"needs":{{"gpu":"serving"}},"team":{{"engineers":8}},"buy":{{{more}}}}}"#);
        compared(&scenario).1
    };
    let (list, none) = (of(""), compared(r#"{"team":{"engineers":8}}"#).1);
    for bought in [r#""commitment":"1y""#, r#""spot":0.5"#] {
        let scenario = format!(r#"{{"team":{{"engineers":8}},"buy":{{{bought}}}}}"#);
        let (with, without) = (of(bought), compared(&scenario).1);
        for platform in [Platform::Eks, Platform::Gke, Platform::Aks] {
            let pool = |one: &Comparison, other: &Comparison| {
                (one.total(platform).unwrap() - other.total(platform).unwrap()).get()
            };
            to_the_cent(pool(&with, &without), pool(&list, &none));
            let notes = &with.quote(platform).unwrap().notes;
            assert!(notes.iter().any(|note| note.text.contains("commitments")));
        }
    }
    let discounted = of(r#""discount_percent":{"aws":10}"#);
    let off = discounted.quote(Platform::Eks).unwrap();
    let full = list.quote(Platform::Eks).unwrap();
    to_the_cent(
        off.infrastructure().get(),
        0.9 * full.infrastructure().get(),
    );
}

/// Occasional jobs of 600 minutes.
#[test]
fn jobs_pay_for_their_minutes() {
    let scenario = r#"{"needs":{"gpu":"light"},"options":{"free_tier":false}}"#;
    let (_, with) = compared(scenario);
    let (_, without) = compared(r#"{"options":{"free_tier":false},"surroundings":{"logs":true}}"#);
    let seconds = 600.0 * 60.0;
    let bill = with.quote(Platform::CloudRun).unwrap();
    to_the_cent(
        amount(bill, "google-cloud/cloud-run/gpu-l4"),
        seconds * 0.000_186_7,
    );
    let cpu = "google-cloud/cloud-run/instance-based/vcpu";
    to_the_cent(amount(bill, cpu), seconds * 4.0 * 0.000_018);
    let memory = "google-cloud/cloud-run/instance-based/memory";
    to_the_cent(amount(bill, memory), seconds * 16.0 * 0.000_002);
    let bill = with.quote(Platform::ContainerApps).unwrap();
    to_the_cent(
        amount(bill, "azure/container-apps/gpu-t4"),
        seconds * 0.000_073,
    );
    let before = without.quote(Platform::ContainerApps).unwrap();
    let more = |meter: &str| amount(bill, meter) - amount(before, meter);
    to_the_cent(
        more("azure/container-apps/vcpu-active"),
        seconds * 8.0 * 0.000_024,
    );
    to_the_cent(
        more("azure/container-apps/memory"),
        seconds * 56.0 * 0.000_003,
    );
    let bill = with.quote(Platform::Eks).unwrap();
    to_the_cent(amount(bill, "aws/ec2/g4dn.xlarge"), 10.0 * 0.526);
    assert!(bill.notes.iter().any(|note| note.text.contains("GPU jobs")));
    for platform in [Platform::Fargate, Platform::EksFargate, Platform::Fly] {
        assert!(matches!(with.quote(platform), Err(Refusal::CannotRun(_))));
    }
    // More than an L4 has, so that the larger one comes with its vCPU.
    let (_, large) =
        compared(r#"{"needs":{"gpu":"light","gpu_memory_gib":40},"options":{"free_tier":false}}"#);
    let bill = large.quote(Platform::CloudRun).unwrap();
    to_the_cent(
        amount(bill, "google-cloud/cloud-run/gpu-rtx-pro-6000"),
        seconds * 0.000_365_22,
    );
    to_the_cent(amount(bill, cpu), seconds * 20.0 * 0.000_018);
}

/// The people of a pool are on the bill where its cluster is, and nowhere else.
#[test]
fn whoever_has_no_cluster_pays_for_one() {
    let (inputs, comparison) = compared(SERVING);
    for platform in Platform::ALL {
        let Ok(bill) = comparison.quote(platform) else {
            continue;
        };
        let people = amount(bill, "people/gpu-pool") > 0.0;
        let clustered = bill.lines.iter().any(|line| {
            let first = line.factors.first();
            first.is_some_and(|factor| factor.name == "hours of the GPU pool's cluster")
        });
        assert_eq!(people, clustered, "{platform:?}");
        assert_eq!(people, platform.has_pool_beside(&inputs), "{platform:?}");
        let hours = people::on(platform, &inputs).total();
        let billed = bill.subtotal(plimsoll_model::bill::CostCategory::People);
        to_the_cent(billed.get(), hours * 52.0 / 12.0 * 106.0);
    }
    // Where a cluster exists the pool joins it.
    let (_, comparison) =
        compared(r#"{"needs":{"gpu":"serving"},"team":{"engineers":8,"existing_cluster":true}}"#);
    let bill = comparison.quote(Platform::CloudRun).unwrap();
    to_the_cent(amount(bill, "google-cloud/gke/cluster"), 0.0);
}
