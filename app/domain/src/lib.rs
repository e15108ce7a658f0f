//! What is true: the rules of Nanawari and the plain values that pages, programs and storage agree on.
//!
//! Nothing here waits, reads a clock, touches a disk or knows a framework. Facts and `now` come in as
//! parameters (`now` is the wall clock of the site, [`chrono::NaiveDateTime`]); a decision or a reason goes out.
//! Reasons are enums with data; their words in Japanese and English live in the client.
#![warn(missing_docs, clippy::pedantic)]

pub mod account;
pub mod booking;
pub mod floor;
pub mod id;
pub mod memo;
pub mod person;
pub mod site;
pub mod slot;
pub mod telephone;
pub mod zone;

pub use id::{
    BlockRuleId, BookingId, CoverRuleId, DeviceId, DutyId, FloorId, MemoId, NumberId, PatternId, PersonId, SeatId, SectionId, SessionId, SiteId, SwapId,
    UnitId, WebhookId, ZoneId,
};
pub use slot::{Grid, GridError, Slot, SlotTime, Slots};
