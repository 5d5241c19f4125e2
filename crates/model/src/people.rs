//! Engineering time: the hours a week that running a platform takes, and what they cost.
//!
//! hours per week = fluency × (F + E × engineers + S × services), priced on both sides. The coefficients are
//! calibrated on the article "Serverless Containers vs Kubernetes" ("The Real Cost of Running Kubernetes", "Teams
//! that already own Kubernetes expertise"); no neutral survey was found. The team's own tracked figure wins.

use super::{
    basis::Basis,
    bill::{CostCategory, Factor, Line, Rounding, Source},
    inputs::{Inputs, at},
    units::{EngineerHour, Unit, WEEKS_PER_MONTH},
};

/// Platforms that take the same kind of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Kubernetes on nodes of one's own.
    KubernetesNodes,
    /// Kubernetes whose nodes the vendor manages.
    KubernetesManaged,
    /// Fargate on ECS.
    Fargate,
    /// Azure Container Apps.
    ContainerApps,
    /// The other serverless platforms; no evidence tells them apart.
    Serverless,
}

/// The coefficients of one class of platform.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effort {
    /// Hours a week, whatever the size.
    pub fixed: f64,
    /// Hours a week for each engineer.
    pub per_engineer: f64,
    /// Hours a week for each service.
    pub per_service: f64,
    /// Whether fluency in Kubernetes changes the hours.
    pub fluency: bool,
    /// Factors on the hours: the range that we think possible.
    pub range: (f64, f64),
}

impl Class {
    /// Whether the platform is Kubernetes.
    pub fn is_kubernetes(self) -> bool {
        matches!(self, Self::KubernetesNodes | Self::KubernetesManaged)
    }

    /// The coefficients for this team.
    pub fn effort(self, inputs: &Inputs) -> Effort {
        let a = &inputs.assumptions;
        let effort = |fixed, per_engineer, per_service, fluency, range| Effort {
            fixed,
            per_engineer,
            per_service,
            fluency,
            range,
        };
        match self {
            // A platform team runs the cluster; what is left is the marginal work of being on it.
            Self::KubernetesNodes | Self::KubernetesManaged if inputs.team.existing_cluster => {
                effort(
                    0.0,
                    a.joined_per_engineer,
                    a.joined_per_service,
                    false,
                    (0.5, 2.0),
                )
            }
            Self::KubernetesNodes => effort(
                a.kubernetes_fixed,
                a.kubernetes_per_engineer,
                a.kubernetes_per_service,
                true,
                (0.5, 1.6),
            ),
            Self::KubernetesManaged => effort(
                a.managed_kubernetes_fixed,
                a.kubernetes_per_engineer,
                a.kubernetes_per_service,
                true,
                (0.5, 1.6),
            ),
            Self::Fargate => effort(
                a.fargate_fixed,
                a.fargate_per_engineer,
                a.fargate_per_service,
                false,
                (0.5, 1.6),
            ),
            Self::ContainerApps => effort(
                a.container_apps_fixed,
                a.container_apps_per_engineer,
                a.container_apps_per_service,
                false,
                (0.5, 2.0),
            ),
            Self::Serverless => effort(
                a.serverless_fixed,
                a.serverless_per_engineer,
                a.serverless_per_service,
                false,
                (0.3, 3.0),
            ),
        }
    }
}

/// How many times the hours of a team with two fluent engineers it takes.
pub fn fluency_factor(inputs: &Inputs) -> f64 {
    let a = &inputs.assumptions;
    match inputs.team.fluent {
        0 => a.fluency_none,
        1 => a.fluency_one,
        2 => a.fluency_two,
        _ => a.fluency_three,
    }
}

/// Hours a week of engineering time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hours {
    /// Running the platform, without on-call.
    pub week: f64,
    /// Being on call, on top.
    pub on_call: f64,
    /// Estimated by us, or tracked by the team.
    pub basis: Basis,
    /// Factors between which the hours probably lie.
    pub range: (f64, f64),
}

impl Hours {
    /// All of them.
    pub fn total(self) -> f64 {
        self.week + self.on_call
    }
}

/// Hours a week that running a platform of this class takes.
pub fn hours(class: Class, inputs: &Inputs) -> Hours {
    let team = &inputs.team;
    let tracked = if class.is_kubernetes() {
        team.ops_hours_per_week.kubernetes
    } else {
        team.ops_hours_per_week.serverless
    };
    if let Some(week) = tracked {
        return Hours {
            week,
            on_call: 0.0,
            basis: Basis::Own,
            range: (1.0, 1.0),
        };
    }
    let effort = class.effort(inputs);
    // A further environment on Kubernetes is a further cluster; in one that others run it is a namespace.
    let clusters = if class.is_kubernetes() {
        1.0 + inputs.assumptions.environment_share * inputs.environments.len() as f64
    } else {
        1.0
    };
    let fluency = if effort.fluency {
        fluency_factor(inputs)
    } else {
        1.0
    };
    let week = fluency
        * (effort.fixed * clusters
            + effort.per_engineer * f64::from(team.engineers)
            + effort.per_service * f64::from(inputs.services));
    Hours {
        week,
        on_call: if team.on_call {
            inputs.assumptions.on_call_share * week
        } else {
            0.0
        },
        basis: Basis::Assumed,
        range: effort.range,
    }
}

/// The lines of engineering time.
pub fn lines(class: Class, inputs: &Inputs) -> Vec<Line> {
    let hours = hours(class, inputs);
    let line = |meter, name, week: f64| Line {
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
            _ => Source::Model(
                "engineering time: fluency × (fixed + per engineer + per service), calibrated on the article",
            ),
        },
        factors: vec![
            Factor::new("hours per week", week, "hours"),
            Factor::new("weeks per month", WEEKS_PER_MONTH, "weeks"),
        ],
        rounding: Rounding::None,
    };
    vec![
        line(
            "people/operations",
            "Engineering time for operations",
            hours.week,
        ),
        line("people/on-call", "Engineering time on call", hours.on_call),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn week(class: Class, services: u32, fluent: u32) -> f64 {
        let mut inputs = Inputs {
            services,
            ..Inputs::default()
        };
        inputs.team.fluent = fluent;
        hours(class, &inputs).week
    }

    #[test]
    fn the_published_checks_hold() {
        // Five engineers, five services, none fluent: two engineers of five, as the article tells.
        assert!((week(Class::KubernetesNodes, 5, 0) - 80.0).abs() < 1e-9);
        // With three fluent ones a fraction.
        assert!((week(Class::KubernetesNodes, 5, 3) - 16.0).abs() < 1e-9);
        // Fargate takes 35 % of 32 hours, Cloud Run "essentially nothing".
        assert!((week(Class::Fargate, 5, 0) - 11.2).abs() < 1e-9);
        assert!((week(Class::Serverless, 5, 0) - 2.5).abs() < 1e-9);
    }

    #[test]
    fn a_tracked_figure_wins_on_its_own_side() {
        let mut inputs = Inputs::default();
        inputs.team.ops_hours_per_week.kubernetes = Some(12.0);
        inputs.team.on_call = true;
        let own = hours(Class::KubernetesManaged, &inputs);
        assert_eq!((own.total(), own.basis), (12.0, Basis::Own));
        assert_eq!(hours(Class::Fargate, &inputs).basis, Basis::Assumed);
    }

    #[test]
    fn team_size_matters_everywhere() {
        let mut large = Inputs::default();
        large.team.engineers = 50;
        for class in [
            Class::KubernetesNodes,
            Class::Fargate,
            Class::ContainerApps,
            Class::Serverless,
        ] {
            assert!(hours(class, &large).week > hours(class, &Inputs::default()).week);
        }
    }
}
