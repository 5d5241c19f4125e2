//! How requests spread over a week: shapes, and their reduction to a few load levels.
//!
//! From the inputs' traffic; [`super::workload`] turns the levels into rates. A level is a share of the time at one
//! multiple of the mean rate. Shapes are those of the model's notes: a day's wave as large as that of the Azure
//! Functions trace (Shahrad et al., 2020), spikes of ten times the base rate (Armbrust et al., 2009).

use super::inputs::{Shape, Traffic};
use crate::sorting::by_number;

/// Hours of a week, Monday 00:00 first.
pub const HOURS: usize = 168;

/// The most levels that a shape is reduced to.
pub const MOST_LEVELS: usize = 24;

/// How far the wave of a day reaches above and below its mean.
const WAVE: f64 = 0.6;
/// The busiest time of a wave is six hours after this one, in half hours since midnight.
const WAVE_BEGINS: usize = 17;
/// The sines of the hours behind the beginning of a wave, up to its top: of 7.5°, 22.5° and so on up to 82.5°. A sine of
/// any angle takes a table that is 3 kB to download.
const SINES: [f64; 6] = [
    0.130_526_192_220_051_6,
    0.382_683_432_365_089_8,
    0.608_761_429_008_720_7,
    0.793_353_340_291_235_2,
    0.923_879_532_511_286_7,
    0.991_444_861_373_810_4,
];
/// Load of a weekend day, as a share of a working day.
const WEEKEND: f64 = 0.7;
/// Load at night and on weekends where people work in an office, as a share of that in office hours.
const OUT_OF_OFFICE: f64 = 0.08;
/// Spikes: how many times the base rate, and how many hours of twenty.
const SPIKE: f64 = 10.0;
/// A nightly batch takes nine requests of ten in its two hours.
const BATCH_SHARE: f64 = 0.9;

/// A share of the time at one load.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Hours that it lasts.
    pub hours: f64,
    /// Load, as a multiple of the mean.
    pub load: f64,
}

/// The steps of one period, in their order; then it begins anew. Their mean load is one.
pub fn steps(traffic: &Traffic) -> Vec<Step> {
    let hourly =
        |load: fn(usize, usize) -> f64| (0..HOURS).map(|hour| load(hour / 24, hour % 24)).collect();
    let loads: Vec<f64> = match traffic.shape {
        Shape::Diurnal => hourly(|day, hour| {
            let wave = 1.0 + WAVE * sine(hour);
            if day < 5 { wave } else { wave * WEEKEND }
        }),
        Shape::Office => hourly(|day, hour| {
            if day < 5 && (8..18).contains(&hour) {
                1.0
            } else {
                OUT_OF_OFFICE
            }
        }),
        Shape::Spiky => return normalised(vec![step(19.0, 1.0), step(1.0, SPIKE)]),
        Shape::Batch => {
            let quiet = (1.0 - BATCH_SHARE) / 22.0;
            return normalised(vec![step(22.0, quiet), step(2.0, BATCH_SHARE / 2.0)]);
        }
        Shape::Grid if usable(&traffic.grid) => traffic.grid.clone(),
        // A grid that is none counts as steady.
        Shape::Steady | Shape::Grid => vec![1.0],
    };
    normalised(loads.into_iter().map(|load| step(1.0, load)).collect())
}

/// Where the wave of a day stands at an hour, from -1 to 1.
fn sine(hour: usize) -> f64 {
    let half_hours = (hour * 2 + 48 - WAVE_BEGINS) % 48;
    let (half, within) = (half_hours / 24, half_hours % 24);
    // The second quarter of a wave falls as the first one rises; its second half is the first one below its mean.
    let size = SINES[within.min(24 - within) / 2];
    if half == 0 { size } else { -size }
}

fn step(hours: f64, load: f64) -> Step {
    Step { hours, load }
}

/// Whether a grid can be taken: a load for each hour, none below zero, not all zero.
pub fn usable(grid: &[f64]) -> bool {
    grid.len() == HOURS
        && grid.iter().all(|load| load.is_finite() && *load >= 0.0)
        && grid.iter().any(|load| *load > 0.0)
}

fn normalised(mut steps: Vec<Step>) -> Vec<Step> {
    let hours: f64 = steps.iter().map(|step| step.hours).sum();
    let sum: f64 = steps.iter().map(|step| step.hours * step.load).sum();
    for step in &mut steps {
        step.load *= hours / sum;
    }
    steps
}

/// A shape as load levels, and how the load moves between them.
#[derive(Clone, Debug, PartialEq)]
pub struct Levels {
    /// Share of the time and load of each, growing; shares sum to one, and so does the mean load.
    pub levels: Vec<(f64, f64)>,
    /// From which level to which lower one the load falls, and how often in an hour.
    pub falls: Vec<(usize, usize, f64)>,
    /// The level of each step.
    pub of_step: Vec<usize>,
}

/// The levels of a traffic.
pub fn levels_of(traffic: &Traffic) -> Levels {
    levels(&steps(traffic), MOST_LEVELS)
}

/// Reduces the steps to at most so many levels.
///
/// Neighbours in load are joined as long as there are too many, each time the two whose joining moves the loads least
/// (Ward's criterion), so that the mean stays one and the levels stand where the time is.
pub fn levels(steps: &[Step], most: usize) -> Levels {
    let period: f64 = steps.iter().map(|step| step.hours).sum();
    let mut order: Vec<usize> = (0..steps.len()).collect();
    by_number(&mut order, |place| steps[*place].load);

    // Clusters of neighbours: hours, mean load, and how many steps of `order` they hold.
    let mut clusters: Vec<(f64, f64, usize)> = Vec::with_capacity(steps.len());
    for place in &order {
        let Step { hours, load } = steps[*place];
        match clusters.last_mut() {
            // The same load, up to rounding, needs no level of its own.
            Some(last) if load - last.1 <= 1e-12 * load => {
                last.0 += hours;
                last.2 += 1;
            }
            _ => clusters.push((hours, load, 1)),
        }
    }
    let cost = |one: &(f64, f64, usize), next: &(f64, f64, usize)| {
        let gap = next.1 - one.1;
        one.0 * next.0 / (one.0 + next.0) * gap * gap
    };
    // Joining two changes what it costs to join either with its other neighbour, and nothing else.
    let pairs = clusters.windows(2);
    let mut costs: Vec<f64> = pairs.map(|pair| cost(&pair[0], &pair[1])).collect();
    while clusters.len() > most && !costs.is_empty() {
        let mut best = 0;
        for place in 1..costs.len() {
            if costs[place] < costs[best] {
                best = place;
            }
        }
        costs.remove(best);
        let (hours, load, count) = clusters.remove(best + 1);
        let into = &mut clusters[best];
        into.1 = (into.0 * into.1 + hours * load) / (into.0 + hours);
        into.0 += hours;
        into.2 += count;
        if best > 0 {
            costs[best - 1] = cost(&clusters[best - 1], &clusters[best]);
        }
        if best < costs.len() {
            costs[best] = cost(&clusters[best], &clusters[best + 1]);
        }
    }

    let mut level_of = vec![0; steps.len()];
    let mut sorted = order.iter();
    for (level, cluster) in clusters.iter().enumerate() {
        for place in sorted.by_ref().take(cluster.2) {
            level_of[*place] = level;
        }
    }
    let mut falls: Vec<(usize, usize, f64)> = Vec::new();
    for (n, from) in level_of.iter().enumerate() {
        let to = level_of[(n + 1) % level_of.len()];
        if to < *from {
            match falls
                .iter_mut()
                .find(|fall| (fall.0, fall.1) == (*from, to))
            {
                Some(fall) => fall.2 += 1.0 / period,
                None => falls.push((*from, to, 1.0 / period)),
            }
        }
    }
    Levels {
        levels: clusters
            .iter()
            .map(|(hours, load, _)| (hours / period, *load))
            .collect(),
        falls,
        of_step: level_of,
    }
}

/// The step that each hour of a week belongs to: a shorter period is repeated.
pub fn step_of_hour(steps: &[Step]) -> Vec<usize> {
    let period = steps
        .iter()
        .enumerate()
        .flat_map(|(place, step)| core::iter::repeat_n(place, step.hours as usize));
    period.cycle().take(HOURS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wave_is_a_sine() {
        for hour in 0..24 {
            let turn = core::f64::consts::TAU * (hour as f64 - 8.5) / 24.0;
            assert!((sine(hour) - libm::sin(turn)).abs() < 1e-15, "{hour}");
        }
    }

    fn traffic(shape: Shape) -> Traffic {
        Traffic {
            shape,
            ..Traffic::default()
        }
    }

    #[test]
    fn every_shape_has_mean_one_and_few_levels() {
        for shape in Shape::ALL {
            let levels = levels(&steps(&traffic(shape)), MOST_LEVELS);
            let time: f64 = levels.levels.iter().map(|(share, _)| share).sum();
            let load: f64 = levels.levels.iter().map(|(share, load)| share * load).sum();
            assert!((time - 1.0).abs() < 1e-12, "{shape:?}: {time}");
            assert!((load - 1.0).abs() < 1e-12, "{shape:?}: {load}");
            assert!(levels.levels.len() <= MOST_LEVELS, "{shape:?}");
            assert!(levels.levels.is_sorted_by(|a, b| a.1 < b.1), "{shape:?}");
        }
    }

    #[test]
    fn shapes_are_those_of_the_notes() {
        let of = |shape| levels(&steps(&traffic(shape)), MOST_LEVELS).levels;
        assert_eq!(of(Shape::Steady), [(1.0, 1.0)]);
        // Five per cent of the time at ten times the base rate.
        let spiky = of(Shape::Spiky);
        assert!((spiky[1].0 - 0.05).abs() < 1e-12 && (spiky[1].1 - 10.0 / 1.45).abs() < 1e-12);
        let batch = of(Shape::Batch);
        assert!((batch[1].1 - 10.8).abs() < 1e-9, "{batch:?}");
        // The wave and its mirror image are one level each, on working days and on weekends.
        assert_eq!(of(Shape::Diurnal).len(), 24);
    }

    #[test]
    fn the_load_falls_as_often_as_it_rises() {
        let spiky = levels(&steps(&traffic(Shape::Spiky)), MOST_LEVELS);
        assert_eq!(spiky.falls, [(1, 0, 0.05)]);
        let office = levels(&steps(&traffic(Shape::Office)), MOST_LEVELS);
        assert_eq!(office.falls.len(), 1);
        assert!((office.falls[0].2 - 5.0 / 168.0).abs() < 1e-12);
    }

    #[test]
    fn a_grid_that_is_none_is_steady() {
        for grid in [vec![], vec![0.0; HOURS], vec![-1.0; HOURS], vec![1.0; 3]] {
            let traffic = Traffic {
                shape: Shape::Grid,
                grid,
                ..Traffic::default()
            };
            assert_eq!(
                steps(&traffic),
                [Step {
                    hours: 1.0,
                    load: 1.0
                }]
            );
        }
    }
}
