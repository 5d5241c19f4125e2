//! Amazon ECS: task definitions, services, what scales them, and what starts tasks on a schedule, as the AWS CLI prints them.
//!
//! Documentation: <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html>,
//! <https://docs.aws.amazon.com/cli/latest/reference/ecs/describe-services.html>,
//! <https://docs.aws.amazon.com/autoscaling/application/APIReference/API_ScalableTarget.html>,
//! <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/docker-volumes.html>,
//! <https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html>.

use super::{
    Kind, Place, Reading, cron,
    documents::{Document, dig, list, text},
    rows::{self, need},
};
use plimsoll_model::inputs::{WorkloadKind, WorkloadRow, at};
use serde_json::Value;
use std::collections::BTreeSet;

/// Whether a document is one of these.
pub(crate) fn knows(value: &Value) -> bool {
    match value {
        Value::Array(all) => all.iter().any(|one| one.is_object() && knows(one)),
        Value::Object(_) => {
            let is_list = |key: &str| value.get(key).is_some_and(Value::is_array);
            let is_said = |path: &str| !dig(value, path).is_null();
            let has_services = is_list("services")
                && (is_said("failures")
                    || list(value, "services").iter().any(|service| {
                        !text(service, "serviceName").is_empty()
                            || !text(service, "serviceArn").is_empty()
                    }));
            has_services
                || is_list("containerDefinitions")
                || is_said("taskDefinition.containerDefinitions")
                || is_said("service.serviceName")
                || is_said("serviceName") && is_said("taskDefinition")
                || is_list("ScalableTargets")
                || is_list("Targets")
                || is_list("Rules")
                || is_said("ScheduleExpression")
                || is_list("serviceArns")
                || is_list("taskDefinitionArns")
        }
        _ => false,
    }
}

/// vCPU of `"256"`, a thousand and twenty-fourth each, or of `"0.5 vCPU"`. None where none is reserved.
pub(crate) fn vcpu(value: &Value) -> Option<f64> {
    let size = sized(value, "vcpu", 1_024.0)? / 1_024.0;
    (size > 0.0).then_some(size)
}

/// GiB of `"512"`, MiB each, or of `"1 GB"`, which the API turns into 1,024 MiB. None where none is reserved.
pub(crate) fn gib(value: &Value) -> Option<f64> {
    let size = sized(value, "gb", 1_024.0)? / 1_024.0;
    (size > 0.0).then_some(size)
}

/// A number; that before a unit times what one of the unit has.
fn sized(value: &Value, unit: &str, times: f64) -> Option<f64> {
    let size = match value {
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => {
            let text = text.trim().to_lowercase();
            match text.strip_suffix(unit) {
                Some(number) => number.trim_end().parse::<f64>().ok()? * times,
                None => text.parse().ok()?,
            }
        }
        _ => return None,
    };
    (size.is_finite() && size >= 0.0).then_some(size)
}

/// A part of a document, and where that begins.
type Part<'a> = (&'a Place, &'a Value);

/// Tasks that a schedule starts.
struct Start<'a> {
    at: &'a Place,
    /// What the schedule is called, where that is known.
    name: &'a str,
    /// The rule or schedule that says when; none where it isn't in the files.
    rule: Option<&'a Value>,
    /// What `EcsParameters` says.
    ecs: &'a Value,
}

/// What the documents have.
#[derive(Default)]
struct Found<'a> {
    tasks: Vec<Part<'a>>,
    services: Vec<Part<'a>>,
    scalers: Vec<Part<'a>>,
    rules: Vec<Part<'a>>,
    targets: Vec<(Part<'a>, &'a str)>,
    schedules: Vec<Part<'a>>,
    /// Task definitions that something runs, by their place in the list.
    used: BTreeSet<usize>,
}

/// Reads these documents together.
pub(crate) fn read(documents: Vec<Document>, reading: &mut Reading) {
    let mut found = Found::default();
    for Document { at, value } in &documents {
        match value {
            Value::Array(all) => all.iter().for_each(|one| found.add(at, one, reading)),
            one => found.add(at, one, reading),
        }
    }
    let services = std::mem::take(&mut found.services);
    for (at, service) in &services {
        self::service(at, service, &mut found, reading);
    }
    for (at, scaler) in &found.scalers {
        let id = text(scaler, "ResourceId");
        if !services.iter().any(|(_, service)| scales(scaler, service)) {
            let text = format!("scalable target {id}: what it scales is not here");
            reading.tell(Kind::LeftOut, at, text);
        }
    }
    let starts = found.starts();
    for (at, rule) in &found.rules {
        let is_it = |start: &Start<'_>| start.rule.is_some_and(|of| std::ptr::eq(of, *rule));
        if !starts.iter().any(is_it) {
            let text = format!("rule {}: what it starts is not here", text(rule, "Name"));
            reading.tell(Kind::LeftOut, at, text);
        }
    }
    for start in starts {
        job(&start, &mut found, reading);
    }
    alone(&mut found, reading);
    asides(&found, &services, reading);
}

impl<'a> Found<'a> {
    fn add(&mut self, at: &'a Place, value: &'a Value, reading: &mut Reading) {
        let all = |key: &str| list(value, key).iter().map(move |one| (at, one));
        if value.get("serviceArns").is_some() || value.get("taskDefinitionArns").is_some() {
            let text =
                "names alone; allowed: what describe-services and describe-task-definition print";
            reading.tell(Kind::Wrong, at, text);
        } else if value.get("containerDefinitions").is_some() {
            self.tasks.push((at, value));
        } else if let Some(task) = value.get("taskDefinition").filter(|task| task.is_object()) {
            self.tasks.push((at, task));
        } else if value.get("services").is_some() {
            self.services.extend(all("services"));
        } else if let Some(service) = value.get("service") {
            self.services.push((at, service));
        } else if value.get("serviceName").is_some() {
            self.services.push((at, value));
        } else if value.get("ScalableTargets").is_some() {
            self.scalers.extend(all("ScalableTargets"));
        } else if value.get("Targets").is_some() {
            let rule = text(value, "Rule");
            let targets = all("Targets").map(|target| (target, rule));
            self.targets.extend(targets);
        } else if value.get("Target").is_some() {
            self.schedules.push((at, value));
        } else if value.get("Rules").is_some() {
            self.rules.extend(all("Rules"));
        } else if value.get("ScheduleExpression").is_some() {
            self.rules.push((at, value));
        } else {
            let text = "nothing of Amazon ECS; allowed: task definitions, services, scalable targets, rules and their targets";
            reading.tell(Kind::Wrong, at, text);
        }
    }

    /// What the schedules start. The targets of a rule don't name it as they are printed: where there is one rule, it is theirs.
    fn starts(&self) -> Vec<Start<'a>> {
        let of_targets = self.targets.iter().map(|((at, target), name)| {
            let named = |(_, rule): &&Part<'_>| text(rule, "Name") == *name;
            let rule = match &self.rules[..] {
                [only] if name.is_empty() => Some(only),
                all => all.iter().find(named),
            };
            let rule = rule.map(|(_, rule)| *rule);
            let name = rule.map_or(*name, |rule| text(rule, "Name"));
            (*at, name, rule, dig(target, "EcsParameters"))
        });
        let of_schedules = self.schedules.iter().map(|(at, schedule)| {
            let ecs = dig(schedule, "Target.EcsParameters");
            (*at, text(schedule, "Name"), Some(*schedule), ecs)
        });
        let all = of_targets.chain(of_schedules);
        all.map(|(at, name, rule, ecs)| Start {
            at,
            name,
            rule,
            ecs,
        })
        .collect()
    }

    /// The task definition of an ARN, or of `family` or `family:revision`, and whether it is that revision.
    fn task(&mut self, arn: &str) -> Option<(&'a Value, bool)> {
        let (family, revision) = named(arn);
        let of_family = |(n, (_, task)): (usize, &Part<'a>)| {
            (text(task, "family") == family).then_some((n, *task))
        };
        let all: Vec<_> = self
            .tasks
            .iter()
            .enumerate()
            .filter_map(of_family)
            .collect();
        let exact =
            |(_, task): &&(usize, &Value)| revision.is_some() && revision_of(task) == revision;
        let found = all.iter().find(exact);
        let latest = all.iter().max_by_key(|(_, task)| revision_of(task));
        let (n, task) = found.or(latest)?;
        self.used.insert(*n);
        // One that is to be registered has no number yet.
        let is_it = found.is_some() || revision.is_none() || revision_of(task).is_none();
        Some((task, is_it))
    }
}

/// The family and the revision in an ARN of a task definition.
fn named(arn: &str) -> (&str, Option<u64>) {
    let name = arn.rsplit_once('/').map_or(arn, |(_, name)| name);
    match name.rsplit_once(':') {
        Some((family, revision)) => (family, revision.parse().ok()),
        None => (name, None),
    }
}

fn revision_of(task: &Value) -> Option<u64> {
    let in_arn = || named(text(task, "taskDefinitionArn")).1;
    dig(task, "revision").as_u64().or_else(in_arn)
}

/// Whether a scalable target is that service: `service/cluster/name`.
fn scales(scaler: &Value, service: &Value) -> bool {
    let id: Vec<&str> = text(scaler, "ResourceId").split('/').collect();
    let [kind, cluster, name] = id[..] else {
        return false;
    };
    let arn = text(service, "clusterArn");
    let of = arn.rsplit_once('/').map_or(arn, |(_, cluster)| cluster);
    kind == "service" && name == name_of(service) && (of.is_empty() || of == cluster)
}

fn name_of(service: &Value) -> &str {
    let arn = text(service, "serviceArn");
    let in_arn = arn.rsplit_once('/').map_or(arn, |(_, name)| name);
    let name = text(service, "serviceName");
    if name.is_empty() { in_arn } else { name }
}

fn service(at: &Place, service: &Value, found: &mut Found<'_>, reading: &mut Reading) {
    let name = name_of(service);
    let called = format!("ECS service {name}");
    let is = |key: &str, what: &str| text(service, key) == what;
    // A deployment by another program keeps its task definition in task sets.
    let sets = list(service, "taskSets").first().unwrap_or(&Value::Null);
    let arns = [service, sets].map(|of| text(of, "taskDefinition"));
    let arn = arns.into_iter().find(|arn| !arn.is_empty());
    let task = arn.and_then(|arn| found.task(arn));
    if is("status", "INACTIVE") || is("status", "DRAINING") {
        return reading.tell(Kind::LeftOut, at, format!("{called}: deleted"));
    }
    if is("schedulingStrategy", "DAEMON") {
        let text = format!("{called}: it runs on every instance of the cluster, as agents do");
        return reading.tell(Kind::LeftOut, at, text);
    }
    let scaler = found.scalers.iter().find(|(_, of)| scales(of, service));
    let capacity = |key: &str| scaler.and_then(|(_, scaler)| dig(scaler, key).as_u64());
    let desired = dig(service, "desiredCount").as_u64();
    let fewest = capacity("MinCapacity").or(desired).unwrap_or_else(|| {
        let text = format!("{called}: how many tasks run is not said; 1 is assumed");
        reading.tell(Kind::Assumed, at, text);
        1
    });
    if fewest == 0 && scaler.is_none() {
        return reading.tell(Kind::LeftOut, at, format!("{called}: no task runs"));
    }
    let task = told_task(task, arn, at, &called, reading);
    let leading = ["loadBalancers", "serviceRegistries"];
    let serves = leading.iter().any(|key| !list(service, key).is_empty()) || opens_ports(task) || {
        let why = if task.is_null() {
            "as no load balancer leads to it"
        } else {
            "as no load balancer leads to it and it opens no port"
        };
        rows::serves(false, why, at, &called, reading)
    };
    let mut row = row_of(name, kind(serves), task, at, &called, reading);
    let udp = list(service, "loadBalancers")
        .iter()
        .any(|balancer| leads_to_udp(balancer, task));
    need(&mut row, at::needs::udp, udp);
    let disk = list(service, "volumeConfigurations")
        .iter()
        .any(|volume| volume.get("managedEBSVolume").is_some());
    need(&mut row, at::needs::local_state, disk || keeps_state(task));
    let most = capacity("MaxCapacity");
    if serves {
        rows::service(row, fewest, most, at, &called, reading);
    } else {
        rows::worker(row, fewest, most, at, &called, reading);
    }
}

/// The task definition, with what is to be said where it is another revision, or none. Null where there is none.
fn told_task<'a>(
    task: Option<(&'a Value, bool)>,
    arn: Option<&str>,
    at: &Place,
    called: &str,
    reading: &mut Reading,
) -> &'a Value {
    let name = arn.map(|arn| arn.rsplit_once('/').map_or(arn, |(_, name)| name));
    let name = name.filter(|name| !name.is_empty());
    let wanted = name.map_or(String::new(), |name| format!(" {name}"));
    match task {
        Some((task, true)) => task,
        Some((task, false)) => {
            let text = format!(
                "{called}: its task definition{wanted} is not here; another revision of it counts"
            );
            reading.tell(Kind::Assumed, at, text);
            task
        }
        None => {
            let text = format!("{called}: its task definition{wanted} is not here");
            reading.tell(Kind::Assumed, at, text);
            &Value::Null
        }
    }
}

fn kind(serves: bool) -> WorkloadKind {
    if serves {
        WorkloadKind::Service
    } else {
        WorkloadKind::Worker
    }
}

fn opens_ports(task: &Value) -> bool {
    let mut containers = list(task, "containerDefinitions").iter();
    containers.any(|container| !list(container, "portMappings").is_empty())
}

/// Whether a load balancer leads to a port of UDP.
fn leads_to_udp(balancer: &Value, task: &Value) -> bool {
    let (name, port) = (
        text(balancer, "containerName"),
        dig(balancer, "containerPort"),
    );
    let mut containers = list(task, "containerDefinitions").iter();
    containers.any(|container| {
        let mut ports = list(container, "portMappings").iter();
        text(container, "name") == name
            && ports.any(|mapping| {
                text(mapping, "protocol") == "udp" && dig(mapping, "containerPort") == port
            })
    })
}

/// Whether something stays on a host's disk when a task ends. What isn't named on the host, or belongs to the task, goes with it;
/// what is only read is the host's own.
fn keeps_state(task: &Value) -> bool {
    let is_written = |name: &str| {
        let mut mounts = list(task, "containerDefinitions")
            .iter()
            .flat_map(|container| list(container, "mountPoints"));
        mounts.any(|mount| {
            text(mount, "sourceVolume") == name && dig(mount, "readOnly") != &Value::Bool(true)
        })
    };
    list(task, "volumes").iter().any(|volume| {
        let stays = !text(volume, "host.sourcePath").is_empty()
            || text(volume, "dockerVolumeConfiguration.scope") == "shared";
        dig(volume, "configuredAtLaunch") == &Value::Bool(true)
            || stays && is_written(text(volume, "name"))
    })
}

/// A row of that kind with the size and the needs of its task. Sidecars are a part of it.
fn row_of(
    name: &str,
    kind: WorkloadKind,
    task: &Value,
    at: &Place,
    called: &str,
    reading: &mut Reading,
) -> WorkloadRow {
    let mut row = rows::row(name, kind);
    let containers = list(task, "containerDefinitions");
    let sum = |of: &dyn Fn(&Value) -> Option<f64>| {
        let known: Vec<f64> = containers.iter().filter_map(of).collect();
        (!known.is_empty()).then(|| known.iter().sum::<f64>())
    };
    // Where a container reserves less than its limit, the reservation is what it takes of an instance.
    let memory = |container: &Value| {
        let keys = ["memoryReservation", "memory"];
        keys.iter().find_map(|key| gib(dig(container, key)))
    };
    let size = [
        vcpu(dig(task, "cpu")).or_else(|| sum(&|container| vcpu(dig(container, "cpu")))),
        gib(dig(task, "memory")).or_else(|| sum(&memory)),
    ];
    rows::size(&mut row, size, at, called, reading);
    let is_gpu = |wanted: &Value| text(wanted, "type") == "GPU";
    let gpu = |container: &Value| list(container, "resourceRequirements").iter().any(is_gpu);
    if containers.iter().any(gpu) {
        rows::gpu(&mut row);
    }
    let system = text(task, "runtimePlatform.operatingSystemFamily");
    need(&mut row, at::needs::windows, system.starts_with("WINDOWS"));
    let privileged = |container: &Value| dig(container, "privileged") == &Value::Bool(true);
    let privileged = containers.iter().any(privileged);
    need(&mut row, at::needs::privileged, privileged);
    need(&mut row, at::needs::local_state, keeps_state(task));
    let shared = |volume: &Value| volume.get("efsVolumeConfiguration").is_some();
    if list(task, "volumes").iter().any(shared) {
        let text = format!("{called}: its file system on Amazon EFS does not count");
        reading.tell(Kind::LeftOut, at, text);
    }
    row
}

fn job(start: &Start<'_>, found: &mut Found<'_>, reading: &mut Reading) {
    let at = start.at;
    if start.ecs.is_null() {
        let name = if start.name.is_empty() {
            "of a rule"
        } else {
            start.name
        };
        let text = format!("schedule {name}: what it starts is no task of ECS");
        return reading.tell(Kind::LeftOut, at, text);
    }
    let arn = text(start.ecs, "TaskDefinitionArn");
    let task = found.task(arn);
    let (family, _) = named(arn);
    let name = if start.name.is_empty() {
        family
    } else {
        start.name
    };
    let called = format!("ECS schedule {name}");
    let rule = start.rule.unwrap_or(&Value::Null);
    if text(rule, "State") == "DISABLED" {
        return reading.tell(Kind::LeftOut, at, format!("{called}: disabled"));
    }
    let schedule = text(rule, "ScheduleExpression");
    if schedule.starts_with("at(") {
        return reading.tell(Kind::LeftOut, at, format!("{called}: it runs once"));
    }
    let times = dig(start.ecs, "TaskCount").as_u64().unwrap_or(1).max(1) as f64;
    let runs = cron::runs_per_month_of_aws(schedule);
    if runs.is_none() && !schedule.is_empty() {
        let text = format!("{called}: no schedule; allowed: rate(…), cron(…) with six fields");
        return reading.tell(Kind::Wrong, at, text);
    }
    let task = told_task(task, Some(arn), at, &called, reading);
    let row = row_of(name, WorkloadKind::Job, task, at, &called, reading);
    let runs = runs.map(|runs| runs * times);
    rows::job(row, runs, at, &called, reading);
}

/// Takes in task definitions that nothing in the files runs: the latest of each family, as one instance.
fn alone(found: &mut Found<'_>, reading: &mut Reading) {
    let family = |n: &usize| found.tasks.get(*n).map(|(_, task)| text(task, "family"));
    let running: BTreeSet<&str> = found.used.iter().filter_map(family).collect();
    let mut taken = Vec::new();
    for (n, (at, task)) in found.tasks.iter().enumerate() {
        let family = text(task, "family");
        let called = format!("ECS task definition {family}");
        let others = found
            .tasks
            .iter()
            .enumerate()
            .filter(|(_, (_, of))| text(of, "family") == family);
        let latest = others
            .max_by_key(|(n, (_, of))| (revision_of(of), *n))
            .map(|(n, _)| n);
        if found.used.contains(&n) {
            continue;
        }
        let is_older = running.contains(family) || latest != Some(n) && !family.is_empty();
        let is_deleted = text(task, "status") == "INACTIVE";
        if is_older || is_deleted {
            let why = if is_older {
                "another revision of it counts"
            } else {
                "deleted"
            };
            reading.tell(Kind::LeftOut, at, format!("{called}: {why}"));
            continue;
        }
        let text = format!("{called}: no service in these files runs it; 1 instance is assumed");
        reading.tell(Kind::Assumed, at, text);
        let serves =
            opens_ports(task) || rows::serves(false, "as it opens no port", at, &called, reading);
        let row = row_of(family, kind(serves), task, at, &called, reading);
        if serves {
            rows::service(row, 1, None, at, &called, reading);
        } else {
            rows::worker(row, 1, None, at, &called, reading);
        }
        taken.push(n);
    }
    found.used.extend(taken);
}

/// What holds of the whole scenario, not of a workload, in one sentence each.
fn asides(found: &Found<'_>, services: &[Part<'_>], reading: &mut Reading) {
    let on_arm = |(n, (_, task)): &(usize, &Part<'_>)| {
        found.used.contains(n) && text(task, "runtimePlatform.cpuArchitecture") == "ARM64"
    };
    let arm = found.tasks.iter().enumerate().filter(on_arm);
    let on_spot = |(_, service): &&Part<'_>| {
        let mut providers = list(service, "capacityProviderStrategy").iter();
        providers.any(|provider| text(provider, "capacityProvider") == "FARGATE_SPOT")
    };
    let places = |(at, _): &Part<'_>| (*at).clone();
    let arm: Vec<Place> = arm.map(|(_, part)| places(part)).collect();
    let spot: Vec<Place> = services.iter().filter(on_spot).map(places).collect();
    for (of, what, choice) in [
        (
            arm,
            "task definitions for Arm processors",
            "the kind of processor",
        ),
        (spot, "services on Fargate Spot", "the share of Spot"),
    ] {
        if let Some(at) = of.first() {
            let text = format!(
                "{what}: {}; {choice} is chosen for the whole scenario",
                of.len()
            );
            reading.tell(Kind::LeftOut, at, text);
        }
    }
}

#[cfg(test)]
mod tests;
