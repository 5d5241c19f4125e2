//! The table of inputs. A row is an input: its place in [`Inputs`], its default, and what everything else has to know of it.
//!
//! Structs, defaults, [`FIELDS`] and the handles in [`at`] are made of it; controls, scenario files, links, exports, flips and
//! the schema follow. A row is
//!
//! ```text
//! name: type = default => (kind(range), "label", topic, scope, ["name in links", "short name in links"]);
//! ```
//!
//! where the kind is `number`, `count`, `optional` (a number that may be left open, under a word or as `null`), `flag`,
//! `choice` of an enum, `maybe` one of an enum (with the choices: none, then each), or `set` of options. Where its name in files is
//! not the way to it, `at "name in files"` stands first in the parentheses. A group is `name: Type => { rows };`, a list without a control `name: type => ();`, and a
//! table that is made elsewhere `name: Type => [fields];`. Rows stand in the order of the page. A name in links is never
//! taken away and never given to another input: links open for ever.

use super::{
    Assumptions, Between, Calibration, Clouds, Commitment, Credits, Discounts, Environment, Field,
    Gpu, Isolation, Kind, Range, Scope, Shape, Topic, Workloads, credits, discounts,
};
use crate::{
    attestation::{self, Attestation},
    platform::{self, Platform},
    prices::OwnPrice,
    region::Region,
    units::HOURS_PER_MONTH,
    vendor::{self, Vendor},
};

const VCPU: Range = Range::log(0.08, 32.0, "vCPU");
const MEMORY: Range = Range::log(0.125, 244.0, "GiB");
const SHARE: Range = Range::linear(0.0, 1.0, "");
const OPS_HOURS: Range = Range::linear(0.0, 8_000.0, "hours per week");

/// The default that a row says, or that of its type.
macro_rules! default {
    ($ty:ty) => {
        <$ty>::default()
    };
    ($ty:ty, $default:expr) => {
        $default
    };
}

/// The struct of a group and those of the groups in it.
macro_rules! structs {
    ($(#[$doc:meta])* $ty:ident ($($spec:tt)*)) => {};
    ($(#[$doc:meta])* $ty:ident [$fields:expr]) => {};
    ($(#[$doc:meta])* $ty:ident {$(
        $(#[$of:meta])*
        $name:ident: $inner:ident $(<$arg:ident>)? $(= $default:expr)? => $spec:tt;
    )*}) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $ty {
            $($(#[$of])* pub $name: $inner $(<$arg>)?),*
        }

        impl Default for $ty {
            fn default() -> Self {
                Self { $($name: default!($inner $(<$arg>)? $(, $default)?)),* }
            }
        }

        $(structs! { $(#[$of])* $inner $spec })*
    };
}

/// How an input is read and written, by the way that leads to it.
macro_rules! kind {
    (number($range:expr) $($at:ident).+) => {
        Kind::Number { range: $range, get: |i| i.$($at).+, set: |i, x| i.$($at).+ = x }
    };
    (count($range:expr) $($at:ident).+) => {
        Kind::Number { range: $range.whole(), get: |i| f64::from(i.$($at).+), set: |i, x| i.$($at).+ = x as u32 }
    };
    (optional($range:expr) $($at:ident).+) => {
        Kind::Optional { open: None, range: $range, get: |i| i.$($at).+, set: |i, x| i.$($at).+ = x }
    };
    (optional($range:expr, $open:literal) $($at:ident).+) => {
        Kind::Optional { open: Some($open), range: $range, get: |i| i.$($at).+, set: |i, x| i.$($at).+ = x }
    };
    (optional_count($range:expr, $open:literal) $($at:ident).+) => {
        Kind::Optional {
            open: Some($open),
            range: $range.whole(),
            get: |i| i.$($at).+.map(f64::from),
            set: |i, x| i.$($at).+ = x.map(|x| x as u32),
        }
    };
    (flag $($at:ident).+) => {
        Kind::Flag { get: |i| i.$($at).+, set: |i, x| i.$($at).+ = x }
    };
    (choice($ty:ident) $($at:ident).+) => {
        Kind::Choice {
            options: &$ty::OPTIONS,
            get: |i| i.$($at).+ as usize,
            set: |i, n| i.$($at).+ = $ty::ALL[n],
        }
    };
    (set($ty:ident) $($at:ident).+) => {
        Kind::Set {
            options: &$ty::OPTIONS,
            get: |i| i.$($at).+.bits(),
            set: |i, bits| i.$($at).+ = $ty::of(bits),
        }
    };
    (maybe($ty:ident, $choices:expr) $($at:ident).+) => {
        Kind::Choice {
            options: &$choices,
            get: |i| i.$($at).+.map_or(0, |one| one as usize + 1),
            set: |i, n| i.$($at).+ = n.checked_sub(1).map(|n| $ty::ALL[n]),
        }
    };
}

/// The name in files of what a way leads to: `http.latency_ms`.
macro_rules! path {
    ($first:ident $(. $next:ident)*) => {
        concat!(stringify!($first) $(, ".", stringify!($next))*)
    };
}

/// A handle for each input, in a module for each group.
macro_rules! handles {
    ([$($at:ident)*] $name:ident ()) => {};
    ([$($at:ident)*] $name:ident [$fields:expr]) => {};
    ([$($at:ident)*] $name:ident
        ($kind:ident $(($($args:tt)*))?, $label:literal, $topic:ident, $scope:ident, $links:expr)) => {
        handles! {
            [$($at)*] $name
            (at path!($($at.)* $name), $kind $(($($args)*))?, $label, $topic, $scope, $links)
        }
    };
    ([$($at:ident)*] $name:ident
        (at $path:expr, $kind:ident $(($($args:tt)*))?, $label:literal, $topic:ident, $scope:ident, $links:expr)) => {
        #[doc = $label]
        pub const $name: &Field = &Field {
            path: $path,
            label: $label,
            kind: kind!($kind $(($($args)*))? $($at.)* $name),
            topic: Topic::$topic,
            scope: Scope::$scope,
            links: $links,
        };
    };
    (@in [$($at:ident)*] $group:ident, $name:ident $spec:tt) => {
        handles! { [$($at)* $group] $name $spec }
    };
    ($at:tt $name:ident {$(
        $(#[$of:meta])*
        $inner:ident: $ty:ident $(<$arg:ident>)? $(= $default:expr)? => $spec:tt;
    )*}) => {
        #[doc = concat!("Below `", stringify!($name), "`.")]
        pub mod $name {
            #[allow(unused_imports, reason = "each group has inputs of other kinds")]
            use super::*;
            $(handles! { @in $at $name, $inner $spec })*
        }
    };
}

/// The fields of a part of the table, by their handles.
macro_rules! fields {
    ([$($at:ident)*] $name:ident ()) => { &[] };
    ([$($at:ident)*] $name:ident [$fields:expr]) => { &$fields };
    ([$($at:ident)*] $name:ident ($($spec:tt)*)) => { &[*at::$($at::)* $name] };
    (@in [$($at:ident)*] $group:ident, $name:ident $spec:tt) => {
        fields!([$($at)* $group] $name $spec)
    };
    ($at:tt $name:ident {$(
        $(#[$of:meta])*
        $inner:ident: $ty:ident $(<$arg:ident>)? $(= $default:expr)? => $spec:tt;
    )*}) => {{
        const PARTS: &[&[Field]] = &[$(fields!(@in $at $name, $inner $spec)),*];
        const ALL: [Field; count(PARTS)] = joined(PARTS);
        &ALL
    }};
}

/// How many fields the parts have.
const fn count(parts: &[&[Field]]) -> usize {
    let (mut fields, mut part) = (0, 0);
    while part < parts.len() {
        fields += parts[part].len();
        part += 1;
    }
    fields
}

/// The fields of all parts.
const fn joined<const N: usize>(parts: &[&[Field]]) -> [Field; N] {
    let mut all = [*at::region; N];
    let (mut place, mut part) = (0, 0);
    while part < parts.len() {
        let mut n = 0;
        while n < parts[part].len() {
            all[place] = parts[part][n];
            place += 1;
            n += 1;
        }
        part += 1;
    }
    all
}

macro_rules! inputs {
    ($(
        $(#[$of:meta])*
        $name:ident: $ty:ident $(<$arg:ident>)? $(= $default:expr)? => $spec:tt;
    )*) => {
        structs! {
            /// Everything the user sets.
            Inputs {$($(#[$of])* $name: $ty $(<$arg>)? $(= $default)? => $spec;)*}
        }

        /// A handle for each input, by its path: `at::http::latency_ms`.
        #[expect(non_upper_case_globals, reason = "they are named as the inputs are")]
        pub mod at {
            use super::*;
            $(handles! { [] $name $spec })*
        }

        const PARTS: &[&[Field]] = &[$(fields!([] $name $spec)),*];
        const ALL: [Field; count(PARTS)] = joined(PARTS);

        /// Every input, in the order of the page.
        pub static FIELDS: &[Field] = &ALL;
    };
}

inputs! {
    /// The clouds that may be used; what runs elsewhere is compared apart.
    clouds: Clouds = Clouds::ALL =>
        (set(Clouds), "Clouds that may be used", Where, System, ["clouds", "cu"]);
    /// The cloud where databases and queues are, if it is one.
    data_on: Option<Vendor> = None =>
        (maybe(Vendor, vendor::CHOICES), "Your data is on", Where, System, ["data_on", "do"]);
    /// The platform that the team is on today, if any.
    already_on: Option<Platform> = None =>
        (maybe(Platform, platform::CHOICES), "It runs today on", Where, System, ["already_on", "ao"]);
    /// Within how many months a move from there has to pay back: else the answer is to stay.
    payback_months: f64 = 24.0 =>
        (number(Range::log(1.0, 120.0, "months").whole()), "A move pays back within", Where, System, ["payback", "pb"]);
    /// Where.
    region: Region = Region::Us =>
        (choice(Region), "Region", Buying, System, ["region", "rg"]);
    /// HTTP traffic, all services together.
    http: Http => {
        /// Requests in a month, all services together.
        requests_per_month: f64 = 1e7 =>
            (number(Range::log(1e3, 1e10, "requests").or_zero()), "Requests a month", Traffic, Workload, ["requests", "rq"]);
        /// Mean wall time of one warm request, ms.
        latency_ms: f64 = 50.0 =>
            (number(Range::log(1.0, 3_600_000.0, "ms")), "Latency", Traffic, Workload, ["latency", "la"]);
        /// CPU time of one request, ms; at most `latency_ms` × vCPU.
        cpu_ms: f64 = 20.0 =>
            (number(Range::log(0.1, 115_200_000.0, "ms").down_to_zero()), "CPU per request", Traffic, Workload, ["cpu", "cp"]);
        /// Requests that one instance works on at once, at most.
        concurrency: u32 = 80 =>
            (count(Range::log(1.0, 1_000.0, "requests")), "Concurrency per instance", Traffic, Workload, ["concurrency", "cc"]);
        /// Size of a response, kB (1,000 bytes).
        response_kb: f64 = 10.0 =>
            (number(Range::log(0.1, 10_000.0, "kB").down_to_zero()), "Response size", Traffic, Workload, ["response", "rs"]);
    };
    /// By how many per cent requests change from month to month: for what the coming years cost, not for a month's bill.
    growth_percent_per_month: f64 = 0.0 =>
        (number(Range::linear(-20.0, 50.0, "% a month")), "Growth of requests", Traffic, System, ["growth", "gw"]);
    /// When requests come.
    traffic: Traffic => {
        /// The shape of a week.
        shape: Shape = Shape::Steady =>
            (choice(Shape), "Shape of the week", Spikes, Workload, ["shape", "sh"]);
        /// Relative load of each of 168 hours, Monday 00:00 first; empty where there is none.
        grid: Vec<f64> = Vec::new() => ();
        /// Squared coefficient of variation of the gaps between requests: 1 is random, more is in bursts.
        cv2: f64 = 4.0 =>
            (number(Range::log(1.0, 100.0, "")), "Burstiness (1 is random)", Spikes, Workload, ["burst", "bu"]);
    };
    /// The size of one instance, task or pod.
    instance: Instance => {
        /// vCPU of one instance.
        vcpu: f64 = 1.0 =>
            (number(VCPU), "vCPU per instance", Runs, Workload, ["vcpu", "vc"]);
        /// Memory of one instance, GiB.
        memory_gib: f64 = 1.0 =>
            (number(MEMORY), "Memory per instance", Runs, Workload, ["memory", "me"]);
        /// Median time that the program itself takes until it answers, s; the platform's own start-up comes on top.
        startup_s: f64 = 1.0 =>
            (number(Range::log(0.01, 600.0, "s").down_to_zero()), "Start-up of your program", Spikes, Workload, ["startup", "su"]);
    };
    /// Instances of each service that are always there, on every platform. Where it is left open: as few as the needs allow
    /// where a platform scales to zero, else two.
    min_instances: Option<u32> = None =>
        (optional_count(Range::linear(0.0, 1_000.0, "instances").whole(), "auto"), "Instances kept warm", Spikes, Workload, ["min_instances", "mi"]);
    /// What 99 of 100 requests may take, ms, waiting for an instance included.
    slo_ms: Option<f64> = None =>
        (optional(Range::log(1.0, 600_000.0, "ms")), "99 % of requests within", Spikes, Workload, ["slo", "sl"]);
    /// Services; the requests are split evenly over them, each has its own instances.
    services: u32 = 1 =>
        (count(Range::linear(1.0, 200.0, "services")), "Services", Runs, Workload, ["services", "sv"]);
    /// Background workers that run without requests.
    workers: Workers => {
        /// How many.
        count: u32 = 0 =>
            (count(Range::linear(0.0, 1_000.0, "workers")), "Workers", Runs, Workload, ["workers", "wk"]);
        /// vCPU of one.
        vcpu: f64 = 0.5 =>
            (number(VCPU), "vCPU per worker", Runs, Workload, ["worker.vcpu", "wv"]);
        /// Memory of one, GiB.
        memory_gib: f64 = 1.0 =>
            (number(MEMORY), "Memory per worker", Runs, Workload, ["worker.memory", "wm"]);
        /// Hours in a month that each runs.
        hours_per_month: f64 = HOURS_PER_MONTH =>
            (number(Range::linear(0.0, HOURS_PER_MONTH, "hours")), "Hours per worker and month", Runs, Workload, ["worker.hours", "wh"]);
    };
    /// Jobs that run to completion.
    jobs: Jobs => {
        /// Runs in a month, all jobs together.
        runs_per_month: f64 = 0.0 =>
            (number(Range::log(1.0, 1e6, "runs").down_to_zero()), "Job runs per month", Runs, Workload, ["jobs", "jr"]);
        /// Minutes that one run takes.
        minutes: f64 = 15.0 =>
            (number(Range::log(0.1, 10_080.0, "minutes")), "Minutes per run", Runs, Workload, ["job.minutes", "jm"]);
        /// vCPU of one run.
        vcpu: f64 = 1.0 =>
            (number(VCPU), "vCPU per run", Runs, Workload, ["job.vcpu", "jv"]);
        /// Memory of one run, GiB.
        memory_gib: f64 = 2.0 =>
            (number(MEMORY), "Memory per run", Runs, Workload, ["job.memory", "jg"]);
    };
    /// Environments beside production.
    environments: Vec<Environment> = Vec::new() => ();
    /// How the cluster is run.
    cluster: Cluster => {
        /// vCPU of a node; the cheapest size where it is left open.
        node_vcpu: Option<f64> = None =>
            (optional(Range::log(2.0, 96.0, "vCPU"), "auto"), "vCPU of a cluster's node", Counted, System, ["node.vcpu", "nv"]);
        /// Nodes that are kept beside those that the pods need.
        spare_nodes: u32 = 0 =>
            (count(Range::linear(0.0, 100.0, "nodes")), "Spare nodes of a cluster", Counted, System, ["spare_nodes", "sn"]);
        /// Share of the vCPU of its nodes that pods ask for, where a cluster of today is less than full; as full as pods can be
        /// packed where it is left open.
        utilisation: Option<f64> = None =>
            (optional(Range::linear(0.05, 1.0, "share"), "packed"), "Share of nodes that pods ask for", Counted, System, ["utilisation", "uz"]);
        /// Months for which the nodes of today's cluster are paid whatever runs on them: until then a split frees nothing of them.
        paid_months: f64 = 0.0 =>
            (number(Range::linear(0.0, 36.0, "months")), "Months that its nodes are paid for", Counted, System, ["paid_months", "pz"]);
        /// Nodes come and go with the load; else the busiest hour sets their number.
        consolidation: bool = true =>
            (flag, "Nodes come and go with the load", Counted, System, ["consolidation", "cd"]);
        /// Environments beside production are namespaces of its cluster; else each has a cluster of its own.
        namespaces: bool = false =>
            (flag, "Other environments are namespaces of one cluster", Counted, System, ["namespaces", "ns"]);
        /// The version of Kubernetes is past its standard support: extended support on EKS, long-term support on AKS.
        extended_support: bool = false =>
            (flag, "Kubernetes version in extended support", Counted, System, ["extended_support", "xs"]);
    };
    /// How capacity is bought.
    buy: Buy => {
        /// For how long in advance.
        commitment: Commitment = Commitment::None =>
            (choice(Commitment), "Commitment", Buying, System, ["commitment", "cm"]);
        /// Share of the compute that the commitment covers, 0 to 1.
        coverage: f64 = 0.7 =>
            (number(SHARE), "Share of compute under the commitment", Buying, System, ["coverage", "cv"]);
        /// Share of the compute on interruptible capacity, 0 to 1.
        spot: f64 = 0.0 =>
            (number(SHARE), "Share of compute on interruptible capacity", Buying, System, ["spot", "sp"]);
        /// Arm processors, where the platform sells them.
        arm: bool = false =>
            (flag, "Arm processors", Buying, System, ["arm", "ar"]);
        /// Discounts of one's own contract.
        discount_percent: Discounts => [discounts::FIELDS];
    };
    /// What vendors have given.
    credits: Credits => [credits::FIELDS];
    /// The people.
    team: Team => {
        /// Engineers in the team.
        engineers: u32 = 5 =>
            (count(Range::linear(1.0, 200.0, "engineers")), "Engineers", People, System, ["engineers", "en"]);
        /// Of these, fluent in operating Kubernetes.
        fluent: u32 = 0 =>
            (count(Range::linear(0.0, 200.0, "engineers")), "Fluent in Kubernetes", People, System, ["fluent", "fl"]);
        /// Fully-loaded cost of one hour, USD.
        rate_usd_per_hour: f64 = 106.0 =>
            (number(Range::linear(10.0, 500.0, "USD per hour")), "Engineer, USD an hour", People, System, ["rate", "rt"]);
        /// Tracked hours a week, `None` where nobody has tracked them.
        ops_hours_per_week: OpsHours => {
            /// On Kubernetes.
            kubernetes: Option<f64> = None =>
                (optional(OPS_HOURS), "Kubernetes, hours a week", People, System, ["ops.kubernetes", "ok"]);
            /// On a serverless platform.
            serverless: Option<f64> = None =>
                (optional(OPS_HOURS), "Serverless, hours a week", People, System, ["ops.serverless", "os"]);
        };
        /// A platform team supports this team.
        platform_team: bool = false =>
            (flag, "A platform team supports us", People, System, ["platform_team", "pt"]);
        /// Its hours are on somebody else's budget, on every platform alike.
        platform_team_paid_by_others: bool = false =>
            (flag, "The platform team is paid by others", People, System, ["platform_team_paid", "pp"]);
        /// A cluster exists that a platform team runs and that this workload can join.
        existing_cluster: bool = false =>
            (flag, "A cluster exists that we can join", People, System, ["existing_cluster", "ec"]);
        /// Somebody is on call outside office hours.
        on_call: bool = false =>
            (flag, "On call outside office hours", People, System, ["on_call", "oc"]);
    };
    /// How engineering time is estimated.
    people: People => {
        /// Whose figures the estimate is fitted to.
        calibration: Calibration = Calibration::Middle =>
            (choice(Calibration), "Hours estimated by", People, System, ["calibration", "cl"]);
    };
    /// What the bill takes in.
    options: Options => {
        /// Apply the vendors' free tiers.
        free_tier: bool = true =>
            (flag, "Apply free tiers", Buying, System, ["free_tier", "ft"]);
    };
    /// What the workload must have.
    needs: Needs => {
        /// Graphics processors.
        gpu: Gpu = Gpu::None =>
            (choice(Gpu), "GPUs", Needs, Workload, ["gpu", "gp"]);
        /// Nodes of the pool that serves models.
        gpu_nodes: u32 = 2 =>
            (count(Range::linear(1.0, 100.0, "nodes")), "Nodes of the GPU pool", Needs, Workload, ["gpu_nodes", "gn"]);
        /// GPU memory that the model needs, on all GPUs of one node together, GiB.
        gpu_memory_gib: f64 = 16.0 =>
            (number(Range::log(1.0, 640.0, "GiB")), "GPU memory that the model needs", Needs, Workload, ["gpu_memory", "gm"]);
        /// Minutes that GPU jobs run in a month, all together, where GPUs are for occasional jobs.
        gpu_minutes_per_month: f64 = 600.0 =>
            (number(Range::log(1.0, 1e6, "minutes").down_to_zero()), "GPU job minutes per month", Needs, Workload, ["gpu_minutes", "gj"]);
        /// A volume that survives a restart.
        local_state: bool = false =>
            (flag, "Persistent volume", Needs, Workload, ["local_state", "ls"]);
        /// It runs databases, queues or other stateful services itself.
        stateful: bool = false =>
            (flag, "Runs databases or queues itself", Needs, Workload, ["stateful", "sf"]);
        /// A service mesh.
        mesh: bool = false =>
            (flag, "A service mesh", Needs, Workload, ["mesh", "ms"]);
        /// Heavy traffic between the services.
        chatty_services: bool = false =>
            (flag, "Heavy traffic between services", Needs, Workload, ["chatty", "ch"]);
        /// Documented isolation.
        isolation: Isolation = Isolation::None =>
            (choice(Isolation), "Isolation for an auditor", Needs, System, ["isolation", "is"]);
        /// Tenants run code of their own that nobody trusts.
        hostile_tenants: bool = false =>
            (flag, "Runs customers' untrusted code", Needs, Workload, ["hostile_tenants", "ht"]);
        /// Private routing to one's own premises, or custom network policy.
        private_network: bool = false =>
            (flag, "Private network to our premises", Needs, System, ["private_network", "pn"]);
        /// UDP from outside.
        udp: bool = false =>
            (flag, "UDP from outside", Needs, Workload, ["udp", "ud"]);
        /// TCP from outside that is not HTTP.
        tcp: bool = false =>
            (flag, "Raw TCP from outside", Needs, Workload, ["tcp", "tc"]);
        /// Windows containers.
        windows: bool = false =>
            (flag, "Windows containers", Needs, Workload, ["windows", "wi"]);
        /// Privileged containers.
        privileged: bool = false =>
            (flag, "Privileged containers", Needs, Workload, ["privileged", "pr"]);
        /// The longest request, s.
        long_request_s: f64 = 30.0 =>
            (number(Range::log(1.0, 86_400.0, "s")), "Longest request", Needs, Workload, ["long_request", "lr"]);
        /// People who know Kubernetes can be hired, and the team wants that.
        hiring: bool = false =>
            (flag, "We hire people who know Kubernetes", Needs, System, ["hiring", "hi"]);
        /// Everything is to be deployed in one way, on one set of tools.
        one_way_to_deploy: bool = false =>
            (flag, "One way to deploy everything", Needs, System, ["one_way_to_deploy", "ow"]);
        /// Every change to what runs is recorded and reviewed, as GitOps does it.
        audit_trail: bool = false =>
            (flag, "An audit trail of every change", Needs, System, ["audit_trail", "at"]);
        /// Several clouds, really.
        multi_cloud: bool = false =>
            (flag, "Must run on several clouds", Needs, System, ["multi_cloud", "mc"]);
        /// Pipelines of many steps.
        pipeline: bool = false =>
            (flag, "Multi-step pipelines", Needs, Workload, ["pipeline", "pl"]);
        /// Events rather than requests start the work.
        event_driven: bool = false =>
            (flag, "Event-driven work", Needs, Workload, ["event_driven", "ev"]);
        /// A request may wait for an instance to start.
        cold_starts_ok: bool = true =>
            (flag, "Cold starts are acceptable", Spikes, Workload, ["cold_starts", "cs"]);
        /// An instance works between requests: timers, queues, caches.
        background: bool = false =>
            (flag, "Works between requests", Needs, Workload, ["background", "bg"]);
    };
    /// What the vendor has to promise.
    promises: NeededPromises => {
        /// Of a month, per cent, by the vendor's SLA.
        availability_pct: Option<f64> = None =>
            (optional(Range::linear(95.0, 99.99, "%")), "Availability that the SLA has to promise", Promises, System, ["availability", "av"]);
        /// What an hour down costs, USD.
        hour_down_usd: f64 = 0.0 =>
            (number(Range::log(1.0, 1e6, "USD").down_to_zero()), "An hour down costs us", Promises, System, ["hour_down", "hd"]);
        /// What the vendor has to be attested.
        attestation: Option<Attestation> = None =>
            (maybe(Attestation, attestation::CHOICES), "Attestation of the platform", Promises, System, ["attestation", "ae"]);
    };
    /// Connections that stay open: websockets, streams, long polling.
    connections: Connections => {
        /// Mean number of connections open at once, all services together.
        count: f64 = 0.0 =>
            (number(Range::log(1.0, 1e6, "connections").down_to_zero()), "Connections open at once", Traffic, Workload, ["connections", "cn"]);
        /// How long one stays open, s.
        seconds: f64 = 600.0 =>
            (number(Range::log(1.0, 86_400.0, "s")), "A connection stays open", Traffic, Workload, ["connection.seconds", "co"]);
    };
    /// Which of the things around the containers are counted.
    surroundings: Surroundings => {
        /// Whether any of them is: load balancers, addresses, egress, logs.
        counted: bool = true =>
            (at "options.surroundings", flag, "Count load balancers, addresses, egress and logs", Counted, System, ["surroundings", "sr"]);
        /// Load balancers of one's own.
        load_balancer: bool = true =>
            (flag, "Load balancers", Counted, System, ["load_balancer", "lb"]);
        /// Each service has a load balancer of its own; else they share one in each environment.
        balancer_per_service: bool = false =>
            (flag, "A load balancer for each service", Counted, System, ["balancer_each", "be"]);
        /// Public IPv4 addresses.
        public_ipv4: bool = true =>
            (flag, "Public IPv4 addresses", Counted, System, ["ipv4", "ip"]);
        /// Machines reach the outside through a NAT gateway instead of addresses of their own.
        nat: bool = false =>
            (flag, "NAT gateways instead of public addresses", Counted, System, ["nat", "na"]);
        /// Traffic to clients.
        egress: bool = true =>
            (flag, "Traffic to clients", Counted, System, ["egress", "eg"]);
        /// Logs taken in.
        logs: bool = true =>
            (flag, "Logs", Counted, System, ["logs", "lo"]);
        /// Share of the logs that is kept where they are sampled, 0 to 1.
        log_share: f64 = 1.0 =>
            (number(SHARE), "Share of logs that is kept", Counted, System, ["log_share", "lh"]);
        /// What a log service of one's own takes for a GB where the platform bills no logs.
        log_service_usd_per_gb: Option<f64> = None =>
            (optional(Range::linear(0.0, 20.0, "USD per GB")), "Price of a log service where logs aren’t billed", Counted, System, ["log_service", "ls2"]);
        /// Images in a registry.
        registry: bool = true =>
            (flag, "Image registry", Counted, System, ["registry", "re"]);
        /// A monitoring stack of one's own in a cluster.
        monitoring: bool = true =>
            (flag, "Our own monitoring in a cluster", Counted, System, ["monitoring", "mo"]);
        /// GB a month that instances send from one zone to another.
        gb_between_zones: f64 = 0.0 =>
            (number(Range::log(1.0, 1e6, "GB").down_to_zero()), "Traffic between zones", Counted, System, ["zone_traffic", "zt"]);
        /// Private endpoints of services of the cloud, such as its registry or its secrets.
        private_endpoints: u32 = 0 =>
            (count(Range::linear(0.0, 100.0, "endpoints")), "Private endpoints", Counted, System, ["private_endpoints", "pe"]);
        /// GB a month through them, both ways together; a million GB is where the vendors' first band ends.
        gb_through_endpoints: f64 = 0.0 =>
            (number(Range::log(1.0, 1e6, "GB").down_to_zero()), "Traffic through private endpoints", Counted, System, ["endpoint_traffic", "et"]);
    };
    /// The last invoice of the platform of today, as far as it is known. It changes no bill.
    invoice: Invoice => {
        /// What it came to without taxes and support, USD.
        total_usd: Option<f64> = None =>
            (optional(Range::log(1.0, 1e7, "USD a month")), "Last invoice of today’s platform", Invoice, System, ["invoice", "iv"]);
        /// Mean number of tasks, instances or nodes.
        instances: Option<f64> = None =>
            (optional(Range::log(1.0, 1e5, "instances")), "Invoiced tasks, instances or nodes", Invoice, System, ["invoice.instances", "ii"]);
        /// GB sent to the internet.
        egress_gb: Option<f64> = None =>
            (optional(Range::log(1.0, 1e7, "GB")), "Invoiced GB to the internet", Invoice, System, ["invoice.egress", "ie"]);
        /// GB through NAT gateways.
        nat_gb: Option<f64> = None =>
            (optional(Range::log(1.0, 1e7, "GB")), "Invoiced GB through NAT", Invoice, System, ["invoice.nat", "in"]);
        /// GB of logs taken in.
        log_gb: Option<f64> = None =>
            (optional(Range::log(1.0, 1e7, "GB")), "Invoiced GB of logs", Invoice, System, ["invoice.logs", "il"]);
        /// Load balancers.
        balancers: Option<f64> = None =>
            (optional(Range::log(1.0, 1e3, "load balancers")), "Invoiced load balancers", Invoice, System, ["invoice.balancers", "ib"]);
        /// Public addresses.
        addresses: Option<f64> = None =>
            (optional(Range::log(1.0, 1e4, "addresses")), "Invoiced public addresses", Invoice, System, ["invoice.addresses", "ia"]);
    };
    /// Workloads that differ; empty where all are alike.
    workloads: Workloads => ();
    /// Coefficients that stand in for what nobody publishes.
    assumptions: Assumptions => ();
    /// The user's own prices; of two for one meter and region the later one holds. They reach the model with the book that
    /// they are laid over, see [`PriceBook::with_own`](super::prices::PriceBook::with_own).
    prices: Vec<OwnPrice> = Vec::new() => ();
    /// The inputs that are known only roughly, in the order of the page, one range each.
    ranges: Vec<Between> = Vec::new() => ();
}
