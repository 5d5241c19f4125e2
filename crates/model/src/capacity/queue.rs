//! Erlang B, Poisson tails and the normal distribution: the mathematics that the rest stands on.
//!
//! All transcendental functions come from `libm`, so that native tests and the page print the same cents.

/// Above this many requests in flight a Poisson tail is taken from the normal distribution.
pub(super) const NORMAL_ABOVE: f64 = 1_000.0;

/// A sum over groups or instances stops after this many terms.
pub(super) const MOST_TERMS: usize = 4_000;

/// Terms smaller than this no longer count.
pub(super) const NEGLIGIBLE: f64 = 1e-12;

/// With so large a deviation the staircase is a straight line: its ripple is e^(−2π²σ²)/π.
const SMOOTH: f64 = 1.0;

/// Beyond so many standard deviations nothing is in doubt.
const DEVIATIONS: f64 = 8.0;

/// In so many strides what is in doubt is stepped over: a third of a standard deviation each. Instances go where their load
/// falls by a factor of e in a fifth of one, so that the sum is within a thousandth of a deviation of what it stands for.
const STRIDES: f64 = 48.0;

/// The standard normal distribution function.
pub fn normal_cdf(z: f64) -> f64 {
    0.5 * libm::erfc(-z / core::f64::consts::SQRT_2)
}

/// E[⌈X⌉] for X normal around `x` with deviation `sigma`: how many whole instances a controller asks for on average
/// when its metric is noisy. Far from a whole number it is ⌈x⌉, for large `sigma` x + ½.
pub fn expected_ceil_normal(x: f64, sigma: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if sigma <= NEGLIGIBLE {
        return x.ceil();
    }
    if sigma > SMOOTH {
        return x + 0.5;
    }
    // Steps well below x are certain; only those near it are in doubt.
    let certain = (x - DEVIATIONS * sigma).floor().max(0.0);
    let last = (x + DEVIATIONS * sigma).ceil();
    let mut sum = certain;
    let mut j = certain;
    while j <= last {
        sum += normal_cdf((x - j) / sigma);
        j += 1.0;
    }
    sum
}

/// Blocking probability of `servers` servers offered `load` Erlangs.
pub fn erlang_b(servers: u32, load: f64) -> f64 {
    let mut blocking = ErlangB::new(load);
    blocking.at(servers)
}

/// Erlang B for growing numbers of servers, each computed from the one before.
#[derive(Clone, Debug)]
pub struct ErlangB {
    load: f64,
    servers: u32,
    blocking: f64,
}

impl ErlangB {
    /// Starts at no servers, where everything is blocked.
    pub fn new(load: f64) -> Self {
        Self {
            load,
            servers: 0,
            blocking: 1.0,
        }
    }

    /// The blocking probability at `servers`, which must not be smaller than in the call before.
    pub fn at(&mut self, servers: u32) -> f64 {
        while self.servers < servers {
            if self.blocking < NEGLIGIBLE {
                self.blocking = 0.0;
                self.servers = servers;
                break;
            }
            self.servers += 1;
            let offered = self.load * self.blocking;
            self.blocking = offered / (f64::from(self.servers) + offered);
        }
        self.blocking
    }
}

/// E[⌈K/c⌉] for K Poisson around `mean`: the fewest instances that can hold the requests in flight, `c` on each.
pub fn expected_groups(mean: f64, c: f64) -> f64 {
    if mean <= 0.0 {
        return 0.0;
    }
    if mean > NORMAL_ABOVE {
        // P(K > jc) with the continuity correction of half a request.
        return expected_ceil_normal(((mean - 0.5) / c).max(NEGLIGIBLE), libm::sqrt(mean) / c);
    }
    if c == 1.0 {
        return mean;
    }
    // Sum over j of P(K > jc), with the tail taken term by term from the top; far below the mean every group is needed.
    let doubt = 12.0 * libm::sqrt(mean) + 12.0;
    let (top, bottom) = ((mean + doubt).ceil(), (mean - doubt).max(0.0));
    let mut tail = 0.0;
    let mut k = top;
    let mut pmf = libm::exp(k * libm::log(mean) - mean - libm::lgamma(k + 1.0));
    // The next multiple of c below k is the number of requests that so many groups hold.
    let mut group = ((k - 1.0) / c).floor();
    let mut sum = 0.0;
    while group >= 0.0 {
        let holds = group * c;
        if holds < bottom {
            return sum + group + 1.0;
        }
        while k > holds {
            tail += pmf;
            pmf *= k / mean;
            k -= 1.0;
        }
        sum += tail;
        group -= 1.0;
    }
    sum
}

/// E[min(K, most)] for K Poisson around `mean`: the most instances that can be busy, one request on each first.
pub fn expected_capped(mean: f64, most: f64) -> f64 {
    if mean > NORMAL_ABOVE {
        let deviation = libm::sqrt(mean);
        let z = (most - mean) / deviation;
        // E[(K − most)⁺] of the normal distribution.
        let above = deviation * (normal_density(z) - z * (1.0 - normal_cdf(z)));
        return mean - above.max(0.0);
    }
    let top = (mean + 12.0 * libm::sqrt(mean) + 12.0).ceil();
    let mut k = top;
    let mut pmf = libm::exp(k * libm::log(mean) - mean - libm::lgamma(k + 1.0));
    let mut above = 0.0;
    while k > most && k > 0.0 {
        above += (k - most) * pmf;
        pmf *= k / mean;
        k -= 1.0;
    }
    (mean - above).max(0.0)
}

/// What overflows from the first so many groups of slots that are filled in order.
///
/// Above a thousand requests in flight the loss formula is taken in its normal limit, and groups are stepped over.
#[derive(Clone, Debug)]
pub struct Overflow {
    exact: ErlangB,
    slots: u32,
}

impl Overflow {
    /// `load` requests in flight offered to groups of `slots`.
    pub fn new(load: f64, slots: u32) -> Self {
        Self {
            exact: ErlangB::new(load),
            slots,
        }
    }

    fn load(&self) -> f64 {
        self.exact.load
    }

    fn is_large(&self) -> bool {
        self.load() > NORMAL_ABOVE
    }

    /// So many groups are always full.
    pub fn surely_full(&self) -> u32 {
        if !self.is_large() {
            return 0;
        }
        let slots = self.load() - DEVIATIONS * libm::sqrt(self.load());
        (slots / f64::from(self.slots)).max(0.0) as u32
    }

    /// How many groups may be stepped over at once.
    pub fn stride(&self) -> u32 {
        if !self.is_large() {
            return 1;
        }
        let doubtful = 2.0 * DEVIATIONS * libm::sqrt(self.load()) / f64::from(self.slots);
        (doubtful / STRIDES).ceil().max(1.0) as u32
    }

    /// The share of requests that find the first `groups` full, in the middle of the stride that begins there. Not smaller
    /// than in the call before.
    pub fn at(&mut self, groups: u32) -> f64 {
        if !self.is_large() {
            return self.exact.at(groups.saturating_mul(self.slots));
        }
        let middle = f64::from(groups) + f64::from(self.stride() - 1) / 2.0;
        let deviation = libm::sqrt(self.load());
        let z = (middle * f64::from(self.slots) - self.load()) / deviation;
        normal_density(z) / (deviation * normal_cdf(z))
    }
}

/// Probability that a request waits for one of `servers` when all queue (Erlang C); one where they can't keep up.
pub fn erlang_c(servers: u32, load: f64) -> f64 {
    let n = f64::from(servers);
    if load >= n {
        return 1.0;
    }
    let blocked = erlang_b(servers, load);
    n * blocked / (n - load * (1.0 - blocked))
}

fn normal_density(z: f64) -> f64 {
    libm::exp(-0.5 * z * z) / libm::sqrt(core::f64::consts::TAU)
}

/// The standard normal quantile: a rational start (Abramowitz and Stegun, 26.2.23) and Newton's method.
pub fn normal_quantile(p: f64) -> f64 {
    if p <= 0.0 {
        return f64::NEG_INFINITY;
    }
    if p >= 1.0 {
        return f64::INFINITY;
    }
    let t = libm::sqrt(-2.0 * libm::log(p.min(1.0 - p)));
    let above = t
        - (2.515_517 + t * (0.802_853 + t * 0.010_328))
            / (1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308)));
    let mut z = if p < 0.5 { -above } else { above };
    for _ in 0..3 {
        z -= (normal_cdf(z) - p) / normal_density(z).max(f64::MIN_POSITIVE);
    }
    z
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64, rel: f64) {
        assert!((a - b).abs() <= rel * b.abs().max(1e-300), "{a} is not {b}");
    }

    #[test]
    fn erlang_b_has_its_known_values() {
        close(erlang_b(1, 1.0), 0.5, 1e-12);
        close(erlang_b(2, 1.0), 0.2, 1e-12);
        close(erlang_b(10, 5.0), 0.018_384_57, 1e-5);
        assert_eq!(erlang_b(0, 3.0), 1.0);
    }

    #[test]
    fn groups_of_one_are_the_mean() {
        for mean in [1e-9, 0.1, 3.0, 700.0, 1e5] {
            close(expected_groups(mean, 1.0), mean, 1e-4);
        }
    }

    #[test]
    fn groups_of_many_are_the_chance_of_any() {
        for mean in [1e-9, 1e-3, 0.5, 2.0] {
            close(expected_groups(mean, 1_000.0), -libm::expm1(-mean), 1e-9);
        }
    }

    #[test]
    fn the_normal_limit_joins_the_exact_sum() {
        for c in [1.0, 2.0, 10.0, 80.0] {
            close(
                expected_groups(999.0, c),
                expected_groups(1_001.0, c),
                0.003,
            );
        }
    }

    #[test]
    fn what_overflows_of_many_is_the_loss_formula_in_its_limit() {
        let mut ten = Overflow::new(2_000.0, 10);
        assert_eq!((ten.surely_full(), ten.stride()), (164, 2));
        for groups in [180, 200, 205] {
            close(ten.at(groups), erlang_b(groups * 10 + 5, 2_000.0), 0.03);
        }
        // One slot each: fifteen groups in a step, taken at the middle one.
        let mut one = Overflow::new(2_000.0, 1);
        assert_eq!((one.surely_full(), one.stride()), (1_642, 15));
        for groups in [1_800, 1_999] {
            close(one.at(groups), erlang_b(groups + 7, 2_000.0), 0.02);
        }
        let mut few = Overflow::new(5.0, 2);
        assert_eq!((few.surely_full(), few.stride()), (0, 1));
        close(few.at(3), erlang_b(6, 5.0), 1e-12);
    }

    #[test]
    fn to_step_over_groups_leaves_the_sum_as_it_is() {
        for load in [1_500.0, 38_000.0] {
            for often in [30.0, 1e3, 1e6] {
                let mut overflow = Overflow::new(load, 1);
                let first = overflow.surely_full();
                let last = (2.0 * load) as u32 - first;
                let alive = |blocked: f64| -libm::expm1(-often * blocked);
                let mut stepped = 0.0;
                let mut j = first;
                while j < last {
                    stepped += alive(overflow.at(j)) * f64::from(overflow.stride());
                    j += overflow.stride();
                }
                let deviation = libm::sqrt(load);
                let one_by_one: f64 = (first..last)
                    .map(|j| (f64::from(j) - load) / deviation)
                    .map(|z| alive(normal_density(z) / (deviation * normal_cdf(z))))
                    .sum();
                assert!(
                    (stepped - one_by_one).abs() < 1e-3 * deviation,
                    "{load}, {often}: {stepped}, {one_by_one}"
                );
            }
        }
    }

    #[test]
    fn a_quiet_controller_rounds_up_and_a_noisy_one_adds_a_half() {
        assert_eq!(expected_ceil_normal(2.3, 0.0), 3.0);
        close(expected_ceil_normal(2.5, 0.01), 3.0, 1e-9);
        close(expected_ceil_normal(50.2, 2.1), 50.7, 1e-9);
        close(expected_ceil_normal(50.2, 1.9), 50.7, 1e-3);
    }
}
