//! A call as the PBX describes it, and who is calling as far as that can be believed.

use super::{Aor, Device, E164, Ext, House, Owner, Snapshot, Target, occupancy::occupant};
use crate::{PersonId, SeatId, SectionId, SiteId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Where a call comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// 内線.
    Inside,
    /// 外線.
    Outside,
}

/// Whether a call replaces another one (RFC 3891): the second half of an attended handover.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Replaces {
    /// An ordinary call.
    #[default]
    Nothing,
    /// It must reach the very telephone that is talking, whatever its owner has chosen.
    Call,
}

/// A call as the PBX describes it. Texts are as they came: nothing in them is believed before it is checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallIn {
    /// What was dialled.
    pub to: String,
    /// What the caller shows.
    pub from: String,
    /// The device that calls, as the PBX authenticated it.
    pub from_device: Option<Aor>,
    /// The trunk it came by, if it came from outside.
    pub trunk: Option<String>,
    /// The call's name at the PBX.
    pub call_id: String,
    /// The site of the PBX: its own numbers come first.
    pub site: Option<SiteId>,
    /// Whether it replaces another call.
    pub replaces: Replaces,
    /// How often this call has come round already.
    pub hop: u8,
}

/// Who is calling. A name in a From header is no proof: people are known by the device the PBX authenticated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Caller {
    /// A device of the house.
    Device {
        /// Its name.
        aor: Aor,
        /// Its owner, or who sits at its seat.
        person: Option<PersonId>,
        /// Its seat.
        seat: Option<SeatId>,
        /// Its section.
        section: Option<SectionId>,
    },
    /// An extension that only says so.
    Ext(Ext),
    /// A number of the world.
    Tel(E164),
    /// 非通知.
    Anonymous,
    /// Nobody in particular, from outside: for plans that are made before anybody calls.
    Anybody,
}

impl Caller {
    /// Works out who is calling.
    #[must_use]
    pub fn of(world: &Snapshot, call: &CallIn, at: DateTime<Utc>) -> Self {
        if let Some(device) = call.from_device.as_ref().and_then(|aor| world.device_at(&Target::Aor(*aor))) {
            return Self::of_device(world, device, at);
        }
        let house = call.site.and_then(|site| world.house(site)).or(world.houses().next());
        if call.trunk.is_none()
            && let Ok(ext) = call.from.trim().parse::<Ext>()
            && world.numbers_at(ext).next().is_some()
        {
            return Self::Ext(ext);
        }
        house.map_or(Self::Anonymous, |house: &House| house.numbering.tel(&call.from).map_or(Self::Anonymous, Self::Tel))
    }

    fn of_device(world: &Snapshot, device: &Device, at: DateTime<Utc>) -> Self {
        let Target::Aor(aor) = device.target else { return Self::Anonymous };
        let (person, seat, section) = match device.owner {
            Owner::Person(person) => (Some(person), None, None),
            Owner::Section(section) => (None, None, Some(section)),
            Owner::House(_) => (None, None, None),
            Owner::Seat(seat) => {
                let here = world.house(device.site).and_then(|house| occupant(world, seat, house.occupancy_from, at));
                (here.map(|row| row.person), Some(seat), None)
            }
        };
        Self::Device { aor, person, seat, section }
    }

    /// Where the call comes from.
    #[must_use]
    pub const fn origin(&self) -> Origin {
        match self {
            Self::Device { .. } | Self::Ext(_) => Origin::Inside,
            Self::Tel(_) | Self::Anonymous | Self::Anybody => Origin::Outside,
        }
    }

    /// The person, if the device proves it.
    #[must_use]
    pub const fn person(&self) -> Option<PersonId> {
        match self {
            Self::Device { person, .. } => *person,
            Self::Ext(_) | Self::Tel(_) | Self::Anonymous | Self::Anybody => None,
        }
    }
}

/// What a PBX can do. Whatever it says, no plan is larger than what was proven (telephony.md §3.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PbxCaps {
    parallel: u8,
    stages: u8,
    total_ms: u32,
}

impl PbxCaps {
    /// Most targets of one stage: of 30 branches of a transaction 28 are safe.
    pub const MOST_PARALLEL: u8 = 28;
    /// Most stages of one plan.
    pub const MOST_STAGES: u8 = 5;
    /// Longest ringing of one plan, milliseconds.
    pub const MOST_TOTAL_MS: u32 = 60_000;
    /// Most targets of one plan.
    pub const MOST_TARGETS: usize = 60;

    /// What a PBX can do, within what is proven. A stage has room for two, somebody and the fixed phone, and five stages have
    /// five seconds each.
    #[must_use]
    pub fn new(max_parallel: u8, max_stages: u8, max_total_ms: u32) -> Self {
        Self {
            parallel: max_parallel.clamp(2, Self::MOST_PARALLEL),
            stages: max_stages.clamp(1, Self::MOST_STAGES),
            total_ms: max_total_ms.clamp(25_000, Self::MOST_TOTAL_MS),
        }
    }

    /// Most targets of one stage.
    #[must_use]
    pub const fn max_parallel(self) -> usize {
        self.parallel as usize
    }

    /// Most stages.
    #[must_use]
    pub const fn max_stages(self) -> usize {
        self.stages as usize
    }

    /// Longest ringing in all, milliseconds.
    #[must_use]
    pub const fn max_total_ms(self) -> u32 {
        self.total_ms
    }
}

impl Default for PbxCaps {
    /// Kamailio with the shipped configuration.
    fn default() -> Self {
        Self::new(Self::MOST_PARALLEL, Self::MOST_STAGES, Self::MOST_TOTAL_MS)
    }
}
