//! Workloads that differ: their bills, their files, and where each of them belongs; long because all of it is tried on random lists.

use crate::common::Scan;
use plimsoll_formats::scenario::{self, link};
use plimsoll_model::{
    assess,
    bill::CostCategory,
    compare::compare,
    inputs::{Inputs, Pin, WorkloadKind, WorkloadRow, at},
    people,
    placement::{self, Because},
    platform::Platform,
    platforms::{Case, local_disk},
    prices::PriceBook,
    units::WEEKS_PER_MONTH,
    vendor::Vendor,
};
use plimsoll_wording::{format, placement as words};

/// A cent, in dollars: what a sum may be off.
const CENT: f64 = 0.005;

fn read(text: &str) -> Inputs {
    let (inputs, told) = scenario::read(text);
    assert_eq!(told, vec![], "{text}");
    inputs
}

/// Dollars without people on each platform, where it has a bill.
fn infrastructure(inputs: &Inputs) -> Vec<(Platform, f64)> {
    let comparison = compare(inputs, &PriceBook::bundled());
    let all = Platform::ALL.into_iter();
    all.filter_map(|platform| {
        let bill = comparison.quote(platform).ok()?;
        Some((platform, bill.infrastructure().get()))
    })
    .collect()
}

#[track_caller]
fn same_cents(one: &Inputs, other: &Inputs) {
    let (one, other) = (infrastructure(one), infrastructure(other));
    assert_eq!(one.len(), other.len());
    for ((platform, a), (_, b)) in one.iter().zip(&other) {
        assert!((a - b).abs() < CENT, "{}: {a} and {b}", platform.id());
    }
}

/// A random number from a seed (SplitMix64).
struct Dice(u64);

impl Dice {
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, most: usize) -> usize {
        (self.share() * most as f64) as usize
    }

    fn row(&mut self, n: usize) -> WorkloadRow {
        let mut row = WorkloadRow {
            name: format!("w{n}"),
            kind: WorkloadKind::ALL[[0, 0, 0, 1, 2][self.below(5)]],
            count: 1 + self.below(4) as u32,
            ..WorkloadRow::default()
        };
        let mut own = Inputs::default();
        let vcpu = [0.25, 0.5, 1.0, 2.0, 4.0][self.below(5)];
        let gib = vcpu * [1.0, 2.0, 4.0][self.below(3)];
        own.http.requests_per_month = 1e5 * 10_f64.powf(3.0 * self.share());
        (own.instance.vcpu, own.instance.memory_gib) = (vcpu, gib);
        (own.workers.vcpu, own.workers.memory_gib) = (vcpu, gib);
        (own.jobs.vcpu, own.jobs.memory_gib) = (vcpu, gib);
        own.jobs.runs_per_month = (1.0 + 500.0 * self.share()).round();
        own.needs.udp = true;
        own.needs.local_state = true;
        let fields: &[_] = match row.kind {
            WorkloadKind::Service => &[
                at::http::requests_per_month,
                at::instance::vcpu,
                at::instance::memory_gib,
            ],
            WorkloadKind::Worker => &[at::workers::vcpu, at::workers::memory_gib],
            WorkloadKind::Job => &[
                at::jobs::vcpu,
                at::jobs::memory_gib,
                at::jobs::runs_per_month,
            ],
        };
        for field in fields {
            row.take(field, &own);
        }
        match self.below(12) {
            0 => row.take(at::needs::udp, &own),
            1 => row.take(at::needs::local_state, &own),
            2 => row.pinned = Some(Pin::ALL[self.below(2)]),
            _ => {}
        }
        row
    }

    fn system(&mut self, rows: usize) -> Inputs {
        let mut inputs = Inputs::default();
        inputs.clouds = plimsoll_model::inputs::Clouds::only(
            [
                plimsoll_model::vendor::Vendor::Aws,
                plimsoll_model::vendor::Vendor::GoogleCloud,
                plimsoll_model::vendor::Vendor::Azure,
            ][self.below(3)],
        );
        inputs.team.engineers = 3 + self.below(20) as u32;
        inputs.team.fluent = self.below(4).min(inputs.team.engineers as usize) as u32;
        inputs.team.rate_usd_per_hour = [20.0, 60.0, 106.0][self.below(3)];
        let rows = (0..rows).map(|n| self.row(n)).collect();
        inputs.set_workloads(rows);
        inputs
    }
}

/// A list of one workload is the scenario that all files of the first version have.
#[test]
fn a_list_of_one_costs_what_the_simple_scenario_costs() {
    let cases = [
        (
            r#"{"http":{"requests_per_month":3e8},"services":3,"traffic":{"shape":"diurnal"}}"#,
            r#"{"v":2,"traffic":{"shape":"diurnal"},"workloads":[{"requests_per_month":1e8,"count":3}]}"#,
        ),
        (
            r#"{"http":{"requests_per_month":0},"workers":{"count":7,"vcpu":1,"memory_gib":2}}"#,
            r#"{"workloads":[{"kind":"worker","count":7,"vcpu":1,"memory_gib":2}]}"#,
        ),
        (
            r#"{"http":{"requests_per_month":0},"jobs":{"runs_per_month":900,"minutes":30}}"#,
            r#"{"workloads":[{"kind":"job","count":3,"runs_per_month":300,"minutes":30}]}"#,
        ),
        (
            r#"{"http":{"requests_per_month":4e6,"latency_ms":200,"concurrency":10},"instance":{"vcpu":2,"memory_gib":4},
                "connections":{"count":5000,"seconds":60},"services":2,
                "environments":[{"name":"staging","hours_per_week":50,"replicas":1}]}"#,
            r#"{"environments":[{"name":"staging","hours_per_week":50,"replicas":1}],"workloads":[{"count":2,
                "requests_per_month":2e6,"latency_ms":200,"concurrency":10,"vcpu":2,"memory_gib":4,
                "connections":{"count":2500,"seconds":60}}]}"#,
        ),
    ];
    for (simple, listed) in cases {
        let (simple, listed) = (read(simple), read(listed));
        same_cents(&simple, &listed);
        for platform in Platform::ALL {
            let hours = |inputs| people::on(platform, inputs).total();
            assert_eq!(hours(&simple), hours(&listed), "{}", platform.id());
        }
    }
}

/// Where nothing is shared, the bill is the sum of the bills of each.
#[test]
fn the_bill_is_the_sum_of_its_workloads_where_nothing_is_shared() {
    let mut dice = Dice(11);
    let mut compared = 0;
    for _ in 0..60 {
        let mut inputs = dice.system(4);
        inputs.surroundings.counted = false;
        inputs.options.free_tier = false;
        let whole = compare(&inputs, &PriceBook::bundled());
        for platform in Platform::ALL {
            // Nodes are shared, and so are clusters, plans and environments of a platform.
            let apart = matches!(
                platform,
                Platform::Fargate | Platform::EcsExpress | Platform::CloudRun | Platform::Fly
            );
            let Ok(bill) = whole.quote(platform) else {
                continue;
            };
            let mut of_rows = 0.0;
            for row in inputs.workloads.rows() {
                let mut alone = inputs.clone();
                alone.set_workloads(vec![row.clone()]);
                let own = compare(&alone, &PriceBook::bundled());
                of_rows += own.quote(platform).unwrap().infrastructure().get();
            }
            let all = bill.infrastructure().get();
            if apart {
                assert!(
                    (all - of_rows).abs() < CENT,
                    "{}: {all} and {of_rows}",
                    platform.id()
                );
                compared += 1;
            } else {
                assert!(
                    all <= of_rows + CENT,
                    "{}: {all} and {of_rows}",
                    platform.id()
                );
            }
        }
    }
    assert!(compared > 30, "{compared}");
}

#[test]
fn the_order_of_rows_and_whether_rows_alike_are_one_change_nothing() {
    let mut dice = Dice(12);
    for _ in 0..20 {
        let inputs = dice.system(6);
        let mut turned = inputs.clone();
        turned.set_workloads(inputs.workloads.rows().iter().rev().cloned().collect());
        same_cents(&inputs, &turned);
        let mut apart = inputs.clone();
        let single = inputs.workloads.rows().iter().flat_map(|row| {
            (0..row.count).map(|_| WorkloadRow {
                count: 1,
                ..row.clone()
            })
        });
        apart.set_workloads(single.collect());
        same_cents(&inputs, &apart);
    }
}

/// Each line is of a workload or shared, and all of them are the bill.
#[test]
fn lines_name_their_workload() {
    let inputs = read(
        r#"{"v":2,"clouds":["aws"],"workloads":[{"name":"api","count":2,"requests_per_month":5e6},
            {"name":"web","requests_per_month":2e7,"latency_ms":20,"cpu_ms":5,"vcpu":0.25,"memory_gib":0.5},
            {"name":"mail","kind":"worker","count":3,"vcpu":0.25,"memory_gib":0.5}]}"#,
    );
    let comparison = compare(&inputs, &PriceBook::bundled());
    let bill = comparison.quote(Platform::Fargate).unwrap();
    let of = |place| {
        let lines = bill.lines.iter().filter(|line| line.workload == place);
        lines.map(|line| line.amount().get()).sum::<f64>()
    };
    // Two tasks of 1 vCPU and 2 GB for each of two services, two of a quarter, three workers of a quarter.
    let task = |vcpu: f64, gb: f64| 730.0 * (vcpu * 0.04048 + gb * 0.004_445);
    for (place, expected) in [
        (0, 4.0 * task(1.0, 2.0)),
        (1, 2.0 * task(0.25, 0.5)),
        (2, 3.0 * task(0.25, 0.5)),
    ] {
        let has = of(Some(place));
        assert!(
            (has - expected).abs() < CENT,
            "{place}: {has}, not {expected}"
        );
    }
    assert!(
        bill.category(CostCategory::People)
            .all(|line| line.workload.is_none())
    );
    let refused = comparison.quote(Platform::AppRunner).unwrap_err();
    let why = plimsoll_wording::explain::refusal(refused);
    assert!(why.starts_with("mail: AWS App Runner"), "{why}");
}

/// A list that pods of many sizes share takes no more nodes than each would by itself.
#[test]
fn pods_of_all_workloads_fill_the_same_nodes() {
    let listed = r#"{"workloads":[
        {"name":"a","requests_per_month":1e6,"vcpu":1.2,"memory_gib":1},
        {"name":"b","requests_per_month":1e6,"vcpu":0.2,"memory_gib":5}]}"#;
    let mut both = read(listed);
    both.surroundings.counted = false;
    let nodes = |inputs: &Inputs| {
        let comparison = compare(inputs, &PriceBook::bundled());
        comparison
            .quote(Platform::Eks)
            .unwrap()
            .infrastructure()
            .get()
    };
    let mut apart = 0.0;
    for row in both.workloads.rows() {
        let mut alone = both.clone();
        alone.set_workloads(vec![row.clone()]);
        apart += nodes(&alone);
    }
    assert!(nodes(&both) < 0.8 * apart, "{} and {apart}", nodes(&both));
}

#[test]
fn a_list_comes_back_from_its_file_and_its_link() {
    let mut dice = Dice(13);
    for n in 0..40 {
        let mut inputs = dice.system(1 + n % 9);
        if n % 3 == 0 {
            inputs.traffic.shape = plimsoll_model::inputs::Shape::Diurnal;
        }
        let file = scenario::write(&inputs).to_string();
        assert!(file.contains("\"v\":2"));
        assert_eq!(scenario::read(&file), (inputs.clone(), vec![]));
        let brief = scenario::write_changes(&inputs).to_string();
        assert_eq!(scenario::read(&brief), (inputs.clone(), vec![]));
        let link = link::write(&inputs, "2026-11-01");
        assert_eq!(link::read(&link), (inputs, vec![]), "{link}");
    }
    // Without a list it is a file of the first version.
    let plain = scenario::write(&Inputs::default()).to_string();
    assert!(plain.contains("\"v\":1") && !plain.contains("workloads"));
}

#[test]
fn what_is_missing_comes_from_the_scenario_and_requests_do_not() {
    let inputs = read(
        r#"{"http":{"latency_ms":120,"requests_per_month":7e6},"instance":{"vcpu":2,"memory_gib":3},
            "workloads":[{"name":"a"},{"name":"b","latency_ms":40,"requests_per_month":1e6}]}"#,
    );
    let rows = inputs.workloads.rows();
    let alone = |place: usize| rows[place].alone(&inputs, 1.0);
    assert_eq!(alone(0).http.latency_ms, 120.0);
    assert_eq!(alone(1).http.latency_ms, 40.0);
    assert_eq!(
        (alone(1).instance.vcpu, alone(1).instance.memory_gib),
        (2.0, 3.0)
    );
    assert_eq!(alone(0).http.requests_per_month, 0.0);
    assert!(!rows[0].traffic_known() && rows[1].traffic_known());
    assert_eq!(inputs.http.requests_per_month, 1e6);
    // A service that is listed is there, whatever is known of its traffic.
    let comparison = compare(&inputs, &PriceBook::bundled());
    let fargate = comparison.quote(Platform::Fargate).unwrap();
    assert!(fargate.lines.iter().any(|line| line.workload == Some(0)));
}

#[test]
fn what_is_wrong_in_a_row_is_told_with_its_place() {
    let cases = [
        (
            r#"[{"kind":"pod"}]"#,
            "workloads[0].kind: \"pod\"; allowed: service, worker, job",
        ),
        (
            r#"[{"count":0}]"#,
            "workloads[0].count: 0; allowed: whole numbers, 1 to 200",
        ),
        (
            r#"[{},{"vcpu":99}]"#,
            "workloads[1].vcpu: 99; allowed: 0.001 to 32 vCPU",
        ),
        (
            r#"[{"kind":"worker","latency_ms":5}]"#,
            "workloads[0].latency_ms: not an input of a worker; allowed: name, kind",
        ),
        (
            r#"[{"pinned":"gke"}]"#,
            "workloads[0].pinned: \"gke\"; allowed: null, kubernetes, serverless",
        ),
        (
            r#"[{"needs":{"udp":3}}]"#,
            "workloads[0].needs.udp: 3; allowed: true or false",
        ),
        (
            r#"[{"name":""}]"#,
            "workloads[0].name: \"\"; allowed: text of 1 to 60",
        ),
        ("[3]", "workloads[0]: a number; allowed: a list of objects"),
        ("{}", "workloads: an object; allowed: a list of objects"),
        (
            r#"[{"traffic":{"grid":[1]}}]"#,
            "workloads[0].traffic.grid: 1 values",
        ),
    ];
    for (list, start) in cases {
        let (_, told) = scenario::read(&format!("{{\"workloads\":{list}}}"));
        assert_eq!(told.len(), 1, "{list}: {told:?}");
        let said = told[0].to_string();
        assert!(said.starts_with(start), "{said}");
    }
}

/// What a split comes to, worked out from the bills of two systems, by no code of the search.
fn split_usd(inputs: &Inputs, kept: &[bool], pair: [Platform; 2]) -> Option<f64> {
    let book = PriceBook::bundled();
    let mut total = 0.0;
    for (platform, there) in pair.into_iter().zip([true, false]) {
        let rows = inputs.workloads.rows().iter().zip(kept);
        let rows: Vec<WorkloadRow> = rows
            .filter(|(_, kept)| **kept == there)
            .map(|(row, _)| row.clone())
            .collect();
        if rows.is_empty() {
            return None;
        }
        let wants_disk = rows
            .iter()
            .any(|row| row.own.contains(&at::needs::local_state));
        if wants_disk && local_disk::without(platform).is_some() {
            return None;
        }
        let mut some = inputs.clone();
        some.set_workloads(rows);
        let bill = platform.quote(&Case::of(&some), &book.in_region(some.region));
        total += bill.ok()?.total().get();
    }
    Some(total)
}

#[test]
fn the_best_split_is_that_of_a_search_of_all() {
    let scan = Scan::of(24, 500);
    let mut dice = Dice(14);
    let book = PriceBook::bundled();
    let mut found_some = 0;
    for n in 0..scan.cases {
        let rows = if n % 12 == 0 { 6 } else { 2 + n % 4 };
        let inputs = dice.system(rows);
        let assessment = assess(&inputs, &book);
        let found = placement::placement(&inputs, &book, &assessment);
        let open: Vec<Platform> = Platform::ALL
            .into_iter()
            .filter(|platform| assessment.comparison.is_open(*platform, &inputs))
            .collect();
        let kubernetes = open.iter().filter(|platform| platform.is_kubernetes());
        let mut best = f64::MAX;
        for cluster in kubernetes {
            let others = open.iter().filter(|platform| {
                !platform.is_kubernetes() && !platform.has_nodes_without_kubernetes()
            });
            for other in others {
                for mask in 0..1_u32 << rows {
                    let kept: Vec<bool> = (0..rows).map(|n| mask & (1 << n) != 0).collect();
                    let pinned = inputs
                        .workloads
                        .rows()
                        .iter()
                        .zip(&kept)
                        .all(|(row, kept)| {
                            row.pinned
                                .is_none_or(|pin| (pin == Pin::Kubernetes) == *kept)
                        });
                    if pinned && let Some(usd) = split_usd(&inputs, &kept, [*cluster, *other]) {
                        best = best.min(usd);
                    }
                }
            }
        }
        let Some(found) = found else {
            assert_eq!(best, f64::MAX, "{inputs:?}");
            continue;
        };
        found_some += 1;
        assert!(found.exact);
        assert!(
            (found.total.usd() - best).abs() < CENT,
            "{} found, {best} is there: {}",
            found.total.usd(),
            scenario::write_changes(&inputs)
        );
        for (row, placed) in inputs.workloads.rows().iter().zip(&found.workloads) {
            if let Some(pin) = row.pinned {
                assert_eq!(placed.in_cluster, pin == Pin::Kubernetes);
            }
        }
        assert!(inputs.clouds.allow(found.kubernetes.vendor()));
        assert!(inputs.clouds.allow(found.serverless.vendor()));
    }
    assert!(found_some > scan.least(350), "{found_some}");
}

/// Data on one cloud keeps both sides there.
#[test]
fn data_keeps_a_split_on_its_cloud() {
    let inputs = read(
        r#"{"data_on":"google-cloud","team":{"engineers":8,"fluent":3},"workloads":[{"name":"a","requests_per_month":1e7},
            {"name":"b","requests_per_month":1e6,"needs":{"udp":true}}]}"#,
    );
    let book = PriceBook::bundled();
    let found = placement::placement(&inputs, &book, &assess(&inputs, &book)).unwrap();
    assert_eq!(
        found.kubernetes.vendor(),
        plimsoll_model::vendor::Vendor::GoogleCloud
    );
    assert_eq!(found.serverless, Platform::CloudRun);
}

/// A published move: of 87 services on Kubernetes, run by a team of four, 81 moved to Fargate; six stayed that need a disk, a
/// GPU or UDP.
#[test]
fn the_published_split_is_found() {
    let inputs = read(
        r#"{"v":2,"clouds":["aws"],"already_on":"eks","team":{"engineers":4,"fluent":4},"workloads":[
            {"name":"stateless","count":81,"requests_per_month":3.4e6,"vcpu":0.5,"memory_gib":1},
            {"name":"stateful","count":4,"requests_per_month":3.4e6,"vcpu":0.5,"memory_gib":1,"local_state":true},
            {"name":"gpu","requests_per_month":3.4e6,"vcpu":0.5,"memory_gib":1,"gpu":"light"},
            {"name":"udp","requests_per_month":3.4e6,"vcpu":0.5,"memory_gib":1,"needs":{"udp":true}}]}"#,
    );
    let book = PriceBook::bundled();
    let found = placement::placement(&inputs, &book, &assess(&inputs, &book)).unwrap();
    let stay: Vec<bool> = found
        .workloads
        .iter()
        .map(|placed| placed.in_cluster)
        .collect();
    assert_eq!(stay, [false, true, true, true]);
    assert_eq!(found.kubernetes, Platform::Eks);
    assert!(found.splits());
    for placed in &found.workloads[1..] {
        assert!(matches!(placed.because, Because::OnlyHere(_)), "{placed:?}");
    }
    let sentence = words::sentence(&found, &inputs);
    let (_, whole) = found.whole.unwrap();
    let saved = plimsoll_model::units::Usd::of(whole.usd() - found.total.usd());
    assert!(sentence.starts_with("Move 81 to ECS Express Mode, keep 6 on Amazon EKS: saves "));
    assert!(sentence.contains(&format::usd_about(saved)), "{sentence}");
    assert!(sentence.contains("hours a week"), "{sentence}");
    // Its people are those of both.
    let month = WEEKS_PER_MONTH * inputs.team.rate_usd_per_hour;
    assert!((found.total.people - found.total.hours * month).abs() < CENT);
}

/// Two chatty workloads: on one platform, in two zones, half of what they exchange goes from zone to zone at 1 cent for each side; a split
/// that separates them is billed for it, and is not taken where that eats what it saves.
#[test]
fn what_workloads_exchange_is_billed() {
    let with = |per_request: f64| {
        read(&format!(
            r#"{{"v":2,"clouds":["aws"],"workloads":[
                {{"name":"shop","requests_per_month":1e8,"calls":[{{"to":"search","per_request":{per_request},"kb":100}}]}},
                {{"name":"search","requests_per_month":1e8,"vcpu":2,"memory_gib":4}}]}}"#
        ))
    };
    let (silent, chatty) = (with(0.0), with(3.0));
    let quiet = infrastructure(&silent);
    let of_aws = |(platform, _): &(Platform, f64)| platform.vendor() == Vendor::Aws;
    for (platform, usd) in infrastructure(&chatty).into_iter().filter(of_aws) {
        let (_, before) = quiet.iter().find(|(other, _)| *other == platform).unwrap();
        // 100 M requests, 3 calls of 100 kB: 30,000 GB, of which 15,000 go to another zone.
        let more = usd - before;
        let bills_it = more > 1.0;
        assert!(
            !bills_it || (more - 300.0).abs() < CENT,
            "{platform:?}: {more}"
        );
        assert_eq!(
            bills_it,
            !matches!(platform, Platform::AppRunner),
            "{platform:?}"
        );
    }
    let book = PriceBook::bundled();
    let near = |per_request: f64, pin: &str| {
        let text = r#"{"v":2,"clouds":["google-cloud"],"team":{"engineers":9,"fluent":4},"workloads":[
            {"name":"game","requests_per_month":1e8,"needs":{"udp":true},"calls":[{"to":"idle","per_request":X,"kb":100}]},
            {"name":"idle","requests_per_month":1e5,"vcpu":2,"memory_gib":4,"pinned":PIN},
            {"name":"far","count":30,"requests_per_month":1e5,"vcpu":2,"memory_gib":4}]}"#;
        let text = text
            .replace('X', &per_request.to_string())
            .replace("PIN", pin);
        let inputs = read(&text);
        let assessment = assess(&inputs, &book);
        let found = placement::placement(&inputs, &book, &assessment).unwrap();
        (found, inputs)
    };
    // Separated, 15,000 GB come to 15,000 / 1.0737 GiB at a cent.
    let (apart, inputs) = near(3.0, "\"serverless\"");
    assert!((apart.cut_gb - 30_000.0).abs() < 1e-6);
    assert!(
        (apart.cut_usd - 15_000.0 / 1.073_741_824 * 0.01).abs() < CENT,
        "{}",
        apart.cut_usd
    );
    assert!(words::sentence(&apart, &inputs).contains("exchange 30,000 GB a month: $140"));
    // By itself the cache is cheaper in the cluster; those that call it are on Cloud Run, where nobody bills what they exchange.
    let cache = |per_request: u32| {
        let text = r#"{"v":2,"clouds":["google-cloud"],"team":{"engineers":9,"fluent":4},"workloads":[
            {"name":"game","requests_per_month":1e8,"needs":{"udp":true}},
            {"name":"cache","requests_per_month":2e9,"latency_ms":40,"cpu_ms":10,"concurrency":20,"vcpu":1,"memory_gib":1},
            {"name":"api","count":30,"requests_per_month":1e6,"vcpu":2,"memory_gib":4,
             "calls":[{"to":"cache","per_request":X,"kb":100}]}]}"#;
        let inputs = read(&text.replace('X', &per_request.to_string()));
        let assessment = assess(&inputs, &book);
        let found = placement::placement(&inputs, &book, &assessment).unwrap();
        (found, inputs)
    };
    let (quiet, _) = cache(0);
    assert!(quiet.workloads[1].in_cluster && !quiet.workloads[2].in_cluster);
    let (chatty, inputs) = cache(100);
    assert!(!chatty.workloads[1].in_cluster && chatty.cut_gb == 0.0);
    assert_eq!(chatty.workloads[1].because, Because::NearTheOthers);
    let why = words::reason(1, &chatty, &inputs);
    assert!(why.contains("talks to workloads on Cloud Run"), "{why}");
    // A name that the list lacks is told.
    let (_, told) = scenario::read(
        r#"{"v":2,"workloads":[{"name":"a","calls":[{"to":"b","kb":1},{"to":"a","kb":-1}]}]}"#,
    );
    let at: Vec<String> = told.iter().map(|told| told.at.to_string()).collect();
    assert_eq!(at, ["workloads[0].calls[1]", "workloads[0].calls[0].to"]);
}

/// Nodes that are paid for half of the time in which a move has to pay: half of what a split would free of them is not saved.
#[test]
fn what_is_paid_anyway_is_not_saved() {
    let book = PriceBook::bundled();
    let found = |months: u32| {
        let inputs = read(&format!(
            r#"{{"v":2,"clouds":["google-cloud"],"already_on":"gke","payback_months":24,"cluster":{{"paid_months":{months}}},
                "team":{{"engineers":20,"fluent":4}},"workloads":[
                {{"name":"idle","count":40,"requests_per_month":1e5,"vcpu":2,"memory_gib":4}},
                {{"name":"game","requests_per_month":1e6,"needs":{{"udp":true}}}}]}}"#
        ));
        placement::placement(&inputs, &book, &assess(&inputs, &book)).unwrap()
    };
    let (free, half) = (found(0), found(12));
    let (_, whole) = free.whole.unwrap();
    assert!(free.splits() && !free.workloads[0].in_cluster);
    // The whole stays where it is; the machines of the split lie halfway between.
    let freed = 2.0 * (half.total.infrastructure - free.total.infrastructure);
    assert!(
        freed > 0.0 && freed < whole.infrastructure,
        "{freed} of {}",
        whole.infrastructure
    );
    assert_eq!(half.total.people, free.total.people);
    let all = found(24);
    assert!((all.total.infrastructure - free.total.infrastructure - freed).abs() < CENT);
}

/// Small pods fill the gaps that large ones leave, and the bill says how many nodes that saves.
#[test]
fn pods_of_many_kinds_are_packed_together_and_that_is_told() {
    let inputs = read(
        r#"{"v":2,"clouds":["aws"],"cluster":{"node_vcpu":4},"workloads":[
            {"name":"large","kind":"worker","count":6,"vcpu":2.5,"memory_gib":2},
            {"name":"small","kind":"worker","count":12,"vcpu":0.5,"memory_gib":1}]}"#,
    );
    let comparison = compare(&inputs, &PriceBook::bundled());
    let bill = comparison.quote(Platform::Eks).unwrap();
    let told: Vec<String> = bill.notes.iter().map(format::sentence).collect();
    // Six large pods, one on a node; twelve small ones beside them, where two more nodes would hold them alone.
    let packed = told.iter().find(|text| text.starts_with("Packed together"));
    let packed = packed.unwrap_or_else(|| panic!("{told:?}"));
    let numbers: Vec<f64> = packed
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|part| part.parse().ok())
        .collect();
    let [together, apart] = numbers[..] else {
        panic!("{packed}")
    };
    assert!(together >= 6.0 && together < apart, "{packed}");
}

/// A cluster that is as full as its team says: never cheaper than one that is packed, and at a third of it about three times as
/// many nodes; platforms without a cluster of one's own bill the same.
#[test]
fn a_cluster_stands_at_its_utilisation() {
    let with = |share: &str| {
        read(&format!(
            r#"{{"v":2,"clouds":["aws"],"already_on":"eks","cluster":{{"node_vcpu":4,"utilisation":{share}}},"workloads":[
                {{"name":"a","count":30,"requests_per_month":1e7,"vcpu":1,"memory_gib":1}},
                {{"name":"b","count":10,"kind":"worker","vcpu":2,"memory_gib":2}}]}}"#
        ))
    };
    let bill = |inputs: &Inputs, platform| {
        let comparison = compare(inputs, &PriceBook::bundled());
        let bill = comparison.quote(platform).unwrap();
        bill.subtotal(CostCategory::Compute).get()
    };
    let (packed, full, third) = (with("null"), with("1.0"), with("0.3"));
    let on_eks = [&packed, &full, &third].map(|inputs| bill(inputs, Platform::Eks));
    assert!((on_eks[0] - on_eks[1]).abs() < CENT, "{on_eks:?}");
    let times = on_eks[2] / on_eks[0];
    assert!((2.5..3.5).contains(&times), "{times}");
    for platform in [Platform::Fargate, Platform::EksFargate, Platform::EcsEc2] {
        let (one, other) = (bill(&packed, platform), bill(&third, platform));
        assert!((one - other).abs() < CENT, "{platform:?}");
    }
}

/// The hours that a platform is told to take are those that its bill has, the pool of GPU nodes of a workload among them.
#[test]
fn hours_that_are_told_are_those_that_are_billed() {
    for gpu in ["none", "light", "serving"] {
        let inputs = read(&format!(
            r#"{{"v":2,"clouds":["aws"],"workloads":[
                {{"name":"api","requests_per_month":1e7}},
                {{"name":"llm","requests_per_month":1e5,"vcpu":2,"memory_gib":8,"gpu":"{gpu}"}}]}}"#
        ));
        let comparison = compare(&inputs, &PriceBook::bundled());
        let month = WEEKS_PER_MONTH * inputs.team.rate_usd_per_hour;
        for platform in Platform::ALL {
            if let Ok(bill) = comparison.quote(platform) {
                let billed = bill.subtotal(CostCategory::People).get();
                let told = people::on(platform, &inputs).total() * month;
                assert!(
                    (billed - told).abs() < CENT,
                    "{platform:?}, {gpu}: {billed} and {told}"
                );
            }
        }
    }
}

/// What a workload adds in the cluster beyond what it adds outside, from bills of the two halves alone.
fn beyond_outside(inputs: &Inputs, found: &placement::Placement, place: usize) -> Option<f64> {
    let book = PriceBook::bundled();
    let added = |platform: Platform, in_cluster: bool| -> Option<f64> {
        let cost = |with_it: bool| -> Option<f64> {
            let rows = inputs.workloads.rows().iter().enumerate();
            let rows: Vec<WorkloadRow> = rows
                .filter(|(n, _)| {
                    if *n == place {
                        with_it
                    } else {
                        found.workloads[*n].in_cluster == in_cluster
                    }
                })
                .map(|(_, row)| row.clone())
                .collect();
            if rows.is_empty() {
                return Some(0.0);
            }
            let mut half = inputs.clone();
            half.set_workloads(rows);
            let comparison = compare(&half, &book);
            Some(comparison.quote(platform).ok()?.infrastructure().get())
        };
        Some(cost(true)? - cost(false)?)
    };
    Some(added(found.kubernetes, true)? - added(found.serverless, false)?)
}

/// Well beyond the load that is told to turn a workload it costs less on the other side, by bills of the halves alone.
#[test]
fn what_would_turn_a_workload_turns_it() {
    let mut dice = Dice(23);
    let book = PriceBook::bundled();
    let mut turned = 0;
    for _ in 0..60 {
        let mut inputs = dice.system(5);
        inputs.team.fluent = 3;
        let Some(found) = placement::placement(&inputs, &book, &assess(&inputs, &book)) else {
            continue;
        };
        for place in 0..inputs.workloads.rows().len() {
            let Some(turn) = placement::turn(&inputs, &book, &found, place) else {
                continue;
            };
            let at = |load: f64| {
                let mut other = inputs.clone();
                let mut rows = inputs.workloads.rows().to_vec();
                rows[place].set_number(turn.field, load);
                other.set_workloads(rows);
                beyond_outside(&other, &found, place)
            };
            let now = inputs.workloads.rows()[place]
                .number(turn.field, &inputs)
                .unwrap();
            let beyond = turn.at * if turn.up { 2.0 } else { 0.5 };
            let (begin, beyond) = (at(now.max(1.0)).unwrap(), at(beyond).unwrap());
            assert!(
                (begin < 0.0) != (beyond < 0.0),
                "{begin} and {beyond} at {turn:?}"
            );
            turned += 1;
        }
    }
    assert!(turned >= 10, "{turned}");
}

#[test]
fn many_workloads_are_placed_with_a_bound() {
    let mut dice = Dice(15);
    let book = PriceBook::bundled();
    let mut inputs = dice.system(40);
    inputs.team.fluent = 3;
    let found = placement::placement(&inputs, &book, &assess(&inputs, &book));
    let found = found.expect("two platforms that share them");
    assert!(!found.exact);
    assert!(found.lower_bound <= found.total.usd());
    assert_eq!(found.workloads.len(), 40);
}

/// Bytes of a text changed, doubled or taken away, the same ones each time.
fn damaged(text: &str, dice: &mut Dice) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=dice.below(4) {
        if bytes.is_empty() {
            break;
        }
        let place = dice.below(bytes.len());
        match dice.below(4) {
            0 => bytes[place] = b"\0\"{}[],:-+e.9x\t\n"[dice.below(16)],
            1 => {
                bytes.remove(place);
            }
            2 => {
                let until = (place + dice.below(30)).min(bytes.len());
                let part = bytes[place..until].to_vec();
                bytes.splice(place..place, part);
            }
            _ => bytes.truncate(place.max(1)),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn damaged_lists_never_panic_and_stay_in_their_ranges() {
    let scan = Scan::of(400, 50_000);
    let mut dice = Dice(16);
    let book = PriceBook::bundled();
    let (mut told, mut kept) = (0, 0);
    for n in 0..scan.cases {
        let mut inputs = dice.system(1 + n % 4);
        inputs.environments = vec![plimsoll_model::inputs::Environment::default(); n % 2];
        let file = damaged(&scenario::write_changes(&inputs).to_string(), &mut dice);
        let (read, notices) = scenario::read(&file);
        told += usize::from(!notices.is_empty());
        let rows = read.workloads.rows();
        kept += usize::from(!rows.is_empty());
        for row in rows {
            assert!(
                (1..=200).contains(&row.count) && !row.name.is_empty(),
                "{file}"
            );
        }
        // Whatever was understood has its bills, or its reasons.
        let comparison = compare(&read, &book);
        for platform in Platform::ALL {
            if let Ok(bill) = comparison.quote(platform) {
                let total = bill.total().get();
                assert!(total.is_finite() && total >= 0.0, "{file}: {total}");
            }
        }
        assert_eq!(
            scenario::read(&scenario::write(&read).to_string()),
            (read, vec![]),
            "{file}"
        );
        let rows = damaged(
            "name\tkind\tcpu\tmemory\trequests\na\tservice\t500m\t1Gi\t3M\nb\tjob\t1\t2Gi\t\n",
            &mut dice,
        );
        let _ = plimsoll_formats::scenario::table::read(&rows);
    }
    assert!(
        told > scan.cases / 4 && kept > scan.cases / 12,
        "{told} told, {kept} kept"
    );
}

/// Without one of the workloads the others cost no more, but for a node: first-fit packing is not monotone.
#[test]
fn without_a_workload_the_others_cost_a_node_more_at_most() {
    let scan = Scan::of(40, 600);
    let mut dice = Dice(17);
    let book = PriceBook::bundled();
    for _ in 0..scan.cases {
        let inputs = dice.system(5);
        let all = compare(&inputs, &book);
        for place in 0..5 {
            let mut rows = inputs.workloads.rows().to_vec();
            rows.remove(place);
            let mut fewer = inputs.clone();
            fewer.set_workloads(rows);
            let fewer = compare(&fewer, &book);
            for platform in Platform::ALL {
                let (Ok(all), Ok(fewer)) = (all.quote(platform), fewer.quote(platform)) else {
                    continue;
                };
                let nodes = fewer
                    .lines
                    .iter()
                    .filter(|line| line.category == CostCategory::Compute && line.unit == "hour");
                let dearest = nodes.map(|line| line.unit_price).fold(0.0, f64::max);
                let (all, fewer) = (all.infrastructure().get(), fewer.infrastructure().get());
                // With its disk, its address and its fee.
                let node = 1.3 * 730.0 * dearest + 0.02;
                assert!(fewer <= all + node, "{}: {fewer} of {all}", platform.id());
            }
        }
    }
}
