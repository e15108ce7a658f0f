//! 予約: taking seats, coming, leaving; every door of the product comes through here.

mod check_in;
mod end;
mod facts;
mod jobs;
mod read;
mod reserve;
mod series;
pub(crate) mod store;
mod suggest;
#[cfg(test)]
mod tests;
mod undo;

pub use check_in::{check_in, undo_check_in};
pub use end::{TakenBack, cancel, cancel_range, leave};
pub(crate) use facts::{AccessMaker, DayLoad};
pub use jobs::{extend_patterns, release_no_shows};
pub use read::{ListBookings, Span, booking, home_view, list, my_bookings};
pub(crate) use read::{day_label, places, wall};
pub use reserve::{Idempotency, Reserve, Want, reserve, sit_now};
pub use series::{EndPattern, PatternRequest, add_pattern, end_pattern, reserve_days};
pub use undo::{restore, undo_move};
