//! What Railway promises.

use super::{
    Attested, Confidence, Fact, Outage, Promises, Scaling, Support, Uptime, VendorPromises,
};
use crate::platform::Platform;

const ENTERPRISE: &str = "https://docs.railway.com/enterprise";
const LOGS: &str = "https://docs.railway.com/observability/logs";
const SUPPORT: &str = "https://docs.railway.com/platform/support";
const READ: &str = "2026-08-21";

/// Railway.
pub static RAILWAY: Promises = Promises {
    uptime: Uptime::None(Fact::high(
        "no SLA is published",
        "Enterprise may have one by contract; Pro has none",
        ENTERPRISE,
        READ,
    )),
    scaling: Some(Fact::high(
        Scaling::ByHand,
        "an instance grows by itself; replicas are as many as you set, 42 at most on Pro",
        "https://docs.railway.com/deployments/scaling",
        READ,
    )),
    attestations: [
        Some(Fact::high(
            Attested::Yes,
            "type II, and SOC 3",
            "https://docs.railway.com/enterprise/compliance",
            READ,
        )),
        Some(Fact::high(
            Attested::OnPlan,
            "with a committed spend of $1,000 a month or more, for a year",
            "https://docs.railway.com/pricing/committed-spend",
            READ,
        )),
        None,
        None,
    ],
    log_days: Some(Fact::high(
        "7 days on Hobby, 30 on Pro, up to 90 on Enterprise",
        "90 also with a committed spend of $1,000 a month",
        LOGS,
        READ,
    )),
    log_limit: Some(Fact::high(
        "500 lines a second from a replica",
        "what is above is lost",
        LOGS,
        READ,
    )),
};

const fn plan(
    plan: &'static str,
    price: Option<&'static str>,
    answers: &'static str,
    page: &'static str,
) -> Support {
    Support {
        plan,
        price,
        answers: Some(answers),
        page,
        read: READ,
        confidence: Confidence::High,
    }
}

const fn outage(
    from: &'static str,
    hours: f64,
    what: &'static str,
    page: &'static str,
    read: &'static str,
    confidence: Confidence,
) -> Outage {
    Outage {
        from,
        hours: Some(hours),
        what,
        platforms: &[Platform::Railway],
        page,
        read,
        confidence,
    }
}

/// Support and outages.
pub static VENDOR: VendorPromises = VendorPromises {
    support: &[
        plan(
            "Trial, Free, Hobby",
            Some("in the plan's fee"),
            "by the community, without a promise",
            SUPPORT,
        ),
        plan(
            "Pro",
            Some("in the plan's fee"),
            "mostly within 72 hours, without a promise",
            SUPPORT,
        ),
        plan(
            "Business Class",
            Some("for who spends $5,000 or more"),
            "P1 within 1 hour at any hour, P2 the same business day, P3 within two",
            SUPPORT,
        ),
        plan("Enterprise", None, "at any hour, within 1 hour", ENTERPRISE),
    ],
    outages: &[
        outage(
            "2025-04-23",
            1.4,
            "public and private networking, worst in Asia",
            "https://blog.railway.com/p/incident-report-april-23-2025",
            "2025-04",
            Confidence::High,
        ),
        outage(
            "2025-04-30",
            3.8,
            "dashboard, command line and API; services ran on",
            "https://blog.railway.com/p/incident-report-april-30-2025",
            "2025-04",
            Confidence::High,
        ),
        outage(
            "2025-11-25",
            2.6,
            "deploys waited; services ran on",
            "https://blog.railway.com/p/incident-report-november-25-2025",
            "2025-11",
            Confidence::High,
        ),
        outage(
            "2026-05-19",
            7.9,
            "everything: Google Cloud had blocked Railway's account; closed after 9.6 hours",
            "https://blog.railway.com/p/incident-report-may-19-2026-gcp-account-outage",
            "2026-05-20",
            Confidence::High,
        ),
        outage(
            "2026-07-02",
            4.5,
            "services in US East; private networking for two hours",
            "https://blog.railway.com/p/incident-report-july-2-2026-us-east-services-outage",
            "2026-09-20",
            Confidence::Medium,
        ),
    ],
    outages_page: "https://status.railway.com",
};
