//! Terraform: what `terraform show -json` prints of a plan or a state. Its resources become the documents that the other readers
//! know. What Terraform marks as sensitive is never read.
//!
//! Documentation: <https://developer.hashicorp.com/terraform/internals/json-format>,
//! <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecs_service>,
//! <https://docs.aws.amazon.com/apprunner/latest/api/API_InstanceConfiguration.html>,
//! <https://docs.aws.amazon.com/apprunner/latest/api/API_AutoScalingConfiguration.html>.

mod blocks;
mod elastic;
mod money;

use super::{
    Kind, Place, Reading, cloud_run, container_apps, cron,
    documents::{Document, dig, list, text},
    ecs, kubernetes, rows,
};
use blocks::{block, blocks};
use plimsoll_model::inputs::{WorkloadKind, at};
use serde_json::Value;
use std::collections::BTreeMap;

/// Whether a document is one of these.
pub(crate) fn knows(value: &Value) -> bool {
    ["format_version", "terraform_version"]
        .iter()
        .any(|key| value.get(key).is_some_and(Value::is_string))
}

/// Reads these documents, each for itself.
pub(crate) fn read(documents: Vec<Document>, reading: &mut Reading) {
    for Document { at, value } in documents {
        let roots = ["planned_values.root_module", "values.root_module"];
        let root = roots.iter().map(|path| dig(&value, path));
        let Some(root) = root.into_iter().find(|root| root.is_object()) else {
            let text = "no plan and no state of Terraform; allowed: what terraform show -json prints of one that has resources";
            reading.tell(Kind::Wrong, &at, text);
            continue;
        };
        let mut resources = Vec::new();
        walk(root, &mut resources);
        let stack = Stack {
            resources,
            configuration: dig(&value, "configuration.root_module"),
        };
        stack.read(&at, reading);
    }
}

/// A resource, without what is sensitive in it.
struct Resource {
    /// The address of its module: `module.shop["eu"]`; empty at the root.
    module: String,
    kind: String,
    name: String,
    /// Which of those that `count` or `for_each` make of it.
    index: Option<String>,
    values: Value,
}

impl Resource {
    /// The name that it has where it runs; empty where that is not known yet.
    fn known_name(&self) -> &str {
        let paths = ["name", "service_name", "family", "metadata.name"];
        let mut names = paths
            .iter()
            .filter_map(|path| block(&self.values, path).as_str());
        names.find(|name| !name.is_empty()).unwrap_or_default()
    }
}

/// All resources of a module and of those in it.
fn walk(module: &Value, resources: &mut Vec<Resource>) {
    for resource in list(module, "resources") {
        if text(resource, "mode") == "data" {
            continue;
        }
        let index = match dig(resource, "index") {
            Value::String(key) => Some(key.clone()),
            Value::Number(n) => Some(n.to_string()),
            _ => None,
        };
        resources.push(Resource {
            module: text(module, "address").to_owned(),
            kind: text(resource, "type").to_owned(),
            name: text(resource, "name").to_owned(),
            index,
            values: masked(dig(resource, "values"), dig(resource, "sensitive_values")),
        });
    }
    for child in list(module, "child_modules") {
        walk(child, resources);
    }
}

/// A value without what is sensitive.
fn masked(value: &Value, sensitive: &Value) -> Value {
    match (value, sensitive) {
        (_, Value::Bool(true)) => Value::Null,
        (Value::Object(all), Value::Object(_)) => {
            let all = all.iter().map(|(key, value)| {
                let sensitive = sensitive.get(key).unwrap_or(&Value::Null);
                (key.clone(), masked(value, sensitive))
            });
            Value::Object(all.collect())
        }
        (Value::Array(all), Value::Array(_)) => {
            let all = all.iter().enumerate().map(|(n, value)| {
                let sensitive = sensitive.get(n).unwrap_or(&Value::Null);
                masked(value, sensitive)
            });
            Value::Array(all.collect())
        }
        (value, _) => value.clone(),
    }
}

/// Resources with their configuration, which says what refers to what before it is known.
struct Stack<'a> {
    resources: Vec<Resource>,
    configuration: &'a Value,
}

impl Stack<'_> {
    /// The resources of one kind, with their places.
    fn all<'s>(&'s self, kind: &'s str) -> impl Iterator<Item = (usize, &'s Resource)> {
        let all = self.resources.iter().enumerate();
        all.filter(move |(_, resource)| resource.kind == kind)
    }

    /// The resource of that kind which has a value, or, where that is not known yet, which the configuration refers to at a path
    /// of blocks.
    fn found(
        &self,
        from: &Resource,
        path: &str,
        kind: &str,
        has: impl Fn(&Resource) -> bool,
    ) -> Option<usize> {
        let known = self.all(kind).find(|(_, of)| has(of)).map(|(n, _)| n);
        known.or_else(|| {
            let references = self.references(from, path);
            let mut names = references.iter().filter_map(Value::as_str);
            names.find_map(|reference| self.referred(from, reference, kind))
        })
    }

    /// The only resource of that kind in a module, whatever its keys.
    fn only(&self, module: &str, kind: &str) -> Option<usize> {
        let mut here = self
            .all(kind)
            .filter(|(_, of)| without_keys(&of.module) == module);
        let first = here.next().map(|(n, _)| n);
        first.filter(|_| here.next().is_none())
    }

    /// What the configuration of a resource refers to at a path of blocks.
    fn references(&self, from: &Resource, path: &str) -> &[Value] {
        let mut module = self.configuration;
        let address = without_keys(&from.module);
        let mut calls = address.split('.');
        while let (Some(_), Some(name)) = (calls.next(), calls.next()) {
            module = dig(module, "module_calls")
                .get(name)
                .unwrap_or(&Value::Null);
            module = dig(module, "module");
        }
        let is_it = |of: &&Value| text(of, "type") == from.kind && text(of, "name") == from.name;
        let resource = list(module, "resources").iter().find(is_it);
        let resource = resource.unwrap_or(&Value::Null);
        list(block(dig(resource, "expressions"), path), "references")
    }

    /// The resource of a reference, `aws_ecs_service.cart[0].name`: the one with the same key, where there are several. Of an
    /// output, `module.task.arn`, the only one of its module.
    fn referred(&self, from: &Resource, reference: &str, kind: &str) -> Option<usize> {
        if let Some(output) = reference.strip_prefix("module.") {
            let name = output.split(['.', '[']).next()?;
            let module = format!("{}.module.{name}", without_keys(&from.module));
            return self.only(module.trim_start_matches('.'), kind);
        }
        let rest = reference.strip_prefix(kind)?.strip_prefix('.')?;
        let name = rest.split(['.', '[']).next()?;
        let key = rest
            .split_once('[')
            .and_then(|(_, key)| key.split_once(']'));
        let key = key.map(|(key, _)| key.trim_matches('"').to_owned());
        let is_it = |(_, of): &(usize, &Resource)| of.module == from.module && of.name == name;
        let all: Vec<_> = self.all(kind).filter(is_it).collect();
        let with =
            |key: &Option<String>| all.iter().find(|(_, of)| key.is_some() && of.index == *key);
        let found = with(&key).or_else(|| with(&from.index));
        found.or(all.first()).map(|(n, _)| *n)
    }

    /// What a resource is called: by its key too, where others of the same block have its name or it has none yet.
    fn called(&self, resource: &Resource) -> String {
        let known = resource.known_name();
        let same = |of: &&Resource| {
            (&of.module, &of.kind, &of.name) == (&resource.module, &resource.kind, &resource.name)
                && of.known_name() == known
        };
        let is_alone = self.resources.iter().filter(same).count() == 1;
        match &resource.index {
            Some(_) if is_alone && !known.is_empty() => known.to_owned(),
            Some(key) if known.is_empty() => format!("{}-{key}", resource.name),
            Some(key) => format!("{known}-{key}"),
            None if known.is_empty() => resource.name.clone(),
            None => known.to_owned(),
        }
    }

    fn read(&self, at: &Place, reading: &mut Reading) {
        let document = |value: Value| Document {
            at: at.clone(),
            value,
        };
        let converted = |convert: Convert| -> Vec<Document> {
            let all = self
                .resources
                .iter()
                .filter(|of| knows_kind(convert, &of.kind));
            let all = all.filter_map(|of| convert(&of.kind, &self.called(of), &of.values));
            all.map(document).collect()
        };
        let of_ecs = self.ecs(at, reading).into_iter().map(document).collect();
        let documents: [(Vec<Document>, Read); 4] = [
            (of_ecs, ecs::read),
            (converted(blocks::cloud_run), cloud_run::read),
            (converted(blocks::container_app), container_apps::read),
            (converted(blocks::kubernetes), kubernetes::read),
        ];
        reading.starts = self.schedulers(at, reading);
        for (documents, read) in documents {
            if !documents.is_empty() {
                read(documents, reading);
            }
        }
        reading.starts.clear();
        for (_, resource) in self.all("aws_apprunner_service") {
            self.app_runner(resource, at, reading);
        }
        for (_, resource) in self.all("fly_machine") {
            self.fly(resource, at, reading);
        }
        self.others(at, reading);
    }

    /// How often Cloud Scheduler starts jobs of Cloud Run, by their names.
    fn schedulers(&self, at: &Place, reading: &mut Reading) -> BTreeMap<String, f64> {
        const JOB: &str = "google_cloud_run_v2_job";
        let mut starts = BTreeMap::new();
        for (_, scheduler) in self.all("google_cloud_scheduler_job") {
            let called = format!("Cloud Scheduler job {}", self.called(scheduler));
            // …/jobs/report:run
            let uri = text(block(&scheduler.values, "http_target"), "uri");
            let name = uri
                .strip_suffix(":run")
                .and_then(|uri| uri.rsplit('/').next());
            let is_it = |of: &Resource| name == Some(of.known_name());
            let job = (name.is_some() || uri.is_empty())
                .then(|| self.found(scheduler, "http_target.uri", JOB, is_it));
            let job = job.flatten().and_then(|n| self.resources.get(n));
            let runs = cron::runs_per_month(text(&scheduler.values, "schedule"));
            let why = match (job, runs) {
                (None, _) => "it starts no job of these files",
                (_, None) => "no schedule of five fields",
                _ if dig(&scheduler.values, "paused") == &Value::Bool(true) => "paused",
                (Some(job), Some(runs)) => {
                    *starts.entry(self.called(job)).or_insert(0.0) += runs;
                    continue;
                }
            };
            reading.tell(Kind::LeftOut, at, format!("{called}: {why}"));
        }
        starts
    }

    /// A service of AWS App Runner: 1 vCPU, 2 GB, and 1 to 25 instances of 100 requests each where it says nothing else.
    fn app_runner(&self, resource: &Resource, at: &Place, reading: &mut Reading) {
        const SCALING: &str = "aws_apprunner_auto_scaling_configuration_version";
        const PATH: &str = "auto_scaling_configuration_arn";
        let name = self.called(resource);
        let called = format!("App Runner service {name}");
        let mut row = rows::row(&name, WorkloadKind::Service);
        let size = |key: &str| block(&resource.values, &format!("instance_configuration.{key}"));
        let size = [
            ecs::vcpu(size("cpu")).or(Some(1.0)),
            ecs::gib(size("memory")).or(Some(2.0)),
        ];
        rows::size(&mut row, size, at, &called, reading);
        let arn = text(&resource.values, PATH);
        let is_it = |of: &Resource| !arn.is_empty() && text(&of.values, "arn") == arn;
        let is_said = !arn.is_empty() || !self.references(resource, PATH).is_empty();
        let scaling = is_said.then(|| self.found(resource, PATH, SCALING, is_it));
        let scaling = scaling.flatten().and_then(|n| self.resources.get(n));
        if is_said && scaling.is_none() {
            let text = format!("{called}: what scales it is not here; 1 to 25 instances are usual");
            reading.tell(Kind::Assumed, at, text);
        }
        let number = |key: &str, usual: u64| {
            let said = scaling.and_then(|scaling| dig(&scaling.values, key).as_u64());
            said.unwrap_or(usual)
        };
        rows::set(
            &mut row,
            "concurrency",
            number("max_concurrency", 100) as f64,
        );
        let (fewest, most) = (number("min_size", 1), number("max_size", 25));
        rows::service(row, fewest, Some(most), at, &called, reading);
    }

    /// A machine of Fly.io.
    fn fly(&self, resource: &Resource, at: &Place, reading: &mut Reading) {
        let name = self.called(resource);
        let called = format!("Fly machine {name}");
        let number = |key: &str| dig(&resource.values, key).as_f64();
        let size = [number("cpus"), number("memorymb").map(|mib| mib / 1_024.0)];
        let serves = !blocks(&resource.values, "services").is_empty();
        let kind = if serves {
            WorkloadKind::Service
        } else {
            WorkloadKind::Worker
        };
        let mut row = rows::row(&name, kind);
        rows::size(&mut row, size, at, &called, reading);
        let disk = !blocks(&resource.values, "mounts").is_empty();
        rows::need(&mut row, at::needs::local_state, disk);
        if serves {
            rows::service(row, 1, None, at, &called, reading);
        } else {
            rows::worker(row, 1, None, at, &called, reading);
        }
    }

    /// Tells what else there is: by kind what costs money, and a number for the rest.
    fn others(&self, at: &Place, reading: &mut Reading) {
        let (mut costly, mut rest) = (BTreeMap::new(), 0_usize);
        for resource in &self.resources {
            let kind = resource.kind.as_str();
            if money::costs(kind) {
                *costly.entry(kind).or_insert(0_usize) += 1;
            } else if !is_read(kind) {
                rest += 1;
            }
        }
        if !costly.is_empty() {
            let all: Vec<String> = costly
                .iter()
                .map(|(kind, n)| format!("{kind} ({n})"))
                .collect();
            let text = format!("what costs money beside workloads: {}", all.join(", "));
            reading.tell(Kind::LeftOut, at, text);
        }
        if rest > 0 {
            let plural = if rest == 1 { "" } else { "s" };
            let text = format!("{rest} other resource{plural}: no workload");
            reading.tell(Kind::LeftOut, at, text);
        }
    }
}

/// Makes the document of another reader of a kind, a name and values; none where it is not for that kind.
type Convert = fn(&str, &str, &Value) -> Option<Value>;

/// Another reader.
type Read = fn(Vec<Document>, &mut Reading);

/// Whether a document can be made of that kind.
fn knows_kind(convert: Convert, kind: &str) -> bool {
    convert(kind, "", &Value::Null).is_some()
}

/// Whether resources of a kind are read, alone or with what they belong to.
fn is_read(kind: &str) -> bool {
    const KINDS: [&str; 4] = [
        "aws_apprunner_auto_scaling_configuration_version",
        "aws_apprunner_service",
        "fly_machine",
        "google_cloud_scheduler_job",
    ];
    let convert: [Convert; 3] = [blocks::cloud_run, blocks::container_app, blocks::kubernetes];
    KINDS.contains(&kind)
        || elastic::KINDS.contains(&kind)
        || convert.iter().any(|convert| knows_kind(*convert, kind))
}

/// An address without the keys of `count` and `for_each`.
fn without_keys(address: &str) -> String {
    let mut depth = 0_usize;
    let is_outside = |c: &char| {
        let was = depth;
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        was == 0 && depth == 0
    };
    address.chars().filter(is_outside).collect()
}

#[cfg(test)]
mod tests;
