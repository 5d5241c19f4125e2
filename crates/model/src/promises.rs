//! What each platform promises, and what its vendor's support and outages were, as far as somebody has read it.
//!
//! A promise that is broken is a part of the fee back, on request. It doesn't say how often a platform fails: outages do,
//! those that are known. What nobody has read is not known; it is never a no.

mod aws;
mod azure;
mod fly;
mod google_cloud;
mod railway;
mod render;

use crate::{
    bill::{Bar, CannotRun},
    inputs::Inputs,
    platform::Platform,
    sentence::{Sentence, Word},
    units::{HOURS_PER_MONTH, MONTHS_PER_YEAR, Usd},
    vendor::Vendor,
};

/// How sure a fact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confidence {
    /// The vendor's words of 2026, or confirmed by somebody else.
    High,
    /// The vendor's words, old or without a date, or a text that cites them.
    Medium,
    /// Second-hand, inferred or recalled.
    Low,
}

impl Confidence {
    /// Its name in files.
    pub const fn id(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }
}

/// Something that is known, and from where.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fact<T: 'static> {
    /// What is known.
    pub value: T,
    /// What has to be said beside it, as a part of a sentence; often nothing.
    pub note: &'static str,
    /// The page.
    pub page: &'static str,
    /// The day or year of the page or of its reading; `recalled` where it was not read.
    pub read: &'static str,
    /// How sure it is.
    pub confidence: Confidence,
}

impl<T: Copy> Fact<T> {
    const fn new(
        confidence: Confidence,
        value: T,
        note: &'static str,
        page: &'static str,
        read: &'static str,
    ) -> Self {
        Self {
            value,
            note,
            page,
            read,
            confidence,
        }
    }

    const fn high(value: T, note: &'static str, page: &'static str, read: &'static str) -> Self {
        Self::new(Confidence::High, value, note, page, read)
    }

    const fn medium(value: T, note: &'static str, page: &'static str, read: &'static str) -> Self {
        Self::new(Confidence::Medium, value, note, page, read)
    }

    const fn low(value: T, note: &'static str, page: &'static str, read: &'static str) -> Self {
        Self::new(Confidence::Low, value, note, page, read)
    }
}

/// What a promise asks of the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// Nothing.
    Nothing,
    /// Instances in two or more zones.
    TwoZones,
    /// A plan: "an Enterprise plan".
    Plan(&'static str),
}

/// One part of a promise of uptime.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sla {
    /// What has to be up.
    pub covers: &'static str,
    /// How much of a month, per cent.
    pub percent: f64,
    /// On what condition.
    pub asks: Asks,
    /// What is left where what it asks for isn't there, per cent; none where nothing is.
    pub otherwise: Option<f64>,
    /// Whether the part serves requests: tasks, nodes, pods, a service, not the Kubernetes API.
    pub serves: bool,
}

impl Sla {
    /// Of the Kubernetes API.
    const fn api(percent: f64, asks: Asks, otherwise: Option<f64>) -> Self {
        Self {
            covers: "the Kubernetes API",
            percent,
            asks,
            otherwise,
            serves: false,
        }
    }

    /// Of what serves requests.
    const fn serving(
        covers: &'static str,
        percent: f64,
        asks: Asks,
        otherwise: Option<f64>,
    ) -> Self {
        Self {
            covers,
            percent,
            asks,
            otherwise,
            serves: true,
        }
    }
}

/// What is promised of uptime.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Uptime {
    /// Each part.
    Promised(&'static [Fact<Sla>]),
    /// The vendor says that it promises none.
    None(Fact<&'static str>),
    /// Nobody has read one.
    NotKnown {
        /// The page to look at.
        page: &'static str,
    },
}

/// What is left of a promise of uptime in a case.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Promised {
    /// The least of the parts, per cent, and where it stands.
    Percent(&'static Fact<Sla>, f64),
    /// The vendor promises nothing in this case.
    Nothing {
        /// What it would ask for.
        asks: Asks,
        /// The page that says so.
        page: &'static str,
        /// When it was read.
        read: &'static str,
    },
    /// Nobody has read it.
    NotKnown,
}

impl Uptime {
    /// What is promised to who runs in two or more zones, or in one, without any special plan. The weakest part counts.
    pub fn in_case(&self, two_zones: bool) -> Promised {
        let parts = match *self {
            Self::Promised(parts) => parts,
            Self::None(Fact { page, read, .. }) => {
                let asks = Asks::Nothing;
                return Promised::Nothing { asks, page, read };
            }
            Self::NotKnown { .. } => return Promised::NotKnown,
        };
        let mut least = Promised::NotKnown;
        for part in parts {
            let sla = part.value;
            let there = match sla.asks {
                Asks::Nothing => true,
                Asks::TwoZones => two_zones,
                Asks::Plan(_) => false,
            };
            let Some(percent) = (if there {
                Some(sla.percent)
            } else {
                sla.otherwise
            }) else {
                let Fact { page, read, .. } = *part;
                return Promised::Nothing {
                    asks: sla.asks,
                    page,
                    read,
                };
            };
            if !matches!(least, Promised::Percent(_, least) if least <= percent) {
                least = Promised::Percent(part, percent);
            }
        }
        least
    }
}

/// Whether the number of instances follows the load by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scaling {
    /// It does.
    ByItself,
    /// Once it has been set up.
    AfterSetUp,
    /// Only among machines that the user made, or by hand.
    ByHand,
}

/// Whether a platform has an attestation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attested {
    /// It has.
    Yes,
    /// Only on a plan, or at a level; the note says which.
    OnPlan,
    /// It has not, the vendor says.
    No,
}

/// What a platform promises.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Promises {
    /// How much of a month it is up.
    pub uptime: Uptime,
    /// Whether instances follow the load; the note says on what signal.
    pub scaling: Option<Fact<Scaling>>,
    /// By [`Attestation`](crate::attestation::Attestation); none where it isn't known.
    pub attestations: [Option<Fact<Attested>>; 4],
    /// How long its own logs are kept.
    pub log_days: Option<Fact<&'static str>>,
    /// How much it takes of them.
    pub log_limit: Option<Fact<&'static str>>,
}

/// A plan of support.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Support {
    /// Its name.
    pub plan: &'static str,
    /// What it costs a month, in words: "$29", "from $2,500"; none where it isn't known.
    pub price: Option<&'static str>,
    /// When somebody answers; none where it isn't known.
    pub answers: Option<&'static str>,
    /// The page.
    pub page: &'static str,
    /// The day or year of the page or of its reading; [`Support::NOT_READ`] where nothing is known.
    pub read: &'static str,
    /// How sure it is.
    pub confidence: Confidence,
}

impl Support {
    /// Stands for the day where a plan is known by name alone.
    pub const NOT_READ: &'static str = "not read";

    /// A plan whose price and answers are known from a page, to medium confidence.
    const fn medium(
        plan: &'static str,
        price: &'static str,
        answers: &'static str,
        page: &'static str,
        read: &'static str,
    ) -> Self {
        Self {
            plan,
            price: Some(price),
            answers: Some(answers),
            page,
            read,
            confidence: Confidence::Medium,
        }
    }

    /// A plan of which the name alone is known.
    const fn name_alone(plan: &'static str, page: &'static str) -> Self {
        Self {
            plan,
            price: None,
            answers: None,
            page,
            read: Self::NOT_READ,
            confidence: Confidence::Low,
        }
    }
}

/// An outage since 2025. Some left what was running alone: `what` says so where it is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outage {
    /// The day it began, UTC.
    pub from: &'static str,
    /// How long it took; none where it isn't known.
    pub hours: Option<f64>,
    /// What failed, and where.
    pub what: &'static str,
    /// The platforms that it reached.
    pub platforms: &'static [Platform],
    /// The page.
    pub page: &'static str,
    /// When it was written or read.
    pub read: &'static str,
    /// How sure it is.
    pub confidence: Confidence,
}

/// What is alike on all platforms of a vendor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VendorPromises {
    /// Plans of support, the cheapest first.
    pub support: &'static [Support],
    /// Known outages, the oldest first.
    pub outages: &'static [Outage],
    /// Where the vendor tells of its outages: for where none is known.
    pub outages_page: &'static str,
}

/// Hours of a year.
const HOURS_PER_YEAR: f64 = MONTHS_PER_YEAR * HOURS_PER_MONTH;

/// Whether what runs stands in two zones at least: so many are used, and so many instances of each service, or workers where there
/// is none, are always there.
fn in_two_zones(inputs: &Inputs) -> bool {
    let several = if inputs.http.requests_per_month > 0.0 {
        inputs.min_instances.is_none_or(|kept| kept >= 2)
    } else {
        inputs.workers.count >= 2
    };
    inputs.assumptions.zones >= 2.0 && several
}

impl Platform {
    /// What it promises of uptime to what runs as the inputs say.
    pub fn promised(self, inputs: &Inputs) -> Promised {
        self.promises().uptime.in_case(in_two_zones(inputs))
    }

    /// How many hours a year its promise lets it be down; none where it promises nothing, or where nobody has read what.
    pub fn hours_down_per_year(self, inputs: &Inputs) -> Option<f64> {
        match self.promised(inputs) {
            Promised::Percent(_, percent) => Some((100.0 - percent) / 100.0 * HOURS_PER_YEAR),
            Promised::Nothing { .. } | Promised::NotKnown => None,
        }
    }

    /// Whether it is known to promise nothing to what runs as the inputs say.
    pub fn promises_nothing(self, inputs: &Inputs) -> bool {
        matches!(self.promised(inputs), Promised::Nothing { .. })
    }

    /// What these hours cost, by what an hour down costs; never a part of a bill. None where either isn't known.
    pub fn cost_of_hours_down(self, inputs: &Inputs) -> Option<Usd> {
        let hour = inputs.promises.hour_down_usd;
        let hours = self.hours_down_per_year(inputs)?;
        (hour > 0.0).then(|| Usd::of(hours * hour))
    }

    /// What is known of the attestation that the inputs ask for.
    pub fn attested(self, inputs: &Inputs) -> Option<&'static Fact<Attested>> {
        let asked = inputs.promises.attestation?;
        self.promises().attestations[asked as usize].as_ref()
    }

    /// Whether it promises what the inputs ask for. What nobody has read bars nothing.
    ///
    /// # Errors
    ///
    /// What it promises less, with its page.
    pub fn check_promises(self, inputs: &Inputs) -> Result<(), CannotRun> {
        self.check_availability(inputs)?;
        match (self.attested(inputs), inputs.promises.attestation) {
            (Some(fact), Some(asked)) if fact.value == Attested::No => Err(CannotRun {
                reason: Sentence::new(
                    "{} has no {}.",
                    [Word::Name(self.name()), Word::Name(asked.name())],
                ),
                page: fact.page,
                read: fact.read,
                by: Bar::Attestation,
                workload: None,
            }),
            _ => Ok(()),
        }
    }

    fn check_availability(self, inputs: &Inputs) -> Result<(), CannotRun> {
        let Some(needed) = inputs.promises.availability_pct else {
            return Ok(());
        };
        let name = Word::Name(self.name());
        let (reason, page, read) = match self.promised(inputs) {
            Promised::Percent(fact, percent) if percent < needed => {
                let words = [
                    name,
                    Word::Uptime(percent),
                    Word::Name(fact.value.covers),
                    Word::Uptime(needed),
                ];
                let text = "{} promises {} % as you run it ({}); you need {} %.";
                (Sentence::new(text, words), fact.page, fact.read)
            }
            Promised::Nothing { asks, page, read } => {
                let needed = Word::Uptime(needed);
                let reason = match asks {
                    Asks::Plan(plan) => Sentence::new(
                        "{} promises an uptime only with {}; you need {} %.",
                        [name, Word::Name(plan), needed],
                    ),
                    Asks::TwoZones => Sentence::new(
                        "{} promises an uptime only to what runs in two zones; you need {} %.",
                        [name, needed],
                    ),
                    Asks::Nothing => Sentence::new(
                        "{} publishes no promise of uptime; you need {} %.",
                        [name, needed],
                    ),
                };
                (reason, page, read)
            }
            Promised::Percent(..) | Promised::NotKnown => return Ok(()),
        };
        Err(CannotRun {
            reason,
            page,
            read,
            by: Bar::Promise,
            workload: None,
        })
    }

    /// What it promises.
    pub fn promises(self) -> &'static Promises {
        match self {
            Self::CloudRun => &google_cloud::CLOUD_RUN,
            Self::Fargate => &aws::FARGATE,
            Self::EcsExpress => &aws::ECS_EXPRESS,
            Self::AppRunner => &aws::APP_RUNNER,
            Self::ContainerApps => &azure::CONTAINER_APPS,
            Self::Fly => &fly::FLY,
            Self::Railway => &railway::RAILWAY,
            Self::Render => &render::RENDER,
            Self::Eks => &aws::EKS,
            Self::EksAuto => &aws::EKS_AUTO,
            Self::EksFargate => &aws::EKS_FARGATE,
            Self::Gke => &google_cloud::GKE,
            Self::GkeAutopilot => &google_cloud::GKE_AUTOPILOT,
            Self::Aks => &azure::AKS,
            Self::AksAutomatic => &azure::AKS_AUTOMATIC,
            Self::EcsEc2 => &aws::ECS_EC2,
            Self::EcsManaged => &aws::ECS_MANAGED,
        }
    }

    /// The known outages of its vendor that reached it.
    pub fn outages(self) -> impl Iterator<Item = &'static Outage> {
        let outages = self.vendor().promises().outages.iter();
        outages.filter(move |outage| outage.platforms.contains(&self))
    }

    /// The hours of its known outages, and the number of those whose hours nobody has read. Two that overlap count twice.
    pub fn outage_hours(self) -> (f64, usize) {
        self.outages()
            .fold((0.0, 0), |(sum, open), outage| match outage.hours {
                Some(hours) => (sum + hours, open),
                None => (sum, open + 1),
            })
    }

    /// How many of its promises are known, and of how many: uptime, scaling, attestations, logs, and when its vendor's
    /// support answers, on one plan at least.
    pub fn known_promises(self) -> (usize, usize) {
        let promises = self.promises();
        let [soc2, hipaa, pci, fedramp] = promises.attestations.map(|one| one.is_some());
        let support = self.vendor().promises().support;
        let known = [
            !matches!(promises.uptime, Uptime::NotKnown { .. }),
            promises.scaling.is_some(),
            soc2,
            hipaa,
            pci,
            fedramp,
            promises.log_days.is_some(),
            promises.log_limit.is_some(),
            support.iter().any(|plan| plan.answers.is_some()),
        ];
        (known.iter().filter(|known| **known).count(), known.len())
    }
}

impl Vendor {
    /// Its support and its outages.
    pub fn promises(self) -> &'static VendorPromises {
        match self {
            Self::Aws => &aws::VENDOR,
            Self::GoogleCloud => &google_cloud::VENDOR,
            Self::Azure => &azure::VENDOR,
            Self::Fly => &fly::VENDOR,
            Self::Railway => &railway::VENDOR,
            Self::Render => &render::VENDOR,
        }
    }
}

#[cfg(test)]
mod tests;
