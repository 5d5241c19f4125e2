//! Where workloads belong, as result files have it.

use plimsoll_model::{
    Assessment,
    inputs::Inputs,
    placement::{self, Because},
    prices::PriceBook,
};
use plimsoll_wording::placement as words;
use serde::Serialize;

/// The best split of workloads that differ, in a result file.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlacementResult {
    /// It costs less than the better whole, whatever engineering time is estimated by.
    recommended: bool,
    kubernetes: &'static str,
    serverless: &'static str,
    infrastructure_usd: f64,
    people_usd: f64,
    total_usd: f64,
    hours_per_week: f64,
    /// The cheapest platform that runs all of it; null where none does.
    whole: Option<WholeResult>,
    /// What the split saves against it; below zero where it costs more.
    saving_usd: Option<f64>,
    saving_hours_per_week: Option<f64>,
    /// What workloads exchange that the split separates, and what that costs; it is in the infrastructure.
    cut_gb: f64,
    cut_usd: f64,
    /// Every split was tried.
    exact: bool,
    /// No split costs less.
    lower_bound_usd: f64,
    gap_usd: f64,
    sentence: String,
    workloads: Vec<PlacedResult>,
}

/// A platform that runs all workloads, in a result file.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct WholeResult {
    platform: &'static str,
    infrastructure_usd: f64,
    total_usd: f64,
    hours_per_week: f64,
}

/// Where a workload belongs, in a result file.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct PlacedResult {
    name: String,
    count: u32,
    platform: &'static str,
    /// What it adds to the infrastructure on either side; null where it can't run there.
    kubernetes_usd: Option<f64>,
    serverless_usd: Option<f64>,
    /// "pinned", "limit", "cheaper", "near-the-others" or "with-the-others"; "together" where no split costs less.
    because: &'static str,
    reason: String,
    /// Whether its requests or runs are known.
    traffic_known: bool,
}

impl PlacementResult {
    /// The best split; none without a list of workloads, and where no two platforms can share it.
    pub fn of(assessment: &Assessment, inputs: &Inputs, book: &PriceBook) -> Option<Self> {
        let found = placement::placement(inputs, book, assessment)?;
        let total = &found.total;
        let saved = |of: fn(&placement::Total) -> f64| {
            let whole = found.whole.as_ref();
            whole.map(|(_, whole)| of(whole) - of(total))
        };
        let rows = inputs.workloads.rows().iter().zip(&found.workloads);
        let workloads = rows
            .enumerate()
            .map(|(place, (row, placed))| PlacedResult {
                name: row.name.clone(),
                count: row.count,
                platform: found.platform_of(placed).id(),
                kubernetes_usd: placed.kubernetes,
                serverless_usd: placed.serverless,
                because: match placed.because {
                    _ if !found.splits() => "together",
                    Because::Pinned => "pinned",
                    Because::OnlyHere(_) => "limit",
                    Because::Cheaper => "cheaper",
                    Because::NearTheOthers => "near-the-others",
                    Because::WithTheOthers => "with-the-others",
                },
                reason: words::told(place, &found, inputs, book),
                traffic_known: row.traffic_known(),
            })
            .collect();
        Some(Self {
            recommended: found.recommended,
            kubernetes: found.kubernetes.id(),
            serverless: found.serverless.id(),
            infrastructure_usd: total.infrastructure,
            people_usd: total.people,
            total_usd: total.usd(),
            hours_per_week: total.hours,
            whole: found.whole.map(|(platform, whole)| WholeResult {
                platform: platform.id(),
                infrastructure_usd: whole.infrastructure,
                total_usd: whole.usd(),
                hours_per_week: whole.hours,
            }),
            saving_usd: saved(placement::Total::usd),
            saving_hours_per_week: saved(|total| total.hours),
            cut_gb: found.cut_gb,
            cut_usd: found.cut_usd,
            exact: found.exact,
            lower_bound_usd: found.lower_bound,
            gap_usd: total.usd() - found.lower_bound,
            sentence: words::sentence(&found, inputs),
            workloads,
        })
    }
}
