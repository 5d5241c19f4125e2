//! Where the containers run. Prices differ by region; one region of each vendor stands for a group of neighbours.

/// Where the containers run: a group of neighbouring regions, one per vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Region {
    /// us-central1, us-east-1, eastus.
    Us,
    /// europe-west1, eu-west-1, northeurope.
    Europe,
    /// asia-northeast1, ap-northeast-1, japaneast.
    Asia,
}

impl Region {
    /// Every region, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Us, Self::Europe, Self::Asia];

    /// The name in files and the label of each.
    pub const OPTIONS: [(&str, &str); 3] = [
        ("us", "United States"),
        ("europe", "Europe"),
        ("asia", "Asia"),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::OPTIONS[self as usize].1
    }

    /// The name in scenario files and price books.
    pub fn id(self) -> &'static str {
        Self::OPTIONS[self as usize].0
    }
}
