//! What a month of a split, or of all on one platform, comes to.

use crate::{
    bill::{Bill, CostCategory},
    inputs::Inputs,
    people::{self, FITTED},
    platform::Platform,
    units::WEEKS_PER_MONTH,
};

/// What a month comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Total {
    /// US dollars without people.
    pub infrastructure: f64,
    /// US dollars of engineering time.
    pub people: f64,
    /// Hours a week.
    pub hours: f64,
    /// Dollars of everything under each of [`FITTED`].
    pub by_calibration: [f64; FITTED.len()],
}

impl Total {
    /// Everything, US dollars.
    pub fn usd(&self) -> f64 {
        self.infrastructure + self.people
    }

    pub(super) fn of(platform: Platform, bill: &Bill, inputs: &Inputs) -> Self {
        let hours = people::on(platform, inputs);
        let infrastructure = bill.infrastructure().get();
        let month = WEEKS_PER_MONTH * inputs.team.rate_usd_per_hour;
        Self {
            infrastructure,
            people: bill.subtotal(CostCategory::People).get(),
            hours: hours.total(),
            by_calibration: hours
                .by_calibration
                .map(|week| infrastructure + week * month),
        }
    }

    /// So many dollars of infrastructure more.
    pub(super) fn add(&mut self, usd: f64) {
        self.infrastructure += usd;
        for total in &mut self.by_calibration {
            *total += usd;
        }
    }

    pub(super) fn and(&self, other: &Self) -> Self {
        Self {
            infrastructure: self.infrastructure + other.infrastructure,
            people: self.people + other.people,
            hours: self.hours + other.hours,
            by_calibration: std::array::from_fn(|n| {
                self.by_calibration[n] + other.by_calibration[n]
            }),
        }
    }

    /// Whether it is less whatever engineering time is estimated by.
    pub(super) fn is_surely_below(&self, other: &Self) -> bool {
        let each = self.by_calibration.iter().zip(&other.by_calibration);
        self.usd() < other.usd() && each.into_iter().all(|(own, other)| own < other)
    }
}
