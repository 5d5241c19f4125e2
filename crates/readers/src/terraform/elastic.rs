//! Resources of Amazon ECS, as the AWS CLI would print them. A plan doesn't know the ARN of a task definition that is yet to be
//! made: its place in the plan stands for its revision.

use super::{
    Resource, Stack,
    blocks::{block, blocks},
};
use crate::{
    Kind, Place, Reading,
    documents::{dig, text},
};
use serde_json::{Value, json};

const SERVICE: &str = "aws_ecs_service";
const TASK: &str = "aws_ecs_task_definition";
const SCALER: &str = "aws_appautoscaling_target";
const RULE: &str = "aws_cloudwatch_event_rule";
const TARGET: &str = "aws_cloudwatch_event_target";
const SCHEDULE: &str = "aws_scheduler_schedule";

/// The kinds of resources that are read here.
pub(super) const KINDS: [&str; 6] = [SERVICE, TASK, SCALER, RULE, TARGET, SCHEDULE];

impl Stack<'_> {
    /// The documents of all resources of ECS.
    pub(super) fn ecs(&self, at: &Place, reading: &mut Reading) -> Vec<Value> {
        let mut documents = Vec::new();
        for (n, task) in self.all(TASK) {
            documents.push(self.task(n, task, at, reading));
        }
        for (n, service) in self.all(SERVICE) {
            documents.push(self.service(n, service, at, reading));
        }
        for (_, scaler) in self.all(SCALER) {
            if text(&scaler.values, "service_namespace") == "ecs" {
                documents.push(self.scaler(scaler));
            }
        }
        for (_, target) in self.all(TARGET) {
            documents.extend(self.target(target, at, reading));
        }
        for (_, schedule) in self.all(SCHEDULE) {
            documents.extend(self.schedule(schedule, at, reading));
        }
        documents
    }

    /// A name for a task definition that no other one has: its place is its revision.
    fn name_of_task(&self, n: usize) -> String {
        let family = self.resources.get(n).map(|task| self.called(task));
        format!("{}:{n}", family.unwrap_or_default())
    }

    /// The name of the task definition that a resource runs; where that is not known yet, of the only one in its module.
    fn runs(
        &self,
        from: &Resource,
        path: &str,
        at: &Place,
        reading: &mut Reading,
    ) -> Option<String> {
        let arn = block(&from.values, path).as_str().unwrap_or_default();
        let name = arn.rsplit_once('/').map_or(arn, |(_, name)| name);
        let family = name.split(':').next().unwrap_or_default();
        let is_it = |task: &Resource| !arn.is_empty() && text(&task.values, "family") == family;
        let found = self.found(from, path, TASK, is_it);
        if let Some(n) = found {
            return Some(self.name_of_task(n));
        } else if !arn.is_empty() {
            return Some(name.to_owned());
        }
        let only = self.only(&super::without_keys(&from.module), TASK)?;
        let what = if from.kind == SERVICE {
            "service"
        } else {
            "schedule"
        };
        let text = format!(
            "ECS {what} {}: which task definition it runs is not known; the only one of its module counts",
            self.called(from)
        );
        reading.tell(Kind::Assumed, at, text);
        Some(self.name_of_task(only))
    }

    fn task(&self, n: usize, task: &Resource, at: &Place, reading: &mut Reading) -> Value {
        let called = self.called(task);
        let containers = text(&task.values, "container_definitions");
        let mut containers: Option<Value> = serde_json::from_str(containers).ok();
        if let Some(containers) = &mut containers {
            containers.sort_all_objects();
        }
        let containers = containers.filter(Value::is_array).unwrap_or_else(|| {
            let text = format!(
                "ECS task definition {called}: its containers are sensitive, or not known before they are made"
            );
            reading.tell(Kind::Assumed, at, text);
            json!([])
        });
        let platform = |key: &str| block(&task.values, &format!("runtime_platform.{key}"));
        let volumes = blocks(&task.values, "volume").iter().map(|volume| {
            let mut converted = json!({
                "name": dig(volume, "name"),
                "host": { "sourcePath": dig(volume, "host_path") },
                "dockerVolumeConfiguration": { "scope": block(volume, "docker_volume_configuration.scope") },
                "configuredAtLaunch": dig(volume, "configure_at_launch"),
            });
            if let Some(volume_map) = converted.as_object_mut()
                && !block(volume, "efs_volume_configuration").is_null()
            {
                volume_map.insert("efsVolumeConfiguration".to_owned(), json!({}));
            }
            converted
        });
        json!({
            "family": called,
            "revision": n,
            "cpu": dig(&task.values, "cpu"),
            "memory": dig(&task.values, "memory"),
            "runtimePlatform": {
                "operatingSystemFamily": platform("operating_system_family"),
                "cpuArchitecture": platform("cpu_architecture"),
            },
            "volumes": volumes.collect::<Vec<_>>(),
            "containerDefinitions": containers,
        })
    }

    fn service(&self, n: usize, service: &Resource, at: &Place, reading: &mut Reading) -> Value {
        let values = &service.values;
        let balancers = blocks(values, "load_balancer").iter().map(|balancer| {
            json!({
                "containerName": dig(balancer, "container_name"),
                "containerPort": dig(balancer, "container_port"),
            })
        });
        let providers = blocks(values, "capacity_provider_strategy").iter();
        let providers = providers
            .map(|provider| json!({ "capacityProvider": dig(provider, "capacity_provider") }));
        let disks = blocks(values, "volume_configuration").iter();
        let disks =
            disks.map(|disk| json!({ "managedEBSVolume": block(disk, "managed_ebs_volume") }));
        json!({
            "serviceName": self.called(service),
            "clusterArn": n.to_string(),
            "taskDefinition": self.runs(service, "task_definition", at, reading),
            "desiredCount": dig(values, "desired_count"),
            "schedulingStrategy": dig(values, "scheduling_strategy"),
            "loadBalancers": balancers.collect::<Vec<_>>(),
            "serviceRegistries": blocks(values, "service_registries"),
            "capacityProviderStrategy": providers.collect::<Vec<_>>(),
            "volumeConfigurations": disks.collect::<Vec<_>>(),
        })
    }

    fn scaler(&self, scaler: &Resource) -> Value {
        let id = text(&scaler.values, "resource_id");
        let name = id.rsplit('/').next().filter(|name| !name.is_empty());
        let is_it = |service: &Resource| name == Some(service.known_name());
        let service = self.found(scaler, "resource_id", SERVICE, is_it);
        let of = service.and_then(|n| Some((n, self.called(self.resources.get(n)?))));
        let id = of.map_or(id.to_owned(), |(n, name)| format!("service/{n}/{name}"));
        json!({ "ScalableTargets": [{
            "ResourceId": if id.is_empty() { self.called(scaler) } else { id },
            "MinCapacity": dig(&scaler.values, "min_capacity"),
            "MaxCapacity": dig(&scaler.values, "max_capacity"),
        }] })
    }

    /// A target of a rule that starts tasks, with what the rule says, as a schedule.
    fn target(&self, target: &Resource, at: &Place, reading: &mut Reading) -> Option<Value> {
        let ecs = block(&target.values, "ecs_target");
        if ecs.is_null() {
            return None;
        }
        let name = text(&target.values, "rule");
        let is_it = |rule: &Resource| !name.is_empty() && rule.known_name() == name;
        let rule = self.found(target, "rule", RULE, is_it);
        let rule = rule.and_then(|n| self.resources.get(n));
        let of_rule = |key: &str| rule.map_or(&Value::Null, |rule| dig(&rule.values, key));
        let is_off = of_rule("is_enabled") == &Value::Bool(false) || of_rule("state") == "DISABLED";
        Some(json!({
            "Name": rule.map_or(name.to_owned(), |rule| self.called(rule)),
            "ScheduleExpression": of_rule("schedule_expression"),
            "State": if is_off { "DISABLED" } else { "ENABLED" },
            "Target": { "EcsParameters": {
                "TaskDefinitionArn": self.runs(target, "ecs_target.task_definition_arn", at, reading),
                "TaskCount": dig(ecs, "task_count"),
            } },
        }))
    }

    /// A schedule of EventBridge Scheduler that starts tasks.
    fn schedule(&self, schedule: &Resource, at: &Place, reading: &mut Reading) -> Option<Value> {
        const PATH: &str = "target.ecs_parameters.task_definition_arn";
        let ecs = block(&schedule.values, "target.ecs_parameters");
        if ecs.is_null() {
            return None;
        }
        Some(json!({
            "Name": self.called(schedule),
            "ScheduleExpression": dig(&schedule.values, "schedule_expression"),
            "State": dig(&schedule.values, "state"),
            "Target": { "EcsParameters": {
                "TaskDefinitionArn": self.runs(schedule, PATH, at, reading),
                "TaskCount": dig(ecs, "task_count"),
            } },
        }))
    }
}
