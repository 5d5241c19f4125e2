//! What vendors billed: their exports, row by row, as sums of what is alike. A row is never dropped: what no meter of ours is for
//! stays as it is, with its amount.

mod cells;
mod columns;
mod export;
mod held;
mod json;
mod kinds;
mod matching;
mod merge;
mod rows;
mod sums;
#[cfg(test)]
mod tests;

pub(crate) use export::{Export, unreadable};
pub use held::{Group, Summary};
pub use matching::{Match, matching};
pub(crate) use merge::Bills;

use plimsoll_model::{explore::billed::Key, vendor::Vendor};

/// The choice of what items are grouped by, one for all files: `service`, `account`, or `tag:` and a key of a tag or label.
pub const GROUP: &str = "all files:1:group";
/// How choices begin that say what a currency is worth: `rate:EUR` is `1.08@2026-11-01`, US dollars for one, and the day.
pub const RATE: &str = "rate:";

/// What a row of a bill is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Charge {
    /// Something was used.
    Usage,
    /// A commitment was paid: a reservation, a savings plan, whatever it covers.
    Commitment,
    /// Taken off what was used: free tiers as credits, discounts of contracts as rows of their own.
    Discount,
    /// Taken off the bill: promotions, refunds.
    Credit,
    /// Tax.
    Tax,
    /// A support plan.
    Support,
    /// What a vendor sets right, rounds, or bills otherwise.
    Other,
}

impl Charge {
    /// Every kind, in the order in which they are told.
    pub const ALL: [Self; 7] = [
        Self::Usage,
        Self::Commitment,
        Self::Discount,
        Self::Credit,
        Self::Tax,
        Self::Support,
        Self::Other,
    ];

    /// Its name in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Usage => "usage",
            Self::Commitment => "commitment",
            Self::Discount => "discount",
            Self::Credit => "credit",
            Self::Tax => "tax",
            Self::Support => "support",
            Self::Other => "other",
        }
    }
}

/// Rows of a bill that are alike: their sums.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The month: its year, and 1 to 12; year 0 where a row says none.
    pub month: (i32, u8),
    /// Whose bill; none for a vendor that isn't one of ours.
    pub vendor: Option<Vendor>,
    /// The service as the bill names it: `AmazonECS`, `Cloud Run`, `Azure Container Apps`.
    pub service: String,
    /// The usage type, the SKU's description or the meter's name, without the region that may stand in it.
    pub usage: String,
    /// The region as the bill names it; empty where it names none.
    pub region: String,
    /// What the rows are for.
    pub charge: Charge,
    /// What they are grouped by: the service, or the value of the tag, label, account or project that was chosen; empty where
    /// rows have none.
    pub group: String,
    /// The unit as the bill has it.
    pub unit: String,
    /// How much, in that unit.
    pub quantity: f64,
    /// What was billed, US dollars.
    pub billed_usd: f64,
    /// With commitments spread over what they cover, US dollars.
    pub effective_usd: f64,
    /// Which meter of ours it is, and how much of it in the meter's unit; none where none is.
    pub matched: Option<(Key, f64)>,
    /// How many rows, and credits that stand in rows of usage.
    pub rows: u64,
}

/// What exports come to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bill {
    /// Every row of them, as sums of what is alike, in a fixed order.
    pub items: Vec<Item>,
    /// How many rows.
    pub rows: u64,
}
