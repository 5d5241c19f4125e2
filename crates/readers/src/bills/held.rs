//! What of a bill is held against ours, and what is left beside it.

use super::{Bill, Charge, Item};
use plimsoll_model::{
    explore::billed::{Billed, Key},
    prices::PriceBook,
    region::Region,
    sorting::by_number,
    vendor::Vendor,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Part of a bill under a name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// The service, the tag's value, the account; of what is not matched, what it is.
    pub name: String,
    /// As billed, US dollars.
    pub billed_usd: f64,
    /// What of it is matched to meters of ours, US dollars.
    pub matched_usd: f64,
}

impl Item {
    /// Whether it is compared with ours: what was used of a meter in some month, and what is taken off for that.
    pub fn is_matched(&self) -> bool {
        self.matched.is_some() && self.month.0 > 0
    }

    /// What it is, for a list of what is not compared.
    fn what(&self) -> String {
        // A savings plan is paid in one row, and taken off again in as many as it covers.
        if self.charge == Charge::Commitment {
            return "Commitments, which are spread over what they cover".to_owned();
        }
        if self.charge == Charge::Tax {
            return "Tax".to_owned();
        }
        let mut name = self.service.clone();
        if self.month.0 == 0 {
            return "Without a date that can be read".to_owned();
        }
        if !self.usage.is_empty() && self.usage != self.service {
            if !name.is_empty() {
                name += ": ";
            }
            name += &self.usage;
        }
        let kind = match self.charge {
            Charge::Usage => "",
            charge => charge.id(),
        };
        match (name.is_empty(), kind) {
            (true, "") => "without a name".to_owned(),
            (true, kind) => kind.to_owned(),
            (false, "") => name,
            (false, kind) => [&name, " (", kind, ")"].concat(),
        }
    }
}

/// A bill as it is held against ours: what is compared, and sums of all of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// How many rows it has.
    pub rows: u64,
    /// All of them, as they were billed, US dollars.
    pub billed_usd: f64,
    /// What is compared with ours, as it was billed, US dollars.
    pub matched_usd: f64,
    /// What it was charged for, those kinds that are there, US dollars.
    pub charges: Vec<(Charge, f64)>,
    /// Its parts by what it is grouped by, the largest first.
    pub groups: Vec<Group>,
    /// What is compared with nothing, by what it is, the largest first.
    pub unmatched: Vec<Group>,
    /// What is compared with ours.
    pub billed: Vec<Billed>,
}

impl Summary {
    /// Whether there is no bill.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// As text, for whoever reads files elsewhere.
    pub fn write(&self) -> String {
        let group = |group: &Group| json!([group.name, group.billed_usd, group.matched_usd]);
        let billed = self.billed.iter().map(|row| {
            let (year, month) = row.month;
            let region = row.region.map(Region::id);
            json!([
                year,
                month,
                row.key.id,
                region,
                row.quantity,
                row.billed_usd,
                row.effective_usd
            ])
        });
        let charges = self.charges.iter();
        json!([
            self.rows,
            self.billed_usd,
            self.matched_usd,
            charges
                .map(|(charge, usd)| json!([charge.id(), usd]))
                .collect::<Vec<_>>(),
            self.groups.iter().map(group).collect::<Vec<_>>(),
            self.unmatched.iter().map(group).collect::<Vec<_>>(),
            billed.collect::<Vec<_>>(),
        ])
        .to_string()
    }

    /// What [`write`](Self::write) has written; nothing of what isn't that.
    pub fn read(text: &str) -> Self {
        let all: Value = serde_json::from_str(text).unwrap_or_default();
        let number = |value: &Value| value.as_f64().unwrap_or_default();
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let groups = |value: &Value| -> Vec<Group> {
            let groups = list(value).into_iter().map(|group| Group {
                name: group[0].as_str().unwrap_or_default().to_owned(),
                billed_usd: number(&group[1]),
                matched_usd: number(&group[2]),
            });
            groups.collect()
        };
        let charges = list(&all[3]).into_iter().filter_map(|pair| {
            let charge = Charge::ALL
                .into_iter()
                .find(|charge| pair[0] == charge.id())?;
            Some((charge, number(&pair[1])))
        });
        let billed = list(&all[6]).into_iter().filter_map(|row| {
            Some(Billed {
                month: (
                    i32::try_from(row[0].as_i64()?).ok()?,
                    u8::try_from(row[1].as_u64()?).ok()?,
                ),
                key: Key::find(row[2].as_str()?)?,
                region: Region::ALL.into_iter().find(|region| row[3] == region.id()),
                quantity: number(&row[4]),
                billed_usd: number(&row[5]),
                effective_usd: number(&row[6]),
            })
        });
        Self {
            rows: all[0].as_u64().unwrap_or_default(),
            billed_usd: number(&all[1]),
            matched_usd: number(&all[2]),
            charges: charges.collect(),
            groups: groups(&all[4]),
            unmatched: groups(&all[5]),
            billed: billed.collect(),
        }
    }
}

impl Bill {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Every row of it, as it was billed, US dollars.
    pub fn billed_usd(&self) -> f64 {
        self.items.iter().map(|item| item.billed_usd).sum()
    }

    /// What is held against ours. Of a list at most so many parts stand by themselves: the others are one.
    pub fn summary(&self, book: &PriceBook, most: usize) -> Summary {
        let sum = |counts: &dyn Fn(&Item) -> bool| -> f64 {
            let items = self.items.iter().filter(|item| counts(item));
            items.map(|item| item.billed_usd).sum()
        };
        let there = |charge: &Charge| self.items.iter().any(|item| item.charge == *charge);
        let charges = Charge::ALL.into_iter().filter(there);
        Summary {
            rows: self.rows,
            billed_usd: self.billed_usd(),
            matched_usd: sum(&Item::is_matched),
            charges: charges
                .map(|charge| (charge, sum(&|item| item.charge == charge)))
                .collect(),
            groups: grouped(&self.items, |item| Some(item.group.clone()), most),
            unmatched: grouped(
                &self.items,
                |item| (!item.is_matched()).then(|| item.what()),
                most,
            ),
            billed: self.billed(book),
        }
    }

    /// What is compared with ours, as sums of what is alike.
    fn billed(&self, book: &PriceBook) -> Vec<Billed> {
        let mut rows: Vec<Billed> = Vec::new();
        for item in &self.items {
            let Some((key, quantity)) = item.matched.filter(|_| item.is_matched()) else {
                continue;
            };
            let vendor = key.vendor();
            let region = vendor.and_then(|vendor| region(vendor, &item.region, book));
            // What is taken off stays apart: it may be a free tier, which is no price.
            let is_credit = item.billed_usd < 0.0;
            let alike = |row: &Billed| {
                (row.month, row.key, row.region) == (item.month, key, region)
                    && (row.billed_usd < 0.0) == is_credit
            };
            let place = rows.iter().position(alike).unwrap_or_else(|| {
                rows.push(Billed {
                    month: item.month,
                    key,
                    region,
                    quantity: 0.0,
                    billed_usd: 0.0,
                    effective_usd: 0.0,
                });
                rows.len() - 1
            });
            let row = &mut rows[place];
            row.quantity += quantity;
            row.billed_usd += item.billed_usd;
            row.effective_usd += item.effective_usd;
        }
        rows
    }
}

/// Sums by a name, the largest first; items without one are left out.
fn grouped(items: &[Item], name: impl Fn(&Item) -> Option<String>, most: usize) -> Vec<Group> {
    let mut sums: BTreeMap<String, Group> = BTreeMap::new();
    for item in items {
        let Some(name) = name(item) else { continue };
        let group = sums.entry(name).or_default();
        group.billed_usd += item.billed_usd;
        if item.is_matched() {
            group.matched_usd += item.billed_usd;
        }
    }
    let named = sums
        .into_iter()
        .map(|(name, group)| Group { name, ..group });
    let mut groups: Vec<Group> = named.collect();
    by_number(&mut groups, |group| -group.billed_usd.abs());
    if groups.len() > most {
        let rest = groups.split_off(most.saturating_sub(1));
        let name = format!("{} more", rest.len());
        groups.push(rest.into_iter().fold(
            Group {
                name,
                ..Group::default()
            },
            |sum, group| Group {
                billed_usd: sum.billed_usd + group.billed_usd,
                matched_usd: sum.matched_usd + group.matched_usd,
                ..sum
            },
        ));
    }
    groups
}

/// The region of ours that a vendor's region stands for in the price book; none for one that has other prices, or may have.
fn region(vendor: Vendor, name: &str, book: &PriceBook) -> Option<Region> {
    let plain = |text: &str| {
        let text = text.chars().filter(char::is_ascii_alphanumeric);
        text.collect::<String>().to_ascii_lowercase()
    };
    let name = plain(name);
    // Usage types of AWS have short names, and Azure's meters say it the other way round.
    let name = match name.as_str() {
        "use1" => "useast1".to_owned(),
        "euw1" | "eu" => "euwest1".to_owned(),
        "apn1" => "apnortheast1".to_owned(),
        "useast" => "eastus".to_owned(),
        "eunorth" => "northeurope".to_owned(),
        "jaeast" => "japaneast".to_owned(),
        _ => name,
    };
    let rows = book.rows().iter();
    let mut of_vendor = rows.filter(|row| row.meter.info().id.starts_with(vendor.id()));
    let found = of_vendor.find(|row| !name.is_empty() && plain(&row.city) == name)?;
    found.region
}
