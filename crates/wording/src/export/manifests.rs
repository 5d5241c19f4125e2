//! First manifests for the chosen platform: what a scenario says of each workload as objects of Kubernetes or of Cloud Run, to
//! start from.
//!
//! What the scenario doesn't know, such as images and ports, is filled in and told in comments. Sizes are written so that they
//! come to the very same again where the manifests are read.

mod cloud_run;
mod kubernetes;
mod parts;
mod yaml;

use plimsoll_model::{
    inputs::{Gpu, Inputs},
    platform::Platform,
};

/// Whose manifests they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Any cluster of Kubernetes.
    Kubernetes,
    /// Cloud Run.
    CloudRun,
}

impl Target {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Kubernetes, Self::CloudRun];

    /// Its name in words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kubernetes => "Kubernetes",
            Self::CloudRun => "Cloud Run",
        }
    }

    /// Whose manifests suit a platform; none where it takes others.
    pub const fn of(platform: Platform) -> Option<Self> {
        match platform {
            Platform::CloudRun => Some(Self::CloudRun),
            Platform::Eks
            | Platform::EksAuto
            | Platform::EksFargate
            | Platform::Gke
            | Platform::GkeAutopilot
            | Platform::Aks
            | Platform::AksAutomatic => Some(Self::Kubernetes),
            Platform::Fargate
            | Platform::EcsExpress
            | Platform::AppRunner
            | Platform::ContainerApps
            | Platform::Fly
            | Platform::Railway
            | Platform::Render
            | Platform::EcsEc2
            | Platform::EcsManaged => None,
        }
    }
}

/// The manifests of all workloads of a scenario, those of its list or else those that its inputs come to, as documents of YAML.
pub fn manifests(inputs: &Inputs, target: Target) -> String {
    let workloads = parts::workloads(inputs);
    let mut out = String::new();
    yaml::push_comments(&mut out, &head(inputs, target, workloads.is_empty()));
    for workload in &workloads {
        match target {
            Target::Kubernetes => kubernetes::push(&mut out, workload),
            Target::CloudRun => cloud_run::push(&mut out, workload),
        }
    }
    out
}

/// What is to be said of the file as a whole.
fn head(inputs: &Inputs, target: Target, is_empty: bool) -> Vec<String> {
    let mut notes = vec![
        format!(
            "First manifests for {}, made by Plimsoll from a scenario: a start, and no finished configuration.",
            target.name()
        ),
        "Check what is filled in without knowing it: images (example.com/…:tag), ports, schedules, and whatever comments say.".to_owned(),
        "Add what is not here: probes, environment variables, secrets, permissions, networks.".to_owned(),
    ];
    if is_empty {
        notes.push("The scenario has no workload: no requests, no workers, no jobs.".to_owned());
        return notes;
    }
    let of_target = match target {
        Target::Kubernetes => kubernetes::NOTES,
        Target::CloudRun => cloud_run::NOTES,
    };
    notes.extend(of_target.map(str::to_owned));
    if !inputs.environments.is_empty() {
        notes.push(
            "They are of production; the scenario's other environments need some of their own."
                .to_owned(),
        );
    }
    if inputs.workloads.is_empty() && inputs.needs.gpu != Gpu::None {
        notes.push(
            "The scenario needs GPUs and does not say which workload does: they are not here."
                .to_owned(),
        );
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_managed_kubernetes_takes_those_of_kubernetes() {
        let of = |target| {
            let all = Platform::ALL.into_iter();
            all.filter(move |platform| Target::of(*platform) == target)
                .count()
        };
        assert_eq!(of(Some(Target::Kubernetes)), 7);
        assert_eq!(of(Some(Target::CloudRun)), 1);
    }

    #[test]
    fn without_a_list_the_inputs_come_to_their_workloads() {
        let mut inputs = Inputs {
            services: 2,
            ..Inputs::default()
        };
        inputs.workers.count = 3;
        inputs.jobs.runs_per_month = 30.0;
        let count = |text: &str, what: &str| text.lines().filter(|line| *line == what).count();
        let text = manifests(&inputs, Target::Kubernetes);
        assert_eq!(count(&text, "kind: Deployment"), 3);
        assert_eq!(count(&text, "kind: Service"), 2);
        assert_eq!(count(&text, "kind: CronJob"), 1);
        assert_eq!(count(&text, "  name: service-2"), 2);
        let text = manifests(&inputs, Target::CloudRun);
        assert_eq!(count(&text, "kind: Service"), 2);
        assert_eq!(count(&text, "kind: WorkerPool"), 1);
        assert_eq!(count(&text, "kind: Job"), 1);
        inputs.http.requests_per_month = 0.0;
        inputs.workers.count = 0;
        inputs.jobs.runs_per_month = 0.0;
        let text = manifests(&inputs, Target::Kubernetes);
        assert!(
            text.contains("no workload") && !text.contains("---"),
            "{text}"
        );
    }
}
