//! Inputs that are one of several.

/// An enum whose variants are options: its name in files and its label on the page stand beside each.
macro_rules! choices {
    ($($(#[$doc:meta])* $ty:ident {$($(#[$of:meta])* $variant:ident = $id:literal, $label:literal;)*})*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $ty { $($(#[$of])* $variant),* }

        impl $ty {
            /// All of them, in the order of the page.
            pub const ALL: [Self; [$($id),*].len()] = [$(Self::$variant),*];

            /// The name in files and the label of each.
            pub const OPTIONS: [(&str, &str); Self::ALL.len()] = [$(($id, $label)),*];
        }
    )*};
}

choices! {
    /// How requests spread over a week.
    Shape {
        /// Constant all week.
        Steady = "steady", "Steady";
        /// A wave every day, lower on weekends.
        Diurnal = "diurnal", "Day and night";
        /// Ten hours on working days, little else.
        Office = "office", "Office hours";
        /// One hour of twenty at ten times the base rate.
        Spiky = "spiky", "Spikes of ten times the load";
        /// Nearly all in two hours of the night.
        Batch = "batch", "Nightly batch";
        /// Hour by hour, as given.
        Grid = "grid", "Hour by hour, your own";
    }

    /// For how long capacity is bought in advance.
    Commitment {
        /// Not at all.
        None = "none", "None";
        /// For a year.
        OneYear = "1y", "One year";
        /// For three years.
        ThreeYears = "3y", "Three years";
    }

    /// Whose figures the estimate of engineering time is fitted to.
    Calibration {
        /// The geometric mean of the three others.
        Middle = "middle", "The middle of the three";
        /// The article "Serverless Containers vs Kubernetes".
        Article = "article", "The article: a start-up that learns";
        /// AWS's advice to start-ups.
        Vendor = "vendor", "A vendor: AWS's advice";
        /// A practitioner's report of 21 services.
        Practitioner = "practitioner", "A practitioner: 21 services";
    }

    /// How much of a graphics processor the workload needs.
    Gpu {
        /// None.
        None = "none", "None";
        /// One here and there, beside ordinary containers.
        Light = "light", "Occasional GPU jobs";
        /// Models are served at scale.
        Serving = "serving", "Serving models at scale";
    }

    /// What an auditor asks of the isolation between workloads.
    Isolation {
        /// Nothing special.
        None = "none", "Nothing special";
        /// Documented isolation; the platform's own model will do.
        ManagedOk = "managed-ok", "The platform's own will do";
        /// Documented isolation that the team controls itself.
        Own = "own", "Under our own control";
    }
}
