//! Demand: what the inputs ask of one service, as load levels.
//!
//! From [`Inputs`]; the platforms read it to plan. The levels describe one service: requests are split evenly, and
//! each service has its own instances.

use super::{
    inputs::Inputs,
    traffic::Levels,
    units::{Qty, Request, SECONDS_PER_HOUR, SECONDS_PER_MONTH},
};

/// A share of the month during which requests arrive at one rate (Poisson).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Level {
    /// Share of the month, 0 to 1; all levels sum to 1.
    pub weight: f64,
    /// Requests per second at one service.
    pub rate: f64,
    /// Connections open at one service.
    pub connections: f64,
}

/// How the load falls from one level to a lower one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fall {
    /// From which of the levels.
    pub from: usize,
    /// To which.
    pub to: usize,
    /// How often, per second.
    pub per_s: f64,
}

/// Demand of one service, and how many services there are.
#[derive(Clone, Debug, PartialEq)]
pub struct Workload {
    /// Services, all alike.
    pub services: f64,
    /// Load of one service, growing.
    pub levels: Vec<Level>,
    /// How the load falls between the levels.
    pub falls: Vec<Fall>,
    /// Mean wall time of a warm request, s.
    pub service_s: f64,
    /// CPU time of a request, vCPU-s.
    pub cpu_s: f64,
    /// How long a connection stays open, s.
    pub connection_s: f64,
    /// Squared coefficient of variation of the gaps between requests.
    pub cv2: f64,
    /// Requests in a month, all services together.
    pub requests: Qty<Request>,
    /// Bytes sent to clients in a month, all services together.
    pub egress_bytes: f64,
}

/// What arrives at one service and holds an instance: requests and connections together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stream {
    /// Arrivals per second.
    pub rate: f64,
    /// Mean time that one holds its slot, s.
    pub service_s: f64,
    /// CPU time of one, vCPU-s.
    pub cpu_s: f64,
}

impl Workload {
    /// The demand that the inputs describe, in load levels that are known.
    pub fn with_levels(inputs: &Inputs, shape: &Levels) -> Self {
        let services = f64::from(inputs.services);
        let requests = inputs.http.requests_per_month;
        let mean = requests / services / SECONDS_PER_MONTH;
        let open = inputs.connections.count / services;
        Self {
            services,
            levels: shape
                .levels
                .iter()
                .map(|(weight, load)| Level {
                    weight: *weight,
                    rate: mean * load,
                    connections: open * load,
                })
                .collect(),
            falls: shape
                .falls
                .iter()
                .map(|(from, to, per_hour)| Fall {
                    from: *from,
                    to: *to,
                    per_s: per_hour / SECONDS_PER_HOUR,
                })
                .collect(),
            service_s: inputs.http.latency_ms / 1_000.0,
            cpu_s: inputs.http.cpu_ms / 1_000.0,
            connection_s: inputs.connections.seconds,
            cv2: inputs.traffic.cv2,
            requests: Qty::of(requests),
            egress_bytes: requests * inputs.http.response_kb * 1_000.0,
        }
    }

    /// Several demands as one, and which level of each holds at each level of it. Where they have the same shape they rise and
    /// fall together. Where they don't, nobody has said when which is busy: the busiest hours of all are taken to fall together,
    /// which needs the most room.
    pub fn together(all: &[&Self]) -> (Self, Vec<Vec<usize>>) {
        let weights =
            |one: &Self| -> Vec<f64> { one.levels.iter().map(|level| level.weight).collect() };
        let alike = all.windows(2).all(|two| {
            weights(two[0]) == weights(two[1]) && two[0].falls.len() == two[1].falls.len()
        });
        let shares = if alike {
            all.first().map(|one| weights(one)).unwrap_or_default()
        } else {
            joint_shares(all)
        };
        let places: Vec<Vec<usize>> = all.iter().map(|one| one.places(&shares, alike)).collect();
        let services: f64 = all
            .iter()
            .filter(|one| one.serves())
            .map(|one| one.services)
            .sum::<f64>()
            .max(1.0);
        let level = |n: usize| {
            let of = |figure: fn(&Level) -> f64| -> f64 {
                let parts = all.iter().zip(&places);
                parts
                    .map(|(one, places)| one.services * figure(&one.levels[places[n]]))
                    .sum::<f64>()
                    / services
            };
            Level {
                weight: shares[n],
                rate: of(|level| level.rate),
                connections: of(|level| level.connections),
            }
        };
        let requests: f64 = all.iter().map(|one| one.requests.get()).sum();
        let open = |one: &Self| one.services * one.mean(|level| level.connections);
        let mean = |figure: fn(&Self) -> f64, weight: &dyn Fn(&Self) -> f64| {
            let sum: f64 = all.iter().map(|one| weight(one)).sum();
            let weighted: f64 = all.iter().map(|one| weight(one) * figure(one)).sum();
            if sum > 0.0 {
                weighted / sum
            } else {
                all.first().map_or(0.0, |one| figure(one))
            }
        };
        let by_requests = |one: &Self| one.requests.get();
        let whole = Self {
            services,
            levels: (0..shares.len()).map(level).collect(),
            falls: if alike {
                all.first().map_or_else(Vec::new, |one| one.falls.clone())
            } else {
                Vec::new()
            },
            service_s: mean(|one| one.service_s, &by_requests),
            cpu_s: mean(|one| one.cpu_s, &by_requests),
            connection_s: mean(|one| one.connection_s, &open),
            cv2: mean(|one| one.cv2, &by_requests),
            requests: Qty::of(requests),
            egress_bytes: all.iter().map(|one| one.egress_bytes).sum(),
        };
        (whole, places)
    }

    /// Whether anything arrives.
    fn serves(&self) -> bool {
        self.requests.get() > 0.0 || self.levels.iter().any(|level| level.connections > 0.0)
    }

    /// Which of its levels holds in each of these shares of the time, the quietest first.
    fn places(&self, shares: &[f64], alike: bool) -> Vec<usize> {
        if alike {
            return (0..self.levels.len()).collect();
        }
        let mut from = 0.0;
        shares
            .iter()
            .map(|share| {
                let middle = from + share / 2.0;
                from += share;
                let mut upto = 0.0;
                let found = self.levels.iter().position(|level| {
                    upto += level.weight;
                    middle < upto
                });
                found.unwrap_or(self.levels.len() - 1)
            })
            .collect()
    }

    /// The rate of the busiest level, requests per second.
    pub fn peak(&self) -> f64 {
        self.levels
            .iter()
            .map(|level| level.rate)
            .fold(0.0, f64::max)
    }

    /// The mean over the month of a figure that depends on the load level.
    pub fn mean(&self, figure: impl Fn(&Level) -> f64) -> f64 {
        self.levels
            .iter()
            .map(|level| level.weight * figure(level))
            .sum()
    }

    /// The mean over the month of a figure given for each level.
    pub fn mean_of(&self, figures: &[f64]) -> f64 {
        self.levels
            .iter()
            .zip(figures)
            .map(|(level, figure)| level.weight * figure)
            .sum()
    }

    /// The mean of a figure of each level that follows a falling load only `lag_s` seconds later.
    pub fn lagging(&self, figures: &[f64], lag_s: f64) -> f64 {
        let late: f64 = self
            .falls
            .iter()
            .map(|fall| fall.per_s * (figures[fall.from] - figures[fall.to]).max(0.0))
            .sum();
        self.mean_of(figures) + late * lag_s
    }

    /// The share of time in which each of so many instances of a service has a connection open: one that is kept is there all
    /// the time, and with the others it is spread over the instances.
    pub fn held(&self, level: &Level, instances: f64) -> f64 {
        if level.connections > 0.0 && instances > 0.0 {
            (level.connections / instances).min(1.0)
        } else {
            0.0
        }
    }

    /// Requests and connections of a level in one: the union of their times is what counts, whatever they last.
    pub fn stream(&self, level: &Level) -> Stream {
        let connections = level.connections / self.connection_s;
        let rate = level.rate + connections;
        if connections <= 0.0 {
            return Stream {
                rate,
                service_s: self.service_s,
                cpu_s: self.cpu_s,
            };
        }
        Stream {
            rate,
            service_s: (level.rate * self.service_s + level.connections) / rate,
            cpu_s: level.rate * self.cpu_s / rate,
        }
    }
}

/// The shares of the time in which none of the demands changes its level, if all are quiet and busy together.
fn joint_shares(all: &[&Workload]) -> Vec<f64> {
    let mut ends: Vec<f64> = Vec::new();
    for one in all {
        let mut upto = 0.0;
        for level in &one.levels {
            upto += level.weight;
            ends.push(upto.min(1.0));
        }
    }
    ends.sort_by(f64::total_cmp);
    let mut shares = Vec::new();
    let mut from = 0.0;
    for end in ends {
        if end - from > 1e-9 {
            shares.push(end - from);
            from = end;
        }
    }
    shares
}
