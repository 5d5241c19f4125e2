//! What is known of an input: its path (the name in a scenario file), its label, its range and how to read and write it.
//! Sliders, scenario files, range checks and searches all walk the table of these.

use super::{ASSUMPTIONS, FIELDS, Inputs, at};
use std::fmt;

/// The numbers that an input may take.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// Smallest that is not zero on a slider; smallest legal one unless `below` says otherwise.
    pub min: f64,
    /// Largest.
    pub max: f64,
    /// What is legal below `min`.
    pub below: Below,
    /// Whole numbers only.
    pub whole: bool,
    /// How a slider spreads it.
    pub scale: Scale,
    /// The unit, as it is written behind the number.
    pub unit: &'static str,
}

/// Units of which there are only whole ones, though a mean over a month may be any number.
pub const THINGS: [&str; 3] = ["requests", "connections", "runs"];

/// What is legal below a range's smallest number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Below {
    /// Nothing.
    Nothing,
    /// Zero alone: "none of it".
    Zero,
    /// Every number down to zero, though a slider jumps to zero.
    DownToZero,
}

/// How positions on a slider map to values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Equal steps are equal differences.
    Linear,
    /// Equal steps are equal factors.
    Log,
}

impl Range {
    pub(super) const fn linear(min: f64, max: f64, unit: &'static str) -> Self {
        Self {
            min,
            max,
            below: Below::Nothing,
            whole: false,
            scale: Scale::Linear,
            unit,
        }
    }

    pub(super) const fn log(min: f64, max: f64, unit: &'static str) -> Self {
        Self {
            scale: Scale::Log,
            ..Self::linear(min, max, unit)
        }
    }

    pub(super) const fn or_zero(self) -> Self {
        Self {
            below: Below::Zero,
            ..self
        }
    }

    pub(super) const fn down_to_zero(self) -> Self {
        Self {
            below: Below::DownToZero,
            ..self
        }
    }

    pub(super) const fn whole(self) -> Self {
        Self {
            whole: true,
            ..self
        }
    }

    /// Whether it counts things, of which a part is none: what is suggested or worked out for it is a whole number.
    pub fn counts_things(&self) -> bool {
        self.whole || THINGS.contains(&self.unit)
    }

    /// Whether `x` is one of the numbers.
    pub fn contains(&self, x: f64) -> bool {
        let inside = match self.below {
            Below::Nothing => x >= self.min,
            Below::Zero => x >= self.min || x == 0.0,
            Below::DownToZero => x >= 0.0,
        };
        inside && x <= self.max && (!self.whole || x.fract() == 0.0)
    }

    /// The nearest number of the range. A NaN gives the smallest.
    pub fn clamp(&self, x: f64) -> f64 {
        // f64::max and min drop a NaN on either side.
        let x = if self.whole { x.round() } else { x };
        match self.below {
            Below::Zero if x < self.min / 2.0 => 0.0,
            Below::Nothing | Below::Zero => x.max(self.min).min(self.max),
            Below::DownToZero => x.max(0.0).min(self.max),
        }
    }
}

/// What kind of input it is, and how it is read and written.
#[derive(Clone, Copy)]
pub enum Kind {
    /// A number.
    Number {
        /// Legal values.
        range: Range,
        /// Reads it.
        get: fn(&Inputs) -> f64,
        /// Writes a legal value.
        set: fn(&mut Inputs, f64),
    },
    /// A number that may be left open.
    Optional {
        /// What the open value is called in files: a word, or nothing for `null`.
        open: Option<&'static str>,
        /// Legal values.
        range: Range,
        /// Reads it.
        get: fn(&Inputs) -> Option<f64>,
        /// Writes a legal value.
        set: fn(&mut Inputs, Option<f64>),
    },
    /// Yes or no.
    Flag {
        /// Reads it.
        get: fn(&Inputs) -> bool,
        /// Writes it.
        set: fn(&mut Inputs, bool),
    },
    /// Some of several, at least one.
    Set {
        /// The options: name in files, label on the page.
        options: &'static [(&'static str, &'static str)],
        /// Reads a bit for each of `options`.
        get: fn(&Inputs) -> u32,
        /// Writes a bit for each of `options`.
        set: fn(&mut Inputs, u32),
    },
    /// One of several.
    Choice {
        /// The options: name in files, label on the page.
        options: &'static [(&'static str, &'static str)],
        /// Reads its place in `options`.
        get: fn(&Inputs) -> usize,
        /// Writes the option at a place in `options`.
        set: fn(&mut Inputs, usize),
    },
}

/// One input.
#[derive(Clone, Copy)]
pub struct Field {
    /// Its name in scenario files: `http.requests_per_month`.
    pub path: &'static str,
    /// Its name on the page.
    pub label: &'static str,
    /// Kind, range and access.
    pub kind: Kind,
    /// What it is about.
    pub topic: Topic,
    /// Of what it is a property.
    pub scope: Scope,
    /// Its name in links, and the one in links that would be too long otherwise.
    pub links: [&'static str; 2],
}

/// What an input is about: the page asks by topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Where it may run, and where it is today.
    Where,
    /// How much traffic there is.
    Traffic,
    /// How it spreads, and what that takes.
    Spikes,
    /// What runs.
    Runs,
    /// Who runs it.
    People,
    /// What it must have.
    Needs,
    /// What the vendor must promise.
    Promises,
    /// How capacity is bought.
    Buying,
    /// What is counted.
    Counted,
    /// What was billed last.
    Invoice,
    /// What nobody publishes.
    Assumed,
}

/// Of what an input is a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Of the whole system: the team, the contract, where it runs.
    System,
    /// Of one workload: another may have another value.
    Workload,
}

impl fmt::Debug for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.path)
    }
}

impl PartialEq for Field {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path
    }
}

impl Field {
    /// The field of a path that is known to be one, such as a test's. Code has [`at`], which the compiler checks.
    ///
    /// # Panics
    ///
    /// If there is no such input.
    pub fn by_path(path: &str) -> &'static Self {
        Self::find(path).unwrap_or_else(|| unreachable!("no input {path}"))
    }

    /// The field of that path, if there is one.
    pub fn find(path: &str) -> Option<&'static Self> {
        all().find(|field| field.path == path)
    }

    /// Whether it has the same value in both, and the same range.
    pub fn same(&self, one: &Inputs, other: &Inputs) -> bool {
        if one.between(self.path) != other.between(self.path) {
            return false;
        }
        match self.kind {
            Kind::Number { get, .. } => get(one) == get(other),
            Kind::Optional { get, .. } => get(one) == get(other),
            Kind::Flag { get, .. } => get(one) == get(other),
            Kind::Choice { get, .. } => get(one) == get(other),
            Kind::Set { get, .. } => get(one) == get(other),
        }
    }

    /// Takes its value over from other inputs, and its range.
    pub fn copy(&self, from: &Inputs, to: &mut Inputs) {
        self.forget_range(to);
        if let Some(between) = from.between(self.path) {
            to.set_between(*between);
        }
        match self.kind {
            Kind::Number { get, set, .. } => set(to, get(from)),
            Kind::Optional { get, set, .. } => set(to, get(from)),
            Kind::Flag { get, set } => set(to, get(from)),
            Kind::Choice { get, set, .. } => set(to, get(from)),
            Kind::Set { get, set, .. } => set(to, get(from)),
        }
    }

    /// The range, if it is a number.
    pub fn range(&self) -> Option<&Range> {
        match &self.kind {
            Kind::Number { range, .. } | Kind::Optional { range, .. } => Some(range),
            Kind::Flag { .. } | Kind::Choice { .. } | Kind::Set { .. } => None,
        }
    }
}

/// An input of former versions: links and files that have it still open.
#[derive(Clone, Copy, Debug)]
pub struct Retired {
    /// What it was called in scenario files.
    pub path: &'static str,
    /// Its name in links, and the short one: never given to another input.
    pub links: [&'static str; 2],
    /// What it was unless somebody changed it; that alone is no news.
    pub default: f64,
    /// What there is in its place.
    pub instead: &'static str,
}

const CONTAINER_APPS: &str = "Container Apps takes the hours of the other serverless platforms, assumptions.serverless_fixed and its like";

/// Every input of former versions that is none today.
pub static RETIRED: &[Retired] = &[
    Retired {
        path: "assumptions.managed_kubernetes_fixed",
        links: ["a.managed_kubernetes_fixed", "Mf"],
        default: 12.0,
        instead: "a share of own nodes, assumptions.managed_nodes_share",
    },
    Retired {
        path: "assumptions.container_apps_fixed",
        links: ["a.container_apps_fixed", "Cf"],
        default: 4.0,
        instead: CONTAINER_APPS,
    },
    Retired {
        path: "assumptions.container_apps_per_engineer",
        links: ["a.container_apps_per_engineer", "Ce"],
        default: 0.5,
        instead: CONTAINER_APPS,
    },
    Retired {
        path: "assumptions.container_apps_per_service",
        links: ["a.container_apps_per_service", "Cs"],
        default: 0.12,
        instead: CONTAINER_APPS,
    },
];

/// An input of former versions that is several today: what it said is said of each.
#[derive(Clone, Copy, Debug)]
pub struct Split {
    /// What it was called in scenario files.
    pub path: &'static str,
    /// Its name in links, and the short one: never given to another input.
    pub links: [&'static str; 2],
    /// What there is in its place, all of one kind.
    pub into: &'static [&'static Field],
}

/// Every input of former versions that is several today.
pub static SPLIT: &[Split] = &[Split {
    path: "needs.udp_or_tcp",
    links: ["udp_or_tcp", "ut"],
    into: &[at::needs::udp, at::needs::tcp],
}];

impl Split {
    /// The former input of that path, if there was one.
    pub fn find(path: &str) -> Option<&'static Self> {
        SPLIT.iter().find(|split| split.path == path)
    }
}

/// Hours a week in which an environment beside production is up.
pub const ENVIRONMENT_HOURS: Range = Range::linear(0.0, 168.0, "hours per week");
/// Instances of each service in an environment beside production.
pub const ENVIRONMENT_REPLICAS: Range = Range::linear(0.0, 100.0, "instances").whole();

/// Every input and every assumption.
pub fn all() -> impl Iterator<Item = &'static Field> {
    FIELDS
        .iter()
        .chain(ASSUMPTIONS.iter().map(|assumption| &assumption.field))
}

/// An upper bound that follows from other inputs, where there is one: the bound, and where it comes from.
pub fn bound_by_others(path: &str, inputs: &Inputs) -> Option<(f64, &'static str)> {
    if path == at::http::cpu_ms.path {
        let most = inputs.http.latency_ms * inputs.instance.vcpu;
        Some((most, "latency × vCPU per instance"))
    } else if path == at::team::fluent.path {
        Some((f64::from(inputs.team.engineers), "engineers in the team"))
    } else {
        None
    }
}

impl Inputs {
    /// Brings every input that others bound inside that bound, and names those that it changed.
    pub fn clamp_dependents(&mut self) -> Vec<&'static Field> {
        let mut changed = Vec::new();
        for field in FIELDS {
            if let (Some((bound, _)), Kind::Number { get, set, .. }) =
                (bound_by_others(field.path, self), field.kind)
                && get(self) > bound
            {
                set(self, bound);
                changed.push(field);
            }
        }
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_legal() {
        let inputs = Inputs::default();
        for field in FIELDS {
            if let Kind::Number { range, get, .. } = field.kind {
                assert!(range.contains(get(&inputs)), "{field:?}");
            }
        }
        assert!(inputs.clone().clamp_dependents().is_empty());
    }

    #[test]
    fn assumptions_are_legal_likely_and_their_own_defaults() {
        let inputs = Inputs::default();
        for assumption in ASSUMPTIONS {
            assert!(!assumption.origin.is_empty());
            let Kind::Number { range, get, .. } = assumption.field.kind else {
                unreachable!()
            };
            assert_eq!(get(&inputs), assumption.default, "{:?}", assumption.field);
            assert!(!assumption.field.label.is_empty());
            let (low, high) = assumption.likely;
            assert!(
                low <= assumption.default && assumption.default <= high,
                "{:?}",
                assumption.field
            );
            assert!(
                range.contains(low) && range.contains(high),
                "{:?}",
                assumption.field
            );
        }
    }

    #[test]
    fn every_number_can_be_read_back() {
        for field in all() {
            if let Kind::Number { range, get, set } = field.kind {
                for x in [range.min, range.max] {
                    let mut inputs = Inputs::default();
                    set(&mut inputs, x);
                    assert_eq!(get(&inputs), x, "{field:?}");
                }
            }
        }
    }

    #[test]
    fn clamping_gives_a_legal_number() {
        for field in FIELDS {
            let Some(range) = field.range() else { continue };
            for x in [
                f64::NAN,
                f64::INFINITY,
                f64::NEG_INFINITY,
                -1.0,
                0.0,
                0.3,
                1e300,
            ] {
                assert!(range.contains(range.clamp(x)), "{field:?} at {x}");
            }
        }
    }

    #[test]
    fn cpu_time_is_bounded_by_latency_and_size() {
        let mut inputs = Inputs::default();
        inputs.http.latency_ms = 5.0;
        let changed = inputs.clamp_dependents();
        assert_eq!(changed.len(), 1);
        assert_eq!(inputs.http.cpu_ms, 5.0);
    }
}
