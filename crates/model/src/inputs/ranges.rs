//! Numbers that are known only roughly: `5..9` instead of one number.
//!
//! A range is read as people mean it: nine times in ten the number lies between its ends, five times in a hundred below
//! and as often above. On a log scale it is log-normal, on a linear one, and where it begins at zero, normal: both are
//! the least that says no more than two ends do. What would lie beyond the legal numbers is brought to the nearest one. Ranges
//! are independent of each other.
//!
//! The number that stands in the field, and that every result but the spread is made from, is the middle: geometric on a
//! log scale, so that it is the median in either case.

use super::{Field, Inputs, Kind, Range, Scale, fields};

/// How many standard deviations lie between the middle and the point that one number in twenty is beyond.
pub const DEVIATIONS: f64 = 1.644_853_626_951_472_2;

/// An input between two numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Between {
    /// The input's path.
    pub path: &'static str,
    /// One number in twenty is smaller.
    pub low: f64,
    /// One number in twenty is larger.
    pub high: f64,
}

impl Between {
    /// An input between two numbers; none unless both are legal, in their order, and the input is a number.
    pub fn new(field: &Field, low: f64, high: f64) -> Option<Self> {
        let range = field.range()?;
        let legal = low <= high && range.contains(low) && range.contains(high);
        legal.then_some(Self {
            path: field.path,
            low,
            high,
        })
    }

    /// The middle, which the field has.
    pub fn middle(&self) -> f64 {
        self.at_deviations(0.0)
    }

    /// The legal number that lies so many standard deviations above the middle.
    pub fn at_deviations(&self, deviations: f64) -> f64 {
        let (low, high) = (self.low, self.high);
        match Field::find(self.path).and_then(Field::range) {
            Some(range) if low < high => range.clamp(spread(range, low, high, deviations)),
            _ => low,
        }
    }
}

fn spread(range: &Range, low: f64, high: f64, deviations: f64) -> f64 {
    let share = 0.5 + deviations / (2.0 * DEVIATIONS);
    if range.scale == Scale::Log && low > 0.0 {
        low * libm::pow(high / low, share)
    } else {
        low + (high - low) * share
    }
}

impl Field {
    /// The number, if it is one that is not left open.
    pub fn number(&self, inputs: &Inputs) -> Option<f64> {
        match self.kind {
            Kind::Number { get, .. } => Some(get(inputs)),
            Kind::Optional { get, .. } => get(inputs),
            Kind::Flag { .. } | Kind::Choice { .. } | Kind::Set { .. } => None,
        }
    }

    /// Forgets its range; the number stays.
    pub fn forget_range(&self, inputs: &mut Inputs) {
        inputs.ranges.retain(|between| between.path != self.path);
    }

    /// Sets the number, if it is one, and forgets its range.
    pub fn set_number(&self, inputs: &mut Inputs, x: f64) {
        self.forget_range(inputs);
        match self.kind {
            Kind::Number { set, .. } => set(inputs, x),
            Kind::Optional { set, .. } => set(inputs, Some(x)),
            Kind::Flag { .. } | Kind::Choice { .. } | Kind::Set { .. } => {}
        }
    }
}

impl Inputs {
    /// Between which numbers an input lies, if it has a range.
    pub fn between(&self, path: &str) -> Option<&Between> {
        self.ranges.iter().find(|between| between.path == path)
    }

    /// Gives an input a range, and its middle as its number. Ranges stand in the order of the page.
    pub fn set_between(&mut self, between: Between) {
        let Some(field) = Field::find(between.path) else {
            return;
        };
        field.set_number(self, between.middle());
        let place = |between: &Between| fields::all().position(|field| field.path == between.path);
        let before = self
            .ranges
            .partition_point(|other| place(other) < place(&between));
        self.ranges.insert(before, between);
    }
}

#[cfg(test)]
mod tests {
    use super::{super::at, *};

    fn between(path: &str, low: f64, high: f64) -> Between {
        Between::new(Field::by_path(path), low, high).expect("a legal range")
    }

    #[test]
    fn the_ends_are_the_twentieths_and_the_middle_is_geometric_on_a_log_scale() {
        for (path, low, high, middle) in [
            ("http.latency_ms", 25.0, 100.0, 50.0),
            ("team.rate_usd_per_hour", 60.0, 100.0, 80.0),
            ("services", 3.0, 8.0, 6.0),
            ("jobs.runs_per_month", 0.0, 30.0, 15.0),
            ("slo_ms", 100.0, 400.0, 200.0),
            ("assumptions.fluency_none", 1.5, 2.5, 2.0),
        ] {
            let range = between(path, low, high);
            assert!((range.middle() - middle).abs() < 1e-12, "{path}");
            assert!(
                (range.at_deviations(-DEVIATIONS) - low).abs() < 1e-12,
                "{path}"
            );
            assert!(
                (range.at_deviations(DEVIATIONS) - high).abs() < 1e-12,
                "{path}"
            );
        }
        // One half above a service is a whole one, and a latency below 1 ms is not legal.
        assert_eq!(
            between("services", 3.0, 8.0).at_deviations(0.3).fract(),
            0.0
        );
        assert_eq!(
            between("http.latency_ms", 1.0, 4.0).at_deviations(-9.0),
            1.0
        );
    }

    #[test]
    fn without_a_width_it_is_that_number_to_the_last_bit() {
        let third = between("http.latency_ms", 100.0 / 3.0, 100.0 / 3.0);
        for deviations in [-3.0, 0.0, 0.7] {
            assert_eq!(third.at_deviations(deviations), 100.0 / 3.0);
        }
    }

    #[test]
    fn what_is_no_range_is_refused() {
        let latency = at::http::latency_ms;
        for (low, high) in [(9.0, 5.0), (0.5, 5.0), (5.0, 1e9), (f64::NAN, 5.0)] {
            assert_eq!(Between::new(latency, low, high), None, "{low}..{high}");
        }
        assert_eq!(Between::new(at::services, 1.5, 2.0), None);
        assert_eq!(Between::new(at::region, 0.0, 1.0), None);
    }

    #[test]
    fn ranges_stand_in_the_order_of_the_page_and_go_with_a_plain_number() {
        let mut inputs = Inputs::default();
        for (path, low, high) in [
            ("services", 2.0, 4.0),
            ("assumptions.zones", 1.0, 2.0),
            ("http.latency_ms", 25.0, 100.0),
            ("services", 6.0, 8.0),
        ] {
            inputs.set_between(between(path, low, high));
        }
        let paths: Vec<&str> = inputs.ranges.iter().map(|between| between.path).collect();
        assert_eq!(paths, ["http.latency_ms", "services", "assumptions.zones"]);
        assert_eq!((inputs.services, inputs.assumptions.zones), (7, 1.5));
        at::services.set_number(&mut inputs, 3.0);
        assert_eq!((inputs.services, inputs.ranges.len()), (3, 2));
        assert_eq!(inputs.between("services"), None);
    }
}
