//! The figures of the calibrations' sources, and what changes the hours.

use super::*;
use crate::{decide::tie::hours_likely, inputs::Environment, platform::Platform};

fn team(engineers: u32, services: u32, fluent: u32, calibration: Calibration) -> Inputs {
    let mut inputs = Inputs {
        services,
        ..Inputs::default()
    };
    inputs.team.engineers = engineers;
    inputs.team.fluent = fluent;
    inputs.people.calibration = calibration;
    inputs
}

fn week(class: Class, inputs: &Inputs) -> f64 {
    hours(class, inputs).total()
}

fn near(hours: f64, published: f64) -> bool {
    (hours - published).abs() < 1e-9
}

#[test]
fn each_calibration_gives_the_figures_of_its_source() {
    use Calibration::{Article, Practitioner, Vendor};
    let own_nodes = Class::KubernetesNodes;
    // Two engineers of five, as the article tells of its start-up, and 40 % of 200 hours.
    assert!(near(week(own_nodes, &team(5, 5, 0, Article)), 80.0));
    // Two engineer-weeks a month came back to its API platform: 18.5 hours a week.
    for (engineers, hours) in [(8, 18.6), (9, 19.6), (10, 20.6)] {
        let found = week(own_nodes, &team(engineers, 3, 3, Article));
        assert!(near(found, hours), "{engineers}: {found}");
    }
    // 20 to 40 % of one engineer.
    let start_up = week(own_nodes, &team(5, 5, 0, Vendor));
    assert!(near(start_up, 13.2) && (8.0..=16.0).contains(&start_up));
    // 0.5 to 2 engineers on EKS, a tenth of one on ECS, with 21 services.
    let report = team(8, 21, 2, Practitioner);
    assert!(near(week(own_nodes, &report), 41.0));
    let ecs = week(Class::Fargate, &report);
    assert!((ecs - 4.0).abs() < 0.05, "{ecs}");
}

#[test]
fn the_middle_of_the_defaults_is_as_published() {
    let inputs = Inputs::default();
    for (platform, hours) in [
        (Platform::Eks, 29.0),
        (Platform::EksAuto, 21.0),
        (Platform::Fargate, 4.1),
        (Platform::CloudRun, 2.1),
        (Platform::ContainerApps, 2.1),
    ] {
        let found = week(platform.definition().people, &inputs);
        let unit = if hours < 10.0 { 10.0 } else { 1.0 };
        assert!(
            near((found * unit).round() / unit, hours),
            "{platform:?}: {found}"
        );
    }
    // The article's start-up by the article and by the middle of all: 80 and 33.
    let start_up = week(Class::KubernetesNodes, &team(5, 5, 0, Calibration::Middle));
    assert!(near(start_up.round(), 33.0), "{start_up}");
}

#[test]
fn the_middle_lies_between_and_what_is_likely_around_it() {
    let inputs = Inputs::default();
    for platform in [Platform::Eks, Platform::Fargate, Platform::CloudRun] {
        let hours = on(platform, &inputs);
        let least = hours
            .by_calibration
            .into_iter()
            .fold(f64::INFINITY, f64::min);
        let most = hours.by_calibration.into_iter().fold(0.0, f64::max);
        assert!((least..=most).contains(&hours.total()), "{platform:?}");
        let (low, high) = hours_likely(platform, &inputs);
        assert!(
            OFF.0 * least <= low && low < hours.total(),
            "{platform:?}: {low}"
        );
        assert!(
            hours.total() < high && high <= OFF.1 * most,
            "{platform:?}: {high}"
        );
    }
}

#[test]
fn a_tracked_figure_wins_on_its_own_side() {
    let mut inputs = Inputs::default();
    inputs.team.ops_hours_per_week.kubernetes = Some(12.0);
    inputs.team.on_call = true;
    let own = hours(Class::KubernetesManaged, &inputs);
    assert_eq!((own.total(), own.basis), (12.0, Basis::Own));
    let (low, high) = hours_likely(Platform::GkeAutopilot, &inputs);
    assert_eq!((low, high), (12.0, 12.0));
    assert_eq!(hours(Class::Fargate, &inputs).basis, Basis::Assumed);
}

#[test]
fn team_size_matters_everywhere() {
    let large = team(50, 1, 0, Calibration::Middle);
    for class in [
        Class::KubernetesNodes,
        Class::Fargate,
        Class::Express,
        Class::Serverless,
    ] {
        assert!(week(class, &large) > week(class, &Inputs::default()));
    }
}

#[test]
fn express_is_fargate_without_the_set_up_of_what_answers_requests() {
    let mut inputs = Inputs::default();
    let (fargate, express) = (week(Class::Fargate, &inputs), week(Class::Express, &inputs));
    assert!(express < fargate && express > 0.7 * fargate);
    inputs.http.requests_per_month = 0.0;
    inputs.workers.count = 5;
    assert_eq!(week(Class::Express, &inputs), week(Class::Fargate, &inputs));
}

#[test]
fn jobs_and_workers_alone_touch_half_of_the_engineers() {
    let mut inputs = team(10, 1, 2, Calibration::Article);
    assert!(near(
        week(Class::KubernetesNodes, &inputs),
        20.0 + 20.0 + 0.4
    ));
    inputs.http.requests_per_month = 0.0;
    assert!(near(
        week(Class::KubernetesNodes, &inputs),
        20.0 + 10.0 + 0.4
    ));
}

#[test]
fn fluency_thins_out_in_large_teams_and_grows_with_use() {
    let factor = |engineers, fluent| {
        fluency_factor(
            Calibration::Article,
            &team(engineers, 1, fluent, Calibration::Article),
        )
    };
    assert!(near(factor(8, 3), 0.5) && near(factor(24, 3), 0.5));
    // 3 × 24 / 48 = 1.5: between one and two.
    assert!(near(factor(48, 3), 1.25));
    assert!(factor(200, 3) > 2.0);
    let mut inputs = team(8, 1, 0, Calibration::Article);
    inputs.already_on = Some(Platform::Eks);
    assert!(near(fluency_factor(Calibration::Article, &inputs), 1.0));
    inputs.already_on = Some(Platform::Fargate);
    assert!(near(fluency_factor(Calibration::Article, &inputs), 2.5));
}

#[test]
fn a_cluster_that_others_run_takes_the_marginal_work_and_never_more() {
    let mut inputs = team(30, 25, 3, Calibration::Middle);
    inputs.team.existing_cluster = true;
    assert!(near(
        week(Class::KubernetesNodes, &inputs),
        0.5 * 30.0 + 0.4 * 25.0
    ));
    // Fluent people in a large team take less on their own by the vendor's measure.
    let mut alone = team(200, 1, 200, Calibration::Vendor);
    let own = week(Class::KubernetesManaged, &alone);
    alone.team.existing_cluster = true;
    assert!(week(Class::KubernetesManaged, &alone) <= own);
}

#[test]
fn a_platform_team_is_counted_on_every_platform_unless_others_pay_it() {
    let mut inputs = team(10, 5, 2, Calibration::Article);
    let alone = Class::all().map(|class| week(class, &inputs));
    inputs.team.platform_team = true;
    let counted = Class::all().map(|class| hours(class, &inputs));
    for (alone, counted) in alone.into_iter().zip(counted) {
        assert!(near(counted.total(), alone) && counted.platform_team > 0.0);
    }
    inputs.team.platform_team_paid_by_others = true;
    for (class, counted) in Class::all().into_iter().zip(counted) {
        let left = hours(class, &inputs);
        assert!(near(left.total(), counted.operations), "{class:?}");
        assert_eq!(left.platform_team, 0.0);
    }
}

#[test]
fn another_environment_is_a_quarter_of_the_fixed_hours() {
    let mut inputs = team(5, 1, 2, Calibration::Article);
    let one = week(Class::KubernetesNodes, &inputs);
    inputs.environments.push(Environment::default());
    assert!(near(week(Class::KubernetesNodes, &inputs) - one, 5.0));
    assert!(near(week(Class::Fargate, &inputs), 7.0 + 3.5 + 0.14));
}

impl Class {
    fn all() -> [Self; 5] {
        [
            Self::KubernetesNodes,
            Self::KubernetesManaged,
            Self::Fargate,
            Self::Express,
            Self::Serverless,
        ]
    }
}
