//! The search beside trying everything.
#![allow(clippy::unwrap_used, reason = "a test that fails panics")]

use super::*;
use crate::{
    assessment::assess,
    inputs::{Clouds, WorkloadRow, at},
    vendor::Vendor,
};

/// What is found where there are too many to try them all is as good where they can be tried, nearly always.
#[test]
fn the_search_finds_what_trying_all_finds() {
    // Lehmer's generator, as Park and Miller published it.
    let mut state = 7_u64;
    let mut random = |most: f64| {
        state = state * 48_271 % 2_147_483_647;
        most * state as f64 / 2_147_483_647.0
    };
    let book = PriceBook::bundled();
    let (mut equal, cases) = (0, 30);
    for _ in 0..cases {
        let mut inputs = Inputs {
            clouds: Clouds::only(Vendor::Aws),
            ..Inputs::default()
        };
        inputs.team.fluent = 3;
        let rows = (0..7).map(|n| {
            let mut own = Inputs::default();
            own.http.requests_per_month = 1e5 * libm::pow(10.0, random(4.0));
            own.instance.vcpu = 0.25 + random(3.0);
            own.instance.memory_gib = 0.5 + random(8.0);
            own.needs.udp = n == 0;
            let mut row = WorkloadRow::default();
            for field in [
                at::http::requests_per_month,
                at::instance::vcpu,
                at::instance::memory_gib,
                at::needs::udp,
            ] {
                row.take(field, &own);
            }
            row
        });
        let rows = rows.collect();
        inputs.set_workloads(rows);
        let assessment = assess(&inputs, &book);
        let case = Case::of(&inputs);
        let prices = book.in_region(inputs.region);
        let desk = Desk::of(&case, &prices, &assessment).unwrap();
        let pairs = desk.pairs();
        let tried = pairs
            .iter()
            .filter_map(|(pair, sides)| desk.every(*pair, sides))
            .map(|split| split.total.usd())
            .fold(f64::MAX, f64::min);
        let found = desk.searched(&pairs).unwrap().total.usd();
        eprintln!("{found} {tried}");
        assert!(found <= 9.0 * tried, "{found}, and {tried} is there");
        equal += u32::from(found < tried + 0.01);
    }
    assert!(equal >= 27, "{equal} of {cases}");
}
