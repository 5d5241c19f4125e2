//! A decision as a record, and a record held against today.

use plimsoll_formats::decision;
use plimsoll_model::{
    assess,
    explore::{flips, watch::watch},
    inputs::Inputs,
    platform::Platform,
    prices::{PriceBook, Read},
};
use plimsoll_readers::bills::Bill;
use plimsoll_wording::{calendar::civil_from_days, export::markdown::Cover, watch as words};

/// A month: its year, and 1 to 12.
pub type Month = (i32, u8);

/// A day as it is written, `2026-05-02`.
///
/// # Errors
///
/// If it isn't written so.
pub fn day(text: &str) -> Result<String, String> {
    let day = Read::parse(text).filter(|_| text.len() == 10);
    day.map(|day| day.as_str().to_owned())
        .ok_or_else(|| "a day such as 2026-05-02".into())
}

/// The day that lies so many seconds after 1970 began, in UTC.
pub fn day_of(seconds: u64) -> String {
    let (year, month, day) = civil_from_days((seconds / 86_400).cast_signed());
    format!("{year:04}-{month:02}-{day:02}")
}

/// The month of a day.
pub fn month_of(day: &str) -> Month {
    let mut parts = day.split('-');
    let year = parts.next().and_then(|year| year.parse().ok());
    let month = parts.next().and_then(|month| month.parse().ok());
    (year.unwrap_or_default(), month.unwrap_or_default())
}

/// The decision that follows from the inputs, as a record that can be held against a later day.
pub fn record(inputs: &Inputs, title: &str, date: &str) -> String {
    let book = PriceBook::bundled().with_own(&inputs.prices);
    let assessment = assess(inputs, &book);
    let flips = flips::all(inputs, &book);
    let cover = Cover {
        title,
        date,
        link: "",
    };
    decision::record(&cover, inputs, &assessment, &book, &flips, &[])
}

/// A record held against today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Findings {
    /// What is to be said, a sentence each.
    pub told: Vec<String>,
    /// Whether somebody has to look at the decision again.
    pub is_due: bool,
    /// What of the record was not understood.
    pub unread: Vec<String>,
}

/// Holds a record against a scenario of now, its own where there is none, and a bill, read in a month.
///
/// # Errors
///
/// If there is no decision in the record, and that nothing of the bill is of its platform.
pub fn findings(
    record: &str,
    now: Option<Inputs>,
    bill: Option<&Bill>,
    today: Month,
) -> Result<Findings, Vec<String>> {
    let (decided, unread) = decision::read(record).map_err(|why| vec![why])?;
    let mut inputs = now.unwrap_or_else(|| decided.inputs.clone());
    let mut of_month = String::new();
    let mut usd = None;
    if let Some(bill) = bill {
        let Some(platform) = decided.answer.platform else {
            return Err(vec![
                "the record recommends no platform that a bill could be held against".into(),
            ]);
        };
        let Some(((year, month), billed)) = billed(bill, platform, today) else {
            let vendor = platform.vendor().name();
            return Err(vec![format!(
                "nothing in the bill is of a meter that {} has at {vendor}",
                platform.name()
            )]);
        };
        of_month = format!("The bill is that of {year:04}-{month:02}.");
        usd = Some(billed);
        inputs = now_of(&inputs, bill);
    }
    let book = PriceBook::bundled().with_own(&inputs.prices);
    let watched = watch(&decided, &inputs, &book, usd);
    let mut told = words::told(&decided, &watched);
    if !of_month.is_empty() {
        told.push(of_month);
    }
    Ok(Findings {
        told,
        is_due: watched.is_due(),
        unread: unread.iter().map(ToString::to_string).collect(),
    })
}

/// What a platform's vendor billed for meters of ours in the newest whole month, US dollars with commitments spread: the month
/// that it is read in is not over, and counts only where there is no other.
pub fn billed(bill: &Bill, platform: Platform, today: Month) -> Option<(Month, f64)> {
    let items = || {
        let of_vendor = bill.items.iter().filter(|item| item.matched.is_some());
        of_vendor.filter(|item| item.vendor == Some(platform.vendor()) && item.month.0 > 0)
    };
    let whole = items()
        .map(|item| item.month)
        .filter(|month| *month < today);
    let month = whole
        .max()
        .or_else(|| items().map(|item| item.month).max())?;
    let of_month = items().filter(|item| item.month == month);
    Some((month, of_month.map(|item| item.effective_usd).sum()))
}

/// The inputs with what a bill says of them: nothing yet, they stay as they are.
pub fn now_of(inputs: &Inputs, _bill: &Bill) -> Inputs {
    inputs.clone()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that fails panics")]
mod tests {
    use super::*;
    use plimsoll_model::{explore::billed::Key, vendor::Vendor};
    use plimsoll_readers::bills::{Charge, Item};

    fn item(month: Month, vendor: Vendor, matched: bool, usd: f64) -> Item {
        let key = Key {
            id: "fly/egress",
            name: "Egress",
        };
        Item {
            month,
            vendor: Some(vendor),
            service: String::new(),
            usage: String::new(),
            region: String::new(),
            charge: Charge::Usage,
            group: String::new(),
            unit: String::new(),
            quantity: 1.0,
            billed_usd: 0.0,
            effective_usd: usd,
            matched: matched.then_some((key, 1.0)),
            rows: 1,
        }
    }

    #[test]
    fn a_day_is_written_one_way() {
        assert_eq!(day("2026-05-02"), Ok("2026-05-02".to_owned()));
        for wrong in ["2026", "2026-05", "2.5.2026", "undated", "", "2026-5-2"] {
            assert!(day(wrong).is_err(), "{wrong}");
        }
        assert_eq!(day_of(1_777_723_200), "2026-05-02");
        assert_eq!(month_of("2026-05-02"), (2026, 5));
    }

    #[test]
    fn the_newest_whole_month_of_the_vendor_counts() {
        let items = vec![
            item((2026, 3), Vendor::Fly, true, 5.0),
            item((2026, 4), Vendor::Fly, true, 7.0),
            item((2026, 4), Vendor::Fly, true, 8.0),
            item((2026, 4), Vendor::Fly, false, 100.0),
            item((2026, 4), Vendor::Aws, true, 1_000.0),
            item((2026, 5), Vendor::Fly, true, 1.0),
        ];
        let bill = Bill { items, rows: 6 };
        let of = |platform, today| billed(&bill, platform, today);
        assert_eq!(of(Platform::Fly, (2026, 5)), Some(((2026, 4), 15.0)));
        assert_eq!(of(Platform::Fly, (2026, 6)), Some(((2026, 5), 1.0)));
        assert_eq!(of(Platform::Fly, (2026, 3)), Some(((2026, 5), 1.0)));
        assert_eq!(of(Platform::Render, (2026, 6)), None);
        let text = record(&Inputs::default(), "", "2026-05-02");
        let told = findings(&text, None, Some(&bill), (2026, 5)).unwrap();
        let last = told.told.last().unwrap();
        assert_eq!(last, "The bill is that of 2026-04.");
        assert_eq!(told.unread, Vec::<String>::new());
    }

    #[test]
    fn nothing_is_due_until_something_changes() {
        let text = record(&Inputs::default(), "", "2026-05-02");
        let told = findings(&text, None, None, (2026, 5)).unwrap();
        assert!(!told.is_due, "{told:?}");
        assert!(told.told[0].starts_with("The decision of 2026-05-02 still stands: "));
        let mut now = Inputs::default();
        now.needs.windows = true;
        let told = findings(&text, Some(now), None, (2026, 5)).unwrap();
        assert!(
            told.is_due && told.told[0].contains("no longer stands"),
            "{told:?}"
        );
        assert!(findings("# x", None, None, (2026, 5)).is_err());
    }
}
