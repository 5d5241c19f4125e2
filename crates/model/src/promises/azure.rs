//! What Azure promises. Its SLA document and its table of what an audit covers were not read.

use super::{
    Asks, Attested, Confidence, Fact, Outage, Promises, Scaling, Sla, Support, Uptime,
    VendorPromises,
};
use crate::platform::Platform;

const AUTOMATIC: &str = "https://learn.microsoft.com/en-us/azure/aks/intro-aks-automatic";
const SUPPORT: &str = "https://azure.microsoft.com/support/plans/";

const fn attested(fedramp: Option<Fact<Attested>>) -> [Option<Fact<Attested>>; 4] {
    let yes = Some(of_all(
        Attested::Yes,
        "Azure as a whole; whether it covers this service was not read",
    ));
    [yes, yes, yes, fedramp]
}

const fn of_all(value: Attested, note: &'static str) -> Fact<Attested> {
    const TRUST: &str = "https://www.microsoft.com/en-us/trust-center";
    Fact::low(value, note, TRUST, "2026-06-20")
}

const FEDRAMP: Fact<Attested> = of_all(
    Attested::OnPlan,
    "High, Azure as a whole; whether it covers this service was not read",
);

const fn logs(note: &'static str) -> Fact<&'static str> {
    Fact::high(
        "30 days",
        note,
        "https://learn.microsoft.com/azure/azure-monitor/logs/data-retention-configure",
        "2025 to 2026, undated",
    )
}

/// Azure Container Apps.
pub static CONTAINER_APPS: Promises = Promises {
    uptime: Uptime::Promised(&[Fact::medium(
        Sla::serving("an app", 99.95, Asks::Nothing, None),
        "by texts that cite the SLA; a newer page says it depends on the deployment",
        "https://azure.microsoft.com/support/legal/sla/container-apps/",
        "2023 to 2026, undated",
    )]),
    scaling: Some(Fact::high(
        Scaling::ByItself,
        "on HTTP requests, TCP, CPU, memory or any KEDA scaler",
        "https://learn.microsoft.com/en-us/azure/container-apps/overview",
        "2026-07-07",
    )),
    attestations: attested(None),
    log_days: Some(logs("by default; they can go elsewhere, or nowhere")),
    log_limit: None,
};

/// Azure Kubernetes Service.
pub static AKS: Promises = Promises {
    uptime: Uptime::Promised(&[Fact::high(
        Sla::api(99.95, Asks::TwoZones, Some(99.9)),
        "on the Standard tier, none on Free; nodes are under the SLA of virtual machines",
        "https://learn.microsoft.com/en-us/azure/aks/free-standard-pricing-tiers",
        "2026-07-06",
    )]),
    scaling: Some(Fact::high(
        Scaling::AfterSetUp,
        "pods and nodes by an autoscaler each, to be switched on",
        "https://learn.microsoft.com/en-us/azure/aks/concepts-scale",
        "2026-08",
    )),
    attestations: attested(Some(FEDRAMP)),
    log_days: Some(logs("by default, once they are switched on")),
    log_limit: None,
};

/// AKS Automatic.
pub static AKS_AUTOMATIC: Promises = Promises {
    uptime: Uptime::Promised(&[Fact::high(
        Sla::api(99.95, Asks::Nothing, None),
        "and 99.9 % of pods get ready within 5 minutes: that is no uptime",
        AUTOMATIC,
        "2026-07-07",
    )]),
    scaling: Some(Fact::high(
        Scaling::AfterSetUp,
        "nodes follow the pods; pods need their rules, for which all is switched on",
        AUTOMATIC,
        "2026-07-07",
    )),
    attestations: attested(Some(FEDRAMP)),
    log_days: Some(logs("by default; those of containers are on")),
    log_limit: None,
};

const fn plan(plan: &'static str, price: &'static str, answers: &'static str) -> Support {
    Support::medium(plan, price, answers, SUPPORT, "2026, undated")
}

/// Support and outages.
pub static VENDOR: VendorPromises = VendorPromises {
    support: &[
        plan("Basic", "$0", "on bills and subscriptions only"),
        plan(
            "Developer (not for production)",
            "$29",
            "in business hours, within 8 of them",
        ),
        plan("Standard", "$100", "at any hour when it is critical"),
        plan(
            "Professional Direct",
            "$1,000",
            "at any hour, within 1 hour",
        ),
        Support::name_alone("Unified", SUPPORT),
    ],
    outages: &[
        Outage {
            from: "2025-10-29",
            hours: Some(8.3),
            what: "worldwide: Front Door, with the portal and sign-in; clusters ran on",
            platforms: &[
                Platform::ContainerApps,
                Platform::Aks,
                Platform::AksAutomatic,
            ],
            page: "https://azure.status.microsoft/en-us/status/history/",
            read: "2025-10",
            confidence: Confidence::Medium,
        },
        Outage {
            from: "2026-02-02",
            hours: Some(4.7),
            what: "several regions: no new virtual machines or AKS nodes",
            platforms: &[Platform::Aks, Platform::AksAutomatic],
            page: "https://azure.status.microsoft/en-us/status/history/?trackingId=FNJ8-VQZ",
            read: "2026-02",
            confidence: Confidence::High,
        },
        Outage {
            from: "2026-02-03",
            hours: Some(5.9),
            what: "East US and West US: managed identities, after the outage of the day before",
            platforms: &[
                Platform::ContainerApps,
                Platform::Aks,
                Platform::AksAutomatic,
            ],
            page: "https://azurestatusprodea.azurewebsites.net/en-us/status/history",
            read: "2026-02",
            confidence: Confidence::High,
        },
    ],
    outages_page: "https://azure.status.microsoft/en-us/status/history/",
};
