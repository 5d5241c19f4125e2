//! What rows are for, and whose, by the words that exports have for it.

use super::{
    Charge, cells,
    columns::{Cells, MIDDLE, OPERATION, plain},
};
use plimsoll_model::vendor::Vendor;

/// Kinds of rows, in small letters.
const KINDS: [(Charge, &str); 5] = [
    (
        Charge::Usage,
        "usage regular discountedusage savingsplancoveredusage",
    ),
    (
        Charge::Commitment,
        "purchase savingsplannegation savingsplanrecurringfee savingsplanupfrontfee rifee unusedreservation unusedsavingsplan",
    ),
    (Charge::Tax, "tax"),
    (Charge::Credit, "credit refund"),
    (
        Charge::Other,
        "fee adjustment roundingerror roundingadjustment",
    ),
];

/// What a row is for, by the word that it has for it.
pub(super) fn charge_of(kind: &str) -> Charge {
    if kind.is_empty() {
        return Charge::Usage;
    }
    let is = |(_, all): &&(Charge, &str)| all.split(' ').any(|word| cells::is(kind, word));
    match KINDS.iter().find(is) {
        Some((charge, _)) => *charge,
        // AWS has one for each kind of agreement.
        None if kind.to_ascii_lowercase().ends_with("discount") => Charge::Discount,
        None => Charge::Other,
    }
}

/// A usage that doesn't say enough by itself, with what stands beside it.
pub(super) fn beside<'a>(
    vendor: Option<Vendor>,
    cells: &Cells<'a>,
    usage: &'a str,
) -> Option<[&'a str; 3]> {
    let [front, behind] = match vendor? {
        Vendor::Aws => [usage, cells::balancer(usage, cells[OPERATION])?],
        Vendor::Azure if !cells[MIDDLE].is_empty() => [cells[MIDDLE], usage],
        _ => return None,
    };
    Some([front, " / ", behind])
}

/// Whose bill a row is of, by a name that stands in it.
pub(super) fn vendor_of(provider: &str) -> Option<Vendor> {
    let begins = |word: &str| {
        let front = provider.get(..word.len());
        front.is_some_and(|front| front.eq_ignore_ascii_case(word))
    };
    [
        ("aws", Vendor::Aws),
        ("amazon", Vendor::Aws),
        ("google", Vendor::GoogleCloud),
        ("microsoft", Vendor::Azure),
        ("azure", Vendor::Azure),
    ]
    .into_iter()
    .find_map(|(word, vendor)| begins(word).then_some(vendor))
}

/// Whether a credit of Google Cloud is the other side of a commitment, which is billed in rows of its own; and whether it
/// lowers what the usage costs.
pub(super) fn commitment(kind: &str) -> Option<bool> {
    let kind = plain(kind);
    if kind.starts_with("committedusagediscount") || kind.starts_with("committedusediscount") {
        return Some(true);
    }
    (kind == "feeutilizationoffset").then_some(false)
}
