//! What an auditor or a customer asks a vendor for.

/// What an auditor or a contract attests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attestation {
    /// A SOC 2 report.
    Soc2,
    /// A business associate agreement, for health data in the United States.
    HipaaBaa,
    /// The standard for payment cards.
    PciDss,
    /// Authorised for federal agencies of the United States.
    FedRamp,
}

/// The choices of what is asked for: nothing, or one of [`Attestation::ALL`]; name in files and label.
pub const CHOICES: [(&str, &str); Attestation::ALL.len() + 1] = [
    ("none", "None"),
    ("soc2", "SOC 2 report"),
    ("hipaa-baa", "HIPAA BAA"),
    ("pci-dss", "PCI DSS"),
    ("fedramp", "FedRAMP"),
];

impl Attestation {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Soc2, Self::HipaaBaa, Self::PciDss, Self::FedRamp];

    /// Its name.
    pub const fn name(self) -> &'static str {
        CHOICES[self as usize + 1].1
    }
}
