//! The price book, and how it stands in one region.

use super::{
    kinds::Kind,
    meter::{Meter, MeterId},
    meters, parse,
    row::Row,
};
use crate::{basis::Basis, diagnostic::Diagnostic, region::Region};

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
pub struct RowId(pub(super) u16);

impl RowId {
    /// Its place in the book.
    pub(crate) fn place(self) -> usize {
        usize::from(self.0)
    }
}

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
    pub(super) rows: Vec<Row>,
    /// For each meter and region, the row that applies.
    pub(super) index: Vec<[Option<RowId>; Region::ALL.len()]>,
    /// For each row, how many times as much as assumed is used of it; empty where nothing is varied.
    pub(super) doubts: Vec<f64>,
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
    pub fn overlaid(&self, csv: &str) -> Result<Self, Vec<Diagnostic>> {
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
    pub fn in_region(&self, region: Region) -> Prices<'_> {
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
    pub(super) book: &'a PriceBook,
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

    /// Where a price holds, in the vendor's own words.
    pub fn city<V>(&self, quoted: Quoted<V>) -> &str {
        &self.book.row(quoted.row).city
    }

    /// Where they hold.
    pub fn region(&self) -> Region {
        self.region
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
