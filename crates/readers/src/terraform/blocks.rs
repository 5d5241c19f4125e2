//! Blocks of Terraform, lists of one most of them, as the objects that they make: those of Kubernetes, Cloud Run and Container Apps.
//!
//! Documentation: <https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs/resources/deployment_v1>,
//! <https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/cloud_run_v2_service>,
//! <https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/container_app>,
//! <https://docs.cloud.google.com/run/docs/reference/rest/v2/Container#resourcerequirements>.

use crate::documents::dig;
use serde_json::{Map, Value, json};

/// What stands at a path of names, of blocks the first; null where nothing does.
pub(super) fn block<'a>(value: &'a Value, path: &str) -> &'a Value {
    path.split('.').fold(value, |value, key| {
        match value.get(key).unwrap_or(&Value::Null) {
            Value::Array(all) => all.first().unwrap_or(&Value::Null),
            one => one,
        }
    })
}

/// All blocks of a name, those before it the first ones.
pub(super) fn blocks<'a>(value: &'a Value, path: &str) -> &'a [Value] {
    let (before, last) = path.rsplit_once('.').unwrap_or(("", path));
    let inside = if before.is_empty() {
        value
    } else {
        block(value, before)
    };
    dig(inside, last).as_array().map_or(&[], Vec::as_slice)
}

/// A value without keys that have none.
fn said(value: Value) -> Value {
    match value {
        Value::Object(all) => {
            let all = all.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(all.map(|(key, value)| (key, said(value))).collect())
        }
        Value::Array(all) => Value::Array(all.into_iter().map(said).collect()),
        other => other,
    }
}

/// `container_port` as `containerPort`.
fn camel(name: &str) -> String {
    let mut parts = name.split('_');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |name, part| name + &capital(part))
}

fn capital(part: &str) -> String {
    let mut chars = part.chars();
    chars.next().map_or(String::new(), |first| {
        first.to_ascii_uppercase().to_string() + chars.as_str()
    })
}

/// An object of Kubernetes.
pub(super) fn kubernetes(kind: &str, name: &str, values: &Value) -> Option<Value> {
    const KINDS: [&str; 11] = [
        "cron_job",
        "daemon_set",
        "deployment",
        "horizontal_pod_autoscaler",
        "job",
        "limit_range",
        "pod_disruption_budget",
        "replica_set",
        "replication_controller",
        "service",
        "stateful_set",
    ];
    let kind = kind.strip_prefix("kubernetes_")?;
    if kind == "manifest" {
        let manifest = dig(values, "manifest");
        // It may be unknown, and then null, where only its kind is asked about.
        return (manifest.is_object() || values.is_null()).then(|| manifest.clone());
    }
    let versions = ["_v1beta1", "_v2beta2", "_v1", "_v2"];
    let kind = versions
        .iter()
        .find_map(|version| kind.strip_suffix(version))
        .unwrap_or(kind);
    let kind = if kind == "daemonset" {
        "daemon_set"
    } else {
        kind
    };
    let kind = KINDS.contains(&kind).then(|| capital(&camel(kind)))?;
    let mut metadata = object(block(values, "metadata"));
    if let Some(metadata) = metadata.as_object_mut()
        && metadata.get("name").is_none_or(|name| name == "")
    {
        metadata.insert("name".to_owned(), name.into());
    }
    let spec = object(block(values, "spec"));
    Some(json!({ "kind": kind, "metadata": metadata, "spec": spec }))
}

/// A block as the object that it makes, with blocks in it.
fn object(value: &Value) -> Value {
    /// Blocks that are several, and what the list of them is called.
    const SEVERAL: [(&str, &str); 6] = [
        ("container", "containers"),
        ("init_container", "initContainers"),
        ("limit", "limits"),
        ("port", "ports"),
        ("volume", "volumes"),
        ("volume_claim_template", "volumeClaimTemplates"),
    ];
    /// Numbers, which the provider has as text.
    const NUMBERS: [&str; 2] = ["replicas", "completions"];
    let Value::Object(all) = value else {
        return Value::Object(Map::new());
    };
    let mut made = Map::new();
    for (key, value) in all {
        if key == "env" || key == "env_from" {
            continue;
        }
        let several = SEVERAL.iter().find(|(name, _)| name == key);
        match (value, several) {
            (Value::Array(all), Some((_, name))) if !all.is_empty() => {
                let all = all.iter().map(object).collect();
                made.insert((*name).to_owned(), all);
            }
            (Value::Array(all), None) => {
                if let Some(first) = all.first() {
                    let first = if first.is_object() {
                        object(first)
                    } else {
                        value.clone()
                    };
                    made.insert(camel(key), first);
                }
            }
            (Value::String(text), _) if NUMBERS.contains(&&**key) => {
                if let Ok(number) = text.parse::<u64>() {
                    made.insert(camel(key), number.into());
                }
            }
            (Value::Null | Value::Array(_), _) => {}
            // A map of labels or of sizes has names of its own.
            _ => {
                made.insert(camel(key), value.clone());
            }
        }
    }
    Value::Object(made)
}

/// A service or a job of Cloud Run.
pub(super) fn cloud_run(kind: &str, name: &str, values: &Value) -> Option<Value> {
    match kind {
        "google_cloud_run_v2_service" => Some(said(run_service(name, values))),
        "google_cloud_run_service" => Some(said(run_service_of_knative(name, values))),
        "google_cloud_run_v2_job" => {
            let of = |key: &str| block(values, &format!("template.{key}"));
            Some(said(json!({
                "apiVersion": "run.googleapis.com/v1",
                "kind": "Job",
                "metadata": { "name": name },
                "spec": { "template": { "spec": {
                    "taskCount": of("task_count"),
                    "parallelism": of("parallelism"),
                    "template": { "spec": {
                        "containers": containers(blocks(values, "template.template.containers")),
                        "maxRetries": of("template.max_retries"),
                    } },
                } } },
            })))
        }
        _ => None,
    }
}

/// Containers with their sizes and ports, and nothing of their environment.
fn containers(all: &[Value]) -> Value {
    let port = |port: &Value| json!({ "name": dig(port, "name"), "containerPort": dig(port, "container_port") });
    let all = all.iter().map(|container| {
        json!({
            "name": dig(container, "name"),
            "ports": blocks(container, "ports").iter().map(port).collect::<Vec<_>>(),
            "resources": {
                "limits": block(container, "resources.limits"),
                "requests": block(container, "resources.requests"),
            },
        })
    });
    all.collect()
}

/// A number as annotations have it.
fn number(value: &Value) -> Value {
    value.as_u64().map_or(Value::Null, |n| n.to_string().into())
}

fn run_service(name: &str, values: &Value) -> Value {
    let of = |key: &str| block(values, &format!("template.{key}"));
    let all = blocks(values, "template.containers");
    // Where resources are set, the CPU stays on unless they say that it may idle.
    let resources = all.iter().map(|container| block(container, "resources"));
    let resources = resources
        .into_iter()
        .find(|resources| resources.is_object());
    let throttling = resources.map_or(Value::Null, |resources| {
        let idles = dig(resources, "cpu_idle") == &Value::Bool(true);
        idles.to_string().into()
    });
    let manual = block(values, "scaling.manual_instance_count");
    json!({
        "apiVersion": "serving.knative.dev/v1",
        "kind": "Service",
        "metadata": {
            "name": name,
            "annotations": {
                "run.googleapis.com/minScale": number(block(values, "scaling.min_instance_count")),
                "run.googleapis.com/maxScale": number(block(values, "scaling.max_instance_count")),
                "run.googleapis.com/manualInstanceCount": number(manual),
            },
        },
        "spec": { "template": {
            "metadata": { "annotations": {
                "autoscaling.knative.dev/minScale": number(of("scaling.min_instance_count")),
                "autoscaling.knative.dev/maxScale": number(of("scaling.max_instance_count")),
                "run.googleapis.com/cpu-throttling": throttling,
            } },
            "spec": {
                "containerConcurrency": of("max_instance_request_concurrency"),
                "nodeSelector": { "run.googleapis.com/accelerator": of("node_selector.accelerator") },
                "containers": containers(all),
            },
        } },
    })
}

fn run_service_of_knative(name: &str, values: &Value) -> Value {
    let of = |key: &str| block(values, &format!("template.{key}"));
    json!({
        "apiVersion": "serving.knative.dev/v1",
        "kind": "Service",
        "metadata": { "name": name, "annotations": block(values, "metadata.annotations") },
        "spec": { "template": {
            "metadata": { "annotations": of("metadata.annotations") },
            "spec": {
                "containerConcurrency": of("spec.container_concurrency"),
                "containers": containers(blocks(values, "template.spec.containers")),
            },
        } },
    })
}

/// An app or a job of Azure Container Apps.
pub(super) fn container_app(kind: &str, name: &str, values: &Value) -> Option<Value> {
    let size = |container: &Value| {
        json!({
            "name": dig(container, "name"),
            "resources": { "cpu": dig(container, "cpu"), "memory": dig(container, "memory") },
        })
    };
    let sizes = |key: &str| -> Value {
        let all = blocks(values, &format!("template.{key}"));
        all.iter().map(size).collect()
    };
    match kind {
        "azurerm_container_app" => {
            let ingress = block(values, "ingress");
            let ingress = ingress.is_object().then(|| {
                json!({
                    "external": dig(ingress, "external_enabled"),
                    "targetPort": dig(ingress, "target_port"),
                    "transport": dig(ingress, "transport"),
                })
            });
            Some(said(json!({
                "type": "Microsoft.App/containerApps",
                "name": name,
                "properties": {
                    "configuration": { "ingress": ingress },
                    "template": {
                        "containers": sizes("container"),
                        "initContainers": sizes("init_container"),
                        "scale": {
                            "minReplicas": block(values, "template.min_replicas"),
                            "maxReplicas": block(values, "template.max_replicas"),
                        },
                    },
                },
            })))
        }
        "azurerm_container_app_job" => {
            let trigger = |name: &str| block(values, &format!("{name}_trigger_config"));
            let kinds = [("schedule", "Schedule"), ("event", "Event")];
            let kind = kinds.iter().find(|(name, _)| trigger(name).is_object());
            let config = |name: &str| {
                let config = trigger(name);
                config.is_object().then(|| {
                    json!({
                        "cronExpression": dig(config, "cron_expression"),
                        "parallelism": dig(config, "parallelism"),
                        "replicaCompletionCount": dig(config, "replica_completion_count"),
                    })
                })
            };
            Some(said(json!({
                "type": "Microsoft.App/jobs",
                "name": name,
                "properties": {
                    "configuration": {
                        "triggerType": kind.map_or("Manual", |(_, kind)| kind),
                        "scheduleTriggerConfig": config("schedule"),
                        "eventTriggerConfig": config("event"),
                        "manualTriggerConfig": config("manual"),
                    },
                    "template": { "containers": sizes("container") },
                },
            })))
        }
        _ => None,
    }
}
