//! What Cloud Run runs a workload as: a service, a worker pool or a job, in the YAML that `gcloud run … replace` takes.
//!
//! Documentation: <https://docs.cloud.google.com/run/docs/reference/yaml/v1>,
//! <https://docs.cloud.google.com/run/docs/configuring/services/cpu>,
//! <https://docs.cloud.google.com/run/docs/configuring/services/memory-limits>,
//! <https://docs.cloud.google.com/run/docs/configuring/max-instances>.

use super::{
    parts::{self, Named, PORT, Workload},
    yaml::{Node, empty, map, object, push_document},
};
use crate::format;
use plimsoll_model::{
    inputs::{Gpu, Pin, WorkloadKind},
    platform::Platform,
    platforms::{Limit, Support, cloud_run},
    units::HOURS_PER_MONTH,
};

/// How long a request may take where nobody says it, s:
/// <https://docs.cloud.google.com/run/docs/configuring/request-timeout>.
const USUAL_REQUEST_S: f64 = 300.0;
/// How long a task may take where nobody says it, s: <https://docs.cloud.google.com/run/docs/configuring/task-timeout>.
const USUAL_TASK_S: f64 = 600.0;
/// Where the sizes stand that are sold.
const SIZES_PAGE: &str = "https://docs.cloud.google.com/run/docs/configuring/services/cpu";

/// What is to be said of the file as a whole.
pub(super) const NOTES: [&str; 3] = [
    "Make each document a file of its own, and set project and region: gcloud run services replace FILE, gcloud run jobs replace FILE, \
     gcloud run worker-pools replace FILE.",
    "Sizes are the smallest that Cloud Run sells and that hold those of the scenario. Services are billed for the time of their \
     requests (cpu-throttling: true), unless they work between them; the comparison takes the cheaper way of both.",
    "A service has maxScale where the scenario says its most instances; else it stops at Cloud Run's own limit of 100. \
     Nobody may call it until you allow it: gcloud run services add-iam-policy-binding.",
];

/// Appends all objects of a workload.
pub(super) fn push(out: &mut String, workload: &Workload) {
    for Named { name, .. } in &workload.named {
        match workload.kind {
            WorkloadKind::Service => push_service(out, workload, name),
            WorkloadKind::Worker => push_pool(out, workload, name),
            WorkloadKind::Job => push_job(out, workload, name),
        }
    }
}

/// The size that is taken for a workload, and what is to be said of it.
fn size(workload: &Workload, notes: &mut Vec<String>) -> [f64; 2] {
    let [vcpu, gib] = workload.size();
    let limits = &Platform::CloudRun.definition().limits;
    let is_beyond = |limit: Limit, x: f64| matches!(limit, Limit::AtMost { most, .. } if x > most);
    if is_beyond(limits.vcpu, vcpu) || is_beyond(limits.memory_gib, gib) {
        notes.push(format!(
            "Cloud Run sells no instance of {}: {SIZES_PAGE}.",
            in_words([vcpu, gib])
        ));
        return [vcpu, gib];
    }
    let sold = match workload.kind {
        // What works between requests needs CPU then, which is not to be had below one vCPU.
        WorkloadKind::Service if workload.inputs.needs.background => {
            cloud_run::snap(vcpu.max(1.0), gib)
        }
        WorkloadKind::Service => cloud_run::snap(vcpu, gib),
        WorkloadKind::Worker | WorkloadKind::Job => {
            cloud_run::second_generation(cloud_run::snap(vcpu, gib))
        }
    };
    let sold = [sold.vcpu, sold.gib];
    if sold != [vcpu, gib] {
        notes.push(format!(
            "The scenario asks for {}, which Cloud Run does not sell: {SIZES_PAGE}. This is the next size, {}.",
            in_words([vcpu, gib]),
            in_words(sold)
        ));
    }
    sold
}

fn in_words([vcpu, gib]: [f64; 2]) -> String {
    format!(
        "{} vCPU and {} GiB",
        format::number(vcpu),
        format::number(gib)
    )
}

/// What is to be said of any workload here.
fn notes(workload: &Workload) -> Vec<String> {
    let mut notes = workload.notes(Pin::Kubernetes);
    let limits = &Platform::CloudRun.definition().limits;
    let needs = &workload.inputs.needs;
    for (needed, support, what) in [
        (
            needs.local_state,
            limits.volume,
            "a volume that survives a restart",
        ),
        (needs.udp, limits.udp, "UDP from outside"),
        (needs.tcp, limits.tcp, "raw TCP from outside"),
        (needs.windows, limits.windows, "Windows containers"),
        (needs.privileged, limits.privileged, "privileged containers"),
    ] {
        if let (true, Support::No { page, .. }) = (needed, support) {
            notes.push(format!(
                "It needs {what}, which Cloud Run does not have: {page}."
            ));
        }
    }
    if workload.gpu() != Gpu::None {
        notes.push(
            "It needs a GPU, which is not set here: add it with the size that goes with it, \
             https://docs.cloud.google.com/run/docs/configuring/services/gpu."
                .to_owned(),
        );
    }
    notes
}

fn push_service(out: &mut String, workload: &Workload, name: &str) {
    let inputs = &workload.inputs;
    let mut notes = notes(workload);
    let size = size(workload, &mut notes);
    let concurrency = if size[0] < 1.0 {
        if inputs.http.concurrency > 1 {
            notes.push(format!(
                "Below one vCPU an instance takes one request at a time; for the {} of the scenario it needs one vCPU.",
                inputs.http.concurrency
            ));
        }
        1
    } else {
        inputs.http.concurrency
    };
    let least = inputs.min_instances.unwrap_or_else(|| {
        if !inputs.needs.cold_starts_ok || inputs.slo_ms.is_some() {
            notes.push(
                "The scenario allows few cold starts: the comparison works out how many instances that takes; set minScale to it."
                    .to_owned(),
            );
            return 1;
        }
        0
    });
    let least = least.max(u32::from(inputs.needs.background));
    let most = workload.most.map(|most| {
        if most < least {
            notes.push(format!(
                "The scenario has {least} instances at least and {most} at most, which is a contradiction: {least} are taken."
            ));
        }
        most.max(least)
    });
    // Annotations are texts.
    let annotations = map([("autoscaling.knative.dev/minScale", least.to_string().into())])
        .with_some(
            "autoscaling.knative.dev/maxScale",
            most.map(|most| most.to_string()),
        )
        .with(
            "run.googleapis.com/cpu-throttling",
            (!inputs.needs.background).to_string(),
        );
    let longest = inputs.needs.long_request_s.ceil();
    let timeout = (longest > USUAL_REQUEST_S).then_some(longest as u32);
    let port = map([("containerPort", PORT.into())]);
    let container = map([("image", parts::image(name)), ("ports", [port].into())])
        .with("resources", resources(size));
    let revision = map([("containerConcurrency", concurrency.into())])
        .with_some("timeoutSeconds", timeout)
        .with("containers", [container]);
    let template = map([
        ("metadata", map([("annotations", annotations)])),
        ("spec", revision),
    ]);
    let spec = map([("template", template)]);
    let service = object(
        "serving.knative.dev/v1",
        "Service",
        workload.metadata(name),
        spec,
    );
    push_document(out, &notes, &service);
}

fn push_pool(out: &mut String, workload: &Workload, name: &str) {
    let mut notes = notes(workload);
    let size = size(workload, &mut notes);
    if let Some(most) = workload.most {
        notes.push(format!(
            "A worker pool has a fixed number of instances: for up to {} something of your own has to change it.",
            format::number(f64::from(most))
        ));
    }
    let hours = workload.inputs.workers.hours_per_month;
    if hours < HOURS_PER_MONTH {
        notes.push(format!(
            "The comparison counts {} a month of each instance; here they always run.",
            format::count(hours, "hour", "hours")
        ));
    }
    let container = map([
        ("image", parts::image(name)),
        ("resources", resources(size)),
    ]);
    let spec = map([(
        "template",
        map([("spec", map([("containers", [container].into())]))]),
    )]);
    let metadata = workload.metadata_with(
        name,
        &[
            ("run.googleapis.com/scalingMode", "manual".to_owned()),
            (
                "run.googleapis.com/manualInstanceCount",
                workload.replicas.to_string(),
            ),
        ],
    );
    let pool = object("run.googleapis.com/v1", "WorkerPool", metadata, spec);
    push_document(out, &notes, &pool);
}

fn push_job(out: &mut String, workload: &Workload, name: &str) {
    let mut notes = notes(workload);
    let size = size(workload, &mut notes);
    let schedule = parts::schedule(workload.runs.unwrap_or(1.0));
    notes.push(format!(
        "It has no schedule of its own: Cloud Scheduler starts it, with a schedule such as {}.",
        schedule.cron
    ));
    notes.push(parts::of_schedule(workload.runs, &schedule));
    let run_s = workload.inputs.jobs.minutes * 60.0;
    let most_s = match Platform::CloudRun.definition().limits.job_s {
        Limit::AtMost { most, .. } => most,
        Limit::None | Limit::NotKnown => f64::INFINITY,
    };
    let timeout = (2.0 * run_s).clamp(USUAL_TASK_S, most_s).ceil();
    notes.push(format!(
        "A task may take twice the {} that the comparison has it take on average.",
        format::count(workload.inputs.jobs.minutes, "minute", "minutes")
    ));
    let container = map([
        ("image", parts::image(name)),
        ("resources", resources(size)),
    ]);
    let task = map([
        ("timeoutSeconds", (timeout as u32).into()),
        ("containers", [container].into()),
    ]);
    let execution = map([
        ("taskCount", schedule.at_once.into()),
        ("template", map([("spec", task)])),
    ]);
    let spec = map([("template", map([("spec", execution)]))]);
    let job = object(
        "run.googleapis.com/v1",
        "Job",
        workload.metadata(name),
        spec,
    );
    push_document(out, &notes, &job);
}

fn resources(size: [f64; 2]) -> Node {
    let [cpu, memory] = parts::quantities(size);
    let limits = empty().with("cpu", cpu).with("memory", memory);
    map([("limits", limits)])
}
