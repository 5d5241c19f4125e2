//! A bill of months, meter by meter, held against ours: what both have, by how much they differ, and the likely cause.

mod cause;
mod keys;
mod ours;
mod taken;

pub use cause::Cause;
pub use keys::{EXPORTING, Key, vcpus};
pub use taken::{measured, prices_of, quantities_of};

use crate::{
    inputs::Inputs, platform::Platform, platforms::Case, prices::PriceBook, region::Region,
    units::HOURS_PER_MONTH, vendor::Vendor,
};
use ours::Ours;
use std::collections::BTreeMap;

/// A difference up to this share of what was billed is explained.
pub const EXPLAINED: f64 = 0.05;

/// What a bill has of one meter in one month.
#[derive(Clone, Debug, PartialEq)]
pub struct Billed {
    /// The month: its year, and 1 to 12.
    pub month: (i32, u8),
    /// Of what.
    pub key: Key,
    /// Where, as far as the price book knows the region; else none.
    pub region: Option<Region>,
    /// How much, in the key's unit.
    pub quantity: f64,
    /// What the vendor billed for it, US dollars: before credits, commitments as they were paid.
    pub billed_usd: f64,
    /// What it came to with commitments spread over what they cover, US dollars.
    pub effective_usd: f64,
}

/// How much of something, and what it came to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Amount {
    /// In the key's unit.
    pub quantity: f64,
    /// US dollars.
    pub usd: f64,
}

impl Amount {
    /// US dollars per unit; none where there is no quantity.
    pub fn unit_price(self) -> Option<f64> {
        (self.quantity > 0.0).then(|| self.usd / self.quantity)
    }
}

/// A meter on both bills.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// Which.
    pub key: Key,
    /// What was billed, with commitments spread over what they cover.
    pub billed: Amount,
    /// What was billed, before that, US dollars.
    pub unblended_usd: f64,
    /// What our bill has for a month of as many hours.
    pub ours: Amount,
    /// The list price of ours, where it is one.
    pub list: Option<f64>,
    /// What discounts of ours leave of a price, as a share.
    pub discounted: f64,
    /// Whether an allowance is in either amount.
    pub has_credit: bool,
    /// Why they differ, most likely.
    pub cause: Cause,
}

impl Compared {
    /// What was billed above ours, US dollars.
    pub fn difference_usd(&self) -> f64 {
        self.billed.usd - self.ours.usd
    }

    /// Whether ours explains what was billed.
    pub fn is_explained(&self) -> bool {
        self.difference_usd().abs() <= EXPLAINED * self.billed.usd.abs()
    }
}

/// One month of both bills.
#[derive(Clone, Debug, PartialEq)]
pub struct Month {
    /// Its year, and 1 to 12; year 0 for rows without a date.
    pub month: (i32, u8),
    /// How many hours it has.
    pub hours: f64,
    /// The meters of either bill, by what was billed or is ours, largest first.
    pub lines: Vec<Compared>,
}

impl Month {
    /// What was billed for meters of ours, US dollars.
    pub fn billed_usd(&self) -> f64 {
        self.lines.iter().map(|line| line.billed.usd).sum()
    }

    /// What our bill comes to, US dollars.
    pub fn ours_usd(&self) -> f64 {
        self.lines.iter().map(|line| line.ours.usd).sum()
    }

    /// How much of what was billed ours explains, US dollars.
    pub fn explained_usd(&self) -> f64 {
        let explained = self.lines.iter().filter(|line| line.is_explained());
        explained.map(|line| line.billed.usd).sum()
    }
}

/// A bill held against ours.
#[derive(Clone, Debug, PartialEq)]
pub struct Reconciliation {
    /// Whose bill of ours it is.
    pub platform: Platform,
    /// The months of the bill, in their order.
    pub months: Vec<Month>,
    /// The month in which it is read, which isn't over.
    pub today: (i32, u8),
    /// Whether anything that runs on the platform stands on it.
    pub runs_on_it: bool,
    /// Where most of it is, where that isn't the region of the inputs.
    pub region: Option<Region>,
    /// What other vendors billed for meters of ours, US dollars.
    pub elsewhere_usd: f64,
}

impl Reconciliation {
    /// The newest month that is whole; if there is none, the newest.
    pub fn newest(&self) -> Option<&Month> {
        let mut whole = self.months.iter().filter(|month| self.is_whole(month));
        whole.next_back().or(self.months.last())
    }

    /// Whether a month is over, and whole as far as its amount tells: where an export begins or ends within it, it has less.
    pub fn is_whole(&self, month: &Month) -> bool {
        let over = self.months.iter().filter(|month| month.month < self.today);
        let most = over.map(Month::billed_usd).fold(0.0, f64::max);
        month.month < self.today && month.billed_usd() >= most / 2.0
    }

    /// Of what was billed for meters of ours in whole months, the share that ours explains; none where nothing was.
    pub fn score(&self) -> Option<f64> {
        let whole = || self.months.iter().filter(|month| self.is_whole(month));
        let billed: f64 = whole().map(Month::billed_usd).sum();
        let explained: f64 = whole().map(Month::explained_usd).sum();
        (billed > 0.0).then(|| (explained / billed).clamp(0.0, 1.0))
    }
}

/// The hours of a month of the calendar; of a month of ours for rows without a date.
pub fn hours_of((year, month): (i32, u8)) -> f64 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if is_leap => 29.0,
        2 => 28.0,
        4 | 6 | 9 | 11 => 30.0,
        _ => 31.0,
    };
    if year == 0 {
        return HOURS_PER_MONTH;
    }
    days * 24.0
}

/// The platform that a bill is of, most likely: the one of today where something that runs on it is billed, else the one whose
/// bill of ours has most of what was billed and least beside it. None where no vendor of ours sent it.
pub fn platform_of(inputs: &Inputs, book: &PriceBook, billed: &[Billed]) -> Option<Platform> {
    let mut theirs: BTreeMap<Key, f64> = BTreeMap::new();
    for row in billed {
        *theirs.entry(row.key).or_default() += row.effective_usd;
    }
    let sent = |platform: Platform| {
        theirs
            .keys()
            .any(|key| key.vendor() == Some(platform.vendor()))
    };
    let keys: Vec<Key> = theirs.keys().copied().collect();
    let runs = |platform: Platform| {
        Ours::of(platform, inputs, book).is_some_and(|ours| ours.runs_on_any(&keys))
    };
    if let Some(platform) = inputs.already_on.filter(|platform| runs(*platform)) {
        return Some(platform);
    }
    let total: f64 = theirs.values().sum();
    // Of platforms with the same bill the first.
    let candidates = Platform::ALL
        .into_iter()
        .rev()
        .filter(|platform| sent(*platform));
    let rated = candidates.filter_map(|platform| {
        let ours = Ours::of(platform, inputs, book)?;
        let met: f64 = theirs
            .iter()
            .filter(|(key, _)| ours.has(**key))
            .map(|(_, usd)| usd)
            .sum();
        // Of ours, what stands on no bill of theirs speaks against it.
        let beside = ours.usd_without(|key| theirs.contains_key(&key));
        let share = if total > 0.0 { met / total } else { 0.0 };
        Some((platform, share - beside))
    });
    rated
        .max_by(|one, other| one.1.total_cmp(&other.1))
        .map(|(platform, _)| platform)
}

/// The month of a day such as `2026-05-02`.
pub fn month_of(day: &str) -> (i32, u8) {
    let mut parts = day.split('-');
    let year = parts.next().and_then(|year| year.parse().ok());
    let month = parts.next().and_then(|month| month.parse().ok());
    (year.unwrap_or_default(), month.unwrap_or_default())
}

/// Holds a bill, read in the month `today`, against ours of that platform, month by month; none where the platform can't run the
/// inputs.
pub fn reconcile(
    inputs: &Inputs,
    book: &PriceBook,
    platform: Platform,
    billed: &[Billed],
    today: (i32, u8),
) -> Option<Reconciliation> {
    let ours = Ours::of(platform, inputs, book)?;
    let elsewhere = Region::ALL
        .into_iter()
        .filter(|region| *region != inputs.region);
    let elsewhere: Vec<(Region, Ours)> = elsewhere
        .filter_map(|region| {
            let there = Inputs {
                region,
                ..inputs.clone()
            };
            Some((region, Ours::of(platform, &there, book)?))
        })
        .collect();
    let is_theirs = |row: &&Billed| row.key.vendor() == Some(platform.vendor());
    let mut months: BTreeMap<(i32, u8), Vec<&Billed>> = BTreeMap::new();
    for row in billed.iter().filter(is_theirs) {
        months.entry(row.month).or_default().push(row);
    }
    let keys: Vec<Key> = billed.iter().map(|row| row.key).collect();
    let in_region = |region: Region| -> f64 {
        let there = billed.iter().filter(|row| row.region == Some(region));
        there.map(|row| row.effective_usd).sum()
    };
    let most = Region::ALL
        .into_iter()
        .max_by(|one, other| in_region(*one).total_cmp(&in_region(*other)));
    let other = billed.iter().filter(|row| !is_theirs(row));
    let months = months.into_iter().map(|(month, rows)| {
        let hours = hours_of(month);
        Month {
            month,
            hours,
            lines: lines(&rows, &ours, &elsewhere, hours / HOURS_PER_MONTH),
        }
    });
    Some(Reconciliation {
        platform,
        runs_on_it: ours.runs_on_any(&keys),
        region: most.filter(|region| *region != inputs.region && in_region(*region) > 0.0),
        elsewhere_usd: other.map(|row| row.effective_usd).sum(),
        months: months.collect(),
        today,
    })
}

/// The meters of either bill in one month, which is `longer` times as long as one of ours.
fn lines(
    rows: &[&Billed],
    ours: &Ours,
    elsewhere: &[(Region, Ours)],
    longer: f64,
) -> Vec<Compared> {
    type Sums = BTreeMap<Key, (Amount, f64, Vec<Option<Region>>)>;
    let mut sums = Sums::new();
    for key in ours.keys() {
        sums.entry(key).or_default();
    }
    for row in rows {
        let (amount, unblended, regions) = sums.entry(row.key).or_default();
        amount.quantity += row.quantity;
        amount.usd += row.effective_usd;
        *unblended += row.billed_usd;
        regions.push(row.region);
    }
    let compared = sums
        .into_iter()
        .map(|(key, (billed, unblended_usd, regions))| {
            let of_ours = ours.amount(key, longer);
            let prices = ours.prices(key);
            // Google Cloud takes its free tiers off in credits; others have prices of zero.
            let is_credited = |row: &&Billed| row.key == key && row.billed_usd < 0.0;
            let has_credit = ours.credit_usd(key) < 0.0
                || key.vendor() == Some(Vendor::GoogleCloud) && rows.iter().any(is_credited);
            Compared {
                key,
                billed,
                unblended_usd,
                ours: of_ours,
                list: prices
                    .filter(|(least, most)| least == most)
                    .map(|(price, _)| price),
                discounted: ours.discounted(key),
                has_credit,
                cause: cause::of(&cause::Facts {
                    billed,
                    ours: of_ours,
                    is_billed: !regions.is_empty(),
                    is_ours: ours.has(key),
                    credit_usd: ours.credit_usd(key),
                    prices,
                    region: one_of(&regions),
                    elsewhere: elsewhere
                        .iter()
                        .filter_map(|(region, there)| {
                            Some((*region, there.amount(key, longer).unit_price()?))
                        })
                        .collect(),
                }),
            }
        });
    let size = |line: &Compared| line.billed.usd.abs().max(line.ours.usd.abs());
    // What comes to nothing on both tells nothing.
    let mut lines: Vec<Compared> = compared.filter(|line| size(line) >= 0.005).collect();
    lines.sort_by(|one, other| size(other).total_cmp(&size(one)));
    lines
}

/// The region of all rows; none where they are of several or say none.
fn one_of(regions: &[Option<Region>]) -> Option<Region> {
    let first = (*regions.first()?)?;
    regions
        .iter()
        .all(|region| *region == Some(first))
        .then_some(first)
}

/// Our bill of a platform; none where it can't run the inputs.
fn bill_of(platform: Platform, inputs: &Inputs, book: &PriceBook) -> Option<crate::bill::Bill> {
    let quote = platform.quote(&Case::of(inputs), &book.in_region(inputs.region));
    quote.ok()
}
