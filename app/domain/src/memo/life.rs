//! The life of a memo: new, read, closed, and open again when that was a mistake.

use super::{Ending, MemoTo};
use crate::PersonId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// 既読: who read it, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Who.
    pub by: PersonId,
    /// When they said so first.
    pub at: DateTime<Utc>,
}

/// How a memo was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// How.
    pub how: Ending,
    /// Who; nobody when the system did.
    pub by: Option<PersonId>,
    /// When.
    pub at: DateTime<Utc>,
}

/// As much of a memo as its life and the rights on it depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Memo {
    /// For whom.
    pub to: MemoTo,
    /// Who wrote it; nobody when the system did.
    pub author: Option<PersonId>,
    /// Who read it, the first one first. Each person once.
    pub receipts: Vec<Receipt>,
    /// How it was closed.
    pub ended: Option<Ended>,
}

/// Why a memo does not change as asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemoRefusal {
    /// Somebody was faster.
    AlreadyEnded(Ended),
    /// There is nothing to take back.
    NotEnded,
    /// Only the system closes a memo so.
    NotByPeople,
}

impl MemoRefusal {
    /// The stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::AlreadyEnded(_) => "memo_already_ended",
            Self::NotEnded => "memo_not_ended",
            Self::NotByPeople => "memo_not_by_people",
        }
    }
}

impl Memo {
    /// Somebody read it. Reading it again changes nothing: the receipt says when it was known first.
    #[must_use]
    pub fn read(mut self, by: PersonId, at: DateTime<Utc>) -> Self {
        if !self.receipts.iter().any(|receipt| receipt.by == by) {
            self.receipts.push(Receipt { by, at });
        }
        self
    }

    /// Somebody pressed "read" by mistake: their receipt goes.
    #[must_use]
    pub fn unread(mut self, by: PersonId) -> Self {
        self.receipts.retain(|receipt| receipt.by != by);
        self
    }

    /// Closes it. Who closes a memo has read it. Closing it again the same way by the same person changes nothing.
    ///
    /// # Errors
    /// When somebody else was faster, or it was closed another way.
    pub fn end(self, how: Ending, by: Option<PersonId>, at: DateTime<Utc>) -> Result<Self, MemoRefusal> {
        if how == Ending::Answered && by.is_some() {
            return Err(MemoRefusal::NotByPeople);
        }
        match self.ended {
            Some(before) if (before.how, before.by) == (how, by) => Ok(self),
            Some(before) => Err(MemoRefusal::AlreadyEnded(before)),
            None => {
                let read = match by {
                    Some(person) if self.author != Some(person) => self.read(person, at),
                    _ => self,
                };
                Ok(Self { ended: Some(Ended { how, by, at }), ..read })
            }
        }
    }

    /// Opens it again.
    ///
    /// # Errors
    /// When it is open.
    pub fn reopen(mut self) -> Result<Self, MemoRefusal> {
        self.ended.take().map(|_| self).ok_or(MemoRefusal::NotEnded)
    }
}
