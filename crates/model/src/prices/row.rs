//! A row of a price book: a figure, where it holds, who says so and how sure we are.

use super::meter::MeterId;
use crate::{basis::Basis, region::Region};
use std::fmt;

/// How sure we are of a figure, as the person who read it wrote it down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confidence {
    /// Vendor text or price list of this year, or unchanged since.
    High,
    /// Between high and medium.
    MediumHigh,
    /// Vendor text that is undated or old.
    Medium,
    /// Computed from rows that are published.
    Derived,
    /// A derivation with more than one open end.
    MediumLow,
    /// Third-party or conflicting.
    Low,
    /// No page was read.
    Unverified,
    /// Typed by the user.
    Own,
    /// No price is known.
    None,
}

impl Confidence {
    pub(super) const NAMES: [(&'static str, Self); 9] = [
        ("high", Self::High),
        ("medium-high", Self::MediumHigh),
        ("medium", Self::Medium),
        ("derived", Self::Derived),
        ("medium-low", Self::MediumLow),
        ("low", Self::Low),
        ("unverified", Self::Unverified),
        ("own", Self::Own),
        ("none", Self::None),
    ];

    /// How price books write it.
    pub fn name(self) -> &'static str {
        Self::NAMES
            .iter()
            .find(|(_, value)| *value == self)
            .map_or("none", |(name, _)| name)
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        Self::NAMES
            .iter()
            .find(|(name, _)| *name == text)
            .map(|(_, value)| *value)
    }

    /// What a line built on such a price may claim.
    pub fn basis(self) -> Basis {
        match self {
            Self::High | Self::MediumHigh | Self::Medium => Basis::Published,
            Self::Derived => Basis::Derived,
            Self::MediumLow | Self::Low | Self::Unverified | Self::None => Basis::Assumed,
            Self::Own => Basis::Own,
        }
    }
}

/// When a figure was read, exactly as precisely as that is known: `2026-10-04`, `2026-10`, `2026`, `undated`, `recalled`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read(String);

impl Read {
    /// A date of one of the five shapes, else `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let shape: String = text
            .chars()
            .map(|c| if c.is_ascii_digit() { '0' } else { c })
            .collect();
        let known = matches!(
            shape.as_str(),
            "0000-00-00" | "0000-00" | "0000" | "undated" | "recalled"
        );
        known.then(|| Self(text.to_owned()))
    }

    /// The date as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Read {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One row of a price book.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Which meter.
    pub meter: MeterId,
    /// The region group; `None` for a price that is the same everywhere.
    pub region: Option<Region>,
    /// The vendor's own name of the region, empty where there is one price for all.
    pub city: String,
    /// The number, in the meter's unit; `None` where no sourced price is known.
    pub value: Option<f64>,
    /// The page it stands on, empty where there is none.
    pub page: String,
    /// When it was read; `None` for a missing price.
    pub read: Option<Read>,
    /// How sure we are.
    pub confidence: Confidence,
    /// Anything a reader should know.
    pub note: String,
}

/// What may stand as a region group: everywhere, or a region.
pub const REGION_GROUPS: [(&str, Option<Region>); 4] = [
    ("all", None),
    ("us", Some(Region::Us)),
    ("europe", Some(Region::Europe)),
    ("asia", Some(Region::Asia)),
];

/// A region group as price books write it.
pub fn region_group(region: Option<Region>) -> &'static str {
    region.map_or(REGION_GROUPS[0].0, Region::id)
}
