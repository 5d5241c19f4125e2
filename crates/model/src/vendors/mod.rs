//! The vendors: one file each, with what is alike on all platforms that a vendor bills.

mod aws;
mod azure;
mod egress;
mod fly;
mod google_cloud;
mod profile;
mod railway;
mod render;

use crate::vendor::{Vendor, all_vendors};
pub use egress::{Bands, Egress};
pub use profile::Profile;

macro_rules! as_profiles {
    ($($(#[$doc:meta])* $variant:ident = $file:ident, $id:literal, $name:literal, $link:literal;)*) => {
        impl Vendor {
            /// What its file says of it.
            pub fn profile(self) -> &'static Profile {
                match self { $(Self::$variant => &$file::PROFILE),* }
            }
        }
    };
}
all_vendors!(as_profiles);
