//! 転送先: the ordered answer to "this number is called now: what rings, for how long, then what?".

use super::{DeviceKind, Target, Why};
use crate::{PersonId, SectionId, SiteId};
use serde::{Deserialize, Serialize, Serializer};
use std::fmt;

/// What the PBX does with the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It rings the stages, or, when there is none, ends the call as [`OnExhausted`] says.
    Ring,
    /// There is no such number.
    Unknown,
    /// The caller is not wanted.
    Refused,
    /// An emergency call: the PBX sends 110, 118 and 119 out by itself; for a number of the house it rings the stages.
    Emergency,
}

impl Status {
    /// The number the PBX is told; those of SIP.
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Self::Ring | Self::Emergency => 200,
            Self::Unknown => 404,
            Self::Refused => 603,
        }
    }
}

/// By which way a stage came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Via {
    /// It is what was dialled.
    Direct,
    /// Somebody answers for the person.
    Delegation,
    /// The person could not be reached.
    Fallback,
    /// The section could not be reached.
    Overflow,
    /// The section is closed.
    Closed,
}

/// What a stage rings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Everything of a person, because the call replaces another.
    Replaces,
    /// A person's devices.
    PersonDevices,
    /// Everybody present of a section.
    SectionAll,
    /// The next in turn.
    SectionRotate,
    /// The one who has been idle longest.
    SectionLongestIdle,
    /// The first of the section's order.
    SectionSequential,
    /// The section's fixed phone.
    SectionBcp,
    /// The fixed phone of the house.
    HouseBcp,
    /// The disaster roster with the section's fixed phone.
    ModeDisaster,
    /// A duty number.
    Duty,
    /// A guard's number.
    Guard,
    /// The house's security.
    Security,
    /// The telephone of a room.
    RoomDevice,
    /// A fax machine.
    FaxDevice,
}

/// The rule a stage came from, as the PBX is told: `person.fallback/section.all`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Rule {
    /// By which way.
    pub via: Via,
    /// What rings.
    pub step: Step,
}

impl Step {
    const fn code(self) -> &'static str {
        match self {
            Self::Replaces => "replaces",
            Self::PersonDevices => "person.devices",
            Self::SectionAll => "section.all",
            Self::SectionRotate => "section.rotate",
            Self::SectionLongestIdle => "section.longest_idle",
            Self::SectionSequential => "section.sequential",
            Self::SectionBcp => "section.bcp",
            Self::HouseBcp => "house.bcp",
            Self::ModeDisaster => "mode.disaster",
            Self::Duty => "duty",
            Self::Guard => "guard",
            Self::Security => "security",
            Self::RoomDevice => "room.device",
            Self::FaxDevice => "fax.device",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let way = match self.via {
            Via::Direct => "",
            Via::Delegation => "delegation/",
            Via::Fallback => "person.fallback/",
            Via::Overflow => "section.overflow/",
            Via::Closed => "hours.closed/",
        };
        write!(f, "{way}{}", self.step.code())
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// One thing that rings, and whose it is. The PBX is told the target only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rung {
    /// Where the ringing goes.
    pub target: Target,
    /// What rings there.
    pub kind: DeviceKind,
    /// For whom.
    pub person: Option<PersonId>,
}

/// What rings together, and for how long.
#[derive(Serialize, Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Where it came from.
    pub rule: Rule,
    /// How long it rings, milliseconds.
    pub ring_ms: u32,
    /// What rings.
    pub targets: Vec<Rung>,
}

/// For whom a memo is written when nobody answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemoFor {
    /// A person.
    Person(PersonId),
    /// A section.
    Section(SectionId),
    /// The house.
    House(SiteId),
}

/// What happens when every stage has rung in vain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnExhausted {
    /// 伝言メモ: a memo and a notification.
    Memo(MemoFor),
    /// The announcement of a closed section, and a memo.
    Announce(MemoFor),
    /// Nothing: no such number, a fax, an emergency call, an unwanted caller.
    Nothing,
}

/// The caller as the called person sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownCaller {
    /// The name, empty when it is not known.
    pub name: String,
    /// The number, as the house writes it (`0312345678`, `2104`); empty when it is not shown. Digits and what [`super::Ext`] allows.
    pub number: String,
}

/// What may be done without us: the same plan without a seat phone, because by then somebody else may sit there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfflinePlan {
    /// What the PBX does.
    pub status: Status,
    /// What rings, one after another.
    pub stages: Vec<Stage>,
}

/// The whole answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// What the PBX does.
    pub status: Status,
    /// The revision of the snapshot it was decided on.
    pub revision: i64,
    /// How the call is announced to who answers: the called section's name, and the old number if one was dialled.
    pub label: String,
    /// The caller as it is shown.
    pub caller: ShownCaller,
    /// What rings, one after another.
    pub stages: Vec<Stage>,
    /// What happens when nobody answers.
    pub on_exhausted: OnExhausted,
    /// How long the PBX may use the answer without asking again, seconds; it ends with the next thing known to change.
    pub fresh_s: u32,
    /// Every step and every skip, in order.
    pub why: Vec<Why>,
}

impl Plan {
    /// What may be done without us.
    #[must_use]
    pub fn offline(&self) -> OfflinePlan {
        let stages = self.stages.iter().filter_map(|stage| {
            let targets: Vec<Rung> = stage.targets.iter().filter(|rung| rung.kind != DeviceKind::SeatPhone).cloned().collect();
            (!targets.is_empty()).then_some(Stage { targets, ..*stage })
        });
        OfflinePlan { status: self.status, stages: stages.collect() }
    }

    /// How long it rings in all, milliseconds.
    #[must_use]
    pub fn total_ms(&self) -> u32 {
        self.stages.iter().map(|stage| stage.ring_ms).sum()
    }
}
