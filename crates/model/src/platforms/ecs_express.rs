//! Amazon ECS Express Mode: web services on Fargate that AWS sets up, load balancer included.
//!
//! Billed: what it sets up, with no surcharge: Fargate tasks, one load balancer for up to 25 services, logs. Left out:
//! as Fargate. Workers and jobs run as ordinary Fargate tasks beside it.
//!
//! Pages: docs.aws.amazon.com/AmazonECS/latest/developerguide/express-service-overview.html (2026-10-01),
//! …/express-service-work.html (2026).

use super::{Case, Definition, Limits, Support, cheapest, fargate, surroundings::Around};
use crate::{
    bill::{Bill, Refusal},
    people::Class,
    prices::Prices,
};

const OVERVIEW_PAGE: &str =
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/express-service-overview.html";
const WORK_PAGE: &str =
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/express-service-work.html";

/// What is known of ECS Express Mode.
pub const DEFINITION: Definition = Definition {
    billed: "The Fargate tasks and the load balancer that it sets up, without a surcharge.",
    left_out: &["service discovery"],
    pages: &[OVERVIEW_PAGE],
    people: Class::Express,
    cities: ["us-east-1", "eu-west-1", "ap-northeast-1"],
    limits: Limits {
        volume: Support::NotKnown,
        udp: Support::no(OVERVIEW_PAGE, "2026-10-01"),
        tcp: Support::no(OVERVIEW_PAGE, "2026-10-01"),
        windows: Support::no(WORK_PAGE, "2026"),
        ..fargate::LIMITS
    },
    closed: None,
    proprietary: "What it sets up is ordinary ECS and a load balancer of AWS's.",
    portable: "The image moves as it is; on ECS itself nothing has to move at all.",
    counterpart: None,
    bill,
    trace: |case, _| Some(fargate::capacity_trace(case)),
};

/// Services that share one load balancer (recalled).
const SERVICES_PER_LOAD_BALANCER: f64 = 25.0;

fn around(usage: &fargate::Usage, case: &Case<'_>) -> Around {
    let of_one = (case.workload.services / SERVICES_PER_LOAD_BALANCER).ceil();
    let load_balancers = of_one * case.environments_served();
    fargate::around_with(usage, load_balancers)
}

/// The whole bill without people.
fn bill(case: &Case<'_>, prices: &Prices<'_>) -> Result<Bill, Refusal> {
    let plan = fargate::plan(case);
    cheapest(
        &[plan],
        case,
        prices,
        fargate::usage,
        fargate::lines,
        around,
    )
}
