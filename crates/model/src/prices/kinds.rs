//! What the number of a row means: a price, an allowance, a credit, a share, a factor.

use crate::{
    tiers::{Allowance, Scope},
    units::{Dollar, Qty, Rate, Unit},
};
use std::marker::PhantomData;

/// The largest number that any row may have: no price is so high, and sums of it stay finite.
pub const MOST: f64 = 1e12;

/// What a row's number means.
pub trait Kind: 'static {
    /// The number with its unit.
    type Value: Copy;
    /// The unit column of such a row.
    fn unit() -> String;
    /// The number with its unit; `None` where the number makes no sense.
    fn value(x: f64) -> Option<Self::Value>;
}

/// A price: US dollars per `U`.
pub struct Price<U>(PhantomData<U>);

impl<U: Unit> Kind for Price<U> {
    type Value = Rate<U>;
    fn unit() -> String {
        format!("USD per {}", U::NAME)
    }
    fn value(x: f64) -> Option<Rate<U>> {
        Rate::checked(x).filter(|_| x <= MOST)
    }
}

/// Who shares an allowance, as a type.
pub trait SharedBy: 'static {
    /// The scope.
    const SCOPE: Scope;
}

macro_rules! scopes {
    ($($name:ident)*) => {
        $(
            #[doc = concat!("Given once per ", stringify!($name), ".")]
            pub struct $name;
            impl SharedBy for $name { const SCOPE: Scope = Scope::$name; }
        )*
    };
}
scopes!(BillingAccount Account Project Subscription Workspace);

/// An allowance: so many `U` free in a month, once per `S`.
pub struct Free<U, S>(PhantomData<(U, S)>);

impl<U: Unit, S: SharedBy> Kind for Free<U, S> {
    type Value = Allowance<U>;
    fn unit() -> String {
        format!("{} per month and {}", U::NAME, S::SCOPE.name())
    }
    fn value(x: f64) -> Option<Allowance<U>> {
        Some(Allowance {
            quantity: Qty::checked(x).filter(|_| x <= MOST)?,
            scope: S::SCOPE,
        })
    }
}

/// A credit: so many US dollars off in a month, once per `S`.
pub struct Credit<S>(PhantomData<S>);

impl<S: SharedBy> Kind for Credit<S> {
    type Value = Qty<Dollar>;
    fn unit() -> String {
        format!("USD per month and {}", S::SCOPE.name())
    }
    fn value(x: f64) -> Option<Qty<Dollar>> {
        Qty::checked(x).filter(|_| x <= MOST)
    }
}

/// A share of another price, from 0 to 1.
pub struct Share;

impl Kind for Share {
    type Value = f64;
    fn unit() -> String {
        "share".into()
    }
    fn value(x: f64) -> Option<f64> {
        (0.0..=1.0).contains(&x).then_some(x)
    }
}

/// A factor on other prices.
pub struct Multiplier;

impl Kind for Multiplier {
    type Value = f64;
    fn unit() -> String {
        "multiplier".into()
    }
    fn value(x: f64) -> Option<f64> {
        (x > 0.0 && x <= MOST).then_some(x)
    }
}
