//! What AWS promises. Its SLA of compute was read in the version of 2022, not in the one in force.

use super::{
    Asks, Attested, Confidence, Fact, Outage, Promises, Scaling, Sla, Support, Uptime,
    VendorPromises,
};
use crate::platform::Platform;

const COMPUTE: &str = "https://aws.amazon.com/compute/sla/";
const COMPUTE_READ: &str = "2022-05-05, archived";
const SERVICE_SCALING: &str =
    "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html";
const SUPPORT: &str = "https://aws.amazon.com/premiumsupport/plans/";

/// What serves, under the SLA of compute. The promise that is left in one zone is that of a single EC2 instance.
const fn compute(
    covers: &'static str,
    otherwise: Option<f64>,
    confidence: Confidence,
    note: &'static str,
) -> Fact<Sla> {
    let sla = Sla::serving(covers, 99.99, Asks::TwoZones, otherwise);
    Fact::new(confidence, sla, note, COMPUTE, COMPUTE_READ)
}

const ONE_ZONE: &str = "in one zone, what is promised of a single EC2 instance";

const EKS_API: Fact<Sla> = Fact::high(
    Sla::api(99.95, Asks::Nothing, None),
    "99.99 % on a provisioned control plane, others say",
    "https://aws.amazon.com/eks/sla/",
    "2022-05-04",
);

/// From one table of AWS; `fedramp` is its level, in words.
const fn attested(
    confidence: Confidence,
    note: &'static str,
    fedramp: Option<&'static str>,
) -> [Option<Fact<Attested>>; 4] {
    const TABLE: &str = "https://aws.github.io/aws-eks-best-practices/security/docs/compliance/";
    let yes = Some(Fact::new(confidence, Attested::Yes, note, TABLE, "2024"));
    let fedramp = match fedramp {
        Some(note) => Some(Fact::new(confidence, Attested::OnPlan, note, TABLE, "2024")),
        None => None,
    };
    [yes, yes, yes, fedramp]
}

const OLD: &str = "by an undated table of about 2024: check";
const LEVELS: &str = "Moderate in US East and West, High in GovCloud; by an undated table";

const fn logs(note: &'static str) -> Fact<&'static str> {
    Fact::medium(
        "until deleted",
        note,
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
        "2026",
    )
}

const LIMIT_CAN_BE_SET: &str = "a limit of 1 to 3,653 days can be set";

/// AWS Fargate on ECS.
pub static FARGATE: Promises = Promises {
    uptime: Uptime::Promised(&[compute(
        "tasks on Fargate",
        None,
        Confidence::Medium,
        "what is left in one zone is promised of EC2 instances alone",
    )]),
    scaling: Some(Fact::low(
        Scaling::AfterSetUp,
        "on CPU, memory, requests per target, a metric or a schedule",
        SERVICE_SCALING,
        "recalled",
    )),
    attestations: attested(Confidence::Medium, OLD, None),
    log_days: Some(logs(LIMIT_CAN_BE_SET)),
    log_limit: None,
};

/// Amazon ECS Express Mode.
pub static ECS_EXPRESS: Promises = Promises {
    uptime: Uptime::Promised(&[compute(
        "its tasks on Fargate",
        None,
        Confidence::Low,
        "Express Mode isn't named, and its default of one task is in one zone",
    )]),
    scaling: Some(Fact::medium(
        Scaling::ByItself,
        "on CPU, memory or requests per target",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/express-service-overview.html",
        "2026-07-09",
    )),
    attestations: attested(
        Confidence::Low,
        "Fargate, by an undated table of about 2024; Express Mode isn't in it",
        None,
    ),
    log_days: Some(logs(
        "a limit of 1 to 3,653 days can be set; they outlive the service",
    )),
    log_limit: None,
};

/// AWS App Runner.
pub static APP_RUNNER: Promises = Promises {
    uptime: Uptime::NotKnown {
        page: "https://aws.amazon.com/apprunner/",
    },
    scaling: Some(Fact::medium(
        Scaling::ByItself,
        "on concurrent requests, from 1 to 25 instances",
        "https://docs.aws.amazon.com/apprunner/latest/api/API_CreateAutoScalingConfiguration.html",
        "2026-10-01",
    )),
    attestations: [None; 4],
    log_days: Some(logs(LIMIT_CAN_BE_SET)),
    log_limit: None,
};

/// Amazon EKS with managed nodes.
pub static EKS: Promises = Promises {
    uptime: Uptime::Promised(&[
        EKS_API,
        compute("nodes", Some(99.5), Confidence::Medium, ONE_ZONE),
    ]),
    scaling: Some(Fact::low(
        Scaling::AfterSetUp,
        "pods by an autoscaler and a metrics server, nodes by Karpenter or Cluster Autoscaler",
        "https://docs.aws.amazon.com/eks/latest/userguide/autoscaling.html",
        "recalled",
    )),
    attestations: attested(Confidence::Medium, OLD, Some(LEVELS)),
    log_days: Some(logs(
        "none are collected before an agent or control plane logging is switched on",
    )),
    log_limit: None,
};

/// Amazon EKS Auto Mode.
pub static EKS_AUTO: Promises = Promises {
    uptime: Uptime::Promised(&[
        EKS_API,
        compute(
            "nodes",
            Some(99.5),
            Confidence::Low,
            "as EC2 instances; Auto Mode isn't named",
        ),
    ]),
    scaling: Some(Fact::low(
        Scaling::AfterSetUp,
        "nodes follow the pods; pods need an autoscaler",
        "https://docs.aws.amazon.com/eks/latest/userguide/automode.html",
        "recalled",
    )),
    attestations: attested(
        Confidence::Medium,
        OLD,
        Some("Moderate in US East and West, High in GovCloud; Auto Mode isn't named"),
    ),
    log_days: Some(logs(LIMIT_CAN_BE_SET)),
    log_limit: None,
};

/// Amazon EKS on Fargate.
pub static EKS_FARGATE: Promises = Promises {
    uptime: Uptime::Promised(&[
        EKS_API,
        compute("pods on Fargate", None, Confidence::Medium, ""),
    ]),
    scaling: Some(Fact::low(
        Scaling::AfterSetUp,
        "each pod brings its machine; pods need an autoscaler",
        "https://docs.aws.amazon.com/eks/latest/userguide/fargate.html",
        "recalled",
    )),
    attestations: attested(Confidence::Medium, OLD, None),
    log_days: Some(logs(LIMIT_CAN_BE_SET)),
    log_limit: None,
};

/// Amazon ECS on EC2.
pub static ECS_EC2: Promises = Promises {
    uptime: Uptime::Promised(&[compute(
        "tasks and EC2 instances",
        Some(99.5),
        Confidence::Medium,
        ONE_ZONE,
    )]),
    scaling: Some(Fact::low(
        Scaling::AfterSetUp,
        "tasks by Service Auto Scaling, instances by a capacity provider",
        SERVICE_SCALING,
        "recalled",
    )),
    attestations: attested(Confidence::Medium, OLD, Some(LEVELS)),
    log_days: Some(logs(LIMIT_CAN_BE_SET)),
    log_limit: None,
};

/// Amazon ECS Managed Instances.
pub static ECS_MANAGED: Promises = Promises {
    uptime: Uptime::Promised(&[compute(
        "tasks and EC2 instances",
        Some(99.5),
        Confidence::Low,
        "Managed Instances aren't named",
    )]),
    scaling: Some(Fact::medium(
        Scaling::AfterSetUp,
        "instances follow the tasks and are replaced within 21 days; tasks need Service Auto Scaling",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ManagedInstances.html",
        "2026-07-09",
    )),
    attestations: attested(
        Confidence::Low,
        "ECS, by an undated table of about 2024; Managed Instances aren't in it",
        Some(
            "ECS: Moderate in US East and West, High in GovCloud; in GovCloud since November 2025",
        ),
    ),
    log_days: Some(logs(LIMIT_CAN_BE_SET)),
    log_limit: None,
};

const fn plan(plan: &'static str, price: &'static str, answers: &'static str) -> Support {
    Support::medium(plan, price, answers, SUPPORT, "2026")
}

/// Support and outages.
pub static VENDOR: VendorPromises = VendorPromises {
    support: &[
        plan("Basic", "$0", "on accounts and bills only"),
        plan(
            "Developer (until 2027)",
            "$29 or 3 % of usage",
            "in business hours, by e-mail",
        ),
        Support {
            plan: "Business Support+",
            price: Some("$29 or 9 % of usage, falling to 3 %"),
            answers: None,
            page: SUPPORT,
            read: "2026-01",
            confidence: Confidence::Medium,
        },
        plan(
            "Business (until 2027)",
            "$100 or 10 % of usage, falling to 3 %",
            "at any hour; within 1 hour when production is down",
        ),
        plan(
            "Enterprise (old price)",
            "$15,000 or 10 % of usage, falling to 3 %",
            "at any hour; within 15 minutes when it is critical",
        ),
        Support::name_alone("Unified Operations", SUPPORT),
    ],
    outages: &[
        Outage {
            from: "2025-10-20",
            hours: Some(14.5),
            what: "us-east-1: names of DynamoDB, then EC2 and load balancers; nothing new started, most ran on",
            platforms: &[
                Platform::Fargate,
                Platform::EcsExpress,
                Platform::AppRunner,
                Platform::Eks,
                Platform::EksAuto,
                Platform::EksFargate,
                Platform::EcsEc2,
                Platform::EcsManaged,
            ],
            page: "https://www.ernestchiang.com/en/posts/2025/summary-of-the-amazon-dynamodb-service-disruption-in-the-northern-virginia-us-east-1-region",
            read: "2025-10",
            confidence: Confidence::High,
        },
        Outage {
            from: "2026-03-01",
            hours: Some(13.5),
            what: "me-central-1, one zone: power off after a fire; which services it reached is inferred",
            platforms: ON_INSTANCES,
            page: "https://thedailytechfeed.com/aws-outage-in-middle-east-disrupts-ec2-networking-services-customers-advised-on-multi-zone-architectures",
            read: "2026-03",
            confidence: Confidence::Medium,
        },
        Outage {
            from: "2026-05-07",
            hours: Some(21.5),
            what: "us-east-1, one building of one zone: cooling; which services it reached is inferred",
            platforms: ON_INSTANCES,
            page: "https://failure-modes.dev/library/fm-018",
            read: "2026-05",
            confidence: Confidence::Medium,
        },
    ],
    outages_page: "https://health.aws.amazon.com/health/status",
};

const ON_INSTANCES: &[Platform] = &[
    Platform::Fargate,
    Platform::Eks,
    Platform::EksAuto,
    Platform::EksFargate,
    Platform::EcsEc2,
    Platform::EcsManaged,
];
