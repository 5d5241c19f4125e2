//! Where two ways of billing cost the same, in closed form.

/// Requests in flight at which paying for one instance all the time costs the same as paying for its busy time and each
/// request; none where one of them is always the cheaper.
///
/// `always_per_s` and `busy_per_s` are dollars per second of one instance, `per_request` dollars, `service_s` the time of
/// a request. The busy share of one instance is 1 − e^−ρ.
pub fn busy_or_always(
    always_per_s: f64,
    busy_per_s: f64,
    per_request: f64,
    service_s: f64,
) -> Option<f64> {
    if busy_per_s <= 0.0 || service_s <= 0.0 {
        return None;
    }
    let share = always_per_s / busy_per_s;
    if per_request <= 0.0 {
        return (share < 1.0).then(|| -libm::log1p(-share));
    }
    let fee = per_request / (service_s * busy_per_s);
    let x = (1.0 - share) / fee;
    // W(e^x / fee) without the e^x, which overflows where the fee is small.
    let w = lambert_of_exp(x - libm::log(fee));
    Some((w - x).max(0.0))
}

/// Lambert's W of e^y, by Newton's method on w + ln w = y.
fn lambert_of_exp(y: f64) -> f64 {
    let mut w = if y > 1.0 {
        y - libm::log(y)
    } else {
        libm::exp(y) / (1.0 + libm::exp(y))
    };
    for _ in 0..50 {
        let next = (w * (1.0 + y - libm::log(w)) / (1.0 + w)).max(f64::MIN_POSITIVE);
        if (next - w).abs() <= 1e-15 * next {
            return next;
        }
        w = next;
    }
    w
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that fails panics")]
mod tests {
    use super::*;

    #[test]
    fn both_cost_the_same_there() {
        for (always, busy, fee, service) in [
            (1.9e-5, 2.525e-5, 4e-7, 0.05),
            (1.9e-5, 2.525e-5, 4e-7, 5.0),
            (1.9e-5, 2.525e-5, 0.0, 0.2),
            (3.0e-5, 2.525e-5, 4e-7, 0.2),
            (1e-5, 2.525e-5, 1e-12, 0.2),
        ] {
            let load = busy_or_always(always, busy, fee, service).unwrap();
            let by_request = -libm::expm1(-load) * busy + load / service * fee;
            assert!((by_request - always).abs() < 1e-9 * always, "{load}");
        }
    }

    #[test]
    fn what_is_always_cheaper_has_no_root() {
        assert_eq!(busy_or_always(3e-5, 2.5e-5, 0.0, 0.2), None);
    }
}
