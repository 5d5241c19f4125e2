//! The last invoice of the platform of today, held against our bill of it: what explains it, what is missing, and what would have
//! to be true.
//!
//! What an invoice counts (instances, GB, balancers) is a property of the workload: where ours differs, an input is named that makes
//! it alike, and once it is taken it holds on every platform. What is left over is looked for in one input at a time: the value
//! at which our bill would be the invoice.

use super::flips::Setting;
use crate::{
    bill::Bill,
    inputs::{Field, Inputs, Kind, Scale, discounts},
    platform::Platform,
    platforms::{Case, Item, Treatment},
    prices::PriceBook,
    units::{HOURS_PER_MONTH, Usd},
};

/// Bytes of a GiB, in GB.
pub(super) const GB_PER_GIB: f64 = 1.073_741_824;
/// GB in a kB times so many.
const KB_PER_GB: f64 = 1e6;
/// Quantities this near to each other are the same, as a share of the larger.
const ALIKE: f64 = 0.05;
/// Dollars below which nothing is missing, as a share of the invoice.
const NOTHING: f64 = 0.02;
/// Halvings of the search for a value.
const HALVINGS: u32 = 50;

/// A change of one input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// Which one.
    pub field: &'static Field,
    /// To what.
    pub to: Setting,
}

impl Change {
    fn number(path: &'static str, to: f64) -> Option<Self> {
        let field = Field::find(path)?;
        let range = field.range()?;
        let to = if range.whole { to.ceil() } else { to };
        (range.clamp(to) - to)
            .abs()
            .le(&(1e-9 * to.abs()))
            .then_some(Self {
                field,
                to: Setting::Number(to),
            })
    }

    fn yes(path: &'static str) -> Option<Self> {
        Some(Self {
            field: Field::find(path)?,
            to: Setting::Flag(true),
        })
    }

    /// The inputs with it.
    pub fn made(&self, inputs: &Inputs) -> Inputs {
        let mut inputs = self.to.put(self.field, inputs);
        // A gateway has to be there for what goes through it.
        if self.field.path == NAT_KB {
            inputs.surroundings.nat = true;
        }
        inputs
    }
}

const MIN_INSTANCES: &str = "min_instances";
const PADDING: &str = "assumptions.requests_padding";
const RESPONSE_KB: &str = "http.response_kb";
const NAT_KB: &str = "assumptions.nat_kb_per_request";
const LOG_KB: &str = "assumptions.log_kb_per_request";
const CPU_MS: &str = "http.cpu_ms";
const ZONE_GB: &str = "surroundings.gb_between_zones";
const BALANCER_EACH: &str = "surroundings.balancer_per_service";

/// A quantity that stands on the invoice and on our bill.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// What it is.
    pub what: &'static str,
    /// In what; empty for a count.
    pub unit: &'static str,
    /// How much on our bill.
    pub ours: f64,
    /// How much on the invoice.
    pub theirs: f64,
    /// The lines of ours that it explains, US dollars.
    pub usd: Usd,
    /// What makes ours the same; none where they are alike, or no input does.
    pub change: Option<Change>,
}

/// An invoice held against our bill.
#[derive(Clone, Debug, PartialEq)]
pub struct Reconciled {
    /// Whose.
    pub platform: Platform,
    /// Our infrastructure.
    pub ours: Usd,
    /// The invoice.
    pub invoice: Usd,
    /// What both count, as far as the user knows it.
    pub parts: Vec<Part>,
    /// What of the invoice is missing on our bill once all parts are alike; below zero where ours has more.
    pub missing: Usd,
    /// What alone would have to be true for our bill to be the invoice.
    pub would: Vec<Change>,
}

impl Reconciled {
    /// Whether nothing to speak of is missing.
    pub fn is_met(&self) -> bool {
        self.missing.get().abs() <= NOTHING * self.invoice.get()
    }
}

/// Holds the invoice of the inputs against our bill; none without an invoice, a platform of today, or a bill of it.
pub fn reconcile(inputs: &Inputs, book: &PriceBook) -> Option<Reconciled> {
    let platform = inputs.already_on?;
    let total = inputs.invoice.total_usd?;
    let bill = bill_of(platform, inputs, book)?;
    let parts = parts(platform, inputs, &bill, book);
    let alike = parts
        .iter()
        .filter_map(|part| part.change)
        .fold(inputs.clone(), |inputs, change| change.made(&inputs));
    let then = bill_of(platform, &alike, book)?.infrastructure();
    let invoice = Usd::of(total);
    let missing = invoice - then;
    let mut reconciled = Reconciled {
        platform,
        ours: bill.infrastructure(),
        invoice,
        parts,
        missing,
        would: Vec::new(),
    };
    if !reconciled.is_met() {
        reconciled.would = would(platform, &alike, total, missing, book);
    }
    Some(reconciled)
}

fn bill_of(platform: Platform, inputs: &Inputs, book: &PriceBook) -> Option<Bill> {
    let quote = platform.quote(&Case::of(inputs), &book.in_region(inputs.region));
    quote.ok()
}

/// Quantity, in GB where it is traffic, and dollars of the lines whose meters count.
fn sum(bill: &Bill, counts: impl Fn(&str) -> bool) -> (f64, Usd) {
    let lines = bill.lines.iter().filter(|line| counts(line.meter));
    lines.fold((0.0, Usd::ZERO), |(quantity, usd), line| {
        let gb = if line.unit == "GiB" { GB_PER_GIB } else { 1.0 };
        // Credits and discounts have no quantity of their own.
        let more = if line.unit_price > 0.0 {
            line.quantity * gb
        } else {
            0.0
        };
        (quantity + more, usd + line.amount())
    })
}

fn parts(platform: Platform, inputs: &Inputs, bill: &Bill, book: &PriceBook) -> Vec<Part> {
    let invoice = &inputs.invoice;
    let requests = inputs.http.requests_per_month;
    let kb = |gb: f64| gb * KB_PER_GB / requests;
    let mut parts = Vec::new();
    let mut add = |what,
                   unit,
                   theirs: Option<f64>,
                   (ours, usd): (f64, Usd),
                   change: &dyn Fn(f64, f64) -> Option<Change>| {
        let Some(theirs) = theirs else {
            return;
        };
        let differ = (ours - theirs).abs() > ALIKE * ours.max(theirs);
        parts.push(Part {
            what,
            unit,
            ours,
            theirs,
            usd,
            change: if differ { change(ours, theirs) } else { None },
        });
    };
    let (count, by_nodes) = instances(bill);
    let compute = bill.subtotal(crate::bill::CostCategory::Compute);
    add(
        if by_nodes { "nodes" } else { "instances" },
        "",
        invoice.instances,
        (count, compute),
        &|ours, theirs| {
            if by_nodes {
                return padding_for(platform, inputs, theirs, book);
            }
            (theirs > ours)
                .then(|| Change::number(MIN_INSTANCES, theirs / f64::from(inputs.services)))
                .flatten()
        },
    );
    let of = |ending: &'static str| sum(bill, move |meter| meter.contains(ending));
    let egress = sum(bill, |meter| {
        meter.contains("/egress") || meter.contains("/outbound")
    });
    add(
        "traffic to clients",
        "GB",
        invoice.egress_gb,
        egress,
        &|_, theirs| Change::number(RESPONSE_KB, kb(theirs)),
    );
    add(
        "data through NAT",
        "GB",
        invoice.nat_gb,
        of("/nat/data"),
        &|_, theirs| Change::number(NAT_KB, kb(theirs)),
    );
    let logs = sum(bill, |meter| {
        meter.contains("/logs/") || meter.contains("/logging/") || meter == "own/price"
    });
    add("logs", "GB", invoice.log_gb, logs, &|ours, theirs| {
        let kept = inputs.surroundings.log_share;
        let more = kb(theirs - ours) / kept.max(f64::MIN_POSITIVE);
        Change::number(LOG_KB, inputs.assumptions.log_kb_per_request + more)
    });
    let all_month = |(hours, usd): (f64, Usd)| (hours / HOURS_PER_MONTH, usd);
    let balancers = sum(bill, |meter| {
        [
            "/load-balancer/alb",
            "/load-balancer/rules",
            "/load-balancer/forwarding-rules",
        ]
        .iter()
        .any(|ending| meter.ends_with(ending))
    });
    add(
        "load balancers",
        "",
        invoice.balancers,
        all_month(balancers),
        &|ours, theirs| {
            (theirs > ours && !inputs.surroundings.balancer_per_service && inputs.services > 1)
                .then(|| Change::yes(BALANCER_EACH))
                .flatten()
        },
    );
    add(
        "public addresses",
        "",
        invoice.addresses,
        all_month(of("/ipv4/")),
        &|_, _| None,
    );
    parts
}

/// How many instances there are on a bill, and whether these are nodes.
pub(super) fn instances(bill: &Bill) -> (f64, bool) {
    let figure = |id: &str| bill.figures.iter().find(|figure| figure.id == id);
    if let Some(nodes) = figure("nodes") {
        return (nodes.value, true);
    }
    let found = ["replicas", "alive_instances", "instances"]
        .iter()
        .find_map(|id| figure(id));
    (found.map_or(0.0, |figure| figure.value), false)
}

/// The padding at which a cluster has so many nodes; none where it isn't billed or doesn't lead there.
fn padding_for(
    platform: Platform,
    inputs: &Inputs,
    nodes: f64,
    book: &PriceBook,
) -> Option<Change> {
    (platform.treatment(Item::Padding) == Treatment::Billed).then_some(())?;
    let reached = |inputs: &Inputs| bill_of(platform, inputs, book).map(|bill| instances(&bill).0);
    search(PADDING, inputs, nodes, reached)
}

/// The value of an input, at least as large as it is, at which a figure that grows with it reaches `goal`.
fn search(
    path: &'static str,
    inputs: &Inputs,
    goal: f64,
    figure: impl Fn(&Inputs) -> Option<f64>,
) -> Option<Change> {
    let field = Field::find(path)?;
    let range = field.range()?;
    let at = |x: f64| Change {
        field,
        to: Setting::Number(range.clamp(x)),
    };
    let now = match field.kind {
        Kind::Optional { get, .. } => get(inputs).unwrap_or(1.0),
        _ => field.number(inputs)?,
    };
    let mut low = now.max(range.min);
    let mut high = range.max;
    // What no platform can run any more is beyond every goal.
    let reaches = |x: f64| figure(&at(x).made(inputs)).is_none_or(|found| found >= goal);
    if figure(&at(low).made(inputs))? > goal || !reaches(high) {
        return None;
    }
    for _ in 0..HALVINGS {
        let middle = match range.scale {
            Scale::Log if low > 0.0 => libm::sqrt(low * high),
            _ => f64::midpoint(low, high),
        };
        if reaches(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    figure(&at(high).made(inputs)).map(|_| at(high))
}

/// What alone would make our bill the invoice.
fn would(
    platform: Platform,
    inputs: &Inputs,
    invoice: f64,
    missing: Usd,
    book: &PriceBook,
) -> Vec<Change> {
    let usd =
        |inputs: &Inputs| bill_of(platform, inputs, book).map(|bill| bill.infrastructure().get());
    if missing < Usd::ZERO {
        // Ours has more: a discount of one's own contract.
        let Some(ours) = usd(inputs) else {
            return Vec::new();
        };
        let path = discounts::FIELDS[platform.vendor() as usize].path;
        let had = inputs.buy.discount_percent[platform.vendor()];
        let list = ours / (1.0 - had / 100.0);
        return Change::number(path, 100.0 * (1.0 - invoice / list))
            .into_iter()
            .collect();
    }
    [
        MIN_INSTANCES,
        PADDING,
        CPU_MS,
        RESPONSE_KB,
        LOG_KB,
        NAT_KB,
        ZONE_GB,
    ]
    .into_iter()
    .filter_map(|path| search(path, inputs, invoice, usd))
    .collect()
}
