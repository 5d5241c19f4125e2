//! What we assume where nothing is published: every coefficient once, with its range, its likely range and its origin.
//!
//! An assumption is a number that a user may doubt and change. Each shows as "assumed" wherever it enters a bill.

use super::{Field, Kind, Range, Scope, Topic};

/// Calls `$with!` with the list of all assumptions: `name (short name in links): value, unit, allowed range, likely range,
/// label, origin;`.
macro_rules! all_assumptions {
    ($with:ident) => {
        $with! {
            target_cpu (Tc): 0.7, "share of CPU", (0.1, 0.95), (0.5, 0.8), "CPU at which a replica is held",
                "the target that most HPA and ECS examples have";
            target_concurrency (Tn): 0.7, "share of concurrency", (0.1, 0.95), (0.5, 0.8),
                "Concurrency at which a replica is held", "as the CPU target";
            headroom (Hr): 0.0, "share of the load", (0.0, 4.0), (0.0, 0.3), "Headroom above the load",
                "an autoscaler's target leaves room already";
            startup_spread (St): 2.5, "times the median", (1.0, 20.0), (1.5, 4.0), "Slow starts: 95th percentile of the start-up",
                "no vendor publishes one";
            idle_share (Is): 0.9, "share of the time", (0.0, 1.0), (0.5, 1.0),
                "Time without requests that Container Apps bills as idle", "below 0.01 vCPU and 1 kB/s; health checks and \
                background work break it";
            requests_padding (Rp): 1.0, "times", (1.0, 10.0), (1.0, 3.0), "What pods ask for, beside what they need",
                "1 is a well-run cluster; measured ones ask for several times what they use";
            sidecar_vcpu (Sv): 0.1, "vCPU", (0.0, 4.0), (0.05, 0.5), "vCPU of a mesh's sidecar in each pod",
                "the request of a usual Istio proxy (recalled)";
            sidecar_gib (Sg): 0.125, "GiB", (0.0, 8.0), (0.06, 0.5), "Memory of a mesh's sidecar in each pod",
                "the request of a usual Istio proxy (recalled)";
            zones (Zo): 2.0, "zones", (1.0, 3.0), (2.0, 3.0), "Zones that production is spread over",
                "two keep one failing zone from taking everything down";
            log_kb_per_request (Lr): 1.0, "kB", (0.0, 100.0), (0.3, 3.0), "Logs for each request", "one line of an access log";
            log_gb_per_instance_month (Li): 0.2, "GB", (0.0, 100.0), (0.05, 1.0), "Logs of an instance in a month",
                "start-up, health checks, what a runtime has to say";
            requests_per_connection (Rc): 10.0, "requests", (1.0, 1_000.0), (2.0, 100.0),
                "Requests that share a connection", "browsers and SDKs keep connections open";
            nat_kb_per_request (Nr): 1.0, "kB", (0.0, 10_000.0), (0.1, 10.0), "Data through NAT for each request",
                "calls to services outside";
            registry_gb (Rg): 2.0, "GB", (0.0, 1_000.0), (0.5, 10.0), "Images in the registry", "a few versions of a few images";
            daemonset_vcpu (Dv): 0.3, "vCPU", (0.0, 4.0), (0.25, 0.75), "vCPU of DaemonSets on each node",
                "published ranges of network, proxy, storage, log and metrics agents";
            daemonset_gib (Dg): 0.488_281_25, "GiB", (0.0, 8.0), (0.3, 0.8), "Memory of DaemonSets on each node",
                "500 MiB, as the vCPU";
            monitoring_vcpu (Mv): 0.5, "vCPU", (0.0, 16.0), (0.3, 2.0), "vCPU of monitoring in the cluster",
                "a small Prometheus with its dashboards";
            monitoring_gib (Mg): 2.0, "GiB", (0.0, 64.0), (1.0, 8.0), "Memory of monitoring in the cluster",
                "a small Prometheus with its dashboards";
            monitoring_disk_gb (Md): 20.0, "GB", (0.0, 1_000.0), (10.0, 100.0), "Disk of monitoring in the cluster",
                "two weeks of metrics of a small cluster";
            fly_shared_cpu (Fc): 0.0625, "cores", (0.01, 1.0), (0.0625, 0.25), "Cores that a shared CPU of Fly.io keeps up",
                "a sixteenth of a core (recalled)";

            kubernetes_fixed (Kf): 20.0, "hours per week", (0.0, 200.0), (10.0, 32.0), "Kubernetes on own nodes, fixed",
                "calibrated on the article: two engineers of five";
            managed_kubernetes_fixed (Mf): 12.0, "hours per week", (0.0, 200.0), (6.0, 19.2),
                "Kubernetes with managed nodes, fixed", "Kubernetes without the work on nodes";
            kubernetes_per_engineer (Ke): 2.0, "hours per week", (0.0, 40.0), (1.0, 3.2), "Kubernetes, for each engineer",
                "calibrated on the article: two engineers of five";
            kubernetes_per_service (Ks): 0.4, "hours per week", (0.0, 40.0), (0.2, 0.64), "Kubernetes, for each service",
                "calibrated on the article: two engineers of five";
            joined_per_engineer (Je): 0.5, "hours per week", (0.0, 40.0), (0.25, 1.0),
                "A cluster that others run, for each engineer", "what is left when a platform team runs the cluster";
            joined_per_service (Js): 0.4, "hours per week", (0.0, 40.0), (0.2, 0.8),
                "A cluster that others run, for each service", "what is left when a platform team runs the cluster";
            fargate_fixed (Ff): 7.0, "hours per week", (0.0, 200.0), (3.5, 11.2), "Fargate, fixed",
                "35 % of Kubernetes: the article's 60 to 70 % less upkeep";
            fargate_per_engineer (Fe): 0.7, "hours per week", (0.0, 40.0), (0.35, 1.12), "Fargate, for each engineer",
                "35 % of Kubernetes: the article's 60 to 70 % less upkeep";
            fargate_per_service (Fs): 0.14, "hours per week", (0.0, 40.0), (0.07, 0.224), "Fargate, for each service",
                "35 % of Kubernetes: the article's 60 to 70 % less upkeep";
            container_apps_fixed (Cf): 4.0, "hours per week", (0.0, 200.0), (2.0, 8.0), "Container Apps, fixed",
                "between Fargate and Cloud Run";
            container_apps_per_engineer (Ce): 0.5, "hours per week", (0.0, 40.0), (0.25, 1.0),
                "Container Apps, for each engineer", "between Fargate and Cloud Run";
            container_apps_per_service (Cs): 0.12, "hours per week", (0.0, 40.0), (0.06, 0.24),
                "Container Apps, for each service", "between Fargate and Cloud Run";
            serverless_fixed (Sf): 1.0, "hours per week", (0.0, 200.0), (0.3, 3.0), "Other serverless platforms, fixed",
                "the article's \"essentially zero\"";
            serverless_per_engineer (Se): 0.2, "hours per week", (0.0, 40.0), (0.06, 0.6),
                "Other serverless platforms, for each engineer", "the article's \"essentially zero\"";
            serverless_per_service (Ss): 0.1, "hours per week", (0.0, 40.0), (0.03, 0.3),
                "Other serverless platforms, for each service", "the article's \"essentially zero\"";
            fluency_none (F0): 2.5, "times", (0.1, 10.0), (1.5, 4.0), "Hours with nobody fluent in Kubernetes",
                "the article's five engineers learn as they go";
            fluency_one (F1): 1.5, "times", (0.1, 10.0), (1.2, 2.0), "Hours with one engineer fluent", "between none and two";
            fluency_two (F2): 1.0, "times", (0.1, 10.0), (0.8, 1.2), "Hours with two engineers fluent", "the measure";
            fluency_three (F3): 0.5, "times", (0.1, 10.0), (0.3, 0.8), "Hours with three or more fluent",
                "the article's \"a fraction of that\"";
            environment_share (Es): 0.25, "share of the fixed hours", (0.0, 1.0), (0.1, 0.5),
                "A further environment with a cluster of its own", "most of the work is done once for all clusters";
            on_call_share (Oc): 0.10, "share of the hours", (0.0, 1.0), (0.05, 0.3), "On call outside office hours",
                "no survey was found";
            hours_per_engineer (He): 40.0, "hours per week", (10.0, 80.0), (35.0, 40.0), "Working week of an engineer",
                "a full working week";
            move_weeks (Mw): 2.0, "engineer-weeks", (0.0, 104.0), (1.0, 6.0), "Moving to another platform, fixed",
                "pipelines, access, a first service";
            move_weeks_per_service (Ms): 1.0, "engineer-weeks", (0.0, 52.0), (0.3, 3.0),
                "Moving to another platform, for each service", "no survey was found";
            move_overlap_months (Mo): 1.0, "months", (0.0, 12.0), (0.5, 3.0), "Both platforms run while services move",
                "no survey was found";
            setup_weeks_kubernetes (Wk): 6.0, "engineer-weeks", (0.0, 104.0), (3.0, 16.0), "First set-up of Kubernetes",
                "no survey was found";
            setup_weeks_serverless (Ws): 1.0, "engineer-weeks", (0.0, 104.0), (0.3, 3.0),
                "First set-up of a serverless platform", "no survey was found";
            efficiency_gain (Eg): 0.30, "share of compute", (0.01, 0.9), (0.1, 0.4), "What Kubernetes saves of compute",
                "the article's 30 %";
            uncertainty_of_assumed (Ua): 0.3, "share of the amount", (0.0, 1.0), (0.1, 0.5),
                "How far an assumed line may be off", "the width of the likely ranges above";
            uncertainty_of_model (Um): 0.05, "share of the total", (0.0, 1.0), (0.02, 0.15),
                "How far apart two totals must be to differ", "routing and rounding that vendors don't publish";
        }
    };
}

/// An assumption as an input, and what is known of it.
#[derive(Clone, Copy, Debug)]
pub struct Assumption {
    /// Its path, label, allowed range and access.
    pub field: Field,
    /// Its value unless the user changes it.
    pub default: f64,
    /// Between which values it probably lies.
    pub likely: (f64, f64),
    /// Where its value comes from.
    pub origin: &'static str,
}

macro_rules! as_table {
    ($($name:ident ($link:ident): $value:literal, $unit:literal, $allowed:expr, $likely:expr, $label:literal, $origin:literal;)*) => {
        /// Coefficients that stand in for facts nobody publishes.
        #[derive(Clone, Debug, PartialEq)]
        pub struct Assumptions {
            $(
                #[doc = concat!($label, ", ", $unit, ". Origin: ", $origin, ".")]
                pub $name: f64
            ),*
        }

        impl Default for Assumptions {
            fn default() -> Self {
                Self { $($name: $value),* }
            }
        }

        /// Every assumption.
        pub static ASSUMPTIONS: &[Assumption] = &[
            $(Assumption {
                field: Field {
                    path: concat!("assumptions.", stringify!($name)),
                    label: $label,
                    kind: Kind::Number {
                        range: Range::linear($allowed.0, $allowed.1, $unit),
                        get: |i| i.assumptions.$name,
                        set: |i, x| i.assumptions.$name = x,
                    },
                    topic: Topic::Assumed,
                    scope: Scope::System,
                    links: [concat!("a.", stringify!($name)), stringify!($link)],
                },
                default: $value,
                likely: $likely,
                origin: $origin,
            }),*
        ];
    };
}
all_assumptions!(as_table);
