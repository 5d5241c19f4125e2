//! Objects of Kubernetes for a workload: what runs it, what leads to it, and what scales it.
//!
//! Documentation: <https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/>,
//! <https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/horizontal-pod-autoscaler-v2/>.

use super::{
    parts::{self, Named, PORT, RawPort, Workload},
    yaml::{Node, empty, map, object, push_document},
};
use crate::format;
use plimsoll_model::{
    inputs::{Gpu, Pin, WorkloadKind},
    platforms::replicas::REDUNDANT,
    units::HOURS_PER_MONTH,
};

/// The size of a volume, until somebody says it.
const VOLUME: &str = "10Gi";

/// What is to be said of the file as a whole.
pub(super) const NOTES: [&str; 3] = [
    "Apply them with: kubectl apply -f FILE. Names, requests of CPU and memory, and numbers of instances are those of the scenario; \
     the limit of memory is what is requested, and CPU has no limit. Two replicas run where the scenario leaves their number open, \
     as in the comparison.",
    "A workload has an autoscaler where the scenario says the most instances of it. The others run in a fixed number, though the \
     comparison scales them with their load: add autoscalers for them.",
    "Traffic from outside needs an Ingress or a Gateway in front of the Services, which is not here.",
];

/// The fewest and the most replicas, and what is to be said of them.
fn replicas(workload: &Workload) -> (u32, Option<u32>, Option<String>) {
    let (least, said) = match (workload.kind, workload.inputs.min_instances) {
        (WorkloadKind::Service, None) => (REDUNDANT.min(workload.most.unwrap_or(REDUNDANT)), None),
        (WorkloadKind::Service, Some(0)) => (
            1,
            Some(
                "The scenario keeps no instance of it; here one always runs, as the autoscaler does not go to zero."
                    .to_owned(),
            ),
        ),
        (WorkloadKind::Service, Some(least)) => (least, None),
        _ => (workload.replicas, None),
    };
    let least = least.max(1);
    match workload.most {
        Some(most) if most < least => {
            let text = format!(
                "The scenario has {least} instances at least and {most} at most, which is a contradiction: {least} are taken."
            );
            (least, Some(least), Some(text))
        }
        most => (least, most, said),
    }
}

/// Appends all objects of a workload.
pub(super) fn push(out: &mut String, workload: &Workload) {
    for named in &workload.named {
        if workload.kind == WorkloadKind::Job {
            push_job(out, workload, &named.name);
        } else {
            push_service(out, workload, named);
        }
    }
}

fn push_service(out: &mut String, workload: &Workload, named: &Named) {
    let Named { name, raw_ports } = named;
    let state = workload.inputs.needs.local_state;
    let kind = if state { "StatefulSet" } else { "Deployment" };
    let (least, most, said) = replicas(workload);
    let mut notes = notes(workload);
    notes.extend(said);
    let hours = workload.inputs.workers.hours_per_month;
    if workload.kind == WorkloadKind::Worker && hours < HOURS_PER_MONTH {
        notes.push(format!(
            "The comparison counts {} a month of each instance; here they always run.",
            format::count(hours, "hour", "hours")
        ));
    }
    if state {
        notes.push(format!(
            "Each instance has a volume of its own; {VOLUME} and /data only fill the place."
        ));
    }
    let spec = empty()
        // An autoscaler sets them itself.
        .with_some("replicas", most.is_none().then_some(least))
        .with("selector", map([("matchLabels", labels(name))]))
        .with_some("serviceName", state.then_some(name))
        .with(
            "template",
            map([
                ("metadata", map([("labels", labels(name))])),
                ("spec", pod(workload, name, raw_ports)),
            ]),
        )
        .with_some(
            "volumeClaimTemplates",
            state.then(|| {
                [map([("metadata", map([("name", "data".into())]))]).with("spec", claim())]
            }),
        );
    let object = object("apps/v1", kind, workload.metadata(name), spec);
    push_document(out, &notes, &object);
    if workload.kind == WorkloadKind::Service {
        let port = map([
            ("name", "http".into()),
            ("port", 80.into()),
            ("targetPort", "http".into()),
        ]);
        push_document(out, &[], &leading_to(name, name, None, port));
    }
    for raw in raw_ports {
        let port_name = raw.protocol.to_lowercase();
        let port = map([
            ("name", (&port_name).into()),
            ("protocol", raw.protocol.into()),
            ("port", raw.port.into()),
            ("targetPort", (&port_name).into()),
        ]);
        let notes = [format!("Port {} only fills the place.", raw.port)];
        let service = leading_to(&raw.service, name, Some("LoadBalancer"), port);
        push_document(out, &notes, &service);
    }
    if let Some(most) = most {
        push_document(out, &[], &autoscaler(workload, kind, name, [least, most]));
    }
}

fn autoscaler(workload: &Workload, kind: &str, name: &str, [least, most]: [u32; 2]) -> Node {
    let used = workload.inputs.assumptions.target_cpu * 100.0;
    let target = map([
        ("type", "Utilization".into()),
        ("averageUtilization", (used.round() as u32).into()),
    ]);
    let cpu = map([("name", "cpu".into()), ("target", target)]);
    let metric = map([("type", "Resource".into()), ("resource", cpu)]);
    let target = map([
        ("apiVersion", "apps/v1".into()),
        ("kind", kind.into()),
        ("name", name.into()),
    ]);
    let spec = map([
        ("scaleTargetRef", target),
        ("minReplicas", least.into()),
        ("maxReplicas", most.into()),
        ("metrics", [metric].into()),
    ]);
    object(
        "autoscaling/v2",
        "HorizontalPodAutoscaler",
        map([("name", name.into())]),
        spec,
    )
}

/// A Service called so that leads to a workload.
fn leading_to(name: &str, workload: &str, kind: Option<&str>, port: Node) -> Node {
    let spec = empty()
        .with_some("type", kind)
        .with("selector", labels(workload))
        .with("ports", [port]);
    object("v1", "Service", map([("name", name.into())]), spec)
}

fn push_job(out: &mut String, workload: &Workload, name: &str) {
    let schedule = parts::schedule(workload.runs.unwrap_or(1.0));
    let mut notes = notes(workload);
    notes.push(parts::of_schedule(workload.runs, &schedule));
    if schedule.at_once > 1 {
        notes.push(format!(
            "A CronJob starts once a minute at most: each time {} run at once. A queue with workers may be the better way.",
            schedule.at_once
        ));
    }
    notes.push(format!(
        "The comparison has a run take {}.",
        format::count(workload.inputs.jobs.minutes, "minute", "minutes")
    ));
    let state = workload.inputs.needs.local_state;
    if state {
        notes.push(format!(
            "Its volume of {VOLUME} only fills the place, as does /data."
        ));
    }
    let several = (schedule.at_once > 1).then_some(schedule.at_once);
    let pod = pod(workload, name, &[])
        .with("restartPolicy", "Never")
        .with_some(
            "volumes",
            state.then(|| {
                let claim = map([("claimName", name.into())]);
                [map([
                    ("name", "data".into()),
                    ("persistentVolumeClaim", claim),
                ])]
            }),
        );
    let template = map([("metadata", map([("labels", labels(name))])), ("spec", pod)]);
    let job = empty()
        .with_some("completions", several)
        .with_some("parallelism", several)
        .with("template", template);
    let spec = map([
        ("schedule", schedule.cron.into()),
        ("jobTemplate", map([("spec", job)])),
    ]);
    let object_of_it = object("batch/v1", "CronJob", workload.metadata(name), spec);
    push_document(out, &notes, &object_of_it);
    if state {
        let metadata = map([("name", name.into())]);
        let claim = object("v1", "PersistentVolumeClaim", metadata, claim());
        push_document(out, &[], &claim);
    }
}

/// What is to be said of any workload here.
fn notes(workload: &Workload) -> Vec<String> {
    let mut notes = workload.notes(Pin::Serverless);
    let needs = &workload.inputs.needs;
    match workload.gpu() {
        Gpu::None => {}
        Gpu::Light => notes.push(
            "The comparison counts a GPU for the minutes of GPU jobs alone; here it is held as long as a pod runs.".to_owned(),
        ),
        Gpu::Serving => notes.push(format!(
            "It needs {} GiB of GPU memory: set how many GPUs have as much.",
            format::number(needs.gpu_memory_gib)
        )),
    }
    notes
}

fn labels(name: &str) -> Node {
    map([("app.kubernetes.io/name", name.into())])
}

/// What a claim of a volume says.
fn claim() -> Node {
    let storage = map([("storage", Node::Plain(VOLUME.to_owned()))]);
    map([
        ("accessModes", ["ReadWriteOnce".into()].into()),
        ("resources", map([("requests", storage)])),
    ])
}

/// The pod of a workload, with one container.
fn pod(workload: &Workload, name: &str, raw_ports: &[RawPort]) -> Node {
    let needs = &workload.inputs.needs;
    let [cpu, memory] = parts::quantities(workload.size());
    let has_gpu = workload.gpu() != Gpu::None;
    let limits =
        map([("memory", memory.clone())]).with_some("nvidia.com/gpu", has_gpu.then_some(1));
    let resources = map([
        ("requests", map([("cpu", cpu), ("memory", memory)])),
        ("limits", limits),
    ]);
    let mut ports = Vec::new();
    if workload.kind == WorkloadKind::Service {
        ports.push(map([
            ("name", "http".into()),
            ("containerPort", PORT.into()),
        ]));
    }
    ports.extend(raw_ports.iter().map(|raw| {
        map([
            ("name", raw.protocol.to_lowercase().into()),
            ("containerPort", raw.port.into()),
            ("protocol", raw.protocol.into()),
        ])
    }));
    let privileged = || map([("privileged", true.into())]);
    let mount = || {
        [map([
            ("name", "data".into()),
            ("mountPath", Node::Plain("/data".to_owned())),
        ])]
    };
    let container = map([("name", name.into()), ("image", parts::image(name))])
        .with_some("ports", (!ports.is_empty()).then_some(Node::List(ports)))
        .with_some("securityContext", needs.privileged.then(privileged))
        .with("resources", resources)
        .with_some("volumeMounts", needs.local_state.then(mount));
    let windows = || map([("kubernetes.io/os", "windows".into())]);
    empty()
        .with_some("nodeSelector", needs.windows.then(windows))
        .with("containers", [container])
}
