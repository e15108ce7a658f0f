//! 時間外・災害の切り替え: what the house does now, and who said so. In heavy rain in 2017 a town could not take back its night
//! forwarding, because nobody present knew how: here the present state is always shown, and one tap overrides it.

use super::{Snapshot, TimeRange, hours::opening};
use crate::{PersonId, SiteId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What a house does with calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Sections answer.
    Normal,
    /// 時間外: calls from outside go to the closed target.
    AfterHours,
    /// 災害: the disaster roster answers, whatever the hour and whoever is busy.
    Disaster,
}

impl Mode {
    /// The stored word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::AfterHours => "after_hours",
            Self::Disaster => "disaster",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Normal, Self::AfterHours, Self::Disaster].into_iter().find(|mode| mode.code() == code)
    }
}

/// Somebody's override of the hours. Without one the hours decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModeSwitch {
    /// The site.
    pub site: SiteId,
    /// What it does.
    pub mode: Mode,
    /// Who said so; `None` is the program itself (a drill, a plan).
    pub by: Option<PersonId>,
    /// From when until when.
    pub span: TimeRange,
}

/// Who decided what a house does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ModeSource {
    /// The hours of the house.
    Hours,
    /// A person or a plan, since this instant.
    Override {
        /// Who.
        by: Option<PersonId>,
        /// Since when.
        since_at: DateTime<Utc>,
    },
}

/// The state of a house, as the start page shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModeNow {
    /// What it does.
    pub mode: Mode,
    /// Who decided.
    pub source: ModeSource,
}

/// What a house does at an instant; the override that began last wins. `None` for a site without telephones.
#[must_use]
pub fn mode_at(world: &Snapshot, site: SiteId, at: DateTime<Utc>) -> Option<ModeNow> {
    let house = world.house(site)?;
    if let Some(switch) = world.mode_switch(site, at) {
        return Some(ModeNow { mode: switch.mode, source: ModeSource::Override { by: switch.by, since_at: switch.span.from_at } });
    }
    let open = opening(&house.hours, &house.policy, house.clock.wall(at)).shut.is_none();
    Some(ModeNow { mode: if open { Mode::Normal } else { Mode::AfterHours }, source: ModeSource::Hours })
}
