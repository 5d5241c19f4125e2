//! The bill of workloads that differ, where each pays for itself: on platforms without nodes.
//!
//! Each workload runs in the way that is cheapest for it, with a size and a minimum of its own. What is shared stands on the
//! bill once: free tiers, the fees of plans and clusters, and all that stands around the containers. On platforms with nodes all
//! pods are packed together instead, see [`kubernetes`](super::kubernetes).

use super::{Case, case::Part, local_disk, plans::finished};
use crate::{
    around::Around,
    bill::{Bill, Figure, Line, Refusal, Repeats},
    inputs::Inputs,
    platform::Platform,
    prices::Prices,
};
use std::rc::Rc;

/// The bill without people.
pub(super) fn bill(
    platform: Platform,
    case: &Case<'_>,
    prices: &Prices<'_>,
) -> Result<Bill, Refusal> {
    let mut whole = Together::default();
    for part in case.parts() {
        let bill = (platform.definition().bill)(&part.case(), prices);
        whole.take(bill.map_err(|why| of_part(why, part, case))?, part, case);
    }
    whole.done(case, prices)
}

/// A platform on which any of the workloads may run, and what each costs there by itself.
pub struct Prepared<'a> {
    /// The platform.
    pub platform: Platform,
    /// Whether each of the workloads can run there, and what it costs by itself where it doesn't share nodes.
    alone: Vec<Result<Option<Bill>, Refusal>>,
    prices: Prices<'a>,
}

impl<'a> Prepared<'a> {
    /// A platform that may run workloads of the case; none where it may run no workload at all.
    pub fn of(platform: Platform, case: &Case<'_>, prices: &Prices<'a>) -> Option<Self> {
        let prices = prices.with_free_tiers(case.inputs.options.free_tier);
        let alone = |part: &Rc<Part>| {
            let one = part.case();
            platform.check_one(&one, &prices)?;
            if one.inputs.needs.local_state
                && let Some(why) = local_disk::without(platform)
            {
                return Err(why);
            }
            if platform.packs_nodes() {
                return Ok(None);
            }
            (platform.definition().bill)(&one, &prices).map(Some)
        };
        let alone: Vec<_> = case.parts().iter().map(alone).collect();
        alone.iter().any(Result::is_ok).then_some(Self {
            platform,
            alone,
            prices,
        })
    }

    /// Why a workload can't run there; nothing where it can.
    pub fn refusal(&self, part: usize) -> Option<&Refusal> {
        self.alone[part].as_ref().err()
    }

    /// The bill of some of the workloads, people included; the inputs hold their sums ([`Case::inputs_of_some`]).
    ///
    /// # Errors
    ///
    /// Why there is no bill.
    pub fn quote(&self, case: &Case<'_>, inputs: &Inputs, kept: &[bool]) -> Result<Bill, Refusal> {
        let some = case.of_some(inputs, kept);
        let mut bill = if self.platform.packs_nodes() {
            (self.platform.definition().bill)(&some, &self.prices)?
        } else {
            let mut whole = Together::default();
            let mut parts = some.parts().iter();
            for (alone, _) in self.alone.iter().zip(kept).filter(|(_, kept)| **kept) {
                let part = parts
                    .next()
                    .unwrap_or_else(|| unreachable!("as many as are kept"));
                let bill = alone.clone()?;
                whole.take(bill.unwrap_or_default(), part, &some);
            }
            whole.done(&some, &self.prices)?
        };
        self.platform.add_people(&some, &mut bill);
        Ok(bill)
    }
}

/// A refusal that names the workload.
pub(super) fn of_part(why: Refusal, part: &Part, case: &Case<'_>) -> Refusal {
    let rows = case.inputs.workloads.rows();
    let row = part.rows.first().and_then(|(place, _)| rows.get(*place));
    match why {
        Refusal::CannotRun(mut cannot) => {
            cannot.workload = row.map(|row| row.name.clone());
            Refusal::CannotRun(cannot)
        }
        Refusal::NoPrice(missing) => Refusal::NoPrice(missing),
    }
}

/// What the bills of the workloads come to so far.
#[derive(Default)]
struct Together {
    bill: Bill,
    /// Credits that all of them together have up to a quantity.
    credits: Vec<(Line, f64)>,
    around: Option<Around>,
}

impl Together {
    /// The bill of all of them, with what stands around them.
    fn done(self, case: &Case<'_>, prices: &Prices<'_>) -> Result<Bill, Refusal> {
        let Self {
            mut bill,
            credits,
            around,
        } = self;
        for (line, most) in credits {
            bill.push(at_most(line, most));
        }
        let Some(mut around) = around else {
            return Ok(bill);
        };
        if around.cluster && around.machines > 0.0 {
            around.machines = around.machines.max(case.inputs.assumptions.zones);
        }
        Ok(finished(Ok(bill), &around, case, prices)?)
    }

    fn take(&mut self, bill: Bill, part: &Part, case: &Case<'_>) {
        let Some((own, around)) = bill.part.map(|part| *part) else {
            return;
        };
        for line in bill.lines.into_iter().take(own) {
            match line.repeats {
                Repeats::Each => {
                    for line in part.split(line) {
                        self.bill.push(line);
                    }
                }
                Repeats::Once => self.once(line),
                Repeats::UpTo(most) => self.credit(line, most),
            }
        }
        for figure in bill.figures {
            self.figure(figure);
        }
        for note in bill.notes {
            if !self.bill.notes.contains(&note) {
                self.bill.notes.push(note);
            }
        }
        let per_service = case.inputs.surroundings.balancer_per_service;
        self.around = Some(match self.around {
            Some(known) => known.and(around, per_service),
            None => around,
        });
    }

    /// A fee that all share: the largest that one of them would pay.
    fn once(&mut self, line: Line) {
        let same = |known: &&mut Line| {
            known.repeats == Repeats::Once
                && known.category == line.category
                && known.unit == line.unit
                && known.factors.first().map(|f| f.name) == line.factors.first().map(|f| f.name)
        };
        match self.bill.lines.iter_mut().find(same) {
            Some(known) if known.amount() < line.amount() => *known = line,
            Some(_) => {}
            None => self.bill.push(line),
        }
    }

    /// A credit that all share, by its meter and at one price.
    fn credit(&mut self, line: Line, most: f64) {
        let same = |(known, _): &&mut (Line, f64)| {
            known.meter == line.meter && known.unit_price == line.unit_price
        };
        match self.credits.iter_mut().find(same) {
            Some((known, _)) => {
                known.quantity += line.quantity;
                known.basis = known.basis.with(line.basis);
            }
            None => self.credits.push((line, most)),
        }
    }

    /// Numbers of things are sums; of shares, times and sizes the largest is kept.
    fn figure(&mut self, figure: Figure) {
        const SUMS: [&str; 7] = [
            "replicas",
            "instances",
            "alive_instances",
            "busy_instances",
            "billed_instance_seconds",
            "idle_instance_seconds",
            "cold_starts_per_day",
        ];
        // They hold with what stands around one workload.
        const LEFT_OUT: [&str; 3] = [
            "infrastructure_low_usd",
            "infrastructure_high_usd",
            "usd_per_cold_start_removed",
        ];
        if LEFT_OUT.contains(&figure.id) {
            return;
        }
        let known = self
            .bill
            .figures
            .iter_mut()
            .find(|known| known.id == figure.id);
        match known {
            Some(known) if SUMS.contains(&figure.id) => known.value += figure.value,
            Some(known) => known.value = known.value.max(figure.value),
            None => self.bill.figures.push(figure),
        }
    }
}

/// A credit that is used up.
fn at_most(mut line: Line, most: f64) -> Line {
    line.quantity = line.quantity.min(most);
    for factor in &mut line.factors {
        factor.value = factor.value.min(most);
    }
    line
}
