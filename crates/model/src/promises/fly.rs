//! What Fly.io promises.

use super::{
    Asks, Attested, Confidence, Fact, Outage, Promises, Scaling, Sla, Support, Uptime,
    VendorPromises,
};
use crate::platform::Platform;

const PRICING: &str = "https://fly.io/docs/about/pricing/";
const READ: &str = "2026-08-07";

/// Fly.io Machines.
pub static FLY: Promises = Promises {
    uptime: Uptime::Promised(&[Fact::high(
        Sla::serving(
            "the services, as Fly.io measures",
            99.9,
            Asks::Plan("an Enterprise plan"),
            None,
        ),
        "",
        "https://fly.io/legal/sla-uptime/",
        "2026-06-24",
    )]),
    scaling: Some(Fact::high(
        Scaling::ByHand,
        "machines that exist start and stop on concurrency; new ones need an app that you run",
        "https://fly.io/docs/reference/fly-proxy-autostop-autostart/",
        READ,
    )),
    attestations: [
        Some(Fact::high(
            Attested::Yes,
            "type 2",
            "https://fly.io/docs/security/security-at-fly-io/",
            READ,
        )),
        Some(Fact::high(
            Attested::Yes,
            "on request",
            "https://fly.io/docs/about/healthcare/",
            READ,
        )),
        None,
        None,
    ],
    log_days: Some(Fact::high(
        "7 days",
        "in the search; they can be exported",
        "https://fly.io/docs/monitoring/search-logs/",
        READ,
    )),
    log_limit: None,
};

const fn paid(plan: &'static str, price: &'static str) -> Support {
    Support {
        plan,
        price: Some(price),
        answers: None,
        page: PRICING,
        read: READ,
        confidence: Confidence::High,
    }
}

const fn outage(from: &'static str, what: &'static str, page: &'static str) -> Outage {
    Outage {
        from,
        hours: None,
        what,
        platforms: &[Platform::Fly],
        page,
        read: "2026-04",
        confidence: Confidence::Low,
    }
}

/// Support and outages.
pub static VENDOR: VendorPromises = VendorPromises {
    support: &[
        Support {
            plan: "Community",
            price: Some("$0"),
            answers: Some("in a forum, without a promise"),
            page: "https://fly.io/docs/about/support/",
            read: READ,
            confidence: Confidence::High,
        },
        paid("Standard", "$29"),
        paid("Premium", "$199"),
        paid("Enterprise", "from $2,500"),
    ],
    outages: &[
        Outage {
            from: "2025-02-16",
            hours: Some(3.0),
            what: "all of region iad, and with it the API",
            platforms: &[Platform::Fly],
            page: "https://fly.io/infra-log/2025-02-22",
            read: "2025-02-22",
            confidence: Confidence::High,
        },
        outage(
            "2026-03-27",
            "iad: no CPU left, and deploys failed elsewhere too; for 12 hours and more, users say",
            "https://community.fly.io/t/psa-postmortem-s-rollup/27367/14",
        ),
        outage(
            "2026-04-17",
            "Vault, so that TLS certificates were not found",
            "https://community.fly.io/t/psa-postmortem-s-rollup/27367?page=2",
        ),
    ],
    outages_page: "https://fly.io/infra-log/",
};
