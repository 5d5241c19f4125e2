//! Scenarios side by side: the answer of each, the inputs that differ, and what each costs on every platform.

use crate::{answer, difference::differing, format};
use plimsoll_model::{Assessment, inputs::Inputs, platform::Platform, units::Usd};

/// A scenario that stands beside others.
#[derive(Clone, Copy, Debug)]
pub struct Column<'a> {
    /// What it is called.
    pub name: &'a str,
    /// Its inputs.
    pub inputs: &'a Inputs,
    /// What follows from them.
    pub assessment: &'a Assessment,
}

/// A row of scenarios side by side: what it is of, and a cell for each.
pub type Row = (&'static str, Vec<String>);

/// Scenarios side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct SideBySide {
    /// Their names.
    pub names: Vec<String>,
    /// The answer of each, and how far the other side is from it.
    pub answers: Vec<Row>,
    /// The inputs that differ.
    pub inputs: Vec<Row>,
    /// What each platform costs a month that any of them can and may use, with people, US dollars; from the second on with what it costs
    /// more than in the first.
    pub totals: Vec<Row>,
}

impl SideBySide {
    /// Puts scenarios side by side. The first is the one that the others are compared with.
    pub fn of(columns: &[Column<'_>]) -> Self {
        let cells = |cell: &dyn Fn(&Column<'_>) -> String| columns.iter().map(cell).collect();
        let difference =
            |column: &Column<'_>| answer::difference_in_words(column.assessment, column.inputs);
        let inputs: Vec<&Inputs> = columns.iter().map(|column| column.inputs).collect();
        let total = |column: &Column<'_>, platform| column.assessment.comparison.total(platform);
        let first = |platform| columns.first().and_then(|column| total(column, platform));
        let totals = |platform: Platform| {
            let before = first(platform);
            let cell = |(n, column): (usize, &Column<'_>)| {
                in_words(total(column, platform), before.filter(|_| n > 0))
            };
            let cells = columns.iter().enumerate().map(cell).collect();
            (platform.name(), cells)
        };
        let uses = |column: &Column<'_>, platform: Platform| {
            total(column, platform).is_some() && column.inputs.clouds.allow(platform.vendor())
        };
        let ranked = columns
            .first()
            .map(|column| &column.assessment.comparison.ranked);
        Self {
            names: cells(&|column| column.name.to_owned()),
            answers: vec![
                (
                    "Answer",
                    cells(&|column| answer::sentence(column.assessment, column.inputs)),
                ),
                ("The other side", cells(&difference)),
            ],
            inputs: differing(&inputs)
                .into_iter()
                .map(|one| (one.label, one.values))
                .collect(),
            totals: ranked
                .into_iter()
                .flatten()
                .filter(|platform| columns.iter().any(|column| uses(column, **platform)))
                .map(|platform| totals(*platform))
                .collect(),
        }
    }
}

/// A total, and what it is more than another, with its sign; a dash where there is none.
fn in_words(total: Option<Usd>, before: Option<Usd>) -> String {
    let Some(total) = total else {
        return "\u{2013}".to_owned();
    };
    let Some(before) = before else {
        return format::usd(total);
    };
    let more = format::usd(total - before);
    let sign = if more.starts_with('$') && more != "$0.00" {
        "+"
    } else {
        ""
    };
    format!("{} ({sign}{more})", format::usd(total))
}

#[cfg(test)]
mod tests {
    use super::*;
    use plimsoll_model::{assess, inputs::at, prices::PriceBook};

    #[test]
    fn scenarios_stand_side_by_side() {
        let book = PriceBook::bundled();
        let one = Inputs::default();
        let mut other = one.clone();
        other.http.requests_per_month = 3e8;
        other.needs.udp = true;
        let mut third = one.clone();
        third.services = 4;
        let all = [&one, &other, &third];
        let assessed = all.map(|inputs| assess(inputs, &book));
        let names = ["On the page", "Other", "Third"];
        let columns: Vec<Column<'_>> = names
            .into_iter()
            .zip(all)
            .zip(&assessed)
            .map(|((name, inputs), assessment)| Column {
                name,
                inputs,
                assessment,
            })
            .collect();
        let beside = SideBySide::of(&columns);
        assert_eq!(beside.names, names);
        let sentences: Vec<String> = assessed
            .iter()
            .zip(all)
            .map(|(assessment, inputs)| answer::sentence(assessment, inputs))
            .collect();
        assert_eq!(beside.answers[0].1, sentences);
        let labels: Vec<&str> = beside.inputs.iter().map(|(label, _)| *label).collect();
        assert_eq!(
            labels,
            ["Requests a month", "Services", at::needs::udp.label]
        );
        assert_eq!(beside.inputs[1].1, ["1 service", "1 service", "4 services"]);
        let cells = |platform: Platform| {
            let row = beside
                .totals
                .iter()
                .find(|(name, _)| *name == platform.name());
            row.map(|(_, cells)| cells.clone()).expect("a row")
        };
        let total = |n: usize, platform| assessed[n].comparison.total(platform).expect("a total");
        let [page, beside_it] = [0, 1].map(|n| total(n, Platform::Eks));
        let eks = cells(Platform::Eks);
        assert_eq!(eks[0], format::usd(page));
        assert_eq!(
            eks[1],
            format!(
                "{} (+{})",
                format::usd(beside_it),
                format::usd(beside_it - page)
            )
        );
        // What can't run costs nothing that could be compared.
        assert_eq!(cells(Platform::CloudRun)[1], "\u{2013}");
        assert_eq!(
            in_words(Some(page), Some(page)),
            format!("{} ($0.00)", format::usd(page))
        );
        assert!(in_words(Some(page), Some(beside_it)).contains("(-$"));
    }
}
