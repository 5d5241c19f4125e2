//! The money around an answer: what leaving and moving cost, whether scale pays.

use crate::{
    bill::{Bill, CostCategory},
    compare::Comparison,
    inputs::{Credit, Inputs},
    people,
    platform::Platform,
    prices::{Meter, Price, PriceBook, meters as m},
    units::{HOURS_PER_MONTH, Hour, Qty, Usd},
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
    /// What it saves in a month; negative where it costs more.
    pub saving: Usd,
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

/// A move to a platform from the one of today, if both have a bill.
pub(super) fn move_to(to: Platform, inputs: &Inputs, comparison: &Comparison) -> Option<Move> {
    let from = inputs.already_on?;
    let (today, there) = (comparison.quote(from).ok()?, comparison.quote(to).ok()?);
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
        saving,
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
    let team = kubernetes.subtotal(CostCategory::People).get() * 12.0;
    Some(ScaleCheck {
        team_per_year: Usd::of(team),
        threshold: Usd::of(team / inputs.assumptions.efficiency_gain),
        compute: Usd::of(serverless.subtotal(CostCategory::Compute).get() * 12.0),
    })
}

/// A pool of GPU nodes behind a serverless API.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pool {
    /// On which Kubernetes.
    pub platform: Platform,
    /// The node type, by its meter's name on the bill.
    pub node: &'static str,
    /// How many.
    pub nodes: f64,
    /// Nodes and cluster a month, without people.
    pub cost: Usd,
    /// Hours a week of the people who run it, as a cluster with one service.
    pub hours_per_week: f64,
    /// What these hours cost a month.
    pub people: Usd,
}

/// The cheapest pool of the book, if it has a GPU node here.
pub(super) fn pool(inputs: &Inputs, book: &PriceBook) -> Option<Pool> {
    let prices = book.in_region(inputs.region);
    let nodes = f64::from(inputs.needs.gpu_nodes);
    let mut one_service = inputs.clone();
    one_service.services = 1;
    let month = |meter: Meter<Price<Hour>>| {
        let price = prices.get(meter).ok()?;
        Some((
            meter.id().info().name,
            Qty::of(nodes * HOURS_PER_MONTH) * price.value,
        ))
    };
    let fee = |meter| {
        prices
            .get(meter)
            .ok()
            .map(|fee| Qty::of(HOURS_PER_MONTH) * fee.value)
    };
    [
        (Platform::Eks, month(m::EC2_G5_XLARGE), fee(m::EKS_CLUSTER)),
        (Platform::Gke, month(m::GCE_G2_4), fee(m::GKE_CLUSTER)),
        (Platform::Aks, month(m::VM_NC4AS_T4), fee(m::AKS_STANDARD)),
    ]
    .into_iter()
    .filter_map(|(platform, month, fee)| {
        let (node, cost) = month?;
        let class = platform.definition().people;
        Some(Pool {
            hours_per_week: people::hours(class, &one_service).total(),
            people: Usd::of(
                people::lines(class, &one_service)
                    .iter()
                    .map(|line| line.amount().get())
                    .sum(),
            ),
            platform,
            node,
            nodes,
            cost: cost + fee?,
        })
    })
    .min_by(|a, b| a.cost.cmp(&b.cost))
}
