//! Our bill by the keys that two bills are compared by.

use super::{Amount, bill_of, keys::Key, keys::vcpus};
use crate::{
    bill::{CostCategory, Line},
    inputs::Inputs,
    platform::Platform,
    prices::PriceBook,
    sorting::by_number,
};
use std::collections::BTreeMap;

/// What our bill has of one key.
#[derive(Clone, Debug, Default)]
struct Part {
    /// What goes on with the hours of a month.
    running: Amount,
    /// What is the same in each month: fees, storage, allowances.
    fixed: Amount,
    /// What allowances take off, US dollars, at most 0.
    credit: f64,
    /// The list prices of its lines.
    prices: Vec<f64>,
    /// What discounts leave of them, as a share.
    discounted: f64,
}

/// Our bill by key.
#[derive(Clone, Debug)]
pub(super) struct Ours {
    parts: BTreeMap<Key, Part>,
    /// What is billed of the platform itself: its compute and its fees.
    own: Vec<Key>,
}

impl Ours {
    /// Whether any of those keys is of the platform itself, and not of what surrounds it.
    pub(super) fn runs_on_any(&self, keys: &[Key]) -> bool {
        self.own.iter().any(|key| keys.contains(key))
    }

    /// Our bill of a platform; none where it can't run the inputs.
    pub(super) fn of(platform: Platform, inputs: &Inputs, book: &PriceBook) -> Option<Self> {
        let bill = bill_of(platform, inputs, book)?;
        let logs = ["logs", "logging"]
            .map(|place| format!("{}/{place}/ingestion", platform.vendor().id()));
        let key = |line: &Line| match line.meter {
            // Logs at a price of the user's own.
            "own/price" => logs.iter().find_map(|id| Key::find(id)),
            meter => Key::of(meter),
        };
        let mut parts: BTreeMap<Key, Part> = BTreeMap::new();
        let mut own = Vec::new();
        for category in CostCategory::INFRASTRUCTURE {
            let lines = || {
                bill.lines
                    .iter()
                    .filter(move |line| line.category == category)
            };
            // A vendor's bill has no row for a contract: it has lower prices.
            let takes_a_share = |line: &&Line| {
                line.meter == "own/discount"
                    || ["/commitment/", "/spot/"]
                        .iter()
                        .any(|way| line.meter.contains(way))
            };
            let off: f64 = lines()
                .filter(takes_a_share)
                .map(|line| line.amount().get())
                .sum();
            let charged = lines().filter(|line| !takes_a_share(line));
            let all: f64 = charged.clone().map(|line| line.amount().get()).sum();
            let share = if all > 0.0 { 1.0 + off / all } else { 1.0 };
            for line in charged {
                let Some(key) = key(line) else { continue };
                parts.entry(key).or_default().add(line, share);
                if [CostCategory::Compute, CostCategory::Platform].contains(&category) {
                    own.push(key);
                }
            }
        }
        Some(Self { parts, own })
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = Key> {
        self.parts.keys().copied()
    }

    pub(super) fn has(&self, key: Key) -> bool {
        self.parts.contains_key(&key)
    }

    /// What the bill has in a month that is `longer` times as long as one of ours.
    pub(super) fn amount(&self, key: Key, longer: f64) -> Amount {
        let Some(Part { running, fixed, .. }) = self.parts.get(&key) else {
            return Amount::default();
        };
        Amount {
            quantity: running.quantity * longer + fixed.quantity,
            usd: running.usd * longer + fixed.usd,
        }
    }

    /// What discounts leave of a price, as a share.
    pub(super) fn discounted(&self, key: Key) -> f64 {
        let discounted = self.parts.get(&key).map_or(1.0, |part| part.discounted);
        if discounted > 0.0 { discounted } else { 1.0 }
    }

    pub(super) fn credit_usd(&self, key: Key) -> f64 {
        self.parts.get(&key).map_or(0.0, |part| part.credit)
    }

    /// The least and the highest price of the key's lines.
    pub(super) fn prices(&self, key: Key) -> Option<(f64, f64)> {
        let prices = &self.parts.get(&key)?.prices;
        Some((*prices.first()?, *prices.last()?))
    }

    /// The share of the bill that is none of those keys.
    pub(super) fn usd_without(&self, counts: impl Fn(Key) -> bool) -> f64 {
        let usd = |part: &Part| part.running.usd + part.fixed.usd;
        let all: f64 = self.parts.values().map(usd).sum();
        let without: f64 = self
            .parts
            .iter()
            .filter(|(key, _)| !counts(**key))
            .map(|(_, part)| usd(part))
            .sum();
        if all > 0.0 { without / all } else { 0.0 }
    }
}

impl Part {
    fn add(&mut self, line: &Line, share: f64) {
        let usd = line.amount().get();
        if line.unit_price < 0.0 {
            self.fixed.usd += usd;
            self.credit += usd;
            return;
        }
        let machine = line.meter.rsplit('/').next().and_then(vcpus);
        let times = match (line.unit, machine) {
            ("hour", Some(count)) => count,
            _ => 1.0,
        };
        let is_fixed = line.unit.contains("month") || line.unit == "USD";
        let amount = if is_fixed {
            &mut self.fixed
        } else {
            &mut self.running
        };
        amount.quantity += line.quantity * times;
        amount.usd += usd * share;
        self.prices.push(line.unit_price / times);
        self.discounted = share;
        by_number(&mut self.prices, |price| *price);
    }
}
