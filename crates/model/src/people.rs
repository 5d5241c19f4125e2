//! Engineering time: the hours a week that running a platform takes, and what they cost.
//!
//! hours per week = fluency × (fixed + per engineer × engineers + per service × services), on both sides. No neutral survey
//! exists and the published figures differ sixfold, so there are three calibrations, each fitted to the figures of its source:
//! [`article`](Calibration::Article), [`vendor`](Calibration::Vendor) and [`practitioner`](Calibration::Practitioner). The
//! default is their geometric [`middle`](Calibration::Middle). The team's own tracked figure wins.

mod formula;

pub use formula::{Formula, formula};

use super::{
    basis::Basis,
    bill::{CostCategory, Factor, Line, Repeats, Rounding, Source},
    inputs::{ASSUMPTIONS, Assumption, Assumptions, Calibration, Inputs, at},
    platform::Platform,
    units::{EngineerHour, Unit, WEEKS_PER_MONTH},
};
use std::borrow::Cow;

/// Platforms that take the same kind of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Kubernetes on nodes of one's own.
    KubernetesNodes,
    /// Kubernetes whose nodes the vendor manages.
    KubernetesManaged,
    /// Fargate on ECS, and ECS on nodes that AWS manages.
    Fargate,
    /// ECS on nodes of one's own: Fargate's work and a part of what nodes add.
    EcsNodes,
    /// ECS Express Mode: Fargate whose pipeline and load balancer AWS sets up.
    Express,
    /// The other serverless platforms; no evidence tells them apart.
    Serverless,
}

/// Classes whose hours are off by the same factor, whatever the calibration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Kubernetes, whoever owns the nodes.
    Kubernetes,
    /// ECS, on Fargate or on nodes, with and without Express Mode.
    Fargate,
    /// The other serverless platforms.
    Serverless,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Kubernetes, Self::Fargate, Self::Serverless];
}

/// By how much the hours of a class may be off under any one calibration: factors on them, evenly likely between the two.
pub const OFF: (f64, f64) = (0.7, 1.3);

/// The calibrations that were fitted to a source of their own, in the order of [`Hours::by_calibration`].
pub const FITTED: [Calibration; 3] = [
    Calibration::Article,
    Calibration::Vendor,
    Calibration::Practitioner,
];

/// Fluent engineers of so many are what the calibrations were fitted to; in a larger team as many are worth less.
const FLUENT_AMONG: f64 = 24.0;
/// A team knows the platform that it runs at least as well as one with so many fluent engineers.
const FLUENT_BY_USE: f64 = 2.0;
/// In a system of jobs and workers alone few engineers touch the platform.
const ENGINEERS_OF_JOBS: f64 = 0.5;

/// Hours a week: whatever the size, for each engineer, and for each service.
#[derive(Clone, Copy, Debug)]
struct Coefficients {
    fixed: f64,
    per_engineer: f64,
    per_service: f64,
}

impl Class {
    /// Whether the platform is Kubernetes.
    pub fn is_kubernetes(self) -> bool {
        self.kind() == Kind::Kubernetes
    }

    /// The classes that it shares its doubt with.
    pub fn kind(self) -> Kind {
        match self {
            Self::KubernetesNodes | Self::KubernetesManaged => Kind::Kubernetes,
            Self::Fargate | Self::EcsNodes | Self::Express => Kind::Fargate,
            Self::Serverless => Kind::Serverless,
        }
    }

    fn coefficients(self, calibration: Calibration, a: &Assumptions) -> Coefficients {
        let of = |fixed, per_engineer, per_service| Coefficients {
            fixed,
            per_engineer,
            per_service,
        };
        let own_nodes = match calibration {
            Calibration::Vendor => of(
                a.vendor_kubernetes_fixed,
                a.vendor_kubernetes_per_engineer,
                a.vendor_kubernetes_per_service,
            ),
            Calibration::Practitioner => of(
                a.practitioner_kubernetes_fixed,
                a.practitioner_kubernetes_per_engineer,
                a.practitioner_kubernetes_per_service,
            ),
            _ => of(
                a.kubernetes_fixed,
                a.kubernetes_per_engineer,
                a.kubernetes_per_service,
            ),
        };
        let fargate = match calibration {
            Calibration::Vendor => of(
                a.vendor_fargate_fixed,
                a.vendor_fargate_per_engineer,
                a.vendor_fargate_per_service,
            ),
            Calibration::Practitioner => of(
                a.practitioner_fargate_fixed,
                a.practitioner_fargate_per_engineer,
                a.practitioner_fargate_per_service,
            ),
            _ => of(
                a.fargate_fixed,
                a.fargate_per_engineer,
                a.fargate_per_service,
            ),
        };
        let less = |share: f64, all: Coefficients| Coefficients {
            fixed: share * all.fixed,
            ..all
        };
        let between = |share: f64, from: Coefficients, to: Coefficients| {
            let at = |from: f64, to: f64| from + share * (to - from);
            Coefficients {
                fixed: at(from.fixed, to.fixed),
                per_engineer: at(from.per_engineer, to.per_engineer),
                per_service: at(from.per_service, to.per_service),
            }
        };
        match self {
            Self::KubernetesNodes => own_nodes,
            Self::KubernetesManaged => less(a.managed_nodes_share, own_nodes),
            Self::Fargate => fargate,
            Self::EcsNodes => between(a.ecs_nodes_share, fargate, own_nodes),
            Self::Express => less(a.express_share, fargate),
            Self::Serverless => of(
                a.serverless_fixed,
                a.serverless_per_engineer,
                a.serverless_per_service,
            ),
        }
    }
}

impl Class {
    /// The assumptions that a calibration comes to its hours with; none of the middle, which is of the others.
    pub fn figures(self, calibration: Calibration) -> impl Iterator<Item = &'static Assumption> {
        let by = match calibration {
            Calibration::Middle => None,
            Calibration::Article => Some(""),
            Calibration::Vendor => Some("vendor_"),
            Calibration::Practitioner => Some("practitioner_"),
        };
        let (groups, share): (&[&str], &str) = match self {
            Self::KubernetesNodes => (&["kubernetes_", "fluency_"], ""),
            Self::KubernetesManaged => (&["kubernetes_", "fluency_"], "managed_nodes_share"),
            Self::Fargate => (&["fargate_"], ""),
            Self::EcsNodes => (&["fargate_", "kubernetes_"], "ecs_nodes_share"),
            Self::Express => (&["fargate_"], "express_share"),
            Self::Serverless => (&["serverless_"], ""),
        };
        // No source tells serverless platforms apart: there is one set for all.
        let by = if self == Self::Serverless {
            by.map(|_| "")
        } else {
            by
        };
        ASSUMPTIONS.iter().filter(move |assumption| {
            let name = assumption.field.path.trim_start_matches("assumptions.");
            let own = by.and_then(|by| name.strip_prefix(by));
            let of_group = |own: &str| groups.iter().any(|group| own.starts_with(group));
            (by.is_some() && name == share) || own.is_some_and(of_group)
        })
    }
}

/// How many times the hours of a team with two fluent engineers Kubernetes takes.
fn fluency_factor(calibration: Calibration, inputs: &Inputs) -> f64 {
    let a = &inputs.assumptions;
    let steps = match calibration {
        Calibration::Vendor => [
            a.vendor_fluency_none,
            a.vendor_fluency_one,
            a.vendor_fluency_two,
            a.vendor_fluency_three,
        ],
        Calibration::Practitioner => [
            a.practitioner_fluency_none,
            a.practitioner_fluency_one,
            a.practitioner_fluency_two,
            a.practitioner_fluency_three,
        ],
        _ => [
            a.fluency_none,
            a.fluency_one,
            a.fluency_two,
            a.fluency_three,
        ],
    };
    let fluent = fluent_enough(inputs);
    let last = steps.len() - 1;
    let below = (fluent as usize).min(last);
    let above = (below + 1).min(last);
    steps[below] + (steps[above] - steps[below]) * fluent.fract().min(1.0)
}

/// How many fluent engineers count: three of 200 are not three of eight, and who runs Kubernetes today knows it.
fn fluent_enough(inputs: &Inputs) -> f64 {
    let team = &inputs.team;
    let fluent = f64::from(team.fluent);
    let engineers = f64::from(team.engineers);
    let among = fluent * (FLUENT_AMONG / engineers).min(1.0);
    let runs_it = inputs.already_on.is_some_and(Platform::is_kubernetes);
    if runs_it {
        among.max(FLUENT_BY_USE)
    } else {
        among
    }
}

/// Hours a week of engineering time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hours {
    /// Running the platform, without what a platform team does and without on-call.
    pub operations: f64,
    /// What the platform team does, whatever the number of engineers and services.
    pub platform_team: f64,
    /// Being on call, on top.
    pub on_call: f64,
    /// Estimated by us, or tracked by the team.
    pub basis: Basis,
    /// All of them under each of [`FITTED`]; where the user chose one, or tracks the hours, all alike.
    pub by_calibration: [f64; FITTED.len()],
}

impl Hours {
    /// All of them.
    pub fn total(self) -> f64 {
        self.operations + self.platform_team + self.on_call
    }

    /// These and others.
    fn and(self, other: Self) -> Self {
        Self {
            operations: self.operations + other.operations,
            platform_team: self.platform_team + other.platform_team,
            on_call: self.on_call + other.on_call,
            basis: if self.basis == other.basis {
                self.basis
            } else {
                Basis::Assumed
            },
            by_calibration: std::array::from_fn(|n| {
                self.by_calibration[n] + other.by_calibration[n]
            }),
        }
    }
}

/// What one calibration says, hours a week without on-call.
#[derive(Clone, Copy)]
struct Estimate {
    week: f64,
    /// Of these, a platform team's.
    platform_team: f64,
}

fn estimate(class: Class, calibration: Calibration, inputs: &Inputs) -> Estimate {
    let (a, team) = (&inputs.assumptions, &inputs.team);
    let formula = formula(class, calibration, inputs);
    let (fixed, rest) = (formula.fixed(), formula.rest());
    let joined = a.joined_per_engineer * f64::from(team.engineers)
        + a.joined_per_service * f64::from(inputs.services);
    if class.is_kubernetes() && team.existing_cluster && joined < fixed + rest {
        return Estimate {
            week: joined,
            platform_team: 0.0,
        };
    }
    match (team.platform_team, team.platform_team_paid_by_others) {
        (false, _) => Estimate {
            week: fixed + rest,
            platform_team: 0.0,
        },
        (true, false) => Estimate {
            week: fixed + rest,
            platform_team: fixed,
        },
        (true, true) => Estimate {
            week: rest,
            platform_team: 0.0,
        },
    }
}

/// Hours a week, on-call included, that a calibration estimates for a class, whatever the user chose; none where the team
/// tracks its own.
pub fn under(class: Class, calibration: Calibration, inputs: &Inputs) -> Option<f64> {
    if tracked(class, inputs).is_some() {
        return None;
    }
    let week = match calibration {
        Calibration::Middle => middle(FITTED.map(|fitted| estimate(class, fitted, inputs).week)),
        fitted => estimate(class, fitted, inputs).week,
    };
    Some(week * (1.0 + on_call(inputs)))
}

/// Hours on call for each hour of running it.
fn on_call(inputs: &Inputs) -> f64 {
    if inputs.team.on_call {
        inputs.assumptions.on_call_share
    } else {
        0.0
    }
}

/// The team's own figure.
fn tracked(class: Class, inputs: &Inputs) -> Option<f64> {
    let tracked = &inputs.team.ops_hours_per_week;
    if class.is_kubernetes() {
        tracked.kubernetes
    } else {
        tracked.serverless
    }
}

/// Hours a week that running a platform of this class takes.
pub fn hours(class: Class, inputs: &Inputs) -> Hours {
    if let Some(week) = tracked(class, inputs) {
        return Hours {
            operations: week,
            platform_team: 0.0,
            on_call: 0.0,
            basis: Basis::Own,
            by_calibration: [week; FITTED.len()],
        };
    }
    let chosen = inputs.people.calibration;
    let estimates = FITTED.map(|fitted| {
        let calibration = match chosen {
            Calibration::Middle => fitted,
            chosen => chosen,
        };
        estimate(class, calibration, inputs)
    });
    let on_call = on_call(inputs);
    let weeks = estimates.map(|estimate| estimate.week);
    let week = middle(weeks);
    let sum = |part: fn(&Estimate) -> f64| estimates.iter().map(part).sum::<f64>();
    let all = sum(|estimate| estimate.week);
    let platform_team = if all > 0.0 {
        week * sum(|estimate| estimate.platform_team) / all
    } else {
        0.0
    };
    Hours {
        operations: week - platform_team,
        platform_team,
        on_call: on_call * week,
        basis: Basis::Assumed,
        by_calibration: weeks.map(|week| week * (1.0 + on_call)),
    }
}

/// The geometric mean; to the last bit what they all are where they are the same.
fn middle(weeks: [f64; FITTED.len()]) -> f64 {
    let [a, b, c] = weeks;
    if a == b && b == c {
        a
    } else {
        libm::cbrt(a * b * c)
    }
}

impl Calibration {
    /// Where its lines come from, in a sentence.
    fn origin(self) -> &'static str {
        match self {
            Self::Article => {
                "engineering time: fluency × (fixed + per engineer + per service), calibrated on the article"
            }
            Self::Vendor => {
                "engineering time: fluency × (fixed + per engineer + per service), calibrated on AWS's advice to start-ups"
            }
            Self::Practitioner => {
                "engineering time: fluency × (fixed + per engineer + per service), calibrated on a practitioner's report"
            }
            Self::Middle => {
                "engineering time: fluency × (fixed + per engineer + per service), geometric mean of three calibrations"
            }
        }
    }
}

/// The meter of the people who run a pool of GPU nodes beside a serverless platform.
const POOL_METER: &str = "people/gpu-pool";

/// What a cluster with one service is run by, where a pool of GPU nodes stands beside a platform.
fn pool_beside(platform: Platform, inputs: &Inputs) -> Option<Inputs> {
    platform.has_pool_beside(inputs).then(|| {
        let mut one_service = inputs.clone();
        one_service.services = 1;
        one_service.environments.clear();
        one_service
    })
}

/// What is run on a platform, each by its class and the inputs that its hours follow from: the platform itself, and a cluster
/// with one service where a pool of GPU nodes stands beside it.
pub(crate) fn run(
    platform: Platform,
    inputs: &Inputs,
) -> impl Iterator<Item = (Class, Cow<'_, Inputs>)> {
    let pool = pool_beside(platform, inputs);
    let pool = pool.map(|one_service| (Class::KubernetesNodes, Cow::Owned(one_service)));
    let itself = (platform.definition().people, Cow::Borrowed(inputs));
    [itself].into_iter().chain(pool)
}

/// Hours a week that a platform takes, with a pool of GPU nodes beside it.
pub fn on(platform: Platform, inputs: &Inputs) -> Hours {
    run(platform, inputs)
        .map(|(class, inputs)| hours(class, &inputs))
        .reduce(Hours::and)
        .unwrap_or_else(|| unreachable!("a platform is run"))
}

/// Hours a week that a pool of GPU nodes beside a platform takes; none without one.
pub fn on_pool(platform: Platform, inputs: &Inputs) -> Option<Hours> {
    let one_service = pool_beside(platform, inputs)?;
    Some(hours(Class::KubernetesNodes, &one_service))
}

/// Whether a line is for a pool of GPU nodes.
pub(crate) fn is_of_pool(line: &Line) -> bool {
    line.meter == POOL_METER
}

/// The kind of what a line of engineering time on a platform is for.
pub(crate) fn kind_of(line: &Line, platform: Platform) -> Kind {
    if is_of_pool(line) {
        Kind::Kubernetes
    } else {
        platform.definition().people.kind()
    }
}

/// The lines of engineering time on a platform.
pub fn lines_on(platform: Platform, inputs: &Inputs) -> Vec<Line> {
    let mut lines = lines(platform.definition().people, inputs);
    if let Some(hours) = on_pool(platform, inputs) {
        let name = "Engineering time for the GPU pool";
        lines.push(line(
            Class::KubernetesNodes,
            hours,
            POOL_METER,
            name,
            hours.total(),
            inputs,
        ));
    }
    lines
}

fn line(
    class: Class,
    hours: Hours,
    meter: &'static str,
    name: &'static str,
    week: f64,
    inputs: &Inputs,
) -> Line {
    Line {
        category: CostCategory::People,
        meter,
        name,
        quantity: week * WEEKS_PER_MONTH,
        unit: EngineerHour::NAME,
        unit_price: inputs.team.rate_usd_per_hour,
        basis: hours.basis,
        source: match hours.basis {
            Basis::Own if class.is_kubernetes() => {
                Source::Input(at::team::ops_hours_per_week::kubernetes.path)
            }
            Basis::Own => Source::Input(at::team::ops_hours_per_week::serverless.path),
            _ => Source::Model(inputs.people.calibration.origin()),
        },
        factors: vec![
            Factor::new("hours per week", week, "hours"),
            Factor::new("weeks per month", WEEKS_PER_MONTH, "weeks"),
        ],
        rounding: Rounding::None,
        workload: None,
        repeats: Repeats::Once,
    }
}

/// The lines of engineering time.
pub fn lines(class: Class, inputs: &Inputs) -> Vec<Line> {
    let hours = hours(class, inputs);
    let line = |meter, name, week: f64| line(class, hours, meter, name, week, inputs);
    vec![
        line(
            "people/operations",
            "Engineering time for operations",
            hours.operations,
        ),
        line(
            "people/platform-team",
            "Engineering time of the platform team",
            hours.platform_team,
        ),
        line("people/on-call", "Engineering time on call", hours.on_call),
    ]
}

#[cfg(test)]
mod tests;
