//! What a platform promises, in words: one statement for each thing, with its page, or that it is not known.

use crate::format;
use plimsoll_model::{
    attestation::Attestation,
    inputs::Inputs,
    platform::Platform,
    promises::{Asks, Attested, Confidence, Fact, Promised, Scaling, Sla, Uptime},
};

/// One statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// What it is about: "Uptime", "HIPAA BAA".
    pub what: &'static str,
    /// What is said, a sentence.
    pub text: String,
    /// The page; nothing where it is not known.
    pub page: &'static str,
    /// The day or year that it was read.
    pub read: &'static str,
    /// How sure it is; none where it is not known.
    pub confidence: Option<Confidence>,
}

const NOT_KNOWN: &str = "Not known.";

fn told<T>(what: &'static str, fact: &Fact<T>, text: String) -> Told {
    let text = if fact.note.is_empty() {
        text + "."
    } else {
        format!("{text}: {}.", fact.note)
    };
    Told {
        what,
        text: format::capital(&text),
        page: fact.page,
        read: fact.read,
        confidence: Some(fact.confidence),
    }
}

fn not_known(what: &'static str) -> Told {
    Told {
        what,
        text: NOT_KNOWN.to_owned(),
        page: "",
        read: "",
        confidence: None,
    }
}

/// Everything that is promised, and what is not known, in the order in which an architect asks.
pub fn all(platform: Platform) -> Vec<Told> {
    let promises = platform.promises();
    let mut all = match promises.uptime {
        Uptime::Promised(parts) => parts.iter().map(uptime).collect(),
        Uptime::None(fact) => vec![told("Uptime", &fact, fact.value.to_owned())],
        Uptime::NotKnown { .. } => vec![not_known("Uptime")],
    };
    all.push(match &promises.scaling {
        Some(fact) => told("Scaling", fact, scaling(fact.value).to_owned()),
        None => not_known("Scaling"),
    });
    for (attestation, fact) in Attestation::ALL.into_iter().zip(&promises.attestations) {
        all.push(match fact {
            Some(fact) => told(attestation.name(), fact, attested(fact.value).to_owned()),
            None => not_known(attestation.name()),
        });
    }
    for (what, fact) in [
        ("Logs are kept", &promises.log_days),
        ("Limit of logs", &promises.log_limit),
    ] {
        all.push(match fact {
            Some(fact) => told(what, fact, fact.value.to_owned()),
            None => not_known(what),
        });
    }
    let vendor = platform.vendor().promises();
    for plan in vendor.support {
        let price = plan.price.unwrap_or("price not known");
        let answers = plan.answers.unwrap_or("when they answer is not known");
        let known = plan.price.is_some() || plan.answers.is_some();
        all.push(Told {
            what: "Support",
            text: format!("{}: {price}; {answers}.", plan.plan),
            page: plan.page,
            read: plan.read,
            confidence: known.then_some(plan.confidence),
        });
    }
    let before = all.len();
    for outage in platform.outages() {
        let hours = outage.hours.map_or("hours not known".to_owned(), |hours| {
            format!("{} hours", format::number(hours))
        });
        all.push(Told {
            what: "Outage",
            text: format!("{}, {hours}: {}.", outage.from, outage.what),
            page: outage.page,
            read: outage.read,
            confidence: Some(outage.confidence),
        });
    }
    if all.len() == before {
        all.push(not_known("Outage"));
    }
    all
}

fn uptime(part: &Fact<Sla>) -> Told {
    let sla = part.value;
    let asks = match sla.asks {
        Asks::Nothing => String::new(),
        Asks::TwoZones => ", in two zones or more".to_owned(),
        Asks::Plan(plan) => format!(", with {plan}"),
    };
    let otherwise = match sla.otherwise {
        Some(percent) => format!(", else {} %", format::uptime(percent)),
        None => String::new(),
    };
    let percent = format::uptime(sla.percent);
    told(
        "Uptime",
        part,
        format!("{percent} % of a month for {}{asks}{otherwise}", sla.covers),
    )
}

/// Whether instances follow the load.
pub fn scaling(scaling: Scaling) -> &'static str {
    match scaling {
        Scaling::ByItself => "by itself",
        Scaling::AfterSetUp => "once set up",
        Scaling::ByHand => "by hand, or among machines that you made",
    }
}

/// Whether there is an attestation.
pub fn attested(attested: Attested) -> &'static str {
    match attested {
        Attested::Yes => "yes",
        Attested::OnPlan => "on a plan or at a level",
        Attested::No => "no",
    }
}

/// What it promises of uptime to what runs as the inputs say, in a few words.
pub fn uptime_here(platform: Platform, inputs: &Inputs) -> String {
    match platform.promised(inputs) {
        Promised::Percent(_, percent) => format!("{} %", format::uptime(percent)),
        Promised::Nothing {
            asks: Asks::Plan(plan),
            ..
        } => format!("none without {plan}"),
        Promised::Nothing {
            asks: Asks::TwoZones,
            ..
        } => "none in one zone".to_owned(),
        Promised::Nothing {
            asks: Asks::Nothing,
            ..
        } => "none published".to_owned(),
        Promised::NotKnown => "not known".to_owned(),
    }
}

/// The hours a year that it may be down by its promise, and what they cost where that is asked for.
pub fn down_here(platform: Platform, inputs: &Inputs) -> String {
    let Some(hours) = platform.hours_down_per_year(inputs) else {
        return "no bound known".to_owned();
    };
    let hours = format!(
        "{} hours a year",
        format::number((hours * 100.0).round() / 100.0)
    );
    match platform.cost_of_hours_down(inputs) {
        Some(cost) => format!("{hours}: {}", format::usd_about(cost)),
        None => hours,
    }
}

/// Its known outages since 2025, in a few words.
pub fn outages(platform: Platform) -> String {
    let (hours, open) = platform.outage_hours();
    let count = platform.outages().count();
    match (count, open) {
        (0, _) => "not known".to_owned(),
        (count, 0) => format!("{count}: {} hours", format::number(hours)),
        (count, open) if open == count => format!("{count}: hours not known"),
        (count, open) => format!(
            "{count}: {} hours, and {open} of a length not known",
            format::number(hours)
        ),
    }
}

/// How many of its promises are known.
pub fn known(platform: Platform) -> String {
    let (known, of) = platform.known_promises();
    format!("{known} of {of}")
}

/// The columns in which platforms are compared by what they promise.
pub const COLUMNS: [&str; 5] = [
    "Uptime as you run it",
    "It may be down",
    "Scales",
    "Outages since 2025, in any region",
    "Facts known",
];

/// A platform's cells of [`COLUMNS`].
pub fn cells(platform: Platform, inputs: &Inputs) -> [String; COLUMNS.len()] {
    let scaling_of = platform.promises().scaling.as_ref();
    [
        uptime_here(platform, inputs),
        down_here(platform, inputs),
        scaling_of
            .map_or("not known", |fact| scaling(fact.value))
            .to_owned(),
        outages(platform),
        known(platform),
    ]
}
