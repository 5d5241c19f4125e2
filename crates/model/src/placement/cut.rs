//! What it costs that workloads which talk to each other stand on two platforms.

use crate::{
    inputs::{Inputs, workloads::Edge},
    platform::Platform,
    prices::{NoPrice, Prices, meters as m},
    units::{Gb, Gib, Qty},
    vendor::Vendor,
    vendors::Egress,
};

/// Bytes of a GB in a GiB.
const GB_IN_GIB: f64 = 1e9 / (1024.0 * 1024.0 * 1024.0);

/// GB a month between workloads that stand on different sides.
pub(super) fn gb(edges: &[Edge], kept: &[bool]) -> f64 {
    let cut = edges.iter().filter(|edge| kept[edge.from] != kept[edge.to]);
    // Adding to -0, the sum of nothing, would show as such.
    cut.fold(0.0, |sum, edge| sum + edge.gb)
}

/// US dollars a month for so many GB between two platforms: on one cloud they go from zone to zone as between any two instances;
/// else half of them leave either cloud, at the price of its first band.
pub(super) fn usd(
    platforms: [Platform; 2],
    gb: f64,
    inputs: &Inputs,
    prices: &Prices<'_>,
) -> Result<f64, NoPrice> {
    if gb <= 0.0 || !inputs.surroundings.counted {
        return Ok(0.0);
    }
    let [one, other] = platforms.map(Platform::vendor);
    if one == other {
        let between = gb * inputs.share_between_zones();
        return Ok(match one {
            Vendor::Aws => (Qty::<Gb>::of(2.0 * between) * prices.get(m::AWS_ZONES)?.value).get(),
            Vendor::GoogleCloud => {
                (Qty::<Gib>::of(between * GB_IN_GIB) * prices.get(m::GCP_ZONES)?.value).get()
            }
            _ => 0.0,
        });
    }
    let leaves = |vendor: Vendor| -> Result<f64, NoPrice> {
        let half = gb / 2.0;
        Ok(match vendor.profile().egress {
            Egress::Gb(bands) => (Qty::<Gb>::of(half) * prices.get(bands.first())?.value).get(),
            Egress::Gib(bands) => {
                (Qty::<Gib>::of(half * GB_IN_GIB) * prices.get(bands.first())?.value).get()
            }
        })
    };
    Ok(leaves(one)? + leaves(other)?)
}
