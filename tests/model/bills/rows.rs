//! Rows of a vendor's bill, made of one of our own bills, and what they come to.

use super::{
    names::{self, Named},
    text::shuffle,
};
use crate::{common, seeded_damage::Dice};
use plimsoll_formats::scenario;
use plimsoll_model::{
    bill::{CostCategory, Line},
    explore::billed::{Key, vcpus},
    inputs::Inputs,
    platform::Platform,
    platforms::Case,
    prices::PriceBook,
    region::Region,
    vendor::Vendor,
};
use plimsoll_readers::bills::Charge;
use std::collections::BTreeMap;

/// The teams of the tag that bills are grouped by.
pub(super) const TEAMS: [&str; 3] = ["shop", "search", "data, raw"];

/// Where it runs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) vendor: Vendor,
    pub(super) region: Region,
}

impl Place {
    fn names(self) -> [&'static str; 2] {
        match (self.vendor, self.region) {
            (Vendor::Aws, Region::Us) => ["us-east-1", "US East (N. Virginia)"],
            (Vendor::Aws, Region::Europe) => ["eu-west-1", "EU (Ireland)"],
            (Vendor::Aws, Region::Asia) => ["ap-northeast-1", "Asia Pacific (Tokyo)"],
            (Vendor::GoogleCloud, Region::Us) => ["us-central1", "Iowa"],
            (Vendor::GoogleCloud, Region::Europe) => ["europe-west1", "Belgium"],
            (Vendor::GoogleCloud, Region::Asia) => ["asia-northeast1", "Tokyo"],
            (_, Region::Us) => ["eastus", "US East"],
            (_, Region::Europe) => ["northeurope", "EU North"],
            (_, Region::Asia) => ["japaneast", "JA East"],
        }
    }

    /// Its name in exports.
    pub(super) fn id(self) -> &'static str {
        self.names()[0]
    }

    /// Its name in words.
    pub(super) fn words(self) -> &'static str {
        self.names()[1]
    }
}

/// What one line of our bill is, once allowances are off it.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) meter: &'static str,
    pub(super) key: Key,
    /// In the meter's unit.
    pub(super) quantity: f64,
    pub(super) usd: f64,
    pub(super) price: f64,
    /// Within an allowance.
    pub(super) free: bool,
    /// Taken off by a credit: not positive.
    pub(super) credit: f64,
    /// The type of machine that a fee is for.
    pub(super) machine: &'static str,
    pub(super) on_kubernetes: bool,
}

impl Part {
    /// So much of a meter, for so many US dollars.
    pub(super) fn of(meter: &'static str, quantity: f64, usd: f64) -> Self {
        let key = Key::of(meter).unwrap_or_else(|| panic!("no key for {meter}"));
        Self {
            meter,
            key,
            quantity,
            usd,
            price: usd / quantity,
            free: false,
            credit: 0.0,
            machine: "",
            on_kubernetes: false,
        }
    }
}

/// What kind of row a vendor makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Usage,
    /// Usage that a savings plan covers, at the price without it.
    Covered,
    /// The same, taken off again.
    Negation,
    /// What the savings plan costs.
    Plan,
    Tax,
    Support,
    Promotion,
    Refund,
    Discount,
    Adjustment,
}

impl Kind {
    pub(super) fn charge(self) -> Charge {
        match self {
            Self::Usage | Self::Covered => Charge::Usage,
            Self::Negation | Self::Plan => Charge::Commitment,
            Self::Tax => Charge::Tax,
            Self::Support => Charge::Support,
            Self::Promotion | Self::Refund => Charge::Credit,
            Self::Discount => Charge::Discount,
            Self::Adjustment => Charge::Other,
        }
    }
}

/// A row, before a format is chosen.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) kind: Kind,
    /// None for what no meter of ours is for.
    pub(super) key: Option<Key>,
    pub(super) name: Named,
    /// In the name's unit.
    pub(super) quantity: f64,
    /// As billed, US dollars, before `credit`.
    pub(super) usd: f64,
    /// With commitments spread, US dollars.
    pub(super) effective: f64,
    /// A credit that stands in the row itself: Google Cloud. Not positive.
    pub(super) credit: f64,
    pub(super) credit_type: &'static str,
    pub(super) currency: &'static str,
    /// US dollars for one of that currency.
    pub(super) rate: f64,
    pub(super) place: Place,
    pub(super) day: u32,
    pub(super) hour: u32,
    pub(super) resource: String,
    pub(super) team: Option<&'static str>,
}

impl Row {
    /// An amount in the row's currency with the digits of an export.
    pub(super) fn money(&self, usd: f64) -> String {
        format!("{:.12}", usd / self.rate)
    }

    /// What a price list has for one.
    pub(super) fn unit_price(&self) -> String {
        let price = if self.quantity > 0.0 {
            self.usd / self.quantity
        } else {
            0.0
        };
        self.money(price)
    }

    /// The day, as `2026-09-05`.
    pub(super) fn date(&self) -> String {
        format!("2026-09-{:02}", self.day)
    }
}

/// A quantity with enough digits, and never in exponents: no vendor's CSV has any.
pub(super) fn number(x: f64) -> String {
    format!("{x:.14}")
}

/// What lines of a key come to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Wanted {
    pub(super) usd: f64,
    /// In the key's unit.
    pub(super) quantity: f64,
    /// Of `usd`, what a savings plan covers.
    pub(super) covered: f64,
}

/// One of our bills as rows.
#[derive(Clone, Debug)]
pub(super) struct Scenario {
    pub(super) place: Place,
    pub(super) rows: Vec<Row>,
    pub(super) wanted: BTreeMap<&'static str, Wanted>,
    /// What a savings plan costs for what it covers, by key.
    pub(super) plan: BTreeMap<&'static str, f64>,
}

/// The platforms whose vendors have exports.
pub(super) const PLATFORMS: [Platform; 14] = [
    Platform::Fargate,
    Platform::EcsExpress,
    Platform::AppRunner,
    Platform::Eks,
    Platform::EksAuto,
    Platform::EksFargate,
    Platform::EcsEc2,
    Platform::EcsManaged,
    Platform::CloudRun,
    Platform::Gke,
    Platform::GkeAutopilot,
    Platform::ContainerApps,
    Platform::Aks,
    Platform::AksAutomatic,
];

/// Inputs of a team, without what is no row of a bill: discounts, spot, machines with GPUs and Windows.
fn inputs(dice: &mut Dice) -> Inputs {
    let region = dice.one(&["us", "europe", "asia"]).to_owned();
    let flag = |dice: &mut Dice| dice.below(3) == 0;
    let log = |dice: &mut Dice, low: f64, high: f64| low * (high / low).powf(dice.share());
    let vcpu = [0.5, 1.0, 2.0][dice.below(3)];
    let memory = [1.0, 2.0, 4.0][dice.below(3)];
    let mut text = serde_json::json!({
        "region": region,
        "services": 1 + dice.below(6),
        "http": { "requests_per_month": log(dice, 1e4, 1e9).round(), "response_kb": log(dice, 1.0, 200.0), "cpu_ms": log(dice, 2.0, 20.0) },
        "instance": { "vcpu": vcpu, "memory_gib": memory },
        "jobs": { "runs_per_month": (dice.below(2) * dice.below(5_000)), "minutes": 1 + dice.below(30), "vcpu": 1, "memory_gib": 2 },
        "buy": { "arm": flag(dice) },
        "options": { "free_tier": !flag(dice) },
        "needs": { "background": flag(dice), "tcp": flag(dice) },
        "cluster": { "extended_support": flag(dice), "spare_nodes": dice.below(3) },
        "surroundings": {
            "nat": flag(dice), "balancer_per_service": flag(dice), "gb_between_zones": dice.below(2) * dice.below(2_000),
            "private_endpoints": dice.below(3), "gb_through_endpoints": dice.below(500), "monitoring": flag(dice),
        },
    });
    if flag(dice) {
        text["min_instances"] = (1 + dice.below(3)).into();
    }
    let (inputs, told) = scenario::read(&text.to_string());
    assert!(told.is_empty(), "{told:?}");
    inputs
}

/// What is taken off by credits: Google Cloud has credits where others have rows at no price, but for logs, whose first price
/// is zero.
fn by_credit(line: &Line) -> bool {
    line.meter.starts_with("google-cloud/cloud-run/free/")
        || line.meter == "google-cloud/gke/credit"
}

/// The parts of a bill: its lines with their allowances off.
fn parts(lines: &[Line], platform: Platform) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let billed = |line: &&Line| line.category != CostCategory::People;
    let (plus, minus): (Vec<&Line>, Vec<&Line>) = lines
        .iter()
        .filter(billed)
        .partition(|line| line.unit_price >= 0.0);
    for line in &plus {
        let part = Part {
            price: line.unit_price,
            on_kubernetes: platform == Platform::EksFargate,
            ..Part::of(line.meter, line.quantity, line.amount().get())
        };
        // The fee of machines is on our bill a share of dollars, and on the vendor's hours of each type.
        if line.meter.contains("/fee") {
            let machines: Vec<_> = plus
                .iter()
                .filter(|line| line.meter.starts_with("aws/ec2/"))
                .collect();
            let all: f64 = machines.iter().map(|line| line.amount().get()).sum();
            assert!(all > 0.0, "a fee without machines");
            parts.extend(machines.iter().map(|line| Part {
                machine: line.meter.trim_start_matches("aws/ec2/"),
                quantity: line.quantity,
                usd: part.usd * line.amount().get() / all,
                ..part.clone()
            }));
        } else {
            parts.push(part);
        }
    }
    for line in minus {
        allow(&mut parts, line);
    }
    parts
}

/// Takes an allowance off the parts of its key, the dearest first.
fn allow(parts: &mut Vec<Part>, line: &Line) {
    let key = Key::of(line.meter).unwrap_or_else(|| panic!("no key for {}", line.meter));
    let (mut usd, mut quantity) = (-line.amount().get(), line.quantity);
    let mut of_key: Vec<usize> = (0..parts.len()).filter(|n| parts[*n].key == key).collect();
    of_key.sort_by(|a, b| parts[*b].usd.total_cmp(&parts[*a].usd));
    for n in of_key {
        let part = &mut parts[n];
        let off = usd.min(part.usd);
        if by_credit(line) {
            part.credit -= off;
        } else {
            let free = quantity.min(part.quantity);
            let free_part = Part {
                quantity: free,
                usd: 0.0,
                free: true,
                ..part.clone()
            };
            part.quantity -= free;
            part.usd -= off;
            quantity -= free;
            parts.push(free_part);
        }
        usd -= off;
    }
    assert!(usd < 1e-6, "{}: {usd} more than there is", line.meter);
}

impl Scenario {
    /// A random one; `documented`: without what has no name in words.
    pub(super) fn any(dice: &mut Dice, documented: bool) -> Self {
        let book = PriceBook::bundled();
        loop {
            let platform = PLATFORMS[dice.below(PLATFORMS.len())];
            let inputs = inputs(dice);
            let quote = platform.quote(&Case::of(&inputs), &book.in_region(inputs.region));
            if let Ok(bill) = quote {
                assert_eq!(common::bill(platform, &inputs, &book), bill);
                let parts = parts(&bill.lines, platform);
                return Self::of(platform, inputs.region, parts, dice, documented);
            }
        }
    }

    /// Of parts, whichever bill they are of.
    pub(super) fn of(
        platform: Platform,
        region: Region,
        parts: Vec<Part>,
        dice: &mut Dice,
        documented: bool,
    ) -> Self {
        let vendor = platform.vendor();
        let place = Place { vendor, region };
        let mut scenario = Self {
            place,
            rows: Vec::new(),
            wanted: BTreeMap::new(),
            plan: BTreeMap::new(),
        };
        for part in parts {
            let billed = names::billed(&part, place, dice);
            let billed = billed.unwrap_or_else(|| panic!("{} has no name on a bill", part.meter));
            if documented && billed.iter().any(|(name, ..)| name.description.is_empty()) {
                continue;
            }
            let times = part.meter.rsplit('/').next().and_then(|machine| {
                vcpus(if part.machine.is_empty() {
                    machine
                } else {
                    part.machine
                })
            });
            let is_machines = part.key.unit() == "vCPU-hour" && part.key.is_group();
            let times = times.filter(|_| is_machines).unwrap_or(1.0);
            let wanted = scenario.wanted.entry(part.key.id).or_default();
            wanted.usd += part.usd + part.credit;
            wanted.quantity += times * part.quantity;
            let all: f64 = billed.iter().map(|(.., usd)| usd).sum();
            for (name, quantity, usd) in billed {
                let share = if all > 0.0 { usd / all } else { 0.0 };
                scenario.split(&part, &name, [quantity, usd, part.credit * share], dice);
            }
        }
        scenario
    }

    /// Spreads a part over days and resources.
    fn split(
        &mut self,
        part: &Part,
        name: &Named,
        [quantity, usd, credit]: [f64; 3],
        dice: &mut Dice,
    ) {
        let count = 1 + dice.below(6);
        let mut shares: Vec<f64> = (0..count).map(|_| 0.05 + dice.share()).collect();
        let all: f64 = shares.iter().sum();
        for share in &mut shares {
            *share /= all;
        }
        for share in shares {
            let mut row = Row::any(Kind::Usage, Some(part.key), name.clone(), self.place, dice);
            (row.quantity, row.usd) = (quantity * share, usd * share);
            row.effective = row.usd;
            row.credit = credit * share;
            row.credit_type = "FREE_TIER";
            self.rows.push(row);
        }
    }

    /// Covers a share of what machines and Fargate cost by a savings plan (docs.aws.amazon.com/cur/latest/userguide/cur-sp.html).
    pub(super) fn with_savings_plan(mut self, dice: &mut Dice) -> Self {
        let mut fee = 0.0;
        for row in &mut self.rows {
            let usage = &row.name.usage;
            let can = usage.starts_with("BoxUsage") || usage.starts_with("Fargate-vCPU");
            if can && row.usd > 0.0 && dice.below(2) == 0 {
                row.kind = Kind::Covered;
                row.effective = 0.72 * row.usd;
                fee += row.effective;
                let key = row.key.unwrap().id;
                self.wanted.get_mut(key).unwrap().covered += row.usd;
                *self.plan.entry(key).or_default() += row.effective;
            }
        }
        if fee > 0.0 {
            let name = Named {
                service: "ComputeSavingsPlans".into(),
                service_name: "Savings Plans for AWS Compute usage".into(),
                usage: "ComputeSP:1yrNoUpfront".into(),
                description: "1 year No Upfront Compute Savings Plan".into(),
                unit: "Hrs".into(),
                base: ("", 1.0),
                ..Named::default()
            };
            let mut row = Row::any(Kind::Plan, None, name, self.place, dice);
            // A tenth of the plan is not used.
            (row.quantity, row.usd, row.effective) = (720.0, 1.1 * fee, 0.1 * fee);
            self.rows.push(row);
        }
        self
    }

    /// Some of the rows in other currencies: a payer with accounts of several countries.
    pub(super) fn with_currencies(mut self, dice: &mut Dice) -> Self {
        for row in &mut self.rows {
            (row.currency, row.rate) = match dice.below(8) {
                0 => ("EUR", 1.08),
                1 => ("JPY", 0.0066),
                _ => ("USD", 1.0),
            };
        }
        self
    }

    pub(super) fn shuffled(mut self, dice: &mut Dice) -> Self {
        shuffle(&mut self.rows, dice);
        self
    }
}

impl Row {
    pub(super) fn any(
        kind: Kind,
        key: Option<Key>,
        name: Named,
        place: Place,
        dice: &mut Dice,
    ) -> Self {
        Self {
            kind,
            key,
            name,
            quantity: 0.0,
            usd: 0.0,
            effective: 0.0,
            credit: 0.0,
            credit_type: "",
            currency: "USD",
            rate: 1.0,
            place,
            day: 1 + dice.below(30) as u32,
            hour: dice.below(24) as u32,
            resource: format!("r-{:08x}", dice.bits() as u32),
            team: (dice.below(4) > 0).then(|| TEAMS[dice.below(TEAMS.len())]),
        }
    }
}
