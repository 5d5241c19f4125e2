//! Reads a price book from CSV.
//!
//! Columns: `meter,region_group,region,value,unit,page,read,confidence,note`, in any order, further ones ignored.
//! Each problem names the line, the column, what stands there and what may.

use super::{
    csv::{self, Line},
    meter::MeterId,
    row::{Confidence, REGION_GROUPS, Read, Row},
};
use crate::{
    diagnostic::{Diagnostic, Place},
    units::parse_finite,
};

/// The columns, in the order in which they are written.
pub(super) const COLUMNS: [&str; 9] = [
    "meter",
    "region_group",
    "region",
    "value",
    "unit",
    "page",
    "read",
    "confidence",
    "note",
];

/// The longest cell that is kept, in characters.
const CELL_LIMIT: usize = 600;

/// The longest text that is read, in bytes.
pub const TEXT_LIMIT: usize = 1024 * 1024;

/// The most rows that are read.
const ROW_LIMIT: usize = 10_000;

/// The rows of a price book, or everything that is wrong with it.
pub(super) fn rows(text: &str) -> Result<Vec<Row>, Vec<Diagnostic>> {
    let too_much = |found: String, allowed: String| {
        let at = Place::Cell(1, COLUMNS[0]);
        Err(vec![Diagnostic::new(at, found, allowed)])
    };
    if text.len() > TEXT_LIMIT {
        return too_much(
            format!("{} bytes", text.len()),
            format!("at most {TEXT_LIMIT} bytes"),
        );
    }
    let lines = csv::lines(text);
    let (header, lines) = lines
        .split_first()
        .map_or((None, &[][..]), |(header, lines)| (Some(header), lines));
    let places = places(header).map_err(|problem| vec![problem])?;
    if lines.len() > ROW_LIMIT {
        return too_much(
            format!("{} rows", lines.len()),
            format!("at most {ROW_LIMIT} rows"),
        );
    }
    let (mut rows, mut problems) = (Vec::new(), Vec::new());
    for line in lines {
        match row(line, &places) {
            Ok(row) => rows.push(row),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() {
        Ok(rows)
    } else {
        Err(problems)
    }
}

/// A text, cut to the length that a cell may have.
pub(super) fn cut(text: &str) -> String {
    let start: String = text.chars().take(CELL_LIMIT).collect();
    start.trim_end().to_owned()
}

/// Where each of [`COLUMNS`] stands in the file.
fn places(header: Option<&Line>) -> Result<[usize; COLUMNS.len()], Diagnostic> {
    let names = header.map_or(&[][..], |header| &header.cells);
    let mut places = [0; COLUMNS.len()];
    for (place, column) in places.iter_mut().zip(COLUMNS) {
        *place = names
            .iter()
            .position(|name| name == column)
            .ok_or_else(|| Diagnostic {
                at: Place::Cell(1, column),
                found: names.join(","),
                allowed: format!("a header line with the columns {}", COLUMNS.join(",")),
            })?;
    }
    Ok(places)
}

fn row(line: &Line, places: &[usize; COLUMNS.len()]) -> Result<Row, Diagnostic> {
    let cell = |n: usize| line.cells.get(places[n]).map_or("", String::as_str);
    let problem = |n: usize, allowed: String| Diagnostic {
        at: Place::Cell(line.number, COLUMNS[n]),
        found: cut(cell(n)),
        allowed,
    };
    let text = |n: usize| cut(csv::as_meant(cell(n)));

    let meter =
        MeterId::find(cell(0)).ok_or_else(|| problem(0, "a meter of the price book".into()))?;
    let (_, region) = *REGION_GROUPS
        .iter()
        .find(|(name, _)| *name == cell(1))
        .ok_or_else(|| problem(1, "us, europe, asia or all".into()))?;
    let info = meter.info();
    let unit = (info.unit)();
    if cell(4) != unit {
        return Err(problem(4, unit));
    }
    let value = match cell(3) {
        "" => None,
        number => Some(
            parse_finite(number)
                .filter(|x| (info.accepts)(*x))
                .ok_or_else(|| {
                    problem(
                        3,
                        format!("a number in {unit}, {}, or nothing", info.range()),
                    )
                })?,
        ),
    };
    let confidence = Confidence::parse(cell(7)).ok_or_else(|| {
        let names: Vec<_> = Confidence::NAMES.iter().map(|(name, _)| *name).collect();
        problem(7, names.join(", "))
    })?;
    let read =
        match cell(6) {
            "" => None,
            date => Some(Read::parse(date).ok_or_else(|| {
                problem(6, "2026-10-04, 2026-10, 2026, undated or recalled".into())
            })?),
        };
    if value.is_some() && read.is_none() && confidence != Confidence::Own {
        return Err(problem(6, "the day a price was read, or undated".into()));
    }
    if value.is_none() != (confidence == Confidence::None) {
        return Err(problem(
            7,
            "none where there is no value, and only there".into(),
        ));
    }
    Ok(Row {
        meter,
        region,
        city: text(2),
        value,
        page: text(5),
        read,
        confidence,
        note: text(8),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "meter,region_group,region,value,unit,page,read,confidence,note\n";

    fn first_problem(line: &str) -> Diagnostic {
        let problems = rows(&format!("{HEADER}{line}\n")).expect_err("a problem");
        problems.into_iter().next().expect("one")
    }

    #[test]
    fn a_good_line_is_read() {
        let text = format!(
            "{HEADER}aws/eks/cluster,us,us-east-1,0.1,USD per cluster-hour,https://aws.amazon.com/eks/pricing/,2026-09-28,high,\n"
        );
        let rows = rows(&text).expect("rows");
        assert_eq!(rows[0].value, Some(0.1));
        assert_eq!(
            rows[0].read.as_ref().expect("a date").as_str(),
            "2026-09-28"
        );
    }

    #[test]
    fn each_problem_names_line_column_and_what_is_allowed() {
        let cases = [
            (
                "aws/eks/clster,us,,0.1,USD per cluster-hour,,2026,high,",
                "meter",
            ),
            (
                "aws/eks/cluster,mars,,0.1,USD per cluster-hour,,2026,high,",
                "region_group",
            ),
            (
                "aws/eks/cluster,us,,-1,USD per cluster-hour,,2026,high,",
                "value",
            ),
            (
                "aws/eks/cluster,us,,1e999,USD per cluster-hour,,2026,high,",
                "value",
            ),
            ("aws/eks/cluster,us,,0.1,USD per hour,,2026,high,", "unit"),
            (
                "aws/eks/cluster,us,,0.1,USD per cluster-hour,,yesterday,high,",
                "read",
            ),
            (
                "aws/eks/cluster,us,,0.1,USD per cluster-hour,,2026,certain,",
                "confidence",
            ),
            (
                "aws/eks/cluster,us,,,USD per cluster-hour,,,high,",
                "confidence",
            ),
        ];
        for (line, column) in cases {
            let problem = first_problem(line);
            assert_eq!(problem.at, Place::Cell(2, column), "{line}");
            assert!(!problem.allowed.is_empty());
        }
        let problem = rows("meter,value\n").expect_err("no columns");
        assert_eq!(problem[0].at, Place::Cell(1, "region_group"));
    }
}
