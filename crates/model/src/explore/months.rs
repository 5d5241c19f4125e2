//! What staying and moving come to over three years, month by month, as requests grow.
//!
//! Staying costs what the bill of the team's platform says each month. Moving costs one-off work before the first month, the
//! new platform's bill each month, and for the first months ([`Assumptions::move_overlap_months`]) the old platform's
//! infrastructure too, because both run until the last service has moved; the work on both is in the one-off. Who is on
//! nothing yet starts on either, each with its first set-up. Credits pay infrastructure while they last. Requests change by the same share each month and stay in the
//! range of the input.
//!
//! [`Assumptions::move_overlap_months`]: crate::inputs::Assumptions::move_overlap_months

use crate::{
    Assessment,
    compare::Best,
    decide::money::{OneOff, credit_of, moving, set_up},
    inputs::{Inputs, at},
    platform::Platform,
    platforms::Case,
    prices::PriceBook,
    units::Usd,
};

/// How many months are looked at.
pub const MONTHS: usize = 36;

/// What one way comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// On which platform.
    pub platform: Platform,
    /// The work before the first month.
    pub one_off: OneOff,
    /// US dollars that credits have paid so far.
    credited: f64,
    /// US dollars spent by the end of each month, the one-off included; none from the month on in which the platform can't
    /// run the workload or has no price.
    pub spent: Vec<Option<f64>>,
}

impl Way {
    fn new(platform: Platform, one_off: OneOff) -> Self {
        Self {
            platform,
            one_off,
            credited: 0.0,
            spent: Vec::new(),
        }
    }

    /// What credits pay of a month's bill, which is given as its total and its infrastructure; `month` is counted from zero.
    fn credited(&mut self, bill: Option<(f64, f64)>, month: usize, inputs: &Inputs) -> f64 {
        let credit = credit_of(self.platform, inputs);
        let (Some((_, infrastructure)), true) = (bill, (month as f64) < credit.months) else {
            return 0.0;
        };
        let paid = infrastructure.max(0.0).min(credit.usd - self.credited);
        self.credited += paid;
        paid
    }

    /// Adds a month that costs so much, less what credits pay of it.
    fn pay(&mut self, usd: Option<f64>) {
        let before = match self.spent.last() {
            Some(spent) => *spent,
            None => Some(self.one_off.cost.get()),
        };
        self.spent
            .push(before.zip(usd).map(|(spent, usd)| spent + usd));
    }
}

/// Staying against moving, as far as it has come.
#[derive(Clone, Debug, PartialEq)]
pub struct Months {
    inputs: Inputs,
    /// Requests of the first month.
    first: f64,
    /// Whether there is something to move from; else both are started on.
    pub moving: bool,
    /// Staying, or starting on the recommended platform.
    pub stay: Way,
    /// Moving, or starting on the other.
    pub go: Way,
    /// Requests of each month so far.
    pub requests: Vec<f64>,
    /// From which month on, counted from one, requests would leave the range of the input, and are held at its end.
    pub held_from: Option<usize>,
}

impl Months {
    /// What is compared, to a platform of choice or to the one that suggests itself: the advice, else the cheapest of the
    /// other side. None where there are no two platforms with a price.
    pub fn new(inputs: &Inputs, assessment: &Assessment, to: Option<Platform>) -> Option<Self> {
        let Assessment {
            comparison,
            verdict,
        } = assessment;
        let priced = |platform: &Platform| comparison.total(*platform).is_some();
        let moving = inputs.already_on.is_some();
        let from = inputs
            .already_on
            .or(verdict.platform)
            .or_else(|| comparison.ranked.first().copied())
            .filter(priced)?;
        let best = Best::of(comparison, inputs);
        let other = if from.is_kubernetes() {
            best.serverless
        } else {
            best.kubernetes
        };
        let instead = verdict.runner_up.filter(|_| verdict.stays);
        let to = [
            to,
            verdict.platform,
            instead,
            other.map(|(platform, _)| platform),
        ]
        .into_iter()
        .flatten()
        .filter(|to| *to != from)
        .find(priced)?;
        let work = |to: Platform, moving: bool| {
            let one_off = if moving { self::moving } else { set_up };
            one_off(to.is_kubernetes(), inputs)
        };
        let stay = if moving {
            OneOff::NONE
        } else {
            work(from, false)
        };
        Some(Self {
            inputs: inputs.clone(),
            first: inputs.http.requests_per_month,
            moving,
            stay: Way::new(from, stay),
            go: Way::new(to, work(to, moving)),
            requests: Vec::new(),
            held_from: None,
        })
    }

    /// What stays the same, and the requests of the last month so far.
    pub fn inputs(&self) -> &Inputs {
        &self.inputs
    }

    /// How many months there are so far.
    pub fn done(&self) -> usize {
        self.requests.len()
    }

    /// Does one more month. Whether there is more to do.
    pub fn step(&mut self, book: &PriceBook) -> bool {
        let month = self.done();
        if month == MONTHS {
            return false;
        }
        let growth = 1.0 + self.inputs.growth_percent_per_month / 100.0;
        let wanted = self.first * libm::pow(growth, month as f64);
        let range = at::http::requests_per_month.range();
        let requests = range.map_or(wanted, |range| range.clamp(wanted));
        if requests != wanted && self.held_from.is_none() {
            self.held_from = Some(month + 1);
        }
        self.inputs.http.requests_per_month = requests;
        self.requests.push(requests);
        let case = Case::of(&self.inputs);
        let prices = book.in_region(self.inputs.region);
        // All in, and infrastructure alone.
        let cost = |platform: Platform| {
            let bill = platform.quote(&case, &prices).ok()?;
            Some((bill.total().get(), bill.infrastructure().get()))
        };
        let (stay, go) = (cost(self.stay.platform), cost(self.go.platform));
        let credited = [
            self.stay.credited(stay, month, &self.inputs),
            self.go.credited(go, month, &self.inputs),
        ];
        let overlap = if self.moving {
            self.inputs.assumptions.move_overlap_months - month as f64
        } else {
            0.0
        };
        let both = overlap.clamp(0.0, 1.0) * stay.map_or(0.0, |(_, infrastructure)| infrastructure);
        self.stay.pay(stay.map(|(total, _)| total - credited[0]));
        self.go.pay(go.map(|(total, _)| total + both - credited[1]));
        month + 1 < MONTHS
    }

    /// The month, counted from one, by whose end moving has cost less than staying, and so in all later ones; none where
    /// that is not within what is looked at. A platform that can't go on counts as dearer.
    pub fn payback(&self) -> Option<usize> {
        let pays = |month: &usize| match (self.go.spent[*month], self.stay.spent[*month]) {
            (Some(go), Some(stay)) => go < stay,
            (go, _) => go.is_some(),
        };
        let paying = (0..self.done()).rev().take_while(pays).count();
        (paying > 0).then(|| self.done() - paying + 1)
    }

    /// What moving has saved by the end of a month, counted from zero; below zero where it has cost more.
    pub fn saved(&self, month: usize) -> Option<Usd> {
        let spent = |way: &Way| way.spent.get(month).copied().flatten();
        Some(Usd::of(spent(&self.stay)? - spent(&self.go)?))
    }
}
