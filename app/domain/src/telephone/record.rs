//! What became of a call, from what its PBX told. Events arrive at least once and perhaps late; a record is made from all of
//! them, in the PBX's own order, so that it is the same whenever it is made.

use super::Target;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What a PBX tells of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// A stage began to ring.
    Ring,
    /// Somebody answered.
    Answer,
    /// A call that was answered ended.
    Hangup,
    /// The caller gave up while it rang.
    Abandoned,
    /// Every stage rang and nobody answered.
    Unanswered,
    /// Whoever answered passed it on.
    Transfer,
    /// 110, 118 or 119 was dialled.
    Emergency,
}

impl EventKind {
    const ALL: [Self; 7] = [Self::Ring, Self::Answer, Self::Hangup, Self::Abandoned, Self::Unanswered, Self::Transfer, Self::Emergency];

    /// The word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ring => "ring",
            Self::Answer => "answer",
            Self::Hangup => "hangup",
            Self::Abandoned => "abandoned",
            Self::Unanswered => "unanswered",
            Self::Transfer => "transfer",
            Self::Emergency => "emergency",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// One event, as far as a record needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallEvent {
    /// The PBX's own order.
    pub seq: i64,
    /// What happened.
    pub kind: EventKind,
    /// When.
    pub at: DateTime<Utc>,
    /// Which telephone answered.
    pub by: Option<Target>,
}

/// How a call stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It rings, as far as is known.
    Ringing,
    /// Somebody answered.
    Answered,
    /// Nobody answered.
    Unanswered,
    /// The caller gave up.
    Abandoned,
    /// It went out to 110, 118 or 119.
    Emergency,
}

impl Outcome {
    /// The stored word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ringing => "ringing",
            Self::Answered => "answered",
            Self::Unanswered => "unanswered",
            Self::Abandoned => "abandoned",
            Self::Emergency => "emergency",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Ringing, Self::Answered, Self::Unanswered, Self::Abandoned, Self::Emergency].into_iter().find(|outcome| outcome.code() == code)
    }
}

/// What became of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallRecord {
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When somebody answered, and on which telephone if the PBX said.
    pub answered: Option<(DateTime<Utc>, Option<Target>)>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// How it stands.
    pub outcome: Outcome,
    /// How often it was passed on.
    pub passed_on: u32,
}

impl CallRecord {
    /// The record of a call's events in any order, each at most once; `None` without any.
    #[must_use]
    pub fn of(events: &[CallEvent]) -> Option<Self> {
        let mut events = events.to_vec();
        events.sort_by_key(|event| event.seq);
        let first = events.first()?;
        let mut record = Self { started_at: first.at, answered: None, ended_at: None, outcome: Outcome::Ringing, passed_on: 0 };
        for event in &events {
            record.take(event);
        }
        Some(record)
    }

    fn take(&mut self, event: &CallEvent) {
        match event.kind {
            EventKind::Answer if self.answered.is_none() => {
                self.answered = Some((event.at, event.by));
                self.outcome = Outcome::Answered;
                // An earlier "nobody answered" was of another stage of the same call.
                self.ended_at = None;
            }
            // After "nobody" it is an announcement that ends, and no longer the call.
            EventKind::Hangup if self.outcome != Outcome::Unanswered => self.ended_at = Some(event.at),
            EventKind::Transfer => self.passed_on += 1,
            EventKind::Emergency => self.outcome = Outcome::Emergency,
            EventKind::Abandoned if self.answered.is_none() => self.end(Outcome::Abandoned, event.at),
            EventKind::Unanswered if self.answered.is_none() => self.end(Outcome::Unanswered, event.at),
            // A stage that rings; a second answer; "nobody" after somebody.
            EventKind::Ring | EventKind::Answer | EventKind::Abandoned | EventKind::Unanswered | EventKind::Hangup => {}
        }
    }

    fn end(&mut self, outcome: Outcome, at: DateTime<Utc>) {
        self.outcome = outcome;
        self.ended_at = Some(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use EventKind::{Abandoned, Answer, Emergency, Hangup, Ring, Transfer, Unanswered};

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + second, 0).unwrap()
    }

    fn call(events: &[(EventKind, i64)]) -> Option<CallRecord> {
        let phone: Target = Target::Aor("seat-1".parse().unwrap());
        let event = |(seq, (kind, second)): (i64, &(EventKind, i64))| CallEvent { seq, kind: *kind, at: at(*second), by: (*kind == Answer).then_some(phone) };
        CallRecord::of(&(0..).zip(events).map(event).collect::<Vec<_>>())
    }

    #[test]
    fn what_became_of_it() {
        type Case<'a> = (&'a [(EventKind, i64)], Outcome, Option<i64>, Option<i64>, u32);
        let cases: [Case<'_>; 9] = [
            (&[(Ring, 0)], Outcome::Ringing, None, None, 0),
            (&[(Ring, 0), (Answer, 4)], Outcome::Answered, Some(4), None, 0),
            (&[(Ring, 0), (Answer, 4), (Hangup, 60)], Outcome::Answered, Some(4), Some(60), 0),
            (&[(Ring, 0), (Ring, 12), (Answer, 15), (Transfer, 30), (Hangup, 31)], Outcome::Answered, Some(15), Some(31), 1),
            (&[(Ring, 0), (Ring, 12), (Unanswered, 47)], Outcome::Unanswered, None, Some(47), 0),
            (&[(Unanswered, 0), (Hangup, 15)], Outcome::Unanswered, None, Some(0), 0),
            (&[(Ring, 0), (Abandoned, 9)], Outcome::Abandoned, None, Some(9), 0),
            (&[(Ring, 0), (Answer, 4), (Abandoned, 4)], Outcome::Answered, Some(4), None, 0),
            (&[(Emergency, 0), (Hangup, 90)], Outcome::Emergency, None, Some(90), 0),
        ];
        for (events, outcome, answered, ended, passed_on) in cases {
            let record = call(events).unwrap();
            assert_eq!(record.outcome, outcome, "{events:?}");
            assert_eq!(record.answered.map(|(answered, _)| answered), answered.map(at), "{events:?}");
            assert_eq!((record.ended_at, record.passed_on), (ended.map(at), passed_on), "{events:?}");
        }
        assert_eq!(call(&[]), None);
    }

    #[test]
    fn the_order_of_arrival_does_not_matter() {
        let event = |seq, kind, second| CallEvent { seq, kind, at: at(second), by: None };
        let told = [event(1, Ring, 0), event(2, Answer, 3), event(3, Hangup, 9)];
        let late = [told[2], told[0], told[1]];
        assert_eq!(CallRecord::of(&told), CallRecord::of(&late));
    }
}
