//! 電話: the extension follows the seat. A person's number reaches the person wherever they sit, a section's number whoever is there,
//! and a call always ends with a human or a memo.
//!
//! [`decide`] is the heart: `(snapshot, call, now, PBX) → plan and why`. Everything else is what it looks at ([`Snapshot`]), what it
//! answers ([`Plan`]), how that is written for each PBX ([`render`]), the plans for a day without us ([`table`]), and the guarantee
//! that somebody is there to answer ([`cover`]).

mod block;
pub mod book;
mod call;
mod conflict;
pub mod cover;
mod decide;
mod delegation;
mod device;
mod difference;
mod digits;
mod head;
pub mod health;
mod hours;
mod house;
mod links;
mod mode;
mod number;
mod occupancy;
mod plan;
mod presence;
mod record;
pub mod render;
mod section;
mod snapshot;
mod table;
mod time;
pub mod totals;
pub mod view;
mod why;

pub use block::{BlockRule, BlockScope, CallerPattern};
pub use call::{CallIn, Caller, Origin, PbxCaps, Replaces};
pub use conflict::Conflict;
pub use decide::{EmergencyNotice, EmergencyPlace, EmergencyTold, decide, decide_for, emergency_as_told, emergency_notice, emergency_readers};
pub use delegation::{Delegation, Scope};
pub use device::{Aor, AorError, Device, DeviceKind, Owner, Reach, Service, Target, TargetError};
pub use difference::{Concern, Difference, DifferenceKind, Moment, differences};
pub use digits::{Dial, E164, Ext, NumberError, Numbering};
pub use head::{HeadPost, administers_section, heads_section};
pub use hours::{Hours, Opening, Shut, Window, WindowDays, opening};
pub use house::{Allowed, Contact, DeviceOrder, House, Listing, OccupancyFrom, SeatLabel, Settings, Subscriber};
pub use links::{CallLinks, CallLinksError};
pub use mode::{Mode, ModeNow, ModeSource, ModeSwitch, mode_at};
pub use number::{Number, NumberKind, NumberState, Successor};
pub use occupancy::{Occupancy, OccupancySource, occupant, seat_of};
pub use plan::{MemoFor, OfflinePlan, OnExhausted, Plan, Rule, Rung, ShownCaller, Stage, Status, Step, Via};
pub use presence::{Presence, PresenceSource, PresenceState, Standing, standing};
pub use record::{CallEvent, CallRecord, EventKind, Outcome};
pub use section::{ClosedTarget, Member, OnRoster, Post, RingMode, Section};
pub use snapshot::{Attendance, Built, Change, Idle, NumberOwner, Rows, Snapshot, Turn};
pub use table::{RouteChange, Table, TableEntry, changes, table};
pub use time::{DayRange, OffsetChange, SiteClock, TimeRange};
pub use why::{Emergency, Limit, NotDelegated, Skip, Skipped, Why};

#[cfg(test)]
mod tests;
