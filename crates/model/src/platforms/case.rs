//! What every platform is asked to run.

use crate::{
    bill::{Line, Rounding},
    inputs::{Gpu, Inputs, Needs, WorkloadKind, WorkloadRow, Workloads},
    traffic::{self, Levels},
    units::{HOURS_PER_MONTH, SECONDS_PER_HOUR},
    workload::Workload,
};
use std::rc::Rc;

/// What every platform is asked to run.
#[derive(Clone, Debug)]
pub struct Case<'a> {
    /// What the user set.
    pub inputs: &'a Inputs,
    /// The demand that follows.
    pub workload: Rc<Workload>,
    /// Replicas of the size that the user set that one service needs at each level: most platforms have that size.
    pub(super) needed: Rc<[f64]>,
    /// The workloads that differ, each as a case of its own; none where all are alike.
    pub(super) parts: Vec<Rc<Part>>,
    /// It is one of several that run together: what stands around them is billed once, with all of them.
    pub(super) is_part: bool,
    /// A service that was listed is there, whether requests come or not.
    stands: bool,
}

/// A workload of several that differ, and all that are like it.
#[derive(Clone, Debug)]
pub struct Part {
    /// Their places in the list, and the share of each in all that are alike.
    pub rows: Vec<(usize, f64)>,
    /// The inputs of a system of it alone.
    pub inputs: Inputs,
    stands: bool,
    workload: Rc<Workload>,
    needed: Rc<[f64]>,
    /// Which of its levels holds at each level of all of them together.
    pub(super) level: Vec<usize>,
}

impl Part {
    /// About how much of a node it takes: vCPU, or a quarter of its GiB where that is more.
    pub(crate) fn room(&self) -> f64 {
        const GIB_PER_VCPU: f64 = 4.0;
        let of = |vcpu: f64, gib: f64| vcpu.max(gib / GIB_PER_VCPU);
        let one = self.case();
        let i = &self.inputs;
        let replicas = one.workload.services * one.workload.mean_of(&self.needed).max(one.floor());
        let services = if one.has_services() { replicas } else { 0.0 };
        services * of(i.instance.vcpu, i.instance.memory_gib)
            + one.worker_hours() / HOURS_PER_MONTH * of(i.workers.vcpu, i.workers.memory_gib)
            + one.jobs_at_once() * of(i.jobs.vcpu, i.jobs.memory_gib)
    }

    /// A line of its bill as one line for each of those that are alike. What a vendor rounds stays one.
    pub(super) fn split(&self, line: Line) -> Vec<Line> {
        let whole = || self.rows.first().map(|(place, _)| vec![(*place, 1.0)]);
        let shares = if line.rounding == Rounding::None {
            self.rows.clone()
        } else {
            whole().unwrap_or_default()
        };
        let of = |(place, share): (usize, f64)| {
            let mut line = line.clone();
            line.workload = Some(place);
            line.quantity *= share;
            if let Some(first) = line.factors.first_mut() {
                first.value *= share;
            }
            line
        };
        shares.into_iter().map(of).collect()
    }

    /// The case of it, as one of several.
    pub fn case(&self) -> Case<'_> {
        Case {
            inputs: &self.inputs,
            workload: Rc::clone(&self.workload),
            needed: Rc::clone(&self.needed),
            parts: Vec::new(),
            is_part: true,
            stands: self.stands,
        }
    }
}

impl<'a> Case<'a> {
    /// The case that the inputs describe.
    pub fn of(inputs: &'a Inputs) -> Self {
        Self::with_levels(inputs, &traffic::levels_of(&inputs.traffic))
    }

    /// The case that the inputs describe, in load levels that are known.
    pub fn with_levels(inputs: &'a Inputs, levels: &Levels) -> Self {
        if !inputs.workloads.is_empty() {
            return Self::of_several(inputs, levels, inputs.workloads.kinds());
        }
        let mut case = Self {
            inputs,
            workload: Rc::new(Workload::with_levels(inputs, levels)),
            needed: Rc::new([]),
            parts: Vec::new(),
            is_part: false,
            stands: false,
        };
        case.needed = case.needed_by_level(inputs.instance.vcpu).into();
        case
    }

    /// The case of a list in which each row is a part of its own, though another be like it.
    pub(crate) fn of_rows(inputs: &'a Inputs) -> Self {
        let rows = inputs.workloads.rows().iter().enumerate();
        let apart = rows.map(|(place, row)| (row.clone(), vec![place]));
        let levels = traffic::levels_of(&inputs.traffic);
        Self::of_several(inputs, &levels, apart.collect())
    }

    /// The case of workloads that differ, each with the places of its rows.
    fn of_several(
        inputs: &'a Inputs,
        levels: &Levels,
        kinds: Vec<(WorkloadRow, Vec<usize>)>,
    ) -> Self {
        let load = inputs.load_of_workloads();
        let mut parts: Vec<Part> = kinds
            .into_iter()
            .map(|(kind, places)| {
                let all = f64::from(kind.count);
                let listed = inputs.workloads.rows();
                let rows = places
                    .into_iter()
                    .map(|place| (place, f64::from(listed[place].count) / all))
                    .collect();
                let alone = kind.alone(inputs, load);
                let own_levels =
                    (alone.traffic != inputs.traffic).then(|| traffic::levels_of(&alone.traffic));
                let workload = Workload::with_levels(&alone, own_levels.as_ref().unwrap_or(levels));
                Part {
                    rows,
                    stands: kind.kind == WorkloadKind::Service,
                    inputs: alone,
                    workload: Rc::new(workload),
                    needed: Rc::new([]),
                    level: Vec::new(),
                }
            })
            .collect();
        let demands: Vec<&Workload> = parts.iter().map(|part| &*part.workload).collect();
        let (workload, levels_of_parts) = Workload::together(&demands);
        for (part, level) in parts.iter_mut().zip(levels_of_parts) {
            let needed = part.case().needed_by_level(part.inputs.instance.vcpu);
            part.needed = needed.into();
            part.level = level;
        }
        Self {
            inputs,
            workload: Rc::new(workload),
            needed: Rc::new([]),
            stands: parts.iter().any(|part| part.stands),
            parts: parts.into_iter().map(Rc::new).collect(),
            is_part: false,
        }
    }

    /// The case of some of its workloads, with inputs that hold their sums.
    pub(crate) fn of_some<'b>(&self, inputs: &'b Inputs, kept: &[bool]) -> Case<'b> {
        let kept = self.parts.iter().zip(kept).filter(|(_, kept)| **kept);
        let mut parts: Vec<Rc<Part>> = kept.map(|(part, _)| Rc::clone(part)).collect();
        let demands: Vec<&Workload> = parts.iter().map(|part| &*part.workload).collect();
        let (workload, levels) = Workload::together(&demands);
        for (part, level) in parts.iter_mut().zip(levels) {
            if part.level != level {
                Rc::make_mut(part).level = level;
            }
        }
        Case {
            inputs,
            workload: Rc::new(workload),
            needed: Rc::new([]),
            stands: parts.iter().any(|part| part.stands),
            parts,
            is_part: false,
        }
    }

    /// Inputs with the sums of some of the workloads, and what people do for them.
    pub(crate) fn inputs_of_some(&self, kept: &[bool]) -> Inputs {
        let mut some = self.inputs.clone();
        some.surroundings.gb_between_zones = self.inputs.gb_between_zones(|place| {
            let mut there = self.parts.iter().zip(kept).filter(|(_, kept)| **kept);
            there.any(|(part, _)| part.rows.iter().any(|(row, _)| *row == place))
        });
        some.workloads = Workloads::default();
        let zero = |some: &mut Inputs| {
            some.services = 0;
            some.http.requests_per_month = 0.0;
            some.connections.count = 0.0;
            some.workers.count = 0;
            some.jobs.runs_per_month = 0.0;
            some.needs.gpu = Gpu::None;
        };
        zero(&mut some);
        let kept = self.parts.iter().zip(kept).filter(|(_, kept)| **kept);
        for (part, _) in kept {
            let one = &part.inputs;
            some.services += if part.stands { one.services } else { 0 };
            some.http.requests_per_month += one.http.requests_per_month;
            some.connections.count += one.connections.count;
            some.workers.count += one.workers.count;
            some.jobs.runs_per_month += one.jobs.runs_per_month;
            if some.needs.gpu == Gpu::None {
                some.needs.gpu = one.needs.gpu;
            }
        }
        some.services = some.services.max(1);
        some
    }

    /// The same demand, with inputs that differ in nothing that it follows from: in who runs it.
    pub(crate) fn with_inputs<'b>(&self, inputs: &'b Inputs) -> Case<'b> {
        Case {
            inputs,
            workload: Rc::clone(&self.workload),
            needed: Rc::clone(&self.needed),
            parts: self.parts.clone(),
            is_part: self.is_part,
            stands: self.stands,
        }
    }

    /// The workloads that differ; none where all are alike.
    pub fn parts(&self) -> &[Rc<Part>] {
        &self.parts
    }

    /// Whether any of the workloads needs that.
    pub(super) fn any(&self, need: fn(&Needs) -> bool) -> bool {
        need(&self.inputs.needs) || self.parts.iter().any(|part| need(&part.inputs.needs))
    }

    /// The workloads that differ, if they do: what is asked of all of them is their sum.
    pub(super) fn several(&self) -> Option<impl Iterator<Item = &Part>> {
        let several = !self.parts.is_empty();
        several.then(|| self.parts.iter().map(Rc::as_ref))
    }

    /// Whether there is any HTTP service to run.
    pub fn has_services(&self) -> bool {
        self.stands || self.workload.requests.get() > 0.0
    }

    /// The longest request, s: what the user says, and never less than the mean.
    pub fn longest_request_s(&self) -> f64 {
        let longest = self
            .parts
            .iter()
            .map(|part| part.case().longest_request_s());
        if let Some(longest) = longest.reduce(f64::max) {
            return longest;
        }
        self.inputs
            .needs
            .long_request_s
            .max(self.workload.service_s)
    }

    /// Hours that workers run in a month, all together.
    pub fn worker_hours(&self) -> f64 {
        if let Some(parts) = self.several() {
            return parts.map(|part| part.case().worker_hours()).sum();
        }
        let workers = &self.inputs.workers;
        f64::from(workers.count) * workers.hours_per_month
    }

    /// Seconds that a run takes, what is around its work included.
    pub fn run_s(&self) -> f64 {
        self.inputs.jobs.minutes * 60.0 + self.inputs.assumptions.run_overhead_s
    }

    /// Hours that jobs run in a month, all together, where each run counts `minimum_s` at least.
    pub fn job_hours(&self, minimum_s: f64) -> f64 {
        if let Some(parts) = self.several() {
            return parts.map(|part| part.case().job_hours(minimum_s)).sum();
        }
        let jobs = &self.inputs.jobs;
        jobs.runs_per_month * self.run_s().max(minimum_s) / SECONDS_PER_HOUR
    }

    /// Mean number of jobs that run at the same time.
    pub fn jobs_at_once(&self) -> f64 {
        self.job_hours(0.0) / HOURS_PER_MONTH
    }
}
