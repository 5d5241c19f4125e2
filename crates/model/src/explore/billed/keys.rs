//! What two bills are compared by: a meter of the price book, or several of them that a vendor's bill has as one.

use crate::{prices::meters::ALL, vendor::Vendor};

/// What stands on both bills under one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Its name in files: the meter's, or that of a group of meters, such as `aws/egress`.
    pub id: &'static str,
    /// Its name on the vendor's bill.
    pub name: &'static str,
}

/// A group: its id, its name, its unit, and how the meters in it begin.
type Group = (
    &'static str,
    &'static str,
    &'static str,
    &'static [&'static str],
);

/// Meters that are one on a vendor's bill, and allowances, which stand on ours apart from what they are for. Machines are
/// counted by their vCPUs: a bill has sizes that the price book doesn't.
const GROUPS: &[Group] = &[
    ("aws/nodes", "EC2 instances", "vCPU-hour", &["aws/ec2/"]),
    (
        "google-cloud/nodes",
        "Compute Engine instances",
        "vCPU-hour",
        &["google-cloud/compute-engine/"],
    ),
    (
        "azure/nodes",
        "Virtual machines",
        "vCPU-hour",
        &["azure/vm/"],
    ),
    (
        "azure/disks",
        "Managed disks",
        "disk-month",
        &["azure/disk/"],
    ),
    (
        "aws/egress",
        "Data transfer out to the internet",
        "GB",
        &["aws/egress/"],
    ),
    (
        "google-cloud/egress",
        "Network Internet Egress",
        "GiB",
        &["google-cloud/egress/"],
    ),
    (
        "azure/egress",
        "Bandwidth, data transfer out",
        "GB",
        &["azure/egress/"],
    ),
    (
        "aws/management-fee",
        "Management fees of EKS Auto Mode and ECS Managed Instances",
        "hour",
        &["aws/eks-auto/", "aws/ecs-managed/"],
    ),
    // A cluster in extended support is two rows of a bill, for the same hours, and one meter of ours.
    (
        "aws/eks/cluster",
        "EKS cluster hours",
        "cluster-hour",
        &["aws/eks/cluster"],
    ),
    (
        "aws/logs/ingestion",
        "CloudWatch Logs ingestion",
        "GB",
        &["aws/logs/"],
    ),
    (
        "google-cloud/logging/ingestion",
        "Cloud Logging, log volume",
        "GiB",
        &["google-cloud/logging/"],
    ),
    (
        "azure/logs/ingestion",
        "Log Analytics analytics logs ingestion",
        "GB",
        &["azure/logs/"],
    ),
    (
        "google-cloud/gke/cluster",
        "GKE cluster management fee",
        "cluster-hour",
        &["google-cloud/gke/"],
    ),
    (
        "google-cloud/cloud-run/request-based/vcpu-active",
        "Services CPU (Request-based billing)",
        "vCPU-second",
        &[
            "google-cloud/cloud-run/request-based/vcpu-active",
            "google-cloud/cloud-run/free/vcpu",
        ],
    ),
    (
        "google-cloud/cloud-run/request-based/memory-active",
        "Services Memory (Request-based billing)",
        "GiB-second",
        &[
            "google-cloud/cloud-run/request-based/memory-active",
            "google-cloud/cloud-run/free/memory",
        ],
    ),
    (
        "google-cloud/cloud-run/instance-based/vcpu",
        "Services CPU (Instance-based billing)",
        "vCPU-second",
        &[
            "google-cloud/cloud-run/instance-based/vcpu",
            "google-cloud/cloud-run/free/instance-vcpu",
        ],
    ),
    (
        "google-cloud/cloud-run/instance-based/memory",
        "Services Memory (Instance-based billing)",
        "GiB-second",
        &[
            "google-cloud/cloud-run/instance-based/memory",
            "google-cloud/cloud-run/free/instance-memory",
        ],
    ),
    (
        "google-cloud/cloud-run/requests",
        "Requests",
        "request",
        &[
            "google-cloud/cloud-run/requests",
            "google-cloud/cloud-run/free/requests",
        ],
    ),
    (
        "azure/container-apps/vcpu-active",
        "Standard vCPU Active Usage",
        "vCPU-second",
        &[
            "azure/container-apps/vcpu-active",
            "azure/container-apps/free/vcpu",
        ],
    ),
    (
        "azure/container-apps/memory",
        "Standard Memory Usage",
        "GiB-second",
        &[
            "azure/container-apps/memory",
            "azure/container-apps/free/memory",
        ],
    ),
    (
        "azure/container-apps/requests",
        "Standard Requests",
        "request",
        &[
            "azure/container-apps/requests",
            "azure/container-apps/free/requests",
        ],
    ),
];

/// The vendors that export what they bill, row by row.
pub const EXPORTING: [Vendor; 3] = [Vendor::Aws, Vendor::GoogleCloud, Vendor::Azure];

impl Key {
    /// The key of a meter by its name in price books; none for a name that is no meter.
    pub fn of(meter: &str) -> Option<Self> {
        let begins = |group: &&Group| group.3.iter().any(|begin| meter.starts_with(begin));
        if let Some((id, name, ..)) = GROUPS.iter().find(begins) {
            return Some(Self { id, name });
        }
        let info = ALL.iter().find(|info| info.id == meter)?;
        Some(Self {
            id: info.id,
            name: info.name,
        })
    }

    /// The key of that id.
    pub fn find(id: &str) -> Option<Self> {
        let group = GROUPS.iter().find(|(group, ..)| *group == id);
        match group {
            Some((id, name, ..)) => Some(Self { id, name }),
            None => Self::of(id).filter(|key| key.id == id),
        }
    }

    /// In what its quantity is, in the singular: `vCPU-hour`.
    pub fn unit(self) -> String {
        let group = GROUPS.iter().find(|(group, ..)| *group == self.id);
        if let Some((_, _, unit, _)) = group {
            return (*unit).to_owned();
        }
        let info = ALL.iter().find(|info| info.id == self.id);
        let unit = info.map_or_else(String::new, |info| (info.unit)());
        unit.trim_start_matches("USD per ").to_owned()
    }

    /// Whether it is several meters of the price book, so that no one price is its own.
    pub fn is_group(self) -> bool {
        !ALL.iter().any(|info| info.id == self.id)
    }

    /// Whose bill it is on.
    pub fn vendor(self) -> Option<Vendor> {
        Vendor::of_meter(self.id)
    }
}

/// vCPUs of a type of machine by its vendor's name for it; none where the name doesn't say.
pub fn vcpus(machine: &str) -> Option<f64> {
    // AWS: m5.large has 2, m5.4xlarge has 16.
    if let Some((family, size)) = machine.split_once('.') {
        let is_family = family.starts_with(|first: char| first.is_ascii_alphabetic());
        return match size.split_once("xlarge") {
            _ if !is_family => None,
            Some(("", _)) => Some(4.0),
            Some((times, _)) => counted(times).map(|times| 4.0 * times),
            None if size.starts_with("metal-") => {
                let times = size.trim_start_matches("metal-").trim_end_matches("xl");
                counted(times).map(|times| 4.0 * times)
            }
            None => match size {
                "large" => Some(2.0),
                "medium" if family == "t2" => Some(2.0),
                "medium" | "small" | "micro" | "nano" => {
                    // Burstable machines have two since the third generation.
                    let has_two = family.starts_with('t') && !matches!(family, "t1" | "t2");
                    Some(if has_two { 2.0 } else { 1.0 })
                }
                _ => None,
            },
        };
    }
    // Google Cloud: e2-standard-4 has 4, a2-highgpu-1g has 12 with each GPU.
    let parts: Vec<&str> = machine.split('-').collect();
    if let [family, _, count, ..] = parts[..] {
        if let Some(gpus) = count.strip_suffix('g') {
            let each = match family {
                "a2" => 12.0,
                "a3" => 26.0,
                _ => return None,
            };
            return counted(gpus).map(|gpus| each * gpus);
        }
        return counted(count);
    }
    // Azure: D4s_v5 has 4, NC24ads_A100_v4 has 24, of E4-2s_v5 two are left.
    let letters = machine
        .chars()
        .take_while(char::is_ascii_alphabetic)
        .count();
    let (family, rest) = machine.split_at(letters);
    let end = |text: &str| text.chars().take_while(char::is_ascii_digit).count();
    let (digits, rest) = rest.split_at(end(rest));
    let count: u32 = digits.parse().ok()?;
    if !family.starts_with(|first: char| first.is_ascii_uppercase()) {
        return None;
    }
    if let Some(rest) = rest.strip_prefix('-') {
        return counted(&rest[..end(rest)]);
    }
    // The first two generations of D are numbered: D3_v2 has 4, D11_v2 has 2.
    let is_numbered = rest.is_empty() || rest.starts_with("_v2");
    if matches!(family, "D" | "DS") && is_numbered {
        return match count {
            1..=5 => Some(f64::from(1_u32 << (count - 1))),
            11..=14 => Some(f64::from(1_u32 << (count - 10))),
            15 => Some(20.0),
            _ => None,
        };
    }
    Some(f64::from(count))
}

/// A whole number above 0: a float could be `inf`, whatever a bill's text has.
fn counted(digits: &str) -> Option<f64> {
    let count: u32 = digits.parse().ok()?;
    (count > 0).then(|| count.into())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that fails panics")]
mod tests {
    use super::*;

    #[test]
    fn every_meter_has_a_key_with_its_unit() {
        for info in ALL {
            let key = Key::of(info.id).unwrap();
            assert_eq!(Key::find(key.id), Some(key), "{}", info.id);
            let of_price = (info.unit)();
            if of_price.starts_with("USD per ") && !of_price.contains("month and") {
                assert!(!key.unit().is_empty(), "{}", info.id);
            }
        }
        let key = Key::of("aws/egress/next-40-tb").unwrap();
        assert_eq!((key.id, key.unit().as_str()), ("aws/egress", "GB"));
        let key = Key::of("aws/fargate/x86/vcpu").unwrap();
        assert_eq!((key.unit().as_str(), key.is_group()), ("vCPU-hour", false));
        assert_eq!(Key::of("aws/unheard-of"), None);
    }

    #[test]
    fn machines_say_how_many_vcpus_they_have() {
        for (machine, count) in [
            ("m5.large", 2.0),
            ("m5.xlarge", 4.0),
            ("m7g.16xlarge", 64.0),
            ("m7i.metal-24xl", 96.0),
            ("t3.micro", 2.0),
            ("m6g.medium", 1.0),
            ("t2.micro", 1.0),
            ("t2.medium", 2.0),
            ("e2-standard-4", 4.0),
            ("n4-standard-80", 80.0),
            ("a2-highgpu-1g", 12.0),
            ("D4s_v5", 4.0),
            ("NC24ads_A100_v4", 24.0),
            ("E4-2s_v5", 2.0),
            ("D2_v3", 2.0),
            ("D3_v2", 4.0),
            ("DS4_v2_Promo", 8.0),
            ("D11_v2", 2.0),
            ("DS15_v2", 20.0),
        ] {
            assert_eq!(vcpus(machine), Some(count), "{machine}");
        }
        for nothing in [
            "",
            "large",
            "m5",
            "3.4",
            "e2-micro",
            "m5.infxlarge",
            "e2-standard-nan",
        ] {
            assert_eq!(vcpus(nothing), None, "{nothing}");
        }
        // Every machine of the price book is known.
        for info in ALL {
            for begin in ["aws/ec2/", "google-cloud/compute-engine/", "azure/vm/"] {
                if let Some(machine) = info.id.strip_prefix(begin) {
                    assert!(vcpus(machine).is_some(), "{machine}");
                }
            }
        }
    }
}
