//! The clouds that may be used.

use crate::vendor::Vendor;

/// The clouds that may be used: at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clouds(u32);

impl Clouds {
    /// Every cloud.
    pub const ALL: Self = Self((1 << Vendor::ALL.len()) - 1);

    /// The name in files and the label of each.
    pub const OPTIONS: [(&str, &str); Vendor::ALL.len()] = {
        let mut options = [("", ""); Vendor::ALL.len()];
        let mut n = 0;
        while n < options.len() {
            options[n] = (Vendor::ALL[n].id(), Vendor::ALL[n].name());
            n += 1;
        }
        options
    };

    /// One cloud alone.
    pub const fn only(vendor: Vendor) -> Self {
        Self(1 << vendor as u32)
    }

    /// These options, a bit for each of [`OPTIONS`](Self::OPTIONS); all where it is none.
    pub fn of(bits: u32) -> Self {
        let known = bits & Self::ALL.0;
        if known == 0 { Self::ALL } else { Self(known) }
    }

    /// A bit for each of [`OPTIONS`](Self::OPTIONS).
    pub fn bits(self) -> u32 {
        self.0
    }

    /// Whether a cloud may be used.
    pub fn allow(self, vendor: Vendor) -> bool {
        self.0 & (1 << vendor as u32) != 0
    }

    /// The clouds that may be used.
    pub fn each(self) -> impl Iterator<Item = Vendor> {
        Vendor::ALL
            .into_iter()
            .filter(move |vendor| self.allow(*vendor))
    }
}

impl Default for Clouds {
    fn default() -> Self {
        Self::ALL
    }
}
