//! Billed busy time where only the time with requests in flight is billed.
//!
//! Requests that overlap on one instance share one billed interval: the union of their times is billed, not the sum.
//! From the rate, the duration and the number of instances that the autoscaler keeps in service.

use super::queue::{
    ErlangB, MOST_TERMS, NEGLIGIBLE, NORMAL_ABOVE, expected_capped, expected_groups,
};

/// Instances in service under a constant load, and how many of them are busy.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Busy {
    /// Mean number of instances with at least one request in flight.
    pub instances: f64,
    /// Mean number of busy instances, with every busy period rounded up to the billing granularity.
    pub rounded: f64,
    /// Busy periods that begin in a second, on all instances.
    pub begins: f64,
}

/// Busy instances when `in_service` instances share `rate` requests per second of `service_s` each, at most `c` at
/// once on one, and each busy period is rounded up to `granularity_s`.
///
/// Exact for one instance with endless concurrency (1 − e^−ρ) and for c = 1 (ρ). The vendor's routing is not
/// published; this is symmetric routing.
pub fn busy(rate: f64, service_s: f64, c: f64, in_service: f64, granularity_s: f64) -> Busy {
    let load = rate * service_s;
    if load <= 0.0 || in_service <= 0.0 {
        return Busy {
            instances: 0.0,
            rounded: 0.0,
            begins: 0.0,
        };
    }
    let idle = idle_share((load / in_service).min(c), c);
    let spread = in_service * idle.busy;
    // The sum is spared where the bound E[⌈K/c⌉] ≤ ρ/c + 1 already tells.
    let packed = if spread >= load / c + 1.0 {
        0.0
    } else {
        expected_groups(load, c)
    };
    let instances = spread.max(packed).min(load.max(in_service));
    // Busy periods of one instance begin at this rate.
    let begins = idle.offered * idle.share / service_s;
    let rounded = in_service * round_up(instances / in_service, begins, granularity_s);
    Busy {
        instances,
        rounded,
        begins: in_service * begins,
    }
}

/// The billed share of one instance that is busy for the share `busy` of the time, in exponential periods that begin so often
/// in a second, each rounded up to `granularity_s`.
fn round_up(busy: f64, begins: f64, granularity_s: f64) -> f64 {
    if begins * granularity_s < NEGLIGIBLE {
        return busy;
    }
    let mean_period = busy / begins;
    let billed = begins * granularity_s / -libm::expm1(-granularity_s / mean_period);
    // Separate round-ups can exceed wall time; a bill can't.
    billed.min(1.0).max(busy)
}

/// Busy instances when each request goes to the first instance that has room, as many as it takes.
///
/// Each instance sees what overflows from those before it. Taken as random its requests would be too spread, and scaled by
/// their peakedness (Hayward's approximation) too bunched; simulations lie between, within 3 % of the weighted mean for
/// exponential times and 6 % for constant ones. Above a thousand requests in flight they are taken as packed.
pub fn first_fit(rate: f64, service_s: f64, c: u32, granularity_s: f64) -> Busy {
    let load = rate * service_s;
    let slots = f64::from(c);
    let mut all = Busy {
        instances: 0.0,
        rounded: 0.0,
        begins: 0.0,
    };
    if load > NORMAL_ABOVE {
        let packed = expected_groups(load, slots);
        return Busy {
            instances: packed,
            rounded: packed,
            ..all
        };
    }
    let mut blocking = ErlangB::new(load);
    let mut overflow = load;
    for j in 0..MOST_TERMS as u32 {
        let before = f64::from(j) * slots;
        let left = load * blocking.at((j + 1).saturating_mul(c));
        let carried = overflow - left;
        if carried < NEGLIGIBLE {
            break;
        }
        let random = idle_share(carried.min(slots), slots);
        let peakedness = 1.0 - overflow + load / (before + 1.0 + overflow - load);
        let share = if j == 0 || c == 1 {
            random.share
        } else {
            let fewer = (slots / peakedness).max(1.0);
            let (below, part) = (fewer.floor(), fewer.fract());
            let bunched = |slots: f64| idle_share((carried / peakedness).min(slots), slots).share;
            let between = bunched(below) * (1.0 - part) + bunched(below + 1.0) * part;
            let weight = 0.5 * (1.0 - 1.0 / slots);
            random.share * (1.0 - weight) + between * weight
        };
        // What comes in bunches begins fewer periods.
        let begins = if random.share <= 0.0 {
            0.0
        } else if c == 1 {
            carried / service_s
        } else {
            random.offered * share / service_s / peakedness
        };
        let busy = if j == 0 || c == 1 {
            random.busy
        } else {
            1.0 - share
        };
        all.instances += busy;
        all.rounded += if c == 1 {
            // Each request is a period of its own.
            begins * granularity_s / -libm::expm1(-granularity_s / service_s)
        } else {
            round_up(busy, begins, granularity_s)
        };
        all.begins += begins;
        overflow = left;
    }
    // No routing needs fewer.
    let packed = expected_groups(load, slots).min(load);
    all.instances = all.instances.max(packed);
    all.rounded = all.rounded.max(packed);
    all
}

/// Between which numbers of busy instances the vendor's routing, which is not published, may lie: requests packed on as few
/// instances as hold them, E[⌈K/c⌉], or spread on as many as there are, E[min(K, N)]. No routing leaves these bounds.
pub fn band(rate: f64, service_s: f64, c: f64, in_service: f64) -> (f64, f64) {
    let load = rate * service_s;
    if load <= 0.0 || in_service <= 0.0 {
        return (0.0, 0.0);
    }
    let low = expected_groups(load, c).min(load);
    // Where all slots are taken now and then, more instances come for a moment.
    let random = idle_share((load / in_service).min(c), c).busy * in_service;
    let high = expected_capped(load, in_service).max(random).min(load);
    (low, high.max(low))
}

/// Instances that are kept although they are idle: E[(min − busy)⁺] of `in_service` instances, each idle for
/// `idle_share` of the time.
pub fn kept_idle(min: f64, in_service: f64, idle_share: f64) -> f64 {
    if min <= 0.0 {
        return 0.0;
    }
    if in_service <= min {
        return min * idle_share;
    }
    // Binomially many of those in service are busy; beyond a hundred, fewer than the minimum practically never are.
    if in_service > 100.0 {
        return (min - in_service * (1.0 - idle_share)).max(0.0);
    }
    let busy = 1.0 - idle_share;
    let mut chance = libm::pow(idle_share, in_service);
    let mut sum = 0.0;
    let mut j = 0.0;
    while j < min {
        sum += (min - j) * chance;
        chance *= (in_service - j) / (j + 1.0) * busy / idle_share.max(1e-300);
        j += 1.0;
    }
    sum
}

/// How often 0, 1, … c requests are in flight on one instance whose requests slow each other down: k of them take
/// 1 + (k − 1) × `slowing` times as long as one alone.
pub fn slowed(load: f64, slowing: f64, c: u32) -> Vec<f64> {
    let mut chances = vec![1.0];
    for k in 1..=c {
        let k = f64::from(k);
        let done = k / (1.0 + (k - 1.0) * slowing);
        let last = chances[chances.len() - 1];
        chances.push(last * load / done);
    }
    let sum: f64 = chances.iter().sum();
    for chance in &mut chances {
        *chance /= sum;
    }
    chances
}

/// The share of time in which one of `in_service` instances is idle.
pub fn idle(rate: f64, service_s: f64, c: f64, in_service: f64) -> f64 {
    idle_share((rate * service_s / in_service).min(c), c).share
}

/// How often an instance is idle, and the load offered to it that makes it so.
struct Idle {
    /// Share of time without a request.
    share: f64,
    /// Share of time with one: not a difference, so that almost nothing keeps its digits.
    busy: f64,
    /// Parameter of the Poisson distribution truncated to 0..=c.
    offered: f64,
}

/// The idle share of an instance that has `mean` requests in flight on average, never more than `c`: P(0) of the
/// Poisson distribution truncated to 0..=c whose mean is `mean`.
fn idle_share(mean: f64, c: f64) -> Idle {
    if c == 1.0 {
        let share = (1.0 - mean).max(0.0);
        return Idle {
            share,
            busy: mean.min(1.0),
            offered: if share > 0.0 { mean / share } else { f64::MAX },
        };
    }
    if c >= 24.0 && mean < 0.75 * c {
        return Idle {
            share: libm::exp(-mean),
            busy: -libm::expm1(-mean),
            offered: mean,
        };
    }
    if mean >= c * (1.0 - 1e-9) {
        return Idle {
            share: 0.0,
            busy: 1.0,
            offered: f64::MAX,
        };
    }
    truncated(mean, c)
}

/// Newton's method for the parameter whose truncated Poisson distribution has this mean.
fn truncated(mean: f64, c: f64) -> Idle {
    let mut a = mean / (1.0 - mean / (c + 1.0));
    let mut at = Truncated::of(a, c);
    for _ in 0..60 {
        let step = (at.mean - mean) * a / at.variance;
        // A step may not leave the positive numbers, nor run away where the distribution is nearly full.
        let next = (a - step).clamp(a / 4.0, a * 4.0);
        let done = (next - a).abs() <= 1e-12 * a;
        a = next;
        at = Truncated::of(a, c);
        if done {
            break;
        }
    }
    Idle {
        share: at.zero,
        busy: at.above,
        offered: a,
    }
}

/// The Poisson distribution truncated to 0..=c.
struct Truncated {
    /// P(0), and the rest.
    zero: f64,
    above: f64,
    mean: f64,
    variance: f64,
}

impl Truncated {
    fn of(a: f64, c: f64) -> Self {
        // From the largest term, taken as one, down and up: nothing overflows, and what has vanished is left out.
        let mode = a.floor().min(c);
        let (mut above, mut first, mut second) = (0.0, 0.0, 0.0);
        let mut add = |term: f64, k: f64| {
            let off = k - mode;
            above += term;
            first += term * off;
            second += term * off * off;
        };
        let mut term = 1.0;
        let mut k = mode;
        while k > 0.0 && term > 1e-18 {
            add(term, k);
            term *= k / a;
            k -= 1.0;
        }
        let zero = if k > 0.0 { 0.0 } else { term };
        let mut term = 1.0;
        let mut k = mode;
        while k < c && term > 1e-18 {
            k += 1.0;
            term *= a / k;
            add(term, k);
        }
        let sum = above + zero;
        let off = (first - zero * mode) / sum;
        let square = (second + zero * mode * mode) / sum;
        Self {
            zero: zero / sum,
            above: above / sum,
            mean: mode + off,
            variance: (square - off * off).max(1e-12),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64, rel: f64) {
        assert!((a - b).abs() <= rel * b.abs(), "{a} is not {b}");
    }

    #[test]
    fn one_instance_is_busy_unless_nothing_is_in_flight() {
        for rho in [2e-4, 0.02, 0.2, 1.0, 4.0] {
            let busy = busy(rho / 0.2, 0.2, 80.0, 1.0, 0.0);
            close(busy.instances, -libm::expm1(-rho), 1e-9);
        }
    }

    #[test]
    fn busy_periods_begin_where_nothing_was_in_flight() {
        // Ten instances with two requests each in flight on average: each begins at λ/10 × e⁻².
        let busy = busy(100.0, 0.2, 1_000.0, 10.0, 0.0);
        close(busy.begins, 100.0 * libm::exp(-2.0), 1e-9);
        close(busy.instances, -10.0 * libm::expm1(-2.0), 1e-9);
        // Without concurrency every request is a period of its own, whoever takes it.
        let first = first_fit(30.0, 0.1, 1, 0.1);
        close(first.begins, 30.0, 1e-6);
        close(first.instances, 3.0, 1e-6);
        close(first.rounded, 3.0 / -libm::expm1(-1.0), 1e-6);
    }

    #[test]
    fn kept_instances_idle_as_often_as_others_are_enough() {
        // Fewer in service than are kept: all of them idle alike.
        close(kept_idle(10.0, 10.0, 0.3), 3.0, 1e-12);
        // One kept of two in service: idle only while both are.
        close(kept_idle(1.0, 2.0, 0.3), 0.09, 1e-12);
        // Two kept of three: both idle while all three are, one while two are.
        close(kept_idle(2.0, 3.0, 0.5), 2.0 * 0.125 + 0.375, 1e-12);
        close(kept_idle(190.0, 200.0, 0.1), 10.0, 1e-9);
        assert_eq!(kept_idle(100.0, 200.0, 0.1), 0.0);
        assert_eq!(kept_idle(0.0, 0.0, 1.0), 0.0);
    }

    #[test]
    fn two_slots_are_idle_as_the_quadratic_says() {
        for mean in [0.01, 0.3, 1.0, 1.7, 1.99] {
            let a = (mean - 1.0 + libm::sqrt(1.0 + 2.0 * mean - mean * mean)) / (2.0 - mean);
            close(
                idle(mean, 1.0, 2.0, 1.0),
                1.0 / (1.0 + a + a * a / 2.0),
                1e-9,
            );
        }
        // Five slots with parameter 2.5: terms 1, 2.5, 3.125, 2.604, 1.628, 0.814.
        let at = Truncated::of(2.5, 5.0);
        close(at.zero, 1.0 / 11.670_573, 1e-6);
        close(at.mean, 2.325_669, 1e-5);
        close(at.variance, 1.859_46, 1e-5);
    }

    #[test]
    fn the_band_is_packed_below_and_one_each_above() {
        let (low, high) = band(10.0, 0.3, 4.0, 3.0);
        close(low, expected_groups(3.0, 4.0), 1e-12);
        // E[min(K, 3)] of three on average: 3 − Σ (k − 3) P(k).
        close(high, 2.327_876, 1e-5);
        assert_eq!(band(0.0, 0.3, 4.0, 3.0), (0.0, 0.0));
    }

    #[test]
    fn without_concurrency_the_sum_of_durations_is_billed() {
        for rho in [1e-6, 0.3, 10.0] {
            let busy = busy(rho / 0.2, 0.2, 1.0, rho / 0.6 + 1.0, 0.0);
            close(busy.instances, rho, 1e-9);
        }
    }

    #[test]
    fn short_requests_are_rounded_up_at_low_traffic() {
        // Exponential around 200 ms at almost no traffic bills 1.27 times its duration.
        let quiet = busy(1e-6, 0.2, 80.0, 1.0, 0.1);
        close(quiet.rounded / quiet.instances, 1.27, 0.002);
    }

    #[test]
    fn ten_in_flight_meet_the_simulated_figures() {
        // Simulated with random routing, printed to two decimals: (c, N, busy instances).
        for (c, n, expected) in [
            (1.0, 17.0, 10.01),
            (2.0, 9.0, 6.81),
            (4.0, 5.0, 4.44),
            (10.0, 2.0, 2.00),
        ] {
            close(busy(50.0, 0.2, c, n, 0.0).instances, expected, 0.007);
        }
    }
}
