//! Who is left to be recommended: what the deciding rules leave, who is the cheapest of them, and who ties with that one.

use super::{
    money,
    rule::{Effect, Fired, Side},
    tie::{Amount, Doubt, Held},
    verdict::{Against, Choice, Elsewhere, PaysOff, Under},
};
use crate::sorting::by_number;
use crate::{
    bill::{Bill, CostCategory},
    compare::Comparison,
    inputs::{Calibration, Inputs},
    people,
    platform::Platform,
    units::{MONTHS_PER_YEAR, Usd, WEEKS_PER_MONTH},
    vendor::Vendor,
};

/// What the deciding rules leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nothing.
    None,
    /// One side.
    Only(Side),
    /// What serves models without any Kubernetes.
    NoCluster,
    /// Everything; the money decides.
    Any,
}

/// What the deciding rules leave of the contenders.
pub(super) fn answer(fired: &[Fired], contenders: &Contenders<'_>) -> Answer {
    let decided = |side: fn(Side) -> bool| {
        fired.iter().find_map(|fired| match fired.effect {
            Effect::Decides(decided) if side(decided) => Some(decided),
            _ => None,
        })
    };
    let barred = decided(|side| side == Side::Serverless).is_some();
    let wanted = decided(|side| side != Side::Serverless);
    let has = |kubernetes: bool| {
        contenders
            .platforms()
            .any(|platform| platform.is_kubernetes() == kubernetes)
    };
    if barred {
        let kubernetes = decided(|side| side == Side::Kubernetes).is_some();
        let without = |platform| contenders.without_kubernetes(platform);
        return match wanted {
            None if has(false) => Answer::Only(Side::Serverless),
            Some(Side::Hybrid) if !kubernetes && contenders.platforms().any(without) => {
                Answer::NoCluster
            }
            // A team that should not run Kubernetes, and a workload that needs it.
            _ => Answer::None,
        };
    }
    match wanted {
        Some(Side::Hybrid) if !has(false) => Answer::Only(Side::Kubernetes),
        Some(side) => Answer::Only(side),
        None => Answer::Any,
    }
}

/// A platform that can run the workload, is priced, and takes this team.
#[derive(Clone, Copy, Debug)]
struct Contender {
    held: Held,
    total: Usd,
    /// What it is held by: its total and what moving there costs in each month, US dollars.
    rate: f64,
}

/// All of them, by rate. A team that is somewhere today moves only where that pays back in time: a platform is held by its
/// rate, which is its total and, where it isn't the one of today, what the move costs in each month of that time.
pub(super) struct Contenders<'a> {
    inputs: &'a Inputs,
    comparison: &'a Comparison,
    all: Vec<Contender>,
}

impl<'a> Contenders<'a> {
    pub(super) fn of(inputs: &'a Inputs, comparison: &'a Comparison) -> Self {
        let today = comparison.today(inputs);
        let contender = |(platform, total): (Platform, Usd)| {
            let bill = comparison.quote(platform).ok();
            let beyond = today.zip(bill).map_or(0.0, |(today, bill)| {
                money::beyond(platform, bill, today, inputs)
            });
            Contender {
                held: Held { platform, beyond },
                total,
                rate: total.get() + beyond,
            }
        };
        let mut all: Vec<_> = comparison.open(inputs).map(contender).collect();
        by_number(&mut all, |one| one.rate);
        Self {
            inputs,
            comparison,
            all,
        }
    }

    pub(super) fn platforms(&self) -> impl Iterator<Item = Platform> {
        self.all.iter().map(|contender| contender.held.platform)
    }

    /// Whether nothing of it is Kubernetes: not the platform, nor a pool beside it.
    fn without_kubernetes(&self, platform: Platform) -> bool {
        !platform.is_kubernetes() && !platform.has_pool_beside(self.inputs)
    }

    fn find(&self, platform: Platform) -> Option<&Contender> {
        self.all
            .iter()
            .find(|contender| contender.held.platform == platform)
    }

    /// The platform of today, if it is a contender among those.
    fn today(&self, allowed: &[Platform]) -> Option<&Contender> {
        let today = self.inputs.already_on?;
        self.find(today).filter(|_| allowed.contains(&today))
    }

    fn bill(&self, platform: Platform) -> Option<&'a Bill> {
        self.comparison.quote(platform).ok()
    }

    /// What the deciding rules leave, by rate.
    pub(super) fn allowed(&self, answer: Answer) -> Vec<Platform> {
        self.platforms()
            .filter(|platform| match answer {
                Answer::None => false,
                Answer::Only(side) => side.allows(*platform),
                Answer::NoCluster => self.without_kubernetes(*platform),
                Answer::Any => true,
            })
            .collect()
    }

    /// What those that are allowed are held by, with all doubt.
    fn amounts<'d>(&self, allowed: &[Platform], doubt: &'d Doubt<'d>) -> Vec<Amount<'d>> {
        allowed
            .iter()
            .filter_map(|platform| doubt.amount(self.find(*platform)?.held))
            .collect()
    }

    /// What ties with the cheapest of those that are allowed and, where the team is somewhere today, pays back in time; of these
    /// what stands beside the data, if anything does. The cheapest comes first.
    fn group(&self, allowed: &[Platform], doubt: &Doubt<'_>) -> Vec<Platform> {
        let mut amounts = self.amounts(allowed, doubt);
        by_number(&mut amounts, |amount| amount.rate);
        let Some(cheapest) = amounts.first() else {
            return Vec::new();
        };
        let today = self.inputs.already_on;
        let most = amounts
            .iter()
            .find(|amount| Some(amount.platform) == today)
            .map_or(f64::INFINITY, |today| today.rate);
        let group: Vec<Platform> = amounts
            .iter()
            .filter(|amount| amount.rate <= most && amount.ties_with(cheapest))
            .map(|amount| amount.platform)
            .collect();
        // Nobody moves for what can't be told apart.
        if today.is_some_and(|today| group.contains(&today)) {
            group
        } else {
            self.beside_the_data(group)
        }
    }

    /// The cloud where the data is: as the user says, else that of the platform of today.
    fn home(&self) -> Option<Vendor> {
        let today = self.inputs.already_on.map(Platform::vendor);
        self.inputs.data_on.or(today)
    }

    /// Of a tie what stands on the cloud of the data; all of it where nothing does.
    fn beside_the_data(&self, group: Vec<Platform>) -> Vec<Platform> {
        let home = self.home();
        let beside = |platform: &Platform| home == Some(platform.vendor());
        if group.iter().any(beside) {
            group.into_iter().filter(beside).collect()
        } else {
            group
        }
    }

    /// The best of those that are allowed: in a tie the platform of today, else the one with the lowest rate.
    pub(super) fn choose(&self, allowed: &[Platform], doubt: &Doubt<'_>) -> Option<Choice> {
        let group = self.group(allowed, doubt);
        let today = self
            .today(allowed)
            .map(|today| today.held.platform)
            .filter(|today| group.contains(today));
        let platform = today.or_else(|| self.by_promise(&group))?;
        let chosen = self.find(platform)?;
        let other = |other: &Platform| *other != platform;
        let runner_up = allowed
            .iter()
            .copied()
            .find(other)
            .or_else(|| self.platforms().find(other));
        let gap = runner_up
            .and_then(|platform| self.find(platform))
            .map(|other| other.total - chosen.total);
        Some(Choice {
            platform,
            runner_up,
            gap,
            group,
            stays: today.is_some(),
        })
    }

    /// Of a tie what costs least with the hours down that its promise allows; the cheapest where that one's aren't known, or an
    /// hour costs nothing.
    fn by_promise(&self, group: &[Platform]) -> Option<Platform> {
        let cheapest = *group.first()?;
        if self.inputs.promises.hour_down_usd == 0.0 {
            return Some(cheapest);
        }
        let cost = |platform: Platform| {
            // Nothing bounds the hours of what is known to promise none.
            if platform.promises_nothing(self.inputs) {
                return Some(f64::INFINITY);
            }
            let down = platform.cost_of_hours_down(self.inputs)?;
            Some(self.find(platform)?.rate + down.get() / MONTHS_PER_YEAR)
        };
        if cost(cheapest).is_none() {
            return Some(cheapest);
        }
        let known = group.iter().filter_map(|one| Some((*one, cost(*one)?)));
        let least = known.min_by(|one, other| one.1.total_cmp(&other.1));
        least.map(|(platform, _)| platform)
    }

    /// How a platform that is the answer elsewhere fares here: whether it still belongs to the group, and by how many dollars a
    /// month each other one fails to push it out.
    pub(super) fn standing(
        &self,
        allowed: &[Platform],
        answer: Option<Platform>,
        doubt: &Doubt<'_>,
    ) -> (bool, [Option<f64>; Platform::ALL.len()]) {
        let mut shortfall = [None; Platform::ALL.len()];
        let Some(answer) = answer.filter(|answer| allowed.contains(answer)) else {
            return (answer.is_none() && allowed.is_empty(), shortfall);
        };
        let amounts = self.amounts(allowed, doubt);
        let of = |platform| amounts.iter().find(|amount| amount.platform == platform);
        let Some(here) = of(answer) else {
            return (false, shortfall);
        };
        let today = self.inputs.already_on.and_then(of);
        let cheapest = amounts.iter().fold(
            here,
            |best, other| if other.rate < best.rate { other } else { best },
        );
        let home = self.home();
        let beside = |amount: &Amount<'_>| home == Some(amount.platform.vendor());
        // Of a tie what stands beside the data is left, unless the team is on one of it.
        let by_data = amounts.iter().any(beside)
            && !beside(here)
            && !today.is_some_and(|today| today.ties_with(cheapest));
        let mut holds = true;
        for other in amounts.iter().filter(|other| other.platform != answer) {
            let is_today = Some(other.platform) == self.inputs.already_on;
            // What doesn't pay back in time is out, however near.
            let mut usd = if is_today {
                other.rate - here.rate
            } else {
                here.shortfall_usd(other)
            };
            let is_cheapest = other.platform == cheapest.platform;
            holds &= !((is_cheapest && !is_today && usd <= 0.0) || (is_today && usd < 0.0));
            if by_data && beside(other) {
                let pays = today.is_none_or(|today| other.rate <= today.rate);
                holds &= !(pays && other.ties_with(cheapest));
                usd = usd.min(-other.shortfall_usd(cheapest));
            }
            shortfall[other.platform as usize] = Some(usd);
        }
        (holds, shortfall)
    }

    /// What a platform costs more than the cheapest of all.
    pub(super) fn price_of(&self, platform: Platform) -> Option<Usd> {
        let least = self.all.iter().map(|contender| contender.total).min()?;
        let more = self.find(platform)?.total - least;
        (more > Usd::ZERO).then_some(more)
    }

    /// What the cheapest of a side costs more than the platform that was chosen.
    pub(super) fn more_on(&self, side: Side, chosen: Platform) -> Option<Usd> {
        let of_side = |contender: &&Contender| side.allows(contender.held.platform);
        let other = self.all.iter().find(of_side)?;
        Some(other.total - self.find(chosen)?.total)
    }

    /// The Kubernetes that takes the least work, and of those the cheapest.
    pub(super) fn least_operated(&self) -> Option<Platform> {
        self.platforms()
            .filter(|platform| platform.is_kubernetes())
            .map(|platform| (hours(platform, self.inputs), platform))
            .reduce(|best, other| if other.0 < best.0 { other } else { best })
            .map(|(_, platform)| platform)
    }

    /// The best of the other side, held against the answer.
    pub(super) fn against(&self, answer: Platform) -> Option<Against> {
        let side = answer.is_kubernetes();
        let other = self
            .platforms()
            .find(|other| other.is_kubernetes() != side)?;
        let (here, there) = (self.bill(answer)?, self.bill(other)?);
        Some(Against {
            platform: other,
            infrastructure: there.infrastructure() - here.infrastructure(),
            hours_per_week: hours(other, self.inputs) - hours(answer, self.inputs),
            total: there.total() - here.total(),
        })
    }

    /// The most hours a week that Kubernetes may take and still cost no more than the answer, or than the best serverless
    /// platform where the answer is Kubernetes.
    pub(super) fn pays_off(&self, answer: Option<Platform>) -> Option<PaysOff> {
        let answer = answer.and_then(|answer| self.find(answer));
        let mut serverless = answer
            .into_iter()
            .chain(&self.all)
            .filter(|contender| !contender.held.platform.is_kubernetes());
        let serverless = serverless.next()?;
        let hour = self.inputs.team.rate_usd_per_hour * WEEKS_PER_MONTH;
        let below = |contender: &Contender| {
            let bill = self.bill(contender.held.platform)?;
            let people = bill.subtotal(CostCategory::People).get();
            Some(PaysOff {
                platform: contender.held.platform,
                hours_per_week: (serverless.rate - (contender.rate - people)) / hour,
            })
        };
        self.all
            .iter()
            .filter(|contender| contender.held.platform.is_kubernetes())
            .filter_map(below)
            .reduce(|best, other| {
                if other.hours_per_week > best.hours_per_week {
                    other
                } else {
                    best
                }
            })
            .filter(|best| best.hours_per_week > 0.0)
    }

    /// What is cheapest on clouds that may not be used, and what it would save.
    pub(super) fn elsewhere(&self, answer: Option<Platform>) -> Option<Elsewhere> {
        let (platform, total) = self.comparison.elsewhere(self.inputs).next()?;
        let here = answer.and_then(|answer| self.comparison.total(answer));
        Some(Elsewhere {
            platform,
            count: self.comparison.elsewhere(self.inputs).count(),
            saving: here.map_or(Usd::ZERO, |here| here - total),
        })
    }

    /// Who would be the answer under each calibration, and whether the one that is the answer still belongs to the group.
    pub(super) fn under_each(
        &self,
        allowed: &[Platform],
        answer: Platform,
        doubt: &Doubt<'_>,
    ) -> Vec<Under> {
        let under = |calibration: Calibration| {
            let doubt = doubt.under(calibration);
            // What the user chose is the answer itself, with all its doubt. Of the others most agree, and then the whole group
            // is of no interest.
            let chosen = calibration == self.inputs.people.calibration;
            if chosen || self.standing(allowed, Some(answer), &doubt).0 {
                return Some(Under {
                    calibration,
                    platform: answer,
                    agrees: true,
                });
            }
            let group = self.group(allowed, &doubt);
            let today = self.inputs.already_on.filter(|today| group.contains(today));
            Some(Under {
                calibration,
                platform: today.or_else(|| group.first().copied())?,
                agrees: group.contains(&answer),
            })
        };
        Calibration::ALL.into_iter().filter_map(under).collect()
    }
}

pub(super) fn hours(platform: Platform, inputs: &Inputs) -> f64 {
    people::on(platform, inputs).total()
}
