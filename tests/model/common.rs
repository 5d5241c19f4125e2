//! Words that the tests share.

use plimsoll_formats::scenario;
use plimsoll_model::{
    bill::{Bill, Line},
    inputs::{Below, FIELDS, Inputs, Kind, Range, Scale},
    platform::Platform,
    platforms::Case,
    prices::{MeterId, PriceBook},
    region::Region,
};
use proptest::prelude::*;

/// A scan too long for every run: some of its seeded cases, always the same ones, or with `PLIMSOLL_LONG=1`, which
/// `cargo xtask test --long` sets, the whole.
#[derive(Clone, Copy)]
pub(crate) struct Scan {
    whole: usize,
    pub(crate) cases: usize,
}

impl Scan {
    /// So many cases of a whole.
    pub(crate) fn of(sample: usize, whole: usize) -> Self {
        let long = std::env::var("PLIMSOLL_LONG").is_ok_and(|text| text == "1");
        let cases = if long { whole } else { sample };
        Self { whole, cases }
    }

    /// What must be there at least, where the whole has at least so many: of a few cases a third of their share, as they
    /// may be the poorer ones.
    pub(crate) fn least(self, of_whole: usize) -> usize {
        if self.cases < self.whole {
            of_whole * self.cases / self.whole / 3
        } else {
            of_whole
        }
    }

    /// The cases of the first or the second half, for tests that run side by side.
    pub(crate) fn half(self, second: bool) -> (Self, std::ops::Range<u64>) {
        let [whole, cases] = [self.whole / 2, self.cases / 2];
        let first = if second { whole as u64 } else { 0 };
        (Self { whole, cases }, first..first + cases as u64)
    }
}

/// The inputs of a scenario text; anything not understood fails the test.
pub(crate) fn inputs(text: &str) -> Inputs {
    let (inputs, notices) = scenario::read(text);
    assert!(notices.is_empty(), "{notices:?}");
    inputs
}

/// A number of the range from a number between 0 and 1, as a slider would have it; ends and zero come up often.
fn pick(range: &Range, share: f64) -> f64 {
    let x = if share < 0.03 {
        if range.below == Below::Nothing {
            range.min
        } else {
            0.0
        }
    } else if share > 0.97 {
        range.max
    } else {
        match range.scale {
            Scale::Linear => range.min + share * (range.max - range.min),
            Scale::Log => range.min * (range.max / range.min).powf(share),
        }
    };
    range.clamp(x)
}

/// Legal inputs, every one drawn from its range.
pub(crate) fn legal() -> impl Strategy<Value = Inputs> {
    proptest::collection::vec(0.0..1.0f64, FIELDS.len()).prop_map(|shares| {
        let mut inputs = Inputs::default();
        for (field, share) in FIELDS.iter().zip(shares) {
            match field.kind {
                Kind::Number { range, set, .. } => set(&mut inputs, pick(&range, share)),
                Kind::Optional { range, set, .. } => {
                    set(
                        &mut inputs,
                        (share > 0.7).then(|| pick(&range, (share - 0.7) / 0.3)),
                    );
                }
                Kind::Flag { set, .. } => set(&mut inputs, share > 0.5),
                Kind::Choice { options, set, .. } => {
                    set(&mut inputs, (share * options.len() as f64) as usize);
                }
                // Half of the teams may use every cloud.
                Kind::Set { options, set, .. } => {
                    let sets = f64::from(1_u32 << options.len());
                    set(&mut inputs, ((share * 2.0).min(1.0) * (sets - 1.0)) as u32);
                }
            }
        }
        inputs.clamp_dependents();
        // An objective that nobody can keep leaves nothing to look at: those far below the latency are enough of them.
        let latency = inputs.http.latency_ms;
        inputs.slo_ms = inputs
            .slo_ms
            .filter(|slo| *slo >= latency || *slo < latency / 100.0);
        inputs
    })
}

/// Inputs without any load, free tiers or surroundings, for tests that add one thing.
pub(crate) fn nothing() -> Inputs {
    inputs(
        r#"{"http":{"requests_per_month":0},"options":{"free_tier":false,"surroundings":false}}"#,
    )
}

/// The bundled book with these prices, in every region, instead of its own.
pub(crate) fn book_with(prices: &[(&str, f64)]) -> PriceBook {
    let mut csv = String::from("meter,region_group,region,value,unit,page,read,confidence,note\n");
    for (meter, value) in prices {
        let unit = (MeterId::find(meter)
            .unwrap_or_else(|| panic!("no meter {meter}"))
            .info()
            .unit)();
        csv += &format!("{meter},all,,{value},{unit},,,own,\n");
    }
    PriceBook::bundled().overlaid(&csv).unwrap()
}

/// The bill of one platform in a region.
pub(crate) fn bill(platform: Platform, inputs: &Inputs, book: &PriceBook) -> Bill {
    platform
        .quote(&Case::of(inputs), &book.in_region(inputs.region))
        .unwrap()
}

/// The sum of the lines of a meter.
pub(crate) fn amount(bill: &Bill, meter: &str) -> f64 {
    bill.lines
        .iter()
        .filter(|line| line.meter == meter)
        .map(|line| line.amount().get())
        .sum()
}

/// Fails unless an amount is so much, to the cent.
pub(crate) fn to_the_cent(ours: f64, wanted: f64) {
    assert!((ours - wanted).abs() < 0.005, "{ours}, not {wanted}");
}

/// The sum of the lines whose meter starts so.
pub(crate) fn amount_below(bill: &Bill, prefix: &str) -> f64 {
    bill.lines
        .iter()
        .filter(|line| line.meter.starts_with(prefix))
        .map(|line| line.amount().get())
        .sum()
}

/// Fails unless `computed` is `printed`, to the cent or as far as it was printed.
#[track_caller]
pub(crate) fn printed(computed: f64, printed: f64, half_a_digit: f64) {
    assert!(
        (computed - printed).abs() <= half_a_digit * 1.000_001,
        "computed {computed}, printed {printed}"
    );
}

/// Half a cent.
pub(crate) const CENT: f64 = 0.005;

/// Every region with every platform.
pub(crate) fn everywhere() -> impl Iterator<Item = (Platform, Region)> {
    Platform::ALL.into_iter().flat_map(|platform| {
        Region::ALL
            .into_iter()
            .map(move |region| (platform, region))
    })
}

/// A line as goldens show it.
pub(crate) fn shown(line: &Line) -> String {
    format!(
        "{:<13} {:<62} {:>16.4} {:<14} × {:>13} = {:>12.4}  {}",
        line.category.id(),
        line.meter,
        line.quantity,
        line.unit,
        line.unit_price,
        line.amount().get(),
        line.basis.id()
    )
}
