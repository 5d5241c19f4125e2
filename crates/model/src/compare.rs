//! All platforms side by side: every quote, ranked.

use super::{
    bill::{Bar, Bill, Quote, Refusal},
    inputs::{Clouds, Inputs},
    platform::Platform,
    platforms::Case,
    prices::{PriceBook, Prices},
    units::Usd,
};
use crate::sorting::by_number;

/// What every platform answers for the same inputs and prices.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// One quote for each of [`Platform::ALL`], in that order.
    quotes: Vec<Quote>,
    /// Which clouds may be used.
    clouds: Clouds,
    /// The bill of the platform of today where only what it promises bars it: what a move is held against.
    baseline: Option<Bill>,
    /// All platforms: priced ones by total, on clouds that may be used first; then the others in their own order.
    pub ranked: Vec<Platform>,
}

impl Comparison {
    /// What one platform answers.
    ///
    /// # Errors
    ///
    /// Why there is no bill: the platform can’t run the workload, or a price is missing.
    pub fn quote(&self, platform: Platform) -> Result<&Bill, &Refusal> {
        self.quotes[platform as usize].as_ref()
    }

    /// The bill of the platform of today, though what it promises may bar it.
    pub fn today(&self, inputs: &Inputs) -> Option<(Platform, &Bill)> {
        let today = inputs.already_on?;
        let bill = self.quote(today).ok().or(self.baseline.as_ref())?;
        Some((today, bill))
    }

    /// Whether a team can start on a platform: its cloud may be used, and it isn't closed to new customers, unless the team
    /// is there already.
    pub fn is_open(&self, platform: Platform, inputs: &Inputs) -> bool {
        inputs.clouds.allow(platform.vendor()) && takes(platform, inputs)
    }

    /// The platforms on clouds that may not be used but would take this team, with their totals, the cheapest first.
    pub fn elsewhere(&self, inputs: &Inputs) -> impl Iterator<Item = (Platform, Usd)> {
        let out = |platform: &Platform| {
            !inputs.clouds.allow(platform.vendor()) && takes(*platform, inputs)
        };
        let ranked = self.ranked.iter().copied().filter(out);
        ranked.filter_map(|platform| Some((platform, self.total(platform)?)))
    }

    /// The platforms that are priced and that a team can start on, with their totals, the cheapest first.
    pub fn open(&self, inputs: &Inputs) -> impl Iterator<Item = (Platform, Usd)> {
        let open = |platform: &Platform| self.is_open(*platform, inputs);
        let ranked = self.ranked.iter().copied().filter(open);
        ranked.filter_map(|platform| Some((platform, self.total(platform)?)))
    }

    /// How far apart the totals of some platforms are.
    pub fn spread(&self, platforms: &[Platform]) -> Usd {
        let totals = || {
            platforms
                .iter()
                .filter_map(|platform| self.total(*platform))
        };
        totals().max().unwrap_or(Usd::ZERO) - totals().min().unwrap_or(Usd::ZERO)
    }

    /// What bars a platform from the workload, if anything does.
    pub fn barred_by(&self, platform: Platform) -> Option<Bar> {
        match self.quote(platform) {
            Err(Refusal::CannotRun(cannot)) => Some(cannot.by),
            Ok(_) | Err(Refusal::NoPrice(_)) => None,
        }
    }

    /// Changes every bill, and ranks anew.
    pub(super) fn change(&mut self, mut change: impl FnMut(Platform, &mut Bill)) {
        for (platform, quote) in Platform::ALL.into_iter().zip(&mut self.quotes) {
            if let Ok(bill) = quote {
                change(platform, bill);
            }
        }
        self.ranked = ranked(&self.quotes, self.clouds);
    }

    /// The total of one platform, if it is priced.
    pub fn total(&self, platform: Platform) -> Option<Usd> {
        self.quote(platform).ok().map(Bill::total)
    }
}

/// The cheapest platform of either side, with its dollars a month.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Best {
    /// The serverless one.
    pub serverless: Option<(Platform, f64)>,
    /// The Kubernetes.
    pub kubernetes: Option<(Platform, f64)>,
}

impl Best {
    pub(super) fn offer(&mut self, platform: Platform, usd: f64) {
        let side = if platform.is_kubernetes() {
            &mut self.kubernetes
        } else {
            &mut self.serverless
        };
        if side.is_none_or(|(_, best)| usd < best) {
            *side = Some((platform, usd));
        }
    }

    /// The best of a comparison.
    pub fn of(comparison: &Comparison, inputs: &Inputs) -> Self {
        let mut best = Self::default();
        for (platform, usd) in comparison.open(inputs) {
            best.offer(platform, usd.get());
        }
        best
    }

    /// Dollars a month of serverless and of Kubernetes; none where a side has no platform.
    pub fn sides(&self) -> [Option<f64>; 2] {
        [self.serverless, self.kubernetes].map(|side| side.map(|(_, usd)| usd))
    }

    /// Dollars a month of the cheaper of the two; of the one that there is where a side has no platform.
    pub fn least(&self) -> Option<f64> {
        self.sides().into_iter().flatten().reduce(f64::min)
    }

    /// The cheaper of the two, serverless if they cost the same; none unless both sides have one.
    pub fn winner(&self) -> Option<(Platform, f64)> {
        let (serverless, kubernetes) = (self.serverless?, self.kubernetes?);
        Some(if kubernetes.1 < serverless.1 {
            kubernetes
        } else {
            serverless
        })
    }
}

/// What a bill comes to for each thing that it pays for, US dollars a month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UnitCosts {
    /// A million requests; none without requests.
    pub per_million_requests: Option<Usd>,
    /// One service.
    pub per_service: Usd,
    /// One engineer of the team.
    pub per_engineer: Usd,
}

impl UnitCosts {
    /// The unit costs of a bill's total.
    pub fn of(bill: &Bill, inputs: &Inputs) -> Self {
        let total = bill.total().get();
        let millions = inputs.http.requests_per_month / 1e6;
        Self {
            per_million_requests: (millions > 0.0).then(|| Usd::of(total / millions)),
            per_service: Usd::of(total / f64::from(inputs.services)),
            per_engineer: Usd::of(total / f64::from(inputs.team.engineers)),
        }
    }
}

/// Compares all platforms.
pub fn compare(inputs: &Inputs, book: &PriceBook) -> Comparison {
    compare_for(&Case::of(inputs), book)
}

/// Compares the platforms for a case that is made already.
pub fn compare_for(case: &Case<'_>, book: &PriceBook) -> Comparison {
    let prices = book.in_region(case.inputs.region);
    let quotes: Vec<Quote> = Platform::ALL
        .into_iter()
        .map(|platform| platform.quote(case, &prices))
        .collect();
    let clouds = case.inputs.clouds;
    let ranked = ranked(&quotes, clouds);
    let mut comparison = Comparison {
        quotes,
        clouds,
        baseline: None,
        ranked,
    };
    comparison.baseline = baseline(case, &comparison, &prices);
    comparison
}

/// What the platform of today costs where only a promise bars it.
fn baseline(case: &Case<'_>, comparison: &Comparison, prices: &Prices<'_>) -> Option<Bill> {
    let today = case.inputs.already_on?;
    if comparison.barred_by(today) != Some(Bar::Promise) {
        return None;
    }
    let mut inputs = case.inputs.clone();
    inputs.promises.availability_pct = None;
    today.quote(&Case::of(&inputs), prices).ok()
}

/// Whether a platform takes this team as a customer.
fn takes(platform: Platform, inputs: &Inputs) -> bool {
    platform.definition().closed.is_none() || inputs.already_on == Some(platform)
}

fn ranked(quotes: &[Quote], clouds: Clouds) -> Vec<Platform> {
    let totals: Vec<f64> = quotes
        .iter()
        .map(|quote| {
            quote
                .as_ref()
                .map_or(f64::INFINITY, |bill| bill.total().get())
        })
        .collect();
    let total = |platform: &Platform| totals[*platform as usize];
    let mut ranked = Platform::ALL.to_vec();
    // Equal totals, and platforms without one, stay in their own order.
    by_number(&mut ranked, total);
    let apart =
        |platform: &Platform| total(platform).is_finite() && !clouds.allow(platform.vendor());
    let refused = |platform: &Platform| total(platform).is_infinite();
    by_number(&mut ranked, |platform| {
        f64::from(refused(platform)) * 2.0 + f64::from(apart(platform))
    });
    ranked
}
