//! Calls of a month, counted: how many came, who answered, how long it took. Numbers of callers and names of people are not in
//! it, so it may be kept for years while the calls themselves are forgotten after ninety days (telephony.md §4.6).

use super::Outcome;
use crate::SectionId;
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt, str::FromStr};

/// A month of a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(NaiveDate);

impl Month {
    /// The month of a day.
    #[must_use]
    pub fn of(on: NaiveDate) -> Self {
        Self(on.with_day(1).unwrap_or(on))
    }

    /// Its first day.
    #[must_use]
    pub const fn first(self) -> NaiveDate {
        self.0
    }

    /// So many months earlier.
    #[must_use]
    pub fn back(self, months: u32) -> Self {
        Self(self.0.checked_sub_months(chrono::Months::new(months)).unwrap_or(self.0))
    }

    /// The one after it.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.checked_add_months(chrono::Months::new(1)).unwrap_or(self.0))
    }
}

/// `2026-11`.
impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m"))
    }
}

/// A text that is no month.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a month is written 2026-11")]
pub struct MonthError;

impl FromStr for Month {
    type Err = MonthError;

    fn from_str(text: &str) -> Result<Self, MonthError> {
        let whole = text.len() == 7;
        format!("{text}-01").parse().ok().filter(|_| whole).map(Self).ok_or(MonthError)
    }
}

/// What was called. Personal numbers are counted together: a count of one person's calls would be a record of that person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Called {
    /// The representative number of a section.
    Main(SectionId),
    /// A section's number.
    Section(SectionId),
    /// Numbers of people.
    People,
    /// Everything else.
    Other,
}

/// Who took a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taker {
    /// Whom it was for: the person called, or somebody of the section called.
    Meant,
    /// Somebody else.
    Another,
    /// A telephone of nobody in particular.
    Fixed,
}

/// One call, as far as it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// What was called.
    pub called: Called,
    /// The local hour in which it came, 0–23.
    pub hour: u8,
    /// What became of it.
    pub outcome: Outcome,
    /// Who took it, if somebody did.
    pub taker: Option<Taker>,
    /// How long it rang until somebody took it, milliseconds.
    pub answer_ms: Option<u64>,
    /// How often it was passed on.
    pub passed_on: u32,
}

/// Calls of one kind, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// All that came and ended; a call that rings is counted when it has ended.
    pub calls: u64,
    /// Somebody took it.
    pub answered: u64,
    /// … whom it was for.
    pub meant: u64,
    /// … on a telephone of nobody in particular.
    pub fixed: u64,
    /// Every stage rang in vain.
    pub unanswered: u64,
    /// The caller gave up.
    pub abandoned: u64,
    /// Taken and passed on at least once.
    pub passed_on: u64,
    /// Time until somebody took it, all together, milliseconds.
    pub answer_ms: u64,
}

impl Totals {
    fn take(&mut self, call: &Counted) {
        self.calls += 1;
        match call.outcome {
            Outcome::Answered => self.answered += 1,
            Outcome::Abandoned => self.abandoned += 1,
            Outcome::Unanswered | Outcome::Ringing | Outcome::Emergency => self.unanswered += 1,
        }
        self.meant += u64::from(call.taker == Some(Taker::Meant));
        self.fixed += u64::from(call.taker == Some(Taker::Fixed));
        self.passed_on += u64::from(call.passed_on > 0);
        self.answer_ms += call.answer_ms.unwrap_or(0);
    }

    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            calls: self.calls + other.calls,
            answered: self.answered + other.answered,
            meant: self.meant + other.meant,
            fixed: self.fixed + other.fixed,
            unanswered: self.unanswered + other.unanswered,
            abandoned: self.abandoned + other.abandoned,
            passed_on: self.passed_on + other.passed_on,
            answer_ms: self.answer_ms + other.answer_ms,
        }
    }

    /// Calls that nobody took.
    #[must_use]
    pub const fn missed(self) -> u64 {
        self.unanswered + self.abandoned
    }

    /// How many of a hundred were taken, rounded; `None` without calls.
    #[must_use]
    pub fn answered_percent(self) -> Option<u64> {
        (self.calls > 0).then(|| (self.answered * 100 + self.calls / 2) / self.calls)
    }

    /// How long a call rang on average until somebody took it, tenths of a second; `None` when nobody took any.
    #[must_use]
    pub fn answer_tenths(self) -> Option<u64> {
        (self.answered > 0).then(|| self.answer_ms / self.answered / 100)
    }
}

/// Calls by what was called and by the hour. Emergency calls are none that came; who rings still is counted later.
#[must_use]
pub fn count(calls: impl IntoIterator<Item = Counted>) -> BTreeMap<(Called, u8), Totals> {
    let mut totals: BTreeMap<(Called, u8), Totals> = BTreeMap::new();
    for call in calls.into_iter().filter(|call| !matches!(call.outcome, Outcome::Ringing | Outcome::Emergency)) {
        totals.entry((call.called, call.hour)).or_default().take(&call);
    }
    totals
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(called: Called, hour: u8, outcome: Outcome) -> Counted {
        Counted { called, hour, outcome, taker: None, answer_ms: None, passed_on: 0 }
    }

    #[test]
    fn months_are_written_and_read() {
        let november: Month = "2026-11".parse().unwrap();
        assert_eq!((november.to_string(), november.next().to_string(), november.back(11).to_string()), ("2026-11".into(), "2026-12".into(), "2025-12".into()));
        assert_eq!(Month::of("2026-11-30".parse().unwrap()), november);
        for text in ["", "2026", "2026-13", "2026-11-01", "11-2026", "2026-1"] {
            assert!(text.parse::<Month>().is_err(), "{text}");
        }
    }

    #[test]
    fn calls_are_counted_by_what_was_called_and_the_hour() {
        let main = Called::Main(SectionId(1));
        let taken = |taker, answer_ms, passed_on| Counted { taker: Some(taker), answer_ms: Some(answer_ms), passed_on, ..call(main, 9, Outcome::Answered) };
        let counted = count([
            taken(Taker::Meant, 4_000, 0),
            taken(Taker::Another, 8_000, 2),
            taken(Taker::Fixed, 9_000, 0),
            call(main, 9, Outcome::Unanswered),
            call(main, 17, Outcome::Abandoned),
            call(Called::People, 9, Outcome::Unanswered),
            // Neither is a call that came and ended.
            call(main, 9, Outcome::Ringing),
            call(Called::Other, 9, Outcome::Emergency),
        ]);
        assert_eq!(counted.len(), 3);
        let nine = counted[&(main, 9)];
        assert_eq!((nine.calls, nine.answered, nine.meant, nine.fixed, nine.unanswered, nine.passed_on), (4, 3, 1, 1, 1, 1));
        assert_eq!((nine.answered_percent(), nine.answer_tenths(), nine.missed()), (Some(75), Some(70), 1));
        let all = nine.plus(counted[&(main, 17)]);
        assert_eq!((all.calls, all.abandoned, all.missed(), all.answered_percent()), (5, 1, 2, Some(60)));
        assert_eq!((Totals::default().answered_percent(), Totals::default().answer_tenths()), (None, None), "no call is no rate");
    }
}
