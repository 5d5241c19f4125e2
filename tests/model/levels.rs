//! A week as load levels: few enough to be quick, fine enough not to change a bill.

use plimsoll_model::{
    bill::Bill,
    inputs::{Inputs, Shape},
    platform::Platform,
    platforms::Case,
    prices::PriceBook,
    traffic::{HOURS, MOST_LEVELS, levels, steps},
    units::Usd,
};

/// Numbers between 0 and 1 from a seed: Lehmer's generator, as Park and Miller published it.
fn random(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed;
    move || {
        state = state * 48_271 % 2_147_483_647;
        state as f64 / 2_147_483_647.0
    }
}

/// Weeks that people have: a wave with noise, office hours that swell and ebb, a week of one's own.
fn weeks() -> Vec<(&'static str, Vec<f64>)> {
    let mut noise = random(7);
    let wave = |hour: usize| {
        let turn = (hour as f64 % 24.0 - 8.5) / 24.0 * std::f64::consts::TAU;
        1.0 + 0.6 * turn.sin()
    };
    vec![
        (
            "a wave with noise",
            (0..HOURS)
                .map(|hour| wave(hour) * (0.85 + 0.3 * noise()))
                .collect(),
        ),
        (
            "office hours",
            (0..HOURS)
                .map(|hour| {
                    let open = hour < 120 && (8..18).contains(&(hour % 24));
                    if open {
                        3.0 + noise()
                    } else {
                        0.1 + 0.1 * noise()
                    }
                })
                .collect(),
        ),
        (
            "growing over the week",
            (0..HOURS)
                .map(|hour| wave(hour) * (1.0 + hour as f64 / 168.0))
                .collect(),
        ),
    ]
}

#[test]
fn levels_change_no_bill_by_more_than_a_thousandth() {
    let book = PriceBook::bundled();
    let mut compared = 0;
    for (name, grid) in weeks() {
        for requests in [1e5, 1e6, 1e7, 1e8, 1e9, 1e10] {
            let mut inputs = Inputs::default();
            inputs.traffic.shape = Shape::Grid;
            inputs.traffic.grid.clone_from(&grid);
            inputs.http.requests_per_month = requests;
            let few = Case::of(&inputs);
            let all = Case::with_levels(&inputs, &levels(&steps(&inputs.traffic), HOURS));
            assert!(few.workload.levels.len() <= MOST_LEVELS);
            assert!(all.workload.levels.len() > MOST_LEVELS);
            let prices = book.in_region(inputs.region);
            for platform in Platform::ALL {
                let (Ok(few), Ok(all)) =
                    (platform.quote(&few, &prices), platform.quote(&all, &prices))
                else {
                    continue;
                };
                compared += 1;
                let what = || format!("{name}, {requests} requests on {}", platform.id());
                let off =
                    |part: fn(&Bill) -> Usd| (part(&few).get() / part(&all).get() - 1.0).abs();
                let bill = off(Bill::total);
                assert!(bill <= 0.001, "{}: {bill}", what());
                // Whole nodes that stay for half an hour are the coarsest: there an hour at the edge of a level moves more.
                let infrastructure = off(Bill::infrastructure);
                assert!(infrastructure <= 0.0035, "{}: {infrastructure}", what());
            }
        }
    }
    assert!(compared > 200, "{compared}");
}
