//! 課・係 as a ring group: who belongs to it, how it rings, and who answers when it is closed.

use super::{DayRange, Dial, Hours};
use crate::{PersonId, SectionId, SiteId, UnitId};
use serde::{Deserialize, Serialize};

/// In which order a section's members ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RingMode {
    /// 一斉: all at once.
    All,
    /// 順番: one by one, beginning after the one who was rung last.
    Rotate,
    /// The one whose last call is longest ago first.
    LongestIdle,
    /// Always in the section's own order.
    Sequential,
}

/// Who answers the outside world while a section is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosedTarget {
    /// 宿直・日直: a duty number.
    Duty(Dial),
    /// 警備: a guard's number.
    Guard(Dial),
    /// A spoken announcement of the PBX; nothing rings.
    Announcement,
}

/// A ring group, with the days on which this version of it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// Its number, the same in every version.
    pub id: SectionId,
    /// Its site.
    pub site: SiteId,
    /// The unit it belongs to; its head may edit it.
    pub unit: Option<UnitId>,
    /// What callers and colleagues call it.
    pub name: String,
    /// In which order its members ring.
    pub ring: RingMode,
    /// How long a stage of members rings, milliseconds.
    pub ring_ms: u32,
    /// How long its fixed phone rings, milliseconds.
    pub fixed_ms: u32,
    /// あふれ先: the section that is tried when nobody answers.
    pub overflow: Option<SectionId>,
    /// Its hours; empty means those of the house.
    pub hours: Vec<Hours>,
    /// Who answers while it is closed.
    pub closed: ClosedTarget,
    /// 業務: what people ask it for (住民票), in its own words; the book finds it by them.
    pub tasks: Vec<String>,
    /// The days on which this version holds.
    pub valid: DayRange,
}

/// 本務 or 兼務.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Post {
    /// 本務: calls the person cannot take fall back to this section.
    Main,
    /// 兼務.
    Side,
}

/// A person's place in a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The section.
    pub section: SectionId,
    /// The person.
    pub person: PersonId,
    /// 本務 or 兼務.
    pub post: Post,
    /// The section's own order; smaller rings earlier where the order matters.
    pub rank: u16,
    /// The days of the post.
    pub valid: DayRange,
}

/// Somebody on a section's disaster roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnRoster {
    /// The section.
    pub section: SectionId,
    /// The person.
    pub person: PersonId,
    /// The days.
    pub valid: DayRange,
}
