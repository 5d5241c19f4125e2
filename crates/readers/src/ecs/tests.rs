//! Sizes, names and volumes of Amazon ECS.

use super::*;
use serde_json::json;

#[test]
fn sizes_are_units_or_words() {
    for (size, x) in [
        (json!("256"), Some(0.25)),
        (json!(1024), Some(1.0)),
        (json!("1 vCPU"), Some(1.0)),
        (json!(".5vcpu"), Some(0.5)),
        (json!("0"), None),
        (json!(0), None),
        (json!("-256"), None),
        (json!("half"), None),
        (json!("NaN"), None),
        (json!("inf vCPU"), None),
        (json!(null), None),
    ] {
        assert_eq!(vcpu(&size), x, "{size}");
    }
    for (size, x) in [
        (json!("512"), Some(0.5)),
        (json!(3072), Some(3.0)),
        (json!("1 GB"), Some(1.0)),
        (json!("0.5GB"), Some(0.5)),
        (json!("1 TB"), None),
    ] {
        assert_eq!(gib(&size), x, "{size}");
    }
}

#[test]
fn an_arn_names_a_family_and_a_revision() {
    let arn = "arn:aws:ecs:eu-west-1:123456789012:task-definition/cart:7";
    assert_eq!(named(arn), ("cart", Some(7)));
    assert_eq!(named("cart"), ("cart", None));
    assert_eq!(named("cart:7"), ("cart", Some(7)));
}

#[test]
fn what_goes_with_a_task_is_no_state() {
    let task = |volume: Value, read_only: bool| {
        json!({ "volumes": [volume], "containerDefinitions": [
            { "mountPoints": [{ "sourceVolume": "v", "readOnly": read_only }] }] })
    };
    for (volume, read_only, keeps) in [
        (json!({ "name": "v" }), false, false),
        (json!({ "name": "v", "host": {} }), false, false),
        (
            json!({ "name": "v", "host": { "sourcePath": "/data" } }),
            false,
            true,
        ),
        (
            json!({ "name": "v", "host": { "sourcePath": "/proc" } }),
            true,
            false,
        ),
        (
            json!({ "name": "v", "dockerVolumeConfiguration": { "scope": "task" } }),
            false,
            false,
        ),
        (
            json!({ "name": "v", "dockerVolumeConfiguration": { "scope": "shared" } }),
            false,
            true,
        ),
        (
            json!({ "name": "v", "configuredAtLaunch": true }),
            false,
            true,
        ),
        (
            json!({ "name": "v", "efsVolumeConfiguration": {} }),
            false,
            false,
        ),
    ] {
        assert_eq!(
            keeps_state(&task(volume.clone(), read_only)),
            keeps,
            "{volume}"
        );
    }
}
