//! The decision as a record in Markdown: what was asked, what the options cost, what was decided and why.
//!
//! The headings are those of architecture decision records. Whatever a user or a site wrote is escaped, so that it is text
//! in a table and nothing else.

use crate::beside::{Column, SideBySide};
use crate::difference;
use crate::explain::{self, change};
use crate::format;
use crate::{answer, placement as words, promises, watch};
use plimsoll_model::{
    Assessment,
    bill::{Bill, CostCategory, Line, Source},
    decide::Fired,
    explore::{flips::Flip, watch::BillWire},
    inputs::{Environment, Field, Inputs, Scope, at},
    placement,
    platform::Platform,
    prices::{PriceBook, Row},
    units::Usd,
};

/// What the model does not know of a record.
#[derive(Clone, Copy, Debug)]
pub struct Cover<'a> {
    /// Its title; one of ours where it is empty.
    pub title: &'a str,
    /// The day it is written.
    pub date: &'a str,
    /// The address that opens the page with these inputs.
    pub link: &'a str,
}

/// The inputs that every record shows.
const MAIN: [&Field; 7] = [
    at::http::requests_per_month,
    at::traffic::shape,
    at::http::latency_ms,
    at::services,
    at::team::engineers,
    at::team::rate_usd_per_hour,
    at::region,
];

/// The decision that follows from the inputs, as a record. `book` is the one that it was assessed with, `flips` what would turn it.
pub fn record(
    cover: &Cover<'_>,
    inputs: &Inputs,
    assessment: &Assessment,
    book: &PriceBook,
    flips: &[Flip],
) -> String {
    let mut out = String::new();
    let title = escape(cover.title);
    let title = if title.is_empty() {
        "Where our containers run"
    } else {
        &title
    };
    add(&mut out, &["# ", title, "\n\n- Status: proposed\n- Date: "]);
    add(&mut out, &[&escape(cover.date), "\n"]);
    context(&mut out, inputs);
    options(&mut out, inputs, assessment);
    decision(&mut out, inputs, assessment, book);
    consequences(&mut out, inputs, assessment);
    look_again(&mut out, inputs, assessment, flips);
    prices(&mut out, assessment, book);
    promised(&mut out, inputs, assessment);
    limits(&mut out, inputs, assessment);
    let link = address(cover.link);
    if !link.is_empty() {
        add(
            &mut out,
            &[
                "\nThe numbers behind this record, to be changed: <",
                &link,
                ">\n",
            ],
        );
    }
    out
}

/// Scenarios side by side, as a part of a record; nothing where there is one alone.
pub fn side_by_side(columns: &[Column<'_>]) -> String {
    let mut out = String::new();
    if columns.len() < 2 {
        return out;
    }
    let SideBySide {
        names,
        answers,
        inputs,
        totals,
    } = SideBySide::of(columns);
    out.push_str("\n## Scenarios side by side\n\n");
    let line = |out: &mut String, first: &str, cells: &[String]| {
        let cells = cells.iter().map(String::as_str);
        let all: Vec<&str> = std::iter::once(first).chain(cells).collect();
        row(out, &all);
    };
    line(&mut out, "", &names);
    out.push_str(&"| --- ".repeat(names.len() + 1));
    out.push_str("|\n");
    for (label, cells) in answers.iter().chain(&inputs) {
        line(&mut out, label, cells);
    }
    for (platform, cells) in &totals {
        line(&mut out, &format!("{platform}, a month with people"), cells);
    }
    out
}

fn context(out: &mut String, inputs: &Inputs) {
    add(
        out,
        &["\n## Context\n\n| Input | Here | Default |\n| --- | --- | --- |\n"],
    );
    let defaults = Inputs::default();
    // Where workloads differ, theirs stand with each of them.
    let of_rows = |field: &Field| {
        !inputs.workloads.is_empty()
            && field.scope == Scope::Workload
            && field != at::http::requests_per_month
    };
    for field in MAIN.into_iter().filter(|field| !of_rows(field)) {
        let (here, default) = (
            difference::value(field, inputs),
            difference::value(field, &defaults),
        );
        row(out, &[field.label, &here, &default]);
    }
    for other in difference::differences(&defaults, inputs) {
        if !MAIN.iter().any(|field| field.path == other.path) {
            row(out, &[other.label, &other.b, &other.a]);
        }
    }
    if !inputs.environments.is_empty() {
        out.push_str("\nBeside production:\n\n");
    }
    for environment in &inputs.environments {
        let Environment {
            name,
            hours_per_week,
            replicas,
        } = environment;
        let hours = format::count(*hours_per_week, "hour", "hours");
        let replicas = format::count(f64::from(*replicas), "instance", "instances");
        let parts = [
            "- ",
            &escape(name),
            ": ",
            &hours,
            " a week, ",
            &replicas,
            " of each service\n",
        ];
        add(out, &parts);
    }
}

fn options(out: &mut String, inputs: &Inputs, assessment: &Assessment) {
    out.push_str(
        "\n## Options considered\n\n\
         | Platform | Infrastructure | Engineering time | Total a month |\n| --- | ---: | ---: | ---: |\n",
    );
    let comparison = &assessment.comparison;
    for platform in &comparison.ranked {
        let mut name = platform.name().to_owned();
        if let Some(closed) = platform.definition().closed
            && !comparison.is_open(*platform, inputs)
        {
            add(
                &mut name,
                &[" (closed to new customers since ", closed.since, ")"],
            );
        }
        match comparison.quote(*platform) {
            Ok(bill) => row(
                out,
                &[
                    &name,
                    &format::usd(bill.infrastructure()),
                    &format::usd(bill.subtotal(CostCategory::People)),
                    &format::usd(bill.total()),
                ],
            ),
            Err(refusal) => {
                let why = ["no bill: ", &explain::refusal(refusal)].concat();
                row(out, &[&name, "", "", &why]);
            }
        }
    }
}

fn decision(out: &mut String, inputs: &Inputs, assessment: &Assessment, book: &PriceBook) {
    let placement = placement::placement(inputs, book, assessment);
    let split = placement
        .as_ref()
        .and_then(|it| words::headline(it, inputs));
    let headline = split.unwrap_or_else(|| answer::sentence(assessment, inputs));
    add(out, &["\n## Decision\n\n**", &escape(&headline), "**\n"]);
    for sentence in answer::summary(assessment, inputs) {
        add(out, &["\n", &escape(&sentence), "\n"]);
    }
    if let Some(placement) = placement {
        let sentence = words::sentence(&placement, inputs);
        add(out, &["\n", &escape(&sentence), "\n\n"]);
        out.push_str("| Workload | Count | Belongs on | In the cluster | Outside | Why |\n");
        out.push_str("|---|---:|---|---:|---:|---|\n");
        let rows = inputs.workloads.rows().iter().zip(&placement.workloads);
        for (place, (row, placed)) in rows.enumerate() {
            let usd = |usd: Option<f64>| usd.map_or("no".into(), |usd| format::usd(Usd::of(usd)));
            let cells = [
                escape(&row.name),
                row.count.to_string(),
                placement.platform_of(placed).name().to_owned(),
                usd(placed.kubernetes),
                usd(placed.serverless),
                escape(&words::told(place, &placement, inputs, book)),
            ];
            add(out, &["| ", &cells.join(" | "), " |\n"]);
        }
    }
    out.push_str("\nThe reasons, the first that decides before all others:\n\n");
    for fired in &assessment.verdict.rules {
        reason(out, fired);
    }
}

fn reason(out: &mut String, fired: &Fired) {
    let parts = [
        "- **",
        fired.rule.question.text(),
        "** ",
        &escape(&explain::reason_of(fired)),
        " (",
        fired.effect.id(),
        "; ",
        &escape(fired.rule.source),
        ")\n",
    ];
    add(out, &parts);
}

fn consequences(out: &mut String, inputs: &Inputs, assessment: &Assessment) {
    out.push_str("\n## Consequences\n\n");
    let verdict = &assessment.verdict;
    let caution = format::sentence(&verdict.caution);
    for text in [caution]
        .into_iter()
        .chain(explain::consequences(verdict, inputs))
    {
        add(out, &["- ", &escape(&text), "\n"]);
    }
}

/// What would turn the answer.
fn look_again(out: &mut String, inputs: &Inputs, assessment: &Assessment, flips: &[Flip]) {
    out.push_str("\n## When to look again\n\n");
    let bill = BillWire::of(assessment, inputs).zip(assessment.verdict.platform);
    let flip = |flip: &Flip| {
        let what = change::flip(flip, inputs);
        [&what, ": ", change::winner(flip.winner)].concat()
    };
    let told: Vec<String> = flips
        .iter()
        .map(flip)
        .chain(bill.map(|(wire, answer)| watch::bill_wire(&wire, answer)))
        .collect();
    if told.is_empty() {
        add(out, &[change::NO_FLIP, "\n"]);
    }
    for text in told {
        add(out, &["- ", &escape(&text), "\n"]);
    }
}

/// When the prices were read, and the pages behind the bill that counts.
fn prices(out: &mut String, assessment: &Assessment, book: &PriceBook) {
    out.push_str("\n## Prices\n\n");
    let bills = Platform::ALL
        .iter()
        .filter_map(|platform| assessment.comparison.quote(*platform).ok());
    let (mut oldest, mut newest, mut undated): (&str, &str, &str) = ("", "", "");
    for row in bills
        .flat_map(|bill| &bill.lines)
        .filter_map(|line| row_of(line, book))
    {
        // Texts such as `2026-10` and `2026-10-04` are in the order of their days.
        let day = row.read.as_ref().map_or("", |read| read.as_str());
        if !day.starts_with(|c: char| c.is_ascii_digit()) {
            undated = " Of some no day is known.";
            continue;
        }
        if oldest.is_empty() || day < oldest {
            oldest = day;
        }
        if day > newest {
            newest = day;
        }
    }
    if !newest.is_empty() {
        let to = if oldest == newest {
            ["", ""]
        } else {
            ["from ", " to "]
        };
        let begin = "The prices of all these bills were read ";
        let oldest = if oldest == newest { "" } else { oldest };
        add(
            out,
            &[begin, to[0], oldest, to[1], newest, ".", undated, "\n"],
        );
    }
    let Some((platform, bill)) = shown(assessment) else {
        return;
    };
    add(out, &["\nThe bill of ", platform.name(), " rests on:\n\n"]);
    let mut told: Vec<String> = Vec::new();
    for line in &bill.lines {
        let text = source(line, book);
        if !told.contains(&text) {
            add(out, &["- ", &text, "\n"]);
            told.push(text);
        }
    }
}

/// The platform whose bill counts: the advised one, or where none fits the one that takes the least work.
fn shown(assessment: &Assessment) -> Option<(Platform, &Bill)> {
    let verdict = &assessment.verdict;
    let platform = verdict.platform.or(verdict.least_operated)?;
    Some((platform, assessment.comparison.quote(platform).ok()?))
}

/// The row of the book behind a line, if there is one.
fn row_of<'a>(line: &Line, book: &'a PriceBook) -> Option<&'a Row> {
    match line.source {
        Source::Row(id) => Some(book.row(id)),
        _ => None,
    }
}

/// Where a line's price comes from; a page as a link.
fn source(line: &Line, book: &PriceBook) -> String {
    match row_of(line, book) {
        Some(row) if row.page.starts_with("https://") => {
            let read = row.read.as_ref().map_or("", |read| read.as_str());
            let comma = if read.is_empty() { "" } else { ", read " };
            ["<", &address(&row.page), ">", comma, read].concat()
        }
        _ => escape(&explain::source(line, book)),
    }
}

/// What the answer and the next best promise, the parts that differ between platforms.
fn promised(out: &mut String, inputs: &Inputs, assessment: &Assessment) {
    let verdict = &assessment.verdict;
    let told: Vec<Platform> = shown(assessment)
        .map(|(platform, _)| platform)
        .into_iter()
        .chain(verdict.runner_up)
        .collect();
    if told.is_empty() {
        return;
    }
    out.push_str("\n## What it promises\n\n");
    let head = ["Platform"].into_iter().chain(promises::COLUMNS);
    row(out, &head.collect::<Vec<_>>());
    out.push_str("| --- | --- | --- | --- | --- | --- |\n");
    for platform in told {
        let cells = promises::cells(platform, inputs);
        let cells = cells.iter().map(String::as_str);
        row(
            out,
            &[platform.name()]
                .into_iter()
                .chain(cells)
                .collect::<Vec<_>>(),
        );
    }
    out.push_str("\nWhat is not known excludes nothing. Hours down are in no bill.\n");
}

fn limits(out: &mut String, inputs: &Inputs, assessment: &Assessment) {
    out.push_str(
        "\n## Limits\n\n\
         This is an estimate of an average month at the vendors' list prices, apart from what is marked as one's own. \
         Taxes, support plans and managed services beside the containers, such as databases, are not in it. \
         Engineering time is estimated unless it was tracked.\n",
    );
    if let Some((platform, _)) = shown(assessment) {
        let parts = [
            "\nThe bill of ",
            platform.name(),
            " leaves out: ",
            &escape(&explain::left_out(
                platform,
                assessment.comparison.quote(platform).ok(),
                inputs,
            )),
            "\n",
        ];
        add(out, &parts);
    }
}

fn add(out: &mut String, parts: &[&str]) {
    for part in parts {
        out.push_str(part);
    }
}

/// A row of a table.
fn row(out: &mut String, cells: &[&str]) {
    for cell in cells {
        add(out, &["| ", &escape(cell), " "]);
    }
    out.push_str("|\n");
}

/// A text of one line that is nothing but text in Markdown, in a table too.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        if c.is_control() {
            out.push(' ');
            continue;
        }
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '#' | '&'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// An address that stays inside its angle brackets.
fn address(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            c if c.is_whitespace() || c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_typed_is_text_and_nothing_else() {
        let cases = [
            ("a | b", "a \\| b"),
            ("<img src=x>", "\\<img src=x\\>"),
            ("[x](javascript:y)", "\\[x\\](javascript:y)"),
            ("two\r\nlines", "two  lines"),
            ("*_`~#\\&", "\\*\\_\\`\\~\\#\\\\\\&"),
            (" plain, $1 – 2 % ", "plain, $1 – 2 %"),
        ];
        for (typed, written) in cases {
            assert_eq!(escape(typed), written);
        }
        assert_eq!(
            address(" https://a.b/#v=1&x=<y> z\n"),
            "https://a.b/#v=1&x=%3Cy%3Ez"
        );
    }
}
