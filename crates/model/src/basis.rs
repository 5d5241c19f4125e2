//! What a number may claim: published, derived, assumed, or the user's own.

/// What a number may claim. The order is that of growing doubt, with the user's own figures apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// The vendor publishes it.
    Published,
    /// Computed from published figures.
    Derived,
    /// We assume it.
    Assumed,
    /// The user says so.
    Own,
}

impl Basis {
    /// The name in result files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Derived => "derived",
            Self::Assumed => "assumed",
            Self::Own => "own",
        }
    }

    /// What a line may claim that rests on both. The user's own word stands.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        self.max(other)
    }
}
