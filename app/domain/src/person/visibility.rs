//! Whereabouts are personal data (PRODUCT.md, invariant 5): one rule answers every read.

use serde::{Deserialize, Serialize};

/// Who may see where a person is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Everybody of the house sees the seat.
    House,
    /// Colleagues of a common unit see the seat; others see whether the person is in.
    Unit,
    /// Nobody but the person and administrators sees anything; the person is absent from search, map and counts.
    Hidden,
}

impl Visibility {
    /// The stored word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::House => "house",
            Self::Unit => "unit",
            Self::Hidden => "hidden",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::House, Self::Unit, Self::Hidden].into_iter().find(|visibility| visibility.code() == code)
    }
}

/// How a viewer and a person are related.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// The person looks at themself.
    Oneself,
    /// They share a unit.
    SameUnit,
    /// They do not.
    OtherUnit,
    /// The viewer administers people.
    Administrator,
}

/// What a viewer sees of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sight {
    /// Name and seat.
    Seat,
    /// Name, and whether the person is in; not where.
    PresenceOnly,
    /// Nothing: as if there were no such person.
    Nothing,
}

/// What a viewer sees of a person.
#[must_use]
pub const fn sight(visibility: Visibility, relation: Relation) -> Sight {
    match (relation, visibility) {
        (Relation::Oneself | Relation::Administrator, _) | (_, Visibility::House) | (Relation::SameUnit, Visibility::Unit) => Sight::Seat,
        (Relation::OtherUnit, Visibility::Unit) => Sight::PresenceOnly,
        (Relation::SameUnit | Relation::OtherUnit, Visibility::Hidden) => Sight::Nothing,
    }
}
