//! Equal treatment: what each platform bills, includes or leaves out; long because it has each item and each platform.
//!
//! So none is cheaper by silence. A test finds an entry for each item and platform, and tries each: what is billed changes the bill, what is included or
//! left out doesn't. What the page says of a bill that leaves something out is made of it.

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
}

impl Item {
    /// Every item.
    pub const ALL: [Self; 19] = [
        Self::Connections,
        Self::Balancers,
        Self::Addresses,
        Self::Nat,
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
    ];

    /// What it is, inside a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Self::Connections => "open connections",
            Self::Balancers => "load balancers",
            Self::Addresses => "public addresses",
            Self::Nat => "NAT gateways",
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
        }
    }

    /// Whether the workload has it, so that a bill without it is worth a word.
    pub fn matters(self, inputs: &Inputs) -> bool {
        match self {
            Self::Connections => inputs.connections.count > 0.0,
            Self::Sidecars => inputs.needs.mesh,
            Self::Environments => !inputs.environments.is_empty(),
            Self::ServiceTraffic => inputs.services > 1,
            Self::ImagePulls => inputs.jobs.runs_per_month > 0.0,
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

/// Some platforms that have an item alike.
type Alike = (Treatment, &'static [Platform]);

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
                &[
                    CloudRun,
                    Fargate,
                    EcsExpress,
                    EcsEc2,
                    EcsManaged,
                    ContainerApps,
                    Fly,
                    Railway,
                    Render,
                    Eks,
                    EksAuto,
                    EksFargate,
                    Gke,
                    GkeAutopilot,
                    Aks,
                    AksAutomatic,
                ],
            ),
            (
                Absent("It takes no connections that stay open."),
                &[AppRunner],
            ),
        ],
    ),
    (
        Item::Balancers,
        &[
            (
                Billed,
                &[
                    Fargate,
                    EcsExpress,
                    EcsEc2,
                    EcsManaged,
                    Eks,
                    EksAuto,
                    EksFargate,
                    Gke,
                    GkeAutopilot,
                    Aks,
                    AksAutomatic,
                ],
            ),
            (
                Included("load balancing"),
                &[CloudRun, AppRunner, ContainerApps, Fly, Railway, Render],
            ),
        ],
    ),
    (
        Item::Addresses,
        &[
            (
                Billed,
                &[
                    Fargate,
                    EcsExpress,
                    EcsEc2,
                    EcsManaged,
                    Eks,
                    EksAuto,
                    EksFargate,
                    Gke,
                    Aks,
                    AksAutomatic,
                ],
            ),
            (Included("the addresses of its nodes"), &[GkeAutopilot]),
            (
                Included("public addresses"),
                &[CloudRun, AppRunner, ContainerApps, Railway, Render],
            ),
            (Included("IPv6 and a shared IPv4 address"), &[Fly]),
        ],
    ),
    (
        Item::Nat,
        &[
            (
                Billed,
                &[
                    Fargate,
                    EcsExpress,
                    EcsEc2,
                    EcsManaged,
                    Eks,
                    EksAuto,
                    EksFargate,
                    Gke,
                    GkeAutopilot,
                    Aks,
                    AksAutomatic,
                ],
            ),
            (
                REACHES_OUT,
                &[CloudRun, AppRunner, ContainerApps, Fly, Railway, Render],
            ),
        ],
    ),
    (Item::Egress, &[(Billed, &Platform::ALL)]),
    (
        Item::Logs,
        &[
            (
                Billed,
                &[
                    CloudRun,
                    Fargate,
                    EcsExpress,
                    EcsEc2,
                    EcsManaged,
                    AppRunner,
                    ContainerApps,
                    Eks,
                    EksAuto,
                    EksFargate,
                    Gke,
                    GkeAutopilot,
                    Aks,
                    AksAutomatic,
                ],
            ),
            (Included("logs (kept for a few days)"), &[Fly]),
            (
                Included("logs (up to 500 lines a second for each replica, the rest is dropped)"),
                &[Railway],
            ),
            (
                Included(
                    "logs (up to 6,000 lines a minute for each instance, the rest is dropped)",
                ),
                &[Render],
            ),
        ],
    ),
    (
        Item::Registry,
        &[
            (
                Billed,
                &[
                    CloudRun,
                    Fargate,
                    EcsExpress,
                    EcsEc2,
                    EcsManaged,
                    AppRunner,
                    ContainerApps,
                    Eks,
                    EksAuto,
                    EksFargate,
                    Gke,
                    GkeAutopilot,
                    Aks,
                    AksAutomatic,
                ],
            ),
            (Included("an image registry"), &[Fly, Railway, Render]),
        ],
    ),
    (
        Item::Sidecars,
        &[
            (
                Billed,
                &[Eks, EksAuto, Gke, GkeAutopilot, Aks, AksAutomatic],
            ),
            (
                Absent("It runs no mesh: no DaemonSets, no init container with NET_ADMIN."),
                &[EksFargate],
            ),
            (
                LeftOut,
                &[
                    CloudRun,
                    Fargate,
                    EcsExpress,
                    EcsEc2,
                    EcsManaged,
                    AppRunner,
                    ContainerApps,
                    Fly,
                    Railway,
                    Render,
                ],
            ),
        ],
    ),
    (
        Item::Padding,
        &[
            (
                Billed,
                &[
                    Eks,
                    EksAuto,
                    EksFargate,
                    Gke,
                    GkeAutopilot,
                    Aks,
                    AksAutomatic,
                ],
            ),
            (
                SIZE_AS_SET,
                &[
                    CloudRun,
                    Fargate,
                    EcsExpress,
                    EcsEc2,
                    EcsManaged,
                    AppRunner,
                    ContainerApps,
                    Fly,
                    Railway,
                    Render,
                ],
            ),
        ],
    ),
    (
        Item::AddOns,
        &[
            (Billed, &[Eks, EksFargate, Gke, Aks, AksAutomatic]),
            (
                Included("the cluster\u{2019}s own pods (DNS, load balancing, scaling)"),
                &[EksAuto],
            ),
            (Included("the system\u{2019}s pods"), &[GkeAutopilot]),
            (
                NO_KUBERNETES,
                &[
                    CloudRun,
                    Fargate,
                    EcsExpress,
                    EcsEc2,
                    EcsManaged,
                    AppRunner,
                    ContainerApps,
                    Fly,
                    Railway,
                    Render,
                ],
            ),
        ],
    ),
    (
        Item::Environments,
        &[
            (
                Billed,
                &[
                    Fargate,
                    EcsExpress,
                    EcsEc2,
                    EcsManaged,
                    AppRunner,
                    Railway,
                    Render,
                    Eks,
                    EksAuto,
                    EksFargate,
                    Gke,
                    GkeAutopilot,
                    Aks,
                    AksAutomatic,
                ],
            ),
            (
                Included("other environments (they scale to zero unless you set a minimum)"),
                &[CloudRun, ContainerApps, Fly],
            ),
        ],
    ),
    (
        Item::Minimums,
        &[
            (
                Billed,
                &[
                    Fargate,
                    EcsExpress,
                    EcsEc2,
                    EcsManaged,
                    Railway,
                    Render,
                    Eks,
                    EksAuto,
                    EksFargate,
                    Gke,
                    GkeAutopilot,
                    Aks,
                    AksAutomatic,
                ],
            ),
            (
                Absent("It scales to zero."),
                &[CloudRun, ContainerApps, Fly],
            ),
            (Absent("It spreads one instance over zones."), &[AppRunner]),
        ],
    ),
    (
        Item::Commitments,
        &[
            (
                Billed,
                &[
                    CloudRun,
                    Fargate,
                    EcsExpress,
                    EcsEc2,
                    EcsManaged,
                    Fly,
                    Eks,
                    EksAuto,
                    EksFargate,
                    Gke,
                    GkeAutopilot,
                    Aks,
                    AksAutomatic,
                ],
            ),
            (NONE_SOLD, &[AppRunner, ContainerApps, Railway, Render]),
        ],
    ),
    (
        Item::Spot,
        &[
            (
                Billed,
                &[
                    Fargate,
                    EcsExpress,
                    EcsEc2,
                    EcsManaged,
                    Eks,
                    EksAuto,
                    Gke,
                    GkeAutopilot,
                    Aks,
                    AksAutomatic,
                ],
            ),
            (
                NONE_SOLD,
                &[
                    CloudRun,
                    AppRunner,
                    ContainerApps,
                    Fly,
                    Railway,
                    Render,
                    EksFargate,
                ],
            ),
        ],
    ),
    (
        Item::ZoneTraffic,
        &[
            (
                WhenSet,
                &[
                    Fargate,
                    EcsExpress,
                    EcsEc2,
                    EcsManaged,
                    Eks,
                    EksAuto,
                    EksFargate,
                    Gke,
                    GkeAutopilot,
                ],
            ),
            (
                Included("traffic between zones"),
                &[
                    CloudRun,
                    AppRunner,
                    ContainerApps,
                    Fly,
                    Railway,
                    Render,
                    Aks,
                    AksAutomatic,
                ],
            ),
        ],
    ),
    (
        Item::ServiceTraffic,
        &[
            (
                Included("traffic between services inside the cluster"),
                &[
                    Eks,
                    EksAuto,
                    EksFargate,
                    Gke,
                    GkeAutopilot,
                    Aks,
                    AksAutomatic,
                ],
            ),
            (
                LeftOut,
                &[
                    CloudRun,
                    Fargate,
                    EcsExpress,
                    EcsEc2,
                    EcsManaged,
                    AppRunner,
                    ContainerApps,
                    Fly,
                    Railway,
                    Render,
                ],
            ),
        ],
    ),
    (
        Item::ExtendedSupport,
        &[
            (WhenSet, &[Eks, EksAuto, EksFargate, Aks]),
            (LeftOut, &[Gke, GkeAutopilot, AksAutomatic]),
            (
                NO_KUBERNETES,
                &[
                    CloudRun,
                    Fargate,
                    EcsExpress,
                    EcsEc2,
                    EcsManaged,
                    AppRunner,
                    ContainerApps,
                    Fly,
                    Railway,
                    Render,
                ],
            ),
        ],
    ),
    (
        Item::PrivateEndpoints,
        &[
            (
                WhenSet,
                &[
                    Fargate,
                    EcsExpress,
                    EcsEc2,
                    EcsManaged,
                    AppRunner,
                    ContainerApps,
                    Eks,
                    EksAuto,
                    EksFargate,
                    Aks,
                    AksAutomatic,
                ],
            ),
            (LeftOut, &[CloudRun, Gke, GkeAutopilot, Render]),
            (Absent("The vendor has none."), &[Fly, Railway]),
        ],
    ),
    (
        Item::ImagePulls,
        &[
            (
                WhenSet,
                &[
                    CloudRun,
                    Fargate,
                    EcsExpress,
                    EcsEc2,
                    EcsManaged,
                    ContainerApps,
                    Fly,
                    Railway,
                    Render,
                    Eks,
                    EksAuto,
                    EksFargate,
                    Gke,
                    GkeAutopilot,
                    Aks,
                    AksAutomatic,
                ],
            ),
            (Absent("It runs no jobs."), &[AppRunner]),
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
        .filter(move |(_, platforms)| platforms.contains(&platform))
        .map(|(treatment, _)| *treatment)
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
                assert_eq!(platforms.len(), alike[out].1.len(), "{item:?}");
            }
        }
    }
}
