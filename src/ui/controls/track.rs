//! Where a slider's positions lie: preferred numbers, so that one arrow key is one sensible step.

use plimsoll_model::inputs::{Below, Range, Scale};

/// The values at which a slider can stand, in ascending order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Track {
    stops: Vec<f64>,
    log: bool,
}

/// Preferred numbers of a decade, in tenths.
const PREFERRED: [f64; 10] = [10.0, 12.0, 15.0, 20.0, 25.0, 30.0, 40.0, 50.0, 60.0, 80.0];

/// How many positions a linear slider has at most.
const POSITIONS: f64 = 200.0;

impl Track {
    /// The stops of a range: its ends, and preferred numbers between them.
    pub(crate) fn of(range: &Range) -> Self {
        let mut stops = match range.scale {
            Scale::Log => decades(range),
            Scale::Linear => steps(range),
        };
        if range.below != Below::Nothing {
            stops.insert(0, 0.0);
        }
        stops.dedup();
        Self {
            stops,
            log: range.scale == Scale::Log,
        }
    }

    /// The last position.
    pub(crate) fn last(&self) -> usize {
        self.stops.len() - 1
    }

    /// The position a large step away, up or down: half a decade, or a tenth of a linear slider.
    pub(crate) fn large_step(&self, from: usize, up: bool) -> usize {
        let step = if self.log {
            PREFERRED.len() / 2
        } else {
            self.last().div_ceil(10)
        };
        if up {
            (from + step).min(self.last())
        } else {
            from.saturating_sub(step)
        }
    }

    /// The value at a position.
    pub(crate) fn value(&self, position: usize) -> f64 {
        self.stops[position.min(self.last())]
    }

    /// The position nearest to a value.
    pub(crate) fn position(&self, value: f64) -> usize {
        let after = self.stops.partition_point(|stop| *stop < value);
        if after == 0 {
            return 0;
        }
        if after > self.last() {
            return self.last();
        }
        let (low, high) = (self.stops[after - 1], self.stops[after]);
        if value - low < high - value {
            after - 1
        } else {
            after
        }
    }
}

fn decades(range: &Range) -> Vec<f64> {
    let mut stops = vec![range.min];
    let mut power = libm::floor(libm::log10(range.min)) as i32 - 1;
    while power_of_ten(power + 1) <= range.max {
        for preferred in PREFERRED {
            // A tenth times three is not three tenths; three through ten is.
            let stop = if power < 0 {
                preferred / power_of_ten(-power)
            } else {
                preferred * power_of_ten(power)
            };
            let stop = if range.whole { f64::round(stop) } else { stop };
            if stop > range.min && stop < range.max {
                stops.push(stop);
            }
        }
        power += 1;
    }
    stops.push(range.max);
    stops
}

/// Exact up to the 22nd.
fn power_of_ten(power: i32) -> f64 {
    libm::pow(10.0, f64::from(power))
}

fn steps(range: &Range) -> Vec<f64> {
    let span = range.max - range.min;
    if span <= 1.0 && !range.whole {
        // A hundredth times seventy is not seven tenths; seventy through a hundred is.
        let hundredths = (0..=100).map(|n| f64::from(n) / 100.0);
        return hundredths.filter(|stop| range.contains(*stop)).collect();
    }
    let step = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0]
        .into_iter()
        .find(|step| span / step <= POSITIONS)
        .unwrap_or(span / POSITIONS);
    let mut stops = vec![range.min];
    let mut stop = (range.min / step).floor() * step + step;
    while stop < range.max {
        stops.push(stop);
        stop += step;
    }
    stops.push(range.max);
    stops
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll_model::inputs::FIELDS;
    use plimsoll_model::inputs::at;

    #[test]
    fn every_position_is_legal_and_finds_itself() {
        for field in FIELDS {
            let Some(range) = field.range() else { continue };
            let track = Track::of(range);
            for position in 0..=track.last() {
                let value = track.value(position);
                assert!(range.contains(value), "{field:?}: {value}");
                assert_eq!(track.position(value), position, "{field:?}: {value}");
            }
            assert_eq!(track.value(track.last()), range.max, "{field:?}");
            assert!(
                track.last() <= 210,
                "{field:?} has {} positions",
                track.last()
            );
        }
    }

    #[test]
    fn large_steps_stay_on_the_track_and_lead_back() {
        for field in FIELDS {
            let Some(range) = field.range() else { continue };
            let track = Track::of(range);
            let middle = track.last() / 2;
            let up = track.large_step(middle, true);
            assert!(up > middle || track.last() == 0, "{field:?}");
            assert_eq!(track.large_step(0, false), 0);
            assert_eq!(track.large_step(track.last(), true), track.last());
        }
    }

    #[test]
    fn a_share_moves_by_hundredths() {
        let field = at::buy::coverage;
        let track = Track::of(field.range().expect("a range"));
        assert_eq!((track.last(), track.value(70)), (100, 0.7));
    }

    #[test]
    fn positions_are_preferred_numbers() {
        let track = Track::of(at::http::requests_per_month.range().expect("a range"));
        assert_eq!(
            [track.value(0), track.value(1), track.value(2)],
            [0.0, 1_000.0, 1_200.0]
        );
        assert!(track.position(1e7) > 0);
        assert_eq!(track.value(track.position(1e7)), 1e7);
    }
}
