//! Exports together: their sums in US dollars, and what is told of each.

use super::{
    Bill, Charge, Export, GROUP, Item, RATE, cells, matching,
    rows::{Damage, MOST_TAGS, Rows},
    sums::{Sum, Sums, parts, put},
};
use crate::{Choice, EVERYWHERE, Kind, Place, Reading, Told, traffic::cut};
use plimsoll_model::{units::Usd, vendor::Vendor};
use plimsoll_wording::format;

/// All exports so far.
#[derive(Default)]
pub(crate) struct Bills {
    sums: Sums,
    rows: u64,
    tags: Vec<String>,
    has_accounts: bool,
    are_any: bool,
    /// Currencies whose rate was asked for or taken.
    asked: Vec<String>,
    /// The files so far: how they are called, how many rows they have, and the bits of their sum.
    files: Vec<(String, u64, u64)>,
}

/// A rate as it is chosen: US dollars for one of a currency, and its day.
fn rate(text: &str) -> Option<(f64, &str)> {
    let (rate, day) = text.split_once('@')?;
    let rate = cells::number(rate.trim(), false).filter(|x| (1e-9..=1e9).contains(x))?;
    let day = day.trim();
    let is_day = day.len() == 10
        && day.bytes().enumerate().all(|(n, b)| match n {
            4 | 7 => b == b'-',
            _ => b.is_ascii_digit(),
        })
        && matches!(cells::day(day), cells::Day::Sure(..))
        && day.get(8..).is_some_and(|day| ("01"..="31").contains(&day));
    is_day.then_some((rate, day))
}

/// The month of a key: `202609`, or `20260903` where either may be it.
fn month(part: &str, day_first: bool) -> String {
    let (front, last) = part.split_at(part.len().min(6));
    match front.get(..4) {
        Some(year) if day_first && last.len() == 2 => [year, last].concat(),
        _ => front.to_owned(),
    }
}

/// Money of a currency, in words.
fn money(x: f64, currency: &str) -> String {
    let text = format::usd(Usd::of(x));
    if currency == "USD" {
        return text;
    }
    text.replace('$', &[currency, " "].concat())
}

/// A month in words: `2026-09`.
fn month_in_words(part: &str) -> String {
    let (year, month) = part.split_at(part.len().min(4));
    [year, "-", month].concat()
}

impl Bills {
    /// Takes an export that has been read to its end, and tells what it is.
    pub(crate) fn take(&mut self, mut export: Export, at: &Place, reading: &mut Reading) {
        self.are_any = true;
        if let Some((line, text)) = export.mistake.take() {
            let text = text + "; nothing from there on is read";
            reading.tell(Kind::Wrong, &(at.0.clone(), line as usize), text);
        }
        let Some(layout) = &export.layout else {
            return;
        };
        let mut rows = std::mem::take(&mut export.rows);
        let sums = std::mem::take(&mut rows.sums).sorted();
        let is_open = |key: &str| parts(key)[0].len() > 6;
        let day_first = match rows.day_first {
            Some(day_first) => day_first,
            None if sums.iter().any(|(key, _)| is_open(key)) => {
                let options = [("month", "the month"), ("day", "the day")];
                let text = |taken: &str| "dates begin with the ".to_owned() + taken;
                reading.choose(at, "dates", "month", &options, text) == "day"
            }
            None => false,
        };
        let mut months: Option<(String, String)> = None;
        let mut totals: Vec<(&str, Sum)> = Vec::new();
        let mut undated = 0;
        for (key, amounts) in &sums {
            let [key_month, .., currency] = parts(key);
            let month = month(key_month, day_first);
            // A row without a month is of none.
            if month.starts_with("00") {
                undated += amounts.rows;
            } else {
                let (first, last) = months.take().unwrap_or((month.clone(), month.clone()));
                months = Some((first.min(month.clone()), last.max(month)));
            }
            let place = totals.iter().position(|(one, _)| *one == currency);
            let place = place.unwrap_or_else(|| {
                totals.push((currency, Sum::default()));
                totals.len() - 1
            });
            totals[place].1.add(amounts.billed.get());
        }
        tell(layout.name, &rows, months.as_ref(), &totals, at, reading);
        tell_damage(&rows, at, reading);
        if undated > 0 {
            let count = format::count(undated as f64, "row", "rows");
            let text = [
                &count,
                " without a date that can be read; allowed: 2026-10-31, 10/31/2026. They count in the sum, and in no month",
            ];
            reading.tell(Kind::LeftOut, at, text.concat());
        }
        let sum = totals.iter().map(|(_, sum)| sum.get()).sum::<f64>();
        let twice = self
            .files
            .iter()
            .find(|(_, count, total)| *count == rows.rows && *total == sum.to_bits());
        if let Some((other, ..)) = twice {
            let text = [
                "it has as many rows and the same sum as ",
                other,
                ": the same file twice? Both count",
            ];
            reading.tell(Kind::Assumed, at, text.concat());
        }
        self.files.push((at.0.clone(), rows.rows, sum.to_bits()));
        for tag in rows.tags {
            if self.tags.len() < MOST_TAGS && !self.tags.contains(&tag) {
                self.tags.push(tag);
            }
        }
        self.has_accounts |= rows.has_accounts;
        let mut rates: Vec<(&str, f64)> = Vec::new();
        for (currency, _) in &totals {
            match self.rate(currency, at, reading) {
                Some(rate) => rates.push((currency, rate)),
                None => return,
            }
        }
        self.rows += rows.rows;
        let mut whole = String::new();
        for (key, amounts) in &sums {
            let [key_month, rest @ .., currency] = parts(key);
            whole.clear();
            put(&mut whole, &month(key_month, day_first));
            for part in rest {
                put(&mut whole, part);
            }
            let rate = rates.iter().find(|(one, _)| *one == currency);
            let rate = rate.map_or(1.0, |(_, rate)| *rate);
            self.sums.of(&whole).join(amounts, rate);
        }
    }

    /// What one of a currency is worth; nothing where nobody says it, which is told.
    fn rate(&mut self, currency: &str, at: &Place, reading: &mut Reading) -> Option<f64> {
        if currency == "USD" {
            return Some(1.0);
        }
        let id = RATE.to_owned() + currency;
        let taken = reading.choices.get(&id).cloned().unwrap_or_default();
        let found = rate(&taken);
        let (kind, text) = match found {
            Some((rate, day)) => {
                let rate = format::editable(rate);
                let text = [
                    "1 ",
                    currency,
                    " is ",
                    &rate,
                    " US dollars, of ",
                    day,
                    ", as you say",
                ];
                (Kind::Assumed, text.concat())
            }
            None if taken.is_empty() => {
                let text = [
                    "amounts in ",
                    currency,
                    ": say how many US dollars one ",
                    currency,
                    " is, and of which day",
                ];
                (Kind::Wrong, text.concat())
            }
            None => {
                let text = [
                    "\u{201c}",
                    &cut(&taken),
                    "\u{201d} is no rate; allowed: how many US dollars one ",
                    currency,
                    " is, and its day, such as 1.08@2026-11-01",
                ];
                (Kind::Wrong, text.concat())
            }
        };
        let is_new = !self.asked.iter().any(|asked| asked == currency);
        if is_new {
            self.asked.push(currency.to_owned());
        }
        let rate = found.map(|(rate, _)| rate);
        // What is the same for several files is asked once.
        if is_new || rate.is_none() {
            reading.told.push(Told {
                kind,
                at: at.clone(),
                text: crate::cut(text),
                choice: is_new.then(|| Choice {
                    id,
                    options: Vec::new(),
                    taken,
                }),
            });
        }
        rate
    }

    /// What all exports come to.
    pub(crate) fn finish(mut self, reading: &mut Reading) {
        if !self.are_any {
            return;
        }
        self.tags.sort_unstable();
        let tags = self.tags.iter().map(|tag| {
            let words = ["the tag or label ", tag].concat();
            (["tag:", tag].concat(), words)
        });
        let mut options = vec![("service".to_owned(), "the service".to_owned())];
        if self.has_accounts {
            let words = "the account, subscription or project";
            options.push(("account".to_owned(), words.to_owned()));
        }
        options.extend(tags);
        let options: Vec<(&str, &str)> = options
            .iter()
            .map(|(id, words)| (&**id, &**words))
            .collect();
        let mut is_by_service = true;
        if options.len() > 1 {
            let words = |taken: &str| {
                let found = options.iter().find(|(id, _)| *id == taken);
                [
                    "the bill is grouped by ",
                    found.map_or(taken, |(_, words)| words),
                ]
                .concat()
            };
            let (file, what) = (
                EVERYWHERE.to_owned(),
                GROUP.rsplit(':').next().unwrap_or(""),
            );
            let taken = reading.choose(&(file, 1), what, "service", &options, words);
            is_by_service = taken == "service";
        }
        let mut sums = self.sums.sorted();
        if is_by_service {
            // What was chosen may be there no more: rows that it told apart are one.
            let mut joined = Sums::default();
            for (key, amounts) in sums {
                let mut parts = parts(&key);
                parts[6] = "";
                joined.of(&parts.join("\u{1f}")).join(&amounts, 1.0);
            }
            sums = joined.sorted();
        }
        let items = sums.into_iter().map(|(key, amounts)| {
            let [
                month,
                vendor,
                service,
                usage,
                region,
                charge,
                group,
                unit,
                _,
            ] = parts(&key);
            let number = |text: Option<&str>| text.and_then(|text| text.parse().ok());
            let index = |part: &str| {
                part.bytes()
                    .next()
                    .map(|b| usize::from(b.wrapping_sub(b'a')))
            };
            let vendor = index(vendor).and_then(|n| Vendor::ALL.get(n).copied());
            let charge = index(charge).and_then(|n| Charge::ALL.get(n).copied());
            let charge = charge.unwrap_or(Charge::Other);
            let quantity = amounts.quantity.get();
            let counted = match charge {
                Charge::Usage => Some(quantity),
                // What is taken off a meter is its own, and no use of it.
                Charge::Discount => Some(0.0),
                _ => None,
            };
            let matched = counted.zip(vendor).and_then(|(quantity, vendor)| {
                let found = matching(vendor, service, usage, unit)?;
                Some((found.key, quantity * found.times))
            });
            Item {
                month: (
                    number(month.get(..4)).unwrap_or(0),
                    number(month.get(4..)).map_or(1, |month: i32| month as u8),
                ),
                vendor,
                service: shown(service),
                usage: shown(usage),
                region: shown(region),
                charge,
                group: shown(if is_by_service { service } else { group }),
                unit: shown(unit),
                quantity,
                billed_usd: amounts.billed.get(),
                effective_usd: amounts.effective.get(),
                matched,
                rows: amounts.rows,
            }
        });
        reading.bill = Bill {
            items: items.collect(),
            rows: self.rows,
        };
    }
}

/// One sentence on what an export is.
fn tell(
    name: &str,
    rows: &Rows,
    months: Option<&(String, String)>,
    totals: &[(&str, Sum)],
    at: &Place,
    reading: &mut Reading,
) {
    let damage = [&rows.no_amount, &rows.not_whole];
    if rows.rows == 0 && damage.iter().all(|damage| damage.count == 0) {
        // What is cut off behind its header looks so too.
        let text = [name, " without a row; allowed: a header and rows below it"].concat();
        return reading.tell(Kind::Wrong, at, text);
    }
    let mut text = [name, ": ", &format::count(rows.rows as f64, "row", "rows")].concat();
    if let Some((first, last)) = months {
        text = [&text, " of ", &month_in_words(first)].concat();
        if first != last {
            text = [&text, " to ", &month_in_words(last)].concat();
        }
    }
    for (n, (currency, sum)) in totals.iter().enumerate() {
        let between = if n == 0 { ", " } else { " and " };
        text = [&text, between, &money(sum.get(), currency)].concat();
    }
    text += if totals.is_empty() {
        ", nothing billed"
    } else {
        " billed"
    };
    if rows.no_amount.count > 0 {
        let count = format::count(rows.no_amount.count as f64, "row", "rows");
        text = [&text, "; ", &count, " without an amount"].concat();
    }
    reading.tell(Kind::Understood, at, text);
    if let Some(currency) = &rows.turned {
        let text = [
            "amounts in ",
            currency,
            " as the file itself has them in US dollars",
        ];
        reading.tell(Kind::Understood, at, text.concat());
    }
}

/// The first cells and rows that can't be read, and how many more there are.
fn tell_damage(rows: &Rows, at: &Place, reading: &mut Reading) {
    let kinds: [(&Damage, &str); 3] = [
        (&rows.no_amount, " without an amount"),
        (&rows.no_number, " with a cell that is no number"),
        (&rows.not_whole, " cut off or broken"),
    ];
    for (damage, words) in kinds {
        for (line, text) in &damage.first {
            reading.tell(Kind::Wrong, &(at.0.clone(), *line as usize), &**text);
        }
        let more = damage.count - damage.first.len() as u64;
        if more > 0 {
            let count = format::count(more as f64, "more row", "more rows");
            reading.tell(Kind::Wrong, at, count + words);
        }
    }
}

/// A name as it may be shown: whoever wrote it may have put what moves a terminal's cursor into it.
fn shown(name: &str) -> String {
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    name.chars().map(plain).collect()
}
