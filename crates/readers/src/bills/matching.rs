//! Which meter of ours a row of a bill is: a table of usage types, SKUs and meters as vendors name them, `meters.csv`.
//!
//! A vendor that names something anew wants a line there and its name in the tests, and no code.

use plimsoll_model::{
    explore::billed::{Key, vcpus},
    units::{SECONDS_PER_HOUR, SECONDS_PER_MONTH},
    vendor::Vendor,
};
use std::{collections::BTreeMap, sync::OnceLock};

/// A meter of ours, and how much of it one of the bill's units is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Match {
    /// Which.
    pub key: Key,
    /// What a quantity of the bill is multiplied by to be in the key's unit; 0 where only dollars count, as of the memory
    /// of machines that are counted by their vCPUs.
    pub times: f64,
}

/// The meter of a row: `service` as the bill names it, `usage` its usage type (AWS, with or without the region before it), SKU
/// description (Google Cloud) or meter name (Azure), or the description of the charge (FOCUS), `unit` the bill's.
///
/// None where it is no meter of ours, and where its unit isn't one in which that meter could be billed.
pub fn matching(vendor: Vendor, service: &str, usage: &str, unit: &str) -> Option<Match> {
    static TABLE: OnceLock<Vec<Row<'_>>> = OnceLock::new();
    let (service, usage) = (service.trim(), usage.trim());
    if usage.is_empty() {
        return None;
    }
    let table = TABLE.get_or_init(|| rows(TEXT).into_iter().flatten().collect());
    let row = found(table, vendor, service, usage)?;
    let key = row.key?;
    let times = row.counts.times(vendor, usage, unit, key)?;
    times.is_finite().then_some(Match { key, times })
}

const TEXT: &str = include_str!("meters.csv");

/// A line of the table.
struct Row<'t> {
    vendor: Vendor,
    /// Globs, one of which the service is like.
    services: Vec<&'t str>,
    /// A glob.
    usage: &'t str,
    counts: Counts,
    /// None for what is known to be no meter of ours.
    key: Option<Key>,
}

/// What one of the bill's unit counts.
#[derive(Clone, Copy, PartialEq)]
enum Counts {
    AsItSays,
    /// Machines, of the type that the usage names.
    Vcpus,
    /// Thousandths of a vCPU.
    Mcpu,
    /// Only dollars.
    Nothing,
}

impl Counts {
    fn times(self, vendor: Vendor, usage: &str, unit: &str, key: Key) -> Option<f64> {
        if self == Self::Nothing {
            return Some(0.0);
        }
        let (times, says_vcpus) = if unit.trim().is_empty() {
            (1.0, false)
        } else {
            let unit = Unit::read(unit)?;
            (unit.over(&Unit::read(&key.unit())?)?, unit.of == Of::Vcpu)
        };
        // A unit that says vCPUs itself needs nobody to say how many there are.
        Some(match self {
            Self::Vcpus if !says_vcpus => times * machine(vendor, usage)?,
            Self::Mcpu if !says_vcpus => times / 1000.0,
            _ => times,
        })
    }
}

/// The first row that fits.
fn found<'r, 't>(
    table: &'r [Row<'t>],
    vendor: Vendor,
    service: &str,
    usage: &str,
) -> Option<&'r Row<'t>> {
    let names = names(vendor, service, usage);
    table.iter().find(|row| {
        let fits = |(service, usage): &(&str, &str)| {
            is_like(usage, row.usage) && row.services.iter().any(|glob| is_like(service, glob))
        };
        row.vendor == vendor && names.iter().any(fits)
    })
}

/// The rows of the table, none for a line that is no row: a test finds those.
fn rows(text: &str) -> Vec<Option<Row<'_>>> {
    let mut families = BTreeMap::new();
    let mut rows = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split(',').collect();
        match fields[..] {
            [name, globs] if name.starts_with('@') => match expanded(globs, &families) {
                Some(globs) => drop(families.insert(name, globs)),
                None => rows.push(None),
            },
            [vendor, services, usage, counts, key, _source] => {
                rows.push(row([vendor, services, usage, counts, key], &families));
            }
            _ => rows.push(None),
        }
    }
    rows
}

fn row<'t>(fields: [&'t str; 5], families: &BTreeMap<&str, Vec<&'t str>>) -> Option<Row<'t>> {
    let [vendor, services, usage, counts, key] = fields;
    Some(Row {
        vendor: Vendor::ALL.into_iter().find(|each| each.id() == vendor)?,
        services: expanded(services, families)?,
        usage,
        counts: match counts {
            "" => Counts::AsItSays,
            "vcpus" => Counts::Vcpus,
            "mcpu" => Counts::Mcpu,
            "0" => Counts::Nothing,
            _ => return None,
        },
        key: match key {
            "-" => None,
            id => Some(Key::find(id)?),
        },
    })
}

/// Alternatives, with those that `@name` stands for; none if nothing is named so.
fn expanded<'t>(globs: &'t str, families: &BTreeMap<&str, Vec<&'t str>>) -> Option<Vec<&'t str>> {
    let mut all = Vec::new();
    for glob in globs.split('|') {
        if glob.starts_with('@') {
            all.extend(families.get(glob)?);
        } else {
            all.push(glob);
        }
    }
    Some(all)
}

/// The service and the usage of a row, as they may stand in the table.
fn names<'u>(vendor: Vendor, service: &'u str, usage: &'u str) -> Vec<(&'u str, &'u str)> {
    let mut names = vec![(service, usage)];
    if vendor == Vendor::Azure {
        // Cost details: a subcategory and a meter.
        if let Some((_, meter)) = usage.rsplit_once(" / ") {
            names.push((service, meter));
        }
        // FOCUS: a product, a meter, and often a region; the service there is whose resource it is.
        names.extend(usage.split_once(" - "));
    }
    names
}

/// Whether a text is like a glob, in which `*` is any text, also none. Vendors aren't of one mind about capitals: `Cloud NAT`
/// is `Cloud Nat` elsewhere.
fn is_like(text: &str, glob: &str) -> bool {
    let (text, glob) = (text.as_bytes(), glob.as_bytes());
    let (mut t, mut g) = (0, 0);
    // Where the last * was, and up to where it took the text.
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match glob.get(g) {
            Some(b'*') => {
                star = Some((g, t));
                g += 1;
            }
            Some(byte) if byte.eq_ignore_ascii_case(&text[t]) => {
                t += 1;
                g += 1;
            }
            _ => {
                let Some((at, taken)) = star else {
                    return false;
                };
                star = Some((at, taken + 1));
                g = at + 1;
                t = taken + 1;
            }
        }
    }
    glob[g..].iter().all(|byte| *byte == b'*')
}

/// vCPUs of the type of machine that a usage names.
fn machine(vendor: Vendor, usage: &str) -> Option<f64> {
    if vendor == Vendor::Azure {
        // "Dv2/DSv2 Series / D11 v2/DS11 v2", "Virtual Machines Dsv5 Series - D4s v5 - US East 2".
        let parts = usage.split(" / ").flat_map(|part| part.split(" - "));
        return parts
            .filter(|part| !part.contains("Series"))
            .filter_map(|part| part.split('/').next())
            .find_map(|name| {
                let name = name.trim().replace(' ', "_");
                vcpus(name.strip_prefix("Standard_").unwrap_or(&name))
            });
    }
    // "BoxUsage:m5.large", "EKS-Auto:m5.large-management-hours", "$0.096 per On Demand Linux m5.large Instance Hour".
    usage
        .split(|c: char| c.is_whitespace() || matches!(c, ':' | ','))
        .map(|word| {
            word.split_once("-management")
                .map_or(word, |(word, _)| word)
        })
        .filter(|word| word.contains('.'))
        .find_map(vcpus)
}

/// A unit of a bill or of a key.
struct Unit {
    of: Of,
    /// How many, or how many bytes.
    number: f64,
    /// For how many seconds.
    seconds: Option<f64>,
}

/// Of what a unit is.
#[derive(Clone, Copy, PartialEq)]
enum Of {
    /// It doesn't say: `Hrs`.
    Unsaid,
    /// One of something that is counted: a cluster, an address, a disk.
    Thing,
    Request,
    Vcpu,
    Gpu,
    Lcu,
    Byte,
}

impl Unit {
    /// Reads `GB-Mo`, `gibibyte hour`, `byte-seconds`, `Units/Month`, `1000000 requests`; none for a word that it doesn't know.
    fn read(text: &str) -> Option<Self> {
        let mut unit = Self {
            of: Of::Unsaid,
            number: 1.0,
            seconds: None,
        };
        let text = text.to_ascii_lowercase();
        let words = text.split(|c: char| !c.is_ascii_alphanumeric());
        for word in words.filter(|word| !matches!(*word, "" | "per")) {
            let one = match word.strip_suffix('s') {
                Some(one) if !one.ends_with('s') => one,
                _ => word,
            };
            if let Some(seconds) = seconds(one) {
                if unit.seconds.replace(seconds).is_some() {
                    return None;
                }
            } else if let Some(number) = number(one) {
                unit.number *= number;
            } else {
                let (of, number) = of(one)?;
                if unit.of != Of::Unsaid {
                    return None;
                }
                unit.of = of;
                unit.number *= number;
            }
        }
        Some(unit)
    }

    /// How many of the other unit it is; none if they don't count the same.
    fn over(&self, other: &Self) -> Option<f64> {
        let number = match (self.of, other.of) {
            (a, b) if a == b => self.number / other.number,
            // Hours of what goes without saying: GB. But a mere number is no number of bytes.
            (Of::Unsaid, Of::Byte) if self.seconds.is_some() => self.number,
            (Of::Unsaid | Of::Thing, other) if other != Of::Byte => self.number,
            _ => return None,
        };
        let time = match (self.seconds, other.seconds) {
            (None, None) => 1.0,
            (Some(a), Some(b)) => a / b,
            _ => return None,
        };
        Some(number * time)
    }
}

/// How many seconds a unit of time has.
fn seconds(word: &str) -> Option<f64> {
    Some(match word {
        // An s alone, with its s taken off.
        "" | "sec" | "second" => 1.0,
        "min" | "minute" => 60.0,
        "h" | "hr" | "hour" => SECONDS_PER_HOUR,
        "day" => 24.0 * SECONDS_PER_HOUR,
        "mo" | "month" => SECONDS_PER_MONTH,
        _ => return None,
    })
}

/// A number in a unit: `1`, `10k`, `1m`, `million`.
fn number(word: &str) -> Option<f64> {
    let (digits, times) = match word.as_bytes().last()? {
        b'k' => (&word[..word.len() - 1], 1e3),
        b'm' => (&word[..word.len() - 1], 1e6),
        _ => (word, 1.0),
    };
    if word == "million" {
        return Some(1e6);
    }
    let number: u32 = digits.parse().ok().filter(|number| *number > 0)?;
    Some(f64::from(number) * times)
}

/// Of what a unit is, by its word, and how many.
fn of(word: &str) -> Option<(Of, f64)> {
    Some(match word {
        "vcpu" | "cpu" | "core" => (Of::Vcpu, 1.0),
        "mcpu" => (Of::Vcpu, 0.001),
        "gpu" => (Of::Gpu, 1.0),
        "lcu" | "nlcu" => (Of::Lcu, 1.0),
        "request" => (Of::Request, 1.0),
        "unit" | "count" | "instance" | "cluster" | "address" | "ip" | "disk" => (Of::Thing, 1.0),
        _ => (Of::Byte, bytes(word)?),
    })
}

/// How many bytes a unit of them has.
fn bytes(word: &str) -> Option<f64> {
    const POWERS: [[&str; 4]; 5] = [
        ["byte", "byte", "byte", "byte"],
        ["kb", "kilobyte", "kib", "kibibyte"],
        ["mb", "megabyte", "mib", "mebibyte"],
        ["gb", "gigabyte", "gib", "gibibyte"],
        ["tb", "terabyte", "tib", "tebibyte"],
    ];
    let mut sizes = (1.0, 1.0);
    for names in POWERS {
        if let Some(at) = names.iter().position(|name| *name == word) {
            return Some(if at < 2 { sizes.0 } else { sizes.1 });
        }
        sizes = (sizes.0 * 1e3, sizes.1 * 1024.0);
    }
    None
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that fails panics")]
mod tests;
