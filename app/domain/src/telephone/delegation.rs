//! 転送・代理: a person says who answers for them.

use super::TimeRange;
use crate::PersonId;
use serde::{Deserialize, Serialize};

/// Which calls a delegate answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Every call.
    All,
    /// Calls from outside the house.
    Outside,
    /// Calls from inside.
    Inside,
}

impl Scope {
    /// The stored word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Outside => "outside",
            Self::Inside => "inside",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::All, Self::Outside, Self::Inside].into_iter().find(|scope| scope.code() == code)
    }

    /// Whether a call from there is meant.
    #[must_use]
    pub const fn covers(self, origin: super::Origin) -> bool {
        matches!((self, origin), (Self::All, _) | (Self::Outside, super::Origin::Outside) | (Self::Inside, super::Origin::Inside))
    }
}

/// Somebody answers for somebody for a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegation {
    /// Whose calls.
    pub from: PersonId,
    /// Who answers.
    pub to: PersonId,
    /// When.
    pub span: TimeRange,
    /// Which calls.
    pub scope: Scope,
}
