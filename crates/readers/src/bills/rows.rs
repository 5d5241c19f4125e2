//! Rows of an export, whichever it is: what each is for, and what it adds to the sums.

use super::{
    Charge,
    cells::{self, Day},
    columns::{
        ACCOUNT, ATTRIBUTES, COMMITTED, COST, COST_USD, CREDIT, CREDIT_TYPE, CREDITS, CURRENCY,
        Cells, DAY, EFFECTIVE, LABEL_KEY, LABEL_VALUE, Layout, PRODUCT, PROVIDER, QUANTITY,
        QUANTITY_2, RATE, REGION, RESERVATION, RESERVED, Role, Rules, SERVICE, TAGS, TYPE, UNIT,
        UNIT_2, UNUSED, UNUSED_FEE, USAGE, USED, ZONE, plain,
    },
    kinds::{beside, charge_of, commitment, vendor_of},
    sums::{Sums, put},
};
use crate::traffic::{Record, cut};
use plimsoll_model::vendor::Vendor;
use serde_json::Value;

/// The most tags that rows may be grouped by.
pub(super) const MOST_TAGS: usize = 40;
/// The most currencies of a file.
const MOST_CURRENCIES: usize = 20;
/// Amounts beyond this are mistakes.
const LARGEST_AMOUNT: f64 = 1e15;
/// So are quantities, which may count bytes of a second.
const LARGEST_QUANTITY: f64 = 1e30;

/// What rows are grouped by.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Group {
    /// Their service, which needs nothing of a row.
    #[default]
    Service,
    Account,
    Tag(String),
}

impl Group {
    /// By its name among choices.
    pub(super) fn of(taken: &str) -> Self {
        match taken.strip_prefix("tag:") {
            Some(key) => Self::Tag(key.to_owned()),
            None if taken == "account" => Self::Account,
            None => Self::Service,
        }
    }
}

/// Cells or rows that can't be read: the first of them, and how many there are.
#[derive(Debug, Default)]
pub(super) struct Damage {
    pub(super) first: Vec<(u64, String)>,
    pub(super) count: u64,
}

impl Damage {
    /// How many are told.
    pub(super) const TOLD: usize = 3;

    pub(super) fn add(&mut self, line: u64, text: impl FnOnce() -> String) {
        self.count += 1;
        if self.first.len() < Self::TOLD {
            self.first.push((line, text()));
        }
    }
}

/// What has been read of an export's rows.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) sums: Sums,
    pub(super) rows: u64,
    pub(super) group: Group,
    /// Tags that were seen.
    pub(super) tags: Vec<String>,
    pub(super) has_accounts: bool,
    /// Whether a semicolon separates columns, and so a comma may be a point.
    pub(super) is_comma_usual: bool,
    /// Whether dates begin with the day, where one says it.
    pub(super) day_first: Option<bool>,
    /// A currency that the file itself turns into US dollars.
    pub(super) turned: Option<String>,
    /// Rows without an amount, other cells that are no number, rows that are cut off or broken.
    pub(super) no_amount: Damage,
    pub(super) no_number: Damage,
    pub(super) not_whole: Damage,
    currencies: Vec<String>,
    /// Texts that rows write over, one after another.
    key: String,
    grouped: String,
    with_middle: String,
}

/// What is the same for all that a row adds.
struct Row<'a> {
    day: Day,
    vendor: Option<Vendor>,
    service: &'a str,
    usage: &'a str,
    region: &'a str,
    group: &'a str,
    unit: &'a str,
    currency: &'a str,
}

/// Where something of AWS is, where no column says it: by its zone, by its attributes, or as its usage type begins.
fn region_in<'a>(cells: &Cells<'a>, prefix: &'a str, attribute: &'a mut String) -> &'a str {
    if !cells[ZONE].is_empty() {
        return cells::region_of(cells[ZONE]);
    }
    // Most attributes are of no use, and most rows have no map of them.
    if cells[ATTRIBUTES].contains("\"region") {
        cells::tags(cells[ATTRIBUTES], &mut |key, value| {
            if matches!(key, "region" | "region_code") {
                value.clone_into(attribute);
            }
        });
    }
    if attribute.is_empty() {
        prefix
    } else {
        attribute
    }
}

impl Rows {
    /// None yet.
    pub(super) fn by(group: Group, is_comma_usual: bool) -> Self {
        Self {
            group,
            is_comma_usual,
            ..Self::default()
        }
    }

    /// Takes a tag that was seen into those that rows may be grouped by.
    pub(super) fn see(&mut self, tag: &str) {
        const LONGEST: usize = 128;
        if tag.is_empty() || tag.len() > LONGEST || self.tags.len() >= MOST_TAGS {
            return;
        }
        if !self.tags.iter().any(|seen| seen == tag) {
            self.tags.push(tag.to_owned());
        }
    }

    /// Writes the key of something that a row adds.
    fn key(&mut self, row: &Row<'_>, charge: Charge) {
        let mut key = std::mem::take(&mut self.key);
        key.clear();
        let two = |key: &mut String, x: u8| {
            key.push(char::from(b'0' + x / 10 % 10));
            key.push(char::from(b'0' + x % 10));
        };
        let (year, months) = match row.day {
            Day::None => (0, [1, 0]),
            Day::Sure(year, month, _) => (year, [month, 0]),
            Day::Either(year, a, b) => match self.day_first {
                Some(true) => (year, [b, 0]),
                Some(false) => (year, [a, 0]),
                None => (year, [a, b]),
            },
        };
        two(&mut key, (year / 100) as u8);
        two(&mut key, (year % 100) as u8);
        two(&mut key, months[0]);
        // Which of them is the month is known at the end.
        if months[1] > 0 {
            two(&mut key, months[1]);
        }
        put(&mut key, "");
        let vendor = row.vendor.and_then(|vendor| {
            let n = Vendor::ALL.iter().position(|one| *one == vendor)?;
            u8::try_from(n).ok()
        });
        key.push(vendor.map_or('~', |n| char::from(b'a' + n)));
        put(&mut key, "");
        for part in [row.service, row.usage, row.region] {
            put(&mut key, part);
        }
        key.push(char::from(b'a' + charge as u8));
        put(&mut key, "");
        for part in [row.group, row.unit, row.currency] {
            put(&mut key, part);
        }
        // Nothing stands behind the last part.
        key.pop();
        self.key = key;
    }

    fn add(&mut self, row: &Row<'_>, charge: Charge, billed: f64, effective: f64, quantity: f64) {
        self.key(row, charge);
        let amounts = self.sums.of(&self.key);
        amounts.billed.add(billed);
        amounts.effective.add(effective);
        amounts.quantity.add(quantity);
        amounts.rows += 1;
    }

    /// Usage that a commitment covers is worth less than was billed for it.
    fn lower(&mut self, row: &Row<'_>, effective: f64) {
        self.key(row, Charge::Usage);
        self.sums.of(&self.key).effective.add(effective);
    }

    fn amount(&self, cell: &str) -> Option<f64> {
        if cell.is_empty() {
            return Some(0.0);
        }
        cells::number(cell, self.is_comma_usual).filter(|x| x.abs() <= LARGEST_AMOUNT)
    }

    /// An amount beside the billed one: nothing where it is none, which is told.
    fn beside(&mut self, cell: &str, line: u64) -> f64 {
        let amount = self.amount(cell);
        if amount.is_none() {
            self.no_number(line, cell);
        }
        amount.unwrap_or(0.0)
    }

    fn no_number(&mut self, line: u64, cell: &str) {
        let text = || {
            [
                "\u{201c}",
                &cut(cell),
                "\u{201d} is no number; allowed: a number such as 1234.5, or nothing. What the row bills counts",
            ]
            .concat()
        };
        self.no_number.add(line, text);
    }

    fn no_amount(&mut self, line: u64, cell: &str) {
        let text = || {
            [
                "\u{201c}",
                &cut(cell),
                "\u{201d} is no amount; allowed: a number such as 1234.56, or nothing",
            ]
            .concat()
        };
        self.no_amount.add(line, text);
    }

    /// How much a row is of, and of what.
    fn quantity<'a>(&mut self, cells: &Cells<'a>, line: u64) -> (f64, &'a str) {
        let [cell, unit] = if cells[QUANTITY].is_empty() {
            [cells[QUANTITY_2], cells[UNIT_2]]
        } else {
            [cells[QUANTITY], cells[UNIT]]
        };
        if cell.is_empty() {
            return (0.0, unit);
        }
        let quantity = cells::number(cell, self.is_comma_usual);
        let quantity = quantity.filter(|x| x.abs() <= LARGEST_QUANTITY);
        if quantity.is_none() {
            self.no_number(line, cell);
        }
        (quantity.unwrap_or(0.0), unit)
    }

    /// What a row costs, in which currency, and what its other amounts are multiplied by to be in it: files may say what a
    /// currency is worth. Nothing beyond the currencies that are told apart.
    fn money<'c>(
        &mut self,
        layout: &'c Layout,
        cells: &Cells<'c>,
        mut cost: f64,
        line: u64,
    ) -> Option<(f64, &'c str, f64)> {
        let mut currency = cells[CURRENCY];
        if currency.is_empty() {
            currency = &layout.currency;
        }
        if currency.eq_ignore_ascii_case("USD") {
            currency = "USD";
        }
        let mut rate = 1.0;
        if currency != "USD" {
            let turns = self.amount(cells[RATE]);
            let turns = turns.filter(|x| (1e-9..=1e9).contains(x));
            let usd = Some(cells[COST_USD]).filter(|cell| !cell.is_empty());
            let usd = usd.and_then(|cell| self.amount(cell));
            if turns.is_some() || usd.is_some() {
                if self.turned.is_none() {
                    self.turned = Some(currency.to_owned());
                }
                rate = turns.map_or(1.0, |x| 1.0 / x);
                cost = usd.unwrap_or(cost);
                currency = "USD";
            }
        }
        if !self.currencies.iter().any(|known| known == currency) {
            if self.currencies.len() >= MOST_CURRENCIES {
                self.no_amount(line, currency);
                return None;
            }
            self.currencies.push(currency.to_owned());
        }
        Some((cost, currency, rate))
    }

    /// Takes a row of whichever export but Cost Explorer's; `tagged` is what its column of the chosen tag has.
    pub(super) fn take(&mut self, layout: &Layout, cells: &Cells<'_>, line: u64, tagged: &str) {
        let rules = layout.format.rules;
        let Some(cost) = self.amount(cells[COST]) else {
            return self.no_amount(line, cells[COST]);
        };
        let day = cells::day(cells[DAY]);
        if let Day::Sure(_, _, Some(day_first)) = day {
            self.day_first.get_or_insert(day_first);
        }
        let (mut quantity, mut unit) = self.quantity(cells, line);
        let Some((cost, currency, rate)) = self.money(layout, cells, cost, line) else {
            return;
        };
        let vendor = layout.format.vendor.or_else(|| vendor_of(cells[PROVIDER]));
        let service = cells[SERVICE];
        let mut usage = cells[USAGE];
        let mut region = cells[REGION];
        let mut attribute = String::new();
        if vendor == Some(Vendor::Aws) {
            let (prefix, rest) = cells::usage_type(usage);
            usage = rest;
            if rules == Rules::Aws && region.is_empty() {
                region = region_in(cells, prefix, &mut attribute);
            }
        }
        let mut with_middle = std::mem::take(&mut self.with_middle);
        if vendor == Some(Vendor::Azure) {
            let (times, rest) = cells::counted(service, unit);
            quantity *= times;
            unit = rest;
        }
        if let Some(parts) = beside(vendor, cells, usage) {
            usage = cells::joined(&mut with_middle, parts);
        }
        let mut charge = charge_of(cells[TYPE]);
        let is_support = service.contains("Support") || cells[PRODUCT].contains("Support");
        if is_support && !matches!(charge, Charge::Tax | Charge::Credit) {
            charge = Charge::Support;
        }
        let group = self.group(layout, cells, tagged);
        let row = Row {
            day,
            vendor,
            service,
            usage,
            region,
            group: &group,
            unit,
            currency,
        };
        self.rows += 1;
        match rules {
            Rules::Focus => {
                let effective = match cells[EFFECTIVE] {
                    "" => cost,
                    cell => self.beside(cell, line),
                };
                self.add(&row, charge, cost, effective, quantity);
            }
            Rules::Aws => {
                let is_fee = cells::is(cells[TYPE], "fee") && charge == Charge::Other;
                if is_fee && !cells[RESERVATION].is_empty() {
                    charge = Charge::Commitment;
                }
                let effective = self.effective(layout, cells, charge, cost, line);
                self.add(&row, charge, cost, effective, quantity);
            }
            Rules::Google => self.google(&row, cells, charge, cost, rate, quantity, line),
            Rules::Azure | Rules::Explorer => self.add(&row, charge, cost, cost, quantity),
        }
        self.grouped = group;
        self.with_middle = with_middle;
    }

    /// What a row of AWS is worth with commitments spread over what they cover, as AWS's own reports have it. Without the
    /// columns for that, nothing is spread.
    fn effective(
        &mut self,
        layout: &Layout,
        cells: &Cells<'_>,
        charge: Charge,
        cost: f64,
        line: u64,
    ) -> f64 {
        let is = |word: &str| cells::is(cells[TYPE], word);
        let has = |role: Role| layout.has(role);
        if is("savingsplancoveredusage") && has(EFFECTIVE) {
            self.beside(cells[EFFECTIVE], line)
        } else if is("discountedusage") && has(RESERVED) {
            self.beside(cells[RESERVED], line)
        } else if is("savingsplanrecurringfee") && has(EFFECTIVE) {
            self.beside(cells[COMMITTED], line) - self.beside(cells[USED], line)
        } else if (is("savingsplannegation") || is("savingsplanupfrontfee")) && has(EFFECTIVE) {
            0.0
        } else if is("rifee") && has(RESERVED) {
            self.beside(cells[UNUSED], line) + self.beside(cells[UNUSED_FEE], line)
        } else if is("fee") && charge == Charge::Commitment && has(RESERVED) {
            0.0
        } else {
            cost
        }
    }

    /// Google Cloud has credits in the rows that they are for, or as rows of their own.
    #[allow(clippy::too_many_arguments, reason = "a row is as wide as it is")]
    fn google(
        &mut self,
        row: &Row<'_>,
        cells: &Cells<'_>,
        mut charge: Charge,
        cost: f64,
        rate: f64,
        quantity: f64,
        line: u64,
    ) {
        if charge == Charge::Usage && row.usage.starts_with("Commitment") {
            charge = Charge::Commitment;
        }
        let is_credit = !cells[CREDIT_TYPE].is_empty() && cells[CREDIT].is_empty();
        if is_credit && charge == Charge::Usage {
            return self.credit(row, cells[CREDIT_TYPE], cost * rate);
        }
        self.add(row, charge, cost * rate, cost * rate, quantity);
        if !cells[CREDIT].is_empty() {
            match self.amount(cells[CREDIT]) {
                Some(x) => self.credit(row, cells[CREDIT_TYPE], x * rate),
                None => self.no_amount(line, cells[CREDIT]),
            }
        }
        if matches!(cells[CREDITS], "" | "[]") {
            return;
        }
        let Ok(credits) = serde_json::from_str::<Value>(cells[CREDITS]) else {
            return self.no_amount(line, cells[CREDITS]);
        };
        let one = std::slice::from_ref(&credits);
        for credit in credits.as_array().map_or(one, Vec::as_slice) {
            let amount = match &credit["amount"] {
                Value::Null => continue,
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            match self.amount(&amount) {
                Some(x) => self.credit(row, credit["type"].as_str().unwrap_or(""), x * rate),
                None => self.no_amount(line, &amount),
            }
        }
    }

    fn credit(&mut self, row: &Row<'_>, kind: &str, x: f64) {
        match commitment(kind) {
            _ if x == 0.0 => {}
            Some(true) => {
                self.add(row, Charge::Commitment, x, 0.0, 0.0);
                self.lower(row, x);
            }
            Some(false) => self.add(row, Charge::Commitment, x, x, 0.0),
            None if plain(kind) == "promotion" || kind.is_empty() => {
                self.add(row, Charge::Credit, x, x, 0.0);
            }
            None => self.add(row, Charge::Discount, x, x, 0.0),
        }
    }

    /// What a row is grouped by; its tags are seen on the way.
    fn group(&mut self, layout: &Layout, cells: &Cells<'_>, tagged: &str) -> String {
        self.has_accounts |= !cells[ACCOUNT].is_empty();
        let wanted = std::mem::take(&mut self.group);
        let mut group = std::mem::take(&mut self.grouped);
        group.clear();
        match wanted {
            Group::Service => {}
            Group::Account => group.push_str(cells[ACCOUNT]),
            Group::Tag(_) => group.push_str(tagged),
        }
        let mut each = |key: &str, value: &str| {
            let key = layout.tag(key);
            self.see(key);
            // Only by what may be chosen.
            if matches!(&wanted, Group::Tag(tag) if tag == key && self.tags.contains(tag)) {
                value.clone_into(&mut group);
            }
        };
        if !cells[TAGS].is_empty() {
            cells::tags(cells[TAGS], &mut each);
        }
        if !cells[LABEL_KEY].is_empty() {
            each(cells[LABEL_KEY], cells[LABEL_VALUE]);
        }
        self.group = wanted;
        group
    }

    /// Takes a row of Cost Explorer: what each service costs on a day or in a month.
    pub(super) fn services(&mut self, layout: &Layout, record: Record<'_>) {
        let day = cells::day(record.cell(0));
        // The first row has the sums of all others.
        if day == Day::None && record.cell(0).to_ascii_lowercase().contains("total") {
            return;
        }
        self.rows += 1;
        for (name, n) in &layout.services {
            let amount = record.cell(*n);
            let Some(cost) = self.amount(amount) else {
                self.no_amount(record.line, amount);
                continue;
            };
            if cost == 0.0 {
                continue;
            }
            let is_usage = layout.first == "usagetype";
            let (prefix, rest) = cells::usage_type(name);
            let small = name.to_ascii_lowercase();
            let charge = [
                ("support", Charge::Support),
                ("savings plan", Charge::Commitment),
                ("reservation", Charge::Commitment),
                ("credit", Charge::Credit),
                ("refund", Charge::Credit),
                ("discount", Charge::Credit),
            ]
            .into_iter()
            .find_map(|(word, charge)| small.contains(word).then_some(charge));
            let charge = match charge {
                _ if small == "tax" => Charge::Tax,
                Some(charge) if !is_usage => charge,
                _ => Charge::Usage,
            };
            let row = Row {
                day,
                vendor: layout.format.vendor,
                service: if is_usage { "" } else { name },
                usage: if is_usage { rest } else { "" },
                region: if is_usage { prefix } else { "" },
                group: "",
                unit: "",
                currency: &layout.currency,
            };
            self.add(&row, charge, cost, cost, 0.0);
        }
    }
}
