//! Which workloads belong into a cluster and which onto a serverless platform.
//!
//! A split pays for both: a cluster with its fees and its people for what stays in it, and a platform with its people for what
//! moves. It is looked for among the platforms of one cloud, or of any that is allowed where data lies nowhere in particular.
//! Up to [`EXACT`] kinds of workloads that may stand on either side, every split is tried; above, the kinds are moved one by one,
//! from both ends, and single moves are tried until none helps.

mod cut;
mod placed;
mod total;
mod turn;

pub use total::Total;
pub use turn::{Turn, turn};

use crate::sorting::by_number;
use crate::{
    assessment::Assessment,
    bill::Refusal,
    inputs::{Inputs, Pin, workloads::Edge},
    people,
    platform::Platform,
    platforms::{Case, Prepared},
    prices::{PriceBook, Prices},
    units::WEEKS_PER_MONTH,
};
use std::{cell::RefCell, collections::HashMap};

/// How many kinds may stand on either side for every split to be tried.
pub const EXACT: usize = 10;
/// How many pairs of a cluster and a platform are looked at closely where there are too many splits to try them all.
const CLOSELY: usize = 8;
/// For how many of these double moves are tried.
const POLISHED: usize = 4;
/// How many kinds on either side of the border are tried on the other one.
const NEAR: usize = 10;
/// Up to how many kinds all single and double moves are tried.
const FEW: usize = 24;
/// How often single moves and swaps are tried anew.
const ROUNDS: usize = 4;

/// What decided where a workload stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Because {
    /// The team said so.
    Pinned,
    /// The other side can't run it.
    OnlyHere(Refusal),
    /// It costs less there, in infrastructure.
    Cheaper,
    /// It costs more there by itself, but talks to what stands there: moved, the traffic would cost more than that.
    NearTheOthers,
    /// It costs more there by itself, but the people of another platform are paid for anyway, or not at all.
    WithTheOthers,
}

/// Where a workload stands, and what it costs on either side: dollars of infrastructure that it adds to what stands there.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// In the cluster, else on the serverless platform.
    pub in_cluster: bool,
    /// US dollars a month in the cluster; none where it can't run there.
    pub kubernetes: Option<f64>,
    /// US dollars a month on the serverless platform.
    pub serverless: Option<f64>,
    /// Why.
    pub because: Because,
}

/// The best split of the workloads, and the better whole that it is held against.
#[derive(Clone, Debug, PartialEq)]
pub struct Placement {
    /// The cluster.
    pub kubernetes: Platform,
    /// The other platform.
    pub serverless: Platform,
    /// What both come to.
    pub total: Total,
    /// The cheapest platform that runs all of it, if one does.
    pub whole: Option<(Platform, Total)>,
    /// What all of it would come to on a platform that has no disk for some of it, where that costs less than the split and than
    /// the better whole: they would share a file system there.
    pub shared_files: Option<(Platform, Total)>,
    /// The platform of the verdict, where all of it goes if no split costs less; it need not be the cheapest.
    pub answer: Option<Platform>,
    /// By their places in the list.
    pub workloads: Vec<Placed>,
    /// GB a month between workloads that the split separates.
    pub cut_gb: f64,
    /// What that costs, US dollars a month; it is in `total`.
    pub cut_usd: f64,
    /// Every split was tried.
    pub exact: bool,
    /// No split of these workloads costs less, US dollars a month.
    pub lower_bound: f64,
    /// It costs less than the better whole, whatever engineering time is estimated by.
    pub recommended: bool,
}

impl Placement {
    /// Whether the split costs less than the better whole, as far as one estimate says.
    pub fn splits(&self) -> bool {
        self.whole
            .is_none_or(|(_, whole)| self.total.usd() < whole.usd())
    }

    /// Where a workload belongs: with all others, if no split costs less.
    pub fn platform_of(&self, placed: &Placed) -> Platform {
        match self.whole {
            Some((whole, _)) if !self.splits() => self.answer.unwrap_or(whole),
            _ if placed.in_cluster => self.kubernetes,
            _ => self.serverless,
        }
    }
}

/// For which share of the time in which a move has to pay the nodes of today's cluster are paid anyway.
fn share_paid(inputs: &Inputs) -> f64 {
    let months = inputs.cluster.paid_months;
    if months > 0.0 {
        (months / inputs.payback_months).min(1.0)
    } else {
        0.0
    }
}

/// The best split; none without a list of workloads, or where no two platforms can share it.
pub fn placement(inputs: &Inputs, book: &PriceBook, assessment: &Assessment) -> Option<Placement> {
    if inputs.workloads.is_empty() {
        return None;
    }
    // Rows that are alike may still stand on different sides.
    let case = Case::of_rows(inputs);
    let prices = book.in_region(inputs.region);
    Desk::of(&case, &prices, assessment)?.placement()
}

/// A platform, and which of the kinds are on it.
type Asked = (Platform, Vec<bool>);
/// A cluster and a platform, by their places.
type Pair = (usize, usize);
/// Whether each kind may stand in the cluster, and outside.
type Sides = Vec<[bool; 2]>;

/// What is known while splits are tried.
struct Desk<'a> {
    case: &'a Case<'a>,
    prices: Prices<'a>,
    /// What the workloads exchange.
    edges: Vec<Edge>,
    clusters: Vec<Prepared<'a>>,
    platforms: Vec<Prepared<'a>>,
    /// Where the team pinned each kind.
    pinned: Vec<Option<Pin>>,
    whole: Option<(Platform, Total)>,
    shared_files: Option<(Platform, Total)>,
    answer: Option<Platform>,
    known: RefCell<HashMap<Asked, Option<Total>>>,
}

/// A cluster, a platform, and which of the kinds are in the cluster.
#[derive(Clone, Debug)]
struct Split {
    pair: Pair,
    kept: Vec<bool>,
    total: Total,
}

impl<'a> Desk<'a> {
    fn of(case: &'a Case<'a>, prices: &Prices<'a>, assessment: &Assessment) -> Option<Self> {
        let inputs = case.inputs;
        let comparison = &assessment.comparison;
        let open = |platform: &Platform| comparison.is_open(*platform, inputs);
        let all: Vec<Prepared<'a>> = Platform::ALL
            .into_iter()
            .filter(open)
            .filter_map(|platform| Prepared::of(platform, case, prices))
            .collect();
        let rows = inputs.workloads.rows();
        let pinned: Vec<Option<Pin>> = rows.iter().map(|row| row.pinned).collect();
        let may_hold = |on: &Prepared<'_>| {
            let here = if on.platform.is_kubernetes() {
                Pin::Kubernetes
            } else {
                Pin::Serverless
            };
            pinned
                .iter()
                .all(|pinned| pinned.is_none_or(|pinned| pinned == here))
        };
        let runs_all = |on: &Prepared<'_>| {
            (0..pinned.len()).all(|kind| on.refusal(kind).is_none()) && may_hold(on)
        };
        // Who runs a cluster keeps that one.
        let cluster_of_today = inputs.already_on.filter(|today| today.is_kubernetes());
        let stays = |platform: Platform| {
            !platform.is_kubernetes() || cluster_of_today.is_none_or(|today| today == platform)
        };
        // Whoever leaves a cluster that is paid for goes on to pay.
        let today = cluster_of_today.and_then(|today| comparison.quote(today).ok());
        let today = today.map_or(0.0, |bill| bill.infrastructure().get());
        let paid_nodes = today * share_paid(inputs);
        let cheapest = |of: &dyn Fn(&Prepared<'_>) -> bool| {
            let totals = all.iter().filter(|on| of(on)).filter_map(|on| {
                let bill = comparison.quote(on.platform).ok()?;
                let mut total = Total::of(on.platform, bill, inputs);
                if !on.platform.is_kubernetes() {
                    total.add(paid_nodes);
                }
                stays(on.platform).then_some((on.platform, total))
            });
            totals.min_by(|(_, a), (_, b)| a.usd().total_cmp(&b.usd()))
        };
        let whole = cheapest(&runs_all);
        let shared_files = cheapest(&may_hold);
        let (clusters, others): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|on| on.platform.is_kubernetes());
        let desk = Self {
            case,
            prices: *prices,
            edges: inputs.edges(),
            clusters: clusters
                .into_iter()
                .filter(|on| stays(on.platform))
                .collect(),
            platforms: others
                .into_iter()
                .filter(|on| !on.platform.has_nodes_without_kubernetes())
                .collect(),
            pinned,
            whole,
            shared_files,
            answer: assessment.verdict.platform,
            known: RefCell::default(),
        };
        (!desk.clusters.is_empty() && !desk.platforms.is_empty()).then_some(desk)
    }

    fn kinds(&self) -> usize {
        self.pinned.len()
    }

    /// Whether a cluster and a platform may share the workloads: on one cloud, or anywhere if no data binds them to one.
    fn may_share(&self, (cluster, platform): Pair) -> bool {
        let vendors = [
            self.clusters[cluster].platform.vendor(),
            self.platforms[platform].platform.vendor(),
        ];
        match self.case.inputs.data_on {
            Some(data) => vendors.iter().all(|vendor| *vendor == data),
            None => true,
        }
    }

    /// What some of the workloads come to on a platform; none where it can't run them. Nothing costs nothing.
    fn cost(&self, on: &Prepared<'_>, kept: &[bool]) -> Option<Total> {
        if !kept.contains(&true) {
            return Some(Total::default());
        }
        let key = (on.platform, kept.to_vec());
        if let Some(known) = self.known.borrow().get(&key) {
            return *known;
        }
        let inputs = self.case.inputs_of_some(kept);
        let total = on
            .quote(self.case, &inputs, kept)
            .ok()
            .map(|bill| Total::of(on.platform, &bill, &inputs));
        self.known.borrow_mut().insert(key, total);
        total
    }

    fn total(&self, (cluster, platform): Pair, kept: &[bool]) -> Option<Total> {
        let moved: Vec<bool> = kept.iter().map(|kept| !kept).collect();
        let in_cluster = self.cost(&self.clusters[cluster], kept)?;
        let outside = self.cost(&self.platforms[platform], &moved)?;
        let mut total = in_cluster.and(&outside);
        let more = self.cut((cluster, platform), kept)? + self.paid_anyway(cluster, &in_cluster);
        total.add(more);
        Some(total)
    }

    /// What nodes that are emptied go on to cost, US dollars a month over the time in which a move has to pay: those of today's cluster
    /// are paid for so many months of it.
    fn paid_anyway(&self, cluster: usize, in_cluster: &Total) -> f64 {
        let inputs = self.case.inputs;
        let on = &self.clusters[cluster];
        if inputs.cluster.paid_months <= 0.0 || inputs.already_on != Some(on.platform) {
            return 0.0;
        }
        let all = self.cost(on, &vec![true; self.kinds()]);
        let freed = all.map_or(0.0, |all| all.infrastructure - in_cluster.infrastructure);
        freed.max(0.0) * share_paid(inputs)
    }

    /// What the traffic between the two sides costs, US dollars a month; none where nobody knows.
    fn cut(&self, (cluster, platform): Pair, kept: &[bool]) -> Option<f64> {
        let gb = cut::gb(&self.edges, kept);
        let platforms = [
            self.clusters[cluster].platform,
            self.platforms[platform].platform,
        ];
        cut::usd(platforms, gb, self.case.inputs, &self.prices).ok()
    }

    /// On which side each kind may stand: in the cluster, outside.
    fn sides(&self, (cluster, platform): Pair) -> Option<Sides> {
        let sides: Sides = (0..self.kinds())
            .map(|kind| {
                let can = [
                    self.clusters[cluster].refusal(kind).is_none(),
                    self.platforms[platform].refusal(kind).is_none(),
                ];
                match self.pinned[kind] {
                    Some(Pin::Kubernetes) => [can[0], false],
                    Some(Pin::Serverless) => [false, can[1]],
                    None => can,
                }
            })
            .collect();
        sides
            .iter()
            .all(|side| side.contains(&true))
            .then_some(sides)
    }

    /// The pairs that may share the workloads, with the sides of each.
    fn pairs(&self) -> Vec<(Pair, Sides)> {
        (0..self.clusters.len())
            .flat_map(|cluster| (0..self.platforms.len()).map(move |platform| (cluster, platform)))
            .filter(|pair| self.may_share(*pair))
            .filter_map(|pair| Some((pair, self.sides(pair)?)))
            .collect()
    }

    fn placement(&self) -> Option<Placement> {
        let pairs = self.pairs();
        let free = |sides: &[[bool; 2]]| sides.iter().filter(|side| **side == [true; 2]).count();
        let exact = pairs.iter().all(|(_, sides)| free(sides) <= EXACT);
        let best = if exact {
            let splits = pairs
                .iter()
                .filter_map(|(pair, sides)| self.every(*pair, sides));
            splits.min_by(|a, b| a.total.usd().total_cmp(&b.total.usd()))
        } else {
            self.searched(&pairs)
        }?;
        let lower_bound = if exact {
            best.total.usd()
        } else {
            pairs
                .iter()
                .map(|(pair, sides)| self.at_least(*pair, sides))
                .fold(f64::MAX, f64::min)
                .min(best.total.usd())
        };
        let recommended = self
            .whole
            .is_none_or(|(_, whole)| best.total.is_surely_below(&whole));
        Some(Placement {
            kubernetes: self.clusters[best.pair.0].platform,
            serverless: self.platforms[best.pair.1].platform,
            total: best.total,
            whole: self.whole,
            shared_files: self.shared_files.filter(|(_, all)| {
                let than_split = all.usd() < best.total.usd();
                than_split && self.whole.is_none_or(|(_, whole)| all.usd() < whole.usd())
            }),
            answer: self.answer,
            workloads: self.placed(&best),
            cut_gb: cut::gb(&self.edges, &best.kept),
            cut_usd: self.cut(best.pair, &best.kept).unwrap_or_default(),
            exact,
            lower_bound,
            recommended,
        })
    }

    /// The best of all splits between two platforms that leave something on both.
    fn every(&self, pair: Pair, sides: &[[bool; 2]]) -> Option<Split> {
        let free: Vec<usize> = (0..self.kinds())
            .filter(|kind| sides[*kind] == [true; 2])
            .collect();
        let mut kept: Vec<bool> = sides.iter().map(|side| side[0]).collect();
        let mut best: Option<Split> = None;
        for mask in 0..1_u32 << free.len() {
            for (n, kind) in free.iter().enumerate() {
                kept[*kind] = mask & (1 << n) != 0;
            }
            if kept.contains(&true) && kept.contains(&false) {
                self.offer(&mut best, pair, &kept);
            }
        }
        best
    }

    fn offer(&self, best: &mut Option<Split>, pair: Pair, kept: &[bool]) -> bool {
        let Some(total) = self.total(pair, kept) else {
            return false;
        };
        let better = best
            .as_ref()
            .is_none_or(|best| total.usd() < best.total.usd() - 1e-9);
        if better {
            *best = Some(Split {
                pair,
                kept: kept.to_vec(),
                total,
            });
        }
        better
    }

    /// The best split that is found where there are too many to try them all.
    fn searched(&self, pairs: &[(Pair, Sides)]) -> Option<Split> {
        // All that can moves: which pairs are worth a closer look.
        let mut first: Vec<(f64, usize)> = pairs
            .iter()
            .enumerate()
            .filter_map(|(n, (pair, sides))| {
                let kept: Vec<bool> = sides.iter().map(|side| !side[1]).collect();
                Some((self.total(*pair, &kept)?.usd(), n))
            })
            .collect();
        by_number(&mut first, |one| one.0);
        let close = first.iter().take(CLOSELY).map(|(_, n)| &pairs[*n]);
        let found = close.filter_map(|(pair, sides)| Some((self.closely(*pair, sides)?, sides)));
        let mut found: Vec<(Split, &Sides)> = found.collect();
        by_number(&mut found, |(split, _)| split.total.usd());
        found.truncate(POLISHED);
        let polished = found
            .into_iter()
            .map(|(split, sides)| self.polished(split, sides));
        polished.min_by(|a, b| a.total.usd().total_cmp(&b.total.usd()))
    }

    /// Moves two kinds at once, both to one side or one for the other, as long as that helps.
    fn polished(&self, split: Split, sides: &[[bool; 2]]) -> Split {
        let mut free: Vec<usize> = (0..self.kinds())
            .filter(|kind| sides[*kind] == [true; 2])
            .collect();
        if free.len() > FEW {
            // Of many the small ones: a large one has its side.
            let room = |kind: &usize| self.case.parts()[*kind].room();
            by_number(&mut free, room);
            free.truncate(NEAR);
        }
        let pair = split.pair;
        let mut best = Some(split);
        for _ in 0..ROUNDS {
            let mut helped = false;
            for (n, one) in free.iter().enumerate() {
                for other in &free[n + 1..] {
                    let mut kept = best
                        .as_ref()
                        .map_or_else(Vec::new, |best| best.kept.clone());
                    kept[*one] = !kept[*one];
                    kept[*other] = !kept[*other];
                    if kept.contains(&true) && kept.contains(&false) {
                        helped |= self.offer(&mut best, pair, &kept);
                    }
                }
            }
            if !helped {
                break;
            }
        }
        best.unwrap_or_else(|| unreachable!("it began with one"))
    }

    /// The best split of a pair: by what each kind would save outside, from both ends, and then by single moves and swaps.
    fn closely(&self, pair: Pair, sides: &[[bool; 2]]) -> Option<Split> {
        let mut order: Vec<(f64, usize)> = (0..self.kinds())
            .filter(|kind| sides[*kind] == [true; 2])
            .map(|kind| (self.saved_outside(pair, kind), kind))
            .collect();
        by_number(&mut order, |one| -one.0);
        let mut best: Option<Split> = None;
        let mut kept: Vec<bool> = sides.iter().map(|side| side[0]).collect();
        let step = (order.len() / 24).max(1);
        for (n, (_, kind)) in order.iter().enumerate() {
            if n % step == 0 && kept.contains(&true) && kept.contains(&false) {
                self.offer(&mut best, pair, &kept);
            }
            kept[*kind] = false;
        }
        if kept.contains(&true) && kept.contains(&false) {
            self.offer(&mut best, pair, &kept);
        }
        // Moves that are near the border first: they are the likeliest to help.
        let near = |split: &Split| {
            let border = order.iter().position(|(_, kind)| split.kept[*kind]);
            let border = border.unwrap_or(order.len());
            let near = if order.len() > FEW { NEAR } else { FEW };
            let from = border.saturating_sub(near);
            order[from..(border + near).min(order.len())]
                .iter()
                .map(|(_, kind)| *kind)
                .collect::<Vec<_>>()
        };
        for _ in 0..ROUNDS {
            let Some(split) = best.clone() else { break };
            let mut helped = false;
            for kind in near(&split) {
                let mut kept = best
                    .as_ref()
                    .map_or_else(Vec::new, |best| best.kept.clone());
                kept[kind] = !kept[kind];
                if kept.contains(&true) && kept.contains(&false) {
                    helped |= self.offer(&mut best, pair, &kept);
                }
            }
            if !helped {
                break;
            }
        }
        best
    }

    /// About what a kind would cost less outside than in the cluster, by the room that it takes of the cluster's nodes.
    fn saved_outside(&self, (cluster, platform): Pair, kind: usize) -> f64 {
        let mut alone = vec![false; self.kinds()];
        alone[kind] = true;
        let outside = self.cost(&self.platforms[platform], &alone);
        let room = self.case.parts()[kind].room();
        let all: f64 = self.case.parts().iter().map(|part| part.room()).sum();
        let whole = self.cost(&self.clusters[cluster], &vec![true; self.kinds()]);
        let dollars = whole.map_or(0.0, |whole| whole.infrastructure);
        let inside = if all > 0.0 { dollars * room / all } else { 0.0 };
        inside - outside.map_or(f64::MAX, |outside| outside.infrastructure)
    }

    /// Dollars a month that no split between two platforms comes below: what has to stand on either side, which more never makes
    /// cheaper, and the people of both for as little as there may be.
    fn at_least(&self, (cluster, platform): Pair, sides: &[[bool; 2]]) -> f64 {
        let mut one = self.case.inputs_of_some(&vec![false; self.kinds()]);
        one.services = 1;
        let side = |on: &Prepared<'_>, other: usize| {
            let bound: Vec<bool> = sides.iter().map(|side| !side[other]).collect();
            let machines = self
                .cost(on, &bound)
                .map_or(0.0, |total| total.infrastructure);
            let hours = people::on(on.platform, &one).total();
            machines + hours * WEEKS_PER_MONTH * one.team.rate_usd_per_hour
        };
        side(&self.clusters[cluster], 1) + side(&self.platforms[platform], 0)
    }
}

#[cfg(test)]
mod tests;
