//! Why a call goes where it goes: every step and every skip, as codes with data. Their words live in the client; the PBX never gets
//! them, because what a person is doing is personal.

use super::{Dial, Ext, Mode, NumberKind, OccupancySource, PresenceSource, PresenceState, Shut, Via};
use crate::{BlockRuleId, DeviceId, PersonId, SeatId, SectionId, SiteId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Which emergency service was dialled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Emergency {
    /// 110.
    Police,
    /// 118.
    CoastGuard,
    /// 119.
    Fire,
    /// An emergency number of the house's own.
    House,
}

impl Emergency {
    /// The stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Police => "police",
            Self::CoastGuard => "coast_guard",
            Self::Fire => "fire",
            Self::House => "house",
        }
    }
}

/// Why somebody or something does not ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Skip {
    /// Neither at a seat nor teleworking on duty.
    NotPresent,
    /// In a meeting, do not disturb, out or on leave.
    Silent(PresenceState),
    /// They have no device of their own; the telephone of their seat may ring.
    NoDevice,
    /// They are calling.
    Caller,
    /// They were called and did not answer, or have handed their calls over.
    Called,
    /// It has rung in an earlier stage.
    AlreadyTried,
    /// The device is out of use or not valid today.
    OutOfUse,
    /// A seat phone rings for whoever sits there, never for a number of its own.
    SeatPhone,
    /// Its owner has not picked it.
    NotPicked,
    /// It must not leave the building, and its owner has.
    StaysInBuilding,
}

/// Whom a skip is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Skipped {
    /// A person.
    Person(PersonId),
    /// A device.
    Device(DeviceId),
}

/// Why a delegation is not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotDelegated {
    /// It is for calls from elsewhere.
    Scope,
    /// It leads back to somebody already passed.
    Cycle,
    /// Three hand-overs are enough.
    Depth,
    /// The delegate is calling: a secretary must reach the one they answer for.
    CallerIsDelegate,
}

/// What a plan had to leave out so that the PBX can follow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// Stages.
    Stages,
    /// Targets in all.
    Targets,
    /// Seconds in all.
    Time,
}

/// One step of the decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The PBX sends it out by itself.
    Emergency {
        /// To whom.
        service: Emergency,
    },
    /// A softphone outside the building cannot say where it is: its owner must use a mobile.
    EmergencyFromAfar {
        /// Who is calling.
        person: PersonId,
    },
    /// What was dialled.
    Number {
        /// The number.
        ext: Ext,
        /// What it stands for.
        kind: NumberKind,
    },
    /// No such number.
    NumberUnknown,
    /// The number ended and nobody sends its calls on.
    NumberGone {
        /// The number.
        ext: Ext,
        /// The first day without it.
        since_on: NaiveDate,
    },
    /// The number ended and its calls are sent on.
    NumberSentOn {
        /// The old number.
        from: Ext,
        /// The new one.
        to: Ext,
    },
    /// The call has come round too often; only the house phone rings.
    TooManyHops {
        /// How often.
        hop: u8,
    },
    /// It replaces another call: every device of the person, whatever they chose.
    Replaces {
        /// The person.
        person: PersonId,
    },
    /// The caller is not wanted.
    Blocked {
        /// The rule.
        rule: BlockRuleId,
    },
    /// Somebody overrides the hours.
    ModeOverride {
        /// What the house does.
        mode: Mode,
        /// Who said so.
        by: Option<PersonId>,
        /// Since when.
        since_at: DateTime<Utc>,
    },
    /// The section is closed for callers from outside.
    Closed {
        /// The section.
        section: SectionId,
        /// Why; `None` when somebody switched to after-hours.
        shut: Option<Shut>,
    },
    /// The section is closed, but the call comes from inside.
    ClosedIgnored {
        /// The section.
        section: SectionId,
    },
    /// Who answers while closed.
    ClosedDuty(Dial),
    /// A guard answers while closed.
    ClosedGuard(Dial),
    /// An announcement answers while closed.
    ClosedAnnouncement,
    /// The number that should answer while closed is nobody's.
    ClosedTargetUnknown(Dial),
    /// Somebody answers for somebody.
    Delegated {
        /// For whom.
        from: PersonId,
        /// Who.
        to: PersonId,
    },
    /// A delegation is not followed.
    NotDelegated {
        /// For whom.
        from: PersonId,
        /// Who would answer.
        to: PersonId,
        /// Why not.
        because: NotDelegated,
    },
    /// The person sits at a seat.
    AtSeat {
        /// Who.
        person: PersonId,
        /// Where.
        seat: SeatId,
        /// Since when.
        since_at: DateTime<Utc>,
        /// How it is known.
        source: OccupancySource,
    },
    /// The person is at no seat.
    NotAtSeat {
        /// Who.
        person: PersonId,
    },
    /// What the person does, when it matters.
    Presence {
        /// Who.
        person: PersonId,
        /// What.
        state: PresenceState,
        /// Who says so.
        source: PresenceSource,
        /// Until when, if it is known.
        until_at: Option<DateTime<Utc>>,
    },
    /// The caller is one who passes do-not-disturb.
    DndPassed {
        /// Who is called.
        person: PersonId,
    },
    /// Somebody or something does not ring.
    Skip {
        /// Who or what.
        who: Skipped,
        /// Why not.
        because: Skip,
    },
    /// Nobody sits at the seat that was dialled.
    SeatEmpty {
        /// The seat.
        seat: SeatId,
    },
    /// The next place to ask.
    Section {
        /// The section.
        section: SectionId,
        /// By which way.
        via: Via,
    },
    /// The person belongs to no section.
    NoSection {
        /// Who.
        person: PersonId,
    },
    /// Nobody of the section can be rung.
    NobodyPresent {
        /// The section.
        section: SectionId,
    },
    /// The section has no fixed phone.
    NoFixedPhone {
        /// The section.
        section: SectionId,
    },
    /// The overflow leads back to a section already asked.
    OverflowCut {
        /// The section.
        section: SectionId,
    },
    /// The fixed phone of the house stands in.
    HousePhone {
        /// The site.
        site: SiteId,
    },
    /// This stage of the plan rings, counted from 0.
    Ring {
        /// Its place in the plan.
        stage: u8,
    },
    /// More telephones than one stage holds: they ring in waves.
    Split {
        /// How many telephones.
        targets: u16,
        /// In how many stages.
        waves: u8,
    },
    /// A stage rings shorter than its owner wished.
    Shortened {
        /// Its place in the plan.
        stage: u8,
        /// What was wished, milliseconds.
        wished_ms: u32,
    },
    /// Telephones were left out.
    Cut {
        /// How many.
        targets: u16,
        /// By which limit.
        limit: Limit,
    },
    /// Nobody answers for this: a memo is written.
    Memo,
}
