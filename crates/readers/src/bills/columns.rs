//! The exports that are known, by the names of their columns, wherever these stand.

use super::cells;
use crate::traffic::Record;
use plimsoll_model::vendor::Vendor;

/// What a column is for: a place among the cells of a row.
pub(super) type Role = usize;
pub(super) const SERVICE: Role = 0;
/// The usage type, SKU or meter.
pub(super) const USAGE: Role = 1;
/// What stands in front of the meter's name.
pub(super) const MIDDLE: Role = 2;
pub(super) const REGION: Role = 3;
pub(super) const ZONE: Role = 4;
/// What kind of charge a row is.
pub(super) const TYPE: Role = 5;
pub(super) const COST: Role = 6;
/// The cost, US dollars, where another column has the bill's currency.
pub(super) const COST_USD: Role = 7;
/// With commitments spread: FOCUS everywhere, AWS for savings plans.
pub(super) const EFFECTIVE: Role = 8;
/// With reservations spread, AWS.
pub(super) const RESERVED: Role = 9;
/// What a savings plan commits to, and how much of it is used.
pub(super) const COMMITTED: Role = 10;
pub(super) const USED: Role = 11;
/// What of a reservation isn't used.
pub(super) const UNUSED: Role = 12;
pub(super) const UNUSED_FEE: Role = 13;
pub(super) const QUANTITY: Role = 14;
pub(super) const UNIT: Role = 15;
/// Quantity and unit where the first are empty.
pub(super) const QUANTITY_2: Role = 16;
pub(super) const UNIT_2: Role = 17;
pub(super) const DAY: Role = 18;
pub(super) const CURRENCY: Role = 19;
/// How much of the currency a US dollar is.
pub(super) const RATE: Role = 20;
pub(super) const ACCOUNT: Role = 21;
/// Tags or labels, all in one cell.
pub(super) const TAGS: Role = 22;
/// Credits, as a list in JSON.
pub(super) const CREDITS: Role = 23;
/// A credit, in cells of its own.
pub(super) const CREDIT: Role = 24;
pub(super) const CREDIT_TYPE: Role = 25;
pub(super) const LABEL_KEY: Role = 26;
pub(super) const LABEL_VALUE: Role = 27;
/// Whose bill it is.
pub(super) const PROVIDER: Role = 28;
/// What else a service is called: support plans are told by it.
pub(super) const PRODUCT: Role = 29;
/// The reservation that a fee is for.
pub(super) const RESERVATION: Role = 30;
/// What the export says of a product, all in one cell.
pub(super) const ATTRIBUTES: Role = 31;
/// What was done, or the charge in words: which kind of load balancer it is, AWS.
pub(super) const OPERATION: Role = 32;
/// How many there are.
pub(super) const ROLES: usize = 33;

/// The cells of a row, by what they are for; empty where there is none.
pub(super) type Cells<'a> = [&'a str; ROLES];

/// Which rules rows go by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rules {
    Focus,
    Aws,
    Google,
    Azure,
    Explorer,
}

/// An export: its name, whose it is, its rules, and the names of columns for each role, the best first, in small letters and
/// without what stands between them.
pub(super) struct Format {
    pub(super) name: &'static str,
    pub(super) vendor: Option<Vendor>,
    pub(super) rules: Rules,
    /// Names of which a bill has one beside a cost: nothing else is called so.
    sure: &'static str,
    columns: &'static [(Role, &'static str)],
    /// How names of columns begin of which each is a tag.
    tags: &'static [&'static str],
}

const FORMATS: [Format; 4] = [
    Format {
        name: "FOCUS export",
        vendor: None,
        rules: Rules::Focus,
        sure: "servicename skumeter chargedescription",
        columns: &[
            (COST, "billedcost"),
            (SERVICE, "servicename"),
            // Usage types and meters, where vendors add them: descriptions have prices in them.
            (
                USAGE,
                "xusagetype skumeter xskumetername chargedescription skuid",
            ),
            (REGION, "regionid regionname region"),
            (TYPE, "chargecategory"),
            (EFFECTIVE, "effectivecost"),
            (QUANTITY, "pricingquantity"),
            (UNIT, "pricingunit"),
            (QUANTITY_2, "consumedquantity"),
            (UNIT_2, "consumedunit"),
            (DAY, "chargeperiodstart billingperiodstart"),
            (CURRENCY, "billingcurrency"),
            (ACCOUNT, "subaccountname subaccountid billingaccountid"),
            (TAGS, "tags"),
            (PROVIDER, "providername serviceprovidername publishername"),
            (OPERATION, "xoperation chargedescription"),
        ],
        tags: &[],
    },
    Format {
        name: "AWS cost and usage report",
        vendor: Some(Vendor::Aws),
        rules: Rules::Aws,
        sure: "lineitemusagetype lineitemproductcode",
        columns: &[
            (COST, "lineitemunblendedcost"),
            (
                SERVICE,
                "lineitemproductcode productservicecode productproductname",
            ),
            (USAGE, "lineitemusagetype productusagetype"),
            (REGION, "productregioncode productregion"),
            (ZONE, "lineitemavailabilityzone"),
            (TYPE, "lineitemlineitemtype"),
            (EFFECTIVE, "savingsplansavingsplaneffectivecost"),
            (RESERVED, "reservationeffectivecost"),
            (COMMITTED, "savingsplantotalcommitmenttodate"),
            (USED, "savingsplanusedcommitment"),
            (
                UNUSED,
                "reservationunusedamortizedupfrontfeeforbillingperiod",
            ),
            (UNUSED_FEE, "reservationunusedrecurringfee"),
            (QUANTITY, "lineitemusageamount"),
            (UNIT, "pricingunit"),
            (DAY, "lineitemusagestartdate billbillingperiodstartdate"),
            (CURRENCY, "lineitemcurrencycode"),
            (ACCOUNT, "lineitemusageaccountname lineitemusageaccountid"),
            (TAGS, "resourcetags tags"),
            (PRODUCT, "productproductname"),
            (RESERVATION, "reservationreservationarn"),
            (ATTRIBUTES, "product"),
            (OPERATION, "lineitemoperation lineitemlineitemdescription"),
        ],
        tags: &["resourcetags/", "resource_tags_", "resource_tags."],
    },
    // The table of costs has the same names, with spaces between their words.
    Format {
        name: "Google Cloud billing export",
        vendor: Some(Vendor::GoogleCloud),
        rules: Rules::Google,
        sure: "servicedescription skudescription",
        columns: &[
            (COST, "unroundedcost cost"),
            (SERVICE, "servicedescription"),
            (USAGE, "skudescription"),
            (REGION, "locationregion locationlocation"),
            (TYPE, "costtype"),
            (QUANTITY, "usageamountinpricingunits"),
            (UNIT, "usagepricingunit"),
            (QUANTITY_2, "usageamount"),
            (UNIT_2, "usageunit"),
            (DAY, "usagestarttime usagestartdate invoicemonth"),
            (CURRENCY, "currency"),
            (RATE, "currencyconversionrate"),
            (ACCOUNT, "projectid projectname"),
            (TAGS, "labels"),
            (CREDITS, "credits"),
            (CREDIT, "creditsamount"),
            (CREDIT_TYPE, "creditstype credittype"),
            (LABEL_KEY, "labelskey"),
            (LABEL_VALUE, "labelsvalue"),
        ],
        tags: &["labels."],
    },
    Format {
        name: "Azure cost details",
        vendor: Some(Vendor::Azure),
        rules: Rules::Azure,
        sure: "metercategory metername",
        columns: &[
            (
                COST,
                "costinbillingcurrency cost pretaxcost extendedcost costinusd",
            ),
            (COST_USD, "costinusd"),
            (SERVICE, "metercategory servicefamily publishername"),
            (USAGE, "metername productname product"),
            (MIDDLE, "metersubcategory"),
            (REGION, "resourcelocation meterregion"),
            (TYPE, "chargetype"),
            (QUANTITY, "quantity usagequantity consumedquantity"),
            (UNIT, "unitofmeasure"),
            (DAY, "date usagedatetime usagedate billingperiodstartdate"),
            (
                CURRENCY,
                "billingcurrency billingcurrencycode currency currencycode",
            ),
            (
                ACCOUNT,
                "subscriptionname subscriptionid subscriptionguid accountname",
            ),
            (TAGS, "tags"),
        ],
        tags: &[],
    },
];

/// Columns are services, rows are days or months.
static EXPLORER: Format = Format {
    name: "AWS Cost Explorer",
    vendor: Some(Vendor::Aws),
    rules: Rules::Explorer,
    sure: "",
    columns: &[],
    tags: &[],
};

/// Google Cloud's export as objects.
static GOOGLE: &Format = &FORMATS[2];

/// Where what Google Cloud's columns have stands in an object, the best place first.
pub(super) const PATHS: [(Role, &str); 17] = [
    (COST, "cost"),
    (SERVICE, "service.description"),
    (USAGE, "sku.description"),
    (REGION, "location.region"),
    (REGION, "location.location"),
    (TYPE, "cost_type"),
    (QUANTITY, "usage.amount_in_pricing_units"),
    (UNIT, "usage.pricing_unit"),
    (QUANTITY_2, "usage.amount"),
    (UNIT_2, "usage.unit"),
    (DAY, "usage_start_time"),
    (DAY, "invoice.month"),
    (CURRENCY, "currency"),
    (RATE, "currency_conversion_rate"),
    (ACCOUNT, "project.id"),
    (TAGS, "labels"),
    (CREDITS, "credits"),
];

/// No column.
const NONE: u16 = u16::MAX;
/// The most columns.
pub(super) const MOST_COLUMNS: usize = 10_000;

/// Where the cells of an export stand.
pub(super) struct Layout {
    pub(super) format: &'static Format,
    /// What it is called.
    pub(super) name: &'static str,
    /// For each role the columns that may have it: the first that isn't empty does.
    places: [[u16; 5]; ROLES],
    /// Names of tags, and the columns of each.
    pub(super) tags: Vec<(String, usize)>,
    /// Names of services, and the column of each.
    pub(super) services: Vec<(String, usize)>,
    /// The name of the first column.
    pub(super) first: String,
    /// How many columns there are.
    pub(super) width: usize,
    /// The currency that a header names.
    pub(super) currency: String,
}

impl Layout {
    /// The layout of an export with this header; nothing where it is the header of no bill.
    pub(super) fn of(record: Record<'_>) -> Option<Self> {
        let names: Vec<String> = (0..record.len()).map(|n| plain(record.cell(n))).collect();
        let mut layout = Self {
            format: &EXPLORER,
            name: EXPLORER.name,
            places: [[NONE; 5]; ROLES],
            tags: Vec::new(),
            services: Vec::new(),
            first: names.first()?.clone(),
            width: record.len(),
            currency: "USD".to_owned(),
        };
        for format in &FORMATS {
            let place = |role: Role| {
                let columns = format.columns.iter().find(|(one, _)| *one == role);
                let all = columns.map_or("", |(_, all)| all).split(' ');
                let known = all.filter(|name| !name.is_empty());
                known.filter_map(|name| names.iter().position(|one| one == name))
            };
            let Some(cost) = place(COST).next() else {
                continue;
            };
            let is_sure = |name: &String| format.sure.split(' ').any(|sure| sure == name);
            if !names.iter().any(is_sure) {
                continue;
            }
            layout.format = format;
            layout.name = format.name;
            if format.rules == Rules::Google && names[cost] == "unroundedcost" {
                layout.name = "Google Cloud cost table";
            }
            for role in 0..ROLES {
                for (to, column) in layout.places[role].iter_mut().zip(place(role)) {
                    *to = u16::try_from(column).unwrap_or(NONE);
                }
            }
            // Amounts of two columns are of two currencies, or not rounded: one of them counts.
            layout.places[COST][1..].fill(NONE);
            if let Some((_, sign)) = suffix(record.cell(cost)) {
                cells::currency(sign).clone_into(&mut layout.currency);
            }
            for n in 0..record.len() {
                let name = record.cell(n);
                let key = format.tags.iter().find_map(|begins| {
                    let front = name.get(..begins.len())?;
                    front
                        .eq_ignore_ascii_case(begins)
                        .then(|| &name[begins.len()..])
                });
                // Labels as two columns are no label called so.
                if let Some(key) = key.filter(|key| !matches!(*key, "" | "key" | "value")) {
                    layout.tags.push((layout.tag(key).to_owned(), n));
                }
            }
            return Some(layout);
        }
        layout.explorer(record, &names)
    }

    /// Cost Explorer has a column for each service, and one for all of them.
    fn explorer(mut self, record: Record<'_>, names: &[String]) -> Option<Self> {
        let is_total = |n: &usize| names[*n].starts_with("totalcost");
        let has_total = (1..record.len()).any(|n| is_total(&n));
        for n in (1..record.len()).filter(|n| !is_total(n)) {
            let name = record.cell(n);
            match suffix(name) {
                Some((name, sign)) => {
                    cells::currency(sign).clone_into(&mut self.currency);
                    self.services.push((name.trim().to_owned(), n));
                }
                None if name.is_empty() => {}
                None => return None,
            }
        }
        let is_known = has_total || self.first == "service" && self.currency == "USD";
        (is_known && !self.services.is_empty()).then_some(self)
    }

    /// The cells of a record.
    pub(super) fn cells<'a>(&self, record: Record<'a>) -> Cells<'a> {
        let mut cells = [""; ROLES];
        for (cell, places) in cells.iter_mut().zip(&self.places) {
            for place in places.iter().take_while(|place| **place != NONE) {
                *cell = record.cell(usize::from(*place));
                if cell.len() == 4 && cell.eq_ignore_ascii_case("null") {
                    *cell = "";
                }
                if !cell.is_empty() {
                    break;
                }
            }
        }
        cells
    }

    /// Objects of Google Cloud.
    pub(super) fn of_objects() -> Self {
        Self {
            format: GOOGLE,
            name: GOOGLE.name,
            places: [[NONE; 5]; ROLES],
            tags: Vec::new(),
            services: Vec::new(),
            first: String::new(),
            width: 0,
            currency: "USD".to_owned(),
        }
    }

    /// Whether a column is there for a role.
    pub(super) fn has(&self, role: Role) -> bool {
        self.places[role][0] != NONE
    }

    /// The name of a tag, without what AWS puts in front of those of its users.
    pub(super) fn tag<'k>(&self, key: &'k str) -> &'k str {
        let key = key.strip_prefix("user:").unwrap_or(key);
        match key.strip_prefix("user_") {
            Some(rest) if self.format.rules == Rules::Aws => rest,
            _ => key,
        }
    }
}

/// A name, and what stands in brackets behind it.
fn suffix(name: &str) -> Option<(&str, &str)> {
    name.trim().strip_suffix(')')?.rsplit_once('(')
}

/// The letters and digits of a column's name, small. A sign in brackets behind it is no part of it; a name in brackets behind
/// a translation is.
pub(super) fn plain(name: &str) -> String {
    let name = match suffix(name) {
        Some((_, inside))
            if inside.len() > 3 && inside.bytes().all(|b| b.is_ascii_alphabetic()) =>
        {
            inside
        }
        Some((front, _)) => front,
        None => name,
    };
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|c| c.to_ascii_lowercase()).collect()
}
