//! 枠: the smallest bookable part of a day. A slot is a wall-clock label of the site, never an instant,
//! so no time-zone arithmetic stands between two people and one seat.

use serde::{Deserialize, Serialize};

/// Position of a slot in the day's [`Grid`], counted from 0. At most 32 slots make a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Slot(pub u8);

/// A set of slots of one day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Slots(u32);

impl Slots {
    /// No slot at all.
    pub const EMPTY: Self = Self(0);

    /// The set whose bit `n` stands for slot `n`, as it is stored.
    #[must_use]
    pub const fn from_bits(bits: u32) -> Self {
        Self(bits)
    }

    /// The stored form: bit `n` stands for slot `n`.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// The set of one slot.
    #[must_use]
    pub const fn only(slot: Slot) -> Self {
        // A slot beyond the 32nd is in no set: the number may come from outside.
        if slot.0 < 32 { Self(1 << slot.0) } else { Self::EMPTY }
    }

    /// The first `count` slots of a day.
    #[must_use]
    pub const fn first(count: usize) -> Self {
        if count >= 32 { Self(u32::MAX) } else { Self((1 << count) - 1) }
    }

    /// This set with one more slot.
    #[must_use]
    pub const fn with(self, slot: Slot) -> Self {
        self.union(Self::only(slot))
    }

    /// Slots in either set.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Slots in both sets.
    #[must_use]
    pub const fn both(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Slots of this set that are not in the other.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether the slot is in the set.
    #[must_use]
    pub const fn contains(self, slot: Slot) -> bool {
        self.0 & Self::only(slot).0 != 0
    }

    /// Whether every slot of `other` is in this set.
    #[must_use]
    pub const fn covers(self, other: Self) -> bool {
        other.0 & !self.0 == 0
    }

    /// Whether there is no slot.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many slots there are.
    #[must_use]
    pub const fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// The slots from morning to evening.
    pub fn iter(self) -> impl Iterator<Item = Slot> {
        (0..32).map(Slot).filter(move |slot| self.contains(*slot))
    }
}

impl FromIterator<Slot> for Slots {
    fn from_iter<I: IntoIterator<Item = Slot>>(slots: I) -> Self {
        slots.into_iter().fold(Self::EMPTY, Self::with)
    }
}

/// One slot's name and hours. Minutes count from local midnight; the end is not part of the slot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotTime {
    /// The word programs use: `am`, `pm`, or `h09` for an hour.
    pub code: String,
    /// First minute of the slot.
    pub start_minute: u16,
    /// First minute after the slot.
    pub end_minute: u16,
}

/// A site's day, cut into slots, in order and without overlap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<SlotTime>", into = "Vec<SlotTime>")]
pub struct Grid(Vec<SlotTime>);

/// Why a list of slots makes no day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GridError {
    /// No slot, or more than 32.
    #[error("a day has 1 to 32 slots, not {0}")]
    Count(usize),
    /// A slot without a word, or with the word of another.
    #[error("the slot word {0:?} is empty or used twice")]
    Word(String),
    /// A slot that ends before it begins, begins before the one before ends, or ends after midnight.
    #[error("the hours of slot {0:?} are empty, overlap the slot before, or pass midnight")]
    Hours(String),
}

impl TryFrom<Vec<SlotTime>> for Grid {
    type Error = GridError;

    fn try_from(times: Vec<SlotTime>) -> Result<Self, GridError> {
        if !(1..=32).contains(&times.len()) {
            return Err(GridError::Count(times.len()));
        }
        let mut free_from = 0;
        for (at, time) in times.iter().enumerate() {
            if time.code.trim().is_empty() || times[..at].iter().any(|before| before.code == time.code) {
                return Err(GridError::Word(time.code.clone()));
            }
            if time.start_minute < free_from || time.end_minute <= time.start_minute || time.end_minute > 24 * 60 {
                return Err(GridError::Hours(time.code.clone()));
            }
            free_from = time.end_minute;
        }
        Ok(Self(times))
    }
}

impl From<Grid> for Vec<SlotTime> {
    fn from(grid: Grid) -> Self {
        grid.0
    }
}

/// A slot word that the site's grid does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("no slot is called {code:?} here; there are {known:?}")]
pub struct UnknownSlot {
    /// What was asked for.
    pub code: String,
    /// What could have been asked for.
    pub known: Vec<String>,
}

impl Grid {
    /// 午前 8:30–12:00 and 午後 13:00–17:15, the usual municipal day.
    #[must_use]
    pub fn half_days() -> Self {
        let slot = |code: &str, start_minute, end_minute| SlotTime { code: code.into(), start_minute, end_minute };
        Self(vec![slot("am", 510, 720), slot("pm", 780, 1035)])
    }

    /// A grid of whole hours, `from_hour` included, `to_hour` not; slots are called `h09`, `h10`, ….
    #[must_use]
    pub fn hours(from_hour: u16, to_hour: u16) -> Self {
        Self((from_hour..to_hour.min(24)).map(|h| SlotTime { code: format!("h{h:02}"), start_minute: h * 60, end_minute: h * 60 + 60 }).collect())
    }

    /// The slots with their names and hours.
    #[must_use]
    pub fn times(&self) -> &[SlotTime] {
        &self.0
    }

    /// Every slot of the day.
    #[must_use]
    pub fn all(&self) -> Slots {
        Slots::first(self.0.len())
    }

    /// Name and hours of a slot, if the grid has it.
    #[must_use]
    pub fn time(&self, slot: Slot) -> Option<&SlotTime> {
        self.0.get(usize::from(slot.0))
    }

    /// The set named by slot words.
    ///
    /// # Errors
    /// [`UnknownSlot`] for the first word the grid does not have.
    pub fn parse<'a>(&self, codes: impl IntoIterator<Item = &'a str>) -> Result<Slots, UnknownSlot> {
        let mut slots = Slots::EMPTY;
        for code in codes {
            let at = self
                .0
                .iter()
                .position(|time| time.code == code.trim())
                .ok_or_else(|| UnknownSlot { code: code.chars().take(32).collect(), known: self.0.iter().map(|time| time.code.clone()).collect() })?;
            slots = slots.with(Slot(u8::try_from(at).unwrap_or(u8::MAX)));
        }
        Ok(slots)
    }

    /// The words of a set, from morning to evening.
    #[must_use]
    pub fn codes(&self, slots: Slots) -> Vec<String> {
        slots.iter().filter_map(|slot| self.time(slot)).map(|time| time.code.clone()).collect()
    }

    /// The slot under way at this minute, or else the next to begin; `None` when the day is over.
    #[must_use]
    pub fn current_or_next(&self, minute: u16) -> Option<Slot> {
        let at = self.0.iter().position(|time| minute < time.end_minute)?;
        u8::try_from(at).ok().map(Slot)
    }

    /// The slots that have not ended at this minute.
    #[must_use]
    pub fn remaining(&self, minute: u16) -> Slots {
        match self.current_or_next(minute) {
            Some(Slot(first)) => self.all().minus(Slots::first(usize::from(first))),
            None => Slots::EMPTY,
        }
    }
}

#[cfg(test)]
mod tests;
