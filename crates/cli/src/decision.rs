//! A decision as a record, and a record held against today.

use plimsoll_formats::decision;
use plimsoll_model::{
    assess,
    explore::{billed::EXPORTING, flips, watch::watch},
    inputs::Inputs,
    prices::{PriceBook, Read},
};
use plimsoll_readers::bills::Bill;
use plimsoll_wording::{calendar::civil_from_days, export::markdown::Cover, watch as words};

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
/// If there is no decision in the record, and that no bill can be held against it.
pub fn findings(
    record: &str,
    now: Option<Inputs>,
    bill: Option<&Bill>,
    today: (i32, u8),
) -> Result<Findings, Vec<String>> {
    let (decided, unread) = decision::read(record).map_err(|why| vec![why])?;
    let mut inputs = now.unwrap_or_else(|| decided.inputs.clone());
    let mut of_month = String::new();
    let mut usd = None;
    let book = PriceBook::bundled().with_own(&inputs.prices);
    if let Some(bill) = bill {
        let Some(platform) = decided.answer.platform else {
            return Err(vec![
                "the record recommends no platform that a bill could be held against".into(),
            ]);
        };
        let vendor = platform.vendor();
        if !EXPORTING.contains(&vendor) {
            return Err(vec![format!(
                "{} exports no bill that can be read; allowed: bills of AWS, Google Cloud and Azure",
                vendor.name()
            )]);
        }
        let billed = bill.summary(&book, 0).billed;
        let found = decided.of_bill(&inputs, &book, &billed, today);
        of_month = words::of_bill(found.as_ref(), platform);
        if let Some(found) = found {
            usd = Some(found.usd);
            inputs = found.inputs;
        }
    }
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that fails panics")]
mod tests {
    use super::*;
    use plimsoll_formats::scenario;
    use plimsoll_readers::{File, read};

    /// A bill of Fargate with so many vCPU-hours in each month.
    fn bill(months: &[(&str, f64)]) -> Bill {
        let mut text = "line_item_line_item_type,line_item_usage_start_date,line_item_product_code,line_item_usage_type,\
                        line_item_usage_amount,line_item_currency_code,line_item_unblended_cost,pricing_unit\n"
            .to_owned();
        for (month, hours) in months {
            let usd = hours * 0.04048;
            text += &format!(
                "Usage,{month}-02T00:00:00Z,AmazonECS,Fargate-vCPU-Hours:perCPU,{hours},USD,{usd},hours\n\
                 Usage,{month}-02T00:00:00Z,AmazonS3,TimedStorage-ByteHrs,1,USD,100,GB-Mo\n"
            );
        }
        let name = "bill.csv";
        read(&[File { name, text: &text }]).bill
    }

    #[test]
    fn a_day_is_written_one_way() {
        assert_eq!(day("2026-05-02"), Ok("2026-05-02".to_owned()));
        for wrong in ["2026", "2026-05", "2.5.2026", "undated", "", "2026-5-2"] {
            assert!(day(wrong).is_err(), "{wrong}");
        }
        assert_eq!(day_of(1_777_723_200), "2026-05-02");
    }

    #[test]
    fn the_newest_whole_month_of_the_platform_counts() {
        let (inputs, wrong) = scenario::read(r#"{"clouds":["aws"],"already_on":"fargate"}"#);
        assert_eq!(wrong, vec![]);
        let text = record(&inputs, "", "2026-05-02");
        let months = [
            ("2026-03", 1_500.0),
            ("2026-04", 1_500.0),
            ("2026-05", 90.0),
        ];
        let told = findings(&text, None, Some(&bill(&months)), (2026, 5)).unwrap();
        let last = told.told.last().unwrap();
        assert_eq!(last, "The bill is that of April 2026.", "{told:?}");
        assert!(!told.is_due, "{told:?}");
        assert_eq!(told.unread, Vec::<String>::new());
        // Eighty times as much is said, with what ours is at these quantities.
        let months = [("2026-03", 1_500.0), ("2026-04", 120_000.0)];
        let told = findings(&text, None, Some(&bill(&months)), (2026, 5)).unwrap();
        let billed = "AWS Fargate was billed $4,858 for infrastructure";
        assert!(
            told.told.iter().any(|told| told.starts_with(billed)),
            "{told:?}"
        );
        // A bill that nothing of the platform is on says nothing of it.
        let (inputs, _) = scenario::read(r#"{"clouds":["aws"],"already_on":"app-runner"}"#);
        let elsewhere = record(&inputs, "", "2026-05-02");
        let told = findings(&elsewhere, None, Some(&bill(&months)), (2026, 5)).unwrap();
        let last = told.told.last().unwrap();
        assert!(last.starts_with("Nothing on the bill runs on "), "{told:?}");
        // Nor is there a bill of who exports none.
        let (inputs, _) = scenario::read(r#"{"clouds":["fly"]}"#);
        let fly = record(&inputs, "", "2026-05-02");
        let told = findings(&fly, None, Some(&bill(&months)), (2026, 5)).unwrap_err();
        assert!(told[0].starts_with("Fly.io exports no bill"), "{told:?}");
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
