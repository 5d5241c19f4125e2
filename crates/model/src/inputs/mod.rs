//! What the user sets: the inputs and their defaults. Their legal ranges stand in [`fields`].

pub mod assumptions;
pub mod fields;
pub mod ranges;

use super::{platform::Platform, prices::OwnPrice, region::Region};
pub use assumptions::Assumptions;
pub use fields::{Below, FIELDS, Field, Kind, Range, Scale, bound_by_others};
pub use ranges::Between;

/// HTTP traffic, all services together.
#[derive(Clone, Debug, PartialEq)]
pub struct Http {
    /// Requests in a month, all services together.
    pub requests_per_month: f64,
    /// Mean wall time of one warm request, ms.
    pub latency_ms: f64,
    /// CPU time of one request, ms; at most `latency_ms` × vCPU.
    pub cpu_ms: f64,
    /// Requests that one instance works on at once, at most.
    pub concurrency: u32,
    /// Size of a response, kB (1,000 bytes).
    pub response_kb: f64,
}

/// The size of one instance, task or pod.
#[derive(Clone, Debug, PartialEq)]
pub struct Instance {
    /// vCPU of one instance.
    pub vcpu: f64,
    /// Memory of one instance, GiB.
    pub memory_gib: f64,
    /// Median time that the program itself takes until it answers, s; the platform's own start-up comes on top.
    pub startup_s: f64,
}

/// How requests spread over a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// The same all the time.
    Steady,
    /// A wave every day, lower on weekends.
    Diurnal,
    /// Ten hours on working days, little else.
    Office,
    /// One hour of twenty at ten times the base rate.
    Spiky,
    /// Nearly all in two hours of the night.
    Batch,
    /// Hour by hour, as given.
    Grid,
}

impl Shape {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Steady,
        Self::Diurnal,
        Self::Office,
        Self::Spiky,
        Self::Batch,
        Self::Grid,
    ];
}

/// When requests come.
#[derive(Clone, Debug, PartialEq)]
pub struct Traffic {
    /// The shape of a week.
    pub shape: Shape,
    /// Relative load of each of 168 hours, Monday 00:00 first; empty where there is none.
    pub grid: Vec<f64>,
    /// Squared coefficient of variation of the gaps between requests: 1 is random, more is in bursts.
    pub cv2: f64,
}

impl Default for Traffic {
    fn default() -> Self {
        Self {
            shape: Shape::Steady,
            grid: Vec::new(),
            cv2: 4.0,
        }
    }
}

/// A further environment beside production, such as staging.
#[derive(Clone, Debug, PartialEq)]
pub struct Environment {
    /// What the team calls it.
    pub name: String,
    /// Hours a week in which it is up.
    pub hours_per_week: f64,
    /// Instances of each service.
    pub replicas: u32,
}

impl Default for Environment {
    /// Staging, up in office hours.
    fn default() -> Self {
        Self {
            name: "staging".into(),
            hours_per_week: 50.0,
            replicas: 1,
        }
    }
}

/// How the cluster is run.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    /// Vcpu of a node; the cheapest size where it is left open.
    pub node_vcpu: Option<f64>,
    /// Nodes that are kept beside those that the pods need.
    pub spare_nodes: u32,
    /// Nodes come and go with the load; else the busiest hour sets their number.
    pub consolidation: bool,
}

/// For how long capacity is bought in advance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Commitment {
    /// Not at all.
    None,
    /// For a year.
    OneYear,
    /// For three years.
    ThreeYears,
}

/// Discounts of one's own contract, per cent off everything on the vendor's bill.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Discounts {
    /// Amazon Web Services.
    pub aws: f64,
    /// Google Cloud.
    pub google_cloud: f64,
    /// Microsoft Azure.
    pub azure: f64,
    /// Fly.io.
    pub fly: f64,
    /// Railway.
    pub railway: f64,
    /// Render.
    pub render: f64,
}

/// How capacity is bought.
#[derive(Clone, Debug, PartialEq)]
pub struct Buy {
    /// For how long in advance.
    pub commitment: Commitment,
    /// Share of the compute that the commitment covers, 0 to 1.
    pub coverage: f64,
    /// Share of the compute on interruptible capacity, 0 to 1.
    pub spot: f64,
    /// Arm processors, where the platform sells them.
    pub arm: bool,
    /// Discounts of one's own contract.
    pub discount_percent: Discounts,
}

/// Background workers that run without requests.
#[derive(Clone, Debug, PartialEq)]
pub struct Workers {
    /// How many.
    pub count: u32,
    /// vCPU of one.
    pub vcpu: f64,
    /// Memory of one, GiB.
    pub memory_gib: f64,
    /// Hours in a month that each runs.
    pub hours_per_month: f64,
}

/// Jobs that run to completion.
#[derive(Clone, Debug, PartialEq)]
pub struct Jobs {
    /// Runs in a month, all jobs together.
    pub runs_per_month: f64,
    /// Minutes that one run takes.
    pub minutes: f64,
    /// vCPU of one run.
    pub vcpu: f64,
    /// Memory of one run, GiB.
    pub memory_gib: f64,
}

/// The people.
#[derive(Clone, Debug, PartialEq)]
pub struct Team {
    /// Engineers in the team.
    pub engineers: u32,
    /// Of these, fluent in operating Kubernetes.
    pub fluent: u32,
    /// Fully-loaded cost of one hour, USD.
    pub rate_usd_per_hour: f64,
    /// The team's own figures of operations hours a week, instead of our estimate.
    pub ops_hours_per_week: OpsHours,
    /// A platform team supports this team.
    pub platform_team: bool,
    /// A cluster exists that a platform team runs and that this workload can join.
    pub existing_cluster: bool,
    /// Somebody is on call outside office hours.
    pub on_call: bool,
}

/// Tracked hours a week, `None` where nobody has tracked them.
#[derive(Clone, Debug, PartialEq)]
pub struct OpsHours {
    /// On Kubernetes.
    pub kubernetes: Option<f64>,
    /// On a serverless platform.
    pub serverless: Option<f64>,
}

/// What the bill takes in.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Apply the vendors' free tiers.
    pub free_tier: bool,
    /// Add load balancers, addresses, egress, logs.
    pub surroundings: bool,
}

/// Which of the things around the containers are counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Surroundings {
    /// Load balancers of one's own.
    pub load_balancer: bool,
    /// Public IPv4 addresses.
    pub public_ipv4: bool,
    /// Machines reach the outside through a NAT gateway instead of addresses of their own.
    pub nat: bool,
    /// Traffic to clients.
    pub egress: bool,
    /// Logs taken in.
    pub logs: bool,
    /// Images in a registry.
    pub registry: bool,
    /// A monitoring stack of one's own in a cluster.
    pub monitoring: bool,
}

impl Surroundings {
    /// None of them.
    pub const NOTHING: Self = Self {
        load_balancer: false,
        public_ipv4: false,
        nat: false,
        egress: false,
        logs: false,
        registry: false,
        monitoring: false,
    };
}

/// How much of a graphics processor the workload needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gpu {
    /// None.
    None,
    /// One here and there, beside ordinary containers.
    Light,
    /// Models are served at scale.
    Serving,
}

/// What an auditor asks of the isolation between workloads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Isolation {
    /// Nothing special.
    None,
    /// Documented isolation; the platform's own model will do.
    ManagedOk,
    /// Documented isolation that the team controls itself.
    Own,
}

/// What the workload must have.
#[derive(Clone, Debug, PartialEq)]
pub struct Needs {
    /// Graphics processors.
    pub gpu: Gpu,
    /// Nodes of the pool that serves models.
    pub gpu_nodes: u32,
    /// A volume that survives a restart.
    pub local_state: bool,
    /// It runs databases, queues or other stateful services itself.
    pub stateful: bool,
    /// A service mesh.
    pub mesh: bool,
    /// Heavy traffic between the services.
    pub chatty_services: bool,
    /// Documented isolation.
    pub isolation: Isolation,
    /// Tenants run code of their own that nobody trusts.
    pub hostile_tenants: bool,
    /// Private routing to one's own premises, or custom network policy.
    pub private_network: bool,
    /// UDP or raw TCP from outside.
    pub udp_or_tcp: bool,
    /// Windows containers.
    pub windows: bool,
    /// Privileged containers.
    pub privileged: bool,
    /// The longest request, s.
    pub long_request_s: f64,
    /// Several clouds, really.
    pub multi_cloud: bool,
    /// Pipelines of many steps.
    pub pipeline: bool,
    /// Events rather than requests start the work.
    pub event_driven: bool,
    /// A request may wait for an instance to start.
    pub cold_starts_ok: bool,
}

/// Connections that stay open: websockets, streams, long polling.
#[derive(Clone, Debug, PartialEq)]
pub struct Connections {
    /// Mean number of connections open at once, all services together.
    pub count: f64,
    /// How long one stays open, s.
    pub seconds: f64,
}

/// Everything the user sets.
#[derive(Clone, Debug, PartialEq)]
pub struct Inputs {
    /// Where.
    pub region: Region,
    /// HTTP traffic.
    pub http: Http,
    /// By how many per cent requests change from month to month: for what the coming years cost, not for a month's bill.
    pub growth_percent_per_month: f64,
    /// When it comes.
    pub traffic: Traffic,
    /// Size of an instance.
    pub instance: Instance,
    /// Instances of each service that are always there where a platform scales to zero; as few as the needs allow where it
    /// is left open.
    pub min_instances: Option<u32>,
    /// What 99 of 100 requests may take, ms, waiting for an instance included.
    pub slo_ms: Option<f64>,
    /// Services; the requests are split evenly over them, each has its own instances.
    pub services: u32,
    /// Background workers.
    pub workers: Workers,
    /// Scheduled jobs.
    pub jobs: Jobs,
    /// Environments beside production.
    pub environments: Vec<Environment>,
    /// How a cluster is run.
    pub cluster: Cluster,
    /// How capacity is bought.
    pub buy: Buy,
    /// The people.
    pub team: Team,
    /// What the bill takes in.
    pub options: Options,
    /// What of the surroundings it takes in.
    pub surroundings: Surroundings,
    /// What the workload must have.
    pub needs: Needs,
    /// Connections that stay open.
    pub connections: Connections,
    /// The platform that the team is on today, if any.
    pub already_on: Option<Platform>,
    /// Coefficients that stand in for what nobody publishes.
    pub assumptions: Assumptions,
    /// The user's own prices; of two for one meter and region the later one holds. They reach the model with the book that
    /// they are laid over, see [`PriceBook::with_own`](super::prices::PriceBook::with_own).
    pub prices: Vec<OwnPrice>,
    /// The inputs that are known only roughly, in the order of the page, one range each.
    pub ranges: Vec<Between>,
}

impl Default for Inputs {
    /// An ordinary small team with one API.
    fn default() -> Self {
        Self {
            region: Region::Us,
            http: Http {
                requests_per_month: 1e7,
                latency_ms: 50.0,
                cpu_ms: 20.0,
                concurrency: 80,
                response_kb: 10.0,
            },
            growth_percent_per_month: 0.0,
            traffic: Traffic::default(),
            instance: Instance {
                vcpu: 1.0,
                memory_gib: 1.0,
                startup_s: 1.0,
            },
            min_instances: None,
            slo_ms: None,
            services: 1,
            workers: Workers {
                count: 0,
                vcpu: 0.5,
                memory_gib: 1.0,
                hours_per_month: super::units::HOURS_PER_MONTH,
            },
            jobs: Jobs {
                runs_per_month: 0.0,
                minutes: 15.0,
                vcpu: 1.0,
                memory_gib: 2.0,
            },
            environments: Vec::new(),
            cluster: Cluster {
                node_vcpu: None,
                spare_nodes: 0,
                consolidation: true,
            },
            buy: Buy {
                commitment: Commitment::None,
                coverage: 0.7,
                spot: 0.0,
                arm: false,
                discount_percent: Discounts::default(),
            },
            team: Team {
                engineers: 5,
                fluent: 0,
                rate_usd_per_hour: 106.0,
                ops_hours_per_week: OpsHours {
                    kubernetes: None,
                    serverless: None,
                },
                platform_team: false,
                existing_cluster: false,
                on_call: false,
            },
            options: Options {
                free_tier: true,
                surroundings: true,
            },
            surroundings: Surroundings {
                nat: false,
                load_balancer: true,
                public_ipv4: true,
                egress: true,
                logs: true,
                registry: true,
                monitoring: true,
            },
            needs: Needs {
                gpu: Gpu::None,
                gpu_nodes: 2,
                local_state: false,
                stateful: false,
                mesh: false,
                chatty_services: false,
                isolation: Isolation::None,
                hostile_tenants: false,
                private_network: false,
                udp_or_tcp: false,
                windows: false,
                privileged: false,
                long_request_s: 30.0,
                multi_cloud: false,
                pipeline: false,
                event_driven: false,
                cold_starts_ok: true,
            },
            connections: Connections {
                count: 0.0,
                seconds: 600.0,
            },
            already_on: None,
            assumptions: Assumptions::default(),
            prices: Vec::new(),
            ranges: Vec::new(),
        }
    }
}
