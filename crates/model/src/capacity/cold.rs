//! Cold starts and keep-alive: how many instances are alive, how often a request has to wait for a new one, how long.
//!
//! An instance is kept for some time after its last request. The j-th group of slots sees what overflows from the ones
//! before it (Erlang's loss formula), and finds its instance gone when no request overflowed for that long. Requests
//! arrive at random, or in bursts: gaps are then a mixture of short and long ones with the same mean (a
//! hyper-exponential distribution with balanced means).

use super::queue::{MOST_TERMS, NEGLIGIBLE, Overflow};

/// A load, and the instances that are kept for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KeepAliveLoad {
    /// Requests per second.
    pub rate: f64,
    /// Mean time of a request, s.
    pub service_s: f64,
    /// Requests at once on one instance.
    pub concurrency: u32,
    /// How long an instance is kept after its last request, s.
    pub keep_s: f64,
    /// Instances that are always there.
    pub min_instances: u32,
    /// Squared coefficient of variation of the gaps between requests; one is random, more is in bursts.
    pub cv2: f64,
}

/// What follows.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cold {
    /// Mean number of instances alive.
    pub alive: f64,
    /// Share of requests that start an instance.
    pub probability: f64,
    /// Share of requests that wait for an instance to start, theirs or another's.
    pub delayed: f64,
}

/// How gaps between requests are mixed: the share of the one kind, whose rate is twice that share of the mean rate.
#[derive(Clone, Copy, Debug)]
struct Gaps(f64);

impl Gaps {
    fn of(cv2: f64) -> Self {
        let uneven = libm::sqrt(((cv2 - 1.0) / (cv2 + 1.0)).max(0.0));
        Self(f64::midpoint(1.0, uneven))
    }

    /// The chance that a gap is longer than `times` mean gaps.
    fn longer(self, times: f64) -> f64 {
        let (p, q) = (self.0, 1.0 - self.0);
        p * libm::exp(-2.0 * p * times) + q * libm::exp(-2.0 * q * times)
    }

    /// Mean of the gap cut off at `times` mean gaps, in mean gaps.
    fn cut(self, times: f64) -> f64 {
        let (p, q) = (self.0, 1.0 - self.0);
        -0.5 * (libm::expm1(-2.0 * p * times) + libm::expm1(-2.0 * q * times))
    }
}

impl KeepAliveLoad {
    /// How many are alive and how often one has to start, where a start takes `start_s` seconds.
    pub fn cold(&self, start_s: f64) -> Cold {
        let kept_s = self.service_s + self.keep_s;
        let mut cold = Cold {
            alive: f64::from(self.min_instances),
            ..Cold::default()
        };
        if self.rate <= 0.0 {
            return cold;
        }
        let gaps = Gaps::of(self.cv2);
        let mut overflow = Overflow::new(self.rate * self.service_s, self.concurrency);
        // Groups of slots below these are surely alive; far above them nothing ever overflows.
        let first = overflow.surely_full().max(self.min_instances);
        cold.alive = f64::from(first);
        let c = f64::from(self.concurrency);
        let mut j = first;
        for _ in 0..MOST_TERMS {
            let stride = overflow.stride();
            let blocked = overflow.at(j);
            let times = self.rate * blocked * kept_s;
            let alive = gaps.cut(times);
            let starts = blocked * gaps.longer(times);
            cold.alive += alive * f64::from(stride);
            cold.probability += starts * f64::from(stride);
            // While an instance starts, others may come and wait with the one that started it.
            let waiting = if j == 0 {
                1.0 + (c - 1.0).min(self.rate * start_s)
            } else if c > 1.0 {
                2.0
            } else {
                1.0
            };
            cold.delayed += starts * waiting * f64::from(stride);
            if times < NEGLIGIBLE || blocked < NEGLIGIBLE {
                break;
            }
            j += stride;
        }
        cold.probability = cold.probability.min(1.0);
        cold.delayed = cold.delayed.min(1.0);
        cold
    }
}

/// The time that an instance takes to start: lognormal, by its median and 95th percentile, s.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StartUp {
    /// Half of the starts take no longer, s.
    pub median_s: f64,
    /// 95 % of the starts take no longer, s.
    pub p95_s: f64,
}

/// The standard normal's 95 % point.
const Z95: f64 = 1.645;

impl StartUp {
    /// Mean time, s.
    pub fn mean_s(&self) -> f64 {
        let sigma = self.sigma();
        self.median_s * libm::exp(sigma * sigma / 2.0)
    }

    fn sigma(&self) -> f64 {
        if self.median_s <= 0.0 || self.p95_s <= self.median_s {
            0.0
        } else {
            libm::log(self.p95_s / self.median_s) / Z95
        }
    }

    /// Latency, s, that waiting for a start adds at the quantile `p` of all requests, when a share `delayed` waits.
    pub fn added_s(&self, p: f64, delayed: f64) -> f64 {
        if delayed <= 1.0 - p || delayed <= 0.0 {
            return 0.0;
        }
        let inside = 1.0 - (1.0 - p) / delayed;
        self.median_s * libm::exp(self.sigma() * super::queue::normal_quantile(inside))
    }
}

/// The fewest instances, `most` at most, that keep the latency that cold starts add at `p` below `limit_s` at every one
/// of the loads; `most` where none does. More never make it worse, so that the first that does is taken.
pub fn fewest(loads: &[KeepAliveLoad], start: &StartUp, p: f64, limit_s: f64, most: u32) -> u32 {
    let met = |min: u32| {
        loads.iter().all(|load| {
            let load = KeepAliveLoad {
                min_instances: min,
                ..*load
            };
            start.added_s(p, load.cold(start.mean_s()).delayed) <= limit_s
        })
    };
    // Bisection: a fleet of thousands is as quick as one of three.
    let (mut low, mut high) = (0, most);
    while low < high {
        let middle = low + (high - low) / 2;
        if met(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64, rel: f64) {
        assert!((a - b).abs() <= rel * b.abs(), "{a} is not {b}");
    }

    const QUIET: KeepAliveLoad = KeepAliveLoad {
        rate: 1.0 / 600.0,
        service_s: 0.2,
        concurrency: 1_000,
        keep_s: 300.0,
        min_instances: 0,
        cv2: 1.0,
    };

    #[test]
    fn one_instance_is_alive_as_long_as_it_is_kept() {
        // A request every ten minutes keeps a replica that waits for 300 s alive 39 % of the time.
        let cold = QUIET.cold(2.0);
        close(cold.alive, -libm::expm1(-300.2 / 600.0), 1e-12);
        close(cold.probability, libm::exp(-300.2 / 600.0), 1e-12);
        close(cold.alive, 0.39, 0.02);
    }

    #[test]
    fn who_comes_while_one_starts_waits_too() {
        // With room for all, so many come in the three seconds of a start beside the one that caused it.
        let cold = QUIET.cold(3.0);
        close(cold.delayed, cold.probability * (1.0 + 3.0 / 600.0), 1e-9);
        let full = KeepAliveLoad {
            concurrency: 2,
            rate: 1.0,
            keep_s: 1.0,
            ..QUIET
        };
        let cold = full.cold(1e6);
        assert!(cold.delayed >= 2.0 * cold.probability * 0.99, "{cold:?}");
        // Where an instance takes one request at a time, nobody can wait for another's.
        let alone = KeepAliveLoad {
            concurrency: 1,
            rate: 2.0,
            keep_s: 1.0,
            ..QUIET
        };
        let cold = alone.cold(5.0);
        close(cold.delayed, cold.probability, 1e-12);
    }

    #[test]
    fn a_large_fleet_is_alive_where_its_requests_are() {
        // Two thousand in flight, one at a time: they, and those that the last 300 s needed more.
        let fleet = KeepAliveLoad {
            rate: 10_000.0,
            concurrency: 1,
            ..QUIET
        };
        let alive = fleet.cold(1.0).alive;
        assert!((2_000.0..2_300.0).contains(&alive), "{alive}");
        let below = KeepAliveLoad {
            rate: 4_999.0,
            ..fleet
        };
        let above = KeepAliveLoad {
            rate: 5_001.0,
            ..fleet
        };
        close(below.cold(1.0).alive, above.cold(1.0).alive, 4e-3);
    }

    #[test]
    fn a_start_takes_longer_on_average_than_its_median() {
        let start = StartUp {
            median_s: 2.0,
            p95_s: 5.0,
        };
        let sigma = libm::log(2.5) / 1.645;
        close(start.mean_s(), 2.0 * libm::exp(sigma * sigma / 2.0), 1e-12);
        let sure = StartUp {
            median_s: 2.0,
            p95_s: 2.0,
        };
        close(sure.mean_s(), 2.0, 1e-12);
        close(sure.added_s(0.99, 0.5), 2.0, 1e-12);
    }

    #[test]
    fn bursts_leave_more_long_gaps() {
        // One request a minute, kept for 15 minutes: never at random, 0.4 % and 1.1 % in bursts.
        let at = |cv2| {
            KeepAliveLoad {
                rate: 1.0 / 60.0,
                service_s: 0.0,
                keep_s: 900.0,
                cv2,
                ..QUIET
            }
            .cold(0.0)
            .probability
        };
        close(at(1.0), 3.06e-7, 0.01);
        close(at(4.0), 0.004, 0.1);
        close(at(10.0), 0.011, 0.1);
    }

    #[test]
    fn instances_that_are_always_there_start_never() {
        let mut before = 1.0;
        for min_instances in 0..8 {
            let cold = KeepAliveLoad {
                rate: 0.9,
                service_s: 1.991,
                concurrency: 1,
                keep_s: 600.0,
                min_instances,
                cv2: 1.0,
            }
            .cold(0.25);
            assert!(cold.alive >= f64::from(min_instances));
            assert!(cold.probability <= before);
            before = cold.probability;
        }
        let one = KeepAliveLoad {
            min_instances: 1,
            ..QUIET
        };
        assert_eq!(one.cold(1.0).probability, 0.0);
        assert_eq!(one.cold(1.0).alive, 1.0);
    }

    #[test]
    fn added_latency_is_a_quantile_of_the_start() {
        let start = StartUp {
            median_s: 2.0,
            p95_s: 5.0,
        };
        assert_eq!(start.added_s(0.99, 0.009), 0.0);
        // Where every request waits, the 95th percentile is that of a start.
        close(start.added_s(0.95, 1.0), 5.0, 1e-3);
        close(start.added_s(0.5, 1.0), 2.0, 1e-9);
        // Where two of a hundred wait, the 99th percentile is the median of a start.
        close(start.added_s(0.99, 0.02), 2.0, 1e-9);
    }

    #[test]
    fn the_fewest_that_meet_an_objective() {
        let start = StartUp {
            median_s: 2.0,
            p95_s: 4.0,
        };
        assert_eq!(fewest(&[QUIET], &start, 0.99, 0.1, 20), 1);
        assert_eq!(fewest(&[QUIET], &start, 0.99, 60.0, 20), 0);
        let busy = KeepAliveLoad {
            rate: 5.0,
            concurrency: 1,
            keep_s: 2.0,
            ..QUIET
        };
        let n = fewest(&[busy], &start, 0.999, 0.1, 50);
        assert!((1..=8).contains(&n), "{n}");
    }
}
