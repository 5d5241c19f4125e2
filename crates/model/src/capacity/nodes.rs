//! How many nodes a set of pods needs: allocatable capacity and first-fit-decreasing packing.
//!
//! Pods of one kind are alike, so bins with the same room left are kept together: the result is that of packing pod by
//! pod, at the cost of the number of kinds.

/// What a node offers to pods, or what a pod asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    /// vCPU.
    pub vcpu: f64,
    /// GiB of memory.
    pub gib: f64,
}

/// Pods of one kind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pods {
    /// What one asks for.
    pub each: Room,
    /// How many.
    pub count: u64,
}

/// A node's room for pods, after the system's own share and the DaemonSets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// Room left.
    pub room: Room,
    /// Pods that may still be placed.
    pub pods: u64,
}

/// Room to spare below which a pod no longer fits; sums of tenths are not exact.
const SLACK: f64 = 1e-9;

impl Bin {
    /// How many pods of that size it has room for.
    pub fn holds(&self, each: Room) -> u64 {
        let by = |room: f64, ask: f64| {
            if ask <= 0.0 {
                u64::MAX
            } else {
                // A cast cuts off what is behind the point, and what is below zero.
                ((room + SLACK) / ask) as u64
            }
        };
        by(self.room.vcpu, each.vcpu)
            .min(by(self.room.gib, each.gib))
            .min(self.pods)
    }

    fn with(&self, count: u64, each: Room) -> Self {
        let n = count as f64;
        Self {
            room: Room {
                vcpu: self.room.vcpu - n * each.vcpu,
                gib: self.room.gib - n * each.gib,
            },
            pods: self.pods - count,
        }
    }
}

/// Kinds of pods that are packed together at most.
const MOST_KINDS: usize = 5;
/// A kind splits one of the groups of bins into three at most, and opens two new ones.
const MOST_BINS: usize = 4 * MOST_KINDS;

/// Bins with the same room left, and how many there are of them, in the order in which they were opened.
struct Bins {
    groups: [(Bin, u64); MOST_BINS],
    len: usize,
}

impl Bins {
    fn new(empty: Bin) -> Self {
        Self {
            groups: [(empty, 0); MOST_BINS],
            len: 0,
        }
    }

    fn iter(&self) -> impl Iterator<Item = &(Bin, u64)> {
        self.groups[..self.len].iter()
    }
}

/// What keeps bins with the same room left.
trait Place {
    /// Keeps so many of them.
    fn place(&mut self, bin: Bin, nodes: u64);
}

impl Place for Bins {
    fn place(&mut self, bin: Bin, nodes: u64) {
        if nodes > 0 && self.len < MOST_BINS {
            self.groups[self.len] = (bin, nodes);
            self.len += 1;
        }
    }
}

impl Place for Vec<(Bin, u64)> {
    fn place(&mut self, bin: Bin, nodes: u64) {
        if nodes > 0 {
            self.push((bin, nodes));
        }
    }
}

/// The number of nodes that hold all the pods, or `None` if one of them is larger than an empty node. At most five kinds.
pub fn pack(kinds: &[Pods], empty: Bin) -> Option<u64> {
    debug_assert!(kinds.len() <= MOST_KINDS);
    let mut order = [0; MOST_KINDS];
    let mut used = 0;
    // The kind that fills the larger share of a node goes first.
    let share = |kind: usize| {
        let each = kinds[kind].each;
        (each.vcpu / empty.room.vcpu).max(each.gib / empty.room.gib)
    };
    for kind in (0..kinds.len().min(MOST_KINDS)).filter(|kind| kinds[*kind].count > 0) {
        let mut place = used;
        while place > 0 && share(order[place - 1]) < share(kind) {
            order[place] = order[place - 1];
            place -= 1;
        }
        order[place] = kind;
        used += 1;
    }

    let (mut bins, mut next) = (&mut Bins::new(empty), &mut Bins::new(empty));
    let mut opened = 0;
    for (n, kind) in order[..used].iter().enumerate() {
        let Pods { each, count } = kinds[*kind];
        let fits = empty.holds(each);
        if fits == 0 {
            return None;
        }
        let mut left = count;
        if n + 1 == used {
            // Nobody asks what the bins look like then.
            for (bin, nodes) in bins.iter() {
                left = left.saturating_sub(nodes.saturating_mul(bin.holds(each)));
            }
            opened += left.div_ceil(fits);
            break;
        }
        next.len = 0;
        for (bin, nodes) in bins.iter() {
            left = fill(*bin, *nodes, each, left, next);
        }
        let new = left.div_ceil(fits);
        left = fill(empty, new, each, left, next);
        debug_assert_eq!(left, 0);
        opened += new;
        std::mem::swap(&mut bins, &mut next);
    }
    Some(opened)
}

/// The number of nodes that hold pods of however many kinds, or `None` if one of them is larger than an empty node.
pub fn pack_any(kinds: &[Pods], empty: Bin) -> Option<u64> {
    if kinds.len() > MOST_KINDS {
        pack_many(kinds, empty)
    } else {
        pack(kinds, empty)
    }
}

/// How pods of many kinds are ordered before they are packed: what fills a node first goes first.
const ORDERS: [fn(Room, Room) -> f64; 4] = [
    |pod, node| (pod.vcpu / node.vcpu).max(pod.gib / node.gib),
    |pod, node| pod.vcpu / node.vcpu + pod.gib / node.gib,
    |pod, node| pod.vcpu / node.vcpu,
    |pod, node| pod.gib / node.gib,
];

/// The number of nodes that hold pods of any number of kinds, or `None` if one of them is larger than an empty node: the best
/// of first and best fit in several orders, never fewer than [`share`] allows.
pub fn pack_many(kinds: &[Pods], empty: Bin) -> Option<u64> {
    let kinds: Vec<Pods> = kinds
        .iter()
        .copied()
        .filter(|kind| kind.count > 0)
        .collect();
    if kinds.iter().any(|kind| empty.holds(kind.each) == 0) {
        return None;
    }
    if kinds.is_empty() {
        return Some(0);
    }
    let least = (share(&kinds, empty) - SLACK).ceil().max(1.0) as u64;
    let mut best = u64::MAX;
    for order in ORDERS {
        let mut sorted = kinds.clone();
        let key = |kind: &Pods| order(kind.each, empty.room);
        sorted.sort_by(|a, b| {
            // Whatever order they came in.
            let vcpu = || b.each.vcpu.total_cmp(&a.each.vcpu);
            let gib = || b.each.gib.total_cmp(&a.each.gib);
            let by_key = key(b).total_cmp(&key(a));
            by_key.then_with(vcpu).then_with(gib)
        });
        for tightest in [false, true] {
            best = best.min(packed_in_order(&sorted, empty, tightest));
            if best <= least {
                return Some(best);
            }
        }
    }
    Some(best)
}

/// Packs kinds as they stand: into the first bin with room, or into the one that is left with the least.
fn packed_in_order(kinds: &[Pods], empty: Bin, tightest: bool) -> u64 {
    // Bins with the same room left, and how many there are of them.
    let mut bins: Vec<(Bin, u64)> = Vec::new();
    let mut opened = 0;
    for Pods { each, count } in kinds {
        let mut left = *count;
        if tightest {
            let spare = |bin: &Bin| bin.room.vcpu / empty.room.vcpu + bin.room.gib / empty.room.gib;
            crate::sorting::by_number(&mut bins, |(bin, _)| spare(bin));
        }
        let mut next: Vec<(Bin, u64)> = Vec::with_capacity(bins.len() + 3);
        for (bin, nodes) in bins {
            left = fill(bin, nodes, *each, left, &mut next);
        }
        let new = left.div_ceil(empty.holds(*each));
        fill(empty, new, *each, left, &mut next);
        opened += new;
        bins = next;
    }
    opened
}

/// Places up to `left` pods on `nodes` bins alike, writes what the bins look like then, and returns how many pods are
/// still to be placed.
fn fill(bin: Bin, nodes: u64, each: Room, left: u64, into: &mut impl Place) -> u64 {
    let fits = bin.holds(each);
    if fits == 0 || left == 0 {
        into.place(bin, nodes);
        return left;
    }
    let full = nodes.min(left / fits);
    let mut rest = left - full * fits;
    into.place(bin.with(fits, each), full);
    let mut untouched = nodes - full;
    if rest > 0 && untouched > 0 {
        let some = rest.min(fits);
        into.place(bin.with(some, each), 1);
        rest -= some;
        untouched -= 1;
    }
    into.place(bin, untouched);
    rest
}

/// What all the pods ask for together.
pub fn asked(kinds: &[Pods]) -> Room {
    let mut sum = Room {
        vcpu: 0.0,
        gib: 0.0,
    };
    for kind in kinds {
        sum.vcpu += kind.count as f64 * kind.each.vcpu;
        sum.gib += kind.count as f64 * kind.each.gib;
    }
    sum
}

/// The nodes' worth of room that the pods take, by what is scarcest: vCPU, memory or places. No packing needs fewer nodes.
pub fn share(kinds: &[Pods], empty: Bin) -> f64 {
    let all = asked(kinds);
    let count: u64 = kinds.iter().map(|kind| kind.count).sum();
    (all.vcpu / empty.room.vcpu)
        .max(all.gib / empty.room.gib)
        .max(count as f64 / empty.pods as f64)
}

/// vCPU that the kubelet keeps back on EKS and GKE: 6 % of the first core, 1 % of the second, ½ % of the next two,
/// ¼ % of the rest.
pub fn reserved_vcpu(vcpu: f64) -> f64 {
    kept_back(
        vcpu,
        &[(1.0, 0.06), (2.0, 0.01), (4.0, 0.005), (f64::MAX, 0.0025)],
    )
}

/// Parts of an amount that are kept back: a share of what lies below each bound, from the one before on.
fn kept_back(amount: f64, brackets: &[(f64, f64)]) -> f64 {
    let mut from = 0.0;
    let mut sum = 0.0;
    for (to, share) in brackets {
        sum += share * (amount.min(*to) - from).max(0.0);
        from = *to;
    }
    sum
}

/// Memory that the kubelet keeps back on EKS, MiB: 11 MiB for each pod and 255 MiB.
pub fn eks_kubelet_mib(max_pods: f64) -> f64 {
    11.0 * max_pods + 255.0
}

/// The most memory that the kubelet may keep back on EKS, MiB, from its nominal MiB.
pub fn eks_kubelet_most_mib(nominal_mib: f64) -> f64 {
    kept_back(
        nominal_mib,
        &[
            (255.0, 1.0),
            (4_096.0, 0.25),
            (8_192.0, 0.20),
            (16_384.0, 0.10),
            (131_072.0, 0.06),
            (f64::MAX, 0.02),
        ],
    )
}

/// Memory that an EKS node offers to pods, MiB, from its nominal MiB: 7.5 % for the virtual machine, the kubelet's part,
/// and 100 MiB before eviction.
pub fn eks_allocatable_mib(nominal_mib: f64, max_pods: f64) -> f64 {
    (nominal_mib * 0.925).floor() - eks_kubelet_mib(max_pods) - 100.0
}

/// The most pods on an EKS node, by its network interfaces and their addresses.
pub fn eks_max_pods(interfaces: f64, addresses_each: f64) -> f64 {
    interfaces * (addresses_each - 1.0) + 2.0
}

/// Memory that the kernel takes on a GKE node, MiB, from its nominal MiB.
pub fn gke_kernel_mib(nominal_mib: f64) -> f64 {
    let firmware = if nominal_mib > 3_072.0 { 64.0 } else { 0.0 };
    nominal_mib / 64.0 + 16.0 + firmware
}

/// Memory that the kubelet keeps back on GKE, and on AKS before 1.29, where `unit` is a GB of it: a quarter of the first
/// four, a fifth of the next four, and so on.
pub fn regressive(amount: f64, unit: f64) -> f64 {
    kept_back(
        amount,
        &[
            (4.0 * unit, 0.25),
            (8.0 * unit, 0.20),
            (16.0 * unit, 0.10),
            (128.0 * unit, 0.06),
            (f64::MAX, 0.02),
        ],
    )
}

/// Memory that the kubelet keeps back on a GKE node, MiB, from its nominal MiB: the autoscaler counts GB of 1,000 MiB.
pub fn gke_kubelet_mib(nominal_mib: f64) -> f64 {
    regressive(nominal_mib, 1_000.0)
}

/// Memory that a GKE node offers to pods, MiB, from its nominal MiB, as the cluster autoscaler computes it: less the
/// kernel's part, the kubelet's, and 100 MiB before eviction. Real nodes differ by about one per cent.
pub fn gke_allocatable_mib(nominal_mib: f64) -> f64 {
    nominal_mib - gke_kernel_mib(nominal_mib) - gke_kubelet_mib(nominal_mib) - 100.0
}

/// vCPU that the kubelet keeps back on AKS, by the vendor's table; between its rows the next smaller one holds.
pub fn aks_reserved_vcpu(vcpu: f64) -> f64 {
    const TABLE: [(f64, f64); 7] = [
        (1.0, 0.060),
        (2.0, 0.100),
        (4.0, 0.140),
        (8.0, 0.180),
        (16.0, 0.260),
        (32.0, 0.420),
        (64.0, 0.740),
    ];
    TABLE
        .into_iter()
        .rev()
        .find(|(cores, _)| *cores <= vcpu)
        .map_or(0.060, |(_, kept)| kept)
}

/// Share of its nominal memory that an AKS node sees: real ones were read at 0.954 to 0.978.
const AKS_VISIBLE: f64 = 0.96;

/// Memory that the kubelet keeps back on an AKS node (1.29 or later), MB: 20 for each pod and 50, a quarter of the memory at
/// most.
pub fn aks_kubelet_mb(memory_mb: f64, max_pods: f64) -> f64 {
    (20.0 * max_pods + 50.0).min(0.25 * memory_mb)
}

/// Memory that an AKS node (1.29 or later) offers to pods, MiB, from its nominal MiB: less the kubelet's part, and 100 MiB
/// before eviction.
pub fn aks_allocatable_mib(nominal_mib: f64, max_pods: f64) -> f64 {
    const MIB_PER_MB: f64 = 1e6 / 1_048_576.0;
    let kubelet = aks_kubelet_mb(nominal_mib / MIB_PER_MB, max_pods) * MIB_PER_MB;
    nominal_mib * AKS_VISIBLE - kubelet - 100.0
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that fails panics")]
mod tests {
    use super::*;

    const NODE: Bin = Bin {
        room: Room {
            vcpu: 4.0,
            gib: 16.0,
        },
        pods: 10,
    };

    fn pods(vcpu: f64, gib: f64, count: u64) -> Pods {
        Pods {
            each: Room { vcpu, gib },
            count,
        }
    }

    /// Packs pod by pod, as the textbook has it.
    fn one_by_one(kinds: &[Pods], empty: Bin) -> u64 {
        let share = |each: Room| (each.vcpu / empty.room.vcpu).max(each.gib / empty.room.gib);
        let mut all: Vec<Room> = kinds
            .iter()
            .flat_map(|kind| (0..kind.count).map(|_| kind.each))
            .collect();
        all.sort_by(|a, b| share(*b).total_cmp(&share(*a)));
        let mut bins: Vec<Bin> = Vec::new();
        for each in all {
            if let Some(bin) = bins.iter_mut().find(|bin| bin.holds(each) > 0) {
                *bin = bin.with(1, each);
            } else {
                bins.push(empty.with(1, each));
            }
        }
        bins.len() as u64
    }

    #[test]
    fn kinds_pack_as_pods_do() {
        let sets = [
            vec![pods(1.0, 1.0, 9)],
            vec![pods(1.0, 1.0, 9), pods(0.5, 8.0, 3)],
            vec![pods(3.0, 2.0, 4), pods(0.9, 1.0, 7), pods(0.1, 0.1, 30)],
            vec![pods(0.1, 0.1, 31)],
            vec![],
        ];
        for set in sets {
            assert_eq!(pack(&set, NODE), Some(one_by_one(&set, NODE)), "{set:?}");
        }
    }

    #[test]
    fn any_kinds_pack_as_pods_do() {
        // Lehmer's generator, as Park and Miller published it.
        let mut state = 11_u64;
        let mut random = |most: f64| {
            state = state * 48_271 % 2_147_483_647;
            most * state as f64 / 2_147_483_647.0
        };
        for _ in 0..3_000 {
            let set: Vec<Pods> = (0..4)
                .map(|_| pods(0.05 + random(3.9), 0.1 + random(15.8), random(14.0) as u64))
                .collect();
            let nodes = pack(&set, NODE);
            assert_eq!(nodes, Some(one_by_one(&set, NODE)), "{set:?}");
            let least = share(&set, NODE);
            assert!(
                nodes.unwrap() as f64 >= least - 1e-9,
                "{set:?} on fewer than {least}"
            );
        }
    }

    /// Every way to put pods into bins, one by one, without trying two bins alike twice.
    fn brute(pods: &[Room], bins: &mut Vec<Bin>, best: &mut usize, empty: Bin) {
        if bins.len() >= *best {
            return;
        }
        let Some((each, rest)) = pods.split_first() else {
            *best = bins.len();
            return;
        };
        for n in 0..bins.len() {
            if bins[n].holds(*each) > 0 && !bins[..n].contains(&bins[n]) {
                let before = bins[n];
                bins[n] = before.with(1, *each);
                brute(rest, bins, best, empty);
                bins[n] = before;
            }
        }
        bins.push(empty.with(1, *each));
        brute(rest, bins, best, empty);
        bins.pop();
    }

    #[test]
    fn many_kinds_pack_nearly_as_well_as_can_be() {
        let mut state = 2_026_u64;
        let mut random = |most: f64| {
            state = state * 48_271 % 2_147_483_647;
            most * state as f64 / 2_147_483_647.0
        };
        let (mut equal, cases) = (0, 200);
        for _ in 0..cases {
            let mut left = 9;
            let mut set = Vec::new();
            while left > 0 {
                let count = (1 + random(3.0) as u64).min(left);
                set.push(pods(0.1 + random(2.4), 0.25 + random(9.0), count));
                left -= count;
            }
            let found = pack_many(&set, NODE).unwrap();
            assert!(found as f64 >= share(&set, NODE) - 1e-9, "{set:?}");
            let mut all: Vec<Room> = set
                .iter()
                .flat_map(|kind| (0..kind.count).map(|_| kind.each))
                .collect();
            all.sort_by(|a, b| b.gib.total_cmp(&a.gib));
            let mut best = all.len() + 1;
            brute(&all, &mut Vec::new(), &mut best, NODE);
            assert!(
                found <= best as u64 + 1,
                "{set:?}: {found}, and {best} would do"
            );
            equal += u32::from(found == best as u64);
        }
        assert!(
            f64::from(equal) >= 0.95 * f64::from(cases),
            "{equal} of {cases}"
        );
    }

    /// Pods that ask for the same vCPU and other memory, in any order.
    #[test]
    fn the_order_of_many_kinds_changes_nothing() {
        let mut state = 5_u64;
        let mut random = |most: f64| {
            state = state * 48_271 % 2_147_483_647;
            most * state as f64 / 2_147_483_647.0
        };
        for _ in 0..500 {
            let mut set: Vec<Pods> = (0..6)
                .map(|_| {
                    let vcpu = [0.5, 1.0, 2.0][random(3.0) as usize];
                    pods(vcpu, 0.5 + random(6.0), 1 + random(4.0) as u64)
                })
                .collect();
            let nodes = pack_many(&set, NODE);
            set.reverse();
            assert_eq!(pack_many(&set, NODE), nodes, "{set:?}");
        }
    }

    #[test]
    fn the_scarcest_counts_as_the_share() {
        assert!((share(&[pods(1.0, 1.0, 6)], NODE) - 1.5).abs() < 1e-12);
        assert!((share(&[pods(0.1, 8.0, 3)], NODE) - 1.5).abs() < 1e-12);
        assert!((share(&[pods(0.1, 0.1, 15)], NODE) - 1.5).abs() < 1e-12);
        let all = asked(&[pods(1.0, 2.0, 3), pods(0.5, 1.0, 4)]);
        assert_eq!((all.vcpu, all.gib), (5.0, 10.0));
    }

    #[test]
    fn a_pod_larger_than_a_node_fits_nowhere() {
        assert_eq!(pack(&[pods(4.1, 1.0, 1)], NODE), None);
    }

    #[test]
    fn allocatable_meets_the_published_nodes() {
        // m5.large: 2 vCPU, 8,192 MiB, 29 pods.
        assert!((2.0 - reserved_vcpu(2.0) - 1.93).abs() < 1e-12);
        assert_eq!(eks_allocatable_mib(8_192.0, 29.0), 6_903.0);
        assert!((reserved_vcpu(16.0) - 0.110).abs() < 1e-12);
        // e2-standard-2 as the autoscaler computes it: kernel 208, kubelet 1,819, allocatable 6,065.
        assert!((gke_allocatable_mib(8_192.0) - 6_065.0).abs() < 0.005 * 6_065.0);
        // A D2s of 8 GiB: 650 MB for 30 pods are 620 MiB; 110 pods would take more than a quarter.
        assert!((aks_allocatable_mib(8_192.0, 30.0) - 7_144.4).abs() < 0.1);
        assert!((aks_allocatable_mib(8_192.0, 110.0) - 5_716.3).abs() < 0.1);
        assert_eq!(
            [1.0, 2.0, 4.0, 64.0, 96.0].map(aks_reserved_vcpu),
            [0.06, 0.1, 0.14, 0.74, 0.74]
        );
    }
}
