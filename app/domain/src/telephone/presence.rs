//! 在席状況: what a person does now, by the source that knows best.

use super::{Occupancy, TimeRange};
use crate::PersonId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What a person does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PresenceState {
    /// 対応可.
    Available,
    /// 会議中.
    Meeting,
    /// 応答不可: do not disturb.
    Dnd,
    /// 外出中.
    Out,
    /// 休み; of what kind is nobody's business.
    Leave,
    /// 在宅勤務.
    Telework,
}

impl PresenceState {
    /// Every state, in the order people choose from.
    pub const ALL: [Self; 6] = [Self::Available, Self::Meeting, Self::Dnd, Self::Out, Self::Leave, Self::Telework];

    /// The stored word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Available => "available",
            Self::Meeting => "meeting",
            Self::Dnd => "dnd",
            Self::Out => "out",
            Self::Leave => "leave",
            Self::Telework => "telework",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether the person's own devices stay silent.
    #[must_use]
    pub const fn silences(self) -> bool {
        matches!(self, Self::Meeting | Self::Dnd | Self::Out | Self::Leave)
    }
}

/// Who knows, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PresenceSource {
    /// Nobody has said anything.
    Default,
    /// 着席: the person is at a seat.
    CheckIn,
    /// A meeting in the calendar.
    Meeting,
    /// Leave and trips, from the personnel system or the calendar.
    Leave,
    /// The person, or somebody for them.
    Manual,
}

impl PresenceSource {
    /// The stored word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::CheckIn => "check_in",
            Self::Meeting => "meeting",
            Self::Leave => "leave",
            Self::Manual => "manual",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Default, Self::CheckIn, Self::Meeting, Self::Leave, Self::Manual].into_iter().find(|source| source.code() == code)
    }
}

/// What one source says of a person for a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    /// The person.
    pub person: PersonId,
    /// What they do.
    pub state: PresenceState,
    /// Who says so.
    pub source: PresenceSource,
    /// When.
    pub span: TimeRange,
}

/// What holds of a person at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// What they do.
    pub state: PresenceState,
    /// Who says so.
    pub source: PresenceSource,
    /// Until when, if that is known.
    pub until_at: Option<DateTime<Utc>>,
}

/// What holds of a person: manual > leave > meeting > check-in > default; of one source, what began last.
#[must_use]
pub fn standing<'a>(rows: impl Iterator<Item = &'a Presence>, seated: Option<&Occupancy>, at: DateTime<Utc>) -> Standing {
    let best = rows.filter(|row| row.span.contains(at)).max_by_key(|row| (row.source, row.span.from_at, std::cmp::Reverse(row.state.code())));
    match (best, seated) {
        (Some(row), seated) if row.source > PresenceSource::CheckIn || seated.is_none() => {
            Standing { state: row.state, source: row.source, until_at: row.span.until_at }
        }
        (_, Some(seated)) => Standing { state: PresenceState::Available, source: PresenceSource::CheckIn, until_at: seated.span.until_at },
        (_, None) => Standing { state: PresenceState::Available, source: PresenceSource::Default, until_at: None },
    }
}
