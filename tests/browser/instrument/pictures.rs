//! The week, the steps from used to paid, and the months: each follows the inputs, is drawn, read out and tabulated.

use super::{bundled, sets};
use crate::engine::{Browser, Engine, Wish, in_each_engine};
use plimsoll_chart::{months, waterfall, week};
use plimsoll_formats::scenario::link;
use plimsoll_model::{
    assess,
    explore::{
        break_even::Best,
        months::{MONTHS, Months},
    },
    inputs::{Inputs, Shape},
    platform::Platform,
    platforms::{
        Case,
        capacity_trace::{self, CapacityTrace, Hourly},
    },
    traffic::HOURS,
    units::Usd,
};
use plimsoll_wording::format;
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

fn behind_of(platform: Platform, inputs: &Inputs) -> CapacityTrace {
    let book = bundled();
    let trace = platform.capacity_trace(&Case::of(inputs), &book.at(inputs.region));
    trace.unwrap()
}

fn options(platforms: [Platform; 2], inputs: &Inputs) -> Vec<(Platform, Hourly)> {
    platforms
        .map(|platform| (platform, behind_of(platform, inputs).hourly))
        .into()
}

async fn a_week_is_shown_of_the_platforms_that_are_chosen(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    let mut inputs = Inputs::default();
    inputs.traffic.shape = Shape::Office;
    inputs.http.requests_per_month = 3e8;
    browser.opens_with(&inputs, "week").await;
    let best = Best::of(&assess(&inputs, &bundled()).comparison, &inputs);
    let platforms = [best.serverless.unwrap().0, best.kubernetes.unwrap().0];
    let shown = options(platforms, &inputs);
    browser
        .reads("#week .headline", &[week::reading(&shown)])
        .await;
    browser.is_drawn("week").await;
    browser.choose("Serverless", "AWS Fargate").await;
    browser.choose("Kubernetes", "Amazon EKS").await;
    browser.enter("services", "4").await;
    sets(&mut inputs, "services", 4.0);
    let shown = options([Platform::Fargate, Platform::Eks], &inputs);
    browser
        .reads("#week .headline", &[week::reading(&shown)])
        .await;
    let requests = capacity_trace::requests_by_hour(&inputs);
    let view = week::View {
        requests: &requests,
        options: &shown,
        highlighted: None,
    };
    let chart = "[role=slider][aria-label='Hour of the week']";
    browser
        .reads_at_each_key(chart, HOURS - 1, |hour| week::read_out(view, hour))
        .await;
    let (x, _, width) = browser.point_at(chart, 0.4, 0.5).await;
    let hour = week::at(width, x).unwrap();
    browser.reads_out(chart, &week::read_out(view, hour)).await;
    browser.opens("week-table").await;
    let row = |hour: usize| {
        let figure = |hourly: &Hourly| format::number(hourly.by_hour[hour]);
        vec![
            week::hour_name(hour),
            format::number(requests[hour]),
            figure(&shown[0].1),
            figure(&shown[1].1),
        ]
    };
    let rows: Vec<Vec<String>> = (0..HOURS).map(row).collect();
    browser.tabulates("#week-table tbody tr", &rows).await;
    browser.end().await;
}

async fn the_steps_belong_to_the_bill_that_is_shown(engine: Engine) {
    let browser = Browser::start(engine, Wish::default()).await;
    let mut inputs = Inputs::default();
    browser.opens_with(&inputs, "waterfall").await;
    let verdict = assess(&inputs, &bundled()).verdict;
    let first = behind_of(verdict.platform.unwrap(), &inputs);
    browser
        .reads("#waterfall .headline", &[waterfall::reading(&first)])
        .await;
    browser.is_drawn("steps").await;
    browser.press_at("tr[data-platform=eks] th button").await;
    browser.enter("services", "9").await;
    sets(&mut inputs, "services", 9.0);
    let trace = behind_of(Platform::Eks, &inputs);
    browser
        .reads("#waterfall .headline", &[waterfall::reading(&trace)])
        .await;
    let chart = "[role=slider][aria-label='Steps from used to paid vCPU']";
    browser
        .reads_at_each_key(chart, trace.steps.len(), |row| {
            waterfall::read_out(&trace.steps, row)
        })
        .await;
    browser.opens("waterfall-table").await;
    let rows: Vec<Vec<String>> = waterfall::rows(&trace.steps)
        .into_iter()
        .map(|(what, vcpu, end)| vec![what.into(), format::number(vcpu), format::number(end)])
        .collect();
    browser.tabulates("#waterfall-table tbody tr", &rows).await;
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
        .reads("#months .headline", &[months::reading(&months)])
        .await;
    browser.is_drawn("months").await;
    browser.press("Change the growth").await;
    browser.enter("growth_percent_per_month", "-12").await;
    sets(&mut inputs, "growth_percent_per_month", -12.0);
    browser.choose("Compare with", "AWS Fargate").await;
    let months = months_of(&inputs, Some(Platform::Fargate));
    assert_eq!(months.requests.len(), MONTHS);
    browser
        .reads("#months .headline", &[months::reading(&months)])
        .await;
    browser
        .reads("#months .chart > .note", &[months::terms(&months)])
        .await;
    let chart = "[role=slider][aria-label='Month']";
    browser
        .reads_at_each_key(chart, MONTHS - 1, |month| months::read_out(&months, month))
        .await;
    browser.opens("months-table").await;
    let row = |n: usize| {
        let usd = |usd: Option<f64>| format::usd(Usd::of(usd.unwrap()));
        vec![
            (n + 1).to_string(),
            format::number(months.requests[n]),
            usd(months.stay.spent[n]),
            usd(months.go.spent[n]),
            usd(months.saved(n).map(Usd::get)),
        ]
    };
    let rows: Vec<Vec<String>> = (0..MONTHS).map(row).collect();
    browser.tabulates("#months-table tbody tr", &rows).await;
    browser.end().await;
}
