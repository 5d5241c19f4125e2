//! Every input as a row of a table: its path (the name in a scenario file), its label, its range and how to read and
//! write it. Sliders, scenario files, range checks and searches all walk that table.

use super::{Commitment, Gpu, Inputs, Isolation, Shape};
use crate::{
    platform::{self, Platform},
    region::Region,
    units::HOURS_PER_MONTH,
};
use std::fmt;

/// The numbers that an input may take.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// Smallest that is not zero on a slider; smallest legal one unless `below` says otherwise.
    pub min: f64,
    /// Largest.
    pub max: f64,
    /// What is legal below `min`.
    pub below: Below,
    /// Whole numbers only.
    pub whole: bool,
    /// How a slider spreads it.
    pub scale: Scale,
    /// The unit, as it is written behind the number.
    pub unit: &'static str,
}

/// What is legal below a range's smallest number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Below {
    /// Nothing.
    Nothing,
    /// Zero alone: "none of it".
    Zero,
    /// Every number down to zero, though a slider jumps to zero.
    DownToZero,
}

/// How positions on a slider map to values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Equal steps are equal differences.
    Linear,
    /// Equal steps are equal factors.
    Log,
}

impl Range {
    const fn linear(min: f64, max: f64, unit: &'static str) -> Self {
        Self {
            min,
            max,
            below: Below::Nothing,
            whole: false,
            scale: Scale::Linear,
            unit,
        }
    }

    const fn log(min: f64, max: f64, unit: &'static str) -> Self {
        Self {
            scale: Scale::Log,
            ..Self::linear(min, max, unit)
        }
    }

    const fn or_zero(self) -> Self {
        Self {
            below: Below::Zero,
            ..self
        }
    }

    const fn down_to_zero(self) -> Self {
        Self {
            below: Below::DownToZero,
            ..self
        }
    }

    const fn whole(self) -> Self {
        Self {
            whole: true,
            ..self
        }
    }

    /// Whether `x` is one of the numbers.
    pub fn contains(&self, x: f64) -> bool {
        let inside = match self.below {
            Below::Nothing => x >= self.min,
            Below::Zero => x >= self.min || x == 0.0,
            Below::DownToZero => x >= 0.0,
        };
        inside && x <= self.max && (!self.whole || x.fract() == 0.0)
    }

    /// The nearest number of the range. A NaN gives the smallest.
    pub fn clamp(&self, x: f64) -> f64 {
        // f64::max and min drop a NaN on either side.
        let x = if self.whole { x.round() } else { x };
        match self.below {
            Below::Zero if x < self.min / 2.0 => 0.0,
            Below::Nothing | Below::Zero => x.max(self.min).min(self.max),
            Below::DownToZero => x.max(0.0).min(self.max),
        }
    }
}

/// What kind of input it is, and how it is read and written.
#[derive(Clone, Copy)]
pub enum Kind {
    /// A number.
    Number {
        /// Legal values.
        range: Range,
        /// Reads it.
        get: fn(&Inputs) -> f64,
        /// Writes a legal value.
        set: fn(&mut Inputs, f64),
    },
    /// A number that may be left open.
    Optional {
        /// What the open value is called in files: a word, or nothing for `null`.
        open: Option<&'static str>,
        /// Legal values.
        range: Range,
        /// Reads it.
        get: fn(&Inputs) -> Option<f64>,
        /// Writes a legal value.
        set: fn(&mut Inputs, Option<f64>),
    },
    /// Yes or no.
    Flag {
        /// Reads it.
        get: fn(&Inputs) -> bool,
        /// Writes it.
        set: fn(&mut Inputs, bool),
    },
    /// One of several.
    Choice {
        /// The options: name in files, label on the page.
        options: &'static [(&'static str, &'static str)],
        /// Reads its place in `options`.
        get: fn(&Inputs) -> usize,
        /// Writes the option at a place in `options`.
        set: fn(&mut Inputs, usize),
    },
}

/// One input.
#[derive(Clone, Copy)]
pub struct Field {
    /// Its name in scenario files: `http.requests_per_month`.
    pub path: &'static str,
    /// Its name on the page; of an assumption [`Field::name`] has it.
    pub label: &'static str,
    /// Kind, range and access.
    pub kind: Kind,
}

impl fmt::Debug for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.path)
    }
}

impl Field {
    /// The field of that path. Only for paths written in this code base: an unknown one is a mistake of ours.
    pub fn at(path: &str) -> &'static Self {
        Self::find(path).unwrap_or_else(|| unreachable!("no input {path}"))
    }

    /// The field of that path, if there is one.
    pub fn find(path: &str) -> Option<&'static Self> {
        all().find(|field| field.path == path)
    }

    /// Whether it has the same value in both, and the same range.
    pub fn same(&self, one: &Inputs, other: &Inputs) -> bool {
        if one.between(self.path) != other.between(self.path) {
            return false;
        }
        match self.kind {
            Kind::Number { get, .. } => get(one) == get(other),
            Kind::Optional { get, .. } => get(one) == get(other),
            Kind::Flag { get, .. } => get(one) == get(other),
            Kind::Choice { get, .. } => get(one) == get(other),
        }
    }

    /// Takes its value over from other inputs, and its range.
    pub fn copy(&self, from: &Inputs, to: &mut Inputs) {
        self.forget_range(to);
        if let Some(between) = from.between(self.path) {
            to.set_between(*between);
        }
        match self.kind {
            Kind::Number { get, set, .. } => set(to, get(from)),
            Kind::Optional { get, set, .. } => set(to, get(from)),
            Kind::Flag { get, set } => set(to, get(from)),
            Kind::Choice { get, set, .. } => set(to, get(from)),
        }
    }

    /// The range, if it is a number.
    pub fn range(&self) -> Option<&Range> {
        match &self.kind {
            Kind::Number { range, .. } | Kind::Optional { range, .. } => Some(range),
            Kind::Flag { .. } | Kind::Choice { .. } => None,
        }
    }
}

macro_rules! real {
    ($path:literal, $label:literal, $($at:ident).+, $range:expr) => {
        Field {
            path: $path,
            label: $label,
            kind: Kind::Number { range: $range, get: |i| i.$($at).+, set: |i, x| i.$($at).+ = x },
        }
    };
}
macro_rules! count {
    ($path:literal, $label:literal, $($at:ident).+, $range:expr) => {
        Field {
            path: $path,
            label: $label,
            kind: Kind::Number {
                range: $range.whole(),
                get: |i| f64::from(i.$($at).+),
                set: |i, x| i.$($at).+ = x as u32,
            },
        }
    };
}
macro_rules! optional {
    ($path:literal, $label:literal, $($at:ident).+, $range:expr) => {
        Field {
            path: $path,
            label: $label,
            kind: Kind::Optional {
                open: None,
                range: $range,
                get: |i| i.$($at).+,
                set: |i, x| i.$($at).+ = x,
            },
        }
    };
}
macro_rules! flag {
    ($path:literal, $label:literal, $($at:ident).+) => {
        Field {
            path: $path,
            label: $label,
            kind: Kind::Flag { get: |i| i.$($at).+, set: |i, x| i.$($at).+ = x },
        }
    };
}

const VCPU: Range = Range::log(0.08, 32.0, "vCPU");
const MEMORY: Range = Range::log(0.125, 244.0, "GiB");
/// Hours a week in which an environment beside production is up.
pub const ENVIRONMENT_HOURS: Range = Range::linear(0.0, 168.0, "hours per week");
/// Instances of each service in an environment beside production.
pub const ENVIRONMENT_REPLICAS: Range = Range::linear(0.0, 100.0, "instances").whole();
const SHARE: Range = Range::linear(0.0, 1.0, "");
const PERCENT: Range = Range::linear(0.0, 99.0, "%");
const OPS_HOURS: Range = Range::linear(0.0, 8_000.0, "hours per week");

/// Every input, in the order of the page.
pub static FIELDS: &[Field] = &[
    Field {
        path: "region",
        label: "Region",
        kind: Kind::Choice {
            options: &[
                ("us", "United States"),
                ("europe", "Europe"),
                ("asia", "Asia"),
            ],
            get: |i| i.region as usize,
            set: |i, n| i.region = Region::ALL[n],
        },
    },
    real!(
        "http.requests_per_month",
        "Requests per month",
        http.requests_per_month,
        Range::log(1e3, 1e10, "requests").or_zero()
    ),
    real!(
        "http.latency_ms",
        "Latency per request",
        http.latency_ms,
        Range::log(1.0, 3_600_000.0, "ms")
    ),
    real!(
        "http.cpu_ms",
        "CPU per request",
        http.cpu_ms,
        Range::log(0.1, 115_200_000.0, "ms").down_to_zero()
    ),
    count!(
        "http.concurrency",
        "Concurrency per instance",
        http.concurrency,
        Range::log(1.0, 1_000.0, "requests")
    ),
    real!(
        "http.response_kb",
        "Response size",
        http.response_kb,
        Range::log(0.1, 10_000.0, "kB").down_to_zero()
    ),
    real!(
        "growth_percent_per_month",
        "Growth of requests",
        growth_percent_per_month,
        Range::linear(-20.0, 50.0, "% a month")
    ),
    Field {
        path: "traffic.shape",
        label: "Shape of the week",
        kind: Kind::Choice {
            options: &[
                ("steady", "Steady"),
                ("diurnal", "Day and night"),
                ("office", "Office hours"),
                ("spiky", "Spikes of ten times the load"),
                ("batch", "Nightly batch"),
                ("grid", "Hour by hour, your own"),
            ],
            get: |i| i.traffic.shape as usize,
            set: |i, n| i.traffic.shape = Shape::ALL[n],
        },
    },
    real!(
        "traffic.cv2",
        "Burstiness (1 is random)",
        traffic.cv2,
        Range::log(1.0, 100.0, "")
    ),
    real!("instance.vcpu", "vCPU per instance", instance.vcpu, VCPU),
    real!(
        "instance.memory_gib",
        "Memory per instance",
        instance.memory_gib,
        MEMORY
    ),
    real!(
        "instance.startup_s",
        "Start-up of your program",
        instance.startup_s,
        Range::log(0.01, 600.0, "s").down_to_zero()
    ),
    Field {
        path: "min_instances",
        label: "Instances kept warm",
        kind: Kind::Optional {
            open: Some("auto"),
            range: Range::linear(0.0, 1_000.0, "instances").whole(),
            get: |i| i.min_instances.map(f64::from),
            set: |i, x| i.min_instances = x.map(|x| x as u32),
        },
    },
    optional!(
        "slo_ms",
        "99 % of requests within",
        slo_ms,
        Range::log(1.0, 600_000.0, "ms")
    ),
    count!(
        "services",
        "Services",
        services,
        Range::linear(1.0, 200.0, "services")
    ),
    count!(
        "workers.count",
        "Workers",
        workers.count,
        Range::linear(0.0, 1_000.0, "workers")
    ),
    real!("workers.vcpu", "vCPU per worker", workers.vcpu, VCPU),
    real!(
        "workers.memory_gib",
        "Memory per worker",
        workers.memory_gib,
        MEMORY
    ),
    real!(
        "workers.hours_per_month",
        "Hours per worker and month",
        workers.hours_per_month,
        Range::linear(0.0, HOURS_PER_MONTH, "hours")
    ),
    real!(
        "jobs.runs_per_month",
        "Job runs per month",
        jobs.runs_per_month,
        Range::log(1.0, 1e6, "runs").down_to_zero()
    ),
    real!(
        "jobs.minutes",
        "Minutes per run",
        jobs.minutes,
        Range::log(0.1, 10_080.0, "minutes")
    ),
    real!("jobs.vcpu", "vCPU per run", jobs.vcpu, VCPU),
    real!("jobs.memory_gib", "Memory per run", jobs.memory_gib, MEMORY),
    Field {
        path: "cluster.node_vcpu",
        label: "vCPU of a cluster's node",
        kind: Kind::Optional {
            open: Some("auto"),
            range: Range::log(2.0, 96.0, "vCPU"),
            get: |i| i.cluster.node_vcpu,
            set: |i, x| i.cluster.node_vcpu = x,
        },
    },
    count!(
        "cluster.spare_nodes",
        "Spare nodes of a cluster",
        cluster.spare_nodes,
        Range::linear(0.0, 100.0, "nodes")
    ),
    flag!(
        "cluster.consolidation",
        "Nodes come and go with the load",
        cluster.consolidation
    ),
    Field {
        path: "buy.commitment",
        label: "Commitment",
        kind: Kind::Choice {
            options: &[("none", "None"), ("1y", "One year"), ("3y", "Three years")],
            get: |i| i.buy.commitment as usize,
            set: |i, n| {
                i.buy.commitment = [
                    Commitment::None,
                    Commitment::OneYear,
                    Commitment::ThreeYears,
                ][n];
            },
        },
    },
    real!(
        "buy.coverage",
        "Share of compute under the commitment",
        buy.coverage,
        SHARE
    ),
    real!(
        "buy.spot",
        "Share of compute on interruptible capacity",
        buy.spot,
        SHARE
    ),
    flag!("buy.arm", "Arm processors", buy.arm),
    real!(
        "buy.discount_percent.aws",
        "Your discount at AWS",
        buy.discount_percent.aws,
        PERCENT
    ),
    real!(
        "buy.discount_percent.google-cloud",
        "Your discount at Google Cloud",
        buy.discount_percent.google_cloud,
        PERCENT
    ),
    real!(
        "buy.discount_percent.azure",
        "Your discount at Azure",
        buy.discount_percent.azure,
        PERCENT
    ),
    real!(
        "buy.discount_percent.fly",
        "Your discount at Fly.io",
        buy.discount_percent.fly,
        PERCENT
    ),
    real!(
        "buy.discount_percent.railway",
        "Your discount at Railway",
        buy.discount_percent.railway,
        PERCENT
    ),
    real!(
        "buy.discount_percent.render",
        "Your discount at Render",
        buy.discount_percent.render,
        PERCENT
    ),
    count!(
        "team.engineers",
        "Engineers in the team",
        team.engineers,
        Range::linear(1.0, 200.0, "engineers")
    ),
    count!(
        "team.fluent",
        "Fluent in Kubernetes",
        team.fluent,
        Range::linear(0.0, 200.0, "engineers")
    ),
    real!(
        "team.rate_usd_per_hour",
        "Engineer rate",
        team.rate_usd_per_hour,
        Range::linear(10.0, 500.0, "USD per hour")
    ),
    optional!(
        "team.ops_hours_per_week.kubernetes",
        "Tracked hours on Kubernetes",
        team.ops_hours_per_week.kubernetes,
        OPS_HOURS
    ),
    optional!(
        "team.ops_hours_per_week.serverless",
        "Tracked hours on serverless",
        team.ops_hours_per_week.serverless,
        OPS_HOURS
    ),
    flag!(
        "team.platform_team",
        "A platform team supports us",
        team.platform_team
    ),
    flag!(
        "team.existing_cluster",
        "A cluster exists that we can join",
        team.existing_cluster
    ),
    flag!("team.on_call", "On call outside office hours", team.on_call),
    flag!("options.free_tier", "Apply free tiers", options.free_tier),
    Field {
        path: "needs.gpu",
        label: "Graphics processors",
        kind: Kind::Choice {
            options: &[
                ("none", "None"),
                ("light", "One here and there"),
                ("serving", "Serving models at scale"),
            ],
            get: |i| i.needs.gpu as usize,
            set: |i, n| i.needs.gpu = [Gpu::None, Gpu::Light, Gpu::Serving][n],
        },
    },
    count!(
        "needs.gpu_nodes",
        "Nodes of the GPU pool",
        needs.gpu_nodes,
        Range::linear(1.0, 100.0, "nodes")
    ),
    flag!(
        "needs.local_state",
        "A volume that survives a restart",
        needs.local_state
    ),
    flag!(
        "needs.stateful",
        "Runs databases or queues itself",
        needs.stateful
    ),
    flag!("needs.mesh", "A service mesh", needs.mesh),
    flag!(
        "needs.chatty_services",
        "Heavy traffic between services",
        needs.chatty_services
    ),
    Field {
        path: "needs.isolation",
        label: "Isolation that is documented for an auditor",
        kind: Kind::Choice {
            options: &[
                ("none", "Nothing special"),
                ("managed-ok", "Yes, the platform's own model will do"),
                ("own", "Yes, under our own control"),
            ],
            get: |i| i.needs.isolation as usize,
            set: |i, n| {
                i.needs.isolation = [Isolation::None, Isolation::ManagedOk, Isolation::Own][n];
            },
        },
    },
    flag!(
        "needs.hostile_tenants",
        "Tenants run code that nobody trusts",
        needs.hostile_tenants
    ),
    flag!(
        "needs.private_network",
        "Private routing to our own premises",
        needs.private_network
    ),
    flag!(
        "needs.udp_or_tcp",
        "UDP or raw TCP from outside",
        needs.udp_or_tcp
    ),
    flag!("needs.windows", "Windows containers", needs.windows),
    flag!(
        "needs.privileged",
        "Privileged containers",
        needs.privileged
    ),
    real!(
        "needs.long_request_s",
        "Longest request",
        needs.long_request_s,
        Range::log(1.0, 86_400.0, "s")
    ),
    flag!(
        "needs.multi_cloud",
        "Several clouds, really",
        needs.multi_cloud
    ),
    flag!("needs.pipeline", "Pipelines of many steps", needs.pipeline),
    flag!(
        "needs.event_driven",
        "Events start the work",
        needs.event_driven
    ),
    flag!(
        "needs.cold_starts_ok",
        "A request may wait for a cold start",
        needs.cold_starts_ok
    ),
    real!(
        "connections.count",
        "Connections open at once",
        connections.count,
        Range::log(1.0, 1e6, "connections").down_to_zero()
    ),
    real!(
        "connections.seconds",
        "A connection stays open",
        connections.seconds,
        Range::log(1.0, 86_400.0, "s")
    ),
    Field {
        path: "already_on",
        label: "Where you are today",
        kind: Kind::Choice {
            options: &platform::CHOICES,
            get: |i| i.already_on.map_or(0, |platform| platform as usize + 1),
            set: |i, n| i.already_on = n.checked_sub(1).map(|n| Platform::ALL[n]),
        },
    },
    flag!(
        "options.surroundings",
        "Count load balancers, addresses, egress and logs",
        options.surroundings
    ),
    flag!(
        "surroundings.load_balancer",
        "Load balancers",
        surroundings.load_balancer
    ),
    flag!(
        "surroundings.public_ipv4",
        "Public IPv4 addresses",
        surroundings.public_ipv4
    ),
    flag!(
        "surroundings.nat",
        "NAT gateways instead of public addresses",
        surroundings.nat
    ),
    flag!(
        "surroundings.egress",
        "Traffic to clients",
        surroundings.egress
    ),
    flag!("surroundings.logs", "Logs", surroundings.logs),
    flag!(
        "surroundings.registry",
        "Image registry",
        surroundings.registry
    ),
    flag!(
        "surroundings.monitoring",
        "Monitoring of one's own in a cluster",
        surroundings.monitoring
    ),
];

/// An assumption as a row of the table of inputs, and what is known of it.
#[derive(Clone, Copy, Debug)]
pub struct Assumption {
    /// Its path, label, allowed range and access.
    pub field: Field,
    /// Its value unless the user changes it.
    pub default: f64,
}

macro_rules! as_table {
    ($($name:ident: $value:literal, $unit:literal, $allowed:expr, $likely:expr, $label:literal, $origin:literal;)*) => {
        /// Every assumption.
        pub static ASSUMPTIONS: &[Assumption] = &[
            $(Assumption {
                field: Field {
                    path: concat!("assumptions.", stringify!($name)),
                    // The page gives its first answer without it, see `LABELS`.
                    label: "",
                    kind: Kind::Number {
                        range: Range::linear($allowed.0, $allowed.1, $unit),
                        get: |i| i.assumptions.$name,
                        set: |i, x| i.assumptions.$name = x,
                    },
                },
                default: $value,
            }),*
        ];

        /// The label of each of [`ASSUMPTIONS`], in that order; a table of its own, as the next ones.
        static LABELS: &[&str] = &[$($label),*];

        /// Between which values each of [`ASSUMPTIONS`] probably lies, in that order.
        pub static LIKELY: &[(f64, f64)] = &[$($likely),*];

        /// Where the value of each of [`ASSUMPTIONS`] comes from, in that order; a table of its own, for the page gives its
        /// first answer without it.
        pub static ORIGINS: &[&str] = &[$($origin),*];
    };
}
super::assumptions::all_assumptions!(as_table);

impl Field {
    /// Its name on the page, also where it is an assumption, which has its label apart.
    pub fn name(&self) -> &'static str {
        let same = |assumption: &Assumption| assumption.field.path == self.path;
        let assumption = ASSUMPTIONS.iter().position(same);
        assumption.map_or(self.label, |place| LABELS[place])
    }
}

/// Every input and every assumption.
pub fn all() -> impl Iterator<Item = &'static Field> {
    FIELDS
        .iter()
        .chain(ASSUMPTIONS.iter().map(|assumption| &assumption.field))
}

/// An upper bound that follows from other inputs, where there is one: the bound, and where it comes from.
pub fn bound_by_others(path: &str, inputs: &Inputs) -> Option<(f64, &'static str)> {
    match path {
        "http.cpu_ms" => Some((
            inputs.http.latency_ms * inputs.instance.vcpu,
            "latency × vCPU per instance",
        )),
        "team.fluent" => Some((f64::from(inputs.team.engineers), "engineers in the team")),
        _ => None,
    }
}

impl Inputs {
    /// Brings every input that others bound inside that bound, and names those that it changed.
    pub fn settle(&mut self) -> Vec<&'static Field> {
        let mut changed = Vec::new();
        for field in FIELDS {
            if let (Some((bound, _)), Kind::Number { get, set, .. }) =
                (bound_by_others(field.path, self), field.kind)
                && get(self) > bound
            {
                set(self, bound);
                changed.push(field);
            }
        }
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_legal() {
        let inputs = Inputs::default();
        for field in FIELDS {
            if let Kind::Number { range, get, .. } = field.kind {
                assert!(range.contains(get(&inputs)), "{field:?}");
            }
        }
        assert!(inputs.clone().settle().is_empty());
    }

    #[test]
    fn assumptions_are_legal_likely_and_their_own_defaults() {
        assert!(ORIGINS.iter().all(|origin| !origin.is_empty()));
        let inputs = Inputs::default();
        assert_eq!(LIKELY.len(), ASSUMPTIONS.len());
        for (assumption, (low, high)) in ASSUMPTIONS.iter().zip(LIKELY) {
            let Kind::Number { range, get, .. } = assumption.field.kind else {
                unreachable!()
            };
            assert_eq!(get(&inputs), assumption.default, "{:?}", assumption.field);
            assert!(!assumption.field.name().is_empty());
            let (low, high) = (*low, *high);
            assert!(
                low <= assumption.default && assumption.default <= high,
                "{:?}",
                assumption.field
            );
            assert!(
                range.contains(low) && range.contains(high),
                "{:?}",
                assumption.field
            );
        }
    }

    #[test]
    fn every_number_can_be_read_back() {
        for field in all() {
            if let Kind::Number { range, get, set } = field.kind {
                for x in [range.min, range.max] {
                    let mut inputs = Inputs::default();
                    set(&mut inputs, x);
                    assert_eq!(get(&inputs), x, "{field:?}");
                }
            }
        }
    }

    #[test]
    fn clamping_gives_a_legal_number() {
        for field in FIELDS {
            let Some(range) = field.range() else { continue };
            for x in [
                f64::NAN,
                f64::INFINITY,
                f64::NEG_INFINITY,
                -1.0,
                0.0,
                0.3,
                1e300,
            ] {
                assert!(range.contains(range.clamp(x)), "{field:?} at {x}");
            }
        }
    }

    #[test]
    fn cpu_time_is_bounded_by_latency_and_size() {
        let mut inputs = Inputs::default();
        inputs.http.latency_ms = 5.0;
        let changed = inputs.settle();
        assert_eq!(changed.len(), 1);
        assert_eq!(inputs.http.cpu_ms, 5.0);
    }
}
