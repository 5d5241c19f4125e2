//! Cloud Run: services, jobs and worker pools as `gcloud run … describe` and `export` write them, and as the API answers.
//!
//! Sources: <https://cloud.google.com/run/docs/reference/yaml/v1>,
//! <https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.services>,
//! <https://cloud.google.com/run/docs/configuring/services/cpu>,
//! <https://cloud.google.com/run/docs/configuring/services/memory-limits>,
//! <https://cloud.google.com/run/docs/about-concurrency>,
//! <https://cloud.google.com/run/docs/configuring/max-instances>.

use super::{
    Kind, Place, Reading,
    documents::{Document, dig, list, text},
    kubernetes, quantity,
    rows::{self, need, set},
};
use plimsoll_model::inputs::{WorkloadKind, WorkloadRow, at};
use serde_json::Value;
use std::slice;

/// What a container has that says nothing: vCPU, and bytes.
const DEFAULT_VCPU: f64 = 1.0;
const DEFAULT_BYTES: f64 = 536_870_912.0;
/// Requests that an instance works on at once where nothing is said.
const DEFAULT_CONCURRENCY: u64 = 80;
/// The most instances where nothing is said.
const DEFAULT_MOST: u64 = 100;
/// A longer timeout is told, seconds.
const LONG_S: u64 = 3_600;

/// Whether a document is one of these, or a list with one in it.
pub(crate) fn knows(value: &Value) -> bool {
    items(value).iter().any(is_one)
}

/// Reads these documents together.
pub(crate) fn read(documents: Vec<Document>, reading: &mut Reading) {
    let mut others = Vec::new();
    for Document { at, value } in documents {
        for item in items(&value) {
            if is_one(item) {
                one(&Run::of(item), &at, reading);
            } else {
                others.push(Document {
                    at: at.clone(),
                    value: item.clone(),
                });
            }
        }
    }
    // A list may hold objects of a cluster as well.
    if !others.is_empty() {
        kubernetes::read(others, reading);
    }
}

/// The objects of a list, or the one object.
fn items(value: &Value) -> &[Value] {
    if let Some(items) = value.as_array() {
        return items;
    }
    ["items", "services", "jobs", "workerPools"]
        .iter()
        .find_map(|key| value.get(key)?.as_array())
        .map_or(slice::from_ref(value), Vec::as_slice)
}

fn is_one(value: &Value) -> bool {
    let (version, kind) = (text(value, "apiVersion"), text(value, "kind"));
    // A Service of Kubernetes has the version v1.
    (version.starts_with("serving.knative.dev/") && kind == "Service")
        || (version.starts_with("run.googleapis.com/") && ["Job", "WorkerPool"].contains(&kind))
        || is_of_the_api(value)
}

/// Whether it is an answer of version 2 of the API, which names no kind.
fn is_of_the_api(value: &Value) -> bool {
    value.get("kind").is_none()
        && value.get("apiVersion").is_none()
        && ["template.containers", "template.template.containers"]
            .iter()
            .any(|path| !list(value, path).is_empty())
}

#[derive(Clone, Copy, PartialEq)]
enum What {
    Service,
    Job,
    Pool,
}

/// What both forms say.
struct Run<'a> {
    what: What,
    name: &'a str,
    containers: &'a [Value],
    volumes: &'a [Value],
    fewest: u64,
    most: u64,
    /// As many instances as somebody has set by hand.
    fixed: Option<u64>,
    concurrency: Option<u64>,
    instance_based: bool,
    accelerator: &'a str,
    timeout_s: Option<u64>,
    tasks: u64,
    connector: bool,
}

impl<'a> Run<'a> {
    fn of(value: &'a Value) -> Self {
        if is_of_the_api(value) {
            Self::of_the_api(value)
        } else {
            Self::of_yaml(value)
        }
    }

    /// The form of `gcloud`: version 1 of the API, with annotations.
    fn of_yaml(value: &'a Value) -> Self {
        let what = match text(value, "kind") {
            "Job" => What::Job,
            "WorkerPool" => What::Pool,
            _ => What::Service,
        };
        let template = dig(value, "spec.template");
        let instance = if what == What::Job {
            dig(template, "spec.template.spec")
        } else {
            dig(template, "spec")
        };
        let of_all = |key: &str| dig(value, "metadata.annotations").get(key);
        let of_one = |key: &str| dig(template, "metadata.annotations").get(key);
        // The newer spelling of Knative means the same.
        let scale = |of_service: &str, keys: [&str; 2]| {
            let of_one = keys.iter().find_map(|key| of_one(key));
            [of_all(of_service).and_then(whole), of_one.and_then(whole)]
        };
        let fewest = scale(
            "run.googleapis.com/minScale",
            [
                "autoscaling.knative.dev/minScale",
                "autoscaling.knative.dev/min-scale",
            ],
        );
        let most = scale(
            "run.googleapis.com/maxScale",
            [
                "autoscaling.knative.dev/maxScale",
                "autoscaling.knative.dev/max-scale",
            ],
        );
        let by_hand = of_all("run.googleapis.com/scalingMode").and_then(Value::as_str);
        let by_hand = what == What::Pool || by_hand == Some("manual");
        let throttling = of_one("run.googleapis.com/cpu-throttling");
        let accelerator = "run.googleapis.com/accelerator";
        let accelerator = dig(instance, "nodeSelector")
            .get(accelerator)
            .or_else(|| of_one(accelerator));
        Self {
            what,
            name: text(value, "metadata.name"),
            containers: list(instance, "containers"),
            volumes: list(instance, "volumes"),
            fewest: fewest.into_iter().flatten().max().unwrap_or(0),
            most: most.into_iter().flatten().min().unwrap_or(DEFAULT_MOST),
            fixed: of_all("run.googleapis.com/manualInstanceCount")
                .and_then(whole)
                .filter(|_| by_hand),
            concurrency: whole(dig(instance, "containerConcurrency")),
            instance_based: throttling
                .is_some_and(|x| x.as_str() == Some("false") || x == &Value::Bool(false)),
            accelerator: accelerator.and_then(Value::as_str).unwrap_or_default(),
            timeout_s: whole(dig(instance, "timeoutSeconds")),
            tasks: whole(dig(template, "spec.taskCount")).unwrap_or(1),
            connector: of_one("run.googleapis.com/vpc-access-connector").is_some(),
        }
    }

    /// The form of version 2 of the API.
    fn of_the_api(value: &'a Value) -> Self {
        let name = text(value, "name");
        let template = dig(value, "template");
        let inner = dig(template, "template");
        let (what, instance) = if !list(inner, "containers").is_empty() {
            (What::Job, inner)
        } else if name.contains("/workerPools/") {
            (What::Pool, template)
        } else {
            (What::Service, template)
        };
        let both = |key: &str| {
            let of = |whose: &Value| whole(dig(whose, &format!("scaling.{key}")));
            // Nothing is written as 0 there.
            [of(value), of(template)]
                .into_iter()
                .flatten()
                .filter(|x| *x > 0)
        };
        let containers = list(instance, "containers");
        let by_hand = what == What::Pool || text(value, "scaling.scalingMode") == "MANUAL";
        // Where resources are written, `cpuIdle` has to be there for request-based billing.
        let said = containers.iter().any(|c| c.get("resources").is_some());
        let idle = |c: &Value| dig(c, "resources.cpuIdle") == &Value::Bool(true);
        Self {
            what,
            name: name.rsplit('/').next().unwrap_or(name),
            containers,
            volumes: list(instance, "volumes"),
            fewest: both("minInstanceCount").max().unwrap_or(0),
            most: both("maxInstanceCount").min().unwrap_or(DEFAULT_MOST),
            fixed: whole(dig(value, "scaling.manualInstanceCount")).filter(|_| by_hand),
            concurrency: whole(dig(template, "maxInstanceRequestConcurrency")),
            instance_based: what == What::Service && said && !containers.iter().any(idle),
            accelerator: text(instance, "nodeSelector.accelerator"),
            timeout_s: whole(dig(instance, "timeout")),
            tasks: whole(dig(template, "taskCount")).unwrap_or(1),
            connector: !text(instance, "vpcAccess.connector").is_empty(),
        }
    }

    fn called(&self) -> String {
        let what = match self.what {
            What::Service => "service",
            What::Job => "job",
            What::Pool => "worker pool",
        };
        format!("Cloud Run {what} {}", self.name)
    }
}

/// A whole number: written as one, as a text, or in seconds such as `300s`.
fn whole(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.trim().trim_end_matches('s').parse().ok(),
        _ => None,
    }
}

/// A container's limit of that name; what it asks for where it has none.
fn limit(container: &Value, name: &str) -> Option<f64> {
    ["limits", "requests"]
        .iter()
        .find_map(|key| dig(container, &format!("resources.{key}")).get(name))
        .and_then(quantity::of)
        .filter(|x| *x > 0.0)
}

fn one(run: &Run<'_>, at: &Place, reading: &mut Reading) {
    let called = run.called();
    if run.containers.is_empty() {
        let text = format!("{called}: no container is said");
        return reading.tell(Kind::LeftOut, at, text);
    }
    if run.what == What::Service && run.fixed == Some(0) {
        let text = format!("{called}: no instance runs");
        return reading.tell(Kind::LeftOut, at, text);
    }
    let kind = match run.what {
        What::Service => WorkloadKind::Service,
        What::Job => WorkloadKind::Job,
        What::Pool => WorkloadKind::Worker,
    };
    let mut row = rows::row(run.name, kind);
    let vcpu = size(run, &mut row, at, reading);
    gpu(run, &mut row, at, reading);
    around(run, at, reading);
    match run.what {
        What::Service => {
            concurrency(run, vcpu, &mut row, at, reading);
            billing(run, &mut row, at, reading);
            let (fewest, most) = run
                .fixed
                .map_or((run.fewest, run.most), |fixed| (fixed, fixed));
            rows::service(row, fewest, Some(most), at, &called, reading);
        }
        What::Job => rows::tasks(row, None, run.tasks, at, &called, reading),
        What::Pool => rows::worker(row, run.fixed.unwrap_or(1), None, at, &called, reading),
    }
}

/// Sets the size of all containers together, each that says nothing with the default; gives the vCPU.
fn size(run: &Run<'_>, row: &mut WorkloadRow, at: &Place, reading: &mut Reading) -> f64 {
    let called = run.called();
    let all = run.containers.len();
    let mut sum = |name: &str, words: [&str; 2], default: f64| {
        let said = run.containers.iter().filter_map(|c| limit(c, name));
        let (n, sum) = said.fold((0, 0.0), |(n, sum), x| (n + 1, sum + x));
        let [what, default_in_words] = words;
        if n < all {
            let text = match (all, all - n) {
                (1, _) => {
                    format!(
                        "{called}: no {what} is said; Cloud Run's default of {default_in_words} counts"
                    )
                }
                (_, missing) => format!(
                    "{called}: {missing} of {all} containers without {what}; Cloud Run's default of {default_in_words} counts for each of these"
                ),
            };
            reading.tell(Kind::Assumed, at, text);
        }
        sum + default * (all - n) as f64
    };
    let vcpu = sum("cpu", ["CPU", "1 vCPU"], DEFAULT_VCPU);
    let bytes = sum("memory", ["memory", "512 MiB"], DEFAULT_BYTES);
    set(row, "vcpu", vcpu);
    set(row, "memory_gib", quantity::gib(bytes));
    vcpu
}

fn concurrency(run: &Run<'_>, vcpu: f64, row: &mut WorkloadRow, at: &Place, reading: &mut Reading) {
    let called = run.called();
    let concurrency = match run.concurrency {
        // Zero leaves it to the platform.
        Some(said) if said > 0 => said,
        _ if vcpu < 1.0 => {
            let text = format!(
                "{called}: no concurrency is said; 1 request at a time counts, as Cloud Run asks for below 1 vCPU"
            );
            reading.tell(Kind::Assumed, at, text);
            1
        }
        _ => {
            let text = format!(
                "{called}: no concurrency is said; Cloud Run's default of {DEFAULT_CONCURRENCY} requests at once counts"
            );
            reading.tell(Kind::Assumed, at, text);
            DEFAULT_CONCURRENCY
        }
    };
    set(row, "concurrency", concurrency as f64);
}

/// Tells of instance-based billing, which a row can't hold: the cheaper billing is found. Work between requests rules out the
/// other one, and is asked for.
fn billing(run: &Run<'_>, row: &mut WorkloadRow, at: &Place, reading: &mut Reading) {
    if !run.instance_based {
        return;
    }
    let called = run.called();
    let text = format!("{called}: billed for the whole life of its instances");
    reading.tell(Kind::Understood, at, text);
    let options = [
        ("no", "it works on requests only"),
        ("yes", "it works between requests"),
    ];
    let works = reading.choose(at, "background", "no", &options, |taken| {
        let taken = options.iter().find(|(name, _)| *name == taken);
        let taken = taken.map_or("", |(_, words)| *words);
        format!("{called}: {taken}; instance-based billing allows both")
    });
    need(row, at::needs::background, works == "yes");
}

fn gpu(run: &Run<'_>, row: &mut WorkloadRow, at: &Place, reading: &mut Reading) {
    let called = run.called();
    let limits = run.containers.iter();
    let has = limits.filter_map(|c| limit(c, "nvidia.com/gpu")).count() > 0;
    if has || !run.accelerator.is_empty() {
        rows::gpu(row);
        let which = match run.accelerator {
            "" => String::new(),
            which => format!(" ({which})"),
        };
        let text = format!("{called}: it has a GPU{which}");
        reading.tell(Kind::Understood, at, text);
    }
}

/// Tells what is around the containers and not counted.
fn around(run: &Run<'_>, at: &Place, reading: &mut Reading) {
    let called = run.called();
    for volume in run.volumes {
        let is_bucket = volume.get("gcs").is_some()
            || text(volume, "csi.driver").starts_with("gcsfuse.run.googleapis.com");
        let what = match (is_bucket, volume.get("nfs")) {
            (true, _) => "a bucket of Cloud Storage",
            (false, Some(_)) => "a network file system",
            _ => continue,
        };
        let text = format!("{called}: {what} is mounted; what it stores is not counted");
        reading.tell(Kind::LeftOut, at, text);
    }
    if run.connector {
        let text = format!("{called}: its VPC connector is not counted");
        reading.tell(Kind::LeftOut, at, text);
    }
    if let Some(s) = run.timeout_s.filter(|s| *s > LONG_S) {
        let minutes = s / 60;
        let what = if run.what == What::Job {
            "a task"
        } else {
            "a request"
        };
        let text =
            format!("{called}: {what} may take up to {minutes} minutes; that limit is not counted");
        reading.tell(Kind::LeftOut, at, text);
    }
}

#[cfg(test)]
#[allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that fails panics"
)]
mod tests {
    use crate::{File, Kind, Reading, read};
    use plimsoll_model::inputs::{Gpu, WorkloadKind, at};

    fn of(text: &str) -> Reading {
        let name = "run.yaml";
        read(&[File { name, text }])
    }

    #[test]
    fn a_service_of_kubernetes_is_not_one() {
        let reading = of(
            "apiVersion: v1\nkind: Service\nmetadata: { name: cart }\nspec: { selector: { app: cart } }\n",
        );
        assert!(reading.rows.is_empty());
        assert!(!reading.told[0].text.contains("Cloud Run"));
    }

    #[test]
    fn the_lower_most_and_the_higher_fewest_count() {
        let reading = of(
            "apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata:\n  name: a\n  annotations: \
             { run.googleapis.com/minScale: 3, run.googleapis.com/maxScale: '40' }\nspec:\n  template:\n    metadata:\n      \
             annotations: { autoscaling.knative.dev/minScale: '1', autoscaling.knative.dev/maxScale: '20' }\n    spec: { \
             containers: [{ image: x, resources: { limits: { cpu: 250m, memory: 512Mi } } }] }\n",
        );
        let row = &reading.rows[0];
        assert_eq!(
            (row.values.min_instances, row.max_instances),
            (Some(3), Some(20))
        );
        assert_eq!(
            (row.values.instance.vcpu, row.values.instance.memory_gib),
            (0.25, 0.5)
        );
        // Below one vCPU there is one request at a time.
        assert_eq!(row.values.http.concurrency, 1);
    }

    #[test]
    fn the_api_says_the_same_without_a_kind() {
        let reading = of(
            r#"[{"name": "projects/p/locations/l/services/api", "scaling": {"minInstanceCount": 2},
            "template": {"maxInstanceRequestConcurrency": 40, "timeout": "7200s", "nodeSelector": {"accelerator": "nvidia-l4"},
            "containers": [{"resources": {"limits": {"cpu": "4", "memory": "16Gi", "nvidia.com/gpu": "1"}}}]}},
            {"name": "projects/p/locations/l/jobs/nightly", "template": {"taskCount": 5, "template": {"containers": [{}]}}},
            {"name": "projects/p/locations/l/workerPools/pull", "scaling": {"manualInstanceCount": 3},
            "template": {"containers": [{}]}}, {"kind": "Namespace", "metadata": {"name": "x"}}]"#,
        );
        let [api, nightly, pull] = &reading.rows[..] else {
            panic!("{:?}", reading.told)
        };
        assert_eq!(
            (&*api.name, api.values.min_instances, api.max_instances),
            ("api", Some(2), Some(100))
        );
        assert_eq!(api.values.needs.gpu, Gpu::Serving);
        assert!(!api.own.contains(&at::needs::background));
        assert_eq!(
            (nightly.kind, nightly.values.jobs.runs_per_month),
            (WorkloadKind::Job, 5.0)
        );
        assert_eq!((pull.kind, pull.count), (WorkloadKind::Worker, 3));
        let told: Vec<String> = reading.told.iter().map(ToString::to_string).collect();
        let said = |text: &str| told.iter().any(|told| told.contains(text));
        assert!(
            said("up to 120 minutes") && said("whole life") && said("Namespace x"),
            "{told:#?}"
        );
        assert!(!reading.told.iter().any(|told| told.kind == Kind::Wrong));
    }
}
