//! Damaged price books.

use super::{Count, expect};
use crate::{common::Scan, seeded_damage::Dice};
use plimsoll_model::{
    prices::{PriceBook, Row},
    region::Region,
};

/// The lines of a CSV: cells between commas, quoted where they hold a comma, a quote or a line break.
pub(super) fn cells(text: &str) -> Vec<Vec<String>> {
    let mut lines = vec![vec![String::new()]];
    let mut quoted = false;
    let chars: Vec<char> = text.trim_start_matches('\u{feff}').chars().collect();
    let mut at = 0;
    while at < chars.len() {
        let cell = lines.last_mut().unwrap().last_mut().unwrap();
        match chars[at] {
            '"' if quoted && chars.get(at + 1) == Some(&'"') => {
                cell.push('"');
                at += 1;
            }
            '"' if quoted => quoted = false,
            '"' if cell.trim().is_empty() => quoted = true,
            ',' if !quoted => lines.last_mut().unwrap().push(String::new()),
            '\n' if !quoted => lines.push(vec![String::new()]),
            c => cell.push(c),
        }
        at += 1;
    }
    for cell in lines.iter_mut().flatten() {
        *cell = cell.trim().to_owned();
    }
    lines.retain(|cells| cells.iter().any(|cell| !cell.is_empty()));
    lines
}

/// The rows are those that a text says.
pub(super) fn says_rows(text: &str, rows: &[Row]) -> Result<(), String> {
    let mut lines = cells(text).into_iter();
    let header = lines.next().ok_or("no header")?;
    let lines: Vec<_> = lines.collect();
    expect(lines.len() == rows.len(), || {
        format!("{} rows of {}", rows.len(), lines.len())
    })?;
    for (cells, row) in lines.iter().zip(rows) {
        let said = |column: &str| -> String {
            let place = header.iter().position(|name| name == column);
            place
                .and_then(|place| cells.get(place))
                .cloned()
                .unwrap_or_default()
        };
        let value: Option<f64> = said("value").parse().ok();
        let start = |text: &str| {
            text.chars()
                .take(600)
                .collect::<String>()
                .trim_end()
                .to_owned()
        };
        let free = |column: &str, read: &str| {
            let said = said(column);
            start(&said) == read
                || start(said.trim_start_matches('\'')).trim_start_matches('\'')
                    == read.trim_start_matches('\'')
        };
        let fits = said("meter") == row.meter.info().id
            && said("region_group") == row.region.map_or("all", Region::id)
            && value == row.value
            && said("value").is_empty() == row.value.is_none()
            && said("unit") == (row.meter.info().unit)()
            && said("read") == row.read.as_ref().map_or("", |read| read.as_str())
            && said("confidence") == row.confidence.name()
            && free("region", &row.city)
            && free("page", &row.page)
            && free("note", &row.note);
        expect(fits, || format!("{cells:?} is {row:?}"))?;
        expect(
            row.value
                .is_none_or(|value| (row.meter.info().accepts)(value)),
            || format!("{row:?} is out of range"),
        )?;
    }
    Ok(())
}

/// A few rows of the bundled book, some of them with prices of one's own.
pub(super) fn few_rows(book: &PriceBook, dice: &mut Dice) -> String {
    let own = dice.inputs(1_000).prices;
    let book = book.with_own(&own);
    let all = book.in_force();
    let from = dice.below(all.len() - 8);
    let mut rows = all[from..from + 1 + dice.below(8)].to_vec();
    rows.extend(all.iter().rev().take(own.len()));
    book.write(&rows)
}

#[test]
fn damaged_price_books() {
    let bundled = PriceBook::bundled();
    let nothing = PriceBook::of(Vec::new());
    let mut dice = Dice(103);
    let mut count = Count::default();
    let scan = Scan::of(1_000, 15_000);
    for n in 0..scan.cases {
        let whole = few_rows(&bundled, &mut dice);
        let text = dice.damaged(&whole);
        let book = nothing.overlaid(&text);
        if let Ok(book) = &book {
            // In the normal form that a spreadsheet gets, it is the same.
            let again = nothing.overlaid(&book.write(&book.in_force())).unwrap();
            for row in book.in_force() {
                let Row {
                    meter,
                    region,
                    value,
                    ..
                } = book.row(row);
                for place in Region::ALL
                    .into_iter()
                    .filter(|place| region.is_none_or(|region| region == *place))
                {
                    assert_eq!(
                        again.value(*meter, place),
                        book.value(*meter, place),
                        "{value:?}\n{text}"
                    );
                }
            }
        }
        if n % 8 == 0 {
            let own = bundled.own_prices(&text);
            assert_eq!(own.is_ok(), book.is_ok(), "{text}");
            if let (Ok(own), Ok(book)) = (own, &book) {
                let with_own = bundled.with_own(&own);
                for row in book.rows() {
                    for region in Region::ALL {
                        let said = book
                            .value(row.meter, region)
                            .or(bundled.value(row.meter, region));
                        assert_eq!(with_own.value(row.meter, region), said, "{text}");
                    }
                }
            }
        }
        let rows = book.as_ref().map_or(&[][..], PriceBook::rows);
        count.add(book.is_err(), &text, || says_rows(&text, rows));
    }
    assert!(
        count.told > scan.least(6_000) && count.right > scan.least(3_000),
        "{count:?}"
    );
}
