//! The price book: what a unit of each meter costs, where, and who says so.
//!
//! The prices are data (`book.csv`), one row per meter and region group, and reach the model as an argument. A typed
//! handle ([`meters`]) ties each meter to its unit. The same parser reads the bundled book and a user's own.

pub mod csv;
pub mod meters;
pub mod own;
mod parse;
mod vary;

use super::{
    basis::Basis,
    region::Region,
    tiers::{Allowance, Scope},
    units::{Dollar, Qty, Rate, Unit},
};
pub use own::OwnPrice;
pub use parse::{Problem, TEXT_LIMIT};
use std::{fmt, marker::PhantomData};

/// How sure we are of a figure, as the person who read it wrote it down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confidence {
    /// Vendor text or price list of this year, or unchanged since.
    High,
    /// Between high and medium.
    MediumHigh,
    /// Vendor text that is undated or old.
    Medium,
    /// Computed from rows that are published.
    Derived,
    /// A derivation with more than one open end.
    MediumLow,
    /// Third-party or conflicting.
    Low,
    /// No page was read.
    Unverified,
    /// Typed by the user.
    Own,
    /// No price is known.
    None,
}

impl Confidence {
    const NAMES: [(&'static str, Self); 9] = [
        ("high", Self::High),
        ("medium-high", Self::MediumHigh),
        ("medium", Self::Medium),
        ("derived", Self::Derived),
        ("medium-low", Self::MediumLow),
        ("low", Self::Low),
        ("unverified", Self::Unverified),
        ("own", Self::Own),
        ("none", Self::None),
    ];

    /// How price books write it.
    pub fn name(self) -> &'static str {
        Self::NAMES
            .iter()
            .find(|(_, value)| *value == self)
            .map_or("none", |(name, _)| name)
    }

    fn parse(text: &str) -> Option<Self> {
        Self::NAMES
            .iter()
            .find(|(name, _)| *name == text)
            .map(|(_, value)| *value)
    }

    /// What a line built on such a price may claim.
    pub fn basis(self) -> Basis {
        match self {
            Self::High | Self::MediumHigh | Self::Medium => Basis::Published,
            Self::Derived => Basis::Derived,
            Self::MediumLow | Self::Low | Self::Unverified | Self::None => Basis::Assumed,
            Self::Own => Basis::Own,
        }
    }
}

/// When a figure was read, exactly as precisely as that is known: `2026-10-04`, `2026-10`, `2026`, `undated`, `recalled`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read(String);

impl Read {
    /// A date of one of the five shapes, else `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let shape: String = text
            .chars()
            .map(|c| if c.is_ascii_digit() { '0' } else { c })
            .collect();
        let known = matches!(
            shape.as_str(),
            "0000-00-00" | "0000-00" | "0000" | "undated" | "recalled"
        );
        known.then(|| Self(text.to_owned()))
    }

    /// The date as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Read {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One row of a price book.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Which meter.
    pub meter: MeterId,
    /// The region group; `None` for a price that is the same everywhere.
    pub region: Option<Region>,
    /// The vendor's own name of the region, empty where there is one price for all.
    pub city: String,
    /// The number, in the meter's unit; `None` where no sourced price is known.
    pub value: Option<f64>,
    /// The page it stands on, empty where there is none.
    pub page: String,
    /// When it was read; `None` for a missing price.
    pub read: Option<Read>,
    /// How sure we are.
    pub confidence: Confidence,
    /// Anything a reader should know.
    pub note: String,
}

/// What may stand as a region group: everywhere, or a region.
pub const REGION_GROUPS: [(&str, Option<Region>); 4] = [
    ("all", None),
    ("us", Some(Region::Us)),
    ("europe", Some(Region::Europe)),
    ("asia", Some(Region::Asia)),
];

/// A region group as price books write it.
pub fn region_group(region: Option<Region>) -> &'static str {
    region.map_or(REGION_GROUPS[0].0, Region::id)
}

/// Which meter of [`meters::ALL`].
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct MeterId(u16);

impl MeterId {
    /// What is known of the meter apart from its price.
    pub fn info(self) -> &'static MeterInfo {
        &meters::ALL[usize::from(self.0)]
    }

    /// The meter of that name in price books.
    pub fn find(id: &str) -> Option<Self> {
        let place = meters::ALL.iter().position(|info| info.id == id)?;
        Some(Self(u16::try_from(place).ok()?))
    }

    /// Every meter.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..=u16::MAX).map(Self).take(meters::ALL.len())
    }
}

impl fmt::Debug for MeterId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.info().id)
    }
}

/// A meter, apart from its price.
#[derive(Clone, Copy)]
pub struct MeterInfo {
    /// Its name in price books: `aws/fargate/x86/vcpu`.
    pub id: &'static str,
    /// Its name on the vendor's bill.
    pub name: &'static str,
    /// The unit column of its rows: `USD per vCPU-hour`.
    pub unit: fn() -> String,
    /// Whether a number may stand in its rows.
    pub accepts: fn(f64) -> bool,
}

impl MeterInfo {
    /// What [`accepts`](Self::accepts) accepts, in words.
    pub fn range(&self) -> &'static str {
        if !(self.accepts)(0.0) {
            "above 0, at most 1,000,000,000,000"
        } else if (self.accepts)(MOST) {
            "0 to 1,000,000,000,000"
        } else {
            "0 to 1"
        }
    }
}

/// The largest number that any row may have: no price is so high, and sums of it stay finite.
pub const MOST: f64 = 1e12;

/// What a row's number means.
pub trait Kind: 'static {
    /// The number with its unit.
    type Value: Copy;
    /// The unit column of such a row.
    fn unit() -> String;
    /// The number with its unit; `None` where the number makes no sense.
    fn value(x: f64) -> Option<Self::Value>;
}

/// A price: US dollars per `U`.
pub struct Price<U>(PhantomData<U>);

impl<U: Unit> Kind for Price<U> {
    type Value = Rate<U>;
    fn unit() -> String {
        format!("USD per {}", U::NAME)
    }
    fn value(x: f64) -> Option<Rate<U>> {
        Rate::checked(x).filter(|_| x <= MOST)
    }
}

/// Who shares an allowance, as a type.
pub trait SharedBy: 'static {
    /// The scope.
    const SCOPE: Scope;
}

macro_rules! scopes {
    ($($name:ident)*) => {
        $(
            #[doc = concat!("Given once per ", stringify!($name), ".")]
            pub struct $name;
            impl SharedBy for $name { const SCOPE: Scope = Scope::$name; }
        )*
    };
}
scopes!(BillingAccount Account Project Subscription Workspace);

/// An allowance: so many `U` free in a month, once per `S`.
pub struct Free<U, S>(PhantomData<(U, S)>);

impl<U: Unit, S: SharedBy> Kind for Free<U, S> {
    type Value = Allowance<U>;
    fn unit() -> String {
        format!("{} per month and {}", U::NAME, S::SCOPE.name())
    }
    fn value(x: f64) -> Option<Allowance<U>> {
        Some(Allowance {
            quantity: Qty::checked(x).filter(|_| x <= MOST)?,
            scope: S::SCOPE,
        })
    }
}

/// A credit: so many US dollars off in a month, once per `S`.
pub struct Credit<S>(PhantomData<S>);

impl<S: SharedBy> Kind for Credit<S> {
    type Value = Qty<Dollar>;
    fn unit() -> String {
        format!("USD per month and {}", S::SCOPE.name())
    }
    fn value(x: f64) -> Option<Qty<Dollar>> {
        Qty::checked(x).filter(|_| x <= MOST)
    }
}

/// A share of another price, from 0 to 1.
pub struct Share;

impl Kind for Share {
    type Value = f64;
    fn unit() -> String {
        "share".into()
    }
    fn value(x: f64) -> Option<f64> {
        (0.0..=1.0).contains(&x).then_some(x)
    }
}

/// A factor on other prices.
pub struct Multiplier;

impl Kind for Multiplier {
    type Value = f64;
    fn unit() -> String {
        "multiplier".into()
    }
    fn value(x: f64) -> Option<f64> {
        (x > 0.0 && x <= MOST).then_some(x)
    }
}

/// A typed handle of a meter: the only way to its price.
pub struct Meter<K>(MeterId, PhantomData<K>);

impl<K> Clone for Meter<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for Meter<K> {}

impl<K> Meter<K> {
    const fn new(place: u16) -> Self {
        Self(MeterId(place), PhantomData)
    }

    /// The meter, without its type.
    pub const fn id(self) -> MeterId {
        self.0
    }
}

impl<K> fmt::Debug for Meter<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A value from the book, and which row it stands in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quoted<V> {
    /// The value, with its unit.
    pub value: V,
    /// The meter.
    pub meter: MeterId,
    /// The row, for [`PriceBook::row`].
    pub row: RowId,
    /// What a line built on it may claim.
    pub basis: Basis,
}

/// Which row of a price book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowId(u16);

/// The book has no price for a meter that the platform needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NoPrice {
    /// The meter.
    pub meter: MeterId,
    /// Where.
    pub region: Region,
}

/// All prices.
#[derive(Clone, Debug, PartialEq)]
pub struct PriceBook {
    rows: Vec<Row>,
    /// For each meter and region, the row that applies.
    index: Vec<[Option<RowId>; Region::ALL.len()]>,
    /// For each row, how many times as much as assumed is used of it; empty where nothing is varied.
    doubts: Vec<f64>,
}

impl PriceBook {
    /// The book that comes with the program.
    ///
    /// # Panics
    /// If the bundled file is damaged; a test reads it.
    pub fn bundled() -> Self {
        match parse::rows(include_str!("book.csv")) {
            Ok(rows) => Self::of(rows),
            Err(_) => unreachable!("the bundled price book is damaged"),
        }
    }

    /// A book of these rows; of two rows for one meter and region the later one holds.
    pub fn of(rows: Vec<Row>) -> Self {
        let mut index = vec![[None; Region::ALL.len()]; meters::ALL.len()];
        for (place, row) in rows.iter().enumerate() {
            let id = u16::try_from(place).ok().map(RowId);
            let slots = &mut index[usize::from(row.meter.0)];
            match row.region {
                Some(region) => slots[region as usize] = id,
                None => slots.fill(id),
            }
        }
        Self {
            rows,
            index,
            doubts: Vec::new(),
        }
    }

    /// This book with the rows of a user's CSV laid over it. Rows keep the confidence that the file gives them.
    ///
    /// # Errors
    ///
    /// Every row that is not one of a price book: where, what stands there, and what may.
    pub fn overlaid(&self, csv: &str) -> Result<Self, Vec<Problem>> {
        let mut rows = self.rows.clone();
        rows.extend(parse::rows(csv)?);
        Ok(Self::of(rows))
    }

    /// Every row, in the order of the file.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// One row.
    pub fn row(&self, id: RowId) -> &Row {
        &self.rows[usize::from(id.0)]
    }

    /// The book as it stands in one region.
    pub fn at(&self, region: Region) -> Prices<'_> {
        Prices {
            book: self,
            region,
            free_tiers: true,
        }
    }
}

/// The price book as it stands in one region.
#[derive(Clone, Copy, Debug)]
pub struct Prices<'a> {
    book: &'a PriceBook,
    region: Region,
    free_tiers: bool,
}

impl Prices<'_> {
    /// The value of a meter here.
    ///
    /// # Errors
    ///
    /// [`NoPrice`], if the book has no value for the meter here.
    pub fn get<K: Kind>(&self, meter: Meter<K>) -> Result<Quoted<K::Value>, NoPrice> {
        self.look_up(meter, self.region)
    }

    /// These prices, with the vendors' free tiers or without.
    #[must_use]
    pub fn with_free_tiers(self, free_tiers: bool) -> Self {
        Self { free_tiers, ..self }
    }

    /// A free tier, unless the user counts without.
    ///
    /// # Errors
    ///
    /// [`NoPrice`], if free tiers count and the book has no value for the meter here.
    pub fn free_tier<K: Kind>(&self, meter: Meter<K>) -> Result<Option<Quoted<K::Value>>, NoPrice> {
        if self.free_tiers {
            self.get(meter).map(Some)
        } else {
            Ok(None)
        }
    }

    /// The value of a meter, or of the one before it in a graduated price where the book does not go so far. The
    /// earlier band is never cheaper, so this bounds the bill from above, and it is marked as assumed.
    pub fn band<K: Kind>(&self, meter: Meter<K>, before: Quoted<K::Value>) -> Quoted<K::Value> {
        self.get(meter).unwrap_or(Quoted {
            basis: before.basis.with(Basis::Assumed),
            ..before
        })
    }

    /// The value of a meter in the first region, which Google's allowances are counted in.
    ///
    /// # Errors
    ///
    /// [`NoPrice`], if the book has no value for the meter here.
    pub fn reference<K: Kind>(&self, meter: Meter<K>) -> Result<Quoted<K::Value>, NoPrice> {
        self.look_up(meter, Region::Us)
    }

    fn look_up<K: Kind>(
        &self,
        meter: Meter<K>,
        region: Region,
    ) -> Result<Quoted<K::Value>, NoPrice> {
        let id = meter.id();
        let found = self.book.index[usize::from(id.0)][region as usize].and_then(|row| {
            let entry = self.book.row(row);
            Some(Quoted {
                value: K::value(entry.value?)?,
                meter: id,
                row,
                basis: entry.confidence.basis(),
            })
        });
        found.ok_or(NoPrice { meter: id, region })
    }
}
