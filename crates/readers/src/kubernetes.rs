//! Kubernetes manifests: Deployments, StatefulSets, Jobs and CronJobs with what scales them and what leads to them.
//!
//! `kubectl get … -o yaml` and `-o json` give lists of the same objects. Documentation:
//! <https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/>,
//! <https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers>,
//! <https://keda.sh/docs/latest/reference/scaledobject-spec/>.

use super::{
    Kind, Reading, cron,
    documents::{Document, dig, list},
    quantity,
    rows::{self, need},
    usage,
};
use plimsoll_model::inputs::{WorkloadKind, WorkloadRow, at};
use serde_json::Value;
use std::collections::HashMap;

/// How deep lists of lists go.
const DEEPEST: usize = 4;

/// An object of a cluster.
struct Object {
    at: (String, usize),
    kind: String,
    namespace: String,
    name: String,
    value: Value,
}

impl Object {
    fn of(at: &(String, usize), value: Value) -> Option<Self> {
        let text = |of: &Value| of.as_str().unwrap_or_default().to_owned();
        let (kind, meta) = (text(value.get("kind")?), value.get("metadata"));
        let meta = |key: &str| {
            meta.and_then(|meta| meta.get(key))
                .map_or(String::new(), text)
        };
        let namespace = meta("namespace");
        let name = meta("name");
        let generated = meta("generateName");
        Some(Self {
            at: at.clone(),
            kind,
            namespace: if namespace.is_empty() {
                "default".into()
            } else {
                namespace
            },
            name: if name.is_empty() { generated } else { name },
            value,
        })
    }

    /// What stands at a path of names; null where nothing does.
    fn get(&self, path: &str) -> &Value {
        dig(&self.value, path)
    }

    fn called(&self) -> String {
        format!("{} {}", self.kind, self.name)
    }
}

/// Reads all documents together.
pub(crate) fn read(documents: Vec<Document>, reading: &mut Reading) {
    let mut objects = Vec::new();
    for Document { at, value } in documents {
        unfold(&at, value, 0, &mut objects, reading);
    }
    let cluster = Cluster::of(&objects);
    for object in &objects {
        match object.kind.as_str() {
            "Deployment" | "StatefulSet" | "ReplicaSet" | "ReplicationController" => {
                // A ReplicaSet that a Deployment made is the Deployment's.
                let owned = !list(&object.value, "metadata.ownerReferences").is_empty();
                if owned {
                    continue;
                }
                service(object, &cluster, reading);
            }
            "CronJob" | "Job" => job(object, &cluster, reading),
            "HorizontalPodAutoscaler" | "ScaledObject" => {
                if !objects.iter().any(|of| scales(object, of)) {
                    let text = format!("{}: what it scales is not here", object.called());
                    reading.tell(Kind::LeftOut, &object.at, text);
                }
            }
            // They are read with what they belong to.
            "Service"
            | "Ingress"
            | "PersistentVolumeClaim"
            | "LimitRange"
            | "Secret"
            | "ConfigMap" => {}
            "PodDisruptionBudget" => {
                let text = format!(
                    "{}: two replicas are counted where availability asks for them",
                    object.called()
                );
                reading.tell(Kind::LeftOut, &object.at, text);
            }
            "DaemonSet" => {
                let text = format!(
                    "{}: it runs on every node, as agents of a cluster do",
                    object.called()
                );
                reading.tell(Kind::LeftOut, &object.at, text);
            }
            "" => reading.tell(
                Kind::Wrong,
                &object.at,
                "no kind; allowed: objects of Kubernetes",
            ),
            _ => reading.tell(Kind::LeftOut, &object.at, object.called()),
        }
    }
}

/// The objects of a document: of a list each.
fn unfold(
    at: &(String, usize),
    value: Value,
    deep: usize,
    objects: &mut Vec<Object>,
    reading: &mut Reading,
) {
    let items = match value {
        Value::Null => return,
        Value::Array(items) => items,
        Value::Object(mut object) if object.get("items").is_some_and(Value::is_array) => {
            match object.remove("items") {
                Some(Value::Array(items)) => items,
                _ => return,
            }
        }
        object => {
            match Object::of(at, object) {
                Some(object) => objects.push(object),
                None => reading.tell(
                    Kind::Wrong,
                    at,
                    "no object of Kubernetes; allowed: objects with kind and metadata, or lists of them",
                ),
            }
            return;
        }
    };
    if deep >= DEEPEST {
        return reading.tell(Kind::Wrong, at, "lists in lists; allowed: 4 deep");
    }
    for item in items {
        unfold(at, item, deep + 1, objects, reading);
    }
}

/// What belongs to workloads, and stands in objects of its own.
struct Cluster<'a> {
    scalers: Vec<&'a Object>,
    services: Vec<&'a Object>,
    defaults: HashMap<&'a str, [Option<f64>; 2]>,
}

impl<'a> Cluster<'a> {
    fn of(objects: &'a [Object]) -> Self {
        let kept = |kinds: &[&str]| {
            let all = objects.iter();
            all.filter(|object| kinds.contains(&object.kind.as_str()))
                .collect::<Vec<_>>()
        };
        let mut defaults = HashMap::new();
        for range in kept(&["LimitRange"]) {
            for limit in list(&range.value, "spec.limits") {
                if limit.get("type").and_then(Value::as_str) == Some("Container") {
                    let of = |name: &str| {
                        ["defaultRequest", "default"]
                            .into_iter()
                            .find_map(|key| quantity::of(dig(limit, &format!("{key}.{name}"))))
                    };
                    defaults.insert(&*range.namespace, [of("cpu"), of("memory")]);
                }
            }
        }
        Self {
            scalers: kept(&["HorizontalPodAutoscaler", "ScaledObject"]),
            services: kept(&["Service"]),
            defaults,
        }
    }

    /// The fewest and the most replicas that an autoscaler allows.
    fn scaled(&self, of: &Object) -> Option<(Option<u64>, Option<u64>)> {
        let scaler = self.scalers.iter().find(|scaler| scales(scaler, of))?;
        let number = |path: &str| scaler.get(path).as_u64();
        Some(if scaler.kind == "ScaledObject" {
            (
                Some(number("spec.minReplicaCount").unwrap_or(0)),
                Some(number("spec.maxReplicaCount").unwrap_or(100)),
            )
        } else {
            (
                Some(number("spec.minReplicas").unwrap_or(1)),
                number("spec.maxReplicas"),
            )
        })
    }

    /// The Services that lead to pods with those labels.
    fn leading_to(&self, of: &Object, pod: &Value) -> Vec<&Object> {
        let labels = dig(pod, "metadata.labels");
        let leads = |service: &&&Object| {
            let selector = service.get("spec.selector").as_object();
            let fits = |(key, value): (&String, &Value)| labels.get(key) == Some(value);
            service.namespace == of.namespace
                && selector.is_some_and(|all| !all.is_empty() && all.iter().all(fits))
        };
        self.services.iter().filter(leads).copied().collect()
    }
}

/// Whether an autoscaler scales an object.
fn scales(scaler: &Object, of: &Object) -> bool {
    let target = scaler.get("spec.scaleTargetRef");
    let kind = target
        .get("kind")
        .and_then(Value::as_str)
        .unwrap_or("Deployment");
    let name = target.get("name").and_then(Value::as_str);
    scaler.namespace == of.namespace && kind == of.kind && name == Some(&*of.name)
}

/// What the containers of a pod ask for.
#[derive(Default)]
struct Asked {
    cpu: Option<f64>,
    bytes: Option<f64>,
    gpus: f64,
}

impl Asked {
    /// All containers together, unsnapped. An init container runs before the others, so the larger of both counts; one that
    /// restarts always runs beside them.
    fn of(object: &Object, pod: &Value, cluster: &Cluster<'_>) -> Self {
        let defaults = cluster.defaults.get(&*object.namespace).copied();
        let defaults = defaults.unwrap_or_default();
        let of = |container: &Value, n: usize, name: &str| {
            ["requests", "limits"]
                .into_iter()
                .find_map(|key| quantity::of(dig(container, &format!("resources.{key}.{name}"))))
                .or(defaults[n])
        };
        let is_sidecar =
            |c: &&Value| c.get("restartPolicy").and_then(Value::as_str) == Some("Always");
        let init = list(pod, "spec.initContainers");
        let beside: Vec<&Value> = list(pod, "spec.containers")
            .iter()
            .chain(init.iter().filter(is_sidecar))
            .collect();
        let sum = |n: usize, name: &str| {
            let known: Vec<f64> = beside.iter().filter_map(|c| of(c, n, name)).collect();
            let before = init.iter().filter(|c| !is_sidecar(c));
            let before = before.filter_map(|c| of(c, n, name)).fold(0.0, f64::max);
            (!known.is_empty()).then(|| known.iter().sum::<f64>().max(before))
        };
        let gpus = |container: &&Value| {
            let limits = dig(container, "resources.limits").as_object();
            let gpus = limits.into_iter().flatten();
            gpus.filter(|(name, _)| name.ends_with("/gpu"))
                .filter_map(|(_, count)| quantity::of(count))
                .sum::<f64>()
        };
        Self {
            cpu: sum(0, "cpu"),
            bytes: sum(1, "memory"),
            gpus: beside.iter().map(gpus).sum(),
        }
    }
}

/// A row of that kind with the sizes and needs of its pods.
fn row_of(
    object: &Object,
    kind: WorkloadKind,
    pod: &Value,
    cluster: &Cluster<'_>,
    reading: &mut Reading,
) -> WorkloadRow {
    let mut row = rows::row(&object.name, kind);
    let asked = Asked::of(object, pod, cluster);
    reading.asked.push(usage::Asked {
        namespace: object.namespace.clone(),
        name: object.name.clone(),
        vcpu: asked.cpu,
        bytes: asked.bytes,
    });
    let size = [asked.cpu, asked.bytes.map(quantity::gib)];
    rows::size(&mut row, size, &object.at, &object.called(), reading);
    if asked.gpus > 0.0 {
        rows::gpu(&mut row);
    }
    let spec = dig(pod, "spec");
    let os = dig(spec, "nodeSelector")
        .get("kubernetes.io/os")
        .and_then(Value::as_str);
    need(&mut row, at::needs::windows, os == Some("windows"));
    let privileged =
        |container: &Value| dig(container, "securityContext.privileged") == &Value::Bool(true);
    need(
        &mut row,
        at::needs::privileged,
        list(spec, "containers").iter().any(privileged),
    );
    let claims = list(&object.value, "spec.volumeClaimTemplates");
    let mounts = list(spec, "volumes")
        .iter()
        .any(|volume| volume.get("persistentVolumeClaim").is_some());
    need(
        &mut row,
        at::needs::local_state,
        !claims.is_empty() || mounts,
    );
    row
}

fn service(object: &Object, cluster: &Cluster<'_>, reading: &mut Reading) {
    let (at, called) = (&object.at, object.called());
    let pod = object.get("spec.template");
    let leading = cluster.leading_to(object, pod);
    let containers = list(pod, "spec.containers");
    let ports = |container: &Value| !list(container, "ports").is_empty();
    let serves = !leading.is_empty()
        || containers.iter().any(ports)
        || rows::serves(
            false,
            "as no Service leads to it and it opens no port",
            at,
            &called,
            reading,
        );
    let kind = if serves {
        WorkloadKind::Service
    } else {
        WorkloadKind::Worker
    };
    let mut row = row_of(object, kind, pod, cluster, reading);
    let is_udp = |port: &Value| port.get("protocol").and_then(Value::as_str) == Some("UDP");
    let from_outside = |service: &&Object| {
        let kind = service.get("spec.type").as_str();
        ["LoadBalancer", "NodePort"].contains(&kind.unwrap_or_default())
    };
    let udp = leading
        .iter()
        .filter(|service| from_outside(service))
        .any(|service| list(&service.value, "spec.ports").iter().any(is_udp));
    need(&mut row, at::needs::udp, udp);
    let replicas = object.get("spec.replicas").as_u64().unwrap_or(1);
    let (fewest, most) = match cluster.scaled(object) {
        Some((fewest, most)) => (fewest.unwrap_or(replicas), most),
        None => (replicas, None),
    };
    if serves {
        rows::service(row, fewest, most, at, &called, reading);
    } else {
        rows::worker(row, fewest, most, at, &called, reading);
    }
}

fn job(object: &Object, cluster: &Cluster<'_>, reading: &mut Reading) {
    let (at, called) = (&object.at, object.called());
    let is_cron = object.kind == "CronJob";
    if !is_cron && !list(&object.value, "metadata.ownerReferences").is_empty() {
        return;
    }
    if object.get("spec.suspend") == &Value::Bool(true) {
        let text = format!("{called}: suspended");
        return reading.tell(Kind::LeftOut, at, text);
    }
    let spec = if is_cron {
        object.get("spec.jobTemplate.spec")
    } else {
        object.get("spec")
    };
    let times = dig(spec, "completions")
        .as_u64()
        .or(dig(spec, "parallelism").as_u64());
    let times = times.unwrap_or(1);
    let runs = if is_cron {
        let schedule = object.get("spec.schedule").as_str().unwrap_or_default();
        let Some(runs) = cron::runs_per_month(schedule) else {
            let text = format!("{called}: no schedule of five fields");
            return reading.tell(Kind::Wrong, at, text);
        };
        Some(runs)
    } else {
        None
    };
    let pod = dig(spec, "template");
    let row = row_of(object, WorkloadKind::Job, pod, cluster, reading);
    rows::tasks(row, runs, times, at, &called, reading);
}
