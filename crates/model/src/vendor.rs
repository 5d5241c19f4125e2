//! The registry of vendors. A line is a vendor: its file of rules, its id and its name. Meters of the price book begin with
//! the id.

/// Calls `$with!` with every vendor: doc, variant, file in `vendors/`, id, name, short name of its discount in links.
macro_rules! all_vendors {
    ($with:ident) => {
        $with! {
            /// Amazon Web Services.
            Aws = aws, "aws", "AWS", "da";
            /// Google Cloud.
            GoogleCloud = google_cloud, "google-cloud", "Google Cloud", "dg";
            /// Microsoft Azure.
            Azure = azure, "azure", "Azure", "dz";
            /// Fly.io.
            Fly = fly, "fly", "Fly.io", "df";
            /// Railway.
            Railway = railway, "railway", "Railway", "dw";
            /// Render.
            Render = render, "render", "Render", "dr";
        }
    };
}
pub(crate) use all_vendors;

macro_rules! as_enum {
    ($($(#[$doc:meta])* $variant:ident = $file:ident, $id:literal, $name:literal, $link:literal;)*) => {
        /// Who sends the bill.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Vendor { $($(#[$doc])* $variant),* }

        impl Vendor {
            /// Every vendor.
            pub const ALL: [Self; [$($id),*].len()] = [$(Self::$variant),*];

            /// Its name in files, and how its meters begin.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$variant => $id),* }
            }

            /// Its name.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}
all_vendors!(as_enum);

/// The choices of where something is: nowhere in particular, or at a vendor; name in files and label.
pub const CHOICES: [(&str, &str); Vendor::ALL.len() + 1] = {
    let mut choices = [("nowhere", "Nowhere in particular"); Vendor::ALL.len() + 1];
    let mut n = 0;
    while n < Vendor::ALL.len() {
        choices[n + 1] = (Vendor::ALL[n].id(), Vendor::ALL[n].name());
        n += 1;
    }
    choices
};

impl Vendor {
    /// The vendor of a meter: `aws/eks/cluster` is billed by AWS.
    pub fn of_meter(meter: &str) -> Option<Self> {
        let (id, _) = meter.split_once('/')?;
        Self::ALL.into_iter().find(|vendor| vendor.id() == id)
    }
}
