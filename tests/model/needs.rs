//! What holds for every need, tried on random scenarios: what can be priced excludes nobody, a further need is never cheaper, and
//! one request is served in one cloud.

use crate::common::legal;
use plimsoll_model::{
    attestation::Attestation,
    bill::{Bar, Bill, CostCategory, Refusal},
    compare::{Comparison, compare},
    inputs::{Gpu, Inputs},
    platform::Platform,
    platforms::{Item, Treatment},
    prices::PriceBook,
    sentence::Word,
    vendor::Vendor,
};
use proptest::prelude::*;

/// A need, how it is taken away and asked for, and the row of equal treatment that says who bills it.
struct Need {
    without: fn(&mut Inputs),
    with: fn(&mut Inputs),
    item: Option<Item>,
    /// It adds to what a pod asks for.
    grows_pods: bool,
    /// A platform may have it on terms that no price can stand for.
    on_terms: bool,
}

impl Need {
    const fn new(without: fn(&mut Inputs), with: fn(&mut Inputs)) -> Self {
        Self {
            without,
            with,
            item: None,
            grows_pods: false,
            on_terms: false,
        }
    }

    const fn billed_as(self, item: Item) -> Self {
        let item = Some(item);
        Self { item, ..self }
    }

    const fn growing_pods(self) -> Self {
        let grows_pods = true;
        Self { grows_pods, ..self }
    }

    const fn on_terms(self) -> Self {
        let on_terms = true;
        Self { on_terms, ..self }
    }
}

const NEEDS: &[Need] = &[
    Need::new(|i| i.needs.udp = false, |i| i.needs.udp = true),
    Need::new(|i| i.needs.tcp = false, |i| i.needs.tcp = true).billed_as(Item::RawPorts),
    Need::new(|i| i.needs.windows = false, |i| i.needs.windows = true).billed_as(Item::Windows),
    Need::new(|i| i.needs.gpu = Gpu::None, |i| i.needs.gpu = Gpu::Serving)
        .billed_as(Item::GpuNodes),
    Need::new(|i| i.needs.gpu = Gpu::None, |i| i.needs.gpu = Gpu::Light),
    Need::new(|i| i.needs.mesh = false, |i| i.needs.mesh = true).growing_pods(),
    Need::new(
        |i| i.needs.background = false,
        |i| i.needs.background = true,
    ),
    Need::new(
        |i| i.needs.local_state = false,
        |i| i.needs.local_state = true,
    ),
    Need::new(
        |i| i.connections.count = 0.0,
        |i| i.connections.count = i.connections.count.max(1_000.0),
    )
    .billed_as(Item::Connections)
    .growing_pods(),
    Need::new(
        |i| i.needs.cold_starts_ok = true,
        |i| i.needs.cold_starts_ok = false,
    ),
    Need::new(
        |i| i.needs.privileged = false,
        |i| i.needs.privileged = true,
    )
    .on_terms(),
    Need::new(
        |i| i.needs.audit_trail = false,
        |i| i.needs.audit_trail = true,
    ),
    Need::new(
        |i| i.promises.availability_pct = None,
        |i| i.promises.availability_pct = Some(99.95),
    ),
    Need::new(
        |i| i.promises.attestation = None,
        |i| i.promises.attestation = Some(Attestation::HipaaBaa),
    ),
];

/// Whether a bill fell by packing alone. First fit decreasing, as node autoscaling packs, is not monotone: where pods grow, those that
/// share a node with them may find more room. What pods ask for must not fall then.
fn packs_better(before: &Bill, after: &Bill) -> bool {
    let asked = |bill: &Bill| {
        let mut figures = bill.figures.iter();
        figures
            .find(|figure| figure.id == "asked_vcpu")
            .map(|figure| figure.value)
    };
    match (asked(before), asked(after)) {
        (Some(before), Some(after)) => after >= before,
        _ => false,
    }
}

/// The bill and the refusal of every platform without a need and with it.
fn both(inputs: &Inputs, need: &Need) -> [Comparison; 2] {
    let book = PriceBook::bundled();
    [need.without, need.with].map(|change| {
        let mut inputs = inputs.clone();
        change(&mut inputs);
        compare(&inputs, &book)
    })
}

/// The vendors whose meters a bill has, apart from traffic of data on another cloud.
fn vendors(bill: &Bill) -> Vec<Vendor> {
    let lines = bill.lines.iter().filter(|line| {
        line.category != CostCategory::People && line.category != CostCategory::Network
    });
    let mut vendors: Vec<Vendor> = lines
        .filter_map(|line| Vendor::of_meter(line.meter))
        .collect();
    vendors.dedup();
    vendors
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_need_is_never_cheaper_and_what_is_billed_excludes_nobody(inputs in legal(), which in 0..NEEDS.len()) {
        let need = &NEEDS[which];
        let [without, with] = both(&inputs, need);
        for platform in Platform::ALL {
            match (without.quote(platform), with.quote(platform)) {
                (Ok(before), Ok(after)) => {
                    let (less, more) = (before.total().get(), after.total().get());
                    prop_assert!(
                        more >= less - 0.01 || need.grows_pods && packs_better(before, after),
                        "{which} on {}: {less} becomes {more}", platform.id()
                    );
                }
                (Ok(_), Err(Refusal::CannotRun(cannot))) => {
                    prop_assert!(need.on_terms || cannot.by != Bar::Condition, "{which} on {}", platform.id());
                    // A size that is not sold is no silence; a thing that is sold has its line.
                    let by_size = cannot.reason.words.iter().any(|word| matches!(word, Word::Number(_)));
                    if let Some(item) = need.item {
                        let absent = matches!(platform.treatment(item), Treatment::Absent(_));
                        prop_assert!(
                            absent || (by_size && item != Item::RawPorts),
                            "{which} on {}: {:?}", platform.id(), cannot.reason
                        );
                    }
                }
                _ => {}
            }
        }
    }

    #[test]
    fn a_request_is_served_in_one_cloud(inputs in legal()) {
        let mut inputs = inputs;
        inputs.needs.gpu = Gpu::Serving;
        let comparison = compare(&inputs, &PriceBook::bundled());
        for platform in Platform::ALL {
            if let Ok(bill) = comparison.quote(platform) {
                let vendors = vendors(bill);
                prop_assert!(vendors.iter().all(|vendor| *vendor == platform.vendor()), "{vendors:?} on {}", platform.id());
            }
        }
    }
}
