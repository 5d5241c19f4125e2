//! Lists in the order of a number. The compiler makes a sort of 4 kB for each type that is sorted, and the page has all of
//! them to load: here one is made, and each type only changes places.

/// Sorts by a number, smallest first; equal ones stay as they stood.
pub fn by_number<T>(list: &mut [T], number: impl Fn(&T) -> f64) {
    let mut order: Vec<(f64, usize)> = list.iter().map(number).zip(0..).collect();
    sort(&mut order);
    for to in 0..order.len() {
        // What stood there may have gone to where a former one came from.
        let mut from = order[to].1;
        while from < to {
            from = order[from].1;
        }
        list.swap(to, from);
    }
}

#[inline(never)]
fn sort(order: &mut [(f64, usize)]) {
    order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_sorts_as_the_standard_library_does() {
        let mut seed = 1_u64;
        for length in 0..60 {
            let mut list: Vec<(f64, usize)> = (0..length)
                .map(|n| {
                    seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    (((seed >> 60) as f64) - 7.0, n)
                })
                .collect();
            let mut expected = list.clone();
            expected.sort_by(|a, b| a.0.total_cmp(&b.0));
            by_number(&mut list, |(x, _)| *x);
            assert_eq!(list, expected);
        }
    }
}
