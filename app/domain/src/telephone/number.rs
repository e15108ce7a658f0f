//! 電話番号・内線番号: one table for every dialable thing, with the days on which it holds.

use super::{DayRange, E164, Ext};
use crate::{DeviceId, NumberId, PersonId, SeatId, SectionId, SiteId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a number stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberKind {
    /// A person, wherever they sit; survives transfers.
    Person(PersonId),
    /// 課の番号: a section's ring group.
    Section(SectionId),
    /// 代表番号: the house's own number, answered by a section.
    Main(SectionId),
    /// A seat: whoever sits there.
    Seat(SeatId),
    /// A telephone in a room.
    Room(DeviceId),
    /// A fax machine: nothing else may answer for it.
    Fax(DeviceId),
    /// 110, 118, 119: the PBX sends them out by itself.
    Emergency,
}

/// Which number took over when one ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Successor {
    /// The new number.
    pub ext: Ext,
    /// Calls to the old number are sent on until (not including) this local day; `None` for good.
    pub announce_until_on: Option<NaiveDate>,
}

/// One dated row of the numbers of a house.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Number {
    /// Its number among rows.
    pub id: NumberId,
    /// Its site: an extension may exist once in each.
    pub site: SiteId,
    /// What colleagues dial.
    pub ext: Ext,
    /// What the world dials, if it can.
    pub tel: Option<E164>,
    /// What it stands for.
    pub kind: NumberKind,
    /// The days on which it holds. A number that ended is retired.
    pub valid: DayRange,
    /// Which number took over.
    pub successor: Option<Successor>,
}

/// What a number is on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberState {
    /// It has not begun.
    Future,
    /// It is in use.
    Live,
    /// It ended, and calls are still sent on.
    SentOn(Ext),
    /// It ended on this day and nobody sends its calls on.
    Gone(NaiveDate),
}

impl Number {
    /// What the number is on a local day.
    #[must_use]
    pub fn state(&self, on: NaiveDate) -> NumberState {
        let Some(ended_on) = self.valid.until_on.filter(|until| *until <= on) else {
            return if self.valid.contains(on) { NumberState::Live } else { NumberState::Future };
        };
        match self.successor {
            Some(Successor { ext, announce_until_on }) if announce_until_on.is_none_or(|until| on < until) => NumberState::SentOn(ext),
            _ => NumberState::Gone(ended_on),
        }
    }
}
