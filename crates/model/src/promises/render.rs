//! What Render promises. Most was read in a comparison that cites Render's pages.

use super::{Attested, Fact, Promises, Scaling, Support, Uptime, VendorPromises};

const LOGGING: &str = "https://render.com/docs/logging";
const READ: &str = "2026-09-20";

/// Render.
pub static RENDER: Promises = Promises {
    uptime: Uptime::NotKnown {
        page: "https://render.com/docs/",
    },
    scaling: Some(Fact::high(
        Scaling::ByItself,
        "on CPU or memory, from the Pro workspace on and without a disk; on Hobby by hand",
        "https://render.com/docs/scaling",
        READ,
    )),
    attestations: [
        Some(Fact::medium(
            Attested::Yes,
            "type II; who is on Pro or above gets the report",
            "https://render.com/docs/certifications-compliance",
            READ,
        )),
        Some(Fact::medium(
            Attested::OnPlan,
            "from Scale on, for 20 % more on all usage; by some $250 a month at least",
            "https://render.com/docs/hipaa-compliance",
            READ,
        )),
        None,
        None,
    ],
    log_days: Some(Fact::medium(
        "7 days on Hobby, 14 on Pro, 30 from Scale on",
        "a better plan doesn't bring back older lines",
        LOGGING,
        READ,
    )),
    log_limit: Some(Fact::medium(
        "6,000 lines a minute from an instance",
        "",
        LOGGING,
        READ,
    )),
};

/// Support and outages. No outage since 2025 has a good source; that isn't to say that there was none.
pub static VENDOR: VendorPromises = VendorPromises {
    support: &[Support::name_alone(
        "All plans",
        "https://render.com/pricing",
    )],
    outages: &[],
    outages_page: "https://status.render.com",
};
