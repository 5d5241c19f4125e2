//! A bill is its lines. Totals are computed and never stored; what can't be billed says why.

use super::{
    around::Around,
    basis::Basis,
    prices::{NoPrice, Quoted, RowId},
    sentence::{Sentence, Word},
    tiers::Allowance,
    units::{Dollar, Qty, Rate, Unit, Usd},
};

/// Which part of the bill a line belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CostCategory {
    /// What runs the containers.
    Compute,
    /// Fees of the platform: clusters, plans.
    Platform,
    /// Load balancers, addresses, traffic.
    Network,
    /// Logs and monitoring.
    Observability,
    /// Engineering time.
    People,
}

impl CostCategory {
    /// Every category, in the order of the bill.
    pub const ALL: [Self; 5] = [
        Self::Compute,
        Self::Platform,
        Self::Network,
        Self::Observability,
        Self::People,
    ];

    /// Those of infrastructure.
    pub const INFRASTRUCTURE: [Self; 4] = [
        Self::Compute,
        Self::Platform,
        Self::Network,
        Self::Observability,
    ];

    /// The name in result files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Compute => "compute",
            Self::Platform => "platform",
            Self::Network => "network",
            Self::Observability => "observability",
            Self::People => "people",
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Compute => "Compute",
            Self::Platform => "Platform fees",
            Self::Network => "Network",
            Self::Observability => "Logs and monitoring",
            Self::People => "Engineering time",
        }
    }
}

/// Where a line's price comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Source {
    /// A row of the price book.
    Row(RowId),
    /// An input of the user, by its path.
    Input(&'static str),
    /// Our own model, in a sentence.
    Model(&'static str),
}

/// One factor of a line's quantity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Factor {
    /// What it is.
    pub name: &'static str,
    /// How much.
    pub value: f64,
    /// In what; empty for a bare number.
    pub unit: &'static str,
}

impl Factor {
    /// A factor of that name, value and unit.
    pub fn new(name: &'static str, value: f64, unit: &'static str) -> Self {
        Self { name, value, unit }
    }
}

/// One line of a bill: a quantity at a unit price.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Which part of the bill.
    pub category: CostCategory,
    /// The meter's name in price books, or the model's own.
    pub meter: &'static str,
    /// The meter's name on the vendor's bill.
    pub name: &'static str,
    /// How much was used.
    pub quantity: f64,
    /// In what unit.
    pub unit: &'static str,
    /// US dollars per unit; negative for a credit.
    pub unit_price: f64,
    /// What it rests on.
    pub basis: Basis,
    /// Where the price comes from.
    pub source: Source,
    /// What the quantity is the product of.
    pub factors: Vec<Factor>,
    /// Whether the vendor rounds the amount.
    pub rounding: Rounding,
    /// The workload that it is for, by its place in the list; none where it is shared, and where all workloads are alike.
    pub workload: Option<usize>,
    /// How often it is on a bill of several workloads.
    pub(crate) repeats: Repeats,
}

/// How often a line of one workload's bill stands on the bill of several.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Repeats {
    /// With each of them.
    Each,
    /// Once for all: the fee of a plan or of a cluster.
    Once,
    /// With each, and up to this quantity with all together: a free tier.
    UpTo(f64),
}

/// Whether a line's amount is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// It is not.
    None,
    /// To whole cents: Fly.io does so with every line.
    Cent,
}

impl Line {
    /// A line at `unit_price` that rests on a value of the book.
    fn at<V>(
        category: CostCategory,
        quoted: Quoted<V>,
        unit: &'static str,
        unit_price: f64,
        quantity: f64,
        factors: Vec<Factor>,
    ) -> Self {
        let info = quoted.meter.info();
        Self {
            category,
            meter: info.id,
            name: info.name,
            quantity,
            unit,
            unit_price,
            basis: quoted.basis,
            source: Source::Row(quoted.row),
            factors,
            rounding: Rounding::None,
            workload: None,
            repeats: Repeats::Each,
        }
    }

    /// A charge for `quantity` at a price of the book.
    pub fn charge<U: Unit>(
        category: CostCategory,
        price: Quoted<Rate<U>>,
        quantity: Qty<U>,
        factors: impl Into<Vec<Factor>>,
    ) -> Self {
        Self::at(
            category,
            price,
            U::NAME,
            price.value.get(),
            quantity.get(),
            factors.into(),
        )
    }

    /// A credit for the `free` part of what an allowance covers, at `price`.
    pub fn credit<U: Unit>(
        category: CostCategory,
        allowance: Quoted<Allowance<U>>,
        price: Quoted<Rate<U>>,
        free: Qty<U>,
    ) -> Self {
        let factors = vec![Factor::new("free", free.get(), U::NAME)];
        let line = Self::at(
            category,
            allowance,
            U::NAME,
            -price.value.get(),
            free.get(),
            factors,
        );
        Self {
            basis: line.basis.with(price.basis),
            repeats: Repeats::UpTo(allowance.value.quantity.get()),
            ..line
        }
    }

    /// A charge of a share of another price, such as a management fee in per cent of a node's price.
    pub fn share<U: Unit>(
        category: CostCategory,
        share: Quoted<f64>,
        of: Quoted<Rate<U>>,
        quantity: Qty<U>,
        factors: impl Into<Vec<Factor>>,
    ) -> Self {
        let rate = of.value.get() * share.value;
        Self::composed(
            category,
            share,
            of.basis,
            U::NAME,
            rate,
            quantity.get(),
            factors,
        )
    }

    /// A charge at a price that is put together from several of the book, `lead` the first of them.
    pub fn composed<V>(
        category: CostCategory,
        lead: Quoted<V>,
        others: Basis,
        unit: &'static str,
        unit_price: f64,
        quantity: f64,
        factors: impl Into<Vec<Factor>>,
    ) -> Self {
        let line = Self::at(category, lead, unit, unit_price, quantity, factors.into());
        Self {
            basis: line.basis.with(others).with(Basis::Derived),
            ..line
        }
    }

    /// Dollars that a credit or a fee takes off the bill.
    pub fn dollars_off<V>(
        category: CostCategory,
        because_of: Quoted<V>,
        dollars: Qty<Dollar>,
    ) -> Self {
        let factors = vec![Factor::new("taken off", dollars.get(), Dollar::NAME)];
        Self::at(
            category,
            because_of,
            Dollar::NAME,
            -1.0,
            dollars.get(),
            factors,
        )
    }

    /// A share of `dollars` that a way of buying takes off.
    pub fn discount(
        category: CostCategory,
        share: Quoted<f64>,
        dollars: f64,
        factors: Vec<Factor>,
    ) -> Self {
        Self::at(
            category,
            share,
            Dollar::NAME,
            -share.value,
            dollars,
            factors,
        )
    }

    /// A share of `dollars` of one part of the bill that the user's own contract takes off, by the input's path.
    pub fn own_discount(
        category: CostCategory,
        path: &'static str,
        share: f64,
        dollars: f64,
    ) -> Self {
        Self {
            category,
            meter: "own/discount",
            name: "Discount of your contract",
            quantity: dollars,
            unit: Dollar::NAME,
            unit_price: -share,
            basis: Basis::Own,
            source: Source::Input(path),
            factors: vec![Factor::new(
                "of this part of the bill",
                dollars,
                Dollar::NAME,
            )],
            rounding: Rounding::None,
            workload: None,
            repeats: Repeats::Each,
        }
    }

    /// A charge at a price of the user's own, by the input's path.
    pub fn own_price<U: Unit>(
        category: CostCategory,
        name: &'static str,
        path: &'static str,
        unit_price: f64,
        quantity: Qty<U>,
        factors: impl Into<Vec<Factor>>,
    ) -> Self {
        Self {
            category,
            meter: "own/price",
            name,
            quantity: quantity.get(),
            unit: U::NAME,
            unit_price,
            basis: Basis::Own,
            source: Source::Input(path),
            factors: factors.into(),
            rounding: Rounding::None,
            workload: None,
            repeats: Repeats::Each,
        }
    }

    /// This line as one that all workloads of a bill share.
    #[must_use]
    pub(crate) fn once(mut self) -> Self {
        self.repeats = Repeats::Once;
        self
    }

    /// This credit, which all workloads of a bill together have up to so much of.
    #[must_use]
    pub(crate) fn up_to(mut self, quantity: f64) -> Self {
        self.repeats = Repeats::UpTo(quantity);
        self
    }

    /// This line as a vendor bills it that rounds every line.
    #[must_use]
    pub fn rounded_to_cents(mut self) -> Self {
        self.rounding = Rounding::Cent;
        self
    }

    /// This line, its quantity resting on an assumption of ours that is off by a factor: one, unless a sample is drawn.
    #[must_use]
    pub fn assumed(mut self, doubt: f64) -> Self {
        self.basis = self.basis.with(Basis::Assumed);
        self.quantity *= doubt;
        self
    }

    /// Quantity × unit price, rounded only where the vendor does.
    pub fn amount(&self) -> Usd {
        let exact = Usd::of(self.quantity * self.unit_price);
        match self.rounding {
            Rounding::None => exact,
            Rounding::Cent => exact.to_cents(),
        }
    }
}

/// A figure that the bill went through, kept for whoever asks how: instances, busy share, nodes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// Its name in result files.
    pub id: &'static str,
    /// Its value.
    pub value: f64,
    /// Its unit; empty for a share or a count.
    pub unit: &'static str,
}

/// What a platform costs in a month.
#[derive(Clone, Debug, PartialEq)]
pub struct Bill {
    /// The lines, in the order of the bill.
    pub lines: Vec<Line>,
    /// The figures it went through.
    pub figures: Vec<Figure>,
    /// What is worth a word: prices that stand in for others, limits that are not priced.
    pub notes: Vec<Sentence>,
    /// Of a bill that is a part of another one: how many lines are its own, and what has to stand around it.
    pub(crate) part: Option<Box<(usize, Around)>>,
}

impl Default for Bill {
    /// An empty one, with room for what most bills have: thousands are made while a slider moves.
    fn default() -> Self {
        Self {
            lines: Vec::with_capacity(16),
            figures: Vec::with_capacity(16),
            notes: Vec::new(),
            part: None,
        }
    }
}

impl Bill {
    /// Adds a line; one without a quantity is left out.
    pub fn push(&mut self, line: Line) {
        if line.quantity > 0.0 {
            self.lines.push(line);
        }
    }

    /// Keeps a figure.
    pub fn figure(&mut self, id: &'static str, value: f64, unit: &'static str) {
        self.figures.push(Figure { id, value, unit });
    }

    /// Keeps a note.
    pub fn note(&mut self, text: &'static str, words: impl Into<Vec<Word>>) {
        self.notes.push(Sentence::new(text, words));
    }

    /// The lines of one part.
    pub fn category(&self, category: CostCategory) -> impl Iterator<Item = &Line> {
        self.lines
            .iter()
            .filter(move |line| line.category == category)
    }

    /// The sum of one part.
    pub fn subtotal(&self, category: CostCategory) -> Usd {
        self.category(category).map(Line::amount).sum()
    }

    /// The sum of everything but people.
    pub fn infrastructure(&self) -> Usd {
        self.lines
            .iter()
            .filter(|line| line.category != CostCategory::People)
            .map(Line::amount)
            .sum()
    }

    /// The share of the infrastructure's dollars that rests on published figures alone, 0 to 1; credits count as much as
    /// charges. One where nothing is charged.
    pub fn published_share(&self) -> f64 {
        let (mut published, mut all) = (0.0, 0.0);
        for line in self
            .lines
            .iter()
            .filter(|line| line.category != CostCategory::People)
        {
            let size = line.amount().get().abs();
            all += size;
            if line.basis <= Basis::Derived {
                published += size;
            }
        }
        if all > 0.0 { published / all } else { 1.0 }
    }

    /// The sum of all lines.
    pub fn total(&self) -> Usd {
        self.infrastructure() + self.subtotal(CostCategory::People)
    }
}

/// A platform can't run the workload: a limit of its vendor's.
#[derive(Clone, Debug, PartialEq)]
pub struct CannotRun {
    /// The limit and what the workload wants, in a sentence.
    pub reason: Sentence,
    /// The vendor's page.
    pub page: &'static str,
    /// When it was read.
    pub read: &'static str,
    /// What bars it.
    pub by: Bar,
    /// The name of the workload that it can't run, where there are several.
    pub workload: Option<String>,
}

/// What bars a platform from a workload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bar {
    /// A limit of the platform.
    Limit,
    /// A limit of what is priced here: it can, but only in another way.
    Condition,
    /// An objective that no platform can keep.
    Objective,
    /// What the vendor promises, or does not.
    Promise,
    /// What the vendor is attested, or is not.
    Attestation,
}

/// Why there is no bill.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// The platform can't.
    CannotRun(CannotRun),
    /// The price book can't.
    NoPrice(NoPrice),
}

impl From<CannotRun> for Refusal {
    fn from(reason: CannotRun) -> Self {
        Self::CannotRun(reason)
    }
}
impl From<NoPrice> for Refusal {
    fn from(missing: NoPrice) -> Self {
        Self::NoPrice(missing)
    }
}

/// What a platform answers: a bill, or why there is none.
pub type Quote = Result<Bill, Refusal>;
