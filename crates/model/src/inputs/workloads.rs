//! Workloads that differ: a list of services, workers and jobs, each with what it doesn't share with the others.
//!
//! A row says only what is its own; everything else it has from the inputs around it. Its numbers are those of each of its
//! `count`. Where there is a list, the inputs around it hold its sums ([`Inputs::add_up`]), so that whatever asks "how many
//! services, how many requests" is answered alike with and without a list.

use super::{Field, Gpu, Inputs, Kind, Range, Scope, Shape, at};
use std::sync::Arc;

/// The most rows.
pub const MOST_ROWS: usize = 200;
/// The most workloads that are alike.
pub const MOST_ALIKE: u32 = 200;

/// The smallest size of a workload in a list, vCPU or GiB: pods ask for as little, and a platform sells what holds it.
pub const LEAST_SIZE: f64 = 0.001;

/// What a workload is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum WorkloadKind {
    /// It answers requests.
    #[default]
    Service,
    /// It runs without requests.
    Worker,
    /// It runs to completion.
    Job,
}

impl WorkloadKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Service, Self::Worker, Self::Job];

    /// Its name in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Worker => "worker",
            Self::Job => "job",
        }
    }
}

/// Where a workload has to stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pin {
    /// In the cluster.
    Kubernetes,
    /// On the serverless platform.
    Serverless,
}

impl Pin {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Kubernetes, Self::Serverless];

    /// Its name in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Kubernetes => "kubernetes",
            Self::Serverless => "serverless",
        }
    }
}

/// A number or choice that a row may have of its own: its name in the row, and the input that it stands for with a service, a
/// worker and a job. A name with a point stands in an object.
pub struct Own {
    /// Its name in a row: `vcpu`, `connections.count`.
    pub key: &'static str,
    /// The inputs, by [`WorkloadKind::ALL`]; none where it means nothing.
    pub fields: [Option<&'static Field>; 3],
}

const fn service(key: &'static str, field: &'static Field) -> Own {
    Own {
        key,
        fields: [Some(field), None, None],
    }
}

/// What a row may have of its own beside its needs, which are named as they are: `needs.udp`.
pub static OWN: [Own; 19] = [
    service("requests_per_month", at::http::requests_per_month),
    service("latency_ms", at::http::latency_ms),
    service("cpu_ms", at::http::cpu_ms),
    service("concurrency", at::http::concurrency),
    service("response_kb", at::http::response_kb),
    Own {
        key: "vcpu",
        fields: [
            Some(at::instance::vcpu),
            Some(at::workers::vcpu),
            Some(at::jobs::vcpu),
        ],
    },
    Own {
        key: "memory_gib",
        fields: [
            Some(at::instance::memory_gib),
            Some(at::workers::memory_gib),
            Some(at::jobs::memory_gib),
        ],
    },
    service("startup_s", at::instance::startup_s),
    service("min_instances", at::min_instances),
    service("slo_ms", at::slo_ms),
    service("traffic.shape", at::traffic::shape),
    service("traffic.cv2", at::traffic::cv2),
    service("connections.count", at::connections::count),
    service("connections.seconds", at::connections::seconds),
    Own {
        key: "runs_per_month",
        fields: [None, None, Some(at::jobs::runs_per_month)],
    },
    Own {
        key: "minutes",
        fields: [None, None, Some(at::jobs::minutes)],
    },
    Own {
        key: "hours_per_month",
        fields: [None, Some(at::workers::hours_per_month), None],
    },
    Own {
        key: "gpu",
        fields: [Some(at::needs::gpu); 3],
    },
    Own {
        key: "gpu_memory_gib",
        fields: [Some(at::needs::gpu_memory_gib); 3],
    },
];

/// The input that a name in a row of that kind stands for: one of [`OWN`], `local_state`, or one of the needs.
pub fn own_field(kind: WorkloadKind, key: &str) -> Option<&'static Field> {
    if let Some(own) = OWN.iter().find(|own| own.key == key) {
        return own.fields[kind as usize];
    }
    let path = if key == "local_state" {
        "needs.local_state"
    } else {
        key
    };
    let field = Field::find(path)?;
    (path.starts_with("needs.") && field.scope == Scope::Workload).then_some(field)
}

/// The numbers that an input of a row may be: sizes go below those of a slider.
pub fn own_range(field: &Field) -> Option<Range> {
    let range = *field.range()?;
    let size = OWN.iter().find(|own| own.fields.contains(&Some(field)));
    let size = size.is_some_and(|own| ["vcpu", "memory_gib"].contains(&own.key));
    Some(if size {
        Range {
            min: LEAST_SIZE,
            ..range
        }
    } else {
        range
    })
}

/// The most workloads that one calls.
pub const MOST_CALLS: usize = 20;
/// The most calls for a request.
pub const MOST_PER_REQUEST: f64 = 1_000.0;
/// The largest call, both ways together, kB.
pub const LARGEST_CALL_KB: f64 = 1e6;

/// Another workload that one calls for its requests, or for its runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The name of the other.
    pub to: String,
    /// Calls for a request.
    pub per_request: f64,
    /// Both ways together, kB.
    pub kb: f64,
}

/// What two rows of the list exchange.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// Who calls, by its place.
    pub from: usize,
    /// Who is called.
    pub to: usize,
    /// GB a month, both ways together.
    pub gb: f64,
}

/// A workload, and how many there are that are alike.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkloadRow {
    /// What the team calls it.
    pub name: String,
    /// What it is.
    pub kind: WorkloadKind,
    /// How many there are.
    pub count: u32,
    /// The most instances of it that its platform may start; kept, and not billed by.
    pub max_instances: Option<u32>,
    /// Where it has to stay.
    pub pinned: Option<Pin>,
    /// Which others it calls, where that is known.
    pub calls: Vec<Call>,
    /// Which inputs it has of its own.
    pub own: Vec<&'static Field>,
    /// The values of these; nothing else in here counts.
    pub values: Box<Inputs>,
}

impl Default for WorkloadRow {
    fn default() -> Self {
        let mut values = Box::<Inputs>::default();
        values.http.requests_per_month = 0.0;
        Self {
            name: "service".into(),
            kind: WorkloadKind::Service,
            count: 1,
            max_instances: None,
            pinned: None,
            calls: Vec::new(),
            own: Vec::new(),
            values,
        }
    }
}

impl WorkloadRow {
    /// Whether its requests, or whatever else makes it work, are known.
    pub fn traffic_known(&self) -> bool {
        let needed = match self.kind {
            WorkloadKind::Service => at::http::requests_per_month,
            WorkloadKind::Worker => return true,
            WorkloadKind::Job => at::jobs::runs_per_month,
        };
        self.own.contains(&needed)
            || (self.kind == WorkloadKind::Service && self.own.contains(&at::connections::count))
    }

    /// Requests that all of its services get in a month.
    pub fn requests(&self) -> f64 {
        if self.kind == WorkloadKind::Service && self.own.contains(&at::http::requests_per_month) {
            f64::from(self.count) * self.values.http.requests_per_month
        } else {
            0.0
        }
    }

    fn connections(&self) -> f64 {
        if self.kind == WorkloadKind::Service && self.own.contains(&at::connections::count) {
            f64::from(self.count) * self.values.connections.count
        } else {
            0.0
        }
    }

    fn runs(&self) -> f64 {
        if self.kind == WorkloadKind::Job && self.own.contains(&at::jobs::runs_per_month) {
            f64::from(self.count) * self.values.jobs.runs_per_month
        } else {
            0.0
        }
    }

    /// Says that an input of its own has a value that stands in other inputs.
    pub fn take(&mut self, field: &'static Field, from: &Inputs) {
        field.copy(from, &mut self.values);
        if field == at::traffic::shape {
            self.values.traffic.grid.clone_from(&from.traffic.grid);
        }
        // In one order, so that rows that say the same are the same.
        if let Err(place) = self.own.binary_search_by(|own| own.path.cmp(field.path)) {
            self.own.insert(place, field);
        }
    }

    /// Gives an input of its own a number; one that is no number stays as it is.
    pub fn set_number(&mut self, field: &'static Field, x: f64) {
        let mut values = (*self.values).clone();
        match field.kind {
            Kind::Number { set, .. } => set(&mut values, x),
            Kind::Optional { set, .. } => set(&mut values, Some(x)),
            _ => return,
        }
        self.take(field, &values);
    }

    /// Has an input from the scenario again.
    pub fn forget(&mut self, field: &'static Field) {
        self.own.retain(|own| *own != field);
    }

    /// The number that an input has in it: its own, or the scenario's.
    pub fn number(&self, field: &'static Field, common: &Inputs) -> Option<f64> {
        let inputs = if self.own.contains(&field) {
            &*self.values
        } else {
            common
        };
        match field.kind {
            Kind::Number { get, .. } => Some(get(inputs)),
            Kind::Optional { get, .. } => get(inputs),
            _ => None,
        }
    }

    /// The inputs of a system in which it is the only workload, `load` times as busy as it says.
    pub fn alone(&self, common: &Inputs, load: f64) -> Inputs {
        let mut alone = common.clone();
        alone.workloads = Workloads::default();
        alone.prices.clear();
        alone.ranges.clear();
        for field in &self.own {
            field.copy(&self.values, &mut alone);
        }
        if self.values.traffic.shape == Shape::Grid && self.own.contains(&at::traffic::shape) {
            alone.traffic.grid.clone_from(&self.values.traffic.grid);
        }
        alone.services = 1;
        alone.http.requests_per_month = self.requests() * load;
        alone.connections.count = self.connections() * load;
        alone.workers.count = 0;
        alone.jobs.runs_per_month = self.runs();
        match self.kind {
            WorkloadKind::Service => alone.services = self.count,
            WorkloadKind::Worker => alone.workers.count = self.count,
            WorkloadKind::Job => {}
        }
        if self.kind != WorkloadKind::Service {
            // Environments are of services.
            alone.environments.clear();
            alone.slo_ms = None;
        }
        // A GPU of the system as a whole is nobody's here.
        if !self.own.contains(&at::needs::gpu) {
            alone.needs.gpu = Gpu::None;
        }
        if alone.needs.gpu == Gpu::Light {
            alone.needs.gpu_minutes_per_month *= f64::from(self.count);
        }
        let _ = alone.clamp_dependents();
        alone
    }

    /// Whether it differs from another row in nothing but its name and how many there are.
    fn is_like(&self, other: &Self) -> bool {
        (self.kind, self.pinned, self.own.len()) == (other.kind, other.pinned, other.own.len())
            && self
                .own
                .iter()
                .all(|field| other.own.contains(field) && field.same(&self.values, &other.values))
            && self.values.traffic.grid == other.values.traffic.grid
    }
}

/// The list; shared, since thousands of scenarios are tried that differ in something else.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Workloads(Arc<Vec<WorkloadRow>>);

impl Workloads {
    /// A list of these rows.
    pub fn of(rows: Vec<WorkloadRow>) -> Self {
        Self(Arc::new(rows))
    }

    /// The rows.
    pub fn rows(&self) -> &[WorkloadRow] {
        &self.0
    }

    /// Whether there is none: all workloads are alike then.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Requests of all of them in a month.
    pub fn requests(&self) -> f64 {
        self.0.iter().map(WorkloadRow::requests).sum()
    }

    /// The rows that differ, and the places of those that are like each.
    pub fn kinds(&self) -> Vec<(WorkloadRow, Vec<usize>)> {
        let mut kinds: Vec<(WorkloadRow, Vec<usize>)> = Vec::with_capacity(self.0.len());
        for (place, row) in self.0.iter().enumerate() {
            match kinds.iter_mut().find(|(kind, _)| kind.is_like(row)) {
                Some((kind, places)) => {
                    kind.count += row.count;
                    places.push(place);
                }
                None => kinds.push((row.clone(), vec![place])),
            }
        }
        kinds
    }
}

impl Inputs {
    /// Takes a list of workloads, and its sums: what is asked of all services together is asked of them.
    pub fn set_workloads(&mut self, rows: Vec<WorkloadRow>) {
        self.workloads = Workloads::of(rows);
        self.add_up();
    }

    /// Brings the inputs around the list to its sums: services, requests, connections, workers, runs. Without a list they are
    /// the user's.
    pub fn add_up(&mut self) {
        if self.workloads.is_empty() {
            return;
        }
        let list = self.workloads.clone();
        let count = |kind: WorkloadKind| -> u32 {
            let of_it = list.rows().iter().filter(|row| row.kind == kind);
            of_it.map(|row| row.count).sum()
        };
        self.services = count(WorkloadKind::Service).max(1);
        self.workers.count = count(WorkloadKind::Worker);
        self.http.requests_per_month = list.requests();
        self.connections.count = list.rows().iter().map(WorkloadRow::connections).sum();
        self.jobs.runs_per_month = list.rows().iter().map(WorkloadRow::runs).sum();
    }

    /// Gives the list the requests that the system gets: as many times those of each row as there are more of all.
    pub fn spread_load(&mut self) {
        let load = self.load_of_workloads();
        if load != 1.0 {
            let mut rows = self.workloads.rows().to_vec();
            let field = at::http::requests_per_month;
            for row in rows.iter_mut().filter(|row| row.own.contains(&field)) {
                let scaled = row.values.http.requests_per_month * load;
                row.values.http.requests_per_month = scaled;
            }
            self.workloads = Workloads::of(rows);
        }
        self.add_up();
    }

    /// What the workloads of the list exchange, where it says so. Calls to names that the list does not have go nowhere.
    pub fn edges(&self) -> Vec<Edge> {
        const KB_IN_GB: f64 = 1e6;
        let rows = self.workloads.rows();
        if rows.iter().all(|row| row.calls.is_empty()) {
            return Vec::new();
        }
        let load = self.load_of_workloads();
        let of_row = |(from, row): (usize, &WorkloadRow)| {
            let busy = load * row.requests() + row.runs();
            let edge = |call: &Call| {
                let to = rows.iter().position(|other| other.name == call.to)?;
                (to != from).then(|| Edge {
                    from,
                    to,
                    gb: busy * call.per_request * call.kb / KB_IN_GB,
                })
            };
            row.calls.iter().filter_map(edge).collect::<Vec<_>>()
        };
        rows.iter().enumerate().flat_map(of_row).collect()
    }

    /// The share of what instances send each other that goes to another zone, where they stand in all of them alike.
    pub fn share_between_zones(&self) -> f64 {
        let zones = self.assumptions.zones.max(1.0);
        (zones - 1.0) / zones
    }

    /// GB a month from zone to zone: what the team counts itself, and what some workloads of the list exchange.
    pub fn gb_between_zones(&self, is_there: impl Fn(usize) -> bool) -> f64 {
        let there = self.edges();
        let there = there
            .iter()
            .filter(|edge| is_there(edge.from) && is_there(edge.to));
        let exchanged: f64 = there.map(|edge| edge.gb).sum();
        self.surroundings.gb_between_zones + exchanged * self.share_between_zones()
    }

    /// Whether something is served on GPU nodes: the system, or a workload of the list.
    pub fn serves_on_gpus(&self) -> bool {
        if self.workloads.is_empty() {
            return self.needs.gpu == Gpu::Serving;
        }
        let mut rows = self.workloads.rows().iter();
        rows.any(|row| row.own.contains(&at::needs::gpu) && row.values.needs.gpu == Gpu::Serving)
    }

    /// Whether a row of the list may have that input of its own.
    pub fn has_of_its_own(&self, place: usize, field: &Field) -> bool {
        let row = self.workloads.rows().get(place);
        row.is_some_and(|row| {
            let mut fields = OWN.iter().filter_map(|own| own.fields[row.kind as usize]);
            fields.any(|own| own == field) || own_field(row.kind, field.path) == Some(field)
        })
    }

    /// How many times the requests of the list the system gets: one, unless a search tries more or fewer.
    pub fn load_of_workloads(&self) -> f64 {
        let listed = self.workloads.requests();
        if listed > 0.0 {
            self.http.requests_per_month / listed
        } else {
            1.0
        }
    }

    /// These inputs with what any of the workloads needs, for what is asked of the system as a whole.
    #[must_use]
    pub fn united(&self) -> Self {
        let mut all = self.clone();
        for row in self.workloads.rows() {
            for field in &row.own {
                if !field.path.starts_with("needs.") {
                    continue;
                }
                match field.kind {
                    Kind::Flag { get, set } => {
                        let wanted = if *field == at::needs::cold_starts_ok {
                            get(&all) && get(&row.values)
                        } else {
                            get(&all) || get(&row.values)
                        };
                        set(&mut all, wanted);
                    }
                    Kind::Number { get, set, .. } => {
                        let most = get(&all).max(get(&row.values));
                        set(&mut all, most);
                    }
                    Kind::Choice { get, set, .. } => {
                        // What a GPU is for: the more the later it stands.
                        let most = get(&all).max(get(&row.values));
                        set(&mut all, most);
                    }
                    _ => {}
                }
            }
        }
        all
    }
}
