//! The price book: what a unit of each meter costs, where, and who says so.
//!
//! The prices are data (`book.csv`), one row per meter and region group, and reach the model as an argument. A typed
//! handle ([`meters`]) ties each meter to its unit. The same parser reads the bundled book and a user's own.

mod book;
pub mod csv;
mod kinds;
mod meter;
pub mod meters;
pub mod own;
mod parse;
mod row;
mod vary;

pub use book::{NoPrice, PriceBook, Prices, Quoted, RowId};
pub use kinds::{
    Account, BillingAccount, Credit, Free, Kind, MOST, Multiplier, Price, Project, Share, SharedBy,
    Subscription, Workspace,
};
pub use meter::{Meter, MeterId, MeterInfo};
pub use own::OwnPrice;
pub use parse::TEXT_LIMIT;
pub use row::{Confidence, REGION_GROUPS, Read, Row, region_group};
