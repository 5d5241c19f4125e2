//! How sure an answer is: the same question asked a few thousand times, each time with other numbers that are as likely.
//!
//! What varies in a sample, each by a draw of its own:
//!
//! - the user's ranges, see [`ranges`](crate::inputs::ranges);
//! - engineering time: which calibration is right, one draw for all platforms, unless the user chose one; and on top by how
//!   much a kind of platform is off, evenly between the ends of [`OFF`], one draw for each [`Kind`]. Platforms of a kind share
//!   both: what is off about a team's hours on one is off on the other. Hours that the team has tracked do not vary;
//! - prices and quantities that are assumed, a draw for each row of the book, log-normal with the point as its median and
//!   `uncertainty_of_assumed` as one standard deviation, see [`PriceBook::vary`]. Published prices stay;
//! - routing and rounding on Cloud Run, triangular between the bounds that no routing leaves with the estimate as its mode.
//!
//! Then the model answers as always, the decision included: nothing here knows a price or a rule.

use super::levels::CachedLevels;
use crate::{
    basis::Basis,
    bill::{Bill, CostCategory, Factor, Line, Repeats, Rounding, Source},
    compare::{Comparison, compare, compare_for},
    decide::winner,
    inputs::{Calibration, Field, Inputs},
    people::{self, FITTED, Kind, OFF},
    platform::Platform,
    platforms::Case,
    prices::PriceBook,
    routing::{routing, triangular},
    units::{Dollar, Unit},
};
use rand_pcg::{
    Pcg32,
    rand_core::{Rng, SeedableRng},
};

/// How many samples are drawn unless somebody wants another number.
pub const SAMPLES: usize = 2_000;

/// Whether what nobody publishes varies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bands {
    /// Engineering time, assumed prices and the model do.
    All,
    /// Only the user's ranges do.
    None,
}

/// How one platform fares over all samples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// Which.
    pub platform: Platform,
    /// Total in US dollars a month that 10, 50 and 90 of 100 samples are at or below, of those that have a bill; none where
    /// none has.
    pub totals: Option<[f64; 3]>,
    /// Share of the samples in which it can run and is priced.
    pub priced: f64,
    /// Share in which it is the cheapest of those that a team can start on.
    pub cheapest: f64,
    /// Share in which it is recommended.
    pub recommended: f64,
}

/// What all samples came to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sampled {
    /// Every platform, in the order of the ranking.
    pub spreads: Vec<Spread>,
    /// Share of the samples in which no platform fits.
    pub none: f64,
    /// How many samples.
    pub samples: usize,
    /// For each of [`Platform::ALL`] the share of the samples in which it is cheaper than each of them.
    pub cheaper: Vec<[f64; Platform::ALL.len()]>,
}

impl Sampled {
    /// The share of the samples in which one platform is priced and costs less than another that is.
    pub fn cheaper(&self, one: Platform, other: Platform) -> f64 {
        self.cheaper[one as usize][other as usize]
    }
}

/// Samples, as far as they have come.
#[derive(Clone, Debug)]
pub struct Sampling {
    inputs: Inputs,
    levels: CachedLevels,
    book: PriceBook,
    varied: PriceBook,
    bands: Bands,
    samples: usize,
    done: usize,
    dice: Dice,
    ranked: Vec<Platform>,
    tallies: Vec<Tally>,
    none: usize,
    cheaper: Vec<[usize; Platform::ALL.len()]>,
}

/// What is counted of one platform.
#[derive(Clone, Debug, Default)]
struct Tally {
    totals: Vec<f64>,
    cheapest: usize,
    recommended: usize,
}

impl Sampling {
    /// Samples that are not drawn yet. The same seed gives the same ones.
    pub fn new(inputs: &Inputs, book: &PriceBook, bands: Bands, seed: u64, samples: usize) -> Self {
        Self {
            inputs: inputs.clone(),
            levels: CachedLevels::of(inputs),
            book: book.clone(),
            varied: book.clone(),
            bands,
            samples,
            done: 0,
            dice: Dice::of(seed),
            ranked: compare(inputs, book).ranked,
            tallies: vec![Tally::default(); Platform::ALL.len()],
            none: 0,
            cheaper: vec![[0; Platform::ALL.len()]; Platform::ALL.len()],
        }
    }

    /// How many are drawn so far.
    pub fn done(&self) -> usize {
        self.done
    }

    /// How many there will be.
    pub fn samples(&self) -> usize {
        self.samples
    }

    /// Draws one more. Whether there is more to do.
    pub fn step(&mut self) -> bool {
        if self.done < self.samples {
            self.draw();
            self.done += 1;
        }
        self.done < self.samples
    }

    fn draw(&mut self) {
        let mut inputs = self.inputs.clone();
        for between in &self.inputs.ranges {
            let x = between.at_deviations(self.dice.normal());
            if let Some(field) = Field::find(between.path) {
                field.set_number(&mut inputs, x);
            }
        }
        inputs.clamp_dependents();
        if self.bands == Bands::None {
            let case = self.levels.case(&inputs);
            let comparison = compare_for(&case, &self.book);
            return self.count(&comparison, &case);
        }
        let dice = &mut self.dice;
        let drawn = FITTED[dice.below(FITTED.len())];
        if inputs.people.calibration == Calibration::Middle {
            inputs.people.calibration = drawn;
        }
        let off = Kind::ALL.map(|_| OFF.0 + (OFF.1 - OFF.0) * dice.share());
        let assumed = inputs.assumptions.uncertainty_of_assumed;
        let mut factor = || dice.factor(assumed);
        self.varied.vary(&self.book, inputs.region, &mut factor);
        let routing = dice.share();
        let case = self.levels.case(&inputs);
        let mut comparison = compare_for(&case, &self.varied);
        comparison.change(|platform, bill| {
            for line in &mut bill.lines {
                if line.category == CostCategory::People && line.basis == Basis::Assumed {
                    line.quantity *= off[people::kind_of(line, platform) as usize];
                }
            }
            bill.push(unknown(routing_off(bill, routing)));
        });
        self.count(&comparison, &case);
    }

    fn count(&mut self, comparison: &Comparison, case: &Case<'_>) {
        for platform in Platform::ALL {
            if let Some(total) = comparison.total(platform) {
                self.tallies[platform as usize].totals.push(total.get());
            }
        }
        let totals = Platform::ALL.map(|platform| comparison.total(platform));
        for (one, wins) in totals.iter().zip(&mut self.cheaper) {
            for (other, wins) in totals.iter().zip(wins) {
                let less = one.zip(*other).is_some_and(|(one, other)| one < other);
                *wins += usize::from(less);
            }
        }
        if let Some((cheapest, _)) = comparison.open(case.inputs).next() {
            self.tallies[cheapest as usize].cheapest += 1;
        }
        match winner(case, comparison) {
            Some(platform) => self.tallies[platform as usize].recommended += 1,
            None => self.none += 1,
        }
    }

    /// What the samples come to that are drawn so far.
    pub fn result(&self) -> Sampled {
        let share = |count: usize| count as f64 / self.done.max(1) as f64;
        let spread = |platform: &Platform| {
            let tally = &self.tallies[*platform as usize];
            Spread {
                platform: *platform,
                totals: quantiles(&tally.totals),
                priced: share(tally.totals.len()),
                cheapest: share(tally.cheapest),
                recommended: share(tally.recommended),
            }
        };
        Sampled {
            spreads: self.ranked.iter().map(spread).collect(),
            none: share(self.none),
            samples: self.done,
            cheaper: self.cheaper.iter().map(|wins| wins.map(share)).collect(),
        }
    }
}

/// The numbers that 10, 50 and 90 of 100 are at or below: between two of them in proportion.
fn quantiles(numbers: &[f64]) -> Option<[f64; 3]> {
    let last = numbers.len().checked_sub(1)?;
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    Some([0.1, 0.5, 0.9].map(|share| {
        let place = share * last as f64;
        let below = place as usize;
        let (low, high) = (sorted[below], sorted[(below + 1).min(last)]);
        low + (high - low) * place.fract()
    }))
}

/// How many dollars the routing on a platform is off, by its place among all that may be.
fn routing_off(bill: &Bill, share: f64) -> f64 {
    match routing(bill) {
        Some((low, high)) => triangular(low, high, share),
        None => 0.0,
    }
}

/// A line of dollars that routing adds, or takes off.
fn unknown(dollars: f64) -> Line {
    Line {
        category: CostCategory::Compute,
        meter: "model/unknown",
        name: "What no vendor publishes",
        quantity: dollars.abs(),
        unit: Dollar::NAME,
        unit_price: 1.0_f64.copysign(dollars),
        basis: Basis::Derived,
        source: Source::Model("a draw of what the model can't know"),
        factors: Vec::<Factor>::new(),
        rounding: Rounding::None,
        workload: None,
        repeats: Repeats::Once,
    }
}

/// Random numbers from a seed.
#[derive(Clone, Debug)]
struct Dice {
    pcg: Pcg32,
    /// Of two normal ones the second.
    next: Option<f64>,
}

impl Dice {
    fn of(seed: u64) -> Self {
        Self {
            pcg: Pcg32::seed_from_u64(seed),
            next: None,
        }
    }

    /// Above 0 and below 1, all equally likely.
    fn share(&mut self) -> f64 {
        let bits = self.pcg.next_u64() >> 12;
        (bits as f64 + 0.5) / (1_u64 << 52) as f64
    }

    /// One of so many whole numbers from zero on.
    fn below(&mut self, count: usize) -> usize {
        (self.share() * count as f64) as usize
    }

    /// Standard normal, by Box and Muller's method.
    fn normal(&mut self) -> f64 {
        if let Some(next) = self.next.take() {
            return next;
        }
        let radius = libm::sqrt(-2.0 * libm::log(self.share()));
        let (sin, cos) = libm::sincos(core::f64::consts::TAU * self.share());
        self.next = Some(radius * sin);
        radius * cos
    }

    /// Log-normal with one as its median; one standard deviation up is so large a share more.
    fn factor(&mut self, share: f64) -> f64 {
        libm::exp(libm::log1p(share) * self.normal())
    }
}
