//! 電話機: things that can ring. A device's name is never somebody's number: what a person is called at moves, devices stay.

use super::{DayRange, E164};
use crate::{DeviceId, PersonId, SeatId, SectionId, SiteId};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The longest device name: room for a UUID.
const LONGEST_AOR: usize = 47;

/// The name under which a device registers at the PBX (SIP address of record, the part before `@`): 1 to 47 of `A`–`Z`, `a`–`z`,
/// `0`–`9`, `.`, `_`, `-`, the first a letter or digit. Nothing in it can end a line, a string, a tag or a dial string. The bytes stand in
/// the value itself: a decision copies dozens of names and allocates for none.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct Aor {
    bytes: [u8; LONGEST_AOR],
    len: u8,
}

/// A text that is no device name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a device name is 1 to 47 letters, digits, dots, underscores or hyphens and begins with a letter or digit")]
pub struct AorError;

impl Aor {
    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..usize::from(self.len)]).unwrap_or_default()
    }
}

impl FromStr for Aor {
    type Err = AorError;

    fn from_str(text: &str) -> Result<Self, AorError> {
        let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'));
        let begins = text.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric());
        if !plain || !begins || text.len() > LONGEST_AOR {
            return Err(AorError);
        }
        let mut bytes = [0; LONGEST_AOR];
        bytes[..text.len()].copy_from_slice(text.as_bytes());
        Ok(Self { bytes, len: u8::try_from(text.len()).map_err(|_| AorError)? })
    }
}

impl TryFrom<String> for Aor {
    type Error = AorError;

    fn try_from(text: String) -> Result<Self, AorError> {
        text.parse()
    }
}

impl Serialize for Aor {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl fmt::Display for Aor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Aor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Where a ringing goes, as the PBX is told: `{"aor":"seat-3f-12"}` or `{"tel":"+81312345678"}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// A device that registers at the PBX.
    Aor(Aor),
    /// A number beyond the trunk.
    Tel(E164),
}

/// As people and files write it: `seat-3f-12`, or an outside number with its `+`.
impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Aor(aor) => aor.fmt(f),
            Self::Tel(tel) => tel.fmt(f),
        }
    }
}

/// A text that is neither a device name nor an outside number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("neither a device name nor an outside number")]
pub struct TargetError;

impl FromStr for Target {
    type Err = TargetError;

    fn from_str(text: &str) -> Result<Self, TargetError> {
        let read = if text.starts_with('+') { text.parse().ok().map(Self::Tel) } else { text.parse().ok().map(Self::Aor) };
        read.ok_or(TargetError)
    }
}

/// What kind of thing rings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeviceKind {
    /// 座席電話: stands at a seat and rings for whoever sits there, and for nobody else.
    SeatPhone,
    /// スマートフォン.
    Mobile,
    /// A telephone program on a PC.
    Softphone,
    /// A cordless telephone of the building.
    Dect,
    /// 課の固定電話: the one that is always there (BCP); never skipped, whoever is in.
    FixedBcp,
    /// A number outside the house.
    Outside,
}

impl DeviceKind {
    /// Every kind, in the order people list them.
    pub const ALL: [Self; 6] = [Self::SeatPhone, Self::Mobile, Self::Softphone, Self::Dect, Self::FixedBcp, Self::Outside];

    /// The stored word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::SeatPhone => "seat_phone",
            Self::Mobile => "mobile",
            Self::Softphone => "softphone",
            Self::Dect => "dect",
            Self::FixedBcp => "fixed_bcp",
            Self::Outside => "outside",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// How long it must ring at least, milliseconds: a sleeping smartphone is woken through the network first.
    #[must_use]
    pub const fn least_ring_ms(self) -> u32 {
        match self {
            Self::Mobile | Self::Outside => 8_000,
            Self::SeatPhone | Self::Softphone | Self::Dect | Self::FixedBcp => 5_000,
        }
    }
}

/// Whom a device belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// A person's own.
    Person(PersonId),
    /// It stands at a seat.
    Seat(SeatId),
    /// Shared by a section.
    Section(SectionId),
    /// The house's: the telephone of a room, a fax machine. It rings for its own number only.
    House(SiteId),
}

/// Where a device may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// Only in the building.
    Building,
    /// It may leave the building: it rings for people who work at home.
    Anywhere,
}

/// Whether a device is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Service {
    /// It rings.
    On,
    /// Lost, broken, or lent to nobody.
    Off,
}

/// Something that can ring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Its number among rows.
    pub id: DeviceId,
    /// Its site: what 110 and 119 from it show.
    pub site: SiteId,
    /// Where the PBX finds it.
    pub target: Target,
    /// What it is.
    pub kind: DeviceKind,
    /// Whose it is.
    pub owner: Owner,
    /// Where it may be used.
    pub reach: Reach,
    /// Whether it is used.
    pub service: Service,
    /// The days on which it is there.
    pub valid: DayRange,
}

impl Device {
    /// Whether it can ring on a day.
    #[must_use]
    pub fn rings_on(&self, on: chrono::NaiveDate) -> bool {
        self.service == Service::On && self.valid.contains(on)
    }

    /// A seat phone stands at a seat and nothing else does: a telephone at a seat must never ring for who is not there.
    #[must_use]
    pub const fn fits_its_owner(&self) -> bool {
        matches!((self.kind, self.owner), (DeviceKind::SeatPhone, Owner::Seat(_)))
            || !matches!((self.kind, self.owner), (DeviceKind::SeatPhone, _) | (_, Owner::Seat(_)))
    }
}
