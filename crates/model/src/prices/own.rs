//! The user's own prices: laid over a price book, and found in a copy of it that was edited.

use super::{
    book::{PriceBook, RowId},
    csv,
    csv::harmless,
    meter::MeterId,
    parse,
    row::{Confidence, Read, Row, region_group},
};
use crate::{diagnostic::Diagnostic, region::Region};

/// A price that stands instead of the book's.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnPrice {
    /// Of which meter.
    pub meter: MeterId,
    /// In which region group; everywhere where it is left open.
    pub region: Option<Region>,
    /// The number, in the meter's unit.
    pub value: f64,
}

impl OwnPrice {
    /// Puts a price last into a list, in place of another for the same meter and region; gives that other.
    pub fn put(self, list: &mut Vec<Self>) -> Option<Self> {
        let same = |own: &Self| own.meter == self.meter && own.region == self.region;
        let before = list.iter().position(same).map(|place| list.remove(place));
        list.push(self);
        before
    }
}

impl PriceBook {
    /// This book with own prices laid over it; of two for one meter and region the later one holds. One that its meter
    /// does not accept is left out.
    #[must_use]
    pub fn with_own(&self, own: &[OwnPrice]) -> Self {
        let mut rows = self.rows.clone();
        for price in own {
            if !(price.meter.info().accepts)(price.value) {
                continue;
            }
            let slots = self.slots(price.meter);
            match price.region {
                Some(region) => rows.push(self.replaced(price, slots[region as usize])),
                None if one_for_all(slots) => rows.push(self.replaced(price, slots[0])),
                // Each region keeps the city and the note of its own row.
                None => {
                    for region in Region::ALL {
                        let price = OwnPrice {
                            region: Some(region),
                            ..price.clone()
                        };
                        rows.push(self.replaced(&price, slots[region as usize]));
                    }
                }
            }
        }
        Self::of(rows)
    }

    /// The row of an own price, which tells of the row that it stands for.
    fn replaced(&self, price: &OwnPrice, before: Option<RowId>) -> Row {
        let before = before.map(|id| self.row(id));
        let mut note = String::from("instead of ");
        match before.and_then(|row| row.value) {
            Some(value) => note += &value.to_string(),
            None => note += "no price",
        }
        let read = before.and_then(|row| row.read.as_ref());
        let read = read.map_or(String::new(), |read| ["read ", read.as_str()].concat());
        let told = before.map_or(["", "", ""], |row| [&row.page, &read, &row.note]);
        for part in told {
            if !part.is_empty() {
                note += ", ";
                note += part;
            }
        }
        Row {
            meter: price.meter,
            region: price.region,
            city: before.map_or(String::new(), |row| row.city.clone()),
            value: Some(price.value),
            page: String::new(),
            read: None,
            confidence: Confidence::Own,
            note: parse::cut(&note),
        }
    }

    /// The newest day on which a row was read; empty where there is none.
    pub fn day(&self) -> &str {
        let days = self.rows.iter().filter_map(|row| row.read.as_ref());
        days.map(Read::as_str)
            .filter(|day| day.starts_with(|c: char| c.is_ascii_digit()))
            .max()
            .unwrap_or_default()
    }

    /// The rows that hold somewhere, in the order of the file, rows laid over it last.
    pub fn in_force(&self) -> Vec<RowId> {
        let all = (0..=u16::MAX).map(RowId).zip(&self.rows);
        all.filter(|(id, row)| self.slots(row.meter).contains(&Some(*id)))
            .map(|(id, _)| id)
            .collect()
    }

    /// Rows as the text of a file that [`overlaid`](Self::overlaid) reads and any spreadsheet opens. A text that a
    /// spreadsheet would take for a formula has an apostrophe before it.
    pub fn write(&self, rows: &[RowId]) -> String {
        let mut out = parse::COLUMNS.join(",");
        for id in rows {
            let row = self.row(*id);
            out.push('\n');
            let value = row.value.map_or(String::new(), |value| value.to_string());
            let cells = [
                row.meter.info().id,
                region_group(row.region),
                &harmless(&row.city),
                &value,
                &(row.meter.info().unit)(),
                &harmless(&row.page),
                row.read.as_ref().map_or("", |read| read.as_str()),
                row.confidence.name(),
                &harmless(&row.note),
            ];
            for (n, cell) in cells.into_iter().enumerate() {
                if n > 0 {
                    out.push(',');
                }
                out += &csv::cell(cell);
            }
        }
        out.push('\n');
        out
    }

    /// The own prices of a user's CSV: every value in it that differs from the book's. A row without a value says nothing.
    ///
    /// # Errors
    /// Everything that is wrong with the file.
    pub fn own_prices(&self, csv: &str) -> Result<Vec<OwnPrice>, Vec<Diagnostic>> {
        let theirs = Self::of(parse::rows(csv)?);
        let mut own = Vec::new();
        for meter in MeterId::all() {
            let differs = |region: Region| {
                let value = theirs.value(meter, region)?;
                (self.value(meter, region) != Some(value)).then_some(value)
            };
            let mut add = |region, value| {
                own.push(OwnPrice {
                    meter,
                    region,
                    value,
                });
            };
            let differing = Region::ALL
                .into_iter()
                .filter_map(|region| Some((region, differs(region)?)));
            if one_for_all(theirs.slots(meter)) {
                // One that differs anywhere holds everywhere.
                if let Some((_, value)) = differing.take(1).next() {
                    add(None, value);
                }
            } else {
                for (region, value) in differing {
                    add(Some(region), value);
                }
            }
        }
        Ok(own)
    }

    fn slots(&self, meter: MeterId) -> [Option<RowId>; Region::ALL.len()] {
        self.index[usize::from(meter.0)]
    }

    /// The bare number of a meter in a region.
    pub fn value(&self, meter: MeterId, region: Region) -> Option<f64> {
        let id = self.slots(meter)[region as usize]?;
        self.row(id).value
    }
}

/// Whether one row holds in all regions.
fn one_for_all(slots: [Option<RowId>; Region::ALL.len()]) -> bool {
    slots.iter().all(|slot| *slot == slots[0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Place;
    use crate::prices::{Quoted, meters};

    fn meter(id: &str) -> MeterId {
        MeterId::find(id).expect("a meter")
    }

    fn own(id: &str, region: Option<Region>, value: f64) -> OwnPrice {
        let meter = meter(id);
        OwnPrice {
            meter,
            region,
            value,
        }
    }

    fn cluster(book: &PriceBook, region: Region) -> (f64, &Row) {
        let Quoted { value, row, .. } = book
            .in_region(region)
            .get(meters::EKS_CLUSTER)
            .expect("a price");
        (value.get(), book.row(row))
    }

    #[test]
    fn an_own_price_holds_in_its_region_and_tells_what_it_replaces() {
        let bundled = PriceBook::bundled();
        let book = bundled.with_own(&[own("aws/eks/cluster", Some(Region::Europe), 0.08)]);
        let (before, old) = cluster(&bundled, Region::Europe);
        let (value, row) = cluster(&book, Region::Europe);
        assert_eq!((before, value), (0.1, 0.08));
        assert_eq!(cluster(&book, Region::Us), cluster(&bundled, Region::Us));
        assert_eq!(row.city, old.city);
        assert_eq!((row.confidence, &row.read), (Confidence::Own, &None));
        let start = format!("instead of 0.1, {}, read 2026", old.page);
        assert!(row.note.starts_with(&start), "{}", row.note);
        assert_eq!(book.day(), bundled.day());
    }

    #[test]
    fn an_own_price_for_all_regions_keeps_their_cities() {
        let bundled = PriceBook::bundled();
        let cpu = "google-cloud/cloud-run/request-based/vcpu-active";
        let book = bundled.with_own(&[own(cpu, None, 0.5), own(cpu, Some(Region::Asia), 0.25)]);
        let found = Region::ALL.map(|region| {
            let quoted = book
                .in_region(region)
                .get(meters::CLOUD_RUN_CPU)
                .expect("a price");
            (quoted.value.get(), book.row(quoted.row).city.as_str())
        });
        assert_eq!(
            found,
            [
                (0.5, "us-central1"),
                (0.5, "europe-west1"),
                (0.25, "asia-northeast1")
            ]
        );
    }

    #[test]
    fn a_price_that_its_meter_does_not_accept_is_left_out() {
        let bundled = PriceBook::bundled();
        let cases = [
            ("aws/eks/cluster", -0.1),
            ("aws/eks/cluster", f64::NAN),
            ("aws/eks/cluster", 1e13),
            ("aws/spot/ec2", 1.5),
            ("fly/region-multiplier", 0.0),
        ];
        for (id, value) in cases {
            assert_eq!(bundled.with_own(&[own(id, None, value)]), bundled, "{id}");
        }
    }

    #[test]
    fn of_two_own_prices_for_one_place_the_later_one_stays() {
        let mut list = Vec::new();
        let egress = own("fly/egress", None, 0.01);
        assert_eq!(own("aws/eks/cluster", None, 0.3).put(&mut list), None);
        assert_eq!(egress.clone().put(&mut list), None);
        assert_eq!(
            own("aws/eks/cluster", Some(Region::Us), 0.2).put(&mut list),
            None
        );
        let before = own("aws/eks/cluster", None, 0.1).put(&mut list);
        assert_eq!(before, Some(own("aws/eks/cluster", None, 0.3)));
        assert_eq!(
            list,
            [
                egress,
                own("aws/eks/cluster", Some(Region::Us), 0.2),
                own("aws/eks/cluster", None, 0.1)
            ]
        );
    }

    #[test]
    fn the_day_of_a_book_is_that_of_its_newest_row() {
        let bundled = PriceBook::bundled();
        let newest = bundled.rows().iter().filter_map(|row| row.read.as_ref());
        let newest = newest
            .filter(|read| read.as_str().starts_with("20"))
            .map(Read::as_str);
        assert_eq!(Some(bundled.day()), newest.max());
        assert_eq!(bundled.day().len(), "2026-10-04".len());
        assert_eq!(PriceBook::of(Vec::new()).day(), "");
    }

    #[test]
    fn a_written_book_is_read_back() {
        let bundled = PriceBook::bundled();
        let book = bundled.with_own(&[
            own("aws/eks/cluster", None, 0.08),
            own("fly/region-multiplier", Some(Region::Us), 1e-7),
            own("fly/region-multiplier", Some(Region::Us), 2.5),
        ]);
        for book in [&bundled, &book] {
            let in_force = book.in_force();
            let read = PriceBook::of(parse::rows(&book.write(&in_force)).expect("rows"));
            let rows: Vec<&Row> = in_force.iter().map(|id| book.row(*id)).collect();
            assert_eq!(read.rows().iter().collect::<Vec<_>>(), rows);
            for meter in MeterId::all() {
                for region in Region::ALL {
                    assert_eq!(read.value(meter, region), book.value(meter, region));
                }
            }
        }
        assert_eq!(bundled.in_force().len(), bundled.rows().len());
        assert_eq!(book.in_force().len(), bundled.rows().len());
    }

    #[test]
    fn no_cell_is_a_formula_and_every_text_is_read_back() {
        let texts = [
            "",
            "plain",
            "=1+1",
            "+0.01/h per rule",
            "-",
            "@SUM(A1)",
            "'=1",
            "''+1",
            "'quoted'",
            "\"=1\"",
            "=\"a,b\"\n",
        ];
        for text in texts {
            let meter = meter("aws/eks/cluster");
            let row = Row {
                meter,
                region: None,
                city: text.trim().to_owned(),
                value: Some(0.000_000_1),
                page: text.trim().to_owned(),
                read: None,
                confidence: Confidence::Own,
                note: text.trim().to_owned(),
            };
            let book = PriceBook::of(vec![row]);
            let csv = book.write(&book.in_force());
            for line in csv::lines(&csv) {
                for cell in line.cells {
                    assert!(!cell.starts_with(csv::FORMULA), "{csv}");
                }
            }
            assert_eq!(parse::rows(&csv).expect("rows"), book.rows(), "{csv}");
        }
    }

    #[test]
    fn a_long_note_is_read_back_as_it_was_cut() {
        let csv = format!(
            "{}\nfly/egress,us,,1,USD per GB,,,own,{}{}end\n",
            parse::COLUMNS.join(","),
            "x".repeat(590),
            " ".repeat(50)
        );
        let book = PriceBook::of(parse::rows(&csv).expect("rows"));
        let again = parse::rows(&book.write(&book.in_force())).expect("rows");
        assert_eq!(again, book.rows());
    }

    #[test]
    fn an_edited_copy_gives_the_prices_that_differ() {
        let bundled = PriceBook::bundled();
        let csv = bundled.write(&bundled.in_force());
        assert_eq!(bundled.own_prices(&csv), Ok(vec![]));
        let edit = |from: &str, to: &str| {
            assert_eq!(csv.matches(from).count(), 1, "{from}");
            bundled.own_prices(&csv.replace(from, to))
        };
        let one_region = edit(
            "aws/eks/cluster,europe,eu-west-1,0.1,",
            "aws/eks/cluster,europe,eu-west-1,0.07,",
        );
        assert_eq!(
            one_region,
            Ok(vec![own("aws/eks/cluster", Some(Region::Europe), 0.07)])
        );
        // A row whose price was taken out, as one whose price nobody knows.
        let without = edit(
            "0.02,USD per GB,https://fly.io/docs/about/pricing/,2026,high,\nfly/egress,europe",
            ",USD per GB,,,none,\nfly/egress,europe",
        );
        assert_eq!(without, Ok(vec![]));
    }

    #[test]
    fn own_prices_make_the_book_that_the_file_has() {
        let bundled = PriceBook::bundled();
        let header = parse::COLUMNS.join(",");
        let row = |region: &str, value: &str| {
            format!("aws/eks/cluster,{region},,{value},USD per cluster-hour,,,own,\n")
        };
        let files = [
            row("all", "0.2"),
            row("all", "0.2") + &row("us", "0.1"),
            row("us", "0.3") + &row("us", "0.1"),
            row("us", "0.3") + &row("all", "0.1"),
            row("europe", "0.1") + &row("asia", "0"),
        ];
        let mut counts = Vec::new();
        for rows in files {
            let csv = format!("{header}\n{rows}");
            let own = bundled.own_prices(&csv).expect("prices");
            let (ours, theirs) = (
                bundled.with_own(&own),
                bundled.overlaid(&csv).expect("a book"),
            );
            for region in Region::ALL {
                let meter = meters::EKS_CLUSTER.id();
                assert_eq!(
                    ours.value(meter, region),
                    theirs.value(meter, region),
                    "{csv}"
                );
            }
            counts.push(own.len());
        }
        assert_eq!(counts, [1, 2, 0, 0, 1]);
        let problems = bundled.own_prices(&format!("{header}\n{}", row("mars", "1")));
        assert_eq!(
            problems.expect_err("a problem")[0].at,
            Place::Cell(2, "region_group")
        );
        let long = " ".repeat(parse::TEXT_LIMIT + 1);
        assert_eq!(bundled.own_prices(&long).expect_err("too long").len(), 1);
    }
}
