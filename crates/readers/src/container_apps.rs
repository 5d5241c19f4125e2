//! Azure Container Apps: apps and jobs, as `az containerapp show` and `--yaml` files have them, and in ARM templates.
//!
//! Sources: <https://learn.microsoft.com/azure/container-apps/azure-resource-manager-api-spec>,
//! <https://learn.microsoft.com/azure/container-apps/scale-app>, <https://learn.microsoft.com/azure/container-apps/jobs>,
//! <https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions>.

mod arm;

use super::{
    Kind, Place, Reading, cron,
    documents::{Document, dig, list, text},
    quantity,
    rows::{self, need},
};
use arm::Arm;
use plimsoll_model::inputs::{WorkloadKind, WorkloadRow, at};
use serde_json::Value;
use std::{collections::BTreeMap, slice};

/// How deep templates in templates go.
const DEEPEST: usize = 4;
/// Replicas where nothing is said.
const DEFAULT_FEWEST: u64 = 0;
const DEFAULT_MOST: u64 = 10;

/// Whether a document is one of these: an app, a job, a list of them, or a template.
pub(crate) fn knows(value: &Value) -> bool {
    items(value).iter().any(is_one) || arm::is_template(value) || arm::is_parameters(value)
}

/// Reads these documents together.
pub(crate) fn read(documents: Vec<Document>, reading: &mut Reading) {
    // Parameters in a file of their own are those of every template here.
    let given = documents.iter().flat_map(|of| arm::given(&of.value));
    let given: BTreeMap<String, Value> = given.collect();
    for Document { at, value } in &documents {
        if arm::is_parameters(value) {
            continue;
        }
        if arm::is_template(value) {
            template(
                &Arm {
                    given: given.clone(),
                    template: value,
                },
                at,
                0,
                reading,
            );
            continue;
        }
        let plain = Arm {
            given: BTreeMap::new(),
            template: &Value::Null,
        };
        for item in items(value) {
            if is_one(item) {
                one(item, &plain, at, reading);
            } else {
                let text = "no Container App in a list of them";
                reading.tell(Kind::LeftOut, at, text);
            }
        }
    }
}

/// The objects of a list, or the one object.
fn items(value: &Value) -> &[Value] {
    let list = value.as_array().or_else(|| value.get("value")?.as_array());
    list.map_or(slice::from_ref(value), Vec::as_slice)
}

fn is_one(value: &Value) -> bool {
    is_job_type(value)
        || is_type(value, "microsoft.app/containerapps")
        || !list(value, "properties.template.containers").is_empty()
}

fn is_type(value: &Value, name: &str) -> bool {
    text(value, "type").eq_ignore_ascii_case(name)
}

fn is_job_type(value: &Value) -> bool {
    is_type(value, "microsoft.app/jobs")
}

/// The apps and jobs of a template, and of the templates in it, which is what modules come to.
fn template(arm: &Arm<'_>, at: &Place, deep: usize, reading: &mut Reading) {
    let mut others: BTreeMap<&str, usize> = BTreeMap::new();
    for resource in arm::resources(arm.template) {
        if is_job_type(resource) || is_type(resource, "microsoft.app/containerapps") {
            one(resource, arm, at, reading);
        } else if is_type(resource, "microsoft.resources/deployments") {
            if deep < DEEPEST {
                template(&arm.inner(resource), at, deep + 1, reading);
            } else {
                let text = "ARM template: templates in templates; the first 4 levels are read";
                reading.tell(Kind::LeftOut, at, text);
            }
        } else {
            *others.entry(text(resource, "type")).or_default() += 1;
        }
    }
    if !others.is_empty() {
        let others = others.iter().map(|(kind, n)| format!("{n} {kind}"));
        let others: Vec<String> = others.collect();
        let text = format!("ARM template: not counted: {}", others.join(", "));
        reading.tell(Kind::LeftOut, at, text);
    }
}

/// What is read of an app or a job.
struct App<'a> {
    value: &'a Value,
    arm: &'a Arm<'a>,
    called: String,
    at: &'a Place,
}

impl App<'_> {
    fn get(&self, path: &str) -> Value {
        self.arm.resolve(dig(self.value, path))
    }

    fn whole(&self, path: &str) -> Option<u64> {
        match self.get(path) {
            Value::Number(x) => x.as_u64(),
            Value::String(x) => x.trim().parse().ok(),
            _ => None,
        }
    }

    fn tell(&self, kind: Kind, text: &str, reading: &mut Reading) {
        reading.tell(kind, self.at, format!("{}: {text}", self.called));
    }

    /// All containers together, in the unit of the quantity. An init container runs before the others, so the larger of both
    /// counts.
    fn sum(&self, name: &str, what: &str, reading: &mut Reading) -> Option<f64> {
        let of = |containers: &str| -> Vec<Option<f64>> {
            let all = list(self.value, &format!("properties.template.{containers}"));
            let size = |c| self.arm.resolve(dig(c, &format!("resources.{name}")));
            let size = |c| quantity::of(&size(c)).filter(|x| *x > 0.0);
            all.iter().map(size).collect()
        };
        let sizes = of("containers");
        let before = of("initContainers");
        let before = before.into_iter().flatten().fold(0.0, f64::max);
        let missing = sizes.iter().filter(|size| size.is_none()).count();
        if missing == sizes.len() {
            // That it is missing is told with the size.
            let path = format!("resources.{name}");
            let mut all = list(self.value, "properties.template.containers").iter();
            if all.any(|c| !dig(c, &path).is_null()) {
                let text = format!("its {what} is written in a way that is not read");
                self.tell(Kind::LeftOut, &text, reading);
            }
            return None;
        }
        if missing > 0 {
            let all = sizes.len();
            let text = format!("{missing} of {all} containers without {what}; counted as none");
            self.tell(Kind::Assumed, &text, reading);
        }
        let sum: f64 = sizes.into_iter().flatten().sum();
        Some(sum.max(before))
    }

    /// A row with the size and the needs of a replica.
    fn row(&self, name: &str, kind: WorkloadKind, reading: &mut Reading) -> WorkloadRow {
        let mut row = rows::row(name, kind);
        let vcpu = self.sum("cpu", "CPU", reading);
        let gib = self.sum("memory", "memory", reading).map(quantity::gib);
        rows::size(&mut row, [vcpu, gib], self.at, &self.called, reading);
        let has_gpu = |c: &Value| quantity::of(dig(c, "resources.gpu")).is_some_and(|x| x > 0.0);
        let containers = list(self.value, "properties.template.containers");
        if containers.iter().any(has_gpu) {
            rows::gpu(&mut row);
            self.tell(Kind::Understood, "it has a GPU", reading);
        }
        row
    }

    /// Tells what is around the containers and not counted.
    fn around(&self, reading: &mut Reading) {
        for volume in list(self.value, "properties.template.volumes") {
            if text(volume, "storageType").contains("AzureFile") {
                let text = "a share of Azure Files is mounted; what it stores is not counted";
                self.tell(Kind::LeftOut, text, reading);
            }
        }
        let profile = self.get("properties.workloadProfileName");
        if let Some(profile) = profile.as_str().filter(|name| !name.is_empty())
            && !profile.eq_ignore_ascii_case("consumption")
        {
            let text = format!("the nodes of its workload profile {profile} are not counted");
            self.tell(Kind::LeftOut, &text, reading);
        }
        if !dig(self.value, "copy").is_null() {
            let text = "the template makes several of it; one counts";
            self.tell(Kind::Assumed, text, reading);
        }
    }
}

fn one(value: &Value, arm: &Arm<'_>, at: &Place, reading: &mut Reading) {
    let containers = list(value, "properties.template.containers");
    let name = arm.resolve(dig(value, "name"));
    // A name that the template puts together isn't known; that of its container often says the same.
    let of_container = || {
        let names = containers.iter().map(|c| arm.resolve(dig(c, "name")));
        names
            .into_iter()
            .find_map(|name| Some(name.as_str()?.to_owned()))
    };
    let name = name.as_str().map(str::to_owned).or_else(of_container);
    let name = name.unwrap_or_else(|| "unnamed".to_owned());
    let trigger = arm.resolve(dig(value, "properties.configuration.triggerType"));
    let is_job = is_job_type(value) || trigger.is_string();
    let what = if is_job { "job" } else { "app" };
    let app = App {
        value,
        arm,
        called: format!("Container Apps {what} {name}"),
        at,
    };
    if containers.is_empty() {
        return app.tell(Kind::LeftOut, "no container is said", reading);
    }
    app.around(reading);
    if is_job {
        job(&app, &name, trigger.as_str().unwrap_or_default(), reading);
    } else {
        service(&app, &name, reading);
    }
}

fn service(app: &App<'_>, name: &str, reading: &mut Reading) {
    let (at, called) = (app.at, &*app.called);
    let ingress = dig(app.value, "properties.configuration.ingress");
    let scale = "properties.template.scale";
    let rules = list(app.value, &format!("{scale}.rules"));
    let dapr = app.get("properties.configuration.dapr.enabled") == Value::Bool(true)
        && app.whole("properties.configuration.dapr.appPort").is_some();
    let serves = if ingress.is_object() {
        true
    } else if dapr {
        rows::serves(
            true,
            "as Dapr leads to it, and no ingress",
            at,
            called,
            reading,
        )
    } else if rules.is_empty() {
        let why = "as it has neither ingress nor a rule by which it scales";
        rows::serves(false, why, at, called, reading)
    } else {
        false
    };
    let fewest = app
        .whole(&format!("{scale}.minReplicas"))
        .unwrap_or(DEFAULT_FEWEST);
    let most = app
        .whole(&format!("{scale}.maxReplicas"))
        .unwrap_or(DEFAULT_MOST);
    if serves {
        let mut row = app.row(name, WorkloadKind::Service, reading);
        let transport = app.get("properties.configuration.ingress.transport");
        let is_tcp = transport
            .as_str()
            .is_some_and(|x| x.eq_ignore_ascii_case("tcp"));
        let external = app.get("properties.configuration.ingress.external") == Value::Bool(true);
        if is_tcp {
            let whence = if external {
                "from outside"
            } else {
                "from inside"
            };
            let text = format!("its ingress takes TCP {whence} that is not HTTP");
            app.tell(Kind::Understood, &text, reading);
        }
        need(&mut row, at::needs::tcp, is_tcp && external);
        rows::service(row, fewest, Some(most), at, called, reading);
    } else {
        let row = app.row(name, WorkloadKind::Worker, reading);
        if fewest == 0 && most > 0 {
            let text = if rules.is_empty() {
                "nothing keeps a replica of it running; one counts, around the clock"
            } else {
                "events start it from zero; one replica counts, around the clock"
            };
            app.tell(Kind::Assumed, text, reading);
        }
        rows::worker(
            row,
            fewest.max(most.min(1)),
            Some(most),
            at,
            called,
            reading,
        );
    }
}

fn job(app: &App<'_>, name: &str, trigger: &str, reading: &mut Reading) {
    let (at, called) = (app.at, &*app.called);
    let of_trigger = |key: &str| {
        let path = format!(
            "properties.configuration.{}TriggerConfig.{key}",
            trigger.to_lowercase()
        );
        app.whole(&path).unwrap_or(1)
    };
    let replicas = of_trigger("parallelism").max(of_trigger("replicaCompletionCount"));
    let runs = if trigger.eq_ignore_ascii_case("schedule") {
        let schedule = app.get("properties.configuration.scheduleTriggerConfig.cronExpression");
        let Some(runs) = schedule.as_str().and_then(cron::runs_per_month) else {
            return app.tell(
                Kind::Wrong,
                "no schedule; allowed: a cronExpression of five fields",
                reading,
            );
        };
        Some(runs)
    } else {
        if trigger.eq_ignore_ascii_case("event") {
            let text = "events start it; how many there are is not in the file";
            app.tell(Kind::LeftOut, text, reading);
        }
        None
    };
    let row = app.row(name, WorkloadKind::Job, reading);
    rows::tasks(row, runs, replicas, at, called, reading);
}

#[cfg(test)]
#[allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that fails panics"
)]
mod tests {
    use crate::{File, Kind, Reading, read};
    use plimsoll_model::inputs::{WorkloadKind, at};

    fn of(text: &str) -> Reading {
        let name = "apps.yaml";
        read(&[File { name, text }])
    }

    fn app(configuration: &str, template: &str) -> Reading {
        of(&format!(
            "name: a\nproperties:\n  configuration: {{ {configuration} }}\n  template: {{ {template}, containers: [{{ name: a, \
             resources: {{ cpu: 0.25, memory: 0.5Gi }} }}] }}\ntype: Microsoft.App/containerApps\n"
        ))
    }

    #[test]
    fn an_app_without_ingress_is_a_worker_and_not_dropped_at_zero() {
        let reading = app(
            "ingress: null",
            "scale: { minReplicas: 0, rules: [{ name: q, azureQueue: {} }] }",
        );
        let row = &reading.rows[0];
        assert_eq!(
            (row.kind, row.count, row.max_instances),
            (WorkloadKind::Worker, 1, Some(10))
        );
        assert!(
            reading
                .told
                .iter()
                .any(|told| told.text.contains("events start it from zero"))
        );
        // Nothing leads to it and nothing scales it: asked.
        let reading = app("ingress: null", "scale: null");
        assert!(reading.told.iter().any(|told| told.choice.is_some()));
        // None at all, by hand.
        let reading = app(
            "ingress: null",
            "scale: { minReplicas: 0, maxReplicas: 0, rules: [{}] }",
        );
        assert_eq!(reading.rows, vec![]);
    }

    #[test]
    fn tcp_counts_where_it_comes_from_outside() {
        for (external, needed) in [(true, true), (false, false)] {
            let reading = app(
                &format!("ingress: {{ external: {external}, transport: Tcp }}"),
                "scale: {}",
            );
            assert_eq!(reading.rows[0].own.contains(&at::needs::tcp), needed);
        }
    }

    #[test]
    fn a_job_runs_as_often_as_its_schedule_and_as_many_replicas() {
        let job = |configuration: &str| {
            of(&format!(
                "type: Microsoft.App/jobs\nname: j\nproperties: {{ configuration: {{ {configuration} }}, template: {{ containers: \
                 [{{ resources: {{ cpu: 1, memory: 2Gi }} }}] }} }}\n"
            ))
        };
        let reading = job(
            "triggerType: Schedule, scheduleTriggerConfig: { cronExpression: '0 0 * * 0', parallelism: 3, replicaCompletionCount: 2 }",
        );
        assert_eq!(
            reading.rows[0].values.jobs.runs_per_month,
            (365.25_f64 / 84.0 * 3.0).round()
        );
        let reading = job("triggerType: Manual, manualTriggerConfig: { parallelism: 1 }");
        assert_eq!(reading.rows[0].values.jobs.runs_per_month, 1.0);
        let reading =
            job("triggerType: Schedule, scheduleTriggerConfig: { cronExpression: often }");
        assert_eq!(reading.told[0].kind, Kind::Wrong);
    }
}
