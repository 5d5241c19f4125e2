//! The map: that what is shared and what is told from neighbours is what every point would say by itself.

use crate::common::{inputs, legal};
use plimsoll_model::{
    assess,
    bill::CostCategory,
    compare::{Best, compare},
    decide::Answer,
    explore::{
        flips::Setting,
        map::{Map, Outcome, is_axis},
        months::MONTHS,
    },
    inputs::{Calibration, FIELDS, Field, Inputs, Kind, Topic, at},
    presets::PRESETS,
    prices::PriceBook,
};
use proptest::prelude::*;

const REQUESTS: &Field = at::http::requests_per_month;
const ENGINEERS: &Field = at::team::engineers;

/// A team for which the two sides meet.
const CONTESTED: &str = r#"{"growth_percent_per_month":6,"clouds":["google-cloud"],"services":12,
    "http":{"requests_per_month":2e8,"latency_ms":1000,"cpu_ms":1000,"concurrency":10},"team":{"engineers":15,"fluent":3}}"#;

fn whole(inputs: &Inputs, x: &'static Field, y: &'static Field) -> Map {
    let book = PriceBook::bundled();
    let mut map = Map::new(inputs, x, y).unwrap();
    while map.step(inputs, &book) {}
    map
}

/// The inputs at a stop of either axis.
fn inputs_at(map: &Map, (x, y): (usize, usize), inputs: &Inputs) -> Inputs {
    let there = Setting::Number(map.x.stops[x]).put(map.x.field, inputs);
    Setting::Number(map.y.stops[y]).put(map.y.field, &there)
}

fn stops(map: &Map) -> impl Iterator<Item = (usize, usize)> {
    let rows = map.y.stops.len();
    (0..map.x.stops.len()).flat_map(move |x| (0..rows).map(move |y| (x, y)))
}

/// The best of either side where one calibration is chosen.
fn best_under(calibration: Calibration, inputs: &Inputs) -> Best {
    let mut inputs = inputs.clone();
    inputs.people.calibration = calibration;
    Best::of(&compare(&inputs, &PriceBook::bundled()), &inputs)
}

/// Whether Kubernetes is the cheaper side under each calibration, by bills of their own; none where a side has nobody.
fn wins(inputs: &Inputs) -> Option<[bool; Calibration::ALL.len()]> {
    let mut both = true;
    let wins = Calibration::ALL.map(|calibration| {
        let winner = best_under(calibration, inputs).winner();
        both &= winner.is_some();
        winner.is_some_and(|(platform, _)| platform.is_kubernetes())
    });
    both.then_some(wins)
}

fn assert_is(outcome: Option<Outcome>, inputs: &Inputs, at: &str) {
    let best = best_under(inputs.people.calibration, inputs);
    let Some(outcome) = outcome else {
        let verdict = assess(inputs, &PriceBook::bundled()).verdict;
        assert!(verdict.platform.is_none(), "{at}");
        return;
    };
    assert_eq!(outcome.best, best, "{at}");
    if let (Answer::Any, Some(wins)) = (outcome.left, wins(inputs)) {
        let told = Calibration::ALL.map(|calibration| outcome.is_kubernetes(calibration));
        // A tie to the last bit may fall to either side.
        let close = outcome.leads.iter().any(|lead| lead.abs() < 1e-12);
        assert!(close || told == wins, "{at}: {outcome:?}");
        let agree = wins.iter().all(|other| *other == wins[0]);
        assert!(close || outcome.agreed().is_some() == agree, "{at}");
    }
}

/// The numbers of people that an axis may be.
fn people() -> Vec<&'static Field> {
    let of_people = |field: &&Field| field.topic == Topic::People && is_axis(field);
    FIELDS.iter().filter(of_people).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn shared_bills_are_those_of_every_point(
        inputs in legal(),
        pick in 0..20_usize,
        over in 0..FIELDS.len(),
        stop in (0..33_usize, 0..33_usize),
    ) {
        let people = people();
        prop_assert_eq!(people.len(), 5);
        let y = people[pick % people.len()];
        let x = Some(&FIELDS[over]).filter(|x| is_axis(x) && *x != y).unwrap_or(REQUESTS);
        let Some(mut map) = Map::new(&inputs, x, y) else {
            return Ok(());
        };
        let book = PriceBook::bundled();
        while !map.first_shape() {
            map.step(&inputs, &book);
        }
        let columns = map.x.coarse();
        let x = columns[stop.0 % columns.len()];
        for y in [0, stop.1 % map.y.stops.len(), map.y.stops.len() - 1] {
            let there = inputs_at(&map, (x, y), &inputs);
            let value = map.x.field.number(&there);
            if value == Some(map.x.stops[x]) && map.y.field.number(&there) == Some(map.y.stops[y]) {
                assert_is(map.at(x, y), &there, &format!("{:?} {:?}", map.x.field, map.y.field));
            }
        }
    }

    #[test]
    fn the_users_own_point_is_that_of_the_assessment(inputs in legal()) {
        let book = PriceBook::bundled();
        let Some(mut map) = Map::new(&inputs, ENGINEERS, at::services) else {
            return Ok(());
        };
        while !map.first_shape() {
            map.step(&inputs, &book);
        }
        let assessment = assess(&inputs, &book);
        if let Some(outcome) = map.at_here {
            prop_assert_eq!(outcome.best, Best::of(&assessment.comparison, &inputs));
            if let (true, Some(advised)) = (outcome.is_ruled(), assessment.verdict.platform) {
                prop_assert_eq!(outcome.is_kubernetes(inputs.people.calibration), advised.is_kubernetes());
            }
        } else {
            prop_assert_eq!(assessment.verdict.platform, None);
        }
    }
}

/// Whether an outcome is drawn as another is.
fn alike(one: Option<Outcome>, other: Option<Outcome>) -> bool {
    let state = |outcome: Outcome| {
        let under = Calibration::ALL.map(|calibration| outcome.is_kubernetes(calibration));
        (outcome.is_ruled(), under)
    };
    one.map(state) == other.map(state)
}

#[test]
fn away_from_the_borders_it_is_what_every_point_says() {
    let heavy = r#"{"http":{"latency_ms":2000,"concurrency":10},"instance":{"memory_gib":2},"buy":{"commitment":"3y"},
        "clouds":["google-cloud"],"team":{"engineers":20,"fluent":6,"existing_cluster":true,"platform_team":true}}"#;
    for (text, x, y) in [
        (CONTESTED, REQUESTS, ENGINEERS),
        (CONTESTED, at::http::latency_ms, at::services),
        (heavy, REQUESTS, at::http::latency_ms),
        (heavy, at::instance::vcpu, REQUESTS),
    ] {
        let inputs = inputs(text);
        let map = whole(&inputs, x, y);
        let own = |(x, y)| {
            let there = inputs_at(&map, (x, y), &inputs);
            let mut one = Map::new(&there, REQUESTS, ENGINEERS).unwrap();
            let book = PriceBook::bundled();
            while !one.first_shape() {
                one.step(&there, &book);
            }
            one.at_here
        };
        let all: Vec<((usize, usize), Option<Outcome>)> = stops(&map)
            .step_by(7)
            .map(|stop| (stop, own(stop)))
            .collect();
        let mut other = 0;
        for ((x, y), outcome) in &all {
            if alike(map.at(*x, *y), *outcome) {
                continue;
            }
            other += 1;
            // Then a border is no farther than the next stop.
            let near = |(a, b): &(usize, usize)| a.abs_diff(*x) <= 1 && b.abs_diff(*y) <= 1;
            let beside = stops(&map).filter(near);
            let crossed = beside
                .into_iter()
                .any(|(a, b)| !alike(map.at(a, b), map.at(*x, *y)));
            assert!(
                crossed,
                "{x} {y} of {:?} and {:?}",
                map.x.field, map.y.field
            );
        }
        assert!(other * 20 <= all.len(), "{other} of {}", all.len());
    }
}

#[test]
fn it_has_calm_and_contested_water() {
    let inputs = inputs(CONTESTED);
    let map = whole(&inputs, REQUESTS, ENGINEERS);
    let (mut calm, mut contested, mut ruled) = ([0; 2], 0, 0);
    for (x, y) in stops(&map) {
        let outcome = map.at(x, y).unwrap();
        // Fewer than five engineers without a platform team.
        assert_eq!(outcome.is_ruled(), map.y.stops[y] < 5.0);
        match outcome.agreed() {
            _ if outcome.is_ruled() => ruled += 1,
            Some(kubernetes) => calm[usize::from(kubernetes)] += 1,
            None => contested += 1,
        }
    }
    assert!(
        calm[0] > 200 && calm[1] > 50 && contested > 50 && ruled > 50,
        "{calm:?} {contested} {ruled}"
    );
}

#[test]
fn engineers_share_bills_and_the_first_shape_takes_few() {
    let book = PriceBook::bundled();
    let inputs = inputs(CONTESTED);
    for (x, y, shape, all) in [
        (REQUESTS, ENGINEERS, 40, 120),
        (ENGINEERS, REQUESTS, 40, 120),
        (at::team::rate_usd_per_hour, ENGINEERS, 40, 120),
        (REQUESTS, at::services, 82, 500),
    ] {
        let mut map = Map::new(&inputs, x, y).unwrap();
        while !map.first_shape() {
            assert!(map.step(&inputs, &book));
        }
        assert!(
            !map.is_complete() && map.comparisons() <= shape,
            "{}",
            map.comparisons()
        );
        while map.step(&inputs, &book) {}
        assert!(
            map.is_complete() && map.comparisons() <= all,
            "{}",
            map.comparisons()
        );
        assert!(!map.step(&inputs, &book));
    }
}

#[test]
fn stops_are_legal_ascending_and_hold_the_ends() {
    let mut axes = 0;
    for preset in PRESETS.iter().take(3) {
        let inputs = preset.inputs();
        for field in FIELDS.iter().filter(|field| is_axis(field)) {
            let other = if *field == *REQUESTS {
                ENGINEERS
            } else {
                REQUESTS
            };
            let Some(map) = Map::new(&inputs, field, other) else {
                continue;
            };
            axes += 1;
            let axis = &map.x;
            let range = field.range().unwrap();
            assert!(axis.stops.iter().all(|x| range.contains(*x)), "{field:?}");
            assert!(
                axis.stops.windows(2).all(|pair| pair[0] < pair[1]),
                "{field:?}"
            );
            let shares: Vec<f64> = axis.stops.iter().map(|x| axis.share(*x)).collect();
            assert!(shares.windows(2).all(|pair| pair[0] < pair[1]), "{field:?}");
            assert_eq!((shares[0], shares[shares.len() - 1]), (0.0, 1.0));
            let coarse = axis.coarse();
            assert!(coarse.len() <= 9 && coarse.last() == Some(&(axis.stops.len() - 1)));
        }
    }
    assert!(axes > 60, "{axes}");
}

#[test]
fn what_cannot_be_had_together_is_left_open() {
    let inputs = Inputs::default();
    let map = whole(&inputs, ENGINEERS, at::team::fluent);
    for (x, y) in stops(&map) {
        let legal = map.y.stops[y] <= map.x.stops[x];
        assert!(legal || map.at(x, y).is_none() || map.at(x, y - 1).is_none());
        assert!(!legal || map.at(x, y).is_some());
    }
    assert!(Map::new(&inputs, REQUESTS, REQUESTS).is_none());
    assert!(Map::new(&inputs, REQUESTS, at::region).is_none());
    assert!(Map::new(&inputs, at::invoice::total_usd, REQUESTS).is_none());
    // Nobody has said how many hours they track: there is no place.
    let map = whole(&inputs, REQUESTS, at::team::ops_hours_per_week::kubernetes);
    assert_eq!(map.here, None);
}

#[test]
fn the_course_is_three_years_of_growth() {
    let inputs = inputs(CONTESTED);
    let map = whole(&inputs, ENGINEERS, REQUESTS);
    assert_eq!(
        (map.course.len(), map.along.len()),
        (MONTHS + 1, MONTHS + 1)
    );
    assert_eq!(map.course[0], 2e8);
    assert!((map.course[12] / (2e8 * 1.06_f64.powi(12)) - 1.0).abs() < 1e-12);
    assert_eq!(map.along[0], map.at_here);
    for month in [0, 20, 36] {
        let there = Setting::Number(map.course[month]).put(REQUESTS, &inputs);
        assert_is(map.along[month], &there, "after some months");
    }
    assert!(whole(&inputs, ENGINEERS, at::services).course.is_empty());
    assert!(
        whole(&Inputs::default(), REQUESTS, ENGINEERS)
            .course
            .is_empty()
    );
}

/// Bills without people say the same whoever runs it, for more than one engineer.
#[test]
fn no_bill_follows_from_people_but_by_their_hours() {
    for preset in PRESETS {
        let mut one = preset.inputs();
        one.team.engineers = 2;
        let mut other = one.clone();
        for field in people() {
            if let Kind::Number { range, set, .. } = field.kind {
                set(&mut other, range.max);
            }
        }
        let book = PriceBook::bundled();
        let (one, other) = (compare(&one, &book), compare(&other, &book));
        for platform in plimsoll_model::platform::Platform::ALL {
            let parts = |comparison: &plimsoll_model::compare::Comparison| {
                let bill = comparison.quote(platform).ok()?;
                Some(CostCategory::INFRASTRUCTURE.map(|part| bill.subtotal(part)))
            };
            assert_eq!(parts(&one), parts(&other), "{platform:?} {}", preset.id);
        }
    }
}
