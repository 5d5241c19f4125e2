//! Sorting. One kind of list is sorted, whatever it stands for, and by a heap: each further kind that the standard library
//! sorts adds 3 kB to the page.

use std::collections::BinaryHeap;

/// The numbers in ascending order, each with the place that it had; of equal ones the first stays first.
pub fn sorted(numbers: impl Iterator<Item = i64>) -> Vec<(i64, usize)> {
    sort(numbers.zip(0..).collect())
}

fn sort(numbers: Vec<(i64, usize)>) -> Vec<(i64, usize)> {
    BinaryHeap::from(numbers).into_sorted_vec()
}

/// The places of floats in ascending order, as [`f64::total_cmp`] has it.
pub fn ascending(numbers: impl Iterator<Item = f64>) -> Vec<usize> {
    sorted(numbers.map(key))
        .into_iter()
        .map(|(_, place)| place)
        .collect()
}

/// A whole number that is in the order of floats.
fn key(x: f64) -> i64 {
    let bits = x.to_bits().cast_signed();
    // The larger the bits of a negative number, the smaller it is.
    if bits < 0 { bits ^ i64::MAX } else { bits }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_sorted_as_by_total_cmp() {
        let numbers = [
            3.5,
            -0.0,
            0.0,
            -7.0,
            1e300,
            -1e300,
            3.5,
            f64::INFINITY,
            f64::MIN_POSITIVE,
            -2.5,
            3.5,
        ];
        let mut expected: Vec<usize> = (0..numbers.len()).collect();
        expected.sort_by(|a, b| numbers[*a].total_cmp(&numbers[*b]));
        assert_eq!(ascending(numbers.into_iter()), expected);
    }
}
