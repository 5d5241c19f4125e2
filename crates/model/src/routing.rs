//! What nobody but the vendor knows of Cloud Run: how requests are routed to instances, and so which of them share a second.

use crate::bill::Bill;

/// Dollars that no routing takes off a bill or adds to it, beyond the estimate; none where there is nothing to route.
pub fn routing(bill: &Bill) -> Option<(f64, f64)> {
    let figure = |id: &str| bill.figures.iter().find(|figure| figure.id == id);
    let (low, high) = (
        figure("infrastructure_low_usd")?,
        figure("infrastructure_high_usd")?,
    );
    let here = bill.infrastructure().get();
    Some(((low.value - here).min(0.0), (high.value - here).max(0.0)))
}

/// What a share of the draws is below, of a triangle between two numbers with its top at zero.
pub fn triangular(low: f64, high: f64, share: f64) -> f64 {
    let width = high - low;
    if share * width < -low {
        low + libm::sqrt(share * width * -low)
    } else {
        high - libm::sqrt((1.0 - share) * width * high)
    }
}
