//! The money around an answer: what leaving and moving cost, whether scale pays.

use crate::{
    bill::{Bill, CostCategory, Line},
    compare::Comparison,
    inputs::{Credit, Gpu, Inputs},
    people,
    platform::Platform,
    platforms::gpu,
    units::{MONTHS_PER_YEAR, Usd},
};

/// One-off work, and what it costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OneOff {
    /// Engineer-weeks.
    pub weeks: f64,
    /// US dollars.
    pub cost: Usd,
}

impl OneOff {
    /// Nothing to do.
    pub const NONE: Self = Self {
        weeks: 0.0,
        cost: Usd::ZERO,
    };

    fn of(weeks: f64, inputs: &Inputs) -> Self {
        let hours = weeks * inputs.assumptions.hours_per_engineer;
        Self {
            weeks,
            cost: Usd::of(hours * inputs.team.rate_usd_per_hour),
        }
    }
}

/// What leaving a platform later would cost, and what moves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Leaving {
    /// The work of moving to the other side.
    pub work: OneOff,
    /// What stays behind.
    pub proprietary: &'static str,
    /// What moves.
    pub portable: &'static str,
}

/// What leaving a platform for the other side would cost.
pub(super) fn leaving(platform: Platform, inputs: &Inputs) -> Leaving {
    let about = platform.definition();
    Leaving {
        work: moving(!platform.is_kubernetes(), inputs),
        proprietary: about.proprietary,
        portable: about.portable,
    }
}

/// The work of moving every service to one side, first set-up included.
pub fn moving(to_kubernetes: bool, inputs: &Inputs) -> OneOff {
    let a = &inputs.assumptions;
    let services = f64::from(inputs.services) * a.move_weeks_per_service;
    let weeks = a.move_weeks + services + set_up_weeks(to_kubernetes, inputs);
    OneOff::of(weeks, inputs)
}

/// The work of starting on one side, where nothing has to move.
pub fn set_up(to_kubernetes: bool, inputs: &Inputs) -> OneOff {
    OneOff::of(set_up_weeks(to_kubernetes, inputs), inputs)
}

/// Engineer-weeks of a first set-up.
fn set_up_weeks(to_kubernetes: bool, inputs: &Inputs) -> f64 {
    let a = &inputs.assumptions;
    match (to_kubernetes, inputs.team.existing_cluster) {
        (true, true) => 0.0,
        (true, false) => a.setup_weeks_kubernetes,
        (false, _) => a.setup_weeks_serverless,
    }
}

/// Moving from where the team is today.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Move {
    /// From which platform.
    pub from: Platform,
    /// To which.
    pub to: Platform,
    /// The work.
    pub work: OneOff,
    /// What the old platform's infrastructure costs while both run.
    pub overlap: Usd,
    /// What it saves in a month; negative where it costs more, none where the old platform has no bill for this workload.
    pub saving: Option<Usd>,
    /// After how many months the saving has paid for the work and the overlap; never where there is none.
    pub payback_months: Option<f64>,
}

/// What a move to one side costs once: the work, and today's infrastructure while both run.
fn once(to_kubernetes: bool, today: &Bill, inputs: &Inputs) -> (OneOff, Usd) {
    let months = inputs.assumptions.move_overlap_months;
    let overlap = today.infrastructure().get() * months;
    (moving(to_kubernetes, inputs), Usd::of(overlap))
}

/// What a platform is held by beyond its total, for a team that is on another one today: what the move costs in each month of
/// the time within which it has to pay back, less what credits pay of its bill by then, US dollars a month.
pub(super) fn beyond(to: Platform, bill: &Bill, today: (Platform, &Bill), inputs: &Inputs) -> f64 {
    let months = inputs.payback_months;
    let credit = credit_of(to, inputs).paid(bill.infrastructure().get(), months);
    let once = if to == today.0 {
        0.0
    } else {
        let (work, overlap) = once(to.is_kubernetes(), today.1, inputs);
        (work.cost + overlap).get()
    };
    (once - credit) / months
}

/// The credit that pays a platform's bill.
pub(crate) fn credit_of(platform: Platform, inputs: &Inputs) -> Credit {
    inputs.credits[platform.vendor()]
}

/// A move to a platform from the one of today, if that it leads to has a bill. The one of today may have none, where the workload is
/// beyond it: then the work is all that is known.
pub(super) fn move_to(to: Platform, inputs: &Inputs, comparison: &Comparison) -> Option<Move> {
    let from = inputs.already_on?;
    let there = comparison.quote(to).ok()?;
    let Some((_, today)) = comparison.today(inputs) else {
        return Some(Move {
            from,
            to,
            work: moving(to.is_kubernetes(), inputs),
            overlap: Usd::ZERO,
            saving: None,
            payback_months: None,
        });
    };
    let saving = today.total() - there.total();
    let (work, overlap) = once(to.is_kubernetes(), today, inputs);
    let once = (work.cost + overlap).get();
    let bills = [(from, today), (to, there)].map(|(platform, bill)| {
        (
            credit_of(platform, inputs),
            bill.infrastructure().get(),
            bill.total().get(),
        )
    });
    Some(Move {
        from,
        to,
        work,
        overlap,
        saving: Some(saving),
        payback_months: payback(once, bills),
    })
}

/// After how many months the lower bill has paid for what was spent once, with what credits pay on either; never where it does
/// not. Each bill is its credit, its infrastructure and its total.
fn payback(once: f64, [from, to]: [(Credit, f64, f64); 2]) -> Option<f64> {
    let spent = |(credit, infrastructure, total): (Credit, f64, f64), months: f64| {
        total * months - credit.paid(infrastructure, months)
    };
    let left = |months: f64| once + spent(to, months) - spent(from, months);
    // Between the ends of the credits what is left is a straight line.
    let mut ends: Vec<f64> = [from, to]
        .iter()
        .map(|(credit, infrastructure, _)| credit.lasts(*infrastructure))
        .filter(|months| *months > 0.0)
        .collect();
    ends.sort_by(f64::total_cmp);
    let mut begin = 0.0;
    for end in ends {
        let (before, after) = (left(begin), left(end));
        if after <= 0.0 {
            return Some(begin + (end - begin) * before / (before - after));
        }
        begin = end;
    }
    let monthly = from.2 - to.2;
    (monthly > 0.0).then(|| begin + left(begin) / monthly)
}

/// The moves that are worth telling: to the one that is suggested, to the vendor's own serverless platform, and to the best of
/// the other side.
pub(super) fn moves(
    suggested: Option<Platform>,
    inputs: &Inputs,
    comparison: &Comparison,
) -> Vec<Move> {
    let Some(from) = inputs.already_on else {
        return Vec::new();
    };
    let mut open = comparison.open(inputs).map(|(platform, _)| platform);
    let other_side = open.find(|platform| platform.is_kubernetes() != from.is_kubernetes());
    let mut targets: Vec<Platform> = Vec::new();
    for target in [suggested, from.definition().counterpart, other_side]
        .into_iter()
        .flatten()
    {
        if target != from && !targets.contains(&target) {
            targets.push(target);
        }
    }
    targets
        .into_iter()
        .filter_map(|to| move_to(to, inputs, comparison))
        .collect()
}

/// The scale at which the efficiency of Kubernetes would pay for its team.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaleCheck {
    /// Engineering time of the cheapest Kubernetes, US dollars a year.
    pub team_per_year: Usd,
    /// Compute a year above which the gain pays for it.
    pub threshold: Usd,
    /// Compute a year on the cheapest serverless platform.
    pub compute: Usd,
}

/// The yearly cost of the team over the gain, and where this workload stands.
pub(super) fn scale_check(inputs: &Inputs, comparison: &Comparison) -> Option<ScaleCheck> {
    let first = |kubernetes: bool| {
        let of_side = |platform: &&Platform| platform.is_kubernetes() == kubernetes;
        let platform = comparison.ranked.iter().find(of_side)?;
        comparison.quote(*platform).ok()
    };
    let (kubernetes, serverless) = (first(true)?, first(false)?);
    let team = kubernetes.subtotal(CostCategory::People).get() * MONTHS_PER_YEAR;
    // GPU nodes are the same on either side.
    let lines = serverless.category(CostCategory::Compute);
    let compute: Usd = lines
        .filter(|line| !gpu::is_node(line.meter))
        .map(Line::amount)
        .sum();
    Some(ScaleCheck {
        team_per_year: Usd::of(team),
        threshold: Usd::of(team / inputs.assumptions.efficiency_gain),
        compute: Usd::of(compute.get() * MONTHS_PER_YEAR),
    })
}

/// A pool of GPU nodes, as it stands on the bill of the platform whose API is in front of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pool {
    /// On which platform its nodes are: that of the API, or a Kubernetes of the same vendor beside it.
    pub platform: Platform,
    /// The node type, by its meter's name on the bill.
    pub node: &'static str,
    /// The type of GPU.
    pub gpu: &'static str,
    /// How many nodes.
    pub nodes: f64,
    /// Of the bill: nodes, what is paid for managing them, and a cluster of their own, US dollars a month.
    pub cost: Usd,
    /// Hours a week of the people who run a cluster of its own, with one service.
    pub hours_per_week: f64,
    /// Of the bill: what these hours cost a month.
    pub people: Usd,
}

/// The pool on a platform's bill, if there is one.
pub(super) fn pool(platform: Platform, bill: &Bill, inputs: &Inputs) -> Option<Pool> {
    if inputs.needs.gpu != Gpu::Serving {
        return None;
    }
    let lines = gpu::pool_lines(bill)?;
    let (gpu, _) = gpu::on_bill(bill)?;
    let hours = people::on_pool(platform, inputs);
    let beside = platform.vendor().profile().gpus.map(|gpus| gpus.cluster);
    Some(Pool {
        platform: beside.filter(|_| hours.is_some()).unwrap_or(platform),
        node: lines.first()?.name,
        gpu,
        nodes: f64::from(inputs.needs.gpu_nodes),
        cost: lines.iter().map(|line| line.amount()).sum(),
        hours_per_week: hours.map_or(0.0, people::Hours::total),
        people: bill
            .category(CostCategory::People)
            .filter(|line| people::is_of_pool(line))
            .map(Line::amount)
            .sum(),
    })
}
