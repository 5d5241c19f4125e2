//! Results as JSON: every platform with its bill line by line, and the advice. Amounts are not rounded.
use super::{VERSION, placed::PlacementResult, setting};
use plimsoll_model::{
    Assessment,
    bill::{Bill, CostCategory, Line, Refusal},
    compare::{Comparison, UnitCosts},
    decide::{Fired, Under, Verdict, money::Move},
    explore::{
        break_even::{self, BreakEven, Contest, Outcome},
        flips::{self, Flip},
        sweep::Sweep,
    },
    inputs::{Calibration, Inputs},
    platform::Platform,
    platforms::{Case, cloud_run},
    prices::PriceBook,
    promises::Confidence,
    units::{SECONDS_PER_MONTH, Usd},
};
use plimsoll_wording::{answer, explain, format, promises};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// A comparison.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ResultFile {
    /// The version.
    pub v: u64,
    /// Every platform, best first.
    pub platforms: Vec<PlatformResult>,
    /// The id of the recommended platform.
    pub recommended: Option<&'static str>,
    /// The advice.
    pub verdict: VerdictResult,
    /// The single changes that give another recommendation, the nearest first.
    pub flips: Vec<FlipResult>,
    /// Where the sides, and any two platforms, change places as requests grow.
    pub break_even: BreakEvenResult,
    /// Which workloads belong where; null without a list, and where no two platforms can share it.
    pub placement: Option<PlacementResult>,
}

/// A change that gives another recommendation, in a result file.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FlipResult {
    /// The input's path in a scenario.
    input: &'static str,
    /// The nearest value with another answer; null where the number is left open.
    value: Value,
    /// "up", "down", or "other" for another option.
    direction: &'static str,
    winner: Option<&'static str>,
    /// The last number with the old answer.
    still: Option<f64>,
    /// A round number beyond it with the same winner.
    round: Value,
    /// How far away it is, as a share of the input's slider.
    distance: Option<f64>,
    explanation: String,
}

/// The break-evens, in a result file.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BreakEvenResult {
    /// Requests a second today.
    today_per_second: f64,
    /// What the sides come to, in a sentence.
    headline: String,
    /// The first and the last of the sides.
    sides: Vec<CrossingResult>,
    /// Any two platforms that both have a price somewhere.
    pairs: Vec<PairResult>,
}

/// Two platforms as requests grow, in a result file.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PairResult {
    platforms: [&'static str; 2],
    /// Who costs less at the fewest requests.
    cheaper_at_first: &'static str,
    /// The first and the last.
    crossings: Vec<CrossingResult>,
    /// The break-even in requests a month in closed form, where that applies.
    closed_form: Option<f64>,
}

/// A break-even in a result file.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CrossingResult {
    requests_per_month: f64,
    requests_per_second: f64,
    usd: f64,
    below: &'static str,
    above: &'static str,
}

/// The advice in a result file.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VerdictResult {
    class: &'static str,
    platform: Option<&'static str>,
    runner_up: Option<&'static str>,
    gap_usd: Option<f64>,
    too_close: bool,
    /// The answer is to stay on the platform of today.
    stays: bool,
    rules: Vec<RuleResult>,
    caution: String,
    /// "stay", "use", "choose", "hybrid" or "none".
    shape: &'static str,
    /// The answer in a sentence.
    sentence: String,
    /// What stands under the sentence.
    summary: Vec<String>,
    /// What ties with the cheapest, the cheapest first.
    group: Vec<&'static str>,
    /// The best of the other side: what it costs and takes more than the answer.
    against: Option<AgainstResult>,
    /// The most hours a week that Kubernetes may take and still cost no more than the best serverless platform; null where it
    /// would not pay at any number.
    pays_off_below_hours: Option<f64>,
    /// The answer under each calibration of engineering time.
    calibrations: CalibrationsResult,
    /// What is cheapest on clouds that may not be used.
    elsewhere: Option<ElsewhereResult>,
    /// What the answer costs more than the cheapest of all, because a rule decided.
    price_of_rule_usd: Option<f64>,
    /// Where none fits: the Kubernetes that takes the least work.
    least_operated: Option<&'static str>,
    hours_per_week: Option<f64>,
    engineers: Option<f64>,
    leaving: Option<LeavingResult>,
    gpu_pool: Option<PoolResult>,
    moves: Vec<MoveResult>,
    scale_check: Option<ScaleCheckResult>,
}

/// The best of the other side, in a result file: how much more it is than the answer, below zero where it is less.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AgainstResult {
    platform: &'static str,
    infrastructure_usd: f64,
    hours_per_week: f64,
    total_usd: f64,
}

/// What is cheapest on clouds that may not be used, in a result file.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ElsewhereResult {
    platform: &'static str,
    /// How many platforms there are.
    platforms: usize,
    /// What it would save a month; below zero where it costs more.
    saving_usd: f64,
}

/// The answer under each calibration of engineering time, in a result file.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CalibrationsResult {
    /// How many give the same answer.
    agree: usize,
    /// How many there are.
    of: usize,
    under: Vec<UnderResult>,
}

/// The answer under a calibration, in a result file.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UnderResult {
    calibration: &'static str,
    platform: &'static str,
    agrees: bool,
}

/// A rule that fired, in a result file.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RuleResult {
    id: &'static str,
    effect: &'static str,
    question: &'static str,
    reason: String,
    source: &'static str,
    /// What following it would cost more in a month, where it lost.
    price_usd: Option<f64>,
}

/// What leaving the platform later would cost, in a result file.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LeavingResult {
    engineer_weeks: f64,
    cost_usd: f64,
    proprietary: &'static str,
    portable: &'static str,
}

/// A GPU pool in a result file: a part of the answer's bill.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PoolResult {
    platform: &'static str,
    node: &'static str,
    gpu: &'static str,
    nodes: f64,
    cost_usd: f64,
    hours_per_week: f64,
    people_usd: f64,
}

/// Moving from where the team is today, in a result file.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MoveResult {
    from: &'static str,
    to: &'static str,
    engineer_weeks: f64,
    cost_usd: f64,
    /// What the old platform's infrastructure costs while both run.
    overlap_usd: f64,
    /// What it saves a month; null where the old platform has no bill for this workload.
    saving_usd: Option<f64>,
    payback_months: Option<f64>,
    explanation: String,
}

/// Whether scale pays, in a result file.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ScaleCheckResult {
    team_per_year_usd: f64,
    threshold_usd: f64,
    compute_per_year_usd: f64,
    explanation: String,
}

/// One platform in a result file.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlatformResult {
    id: &'static str,
    name: &'static str,
    region: &'static str,
    status: &'static str,
    reason: Option<String>,
    /// The page that the reason stands on.
    page: Option<&'static str>,
    infrastructure_usd: Option<f64>,
    people_usd: Option<f64>,
    total_usd: Option<f64>,
    unit_costs: Option<UnitCostsResult>,
    /// The day since which no new customers are taken.
    closed_since: Option<&'static str>,
    /// What its bill leaves out.
    left_out: String,
    /// What it promises, with the page of each; no confidence where it is not known.
    promises: Vec<PromiseResult>,
    /// How many hours a year its promise lets it be down; null where nothing bounds them that anybody has read.
    hours_down_per_year: Option<f64>,
    /// What they cost by what an hour down costs, US dollars a year; in no bill.
    hours_down_usd_per_year: Option<f64>,
    /// What of its limits nobody has read, as far as this workload needs it.
    not_known: Vec<&'static str>,
    lines: Vec<LineResult>,
    figures: BTreeMap<&'static str, f64>,
}

/// A promise in a result file.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PromiseResult {
    about: &'static str,
    says: String,
    page: &'static str,
    read: &'static str,
    /// "high", "medium", "low", or null where it is not known.
    confidence: Option<&'static str>,
}

/// Unit costs in a result file, US dollars a month.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UnitCostsResult {
    per_million_requests_usd: Option<f64>,
    per_service_usd: f64,
    per_engineer_usd: f64,
}

/// One line of a bill in a result file.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LineResult {
    part: &'static str,
    meter: &'static str,
    name: &'static str,
    quantity: f64,
    unit: &'static str,
    unit_price_usd: f64,
    amount_usd: f64,
    basis: &'static str,
    source: String,
    /// The workload that it is for; null where it is shared, or where all workloads are alike.
    workload: Option<String>,
}

/// The comparison as a result file.
pub fn result(assessment: &Assessment, inputs: &Inputs, book: &PriceBook) -> ResultFile {
    let Assessment {
        comparison,
        verdict,
    } = assessment;
    ResultFile {
        v: VERSION,
        platforms: comparison
            .ranked
            .iter()
            .map(|platform| platform_result(*platform, comparison, inputs, book))
            .collect(),
        recommended: verdict.platform.map(Platform::id),
        verdict: verdict_result(assessment, inputs),
        flips: flip_results(inputs, book),
        break_even: break_even_result(inputs, book),
        placement: PlacementResult::of(assessment, inputs, book),
    }
}

fn flip_results(inputs: &Inputs, book: &PriceBook) -> Vec<FlipResult> {
    let result = |flip: &Flip| FlipResult {
        input: flip.field.path,
        value: setting::write(flip.field, flip.to),
        direction: flip.direction.id(),
        winner: flip.winner.map(Platform::id),
        still: flip.still,
        round: setting::write(flip.field, flip.round),
        distance: flip.distance,
        explanation: explain::change::flip(flip, inputs),
    };
    flips::all(inputs, book).iter().map(result).collect()
}

fn break_even_result(inputs: &Inputs, book: &PriceBook) -> BreakEvenResult {
    let mut sweep = Sweep::new(inputs);
    while sweep.step(book) {}
    let mut search = break_even::Search::with_pairs(&sweep);
    while search.step(book) {}
    let here = inputs.http.requests_per_month;
    BreakEvenResult {
        today_per_second: here / SECONDS_PER_MONTH,
        headline: explain::break_even(&sweep.curves, search.found(), here),
        sides: search.found().iter().map(crossing).collect(),
        pairs: search
            .outcomes()
            .iter()
            .filter_map(|outcome| pair(outcome, inputs, book))
            .collect(),
    }
}

fn pair(outcome: &Outcome, inputs: &Inputs, book: &PriceBook) -> Option<PairResult> {
    let Contest::Pair(a, b) = outcome.contest else {
        return None;
    };
    let closed_form = match (a, b, outcome.found.as_slice()) {
        (Platform::CloudRun, other, [one]) => {
            break_even::closed_form(other, one.per_month, inputs, book)
        }
        _ => None,
    };
    Some(PairResult {
        platforms: [a.id(), b.id()],
        cheaper_at_first: outcome.at_first?.id(),
        crossings: outcome.found.iter().map(crossing).collect(),
        closed_form,
    })
}

fn crossing(found: &BreakEven) -> CrossingResult {
    CrossingResult {
        requests_per_month: found.per_month,
        requests_per_second: found.per_second,
        usd: found.usd,
        below: found.below.id(),
        above: found.above.id(),
    }
}

fn verdict_result(assessment: &Assessment, inputs: &Inputs) -> VerdictResult {
    let verdict = &assessment.verdict;
    VerdictResult {
        class: verdict.class.id(),
        platform: verdict.platform.map(Platform::id),
        runner_up: verdict.runner_up.map(Platform::id),
        gap_usd: verdict.gap.map(Usd::get),
        too_close: verdict.too_close(),
        stays: verdict.stays,
        rules: verdict.rules.iter().map(rule_result).collect(),
        caution: format::sentence(&verdict.caution),
        shape: verdict.shape.id(),
        sentence: answer::sentence(assessment, inputs),
        summary: answer::summary(assessment, inputs),
        group: verdict.group.iter().map(|platform| platform.id()).collect(),
        against: verdict.against.map(|against| AgainstResult {
            platform: against.platform.id(),
            infrastructure_usd: against.infrastructure.get(),
            hours_per_week: against.hours_per_week,
            total_usd: against.total.get(),
        }),
        pays_off_below_hours: verdict.pays_off.map(|pays| pays.hours_per_week),
        calibrations: calibrations(verdict),
        elsewhere: verdict.elsewhere.map(|elsewhere| ElsewhereResult {
            platform: elsewhere.platform.id(),
            platforms: elsewhere.count,
            saving_usd: elsewhere.saving.get(),
        }),
        price_of_rule_usd: verdict.price_of_rule.map(Usd::get),
        least_operated: verdict.least_operated.map(Platform::id),
        hours_per_week: verdict.effort.map(|effort| effort.hours_per_week),
        engineers: verdict.effort.map(|effort| effort.engineers),
        leaving: verdict.leaving.map(|leaving| LeavingResult {
            engineer_weeks: leaving.work.weeks,
            cost_usd: leaving.work.cost.get(),
            proprietary: leaving.proprietary,
            portable: leaving.portable,
        }),
        gpu_pool: verdict.pool.map(|pool| PoolResult {
            platform: pool.platform.id(),
            node: pool.node,
            gpu: pool.gpu,
            nodes: pool.nodes,
            cost_usd: pool.cost.get(),
            hours_per_week: pool.hours_per_week,
            people_usd: pool.people.get(),
        }),
        moves: verdict.moves.iter().map(move_result).collect(),
        scale_check: verdict.scale_check.map(|check| ScaleCheckResult {
            team_per_year_usd: check.team_per_year.get(),
            threshold_usd: check.threshold.get(),
            compute_per_year_usd: check.compute.get(),
            explanation: explain::scale_check(&check, inputs),
        }),
    }
}

fn calibrations(verdict: &Verdict) -> CalibrationsResult {
    let (agree, of) = verdict.agreement();
    let under = |under: &Under| UnderResult {
        calibration: Calibration::OPTIONS[under.calibration as usize].0,
        platform: under.platform.id(),
        agrees: under.agrees,
    };
    CalibrationsResult {
        agree,
        of,
        under: verdict.under.iter().map(under).collect(),
    }
}

fn rule_result(fired: &Fired) -> RuleResult {
    RuleResult {
        id: fired.rule.id,
        effect: fired.effect.id(),
        question: fired.rule.question.text(),
        reason: explain::reason_of(fired),
        source: fired.rule.source,
        price_usd: fired.price.map(Usd::get),
    }
}

fn move_result(to: &Move) -> MoveResult {
    MoveResult {
        from: to.from.id(),
        to: to.to.id(),
        engineer_weeks: to.work.weeks,
        cost_usd: to.work.cost.get(),
        overlap_usd: to.overlap.get(),
        saving_usd: to.saving.map(Usd::get),
        payback_months: to.payback_months,
        explanation: explain::moving(to),
    }
}

fn platform_result(
    platform: Platform,
    comparison: &Comparison,
    inputs: &Inputs,
    book: &PriceBook,
) -> PlatformResult {
    let about = platform.definition();
    let quote = comparison.quote(platform);
    let money = |amount: fn(&Bill) -> Usd| quote.ok().map(|bill| amount(bill).get());
    let refusal = quote.err();
    PlatformResult {
        id: platform.id(),
        name: platform.name(),
        region: platform.city(inputs.region),
        status: match refusal {
            None => "priced",
            Some(Refusal::CannotRun(_)) => "cannot-run",
            Some(Refusal::NoPrice(_)) => "no-price",
        },
        reason: refusal.map(explain::refusal),
        page: match refusal {
            Some(Refusal::CannotRun(cannot)) => Some(cannot.page).filter(|page| !page.is_empty()),
            _ => None,
        },
        infrastructure_usd: money(Bill::infrastructure),
        people_usd: money(|bill| bill.subtotal(CostCategory::People)),
        total_usd: money(Bill::total),
        unit_costs: quote.ok().map(|bill| {
            let costs = UnitCosts::of(bill, inputs);
            UnitCostsResult {
                per_million_requests_usd: costs.per_million_requests.map(Usd::get),
                per_service_usd: costs.per_service.get(),
                per_engineer_usd: costs.per_engineer.get(),
            }
        }),
        closed_since: about.closed.map(|closed| closed.since),
        left_out: explain::left_out(platform, quote.ok(), inputs),
        promises: promises::all(platform)
            .into_iter()
            .map(|told| PromiseResult {
                about: told.what,
                says: told.text,
                page: told.page,
                read: told.read,
                confidence: told.confidence.map(Confidence::id),
            })
            .collect(),
        hours_down_per_year: platform.hours_down_per_year(inputs),
        hours_down_usd_per_year: platform.cost_of_hours_down(inputs).map(Usd::get),
        not_known: about.limits.not_known(&Case::of(inputs)),
        lines: quote.map_or(Vec::new(), |bill| {
            bill.lines
                .iter()
                .map(|line| line_result(line, inputs, book))
                .collect()
        }),
        figures: quote.map_or(BTreeMap::new(), |bill| {
            let of_the_bill = bill.figures.iter().map(|figure| (figure.id, figure.value));
            of_the_bill.chain(switch(platform, inputs, book)).collect()
        }),
    }
}

/// Where Cloud Run's bill changes from one way of billing to the other.
fn switch(platform: Platform, inputs: &Inputs, book: &PriceBook) -> Option<(&'static str, f64)> {
    if platform != Platform::CloudRun {
        return None;
    }
    let requests = cloud_run::instance_billing_from(inputs, book)?;
    Some(("instance_billing_from_requests_per_month", requests))
}

fn line_result(line: &Line, inputs: &Inputs, book: &PriceBook) -> LineResult {
    let row = line
        .workload
        .and_then(|place| inputs.workloads.rows().get(place));
    LineResult {
        workload: row.map(|row| row.name.clone()),
        part: line.category.id(),
        meter: line.meter,
        name: line.name,
        quantity: line.quantity,
        unit: line.unit,
        unit_price_usd: line.unit_price,
        amount_usd: line.amount().get(),
        basis: line.basis.id(),
        source: explain::source(line, book),
    }
}
