//! Quantities, rates and money.
//!
//! A quantity and its rate share a unit type, so that vCPU-seconds can't meet a price per GiB-second:
//! that does not compile. No value here is ever NaN or infinite, and no quantity is negative.
//!
//! ```compile_fail
//! use plimsoll_model::units::{GibSecond, Qty, Rate, VcpuSecond};
//! let price = Rate::<VcpuSecond>::checked(0.000_024).expect("a price");
//! let _ = Qty::<GibSecond>::of(1.0) * price;
//! ```
//!
//! ```
//! use plimsoll_model::units::{Qty, Rate, VcpuSecond};
//! let price = Rate::<VcpuSecond>::checked(0.000_024).expect("a price");
//! let _ = Qty::<VcpuSecond>::of(1.0) * price;
//! ```

use std::{
    cmp::Ordering,
    fmt,
    iter::Sum,
    marker::PhantomData,
    ops::{Add, AddAssign, Mul, Neg, Sub},
};

/// Hours in a month, as AWS, Azure and most bills count it (8,760 / 12). The only place it stands.
pub const HOURS_PER_MONTH: f64 = 730.0;
/// Seconds in an hour.
pub const SECONDS_PER_HOUR: f64 = 3_600.0;
/// Seconds in a month of [`HOURS_PER_MONTH`].
pub const SECONDS_PER_MONTH: f64 = HOURS_PER_MONTH * SECONDS_PER_HOUR;
/// Months in a year.
pub const MONTHS_PER_YEAR: f64 = 12.0;
/// Weeks in a month: 52 weeks over 12 months.
pub const WEEKS_PER_MONTH: f64 = 52.0 / MONTHS_PER_YEAR;

/// A number such as `-12`, `0.5`, `.5` or `1e6`; `None` for any other text, and for what a float can't hold: `1e999`, and
/// the words `inf`, `infinity` and `nan`, which are numbers to Rust and not to people.
pub fn parse_finite(text: &str) -> Option<f64> {
    text.parse().ok().filter(|x: &f64| x.is_finite())
}

/// What is counted: the unit of a quantity and of the price that goes with it.
pub trait Unit: Copy + fmt::Debug + 'static {
    /// The unit as bills write it, in the singular: `vCPU-second`.
    const NAME: &'static str;
}

macro_rules! units {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            pub struct $name;
            impl Unit for $name { const NAME: &'static str = $text; }
        )*
        /// The name of every unit, for checking a price book's column.
        pub const UNIT_NAMES: &[&str] = &[$($text),*];
    };
}

units! {
    /// One vCPU for one second.
    VcpuSecond = "vCPU-second";
    /// One GiB (2^30 bytes) of memory for one second.
    GibSecond = "GiB-second";
    /// One graphics processor for one second.
    GpuSecond = "GPU-second";
    /// One vCPU for one hour.
    VcpuHour = "vCPU-hour";
    /// One vCPU for one minute.
    VcpuMinute = "vCPU-minute";
    /// One GiB of memory for one hour.
    GibHour = "GiB-hour";
    /// One GB of memory for one hour; AWS writes GB and bills 2^30 bytes.
    GbHour = "GB-hour";
    /// One GB of memory for one second; Fly.io writes GB and bills 1,024 MB.
    GbSecond = "GB-second";
    /// One GB of memory for one minute; Railway writes GB and bills 2^30 bytes.
    GbMinute = "GB-minute";
    /// One machine of a whole preset size for one second.
    MachineSecond = "machine-second";
    /// One request.
    Request = "request";
    /// One machine, load balancer or gateway for one hour.
    Hour = "hour";
    /// One instance of a fixed size for one month, prorated.
    InstanceMonth = "instance-month";
    /// One minute of something.
    Minute = "minute";
    /// One day of something.
    Day = "day";
    /// One month of something.
    Month = "month";
    /// One disk of a fixed size for one month.
    DiskMonth = "disk-month";
    /// One dollar, where a bill takes dollars off.
    Dollar = "USD";
    /// One cluster for one hour.
    ClusterHour = "cluster-hour";
    /// One public IPv4 address for one hour.
    AddressHour = "address-hour";
    /// One public IPv4 address for one month.
    AddressMonth = "address-month";
    /// One load balancer capacity unit for one hour.
    LcuHour = "LCU-hour";
    /// 10^9 bytes moved or taken in.
    Gb = "GB";
    /// 2^30 bytes moved or taken in.
    Gib = "GiB";
    /// One GB kept for a month.
    GbMonth = "GB-month";
    /// One GiB kept for a month.
    GibMonth = "GiB-month";
    /// One engineer for one hour.
    EngineerHour = "engineer-hour";
}

/// Brings any float to a finite one. A NaN is a mistake of ours and stops a debug build; in a release build it
/// becomes the largest number, which nobody takes for a bargain.
// Every quantity comes through here: a copy at each place is 2 kB more to download.
#[inline(never)]
fn finite(x: f64) -> f64 {
    debug_assert!(!x.is_nan(), "a NaN came out of the model");
    if x.is_nan() {
        f64::MAX
    } else {
        x.clamp(f64::MIN, f64::MAX)
    }
}

/// A finite amount of `U`, never negative.
pub struct Qty<U>(f64, PhantomData<U>);

impl<U: Unit> Qty<U> {
    /// Nothing of it.
    pub const ZERO: Self = Self(0.0, PhantomData);

    /// A quantity that the model has computed; rounding noise below zero becomes zero.
    pub fn of(x: f64) -> Self {
        Self(finite(x).max(0.0), PhantomData)
    }

    /// A quantity from outside; `None` for NaN, infinite and negative numbers.
    pub fn checked(x: f64) -> Option<Self> {
        (x.is_finite() && x >= 0.0).then_some(Self(x, PhantomData))
    }

    /// The bare number, in units of `U`.
    pub fn get(self) -> f64 {
        self.0
    }

    /// The smaller of two.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        Self(self.0.min(other.0), PhantomData)
    }
}

/// US dollars per `U`; finite, never negative.
pub struct Rate<U>(f64, PhantomData<U>);

impl<U: Unit> Rate<U> {
    /// A rate from outside; `None` for NaN, infinite and negative numbers.
    pub fn checked(usd: f64) -> Option<Self> {
        (usd.is_finite() && usd >= 0.0).then_some(Self(usd, PhantomData))
    }

    /// US dollars per unit.
    pub fn get(self) -> f64 {
        self.0
    }
}

macro_rules! plain_value {
    ($name:ident) => {
        impl<U> Clone for $name<U> {
            fn clone(&self) -> Self {
                *self
            }
        }
        impl<U> Copy for $name<U> {}
        impl<U> PartialEq for $name<U> {
            fn eq(&self, other: &Self) -> bool {
                self.0 == other.0
            }
        }
        impl<U> PartialOrd for $name<U> {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                self.0.partial_cmp(&other.0)
            }
        }
        impl<U: Unit> fmt::Debug for $name<U> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({} {})", stringify!($name), self.0, U::NAME)
            }
        }
    };
}
plain_value!(Qty);
plain_value!(Rate);

impl<U: Unit> Add for Qty<U> {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::of(self.0 + other.0)
    }
}

/// What is left, at least nothing.
impl<U: Unit> Sub for Qty<U> {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self::of(self.0 - other.0)
    }
}

impl<U: Unit> Mul<f64> for Qty<U> {
    type Output = Self;
    fn mul(self, times: f64) -> Self {
        Self::of(self.0 * times)
    }
}

impl<U: Unit> Mul<Rate<U>> for Qty<U> {
    type Output = Usd;
    fn mul(self, rate: Rate<U>) -> Usd {
        Usd::of(self.0 * rate.0)
    }
}

/// An amount of US dollars: finite, negative for a credit, never rounded here.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Usd(f64);

impl Usd {
    /// No money.
    pub const ZERO: Self = Self(0.0);

    /// Dollars that the model has computed.
    pub fn of(x: f64) -> Self {
        Self(finite(x))
    }

    /// The bare number of dollars.
    pub fn get(self) -> f64 {
        self.0
    }

    /// Rounded to whole cents, halves away from zero.
    #[must_use]
    pub fn to_cents(self) -> Self {
        Self::of((self.0 * 100.0).round() / 100.0)
    }
}

// No NaN can be built, so the order is total.
impl Eq for Usd {}
impl PartialOrd for Usd {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Usd {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl Add for Usd {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::of(self.0 + other.0)
    }
}
impl AddAssign for Usd {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}
impl Sub for Usd {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self::of(self.0 - other.0)
    }
}
impl Neg for Usd {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}
impl Sum for Usd {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        // Neumaier's compensated sum: a credit that takes off a charge to the cent leaves nothing, not 1e-17.
        let (mut sum, mut lost) = (0.0, 0.0);
        for Self(x) in all {
            let next: f64 = sum + x;
            lost += if f64::abs(sum) >= x.abs() {
                (sum - next) + x
            } else {
                (x - next) + sum
            };
            sum = next;
        }
        // Adding zero turns the negative nothing of an empty sum into a positive one.
        Self::of(sum + lost + 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_to_the_nearest_float() {
        let cases = [
            ("0", 0.0),
            ("-12", -12.0),
            ("+.5", 0.5),
            ("5.", 5.0),
            ("1E6", 1e6),
            ("0e999999999", 0.0),
            ("1e-99999999999", 0.0),
            ("9007199254740993", 9_007_199_254_740_992.0),
            (
                "9007199254740993.000000000000000000000000001",
                9_007_199_254_740_994.0,
            ),
            ("1.7976931348623157e308", f64::MAX),
            ("2.2250738585072014e-308", f64::MIN_POSITIVE),
            ("2.4703282292062327e-324", 0.0),
            ("2.4703282292062328e-324", 5e-324),
        ];
        for (text, x) in cases {
            assert_eq!(parse_finite(text), Some(x), "{text}");
        }
        assert!(parse_finite("-0").is_some_and(f64::is_sign_negative));
    }

    #[test]
    fn other_texts_are_no_numbers() {
        for text in [
            "",
            "-",
            ".",
            "e5",
            "1e",
            "1e+",
            "1.2.3",
            "--1",
            "+-1",
            "0x1",
            "1_0",
            "1,0",
            " 1",
            "1 ",
            "1e5.0",
            "inf",
            "-inf",
            "+Infinity",
            "NaN",
            "-nan",
            "1e309",
            "-1e999",
        ] {
            assert_eq!(parse_finite(text), None, "{text}");
        }
    }

    #[test]
    fn a_quantity_meets_only_a_rate_of_its_own_unit() {
        let rate = Rate::<VcpuSecond>::checked(0.000_024).expect("a rate");
        let usd = Qty::<VcpuSecond>::of(1_000.0) * rate;
        assert!((usd.get() - 0.024).abs() < 1e-15);
        // That `Qty::<GibSecond>::of(1.0) * rate` does not compile is shown at the top of this file.
    }

    #[test]
    fn what_is_not_a_number_is_refused() {
        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0] {
            assert!(Qty::<Gb>::checked(bad).is_none(), "{bad}");
            assert!(Rate::<Gb>::checked(bad).is_none(), "{bad}");
        }
        assert_eq!(Qty::<Gb>::of(f64::INFINITY).get(), f64::MAX);
        assert_eq!((Qty::<Gb>::of(1.0) - Qty::<Gb>::of(2.0)).get(), 0.0);
    }

    #[test]
    fn what_is_taken_off_again_leaves_nothing() {
        let amounts = [1.944, 0.432, -1.944, -0.432, 1e15, -1e15];
        let sum: Usd = amounts.into_iter().map(Usd::of).sum();
        assert_eq!(sum.get(), 0.0);
    }

    #[test]
    fn an_empty_sum_is_a_positive_nothing() {
        let none: Usd = std::iter::empty().sum();
        assert!(none.get().is_sign_positive());
    }
}
