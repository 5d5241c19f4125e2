//! What of a bill becomes inputs: its effective prices, and its quantities.

use super::{Compared, Month, Reconciliation, bill_of, ours::Ours};
use crate::{
    explore::invoice,
    inputs::{Field, Inputs, at},
    prices::{MeterId, OwnPrice, PriceBook},
    units::HOURS_PER_MONTH,
};

/// Prices that differ by less than this share are no other prices.
const SAME_PRICE: f64 = 0.005;

/// The effective prices of the bill's newest month that differ from those of our bill, for the region of the inputs. A price of
/// several meters together, or one with an allowance in it, is the price of none.
pub fn prices_of(held: &Reconciliation, inputs: &Inputs) -> Vec<OwnPrice> {
    let lines = held.newest().into_iter().flat_map(|month| &month.lines);
    let priced = lines.filter_map(|line| {
        let theirs = line.billed.unit_price()?;
        let meter = MeterId::find(line.key.id)?;
        // Our discounts are taken off whatever price there is.
        let value = theirs / line.discounted;
        let other = (value - line.list?).abs() > SAME_PRICE * line.list?;
        let takes = other && value > 0.0 && !line.has_credit && (meter.info().accepts)(value);
        takes.then_some(OwnPrice {
            meter,
            region: Some(inputs.region),
            value,
        })
    });
    priced.collect()
}

/// The inputs with the quantities of the bill's newest month: those of the last invoice, the requests where they are billed, and
/// what follows from them.
pub fn quantities_of(held: &Reconciliation, inputs: &Inputs, book: &PriceBook) -> Inputs {
    let Some(month) = held.newest() else {
        return inputs.clone();
    };
    let mut taken = inputs.clone();
    taken.already_on = Some(held.platform);
    let ending = |ends: &[&str]| {
        let lines = month.lines.iter();
        let lines = lines.filter(|line| ends.iter().any(|end| line.key.id.ends_with(end)));
        let sum: f64 = lines
            .map(|line| {
                let gb = if line.key.unit() == "GiB" {
                    invoice::GB_PER_GIB
                } else {
                    1.0
                };
                line.billed.quantity * gb
            })
            .sum();
        (sum > 0.0).then_some(sum)
    };
    let longer = month.hours / HOURS_PER_MONTH;
    let of_month = |sum: Option<f64>| sum.map(|sum| sum / longer);
    let at_once = |sum: Option<f64>| sum.map(|hours| hours / month.hours);
    let egress = of_month(ending(&["/egress"]));
    let found = [
        (&at::invoice::total_usd, Some(month.billed_usd() / longer)),
        (
            &at::invoice::instances,
            instances(month, held, inputs, book),
        ),
        (&at::invoice::egress_gb, egress),
        (&at::invoice::nat_gb, of_month(ending(&["/nat/data"]))),
        (
            &at::invoice::log_gb,
            of_month(ending(&["/logs/ingestion", "/logging/ingestion"])),
        ),
        (
            &at::invoice::balancers,
            at_once(ending(&[
                "/load-balancer/alb",
                "/load-balancer/rules",
                "/load-balancer/forwarding-rules",
            ])),
        ),
        (
            &at::invoice::addresses,
            at_once(ending(&["/ipv4/public", "/ipv4/external"])),
        ),
    ];
    for (field, value) in found {
        let within = value.filter(|x| field.range().is_some_and(|range| range.clamp(*x) == *x));
        match within {
            Some(x) => field.set_number(&mut taken, x),
            // What the bill doesn't have is not known any more.
            None => forget(field, &mut taken),
        }
    }
    let requests = of_month(ending(&["cloud-run/requests", "container-apps/requests"]));
    let field = &at::http::requests_per_month;
    if let (Some(requests), Some(range)) = (requests, field.range())
        && taken.workloads.rows().is_empty()
    {
        field.set_number(&mut taken, range.clamp(requests));
    }
    if let Some(gb) = between_zones(month, held, &taken, book) {
        at::surroundings::gb_between_zones.set_number(&mut taken, gb);
    }
    invoice::reconcile(&taken, book).map_or(taken.clone(), |reconciled| {
        let changes = reconciled.parts.iter().filter_map(|part| part.change);
        changes.fold(taken, |inputs, change| change.made(&inputs))
    })
}

/// The inputs with what follows from the quantities of the bill's newest month, and the same question: what a decision is watched
/// with.
pub fn measured(held: &Reconciliation, inputs: &Inputs, book: &PriceBook) -> Inputs {
    Inputs {
        already_on: inputs.already_on,
        invoice: inputs.invoice.clone(),
        ..quantities_of(held, inputs, book)
    }
}

fn forget(field: &Field, inputs: &mut Inputs) {
    if let crate::inputs::Kind::Optional { set, .. } = field.kind {
        set(inputs, None);
    }
}

/// The GB between zones at which ours has as many of them as the bill, whatever sides they are counted on.
fn between_zones(
    month: &Month,
    held: &Reconciliation,
    inputs: &Inputs,
    book: &PriceBook,
) -> Option<f64> {
    const PROBE: f64 = 1_000.0;
    let is_it = |line: &&Compared| line.key.id.contains("/zone-traffic/");
    let line = month.lines.iter().find(is_it)?;
    let field = &at::surroundings::gb_between_zones;
    let mut probed = inputs.clone();
    field.set_number(&mut probed, PROBE);
    let of_probe =
        Ours::of(held.platform, &probed, book)?.amount(line.key, month.hours / HOURS_PER_MONTH);
    let gb = PROBE * line.billed.quantity / of_probe.quantity;
    (gb.is_finite() && gb > 0.0).then(|| field.range().map_or(gb, |range| range.clamp(gb)))
}

/// How many tasks, instances or nodes ran on average: as many times ours as there are vCPU-hours.
fn instances(
    month: &Month,
    held: &Reconciliation,
    inputs: &Inputs,
    book: &PriceBook,
) -> Option<f64> {
    let bill = bill_of(held.platform, inputs, book)?;
    let (count, _) = invoice::instances(&bill);
    let line = month.lines.iter().find(|line| {
        let runs = line.key.id.ends_with("/nodes") || line.key.id.ends_with("/vcpu");
        runs && line.ours.quantity > 0.0 && line.billed.quantity > 0.0
    })?;
    Some(count * line.billed.quantity / line.ours.quantity)
}
