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
}
