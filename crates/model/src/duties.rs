//! The ten duties of whoever owns a cluster, a worksheet to find one's own hours with.
//!
//! The article "Serverless Containers vs Kubernetes" names the duties ("The Real Cost of Running Kubernetes") and gives no
//! hours for any of them. How the estimated hours spread over them is an assumption of ours: what comes back with every
//! release, every workload and every alert weighs most, what is set up once weighs least. It is where a team begins
//! before it has tracked its own hours for a quarter; their sum then stands in for the estimate.

use super::{
    basis::Basis,
    inputs::Inputs,
    people::{self, Class},
    platform::Platform,
    promises::Scaling,
};

/// One duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duty {
    /// Its name in files.
    pub id: &'static str,
    /// Its name on the page.
    pub label: &'static str,
    /// What it takes in.
    pub about: &'static str,
    /// Its share of the estimated hours, per cent.
    pub percent: u8,
    /// Which platforms take it over.
    pub taken_over: Taken,
}

/// Which platforms take a duty over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// Those that take the work of these classes.
    By(&'static [Class]),
    /// Those that scale by themselves.
    WhereItScales,
}

impl Duty {
    fn is_taken_over_by(&self, platform: Platform) -> bool {
        match self.taken_over {
            Taken::By(classes) => classes.contains(&platform.definition().people),
            Taken::WhereItScales => platform
                .promises()
                .scaling
                .is_some_and(|fact| fact.value == Scaling::ByItself),
        }
    }
}

/// What a share may claim.
pub const BASIS: Basis = Basis::Assumed;
/// Where the duties and their shares come from, in a sentence.
pub const ORIGIN: &str = "The article names the ten duties, without hours; how the estimate spreads over them is our \
                          assumption. Track your own for a quarter.";

macro_rules! duties {
    ($($id:literal, $percent:literal, $label:literal, $about:literal, $taken:expr;)*) => {
        /// All of them, in the order of the article.
        pub static DUTIES: [Duty; 10] = [
            $(Duty { id: $id, label: $label, about: $about, percent: $percent, taken_over: $taken }),*
        ];
    };
}

/// Who has no cluster to upgrade.
const WITHOUT_CLUSTER: &[Class] = &[
    Class::Fargate,
    Class::EcsNodes,
    Class::Express,
    Class::Serverless,
];
/// Who has no nodes of one's own.
const WITHOUT_NODES: &[Class] = &[
    Class::KubernetesManaged,
    Class::Fargate,
    Class::Express,
    Class::Serverless,
];
/// Whose address and certificate come with a service.
const AT_ONCE: &[Class] = &[Class::Express, Class::Serverless];

duties! {
    "upgrades", 20, "Upgrades", "New versions of the cluster, and testing what they break", Taken::By(WITHOUT_CLUSTER);
    "node-pools", 14, "Node pools", "Sizes, images and the replacement of nodes", Taken::By(WITHOUT_NODES);
    "networking", 13, "Networking and ingress", "Network plugins, ingress controllers, load balancers", Taken::By(AT_ONCE);
    "secrets", 5, "Secrets", "Getting secrets to where they are needed, and renewing them", Taken::By(&[]);
    "rbac", 5, "Access rights", "Who and what may do which things (RBAC)", Taken::By(&[]);
    "disruption-budgets", 3, "Disruption budgets", "How many pods may go at once when nodes do", Taken::By(WITHOUT_CLUSTER);
    "requests-and-limits", 10, "Requests and limits", "What each workload asks for and may take", Taken::By(&[]);
    "autoscaling", 8, "Autoscaling", "Of pods, sideways and upwards", Taken::WhereItScales;
    "monitoring", 18, "Monitoring and alerting", "The stack that watches, and answering it", Taken::By(&[]);
    "certificates", 4, "Certificates", "Issuing and renewing them", Taken::By(AT_ONCE);
}

/// What each duty takes of the estimated hours a week on Kubernetes with own nodes, on-call included. A figure that the
/// team tracked does not enter: it is what the worksheet is to find.
pub fn estimate(inputs: &Inputs) -> [f64; 10] {
    let mut untracked = inputs.clone();
    untracked.team.ops_hours_per_week.kubernetes = None;
    let hours = people::hours(Class::KubernetesNodes, &untracked).total();
    DUTIES.map(|duty| hours * f64::from(duty.percent) / 100.0)
}

/// What each duty takes of the estimated hours a week on a platform; none where the platform takes it over. What is left shares
/// the hours as it does on Kubernetes.
pub fn on(platform: Platform, inputs: &Inputs) -> [Option<f64>; 10] {
    let hours = people::on(platform, inputs).total();
    let kept = |duty: &Duty| !duty.is_taken_over_by(platform);
    let percent = |duty: &Duty| f64::from(duty.percent);
    let all: f64 = DUTIES.iter().filter(|duty| kept(duty)).map(percent).sum();
    DUTIES.map(|duty| kept(&duty).then(|| hours * percent(&duty) / all))
}

/// Hours a week of all duties: what `team.ops_hours_per_week.kubernetes` is to be.
pub fn sum(hours: &[f64; 10]) -> f64 {
    hours.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inputs::{Calibration, Kind, at};

    #[test]
    fn the_shares_are_a_whole() {
        let percent: u32 = DUTIES.iter().map(|duty| u32::from(duty.percent)).sum();
        assert_eq!(percent, 100);
        for (n, duty) in DUTIES.iter().enumerate() {
            assert!(duty.percent > 0 && !duty.label.is_empty() && !duty.about.is_empty());
            assert!(DUTIES[..n].iter().all(|other| other.id != duty.id));
        }
    }

    #[test]
    fn the_duties_sum_to_the_estimate() {
        let mut inputs = Inputs {
            services: 5,
            ..Inputs::default()
        };
        inputs.people.calibration = Calibration::Article;
        assert!((sum(&estimate(&inputs)) - 80.0).abs() < 1e-9);
        inputs.team.fluent = 3;
        assert!((sum(&estimate(&inputs)) - 16.0).abs() < 1e-9);
        inputs.team.on_call = true;
        assert!((sum(&estimate(&inputs)) - 17.6).abs() < 1e-9);
        // What was tracked on this sheet before is not what it begins with.
        inputs.team.ops_hours_per_week.kubernetes = Some(5.0);
        assert!((sum(&estimate(&inputs)) - 17.6).abs() < 1e-9);
    }

    /// Each calibration says how many hours there are; what the platform takes over is none of them.
    #[test]
    fn duties_shrink_to_what_is_left_of_them() {
        let mut inputs = Inputs::default();
        for calibration in Calibration::ALL {
            inputs.people.calibration = calibration;
            for platform in Platform::ALL {
                let hours = on(platform, &inputs);
                let sum: f64 = hours.iter().flatten().sum();
                let wanted = people::on(platform, &inputs).total();
                assert!((sum - wanted).abs() < 1e-9, "{platform:?}");
            }
        }
        let taken = |platform| {
            on(platform, &inputs)
                .iter()
                .filter(|one| one.is_none())
                .count()
        };
        assert_eq!(
            [
                Platform::Eks,
                Platform::EksAuto,
                Platform::EcsEc2,
                Platform::Fargate,
                Platform::CloudRun,
                // Its machines are made by hand.
                Platform::Fly
            ]
            .map(taken),
            [0, 1, 2, 3, 6, 5]
        );
    }

    #[test]
    fn a_sum_stands_in_for_the_estimate() {
        let mut inputs = Inputs::default();
        let hours = [1.0, 0.5, 0.0, 2.0, 0.25, 0.0, 0.0, 3.0, 0.0, 4.0];
        assert_eq!(sum(&hours), 10.75);
        let field = at::team::ops_hours_per_week::kubernetes;
        let Kind::Optional { range, set, .. } = field.kind else {
            unreachable!()
        };
        assert!(range.contains(sum(&hours)));
        set(&mut inputs, Some(sum(&hours)));
        let priced = people::hours(Class::KubernetesNodes, &inputs);
        assert_eq!((priced.total(), priced.basis), (10.75, Basis::Own));
    }
}
