//! What we assume where nothing is published: every coefficient once, with its range, its likely range and its origin.
//!
//! An assumption is a number that a user may doubt and change. Each shows as "assumed" wherever it enters a bill.

use super::{Field, Kind, Range, Scope, Topic};

/// What pods ask for in the field, beside what they need: measured clusters use 8 to 13 % of their CPU (Cast AI, 2023 to 2025), a
/// fifth of the half that a well-run one uses.
pub const FIELD_PADDING: f64 = 5.0;

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
            startup_spread (St): 2.5, "times the median", (1.0, 20.0), (1.5, 4.0), "Slow starts: 95th percentile of the program's start-up",
                "no vendor publishes one";
            idle_share (Is): 0.9, "share of the time", (0.0, 1.0), (0.5, 1.0),
                "Time without requests that Container Apps bills as idle", "below 0.01 vCPU and 1 kB/s; health checks and \
                background work break it";
            requests_padding (Rp): 1.0, "times", (1.0, 10.0), (1.0, 5.0), "What pods ask for, beside what they need",
                "1 is a well-run cluster, which uses about half of its CPU; measured ones use 8 to 13 %: 5 times";
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
            data_kb_per_request (Dk): 4.0, "kB each way", (0.0, 10_000.0), (1.0, 50.0),
                "Data of each request to and from databases elsewhere", "a few queries and their answers";
            connection_kib (Ck): 64.0, "KiB", (1.0, 10_240.0), (16.0, 256.0), "Memory of an open connection",
                "buffers of socket and TLS and a little state of the program";
            connections_per_vcpu (Cv): 10_000.0, "connections", (10.0, 1e6), (2_000.0, 50_000.0),
                "Open connections that a vCPU holds", "heartbeats and messages; no vendor publishes one";
            run_overhead_s (Ro): 0.0, "s", (0.0, 600.0), (0.0, 60.0), "Billed time of a job's run around its work",
                "pulling the image, starting, stopping; 47 s for 0.4 s of work were reported once";
            idle_vcpu (Iv): 0.01, "vCPU", (0.0, 1.0), (0.002, 0.05), "CPU of an instance without requests",
                "a runtime with health checks and timers";
            registry_gb (Rg): 2.0, "GB", (0.0, 1_000.0), (0.5, 10.0), "Images in the registry", "a few versions of a few images";
            daemonset_vcpu (Dv): 0.3, "vCPU", (0.0, 4.0), (0.25, 0.75), "vCPU of DaemonSets on each node",
                "published ranges of network, proxy, storage, log and metrics agents";
            daemonset_gib (Dg): 0.488_281_25, "GiB", (0.0, 8.0), (0.3, 0.8), "Memory of DaemonSets on each node",
                "500 MiB, as the vCPU";
            gke_agents_vcpu (Gv): 0.45, "vCPU", (0.0, 4.0), (0.3, 0.75), "vCPU of Google's agents on each GKE node",
                "measured on nodes of GKE Standard";
            gke_agents_gib (Gg): 0.64, "GiB", (0.0, 8.0), (0.49, 0.8), "Memory of Google's agents on each GKE node",
                "measured on nodes of GKE Standard";
            add_ons_vcpu (Av): 0.5, "vCPU", (0.0, 16.0), (0.25, 1.0), "vCPU of a cluster's add-ons",
                "DNS, metrics, ingress and autoscaler, once for each cluster";
            add_ons_gib (Ag): 1.0, "GiB", (0.0, 64.0), (0.5, 2.0), "Memory of a cluster's add-ons",
                "DNS, metrics, ingress and autoscaler, once for each cluster";
            monitoring_vcpu (Mv): 0.5, "vCPU", (0.0, 16.0), (0.3, 2.0), "vCPU of monitoring in the cluster",
                "a small Prometheus with its dashboards";
            monitoring_gib (Mg): 2.0, "GiB", (0.0, 64.0), (1.0, 8.0), "Memory of monitoring in the cluster",
                "a small Prometheus with its dashboards";
            monitoring_disk_gb (Md): 20.0, "GB", (0.0, 1_000.0), (10.0, 100.0), "Disk of monitoring in the cluster",
                "two weeks of metrics of a small cluster";
            fly_shared_cpu (Fc): 0.0625, "cores", (0.01, 1.0), (0.0625, 0.25), "Cores that a shared CPU of Fly.io keeps up",
                "a sixteenth of a core (recalled)";

            kubernetes_fixed (Kf): 20.0, "hours per week", (0.0, 200.0), (14.0, 26.0),
                "Article: Kubernetes on own nodes, fixed",
                "fitted to the article: two engineers of five";
            kubernetes_per_engineer (Ke): 2.0, "hours per week", (0.0, 40.0), (1.4, 2.6),
                "Article: Kubernetes on own nodes, for each engineer",
                "fitted to the article: two engineers of five";
            kubernetes_per_service (Ks): 0.4, "hours per week", (0.0, 40.0), (0.28, 0.52),
                "Article: Kubernetes on own nodes, for each service",
                "fitted to the article: two engineers of five";
            fargate_fixed (Ff): 7.0, "hours per week", (0.0, 200.0), (4.9, 9.1),
                "Article: Fargate, fixed",
                "35 % of Kubernetes: the article's 60 to 70 % less upkeep";
            fargate_per_engineer (Fe): 0.7, "hours per week", (0.0, 40.0), (0.49, 0.91),
                "Article: Fargate, for each engineer",
                "35 % of Kubernetes: the article's 60 to 70 % less upkeep";
            fargate_per_service (Fs): 0.14, "hours per week", (0.0, 40.0), (0.098, 0.182),
                "Article: Fargate, for each service",
                "35 % of Kubernetes: the article's 60 to 70 % less upkeep";
            vendor_kubernetes_fixed (Vk): 8.0, "hours per week", (0.0, 200.0), (5.6, 10.4),
                "Vendor: Kubernetes on own nodes, fixed",
                "fitted to AWS's advice to start-ups: 20 to 40 % of an engineer";
            vendor_kubernetes_per_engineer (Vl): 0.6, "hours per week", (0.0, 40.0), (0.42, 0.78),
                "Vendor: Kubernetes on own nodes, for each engineer",
                "fitted to AWS's advice to start-ups: 20 to 40 % of an engineer";
            vendor_kubernetes_per_service (Vm): 0.2, "hours per week", (0.0, 40.0), (0.14, 0.26),
                "Vendor: Kubernetes on own nodes, for each service",
                "fitted to AWS's advice to start-ups: 20 to 40 % of an engineer";
            vendor_fargate_fixed (Vf): 2.0, "hours per week", (0.0, 200.0), (1.4, 2.6),
                "Vendor: Fargate, fixed",
                "AWS's advice to start-ups: ECS is the simpler one";
            vendor_fargate_per_engineer (Vg): 0.2, "hours per week", (0.0, 40.0), (0.14, 0.26),
                "Vendor: Fargate, for each engineer",
                "AWS's advice to start-ups: ECS is the simpler one";
            vendor_fargate_per_service (Vh): 0.1, "hours per week", (0.0, 40.0), (0.07, 0.13),
                "Vendor: Fargate, for each service",
                "AWS's advice to start-ups: ECS is the simpler one";
            practitioner_kubernetes_fixed (Pk): 12.0, "hours per week", (0.0, 200.0), (8.4, 15.6),
                "Practitioner: Kubernetes on own nodes, fixed",
                "fitted to a report of 21 services: half an engineer to two on EKS";
            practitioner_kubernetes_per_engineer (Pl): 1.0, "hours per week", (0.0, 40.0), (0.7, 1.3),
                "Practitioner: Kubernetes on own nodes, for each engineer",
                "fitted to a report of 21 services: half an engineer to two on EKS";
            practitioner_kubernetes_per_service (Pm): 1.0, "hours per week", (0.0, 40.0), (0.7, 1.3),
                "Practitioner: Kubernetes on own nodes, for each service",
                "fitted to a report of 21 services: half an engineer to two on EKS";
            practitioner_fargate_fixed (Pf): 1.5, "hours per week", (0.0, 200.0), (1.05, 1.95),
                "Practitioner: Fargate, fixed",
                "fitted to a report of 21 services: a tenth of an engineer on ECS";
            practitioner_fargate_per_engineer (Pg): 0.1, "hours per week", (0.0, 40.0), (0.07, 0.13),
                "Practitioner: Fargate, for each engineer",
                "fitted to a report of 21 services: a tenth of an engineer on ECS";
            practitioner_fargate_per_service (Ph): 0.08, "hours per week", (0.0, 40.0), (0.056, 0.104),
                "Practitioner: Fargate, for each service",
                "fitted to a report of 21 services: a tenth of an engineer on ECS";
            serverless_fixed (Sf): 1.0, "hours per week", (0.0, 200.0), (0.3, 3.0),
                "Other serverless platforms, fixed",
                "the article's \"essentially zero\"";
            serverless_per_engineer (Se): 0.2, "hours per week", (0.0, 40.0), (0.06, 0.6),
                "Other serverless platforms, for each engineer",
                "the article's \"essentially zero\"";
            serverless_per_service (Ss): 0.1, "hours per week", (0.0, 40.0), (0.03, 0.3),
                "Other serverless platforms, for each service",
                "the article's \"essentially zero\"";
            managed_nodes_share (Mn): 0.6, "share of the fixed hours", (0.0, 1.0), (0.402, 0.804),
                "Kubernetes with managed nodes, beside own nodes",
                "Kubernetes without the work on nodes";
            ecs_nodes_share (En): 0.4, "share of the way", (0.0, 1.0), (0.2, 0.6),
                "ECS on EC2, on the way from Fargate to Kubernetes on own nodes",
                "images, patches and scaling of nodes without Kubernetes on them";
            express_share (Xf): 0.7, "share of the fixed hours", (0.0, 1.0), (0.5, 1.0),
                "ECS Express Mode, beside Fargate",
                "it spares the pipeline and the load balancer";
            joined_per_engineer (Je): 0.5, "hours per week", (0.0, 40.0), (0.25, 1.0),
                "A cluster that others run, for each engineer",
                "what is left when a platform team runs the cluster";
            joined_per_service (Js): 0.4, "hours per week", (0.0, 40.0), (0.2, 0.8),
                "A cluster that others run, for each service",
                "what is left when a platform team runs the cluster";
            fluency_none (F0): 2.5, "times", (0.1, 10.0), (2.0, 3.125),
                "Article: hours with nobody fluent",
                "the article's five engineers learn as they go";
            fluency_one (F1): 1.5, "times", (0.1, 10.0), (1.2, 1.875),
                "Article: hours with one engineer fluent",
                "between none and two";
            fluency_two (F2): 1.0, "times", (0.1, 10.0), (0.8, 1.25),
                "Article: hours with two engineers fluent",
                "the measure";
            fluency_three (F3): 0.5, "times", (0.1, 10.0), (0.4, 0.625),
                "Article: hours with three or more fluent",
                "the article's \"a fraction of that\"";
            vendor_fluency_none (V0): 1.1, "times", (0.1, 10.0), (0.88, 1.375),
                "Vendor: hours with nobody fluent",
                "fitted to AWS's advice to start-ups: 20 to 40 % of an engineer";
            vendor_fluency_one (V1): 1.0, "times", (0.1, 10.0), (0.8, 1.25),
                "Vendor: hours with one engineer fluent",
                "fitted to AWS's advice to start-ups: 20 to 40 % of an engineer";
            vendor_fluency_two (V2): 1.0, "times", (0.1, 10.0), (0.8, 1.25),
                "Vendor: hours with two engineers fluent",
                "fitted to AWS's advice to start-ups: 20 to 40 % of an engineer";
            vendor_fluency_three (V3): 0.8, "times", (0.1, 10.0), (0.64, 1.0),
                "Vendor: hours with three or more fluent",
                "fitted to AWS's advice to start-ups: 20 to 40 % of an engineer";
            practitioner_fluency_none (P0): 1.5, "times", (0.1, 10.0), (1.2, 1.875),
                "Practitioner: hours with nobody fluent",
                "fitted to a report of 21 services: half an engineer to two on EKS";
            practitioner_fluency_one (P1): 1.2, "times", (0.1, 10.0), (0.96, 1.5),
                "Practitioner: hours with one engineer fluent",
                "fitted to a report of 21 services: half an engineer to two on EKS";
            practitioner_fluency_two (P2): 1.0, "times", (0.1, 10.0), (0.8, 1.25),
                "Practitioner: hours with two engineers fluent",
                "fitted to a report of 21 services: half an engineer to two on EKS";
            practitioner_fluency_three (P3): 0.7, "times", (0.1, 10.0), (0.56, 0.875),
                "Practitioner: hours with three or more fluent",
                "fitted to a report of 21 services: half an engineer to two on EKS";
            environment_share (Es): 0.25, "share of the fixed hours", (0.0, 1.0), (0.1, 0.5),
                "A further environment with a cluster of its own", "most of the work is done once for all clusters";
            namespace_share (Nm): 0.05, "share of the fixed hours", (0.0, 1.0), (0.02, 0.15),
                "A further environment as a namespace of the cluster", "access, quotas and network rules";
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
            uncertainty_of_model (Um): 0.1, "share of the total", (0.0, 1.0), (0.02, 0.15),
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
