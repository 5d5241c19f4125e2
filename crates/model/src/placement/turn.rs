//! What would turn where a workload stands: how much busier or calmer it has to be, the others as they are.

use super::{Because, Placement};
use crate::{
    inputs::{
        Field, Inputs, WorkloadKind,
        workloads::{own_field, own_range},
    },
    platform::Platform,
    platforms::{Case, Prepared},
    prices::{PriceBook, Prices},
};

/// How far from what it has a turn is looked for, in doublings.
const DOUBLINGS: usize = 10;
/// How many doublings a turn has to hold: where pods fill up a node, what one more adds goes up and down.
const HELD: usize = 2;
/// How often the doubling in which it lies is halved.
const HALVINGS: usize = 5;

/// The load at which a workload belongs on the other side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Turn {
    /// Its requests, hours or runs a month.
    pub field: &'static Field,
    /// How many of them.
    pub at: f64,
    /// From there on up; else down.
    pub up: bool,
}

/// The nearest load at which a workload of the list costs less on the other side, in infrastructure. None where something else than
/// money holds it, where no split is the answer, and where no load within a factor of 1,000 turns it.
pub fn turn(
    inputs: &Inputs,
    book: &PriceBook,
    placement: &Placement,
    place: usize,
) -> Option<Turn> {
    let placed = placement.workloads.get(place)?;
    let held = matches!(placed.because, Because::Pinned | Because::OnlyHere(_));
    if held || !placement.splits() {
        return None;
    }
    let row = inputs.workloads.rows().get(place)?;
    let key = match row.kind {
        WorkloadKind::Service => "requests_per_month",
        WorkloadKind::Worker => "hours_per_month",
        WorkloadKind::Job => "runs_per_month",
    };
    let field = own_field(row.kind, key)?;
    let range = own_range(field)?;
    let now = row.number(field, inputs)?.max(range.min).max(1.0);
    let prices = book.in_region(inputs.region);
    // What it adds on either side is beside what stands there without it, which its load does not change.
    let without = apart(inputs, &prices, placement, (place, false))?;
    let margin = |load: f64| {
        let mut rows = inputs.workloads.rows().to_vec();
        rows[place].set_number(field, load);
        let mut with_it = inputs.clone();
        with_it.set_workloads(rows);
        Some(apart(&with_it, &prices, placement, (place, true))? - without)
    };
    let begin = margin(now)? < 0.0;
    let turned = |load: f64| margin(load).map(|margin| (margin < 0.0) != begin);
    let towards = |up: bool| {
        let at = |n: usize| {
            let n = n as f64;
            (now * libm::exp2(if up { n } else { -n })).clamp(range.min, range.max)
        };
        let mut held = 0;
        for n in 1..=DOUBLINGS + HELD {
            let is_last = at(n) == at(n + 1);
            held = if turned(at(n))? { held + 1 } else { 0 };
            if held == 0 && (is_last || n >= DOUBLINGS) {
                return None;
            }
            if held > HELD || (held > 0 && is_last) {
                let (mut same, mut other) = (at(n - held), at(n + 1 - held));
                for _ in 0..HALVINGS {
                    let middle = libm::sqrt(same.max(1.0) * other.max(1.0));
                    if turned(middle)? {
                        other = middle;
                    } else {
                        same = middle;
                    }
                }
                return Some(Turn {
                    field,
                    at: other,
                    up,
                });
            }
        }
        None
    };
    let away = |turn: &Turn| libm::log(turn.at.max(1e-9) / now).abs();
    let turns = [true, false].into_iter().filter_map(towards);
    turns.min_by(|a, b| away(a).total_cmp(&away(b)))
}

/// What the cluster costs beyond the other platform, US dollars a month, with one of the workloads on both or on neither.
fn apart(
    inputs: &Inputs,
    prices: &Prices<'_>,
    placement: &Placement,
    (place, is_there): (usize, bool),
) -> Option<f64> {
    let case = Case::of_rows(inputs);
    let cost = |platform: Platform, in_cluster: bool| -> Option<f64> {
        let there = placement
            .workloads
            .iter()
            .map(|placed| placed.in_cluster == in_cluster);
        let mut there: Vec<bool> = there.collect();
        there[place] = is_there;
        if !there.contains(&true) {
            return Some(0.0);
        }
        let on = Prepared::of(platform, &case, prices)?;
        let bill = on.quote(&case, &case.inputs_of_some(&there), &there).ok()?;
        Some(bill.infrastructure().get())
    };
    Some(cost(placement.kubernetes, true)? - cost(placement.serverless, false)?)
}
