//! The load line: what the two sides cost over requests a month, each by the platform that stands for it, the machines alone and
//! with people, and where they meet.
//!
//! How far a total may be off is drawn as ties are ([`Doubt`]): the band holds what lies between the 10th and the 90th of 100
//! samples, with one draw for both sides.

use super::sweep;
use crate::{
    assessment::Assessment,
    compare::{Best, Comparison},
    decide::tie::{Doubt, Held, Slopes},
    inputs::Inputs,
    people::{self, FITTED, Hours},
    platform::Platform,
    platforms::Case,
    prices::{PriceBook, Prices},
    units::WEEKS_PER_MONTH,
};

/// Requests a month at which the picture begins, unless the user has fewer.
const FIRST: f64 = 1e6;
/// Where two meet is told to so large a share of the requests.
const PRECISION: f64 = 1e-4;

/// What one side costs at one load, US dollars a month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cost {
    /// The machines alone.
    pub infrastructure: f64,
    /// With people.
    pub total: f64,
    /// What 10 of 100 samples are at or below.
    pub low: f64,
    /// What 90 of 100 samples are at or below.
    pub high: f64,
}

/// One of the two sides.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// Who stands for it.
    pub platform: Platform,
    /// Engineering time, hours a week, whatever the load.
    pub hours: Hours,
    /// What that costs under each of [`FITTED`], US dollars a month.
    pub people: [f64; FITTED.len()],
    /// At the user's own load; none where there is no bill.
    pub here: Option<Cost>,
    /// At each of the [`LoadLine::requests`]; none where there is no bill.
    pub costs: Vec<Option<Cost>>,
}

/// The two sides over requests a month.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LoadLine {
    /// Requests a month of each point, ascending.
    pub requests: Vec<f64>,
    /// Requests a month that the user has.
    pub here: f64,
    /// Serverless and Kubernetes, as far as each has somebody to stand for it.
    pub sides: Vec<Side>,
    /// Requests a month at which the one that was cheaper stops being so, ascending.
    pub meetings: Vec<f64>,
}

impl LoadLine {
    /// Who stands for the sides: the answer, and the best of the side that it is not on.
    pub fn contenders(inputs: &Inputs, assessment: &Assessment) -> [Option<Platform>; 2] {
        let verdict = &assessment.verdict;
        let best = Best::of(&assessment.comparison, inputs);
        let named = [
            verdict.platform,
            verdict.against.map(|other| other.platform),
        ];
        let of_side = |kubernetes: bool| {
            named
                .into_iter()
                .flatten()
                .find(|platform| platform.is_kubernetes() == kubernetes)
        };
        [
            of_side(false).or(best.serverless.map(|(platform, _)| platform)),
            of_side(true).or(best.kubernetes.map(|(platform, _)| platform)),
        ]
    }

    /// The load line of an assessment.
    pub fn of(inputs: &Inputs, assessment: &Assessment, book: &PriceBook) -> Self {
        let contenders = Self::contenders(inputs, assessment);
        let comparison = &assessment.comparison;
        let mut line = Self::between(contenders, inputs, comparison, book);
        line.stand_at(inputs, comparison, book);
        line
    }

    /// The load line of two that stand for the sides, without the user's own load: of the requests of the inputs it has no more than
    /// the decade at which it begins.
    pub fn between(
        contenders: [Option<Platform>; 2],
        inputs: &Inputs,
        comparison: &Comparison,
        book: &PriceBook,
    ) -> Self {
        let requests = points(inputs.http.requests_per_month);
        let mut sides: Vec<Side> = contenders
            .into_iter()
            .flatten()
            .map(|platform| {
                let hours = people::on(platform, inputs);
                let usd = |week: f64| week * WEEKS_PER_MONTH * inputs.team.rate_usd_per_hour;
                Side {
                    platform,
                    hours,
                    people: hours.by_calibration.map(usd),
                    here: None,
                    costs: Vec::with_capacity(requests.len()),
                }
            })
            .collect();
        let loads = Loads::of(inputs, comparison, book);
        for requests in &requests {
            let there = loads.at(*requests);
            let case = Case::of(&there);
            for side in &mut sides {
                side.costs.push(loads.cost(side.platform, &case));
            }
        }
        Self {
            meetings: meetings(&requests, &sides, &loads),
            requests,
            here: 0.0,
            sides,
        }
    }

    /// Puts the user's own load on it.
    pub fn stand_at(&mut self, inputs: &Inputs, comparison: &Comparison, book: &PriceBook) {
        self.here = inputs.http.requests_per_month;
        let loads = Loads::of(inputs, comparison, book);
        let case = Case::of(inputs);
        for side in &mut self.sides {
            side.here = loads.cost(side.platform, &case);
        }
    }

    /// The fewest requests a month that it shows to a user who has so many.
    pub fn begins_at(here: f64) -> f64 {
        let mut decade = FIRST;
        while decade > here.max(sweep::FIRST) {
            decade /= 10.0;
        }
        decade
    }

    /// Of the sides the serverless one or the Kubernetes, if anybody stands for it.
    pub fn side(&self, kubernetes: bool) -> Option<&Side> {
        let mut sides = self.sides.iter();
        sides.find(|side| side.platform.is_kubernetes() == kubernetes)
    }
}

/// The loads of the picture: those of a sweep from a million, or from the decade of a user who has fewer.
fn points(here: f64) -> Vec<f64> {
    let first = LoadLine::begins_at(here);
    let all = (0..sweep::POINTS).map(sweep::requests_at);
    all.filter(|requests| *requests >= first).collect()
}

/// Where the costs at a load come from.
struct Loads<'a> {
    inputs: &'a Inputs,
    comparison: &'a Comparison,
    prices: Prices<'a>,
}

impl<'a> Loads<'a> {
    fn of(inputs: &'a Inputs, comparison: &'a Comparison, book: &'a PriceBook) -> Self {
        Self {
            inputs,
            comparison,
            prices: book.in_region(inputs.region),
        }
    }

    fn at(&self, requests: f64) -> Inputs {
        let mut inputs = self.inputs.clone();
        inputs.http.requests_per_month = requests;
        inputs
    }

    fn total(&self, platform: Platform, requests: f64) -> Option<f64> {
        let inputs = self.at(requests);
        let bill = platform.quote(&Case::of(&inputs), &self.prices).ok()?;
        Some(bill.total().get())
    }

    fn cost(&self, platform: Platform, case: &Case<'_>) -> Option<Cost> {
        let bill = platform.quote(case, &self.prices).ok()?;
        let slopes = Slopes::of_one(platform, bill.total(), case.inputs, &self.prices);
        let doubt = Doubt::of(case.inputs, self.comparison, &slopes);
        let held = Held {
            platform,
            beyond: 0.0,
        };
        let (low, high) = doubt.amount_of(held, &bill).most_likely();
        Some(Cost {
            infrastructure: bill.infrastructure().get(),
            total: bill.total().get(),
            low,
            high,
        })
    }
}

/// Where the two change places, each between two points and then halved.
fn meetings(requests: &[f64], sides: &[Side], loads: &Loads<'_>) -> Vec<f64> {
    let [one, other] = sides else {
        return Vec::new();
    };
    let second_wins = |requests: f64| {
        let (one, other) = (
            loads.total(one.platform, requests)?,
            loads.total(other.platform, requests)?,
        );
        Some(other < one)
    };
    let at = |place: usize| Some(other.costs[place]?.total < one.costs[place]?.total);
    let mut found = Vec::new();
    for place in 1..requests.len() {
        let (Some(before), Some(after)) = (at(place - 1), at(place)) else {
            continue;
        };
        if before == after {
            continue;
        }
        let (mut low, mut high) = (requests[place - 1], requests[place]);
        while high > low * (1.0 + PRECISION) {
            let middle = libm::sqrt(low * high);
            match second_wins(middle) {
                Some(wins) if wins == before => low = middle,
                Some(_) => high = middle,
                None => break,
            }
        }
        found.push(high);
    }
    found
}
