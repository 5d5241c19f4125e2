//! A decision that was written down, held against today: which prices have changed, which of the changes that would turn it
//! have come, and whether it still stands.

use super::{
    billed::{Billed, measured, reconcile},
    flips::{Direction, Flip, Setting},
};
use crate::{
    assessment::{Assessment, Fit, assess},
    bill::{Bill, CostCategory, Source},
    compare::compare,
    decide::{Shape, Verdict},
    inputs::{Field, Inputs},
    platform::Platform,
    prices::{OwnPrice, PriceBook},
    units::Usd,
};

/// What was decided.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The shape of the answer.
    pub shape: Shape,
    /// The recommended platform; none where none fits.
    pub platform: Option<Platform>,
    /// The next best.
    pub runner_up: Option<Platform>,
    /// What ties with the cheapest, the cheapest first.
    pub group: Vec<Platform>,
}

impl From<&Verdict> for Answer {
    fn from(verdict: &Verdict) -> Self {
        Self {
            shape: verdict.shape,
            platform: verdict.platform,
            runner_up: verdict.runner_up,
            group: verdict.group.clone(),
        }
    }
}

/// What a platform was estimated to cost, US dollars a month, to the cent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Total {
    /// Which.
    pub platform: Platform,
    /// Without people.
    pub infrastructure_usd: f64,
    /// Engineering time.
    pub people_usd: f64,
}

/// A change of one input that turns the answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tripwire {
    /// Which input.
    pub field: &'static Field,
    /// What it was.
    pub from: Setting,
    /// What turns the answer.
    pub to: Setting,
    /// On which side of what it was that lies.
    pub direction: Direction,
    /// Who is recommended then; none where none fits.
    pub winner: Option<Platform>,
}

/// A bill of the recommended platform at which another one would be cheaper all in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BillWire {
    /// Above this, US dollars a month without people, to the cent.
    pub above_usd: f64,
    /// Which would be cheaper then.
    pub then: Platform,
}

/// A decision as it was written down.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The day.
    pub written: String,
    /// The newest day of the price book.
    pub prices_of: String,
    /// The scenario.
    pub inputs: Inputs,
    /// What was decided.
    pub answer: Answer,
    /// What the recommended platform and the runner-up were to cost.
    pub totals: Vec<Total>,
    /// The single changes that would turn it.
    pub tripwires: Vec<Tripwire>,
    /// The bill that would.
    pub bill: Option<BillWire>,
    /// The prices that the bills of both rest on.
    pub prices: Vec<OwnPrice>,
}

/// An amount to the cent.
fn cents(usd: Usd) -> f64 {
    (usd.get() * 100.0).round() / 100.0
}

impl Decision {
    /// What the recommended platform was to cost without people.
    fn estimated_usd(&self) -> Option<f64> {
        let platform = self.answer.platform?;
        let total = self
            .totals
            .iter()
            .find(|total| total.platform == platform)?;
        Some(total.infrastructure_usd)
    }

    /// The decision that follows from the inputs on a day. `book` is the one that it was assessed with.
    pub fn of(
        written: &str,
        inputs: &Inputs,
        assessment: &Assessment,
        book: &PriceBook,
        flips: &[Flip],
    ) -> Self {
        let answer = Answer::from(&assessment.verdict);
        let bill =
            |platform: Platform| Some((platform, assessment.comparison.quote(platform).ok()?));
        let both = answer.platform.into_iter().chain(answer.runner_up);
        let bills: Vec<(Platform, &Bill)> = both.filter_map(bill).collect();
        let mut prices: Vec<OwnPrice> = Vec::new();
        for line in bills.iter().flat_map(|(_, bill)| &bill.lines) {
            let Source::Row(id) = line.source else {
                continue;
            };
            let row = book.row(id);
            let (meter, region) = (row.meter, row.region);
            let known = |price: &OwnPrice| price.meter == meter && price.region == region;
            if let Some(value) = row.value
                && !prices.iter().any(known)
            {
                prices.push(OwnPrice {
                    meter,
                    region,
                    value,
                });
            }
        }
        let total = |(platform, bill): &(Platform, &Bill)| Total {
            platform: *platform,
            infrastructure_usd: cents(bill.infrastructure()),
            people_usd: cents(bill.subtotal(CostCategory::People)),
        };
        let tripwire = |flip: &Flip| {
            Some(Tripwire {
                field: flip.field,
                from: Setting::of(flip.field, inputs)?,
                to: flip.to,
                direction: flip.direction,
                winner: flip.winner,
            })
        };
        Self {
            written: written.to_owned(),
            prices_of: book.day().to_owned(),
            inputs: inputs.clone(),
            totals: bills.iter().map(total).collect(),
            answer,
            tripwires: flips.iter().filter_map(tripwire).collect(),
            bill: BillWire::of(assessment, inputs),
            prices,
        }
    }
}

impl BillWire {
    /// The bill at which the cheapest of what does not tie with the answer would be cheaper all in. None where something
    /// already is: then money alone did not decide. What ties is left out, as a bill that is off by a little says nothing of
    /// platforms that can't be told apart.
    pub fn of(assessment: &Assessment, inputs: &Inputs) -> Option<Self> {
        let Assessment {
            comparison,
            verdict,
        } = assessment;
        let answer = verdict.platform?;
        let bill = comparison.quote(answer).ok()?;
        let people = bill.subtotal(CostCategory::People);
        let mut best: Option<(Platform, Usd)> = None;
        for (platform, total) in comparison.open(inputs) {
            let is_other = match assessment.fit(platform, inputs) {
                Fit::Fits | Fit::Dearer(_) => true,
                Fit::RunnerUp => !assessment.is_ruled_out(platform),
                _ => false,
            };
            if is_other && best.is_none_or(|(_, least)| total < least) {
                best = Some((platform, total));
            }
        }
        let (then, total) = best?;
        (total > bill.total()).then(|| Self {
            above_usd: cents(total - people),
            then,
        })
    }
}

/// A price that is no longer what it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Repriced {
    /// Which, and what it was.
    pub before: OwnPrice,
    /// What it is; none where it is no longer known.
    pub now: Option<f64>,
    /// What that changes on the recommended platform, US dollars a month; none where there is no bill.
    pub usd: Option<f64>,
}

/// A tripwire and where its input is now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// The tripwire.
    pub wire: Tripwire,
    /// What the input is now.
    pub now: Setting,
    /// Whether that turns the answer, were nothing else changed.
    pub crossed: bool,
}

/// The tripwire on the bill, and what was billed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BillCrossing {
    /// The tripwire.
    pub wire: BillWire,
    /// What was billed, US dollars a month; none where no bill is known.
    pub now: Option<f64>,
    /// Whether that is above.
    pub crossed: bool,
}

/// Why a decision no longer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The inputs are others: with those of the record it would stand.
    Inputs,
    /// Prices of its own bills changed: with those of the record it would stand.
    Prices,
    /// Neither alone: prices of other platforms, or how we estimate.
    Other,
}

/// What a bill came to, beside our estimates of then and of now, US dollars a month without people.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimated {
    /// What was estimated when it was decided.
    pub estimated_usd: f64,
    /// What ours is for the inputs of now, which may be the quantities of the bill.
    pub now_usd: f64,
    /// What was billed.
    pub billed_usd: f64,
}

/// A decision held against today.
#[derive(Clone, Debug, PartialEq)]
pub struct Watched {
    /// What would be decided now.
    pub answer: Answer,
    /// Whether what was decided still is, or ties with it.
    pub stands: bool,
    /// Why not.
    pub cause: Option<Cause>,
    /// The prices that changed.
    pub prices: Vec<Repriced>,
    /// Every tripwire on an input.
    pub wires: Vec<Crossing>,
    /// The tripwire on the bill.
    pub bill: Option<BillCrossing>,
    /// Estimated against billed.
    pub estimated: Option<Estimated>,
}

impl Watched {
    /// Whether somebody has to look at the decision again.
    pub fn is_due(&self) -> bool {
        !self.stands
            || self.wires.iter().any(|wire| wire.crossed)
            || self.bill.is_some_and(|bill| bill.crossed)
    }
}

/// What a bill says of a decision, in its newest whole month.
#[derive(Clone, Debug, PartialEq)]
pub struct OfBill {
    /// The month: its year, and 1 to 12.
    pub month: (i32, u8),
    /// What was billed for meters of ours, US dollars.
    pub usd: f64,
    /// The inputs with the quantities of the bill.
    pub inputs: Inputs,
}

impl Decision {
    /// What a bill that is read in the month `today` says of the decision; none where nothing on it runs on the recommended
    /// platform.
    pub fn of_bill(
        &self,
        inputs: &Inputs,
        book: &PriceBook,
        billed: &[Billed],
        today: (i32, u8),
    ) -> Option<OfBill> {
        let held = reconcile(inputs, book, self.answer.platform?, billed, today)?;
        let month = held.newest().filter(|_| held.runs_on_it)?;
        Some(OfBill {
            month: month.month,
            usd: month.billed_usd(),
            inputs: measured(&held, inputs, book),
        })
    }
}

/// Holds a decision against the inputs of now, those of the record where nothing newer is known, at the prices of a book (with
/// own prices laid over it, as in [`assess`]), and against what the recommended platform was billed in a whole month, US dollars.
pub fn watch(
    decision: &Decision,
    inputs_now: &Inputs,
    book: &PriceBook,
    billed_usd: Option<f64>,
) -> Watched {
    let now = assess(inputs_now, book);
    let answer = Answer::from(&now.verdict);
    let infrastructure = |book: &PriceBook| {
        let comparison = compare(inputs_now, book);
        let bill = comparison.quote(decision.answer.platform?).ok()?;
        Some(bill.infrastructure().get())
    };
    let here = infrastructure(book);
    let repriced = |before: &OwnPrice| {
        let region = before.region.unwrap_or(decision.inputs.region);
        let value = book.value(before.meter, region);
        (value != Some(before.value)).then(|| {
            let then = infrastructure(&book.with_own(std::slice::from_ref(before)));
            Repriced {
                before: before.clone(),
                now: value,
                usd: here.zip(then).map(|(here, then)| here - then),
            }
        })
    };
    let crossing = |wire: &Tripwire| {
        let now = Setting::of(wire.field, inputs_now)?;
        Some(Crossing {
            wire: *wire,
            now,
            crossed: wire.is_crossed(now),
        })
    };
    let stands = decision.answer.is_among(&answer);
    let prices: Vec<Repriced> = decision.prices.iter().filter_map(repriced).collect();
    Watched {
        cause: (!stands).then(|| cause(decision, inputs_now, book, !prices.is_empty())),
        stands,
        answer,
        prices,
        wires: decision.tripwires.iter().filter_map(crossing).collect(),
        bill: decision.bill.map(|wire| BillCrossing {
            wire,
            now: billed_usd,
            crossed: billed_usd.is_some_and(|usd| usd > wire.above_usd),
        }),
        estimated: here.zip(billed_usd).map(|(now_usd, billed_usd)| Estimated {
            estimated_usd: decision.estimated_usd().unwrap_or(now_usd),
            now_usd,
            billed_usd,
        }),
    }
}

impl Answer {
    /// Whether it is one of those that tie in another answer, or both say that nothing fits.
    fn is_among(&self, now: &Self) -> bool {
        match self.platform {
            Some(platform) => now.platform == Some(platform) || now.group.contains(&platform),
            None => now.platform.is_none(),
        }
    }
}

impl Tripwire {
    /// Whether a value of the input turns the answer.
    pub fn is_crossed(&self, now: Setting) -> bool {
        match (self.direction, self.to, now) {
            (Direction::Up, Setting::Number(to), Setting::Number(now)) => now >= to,
            (Direction::Down, Setting::Number(to), Setting::Number(now)) => now <= to,
            (Direction::Other, to, now) => to == now,
            _ => false,
        }
    }
}

/// Why a decision no longer stands: what of today would have to be as it was.
fn cause(decision: &Decision, inputs_now: &Inputs, book: &PriceBook, repriced: bool) -> Cause {
    let stands = |book: &PriceBook| {
        let then = assess(&decision.inputs, book);
        decision.answer.is_among(&Answer::from(&then.verdict))
    };
    if decision.inputs != *inputs_now && stands(book) {
        Cause::Inputs
    } else if repriced && stands(&book.with_own(&decision.prices)) {
        Cause::Prices
    } else {
        Cause::Other
    }
}
