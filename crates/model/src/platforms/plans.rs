//! Ways to run the case: each is priced, with what stands around it and what the way of buying takes off, and the cheapest
//! is taken.

use super::{
    buying,
    case::Case,
    gpu,
    surroundings::{Adder, Around},
};
use crate::{
    bill::{Bar, Bill, CannotRun, Refusal},
    prices::{NoPrice, Prices},
    sentence::Sentence,
};

/// Prices each way to run the case, with what stands around it, and gives the cheapest with its bill; where none can be
/// priced, what the first one lacks.
pub(super) fn best<'p, P, U>(
    plans: &'p [P],
    case: &Case<'_>,
    prices: &Prices<'_>,
    usage: impl Fn(&P, &Case<'_>) -> U,
    lines: impl Fn(&U, &Prices<'_>) -> Result<Bill, NoPrice>,
    around: impl Fn(&U, &Case<'_>) -> Around,
) -> Result<(&'p P, Bill), Refusal> {
    let (place, bill) = best_of(plans.len(), &|place| {
        whole(&usage(&plans[place], case), case, prices, &lines, &around)
    })?;
    Ok((&plans[place], bill))
}

/// The best of so many ways, by place. The same for all platforms, so that the page has it once.
fn best_of(
    count: usize,
    bill_of: &dyn Fn(usize) -> Result<Bill, NoPrice>,
) -> Result<(usize, Bill), Refusal> {
    let mut best: Option<(usize, Result<Bill, NoPrice>)> = None;
    for place in 0..count {
        let bill = bill_of(place);
        let better = match (&best, &bill) {
            (None, _) | (Some((_, Err(_))), Ok(_)) => true,
            (Some((_, Ok(old))), Ok(new)) => new.total() < old.total(),
            (Some(_), Err(_)) => false,
        };
        if better {
            best = Some((place, bill));
        }
    }
    match best {
        Some((place, bill)) => Ok((place, bill?)),
        None => Err(Refusal::CannotRun(CannotRun {
            reason: Sentence::new(NO_NODE, []),
            page: "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",
            read: "2026",
            by: Bar::Limit,
            workload: None,
        })),
    }
}

/// Only where node types are the ways to run can there be none.
const NO_NODE: &str =
    "No node type in the price book fits a pod of your size, padding and sidecar included.";

/// The bill of one way to run the case, with what stands around it.
pub(super) fn whole<U>(
    usage: &U,
    case: &Case<'_>,
    prices: &Prices<'_>,
    lines: impl Fn(&U, &Prices<'_>) -> Result<Bill, NoPrice>,
    around: impl Fn(&U, &Case<'_>) -> Around,
) -> Result<Bill, NoPrice> {
    finished(lines(usage, prices), &around(usage, case), case, prices)
}

/// A bill with the lines that every platform has alike.
#[inline(never)]
pub(super) fn finished(
    bill: Result<Bill, NoPrice>,
    around: &Around,
    case: &Case<'_>,
    prices: &Prices<'_>,
) -> Result<Bill, NoPrice> {
    let mut bill = bill?;
    if case.is_part {
        bill.part = Some(Box::new((bill.lines.len(), *around)));
    }
    let vendor = around.vendor;
    let mut adder = Adder::new(around, case, prices, &mut bill);
    (vendor.profile().surroundings)(&mut adder)?;
    adder.queries_elsewhere()?;
    if case.parts().is_empty() {
        gpu::lines(vendor, around.gpus, case, prices, &mut bill)?;
    }
    for part in case.parts() {
        let mut of_part = Bill::default();
        gpu::lines(vendor, around.gpus, &part.case(), prices, &mut of_part)?;
        for line in of_part.lines {
            bill.lines.extend(part.split(line));
        }
        bill.figures.extend(of_part.figures);
        bill.notes.extend(of_part.notes);
    }
    buying::lines(vendor, around.spot, case, prices, &mut bill);
    // Another vendor's line: nothing that was agreed with this one takes anything off it.
    Adder::new(around, case, prices, &mut bill).answers_from_elsewhere()?;
    Ok(bill)
}

/// The bill of the cheapest way to run the case.
pub(super) fn cheapest<P, U>(
    plans: &[P],
    case: &Case<'_>,
    prices: &Prices<'_>,
    usage: impl Fn(&P, &Case<'_>) -> U,
    lines: impl Fn(&U, &Prices<'_>) -> Result<Bill, NoPrice>,
    around: impl Fn(&U, &Case<'_>) -> Around,
) -> Result<Bill, Refusal> {
    best(plans, case, prices, usage, lines, around).map(|(_, bill)| bill)
}
