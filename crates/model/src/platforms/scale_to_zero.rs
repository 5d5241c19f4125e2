//! What the platforms share that take instances away when nothing comes: how long they keep one, what a cold start
//! costs a request, and how many instances an objective needs.

use super::Case;
use crate::{
    bill::Bill,
    capacity::cold::{self, Cold, KeepAliveLoad, StartUp},
    prices::NoPrice,
    units::{HOURS_PER_MONTH, SECONDS_PER_HOUR},
    workload::Level,
};

/// How a platform keeps instances and starts them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KeepAlive {
    /// How long an instance is kept after its last request, s.
    pub keep_s: f64,
    /// The platform's part of a start, s: scheduling and pulling the image, the geometric middle of what was measured or
    /// told. How far starts are spread is the program's affair.
    pub start_s: f64,
    /// An open connection takes one of the places for requests; else it only keeps its instance alive.
    pub connections_take_places: bool,
}

const HOURS_PER_DAY: f64 = 24.0;
/// The share of requests that an objective is about.
const OBJECTIVE: f64 = 0.99;
/// Instances above what the busiest level needs that are tried for an objective.
const TRIED_ABOVE: f64 = 5.0;

/// How instances start and stop, level by level, for one minimum.
#[derive(Clone, Debug, PartialEq)]
pub struct ColdStarts {
    /// Requests at once on one instance.
    pub concurrency: u32,
    /// How the platform keeps and starts instances.
    keep_alive: KeepAlive,
    /// Instances of each service that are always there.
    pub min: u32,
    /// At each load level.
    pub levels: Vec<Cold>,
    /// The time of a start.
    pub start: StartUp,
    /// Share of requests that start an instance.
    pub share: f64,
    /// Share of requests that wait for one to start.
    pub delayed: f64,
    /// ColdStarts a day, over all services.
    pub per_day: f64,
}

impl Case<'_> {
    fn start_up(&self, keep_alive: KeepAlive) -> StartUp {
        let (platform_s, program_s) = (keep_alive.start_s, self.inputs.instance.startup_s);
        StartUp {
            median_s: platform_s + program_s,
            p95_s: platform_s + program_s * self.inputs.assumptions.startup_spread,
        }
    }

    fn keep_alive_load(
        &self,
        level: &Level,
        concurrency: u32,
        keep_alive: KeepAlive,
        min: u32,
    ) -> KeepAliveLoad {
        let w = &self.workload;
        let (rate, service_s) = if keep_alive.connections_take_places {
            let stream = w.stream(level);
            (stream.rate, stream.service_s)
        } else {
            (level.rate, w.service_s)
        };
        KeepAliveLoad {
            rate,
            service_s,
            concurrency,
            keep_s: keep_alive.keep_s,
            min_instances: min,
            cv2: self.workload.cv2,
        }
    }

    /// Instances of each service that are always there: the user's number, else the fewest that keep cold starts away from
    /// 99 of 100 requests at every load where the user says so, or that meet the latency objective. `redundant` is the
    /// fewest where any must be there at all.
    pub(super) fn min_instances(
        &self,
        concurrency: u32,
        keep_alive: KeepAlive,
        redundant: u32,
    ) -> u32 {
        let inputs = self.inputs;
        // What works between requests is there between them.
        let least = u32::from(inputs.needs.background && self.has_services());
        if let Some(min) = inputs.min_instances {
            return min.max(least);
        }
        let wait_allowed_s = match inputs.slo_ms {
            Some(limit) => (limit / 1_000.0 - self.workload.service_s).max(0.0),
            None if inputs.needs.cold_starts_ok => return least,
            None => 0.0,
        };
        if !self.has_services() {
            return 0;
        }
        match self.fewest_that_wait(wait_allowed_s, concurrency, keep_alive) {
            0 if inputs.needs.cold_starts_ok => least,
            needed => needed.max(redundant),
        }
    }

    /// The fewest instances of each service with which 99 of 100 requests wait no longer than this for one to start, at every
    /// load.
    fn fewest_that_wait(&self, at_most_s: f64, concurrency: u32, keep_alive: KeepAlive) -> u32 {
        let loads: Vec<KeepAliveLoad> = self
            .workload
            .levels
            .iter()
            .map(|level| self.keep_alive_load(level, concurrency, keep_alive, 0))
            .collect();
        let busiest = self.workload.peak() * self.workload.service_s / f64::from(concurrency);
        let most = (busiest + TRIED_ABOVE).ceil() as u32;
        let start = self.start_up(keep_alive);
        cold::fewest(&loads, &start, OBJECTIVE, at_most_s, most)
    }

    /// The minimums above what is asked for that are worth a bill where an instance at its minimum costs less while it waits: one
    /// instance, as many as are redundant, as many as keep cold starts away, and `others`. Where the user sets one there is no
    /// other. They don't depend on what is asked for, so that to ask for more is never cheaper.
    pub(super) fn minimums_above(
        &self,
        asked: &ColdStarts,
        redundant: u32,
        others: &[u32],
    ) -> Vec<u32> {
        if !self.has_services() || self.inputs.min_instances.is_some() {
            return Vec::new();
        }
        let few = |cold: &Cold| cold.delayed <= 1.0 - OBJECTIVE;
        let none_cold = if asked.levels.iter().all(few) {
            asked.min
        } else {
            self.fewest_that_wait(0.0, asked.concurrency, asked.keep_alive)
        };
        let mut all = vec![1, redundant, none_cold.max(redundant)];
        all.extend(others);
        all.retain(|min| *min > asked.min);
        all.sort_unstable();
        all.dedup();
        all
    }

    /// How instances start and stop where `min` of each service are always there.
    pub(super) fn starts(&self, concurrency: u32, keep_alive: KeepAlive, min: u32) -> ColdStarts {
        let w = &self.workload;
        let start = self.start_up(keep_alive);
        let mean_s = start.mean_s();
        let levels: Vec<Cold> = w
            .levels
            .iter()
            .map(|level| {
                let cold = self
                    .keep_alive_load(level, concurrency, keep_alive, min)
                    .cold(mean_s);
                // As long as one connection is open, or was so lately, something is alive.
                let opened = level.connections / w.connection_s;
                let open = -libm::expm1(-opened * (w.connection_s + keep_alive.keep_s));
                Cold {
                    // One that is kept is open all the time.
                    alive: cold.alive.max(open).max(level.connections.min(1.0)),
                    ..cold
                }
            })
            .collect();
        let rate = |level: &Level| {
            self.keep_alive_load(level, concurrency, keep_alive, min)
                .rate
        };
        let per_s = |figure: fn(&Cold) -> f64| -> f64 {
            let levels = w.levels.iter().zip(&levels);
            levels
                .map(|(level, cold)| level.weight * rate(level) * figure(cold))
                .sum()
        };
        let arrivals = w.mean(rate).max(f64::MIN_POSITIVE);
        let starts = per_s(|cold| cold.probability);
        ColdStarts {
            concurrency,
            keep_alive,
            min,
            share: starts / arrivals,
            delayed: per_s(|cold| cold.delayed) / arrivals,
            per_day: w.services * starts * SECONDS_PER_HOUR * HOURS_PER_DAY,
            levels,
            start,
        }
    }
}

impl ColdStarts {
    /// Adds the figures that tell what cold starts do. What one of them less costs is what the bill differs by where one
    /// more instance of each service is always there; `bill_with` is that bill.
    pub(super) fn add_figures(
        &self,
        case: &Case<'_>,
        bill: &mut Bill,
        bill_with: impl FnOnce(&Self) -> Result<Bill, NoPrice>,
    ) -> Result<(), NoPrice> {
        /// ColdStarts a month below which there are none to speak of.
        const FEWEST: f64 = 1e-3;
        bill.figure("min_instances", f64::from(self.min), "");
        bill.figure("cold_start_share", self.share, "");
        bill.figure("cold_starts_per_day", self.per_day, "");
        for (id, p) in [
            ("added_latency_p50_ms", 0.5),
            ("added_latency_p95_ms", 0.95),
            ("added_latency_p99_ms", 0.99),
        ] {
            bill.figure(id, self.start.added_s(p, self.delayed) * 1_000.0, "ms");
        }
        if self.per_month() <= FEWEST {
            return Ok(());
        }
        let more = case.starts(self.concurrency, self.keep_alive, self.min + 1);
        let fewer = self.per_month() - more.per_month();
        if fewer > FEWEST {
            let dearer = bill_with(&more)?.infrastructure() - bill.infrastructure();
            bill.figure("usd_per_cold_start_removed", dearer.get() / fewer, "USD");
        }
        Ok(())
    }

    fn per_month(&self) -> f64 {
        self.per_day * HOURS_PER_MONTH / HOURS_PER_DAY
    }
}
