//! Random numbers from a seed.

use super::Service;

/// xoshiro256++ 1.0 seeded by splitmix64, after the public-domain code of David Blackman and Sebastiano Vigna at
/// <https://prng.di.unimi.it>.
pub(super) struct Random([u64; 4]);

impl Random {
    pub(super) fn new(seed: u64, stream: u32) -> Self {
        // A stream starts far from the others: splitmix64 mixes what is next to each other.
        let mut state = seed ^ (u64::from(stream) << 32);
        Self(std::array::from_fn(|_| {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = state;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^ (z >> 31)
        }))
    }

    pub(super) fn next(&mut self) -> u64 {
        let s = &mut self.0;
        let result = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
        let t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = s[3].rotate_left(45);
        result
    }

    /// Above 0 and at most 1, so that its logarithm exists.
    pub(super) fn share(&mut self) -> f64 {
        ((self.next() >> 11) + 1) as f64 / (1_u64 << 53) as f64
    }

    pub(super) fn below(&mut self, count: usize) -> usize {
        // The share may be 1.
        ((self.share() * count as f64) as usize).min(count - 1)
    }

    pub(super) fn exponential(&mut self, mean: f64) -> f64 {
        -mean * self.share().ln()
    }

    /// Box and Muller's way; its second number is thrown away for simplicity.
    pub(super) fn normal(&mut self) -> f64 {
        let radius = (-2.0 * self.share().ln()).sqrt();
        radius * (std::f64::consts::TAU * self.share()).cos()
    }

    pub(super) fn service(&mut self, service: Service) -> f64 {
        match service {
            Service::Exponential(mean) => self.exponential(mean),
            Service::Constant(seconds) => seconds,
            Service::Lognormal { mean, cv } => {
                let variance = (1.0 + cv * cv).ln();
                mean * (variance.sqrt() * self.normal() - variance / 2.0).exp()
            }
        }
    }
}
