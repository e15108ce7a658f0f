//! チームエリア: which unit is at home where, how many seats that means, and when others may come.

mod access;
mod ratio;

pub use access::{Access, AccessFacts, Lender, Locked, OverflowZone, ZoneLoad, access};
pub use ratio::{SeatPlan, planned_seats};

#[cfg(test)]
mod tests;
