//! What pages and programs show of memos, as far as the viewer may know.

use super::{Author, Ending, MemoTo, Urgency, Wish};
use crate::{MemoId, PersonId, telephone::EmergencyTold};
use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

/// How many memos wait for somebody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Open ones.
    pub open: u64,
    /// Of those, the urgent ones.
    pub urgent: u64,
}

/// Somebody read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptView {
    /// Who.
    pub by: PersonId,
    /// Their name.
    pub name: String,
    /// When, on the wall.
    pub wall: NaiveDateTime,
    /// When.
    pub at: DateTime<Utc>,
}

/// How it was closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndedView {
    /// How.
    pub how: Ending,
    /// Who, by name; nobody when the system did.
    pub name: Option<String>,
    /// When, on the wall.
    pub wall: NaiveDateTime,
    /// When.
    pub at: DateTime<Utc>,
}

/// One memo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemoView {
    /// Its number.
    pub id: MemoId,
    /// For whom.
    pub to: MemoTo,
    /// The same by name.
    pub to_name: String,
    /// Who called.
    pub caller_name: String,
    /// From which number.
    pub caller_number: String,
    /// What they want.
    pub wish: Wish,
    /// What there is to tell.
    pub text: String,
    /// How soon.
    pub urgency: Urgency,
    /// Who wrote it.
    pub author: Author,
    /// The same by name, when it was a person.
    pub author_name: Option<String>,
    /// What security is told, where the memo is about an emergency call.
    pub emergency: Option<Box<EmergencyTold>>,
    /// The call it is about, where there was one.
    pub call: Option<i64>,
    /// When the call came in, or else when it was written, on the wall.
    pub called_wall: NaiveDateTime,
    /// The same as an instant.
    pub called_at: DateTime<Utc>,
    /// How long the call rang in vain, seconds, where the system knows.
    pub rang_s: Option<u32>,
    /// When it was written.
    pub written_at: DateTime<Utc>,
    /// Who read it.
    pub receipts: Vec<ReceiptView>,
    /// How it was closed.
    pub ended: Option<EndedView>,
    /// Whether it is for the viewer: then reading it leaves a receipt.
    pub mine: bool,
    /// Whether the viewer left one.
    pub read_by_me: bool,
}

/// The memos of somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MemosView {
    /// Those that wait for them, urgent ones first, then the newest.
    pub open: Vec<MemoView>,
    /// Those that were closed in the last thirty days.
    pub ended: Vec<MemoView>,
    /// Those they wrote for others in the last thirty days.
    pub written: Vec<MemoView>,
    /// The day it is on the viewer's wall.
    pub today: chrono::NaiveDate,
}
