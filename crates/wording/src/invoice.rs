//! An invoice held against our bill, in words.

use crate::format;
use plimsoll_model::{
    explore::{
        flips::Setting,
        invoice::{Change, Part, Reconciled},
    },
    inputs::Kind,
    units::Usd,
};

/// How the invoice and our bill stand to each other, in a sentence or two.
pub fn summary(reconciled: &Reconciled) -> String {
    let Reconciled {
        platform,
        ours,
        invoice,
        missing,
        ..
    } = reconciled;
    let stand = format!(
        "Your invoice of {} was {}; our bill comes to {}.",
        platform.name(),
        format::usd_about(*invoice),
        format::usd_about(*ours)
    );
    let rest = if reconciled.is_met() {
        "With the quantities of your invoice both agree within 2 %.".to_owned()
    } else if *missing > Usd::ZERO {
        format!(
            "With the quantities of your invoice ours is still {} short.",
            format::usd_about(*missing)
        )
    } else {
        format!(
            "With the quantities of your invoice ours is still {} over.",
            format::usd_about(-*missing)
        )
    };
    format!("{stand} {rest}")
}

/// A quantity with its unit.
pub fn quantity(x: f64, unit: &str) -> String {
    let x = format::number(format::to_two_digits(x));
    if unit.is_empty() {
        x
    } else {
        format!("{x} {unit}")
    }
}

/// What our bill has for a part, in a sentence.
pub fn explains(part: &Part) -> String {
    format!(
        "{} of ours, {}",
        quantity(part.ours, part.unit),
        format::usd(part.usd)
    )
}

/// What a change does, for a button.
pub fn change(change: &Change) -> String {
    let label = change.field.label;
    match change.to {
        Setting::Number(x) => {
            let unit = change.field.range().map_or("", |range| range.unit);
            let whole = matches!(change.field.kind, Kind::Optional { .. });
            let x = if whole { x } else { format::to_two_digits(x) };
            let text = [format::number(x).as_str(), unit].join(" ");
            format!("{label}: {}", text.trim_end())
        }
        _ => format!("{label}: yes"),
    }
}
