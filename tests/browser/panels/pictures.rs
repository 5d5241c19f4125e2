//! The week, the steps from used to paid, and the months: each follows the inputs, is drawn, read out and tabulated.

use super::{bundled, sets};
use crate::engine::{Browser, Engine, Wish, in_each_engine};
use plimsoll_chart::{Chart, week::Week};
use plimsoll_formats::scenario::link;
use plimsoll_model::{
    assess,
    compare::Best,
    explore::months::{MONTHS, Months},
    inputs::{Inputs, Shape},
    platform::Platform,
    platforms::{
        Case,
        capacity_trace::{self, CapacityTrace},
    },
    traffic::HOURS,
};
use thirtyfour::Key;

in_each_engine!(
    a_week_is_shown_of_the_platforms_that_are_chosen,
    the_steps_belong_to_the_bill_that_is_shown,
    the_months_follow_the_growth,
);

impl Browser {
    /// Opens the page with these inputs, and one of its folds.
    async fn opens_with(&self, inputs: &Inputs, fold: &str) {
        let link = link::write(inputs, bundled().day());
        self.open_at(&format!("#{link}")).await;
        self.opens(fold).await;
    }

    async fn reads_at_each_key(
        &self,
        chart: &str,
        last: usize,
        read_out: impl Fn(usize) -> String,
    ) {
        // The pointer of the last press may rest on the chart, and keys go on from where it points.
        self.key_on(chart, Key::Escape).await;
        for (key, place) in [
            (Key::Right, 0),
            (Key::Right, 1),
            (Key::End, last),
            (Key::Left, last - 1),
            (Key::Home, 0),
        ] {
            self.key_on(chart, key).await;
            self.reads_out(chart, &read_out(place)).await;
        }
    }
}

fn trace_of(platform: Platform, inputs: &Inputs) -> CapacityTrace {
    let book = bundled();
    let trace = platform.capacity_trace(&Case::of(inputs), &book.in_region(inputs.region));
    trace.unwrap()
}

fn week_of(platforms: [Platform; 2], inputs: &Inputs) -> Week {
    let options = platforms.map(|platform| (platform, trace_of(platform, inputs).hourly));
    Week {
        requests: capacity_trace::requests_by_hour(inputs),
        options: options.into(),
    }
}

async fn a_week_is_shown_of_the_platforms_that_are_chosen(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    let mut inputs = Inputs::default();
    inputs.traffic.shape = Shape::Office;
    inputs.http.requests_per_month = 3e8;
    browser.opens_with(&inputs, "week").await;
    let best = Best::of(&assess(&inputs, &bundled()).comparison, &inputs);
    let platforms = [best.serverless.unwrap().0, best.kubernetes.unwrap().0];
    let shown = week_of(platforms, &inputs);
    browser.reads("#week .headline", &[shown.reading()]).await;
    browser.is_drawn("week").await;
    browser.choose("Serverless", "AWS Fargate").await;
    browser.choose("Kubernetes", "Amazon EKS").await;
    browser.enter("services", "4").await;
    sets(&mut inputs, "services", 4.0);
    let shown = week_of([Platform::Fargate, Platform::Eks], &inputs);
    browser.reads("#week .headline", &[shown.reading()]).await;
    let chart = "[role=slider][aria-label='Hour of the week']";
    browser
        .reads_at_each_key(chart, HOURS - 1, |hour| shown.read_out(hour))
        .await;
    let (x, y, width) = browser.point_at(chart, 0.4, 0.5).await;
    let hour = shown.hit(width, x, y).unwrap();
    browser.reads_out(chart, &shown.read_out(hour)).await;
    browser.opens("week-table").await;
    browser
        .tabulates("#week-table tbody tr", &shown.table().1)
        .await;
    browser.end().await;
}

async fn the_steps_belong_to_the_bill_that_is_shown(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    let mut inputs = Inputs::default();
    let link = link::write(&inputs, bundled().day());
    browser.open_at(&format!("#{link}")).await;
    let advised = assess(&inputs, &bundled()).verdict.platform.unwrap();
    browser.bills(advised).await;
    browser.opens("waterfall").await;
    let first = trace_of(advised, &inputs);
    browser
        .reads("#waterfall .headline", &[first.reading()])
        .await;
    browser.is_drawn("steps").await;
    browser.bills(Platform::Eks).await;
    browser.opens("waterfall").await;
    browser.enter("services", "9").await;
    sets(&mut inputs, "services", 9.0);
    let trace = trace_of(Platform::Eks, &inputs);
    browser
        .reads("#waterfall .headline", &[trace.reading()])
        .await;
    let chart = "[role=slider][aria-label='Steps from used to paid vCPU']";
    browser
        .reads_at_each_key(chart, trace.count() - 1, |row| trace.read_out(row))
        .await;
    browser.opens("waterfall-table").await;
    browser
        .tabulates("#waterfall-table tbody tr", &trace.table().1)
        .await;
    browser.end().await;
}

fn months_of(inputs: &Inputs, to: Option<Platform>) -> Months {
    let book = bundled();
    let mut months = Months::new(inputs, &assess(inputs, &book), to).unwrap();
    while months.step(&book) {}
    months
}

async fn the_months_follow_the_growth(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    let mut inputs = Inputs {
        already_on: Some(Platform::Gke),
        ..Inputs::default()
    };
    browser.opens_with(&inputs, "months").await;
    let months = months_of(&inputs, None);
    browser
        .reads("#months .headline", &[months.reading()])
        .await;
    browser.is_drawn("months").await;
    browser.press("Change the growth").await;
    browser.enter("growth_percent_per_month", "-12").await;
    sets(&mut inputs, "growth_percent_per_month", -12.0);
    browser.choose("Compare with", "AWS Fargate").await;
    let months = months_of(&inputs, Some(Platform::Fargate));
    assert_eq!(months.requests.len(), MONTHS);
    browser
        .reads("#months .headline", &[months.reading()])
        .await;
    browser
        .reads("#months .chart > .note", &[months.terms()])
        .await;
    let chart = "[role=slider][aria-label='Month']";
    browser
        .reads_at_each_key(chart, MONTHS - 1, |month| months.read_out(month))
        .await;
    browser.opens("months-table").await;
    browser
        .tabulates("#months-table tbody tr", &months.table().1)
        .await;
    browser.end().await;
}
