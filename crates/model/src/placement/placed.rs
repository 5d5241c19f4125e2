//! What each workload of a split costs on either side, and why it stands where it does.

use super::{Because, Desk, Placed, Split};
use crate::platforms::Prepared;

impl Desk<'_> {
    /// By the places of the workloads.
    pub(super) fn placed(&self, split: &Split) -> Vec<Placed> {
        let (cluster, platform) = (&self.clusters[split.pair.0], &self.platforms[split.pair.1]);
        let moved: Vec<bool> = split.kept.iter().map(|kept| !kept).collect();
        let place = |kind: usize| {
            // What it adds to what stands there.
            let added = |on: &Prepared<'_>, there: &[bool]| -> Option<f64> {
                let with_it = |is_there: bool| {
                    let mut set = there.to_vec();
                    set[kind] = is_there;
                    self.cost(on, &set).map(|total| total.infrastructure)
                };
                if on.refusal(kind).is_some() {
                    return None;
                }
                Some(with_it(true)? - with_it(false)?)
            };
            let kubernetes = added(cluster, &split.kept);
            let serverless = added(platform, &moved);
            let in_cluster = split.kept[kind];
            let other = if in_cluster { platform } else { cluster };
            let because = match (self.pinned[kind], other.refusal(kind)) {
                (Some(_), _) => Because::Pinned,
                (None, Some(refusal)) => Because::OnlyHere(refusal.clone()),
                (None, None) => {
                    let here = if in_cluster { kubernetes } else { serverless };
                    let there = if in_cluster { serverless } else { kubernetes };
                    let moved_away = || {
                        let mut kept = split.kept.clone();
                        kept[kind] = !kept[kind];
                        self.cut(split.pair, &kept)
                    };
                    let dearer = here.zip(there).map_or(0.0, |(here, there)| here - there);
                    let now = self.cut(split.pair, &split.kept);
                    let saved = now.zip(moved_away()).map_or(0.0, |(now, then)| then - now);
                    if here <= there {
                        Because::Cheaper
                    } else if saved > dearer {
                        Because::NearTheOthers
                    } else {
                        Because::WithTheOthers
                    }
                }
            };
            Placed {
                in_cluster,
                kubernetes,
                serverless,
                because,
            }
        };
        (0..self.kinds()).map(place).collect()
    }
}
