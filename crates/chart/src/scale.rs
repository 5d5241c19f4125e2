//! Where the ticks of an axis stand: round numbers.

/// Round numbers from zero that cover `largest` in at most `most` steps of 1, 2 or 5 times a power of ten.
///
/// Always at least two ticks; the last one is not below `largest`.
pub fn linear_ticks(largest: f64, most: usize) -> Vec<f64> {
    let largest = if largest.is_finite() && largest > 0.0 {
        largest
    } else {
        1.0
    };
    let rough = largest / most.max(1) as f64;
    let decade = libm::pow(10.0, libm::floor(libm::log10(rough)));
    let step = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * decade)
        .find(|step| *step >= rough * (1.0 - 1e-9))
        .unwrap_or(10.0 * decade);
    let steps = (largest / step - 1e-9).ceil().max(1.0) as u32;
    (0..=steps).map(|n| f64::from(n) * step).collect()
}

/// 1, 2 and 5 times the powers of ten from one positive number to another, both included.
pub fn log_ticks(from: f64, to: f64) -> Vec<f64> {
    let mut ticks = Vec::new();
    let mut tick = tick_below(from);
    // A range that is not one has no ticks, and forty are more than anything here needs.
    while tick <= to * (1.0 + SLACK) && ticks.len() < 40 {
        if tick >= from * (1.0 - SLACK) {
            ticks.push(tick);
        }
        tick = tick_above(tick * 1.5);
    }
    ticks
}

/// The range of a logarithmic axis that shows all these numbers: from one tick to another, never of no length. What is
/// not positive can't be shown on it and does not count.
pub fn log_range(numbers: impl Iterator<Item = f64>) -> (f64, f64) {
    let (mut least, mut most) = (f64::INFINITY, 0.0f64);
    for x in numbers {
        if x.is_finite() && x > 0.0 {
            least = least.min(x);
            most = most.max(x);
        }
    }
    if most == 0.0 {
        return (1.0, 10.0);
    }
    let from = tick_below(least.max(1e-6));
    let to = tick_above(most.max(1e-6));
    if to > from {
        (from, to)
    } else {
        (from, tick_above(to * 1.5))
    }
}

/// Where between two ends a number lies on a logarithmic axis; what is outside, on the nearer end.
pub(super) fn log_share(x: f64, (from, to): (f64, f64)) -> f64 {
    let x = x.max(from).min(to);
    libm::log(x / from) / libm::log(to / from)
}

/// Rounding noise.
const SLACK: f64 = 1e-9;

fn decade(x: f64) -> f64 {
    libm::pow(10.0, libm::floor(libm::log10(x) + SLACK))
}

fn tick_below(x: f64) -> f64 {
    let decade = decade(x);
    [5.0, 2.0]
        .into_iter()
        .map(|digit| digit * decade)
        .find(|tick| *tick <= x * (1.0 + SLACK))
        .unwrap_or(decade)
}

fn tick_above(x: f64) -> f64 {
    let decade = decade(x);
    [1.0, 2.0, 5.0]
        .into_iter()
        .map(|digit| digit * decade)
        .find(|tick| *tick >= x * (1.0 - SLACK))
        .unwrap_or(10.0 * decade)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_cover_everything() {
        assert_eq!(linear_ticks(35.0, 5), [0.0, 10.0, 20.0, 30.0, 40.0]);
        assert_eq!(linear_ticks(0.0, 5).len(), 6);
        for largest in [
            1e-9,
            0.3,
            7.0,
            999.0,
            1_001.0,
            3.3e12,
            f64::NAN,
            f64::INFINITY,
        ] {
            let ticks = linear_ticks(largest, 5);
            assert!((2..=7).contains(&ticks.len()), "{largest}: {ticks:?}");
            let last = ticks[ticks.len() - 1];
            assert!(
                !largest.is_finite() || last >= largest * (1.0 - 1e-9),
                "{largest}: {ticks:?}"
            );
        }
    }

    #[test]
    fn ticks_of_a_logarithmic_axis_are_1_2_and_5() {
        assert_eq!(
            log_ticks(1.0, 100.0),
            [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0]
        );
        assert_eq!(log_ticks(30.0, 700.0), [50.0, 100.0, 200.0, 500.0]);
        assert_eq!(log_ticks(0.01, 0.02), [0.01, 0.02]);
        assert!(log_ticks(5.0, 1.0).is_empty());
    }

    #[test]
    fn a_logarithmic_range_holds_everything_and_has_a_length() {
        for (numbers, range) in [
            (vec![], (1.0, 10.0)),
            (vec![0.0, -5.0, f64::NAN, f64::INFINITY], (1.0, 10.0)),
            (vec![1_000.0], (1_000.0, 2_000.0)),
            (vec![999.0, 1_001.0], (500.0, 2_000.0)),
            (vec![0.0, 30.0, 7_000.0], (20.0, 10_000.0)),
            (vec![1e-300], (1e-6, 2e-6)),
        ] {
            let (from, to) = log_range(numbers.iter().copied());
            assert!((from / range.0 - 1.0).abs() < 1e-9, "{numbers:?}: {from}");
            assert!((to / range.1 - 1.0).abs() < 1e-9, "{numbers:?}: {to}");
        }
    }
}
