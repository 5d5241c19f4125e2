//! What resources become, and damaged plans.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that fails panics"
)]

use super::*;
use crate::{File, read as read_files};
use serde_json::json;

#[test]
fn a_service_of_cloud_run_is_one_of_knative() {
    let values = json!({ "template": [{ "max_instance_request_concurrency": 40,
        "scaling": [{ "min_instance_count": 1, "max_instance_count": 8 }],
        "containers": [{ "name": "app", "env": [{ "name": "KEY", "value": "hidden" }],
            "ports": [{ "name": "http1", "container_port": 8080 }],
            "resources": [{ "cpu_idle": null, "limits": { "cpu": "2", "memory": "1Gi" } }] }] }] });
    let made = blocks::cloud_run("google_cloud_run_v2_service", "hello", &values).unwrap();
    assert_eq!(
        made,
        json!({ "apiVersion": "serving.knative.dev/v1", "kind": "Service",
            "metadata": { "name": "hello", "annotations": {} },
            "spec": { "template": {
                "metadata": { "annotations": {
                    "autoscaling.knative.dev/minScale": "1",
                    "autoscaling.knative.dev/maxScale": "8",
                    "run.googleapis.com/cpu-throttling": "false" } },
                "spec": { "containerConcurrency": 40, "nodeSelector": {},
                    "containers": [{ "name": "app", "ports": [{ "name": "http1", "containerPort": 8080 }],
                        "resources": { "limits": { "cpu": "2", "memory": "1Gi" } } }] } } } })
    );
    let old = json!({ "template": [{ "metadata": [{ "annotations": { "autoscaling.knative.dev/maxScale": "5" } }],
        "spec": [{ "container_concurrency": 10, "containers": [{ "resources": [{ "limits": { "cpu": "1" } }] }] }] }] });
    let made = blocks::cloud_run("google_cloud_run_service", "old", &old).unwrap();
    let template = dig(&made, "spec.template");
    assert_eq!(dig(template, "spec.containerConcurrency"), 10);
    assert_eq!(
        dig(template, "metadata.annotations"),
        &json!({ "autoscaling.knative.dev/maxScale": "5" })
    );
    assert_eq!(
        dig(
            &list(template, "spec.containers")[0],
            "resources.limits.cpu"
        ),
        "1"
    );
}

#[test]
fn jobs_and_container_apps_keep_their_sizes_and_schedules() {
    let values = json!({ "template": [{ "task_count": 4, "template": [{ "containers": [
        { "resources": [{ "limits": { "cpu": "2", "memory": "4Gi" } }] }] }] }] });
    let made = blocks::cloud_run("google_cloud_run_v2_job", "report", &values).unwrap();
    assert_eq!(made["kind"], "Job");
    let spec = dig(&made, "spec.template.spec");
    assert_eq!(spec["taskCount"], 4);
    let container = &list(spec, "template.spec.containers")[0];
    assert_eq!(
        dig(container, "resources.limits"),
        &json!({ "cpu": "2", "memory": "4Gi" })
    );

    let values = json!({ "ingress": [{ "external_enabled": true, "target_port": 80 }], "secret": [{ "value": "hidden" }],
        "template": [{ "min_replicas": 1, "max_replicas": 6, "container": [
            { "name": "web", "cpu": 0.5, "memory": "1Gi", "env": [{ "value": "hidden" }] }] }] });
    let made = blocks::container_app("azurerm_container_app", "web", &values).unwrap();
    assert_eq!(
        made["properties"],
        json!({ "configuration": { "ingress": { "external": true, "targetPort": 80 } },
            "template": { "containers": [{ "name": "web", "resources": { "cpu": 0.5, "memory": "1Gi" } }],
                "initContainers": [], "scale": { "minReplicas": 1, "maxReplicas": 6 } } })
    );
    let values = json!({ "schedule_trigger_config": [{ "cron_expression": "0 2 * * *" }], "event_trigger_config": [] });
    let made = blocks::container_app("azurerm_container_app_job", "nightly", &values).unwrap();
    let configuration = dig(&made, "properties.configuration");
    assert_eq!(
        configuration,
        &json!({ "triggerType": "Schedule", "scheduleTriggerConfig": { "cronExpression": "0 2 * * *" } })
    );
}

#[test]
fn what_is_sensitive_is_never_read() {
    let values =
        json!({ "a": "hidden", "b": [{ "c": "hidden", "d": 1 }], "e": { "f": "hidden" }, "g": 2 });
    let sensitive = json!({ "a": true, "b": [{ "c": true }], "e": true });
    let seen = json!({ "a": null, "b": [{ "c": null, "d": 1 }], "e": null, "g": 2 });
    assert_eq!(masked(&values, &sensitive), seen);
    assert_eq!(
        without_keys(r#"module.a["b.c"].module.d[0]"#),
        "module.a.module.d"
    );
}

#[test]
fn a_scheduler_says_how_often_a_job_of_cloud_run_runs() {
    let at = ("plan.json".to_owned(), 1);
    let mut reading = Reading::default();
    reading.starts.insert("report".to_owned(), 30.0);
    let row = rows::row("report", WorkloadKind::Job);
    rows::job(row, Some(4.0), &at, "Cloud Run job report", &mut reading);
    assert_eq!(reading.rows[0].values.jobs.runs_per_month, 120.0);
}

/// Bytes changed, doubled and taken away, the same ones each time: never a panic, and no secret.
#[test]
fn damaged_files_never_panic() {
    const FILES: [&str; 5] = [
        include_str!("../../../../tests/cases/import/terraform-plan-of-modules/plan.json"),
        include_str!("../../../../tests/cases/import/terraform-of-three-clouds/plan.json"),
        include_str!("../../../../tests/cases/import/ecs-cluster-of-nine/services.json"),
        include_str!("../../../../tests/cases/import/ecs-cluster-of-nine/tasks.json"),
        include_str!("../../../../tests/cases/import/compose-needs/compose.yml"),
    ];
    let mut state = 7_u64;
    let mut below = |n: usize| {
        state = state * 48_271 % 2_147_483_647;
        state as usize % n.max(1)
    };
    for n in 0..500 {
        let mut bytes = FILES[n % FILES.len()].as_bytes().to_vec();
        for _ in 0..=below(5) {
            let place = below(bytes.len());
            match below(3) {
                0 => bytes[place] = b"0{}[]\",:n-5 "[below(12)],
                1 => {
                    bytes.remove(place);
                }
                _ => {
                    let part = bytes[place..(place + below(60)).min(bytes.len())].to_vec();
                    bytes.splice(place..place, part);
                }
            }
        }
        let text = String::from_utf8_lossy(&bytes);
        let reading = read_files(&[File {
            name: "all",
            text: &text,
        }]);
        assert!(
            reading
                .told
                .iter()
                .all(|told| !told.text.contains("-secret"))
        );
    }
}
