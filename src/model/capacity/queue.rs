//! Erlang B, Poisson tails and the normal distribution: the mathematics that the rest stands on.
//!
//! All transcendental functions come from `libm`, so that native tests and the page print the same cents.

/// Above this many requests in flight a Poisson tail is taken from the normal distribution.
const NORMAL_ABOVE: f64 = 1_000.0;

/// A sum over groups or instances stops after this many terms.
const MOST_TERMS: usize = 4_000;

/// Terms smaller than this no longer count.
const NEGLIGIBLE: f64 = 1e-12;

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
    if sigma > 2.0 {
        // The staircase is smooth to far below a cent.
        return x + 0.5;
    }
    // Steps well below x are certain; only those within eight deviations are in doubt.
    let certain = (x - 8.0 * sigma).floor().max(0.0);
    let last = (x + 8.0 * sigma).ceil();
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
    // Sum over j of P(K > jc), with the tail taken term by term from the top.
    let top = (mean + 12.0 * libm::sqrt(mean) + 12.0).ceil();
    let mut tail = 0.0;
    let mut sum = 0.0;
    let mut k = top;
    let mut pmf = libm::exp(k * libm::log(mean) - mean - libm::lgamma(k + 1.0));
    while k >= 1.0 {
        tail += pmf;
        // The tail is now P(K ≥ k) = P(K > k − 1).
        if (k - 1.0) % c == 0.0 {
            sum += tail;
        }
        pmf *= k / mean;
        k -= 1.0;
    }
    sum
}

/// Expected number of instances of `c` slots that are alive, when each is kept for `keep_s` after its last request:
/// Σ 1 − exp(−λ B(jc, ρ)(s + T)). Exact for one instance.
pub fn expected_alive(rate: f64, service_s: f64, c: u32, keep_s: f64) -> f64 {
    let load = rate * service_s;
    let mut blocking = ErlangB::new(load);
    let mut sum = 0.0;
    for j in 0..MOST_TERMS as u32 {
        let overflow = rate * blocking.at(j.saturating_mul(c));
        let alive = -libm::expm1(-overflow * (service_s + keep_s));
        sum += alive;
        if alive < NEGLIGIBLE {
            break;
        }
    }
    sum
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
    fn a_quiet_controller_rounds_up_and_a_noisy_one_adds_a_half() {
        assert_eq!(expected_ceil_normal(2.3, 0.0), 3.0);
        close(expected_ceil_normal(2.5, 0.01), 3.0, 1e-9);
        close(expected_ceil_normal(50.2, 2.1), 50.7, 1e-9);
        close(expected_ceil_normal(50.2, 1.9), 50.7, 1e-3);
    }
}
