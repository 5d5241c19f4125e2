//! Equal treatment: what each platform bills, includes or leaves out; long because it has each item and each platform.
//!
//! So none is cheaper by silence. A test finds an entry for each item and platform, and tries each: what is billed changes
//! the bill, what is included or left out doesn't. What the page says of a bill that leaves something out is made of it.

use crate::{
    inputs::Inputs,
    platform::Platform::{
        self, Aks, AksAutomatic, AppRunner, CloudRun, ContainerApps, EcsEc2, EcsExpress,
        EcsManaged, Eks, EksAuto, EksFargate, Fargate, Fly, Gke, GkeAutopilot, Railway, Render,
    },
};

/// Something that one vendor bills and another doesn't.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// Memory and places of open connections.
    Connections,
    /// Load balancers.
    Balancers,
    /// Public addresses.
    Addresses,
    /// NAT gateways.
    Nat,
    /// What takes UDP and TCP that is not HTTP.
    RawPorts,
    /// Licences of Windows.
    Windows,
    /// Traffic to clients.
    Egress,
    /// Logs taken in.
    Logs,
    /// Images in a registry.
    Registry,
    /// A mesh's sidecar in each pod.
    Sidecars,
    /// What pods ask for beyond what they need.
    Padding,
    /// Pods of the cluster itself.
    AddOns,
    /// Environments beside production.
    Environments,
    /// Two instances of each service at least.
    Minimums,
    /// Capacity bought in advance.
    Commitments,
    /// Interruptible capacity.
    Spot,
    /// Traffic between zones.
    ZoneTraffic,
    /// Traffic between services.
    ServiceTraffic,
    /// Support of an old version of Kubernetes.
    ExtendedSupport,
    /// Private endpoints of the cloud's services.
    PrivateEndpoints,
    /// Pulling the image for each run of a job.
    ImagePulls,
    /// A pool of GPU nodes that serves models.
    GpuNodes,
}

impl Item {
    /// Every item.
    pub const ALL: [Self; 22] = [
        Self::Connections,
        Self::Balancers,
        Self::Addresses,
        Self::Nat,
        Self::RawPorts,
        Self::Windows,
        Self::Egress,
        Self::Logs,
        Self::Registry,
        Self::Sidecars,
        Self::Padding,
        Self::AddOns,
        Self::Environments,
        Self::Minimums,
        Self::Commitments,
        Self::Spot,
        Self::ZoneTraffic,
        Self::ServiceTraffic,
        Self::ExtendedSupport,
        Self::PrivateEndpoints,
        Self::ImagePulls,
        Self::GpuNodes,
    ];

    /// What it is, inside a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Self::Connections => "open connections",
            Self::Balancers => "load balancers",
            Self::Addresses => "public addresses",
            Self::Nat => "NAT gateways",
            Self::RawPorts => "UDP and raw TCP",
            Self::Windows => "Windows licences",
            Self::Egress => "traffic to clients",
            Self::Logs => "logs",
            Self::Registry => "an image registry",
            Self::Sidecars => "the proxy of a service mesh",
            Self::Padding => "padding",
            Self::AddOns => "cluster add-ons",
            Self::Environments => "other environments",
            Self::Minimums => "a second instance of each service",
            Self::Commitments => "commitments",
            Self::Spot => "interruptible capacity",
            Self::ZoneTraffic => "traffic between zones",
            Self::ServiceTraffic => "traffic between services",
            Self::ExtendedSupport => "extended support of an old version",
            Self::PrivateEndpoints => "private endpoints",
            Self::ImagePulls => "pulling the image for each run",
            Self::GpuNodes => "GPU nodes",
        }
    }

    /// Whether the workload has it, so that a bill without it is worth a word.
    pub fn matters(self, inputs: &Inputs) -> bool {
        match self {
            Self::Connections => inputs.connections.count > 0.0,
            Self::RawPorts => inputs.needs.raw_ports(),
            Self::Windows => inputs.needs.windows,
            Self::Sidecars => inputs.needs.mesh,
            Self::Environments => !inputs.environments.is_empty(),
            Self::ServiceTraffic => inputs.services > 1,
            Self::ImagePulls => inputs.jobs.runs_per_month > 0.0,
            Self::GpuNodes => inputs.needs.gpu != crate::inputs::Gpu::None,
            Self::Commitments => inputs.buy.commitment != crate::inputs::Commitment::None,
            Self::Spot => inputs.buy.spot > 0.0,
            _ => true,
        }
    }

    /// Whether the input by which it is billed says how much of it there is.
    pub fn is_set(self, inputs: &Inputs) -> bool {
        match self {
            Self::ZoneTraffic => inputs.surroundings.gb_between_zones > 0.0,
            Self::ExtendedSupport => inputs.cluster.extended_support,
            Self::PrivateEndpoints => inputs.surroundings.private_endpoints > 0,
            Self::ImagePulls => inputs.assumptions.run_overhead_s > 0.0,
            _ => true,
        }
    }
}

/// How a platform's bill has an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Treatment {
    /// On its bill.
    Billed,
    /// On its bill once an input says how much there is; the default is none.
    WhenSet,
    /// In the platform's prices: what of it, inside a sentence.
    Included(&'static str),
    /// The vendor may bill it, this calculator doesn't.
    LeftOut,
    /// There is none: why, in a sentence.
    Absent(&'static str),
}

/// Platforms that have much alike: those on ECS, the serverless ones of the clouds, those of vendors that sell nothing else, and
/// each cloud's Kubernetes.
const ECS: &[Platform] = &[Fargate, EcsExpress, EcsEc2, EcsManaged];
const AT_THE_CLOUDS: &[Platform] = &[CloudRun, AppRunner, ContainerApps];
const APART: &[Platform] = &[Fly, Railway, Render];
const EKS: &[Platform] = &[Eks, EksAuto, EksFargate];
const GKE: &[Platform] = &[Gke, GkeAutopilot];
const AKS: &[Platform] = &[Aks, AksAutomatic];

/// Some platforms that have an item alike, in groups.
type Alike = (Treatment, &'static [&'static [Platform]]);

use Treatment::{Absent, Billed, Included, LeftOut, WhenSet};

const NO_KUBERNETES: Treatment = Absent("It isn\u{2019}t Kubernetes.");
const SIZE_AS_SET: Treatment = Absent("An instance has the size that you set.");
const REACHES_OUT: Treatment = Absent("Its instances reach the outside by themselves.");
const NONE_SOLD: Treatment = Absent("The vendor sells none for it.");

/// The table.
static TABLE: &[(Item, &[Alike])] = &[
    (
        Item::Connections,
        &[
            (
                Billed,
                &[ECS, APART, EKS, GKE, AKS, &[CloudRun, ContainerApps]],
            ),
            (
                Absent("It takes no connections that stay open."),
                &[&[AppRunner]],
            ),
        ],
    ),
    (
        Item::Balancers,
        &[
            (Billed, &[ECS, EKS, GKE, AKS]),
            (Included("load balancing"), &[AT_THE_CLOUDS, APART]),
        ],
    ),
    (
        Item::Addresses,
        &[
            (Billed, &[ECS, EKS, AKS, &[Gke]]),
            (Included("the addresses of its nodes"), &[&[GkeAutopilot]]),
            (
                Included("public addresses"),
                &[AT_THE_CLOUDS, &[Railway, Render]],
            ),
            (Included("IPv6 and a shared IPv4 address"), &[&[Fly]]),
        ],
    ),
    (
        Item::Nat,
        &[
            (Billed, &[ECS, EKS, GKE, AKS]),
            (REACHES_OUT, &[AT_THE_CLOUDS, APART]),
        ],
    ),
    (
        Item::RawPorts,
        &[
            (
                Billed,
                &[EKS, &[Fargate, EcsEc2, EcsManaged, ContainerApps, Fly]],
            ),
            (
                Included("UDP and raw TCP (the load balancer takes them)"),
                &[GKE, AKS],
            ),
            (Included("its TCP proxy"), &[&[Railway]]),
            (
                Absent("It takes only HTTP."),
                &[&[CloudRun, AppRunner, EcsExpress, Render]],
            ),
        ],
    ),
    (
        Item::Windows,
        &[
            (Billed, &[&[Fargate, EcsEc2, Eks, Gke, Aks]]),
            (
                Absent("It runs only Linux."),
                &[
                    AT_THE_CLOUDS,
                    APART,
                    &[
                        EcsExpress,
                        EcsManaged,
                        EksAuto,
                        EksFargate,
                        GkeAutopilot,
                        AksAutomatic,
                    ],
                ],
            ),
        ],
    ),
    (Item::Egress, &[(Billed, &[&Platform::ALL])]),
    (
        Item::Logs,
        &[
            (Billed, &[ECS, AT_THE_CLOUDS, EKS, GKE, AKS]),
            (Included("logs (kept for a few days)"), &[&[Fly]]),
            (
                Included("logs (up to 500 lines a second for each replica, the rest is dropped)"),
                &[&[Railway]],
            ),
            (
                Included(
                    "logs (up to 6,000 lines a minute for each instance, the rest is dropped)",
                ),
                &[&[Render]],
            ),
        ],
    ),
    (
        Item::Registry,
        &[
            (Billed, &[ECS, AT_THE_CLOUDS, EKS, GKE, AKS]),
            (Included("an image registry"), &[APART]),
        ],
    ),
    (
        Item::Sidecars,
        &[
            (Billed, &[GKE, AKS, &[Eks, EksAuto]]),
            (
                Absent("It runs no mesh: no DaemonSets, no init container with NET_ADMIN."),
                &[&[EksFargate]],
            ),
            (LeftOut, &[ECS, AT_THE_CLOUDS, APART]),
        ],
    ),
    (
        Item::Padding,
        &[
            (Billed, &[EKS, GKE, AKS]),
            (SIZE_AS_SET, &[ECS, AT_THE_CLOUDS, APART]),
        ],
    ),
    (
        Item::AddOns,
        &[
            (Billed, &[AKS, &[Eks, EksFargate, Gke]]),
            (
                Included("the cluster\u{2019}s own pods (DNS, load balancing, scaling)"),
                &[&[EksAuto]],
            ),
            (Included("the system\u{2019}s pods"), &[&[GkeAutopilot]]),
            (NO_KUBERNETES, &[ECS, AT_THE_CLOUDS, APART]),
        ],
    ),
    (
        Item::Environments,
        &[
            (Billed, &[ECS, EKS, GKE, AKS, &[AppRunner, Railway, Render]]),
            (
                Included("other environments (they scale to zero unless you set a minimum)"),
                &[&[CloudRun, ContainerApps, Fly]],
            ),
        ],
    ),
    (
        Item::Minimums,
        &[
            (Billed, &[ECS, EKS, GKE, AKS, &[Railway, Render]]),
            (
                Absent("It scales to zero."),
                &[&[CloudRun, ContainerApps, Fly]],
            ),
            (
                Absent("It spreads one instance over zones."),
                &[&[AppRunner]],
            ),
        ],
    ),
    (
        Item::Commitments,
        &[
            (Billed, &[ECS, EKS, GKE, AKS, &[CloudRun, Fly]]),
            (NONE_SOLD, &[&[AppRunner, ContainerApps, Railway, Render]]),
        ],
    ),
    (
        Item::Spot,
        &[
            (Billed, &[ECS, GKE, AKS, &[Eks, EksAuto]]),
            (NONE_SOLD, &[AT_THE_CLOUDS, APART, &[EksFargate]]),
        ],
    ),
    (
        Item::ZoneTraffic,
        &[
            (WhenSet, &[ECS, EKS, GKE]),
            (
                Included("traffic between zones"),
                &[AT_THE_CLOUDS, APART, AKS],
            ),
        ],
    ),
    (
        Item::ServiceTraffic,
        &[
            (
                Included("traffic between services inside the cluster"),
                &[EKS, GKE, AKS],
            ),
            (LeftOut, &[ECS, AT_THE_CLOUDS, APART]),
        ],
    ),
    (
        Item::ExtendedSupport,
        &[
            (WhenSet, &[EKS, &[Aks]]),
            (LeftOut, &[GKE, &[AksAutomatic]]),
            (NO_KUBERNETES, &[ECS, AT_THE_CLOUDS, APART]),
        ],
    ),
    (
        Item::PrivateEndpoints,
        &[
            (WhenSet, &[ECS, EKS, AKS, &[AppRunner, ContainerApps]]),
            (LeftOut, &[GKE, &[CloudRun, Render]]),
            (Absent("The vendor has none."), &[&[Fly, Railway]]),
        ],
    ),
    (
        Item::ImagePulls,
        &[
            (
                WhenSet,
                &[ECS, APART, EKS, GKE, AKS, &[CloudRun, ContainerApps]],
            ),
            (Absent("It runs no jobs."), &[&[AppRunner]]),
        ],
    ),
    (
        Item::GpuNodes,
        &[
            (Billed, &[ECS, AT_THE_CLOUDS, EKS, GKE, AKS]),
            (Absent("The vendor has none."), &[APART]),
        ],
    ),
];

/// What a table says of an item on a platform, each entry that it has.
fn entries(
    table: &[(Item, &[Alike])],
    item: Item,
    platform: Platform,
) -> impl Iterator<Item = Treatment> {
    table
        .iter()
        .filter(move |(of, _)| *of == item)
        .flat_map(|(_, alike)| *alike)
        .flat_map(|(treatment, groups)| groups.iter().map(move |group| (*treatment, *group)))
        .filter(move |(_, group)| group.contains(&platform))
        .map(|(treatment, _)| treatment)
}

impl Platform {
    /// How its bill has an item.
    pub fn treatment(self, item: Item) -> Treatment {
        // A test finds an entry for each.
        entries(TABLE, item, self).next().unwrap_or(LeftOut)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Items that a platform has no entry for, or two.
    fn amiss(table: &[(Item, &[Alike])]) -> Vec<(Item, Platform)> {
        let all = Item::ALL
            .into_iter()
            .flat_map(|item| Platform::ALL.map(|platform| (item, platform)));
        all.filter(|(item, platform)| entries(table, *item, *platform).count() != 1)
            .collect()
    }

    #[test]
    fn every_platform_has_every_item_once() {
        assert_eq!(amiss(TABLE), []);
    }

    #[test]
    fn an_entry_that_is_taken_away_is_missed() {
        for (place, (item, alike)) in TABLE.iter().enumerate() {
            for out in 0..alike.len() {
                let fewer: Vec<Alike> = (0..alike.len())
                    .filter(|n| *n != out)
                    .map(|n| alike[n])
                    .collect();
                let mut table = TABLE.to_vec();
                let fewer: &'static [Alike] = fewer.leak();
                table[place] = (*item, fewer);
                let missed = amiss(&table);
                let platforms: Vec<Platform> =
                    missed.iter().map(|(_, platform)| *platform).collect();
                let had: usize = alike[out].1.iter().map(|group| group.len()).sum();
                assert_eq!(platforms.len(), had, "{item:?}");
            }
        }
    }
}
