//! How a calibration comes to its hours.

use super::{Class, ENGINEERS_OF_JOBS, fluency_factor};
use crate::inputs::{Calibration, Inputs};

/// How a calibration comes to its hours: fluency × (fixed × clusters + per engineer × engineers + per service × services).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Formula {
    /// How many times the hours of a team with two fluent engineers.
    pub fluency: f64,
    /// Hours a week, whatever the size.
    pub fixed: f64,
    /// Clusters, further environments being parts of one.
    pub clusters: f64,
    /// Hours a week for each engineer.
    pub per_engineer: f64,
    /// Engineers who touch the platform.
    pub engineers: f64,
    /// Hours a week for each service.
    pub per_service: f64,
    /// Services.
    pub services: f64,
}

impl Formula {
    /// What is there whatever the number of engineers and services, hours a week.
    pub(super) fn fixed(self) -> f64 {
        self.fluency * self.fixed * self.clusters
    }

    /// What engineers and services add, hours a week.
    pub(super) fn rest(self) -> f64 {
        self.fluency * (self.per_engineer * self.engineers + self.per_service * self.services)
    }

    /// Hours a week.
    pub fn week(self) -> f64 {
        self.fixed() + self.rest()
    }
}

/// How a calibration comes to the hours of a class that nobody else runs a part of.
pub fn formula(class: Class, calibration: Calibration, inputs: &Inputs) -> Formula {
    let (a, team) = (&inputs.assumptions, &inputs.team);
    // Express spares the set-up of what answers requests; workers and jobs are Fargate's.
    let class = match class {
        Class::Express if inputs.http.requests_per_month == 0.0 => Class::Fargate,
        class => class,
    };
    let of = class.coefficients(calibration, a);
    let engineers = f64::from(team.engineers);
    let touching = if inputs.http.requests_per_month > 0.0 {
        engineers
    } else {
        engineers * ENGINEERS_OF_JOBS
    };
    // A further environment on Kubernetes is a further cluster, or a namespace.
    let (clusters, fluency) = if class.is_kubernetes() {
        let share = if inputs.cluster.namespaces {
            a.namespace_share
        } else {
            a.environment_share
        };
        (
            1.0 + share * inputs.environments.len() as f64,
            fluency_factor(calibration, inputs),
        )
    } else {
        (1.0, 1.0)
    };
    Formula {
        fluency,
        fixed: of.fixed,
        clusters,
        per_engineer: of.per_engineer,
        engineers: touching,
        per_service: of.per_service,
        services: f64::from(inputs.services),
    }
}
