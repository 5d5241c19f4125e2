//! A week out of what rows say of months: hour by hour, with what is silent and how far weeks differ.

use super::{
    series::{Part, SLOT},
    times::{DAY, HOUR},
};
use plimsoll_model::{traffic::HOURS, units::HOURS_PER_MONTH};
use plimsoll_wording::calendar;
use std::collections::BTreeMap;

/// The hour of the week, from Monday 00:00, of so many seconds after 1970-01-01.
pub(crate) fn hour_of_week(seconds: i64) -> usize {
    calendar::weekday(seconds.div_euclid(DAY)) * 24 + (seconds.rem_euclid(DAY) / HOUR) as usize
}

/// Requests of each hour that a file covers, by the file's clock.
pub(crate) type Hours = BTreeMap<i64, Part>;

/// Hours of parts. `ahead` is how far the clock is ahead of UTC at a time, where it is not the file's.
pub(crate) fn hours(parts: &BTreeMap<i64, Part>, ahead: Option<&dyn Fn(i64) -> i64>) -> Hours {
    let mut hours = Hours::new();
    for (key, part) in parts {
        let utc = key * SLOT;
        let offset = ahead.map_or(part.offset, |ahead| ahead(utc));
        let hour = hours.entry((utc + offset).div_euclid(HOUR)).or_default();
        hour.requests += part.requests;
        hour.seconds += part.seconds;
    }
    hours
}

/// What lies between the first and the last hour without a row.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Silence {
    /// Hours of the file's time.
    pub(crate) hours: usize,
    /// Those of them that are hours of the week, or of the day, that never have a row.
    pub(crate) regular: usize,
}

/// Finds the hours without a row.
pub(crate) fn silence(hours: &Hours) -> Silence {
    let (Some((first, _)), Some((last, _))) = (hours.first_key_value(), hours.last_key_value())
    else {
        return Silence::default();
    };
    // Of each hour of the week and of the day: how often it came, and how often with a row.
    let mut week = [(0, 0); HOURS];
    let mut day = [(0, 0); 24];
    let mut silent = Vec::new();
    for hour in *first..=*last {
        let at = hour_of_week(hour * HOUR);
        let is_there = hours.contains_key(&hour);
        for place in [&mut week[at], &mut day[at % 24]] {
            place.0 += 1;
            place.1 += usize::from(is_there);
        }
        if !is_there {
            silent.push(at);
        }
    }
    let never = |(times, there): (usize, usize), often: usize| there == 0 && times >= often;
    let regular = silent
        .iter()
        .filter(|at| never(week[**at], 2) || never(day[**at % 24], 3));
    Silence {
        hours: silent.len(),
        regular: regular.count(),
    }
}

/// A week, and what of it no row says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Week {
    /// Requests in each hour of the week, Monday 00:00 first.
    pub(crate) requests: Vec<f64>,
    /// Hours of the week that no row covers: filled with the mean of the same hour on other days, or of all hours.
    pub(crate) filled: usize,
}

impl Week {
    /// The mean week of hours. Silent hours between the first and the last are nothing, or left out.
    pub(crate) fn of(hours: &Hours, covered: &Hours, silent_is_nothing: bool) -> Self {
        let mut requests = [0.0; HOURS];
        let mut seconds = [0.0; HOURS];
        for (hour, part) in hours {
            requests[hour_of_week(hour * HOUR)] += part.requests;
        }
        for (hour, part) in covered {
            seconds[hour_of_week(hour * HOUR)] += part.seconds;
        }
        if silent_is_nothing
            && let Some((first, _)) = covered.first_key_value()
            && let Some((last, _)) = covered.last_key_value()
        {
            for hour in (*first..=*last).filter(|hour| !covered.contains_key(hour)) {
                seconds[hour_of_week(hour * HOUR)] += HOUR as f64;
            }
        }
        let rate = |hour: usize| requests[hour] / seconds[hour] * HOUR as f64;
        let mean = |step: usize, from: usize| {
            let known = (from..HOURS)
                .step_by(step)
                .filter(|hour| seconds[*hour] > 0.0);
            let (sum, count) = known.fold((0.0, 0.0), |(sum, count), hour| {
                (sum + rate(hour), count + 1.0)
            });
            (count > 0.0).then_some(sum / count)
        };
        let overall = mean(1, 0).unwrap_or(0.0);
        let of = |hour: usize| {
            if seconds[hour] > 0.0 {
                rate(hour)
            } else {
                mean(24, hour % 24).unwrap_or(overall)
            }
        };
        Self {
            requests: (0..HOURS).map(of).collect(),
            filled: seconds.iter().filter(|seconds| **seconds <= 0.0).count(),
        }
    }

    /// Requests in a month.
    pub(crate) fn per_month(&self) -> f64 {
        self.requests.iter().sum::<f64>() / HOURS as f64 * HOURS_PER_MONTH
    }
}

/// How far the same hours of different weeks differ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spread {
    /// Weeks of which most hours are there.
    pub(crate) weeks: usize,
    /// Standard deviation of an hour from its mean, as a share of the mean, over all hours.
    pub(crate) share: f64,
    /// Variance of the requests of an hour beside their mean: 1 is random, more is in bursts.
    pub(crate) dispersion: f64,
}

/// Compares the weeks of a file; nothing where there are fewer than three.
pub(crate) fn spread(hours: &Hours) -> Option<Spread> {
    let mut all: Vec<Vec<f64>> = vec![Vec::new(); HOURS];
    for (hour, part) in hours {
        if part.seconds > 0.9 * HOUR as f64 {
            all[hour_of_week(hour * HOUR)].push(part.requests);
        }
    }
    let several: Vec<&Vec<f64>> = all.iter().filter(|counts| counts.len() >= 3).collect();
    if several.len() < HOURS / 2 {
        return None;
    }
    let (mut means, mut squares, mut variances) = (0.0, 0.0, 0.0);
    for counts in &several {
        let mean = counts.iter().sum::<f64>() / counts.len() as f64;
        let variance = counts.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
        means += mean;
        squares += mean * mean;
        variances += variance / (counts.len() - 1) as f64;
    }
    let weeks = several.iter().map(|counts| counts.len()).min().unwrap_or(0);
    (means > 0.0).then(|| Spread {
        weeks,
        share: libm::sqrt(variances / squares),
        dispersion: variances / means,
    })
}
