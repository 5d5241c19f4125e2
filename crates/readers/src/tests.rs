//! Manifests as teams have them, whole and damaged.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that fails panics"
)]

use super::*;
use plimsoll_model::inputs::{Gpu, WorkloadKind};

fn of(text: &str) -> Reading {
    read(&[File {
        name: "all.yaml",
        text,
    }])
}

fn texts(reading: &Reading, kind: Kind) -> Vec<String> {
    let told = reading.told.iter().filter(|told| told.kind == kind);
    told.map(ToString::to_string).collect()
}

#[test]
fn quantities_are_what_kubernetes_says_they_are() {
    for (text, x) in [
        ("1", 1.0),
        ("0.5", 0.5),
        ("500m", 0.5),
        ("100u", 1e-4),
        ("250000000n", 0.25),
        ("1e3", 1e3),
        ("1E3", 1e3),
        ("12E", 12e18),
        ("1.5Gi", 1_610_612_736.0),
        ("512Mi", 536_870_912.0),
        ("128974848", 128_974_848.0),
        ("129M", 129e6),
        ("128974848000m", 128_974_848.0),
        ("64Ki", 65_536.0),
        ("1Ti", 1_099_511_627_776.0),
        ("2k", 2_000.0),
        ("+3", 3.0),
    ] {
        assert_eq!(quantity::parse(text), Some(x), "{text}");
    }
    for wrong in ["", "m", "1 Gi", "1gb", "-1", "1.2.3", "NaN", "1e999"] {
        assert_eq!(quantity::parse(wrong), None, "{wrong}");
    }
}

const SHOP: &str = "
# What the shop runs.
apiVersion: v1
kind: LimitRange
metadata: { name: usual, namespace: shop }
spec:
  limits:
    - type: Container
      defaultRequest: { cpu: 200m, memory: 256Mi }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  replicas: 3
  template:
    metadata: { labels: { app: cart } }
    spec:
      initContainers:
        - { name: migrate, resources: { requests: { cpu: '2', memory: 64Mi } } }
        - { name: proxy, restartPolicy: Always, resources: { requests: { cpu: 100m, memory: 128Mi } } }
      containers:
        - name: cart
          ports: [{ containerPort: 8080 }]
          env: [{ name: PASSWORD, value: hunter2 }]
          resources: { requests: { cpu: 500m, memory: 512Mi }, limits: { nvidia.com/gpu: 1 } }
        - { name: metrics }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: cart, namespace: shop }
spec:
  scaleTargetRef: { kind: Deployment, name: cart }
  minReplicas: 2
  maxReplicas: 12
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: store, namespace: shop }
spec:
  replicas: 2
  volumeClaimTemplates: [{ metadata: { name: data } }]
  template:
    metadata: { labels: { app: store } }
    spec:
      containers: [{ name: store, resources: { limits: { cpu: 1, memory: 2Gi } } }]
---
apiVersion: v1
kind: Service
metadata: { name: store, namespace: shop }
spec:
  type: LoadBalancer
  selector: { app: store }
  ports: [{ port: 53, protocol: UDP }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: mails, namespace: shop }
spec:
  template:
    spec:
      containers: [{ name: mails, resources: { requests: { cpu: 250m, memory: 300M } } }]
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: mails, namespace: shop }
spec: { scaleTargetRef: { name: mails }, minReplicaCount: 4 }
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: report, namespace: shop }
spec:
  schedule: '0 3 * * *'
  jobTemplate:
    spec:
      completions: 2
      template: { spec: { containers: [{ name: report, resources: { requests: { cpu: 2, memory: 4Gi } } }] } }
---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: logs }
spec: {}
";

#[test]
fn manifests_are_workloads_with_their_sizes_and_replicas() {
    let reading = of(SHOP);
    assert_eq!(texts(&reading, Kind::Wrong), Vec::<String>::new());
    let [cart, store, mails, report] = &reading.rows[..] else {
        panic!("{:?}", reading.told)
    };
    // The init container asks for more than the three others together: 500m + 100m + 200m of the LimitRange.
    assert_eq!(cart.values.instance.vcpu, 2.0);
    assert_eq!(
        cart.values.instance.memory_gib,
        (512.0 + 128.0 + 256.0) / 1_024.0
    );
    assert_eq!(
        (cart.values.min_instances, cart.max_instances),
        (Some(2), Some(12))
    );
    assert_eq!(cart.values.needs.gpu, Gpu::Serving);
    // Limits stand for requests that are missing; a disk of its own, and UDP from outside.
    assert_eq!(
        (store.values.instance.vcpu, store.values.instance.memory_gib),
        (1.0, 2.0)
    );
    assert!(store.values.needs.local_state && store.values.needs.udp);
    assert_eq!(store.values.min_instances, Some(2));
    assert_eq!(
        (mails.kind, mails.count, mails.max_instances),
        (WorkloadKind::Worker, 4, Some(100))
    );
    assert!((mails.values.workers.memory_gib - 300e6 / 1_073_741_824.0).abs() < 1e-12);
    assert_eq!(report.kind, WorkloadKind::Job);
    assert_eq!(
        report.values.jobs.runs_per_month,
        (2.0 * 365.25_f64 / 12.0).round()
    );
    let all: String = reading.told.iter().map(ToString::to_string).collect();
    assert!(!all.contains("hunter2"), "{all}");
    assert!(
        texts(&reading, Kind::LeftOut)[0].starts_with("all.yaml:"),
        "{all}"
    );
    assert!(all.contains("all.yaml:11: understood: Deployment cart: a service, 2 to 12 instances, 2 vCPU, 0.875 GiB"), "{all}");
}

#[test]
fn a_list_as_kubectl_prints_it_means_the_same() {
    let text = r#"{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"a"},
        "spec":{"replicas":2,"template":{"spec":{"containers":[{"name":"a","ports":[{"containerPort":80}],
        "resources":{"requests":{"cpu":"250m","memory":"1Gi"}}}]}}}}]}"#;
    let reading = of(text);
    assert_eq!(reading.rows.len(), 1);
    assert_eq!(reading.rows[0].values.instance.vcpu, 0.25);
}

#[test]
fn a_spreadsheet_is_read_as_on_the_page() {
    let reading = of("name;requests;vcpu\nshop;3M;500m\n");
    assert_eq!(reading.rows[0].values.http.requests_per_month, 3e6);
    assert_eq!(
        texts(&reading, Kind::Understood),
        ["all.yaml:2: understood: service shop"]
    );
}

#[test]
fn bombs_depths_and_nonsense_are_refused_with_their_line() {
    let bomb = (0..12).fold("a0: &a0 [x, x]\n".to_owned(), |text, n| {
        let refs = format!("*a{n}, ").repeat(9);
        format!("{text}a{}: &a{} [{refs}]\n", n + 1, n + 1)
    });
    let deep = format!("kind: {}1{}", "[".repeat(5_000), "]".repeat(5_000));
    for (text, line) in [
        // Its eighth line repeats what is too much.
        (format!("kind: X\n{bomb}"), 12),
        (deep, 4),
        ("kind: [".to_owned(), 4),
        ("\"kind\": \"a\" b".to_owned(), 4),
    ] {
        let reading = of(&format!("kind: Service\n---\n\n{text}"));
        let wrong = texts(&reading, Kind::Wrong);
        assert_eq!(wrong.len(), 1, "{wrong:?}");
        assert!(
            wrong[0].starts_with(&format!("all.yaml:{line}: wrong: no YAML")),
            "{wrong:?}"
        );
    }
    assert!(of("").is_wrong());
}

/// Bytes changed, doubled and taken away, the same ones each time: never a panic, and every row within its ranges.
#[test]
fn damaged_manifests_never_panic() {
    let mut state = 5_u64;
    let mut below = |n: usize| {
        state = state * 48_271 % 2_147_483_647;
        state as usize % n.max(1)
    };
    let others = [
        include_str!("../../../tests/cases/import/run-sidecars/assets.yaml"),
        include_str!("../../../tests/cases/import/run-api/answer.json"),
        include_str!("../../../tests/cases/import/apps-jobs/jobs.yaml"),
        include_str!("../../../tests/cases/import/apps-template/main.json"),
        include_str!("../../../tests/cases/import/usage-pods/top.txt"),
        include_str!("../../../tests/cases/import/usage-nodes/nodes.txt"),
    ];
    for n in 0..2_000 {
        let text = if n % 2 == 0 { SHOP } else { others[n / 2 % 6] };
        let mut bytes = text.as_bytes().to_vec();
        for _ in 0..=below(5) {
            let place = below(bytes.len());
            match below(3) {
                0 => bytes[place] = b"\0-:{}[]&*!|>'\"#%@`,?\n \t9"[below(24)],
                1 => {
                    bytes.remove(place);
                }
                _ => {
                    let part = bytes[place..(place + below(60)).min(bytes.len())].to_vec();
                    bytes.splice(place..place, part);
                }
            }
        }
        let reading = of(&String::from_utf8_lossy(&bytes));
        for row in &reading.rows {
            assert!((1..=200).contains(&row.count) && row.values.instance.vcpu <= 1e3);
        }
    }
}
