//! 迷惑電話: callers from outside that a house, a section or a person does not take.

use super::{Caller, E164};
use crate::{BlockRuleId, PersonId, SectionId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Which callers a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallerPattern {
    /// 非通知: callers that show no number.
    Anonymous,
    /// One number.
    Exactly(E164),
    /// Every number that begins with these digits, country code first: 81120 is +81 120….
    Starts(u64),
}

/// Whose telephones a rule protects. Anonymous callers are never refused everywhere by default: advice lines need them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockScope {
    /// Every number.
    House,
    /// One section's number.
    Section(SectionId),
    /// One person's number.
    Person(PersonId),
}

/// One line of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockRule {
    /// Its number.
    pub id: BlockRuleId,
    /// Which callers.
    pub callers: CallerPattern,
    /// Whose telephones.
    pub scope: BlockScope,
    /// When it ends, if it does: numbers change hands.
    pub until_at: Option<DateTime<Utc>>,
}

/// Every pattern that would catch a caller: at most 16, so a long list costs no more than a short one.
pub(super) fn patterns_of(caller: &Caller) -> impl Iterator<Item = CallerPattern> {
    let (anonymous, tel) = match caller {
        Caller::Anonymous => (Some(CallerPattern::Anonymous), None),
        Caller::Tel(tel) => (None, Some(*tel)),
        Caller::Ext(_) | Caller::Device { .. } | Caller::Anybody => (None, None),
    };
    let starts = tel.into_iter().flat_map(|tel| {
        let beginnings = std::iter::successors(Some(tel.digits()), |digits| (*digits >= 10).then_some(digits / 10));
        beginnings.map(CallerPattern::Starts).chain([CallerPattern::Exactly(tel)])
    });
    anonymous.into_iter().chain(starts)
}
