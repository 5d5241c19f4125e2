//! What Google Cloud promises. Its lists of what an audit covers were not read.

use super::{
    Asks, Attested, Confidence, Fact, Outage, Promises, Scaling, Sla, Support, Uptime,
    VendorPromises,
};
use crate::platform::Platform;

const GKE_SLA: &str = "https://cloud.google.com/kubernetes-engine/sla";
const GKE_SLA_READ: &str = "2023-11-16, archived";
const OFFERINGS: &str = "https://cloud.google.com/security/compliance/offerings";
const LOGGING: &str = "https://docs.cloud.google.com/logging/quotas";
const SUPPORT: &str = "https://cloud.google.com/support";

const NO_LIST: &str = "the list of services was not read";

const fn attested(hipaa: Fact<Attested>) -> [Option<Fact<Attested>>; 4] {
    let yes = Some(Fact::low(Attested::Yes, NO_LIST, OFFERINGS, "recalled"));
    let fedramp = Fact::low(
        Attested::OnPlan,
        "High, depending on the region and Assured Workloads",
        OFFERINGS,
        "recalled",
    );
    [yes, Some(hipaa), yes, Some(fedramp)]
}

const GKE_HIPAA: Fact<Attested> = Fact::low(Attested::Yes, NO_LIST, OFFERINGS, "recalled");

const LOG_DAYS: Option<Fact<&str>> = Some(Fact::medium(
    "30 days",
    "by default; longer has its price",
    LOGGING,
    "2025 to 2026, undated",
));
const LOG_LIMIT: Option<Fact<&str>> = Some(Fact::high(
    "256 KiB and 64 labels an entry",
    "",
    LOGGING,
    "2026",
));

/// Google Cloud Run.
pub static CLOUD_RUN: Promises = Promises {
    uptime: Uptime::Promised(&[Fact::medium(
        Sla::serving("a service", 99.95, Asks::Nothing, None),
        "a minute is down when over 1 % of its requests fail; jobs and worker pools aren't named",
        "https://cloud.google.com/run/sla",
        "undated; the same in 2019",
    )]),
    scaling: Some(Fact::high(
        Scaling::ByItself,
        "on concurrent requests and CPU",
        "https://docs.cloud.google.com/run/docs/about-instance-autoscaling",
        "2026",
    )),
    attestations: attested(Fact::low(
        Attested::Yes,
        "a third party says so; Google's list was not read",
        OFFERINGS,
        "2025 to 2026, undated",
    )),
    log_days: LOG_DAYS,
    log_limit: LOG_LIMIT,
};

/// GKE Standard.
pub static GKE: Promises = Promises {
    uptime: Uptime::Promised(&[Fact::high(
        Sla::api(99.95, Asks::TwoZones, Some(99.5)),
        "99.95 % for a regional cluster; nodes are under the SLA of Compute Engine",
        GKE_SLA,
        GKE_SLA_READ,
    )]),
    scaling: Some(Fact::low(
        Scaling::AfterSetUp,
        "pods by an autoscaler, nodes by one that each pool switches on",
        "https://docs.cloud.google.com/kubernetes-engine/docs/concepts/cluster-autoscaler",
        "recalled",
    )),
    attestations: attested(GKE_HIPAA),
    log_days: LOG_DAYS,
    log_limit: LOG_LIMIT,
};

/// GKE Autopilot.
pub static GKE_AUTOPILOT: Promises = Promises {
    uptime: Uptime::Promised(&[
        Fact::high(
            Sla::api(99.95, Asks::Nothing, None),
            "",
            GKE_SLA,
            GKE_SLA_READ,
        ),
        Fact::high(
            Sla::serving("pods", 99.9, Asks::TwoZones, None),
            "99.99 % over several regions with GKE Enterprise",
            GKE_SLA,
            GKE_SLA_READ,
        ),
    ]),
    scaling: Some(Fact::medium(
        Scaling::AfterSetUp,
        "nodes follow the pods; pods need an autoscaler",
        "https://docs.cloud.google.com/kubernetes-engine/docs/concepts/autopilot-overview",
        "2026-10-01",
    )),
    attestations: attested(GKE_HIPAA),
    log_days: LOG_DAYS,
    log_limit: LOG_LIMIT,
};

const fn plan(
    plan: &'static str,
    price: Option<&'static str>,
    answers: &'static str,
    read: &'static str,
) -> Support {
    Support {
        plan,
        price,
        answers: Some(answers),
        page: SUPPORT,
        read,
        confidence: Confidence::Medium,
    }
}

/// Support and outages. Others don't agree on the prices of support.
pub static VENDOR: VendorPromises = VendorPromises {
    support: &[
        plan("Basic", Some("$0"), "on bills only", "2026"),
        plan(
            "Standard",
            None,
            "in business hours; within 4 hours for P2, no P1",
            "2025-09-04",
        ),
        plan(
            "Enhanced",
            None,
            "at any hour when it is critical, within 1 hour",
            "2026",
        ),
        plan("Premium", None, "at any hour, within 15 minutes", "2026"),
    ],
    outages: &[Outage {
        from: "2025-06-12",
        hours: Some(7.5),
        what: "worldwide: most APIs answered 503; most regions were back within 3 hours",
        platforms: &[Platform::CloudRun, Platform::Gke, Platform::GkeAutopilot],
        page: "https://drdroid.io/status-page-aggregator/google-cloud",
        read: "2025-06-13",
        confidence: Confidence::High,
    }],
    outages_page: "https://status.cloud.google.com/summary",
};
